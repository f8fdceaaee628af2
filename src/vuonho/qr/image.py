"""A QR symbol as a picture: PNG for Word and for phones, SVG for print shops and pages, text for a terminal."""

import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final
from xml.sax.saxutils import escape

from vuonho.qr.symbol import Symbol

QUIET_ZONE: Final = 4
"""Modules of white on every side."""

_LEAST_WIDTH_PX: Final = 1000
_PIXELS_PER_METRE: Final = 11_811
"""300 dpi: Word then shows 1,000 px at 85 mm, near the size that reads well at a gate."""

_SVG_MM: Final = 100
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Point = tuple[int, int]


def png(symbol: Symbol, module_px: int | None = None) -> bytes:
    """Return the symbol as a greyscale PNG of one bit a pixel, every module `module_px` pixels wide.

    Without `module_px` it is the least whole number that makes the picture 1,000 px wide or more.
    """
    modules = symbol.size + 2 * QUIET_ZONE
    scale = -(-_LEAST_WIDTH_PX // modules) if module_px is None else module_px
    if scale < 1:
        raise ValueError(f"a module is at least one pixel wide, not {scale}")
    width = modules * scale
    header = struct.pack(">IIBBBBB", width, width, 1, 0, 0, 0, 0)  # one bit a pixel, grey, not interlaced
    density = struct.pack(">IIB", _PIXELS_PER_METRE, _PIXELS_PER_METRE, 1)
    chunks = ((b"IHDR", header), (b"pHYs", density), (b"IDAT", _packed(symbol, scale)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def _packed(symbol: Symbol, scale: int) -> bytes:
    """Return the compressed scan lines, white is 1; a line that repeats the one above is all zeros by PNG's filter 2.

    Level 3 of zlib: level 6 takes twice the time to save 700 bytes.
    """
    width = symbol.size + 2 * QUIET_ZONE
    length = (scale * width + 7) // 8
    pixels = {ord("0"): "1" * scale, ord("1"): "0" * scale}
    padding = "0" * (8 * length - width * scale)
    repeats = (b"\2" + bytes(length)) * (scale - 1)
    white = (0,) * QUIET_ZONE
    lines = bytearray()
    for row in (*white, *symbol.rows, *white):
        modules = format(row << QUIET_ZONE, f"0{width}b")
        line = int(modules.translate(pixels) + padding, 2).to_bytes(length, "big")
        lines += b"\0" + line + repeats
    return zlib.compress(bytes(lines), 3)


def svg(symbol: Symbol, title: str) -> bytes:
    """Return the symbol as an SVG of 100 mm, quiet zone included: a white square and one black path.

    The path follows the outlines of the dark areas, so there are no seams between modules. `title` is what
    screen readers say. Raises ValueError if it holds characters that XML cannot.
    """
    if _NOT_XML.search(title):
        raise ValueError(f"not text for XML: {title!r}")
    side = symbol.size + 2 * QUIET_ZONE
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" '
        f'width="{_SVG_MM}mm" height="{_SVG_MM}mm" role="img"><title>{escape(title)}</title>'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        f'<path fill="#000" d="{"".join(map(_loop, outlines(symbol)))}"/></svg>\n'
    )
    return drawing.encode("utf-8")


def _loop(corners: tuple[Point, ...]) -> str:
    """Return one closed outline in SVG's path language; it begins with a horizontal side."""
    x, y = corners[0]
    parts = [f"M{x + QUIET_ZONE} {y + QUIET_ZONE}"]
    for index, (to_x, to_y) in enumerate(corners[1:]):
        parts.append(f"v{to_y - y}" if index % 2 else f"h{to_x - x}")
        x, y = to_x, to_y
    return "".join(parts) + "z"


_Starts = dict[Point, Point]


def outlines(symbol: Symbol) -> tuple[tuple[Point, ...], ...]:
    """Return the outlines of the dark areas as closed polygons in modules, (0, 0) at the top left.

    Quiet zone not included; y grows downwards. Corners only, sides alternately horizontal and vertical, the
    first horizontal. Dark lies to the right of the way, so holes run against their surroundings and both
    fill rules give the same picture. Areas that touch only in a corner are apart.
    """
    rows = [format(row, f"0{symbol.size}b") for row in symbol.rows]
    below, above = _sides(rows)
    right, left = _sides(["".join(column) for column in zip(*rows, strict=True)])
    # start to end of every side by its way: right, down, left, up
    ways = (
        below,
        {(x, y): (to_x, to_y) for (y, x), (to_y, to_x) in left.items()},
        {end: start for start, end in above.items()},
        {(to_x, to_y): (x, y) for (y, x), (to_y, to_x) in right.items()},
    )
    return tuple(_traced(ways))


def _sides(lines: Sequence[str]) -> tuple[_Starts, _Starts]:
    """Return the straight sides with dark after (below) and with dark before (above), start to end."""
    after: _Starts = {}
    before: _Starts = {}
    size = len(lines)
    for y, (above, row) in enumerate(pairwise((0, *(int(line, 2) for line in lines), 0))):
        for sides, edge in ((after, row & ~above), (before, above & ~row)):
            for run in re.finditer("1+", f"{edge:0{size}b}"):
                sides[run.start(), y] = (run.end(), y)
    return after, before


def _traced(ways: tuple[_Starts, _Starts, _Starts, _Starts]) -> Iterator[tuple[Point, ...]]:
    """Yield the loops: after each side comes a turn to the right where one begins, else to the left."""
    right = ways[0]
    while right:
        start = point = next(iter(right))
        corners: list[Point] = []
        way = 0
        while not corners or point != start or way != 0:
            corners.append(point)
            point = ways[way].pop(point)
            turn = (way + 1) % 4
            way = turn if point in ways[turn] or (turn == 0 and point == start) else (way + 3) % 4
        yield tuple(corners)


# --- A QR symbol as text for a terminal: one letter is one module wide and two high ---

_HALVES: Final = " ▄▀█"
"""By what of a letter is drawn: nothing, the lower half, the upper half, both."""


def terminal_lines(symbol: Symbol, *, is_bright: bool = False) -> tuple[str, ...]:
    """Return the lines of a symbol with its quiet zone of four modules, all of one width.

    The dark modules are drawn, so the letters must be black on white; with `is_bright` the light ones are, for
    a terminal that can only write brightly on black. All letters are in Windows' oldest console font.
    """
    width = symbol.size + 2 * QUIET_ZONE
    full = (1 << width) - 1 if is_bright else 0
    empty = (0,) * QUIET_ZONE
    rows = [row << QUIET_ZONE ^ full for row in (*empty, *symbol.rows, *empty)]
    if len(rows) % 2:
        rows.append(full)  # half a letter more of the quiet zone, for a symbol's size is odd
    return tuple(
        "".join(_HALVES[2 * (upper >> at & 1) + (lower >> at & 1)] for at in reversed(range(width)))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    )
