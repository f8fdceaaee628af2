"""Woven bamboo: the basket heaped with fruit, the round tray."""

from __future__ import annotations

import numpy as np
from canvas import Canvas
from colour import CITRUS, SHADE, STRAW, Tones, fade
from outline import Place, leaves, oval, ribbon


def basket(
    canvas: Canvas, x: float, y: float, size: float, fruit: Tones, tones: Tones = STRAW, r: float = 0.2
) -> None:
    """A woven basket heaped with fruit; (x, y) is the middle of its foot, `size` its width."""
    place = Place(x, y, size)
    canvas.area(place(oval(0, -0.46, 0.5, 0.12)), tones[0])
    heap = (
        [(-0.3, -0.5), (0.0, -0.53), (0.3, -0.5), (-0.17, -0.66), (0.16, -0.66), (0, -0.8)]
        if r > 0.17
        else [
            (u, v)
            for row, v in enumerate((-0.5, -0.64, -0.78))
            for u in np.linspace(-0.36 + row * 0.13, 0.36 - row * 0.13, 4 - row)
        ]
    )
    for u, v in heap:
        canvas.disc(x + (u + 0.02) * size, y + (v + 0.03) * size, r * size, fade(SHADE, 0.35))
        canvas.orb(x + u * size, y + v * size, r * size, fruit)
    for u, v in ((-0.34, -0.6), (0.26, -0.62)):
        canvas.areas(
            leaves(place([(u, v)] * 2), np.full(2, size * 0.2), 0.5, np.array([-0.5, -2.6])),
            [CITRUS[2], CITRUS[3]],
        )
    side = [
        (-0.5, -0.46),
        (-0.44, -0.2),
        (-0.36, 0.0),
        (0.36, 0.0),
        (0.44, -0.2),
        (0.5, -0.46),
        (0.25, -0.37),
        (0, -0.345),
        (-0.25, -0.37),
    ]
    canvas.shaded(place(side), (tones[3], tones[2], tones[1]), (-canvas.light[0], 0.4))
    for row in range(6):
        v, half = -0.04 - row * 0.062, 0.375 + row * 0.021
        for i in range(13):
            u0 = -half + 2 * half * i / 13
            if (i + row) % 2:
                sag = 0.07 * (1 - ((u0 + half / 13) / half) ** 2)
                canvas.area(
                    place(oval(u0 + half / 13, v + sag - 0.02, half / 13, 0.024, count=12)),
                    fade(tones[4] if i < 8 else tones[2], 0.75),
                )
    canvas.area(
        place(
            ribbon(
                [(-0.5, -0.46), (-0.26, -0.38), (0, -0.35), (0.26, -0.38), (0.5, -0.46)], [0.06, 0.07, 0.06]
            )
        ),
        tones[2],
    )
    canvas.area(
        place(ribbon([(-0.49, -0.475), (-0.26, -0.395), (0, -0.365), (0.26, -0.395)], [0.02, 0.025, 0.01])),
        tones[4],
    )


def woven_tray(canvas: Canvas, x: float, y: float, rx: float, ry: float, tones: Tones = STRAW) -> None:
    """A round bamboo tray seen from above, slanting."""
    canvas.soft([oval(x - canvas.light[0] * 30, y + ry * 0.16, rx * 1.04, ry * 1.05)], (70, 44, 36), 26, 0.55)
    canvas.area(oval(x, y + ry * 0.07, rx, ry, count=90), tones[0])
    canvas.area(oval(x, y, rx, ry, count=90), tones[2])
    inner = oval(x, y + ry * 0.02, rx * 0.93, ry * 0.92, count=90)
    canvas.shaded(inner, (tones[1], tones[2], tones[3]), (0.3, 1))

    def weave() -> None:
        step = rx / 17
        for j in range(-20, 21):
            for i in range(-20, 21):
                u, v = x + (i - j) * step * 0.72, y + (i + j) * step * 0.72 * ry / rx
                if abs(u - x) < rx and abs(v - y) < ry:
                    a, b = ((-0.62, -0.3), (0.62, 0.3)) if (i + j) % 2 else ((-0.62, 0.3), (0.62, -0.3))
                    canvas.stroke(
                        [(u + a[0] * step, v + a[1] * step), (u + b[0] * step, v + b[1] * step)],
                        [step * 0.3] * 2,
                        fade(tones[3] if (i + j) % 2 else tones[1], 0.55),
                    )

    canvas.within(inner, weave)
    for share, tone, wide in ((0.97, tones[1], 22.0), (0.985, tones[3], 11.0), (0.99, tones[4], 4.0)):
        canvas.area(
            ribbon(
                np.vstack(
                    [oval(x, y, rx * share, ry * share, count=90)] * 1
                    + [oval(x, y, rx * share, ry * share, count=90)[:2]]
                ),
                [wide] * 2,
                smooth=False,
            ),
            tone,
        )
