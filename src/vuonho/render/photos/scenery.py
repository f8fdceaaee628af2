"""The country behind every drawn card: sky, hills and grass, and what people put into it.

Lengths are pixels of a card, (0, 0) at the top left.
"""

from collections.abc import Iterable
from functools import cache
from typing import Final

from PIL import Image

from vuonho.render.photos.brush import Shape, Size, disc, paint, sprite

SIZE: Final = (1200, 630)
HEDGE: Final = "#2c6a38"

_FINE: Final = 3
_HORIZON: Final = 176
_SKY_END: Final = 200
_SKY: Final = ("#cce4e0", "#fbf4de")
_GRASS: Final = ("#c0d596", "#9cbc70")
_HILLS: Final = (
    Shape(disc(408, 82, 80), "#f6c94f26"),
    Shape(disc(408, 82, 61), "#f6c94f40"),
    Shape(disc(408, 82, 42), "#f6c94f"),
    Shape("M560 66q4-20 30-19 8-24 40-18 28-8 36 17 30-4 34 20z", "#fffdf2c0"),
    Shape("M120 92q4-15 24-14 8-17 30-13 22-6 28 12 22-2 26 15z", "#fffdf298"),
    Shape("M1010 46q4-13 22-12 8-15 26-11 20-5 26 10 20-2 24 13z", "#fffdf298"),
    Shape(
        "M0 200V138C70 96 110 70 150 76C200 84 222 132 272 130C330 128 360 60 420 58C480 56 500 120 560 122"
        "C620 124 640 84 700 82C770 80 800 136 850 134C910 132 950 66 1010 62C1070 58 1120 110 1200 116V200z",
        "#b3cfb2",
    ),
    Shape(
        "M0 200V150C80 140 130 112 190 116C260 120 300 156 370 152C450 148 480 112 560 118"
        "C640 124 680 158 760 152C860 144 900 120 980 122C1060 124 1120 150 1200 140V200z",
        "#9cc097",
    ),
    Shape(
        "M0 200V172C120 150 220 156 330 166C460 178 560 150 690 158C820 166 900 176 1010 162"
        "C1090 152 1150 158 1200 164V200z",
        "#7fab76",
    ),
)
_HOUSE: Final = (
    Shape(disc(110, 119, 104, 7), "#3c2f1430"),
    Shape("M26 62H194V118H26z", "#fbf0d9"),
    Shape("M26 62H194V76H26z", "#e6d3ad"),
    Shape("M96 76H124V118H96zM48 80H78V104H48zM142 80H172V104H142z", "#6b4a2e"),
    Shape("M61.5 80h3v24h-3zM155.5 80h3v24h-3zM108.5 76h3v42h-3z", "#8a6744"),
    Shape("M34 66h6v52h-6zM180 66h6v52h-6zM84 66h6v52h-6zM130 66h6v52h-6z", "#e9d7b2"),
    Shape("M20 112H200V120H20z", "#d9c49b"),
    Shape("M4 70Q30 40 44 18H176Q190 40 216 70Q110 62 4 70z", "#b4532c"),
    Shape("M44 18H176L182 28Q110 24 38 28z", "#c76338"),
    Shape("M40 12H180V20H40z", "#7d3a20"),
)
_HOUSE_SIZE: Final = (220, 128)


def country(shapes: Iterable[Shape]) -> Image.Image:
    """Return hills under a morning sun, and grass with shapes upon it, as RGB."""
    width, height = SIZE[0] * _FINE, SIZE[1] * _FINE
    large = Image.new("RGB", (width, height))
    large.paste(_graded((width, _SKY_END * _FINE), *_SKY))
    large.paste(_graded((width, height - _HORIZON * _FINE), *_GRASS), (0, _HORIZON * _FINE))
    paint(large, (*_HILLS, *shapes), _FINE)
    return large.reduce(_FINE)


def _graded(size: Size, above: str, below: str) -> Image.Image:
    ramp = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, below), Image.new("RGB", size, above), ramp)


def set_house(canvas: Image.Image, x: int, y: int, scale: float = 1) -> None:
    """Draw a farmhouse with a tiled roof, the middle of its foot at (x, y), 220 px wide at scale 1."""
    image = _house(scale)
    canvas.paste(image, (x - image.width // 2, y - round(119 * scale)), image)


@cache
def _house(scale: float) -> Image.Image:
    width, height = _HOUSE_SIZE
    return sprite(_HOUSE, (round(width * scale), round(height * scale)), scale=scale)


def hedge(x: float, y: float, bumps: int, step: float, rise: float, deep: float) -> str:
    """Return the path of a clipped hedge that starts at (x, y), its foot `deep` below."""
    return f"M{x:g} {y:g}" + f"q{step / 2:g} {-2 * rise:g} {step:g} 0" * bumps + f"v{deep:g}H{x:g}z"
