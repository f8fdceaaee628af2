"""The picture that a shared link shows: a JPEG of 1200 by 630 pixels (Open Graph)."""

import hashlib
import io
import json
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, combinations, pairwise
from pathlib import Path
from typing import Final, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from vuonho.resources import Weight, font_bytes, font_letters

# --- Names set in Be Vietnam Pro: what can be shown of them, how large, and in which lines ---

NAME: Final[Weight] = "Bold"
PLACE: Final[Weight] = "SemiBold"
TEXT_WIDTH: Final = 590
"""Pixels that a line may take."""
_NAME_STEPS: Final = ((1, 84, 52), (2, 66, 48), (3, 52, 40), (3, 52, 26))
"""Lines, largest and least size in pixels: the first at which a name fits is taken."""
_PLACE_LARGEST: Final = 40
_PLACE_TOGETHER: Final = 36
_PLACE_LEAST: Final = 26
_MEASURE: Final = 100
"""Size at which widths are compared: they grow with it, but for the rounding of the font's hints."""


class Line(NamedTuple):
    """A line of text, its weight, and its size in pixels."""

    text: str
    weight: Weight
    size: int


def showable(text: str, weight: Weight) -> str:
    """Return a text in NFC with what the font has of it.

    A character that it lacks falls back to the letters it is made of (ﬁ to fi, 𝐕 to V), else it is left out.
    """
    letters, shown = font_letters(weight), ""
    for char in unicodedata.normalize("NFC", text):
        if char in letters or char.isspace():
            shown += char
        else:
            parts = unicodedata.normalize("NFKD", char)
            shown += "".join(part for part in parts if part in letters and not unicodedata.combining(part))
    return " ".join(shown.split())


