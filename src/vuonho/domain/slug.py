"""Names of files and folders made from names that people gave: small letters, digits and hyphens only."""

import re
from collections.abc import Container
from itertools import count

from vuonho.domain.fold import fold
from vuonho.portable import is_portable

LONGEST = 50
VILLAGE_STEM = "village"
"""What the file of a village itself is called."""
_OTHERS = re.compile(r"[^a-z0-9]+")


def slug_of(name: str) -> str:
    """Return a name in letters that every disk and address takes, "" where it has none: "Thôn 9" is thon-9.

    At most 50 letters, cut between words if it can be.
    """
    slug = _OTHERS.sub("-", fold(name)).strip("-")
    if len(slug) > LONGEST:
        slug = slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
    return slug


def file_stem(name: str) -> str:
    """Return the name of a file without its ending, made of a household's name; "ho" where that has no letter."""
    stem = slug_of(name)
    if stem.isdigit() or stem == VILLAGE_STEM or not is_portable(stem):
        return f"ho-{stem}".rstrip("-")
    return stem


def free_stem(stem: str, taken: Container[str]) -> str:
    """Return the stem, or it with the first number from 2 on that is not taken."""
    if stem not in taken:
        return stem
    return next(numbered for number in count(2) if (numbered := f"{stem}-{number}") not in taken)
