"""The board's maps in millimetres and printing inks, with what explains them."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, NamedTuple

from vuonho.pages.frame import Box, Spot, around
from vuonho.pages.ground import GLYPHS, SIGN, Drawing, dotted
from vuonho.pages.map import Mark, NumberedMap
from vuonho.plaques.canvas import BLACK, CAPITAL, WHITE, Align, Ink, Palette, PdfCanvas, polygon, text_width
from vuonho.plaques.fit import LEAST, Block, Misfit, Room, fit_at, fitted, printable, running
from vuonho.plaques.plaque import PlaqueWords

# --- The maps: the sheets of `numbered_maps`, and the signs on them ---

LEFT: Final = 12.0
RIGHT: Final = 285.0
"""Between these, in mm from the trim's left, lies everything on a board."""
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


def _draw_map(
    pdf: PdfCanvas, drawn: NumberedMap, place: tuple[float, float, float], palette: Palette, room: Box
) -> None:  # fmt: skip
    """Draw a map, its top left and the mm of a unit being `place`, and its ground as far as `room`."""
    x, y, scale = place
    wide, high = room.right - room.left, room.bottom - room.top
    with pdf.within(room.left, room.top, wide, high), pdf.moved(x, y):
        pdf.rectangle(room.left - x, room.top - y, wide, high, _LAND)
        if drawn.ground:
            _draw_ground(pdf, drawn.ground, scale, drawn.here)
        for frame in drawn.frames:
            left, top = frame.corner.x * scale, frame.corner.y * scale
            right, low = left + frame.width * scale, top + frame.height * scale
            pdf.line(left, top, right, top, palette.accent, 0.4)
            pdf.line(left, low, right, low, palette.accent, 0.4)
            pdf.line(left, top, left, low, palette.accent, 0.4)
            pdf.line(right, top, right, low, palette.accent, 0.4)
            size = min(_LETTER, 0.9 * frame.height, 1.2 * frame.width) * scale
            middle, baseline = frame.middle.x * scale, frame.middle.y * scale + CAPITAL / 2 * size
            pdf.text(middle, baseline, frame.letter, "ExtraBold", size, palette.accent, "centre")
        for dot in drawn.dots:
            pdf.disc(dot.x * scale, dot.y * scale, 3 * scale, BLACK)
        if drawn.line:
            walk = [(x * scale, y * scale) for x, y in _walk(drawn)]
            pdf.polyline(walk, WHITE, 8.5 * scale)
            pdf.polyline(walk, _CLAY, 5 * scale)
            for head in drawn.arrows.split("M")[1:]:
                spots = [[float(number) * scale for number in spot.split()] for spot in head.split("L")]
                pdf.polyline(spots, _CLAY, 4 * scale)
        if drawn.centre is not None:
            pdf.outline(_HOUSE, palette.accent, drawn.centre.x * scale, drawn.centre.y * scale, scale)
        if drawn.here is not None:
            draw_star(pdf, drawn.here.x * scale, drawn.here.y * scale, scale)
        for mark in drawn.marks:
            if mark.beside:  # its point, and the line that leads to it
                spot = mark.spot.x * scale, mark.spot.y * scale
                pdf.line(*spot, mark.middle.x * scale, mark.middle.y * scale, BLACK, 1.6 * scale)
                pdf.disc(*spot, 4 * scale, BLACK)
        for mark in drawn.marks:
            left, top = mark.corner.x * scale, mark.corner.y * scale
            draw_plate(pdf, str(mark.number), left, top, mark.width * scale, mark.height * scale)


def _walk(drawn: NumberedMap) -> list[tuple[float, float]]:
    """Return the places of the walk's line."""
    spots = (spot.split(",") for spot in drawn.line.split())
    return [(float(x), float(y)) for x, y in spots]


