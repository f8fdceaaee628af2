"""A zip written beside its place, proved, and then put there: the old file stays until the new one is complete."""

import errno
import hashlib
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from vuonho.errors import MachineTrouble
from vuonho.i18n import Text
from vuonho.output.files import remove, replace, sync_folder, temporary_of
from vuonho.output.os_errors import in_words, printable

_CHUNK: Final = 1 << 20
_PACKED: Final = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".gif", ".pdf", ".zip", ".xlsx", ".docx", ".mp4", ".mov"}
)  # fmt: skip
"""What does not shrink any more."""
_EARLIEST: Final = datetime(1980, 1, 1)  # noqa: DTZ001 - a zip knows no zones


@dataclass(frozen=True, slots=True)
class Packed:
    """One file in a zip: its name there, its size in bytes and its SHA-256."""

    name: str
    size: int
    digest: str


class Packer:
    """Puts files into a zip, all with the same day; memory does not grow with their size."""

    def __init__(self, archive: ZipFile, when: datetime) -> None:
        self._open = archive.open
        self._when = max(when.replace(tzinfo=None), _EARLIEST)

    def add_file(self, name: str, path: Path) -> Packed:
        """Put a file's content in and return what it was; raise MachineTrouble where it changes meanwhile."""
        with in_words(path):
            before = path.stat()
            source = path.open("rb")
        digest, count = hashlib.sha256(), 0
        with source, self._open(self._info(name, before.st_size), "w") as entry:
            while chunk := _read(source.read, path):
                count += len(chunk)
                if count > before.st_size:
                    raise _changed(path)
                digest.update(chunk)
                entry.write(chunk)
        with in_words(path):
            after = path.stat()
        if (count, after.st_size, after.st_mtime_ns) != (before.st_size, before.st_size, before.st_mtime_ns):
            raise _changed(path)
        return Packed(name, count, digest.hexdigest())

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


def write_archive(
    target: Path, when: datetime, fill: Callable[[Packer], None], prove: Callable[[Path], None], need: int = 0
) -> None:
    """Replace `target` by a zip of what `fill` packs, after `prove` has read it; the folder must exist.

    `need` is about how many bytes it will have. Raises MachineTrouble, or what `fill` and `prove` raise, with the
    old file untouched and nothing left beside it.
    """
    temporary = temporary_of(target)
    try:
        with in_words(target, need):
            _require_room(target, need)
            remove(temporary)
            _write(temporary, when, fill)
        prove(temporary)
        with in_words(target):
            replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            remove(temporary)
        raise
    with in_words(target):
        sync_folder(target.parent)


def _require_room(target: Path, need: int) -> None:
    if need > shutil.disk_usage(target.parent).free:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))


def _write(path: Path, when: datetime, fill: Callable[[Packer], None]) -> None:
    with path.open("x+b") as file:
        if os.name != "nt":
            with suppress(OSError):  # a stick may know no rights
                path.chmod(0o600)
        with ZipFile(file, "w") as archive:
            fill(Packer(archive, when))
        file.flush()
        os.fsync(file.fileno())
        if hasattr(os, "posix_fadvise"):
            # What is read back comes from the disk, not from memory.
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _read(read: Callable[[int], bytes], path: Path) -> bytes:
    with in_words(path):
        return read(_CHUNK)


def _changed(path: Path) -> MachineTrouble:
    name = printable(str(path))
    return MachineTrouble(
        Text(f"{name} vừa bị sửa trong lúc sao lưu.", f"{name} was changed while it was being copied."),
        Text("Đóng chương trình đang sửa tệp ấy, rồi chạy lại.", "Close what is changing it, then run again."),
    )  # fmt: skip
