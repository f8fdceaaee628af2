"""A printed symbol under the magnifying glass: its sides, its quiet zone, its modules. All lengths in pixels.

PDFium shades a pixel by how much of it is covered, so a side is found to a small part of a pixel.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import ceil, floor
from typing import Final, Literal

from vuonho.output.pixels import Pixels
from vuonho.output.reader import Reading

Side = Literal["top", "left", "right", "bottom"]

_FINDER: Final = 3.5
"""Modules from the sides to the middle of a finder pattern (ISO/IEC 18004, 6.3.3)."""

_STAIN: Final = 2
"""Steps of 255 by which the pixels of a plain area may differ: less than one per cent of black."""

_CLEAR: Final = 0.5
"""Pixels next to a side that tell nothing about the areas it parts."""

_WHITE: Final = bytes(range(255 - _STAIN, 256))

_Line = Callable[[int, int, int], bytes]


@dataclass(frozen=True, slots=True)
class Square:
    """An upright square, or nearly one, by its sides."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Outline:
    """The sides of a symbol's dark modules, left and top met twice: at either end of a symbol that leans they differ."""

    square: Square
    left_below: float
    top_beside: float


@dataclass(frozen=True, slots=True)
class Shades:
    """The modules of a symbol: the lightest dark and the darkest light pixel, and whether each module is plain."""

    dark: int
    light: int
    plain: bool


def is_inverted(pixels: Pixels, reading: Reading, size: int) -> bool:
    """Return whether a symbol is light on dark: the middle of a finder pattern against the ring in it."""
    module = (reading.right - reading.left) / size
    line = pixels.row(int(reading.top + _FINDER * module), reading.left, reading.right)
    return line[int(_FINDER * module)] > line[int(1.5 * module)]


def find_outline(pixels: Pixels, reading: Reading, size: int) -> Outline | None:
    """Return the sides of a symbol of `size` modules, or None where a finder pattern is not as it should be."""
    across, down = (reading.right - reading.left) / size, (reading.bottom - reading.top) / size
    left, right = int(reading.left + _FINDER * across), int(reading.right - _FINDER * across)
    top, bottom = int(reading.top + _FINDER * down), int(reading.bottom - _FINDER * down)
    sides = (
        _begin(pixels.row, top, reading.left, across),
        _begin(pixels.column, left, reading.top, down),
        _end(pixels.row, top, reading.right, across),
        _end(pixels.column, left, reading.bottom, down),
        _begin(pixels.row, bottom, reading.left, across),
        _begin(pixels.column, right, reading.top, down),
    )
    found = tuple(side for side in sides if side is not None)
    return Outline(Square(*found[:4]), *found[4:]) if len(found) == len(sides) else None


def _begin(line: _Line, at: int, side: int, module: float) -> float | None:
    """Return where the dark begins, coming from within the finder pattern's outer ring."""
    start = int(side + module / 2)
    depth = _fall(line(at, int(side - module), start)[::-1])
    return None if depth is None else start - depth


def _end(line: _Line, at: int, side: int, module: float) -> float | None:
    """Return where the dark ends, coming from within the finder pattern's outer ring."""
    start = int(side - module / 2)
    depth = _fall(line(at, start, int(side + module)))
    return None if depth is None else start + depth


def _fall(line: bytes) -> float | None:
    """Return the length of the dark with which a line begins; the pixel in which it ends counts by its shade."""
    if not line or line[0] == max(line):
        return None
    dark, light = min(line), max(line)
    first = next(at for at, shade in enumerate(line) if 2 * shade > dark + light)
    if not first:
        return None
    return first - 1 + (2 * light - line[first - 1] - line[first]) / (light - dark)


