"""The village board on A3: code, map and list of the gardens, for the culture house and the village gate."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final
from urllib.parse import urlsplit

from vuonho.errors import DataProblems, Problem
from vuonho.model.public import PublicGarden, PublicHousehold, PublicSite, PublicVillage
from vuonho.pages.language import Language
from vuonho.pages.map import numbered_maps
from vuonho.plaques.board_map import (
    LEFT,
    RIGHT,
    RUNNING_BOTTOM,
    Area,
    BoardWords,
    Examples,
    Head,
    Phrase,
    Plan,
    area_pages,
    draw_plate,
    draw_running_head,
    plate_width,
    village_address,
)
from vuonho.plaques.canvas import BLACK, CAPITAL, DRAFT, WHITE, Palette, Press, text_width
from vuonho.plaques.fit import (
    ABOVE,
    LEADING,
    LEAST,
    Misfit,
    Paragraph,
    Room,
    draw_block,
    fitted,
    paragraph,
    printable,
    running,
    too_long,
)
from vuonho.plaques.logo import Logo
from vuonho.plaques.sheets import BLEED, Printed, palette_of, trimmed_page
from vuonho.resources import Weight

# --- Rows of known heights in columns that run on from page to page: none is parted, and the last page is even ---

Column = range
"""Indices of the rows that stand in a column."""
_EXACT: Final = 0.05
"""Millimetres to which the columns of the last page are evened."""


@dataclass(frozen=True, slots=True)
class Stack:
    """Rows on top of each other: `ends` are where each would end, a `gap` below every one."""

    ends: tuple[float, ...]
    gap: float

    @classmethod
    def of(cls, heights: Sequence[float], gap: float) -> "Stack":
        """Return a stack of rows of such heights."""
        return cls(tuple(accumulate((height + gap for height in heights), initial=0.0)), gap)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.ends) - 1

    def height(self, column: Column) -> float:
        """Return the height of some rows, the gaps between them included."""
        return self.ends[column.stop] - self.ends[column.start] - self.gap if column else 0.0

    def columns(self, start: int, count: int, room: float) -> tuple[Column, ...]:
        """Return columns of the rows from `start` on, each as full as `room` allows."""
        made: list[Column] = []
        for _ in range(count):
            stop = bisect_right(self.ends, self.ends[start] + room + self.gap + 1e-6, lo=start) - 1
            made.append(range(start, stop))
            start = stop
        return tuple(made)

    def even(self, start: int, count: int, room: float) -> tuple[Column, ...]:
        """Return all rows from `start` on in columns as low as they can be; they must fit in `room`."""
        steps = range(int(room / _EXACT) + 1)
        lowest = bisect_left(steps, True, key=lambda step: self._holds(start, count, step * _EXACT))
        return self.columns(start, count, min(lowest * _EXACT, room))

    def _holds(self, start: int, count: int, room: float) -> bool:
        return self.columns(start, count, room)[-1].stop == len(self)

    def pages(self, count: int, first: float, further: float) -> Iterator[tuple[Column, ...]]:
        """Yield the columns of each page: `count` of `first` mm, then of `further` mm until no row is left.

        Those of the first page are () where it has no room for a row. Raises ValueError for a row that is higher
        than a page.
        """
        start, room = 0, max(first, 0.0)
        while start < len(self):
            made = self.columns(start, count, room)
            if made[-1].stop == len(self):
                made = self.even(start, count, room)
            elif made[-1].stop == start and room == further:
                raise ValueError(f"row {start} is higher than {further} mm")
            yield tuple(column for column in made if column)
            start, room = made[-1].stop, further


# --- The board's list: a row for each household, as large as the fewest pages allow ---

_LEAST: Final = 4.4
_STEP: Final = 0.1
_MOST: Final = 8.0
_MOST_OF_FEW: Final = 17.0
_FILLING: Final = 56.0
"""Size of the names times their number that fills what the head leaves of a sheet without a map."""
_BOARDLIST_FEW: Final = 8
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
    sense = -1 if len(rows) <= _BOARDLIST_FEW else 1
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
    loosest = _LOOSEST_OF_FEW if len(made.rows) <= _BOARDLIST_FEW else _LOOSEST
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


# --- The village board on A3: code, map and list of the gardens, for the culture house and the village gate ---

__all__ = ["BoardWords", "board_pages"]

WIDTH, HEIGHT = A3 = (297.0, 420.0)
_EDGE: Final = 7.0
_LOW: Final = 403.0
"""Where map and list end; below stand the foot and the number of the sheet."""
_FOOT: Final = 410.5
_AFTER: Final = 5.0
"""Room between head, plan and list."""
_TITLE: Final = 12.5
"""Height of the list's title."""
_SCALES: Final = (1.45, 1.3, 1.15, 1.0)
"""Of the head: larger where few households leave room for it."""
_FEW: Final = 60
_DRAFT_WIDTH: Final = 235.0


