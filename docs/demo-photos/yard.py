"""What stands about a house: fence, bridge, bee box, lantern, stone."""

from __future__ import annotations

import numpy as np
from canvas import Canvas
from colour import STONE, STRAW, WOOD, Tones, fade
from outline import Place, lumpy, moved, oval


def fence(
    canvas: Canvas, x0: float, x1: float, y: float, height: float, tones: Tones = STRAW, step: float = 0.42
) -> None:
    """A bamboo fence."""
    for x in np.arange(x0, x1, height * step):
        top = y - height * canvas.rng.uniform(0.92, 1.08)
        canvas.stroke([(x, y), (x + canvas.rng.normal(0, 3), top)], [height * 0.1, height * 0.085], tones[1])
        canvas.stroke(
            [(x - height * 0.02, y), (x - height * 0.02, top)], [height * 0.04, height * 0.03], tones[3]
        )
    for share in (0.3, 0.75):
        canvas.stroke(
            [(x0 - 10, y - height * share), (x1 + 10, y - height * share - 3)], [height * 0.08] * 2, tones[2]
        )
        canvas.stroke(
            [
                (x0 - 10, y - height * share - height * 0.02),
                (x1 + 10, y - height * share - 3 - height * 0.02),
            ],
            [height * 0.03] * 2,
            tones[4],
        )


def bridge(
    canvas: Canvas, x0: float, x1: float, y: float, rise: float, deck: float, tones: Tones = WOOD
) -> None:
    """A small arched wooden bridge seen from the side."""
    x = np.linspace(x0, x1, 30)
    arch = y - rise * np.sin(np.linspace(0, 1, 30) * np.pi)
    line = np.column_stack([x, arch])
    canvas.area(np.vstack([line, moved(line, 0, deck)[::-1]]), tones[1])
    canvas.stroke(line[::3], [deck * 0.35] * 3, tones[3])
    for i in range(0, 30, 2):
        canvas.stroke([line[i] + (0, deck * 0.15), line[i] + (0, deck)], [2, 2], fade(tones[0], 0.7))
    for i in range(1, 30, 4):
        canvas.stroke([line[i], line[i] - (0, deck * 3.1)], [deck * 0.34, deck * 0.3], tones[1])
        canvas.stroke(
            [line[i] - (deck * 0.08, 0), line[i] - (deck * 0.08, deck * 3.1)], [deck * 0.12] * 2, tones[3]
        )
    for up in (3.0, 1.6):
        canvas.stroke(line[::3] - (0, deck * up), [deck * 0.34] * 3, tones[2])
        canvas.stroke(line[::3] - (0, deck * up + deck * 0.08), [deck * 0.12] * 3, tones[4])


def bee_box(canvas: Canvas, x: float, y: float, size: float, tones: Tones) -> None:
    """A bee box on four legs with a flat tin roof; (x, y) is the middle of its feet."""
    place = Place(x, y, size)
    for foot in (-0.42, 0.3, 0.52):
        low = 0.0 if foot < 0.5 else -0.06
        canvas.area(
            place([(foot - 0.04, -0.35), (foot + 0.04, -0.35), (foot + 0.04, low), (foot - 0.04, low)]),
            WOOD[0],
        )
    canvas.shaded(place([(-0.5, -1.0), (0.36, -1.0), (0.36, -0.3), (-0.5, -0.3)]), (tones[3], tones[2]))
    canvas.shaded(place([(0.36, -1.0), (0.6, -1.06), (0.6, -0.38), (0.36, -0.3)]), (tones[1], tones[0]))
    for up in (-0.78, -0.54):
        canvas.stroke(place([(-0.5, up), (0.36, up)]), [size * 0.014] * 2, fade(tones[0], 0.6))
    canvas.area(place([(-0.58, -1.0), (0.4, -1.0), (0.68, -1.08), (-0.28, -1.08)]), STONE[4])
    canvas.area(place([(-0.58, -1.0), (0.4, -1.0), (0.4, -0.93), (-0.58, -0.93)]), STONE[2])
    canvas.area(place([(0.4, -1.0), (0.68, -1.08), (0.68, -1.01), (0.4, -0.93)]), STONE[1])
    canvas.area(place([(-0.26, -0.4), (0.12, -0.4), (0.12, -0.35), (-0.26, -0.35)]), WOOD[0])
    canvas.area(place([(-0.32, -0.34), (0.18, -0.34), (0.24, -0.29), (-0.4, -0.29)]), tones[4])


def lantern(canvas: Canvas, x: float, y: float, r: float, tones: Tones, cord: float = 40) -> None:
    """A paper lantern that shines; (x, y) is its middle."""
    canvas.halo(x, y, r * 4.2, tones[3], 0.5)
    canvas.stroke([(x, y - cord - r), (x, y - r)], [2, 2], WOOD[0])
    canvas.area(oval(x, y, r, r * 0.95), tones[1])
    for share, tone in ((0.82, tones[2]), (0.58, tones[3]), (0.3, tones[4])):
        canvas.area(oval(x, y + r * 0.04, r * share, r * 0.93), fade(tone, 0.75))
    for share in (0.95, 0.6, 0.22):
        for side in (-1, 1):
            canvas.stroke(
                [(x, y - r * 0.95), (x + side * r * share, y), (x, y + r * 0.95)],
                [1.4, 2, 1.4],
                fade(tones[0], 0.45),
            )
    for up in (-0.95, 0.95):
        canvas.stroke([(x - r * 0.36, y + up * r), (x + r * 0.36, y + up * r)], [r * 0.16] * 2, WOOD[1])
    for tassel in (-0.12, 0, 0.12):
        canvas.stroke([(x + tassel * r, y + r), (x + tassel * r * 1.4, y + r * 1.75)], [3, 2], tones[1])


def stone(canvas: Canvas, x: float, y: float, r: float, tones: Tones = STONE) -> None:
    """A rounded stone half in the ground."""
    canvas.area(lumpy(canvas.rng, x, y, r, r * 0.55, 0.05), tones[1])
    canvas.area(
        lumpy(canvas.rng, x + canvas.light[0] * r * 0.14, y - r * 0.1, r * 0.8, r * 0.4, 0.05), tones[2]
    )
    canvas.area(
        lumpy(canvas.rng, x + canvas.light[0] * r * 0.26, y - r * 0.2, r * 0.45, r * 0.2, 0.05), tones[3]
    )
