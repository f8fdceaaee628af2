"""Several files of the project replaced together: all of them or none, whatever interrupts it.

    .vuonho/together.json   what waits under other names, and whether all of it is on the disk

The journal that says "ready" is the commit point. Before it nothing has changed; after it only renames are
left, in their order, and the next command does those that a power cut kept back.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.errors import MachineTrouble
from vuonho.output.files import (
    digest_bytes,
    digest_file,
    is_folder,
    keep_mode,
    probe_replace,
    remove,
    replace,
    stat_path,
    sync_file,
    sync_folder,
)
from vuonho.output.together import (
    Batch,
    Waiting,
    forget,
    is_unfinished,
    journal_of,
    note_down,
    read_batch,
)
from vuonho.output.troubles import in_words, printable
from vuonho.output.uninterrupted import uninterrupted

__all__ = ["Streamed", "finish_together", "is_unfinished", "write_together"]


@dataclass(frozen=True, slots=True)
class Streamed:
    """A content too large for memory: its SHA-256, its size in bytes, and what gives it piece by piece."""

    digest: str
    size: int
    pieces: Callable[[], Iterable[bytes]]


Content = bytes | Streamed


def write_together(project: Path, contents: Mapping[Path, Content]) -> None:
    """Replace files, after all of them are on the disk under other names.

    Where the machine dies between two of them, the first ones are new: the order must make that a harmless
    state. The mode of an old file is kept and a link is written through. A full disk, a folder in the way, and
    on Windows a file that another program has open, are met before the first is replaced. The caller holds the
    project's lock. Raises MachineTrouble with nothing changed, or, where the machine fails in the very renames,
    with the promise that the next command does the rest.
    """
    if not contents:
        return
    real = {Path(os.path.realpath(path)): content for path, content in contents.items()}
    try:
        waiting = tuple(_waiting(path, content) for path, content in real.items())
        note_down(project, Batch(waiting, ready=False))
        for one in waiting:
            with in_words(one.path, _size(real[one.path])):
                _prepare(one, real[one.path])
        with uninterrupted():
            note_down(project, Batch(waiting, ready=True))
            _finish_now(project, waiting)
    except MachineTrouble as cause:
        if _take_back(project):
            raise
        raise _later(cause) from cause
    except BaseException:
        _take_back(project)
        raise


def finish_together(project: Path) -> None:
    """Finish or take back what a run that was cut off has left; usually nothing. The caller holds the lock.

    Raises MachineTrouble, once and with no file replaced, where that cannot be done any more: a disk is gone, or
    a file was edited since.
    """
    journal = journal_of(project)
    with in_words(journal):
        if not is_unfinished(project):
            return
        batch = read_batch(project)
        stuck = _put_in_place(project, batch.waiting) if batch and batch.ready else None
        if batch:
            _clear(project, batch.waiting)
        has_journal = stat_path(journal) is not None
        forget(project)
    if batch is None and has_journal:
        raise _damaged(journal)
    if stuck is not None:
        raise _stuck(stuck)


def _finish_now(project: Path, waiting: tuple[Waiting, ...]) -> None:
    with in_words(project):
        stuck = _put_in_place(project, waiting)
    with suppress(OSError):  # all is done: the next command tidies up
        _clear(project, waiting)
        forget(project)
    if stuck is not None:
        raise _stuck(stuck)


def _take_back(project: Path) -> bool:
    """Remove what waits and return True, or False if the journal says that it is to be put in place."""
    with suppress(OSError):  # the next command does it
        batch = read_batch(project)
        if batch is not None and batch.ready:
            return False
        if batch is not None:
            _clear(project, batch.waiting)
            forget(project)
    return True


def _waiting(path: Path, content: Content) -> Waiting:
    digest = content.digest if isinstance(content, Streamed) else digest_bytes(content)
    with in_words(path):
        return Waiting(path, digest, digest_file(path))


def _size(content: Content) -> int:
    return content.size if isinstance(content, Streamed) else len(content)


# --- Before the commit point -----------------------------------------------------------------------------------


def _prepare(one: Waiting, content: Content) -> None:
    if is_folder(stat_path(one.path)):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(one.path))
    probe_replace(one.path)
    _probe_owner(one.path)
    remove(one.place)  # what a killed run left, with whatever rights it had
    with one.place.open("xb") as file:
        keep_mode(one.path, one.place)
        file.writelines(content.pieces() if isinstance(content, Streamed) else (content,))
    sync_file(one.place)
    sync_folder(one.place.parent)


def _probe_owner(path: Path) -> None:
    """Raise OSError if the file is somebody else's in a folder like /tmp, where only its owner may replace it."""
    found = stat_path(path)
    if os.name == "nt" or found is None:
        return
    folder = path.parent.stat()
    if folder.st_mode & stat.S_ISVTX and os.geteuid() not in (0, found.st_uid, folder.st_uid):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(path))


# --- After it --------------------------------------------------------------------------------------------------


def _put_in_place(project: Path, waiting: tuple[Waiting, ...]) -> Waiting | None:
    """Return the first file that can not be replaced as it was meant to be, and then replace none."""
    states = [(one, _asked(project, one, Waiting.is_done)) for one in waiting]
    left = [one for one, is_done in states if not is_done]
    stuck = next((one for one in left if not _asked(project, one, Waiting.is_ready)), None)
    if stuck is None:
        for one, is_done in states:
            if not is_done:
                replace(one.place, one.path)
            sync_folder(one.path.parent)
    return stuck


def _asked(project: Path, one: Waiting, question: Callable[[Waiting], bool]) -> bool:
    """Return the answer about a file; False where it lies on a disk that is gone or broken. Raises OSError."""
    try:
        return question(one)
    except OSError:
        if one.is_within(project):
            raise
        return False


def _clear(project: Path, waiting: tuple[Waiting, ...]) -> None:
    """Remove what waits; raise OSError where that fails within the project."""
    for one in waiting:
        try:
            remove(one.place)
        except OSError:
            if one.is_within(project) and os.path.isfile(one.place):  # noqa: PTH113 - False for a name too long
                raise


# --- What is said ----------------------------------------------------------------------------------------------


def _later(cause: MachineTrouble) -> MachineTrouble:
    return MachineTrouble(
        cause.message,
        Text(
            f"{cause.hint.vi} Tệp mới đã soạn xong; lệnh vuonho sau sẽ ghi nốt.".strip(),
            f"{cause.hint.en} The new files are ready; the next vuonho command puts them in place.".strip(),
        ),
    )


def _stuck(one: Waiting) -> MachineTrouble:
    name = printable(str(one.path))
    return MachineTrouble(
        Text(f"Không ghi nốt được {name}: tệp ấy đã bị đổi, hoặc bản chờ ghi không còn.",
             f"{name} could not be replaced: it has changed since, or what was to take its place is gone."),
        Text("Chạy lại lệnh lúc nãy bị ngắt.",
             "Run the command that was cut off again."),
    )  # fmt: skip


def _damaged(journal: Path) -> MachineTrouble:
    name = printable(str(journal))
    return MachineTrouble(
        Text(f"{name} bị hỏng, nên không rõ lệnh trước đã ghi xong chưa.",
             f"{name} was damaged, so it is not known whether the last command had finished."),
        Text("Tệp hỏng ấy đã bỏ đi. Chạy vuonho check, rồi chạy lại lệnh trước.",
             "That file is removed. Run vuonho check, then the last command again."),
    )  # fmt: skip
