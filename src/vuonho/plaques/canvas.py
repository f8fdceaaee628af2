"""Pages of a PDF, drawn in millimetres and printing inks. The home of reportlab."""

import struct
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from math import cos, radians, sin
from typing import Final, Literal, NamedTuple

from reportlab.lib.colors import CMYKColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from vuonho.plaques.logo import Drawing, box_path, figures, modules_path
from vuonho.qr.image import QUIET_ZONE, outlines
from vuonho.qr.symbol import Symbol
from vuonho.resources import Weight, font_bytes

# --- Printing inks: colours as shares of cyan, magenta, yellow and black, 0 to 1 each ---


class Ink(NamedTuple):
    """One colour of DeviceCMYK."""

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


_GROUND: Final = Ink(0, 0.02, 0.09, 0.015)
_CLAY: Final = Ink(0, 0.62, 0.82, 0.34)
_LEAF: Final = Ink(0.66, 0, 0.55, 0.62)


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours that a project may choose: ground, edge along the top, and accent (village, badge)."""

    ground: Ink = _GROUND
    edge: Ink = _CLAY
    accent: Ink = _LEAF


# --- The letters of the press: Be Vietnam Pro as reportlab knows it, and how much room it takes ---

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


# --- The printing press: pages of a PDF, drawn in millimetres. The home of reportlab ---

__all__ = ["CAPITAL", "DOT", "MM", "Press", "Stamp", "text_width"]

MM: Final = 72 / 25.4
"""Points in a millimetre."""
DOT: Final = 25.4 / 300
"""Millimetres of one dot of a 300 dpi printer; those of 600 and 1,200 dpi are parts of it."""

Align = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A code as it stands on a page (from 0): top left and width in mm of the page, quiet zone included.

    `modules` are those along one side, quiet zone included.
    """

    page: int
    left: float
    top: float
    width: float
    modules: int
    payload: str
    whose: str


