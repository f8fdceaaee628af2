"""Photos: a family's original becomes one small file that carries pixels and nothing else."""

import io
import re
import struct
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, Literal

from PIL import ExifTags, Image, ImageCms, ImageOps

from vuonho.errors import UserError
from vuonho.i18n import Text
from vuonho.model.values import Point, parse_point
from vuonho.pictures.rendered import RenderedPhoto, photo_key

# --- What a photo file is and whether it may go on: kinds, limits, and the words of each refusal ---

Kind = Literal["JPEG", "PNG", "WEBP"]
"""The kinds that are read, in Pillow's words. GIF, TIFF, BMP and HEIC are not: phones can save JPEG."""

MOST_BYTES: Final = 40_000_000
MOST_PIXELS: Final = 60_000_000
MOST_PIXELS_IN_ONE_PASS: Final = 120_000_000
"""A JPEG that is stored row by row is decoded so, and made smaller on the way: it takes little memory."""
MOST_PIXELS_WEBP: Final = 30_000_000
"""WebP is decoded in whole frames, several at a time: these take 500 MB."""
LEAST_SIDE: Final = 200
"""Pixels; below this a picture is a thumbnail, and blurred on any phone."""
_MOST_PARTS: Final = 50_000
"""Segments or chunks; a real 40 MB photo has a few thousand."""
_MOST_SCANS: Final = 30
"""Passes over a progressive JPEG; encoders write about ten, and thousands would take hours to decode."""

_AS_JPEG: Final = Text("Open it and save it as JPEG (.jpg), then use the new file.")
_HEIC: Final = Text(
    "Send it through Zalo and save it from there, or on the iPhone choose Settings > "
    "Camera > Formats > Most Compatible and take it again."
)
_STILL: Final = Text("Take a photo, or a screenshot of the video.")
_AGAIN: Final = Text("Copy the original from the phone again, or choose another.")
_SMALLER: Final = Text("Send it through Zalo and save it from there: that makes it smaller.")
_CUT_OFF: Final = (Text("This photo is cut off: the end of the file is missing."), _AGAIN)
_DAMAGED: Final = (Text("This photo is damaged and does not open."), _AGAIN)

_OTHERS: Final = tuple(
    (re.compile(start, re.DOTALL), name, hint)
    for start, name, hint in (
        (rb".{4}ftyp(hei[cxms]|hev[cx]|m[is]f1)", Text("an iPhone HEIC picture"), _HEIC),
        (rb".{4}ftypavi[fs]", Text("an AVIF picture"), _AS_JPEG),
        (rb".{4}ftyp|RIFF.{4}AVI |\x1aE\xdf\xa3|\0\0\x01\xba", Text("a video"), _STILL),
        (rb"%PDF", Text("a PDF document"), _AS_JPEG),
        (rb"GIF8", Text("a GIF image"), _AS_JPEG),
        (rb"BM", Text("a BMP picture"), _AS_JPEG),
        (rb"II\*\0|MM\0\*", Text("a TIFF or RAW picture"), _AS_JPEG),
        (rb"PK\x03\x04|\xd0\xcf\x11\xe0", Text("a Word, Excel or ZIP file"), _AS_JPEG),
        (rb"(\xef\xbb\xbf)?\s*<", Text("a web page or an SVG drawing"), _AGAIN),
        (rb"", Text("something else, not a picture"), _AGAIN),
    )
)
"""How a file begins that is no photo, what it seems to be, and what to do instead."""


