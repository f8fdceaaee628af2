"""Birds in their own units: feet on y = 0, looking to the right."""

from __future__ import annotations

import numpy as np
from animals import HIDE, limb
from canvas import Canvas
from colour import CREAM, ORANGE, Colour, Tones
from outline import Place, oval, spline

FEATHER: Tones = ((96, 44, 34), (150, 70, 38), (200, 106, 48), (230, 154, 76), (248, 206, 140))
COMB: Colour = (206, 62, 52)


def chicken(
    canvas: Canvas,
    x: float,
    y: float,
    size: float,
    tones: Tones = FEATHER,
    flip: bool = False,
    rooster: bool = False,
    pecking: bool = False,
) -> None:
    """A hen or a rooster; its back is about at y = -0.8."""
    place = Place(x, y, size, flip)
    for dx in (0.1, -0.04):
        limb(canvas, place, [(dx, -0.34), (dx + 0.02, -0.18), (dx, -0.03)], [0.05, 0.034, 0.03], ORANGE[1])
        limb(canvas, place, [(dx, -0.36), (dx + 0.01, -0.28)], [0.16, 0.07], tones[1])
        for toe, down in ((0.12, -0.005), (0.07, 0.015), (-0.05, 0.01)):
            limb(canvas, place, [(dx, -0.03), (dx + toe, down)], [0.03, 0.012], ORANGE[1])
    plumes(canvas, place, tones, rooster)
    canvas.shaded(
        place(
            spline(
                [
                    (-0.42, -0.74),
                    (-0.2, -0.66),
                    (0.06, -0.68),
                    (0.28, -0.82),
                    (0.4, -0.7),
                    (0.36, -0.48),
                    (0.18, -0.32),
                    (-0.08, -0.28),
                    (-0.3, -0.42),
                ],
                closed=True,
            )
        ),
        (tones[3], tones[2], tones[1]),
    )
    neck = (
        [(0.18, -0.62), (0.36, -0.5), (0.48, -0.2)]
        if pecking
        else [(0.2, -0.6), (0.32, -0.84), (0.36, -1.02)]
    )
    limb(canvas, place, neck, [0.38, 0.24, 0.13], tones[3])
    collar = np.array([neck[0][0] + (0.02 if pecking else 0.03), neck[0][1] + (0.02 if pecking else 0.06)])
    up = np.array(neck[1]) - collar
    across = np.array([-up[1], up[0]])
    for i in range(9):
        side = (i - 4) / 4
        start, end = (
            collar + up * 1.1 + across * side * 0.34,
            collar - up * 0.2 * (1 - side * side) + across * side * 0.72,
        )
        limb(
            canvas,
            place,
            [tuple(start), tuple((start + end) / 2), tuple(end)],
            [0.008, 0.07, 0.012],
            tones[4] if i % 2 else tones[2],
        )
    wing = spline(
        [
            (0.2, -0.62),
            (0.02, -0.64),
            (-0.26, -0.56),
            (-0.44, -0.5),
            (-0.24, -0.4),
            (0.04, -0.38),
            (0.2, -0.48),
        ],
        closed=True,
    )
    canvas.shaded(place(wing), (tones[2], tones[1], tones[0]))
    for i in range(5):
        limb(
            canvas,
            place,
            [(0.08 - 0.06 * i, -0.56 + 0.01 * i), (-0.08 - 0.065 * i, -0.45 + 0.012 * i)],
            [0.02, 0.05, 0.01],
            tones[3] if i % 2 else tones[1],
        )
    chicken_head(
        canvas,
        place,
        Place(0.5, -0.12, 1, turn=1.2) if pecking else Place(0.38, -1.06, 1),
        tones,
        1.5 if rooster else 1.0,
    )


