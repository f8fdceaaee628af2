"""The sizes of plaques, labels, cards and boards, and how pieces lie on a sheet."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

A4: Final = (210.0, 297.0)


@dataclass(frozen=True, slots=True)
class Design:
    """A plaque's size in mm, and whether it is screwed on."""

    width: float
    height: float
    drilled: bool


GATE: Final = Design(200, 150, drilled=True)


@dataclass(frozen=True, slots=True)
class Layout:
    """Pieces of so many mm in columns and rows in the middle of a sheet; `gap` between columns, `row_gap` between rows; `cut` edge to edge."""

    sheet: tuple[float, float]
    piece: tuple[float, float]
    columns: int
    rows: int
    gap: float
    cut: bool
    row_gap: float = 0.0

    @property
    def places(self) -> int:
        """Return how many pieces a sheet holds."""
        return self.columns * self.rows

    @property
    def margins(self) -> tuple[float, float]:
        """Return the mm left and right, and above and below."""
        across = self.columns * self.piece[0] + (self.columns - 1) * self.gap
        down = self.rows * self.piece[1] + (self.rows - 1) * self.row_gap
        return (self.sheet[0] - across) / 2, (self.sheet[1] - down) / 2

    def corner(self, place: int) -> tuple[float, float]:
        """Return the top left of a place, counted row by row from 0."""
        row, column = divmod(place, self.columns)
        left, top = self.margins
        return left + column * (self.piece[0] + self.gap), top + row * (self.piece[1] + self.row_gap)


def butted(width: float, height: float) -> Layout:
    """Return the most pieces edge to edge on A4, upright or lying."""
    layouts = (
        Layout(sheet, (width, height), int(sheet[0] // width), int(sheet[1] // height), 0.0, cut=True)
        for sheet in (A4, A4[::-1])
    )
    return max(layouts, key=lambda one: one.places)


PLAQUES: Final = MappingProxyType({
    "200x150": GATE,
    "a5": Design(210, 148, drilled=True),
    "a6": Design(148, 105, drilled=False),
})  # fmt: skip
LABELS: Final = MappingProxyType({
    "99x139": Layout(A4, (99.1, 139.0), 2, 2, 2.5, cut=False),
    "99x67": Layout(A4, (99.1, 67.7), 2, 4, 2.5, cut=False),
    "99x38": Layout(A4, (99.1, 38.1), 2, 7, 2.5, cut=False),
    "63x38": Layout(A4, (63.5, 38.1), 3, 7, 2.54, cut=False),
    "85x54": Layout(A4, (85.0, 54.0), 2, 4, 0.0, cut=True),
})  # fmt: skip
"""Sheets of labels as they are sold, by the size of a label; the last are cards to be cut."""
BOARD: Final = "a3"
"""The size of the village's board."""
STICKERS: Final = Layout(A4, (60.0, 60.0), 3, 4, 5.0, cut=False, row_gap=5.0)
"""Round stickers of a keepsake."""
CHOICES: Final = "choices"
"""The sheet of A4 on which a family chooses an emblem: a size that is asked for in another way."""
KEEPSAKE: Final = "keepsake"
SIZES: Final = (*PLAQUES, *LABELS, BOARD)


def layout_of(size: str, *, sheet: bool) -> Layout | None:
    """Return how pieces of a size lie on A4: labels always do, plaques where it is asked for; None for one a page."""
    if size == CHOICES:
        return Layout(A4, A4, 1, 1, 0.0, cut=False)
    if size in LABELS:
        return LABELS[size]
    return butted(PLAQUES[size].width, PLAQUES[size].height) if sheet and size in PLAQUES else None
