"""The board's maps in millimetres and printing inks, with what explains them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from vuonho.model.public import PublicSite, PublicVillage
from vuonho.pages.map import Frame, Mark, NumberedMap
from vuonho.plaques.canvas import BLACK, CAPITAL, WHITE, Palette, Press, text_width
from vuonho.plaques.fit import LEAST, Room, Set, Words, draw_block, fitted, printable, running
from vuonho.plaques.logo import Logo
from vuonho.plaques.plaque import PHONE, draw_badge, draw_phone, place_logo
from vuonho.qr.symbol import payload, qr_symbol
from vuonho.resources import Weight

# --- The board's maps: the sheets of `numbered_maps` in millimetres and printing inks, with what explains them ---

STRIP: Final = 44
"""Units below each sheet that `numbered_maps` leaves for scale and north; the board has its own room for them."""
_HOUSE: Final = "-12 11 m -12 -1 l 0 -12 l 12 -1 l 12 11 l h -4 11 m -4 3 l 4 3 l 4 11 l h"
_ARROW: Final = "0 -10 m 6 8 l 0 4 l -6 8 l h"
_DIGITS: Final = 0.58
"""Size of a number as a share of its plate's height."""
_ASIDE: Final = 0.28
"""What a plate keeps free beside its number, left and right together, as a share of its height."""
_LETTER: Final = 46.0
"""Size of an area's letter on the overview, in units of the map."""


def map_height(drawn: NumberedMap) -> int:
    """Return the height of a map without the strip, in its units."""
    return drawn.height - STRIP


def draw_map(press: Press, drawn: NumberedMap, x: float, y: float, scale: float, palette: Palette) -> None:
    """Draw a map, its top left at (x, y), `scale` mm a unit."""
    with press.moved(x, y):
        for frame in drawn.frames:
            _frame(press, frame, scale, palette)
        for dot in drawn.dots:
            press.disc(dot.x * scale, dot.y * scale, 3 * scale, BLACK)
        if drawn.centre is not None:
            draw_house(press, drawn.centre.x * scale, drawn.centre.y * scale, scale, palette)
        for mark in drawn.marks:
            if mark.beside:
                _lead(press, mark, scale)
        for mark in drawn.marks:
            left, top = mark.corner.x * scale, mark.corner.y * scale
            draw_plate(press, str(mark.number), left, top, mark.width * scale, mark.height * scale)


def _frame(press: Press, frame: Frame, scale: float, palette: Palette) -> None:
    left, top = frame.corner.x * scale, frame.corner.y * scale
    right, low = left + frame.width * scale, top + frame.height * scale
    for line in (
        (left, top, right, top),
        (left, low, right, low),
        (left, top, left, low),
        (right, top, right, low),
    ):
        press.line(*line, palette.accent, 0.4)
    size = min(_LETTER, 0.9 * frame.height, 1.2 * frame.width) * scale
    x, y = frame.middle.x * scale, frame.middle.y * scale
    press.text(x, y + CAPITAL / 2 * size, frame.letter, "ExtraBold", size, palette.accent, "centre")


def _lead(press: Press, mark: Mark, scale: float) -> None:
    """Draw the point of a plate that stands beside it, and the line between."""
    x, y = mark.spot.x * scale, mark.spot.y * scale
    press.line(x, y, mark.middle.x * scale, mark.middle.y * scale, BLACK, 1.6 * scale)
    press.disc(x, y, 4 * scale, BLACK)


def draw_plate(
    press: Press, number: str, x: float, y: float, width: float, height: float, *, hollow: bool = False
) -> None:
    """Draw a number on its plate, white on black, or black in a ring."""
    press.rectangle(x, y, width, height, BLACK, height / 2)
    if hollow:
        line = 0.07 * height
        press.rectangle(x + line, y + line, width - 2 * line, height - 2 * line, WHITE, height / 2 - line)
    size = max(LEAST, min(_DIGITS * height, (width - _ASIDE * height) / text_width(number, "Bold")))
    baseline = y + height / 2 + CAPITAL / 2 * size
    press.text(x + width / 2, baseline, number, "Bold", size, BLACK if hollow else WHITE, "centre")


def plate_width(number: str, height: float) -> float:
    """Return the width of the plate on which a number is as large as its height allows."""
    return max(height, (_DIGITS * text_width(number, "Bold") + _ASIDE) * height)


