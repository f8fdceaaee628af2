"""The files that a page offers of one picture: WebP in up to four widths and one JPEG for old phones.

Nothing is wider than 800 px: dense screens pick the largest, and that is where the data volume goes.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from PIL import Image

PictureFormat = Literal["webp", "jpeg"]

WIDTHS: Final = (320, 480, 640, 800)
MOST_HEIGHT: Final = 1200
"""Pixels; an upright photo beyond this does not fit on a phone's screen anyway."""

MOST_KEPT: Final = 2_048
KEPT_QUALITY: Final = 88
"""Pixels along the longer side, and JPEG quality, of photos that come in from the field."""

_HERO_WIDTH: Final = 480
_HERO_BYTES: Final = 40_000
"""The picture at the top of a page is this wide on most phones, and has this budget of its 60 KB."""
_QUALITIES: Final = (72, 66, 60, 54, 48, 42)
"""The first that keeps the budget is used for every width; the last in any case."""
_SUFFIXES: Final[dict[PictureFormat, str]] = {"webp": "webp", "jpeg": "jpg"}


@dataclass(frozen=True, slots=True)
class PictureFile:
    """One file of a picture: its path below the site, size in pixels, format and bytes."""

    path: str
    width: int
    height: int
    format: PictureFormat
    content: bytes


def sizes(width: int, height: int) -> tuple[tuple[int, int], ...]:
    """Return the sizes made of an upright picture, the smallest first, never larger than it is.

    A picture narrower than the least width keeps its own; one higher than 1,200 px is narrowed to that.
    """
    limit = max(1, min(width, WIDTHS[-1], MOST_HEIGHT * width // height))
    widths = tuple(one for one in WIDTHS if one <= limit) or (limit,)
    return tuple((one, min(MOST_HEIGHT, max(1, round(one * height / width)))) for one in widths)


def largest_size(width: int, height: int) -> tuple[int, int]:
    """Return the size of the largest file made of an upright picture."""
    return sizes(width, height)[-1]


def kept_size(width: int, height: int) -> tuple[int, int]:
    """Return the size in which an upright picture is kept in a project: its own, or 2,048 px along its longer side."""
    share = min(1.0, MOST_KEPT / max(width, height))
    return max(1, round(width * share)), max(1, round(height * share))


def encode_jpeg(pixels: Image.Image, quality: int) -> bytes:
    """Return an RGB picture as a JPEG without any metadata."""
    return _encoded(pixels, "jpeg", quality)


def render_files(pixels: Image.Image, stem: str) -> tuple[PictureFile, ...]:
    """Return the files of an RGB picture: WebP from the narrowest to the widest, then the widest as JPEG."""
    steps = tuple(_cascade(pixels))[::-1]
    quality = _quality(steps)
    files = tuple(_file(step, stem, "webp", quality) for step in steps)
    return (*files, _file(steps[-1], stem, "jpeg", quality))


def _cascade(pixels: Image.Image) -> Iterator[Image.Image]:
    """Yield the sizes from the largest down, each made of the one before."""
    step = pixels
    for size in reversed(sizes(*pixels.size)):
        step = step if step.size == size else step.resize(size, Image.Resampling.LANCZOS)
        yield step


def _quality(steps: tuple[Image.Image, ...]) -> int:
    hero = next((step for step in reversed(steps) if step.width <= _HERO_WIDTH), steps[0])
    fitting = (one for one in _QUALITIES if len(_encoded(hero, "webp", one)) <= _HERO_BYTES)
    return next(fitting, _QUALITIES[-1])


def _file(step: Image.Image, stem: str, form: PictureFormat, quality: int) -> PictureFile:
    path = f"{stem}-{step.width}.{_SUFFIXES[form]}"
    return PictureFile(path, step.width, step.height, form, _encoded(step, form, quality))


def _encoded(step: Image.Image, form: PictureFormat, quality: int) -> bytes:
    out = io.BytesIO()
    if form == "webp":
        step.save(out, "WEBP", quality=quality, method=4)
    else:
        step.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
