"""The village board on A3: code, map and list of the gardens, for the culture house and the village gate."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from vuonho.model.public import PublicHousehold, PublicSite, PublicVillage
from vuonho.model.values import Point
from vuonho.pages.language import small
from vuonho.pages.map import LEAST_STOPS, in_order, numbered_maps, walking_route
from vuonho.plaques.board_map import LEFT, RIGHT, Area, VillageMap, area_pages, draw_plate, plate_width
from vuonho.plaques.canvas import BLACK, CAPITAL, WHITE, Ink, Palette, PdfCanvas, text_width
from vuonho.plaques.emblems import draw_emblem, emblem_of
from vuonho.plaques.fit import (
    ABOVE,
    LEADING,
    LEAST,
    Block,
    Misfit,
    Paragraph,
    Room,
    Words,
    fitted,
    printable,
    running,
    too_long,
)
from vuonho.plaques.plaque import PlaqueWords, draw_roof, place_logo
from vuonho.plaques.sheets import BLEED, trimmed_page
from vuonho.qr.symbol import qr_symbol, village_payload

_SAID_TWICE: Final = (
    "board_scan", "genuine", "board_heading", "board_list", "board_map", "board_numbers", "board_unseen",
    "board_areas", "board_area", "board_here", "board_walk", "board_centre",
)  # fmt: skip
BOARD_KEYS: Final = (
    (*_SAID_TWICE, "how", "board_damaged", "batch", "board_note", "ruler", "draft"),
    _SAID_TWICE,
)
"""Entries under `plaque` in the wording: in the site's first language, and in its second one."""

# --- Rows of known heights in columns that run on from page to page: none is parted, and the last page is even ---

Column = range
"""Indices of the rows that stand in a column."""
_EXACT: Final = 0.05
"""Millimetres to which the columns of the last page are evened."""


class Stack:
    """Rows of such heights on top of each other, a `gap` below every one."""

    def __init__(self, heights: Sequence[float], gap: float) -> None:
        self._ends = tuple(accumulate((height + gap for height in heights), initial=0.0))
        self._count, self.gap = len(heights), gap

    def height(self, column: Column) -> float:
        """Return the height of some rows, the gaps between them included."""
        return self._ends[column.stop] - self._ends[column.start] - self.gap if column else 0.0

    def _columns(self, start: int, count: int, room: float) -> list[Column]:
        """Return columns of the rows from `start` on, each as full as `room` allows."""
        made: list[Column] = []
        for _ in range(count):
            stop = bisect_right(self._ends, self._ends[start] + room + self.gap + 1e-6, lo=start) - 1
            made.append(range(start, stop))
            start = stop
        return made

    def _even(self, start: int, count: int, room: float) -> list[Column]:
        """Return all rows from `start` on in columns as low as they can be; they must fit in `room`."""

        def holds(step: int) -> bool:
            return self._columns(start, count, step * _EXACT)[-1].stop == self._count

        lowest = bisect_left(range(int(room / _EXACT) + 1), True, key=holds)
        return self._columns(start, count, min(lowest * _EXACT, room))

    def pages(self, count: int, first: float, further: float) -> Iterator[tuple[Column, ...]]:
        """Yield the columns of each page: `count` of `first` mm, then of `further` mm until no row is left.

        Those of the first page are () where it has no room for a row. Raises ValueError for a row that is higher
        than a page.
        """
        start, room = 0, max(first, 0.0)
        while start < self._count:
            made = self._columns(start, count, room)
            if made[-1].stop == self._count:
                made = self._even(start, count, room)
            elif made[-1].stop == start and room == further:
                raise ValueError(f"row {start} is higher than {further} mm")
            yield tuple(column for column in made if column)
            start, room = made[-1].stop, further


# --- The list: a row for each household, as large as the fewest pages allow ---

