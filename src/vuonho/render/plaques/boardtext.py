"""Text on the board: blocks that fit their room, and paragraphs measured once and set at any size."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from vuonho.render.fonts import Weight
from vuonho.render.plaques.fitting import LEADING, Set, flowed, printable, too_long
from vuonho.render.plaques.press import text_width

LEAST: Final = 2.8
"""Size in mm of the smallest letters on the board."""
ABOVE: Final = 0.97
"""From the top of a line's room to its baseline, as a share of the size."""
_ABOUT: Final = 1.000001
_AFTER_A_COMMA: Final = re.compile(r"(?<=[,–])\s+")
_BLANK: Final = re.compile(r"\s+(?!\d{1,4}\b)|(?<=\d)\s+")
"""Where a line may end: not before a short number, which belongs to the word it follows ("ngõ 3")."""

_NARROWER: Final = (0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)
"""Shares of a width that are tried to make the lines of a paragraph alike."""


def running(text: str, weight: Weight, size: float, width: float, lines: int) -> Set:
    """Return a text of a fixed size in at most so many lines; raise Misfit where it takes more."""
    said = paragraph(text, weight)
    if said.words.widest * size <= width:
        found = Set(said.lines(size, width), weight, size)
    else:
        found = flowed(printable(text, weight), weight, size, width)
    if found.width > width or len(found.lines) > lines:
        raise too_long(text)
    return found


@dataclass(frozen=True, slots=True)
class Words:
    """Words and what joins them, with their widths at size 1: those of lines add up, for nothing is kerned."""

    words: tuple[str, ...]
    widths: tuple[float, ...]
    joint: str
    between: float
    widest: float

    @classmethod
    def of(cls, words: Sequence[str], weight: Weight, joint: str = " ") -> "Words":
        """Return words measured."""
        widths = tuple(text_width(word, weight) for word in words)
        return cls(tuple(words), widths, joint, text_width(joint, weight), max(widths))

    def cuts(self, room: float) -> list[int]:
        """Return before which words a new line begins in lines of such a width."""
        cuts: list[int] = []
        used = -self.between
        for at, width in enumerate(self.widths):
            used += self.between + width
            if used > room * _ABOUT and at:
                cuts.append(at)
                used = width
        return cuts

    def even(self, room: float, count: int) -> tuple[str, ...] | None:
        """Return so many lines, none of them much shorter than the others; None where more are needed."""
        rooms = (share * room for share in _NARROWER if self.widest <= share * room * _ABOUT)
        for cuts in map(self.cuts, rooms):
            if len(cuts) == count - 1:
                return self.lines(cuts)
        return None

    def lines(self, cuts: Sequence[int]) -> tuple[str, ...]:
        """Return the lines that begin before these words."""
        return tuple(self.joint.join(self.words[a:b]) for a, b in pairwise((0, *cuts, len(self.words))))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text of one weight measured once, in words, and in the parts between its commas."""

    text: str
    weight: Weight
    words: Words
    parts: Words

    def size(self, wanted: float, width: float) -> float:
        """Return the size wanted, or the smaller one at which the longest word fits; raise Misfit below the least."""
        size = min(wanted, width / self.words.widest)
        if size < min(LEAST, wanted):
            raise too_long(self.text)
        return size

    def lines(self, size: float, width: float) -> tuple[str, ...]:
        """Return the text in the fewest lines no wider than so many mm, parted after commas where that is possible."""
        room = width / size
        count = len(self.words.cuts(room)) + 1
        return self.parts.even(room, count) or self.words.even(room, count) or ()

    def height(self, wanted: float, width: float) -> float:
        """Return the mm that its lines take."""
        size = self.size(wanted, width)
        return (len(self.words.cuts(width / size)) + 1) * LEADING * size


def paragraph(text: str, weight: Weight) -> Paragraph:
    """Return a text measured; raise Misfit for a sign that the typeface lacks."""
    said = printable(text, weight).strip()
    return Paragraph(
        text, weight, Words.of(_BLANK.split(said), weight), Words.of(_AFTER_A_COMMA.split(said), weight)
    )
