"""The walking route of a village: past every garden that shows its exact point."""

import math
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Final, TypeAlias

from vuonho.model.geo import EARTH_RADIUS_M, Point
from vuonho.model.public import PublicHousehold
from vuonho.pages.language import Language
from vuonho.pages.map import AT_CENTRE_M, opposite, way_from_centre

# --- A short walk past points: nearest neighbour first, then 2-opt and or-opt until nothing shortens it ---

_NEAR: Final = 8
"""Neighbours that are looked at first; a place that needs more gets all."""
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
    places = tuple(_place(point) for point in (start, *points))
    near = _neighbours(places)
    given = list(range(len(places)))
    found = _Walk(places, near, _nearest_first(places, near)).settled()
    if _length(places, given) < _length(places, found):
        found = _Walk(places, near, given).settled()
    return tuple(one - 1 for one in found[1:])


def _place(point: Point) -> _Place:
    lat, lon = math.radians(point.lat), math.radians(point.lon)
    flat, high = EARTH_RADIUS_M * math.cos(lat), EARTH_RADIUS_M * math.sin(lat)
    return round(flat * math.cos(lon), 3), round(flat * math.sin(lon), 3), round(high, 3)


def _length(places: Sequence[_Place], order: Sequence[int]) -> float:
    return sum(math.dist(places[a], places[b]) for a, b in pairwise(order))


# --- Who is near whom --------------------------------------------------------------------------------------


def _neighbours(places: Sequence[_Place]) -> tuple[tuple[int, ...], ...]:
    """Return for each place the few nearest others, nearest first."""
    spreads = [max(values) - min(values) for values in zip(*places, strict=True)]
    axis = spreads.index(max(spreads))
    line = sorted((place[axis], one) for one, place in enumerate(places))
    at = {one: rank for rank, (_, one) in enumerate(line)}
    return tuple(_nearest_in_line(places, line, at[one]) for one in range(len(places)))


def _nearest_in_line(places: Sequence[_Place], line: Sequence[tuple[float, int]], at: int) -> tuple[int, ...]:
    """Look along the line, to both sides, until its next one is farther by itself than the farthest found."""
    height, here = line[at]
    found: list[tuple[float, int]] = []
    low, high = at - 1, at + 1
    while low >= 0 or high < len(line):
        below = height - line[low][0] if low >= 0 else math.inf
        above = line[high][0] - height if high < len(line) else math.inf
        if len(found) == _NEAR and min(below, above) >= found[-1][0]:
            break
        at, low, high = (low, low - 1, high) if below <= above else (high, low, high + 1)
        other = line[at][1]
        far = math.dist(places[here], places[other])
        if len(found) < _NEAR or far < found[-1][0]:
            found = sorted((*found, (far, other)))[:_NEAR]
    return tuple(one for _, one in found)


def _nearest_first(places: Sequence[_Place], near: Sequence[Sequence[int]]) -> list[int]:
    """Return the walk that always goes on to the nearest place not yet seen."""
    order, left = [0], dict.fromkeys(range(1, len(places)))
    while left:
        following = next((one for one in near[order[-1]] if one in left), None)
        if following is None:
            following = _by_distance(places, order[-1], left)[0]
        del left[following]
        order.append(following)
    return order


def _by_distance(places: Sequence[_Place], here: int, others: Iterable[int]) -> tuple[int, ...]:
    far = sorted((math.dist(places[here], places[one]), one) for one in others)
    return tuple(one for _, one in far)


# --- A walk that shortens itself ---------------------------------------------------------------------------


class _Walk:
    """An order of places; the first one stays first."""

    def __init__(self, places: Sequence[_Place], near: Sequence[Sequence[int]], order: Sequence[int]) -> None:
        self._places = places
        self._near = near
        self._order = list(order)
        self._at = [0] * len(self._order)
        self._put(0, self._order[:])

    def settled(self) -> list[int]:
        """Return the order once no place finds anything to gain."""
        restless = True
        while restless:
            restless = False
            waiting = deque(range(len(self._order)))
            while waiting:
                moved = self._improve(waiting.popleft())
                restless = restless or bool(moved)
                waiting.extend(moved)
        return self._order

    def _improve(self, one: int) -> tuple[int, ...]:
        """Return the places whose steps changed by a move that brings `one` to a nearer neighbour, if any."""
        return self._turn_after(one) or self._turn_before(one) or self._carry(one)

    def _turn_after(self, a: int) -> tuple[int, ...]:
        """Walk backwards what lies between `a` and a place nearer than the next: 2-opt."""
        i = self._at[a]
        b = self._one(i + 1)
        if b is None:
            return ()
        step = self._far(a, b)
        for c in self._nearer(a, step):
            j = self._at[c]
            d = self._one(j + 1)
            if step + self._far(c, d) - self._far(a, c) - self._far(b, d) > _GAIN:
                self._turn(min(i, j) + 1, max(i, j))
                return (a, b, c) if d is None else (a, b, c, d)
        return ()

    def _turn_before(self, a: int) -> tuple[int, ...]:
        """The same from the other side: for a place nearer than the one before."""
        i = self._at[a]
        b = self._one(i - 1)
        if b is None:
            return ()
        step = self._far(a, b)
        for c in self._nearer(a, step):
            j = self._at[c]
            d = self._one(j - 1)
            if d is not None and step + self._far(c, d) - self._far(a, c) - self._far(b, d) > _GAIN:
                self._turn(min(i, j), max(i, j) - 1)
                return a, b, c, d
        return ()

    def _carry(self, a: int) -> tuple[int, ...]:
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
                    return tuple(one for one in (a, b, c, d, before, after) if one is not None)
        return ()

    # --- Steps ---------------------------------------------------------------------------------------------

    def _one(self, at: int) -> int | None:
        return self._order[at] if 0 <= at < len(self._order) else None

    def _far(self, a: int | None, b: int | None) -> float:
        """Return the metres between two places; where the walk ends there are none."""
        return 0.0 if a is None or b is None else math.dist(self._places[a], self._places[b])

    def _nearer(self, a: int, than: float) -> Iterator[int]:
        """Yield the places nearer to `a` than some metres, nearest first."""
        here, places = self._places[a], self._places
        known = self._near[a]
        if known and len(known) == _NEAR and math.dist(here, places[known[-1]]) < than:
            known = _by_distance(places, a, range(len(places)))
        for one in known:
            if math.dist(here, places[one]) >= than:
                return
            if one != a:
                yield one

    def _turn(self, low: int, high: int) -> None:
        self._put(low, self._order[low : high + 1][::-1])

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
