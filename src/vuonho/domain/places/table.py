"""The provinces and communes that the program knows, and the rows that a project adds of its own.

    provinces.csv     code,kind,name,former
    communes.csv      code,kind,name,province,south,west,north,east,former
    words/communes.csv of a project: the same columns in any order, of which only `name` is needed

`former` are older names, with ";" between them. The four sides of the box are known for Hà Tĩnh only.

The tables stand for 2026-09-20: 34 provinces and 3,321 communes, wards and special zones (Resolution 202/2025/QH15,
the 34 resolutions of the Standing Committee of 16 June 2025, that of Hà Tĩnh being 1665/NQ-UBTVQH15) with the codes
that the National Statistics Office lists (Decision 19/2025/QĐ-TTg). Bắc Ninh, Quảng Ninh and Đồng Nai, provinces in
2025, are cities in that list. Only names, codes and numbers were taken over, by tools/communes.py. The older names of
Hà Tĩnh are those of before 2025-07-01; the boxes come from a survey of its 69 units in 2025.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

FILE: Final = "words/communes.csv"
KINDS: Final = ("xã", "phường", "đặc khu", "thị trấn")
"""Of communes; thị trấn until July 2025."""
BOX: Final = ("south", "west", "north", "east")


class Box(NamedTuple):
    """The smallest box around a commune, in degrees (WGS 84).

    It is larger than its commune, so a point outside the box is certainly outside the commune, while a point inside
    it may still be a neighbour's.
    """

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True, slots=True)
class Province:
    """A province: `name` "Hà Tĩnh", `kind` "Tỉnh", `former` the provinces that went into it."""

    name: str
    kind: str
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune: `code` "18547", `name` "Phúc Trạch", `kind` "Xã", `province` "Hà Tĩnh".

    Code, kind and province are "" where they are not known: of a name that no table has, or in a project's own row.
    """

    code: str
    name: str
    kind: str
    province: str
    box: Box | None = None
    former: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """The name as it is shown: "Xã Phúc Trạch"."""
        return f"{self.kind} {self.name}".strip()


@cache
def provinces() -> tuple[Province, ...]:
    """Return all provinces, in the order of their codes."""
    rows = csv.reader(_lines("provinces.csv"))
    return tuple(Province(name, kind, listed(former)) for _, kind, name, former in rows)


@cache
def communes_of(province: str) -> tuple[Commune, ...]:
    """Return the communes of a province, given by its name without the kind, in the order of their codes."""
    lines = (line for line in _lines("communes.csv") if f",{province}," in line)
    return tuple(one for one in _communes(lines) if one.province == province)


@cache
def communes() -> tuple[Commune, ...]:
    """Return the communes of all provinces: slow, for a name or code that its own province has not."""
    return tuple(_communes(_lines("communes.csv")))


def _communes(lines: Iterable[str]) -> Iterator[Commune]:
    for code, kind, name, province, *sides, former in csv.reader(lines):
        yield Commune(code, name, kind, province, box_of(sides), listed(former))


def box_of(sides: Sequence[str]) -> Box | None:
    """Return the box of four cells, None where all are empty. Raises ValueError for what is no number."""
    return Box(*(float(side.replace(",", ".")) for side in sides)) if any(sides) else None


def listed(cell: str) -> tuple[str, ...]:
    """Return the names in a cell, with ";" between them."""
    return tuple(name for part in cell.split(";") if (name := part.strip()))


@cache
def _lines(table: str) -> tuple[str, ...]:
    """Return the lines of a table without its heading."""  # importlib.resources would load 30 ms of modules
    return tuple(Path(__file__).with_name(table).read_text(encoding="utf-8").splitlines()[1:])
