"""Labels and cards on sheets, and what stands around a plaque for the print shop."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import Final, TypeVar

from vuonho.errors import DataProblems, Problem
from vuonho.model.public import PublicHousehold, PublicSite, PublicVillage
from vuonho.model.values import Colour
from vuonho.pages.language import Language
from vuonho.plaques.canvas import (
    BELOW,
    BLACK,
    CAPITAL,
    DOT,
    DRAFT,
    GREY,
    Ink,
    Palette,
    Press,
    Stamp,
    slanted_size,
    text_width,
)
from vuonho.plaques.fit import LEADING, Misfit, Room, draw_block, fit_pair, fitted, halved, too_long
from vuonho.plaques.logo import Logo
from vuonho.plaques.plaque import (
    A5,
    A6,
    GATE,
    PHONE,
    Design,
    Face,
    Wording,
    Words,
    address_of,
    draw_phone,
    draw_plaque,
    face_of,
)

# --- The sticker: what a plaque says on a label, for a jar, a basket or a letter box ---

_EDGE: Final = 2.5
_BETWEEN: Final = 2.2
_WIDE: Final = 1.7
_LEAST: Final = 1.5
"""Size in mm of the smallest letters: about four points, on a label held in the hand."""
_SIX_DIGITS: Final = "000 000"
"""No code has larger digits than those of the usual length."""
_PLEASANT: Final = 1.9
"""Below this size an address is parted in two lines."""


def draw_sticker(
    press: Press, width: float, height: float, face: Face, words: Words, palette: Palette
) -> None:
    """Draw a label of so many mm, its corner at (0, 0). Raises Refused for a text without room."""
    sticker = _Sticker(press, width, height, face, words, palette)
    if height > width:
        sticker.upright()
    else:
        sticker.lying()


class _Sticker:
    def __init__(
        self, press: Press, width: float, height: float, face: Face, words: Words, palette: Palette
    ) -> None:
        self.press, self.width, self.height = press, width, height
        self.face, self.words, self.palette = face, words, palette

    def lying(self) -> None:
        """Draw a label that is wider than high: code left, address along the foot."""
        foot = self._address(_EDGE + 1.0, self.height - _EDGE)
        room = foot - _EDGE
        left = _EDGE + (room + self._code(_EDGE, _EDGE, room)) / 2 + _BETWEEN
        self._column(left, self.width - _EDGE - left, _EDGE + 1.0, foot - 2.0)

    def upright(self) -> None:
        """Draw a label that is higher than wide: code above, all else below it."""
        left, room = _EDGE + 2.5, self.width - 2 * _EDGE - 5
        foot = self._address(left, self.height - _EDGE - 1.5)
        self._code(left, _EDGE, room)
        self._column(left, room, _EDGE + room + 1.0, foot - 2.8)

    def _code(self, left: float, top: float, room: float) -> float:
        return self.press.symbol(self.face.symbol, left, top, room, self.face.payload, self.face.whose)

    def _address(self, left: float, bottom: float) -> float:
        """Write the address along the foot, as what a true code opens; return where its room begins."""
        said, address, room = f"{self.words.true} ".lstrip(), self.face.address, self.width - _EDGE - left
        before = text_width(said, "Regular")
        lines: tuple[str, ...] = (address,)
        size = min(0.07 * min(self.height, 62.0), room / (before + text_width(address, "SemiBold")))
        if size < _PLEASANT:
            lines = halved(address, "SemiBold", before)
            widths = before + text_width(lines[0], "SemiBold"), text_width(lines[1], "SemiBold")
            size = min(_PLEASANT, room / max(widths))
        if size < _LEAST:
            raise too_long(address if before < text_width(address, "SemiBold") else self.words.true)
        first = bottom - (BELOW + LEADING * (len(lines) - 1)) * size
        self.press.text(left, first, said.strip(), "Regular", size)
        for number, line in enumerate(lines):
            x = left if number else left + before * size
            self.press.text(x, first + number * LEADING * size, line, "SemiBold", size)
        return first - 0.84 * size

    def _column(self, left: float, width: float, top: float, bottom: float) -> None:
        """Write name and village from the top of a room, at its foot the digits and what to do.

        In a wide room these two stand side by side, in a narrow one the digits below.
        """
        room = bottom - top
        unit = min(width, room) / 30
        if self.words.draft:
            high = 0.8 * room
            size = slanted_size(self.words.draft, width, high, 18)
            self.press.slanted(left + width / 2, top + high / 2, self.words.draft, size, DRAFT, 18)
        across = text_width(self.face.digits, "Bold")
        widest = max(across, text_width(_SIX_DIGITS, "Bold"))
        if width > _WIDE * room:
            size = min(0.46 * width / widest, 0.42 * room / CAPITAL, 12 / CAPITAL)
            beside = left + size * across + 2.5 * unit
            high = max(size * CAPITAL + 0.6 * unit, 0.34 * room)
            call = self._call(beside, left + width - beside, bottom + 0.4 * unit, high, unit)
            end = bottom - max(call, high)
        else:
            size = min(width / widest, 10.5 * unit, 12 / CAPITAL)
            end = bottom - size * CAPITAL - 1.8 * unit
            end -= self._call(left, width, end, 0.29 * room, unit)
        self.press.text(left, bottom, self.face.digits, "Bold", size)
        self._names(left, width, top, end - 1.4 * unit, unit)

    def _names(self, left: float, width: float, top: float, bottom: float, unit: float) -> None:
        """Write name and village below a stroke in the colour of the plaques' edge."""
        self.press.rectangle(left, top, 9 * unit, 1.1 * unit, self.palette.edge)
        top += 1.8 * unit
        room = bottom - top
        upper = Room(width, 0.8 * room, 5.4 * unit, _LEAST, 6)
        lower = Room(width, room, 3.2 * unit, _LEAST, 4)
        gap = 0.5 * unit
        name, village = fit_pair(self.face.name, self.face.village, upper, lower, gap, room)
        end = draw_block(self.press, name, left, top, BLACK)
        draw_block(self.press, village, left, end + gap, self.palette.accent)

    def _call(self, left: float, width: float, bottom: float, height: float, unit: float) -> float:
        """Write beside a phone what to do, on a foot of so many mm and at most so high; return the height."""
        text = left + 0.62 * height
        width = left + width - text
        share = 0.52 if self.words.foreign_scan else 1.0
        scan = fitted(self.words.scan, "SemiBold", Room(width, share * height, 3.2 * unit, _LEAST, 3))
        sets = [(scan, BLACK)]
        if self.words.foreign_scan:
            room = Room(width, height - scan.height, scan.size, _LEAST, 3)
            sets.append((fitted(self.words.foreign_scan, "Medium", room), self.palette.accent))
        used = sum(one.height for one, _ in sets)
        draw_phone(self.press, left, bottom - used, used / PHONE, self.palette)
        top = bottom - used
        for one, ink in sets:
            top = draw_block(self.press, one, left + used / PHONE + 1.2 * unit, top, ink)
        return used