def draw_house(press: Press, x: float, y: float, unit: float, palette: Palette) -> None:
    """Draw the sign of the village's centre around a place, 24 units wide."""
    press.outline(_HOUSE, palette.accent, x, y, unit)


def draw_bar(press: Press, bar: tuple[int, float], x: float, y: float, scale: float, size: float) -> None:
    """Draw a scale of (metres, units), its line at `y`, and its length in words on that."""
    metres, long = bar
    right = x + long * scale
    press.line(x, y, right, y, BLACK, 0.5)
    for end in (x + 0.25, right - 0.25):
        press.line(end, y, end, y - 2.4, BLACK, 0.5)
    press.text(x + 2.0, y - 1.2, said_metres(metres), "SemiBold", size)


def shorter(bar: tuple[int, float]) -> tuple[int, float]:
    """Return the next shorter round scale: 500 m, 200 m, 100 m."""
    metres, long = bar
    part = 2.5 if str(metres).startswith("5") else 2.0
    return round(metres / part), long / part


def said_metres(metres: int) -> str:
    """Return the length of a scale as it is written in any language."""
    return f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"


def draw_north(press: Press, x: float, y: float, height: float) -> None:
    """Draw the arrow to the north in the middle of (x, y)."""
    press.outline(_ARROW, BLACK, x, y, height / 20)


# --- The words of the village board, each in the first language of the site and in the second ---


class Phrase(NamedTuple):
    """The same in two languages; `second` is "" where the site has only one."""

    first: str
    second: str = ""


@dataclass(frozen=True, slots=True)
class BoardWords:
    """What the board says beside names and numbers.

    `genuine` warns of codes pasted over this one, `unseen` explains the hollow numbers, `areas` the letters, and
    `area` is the word before a letter ("Khu"). `foot` stands small on each sheet: whom to tell of damage, print run.
    `note` and `ruler` are for the print shop; `draft` marks every sheet and is "" otherwise.
    """

    heading: Phrase
    scan: Phrase
    how: str
    genuine: Phrase
    map: Phrase
    numbers: Phrase
    unseen: Phrase
    areas: Phrase
    area: Phrase
    centre: Phrase
    north: Phrase
    list: Phrase
    foot: str
    note: str
    ruler: str
    draft: str = ""
    logo: Logo | None = None


def both(phrase: Phrase) -> str:
    """Return a phrase in both languages on one line."""
    return " · ".join(filter(None, phrase))


# --- What explains the board's map: the meaning of its numbers, its centre, its scale, and where north is ---

_FIRST: Final = 4.6
_SECOND: Final = 4.0
"""Sizes of what is said in the two languages."""
_SIGN: Final = 13.0
"""Room for a sign at the left of its words."""
_BETWEEN: Final = 4.5
_PLATE: Final = 7.5

Sign = Literal["", "number", "hollow", "house", "north"]
Examples = tuple[int, int | None]
"""A number that is on the map, and one that is not, if there is one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Words in one or two languages, and the sign that they explain."""

    sign: Sign
    sets: tuple[Set, ...]
    number: str = ""

    @property
    def text(self) -> float:
        """Return the mm that its words take."""
        return sum(one.height for one in self.sets)

    @property
    def height(self) -> float:
        """Return the mm that words and sign take."""
        return max(self.text, _PLATE * 1.2 if self.sign else 0.0)


@dataclass(frozen=True, slots=True)
class Legend:
    """Title and entries below each other, and at the end the scale: `bar` is (metres, units), a unit `scale` mm."""

    title: Entry
    entries: tuple[Entry, ...]
    bar: tuple[int, float]
    scale: float

    @property
    def height(self) -> float:
        """Return the mm that it takes."""
        words = self.title.height + sum(one.height + _BETWEEN for one in self.entries)
        return words + _BETWEEN + 1.3 * _FIRST

    def draw(self, press: Press, left: float, top: float, palette: Palette) -> None:
        """Draw it from `top` down."""
        y = _draw(press, self.title, left, top, palette)
        for entry in self.entries:
            y += _BETWEEN
            _draw_sign(press, entry, left, y, palette)
            indent = _SIGN if entry.sign else 0.0
            _draw(press, entry, left + indent, y + (entry.height - entry.text) / 2, palette)
            y += entry.height
        draw_bar(press, self.bar, left, y + _BETWEEN + 1.3 * _FIRST, self.scale, _FIRST)


