"""A backup file: what it says of itself, how it is packed, and nothing in it believed before it was measured."""

import hashlib
import json
import os
import re
import stat
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader, FileIO
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from vuonho.errors import MachineError, UserError
from vuonho.i18n import NOTHING, Text
from vuonho.model.values import quoted
from vuonho.output.files import in_words, printable
from vuonho.project.files import LARGEST, is_spot
from vuonho.text import is_portable, portable_fold

# --- What a backup says of itself: which files it holds, of what day, and how each can be told to be whole ---

FORMAT: Final = "vuonho-backup"
VERSION: Final = 3
_SINCE: Final = {"words": 2, "guides": 3}
"""Folders that older programs do not know, with the version that first does."""
MANIFEST: Final = "MANIFEST.json"
NOTE: Final = "DOC-TRUOC.txt"
EVERYTHING, TEXTS = WHAT = ("everything", "texts")
FOLDERS: Final = ("profiles", "templates", "words", "guides")
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


class Counts(NamedTuple):
    """How many profiles and photos there are, and files in all."""

    profiles: int
    photos: int
    files: int


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

    @property
    def counts(self) -> Counts:
        """How many files of each kind there are."""
        names = [file.name for file in self.files]
        photos = sum("/photos/" in name for name in names)
        return Counts(sum(is_profile(name) and not is_spot(name) for name in names), photos, len(names))


def is_profile(name: str) -> bool:
    """Tell whether a name is that of the profile of a household or a place."""
    path = PurePosixPath(name)
    is_yaml = path.suffix == ".yaml" and path.name != "village.yaml"
    return path.parts[0] == "profiles" and is_yaml and (len(path.parts) == 3 or is_spot(name))


def wrong_name(names: Iterable[str]) -> tuple[str, Text] | None:
    """Return the first (name, why) that has no place in a backup, None where all have one."""
    known: dict[str, str] = {}
    for name in names:
        if why := _objection(name):
            return name, why
        if twin := known.get(portable_fold(name)):
            return name, Text("Windows takes it for {twin}", twin=twin)
        known[portable_fold(name)] = name
    for name in known.values():
        for folder in PurePosixPath(name).parents:
            if twin := known.get(portable_fold(str(folder))):
                return name, Text("Windows takes it for {twin}", twin=twin)
    return None


def _objection(name: str) -> Text | None:
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


def render_manifest(manifest: Manifest) -> bytes:
    """Return the manifest as JSON."""
    values = {
        "format": FORMAT,
        "version": max((_SINCE.get(file.name.partition("/")[0], 1) for file in manifest.files), default=1),
        "what": manifest.what,
        "made": manifest.made.isoformat(timespec="seconds"),
        "program": manifest.program,
        "counts": manifest.counts._asdict(),
        "files": [{"name": file.name, "size": file.size, "sha256": file.digest} for file in manifest.files],
    }
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def parse_manifest(content: bytes) -> Manifest:
    """Return the manifest that the bytes hold; raise UserError for one that is damaged, newer, or not to be trusted."""
    try:
        manifest = _manifest(json.loads(content))
    except UserError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise damaged() from error
    if wrong := wrong_name(file.name for file in manifest.files):
        name, why = wrong
        raise damaged(Text(" {shown}: {why}.", shown=quoted(name, 80), why=why))
    return manifest


def _manifest(values: Mapping[str, Any]) -> Manifest:
    version, program = values["version"], str(values["program"])[:40]
    if values["format"] != FORMAT or type(version) is not int or version < 1:
        raise ValueError(version)
    if version > VERSION:
        raise UserError(
            Text(
                "This backup was made by a newer vuonho ({shown}) and cannot be read by this one.",
                shown=quoted(program, 20),
            ),
            Text("Install the newer vuonho, then try again."),
        )
    what, files = values["what"], values["files"]
    if what not in WHAT or not isinstance(files, list) or len(files) > MOST_FILES:
        raise ValueError(what)
    return Manifest(
        datetime.fromisoformat(str(values["made"])), program, what, tuple(_kept(**one) for one in files)
    )


