"""Lotus: flower and leaf."""

from __future__ import annotations

import numpy as np
from canvas import Canvas
from colour import PINK, Tones, fade, mix, ramp
from outline import moved, oval


def lotus(canvas: Canvas, x: float, y: float, r: float, tones: Tones = PINK) -> None:
    """An open lotus flower seen from the side; (x, y) is its heart."""
    for ring, (spread, high) in enumerate(((1.28, 0.86), (0.98, 1.0), (0.62, 1.1), (0.25, 1.12))):
        for side in (-1, 1):
            for k in (1.0, 0.55):
                turn = side * spread * k
                tip = (x + np.sin(turn) * r * high, y - np.cos(turn) * r * high * 0.9)
                mid = (
                    x + np.sin(turn * 1.15) * r * high * 0.58,
                    y - np.cos(turn) * r * high * 0.38 + r * 0.06,
                )
                canvas.stroke(
                    [(x, y + r * 0.12), mid, tip],
                    [r * 0.16, r * 0.42, r * 0.34, 0.5],
                    ramp(tones, 0.3 + ring * 0.16 + 0.1 * (side < 0)),
                )
                canvas.stroke(
                    [mid, ((mid[0] + tip[0]) / 2, (mid[1] + tip[1]) / 2), tip],
                    [r * 0.02, r * 0.11, 0.5],
                    fade(tones[1], 0.55),
                )
    canvas.stroke(
        [(x, y + r * 0.12), (x, y - r * 0.35), (x, y - r * 0.95)], [r * 0.2, r * 0.46, 0.5], tones[4]
    )
    for side in (-1, 1):
        canvas.stroke(
            [(x, y + r * 0.16), (x + side * r * 0.55, y + r * 0.02), (x + side * r * 1.0, y - r * 0.2)],
            [r * 0.14, r * 0.34, 0.5],
            ramp(tones, 0.72 if side < 0 else 0.55),
        )


def lotus_leaf(
    canvas: Canvas, x: float, y: float, rx: float, ry: float, tones: Tones, turn: float = 0.0
) -> None:
    """A round lotus leaf lying on the water or held above it."""
    edge = oval(x, y, rx, ry, turn, 96)
    wave = 1 + 0.022 * np.sin(np.linspace(0, 2 * np.pi * 8, 96, endpoint=False) + canvas.rng.uniform(0, 6))
    edge = (edge - (x, y)) * wave[:, None] + (x, y)
    canvas.area(moved(edge, 0, ry * 0.14), fade(tones[0], 0.8))
    canvas.shaded(edge, (tones[3], tones[2], tones[1]), (-canvas.light[0], 0.8))
    heart = (x, y + ry * 0.05)
    inner = (edge - (x, y)) * 0.93 + (x, y - ry * 0.02)
    canvas.shaded(
        inner,
        (mix(tones[3], tones[4], 0.35), tones[2], mix(tones[1], tones[2], 0.4)),
        (-canvas.light[0], 0.8),
    )
    for i in range(0, 96, 8):
        canvas.stroke(
            [heart, edge[i] * 0.92 + np.array(heart) * 0.08], [rx * 0.03, rx * 0.006], fade(tones[4], 0.4)
        )
    canvas.disc(*heart, rx * 0.06, tones[4], ry * 0.06)
