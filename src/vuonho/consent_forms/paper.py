"""What papers are made of: reportlab's paragraphs and tables in the house's letters, boxes to tick, and A4 pages.

Lengths are millimetres, sizes of letters are points.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, Final, NamedTuple, TypeAlias

from reportlab.lib.colors import CMYKColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, Table

from vuonho.errors import Problem, UserError
from vuonho.i18n import Text
from vuonho.plaques.canvas import BLACK, MM, Ink, PdfCanvas, font_name, text_width
from vuonho.plaques.fit import Misfit, printable
from vuonho.resources import Weight

WIDTH, HEIGHT = 210.0, 297.0
LEFT, TOP, FOOT = 15.0, 11.0, 15.0
"""Margins of the page, and where its footer's room begins from below: any office printer reaches them."""
_FOOT_LINE: Final = 11.2
ROOM: Final = WIDTH - 2 * LEFT
DOWN: Final = HEIGHT - TOP - FOOT
SOFT: Final = Ink(0, 0, 0, 0.62)
PALE: Final = Ink(0, 0, 0, 0.28)
TINT: Final = Ink(0, 0, 0, 0.07)
_PT: Final = 1 / MM
_SMALL: Final = 8.5
_CLOSER: Final = (1.0, 0.8, 0.6, 0.45, 0.3)
"""Of the usual distances between pieces, tried in this order to save a page."""


def unprintable(texts: Iterable[tuple[str, str, str]]) -> list[Problem]:
    """Return a problem for each (file, field, text) that holds a character without a letter."""
    found = []
    for file, field, said in texts:
        try:
            printable(" ".join(said.split()))
        except Misfit as misfit:
            found.append(Problem(field, misfit.message, misfit.hint, file=file))
    return found


# --- Text, tables, boxes to tick ---

Cell: TypeAlias = str | Flowable | Sequence[Flowable]


def words(
    text: str, size: float = 11, weight: Weight = "Regular", ink: Ink = BLACK, **more: Any
) -> Paragraph:
    """Return a text in lines of its room; `more` is of reportlab's paragraph styles."""
    return marked(
        escape(unicodedata.normalize("NFC", text)).replace("\n", "<br/>"), size, weight, ink, **more
    )


def marked(
    xml: str, size: float = 11, weight: Weight = "Regular", ink: Ink = BLACK, **more: Any
) -> Paragraph:
    """Return a text that is marked up as reportlab wants it."""
    usual = {"fontName": font_name(weight), "leading": 1.32 * size, "textColor": CMYKColor(*ink)}
    style = ParagraphStyle(weight, fontSize=size, **(usual | more))
    return Paragraph(xml, style)


def table(
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    *styles: tuple[Any, ...],
    heights: Sequence[float | None] | None = None,
) -> Table:
    """Return cells side by side without any room around them but for `styles`, commands of reportlab's tables."""
    bare = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    tall = heights and [height and height * MM for height in heights]
    style = [*bare, ("VALIGN", (0, 0), (-1, -1), "TOP"), *styles]
    return Table(rows, [width * MM for width in widths], tall, style, hAlign="LEFT")


def below(cell: tuple[int, int], to: tuple[int, int] | None = None, ink: Ink = BLACK) -> tuple[Any, ...]:
    """Return the style of a thin line below cells: to write on, or between rows."""
    return "LINEBELOW", cell, to or cell, 0.2 * MM, CMYKColor(*ink)


def boxed(
    content: Cell, width: float, line: float, *, padding: tuple[float, float], corner: float = 2.5,
    ground: Ink | None = None, height: float | None = None,
) -> Table:  # fmt: skip
    """Return something within a line with rounded corners."""
    across, down = (length * MM for length in padding)
    everywhere = (0, 0), (-1, -1)
    styles = [
        ("BOX", *everywhere, line * MM, CMYKColor(*BLACK)),
        ("LEFTPADDING", *everywhere, across),
        ("RIGHTPADDING", *everywhere, across),
        ("TOPPADDING", *everywhere, down),
        ("BOTTOMPADDING", *everywhere, down),
        ("ROUNDEDCORNERS", [corner * MM] * 4),
    ]
    if ground:
        styles.append(("BACKGROUND", *everywhere, CMYKColor(*ground)))
    return table([[content]], [width], *styles, heights=[height])


