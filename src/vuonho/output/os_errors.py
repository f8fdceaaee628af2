"""What the operating system complains of, in words that a neighbour understands."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from vuonho.errors import MachineError
from vuonho.i18n import NOTHING, Both, Text

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
    wanted = Text("{need} needed, ", need=_size(need)) if need else NOTHING
    return MachineError(
        Text(
            "The disk is full, {name} cannot be written: {wanted}{free} free.",
            name=name,
            wanted=wanted,
            free=_size(free),
        ),
        Text("Free at least {missing} more, then try again.", missing=_size(max(need - free, 10_000_000))),
    )


def _size(count: int) -> Text:
    if count < 100_000:
        return Text("{count} KB", count=-(-count // 1000))
    number = f"{count / 1_000_000:.1f}"
    return Both(f"{number.replace('.', ',')} MB", f"{number} MB")


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
