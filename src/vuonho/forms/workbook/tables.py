"""Which sheet is which table and which column which field; what is left over is named."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vuonho.errors import Problem, Severity
from vuonho.forms.incoming import Place
from vuonho.forms.workbook.grids import MOST_COLUMNS, MOST_ROWS, Cell, Grid, Row
from vuonho.forms.workbook.layout import GUIDE, LISTS, MAIN, TRACES, VIETNAMESE, Column, Table
from vuonho.i18n import Both, Text
from vuonho.model.catalogue import find_crop
from vuonho.model.values import quoted
from vuonho.text import fold, nearest

_FIRST_ROWS: Final = 10
_NUMBERING: Final = frozenset({"stt", "tt", "so tt", "so thu tu", "no"})
"""Columns that only count the rows; nothing is lost without them."""
_ENOUGH: Final = 3
"""Known headings that make a sheet of any name a table of households."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that is one of our tables: its row of headings, and its columns by their numbers."""

    table: Table
    grid: Grid
    heading: Row
    columns: Mapping[int, Column]

    @property
    def whose(self) -> tuple[int, ...]:
        """The columns that say which household a row belongs to, or is."""
        return tuple(at for at, column in self.columns.items() if self.table.says_whose(column))

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows below the headings."""
        return tuple(row for row in self.grid.rows if row.number > self.heading.number)


def _loose(text: object) -> str:
    """Return a heading in the form in which headings are compared: no accents, no signs, small letters."""
    return re.sub(r"[^a-z0-9]+", " ", fold(str(text))).strip()


def languages_in(grids: Iterable[Grid]) -> Iterator[str]:
    """Yield the languages that headings such as “Câu chuyện (en)” name."""
    for grid in grids:
        for row in grid.rows[:_FIRST_ROWS]:
            for cell in row.cells.values():
                if isinstance(cell.raw, str) and (found := re.search(r"\(([a-z]{2,3})\)[ *]*$", cell.raw)):
                    yield found[1]


def find_headings(grid: Grid, table: Table) -> Sheet | None:
    """Return a sheet as a table, by the row that has most of its headings; None where none has any.

    Headings are known with and without accents, in English, and as paths of the schema, in any order.
    """
    names = _names(table)
    best: Sheet | None = None
    for row in grid.rows[:_FIRST_ROWS]:
        found = {
            at: names.get(_loose(cell.raw)) for at, cell in row.cells.items() if isinstance(cell.raw, str)
        }
        columns = {at: column for at, column in found.items() if column}
        if len(columns) > (len(best.columns) if best else 0):
            best = Sheet(table, grid, row, columns)
    return best


def _names(table: Table) -> dict[str, Column]:
    """Return the columns by all their names; a shorter name that two columns could have is nobody's."""
    names: dict[str, Column] = {}
    short: dict[str, set[Column]] = {}
    for column in table.columns:
        above = () if column.is_owner else table.path
        for name in (*column.heading, ".".join((*above, *column.full_path)), ".".join(column.full_path)):
            names.setdefault(_loose(name), column)
        shorter: tuple[str, ...] = ()
        if column.word:
            shorter = column.word.names
        elif column.tag in ("", VIETNAMESE):
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
            problems.append(_same_table(grid, found[table]))
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
    problems += [_unread(grid) for grid in others]
    sheets = []
    for table in plan:
        if table in found:
            sheet = find_headings(found[table], table)
            problems += _faults(found[table], sheet)
            sheets += [sheet] if sheet else []
    if main not in found:
        message = Both(f"Không thấy trang “{MAIN.vi}”.", f"There is no sheet “{MAIN.vi}” (households).")
        way_out = Text("Import a workbook made by vuonho export or vuonho form -o phieu.xlsx.")
        problems.append(Place(file).problem("", message, way_out))
    return tuple(sheets), tuple(problems)


def _is_of_households(sheet: Sheet | None) -> bool:
    return sheet is not None and len(sheet.columns) >= _ENOUGH and bool(sheet.whose)


# --- What cannot be understood ---


def _same_table(grid: Grid, other: Grid) -> Problem:
    return grid.row_place(grid.rows[0]).problem(
        "",
        Text(
            "Sheets {title} and {title2} are the same table.",
            title=quoted(grid.title),
            title2=quoted(other.title),
        ),
        Text("Put all rows into one and delete the other."),
    )


def _unread(grid: Grid) -> Problem:
    hidden = Text(" (hidden)") if grid.hidden else Text()
    return grid.row_place(grid.rows[0]).problem(
        "",
        Text(
            "Sheet {title}{hidden} has content, is none of the tables and is not read.",
            title=quoted(grid.title),
            hidden=hidden,
        ),
        Text("If it matters, copy it to the right sheet."),
        Severity.WARNING,
    )


