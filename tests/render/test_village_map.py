"""The maps: exact points as dots, near ones as areas, nothing of the others."""

import math
from dataclasses import replace

import pytest
from households_kit import EMPTIEST, VILLAGE, households
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.model.values import Point
from vuonho.pages.map import village_map, way_from_centre

POINTS = st.builds(Point, st.floats(17.91, 18.81), st.floats(105.10, 106.51))


def test_exact_points_are_dots_and_near_ones_areas() -> None:
    """Every household is a dot, in an area, or counted as not on the map; around many homes no area fits."""
    for exact, near, wanted in ((2, 9, (2, 9, 9)), (7, 0, (7, 0, 13)), (7, 9, (7, 0, 13))):
        drawn = village_map(VILLAGE, households(20, exact=exact, near=near))
        seen = sum(cell.count for cell in drawn.cells)
        assert (len(drawn.dots), seen, drawn.unseen) == wanted


def test_a_crowd_has_the_numbers_that_find_room() -> None:
    """The others are dots; no number covers another, and all stand beside their own homes."""
    crowd = [Point(18.125 + at % 6 * 0.00002, 105.76 + at // 6 * 0.00002) for at in range(36)]
    far = Point(18.13, 105.765)
    homes = tuple(
        replace(EMPTIEST, code=str(200_000 + at), exact=point) for at, point in enumerate((far, *crowd))
    )
    drawn = village_map(VILLAGE, homes)
    numbers = [mark.number for mark in drawn.marks]
    assert numbers[0] == 1
    assert 1 < len(numbers) < 37
    assert sorted([*numbers, *(dot.number for dot in drawn.bare)]) == list(range(1, 38))
    assert [home.code for _, home in drawn.numbered] == [homes[number - 1].code for number in numbers]


def test_near_points_of_one_cell_are_one_marker() -> None:
    """Two households of the same 0.01° share a marker, with their count."""
    cell = Point(18.1234, 105.7654).snapped()
    twins = tuple(replace(EMPTIEST, code=code, near=cell) for code in ("200005", "200016"))
    assert [one.count for one in village_map(VILLAGE, twins).cells] == [2]


def test_marker_of_a_near_point_has_the_size_of_its_cell() -> None:
    """The area drawn is the 0.01° that the family allowed, so that nobody reads it as a house."""
    drawn = village_map(VILLAGE, (replace(EMPTIEST, near=Point(18.13, 105.77).snapped()),))
    (cell,) = drawn.cells
    metres, length = drawn.bar
    assert pytest.approx(cell.height / length * metres, rel=0.02) == 1112


@given(st.lists(POINTS, min_size=1, max_size=5))
def test_every_dot_lies_on_the_sheet(points: list[Point]) -> None:
    """However far apart, all points and the centre are inside the frame."""
    drawn = village_map(VILLAGE, tuple(replace(EMPTIEST, exact=point) for point in points))
    spots = [(drawn.centre.x, drawn.centre.y), *((dot.x, dot.y) for dot in drawn.dots)]
    assert [
        spot
        for spot in spots
        if not (0 <= spot[0] <= drawn.plan.sheet.width and 0 <= spot[1] <= drawn.plan.sheet.height)
    ] == []


@each(
    ("north", "east", "expected"),
    [(1, 0, "n"), (1, 1, "ne"), (0, 1, "e"), (-1, 1, "se"), (-1, 0, "s"), (-1, -1, "sw"), (0, -1, "w"),
     (1, -1, "nw")],
)  # fmt: skip
def test_ways(north: int, east: int, expected: str) -> None:
    """The way from the centre is one of eight winds."""
    centre = VILLAGE.centre
    turned = east / math.cos(math.radians(centre.lat))
    point = Point(centre.lat + north * 0.01, centre.lon + turned * 0.01)
    assert expected == way_from_centre(centre, point)[1]
