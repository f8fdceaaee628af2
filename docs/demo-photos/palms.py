"""Palms and their like: areca, coconut, banana, papaya, and bamboo."""

from __future__ import annotations

import numpy as np
from canvas import Canvas
from colour import FOREST, FRESH, ORANGE, STONE, WOOD, Tones, fade, ramp_list
from outline import leaves, moved, spline


def frond(
    canvas: Canvas,
    x: float,
    y: float,
    length: float,
    angle: float,
    tones: Tones,
    droop: float = 0.5,
    leaflets: int = 22,
) -> None:
    """A feathered frond that leaves (x, y) at `angle` and bends down."""
    c, s = np.cos(angle), np.sin(angle)
    line = spline(
        [
            (x, y),
            (x + c * length * 0.5, y + s * length * 0.5 + droop * length * 0.05),
            (x + c * length * 0.95, y + s * length * 0.78 + droop * length * 0.5),
        ],
        steps=leaflets,
    )
    way = np.gradient(line, axis=0)
    heading = np.arctan2(way[:, 1], way[:, 0])
    share = np.linspace(0, 1, len(line))
    size = length * 0.34 * np.sin(0.25 + share * 2.75) ** 0.7
    keep = slice(2, None, 2)
    for side, low in ((1, 0.25), (-1, 0.55)):
        tilt = heading + side * (0.95 - 0.5 * share)
        shapes = leaves(line, size, 0.13, tilt + 0.25 * np.cos(tilt))[keep]
        canvas.areas(
            shapes, ramp_list(tones, low + 0.35 * share[keep] + canvas.rng.normal(0, 0.04, len(shapes)))
        )
    canvas.stroke(line[:: max(len(line) // 6, 1)], [length * 0.025, length * 0.006], tones[3])


def rosette(
    canvas: Canvas, x: float, y: float, length: float, count: int, tones: Tones, droop: float
) -> None:
    """The crown of a palm: fronds all round, the upper ones last."""
    turns = np.linspace(-np.pi * 1.02, 0.02 * np.pi, count) + canvas.rng.normal(0, 0.07, count)
    for turn in sorted(turns, key=lambda t: -abs(t + np.pi / 2)):
        frond(
            canvas,
            x,
            y,
            length * canvas.rng.uniform(0.85, 1.08),
            turn,
            tones,
            droop + 0.5 * abs(np.cos(turn)),
        )


def areca(
    canvas: Canvas, x: float, y: float, height: float, tones: Tones = FOREST, lean: float = 0.02
) -> None:
    """An areca palm: a slim ringed stem, a green shaft, a small crown, a bunch of nuts."""
    top = (x + lean * height, y - height)
    stem = spline([(x, y), (x + lean * height * 0.3, y - height * 0.5), top], steps=14)
    w = height * 0.028
    canvas.stroke(stem, [w * 1.3, w, w * 0.85], STONE[1])
    canvas.stroke(moved(stem, np.sign(canvas.light[0]) * w * 0.22, 0), [w * 0.5, w * 0.35], STONE[3])
    for u, v in stem[1:-1]:
        canvas.stroke(
            [(u - w * 0.5, v), (u, v + w * 0.16), (u + w * 0.5, v)], [1.6, 2.2, 1.6], fade(WOOD[1], 0.6)
        )
    for i in range(14):
        turn = canvas.rng.uniform(0.2, 2.9)
        canvas.disc(
            top[0] + np.cos(turn) * w * 1.6,
            top[1] + height * 0.015 + np.sin(turn) * w * 1.8,
            w * 0.33,
            ORANGE[1 + i % 3] if i % 2 else FRESH[2],
            w * 0.42,
        )
    canvas.stroke([top, (top[0], top[1] - height * 0.1)], [w * 1.25, w * 1.35, w * 0.7], FRESH[2])
    canvas.stroke(
        [(top[0] - w * 0.25, top[1]), (top[0] - w * 0.15, top[1] - height * 0.09)],
        [w * 0.4, w * 0.3],
        FRESH[3],
    )
    rosette(canvas, top[0], top[1] - height * 0.1, height * 0.24, 9, tones, 0.15)


def coconut(
    canvas: Canvas, x: float, y: float, height: float, lean: float = 0.2, tones: Tones = FRESH
) -> None:
    """A leaning coconut palm with nuts."""
    top = (x + lean * height, y - height)
    stem = spline(
        [
            (x, y),
            (x + lean * height * 0.25, y - height * 0.4),
            (x + lean * height * 0.7, y - height * 0.8),
            top,
        ],
        steps=9,
    )
    w = height * 0.05
    canvas.stroke(stem, [w * 1.5, w, w * 0.8], WOOD[2])
    canvas.stroke(moved(stem, np.sign(canvas.light[0]) * w * 0.2, 0), [w * 0.5, w * 0.35], WOOD[3])
    for u, v in stem[1:-1]:
        canvas.stroke(
            [(u - w * 0.5, v), (u, v + w * 0.15), (u + w * 0.45, v - 2)], [1.6, 2.4, 1.6], fade(WOOD[0], 0.45)
        )
    rosette(canvas, *top, height * 0.5, 11, tones, 0.5)
    for u, v in ((-0.045, 0.02), (0.04, 0.015), (0, 0.05), (0.075, 0.05), (-0.08, 0.055)):
        canvas.orb(
            top[0] + u * height,
            top[1] + v * height,
            height * 0.038,
            (tones[0], tones[1], tones[2], tones[3], tones[4]),
            height * 0.045,
        )
    for turn in (-2.5, -0.6, -1.5):
        frond(canvas, *top, height * 0.42, turn, tones, 0.7)
