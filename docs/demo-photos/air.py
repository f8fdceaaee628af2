"""Sky, hills and mist: what lies behind every garden."""

from __future__ import annotations

import numpy as np
from canvas import Canvas
from colour import APRICOT, BUTTER, HAZE, HILLS, MIST, PEACH, Colour, Tones, mix
from outline import ribbon, spline

MORNING: Tones = ((120, 182, 206), (170, 210, 214), (232, 226, 200), PEACH, BUTTER)
DAWN: Tones = ((112, 164, 192), (176, 198, 200), (246, 206, 168), APRICOT, (254, 226, 176))
DUSK: Tones = ((52, 70, 104), (92, 96, 130), (164, 124, 138), (232, 158, 128), (250, 202, 150))


def sky(canvas: Canvas, horizon: float, tones: Tones = MORNING) -> None:
    """The whole sheet from the top to the horizon, and the horizon's colour below."""
    w, h = canvas.width, canvas.height
    canvas.area([(0, 0), (w, 0), (w, h), (0, h)], tones[-1])
    canvas.shaded([(0, 0), (w, 0), (w, horizon), (0, horizon)], tones)


def sun(canvas: Canvas, x: float, y: float, r: float, colour: Colour = (255, 246, 214)) -> None:
    """The sun with its glow."""
    canvas.halo(x, y, r * 9, colour, 0.75)
    canvas.disc(x, y, r, colour)


def clouds(
    canvas: Canvas, bands: list[tuple[float, float, float]], colour: Colour, alpha: float = 0.6
) -> None:
    """Long flat clouds: each band has its middle x, y and length."""
    shapes = []
    for x, y, length in bands:
        for _ in range(5):
            u, v = x + canvas.rng.normal(0, length * 0.22), y + canvas.rng.normal(0, length * 0.025)
            half = length * canvas.rng.uniform(0.2, 0.5)
            shapes.append(ribbon([(u - half, v + 3), (u, v - 3), (u + half, v + 2)], [0, length * 0.06, 0]))
    canvas.soft(shapes, colour, 7, alpha)


def ridge(canvas: Canvas, y: float, height: float, waves: float = 2.0) -> np.ndarray:
    """A line of hill tops across the sheet, `height` above `y` at its highest."""
    x = np.linspace(-20, canvas.width + 20, 120)
    line = np.zeros_like(x)
    for octave in range(5):
        turn, part = waves * 1.9**octave, 0.5**octave
        line += part * np.sin(x / canvas.width * turn * 2 * np.pi + canvas.rng.uniform(0, 6.3))
    line = (line - line.min()) / np.ptp(line)
    return np.column_stack([x, y - line * height])


def hill(canvas: Canvas, line: np.ndarray, foot: float, top: Colour, low: Colour) -> None:
    """One range below its ridge, paler towards its foot."""
    edge = [(canvas.width + 20, foot), (-20, foot)]
    canvas.shaded(np.vstack([line, edge]), (top, mix(top, low, 0.4), low))


def woods(canvas: Canvas, line: np.ndarray, depth: float, size: float, tones: Tones) -> None:
    """Tree tops on a hill below its ridge, as round dabs, brighter towards the sun."""
    n = int(len(line) * depth / size * 1.6)
    at = canvas.rng.integers(0, len(line), n)
    down = np.sort(canvas.rng.uniform(0, 1, n) ** 1.5)
    for i, share in zip(at, down, strict=True):
        x, y = line[i] + (canvas.rng.normal(0, size), share * depth + size * 0.3)
        r = size * canvas.rng.uniform(0.6, 1.2) * (0.8 + share * 0.5)
        tone = tones[canvas.rng.integers(0, len(tones))]
        canvas.disc(x, y, r, tone, r * 0.75)
        canvas.disc(
            x + canvas.light[0] * r * 0.3, y + canvas.light[1] * r * 0.3, r * 0.55, mix(tone, BUTTER, 0.12)
        )


def mist(canvas: Canvas, y: float, height: float, alpha: float = 0.5, colour: Colour = HAZE) -> None:
    """A bank of mist with an uneven edge."""
    x = np.linspace(-60, canvas.width + 60, 9)
    line = np.column_stack([x, y + canvas.rng.normal(0, height * 0.25, 9)])
    canvas.soft(
        [ribbon(spline(line), [height * 0.7, height, height * 0.6], smooth=False)],
        colour,
        height * 0.4,
        alpha,
    )


def truong_son(
    canvas: Canvas, horizon: float, rise: float = 260, tones: Tones = HILLS, air: Colour = HAZE
) -> None:
    """The Truong Son: ranges behind ranges, each nearer one lower, darker and greener, with mist between."""
    for step, (share, waves) in enumerate(((1.0, 1.2), (0.72, 1.7), (0.46, 2.3), (0.24, 3.1))):
        line = ridge(canvas, horizon - rise * share * 0.42, rise * share * 0.62, waves)
        hill(canvas, line, horizon + 10, tones[step], mix(tones[step], air, 0.75))
        if step == 3:
            woods(canvas, line, rise * 0.2, rise * 0.045, (tones[3], mix(tones[3], tones[4], 0.5), tones[4]))
        mist(canvas, horizon - rise * (0.1 + share * 0.18), rise * 0.16, 0.4, mix(air, MIST, 0.3))


def rays(canvas: Canvas, x: float, y: float, reach: float, alpha: float = 0.14) -> None:
    """Beams of light falling from a spot."""
    beams = []
    for turn in canvas.rng.uniform(0.25, 1.5, 7):
        c, s, half = np.cos(turn) * np.sign(canvas.width / 2 - x), np.sin(turn), 0.035
        beams.append(
            [
                (x, y),
                (x + reach * (c - half), y + reach * (s + half)),
                (x + reach * (c + half), y + reach * (s - half)),
            ]
        )
    canvas.soft(beams, BUTTER, 14, alpha)