class Tick(Flowable):  # type: ignore[misc]
    """An empty box with its word to the right."""

    SIDE = 7.0
    _GAP = 1.8

    def __init__(self, word: str, size: float = 11, weight: Weight = "SemiBold") -> None:
        super().__init__()
        self.word, self.size, self.weight = word, size, weight
        self.wide = self.SIDE + self._GAP + text_width(word, weight, size * _PT)

    def wrap(self, *_room: float) -> tuple[float, float]:
        """Return width and height in points, as reportlab asks for them."""
        return self.wide * MM, self.SIDE * MM

    def draw(self) -> None:
        """Draw the box, black around white, and write the word."""
        side, line = self.SIDE * MM, 0.45 * MM
        self.canv.setFillColor(CMYKColor(*BLACK))
        self.canv.setStrokeColor(CMYKColor(*BLACK))
        self.canv.setLineWidth(line)
        self.canv.roundRect(line / 2, line / 2, side - line, side - line, 0.65 * MM)
        self.canv.setFont(font_name(self.weight), self.size)
        self.canv.drawString((self.SIDE + self._GAP) * MM, side / 2 - 0.36 * self.size, self.word)


# --- Pages ---


class Piece(NamedTuple):
    """Something that stays on one page: its height, the room above it, and whether it stays with what follows."""

    drawn: Flowable
    height: float
    above: float
    holds: bool


def piece(drawn: Flowable, above: float = 0.0, *, holds: bool = False) -> Piece:
    """Return a piece as wide as the page."""
    return Piece(drawn, drawn.wrap(ROOM * MM, DOWN * MM)[1] / MM, above, holds)


def heading(text: str) -> Piece:
    """Return a heading behind a short thick bar; it never ends a page."""
    said = words(text, 13.5, "Bold", leading=14.5)
    styles = ("BACKGROUND", (0, 0), (0, 0), CMYKColor(*BLACK)), ("LEFTPADDING", (1, 0), (1, 0), 2.8 * MM)
    behind = table([["", said]], [2.2, ROOM - 2.2], *styles)
    return piece(table([[behind]], [ROOM], ("BOTTOMPADDING", (0, 0), (0, 0), 1.2 * MM)), 4.4, holds=True)


Pages = list[list[tuple[float, Piece]]]
"""What stands on each page, and how far below its top."""


def paged(pieces: Iterable[Piece], closer: float = 1.0, head: Piece | None = None) -> Pages:
    """Return pieces on pages; each page but the first begins with the head. Raises UserError for one beyond a page."""
    pages: Pages = [[]]
    end = 0.0
    group: list[Piece] = []
    for one in pieces:
        if one.height + (head.height if head else 0.0) > DOWN:
            raise UserError(
                Text("Something on the paper is longer than a page."),
                Text("Shorten it in templates/languages (under consent or inventory)."),
            )
        group.append(one)
        if one.holds:
            continue
        needed = sum(each.height + closer * each.above for each in group)
        for each in group:
            above = closer * each.above
            if pages[-1] and end + max(needed, above + each.height) > DOWN:
                pages.append([(0.0, head)] if head else [])
                end = head.height if head else 0.0
            end += above if pages[-1] else 0.0
            pages[-1].append((end, each))
            end += each.height
            needed = 0.0
        group = []
    return pages


def on_one_page(pieces: Sequence[Piece]) -> Pages:
    """Return pieces on one page, closer together if need be; on several at their usual distance if even so they are more."""
    tried = (paged(pieces, closer) for closer in _CLOSER)
    return next((pages for pages in tried if len(pages) == 1), paged(pieces))


def draw_page(pdf: PdfCanvas, page: Sequence[tuple[float, Piece]], left: str, right: str) -> None:
    """Draw one page: its pieces, and small at its foot words at the left and at the right."""
    with pdf.page(WIDTH, HEIGHT):
        for top, one in page:
            pdf.flowable(one.drawn, LEFT, TOP + top + one.height)
        low, size = HEIGHT - _FOOT_LINE, _SMALL * _PT
        pdf.text(LEFT, low, left, "Regular", size, SOFT)
        pdf.text(WIDTH - LEFT, low, right, "Regular", size, SOFT, "right")
