"""The walk follows the lanes that are there, and goes straight where none leads."""

from collections.abc import Sequence

from case_kit import each
from vuonho.model.ground import Ground, Way
from vuonho.model.values import Point, distance_m
from vuonho.pages.paths import walked


def at(east: float, north: float) -> Point:
    """Return a place so many metres from a corner of the land."""
    return Point(18.125 + north / 111_195, 105.76 + east / 105_680)


def ground(*ways: tuple[str, Sequence[tuple[float, float]]]) -> Ground:
    """Return a land with these ways."""
    return Ground(tuple(Way(kind, tuple(at(*spot) for spot in line)) for kind, line in ways), ())


BEND = ("lane", [(0, 0), (300, 0), (300, 300)])
CROSSED = (("lane", [(0, 0), (300, 0)]), ("road", [(307.0, -200), (307, 500)]))
"""Drawn by hand: the lane ends seven metres before the road."""
HAIRPIN = ("lane", [(0, 0), (0, 900), (300, 900), (300, 300)])


@each(
    ("land", "corner"),
    [
        (ground(BEND), (300, 0)),
        (ground(*CROSSED), (307, 0)),
        (ground(("river", BEND[1])), None),
        (ground(HAIRPIN), None),
        (ground(("lane", [(900, 0), (900, 300)])), None),
        (None, None),
    ],
)  # fmt: skip
def test_a_walk_keeps_to_the_lanes(land: Ground | None, corner: tuple[float, float] | None) -> None:
    """Round the bend, over a gap that a hand left; never along a river, nor three times round."""
    (leg,) = walked(land, (at(5, 10), at(305, 290)))
    assert (leg[0], leg[-1]) == (at(5, 10), at(305, 290))
    if corner is None:
        assert len(leg) == 2
    else:
        assert min(distance_m(point, at(*corner)) for point in leg) < 15