def _kind_of(content: bytes) -> Kind:
    """Return the kind of a photo. Raises UserError, with what it seems to be, for anything that is not read."""
    if not content:
        raise UserError(Text("This photo is an empty file."), _AGAIN)
    if len(content) > MOST_BYTES:
        megabytes, most = -(-len(content) // 1_000_000), MOST_BYTES // 1_000_000
        raise UserError(
            Text("This photo has {megabytes} MB; the limit is {most} MB.", megabytes=megabytes, most=most),
            _SMALLER,
        )
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "WEBP"
    name, hint = next((name, hint) for start, name, hint in _OTHERS if start.match(content))
    raise UserError(Text("This is {name}. Photos can be JPEG, PNG or WebP.", name=name), hint)


def _too_large(most: int = MOST_PIXELS) -> UserError:
    """Return the refusal of a picture with more than `most` pixels, or more than memory holds."""
    millions = most // 1_000_000
    return UserError(
        Text("This photo has too many pixels; the limit is {millions} million.", millions=millions),
        _SMALLER,
    )


# --- A photo file reduced to what its pixels need, before any decoder sees it ---

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
    """Return a photo reduced to its pixels. Raises UserError if it is no photo, cut off or damaged."""
    read = {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp}[_kind_of(content)]
    try:
        return read(content)
    except (struct.error, IndexError) as error:
        raise UserError(*_CUT_OFF) from error


def _orientation(exif: bytes) -> int:
    """Return the orientation in an EXIF block, 1 if there is none or it makes no sense."""
    found = _orientation_in(exif)[2]
    return found if 1 <= found <= 8 else 1


def _orientation_in(exif: bytes) -> tuple[str, int, int]:
    """Return the byte order of an EXIF block, where its orientation stands (0 for nowhere), and which it is."""
    tiff = exif.removeprefix(b"Exif\0\0")
    order = "<" if tiff.startswith(b"II") else ">"
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for at in range(start + 2, start + 2 + 12 * count, 12):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, at)
            if (tag, kind) == (0x0112, 3):
                return order, at + 8 + len(exif) - len(tiff), value
    except struct.error:
        pass
    return order, 0, 1


def place_of(photo: BinaryIO) -> Point | None:
    """Return where a photo was taken, as the phone wrote into it; None where it says nothing that makes sense."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            gps = Image.open(photo, formats=("JPEG", "PNG", "WEBP")).getexif().get_ifd(ExifTags.IFD.GPSInfo)
        return parse_point(f"{_degrees(gps, 1, 'S')}, {_degrees(gps, 3, 'W')}")
    except Exception:  # noqa: BLE001 - decoders of hostile bytes raise anything
        return None


def _degrees(gps: Mapping[int, Any], side: int, negative: str) -> str:
    """Return the degrees that stand behind a tag for their side, such as "N"."""
    degrees, minutes, seconds = (float(part) for part in gps[side + 1])
    whole = degrees + minutes / 60 + seconds / 3600
    return f"{-whole if gps[side] == negative else whole:.6f}"


def _jpeg(content: bytes) -> Container:
    kept, exif = [b"\xff\xd8"], b""
    scans, components, in_one_pass = 0, 0, False
    for marker, start, end in _jpeg_segments(content):
        payload = content[start + 2 : start + 14]
        if marker == 0xE1 and payload.startswith(b"Exif\0\0") and not exif:
            exif = content[start + 2 : end]
        is_metadata = 0xE0 <= marker <= 0xEF or marker == 0xFE
        if not is_metadata or (marker in _JPEG_APPS and payload.startswith(_JPEG_APPS[marker])):
            kept += (bytes((0xFF, marker)), content[start:end])
        if marker in _SEQUENTIAL:
            components = content[start + 7]
        if marker == 0xDA:
            scans += 1
            in_one_pass = scans == 1 and content[start + 2] == components
        if scans > _MOST_SCANS:
            message = Text(
                "This JPEG is stored in more than {most_scans} passes and would take very long to open.",
                most_scans=_MOST_SCANS,
            )
            raise UserError(message, _SMALLER)
    return Container("JPEG", b"".join((*kept, b"\xff\xd9")), _orientation(exif), in_one_pass)


def _jpeg_segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield marker, start and end of each segment, up to the end of the first image.

    The start is that of the length field. A scan's segment includes the compressed data after its header.
    """
    at = 2
    for _ in range(_MOST_PARTS):
        found = _MARKER.search(content, at)
        if found is None:
            raise UserError(*_CUT_OFF)
        marker, at = found[1][0], found.end()
        if marker == 0xD9:
            return
        if marker in (0x01, 0xD8):
            continue
        start, at = at, at + max(2, *struct.unpack_from(">H", content, at))
        if marker == 0xDA:
            data_end = _MARKER.search(content, at)
            if data_end is None:
                raise UserError(*_CUT_OFF)
            at = data_end.start()
        yield marker, start, at
    raise UserError(*_DAMAGED)


def _png(content: bytes) -> Container:
    kept, orientation, at = [content[:8]], 1, 8
    for _ in range(_MOST_PARTS):
        length, kind = struct.unpack_from(">I4s", content, at)
        start, at = at, at + 12 + length
        if at > len(content):
            raise UserError(*_CUT_OFF)
        if kind == b"eXIf":
            orientation = _orientation(content[start + 8 : at - 4])
        if kind in _PNG_CHUNKS:
            kept.append(content[start:at])
        if kind == b"IEND":
            return Container("PNG", b"".join(kept), orientation)
    raise UserError(*_DAMAGED)


