"""Proof that the photos of a built site carry pixels only, without any picture library."""

import re
import struct
from collections.abc import Iterator
from typing import Final

from vuonho.errors import Problem
from vuonho.i18n import Text
from vuonho.verify.tree import SiteTree, flaw

# --- What a published picture carries besides its pixels, found without any picture library ---

_JPEG_SCAN_END: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_JPEG_APPS: Final = (
    (0xE1, b"Exif\0", "EXIF"),
    (0xE1, b"http://ns.adobe.com/xap/", "XMP"),
    (0xE1, b"http://ns.adobe.com/xmp/", "XMP"),
    (0xE2, b"ICC_PROFILE\0", "ICC profile"),
    (0xE2, b"MPF\0", "second picture"),
    (0xED, b"Photoshop", "IPTC"),
)
_PNG_PIXELS: Final = frozenset((b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS"))
_PNG_FIXED: Final = {b"pHYs": 9, b"gAMA": 4, b"sRGB": 1, b"cHRM": 32}
_PNG_NAMES: Final = {
    b"eXIf": "EXIF",
    b"iCCP": "ICC profile",
    b"tEXt": "text",
    b"zTXt": "text",
    b"iTXt": "text",
    b"tIME": "time",
}
_WEBP_PIXELS: Final = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH"))
_WEBP_NAMES: Final = {b"EXIF": "EXIF", b"XMP ": "XMP", b"ICCP": "ICC profile"}
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
            yield from _in_jpeg(content)
        elif content.startswith(b"\x89PNG\r\n\x1a\n"):
            yield from _in_png(content)
        elif content.startswith(b"RIFF") and content[8:12] == b"WEBP":
            yield from _in_webp(content)
        else:
            yield "not a JPEG, PNG or WebP picture"
    except (struct.error, IndexError):
        yield _BROKEN


def _in_jpeg(content: bytes) -> Iterator[str]:
    at = 2
    while True:
        if content[at] != 0xFF:
            yield _BROKEN
            return
        marker = content[at + 1]
        if marker == 0xD9:
            break
        (length,) = struct.unpack_from(">H", content, at + 2)
        yield from _in_segment(marker, content[at + 4 : at + 2 + length])
        at += 2 + length
        if marker == 0xDA:
            end = _JPEG_SCAN_END.search(content, at)
            at = len(content) if end is None else end.start()
    if at + 2 != len(content):
        yield _BEHIND


def _in_segment(marker: int, payload: bytes) -> Iterator[str]:
    """Yield the name of a segment that is neither a table nor a frame nor a scan nor a bare header."""
    if marker == 0xFE:
        yield "comment"
    elif 0xE0 <= marker <= 0xEF and not _is_bare_header(marker, payload):
        named = (name for app, start, name in _JPEG_APPS if marker == app and payload.startswith(start))
        yield next(named, "preview" if marker == 0xE0 else f"segment APP{marker - 0xE0}")
    elif marker < 0xC0 or 0xF0 <= marker <= 0xFD:
        yield f"segment {marker:02X}"


def _is_bare_header(marker: int, payload: bytes) -> bool:
    """Whether it is the JFIF header without a preview, or Adobe's twelve bytes on the colour transform."""
    jfif = marker == 0xE0 and payload.startswith(b"JFIF\0") and len(payload) == 14
    return jfif or (marker == 0xEE and payload.startswith(b"Adobe") and len(payload) == 12)


def _in_png(content: bytes) -> Iterator[str]:
    at, kind = 8, b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, at)
        if kind not in _PNG_PIXELS and _PNG_FIXED.get(kind) != length:
            yield _PNG_NAMES.get(kind, f"chunk {kind.decode('latin-1')}")
        at += 12 + length
    if at != len(content):
        yield _BEHIND if at < len(content) else _BROKEN


def _in_webp(content: bytes) -> Iterator[str]:
    (size,) = struct.unpack_from("<I", content, 4)
    at, end = 12, 8 + size
    while at < end:
        kind, length = struct.unpack_from("<4sI", content, at)
        if kind not in _WEBP_PIXELS:
            yield _WEBP_NAMES.get(kind, f"chunk {kind.decode('latin-1')}")
        at += 8 + length + length % 2
    if at != end or end > len(content):
        yield _BROKEN
    elif end < len(content):
        yield _BEHIND


# --- Proof that the photos of a built site carry pixels only ---

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
