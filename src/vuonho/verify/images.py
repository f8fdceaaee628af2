"""Proof that every QR picture leads to a page of the site, and that photos carry pixels only."""

import re
import struct
from collections.abc import Generator, Iterable, Iterator, Sequence
from io import BytesIO
from typing import Final, NamedTuple

from PIL import Image, ImageChops

from vuonho.errors import Problem, UserError, cited
from vuonho.i18n import NOTHING, Text
from vuonho.qr.read import Pixels, read_qr
from vuonho.verify.tree import SiteTree, flaw

# --- Proof that every QR picture, read by a reader that did not write it, leads to a page of the site ---

_FOLDER: Final = "qr/"
_SUFFIXES: Final = (".png", ".svg")
_LARGEST: Final = 8_000
_LEAST_PX: Final = 1_000
_QUIET_MODULES: Final = 4
_LONGEST: Final = 120
"""Letters that are shown of what a picture says."""
_HINT: Final = Text("Run “vuonho build” again; do not print this code.")

# --- A picture as pixels ---

_END: Final = b"\0\0\0\0IEND\xaeB`\x82"
"""The last chunk of a PNG (ISO/IEC 15948), which a file that was cut off lacks."""
_MODULE: Final = 4
"""Pixels a module when an SVG becomes pixels."""
_SVG: Final = re.compile(
    r'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ([0-9]{1,4}) \1"(?: (?:width|height|role)="[a-z0-9]+")*>'
    r'<title>[^<>]*</title><path fill="#fff" d="M0 0h\1v\1H0z"/>'
    r'<path fill="#000" d="((?:M[0-9]{1,4} [0-9]{1,4}(?:[hv]-?[0-9]{1,4})+z)+)"/></svg>\s*'
)
"""A white ground and one black path of straight sides, one unit a module."""
_LOOP: Final = re.compile(r"M([0-9]+) ([0-9]+)([^z]+)z")
_SIDE: Final = re.compile(r"([hv])(-?[0-9]+)")
_GREY: Final = {ord("0"): "\xff" * _MODULE, ord("1"): "\0" * _MODULE}


def parse_png(content: bytes) -> Pixels:
    """Return the pixels of a PNG, of a drawn code as many as `parse_svg` does.

    Raises UserError for anything else, and for one that is damaged or too large.
    """
    other = UserError(Text("it is no PNG, or one that is damaged or too large"))
    width, height = _size(content)
    is_whole = content[12:16] == b"IHDR" and content.endswith(_END)
    if not is_whole or not 0 < width <= _LARGEST or not 0 < height <= _LARGEST:
        raise other
    try:
        with Image.open(BytesIO(content), formats=["PNG"]) as image:
            grey = image.convert("L")
            grey = _at_scale(grey) if image.mode == "1" else grey
    except Exception as error:  # decoders of hostile bytes raise anything
        raise other from error
    return Pixels(*grey.size, grey.tobytes())


def _size(content: bytes) -> tuple[int, int]:
    """Return width and height of a PNG by its first chunk."""
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def _at_scale(grey: Image.Image) -> Image.Image:
    """Return a picture in black and white at _MODULE pixels a module, or as it is where that would lose anything."""
    left, top, right, _ = ImageChops.invert(grey).getbbox() or (0, 0, 1, 1)
    # A finder pattern, seven modules wide, begins the first line.
    module, rest = divmod(grey.crop((left, top, right, top + 1)).tobytes().find(255), 7)
    if module <= _MODULE or rest or grey.width % module or grey.height % module:
        return grey
    small = grey.reduce(module)
    if any(small.histogram()[1:255]):  # not every module is of one colour
        return grey
    return small.resize((small.width * _MODULE, small.height * _MODULE), Image.Resampling.NEAREST)


def parse_svg(content: bytes) -> Pixels:
    """Return the pixels of an SVG that holds a white square and one black path of straight sides and nothing else.

    Raises UserError for any other. The inside of the path is found by the even-odd rule.
    """
    other = UserError(Text("the SVG is not a white ground and one black path of straight sides"))
    drawing = _SVG.fullmatch(content.decode("utf-8", "replace"))
    side = int(drawing[1]) if drawing else 0
    if drawing is None or not 0 < side * _MODULE <= _LARGEST:
        raise other
    rows = [0] * side
    for start_x, start_y, steps in _LOOP.findall(drawing[2]):
        x, y = int(start_x), int(start_y)
        sides = [(way, int(step)) for way, step in _SIDE.findall(steps)]
        end_x, end_y = (sum(step for way, step in sides if way == one) for one in "hv")
        if end_x and end_y:  # the last side, which closes the path, would slant
            raise other
        for way, step in (*sides, ("h", -end_x), ("v", -end_y)):
            to = x + step if way == "h" else y + step
            if not 0 <= to <= side:
                raise other
            if way == "h":
                x = to
                continue
            for row in range(min(y, to), max(y, to)):
                rows[row] ^= (1 << (side - x)) - 1  # all that lies to the right of this side
            y = to
    lines = (format(row, f"0{side}b").translate(_GREY).encode("latin-1") * _MODULE for row in rows)
    return Pixels(side * _MODULE, side * _MODULE, b"".join(lines))