def _kept(name: object, size: object, sha256: object) -> Kept:
    is_right = isinstance(name, str) and isinstance(sha256, str) and _DIGEST.fullmatch(sha256)
    if not is_right or type(size) is not int or not 0 <= size <= _LARGEST:
        raise ValueError(name)
    return Kept(str(name), size, str(sha256))


def damaged(detail: Text = NOTHING) -> UserError:
    """Return what to say of a backup that is not what vuonho wrote."""
    return UserError(
        Text("This backup is damaged or was changed.{detail}", detail=detail), Text("Use another backup.")
    )


def _spoilt(name: str) -> UserError:
    return damaged(Text(" {shown} is not as it was when it was copied.", shown=quoted(name, 80)))


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
            while (chunk := _read(source, path)) and count <= before.st_size:
                count += len(chunk)
                digest.update(chunk)
                entry.write(chunk)
        with in_words(path):
            after = path.stat()
        if (count, after.st_size, after.st_mtime_ns) != (before.st_size, before.st_size, before.st_mtime_ns):
            raise MachineError(
                Text("{shown} was changed while it was being copied.", shown=printable(str(path))),
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
_LARGEST_TABLE: Final = 20_000_000
_ENCRYPTED: Final = 0x1
_MOST_TIMES, _ALLOWANCE = 60, 50_000_000
"""Profiles shrink to a tenth, photos not at all; a bomb to a thousandth."""
_DAMAGE = (BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OverflowError)


class _Bounded(BufferedReader):
    """A file of which no piece is read that would fill the memory, such as a zip's table of contents."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next `size` bytes; raise BadZipFile for more than any backup asks for."""
        if (size or 0) > _LARGEST_TABLE:
            raise BadZipFile
        return super().read(size)


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
    with _opened(path) as (archive, content):
        manifest = parse_manifest(content)
        listed = {file.name: file for file in manifest.files}
        found: dict[str, tuple[ZipInfo, Kept]] = {}
        for entry in archive.infolist():
            name = entry.orig_filename
            if entry.is_dir() or name in (MANIFEST, NOTE):
                continue
            is_file = stat.S_IFMT(entry.external_attr >> 16) in (0, stat.S_IFREG) and name == entry.filename
            if name not in listed or name in found or not is_file or entry.file_size != listed[name].size:
                raise _spoilt(name)
            found[name] = entry, listed[name]
        if missing := sorted(listed.keys() - found.keys()):
            raise _spoilt(missing[0])
        if manifest.size > _MOST_TIMES * path.stat().st_size + _ALLOWANCE:
            raise damaged()
        yield Backup(manifest, archive, found)


def is_backup(path: Path) -> bool:
    """Tell whether a file is a backup of this program, of whatever version, whole or not."""
    try:
        with _opened(path) as (_, content):
            return b'"vuonho-backup"' in content[:200]
    except UserError:
        return False


@contextmanager
def _opened(path: Path) -> Iterator[tuple[ZipFile, bytes]]:
    """Return a context with the zip in a file and its list of files; raises UserError for one that is no backup."""
    no_backup = UserError(
        Text("{shown} is no backup of vuonho, or it was cut off.", shown=quoted(path.name, 80)),
        Text("Choose a .zip that `vuonho backup` made."),
    )
    if not stat.S_ISREG(path.stat().st_mode):
        raise no_backup
    with _Bounded(FileIO(path)) as file:
        try:
            archive = ZipFile(file)
        except _DAMAGE as error:
            raise no_backup from error
        with archive:
            lists = [entry for entry in archive.infolist() if entry.filename == MANIFEST]
            if len(lists) != 1:
                raise no_backup
            content = b""
            for chunk in _pieces(archive, lists[0]):
                content += chunk
                if len(content) > _LARGEST_MANIFEST:
                    raise no_backup
            yield archive, content


def _pieces(archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    is_plain = entry.compress_type in (ZIP_STORED, ZIP_DEFLATED) and not entry.flag_bits & _ENCRYPTED
    if not is_plain or entry.header_offset < 0:  # a damaged table points before the file's beginning
        raise _spoilt(entry.filename)
    try:
        with archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
    except UserError:
        raise
    except _DAMAGE as error:
        raise _spoilt(entry.filename) from error
