"""Roofs of clay tiles and of thatch."""

from __future__ import annotations

import numpy as np
from canvas import Canvas
from colour import CLAY, STRAW, Tones, fade, ramp


def tiled_roof(
    canvas: Canvas, corners: list[tuple[float, float]], rows: int, tile: float, tones: Tones = CLAY
) -> None:
    """A roof of clay tiles; corners: ridge left, ridge right, eave right, eave left."""
    p = np.asarray(corners, dtype=float)
    canvas.shaded(p, (tones[3], tones[2], tones[1]))
    for row in range(rows):
        share = (row + 1) / rows
        a, b = p[0] + (p[3] - p[0]) * share, p[1] + (p[2] - p[1]) * share
        fall = (p[3][1] - p[0][1]) / rows
        count = max(int((b[0] - a[0]) / tile), 2)
        for i in range(count):
            x = a[0] + (b[0] - a[0]) * (i + 0.5) / count
            half = (b[0] - a[0]) / count / 2
            tone = ramp(tones, 0.36 + 0.32 * (1 - share) + canvas.rng.normal(0, 0.06))
            canvas.pen.pieslice(
                [(x - half) * 2, (a[1] - fall * 1.5) * 2, (x + half) * 2, (a[1] + fall * 0.1) * 2],
                0,
                180,
                fill=tone,
            )
        canvas.stroke(
            [(a[0], a[1] - fall * 0.05), (b[0], b[1] - fall * 0.05)], [1.5, 1.5], fade(tones[0], 0.35)
        )
    canvas.stroke(
        [p[0] + (-tile * 0.7, -4), (p[0] + p[1]) / 2 + (0, 3), p[1] + (tile * 0.7, -4)],
        [tile * 0.7] * 3,
        tones[1],
    )
    canvas.stroke(
        [p[0] + (-tile * 0.7, -7), (p[0] + p[1]) / 2 + (0, 0), p[1] + (tile * 0.7, -7)],
        [tile * 0.25] * 3,
        tones[3],
    )


def thatch(
    canvas: Canvas, corners: list[tuple[float, float]], tones: Tones = STRAW, straws: int = 700
) -> None:
    """A thatched roof; corners as of the tiled one, the eave ragged."""
    p = np.asarray(corners, dtype=float)
    canvas.shaded(p, (tones[3], tones[2], tones[1]))
    for share in np.sort(canvas.rng.uniform(0, 1, straws)):
        across = canvas.rng.uniform(0, 1)
        top, low = p[0] + (p[1] - p[0]) * across, p[3] + (p[2] - p[3]) * across
        start = top + (low - top) * share * 0.92
        end = start + (low - top) * 0.15
        canvas.stroke([start, end], [4, 5, 1], ramp(tones, 0.68 - 0.42 * share + canvas.rng.normal(0, 0.1)))
    canvas.stroke([p[0] + (-10, 2), p[1] + (10, 2)], [22, 24, 22], tones[1])
    canvas.stroke([p[0] + (-10, -3), p[1] + (10, -3)], [9, 9], tones[3])