def legend_of(
    drawn: NumberedMap, words: BoardWords, width: float, scale: float, examples: Examples
) -> Legend:
    """Return the legend of a map, its numbers explained by examples; raise Misfit for words without room."""
    title = fitted(words.map.first, "Bold", Room(width, 12, 9.0, 5, 1))
    second = (fitted(words.map.second, "Medium", Room(width, 8, 5.6, 3.4, 1)),) if words.map.second else ()
    entries = tuple(_entries(drawn, words, width, examples))
    bar = drawn.bar if drawn.bar[1] * scale <= width else shorter(drawn.bar)
    return Legend(Entry("", (title, *second)), entries, bar, scale)


def _entries(drawn: NumberedMap, words: BoardWords, width: float, examples: Examples) -> Iterator[Entry]:
    seen, unseen = examples
    yield _entry("number", words.numbers, width, str(seen))
    if unseen is not None:
        yield _entry("hollow", words.unseen, width, str(unseen))
    if drawn.frames:
        yield _entry("", words.areas, width)
    if drawn.centre is not None:
        yield _entry("house", words.centre, width)
    yield _entry("north", words.north, width)


def _entry(sign: Sign, phrase: Phrase, width: float, number: str = "") -> Entry:
    room = width - (_SIGN if sign else 0.0)
    sizes = zip(phrase, (_FIRST, _SECOND), strict=True)
    sets = tuple(running(text, "Medium", size, room, 8) for text, size in sizes if text)
    return Entry(sign, sets, number)


def _draw(press: Press, entry: Entry, left: float, top: float, palette: Palette) -> float:
    for one, ink in zip(entry.sets, (BLACK, palette.accent), strict=False):
        top = draw_block(press, one, left, top, ink)
    return top


def _draw_sign(press: Press, entry: Entry, left: float, top: float, palette: Palette) -> None:
    middle = top + 0.6 * _PLATE if len(entry.sets[0].lines) > 1 else top + entry.height / 2
    x = left + _PLATE / 2
    if entry.sign in ("number", "hollow"):
        width = min(plate_width(entry.number, _PLATE), _SIGN - 2.5)
        hollow = entry.sign == "hollow"
        draw_plate(press, entry.number, left, middle - _PLATE / 2, width, _PLATE, hollow=hollow)
    elif entry.sign == "house":
        draw_house(press, x, middle, _PLATE / 24, palette)
    elif entry.sign == "north":
        draw_north(press, x, middle, _PLATE)


# --- The head of the board: code, name, what to do; and the line at the top of its further sheets ---

LEFT: Final = 12.0
RIGHT: Final = 285.0
"""Between these, in mm from the trim's left, lies everything."""
RUNNING_BOTTOM: Final = 30.0
"""Where the head of a further sheet ends, with the room below it."""
_TOP: Final = 14.0
_CARD: Final = 104.0
_BESIDE: Final = 10.0
_ADDRESS: Final = (9.0, 6.8)
"""Largest and least size of the address: the least has letters of 5 mm."""
_ADDRESS_LINES: Final = 3
_FACE: Final[Weight] = "SemiBold"
_AFTER_A_SLASH: Final = re.compile(r"(?<=/)(?=.)")
_ANY_CODE: Final = "0"


def village_address(site: PublicSite, village: PublicVillage) -> str:
    """Return the address of a village's page as one types it, the host in lower case: "vuonmau.example/thon-dong/"."""
    host, slash, path = site.base_url.removeprefix("https://").partition("/")
    return f"{host.lower()}{slash}{path}{village.slug}/"


