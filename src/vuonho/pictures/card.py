"""The picture that a shared link shows: a JPEG of 1200 by 630 pixels (Open Graph)."""

import hashlib
import io
import json
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, combinations, pairwise
from typing import Final, NamedTuple

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from vuonho.pages.garden import Bed
from vuonho.pictures.painting import SIZE, Shape, disc, draw_garden, landscape, rounded, sprite, stretched
from vuonho.resources import Weight, font_bytes, font_letters

# --- Names set in Be Vietnam Pro: what can be shown of them, how large, and in which lines ---

NAME: Final[Weight] = "Bold"
PLACE: Final[Weight] = "SemiBold"

_NAME_STEPS: Final = ((1, 84, 52), (2, 66, 48), (3, 52, 40))
"""Lines, largest and least size in pixels: the first at which a name fits is taken."""
_PARTED_STEP: Final = (3, 52, 26)
"""The same for names so long that words are parted."""
_PLACE_SIZES: Final = (40, 36)
_PLACE_LEAST: Final = 26
_LETTERING_BETWEEN: Final = " · "
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
    shown = ""
    for sign in composed:
        if sign in letters or sign.isspace():
            shown += sign
        else:
            parts = unicodedata.normalize("NFKD", sign)
            shown += "".join(part for part in parts if part in letters and not unicodedata.combining(part))
    return " ".join(shown.split())


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


def set_places(places: Sequence[str], width: int) -> tuple[Line, ...]:
    """Return places no wider than `width` pixels: in one line if that stays readable, else one below the other."""
    shown = [text for text in (showable(place, PLACE) for place in places) if text]
    largest, least = _PLACE_SIZES
    together = _LETTERING_BETWEEN.join(shown)
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


# --- The plate with a name: a card with a clay edge and a leaf, as on the site's pages, set low in a picture ---

TEXT_WIDTH: Final = 590

_WIDTH: Final = 690
_BOTTOM: Final = 604
_PAPER: Final = "#fffdf6"
_CLAY: Final = "#a3431f"
_INK: Final = "#21301d"
_LEAF: Final = "#1f5e33"
_SHADOW: Final = (44, 34, 14, 96)

_CORNER: Final = 28
_AROUND: Final = 48
"""Room for the shadow on every side."""
_EDGE: Final = _AROUND + 40
_HEAD: Final = 54
_FOOT: Final = 28
_CAPITAL: Final = 0.74
_LEADING: Final = 1.14
_BETWEEN: Final = 12
"""Pixels between the name and the places, beyond what the lines need."""
_BADGE: Final = 88


