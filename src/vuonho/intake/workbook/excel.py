"""An .xlsx file as grids: what openpyxl reads of it, without trusting a word."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, Final

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from vuonho.domain.fold import nfc
from vuonho.errors import Refused
from vuonho.intake.incoming import Place
from vuonho.intake.workbook import said_package as said
from vuonho.intake.workbook.grid import Cell, Grid, Raw, Row, Trouble, spot_of
from vuonho.intake.workbook.package import clean_package

MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 200
MOST_SHEETS: Final = 50
_BROKEN: Final = (
    ArithmeticError, AttributeError, InvalidFileException, LookupError, OSError, RecursionError, SyntaxError, TypeError,
    ValueError,
    zipfile.BadZipFile,
)  # fmt: skip
"""What openpyxl raises for broken workbooks, found by breaking some: it trusts that what it reads is whole."""
_FILLED = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*(?<!/)>\s*<(?:\w+:)?(?:v|is|f)\b"""
)
_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?\bref=["']([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})["']"""
)
_CARRIAGE: Final = "_x000D_"
_ESCAPED: Final = "_x005F_"


def read_grids(content: bytes, file: str) -> tuple[Grid, ...]:
    """Return the sheets of a workbook; Refused for what is none, or cannot be read. `file` names it in places."""
    package = clean_package(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells programmers what it does not support
            return tuple(_sheets(package, file))
    except _BROKEN as error:
        raise Refused(*said.UNREADABLE) from error


def _sheets(package: bytes, file: str) -> Iterator[Grid]:
    reader = ExcelReader(io.BytesIO(package), read_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    names = set(reader.archive.namelist())
    found = [(sheet, link) for sheet, link in reader.parser.find_sheets() if link.target in names]
    if len(found) > MOST_SHEETS:
        raise Refused(*said.TOO_MANY)
    for sheet, link in found:
        if link.Type.endswith("/worksheet"):
            page = ReadOnlyWorksheet(reader.wb, sheet.name, link.target, reader.shared_strings)
            source = reader.archive.read(link.target)
            yield _grid(page, nfc(sheet.name), sheet.state != "visible", source, file)


def _grid(page: Any, title: str, hidden: bool, source: bytes, file: str) -> Grid:
    rows = []
    for number, cells in enumerate(page.iter_rows(1, MOST_ROWS, 1, MOST_COLUMNS), 1):
        filled = {
            place: cell
            for place, one in enumerate(cells, 1)
            if (cell := _cell(one, title, number, place, file))
        }
        if filled:
            rows.append(Row(number, filled))
    return Grid(title, tuple(rows), hidden, tuple(_merged(source)), _beyond(source, title, file))


def _cell(found: Any, title: str, row: int, column: int, file: str) -> Cell | None:
    value = found.value
    if value is None or value == "":
        return None
    place = Place(file, None, spot_of(title, column, row))
    raw, trouble = _raw(value, found.data_type)
    if isinstance(raw, str) and not trouble and not raw.strip():
        return None
    is_number = found.data_type == "n"
    return Cell(raw, place, trouble, percent=is_number and "%" in (found.number_format or ""))


def _raw(value: object, kind: str) -> tuple[Raw, Trouble]:
    if kind == "f":
        return "", "formula"
    if kind == "e":
        return str(value), "error"
    if isinstance(value, datetime):
        return value.date(), ""
    if isinstance(value, str):
        return nfc(value.replace(_CARRIAGE, "").replace(_ESCAPED, "_")), ""
    if isinstance(value, bool | int | float | date | time):
        return value, ""
    return str(value), "duration"


def _merged(source: bytes) -> Iterator[tuple[int, int, str]]:
    """Yield (first row, last row, name) of merged ranges; openpyxl does not tell them without filling them."""
    for match in _MERGED.finditer(source):
        name = match[1].decode("ascii")
        _, first, _, last = range_boundaries(name)
        yield first or 1, last or 1, name


def _beyond(source: bytes, title: str, file: str) -> Place | None:
    """Return the place of the first filled cell that lies beyond what is read."""
    for match in _FILLED.finditer(source):
        letters, row = match[1], int(match[2])
        if row > MOST_ROWS or (len(letters) > 1 and _number(letters) > MOST_COLUMNS):
            return Place(file, None, f"{title}!{letters.decode('ascii')}{row}")
    return None


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
