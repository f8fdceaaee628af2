"""The site's icon, as SVG and as PNG for home screens."""

import struct
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from math import ceil, floor, sqrt
from typing import Final

from vuonho.resources import Artifact

# --- The PNG file format (ISO/IEC 15948), as far as drawings of our own need it ---

GREY: Final = 0
RGB: Final = 2
RGBA: Final = 6

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_CHANNELS: Final = {GREY: 1, RGB: 3, RGBA: 4}


def pack_png(
    width: int,
    height: int,
    rows: bytes | bytearray | memoryview,
    bit_depth: int,
    colour_type: int,
    pixels_per_metre: int | None = None,
) -> bytes:
    """Return a PNG file of `width` × `height` pixels, not interlaced, every scan line with filter 0.

    `rows` holds the scan lines one after another, each filled up to whole bytes and without filter bytes.
    `pixels_per_metre` is written as pHYs; None leaves it out. Raises ValueError if `rows` has another length.
    """
    line = (width * bit_depth * _CHANNELS[colour_type] + 7) // 8
    if len(rows) != line * height:
        raise ValueError(f"{height} scan lines of {line} bytes expected, not {len(rows)} bytes")
    view = memoryview(rows)
    scan = b"".join(b"\0" + view[start : start + line] for start in range(0, len(rows), line))
    return wrap_png(width, height, zlib.compress(scan, 9), bit_depth, colour_type, pixels_per_metre)


def wrap_png(
    width: int,
    height: int,
    data: bytes,
    bit_depth: int,
    colour_type: int,
    pixels_per_metre: int | None = None,
) -> bytes:
    """Return a PNG file whose IDAT is `data`: the filtered scan lines, compressed by the caller."""
    chunks = [_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bit_depth, colour_type, 0, 0, 0))]
    if pixels_per_metre is not None:
        chunks.append(_chunk(b"pHYs", struct.pack(">IIB", pixels_per_metre, pixels_per_metre, 1)))
    return b"".join((_SIGNATURE, *chunks, _chunk(b"IDAT", data), _chunk(b"IEND", b"")))


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


# --- The site's icon: a leaf with its midrib in a rounded square, as SVG and as PNG for home screens ---

GREEN: Final = (31, 94, 51)
LEAF: Final = (244, 250, 236)

_CORNER: Final = 0.22
_TIPS: Final = ((0.22, 0.78), (0.78, 0.22))
_BULGE: Final = 0.48
"""Radius of the two discs whose common part is the leaf; more makes it slimmer."""
_STALK: Final = ((0.14, 0.86), (0.27, 0.73))
_RIB: Final = ((0.35, 0.65), (0.66, 0.34))
_LINE_WIDTH: Final = 0.045
_SUBLINES: Final = 4

Interval = tuple[float, float]
Shape = Callable[[float], Interval]
Colour = tuple[int, int, int]
Run = tuple[int, int, float]

_NOWHERE: Final = (0.0, 0.0)


@cache
def icons() -> tuple[Artifact, ...]:
    """Return icon.svg, icon-192.png, icon-512.png and apple-touch-icon.png (180 px, square to the edge).

    They depend on nothing but this module, so that a preview draws them once. iOS rounds the corners of a touch icon itself.
    """
    return (
        Artifact("icon.svg", icon_svg()),
        Artifact("icon-192.png", _png(192, _CORNER)),
        Artifact("icon-512.png", _png(512, _CORNER)),
        Artifact("apple-touch-icon.png", _png(180, 0.0)),
    )


