"""A picture in grey, as those who judge codes look at it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a picture in whole pixels: `right` and `bottom` are the first that do not belong to it."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture in grey, one byte a pixel, line by line: 0 is black, 255 white."""

    width: int
    height: int
    content: bytes

    def row(self, y: int, left: int, right: int) -> bytes:
        """Return the pixels of line `y` from `left` to before `right`; what lies outside is left out."""
        start = y * self.width
        return self.content[start + max(left, 0) : start + min(right, self.width)]

    def column(self, x: int, top: int, bottom: int) -> bytes:
        """Return the pixels of column `x` from `top` to before `bottom`; what lies outside is left out."""
        return self.content[max(top, 0) * self.width + x : min(bottom, self.height) * self.width : self.width]

    def within(self, area: Area) -> Area:
        """Return what of an area lies in the picture; it may be empty."""
        left, top = min(max(area.left, 0), self.width), min(max(area.top, 0), self.height)
        right, bottom = min(area.right, self.width), min(area.bottom, self.height)
        return Area(left, top, max(right, left), max(bottom, top))

    def part(self, area: Area) -> "Pixels":
        """Return the picture of what of an area lies in this one."""
        part = self.within(area)
        lines = (self.row(y, part.left, part.right) for y in range(part.top, part.bottom))
        return Pixels(part.right - part.left, part.bottom - part.top, b"".join(lines))

    def without(self, areas: Iterable[Area]) -> "Pixels":
        """Return the picture with white areas in it."""
        content = bytearray(self.content)
        for area in map(self.within, areas):
            white = b"\xff" * (area.right - area.left)
            for y in range(area.top, area.bottom):
                content[y * self.width + area.left : y * self.width + area.right] = white
        return Pixels(self.width, self.height, bytes(content))