def plumes(canvas: Canvas, place: Place, tones: Tones, rooster: bool) -> None:
    """The tail: short for a hen, in sickles for a rooster."""
    if rooster:
        green: Tones = ((24, 52, 56), (34, 78, 76), (54, 106, 96), (92, 140, 118), (140, 176, 140))
        for i, turn in enumerate(np.linspace(0.1, 1.5, 7)):
            reach = 0.72 - 0.04 * i
            mid = (-0.36 - 0.32 * np.cos(turn) * reach, -0.66 - reach * 0.75 * np.sin(turn) - 0.16)
            limb(
                canvas,
                place,
                [(-0.3, -0.62), mid, (mid[0] - 0.22, mid[1] + 0.16 + 0.1 * np.cos(turn))],
                [0.1, 0.1, 0.01],
                green[i % 4],
            )
        return
    for i, turn in enumerate(np.linspace(0.15, 1.1, 5)):
        limb(
            canvas,
            place,
            [(-0.26, -0.6), (-0.34 - 0.26 * np.cos(turn), -0.62 - 0.34 * np.sin(turn))],
            [0.1, 0.13, 0.06],
            tones[i % 3],
        )


def chicken_head(canvas: Canvas, place: Place, head: Place, tones: Tones, comb: float) -> None:
    """Head with comb, beak and wattle."""

    def put(points: object) -> np.ndarray:
        return place(head(points))  # type: ignore[arg-type]

    for i, x in enumerate((-0.07, 0.0, 0.06)):
        canvas.area(put(oval(x, -0.08 * comb, 0.035 * comb, (0.06 - 0.008 * i) * comb)), COMB)
    canvas.area(put([(0.06, -0.04), (0.19, 0.02), (0.06, 0.05)]), ORANGE[2])
    canvas.area(put(oval(0.06, 0.09, 0.028 * comb, 0.055 * comb)), COMB)
    canvas.area(put(oval(0, 0, 0.1, 0.09)), tones[3])
    canvas.area(put(oval(0.05, 0.015, 0.05, 0.04)), COMB)
    canvas.area(put(oval(0.035, -0.015, 0.016, 0.016)), (30, 22, 24))


def chick(canvas: Canvas, x: float, y: float, size: float, flip: bool = False) -> None:
    """A chick."""
    place = Place(x, y, size, flip)
    for dx in (-0.08, 0.08):
        limb(canvas, place, [(dx, -0.2), (dx + 0.02, 0)], [0.04, 0.03], ORANGE[1])
    canvas.area(place(oval(0, -0.36, 0.34, 0.26)), (238, 204, 110))
    canvas.area(place(oval(-0.04, -0.4, 0.2, 0.12, -0.2)), (222, 180, 84))
    canvas.area(place(oval(0.24, -0.62, 0.19, 0.18)), (246, 218, 130))
    canvas.area(place([(0.4, -0.66), (0.54, -0.6), (0.4, -0.55)]), ORANGE[1])
    canvas.area(place(oval(0.3, -0.65, 0.03, 0.03)), (30, 22, 24))


def egret(canvas: Canvas, x: float, y: float, size: float, flip: bool = False) -> None:
    """A white egret, standing."""
    place = Place(x, y, size, flip)
    for dx in (-0.03, 0.06):
        limb(canvas, place, [(dx, -0.45), (dx + 0.02, -0.2), (dx, 0)], [0.03, 0.022, 0.02], HIDE[0])
    canvas.shaded(
        place(
            spline(
                [(0.2, -0.66), (0.0, -0.68), (-0.28, -0.52), (-0.44, -0.36), (-0.1, -0.4), (0.14, -0.48)],
                closed=True,
            )
        ),
        (CREAM[4], CREAM[3], CREAM[1]),
    )
    limb(
        canvas,
        place,
        [(0.1, -0.58), (0.26, -0.74), (0.16, -0.9), (0.22, -1.06), (0.3, -1.1)],
        [0.14, 0.09, 0.065, 0.06, 0.07],
        CREAM[4],
    )
    canvas.area(place([(0.3, -1.13), (0.52, -1.06), (0.3, -1.06)]), ORANGE[2])


def flying(canvas: Canvas, x: float, y: float, size: float, lift: float = 0.4) -> None:
    """A white bird on the wing, far away."""
    place = Place(x, y, size)
    for side in (-1, 1):
        limb(
            canvas,
            place,
            [(0, 0), (side * 0.45, -lift), (side * 1.0, -lift * 0.7)],
            [0.16, 0.16, 0.01],
            CREAM[4] if side < 0 else CREAM[2],
        )
    limb(canvas, place, [(-0.3, 0.06), (0, 0.0), (0.4, -0.02)], [0.02, 0.14, 0.03], CREAM[4])
