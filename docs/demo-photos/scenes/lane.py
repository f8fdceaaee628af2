"""The path under the bamboo."""

from __future__ import annotations

import numpy as np
from air import rays, sky, truong_son
from bamboo import culm, sprays
from canvas import Canvas
from colour import BAMBOO, BUTTER, CLAY, FOREST, FRESH, STRAW, WOOD, hazed, ramp
from foliage import mass, tuft
from ground import dapples, path
from outline import moved, spline
from roofs import tiled_roof
from trees import far_trees, trunk
from yard import fence


def bamboo_path(canvas: Canvas) -> None:
    """homestay-2: a path under arching bamboo to a gate full of light."""
    w, h = canvas.width, canvas.height
    sky(canvas, 860, ((120, 160, 96), (176, 200, 120), (234, 228, 166), BUTTER, BUTTER))
    truong_son(canvas, 860, 200)
    canvas.halo(600, 690, 560, (255, 248, 216), 0.95)
    far_trees(canvas, 880, 120, hazed(BAMBOO, 0.45))
    canvas.shaded([(0, 868), (w, 868), (w, h), (0, h)], (FRESH[3], FRESH[2], FRESH[1], FRESH[0]))
    path(
        canvas,
        [(600, 872), (598, 960), (620, 1130), (610, 1380), (600, 1700)],
        [70, 120, 240, 420, 660],
        CLAY,
    )
    gate(canvas)
    for share in np.linspace(0, 1, 8):
        for side in (-1, 1):
            verge(canvas, side, share)
            grove(canvas, side, share)
            for _ in range(9):
                u, v = (
                    600 + side * (190 + 400 * share) + canvas.rng.normal(0, 60 + 60 * share),
                    908 + 560 * share**1.3,
                )
                tuft(
                    canvas,
                    u,
                    v + canvas.rng.uniform(0, 16),
                    (40 + 70 * share) * canvas.rng.uniform(0.7, 1.1),
                    ramp(hazed(FRESH, 0.4 * (1 - share), BUTTER), canvas.rng.uniform(0.05, 0.5)),
                    7,
                )
        if share < 0.9:
            canvas.halo(600, 720, 420, BUTTER, 0.1)
    dapples(canvas, 610, 1360, 250, 230, 110, 34, BUTTER, 0.5)
    rays(canvas, 120, -80, 1900, 0.1)
    for x in (60, 190, 1010, 1140):
        for _ in range(4):
            tuft(
                canvas,
                x + canvas.rng.normal(0, 40),
                1610 - canvas.rng.uniform(0, 60),
                120,
                ramp(FRESH, canvas.rng.uniform(0.0, 0.45)),
                8,
            )


def verge(canvas: Canvas, side: int, share: float) -> None:
    """Low green at the feet of a clump and the dark grove behind it."""
    x, y, size = 600 + side * (250 + 430 * share), 900 + 560 * share**1.3, 40 + 90 * share
    tones = hazed(FOREST, 0.5 * (1 - share), BUTTER)
    lumps = [
        (x + side * size * k, y - size * (0.3 + 0.15 * k), size * 1.1, size * (0.5 + 0.3 * k))
        for k in (2.0, 1.0, 0.0)
    ]
    mass(canvas, lumps, tones, size * 0.36, 0.8, 0.34)


def gate(canvas: Canvas) -> None:
    """A small roofed wooden gate at the end of the path."""
    for x in (500, 700):
        trunk(canvas, [(x, 890), (x, 780), (x, 660)], [26, 24, 22])
    tiled_roof(canvas, [(490, 590), (710, 590), (770, 672), (430, 672)], 6, 22)
    for x0, x1 in ((330, 500), (700, 880)):
        fence(canvas, x0, x1, 890, 110, STRAW, 0.34)
    for x in (512, 690):
        canvas.area(
            [(x, 730), (x + (30 if x < 600 else -30), 740), (x + (30 if x < 600 else -30), 900), (x, 884)],
            WOOD[2],
        )


def grove(canvas: Canvas, side: int, share: float) -> None:
    """A clump of bamboo on one side that bends over the path; `share` 0 is far, 1 is near."""
    foot = 600 + side * (190 + 400 * share)
    y = 900 + 560 * share**1.3
    size = 0.42 + 0.75 * share
    tones = hazed(BAMBOO, 0.5 * (1 - share), BUTTER)
    for _ in range(3 if share < 0.5 else 4):
        x = foot + canvas.rng.normal(0, 40 * size)
        top = y - canvas.rng.uniform(900, 1150) * size
        reach = -side * canvas.rng.uniform(240, 460) * size
        line = culm(
            canvas,
            [
                (x, y),
                (x + reach * 0.03, y - 380 * size),
                (x + reach * 0.3, y - 780 * size),
                (x + reach * 0.8, top),
                (x + reach * 1.35, top + 60 * size),
            ],
            30 * size,
            tones,
        )
        sprays(canvas, line[len(line) // 2 :], int(8 + 16 * share), 92 * size, tones)
    roof = spline(
        [
            (foot + side * 260 * size, y - 900 * size),
            (foot - side * 40 * size, y - 1160 * size),
            (foot - side * 330 * size, y - 1180 * size),
        ]
    )
    sprays(
        canvas,
        moved(roof, 0, -60 * size),
        int(30 + 80 * share),
        120 * size,
        (tones[0], tones[0], tones[1], tones[1], tones[2]),
        1.3,
    )
    sprays(canvas, roof, int(16 + 44 * share), 110 * size, tones, 1.0)
    sprays(
        canvas,
        np.array([[foot + side * 60 * size, y - v * size] for v in np.linspace(0, 300, 10)]),
        int(12 + 20 * share),
        90 * size,
        (tones[0], tones[0], tones[1], tones[2], tones[3]),
    )
