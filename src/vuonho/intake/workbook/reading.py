"""A workbook or a CSV table read: households as the file tells them, and everything that cannot be understood.

.xlsx ──▶ package ──▶ grids ─┐
.csv ──────────▶ one grid ───┴─ headings ──▶ rows ──▶ values, compared with the traces ──▶ Incoming
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from vuonho.bilingual import Text
from vuonho.errors import Problem, Refused, Severity
from vuonho.intake.incoming import Incoming, Place
from vuonho.intake.workbook.assemble import Assembly
from vuonho.intake.workbook.excel import read_grids
from vuonho.intake.workbook.grid import Grid
from vuonho.intake.workbook.headings import languages_in
from vuonho.intake.workbook.plan import tables
from vuonho.intake.workbook.published import is_published, published_grids, said_of_published
from vuonho.intake.workbook.separated import read_table
from vuonho.intake.workbook.sheets import sort_sheets
from vuonho.intake.workbook.traces import NO_TRACES, SHEET, Traces, parse_traces

Result = tuple[tuple[Incoming, ...], tuple[Problem, ...]]
NO_VILLAGES: Mapping[str, str] = MappingProxyType({})


def read_workbook(
    content: bytes, file: str, languages: Sequence[str], villages: Mapping[str, str] = NO_VILLAGES
) -> Result:
    """Return (households, problems) of an .xlsx file.

    The errors are those of all households too, each of which has its own; what is wrong with the whole file stands
    in every one. An error that no household has is that of a row which is nobody's, and does the others no harm.

    Values and bases are what `Incoming` says: a key that no column speaks of is absent from `values`, with a base
    too; an emptied cell is None where there is a base; with a base, lists of records are complete. `villages` are
    names by folder, beside those that the workbook brings along; a village of another name stays as typed. Never
    raises for what is in the file.
    """
    try:
        grids = read_grids(content, file)
    except Refused as refused:
        return (), (Place(file).problem("", refused.message, refused.hint),)
    traces, problems = _traces(grids, file)
    return _read(grids, file, languages, villages, traces, problems)


def read_csv(
    content: bytes, file: str, languages: Sequence[str], villages: Mapping[str, str] = NO_VILLAGES
) -> Result:
    """Return (households, problems) of a .csv file, otherwise as `read_workbook`.

    It is one table of households, or what the site publishes of them.
    """
    try:
        grid, warnings = read_table(content, file)
    except Refused as refused:
        return (), (Place(file).problem("", refused.message, refused.hint),)
    if not is_published(grid):
        return _read((grid,), file, languages, villages, NO_TRACES, warnings)
    grids, warnings = tuple(published_grids(grid, villages)), (*warnings, said_of_published(file))
    households, problems = _read(grids, file, languages, villages, NO_TRACES, warnings)
    return tuple(replace(one, is_published=True) for one in households), problems


def _read(
    grids: Sequence[Grid],
    file: str,
    languages: Sequence[str],
    villages: Mapping[str, str],
    traces: Traces,
    problems: Sequence[Problem],
) -> Result:
    if not any(grid.rows for grid in grids):
        return (), (*problems, Place(file).problem("", *NOBODY))
    plan = tables(tuple(dict.fromkeys((*languages, *languages_in(grids)))))
    sheets, found = sort_sheets(grids, plan, file)
    assembly = Assembly(plan, traces, {**traces.villages, **villages})
    households = assembly.households(sheets)
    whole = tuple(one for one in (*problems, *found) if one.severity is Severity.ERROR)
    if whole:
        households = tuple(replace(one, problems=(*whole, *one.problems)) for one in households)
    problems = tuple(dict.fromkeys((*problems, *found, *assembly.problems)))
    if not households and not any(problem.severity is Severity.ERROR for problem in problems):
        problems = (*problems, Place(file).problem("", *NOBODY))
    return households, problems


def _traces(grids: Iterable[Grid], file: str) -> tuple[Traces, tuple[Problem, ...]]:
    grid = next((grid for grid in grids if grid.title == SHEET), None)
    if grid is None:
        return NO_TRACES, ()
    rows = [[str(row.cells[place].raw) for place in sorted(row.cells)] for row in grid.rows]
    found = parse_traces(rows)
    if found is None or grid.beyond:
        return NO_TRACES, (Place(file).problem("", *_NO_TRACES, Severity.WARNING),)
    return found, ()


NOBODY = (
    Text("Trong bảng chưa có hộ nào.", "There is no household in the table."),
    Text("Ghi mỗi hộ một dòng dưới hàng tiêu đề, ít nhất là tên vườn.",
         "Write one row a household below the headings, at least its name."),
)  # fmt: skip
_NO_TRACES = (
    Text("Không đọc được trang ẩn ghi nội dung lúc xuất, nên không biết ô nào vừa sửa; ô trống được coi là không nói gì.",
         "The hidden sheet with what was exported cannot be read; it cannot be told what changed, and empty cells say nothing."),
    Text("Xem kỹ các thay đổi trước khi nhận, hoặc xuất bảng mới.", "Look closely at the changes, or export a new workbook."),
)  # fmt: skip


def is_ours(content: bytes) -> bool:
    """Tell whether this is a workbook that `write_workbook` made, whatever was typed into it since."""
    try:
        return any(grid.title == SHEET for grid in read_grids(content, ""))
    except Refused:
        return False
