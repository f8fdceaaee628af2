"""A sheet on paper: on its side, as few pages as can still be read, and in a blank form what most households need."""

from collections.abc import Sequence
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from vuonho.intake.workbook import look
from vuonho.intake.workbook.plan import VILLAGE, Column, Table

_PAGE: Final = 190
"""Letters across a page of A4 on its side that can still be read."""
_HOUSEHOLDS, _ENTRIES = 22, 12
"""Rows for writing by hand that have room on one page, of the wide table of households and of the others."""


def put_on_paper(sheet: Worksheet, title: str, columns: Sequence[Column], *, is_main: bool) -> None:
    """Set the page for these columns: headings on each, and the household's name in the table of households."""
    across = sum(look.width(column) for column in columns)
    setup = sheet.page_setup
    setup.orientation, setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    setup.fitToWidth, setup.fitToHeight = -(-across // _PAGE), 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    if is_main:
        sheet.print_title_cols = "C:C"
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.5
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(f"{title} · vuonho"), right=_HeaderFooterPart("&P/&N")
    )


def make_form(sheet: Worksheet, table: Table, villages: int) -> None:
    """Hide what few households need, and the village where there is only one; let one page of rows be printed.

    A hidden column is read like any other; whoever needs it makes it visible.
    """
    seen = []
    for place, column in enumerate(table.columns, 1):
        if column.is_rare or (column.field is VILLAGE and villages == 1):
            sheet.column_dimensions[get_column_letter(place)].hidden = True
        else:
            seen.append(column)
    put_on_paper(sheet, table.title.vi, seen, is_main=table.is_main)
    last = 1 + (_HOUSEHOLDS if table.is_main else _ENTRIES)
    for row in range(2, last + 1):
        sheet.row_dimensions[row].height = look.ROW_HEIGHT
    sheet.print_area = f"A1:{get_column_letter(len(table.columns))}{last}"