def village_payload(site: PublicSite, village: PublicVillage) -> str:
    """Return the address of a village's page in the letters of its code: the host in capitals, the path as written."""
    base = payload(site.base_url, _ANY_CODE).removesuffix(f"{_ANY_CODE}/")
    return f"{base}{village.slug}/"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of the first sheet: `scale` enlarges all of it but the width that it has."""

    village: PublicVillage
    words: BoardWords
    scale: float
    payload: str
    address: Set
    warnings: tuple[Set, ...]

    @classmethod
    def of(cls, village: PublicVillage, site: PublicSite, words: BoardWords, scale: float) -> "Head":
        """Return the head at a scale; raise Misfit for an address or a warning without room."""
        width = RIGHT - LEFT
        address = _address(village_address(site, village), width, scale)
        warnings = tuple(running(text, "Medium", 4.2 * scale, width, 4) for text in words.genuine if text)
        return cls(village, words, scale, village_payload(site, village), address, warnings)

    @property
    def low(self) -> float:
        """Return where the card with the code ends."""
        return _TOP + _CARD * self.scale

    @property
    def bottom(self) -> float:
        """Return where it ends."""
        return self.low + 1.5 + self.address.height + 0.5 + sum(one.height for one in self.warnings)

    def draw(self, press: Press, palette: Palette) -> None:
        """Draw it; raise Misfit for a text without room."""
        card = _CARD * self.scale
        press.rectangle(LEFT, _TOP, card, card, WHITE, 5 * self.scale)
        press.symbol(qr_symbol(self.payload), LEFT + 1, _TOP + 1, card - 2, self.payload, self.village.name)
        top = draw_block(press, self.address, LEFT, self.low + 1.5) + 0.5
        for one in self.warnings:
            top = draw_block(press, one, LEFT, top)
        left = LEFT + card + _BESIDE
        self._names(press, palette, left)
        self._call(press, palette, left)

    def _names(self, press: Press, palette: Palette, left: float) -> None:
        """Draw badge and logo, and below them the village's name and the heading."""
        s, words, width = self.scale, self.words, RIGHT - left
        radius = 12.5 * s
        draw_badge(press, left + 0.9 * radius, 4.0 + radius, radius, palette)
        if words.logo is not None:
            place_logo(press, words.logo, RIGHT - 36, 11, 35, 20 * s)
        name = fitted(self.village.name, "Bold", Room(width, 30 * s, 24.5 * s, 6.5, 4))
        top = draw_block(press, name, left, 5.5 + 2 * radius)
        heading = fitted(words.heading.first, "SemiBold", Room(width, 11 * s, 8.6 * s, 4.5, 2))
        top = draw_block(press, heading, left, top + 1.5 * s, palette.accent)
        if words.heading.second:
            second = fitted(words.heading.second, "Medium", Room(width, 8 * s, 5.8 * s, 3.4, 2))
            draw_block(press, second, left, top, palette.accent)

    def _call(self, press: Press, palette: Palette, left: float) -> None:
        """Draw the phone and what to do with it, down to where the card ends."""
        s, words = self.scale, self.words
        text = left + 22 * s
        width = RIGHT - text
        sets = [
            (fitted(words.scan.first, "Bold", Room(width, 18 * s, 7.4 * s, 4.5, 3)), BLACK),
            (fitted(words.how, "Medium", Room(width, 7.5 * s, 5.6 * s, 3.6, 2)), BLACK),
        ]
        if words.scan.second:
            second = fitted(words.scan.second, "Medium", Room(width, 7.5 * s, 5.2 * s, 3.4, 2))
            sets.append((second, palette.accent))
        phone = 17.5 * s
        height = max(sum(one.height for one, _ in sets) + 1.2 * s, phone * PHONE)
        top = self.low - height
        draw_phone(press, left, self.low - (height + phone * PHONE) / 2, phone, palette)
        for one, ink in sets:
            top = draw_block(press, one, text, top, ink) + 0.6 * s


def _address(address: str, width: float, scale: float) -> Set:
    """Return the address as large as it may be in the fewest lines, up to three, each ending after a slash.

    Where that is not possible lines end after dots and dashes too. Raises Misfit for an address without room.
    """
    large, least = _ADDRESS[0] * scale, _ADDRESS[1]
    parts = Words.of(_AFTER_A_SLASH.split(printable(address, _FACE)), _FACE, joint="")
    lines = parts.even(width / least, len(parts.cuts(width / least)) + 1)
    if lines is None or len(lines) > _ADDRESS_LINES:
        return running(address, _FACE, least, width, _ADDRESS_LINES)
    return Set(lines, _FACE, min(large, width / Set(lines, _FACE, 1.0).width))


def draw_running_head(press: Press, village: PublicVillage, words: BoardWords, palette: Palette) -> None:
    """Draw the line at the top of a further sheet: badge, the village's name, the heading."""
    draw_badge(press, LEFT + 8, 13.5, 8, palette)
    left, width = LEFT + 20.5, RIGHT - LEFT - 20.5
    name = fitted(village.name, "Bold", Room(0.55 * width, 12, 8.4, 3.6, 2))
    draw_block(press, name, left, 17.6 - name.height / 2)
    beside = left + name.width + 6
    heading = fitted(both(words.heading), "Medium", Room(RIGHT - beside, 10, 5.2, 3.0, 3))
    draw_block(press, heading, beside, 18.2 - heading.height / 2, palette.accent)


