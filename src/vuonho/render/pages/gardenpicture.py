"""A picture of a garden drawn from what the family told: every crop a bed of its share, full of its plants.

Lengths are units of the drawing, WIDTH by HEIGHT, (0, 0) at the top left. The beds are laid out as a squarified
treemap (Bruls, Huizing and van Wijk, 2000). It is an illustration, not a survey: see `share`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from vuonho.domain.public import PublicCrop

WIDTH: Final = 480
HEIGHT: Final = 300
_FIELD: Final = (14.0, 122.0, 452.0, 166.0)
_GAP: Final = 5.0
_MOST_BEDS: Final = 18
_TREE_SPACE: Final = 16
"""m² that a tree is drawn with where only trees are told: 4 by 4 m, a usual planting of citrus."""
_LEAST_SHARE: Final = 0.018
_LETTER: Final = 7.4
"""Width of a letter of a label."""

PLANTS: Final = MappingProxyType(
    {
        "citrus": "tree", "tree_fruit": "tree", "timber": "tall", "palm": "palm", "banana": "palm",
        "bamboo": "tall", "tea": "bush", "flower": "bush", "medicinal": "bush", "pepper": "bush",
        "gourd": "vine", "vine": "vine", "legume": "vine", "grain": "grain", "bulb": "grain",
        "spice": "row", "leafy": "row", "root": "row", "pineapple": "grain", "mushroom": "row",
    }
)  # fmt: skip
"""Which drawing stands for a family of the catalogue; any other is a bush."""
_PITCH: Final = MappingProxyType({"tree": (34, 34), "tall": (28, 34), "palm": (36, 38), "vine": (30, 28)})
_SMALL_PITCH: Final = (27, 23)


@dataclass(frozen=True, slots=True)
class Bed:
    """One crop's bed: its corner, size, drawing, colour of fruit, the foot of every plant, and a label if it fits."""

    x: int
    y: int
    width: int
    height: int
    plant: str
    family: str
    feet: tuple[tuple[int, int], ...]
    label: str


@dataclass(frozen=True, slots=True)
class GardenPicture:
    """The beds and which drawings they use."""

    beds: tuple[Bed, ...]
    plants: tuple[str, ...]


def garden_picture(crops: Sequence[PublicCrop], names: Sequence[str]) -> GardenPicture:
    """Return the picture of a garden; `names` are the crops' labels, in the same order.

    Of more than 18 crops the largest are drawn.
    """
    order = sorted(range(len(crops)), key=lambda at: (-share(crops[at]), at))[:_MOST_BEDS]
    weights = _weights([share(crops[at]) for at in order])
    boxes = _squarified(weights, _FIELD)
    beds = tuple(_bed(crops[at], names[at], box) for at, box in zip(order, boxes, strict=True))
    return GardenPicture(beds, tuple(sorted({bed.plant for bed in beds})))


def share(crop: PublicCrop) -> float:
    """Return the m² a crop is drawn with: its area, else 16 m² for each of its trees, else 0 (not told)."""
    return float(crop.area or (crop.trees or 0) * _TREE_SPACE)


def _weights(shares: Sequence[float]) -> list[float]:
    """Return shares of 1, what was not told counting as the least told, none too small to be seen."""
    told = [one for one in shares if one]
    filled = [one or min(told, default=1.0) for one in shares]
    total = sum(filled)
    seen = [max(one / total, _LEAST_SHARE) for one in filled]
    return [one / sum(seen) for one in seen]


def _bed(crop: PublicCrop, name: str, box: "_Box") -> Bed:
    x, y, width, height = (round(one) for one in _inset(box))
    family = crop.known.family if crop.known else "other"
    plant = PLANTS.get(family, "bush")
    label = name if len(name) * _LETTER + 12 <= width and height >= 34 else ""
    return Bed(x, y, width, height, plant, family, tuple(_feet(plant, width, height, bool(label))), label)


def _feet(plant: str, width: int, height: int, labelled: bool) -> Iterator[tuple[int, int]]:
    """Yield the foot of every plant of a bed, relative to its corner, row by row from the back."""
    across, down = _PITCH.get(plant, _SMALL_PITCH)
    room = height - (14 if labelled else 0)
    columns, rows = max(1, (width - 4) // across), max(1, (room - 2) // down)
    for row in range(rows):
        for column in range(columns):
            yield (
                round(width * (column + 0.5) / columns),
                min(height - 3, round(room * (row + 1) / rows) - 3),
            )


# --- Treemap -----------------------------------------------------------------------------------------------

_Box = tuple[float, float, float, float]


def _inset(box: _Box) -> _Box:
    x, y, width, height = box
    return x + _GAP / 2, y + _GAP / 2, max(6.0, width - _GAP), max(6.0, height - _GAP)


def _squarified(weights: Sequence[float], box: _Box) -> list[_Box]:
    """Return a box for each weight (falling, of sum 1), their areas in proportion, as square as can be."""
    area = box[2] * box[3]
    sizes = [weight * area for weight in weights]
    boxes: list[_Box] = []
    while sizes:
        count = _row_length(sizes, min(box[2], box[3]))
        row, box = _cut(sizes[:count], box)
        boxes.extend(row)
        del sizes[:count]
    return boxes


def _row_length(sizes: Sequence[float], side: float) -> int:
    count = 1
    while count < len(sizes) and _worst(sizes[: count + 1], side) <= _worst(sizes[:count], side):
        count += 1
    return count


def _worst(row: Sequence[float], side: float) -> float:
    """Return the largest ratio of sides in a row laid along a side."""
    total = sum(row)
    depth = total / side
    return max(max(depth * depth / size, size / (depth * depth)) for size in row)


def _cut(row: Sequence[float], box: _Box) -> tuple[list[_Box], _Box]:
    """Return the boxes of a row along the shorter side, and what is left of the box."""
    x, y, width, height = box
    depth = sum(row) / min(width, height)
    cut: list[_Box] = []
    if width >= height:
        for size in row:
            cut.append((x, y, depth, size / depth))
            y += size / depth
        return cut, (x + depth, box[1], width - depth, height)
    for size in row:
        cut.append((x, y, size / depth, depth))
        x += size / depth
    return cut, (box[0], y + depth, width, height - depth)
