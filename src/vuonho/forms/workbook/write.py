"""A workbook written: households as rows, for people to fill in and `import` to take back."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Final

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

from vuonho.errors import Refused
from vuonho.forms.workbook.layout import (
    GUIDE,
    LISTS,
    MAIN,
    NO,
    SHEET,
    VIETNAMESE,
    VILLAGE,
    YES,
    Column,
    Exported,
    Missing,
    Table,
    as_entry,
    hint,
    look_up,
    render_traces,
    shown,
    tables,
)
from vuonho.i18n import Text
from vuonho.model.fields import Field, field_at, leaves
from vuonho.model.outline import household_fields
from vuonho.project.yaml_tree import Path, Plain

# --- What the cells of a workbook look like: calm, wide enough to read, the same on screen and on paper ---

TEXT: Final = "@"
"""The number format under which Excel leaves alone what is typed."""
FONT: Final = "Arial"
HEAD_HEIGHT: Final = 76.0
ROW_HEIGHT: Final = 32.0
_WIDTHS = MappingProxyType({
    "code": 9, "day": 13, "year": 11, "area": 13, "count": 10, "price": 11, "stars": 9, "yes_no": 11,
    "months": 17, "position": 26, "phone": 15, "word": 16, "line": 24, "caption": 32, "paragraph": 36,
    "story": 44, "url": 28,
})  # fmt: skip
_SEVERAL: Final = 28
_TICK: Final = 14

HEAD_FONT: Final = Font(name=FONT, size=10, bold=True, color="FFFFFF")
CELL_FONT: Final = Font(name=FONT, size=10)
OWNER_FONT: Final = Font(name=FONT, size=10, color="5B5347")
HEAD_FILLS: Final = (PatternFill("solid", fgColor="1F5E33"), PatternFill("solid", fgColor="6B4423"))
"""Two colours by turns, so that it can be seen which columns belong together."""
OWNER_FILL: Final = PatternFill("solid", fgColor="F3EEE2")
HEAD_PLACE: Final = Alignment(horizontal="left", vertical="center", wrap_text=True)
CELL_PLACE: Final = Alignment(horizontal="left", vertical="top", wrap_text=True)
_HAIR: Final = Side(style="thin", color="D8D0BF")
GRID: Final = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)


def width(column: Column) -> int:
    """Return the width of a column, in letters."""
    if column.word:
        return _TICK
    return _SEVERAL if column.field.several and column.field.words else _WIDTHS[column.field.kind]


# --- A sheet on paper: on its side, as few pages as can still be read, and in a blank form what most households need ---

_PAGE: Final = 190
"""Letters across a page of A4 on its side that can still be read."""
_HOUSEHOLDS, _ENTRIES = 22, 12
"""Rows for writing by hand that have room on one page, of the wide table of households and of the others."""


def put_on_paper(sheet: Worksheet, title: str, columns: Sequence[Column], *, is_main: bool) -> None:
    """Set the page for these columns: headings on each, and the household's name in the table of households."""
    across = sum(width(column) for column in columns)
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
        sheet.row_dimensions[row].height = ROW_HEIGHT
    sheet.print_area = f"A1:{get_column_letter(len(table.columns))}{last}"


