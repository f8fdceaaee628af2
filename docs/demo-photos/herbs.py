"""Plants as tall as trees without wood: banana and papaya."""

from __future__ import annotations

import numpy as np
from canvas import Canvas
from colour import FRESH, ORANGE, STONE, WOOD, Tones, fade, mix, ramp_list
from foliage import blade
from outline import leaves


def banana(
    canvas: Canvas, x: float, y: float, height: float, tones: Tones = FRESH, bunch: bool = False
) -> None:
    """A banana plant: a thick soft stem and great paddle leaves."""
    w = height * 0.09
    canvas.stroke(
        [(x, y), (x + w * 0.15, y - height * 0.3), (x, y - height * 0.58)],
        [w * 1.25, w, w * 0.6],
        mix(tones[1], STONE[2], 0.35),
    )
    canvas.stroke(
        [(x - w * 0.25, y), (x - w * 0.1, y - height * 0.3), (x - w * 0.05, y - height * 0.55)],
        [w * 0.4, w * 0.3, w * 0.15],
        mix(tones[3], STONE[3], 0.35),
    )
    foot = (x, y - height * 0.54)
    turns = np.array([-2.95, -0.2, -2.5, -0.62, -2.05, -1.1, -1.6]) + canvas.rng.normal(0, 0.1, 7)
    for i, turn in enumerate(turns):
        size = height * canvas.rng.uniform(0.5, 0.62)
        c, s = np.cos(turn), np.sin(turn)
        tip = (foot[0] + c * size * 1.02, foot[1] + s * size * 0.72 + abs(c) * size * 0.32)
        mid = (foot[0] + c * size * 0.6, foot[1] + s * size * 0.56 - abs(c) * size * 0.2)
        start = (foot[0] + c * size * 0.14, foot[1] + s * size * 0.3)
        shade = tones if i > 2 else (tones[0], tones[0], tones[1], tones[2], tones[3])
        canvas.stroke([foot, start], [w * 0.34, w * 0.22], tones[3])
        blade(canvas, [start, mid, tip], size * 0.3, shade, 11)
    if bunch:
        hands(canvas, x + w * 0.9, y - height * 0.42, height * 0.075, tones)


def hands(canvas: Canvas, x: float, y: float, size: float, tones: Tones) -> None:
    """A hanging bunch of green bananas with its purple flower."""
    canvas.stroke(
        [(x - size * 0.9, y - size * 1.9), (x, y - size * 1.4), (x + size * 0.15, y + size * 2.6)],
        [size * 0.26, size * 0.2],
        tones[1],
    )
    for row in range(4):
        v = y - size + row * size * 0.62
        for turn in np.linspace(-1.1, 1.1, 6):
            canvas.stroke(
                [
                    (x, v),
                    (x + np.sin(turn) * size * 0.7, v + size * 0.1),
                    (x + np.sin(turn) * size * 0.95, v - size * 0.5),
                ],
                [size * 0.16, size * 0.3, size * 0.1],
                tones[2 + (row + int(turn > 0)) % 3],
            )
    canvas.blob(
        [
            (x + size * 0.15, y + size * 2.2),
            (x + size * 0.55, y + size * 2.8),
            (x + size * 0.2, y + size * 3.6),
            (x - size * 0.2, y + size * 2.8),
        ],
        (132, 58, 84),
    )


def papaya(canvas: Canvas, x: float, y: float, height: float, tones: Tones = FRESH) -> None:
    """A papaya: a straight stem, fruit close below the crown, fingered leaves on long stalks."""
    w = height * 0.055
    canvas.stroke([(x, y), (x + w * 0.2, y - height * 0.75)], [w * 1.2, w * 0.8], STONE[1])
    canvas.stroke([(x - w * 0.25, y), (x, y - height * 0.75)], [w * 0.4, w * 0.3], STONE[3])
    for share in np.linspace(0.08, 0.72, 14):
        canvas.stroke(
            [
                (x - w * 0.4, y - height * share),
                (x + w * 0.1, y - height * share + w * 0.16),
                (x + w * 0.45, y - height * share),
            ],
            [2, 4, 2],
            fade(WOOD[1], 0.4),
        )
    top = (x + w * 0.2, y - height * 0.76)
    turns = np.linspace(-3.3, 0.15, 9)
    for turn in sorted(turns, key=lambda t: -abs(t + np.pi / 2)):
        u, v = top[0] + np.cos(turn) * height * 0.26, top[1] + np.sin(turn) * height * 0.2
        canvas.stroke(
            [top, ((top[0] + u) / 2, (top[1] + v) / 2 - height * 0.02), (u, v)],
            [w * 0.22, w * 0.16],
            tones[3],
        )
        fingers(canvas, u, v, height * 0.15, turn, tones)
    for i, (u, v) in enumerate(
        ((-0.05, 0.03), (0.05, 0.035), (-0.06, 0.1), (0.055, 0.11), (0, 0.07), (0, 0.15))
    ):
        fruit: Tones = (tones[0], tones[1], tones[2], tones[3], tones[4]) if i < 4 else ORANGE
        canvas.orb(top[0] + u * height, top[1] + v * height, height * 0.04, fruit, height * 0.062)


def fingers(canvas: Canvas, x: float, y: float, size: float, turn: float, tones: Tones) -> None:
    """The fingered leaf of a papaya."""
    angle = turn + np.linspace(-2.0, 2.0, 7)
    length = size * np.array([0.6, 0.85, 1, 1.1, 1, 0.85, 0.6])
    xy = np.repeat([[x, y]], 7, axis=0)
    canvas.areas(
        leaves(xy, length, 0.5, angle),
        ramp_list(tones, 0.45 - 0.25 * np.sin(angle) + canvas.rng.normal(0, 0.05, 7)),
    )
