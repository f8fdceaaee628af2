"""The country behind every drawn card: sky, hills, beds and plants, painted with smooth edges."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Final, NamedTuple

from PIL import Image, ImageDraw

from vuonho.pages.garden import Bed

# --- Drawing with smooth edges: outlines written as SVG writes paths become pixels ---

FINE: Final = 4
"""How many times as large a drawing is made, per side."""
_PIECES: Final = 12
_TOKEN: Final = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
_NUMBERS: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "Z": 0}
_ROUND: Final = 0.5523
"""Length of the handles with which four cubic curves make a circle of radius 1."""

Point = tuple[float, float]
Size = tuple[int, int]


class Shape(NamedTuple):
    """A filled outline: an SVG path, and a colour as CSS writes it ("#1f5e33", "#1f5e3380" if it shines through)."""

    path: str
    colour: str


def disc(x: float, y: float, across: float, down: float | None = None) -> str:
    """Return the path of a circle, or of an ellipse where half its height (`down`) is given too."""
    down = across if down is None else down
    a, b = across * _ROUND, down * _ROUND
    return (
        f"M{x - across:g} {y:g}c0 {-b:g} {across - a:g} {-down:g} {across:g} {-down:g}"
        f"c{a:g} 0 {across:g} {down - b:g} {across:g} {down:g}"
        f"c0 {b:g} {a - across:g} {down:g} {-across:g} {down:g}"
        f"c{-a:g} 0 {-across:g} {b - down:g} {-across:g} {-down:g}z"
    )


def rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    """Return the path of a rectangle with round corners."""
    r, h = radius, radius * _ROUND
    return (
        f"M{x + r:g} {y:g}H{x + width - r:g}c{h:g} 0 {r:g} {r - h:g} {r:g} {r:g}V{y + height - r:g}"
        f"c0 {h:g} {h - r:g} {r:g} {-r:g} {r:g}H{x + r:g}c{-h:g} 0 {-r:g} {h - r:g} {-r:g} {-r:g}V{y + r:g}"
        f"c0 {-h:g} {r - h:g} {-r:g} {r:g} {-r:g}z"
    )


def paint(canvas: Image.Image, shapes: Iterable[Shape], scale: float, origin: Point = (0.0, 0.0)) -> None:
    """Fill shapes on a canvas, the first at the back; `origin` is where their (0, 0) is, in pixels."""
    draw = ImageDraw.Draw(canvas, "RGBA")
    for shape in shapes:
        for polygon in _outlines(shape.path):
            draw.polygon([(origin[0] + scale * x, origin[1] + scale * y) for x, y in polygon], shape.colour)


def sprite(shapes: Iterable[Shape], size: Size, origin: Point = (0.0, 0.0), scale: float = 1) -> Image.Image:
    """Return an RGBA picture of `size` pixels with the shapes' (0, 0) at `origin`, and nothing around them."""
    large = Image.new("RGBA", (size[0] * FINE, size[1] * FINE))
    paint(large, shapes, scale * FINE, (origin[0] * FINE, origin[1] * FINE))
    return large.reduce(FINE)


def stretched(image: Image.Image, size: Size, edge: int) -> Image.Image:
    """Return a picture at another size: its outer `edge` pixels as they were, what is between drawn out.

    No side of `size` is below twice the edge.
    """
    drawn = Image.new(image.mode, size)
    for left, right, to_left, to_right in _thirds(image.width, size[0], edge):
        for top, bottom, to_top, to_bottom in _thirds(image.height, size[1], edge):
            part = (to_right - to_left, to_bottom - to_top)
            box = (left, top, right, bottom)
            drawn.paste(image.resize(part, Image.Resampling.NEAREST, box), (to_left, to_top))
    return drawn