def _webp(content: bytes) -> Container:
    """Return the file without what follows its end; metadata stay, as the decoder does not look into them."""
    (size,) = struct.unpack_from("<I", content, 4)
    if size + 8 > len(content):
        raise UserError(*_CUT_OFF)
    orientation, at = 1, 12
    for _ in range(_MOST_PARTS):
        if at >= size + 8:
            return Container("WEBP", content[: size + 8], orientation)
        kind, length = struct.unpack_from("<4sI", content, at)
        if kind == b"EXIF":
            orientation = _orientation(content[at + 8 : at + 8 + length])
        at += 8 + length + length % 2
    raise UserError(*_DAMAGED)


# --- The file that a page shows of one picture: a JPEG, which every phone and every chat reads ---

MOST_SHOWN: Final = 480_000
LONGEST_SHOWN: Final = 1_200
"""Pixels in all, as many as 800 by 600 has, and along the longer side."""

MOST_KEPT: Final = 2_048
KEPT_QUALITY: Final = 88
"""Pixels along the longer side, and JPEG quality, of photos that come in from the field."""

SMALL: Final = 192, 144
"""Pixels of the picture beside a name in a list, which is half as wide on the screen."""
_SMALL_QUALITY: Final = 45

_HEAVIEST: Final = 40_000
"""Bytes, of the 60 KB that a page may take on a phone with a weak signal."""
_TRIES: Final = ((1, 66), (1, 54), (1, 44), (1, 36), (0.8, 36), (0.8, 26))
"""Share of each side, and JPEG quality: the first that keeps the budget is used; the last in any case."""