def _faults(grid: Grid, sheet: Sheet | None) -> Iterator[Problem]:
    first = grid.row_place(grid.rows[0])
    if grid.hidden:
        yield Place(grid.file, None, grid.title).problem(
            "",
            Text("this sheet is hidden and is read all the same."),
            Text("Unhide it and have a look."),
            Severity.WARNING,
        )
    if sheet is None:
        yield first.problem(
            "",
            Text("There is no row of headings in the first 10 rows."),
            Text("Copy the row of headings from a blank workbook (vuonho form -o phieu.xlsx)."),
        )
        return
    yield from _unknown_headings(sheet)
    yield from _repeated_headings(sheet)
    yield from _missing_headings(sheet)
    if not sheet.whose:
        yield first.problem(
            "",
            Text("This table has neither a column “Mã” (code) nor “Tên vườn” (name)."),
            Text("Add one of the two."),
        )
    for last, name in grid.merged:
        if last > sheet.heading.number:
            yield Place(grid.file, None, f"{grid.title}!{name}").problem(
                "",
                Text("these cells are merged; whose the value is cannot be told."),
                Text("Unmerge them and write the value into each cell."),
            )
    if grid.beyond:
        yield grid.beyond.problem(
            "",
            Text(
                "there is content too far off: {most_rows} rows and {most_columns} columns are read.",
                most_rows=MOST_ROWS,
                most_columns=MOST_COLUMNS,
            ),
            Text("Delete what is not needed, or split the table into several files."),
        )


def _unknown_headings(sheet: Sheet) -> Iterator[Problem]:
    free = [column.heading.vi for column in sheet.table.columns if column not in sheet.columns.values()]
    for at, cell in sheet.heading.cells.items():
        if at in sheet.columns or _is_numbering(sheet, at, cell):
            continue
        near = nearest(str(cell.raw), free)
        shown = quoted(str(cell.raw))
        yield sheet.grid.place(sheet.heading, at).problem(
            "",
            Text("There is no column {shown}.", shown=shown),
            Text("Is “{near}” meant? Fix the heading, or delete the column.", near=near)
            if near
            else Text(
                "Fix the heading after a blank workbook (vuonho form -o phieu.xlsx), or delete the column."
            ),
        )


def _is_numbering(sheet: Sheet, at: int, heading: Cell) -> bool:
    below = [row.cells[at].raw for row in sheet.rows if at in row.cells]
    return _loose(heading.raw) in _NUMBERING and all(
        isinstance(raw, int | float) or str(raw).strip(" .").isdigit() for raw in below
    )


def _repeated_headings(sheet: Sheet) -> Iterator[Problem]:
    first: dict[Column, int] = {}
    for at, column in sheet.columns.items():
        if first.setdefault(column, at) == at:
            continue
        before, label = sheet.grid.place(sheet.heading, first[column]).where, column.heading
        yield sheet.grid.place(sheet.heading, at).problem(
            "",
            Text("There is a column “{label}” already at {before}.", label=label, before=before),
            Text("Keep one and delete the other.", context="column"),
        )


def _missing_headings(sheet: Sheet) -> Iterator[Problem]:
    """Yield a problem for the first value of each column that has no heading."""
    seen = set(sheet.heading.cells)
    for row in sheet.rows:
        for at in sorted(row.cells.keys() - seen):
            seen.add(at)
            yield sheet.grid.place(row, at).problem(
                "",
                Text("This column has values and no heading."),
                Text("Give the column a heading, or delete it."),
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
    headings = {cell.raw for cell in grid.rows[0].cells.values()} if grid.rows else set()
    return headings == _COLUMNS.keys() | _LISTS.keys() | _UNUSED


def published_grids(grid: Grid, villages: Mapping[str, str]) -> tuple[Grid, ...]:
    """Return the table of households and those of crops, animals and products; `villages` are names by folder."""
    heading, *rows = grid.rows
    main = [_row(heading, _COLUMNS.values())]
    lists = {name: [_row(heading, ("code", *paths))] for name, paths in _LISTS.items()}
    for row in rows:
        said = {
            str(cell.raw): _GUARD.sub(r"\1\2", str(row.cells[at].raw)) if at in row.cells else ""
            for at, cell in heading.cells.items()
        }
        if said[_VILLAGE_FOLDER] not in villages:
            said[_VILLAGE_FOLDER] = said[_VILLAGE]
        main.append(_row(row, (said[name] for name in _COLUMNS)))
        for name, paths in _LISTS.items():
            entries = (_entry(part, is_crop=name == "Cây trồng") for part in said[name].split("; ") if part)
            lists[name] += [_row(row, (said["Mã số"], *entry[: len(paths)])) for entry in entries]
    return (
        Grid(grid.file, MAIN.vi, tuple(main), beyond=grid.beyond, is_csv=True),
        *(Grid(grid.file, name, tuple(entries), is_csv=True) for name, entries in lists.items()),
    )


def _entry(text: str, *, is_crop: bool) -> tuple[str, str, str, str]:
    """Return (name, months, price, unit) of an entry; months that are only usual say nothing of this garden."""
    found = _ENTRY.fullmatch(text)
    if found is None:
        return text, "", "", ""
    name, months, price, unit = found.groups("")
    crop = find_crop(name) if is_crop else None
    if crop and months == ", ".join(map(str, crop.months)):
        months = ""
    return name, months, price.replace(".", ""), unit


def _row(like: Row, texts: Iterable[str]) -> Row:
    """Return a row of texts that stands where another does."""
    return Row(like.number, {at: Cell(text) for at, text in enumerate(texts, 1) if text})
