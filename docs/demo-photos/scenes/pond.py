"""The lotus pond."""

from __future__ import annotations

import numpy as np
from air import MORNING, sky, sun, truong_son
from canvas import Canvas
from colour import CITRUS, CREAM, FOREST, FRESH, ORANGE, PINK, Tones, fade, hazed
from foliage import crown, grass, mass
from ground import ripples, water
from lotus import lotus, lotus_leaf
from outline import leaves, ribbon, spline
from palms import areca
from trees import far_trees
from yard import bridge


def lotus_pond(canvas: Canvas) -> None:
    """ao-1: a lotus pond with a small bridge; a fish has just risen."""
    sky(canvas, 430, MORNING)
    sun(canvas, 400, 190, 54)
    truong_son(canvas, 430, 280)
    far_trees(canvas, 452, 110, hazed(FOREST, 0.18))
    for x, height in ((1290, 330), (1390, 280), (1240, 250)):
        areca(canvas, x, 450, height, hazed(FOREST, 0.1))
    canvas.area([(0, 448), (1600, 448), (1600, 520), (0, 520)], FRESH[2])
    grass(canvas, 455, 500, 90, FRESH[:4], 26)
    pond = np.vstack([spline([(-60, 505), (400, 490), (900, 496), (1660, 500)]), [(1660, 1210), (-60, 1210)]])
    water(
        canvas, pond, ((214, 222, 194), (184, 214, 200), (132, 184, 176), (84, 146, 146), (60, 118, 124)), 120
    )
    canvas.soft([[(0, 500), (1600, 500), (1600, 590), (0, 560)]], FOREST[1], 26, 0.45)
    shore = np.column_stack([np.linspace(-40, 1640, 50), 560 + canvas.rng.uniform(0, 50, 50)])
    canvas.soft([np.vstack([shore, [(1640, 498), (-40, 498)]])], FOREST[1], 10, 0.4)
    canvas.soft(
        [ribbon([(720, 640), (900, 706), (1100, 726), (1300, 706), (1480, 640)], [30] * 5)], FOREST[0], 7, 0.5
    )
    canvas.soft(
        [ribbon([(720, 690), (900, 760), (1100, 780), (1300, 760), (1480, 690)], [10] * 5)], FOREST[0], 6, 0.3
    )
    bridge(canvas, 700, 1500, 596, 110, 26)
    for x in (640, 600, 1530, 1580):
        mass(canvas, crown(canvas, x, 570, 90, 60, 5), FRESH, 24)
    lotus_field(canvas)
    ripples(canvas, 760, 810, 190, 5)
    carp(canvas, 750, 828, 120)
    ripples(canvas, 480, 700, 80, 3)
    carp(canvas, 930, 1010, 150, ORANGE, True)
    carp(canvas, 1110, 940, 110, CREAM)


def dragonfly(canvas: Canvas, x: float, y: float, size: float) -> None:
    """A red dragonfly at rest."""
    for turn in (-2.75, -2.35, -0.4, -0.8):
        canvas.areas(
            leaves(np.array([[x, y]]), np.array([size]), 0.22, np.array([turn])), [fade(CREAM[4], 0.75)]
        )
    canvas.stroke(
        [
            (x - size * 0.1, y - size * 0.06),
            (x + size * 0.5, y + size * 0.2),
            (x + size * 1.0, y + size * 0.3),
        ],
        [8, 6, 4],
        (190, 62, 52),
    )
    canvas.disc(x - size * 0.14, y - size * 0.08, 7, (150, 44, 44))


def carp(canvas: Canvas, x: float, y: float, size: float, tones: Tones = ORANGE, flip: bool = False) -> None:
    """A fish under the surface."""
    k = -1 if flip else 1
    canvas.area(
        ribbon(
            [(x - k * size * 0.5, y), (x, y - size * 0.05), (x + k * size * 0.45, y + size * 0.04)],
            [size * 0.04, size * 0.24, size * 0.2, size * 0.02],
        ),
        fade(tones[2], 0.72),
    )
    canvas.area(
        ribbon([(x - k * size * 0.45, y), (x - k * size * 0.75, y + size * 0.1)], [size * 0.04, size * 0.24]),
        fade(tones[3], 0.6),
    )
    canvas.area(
        ribbon(
            [(x - k * size * 0.2, y - size * 0.06), (x + k * size * 0.3, y - size * 0.02)],
            [size * 0.02, size * 0.08, size * 0.02],
        ),
        fade(tones[4], 0.7),
    )
    for side in (-1, 1):
        canvas.area(
            ribbon(
                [(x + k * size * 0.12, y + side * size * 0.06), (x - k * size * 0.06, y + side * size * 0.2)],
                [size * 0.1, size * 0.02],
            ),
            fade(tones[3], 0.6),
        )


def lotus_field(canvas: Canvas) -> None:
    """Lotus leaves and flowers: low far away, on stalks near the eye."""
    for _ in range(46):
        y = canvas.rng.uniform(620, 760)
        x, s = canvas.rng.uniform(0, 1600), (y - 520) / 420
        if not 480 < x < 1160 or y < 655:
            lotus_leaf(canvas, x, y, 110 * s, 34 * s, hazed(FRESH, 0.15), 0)
    for x, y, s in ((120, 800, 1.0), (300, 760, 0.8), (1420, 800, 1.0), (1260, 760, 0.75), (1560, 880, 1.1)):
        lotus_leaf(canvas, x, y, 130 * s, 46 * s, FRESH)
        lotus(canvas, x + 30, y - 30 * s, 62 * s)
    stalks = (
        (150, 960, 190, 66, 0.05),
        (380, 1060, 210, 76, -0.06),
        (1290, 1000, 200, 70, -0.04),
        (1500, 1080, 230, 84, 0.05),
        (60, 1130, 220, 80, -0.05),
        (760, 1170, 190, 60, 0.03),
        (1120, 1170, 170, 56, 0),
    )
    for x, y, rx, ry, turn in stalks:
        canvas.stroke([(x, y), (x + 10, y + 130), (x, 1290)], [12, 14, 16], CITRUS[2])
        lotus_leaf(canvas, x, y, rx, ry, FRESH, turn)
    for x, y, r in ((270, 880, 118), (1400, 900, 128), (1190, 1080, 80)):
        canvas.stroke([(x, y), (x + 8, y + 160), (x, 1290)], [11, 13, 15], CITRUS[3])
        lotus(canvas, x, y, r)
    canvas.stroke([(540, 990), (552, 1100), (545, 1290)], [10, 12, 14], CITRUS[3])
    for side, tone in ((-16, PINK[1]), (16, PINK[2]), (0, PINK[3])):
        canvas.stroke(
            [(540 + side * 0.4, 1006), (540 + side * 1.3, 955), (540 + side * 0.6, 915), (540, 878)],
            [16, 50, 34, 1],
            tone,
        )
    dragonfly(canvas, 548, 872, 60)
