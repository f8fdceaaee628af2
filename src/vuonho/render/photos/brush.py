"""Drawing with smooth edges: outlines written as SVG writes paths become pixels.

Pillow fills polygons without smoothing, so a drawing is made several times as large and then reduced.
Understood of SVG paths: M L H V C Q Z and their relative forms; curves are cut into straight pieces.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from PIL import Image, ImageDraw

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