_SIZES: Final = (4.4, 8.0)
"""Least and largest size of names."""
_STEP: Final = 0.1
_MOST_OF_FEW: Final = 17.0
_MOST_OF_MANY: Final = 5.4
_FILLING: Final = 56.0
"""Size of the names times their number that fills what the head leaves of a sheet without a map."""
_FEW: Final = 8
_COLUMNS: Final = range(1, 5)
_GUTTER: Final = 7.0
_WRAPPED: Final = 0.15
"""Share of the names that may take more lines than at the least size: a larger size is not worth more."""
_DETAIL: Final = 0.82
"""Size of what grows and of the address as a share of the name's."""
_PLATE: Final = 1.5
"""Height of a number's plate as a share of the name's size."""
_INDENT: Final = 0.55
_GAP: Final = 0.62
"""Least room between rows, as a share of the name's size."""
_LOOSEST: Final = 0.9
_LOOSEST_OF_FEW: Final = 2.0
"""How much more, at most, to let a column end where its page does."""
_GROWN: Final = 3
_SHORT: Final = 16
"""More households than these are named with one line of what grows: 30 of them stand on one sheet."""
_JOINED: Final = 100
"""From so many households on, what grows and the address share their lines."""


@dataclass(frozen=True, slots=True)
class Row:
    """One household: `hollow` where it is not on a map, `letter` of its area where there are several.

    `shorter` are what grows, and less and less of it, where it has one line.
    """

    number: str
    hollow: bool
    letter: str
    name: Paragraph
    details: tuple[Paragraph, ...]
    shorter: tuple[Paragraph, ...]

    def said(self, size: float, width: float) -> tuple[Paragraph, ...]:
        """Return what stands below the name: all of it, or of many households as much of what grows as fills a line."""
        if not self.shorter:
            return self.details
        return (next((one for one in self.shorter if one.count(size, width) == 1), self.shorter[-1]),)


def _rows(households: Sequence[PublicHousehold], letters: Mapping[int, str]) -> list[Row]:
    """Return the rows in the order given, numbered from 1; raise Misfit for a sign that the typeface lacks.

    `letters` are the areas of the numbers on the maps, by number.
    """
    rows = []
    for number, one in enumerate(households, 1):
        # the first crops, or the first animals of a garden without any, as the family typed them
        grown = (one.garden.crops or one.garden.animals)[:_GROWN]
        typed = [printable(grows.name) for grows in grown]
        names = [*typed[:1], *map(small, typed[1:])]
        details = [text for text in (", ".join(names), printable(one.address or "")) if text]
        if len(households) >= _JOINED and details:
            details = [" – ".join(details)]
        elif len(households) > _SHORT:
            details = details[:1] if names else []
        rows.append(
            Row(
                number=str(number),
                hollow=bool(letters) and number not in letters,
                letter=letters.get(number, ""),
                name=Paragraph(one.name, "Bold"),
                details=tuple(Paragraph(text, "Medium") for text in details),
                shorter=tuple(
                    Paragraph(", ".join(names[:count]), "Medium")
                    for count in range(len(names), 0, -1)
                    if _SHORT < len(households) < _JOINED
                ),
            )
        )
    return rows


