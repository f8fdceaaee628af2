"""An order of plaques becomes a PDF: one a page with crop marks, or labels and cards on sheets of A4."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Final

from vuonho.errors import DataProblems, Problem
from vuonho.model.public import PublicHousehold, PublicSite, PublicVillage
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
    PdfCanvas,
    slanted_size,
    text_width,
)
from vuonho.plaques.fit import LEADING, Misfit, Room, fit_pair, fitted, halved, too_long
from vuonho.plaques.logo import Logo
from vuonho.plaques.placement import QrPlacement
from vuonho.plaques.plaque import (
    A5,
    A6,
    GATE,
    PHONE,
    Face,
    PlaqueWords,
    address_of,
    draw_phone,
    draw_plaque,
    face_of,
)

# --- The label: what a plaque says on a jar, a basket or a letter box ---

_EDGE: Final = 2.5
_BETWEEN: Final = 2.2
_WIDE: Final = 1.7
"""A column at least so much wider than high has the digits and the call side by side."""
_LEAST: Final = 1.5
"""Size in mm of the smallest letters: about four points, on a label held in the hand."""
_SIX_DIGITS: Final = "000 000"
"""No code has larger digits than those of the usual length."""
_PLEASANT: Final = 1.9
"""Below this size an address is parted in two lines."""


def draw_label(
    pdf: PdfCanvas, width: float, height: float, face: Face, words: PlaqueWords, palette: Palette
) -> None:
    """Draw a label of so many mm, its corner at (0, 0). Raises UserError for a text without room."""
    if height > width:  # the code above, all else below it
        left, room = _EDGE + 2.5, width - 2 * _EDGE - 5
        foot = _label_address(pdf, face, words, left, height - _EDGE - 1.5, (width, height))
        pdf.symbol(face.symbol, left, _EDGE, room, face.payload, face.whose)
        box = left, _EDGE + room + 1.0, room, foot - 2.8
    else:  # the code at the left
        foot = _label_address(pdf, face, words, _EDGE + 1.0, height - _EDGE, (width, height))
        room = foot - _EDGE
        code = pdf.symbol(face.symbol, _EDGE, _EDGE, room, face.payload, face.whose)
        left = _EDGE + (room + code) / 2 + _BETWEEN
        box = left, _EDGE + 1.0, width - _EDGE - left, foot - 2.0
    _label_column(pdf, face, words, palette, box)


def _label_address(
    pdf: PdfCanvas, face: Face, words: PlaqueWords, left: float, bottom: float, label: tuple[float, float]
) -> float:
    """Write the address along the foot, as what a true code opens; return where its room begins."""
    width, height = label
    opens = words.first["opens"]
    said, address, room = f"{opens} ".lstrip(), face.address, width - _EDGE - left
    before = text_width(said, "Regular")
    lines: tuple[str, ...] = (address,)
    size = min(0.07 * min(height, 62.0), room / (before + text_width(address, "SemiBold")))
    if size < _PLEASANT:
        lines = halved(address, "SemiBold", before)
        widths = before + text_width(lines[0], "SemiBold"), text_width(lines[1], "SemiBold")
        size = min(_PLEASANT, room / max(widths))
    if size < _LEAST:
        raise too_long(address if before < text_width(address, "SemiBold") else opens)
    first = bottom - (BELOW + LEADING * (len(lines) - 1)) * size
    pdf.text(left, first, said.strip(), "Regular", size)
    for number, line in enumerate(lines):
        x = left if number else left + before * size
        pdf.text(x, first + number * LEADING * size, line, "SemiBold", size)
    return first - 0.84 * size


def _label_column(
    pdf: PdfCanvas, face: Face, words: PlaqueWords, palette: Palette, box: tuple[float, float, float, float]
) -> None:
    """Write name, village, call and digits into (left, top, width, bottom)."""
    left, top, width, bottom = box
    room = bottom - top
    unit = min(width, room) / 30
    if words.draft:
        size = slanted_size(words.draft, width, 0.8 * room, 18)
        pdf.slanted(left + width / 2, top + 0.8 * room / 2, words.draft, size, DRAFT, 18)
    across = text_width(face.digits, "Bold")
    widest = max(across, text_width(_SIX_DIGITS, "Bold"))
    if width > _WIDE * room:  # the digits beside the call
        size = min(0.46 * width / widest, 0.42 * room / CAPITAL, 12 / CAPITAL)
        beside = left + size * across + 2.5 * unit
        high = max(size * CAPITAL + 0.6 * unit, 0.34 * room)
        call = _label_call(
            pdf, words, palette, (beside, left + width - beside, bottom + 0.4 * unit, high), unit
        )
        end = bottom - max(call, high)
    else:  # the digits below it
        size = min(width / widest, 10.5 * unit, 12 / CAPITAL)
        end = bottom - size * CAPITAL - 1.8 * unit
        end -= _label_call(pdf, words, palette, (left, width, end, 0.29 * room), unit)
    pdf.text(left, bottom, face.digits, "Bold", size)

    pdf.rectangle(left, top, 9 * unit, 1.1 * unit, palette.edge)
    top += 1.8 * unit
    room = end - 1.4 * unit - top
    upper = Room(width, 0.8 * room, 5.4 * unit, _LEAST, 6)
    lower = Room(width, room, 3.2 * unit, _LEAST, 4)
    name, village = fit_pair(face.name, face.village, upper, lower, 0.5 * unit, room)
    top = name.draw(pdf, left, top)
    village.draw(pdf, left, top + 0.5 * unit, palette.accent)


def _label_call(
    pdf: PdfCanvas, words: PlaqueWords, palette: Palette, box: tuple[float, float, float, float], unit: float
) -> float:
    """Write beside a phone what to do, in (left, width, bottom, height at most); return the height."""
    left, width, bottom, height = box
    width -= 0.62 * height
    foreign = words.second.get("scan", "")
    share = 0.52 if foreign else 1.0
    scan = fitted(words.first["scan"], "SemiBold", Room(width, share * height, 3.2 * unit, _LEAST, 3))
    blocks = [(scan, BLACK)]
    if foreign:
        room = Room(width, height - scan.height, scan.size, _LEAST, 3)
        blocks.append((fitted(foreign, "Medium", room), palette.accent))
    used = sum(one.height for one, _ in blocks)
    top = bottom - used
    draw_phone(pdf, left, top, used / PHONE, palette)
    for one, ink in blocks:
        top = one.draw(pdf, left + used / PHONE + 1.2 * unit, top, ink)
    return used


# --- One piece a page, for the print shop: bleed, crop marks, a ruler, and how to print it ---

BLEED: Final = 3.0
"""Millimetres of ground beyond the trim."""
MARGIN: Final = 13.0
"""Millimetres around the trim: bleed, a gap of 1, crop marks of 6, and 3 of paper."""
_GAP: Final = 1.0
_LENGTH: Final = 6.0
_HAIRBREADTH: Final = 0.0001
"""What a page is smaller: rounded up to a 32-bit number, it would be one dot larger to some programs."""
_HAIR: Final = 0.088
"""A line of a quarter point."""
_NOTE: Final = 2.5


@contextmanager
def trimmed_page(pdf: PdfCanvas, width: float, height: float, note: str, ruler: str) -> Iterator[None]:
    """Draw a page for one piece of so many mm: inside, (0, 0) is the trim's corner.

    `note` stands above the trim, `ruler` says beside the 100 mm below it how to print. The page is a whole
    number of printer dots, so that what lies on dots of the paper lies on those of a picture of the page.
    """
    across, down = _whole_dots(width + 2 * MARGIN), _whole_dots(height + 2 * MARGIN)
    with pdf.page(across, down, (MARGIN, MARGIN, width, height), BLEED), pdf.moved(MARGIN, MARGIN):
        yield
        away = BLEED + _GAP
        for x in (0.0, width):
            pdf.line(x, -away, x, -away - _LENGTH, BLACK, _HAIR)
            pdf.line(x, height + away, x, height + away + _LENGTH, BLACK, _HAIR)
        for y in (0.0, height):
            pdf.line(-away, y, -away - _LENGTH, y, BLACK, _HAIR)
            pdf.line(width + away, y, width + away + _LENGTH, y, BLACK, _HAIR)
        _write_note(pdf, 6, -BLEED - 3.2, note, width - 12)
        _draw_ruler(pdf, 6, height + BLEED + 2.0, ruler, 1.2)


def _whole_dots(length: float) -> float:
    return -(-round(length / DOT, 6) // 1) * DOT - _HAIRBREADTH


def _draw_ruler(pdf: PdfCanvas, x: float, y: float, said: str, tick: float) -> None:
    """Draw 100 mm, a tick every ten, and below the line what is said of it."""
    pdf.line(x, y, x + 100, y, BLACK, _HAIR)
    for at in range(0, 101, 10):
        pdf.line(x + at, y, x + at, y + tick * (1.5 if at % 50 == 0 else 1.0), BLACK, _HAIR)
    _write_note(pdf, x + 1.5, y + 2 * tick + _NOTE, said, 97)


def _write_note(
    pdf: PdfCanvas, x: float, baseline: float, said: str, width: float, ink: Ink = BLACK, size: float = _NOTE
) -> None:
    """Write a line for the print shop, smaller where it would be wider than so many mm."""
    size = min(size, width / max(text_width(said, "Regular"), 1.0))
    pdf.text(x, baseline, said, "Regular", size, ink)


# --- Several pieces on a sheet of A4: labels at the places of their die, cards edge to edge with lines to cut along ---

A4: Final = (210.0, 297.0)
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


PLAQUES: Final = MappingProxyType({design.key: design for design in (GATE, A5, A6)})
LABELS: Final = MappingProxyType({
    "99x139": Layout(A4, (99.1, 139.0), 2, 2, 2.5, cut=False),
    "99x67": Layout(A4, (99.1, 67.7), 2, 4, 2.5, cut=False),
    "99x38": Layout(A4, (99.1, 38.1), 2, 7, 2.5, cut=False),
    "63x38": Layout(A4, (63.5, 38.1), 3, 7, 2.54, cut=False),
    "85x54": Layout(A4, (85.0, 54.0), 2, 4, 0.0, cut=True),
})  # fmt: skip
"""Sheets of labels as they are sold, by the size of a label; the last are cards to be cut."""
SIZES: Final = (*PLAQUES, *LABELS)


def layout_of(size: str, *, sheet: bool) -> Layout | None:
    """Return how pieces of a size lie on A4: labels always do, plaques where it is asked for; None for one a page."""
    if size in LABELS:
        return LABELS[size]
    return butted(PLAQUES[size].width, PLAQUES[size].height) if sheet else None


def butted(width: float, height: float) -> Layout:
    """Return the most pieces edge to edge on A4, upright or lying."""
    layouts = (
        Layout(sheet, (width, height), int(sheet[0] // width), int(sheet[1] // height), 0.0, cut=True)
        for sheet in (A4, A4[::-1])
    )
    return max(layouts, key=lambda one: one.places)


def _cut_lines(pdf: PdfCanvas, layout: Layout) -> None:
    """Draw the lines along which to cut, across the whole sheet."""
    left, top = layout.margins
    for column in range(layout.columns + 1):
        x = left + column * layout.piece[0]
        pdf.line(x, 0, x, layout.sheet[1], GREY, _HAIR, 1.0)
    for row in range(layout.rows + 1):
        y = top + row * layout.piece[1]
        pdf.line(0, y, layout.sheet[0], y, GREY, _HAIR, 1.0)


def _sheet_ruler(pdf: PdfCanvas, layout: Layout, said: str) -> None:
    """Draw the ruler in the margin above; where there is none, as ticks on the cut in the middle of the sheet."""
    left, top = layout.margins
    if top >= _LEAST_MARGIN:
        _draw_ruler(pdf, max(left, 8.0), top - 5.2, said, 0.9)
        return
    x, y = left + 4, top + layout.piece[1]
    if y > layout.sheet[1] - 5:
        y = top
    for at in range(0, 101, 10):
        long = _TICKS * (2 if at % 50 == 0 else 1)
        pdf.line(x + at, y - long, x + at, y + long, GREY, _HAIR)
    _write_note(pdf, x + 102, y - 0.8, said, layout.sheet[0] - x - 110, GREY, 1.9)


# --- An order for the printer ---

Home = tuple[PublicHousehold, PublicVillage]
Draw = Callable[[Face], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What to print for whom: `sheet` puts several on A4, from place `start` (from 1) of the first on.

    Of village boards there is one for each village of `homes`.

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
    codes: tuple[QrPlacement, ...]
    pages: int


def print_order(order: Order, tick: Callable[[], None] = lambda: None) -> Printed:
    """Return the PDF of an order; raise DataProblems for every text that cannot be printed, with its file.

    `tick` is called once a piece.
    """
    first, site = order.languages[0], order.site
    pdf = PdfCanvas(site.title.to(first.tag)[0], site.base_url, first.tag)
    words = PlaqueWords(order.languages, site.base_url, order.batch, draft=order.draft, logo=order.logo)
    problems = list(words.problems())

    def draw(home: Home, piece: Draw) -> None:
        """Draw one piece, and go on after one that does not fit, to name them all."""
        try:
            piece(face_of(*home, site))
        except Misfit as misfit:
            problems.append(_problem(misfit, *home, site, words))
        tick()

    if not problems:
        if (layout := order.layout) is not None:
            _print_sheets(pdf, order, words, layout, draw)
        else:
            _print_pages(pdf, order, words, draw)
    if problems:
        raise DataProblems(dict.fromkeys(problems))
    return Printed(pdf.finish(), tuple(pdf.codes), pdf.pages)


def _print_pages(
    pdf: PdfCanvas, order: Order, words: PlaqueWords, draw: Callable[[Home, Draw], None]
) -> None:
    design = PLAQUES[order.size]
    piece = partial(draw_plaque, pdf, design, words=words, palette=palette_of(order.site), bleed=BLEED)
    for number, home in enumerate(order.homes, 1):
        note = order.languages[0].say(
            "plaque.note", size=f"{design.width:g} × {design.height:g}", bleed=f"{BLEED:g}",
            whose=home[0].code, page=number, pages=len(order.homes),
        )  # fmt: skip
        with trimmed_page(pdf, design.width, design.height, note, words.first["ruler"]):
            draw(home, piece)


def _print_sheets(
    pdf: PdfCanvas, order: Order, words: PlaqueWords, layout: Layout, draw: Callable[[Home, Draw], None]
) -> None:
    palette = palette_of(order.site)
    piece: Draw
    if order.size in LABELS:
        piece = partial(draw_label, pdf, *layout.piece, words=words, palette=palette)
    else:
        piece = partial(draw_plaque, pdf, PLAQUES[order.size], words=words, palette=palette, bleed=0.0)
    places = [*[None] * (order.start - 1), *order.homes]
    for sheet in range(0, len(places), layout.places):
        with pdf.page(*layout.sheet):
            for place, home in enumerate(places[sheet : sheet + layout.places]):
                if home is not None:
                    with pdf.moved(*layout.corner(place)):
                        draw(home, piece)
            if layout.cut:
                _cut_lines(pdf, layout)
            _sheet_ruler(pdf, layout, words.first["ruler"])


def _problem(
    misfit: Misfit, household: PublicHousehold, village: PublicVillage, site: PublicSite, words: PlaqueWords
) -> Problem:
    """Return the problem in the file and field that a text stands in."""
    if misfit.text == household.name:
        file, field = household.source, "name"
    elif misfit.text == village.name:
        file, field = village.source, "name"
    elif misfit.text == address_of(household, site):
        file, field = "profiles/site.yaml", "base_url"
    else:
        file, field = words.place(misfit.text)
    return Problem(field, misfit.message, misfit.hint, file=file)


def palette_of(site: PublicSite) -> Palette:
    """Return the colours of a site's plaques: the project's own where it has any."""
    own = {name: getattr(site.plaque, name) for name in ("ground", "edge", "accent")}
    return Palette(**{name: Ink(*colour) for name, colour in own.items() if colour is not None})
