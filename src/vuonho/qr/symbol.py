"""The QR symbol and its picture: PNG for Word and phones, SVG for print shops and pages, text for a terminal."""

import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import groupby, pairwise
from typing import Final, Literal
from urllib.parse import quote, urlsplit

from qrcode import QRCode, constants
from qrcode.base import RSBlock, rs_blocks
from qrcode.util import (
    MODE_8BIT_BYTE,
    MODE_ALPHA_NUM,
    MODE_NUMBER,
    BitBuffer,
    create_bytes,
    mode_sizes_for_version,
)

from vuonho.errors import UserError
from vuonho.i18n import Text

# --- The QR symbol of a household: which letters, which version and level, which modules ---

Level = Literal["H", "Q"]

_LEVELS: Final[dict[Level, int]] = {"H": constants.ERROR_CORRECT_H, "Q": constants.ERROR_CORRECT_Q}
"""The highest first."""
_VERSIONS: Final = range(2, 41)
_MASKS: Final = range(8)
_DIGITS: Final = frozenset(b"0123456789")
_ALPHANUMERIC: Final = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_DIGITS_TO_1: Final = str.maketrans("023456789", "111111111")
"""Not to 0: the library cannot divide a block of nothing but zeros."""
_SIXTHS: Final[dict[int, int]] = {MODE_NUMBER: 20, MODE_ALPHA_NUM: 33, MODE_8BIT_BYTE: 48}
"""What one character costs in each mode, in sixths of a bit, so that 10/3 and 11/2 are whole numbers."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """One QR symbol without its quiet zone.

    `rows` go from top to bottom; in each the highest of `size` bits is the leftmost module and 1 is dark.
    """

    version: int
    level: Level
    mask: int
    rows: tuple[int, ...]

    @property
    def size(self) -> int:
        """Return the modules along one side, 17 + 4 * version."""
        return len(self.rows)


def payload(base_url: str, code: str) -> str:
    """Return the address of a household in the letters that its QR code holds.

    The host stands in capitals, in Punycode where it is not ASCII. A path in `base_url` stays as written,
    since servers tell its cases apart (letters outside ASCII are percent-encoded: readers guess at the
    encoding of bytes). Raises ValueError if `base_url` is not a plain https address that ends in "/", or
    `code` is not made of digits.
    """
    if not (code.isascii() and code.isdigit()):
        raise ValueError(f"a code has digits only: {code!r}")
    if any(letter.isspace() or not letter.isprintable() for letter in base_url):
        raise ValueError(f"an address has no blanks: {base_url!r}")
    scheme, host, path, query, fragment = urlsplit(base_url)
    plain = scheme == "https" and host and not (query or fragment or "@" in host or base_url.count("?"))
    if not plain or not base_url.endswith("/") or not path.endswith("/"):
        raise ValueError(f'an address to print begins with https:// and ends in "/": {base_url!r}')
    return f"https://{_capital_host(host)}{quote(path, safe=_PATH_AS_WRITTEN)}{code}/"


def village_payload(base_url: str, slug: str) -> str:
    """Return the address of a village's page in the letters of its code: the host in capitals, the path as written."""
    return f"{payload(base_url, _ANY_CODE).removesuffix(f'{_ANY_CODE}/')}{slug}/"


_ANY_CODE: Final = "0"
_PATH_AS_WRITTEN: Final = "".join(chr(code) for code in range(0x21, 0x7F))


def _capital_host(host: str) -> str:
    if host.isascii():
        return host.upper()
    name, colon, port = host.partition(":")
    try:
        return name.encode("idna").decode("ascii").upper() + colon + port
    except UnicodeError as error:
        raise ValueError(f"not a host name: {host!r}") from error


@lru_cache(maxsize=2048)
def qr_symbol(payload: str) -> Symbol:
    """Return the symbol that holds `payload`, by the rules of this module; kept for the next who asks.

    Raises UserError if the payload is too long for any symbol (1,663 bytes at level Q).
    """
    return _family(payload.translate(_DIGITS_TO_1)).symbol(payload.encode("utf-8"))


