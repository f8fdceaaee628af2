"""What is shown at one moment: the built site, or the trouble that stands in its place.

A site is what its manifest names, and no more: neither what somebody else put into the folder nor a link that leads
out of it. Names that come from outside are looked up among these; the disk never gets to see any other.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from vuonho.errors import Refused
from vuonho.output.files import is_folder, is_regular, stat_path
from vuonho.output.preview.live import Live
from vuonho.output.troubles import in_words
from vuonho.output.writing.commit import passes_link
from vuonho.output.writing.manifest import Manifest, read_manifest
from vuonho.output.writing.paths import check_path, folders_of
from vuonho.output.writing.place import find_place

_VERSION_LETTERS: Final = 16
_START: Final = "index.html"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no site, as a page: `full` for who sits at this computer, `short` for everybody else."""

    full: bytes = field(repr=False)
    short: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """A site in the folder `site`, below the path `prefix` ("/" or "/vuon/"); with `trouble` that and nothing else."""

    site: Path
    prefix: str
    files: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()
    live: Live = field(default_factory=Live)
    trouble: Trouble | None = None

    @property
    def version(self) -> str:
        """The same as long as the same is shown, whenever and by whichever process."""
        return self.live.version

    @property
    def is_gone(self) -> bool:
        """Tell whether the folder of the site has been taken away or emptied since."""
        return _START in self.files and self.read(_START) is None

    def read(self, file: str) -> bytes | None:
        """Return the content of a file of the site, None where it is not there or is a link by now."""
        if not is_folder(stat_path(self.site)) or passes_link(self.site, file):
            return None
        path = self.site / file
        try:
            return path.read_bytes() if is_regular(stat_path(path)) else None
        except OSError:
            return None


def show_site(project: Path, out: str, base_url: str, script: str) -> Shown:
    """Return what the last build made, at the path of its address; raise MachineTrouble if it cannot be read.

    `script` is added to each page, "" for nothing.
    """
    place = find_place(project, out)
    with in_words(place.manifest):
        manifest = read_manifest(place.manifest) or Manifest()
    files = frozenset(filter(_is_proper, manifest.entries))
    prefix = urlsplit(base_url).path or "/"
    whole = [prefix, script, *sorted((name, manifest.entries[name].digest) for name in files)]
    folders = frozenset(folder for name in files for folder in folders_of(name))
    return Shown(place.out, prefix, files, folders, Live(script, _digest(whole)))


def show_trouble(before: Shown, trouble: Trouble, script: str) -> Shown:
    """Return what stands in place of a site that cannot be built."""
    live = Live(script, _digest([script, trouble.full.decode("utf-8")]))
    return Shown(before.site, before.prefix, live=live, trouble=trouble)


def _digest(parts: Sequence[object]) -> str:
    return sha256(json.dumps(parts).encode()).hexdigest()[:_VERSION_LETTERS]


def _is_proper(name: str) -> bool:
    """Tell whether a name can be one of a site: a manifest may have come along with somebody's folder."""
    try:
        check_path(name)
    except Refused:
        return False
    return True
