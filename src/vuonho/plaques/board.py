"""The village board on A3: code, map and list of the gardens, for the culture house and the village gate."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from vuonho.model.public import PublicHousehold, PublicSite, PublicVillage
from vuonho.model.values import Point
from vuonho.pages.map import LEAST_STOPS, in_order, numbered_maps, walking_route
from vuonho.plaques.board_map import LEFT, RIGHT, Area, VillageMap, area_pages, draw_plate, plate_width
from vuonho.plaques.canvas import BLACK, CAPITAL, DRAFT, WHITE, Palette, PdfCanvas, text_width
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
from vuonho.plaques.plaque import PHONE, PlaqueWords, draw_badge, draw_phone, place_logo
from vuonho.plaques.sheets import BLEED, trimmed_page
from vuonho.qr.symbol import payload, qr_symbol

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


def _rows(households: Sequence[PublicHousehold], letters: Mapping[int, str]) -> list[Row]:
    """Return the rows in the order given, numbered from 1; raise Misfit for a sign that the typeface lacks.

    `letters` are the areas of the numbers on the maps, by number.
    """
    rows = []
    for number, one in enumerate(households, 1):
        # the first crops, or the first animals of a garden without any, as the family typed them
        grown = (one.garden.crops or one.garden.animals)[:_GROWN]
        texts = [", ".join(printable(grows.name) for grows in grown)]
        texts.append(printable(one.address) if one.address else "")
        details = [text for text in texts if text]
        if len(households) >= _JOINED and details:
            details = [" – ".join(details)]
        rows.append(
            Row(
                number=str(number),
                hollow=bool(letters) and number not in letters,
                letter=letters.get(number, ""),
                name=Paragraph(one.name, "Bold"),
                details=tuple(Paragraph(text, "Medium") for text in details),
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
        text += sum(one.height(self.detail, self.room) for one in row.details)
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
        for one in row.details:
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
        sizes = [_SIZES[0] + step * _STEP for step in range(round((most - _SIZES[0]) / _STEP) + 1)]
        beyond = bisect_left(sizes, True, key=is_too_large)
        return at(least.columns, sizes[max(beyond - 1, 0)]) or least

    counts = [count for count in _COLUMNS if count <= max(len(rows), 1)]
    least = [found for count in counts if (found := at(count, _SIZES[0])) is not None]
    if not least:
        return Listing(rows, 1, _SIZES[0], width, first, further)
    pages = min(len(found.pages) for found in least)
    sense = -1 if len(rows) <= _FEW else 1
    best = (largest(found) for found in least if len(found.pages) == pages)
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
_ANY_CODE: Final = "0"
_RUNNING_BOTTOM: Final = 30.0
"""Where the head of a further sheet ends, with the room below it."""
_EDGE: Final = 7.0
_LOW: Final = 403.0
"""Where map and list end; below stand the foot and the number of the sheet."""
_FOOT: Final = 410.5
_AFTER: Final = 5.0
"""Room between head, map and list."""
_TITLE: Final = 12.5
"""Height of the list's title."""
_DRAFT_WIDTH: Final = 235.0


def village_address(site: PublicSite, village: PublicVillage) -> str:
    """Return the address of a village's page as one types it, the host in lower case: "vuonmau.example/thon-dong/"."""
    host, slash, path = site.base_url.removeprefix("https://").partition("/")
    return f"{host.lower()}{slash}{path}{village.slug}/"


