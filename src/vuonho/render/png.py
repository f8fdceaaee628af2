"""The PNG file format (ISO/IEC 15948), as far as drawings of our own need it."""

import struct
import zlib
from typing import Final

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
