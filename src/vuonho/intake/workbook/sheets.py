"""Which sheet is which table; what is left over is named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vuonho.bilingual import Text
from vuonho.domain.values import quoted
from vuonho.errors import Problem, Severity
from vuonho.intake.incoming import Place
from vuonho.intake.workbook.excel import MOST_COLUMNS, MOST_ROWS
from vuonho.intake.workbook.grid import Grid
from vuonho.intake.workbook.headings import Headings, loose, match_headings, names_of
from vuonho.intake.workbook.plan import GUIDE, MAIN, Table
from vuonho.intake.workbook.traces import LISTS, SHEET

_OURS = frozenset({SHEET, LISTS})
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that is one of our tables, its headings recognised."""

    table: Table
    grid: Grid
    headings: Headings


def sort_sheets(
    grids: Sequence[Grid], plan: Sequence[Table], file: str
) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """Return (tables, problems): at most one sheet for each table of `plan`, in the order of the plan."""
    problems: list[Problem] = []
    found: dict[Table, Grid] = {}
    others: list[Grid] = []
    for grid in grids:
        table = next((table for table in plan if loose(grid.title) in names_of(table)), None)
        if table is not None and grid.rows:
            if table in found:
                problems.append(_same(file, grid, found[table]))
            found.setdefault(table, grid)
        elif grid.rows and grid.title not in _OURS and loose(grid.title) not in map(loose, GUIDE):
            others.append(grid)
    main = plan[0]
    if main not in found and (candidate := _candidate(others, main)):
        found[main] = candidate
        others.remove(candidate)
    problems += [_unread(file, grid) for grid in others]
    sheets = [
        Sheet(table, found[table], match_headings(found[table], table)) for table in plan if table in found
    ]
    problems += [problem for sheet in sheets for problem in _wrong(sheet, file)]
    if main not in found:
        problems.append(Place(file).problem("", *_NO_MAIN))
    return tuple(sheet for sheet in sheets if sheet.headings.row), tuple(problems)


def _candidate(grids: Sequence[Grid], main: Table) -> Grid | None:
    """Return the one sheet of another name whose headings are those of households, None if there is none, or several."""
    fit = [grid for grid in grids if _fits(match_headings(grid, main))]
    return fit[0] if len(fit) == 1 else None


def _fits(headings: Headings) -> bool:
    return len(headings.columns) >= _ENOUGH and bool(headings.whose)


def _wrong(sheet: Sheet, file: str) -> Iterator[Problem]:
    grid, headings = sheet.grid, sheet.headings
    if grid.hidden:
        yield Place(file, None, grid.title).problem("", *_HIDDEN, Severity.WARNING)
    if not headings.row:
        yield grid_place(file, grid).problem("", *_NO_HEADINGS)
        return
    yield from headings.problems
    if not headings.whose:
        yield grid_place(file, grid).problem("", *_NO_OWNER)
    for _, last, name in grid.merged:
        if last > headings.row:
            spot = f"{grid.title}!{name}"
            yield Place(file, None, spot).problem("", *_MERGED)
    if grid.beyond:
        yield grid.beyond.problem("", *_BEYOND)


def grid_place(file: str, grid: Grid) -> Place:
    """Return the place of a whole sheet: its first row."""
    first = next(iter(grid.rows[0].cells.values())) if grid.rows else None
    return first.place if first else Place(file)


def _same(file: str, grid: Grid, other: Grid) -> Problem:
    return grid_place(file, grid).problem(
        "",
        Text(f"Trang {quoted(grid.title)} và trang {quoted(other.title)} là một.",
             f"Sheets {quoted(grid.title)} and {quoted(other.title)} are the same table."),
        Text("Gộp vào một trang, xóa trang kia.", "Put all rows into one and delete the other."),
    )  # fmt: skip


def _unread(file: str, grid: Grid) -> Problem:
    hidden = Text(" (đang ẩn)", " (hidden)") if grid.hidden else Text("", "")
    return grid_place(file, grid).problem(
        "",
        Text(f"Trang {quoted(grid.title)}{hidden.vi} có chữ mà không phải trang của bảng hồ sơ, nên không đọc.",
             f"Sheet {quoted(grid.title)}{hidden.en} has content, is none of the tables and is not read."),
        Text("Nếu cần thì chép sang đúng trang; không thì bỏ qua.", "If it matters, copy it to the right sheet."),
        Severity.WARNING,
    )  # fmt: skip


_NO_MAIN = (
    Text(f"Không thấy trang “{MAIN.vi}”.", f"There is no sheet “{MAIN.vi}” (households)."),
    Text("Đưa vào bảng do vuonho export hoặc vuonho form -o phieu.xlsx làm ra.",
         "Import a workbook made by vuonho export or vuonho form -o phieu.xlsx."),
)  # fmt: skip
_NO_HEADINGS = (
    Text("Không thấy hàng tiêu đề trong 10 hàng đầu.", "There is no row of headings in the first 10 rows."),
    Text("Chép hàng tiêu đề từ bảng mẫu (vuonho form -o phieu.xlsx).", "Copy the row of headings from a blank workbook (vuonho form -o phieu.xlsx)."),
)  # fmt: skip
_NO_OWNER = (
    Text("Bảng này thiếu cột “Mã” và cột “Tên vườn”.", "This table has neither a column “Mã” (code) nor “Tên vườn” (name)."),
    Text("Thêm một trong hai cột ấy.", "Add one of the two."),
)  # fmt: skip
_HIDDEN = (
    Text("trang này đang ẩn mà vẫn được đọc.", "this sheet is hidden and is read all the same."),
    Text("Bỏ ẩn để xem lại.", "Unhide it and have a look."),
)
_MERGED = (
    Text("các ô này bị gộp làm một, không biết giá trị của từng hộ.", "these cells are merged; whose the value is cannot be told."),
    Text("Bỏ gộp ô (Unmerge), rồi ghi giá trị vào từng ô.", "Unmerge them and write the value into each cell."),
)  # fmt: skip
_BEYOND = (
    Text(f"có chữ ở xa quá: chỉ đọc {MOST_ROWS} hàng và {MOST_COLUMNS} cột.",
         f"there is content too far off: {MOST_ROWS} rows and {MOST_COLUMNS} columns are read."),
    Text("Xóa phần thừa, hoặc chia bảng thành nhiều tệp.", "Delete what is not needed, or split the table into several files."),
)  # fmt: skip
