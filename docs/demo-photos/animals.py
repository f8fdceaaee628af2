"""Animals in their own units: feet on y = 0, looking to the right, a deer's shoulder at y = -1."""

from __future__ import annotations

from canvas import Canvas
from colour import CREAM, Colour, Tones, mix
from outline import Place, oval, ribbon, spline

HIDE: Tones = ((44, 48, 54), (66, 70, 76), (92, 94, 98), (122, 122, 122), (164, 158, 150))


def limb(
    canvas: Canvas, place: Place, points: list[tuple[float, float]], widths: list[float], tone: Colour
) -> None:
    """A leg, neck or tail of the figure at `place`, rounded at both ends; widths in the figure's units."""
    canvas.area(place(ribbon(points, widths)), tone)
    for end, width in ((points[0], widths[0]), (points[-1], widths[-1])):
        if width > 0.015 and len(tone) == 3:
            canvas.area(place(oval(*end, width / 2, width / 2, count=24)), tone)


def buffalo(canvas: Canvas, x: float, y: float, size: float, flip: bool = False) -> None:
    """A water buffalo, standing, its head low."""
    place = Place(x, y, size, flip)
    buffalo_legs(canvas, place, 0.2, HIDE[0])
    limb(canvas, place, [(-0.78, -0.84), (-0.92, -0.7), (-0.94, -0.4)], [0.07, 0.045, 0.03], HIDE[0])
    canvas.area(place(oval(-0.94, -0.36, 0.045, 0.1)), HIDE[0])
    body = spline(
        [
            (-0.8, -0.88),
            (-0.6, -0.98),
            (-0.3, -0.98),
            (0.0, -0.95),
            (0.36, -1.05),
            (0.64, -0.96),
            (0.74, -0.7),
            (0.6, -0.44),
            (0.2, -0.34),
            (-0.3, -0.36),
            (-0.66, -0.46),
            (-0.86, -0.68),
        ],
        closed=True,
    )
    canvas.area(place(body), HIDE[1])
    buffalo_legs(canvas, place, 0.0, HIDE[1])
    limb(canvas, place, [(0.5, -0.76), (0.82, -0.8), (1.06, -0.74)], [0.58, 0.46, 0.32], HIDE[1])

    def paint() -> None:
        blur = place.size * 0.07
        canvas.soft(
            [
                place(
                    ribbon(
                        [(-0.82, -0.9), (-0.3, -0.98), (0.0, -0.95), (0.36, -1.03), (0.66, -0.94)],
                        [0.1, 0.14, 0.12, 0.14, 0.1],
                    )
                )
            ],
            HIDE[3],
            blur,
            0.95,
        )
        canvas.soft(
            [place(ribbon([(-0.5, -0.36), (0.1, -0.32), (0.6, -0.42)], [0.14, 0.18, 0.12]))],
            HIDE[0],
            blur,
            0.9,
        )
        for spot in (
            [(-0.36, -0.86), (-0.28, -0.64), (-0.42, -0.46)],
            [(0.3, -0.9), (0.24, -0.66), (0.34, -0.46)],
        ):
            canvas.soft([place(ribbon(spot, [0.03, 0.07, 0.03]))], HIDE[0], blur * 0.6, 0.7)
        for u in (-0.12, 0.0, 0.12):
            canvas.soft(
                [place(ribbon([(u, -0.84), (u + 0.02, -0.66), (u - 0.02, -0.5)], [0.01, 0.03, 0.01]))],
                HIDE[2],
                blur * 0.4,
                0.6,
            )

    canvas.within(place(body), paint)
    canvas.soft(
        [place(ribbon([(0.56, -0.98), (0.8, -0.99), (1.0, -0.93)], [0.1, 0.09, 0.04]))],
        HIDE[3],
        place.size * 0.04,
        0.8,
    )
    buffalo_head(canvas, place)


def buffalo_legs(canvas: Canvas, place: Place, dx: float, tone: Colour) -> None:
    """The two legs of one side."""
    limb(
        canvas,
        place,
        [(0.48 + dx, -0.6), (0.5 + dx, -0.4), (0.49 + dx, -0.2), (0.49 + dx, -0.07)],
        [0.3, 0.2, 0.13, 0.13],
        tone,
    )
    limb(
        canvas,
        place,
        [(-0.6 + dx, -0.68), (-0.56 + dx, -0.46), (-0.67 + dx, -0.28), (-0.64 + dx, -0.07)],
        [0.4, 0.3, 0.14, 0.13],
        tone,
    )
    for foot in (0.49 + dx, -0.64 + dx):
        canvas.area(
            place([(foot - 0.065, -0.07), (foot + 0.065, -0.07), (foot + 0.09, 0), (foot - 0.075, 0)]),
            (30, 32, 38),
        )


def buffalo_head(canvas: Canvas, place: Place) -> None:
    """The head with its long horns swept back."""
    limb(
        canvas,
        place,
        [(1.06, -0.94), (0.86, -1.14), (0.56, -1.18), (0.36, -1.1)],
        [0.1, 0.1, 0.06, 0.01],
        mix(HIDE[0], HIDE[4], 0.2),
    )
    limb(canvas, place, [(0.96, -0.84), (0.82, -0.78), (0.7, -0.74)], [0.05, 0.13, 0.02], HIDE[0])
    canvas.blob(
        place(
            [
                (0.98, -0.98),
                (1.14, -0.96),
                (1.32, -0.7),
                (1.42, -0.52),
                (1.36, -0.4),
                (1.22, -0.4),
                (1.06, -0.56),
                (0.94, -0.76),
            ]
        ),
        HIDE[2],
    )
    canvas.blob(place([(1.3, -0.6), (1.41, -0.52), (1.37, -0.41), (1.23, -0.41), (1.2, -0.5)]), HIDE[3])
    canvas.area(place(oval(1.37, -0.51, 0.025, 0.018)), HIDE[0])
    canvas.area(place(oval(1.14, -0.78, 0.03, 0.024)), (24, 22, 26))
    canvas.area(place(oval(1.148, -0.786, 0.008, 0.008)), CREAM[4])
    limb(
        canvas,
        place,
        [(1.1, -0.95), (0.96, -1.2), (0.64, -1.3), (0.4, -1.24)],
        [0.11, 0.11, 0.065, 0.01],
        HIDE[4],
    )
    limb(canvas, place, [(1.09, -0.98), (0.95, -1.215), (0.66, -1.315)], [0.02, 0.03, 0.01], CREAM[1])
