"""The letters of the press: Be Vietnam Pro as reportlab knows it, and how much room it takes."""

import struct
from functools import cache, lru_cache
from io import BytesIO
from math import cos, radians, sin
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from vuonho.render.fonts import Weight, font_bytes

CAPITAL: Final = 0.74
"""Height of capitals and digits as a share of the size."""
BELOW: Final = 0.22
"""How far p and / reach below the baseline, as a share of the size."""


@cache
def font_name(weight: Weight) -> str:
    """Return the name under which a weight is known from now on."""
    name = f"BeVietnamPro-{weight}"
    pdfmetrics.registerFont(TTFont(name, BytesIO(font_bytes(weight))))
    return name


def text_width(text: str, weight: Weight, size: float = 1.0) -> float:
    """Return the width of a line of NFC text in mm, at a size in mm."""
    return float(pdfmetrics.stringWidth(text, font_name(weight), size))


def slanted_size(text: str, width: float, height: float, turn: float) -> float:
    """Return the size at which heavy words, turned by so many degrees, stay within a room."""
    across, high, angle = text_width(text, "ExtraBold"), sum(reach(text, "ExtraBold")), radians(turn)
    return min(
        width / (across * cos(angle) + high * sin(angle)), height / (across * sin(angle) + high * cos(angle))
    )


@lru_cache(maxsize=4096)
def reach(line: str, weight: Weight) -> tuple[float, float]:
    """Return how far the letters of a line reach above and below its baseline, as shares of the size."""
    reaches = [_letter_reach(letter, weight) for letter in line]
    return max((above for above, _ in reaches), default=0.0), max(
        (below for _, below in reaches), default=0.0
    )


@cache
def _letter_reach(letter: str, weight: Weight) -> tuple[float, float]:
    """Return the reach of one letter out of the box around its outline (OpenType specification, glyf)."""
    face = pdfmetrics.getFont(font_name(weight)).face
    glyph = face.charToGlyph.get(ord(letter))
    if glyph is None or face.glyphPos[glyph] == face.glyphPos[glyph + 1]:
        return 0.0, 0.0
    low, high = struct.unpack_from(">4xh2xh", _outlines(weight), face.glyphPos[glyph])
    return high / face.unitsPerEm, max(0.0, -low / face.unitsPerEm)


@cache
def _outlines(weight: Weight) -> bytes:
    return bytes(pdfmetrics.getFont(font_name(weight)).face.get_table("glyf"))
