"""A household's garden as its profile tells it: the beds of the page's picture, seen from the front gate.

Lengths are pixels of a card. The beds keep their shares and their places; what grows in them is set closer.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final

from PIL import Image, ImageDraw

from vuonho.render.pages.beds import Bed
from vuonho.render.photos.brush import Shape, disc, rounded, sprite, stretched
from vuonho.render.photos.plants import Plant, kind_of, set_plants
from vuonho.render.photos.scenery import HEDGE, SIZE, country, hedge, set_house

_FIELD: Final = (40, 212, 1160, 464)
_PITCH: Final = MappingProxyType(
    {
        "tree": (62, 44),
        "tall": (54, 44),
        "palm": (76, 46),
        "vine": (62, 44),
        "grain": (44, 36),
        "row": (52, 30),
    }
)
_USUAL_PITCH: Final = (54, 34)
_SCALE: Final = 2.4
_LEAST: Final = 40
"""Pixels a side of a bed; smaller ones would not show their plant."""
_EDGE: Final = 20
_LANE_TOP: Final = 440
_BLOSSOMS: Final = ("#f3d869", "#fffdf2", "#f09bb0")
_PALMS: Final = (
    Plant(196, 650, "palm", "palm", 3.1),
    Plant(197, 692, "palm", "palm", 2.5),
    Plant(197, 914, "palm", "palm", 2.9),
)
_PATH: Final = (
    Shape(disc(250, 300, 300, 40) + disc(1010, 372, 260, 34) + disc(330, 420, 280, 26), "#ffffff1c"),
    Shape("M784 206H812C822 262 742 318 706 470H494C546 352 772 300 784 206z", "#d8c495"),
    Shape("M787 206H809C816 262 734 318 698 470H504C556 352 778 300 787 206z", "#ecdcb8"),
)

_Box = tuple[int, int, int, int]


def draw_garden(beds: Sequence[Bed]) -> Image.Image:
    """Return the picture of a garden as RGB in the size of a card; without beds it is a lawn before a house."""
    if not beds:
        return _lawn().copy()
    canvas = _homestead().copy()
    boxes = _boxes(beds)
    for box in boxes:
        _dig(canvas, box)
    set_plants(canvas, (plant for bed, box in zip(beds, boxes, strict=True) for plant in _plants(bed, box)))
    canvas.paste(_front(), (0, _LANE_TOP), _front())
    return canvas


def _boxes(beds: Sequence[Bed]) -> list[_Box]:
    """Return corner and size of each bed on the field, which the beds together fill as they fill their drawing."""
    left, top = min(bed.x for bed in beds), min(bed.y for bed in beds)
    across = (_FIELD[2] - _FIELD[0]) / (max(bed.x + bed.width for bed in beds) - left)
    down = (_FIELD[3] - _FIELD[1]) / (max(bed.y + bed.height for bed in beds) - top)
    return [
        (
            round(_FIELD[0] + (bed.x - left) * across),
            round(_FIELD[1] + (bed.y - top) * down),
            max(_LEAST, round(bed.width * across)),
            max(_LEAST, round(bed.height * down)),
        )
        for bed in beds
    ]


def _dig(canvas: Image.Image, box: _Box) -> None:
    """Draw the soil of a bed with its furrows."""
    x, y, width, height = box
    soil = stretched(_soil(), (width, height), _EDGE)
    canvas.paste(soil, (x, y), soil)
    draw = ImageDraw.Draw(canvas)
    for furrow in range(y + 16, y + height - 12, 15):
        draw.rectangle((x + 10, furrow, x + width - 11, furrow + 2), "#9d7049")


def _plants(bed: Bed, box: _Box) -> Iterator[Plant]:
    """Yield the plants of a bed, every second row set between those of the row behind it."""
    x, y, width, height = box
    kind = kind_of(bed.family)
    across, down = _PITCH.get(kind, _USUAL_PITCH)
    columns, rows = max(1, (width - 6) // across), max(1, (height - 8) // down)
    for row in range(rows):
        shift = row % 2 / 2 if columns > 1 else 0.0
        foot = y + round((height - 6) * (row + 0.7) / rows)
        for column in range(columns - (shift > 0)):
            yield Plant(foot, x + round(width * (column + 0.5 + shift) / columns), kind, bed.family, _SCALE)


@cache
def _homestead() -> Image.Image:
    return _with_house((Shape(hedge(-20, 196, 62, 20, 9, 14), HEDGE),))


@cache
def _lawn() -> Image.Image:
    """Return a homestead of whose garden nothing is told: grass and a way to the door."""
    tufts = "".join(
        f"M{x} {y}q-7-6-8-13 6 4 9 11 0-9 3-15 3 7 1 15 4-6 9-9-1 8-8 12z" for x, y in _scattered()
    )
    canvas = _with_house((Shape(hedge(-20, 196, 62, 20, 9, 14), HEDGE), *_PATH, Shape(tufts, "#86ad5d")))
    canvas.paste(_front(), (0, _LANE_TOP), _front())
    return canvas


def _scattered() -> Iterator[tuple[int, int]]:
    for at in range(34):
        x, y = 30 + at * 367 % 1150, 236 + at * 61 % 226
        if abs(x - (790 - (y - 206) * 0.85)) > 120:
            yield x, y


def _with_house(shapes: tuple[Shape, ...]) -> Image.Image:
    canvas = country(shapes)
    set_plants(canvas, _PALMS)
    set_house(canvas, 798, 203)
    return canvas


@cache
def _soil() -> Image.Image:
    shapes = (Shape(rounded(0, 0, 80, 80, 12), "#8a6040"), Shape(rounded(0, 0, 80, 74, 12), "#a97b53"))
    return sprite(shapes, (80, 80))


@cache
def _front() -> Image.Image:
    """Return the hedge in flower and the lane before a garden, as RGBA."""
    blossoms = (Shape(disc(12 + 31 * at, 62 + at * 37 % 41, 3.6), _BLOSSOMS[at % 3]) for at in range(39))
    shapes = (
        Shape("M0 128H1200V190H0z", "#ecdcb8"),
        Shape("M0 122H1200V130H0z", "#d8c495"),
        Shape("M0 70H1200V124H0z", "#8fb266"),
        Shape(hedge(-30, 62, 30, 44, 17, 48), "#1f5230"),
        Shape(hedge(-52, 72, 32, 44, 17, 34), HEDGE),
        Shape(hedge(-34, 84, 30, 44, 15, 18), "#357c42"),
        *blossoms,
    )
    return sprite(shapes, (SIZE[0], SIZE[1] - _LANE_TOP))
