"""A sheet as read, whatever it was read from: rows of cells, each with its place and what Excel says of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Literal, TypeAlias

from vuonho.intake.incoming import Place

Raw: TypeAlias = str | int | float | bool | date | time
Trouble = Literal["", "formula", "error", "duration"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something; `trouble` names what is no value at all, `percent` a number shown in percent."""

    raw: Raw
    place: Place
    trouble: Trouble = ""
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number, from 1, and its filled cells by the number of the column, from 1."""

    number: int
    cells: Mapping[int, Cell]


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: its filled rows, what is merged in it, and what lies beyond the rows and columns that are read.

    `merged` are ranges as (first row, last row, name); `beyond` is the place of something too far off.
    """

    title: str
    rows: tuple[Row, ...]
    hidden: bool = False
    merged: tuple[tuple[int, int, str], ...] = ()
    beyond: Place | None = None


def spot_of(title: str, column: int, row: int) -> str:
    """Return the name by which people find a cell, such as "Hộ!F12"; column and row count from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{title}!{letters}{row}"
