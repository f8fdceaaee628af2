"""Numbers on a map, each with room of its own: on its point, or beside it with a line to it.

Numbers that nothing hinders stand on their points; the others, in order, take the nearest free place on or
around theirs. Nothing covers another point, a line, or what is drawn besides. Lengths are units of the drawing.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, NamedTuple

from vuonho.render.pages.villagemap import Spot

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
    homes = [around(spot, _width(number, height) + _GAP, height + _GAP) for number, spot in numbered]
    points = [around(spot, 2 * _DOT, 2 * _DOT) for _, spot in numbered]
    at_home = [
        paper.holds(home) and not _hits(home, (*drawn, *homes[:at], *homes[at + 1 :]))
        for at, home in enumerate(homes)
    ]
    taken = [*drawn, *(home for home, stays in zip(homes, at_home, strict=True) if stays)]
    marks: list[Mark] = []
    for at, (number, spot) in enumerate(numbered):
        width, plate = _width(number, height), spot
        if not at_home[at]:
            others = (*taken, *points[:at], *points[at + 1 :])
            free = next(_free(spot, width, height, paper, others), None)
            if free is None:
                return None
            plate = free
            taken += [around(plate, width + _GAP, height + _GAP), *_line(spot, plate)]
        marks.append(Mark(number, spot, plate, width, height))
    return tuple(marks)


def _width(number: int, height: float) -> float:
    return round(height * max(1.0, 0.34 + 0.34 * len(str(number))), 1)


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
