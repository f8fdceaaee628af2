"""A table over several pages: a head that stands on each of them, and rows with a line below."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from vuonho.render.papers.flow import Piece, beside, over, padded
from vuonho.render.papers.lines import PT, Style
from vuonho.render.papers.parts import PALE, ROOM, TINT, text
from vuonho.render.plaques.ink import BLACK, Ink
from vuonho.render.plaques.press import Press

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


def columns(*widths: float, right: Sequence[int] = ()) -> tuple[Column, ...]:
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

    def below(press: Press, left: float, top: float) -> None:
        press.line(left, top + inside.height, left + ROOM, top + inside.height, line, 0.15)

    return over(below, inside)


def head(cells: Sequence[str], among: Sequence[Column]) -> Piece:
    """Return the head of a table."""
    return row(cells, among, [HEAD] * len(cells), BLACK)


def band(words: str) -> Piece:
    """Return the name of a group of rows on a grey ground; it never ends a page."""
    inside = padded(text(words, STRONG_CELL, ROOM), 0, 0.7)

    def ground(press: Press, left: float, top: float) -> None:
        press.rectangle(left - 2, top, ROOM + 4, inside.height, TINT)

    return replace(over(ground, inside), holds=True)


def facts(rows: Sequence[tuple[str, str]], wide: float) -> Iterator[Piece]:
    """Yield (label, text) one below the other, the labels in a column of so many mm."""
    style, bold = Style(10 * PT), Style(10 * PT, "Bold")
    for label, said in rows:
        yield beside([(0, text(label, bold, wide - _GAP)), (wide, text(said, style, ROOM - wide))], above=1.6)


def _cell(said: str, column: Column, style: Style) -> Piece:
    if column.side == "left":
        return text(said, style, column.width)

    def draw(press: Press, left: float, top: float) -> None:
        press.text(left + column.width, top + style.rise, said, style.weight, style.size, align="right")

    return Piece(style.leading, draw)
