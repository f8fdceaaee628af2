"""Maps drawn at build time: the village with its gardens, and where one garden lies."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final, NamedTuple

from vuonho.model.geo import Point, distance_m
from vuonho.model.public import PublicHousehold, PublicVillage

AT_CENTRE_M: Final = 60
"""Metres within which a house counts as being in the centre."""
METRES_PER_DEGREE: Final = 111_195.0
"""Of latitude, on the mean earth of `distance_m`."""
CELL_DEGREES: Final = 0.01
_MARGIN: Final = 0.13
_LEAST_METRES: Final = 500.0
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


@dataclass(frozen=True, slots=True)
class Map:
    """A map: `bar` is (metres, length in the drawing) of its scale; `unseen` are households not on it."""

    width: int
    height: int
    centre: Spot
    dots: tuple[Dot, ...]
    cells: tuple[Cell, ...]
    bar: tuple[int, float]
    unseen: int


def village_map(
    village: PublicVillage, households: Sequence[PublicHousehold], width: int = 640, height: int = 420
) -> Map:
    """Return the map of a village and those of its households that show a point."""
    exact = [(one, one.exact) for one in households if one.exact]
    near = Counter((one.near.lat, one.near.lon) for one in households if one.near)
    corners = [corner for lat, lon in near for corner in _corners(Point(lat, lon))]
    sheet = Sheet.around([village.centre, *(point for _, point in exact), *corners], width, height)
    return Map(
        width=width,
        height=height,
        centre=sheet.spot(village.centre),
        dots=tuple(Dot(*sheet.spot(point), one) for one, point in exact),
        cells=tuple(sheet.cell(Point(*where), count) for where, count in sorted(near.items())),
        bar=sheet.bar(),
        unseen=len(households) - len(exact) - near.total(),
    )


def way_from_centre(centre: Point, point: Point) -> tuple[float, str]:
    """Return (metres, one of eight winds such as "ne") from the centre to a point."""
    east = (point.lon - centre.lon) * math.cos(math.radians(centre.lat))
    turn = math.degrees(math.atan2(east, point.lat - centre.lat))
    return distance_m(centre, point), _WAYS[round(turn / 45) % 8]


def opposite(way: str) -> str:
    """Return the wind that one looks back to: "sw" for "ne"."""
    return _WAYS[_WAYS.index(way) - 4]


def extent(points: Sequence[Point]) -> tuple[float, float]:
    """Return how many metres lie between the southernmost and northernmost point, and from west to east."""
    lats, lons = [point.lat for point in points], [point.lon for point in points]
    narrow = math.cos(math.radians((min(lats) + max(lats)) / 2))
    tall, wide = max(lats) - min(lats), max(lons) - min(lons)
    return tall * METRES_PER_DEGREE, wide * METRES_PER_DEGREE * narrow


def _corners(near: Point) -> tuple[Point, Point]:
    half = CELL_DEGREES / 2
    return Point(near.lat - half, near.lon - half), Point(near.lat + half, near.lon + half)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A flat sheet, `scale` units a metre: equirectangular about its middle, exact enough for a few kilometres."""

    middle: Point
    scale: float
    width: int
    height: int

    @classmethod
    def around(
        cls,
        points: Iterable[Point],
        width: int,
        height: int,
        margin: float = _MARGIN,
        least: float = _LEAST_METRES,
    ) -> "Sheet":
        """Return the sheet that holds all points with a margin (share of each side), at least so many m high."""
        known = tuple(points)
        lats, lons = [point.lat for point in known], [point.lon for point in known]
        middle = Point((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
        tall, wide = extent(known)
        room = 1 - 2 * margin
        scale = min(height * room / max(tall, least), width * room / max(wide, 1.0))
        return cls(middle, scale, width, height)

    def spot(self, point: Point) -> Spot:
        """Return where a point lies in the drawing."""
        metres = METRES_PER_DEGREE * self.scale
        east = (point.lon - self.middle.lon) * math.cos(math.radians(self.middle.lat)) * metres
        south = (self.middle.lat - point.lat) * metres
        return Spot(round(self.width / 2 + east, 1), round(self.height / 2 + south, 1))

    def cell(self, near: Point, count: int) -> Cell:
        """Return the area that a near point stands for."""
        low, high = (self.spot(corner) for corner in _corners(near))
        return Cell(low.x, high.y, round(high.x - low.x, 1), round(low.y - high.y, 1), count)

    def bar(self) -> tuple[int, float]:
        """Return (metres, length) of the longest round scale within a third of the width."""
        fitting = [metres for metres in _BARS if metres * self.scale <= self.width / 3]
        metres = max(fitting, default=_BARS[0])
        return metres, round(metres * self.scale, 1)


# --- Numbers on a map, each with room of its own: on its point, or beside it with a line to it ---

_RINGS: Final = (0.95, 1.3, 1.7, 2.2, 2.8, 3.5)
"""Distances at which a number is tried beside its point, in heights of its plate."""
_TURNS: Final = 16
_GAP: Final = 2.0
_DOT: Final = 5.0
"""Half of what a point and a line keep free around them."""
_STEP: Final = 6.0


class Box(NamedTuple):
    """An upright box."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Tell whether two boxes share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        """Tell whether another box lies within."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True, slots=True)
class Mark:
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
    widths = [round(height * max(1.0, 0.34 + 0.34 * len(str(number))), 1) for number, _ in numbered]
    homes = [
        around(spot, width + _GAP, height + _GAP) for width, (_, spot) in zip(widths, numbered, strict=True)
    ]
    points = [around(spot, 2 * _DOT, 2 * _DOT) for _, spot in numbered]
    at_home = [
        paper.holds(home) and not _hits(home, (*drawn, *homes[:at], *homes[at + 1 :]))
        for at, home in enumerate(homes)
    ]
    taken = [*drawn, *(home for home, stays in zip(homes, at_home, strict=True) if stays)]
    marks: list[Mark] = []
    for at, (number, spot) in enumerate(numbered):
        width, plate = widths[at], spot
        if not at_home[at]:
            others = (*taken, *points[:at], *points[at + 1 :])
            free = next(_free(spot, width, height, paper, others), None)
            if free is None:
                return None
            plate = free
            taken += [around(plate, width + _GAP, height + _GAP), *_line(spot, plate)]
        marks.append(Mark(number, spot, plate, width, height))
    return tuple(marks)


def _hits(box: Box, others: Sequence[Box]) -> bool:
    return any(box.meets(other) for other in others)


def _free(spot: Spot, width: float, height: float, paper: Box, others: Sequence[Box]) -> Iterator[Spot]:
    """Yield the places on and around a spot, from near to far, where plate and line disturb nothing."""
    here = around(spot, 0.2, 0.2)
    away = [box for box in others if not box.meets(here)]  # a line may leave whatever its point lies on
    for plate in _places(spot, width, height):
        box = around(plate, width + _GAP, height + _GAP)
        if (
            paper.holds(box)
            and not _hits(box, others)
            and not any(_hits(bit, away) for bit in _line(spot, plate))
        ):
            yield plate


def _places(spot: Spot, width: float, height: float) -> Iterator[Spot]:
    yield spot
    for ring, turn in product(_RINGS, range(_TURNS)):
        angle = 2 * math.pi * turn / _TURNS
        aside = math.cos(angle) * (ring * height + (width - height) / 2)
        yield Spot(round(spot.x + aside, 1), round(spot.y - math.sin(angle) * ring * height, 1))


def _line(spot: Spot, plate: Spot) -> tuple[Box, ...]:
    """Return small boxes along the line from a point to its plate."""
    steps = max(2, round(math.hypot(plate.x - spot.x, plate.y - spot.y) / _STEP))
    along = (step / steps for step in range(1, steps))
    return tuple(
        around(Spot(spot.x + (plate.x - spot.x) * part, spot.y + (plate.y - spot.y) * part), 2.0, 2.0)
        for part in along
    )


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
_MOST_WALKED: Final = 120
"""With more gardens the walk is a tangle, and left to the list of its numbers."""
_STRIP: Final = 44
"""Height of the strip below a sheet for its scale and the arrow to the north."""
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FRAME: Final = 5.0

Numbered = tuple[int, Point]
"""A household's number in the list and its exact point."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the sheet of a letter lies on the overview: top left, size and middle."""

    letter: str
    corner: Spot
    width: float
    height: float
    middle: Spot


@dataclass(frozen=True, slots=True)
class NumberedMap:
    """A sheet: marks, or as an overview dots and frames; the village's centre if it lies here.

    `letter` is "" for an only sheet and the overview; `fine` tells that its numbers are small; `bar` is (metres, length) of the scale; `line` is the walk as
    the "x,y x,y" of a polyline, "" where it is not drawn.
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


def numbered_maps(
    centre: Point, gardens: Sequence[Numbered], walk: Sequence[Point]
) -> tuple[NumberedMap, ...]:
    """Return the sheets that together show each garden once, before several of them the overview.

    The walk is drawn on the only sheet, or on the overview where it can still be followed.
    """
    if not gardens:
        return ()
    points = (centre, *(point for _, point in gardens))
    sheets = tuple(_sheet(points, share) for share in _SHARES)
    whole = next(filter(None, (_drawn(sheet, centre, gardens, walk) for sheet in sheets)), None)
    if whole is not None:
        return (whole,)
    parts = tuple(replace(part, letter=_letter(at)) for at, part in enumerate(_parts(gardens, centre)))
    overview = sheets[-1]
    spots = {number: overview.spot(point) for number, point in gardens}
    frames = tuple(_frame(one.letter, [spots[mark.number] for mark in one.marks]) for one in parts)
    line = walk if len(gardens) <= _MOST_WALKED else ()
    first = _map(overview, centre, line, (), fine=True)
    return (replace(first, dots=tuple(spots.values()), frames=frames), *parts)


def _sheet(points: Sequence[Point], tallest: float) -> Sheet:
    tall, wide = extent(points)
    share = min(max(max(tall, _SHEET_LEAST_METRES) / max(wide, 1.0), _FLATTEST), tallest)
    return Sheet.around(points, WIDTH, round(WIDTH * share), _SHEET_MARGIN, _SHEET_LEAST_METRES)


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
        tall, wide = extent(points)
        ordered = sorted(gardens, key=lambda one: (-one[1].lat if tall > wide else one[1].lon, one[0]))
        middle = len(ordered) // 2
        yield from _parts(ordered[:middle], centre)
        yield from _parts(ordered[middle:], centre)


def _map(
    sheet: Sheet, centre: Point, walk: Sequence[Point], marks: tuple[Mark, ...], *, fine: bool
) -> NumberedMap:
    spot = sheet.spot(centre)
    is_here = Box(0, 0, sheet.width, sheet.height).holds(_house(spot))
    return NumberedMap(
        letter="",
        width=sheet.width,
        height=sheet.height + _STRIP,
        centre=spot if is_here else None,
        bar=sheet.bar(),
        line=polyline(map(sheet.spot, walk)),
        fine=fine,
        marks=marks,
    )


def polyline(spots: Iterable[Spot]) -> str:
    """Return the "x,y x,y" of a polyline."""
    return " ".join(f"{spot.x:g},{spot.y:g}" for spot in spots)


def _frame(letter: str, spots: Sequence[Spot]) -> Frame:
    left, right = min(spot.x for spot in spots) - _FRAME, max(spot.x for spot in spots) + _FRAME
    top, bottom = min(spot.y for spot in spots) - _FRAME, max(spot.y for spot in spots) + _FRAME
    middle = Spot(round((left + right) / 2, 1), round((top + bottom) / 2, 1))
    corner = Spot(round(left, 1), round(top, 1))
    return Frame(letter, corner, round(right - left, 1), round(bottom - top, 1), middle)


def _letter(at: int) -> str:
    """Return A to Z, then AA to AZ, BA and so on."""
    before, last = divmod(at, len(_LETTERS))
    return (_letter(before - 1) if before else "") + _LETTERS[last]
