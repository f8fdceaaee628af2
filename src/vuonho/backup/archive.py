"""A backup file: what it says of itself, how it is packed, and nothing in it believed before it was measured."""

import hashlib
import json
import os
import re
import stat
import struct
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from vuonho.errors import MachineError, UserError
from vuonho.i18n import NOTHING, Both, Text
from vuonho.model.values import quoted
from vuonho.output.os_errors import in_words, printable
from vuonho.project.files import LARGEST
from vuonho.text import is_portable, portable_fold

# --- What a backup says of itself: which files it holds, of what day, and how each can be told to be whole ---

FORMAT: Final = "vuonho-backup"
VERSION: Final = 2
MANIFEST: Final = "MANIFEST.json"
NOTE: Final = "DOC-TRUOC.txt"
EVERYTHING, TEXTS = WHAT = ("everything", "texts")
FOLDERS: Final = ("profiles", "templates", "words")
SINGLE: Final = (".vuonho/register.csv", ".vuonho/boards.csv", ".gitignore", "BAT-DAU.txt")
MOST_FILES: Final = 50_000
LONGEST: Final = 240  # characters; Windows stops at 260, the project's own folder included
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_LARGEST: Final = 1 << 42


class Kept(NamedTuple):
    """One file of a backup: its name in the project, its size in bytes and its SHA-256."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds; `what` is one of WHAT, `program` the version of vuonho that made it."""

    made: datetime
    program: str
    what: str
    files: tuple[Kept, ...]

    @property
    def size(self) -> int:
        """How many bytes the files have together."""
        return sum(file.size for file in self.files)


class Counts(NamedTuple):
    """What the names of a backup's files tell: how many profiles and photos there are, and files in all."""

    profiles: int
    photos: int
    files: int


def count(names: Iterable[str]) -> Counts:
    """Return how many profiles and photos are among the names, and how many names."""
    every = tuple(names)
    return Counts(
        sum(is_profile(name) for name in every), sum("/photos/" in name for name in every), len(every)
    )


def is_profile(name: str) -> bool:
    """Tell whether a name is that of a household's profile."""
    parts = name.split("/")
    return (
        len(parts) == 3
        and parts[0] == "profiles"
        and name.endswith(".yaml")
        and not name.endswith("/village.yaml")
    )


def trouble_with_name(name: str) -> Text | None:
    """Return why a file of this name has no place in a backup, or None where it has one."""
    if name in SINGLE:
        return None
    parts = name.split("/")
    if len(name) > LONGEST:
        return Text("the name is too long")
    if parts[0] not in FOLDERS or len(parts) < 2 or name != unicodedata.normalize("NFC", name):
        return Text("it is no file of a project")
    if not all(map(is_portable, parts)) or not name.isprintable():
        return Text("Windows cannot hold that name")
    if any(part.startswith((".", "~$")) for part in parts):
        return Text("a name begins with a dot or ~$")
    return None


def twin_among(names: Iterable[str]) -> tuple[str, str] | None:
    """Return two names that one place on a disk of Windows or macOS would have to hold, or None."""
    known: dict[str, str] = {}
    for name in names:
        if portable_fold(name) in known:
            return known[portable_fold(name)], name
        known[portable_fold(name)] = name
    for name in known.values():
        for folder in PurePosixPath(name).parents:
            if portable_fold(str(folder)) in known:
                return known[portable_fold(str(folder))], name
    return None


def render_manifest(manifest: Manifest) -> bytes:
    """Return the manifest as JSON."""
    counted = count(file.name for file in manifest.files)
    told = {
        "format": FORMAT,
        "version": 2 if any(file.name.startswith("words/") for file in manifest.files) else 1,
        "what": manifest.what,
        "made": manifest.made.isoformat(timespec="seconds"),
        "program": manifest.program,
        "counts": counted._asdict(),
        "files": [{"name": file.name, "size": file.size, "sha256": file.digest} for file in manifest.files],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def parse_manifest(content: bytes) -> Manifest:
    """Return the manifest that the bytes hold; raise UserError for one that is damaged, newer, or not to be trusted."""
    try:
        told = json.loads(content)
        version = told["version"] if told["format"] == FORMAT else 0
        is_newer = type(version) is int and version > VERSION
        shown = quoted(str(told["program"]), 20)
        manifest = None if is_newer else _manifest(told, version)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise damaged() from error
    if manifest is None:
        raise UserError(
            Text(
                "This backup was made by a newer vuonho ({shown}) and cannot be read by this one.",
                shown=shown,
            ),
            Text("Install the newer vuonho, then try again."),
        )
    for file in manifest.files:
        if trouble := trouble_with_name(file.name):
            shown = quoted(file.name, 80)
            raise damaged(Text("{shown}: {trouble}.", shown=shown, trouble=trouble))
    if twins := twin_among(file.name for file in manifest.files):
        one, other = (quoted(name, 80) for name in twins)
        raise damaged(Text("{one} and {other} want the same place.", one=one, other=other))
    return manifest


def _manifest(told: Mapping[str, Any], version: object) -> Manifest:
    files, what = told["files"], told["what"]
    is_known = type(version) is int and 1 <= version <= VERSION and what in WHAT
    if not is_known or not isinstance(files, list) or len(files) > MOST_FILES:
        raise ValueError(what)
    kept = tuple(_kept(**one) for one in files)
    return Manifest(datetime.fromisoformat(str(told["made"])), str(told["program"])[:40], what, kept)


def _kept(name: object, size: object, sha256: object) -> Kept:
    is_right = isinstance(name, str) and isinstance(sha256, str) and _DIGEST.fullmatch(sha256)
    if not is_right or type(size) is not int or not 0 <= size <= _LARGEST:
        raise ValueError(name)
    return Kept(str(name), size, str(sha256))


def damaged(detail: Text = NOTHING) -> UserError:
    """Return what to say of a backup that is not what vuonho wrote."""
    return UserError(
        Both(
            f"Bản sao lưu này bị hỏng hoặc đã bị sửa. {detail.vi}".strip(),
            f"This backup is damaged or was changed. {detail.en}".strip(),
        ),
        Text("Use another backup."),
    )


# --- Packed: each file as it was, or not at all ---

_CHUNK: Final = 1 << 20
_PACKED: Final = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".gif", ".pdf", ".zip", ".xlsx", ".docx", ".mp4", ".mov"}
)  # fmt: skip
"""What does not shrink any more."""
_EARLIEST: Final = datetime(1980, 1, 1)  # noqa: DTZ001 - a zip knows no zones


