"""The board's list: a row for each household, as large as the fewest pages allow.

The number of pages comes first, then the size of the letters: a village that fits on one sheet has one.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vuonho.domain.public import PublicGarden, PublicHousehold
from vuonho.render.fonts import Weight
from vuonho.render.plaques.boardcolumns import Column, Stack
from vuonho.render.plaques.boardmap import draw_plate, plate_width
from vuonho.render.plaques.boardtext import ABOVE, LEAST, Paragraph, paragraph
from vuonho.render.plaques.fitting import LEADING, Misfit, printable, too_long
from vuonho.render.plaques.press import CAPITAL, Press

_LEAST: Final = 4.4
_STEP: Final = 0.1
_MOST: Final = 8.0
_MOST_OF_FEW: Final = 17.0
_FILLING: Final = 56.0
"""Size of the names times their number that fills what the head leaves of a sheet without a map."""
_FEW: Final = 8
_COLUMNS: Final = range(1, 5)
_GUTTER: Final = 7.0
_WRAPPED: Final = 0.15
"""Share of the names that may take more lines than at the least size: a larger size is not worth more."""
_DETAIL: Final = 0.82
"""Size of what grows and of the address as a share of the name's."""
_DETAIL_WEIGHT: Final[Weight] = "Medium"
_PLATE: Final = 1.5
"""Height of a number's plate as a share of the name's size."""
_INDENT: Final = 0.55
_GAP: Final = 0.62
"""Least room between rows, as a share of the name's size."""
_LOOSEST: Final = 0.9
_LOOSEST_OF_FEW: Final = 2.0
"""How much more, at most, to let a column end where its page does."""
_GROWN: Final = 3
_JOINED: Final = 100
"""From so many households on, what grows and the address share their lines."""


@dataclass(frozen=True, slots=True)
class Row:
    """One household: `hollow` where it is not on a map, `letter` of its area where there are several."""

    number: str
    hollow: bool
    letter: str
    name: Paragraph
    details: tuple[Paragraph, ...]


def list_rows(households: Sequence[PublicHousehold], letters: Mapping[int, str]) -> tuple[Row, ...]:
    """Return the rows in the order given, numbered from 1.

    `letters` are the areas of the numbers on the maps, by number. Raises Misfit for a sign that the typeface lacks.
    """
    joined = len(households) >= _JOINED
    return tuple(
        Row(
            number=str(number),
            hollow=bool(letters) and number not in letters,
            letter=letters.get(number, ""),
            name=paragraph(one.name, "Bold"),
            details=tuple(paragraph(text, _DETAIL_WEIGHT) for text in _details(one, joined=joined)),
        )
        for number, one in enumerate(households, 1)
    )


def _details(household: PublicHousehold, *, joined: bool) -> Iterator[str]:
    address = printable(household.address, _DETAIL_WEIGHT) if household.address else ""
    told = [text for text in (_grown(household.garden), address) if text]
    if joined and told:
        yield " – ".join(told)
    else:
        yield from told


def _grown(garden: PublicGarden) -> str:
    """Return the first crops, or the first animals of a garden without any, as the family typed them."""
    return ", ".join(printable(one.name, _DETAIL_WEIGHT) for one in (garden.crops or garden.animals)[:_GROWN])


