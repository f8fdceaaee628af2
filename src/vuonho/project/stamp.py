"""Nothing has changed since the last build: known from the names, sizes and times of all files, before any is read."""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any, Final

from vuonho.errors import MachineError, UserError
from vuonho.output.files import is_settled, look, read_regular, write_file
from vuonho.output.lock import STATE, disk_time
from vuonho.output.site_folder import find_place, read_manifest
from vuonho.output.site_writer import is_cut_off
from vuonho.resources import program_stamp

NAME: Final = "stamp.json"
_LARGEST: Final = 20_000_000
_SOURCES: Final = ("profiles", "templates", "words", "guides")
_NEVER: Final = 2**63
"""A time that does not come: what has it may always change again."""
Seen = tuple[str, *tuple[int, ...]]
"""A path below the project, and the look of what is there."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A project before a build: `sources` stand for its files and for how the build was asked for."""

    root: Path
    out: str
    sources: str
    is_settled: bool

    def last_result(self) -> Any:
        """Return what `keep` was given after a build of just this, whose site stands as it was written; else None."""
        with suppress(OSError, ValueError, TypeError, KeyError, RecursionError, UserError, MachineError):
            place = find_place(self.root, self.out)
            kept = json.loads(read_regular(place.state / NAME, _LARGEST))
            if (
                kept["sources"] == self.sources
                and kept["state"] == self._state()
                and not is_cut_off(self.root)
            ):
                manifest = read_manifest(place)
                files = manifest.entries.items() if manifest else ()
                if files and all(_stands(place.out / path, entry.size, entry.mtime) for path, entry in files):
                    return kept["result"]
        return None

    def keep(self, result: Any) -> None:
        """Remember what a build gave; the site is complete, so nothing is lost where that cannot be."""
        if self.is_settled:
            content = {"sources": self.sources, "state": self._state(), "result": result}
            with suppress(OSError, UserError, MachineError):
                path = find_place(self.root, self.out).state / NAME
                write_file(path, json.dumps(content, ensure_ascii=False).encode())

    def _state(self) -> list[list[object]]:
        """Return what the program itself remembers of the project."""
        folder = find_place(self.root, self.out).state
        known = {"lock", NAME, "memo.sqlite"}
        paths = [*(self.root / STATE).iterdir(), *folder.iterdir()]
        looks = ((path.name, path.lstat()) for path in sorted(paths) if path.name not in known)
        return [[name, *look(found)] for name, found in looks if S_ISREG(found.st_mode)]


def stamp(root: Path, out: str, *asked: object) -> Stamp:
    """Return the stamp of a project; `asked` is all else that the site and the words of the build depend on."""
    looks = sorted(one for folder in _SOURCES for one in _looks(str(root / folder), folder))
    told = repr((program_stamp(), asked, looks)).encode("utf-8", "surrogatepass")
    now = disk_time(root)
    return Stamp(root, out, sha256(told).hexdigest(), all(is_settled(seen, now) for _, *seen in looks))


def _looks(folder: str, name: str, *, is_linked: bool = False) -> Iterator[Seen]:
    """Yield the look of each file and folder below a folder; no stamp is kept of one with links within links."""
    try:
        entries = list(os.scandir(folder))
    except OSError:  # there is none, or nobody may look into it
        return
    for entry in entries:
        below = f"{name}/{entry.name}"
        try:
            found = entry.stat()
        except OSError:  # a link that leads nowhere
            found = entry.stat(follow_symlinks=False)
        yield below, *look(found)
        if not S_ISDIR(found.st_mode):
            continue
        if is_linked and entry.is_symlink():  # perhaps one that leads round in a circle
            yield below, 0, 0, _NEVER, _NEVER
        else:
            yield from _looks(entry.path, below, is_linked=is_linked or entry.is_symlink())


def _stands(path: Path, size: int, mtime: int) -> bool:
    found = path.lstat()
    return S_ISREG(found.st_mode) and (found.st_size, found.st_mtime_ns) == (size, mtime)