@lru_cache(maxsize=64)
def _typeface(weight: Weight, size: int) -> ImageFont.FreeTypeFont:
    """Return the font, laid out the same with and without a shaping library at hand."""
    content = io.BytesIO(font_bytes(weight))
    return ImageFont.truetype(content, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def width_of(line: Line) -> float:
    """Return the width of a line in pixels."""
    return _typeface(line.weight, line.size).getlength(line.text)


def reach(line: Line) -> tuple[int, int]:
    """Return how far a line's ink goes above its baseline and below, in pixels."""
    _, top, _, bottom = _typeface(line.weight, line.size).getbbox(line.text, anchor="ls")
    return -round(top), round(bottom)


def set_name(name: str) -> tuple[Line, ...]:
    """Return a name in at most three lines, as large as looks well; its end is cut if it must be."""
    shown = showable(name, NAME)
    return _in_lines(_cut(shown, lambda part: bool(_in_lines(part))))


def _in_lines(name: str) -> tuple[Line, ...]:
    """Return a name in the lines of the first step at which it fits; none if it fits nowhere, or is empty."""
    words = [f" {word}" for word in name.split()]
    for count, largest, least in _NAME_STEPS if words else ():
        texts = _balanced(words, min(count, len(words)))
        size = min(_fitting(text, NAME, largest) for text in texts)
        if size >= least:
            return tuple(Line(text, NAME, size) for text in texts)
    return ()


def _balanced(words: Sequence[str], count: int) -> tuple[str, ...]:
    """Return words joined to so many lines that the widest of them is as narrow as can be."""
    ends = tuple(accumulate((width_of(Line(word, NAME, _MEASURE)) for word in words), initial=0.0))
    cuts = ((0, *inner, len(words)) for inner in combinations(range(1, len(words)), count - 1))
    best = min(cuts, key=lambda cut: max(ends[end] - ends[start] for start, end in pairwise(cut)))
    return tuple("".join(words[start:end]).strip() for start, end in pairwise(best))


def set_places(places: Sequence[str]) -> tuple[Line, ...]:
    """Return places in one line if that stays readable, else one below the other, cut at the least size."""
    shown = [text for text in (showable(place, PLACE) for place in places) if text]
    together = " · ".join(shown)
    size = _fitting(together, PLACE, _PLACE_LARGEST)
    if size >= _PLACE_TOGETHER:
        return (Line(together, PLACE, size),) if shown else ()
    cut = [_cut(text, lambda part: _fitting(part, PLACE, _PLACE_LEAST) == _PLACE_LEAST) for text in shown]
    return tuple(Line(text, PLACE, _fitting(text, PLACE, _PLACE_LARGEST)) for text in cut)


def _fitting(text: str, weight: Weight, largest: int) -> int:
    """Return the size at which a line is no wider than it may be, at most the largest."""
    measured = width_of(Line(text, weight, _MEASURE))
    if measured * largest <= TEXT_WIDTH * _MEASURE:
        size = largest
    else:
        size = int(_MEASURE * TEXT_WIDTH / measured) + 1
    while size > 1 and width_of(Line(text, weight, size)) > TEXT_WIDTH:
        size -= 1
    return size


def _cut(text: str, fits: Callable[[str], bool]) -> str:
    """Return a text, or where it does not fit as much of it as does, with dots for the rest."""
    if not text or fits(text):
        return text
    cuts = [f"{text[:length].rstrip()}…" for length in range(1, len(text))]
    return cuts[max(0, bisect_left(cuts, True, key=lambda cut: not fits(cut)) - 1)]


# --- The plate with a name: a card with a clay edge and a leaf, as on the site's pages, set low in a picture ---

_BOTTOM: Final = 604
_INK: Final = "#21301d"
_LEAF: Final = "#1f5e33"
_AROUND: Final = 48
"""Room for the shadow on every side of the plate."""
_EDGE: Final = _AROUND + 40
"""How much of it stays as it is, above and below."""
_HEAD: Final = 54
_FOOT: Final = 28
_CAPITAL: Final = 0.74
_LEADING: Final = 1.14
_BETWEEN: Final = 12
"""Pixels between the name and the places, beyond what the lines need."""


def draw_plate(canvas: Image.Image, name: str, places: Sequence[str]) -> None:
    """Draw the plate upon a picture; a long name makes it higher."""
    groups = [lines for lines in (set_name(name), set_places(places)) if lines]
    lines = [line for group in groups for line in group]
    baselines: list[int] = []
    for group in groups:
        if baselines:
            baselines.append(baselines[-1] + _BETWEEN + baseline_step((lines[len(baselines) - 1], group[0])))
        else:
            baselines.append(_HEAD + max(reach(group[0])[0], round(_CAPITAL * group[0].size)))
        baselines += [baselines[-1] + at * baseline_step(group) for at in range(1, len(group))]
    height = (baselines[-1] + reach(lines[-1])[1] if lines else _HEAD) + _FOOT
    middle, top = canvas.width // 2, _BOTTOM - height
    plate, badge = _stretched(_picture("plate"), height + 2 * _AROUND), _picture("badge")
    canvas.paste(plate, (middle - plate.width // 2, top - _AROUND), plate)
    canvas.paste(badge, (middle - badge.width // 2, top + 5 - badge.height // 2), badge)
    draw = ImageDraw.Draw(canvas)
    for line, baseline in zip(lines, baselines, strict=True):
        colour = _LEAF if line.weight == PLACE else _INK
        draw.text((middle, top + baseline), line.text, colour, _typeface(line.weight, line.size), "ms")


def baseline_step(lines: Sequence[Line]) -> int:
    """Return how far apart the baselines of lines are: even, and accents never touch the line above."""
    leading = max(round(_LEADING * line.size) for line in lines[1:])
    return max(leading, *(reach(above)[1] + 2 + reach(below)[0] for above, below in pairwise(lines)))


def _stretched(plate: Image.Image, height: int) -> Image.Image:
    """Return the plate at another height: its upper and lower edges as they were, what is between drawn out."""
    width, below = plate.width, plate.height - _EDGE
    drawn = plate.resize((width, height), Image.Resampling.NEAREST, (0, _EDGE, width, below))
    drawn.paste(plate.crop((0, 0, width, _EDGE)), (0, 0))
    drawn.paste(plate.crop((0, below, width, plate.height)), (0, height - _EDGE))
    return drawn


@cache
def _picture(name: str) -> Image.Image:
    """Return "village", "plate" or "badge" (tools/scenery.py); not to be drawn upon, as it is kept."""
    content = Path(__file__).with_name(f"{name}.webp").read_bytes()
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


# --- The card: what it shows, the key of its file, and the picture itself ---

_RECIPE: Final = b"vuonho card recipe 3\n"
"""Counted up when the same card should look otherwise, so that caches make it anew."""
_QUALITY: Final = 70


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows: a name, and the places below it."""

    title: str
    lines: tuple[str, ...] = ()


def card_key(card: Card) -> str:
    """Return 64 hex digits that stand for a card and the way it is drawn."""
    texts = [unicodedata.normalize("NFC", text) for text in (card.title, *card.lines)]
    letters = hashlib.sha256(font_bytes(NAME) + font_bytes(PLACE)).digest()
    return hashlib.sha256(_RECIPE + letters + json.dumps(texts).encode("ascii")).hexdigest()


def render_card(card: Card) -> bytes:
    """Return a card as JPEG: a village with a plate before it, RGB, 4:2:0, 1200 by 630, pixels only."""
    canvas = _picture("village").copy()
    draw_plate(canvas, card.title, card.lines)
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=_QUALITY, subsampling="4:2:0", optimize=True)
    return out.getvalue()
