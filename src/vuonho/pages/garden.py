"""A picture of a garden drawn from its profile: beds of crops, a yard with animals, perhaps a pond."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from vuonho.model.public import PublicAnimal, PublicCrop, PublicLiving, PublicProduct

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


def year_of(crop: PublicCrop | PublicProduct) -> str:
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


# --- The same garden as a small picture of its own, for lists: no text, no style but its own, of no month ---

_SMALL_BEDS: Final = 5
_SMALL_GROUNDS: Final = MappingProxyType({"lawn": "l", "soil": "o", "pond": "p"})
_SMALL_STYLE: Final = (
    "path{fill:none;stroke-linecap:round}.s{fill:#dcebe0}.f{fill:#a9c6a4}.g{fill:#b9cf8f}.h{stroke:#2c6a38}"
    ".e{fill:#ecdcb4}.l{fill:#a3c57a}.o{fill:#a97b53}.p{fill:#86b9bd}.w{fill:#fbf0d9}.r{fill:#b4532c}"
    ".c{stroke:#2f7a3d}.n{stroke:#4f9a52}.t{fill:#6b4a2e}.d{stroke:currentColor}"
    "@media(prefers-color-scheme:dark){.s{fill:#1d2b36}.f{fill:#2b4038}.g{fill:#3a4f2c}.h{stroke:#1f4527}"
    ".e{fill:#4d4a38}.l{fill:#31492b}.o{fill:#5b422d}.p{fill:#46686c}.w{fill:#cdbf9f}.r{fill:#94472a}"
    ".t{fill:#e6cb5d}}"
)
_SMALL_HOUSES: Final = MappingProxyType(
    {
        "stilt": '<path class="t" d="M236 84h76v22h-6V90h-64v16h-6z"/><path class="o" d="M234 66h80v20h-80z"/>'
        '<path class="e" d="M218 72l22-34h68l22 34z"/>',
        "flat_roof": '<path class="w" d="M234 64h80v40h-80z"/><path class="f" d="M226 56h96v10h-96z"/>'
        '<path class="t" d="M246 78h14v26h-14zM288 78h14v16h-14z"/>',
        "storeyed": '<path class="w" d="M242 40h64v64h-64z"/><path class="r" d="M234 44l10-18h60l10 18z"/>'
        '<path class="t" d="M252 52h14v14h-14zM282 52h14v14h-14zM266 80h16v24h-16z"/>',
    }
)
_SMALL_HOUSE: Final = (
    '<path class="w" d="M236 74h76v30h-76z"/><path class="r" d="M220 80l16-26h76l16 26z"/>'
    '<path class="t" d="M246 84h14v14h-14zM288 84h14v14h-14zM267 84h14v20h-14z"/>'
)
_SMALL_LAWN: Final = (
    '<rect class="l" x="13" y="121" width="334" height="164" rx="6"/>'
    '<path class="c" stroke-width="40" d="M52 164h.1M108 232h.1M70 262h.1M300 176h.1M268 248h.1"/>'
    '<path class="n" stroke-width="26" d="M84 170h.1M318 236h.1"/>'
)
"""What stands where nothing was told."""
_SMALL_STROKES: Final = MappingProxyType(
    {
        "tree": (40, (("c", 33, "0"), ("d", 11, "-6 5"), ("d", 9, "7-4"))),
        "pomelo": (40, (("c", 35, "0"), ("d", 15, "-6 4"), ("d", 13, "8-5"))),
        "blossom": (40, (("c", 28, "0"), ("d", 18, "-6-5"), ("d", 16, "7 1"))),
        "tall": (40, (("c", 27, "0"),)),
        "palm": (40, (("n", 28, "0"), ("d", 9, "0 3"))),
        "tea": (10, (("c", 17, "0"), ("d", 6, "0-3"))),
        "grain": (10, (("n", 17, "0"), ("d", 6, "0-7"))),
        "lotus": (30, (("c", 22, "0 3"), ("d", 15, "0-3"))),
        "low": (14, (("n", 17, "0"), ("d", 6, "0"))),
        "blade": (20, (("n", 15, "0"), ("d", 8, "0-2"))),
    }
)
"""How far apart plants stand along a row, and of what each is made: class, width, where. Others are like their kind."""


def garden_thumbnail(crops: Sequence[PublicCrop], living: PublicLiving | None = None) -> str:
    """Return a garden as a small SVG that stands alone: at most 3 KB, best at 96 by 72 px; the largest beds."""
    sizes = [float(crop.area or (crop.trees or 0) * _TREE_SPACE) for crop in crops]
    largest = sorted(range(len(crops)), key=lambda at: (-sizes[at], at))[:_SMALL_BEDS]
    grounds = _grounds(tuple(sizes[at] for at in largest)) if crops else {}
    beds = "".join(_small_bed(crops[largest[at]], *ground) for at, ground in grounds.items()) or _SMALL_LAWN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 24 360 270"><style>{_SMALL_STYLE}</style>'
        '<path class="s" d="M0 0h360v300H0z"/><path class="f" d="M0 72l84-42 120 66 66-44 90 44v30H0z"/>'
        '<path class="g" d="M0 88h360v212H0z"/><path class="e" d="M230 102h88l8 14h-104zM5 112h350v180H5z"/>'
        '<path class="h" stroke-width="11" d="M154 292H5V114H216M196 292H355V114H330"/>'
        f"{_SMALL_HOUSES.get(_house(living), _SMALL_HOUSE)}{beds}</svg>"
    )


def _small_bed(crop: PublicCrop, x: int, y: int, width: int, height: int) -> str:
    plant, hue, ground = plant_of(_family(crop))
    hue = _HUES.get(crop.known.key, hue) if crop.known else hue
    like = "palm" if plant in ("banana", "papaya", "bamboo") else "tree" if ground == "lawn" else "blade"
    down, across, more = (40, 40, 1) if ground == "lawn" else (27, 20, 1)
    lines, length = max(1, height // down), max(0, (width - 34) // across * across)
    # a little further than the last plant, so that it is drawn
    along = "".join(
        f"M{(width - length) // 2} {round(height * (line + 0.5) / lines)}h{length + more}"
        for line in range(lines)
    )
    step, strokes = _SMALL_STROKES.get(plant, _SMALL_STROKES[like])
    drawn = "".join(
        f'<path class="{kind}" stroke-width="{wide}" transform="translate({by})" d="{along}"/>'
        for kind, wide, by in strokes
    )
    return (
        f'<g color="{hue or "#f0c53c"}" stroke-dasharray="0 {step}" transform="translate({x} {y})">'
        f'<rect class="{_SMALL_GROUNDS[ground]}" width="{width}" height="{height}" rx="6"/>{drawn}</g>'
    )
