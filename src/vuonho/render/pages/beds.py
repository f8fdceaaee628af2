"""The beds of a drawn garden: each a patch of ground with the plants of one crop.

Trees stand in staggered rows, each tree a drawing with its foot at (0, 0). Whatever is sown or planted close is
drawn as furrows: lines that the page strokes with leaves, ears or flowers. Nothing is left to chance.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from vuonho.domain.public import PublicCrop
from vuonho.render.pages.treemap import Box

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
