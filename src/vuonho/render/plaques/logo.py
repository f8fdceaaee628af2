"""The commune's logo: a PNG or a plain SVG becomes a picture in printing inks."""

import io
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from PIL import Image, ImageChops, ImageMath

from vuonho.render.plaques.logostyle import cannot_print
from vuonho.render.plaques.logovector import Drawing, parse_svg

MOST_BYTES: Final = 4_000_000
_MOST_PIXELS: Final = 3000
_ENOUGH_PIXELS: Final = 1200
"""Of a side: on 35 mm of a board these are finer than any press."""
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_SIZE: Final = struct.Struct(">II")
_SIZE_AT: Final = 16
"""Where a PNG says how large it is (ISO/IEC 15948, 11.2.2)."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo: width by height, in any unit; a vector drawing, or the bytes of a CMYK picture."""

    width: float
    height: float
    drawing: Drawing | None
    picture: bytes


def parse_logo(name: str, content: bytes) -> Logo:
    """Return the logo in a file's content; raise Refused for what cannot be printed as it is."""
    if len(content) > MOST_BYTES:
        raise cannot_print("tệp lớn quá 4 MB", "the file is larger than 4 MB")
    if name.lower().endswith(".svg"):
        drawing = parse_svg(content)
        return Logo(drawing.width, drawing.height, drawing, b"")
    return _png(content)


def _png(content: bytes) -> Logo:
    if not content.startswith(_PNG) or len(content) < _SIZE_AT + _SIZE.size:
        raise cannot_print("đây không phải là ảnh PNG", "this is no PNG")
    if max(_SIZE.unpack_from(content, _SIZE_AT)) > _MOST_PIXELS:
        raise cannot_print("ảnh rộng hoặc cao quá 3.000 điểm", "it is wider or higher than 3,000 pixels")
    try:
        with Image.open(io.BytesIO(content), formats=("PNG",)) as opened:
            flat = _on_white(opened)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise cannot_print("không mở được ảnh PNG này", "this PNG cannot be opened") from error
    flat.thumbnail((_ENOUGH_PIXELS, _ENOUGH_PIXELS))
    out = io.BytesIO()
    _in_inks(flat).save(out, "TIFF")
    return Logo(float(flat.width), float(flat.height), None, out.getvalue())


def _on_white(picture: Image.Image) -> Image.Image:
    """Return a picture of any kind as RGB, what is see-through being white."""
    if picture.mode.startswith("I"):  # grey of 16 bits, which `convert` would cut off at 255
        return picture.point(lambda shade: shade / 257 + 0.5, "F").convert("L").convert("RGB")
    colours = picture.convert("RGBA")
    flat = Image.new("RGBA", colours.size, "white")
    flat.alpha_composite(colours)
    return flat.convert("RGB")


def _in_inks(picture: Image.Image) -> Image.Image:
    """Return a picture in CMYK in which black replaces what the three inks have in common."""
    inks = [ImageChops.invert(channel) for channel in picture.split()]
    black = ImageChops.darker(ImageChops.darker(inks[0], inks[1]), inks[2])
    return Image.merge("CMYK", [*(ImageMath.lambda_eval(_rest, ink=ink, black=black) for ink in inks), black])


def _rest(of: Mapping[str, Any]) -> Image.Image:
    """Return what of an ink is left beside black, which dims it as it dims the paper."""
    left = (of["ink"] - of["black"]) * 255 / of["max"](255 - of["black"], 1)
    return cast("Image.Image", of["convert"](left, "L"))