class Listing:
    """Rows set with names of a size, in so many columns on pages of `width` mm: `first` mm high, then `further`.

    `pages` are the columns of each page, those of the first () where it has no room. Raises Misfit for a word that
    does not fit.
    """

    def __init__(
        self, rows: Sequence[Row], columns: int, size: float, width: float, first: float, further: float
    ) -> None:
        self.rows, self.columns, self.size = rows, columns, size
        self.detail = max(_DETAIL * size, LEAST)
        self.plate = plate_width(str(len(rows)), _PLATE * size)
        self.column = (width - (columns - 1) * _GUTTER) / columns
        self.indent = self.plate + _INDENT * size
        self.room = self.column - self.indent
        heights = [self._height(row) for row in rows]
        for row, height in zip(rows, heights, strict=True):
            if height > further:
                raise too_long(row.name.text)
        self.stack = Stack(heights, _GAP * size)
        self.pages = tuple(self.stack.pages(columns, first, further))

    def _height(self, row: Row) -> float:
        text = row.name.height(self.size, self.room)
        said = row.said(self.detail, self.room)
        text += sum(one.height(self.detail, self.room) for one in said)
        return max(text, _PLATE * self.size + (LEADING * self.detail if row.letter else 0.0))

    @property
    def is_large(self) -> bool:
        """Tell whether it all stands on the first page in the largest letters."""
        return len(self.pages) <= 1 and self.size >= _SIZES[1]

    def wraps_more(self, least: "Listing") -> bool:
        """Tell whether far more names take more lines than they must."""
        more = sum(
            one.name.count(self.size, self.room) > one.name.count(least.size, least.room) for one in self.rows
        )
        return more > _WRAPPED * len(self.rows)

    def draw(self, pdf: PdfCanvas, page: int, left: float, top: float, room: float) -> None:
        """Draw what stands on one of its pages, from `top` down and at most so many mm high."""
        columns, stack = self.pages[page], self.stack
        spare = ((room - stack.height(column)) / max(len(column) - 1, 1) for column in columns)
        loosest = _LOOSEST_OF_FEW if len(self.rows) <= _FEW else _LOOSEST
        looser = min((*spare, loosest * self.size))
        for number, column in enumerate(columns):
            x, y = left + number * (self.column + _GUTTER), top
            for at in column:
                self._draw_row(pdf, self.rows[at], x, y)
                y += stack.height(range(at, at + 1)) + stack.gap + looser

    def _draw_row(self, pdf: PdfCanvas, row: Row, left: float, top: float) -> None:
        height = _PLATE * self.size
        middle = top + (ABOVE - CAPITAL / 2) * self.size
        width = plate_width(row.number, height)
        aside = (self.plate - width) / 2
        draw_plate(pdf, row.number, left + aside, middle - height / 2, width, height, hollow=row.hollow)
        if row.letter:
            baseline = middle + height / 2 + ABOVE * self.detail
            pdf.text(left + self.plate / 2, baseline, row.letter, "Bold", self.detail, align="centre")
        top = row.name.draw(pdf, self.size, left + self.indent, top, self.room)
        for one in row.said(self.detail, self.room):
            top = one.draw(pdf, self.detail, left + self.indent, top, self.room)


def _listing(rows: Sequence[Row], width: float, first: float, further: float) -> Listing:
    """Return rows in the fewest pages so many mm wide, as large as these allow.

    The first page has `first` mm of height, all others `further`. Raises Misfit for a word that does not fit.
    """

    def at(columns: int, size: float) -> Listing | None:
        try:
            return Listing(rows, columns, size, width, first, further)
        except Misfit:
            return None

    def largest(least: Listing) -> Listing:
        """Return the rows as large as they may be on so many pages as they take at the least size."""

        def is_too_large(size: float) -> bool:
            found = at(least.columns, size)
            return found is None or len(found.pages) > len(least.pages) or found.wraps_more(least)

        most = max(_SIZES[1], min(_MOST_OF_FEW, _FILLING / max(len(rows), 1)))
        if len(least.pages) > 1:  # so that the first page is not left to a few
            most = _MOST_OF_MANY
        sizes = [_SIZES[0] + step * _STEP for step in range(round((most - _SIZES[0]) / _STEP) + 1)]
        beyond = bisect_left(sizes, True, key=is_too_large)
        return at(least.columns, sizes[max(beyond - 1, 0)]) or least

    counts = [count for count in _COLUMNS if count <= max(len(rows), 1)]
    least = [found for count in counts if (found := at(count, _SIZES[0])) is not None]
    if not least:
        return Listing(rows, 1, _SIZES[0], width, first, further)
    pages = min(len(found.pages) for found in least)
    sense = -1 if len(rows) <= _FEW else 1
    fewest = [found for found in least if len(found.pages) == pages]
    wide = [found for found in fewest if found.columns < _COLUMNS[-1]]
    best = map(largest, wide or fewest)
    return max(best, key=lambda one: (one.size, sense * one.columns))


