"""Close to the eye: a tray of fruit, wet leaves."""

from __future__ import annotations

import numpy as np
from basketry import woven_tray
from canvas import Canvas
from colour import (
    BUTTER,
    CITRUS,
    CREAM,
    FRESH,
    ORANGE,
    PERSIMMON,
    POMELO,
    TEA,
    WOOD,
    Tones,
    fade,
    mix,
    ramp,
)
from outline import Place, leaves, oval, ribbon
from produce import bananas, custard_apple, dragon_fruit, mango, rambutan


def fruit_tray(canvas: Canvas) -> None:
    """tap-2: many fruits on a woven bamboo tray on a wooden table, leaf shadows on the wall."""
    canvas.shaded(
        [(0, 0), (1600, 0), (1600, 560), (0, 560)], ((222, 214, 184), (238, 224, 190), (246, 226, 186))
    )
    wall_shadows(canvas)
    canvas.shaded(
        [(0, 520), (1600, 520), (1600, 1200), (0, 1200)], (WOOD[3], mix(WOOD[2], WOOD[3], 0.5), WOOD[2])
    )
    for share in (0.18, 0.46, 0.8):
        y = 520 + 680 * share
        canvas.stroke([(0, y), (1600, y)], [4 + 5 * share] * 2, fade(WOOD[0], 0.5))
        canvas.stroke([(0, y + 6), (1600, y + 6)], [3] * 2, fade(WOOD[4], 0.5))
    for _ in range(60):
        x, y = canvas.rng.uniform(-100, 1600), canvas.rng.uniform(530, 1190)
        canvas.stroke(
            [(x, y), (x + 150, y + canvas.rng.normal(0, 5)), (x + 320, y)], [0, 4, 0], fade(WOOD[1], 0.28)
        )
    canvas.soft([[(0, 512), (1600, 512), (1600, 530), (0, 530)]], WOOD[0], 10, 0.6)
    woven_tray(canvas, 800, 850, 680, 300)
    heap(canvas)
    dropped(canvas, 110, 1060, 80, ORANGE)
    dropped(canvas, 1500, 1050, 80, ORANGE)
    canvas.areas(
        leaves(np.array([[1500.0, 975]] * 2), np.array([90.0, 80]), 0.5, np.array([-0.3, -2.5])),
        [CITRUS[2], CITRUS[3]],
    )
    for x, y in ((230, 1120), (1390, 1130)):
        half_orange(canvas, x, y, 76)


def half_orange(canvas: Canvas, x: float, y: float, r: float) -> None:
    """A cut orange lying with its face to the eye."""
    canvas.soft([oval(x + r * 0.3, y + r * 0.66, r, r * 0.34)], (64, 40, 34), 14, 0.6)
    canvas.disc(x, y + r * 0.1, r, ORANGE[1], r * 0.92)
    for share, tone in ((1.0, ORANGE[2]), (0.93, CREAM[3]), (0.85, ORANGE[3])):
        canvas.disc(x, y, r * share, tone, r * share * 0.84)
    for turn in np.arange(10) * np.pi / 5:
        tip, mid = (
            (np.cos(turn) * 0.8 * r, np.sin(turn) * 0.66 * r),
            (np.cos(turn) * 0.5 * r, np.sin(turn) * 0.42 * r),
        )
        canvas.stroke(
            [(x + mid[0] * 0.2, y + mid[1] * 0.2), (x + mid[0], y + mid[1]), (x + tip[0], y + tip[1])],
            [2, r * 0.3, r * 0.2],
            ORANGE[2],
        )
        canvas.stroke(
            [(x + mid[0] * 0.6, y + mid[1] * 0.6 - 3), (x + mid[0] * 1.3, y + mid[1] * 1.3 - 3)],
            [1, r * 0.08, 1],
            ORANGE[4],
        )
        edge = turn + np.pi / 10
        canvas.stroke(
            [(x, y), (x + np.cos(edge) * r * 0.85, y + np.sin(edge) * r * 0.71)], [r * 0.035] * 2, CREAM[3]
        )
    canvas.disc(x, y, r * 0.08, CREAM[3], r * 0.07)


