"""The landscape over a village's page: the same hills and river everywhere, the fields full of what the village grows.

Lengths are units of the drawing, 360 by 116; the lowest 14 may lie under what follows. The land goes on at both
sides, for frames that are wider.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vuonho.domain.public import PublicHousehold
from vuonho.render.pages.beds import FURROWS, HUES, TREES, USUAL

_ANYWHERE: Final = ("grain",)
"""What grows where nothing is told: every village of Hà Tĩnh has rice."""
_STEP: Final = 27
_TREES: Final = 5


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a field lies: the first foot of each row, and which way it goes on: -1 left, 1 right."""

    rows: tuple[tuple[int, int], ...]
    way: int


_PLACES: Final = (
    _Place(((120, 79), (107, 101)), -1),
    _Place(((232, 79),), 1),
    _Place(((224, 101),), 1),
)
_FAR: Final = 400
"""How far furrows go on."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the landscape: its drawing and the colour of its fruit ("" for the usual).

    An orchard has `feet`, trees as (x, y, small), and `shifts`, how far the same stands again to the side; any
    other field has `furrows`, the data of a path.
    """

    plant: str
    hue: str
    feet: tuple[tuple[int, int, bool], ...]
    shifts: tuple[int, ...]
    furrows: str


@dataclass(frozen=True, slots=True)
class BannerPicture:
    """Three fields, that of what is grown most first, and the drawings of trees that they use."""

    fields: tuple[Field, ...]
    plants: tuple[str, ...]


def village_banner(households: Sequence[PublicHousehold]) -> BannerPicture:
    """Return the landscape of a village: its fields bear the families of crops that most gardens grow.

    A village with fewer than three of them has some twice; families that are grown as often stand in the order
    of the alphabet. Crops that the catalogue does not know are not drawn.
    """
    families = most_grown(households)[: len(_PLACES)] or _ANYWHERE
    fields = tuple(_field(families[at % len(families)], place) for at, place in enumerate(_PLACES))
    return BannerPicture(fields, tuple(sorted({field.plant for field in fields if field.feet})))


def most_grown(households: Sequence[PublicHousehold]) -> tuple[str, ...]:
    """Return the families of crops of a village, those in most gardens first."""
    gardens = Counter(
        family
        for household in households
        for family in {crop.known.family for crop in household.garden.crops if crop.known}
    )
    return tuple(sorted(gardens, key=lambda family: (-gardens[family], family)))


def _field(family: str, place: _Place) -> Field:
    hue, way = HUES.get(family, ""), place.way
    if family not in TREES:
        lines = "".join(f"M{x + 8 * way} {y - 5}h{way * _FAR}" for x, y in place.rows)
        return Field(FURROWS.get(family, USUAL), hue, (), (), lines)
    feet = tuple((x + way * _STEP * at, y, at % 5 in (0, 3)) for x, y in place.rows for at in range(_TREES))
    return Field(TREES[family], hue, feet, (way * _STEP * _TREES, 2 * way * _STEP * _TREES), "")
