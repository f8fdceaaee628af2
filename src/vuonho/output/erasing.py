"""Files that are to be removed for good: noted with the change that leaves them behind, removed after it.

    .vuonho/erase.json    [[name below the project, SHA-256], …]

The note becomes true in one batch with the change, so that the next command removes what a cut-off run has left.
A file that is another one by then stays.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Final

from vuonho.output.files import digest_file, read_regular, remove, stat_path, sync_folder
from vuonho.output.lock import STATE

FILE: Final = f"{STATE}/erase.json"
_FOLDER: Final = "profiles"
_LARGEST: Final = 10_000_000


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
        told = json.loads(read_regular(project / FILE, _LARGEST))
        pairs = tuple((str(name), str(digest)) for name, digest in told)
    except (OSError, ValueError, TypeError, RecursionError):
        return ()
    return tuple(pair for pair in pairs if _is_within(pair[0]))


def _is_within(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return parts[:1] == (_FOLDER,) and ".." not in parts and "\0" not in name and "\\" not in name
