"""A photo file reduced to what its pixels need, before any decoder sees it.

What stays: the compressed pixels, tables and palettes, and the colour profile. What goes: EXIF, XMP,
comments, previews, second images (MPO), later frames, and whatever hangs behind the end (motion photos). Of
the EXIF data one number is read, the orientation. So the decoder meets less that could be hostile, and photos
with quirks in their metadata, of which phones make many, do not fail for them.

Sources: ITU-T T.81 (JPEG), the Exif and TIFF 6.0 layouts, W3C PNG, the GIF89a specification, RFC 9649 (WebP).
"""

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from vuonho.render.photos.check import Kind, cut_off, damaged, kind_of, too_many_passes

_MOST_PARTS: Final = 50_000
"""Segments, chunks or blocks; a real 40 MB photo has a few thousand."""
_MOST_SCANS: Final = 30
"""Passes over a progressive JPEG; encoders write about ten, and thousands would take hours to decode."""
_SEQUENTIAL: Final = frozenset((0xC0, 0xC1, 0xC9))
"""Kinds of JPEG frames whose pixels may stand in one pass, row by row."""

_MARKER: Final = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])")
_JPEG_APPS: Final = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_PNG_CHUNKS: Final = frozenset((b"IHDR", b"PLTE", b"tRNS", b"iCCP", b"IDAT", b"IEND"))


@dataclass(frozen=True, slots=True)
class Container:
    """A photo's kind, its reduced content, and how it must be turned (1 to 8 as in EXIF; 1 is upright).

    `in_one_pass` tells a JPEG that can be decoded row by row, without holding the whole of it.
    """

    kind: Kind
    content: bytes
    orientation: int
    in_one_pass: bool = False


def read_container(content: bytes) -> Container:
    """Return a photo reduced to its pixels. Raises Refused if it is no photo, cut off or damaged."""
    kind = kind_of(content)
    reduce: dict[Kind, Callable[[bytes], tuple[bytes, int] | tuple[bytes, int, bool]]] = {
        "JPEG": _jpeg,
        "PNG": _png,
        "WEBP": _webp,
        "GIF": _gif,
    }
    try:
        reduced = reduce[kind](content)
    except (struct.error, IndexError) as error:
        raise cut_off() from error
    return Container(kind, *reduced)


def _orientation(exif: bytes) -> int:
    """Return the orientation in an EXIF block, 1 if there is none or it makes no sense."""
    tiff = exif.removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        entries = (struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * index) for index in range(count))
        found = (value for tag, kind, _, value in entries if tag == 0x0112 and kind == 3)
        orientation = int(next(found, 1))
    except struct.error:
        return 1
    return orientation if 1 <= orientation <= 8 else 1


# --- JPEG ----------------------------------------------------------------------------------------------


def _jpeg(content: bytes) -> tuple[bytes, int, bool]:
    kept = [b"\xff\xd8"]
    exif = b""
    scans, components, in_one_pass = 0, 0, False
    for marker, start, end in _jpeg_segments(content):
        payload = content[start + 2 : start + 14]
        if marker == 0xE1 and payload.startswith(b"Exif\0\0") and not exif:
            exif = content[start + 2 : end]
        if _needed_in_jpeg(marker, payload):
            kept += (bytes((0xFF, marker)), content[start:end])
        if marker in _SEQUENTIAL:
            components = content[start + 7]
        if marker == 0xDA:
            scans += 1
            in_one_pass = scans == 1 and content[start + 2] == components
        if scans > _MOST_SCANS:
            raise too_many_passes(_MOST_SCANS)
    return b"".join((*kept, b"\xff\xd9")), _orientation(exif), in_one_pass


def _needed_in_jpeg(marker: int, payload: bytes) -> bool:
    if 0xE0 <= marker <= 0xEF:
        return marker in _JPEG_APPS and payload.startswith(_JPEG_APPS[marker])
    return marker != 0xFE


def _jpeg_segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield marker, start and end of each segment, up to the end of the first image.

    The start is that of the length field. A scan's segment includes the compressed data after its header.
    """
    at = 2
    for _ in range(_MOST_PARTS):
        found = _MARKER.search(content, at)
        if found is None:
            raise cut_off()
        marker, start = found[1][0], found.end()
        if marker == 0xD9:
            return
        at = start
        if marker in (0x01, 0xD8):
            continue
        end = start + max(2, *struct.unpack_from(">H", content, start))
        if marker == 0xDA:
            data_end = _MARKER.search(content, end)
            if data_end is None:
                raise cut_off()
            end = data_end.start()
        yield marker, start, end
        at = end
    raise damaged()


# --- PNG, WebP -----------------------------------------------------------------------------------------


def _png(content: bytes) -> tuple[bytes, int]:
    kept = [content[:8]]
    orientation = 1
    at = 8
    for _ in range(_MOST_PARTS):
        length, kind = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if end > len(content):
            raise cut_off()
        if kind == b"eXIf":
            orientation = _orientation(content[at + 8 : end - 4])
        if kind in _PNG_CHUNKS:
            kept.append(content[at:end])
        if kind == b"IEND":
            return b"".join(kept), orientation
        at = end
    raise damaged()


def _webp(content: bytes) -> tuple[bytes, int]:
    """Return the file without what follows its end; metadata stay, as the decoder does not look into them."""
    (size,) = struct.unpack_from("<I", content, 4)
    if size + 8 > len(content):
        raise cut_off()
    orientation, at = 1, 12
    for _ in range(_MOST_PARTS):
        if at >= size + 8:
            return content[: size + 8], orientation
        kind, length = struct.unpack_from("<4sI", content, at)
        if kind == b"EXIF":
            orientation = _orientation(content[at + 8 : at + 8 + length])
        at += 8 + length + length % 2
    raise damaged()


# --- GIF -----------------------------------------------------------------------------------------------


def _gif(content: bytes) -> tuple[bytes, int]:
    """Return the first frame as a file of its own."""
    at = 13 + _gif_palette(content[10])
    kept = [content[:at]]
    control = b""
    for _ in range(_MOST_PARTS):
        if content[at] != 0x21:
            break
        end = _gif_blocks_end(content, at + 2)
        if content[at + 1] == 0xF9:
            control = content[at:end]
        at = end
    if content[at] != 0x2C:
        raise damaged()
    end = _gif_blocks_end(content, at + 11 + _gif_palette(content[at + 9]))
    return b"".join((*kept, control, content[at:end], b";")), 1


def _gif_palette(flags: int) -> int:
    return 3 * 2 ** (1 + flags % 8) if flags & 0x80 else 0


def _gif_blocks_end(content: bytes, at: int) -> int:
    while content[at]:
        at += 1 + content[at]
    return at + 1
