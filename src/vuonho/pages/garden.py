"""A picture of a garden drawn from its profile: beds of crops, a yard with animals, perhaps a pond."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from vuonho.model.public import PublicAnimal, PublicCrop, PublicLiving

Box: TypeAlias = tuple[float, float, float, float]
"""Corner x and y, width, height."""


def squarified(weights: Sequence[float], box: Box) -> list[Box]:
    """Return a box for each weight (falling, of sum 1), their areas in proportion, as square as can be.

    This is the squarified treemap of Bruls, Huizing and van Wijk (2000): rows along the shorter side of what is left.
    """
    x, y, width, height = box
    area = width * height
    sizes = [weight * area for weight in weights]
    boxes: list[Box] = []
    while sizes:
        side, count = min(width, height), 1
        while count < len(sizes) and _worst(sizes[: count + 1], side) <= _worst(sizes[:count], side):
            count += 1
        row, sizes = sizes[:count], sizes[count:]
        depth = sum(row) / side
        if width >= height:
            at = y
            for size in row:
                boxes.append((x, at, depth, size / depth))
                at += size / depth
            x, width = x + depth, width - depth
        else:
            at = x
            for size in row:
                boxes.append((at, y, size / depth, depth))
                at += size / depth
            y, height = y + depth, height - depth
    return boxes


def _worst(row: Sequence[float], side: float) -> float:
    """Return the largest ratio of sides in a row laid along a side."""
    depth = sum(row) / side
    return max(max(depth * depth / size, size / (depth * depth)) for size in row)


# --- The beds: each a patch of ground with the plants of one crop ---

_PLANTS: Final = MappingProxyType(
    {
        "citrus": ("tree", "#f39a2d"), "pomelo": ("pomelo", "#f3d04a"), "calamondin": ("pot", "#f39a2d"),
        "tree_fruit": ("tree", "#e8643c"), "persimmon": ("tree", "#f0762b"), "longan": ("tree", "#c98b4e"),
        "guava": ("shrub", "#e6eda6"), "sugar_apple": ("shrub", "#d3e29a"), "jackfruit": ("jackfruit", "#d0a63c"),
        "papaya": ("papaya", "#f0a63a"), "peach": ("blossom", "#f29db5"), "timber": ("tall", ""),
        "palm": ("palm", "#b5d35f"), "banana": ("banana", ""), "bamboo": ("bamboo", "#86ad4a"),
        "tea": ("tea", "#b4d96b"), "flower": ("flower", "#f29db5"), "lotus": ("lotus", "#f29db5"),
        "pepper": ("bush", "#e2574c"), "gourd": ("vine", "#b5d35f"), "vine": ("vine", "#e2574c"),
        "betel": ("stake", "#8ec06c"), "legume": ("low", ""), "root": ("low", "#c98ad0"), "grain": ("grain", ""),
        "bulb": ("blade", "#f4ead8"), "spice": ("blade", "#c4e58a"), "leafy": ("leafy", "#c4e58a"),
        "water_spinach": ("floating", "#c4e58a"), "pineapple": ("pineapple", ""), "mushroom": ("mushroom", "#f4ead8"),
    }
)  # fmt: skip
"""The drawing of a family, and the colour of its fruit or flowers where it is not that of ripe grain."""
_HUES: Final = MappingProxyType(
    {
        "lime": "#a5cf5c", "seedless_lime": "#a5cf5c", "lychee": "#e0523c", "rambutan": "#e0523c",
        "pomegranate": "#e0523c", "mango": "#f3c04a", "star_fruit": "#f3d04a", "sapodilla": "#b98352",
        "avocado": "#86ad4a", "plum": "#9c4a6d", "jujube": "#c4e58a", "apricot_blossom": "#f6d145",
        "chrysanthemum": "#f6c94f", "marigold": "#f3972d", "sunflower": "#f6c94f",
        "sugar_cane": "#8ec06c", "elephant_grass": "#8ec06c", "black_pepper": "#e2574c",
    }
)  # fmt: skip
"""Where a crop's fruit or flowers have another colour than its family's."""
_TREE_PITCH: Final = MappingProxyType(
    {
        "tree": (27, 25), "pomelo": (31, 28), "shrub": (28, 23), "jackfruit": (28, 29), "papaya": (25, 29),
        "blossom": (27, 27), "pot": (21, 27), "tall": (20, 22), "palm": (30, 26), "banana": (30, 26),
        "bamboo": (32, 26),
    }
)  # fmt: skip
"""How far apart trees stand: along a row, and from row to row."""
_FURROW_PITCH: Final = MappingProxyType(
    {
        "tea": (16, 8), "leafy": (16, 15), "blade": (16, 12), "grain": (16, 9), "vine": (28, 28),
        "low": (16, 20), "flower": (18, 16), "pineapple": (21, 18), "mushroom": (16, 15), "bush": (18, 18),
        "lotus": (20, 18), "floating": (17, 18), "stake": (26, 17),
    }
)  # fmt: skip
"""From furrow to furrow, and from plant to plant along one."""
_IN_WATER: Final = frozenset({"lotus", "floating"})
_HALF_TREE: Final = 13
_MONTHS: Final = range(12)


def plant_of(family: str) -> tuple[str, str, str]:
    """Return the drawing of a family of crops, the colour of its fruit ("" for the usual), and what it stands on."""
    plant, hue = _PLANTS.get(family, ("bush", ""))
    return plant, hue, "lawn" if plant in _TREE_PITCH else "pond" if plant in _IN_WATER else "soil"


# --- The year of a bed: in which months it is in blossom, in green fruit, ripe, or bare ---


class Year(NamedTuple):
    """How a crop looks when it is not ripe: a letter a month from January, or one letter for every month.

    The letters: `g` leaves, `f` blossom among leaves, `p` blossom on bare wood, `u` green fruit, `n` bare trees,
    `s` just sown, `b` bare ground or open water, `r` ripe. `before` are the months that lead up to a harvest,
    `ripe` is how a harvest looks where that is not fruit.
    """

    rest: str
    before: str = ""
    ripe: str = "r"


_YEARS: Final = MappingProxyType(
    {
        # Trees that flower by the season, whenever their fruit ripens: citrus, litchi and mango on the growth after
        # the winter's rest, jujube on the shoots of the summer.
        "citrus": Year("gffggggggggg"), "pomelo": Year("gffggggggggg"), "tree_fruit": Year("ggffgggggggg"),
        "longan": Year("ggffgggggggg"), "lychee": Year("gffggggggggg"), "mango": Year("gffggggggggg"),
        "jujube": Year("ggggggggffgg"),
        # Brought to flower in June by drought and pruning, so as to be ripe for Tết.
        "calamondin": Year("gggggfgggggg"),
        # Trees that drop their leaves in the winter of the north; peach and apricot are stripped for Tết, and what
        # is "ripe" then is the blossom.
        "persimmon": Year("nnffgggggggn"), "plum": Year("nfgggggggggn"), "sugar_apple": Year("nngffggggggg"),
        "peach": Year("npgggggggggn", ripe="pprrrrrrrrrp"),
        # Fruit that hangs for months in plain sight: on the trunk, or in every leaf axil the whole year round.
        "jackfruit": Year("g", "uuu"), "papaya": Year("u"), "banana": Year("u"), "palm": Year("u"), "guava": Year("u"),
        # Perennials that bear on new shoots. Tea is picked flush by flush, and rests in winter.
        "tea": Year("g"), "vine": Year("g", "fu"), "pineapple": Year("g", "uuu"), "betel": Year("g", "fuuu"),
        "spice": Year("g"), "medicinal": Year("g", "f"),
        # Lotus: pads from March, gone in the cold; water spinach hardly grows in it.
        "lotus": Year("bbssggggggsb"), "water_spinach": Year("s", "g"),
        # Sown, grown, cleared: peanuts and beans in four months, rice in heads a month before the harvest.
        "legume": Year("b", "sgfg"), "root": Year("b", "sggg"), "grain": Year("b", "sgu"), "bulb": Year("b", "sggg"),
        "leafy": Year("b", "sg"), "gourd": Year("b", "sgfu"), "pepper": Year("b", "sgfu"), "flower": Year("b", "sgg"),
        "mushroom": Year("b"), "gac": Year("b", "sgffu"), "sugar_cane": Year("g"), "kudzu": Year("g"),
        "cassava": Year("b", "sggggggg"), "edible_canna": Year("b", "sggggggg"), "greater_yam": Year("b", "sggggggg"),
        "ginger": Year("b", "sggggggg"), "turmeric": Year("b", "sggggggg"),
        "rose": Year("g"), "hibiscus": Year("g"), "bougainvillea": Year("g"), "orchid": Year("g"),
        "barringtonia": Year("g"),
    }
)  # fmt: skip
"""By key or family; what is not here looks the same all the year."""


def year_of(crop: PublicCrop) -> str:
    """Return how a crop looks in each month, in the letters of `Year`; "" where it is always the same.

    Nothing is ripe that is not known to be: without a season a tree shows leaves and blossom, a bed stays as it is.
    """
    if crop.known is None:
        return ""
    year = _YEARS.get(crop.known.key) or _YEARS.get(crop.known.family)
    ripe = {month - 1 for month in crop.season.months} if crop.season else set()
    if year is None or not (ripe or len(year.rest) == len(_MONTHS)):
        return ""
    look = [
        year.ripe[at % len(year.ripe)] if at in ripe else year.rest[at % len(year.rest)] for at in _MONTHS
    ]
    for first in (month for month in ripe if (month - 1) % 12 not in ripe):
        # from blossom by the calendar to the harvest hangs green fruit
        before = "u" * 11 if "f" in year.rest else year.before
        for back, letter in enumerate(reversed(before), 1):
            if (first - back) % 12 in ripe or look[first - back] in "fp":
                break
            look[first - back] = letter
    return "" if set(look) == {"r"} else "".join(look)


@dataclass(frozen=True, slots=True)
class Bed:
    """One crop's bed: corner and size; what it is (`lawn`, `soil`, `pond`), how far down that reaches before the
    bed's name; its drawing, the colour of its fruit ("" for the usual), how it looks in each month (see `year_of`).

    A bed of trees has `feet`, the trees of its first row as (x, y, small), and `rows`, the shifts (x, y) of
    the same row further on; a bed of furrows has `furrows`, the data of a path. Both count from the corner.
    """

    x: int
    y: int
    width: int
    height: int
    ground: str
    depth: int
    plant: str
    hue: str
    year: str
    feet: tuple[tuple[int, int, bool], ...]
    rows: tuple[tuple[int, int], ...]
    furrows: str


def _family(crop: PublicCrop) -> str:
    return crop.known.family if crop.known else "other"


def _bed(crop: PublicCrop, x: int, y: int, width: int, height: int, caption: int) -> Bed:
    """Return the bed of a crop; `caption` is the height kept for its name at the lower edge."""
    room = height - caption
    plant, hue, ground = plant_of(_family(crop))
    hue = _HUES.get(crop.known.key, hue) if crop.known else hue
    # the name of a low bed stands below it, on the path
    depth = room if room < _LEAST_ROOM else height
    bed = partial(Bed, x, y, width, height, ground, depth, plant, hue, year_of(crop))
    if ground != "lawn":
        return bed((), (), _furrows(plant, width, room))
    across, down = _TREE_PITCH[plant]
    count = max(1, int(width / across - 0.5))
    lines = max(1, (room - 4) // down)
    step = width / (count + (0.5 if lines > 1 else 0))
    pitch = min(max(down, room // lines), down + 9)
    free = room - pitch * (lines - 1)
    first = min(free // 2 + _HALF_TREE, free - 3)
    feet = tuple((round(step * (at + 0.5)), first, at % 5 in (1, 4)) for at in range(count))
    rows = tuple((round(step / 2) * (line % 2), pitch * line) for line in range(1, lines))
    return bed(feet, rows, "")


def _furrows(plant: str, width: int, room: int) -> str:
    """Return furrows as the data of a path, gently winding, every other one set half a step aside."""
    pitch, step = _FURROW_PITCH[plant]
    lines = max(1, room // pitch)
    aside = step // 2 if lines > 1 and width >= 2 * step else 0
    length = min(max(1, (width - 14 - aside) // step) * step, width - 8)
    start = (width - length - aside) // 2
    bend, sway = -(-length // 4), min(3, (width - 40) // 40)
    along = f"q{bend}-{sway} {2 * bend} 0t{2 * bend} 0" if sway > 0 else f"h{length}"
    return "".join(
        f"M{start + aside * (line % 2)} {round(room * (line + 0.5) / lines)}{along}" for line in range(lines)
    )


# --- The names of beds: on one line, on two, or a number where they do not fit ---

_LINE: Final = 16
"""From one line of a name to the next."""
_LEAST_ROOM: Final = 22
"""A bed that has less than this above its name ends there."""
_LEAST_DEPTH: Final = 8
"""So much of a bed is above its name at least, or else it has a number."""
_MARGIN: Final = 3
_HORN: Final = "\N{COMBINING HORN}"
_NARROW: Final = "iljft.,:;'’|!()[] I"
_WIDE: Final = "mwMW@%&—"


def name_lines(name: str, width: int, height: int) -> tuple[str, ...]:
    """Return the name of a bed of that size in one line or two, or nothing where it does not fit."""
    room, words = width - _MARGIN, name.split()
    if words and _text_width(name) <= room and height >= _LINE + 2 + _LEAST_DEPTH:
        return (name,)
    cuts = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    best = min(cuts, key=lambda cut: max(map(_text_width, cut)), default=())
    fits = height >= 2 * _LINE + 2 + _LEAST_DEPTH and all(_text_width(line) <= room for line in best)
    return best if fits else ()


@lru_cache(maxsize=4096)
def _text_width(text: str) -> float:
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


# --- The picture: which share of the field each crop takes, and the animals of yard and pond ---

WIDTH: Final = 360
HEIGHT: Final = 300
FIELD: Final[Box] = (11.0, 119.0, 338.0, 168.0)
MOST_BEDS: Final = 18
_PATH: Final = 4.0
"""Left free between two beds."""
_TREE_SPACE: Final = 16
"""m² that a tree is drawn with where only trees are known: 4 by 4 m, a usual planting of citrus."""
_LEAST_SHARES: Final = (0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08)
_LEAST_SIDE: Final = 22.0
"""So much a bed must measure, paths included, to be seen and numbered; the smallest shares are drawn larger for it."""
_WATER_BIRDS: Final = frozenset({"duck", "muscovy_duck", "goose"})
_WATER_FAMILIES: Final = frozenset({"fish", "shrimp", "snail", "frog"})
_ANIMALS: Final = MappingProxyType(
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


class Label(NamedTuple):
    """A piece of text with the middle of its baseline; `is_mark` where it is a number."""

    x: int
    y: int
    text: str
    is_mark: bool


class Beast(NamedTuple):
    """One animal of the yard or the pond: its drawing, and where its feet are."""

    kind: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class GardenPicture:
    """Beds from the back to the front, and their labels; animals; the drawings that all this uses.

    `marks` has, for each crop in the order given, the number on its bed, or "" where the bed bears its name or
    is not drawn.
    """

    beds: tuple[Bed, ...]
    labels: tuple[Label, ...]
    marks: tuple[str, ...]
    beasts: tuple[Beast, ...]
    has_pond: bool
    house: str
    plants: tuple[str, ...]


def garden_picture(
    crops: Sequence[PublicCrop],
    names: Sequence[str],
    animals: Sequence[PublicAnimal] = (),
    living: PublicLiving | None = None,
) -> GardenPicture:
    """Return the picture of a garden; `names` are the crops' labels, in the same order.

    The house is as `living` says it, a plain one where that is not told.
    Of more than 18 crops the largest are drawn; of the animals, those whose drawing we have and the yard room for.
    """
    # a crop counts with its area, else 16 m² for each tree, else as the least that is known
    grounds = _grounds(tuple(float(crop.area or (crop.trees or 0) * _TREE_SPACE) for crop in crops))
    lines = {
        # trees need more room above a name than beans
        at: name_lines(names[at], width, height - 8 * (plant_of(_family(crops[at]))[2] == "lawn"))
        for at, (_, _, width, height) in grounds.items()
    }
    nameless = sorted(at for at in grounds if not lines[at])
    marks = tuple(str(nameless.index(at) + 1) if at in nameless else "" for at in range(len(crops)))
    beds: list[Bed] = []
    labels: list[Label] = []
    for at, (x, y, width, height) in grounds.items():
        texts = lines[at] or (marks[at],)
        caption = _LINE * len(texts) + 2 if lines[at] else 0
        beds.append(_bed(crops[at], x, y, width, height, caption))
        # a name stands at the lower edge, a number on a plate in the middle
        last = height - 6 if caption else height // 2 + 5
        first = y + last - _LINE * (len(texts) - 1)
        for below, text in enumerate(texts):
            labels.append(Label(x + width // 2, first + _LINE * below, text, not lines[at]))
    in_water = [
        one.known and (_kind(one) == "duck" or one.known.family in _WATER_FAMILIES) for one in animals
    ]
    beasts = tuple(_beasts(animals, _PONDSIDE if any(in_water) else _YARD[0]))
    used = {"palm"} | ({bed.plant for bed in beds if bed.feet} if beds else {"tree"})
    plants = tuple(sorted(used | {beast.kind for beast in beasts}))
    return GardenPicture(tuple(beds), tuple(labels), marks, beasts, any(in_water), _house(living), plants)


def _house(living: PublicLiving | None) -> str:
    """Return what kind of house the family told, "" where it did not."""
    return next((fact.word.key for fact in living.facts if fact.field == "house"), "") if living else ""


@lru_cache(maxsize=1)
def _grounds(known: tuple[float, ...]) -> Mapping[int, tuple[int, int, int, int]]:
    """Return corner and size of the bed of each crop that is drawn, by its place in the list, back to front.

    `known` are the crops' sizes, 0 where none is. Kept for the page in the next language.
    """
    order = sorted(range(len(known)), key=lambda at: (-known[at], at))[:MOST_BEDS]
    filled = [known[at] or min((known[one] for one in order if known[one]), default=1.0) for at in order]
    boxes: list[Box] = []
    for least in _LEAST_SHARES:
        shares = [max(one / sum(filled), least) for one in filled]
        boxes = squarified([one / sum(shares) for one in shares], FIELD)
        if all(min(width, height) >= _LEAST_SIDE for _, _, width, height in boxes):
            break
    grounds = {}
    for at, (left, top, width, height) in zip(order, boxes, strict=True):
        x, y = round(left + _PATH / 2), round(top + _PATH / 2)
        right, foot = round(left + width - _PATH / 2), round(top + height - _PATH / 2)
        grounds[at] = x, y, max(8, right - x), max(8, foot - y)
    return dict(sorted(grounds.items(), key=lambda one: one[1][1::-1]))


def _beasts(animals: Sequence[PublicAnimal], left: int) -> Iterator[Beast]:
    """Yield the animals of the pond, then those of the yard, from the house to its left end.

    In the yard there is one of each kind, then up to two more of those that are not alone, while there is room.
    """
    counts: dict[str, int | None] = {}
    for animal in animals:
        counts.setdefault(_kind(animal), animal.count)
    for kind in sorted(counts.keys() & _SWIMMERS.keys()):
        yield from (Beast(kind, x, y) for x, y in _SWIMMERS[kind])
    kinds = [kind for kind in counts if kind in _LENGTHS]
    many = [kind for kind in kinds if counts[kind] != 1]
    herd: list[str] = []
    room = _YARD[1] - left
    for kind in (*kinds, *many, *many):
        if _LENGTHS[kind] <= room:
            herd.append(kind)
            room -= _LENGTHS[kind]
    x = _YARD[1]
    for at, kind in enumerate(sorted(herd, key=kinds.index)):
        yield Beast(kind, x - _LENGTHS[kind] // 2, _GROUND + (0, 3, -2)[at % 3])
        x -= _LENGTHS[kind]


def _kind(animal: PublicAnimal) -> str:
    """Return the drawing of an animal, or "" where there is none."""
    if animal.known is None:
        return ""
    return "duck" if animal.known.key in _WATER_BIRDS else _ANIMALS.get(animal.known.family, "")
