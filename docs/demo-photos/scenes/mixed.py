"""The mixed garden."""

from __future__ import annotations

import numpy as np
from air import MORNING, clouds, sky, sun, truong_son
from canvas import Canvas
from colour import BUTTER, CITRUS, FOREST, FRESH, WOOD, hazed, ramp
from foliage import crown, grass, mass
from ground import dapples, meadow
from herbs import banana, papaya
from outline import leaves, oval
from palms import coconut
from trees import far_trees, shadow, trunk


def mixed_orchard(canvas: Canvas) -> None:
    """tap-1: banana, papaya, a jackfruit bearing on its trunk, coconuts above."""
    sky(canvas, 560, MORNING)
    sun(canvas, 330, 210, 56)
    clouds(canvas, [(880, 130, 460), (1300, 230, 360)], BUTTER)
    truong_son(canvas, 580, 320)
    for x, height, lean in ((1010, 500, -0.1), (1440, 560, -0.08), (640, 430, 0.1)):
        coconut(canvas, x, 690, height, lean, hazed(FRESH, 0.14))
    far_trees(canvas, 690, 130, hazed(FOREST, 0.2))
    meadow(canvas, 680, FRESH, 320, 44)
    shadow(canvas, 120, 860, 200, 30)
    banana(canvas, 90, 860, 560, hazed(FRESH, 0.1))
    shadow(canvas, 360, 960, 260, 36)
    banana(canvas, 330, 970, 740, FRESH, bunch=True)
    shadow(canvas, 790, 900, 170, 26)
    papaya(canvas, 770, 910, 560, FRESH)
    shadow(canvas, 1230, 1080, 400, 60)
    dapples(canvas, 1260, 1080, 360, 46, 30, 32, FRESH[4], 0.7)
    jackfruit_tree(canvas, 1210, 1090)
    grass(canvas, 1020, 1240, 200, FRESH[:4], 60)
    for x, y, size in ((90, 1090, 210), (560, 1110, 230), (300, 1170, 260)):
        pineapple(canvas, x, y, size)


def pineapple(canvas: Canvas, x: float, y: float, size: float) -> None:
    """A pineapple plant with its fruit."""
    canvas.soft([oval(x, y, size * 0.6, size * 0.12)], FOREST[0], 12, 0.5)
    angle = np.linspace(-3.0, -0.14, 13) + canvas.rng.normal(0, 0.05, 13)
    order = np.argsort(-np.abs(angle + np.pi / 2))[::-1]
    canvas.areas(
        leaves(np.repeat([[x, y]], 13, axis=0), np.full(13, size * 0.78), 0.13, angle[order]),
        [FOREST[1 + int(k) % 2] for k in order],
    )
    rind = ((150, 88, 44), (196, 122, 48), (228, 162, 62), (244, 196, 92), (252, 226, 150))
    u, v = x, y - size * 0.52
    up = np.linspace(-2.5, -0.64, 9)
    canvas.areas(
        leaves(np.repeat([[u, v - size * 0.2]], 9, axis=0), np.full(9, size * 0.34), 0.2, up),
        [FRESH[1 + int(k) % 3] for k in range(9)],
    )
    canvas.orb(u, v, size * 0.17, rind, size * 0.25)
    for row in np.linspace(-0.8, 0.8, 7):
        wide = np.sqrt(1 - row * row) * size * 0.16
        for across in np.linspace(-wide, wide, 5):
            canvas.disc(u + across, v + row * size * 0.24, size * 0.016, (150, 94, 44), size * 0.012)
    low = np.array([-2.75, -2.2, -1.75, -1.3, -0.9, -0.4])
    canvas.areas(
        leaves(np.repeat([[x, y + 4.0]], 6, axis=0), np.full(6, size * 0.5), 0.16, low),
        [FRESH[1], FRESH[2], FRESH[3], FRESH[2], FRESH[3], FRESH[1]],
    )


def jackfruit_tree(canvas: Canvas, x: float, y: float) -> None:
    """A jackfruit tree with its great fruits on trunk and boughs."""
    trunk(canvas, [(x, y), (x + 16, y - 250), (x - 10, y - 560)], [116, 86, 56])
    for side in (-1, 1):
        trunk(canvas, [(x + 10, y - 330), (x + side * 110, y - 470), (x + side * 210, y - 580)], [56, 42, 24])
    mass(
        canvas,
        [*crown(canvas, x, y - 730, 340, 200, 10), *crown(canvas, x - 50, y - 830, 210, 120, 5)],
        CITRUS,
        50,
    )
    for u, v, size in (
        (-62, -300, 52),
        (64, -220, 62),
        (-30, -120, 54),
        (70, -400, 46),
        (-140, -470, 42),
        (170, -500, 40),
    ):
        jackfruit(canvas, x + u, y + v, size)


def jackfruit(canvas: Canvas, x: float, y: float, r: float) -> None:
    """One jackfruit with its studded rind."""
    tones = ((92, 100, 46), (126, 132, 56), (162, 164, 70), (196, 192, 92), (226, 218, 136))
    canvas.stroke([(x, y - r * 1.8), (x, y - r)], [14, 16], WOOD[2])
    canvas.disc(x + 7, y + 8, r, (44, 48, 40, 110), r * 1.32)
    canvas.orb(x, y, r, tones, r * 1.34)
    for row, v in enumerate(np.linspace(-0.9, 0.9, 15)):
        wide = np.sqrt(1 - v * v)
        across = np.sin(np.linspace(-1.35, 1.35, 9 + row % 2)) * wide * 0.94
        for u in across:
            lit = 0.42 + 0.42 * (u * canvas.light[0] + v * canvas.light[1])
            canvas.disc(x + u * r, y + v * r * 1.34, r * 0.05, ramp(tones, lit + 0.3), r * 0.055)
            canvas.disc(
                x + u * r + r * 0.02,
                y + v * r * 1.34 + r * 0.03,
                r * 0.035,
                ramp(tones, lit - 0.05),
                r * 0.035,
            )
