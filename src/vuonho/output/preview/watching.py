"""Watching the files that a site is made of: when to look, and whether anything is different.

What lies in the folders is compared, a few times a second, so that editors' scratch files, network disks and a folder
put in place of another all come out right, on every system alike.
"""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

Look = Mapping[str, tuple[int, ...]]
"""Each file by its path below the project, with what changes when it changes."""

TICK: Final = 0.25
"""Seconds from one look to the next; a look at the demo takes 2 ms."""
_QUIET: Final = 0.15
"""Seconds without a change after which a save, or a copying of many files, has ended."""
_AT_MOST: Final = 200
"""Looks after which a change is made known though the files keep changing."""
_PASSING: Final = ("~", ".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".swp", ".swx")
"""How the names of files end that are not finished, or an editor's own."""


def look_at(project: Path, folders: tuple[str, ...]) -> Look:
    """Return what lies in these folders of a project, without names that begin with "." or "~"."""
    return {
        path.relative_to(project).as_posix(): (found.st_mtime_ns, found.st_size, found.st_ino)
        for folder in folders
        for path, found in _files(project / folder)
    }


def changed(before: Look, after: Look) -> tuple[str, ...]:
    """Return the files that came, went or changed, in order."""
    return tuple(sorted({name for name, _ in before.items() ^ after.items()}))


def looks(project: Path, folders: tuple[str, ...]) -> Iterator[Look]:
    """Yield what lies in these folders, about every `TICK`, and after a change once it has come to rest.

    What changes while nobody asks is in the next look, which then comes without waiting.
    """
    seen = look_at(project, folders)
    yield seen
    while True:
        now = look_at(project, folders)
        if now == seen:
            time.sleep(TICK)
            now = look_at(project, folders)
        for _ in range(_AT_MOST):
            if now == seen:
                break
            seen = now
            time.sleep(_QUIET)
            now = look_at(project, folders)
        seen = now
        yield seen


def _files(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield each file below a folder; what goes away meanwhile is not there."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "~")) or entry.name.lower().endswith(_PASSING):
                continue
            with suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    yield from _files(Path(entry.path))
                else:
                    yield Path(entry.path), entry.stat()
