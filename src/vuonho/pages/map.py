"""Maps drawn at build time: the village with its gardens, the walking route, and where one garden lies."""

import math
import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import chain, pairwise, product
from typing import Final, NamedTuple, TypeAlias

from vuonho.model.ground import Ground
from vuonho.model.public import PublicHousehold, PublicVillage
from vuonho.model.values import EARTH_RADIUS_M, Point, distance_m
from vuonho.pages.frame import Box, Sheet, Spot, around, extent, sheet_around
from vuonho.pages.ground import Drawing, Line, draw_ground, simplified
from vuonho.pages.language import Language
from vuonho.pages.paths import walked
from vuonho.text import fold

# --- Maps drawn at build time: the village with its gardens, and where one garden lies ---

AT_CENTRE_M: Final = 60
"""Metres within which a house counts as being in the centre."""
CELL_DEGREES: Final = 0.01
PLAN_WIDTH: Final = 380
_MARGIN: Final = 0.13
_MOST_TOUCHED: Final = 200
"""With more dots none is a link."""
_LEAST_METRES: Final = 300.0
_FLATTEST_PLAN: Final = 0.6
_TALLEST_PLAN: Final = 0.95
_PLAN_LETTERS: Final = 17.0
"""13 px on the narrowest phones."""
_PLAN_MOST: Final = (1_500, 10)
"""Points of lines and signs on the web's map."""
_PLAN_PLATE: Final = 27.0
ENOUGH: Final = 3
"""So many homes that show their point make a map."""
_MOST_NUMBERS: Final = 60
"""With more gardens there are dots."""
_LEAST_STEP: Final = 46.0
"""Shorter steps of the walk are covered by the numbers at their ends."""
_HEAD: Final = 6.0
_HEADS: Final = (0.5, 0.35, 0.65, 0.2, 0.8)
"""Where on a leg its arrow is tried."""
_HEAD_ROOM: Final = 20.0
_WAYS: Final = ("n", "ne", "e", "se", "s", "sw", "w", "nw")


class Dot(NamedTuple):
    """A household that shows its exact point, with its number in the list."""

    x: float
    y: float
    household: PublicHousehold
    number: int


@dataclass(frozen=True, slots=True)
class Cell:
    """An area of 0.01° and how many households lie somewhere in it; its corner and size in the drawing."""

    x: float
    y: float
    width: float
    height: float
    count: int

    @property
    def middle(self) -> Spot:
        """The middle of the area."""
        return Spot(round(self.x + self.width / 2, 1), round(self.y + self.height / 2, 1))


class Plan(NamedTuple):
    """The frame in which the web draws a village, and the file of its ground, "" where none is known."""

    sheet: Sheet
    path: str

    def path_in(self, tag: str) -> str:
        """Return the file whose names are told in a language: those of the ground are Vietnamese."""
        return self.path if tag == "vi" else self.path.replace(".svg", f"-{tag}.svg")


class Map(NamedTuple):
    """A village's map: `bar` is (metres, length in the drawing) of its scale; `unseen` are households not on it.

    `marks` are the numbers of those dots that find room for one, in their order, none where they are too many. `line`
    is the walk as the "x,y x,y" of a polyline, `arrows` a path of arrow heads on it.
    """

    plan: Plan
    centre: Spot
    dots: tuple[Dot, ...]
    marks: "tuple[Mark, ...]"
    cells: tuple[Cell, ...]
    drawing: Drawing | None
    line: str
    arrows: str
    bar: tuple[int, float]
    unseen: int

    @property
    def numbered(self) -> "tuple[tuple[Mark, PublicHousehold], ...]":
        """Each number with its household."""
        homes = {dot.number: dot.household for dot in self.dots}
        return tuple((mark, homes[mark.number]) for mark in self.marks)

    @property
    def bare(self) -> tuple[Dot, ...]:
        """The dots without a number."""
        marked = {mark.number for mark in self.marks}
        return tuple(dot for dot in self.dots if dot.number not in marked)

    @property
    def dotted(self) -> str:
        """All dots as one path, each a step from the one before, where nobody could touch one of so many; else ""."""
        if len(self.dots) <= _MOST_TOUCHED:
            return ""
        spots = sorted({(round(dot.y), round(dot.x)) for dot in self.dots})
        steps = pairwise([(0, 0), *spots])
        return "".join(f"m{x - old_x} {y - old_y}h0" for (old_y, old_x), (y, x) in steps)


