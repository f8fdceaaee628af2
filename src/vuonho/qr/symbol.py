"""The QR symbol of a household: which letters, which version and level, which modules.

Words as in ISO/IEC 18004. The rules were measured on a simulated phone camera:

1. Fewer modules read better, so the address is written in capitals wherever that is the same address
   (alphanumeric mode needs 5.5 bits a letter, byte mode 8). The scheme stays `https`: several cameras and
   browsers do not open `HTTPS://`.
2. The smallest version from 2 up that holds the payload at level Q or better, then that version's highest
   level. Version 1 lacks the alignment pattern and reads worse.
3. Of the eight masks the one with the lowest penalty of ISO/IEC 18004, 7.8.3, and of equals the first.

`image` draws the symbol."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
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
