"""A workbook written: households as rows, for people to fill in and `import` to take back."""

import errno
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path as File
from tempfile import gettempdir
from types import MappingProxyType
from typing import Final, Literal

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from vuonho.forms.incoming import LEFT
from vuonho.forms.workbook.cells import NO, NUMBERS, YES, cell_text
from vuonho.forms.workbook.layout import (
    GUIDE,
    LISTS,
    MAIN,
    TRACES,
    VIETNAMESE,
    VILLAGE,
    Column,
    Exported,
    Table,
    as_entry,
    hint,
    look_up,
    render_traces,
    tables,
)
from vuonho.i18n import Text
from vuonho.model.fields import leaves
from vuonho.model.outline import household_fields
from vuonho.output.files import in_words

Orientation = Literal["portrait", "landscape"]
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def write_workbook(
    households: Sequence[Exported],
    villages: Sequence[tuple[str, str]],
    languages: Sequence[str],
    *,
    blank_rows: int = 20,
) -> bytes:
    """Return an .xlsx with the households, and room for `blank_rows` more; the same bytes for the same input.

    `villages` are (folder, name). Values stand as typed in the profile, each of which must have a place here
    (`layout.misfits`).
    """
    book = Workbook()
    book.properties.creator = "vuonho"
    plan = tables(tuple(dict.fromkeys((*languages, *_languages(households)))))
    _write_guide(book.worksheets[0], [table.title.vi for table in plan[1:]], is_blank=not households)
    lists = book.create_sheet(LISTS)
    names = [name for _, name in villages]
    called = {slug: name if names.count(name) == 1 else slug for slug, name in villages}
    for table in plan:
        sheet = book.create_sheet(table.title.vi)
        rows = [row for household in households for row in _rows(table, household, called)]
        for number, row in enumerate(rows, 2):
            _write_row(sheet, table, number, row)
        _write_heading(sheet, table)
        for number in range(len(rows) + 2, len(rows) + blank_rows + 2):
            _write_row(sheet, table, number, ())
        for at, column in enumerate(table.columns, 1):
            if choices := _choices(column, tuple(called.values())):
                _offer(sheet, lists, at, choices)
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(rows) + blank_rows + 1}"
        _set_page(sheet, table, table.columns)
        if not households:
            _make_form(sheet, table, len(villages))
    traces = book.create_sheet(TRACES)
    for number, texts in enumerate(render_traces(households, villages), 1):
        for at, text in enumerate(texts, 1):
            _write_text(traces.cell(number, at), text)
    book.move_sheet(lists, len(book.sheetnames))
    lists.sheet_state = "hidden"
    traces.sheet_state = "veryHidden"
    book.active = 1
    out = io.BytesIO()
    with in_words(File(gettempdir())):  # openpyxl writes each sheet there first
        try:
            with _Undated(out, "w") as archive:
                ExcelWriter(book, archive).save()
        except Exception as error:  # where lxml is installed, it says IO_ENOSPC in an error of its own
            if type(error).__module__ != "lxml.etree":
                raise
            raise OSError(getattr(errno, str(error).removeprefix("IO_"), errno.EIO), str(error)) from error
    return out.getvalue()


def _languages(households: Iterable[Exported]) -> Iterator[str]:
    """Yield the languages in which words are found, Vietnamese excepted."""
    fields = [*leaves(household_fields())]
    for values in (household.values for household in households):
        for path, field in fields:
            value = look_up(values, path)
            words = [value]
            if field.kind == "records":
                inside = [within for within, one in leaves(field.fields) if one.is_local]
                words = [look_up(entry, within) for entry in value or () for within in inside]
            if field.is_local or field.kind == "records":
                for word in words:
                    yield from (tag for tag in word if tag != VIETNAMESE) if isinstance(word, Mapping) else ()


def _rows(table: Table, household: Exported, called: Mapping[str, str]) -> Iterator[list[str]]:
    values = household.values
    if table.records is None:
        yield [called[household.village], *(cell_text(column, values) for column in table.columns[1:])]
        return
    for entry in look_up(values, table.path) or []:
        own = as_entry(table.records, entry)
        yield [cell_text(column, values if column.is_owner else own) for column in table.columns]


def _write_row(sheet: Worksheet, table: Table, number: int, texts: Sequence[str]) -> None:
    for at, column in enumerate(table.columns, 1):
        cell = sheet.cell(number, at)
        text = texts[at - 1] if texts else ""
        if column.field.kind in NUMBERS and re.fullmatch("[1-9][0-9]{0,11}|0", text):
            cell.value = int(text)
        else:
            _write_text(cell, text)
        cell.font = _OWNER_FONT if column.is_owner else _CELL_FONT
        cell.alignment, cell.border, cell.number_format = _CELL_PLACE, _BORDER, _AS_TEXT
        if column.is_owner:
            cell.fill = _OWNER_FILL
    sheet.row_dimensions[number].height = _ROW_HEIGHT if table.is_main else None


