"""A picture of a garden drawn from its profile: beds of crops, a yard with animals, perhaps a pond."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from vuonho.model.public import PublicAnimal, PublicCrop

# --- A rectangle shared out: a squarified treemap (Bruls, Huizing and van Wijk, 2000) ---

Box: TypeAlias = tuple[float, float, float, float]
"""Corner x and y, width, height."""


def squarified(weights: Sequence[float], box: Box) -> list[Box]:
    """Return a box for each weight (falling, of sum 1), their areas in proportion, as square as can be."""
    area = box[2] * box[3]
    sizes = [weight * area for weight in weights]
    boxes: list[Box] = []
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


def _cut(row: Sequence[float], box: Box) -> tuple[list[Box], Box]:
    """Return the boxes of a row along the shorter side, and what is left of the box."""
    x, y, width, height = box
    depth = sum(row) / min(width, height)
    cut: list[Box] = []
    if width >= height:
        for size in row:
            cut.append((x, y, depth, size / depth))
            y += size / depth
        return cut, (x + depth, box[1], width - depth, height)
    for size in row:
        cut.append((x, y, size / depth, depth))
        x += size / depth
    return cut, (box[0], y + depth, width, height - depth)


# --- The beds of a drawn garden: each a patch of ground with the plants of one crop ---

TREES: Final = MappingProxyType(
    {
        "citrus": "tree", "tree_fruit": "tree", "timber": "tall", "palm": "palm", "banana": "banana",
        "bamboo": "bamboo",
    }
)  # fmt: skip
"""Which drawing stands for a family of trees of the catalogue."""
FURROWS: Final = MappingProxyType(
    {
        "tea": "tea", "flower": "flower", "medicinal": "bush", "pepper": "bush", "gourd": "vine",
        "vine": "vine", "legume": "low", "root": "low", "grain": "grain", "bulb": "blade", "spice": "blade",
        "leafy": "leafy", "pineapple": "pineapple", "mushroom": "mushroom",
    }
)  # fmt: skip
"""With what the furrows of a family are stroked."""
USUAL: Final = "bush"
"""With what the furrows of any other are."""
HUES: Final = MappingProxyType(
    {
        "citrus": "#f5b730", "tree_fruit": "#e8643c", "palm": "#b5d35f", "gourd": "#b5d35f",
        "bamboo": "#86ad4a", "leafy": "#c4e58a", "spice": "#c4e58a", "root": "#c98ad0", "pepper": "#e2574c",
        "vine": "#e2574c", "flower": "#f29db5", "bulb": "#f4ead8", "mushroom": "#f4ead8",
    }
)  # fmt: skip
"""The colour of a family's fruit, ears, flowers or heads, where it is not that of ripe grain."""
_SPACING: Final = MappingProxyType(
    {"tree": (27, 25), "tall": (20, 22), "palm": (30, 26), "banana": (30, 26), "bamboo": (32, 26)}
)
"""How far apart trees stand: along a row, and from row to row."""
_DRILL: Final = MappingProxyType(
    {
        "tea": (16, 8), "leafy": (16, 15), "blade": (16, 12), "grain": (16, 9), "vine": (28, 28),
        "low": (16, 20), "flower": (18, 16), "pineapple": (21, 18), "mushroom": (16, 15), "bush": (18, 18),
    }
)  # fmt: skip
"""From furrow to furrow, and from plant to plant along one."""
_HALF_TREE: Final = 13
_GAP: Final = 4.0
Plot: TypeAlias = tuple[int, int, int, int]
"""Corner x and y, width, height of a bed."""


@dataclass(frozen=True, slots=True)
class Bed:
    """One crop's bed: corner and size; its family in the catalogue ("other" for none), its drawing, and the
    colour (CSS) of its fruit, or "" for the usual.

    A bed of trees has `feet`, the trees of its first row as (x, y, small), and `rows`, the shifts (x, y) of
    the same row further on; a bed of furrows has `furrows`, the data of a path. Both count from the corner.
    """

    x: int
    y: int
    width: int
    height: int
    family: str
    plant: str
    hue: str
    feet: tuple[tuple[int, int, bool], ...]
    rows: tuple[tuple[int, int], ...]
    furrows: str