# --- A sheet made ready for people: headings, comments, drop-downs, frozen panes ---

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
    sheet.row_dimensions[1].height = HEAD_HEIGHT
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
        cell.font = OWNER_FONT if column.is_owner else CELL_FONT
        cell.alignment, cell.border, cell.number_format = CELL_PLACE, GRID, TEXT
        if column.is_owner:
            cell.fill = OWNER_FILL
    sheet.row_dimensions[number].height = ROW_HEIGHT if table.is_main else None


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
    cell.font, cell.fill = HEAD_FONT, HEAD_FILLS[fill]
    cell.alignment, cell.border, cell.number_format = HEAD_PLACE, GRID, TEXT
    said = hint(column)
    lines = 1 + said.count("\n") + sum(len(line) // 44 for line in said.splitlines())
    cell.comment = Comment(said, "vuonho", width=300, height=24 + 17 * lines)
    dimension = sheet.column_dimensions[letter]
    dimension.width, dimension.number_format = width(column), TEXT
    dimension.font, dimension.alignment = CELL_FONT, CELL_PLACE


# --- Lists to choose from ------------------------------------------------------------------------------------


def _offer(sheet: Worksheet, lists: Worksheet, place: int, column: Column, villages: Sequence[str]) -> None:
    """Offer a list in a column; it guides and forbids nothing, for `import` understands more than the list."""
    choices = _dress_choices(column, villages)
    if not choices:
        return
    source = _listed(lists, choices)
    offer = DataValidation(type="list", formula1=source, allow_blank=True, errorStyle="warning")
    offer.showErrorMessage = True
    offer.errorTitle, offer.error = "Không có trong danh sách", "Nên chọn trong danh sách. Vẫn ghi như vậy?"
    letter = get_column_letter(place)
    offer.add(f"{letter}2:{letter}{_ROOM}")
    sheet.add_data_validation(offer)


def _dress_choices(column: Column, villages: Sequence[str]) -> tuple[str, ...]:
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


# --- The first sheet: how to fill in the others, in a minute ---

_TITLE: Final = Text("Bảng hồ sơ vườn hộ", "Household gardens: the workbook")
_STEPS: Final = (
    Text(f"Trang “{MAIN.vi}”: mỗi hộ một dòng. Cột có dấu * là cần có; chưa biết thì để trống, về sau điền tiếp.",
         f"Sheet “{MAIN.vi}”: one row a household. Columns with * are required; leave empty what is not known yet."),
    Text("Mã do máy cấp. Hộ mới thì bỏ trống cột Mã, đừng tự đặt và đừng chép mã của hộ khác.",
         "Codes (Mã) are given by the machine. Leave the code of a new household empty; never copy that of another."),
    Text("Các trang sau ({sheets}): mỗi thứ một dòng, ghi mã hoặc tên vườn ở đầu dòng để biết là của hộ nào.",
         "The other sheets ({sheets}): one row for each thing, begun with the code or the name of its household."),
    Text("Ô nào có mũi tên thì nên chọn trong danh sách. Để chuột lên tiêu đề cột sẽ thấy cách ghi và ví dụ.",
         "Where a cell has an arrow, choose from the list. Point at a heading to see how to fill the column in."),
    Text("Các cột “Cho hiện”: hỏi gia đình từng mục, đồng ý thì ghi Có, không thì ghi Không. Đừng tự điền thay.",
         "Columns “Cho hiện” (may be shown): ask the family about each, then Có (yes) or Không (no). Never guess."),
    Text("Nhiều thứ trong một ô thì cách nhau bằng dấu chấm phẩy (;). Muốn bỏ một điều đã ghi thì xóa trắng ô ấy.",
         "Several things in one cell are separated by ; and what shall no longer be said is simply cleared."),
    Text("Đừng đổi tên trang và tiêu đề cột, đừng gộp ô. Sắp xếp hay lọc thì được, nhưng phải chọn cả bảng.",
         "Do not rename sheets or headings, nor merge cells. Sort and filter as you like, with the whole table selected."),
    Text("Xong thì lưu lại rồi đưa vào máy: vuonho import TỆP.xlsx. Máy cho xem các chỗ thay đổi trước khi ghi.",
         "When done, save and take it in: vuonho import FILE.xlsx. All changes are shown before anything is written."),
    Text("Tệp này có số điện thoại và điều riêng của các gia đình: chỉ gửi cho người trong tổ, đừng đăng lên mạng.",
         "This file holds phone numbers and private facts: send it to your team only, never put it on the web."),
)  # fmt: skip


_HIDDEN: Final = Text(
    "Cột ít dùng (giấy tờ vườn mẫu, tiếng Anh, hộ đã rút) đang ẩn. Cần thì bôi đen cả trang, bấm chuột phải vào chữ cái đầu cột, chọn Bỏ ẩn (Unhide).",
    "Columns that few need (papers of a model garden, English, households that left) are hidden. Select the sheet, right-click a column's letter, Unhide.",
)


def write_guide(sheet: Worksheet, others: Sequence[Text], *, is_blank: bool = False) -> None:
    """Write the guide into a sheet; `others` are the titles of the sheets that follow."""
    steps = (*_STEPS[:4], _HIDDEN, *_STEPS[4:]) if is_blank else _STEPS
    sheet.title = GUIDE.vi
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 5, 105
    names = ", ".join(title.vi for title in others[1:])
    row = _guide_write(sheet, 1, _TITLE.vi, [step.vi for step in steps], names, "000000")
    _guide_write(sheet, row + 2, _TITLE.en, [step.en for step in steps], names, "5B5347")
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "portrait", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _guide_write(sheet: Worksheet, row: int, title: str, steps: Sequence[str], names: str, ink: str) -> int:
    """Write a title and numbered steps from a row on; return the last row."""
    sheet.cell(row, 1, title).font = Font(name=FONT, size=16, bold=True, color="1F5E33")
    sheet.row_dimensions[row].height = 30
    for number, step in enumerate(steps, 1):
        row += 1
        said = step.format(sheets=names)
        sheet.cell(row, 1, number).font = Font(name=FONT, size=11, bold=True, color="6B4423")
        sheet.cell(row, 2, said).font = Font(name=FONT, size=11, color=ink)
        sheet.cell(row, 1).alignment = Alignment(horizontal="left", vertical="top")
        sheet.cell(row, 2).alignment = CELL_PLACE
        sheet.row_dimensions[row].height = 18 + 15 * (len(said) // 112)
    return row


# --- A workbook's zip made the same every time: no clock in it, and no marks on numbers that are meant as text ---

_DAY_ONE: Final = (1980, 1, 1, 0, 0, 0)
_CORE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_EARLIEST: Final = rb"\g<1>2000-01-01T00:00:00Z"
_IGNORED: Final = (
    b'<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1" twoDigitTextYear="1"/>'
    b"</ignoredErrors>"
)
_AFTER: Final = (b"<legacyDrawing", b"</worksheet>")
"""What may follow the ignored errors in a sheet of ours (ECMA-376 part 1, 18.3.1.99)."""


class Undated(zipfile.ZipFile):
    """A zip for the library to fill, to be repacked: no clock is asked, which may tell a year that no zip holds."""

    def __init__(self, out: io.BytesIO) -> None:
        super().__init__(out, "w", strict_timestamps=False)

    def writestr(self, name: zipfile.ZipInfo | str, data: str | bytes, *_: object) -> None:  # type: ignore[override]
        """Put a part in."""
        super().writestr(zipfile.ZipInfo(name, _DAY_ONE) if isinstance(name, str) else name, data)


def repacked(content: bytes) -> bytes:
    """Return the workbook with fixed times; a phone number in a cell of text gets no green corner."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _DAY_ONE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # the same on Windows as elsewhere
            new.writestr(info, _part(name, old.read(name)))
    return out.getvalue()


def _part(name: str, content: bytes) -> bytes:
    if name == "docProps/core.xml":
        return _CORE.sub(_EARLIEST, content)
    if name.startswith("xl/worksheets/sheet"):
        before = next(mark for mark in _AFTER if mark in content)
        return content.replace(before, _IGNORED + before, 1)
    return content


# --- A workbook written: households as rows, for people to fill in and `import` to take back ---

_NUMBERS: Final = frozenset({"count", "year", "area", "price", "stars", "code"})
_WHOLE = re.compile(r"[1-9][0-9]{0,11}|0")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MOST_LETTERS: Final = 32_000
"""Excel's cells hold 32,767 and count some letters twice."""


def write_workbook(
    households: Sequence[Exported],
    villages: Sequence[tuple[str, str]],
    languages: Sequence[str],
    *,
    blank_rows: int = 20,
) -> bytes:
    """Return an .xlsx with the households, and room for `blank_rows` more; the same bytes for the same input.

    `villages` are (folder, name). Values stand as typed in the profile. A household must fit the schema's shape
    (`shape.misfits`) and hold no text that `unholdable` names: Refused otherwise.
    """
    for household in households:
        for path, sign in unholdable(household.values):
            raise Refused(*said_unholdable(path, sign))
    book = Workbook()
    book.properties.creator = "vuonho"
    names = dict(villages)
    plan = tables(tuple(dict.fromkeys((*languages, *_tags(households)))))
    write_guide(book.worksheets[0], [table.title for table in plan], is_blank=not households)
    lists = book.create_sheet(LISTS)
    for table in plan:
        sheet = book.create_sheet(table.title.vi)
        count = _fill(sheet, table, households, names)
        dress(sheet, lists, table, _choices(villages), count, count + blank_rows)
        if not households:
            make_form(sheet, table, len(villages))
    _hide(book, lists, households, villages)
    out = io.BytesIO()
    ExcelWriter(book, Undated(out)).save()
    return repacked(out.getvalue())


def _hide(
    book: Workbook, lists: Worksheet, households: Iterable[Exported], villages: Iterable[tuple[str, str]]
) -> None:
    traces = book.create_sheet(SHEET)
    for number, row in enumerate(render_traces(households, villages), 1):
        for place, text in enumerate(row, 1):
            _write(traces.cell(number, place), text)
    book.move_sheet(lists, len(book.sheetnames))
    lists.sheet_state = "hidden"
    traces.sheet_state = "veryHidden"
    book.active = 1


def _choices(villages: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    names = [name for _, name in villages]
    return tuple(name if names.count(name) == 1 else slug for slug, name in villages)


def _fill(sheet: Worksheet, table: Table, households: Sequence[Exported], names: Mapping[str, str]) -> int:
    """Write the rows of a table below its heading; return how many."""
    count = 0
    for household in households:
        for row in _rows(table, household, names):
            count += 1
            for place, (column, text) in enumerate(zip(table.columns, row, strict=True), 1):
                cell = sheet.cell(count + 1, place)
                if column.field.kind in _NUMBERS and _WHOLE.fullmatch(text):
                    cell.value = int(text)
                else:
                    _write(cell, text)
            dress_row(sheet, table, count + 1)
    return count


def _rows(table: Table, household: Exported, names: Mapping[str, str]) -> Iterator[list[str]]:
    values = dict(household.values)
    if table.is_main:
        unique = list(names.values()).count(names.get(household.village, "")) == 1
        where = names[household.village] if unique else household.village
        yield [where, *(_text(column, values) for column in table.columns[1:])]
        return
    entries, records = look_up(values, table.path), field_at(household_fields(), table.path)
    if isinstance(entries, list) and records:
        for entry in entries:
            own = as_entry(records, entry)
            yield [_text(column, values if column.is_owner else own) for column in table.columns]


def _text(column: Column, values: dict[str, Plain]) -> str:
    value = look_up(values, column.path)
    if isinstance(value, Missing):
        return ""
    if column.word is None:
        return shown(column.field, value, column.tag)
    if not isinstance(value, list) or column.field.words is None:
        return ""
    ticks = {column.field.words.find(item).key for item in value if isinstance(item, str)}
    return YES if column.word.key in ticks else NO


def _write(cell: Cell | MergedCell, text: str) -> None:
    """Write a text that stays text, though it begin like a formula or look like an escape of Excel's own."""
    if not text:
        return
    cell.value = _ESCAPE_LIKE.sub("_x005F_", text)
    cell.data_type = "s"
    if text.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True


# --- What a workbook cannot hold -----------------------------------------------------------------------------


def unholdable(values: "Mapping[str, Plain] | Plain", path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield (path, sign) of every text with a sign that no workbook can hold; "" for a text that is too long."""
    if isinstance(values, Mapping):
        for key, value in values.items():
            yield from unholdable(value, (*path, key))
    elif isinstance(values, list):
        for number, item in enumerate(values):
            yield from unholdable(item, (*path, number))
    elif values is not None:
        if found := _UNHOLDABLE.search(values):
            yield path, found[0]
        elif len(values) > MOST_LETTERS:
            yield path, ""


def said_unholdable(path: Path, sign: str) -> tuple[Text, Text]:
    """Return (what is wrong, what to do) of a text that `unholdable` found."""
    where = ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
    if not sign:
        return (
            Text(f"Mục {where} dài quá, một ô Excel không chứa hết.", f"{where} is too long for a cell of Excel."),
            Text("Viết ngắn lại trong hồ sơ.", "Make it shorter in the profile."),
        )  # fmt: skip
    code = f"U+{ord(sign):04X}"
    return (
        Text(f"Mục {where} có ký tự không nhìn thấy ({code}) mà Excel không giữ được.",
             f"{where} holds an unseen character ({code}) that Excel cannot keep."),
        Text("Gõ lại mục ấy trong hồ sơ.", "Type it again in the profile."),
    )  # fmt: skip


def _tags(households: Iterable[Exported]) -> Iterator[str]:
    """Yield the languages in which words are found."""
    for household in households:
        for path, field in leaves(household_fields()):
            yield from _tags_of(field, look_up(dict(household.values), path))


def _tags_of(field: Field, value: object) -> Iterator[str]:
    if field.is_local and isinstance(value, Mapping):
        yield from (tag for tag in value if tag != VIETNAMESE)
    elif field.kind == "records" and isinstance(value, list):
        for entry in value:
            for path, inside in leaves(field.fields):
                yield from _tags_of(inside, look_up(entry, path))
