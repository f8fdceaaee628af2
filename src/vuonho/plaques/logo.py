"""The commune's logo, and a family's photo: a PNG or JPEG becomes a picture in printing inks."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from PIL import Image, ImageChops, ImageMath, ImageOps, UnidentifiedImageError

from vuonho.errors import UserError
from vuonho.i18n import Text

MOST_BYTES: Final = 4_000_000
_MOST_PIXELS: Final = 3000
_ENOUGH_PIXELS: Final = 1200
"""Of a side: on 35 mm of a board these are finer than any press."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo: width by height in pixels, and the bytes of a CMYK picture."""

    width: int
    height: int
    picture: bytes


def parse_logo(content: bytes) -> Logo:
    """Return the logo in a file's content; raise UserError for what cannot be printed as it is."""
    if len(content) > MOST_BYTES:
        raise _unprintable(Text("the file is larger than 4 MB"))
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as opened:
            flat = _on_white(opened) if max(opened.size) <= _MOST_PIXELS else None
    except UnidentifiedImageError as error:
        raise _unprintable(Text("this is no PNG or JPEG")) from error
    except Image.DecompressionBombError:
        flat = None
    except (OSError, SyntaxError, ValueError) as error:
        raise _unprintable(Text("this picture cannot be opened")) from error
    if flat is None:
        raise _unprintable(Text("it is wider or higher than 3,000 pixels"))
    flat.thumbnail((_ENOUGH_PIXELS, _ENOUGH_PIXELS))
    out = io.BytesIO()
    _in_inks(flat).save(out, "TIFF")
    return Logo(flat.width, flat.height, out.getvalue())


def photo_in_inks(content: bytes, size: tuple[int, int]) -> bytes:
    """Return a photo as a project keeps it, cut to so many pixels, as the bytes of a CMYK picture."""
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as opened:
        cut = ImageOps.fit(opened.convert("RGB"), size, Image.Resampling.LANCZOS, centering=(0.5, 0.4))
    out = io.BytesIO()
    _in_inks(cut).save(out, "TIFF")
    return out.getvalue()


def _unprintable(why: Text) -> UserError:
    return UserError(
        Text("The logo cannot be printed: {why}.", why=why),
        Text("Save the logo as a PNG on white, about 1,000 pixels wide, and name that file at plaque.logo."),
    )


def _on_white(picture: Image.Image) -> Image.Image:
    """Return a picture of any kind as RGB, what is see-through being white."""
    if picture.mode.startswith("I"):  # grey of 16 bits, which `convert` would cut off at 255
        return picture.point(lambda shade: shade / 257 + 0.5, "F").convert("L").convert("RGB")
    if picture.mode == "CMYK":  # which `convert` does not turn into RGBA
        return picture.convert("RGB")
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
