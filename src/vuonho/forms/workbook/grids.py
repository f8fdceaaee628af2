"""A workbook or CSV file as grids of cells, without trusting a word of it."""

import csv
import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import islice
from typing import Any, Final, TypeAlias

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import WorkSheetParser

from vuonho.errors import Problem, Severity, UserError
from vuonho.forms.incoming import Place
from vuonho.forms.workbook.layout import MAIN
from vuonho.i18n import Text
from vuonho.model.mojibake import diagnose
from vuonho.project.files import decode
from vuonho.text import nfc

MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 200

Raw: TypeAlias = str | int | float | bool | date | time | timedelta


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something; a formula is no value, `is_percent` a number shown in percent."""

    raw: Raw
    is_formula: bool = False
    is_percent: bool = False


Row: TypeAlias = Mapping[int, Cell]
"""The filled cells of a row by the number of the column, from 1."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: its filled rows with their numbers from 1, what is merged in it, and what lies too far off to be read.

    `merged` are ranges as (last row, name); `beyond` is the place of something beyond the rows and columns that are
    read. In CSV a row's number is the line on which it begins.
    """

    file: str
    title: str
    rows: tuple[tuple[int, Row], ...]
    merged: tuple[tuple[int, str], ...] = ()
    beyond: Place | None = None
    is_csv: bool = False

    def place(self, row: int, column: int, whose: str = "") -> Place:
        """Return the place of a cell, such as "Hộ!F12"."""
        if self.is_csv:
            return Place(self.file, row, whose=whose)
        return Place(self.file, None, f"{self.title}!{get_column_letter(column)}{row}", whose)

    @property
    def start(self) -> Place:
        """The place of the first filled cell."""
        number, cells = self.rows[0]
        return self.place(number, min(cells))


# --- .xlsx: a zip that is unpacked by measure; what is no cell is left out before the spreadsheet library sees it ---

LARGEST: Final = 20_000_000
MOST_PARTS: Final = 2_000
_MOST_UNPACKED: Final = 60_000_000
_MOST_TAGS: Final = 1_000_000
"""Tags of all sheets and texts: some 3,000 households, and a few seconds of reading."""
_MOST_SMALL: Final = 1_500_000
"""Bytes of all parts together that are neither sheets nor the table of texts."""
_MOST_SHEETS: Final = 50
_MOST_MERGED: Final = 50
_BROKEN: Final = (
    ArithmeticError, AttributeError, EOFError, InvalidFileException, LookupError, OSError, RuntimeError, SyntaxError,
    TypeError, ValueError, struct.error, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What zipfile and openpyxl raise for broken workbooks, found by breaking some: they trust that what they read is whole."""

_NO_XLSX: Final = (
    Text("This is no .xlsx workbook."),
    Text("Open it in Excel, choose Save as, type Excel Workbook (.xlsx), and import the new file."),
)
_DAMAGED: Final = (
    Text("The workbook is damaged, cut off, or holds something that Excel never writes."),
    Text(
        "Ask for the file again; if Excel opens it, save it once more as Excel Workbook (.xlsx) and import that."
    ),
)
_LOCKED: Final = (
    Text("This workbook has a password."),
    Text("Open it in Excel, take the password off (File, Info, Protect), save it and import again."),
)
_TOO_MUCH: Final = (
    Text("Unpacked, the workbook is far too large for a table of profiles."),
    Text("Open it in Excel and copy the cells into a new workbook made by vuonho export or vuonho form."),
)

