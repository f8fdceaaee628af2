"""The walking route of a village: past every garden that shows its exact point."""

import math
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product
from typing import Final, NamedTuple, TypeAlias

from vuonho.model.geo import EARTH_RADIUS_M, Point
from vuonho.model.public import PublicHousehold
from vuonho.pages.language import Language
from vuonho.pages.map import AT_CENTRE_M, opposite, way_from_centre

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