class Packer:
    """Puts files into a zip, all with the same day; memory does not grow with their size."""

    def __init__(self, archive: ZipFile, when: datetime) -> None:
        self._open = archive.open
        self._when = max(when.replace(tzinfo=None), _EARLIEST)

    def add_file(self, name: str, path: Path) -> Kept:
        """Put a file's content in and return what it was; raise MachineError where it changes meanwhile."""
        with in_words(path):
            before = path.stat()
            source = path.open("rb")
        digest, count = hashlib.sha256(), 0
        with source, self._open(self._info(name, before.st_size), "w") as entry:
            while chunk := _read(source, path):
                count += len(chunk)
                if count > before.st_size:
                    break
                digest.update(chunk)
                entry.write(chunk)
        with in_words(path):
            after = path.stat()
        if (count, after.st_size, after.st_mtime_ns) != (before.st_size, before.st_size, before.st_mtime_ns):
            shown = printable(str(path))
            raise MachineError(
                Text("{shown} was changed while it was being copied.", shown=shown),
                Text("Close what is changing it, then run again."),
            )
        return Kept(name, count, digest.hexdigest())

    def add_bytes(self, name: str, content: bytes) -> None:
        """Put a file of this content in."""
        with self._open(self._info(name, len(content)), "w") as entry:
            entry.write(content)

    def _info(self, name: str, size: int) -> ZipInfo:
        info = ZipInfo(name, self._when.timetuple()[:6])
        info.compress_type = ZIP_STORED if Path(name).suffix.lower() in _PACKED else ZIP_DEFLATED
        info.external_attr = 0o100600 << 16
        info.file_size = size  # so that a large one gets the longer fields
        return info


def write_archive(file: BinaryIO, when: datetime, fill: Callable[[Packer], None]) -> None:
    """Write a zip of what `fill` packs into a new file, down to the disk; raises OSError, or what `fill` raises."""
    if os.name != "nt":
        with suppress(OSError):  # a USB drive may know no rights
            Path(file.name).chmod(0o600)
    with ZipFile(file, "w") as archive:
        fill(Packer(archive, when))
    file.flush()
    os.fsync(file.fileno())
    if hasattr(os, "posix_fadvise"):  # what is read back comes from the disk, not from memory
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _read(source: BinaryIO, path: Path) -> bytes:
    with in_words(path):
        return source.read(_CHUNK)


# --- A backup as it comes from a USB drive or a mail: nothing in it is believed before it was measured ---

_LARGEST_MANIFEST: Final = 30_000_000
_LARGEST_TABLE: Final = 40_000_000
_ENCRYPTED: Final = 0x1
_MOST_TIMES, _ALLOWANCE = 60, 50_000_000
"""Profiles shrink to a tenth, photos not at all; a bomb to a thousandth."""
# .ZIP File Format Specification (APPNOTE) 4.3.14 to 4.3.16: the table's size and place stand at the end.
_END, _END64, _LOCATOR64 = struct.Struct("<4s4H2LH"), struct.Struct("<4sQ2H2L4Q"), struct.Struct("<4sLQL")
_DAMAGE = (BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, struct.error, OverflowError)


