"""Animals in their places: chickens, deer, the buffalo by the river."""

from __future__ import annotations

import numpy as np
from air import MORNING, mist, rays, sky, sun, truong_son
from birds import FEATHER, chick, chicken
from canvas import Canvas
from colour import BUTTER, CITRUS, FOREST, FRESH, SHADE, SOIL, STRAW, Tones, fade, hazed, mix
from deer import deer
from foliage import grass, mass
from ground import dapples, meadow
from herbs import banana
from outline import oval
from palms import areca
from roofs import thatch
from trees import far_trees, fruit_tree, shade_tree, shadow, trunk
from yard import fence

SNOW: Tones = ((150, 140, 128), (190, 180, 164), (222, 214, 198), (242, 236, 222), (255, 252, 244))
SOOT: Tones = ((40, 40, 46), (58, 58, 64), (80, 78, 82), (106, 102, 102), (146, 138, 130))
GOLD: Tones = ((136, 92, 44), (184, 130, 56), (220, 168, 78), (238, 200, 118), (252, 230, 170))


def chickens(canvas: Canvas) -> None:
    """huong-4: a rooster, hens and chicks in the dappled shade."""
    sky(canvas, 420, MORNING)
    truong_son(canvas, 470, 260)
    far_trees(canvas, 520, 150, hazed(FOREST, 0.25))
    meadow(canvas, 505, FRESH, 200, 36)
    for x, y, size in ((1380, 690, 560), (700, 620, 400)):
        shadow(canvas, x, y, size * 0.42, size * 0.06)
        fruit_tree(canvas, x, y, size, hazed(GOLD, 0.1), 9, size * 0.035, hazed(CITRUS, 0.12))
    canvas.soft([oval(760, 900, 900, 210)], SOIL[3], 70, 0.75)
    canvas.soft([oval(500, 940, 760, 200)], SHADE, 60, 0.32)
    dapples(canvas, 620, 930, 760, 190, 90, 46, BUTTER, 0.5)
    trunk(canvas, [(120, 1040), (150, 700), (120, 300), (150, -40)], [170, 128, 110, 100])
    for side in (-1, 1):
        canvas.stroke(
            [(120 + side * 50, 960), (120 + side * 100, 1030), (120 + side * 170, 1062)],
            [60, 40, 4],
            (92, 64, 50),
        )
    mass(
        canvas, [(60, 30, 260, 150), (330, 10, 240, 120), (580, -10, 220, 90), (20, 200, 150, 90)], CITRUS, 54
    )
    rays(canvas, 420, -40, 1300, 0.1)
    flock(canvas)
    grass(canvas, 1080, 1230, 160, FRESH[:4], 62)


def flock(canvas: Canvas) -> None:
    """The birds with their shadows, far ones first."""
    birds = (
        (770, 650, 110, SNOW, False, False, True),
        (1430, 800, 165, FEATHER, True, False, False),
        (330, 740, 140, SOOT, False, False, True),
        (1180, 900, 230, GOLD, True, False, False),
        (400, 960, 250, SNOW, False, False, True),
        (830, 1060, 370, FEATHER, False, True, False),
        (1370, 1100, 290, SOOT, True, False, True),
    )
    for x, y, size, tones, flip, rooster, pecking in birds:
        canvas.soft([oval(x + size * 0.2, y, size * 0.55, size * 0.09)], SHADE, 9, 0.55)
        chicken(canvas, x, y, size, tones, flip, rooster, pecking)
    for x, y, size, flip in (
        (1040, 1080, 70, False),
        (1130, 1120, 74, True),
        (1130, 1040, 62, False),
        (500, 1110, 74, False),
        (600, 1080, 66, True),
        (960, 1130, 74, False),
    ):
        canvas.soft([oval(x + 10, y, size * 0.5, size * 0.1)], SHADE, 6, 0.5)
        chick(canvas, x, y, size, flip)


