"""Several pieces on a sheet of A4: labels at the places of their die, cards edge to edge with lines to cut along."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeVar

from vuonho.render.plaques.ink import GREY
from vuonho.render.plaques.marks import draw_ruler, write_note
from vuonho.render.plaques.press import Press

Piece = TypeVar("Piece")

_SHORT, _LONG = A4 = (210.0, 297.0)
_HAIR: Final = 0.088
_TICKS: Final = 0.5
_LEAST_MARGIN: Final = 8.5


@dataclass(frozen=True, slots=True)
class Layout:
    """Pieces of so many mm in columns and rows in the middle of a sheet; `gap` between columns; `cut` edge to edge."""

    sheet: tuple[float, float]
    piece: tuple[float, float]
    columns: int
    rows: int
    gap: float
    cut: bool

    @property
    def places(self) -> int:
        """Return how many pieces a sheet holds."""
        return self.columns * self.rows

    @property
    def margins(self) -> tuple[float, float]:
        """Return the mm left and right, and above and below."""
        across = self.columns * self.piece[0] + (self.columns - 1) * self.gap
        return (self.sheet[0] - across) / 2, (self.sheet[1] - self.rows * self.piece[1]) / 2

    def corner(self, place: int) -> tuple[float, float]:
        """Return the top left of a place, counted row by row from 0."""
        row, column = divmod(place, self.columns)
        left, top = self.margins
        return left + column * (self.piece[0] + self.gap), top + row * self.piece[1]


LABELS: Final = {
    "99x139": Layout(A4, (99.1, 139.0), 2, 2, 2.5, cut=False),
    "99x67": Layout(A4, (99.1, 67.7), 2, 4, 2.5, cut=False),
    "99x38": Layout(A4, (99.1, 38.1), 2, 7, 2.5, cut=False),
    "63x38": Layout(A4, (63.5, 38.1), 3, 7, 2.54, cut=False),
    "85x54": Layout(A4, (85.0, 54.0), 2, 4, 0.0, cut=True),
}
"""Sheets of labels as they are sold, by the size of a label; the last are cards to be cut."""


def butted(width: float, height: float) -> Layout:
    """Return the most pieces edge to edge on A4, upright or lying."""
    layouts = (
        Layout(sheet, (width, height), int(sheet[0] // width), int(sheet[1] // height), 0.0, cut=True)
        for sheet in (A4, (_LONG, _SHORT))
    )
    return max(layouts, key=lambda one: one.places)


def draw_sheets(
    press: Press,
    layout: Layout,
    pieces: Sequence[Piece],
    start: int,
    draw: Callable[[Piece], None],
    ruler: str,
) -> None:
    """Draw pieces from place `start` (from 1) of the first sheet on, each by `draw` with its corner at (0, 0)."""
    places: Iterator[Piece | None] = iter((*(None for _ in range(start - 1)), *pieces))
    while sheet := tuple(islice(places, layout.places)):
        with press.page(*layout.sheet):
            for place, piece in enumerate(sheet):
                if piece is not None:
                    with press.moved(*layout.corner(place)):
                        draw(piece)
            if layout.cut:
                _cut_lines(press, layout)
            _ruler(press, layout, ruler)


def _cut_lines(press: Press, layout: Layout) -> None:
    """Draw the lines along which to cut, across the whole sheet."""
    left, top = layout.margins
    for column in range(layout.columns + 1):
        x = left + column * layout.piece[0]
        press.line(x, 0, x, layout.sheet[1], GREY, _HAIR, 1.0)
    for row in range(layout.rows + 1):
        y = top + row * layout.piece[1]
        press.line(0, y, layout.sheet[0], y, GREY, _HAIR, 1.0)


def _ruler(press: Press, layout: Layout, said: str) -> None:
    """Draw the ruler in the margin above; where there is none, as ticks on the cut in the middle of the sheet."""
    left, top = layout.margins
    if top >= _LEAST_MARGIN:
        draw_ruler(press, max(left, 8.0), top - 5.2, said, tick=0.9)
        return
    x, y = left + 4, top + layout.piece[1]
    if top + layout.piece[1] > layout.sheet[1] - 5:
        y = top
    for at in range(0, 101, 10):
        long = _TICKS * (2 if at % 50 == 0 else 1)
        press.line(x + at, y - long, x + at, y + long, GREY, _HAIR)
    write_note(press, x + 102, y - 0.8, said, layout.sheet[0] - x - 110, GREY, 1.9)
