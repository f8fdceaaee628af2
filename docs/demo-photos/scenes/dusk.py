"""The homestay at dusk."""

from __future__ import annotations

import numpy as np
from air import DUSK, sky, truong_son
from canvas import Canvas
from colour import CITRUS, CLAY, CREAM, FOREST, FRESH, PINK, RED, STRAW, WOOD, Tones, fade, hazed, mix
from foliage import blossoms, hedge
from ground import meadow, path
from houses import box, window_light
from palms import areca
from roofs import thatch
from trees import far_trees, trunk
from yard import lantern

GLOW: Tones = ((140, 62, 40), (214, 110, 52), (246, 166, 82), (255, 208, 130), (255, 240, 196))
NIGHT = (44, 56, 84)


def stilt_house(canvas: Canvas) -> None:
    """homestay-1: a wooden house on stilts at dusk, lanterns lit, a garden around it."""
    sky(canvas, 620, DUSK)
    canvas.disc(1280, 190, 46, (250, 236, 206))
    canvas.halo(1280, 190, 260, (250, 226, 190), 0.4)
    dusk: Tones = ((134, 118, 146), (100, 100, 132), (72, 84, 114), (52, 70, 94), (40, 58, 78))
    truong_son(canvas, 640, 340, dusk, (206, 150, 140))
    leaf = hazed(FOREST, 0.34, NIGHT)
    far_trees(canvas, 690, 170, leaf)
    for x, height in ((180, 620), (270, 500), (1440, 640), (1530, 520)):
        areca(canvas, x, 760, height, leaf)
    meadow(canvas, 670, hazed(FRESH, 0.5, NIGHT), 220, 40)
    canvas.soft([[(0, 900), (1600, 900), (1600, 1240), (0, 1240)]], NIGHT, 90, 0.45)
    path(
        canvas,
        [(800, 820), (820, 900), (740, 1020), (760, 1290)],
        [120, 140, 210, 420],
        hazed(CLAY, 0.3, NIGHT),
        hazed(FRESH, 0.6, NIGHT),
    )
    stilts(canvas)
    garden_dusk(canvas)
    for x, y, r in ((470, 560, 30), (640, 560, 30), (960, 560, 30), (1130, 560, 30)):
        lantern(canvas, x, y, r, GLOW if x in (470, 960) else (RED[0], RED[1], RED[3], GLOW[3], GLOW[4]), 26)
    for x, y, r in ((330, 820, 40), (1290, 830, 42)):
        canvas.stroke([(x - 40, y + 210), (x - 40, y - 90), (x, y - 90)], [14, 12, 8], WOOD[0])
        lantern(canvas, x, y, r, GLOW, 50)


def stilts(canvas: Canvas) -> None:
    """The house: stilts, floor, walls with lit windows, veranda, thatch, stairs."""
    wood = hazed(WOOD, 0.2, NIGHT)
    canvas.shaded([(420, 690), (1180, 690), (1180, 850), (420, 850)], ((38, 42, 56), (56, 58, 66)))
    canvas.halo(800, 830, 560, GLOW[2], 0.5)
    for x in (430, 610, 990, 1170):
        trunk(canvas, [(x, 880), (x, 780), (x, 680)], [34, 30, 30], wood)
    canvas.shaded([(400, 450), (1200, 450), (1200, 680), (400, 680)], (wood[1], wood[2], wood[1]))
    for u in np.arange(412.0, 1200, 26):
        canvas.stroke([(u, 450), (u, 680)], [2.4, 2.4], fade(wood[0], 0.7))
    for x0 in (470, 990):
        window_light(canvas, x0, 520, x0 + 140, 630)
    box(canvas, 735, 500, 865, 680, (GLOW[4], GLOW[3], GLOW[2]))
    canvas.halo(800, 600, 260, GLOW[3], 0.5)
    for x in (735, 865):
        canvas.stroke([(x, 500), (x, 680)], [14, 14], wood[0])
    canvas.stroke([(735, 500), (865, 500)], [14, 14], wood[0])
    canvas.shaded([(370, 676), (1230, 676), (1230, 708), (370, 708)], (wood[3], wood[1]))
    for x in (*np.arange(380.0, 720, 28), *np.arange(900.0, 1240, 28)):
        canvas.stroke([(x, 620), (x, 680)], [7, 7], wood[2])
    for x0, x1 in ((372, 716), (886, 1228)):
        canvas.stroke([(x0, 620), (x1, 620)], [13, 13], wood[3])
    for x in (380, 716, 886, 1222):
        canvas.stroke([(x, 690), (x, 430)], [20, 18], wood[2])
    thatch(canvas, [(500, 220), (1100, 220), (1290, 480), (310, 480)], hazed(STRAW, 0.36, NIGHT))
    canvas.soft([[(330, 478), (1270, 478), (1250, 530), (350, 530)]], NIGHT, 14, 0.5)
    stairs(canvas, wood)


def stairs(canvas: Canvas, wood: Tones) -> None:
    """Wide wooden steps from the veranda to the path."""
    for step in range(7):
        y, half = 708 + step * 24, 78 + step * 7
        canvas.area(
            [(800 - half, y), (800 + half, y), (800 + half + 4, y + 11), (800 - half - 4, y + 11)],
            mix(wood[3], GLOW[3], 0.3),
        )
        canvas.area(
            [(800 - half - 4, y + 11), (800 + half + 4, y + 11), (800 + half, y + 24), (800 - half, y + 24)],
            wood[1],
        )
    for side in (-1, 1):
        canvas.stroke([(800 + side * 84, 640), (800 + side * 134, 830)], [14, 16], wood[2])


def garden_dusk(canvas: Canvas) -> None:
    """Shrubs and flowers around the house in the blue hour."""
    tones = hazed(CITRUS, 0.36, NIGHT)
    for x0, x1, y, high in (
        (-40, 330, 960, 170),
        (1240, 1660, 960, 180),
        (-40, 240, 1210, 260),
        (1330, 1680, 1215, 280),
    ):
        lumps = hedge(canvas, x0, x1, y, high, tones, high * 0.14)
        blossoms(canvas, lumps, 26, high * 0.09, hazed(PINK if high < 200 else CREAM, 0.25, NIGHT), GLOW[3])
    canvas.halo(330, 860, 330, GLOW[2], 0.4)
    canvas.halo(1290, 870, 330, GLOW[2], 0.4)