def _write_text(cell: Cell | MergedCell, text: str) -> None:
    """Write a text that stays text, though it begin like a formula or look like an escape of Excel's own."""
    if not text:
        return
    cell.value = _ESCAPE_LIKE.sub("_x005F_", text)
    cell.data_type = "s"
    if text.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True


# --- Looks: calm, wide enough to read, the same on screen and on paper ---

_AS_TEXT: Final = "@"
"""The number format under which Excel leaves alone what is typed."""
_FONT: Final = "Arial"
_ROW_HEIGHT: Final = 32.0
_CELL_FONT: Final = Font(name=_FONT, size=10)
_CELL_PLACE: Final = Alignment(horizontal="left", vertical="top", wrap_text=True)
_OWNER_FONT: Final = Font(name=_FONT, size=10, color="5B5347")
_OWNER_FILL: Final = PatternFill("solid", fgColor="F3EEE2")
_HEAD_FILLS: Final = (PatternFill("solid", fgColor="1F5E33"), PatternFill("solid", fgColor="6B4423"))
"""Two colours by turns, so that it can be seen which columns belong together."""
_HAIR: Final = Side(style="thin", color="D8D0BF")
_BORDER: Final = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)
_WIDTHS: Final = MappingProxyType({
    "code": 9, "day": 13, "year": 11, "area": 13, "count": 10, "price": 11, "stars": 9, "yes_no": 11,
    "months": 17, "position": 26, "phone": 15, "word": 16, "line": 24, "caption": 32, "paragraph": 36,
    "story": 44, "url": 28,
})  # fmt: skip
_ROOM: Final = 2_000
"""Drop-downs reach this far down, for whoever goes on typing below."""


def _width(column: Column) -> int:
    """Return the width of a column, in letters."""
    if column.word:
        return 14
    return 28 if column.field.several and column.field.words else _WIDTHS[column.field.kind]


