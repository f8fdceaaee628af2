"""Printing inks: colours as shares of cyan, magenta, yellow and black, 0 to 1 each.

What must be read is printed in black alone: carbon black is the ink that outdoor light bleaches last, and one
ink cannot be out of register with itself.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple


class Ink(NamedTuple):
    """One colour of DeviceCMYK."""

    cyan: float
    magenta: float
    yellow: float
    black: float


BLACK: Final = Ink(0, 0, 0, 1)
WHITE: Final = Ink(0, 0, 0, 0)
GREY: Final = Ink(0, 0, 0, 0.45)
"""For what the printer needs and the reader does not: drill points, cut lines on white."""
DRAFT: Final = Ink(0, 0.22, 0.26, 0.06)
"""Of the words that mark a draft: seen at once, and too pale to disturb a reader of codes."""


_GROUND: Final = Ink(0, 0.02, 0.09, 0.015)
_CLAY: Final = Ink(0, 0.62, 0.82, 0.34)
_LEAF: Final = Ink(0.66, 0, 0.55, 0.62)


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours that a project may choose: ground, edge along the top, and accent (village, badge)."""

    ground: Ink = _GROUND
    edge: Ink = _CLAY
    accent: Ink = _LEAF
