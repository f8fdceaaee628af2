"""Several files of the project replaced together: all of them or none, whatever interrupts it.

.vuonho/together.json   the journal: what waits beside which file, and whether it is to be put there
.vuonho/erase.json      files that are to be removed for good, once the change that leaves them behind is made
"""

import errno
import json
import os
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, Literal, NamedTuple

from vuonho.errors import MachineError
from vuonho.i18n import Both, Text
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

_JOURNAL: Final = f"{STATE}/together.json"
_ERASE: Final = f"{STATE}/erase.json"
_LARGEST: Final = 50_000_000


@dataclass(frozen=True, slots=True)
class Streamed:
    """A content too large for memory: its SHA-256, its size in bytes, and what gives it piece by piece."""

    digest: str
    size: int
    pieces: Callable[[], Iterable[bytes]]


Content = bytes | Streamed


class _Change(NamedTuple):
    """A file to be replaced: its real path, and the digests of the new content and of the old one ("" for none)."""

    path: Path
    digest: str
    before: str

    @property
    def waits(self) -> Path:
        """Where the new content waits."""
        return self.path.with_name(f".{self.path.name}.vuonho")


def write_together(
    project: Path, contents: Mapping[Path, Content], erase: Iterable[str] = ()
) -> tuple[str, ...]:
    """Replace files, after all of them are on the disk under other names, then remove those named in `erase`.

    Where the machine dies between two of them, the first ones are new: the order must make that a harmless
    state. The mode of an old file is kept and a link is written through. A full disk, a folder in the way, and
    on Windows a file that another program has open, are met before the first is replaced. The caller holds the
    project's lock. Returns what could not be removed yet: a later command does it. Raises MachineError with
    nothing changed, or, where the machine fails in the very renames, with the promise that the next command does
    the rest.
    """
    names = tuple(erase)
    new = {Path(os.path.realpath(path)): content for path, content in contents.items()}
    if names:
        with in_words(project):
            noted = [*_noted(project), *((name, digest_file(project / name)) for name in names)]
            new[Path(os.path.realpath(project / _ERASE))] = json.dumps(noted).encode("ascii")
    if not new:
        return ()
    try:
        changes = [_change(path, content) for path, content in new.items()]
        _write_journal(project, changes, is_ready=False)
        for change, content in zip(changes, new.values(), strict=True):
            with in_words(change.path, content.size if isinstance(content, Streamed) else len(content)):
                _prepare(change, content)
        with uninterrupted():
            _write_journal(project, changes, is_ready=True)  # the commit point
            with in_words(project):
                stuck = _replace_all(project, changes)
            with suppress(OSError):  # all is done: the next command tidies up
                _tidy_up(project, changes)
    except MachineError as cause:
        if _take_back(project):
            raise
        raise MachineError(
            cause.message,
            Both(
                f"{cause.hint.vi} Tệp mới đã soạn xong; lệnh vuonho sau sẽ ghi nốt.".strip(),
                f"{cause.hint.en} The new files are ready; the next vuonho command puts them in place.".strip(),
            ),
        ) from cause
    except BaseException:
        _take_back(project)
        raise
    if stuck is not None:
        raise _stuck(stuck)
    return erase_noted(project) if names else ()


def is_unfinished(project: Path) -> bool:
    """Tell whether a run that was cut off has left a journal, or the beginning of one."""
    journal = project / _JOURNAL
    return any(is_regular(stat_path(path)) for path in (journal, temporary_of(journal)))


def finish_together(project: Path) -> None:
    """Finish or take back what a run that was cut off has left; usually nothing. The caller holds the lock.

    Raises MachineError, once and with no file replaced, where that cannot be done any more: a disk is gone, or
    a file was edited since.
    """
    journal = project / _JOURNAL
    with in_words(journal):
        if not is_unfinished(project):
            return
        has_journal = stat_path(journal) is not None
        changes, is_ready = _read_journal(project)
        stuck = _replace_all(project, changes) if is_ready else None
        _tidy_up(project, changes)
    if has_journal and not changes:
        name = printable(str(journal))
        raise MachineError(
            Text("{name} was damaged, so it is not known whether the last command had finished.", name=name),
            Text("That file is removed. Run vuonho check, then the last command again."),
        )
    if stuck is not None:
        raise _stuck(stuck)


# --- The journal -----------------------------------------------------------------------------------------------


def _write_journal(project: Path, changes: Sequence[_Change], *, is_ready: bool) -> None:
    """Write the journal durably; paths within the project are relative, so that it may be moved."""
    root = Path(os.path.realpath(project))
    files = [
        [path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path), digest, before]
        for path, digest, before in changes
    ]
    journal = project / _JOURNAL
    with in_words(journal.parent):
        journal.parent.mkdir(exist_ok=True)
        sync_folder(root)
    write_file(journal, json.dumps({"ready": is_ready, "files": files}).encode("ascii"))


