"""Several files of the project replaced together: all of them or none, whatever interrupts it.

.vuonho/together.json   the journal: what waits beside which file, and whether it is to be put there
.vuonho/erase.json      files that are to be removed for good, once the change that leaves them behind is made
"""

import errno
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from vuonho.errors import MachineError, UserError
from vuonho.i18n import Text
from vuonho.output import files
from vuonho.output.files import in_words, printable
from vuonho.output.lock import STATE

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
            noted = [*_noted(project), *((name, files.digest_file(project / name)) for name in names)]
            new[Path(os.path.realpath(project / _ERASE))] = json.dumps(noted).encode("ascii")
    if not new:
        return ()
    try:
        changes = []
        for path, content in new.items():
            digest = content.digest if isinstance(content, Streamed) else files.digest_bytes(content)
            with in_words(path):
                changes.append(_Change(path, digest, files.digest_file(path)))
        _write_journal(project, changes, is_ready=False)
        for change, content in zip(changes, new.values(), strict=True):
            with in_words(change.path, content.size if isinstance(content, Streamed) else len(content)):
                _prepare(change, content)
        with files.uninterrupted():
            _write_journal(project, changes, is_ready=True)  # the commit point
            finish_together(project)
    except MachineError as cause:
        if _take_back(project):
            raise
        raise MachineError(
            cause.message,
            Text("{hint} The new files are ready; vuonho puts them in place the next time.", hint=cause.hint),
        ) from cause
    except BaseException:
        _take_back(project)
        raise
    return erase_noted(project) if names else ()


def still_open(left: Sequence[str], done: Text) -> UserError:
    """Return what is said of files that could not be removed yet; `done` says what was done all the same."""
    return UserError(
        Text("{done} another program has these open: {names}", done=done, names=", ".join(left)),
        Text("Close it; vuonho removes them the next time."),
    )


def is_unfinished(project: Path) -> bool:
    """Tell whether a run that was cut off has left a journal, or the beginning of one."""
    journal = project / _JOURNAL
    return any(files.is_regular(files.stat_path(path)) for path in (journal, files.temporary_of(journal)))


def finish_together(project: Path) -> None:
    """Finish or take back what a run that was cut off has left; usually nothing. The caller holds the lock.

    Raises MachineError, once, where that cannot be done any more: a disk is gone, or a file was edited since.
    """
    journal = project / _JOURNAL
    with in_words(journal):
        if not is_unfinished(project):
            return
        is_begun = files.stat_path(journal) is None
        changes, is_ready = _read_journal(project)
        stuck = _replace_all(project, changes) if is_ready else None
    _tidy_up(project, changes)
    if not (changes or is_begun):
        name = printable(str(journal))
        raise MachineError(
            Text("{name} was damaged, so it is not known whether the last command had finished.", name=name),
            Text("That file is removed. Run vuonho check, then do the last thing again."),
        )
    if stuck is not None:
        name = printable(str(stuck.path))
        raise MachineError(
            Text(
                "{name} could not be replaced: it has changed since, or what was to take its place is gone.",
                name=name,
            ),
            Text("Run the command that was cut off again."),
        )


def _write_journal(project: Path, changes: Sequence[_Change], *, is_ready: bool) -> None:
    """Write the journal durably; paths within the project are relative, so that it may be moved."""
    root = Path(os.path.realpath(project))
    rows = [
        [path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path), digest, before]
        for path, digest, before in changes
    ]
    journal = project / _JOURNAL
    with in_words(journal.parent):
        journal.parent.mkdir(exist_ok=True)
        files.sync_folder(root)
    files.write_file(journal, json.dumps({"ready": is_ready, "files": rows}).encode("ascii"))


def _read_journal(project: Path) -> tuple[list[_Change], bool]:
    """Return what is to be changed and whether it is ready; nothing where there is no journal of ours. Raises OSError."""
    journal = project / _JOURNAL
    if not files.is_regular(files.stat_path(journal)):
        return [], False
    root = Path(os.path.realpath(project))
    try:
        whole = json.loads(files.read_regular(journal, _LARGEST))
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
    """Remove what waits, then the journal; the next command does what cannot be done now."""
    with suppress(OSError):
        for change in changes:
            try:
                files.remove(change.waits)
            except OSError:
                is_there = os.path.isfile(change.waits)  # noqa: PTH113 - False for a name too long
                if is_there and _is_within(project, change.path):
                    raise
        files.remove(files.temporary_of(project / _JOURNAL))
        files.remove(project / _JOURNAL)


def _is_within(project: Path, path: Path) -> bool:
    return path.is_relative_to(os.path.realpath(project))


def _prepare(change: _Change, content: Content) -> None:
    """Write the new content to where it waits; raise OSError if it could not take its place later."""
    path, waits = change.path, change.waits
    if files.is_folder(files.stat_path(path)):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    files.probe_replace(path)
    files.remove(waits)  # what a killed run left, with whatever rights it had
    with waits.open("xb") as file:
        files.keep_mode(path, waits)
        file.writelines(content.pieces() if isinstance(content, Streamed) else (content,))
    files.sync_file(waits)
    files.sync_folder(waits.parent)


def _replace_all(project: Path, changes: Sequence[_Change]) -> _Change | None:
    """Return the first file that can not be replaced as it was meant to be; all are looked at before one is replaced."""
    for step in (_is_fit, _put):
        for change in changes:
            try:
                if not step(change):
                    return change
            except OSError:
                if _is_within(project, change.path):
                    raise
                return change  # on a disk that is gone, or in a folder like /tmp, where only its owner may
    return None


def _is_done(change: _Change) -> bool:
    """Tell whether the new content is in place, or was: what became of it since is its owner's affair."""
    now = files.digest_file(change.path)
    has_folder = files.is_folder(files.stat_path(change.path.parent))
    return now == change.digest or (
        has_folder and files.stat_path(change.waits) is None and now != change.before
    )


def _is_fit(change: _Change) -> bool:
    if _is_done(change):
        return True
    is_whole = files.digest_file(change.waits) == change.digest
    is_old = files.digest_file(change.path) == change.before
    return is_whole and is_old and os.access(change.path.parent, os.W_OK | os.X_OK)


def _put(change: _Change) -> bool:
    if not _is_done(change):
        files.replace(change.waits, change.path)
    files.sync_folder(change.path.parent)
    return True


# --- Files that are to be removed for good ---


def has_erasures(project: Path) -> bool:
    """Tell whether files were noted and could not be removed yet."""
    try:
        return files.stat_path(project / _ERASE) is not None
    except OSError:
        return False


def erase_noted(project: Path) -> tuple[str, ...]:
    """Remove what is noted and return what could not be removed: it stays noted. The caller holds the lock."""
    left = []
    for name, digest in _noted(project):
        path = project / name
        try:
            if digest and files.digest_file(path) == digest:
                files.remove(path)
                files.sync_folder(path.parent)
        except OSError:
            left.append(name)
    if not left:
        with suppress(OSError):  # a note of files that are gone harms nobody
            files.remove(project / _ERASE)
    return tuple(left)


def _noted(project: Path) -> list[tuple[str, str]]:
    """Return (name, digest) of each file that is to go; whoever wrote the note, only files below `profiles` can."""
    try:
        rows = json.loads(files.read_regular(project / _ERASE, _LARGEST))
        noted = [(str(name), str(digest)) for name, digest in rows]
    except (OSError, ValueError, TypeError, RecursionError):
        return []
    return [(name, digest) for name, digest in noted if _is_a_profile(name)]


def _is_a_profile(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return parts[:1] == ("profiles",) and not (".." in parts or "\0" in name or "\\" in name)