# --- The sheets: on the first one code, name, what to do and the map; on further ones the list and maps of areas ---

WIDTH, HEIGHT = 297.0, 420.0
_SCALES: Final = (1.45, 1.3, 1.15, 1.0)
"""Of the first sheet's head, all but its width: larger where so few households leave room for it."""
_ROOMY: Final = 60
_TOP: Final = 14.0
_CARD: Final = 104.0
_BESIDE: Final = 10.0
_ADDRESS: Final = (9.0, 6.8)
"""Largest and least size of the address: the least has letters of 5 mm."""
_ADDRESS_LINES: Final = 3
_AFTER_A_SLASH: Final = re.compile(r"(?<=/)(?=.)")
_RUNNING_BOTTOM: Final = 30.0
"""Where the head of a further sheet ends, with the room below it."""
_ROOF: Final = 1.5
"""How much larger its tiles are than those of a plaque at the gate."""
_LOW: Final = 404.0
"""Where map and list end; below stand the foot and the number of the sheet."""
_FOOT: Final = 413.0
_AFTER: Final = 5.0
"""Room between head, map and list."""
_TITLE: Final = 12.5
"""Height of the list's title."""
_DRAFT_WIDTH: Final = 235.0
_LEAST_EMBLEM: Final = 9.0


def village_address(site: PublicSite, village: PublicVillage) -> str:
    """Return the address of a village's page as one types it, the host in lower case: "vuonmau.example/thon-dong/"."""
    host, slash, path = site.base_url.removeprefix("https://").partition("/")
    return f"{host.lower()}{slash}{path}{village.slug}/"


