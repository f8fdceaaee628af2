"""Houses and people: the tiled house, the harvest table, the homestay, Tet."""

from __future__ import annotations

import numpy as np
from air import MORNING, clouds, sky, sun, truong_son
from canvas import Canvas
from colour import BUTTER, CITRUS, CREAM, FOREST, FRESH, ORANGE, PINK, POMELO, RED, SHADE, STRAW, hazed
from foliage import blossoms, crown, hedge, mass
from ground import meadow, tiles
from herbs import banana
from houses import garden_house, pillar
from outline import Ground, oval
from palms import areca
from things import pot
from trees import far_trees, fruit_tree, shade_tree, shadow


def tiled_house(canvas: Canvas) -> None:
    """huong-2: through a gate in a flowering hedge to an old tiled house and its clay yard."""
    sky(canvas, 560, MORNING)
    sun(canvas, 300, 210, 54)
    clouds(canvas, [(820, 110, 500), (1340, 180, 340)], BUTTER)
    truong_son(canvas, 560, 330)
    far_trees(canvas, 640, 190, hazed(FOREST, 0.2))
    for x, y, size in ((470, 690, 420), (1090, 690, 460), (760, 680, 380)):
        shade_tree(canvas, x, y, size, hazed(FOREST, 0.14))
    for x, height in ((210, 560), (300, 470), (1330, 590), (1420, 480), (1250, 430)):
        areca(canvas, x, 700, height, hazed(FOREST, 0.06))
    meadow(canvas, 650, FRESH, 200, 40)
    lumps = hedge(canvas, -40, 1640, 740, 90, hazed(CITRUS, 0.1), 20)
    blossoms(canvas, lumps, 50, 10, (RED[0], PINK[1], PINK[2], PINK[3], CREAM[3]), ORANGE[4])
    tiles(canvas, Ground(500, 1200, 800), -1050, 1050, 2.5)
    banana(canvas, 1500, 830, 440, FRESH)
    shadow(canvas, 110, 830, 190, 24)
    fruit_tree(canvas, 110, 830, 430, POMELO, 8, 22)
    garden_house(canvas, 800, 790, 940)
    for x, y in ((380, 830), (1220, 830)):
        canvas.soft([oval(x + 30, y, 70, 14)], SHADE, 8, 0.5)
        pot(canvas, x, y, 100)
        lumps = crown(canvas, x, y - 120, 62, 60, 5)
        mass(canvas, lumps, CITRUS, 20)
        blossoms(canvas, lumps, 14, 11, PINK, ORANGE[3])
    canvas.soft(
        [
            [(0, 1040), (560, 1040), (640, 1100), (0, 1110)],
            [(1040, 1040), (1600, 1040), (1600, 1110), (1060, 1090)],
        ],
        SHADE,
        20,
        0.4,
    )
    for side in (-1, 1):
        gate_wing(canvas, side)
    for x0, x1 in ((-60, 440), (1160, 1680)):
        lumps = hedge(canvas, x0, x1, 1215, 250, CITRUS, 36)
        blossoms(canvas, lumps, 42, 30, RED, ORANGE[4])
    for x in (520, 1080):
        pillar(canvas, x, 1215, 110, 300)


def gate_wing(canvas: Canvas, side: int) -> None:
    """One open wing of the bamboo gate."""
    for share in np.linspace(0, 1, 6):
        x, low, top = 800 + side * (226 - 96 * share), 1210 - 70 * share, 1000 - 16 * share
        canvas.stroke([(x, low), (x, top)], [17 - 4 * share] * 2, STRAW[1])
        canvas.stroke([(x - 3, low), (x - 3, top)], [5, 5], STRAW[4])
    for a, b in ((1040, 1016), (1150, 1100)):
        canvas.stroke([(800 + side * 228, a), (800 + side * 128, b)], [16, 12], STRAW[2])
        canvas.stroke([(800 + side * 228, a - 4), (800 + side * 128, b - 3)], [5, 4], STRAW[4])
