"""Names of files and folders made from names that people gave: small letters, digits and hyphens only."""

import re

from vuonho.domain.fold import fold

LONGEST = 50
_OTHERS = re.compile(r"[^a-z0-9]+")


def slug_of(name: str) -> str:
    """Return a name in letters that every disk and address takes, "" where it has none: "Thôn 9" is thon-9."""
    return _OTHERS.sub("-", fold(name))[:LONGEST].strip("-")
