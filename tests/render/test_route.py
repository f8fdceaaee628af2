"""The walking route: every exact point once, short, and the same however the households are given."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from households_kit import EMPTIEST, VILLAGE, households
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.model.ground import Ground, Way
from vuonho.model.public import PublicHousehold
from vuonho.model.values import Point, distance_m
from vuonho.pages.map import Neighbours, neighbours_by_code, opposite, walking_route, way_from_centre
from work_kit import calls

CENTRE = VILLAGE.centre
SAME_PLACE = Point(18.1261, 105.7612)
POINTS = st.builds(Point, st.floats(18.10, 18.15), st.floats(105.73, 105.79))
SOME_POINTS = st.lists(POINTS | st.just(SAME_PLACE) | st.just(CENTRE), max_size=16)
EVENLY = 0.01
"""Metres by which two ways of measuring the same walk may differ."""


def at(points: Sequence[Point]) -> tuple[PublicHousehold, ...]:
    """Return a household at each of the points."""
    return tuple(
        replace(EMPTIEST, code=str(200000 + number), exact=point) for number, point in enumerate(points)
    )


def length(path: Sequence[Point]) -> float:
    """Return the metres of a path in straight lines."""
    return sum(distance_m(here, there) for here, there in pairwise(path))


def path_of(homes: Sequence[PublicHousehold]) -> list[Point]:
    """Return the walk past the households, from the centre."""
    return [CENTRE, *(stop.household.exact or CENTRE for stop in walking_route(CENTRE, homes).stops)]


@given(SOME_POINTS)
def test_every_exact_point_is_visited_once(points: list[Point]) -> None:
    """Nobody is left out and nobody is passed twice, those at one place neither."""
    homes = at(points)
    assert sorted(one.code for one in homes) == sorted(
        stop.household.code for stop in walking_route(CENTRE, homes).stops
    )


@given(SOME_POINTS)
def test_walk_is_not_longer_than_the_order_by_code(points: list[Point]) -> None:
    """Whoever goes by the numbers on the plaques does not go less far."""
    assert length(path_of(at(points))) <= length([CENTRE, *points]) + EVENLY


@given(SOME_POINTS)
def test_no_stretch_walked_backwards_makes_it_shorter(points: list[Point]) -> None:
    """No 2-opt move improves the walk, its free end included."""
    path = path_of(at(points))
    turned = (
        length([*path[:first], *reversed(path[first:last]), *path[last:]])
        for first in range(1, len(path))
        for last in range(first + 2, len(path) + 1)
    )
    assert min(turned, default=length(path)) >= length(path) - EVENLY


def scattered(count: int, north: int, east: int) -> list[Point]:
    """Return gardens strewn over a square kilometre."""
    steps = range(count)
    return [
        Point(18.12 + n * north % count / count / 100, 105.755 + n * east % (count + 1) / count / 100)
        for n in steps
    ]


def clustered(count: int, north: int, east: int) -> list[Point]:
    """Return gardens in six hamlets, in each of them closer together than to any other."""
    return [
        Point(18.1 + n % 6 * north % 7 * 0.008 + n * 3 % 11 / 1e5,
              105.73 + n % 6 * east % 5 * 0.012 + n * 5 % 13 / 1e5)
        for n in range(count)
    ]  # fmt: skip


@each("points", [scattered(250, 7, 53), clustered(60, 7, 53), clustered(100, 61, 97)], ids=len)
def test_no_stretch_of_a_long_walk_turned_makes_it_shorter(points: list[Point]) -> None:
    """The same for more gardens than anybody's list of near neighbours holds, and where all near ones are seen."""
    path = path_of(at(points))
    steps = list(pairwise(path))
    gains = [
        distance_m(a, b) + distance_m(c, d) - distance_m(a, c) - distance_m(b, d)
        for number, (a, b) in enumerate(steps)
        for c, d in steps[number + 2 :]
    ]
    tails = [distance_m(a, b) - distance_m(a, path[-1]) for a, b in steps]
    assert max(*gains, *tails) < EVENLY


def test_who_numbered_the_gardens_well_is_followed() -> None:
    """Where going to the nearest first leads astray, and the codes would not, the walk is no longer than theirs."""
    points = [
        Point(18.12 + north / 1000, 105.755 + east / 1000)
        for north, east in ((3, 4), (2, 3), (1, 7), (4, 7), (5, 9), (7, 8))
    ]
    assert length(path_of(at(points))) <= length([CENTRE, *points]) + EVENLY


