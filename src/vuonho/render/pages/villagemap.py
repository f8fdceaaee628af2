"""Small maps drawn at build time: the village with its gardens, and where one garden lies.

Lengths are units of the drawing, (0, 0) at the top left, north up. Exact points are dots; points shown only
nearly are one marker for each cell of 0.01°, with its count, never a dot for a house.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from vuonho.domain.public import PublicHousehold, PublicVillage
from vuonho.domain.values import Point, distance_m

METRES_PER_DEGREE: Final = 111_195.0
"""Of latitude, on the mean earth of `distance_m`."""
CELL_DEGREES: Final = 0.01
_MARGIN: Final = 0.13
_LEAST_METRES: Final = 500.0
_BARS: Final = (50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
_WAYS: Final = ("n", "ne", "e", "se", "s", "sw", "w", "nw")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the drawing."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Dot:
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
    exact = tuple(one for one in households if one.exact)
    near = Counter((one.near.lat, one.near.lon) for one in households if one.near)
    corners = [corner for lat, lon in near for corner in _corners(Point(lat, lon))]
    points = [village.centre, *(one.exact for one in exact if one.exact), *corners]
    sheet = Sheet.around(points, width, height)
    return Map(
        width=width,
        height=height,
        centre=sheet.spot(village.centre),
        dots=tuple(_dot(sheet, one) for one in exact),
        cells=tuple(sheet.cell(Point(*where), count) for where, count in sorted(near.items())),
        bar=sheet.bar(),
        unseen=len(households) - len(exact) - near.total(),
    )


def locator(village: PublicVillage, household: PublicHousehold) -> Map:
    """Return the small map of one garden and the centre of its village."""
    return village_map(village, (household,), 400, 210)


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


def _dot(sheet: "Sheet", household: PublicHousehold) -> Dot:
    spot = sheet.spot(household.exact or household.near or sheet.middle)
    return Dot(spot.x, spot.y, household)


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