def wall_shadows(canvas: Canvas) -> None:
    """Blurred shadows of a tree outside, on the wall."""
    shapes = []
    for _ in range(120):
        x, y = canvas.rng.normal(1150, 330), canvas.rng.normal(160, 150)
        shapes.append(
            leaves(
                np.array([[x, y]]),
                np.array([canvas.rng.uniform(70, 130)]),
                0.4,
                canvas.rng.uniform(0.3, 2.2, 1),
            )[0]
        )
    shapes.append(ribbon([(1700, -40), (1300, 120), (900, 170)], [34, 24, 8]))
    canvas.soft(shapes, (150, 150, 110), 9, 0.42)


def dropped(canvas: Canvas, x: float, y: float, r: float, tones: Tones, ry: float | None = None) -> None:
    """A fruit with the shadow it throws on what it lies on."""
    canvas.soft(
        [oval(x - canvas.light[0] * r * 0.5, y + r * 0.72, r * 0.95, r * 0.36)], (64, 40, 34), r * 0.2, 0.6
    )
    canvas.orb(x, y, r, tones, ry)


def heap(canvas: Canvas) -> None:
    """The fruits, those at the back first."""
    melon: Tones = ((60, 96, 58), (92, 132, 68), (132, 168, 84), (178, 200, 116), (222, 230, 166))
    dropped(canvas, 560, 690, 150, POMELO)
    canvas.areas(
        leaves(np.array([[560.0, 546], [560, 546]]), np.array([120.0, 100]), 0.5, np.array([0.1, -2.6])),
        [CITRUS[2], CITRUS[3]],
    )
    dropped(canvas, 1050, 690, 140, melon, 128)
    dropped(canvas, 800, 640, 150, POMELO)
    canvas.areas(
        leaves(np.array([[800.0, 496], [800, 496]]), np.array([110.0, 130]), 0.5, np.array([-0.4, 2.9])),
        [CITRUS[3], CITRUS[2]],
    )
    canvas.soft([oval(1190, 900, 190, 60)], (64, 40, 34), 22, 0.55)
    bananas(canvas, 1200, 800, 290)
    for x, y in ((330, 800), (690, 810)):
        canvas.soft([oval(x + 40, y + 70, 90, 40)], (64, 40, 34), 18, 0.55)
        dragon_fruit(canvas, x, y, 92)
    for x, y in ((860, 815), (970, 860), (1050, 800)):
        dropped(canvas, x, y, 74, ORANGE)
    canvas.soft([oval(500, 900, 90, 40)], (64, 40, 34), 18, 0.55)
    custard_apple(canvas, 490, 850, 92)
    for x, y, turn in ((640, 980, 0.2), (850, 990, -0.25)):
        canvas.soft([oval(x + 40, y + 40, 110, 40)], (64, 40, 34), 16, 0.5)
        mango(canvas, x, y, 220, turn)
    for x, y in ((1040, 975), (1140, 1000)):
        dropped(canvas, x, y, 64, PERSIMMON, 58)
        canvas.areas(
            leaves(
                np.repeat([[x, y - 42.0]], 5, axis=0),
                np.full(5, 38.0),
                0.6,
                np.array([0.1, 0.8, 1.57, 2.4, 3.0]),
            ),
            [FRESH[1], FRESH[2], FRESH[3], FRESH[2], FRESH[1]],
        )
    for x, y in ((330, 950), (410, 985), (350, 1020), (450, 1040), (1280, 960)):
        canvas.soft([oval(x + 14, y + 26, 44, 18)], (64, 40, 34), 9, 0.5)
        rambutan(canvas, x, y, 44)


