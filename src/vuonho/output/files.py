"""Durable files, and in words what the system complains of."""

import errno
import hashlib
import os
import shutil
import signal
import stat
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from vuonho.errors import MachineError, say_size
from vuonho.i18n import NOTHING, Both, Text

# --- What the operating system complains of, in words that a neighbour understands ---

_ALIKE = {
    errno.EDQUOT: errno.ENOSPC,
    errno.EPERM: errno.EACCES,
    errno.ENXIO: errno.ENODEV,
    errno.ENOTDIR: errno.EEXIST,
    errno.EISDIR: errno.ESPIPE,
    errno.ELOOP: errno.ESPIPE,
    errno.EINVAL: errno.ENAMETOOLONG,
}
_WINDOWS = {
    32: errno.EBUSY,  # ERROR_SHARING_VIOLATION
    33: errno.EBUSY,  # ERROR_LOCK_VIOLATION
    21: errno.ENODEV,  # ERROR_NOT_READY
    1167: errno.ENODEV,  # ERROR_DEVICE_NOT_CONNECTED
    206: errno.ENAMETOOLONG,  # ERROR_FILENAME_EXCED_RANGE
}


@contextmanager
def in_words(path: Path, need: int = 0) -> Iterator[None]:
    """Return a context in which an OSError becomes `MachineError` about `path`.

    `need` is the number of bytes that were to be written, 0 if that is not the point.
    """
    try:
        yield
    except OSError as error:
        raise trouble(error, path, need) from error


def trouble(error: OSError, path: Path, need: int = 0) -> MachineError:
    """Return what happened to the file that the error names, or else to `path`, and what to do."""
    name = printable(error.filename2 or error.filename or path)
    on_windows = getattr(error, "winerror", None)
    code = _WINDOWS.get(on_windows or 0, _ALIKE.get(error.errno or 0, error.errno))
    if code == errno.EACCES and on_windows is not None:
        code = errno.EBUSY  # Windows denies access to a file that a program has open
    if code == errno.ENOSPC:
        return _full(name, need)
    said = os.strerror(error.errno) if error.errno else str(error)
    number = f" (lỗi số {error.errno})" if error.errno else ""
    other = (
        Both(f"Máy không xử lý được {name}{number}.", f"{name} could not be handled ({said})."),
        Text("Restart the computer, then try again."),
    )
    return MachineError(*_causes(name).get(code or 0, other))


def printable(name: object) -> str:
    """Return the name of a file in letters that any terminal and report can take."""
    return os.fsdecode(name).encode(errors="replace").decode() if isinstance(name, bytes | str) else str(name)


def _full(name: str, need: int) -> MachineError:
    free = 0
    for folder in (Path(name), *Path(name).parents):
        with suppress(OSError):
            free = shutil.disk_usage(folder).free
            break
    wanted = Text("{need} needed, ", need=say_size(need)) if need else NOTHING
    return MachineError(
        Text(
            "The disk is full, {name} cannot be written: {wanted}{free} free.",
            name=name,
            wanted=wanted,
            free=say_size(free),
        ),
        Text("Free at least {missing} more, then try again.", missing=say_size(max(need - free, 10_000_000))),
    )


