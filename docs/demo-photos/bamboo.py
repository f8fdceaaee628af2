"""Bamboo: stems with joints, hanging leaves."""

from __future__ import annotations

import numpy as np
from canvas import Canvas
from colour import BAMBOO, Tones, ramp_list
from outline import leaves, moved, spline


def culm(
    canvas: Canvas, points: list[tuple[float, float]], width: float, tones: Tones = BAMBOO
) -> np.ndarray:
    """A bamboo stem with its joints; the line it follows."""
    line = spline(points, steps=8)
    canvas.stroke(line, [width, width * 0.9, width * 0.45], tones[1])
    shift = np.sign(canvas.light[0]) * width * 0.2
    canvas.stroke(moved(line, shift, 0), [width * 0.4, width * 0.35, width * 0.15], tones[3])
    for i in range(3, len(line) - 1, 3):
        across = np.array([line[i][1] - line[i - 1][1], line[i - 1][0] - line[i][0]])
        across = across / (np.hypot(*across) + 1e-9) * width * (0.56 - 0.25 * i / len(line))
        canvas.stroke([line[i] - across, line[i] + across], [width * 0.14] * 2, tones[4])
        canvas.stroke(
            [line[i] - across + (0, width * 0.14), line[i] + across + (0, width * 0.14)],
            [width * 0.08] * 2,
            tones[0],
        )
    return line


def sprays(
    canvas: Canvas, line: np.ndarray, count: int, leaf: float, tones: Tones = BAMBOO, spread: float = 0.7
) -> None:
    """Hanging fans of bamboo leaves along a line, the bright ones last."""
    fans = count // 4
    spot = line[canvas.rng.integers(0, len(line), fans)] + canvas.rng.normal(0, leaf * spread, (fans, 2))
    lean, value = canvas.rng.normal(np.pi / 2, 0.5, fans), np.sort(canvas.rng.uniform(0.05, 0.9, fans))
    for k in (-0.75, 0.7, -0.28, 0.22):
        size = leaf * canvas.rng.uniform(0.7, 1.2, fans)
        canvas.areas(
            leaves(spot, size, 0.15, lean + k + canvas.rng.normal(0, 0.1, fans)),
            ramp_list(tones, value + 0.1 * k),
        )
