"""What papers are put together from: prose, headings, lines to write on, boxes to tick, tables, pages."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from vuonho.errors import Refused
from vuonho.i18n import Text
from vuonho.model.values import quoted
from vuonho.plaques.canvas import BLACK, WHITE, Ink, PdfCanvas, text_width
from vuonho.resources import Weight, font_letters

# --- Pieces of a page and how they flow: stacked, side by side, and onto the next page where one is full ---

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
    return Piece(height, lambda _press, _left, _top: None)


def stacked(pieces: Iterable[Piece], above: float = 0.0) -> Piece:
    """Return pieces one below the other as a single one that stays on one page."""
    placed: list[tuple[float, Piece]] = []
    top = 0.0
    for piece in pieces:
        top += piece.above if placed else 0.0
        placed.append((top, piece))
        top += piece.height
    return Piece(top, _each((0.0, down, piece) for down, piece in placed), above)


def beside(columns: Iterable[tuple[float, Piece]], above: float = 0.0, *, middle: bool = False) -> Piece:
    """Return pieces side by side, each so far from the left; at the top or in the middle of their height."""
    given = tuple(columns)
    height = max((piece.height for _, piece in given), default=0.0)
    down = [(height - piece.height) / 2 if middle else 0.0 for _, piece in given]
    return Piece(
        height, _each((left, low, piece) for low, (left, piece) in zip(down, given, strict=True)), above
    )


def padded(piece: Piece, across: float, down: float) -> Piece:
    """Return a piece with room on all sides."""
    return replace(
        piece,
        height=piece.height + 2 * down,
        draw=lambda pdf, left, top: piece.draw(pdf, left + across, top + down),
    )


def over(below: Draw, piece: Piece) -> Piece:
    """Return a piece with something drawn beneath it first."""

    def draw(pdf: PdfCanvas, left: float, top: float) -> None:
        below(pdf, left, top)
        piece.draw(pdf, left, top)

    return replace(piece, draw=draw)


def _each(places: Iterable[tuple[float, float, Piece]]) -> Draw:
    given = tuple(places)

    def draw(pdf: PdfCanvas, left: float, top: float) -> None:
        for across, down, piece in given:
            piece.draw(pdf, left + across, top + down)

    return draw


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and how far below the head of its page it stands."""

    top: float
    piece: Piece


Pages = tuple[tuple[Placed, ...], ...]
"""What stands on each page."""


def paged(pieces: Iterable[Piece], height: float, head: Piece | None = None) -> Pages:
    """Return pieces on pages of a height; each page but the first begins with the head.

    Pieces that hold on to each other go together, if they fit on one page at all. Raises Refused for one that
    is higher than a page.
    """
    pages: list[list[Placed]] = [[]]
    end, least = 0.0, head.height if head else 0.0
    for group in _groups(pieces, height - least):
        needed = _height(group, is_first=not pages[-1])
        if pages[-1] and end + needed > height:
            pages.append([Placed(0.0, head)] if head else [])
            end = least
        for piece in group:
            end += piece.above if pages[-1] else 0.0
            pages[-1].append(Placed(end, piece))
            end += piece.height
    return tuple(map(tuple, pages))


def fitted(pieces: Iterable[Piece], height: float, wanted: int) -> Pages:
    """Return pieces on no more pages than wanted, closer together if need be; at their usual distance if even so they are more."""
    given = tuple(pieces)
    found = (paged([replace(one, above=share * one.above) for one in given], height) for share in _CLOSER)
    return next((pages for pages in found if len(pages) <= wanted), None) or paged(given, height)


def alike(copies: Sequence[Sequence[Piece]], height: float, wanted: int) -> tuple[Pages, ...]:
    """Return each of several papers on its pages; where all have as many as wanted, their last pages hold the same pieces.

    Whoever lays two copies side by side finds the same questions on the same side.
    """
    found = tuple(fitted(pieces, height, wanted) for pieces in copies)
    if any(len(pages) != wanted for pages in found):
        return found
    last = max(len(pages[-1]) for pages in found)
    parts = [(pieces[:-last], pieces[-last:]) for pieces in copies]
    return tuple((*fitted(first, height, wanted - 1), *fitted(second, height, 1)) for first, second in parts)


_CLOSER: Final = (1.0, 0.8, 0.6, 0.45)
"""Of the usual distances between pieces, tried in this order."""


def _groups(pieces: Iterable[Piece], height: float) -> Iterator[Sequence[Piece]]:
    """Yield pieces that hold on to each other together, one by one where they are higher than a page."""
    group: list[Piece] = []
    for piece in pieces:
        if piece.height > height:
            raise _too_high()
        group.append(piece)
        if not piece.holds:
            yield from _together(group, height)
            group = []
    yield from _together(group, height)