def _bits(mode: int, content: bytes, version: int) -> int:
    """Return the bits of a segment: its header, and its characters up to a whole bit."""
    return int(4 + mode_sizes_for_version(version)[mode]) - (-len(content) * _SIXTHS[mode] // 6)


def _modes(byte: int) -> Iterator[int]:
    yield MODE_8BIT_BYTE
    if byte in _ALPHANUMERIC:
        yield MODE_ALPHA_NUM
    if byte in _DIGITS:
        yield MODE_NUMBER


def _segments(content: bytes, version: int) -> list[tuple[int, bytes]]:
    """Return (mode, part) of `content` so that it takes the fewest bits at this version.

    One pass keeps, for each mode the last byte could be in, the cheapest way to get there: its cost in
    sixths of a bit and the mode of every byte so far. A new segment begins on a whole bit.
    """
    headers = {mode: 6 * _bits(mode, b"", version) for mode in _SIXTHS}
    ways: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for byte in content:
        ways = {
            mode: min(
                (
                    (cost if last == mode else -(-cost // 6) * 6 + headers[mode]) + _SIXTHS[mode],
                    (*path, mode),
                )
                for last, (cost, path) in ways.items()
            )
            for mode in _modes(byte)
        }
    _, path = min((-(-cost // 6), path) for cost, path in ways.values())
    runs = groupby(zip(path, content, strict=True), key=lambda pair: pair[0])
    return [(mode, bytes(byte for _, byte in run)) for mode, run in runs]


@lru_cache(maxsize=64)
def _family(pattern: str) -> "_Family":
    content = pattern.encode("utf-8")
    for version in _VERSIONS:
        segments = _segments(content, version)
        bits = sum(_bits(mode, part, version) for mode, part in segments)
        for level, number in _LEVELS.items():
            blocks = rs_blocks(version, number)
            if bits <= sum(8 * block.data_count for block in blocks):
                return _Family(segments, version, level, blocks)
    raise UserError(
        Text("The address is too long for a QR code."),
        Text("Choose a shorter base_url in site.yaml."),
    )


class _Family:
    """The symbols of all payloads that differ in digits alone, so that they share version, level and segments.

    Error correction and masking are linear over GF(2): a symbol is that of the first payload, exclusive-or a constant
    for each bit in which the two payloads differ. The constants come from the library, when first asked for.
    """

    def __init__(
        self, segments: list[tuple[int, bytes]], version: int, level: Level, blocks: list[RSBlock]
    ) -> None:
        self._segments, self._version, self._level, self._blocks = segments, version, level, blocks
        self._capacity = sum(8 * block.data_count for block in blocks)
        self._first = self._stream(b"".join(part for _, part in segments))
        self._masked = [self._drawn(self._first, mask) for mask in _MASKS]
        self._changes: dict[int, int] = {}

    def symbol(self, content: bytes) -> Symbol:
        """Return the symbol of a payload of this family."""
        differing = self._stream(content) ^ self._first
        change = 0
        while differing:
            bit = differing & -differing
            if bit not in self._changes:
                self._changes[bit] = self._drawn(self._first ^ bit, 0) ^ self._masked[0]
            change ^= self._changes[bit]
            differing ^= bit
        size = 17 + 4 * self._version
        _, mask = min((penalty(dark ^ change, size), mask) for mask, dark in enumerate(self._masked))
        dark, full = self._masked[mask] ^ change, (1 << size) - 1
        rows = tuple(dark >> (size + 1) * row & full for row in reversed(range(size)))
        return Symbol(self._version, self._level, mask, rows)

    def _stream(self, content: bytes) -> int:
        """Return the data bits of a symbol (ISO/IEC 18004, 7.4): segments, terminator, padding."""
        bits, at = "", 0
        for mode, first in self._segments:
            part = content[at : at + len(first)]
            at += len(part)
            counter = mode_sizes_for_version(self._version)[mode]
            bits += f"{mode:04b}{len(part):0{counter}b}{_encoded(part, mode)}"
        bits += "0" * min(4, self._capacity - len(bits))
        bits += "0" * (-len(bits) % 8)
        padding = (self._capacity - len(bits)) // 8
        return int(bits + ("1110110000010001" * padding)[: 8 * padding], 2)

    def _drawn(self, stream: int, mask: int) -> int:
        """Return the modules of a symbol as one integer: the rows from top to bottom, each with a 0 before it."""
        code, buffer = QRCode(self._version, _LEVELS[self._level], mask_pattern=mask), BitBuffer()
        buffer.buffer = list(stream.to_bytes(self._capacity // 8, "big"))
        code.data_cache = create_bytes(buffer, self._blocks)
        code.makeImpl(test=False, mask_pattern=mask)
        return int("".join("0" + "".join("01"[dark] for dark in row) for row in code.modules), 2)


def _encoded(content: bytes, mode: int) -> str:
    """Return the bits of a segment (ISO/IEC 18004, 7.4.3 to 7.4.5)."""
    if mode == MODE_NUMBER:
        groups = (content[start : start + 3] for start in range(0, len(content), 3))
        return "".join(f"{int(group):0{(4, 7, 10)[len(group) - 1]}b}" for group in groups)
    if mode == MODE_ALPHA_NUM:
        values = [_ALPHANUMERIC.index(byte) for byte in content]
        pairs = (values[start : start + 2] for start in range(0, len(values), 2))
        return "".join(
            f"{45 * pair[0] + pair[1]:011b}" if len(pair) == 2 else f"{pair[0]:06b}" for pair in pairs
        )
    return "".join(f"{byte:08b}" for byte in content)


def penalty(dark: int, size: int) -> int:
    """Return the penalty points of a symbol (ISO/IEC 18004, 7.8.3.1): the fewer, the easier to read.

    `dark` are the modules of all rows from top to bottom, with an empty column between the rows so that no pattern runs
    on from one row to the next.
    """
    stride, full = size + 1, (1 << size) - 1
    light = dark ^ sum(full << stride * row for row in range(size))
    lines = sum(_runs(dark, step) + _runs(light, step) + _finders(dark, light, step) for step in (1, stride))
    blocks = 3 * (_blocks(dark, stride) + _blocks(light, stride))
    total = size * size
    imbalance = 10 * (abs(20 * dark.bit_count() - 10 * total) // total)
    return lines + blocks + imbalance


def _runs(modules: int, step: int) -> int:
    """Return the points for runs of five or more alike: 3, and 1 more for each module above five."""
    five = modules & modules >> step & modules >> 2 * step & modules >> 3 * step & modules >> 4 * step
    return five.bit_count() + 2 * (five & ~(five << step)).bit_count()


def _blocks(modules: int, stride: int) -> int:
    pairs = modules & modules >> 1
    return (pairs & pairs >> stride).bit_count()


def _finders(dark: int, light: int, step: int) -> int:
    """Return 40 points for each 1:1:3:1:1 with four light modules before or after it."""
    core = dark & light >> step & dark >> 2 * step & dark >> 3 * step & dark >> 4 * step
    core &= light >> 5 * step & dark >> 6 * step
    quiet = light & light >> step & light >> 2 * step & light >> 3 * step
    return 40 * ((core & quiet >> 7 * step).bit_count() + (core & quiet << 4 * step).bit_count())


# --- A QR symbol as a picture: PNG for Word and for phones, SVG for print shops and pages, text for a terminal ---

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
        f'width="{_SVG_MM}mm" height="{_SVG_MM}mm" role="img"><title>{escape(title, quote=False)}</title>'
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
