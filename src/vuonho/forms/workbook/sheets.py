"""Which sheet is which table and which column which field; what is left over is named."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vuonho.errors import Problem, Severity
from vuonho.forms.incoming import Place
from vuonho.forms.workbook.grids import MOST_COLUMNS, MOST_ROWS, Cell, Grid, Row
from vuonho.forms.workbook.layout import GUIDE, LISTS, MAIN, TRACES, VIETNAMESE, Column, Table
from vuonho.i18n import Text
from vuonho.model.values import quoted
from vuonho.model.vocabulary import find_crop
from vuonho.text import fold, nearest

# --- Which sheet is which table and which column which field; what is left over is named ---

_FIRST_ROWS: Final = 10
_NUMBERING: Final = frozenset({"stt", "tt", "so tt", "so thu tu", "no"})
"""Columns that only count the rows; nothing is lost without them."""
_ENOUGH: Final = 3
"""Known headings that make a sheet of any name a table of households."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that is one of our tables: the number of its row of headings, and its columns by their numbers."""

    table: Table
    grid: Grid
    heading: int
    columns: Mapping[int, Column]

    @property
    def whose(self) -> Mapping[int, Column]:
        """The columns that say which household a row belongs to, or is."""
        return {at: column for at, column in self.columns.items() if self.table.says_whose(column)}

    @property
    def rows(self) -> tuple[tuple[int, Row], ...]:
        """The rows below the headings, with their numbers."""
        return tuple((number, cells) for number, cells in self.grid.rows if number > self.heading)


def _loose(text: object) -> str:
    """Return a heading in the form in which headings are compared: no accents, no signs, small letters."""
    return re.sub(r"[^a-z0-9]+", " ", fold(str(text))).strip()


def languages_in(grids: Iterable[Grid]) -> Iterator[str]:
    """Yield the languages that headings such as “Câu chuyện (en)” name."""
    for grid in grids:
        for _, cells in grid.rows[:_FIRST_ROWS]:
            for cell in cells.values():
                if found := re.search(r"\(([a-z]{2,3})\)[ *]*$", str(cell.raw)):
                    yield found[1]


def find_headings(grid: Grid, table: Table) -> Sheet | None:
    """Return a sheet as a table, by the row that has most of its headings; None where none has any.

    Headings are known with and without accents, in English, and as paths of the schema, in any order.
    """
    names = _names(table)
    best: Sheet | None = None
    for number, cells in grid.rows[:_FIRST_ROWS]:
        heads = {at: _loose(cell.raw) for at, cell in cells.items() if isinstance(cell.raw, str)}
        columns = {at: names[head] for at, head in heads.items() if head in names}
        if len(columns) > (len(best.columns) if best else 0):
            best = Sheet(table, grid, number, columns)
    return best


def _names(table: Table) -> dict[str, Column]:
    """Return the columns by all their names; a shorter name that two columns could have is nobody's."""
    names: dict[str, Column] = {}
    short: dict[str, set[Column]] = {}
    for column in table.columns:
        above = () if column.is_owner else table.path
        for name in (*column.heading, ".".join((*above, *column.full_path)), ".".join(column.full_path)):
            names.setdefault(_loose(name), column)
        shorter: tuple[str, ...] = column.word.names if column.word else ()
        if not column.word and column.tag in ("", VIETNAMESE):
            shorter = (*column.field.label, column.path[-1], ".".join(column.path))
        for name in shorter:
            short.setdefault(_loose(name), set()).add(column)
    return {name: found.pop() for name, found in short.items() if len(found) == 1} | names