def plan_of(village: PublicVillage, households: Sequence[PublicHousehold]) -> Plan:
    """Return the frame that holds a village's centre and all homes that show a point; of few, areas as well.

    An area is a kilometre wide: around all of them the homes themselves would be a speck.
    """
    exact = [one.exact for one in households if one.exact]
    areas = [_corners(one.near) for one in households if one.near]
    points = [village.centre, *exact, *chain.from_iterable(areas if len(exact) < ENOUGH else ())]
    points = _with_places(points, village.ground)
    _, tall, wide = extent(points)
    share = min(max(max(tall, _LEAST_METRES) / max(wide, 1.0), _FLATTEST_PLAN), _TALLEST_PLAN)
    sheet = sheet_around(points, PLAN_WIDTH, round(PLAN_WIDTH * share), _MARGIN, _LEAST_METRES)
    if village.ground is None:
        return Plan(sheet, "")
    homes = sorted({sheet.spot(one.exact) for one in households if one.exact})
    digest = sha256(repr((village.ground, sheet, homes)).encode("utf-8", "surrogatepass")).hexdigest()
    return Plan(sheet, f"{village.slug}/map-{digest[:8]}.svg")


def _with_places(points: Sequence[Point], ground: Ground | None) -> list[Point]:
    """Return points with the village's own places, the nearest first, that at most double what a map has to hold.

    Around one that lies farther off the homes would be specks: its page leads there without a map.
    """
    middle, *sides = extent(points)
    most, held = 2 * max(*sides, _LEAST_METRES), list(points)
    for place in sorted(ground.places if ground else (), key=lambda place: distance_m(place, middle)):
        if max(extent([*held, place])[1:]) <= most:
            held.append(place)
    return held


def _plan_drawing(
    village: PublicVillage, households: Sequence[PublicHousehold], sheet: Sheet, legs: tuple[Line, ...]
) -> Drawing | None:
    """Return the ground of a village's plan."""
    if village.ground is None:
        return None
    spots = tuple(sheet.spot(one.exact) for one in households if one.exact)
    return draw_ground(
        village.ground, sheet, (sheet.spot(village.centre), *spots), legs, _PLAN_LETTERS, *_PLAN_MOST
    )


def village_map(
    village: PublicVillage, households: Sequence[PublicHousehold], route: "Route | None" = None
) -> Map:
    """Return the map of a village and those of its households that show a point, numbered in the order given."""
    plan = plan_of(village, households)
    sheet = plan.sheet
    exact = [(number, one, sheet.spot(one.exact)) for number, one in enumerate(households, 1) if one.exact]
    near = Counter((one.near.lat, one.near.lon) for one in households if one.near)
    cells = [
        _cell(sheet, Point(*where), near[where]) for where in sorted(near) if _is_on(sheet, Point(*where))
    ]
    centre, bar = sheet.spot(village.centre), sheet.bar()
    marks = None
    stops = [stop.household.exact for stop in route.stops if stop.household.exact] if route else []
    legs = _legs(sheet, village.ground, (village.centre, *stops)) if route and route.is_drawn else ()
    drawing = _plan_drawing(village, households, sheet, legs)
    corners = Box(0, sheet.height - 40, 20 + bar[1], sheet.height), Box(sheet.width - 32, 0, sheet.width, 40)
    if len(exact) <= _MOST_NUMBERS:
        drawn = (around(centre, 24, 24), corners[0], *(around(cell.middle, 30, 30) for cell in cells))
        numbered = [(number, spot) for number, _, spot in exact]
        paper = Box(3, 3, sheet.width - 3, sheet.height - 3)
        marks = _marked(numbered, _PLAN_PLATE, paper, drawn, drawing) or placed(
            numbered, _PLAN_PLATE, paper, drawn, is_whole=False
        )
    return Map(
        plan=plan,
        centre=centre,
        dots=tuple(Dot(*spot, one, number) for number, one, spot in exact),
        marks=marks or (),
        cells=tuple(cells),
        drawing=drawing.clear_of([*_plates(marks or ()), *corners]) if drawing else None,
        line=_trail(legs),
        arrows=arrow_heads(legs),
        bar=bar,
        unseen=len(households) - len(exact) - sum(cell.count for cell in cells),
    )


class HomeMap(NamedTuple):
    """Where one household lies on its village's map: its point or its area."""

    plan: Plan
    centre: Spot
    dot: Spot | None
    cell: Cell | None
    bar: tuple[int, float]