# --- What stands around a plaque for the print shop: bleed, crop marks, a ruler, and how to print it ---

BLEED: Final = 3.0
"""Millimetres of ground beyond the trim."""
MARGIN: Final = 13.0
"""Millimetres around the trim: bleed, a gap of 1, crop marks of 6, and 3 of paper."""
_GAP: Final = 1.0
_LENGTH: Final = 6.0
_HAIRBREADTH: Final = 0.0001
"""What a page is smaller: rounded up to a 32-bit number, it would be one dot larger to some programs."""
_MARKS_HAIR: Final = 0.088
"""A line of a quarter point."""
_RULER: Final = 100
_NOTE: Final = 2.5


@contextmanager
def trimmed_page(press: Press, width: float, height: float, note: str, ruler: str) -> Iterator[None]:
    """Draw a page for one piece of so many mm: inside, (0, 0) is the trim's corner.

    `note` stands above the trim, `ruler` says beside the 100 mm below it how to print. The page is a whole
    number of printer dots, so that what lies on dots of the paper lies on those of a picture of the page.
    """
    across, down = _whole(width + 2 * MARGIN), _whole(height + 2 * MARGIN)
    with press.page(across, down, (MARGIN, MARGIN, width, height), BLEED), press.moved(MARGIN, MARGIN):
        yield
        _crop_marks(press, width, height)
        write_note(press, 6, -BLEED - 3.2, note, width - 12)
        draw_ruler(press, 6, height + BLEED + 2.0, ruler)