def _causes(name: str) -> dict[int, tuple[Text, Text]]:
    """Return what to say, and what to do, by the number of the error."""
    move = Text("Rename it or move it, then try again.")
    return {
        errno.EBUSY: (
            Text("Another program has {name} open.", name=name),
            Text("Close that program, then try again."),
        ),
        errno.EROFS: (
            Text("The disk of {name} is read-only.", name=name),
            Text("Unlock the memory card, or copy the whole folder to another disk and try again."),
        ),
        errno.EACCES: (
            Text("This computer does not allow writing {name}.", name=name),
            Text("Check who may write there, or copy the project into a folder of your own and try again."),
        ),
        errno.ENAMETOOLONG: (
            Text("The disk does not accept the name {name}; it may be too long.", name=name),
            Text("Use a shorter name, or move the project to a folder nearer the top of the disk."),
        ),
        errno.ENODEV: (
            Text("The disk of {name} is not there any more.", name=name),
            Text("Plug that USB drive or disk in again and try again."),
        ),
        errno.EFBIG: (
            Text("The disk cannot hold a file as large as {name}.", name=name),
            Text(
                "A FAT32 USB drive takes files below 4 GB: use another disk, or format that USB drive as exFAT."
            ),
        ),
        errno.EIO: (
            Text("The disk failed to read or write {name}.", name=name),
            Text("The disk may be failing: copy the project to another disk now and go on there."),
        ),
        errno.ENOENT: (
            Text("{name} was not found.", name=name),
            Text("Check the names of the folder and the file."),
        ),
        errno.EEXIST: (Text("Something else stands at {name}, or on the way to it.", name=name), move),
        errno.ESPIPE: (Text("{name} is not a file.", name=name), move),
    }


# --- Durable files: what is said to be written is on the disk, whole, even after a power cut ---

# --- What is there ---


def digest_bytes(content: bytes) -> str:
    """Return the SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def digest_file(path: Path) -> str:
    """Return the SHA-256 of a regular file in hexadecimal, "" if there is none at that path itself."""
    if not is_regular(stat_path(path)):
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stat_path(path: Path) -> os.stat_result | None:
    """Return what stands at the path itself, links not followed; None for nothing."""
    try:
        return path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None


def is_link(found: os.stat_result) -> bool:
    """Return whether this is a symbolic link or a Windows junction."""
    junction = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)
    return stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) == junction


def is_regular(found: os.stat_result | None) -> bool:
    """Return whether there is a file, and not a folder, a link or a device."""
    return found is not None and stat.S_ISREG(found.st_mode) and not is_link(found)


def is_folder(found: os.stat_result | None) -> bool:
    """Return whether there is a folder, and not a link to one."""
    return found is not None and stat.S_ISDIR(found.st_mode) and not is_link(found)


def read_regular(path: Path, limit: int = -1) -> bytes:
    """Return the content of a file, links followed, or its first `limit` bytes.

    Raises OSError, for what is no file too: a pipe would be waited for without end.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as file:  # noqa: PTH123 - a handle, not a path
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.ESPIPE, os.strerror(errno.ESPIPE), str(path))
        return file.read(limit)


# --- Whether a file is as it was, told without reading it ---

JUST_NOW: Final = 2_000_000_000
"""Nanoseconds: a file may change twice in so short a time and look the same (FAT counts in steps of two seconds)."""


def look(found: os.stat_result) -> list[int]:
    """Return what is other where a file has changed; on Windows the last is the time of its making."""
    return [found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns]


def is_settled(seen: Sequence[int], now: int) -> bool:
    """Tell whether a file of this look would have another one had it changed since `now` on the clock of its disk."""
    return max(seen[2:]) < now - JUST_NOW


# --- Names that change: tried again while a virus scanner or a preview on Windows holds the file ---

_PAUSES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.2, 2.0)  # about 5 s in all
_ACCESS_DENIED, _SHARING_VIOLATION, _LOCK_VIOLATION = 5, 32, 33  # Windows


def replace(source: Path, target: Path) -> None:
    """Give the file the name of `target`, in place of what had it."""
    _stubbornly(lambda: source.replace(target), source, target)


def remove(path: Path) -> None:
    """Remove the file; nothing happens if it is gone."""
    _stubbornly(lambda: path.unlink(missing_ok=True), path)


def remove_folder(path: Path) -> None:
    """Remove the folder if it is there and empty."""
    try:
        _stubbornly(path.rmdir)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise


def probe_replace(path: Path) -> None:
    """Raise OSError if Windows would not let the file be replaced, because a program has it open."""
    if os.name == "nt" and is_regular(stat_path(path)):
        _stubbornly(lambda: path.open("r+b").close(), path)


