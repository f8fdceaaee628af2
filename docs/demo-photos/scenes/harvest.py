"""The family at the harvest table."""

from __future__ import annotations

import numpy as np
from air import MORNING, rays, sky, truong_son
from basketry import basket
from canvas import Canvas
from colour import BUTTER, CITRUS, CLAY, CREAM, FOREST, FRESH, POMELO, SHADE, STONE, WOOD, fade, hazed, mix
from foliage import mass
from ground import dapples, meadow
from outline import leaves, oval, ribbon
from people import Person, arms, person
from things import table
from trees import far_trees, fruit_tree, hang, shadow, trunk


def harvest_table(canvas: Canvas) -> None:
    """huong-5: a family round a table of pomelos under the tree."""
    sky(canvas, 560, MORNING)
    truong_son(canvas, 560, 300)
    far_trees(canvas, 640, 170, hazed(FOREST, 0.28))
    meadow(canvas, 620, FRESH, 220, 40)
    for x, y, size in ((250, 760, 460), (1400, 760, 480)):
        shadow(canvas, x, y, size * 0.42, size * 0.06)
        fruit_tree(canvas, x, y, size, hazed(POMELO, 0.15), 9, size * 0.055, hazed(CITRUS, 0.16))
    canvas.soft([oval(800, 1130, 860, 120)], SHADE, 50, 0.4)
    dapples(canvas, 800, 1120, 800, 90, 50, 44, BUTTER, 0.45)
    family = (
        (205, 548, 113, Person((128, 168, 108), (0.3, 2.75), (1.35, 2.7))),
        (1400, 552, 111, Person((240, 200, 104), (-1.3, 2.7), (-0.2, 2.75), long_hair=True, wide=0.96)),
        (475, 505, 120, Person((76, 132, 150), (-0.6, 3.05), (1.35, 3.0), wide=1.12)),
        (1125, 520, 116, Person((216, 124, 98), (-1.25, 3.0), (0.6, 3.05), hat=True)),
        (800, 560, 108, Person((146, 108, 142), (-0.62, 2.75), (0.62, 2.75), hair=(222, 218, 210))),
    )
    for x, y, size, who in family:
        person(canvas, x, y, size, who)
    table(canvas, 60, 1540, 790, 150, 1210)
    cloth_front(canvas)
    canvas.soft([oval(800, 800, 720, 16)], WOOD[0], 14, 0.5)
    for x, y, size, who in family:
        arms(canvas, x, y, size, who)
    table_load(canvas)
    canopy(canvas)


def cloth_front(canvas: Canvas) -> None:
    """A woven cloth hanging before the table, with a border, and baskets on the ground."""
    canvas.shaded(
        [(110, 964), (1490, 964), (1480, 1150), (120, 1150)], (CREAM[2], CREAM[1], mix(CREAM[0], SHADE, 0.15))
    )
    folds = [
        ribbon([(x, 964), (x + canvas.rng.normal(0, 8), 1060), (x, 1150)], [6, 16, 22])
        for x in np.arange(150.0, 1490, 74)
    ]
    canvas.soft(folds, STONE[0], 8, 0.32)
    for y, high, tone in ((1086, 30, CLAY[2]), (1076, 5, CLAY[1]), (1124, 6, CLAY[1])):
        canvas.area([(117, y), (1483, y), (1482, y + high), (118, y + high)], fade(tone, 0.85))
    for x in np.arange(140.0, 1480, 44):
        canvas.area([(x - 13, 1101), (x, 1090), (x + 13, 1101), (x, 1112)], CREAM[3])
    canvas.soft([[(100, 960), (1500, 960), (1500, 984), (100, 984)]], SHADE, 8, 0.45)


def table_load(canvas: Canvas) -> None:
    """Baskets and single pomelos on the table."""
    for x, y, size in ((330, 925, 230), (1290, 925, 240)):
        canvas.soft([oval(x + 30, y, size * 0.5, 20)], WOOD[0], 10, 0.6)
        basket(canvas, x, y, size, POMELO)
    for x, y, r in ((648, 846, 54), (800, 836, 56), (975, 850, 56), (720, 888, 58), (880, 892, 60)):
        canvas.soft([oval(x + 22, y + r * 0.8, r, r * 0.3)], WOOD[0], 8, 0.6)
        canvas.orb(x, y, r, POMELO)
        canvas.areas(
            leaves(np.array([[x, y - r * 0.95]] * 2), np.full(2, r), 0.5, np.array([0.2, -2.7])),
            [CITRUS[3], CITRUS[2]],
        )


def canopy(canvas: Canvas) -> None:
    """The pomelo tree's lower boughs across the top of the picture."""
    trunk(canvas, [(-40, 60), (400, 40), (900, 70), (1300, 30)], [50, 40, 30, 14])
    mass(
        canvas,
        [
            (80, 20, 240, 130),
            (360, 0, 240, 110),
            (660, 10, 220, 90),
            (950, -10, 230, 100),
            (1250, 0, 240, 110),
            (1540, 30, 220, 140),
        ],
        CITRUS,
        50,
    )
    for x, y, r in ((140, 190, 60), (330, 150, 50), (690, 130, 50), (1250, 150, 54), (1480, 220, 62)):
        canvas.stroke([(x, y - r - 60), (x, y - r)], [7, 6], CITRUS[1])
        hang(canvas, x, y, r, POMELO, dark=0)
    rays(canvas, 500, -60, 1200, 0.12)
