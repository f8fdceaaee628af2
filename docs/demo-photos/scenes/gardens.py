"""Gardens and fields: vegetables, bees, tea, lotus, peanuts."""

from __future__ import annotations

import numpy as np
from air import MORNING, clouds, sky, sun, truong_son
from canvas import Canvas
from colour import (
    BUTTER,
    CITRUS,
    CREAM,
    FOREST,
    FRESH,
    ORANGE,
    PINK,
    SHADE,
    SOIL,
    STRAW,
    TEA,
    Tones,
    fade,
    hazed,
    ramp_list,
)
from foliage import blossoms, crown, hedge, mass, tuft
from ground import furrow, meadow
from outline import Ground, leaves, oval
from palms import areca
from things import cloth, watering_can
from trees import far_trees, shade_tree, shadow
from yard import bee_box, fence

LAVENDER: Tones = ((96, 84, 130), (136, 120, 168), (172, 156, 200), (206, 192, 224), (236, 228, 244))


def head_of(canvas: Canvas, x: float, y: float, size: float, tones: Tones) -> None:
    """A lettuce or a cabbage seen from above and in front."""
    canvas.soft([oval(x + size * 0.1, y, size * 0.6, size * 0.2)], SOIL[0], size * 0.14, 0.5)
    for ring, (reach, count) in enumerate(((0.62, 9), (0.46, 7), (0.28, 5))):
        angle = np.linspace(np.pi * 0.95, np.pi * 2.05, count) + canvas.rng.normal(0, 0.08, count)
        order = np.argsort(-np.abs(angle - 1.5 * np.pi))
        angle = angle[order]
        spot = np.repeat([[x, y - size * 0.06 * (2 - ring)]], count, axis=0)
        shapes = leaves(spot, np.full(count, size * reach), 0.85, angle) * (1, 0.85) + (0, y * 0.15)
        canvas.areas(
            shapes,
            ramp_list(
                tones,
                0.25
                + 0.2 * ring
                + 0.25 * np.cos(angle - (2.2 if canvas.light[0] < 0 else 1.0) * np.pi / 1.5) ** 2,
            ),
        )
    canvas.areas(
        leaves(np.array([[x, y]] * 3), np.full(3, size * 0.34), 0.9, np.array([-2.3, -0.85, -1.57])),
        [tones[2], tones[3], tones[4]],
    )


def vegetable_beds(canvas: Canvas) -> None:
    """huong-3: raised beds running to a bamboo fence, beans on a trellis, a watering can in front."""
    sky(canvas, 430, MORNING)
    sun(canvas, 1180, 190, 54)
    clouds(canvas, [(500, 120, 420), (1430, 260, 300)], BUTTER)
    truong_son(canvas, 440, 270)
    far_trees(canvas, 462, 90, hazed(FOREST, 0.2))
    for x, height in ((250, 330), (330, 270), (1450, 300)):
        areca(canvas, x, 470, height, hazed(FOREST, 0.15))
    canvas.shaded([(0, 455), (1600, 455), (1600, 1200), (0, 1200)], (SOIL[4], SOIL[3], SOIL[2]))
    fence(canvas, -10, 1610, 500, 74, hazed(STRAW, 0.15), 0.5)
    ground = Ground(380, 1200, 800)
    kinds = (
        FRESH,
        CITRUS,
        (PINK[0], (134, 70, 88), (150, 92, 92), (168, 132, 100), (190, 180, 120)),
        TEA,
        FRESH,
    )
    for bed, across in enumerate((-1640, -820, 0, 820, 1640)):
        bed_of(canvas, ground, across, kinds[bed])
    trellis(canvas, ground)
    canvas.soft([oval(1160, 1150, 130, 24)], SOIL[0], 14, 0.6)
    watering_can(canvas, 1200, 1144, 205, cloth((96, 156, 166)))
    for x in (60, 1530, 1420):
        tuft(canvas, x, 1195, 70, FRESH[2], 8)


def bed_of(canvas: Canvas, ground: Ground, across: float, tones: Tones) -> None:
    """One raised bed with three rows of plants, far ones first."""
    furrow(canvas, ground, across, 560, 6.6, SOIL)
    for depth in np.geomspace(6.2, 0.98, 17):
        for row in (-180, 0, 180):
            x, y, s = ground.at(across + row + canvas.rng.normal(0, 8), depth)
            if -120 < x < canvas.width + 120:
                head_of(canvas, x, y, 190 * s, hazed(tones, min(0.35, depth * 0.055)))