_NEEDLESS = re.compile(
    r"(docProps|customXml|xl/(drawings|comments|charts|chartsheets|theme|media|externalLinks|calcChain|"
    r"pivot\w+|tables|printerSettings|threadedComments|persons|queryTables|slicers?|ctrlProps|activeX))\b",
    re.IGNORECASE,
)
_ENCODING = re.compile(
    rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["'](?!(?:utf-8|us-ascii|ascii)["'])""", re.IGNORECASE
)


def read_xlsx(content: bytes, file: str) -> tuple[Grid, ...]:
    """Return the sheets of a workbook; UserError for what is none, or cannot be read. `file` names it in places."""
    if len(content) > LARGEST:
        weight, most = -(-len(content) // 10**6), LARGEST // 10**6
        raise UserError(
            Text("The file is {weight} MB; {most} MB is the most.", weight=weight, most=most),
            Text("Take pictures out of it, or split it into several files."),
        )
    if not content.strip(b"\0 \r\n\t"):
        raise UserError(*_DAMAGED)
    if not content.startswith(b"PK"):
        raise UserError(*(_LOCKED if "EncryptedPackage".encode("utf-16-le") in content else _NO_XLSX))
    package = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(package, "w") as clean:
            _check_names(archive.infolist())
            for name, part in _needed_parts(archive):
                clean.writestr(zipfile.ZipInfo(name), part)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells programmers what it does not support
            book = _open(package)
            return tuple(_sheet(book, sheet, file) for sheet in book.worksheets)
    except UserError:
        raise
    except _BROKEN as error:
        raise UserError(*_DAMAGED) from error


def _check_names(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_PARTS:
        raise UserError(*_TOO_MUCH)
    seen: set[str] = set()
    for info in infos:
        name = info.orig_filename.lower()
        if info.flag_bits & 1:
            raise UserError(*_LOCKED)
        is_outside = ".." in re.split(r"[/\\]", name) or name.startswith(("/", "\\"))
        is_packed_otherwise = info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        if is_outside or is_packed_otherwise or ":" in name or "\0" in name or name in seen:
            raise UserError(*_DAMAGED)
        seen.add(name)
    if "[content_types].xml" not in seen or any(name.endswith("vbaproject.bin") for name in seen):
        raise UserError(*_NO_XLSX)


def _needed_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) of the needed parts; every part of XML is unpacked, measured and looked at."""
    room, tags, small, sheets = _MOST_UNPACKED, _MOST_TAGS, _MOST_SMALL, _MOST_SHEETS
    for info in archive.infolist():
        name = info.filename
        if not name.lower().endswith((".xml", ".rels", ".vml")):
            continue
        with archive.open(info) as stream:
            part = stream.read(room + 1)  # whatever the zip says of its size
        room -= len(part)
        if room < 0:
            raise UserError(*_TOO_MUCH)
        # No workbook has declarations (ECMA-376 part 2, 8.1.4), nor an encoding that could hide one.
        is_encoded = b"\0" in part or part.startswith((b"\xff\xfe", b"\xfe\xff"))
        if is_encoded or _ENCODING.match(part.removeprefix(b"\xef\xbb\xbf")):
            raise UserError(*_DAMAGED)
        if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
            raise UserError(*_DAMAGED)
        if _NEEDLESS.match(name):
            continue
        if b"http://purl.oclc.org/ooxml/spreadsheetml/main" in part:
            raise UserError(*_NO_XLSX)  # Strict Open XML, which openpyxl does not know
        if re.search(r"worksheets/|sharedstrings", name, re.IGNORECASE):
            part = _lean(part) if b"sheetData" in part else part
            tags -= part.count(b"<")
        else:
            small -= len(part)
        sheets -= len(_SHEET.findall(part))
        if min(tags, small, sheets) < 0:
            raise UserError(*_TOO_MUCH)
        yield name, part


def _open(package: io.BytesIO) -> Any:
    """Return a workbook without its print areas: in some of them openpyxl stumbles, or goes on for ever."""
    reader = ExcelReader(package, read_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    reader.read_worksheets()
    book: Any = reader.wb
    if len({sheet._worksheet_path for sheet in book.worksheets}) < len(book.worksheets):  # noqa: SLF001 - no other way
        raise UserError(*_DAMAGED)  # one part as many sheets would be read as often
    return book


_SHEET = re.compile(rb"<(?:[^<>\s:]+:)?sheet\s")
_ROOT = re.compile(rb"<(?:(\w+):)?worksheet\b[^>]*>")
_ROWS = re.compile(rb"<(?:\w+:)?sheetData\b[^>]*?(?:/>|>.*</(?:\w+:)?sheetData\s*>)", re.DOTALL)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*/>")
_EMPTY_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*\br=[^>]*/>")
_EMPTY_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*\br=[^>]*(?:/>|>\s*</(?:\w+:)?row\s*>)")


def _lean(sheet: bytes) -> bytes:
    """Return a sheet of its filled rows and first merged cells only: widths, links and empty cells can be millions."""
    root, rows = _ROOT.search(sheet), _ROWS.search(sheet)
    if root is None or rows is None:
        raise UserError(*_DAMAGED)
    prefix = root[1] + b":" if root[1] else b""
    filled = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", rows[0]))
    merged = b"".join(match[0] for match in islice(_MERGED.finditer(sheet, rows.end()), _MOST_MERGED))
    size = b'<%bdimension ref="A1"/>' % prefix  # or openpyxl would read all rows in search of it
    ranges = b"<%bmergeCells>%b</%bmergeCells>" % (prefix, merged, prefix) if merged else b""
    return b"".join((root[0], size, filled, ranges, b"</%bworksheet>" % prefix))


def _sheet(book: Any, sheet: Any, file: str) -> Grid:
    title, rows, beyond = nfc(sheet.title), dict[int, dict[int, Cell]](), None
    texts, days, spans = sheet._shared_strings, book._date_formats, book._timedelta_formats  # noqa: SLF001 - no other way
    with sheet._get_source() as source:  # noqa: SLF001 - its own iter_rows makes a cell of each gap
        parser: Any = WorkSheetParser(
            source, texts, epoch=book.epoch, date_formats=days, timedelta_formats=spans
        )
        parser.parse_formula = lambda _: "="  # it is no value, and a shared one is written anew for each cell
        for number, cells in parser.parse():
            for found in cells:
                cell = _cell(ReadOnlyCell(sheet, **found))
                if cell and (number > MOST_ROWS or found["column"] > MOST_COLUMNS):
                    spot = f"{title}!{get_column_letter(found['column'])}{number}"
                    beyond = beyond or Place(file, None, spot)
                elif cell:
                    rows.setdefault(number, {})[found["column"]] = cell
    ranges = [one.ref for one in parser.merged_cells.mergeCell] if parser.merged_cells else []
    merged = tuple((range_boundaries(one)[3] or 1, one) for one in ranges)
    return Grid(file, title, tuple(sorted(rows.items())), merged, beyond)


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
        separator, skipped, text = said[1], 1, text.partition("\n")[2]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, Row]] = []
    line, beyond = 1 + skipped, None
    try:
        for number, fields in enumerate(reader, 1):
            if number > MOST_ROWS or any(field.strip() for field in fields[MOST_COLUMNS:]):
                beyond = Place(file, line)
                break
            # ="0570" is a way to keep Excel from counting
            texts = [re.sub(r'^\s*="([^"]+)"\s*$', r"\1", field) for field in fields]
            if cells := {at: Cell(nfc(one)) for at, one in enumerate(texts, 1) if one.strip()}:
                rows.append((line, cells))
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