_LAND: Final = Ink(0.08, 0.03, 0.16, 0.0)
_WATER: Final = Ink(0.36, 0.08, 0.04, 0.0)
_DEEP: Final = Ink(0.85, 0.45, 0.2, 0.2)
_ROAD: Final = Ink(0.0, 0.02, 0.14, 0.0)
_RIM: Final = Ink(0.05, 0.1, 0.35, 0.25)
_BRIDGE: Final = Ink(0.1, 0.25, 0.6, 0.55)
_GLYPH: Final = Ink(0.6, 0.25, 0.7, 0.45)
_CLAY: Final = Ink(0.0, 0.65, 0.85, 0.3)
_STAR: Final = (
    "0 -20 m 5 -6.5 l 19 -6.2 l 7.6 2.5 l 11.8 16.2 l 0 8 l -11.8 16.2 l -7.6 2.5 l -19 -6.2 l -5 -6.5 l h"
)
_STAR_OVER: Final = 11.0
"""How much further than a sign the star reaches."""
_PENS: Final = (
    ("river", _WATER, 9.0), ("lane", _RIM, 6.0), ("lane", WHITE, 3.6), ("road", _RIM, 9.0), ("road", _ROAD, 6.0),
    ("bridge", _BRIDGE, 13.0), ("bridge", _ROAD, 8.0),
)  # fmt: skip
"""What is drawn of the ground in which ink, how wide in units of the map: as on the web."""


def _draw_ground(pdf: PdfCanvas, ground: Drawing, scale: float, here: Spot | None) -> None:
    """Draw waters, ways, signs and names; where the board hangs, the star stands for the sign, its name clear of it."""
    for line in ground.lines["water"]:
        pdf.outline(polygon(*line), _WATER, scale=scale)
    for kind, ink, width in _PENS:
        for line in ground.lines[kind]:
            spots = [(x * scale, y * scale) for x, y in line]
            pdf.polyline(spots, ink, width * scale, butt=kind == "bridge")
    for name, spot, turn in ground.rivers:
        with suppress(Misfit):
            pdf.turned(
                spot.x * scale, spot.y * scale, printable(name), "SemiBold", ground.size * scale, _DEEP, -turn
            )
    for one in ground.signs:
        x, y = one.spot.x * scale, one.spot.y * scale
        is_here = here is not None and around(here, SIGN, SIGN).meets([around(one.spot, 1, 1)])
        if not is_here:
            pdf.disc(x, y, 11.5 * scale, BLACK)
            pdf.disc(x, y, 10.2 * scale, WHITE)
            pdf.outline(_pdf_path(GLYPHS[one.kind]), _GLYPH, x, y, 0.82 * scale)
        if one.label:
            align: Align = "centre" if one.align == "middle" else "left" if one.align == "start" else "right"
            size = ground.size * scale
            with suppress(Misfit):  # a sign that the typeface lacks: the landmark stands without its name
                baseline = one.label.y * scale + CAPITAL / 2 * size
                aside = _STAR_OVER * {"left": 1, "centre": 0, "right": -1}[align] * is_here
                pdf.text(
                    (one.label.x + aside) * scale,
                    baseline,
                    printable(one.name),
                    "SemiBold",
                    size,
                    BLACK,
                    align,
                )


def draw_star(pdf: PdfCanvas, x: float, y: float, scale: float) -> None:
    """Draw the star that says “you are here”."""
    pdf.outline(_STAR, WHITE, x, y, 1.3 * scale)
    pdf.outline(_STAR, _CLAY, x, y, scale)


def _pdf_path(path: str) -> str:
    """Return a glyph in PDF's own words, in which the operator comes last."""
    words = {"M": "m", "L": "l", "C": "c", "Z": "h"}
    return " ".join(f"{numbers.strip()} {words[letter]}" for letter, numbers in _STEPS.findall(path))


_STEPS: Final = re.compile(r"([MLCZ])([^MLCZ]*)")


def draw_plate(
    pdf: PdfCanvas, number: str, x: float, y: float, width: float, height: float, *, hollow: bool = False
) -> None:
    """Draw a number on its plate, white on black, or black in a ring."""
    pdf.rectangle(x, y, width, height, BLACK, height / 2)
    if hollow:
        line = 0.07 * height
        pdf.rectangle(x + line, y + line, width - 2 * line, height - 2 * line, WHITE, height / 2 - line)
    size = max(LEAST, min(_DIGITS * height, (width - _ASIDE * height) / text_width(number, "Bold")))
    baseline = y + height / 2 + CAPITAL / 2 * size
    pdf.text(x + width / 2, baseline, number, "Bold", size, BLACK if hollow else WHITE, "centre")


def plate_width(number: str, height: float) -> float:
    """Return the width of the plate on which a number is as large as its height allows."""
    return max(height, (_DIGITS * text_width(number, "Bold") + _ASIDE) * height)


