"""What the built site shows, remembered household by household, so that a later look tells what changed since.

    .vuonho/out/<site>/shown.json

Times of files tell nothing after a copy or a clone, and a comment in a profile changes no page; so what counts is
what may be shown of each household. Only digests are kept.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vuonho.domain.public import PublicHousehold, PublicSite, PublicVillage
from vuonho.intake.files import read_bytes
from vuonho.output.files import digest_bytes, write_file
from vuonho.output.writing.place import find_place

NAME: Final = "shown.json"
_DIGITS: Final = 16
_LARGEST: Final = 20_000_000


@dataclass(frozen=True, slots=True)
class ShownThere:
    """What a site shows: what stands for each household, by code, and what stands for all else."""

    homes: Mapping[str, str]
    others: str


def shown_of(
    site: PublicSite | None, villages: Iterable[PublicVillage], households: Iterable[PublicHousehold]
) -> ShownThere:
    """Return what a site built of these values shows."""
    homes = {home.code: _digest(home) for home in households}
    return ShownThere(homes, _digest((site, tuple(villages))))


def _digest(value: object) -> str:
    return digest_bytes(repr(value).encode("utf-8", errors="surrogatepass"))[:_DIGITS]


def remember_shown(root: Path, out: str, shown: ShownThere) -> None:
    """Keep what a site shows, unless it is kept already; the caller holds the lock. Raises MachineTrouble."""
    path = find_place(root, out).state / NAME
    content = json.dumps({"others": shown.others, "homes": dict(shown.homes)}, indent=0).encode()
    before, _ = read_bytes(path, NAME, _LARGEST)
    if content != before:
        write_file(path, content)


def read_shown(root: Path, out: str) -> ShownThere | None:
    """Return what the site in `out` shows; None where there is no site, or nobody remembers. Raises Refused."""
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
