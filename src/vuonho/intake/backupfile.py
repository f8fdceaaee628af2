"""A backup as it comes from a stick or a mail: nothing in it is believed before it was measured.

Functions here raise Refused for what is in the file, and OSError where it cannot be read.
"""

import hashlib
import stat
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from vuonho.bilingual import Text
from vuonho.domain.backup import MANIFEST, MOST_FILES, NOTE, Kept, Manifest, damaged, parse_manifest
from vuonho.domain.values import quoted
from vuonho.errors import Refused
from vuonho.intake.files import LARGEST

_CHUNK: Final = 1 << 20
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
        """Yield the content of a file piece by piece; raise Refused, at the end, where it is not the one listed."""
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

        Raises Refused where it is not the one listed.
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
            manifest = parse_manifest(_manifest(archive, path))
            yield Backup(manifest, archive, _entries(archive, manifest, path.stat().st_size))


def is_backup(path: Path) -> bool:
    """Tell whether a file is a backup of this program, of whatever version, whole or not."""
    try:
        with path.open("rb") as file:
            _refuse_large_table(file, path)
            with ZipFile(file) as archive:
                return b'"vuonho-backup"' in _manifest(archive, path)[:200]
    except (*_DAMAGE, Refused):
        return False


def _refuse_large_table(file: BinaryIO, path: Path) -> None:
    """Raise Refused where the table of contents would fill the memory, or does not stand where we put it."""
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


def _manifest(archive: ZipFile, path: Path) -> bytes:
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
    """Return the entries by their names; raise Refused where they are not just those that the manifest lists."""
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
    unpacked = archive.open
    try:
        with unpacked(entry) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
    except _DAMAGE as error:
        if isinstance(error, Refused):
            raise
        raise _spoilt(entry.filename) from error


def _no_backup(path: Path) -> Refused:
    shown = quoted(path.name, 80)
    return Refused(
        Text(f"{shown} không phải là bản sao lưu của vuonho, hoặc đã bị cắt cụt.",
             f"{shown} is no backup of vuonho, or it was cut off."),
        Text("Chọn tệp .zip do lệnh vuonho backup làm ra.", "Choose a .zip that `vuonho backup` made."),
    )  # fmt: skip


def _spoilt(name: str) -> Refused:
    shown = quoted(name, 80)
    return damaged(
        Text(f"{shown} không còn như lúc sao lưu.", f"{shown} is not as it was when it was copied.")
    )


def _stranger(name: str) -> Refused:
    shown = quoted(name, 80)
    return damaged(Text(f"Trong đó có {shown} mà danh sách không ghi như vậy.",
                        f"It holds {shown}, which is not what its list says."))  # fmt: skip