# --- What the pictures say ---


class ReadCode(NamedTuple):
    """One picture below qr/: its `text`, or None with `why` it could not be read."""

    file: str
    text: str | None
    why: Text = NOTHING


def read_codes(tree: SiteTree) -> tuple[ReadCode, ...]:
    """Return what every picture below qr/ says, in order of the file names."""
    return tuple(read_code(file, tree.read(file)) for file in sorted(tree.files) if file.startswith(_FOLDER))


def read_code(file: str, content: bytes) -> ReadCode:
    """Return what one picture of a code says."""
    try:
        if not file.endswith(_SUFFIXES):
            return ReadCode(file, None, Text("it is neither .png nor .svg"))
        pixels = parse_svg(content) if file.endswith(".svg") else parse_png(content)
    except UserError as refusal:
        return ReadCode(file, None, refusal.message)
    width, _ = _size(content)
    if file.endswith(".png") and width < _LEAST_PX:
        small = Text("it is {width} pixels wide, {least} are needed", width=width, least=_LEAST_PX)
        return ReadCode(file, None, small)
    is_drawn = file.endswith(".svg") or content[24:26] == b"\1\0"  # a PNG of one bit, in grey
    found = read_qr(pixels, is_drawn=is_drawn)
    if len(found) != 1:
        return ReadCode(file, None, Text("a scanner cannot read the code"))
    if _quiet_modules(pixels) < _QUIET_MODULES:
        return ReadCode(file, None, Text("the white margin round the code is too narrow"))
    return ReadCode(file, found[0].text)


def code_problems(tree: SiteTree, base_url: str, codes: Iterable[ReadCode]) -> Iterator[Problem]:
    """Yield a problem for every QR picture that does not lead to its own household's page.

    The text of qr/CODE.png and qr/CODE.svg must be `base_url` + CODE + "/"; scheme and host may be in
    capitals (RFC 3986, 6.2.2.1), the path must agree letter by letter. The page must exist in every
    language, and every household's page must have both pictures; a notice needs none.
    """
    for one in codes:
        code = one.file.removeprefix(_FOLDER).rpartition(".")[0]
        if message := wrong_text(one, (fold_origin(f"{base_url}{code}/"),)):
            yield flaw(one.file, message, _HINT, name="qr.unreadable" if one.text is None else "qr.text")
        if one.text is None:
            continue
        for page in (f"{folder}{code}/index.html" for _, folder in tree.languages):
            if page not in tree.files:
                message = Text("This QR code has no page {page}.", page=page)
                yield flaw(one.file, message, _HINT, name="qr.page")
    for code in tree.codes:
        page = f"{code}/index.html"
        for file in (f"{_FOLDER}{code}{suffix}" for suffix in _SUFFIXES):
            if file not in tree.files and not tree.pages[page].is_notice:
                message = Text("Household {code} has no QR code {file}.", code=code, file=file)
                yield flaw(page, message, _HINT, name="qr.missing")


def wrong_text(code: ReadCode, wanted: Sequence[str]) -> Text | None:
    """Return what is wrong with a code, None for nothing: it has to say one of the addresses `wanted`."""
    if code.text is None:
        return Text("This QR code is broken: {why}.", why=code.why)
    if fold_origin(code.text) in map(fold_origin, wanted):
        return None
    said = cited(fold_origin(code.text))[:_LONGEST]
    return Text("The QR code leads to “{said}”; it should be “{wanted}”.", said=said, wanted=wanted[0])


def fold_origin(url: str) -> str:
    """Return the address with scheme and host in lower case and the path as it is."""
    scheme, mark, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}{mark}{host.lower()}{slash}{path}"


def _quiet_modules(pixels: Pixels) -> float:
    """Return the narrowest margin in modules; a finder pattern, seven modules wide, begins the first line."""
    width, content = pixels.width, pixels.content
    first = content.find(0)
    top, left = divmod(first, width)
    finder = content.find(255, first) - first
    bottom = pixels.height - 1 - content.rfind(0) // width
    lines = (content[at : at + width] for at in range(top * width, (top + finder) * width, width))
    right = min(width - 1 - line.rfind(0) for line in lines)
    return min(top, left, bottom, right) * 7 / finder


# --- Proof that the photos of a built site carry pixels only, without any picture library ---

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
_PHOTO_HINT: Final = Text("Run “vuonho build” again; copy no original photo into the site's folder.")


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
            problems.append(flaw(file, message, _PHOTO_HINT, name="photo"))
    return tuple(problems), photos