def stag_pen(canvas: Canvas) -> None:
    """huou-1: a sika stag in a clean pen under a thatched roof."""
    sky(canvas, 480, MORNING)
    sun(canvas, 240, 170, 52)
    truong_son(canvas, 520, 300)
    far_trees(canvas, 560, 130, hazed(FOREST, 0.22))
    meadow(canvas, 545, FRESH, 120, 34)
    for x, height in ((1480, 560), (1560, 460)):
        areca(canvas, x, 640, height, hazed(FOREST, 0.08))
    banana(canvas, 90, 700, 420, hazed(FRESH, 0.1))
    canvas.shaded(
        [(0, 760), (1600, 740), (1600, 1200), (0, 1200)], (SOIL[4], mix(SOIL[3], SOIL[4], 0.5), SOIL[3])
    )
    shed(canvas)
    fence(canvas, -10, 560, 790, 150, STRAW, 0.5)
    fence(canvas, 1330, 1610, 790, 150, STRAW, 0.5)
    dapples(canvas, 500, 1000, 500, 120, 30, 40, BUTTER, 0.4)
    for _ in range(240):
        u, v = canvas.rng.uniform(0, 1600), canvas.rng.uniform(800, 1190)
        turn = canvas.rng.uniform(-0.4, 0.4)
        canvas.stroke(
            [(u, v), (u + 40 * np.cos(turn), v + 40 * np.sin(turn))],
            [1, 3, 1],
            fade(STRAW[4] if canvas.rng.uniform() < 0.6 else STRAW[1], 0.6),
        )
    canvas.soft([oval(700, 1108, 430, 50)], SHADE, 22, 0.5)
    deer(canvas, 640, 1100, 490)
    trough(canvas, 1290, 1090)


def shed(canvas: Canvas) -> None:
    """The thatched shelter: posts, a back wall of slats, a deep shade."""
    canvas.shaded(
        [(560, 470), (1360, 470), (1360, 800), (560, 800)], ((70, 62, 54), (104, 86, 66), (150, 122, 86))
    )
    for x in np.arange(570.0, 1360, 36):
        canvas.stroke([(x, 470), (x, 780)], [22, 22], fade(STRAW[1], 0.42))
    canvas.soft([[(540, 430), (1380, 430), (1380, 590), (540, 620)]], SHADE, 30, 0.7)
    canvas.soft([oval(960, 800, 420, 26)], SHADE, 18, 0.4)
    for post in (560, 820, 1100, 1360):
        trunk(canvas, [(post, 820), (post + 2, 640), (post, 430)], [34, 30, 28])
    thatch(canvas, [(640, 240), (1280, 240), (1440, 490), (480, 490)])


def trough(canvas: Canvas, x: float, y: float) -> None:
    """A wooden trough full of leaves."""
    canvas.soft([oval(x, y + 2, 210, 24)], SHADE, 12, 0.5)
    mass(canvas, [(x - 90, y - 90, 80, 46), (x + 10, y - 100, 90, 56), (x + 100, y - 88, 70, 42)], FRESH, 46)
    canvas.shaded(
        [(x - 190, y - 84), (x + 190, y - 84), (x + 160, y), (x - 160, y)], (STRAW[3], STRAW[2], STRAW[1])
    )
    for v in (-56, -28):
        canvas.stroke([(x - 180, y + v), (x + 180, y + v)], [3, 3], fade(STRAW[0], 0.6))
    canvas.stroke([(x - 194, y - 86), (x + 194, y - 86)], [13, 13], STRAW[4])


def two_deer(canvas: Canvas) -> None:
    """huou-2: a doe grazes, a stag looks up, by trees in the morning mist."""
    sky(canvas, 430, MORNING)
    sun(canvas, 1270, 160, 50)
    truong_son(canvas, 460, 300)
    mist(canvas, 440, 50, 0.5)
    far_trees(canvas, 490, 120, hazed(FOREST, 0.3))
    meadow(canvas, 475, FRESH, 260, 42)
    for x, y, size in ((130, 640, 640), (1500, 600, 520), (330, 560, 330)):
        shadow(canvas, x, y, size * 0.45, size * 0.055)
        dapples(canvas, x - size * 0.1, y, size * 0.4, size * 0.05, 20, 26, FRESH[4], 0.6)
        shade_tree(canvas, x, y, size, hazed(CITRUS, 0.08 if size > 500 else 0.25))
    rays(canvas, 1500, -60, 1100, 0.14)
    for x, y, size, flip, grazing, stag in (
        (560, 720, 290, False, False, True),
        (1180, 770, 300, True, True, False),
    ):
        canvas.soft([oval(x - 40, y + 2, size * 0.9, size * 0.1)], FOREST[0], 14, 0.5)
        deer(canvas, x, y, size, flip, grazing, stag)
    grass(canvas, 690, 930, 300, FRESH[:4], 66)
