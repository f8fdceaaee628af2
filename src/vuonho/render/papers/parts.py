"""What papers are put together from: prose, headings, lines to write on, boxes to tick, and the page around them."""

from collections.abc import Callable, Sequence
from typing import Final

from vuonho.render.fonts import Weight
from vuonho.render.papers.flow import Draw, Piece, Placed, beside, over, padded
from vuonho.render.papers.lines import PT, Style, wrapped
from vuonho.render.plaques.ink import BLACK, WHITE, Ink
from vuonho.render.plaques.press import Press

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

    def draw(press: Press, left: float, top: float) -> None:
        for number, line in enumerate(lines):
            start = left if number else left + indent
            press.text(start, top + style.rise + number * style.leading, line, style.weight, style.size, ink)

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
    def draw(press: Press, left: float, top: float) -> None:
        if lead:
            press.text(left, top + style.rise, lead, bold.weight, bold.size)
        press.text(left + indent, top + style.rise, line, style.weight, style.size)

    return draw


def heading(words: str, above: float = 4.0) -> Piece:
    """Return a heading behind a short thick rule; it never ends a page."""
    said = text(words, HEADING, ROOM - 6)

    def bar(press: Press, left: float, top: float) -> None:
        press.rectangle(left, top + 0.9, 2.2, said.height - 1.6, BLACK)

    indented = padded(said, 5, 0)
    return over(bar, Piece(said.height + 0.8, indented.draw, above, holds=True))


def written(label: str, value: str, width: float) -> Piece:
    """Return a line to write on, or with what stands on it, and below it in small letters what it is."""
    lines = text(value, WRITTEN, width - 1)
    height = max(lines.height, LINE - LABEL.leading - 0.4)
    named = text(label, LABEL, width, SOFT)

    def draw(press: Press, left: float, top: float) -> None:
        lines.draw(press, left, top + height - lines.height)
        press.line(left, top + height + 0.3, left + width, top + height + 0.3, BLACK, 0.2)
        named.draw(press, left, top + height + 0.7)

    return Piece(height + 0.7 + named.height, draw)


def columns(widths: Sequence[float], make: Sequence[Callable[[float], Piece]], gap: float = 6.0) -> Piece:
    """Return pieces side by side, each made for its width."""
    lefts = [sum(widths[:at]) + gap * at for at in range(len(widths))]
    return beside((left, one(width)) for left, width, one in zip(lefts, widths, make, strict=True))


def box(press: Press, left: float, top: float, side: float = BOX) -> None:
    """Draw an empty box."""
    press.rectangle(left, top, side, side, BLACK, 0.8)
    press.rectangle(left + 0.45, top + 0.45, side - 0.9, side - 0.9, WHITE, 0.5)


def boxed_word(word: str, style: Style = STRONG) -> Piece:
    """Return an empty box with its word to the right."""

    def draw(press: Press, left: float, top: float) -> None:
        box(press, left, top)
        press.text(left + BOX + 1.8, top + BOX / 2 + 0.36 * style.size, word, style.weight, style.size)

    return Piece(BOX, draw)


def framed(piece: Piece, width: float, line: float = 0.5, above: float = 0.0) -> Piece:
    """Return a piece within a line with rounded corners."""

    def frame(press: Press, left: float, top: float) -> None:
        press.rectangle(left, top, width, piece.height, BLACK, 2.5)
        press.rectangle(left + line, top + line, width - 2 * line, piece.height - 2 * line, WHITE, 2.5 - line)

    framed_piece = over(frame, piece)
    return Piece(framed_piece.height, framed_piece.draw, above)


def tag(words: str, weight: Weight = "SemiBold") -> tuple[float, Piece]:
    """Return (width, piece) of a few words on a grey ground."""
    style = Style(8.5 * PT, weight)
    width, height = style.width(words) + 4, style.leading + 1

    def draw(press: Press, left: float, top: float) -> None:
        press.rectangle(left, top, width, height, TINT, height / 2)
        press.text(left + 2, top + 0.5 + style.rise, words, style.weight, style.size)

    return width, Piece(height, draw)


def rule(above: float = 1.6) -> Piece:
    """Return a thin line across the page."""
    return Piece(0.3, lambda press, left, top: press.line(left, top, left + ROOM, top, PALE, 0.2), above)


def draw_page(press: Press, placed: Sequence[Placed], footer: tuple[str, str]) -> None:
    """Draw one page: its pieces, and small at its foot two lines of words, left and right."""
    with press.page(WIDTH, HEIGHT):
        for one in placed:
            one.piece.draw(press, LEFT, TOP + one.top)
        low = HEIGHT - _FOOT_LINE
        left, right = footer
        press.text(LEFT, low, left, SMALL.weight, SMALL.size, SOFT)
        press.text(WIDTH - LEFT, low, right, SMALL.weight, SMALL.size, SOFT, "right")