def _together(group: Sequence[Piece], height: float) -> Iterator[Sequence[Piece]]:
    if sum(piece.height + piece.above for piece in group) <= height:
        yield from (group,) if group else ()
    else:
        yield from ((piece,) for piece in group)


def _height(group: Sequence[Piece], *, is_first: bool) -> float:
    return sum(piece.height + piece.above for piece in group) - (group[0].above if is_first else 0.0)


def _too_high() -> Refused:
    return Refused(
        Text("Có một câu trên giấy dài hơn cả một trang.", "Something on the paper is longer than a page."),
        Text("Viết ngắn lại trong templates/languages (mục consent hay inventory).",
             "Shorten it in templates/languages (under consent or inventory)."),
    )  # fmt: skip


# --- Text in lines of one size and one weight: wrapped at blanks, and within a word only where it fits on no line ---

PT: Final = 25.4 / 72
LEADING: Final = 1.32
"""From baseline to baseline, as a share of the size: Ễ below ộ stay apart."""
_RISE: Final = 1.02
"""From the top of a line's room to its baseline."""


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
        found += _wrapped(paragraph, style, width, 0.0 if found else indent)
    return tuple(found)


def _wrapped(text: str, style: Style, width: float, indent: float) -> Iterator[str]:
    line, room = "", width - indent
    for word in text.split():
        for number, part in enumerate(_parts(word, style, width)):
            longer = f"{line}{'' if number or not line else ' '}{part}"
            if (line or room < width) and style.width(longer) > room:
                yield line
                longer, room = part, width
            line = longer
    if line:
        yield line


def _parts(word: str, style: Style, width: float) -> Iterator[str]:
    """Yield a word whole; one that is wider than a line in pieces, an address after its dots and slashes."""
    if style.width(word) <= width:
        yield word
        return
    for piece in _PIECES.findall(word):
        while style.width(piece) > width:
            most = next(
                end for end in range(len(piece), 0, -1) if end == 1 or style.width(piece[:end]) <= width
            )
            yield piece[:most]
            piece = piece[most:]  # noqa: PLW2901 - what is left of it
        if piece:
            yield piece


_PIECES: Final = re.compile(r"[^/.-]+[/.-]*|[/.-]+")


def require_letters(text: str) -> str:
    """Return a text in NFC; raise Refused for a sign that the typeface does not have."""
    composed = unicodedata.normalize("NFC", text)
    letters = font_letters("Regular")
    strange = [sign for sign in composed if sign not in letters and not sign.isspace()]
    if strange:
        raise Refused(
            Text(f"Chữ in trên phiếu không có ký tự “{strange[0]}” trong {quoted(text)}.",
                 f"The paper's letters have no “{strange[0]}”, which stands in {quoted(text)}."),
            Text("Bỏ ký tự ấy rồi in lại.", "Take that sign out, then print again."),
        )  # fmt: skip
    return composed


# --- What papers are put together from: prose, headings, lines to write on, boxes to tick, and the page around them ---

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
WRITTEN: Final = Style(13 * PT, "SemiBold")
"""What stands on a line, as large as a hand writes."""

SOFT: Final = Ink(0, 0, 0, 0.62)
PALE: Final = Ink(0, 0, 0, 0.28)
TINT: Final = Ink(0, 0, 0, 0.07)
BOX: Final = 7.0
"""The side of a box to be ticked."""
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


def prose(words: str, style: Style, width: float, above: float = 0.0, lead: str = "") -> tuple[Piece, ...]:
    """Return a text line by line, its first words in bold: it may go over to the next page, but leaves no line alone."""
    bold = Style(style.size, "Bold")
    indent = bold.width(f"{lead} ") if lead else 0.0
    lines = wrapped(words, style, width, indent)
    last = len(lines) - 1
    return tuple(
        Piece(
            style.leading,
            _line(line, style, *((lead, bold, indent) if number == 0 else ("", bold, 0.0))),
            above if number == 0 else 0.0,
            holds=number < last and number in (0, last - 1),
        )
        for number, line in enumerate(lines)
    )


def _line(line: str, style: Style, lead: str, bold: Style, indent: float) -> Draw:
    def draw(pdf: PdfCanvas, left: float, top: float) -> None:
        if lead:
            pdf.text(left, top + style.rise, lead, bold.weight, bold.size)
        pdf.text(left + indent, top + style.rise, line, style.weight, style.size)

    return draw


