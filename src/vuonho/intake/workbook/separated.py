"""A .csv file as a grid: separators, quotes and code pages as Excel writes them in any country."""

import csv
import io
from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.fold import nfc
from vuonho.domain.garbling import diagnose
from vuonho.errors import Problem, Refused, Severity
from vuonho.intake.encoding import decode
from vuonho.intake.incoming import Place
from vuonho.intake.workbook.excel import MOST_COLUMNS, MOST_ROWS
from vuonho.intake.workbook.grid import Cell, Grid, Row
from vuonho.intake.workbook.plan import MAIN

LARGEST: Final = 4_000_000
_SEPARATORS: Final = (";", "\t", ",", "|")
_FIRST_LINES: Final = 10
_OLD: Final = "windows-1258"


def read_table(content: bytes, file: str) -> tuple[Grid, tuple[Problem, ...]]:
    """Return (the one table of a CSV file, warnings); Refused for what is no text, or is garbled, or no table.

    A place has the line on which the row begins.
    """
    text, is_old = _decoded(content)
    separator, table, skipped = _separator(text)
    rows: list[Row] = []
    started, beyond = 1 + skipped, None
    reader = csv.reader(io.StringIO(table, newline=""), delimiter=separator, strict=True)
    try:
        for number, fields in enumerate(reader, 1):
            place = Place(file, started)
            if number > MOST_ROWS or any(field.strip() for field in fields[MOST_COLUMNS:]):
                beyond = place
                break
            cells = {
                at: Cell(nfc(_kept(field)), place) for at, field in enumerate(fields, 1) if field.strip()
            }
            if cells:
                rows.append(Row(started, cells))
            started = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise Refused(*_broken(started)) from error
    warnings = (Place(file).problem("", *_READ_AS_OLD, Severity.WARNING),) if is_old else ()
    return Grid(MAIN.vi, tuple(rows), beyond=beyond), warnings


def _decoded(content: bytes) -> tuple[str, bool]:
    """Return (text, whether it was in Windows-1258, the one old code page that is told by its letters and read)."""
    try:
        return decode(content, LARGEST), False
    except Refused as refused:
        found = diagnose(content.decode("cp1252", "ignore")) if len(content) <= LARGEST else None
        try:
            if found and found.code == _OLD:
                return nfc(content.decode("cp1258")), True
        except UnicodeDecodeError:
            pass
        is_other = "UniKey" in refused.hint.vi  # the hint already tells how to convert it
        raise Refused(refused.message, refused.hint if is_other else _SAVE) from refused


def _separator(text: str) -> tuple[str, str, int]:
    """Return (separator, table, lines before it): what a line `sep=;` says, else what stands most in the first lines."""
    first, _, rest = text.partition("\n")
    said = first.strip(' "\r')
    if said.lower().startswith("sep=") and len(said) == 5:
        return said[4], rest, 1
    head = text.split("\n", _FIRST_LINES)[:_FIRST_LINES]
    return max(_SEPARATORS, key=lambda sign: max(line.count(sign) for line in head)), text, 0


def _kept(field: str) -> str:
    """Return the text in `="0570"`, a way to keep Excel from counting; everything else is as it stands."""
    text = field.strip()
    is_kept = len(text) > 3 and text.startswith('="') and text.endswith('"') and '"' not in text[2:-1]
    return text[2:-1] if is_kept else field


_SAVE: Final = Text(
    "Trong Excel chọn Lưu thành (Save as), kiểu Excel Workbook (.xlsx) hoặc CSV UTF-8, rồi đưa vào tệp mới.",
    "In Excel choose Save as, type Excel Workbook (.xlsx) or CSV UTF-8, and import the new file.",
)
_READ_AS_OLD: Final = (
    Text("Tệp lưu theo bảng mã cũ Windows-1258, và được đọc theo bảng mã ấy.",
         "The file is in the old code page Windows-1258, and was read as such."),
    Text("Xem lại các chữ có dấu.", "Look at the letters with accents."),
)  # fmt: skip


def _broken(line: int) -> tuple[Text, Text]:
    return (
        Text(f"Dòng {line}: dấu ngoặc kép mở ra mà không đóng đúng chỗ, hoặc ô dài quá.",
             f"Line {line}: a quote is opened and not closed where it should be, or a cell is too long."),
        Text("Mở bằng Excel, lưu lại thành .xlsx rồi đưa vào.", "Open it in Excel, save it as .xlsx and import that."),
    )  # fmt: skip
