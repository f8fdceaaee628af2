"""Names set in Be Vietnam Pro: what can be shown of them, how large, and in which lines.

A name is made smaller and parted before anything of it is left out, and nothing is ever shown as an empty box.
"""

import io
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate, combinations, pairwise
from typing import Final, NamedTuple

from PIL import ImageFont

from vuonho.render.fonts import Weight, font_bytes, font_letters

NAME: Final[Weight] = "Bold"
PLACE: Final[Weight] = "SemiBold"

_NAME_STEPS: Final = ((1, 84, 52), (2, 66, 48), (3, 52, 40))
"""Lines, largest and least size in pixels: the first at which a name fits is taken."""
_PARTED_STEP: Final = (3, 52, 26)
"""The same for names so long that words are parted."""
_PLACE_SIZES: Final = (40, 36)
_PLACE_LEAST: Final = 26
_BETWEEN: Final = " · "
_CUT: Final = "…"
_MEASURE: Final = 100
"""Size at which widths are compared: they grow with it, but for the rounding of the font's hints."""


class Line(NamedTuple):
    """A line of text, its weight, and its size in pixels."""

    text: str
    weight: Weight
    size: int


def showable(text: str, weight: Weight) -> str:
    """Return a text in NFC with what the font has of it.

    A sign that it lacks falls back to the letters that it is made of (ﬁ to fi, 𝐕 to V), else it is left out.
    """
    letters = font_letters(weight)
    composed = unicodedata.normalize("NFC", text)
    return " ".join(
        "".join(sign if sign in letters else _fallback(sign, letters) for sign in composed).split()
    )


def _fallback(sign: str, letters: frozenset[str]) -> str:
    if sign.isspace():
        return " "
    parts = unicodedata.normalize("NFKD", sign)
    return "".join(part for part in parts if part in letters and not unicodedata.combining(part))


@lru_cache(maxsize=64)
def typeface(weight: Weight, size: int) -> ImageFont.FreeTypeFont:
    """Return the font at a size in pixels, laid out the same with and without a shaping library at hand."""
    content = io.BytesIO(font_bytes(weight))
    return ImageFont.truetype(content, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def width_of(line: Line) -> float:
    """Return the width of a line in pixels."""
    return typeface(line.weight, line.size).getlength(line.text)


def reach(line: Line) -> tuple[int, int]:
    """Return how far a line's ink goes above its baseline and below, in pixels."""
    _, top, _, bottom = typeface(line.weight, line.size).getbbox(line.text, anchor="ls")
    return -round(top), round(bottom)


# --- Names -------------------------------------------------------------------------------------------------


def set_name(name: str, width: int) -> tuple[Line, ...]:
    """Return a name in at most three lines no wider than `width` pixels, as large as looks well; none if empty."""
    shown = showable(name, NAME)
    if not shown:
        return ()
    words = [f" {word}" for word in shown.split()]
    for step in _NAME_STEPS:
        if lines := _in_lines(words, step, width):
            return lines
    return _parted(shown, width) or _parted(_cut(shown, lambda cut: bool(_parted(cut, width))), width)


def _parted(shown: str, width: int) -> tuple[Line, ...]:
    """Return a name in small lines, its longest words parted anywhere; none if even that is too wide."""
    least = _NAME_STEPS[-1][2]
    parts: list[str] = []
    for word in shown.split():
        fits = width_of(Line(word, NAME, least)) <= width
        parts += (f" {word}",) if fits else (f" {word[0]}", *word[1:])
    return _in_lines(parts, _PARTED_STEP, width)


def _in_lines(parts: Sequence[str], step: tuple[int, int, int], width: int) -> tuple[Line, ...]:
    """Return a name in the lines of a step, or none if its least size is too large."""
    count, largest, least = step
    texts = _balanced(parts, min(count, len(parts)))
    size = min(_fitting(text, NAME, largest, width) for text in texts)
    return tuple(Line(text, NAME, size) for text in texts) if size >= least else ()


def _balanced(parts: Sequence[str], count: int) -> tuple[str, ...]:
    """Return parts joined to so many lines that the widest of them is as narrow as can be."""
    ends = tuple(accumulate((width_of(Line(part, NAME, _MEASURE)) for part in parts), initial=0.0))
    cuts = ((0, *inner, len(parts)) for inner in combinations(range(1, len(parts)), count - 1))
    best = min(cuts, key=lambda cut: max(ends[end] - ends[start] for start, end in pairwise(cut)))
    return tuple("".join(parts[start:end]).strip() for start, end in pairwise(best))


# --- Places ------------------------------------------------------------------------------------------------


def set_places(places: Sequence[str], width: int) -> tuple[Line, ...]:
    """Return places no wider than `width` pixels: in one line if that stays readable, else one below the other."""
    shown = [text for text in (showable(place, PLACE) for place in places) if text]
    largest, least = _PLACE_SIZES
    together = _BETWEEN.join(shown)
    size = _fitting(together, PLACE, largest, width)
    if size >= least:
        return (Line(together, PLACE, size),) if shown else ()
    return tuple(_place(text, width) for text in shown)


def _place(text: str, width: int) -> Line:
    """Return a place in a line of its own; what does not fit at the least size is left out, with dots."""
    size = _fitting(text, PLACE, _PLACE_SIZES[0], width)
    if size >= _PLACE_LEAST:
        return Line(text, PLACE, size)
    cut = _cut(text, lambda part: width_of(Line(part, PLACE, _PLACE_LEAST)) <= width)
    return Line(cut, PLACE, _PLACE_LEAST)


# --- Room --------------------------------------------------------------------------------------------------


def _fitting(text: str, weight: Weight, largest: int, width: int) -> int:
    """Return the size at which a line is no wider than `width`, at most the largest."""
    measured = width_of(Line(text, weight, _MEASURE))
    size = largest if measured * largest <= width * _MEASURE else int(_MEASURE * width / measured) + 1
    while size > 1 and width_of(Line(text, weight, size)) > width:
        size -= 1
    return size


def _cut(text: str, fits: Callable[[str], bool]) -> str:
    """Return as much of a text as fits, with dots for the rest."""
    cuts = [f"{text[:length].rstrip()}{_CUT}" for length in range(1, len(text))]
    return cuts[max(0, bisect_left(cuts, True, key=lambda cut: not fits(cut)) - 1)]