@given(SOME_POINTS, st.randoms(use_true_random=False))
def test_order_of_the_input_does_not_matter(points: list[Point], chance: object) -> None:
    """The same households, shuffled, make the same route."""
    homes = list(at(points))
    route = walking_route(CENTRE, homes)
    getattr(chance, "shuffle")(homes)  # noqa: B009 - hypothesis gives a Random
    assert route == walking_route(CENTRE, homes)


@given(SOME_POINTS)
def test_each_stop_is_told_from_the_one_before(points: list[Point]) -> None:
    """Metres and wind of a stop lead from the one before, of the first from the centre, and add up."""
    route = walking_route(CENTRE, at(points))
    path = path_of(at(points))
    told = [(stop.metres, stop.way) for stop in route.stops]
    assert [way_from_centre(here, there) for here, there in pairwise(path)] == told
    assert route.metres == pytest.approx(length(path))


def test_near_and_hidden_households_are_not_on_the_route() -> None:
    """Only those who show their exact point can be walked to, whatever their code."""
    near, hidden, *exact = reversed(households(9, exact=7, near=1))
    others = (replace(near, code="100001"), replace(hidden, code="100002"))
    route = walking_route(CENTRE, (*others, *exact))
    assert {f"20000{number}" for number in range(7)} == {stop.household.code for stop in route.stops}


def test_row_of_houses_is_walked_from_end_to_end() -> None:
    """Along one lane the walk goes to the nearer end first and never back and forth."""
    lane = [Point(CENTRE.lat, CENTRE.lon + 0.001 * step) for step in (5, 3, 1, 4, 2)]
    assert [int(stop.household.code) - 200000 for stop in walking_route(CENTRE, at(lane)).stops] == [
        2, 4, 1, 3, 0,
    ]  # fmt: skip


@given(SOME_POINTS.filter(bool))
def test_neighbours_are_mutual(points: list[Point]) -> None:
    """Who comes after me has me before him, as far away and in the opposite wind."""
    route = walking_route(CENTRE, at(points))
    by_code = neighbours_by_code(route)
    assert by_code[route.stops[0].household.code].before is None
    assert by_code[route.stops[-1].household.code].after is None
    for here, there in pairwise(route.stops):
        after, before = by_code[here.household.code].after, by_code[there.household.code].before
        assert after is not None
        assert before is not None
        assert (there.household, here.household) == (after.household, before.household)
        assert (after.metres, after.way) == (before.metres, opposite(before.way))


@each("shape", ["spread", "lane", "one place"])
def test_a_thousand_points_are_walked_in_few_steps(shape: str) -> None:
    """Even along one lane or all at one gate, twice the homes are no more than some four times the work."""
    spread = [Point(18.12 + number * 37 % 1000 / 1e5, 105.755 + number / 1e5) for number in range(1000)]
    lane = [Point(18.12, point.lon) for point in spread]
    points = {"spread": spread, "lane": lane, "one place": [SAME_PLACE] * 1000}[shape]
    assert len(walking_route(CENTRE, at(points)).stops) == 1000
    whole, half = (calls(walking_route, CENTRE, at(some)) for some in (points, points[:500]))
    assert whole < 5 * half


def test_a_walk_that_is_drawn_is_counted_where_it_is_drawn() -> None:
    """Along the lanes of the ground, round the bend; without ground it is straight and no map draws it."""
    corner, end = Point(CENTRE.lat, CENTRE.lon + 0.003), Point(CENTRE.lat + 0.003, CENTRE.lon + 0.003)
    ground = Ground((Way("lane", (CENTRE, corner, end)),), ())
    homes = at((Point(CENTRE.lat + 0.00001, CENTRE.lon), end))
    drawn, straight = walking_route(CENTRE, homes, ground), walking_route(CENTRE, homes)
    assert (drawn.is_drawn, straight.is_drawn) == (True, False)
    assert drawn.stops[1].metres == pytest.approx(length((CENTRE, corner, end)), rel=0.02)
    assert straight.stops[1].metres == pytest.approx(length((CENTRE, end)), rel=0.02)


def test_who_shows_no_point_is_on_no_route() -> None:
    """A route without stops has no length; a lone stop has nobody beside it."""
    assert walking_route(CENTRE, households(5, near=5))[:2] == ((), 0)
    assert neighbours_by_code(walking_route(CENTRE, households(3, exact=1))) == {"200000": Neighbours()}
