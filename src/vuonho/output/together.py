"""The journal of files that are replaced together: what waits, for which place, and whether it is to be put there."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from vuonho.output.files import (
    digest_file,
    is_folder,
    is_regular,
    read_regular,
    remove,
    stat_path,
    sync_folder,
    temporary_of,
    write_file,
)
from vuonho.output.lock import STATE
from vuonho.output.troubles import in_words

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
        waiting = tuple(_waiting(root, *map(str, row)) for row in told["files"])
        return Batch(waiting, ready=told["ready"] is True)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _waiting(root: Path, path: str, digest: str, before: str) -> Waiting:
    """Return a row of the journal; raise ValueError for a path that no file can have."""
    if not path or "\0" in path or not (root / path).name:
        raise ValueError(path)
    return Waiting(root / path, digest, before)


def forget(project: Path) -> None:
    """Remove the journal; raises OSError."""
    journal = journal_of(project)
    remove(temporary_of(journal))
    remove(journal)