def breached_sides(pixels: Pixels, box: Square, symbol: Square) -> tuple[Side, ...]:
    """Return the sides on which the quiet zone, from `symbol` out to `box`, is not all white or beyond the page."""
    bands = {side: _band(pixels, band) for side, band in _quiet_zone(box, symbol)}
    beyond = {
        "top": box.top < -_CLEAR,
        "left": box.left < -_CLEAR,
        "right": box.right > pixels.width + _CLEAR,
        "bottom": box.bottom > pixels.height + _CLEAR,
    }
    return tuple(side for side, band in bands.items() if beyond[side] or band.translate(None, _WHITE))


def _quiet_zone(box: Square, symbol: Square) -> tuple[tuple[Side, Square], ...]:
    """Return the four sides of the quiet zone; its corners belong to two of them."""
    return (
        ("top", Square(box.left, box.top, box.right, symbol.top)),
        ("left", Square(box.left, box.top, symbol.left, box.bottom)),
        ("right", Square(symbol.right, box.top, box.right, box.bottom)),
        ("bottom", Square(box.left, symbol.bottom, box.right, box.bottom)),
    )


def _band(pixels: Pixels, area: Square) -> bytes:
    """Return the pixels that lie wholly inside an area."""
    left, right = _inside(area.left, area.right)
    top, bottom = _inside(area.top, area.bottom)
    return b"".join(pixels.row(y, left, right) for y in range(max(top, 0), min(bottom, pixels.height)))


def _inside(begin: float, end: float) -> tuple[int, int]:
    return ceil(begin + _CLEAR), floor(end - _CLEAR)


def look_at_modules(pixels: Pixels, symbol: Square, size: int) -> Shades:
    """Return what the modules of a symbol look like, seen line by line and column by column.

    Modules of one colour that lie side by side are looked at as one area, so a seam between them shows too.
    """
    left, top, right, bottom = floor(symbol.left), floor(symbol.top), ceil(symbol.right), ceil(symbol.bottom)
    lines = [pixels.row(y, left, right) for y in range(top, bottom)]
    whole, width = b"".join(lines), right - left
    columns = [whole[x::width] for x in range(width)]
    down = _sides(symbol.top - top, symbol.bottom - top, size)
    across = _sides(symbol.left - left, symbol.right - left, size)
    areas = (*_areas(lines, down, across), *_areas(columns, across, down))
    return _shades(areas)


def _sides(begin: float, end: float, size: int) -> tuple[float, ...]:
    """Return where the modules begin, and where the last one ends."""
    return tuple(begin + (end - begin) * index / size for index in range(size + 1))


def _areas(
    lines: list[bytes], down: tuple[float, ...], across: tuple[float, ...]
) -> Iterator[tuple[int, int]]:
    """Yield the darkest and the lightest pixel of each run of like modules, for all lines of modules."""
    for begin, end in pairwise(down):
        first, last = _inside(begin, end)
        strip = lines[first:last]
        sample = strip[len(strip) // 2]
        seen = [sample] if strip.count(sample) == len(strip) else strip
        for left, right in _runs(sample, across):
            yield _extremes(b"".join(line[left:right] for line in seen))


def _extremes(area: bytes) -> tuple[int, int]:
    """Return the darkest and the lightest pixel; nearly all areas have but one shade, and counting is quick."""
    shade = area[0]
    return (shade, shade) if area.count(shade) == len(area) else (min(area), max(area))


def _runs(line: bytes, across: tuple[float, ...]) -> Iterator[tuple[int, int]]:
    """Yield the inside of each run of like modules as (from, to before)."""
    middle = (min(line) + max(line)) / 2
    modules = tuple(pairwise(across))
    for _, run in groupby(modules, key=lambda module: line[int(sum(module) / 2)] > middle):
        run_of = tuple(run)
        yield _inside(run_of[0][0], run_of[-1][1])


def _shades(areas: tuple[tuple[int, int], ...]) -> Shades:
    middle = (min(low for low, _ in areas) + max(high for _, high in areas)) / 2
    return Shades(
        dark=max((high for low, high in areas if low <= middle), default=255),
        light=min((low for low, _ in areas if low > middle), default=0),
        plain=all(high - low <= _STAIN for low, high in areas),
    )
