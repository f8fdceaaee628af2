"""The name of a file made of what people call a thing, such that every disk takes it."""

import re
from collections.abc import Container

from vuonho.domain.fold import fold

LONGEST = 50
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)}
)
"""Names that Windows keeps for devices, whatever stands behind the point."""


def file_stem(name: str, otherwise: str) -> str:
    """Return small letters without accents, digits and "-": "Vườn bà Hường" gives vuon-ba-huong.

    `otherwise` stands in where the name has no such letter. At most 50 letters, cut between words if it can be.
    """
    stem = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
    if len(stem) > LONGEST:
        stem = stem[: LONGEST + 1].rpartition("-")[0] or stem[:LONGEST]
    stem = stem or otherwise
    return f"ho-{stem}" if stem in _DEVICES or stem.isdigit() else stem


def free_stem(stem: str, taken: Container[str]) -> str:
    """Return the stem, or it with the first number from 2 on that is not taken."""
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
