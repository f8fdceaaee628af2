"""A sika deer in its own units: feet on y = 0, shoulder at y = -1, looking to the right."""

from __future__ import annotations

import numpy as np
from animals import limb
from canvas import Canvas
from colour import CREAM, WOOD, Colour, Tones, mix
from outline import Place, oval, ribbon, spline

COAT: Tones = ((110, 62, 42), (150, 88, 54), (186, 116, 70), (212, 148, 96), (240, 204, 158))


def deer_legs(canvas: Canvas, place: Place, near: bool) -> None:
    """The two legs of one side."""
    tone, dx = (COAT[2], 0.0) if near else (mix(COAT[0], COAT[1], 0.4), 0.12)
    limb(
        canvas,
        place,
        [(0.42 + dx, -0.72), (0.45 + dx, -0.5), (0.45 + dx, -0.36), (0.455 + dx, -0.2), (0.46 + dx, -0.05)],
        [0.24, 0.13, 0.08, 0.055, 0.06],
        tone,
    )
    limb(
        canvas,
        place,
        [
            (-0.5 + dx, -0.78),
            (-0.45 + dx, -0.54),
            (-0.57 + dx, -0.36),
            (-0.565 + dx, -0.2),
            (-0.54 + dx, -0.05),
        ],
        [0.36, 0.24, 0.09, 0.062, 0.062],
        tone,
    )
    for x in (0.47 + dx, -0.53 + dx):
        canvas.area(place([(x - 0.04, -0.07), (x + 0.03, -0.07), (x + 0.065, 0), (x - 0.04, 0)]), WOOD[0])


def deer(
    canvas: Canvas,
    x: float,
    y: float,
    size: float,
    flip: bool = False,
    grazing: bool = False,
    stag: bool = True,
) -> None:
    """A sika deer standing or grazing, with antlers if it is a stag."""
    place = Place(x, y, size, flip)
    deer_legs(canvas, place, near=False)
    limb(canvas, place, [(-0.66, -0.9), (-0.75, -0.82), (-0.76, -0.68)], [0.06, 0.1, 0.02], COAT[1])
    neck = (
        [(0.34, -0.8), (0.64, -0.76), (0.86, -0.46)]
        if grazing
        else [(0.36, -0.8), (0.58, -1.06), (0.74, -1.42)]
    )
    head = Place(0.92, -0.3, 1, turn=1.05) if grazing else Place(0.78, -1.46, 1, turn=0.32)
    body = spline(
        [
            (-0.68, -0.92),
            (-0.5, -0.98),
            (-0.2, -0.955),
            (0.1, -0.945),
            (0.4, -1.0),
            (0.56, -0.9),
            (0.58, -0.7),
            (0.4, -0.56),
            (0.05, -0.53),
            (-0.3, -0.57),
            (-0.56, -0.56),
            (-0.71, -0.76),
        ],
        closed=True,
    )
    canvas.area(place(body), COAT[2])
    limb(canvas, place, neck, [0.46, 0.33, 0.19], COAT[2])
    deer_legs(canvas, place, near=True)
    deer_coat(canvas, place, neck, body)
    deer_head(canvas, place, head, stag)


