"""What waits to be published: how the site as it would be now differs from what this computer published last."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from vuonho.i18n import Text
from vuonho.model.codes import is_code
from vuonho.output.files import digest_bytes
from vuonho.output.site_folder import Entry, Manifest, find_place, read_manifest
from vuonho.publish.remote import blob_id
from vuonho.register.memory import published
from vuonho.status.model import ProjectStatus

SITE: Final = "site"
WHOLE: Final = "site"
"""What stands in what is remembered for the whole site, beside the codes."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What publishing would change: the `codes` of households with another page; `more` where something else is another.

    `is_new` where this computer has never published; `shown` are the codes that have a page in the site here.
    """

    codes: tuple[str, ...]
    more: bool
    is_new: bool
    shown: frozenset[str] = frozenset()

    @property
    def is_nothing(self) -> bool:
        """Tell whether online is what is here."""
        return not (self.codes or self.more or self.is_new)


def stamp_of(entries: Mapping[str, Entry]) -> str:
    """Return what stands for a whole site."""
    return digest_bytes(repr(sorted((path, entry.digest) for path, entry in entries.items())).encode())


def waiting(root: Path, status: ProjectStatus) -> Waiting:
    """Return what waits to be published of a project that stands so; raise MachineError for a disk that fails."""
    place = find_place(root, SITE)
    entries = (read_manifest(place) or Manifest()).entries
    online = published(root)
    codes = {home.code for home in status.behind if home.code and not home.errors} | {*status.still_shown}
    named = ((path.removesuffix("/index.html"), entry) for path, entry in entries.items())
    pages = {name: entry for name, entry in named if is_code(name)}
    is_same = stamp_of(entries) == online.get(WHOLE)
    if not is_same:
        codes |= {
            code
            for code, entry in pages.items()
            if _blob(place.out / code / "index.html", entry.digest) != online.get(code)
        }
    return Waiting(
        codes=tuple(sorted(codes)),
        more=not is_same or status.is_stale,
        is_new=not online,
        shown=frozenset(pages),
    )


@lru_cache(maxsize=20_000)
def _blob(path: Path, digest: str) -> str:
    """Return git's name of a page whose content has this digest."""
    try:
        content = path.read_bytes()
    except OSError:
        return ""
    return blob_id(content) if digest_bytes(content) == digest else ""


def say_waiting(found: Waiting) -> Text:
    """Return what waits to be published, in words."""
    if found.is_new:
        return Text("not published from this computer yet")
    if found.codes:
        return Text.counted(
            "{count} page waits to be published", "{count} pages wait to be published", len(found.codes)
        )
    return Text("changes wait to be published") if found.more else Text("online is what is here")