def _whole(length: float) -> float:
    return -(-round(length / DOT, 6) // 1) * DOT - _HAIRBREADTH


def _crop_marks(press: Press, width: float, height: float) -> None:
    away = BLEED + _GAP
    for x in (0.0, width):
        press.line(x, -away, x, -away - _LENGTH, BLACK, _MARKS_HAIR)
        press.line(x, height + away, x, height + away + _LENGTH, BLACK, _MARKS_HAIR)
    for y in (0.0, height):
        press.line(-away, y, -away - _LENGTH, y, BLACK, _MARKS_HAIR)
        press.line(width + away, y, width + away + _LENGTH, y, BLACK, _MARKS_HAIR)


def draw_ruler(press: Press, x: float, y: float, said: str, ink: Ink = BLACK, tick: float = 1.2) -> None:
    """Draw 100 mm, a tick every ten, and below the line what is said of it."""
    press.line(x, y, x + _RULER, y, ink, _MARKS_HAIR)
    for at in range(0, _RULER + 1, 10):
        long = tick * (1.5 if at % 50 == 0 else 1.0)
        press.line(x + at, y, x + at, y + long, ink, _MARKS_HAIR)
    write_note(press, x + 1.5, y + 2 * tick + _NOTE, said, _RULER - 3, ink)


def write_note(
    press: Press, x: float, baseline: float, said: str, width: float, ink: Ink = BLACK, size: float = _NOTE
) -> None:
    """Write a line for the print shop, smaller where it would be wider than so many mm."""
    size = min(size, width / max(text_width(said, "Regular"), 1.0))
    press.text(x, baseline, said, "Regular", size, ink)


# --- Several pieces on a sheet of A4: labels at the places of their die, cards edge to edge with lines to cut along ---

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


# --- An order for the printer: which pieces of which size, and the PDF that comes of it ---

PLAQUES: Final = MappingProxyType({design.key: design for design in (GATE, A5, A6)})
SIZES: Final = (*PLAQUES, *LABELS)

Home = tuple[PublicHousehold, PublicVillage]


@dataclass(frozen=True, slots=True)
class Order:
    """What to print for whom: `sheet` puts several on A4, from place `start` (from 1) of the first on.

    `languages` are those of the site, the first being the plaque's; `logo` is the commune's.
    """

    size: str
    homes: tuple[Home, ...]
    site: PublicSite
    languages: tuple[Language, ...]
    batch: int
    sheet: bool = False
    start: int = 1
    draft: bool = False
    logo: Logo | None = None

    @property
    def layout(self) -> Layout | None:
        """Return how pieces lie on A4; None for one piece a page."""
        return layout_of(self.size, sheet=self.sheet)


@dataclass(frozen=True, slots=True)
class Printed:
    """The finished PDF and every code in it."""

    content: bytes
    stamps: tuple[Stamp, ...]
    pages: int


def layout_of(size: str, *, sheet: bool) -> Layout | None:
    """Return how pieces of a size lie on A4: labels always do, plaques where it is asked for."""
    if size in LABELS:
        return LABELS[size]
    design = PLAQUES[size]
    return butted(design.width, design.height) if sheet else None


def print_order(order: Order, tick: Callable[[], None] = lambda: None) -> Printed:
    """Return the PDF of an order; raise DataProblems for every text that cannot be printed, with its file.

    `tick` is called once a piece.
    """
    first = order.languages[0]
    press = Press(order.site.title.to(first.tag)[0], order.site.base_url, first.tag)
    wording = Wording(order.languages, order.site.base_url, order.batch)
    problems = wording.problems()
    if not problems:
        printer = _Printer(order, press, wording, tick)
        printer.run()
        problems = tuple(dict.fromkeys(printer.problems))
    if problems:
        raise DataProblems(problems)
    return Printed(press.finish(), press.stamps, press.pages)


class _Printer:
    def __init__(self, order: Order, press: Press, wording: Wording, tick: Callable[[], None]) -> None:
        self.order, self.press, self.wording, self.tick = order, press, wording, tick
        self.words = wording.words(draft=order.draft, logo=order.logo)
        self.palette = palette_of(order.site)
        self.problems: list[Problem] = []

    def run(self) -> None:
        """Draw every piece, and go on after one that does not fit, to name them all."""
        layout, ruler = self.order.layout, self.order.languages[0].say("plaque.ruler")
        if layout is not None:
            draw_sheets(self.press, layout, self.order.homes, self.order.start, self._on_sheet(layout), ruler)
            return
        design = PLAQUES[self.order.size]
        for number, home in enumerate(self.order.homes, 1):
            note = self._note(design, home, number)
            with trimmed_page(self.press, design.width, design.height, note, ruler):
                self._draw(home, self._plaque(design, BLEED))

    def _on_sheet(self, layout: Layout) -> Callable[[Home], None]:
        if self.order.size in LABELS:
            piece = self._sticker(layout)
        else:
            piece = self._plaque(PLAQUES[self.order.size], 0.0)
        return lambda home: self._draw(home, piece)

    def _plaque(self, design: Design, bleed: float) -> Callable[[Face], None]:
        return lambda face: draw_plaque(self.press, design, face, self.words, self.palette, bleed)

    def _sticker(self, layout: Layout) -> Callable[[Face], None]:
        width, height = layout.piece
        return lambda face: draw_sticker(self.press, width, height, face, self.words, self.palette)

    def _note(self, design: Design, home: Home, number: int) -> str:
        return self.order.languages[0].say(
            "plaque.note", size=f"{design.width:g} × {design.height:g}", bleed=f"{BLEED:g}",
            whose=home[0].code, page=number, pages=len(self.order.homes),
        )  # fmt: skip

    def _draw(self, home: Home, piece: Callable[[Face], None]) -> None:
        household, village = home
        try:
            piece(face_of(household, village, self.order.site))
        except Misfit as misfit:
            self.problems.append(self._problem(misfit, household, village))
        self.tick()

    def _problem(self, misfit: Misfit, household: PublicHousehold, village: PublicVillage) -> Problem:
        said = misfit.message, misfit.hint
        if misfit.text == household.name:
            return Problem(household.source, None, None, "name", *said)
        if misfit.text == village.name:
            return Problem(village.source, None, None, "name", *said)
        if misfit.text == address_of(household, self.order.site):
            return Problem(_SITE_FILE, None, None, "base_url", *said)
        file, field = self.wording.place(misfit.text)
        return Problem(file, None, None, field, *said)


_SITE_FILE: Final = "profiles/site.yaml"


def palette_of(site: PublicSite) -> Palette:
    """Return the colours of a site's plaques: the project's own where it has any."""
    usual, own = Palette(), site.plaque
    return Palette(
        _ink(own.ground) or usual.ground, _ink(own.edge) or usual.edge, _ink(own.accent) or usual.accent
    )


def _ink(colour: Colour | None) -> Ink | None:
    return Ink(*colour) if colour is not None else None
