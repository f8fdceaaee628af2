"""Fruit that lies on a table."""

from __future__ import annotations

import numpy as np
from canvas import Canvas
from colour import FRESH, WOOD, Tones, fade, ramp
from outline import Place, oval, ribbon, spline


def bananas(canvas: Canvas, x: float, y: float, size: float) -> None:
    """A hand of ripe bananas."""
    tones: Tones = ((150, 112, 40), (206, 164, 56), (236, 200, 80), (248, 224, 120), (254, 240, 170))
    place = Place(x, y, size)
    for i, lean in enumerate(np.linspace(-0.62, 0.62, 6)):
        curve = [(lean * 0.12, -0.5), (lean * 0.75, -0.16), (lean * 1.02, 0.26), (lean * 0.88, 0.56)]
        canvas.area(place(ribbon(curve, [0.08, 0.25, 0.27, 0.2, 0.04])), tones[1])
        canvas.area(
            place(ribbon([(u - 0.03, v) for u, v in curve], [0.04, 0.17, 0.19, 0.13, 0.02])), tones[2 + i % 2]
        )
        canvas.area(
            place(ribbon([(u - 0.07, v) for u, v in curve], [0.01, 0.045, 0.05, 0.01])), fade(tones[4], 0.8)
        )
        canvas.area(place(oval(*curve[-1], 0.04, 0.045)), WOOD[0])
    canvas.area(place(ribbon([(0.0, -0.46), (0.02, -0.72)], [0.2, 0.14])), (132, 132, 56))
    canvas.area(place(oval(0.02, -0.73, 0.08, 0.04)), WOOD[1])


def dragon_fruit(canvas: Canvas, x: float, y: float, r: float) -> None:
    """A pink dragon fruit with green-tipped scales."""
    tones: Tones = ((128, 38, 74), (176, 54, 94), (216, 84, 118), (236, 122, 146), (252, 180, 186))
    canvas.orb(x, y, r, tones, r * 1.15)
    for row, v in enumerate((0.6, 0.15, -0.3, -0.7)):
        wide = np.sqrt(1 - v * v) * r
        for u in np.linspace(-wide * 0.8, wide * 0.8, 3 + row % 2):
            base, tip = (x + u, y + v * r * 1.1), (x + u * 1.25, y + v * r * 1.1 - r * 0.55)
            canvas.stroke(
                [base, ((base[0] + tip[0]) / 2 + u * 0.06, (base[1] + tip[1]) / 2), tip],
                [r * 0.3, r * 0.22, 0],
                tones[3],
            )
            canvas.stroke([((base[0] + tip[0]) / 2, (base[1] + tip[1]) / 2), tip], [r * 0.12, 0], FRESH[3])
    for turn in (-2.0, -1.57, -1.15):
        canvas.stroke(
            [(x, y - r), (x + np.cos(turn) * r * 0.6, y - r + np.sin(turn) * r * 0.7)],
            [r * 0.26, 0],
            FRESH[2],
        )


def rambutan(canvas: Canvas, x: float, y: float, r: float) -> None:
    """A hairy red rambutan."""
    tones: Tones = ((120, 34, 40), (168, 48, 48), (208, 76, 62), (228, 112, 86), (246, 164, 124))
    canvas.orb(x, y, r, tones)
    for turn in np.linspace(0, 2 * np.pi, 22, endpoint=False):
        for far in (0.55, 0.95):
            u, v = x + np.cos(turn + far) * r * far, y + np.sin(turn + far) * r * far
            canvas.stroke(
                [(u, v), (u + np.cos(turn + far + 0.5) * r * 0.3, v + np.sin(turn + far + 0.5) * r * 0.3)],
                [r * 0.09, r * 0.02],
                (222, 176, 84) if far > 0.9 else tones[3],
            )


def custard_apple(canvas: Canvas, x: float, y: float, r: float) -> None:
    """A knobbly green custard apple."""
    tones: Tones = ((74, 96, 58), (104, 130, 70), (140, 164, 88), (178, 196, 116), (218, 226, 162))
    canvas.orb(x, y, r, tones)
    for row, v in enumerate(np.linspace(-0.78, 0.78, 6)):
        wide = np.sqrt(1 - v * v)
        for u in np.linspace(-wide, wide, int(3 + wide * 4)) * 0.86:
            lit = 0.5 + 0.4 * (u * canvas.light[0] + v * canvas.light[1]) + 0.05 * (row % 2)
            canvas.disc(x + u * r, y + v * r, r * 0.17, ramp(tones, lit - 0.12), r * 0.15)
            canvas.disc(
                x + u * r + canvas.light[0] * r * 0.04,
                y + v * r + canvas.light[1] * r * 0.04,
                r * 0.12,
                ramp(tones, lit + 0.1),
                r * 0.1,
            )


def mango(canvas: Canvas, x: float, y: float, size: float, turn: float) -> None:
    """A ripe mango with a blush."""
    place = Place(x, y, size, turn=turn)
    shape = place(
        spline(
            [
                (-0.5, -0.05),
                (-0.3, -0.34),
                (0.1, -0.36),
                (0.46, -0.16),
                (0.58, 0.08),
                (0.36, 0.3),
                (-0.1, 0.34),
                (-0.42, 0.2),
            ],
            closed=True,
        )
    )
    canvas.shaded(shape, ((252, 226, 136), (246, 202, 88), (236, 168, 70), (216, 124, 64)), (0.4, 1))
    canvas.soft([place(oval(0.3, 0.04, 0.22, 0.2))], (222, 96, 72), size * 0.14, 0.5)
    canvas.area(place(oval(-0.14, -0.2, 0.16, 0.04, -0.15)), fade((255, 248, 214), 0.6))
    canvas.area(place(oval(-0.5, -0.05, 0.035, 0.03)), WOOD[1])
