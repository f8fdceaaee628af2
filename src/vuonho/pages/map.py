"""Maps drawn at build time: the village with its gardens, the walking route, and where one garden lies."""

import math
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product
from typing import Final, NamedTuple, TypeAlias

from vuonho.model.public import PublicHousehold, PublicVillage
from vuonho.model.values import EARTH_RADIUS_M, Point, distance_m
from vuonho.pages.language import Language

# --- Maps drawn at build time: the village with its gardens, and where one garden lies ---

AT_CENTRE_M: Final = 60
"""Metres within which a house counts as being in the centre."""
METRES_PER_DEGREE: Final = 111_195.0
"""Of latitude, on the mean earth of `distance_m`."""
CELL_DEGREES: Final = 0.01
_MARGIN: Final = 0.13
_LEAST_METRES: Final = 500.0
_MOST_TOUCHED: Final = 200
"""With more dots none is a link."""
_BARS: Final = (50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
_WAYS: Final = ("n", "ne", "e", "se", "s", "sw", "w", "nw")


class Spot(NamedTuple):
    """A place in the drawing."""

    x: float
    y: float


class Dot(NamedTuple):
    """A household that shows its exact point."""

    x: float
    y: float
    household: PublicHousehold


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


class Map(NamedTuple):
    """A map: `bar` is (metres, length in the drawing) of its scale; `unseen` are households not on it."""

    width: int
    height: int
    centre: Spot
    dots: tuple[Dot, ...]
    cells: tuple[Cell, ...]
    bar: tuple[int, float]
    unseen: int

    @property
    def dotted(self) -> str:
        """All dots as one path, each a step from the one before, where nobody could touch one of so many; else ""."""
        if len(self.dots) <= _MOST_TOUCHED:
            return ""
        spots = sorted({(round(dot.y), round(dot.x)) for dot in self.dots})
        steps = pairwise([(0, 0), *spots])
        return "".join(f"m{x - old_x} {y - old_y}h0" for (old_y, old_x), (y, x) in steps)


def village_map(
    village: PublicVillage, households: Sequence[PublicHousehold], width: int = 640, height: int = 420
) -> Map:
    """Return the map of a village and those of its households that show a point."""
    exact = [(one, one.exact) for one in households if one.exact]
    near = Counter((one.near.lat, one.near.lon) for one in households if one.near)
    corners = [_corners(Point(*where)) for where in sorted(near)]
    points = [village.centre, *(point for _, point in exact), *(one for pair in corners for one in pair)]
    sheet = _sheet_around(points, width, height)
    cells = []
    for corner, where in zip(corners, sorted(near), strict=True):
        low, high = map(sheet.spot, corner)
        size = round(high.x - low.x, 1), round(low.y - high.y, 1)
        cells.append(Cell(low.x, high.y, *size, near[where]))
    dots = tuple(Dot(*sheet.spot(point), one) for one, point in exact)
    unseen = len(households) - len(exact) - near.total()
    return Map(width, height, sheet.spot(village.centre), dots, tuple(cells), sheet.bar(), unseen)


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


class Sheet(NamedTuple):
    """A flat sheet, `scale` units a metre: equirectangular about its middle, exact enough for a few kilometres."""

    middle: Point
    scale: float
    width: int
    height: int

    def spot(self, point: Point) -> Spot:
        """Return where a point lies in the drawing."""
        metres = METRES_PER_DEGREE * self.scale
        east = (point.lon - self.middle.lon) * math.cos(math.radians(self.middle.lat)) * metres
        south = (self.middle.lat - point.lat) * metres
        return Spot(round(self.width / 2 + east, 1), round(self.height / 2 + south, 1))

    def bar(self) -> tuple[int, float]:
        """Return (metres, length) of the longest round scale within a third of the width."""
        fitting = [metres for metres in _BARS if metres * self.scale <= self.width / 3]
        metres = max(fitting, default=_BARS[0])
        return metres, round(metres * self.scale, 1)


def _extent(points: Sequence[Point]) -> tuple[Point, float, float]:
    """Return the middle of points, and their metres from south to north and from west to east."""
    lats, lons = [point.lat for point in points], [point.lon for point in points]
    middle = Point((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
    wide = (max(lons) - min(lons)) * METRES_PER_DEGREE * math.cos(math.radians(middle.lat))
    return middle, (max(lats) - min(lats)) * METRES_PER_DEGREE, wide


def _sheet_around(
    points: Sequence[Point], width: int, height: int, margin: float = _MARGIN, least: float = _LEAST_METRES
) -> Sheet:
    """Return the sheet that holds all points with a margin (share of each side), at least so many m high."""
    middle, tall, wide = _extent(points)
    room = 1 - 2 * margin
    scale = min(height * room / max(tall, least), width * room / max(wide, 1.0))
    return Sheet(middle, scale, width, height)


# --- Numbers on a map, each with room of its own: on its point, or beside it with a line to it ---

_RINGS: Final = (0.95, 1.3, 1.7, 2.2, 2.8, 3.5)
"""Distances at which a number is tried beside its point, in heights of its plate."""
_TURNS: Final = 16
_GAP: Final = 2.0
_DOT: Final = 10.0
"""What a point keeps free around it."""
_STEP: Final = 6.0


class Box(NamedTuple):
    """An upright box."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, others: Iterable["Box"]) -> bool:
        """Tell whether any other box shares more than an edge with this one."""
        left, top, right, bottom = self
        return any(
            left < other.right and other.left < right and top < other.bottom and other.top < bottom
            for other in others
        )

    def holds(self, other: "Box") -> bool:
        """Tell whether another box lies within."""
        (left, top, right, bottom), (x, y, to_x, to_y) = self, other
        return left <= x and top <= y and to_x <= right and to_y <= bottom


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


def around(spot: Spot, width: float, height: float) -> Box:
    """Return the box of such a size around a spot."""
    x, y = width / 2, height / 2
    return Box(spot.x - x, spot.y - y, spot.x + x, spot.y + y)


def placed(
    numbered: Sequence[tuple[int, Spot]], height: float, paper: Box, drawn: Sequence[Box]
) -> tuple[Mark, ...] | None:
    """Return a mark for each (number, spot), clear of what is `drawn`, or None where one finds no room."""
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
    for at in crowded:
        mark = marks[at]
        free = _free_place(mark, paper, (*taken, *points[:at], *points[at + 1 :]))
        if free is None:
            return None
        marks[at] = mark._replace(middle=free)
        taken += [around(free, mark.width + _GAP, height + _GAP), *_line(mark.spot, free)]
    return tuple(marks)


def _free_place(mark: Mark, paper: Box, others: Sequence[Box]) -> Spot | None:
    """Return the nearest place on or around a mark's spot where plate and line disturb nothing."""
    spot, width, height = mark.spot, mark.width, mark.height
    places = [spot]
    for ring, turn in product(_RINGS, range(_TURNS)):
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
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FRAME: Final = 5.0

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
    length) of the scale; `line` is the walk as the "x,y x,y" of a polyline, "" where it is not drawn.
    """

    letter: str
    width: int
    height: int
    centre: Spot | None
    bar: tuple[int, float]
    line: str
    fine: bool
    marks: tuple[Mark, ...]
    dots: tuple[Spot, ...] = ()
    frames: tuple[Frame, ...] = ()


@lru_cache(maxsize=1)
def numbered_maps(
    centre: Point, gardens: tuple[Numbered, ...], walk: tuple[Point, ...]
) -> tuple[NumberedMap, ...]:
    """Return the sheets that together show each garden once, before several of them the overview.

    The walk is drawn on the only sheet, or on the overview where it can still be followed. Kept for the page in the
    next language.
    """
    if not gardens:
        return ()
    points = (centre, *(point for _, point in gardens))
    sheets = [_sheet(points, share) for share in _SHARES]
    for sheet in sheets:
        whole = _drawn(sheet, centre, gardens, walk)
        if whole is not None:
            return (whole,)
    parts = [part._replace(letter=_letter(at)) for at, part in enumerate(_parts(gardens, centre))]
    overview = sheets[-1]
    spots = {number: overview.spot(point) for number, point in gardens}
    frames = tuple(_frame(one.letter, [spots[mark.number] for mark in one.marks]) for one in parts)
    line = walk if len(gardens) <= MOST_WALKED else ()
    first = _map(overview, centre, line, (), fine=True)
    return (first._replace(dots=tuple(spots.values()), frames=frames), *parts)


def _sheet(points: Sequence[Point], tallest: float) -> Sheet:
    _, tall, wide = _extent(points)
    share = min(max(max(tall, _SHEET_LEAST_METRES) / max(wide, 1.0), _FLATTEST), tallest)
    return _sheet_around(points, WIDTH, round(WIDTH * share), _SHEET_MARGIN, _SHEET_LEAST_METRES)


def _drawn(
    sheet: Sheet, centre: Point, gardens: Sequence[Numbered], walk: Sequence[Point]
) -> NumberedMap | None:
    """Return a map with its marks as large as they all find room, or None where even small ones do not."""
    numbered = [(number, sheet.spot(point)) for number, point in gardens]
    paper = Box(4, 4, sheet.width - 4, sheet.height - 4)
    for plate, most in _PLATES:
        if len(gardens) <= most:
            marks = placed(numbered, plate, paper, (_house(sheet.spot(centre)),))
            if marks is not None:
                return _map(sheet, centre, walk, marks, fine=plate < _LARGE)
    return None


def _house(spot: Spot) -> Box:
    """Return what the picture of the village's centre takes."""
    return around(spot, 30, 28)


def _parts(gardens: Sequence[Numbered], centre: Point) -> Iterator[NumberedMap]:
    """Yield sheets, north and west first: halves of halves across their longer side, until every number has room."""
    points = [point for _, point in gardens]
    drawn = _drawn(_sheet(points, _HALF_A_PAGE), centre, gardens, ())
    if drawn is not None:
        yield drawn
    elif len(gardens) > 1:
        _, tall, wide = _extent(points)
        ordered = sorted(gardens, key=lambda one: (-one[1].lat if tall > wide else one[1].lon, one[0]))
        middle = len(ordered) // 2
        yield from _parts(ordered[:middle], centre)
        yield from _parts(ordered[middle:], centre)


def _map(
    sheet: Sheet, centre: Point, walk: Sequence[Point], marks: tuple[Mark, ...], *, fine: bool
) -> NumberedMap:
    spot = sheet.spot(centre)
    is_here = Box(0, 0, sheet.width, sheet.height).holds(_house(spot))
    line, height = polyline(map(sheet.spot, walk)), sheet.height + _STRIP
    return NumberedMap("", sheet.width, height, spot if is_here else None, sheet.bar(), line, fine, marks)


def polyline(spots: Iterable[Spot]) -> str:
    """Return the "x,y x,y" of a polyline."""
    return " ".join(f"{spot.x:g},{spot.y:g}" for spot in spots)


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


def short_walk(start: Point, points: Sequence[Point]) -> tuple[int, ...]:
    """Return the indices of `points` in the order of a short walk from `start`.

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


class Stop(NamedTuple):
    """A household, and how many metres in which wind ("ne") it lies from where one comes."""

    household: PublicHousehold
    metres: float
    way: str


class Route(NamedTuple):
    """The stops in order, the first one seen from the village's centre, and the whole length in metres."""

    stops: tuple[Stop, ...]
    metres: float


class Neighbours(NamedTuple):
    """The stops before and after a household, both as seen from that household."""

    before: Stop | None = None
    after: Stop | None = None


def walking_route(centre: Point, households: Sequence[PublicHousehold]) -> Route:
    """Return the walk past all households with an exact point, the same in whatever order they are given."""
    seen = sorted((one for one in households if one.exact), key=lambda one: one.code)
    points = [one.exact for one in seen if one.exact]
    order = short_walk(centre, points)
    steps = (way_from_centre(*step) for step in pairwise((centre, *(points[at] for at in order))))
    stops = tuple(Stop(seen[at], *step) for at, step in zip(order, steps, strict=True))
    return Route(stops, sum(stop.metres for stop in stops))


def neighbours_by_code(route: Route) -> Mapping[str, Neighbours]:
    """Return the neighbours of every household on the route, by its code."""
    found = {stop.household.code: Neighbours() for stop in route.stops}
    for here, there in pairwise(route.stops):
        back = Stop(here.household, there.metres, opposite(there.way))
        found[here.household.code] = found[here.household.code]._replace(after=there)
        found[there.household.code] = Neighbours(before=back)
    return found


LEAST_STOPS: Final = 2
"""Fewer gardens make no route."""
_BESIDE_M: Final = 25
"""Metres within which a house is next door: a distance rounded to 50 m would tell less."""


def describe_step(key: str, stop: Stop, language: Language) -> str:
    """Return how far and where to go to a stop, by a message such as "route.near"."""
    is_first = key == "route.first"
    if stop.metres < (AT_CENTRE_M if is_first else _BESIDE_M):
        return language.say("route.at_centre" if is_first else "route.beside")
    way = language.say(f"way.{stop.way}")
    return language.say(key, distance=language.distance(stop.metres), way=way)