def board_pages(
    press: Press,
    village: PublicVillage,
    households: Sequence[PublicHousehold],
    site: PublicSite,
    words: BoardWords,
    palette: Palette,
) -> None:
    """Draw the board of a village, as many A3 pages as it takes, households numbered in the order given.

    Only those with an exact point stand on the map; without any there is no map. Raises Misfit for a text that
    cannot be printed or finds no room.
    """
    _Board(press, village, households, site, words, palette).draw()


class _Board:
    def __init__(
        self, press: Press, village: PublicVillage, households: Sequence[PublicHousehold], site: PublicSite,
        words: BoardWords, palette: Palette,
    ) -> None:  # fmt: skip
        self.press, self.village, self.site, self.words, self.palette = press, village, site, words, palette
        gardens = [(number, one.exact) for number, one in enumerate(households, 1) if one.exact]
        maps = numbered_maps(village.centre, gardens, ())
        letters = {mark.number: one.letter for one in maps for mark in one.marks}
        self.plan = Plan.of(maps[0], words, _examples(letters, len(households))) if maps else None
        self.areas = area_pages(maps[1:], words, RUNNING_BOTTOM, _LOW)
        rows = list_rows(households, letters)
        for scale in _SCALES[0 if len(rows) <= _FEW else -1 :]:
            self.head = Head.of(village, site, words, scale)
            room = _LOW - self._list_top
            self.list = laid_out(rows, RIGHT - LEFT, room, _LOW - RUNNING_BOTTOM)
            if self.list.large:
                break

    @property
    def _plan_top(self) -> float:
        return self.head.bottom + _AFTER

    @property
    def _list_top(self) -> float:
        """Return where the rows of the first sheet begin."""
        plan = self.plan.height + _AFTER if self.plan else 0.0
        return self._plan_top + plan + _TITLE

    def draw(self) -> None:
        """Draw all sheets."""
        listed = max(len(self.list.pages), 1)
        sheets = listed + len(self.areas)
        what = printable(f"{self.words.note} · {self.village.name}", "Regular")
        for sheet in range(sheets):
            with trimmed_page(self.press, WIDTH, HEIGHT, f"{what} · {sheet + 1}/{sheets}", self.words.ruler):
                self._ground()
                if sheet == 0:
                    self._first()
                elif sheet < listed:
                    self._further(sheet)
                else:
                    self._area_sheet(self.areas[sheet - listed])
                self._foot(sheet + 1, sheets)

    def _ground(self) -> None:
        self.press.rectangle(-BLEED, -BLEED, WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED, self.palette.ground)
        self.press.rectangle(-BLEED, -BLEED, WIDTH + 2 * BLEED, BLEED + _EDGE, self.palette.edge)

    def _draft(self) -> None:
        """Mark a draft: above cards, below all that is drawn on them."""
        draft = self.words.draft
        if draft:
            size = _DRAFT_WIDTH / text_width(draft, "ExtraBold")
            self.press.slanted(WIDTH / 2, 0.66 * HEIGHT, draft, size, DRAFT, 28)
            self.press.text(LEFT, 4.7, draft, "ExtraBold", 4.6, WHITE)

    def _first(self) -> None:
        if self.plan:
            self.plan.draw_card(self.press, self._plan_top)
        self._draft()
        self.head.draw(self.press, self.palette)
        if self.plan:
            self.plan.draw(self.press, self._plan_top, self.palette)
        if self.list.pages and self.list.pages[0]:
            self._title(self._list_top - _TITLE)
            self._rows(0, self._list_top)

    def _title(self, top: float) -> None:
        """Write what the list is."""
        first = fitted(self.words.list.first, "Bold", Room(150, 10.5, 8.0, 5, 1))
        draw_block(self.press, first, LEFT, top)
        if self.words.list.second:
            room = Room(RIGHT - LEFT - first.width - 5, 8, 5.6, 3.4, 1)
            second = fitted(self.words.list.second, "Medium", room)
            line = top + 0.97 * (first.size - second.size)
            draw_block(self.press, second, LEFT + first.width + 5, line, self.palette.accent)

    def _further(self, sheet: int) -> None:
        self._draft()
        draw_running_head(self.press, self.village, self.words, self.palette)
        self._rows(sheet, RUNNING_BOTTOM)

    def _rows(self, page: int, top: float) -> None:
        draw_list(self.press, self.list, page, LEFT, top, _LOW - top)

    def _area_sheet(self, areas: Sequence[Area]) -> None:
        for area in areas:
            area.draw_card(self.press)
        self._draft()
        draw_running_head(self.press, self.village, self.words, self.palette)
        for area in areas:
            area.draw(self.press, self.palette)

    def _foot(self, sheet: int, sheets: int) -> None:
        """Write whom to tell of damage, and of several sheets the number."""
        if self.words.foot:
            foot = running(self.words.foot, "Regular", 3.4, RIGHT - LEFT - 25, 1)
            self.press.text(LEFT, _FOOT, foot.lines[0], "Regular", foot.size)
        if sheets > 1:
            self.press.text(RIGHT, _FOOT, f"{sheet}/{sheets}", "Bold", 5.0, BLACK, "right")


