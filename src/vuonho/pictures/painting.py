"""Gardens and villages painted for shared links: the drawings of `scenery.svg`, with smooth edges."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import pairwise
from types import MappingProxyType
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

from PIL import Image, ImageDraw

from vuonho.pages.garden import Bed

SIZE: Final = (1200, 630)
_FINE: Final = 4
_FINE_LAND: Final = 3
"""How many times as large a drawing is made, per side."""
_PIECES: Final = 12
"""Straight lines that make a curve."""
_TOKEN: Final = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
_NUMBERS: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "Z": 0}
_ROUND: Final = 0.5523
"""Length of the handles with which four cubic curves make a circle of radius 1."""

Point = tuple[float, float]
Size = tuple[int, int]


# --- Shapes of the drawings: outlines written as SVG writes paths become pixels ---


class Shape(NamedTuple):
    """A filled outline: an SVG path, and a colour ("#1f5e33", "#1f5e3380" if it shines through)."""

    path: str
    colour: str


class Plant(NamedTuple):
    """Where the foot of a plant or a house stands, in pixels; those in front come later in order."""

    y: int
    x: int
    kind: str
    fruit: str
    scale: float


@cache
def _scenery() -> ET.Element:
    content = resources.files("vuonho").joinpath("pictures", "scenery.svg").read_bytes()
    return ET.fromstring(content)  # noqa: S314 - a file of our own


@cache
def _drawing(name: str, fruit: str = "") -> tuple[tuple[Shape, ...], tuple[Plant, ...]]:
    """Return the shapes of a drawing, and the plants and houses upon it; `fruit` stands for currentColor."""
    shapes, plants = [], []
    for one in _scenery().iterfind(f"*[@id='{name}']/*"):
        given = one.attrib
        if one.tag.endswith("use"):
            x, y, scale = re.findall(r"-?[\d.]+", given["transform"])
            plants.append(Plant(int(y), int(x), given["href"][1:], given.get("color", ""), float(scale)))
        else:
            colour = given["fill"].replace("currentColor", fruit)
            shapes.append(Shape(given.get("d") or _disc(given), colour))
    return tuple(shapes), tuple(plants)


def _disc(given: dict[str, str]) -> str:
    """Return the path of a circle or an ellipse."""
    x, y = float(given["cx"]), float(given["cy"])
    across, down = float(given.get("rx", given.get("r", 0))), float(given.get("ry", given.get("r", 0)))
    a, b = across * _ROUND, down * _ROUND
    return (
        f"M{x - across:g} {y:g}c0 {-b:g} {across - a:g} {-down:g} {across:g} {-down:g}"
        f"c{a:g} 0 {across:g} {down - b:g} {across:g} {down:g}"
        f"c0 {b:g} {a - across:g} {down:g} {-across:g} {down:g}"
        f"c{-a:g} 0 {-across:g} {b - down:g} {-across:g} {-down:g}z"
    )


def _paint(canvas: Image.Image, shapes: Iterable[Shape], scale: float, origin: Point = (0.0, 0.0)) -> None:
    """Fill shapes on a canvas, the first at the back; `origin` is where their (0, 0) is, in pixels."""
    draw = ImageDraw.Draw(canvas, "RGBA")
    for shape in shapes:
        for polygon in outlines(shape.path):
            draw.polygon([(origin[0] + scale * x, origin[1] + scale * y) for x, y in polygon], shape.colour)


@cache
def outlines(path: str) -> tuple[tuple[Point, ...], ...]:
    """Return the polygons of an SVG path."""
    tokens, polygons = _TOKEN.findall(path), list[list[Point]]()
    pen, at, command = (0.0, 0.0), 0, "M"
    while at < len(tokens):
        if tokens[at].isalpha():  # numbers without a command repeat the last one
            command, at = tokens[at], at + 1
        count = _NUMBERS[command.upper()]
        numbers = [float(token) for token in tokens[at : at + count]]
        at += count
        if command in "Zz":
            pen = polygons[-1][0]
            continue
        if command in "Mm":
            polygons.append([])
        polygons[-1] += _reached(pen, command, numbers)
        pen = polygons[-1][-1]
    return tuple(map(tuple, polygons))


def _reached(pen: Point, command: str, numbers: Sequence[float]) -> list[Point]:
    """Return the points that a command leads through from where the pen is."""
    x, y = pen if command.islower() else (0.0, 0.0)
    if command in "Hh":
        return [(x + numbers[0], pen[1])]
    if command in "Vv":
        return [(pen[0], y + numbers[0])]
    given = [(x + right, y + below) for right, below in zip(numbers[::2], numbers[1::2], strict=True)]
    if command in "MmLl":
        return given
    return [_on_curve((pen, *given), step / _PIECES) for step in range(1, _PIECES + 1)]


def _on_curve(handles: Sequence[Point], part: float) -> Point:
    """Return the point at a part, 0 to 1, of a Bézier curve (de Casteljau's construction)."""
    while len(handles) > 1:
        handles = [(a + (c - a) * part, b + (d - b) * part) for (a, b), (c, d) in pairwise(handles)]
    return handles[0]


@cache
def sprite(
    name: str, size: Size, origin: Point = (0.0, 0.0), scale: float = 1, fruit: str = ""
) -> Image.Image:
    """Return a drawing as RGBA of `size` pixels, its (0, 0) at `origin`, and nothing around it."""
    large = Image.new("RGBA", (size[0] * _FINE, size[1] * _FINE))
    _paint(large, _drawing(name, fruit)[0], scale * _FINE, (origin[0] * _FINE, origin[1] * _FINE))
    return large.reduce(_FINE)


def stretched(image: Image.Image, size: Size, edge: int) -> Image.Image:
    """Return a picture at another size: its outer `edge` pixels as they were, what is between drawn out.

    No side of `size` is below twice the edge.
    """

    def parts(side: int, to: int) -> Iterator[tuple[int, int, int, int]]:
        """Yield start and end, before and after, of the two edges and of what is between them."""
        yield 0, edge, 0, edge
        yield side - edge, side, to - edge, to
        if to > 2 * edge:
            yield edge, side - edge, edge, to - edge

    drawn = Image.new(image.mode, size)
    for left, right, to_left, to_right in parts(image.width, size[0]):
        for top, bottom, to_top, to_bottom in parts(image.height, size[1]):
            part = (to_right - to_left, to_bottom - to_top)
            box = (left, top, right, bottom)
            drawn.paste(image.resize(part, Image.Resampling.NEAREST, box), (to_left, to_top))
    return drawn


# --- Scenes: hills under a morning sun, grass, and what stands on it ---

_HORIZON: Final = 176
_SKY_END: Final = 200
_SKY: Final = ("#cce4e0", "#fbf4de")
_GRASS: Final = ("#c0d596", "#9cbc70")


@cache
def scene(name: str) -> Image.Image:
    """Return "village", "homestead" or "lawn" as RGB in the size of a card; not to be drawn upon, as it is kept."""
    shapes, plants = _drawing(name)
    width, height = SIZE[0] * _FINE_LAND, SIZE[1] * _FINE_LAND
    large = Image.new("RGB", (width, height))
    large.paste(_graded((width, _SKY_END * _FINE_LAND), *_SKY))
    large.paste(_graded((width, height - _HORIZON * _FINE_LAND), *_GRASS), (0, _HORIZON * _FINE_LAND))
    _paint(large, (*_drawing("hills")[0], *shapes), _FINE_LAND)
    canvas = large.reduce(_FINE_LAND)
    _set_plants(canvas, plants)
    return canvas


def _graded(size: Size, above: str, below: str) -> Image.Image:
    ramp = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, below), Image.new("RGB", size, above), ramp)


