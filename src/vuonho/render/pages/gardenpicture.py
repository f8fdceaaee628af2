"""A picture of a garden drawn from what the family told: beds of crops, a yard with animals, perhaps a pond.

Lengths are units of the drawing, WIDTH by HEIGHT, (0, 0) at the top left. A phone shows about one pixel for a unit,
so that a text of 15 units can be read there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from vuonho.domain.public import PublicAnimal, PublicCrop
from vuonho.render.pages.beds import Bed
from vuonho.render.pages.gardenplan import Label, garden_plan

WIDTH: Final = 360
HEIGHT: Final = 300

_WATER_BIRDS: Final = frozenset({"duck", "muscovy_duck", "goose"})
_WATER_FAMILIES: Final = frozenset({"fish", "shrimp", "snail", "frog"})
_DRAWN: Final = MappingProxyType(
    {
        "poultry": "hen", "pig": "pig", "cattle": "cow", "goat": "goat", "deer": "deer", "rabbit": "rabbit",
        "bee": "hive", "fish": "fish",
    }
)  # fmt: skip
"""Which drawing stands for a family of animals; others are not drawn."""
_SWIMMERS: Final = MappingProxyType({"duck": ((34, 99), (61, 105)), "fish": ((52, 96), (78, 102))})
"""Where they are in the pond."""
_LENGTHS: Final = MappingProxyType(
    {"hen": 19, "pig": 27, "cow": 36, "goat": 25, "deer": 27, "rabbit": 16, "hive": 19}
)
"""What an animal takes of the yard's length."""
_YARD: Final = (8, 208)
"""From the hedge to the house."""
_PONDSIDE: Final = 104
_GROUND: Final = 106


@dataclass(frozen=True, slots=True)
class Beast:
    """One animal of the yard or the pond: its drawing, and where its feet are."""

    kind: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class GardenPicture:
    """Beds and their labels, animals, whether there is a pond; `plants` are the drawings that all this uses.

    `marks` has, for each crop in the order given, the number on its bed, or "" where the bed bears its name or
    is not drawn.
    """

    beds: tuple[Bed, ...]
    labels: tuple[Label, ...]
    marks: tuple[str, ...]
    beasts: tuple[Beast, ...]
    has_pond: bool
    plants: tuple[str, ...]


def garden_picture(
    crops: Sequence[PublicCrop], names: Sequence[str], animals: Sequence[PublicAnimal] = ()
) -> GardenPicture:
    """Return the picture of a garden; `names` are the crops' labels, in the same order.

    Of more than 18 crops the largest are drawn; of the animals, those whose drawing we have and the yard room for.
    """
    plan = garden_plan(crops, names)
    has_pond = any(map(_lives_in_water, animals))
    beasts = tuple(_beasts(animals, _PONDSIDE if has_pond else _YARD[0]))
    trees = {bed.plant for bed in plan.beds if bed.feet} if plan.beds else {"tree"}
    used = trees | {beast.kind for beast in beasts}
    return GardenPicture(plan.beds, plan.labels, plan.marks, beasts, has_pond, tuple(sorted(used)))


def _lives_in_water(animal: PublicAnimal) -> bool:
    known = animal.known
    return known is not None and (known.key in _WATER_BIRDS or known.family in _WATER_FAMILIES)


def _beasts(animals: Sequence[PublicAnimal], left: int) -> Iterator[Beast]:
    """Yield the animals of the pond, then those of the yard, from the house to its left end."""
    counts: dict[str, int | None] = {}
    for animal in animals:
        if kind := _kind(animal):
            counts.setdefault(kind, animal.count)
    for kind in sorted(counts.keys() & _SWIMMERS.keys()):
        yield from (Beast(kind, x, y) for x, y in _SWIMMERS[kind])
    place = _YARD[1]
    for at, kind in enumerate(_herd(counts, place - left)):
        yield Beast(kind, place - _LENGTHS[kind] // 2, _GROUND + (0, 3, -2)[at % 3])
        place -= _LENGTHS[kind]


def _kind(animal: PublicAnimal) -> str:
    """Return the drawing of an animal, or "" where there is none."""
    if animal.known is None:
        return ""
    return "duck" if animal.known.key in _WATER_BIRDS else _DRAWN.get(animal.known.family, "")


def _herd(counts: dict[str, int | None], room: int) -> list[str]:
    """Return one of each kind on land, then up to two more of those that are not alone, as long as there is room."""
    kinds = [kind for kind in counts if kind in _LENGTHS]
    many = [kind for kind in kinds if counts[kind] != 1]
    herd: list[str] = []
    for kind in (*kinds, *many, *many):
        if _LENGTHS[kind] <= room:
            herd.append(kind)
            room -= _LENGTHS[kind]
    return sorted(herd, key=kinds.index)
