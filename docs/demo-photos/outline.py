"""Outlines: arrays of points (x to the right, y down) in picture pixels or in a figure's own units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Points = np.ndarray | Sequence[tuple[float, float]]
LEAF = np.array(
    [(0, 0), (0.2, 0.36), (0.45, 0.5), (0.75, 0.32), (1, 0), (0.75, -0.32), (0.45, -0.5), (0.2, -0.36)]
)


def spline(points: Points, closed: bool = False, steps: int = 10) -> np.ndarray:
    """A smooth line through the points (Catmull and Rom)."""
    p = np.asarray(points, dtype=float)
    p = np.vstack([p[-1:], p, p[:2]]) if closed else np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    t = np.linspace(0, 1, steps, endpoint=False)[None, :, None]
    a, b, c, d = (p[i : len(p) - 3 + i, None, :] for i in range(4))
    line = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
    line = line.reshape(-1, 2)
    return line if closed else np.vstack([line, p[-2]])


def ribbon(points: Points, widths: Sequence[float] | np.ndarray, smooth: bool = True) -> np.ndarray:
    """The outline of a stroke along the points whose width follows `widths`, spread evenly."""
    line = spline(points) if smooth and len(points) > 2 else np.asarray(points, dtype=float)
    if len(line) == 2:
        line = line[0] + (line[1] - line[0]) * np.linspace(0, 1, 8)[:, None]
    way = np.gradient(line, axis=0)
    normal = np.column_stack([-way[:, 1], way[:, 0]]) / (np.hypot(way[:, 0], way[:, 1])[:, None] + 1e-9)
    half = profile(widths, len(line))[:, None] / 2
    return np.vstack([line + normal * half, (line - normal * half)[::-1]])


def profile(widths: Sequence[float] | np.ndarray, count: int) -> np.ndarray:
    """`count` widths that pass smoothly through the given ones, never below nought."""
    places = np.linspace(0, 1, len(widths))
    if len(widths) < 3:
        return np.asarray(np.interp(np.linspace(0, 1, count), places, widths))
    line = spline(np.column_stack([places, np.asarray(widths, dtype=float)]))
    return np.asarray(np.maximum(np.interp(np.linspace(0, 1, count), line[:, 0], line[:, 1]), 0))


def oval(x: float, y: float, rx: float, ry: float, turn: float = 0.0, count: int = 40) -> np.ndarray:
    """An ellipse, turned by `turn` radians."""
    a = np.linspace(0, 2 * np.pi, count, endpoint=False)
    u, v = np.cos(a) * rx, np.sin(a) * ry
    return np.column_stack([x + u * np.cos(turn) - v * np.sin(turn), y + u * np.sin(turn) + v * np.cos(turn)])


def lumpy(
    rng: np.random.Generator, x: float, y: float, rx: float, ry: float, rough: float = 0.08
) -> np.ndarray:
    """An oval with an uneven edge, as of a bush or a stone."""
    a = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    r = 1 + rng.normal(0, rough, 14)
    return spline(np.column_stack([x + np.cos(a) * rx * r, y + np.sin(a) * ry * r]), closed=True, steps=5)


def leaves(xy: np.ndarray, length: np.ndarray, width: float, angle: np.ndarray) -> np.ndarray:
    """Many leaf outlines at once: shape (n, 8, 2), each from its stalk at `xy` towards `angle`."""
    u = LEAF[None, :, 0] * length[:, None]
    v = LEAF[None, :, 1] * length[:, None] * width
    c, s = np.cos(angle)[:, None], np.sin(angle)[:, None]
    return np.stack([xy[:, :1] + u * c - v * s, xy[:, 1:] + u * s + v * c], axis=-1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure drawn in its own units stands: its origin, its size in pixels, which way it looks."""

    x: float
    y: float
    size: float
    flip: bool = False
    turn: float = 0.0

    def __call__(self, points: Points) -> np.ndarray:
        """The points of the figure in the picture."""
        p = np.asarray(points, dtype=float)
        c, s = np.cos(self.turn), np.sin(self.turn)
        u, v = p[:, 0] * c - p[:, 1] * s, p[:, 0] * s + p[:, 1] * c
        return np.column_stack([self.x + (-u if self.flip else u) * self.size, self.y + v * self.size])


@dataclass(frozen=True, slots=True)
class Ground:
    """Flat ground seen by a standing eye: at depth 1 lies the picture's lower edge."""

    horizon: float
    bottom: float
    middle: float

    def at(self, across: float, depth: float) -> tuple[float, float, float]:
        """Where a spot `across` pixels beside the middle lies (x, y), and how large things are there (1 in front)."""
        return (
            self.middle + across / depth,
            self.horizon + (self.bottom - self.horizon) / depth,
            1 / depth,
        )


def moved(points: Points, right: float, down: float) -> np.ndarray:
    """The points, all moved."""
    return np.asarray(np.add(points, (right, down)), dtype=float)