def plot(box: Box) -> Plot:
    """Return the ground of a bed in its box, of which a path is left free all round."""
    x, y = round(box[0] + _GAP / 2), round(box[1] + _GAP / 2)
    right, foot = round(box[0] + box[2] - _GAP / 2), round(box[1] + box[3] - _GAP / 2)
    return x, y, max(8, right - x), max(8, foot - y)


def bed(crop: PublicCrop, ground: Plot, caption: int) -> Bed:
    """Return the bed of a crop on its ground; `caption` is the height kept for its name at the lower edge."""
    width, room = ground[2], ground[3] - caption
    family = crop.known.family if crop.known else "other"
    hue = HUES.get(family, "")
    if family in TREES:
        plant = TREES[family]
        return Bed(*ground, family, plant, hue, *_orchard(*_SPACING[plant], width, room), "")
    plant = FURROWS.get(family, USUAL)
    return Bed(*ground, family, plant, hue, (), (), _furrows(*_DRILL[plant], width, room))


def _orchard(
    across: int, down: int, width: int, room: int
) -> tuple[tuple[tuple[int, int, bool], ...], tuple[tuple[int, int], ...]]:
    """Return the first row of trees, and the shifts of the rows before it, every other one half a step aside."""
    count = max(1, int(width / across - 0.5))
    lines = max(1, (room - 4) // down)
    step = width / (count + (0.5 if lines > 1 else 0))
    pitch = min(max(down, room // lines), down + 9)
    free = room - pitch * (lines - 1)
    first = min(free // 2 + _HALF_TREE, free - 3)
    feet = tuple((round(step * (at + 0.5)), first, at % 5 in (1, 4)) for at in range(count))
    aside = round(step / 2)
    return feet, tuple((aside * (line % 2), pitch * line) for line in range(1, lines))


def _furrows(pitch: int, step: int, width: int, room: int) -> str:
    """Return furrows as the data of a path, gently winding, every other one set half a step aside."""
    lines = max(1, room // pitch)
    aside = step // 2 if lines > 1 and width >= 2 * step else 0
    length = min(max(1, (width - 14 - aside) // step) * step, width - 8)
    start = (width - length - aside) // 2
    bend, sway = -(-length // 4), min(3, (width - 40) // 40)
    along = f"q{bend}-{sway} {2 * bend} 0t{2 * bend} 0" if sway > 0 else f"h{length}"
    return "".join(
        f"M{start + aside * (line % 2)} {round(room * (line + 0.5) / lines)}{along}" for line in range(lines)
    )


# --- The plan of a garden: which share of the field each crop takes, and how its bed is named ---

FIELD: Final[Box] = (11.0, 119.0, 338.0, 168.0)
MOST_BEDS: Final = 18
_TREE_SPACE: Final = 16
"""m² that a tree is drawn with where only trees are known: 4 by 4 m, a usual planting of citrus."""
_LEAST_SHARES: Final = (0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08)
_LEAST_SIDE: Final = 22.0
"""So much a bed must measure, paths included, to be seen and numbered; the smallest shares are drawn larger for it."""
_LINE: Final = 16
"""From one line of a name to the next."""
_LEAST_ROOM: Final = 22
"""A bed that has no more than this above its name has its plants behind it."""
_MARGIN: Final = 3
_HORN: Final = "\N{COMBINING HORN}"
_NARROW: Final = "iljft.,:;'’|!()[] I"
_WIDE: Final = "mwMW@%&—"


@dataclass(frozen=True, slots=True)
class Label:
    """A piece of text with the middle of its baseline; `is_mark` where it is a number."""

    x: int
    y: int
    text: str
    is_mark: bool


@dataclass(frozen=True, slots=True)
class GardenPlan:
    """Beds, from the back to the front, and their labels; `marks` has each crop's number, or "" for none."""

    beds: tuple[Bed, ...]
    labels: tuple[Label, ...]
    marks: tuple[str, ...]


def garden_plan(crops: Sequence[PublicCrop], names: Sequence[str]) -> GardenPlan:
    """Return the plan of a garden; `names` are the crops' labels, in the same order.

    Of more than 18 crops the largest are drawn. A bed too small for its name bears a number.
    """
    order = sorted(range(len(crops)), key=lambda at: (-share(crops[at]), at))[:MOST_BEDS]
    boxes = _boxes([share(crops[at]) for at in order])
    plots = {at: plot(box) for at, box in zip(order, boxes, strict=True)}
    drawn = sorted(plots, key=lambda at: plots[at][1::-1])
    lines = {at: name_lines(names[at], *plots[at][2:]) for at in drawn}
    marks = _marks(len(crops), [at for at in drawn if not lines[at]])
    beds = tuple(bed(crops[at], plots[at], _caption(len(lines[at]), plots[at][3])) for at in drawn)
    labels = tuple(label for at in drawn for label in _labels(plots[at], lines[at], marks[at]))
    return GardenPlan(beds, labels, marks)


def share(crop: PublicCrop) -> float:
    """Return the m² a crop is drawn with: its area, else 16 m² for each of its trees, else 0 (unknown)."""
    return float(crop.area or (crop.trees or 0) * _TREE_SPACE)


def _boxes(shares: Sequence[float]) -> list[Box]:
    """Return the boxes of falling shares, none too small to be seen, and the shares no more bent than that takes."""
    boxes: list[Box] = []
    for least in _LEAST_SHARES:
        boxes = squarified(_weights(shares, least), FIELD)
        if all(min(width, height) >= _LEAST_SIDE for _, _, width, height in boxes):
            break
    return boxes


def _weights(shares: Sequence[float], least: float) -> list[float]:
    """Return shares of 1, what is unknown counting as the least known, none below about `least`."""
    known = [one for one in shares if one]
    filled = [one or min(known, default=1.0) for one in shares]
    total = sum(filled)
    seen = [max(one / total, least) for one in filled]
    return [one / sum(seen) for one in seen]


def _marks(count: int, nameless: Sequence[int]) -> tuple[str, ...]:
    """Return a number for each nameless bed, in the order in which the crops are listed."""
    numbers = {at: str(number) for number, at in enumerate(sorted(nameless), 1)}
    return tuple(numbers.get(at, "") for at in range(count))


def _caption(lines: int, height: int) -> int:
    """Return the height that a name takes from the plants; 0 where it stands in front of them."""
    taken = _LINE * lines + 2
    return taken if lines and height - taken >= _LEAST_ROOM else 0


def _labels(ground: Plot, lines: Sequence[str], mark: str) -> Iterator[Label]:
    """Yield the lines of a bed's name at its lower edge, or in its middle where it is low, or its number."""
    x, y, width, height = ground
    texts = lines or (mark,)
    last = height - 6 if _caption(len(lines), height) else height // 2 + 8 * len(texts) - 3
    for at, text in enumerate(texts, 1):
        yield Label(x + width // 2, y + last - _LINE * (len(texts) - at), text, not lines)


def name_lines(name: str, width: int, height: int) -> tuple[str, ...]:
    """Return the name of a bed of that size in one line or two, or nothing where it does not fit."""
    room = width - _MARGIN
    words = name.split()
    if words and text_width(name) <= room and height >= _LINE:
        return (name,)
    cuts = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    best = min(cuts, key=lambda cut: max(map(text_width, cut)), default=())
    fits = height >= 2 * _LINE + 6 and all(text_width(line) <= room for line in best)
    return best if fits else ()


def text_width(text: str) -> float:
    """Return about how wide a text is drawn at 15 units, semibold, in the widest of the usual fonts."""
    return sum(map(_letter_width, unicodedata.normalize("NFD", text)))


def _letter_width(letter: str) -> float:
    """Return the width of a letter, or of a mark over one: of these only the horn of ơ and ư takes room."""
    if unicodedata.combining(letter):
        return 2.0 if letter == _HORN else 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 15.5
    if letter in _NARROW:
        return 5.5
    if letter in _WIDE:
        return 14.2
    return 11.0 if letter.isupper() else 9.0


# --- A picture of a garden drawn from its profile: beds of crops, a yard with animals, perhaps a pond ---

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