def sort_sheets(
    grids: Sequence[Grid], plan: Sequence[Table], file: str
) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """Return (tables, problems): at most one sheet for each table of `plan`, in the order of the plan."""
    problems: list[Problem] = []
    by_name = {_loose(name): table for table in plan for name in (*table.title, ".".join(table.path)) if name}
    found: dict[Table, Grid] = {}
    others: list[Grid] = []
    for grid in grids:
        table = by_name.get(_loose(grid.title))
        if not grid.rows:
            continue
        if table in found:
            title, title2 = quoted(grid.title), quoted(found[table].title)
            message = Text("Sheets {title} and {other} are the same table.", title=title, other=title2)
            hint = Text("Put all rows into one and delete the other.")
            problems.append(grid.start.problem("", message, hint))
        elif table:
            found[table] = grid
        elif grid.title not in (TRACES, LISTS) and _loose(grid.title) not in map(_loose, GUIDE):
            others.append(grid)
    main = plan[0]
    if main not in found:
        # People start from an empty book: the one sheet whose headings fit is taken, whatever its name.
        fit = [grid for grid in others if _is_of_households(find_headings(grid, main))]
        if len(fit) == 1:
            found[main] = fit[0]
            others.remove(fit[0])
    for grid in others:
        title = quoted(grid.title)
        message = Text("Sheet {title} has content, is none of the tables and is not read.", title=title)
        hint = Text("If it matters, copy it to the right sheet.")
        problems.append(grid.start.problem("", message, hint, Severity.WARNING))
    sheets = []
    for table in plan:
        if table in found:
            sheet = find_headings(found[table], table)
            problems += _faults(found[table], sheet)
            sheets += [sheet] if sheet else []
    if main not in found:
        message = Text("There is no sheet “{main}” (households).", main=MAIN.vi)
        hint = Text("Import a workbook made by vuonho export or vuonho form -o phieu.xlsx.")
        problems.append(Place(file).problem("", message, hint))
    return tuple(sheets), tuple(problems)


def _is_of_households(sheet: Sheet | None) -> bool:
    return sheet is not None and len(sheet.columns) >= _ENOUGH and bool(sheet.whose)


# --- What cannot be understood ---


def _faults(grid: Grid, sheet: Sheet | None) -> Iterator[Problem]:
    if sheet is None:
        yield grid.start.problem(
            "",
            Text("There is no row of headings in the first 10 rows."),
            Text("Copy the row of headings from a blank workbook (vuonho form -o phieu.xlsx)."),
        )
        return
    yield from _heading_faults(sheet)
    if not sheet.whose:
        message = Text("This table has neither a column “Mã” (code) nor “Tên vườn” (name).")
        yield grid.start.problem("", message, Text("Add one of the two."))
    for last, name in grid.merged:
        if last > sheet.heading:
            message = Text("these cells are merged; whose the value is cannot be told.")
            hint = Text("Unmerge them and write the value into each cell.")
            yield Place(grid.file, None, f"{grid.title}!{name}").problem("", message, hint)
    if grid.beyond:
        message = Text(
            "there is content too far off: {most_rows} rows and {most_columns} columns are read.",
            most_rows=MOST_ROWS,
            most_columns=MOST_COLUMNS,
        )
        hint = Text("Delete what is not needed, or split the table into several files.")
        yield grid.beyond.problem("", message, hint)


def _heading_faults(sheet: Sheet) -> Iterator[Problem]:
    """Yield what is wrong with headings: unknown, there twice, or missing above values."""
    free = [column.heading.vi for column in sheet.table.columns if column not in sheet.columns.values()]
    first: dict[Column, Place] = {}
    headings = dict(sheet.grid.rows)[sheet.heading]
    for at, cell in headings.items():
        place = sheet.grid.place(sheet.heading, at)
        column, shown = sheet.columns.get(at), str(cell.raw)
        if column and first.setdefault(column, place) is not place:
            label, before = column.heading, first[column].where
            message = Text("There is a column “{label}” already at {before}.", label=label, before=before)
            yield place.problem("", message, Text("Keep one and delete the other.", context="column"))
        elif column is None and not _is_numbering(sheet, at, shown):
            hint = Text(
                "Fix the heading after a blank workbook (vuonho form -o phieu.xlsx), or delete the column."
            )
            if near := nearest(shown, free):
                hint = Text("Is “{near}” meant? Fix the heading, or delete the column.", near=near)
            yield place.problem("", Text("There is no column {shown}.", shown=quoted(shown)), hint)
    seen = set(headings)
    for number, cells in sheet.rows:
        for at in sorted(cells.keys() - seen):
            seen.add(at)
            message = Text("This column has values and no heading.")
            hint = Text("Give the column a heading, or delete it.")
            yield sheet.grid.place(number, at).problem("", message, hint)


