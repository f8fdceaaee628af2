"""Foliage: masses of scattered leaves, hedges, grass, single large leaves, flowers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from canvas import Canvas
from colour import FRESH, Colour, Tones, fade, mix, ramp, ramp_list
from outline import leaves, lumpy, ribbon, spline

Lump = tuple[float, float, float, float]


def mass(
    canvas: Canvas, lumps: Sequence[Lump], tones: Tones, leaf: float, thick: float = 1.0, width: float = 0.5
) -> None:
    """A mass of leaves over lumps (x, y, rx, ry), the ones turned to the sun drawn last."""
    light = np.array(canvas.light)
    for lump in lumps:
        rim(canvas, lump, tones, leaf, width)
    centre = np.mean([lump[:2] for lump in lumps], axis=0)
    spread = np.ptp([lump[1] for lump in lumps]) + max(lump[3] for lump in lumps) * 2
    for x, y, rx, ry in sorted(lumps, key=lambda lump: float(np.dot(light, lump[:2]))):
        high = float((np.array([x, y]) - centre) @ light / spread)
        canvas.area(
            lumpy(canvas.rng, x + light[0] * rx * 0.2, y + light[1] * ry * 0.22, rx * 0.74, ry * 0.7, 0.07),
            ramp(tones, 0.2 + 0.3 * high),
        )
        n = int(thick * 4.6 * rx * ry / leaf**2) + 4
        turn, far = canvas.rng.uniform(0, 2 * np.pi, n), np.sqrt(canvas.rng.uniform(0, 1, n))
        unit = np.column_stack([np.cos(turn), np.sin(turn)]) * far[:, None]
        value = 0.36 + 0.3 * unit @ light + 0.36 * high + canvas.rng.normal(0, 0.06, n)
        keep = canvas.rng.uniform(0, 1, n) < 0.5 + value
        order = np.argsort(value[keep])
        unit, value = unit[keep][order], value[keep][order]
        n = len(value)
        angle = np.arctan2(unit[:, 1] + 0.35, unit[:, 0]) + canvas.rng.normal(0, 0.6, n)
        length = leaf * canvas.rng.uniform(0.75, 1.3, n)
        canvas.areas(
            leaves(np.array([x, y]) + unit * (rx, ry), length, width, angle), ramp_list(tones, value)
        )


def rim(canvas: Canvas, lump: Lump, tones: Tones, leaf: float, width: float) -> None:
    """The dark body of a lump with leaves standing out all round its edge."""
    x, y, rx, ry = lump
    canvas.area(lumpy(canvas.rng, x, y, rx, ry, 0.05), tones[0])
    n = int(np.pi * (rx + ry) / leaf / 0.42)
    turn = canvas.rng.uniform(0, 2 * np.pi, n)
    unit = np.column_stack([np.cos(turn), np.sin(turn)])
    value = 0.13 + 0.2 * np.clip(unit @ np.array(canvas.light), -0.4, 1) + canvas.rng.normal(0, 0.06, n)
    shapes = leaves(
        np.array([x, y]) + unit * (rx * 0.95, ry * 0.95),
        leaf * canvas.rng.uniform(0.6, 1.1, n),
        width,
        turn + canvas.rng.normal(0, 0.5, n),
    )
    canvas.areas(shapes, ramp_list(tones, value))


def crown(canvas: Canvas, x: float, y: float, rx: float, ry: float, count: int = 9) -> list[Lump]:
    """Lumps that together make a round crown."""
    lumps = [(x, y, rx * 0.62, ry * 0.66)]
    for i in range(count):
        turn = 2 * np.pi * i / count + canvas.rng.normal(0, 0.15)
        size = canvas.rng.uniform(0.34, 0.46)
        lumps.append((x + np.cos(turn) * rx * 0.62, y + np.sin(turn) * ry * 0.6, rx * size, ry * size))
    return lumps


def hedge(
    canvas: Canvas, x0: float, x1: float, y: float, height: float, tones: Tones, leaf: float
) -> list[Lump]:
    """A hedge standing on `y`; its lumps, for flowers to sit on."""
    lumps = []
    for x in np.arange(x0, x1 + height * 0.3, height * 0.5):
        top = height * canvas.rng.uniform(0.42, 0.54)
        lumps.append((x + canvas.rng.normal(0, height * 0.05), y - height * 0.45, height * 0.42, top))
    mass(canvas, lumps, tones, leaf)
    return lumps


def grass(
    canvas: Canvas,
    top: float,
    bottom: float,
    count: int,
    tones: Tones,
    size: float = 34,
    bare: tuple[float, float] = (0, 0),
) -> None:
    """Patches of tufts on level ground, small at the top of the strip and large at its bottom; none within `bare`."""
    for share in np.sort(canvas.rng.uniform(0, 1, count // 5)):
        x, y = canvas.rng.uniform(0, canvas.width), top + (bottom - top) * share**1.4
        high = size * (0.16 + 0.84 * share)
        tone = canvas.rng.uniform(0.15, 0.75) + 0.25 * (1 - share)
        for _ in range(canvas.rng.integers(2, 9)):
            u, v = x + canvas.rng.normal(0, high * 1.5), y + canvas.rng.normal(0, high * 0.2)
            if not bare[0] < u < bare[1]:
                tuft(
                    canvas,
                    u,
                    v,
                    high * canvas.rng.uniform(0.4, 1),
                    ramp(tones, tone + canvas.rng.normal(0, 0.06)),
                )
        if canvas.rng.uniform() < 0.14 and not bare[0] - high < x < bare[1] + high:
            daisies(canvas, x, y, high)


def daisies(canvas: Canvas, x: float, y: float, size: float) -> None:
    """A few small flowers in the grass."""
    petals, heart = (
        ((255, 250, 236), (238, 190, 84)) if canvas.rng.uniform() < 0.6 else ((246, 214, 120), (214, 140, 60))
    )
    for _ in range(canvas.rng.integers(3, 7)):
        u, v = x + canvas.rng.normal(0, size * 1.3), y - size * canvas.rng.uniform(0.2, 0.8)
        canvas.stroke([(u, v), (u, v + size * 0.5)], [size * 0.05] * 2, FRESH[1])
        canvas.disc(u, v, size * 0.13, petals, size * 0.1)
        canvas.disc(u, v, size * 0.05, heart)


def tuft(canvas: Canvas, x: float, y: float, size: float, colour: Colour, blades: int = 5) -> None:
    """A few blades of grass."""
    lean = np.linspace(-0.7, 0.7, blades) + canvas.rng.normal(0, 0.12, blades)
    angle = -np.pi / 2 + lean
    xy = np.column_stack([x + lean * size * 0.15, np.full(blades, y)])
    length = size * canvas.rng.uniform(0.6, 1.05, blades)
    canvas.areas(
        leaves(xy, length, 0.18, angle), [mix(colour, FRESH[4], 0.1 * (i % 3)) for i in range(blades)]
    )


def blade(
    canvas: Canvas, points: Sequence[tuple[float, float]], width: float, tones: Tones, veins: int = 7
) -> None:
    """One large leaf along its midrib, with a lit and a shaded half and side veins."""
    line = spline(points)
    widths = np.sin(np.linspace(0.06, 1, 24) ** 0.8 * np.pi) * width
    whole = ribbon(line, widths, smooth=False)
    n = len(line)
    canvas.area(whole, tones[2])
    canvas.area(np.vstack([whole[:n], line[::-1]]), tones[1])
    for share in np.linspace(0.12, 0.85, veins):
        i = int(share * (n - 1))
        j = min(int(i + n * 0.1), n - 1)
        for side in (whole[:n], whole[::-1][:n]):
            canvas.stroke(
                [line[i], line[i] * 0.35 + side[j] * 0.65],
                [width * 0.035, width * 0.008],
                fade(tones[3], 0.55),
            )
    canvas.stroke(points, [width * 0.07, width * 0.015], tones[4])


def flower(
    canvas: Canvas,
    x: float,
    y: float,
    r: float,
    tones: Tones,
    heart: Colour,
    petals: int = 5,
    squash: float = 1.0,
) -> None:
    """An open flower."""
    start = canvas.rng.uniform(0, 2 * np.pi)
    for ring, tone in ((1.0, tones[2]), (0.72, tones[3])):
        angle = start + np.arange(petals) * 2 * np.pi / petals + (1 - ring)
        shapes = leaves(np.zeros((petals, 2)), np.full(petals, r * ring), 0.78, angle) * (1, squash) + (x, y)
        canvas.areas(shapes, [mix(tone, tones[1], 0.25 * (i % 2)) for i in range(petals)])
    canvas.disc(x, y, r * 0.2, heart, r * 0.2 * squash)


def blossoms(
    canvas: Canvas, lumps: Sequence[Lump], count: int, r: float, tones: Tones, heart: Colour
) -> None:
    """Flowers sprinkled over a hedge or a crown."""
    for _ in range(count):
        x, y, rx, ry = lumps[int(canvas.rng.integers(0, len(lumps)))]
        turn, far = canvas.rng.uniform(0, 2 * np.pi), canvas.rng.uniform(0.1, 0.95)
        flower(
            canvas,
            x + np.cos(turn) * rx * far,
            y + np.sin(turn) * ry * far,
            r * canvas.rng.uniform(0.7, 1.2),
            tones,
            heart,
            squash=0.85,
        )