def _draw_bar(pdf: PdfCanvas, bar: tuple[int, float], x: float, y: float, scale: float, size: float) -> None:
    """Draw a scale of (metres, units), its line at `y`, and its length in words on that."""
    metres, long = bar
    right = x + long * scale
    pdf.line(x, y, right, y, BLACK, 0.5)
    for end in (x + 0.25, right - 0.25):
        pdf.line(end, y, end, y - 2.4, BLACK, 0.5)
    said = f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"
    pdf.text(x + 2.0, y - 1.2, said, "SemiBold", size)


# --- The village's map with its legend, on a white card ---

_WIDTH: Final = RIGHT - LEFT
_PAD: Final = 4.0
_CORNER: Final = 5.0
_LEGEND: Final = 60.0
_SIZES: Final = (4.6, 3.7)
"""Sizes of what is said in the two languages."""
_SIGN: Final = 13.0
"""Room for a sign at the left of its words."""
_BETWEEN: Final = 3.0
_PLATE: Final = 7.5
_FOOT: Final = (9.0, 14.5)
"""Room for the scale below the legend, and for whose the map is too."""

_Sign = Callable[[float, float], None]
"""Draws a sign of the legend, its left and its middle given."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """Words in one or two languages, and the sign that they explain."""

    blocks: list[Block]
    sign: _Sign | None

    @property
    def text(self) -> float:
        """Return the mm that its words take."""
        return sum(one.height for one in self.blocks)

    @property
    def height(self) -> float:
        """Return the mm that words and sign take."""
        return max(self.text, _PLATE * 1.2 if self.sign else 0.0)

    def draw(self, pdf: PdfCanvas, left: float, top: float, palette: Palette) -> None:
        """Draw the sign, and its words beside it."""
        if self.sign:
            many = len(self.blocks[0].lines) > 1
            self.sign(left, top + (0.6 * _PLATE if many else self.height / 2))
            left += _SIGN
        top += (self.height - self.text) / 2
        for block, ink in zip(self.blocks, (BLACK, palette.accent), strict=False):
            top = block.draw(pdf, left, top, ink)


class VillageMap:
    """The map of the whole village with its legend at the right.

    `names` are those of all families by number, `seen` the numbers on the maps: the legend shows one, and one that is
    not there. Raises Misfit for words without room.
    """

    def __init__(
        self, pdf: PdfCanvas, drawn: NumberedMap, words: PlaqueWords, palette: Palette,
        names: Mapping[int, str], seen: Collection[int], credit: str = "",
    ) -> None:  # fmt: skip
        self._credit = credit
        self._names: list[_Name] = []
        if drawn.ground and len(drawn.marks) <= _NAMED[1]:
            self._names = _names(drawn, drawn.ground, names)
            drawn = drawn._replace(ground=drawn.ground.clear_of([one.box for one in self._names]))
        self._pdf, self._map, self._palette = pdf, drawn, palette
        self._scale = (_WIDTH - _LEGEND - 2 * _PAD) / drawn.width
        first, second = words.both("board_map")
        title = [fitted(first, "Bold", Room(_LEGEND, 12, 9.0, 5, 1))]
        if second:
            title.append(fitted(second, "Medium", Room(_LEGEND, 8, 5.6, 3.4, 1)))
        self._entries = [_Entry(title, None), _entry(words, "board_numbers", self._plate(min(seen)))]
        if unseen := next((number for number in names if number not in seen), None):
            self._entries.append(_entry(words, "board_unseen", self._plate(unseen, hollow=True)))
        if drawn.frames:
            self._entries.append(_entry(words, "board_areas", None))
        if drawn.here is not None:
            self._entries.append(
                _entry(
                    words,
                    "board_here",
                    lambda left, middle: draw_star(pdf, left + _PLATE / 2, middle, _PLATE / 36),
                )
            )
        if drawn.line:
            self._entries.append(_entry(words, "board_walk", self._walk))
        if drawn.centre is not None:
            house = self._outline(_HOUSE, palette.accent, _PLATE / 24)
            self._entries.append(_entry(words, "board_centre", house))
        legend = sum(one.height + _BETWEEN for one in self._entries) + _FOOT[bool(credit)]
        self.height = max((drawn.height - STRIP) * self._scale, legend + 2 * _PAD)

    def _plate(self, number: int, *, hollow: bool = False) -> _Sign:
        width = min(plate_width(str(number), _PLATE), _SIGN - 2.5)
        return lambda left, middle: draw_plate(
            self._pdf, str(number), left, middle - _PLATE / 2, width, _PLATE, hollow=hollow
        )

    def _walk(self, left: float, middle: float) -> None:
        self._pdf.polyline([(left, middle), (left + _PLATE * 1.2, middle)], _CLAY, 1.3)
        head = [
            (left + 0.4 * _PLATE, middle - 1.8),
            (left + 0.7 * _PLATE, middle),
            (left + 0.4 * _PLATE, middle + 1.8),
        ]
        self._pdf.polyline(head, _CLAY, 1.1)

    def _outline(self, path: str, ink: Ink, scale: float) -> _Sign:
        return lambda left, middle: self._pdf.outline(path, ink, left + _PLATE / 2, middle, scale)

    def draw_card(self, top: float) -> None:
        """Draw the white beneath."""
        self._pdf.rectangle(LEFT, top, _WIDTH, self.height, WHITE, _CORNER)

    def draw(self, top: float) -> None:
        """Draw the map up to the edges of its card, and at its right the legend with scale, north and whose it is."""
        pdf, scale, width = self._pdf, self._scale, self._map.width * self._scale
        spare = self.height - (self._map.height - STRIP) * scale
        high = top + spare / 2
        with pdf.within(LEFT, top, _WIDTH, self.height, _CORNER):
            room = Box(LEFT, top, LEFT + width, top + self.height)
            _draw_map(pdf, self._map, (LEFT, high, scale), self._palette, room)
            for name in self._names:
                for baseline, line in name.block.baselines(name.box.top):
                    pdf.text(
                        LEFT + name.x * scale, high + baseline * scale, line, "Bold",
                        name.block.size * scale, BLACK, name.align,
                    )  # fmt: skip
        left, y = RIGHT - _LEGEND - _PAD, top + _PAD
        for entry in self._entries:
            entry.draw(pdf, left, y, self._palette)
            y += entry.height + _BETWEEN
        low = top + self.height - _PAD
        if self._credit:
            pdf.text(left, low, printable(self._credit), "Medium", LEAST)
            low -= 5.5
        metres, long = self._map.bar
        shorter = 2 if long * scale > _LEGEND - 12 else 1
        _draw_bar(pdf, (metres // shorter, long / shorter), left, low, scale, _SIZES[0])
        pdf.outline(_ARROW, BLACK, RIGHT - _PAD - 3, low - 4, _PLATE / 20)


class _Name(NamedTuple):
    """A family's name beside its number: its lines, what they take, and where they begin, end or have their middle."""

    block: Block
    box: Box
    x: float
    align: Align