def _thirds(side: int, to_side: int, edge: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield start and end, before and after, of the two edges and of what is between them."""
    yield 0, edge, 0, edge
    yield side - edge, side, to_side - edge, to_side
    if to_side > 2 * edge:
        yield edge, side - edge, edge, to_side - edge


# --- Paths -------------------------------------------------------------------------------------------------


@cache
def _outlines(path: str) -> tuple[tuple[Point, ...], ...]:
    """Return the polygons of an SVG path."""
    polygons: list[list[Point]] = []
    pen = (0.0, 0.0)
    for command, numbers in _steps(path):
        if command in "Zz":
            pen = polygons[-1][0]
            continue
        if command in "Mm":
            polygons.append([])
        polygons[-1].extend(_reached(pen, command, numbers))
        pen = polygons[-1][-1]
    return tuple(map(tuple, polygons))


def _steps(path: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Yield each command with its numbers; numbers without a command repeat the last one."""
    tokens = _TOKEN.findall(path)
    at, command = 0, "M"
    while at < len(tokens):
        if tokens[at].isalpha():
            command, at = tokens[at], at + 1
        count = _NUMBERS[command.upper()]
        yield command, tuple(map(float, tokens[at : at + count]))
        at += count


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


# --- The plants of a drawn garden as small pictures: those of the pages, with light and shade ---

_CROWN: Final = "#2f7a3d"
_SHINE: Final = "#4f9a52"
_DEEP: Final = "#235f33"
_TRUNK: Final = "#6b4a2e"
_SHADE: Final = "#3c2f1440"

_FRUIT: Final = MappingProxyType(
    {
        "citrus": "#f2b32f", "tree_fruit": "#e2603a", "tea": "#8fce6c", "leafy": "#8fce6c",
        "medicinal": "#8fce6c", "pepper": "#d8402c", "flower": "#f09bb0", "palm": "#a9cf5b",
        "gourd": "#a9cf5b", "root": "#c98ad0",
    }
)  # fmt: skip
_USUAL_FRUIT: Final = "#f0c53c"


_KIND_OF: Final = MappingProxyType(
    {
        "citrus": "tree", "tree_fruit": "tree", "timber": "tall", "bamboo": "tall", "palm": "palm",
        "banana": "palm", "gourd": "vine", "vine": "vine", "legume": "vine", "grain": "grain",
        "bulb": "grain", "pineapple": "grain", "spice": "row", "leafy": "row", "root": "row",
        "mushroom": "row",
    }
)  # fmt: skip
"""Which drawing stands for a family of the catalogue; any other is a bush."""


class Plant(NamedTuple):
    """Where a plant stands on a picture, in pixels, and how it is drawn: kind, family, pixels a unit.

    Plants in order have the nearest last.
    """

    y: int
    x: int
    kind: str
    family: str
    scale: float


def set_plants(canvas: Image.Image, plants: Iterable[Plant]) -> None:
    """Draw plants, those behind before those in front of them."""
    for y, x, kind, family, scale in sorted(plants):
        image = _drawn(kind, family, scale)
        canvas.paste(image, (x - image.width // 2, y - round(_ABOVE * scale)), image)


_ASIDE: Final = 19
_ABOVE: Final = 37
_BELOW: Final = 4


@cache
def _drawn(kind: str, family: str, scale: float) -> Image.Image:
    fruit = _FRUIT.get(family, _USUAL_FRUIT)
    shapes = [Shape(path, colour or fruit) for path, colour in _PLANTS.get(kind, _PLANTS["bush"])]
    aside, above = round(_ASIDE * scale), round(_ABOVE * scale)
    return sprite(shapes, (2 * aside, above + round(_BELOW * scale)), (aside, above), scale)


def _shade(across: float) -> Shape:
    return Shape(disc(1.5, 0, across, across / 4), _SHADE)


def _fruits(size: float, *places: tuple[float, float]) -> Shape:
    return Shape("".join(disc(x, y, size) for x, y in places), "")


_PLANTS: Final = MappingProxyType(
    {
        "tree": (
            _shade(11),
            Shape("M-2.2 .6q1-5 .6-11h3.2q-.4 6 .6 11z", _TRUNK),
            Shape(disc(0, -17, 12), _DEEP),
            Shape(disc(-5, -14.5, 7.4) + disc(5, -15, 7.2) + disc(-0.8, -19.2, 9.6), _CROWN),
            Shape("M-9-19.5q1.5-7.5 9-8.3-4.5 2.8-9 8.3z", _SHINE),
            _fruits(2.4, (-5.6, -13.2), (4.8, -11.4), (0, -21), (6.6, -18.4), (-0.6, -12), (-7.2, -19.2)),
        ),
        "tall": (
            _shade(8),
            Shape("M-1.6 .6l.6-13h2l.6 13z", _TRUNK),
            Shape("M0-34q13 14 9.5 24h-19q-3.5-10 9.5-24z", _DEEP),
            Shape("M0-34q10 14 6 22h-14.5q-3-9 8.5-22z", _CROWN),
            Shape("M-.8-30q-6.5 7.5-6 14 2-7.5 6-14z", _SHINE),
        ),
        "palm": (
            _shade(9),
            Shape("M-2 .6q1.8-11 .8-23h2.2q0 12 1.8 23z", _TRUNK),
            Shape(
                "M0-23q-9-12-18-4.5 9-.5 18 4.5zM0-23q9-12 18-4.5-9-.5-18 4.5z"
                "M0-23q-11-2-14.5 10 6-7.5 14.5-10zM0-23q11-2 14.5 10-6-7.5-14.5-10z",
                _CROWN,
            ),
            Shape("M0-23q-5-9 0-14 5 5 0 14zM0-23q-8-8-14-8 8 2 14 8zM0-23q8-8 14-8-8 2-14 8z", _SHINE),
            _fruits(2.1, (-2, -20.2), (2.2, -19.6), (0.2, -18)),
        ),
        "bush": (
            _shade(10),
            Shape("M-9.5 .5q-3.5-9.5 4-10.5 1.5-6.5 8.5-4.5 8.5 1.5 6.5 8.5 3 3.5 0 6.5z", _DEEP),
            Shape("M-9 0q-2.5-8 4-9 1.5-5.5 7.5-3.5 6 1.5 4.5 6.5 2 3.5-1.5 6z", _CROWN),
            Shape("M-6.5-5.5q1-5 6-6-2.5 2-6 6z", _SHINE),
            _fruits(1.7, (-3.6, -4.4), (2.6, -8.8), (4.8, -3.2), (-0.4, -2.4)),
        ),
        "vine": (
            _shade(12),
            Shape("M-12 0v-20h24v20h-2v-18h-20v18z", _TRUNK),
            Shape("M-14-17q3-8 8.5-2.5 5-7 9.5-.5 6-5 10 2-2 7.5-7.5 4.5-5 6-9.5 1-8 3-11-4.5z", _DEEP),
            Shape("M-13-18q4-6.5 8-2 5-6 9 0 5-4 8.5 1.5-3 5-7.5 2.5-4.5 4.5-8.5 .5-6.5 2-9.5-2.5z", _CROWN),
            Shape("M-6-13h3.6v5q0 2-1.8 2-1.8 0-1.8-2zM3-13h3.6v3.5q0 2-1.8 2-1.8 0-1.8-2z", ""),
        ),
        "grain": (
            Shape(
                "M-.6 0q-8.5-4.5-10.5-14.5 5 7.5 11.5 13zM-.8 0q-3.5-8-3-18.5 2.5 10 4 17.5z"
                "M-.2 0q4-7.5 3.5-17.5 3 9.5-1.5 17.5zM0 0q7.5-4 10.5-12.5 1 9-8.5 13z",
                _SHINE,
            ),
            _fruits(1.8, (-9.6, -14), (-3.6, -17.6), (3.4, -17), (9.6, -12)),
        ),
        "row": (
            _shade(9),
            Shape("M0 .5q-12-.5-11.5-10 9 .5 11.5 10zM0 .5q12-.5 11.5-10-9 .5-11.5 10z", _DEEP),
            Shape("M0 0q-8-2-9-9.5 8 2 9 9.5zM0 0q8-2 9-9.5-8 2-9 9.5z", _SHINE),
            Shape("M0 0q-5.5-6 0-13.5 5.5 7.5 0 13.5z", ""),
        ),
    }
)
"""What each kind of plant is painted with; a shape without a colour has that of the fruit."""


# --- The country behind every drawn card: sky, hills and grass, and what people put into it ---

SIZE: Final = (1200, 630)
HEDGE: Final = "#2c6a38"

_FINE: Final = 3
_HORIZON: Final = 176
_SKY_END: Final = 200
_SKY: Final = ("#cce4e0", "#fbf4de")
_GRASS: Final = ("#c0d596", "#9cbc70")
_HILLS: Final = (
    Shape(disc(408, 82, 80), "#f6c94f26"),
    Shape(disc(408, 82, 61), "#f6c94f40"),
    Shape(disc(408, 82, 42), "#f6c94f"),
    Shape("M560 66q4-20 30-19 8-24 40-18 28-8 36 17 30-4 34 20z", "#fffdf2c0"),
    Shape("M120 92q4-15 24-14 8-17 30-13 22-6 28 12 22-2 26 15z", "#fffdf298"),
    Shape("M1010 46q4-13 22-12 8-15 26-11 20-5 26 10 20-2 24 13z", "#fffdf298"),
    Shape(
        "M0 200V138C70 96 110 70 150 76C200 84 222 132 272 130C330 128 360 60 420 58C480 56 500 120 560 122"
        "C620 124 640 84 700 82C770 80 800 136 850 134C910 132 950 66 1010 62C1070 58 1120 110 1200 116V200z",
        "#b3cfb2",
    ),
    Shape(
        "M0 200V150C80 140 130 112 190 116C260 120 300 156 370 152C450 148 480 112 560 118"
        "C640 124 680 158 760 152C860 144 900 120 980 122C1060 124 1120 150 1200 140V200z",
        "#9cc097",
    ),
    Shape(
        "M0 200V172C120 150 220 156 330 166C460 178 560 150 690 158C820 166 900 176 1010 162"
        "C1090 152 1150 158 1200 164V200z",
        "#7fab76",
    ),
)
_HOUSE: Final = (
    Shape(disc(110, 119, 104, 7), "#3c2f1430"),
    Shape("M26 62H194V118H26z", "#fbf0d9"),
    Shape("M26 62H194V76H26z", "#e6d3ad"),
    Shape("M96 76H124V118H96zM48 80H78V104H48zM142 80H172V104H142z", "#6b4a2e"),
    Shape("M61.5 80h3v24h-3zM155.5 80h3v24h-3zM108.5 76h3v42h-3z", "#8a6744"),
    Shape("M34 66h6v52h-6zM180 66h6v52h-6zM84 66h6v52h-6zM130 66h6v52h-6z", "#e9d7b2"),
    Shape("M20 112H200V120H20z", "#d9c49b"),
    Shape("M4 70Q30 40 44 18H176Q190 40 216 70Q110 62 4 70z", "#b4532c"),
    Shape("M44 18H176L182 28Q110 24 38 28z", "#c76338"),
    Shape("M40 12H180V20H40z", "#7d3a20"),
)
_HOUSE_SIZE: Final = (220, 128)


def country(shapes: Iterable[Shape]) -> Image.Image:
    """Return hills under a morning sun, and grass with shapes upon it, as RGB."""
    width, height = SIZE[0] * _FINE, SIZE[1] * _FINE
    large = Image.new("RGB", (width, height))
    large.paste(_graded((width, _SKY_END * _FINE), *_SKY))
    large.paste(_graded((width, height - _HORIZON * _FINE), *_GRASS), (0, _HORIZON * _FINE))
    paint(large, (*_HILLS, *shapes), _FINE)
    return large.reduce(_FINE)


def _graded(size: Size, above: str, below: str) -> Image.Image:
    ramp = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, below), Image.new("RGB", size, above), ramp)


def set_house(canvas: Image.Image, x: int, y: int, scale: float = 1) -> None:
    """Draw a farmhouse with a tiled roof, the middle of its foot at (x, y), 220 px wide at scale 1."""
    image = _house(scale)
    canvas.paste(image, (x - image.width // 2, y - round(119 * scale)), image)


@cache
def _house(scale: float) -> Image.Image:
    width, height = _HOUSE_SIZE
    return sprite(_HOUSE, (round(width * scale), round(height * scale)), scale=scale)


def hedge(x: float, y: float, bumps: int, step: float, rise: float, deep: float) -> str:
    """Return the path of a clipped hedge that starts at (x, y), its foot `deep` below."""
    return f"M{x:g} {y:g}" + f"q{step / 2:g} {-2 * rise:g} {step:g} 0" * bumps + f"v{deep:g}H{x:g}z"


# --- A village between its hills and its river, for the cards of villages and of the whole site ---

_FIELDS: Final = (
    Shape("M0 200C120 190 300 196 420 204L300 236C180 232 80 236 0 244z", "#d3dd8c"),
    Shape("M0 250C100 240 220 240 300 244L180 300C110 300 50 306 0 312z", "#a6c673"),
    Shape("M430 204C470 200 520 202 560 206L520 240C460 236 380 236 316 240z", "#a6c673"),
    Shape("M312 250H536C552 264 540 300 518 326H226C250 298 284 268 312 250z", "#c9d77f"),
    Shape("M860 200C980 192 1100 196 1200 204V240C1100 232 980 232 900 238z", "#d3dd8c"),
    Shape("M930 246C1020 238 1120 242 1200 250V318C1120 306 1050 300 1000 300z", "#a6c673"),
)
_RIVER: Final = (
    Shape(
        "M690 196C640 214 560 214 556 236C552 262 760 262 780 304C806 360 420 380 150 470C60 500-20 560-40 640H520"
        "C500 560 640 500 800 440C980 372 1010 320 900 276C820 244 680 244 690 228C696 214 760 208 790 196z",
        "#e6d9ae",
    ),
    Shape(
        "M702 196C655 214 578 216 574 236C570 258 772 258 796 302C822 362 440 388 176 478C80 512 16 566 0 640H486"
        "C470 560 620 492 780 432C960 364 984 322 880 282C800 252 664 248 672 228C680 212 740 206 774 196z",
        "#a9d3d6",
    ),
    Shape(
        "M560 420C440 450 330 480 250 530C330 500 450 462 560 420zM420 520C360 540 310 570 290 600"
        "C330 570 380 548 420 520zM700 250C680 246 640 244 630 236C650 244 690 240 700 250z"
        "M300 452C230 470 120 500 70 540C130 510 220 486 300 452z",
        "#d3eae8",
    ),
)
_BOAT: Final = (
    Shape("M806 341q40 7 84-2-20 7-42 7-24 0-42-5z", "#8fc0c4"),
    Shape("M800 330q6 13 22 13h52q14 0 22-15-18 7-48 7-30 0-48-5z", "#6b4a2e"),
    Shape("M826 333q2-15 22-15 20 0 22 14-22 4-44 1z", "#c79a5b"),
    Shape("M834 333q2-12 14-14-6 6-6 14zM852 333q4-6 2-14 8 2 10 13z", "#a97b45"),
)
_BEDS: Final = (
    Shape("M334 262h86l-22 11h-88zM438 262h80l-14 11h-84z", "#a97b53"),
    Shape("M304 280h94l-24 13h-98zM416 280h92l-16 13h-94z", "#a97b53"),
    Shape("M268 302h106l-28 15h-110zM392 302h104l-18 15h-106z", "#a97b53"),
)
_HOUSES: Final = (
    (150, 206, 0.42), (318, 212, 0.48), (514, 208, 0.42), (412, 232, 0.76),
    (872, 206, 0.42), (976, 226, 0.66), (1124, 236, 0.76),
)  # fmt: skip
_BEHIND: Final = (
    (212, 262, "palm", "palm", 1.7), (214, 352, "palm", "palm", 2.4), (214, 556, "tree", "citrus", 1.1),
    (214, 96, "tree", "citrus", 1.1), (214, 924, "palm", "palm", 2.2), (216, 826, "tree", "citrus", 1.1),
    (216, 1050, "palm", "palm", 2.3),
)  # fmt: skip
_BEFORE: Final = (
    (224, 40, "tree", "tree_fruit", 1.4), (236, 12, "palm", "palm", 2.4), (236, 506, "palm", "palm", 2.3),
    (244, 462, "bush", "flower", 1.2), (246, 484, "bush", "tea", 1.2), (240, 926, "bush", "flower", 1.2),
    (232, 1046, "tree", "citrus", 1.4),
)  # fmt: skip
_ROWS: Final = (
    (272, 1.0, (328, 350, 372, 394, 438, 460, 482, 502)),
    (292, 1.2, (298, 324, 350, 376, 412, 438, 464, 488)),
    (315, 1.4, (260, 290, 320, 350, 390, 420, 450, 476)),
)
_ORCHARDS: Final = (
    (324, 2.0, (20, 96, 172)), (366, 2.3, (58, 146)), (412, 2.6, (18, 114)),
    (336, 2.0, (1032, 1108, 1184)), (380, 2.3, (996, 1076, 1156)), (432, 2.7, (1036, 1128)),
    (488, 3.1, (988, 1090, 1192)), (552, 3.5, (1040, 1152)), (624, 4.0, (976, 1100)),
)  # fmt: skip


@cache
def landscape() -> Image.Image:
    """Return the picture as RGB in the size of a card; not to be drawn upon, as it is kept."""
    canvas = country((*_FIELDS, *_RIVER, *_BEDS, *_BOAT))
    set_plants(canvas, (Plant(*place) for place in _BEHIND))
    for x, y, scale in _HOUSES:
        set_house(canvas, x, y, scale)
    rows = (Plant(y, x, "row", "leafy", scale) for y, scale, row in _ROWS for x in row)
    orchards = (Plant(y, x, "tree", "citrus", scale) for y, scale, row in _ORCHARDS for x in row)
    set_plants(canvas, (*(Plant(*place) for place in _BEFORE), *rows, *orchards))
    return canvas


# --- A household's garden as its profile tells it: the beds of the page's picture, seen from the front gate ---

_FIELD: Final = (40, 212, 1160, 464)
_PITCH: Final = MappingProxyType(
    {"tree": (62, 44), "tall": (54, 44), "palm": (76, 46), "vine": (62, 44), "grain": (44, 36), "row": (52, 30)}
)  # fmt: skip
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
    kind = _KIND_OF.get(bed.family, "bush")
    across, down = _PITCH.get(kind, _USUAL_PITCH)
    columns, rows = max(1, (width - 6) // across), max(1, (height - 8) // down)
    for row in range(rows):
        shift = row % 2 / 2 if columns > 1 else 0.0
        foot = y + round((height - 6) * (row + 0.7) / rows)
        for column in range(columns - (shift > 0)):
            yield Plant(foot, x + round(width * (column + 0.5 + shift) / columns), kind, bed.family, _SCALE)


@cache
def _homestead(*shapes: Shape) -> Image.Image:
    """Return a house behind its hedge, with shapes on the grass before it; not to be drawn upon, as it is kept."""
    canvas = country((Shape(hedge(-20, 196, 62, 20, 9, 14), HEDGE), *shapes))
    set_plants(canvas, _PALMS)
    set_house(canvas, 798, 203)
    return canvas


@cache
def _lawn() -> Image.Image:
    """Return a homestead of whose garden nothing is told: grass and a way to the door."""
    tufts = "".join(
        f"M{x} {y}q-7-6-8-13 6 4 9 11 0-9 3-15 3 7 1 15 4-6 9-9-1 8-8 12z" for x, y in _scattered()
    )
    canvas = _homestead(*_PATH, Shape(tufts, "#86ad5d")).copy()
    canvas.paste(_front(), (0, _LANE_TOP), _front())
    return canvas


def _scattered() -> Iterator[tuple[int, int]]:
    for at in range(34):
        x, y = 30 + at * 367 % 1150, 236 + at * 61 % 226
        if abs(x - (790 - (y - 206) * 0.85)) > 120:
            yield x, y


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
