"""Pages of a PDF, drawn in millimetres and printing inks."""

import struct
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from io import BytesIO
from math import cos, radians, sin
from typing import Final, Literal, NamedTuple

from reportlab import rl_config
from reportlab.lib.colors import CMYKColor
from reportlab.lib.rl_accel import fp_str
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from vuonho.plaques.placement import QrPlacement
from vuonho.qr.symbol import QUIET_ZONE, Symbol, outlines
from vuonho.resources import Weight, font_bytes

rl_config.useA85 = 0  # pages as bytes: written as text they are larger, and take a seventh of the time


class Ink(NamedTuple):
    """One colour of DeviceCMYK: shares of cyan, magenta, yellow and black, 0 to 1 each."""

    cyan: float
    magenta: float
    yellow: float
    black: float


BLACK: Final = Ink(0, 0, 0, 1)
WHITE: Final = Ink(0, 0, 0, 0)
GREY: Final = Ink(0, 0, 0, 0.45)
"""For what the printer needs and the reader does not: drill points, cut lines on white."""
DRAFT: Final = Ink(0, 0.22, 0.26, 0.06)
"""Of the words that mark a draft: seen at once, and too pale to disturb a reader of codes."""


class Palette(NamedTuple):
    """The colours that a project may choose: ground, edge along the top, and accent (village, badge)."""

    ground: Ink = Ink(0, 0.02, 0.09, 0.015)
    edge: Ink = Ink(0, 0.62, 0.82, 0.34)
    accent: Ink = Ink(0.66, 0, 0.55, 0.62)


# --- Letters: Be Vietnam Pro as reportlab knows it, and how much room it takes ---

CAPITAL: Final = 0.74
"""Height of capitals and digits as a share of the size."""


@cache
def font_name(weight: Weight) -> str:
    """Return the name under which a weight is known from now on."""
    name = f"BeVietnamPro-{weight}"
    pdfmetrics.registerFont(TTFont(name, BytesIO(font_bytes(weight))))
    return name


def text_width(text: str, weight: Weight, size: float = 1.0) -> float:
    """Return the width of a line of NFC text in mm, at a size in mm."""
    return 0.001 * size * _thousandths(text, weight)


@lru_cache(maxsize=4096)
def _thousandths(text: str, weight: Weight) -> float:
    return float(pdfmetrics.stringWidth(text, font_name(weight), 1000))


def slanted_size(text: str, width: float, height: float, turn: float) -> float:
    """Return the size at which ExtraBold words, turned by so many degrees, stay within a room."""
    across, high, angle = text_width(text, "ExtraBold"), sum(reach(text, "ExtraBold")), radians(turn)
    return min(
        width / (across * cos(angle) + high * sin(angle)), height / (across * sin(angle) + high * cos(angle))
    )


@lru_cache(maxsize=4096)
def reach(line: str, weight: Weight) -> tuple[float, float]:
    """Return how far the letters of a line reach above and below its baseline, as shares of the size."""
    reaches = [_letter_reach(letter, weight) for letter in line] or [(0.0, 0.0)]
    return max(above for above, _ in reaches), max(below for _, below in reaches)


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


# --- Pages ---

MM: Final = 72 / 25.4
"""Points in a millimetre."""
DOT: Final = 25.4 / 300
"""Millimetres of one dot of a 300 dpi printer; those of 600 and 1,200 dpi are parts of it."""
CIRCLE: Final = 0.5523
"""Where the handles of a Bézier curve lie for a quarter of a circle."""

Align = Literal["left", "centre", "right"]