def _examples(letters: Mapping[int, str], count: int) -> Examples:
    """Return the first number that is on a map, and the first that is on none."""
    return min(letters), next((number for number in range(1, count + 1) if number not in letters), None)


# --- An order of village boards: one board a village, and the PDF that comes of it ---

Gardens = tuple[PublicVillage, tuple[PublicHousehold, ...]]


@dataclass(frozen=True, slots=True)
class BoardOrder:
    """The villages that get a board, each with its households in the order of its list."""

    villages: tuple[Gardens, ...]
    site: PublicSite
    languages: tuple[Language, ...]
    batch: int
    draft: bool = False
    logo: Logo | None = None


def print_boards(order: BoardOrder, tick: Callable[[], None] = lambda: None) -> Printed:
    """Return the PDF of an order; raise DataProblems for every board with a text that cannot be printed.

    `tick` is called once a village.
    """
    first = order.languages[0]
    press = Press(order.site.title.to(first.tag)[0], order.site.base_url, first.tag)
    words, palette = board_words(order), palette_of(order.site)
    problems: list[Problem] = []
    for village, households in order.villages:
        try:
            board_pages(press, village, households, order.site, words, palette)
        except Misfit as misfit:
            problems.append(_problem(misfit, village, households, order))
        tick()
    if problems:
        raise DataProblems(problems)
    return Printed(press.finish(), press.stamps, press.pages)


def board_words(order: BoardOrder) -> BoardWords:
    """Return the words of an order's boards; raise VuonhoError where the wording lacks one."""
    first, *others = order.languages
    host = urlsplit(order.site.base_url).netloc

    def phrase(key: str, **values: str) -> Phrase:
        return Phrase(*(one.say(f"plaque.{key}", **values) for one in (first, *others[:1])))

    return BoardWords(
        heading=phrase("board_heading"),
        scan=phrase("board_scan"),
        how=first.say("plaque.how"),
        genuine=phrase("genuine", host=host),
        map=phrase("board_map"),
        numbers=phrase("board_numbers"),
        unseen=phrase("board_unseen"),
        areas=phrase("board_areas"),
        area=phrase("board_area"),
        centre=phrase("board_centre"),
        north=phrase("board_north"),
        list=phrase("board_list"),
        foot=f"{first.say('plaque.board_damaged')} {first.say('plaque.batch', batch=order.batch)}",
        note=first.say("plaque.board_note"),
        ruler=first.say("plaque.ruler"),
        draft=first.say("plaque.draft") if order.draft else "",
        logo=order.logo,
    )


def _problem(
    misfit: Misfit, village: PublicVillage, households: tuple[PublicHousehold, ...], order: BoardOrder
) -> Problem:
    """Return the problem in the file and field that a text stands in."""
    file, field = f"templates/languages/{order.languages[0].tag}.yaml", "plaque"
    if misfit.text == village.name:
        file, field = village.source, "name"
    elif misfit.text == village_address(order.site, village):
        file, field = "profiles/site.yaml", "base_url"
    for one in households:
        if misfit.text == one.name:
            file, field = one.source, "name"
        elif misfit.text == one.address:
            file, field = one.source, "location.address"
        elif misfit.text in {crop.name for crop in one.garden.crops}:
            file, field = one.source, "garden.crops"
        elif misfit.text in {animal.name for animal in one.garden.animals}:
            file, field = one.source, "garden.animals"
    return Problem(file, None, None, field, misfit.message, misfit.hint)
