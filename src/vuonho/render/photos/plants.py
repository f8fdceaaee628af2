"""The plants of a drawn garden as small pictures: those of the pages, with light and shade.

Lengths are units of the pages' garden picture; (0, 0) is the foot.
"""

from collections.abc import Iterable
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from PIL import Image

from vuonho.render.photos.brush import Shape, disc, sprite

_CROWN: Final = "#2f7a3d"
_SHINE: Final = "#4f9a52"
_DEEP: Final = "#235f33"
_TRUNK: Final = "#6b4a2e"
_SHADE: Final = "#3c2f1440"

_FRUIT: Final = MappingProxyType(
    {
        "citrus": "#f2b32f", "tree_fruit": "#e2603a", "tea": "#8fce6c", "leafy": "#8fce6c",
        "medicinal": "#8fce6c", "pepper": "#d8402c", "flower": "#f09bb0", "palm": "#a9cf5b",
        "gourd": "#a9cf5b", "root": "#c98ad0",
    }
)  # fmt: skip
_USUAL_FRUIT: Final = "#f0c53c"


_KIND_OF: Final = MappingProxyType(
    {
        "citrus": "tree", "tree_fruit": "tree", "timber": "tall", "bamboo": "tall", "palm": "palm",
        "banana": "palm", "gourd": "vine", "vine": "vine", "legume": "vine", "grain": "grain",
        "bulb": "grain", "pineapple": "grain", "spice": "row", "leafy": "row", "root": "row",
        "mushroom": "row",
    }
)  # fmt: skip


def kind_of(family: str) -> str:
    """Return which drawing stands for a family of the catalogue; any other is a bush."""
    return _KIND_OF.get(family, "bush")


class Plant(NamedTuple):
    """Where a plant stands on a picture, in pixels, and how it is drawn: kind, family, pixels a unit.

    Plants in order have the nearest last.
    """

    y: int
    x: int
    kind: str
    family: str
    scale: float


