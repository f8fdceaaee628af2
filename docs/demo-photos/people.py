"""People without faces, seen from the front behind a table; the chin lies on y = 0, a head is 1 high."""

from __future__ import annotations

from dataclasses import dataclass

from canvas import Canvas
from colour import STRAW, Colour, fade, mix
from outline import Place, oval, ribbon, spline

SKIN: Colour = (222, 168, 128)
HAIR: Colour = (52, 40, 42)
Spots = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Person:
    """How somebody looks: shirt, hair, hat, and where the two hands lie."""

    shirt: Colour
    left: tuple[float, float]
    right: tuple[float, float]
    hair: Colour = HAIR
    hat: bool = False
    long_hair: bool = False
    wide: float = 1.0


def torso(canvas: Canvas, place: Place, who: Person) -> None:
    """Shoulders and body down to y = 3.4, with a collar line and a fold of shade."""
    w = who.wide
    outline: Spots = [
        (-0.3, 0.12),
        (-0.95 * w, 0.42),
        (-1.08 * w, 1.0),
        (-0.92 * w, 2.2),
        (-0.98 * w, 3.4),
        (0.98 * w, 3.4),
        (0.92 * w, 2.2),
        (1.08 * w, 1.0),
        (0.95 * w, 0.42),
        (0.3, 0.12),
    ]
    canvas.shaded(
        place(spline(outline, closed=True)),
        (mix(who.shirt, (255, 240, 210), 0.18), who.shirt, mix(who.shirt, (40, 50, 70), 0.25)),
    )
    dark = fade(mix(who.shirt, (40, 40, 60), 0.4), 0.6)
    canvas.area(place(ribbon([(0, 0.35), (0.02, 1.6), (0, 3.3)], [0.05, 0.04, 0.04])), dark)
    for y in (0.9, 1.5, 2.1):
        canvas.area(place(oval(0.07, y, 0.05, 0.05)), fade((255, 246, 226), 0.8))
    canvas.area(place([(-0.26, 0.1), (0.0, 0.55), (0.26, 0.1)]), SKIN)
    canvas.area(
        place(ribbon([(-0.32, 0.1), (-0.02, 0.58)], [0.1, 0.06])), mix(who.shirt, (255, 250, 230), 0.4)
    )
    canvas.area(place(ribbon([(0.32, 0.1), (0.02, 0.58)], [0.1, 0.06])), mix(who.shirt, (255, 250, 230), 0.4))


def head(canvas: Canvas, place: Place, who: Person) -> None:
    """Neck, head without a face, hair, and the conical hat."""
    canvas.area(place(ribbon([(0, -0.3), (0, 0.22)], [0.42, 0.5])), mix(SKIN, (120, 70, 60), 0.28))
    if who.long_hair:
        for side in (-1, 1):
            canvas.area(
                place(
                    ribbon(
                        [(side * 0.34, -0.8), (side * 0.46, -0.2), (side * 0.44, 0.4), (side * 0.4, 0.85)],
                        [0.3, 0.3, 0.26, 0.1],
                    )
                ),
                who.hair,
            )
    canvas.area(place(oval(0, -0.52, 0.45, 0.56)), SKIN)
    canvas.area(
        place(
            spline([(-0.44, -0.62), (-0.32, -0.2), (0.0, 0.04), (-0.2, -0.02), (-0.42, -0.25)], closed=True)
        ),
        fade((255, 214, 170), 0.5),
    )
    canvas.area(
        place(
            spline(
                [
                    (-0.5, -0.42),
                    (-0.54, -0.9),
                    (-0.25, -1.16),
                    (0.2, -1.18),
                    (0.52, -0.9),
                    (0.5, -0.42),
                    (0.4, -0.72),
                    (0.12, -0.86),
                    (-0.2, -0.8),
                    (-0.4, -0.66),
                ],
                closed=True,
            )
        ),
        who.hair,
    )
    canvas.area(
        place(ribbon([(-0.3, -1.0), (-0.05, -1.08), (0.2, -1.05)], [0.0, 0.09, 0.0])),
        fade((255, 235, 210), 0.22),
    )
    for side in (-1, 1):
        canvas.area(place(oval(side * 0.46, -0.46, 0.08, 0.14)), SKIN)
    if who.hat:
        canvas.area(
            place(ribbon([(-0.5, -0.6), (-0.4, -0.1), (0, 0.08), (0.4, -0.1), (0.5, -0.6)], [0.05] * 3)),
            fade((206, 110, 108), 0.9),
        )
        leaf_hat(canvas, place)


def leaf_hat(canvas: Canvas, place: Place) -> None:
    """The conical palm-leaf hat."""
    canvas.area(place(oval(0, -0.72, 1.02, 0.22)), STRAW[1])
    cone = place(
        spline(
            [
                (-1.06, -0.72),
                (-0.5, -1.2),
                (0, -1.62),
                (0.5, -1.2),
                (1.06, -0.72),
                (0.5, -0.56),
                (0, -0.52),
                (-0.5, -0.56),
            ],
            closed=True,
        )
    )
    canvas.shaded(cone, (STRAW[4], STRAW[4], STRAW[3], STRAW[2]), (0.8, 0.4))
    for share in (0.25, 0.45, 0.65, 0.85):
        y = -1.62 + share * 0.95
        canvas.area(
            place(ribbon([(-1.04 * share, y), (0, y + 0.2 * share), (1.04 * share, y)], [0.02] * 3)),
            fade(STRAW[1], 0.55),
        )


def arm(canvas: Canvas, place: Place, who: Person, side: int, hand: tuple[float, float]) -> None:
    """A sleeve, a forearm and a hand."""
    elbow = (side * 1.16 * who.wide, 1.85)
    tone = mix(who.shirt, (40, 50, 70), 0.06 if side < 0 else 0.16)
    mid = ((elbow[0] + hand[0]) / 2, (elbow[1] + hand[1]) / 2 + 0.12)
    canvas.area(place(ribbon([elbow, mid, hand], [0.36, 0.3, 0.22])), SKIN)
    canvas.area(place(oval(*hand, 0.2, 0.17)), SKIN)
    cuff = (elbow[0] * 0.7 + hand[0] * 0.3, elbow[1] * 0.7 + hand[1] * 0.3 + 0.06)
    shoulder = (side * 0.8 * who.wide, 0.68)
    canvas.area(place(oval(*shoulder, 0.27, 0.29)), tone)
    canvas.area(
        place(ribbon([shoulder, (side * 1.08 * who.wide, 1.25), elbow, cuff], [0.54, 0.5, 0.46, 0.42])), tone
    )
    crease = [(side * 0.62 * who.wide, 0.95), (side * 0.82 * who.wide, 1.5), (side * 0.88 * who.wide, 2.0)]
    canvas.area(place(ribbon(crease, [0.0, 0.05, 0.0])), fade(mix(who.shirt, (40, 40, 60), 0.45), 0.6))


def person(canvas: Canvas, x: float, y: float, size: float, who: Person) -> None:
    """Somebody whose chin is at (x, y) and whose head is `size` high, without arms."""
    place = Place(x, y, size)
    torso(canvas, place, who)
    head(canvas, place, who)


def arms(canvas: Canvas, x: float, y: float, size: float, who: Person) -> None:
    """The same person's arms, drawn when the table stands in front of the body."""
    place = Place(x, y, size)
    for side, hand in ((-1, who.left), (1, who.right)):
        arm(canvas, place, who, side, hand)
