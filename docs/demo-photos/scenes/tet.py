"""Before the house at Tet."""

from __future__ import annotations

import numpy as np
from canvas import Canvas
from colour import CITRUS, CLAY, FRESH, ORANGE, PINK, RED, SHADE, STONE, WOOD, hazed
from foliage import flower, mass
from ground import tiles
from houses import box, door
from outline import Ground, leaves, oval, spline
from roofs import tiled_roof
from things import pot
from trees import boughs, fruits, trunk
from yard import lantern


def tet_flowers(canvas: Canvas) -> None:
    """hoa-1: a peach tree in flower and kumquats in pots before the house, for Tet."""
    canvas.shaded(
        [(0, 0), (1600, 0), (1600, 860), (0, 860)], ((246, 226, 190), (250, 232, 200), (244, 218, 180))
    )
    box(canvas, 0, 150, 1600, 830, ((236, 208, 160), (244, 220, 176), (236, 206, 164)))
    for x in (330, 1000):
        door(canvas, x, 250, x + 330, 820, 4)
    for x in (200, 860, 1480):
        box(canvas, x - 32, 120, x + 32, 830, (WOOD[1], WOOD[2], WOOD[1]))
        canvas.stroke([(x - 14, 120), (x - 14, 830)], [10, 10], WOOD[3])
    canvas.shaded([(0, 60), (1600, 60), (1600, 150), (0, 150)], (WOOD[0], WOOD[1]))
    for u in np.arange(20.0, 1600, 64):
        canvas.area([(u, 70), (u + 26, 70), (u + 26, 140), (u, 140)], WOOD[2])
        canvas.area([(u, 128), (u + 26, 128), (u + 26, 140), (u, 140)], WOOD[3])
    tiled_roof(canvas, [(-60, -190), (1660, -190), (1660, 92), (-60, 92)], 6, 44)
    canvas.soft([[(0, 120), (1600, 120), (1600, 250), (0, 280)]], SHADE, 30, 0.45)
    tiles(canvas, Ground(560, 1200, 800), -2470, 2470, 2.4, CLAY, 190)
    canvas.soft([[(0, 816), (1600, 816), (1600, 836), (0, 836)]], CLAY[0], 12, 0.6)
    for x, cord in ((956, 30), (1380, 60)):
        lantern(canvas, x, 270 + cord, 62, RED, cord + 60)
    peach(canvas, 400, 1110)
    kumquat(canvas, 1240, 1110, 560)
    kumquat(canvas, 900, 1000, 400)


def peach(canvas: Canvas, x: float, y: float) -> None:
    """A peach tree in a great pot, all blossom."""
    canvas.soft([oval(x + 60, y - 4, 230, 36)], SHADE, 16, 0.55)
    pot(canvas, x, y, 330)
    foot = (x, y - 220)
    trunk(canvas, [foot, (x + 40, y - 340), (x + 6, y - 430)], [50, 40, 34])
    tips = []
    for angle, length in ((-2.5, 170), (-1.95, 200), (-1.5, 210), (-1.05, 200), (-0.6, 170)):
        tips += boughs(canvas, x + 6, y - 420, length, angle, 24, 3)
    for u, v, _ in tips:
        for _ in range(3):
            flower(
                canvas,
                u + canvas.rng.normal(0, 22),
                v + canvas.rng.normal(0, 22),
                canvas.rng.uniform(17, 27),
                PINK,
                RED[1],
            )
    for u, v, turn in tips[::4]:
        canvas.areas(leaves(np.array([[u, v]]), np.array([40.0]), 0.3, np.array([turn])), [FRESH[3]])


def kumquat(canvas: Canvas, x: float, y: float, height: float) -> None:
    """A kumquat clipped to a cone, hung with small fruit, in a glazed pot."""
    canvas.soft([oval(x + height * 0.1, y - 4, height * 0.34, height * 0.05)], SHADE, 14, 0.55)
    size = height * 0.46
    pot(
        canvas,
        x,
        y,
        size,
        hazed((STONE[0], (66, 108, 122), (96, 146, 156), (144, 186, 188), (206, 226, 220)), 0.0),
    )
    base = y - size * 0.66
    trunk(canvas, [(x, base), (x, base - height * 0.2)], [22, 18])
    lumps = []
    for row, share in enumerate(np.linspace(0.1, 1, 6)):
        half = height * (0.36 - 0.3 * share**1.2)
        v = base - height * (0.06 + 0.78 * share)
        lumps += [
            (x + u * half, v, half * 0.62 + 12, height * 0.11)
            for u in ((-0.55, 0, 0.55) if row < 4 else (0,))
        ]
    mass(canvas, lumps, CITRUS, height * 0.07)
    for u, v, rx, ry in lumps:
        fruits(canvas, u, v, rx * 0.9, ry * 0.9, 4, height * 0.027, ORANGE, CITRUS)
    bow = base - height * 0.02
    for side in (-1, 1):
        canvas.area(
            spline(
                [(x, bow), (x + side * 34, bow - 22), (x + side * 44, bow + 6), (x + side * 22, bow + 14)],
                closed=True,
            ),
            RED[2],
        )
    canvas.disc(x, bow, 10, RED[1])
