"""What papers are put together from: prose, headings, lines to write on, boxes to tick, tables, pages.

Not reportlab's platypus: it has no pieces that move closer to save a page, no two copies that turn over at the same
question, no text in lines of about one width, and nothing to write on or to tick.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from vuonho.errors import UserError
from vuonho.i18n import Text
from vuonho.model.values import quoted
from vuonho.plaques.canvas import BLACK, WHITE, Ink, PdfCanvas, text_width
from vuonho.resources import Weight, font_letters

# --- Pieces of a page: stacked, side by side, on a ground ---

Draw = Callable[[PdfCanvas, float, float], None]
"""Draws at (left, top)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something of a height; `above` is the room before it but at the head of a page.

    `holds` keeps it on the page of the piece that follows: a heading is never the last of a page.
    """

    height: float
    draw: Draw
    above: float = 0.0
    holds: bool = False


def space(height: float) -> Piece:
    """Return a piece of nothing."""
    return Piece(height, lambda _pdf, _left, _top: None)


def stacked(pieces: Iterable[Piece], above: float = 0.0) -> Piece:
    """Return pieces one below the other as a single one that stays on one page."""
    placed: list[tuple[float, float, Piece]] = []
    top = 0.0
    for piece in pieces:
        top += piece.above if placed else 0.0
        placed.append((0.0, top, piece))
        top += piece.height
    return _joined(top, placed, above)


def beside(columns: Iterable[tuple[float, Piece]], above: float = 0.0, *, middle: bool = False) -> Piece:
    """Return pieces side by side, each so far from the left; at the top or in the middle of their height."""
    given = list(columns)
    height = max((piece.height for _, piece in given), default=0.0)
    placed = [(left, (height - piece.height) / 2 if middle else 0.0, piece) for left, piece in given]
    return _joined(height, placed, above)


def _joined(height: float, placed: Sequence[tuple[float, float, Piece]], above: float) -> Piece:
    def draw(pdf: PdfCanvas, left: float, top: float) -> None:
        for across, down, piece in placed:
            piece.draw(pdf, left + across, top + down)

    return Piece(height, draw, above)


def padded(piece: Piece, across: float, down: float) -> Piece:
    """Return a piece with room on all sides."""
    return _joined(piece.height + 2 * down, [(across, down, piece)], piece.above)


def over(ground: Draw, piece: Piece) -> Piece:
    """Return a piece with something drawn beneath it first."""

    def draw(pdf: PdfCanvas, left: float, top: float) -> None:
        ground(pdf, left, top)
        piece.draw(pdf, left, top)

    return replace(piece, draw=draw)


# --- How pieces flow onto pages ---


class Placed(NamedTuple):
    """A piece and how far below the head of its page it stands."""

    top: float
    piece: Piece


Pages = list[list[Placed]]
"""What stands on each page."""

_CLOSER: Final = (1.0, 0.8, 0.6, 0.45)
"""Of the usual distances between pieces, tried in this order."""


def paged(pieces: Iterable[Piece], height: float, head: Piece | None = None) -> Pages:
    """Return pieces on pages of a height; each page but the first begins with the head.

    Pieces that hold on to each other go together, if they fit on one page at all. Raises UserError for one that
    is higher than a page.
    """
    pages: Pages = [[]]
    end, least = 0.0, head.height if head else 0.0
    for group in _groups(pieces, height - least):
        needed = sum(piece.height + piece.above for piece in group)
        if pages[-1] and end + needed > height:
            pages.append([Placed(0.0, head)] if head else [])
            end = least
        for piece in group:
            end += piece.above if pages[-1] else 0.0
            pages[-1].append(Placed(end, piece))
            end += piece.height
    return pages


def _groups(pieces: Iterable[Piece], height: float) -> Iterator[Sequence[Piece]]:
    """Yield pieces that hold on to each other together, one by one where they are higher than a page."""
    groups: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.height > height:
            raise UserError(
                Text("Something on the paper is longer than a page."),
                Text("Shorten it in templates/languages (under consent or inventory)."),
            )
        groups[-1].append(piece)
        if not piece.holds:
            groups.append([])
    for group in groups:
        if sum(piece.height + piece.above for piece in group) > height:
            yield from ([piece] for piece in group)
        elif group:
            yield group


def fitted(pieces: Sequence[Piece], height: float, wanted: int) -> Pages:
    """Return pieces on no more pages than wanted, closer together if need be; at their usual distance if even so they are more."""
    for share in _CLOSER:
        pages = paged([replace(one, above=share * one.above) for one in pieces], height)
        if len(pages) <= wanted:
            return pages
    return paged(pieces, height)


def alike(copies: Sequence[Sequence[Piece]], height: float, wanted: int) -> list[Pages]:
    """Return each of several papers on its pages; where all have as many as wanted, their last pages hold the same pieces.

    Whoever lays two copies side by side finds the same questions on the same side.
    """
    found = [fitted(pieces, height, wanted) for pieces in copies]
    if any(len(pages) != wanted for pages in found):
        return found
    last = max(len(pages[-1]) for pages in found)
    return [
        fitted(pieces[:-last], height, wanted - 1) + fitted(pieces[-last:], height, 1) for pieces in copies
    ]


# --- Text in lines of one size and one weight: wrapped at blanks, and within a word only where it fits on no line ---

PT: Final = 25.4 / 72
LEADING: Final = 1.32
"""From baseline to baseline, as a share of the size: Ễ below ộ stay apart."""
_RISE: Final = 1.02
"""From the top of a line's room to its baseline."""
_PIECES: Final = re.compile(r"[^/.-]+[/.-]*|[/.-]+")


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set."""

    size: float
    weight: Weight = "Regular"

    @property
    def leading(self) -> float:
        """Return the mm from one baseline to the next."""
        return self.size * LEADING

    @property
    def rise(self) -> float:
        """Return the mm from the top of a line to its baseline."""
        return self.size * _RISE

    def width(self, text: str) -> float:
        """Return the width of a line."""
        return text_width(text, self.weight, self.size)


@lru_cache(maxsize=2048)
def wrapped(text: str, style: Style, width: float, indent: float = 0.0) -> tuple[str, ...]:
    """Return a text in lines no wider than the width, the first one `indent` less; its own line breaks stay.

    The first line is "" where not even a word has room beside the indent.
    """
    found: list[str] = []
    for paragraph in text.splitlines():
        line, room = "", width - (0.0 if found else indent)
        for word in paragraph.split():
            for number, part in enumerate(_parts(word, style, width)):
                longer = f"{line}{'' if number or not line else ' '}{part}"
                if (line or room < width) and style.width(longer) > room:
                    found.append(line)
                    longer, room = part, width
                line = longer
        if line:
            found.append(line)
    return tuple(found)


def _parts(word: str, style: Style, width: float) -> Iterator[str]:
    """Yield a word whole; one that is wider than a line in pieces, an address after its dots and slashes."""
    if style.width(word) <= width:
        yield word
        return
    for piece in _PIECES.findall(word):
        rest = piece
        while style.width(rest) > width:
            most = next(
                end for end in range(len(rest), 0, -1) if end == 1 or style.width(rest[:end]) <= width
            )
            yield rest[:most]
            rest = rest[most:]
        if rest:
            yield rest


def require_letters(text: str) -> str:
    """Return a text in NFC; raise UserError for a sign that the typeface does not have."""
    composed = unicodedata.normalize("NFC", text)
    letters = font_letters("Regular")
    strange = [sign for sign in composed if sign not in letters and not sign.isspace()]
    if strange:
        raise UserError(
            Text(
                "The paper's letters have no “{strange}”, which stands in {text}.",
                strange=strange[0],
                text=quoted(text),
            ),
            Text("Take that sign out, then print again."),
        )
    return composed


# --- The page, its text, lines to write on, boxes to tick ---

WIDTH, HEIGHT = 210.0, 297.0
LEFT, TOP, FOOT = 15.0, 11.0, 15.0
"""Margins of the page, and where its footer's room begins from below: any office printer reaches them."""
_FOOT_LINE: Final = 11.2
ROOM: Final = WIDTH - 2 * LEFT
DOWN: Final = HEIGHT - TOP - FOOT