_NAMED: Final = (12, 24)
"""Up to so many homes have their names on the map, in place of a landmark's or where there is none."""
_NAME_WIDTHS: Final = (230.0, 120.0)
"""Units of the map that a name may take in a line, the second where the first has no room."""
_BESIDE: Final[tuple[tuple[Align, float, float], ...]] = (
    ("left", 1, 0), ("right", -1, 0), ("centre", 0, 1), ("centre", 0, -1),
    ("left", -0.6, 1), ("left", -0.6, -1), ("right", 0.6, 1), ("right", 0.6, -1),
    ("left", 1, 0.5), ("left", 1, -0.5), ("right", -1, 0.5), ("right", -1, -0.5),
)  # fmt: skip
"""Where a name stands: what of it is at the number, and how far that is aside and below, in halves of the number."""


def _names(
    drawn: NumberedMap, ground: Drawing, names: Mapping[int, str]
) -> list[_Name]:  # fmt: skip
    """Return the names that find room beside their numbers: off what is drawn, if need be on a landmark's name."""
    paper = Box(4, 4, ground.width - 4, ground.height - 4)
    signs = [around(one.spot, SIGN, SIGN) for one in ground.signs]
    stars = [around(spot, 40, 40) for spot in (drawn.centre, drawn.here) if spot]
    taken = [*signs, *stars, *(around(one.middle, one.width, one.height) for one in drawn.marks)]
    taken += [around(Spot(*spot), 12, 12) for spot in dotted([_walk(drawn)])]
    found: list[_Name] = []
    for mark in drawn.marks:
        free = []
        for width in _NAME_WIDTHS:
            with suppress(Misfit):  # it stands in the list
                block = fit_at(printable(names[mark.number]), "Bold", Room(width, 110, ground.size, 1, 4))
                free += [
                    one for one in _beside(mark, block) if paper.holds(one.box) and not one.box.meets(taken)
                ]
        clear = (one for one in free if not one.box.meets(ground.boxes))
        if name := next(clear, free[0] if free and len(drawn.marks) <= _NAMED[0] else None):
            found.append(name)
            taken.append(name.box)
    return found


