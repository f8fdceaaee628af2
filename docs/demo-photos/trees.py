"""Trees with trunk and crown: citrus, shade trees, jackfruit, and bare branches for persimmon and peach."""

from __future__ import annotations

import numpy as np
from canvas import Canvas
from colour import CITRUS, FOREST, SHADE, WOOD, Colour, Tones, fade, mix, ramp
from foliage import crown, mass
from outline import leaves, oval, ribbon

Tips = list[tuple[float, float, float]]


def trunk(
    canvas: Canvas, points: list[tuple[float, float]], widths: list[float], tones: Tones = WOOD
) -> None:
    """A trunk or bough from its foot upwards, lit from the sun's side, with strokes of bark."""
    canvas.stroke(points, widths, tones[1])
    shift = np.sign(canvas.light[0]) * max(widths) * 0.2
    lit = [(x + shift * (1 - i / len(points) * 0.5), y) for i, (x, y) in enumerate(points)]
    canvas.stroke(lit, [w * 0.42 for w in widths], tones[2])
    canvas.stroke([(x + shift * 0.3, y) for x, y in lit], [w * 0.14 for w in widths], tones[3])
    p = np.asarray(points)
    for _ in range(int(max(widths) / 3)):
        i, share = canvas.rng.integers(0, len(p) - 1), canvas.rng.uniform(0, 0.8)
        x, y = p[i] + (p[i + 1] - p[i]) * share
        x += canvas.rng.uniform(-0.3, 0.3) * min(widths)
        way = (p[i + 1] - p[i]) * 0.12
        canvas.stroke([(x, y), (x + way[0], y + way[1])], [1, 3.5, 1], fade(tones[0], 0.5))


def shadow(
    canvas: Canvas, x: float, y: float, rx: float, ry: float, alpha: float = 0.4, tone: Colour = SHADE
) -> None:
    """The soft shadow of a tree on the ground, thrown away from the sun."""
    canvas.soft([oval(x - canvas.light[0] * rx * 0.45, y, rx, ry)], tone, ry * 0.45, alpha)


def hang(
    canvas: Canvas, x: float, y: float, r: float, fruit: Tones, tones: Tones = CITRUS, dark: float = 1.0
) -> None:
    """A fruit on its stalk with a shadow behind it and two leaves over it."""
    canvas.disc(x - canvas.light[0] * r * 0.16, y + r * 0.12, r * 1.02, fade(tones[0], 0.5 * dark))
    canvas.orb(x, y, r, fruit)
    canvas.disc(x, y - r * 0.86, r * 0.1, tones[1], r * 0.07)
    angle = np.array([0.35, 2.7]) + canvas.rng.normal(0, 0.3, 2)
    spot = np.array([[x, y - r * 0.95]] * 2)
    canvas.areas(leaves(spot, np.full(2, r * 1.0), 0.5, angle), [tones[2], tones[3]])


def fruits(
    canvas: Canvas, x: float, y: float, rx: float, ry: float, count: int, r: float, fruit: Tones, tones: Tones
) -> None:
    """Fruit spread over a crown, kept apart from one another, the lower ones larger."""
    put: list[tuple[float, float]] = []
    for _ in range(count * 30):
        turn, far = canvas.rng.uniform(0, 2 * np.pi), np.sqrt(canvas.rng.uniform(0, 0.8))
        u, v = x + np.cos(turn) * rx * far, y + np.sin(turn) * ry * far
        if all(np.hypot(u - a, v - b) > r * 2.3 for a, b in put):
            put.append((u, v))
        if len(put) == count:
            break
    for u, v in sorted(put, key=lambda spot: spot[1]):
        hang(canvas, u, v, r * canvas.rng.uniform(0.85, 1.12), fruit, tones)


def fruit_tree(
    canvas: Canvas, x: float, y: float, size: float, fruit: Tones, count: int, r: float, tones: Tones = CITRUS
) -> None:
    """A citrus tree of height `size` standing on (x, y), laden with round fruit of radius `r`."""
    bend = canvas.rng.uniform(-0.025, 0.025) * size
    trunk(
        canvas,
        [(x, y), (x + bend, y - size * 0.2), (x - bend, y - size * 0.5)],
        [size * 0.085, size * 0.06, size * 0.05],
    )
    for side in (-1, 1):
        trunk(
            canvas,
            [
                (x + bend, y - size * 0.2),
                (x + side * size * 0.12, y - size * 0.36),
                (x + side * size * 0.25, y - size * 0.5),
            ],
            [size * 0.045, size * 0.03, size * 0.02],
        )
    cx, cy, rx, ry = x, y - size * 0.62, size * 0.44, size * 0.36
    mass(canvas, crown(canvas, cx, cy, rx, ry), tones, max(size * 0.055, 7))
    fruits(canvas, cx, cy + ry * 0.12, rx * 0.88, ry * 0.82, count, r, fruit, tones)