# --- The white cards with the board's maps: the village with its legend, and its areas, one or two abreast ---

_WIDTH: Final = RIGHT - LEFT
_PAD: Final = 4.0
_CORNER: Final = 5.0
_LEGEND: Final = 60.0
_GAP: Final = 5.0
"""Between cards, above each other and side by side."""
_STRIP: Final = 7.6
_STRIP_SHARE: Final = 0.0145
"""Height above the map of an area for its letter, its scale and the arrow to the north: mm, and share of the width."""
_ALONE: Final = 6
"""So many areas at most have the whole width each; more stand two abreast."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The map of the whole village with its legend at the right."""

    drawn: NumberedMap
    legend: Legend
    scale: float

    @classmethod
    def of(cls, drawn: NumberedMap, words: BoardWords, examples: Examples) -> "Plan":
        """Return the plan in the width of the board; raise Misfit for words without room."""
        scale = (_WIDTH - _LEGEND - 2.5 * _PAD) / drawn.width
        return cls(drawn, legend_of(drawn, words, _LEGEND, scale, examples), scale)

    @property
    def height(self) -> float:
        """Return the mm of its card."""
        return max(map_height(self.drawn) * self.scale, self.legend.height + _PAD) + _PAD

    def draw_card(self, press: Press, top: float) -> None:
        """Draw the white beneath."""
        press.rectangle(LEFT, top, _WIDTH, self.height, WHITE, _CORNER)

    def draw(self, press: Press, top: float, palette: Palette) -> None:
        """Draw the map in the middle of its room, and the legend."""
        spare = self.height - map_height(self.drawn) * self.scale
        draw_map(press, self.drawn, LEFT + _PAD / 2, top + spare / 2, self.scale, palette)
        self.legend.draw(press, RIGHT - _LEGEND - _PAD, top + _PAD, palette)


@dataclass(frozen=True, slots=True)
class Area:
    """The map of an area on its card: place and size in mm, and its heading."""

    drawn: NumberedMap
    left: float
    top: float
    width: float
    height: float
    heading: Set

    def draw_card(self, press: Press) -> None:
        """Draw the white beneath."""
        press.rectangle(self.left, self.top, self.width, self.height, WHITE, _CORNER)

    def draw(self, press: Press, palette: Palette) -> None:
        """Draw heading, scale, arrow and map."""
        line = self.top + 2.5 + 0.97 * self.heading.size
        draw_block(press, self.heading, self.left + _PAD, self.top + 2.5)
        size = 0.72 * self.heading.size
        scale = _map_scale(self.width)
        right = self.left + self.width - _PAD - 4
        draw_north(press, right, line - CAPITAL / 2 * self.heading.size, 7.5)
        bar = self.drawn.bar[1] * scale
        draw_bar(press, self.drawn.bar, right - 8 - bar, line, scale, size)
        draw_map(press, self.drawn, self.left + 1, self.top + _strip(self.width), scale, palette)


def _map_scale(width: float) -> float:
    return (width - 2) / 720


def _strip(width: float) -> float:
    return _STRIP + _STRIP_SHARE * width


def area_pages(
    parts: Sequence[NumberedMap], words: BoardWords, top: float, bottom: float
) -> tuple[tuple[Area, ...], ...]:
    """Return the areas of each page between `top` and `bottom`, in order; raise Misfit for a heading without room."""
    abreast = 1 if len(parts) <= _ALONE else 2
    width = (_WIDTH - (abreast - 1) * _GAP) / abreast
    pages: list[list[Area]] = [[]]
    y = top
    for at in range(0, len(parts), abreast):
        row = parts[at : at + abreast]
        height = max(map(map_height, row)) * _map_scale(width) + _strip(width)
        if y + height > bottom and pages[-1]:
            pages.append([])
            y = top
        for place, part in enumerate(row):
            left = LEFT + place * (width + _GAP)
            pages[-1].append(Area(part, left, y, width, height, _heading(part, words, 0.4 * width)))
        y += height + _GAP
    return tuple(tuple(page) for page in pages if page)


def _heading(part: NumberedMap, words: BoardWords, width: float) -> Set:
    said = Phrase(*(f"{word} {part.letter}" if word else "" for word in words.area))
    return fitted(both(said), "Bold", Room(width, 9, 6.4, 3.6, 1))