def _beside(mark: Mark, block: Block) -> Iterator[_Name]:
    """Yield the places where a name may stand."""
    for align, aside, below in _BESIDE:
        x = mark.middle.x + aside * (mark.width / 2 + 3)
        top = mark.middle.y + below * (mark.height / 2 + block.height / 2 + 1) - block.height / 2
        left = x - {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * block.width
        yield _Name(block, Box(left, top, left + block.width, top + block.height), x, align)


def _entry(words: PlaqueWords, key: str, sign: _Sign | None) -> _Entry:
    room = _LEGEND - (_SIGN if sign else 0.0)
    sizes = zip(words.both(key), _SIZES, strict=True)
    return _Entry([running(text, "Medium", size, room, 8) for text, size in sizes if text], sign)


# --- The maps of its areas, one or two abreast ---

_GAP: Final = 5.0
"""Between cards, above each other and side by side."""
_STRIP: Final = 9.4
_STRIP_SHARE: Final = 0.0145
"""Height above the map of an area for its letter, its scale and the arrow to the north: mm, and share of the width."""
_ALONE: Final = 6
"""So many areas at most have the whole width each; more stand two abreast."""


@dataclass(frozen=True, slots=True)
class Area:
    """The map of an area on its card: place and size in mm, its heading, and how far below the card's top the map is."""

    drawn: NumberedMap
    left: float
    top: float
    width: float
    height: float
    heading: Block
    strip: float

    def draw_card(self, pdf: PdfCanvas) -> None:
        """Draw the white beneath."""
        pdf.rectangle(self.left, self.top, self.width, self.height, WHITE, _CORNER)

    def draw(self, pdf: PdfCanvas, palette: Palette) -> None:
        """Draw heading, scale, arrow and map."""
        line = self.top + 2.5 + 0.97 * self.heading.size
        self.heading.draw(pdf, self.left + _PAD, self.top + 2.5)
        scale = _area_scale(self.width)
        right = self.left + self.width - _PAD - 4
        pdf.outline(_ARROW, BLACK, right, line - CAPITAL / 2 * self.heading.size, _PLATE / 20)
        bar = self.drawn.bar[1] * scale
        _draw_bar(pdf, self.drawn.bar, right - 8 - bar, line, scale, 0.72 * self.heading.size)
        top = self.top + self.strip
        low = top + (self.drawn.height - STRIP) * scale
        with pdf.within(self.left, self.top, self.width, self.height, _CORNER):
            room = Box(self.left, top, self.left + self.width, low)
            _draw_map(pdf, self.drawn, (self.left, top, scale), palette, room)


def _area_scale(width: float) -> float:
    return width / 720


def area_pages(
    parts: Sequence[NumberedMap], words: PlaqueWords, top: float, bottom: float
) -> list[list[Area]]:
    """Return the areas of each page between `top` and `bottom`, in order; raise Misfit for a heading without room."""
    abreast = 1 if len(parts) <= _ALONE else 2
    width = (_WIDTH - (abreast - 1) * _GAP) / abreast
    strip = _STRIP + _STRIP_SHARE * width
    pages: list[list[Area]] = [[]]
    y = top
    for at in range(0, len(parts), abreast):
        row = parts[at : at + abreast]
        height = max(part.height - STRIP for part in row) * _area_scale(width) + strip
        if y + height > bottom and pages[-1]:
            pages.append([])
            y = top
        for place, part in enumerate(row):
            said = " · ".join(f"{word} {part.letter}" for word in words.both("board_area") if word)
            heading = fitted(said, "Bold", Room(0.4 * width, 9, 6.4, 3.6, 1))
            left = LEFT + place * (width + _GAP)
            pages[-1].append(Area(part, left, y, width, height, heading, strip))
        y += height + _GAP
    return [page for page in pages if page]
