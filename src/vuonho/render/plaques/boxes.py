"""Rectangles, ovals and polygons in the words of PDF (m, l, c, h), y downwards."""

from collections.abc import Sequence
from typing import Final

_CIRCLE: Final = 0.5523
"""Where the handles of a Bézier curve lie for a quarter of a circle."""


def figures(*numbers: float) -> str:
    """Return numbers as PDF writes them: blanks between, and no exponents (ISO 32000-1, 7.3.3)."""
    return " ".join(f"{number:.4f}".rstrip("0").rstrip(".") for number in numbers)


def box_path(x: float, y: float, width: float, height: float, corner: float = 0.0) -> str:
    """Return the outline of a rectangle, its corners rounded; half the side makes it a circle."""
    right, low = x + width, y + height
    if not corner:
        return polygon_path((x, y, right, y, right, low, x, low))
    return _rounded(x, y, right, low, corner, corner)


def oval_path(x: float, y: float, across: float, down: float) -> str:
    """Return the outline of an oval around a middle, with its two radii."""
    return _rounded(x - across, y - down, x + across, y + down, across, down)


def _rounded(left: float, top: float, right: float, low: float, across: float, down: float) -> str:
    left_in, right_in, top_in, low_in = left + across, right - across, top + down, low - down
    x, y = across * (1 - _CIRCLE), down * (1 - _CIRCLE)
    return (
        f"{figures(left_in, top)} m {figures(right_in, top)} l "
        f"{figures(right - x, top, right, top + y, right, top_in)} c {figures(right, low_in)} l "
        f"{figures(right, low - y, right - x, low, right_in, low)} c {figures(left_in, low)} l "
        f"{figures(left + x, low, left, low - y, left, low_in)} c {figures(left, top_in)} l "
        f"{figures(left, top + y, left + x, top, left_in, top)} c h"
    )


def polygon_path(points: Sequence[float]) -> str:
    """Return the outline of a polygon: x and y of each corner, one after the other."""
    return f"{line_path(points)} h"


def line_path(points: Sequence[float]) -> str:
    """Return a line from point to point."""
    first, *others = (figures(*points[at : at + 2]) for at in range(0, len(points) - 1, 2))
    return " ".join((f"{first} m", *(f"{point} l" for point in others)))


def modules_path(corners: Sequence[tuple[int, int]]) -> str:
    """Return the outline of a polygon in whole units: a code has hundreds of corners."""
    first, *others = (f"{x} {y}" for x, y in corners)
    return f"{first} m {' l '.join(others)} l h"