def trellis(canvas: Canvas, ground: Ground) -> None:
    """Crossed bamboo poles along the left bed with climbing beans."""
    for depth in np.geomspace(4.6, 1.3, 8):
        x, y, s = ground.at(-1080, depth)
        tones = hazed(FRESH, min(0.3, depth * 0.06))
        lumps = [
            (x + dx * s, y - high * s, wide * s, 84 * s)
            for dx, high, wide in (
                (-120, 150, 56),
                (120, 170, 56),
                (-90, 300, 60),
                (90, 320, 56),
                (-40, 440, 60),
                (40, 450, 56),
                (0, 570, 70),
            )
        ]
        for lump in lumps:
            mass(canvas, [lump], tones, 52 * s, 0.5, 0.75)
        for side in (-1, 1):
            pole = [(x + side * 150 * s, y), (x - side * 50 * s, y - 720 * s)]
            canvas.stroke(pole, [22 * s, 17 * s], STRAW[1])
            canvas.stroke([(u - 4 * s, v) for u, v in pole], [8 * s, 6 * s], STRAW[4])
        for u, v in canvas.rng.uniform((-120, -520), (120, -160), (8, 2)):
            mass(canvas, [(x + u * s, y + v * s, 26 * s, 22 * s)], tones, 46 * s, 0.4, 0.75)
            canvas.stroke(
                [
                    (x + u * s, y + v * s),
                    (x + (u + 10) * s, y + (v + 60) * s),
                    (x + (u + 4) * s, y + (v + 120) * s),
                ],
                [10 * s, 12 * s, 2 * s],
                FRESH[4],
            )
    a, b = ground.at(-1080, 4.6), ground.at(-1080, 1.3)
    canvas.stroke([(a[0], a[1] - 640 * a[2]), (b[0], b[1] - 640 * b[2])], [6, 22], STRAW[1])
    canvas.stroke([(a[0], a[1] - 645 * a[2]), (b[0], b[1] - 645 * b[2])], [2, 8], STRAW[4])


def bee_boxes(canvas: Canvas) -> None:
    """duc-2: bee boxes in a row among flowering shrubs below longan trees."""
    sky(canvas, 500, MORNING)
    truong_son(canvas, 520, 300)
    far_trees(canvas, 560, 110, hazed(FOREST, 0.25))
    meadow(canvas, 545, FRESH, 260, 40)
    for x, y, size in ((120, 690, 620), (1500, 720, 700), (840, 600, 300)):
        shadow(canvas, x, y, size * 0.42, size * 0.05)
        shade_tree(canvas, x, y, size, hazed(CITRUS, 0.1 if size > 500 else 0.3))
    sides = (cloth((110, 164, 176)), cloth((226, 188, 96)), cloth((206, 142, 104)), cloth((140, 172, 128)))
    for x, y, size, petals in ((420, 700, 120, PINK), (900, 690, 110, CREAM), (1220, 720, 130, LAVENDER)):
        lumps = hedge(canvas, x - 160, x + 160, y, size, hazed(CITRUS, 0.12), 22)
        blossoms(canvas, lumps, 40, 13, petals, ORANGE[3])
    for i, (x, y, size) in enumerate(((300, 800, 170), (620, 790, 170), (950, 800, 175), (1280, 830, 190))):
        canvas.soft([oval(x - 50, y - 2, size * 0.8, size * 0.1)], SHADE, 12, 0.5)
        bee_box(canvas, x, y, size, sides[i])
    for i, (x, y, size) in enumerate(((470, 1010, 270), (1010, 1040, 290))):
        canvas.soft([oval(x - 80, y - 4, size * 0.8, size * 0.1)], SHADE, 16, 0.5)
        bee_box(canvas, x, y, size, sides[3 - i])
    flower_bank(canvas)
    for _ in range(34):
        bee(canvas, canvas.rng.uniform(260, 1350), canvas.rng.uniform(560, 1000), canvas.rng.uniform(6, 11))


def flower_bank(canvas: Canvas) -> None:
    """The flowering shrubs nearest the eye."""
    for x, y, rx, petals in (
        (60, 1130, 210, LAVENDER),
        (720, 1190, 190, PINK),
        (1500, 1110, 230, PINK),
        (330, 1200, 160, CREAM),
        (1230, 1210, 170, LAVENDER),
    ):
        lumps = crown(canvas, x, y, rx, rx * 0.66, 6)
        mass(canvas, lumps, CITRUS, 40)
        blossoms(canvas, lumps, 46, 25, petals, ORANGE[3])


def bee(canvas: Canvas, x: float, y: float, r: float) -> None:
    """A bee in flight."""
    canvas.area(oval(x - r * 0.2, y - r * 0.7, r * 0.8, r * 0.45, -0.7), fade(CREAM[4], 0.85))
    canvas.area(oval(x + r * 0.5, y - r * 0.7, r * 0.7, r * 0.4, 0.6), fade(CREAM[3], 0.85))
    canvas.disc(x, y, r, ORANGE[2], r * 0.62)
    for dx in (-0.35, 0.25):
        canvas.stroke([(x + dx * r, y - r * 0.56), (x + dx * r, y + r * 0.56)], [r * 0.3] * 2, (60, 46, 40))