def _stubbornly(action: Callable[[], object], *paths: Path) -> None:
    for pause in _PAUSES:
        try:
            action()
        except OSError as error:
            code = getattr(error, "winerror", None)
            may_pass = code in (_ACCESS_DENIED, _SHARING_VIOLATION, _LOCK_VIOLATION)
            if not may_pass and error.errno != errno.EBUSY:
                raise
            if code == _ACCESS_DENIED:  # so it is for a file that carries the read-only attribute
                for path in paths:
                    found = stat_path(path)
                    if found is not None and is_regular(found) and not found.st_mode & stat.S_IWRITE:
                        path.chmod(stat.S_IMODE(found.st_mode) | stat.S_IWRITE)
            time.sleep(pause)
        else:
            return
    action()


_LEFT_BY_SYSTEMS: Final = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


def things_in(folder: Path) -> list[Path]:
    """Return what lies in a folder, but for what Windows and macOS put into each one that they show."""
    return [path for path in folder.iterdir() if path.name.lower() not in _LEFT_BY_SYSTEMS]


def missing_folders(folder: Path) -> tuple[Path, ...]:
    """Return the folders that must be made for this one to exist, parents first, itself the last."""
    missing = [path for path in (folder, *folder.parents) if stat_path(path) is None]
    return tuple(reversed(missing))


def make_folders(folders: Iterable[Path]) -> None:
    """Make the folders, given parents first, and wait until their names are on the disk; raises OSError."""
    made = tuple(folders)
    for folder in made:
        folder.mkdir(exist_ok=True)
    for parent in sorted({folder.parent for folder in made}):
        sync_folder(parent)


# --- Written so that it stays ---


def sync_file(path: Path) -> None:
    """Wait until the content of the file is on the disk."""
    # Windows flushes only through a handle that may write; POSIX through any.
    with path.open("r+b" if os.name == "nt" else "rb") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Wait until the names in the folder are on the disk (Windows journals them by itself)."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network disks cannot sync a folder
            raise
    finally:
        os.close(handle)


def write_file(path: Path, content: bytes) -> None:
    """Replace the file by the content, durably and at once: a reader sees the old file or the new one.

    The folder must exist; the mode of an old file is kept and a link is written through. Two processes must
    not write the same file at once: hold the lock. Raises MachineError, with the old file untouched.
    """
    with in_words(path, len(content)), replacement(path) as file:
        file.write(content)


@contextmanager
def replacement(path: Path) -> Iterator[BinaryIO]:
    """Return a context with a new file that takes the place of `path` at its end; an exception takes it back.

    `write_file` says the rest. Raises OSError.
    """
    real = Path(os.path.realpath(path))
    temporary = temporary_of(real)
    try:
        remove(temporary)
        with temporary.open("xb") as file:
            yield file
            file.flush()
            keep_mode(real, temporary)
            os.fsync(file.fileno())
        replace(temporary, real)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    sync_folder(real.parent)


def temporary_of(path: Path) -> Path:
    """Return the name under which the next content of the file is prepared.

    It is the same every time, so that what a killed run leaves is overwritten by the next.
    """
    return path.with_name(f".{path.name}.new")


def keep_mode(old: Path, new: Path) -> None:
    """Give the new file the permissions of the old one, if there is an old one; raises OSError."""
    found = stat_path(old)
    if found is not None and os.name != "nt":
        new.chmod(stat.S_IMODE(found.st_mode))


# --- Moments that Ctrl-C must not cut in two, nor anything else that asks for the end ---

ENDINGS: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""What asks a program to end: Ctrl-C, a computer that is shut down, a window that is closed."""


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Return a context in which Ctrl-C waits until the end, and then acts as it would have acted."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    usual = {number: found for number in ENDINGS if callable(found := signal.getsignal(number))}
    waiting: list[int] = []
    for number in usual:
        signal.signal(number, lambda number, _frame: waiting.append(number))
    try:
        yield
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)
    if waiting:
        usual[signal.Signals(waiting[0])](waiting[0], None)
