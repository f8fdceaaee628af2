"""The picture that a shared link shows: a JPEG of 1200 by 630 pixels (Open Graph), made when the site is built.

    photo │ beds │ nothing ──▶ photo, garden or landscape ──draw_plate──▶ pixels ──▶ JPEG, 130 KB at most

It holds a name and where that is, the same in every language, and nothing else of a household.
"""

import hashlib
import io
import json
import unicodedata
import warnings
from dataclasses import dataclass
from functools import cache
from typing import Final

from PIL import Image

from vuonho.render.fonts import font_bytes
from vuonho.render.pages.beds import Bed
from vuonho.render.photos.check import damaged
from vuonho.render.photos.container import read_container
from vuonho.render.photos.encode import MOST_HEIGHT, WIDTHS
from vuonho.render.photos.garden import draw_garden
from vuonho.render.photos.landscape import landscape
from vuonho.render.photos.lettering import NAME, PLACE
from vuonho.render.photos.plate import draw_plate
from vuonho.render.photos.scenery import SIZE

_RECIPE: Final = b"vuonho card recipe 1\n"
"""Counted up when the same card should look otherwise, so that caches make it anew."""

_WANTED_BYTES: Final = 90_000
_QUALITIES: Final = (78, 72, 66, 60, 53, 46, 38, 30, 22, 14, 7)
"""The first that keeps the size is used; the last in any case."""
_LOOKED_AT: Final = 0.42
"""Where in a photo, from its top, one looks first: it comes to stand above the plate."""
_ABOVE_PLATE: Final = 245
_UNREADABLE: Final = (OSError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows: a name, the places below it, and the garden's beds.

    `beds` is drawn where there is no photo: () for a garden of which nothing is told, None for the landscape
    that stands for a village or the whole site.
    """

    title: str
    lines: tuple[str, ...] = ()
    beds: tuple[Bed, ...] | None = None


def card_key(card: Card, photo: str | None = None) -> str:
    """Return 64 hex digits that stand for a card and the way it is drawn.

    `photo` is the key of the photo that is going to be handed to `render_card`, if there is one.
    """
    told = [unicodedata.normalize("NFC", text) for text in (card.title, *card.lines)]
    beds = None if photo is not None or card.beds is None else [_drawn(bed) for bed in card.beds]
    return hashlib.sha256(_RECIPE + _letters() + json.dumps((told, photo, beds)).encode("ascii")).hexdigest()


def _drawn(bed: Bed) -> tuple[int, int, int, int, str]:
    return bed.x, bed.y, bed.width, bed.height, bed.family


@cache
def _letters() -> bytes:
    return hashlib.sha256(font_bytes(NAME) + font_bytes(PLACE)).digest()


def render_card(card: Card, photo: bytes | None = None) -> bytes:
    """Return a card as JPEG: RGB, 4:2:0, 1200 by 630, at most 130,000 bytes, pixels only.

    `photo` is the public JPEG of a household's photo (at most 800 by 1,200 px), never the original. Raises
    Refused if it is none or damaged.
    """
    canvas = _background(card, photo)
    draw_plate(canvas, card.title, card.lines)
    return _encoded(canvas)


def _background(card: Card, photo: bytes | None) -> Image.Image:
    if photo is not None:
        return _covering(photo)
    return landscape().copy() if card.beds is None else draw_garden(card.beds)


def _covering(photo: bytes) -> Image.Image:
    """Return a photo as large as a card, what sticks out cut off."""
    pixels = _pixels(photo)
    scale = max(SIZE[0] / pixels.width, SIZE[1] / pixels.height)
    width, height = SIZE[0] / scale, SIZE[1] / scale
    left = (pixels.width - width) / 2
    top = min(max(0.0, _LOOKED_AT * pixels.height - _ABOVE_PLATE / scale), pixels.height - height)
    box = (left, top, left + width, top + height)
    return pixels.resize(SIZE, Image.Resampling.BICUBIC, box)


def _pixels(photo: bytes) -> Image.Image:
    container = read_container(photo)
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(container.content), formats=("JPEG",)) as image:
            warnings.simplefilter("error")
            if image.width > WIDTHS[-1] or image.height > MOST_HEIGHT:
                raise damaged()
            return image.convert("RGB")
    except _UNREADABLE as error:
        raise damaged() from error


def _encoded(canvas: Image.Image) -> bytes:
    content = b""
    for quality in _QUALITIES:
        out = io.BytesIO()
        canvas.save(out, "JPEG", quality=quality, subsampling="4:2:0", optimize=True)
        content = out.getvalue()
        if len(content) <= _WANTED_BYTES:
            break
    return content