def _is_numbering(sheet: Sheet, at: int, heading: str) -> bool:
    below = [cells[at].raw for _, cells in sheet.rows if at in cells]
    return _loose(heading) in _NUMBERING and all(
        isinstance(raw, int | float) or str(raw).strip(" .").isdigit() for raw in below
    )


# --- The site's own data/households.csv, taken back: its one table becomes those of a workbook ---

_VILLAGE, _VILLAGE_FOLDER = "Thôn", "Thư mục thôn"
_COLUMNS: Final[Mapping[str, str]] = {
    "Mã số": "code",
    "Tên": "name",
    _VILLAGE_FOLDER: "village",
    "Địa chỉ": "location.address",
    "Diện tích vườn (m²)": "garden.area",
    "Cách làm vườn": "garden.practices",
    "Vườn mẫu": "garden.model.status",
    "Đón khách": "visits.welcome",
    "Kiểm tra ngày": "checked",
}
"""Its headings by the paths of the schema."""
_LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "Cây trồng": ("garden.crops.name", "garden.crops.months"),
    "Vật nuôi": ("garden.animals.name",),
    "Sản phẩm": ("products.name", "products.months", "products.price", "products.unit"),
}
"""Columns that hold several entries and are a sheet of that name in a workbook, with what is told of an entry."""
_UNUSED: Final = frozenset({"Trang web", _VILLAGE, "Xã/phường", "OCOP (sao)"})
_ENTRY = re.compile(
    r"(?P<name>.+?)(?: \(tháng (?P<months>[0-9]+(?:, [0-9]+)*)\))?(?:: (?P<price>[0-9.]+) đ(?:/(?P<unit>.+))?)?"
)
_GUARD = re.compile("(^|[;\t\r\n])([ \u00a0\u3000]*)'(?=[=+\\-@＝＋－＠\t\r\n])")
"""The apostrophe that keeps a spreadsheet from running a cell."""


def is_published(grid: Grid) -> bool:
    """Tell whether a table has exactly the headings of the site's own."""
    headings = {cell.raw for cell in grid.rows[0][1].values()} if grid.rows else set()
    return headings == _COLUMNS.keys() | _LISTS.keys() | _UNUSED


def published_grids(grid: Grid, villages: Mapping[str, str]) -> tuple[Grid, ...]:
    """Return the table of households and those of crops, animals and products; `villages` are names by folder."""
    (first, heading), *rows = grid.rows
    main = [(first, _row(_COLUMNS.values()))]
    lists = {name: [(first, _row(("code", *paths)))] for name, paths in _LISTS.items()}
    for line, row in rows:
        told = {
            str(cell.raw): _GUARD.sub(r"\1\2", str(row[at].raw)) if at in row else ""
            for at, cell in heading.items()
        }
        if told[_VILLAGE_FOLDER] not in villages:
            told[_VILLAGE_FOLDER] = told[_VILLAGE]
        main.append((line, _row(told[name] for name in _COLUMNS)))
        for name, paths in _LISTS.items():
            for part in filter(None, told[name].split("; ")):
                entry = _entry(part, is_crop=name == "Cây trồng")
                lists[name].append((line, _row((told["Mã số"], *entry[: len(paths)]))))
    tables = (Grid(grid.file, name, tuple(entries), is_csv=True) for name, entries in lists.items())
    return (replace(grid, rows=tuple(main)), *tables)


def _entry(text: str, *, is_crop: bool) -> tuple[str, ...]:
    """Return (name, months, price, unit) of an entry; months that are only usual say nothing of this garden."""
    found = _ENTRY.fullmatch(text)
    if found is None:
        return (text,)
    name, months, price, unit = found.groups("")
    crop = find_crop(name) if is_crop else None
    if crop and months == ", ".join(map(str, crop.months)):
        months = ""
    return name, months, price.replace(".", ""), unit


def _row(texts: Iterable[str]) -> Row:
    return {at: Cell(text) for at, text in enumerate(texts, 1) if text}
