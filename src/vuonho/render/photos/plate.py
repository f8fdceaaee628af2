"""The plate with a name: a card with a clay edge and a leaf, as on the site's pages, set low in a picture.

Everything on it keeps to the middle square of the picture, which is all that some chat programs show.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from PIL import Image, ImageDraw, ImageFilter

from vuonho.render.photos.brush import Shape, disc, rounded, sprite, stretched
from vuonho.render.photos.lettering import PLACE, Line, reach, set_name, set_places, typeface

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