BODY: Final = Style(11 * PT)
STRONG: Final = Style(11 * PT, "SemiBold")
HEADING: Final = Style(13.5 * PT, "Bold")
ASKED: Final = Style(14 * PT, "SemiBold")
LABEL: Final = Style(9 * PT, "Medium")
SMALL: Final = Style(8.5 * PT)
_MARK: Final = Style(8.5 * PT, "SemiBold")
WRITTEN: Final = Style(13 * PT, "SemiBold")
"""What stands on a line, as large as a hand writes."""

SOFT: Final = Ink(0, 0, 0, 0.62)
PALE: Final = Ink(0, 0, 0, 0.28)
TINT: Final = Ink(0, 0, 0, 0.07)
BOX: Final = 7.0
"""The side of a box to be ticked."""
BOX_GAP: Final = 1.8
LINE: Final = 9.5
"""From one line to write on to the next."""


def text(
    words: str, style: Style, width: float, ink: Ink = BLACK, above: float = 0.0, indent: float = 0.0
) -> Piece:
    """Return a text in as many lines as it needs, to stay on one page; the first one begins `indent` later."""
    lines = wrapped(words, style, width, indent)

    def draw(pdf: PdfCanvas, left: float, top: float) -> None:
        for number, line in enumerate(lines):
            start = left if number else left + indent
            pdf.text(start, top + style.rise + number * style.leading, line, style.weight, style.size, ink)

    return Piece(len(lines) * style.leading, draw, above)