def village_payload(site: PublicSite, village: PublicVillage) -> str:
    """Return the address of a village's page in the letters of its code: the host in capitals, the path as written."""
    base = payload(site.base_url, _ANY_CODE).removesuffix(f"{_ANY_CODE}/")
    return f"{base}{village.slug}/"


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
        self.name, self.payload = printable(village.name), village_payload(site, village)
        route = walking_route(village.centre, households)
        households = in_order(households, route)
        gardens = tuple((number, one.exact) for number, one in enumerate(households, 1) if one.exact)
        stops = [stop.household.exact for stop in route.stops if stop.household.exact]
        walk = (village.centre, *stops) if len(stops) >= LEAST_STOPS else ()
        # without ground a map would be numbers in a void: there is more room for names and code
        maps = numbered_maps(village.centre, gardens, walk, village.ground, here) if village.ground else ()
        letters = {mark.number: one.letter for one in maps for mark in one.marks}
        self.map = None
        if maps:
            unseen = next((at for at in range(1, len(households) + 1) if at not in letters), None)
            self.map = VillageMap(
                pdf,
                maps[0],
                words,
                palette,
                min(letters),
                unseen,
                village.ground.credit if village.ground else "",
            )
        self.areas = area_pages(maps[1:], words, _RUNNING_BOTTOM, _LOW)
        rows = _rows(households, letters)
        for scale in _SCALES[0 if len(rows) <= _ROOMY else -1 :]:
            self.scale, self.card_low = scale, _TOP + _CARD * scale
            self.address = _address(village_address(site, village), RIGHT - LEFT, scale)
            warnings = (text for text in words.both("genuine") if text)
            self.warnings = [running(text, "Medium", 4.2 * scale, RIGHT - LEFT, 4) for text in warnings]
            head = self.address.height + 0.5 + sum(one.height for one in self.warnings)
            self.map_top = self.card_low + 1.5 + head + _AFTER
            self.list_top = self.map_top + (self.map.height + _AFTER if self.map else 0.0) + _TITLE
            self.list = _listing(rows, RIGHT - LEFT, _LOW - self.list_top, _LOW - _RUNNING_BOTTOM)
            if self.list.is_large:
                break

    def draw(self) -> None:
        """Draw all sheets: the first, those on which the list goes on, and those with the maps of areas."""
        pdf, said = self.pdf, self.words.first
        listed = max(len(self.list.pages), 1)
        sheets = listed + len(self.areas)
        foot_text = f"{said['board_damaged']} {said['batch']}"
        for sheet in range(sheets):
            note = f"{said['board_note']} · {self.name} · {sheet + 1}/{sheets}"
            with trimmed_page(pdf, WIDTH, HEIGHT, note, said["ruler"]):
                pdf.rectangle(-BLEED, -BLEED, WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED, self.palette.ground)
                pdf.rectangle(-BLEED, -BLEED, WIDTH + 2 * BLEED, BLEED + _EDGE, self.palette.edge)
                if sheet == 0:
                    self._draw_first()
                else:
                    self._draw_further(sheet, self.areas[sheet - listed] if sheet >= listed else ())
                foot = running(foot_text, "Regular", 3.4, RIGHT - LEFT - 25, 1)
                pdf.text(LEFT, _FOOT, foot.lines[0], "Regular", foot.size)
                if sheets > 1:
                    pdf.text(RIGHT, _FOOT, f"{sheet + 1}/{sheets}", "Bold", 5.0, BLACK, "right")

    def _draw_draft(self) -> None:
        """Mark a draft: above cards, below all that is drawn on them."""
        if draft := self.words.draft:
            size = _DRAFT_WIDTH / text_width(draft, "ExtraBold")
            self.pdf.slanted(WIDTH / 2, 0.66 * HEIGHT, draft, size, DRAFT, 28)
            self.pdf.text(LEFT, 4.7, draft, "ExtraBold", 4.6, WHITE)

    def _draw_first(self) -> None:
        if self.map:
            self.map.draw_card(self.map_top)
        self._draw_draft()
        self._draw_card()
        self._draw_names(LEFT + _CARD * self.scale + _BESIDE)
        self._draw_call(LEFT + _CARD * self.scale + _BESIDE)
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

    def _draw_card(self) -> None:
        """Draw the code, and below it the address and the warnings."""
        pdf, card = self.pdf, _CARD * self.scale
        pdf.rectangle(LEFT, _TOP, card, card, WHITE, 5 * self.scale)
        pdf.symbol(qr_symbol(self.payload), LEFT + 1, _TOP + 1, card - 2, self.payload, self.name)
        top = self.address.draw(pdf, LEFT, self.card_low + 1.5) + 0.5
        for one in self.warnings:
            top = one.draw(pdf, LEFT, top)

    def _draw_names(self, left: float) -> None:
        """Draw badge and logo, and below them the village's name and the heading."""
        pdf, s, width = self.pdf, self.scale, RIGHT - left
        radius = 12.5 * s
        draw_badge(pdf, left + 0.9 * radius, 4.0 + radius, radius, self.palette)
        if self.words.logo is not None:
            place_logo(pdf, self.words.logo, RIGHT - 36, 11, 35, 20 * s)
        name = fitted(self.name, "Bold", Room(width, 30 * s, 24.5 * s, 6.5, 4))
        top = name.draw(pdf, left, 5.5 + 2 * radius)
        first, second = self.words.both("board_heading")
        heading = fitted(first, "SemiBold", Room(width, 11 * s, 8.6 * s, 4.5, 2))
        top = heading.draw(pdf, left, top + 1.5 * s, self.palette.accent)
        if second:
            translated = fitted(second, "Medium", Room(width, 8 * s, 5.8 * s, 3.4, 2))
            translated.draw(pdf, left, top, self.palette.accent)

    def _draw_call(self, left: float) -> None:
        """Draw the phone and what to do with it, down to where the card ends."""
        s, (scan, translated) = self.scale, self.words.both("board_scan")
        text = left + 22 * s
        width = RIGHT - text
        blocks = [
            (fitted(scan, "Bold", Room(width, 18 * s, 7.4 * s, 4.5, 3)), BLACK),
            (fitted(self.words.first["how"], "Medium", Room(width, 7.5 * s, 5.6 * s, 3.6, 2)), BLACK),
        ]
        if translated:
            second = fitted(translated, "Medium", Room(width, 7.5 * s, 5.2 * s, 3.4, 2))
            blocks.append((second, self.palette.accent))
        phone = 17.5 * s
        height = max(sum(one.height for one, _ in blocks) + 1.2 * s, phone * PHONE)
        draw_phone(self.pdf, left, self.card_low - (height + phone * PHONE) / 2, phone, self.palette)
        top = self.card_low - height
        for one, ink in blocks:
            top = one.draw(self.pdf, text, top, ink) + 0.6 * s

    def _draw_further(self, sheet: int, areas: Sequence[Area]) -> None:
        """Draw badge, name and heading in a line, and below them rows, or maps where there are areas."""
        for area in areas:
            area.draw_card(self.pdf)
        self._draw_draft()
        draw_badge(self.pdf, LEFT + 8, 13.5, 8, self.palette)
        left, width = LEFT + 20.5, RIGHT - LEFT - 20.5
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