@dataclass(frozen=True, slots=True)
class Backup:
    """An open backup whose list of files has been checked; the files themselves are checked as they are read."""

    manifest: Manifest
    _archive: ZipFile
    _entries: Mapping[str, tuple[ZipInfo, Kept]]

    def has(self, name: str) -> bool:
        """Tell whether there is a file of this name in the project's backup."""
        return name in self._entries

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the content of a file piece by piece; raise UserError, at the end, where it is not the one listed."""
        entry, wanted = self._entries[name]
        digest, size = hashlib.sha256(), 0
        for chunk in _pieces(self._archive, entry):
            size += len(chunk)
            if size > wanted.size:
                break
            digest.update(chunk)
            yield chunk
        if (size, digest.hexdigest()) != (wanted.size, wanted.digest):
            raise _spoilt(name)

    def text(self, name: str) -> bytes | None:
        """Return the content of a text, None where there is none or it is larger than any text of a project.

        Raises UserError where it is not the one listed.
        """
        is_read = self.has(name) and self._entries[name][1].size <= LARGEST
        return b"".join(self.chunks(name)) if is_read else None


@contextmanager
def open_backup(path: Path) -> Iterator[Backup]:
    """Return a context with the backup in a file, every name and size in it checked."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise _no_backup(path)
    with path.open("rb") as file:
        _refuse_large_table(file, path)
        try:
            archive = ZipFile(file)
        except _DAMAGE as error:
            raise _no_backup(path) from error
        with archive:
            manifest = parse_manifest(_manifest_bytes(archive, path))
            yield Backup(manifest, archive, _entries(archive, manifest, path.stat().st_size))


def is_backup(path: Path) -> bool:
    """Tell whether a file is a backup of this program, of whatever version, whole or not."""
    try:
        with path.open("rb") as file:
            _refuse_large_table(file, path)
            with ZipFile(file) as archive:
                return b'"vuonho-backup"' in _manifest_bytes(archive, path)[:200]
    except (*_DAMAGE, UserError):
        return False


def _refuse_large_table(file: BinaryIO, path: Path) -> None:
    """Raise UserError where the table of contents would fill the memory, or does not stand where we put it."""
    size = file.seek(0, 2)
    ending = _at(file, size - _END.size, _END)
    if ending is None or ending[0] != b"PK\5\6" or ending[7]:
        raise _no_backup(path)
    count, table = ending[4], ending[5]
    locator = _at(file, size - _END.size - _LOCATOR64.size, _LOCATOR64)
    if locator is not None and locator[0] == b"PK\6\7":
        large = _at(file, size - _END.size - _LOCATOR64.size - _END64.size, _END64)
        if large is None or large[0] != b"PK\6\6":
            raise _no_backup(path)
        count, table = large[7], large[8]
    if count > 2 * MOST_FILES or table > _LARGEST_TABLE:
        raise _no_backup(path)
    file.seek(0)


def _at(file: BinaryIO, place: int, shape: struct.Struct) -> tuple[Any, ...] | None:
    if place < 0:
        return None
    file.seek(place)
    content = file.read(shape.size)
    return shape.unpack(content) if len(content) == shape.size else None


def _manifest_bytes(archive: ZipFile, path: Path) -> bytes:
    found = [entry for entry in archive.infolist() if entry.filename == MANIFEST]
    if len(found) != 1 or found[0].file_size > _LARGEST_MANIFEST:
        raise _no_backup(path)
    content = b""
    for chunk in _pieces(archive, found[0]):
        content += chunk
        if len(content) > _LARGEST_MANIFEST:
            raise _no_backup(path)
    return content


def _entries(archive: ZipFile, manifest: Manifest, size: int) -> dict[str, tuple[ZipInfo, Kept]]:
    """Return the entries by their names; raise UserError where they are not just those that the manifest lists."""
    listed = {file.name: file for file in manifest.files}
    found: dict[str, tuple[ZipInfo, Kept]] = {}
    for entry in archive.infolist():
        name = entry.orig_filename
        if entry.is_dir() or name in (MANIFEST, NOTE):
            continue
        if name not in listed or name in found or name != entry.filename:
            raise _stranger(name)
        if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG) or not _is_plain(entry):
            raise _stranger(name)
        if entry.file_size != listed[name].size:
            raise _spoilt(name)
        found[name] = entry, listed[name]
    if missing := sorted(listed.keys() - found.keys()):
        raise _spoilt(missing[0])
    if manifest.size > _MOST_TIMES * size + _ALLOWANCE:
        raise damaged()
    return found


def _is_plain(entry: ZipInfo) -> bool:
    return entry.compress_type in (ZIP_STORED, ZIP_DEFLATED) and not entry.flag_bits & _ENCRYPTED


def _pieces(archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    if not _is_plain(entry):
        raise _stranger(entry.filename)
    if entry.header_offset < 0:  # a damaged table of contents points before the file's beginning
        raise _spoilt(entry.filename)
    try:
        with archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
    except _DAMAGE as error:
        if isinstance(error, UserError):
            raise
        raise _spoilt(entry.filename) from error


def _no_backup(path: Path) -> UserError:
    shown = quoted(path.name, 80)
    return UserError(
        Text("{shown} is no backup of vuonho, or it was cut off.", shown=shown),
        Text("Choose a .zip that `vuonho backup` made."),
    )


def _spoilt(name: str) -> UserError:
    shown = quoted(name, 80)
    return damaged(Text("{shown} is not as it was when it was copied.", shown=shown))


def _stranger(name: str) -> UserError:
    shown = quoted(name, 80)
    return damaged(Text("It holds {shown}, which is not what its list says.", shown=shown))
