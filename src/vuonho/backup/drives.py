"""Where a backup may go on this computer, and where one may lie: what is plugged in, as each system shows it."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from string import ascii_uppercase
from typing import Final

from vuonho.backup.archive import is_backup
from vuonho.backup.backup import last_place
from vuonho.output.files import is_regular, stat_path

_PLUGGED_IN: Final = ("/media/*/*", "/media/*", "/run/media/*/*", "/Volumes/*")
_MOST: Final = 20
_ENTRIES: Final = 2000


def drives(root: Path) -> list[Path]:
    """Return what is plugged in and can be written, but for the disk of the project."""
    if os.name == "nt":
        own = {root.resolve().drive.upper(), os.environ.get("SYSTEMDRIVE", "C:").upper()}
        found = [Path(f"{letter}:\\") for letter in ascii_uppercase if f"{letter}:" not in own]
    else:
        found = [path for pattern in _PLUGGED_IN for path in sorted(Path("/").glob(pattern[1:]))]
    return [path for path in found if _is_another_disk(path, root)]


def _is_another_disk(path: Path, root: Path) -> bool:
    try:
        return os.path.ismount(path) and os.access(path, os.W_OK) and path.stat().st_dev != root.stat().st_dev
    except OSError:
        return False


def places(root: Path) -> list[Path]:
    """Return the folders to which a backup may go: what is plugged in, where the last one went, the downloads."""
    last = last_place(root)
    others = [Path(last).parent] if last else []
    others.append(Path.home() / "Downloads")
    return [*dict.fromkeys((*drives(root), *(one for one in others if one.is_dir())))]


def backups_in(folders: Iterable[Path]) -> list[Path]:
    """Return the backups that lie in some folders, the newest first."""
    found = [path for folder in folders for path in _zips(folder) if is_backup(path)]
    return sorted(dict.fromkeys(found), key=_changed, reverse=True)[:_MOST]


def _zips(folder: Path) -> Iterator[Path]:
    with suppress(OSError), os.scandir(folder) as entries:
        for _, entry in zip(range(_ENTRIES), entries, strict=False):
            path = Path(entry.path)
            if path.suffix.lower() == ".zip" and is_regular(stat_path(path)):
                yield path


def _changed(path: Path) -> float:
    found = stat_path(path)
    return found.st_mtime if found else 0.0