def _write_heading(sheet: Worksheet, table: Table) -> None:
    """Write the headings and give each column its looks; columns that belong together have one colour."""
    fill, before = 1, None
    for at, column in enumerate(table.columns, 1):
        record = column.path[0] if len(column.path) > 1 else ""
        group = record if table.is_main else column.is_owner
        fill, before = (fill, group) if group == before else (1 - fill, group)
        cell = sheet.cell(1, at, column.heading.vi + (" *" if column.is_required else ""))
        cell.font = Font(name=_FONT, size=10, bold=True, color="FFFFFF")
        cell.fill = _HEAD_FILLS[fill]
        cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)
        cell.border, cell.number_format = _BORDER, _AS_TEXT
        said = hint(column)
        lines = 1 + said.count("\n") + sum(len(line) // 44 for line in said.splitlines())
        cell.comment = Comment(said, "vuonho", width=300, height=24 + 17 * lines)
        dimension = sheet.column_dimensions[get_column_letter(at)]
        dimension.width, dimension.number_format = _width(column), _AS_TEXT
        dimension.font, dimension.alignment = _CELL_FONT, _CELL_PLACE
    sheet.row_dimensions[1].height = 76.0
    sheet.freeze_panes = "D2" if table.is_main else "C2"


def _offer(sheet: Worksheet, lists: Worksheet, at: int, choices: tuple[str, ...]) -> None:
    """Offer a list in a column; it guides and forbids nothing, for `import` understands more than the list.

    The list is written into `lists` beside the others, unless it stands there already.
    """
    known = [tuple(filter(None, column)) for column in lists.iter_cols(values_only=True)]
    place = known.index(choices) + 1 if choices in known else len(list(filter(None, known))) + 1
    for number, choice in enumerate(choices, 1):
        lists.cell(number, place, choice).data_type = "s"
    source, letter = get_column_letter(place), get_column_letter(at)
    formula = f"{lists.title}!${source}$1:${source}${len(choices)}"
    offer = DataValidation(type="list", formula1=formula, allow_blank=True, errorStyle="warning")
    offer.showErrorMessage = True
    offer.errorTitle, offer.error = "Không có trong danh sách", "Nên chọn trong danh sách. Vẫn ghi như vậy?"
    offer.add(f"{letter}2:{letter}{_ROOM}")
    sheet.add_data_validation(offer)


def _choices(column: Column, villages: tuple[str, ...]) -> tuple[str, ...]:
    if column.field is VILLAGE:
        return villages
    if column.word or column.field.kind == "yes_no":
        return YES, NO
    if column.field.words and not column.field.several:
        return tuple(word.label.vi for word in column.field.words)
    return ()


def _set_page(sheet: Worksheet, table: Table, columns: Iterable[Column]) -> None:
    """Set the page for these columns: headings on each, and the household's name in the table of households."""
    across = 190  # letters across a page of A4 on its side that can still be read
    pages = -(-sum(map(_width, columns)) // across)
    _fit(sheet, "landscape", pages)
    sheet.print_title_rows = "1:1"
    if table.is_main:
        sheet.print_title_cols = "C:C"
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.5
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(f"{table.title.vi} · vuonho"), right=_HeaderFooterPart("&P/&N")
    )


def _fit(sheet: Worksheet, orientation: Orientation, pages: int | None = None) -> None:
    """Print on A4, as many pages across as are named, else one."""
    setup = sheet.page_setup
    setup.orientation, setup.paperSize = orientation, sheet.PAPERSIZE_A4
    setup.fitToWidth, setup.fitToHeight = pages, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _make_form(sheet: Worksheet, table: Table, villages: int) -> None:
    """Hide what few households need, and the village where there is only one; let one page of rows be printed.

    Few need another language, why a household left, the papers of a model garden, an emblem. A hidden column is read like any
    other; who needs it makes it visible.
    """
    seen = []
    for at, column in enumerate(table.columns, 1):
        is_detail = column.path[:2] == ("garden", "model") and column.path[2:] != ("status",)
        is_rare = column.path[0] in (*LEFT, "plaque") or column.tag not in ("", VIETNAMESE) or is_detail
        if is_rare or (column.field is VILLAGE and villages == 1):
            sheet.column_dimensions[get_column_letter(at)].hidden = True
        else:
            seen.append(column)
    _set_page(sheet, table, seen)
    last = 23 if table.is_main else 13
    for row in range(2, last + 1):
        sheet.row_dimensions[row].height = _ROW_HEIGHT
    sheet.print_area = f"A1:{get_column_letter(len(table.columns))}{last}"


_STEPS: Final = Text(
    "Household gardens: the workbook\n"
    "Sheet “{main}”: one row a household. Columns with * are required; leave empty what is not known yet.\n"
    "Codes (Mã) are given by the machine. Leave the code of a new household empty; never copy that of another.\n"
    "The other sheets ({sheets}): one row for each thing, begun with the code or the name of its household.\n"
    "Where a cell has an arrow, choose from the list. Point at a heading to see how to fill the column in.\n"
    "Columns “Cho hiện” (may be shown): ask the family about each, then Có (yes) or Không (no). Never guess.\n"
    "Several things in one cell are separated by ; and what shall no longer be said is simply cleared.\n"
    "Do not rename sheets or headings, nor merge cells. Sort and filter as you like, with the whole table "
    "selected.\n"
    "When done, save and take it in: vuonho import FILE.xlsx. All changes are shown before anything is written.\n"
    "This file holds phone numbers and private facts: send it to your team only, never put it on the web."
)
_HIDDEN: Final = Text(
    "Columns that few need (papers of a model garden, English, households that left) are "
    "hidden. Select the sheet, right-click a column's letter, Unhide."
)


def _write_guide(sheet: Worksheet, lists: Sequence[str], *, is_blank: bool) -> None:
    """Write the first sheet: how to fill in the others, in a minute. `lists` are the titles of the sheets of records."""
    sheet.title = GUIDE.vi
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 5, 105
    row = 1
    for language, ink in (("vi", "000000"), ("en", "5B5347")):
        title, *steps = _STEPS.to(language).format(main=MAIN.vi, sheets=", ".join(lists)).split("\n")
        if is_blank:
            steps.insert(4, _HIDDEN.to(language))
        sheet.cell(row, 1, title).font = Font(name=_FONT, size=16, bold=True, color="1F5E33")
        sheet.row_dimensions[row].height = 30
        for number, step in enumerate(steps, 1):
            row += 1
            sheet.cell(row, 1, number).font = Font(name=_FONT, size=11, bold=True, color="6B4423")
            sheet.cell(row, 2, step).font = Font(name=_FONT, size=11, color=ink)
            sheet.cell(row, 1).alignment = Alignment(horizontal="left", vertical="top")
            sheet.cell(row, 2).alignment = _CELL_PLACE
            sheet.row_dimensions[row].height = 18 + 15 * (len(step) // 112)
        row += 2
    _fit(sheet, "portrait")


# --- The zip, the same every time: no clock in it, and no marks on numbers that are meant as text ---


class _Undated(zipfile.ZipFile):
    """A zip for openpyxl to fill that asks no clock, which may tell a year that no zip holds."""

    def write(self, filename: str, arcname: str) -> None:  # type: ignore[override]
        """Put a file in."""
        self.writestr(arcname, File(filename).read_bytes())

    def writestr(self, name: str, data: str | bytes, *_: object) -> None:  # type: ignore[override]
        """Put a part in."""
        content = data.encode("utf-8") if isinstance(data, str) else data
        if name == "docProps/core.xml":
            dates = rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*"
            content = re.sub(dates, rb"\g<1>2000-01-01T00:00:00Z", content)
        elif name.startswith("xl/worksheets/sheet"):
            # A phone number in a cell of text gets no green corner; where it may stand: ECMA-376 part 1, 18.3.1.99.
            mark = b"<legacyDrawing" if b"<legacyDrawing" in content else b"</worksheet>"
            content = content.replace(mark, _IGNORED_ERRORS + mark, 1)
        info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        info.create_system = 0  # the same on Windows as elsewhere
        super().writestr(info, content)


_IGNORED_ERRORS: Final = (
    b'<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1" twoDigitTextYear="1"/>'
    b"</ignoredErrors>"
)
