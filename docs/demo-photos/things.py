"""Things of a garden: baskets, trays, pots, cans, a table, fruit that is no tree's ornament."""

from __future__ import annotations

from canvas import Canvas
from colour import CLAY, SHADE, STONE, WOOD, Colour, Tones, fade, mix
from outline import Place, oval, ribbon, spline


def table(
    canvas: Canvas, x0: float, x1: float, y: float, depth: float, bottom: float, tones: Tones = WOOD
) -> None:
    """A plank table seen from the front; its far edge on `y`."""
    canvas.shaded(
        [(x0 + 40, y), (x1 - 40, y), (x1, y + depth), (x0, y + depth)],
        (tones[4], tones[3], mix(tones[3], tones[2], 0.4)),
    )
    for share in (0.3, 0.63):
        v = y + depth * share
        canvas.stroke(
            [(x0 + 40 * (1 - share), v), (x1 - 40 * (1 - share), v)], [2.5, 2.5], fade(tones[1], 0.55)
        )
    for _ in range(26):
        u, v = canvas.rng.uniform(x0 + 60, x1 - 200), y + depth * canvas.rng.uniform(0.06, 0.94)
        canvas.stroke(
            [(u, v), (u + 70, v + 2), (u + canvas.rng.uniform(90, 170), v)], [0, 3, 0], fade(tones[2], 0.5)
        )
    canvas.shaded(
        [(x0, y + depth), (x1, y + depth), (x1, y + depth + 26), (x0, y + depth + 26)], (tones[2], tones[1])
    )
    canvas.shaded(
        [
            (x0 + 46, y + depth + 26),
            (x1 - 46, y + depth + 26),
            (x1 - 46, y + depth + 66),
            (x0 + 46, y + depth + 66),
        ],
        (tones[0], tones[1]),
    )
    for u in (x0 + 60, x1 - 110):
        canvas.shaded(
            [(u, y + depth + 26), (u + 50, y + depth + 26), (u + 42, bottom), (u + 8, bottom)],
            (tones[1], tones[2]),
            (-canvas.light[0], 0),
        )


def pot(canvas: Canvas, x: float, y: float, size: float, tones: Tones = CLAY) -> None:
    """A glazed garden pot; (x, y) the middle of its foot, `size` its width."""
    place = Place(x, y, size)
    body = spline(
        [
            (-0.3, 0),
            (-0.4, -0.2),
            (-0.5, -0.5),
            (-0.46, -0.68),
            (0.46, -0.68),
            (0.5, -0.5),
            (0.4, -0.2),
            (0.3, 0),
        ],
        closed=True,
    )
    canvas.shaded(place(body), (tones[4], tones[3], tones[2], tones[1], tones[0]), (1, 0.15))
    for v, half in ((-0.52, 0.49), (-0.47, 0.49)):
        canvas.area(
            place(ribbon([(-half, v), (0, v + 0.09), (half, v)], [0.02, 0.025, 0.02])), fade(tones[4], 0.5)
        )
    for u in (-0.24, 0.0, 0.24):
        canvas.area(place(oval(u, -0.24, 0.08, 0.07)), fade(tones[4], 0.35))
    canvas.area(place(oval(0, -0.68, 0.52, 0.12)), tones[1])
    canvas.area(place(oval(0, -0.69, 0.52, 0.115)), tones[3])
    canvas.area(place(oval(0, -0.68, 0.43, 0.09)), (74, 54, 46))


def watering_can(canvas: Canvas, x: float, y: float, size: float, tones: Tones) -> None:
    """A tin watering can with its spout to the left."""
    place = Place(x, y, size)
    canvas.area(
        place(ribbon([(0.36, -0.86), (0.72, -0.9), (0.78, -0.5), (0.42, -0.22)], [0.07] * 3)), tones[1]
    )
    canvas.area(place(ribbon([(-0.34, -0.28), (-0.62, -0.5), (-0.92, -0.98)], [0.2, 0.12, 0.08])), tones[2])
    canvas.area(place(ribbon([(-0.34, -0.34), (-0.62, -0.54), (-0.92, -1.0)], [0.06, 0.04, 0.02])), tones[4])
    canvas.area(place(oval(-0.95, -1.02, 0.2, 0.07, -0.75)), tones[1])
    canvas.area(place(oval(-0.965, -1.03, 0.16, 0.05, -0.75)), tones[3])
    canvas.shaded(
        place([(-0.36, -0.8), (0.36, -0.8), (0.44, -0.02), (0.3, 0.05), (-0.3, 0.05), (-0.44, -0.02)]),
        (tones[4], tones[3], tones[2], tones[1], tones[0]),
        (1, 0.1),
    )
    for v in (-0.12, -0.7):
        canvas.area(place(ribbon([(-0.42, v), (0, v + 0.06), (0.42, v)], [0.035] * 3)), fade(tones[1], 0.8))
    canvas.area(place(oval(0, -0.8, 0.36, 0.1)), tones[0])
    canvas.area(
        place(ribbon([(-0.36, -0.8), (-0.1, -0.9), (0.1, -0.9), (0.36, -0.8)], [0.03, 0.04, 0.03])), tones[3]
    )
    canvas.area(
        place(ribbon([(-0.3, -0.82), (-0.2, -1.15), (0.2, -1.15), (0.3, -0.82)], [0.06] * 4)), tones[2]
    )


def cloth(tone: Colour) -> Tones:
    """Five tones around one colour."""
    return (
        mix(tone, SHADE, 0.5),
        mix(tone, SHADE, 0.25),
        tone,
        mix(tone, STONE[4], 0.3),
        mix(tone, STONE[4], 0.6),
    )