def balanced(words: str, style: Style, width: float) -> Piece:
    """Return a text in no more lines than it needs, but in lines of about one width."""
    least, most, lines = 0.0, width, len(wrapped(words, style, width))
    while most - least > 1:
        middle = (least + most) / 2
        fits = len(wrapped(words, style, middle)) <= lines
        least, most = (least, middle) if fits else (middle, most)
    return text(words, style, most)


def prose(words: str, above: float = 0.0, lead: str = "") -> Iterator[Piece]:
    """Yield a text line by line, its first words in bold: it may go over to the next page, but leaves no line alone."""
    bold = Style(BODY.size, "Bold")
    indent = bold.width(f"{lead} ") if lead else 0.0
    lines = wrapped(words, BODY, ROOM, indent)
    last = len(lines) - 1
    for number, line in enumerate(lines):
        piece = text(line, BODY, 2 * ROOM)
        if number == 0 and lead:
            piece = beside([(0.0, text(lead, bold, ROOM)), (indent, piece)])
        holds = number < last and number in (0, last - 1)
        yield Piece(BODY.leading, piece.draw, 0.0 if number else above, holds)


def heading(words: str) -> Piece:
    """Return a heading behind a short thick rule; it never ends a page."""
    said = text(words, HEADING, ROOM - 6)

    def bar(pdf: PdfCanvas, left: float, top: float) -> None:
        pdf.rectangle(left, top + 0.9, 2.2, said.height - 1.6, BLACK)

    return Piece(said.height + 0.8, over(bar, padded(said, 5, 0)).draw, above=4.0, holds=True)


def written(label: str, value: str, width: float) -> Piece:
    """Return a line to write on, or with what stands on it, and below it in small letters what it is."""
    lines = text(value, WRITTEN, width - 1)
    height = max(lines.height, LINE - LABEL.leading - 0.4)
    named = text(label, LABEL, width, SOFT)

    def draw(pdf: PdfCanvas, left: float, top: float) -> None:
        lines.draw(pdf, left, top + height - lines.height)
        pdf.line(left, top + height + 0.3, left + width, top + height + 0.3, BLACK, 0.2)
        named.draw(pdf, left, top + height + 0.7)

    return Piece(height + 0.7 + named.height, draw)


def boxed_word(word: str, style: Style = STRONG) -> Piece:
    """Return an empty box with its word to the right."""

    def draw(pdf: PdfCanvas, left: float, top: float) -> None:
        pdf.rectangle(left, top, BOX, BOX, BLACK, 0.8)
        pdf.rectangle(left + 0.45, top + 0.45, BOX - 0.9, BOX - 0.9, WHITE, 0.5)
        pdf.text(left + BOX + BOX_GAP, top + BOX / 2 + 0.36 * style.size, word, style.weight, style.size)

    return Piece(BOX, draw)


