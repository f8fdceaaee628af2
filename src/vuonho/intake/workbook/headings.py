"""Headings recognised: with and without accents, in English, as paths of the schema, in any order and row."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.fold import fold, nearest
from vuonho.domain.values import quoted
from vuonho.errors import Problem
from vuonho.intake.workbook.grid import Cell, Grid, Row
from vuonho.intake.workbook.plan import Column, Table

_FIRST_ROWS: Final = 10
_TAG = re.compile(r"\(([a-z]{2,3})\)[ *]*$")
_NUMBERING: Final = frozenset({"stt", "tt", "so tt", "so thu tu", "no"})
"""Columns that only count the rows; nothing is lost without them."""


@dataclass(frozen=True, slots=True)
class Headings:
    """Which column of a sheet means what: `row` is the number of the heading row, 0 where there is none.

    `whose` are the columns that say which household a row belongs to, or is.
    """

    row: int
    columns: Mapping[int, Column]
    whose: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()


def loose(text: str) -> str:
    """Return a heading in the form in which headings are compared: no accents, no signs, small letters."""
    return re.sub(r"[^a-z0-9]+", " ", fold(text)).strip()


def languages_in(grids: Iterable[Grid]) -> Iterator[str]:
    """Yield the languages that headings such as “Câu chuyện (en)” name."""
    for grid in grids:
        for row in grid.rows[:_FIRST_ROWS]:
            for cell in row.cells.values():
                if isinstance(cell.raw, str) and (found := _TAG.search(cell.raw)):
                    yield found[1]


def match_headings(grid: Grid, table: Table) -> Headings:
    """Return what the columns of a sheet mean as a table; `problems` name those that mean nothing, or the same."""
    names = _names(table)
    best, most = None, 0
    for row in grid.rows[:_FIRST_ROWS]:
        count = sum(_column(names, cell) is not None for cell in row.cells.values())
        if count > most:
            best, most = row, count
    if best is None:
        return Headings(0, {})
    columns = {place: column for place, cell in best.cells.items() if (column := _column(names, cell))}
    problems = (*_unknown(grid, best, table, columns), *_twice(best, columns), *_unheaded(grid, best))
    whose = tuple(place for place, column in columns.items() if table.says_whose(column))
    return Headings(best.number, columns, whose, problems)


def _column(names: Mapping[str, Column], cell: Cell) -> Column | None:
    return names.get(loose(cell.raw)) if isinstance(cell.raw, str) else None


def _names(table: Table) -> dict[str, Column]:
    """Return the columns by all their names; a shorter name that two columns could have is nobody's."""
    names: dict[str, Column] = {}
    for column in table.columns:
        for name in _own_names(table, column):
            names.setdefault(loose(name), column)
    short: dict[str, list[Column]] = {}
    for column in table.columns:
        for name in {loose(name) for name in _short_names(column)}:
            short.setdefault(name, []).append(column)
    return names | {name: found[0] for name, found in short.items() if len(found) == 1 and name not in names}


def _own_names(table: Table, column: Column) -> Iterator[str]:
    yield from column.heading
    path = column.path if column.is_owner else (*table.path, *column.path)
    last = column.word.key if column.word else column.tag
    yield ".".join((*path, last) if last else path)
    if not column.is_owner:
        yield ".".join((*column.path, last) if last else column.path)


def _short_names(column: Column) -> Iterator[str]:
    if column.word:
        yield from column.word.names
    elif column.tag in ("", "vi"):
        yield from column.field.label
        yield column.path[-1]
        yield ".".join(column.path)


# --- What cannot be understood -------------------------------------------------------------------------------


def _unknown(grid: Grid, heading: Row, table: Table, columns: Mapping[int, Column]) -> Iterator[Problem]:
    free = [column.heading.vi for column in table.columns if column not in columns.values()]
    for place, cell in heading.cells.items():
        if place in columns or _is_numbering(grid, heading, place, cell):
            continue
        near = nearest(str(cell.raw), free)
        shown = quoted(str(cell.raw))
        yield cell.place.problem(
            "",
            Text(f"Không có cột nào tên {shown}.", f"There is no column {shown}."),
            Text(f"Có phải là “{near}”? Sửa tiêu đề, hoặc xóa cột.", f"Is “{near}” meant? Mend the heading, or delete the column.")
            if near
            else Text("Sửa tiêu đề theo bảng mẫu (vuonho form -o phieu.xlsx), hoặc xóa cột.",
                      "Mend the heading after a blank workbook (vuonho form -o phieu.xlsx), or delete the column."),
        )  # fmt: skip


def _is_numbering(grid: Grid, heading: Row, place: int, cell: Cell) -> bool:
    below = (row.cells[place].raw for row in grid.rows if row.number > heading.number and place in row.cells)
    return loose(str(cell.raw)) in _NUMBERING and all(
        isinstance(raw, int | float) or (isinstance(raw, str) and raw.strip(" .").isdigit()) for raw in below
    )


def _twice(heading: Row, columns: Mapping[int, Column]) -> Iterator[Problem]:
    first: dict[Column, int] = {}
    for place, column in columns.items():
        if column in first:
            before = heading.cells[first[column]].place
            label = column.heading
            yield heading.cells[place].place.problem(
                "",
                Text(f"Cột “{label.vi}” đã có ở {before.said.vi}.", f"There is a column “{label.en}” already at {before.said.en}."),
                Text("Giữ một cột, xóa cột kia.", "Keep one and delete the other."),
            )  # fmt: skip
        first.setdefault(column, place)


def _unheaded(grid: Grid, heading: Row) -> Iterator[Problem]:
    """Yield a problem for the first value of each column that has no heading."""
    seen: set[int] = set()
    for row in grid.rows:
        for place, cell in row.cells.items():
            if row.number > heading.number and place not in heading.cells and place not in seen:
                seen.add(place)
                yield cell.place.problem(
                    "",
                    Text("Cột này có chữ mà không có tiêu đề.", "This column has values and no heading."),
                    Text("Ghi tiêu đề cho cột, hoặc xóa cột.", "Give the column a heading, or delete it."),
                )


def names_of(table: Table) -> Sequence[str]:
    """Return the names by which a sheet is known to be a table, in the form of `loose`."""
    return [loose(name) for name in (*table.title, ".".join(table.path)) if name]