def shown_size(width: int, height: int) -> tuple[int, int]:
    """Return the size in which a picture is shown, never larger than it is."""
    scale = min(1, (MOST_SHOWN / (width * height)) ** 0.5, LONGEST_SHOWN / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _light(pixels: Image.Image) -> tuple[Image.Image, bytes]:
    """Return an RGB picture as it is shown, and as the JPEG that keeps the budget."""
    shown, content = pixels, b""
    for share, quality in _TRIES:
        shown = ImageOps.scale(pixels, share, Image.Resampling.LANCZOS)
        content = _encoded(shown, quality)
        if len(content) <= _HEAVIEST:
            break
    return shown, content


def _encoded(pixels: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    pixels.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


# --- Photos: a family's original becomes one small file that carries pixels and nothing else ---

_TURNS: Final[dict[int, Image.Transpose]] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def render_photo(content: bytes) -> RenderedPhoto:
    """Return a photo as it is shown.

    Raises UserError if the photo is not one, cut off, damaged, too small or too large.
    """
    with _judging():
        pixels, jpeg = _light(_pixels(read_container(content), shown_size))
        small = _encoded(ImageOps.fit(pixels, SMALL, Image.Resampling.LANCZOS), _SMALL_QUALITY)
    return RenderedPhoto(photo_key(content), *pixels.size, jpeg, small)


def picture_size(content: bytes) -> tuple[int, int]:
    """Return width and height of a photo as it is looked at, in pixels, without decoding it.

    Raises UserError as `render_photo` does, save for damage that only shows in the pixels.
    """
    with _judging():
        container = read_container(content)
        with _opened(container) as image:
            return _upright_size(image.size, container.orientation)


def kept_photo(content: bytes) -> bytes:
    """Return a photo as it is kept in a project: a JPEG, upright, with pixels and nothing else.

    One that is so already, but for its metadata, keeps its pixels bit by bit; anything else is made anew, at most
    2,048 px wide or high. Raises UserError as `render_photo` does.
    """
    with _judging():
        container = read_container(content)
        if container.kind == "JPEG" and container.orientation == 1:
            with _opened(container) as image:
                if max(image.size) <= MOST_KEPT:
                    image.load()  # what is damaged shows in the pixels
                    return container.content
        return _encoded(_pixels(container, _kept_size), KEPT_QUALITY)


_NEXT_QUARTER: Final = {1: 6, 6: 3, 3: 8, 8: 1, 2: 7, 7: 4, 4: 5, 5: 2}
_LONGEST_SEGMENT: Final = 65_533


def turned(content: bytes) -> bytes:
    """Return a photo turned clockwise by a quarter: a JPEG in its EXIF block alone, any other without loss.

    The pixels of a JPEG stay byte for byte. Raises UserError as `render_photo` does.
    """
    with _judging():
        container = read_container(content)
        with _opened(container) as image:
            if container.kind == "JPEG":
                return _with_orientation(content, _NEXT_QUARTER[container.orientation])
            turn, made = _TURNS.get(container.orientation), io.BytesIO()
            upright = image if turn is None else image.transpose(turn)
            upright.transpose(Image.Transpose.ROTATE_270).save(
                made, container.kind, lossless=True, icc_profile=image.info.get("icc_profile")
            )
            return made.getvalue()


def _with_orientation(content: bytes, orientation: int) -> bytes:
    """Return a JPEG that says how it must be turned; nothing else of it changes."""
    start, end = next(
        (
            (start, end)
            for marker, start, end in _jpeg_segments(content)
            if marker == 0xE1 and content[start + 2 : start + 8] == b"Exif\0\0"
        ),
        (4, 2),  # no segment, right behind the start of the image
    )
    order, at, _ = _orientation_in(content[start + 2 : end])
    if at:
        at += start + 2
        return content[:at] + struct.pack(f"{order}H", orientation) + content[at + 2 :]
    exif = Image.open(io.BytesIO(content), formats=("JPEG",)).getexif()
    exif[ExifTags.Base.Orientation] = orientation
    block = exif.tobytes()
    if len(block) > _LONGEST_SEGMENT:
        short = Image.Exif()
        short[ExifTags.Base.Orientation] = orientation
        block = short.tobytes()
    segment = b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block
    return content[:2] + segment + content[2 : start - 2] + content[end:]


def _kept_size(width: int, height: int) -> tuple[int, int]:
    share = min(1.0, MOST_KEPT / max(width, height))
    return max(1, round(width * share)), max(1, round(height * share))


@contextmanager
def _judging() -> Iterator[None]:
    """Turn whatever goes wrong with a photo, warnings included, into a refusal."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            yield
    except UserError:
        raise
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except Exception as error:  # decoders of hostile bytes raise anything
        raise UserError(*_DAMAGED) from error


def _opened(container: Container) -> Image.Image:
    """Return an opened picture; raise UserError for one too large to open safely or too small to show."""
    with warnings.catch_warnings():
        if container.in_one_pass:  # Pillow warns of what it would take without being made smaller on the way
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        image = Image.open(io.BytesIO(container.content), formats=(container.kind,))
    most = MOST_PIXELS_WEBP if container.kind == "WEBP" else MOST_PIXELS
    most = MOST_PIXELS_IN_ONE_PASS if container.in_one_pass else most
    width, height = image.size
    if width * height > most:
        raise _too_large(most)
    if min(width, height) < LEAST_SIDE:
        message = Text(
            "This photo is too small ({width}×{height} px): each side needs {least_side} px or more.",
            width=width, height=height, least_side=LEAST_SIDE,
        )  # fmt: skip
        raise UserError(message, Text("Use the original from the phone."))
    return image


def _upright_size(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    return size[::-1] if orientation >= 5 else size


def _pixels(container: Container, shrunk: Callable[[int, int], tuple[int, int]]) -> Image.Image:
    """Return a photo's bare pixels: RGB in sRGB, upright, of the size that `shrunk` makes of its own."""
    with _opened(container) as image:
        size = _upright_size(shrunk(*_upright_size(image.size, container.orientation)), container.orientation)
        image.draft(None, size)  # a JPEG is decoded at half, a quarter or an eighth, in less time
        profile = image.info.get("icc_profile")
        small = _direct(image).resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    flat = _flattened(small, profile)
    turn = _TURNS.get(container.orientation)
    return flat if turn is None else flat.transpose(turn)


def _direct(image: Image.Image) -> Image.Image:
    """Return a picture in a mode whose values can be averaged: L, LA, RGB, RGBA or CMYK, 8 bits each."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if "transparency" in image.info or image.mode == "PA":
        return image.convert("RGBA")
    return image if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK") else image.convert("RGB")


def _flattened(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a picture on white as a new one, which has no metadata to hand on."""
    ground = Image.new("RGB", image.size, "white")
    if image.mode in ("LA", "RGBA"):
        ground.paste(_in_srgb(image.convert(image.mode[:-1]), profile), mask=image.getchannel("A"))
    else:
        ground.paste(_in_srgb(image, profile))
    return ground


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a picture in sRGB; a profile that is unreadable or for other colours counts as none."""
    if not profile:
        return image.convert("RGB")
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image.convert("RGB")
    return image.convert("RGB") if turned is None else turned