def hex_colour(colour: Colour) -> str:
    """Return a colour as CSS writes it: "#1f5e33"."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def icon_svg() -> bytes:
    """Return the icon as SVG."""
    (ax, ay), (bx, by) = ((100 * x, 100 * y) for x, y in _TIPS)
    arc = f"A{100 * _BULGE:g} {100 * _BULGE:g} 0 0 1"
    ground, leaf = hex_colour(GREEN), hex_colour(LEAF)
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
        f'<rect width="100" height="100" rx="{100 * _CORNER:g}" fill="{ground}"/>'
        f'<path fill="{leaf}" d="M{ax:g} {ay:g}{arc} {bx:g} {by:g}{arc} {ax:g} {ay:g}z"/>'
        f"{_line(_STALK, leaf)}{_line(_RIB, ground)}</svg>\n"
    )
    return drawing.encode("utf-8")


def _line(ends: tuple[tuple[float, float], tuple[float, float]], colour: str) -> str:
    way = "L".join(f"{100 * x:g} {100 * y:g}" for x, y in ends)
    return f'<path stroke="{colour}" stroke-width="{100 * _LINE_WIDTH:g}" d="M{way}"/>'


def _png(side: int, corner: float) -> bytes:
    """Return the drawing as RGBA, transparent outside the rounded corners."""
    ground, layers = _rounded(corner), _layers()
    canvas = bytearray()
    for y in range(side):
        line = bytearray(4 * side)
        for first, last, share in _covered(ground, y, side):
            line[4 * first : 4 * last] = bytes((*GREEN, round(255 * share))) * (last - first)
        for shape, colour in layers:
            for run in _covered(shape, y, side):
                _paint(line, run, colour)
        canvas += line
    return pack_png(side, side, canvas, 8, RGBA)


def _layers() -> tuple[tuple[Shape, Colour], ...]:
    """Return what lies on the ground, from the back to the front: leaf, stalk, midrib."""
    return ((_leaf(), LEAF), (_strip(*_STALK, _LINE_WIDTH), LEAF), (_strip(*_RIB, _LINE_WIDTH), GREEN))


def _covered(shape: Shape, y: int, side: int) -> Iterator[Run]:
    """Yield the pixels of line `y` that the shape covers: (first, after the last, share of each covered)."""
    lines = tuple((y + (part + 0.5) / _SUBLINES) / side for part in range(_SUBLINES))
    spans = tuple((side * start, side * end) for start, end in map(shape, lines) if end > start)
    if not spans:
        return
    first = max(0, floor(min(start for start, _ in spans)))
    last = min(side, ceil(max(end for _, end in spans)))
    full = min(last, max(first, ceil(max(start for start, _ in spans))))
    rest = max(full, floor(min(end for _, end in spans))) if len(spans) == _SUBLINES else full
    for x in (*range(first, full), *range(rest, last)):
        yield x, x + 1, _share(spans, x)
    yield full, rest, 1.0


def _share(spans: tuple[Interval, ...], x: int) -> float:
    return sum(max(0.0, min(end, x + 1) - max(start, x)) for start, end in spans) / _SUBLINES


def _paint(line: bytearray, run: Run, colour: Colour) -> None:
    first, last, share = run
    if share == 1.0:
        line[4 * first : 4 * last] = bytes((*colour, 255)) * (last - first)
        return
    for channel, value in enumerate(colour, 4 * first):
        line[channel] = round(line[channel] * (1 - share) + value * share)


def _rounded(corner: float) -> Shape:
    def span(y: float) -> Interval:
        depth = max(corner - y, y - (1 - corner), 0.0)
        inset = corner - sqrt(max(corner * corner - depth * depth, 0.0))
        return inset, 1 - inset

    return span


def _leaf() -> Shape:
    """Return the common part of two discs through both tips, their centres on either side of the midrib."""
    (ax, ay), (bx, by) = _TIPS
    half = sqrt((bx - ax) ** 2 + (by - ay) ** 2) / 2
    away = sqrt(_BULGE * _BULGE - half * half)
    shift_x, shift_y = away * (ay - by) / (2 * half), away * (bx - ax) / (2 * half)
    middle_x, middle_y = (ax + bx) / 2, (ay + by) / 2
    one = _disc(middle_x + shift_x, middle_y + shift_y, _BULGE)
    other = _disc(middle_x - shift_x, middle_y - shift_y, _BULGE)
    return lambda y: _common(one(y), other(y))


def _disc(centre_x: float, centre_y: float, radius: float) -> Shape:
    def span(y: float) -> Interval:
        reach = radius * radius - (y - centre_y) ** 2
        return (centre_x - sqrt(reach), centre_x + sqrt(reach)) if reach > 0 else _NOWHERE

    return span


def _strip(start: tuple[float, float], end: tuple[float, float], width: float) -> Shape:
    """Return a straight line with blunt ends; neither level nor upright, which the drawing does not need."""
    (ax, ay), (bx, by) = start, end
    length = sqrt((bx - ax) ** 2 + (by - ay) ** 2)
    along_x, along_y = (bx - ax) / length, (by - ay) / length

    def span(y: float) -> Interval:
        across = sorted((ax + ((y - ay) * along_x + side * width / 2) / along_y) for side in (-1, 1))
        ends = sorted(ax + (reach - (y - ay) * along_y) / along_x for reach in (0.0, length))
        return _common((across[0], across[1]), (ends[0], ends[1]))

    return span


def _common(one: Interval, other: Interval) -> Interval:
    start, end = max(one[0], other[0]), min(one[1], other[1])
    return (start, end) if end > start else _NOWHERE