def _read_journal(project: Path) -> tuple[list[_Change], bool]:
    """Return what is to be changed and whether it is ready; nothing where there is no journal of ours. Raises OSError."""
    journal = project / _JOURNAL
    found = stat_path(journal)
    if found is None or not is_regular(found) or found.st_size > _LARGEST:
        return [], False
    root = Path(os.path.realpath(project))
    try:
        whole = json.loads(read_regular(journal))
        changes = [_Change(root / path, str(digest), str(before)) for path, digest, before in whole["files"]]
        if any(not change.path.name or "\0" in str(change.path) or change.path == root for change in changes):
            return [], False
        return changes, whole["ready"] is True
    except (ValueError, KeyError, TypeError, RecursionError):
        return [], False


def _take_back(project: Path) -> bool:
    """Remove what waits and return True, or False if the journal says that it is to be put in place."""
    with suppress(OSError):  # the next command does it
        changes, is_ready = _read_journal(project)
        if is_ready:
            return False
        if changes:
            _tidy_up(project, changes)
    return True


def _tidy_up(project: Path, changes: Iterable[_Change]) -> None:
    """Remove what waits, and the journal; raise OSError where that fails within the project."""
    for change in changes:
        try:
            remove(change.waits)
        except OSError:
            is_there = os.path.isfile(change.waits)  # noqa: PTH113 - False for a name too long
            if is_there and _is_within(project, change.path):
                raise
    remove(temporary_of(project / _JOURNAL))
    remove(project / _JOURNAL)


def _is_within(project: Path, path: Path) -> bool:
    return path.is_relative_to(os.path.realpath(project))


# --- One file --------------------------------------------------------------------------------------------------


def _change(path: Path, content: Content) -> _Change:
    with in_words(path):
        new = content.digest if isinstance(content, Streamed) else digest_bytes(content)
        return _Change(path, new, digest_file(path))


def _prepare(change: _Change, content: Content) -> None:
    """Write the new content to where it waits; raise OSError if it could not take its place later."""
    path, waits = change.path, change.waits
    found = stat_path(path)
    if is_folder(found):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    probe_replace(path)
    if found is not None and os.name != "nt":
        folder = path.parent.stat()
        # In a folder like /tmp only its owner may replace a file.
        if folder.st_mode & stat.S_ISVTX and os.geteuid() not in (0, found.st_uid, folder.st_uid):
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(path))
    remove(waits)  # what a killed run left, with whatever rights it had
    with waits.open("xb") as file:
        keep_mode(path, waits)
        file.writelines(content.pieces() if isinstance(content, Streamed) else (content,))
    sync_file(waits)
    sync_folder(waits.parent)


def _replace_all(project: Path, changes: Sequence[_Change]) -> _Change | None:
    """Return the first file that can not be replaced as it was meant to be, and then replace none."""
    states = [_state(project, change) for change in changes]
    if "stuck" in states:
        return changes[states.index("stuck")]
    for change, state in zip(changes, states, strict=True):
        if state == "ready":
            replace(change.waits, change.path)
        sync_folder(change.path.parent)
    return None


def _state(project: Path, change: _Change) -> Literal["done", "ready", "stuck"]:
    path, new, before = change
    try:
        now = digest_file(path)
        was_replaced = is_folder(stat_path(path.parent)) and stat_path(change.waits) is None and now != before
        if now == new or was_replaced:  # what became of it since is its owner's affair
            return "done"
        is_whole = digest_file(change.waits) == new and now == before
        return "ready" if is_whole and os.access(path.parent, os.W_OK | os.X_OK) else "stuck"
    except OSError:
        if _is_within(project, path):
            raise
        return "stuck"  # it lies on a disk that is gone or broken


def _stuck(change: _Change) -> MachineError:
    name = printable(str(change.path))
    return MachineError(
        Text(
            "{name} could not be replaced: it has changed since, or what was to take its place is gone.",
            name=name,
        ),
        Text("Run the command that was cut off again."),
    )


# --- Files that are to be removed for good ---------------------------------------------------------------------


def has_erasures(project: Path) -> bool:
    """Tell whether files were noted and could not be removed yet."""
    try:
        return stat_path(project / _ERASE) is not None
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
            remove(project / _ERASE)
    return tuple(left)


def _noted(project: Path) -> list[tuple[str, str]]:
    """Return (name, digest) of each file that is to go; whoever wrote the note, only files below `profiles` can."""
    try:
        noted = [
            (str(name), str(digest)) for name, digest in json.loads(read_regular(project / _ERASE, _LARGEST))
        ]
    except (OSError, ValueError, TypeError, RecursionError):
        return []
    return [
        (name, digest)
        for name, digest in noted
        if (parts := PurePosixPath(name).parts)[:1] == ("profiles",)
        and not (".." in parts or "\0" in name or "\\" in name)
    ]