def heading(words: str, above: float = 4.0) -> Piece:
    """Return a heading behind a short thick rule; it never ends a page."""
    said = text(words, HEADING, ROOM - 6)

    def bar(pdf: PdfCanvas, left: float, top: float) -> None:
        pdf.rectangle(left, top + 0.9, 2.2, said.height - 1.6, BLACK)

    indented = padded(said, 5, 0)
    return over(bar, Piece(said.height + 0.8, indented.draw, above, holds=True))


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


def columns(widths: Sequence[float], make: Sequence[Callable[[float], Piece]], gap: float = 6.0) -> Piece:
    """Return pieces side by side, each made for its width."""
    lefts = [sum(widths[:at]) + gap * at for at in range(len(widths))]
    return beside((left, one(width)) for left, width, one in zip(lefts, widths, make, strict=True))


def box(pdf: PdfCanvas, left: float, top: float, side: float = BOX) -> None:
    """Draw an empty box."""
    pdf.rectangle(left, top, side, side, BLACK, 0.8)
    pdf.rectangle(left + 0.45, top + 0.45, side - 0.9, side - 0.9, WHITE, 0.5)


def boxed_word(word: str, style: Style = STRONG) -> Piece:
    """Return an empty box with its word to the right."""

    def draw(pdf: PdfCanvas, left: float, top: float) -> None:
        box(pdf, left, top)
        pdf.text(left + BOX + 1.8, top + BOX / 2 + 0.36 * style.size, word, style.weight, style.size)

    return Piece(BOX, draw)


def framed(piece: Piece, width: float, line: float = 0.5, above: float = 0.0) -> Piece:
    """Return a piece within a line with rounded corners."""

    def frame(pdf: PdfCanvas, left: float, top: float) -> None:
        pdf.rectangle(left, top, width, piece.height, BLACK, 2.5)
        pdf.rectangle(left + line, top + line, width - 2 * line, piece.height - 2 * line, WHITE, 2.5 - line)

    framed_piece = over(frame, piece)
    return Piece(framed_piece.height, framed_piece.draw, above)


def tag(words: str, weight: Weight = "SemiBold") -> tuple[float, Piece]:
    """Return (width, piece) of a few words on a grey ground."""
    style = Style(8.5 * PT, weight)
    width, height = style.width(words) + 4, style.leading + 1

    def draw(pdf: PdfCanvas, left: float, top: float) -> None:
        pdf.rectangle(left, top, width, height, TINT, height / 2)
        pdf.text(left + 2, top + 0.5 + style.rise, words, style.weight, style.size)

    return width, Piece(height, draw)


def rule(above: float = 1.6) -> Piece:
    """Return a thin line across the page."""
    return Piece(0.3, lambda pdf, left, top: pdf.line(left, top, left + ROOM, top, PALE, 0.2), above)


def draw_page(pdf: PdfCanvas, placed: Sequence[Placed], footer: tuple[str, str]) -> None:
    """Draw one page: its pieces, and small at its foot two lines of words, left and right."""
    with pdf.page(WIDTH, HEIGHT):
        for one in placed:
            one.piece.draw(pdf, LEFT, TOP + one.top)
        low = HEIGHT - _FOOT_LINE
        left, right = footer
        pdf.text(LEFT, low, left, SMALL.weight, SMALL.size, SOFT)
        pdf.text(WIDTH - LEFT, low, right, SMALL.weight, SMALL.size, SOFT, "right")


# --- A table over several pages: a head that stands on each of them, and rows with a line below ---

CELL = Style(9.5 * PT)
HEAD = Style(9 * PT, "Bold")
STRONG_CELL = Style(9.5 * PT, "Bold")
_GAP = 3.0
_ABOVE_AND_BELOW = 0.9


@dataclass(frozen=True, slots=True)
class Column:
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
    """Return one row, each cell in as many lines as it needs."""
    made = [_cell(said, column, style) for said, column, style in zip(cells, among, styles, strict=True)]
    inside = padded(
        beside((column.left, cell) for column, cell in zip(among, made, strict=True)), 0, _ABOVE_AND_BELOW
    )

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


def facts(rows: Sequence[tuple[str, str]], wide: float) -> Iterator[Piece]:
    """Yield (label, text) one below the other, the labels in a column of so many mm."""
    style, bold = Style(10 * PT), Style(10 * PT, "Bold")
    for label, said in rows:
        yield beside([(0, text(label, bold, wide - _GAP)), (wide, text(said, style, ROOM - wide))], above=1.6)


def _cell(said: str, column: Column, style: Style) -> Piece:
    if column.side == "left":
        return text(said, style, column.width)

    def draw(pdf: PdfCanvas, left: float, top: float) -> None:
        pdf.text(left + column.width, top + style.rise, said, style.weight, style.size, align="right")

    return Piece(style.leading, draw)