def _set_plants(canvas: Image.Image, plants: Iterable[Plant]) -> None:
    for y, x, kind, fruit, scale in plants:
        if kind == "house":
            above = round(119 * scale)
            image = sprite(kind, (round(220 * scale), round(128 * scale)), scale=scale)
        else:
            aside, above = round(19 * scale), round(37 * scale)
            image = sprite(kind, (2 * aside, above + round(4 * scale)), (aside, above), scale, fruit)
        canvas.paste(image, (x - image.width // 2, y - above), image)


# --- A household's garden as its profile tells it: the beds of the page's picture, seen from the front gate ---

_KIND_OF: Final = MappingProxyType(
    {
        "citrus": "tree", "tree_fruit": "tree", "timber": "tall", "bamboo": "tall", "palm": "palm",
        "banana": "palm", "gourd": "vine", "vine": "vine", "legume": "vine", "grain": "grain",
        "bulb": "grain", "pineapple": "grain", "spice": "row", "leafy": "row", "root": "row",
        "mushroom": "row",
    }
)  # fmt: skip
"""Which drawing stands for a family of the catalogue; any other is a bush."""
_FRUIT: Final = MappingProxyType(
    {
        "citrus": "#f2b32f", "tree_fruit": "#e2603a", "tea": "#8fce6c", "leafy": "#8fce6c",
        "medicinal": "#8fce6c", "pepper": "#d8402c", "flower": "#f09bb0", "palm": "#a9cf5b",
        "gourd": "#a9cf5b", "root": "#c98ad0",
    }
)  # fmt: skip
_USUAL_FRUIT: Final = "#f0c53c"
_PITCH: Final = MappingProxyType(
    {"tree": (62, 44), "tall": (54, 44), "palm": (76, 46), "vine": (62, 44), "grain": (44, 36), "row": (52, 30)}
)  # fmt: skip
"""How far apart plants stand, along a row and from row to row."""
_USUAL_PITCH: Final = (54, 34)
_FIELD: Final = (40, 212, 1160, 464)
_SCALE: Final = 2.4
_LEAST: Final = 40
"""Pixels a side of a bed; smaller ones would not show their plant."""
_LANE_TOP: Final = 440


def draw_garden(beds: Sequence[Bed]) -> Image.Image:
    """Return the picture of a garden as RGB in the size of a card; without beds it is a lawn before a house."""
    canvas = scene("homestead" if beds else "lawn").copy()
    plants: list[Plant] = []
    for bed, (x, y, width, height) in zip(beds, _boxes(beds), strict=True):
        soil = stretched(sprite("soil", (80, 80)), (width, height), 20)
        canvas.paste(soil, (x, y), soil)
        draw = ImageDraw.Draw(canvas)
        for furrow in range(y + 16, y + height - 12, 15):
            draw.rectangle((x + 10, furrow, x + width - 11, furrow + 2), "#9d7049")
        plants += _plants(bed.family, x, y, width, height)
    _set_plants(canvas, sorted(plants))
    front = sprite("front", (SIZE[0], SIZE[1] - _LANE_TOP))
    canvas.paste(front, (0, _LANE_TOP), front)
    return canvas


def _boxes(beds: Sequence[Bed]) -> Iterator[tuple[int, int, int, int]]:
    """Yield corner and size of each bed on the field, which they fill together as they fill their drawing."""
    if not beds:
        return
    left, top = min(bed.x for bed in beds), min(bed.y for bed in beds)
    across = (_FIELD[2] - _FIELD[0]) / (max(bed.x + bed.width for bed in beds) - left)
    down = (_FIELD[3] - _FIELD[1]) / (max(bed.y + bed.height for bed in beds) - top)
    for bed in beds:
        x, y = round(_FIELD[0] + (bed.x - left) * across), round(_FIELD[1] + (bed.y - top) * down)
        yield x, y, max(_LEAST, round(bed.width * across)), max(_LEAST, round(bed.height * down))


def _plants(family: str, x: int, y: int, width: int, height: int) -> Iterator[Plant]:
    """Yield the plants of a bed, every second row set between those of the row behind it."""
    kind, fruit = _KIND_OF.get(family, "bush"), _FRUIT.get(family, _USUAL_FRUIT)
    across, down = _PITCH.get(kind, _USUAL_PITCH)
    columns, rows = max(1, (width - 6) // across), max(1, (height - 8) // down)
    for row in range(rows):
        shift = row % 2 / 2 if columns > 1 else 0.0
        foot = y + round((height - 6) * (row + 0.7) / rows)
        for column in range(columns - (shift > 0)):
            yield Plant(foot, x + round(width * (column + 0.5 + shift) / columns), kind, fruit, _SCALE)
