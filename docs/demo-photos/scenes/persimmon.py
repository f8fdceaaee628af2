"""The old persimmon."""

from __future__ import annotations

import numpy as np
from air import DAWN, mist, sky, sun, truong_son
from canvas import Canvas
from colour import FOREST, OLIVE, PERSIMMON, WOOD, hazed
from ground import meadow
from outline import leaves
from trees import boughs, far_trees, shadow, trunk


def persimmon_tree(canvas: Canvas) -> None:
    """hong-1: an old persimmon, almost leafless, full of fruit before misty hills."""
    w, h = canvas.width, canvas.height
    sky(canvas, 980, DAWN)
    sun(canvas, 870, 420, 80)
    truong_son(canvas, 1140, 520)
    mist(canvas, 1060, 90, 0.7)
    far_trees(canvas, 1190, 110, hazed(FOREST, 0.35))
    meadow(canvas, 1170, OLIVE, 300, 46)
    shadow(canvas, 560, 1440, 430, 60)
    for side, reach in ((-1, 150), (1, 130), (-1, 70)):
        canvas.stroke(
            [(545, 1370), (540 + side * reach * 0.4, 1440), (540 + side * reach, 1478)], [70, 50, 4], WOOD[1]
        )
    trunk(canvas, [(540, 1470), (568, 1240), (532, 1060), (560, 890)], [128, 92, 78, 66])
    tips = []
    for angle, length in ((-2.4, 240), (-1.88, 300), (-1.32, 300), (-0.76, 240)):
        tips += boughs(canvas, 556, 920, length, angle, 40, 3)
    for i, (x, y, _) in enumerate(tips):
        if i % 2 == 0:
            kaki(canvas, x, y + 22, canvas.rng.uniform(24, 34))
    spots = np.array([tip[:2] for tip in tips])[1::3]
    n = len(spots)
    tones = [PERSIMMON[i % 4] if i % 3 else OLIVE[3] for i in range(n)]
    canvas.areas(leaves(spots, canvas.rng.uniform(44, 66, n), 0.5, canvas.rng.uniform(0.4, 2.6, n)), tones)
    for _ in range(26):
        x, y = canvas.rng.uniform(150, w - 150), canvas.rng.uniform(1380, h - 30)
        canvas.areas(
            leaves(np.array([[x, y]]), np.array([40.0]), 0.4, canvas.rng.uniform(-0.6, 0.6, 1)),
            [PERSIMMON[int(x) % 3 + 1]],
        )
    for x, y in ((300, 1490), (800, 1520), (690, 1468)):
        canvas.disc(x + 10, y + 24, 36, (90, 100, 52), 12)
        kaki(canvas, x, y, 34)


def kaki(canvas: Canvas, x: float, y: float, r: float) -> None:
    """A persimmon with its four-leaved calyx."""
    canvas.orb(x, y, r, PERSIMMON, r * 0.9)
    angle = np.array([0.25, 1.0, 2.1, 2.9])
    canvas.areas(
        leaves(np.repeat([[x, y - r * 0.86]], 4, axis=0), np.full(4, r * 0.62), 0.6, angle),
        [OLIVE[1], OLIVE[2], OLIVE[2], OLIVE[1]],
    )
    canvas.stroke([(x, y - r * 0.8), (x - 2, y - r * 1.25)], [5, 4], WOOD[0])
