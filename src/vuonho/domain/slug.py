"""Names of files and folders made from names that people gave: small letters, digits and hyphens only."""

import re

from vuonho.domain.fold import fold

LONGEST = 50
WINDOWS_NAMES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)}
)
"""Names that Windows keeps for its devices, whatever stands behind a dot."""
_OTHERS = re.compile(r"[^a-z0-9]+")


def slug_of(name: str) -> str:
    """Return a name in letters that every disk and address takes, "" where it has none: "Thôn 9" is thon-9."""
    return _OTHERS.sub("-", fold(name))[:LONGEST].strip("-")
