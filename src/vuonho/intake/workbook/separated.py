"""A .csv file as a grid: separators and quotes as Excel writes them in any country."""

import csv
import io
from typing import Final

from vuonho.bilingual import Text
from vuonho.errors import Refused
from vuonho.intake.encoding import decode
from vuonho.intake.incoming import Place
from vuonho.intake.workbook.excel import MOST_COLUMNS, MOST_ROWS
from vuonho.intake.workbook.grid import Cell, Grid, Row
from vuonho.intake.workbook.package import LARGEST

_SEPARATORS: Final = (";", "\t", ",", "|")
_FIRST_LINES: Final = 10
_LONGEST: Final = 100_000


def read_table(content: bytes, file: str) -> Grid:
    """Return the one table of a CSV file; Refused for what is no text, or is garbled, or no table.

    A place has the line on which the row begins, and the letter of its column.
    """
    text = decode(content, LARGEST)
    separator, text, skipped = _separator(text)
    rows: list[Row] = []
    beyond, started = "", 1 + skipped
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    csv.field_size_limit(_LONGEST)
    try:
        for number, fields in enumerate(reader, 1):
            cells = {
                place: Cell(_unformula(field), Place(file, started))
                for place, field in enumerate(fields[:MOST_COLUMNS], 1)
                if field.strip()
            }
            if number > MOST_ROWS or any(field.strip() for field in fields[MOST_COLUMNS:]):
                beyond = f"{started}"
                break
            if cells:
                rows.append(Row(started, cells))
            started = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise Refused(*_broken(started)) from error
    return Grid("", tuple(rows), beyond=beyond)


def _separator(text: str) -> tuple[str, str, int]:
    """Return (separator, table, lines before it): what a line `sep=;` says, else what stands most in the first lines."""
    first, _, rest = text.partition("\n")
    said = first.strip().strip('"')
    if said.lower().startswith("sep=") and len(said) == 5:
        return said[4], rest, 1
    if said.lower() == "sep=" and first.strip("\r\n").lower().startswith("sep=\t"):
        return "\t", rest, 1
    head = text.split("\n", _FIRST_LINES)[:_FIRST_LINES]
    return max(_SEPARATORS, key=lambda sign: max(line.count(sign) for line in head)), text, 0


def _unformula(field: str) -> str:
    """Return the text in `="0570"`, a way to keep Excel from counting; everything else is as it stands."""
    stripped = field.strip()
    is_kept = (
        len(stripped) > 3
        and stripped.startswith('="')
        and stripped.endswith('"')
        and '"' not in stripped[2:-1]
    )
    return stripped[2:-1] if is_kept else field


def _broken(line: int) -> tuple[Text, Text]:
    return (
        Text(f"Dòng {line}: dấu ngoặc kép mở ra mà không đóng đúng chỗ, hoặc ô dài quá.",
             f"Line {line}: a quote is opened and not closed where it should be, or a cell is too long."),
        Text("Mở bằng Excel, lưu lại thành .xlsx rồi đưa vào.", "Open it in Excel, save it as .xlsx and import that."),
    )  # fmt: skip
