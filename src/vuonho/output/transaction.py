"""Several files of the project replaced together: all of them or none, whatever interrupts it."""

import errno
import json
import os
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from vuonho.errors import MachineTrouble
from vuonho.i18n import Text
from vuonho.output.files import (
    digest_bytes,
    digest_file,
    is_folder,
    is_regular,
    keep_mode,
    probe_replace,
    read_regular,
    remove,
    replace,
    stat_path,
    sync_file,
    sync_folder,
    temporary_of,
    uninterrupted,
    write_file,
)
from vuonho.output.lock import STATE
from vuonho.output.os_errors import in_words, printable

# --- The journal of files that are replaced together: what waits, for which place, and whether it is to be put there ---

_LARGEST = 50_000_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file to be replaced: its real path, the digest of the content that waits beside it, and of the old one.

    `before` is "" where there was no file.
    """

    path: Path
    digest: str
    before: str

    @property
    def place(self) -> Path:
        """Where the new content waits."""
        return self.path.with_name(f".{self.path.name}.vuonho")

    def is_done(self) -> bool:
        """Tell whether the new content is, or was, in its place: what became of it since is its owner's affair."""
        now = digest_file(self.path)
        if now == self.digest:
            return True
        is_there = is_folder(stat_path(self.path.parent))
        return is_there and stat_path(self.place) is None and now != self.before

    def is_ready(self) -> bool:
        """Tell whether all of the new content waits, and for the place of the file that was there."""
        is_whole = digest_file(self.place) == self.digest and digest_file(self.path) == self.before
        return is_whole and os.access(self.path.parent, os.W_OK | os.X_OK)

    def is_within(self, project: Path) -> bool:
        """Tell whether the file lies in the project."""
        return self.path.is_relative_to(os.path.realpath(project))


@dataclass(frozen=True, slots=True)
class Batch:
    """Files to be replaced in this order; `ready` from the commit point on."""

    waiting: tuple[Waiting, ...]
    ready: bool


def journal_of(project: Path) -> Path:
    """Return where the journal of a project is, while there is one."""
    return project / STATE / "together.json"


def is_unfinished(project: Path) -> bool:
    """Tell whether a run that was cut off has left a journal, or the beginning of one."""
    journal = journal_of(project)
    return any(is_regular(stat_path(path)) for path in (journal, temporary_of(journal)))


def note_down(project: Path, batch: Batch) -> None:
    """Write the journal durably; paths within the project are relative, so that it may be moved.

    Raises MachineTrouble.
    """
    root = Path(os.path.realpath(project))
    files = [[_label(root, one.path), one.digest, one.before] for one in batch.waiting]
    journal = journal_of(project)
    with in_words(journal.parent):
        journal.parent.mkdir(exist_ok=True)
        sync_folder(root)
    write_file(journal, json.dumps({"ready": batch.ready, "files": files}).encode("ascii"))


def _label(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def read_batch(project: Path) -> Batch | None:
    """Return what the journal says; None where there is none, or none of ours. Raises OSError."""
    journal = journal_of(project)
    found = stat_path(journal)
    if found is None or not is_regular(found) or found.st_size > _LARGEST:
        return None
    root = Path(os.path.realpath(project))
    try:
        told = json.loads(read_regular(journal))
        waiting = tuple(_together_waiting(root, *map(str, row)) for row in told["files"])
        return Batch(waiting, ready=told["ready"] is True)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _together_waiting(root: Path, path: str, digest: str, before: str) -> Waiting:
    """Return a row of the journal; raise ValueError for a path that no file can have."""
    if not path or "\0" in path or not (root / path).name:
        raise ValueError(path)
    return Waiting(root / path, digest, before)


def forget(project: Path) -> None:
    """Remove the journal; raises OSError."""
    journal = journal_of(project)
    remove(temporary_of(journal))
    remove(journal)


# --- Several files of the project replaced together: all of them or none, whatever interrupts it ---

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


# --- Files that are to be removed for good: noted with the change that leaves them behind, removed after it ---

FILE: Final = f"{STATE}/erase.json"
_FOLDER: Final = "profiles"
_ERASING_LARGEST: Final = 10_000_000


def note_of(project: Path, names: Iterable[str]) -> bytes:
    """Return the content of the note for files below the project, and those of an earlier note. Raises OSError."""
    new = [[name, digest_file(project / name)] for name in names]
    return json.dumps([*map(list, _noted(project)), *new]).encode("ascii")


def has_erasures(project: Path) -> bool:
    """Tell whether there is a note."""
    try:
        return stat_path(project / FILE) is not None
    except OSError:
        return False


def erase_noted(project: Path) -> tuple[str, ...]:
    """Remove what is noted and return what could not be removed: it stays noted. The caller holds the lock."""
    left = []
    for name, digest in _noted(project):
        path = project / name
        try:
            if digest and digest_file(path) == digest:
                remove(path)
                sync_folder(path.parent)
        except OSError:
            left.append(name)
    if not left:
        with suppress(OSError):  # a note of files that are gone harms nobody
            remove(project / FILE)
    return tuple(left)


def _noted(project: Path) -> tuple[tuple[str, str], ...]:
    try:
        told = json.loads(read_regular(project / FILE, _ERASING_LARGEST))
        pairs = tuple((str(name), str(digest)) for name, digest in told)
    except (OSError, ValueError, TypeError, RecursionError):
        return ()
    return tuple(pair for pair in pairs if _is_within(pair[0]))


def _is_within(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return parts[:1] == (_FOLDER,) and ".." not in parts and "\0" not in name and "\\" not in name