def draw_plate(canvas: Image.Image, name: str, places: Sequence[str]) -> None:
    """Draw the plate upon a picture; a long name makes it higher."""
    lines = (*set_name(name, TEXT_WIDTH), *set_places(places, TEXT_WIDTH))
    baselines = tuple(_baselines(lines))
    height = (baselines[-1] + reach(lines[-1])[1] if lines else _HEAD) + _FOOT
    middle, top = canvas.width // 2, _BOTTOM - height
    sheet = stretched(_sheet(), (_WIDTH + 2 * _AROUND, height + 2 * _AROUND), _EDGE)
    canvas.paste(sheet, (middle - sheet.width // 2, top - _AROUND), sheet)
    canvas.paste(_badge(), (middle - _BADGE // 2, top + 5 - _BADGE // 2), _badge())
    draw = ImageDraw.Draw(canvas)
    for line, baseline in zip(lines, baselines, strict=True):
        colour = _LEAF if line.weight == PLACE else _INK
        draw.text((middle, top + baseline), line.text, colour, typeface(line.weight, line.size), "ms")


def _baselines(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the baseline of each line below the plate's top: accents touch neither the badge nor a line above."""
    before: Line | None = None
    baseline = 0
    for line in lines:
        if before is None:
            baseline = _HEAD + max(reach(line)[0], round(_CAPITAL * line.size))
        elif before.weight == line.weight:
            baseline += baseline_step([one for one in lines if one.weight == line.weight])
        else:
            baseline += _BETWEEN + baseline_step((before, line))
        yield baseline
        before = line


def baseline_step(lines: Sequence[Line]) -> int:
    """Return how far apart the baselines of lines are: even, and enough for the highest and the deepest."""
    leading = max(round(_LEADING * line.size) for line in lines[1:])
    return max(leading, *(reach(above)[1] + 2 + reach(below)[0] for above, below in pairwise(lines)))


@cache
def _sheet() -> Image.Image:
    """Return an empty plate of a usual height with its shadow, as RGBA."""
    width, height = _WIDTH + 2 * _AROUND, 2 * _EDGE + 8
    shadow = Image.new("L", (width, height))
    box = (_AROUND + 4, _AROUND + 14, width - _AROUND - 4, height - _AROUND + 8)
    ImageDraw.Draw(shadow).rounded_rectangle(box, _CORNER, _SHADOW[3])
    sheet = Image.new("RGBA", (width, height), _SHADOW[:3])
    sheet.putalpha(shadow.filter(ImageFilter.GaussianBlur(13)))
    paper = (
        Shape(rounded(_AROUND, _AROUND, _WIDTH, 2 * _CORNER + 8, _CORNER), _CLAY),
        Shape(rounded(_AROUND, _AROUND + 9, _WIDTH, height - 2 * _AROUND - 9, _CORNER), _PAPER),
    )
    sheet.alpha_composite(sprite(paper, (width, height)))
    return sheet


@cache
def _badge() -> Image.Image:
    shapes = (
        Shape(disc(48, 48, 48), _PAPER),
        Shape(disc(48, 48, 41), _LEAF),
        Shape("M30 66C22 42 36 28 68 28C68 60 54 74 30 66z", "#f4faec"),
        Shape("M31.5 67l-2.5-2.5 27-27 2 2z", _LEAF),
        Shape("M22.5 76l-2.5-2.5 11-11 4 3z", "#f4faec"),
    )
    return sprite(shapes, (_BADGE, _BADGE), scale=_BADGE / 96)


# --- The picture that a shared link shows: a JPEG of 1200 by 630 pixels (Open Graph), made when the site is built ---

_RECIPE: Final = b"vuonho card recipe 1\n"
"""Counted up when the same card should look otherwise, so that caches make it anew."""

_WANTED_BYTES: Final = 90_000
_QUALITIES: Final = (78, 72, 66, 60, 53, 46, 38, 30, 22, 14, 7)
"""The first that keeps the size is used; the last in any case."""
_LOOKED_AT: Final = 0.42
"""Where in a photo, from its top, one looks first: it comes to stand above the plate."""
_ABOVE_PLATE: Final = 245


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows: a name, the places below it, and the garden's beds.

    `beds` is drawn where there is no photo: () for a garden of which nothing is told, None for the landscape
    that stands for a village or the whole site.
    """

    title: str
    lines: tuple[str, ...] = ()
    beds: tuple[Bed, ...] | None = None


def card_key(card: Card, photo: str | None = None) -> str:
    """Return 64 hex digits that stand for a card and the way it is drawn.

    `photo` is the key of the photo that is going to be handed to `render_card`, if there is one.
    """
    told = [unicodedata.normalize("NFC", text) for text in (card.title, *card.lines)]
    beds = None
    if photo is None and card.beds is not None:
        beds = [(bed.x, bed.y, bed.width, bed.height, bed.family) for bed in card.beds]
    return hashlib.sha256(_RECIPE + _letters() + json.dumps((told, photo, beds)).encode("ascii")).hexdigest()


@cache
def _letters() -> bytes:
    return hashlib.sha256(font_bytes(NAME) + font_bytes(PLACE)).digest()


def render_card(card: Card, photo: bytes | None = None) -> bytes:
    """Return a card as JPEG: RGB, 4:2:0, 1200 by 630, at most 130,000 bytes, pixels only.

    `photo` is the public JPEG of a household's photo (at most 800 by 1,200 px), never the original.
    """
    if photo is not None:
        canvas = _covering(photo)
    else:
        canvas = landscape().copy() if card.beds is None else draw_garden(card.beds)
    draw_plate(canvas, card.title, card.lines)
    content = b""
    for quality in _QUALITIES:
        out = io.BytesIO()
        canvas.save(out, "JPEG", quality=quality, subsampling="4:2:0", optimize=True)
        content = out.getvalue()
        if len(content) <= _WANTED_BYTES:
            break
    return content


def _covering(photo: bytes) -> Image.Image:
    """Return a photo as large as a card, what sticks out cut off."""
    with Image.open(io.BytesIO(photo), formats=("JPEG",)) as image:
        pixels = image.convert("RGB")
    scale = max(SIZE[0] / pixels.width, SIZE[1] / pixels.height)
    width, height = SIZE[0] / scale, SIZE[1] / scale
    left = (pixels.width - width) / 2
    top = min(max(0.0, _LOOKED_AT * pixels.height - _ABOVE_PLATE / scale), pixels.height - height)
    canvas = Image.new("RGB", SIZE)  # a new picture has no metadata to hand on
    canvas.paste(pixels.resize(SIZE, Image.Resampling.BICUBIC, (left, top, left + width, top + height)))
    return canvas