class Press:
    """A PDF under way: begin a page, draw on it, and at last take the bytes."""

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
        self._page = -1
        self._stamps: list[Stamp] = []
        self._figures: list[object] = []

    @property
    def stamps(self) -> tuple[Stamp, ...]:
        """Return the codes drawn so far."""
        return tuple(self._stamps)

    @property
    def pages(self) -> int:
        """Return the number of pages drawn so far."""
        return self._page + 1

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
        self._page += 1
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

    # --- Shapes ------------------------------------------------------------------------------------------------

    def rectangle(
        self, x: float, y: float, width: float, height: float, ink: Ink, corner: float = 0.0
    ) -> None:
        """Fill a rectangle, its corners rounded."""
        self.outline(box_path(x, y, width, height, corner), ink)

    def disc(self, x: float, y: float, radius: float, ink: Ink) -> None:
        """Fill a circle around a middle."""
        self.rectangle(x - radius, y - radius, 2 * radius, 2 * radius, ink, radius)

    def outline(self, path: str, ink: Ink, x: float = 0.0, y: float = 0.0, scale: float = 1.0) -> None:
        """Fill a path in PDF's own words (m, l, c, h), its units `scale` mm, y downwards; holes stay holes."""
        step = scale * MM
        colour = figures(*ink)
        move = f"{step:.5f} 0 0 {-step:.5f} {self._x(x):.4f} {self._y(y):.4f} cm"
        self._canvas.addLiteral(f"q {move} {colour} k {path} f* Q")

    def line(
        self, x: float, y: float, to_x: float, to_y: float, ink: Ink, width: float = 0.1, dash: float = 0.0
    ) -> None:
        """Draw a line, dashed if asked."""
        with self._stroke(ink, width):
            if dash:
                self._canvas.setDash(dash * MM, dash * MM)
            self._canvas.line(self._x(x), self._y(y), self._x(to_x), self._y(to_y))

    def ring(self, x: float, y: float, radius: float, ink: Ink, width: float = 0.1) -> None:
        """Draw a circle's line."""
        with self._stroke(ink, width):
            self._canvas.circle(self._x(x), self._y(y), radius * MM, stroke=1, fill=0)

    @contextmanager
    def _stroke(self, ink: Ink, width: float) -> Iterator[None]:
        self._canvas.saveState()
        self._canvas.setStrokeColor(CMYKColor(*ink))
        self._canvas.setLineWidth(width * MM)
        yield
        self._canvas.restoreState()

    # --- Text and pictures -------------------------------------------------------------------------------------

    def text(
        self, x: float, baseline: float, text: str, weight: Weight, size: float, ink: Ink = BLACK,
        align: Align = "left",
    ) -> None:  # fmt: skip
        """Write a line of NFC text."""
        shift = {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * text_width(text, weight, size)
        self._write(self._x(x - shift), self._y(baseline), text, weight, size, ink)

    def slanted(self, x: float, y: float, text: str, size: float, ink: Ink, turn: float) -> None:
        """Write heavy words around a middle, turned counterclockwise by so many degrees."""
        self._canvas.saveState()
        self._canvas.translate(self._x(x), self._y(y))
        self._canvas.rotate(turn)
        (above, below), across = reach(text, "ExtraBold"), text_width(text, "ExtraBold", size)
        self._write(-across / 2 * MM, (below - above) / 2 * size * MM, text, "ExtraBold", size, ink)
        self._canvas.restoreState()

    def _write(self, x: float, y: float, text: str, weight: Weight, size: float, ink: Ink) -> None:
        self._canvas.setFillColor(CMYKColor(*ink))
        self._canvas.setFont(font_name(weight), size * MM)
        self._canvas.drawString(x, y, text)

    def picture(self, content: bytes, x: float, y: float, width: float, height: float) -> None:
        """Place a picture of any colours, opaque, as CMYK."""
        self._place(
            content, lambda: self._canvas.drawImage(ImageReader(BytesIO(content)), 0, 0, 1, 1), 1, 1,
            (x, y + height, width, height),
        )  # fmt: skip

    def drawing(self, drawing: Drawing, x: float, y: float, scale: float) -> None:
        """Place a vector drawing whose units are `scale` mm; what lies beyond its edges is cut off."""
        self._place(
            drawing, lambda: self._canvas.addLiteral(drawing.words), drawing.width, drawing.height,
            (x, y + drawing.height * scale, scale, scale),
        )  # fmt: skip

    def _place(
        self, what: object, draw: Callable[[], object], width: float, height: float,
        place: tuple[float, float, float, float],
    ) -> None:  # fmt: skip
        """Draw something of a size once in the file, and place it by its lower left corner with the mm of a unit."""
        known = next((number for number, one in enumerate(self._figures) if one is what), None)
        name = f"figure{len(self._figures) if known is None else known}"
        if known is None:
            self._figures.append(what)
            self._canvas.beginForm(name, 0, 0, width, height)
            draw()
            self._canvas.endForm()
        x, y, across, up = place
        self._canvas.saveState()
        self._canvas.translate(self._x(x), self._y(y))
        self._canvas.scale(across * MM, up * MM)
        self._canvas.doForm(name)
        self._canvas.restoreState()

    def symbol(self, symbol: Symbol, x: float, y: float, room: float, payload: str, whose: str) -> float:
        """Draw a code in the middle of a square of so many mm and return its width, quiet zone included.

        White ground, then one path without stroke in black alone. Each module is a whole number of dots of a
        300 dpi printer, and lies on them.
        """
        modules = symbol.size + 2 * QUIET_ZONE
        step = int(room / modules / DOT + 1e-6) * DOT
        width = step * modules
        left, top = self._on_dots(x + (room - width) / 2, y + (room - width) / 2)
        self.rectangle(left, top, width, width, WHITE)
        path = " ".join(modules_path(corners) for corners in outlines(symbol))
        edge = QUIET_ZONE * step
        self.outline(path, BLACK, left + edge, top + edge, step)
        where = self._origin[0] + left, self._origin[1] + top
        self._stamps.append(Stamp(self._page, *where, width, modules, payload, whose))
        return width

    def _on_dots(self, x: float, y: float) -> tuple[float, float]:
        """Return the place next to (x, y) whose distance from the page's top left is whole dots."""
        left, top = self._origin
        return round((left + x) / DOT) * DOT - left, round((top + y) / DOT) * DOT - top
