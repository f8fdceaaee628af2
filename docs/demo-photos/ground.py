"""Ground and water: meadow, beds, paths, tiles, dapples of sun, ponds."""

from __future__ import annotations

import numpy as np
from canvas import Canvas
from colour import BUTTER, CLAY, FRESH, SHADE, Colour, Tones, fade, mix, ramp
from foliage import grass, tuft
from outline import Ground, moved, oval, profile, ribbon, spline


def meadow(canvas: Canvas, top: float, tones: Tones = FRESH, tufts: int = 420, size: float = 40) -> None:
    """Grass from `top` to the lower edge: pale in the distance, deep in front."""
    w, h = canvas.width, canvas.height
    x = np.linspace(-20, w + 20, 60)
    wave = sum(
        np.sin(x / run + canvas.rng.uniform(0, 6)) * high for run, high in ((210, 5), (70, 2.5), (31, 1.2))
    )
    edge = np.vstack([np.column_stack([x, top + wave]), [(w + 20, h), (-20, h)]])
    canvas.shaded(edge, (mix(tones[3], BUTTER, 0.25), tones[2], mix(tones[2], tones[1], 0.7)))
    for _ in range(16):
        share = canvas.rng.uniform(0, 1)
        v = top + (h - top) * share**1.6
        u, half = canvas.rng.uniform(0, w), canvas.rng.uniform(120, 420) * (0.3 + share)
        tone = tones[3] if canvas.rng.uniform() < 0.5 else tones[1]
        canvas.soft([oval(u, v, half, half * 0.09)], tone, 12, 0.4)
    grass(canvas, top + 6, h + 20, tufts, tones[:4], size)


def dapples(
    canvas: Canvas,
    x: float,
    y: float,
    rx: float,
    ry: float,
    count: int,
    size: float,
    tone: Colour = BUTTER,
    alpha: float = 0.5,
) -> None:
    """Spots of sun under a tree."""
    spots = []
    for _ in range(count):
        turn, far = canvas.rng.uniform(0, 2 * np.pi), np.sqrt(canvas.rng.uniform(0, 1))
        r = size * canvas.rng.uniform(0.25, 1.0) ** 1.3
        spots.append(
            oval(
                x + np.cos(turn) * rx * far,
                y + np.sin(turn) * ry * far,
                r,
                r * 0.3,
                canvas.rng.normal(0, 0.1),
            )
        )
    canvas.soft(spots, tone, 4, alpha)


def path(
    canvas: Canvas,
    points: list[tuple[float, float]],
    widths: list[float],
    tones: Tones = CLAY,
    tufts: Tones = FRESH,
) -> None:
    """A trodden path."""
    edge = ribbon(points, [w * 1.12 for w in widths])
    canvas.area(edge, tones[2])
    body = ribbon(points, widths)
    canvas.shaded(body, (mix(tones[4], BUTTER, 0.3), tones[3], mix(tones[3], tones[2], 0.5)))
    line = spline(points)
    for side in (-0.53, 0.53):
        for i in range(0, len(line), 1):
            wide = profile(widths, len(line))[i]
            if canvas.rng.uniform() < 0.75 and wide > 60:
                x, y = (
                    line[i][0] + side * wide * canvas.rng.uniform(0.96, 1.06),
                    line[i][1] + canvas.rng.normal(0, 6),
                )
                tuft(
                    canvas,
                    x,
                    y + wide * 0.03,
                    wide * canvas.rng.uniform(0.08, 0.16),
                    ramp(tufts, canvas.rng.uniform(0.2, 0.6)),
                    6,
                )
    for _ in range(60):
        i = int(canvas.rng.integers(0, len(line)))
        wide = profile(widths, len(line))[i]
        x, r = line[i][0] + canvas.rng.uniform(-0.42, 0.42) * wide, wide * canvas.rng.uniform(0.02, 0.07)
        canvas.disc(
            x,
            line[i][1] + canvas.rng.normal(0, 4),
            r,
            fade(tones[2] if canvas.rng.uniform() < 0.6 else tones[4], 0.6),
            r * 0.3,
        )


