"""A sheet made ready for people: headings, comments, drop-downs, frozen panes."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from vuonho.intake.workbook import look
from vuonho.intake.workbook.hints import hint
from vuonho.intake.workbook.paper import put_on_paper
from vuonho.intake.workbook.plan import VILLAGE, Column, Table
from vuonho.intake.workbook.wording import NO, YES

_ROOM: Final = 2_000
"""Drop-downs reach this far down, for whoever goes on typing below."""


def dress(
    sheet: Worksheet, lists: Worksheet, table: Table, villages: Sequence[str], filled: int, rows: int
) -> None:
    """Put everything round the `filled` rows of a table: its heading, empty rows up to `rows`, and the rest.

    Lists to choose from are written into `lists`.
    """
    for place, (column, fill) in enumerate(_with_fills(table), 1):
        _head(sheet, place, column, fill)
        _offer(sheet, lists, place, column, villages)
    sheet.row_dimensions[1].height = look.HEAD_HEIGHT
    for number in range(filled + 2, rows + 2):
        dress_row(sheet, table, number)
    sheet.freeze_panes = "D2" if table.is_main else "C2"
    last = get_column_letter(len(table.columns))
    sheet.auto_filter.ref = f"A1:{last}{max(rows, filled) + 1}"
    put_on_paper(sheet, table.title.vi, table.columns, is_main=table.is_main)


def dress_row(sheet: Worksheet, table: Table, number: int) -> None:
    """Give the cells of a row their looks; what stands in them stays."""
    for place, column in enumerate(table.columns, 1):
        cell = sheet.cell(number, place)
        cell.font = look.OWNER_FONT if column.is_owner else look.CELL_FONT
        cell.alignment, cell.border, cell.number_format = look.CELL_PLACE, look.GRID, look.TEXT
        if column.is_owner:
            cell.fill = look.OWNER_FILL
    sheet.row_dimensions[number].height = look.ROW_HEIGHT if table.is_main else None


def _with_fills(table: Table) -> Iterator[tuple[Column, int]]:
    groups = [list(group) for _, group in groupby(table.columns, key=lambda column: _group(table, column))]
    for number, group in enumerate(groups):
        yield from ((column, number % 2) for column in group)


def _group(table: Table, column: Column) -> str:
    """Return what stands together: a record of the household; its own single values; in lists, whose and what."""
    if table.is_main:
        return column.group if len(column.path) > 1 else ""
    return "owner" if column.is_owner else "entry"


def _head(sheet: Worksheet, place: int, column: Column, fill: int) -> None:
    letter = get_column_letter(place)
    cell = sheet.cell(1, place, column.heading.vi + (" *" if column.is_required else ""))
    cell.font, cell.fill = look.HEAD_FONT, look.HEAD_FILLS[fill]
    cell.alignment, cell.border, cell.number_format = look.HEAD_PLACE, look.GRID, look.TEXT
    said = hint(column)
    lines = 1 + said.count("\n") + sum(len(line) // 44 for line in said.splitlines())
    cell.comment = Comment(said, "vuonho", width=300, height=24 + 17 * lines)
    dimension = sheet.column_dimensions[letter]
    dimension.width, dimension.number_format = look.width(column), look.TEXT
    dimension.font, dimension.alignment = look.CELL_FONT, look.CELL_PLACE


# --- Lists to choose from ------------------------------------------------------------------------------------


def _offer(sheet: Worksheet, lists: Worksheet, place: int, column: Column, villages: Sequence[str]) -> None:
    """Offer a list in a column; it guides and forbids nothing, for `import` understands more than the list."""
    choices = _choices(column, villages)
    if not choices:
        return
    source = _listed(lists, choices)
    offer = DataValidation(type="list", formula1=source, allow_blank=True, errorStyle="warning")
    offer.showErrorMessage = True
    offer.errorTitle, offer.error = "Không có trong danh sách", "Nên chọn trong danh sách. Vẫn ghi như vậy?"
    letter = get_column_letter(place)
    offer.add(f"{letter}2:{letter}{_ROOM}")
    sheet.add_data_validation(offer)


def _choices(column: Column, villages: Sequence[str]) -> tuple[str, ...]:
    if column.field is VILLAGE:
        return tuple(villages)
    if column.word or column.field.kind == "yes_no":
        return YES, NO
    if column.field.words and not column.field.several:
        return tuple(word.label.vi for word in column.field.words)
    return ()


def _listed(lists: Worksheet, choices: tuple[str, ...]) -> str:
    """Return the formula of a list, which is written beside the others the first time that it is needed."""
    last = lists.max_column if lists.cell(1, 1).value else 0
    for place in range(1, last + 1):
        if tuple(cell.value for cell in lists[get_column_letter(place)] if cell.value) == choices:
            break
    else:
        place = last + 1
        for number, choice in enumerate(choices, 1):
            lists.cell(number, place, choice).data_type = "s"
    letter = get_column_letter(place)
    return f"{lists.title}!${letter}$1:${letter}${len(choices)}"