@dataclass(frozen=True, slots=True)
class Setting:
    """How rows are set: size of names, number and width of columns, width of the numbers' plates."""

    size: float
    columns: int
    column: float
    plate: float

    @property
    def detail(self) -> float:
        """Return the size of what stands below a name."""
        return max(_DETAIL * self.size, LEAST)

    @property
    def indent(self) -> float:
        """Return how far a name stands from the left of its column."""
        return self.plate + _INDENT * self.size

    @property
    def room(self) -> float:
        """Return the width for the text of a row."""
        return self.column - self.indent

    def lines(self, rows: Sequence[Row]) -> list[int]:
        """Return how many lines the name of each row takes."""
        return [len(one.name.words.cuts(self.room / self.size)) + 1 for one in rows]

    def height(self, row: Row) -> float:
        """Return the mm of a row; raise Misfit for a word wider than the column."""
        text = row.name.height(self.size, self.room)
        text += sum(one.height(self.detail, self.room) for one in row.details)
        plate = _PLATE * self.size + (LEADING * self.detail if row.letter else 0.0)
        return max(text, plate)


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows in their places: the columns of each page, those of the first () where it has no room."""

    rows: tuple[Row, ...]
    setting: Setting
    stack: Stack
    pages: tuple[tuple[Column, ...], ...]

    @property
    def large(self) -> bool:
        """Tell whether it all stands on the first page in the largest letters."""
        return len(self.pages) <= 1 and self.setting.size >= _MOST


def laid_out(rows: tuple[Row, ...], width: float, first: float, further: float) -> Listing:
    """Return rows in the fewest pages so many mm wide, as large as these allow.

    The first page has `first` mm of height, all others `further`. Raises Misfit for a word that does not fit.
    """
    trials = tuple(
        _Trial(rows, count, width, first, further) for count in _COLUMNS if count <= max(len(rows), 1)
    )
    least = [(trial, found) for trial in trials if (found := trial.at(_LEAST)) is not None]
    if not least:
        return trials[0].tried(_LEAST)
    pages = min(len(found.pages) for _, found in least)
    best = (trial.largest(found) for trial, found in least if len(found.pages) == pages)
    sense = -1 if len(rows) <= _FEW else 1
    return max(best, key=lambda one: (one.setting.size, sense * one.setting.columns))


@dataclass(frozen=True, slots=True)
class _Trial:
    """Rows in so many columns, tried at one size after another."""

    rows: tuple[Row, ...]
    columns: int
    width: float
    first: float
    further: float

    def largest(self, least: Listing) -> Listing:
        """Return the rows as large as they may be on so many pages as they take at the `least` size."""
        most = max(_MOST, min(_MOST_OF_FEW, _FILLING / max(len(self.rows), 1)))
        sizes = [_LEAST + step * _STEP for step in range(round((most - _LEAST) / _STEP) + 1)]
        beyond = bisect_left(sizes, True, key=lambda size: self._is_too_large(size, least))
        return self.tried(sizes[max(beyond - 1, 0)])

    def _is_too_large(self, size: float, least: Listing) -> bool:
        found = self.at(size)
        if found is None or len(found.pages) > len(least.pages):
            return True
        lines = zip(found.setting.lines(self.rows), least.setting.lines(self.rows), strict=True)
        return sum(now > before for now, before in lines) > _WRAPPED * len(self.rows)

    def at(self, size: float) -> Listing | None:
        """Return the rows at a size, or None where a word does not fit."""
        try:
            return self.tried(size)
        except Misfit:
            return None

    def tried(self, size: float) -> Listing:
        """Return the rows at a size; raise Misfit for one that does not fit."""
        plate = plate_width(str(len(self.rows)), _PLATE * size)
        column = (self.width - (self.columns - 1) * _GUTTER) / self.columns
        setting = Setting(size, self.columns, column, plate)
        heights = tuple(map(setting.height, self.rows))
        for row, height in zip(self.rows, heights, strict=True):
            if height > self.further:
                raise too_long(row.name.text)
        stack = Stack.of(heights, _GAP * size)
        return Listing(self.rows, setting, stack, tuple(stack.pages(self.columns, self.first, self.further)))


def draw_list(press: Press, made: Listing, page: int, left: float, top: float, room: float) -> None:
    """Draw what stands on one of its pages, from `top` down and at most so many mm high."""
    columns, stack = made.pages[page], made.stack
    spare = ((room - stack.height(column)) / max(len(column) - 1, 1) for column in columns)
    loosest = _LOOSEST_OF_FEW if len(made.rows) <= _FEW else _LOOSEST
    looser = min((*spare, loosest * made.setting.size))
    for number, column in enumerate(columns):
        x, y = left + number * (made.setting.column + _GUTTER), top
        for at in column:
            _draw_row(press, made.rows[at], made.setting, x, y)
            y += stack.height(range(at, at + 1)) + stack.gap + looser


def _draw_row(press: Press, row: Row, setting: Setting, left: float, top: float) -> None:
    height = _PLATE * setting.size
    middle = top + (ABOVE - CAPITAL / 2) * setting.size
    width = plate_width(row.number, height)
    aside = (setting.plate - width) / 2
    draw_plate(press, row.number, left + aside, middle - height / 2, width, height, hollow=row.hollow)
    if row.letter:
        baseline = middle + height / 2 + ABOVE * setting.detail
        press.text(left + setting.plate / 2, baseline, row.letter, "Bold", setting.detail, align="centre")
    y = _write(press, row.name, setting.size, left + setting.indent, top, setting.room)
    for one in row.details:
        y = _write(press, one, setting.detail, left + setting.indent, y, setting.room)


def _write(press: Press, text: Paragraph, wanted: float, left: float, top: float, width: float) -> float:
    size = text.size(wanted, width)
    for line in text.lines(size, width):
        press.text(left, top + ABOVE * size, line, text.weight, size)
        top += LEADING * size
    return top
