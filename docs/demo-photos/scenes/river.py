"""The buffalo by the river."""

from __future__ import annotations

import numpy as np
from air import MORNING, clouds, sky, sun, truong_son
from animals import buffalo
from birds import egret, flying
from canvas import Canvas
from colour import BUTTER, FOREST, FRESH, hazed, mix, ramp
from foliage import grass, tuft
from ground import ripples, water
from outline import moved, oval, spline
from yard import stone


def buffalo_river(canvas: Canvas) -> None:
    """trau-1: a buffalo by the river, rice terraces behind, egrets."""
    sky(canvas, 380, MORNING)
    sun(canvas, 1210, 170, 52)
    clouds(canvas, [(420, 110, 460), (900, 60, 320)], BUTTER)
    truong_son(canvas, 390, 260)
    canvas.shaded(
        [(0, 376), (1600, 376), (1600, 430), (0, 430)], (hazed(FOREST, 0.45)[2], hazed(FOREST, 0.3)[1])
    )
    rice_terraces(canvas)
    river = np.vstack(
        [spline([(-40, 562), (300, 568), (760, 588), (1200, 630), (1660, 636)]), [(1660, 940), (-40, 940)]]
    )
    water(canvas, river, ((226, 226, 196), (178, 212, 202), (112, 172, 172), (76, 136, 142)), 90)
    canvas.blob(
        [(-80, 690), (260, 700), (560, 740), (820, 800), (1000, 870), (1080, 960), (-80, 980)],
        mix(FRESH[1], FRESH[2], 0.5),
    )
    canvas.blob(
        [(-80, 700), (240, 716), (520, 756), (780, 816), (940, 880), (1000, 960), (-80, 980)], FRESH[2]
    )
    grass_bank(canvas)
    canvas.soft([oval(500, 846, 330, 34)], FOREST[0], 16, 0.55)
    buffalo(canvas, 480, 845, 300)
    egret(canvas, 1060, 742, 110, True)
    egret(canvas, 1300, 770, 140)
    ripples(canvas, 1300, 770, 66, 3)
    ripples(canvas, 1060, 742, 50, 3)
    egret(canvas, 120, 830, 150)
    egret(canvas, 450, 556, 80)
    for x, y, size in ((760, 230, 34), (850, 190, 26), (930, 240, 22), (690, 180, 20)):
        flying(canvas, x, y, size)
    grass(canvas, 850, 920, 70, FRESH[:4], 60)


def rice_terraces(canvas: Canvas) -> None:
    """Steps of rice on the far bank, flooded ones among the green."""
    x = np.linspace(-60, 1700, 80)
    for step in range(8):
        y = 392 + step * 22 + step**1.6 * 1.6
        line = np.column_stack(
            [x, y + 26 * np.sin(x / 240 + step * 0.5) * (1 - step / 10) + 14 * np.sin(x / 97 + step)]
        )
        low = np.vstack([line, [(1700, 700), (-60, 700)]])
        tone = ((190, 208, 120), (158, 194, 98), (200, 214, 190), (128, 176, 84))[step % 4]
        canvas.area(low, mix(tone, (214, 222, 208), 0.32 - step * 0.035))
        if step % 4 != 2:
            for u in np.sort(canvas.rng.uniform(0, 1600, 70 + step * 12)):
                v = float(np.interp(u, line[:, 0], line[:, 1])) + canvas.rng.uniform(0.3, 1.0) * (
                    16 + step * 4
                )
                tuft(canvas, u, v, 7 + step * 1.8, mix(tone, FRESH[1], canvas.rng.uniform(0.1, 0.4)), 3)
        canvas.stroke(line, [3, 4, 3], mix(FRESH[0], (214, 222, 208), 0.4 - step * 0.04))
        canvas.stroke(moved(line, 0, 4), [2, 3, 2], mix(FRESH[4], BUTTER, 0.3))


def grass_bank(canvas: Canvas) -> None:
    """Tufts and stones along the near bank's edge."""
    edge = spline([(-40, 698), (260, 708), (560, 748), (820, 808), (1000, 880)], steps=12)
    for x, y in edge:
        tuft(canvas, x, y + 10, canvas.rng.uniform(24, 50), ramp(FRESH, canvas.rng.uniform(0.2, 0.7)), 6)
    for x, y, r in ((880, 870, 40), (960, 900, 28), (1010, 890, 18)):
        stone(canvas, x, y, r)
