"""The walking route of a village: from its centre past every garden that shows its exact point.

Straight lines, because no lane is known to us: lanes are longer. Near points and hidden ones are never on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vuonho.domain.public import PublicHousehold
from vuonho.domain.values import Point
from vuonho.render.pages.villagemap import opposite, way_from_centre
from vuonho.render.pages.walk import short_walk


@dataclass(frozen=True, slots=True)
class Stop:
    """A household, and how many metres in which wind ("ne") it lies from where one comes."""

    household: PublicHousehold
    metres: float
    way: str


@dataclass(frozen=True, slots=True)
class Route:
    """The stops in order, the first one seen from the village's centre, and the whole length in metres."""

    stops: tuple[Stop, ...]
    metres: float


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The stops before and after a household, both as seen from that household."""

    before: Stop | None
    after: Stop | None


def walking_route(centre: Point, households: Sequence[PublicHousehold]) -> Route:
    """Return the walk past all households with an exact point, the same in whatever order they are given."""
    seen = sorted((one for one in households if one.exact), key=lambda one: one.code)
    points = tuple(one.exact for one in seen if one.exact)
    order = short_walk(centre, points)
    path = (centre, *(points[at] for at in order))
    steps = (way_from_centre(here, there) for here, there in pairwise(path))
    stops = tuple(Stop(seen[at], *step) for at, step in zip(order, steps, strict=True))
    return Route(stops, sum(stop.metres for stop in stops))


def neighbours_by_code(route: Route) -> Mapping[str, Neighbours]:
    """Return the neighbours of every household on the route, by its code."""
    stops = route.stops
    back = (Stop(last.household, this.metres, opposite(this.way)) for last, this in pairwise(stops))
    beside = zip(stops, (None, *back), (*stops[1:], None), strict=False)  # without a stop, nothing beside it
    return {stop.household.code: Neighbours(before, after) for stop, before, after in beside}


def neighbours(route: Route, code: str) -> tuple[Stop | None, Stop | None]:
    """Return the stops before and after a household as seen from it, (None, None) where it is not on the route."""
    found = neighbours_by_code(route).get(code, Neighbours(None, None))
    return found.before, found.after