def deer_coat(canvas: Canvas, place: Place, neck: list[tuple[float, float]], body: np.ndarray) -> None:
    """Light and shade on the coat, the dark line of the back, spots in loose rows, the white rump."""

    def paint() -> None:
        blur = place.size * 0.05
        canvas.soft(
            [place(ribbon([(-0.34, -0.56), (0.0, -0.52), (0.36, -0.55)], [0.06, 0.13, 0.06]))],
            COAT[4],
            blur,
            0.9,
        )
        canvas.soft(
            [place(ribbon([(-0.7, -0.95), (0.0, -0.95), (0.5, -0.98)], [0.1, 0.12, 0.1]))],
            COAT[1],
            blur,
            0.75,
        )
        canvas.soft(
            [place(ribbon([(-0.26, -0.84), (-0.2, -0.66), (-0.33, -0.54)], [0.03, 0.06, 0.03]))],
            COAT[1],
            blur * 0.5,
            0.6,
        )
        canvas.soft(
            [place(ribbon([(0.26, -0.86), (0.28, -0.7), (0.36, -0.56)], [0.03, 0.06, 0.03]))],
            COAT[1],
            blur * 0.5,
            0.6,
        )

    canvas.within(place(body), paint)
    front = [(u + 0.1, v + 0.07) for u, v in neck]
    canvas.soft([place(ribbon(front, [0.02, 0.13, 0.08]))], COAT[3], place.size * 0.03, 0.8)
    limb(
        canvas,
        place,
        [(0.36, -0.985), (0.1, -0.935), (-0.2, -0.945), (-0.5, -0.97), (-0.64, -0.93)],
        [0.008, 0.03, 0.034, 0.03, 0.008],
        COAT[0],
    )
    for row in range(5):
        for x in np.arange(-0.6 + 0.05 * (row % 2), 0.5 - 0.03 * row, 0.1):
            back = -0.95 - 0.05 * np.sin((x + 0.1) * 2.2) ** 2
            u, v = x + canvas.rng.normal(0, 0.012), back + 0.06 + row * 0.066 + canvas.rng.normal(0, 0.008)
            r = canvas.rng.uniform(0.011, 0.02) * (1 - 0.08 * row)
            if canvas.rng.uniform() < 0.93 - 0.08 * row:
                canvas.area(place(oval(u, v, r * 1.3, r, 0.3, 14)), mix(CREAM[4], COAT[3], 0.12))
    canvas.blob(
        place([(-0.71, -0.82), (-0.66, -0.87), (-0.61, -0.8), (-0.62, -0.7), (-0.69, -0.69)]), CREAM[3]
    )
    limb(canvas, place, [(-0.67, -0.88), (-0.735, -0.8), (-0.745, -0.7)], [0.02, 0.05, 0.012], CREAM[4])


def deer_head(canvas: Canvas, place: Place, head: Place, stag: bool) -> None:
    """Head, ears, eye and antlers; `head` sets it on the neck."""

    def put(points: object) -> np.ndarray:
        return place(head(points))  # type: ignore[arg-type]

    canvas.area(put(ribbon([(-0.04, -0.02), (-0.16, -0.1), (-0.3, -0.1)], [0.05, 0.13, 0.0])), COAT[1])
    if stag:
        antler(
            canvas,
            lambda points: put(Place(0.05, 0.02, 0.92, turn=0.2)(points)),
            0.0,
            mix(STAG_BONE, COAT[0], 0.35),
        )
    canvas.blob(
        put(
            [
                (-0.12, 0.0),
                (-0.06, -0.11),
                (0.08, -0.12),
                (0.26, -0.04),
                (0.37, 0.02),
                (0.38, 0.09),
                (0.3, 0.12),
                (0.12, 0.14),
                (-0.04, 0.14),
            ]
        ),
        COAT[2],
    )
    canvas.blob(
        put([(0.12, 0.06), (0.3, 0.05), (0.37, 0.08), (0.3, 0.12), (0.12, 0.14), (0.02, 0.12)]), COAT[4]
    )
    canvas.area(put(oval(0.365, 0.035, 0.035, 0.03)), WOOD[0])
    canvas.area(put(oval(0.09, -0.035, 0.04, 0.03)), CREAM[2])
    canvas.area(put(oval(0.092, -0.035, 0.028, 0.026)), (36, 26, 26))
    canvas.area(put(oval(0.1, -0.043, 0.008, 0.008)), CREAM[4])
    if stag:
        antler(canvas, put, 0.0, STAG_BONE)
    canvas.area(put(ribbon([(-0.02, -0.06), (-0.14, -0.17), (-0.3, -0.19)], [0.05, 0.14, 0.0])), COAT[2])
    canvas.area(put(ribbon([(-0.05, -0.08), (-0.15, -0.165), (-0.26, -0.18)], [0.02, 0.07, 0.0])), COAT[4])


STAG_BONE: Colour = (226, 196, 150)


def antler(canvas: Canvas, put: object, shift: float, tone: Colour) -> None:
    """One antler with its tines."""
    beam = [(0.0 + shift, -0.08), (-0.13 + shift, -0.26), (-0.24 + shift, -0.46), (-0.18 + shift, -0.7)]
    for points, widths in (
        (beam, [0.05, 0.038, 0.03, 0.01]),
        ([(-0.02 + shift, -0.15), (0.1 + shift, -0.22), (0.14 + shift, -0.34)], [0.04, 0.03, 0.008]),
        ([(-0.19 + shift, -0.36), (-0.07 + shift, -0.44), (-0.03 + shift, -0.56)], [0.035, 0.028, 0.008]),
        ([(-0.24 + shift, -0.48), (-0.34 + shift, -0.55), (-0.37 + shift, -0.66)], [0.03, 0.024, 0.006]),
    ):
        canvas.area(put(ribbon(points, widths)), tone)  # type: ignore[operator]
