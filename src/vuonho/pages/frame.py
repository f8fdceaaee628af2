"""The frame of a map: where points lie on a flat sheet, and boxes on it."""

import math
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from vuonho.model.values import Point

METRES_PER_DEGREE: Final = 111_195.0
"""Of latitude, on the mean earth of `distance_m`."""
_BARS: Final = (50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)


class Spot(NamedTuple):
    """A place in the drawing."""

    x: float
    y: float


class Sheet(NamedTuple):
    """A flat sheet, `scale` units a metre: equirectangular about its middle, exact enough for a few kilometres."""

    middle: Point
    scale: float
    width: int
    height: int

    def spot(self, point: Point) -> Spot:
        """Return where a point lies in the drawing."""
        x, y = self.exact(point)
        return Spot(round(x, 1), round(y, 1))

    def exact(self, point: Point) -> tuple[float, float]:
        """Return where a point lies in the drawing, to the last digit."""
        metres = METRES_PER_DEGREE * self.scale
        east = (point.lon - self.middle.lon) * math.cos(math.radians(self.middle.lat)) * metres
        return self.width / 2 + east, self.height / 2 + (self.middle.lat - point.lat) * metres

    def point(self, x: float, y: float) -> Point:
        """Return which point lies at a place of the drawing."""
        metres = METRES_PER_DEGREE * self.scale
        east = (x - self.width / 2) / (metres * math.cos(math.radians(self.middle.lat)))
        return Point(self.middle.lat - (y - self.height / 2) / metres, self.middle.lon + east)

    def bar(self) -> tuple[int, float]:
        """Return (metres, length) of the longest round scale within a third of the width."""
        fitting = [metres for metres in _BARS if metres * self.scale <= self.width / 3]
        metres = max(fitting, default=_BARS[0])
        return metres, round(metres * self.scale, 1)


def extent(points: Sequence[Point]) -> tuple[Point, float, float]:
    """Return the middle of points, and their metres from south to north and from west to east."""
    lats, lons = [point.lat for point in points], [point.lon for point in points]
    middle = Point((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
    wide = (max(lons) - min(lons)) * METRES_PER_DEGREE * math.cos(math.radians(middle.lat))
    return middle, (max(lats) - min(lats)) * METRES_PER_DEGREE, wide


def sheet_around(points: Sequence[Point], width: int, height: int, margin: float, least: float) -> Sheet:
    """Return the sheet that holds all points with a margin (share of each side), at least so many m high."""
    middle, tall, wide = extent(points)
    room = 1 - 2 * margin
    scale = min(height * room / max(tall, least), width * room / max(wide, 1.0))
    return Sheet(middle, scale, width, height)


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


def around(spot: Spot, width: float, height: float) -> Box:
    """Return the box of such a size around a spot."""
    x, y = width / 2, height / 2
    return Box(spot.x - x, spot.y - y, spot.x + x, spot.y + y)
