"""Watching the files that a site is made of: when to look, and whether anything is different.

The system's word (`watchfiles`) says only *when* to look. Whether there is something to do is told by comparing what
lies in the folders, so that a saved file that is the same, an editor's scratch files, our own writing and a word that
was lost (network disks, a folder put in place of another) all come out right.
"""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from watchfiles import watch

Look = Mapping[str, tuple[int, ...]]
"""Each file by its path below the project, with what changes when it changes."""

_QUIET: Final = 150
"""Milliseconds without a change after which a save, or a copying of many files, has ended."""
_AT_MOST: Final = 30_000
"""Milliseconds after which it is looked even so."""
_TICK: Final = 1000
"""Milliseconds after which it is looked without a word; on Windows Ctrl-C is heard no sooner."""
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


def moments(project: Path, folders: tuple[str, ...]) -> Iterator[None]:
    """Yield whenever it is time to look: soon after something changed, and once a second.

    Changes while nobody asks are not lost. Raises KeyboardInterrupt at Ctrl-C.
    """
    there = [str(project / folder) for folder in folders if (project / folder).is_dir()]
    with suppress(OSError):  # the system watches too much already, or the disk cannot be watched
        for _ in watch(
            *there,
            watch_filter=None,
            step=_QUIET,
            debounce=_AT_MOST,
            rust_timeout=_TICK,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        ):
            yield
    while True:
        time.sleep(_TICK / 1000)
        yield


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
