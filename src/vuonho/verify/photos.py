"""Proof that the photos of a built site carry pixels only, without any picture library."""

import re
import struct
from collections.abc import Generator, Iterator
from typing import Final

from vuonho.errors import Problem
from vuonho.i18n import Text
from vuonho.verify.tree import SiteTree, flaw

# --- What a picture carries besides its pixels ---

_JPEG_SCAN_END: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_JPEG_APPS: Final = {
    b"\xe1Exif\0": "EXIF",
    b"\xe1http://ns.adobe.com/": "XMP",
    b"\xe2ICC_PROFILE\0": "ICC profile",
    b"\xe2MPF\0": "second picture",
    b"\xedPhotoshop": "IPTC",
    b"\xe0": "preview",
    b"\xfe": "comment",
}
"""Segments by their marker and how they begin."""
_PNG_PIXELS: Final = frozenset((b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS"))
_WEBP_PIXELS: Final = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH"))
_FIXED: Final = {b"pHYs": 9, b"gAMA": 4, b"sRGB": 1, b"cHRM": 32}
"""Chunks of a PNG that are harmless at this length."""
_CHUNKS: Final = {
    b"eXIf": "EXIF",
    b"EXIF": "EXIF",
    b"XMP ": "XMP",
    b"iCCP": "ICC profile",
    b"ICCP": "ICC profile",
    b"tEXt": "text",
    b"zTXt": "text",
    b"iTXt": "text",
    b"tIME": "time",
}
_BROKEN: Final = "broken structure"
_BEHIND: Final = "data behind the end"


def metadata_in(content: bytes) -> tuple[str, ...]:
    """Return the names of everything in a JPEG, PNG or WebP beyond its pixels, each once, in order.

    An empty tuple means pixels only. What cannot be read to its end is named too ("broken structure", "data
    behind the end", "not a JPEG, PNG or WebP picture"), so that nothing passes unseen.
    """
    return tuple(dict.fromkeys(_findings(content)))


def _findings(content: bytes) -> Iterator[str]:
    try:
        if content.startswith(b"\xff\xd8"):
            end = yield from _in_jpeg(content)
        elif content.startswith(b"\x89PNG\r\n\x1a\n"):
            end = yield from _in_png(content)
        elif content.startswith(b"RIFF") and content[8:12] == b"WEBP":
            end = yield from _in_webp(content)
        else:
            yield "not a JPEG, PNG or WebP picture"
            return
    except (struct.error, IndexError):
        yield _BROKEN
        return
    if end != len(content):
        yield _BEHIND if 0 <= end < len(content) else _BROKEN


def _in_jpeg(content: bytes) -> Generator[str, None, int]:
    """Yield the name of each segment that is neither a table nor a frame nor a scan nor a bare header."""
    at = 2
    while content[at] == 0xFF and content[at + 1] != 0xD9:
        marker = content[at + 1]
        (length,) = struct.unpack_from(">H", content, at + 2)
        segment = content[at + 1 : at + 2] + content[at + 4 : at + 2 + length]
        is_jfif = segment.startswith(b"\xe0JFIF\0") and len(segment) == 15
        is_adobe = segment.startswith(b"\xeeAdobe") and len(segment) == 13
        if not (0xC0 <= marker < 0xE0 or is_jfif or is_adobe):
            named = (name for start, name in _JPEG_APPS.items() if segment.startswith(start))
            other = f"segment APP{marker - 0xE0}" if 0xE0 <= marker < 0xF0 else f"segment {marker:02X}"
            yield next(named, other)
        at += 2 + length
        if marker == 0xDA:
            end = _JPEG_SCAN_END.search(content, at)
            at = len(content) if end is None else end.start()
    return at + 2 if content[at] == 0xFF else -1


def _in_png(content: bytes) -> Generator[str, None, int]:
    at, kind = 8, b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, at)
        if kind not in _PNG_PIXELS and _FIXED.get(kind) != length:
            yield _CHUNKS.get(kind, f"chunk {kind.decode('latin-1')}")
        at += 12 + length
    return at


def _in_webp(content: bytes) -> Generator[str, None, int]:
    (size,) = struct.unpack_from("<I", content, 4)
    at = 12
    while at < 8 + size:
        kind, length = struct.unpack_from("<4sI", content, at)
        if kind not in _WEBP_PIXELS:
            yield _CHUNKS.get(kind, f"chunk {kind.decode('latin-1')}")
        at += 8 + length + length % 2
    return at if at == 8 + size else -1


# --- The photos of a built site ---

_FOLDERS: Final = ("photos/", "og/")
_PHOTOS: Final = (".jpg", ".jpeg", ".webp", ".avif", ".heic", ".tif", ".tiff")
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_HINT: Final = Text("Run “vuonho build” again; copy no original photo into the site's folder.")


def photo_problems(tree: SiteTree) -> tuple[tuple[Problem, ...], int]:
    """Return a problem for every photo that carries more than pixels, and how many photos were looked into.

    A photo is everything in photos/ and og/, and each file of a camera's format anywhere else. Drawn pictures
    are looked into as well and not counted.
    """
    problems, photos = list[Problem](), 0
    for file in sorted(tree.files):
        is_photo = file.startswith(_FOLDERS) or file.lower().endswith(_PHOTOS)
        photos += is_photo
        if not is_photo and not file.lower().endswith(".png"):
            continue
        content = tree.read(file)
        names = ", ".join(metadata_in(content)) if is_photo or content.startswith(_PNG) else ""
        if names:
            message = Text("The photo carries more than its pixels: {names}.", names=names)
            problems.append(flaw(file, message, _HINT, name="photo"))
    return tuple(problems), photos
