"""A rectangle shared out: a squarified treemap (Bruls, Huizing and van Wijk, 2000)."""

from collections.abc import Sequence
from typing import TypeAlias

Box: TypeAlias = tuple[float, float, float, float]
"""Corner x and y, width, height."""


def squarified(weights: Sequence[float], box: Box) -> list[Box]:
    """Return a box for each weight (falling, of sum 1), their areas in proportion, as square as can be."""
    area = box[2] * box[3]
    sizes = [weight * area for weight in weights]
    boxes: list[Box] = []
    while sizes:
        count = _row_length(sizes, min(box[2], box[3]))
        row, box = _cut(sizes[:count], box)
        boxes.extend(row)
        del sizes[:count]
    return boxes


def _row_length(sizes: Sequence[float], side: float) -> int:
    count = 1
    while count < len(sizes) and _worst(sizes[: count + 1], side) <= _worst(sizes[:count], side):
        count += 1
    return count


def _worst(row: Sequence[float], side: float) -> float:
    """Return the largest ratio of sides in a row laid along a side."""
    total = sum(row)
    depth = total / side
    return max(max(depth * depth / size, size / (depth * depth)) for size in row)


def _cut(row: Sequence[float], box: Box) -> tuple[list[Box], Box]:
    """Return the boxes of a row along the shorter side, and what is left of the box."""
    x, y, width, height = box
    depth = sum(row) / min(width, height)
    cut: list[Box] = []
    if width >= height:
        for size in row:
            cut.append((x, y, depth, size / depth))
            y += size / depth
        return cut, (x + depth, box[1], width - depth, height)
    for size in row:
        cut.append((x, y, size / depth, depth))
        x += size / depth
    return cut, (box[0], y + depth, width, height - depth)
