"""Months of the year as stretches, and as cells of a calendar."""

from collections.abc import Iterable
from typing import Final

YEAR: Final = tuple(range(1, 13))


def stretches(months: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Return (first, last) of each unbroken stretch, by its first month; 11, 12, 1 is one stretch (11, 1)."""
    wanted = set(months)
    if wanted.issuperset(YEAR):
        return ((1, 12),)
    starts = (month for month in YEAR if month in wanted and _before(month) not in wanted)
    return tuple((start, _end(start, wanted)) for start in starts)


def edges(months: Iterable[int]) -> tuple[str, ...]:
    """Return for each month "" (not one of `months`), or which ends of a bar it is: "m", "ms", "me", "mse".

    A bar over the new year is drawn open at both sides of the calendar.
    """
    wanted = set(months)
    return tuple(_edge(month, wanted) if month in wanted else "" for month in YEAR)


def _edge(month: int, wanted: set[int]) -> str:
    return (
        "m" + "s" * (_before(month) not in wanted) + "e" * (_after(month) not in wanted)
        if len(wanted) < 12
        else {1: "ms", 12: "me"}.get(month, "m")
    )


def _end(start: int, wanted: set[int]) -> int:
    end = start
    while _after(end) in wanted:
        end = _after(end)
    return end


def _before(month: int) -> int:
    return (month - 2) % 12 + 1


def _after(month: int) -> int:
    return month % 12 + 1