def set_plants(canvas: Image.Image, plants: Iterable[Plant]) -> None:
    """Draw plants, those behind before those in front of them."""
    for y, x, kind, family, scale in sorted(plants):
        image = _drawn(kind, family, scale)
        canvas.paste(image, (x - image.width // 2, y - round(_ABOVE * scale)), image)


_ASIDE: Final = 19
_ABOVE: Final = 37
_BELOW: Final = 4


@cache
def _drawn(kind: str, family: str, scale: float) -> Image.Image:
    shapes = _KINDS.get(kind, _bush)(_FRUIT.get(family, _USUAL_FRUIT))
    aside, above = round(_ASIDE * scale), round(_ABOVE * scale)
    return sprite(shapes, (2 * aside, above + round(_BELOW * scale)), (aside, above), scale)


def _shade(across: float) -> Shape:
    return Shape(disc(1.5, 0, across, across / 4), _SHADE)


def _fruits(colour: str, size: float, *places: tuple[float, float]) -> Shape:
    return Shape("".join(disc(x, y, size) for x, y in places), colour)


def _tree(fruit: str) -> tuple[Shape, ...]:
    return (
        _shade(11),
        Shape("M-2.2 .6q1-5 .6-11h3.2q-.4 6 .6 11z", _TRUNK),
        Shape(disc(0, -17, 12), _DEEP),
        Shape(disc(-5, -14.5, 7.4) + disc(5, -15, 7.2) + disc(-0.8, -19.2, 9.6), _CROWN),
        Shape("M-9-19.5q1.5-7.5 9-8.3-4.5 2.8-9 8.3z", _SHINE),
        _fruits(fruit, 2.4, (-5.6, -13.2), (4.8, -11.4), (0, -21), (6.6, -18.4), (-0.6, -12), (-7.2, -19.2)),
    )


def _tall(_: str) -> tuple[Shape, ...]:
    return (
        _shade(8),
        Shape("M-1.6 .6l.6-13h2l.6 13z", _TRUNK),
        Shape("M0-34q13 14 9.5 24h-19q-3.5-10 9.5-24z", _DEEP),
        Shape("M0-34q10 14 6 22h-14.5q-3-9 8.5-22z", _CROWN),
        Shape("M-.8-30q-6.5 7.5-6 14 2-7.5 6-14z", _SHINE),
    )


def _palm(fruit: str) -> tuple[Shape, ...]:
    return (
        _shade(9),
        Shape("M-2 .6q1.8-11 .8-23h2.2q0 12 1.8 23z", _TRUNK),
        Shape(
            "M0-23q-9-12-18-4.5 9-.5 18 4.5zM0-23q9-12 18-4.5-9-.5-18 4.5z"
            "M0-23q-11-2-14.5 10 6-7.5 14.5-10zM0-23q11-2 14.5 10-6-7.5-14.5-10z",
            _CROWN,
        ),
        Shape("M0-23q-5-9 0-14 5 5 0 14zM0-23q-8-8-14-8 8 2 14 8zM0-23q8-8 14-8-8 2-14 8z", _SHINE),
        _fruits(fruit, 2.1, (-2, -20.2), (2.2, -19.6), (0.2, -18)),
    )


def _bush(fruit: str) -> tuple[Shape, ...]:
    return (
        _shade(10),
        Shape("M-9.5 .5q-3.5-9.5 4-10.5 1.5-6.5 8.5-4.5 8.5 1.5 6.5 8.5 3 3.5 0 6.5z", _DEEP),
        Shape("M-9 0q-2.5-8 4-9 1.5-5.5 7.5-3.5 6 1.5 4.5 6.5 2 3.5-1.5 6z", _CROWN),
        Shape("M-6.5-5.5q1-5 6-6-2.5 2-6 6z", _SHINE),
        _fruits(fruit, 1.7, (-3.6, -4.4), (2.6, -8.8), (4.8, -3.2), (-0.4, -2.4)),
    )


def _vine(fruit: str) -> tuple[Shape, ...]:
    return (
        _shade(12),
        Shape("M-12 0v-20h24v20h-2v-18h-20v18z", _TRUNK),
        Shape("M-14-17q3-8 8.5-2.5 5-7 9.5-.5 6-5 10 2-2 7.5-7.5 4.5-5 6-9.5 1-8 3-11-4.5z", _DEEP),
        Shape("M-13-18q4-6.5 8-2 5-6 9 0 5-4 8.5 1.5-3 5-7.5 2.5-4.5 4.5-8.5 .5-6.5 2-9.5-2.5z", _CROWN),
        Shape("M-6-13h3.6v5q0 2-1.8 2-1.8 0-1.8-2zM3-13h3.6v3.5q0 2-1.8 2-1.8 0-1.8-2z", fruit),
    )


def _grain(fruit: str) -> tuple[Shape, ...]:
    return (
        Shape(
            "M-.6 0q-8.5-4.5-10.5-14.5 5 7.5 11.5 13zM-.8 0q-3.5-8-3-18.5 2.5 10 4 17.5z"
            "M-.2 0q4-7.5 3.5-17.5 3 9.5-1.5 17.5zM0 0q7.5-4 10.5-12.5 1 9-8.5 13z",
            _SHINE,
        ),
        _fruits(fruit, 1.8, (-9.6, -14), (-3.6, -17.6), (3.4, -17), (9.6, -12)),
    )


def _row(fruit: str) -> tuple[Shape, ...]:
    return (
        _shade(9),
        Shape("M0 .5q-12-.5-11.5-10 9 .5 11.5 10zM0 .5q12-.5 11.5-10-9 .5-11.5 10z", _DEEP),
        Shape("M0 0q-8-2-9-9.5 8 2 9 9.5zM0 0q8-2 9-9.5-8 2-9 9.5z", _SHINE),
        Shape("M0 0q-5.5-6 0-13.5 5.5 7.5 0 13.5z", fruit),
    )


_KINDS: Final = MappingProxyType(
    {"tree": _tree, "tall": _tall, "palm": _palm, "bush": _bush, "vine": _vine, "grain": _grain, "row": _row}
)