class Board:
    """The board of a village, as many A3 pages as it takes, households numbered as on the web.

    Only those with an exact point stand on the map; without any, or without ground, there is no map. `here` is where
    the board hangs. Raises Misfit for a text that
    cannot be printed or finds no room.
    """

    def __init__(
        self, pdf: PdfCanvas, village: PublicVillage, households: Sequence[PublicHousehold], site: PublicSite,
        words: PlaqueWords, palette: Palette, here: Point | None = None,
    ) -> None:  # fmt: skip
        self.pdf, self.words, self.palette = pdf, words, palette
        self.name, self.payload = printable(village.name), village_payload(site.base_url, village.slug)
        route = walking_route(village.centre, households)
        households = in_order(households, route)
        gardens = tuple((number, one.exact) for number, one in enumerate(households, 1) if one.exact)
        stops = [stop.household.exact for stop in route.stops if stop.household.exact]
        ways = village.ground.ways if village.ground else ()
        walk = (village.centre, *stops) if ways and len(stops) >= LEAST_STOPS else ()
        # without ground a map would be numbers in a void: there is more room for names and code
        maps = numbered_maps(village.centre, gardens, walk, village.ground, here) if village.ground else ()
        letters = {mark.number: one.letter for one in maps for mark in one.marks}
        self.map = None
        if maps:
            names = {number: one.name for number, one in enumerate(households, 1)}
            credit = village.ground.credit if village.ground else ""
            self.map = VillageMap(pdf, maps[0], words, palette, names, letters.keys(), credit)
        self.areas = area_pages(maps[1:], words, _RUNNING_BOTTOM, _LOW)
        self.emblems = [one for one, _ in Counter(map(emblem_of, households)).most_common()]
        rows = _rows(households, letters)
        for scale in _SCALES[0 if len(rows) <= _ROOMY else -1 :]:
            self.scale, self.card_low = scale, _TOP + _CARD * scale
            self.address = _address(village_address(site, village), RIGHT - LEFT, scale)
            self.left = LEFT + _CARD * scale + _BESIDE
            address = self._beside()
            taken = sum(one.height for one, _ in (*self._names(), *self._call()))
            self.is_beside = address is not None and taken + address.height + 4.0 <= _CARD * scale
            self.map_top = self.card_low + _AFTER
            if not self.is_beside:
                self.map_top += 1.5 + self.address.height
            self.list_top = self.map_top + (self.map.height + _AFTER if self.map else 0.0) + _TITLE
            self.list = _listing(rows, RIGHT - LEFT, _LOW - self.list_top, _LOW - _RUNNING_BOTTOM)
            if self.list.is_large:
                break

    def draw(self) -> None:
        """Draw all sheets: the first, those on which the list goes on, and those with the maps of areas."""
        pdf, said = self.pdf, self.words.first
        listed = max(len(self.list.pages), 1)
        sheets = listed + len(self.areas)
        parts = (*self.words.both("genuine"), said["board_damaged"], said["batch"])
        width = RIGHT - LEFT - (25 if sheets > 1 else 0)
        foot = running(" · ".join(filter(None, parts)), "Regular", 3.2, width, 3)
        for sheet in range(sheets):
            note = f"{said['board_note']} · {self.name} · {sheet + 1}/{sheets}"
            with trimmed_page(pdf, WIDTH, HEIGHT, note, said["ruler"]):
                pdf.rectangle(-BLEED, -BLEED, WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED, self.palette.ground)
                draw_roof(pdf, WIDTH, _ROOF, self.palette, BLEED)
                if sheet == 0:
                    self._draw_first()
                else:
                    self._draw_further(sheet, self.areas[sheet - listed] if sheet >= listed else ())
                foot.draw(pdf, LEFT, _FOOT - foot.height)
                if sheets > 1:
                    pdf.text(RIGHT, _FOOT - 0.8, f"{sheet + 1}/{sheets}", "Bold", 5.0, BLACK, "right")

    def _draw_draft(self) -> None:
        """Mark a draft: above cards, below all that is drawn on them."""
        if draft := self.words.draft:
            size = _DRAFT_WIDTH / text_width(draft, "ExtraBold")
            self.pdf.slanted(WIDTH / 2, 0.66 * HEIGHT, draft, size, 28)

    def _draw_first(self) -> None:
        pdf, card = self.pdf, _CARD * self.scale
        if self.map:
            self.map.draw_card(self.map_top)
        self._draw_draft()
        pdf.rectangle(LEFT, _TOP, card, card, WHITE, 5 * self.scale)
        pdf.symbol(qr_symbol(self.payload), LEFT + 1, _TOP + 1, card - 2, self.payload, self.name)
        if self.words.logo is not None:
            place_logo(pdf, self.words.logo, RIGHT - 36, _TOP, 35, 20 * self.scale)
        names_low = _write(pdf, self._names(), self.left, _TOP - 2.0)
        address = self._beside()
        low = self.card_low
        if self.is_beside and address:
            low -= address.height
            address.draw(pdf, self.left, low)
        else:
            self.address.draw(pdf, LEFT, self.card_low + 1.5)
        call = self._call()
        low -= 2.0 + sum(one.height for one, _ in call)
        _write(pdf, call, self.left, low)
        self._draw_emblems(names_low, low)
        if self.map:
            self.map.draw(self.map_top)
        if not (self.list.pages and self.list.pages[0]):
            return
        top, (title, translated) = self.list_top - _TITLE, self.words.both("board_list")
        first = fitted(title, "Bold", Room(150, 10.5, 8.0, 5, 1))
        first.draw(self.pdf, LEFT, top)
        if translated:
            left = LEFT + first.width + 5
            second = fitted(translated, "Medium", Room(RIGHT - left, 8, 5.6, 3.4, 1))
            second.draw(self.pdf, left, top + 0.97 * (first.size - second.size), self.palette.accent)
        self.list.draw(self.pdf, 0, LEFT, self.list_top, _LOW - self.list_top)

    def _draw_emblems(self, top: float, low: float) -> None:
        """Draw what the village grows in a row, where there is room between its name and the call."""
        side, width = min(low - top - 8.0, 17.0 * self.scale), RIGHT - self.left
        if side < _LEAST_EMBLEM:
            return
        for at, emblem in enumerate(self.emblems[: int((width + 0.3 * side) // (1.3 * side))]):
            x, y = self.left + 1.3 * side * at - side / 16, (top + low - side) / 2
            draw_emblem(self.pdf, emblem, x, y, side, self.palette.accent)

    def _names(self) -> list[tuple[Block, Ink]]:
        """Return the village's name and the heading, in both languages, to stand beside the card."""
        s, width = self.scale, RIGHT - self.left
        across = width - 38 if self.words.logo is not None else width
        first, second = self.words.both("board_heading")
        blocks = [
            (fitted(self.name, "Bold", Room(across, 36 * s, 24.5 * s, 6.5, 4)), BLACK),
            (fitted(first, "SemiBold", Room(width, 11 * s, 8.6 * s, 4.5, 2)), self.palette.accent),
        ]
        if second:
            translated = fitted(second, "Medium", Room(width, 8 * s, 5.8 * s, 3.4, 2))
            blocks.append((translated, self.palette.accent))
        return blocks

    def _call(self) -> list[tuple[Block, Ink]]:
        """Return what to do, how, and the same in the other language, to end where the card does."""
        s, width, (scan, translated) = self.scale, RIGHT - self.left, self.words.both("board_scan")
        blocks = [
            (fitted(scan, "Bold", Room(width, 24 * s, 9.6 * s, 4.5, 3)), BLACK),
            (fitted(self.words.first["how"], "Medium", Room(width, 7.5 * s, 5.6 * s, 3.6, 2)), BLACK),
        ]
        if translated:
            second = fitted(translated, "SemiBold", Room(width, 14 * s, 6.4 * s, 3.4, 2))
            blocks.append((second, self.palette.accent))
        return blocks

    def _beside(self) -> Block | None:
        """Return the address in one line beside the card, None where it is too long for that."""
        width = RIGHT - self.left
        size = min(9.0 * self.scale, width / text_width("".join(self.address.lines), "SemiBold"))
        lines = ("".join(self.address.lines),)
        return Block(lines, "SemiBold", size) if size >= _ADDRESS[1] else None

    def _draw_further(self, sheet: int, areas: Sequence[Area]) -> None:
        """Draw badge, name and heading in a line, and below them rows, or maps where there are areas."""
        for area in areas:
            area.draw_card(self.pdf)
        self._draw_draft()
        left, width = LEFT, RIGHT - LEFT
        name = fitted(self.name, "Bold", Room(0.55 * width, 12, 8.4, 3.6, 2))
        name.draw(self.pdf, left, 17.6 - name.height / 2)
        beside = left + name.width + 6
        both = " · ".join(filter(None, self.words.both("board_heading")))
        heading = fitted(both, "Medium", Room(RIGHT - beside, 10, 5.2, 3.0, 3))
        heading.draw(self.pdf, beside, 18.2 - heading.height / 2, self.palette.accent)
        for area in areas:
            area.draw(self.pdf, self.palette)
        if not areas:
            self.list.draw(self.pdf, sheet, LEFT, _RUNNING_BOTTOM, _LOW - _RUNNING_BOTTOM)


def _write(pdf: PdfCanvas, blocks: Sequence[tuple[Block, Ink]], left: float, top: float) -> float:
    """Write blocks from `top` down and return where they end."""
    for block, ink in blocks:
        top = block.draw(pdf, left, top, ink)
    return top


def _address(address: str, width: float, scale: float) -> Block:
    """Return the address as large as it may be in the fewest lines, up to three, each ending after a slash.

    Where that is not possible lines end after dots and dashes too. Raises Misfit for an address without room.
    """
    large, least = _ADDRESS[0] * scale, _ADDRESS[1]
    parts = Words(_AFTER_A_SLASH.split(printable(address)), "SemiBold", joint="")
    lines = parts.even(width / least, len(parts.cuts(width / least)) + 1)
    if lines is None or len(lines) > _ADDRESS_LINES:
        return running(address, "SemiBold", least, width, _ADDRESS_LINES)
    return Block(lines, "SemiBold", min(large, width / Block(lines, "SemiBold", 1.0).width))
