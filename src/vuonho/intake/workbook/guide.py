"""The first sheet: how to fill in the others, in a minute."""

from collections.abc import Sequence
from typing import Final

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from vuonho.bilingual import Text
from vuonho.intake.workbook import look
from vuonho.intake.workbook.plan import GUIDE, MAIN

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
    row = _write(sheet, 1, _TITLE.vi, [step.vi for step in steps], names, "000000")
    _write(sheet, row + 2, _TITLE.en, [step.en for step in steps], names, "5B5347")
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "portrait", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _write(sheet: Worksheet, row: int, title: str, steps: Sequence[str], names: str, ink: str) -> int:
    """Write a title and numbered steps from a row on; return the last row."""
    sheet.cell(row, 1, title).font = Font(name=look.FONT, size=16, bold=True, color="1F5E33")
    sheet.row_dimensions[row].height = 30
    for number, step in enumerate(steps, 1):
        row += 1
        said = step.format(sheets=names)
        sheet.cell(row, 1, number).font = Font(name=look.FONT, size=11, bold=True, color="6B4423")
        sheet.cell(row, 2, said).font = Font(name=look.FONT, size=11, color=ink)
        sheet.cell(row, 1).alignment = Alignment(horizontal="left", vertical="top")
        sheet.cell(row, 2).alignment = look.CELL_PLACE
        sheet.row_dimensions[row].height = 18 + 15 * (len(said) // 112)
    return row
