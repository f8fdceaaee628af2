"""Photos: a family's original becomes small files that carry pixels and nothing else.

    content ─read_container─▶ Container ─decode, shrink─▶ sRGB, upright, on white ─render_files─▶ RenderedPhoto

The original's metadata (place, time, phone, preview) never get as far as the encoder: the last step before it
copies bare pixels onto a new white picture. A photo is hostile until proven otherwise, so whatever a decoder
raises or warns of becomes a refusal in words.
"""

import hashlib
import io
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageCms

from vuonho.errors import Refused
from vuonho.render.photos.check import check_size, damaged, too_large
from vuonho.render.photos.container import Container, read_container
from vuonho.render.photos.encode import (
    KEPT_QUALITY,
    MOST_KEPT,
    PictureFile,
    encode_jpeg,
    kept_size,
    largest_size,
    render_files,
)

_RECIPE: Final = b"vuonho photo recipe 1\n"
"""Counted up when the same photo should give other files, so that caches and browsers fetch them anew."""

_TURNS: Final[dict[int, Image.Transpose]] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class RenderedPhoto:
    """All files of one photo; `width` and `height` are those of the largest, in pixels."""

    key: str
    width: int
    height: int
    files: tuple[PictureFile, ...]


def photo_key(content: bytes) -> str:
    """Return 64 hex digits that stand for an original and the way it is processed."""
    return hashlib.sha256(_RECIPE + content).hexdigest()


def render_photo(content: bytes) -> RenderedPhoto:
    """Return the files of a photo: WebP by rising width, then one JPEG as wide as the widest.

    Their paths are `photos/<16 hex digits of the key>-<width>.webp` or `.jpg`. Raises Refused if the photo is
    not one, cut off, damaged, too small or too large.
    """
    key = photo_key(content)
    with _judging():
        files = render_files(_pixels(read_container(content), largest_size), f"photos/{key[:16]}")
    return RenderedPhoto(key, files[-1].width, files[-1].height, files)


def picture_size(content: bytes) -> tuple[int, int]:
    """Return width and height of a photo as it is looked at, in pixels, without decoding it.

    Raises Refused as `render_photo` does, save for damage that only shows in the pixels.
    """
    with _judging():
        container = read_container(content)
        with _opened(container) as image:
            return _upright_size(image.size, container.orientation)


def kept_photo(content: bytes) -> bytes:
    """Return a photo as it is kept in a project: a JPEG, upright, with pixels and nothing else.

    One that is so already, but for its metadata, keeps its pixels bit by bit; anything else is made anew, at most
    2,048 px wide or high. Raises Refused as `render_photo` does.
    """
    with _judging():
        container = read_container(content)
        if container.kind == "JPEG" and container.orientation == 1:
            with _opened(container) as image:
                if max(image.size) <= MOST_KEPT:
                    image.load()  # what is damaged shows in the pixels
                    return container.content
        return encode_jpeg(_pixels(container, kept_size), KEPT_QUALITY)


@contextmanager
def _judging() -> Iterator[None]:
    """Turn whatever goes wrong with a photo, warnings included, into a refusal."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            yield
    except Refused:
        raise
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_large() from error
    except Exception as error:  # decoders of hostile bytes raise anything
        raise damaged() from error


def _opened(container: Container) -> Image.Image:
    with warnings.catch_warnings():
        if container.in_one_pass:  # Pillow warns of what it would take without being made smaller on the way
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        image = Image.open(io.BytesIO(container.content), formats=(container.kind,))
    check_size(*image.size, container.kind, in_one_pass=container.in_one_pass)
    return image


def _upright_size(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    return size[::-1] if orientation >= 5 else size


def _pixels(container: Container, shrunk: Callable[[int, int], tuple[int, int]]) -> Image.Image:
    """Return a photo's bare pixels: RGB in sRGB, upright, of the size that `shrunk` makes of its own."""
    with _opened(container) as image:
        size = _upright_size(shrunk(*_upright_size(image.size, container.orientation)), container.orientation)
        image.draft(None, (2 * size[0], 2 * size[1]))
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