def shade_tree(
    canvas: Canvas, x: float, y: float, size: float, tones: Tones = FOREST, leaf: float = 0.04
) -> None:
    """A tall broad tree without fruit."""
    bend = canvas.rng.normal(0, 0.04) * size
    trunk(
        canvas,
        [(x, y), (x + bend, y - size * 0.3), (x - bend * 0.4, y - size * 0.62)],
        [size * 0.075, size * 0.05, size * 0.03],
    )
    for side in (-1, 1):
        trunk(
            canvas,
            [
                (x + bend, y - size * 0.32),
                (x + side * size * 0.12, y - size * 0.5),
                (x + side * size * 0.22, y - size * 0.62),
            ],
            [size * 0.03, size * 0.022, size * 0.012],
        )
    lumps = [
        *crown(canvas, x, y - size * 0.7, size * 0.36, size * 0.27, 8),
        *crown(canvas, x + size * 0.1, y - size * 0.85, size * 0.2, size * 0.14, 4),
    ]
    mass(canvas, lumps, tones, max(size * leaf, 7))


def boughs(
    canvas: Canvas,
    x: float,
    y: float,
    length: float,
    angle: float,
    width: float,
    depth: int,
    tones: Tones = WOOD,
) -> Tips:
    """A bare branching bough; the spots (x, y, angle) where twigs bear leaves or fruit."""
    bend = canvas.rng.normal(0, 0.22)
    u, v = x + np.cos(angle) * length * 0.5, y + np.sin(angle) * length * 0.5
    p, q = u + np.cos(angle + bend) * length * 0.5, v + np.sin(angle + bend) * length * 0.5
    canvas.area(
        ribbon([(x, y), (u, v), (p, q)], [width, width * 0.8, width * 0.62]), ramp(tones, 0.12 + 0.07 * depth)
    )
    canvas.disc(p, q, width * 0.31, ramp(tones, 0.12 + 0.07 * depth))
    side = np.sign(canvas.light[0]) * width * 0.18
    canvas.area(
        ribbon([(x + side, y), (u + side, v), (p + side, q)], [width * 0.3, width * 0.22, width * 0.1]),
        tones[3],
    )
    if depth == 0:
        return [(p, q, angle), (u, v, angle)]
    tips: Tips = [(p, q, angle)] if depth < 3 else []
    for turn in (-0.5, 0.42) if canvas.rng.uniform() < 0.6 else (-0.62, 0.05, 0.6):
        tips += boughs(
            canvas,
            p,
            q,
            length * canvas.rng.uniform(0.66, 0.84),
            angle + turn + canvas.rng.normal(0, 0.12),
            width * 0.62,
            depth - 1,
            tones,
        )
    return tips


def far_trees(canvas: Canvas, y: float, height: float, tones: Tones, step: float = 0.7) -> None:
    """A line of distant trees standing on `y`."""
    band = [
        (-40, y - height * 0.75),
        (canvas.width + 40, y - height * 0.75),
        (canvas.width + 40, y),
        (-40, y),
    ]
    canvas.soft([band], tones[0], height * 0.12, 0.8)
    canvas.area(
        [(0, y - height * 0.62), (canvas.width, y - height * 0.62), (canvas.width, y + 12), (0, y + 12)],
        tones[0],
    )
    for x in np.arange(-height, canvas.width + height, height * step):
        h = height * canvas.rng.uniform(0.6, 1.15)
        lumps = [
            (x + canvas.rng.normal(0, h * 0.2), y - h * 0.4, h * 0.5, h * 0.42),
            (x, y - h * 0.65, h * 0.34, h * 0.3),
        ]
        mass(canvas, lumps, tones, max(h * 0.13, 8), 0.7, 0.6)
    canvas.soft(
        [[(0, y - height * 0.1), (canvas.width, y - height * 0.1), (canvas.width, y + 8), (0, y + 8)]],
        mix(tones[0], SHADE, 0.4),
        10,
        0.35,
    )