def framed(piece: Piece, width: float, line: float, above: float = 0.0) -> Piece:
    """Return a piece within a line with rounded corners."""

    def frame(pdf: PdfCanvas, left: float, top: float) -> None:
        pdf.rectangle(left, top, width, piece.height, BLACK, 2.5)
        pdf.rectangle(left + line, top + line, width - 2 * line, piece.height - 2 * line, WHITE, 2.5 - line)

    return replace(over(frame, piece), above=above)


def tag(words: str) -> tuple[float, Piece]:
    """Return (width, piece) of a few words on a grey ground."""
    width, height = _MARK.width(words) + 4, _MARK.leading + 1

    def draw(pdf: PdfCanvas, left: float, top: float) -> None:
        pdf.rectangle(left, top, width, height, TINT, height / 2)
        pdf.text(left + 2, top + 0.5 + _MARK.rise, words, _MARK.weight, _MARK.size)

    return width, Piece(height, draw)


def rule(above: float = 1.6) -> Piece:
    """Return a thin line across the page."""
    return Piece(0.3, lambda pdf, left, top: pdf.line(left, top, left + ROOM, top, PALE, 0.2), above)


def draw_page(pdf: PdfCanvas, placed: Sequence[Placed], left: str, right: str) -> None:
    """Draw one page: its pieces, and small at its foot words at the left and at the right."""
    with pdf.page(WIDTH, HEIGHT):
        for one in placed:
            one.piece.draw(pdf, LEFT, TOP + one.top)
        low = HEIGHT - _FOOT_LINE
        pdf.text(LEFT, low, left, SMALL.weight, SMALL.size, SOFT)
        pdf.text(WIDTH - LEFT, low, right, SMALL.weight, SMALL.size, SOFT, "right")


# --- A table over several pages: a head that stands on each of them, and rows with a line below ---

CELL: Final = Style(9.5 * PT)
HEAD: Final = Style(9 * PT, "Bold")
STRONG_CELL: Final = Style(9.5 * PT, "Bold")
_GAP: Final = 3.0
_ABOVE_AND_BELOW: Final = 0.9


class Column(NamedTuple):
    """A column: its left edge, its width, and on which side its text stands."""

    left: float
    width: float
    side: Literal["left", "right"] = "left"


def table_columns(*widths: float, right: Sequence[int] = ()) -> tuple[Column, ...]:
    """Return columns of these widths side by side, those at the positions of `right` set to the right."""
    lefts = [sum(widths[:at]) + _GAP * at for at in range(len(widths))]
    return tuple(
        Column(left, width, "right" if at in right else "left")
        for at, (left, width) in enumerate(zip(lefts, widths, strict=True))
    )


def row(cells: Sequence[str], among: Sequence[Column], styles: Sequence[Style], line: Ink = PALE) -> Piece:
    """Return one row, each cell in as many lines as it needs; what stands at the right is one line."""
    made = []
    for said, (left, width, side), style in zip(cells, among, styles, strict=True):
        start = left if side == "left" else left + width - style.width(said)
        made.append((start, text(said, style, width)))
    inside = padded(beside(made), 0, _ABOVE_AND_BELOW)

    def below(pdf: PdfCanvas, left: float, top: float) -> None:
        pdf.line(left, top + inside.height, left + ROOM, top + inside.height, line, 0.15)

    return over(below, inside)


def head(cells: Sequence[str], among: Sequence[Column]) -> Piece:
    """Return the head of a table."""
    return row(cells, among, [HEAD] * len(cells), BLACK)


def band(words: str) -> Piece:
    """Return the name of a group of rows on a grey ground; it never ends a page."""
    inside = padded(text(words, STRONG_CELL, ROOM), 0, 0.7)

    def ground(pdf: PdfCanvas, left: float, top: float) -> None:
        pdf.rectangle(left - 2, top, ROOM + 4, inside.height, TINT)

    return replace(over(ground, inside), holds=True)


def facts(rows: Iterable[tuple[str, str]], wide: float) -> Iterator[Piece]:
    """Yield (label, text) one below the other, the labels in a column of so many mm."""
    style, bold = Style(10 * PT), Style(10 * PT, "Bold")
    for label, said in rows:
        yield beside([(0, text(label, bold, wide - _GAP)), (wide, text(said, style, ROOM - wide))], above=1.6)
