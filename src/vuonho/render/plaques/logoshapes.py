"""The shapes of a logo in the words of PDF: outlines, inks and lines, and nothing else.

Done here rather than by reportlab, whose drawings bring a typeface along that is not embedded.
"""

from collections.abc import Mapping
from typing import Final

from reportlab.graphics.shapes import (
    Circle,
    Ellipse,
    Group,
    Line,
    Path,
    Polygon,
    PolyLine,
    Rect,
    Shape,
)
from reportlab.lib.colors import Color

from vuonho.render.plaques.boxes import box_path, figures, line_path, oval_path, polygon_path

_STEPS: Final = ((2, "m"), (2, "l"), (6, "c"), (0, "h"))
"""How many numbers the operators of a path take, and PDF's words for them."""
_EVEN_ODD: Final = 0
_LARGEST: Final = 1e6


def shape_words(shape: Shape) -> str:
    """Return the operators that draw a shape, or all shapes of a group; raise ValueError for what cannot be drawn."""
    if isinstance(shape, Group):
        inside = " ".join(map(shape_words, shape.contents))
        return f"q {_sound(*shape.transform)} cm {inside} Q"
    looks = shape.getProperties()
    return f"q {_pen(looks)} {_outline(shape)} {_painted(looks)} Q"


def _sound(*numbers: float) -> str:
    """Return numbers that lie on some paper."""
    if not all(abs(number) < _LARGEST for number in numbers):
        raise ValueError(f"no numbers of a drawing: {numbers}")
    return figures(*numbers)


def _outline(shape: Shape) -> str:
    if isinstance(shape, Rect):
        _sound(shape.x, shape.y, shape.width, shape.height)
        return box_path(shape.x, shape.y, shape.width, shape.height, min(shape.rx, shape.ry))
    if isinstance(shape, Circle):
        _sound(shape.cx, shape.cy, shape.r)
        return oval_path(shape.cx, shape.cy, shape.r, shape.r)
    if isinstance(shape, Ellipse):
        _sound(shape.cx, shape.cy, shape.rx, shape.ry)
        return oval_path(shape.cx, shape.cy, shape.rx, shape.ry)
    if isinstance(shape, Line):
        return f"{_sound(shape.x1, shape.y1)} m {_sound(shape.x2, shape.y2)} l"
    if isinstance(shape, PolyLine | Polygon):
        _sound(*shape.points)
        return line_path(shape.points) if isinstance(shape, PolyLine) else polygon_path(shape.points)
    if isinstance(shape, Path):
        return _path(shape)
    raise ValueError(f"no shape to print: {shape!r}")


def _path(shape: Path) -> str:
    words, at = [], 0
    for operator in shape.operators:
        count, word = _STEPS[operator]
        words.append(f"{_sound(*shape.points[at : at + count])} {word}")
        at += count
    return " ".join(words)


def _pen(looks: Mapping[str, object]) -> str:
    """Return the inks and the line."""
    words = []
    if looks.get("fillColor") is not None:
        words.append(f"{_inks(looks['fillColor'])} k")
    if looks.get("strokeColor") is not None:
        dashes = looks.get("strokeDashArray")
        words.append(f"{_inks(looks['strokeColor'])} K {_sound(_number(looks.get('strokeWidth')))} w")
        words.append(f"{_cap(looks.get('strokeLineCap'))} J {_cap(looks.get('strokeLineJoin'))} j")
        words.append(f"[{_sound(*dashes) if isinstance(dashes, list) else ''}] 0 d")
    return " ".join(words)


def _painted(looks: Mapping[str, object]) -> str:
    fills, strokes = looks.get("fillColor") is not None, looks.get("strokeColor") is not None
    star = "*" if looks.get("fillMode") == _EVEN_ODD else ""
    if fills:
        return f"B{star}" if strokes else f"f{star}"
    return "S" if strokes else "n"


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 1.0


def _cap(value: object) -> int:
    return value if isinstance(value, int) and value in (0, 1, 2) else 0


def _inks(colour: object) -> str:
    """Return a colour in CMYK in which black replaces what the three inks have in common."""
    if not isinstance(colour, Color) or colour.alpha != 1:
        raise ValueError(f"no colour to print: {colour!r}")
    inks = [1 - share for share in (colour.red, colour.green, colour.blue)]
    black = min(inks)
    return figures(*((ink - black) / (1 - black) if black < 1 else 0.0 for ink in inks), black)
