"""Rows of known heights in columns that run on from page to page: none is parted, and the last page is even."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

Column = range
"""Indices of the rows that stand in a column."""
_EXACT: Final = 0.05
"""Millimetres to which the columns of the last page are evened."""


@dataclass(frozen=True, slots=True)
class Stack:
    """Rows on top of each other: `ends` are where each would end, a `gap` below every one."""

    ends: tuple[float, ...]
    gap: float

    @classmethod
    def of(cls, heights: Sequence[float], gap: float) -> "Stack":
        """Return a stack of rows of such heights."""
        return cls(tuple(accumulate((height + gap for height in heights), initial=0.0)), gap)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.ends) - 1

    def height(self, column: Column) -> float:
        """Return the height of some rows, the gaps between them included."""
        return self.ends[column.stop] - self.ends[column.start] - self.gap if column else 0.0

    def columns(self, start: int, count: int, room: float) -> tuple[Column, ...]:
        """Return columns of the rows from `start` on, each as full as `room` allows."""
        made: list[Column] = []
        for _ in range(count):
            stop = bisect_right(self.ends, self.ends[start] + room + self.gap + 1e-6, lo=start) - 1
            made.append(range(start, stop))
            start = stop
        return tuple(made)

    def even(self, start: int, count: int, room: float) -> tuple[Column, ...]:
        """Return all rows from `start` on in columns as low as they can be; they must fit in `room`."""
        steps = range(int(room / _EXACT) + 1)
        lowest = bisect_left(steps, True, key=lambda step: self._holds(start, count, step * _EXACT))
        return self.columns(start, count, min(lowest * _EXACT, room))

    def _holds(self, start: int, count: int, room: float) -> bool:
        return self.columns(start, count, room)[-1].stop == len(self)

    def pages(self, count: int, first: float, further: float) -> Iterator[tuple[Column, ...]]:
        """Yield the columns of each page: `count` of `first` mm, then of `further` mm until no row is left.

        Those of the first page are () where it has no room for a row. Raises ValueError for a row that is higher
        than a page.
        """
        start, room = 0, max(first, 0.0)
        while start < len(self):
            made = self.columns(start, count, room)
            if made[-1].stop == len(self):
                made = self.even(start, count, room)
            elif made[-1].stop == start and room == further:
                raise ValueError(f"row {start} is higher than {further} mm")
            yield tuple(column for column in made if column)
            start, room = made[-1].stop, further
