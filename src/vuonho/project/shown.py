"""What the built site shows, remembered household by household, so that a later look tells what changed since."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vuonho.model.public import PublicSite
from vuonho.output.files import write_file
from vuonho.output.site_folder import find_place
from vuonho.project.files import read_bytes
from vuonho.project.recall import digest_of
from vuonho.project.survey import Survey

NAME: Final = "shown.json"
_LARGEST: Final = 20_000_000


@dataclass(frozen=True, slots=True)
class ShownThere:
    """What a site shows: what stands for each household, by code, and what stands for all else."""

    homes: Mapping[str, str]
    others: str


def shown_of(project: Survey, site: PublicSite | None) -> ShownThere:
    """Return what a site built of a project shows."""
    return ShownThere(project.digests, digest_of(site, project.villages, project.spots))


def remember_shown(root: Path, out: str, shown: ShownThere) -> None:
    """Keep what a site shows, unless it is kept already; the caller holds the lock. Raises MachineError."""
    path = find_place(root, out).state / NAME
    content = json.dumps({"others": shown.others, "homes": dict(shown.homes)}, indent=0).encode()
    before, _ = read_bytes(path, NAME, _LARGEST)
    if content != before:
        write_file(path, content)


def read_shown(root: Path, out: str) -> ShownThere | None:
    """Return what the site in `out` shows; None where there is no site, or nobody remembers. Raises UserError."""
    place = find_place(root, out)
    if not (place.out / "index.html").is_file():
        return None
    content, _ = read_bytes(place.state / NAME, NAME, _LARGEST)
    try:
        found = json.loads(content or b"")
        return ShownThere(
            {str(code): str(digest) for code, digest in found["homes"].items()}, str(found["others"])
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