def leafy_greens(canvas: Canvas) -> None:
    """rau-1: heads of greens seen close from above, wet with dew."""
    canvas.shaded([(0, 0), (1600, 0), (1600, 1200), (0, 1200)], ((50, 84, 52), (40, 70, 48), (34, 56, 44)))
    purple: Tones = ((74, 36, 66), (112, 48, 84), (146, 74, 104), (178, 116, 126), (222, 184, 160))
    for x, y, size, tones in (
        (60, 130, 420, TEA),
        (820, 60, 430, CITRUS),
        (1540, 180, 430, FRESH),
        (60, 1120, 440, FRESH),
        (1560, 1120, 450, purple),
    ):
        head(canvas, x, y, size, tones)
    head(canvas, 620, 1260, 330, CITRUS)
    head(canvas, 420, 640, 460, purple)
    head(canvas, 1160, 640, 620, FRESH)
    for x, y, r in canvas.rng.uniform((40, 40, 7), (1560, 1160, 20), (110, 3)):
        dew(canvas, x, y, r)
    canvas.halo(200, -200, 1000, BUTTER, 0.3)


def head(canvas: Canvas, x: float, y: float, size: float, tones: Tones) -> None:
    """A rosette of broad leaves, outer ones first."""
    for ring, count in enumerate((9, 8, 6, 5, 3)):
        reach = size * (1.0, 0.8, 0.6, 0.4, 0.24)[ring]
        start = canvas.rng.uniform(0, 6.3)
        for i in canvas.rng.permutation(count):
            turn = start + 2 * np.pi * i / count + canvas.rng.normal(0, 0.08)
            broad_leaf(canvas, Place(x, y, reach * canvas.rng.uniform(0.92, 1.05), turn=turn), tones, ring)


def broad_leaf(canvas: Canvas, place: Place, tones: Tones, ring: int) -> None:
    """One frilled leaf lying outwards from its heart: a shadow, a shaded blade, a pale rib with veins."""
    t = np.sin(np.linspace(0, 1, 70) * np.pi / 2)
    round_off = np.sqrt(np.clip(1 - t**9, 0, 1))
    half = (0.1 + 0.34 * np.sin(t * np.pi * 0.72)) * round_off + (
        0.02 * np.sin(t * 38 + canvas.rng.uniform(0, 6)) + 0.012 * np.sin(t * 71 + canvas.rng.uniform(0, 6))
    ) * t * round_off
    frill = np.vstack([np.column_stack([t, half]), np.column_stack([t, -half])[::-1]])
    canvas.soft([place(frill) - np.array(canvas.light) * 16], (20, 40, 36), 18, 0.55)
    way = place([(0, 0), (1, 0)])
    way = way[1] - way[0]
    lit = 0.5 + 0.5 * float(way @ np.array(canvas.light)) / (np.hypot(*way) + 1e-9)
    base = 0.14 + ring * 0.1 + lit * 0.22
    along = (way[0] / np.hypot(*way), way[1] / np.hypot(*way))
    canvas.shaded(
        place(frill), (ramp(tones, base), ramp(tones, base + 0.12), ramp(tones, base + 0.32)), along
    )
    lower = np.vstack([np.column_stack([t, -half]), np.column_stack([t, 0 * t])[::-1]])
    canvas.area(place(lower), fade(ramp(tones, base - 0.12), 0.42))
    rib = mix(tones[4], CREAM[3], 0.45)
    for share in np.linspace(0.14, 0.8, 6):
        reach = float(np.interp(share + 0.14, t, half)) * 0.86
        for side in (-1, 1):
            canvas.area(
                place(
                    ribbon(
                        [(share, 0), (share + 0.08, side * reach * 0.5), (share + 0.2, side * reach)],
                        [0.02, 0.012, 0.003],
                    )
                ),
                fade(rib, 0.6),
            )
    canvas.area(place(ribbon([(0, 0), (0.5, 0.012), (0.94, 0)], [0.085, 0.05, 0.01])), rib)


def dew(canvas: Canvas, x: float, y: float, r: float) -> None:
    """A drop: dark towards the sun, bright away from it, with a glint."""
    canvas.disc(x + r * 0.15, y + r * 0.25, r * 1.02, (24, 50, 40, 90), r * 0.95)
    canvas.disc(x, y, r, (214, 234, 206, 110), r * 0.92)
    canvas.disc(x + r * 0.18, y + r * 0.2, r * 0.7, (246, 252, 226, 110), r * 0.62)
    canvas.disc(x - r * 0.36, y - r * 0.36, r * 0.2, (255, 255, 250, 240))