def household_map(village: PublicVillage, household: PublicHousehold, plan: Plan | None) -> HomeMap | None:
    """Return the map of a household's page, None where no ground is known or it shows no place on it."""
    if plan is None or not plan.path:
        return None
    sheet = plan.sheet
    if not household.exact and not (household.near and _is_on(sheet, household.near)):
        return None
    cell = _cell(sheet, household.near, 1) if household.near else None
    dot = sheet.spot(household.exact) if household.exact else None
    return HomeMap(plan, sheet.spot(village.centre), dot, cell, sheet.bar())


def _is_on(sheet: Sheet, near: Point) -> bool:
    """Tell whether all of an area lies on a sheet."""
    cell = _cell(sheet, near, 1)
    return Box(0, 0, sheet.width, sheet.height).holds(
        Box(cell.x, cell.y, cell.x + cell.width, cell.y + cell.height)
    )


def _cell(sheet: Sheet, near: Point, count: int) -> Cell:
    low, high = map(sheet.spot, _corners(near))
    return Cell(low.x, high.y, round(high.x - low.x, 1), round(low.y - high.y, 1), count)


def _marked(
    numbered: Sequence[tuple[int, Spot]],
    plate: float,
    paper: Box,
    drawn: Sequence[Box],
    drawing: Drawing | None,
) -> "tuple[Mark, ...] | None":
    """Return the marks clear of signs and names; where that is too much, clear of what is `drawn` alone."""
    ground = drawing.boxes if drawing else ()
    found = placed(numbered, plate, paper, (*drawn, *ground)) if ground else None
    return found or placed(numbered, plate, paper, drawn)


def _plates(marks: "Sequence[Mark]") -> list[Box]:
    return [around(mark.middle, mark.width, mark.height) for mark in marks]


def _legs(sheet: Sheet, ground: Ground | None, walk: Sequence[Point]) -> tuple[Line, ...]:
    """Return a walk from stop to stop in the drawing, along the ways of the ground."""
    return tuple(simplified([sheet.exact(point) for point in leg]) for leg in walked(ground, tuple(walk)))


def _trail(legs: Sequence[Line]) -> str:
    """Return a walk as the "x,y x,y" of a polyline."""
    spots = [spot for leg in legs for spot in leg]
    return " ".join(f"{x},{y}" for at, (x, y) in enumerate(spots) if not at or (x, y) != spots[at - 1])


def arrow_heads(legs: Sequence[Line]) -> str:
    """Return an arrow head on each longer leg of a walk, as the data of a path; none on another, or at a gate."""
    taken = [leg[end] for leg in legs for end in (0, -1)]
    heads = []
    for leg in legs:
        whole = sum(math.dist(*step) for step in pairwise(leg))
        for share in _HEADS if whole >= _LEAST_STEP else ():
            (x, y), (dx, dy) = _along(leg, share * whole)
            if all(math.dist((x, y), one) > _HEAD_ROOM for one in taken):
                taken.append((round(x), round(y)))
                heads.append(
                    f"M{x - dx - dy:.0f} {y - dy + dx:.0f}L{x + dx:.0f} {y + dy:.0f}"
                    f"L{x - dx + dy:.0f} {y - dy - dx:.0f}"
                )
                break
    return "".join(heads)