class PdfCanvas:
    """A PDF under way: begin a page, draw on it, and at last take the bytes. `codes` and `pages` are those so far."""

    def __init__(self, title: str, subject: str, language: str) -> None:
        self._file = BytesIO()
        self._canvas = Canvas(
            self._file,
            invariant=1,
            pageCompression=1,
            enforceColorSpace="cmyk",
            lang=language,
            initialFontName=font_name("Regular"),
        )
        self._canvas.setTitle(unicodedata.normalize("NFC", title))
        self._canvas.setSubject(subject)
        self._canvas.setCreator("vuonho")
        self._canvas.setAuthor("")
        self._origin = (0.0, 0.0)
        self._height = 0.0
        self._pictures: dict[bytes, str] = {}
        self.codes: list[QrPlacement] = []
        self.pages = 0

    def finish(self) -> bytes:
        """Return the PDF."""
        self._canvas.save()
        return self._file.getvalue()

    @contextmanager
    def page(
        self,
        width: float,
        height: float,
        trim: tuple[float, float, float, float] | None = None,
        bleed: float = 0,
    ) -> Iterator[None]:
        """Draw one page of a size; `trim` is (left, top, width, height) on it, bleed lies around that."""
        self._canvas.setPageSize((width * MM, height * MM))
        self._height, self._origin = height, (0.0, 0.0)
        self.pages += 1
        left, top, across, down = trim or (0.0, 0.0, width, height)
        self._canvas.setTrimBox(self._box(left, top, across, down))
        self._canvas.setBleedBox(self._box(left - bleed, top - bleed, across + 2 * bleed, down + 2 * bleed))
        yield
        self._canvas.showPage()

    def _box(self, left: float, top: float, width: float, height: float) -> tuple[float, float, float, float]:
        low = self._height - top - height
        return (left * MM, low * MM, (left + width) * MM, (low + height) * MM)

    @contextmanager
    def moved(self, x: float, y: float) -> Iterator[None]:
        """Draw with another (0, 0)."""
        before = self._origin
        self._origin = (before[0] + x, before[1] + y)
        yield
        self._origin = before

    def _x(self, x: float) -> float:
        return (self._origin[0] + x) * MM

    def _y(self, y: float) -> float:
        return (self._height - self._origin[1] - y) * MM

    def rectangle(
        self, x: float, y: float, width: float, height: float, ink: Ink, corner: float = 0.0
    ) -> None:
        """Fill a rectangle, its corners rounded."""
        self.outline(_rounded(x, y, width, height, corner), ink)

    def disc(self, x: float, y: float, radius: float, ink: Ink) -> None:
        """Fill a circle around a middle."""
        self.rectangle(x - radius, y - radius, 2 * radius, 2 * radius, ink, radius)

    def outline(self, path: str, ink: Ink, x: float = 0.0, y: float = 0.0, scale: float = 1.0) -> None:
        """Fill a path in PDF's own words (m, l, c, h), its units `scale` mm, y downwards; holes stay holes."""
        step = scale * MM
        move = f"{step:.5f} 0 0 {-step:.5f} {self._x(x):.4f} {self._y(y):.4f} cm"
        self._canvas.addLiteral(f"q {move} {_numbers(*ink)} k {path} f* Q")

    def stroke(
        self, path: str, ink: Ink, x: float, y: float, scale: float, pen: float, dash: str = ""
    ) -> None:  # fmt: skip
        """Draw the line of a path as `outline` takes it, `pen` units wide, round at its ends and corners.

        `dash` are PDF's own words for other ends and for dashes.
        """
        step = scale * MM
        move = f"{step:.5f} 0 0 {-step:.5f} {self._x(x):.4f} {self._y(y):.4f} cm"
        self._canvas.addLiteral(f"q {move} {_numbers(*ink)} K {_number(pen)} w 1 J 1 j{dash} {path} S Q")

    def line(
        self, x: float, y: float, to_x: float, to_y: float, ink: Ink, width: float = 0.1, dash: float = 0.0
    ) -> None:
        """Draw a line, dashed if asked."""
        pen = _pen(ink, width) + (f" [{_points(dash * MM)}] 0 d" if dash else "")
        begin, end = _points(self._x(x), self._y(y)), _points(self._x(to_x), self._y(to_y))
        self._canvas.addLiteral(f"q {pen} {begin} m {end} l S Q")

    def polyline(
        self, spots: Sequence[Sequence[float]], ink: Ink, width: float, *, butt: bool = False
    ) -> None:
        """Draw a line through some places, its bends round, its ends too unless they are cut off."""
        begin, *others = (_points(self._x(x), self._y(y)) for x, y in spots)
        steps = " ".join(f"{one} l" for one in others)
        self._canvas.addLiteral(f"q {_pen(ink, width)} 1 j {0 if butt else 1} J {begin} m {steps} S Q")

    @contextmanager
    def within(
        self, x: float, y: float, width: float, height: float, corner: float = 0.0
    ) -> Iterator[None]:  # fmt: skip
        """Draw only what lies within a rectangle, its corners rounded."""
        room = _rounded(self._x(x), self._y(y + height), width * MM, height * MM, corner * MM)
        self._canvas.addLiteral(f"q {room} W n")
        yield
        self._canvas.addLiteral("Q")

    def ring(self, x: float, y: float, radius: float, ink: Ink, width: float = 0.1) -> None:
        """Draw a circle's line."""
        self._canvas.addLiteral(f"q {_pen(ink, width)}")
        self._canvas.circle(self._x(x), self._y(y), radius * MM, stroke=1, fill=0)
        self._canvas.addLiteral("Q")

    def text(
        self, x: float, baseline: float, text: str, weight: Weight, size: float, ink: Ink = BLACK,
        align: Align = "left",
    ) -> None:  # fmt: skip
        """Write a line of NFC text."""
        shift = {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * text_width(text, weight, size)
        self._write(self._x(x - shift), self._y(baseline), text, weight, size, ink)

    def slanted(self, x: float, y: float, text: str, size: float, turn: float) -> None:
        """Write ExtraBold words of a draft around a middle, turned counterclockwise by so many degrees."""
        self._canvas.saveState()
        self._canvas.translate(self._x(x), self._y(y))
        self._canvas.rotate(turn)
        (above, below), across = reach(text, "ExtraBold"), text_width(text, "ExtraBold", size)
        self._write(-across / 2 * MM, (below - above) / 2 * size * MM, text, "ExtraBold", size, DRAFT)
        self._canvas.restoreState()

    def turned(
        self, x: float, y: float, text: str, weight: Weight, size: float, ink: Ink, turn: float
    ) -> None:  # fmt: skip
        """Write a line around a middle, turned counterclockwise by so many degrees."""
        self._canvas.saveState()
        self._canvas.translate(self._x(x), self._y(y))
        self._canvas.rotate(turn)
        self._write(
            -text_width(text, weight, size) / 2 * MM, -CAPITAL / 2 * size * MM, text, weight, size, ink
        )
        self._canvas.restoreState()

    def _write(self, x: float, y: float, text: str, weight: Weight, size: float, ink: Ink) -> None:
        self._canvas.setFillColor(CMYKColor(*ink))
        self._canvas.setFont(font_name(weight), size * MM)
        self._canvas.drawString(x, y, text)

    def picture(self, content: bytes, x: float, y: float, width: float, height: float) -> None:
        """Place a CMYK picture, opaque; placed again, it is not stored again."""
        name = self._pictures.setdefault(content, f"picture{len(self._pictures)}")
        if not self._canvas.hasForm(name):
            self._canvas.beginForm(name, 0, 0, 1, 1)
            self._canvas.drawImage(ImageReader(BytesIO(content)), 0, 0, 1, 1)
            self._canvas.endForm()
        self._canvas.saveState()
        self._canvas.translate(self._x(x), self._y(y + height))
        self._canvas.scale(width * MM, height * MM)
        self._canvas.doForm(name)
        self._canvas.restoreState()

    def flowable(self, drawn: Flowable, x: float, bottom: float) -> None:
        """Draw one of reportlab's paragraphs or tables, which knows its size by now."""
        drawn.drawOn(self._canvas, self._x(x), self._y(bottom))

    def symbol(self, symbol: Symbol, x: float, y: float, room: float, payload: str, whose: str) -> float:
        """Draw a code in the middle of a square of so many mm and return its width, quiet zone included.

        White ground, then one path without stroke in black alone. Each module is a whole number of dots of a
        300 dpi printer, and lies on them.
        """
        modules = symbol.size + 2 * QUIET_ZONE
        step = int(room / modules / DOT + 1e-6) * DOT
        width = step * modules
        across, down = self._origin
        left = round((across + x + (room - width) / 2) / DOT) * DOT - across
        top = round((down + y + (room - width) / 2) / DOT) * DOT - down
        self.rectangle(left, top, width, width, WHITE)
        path = " ".join(polygon(*corners) for corners in outlines(symbol))
        edge = QUIET_ZONE * step
        self.outline(path, BLACK, left + edge, top + edge, step)
        self.codes.append(
            QrPlacement(self.pages - 1, across + left, down + top, width, modules, payload, whose)
        )
        return width


def polygon(*corners: Sequence[float]) -> str:
    """Return the outline of a polygon in PDF's own words."""
    first, *others = (_numbers(*corner) for corner in corners)
    return f"{first} m {' l '.join(others)} l h"


def _rounded(x: float, y: float, width: float, height: float, corner: float) -> str:
    """Return the outline of a rectangle with rounded corners."""
    right, low = x + width, y + height
    if not corner:
        return polygon((x, y), (right, y), (right, low), (x, low))
    left_in, right_in, top_in, low_in = x + corner, right - corner, y + corner, low - corner
    handle = corner * (1 - CIRCLE)
    return (
        f"{_numbers(left_in, y)} m {_numbers(right_in, y)} l "
        f"{_numbers(right - handle, y, right, y + handle, right, top_in)} c {_numbers(right, low_in)} l "
        f"{_numbers(right, low - handle, right - handle, low, right_in, low)} c {_numbers(left_in, low)} l "
        f"{_numbers(x + handle, low, x, low - handle, x, low_in)} c {_numbers(x, top_in)} l "
        f"{_numbers(x, y + handle, x + handle, y, left_in, y)} c h"
    )


def _pen(ink: Ink, width: float) -> str:
    return f"{_numbers(*ink)} K {_points(width * MM)} w"


def _numbers(*numbers: float) -> str:
    """Return numbers as PDF writes them: blanks between, and no exponents (ISO 32000-1, 7.3.3)."""
    return " ".join(map(_number, numbers))


_points = lru_cache(maxsize=4096)(fp_str)
"""Places and lengths in points, as reportlab writes them: most are the same on every page."""


@lru_cache(maxsize=4096)
def _number(number: float) -> str:
    return f"{number + 0.0:.4f}".rstrip("0").rstrip(".")  # -0.0 is the same key as 0.0