def furrow(canvas: Canvas, ground: Ground, across: float, width: float, far: float, tones: Tones) -> None:
    """A strip of earth running away from the eye, lit on one flank."""
    side = width / 2
    for left, right, tone in (
        (-side, side, tones[1]),
        (-side, side * 0.2, tones[2]),
        (-side * 0.5, 0, tones[3]),
    ):
        quad = [
            ground.at(across + left, 0.85)[:2],
            ground.at(across + right, 0.85)[:2],
            ground.at(across + right, far)[:2],
            ground.at(across + left, far)[:2],
        ]
        canvas.area(quad, tone)


def tiles(
    canvas: Canvas,
    ground: Ground,
    left: float,
    right: float,
    far: float,
    tones: Tones = CLAY,
    side: float = 150,
) -> None:
    """A yard of square clay tiles between two sides, from depth `far` to the lower edge."""
    base = [
        ground.at(left, 0.9)[:2],
        ground.at(right, 0.9)[:2],
        ground.at(right, far)[:2],
        ground.at(left, far)[:2],
    ]
    canvas.shaded(base, (tones[4], mix(tones[3], tones[4], 0.3), mix(tones[2], tones[3], 0.6)))
    z = 0.92
    while z < far:
        for x in np.arange(left, right, side):
            if canvas.rng.uniform() < 0.3:
                back = min(z + 0.16, far)
                quad = [
                    ground.at(x, z)[:2],
                    ground.at(x + side, z)[:2],
                    ground.at(x + side, back)[:2],
                    ground.at(x, back)[:2],
                ]
                canvas.area(quad, fade(tones[2] if canvas.rng.uniform() < 0.6 else tones[4], 0.3))
        a, b = ground.at(left, z), ground.at(right, z)
        canvas.stroke([a[:2], b[:2]], [2.6 / z, 2.6 / z], fade(tones[1], 0.4))
        z += 0.16
    for x in np.arange(left, right + 1, side):
        canvas.stroke([ground.at(x, 0.9)[:2], ground.at(x, far)[:2]], [3, 0.8], fade(tones[1], 0.4))


def water(canvas: Canvas, outline: np.ndarray, tones: Tones, glints: int = 60) -> None:
    """Still water that takes the sky's colours, with level glints."""
    canvas.shaded(outline, tones)
    low, high = outline.min(axis=0), outline.max(axis=0)

    def paint() -> None:
        for share in canvas.rng.uniform(0, 1, glints):
            y = low[1] + (high[1] - low[1]) * share
            x, half = canvas.rng.uniform(low[0], high[0]), canvas.rng.uniform(20, 110) * (0.25 + share)
            tone = tones[0] if canvas.rng.uniform() < 0.6 else mix(tones[-1], SHADE, 0.3)
            canvas.stroke(
                [(x - half, y), (x, y + 1), (x + half, y)],
                [0, 2 + 4 * share, 0],
                fade(mix(tone, BUTTER, 0.3), 0.4),
            )

    canvas.within(outline, paint)


def ripples(
    canvas: Canvas, x: float, y: float, r: float, rings: int = 4, squash: float = 0.3, tone: Colour = BUTTER
) -> None:
    """Rings on water where a fish has risen."""
    for ring in range(rings):
        size = r * (ring + 1) / rings
        outer = oval(x, y, size, size * squash, count=60)
        canvas.area(
            np.vstack(
                [
                    outer,
                    outer[:1],
                    (oval(x, y + 1.2, size - 3.5, (size - 3.5) * squash, count=60))[::-1][:1],
                    oval(x, y + 0.8, size - 4, (size - 4) * squash, count=60)[::-1],
                ]
            ),
            fade(tone, 0.62 - 0.12 * ring),
        )


def terrace(canvas: Canvas, line: np.ndarray, fall: float, tones: Tones, bank: Colour) -> None:
    """One step of a terraced slope: a level strip below `line`, its edge and the bank under it."""
    low = moved(line, 0, fall)
    canvas.area(np.vstack([line, low[::-1]]), ramp(tones, canvas.rng.uniform(0.4, 0.8)))
    canvas.stroke(low[::4], [5, 7, 5], tones[4])
    canvas.area(np.vstack([moved(low, 0, 3), moved(low, 0, fall * 0.3 + 3)[::-1]]), bank)