def _along(line: Line, far: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the place so far along a line, and which way it goes there, as long as an arrow's head."""
    for (x, y), (to_x, to_y) in pairwise(line):
        step = math.dist((x, y), (to_x, to_y))
        if far <= step:
            break
        far -= step
    share, head = far / step, _HEAD / step
    return (x + (to_x - x) * share, y + (to_y - y) * share), ((to_x - x) * head, (to_y - y) * head)


def way_from_centre(centre: Point, point: Point) -> tuple[float, str]:
    """Return (metres, one of eight winds such as "ne") from the centre to a point."""
    east = (point.lon - centre.lon) * math.cos(math.radians(centre.lat))
    turn = math.degrees(math.atan2(east, point.lat - centre.lat))
    return distance_m(centre, point), _WAYS[round(turn / 45) % 8]


def opposite(way: str) -> str:
    """Return the wind that one looks back to: "sw" for "ne"."""
    return _WAYS[_WAYS.index(way) - 4]


def _corners(near: Point) -> tuple[Point, Point]:
    half = CELL_DEGREES / 2
    return Point(near.lat - half, near.lon - half), Point(near.lat + half, near.lon + half)


# --- Numbers on a map, each with room of its own: on its point, or beside it with a line to it ---

_RINGS: Final = (0.95, 1.3, 1.7, 2.2, 2.8, 3.5)
"""Distances at which a number is tried beside its point, in heights of its plate."""
_TURNS: Final = 16
_GAP: Final = 2.0
_DOT: Final = 10.0
"""What a point keeps free around it."""
_STEP: Final = 6.0


class Mark(NamedTuple):
    """A number on a plate around `middle` for the garden at `spot`; `beside` where these are apart."""

    number: int
    spot: Spot
    middle: Spot
    width: float
    height: float

    @property
    def beside(self) -> bool:
        """Tell whether a line must join the plate to its point."""
        return self.middle != self.spot

    @property
    def corner(self) -> Spot:
        """Return the top left of the plate."""
        return Spot(round(self.middle.x - self.width / 2, 1), round(self.middle.y - self.height / 2, 1))


def placed(
    numbered: Sequence[tuple[int, Spot]], height: float, paper: Box, drawn: Sequence[Box], *, is_whole: bool = True
) -> tuple[Mark, ...] | None:  # fmt: skip
    """Return a mark for each (number, spot), clear of what is `drawn`.

    Where one finds no room there is none of it, or None for all if the whole is wanted.
    """
    marks = [
        Mark(number, spot, spot, round(height * max(1.0, 0.34 + 0.34 * len(str(number))), 1), height)
        for number, spot in numbered
    ]
    homes = [around(mark.spot, mark.width + _GAP, height + _GAP) for mark in marks]
    points = [around(mark.spot, _DOT, _DOT) for mark in marks]
    crowded = [
        at
        for at, home in enumerate(homes)
        if not paper.holds(home) or home.meets((*drawn, *homes[:at], *homes[at + 1 :]))
    ]
    taken = [*drawn, *(home for at, home in enumerate(homes) if at not in crowded)]
    left_out = set[int]()
    for at in crowded:
        mark = marks[at]
        rings = _RINGS if is_whole else _RINGS[:4]
        free = _free_place(mark, paper, (*taken, *points[:at], *points[at + 1 :]), rings)
        if free is None and is_whole:
            return None
        if free is None:
            left_out.add(at)
            continue
        marks[at] = mark._replace(middle=free)
        taken += [around(free, mark.width + _GAP, height + _GAP), *_line(mark.spot, free)]
    return tuple(mark for at, mark in enumerate(marks) if at not in left_out)


def _free_place(mark: Mark, paper: Box, others: Sequence[Box], rings: Sequence[float]) -> Spot | None:
    """Return the nearest place on or around a mark's spot where plate and line disturb nothing."""
    spot, width, height = mark.spot, mark.width, mark.height
    places = [spot]
    for ring, turn in product(rings, range(_TURNS)):
        angle = 2 * math.pi * turn / _TURNS
        aside = math.cos(angle) * (ring * height + (width - height) / 2)
        places.append(Spot(round(spot.x + aside, 1), round(spot.y - math.sin(angle) * ring * height, 1)))
    # a line may leave whatever its point lies on
    away = [box for box in others if not box.meets((around(spot, 0.2, 0.2),))]
    for plate in places:
        box = around(plate, width + _GAP, height + _GAP)
        if paper.holds(box) and not box.meets(others) and not any(b.meets(away) for b in _line(spot, plate)):
            return plate
    return None


def _line(spot: Spot, plate: Spot) -> Iterator[Box]:
    """Yield small boxes along the line from a point to its plate."""
    steps = max(2, round(math.hypot(plate.x - spot.x, plate.y - spot.y) / _STEP))
    for step in range(1, steps):
        x, y = spot.x + (plate.x - spot.x) * (step / steps), spot.y + (plate.y - spot.y) * (step / steps)
        yield around(Spot(x, y), 2.0, 2.0)


# --- The printed map of a village: a number for each garden that shows its exact point ---

WIDTH: Final = 720
_SHEET_MARGIN: Final = 0.07
_SHEET_LEAST_METRES: Final = 150.0
_NARROW: Final = 480
_NARROWEST: Final = 400
"""Widths of a sheet beside which words have room, at most and at least."""
_FLATTEST: Final = 0.45
_SHARES: Final = (0.64, 0.75)
_HALF_A_PAGE: Final = 0.6
"""Height of a sheet as a share of its width: on the first page with the walk, or without; two to a page."""
_LARGE: Final = 32.0
_PLATES: Final = ((_LARGE, 25), (25.0, 60))
"""Heights of plates, 8 mm and 6 mm, and how many numbers at most stand on them."""
MOST_WALKED: Final = 120
"""With more gardens the walk is a tangle, and left to the list of its numbers."""
_STRIP: Final = 44
"""Height of the strip below a sheet for its scale and the arrow to the north."""
_PAPER_LETTERS: Final = 17.0
_PAPER_MOST: Final = (2_000, 16)
"""Points of lines and signs on each sheet."""
_STAR: Final = 42.0
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FRAME: Final = 5.0
_FRAME_LETTER: Final = 56.0
"""Room for the letter in the middle of a frame."""

Numbered = tuple[int, Point]
"""A household's number in the list and its exact point."""


class Frame(NamedTuple):
    """Where the sheet of a letter lies on the overview: top left, size and middle."""

    letter: str
    corner: Spot
    width: float
    height: float
    middle: Spot


class NumberedMap(NamedTuple):
    """A sheet: marks, or as an overview dots and frames; the village's centre if it lies here.

    `letter` is "" for an only sheet and the overview; `fine` tells that its numbers are small; `bar` is (metres,
    length) of the scale; `line` is the walk as the "x,y x,y" of a polyline, `arrows` a path of arrow heads on it; "" where it is not drawn.
    """

    letter: str
    width: int
    height: int
    centre: Spot | None
    bar: tuple[int, float]
    line: str
    arrows: str
    fine: bool
    marks: tuple[Mark, ...]
    ground: Drawing | None = None
    here: Spot | None = None
    dots: tuple[Spot, ...] = ()
    frames: tuple[Frame, ...] = ()

    @property
    def is_narrow(self) -> bool:
        """Whether words have room beside it."""
        return self.width <= _NARROW


@lru_cache(maxsize=1)
def numbered_maps(
    centre: Point, gardens: tuple[Numbered, ...], walk: tuple[Point, ...], ground: Ground | None = None,
    here: Point | None = None,
) -> tuple[NumberedMap, ...]:  # fmt: skip
    """Return the sheets that together show each garden once, before several of them the overview.

    The walk is drawn on the only sheet, or on the overview where it can still be followed; `here` is where that
    hangs. Kept for the page in the next language.
    """
    if not gardens:
        return ()
    points = _with_places((centre, *(point for _, point in gardens), *([here] if here else [])), ground)
    sheets = [_sheet(points, share) for share in _SHARES]
    for sheet in sheets:
        whole = _drawn(sheet if ground else _cropped(sheet, points), centre, gardens, walk, ground, here)
        if whole is not None:
            return (whole,)
    parts = [part._replace(letter=_letter(at)) for at, part in enumerate(_parts(gardens, centre, ground))]
    overview = sheets[-1]
    spots = {number: overview.spot(point) for number, point in gardens}
    frames = tuple(_frame(one.letter, [spots[mark.number] for mark in one.marks]) for one in parts)
    line = walk if len(gardens) <= MOST_WALKED else ()
    legs = _legs(overview, ground, line)
    drawing = _ground(ground, overview, centre, (), legs)
    if drawing:
        drawing = drawing.clear_of([around(one.middle, _FRAME_LETTER, _FRAME_LETTER) for one in frames])
    first = _map(overview, centre, legs, (), drawing, fine=True)
    star = overview.spot(here) if here else None
    return (first._replace(dots=tuple(spots.values()), frames=frames, here=star), *parts)


def _sheet(points: Sequence[Point], tallest: float) -> Sheet:
    _, tall, wide = extent(points)
    share = min(max(max(tall, _SHEET_LEAST_METRES) / max(wide, 1.0), _FLATTEST), tallest)
    return sheet_around(points, WIDTH, round(WIDTH * share), _SHEET_MARGIN, _SHEET_LEAST_METRES)


def _cropped(sheet: Sheet, points: Sequence[Point]) -> Sheet:
    """Return a sheet without the empty paper at both sides of homes of which no ground is known, where that is much."""
    wide = max(round(sheet.scale * extent(points)[2] / (1 - 2 * _SHEET_MARGIN)), _NARROWEST)
    return sheet._replace(width=wide) if wide <= _NARROW else sheet


def _ground(
    ground: Ground | None, sheet: Sheet, centre: Point, homes: Sequence[Spot], legs: tuple[Line, ...]
) -> Drawing | None:
    house = sheet.spot(centre)
    return draw_ground(ground, sheet, (house, *homes), legs, _PAPER_LETTERS, *_PAPER_MOST) if ground else None


def _drawn(
    sheet: Sheet, centre: Point, gardens: Sequence[Numbered], walk: Sequence[Point], ground: Ground | None,
    here: Point | None = None,
) -> NumberedMap | None:  # fmt: skip
    """Return a map with its marks as large as they all find room, or None where even small ones do not."""
    numbered = [(number, sheet.spot(point)) for number, point in gardens]
    if len(gardens) > _PLATES[-1][1]:
        return None
    paper = Box(4, 4, sheet.width - 4, sheet.height - 4)
    star = sheet.spot(here) if here else None
    legs = _legs(sheet, ground, walk)
    drawing = _ground(
        ground, sheet, centre, [*(spot for _, spot in numbered), *([star] if star else [])], legs
    )
    drawn = (_house(sheet.spot(centre)), *([around(star, _STAR, _STAR)] if star else []))
    for plate, most in _PLATES:
        if len(gardens) <= most:
            marks = _marked(numbered, plate, paper, drawn, drawing)
            if marks is not None:
                drawing = drawing.clear_of(_plates(marks)) if drawing else None
                return _map(sheet, centre, legs, marks, drawing, fine=plate < _LARGE)._replace(here=star)
    return None


def _house(spot: Spot) -> Box:
    """Return what the picture of the village's centre takes."""
    return around(spot, 30, 28)


def _parts(gardens: Sequence[Numbered], centre: Point, ground: Ground | None) -> Iterator[NumberedMap]:
    """Yield sheets, north and west first: halves of halves across their longer side, until every number has room."""
    points = [point for _, point in gardens]
    drawn = _drawn(_sheet(points, _HALF_A_PAGE), centre, gardens, (), ground)
    if drawn is not None:
        yield drawn
    elif len(gardens) > 1:
        _, tall, wide = extent(points)
        ordered = sorted(gardens, key=lambda one: (-one[1].lat if tall > wide else one[1].lon, one[0]))
        middle = len(ordered) // 2
        yield from _parts(ordered[:middle], centre, ground)
        yield from _parts(ordered[middle:], centre, ground)


def _map(
    sheet: Sheet,
    centre: Point,
    legs: Sequence[Line],
    marks: tuple[Mark, ...],
    ground: Drawing | None,
    *,
    fine: bool,
) -> NumberedMap:
    spot = sheet.spot(centre)
    is_here = Box(0, 0, sheet.width, sheet.height).holds(_house(spot))
    return NumberedMap(
        letter="",
        width=sheet.width,
        height=sheet.height + _STRIP,
        centre=spot if is_here else None,
        bar=sheet.bar(),
        line=_trail(legs),
        arrows=arrow_heads(legs),
        fine=fine,
        marks=marks,
        ground=ground,
    )


def _frame(letter: str, spots: Sequence[Spot]) -> Frame:
    left, right = min(spot.x for spot in spots) - _FRAME, max(spot.x for spot in spots) + _FRAME
    top, bottom = min(spot.y for spot in spots) - _FRAME, max(spot.y for spot in spots) + _FRAME
    corner = Spot(round(left, 1), round(top, 1))
    middle = Spot(round((left + right) / 2, 1), round((top + bottom) / 2, 1))
    return Frame(letter, corner, round(right - left, 1), round(bottom - top, 1), middle)


def _letter(at: int) -> str:
    """Return A to Z, then AA to AZ, BA and so on."""
    before, last = divmod(at, len(_LETTERS))
    return (_letter(before - 1) if before else "") + _LETTERS[last]


# --- The walking route of a village: past every garden that shows its exact point ---

# --- A short walk past points: nearest neighbour first, then 2-opt and or-opt until nothing shortens it ---

_LONGEST_PIECE: Final = 3
_GAIN: Final = 0.001
"""Metres that a change must save: less is the noise of floats, and would never end."""

_Place: TypeAlias = tuple[float, float, float]
"""Metres from the centre of the earth, to the millimetre: the last digit of a sine differs between machines, and
must not choose between two walks. Straight lines through the earth tell the same order as lines over it."""


@lru_cache(maxsize=16)
def short_walk(start: Point, points: tuple[Point, ...]) -> tuple[int, ...]:
    """Return the indices of `points` in the order of a short walk from `start`; a preview walks the same way again.

    The walk is never longer than `points` in the order given, and no 2-opt move shortens it by a millimetre.
    """
    places = [_place(point) for point in (start, *points)]
    near = [[n for _, n in sorted((math.dist(a, b), n) for n, b in enumerate(places))] for a in places]
    nearest_first, left = [0], set(range(1, len(places)))
    while left:
        nearest_first.append(next(one for one in near[nearest_first[-1]] if one in left))
        left.remove(nearest_first[-1])
    given = list(range(len(places)))
    found = _Walk(places, near, nearest_first).settled()
    if _length(places, given) < _length(places, found):
        found = _Walk(places, near, given).settled()
    return tuple(one - 1 for one in found[1:])


def _place(point: Point) -> _Place:
    lat, lon = math.radians(point.lat), math.radians(point.lon)
    flat, high = EARTH_RADIUS_M * math.cos(lat), EARTH_RADIUS_M * math.sin(lat)
    return round(flat * math.cos(lon), 3), round(flat * math.sin(lon), 3), round(high, 3)


def _length(places: Sequence[_Place], order: Sequence[int]) -> float:
    return sum(math.dist(places[a], places[b]) for a, b in pairwise(order))


class _Walk:
    """An order of places that shortens itself; the first one stays first. `near` has for each all, nearest first."""

    def __init__(self, places: Sequence[_Place], near: Sequence[Sequence[int]], order: list[int]) -> None:
        self._places = places
        self._near = near
        self._order = order
        self._at = [0] * len(order)
        self._put(0, order[:])

    def settled(self) -> list[int]:
        """Return the order once no place finds anything to gain."""
        restless = True
        while restless:
            restless = False
            waiting = deque(range(len(self._order)))
            while waiting:
                one = waiting.popleft()
                moved = self._turn(one, 1) or self._turn(one, -1) or self._carry(one)
                restless = restless or bool(moved)
                waiting.extend(place for place in moved if place is not None)
        return self._order

    def _turn(self, a: int, side: int) -> tuple[int | None, ...]:
        """Walk backwards what lies between `a` and a place nearer than the one beside it (2-opt).

        Returns the places whose steps changed, as `_carry` does.
        """
        i = self._at[a]
        b = self._one(i + side)
        if b is None:
            return ()
        step = self._far(a, b)
        for c in self._nearer(a, step):
            j = self._at[c]
            d = self._one(j + side)
            starts = d is None and side < 0
            if not starts and step + self._far(c, d) - self._far(a, c) - self._far(b, d) > _GAIN:
                low, high = min(i, j) + (side > 0), max(i, j) + (side > 0)
                self._put(low, self._order[low:high][::-1])
                return a, b, c, d
        return ()

    def _carry(self, a: int) -> tuple[int | None, ...]:
        """Carry `a`, with up to two places before or after it, to where they fit better: or-opt."""
        i = self._at[a]
        for low, high in _pieces(i, len(self._order)):
            b = self._order[low + high - i]
            before, after = self._one(low - 1), self._one(high + 1)
            saved = self._far(before, self._order[low]) + self._far(self._order[high], after)
            saved -= self._far(before, after)
            for c, side in product(self._nearer(a, saved), (-1, 1)):
                gap = self._at[c] + min(side, 0)
                if gap < 0 or low - 1 <= gap <= high:
                    continue
                d = self._one(self._at[c] + side)
                if saved + self._far(c, d) - self._far(a, c) - self._far(b, d) > _GAIN:
                    self._move(low, high, gap, turned=(side == 1) != (i == low))
                    return a, b, c, d, before, after
        return ()

    def _one(self, at: int) -> int | None:
        return self._order[at] if 0 <= at < len(self._order) else None

    def _far(self, a: int | None, b: int | None) -> float:
        """Return the metres between two places; where the walk ends there are none."""
        return 0.0 if a is None or b is None else math.dist(self._places[a], self._places[b])

    def _nearer(self, a: int, than: float) -> Iterator[int]:
        """Yield the places nearer to `a` than some metres, nearest first."""
        for one in self._near[a]:
            if math.dist(self._places[a], self._places[one]) >= than:
                return
            if one != a:
                yield one

    def _move(self, low: int, high: int, gap: int, *, turned: bool) -> None:
        """Put the piece from `low` to `high` behind the place at `gap`."""
        piece = self._order[low : high + 1]
        piece = piece[::-1] if turned else piece
        if gap > high:
            self._put(low, self._order[high + 1 : gap + 1] + piece)
        else:
            self._put(gap + 1, piece + self._order[gap + 1 : low])

    def _put(self, low: int, places: list[int]) -> None:
        self._order[low : low + len(places)] = places
        for at, one in enumerate(places, low):
            self._at[one] = at


def _pieces(i: int, length: int) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of the pieces of a walk that begin or end at `i`; the start is never carried."""
    for more in range(_LONGEST_PIECE):
        if i >= 1 and i + more < length:
            yield i, i + more
        if more and i - more >= 1:
            yield i - more, i


# --- The walking route of a village: from its centre past every garden that shows its exact point ---


LEAST_STOPS: Final = 2
"""Fewer gardens make no route."""


class Stop(NamedTuple):
    """A household, and how many metres in which wind ("ne") it lies from where one comes."""

    household: PublicHousehold
    metres: float
    way: str


class Route(NamedTuple):
    """The stops in order, the first one seen from the village's centre, and the whole length in metres.

    `is_drawn` tells that maps show it along the ways of the ground, and that all metres are counted there; else they
    are straight, and nothing is drawn.
    """

    stops: tuple[Stop, ...]
    metres: float
    is_drawn: bool = False


class Neighbours(NamedTuple):
    """The stops before and after a household, both as seen from that household."""

    before: Stop | None = None
    after: Stop | None = None


def walking_route(
    centre: Point, households: Sequence[PublicHousehold], ground: Ground | None = None
) -> Route:
    """Return the walk past all households with an exact point, the same in whatever order they are given."""
    seen = sorted((one for one in households if one.exact), key=lambda one: one.code)
    points = tuple(one.exact for one in seen if one.exact)
    order = short_walk(centre, points)
    walk = (centre, *(points[at] for at in order))
    is_drawn = ground is not None and bool(ground.ways) and LEAST_STOPS <= len(order) <= MOST_WALKED
    metres = walked_metres(ground if is_drawn else None, walk)
    stops = tuple(
        Stop(seen[at], far, way_from_centre(*step)[1])
        for at, far, step in zip(order, metres, pairwise(walk), strict=True)
    )
    return Route(stops, sum(metres), is_drawn)


def walked_metres(ground: Ground | None, stops: tuple[Point, ...]) -> tuple[float, ...]:
    """Return how long each step of a walk is: along the ways that maps draw, straight without ground."""
    return tuple(sum(distance_m(*piece) for piece in pairwise(leg)) for leg in walked(ground, stops))


def in_order(households: Sequence[PublicHousehold], route: Route) -> tuple[PublicHousehold, ...]:
    """Return households in the order in which every list and map numbers them: along the walk, then by hamlet and name."""
    walked = [stop.household for stop in route.stops]
    others = [one for one in households if not one.exact]
    return (
        *walked,
        *sorted(others, key=lambda one: (not one.address, _hamlet(one.address), _key(one.name), one.code)),
    )


_HAMLET: Final = re.compile(r"(xom|doi|to|thon|khu|ban|cum|hamlet)\b")
_DIGITS: Final = re.compile(r"(\d+)")


def _hamlet(address: str | None) -> tuple[object, ...]:
    """Return what the hamlet in an address is ordered by: "Ngõ 3, Xóm Đông" lies in Xóm Đông."""
    parts = [part.strip() for part in (address or "").split(",")]
    return _key(next((part for part in parts if _HAMLET.match(fold(part))), parts[0]))


def _key(name: str) -> tuple[object, ...]:
    """Return a key by which Xóm 2 comes before Xóm 10."""
    parts = _DIGITS.split(fold(name))
    return tuple(int(part) if at % 2 else part for at, part in enumerate(parts))


def neighbours_by_code(route: Route) -> Mapping[str, Neighbours]:
    """Return the neighbours of every household on the route, by its code."""
    found = {stop.household.code: Neighbours() for stop in route.stops}
    for here, there in pairwise(route.stops):
        back = Stop(here.household, there.metres, opposite(there.way))
        found[here.household.code] = found[here.household.code]._replace(after=there)
        found[there.household.code] = Neighbours(before=back)
    return found


_BESIDE_M: Final = 25
"""Metres within which a house is next door: a distance rounded to 50 m would tell less."""


def describe_step(key: str, stop: Stop, language: Language) -> str:
    """Return how far and where to go to a stop, by a message such as "route.near"."""
    is_first = key == "route.first"
    if stop.metres < (AT_CENTRE_M if is_first else _BESIDE_M):
        return language.say("route.at_centre" if is_first else "route.beside")
    way = language.say(f"way.{stop.way}")
    return language.say(key, distance=language.distance(stop.metres), way=way)
