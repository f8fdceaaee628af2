"""What is built: tiled and thatched roofs, the house, gate, fence, bridge, bee box, lantern."""

from __future__ import annotations

import numpy as np
from canvas import Canvas
from colour import BUTTER, CLAY, CREAM, SHADE, STONE, WOOD, Colour, Tones, fade, mix
from roofs import tiled_roof


def box(canvas: Canvas, x0: float, y0: float, x1: float, y1: float, tones: Tones) -> None:
    """An upright rectangle shaded from its top."""
    canvas.shaded([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], tones)


def door(
    canvas: Canvas, x0: float, y0: float, x1: float, y1: float, leaves: int, tones: Tones = WOOD
) -> None:
    """A row of wooden door leaves with bars above and a panel below."""
    box(canvas, x0, y0, x1, y1, (tones[1], tones[2], tones[1]))
    step = (x1 - x0) / leaves
    for i in range(leaves):
        a, b = x0 + i * step + step * 0.12, x0 + (i + 1) * step - step * 0.12
        high = y1 - y0
        canvas.area(
            [(a, y0 + high * 0.07), (b, y0 + high * 0.07), (b, y0 + high * 0.55), (a, y0 + high * 0.55)],
            tones[0],
        )
        for bar in np.linspace(a, b, 6)[1:-1]:
            canvas.stroke([(bar, y0 + high * 0.07), (bar, y0 + high * 0.55)], [3, 3], tones[2])
        canvas.area(
            [(a, y0 + high * 0.62), (b, y0 + high * 0.62), (b, y0 + high * 0.94), (a, y0 + high * 0.94)],
            tones[3],
        )
        canvas.stroke([(x0 + (i + 1) * step, y0), (x0 + (i + 1) * step, y1)], [2, 2], tones[0])


def garden_house(canvas: Canvas, x: float, y: float, width: float) -> None:
    """An old house of three bays under a tiled roof; (x, y) is the middle of its threshold."""
    u = width / 12
    box(canvas, x - 5.6 * u, y - 0.5 * u, x + 5.6 * u, y, (STONE[3], STONE[2], STONE[1]))
    box(canvas, x - 5.2 * u, y - 3.6 * u, x + 5.2 * u, y - 0.5 * u, (CREAM[1], CREAM[2], CREAM[2]))
    for bay in (-1, 0, 1):
        door(canvas, x + bay * 3.1 * u - 1.2 * u, y - 3.2 * u, x + bay * 3.1 * u + 1.2 * u, y - 0.5 * u, 4)
    canvas.soft(
        [
            [
                (x - 5.4 * u, y - 3.7 * u),
                (x + 5.4 * u, y - 3.7 * u),
                (x + 5.4 * u, y - 2.5 * u),
                (x - 5.4 * u, y - 2.2 * u),
            ]
        ],
        SHADE,
        14,
        0.5,
    )
    for column in (-5.1, -1.65, 1.65, 5.1):
        cx = x + column * u
        canvas.area(
            [
                (cx - 0.16 * u, y - 3.7 * u),
                (cx + 0.16 * u, y - 3.7 * u),
                (cx + 0.18 * u, y - 0.5 * u),
                (cx - 0.18 * u, y - 0.5 * u),
            ],
            WOOD[1],
        )
        lit = cx + np.sign(canvas.light[0]) * 0.09 * u
        canvas.stroke([(lit, y - 3.7 * u), (lit, y - 0.5 * u)], [0.1 * u, 0.1 * u], WOOD[3])
        box(canvas, cx - 0.28 * u, y - 0.7 * u, cx + 0.28 * u, y - 0.45 * u, (STONE[4], STONE[2]))
    tiled_roof(
        canvas,
        [
            (x - 4.5 * u, y - 6.6 * u),
            (x + 4.5 * u, y - 6.6 * u),
            (x + 6.2 * u, y - 3.5 * u),
            (x - 6.2 * u, y - 3.5 * u),
        ],
        12,
        0.36 * u,
    )
    canvas.stroke([(x - 6.25 * u, y - 3.45 * u), (x + 6.25 * u, y - 3.45 * u)], [0.14 * u, 0.14 * u], CLAY[0])
    box(canvas, x - 1.6 * u, y - 0.28 * u, x + 1.6 * u, y + 0.16 * u, (STONE[4], STONE[2]))


def pillar(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    """A gate post of plastered brick with a small tiled cap."""
    half = width / 2
    box(canvas, x - half, y - height, x + half, y, (CREAM[3], CREAM[2], CREAM[1]))
    dark = -np.sign(canvas.light[0])
    canvas.area(
        [
            (x + dark * half, y - height),
            (x + dark * half * 0.35, y - height),
            (x + dark * half * 0.35, y),
            (x + dark * half, y),
        ],
        fade(STONE[1], 0.45),
    )
    box(canvas, x - half * 1.15, y - height * 0.08, x + half * 1.15, y, (STONE[3], STONE[1]))
    box(canvas, x - half * 1.2, y - height * 0.93, x + half * 1.2, y - height * 0.88, (CREAM[4], STONE[2]))
    top = y - height
    tiled_roof(
        canvas,
        [
            (x - half * 0.5, top - width * 0.55),
            (x + half * 0.5, top - width * 0.55),
            (x + half * 1.7, top + 4),
            (x - half * 1.7, top + 4),
        ],
        4,
        width * 0.17,
    )


def window_light(
    canvas: Canvas, x0: float, y0: float, x1: float, y1: float, glow: Colour = (255, 206, 122)
) -> None:
    """A lit window with a wooden cross."""
    canvas.halo((x0 + x1) / 2, (y0 + y1) / 2, (y1 - y0) * 2.2, glow, 0.45)
    box(canvas, x0, y0, x1, y1, (mix(glow, BUTTER, 0.6), glow, mix(glow, CLAY[2], 0.3)))
    for share in (0, 0.33, 0.67, 1):
        x = x0 + (x1 - x0) * share
        canvas.stroke([(x, y0), (x, y1)], [6, 6], WOOD[0])
    for share in (0, 0.3, 1):
        y = y0 + (y1 - y0) * share
        canvas.stroke([(x0, y), (x1, y)], [6, 6], WOOD[0])
