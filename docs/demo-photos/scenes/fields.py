"""Fields: tea on a hill, peanuts to the horizon."""

from __future__ import annotations

import numpy as np
from air import DAWN, clouds, hill, mist, sky, sun, truong_son
from canvas import Canvas
from colour import BUTTER, FOREST, FRESH, HAZE, SOIL, TEA, Tones, hazed, mix, ramp, ramp_list
from ground import furrow
from outline import Ground, leaves, lumpy, moved
from trees import far_trees


def tea_hill(canvas: Canvas) -> None:
    """che-1: rows of tea following the round of a hill at dawn."""
    sky(canvas, 430, DAWN)
    sun(canvas, 1120, 270, 60)
    clouds(canvas, [(500, 110, 520), (1250, 90, 380)], BUTTER, 0.5)
    truong_son(canvas, 460, 320)
    x = np.linspace(-30, 1630, 90)
    for base, rise, mid, wide, haze, rows, gap in (
        (470, 120, 1250, 520, 0.4, 9, 20),
        (560, 190, 330, 640, 0.16, 11, 34),
    ):
        line = np.column_stack([x, base - rise * np.exp(-(((x - mid) / wide) ** 2))])
        hill(canvas, line, 960, ramp(hazed(TEA, haze), 0.5), ramp(hazed(TEA, haze), 0.25))
        for row in range(rows):
            share = row / rows
            bend = line + np.column_stack(
                [np.zeros(90), row * gap * (0.7 + share) + np.sin(x / 300 + row * 0.1) * 5]
            )
            tea_row(canvas, bend, gap * (0.7 + share * 0.7), hazed(TEA, haze))
        mist(canvas, base + 40, 40, 0.4, mix(HAZE, BUTTER, 0.5))
    for row in range(6):
        y = 720 + row * (48 + row * 13)
        bend = np.column_stack([x, y - 120 * np.exp(-(((x - 1150) / 760) ** 2)) + np.sin(x / 420 + 0.3) * 20])
        tea_row(canvas, bend, 70 + row * 20, TEA)


def tea_row(canvas: Canvas, line: np.ndarray, size: float, tones: Tones) -> None:
    """One clipped row of tea along a contour: dark flank, bright top, small leaves."""
    canvas.area(np.vstack([line, moved(line, 0, size * 0.95)[::-1]]), tones[0])
    if size > 40:
        tea_leaves(canvas, line, size, tones)
        return
    lumps = np.arange(line[0, 0], line[-1, 0], size * 0.8)
    for u in lumps:
        u += canvas.rng.normal(0, size * 0.06)
        v = float(np.interp(u, line[:, 0], line[:, 1])) + size * 0.3
        canvas.area(lumpy(canvas.rng, u, v, size * 0.56, size * 0.42, 0.04), tones[1])
        canvas.area(
            lumpy(
                canvas.rng, u + canvas.light[0] * size * 0.08, v - size * 0.1, size * 0.48, size * 0.3, 0.05
            ),
            tones[2],
        )
        canvas.area(
            lumpy(
                canvas.rng, u + canvas.light[0] * size * 0.14, v - size * 0.2, size * 0.36, size * 0.17, 0.06
            ),
            tones[3],
        )


def tea_leaves(canvas: Canvas, line: np.ndarray, size: float, tones: Tones) -> None:
    """A near row: a rounded clipped top and hundreds of upright leaves, young and bright along the crest."""
    wave = np.sin(line[:, :1] / size * 1.9) * (0, size * 0.05)
    for lift, share in ((0.0, 0.22), (0.02, 0.36), (0.03, 0.5)):
        low = line + wave + (0, size * (0.62 - (share - 0.22) * 1.3))
        canvas.area(np.vstack([line + wave + (0, -size * lift), low[::-1]]), ramp(tones, share))
    n = int((line[-1, 0] - line[0, 0]) / size * 24)
    u, down = canvas.rng.uniform(line[0, 0], line[-1, 0], n), canvas.rng.uniform(0, 1, n) ** 1.5 * 0.86
    order = np.argsort(down)
    u, down = u[order], down[order]
    v = np.interp(u, line[:, 0], (line + wave)[:, 1]) + down * size
    angle = -np.pi / 2 + canvas.rng.normal(0, 0.65, n)
    length = size * canvas.rng.uniform(0.16, 0.3, n)
    value = 0.84 - down * 0.85 + canvas.rng.normal(0, 0.08, n) + 0.08 * np.sin(u / size * 1.9 + 1)
    canvas.areas(leaves(np.column_stack([u, v]), length, 0.42, angle), ramp_list(tones, value))


def peanut_field(canvas: Canvas) -> None:
    """lac-1: furrows of peanuts running to the horizon."""
    sky(canvas, 390, DAWN)
    sun(canvas, 1120, 290, 62)
    clouds(canvas, [(420, 110, 480), (1150, 80, 420), (720, 210, 260)], BUTTER, 0.55)
    truong_son(canvas, 400, 240)
    far_trees(canvas, 412, 60, hazed(FOREST, 0.28))
    canvas.shaded([(0, 404), (1600, 404), (1600, 900), (0, 900)], (SOIL[4], SOIL[3], SOIL[1]))
    ground = Ground(372, 900, 960)
    for row in range(-19, 14):
        across = row * 330
        furrow(canvas, ground, across, 250, 13, SOIL)
        for depth in np.geomspace(12, 0.9, 34):
            x, y, s = ground.at(across + canvas.rng.normal(0, 6), depth)
            if -120 < x < 1720:
                peanut(canvas, x, y, 118 * s, hazed(FRESH, min(0.4, depth * 0.04)))


def peanut(canvas: Canvas, x: float, y: float, size: float, tones: Tones) -> None:
    """A bushy peanut plant with a yellow flower or two."""
    canvas.disc(x, y - size * 0.1, size * 0.62, tones[0], size * 0.34)
    canvas.disc(x + canvas.light[0] * size * 0.1, y - size * 0.22, size * 0.46, tones[1], size * 0.26)
    n = 5 if size < 14 else 20
    turn, far = canvas.rng.uniform(0, 2 * np.pi, n), np.sqrt(canvas.rng.uniform(0, 1, n))
    spot = np.column_stack(
        [x + np.cos(turn) * far * size * 0.56, y - size * 0.2 + np.sin(turn) * far * size * 0.32]
    )
    value = 0.45 - 0.3 * np.sin(turn) * far + 0.16 * np.cos(turn) * far * np.sign(canvas.light[0])
    order = np.argsort(value)
    canvas.areas(
        leaves(spot[order], np.full(n, size * 0.26), 0.75, turn[order]), ramp_list(tones, value[order])
    )
    if size > 50:
        for _ in range(2):
            canvas.disc(
                x + canvas.rng.normal(0, size * 0.25),
                y - size * canvas.rng.uniform(0.15, 0.5),
                size * 0.045,
                (246, 206, 84),
            )
