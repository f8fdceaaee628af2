"""Orchards: pomelos, oranges, persimmon, mixed fruit."""

from __future__ import annotations

import numpy as np
from air import DAWN, MORNING, clouds, hill, sky, sun, truong_son
from basketry import basket
from canvas import Canvas
from colour import BUTTER, CITRUS, CLAY, FOREST, FRESH, ORANGE, POMELO, hazed
from foliage import grass, mass
from ground import dapples, meadow, path
from outline import Ground, moved, oval
from trees import far_trees, fruit_tree, fruits, hang, shadow, trunk


def pomelo_orchard(canvas: Canvas) -> None:
    """huong-1: rows of pomelo trees along a path towards the hills, a laden bough near the eye."""
    sky(canvas, 520, MORNING)
    sun(canvas, 1060, 250, 62)
    clouds(canvas, [(420, 150, 500), (1320, 120, 360)], BUTTER)
    truong_son(canvas, 540, 330)
    far_trees(canvas, 560, 70, hazed(FOREST, 0.3))
    meadow(canvas, 545, FRESH, 420, 46)
    path(canvas, [(806, 552), (810, 640), (830, 820), (850, 1290)], [20, 60, 190, 520], CLAY)
    ground = Ground(430, 1200, 800)
    for depth in (5.0, 3.8, 2.9, 2.2, 1.65):
        for across in (-1000, -430, 560, 1130):
            x, y, s = ground.at(across, depth)
            tones = hazed(CITRUS, min(0.5, depth * 0.1 - 0.1))
            fruit = hazed(POMELO, min(0.4, depth * 0.08 - 0.1))
            shadow(canvas, x, y, 330 * s, 60 * s)
            dapples(canvas, x + 60 * s, y, 300 * s, 50 * s, 24, 30 * s, FRESH[4], 0.7)
            fruit_tree(canvas, x, y + 6, canvas.rng.uniform(690, 830) * s, fruit, 12, 44 * s, tones)
    grass(canvas, 950, 1080, 160, FRESH[:4], 46, (520, 1130))
    grass(canvas, 1130, 1240, 160, FRESH[:4], 66, (520, 1130))
    for x, y, r in ((1150, 1150, 46), (1490, 1120, 44), (250, 1130, 48)):
        canvas.soft([oval(x - 20, y + r * 0.8, r * 1.1, r * 0.3)], FOREST[0], 8, 0.6)
        hang(canvas, x, y, r, POMELO, dark=0)
    canvas.soft([oval(1290, 1128, 190, 26)], FOREST[0], 12, 0.6)
    basket(canvas, 1310, 1126, 270, POMELO)
    near_bough(canvas)


def near_bough(canvas: Canvas) -> None:
    """A bough with three great pomelos hanging into the picture from the upper left."""
    trunk(canvas, [(-30, 60), (180, 70), (430, 120)], [46, 34, 12])
    mass(
        canvas,
        [(40, 30, 210, 110), (250, 40, 180, 90), (420, 70, 130, 70), (30, 170, 120, 90)],
        CITRUS,
        62,
        0.8,
    )
    for x, y, r in ((130, 270, 84), (330, 225, 72)):
        canvas.stroke([(x, 90), (x + 4, y - r * 0.9)], [9, 7], CITRUS[1])
        hang(canvas, x, y, r, POMELO, dark=0)
    mass(canvas, [(150, 120, 120, 50), (350, 105, 90, 42)], CITRUS, 60, 0.5)


def orange_hill(canvas: Canvas) -> None:
    """duc-1: a hillside planted with oranges, a laden tree and a full basket in front."""
    sky(canvas, 560, DAWN)
    sun(canvas, 340, 260, 58)
    clouds(canvas, [(900, 140, 520), (1350, 230, 320)], BUTTER, 0.5)
    truong_son(canvas, 590, 360)
    x = np.linspace(-20, 1620, 80)
    for step, (y, rise, haze) in enumerate(((560, 210, 0.45), (690, 190, 0.22), (850, 120, 0.0))):
        line = np.column_stack([x, y - rise * np.sin((x / 1600 * 0.9 + 0.12 + step * 0.34) * np.pi)])
        tones = hazed(FRESH, haze)
        hill(canvas, line, 1220, tones[3], tones[2])
        for row, down in enumerate(((8, 44, 88), (14, 90, 186), (40, 210))[step]):
            row_of_trees(
                canvas,
                moved(line, 0, down),
                (58, 100, 190)[step] * (1 + row * 0.16),
                haze,
                1700 if step < 2 else 930,
            )
    grass(canvas, 860, 1230, 260, FRESH[:4], 40)
    shadow(canvas, 1240, 1120, 420, 60)
    dapples(canvas, 1290, 1120, 380, 46, 34, 30, FRESH[4], 0.7)
    fruit_tree(canvas, 1230, 1130, 950, ORANGE, 36, 31, CITRUS)
    canvas.soft([oval(640, 1128, 190, 30)], (40, 70, 50), 14, 0.5)
    basket(canvas, 620, 1130, 300, ORANGE, r=0.13)
    for u, v in ((840, 1120), (896, 1140), (410, 1138)):
        canvas.disc(u + 8, v + 18, 32, (64, 96, 52), 12)
        canvas.orb(u, v, 31, ORANGE)
    grass(canvas, 1140, 1240, 60, FRESH[:4], 46)


def row_of_trees(canvas: Canvas, line: np.ndarray, size: float, haze: float, until: float) -> None:
    """Small laden trees standing along a contour of the hill as far as x = `until`."""
    for u in np.arange(canvas.rng.uniform(-60, 0), min(until, canvas.width + size), size * 0.92):
        v = float(np.interp(u, line[:, 0], line[:, 1]))
        canvas.soft([oval(u + size * 0.14, v, size * 0.4, size * 0.08)], FOREST[0], size * 0.06, 0.4)
        mass(
            canvas,
            [(u, v - size * 0.3, size * 0.36, size * 0.3), (u, v - size * 0.44, size * 0.25, size * 0.2)],
            hazed(CITRUS, haze),
            max(size * 0.15, 11),
            0.6,
        )
        fruits(
            canvas,
            u,
            v - size * 0.34,
            size * 0.3,
            size * 0.26,
            6,
            size * 0.042,
            hazed(ORANGE, haze * 0.7),
            hazed(CITRUS, haze),
        )
