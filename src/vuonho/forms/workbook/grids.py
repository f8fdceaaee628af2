"""A workbook or CSV file as grids of cells, without trusting a word of it."""

import csv
import io
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Final, TypeAlias

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.cell import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from vuonho.errors import Problem, Severity, UserError
from vuonho.forms.incoming import Place
from vuonho.forms.workbook.layout import MAIN
from vuonho.forms.workbook.package import BROKEN, TOO_MUCH, UNREADABLE, clean_package
from vuonho.i18n import Text
from vuonho.model.mojibake import diagnose
from vuonho.project.encoding import decode
from vuonho.text import nfc

MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 200
MOST_SHEETS: Final = 50

Raw: TypeAlias = str | int | float | bool | date | time | timedelta


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something; a formula is no value, `is_percent` a number shown in percent."""

    raw: Raw
    is_formula: bool = False
    is_percent: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number, from 1, and its filled cells by the number of the column, from 1."""

    number: int
    cells: Mapping[int, Cell]


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: its filled rows, what is merged in it, and what lies beyond the rows and columns that are read.

    `merged` are ranges as (last row, name); `beyond` is the place of something too far off. In CSV a row's number
    is the line on which it begins.
    """

    file: str
    title: str
    rows: tuple[Row, ...]
    hidden: bool = False
    merged: tuple[tuple[int, str], ...] = ()
    beyond: Place | None = None
    is_csv: bool = False

    def place(self, row: Row, column: int, whose: str = "") -> Place:
        """Return the place of a cell, such as "Hộ!F12"."""
        if self.is_csv:
            return Place(self.file, row.number, whose=whose)
        return Place(self.file, None, f"{self.title}!{get_column_letter(column)}{row.number}", whose)

    def row_place(self, row: Row, whose: str = "") -> Place:
        """Return the place of the first filled cell of a row."""
        return self.place(row, min(row.cells), whose)


# --- .xlsx ---

_FILLED = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*(?<!/)>\s*<(?:\w+:)?(?:v|is|f)\b"""
)
_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?\bref=["']([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})["']"""
)


def read_xlsx(content: bytes, file: str) -> tuple[Grid, ...]:
    """Return the sheets of a workbook; UserError for what is none, or cannot be read. `file` names it in places."""
    package = clean_package(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells programmers what it does not support
            return tuple(_sheets(package, file))
    except UserError:
        raise
    except BROKEN as error:
        raise UserError(*UNREADABLE) from error


def _sheets(package: bytes, file: str) -> Iterator[Grid]:
    reader = ExcelReader(io.BytesIO(package), read_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    names = set(reader.archive.namelist())
    found = [(sheet, link) for sheet, link in reader.parser.find_sheets() if link.target in names]
    if len(found) > MOST_SHEETS:
        raise UserError(*TOO_MUCH)
    for sheet, link in found:
        if link.Type.endswith("/worksheet"):
            page = ReadOnlyWorksheet(reader.wb, sheet.name, link.target, reader.shared_strings)
            source = reader.archive.read(link.target)
            title = nfc(sheet.name)
            rows = tuple(_rows(page))
            merged = tuple(_merged(source))
            yield Grid(file, title, rows, sheet.state != "visible", merged, _beyond(source, title, file))


def _rows(page: Any) -> Iterator[Row]:
    for number, cells in enumerate(page.iter_rows(1, MOST_ROWS, 1, MOST_COLUMNS), 1):
        filled = {place: cell for place, one in enumerate(cells, 1) if (cell := _cell(one))}
        if filled:
            yield Row(number, filled)


def _cell(found: Any) -> Cell | None:
    value, kind = found.value, found.data_type
    if value is None:
        return None
    if kind == "f":
        return Cell("", is_formula=True)
    if kind == "e":
        return Cell("#N/A")
    if isinstance(value, str):
        value = nfc(value.replace("_x000D_", "").replace("_x005F_", "_"))
        return Cell(value) if value.strip() else None
    return Cell(value, is_percent=kind == "n" and "%" in (found.number_format or ""))


def _merged(source: bytes) -> Iterator[tuple[int, str]]:
    """Yield (last row, name) of merged ranges; openpyxl does not tell them without filling them."""
    for match in _MERGED.finditer(source):
        name = match[1].decode("ascii")
        yield range_boundaries(name)[3] or 1, name


def _beyond(source: bytes, title: str, file: str) -> Place | None:
    """Return the place of the first filled cell that lies beyond what is read."""
    for match in _FILLED.finditer(source):
        letters, row = match[1].decode("ascii"), int(match[2])
        if row > MOST_ROWS or (len(letters) > 1 and column_index_from_string(letters) > MOST_COLUMNS):
            return Place(file, None, f"{title}!{letters}{row}")
    return None


# --- .csv, as Excel writes it in any country ---

_LARGEST_CSV: Final = 4_000_000
_SAVE_CSV: Final = Text(
    "In Excel choose Save as, type Excel Workbook (.xlsx) or CSV UTF-8, and import the new file."
)


def read_table(content: bytes, file: str) -> tuple[Grid, tuple[Problem, ...]]:
    """Return (the one table of a CSV file, warnings); UserError for what is no text, or is garbled, or no table."""
    text, warnings = _decoded(content, file)
    lines = text.split("\n", 10)[:10]
    separator, skipped = max(";\t,|", key=lambda one: max(line.count(one) for line in lines)), 0
    if said := re.fullmatch(r'"?sep=(.)"?\s*', lines[0], re.IGNORECASE):
        separator, skipped = said[1], 1
    reader = csv.reader(
        io.StringIO(text.partition("\n")[2] if skipped else text, newline=""),
        delimiter=separator,
        strict=True,
    )
    rows: list[Row] = []
    line, beyond = 1 + skipped, None
    try:
        for number, fields in enumerate(reader, 1):
            if number > MOST_ROWS or any(field.strip() for field in fields[MOST_COLUMNS:]):
                beyond = Place(file, line)
                break
            # ="0570" is a way to keep Excel from counting
            texts = [re.sub(r'^\s*="([^"]+)"\s*$', r"\1", field) for field in fields]
            if cells := {at: Cell(nfc(one)) for at, one in enumerate(texts, 1) if one.strip()}:
                rows.append(Row(line, cells))
            line = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise UserError(
            Text(
                "Line {line}: a quote is opened and not closed where it should be, or a cell is too long.",
                line=line,
            ),
            Text("Open it in Excel, save it as .xlsx and import that."),
        ) from error
    return Grid(file, MAIN.vi, tuple(rows), beyond=beyond, is_csv=True), warnings


def _decoded(content: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    """Return (text, warnings); Windows-1258, told by its letters, is the one old code page that is read."""
    try:
        return decode(content, _LARGEST_CSV), ()
    except UserError as refused:
        found = diagnose(content.decode("cp1252", "ignore")) if len(content) <= _LARGEST_CSV else None
        text = content.decode("cp1258", "replace")
        if found is None or found.code != "windows-1258" or "\ufffd" in text:
            is_told = "UniKey" in refused.hint.vi  # how to convert it
            raise UserError(refused.message, refused.hint if is_told else _SAVE_CSV) from refused
    note = Text("The file is in the old code page Windows-1258, and was read as such.")
    way_out = Text("Look at the letters with accents.")
    return nfc(text), (Place(file).problem("", note, way_out, Severity.WARNING),)
