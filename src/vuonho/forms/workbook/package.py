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
from datetime import date, datetime, time
from itertools import islice
from typing import Any, Final, Literal, TypeAlias

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from vuonho.errors import Problem, Refused, Severity
from vuonho.forms.incoming import Place
from vuonho.forms.workbook.layout import MAIN
from vuonho.i18n import Text
from vuonho.model.mojibake import diagnose
from vuonho.project.encoding import decode
from vuonho.text import nfc

# --- What is said of files that are no workbook, or not one that can be read ---

_SAVE: Final = Text(
    "Mở bằng Excel, chọn Lưu thành (Save as), kiểu Excel Workbook (.xlsx), rồi đưa vào tệp mới.",
    "Open it in Excel, choose Save as, type Excel Workbook (.xlsx), and import the new file.",
)
_AGAIN: Final = Text(
    "Xin lại tệp gốc; nếu mở được bằng Excel thì lưu lại rồi đưa vào.",
    "Ask for the file again; if Excel opens it, save it once more and import that.",
)
_COPY: Final = Text(
    "Mở bằng Excel, chép các ô vào bảng mới do vuonho export hoặc vuonho form làm ra.",
    "Open it in Excel and copy the cells into a new workbook made by vuonho export or vuonho form.",
)

OLD: Final = (Text("Đây là tệp Excel đời cũ (.xls).", "This is an old Excel file (.xls)."), _SAVE)
LOCKED: Final = (
    Text("Tệp Excel này có mật khẩu.", "This workbook has a password."),
    Text("Mở bằng Excel, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ), lưu lại rồi đưa vào.",
         "Open it in Excel, take the password off (File, Info, Protect), save it and import again."),
)  # fmt: skip
HTML: Final = (
    Text("Đây là trang web đổi đuôi thành Excel.", "This is a web page with the name of a workbook."),
    _SAVE,
)
XML: Final = (
    Text("Đây là tệp XML, không phải tệp Excel .xlsx.", "This is an XML file and no .xlsx workbook."),
    _SAVE,
)
PDF: Final = (
    Text("Đây là tệp PDF, không phải tệp Excel.", "This is a PDF and no workbook."),
    Text("Xin tệp Excel gốc.", "Ask for the original workbook."),
)
EMPTY: Final = (
    Text("Tệp trống, không có gì bên trong.", "The file is empty."),
    Text("Xin gửi lại; có thể tệp chưa tải về xong.", "Ask for it again; it may not have been loaded to its end."),
)  # fmt: skip
TEXT: Final = (
    Text("Đây là tệp chữ, không phải tệp Excel .xlsx.", "This is a text file and no .xlsx workbook."),
    Text("Nếu là bảng CSV thì đổi đuôi thành .csv; không thì mở bằng Excel rồi lưu thành .xlsx.",
         "If it is a CSV table, rename it to .csv; otherwise open it in Excel and save it as .xlsx."),
)  # fmt: skip
NO_EXCEL: Final = (
    Text("Đây không phải là tệp Excel .xlsx.", "This is no .xlsx workbook."),
    Text("Kiểm tra xem có chọn nhầm tệp không.", "See whether this is the right file."),
)
ODS: Final = (
    Text("Đây là bảng của LibreOffice (.ods).", "This is a spreadsheet of LibreOffice (.ods)."),
    Text("Trong LibreOffice chọn Lưu thành, kiểu Excel 2007-365 (.xlsx).",
         "In LibreOffice choose Save as, type Excel 2007-365 (.xlsx)."),
)  # fmt: skip
BINARY: Final = (Text("Đây là tệp Excel nhị phân (.xlsb).", "This is a binary workbook (.xlsb)."), _SAVE)
STRICT: Final = (
    Text("Đây là kiểu Excel ít gặp (Strict Open XML).", "This is the rare kind Strict Open XML of Excel."),
    _SAVE,
)
NUMBERS: Final = (
    Text("Đây là bảng Numbers của máy Mac, iPhone.", "This is a Numbers file of a Mac or iPhone."),
    Text("Trong Numbers chọn Xuất, kiểu Excel (.xlsx).", "In Numbers choose Export, type Excel (.xlsx)."),
)
WORD: Final = (
    Text("Đây là tệp Word, không phải tệp Excel.", "This is a Word file and no workbook."),
    Text("Chép bảng sang Excel rồi lưu thành .xlsx.", "Copy the table into Excel and save it as .xlsx."),
)
MACROS: Final = (
    Text("Tệp Excel này có macro (.xlsm), nên không đọc.", "This workbook has macros (.xlsm) and is not read."), _SAVE,
)  # fmt: skip
DAMAGED: Final = (
    Text("Tệp Excel bị hỏng hoặc bị cắt cụt.", "The workbook is damaged or cut off."), _AGAIN,
)  # fmt: skip
UNREADABLE: Final = (
    Text("Không đọc được tệp Excel này: bên trong không đúng kiểu .xlsx.",
         "This workbook cannot be read: what is inside is no proper .xlsx."),
    _SAVE,
)  # fmt: skip
TOO_MANY: Final = (
    Text("Tệp Excel chứa quá nhiều phần bên trong.", "The workbook is made of too many parts."), _COPY,
)  # fmt: skip
TOO_MUCH: Final = (
    Text("Tệp Excel bung ra lớn quá mức một bảng hồ sơ.", "Unpacked, the workbook is far too large for a table of profiles."),
    _COPY,
)  # fmt: skip
ODD_NAME: Final = (
    Text("Tệp Excel có phần mang tên không hợp lệ, như để ghi ra ngoài thư mục.",
         "The workbook has a part with an improper name, as if to write outside its folder."),
    _COPY,
)  # fmt: skip
TWICE: Final = (
    Text("Tệp Excel có hai phần trùng tên.", "The workbook has two parts of the same name."),
    _COPY,
)
ENCODED: Final = (
    Text("Tệp Excel dùng bảng mã lạ bên trong.", "The workbook uses an unusual encoding inside."),
    _SAVE,
)
DECLARED: Final = (
    Text("Tệp Excel chứa khai báo (DTD) mà Excel không bao giờ ghi.",
         "The workbook holds a declaration (DTD) that Excel never writes."),
    _COPY,
)  # fmt: skip


def too_large(size: int, limit: int) -> tuple[Text, Text]:
    """Return what to say of a file of so many bytes."""
    weight, most = f"{size / 1e6:.1f}", f"{limit / 1e6:.0f}"
    return (
        Text(f"Tệp nặng {weight.replace('.', ',')} MB, tối đa {most} MB.", f"The file is {weight} MB; {most} MB is the most."),
        Text("Bỏ ảnh dán trong bảng, hoặc chia thành nhiều tệp.", "Take pictures out of it, or split it into several files."),
    )  # fmt: skip


# --- The zip that a workbook is, looked through before any reader of workbooks sees it ---

LARGEST: Final = 20_000_000
MOST_UNPACKED: Final = 60_000_000
MOST_PARTS: Final = 2_000
MOST_TAGS: Final = 1_000_000
"""Tags of all sheets and texts: some 3,000 households, and a few seconds of reading."""
MOST_SMALL: Final = 1_500_000
"""Bytes of all parts together that are neither sheets nor the table of texts."""

_READABLE: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError,
)  # fmt: skip
"""What the zip reader of Python raises for damaged files, found by damaging some."""
_CHUNK: Final = 1 << 16
_NEEDLESS = re.compile(
    r"(docProps|customXml|xl/(drawings|comments|charts|chartsheets|theme|media|externalLinks|calcChain|"
    r"pivot\w+|tables|printerSettings|threadedComments|persons|queryTables|slicers?|ctrlProps|activeX))\b",
    re.IGNORECASE,
)
_HEAVY = re.compile(r"worksheets/|sharedstrings", re.IGNORECASE)
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_PLAIN_ENCODINGS: Final = (b"utf-8", b"us-ascii", b"ascii")
_STRICT: Final = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_BOM: Final = b"\xef\xbb\xbf"


def clean_package(content: bytes) -> bytes:
    """Return an uncompressed workbook with the needed parts only; Refused for what is none, or will not do."""
    if len(content) > LARGEST:
        raise Refused(*too_large(len(content), LARGEST))
    if not content.startswith(b"PK"):
        raise Refused(*_no_zip(content))
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
            infos = old.infolist()
            _check_names(infos)
            _check_kind([info.filename for info in infos])
            for name, part in _parts(old, infos):
                new.writestr(zipfile.ZipInfo(name), part)
    except Refused:
        raise
    except _BROKEN as error:
        raise Refused(*DAMAGED) from error
    return out.getvalue()


# --- Other files ---------------------------------------------------------------------------------------------


def _no_zip(content: bytes) -> tuple[Text, Text]:
    head = content[:2048].lstrip(_BOM + b" \t\r\n\0").lower()
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return LOCKED if "EncryptedPackage".encode("utf-16-le") in content else OLD
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<div")):
        return HTML
    if head.startswith(b"<?xml"):
        return XML
    if head.startswith(b"%pdf"):
        return PDF
    if not content.strip(b"\0 \r\n\t"):
        return EMPTY
    is_text = b"\0" not in content[:2048] or content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return TEXT if is_text else NO_EXCEL


def _check_kind(names: list[str]) -> None:
    lower = {name.lower() for name in names}
    if "mimetype" in lower and "content.xml" in lower:
        raise Refused(*ODS)
    if any(name.endswith("workbook.bin") for name in lower):
        raise Refused(*BINARY)
    if any(name.startswith("index/") and name.endswith(".iwa") for name in lower):
        raise Refused(*NUMBERS)
    if any(name.startswith("word/") for name in lower):
        raise Refused(*WORD)
    if "[Content_Types].xml" not in names:
        raise Refused(*NO_EXCEL)
    if any(name.endswith("vbaproject.bin") for name in lower):
        raise Refused(*MACROS)


# --- Parts ---------------------------------------------------------------------------------------------------


def _check_names(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_PARTS:
        raise Refused(*TOO_MANY)
    seen: set[str] = set()
    for info in infos:
        name = info.orig_filename
        if info.flag_bits & 1:
            raise Refused(*LOCKED)
        steps = re.split(r"[/\\]", name)
        if ".." in steps or name.startswith(("/", "\\")) or ":" in name or "\0" in name:
            raise Refused(*ODD_NAME)
        if name.lower() in seen:
            raise Refused(*TWICE)
        seen.add(name.lower())
        if info.compress_type not in _READABLE:
            raise Refused(*DAMAGED)


def _parts(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) of the needed parts; every part of XML is unpacked, measured and looked at."""
    room, tags, small = MOST_UNPACKED, MOST_TAGS, MOST_SMALL
    for info in infos:
        name = info.filename
        if not name.lower().endswith((".xml", ".rels", ".vml")):
            continue
        part = _unpacked(archive, info, room)
        room -= len(part)
        _check_xml(part)
        if _NEEDLESS.match(name):
            continue
        if _STRICT in part:
            raise Refused(*STRICT)
        if _HEAVY.search(name):
            part = lean(part) if b"sheetData" in part else part
            tags -= part.count(b"<")
        else:
            small -= len(part)
        if tags < 0 or small < 0:
            raise Refused(*TOO_MUCH)
        yield name, part


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: int) -> bytes:
    """Return a part; Refused once there is more than `room` bytes, whatever the zip says of its size."""
    pieces: list[bytes] = []
    with archive.open(info) as stream:
        while piece := stream.read(_CHUNK):
            room -= len(piece)
            if room < 0:
                raise Refused(*TOO_MUCH)
            pieces.append(piece)
    return b"".join(pieces)


def _check_xml(part: bytes) -> None:
    """Refuse declarations, which no workbook has (ECMA-376 part 2, 8.1.4), and encodings that could hide one."""
    text = part.removeprefix(_BOM)
    found = _ENCODING.match(text)
    if b"\0" in part or part.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused(*ENCODED)
    if found and found[1].lower() not in _PLAIN_ENCODINGS:
        raise Refused(*ENCODED)
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise Refused(*DECLARED)


# --- A sheet without its trimmings ---------------------------------------------------------------------------

_ROOT = re.compile(rb"<(?:(\w+):)?worksheet\b[^>]*>")
_ROWS = re.compile(rb"<(?:\w+:)?sheetData\b[^>]*?(?:/>|>.*</(?:\w+:)?sheetData\s*>)", re.DOTALL)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*>")
_MOST_MERGED: Final = 50
_EMPTY_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*\br=[^>]*/>")
_EMPTY_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*\br=[^>]*(?:/>|>\s*</(?:\w+:)?row\s*>)")


def lean(sheet: bytes) -> bytes:
    """Return a sheet of its filled rows and first merged cells only: widths, links and empty cells can be millions."""
    root, rows = _ROOT.search(sheet), _ROWS.search(sheet)
    if root is None or rows is None:
        raise Refused(*DAMAGED)
    prefix = root[1] + b":" if root[1] else b""
    filled = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", rows[0]))
    merged = b"".join(match[0] for match in islice(_MERGED.finditer(sheet, rows.end()), _MOST_MERGED))
    size = b'<%bdimension ref="A1"/>' % prefix  # or openpyxl would read all rows in search of it
    return b"".join(
        (root[0], size, filled, b"<!--", merged.replace(b"-", b""), b"-->", b"</%bworksheet>" % prefix)
    )


# --- A sheet as read, whatever it was read from: rows of cells, each with its place and what Excel says of it ---

Raw: TypeAlias = str | int | float | bool | date | time
Trouble = Literal["", "formula", "error", "duration"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something; `trouble` names what is no value at all, `percent` a number shown in percent."""

    raw: Raw
    place: Place
    trouble: Trouble = ""
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number, from 1, and its filled cells by the number of the column, from 1."""

    number: int
    cells: Mapping[int, Cell]


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: its filled rows, what is merged in it, and what lies beyond the rows and columns that are read.

    `merged` are ranges as (first row, last row, name); `beyond` is the place of something too far off.
    """

    title: str
    rows: tuple[Row, ...]
    hidden: bool = False
    merged: tuple[tuple[int, int, str], ...] = ()
    beyond: Place | None = None


def spot_of(title: str, column: int, row: int) -> str:
    """Return the name by which people find a cell, such as "Hộ!F12"; column and row count from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{title}!{letters}{row}"


# --- An .xlsx file as grids: what openpyxl reads of it, without trusting a word ---

MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 200
MOST_SHEETS: Final = 50
_EXCEL_BROKEN: Final = (
    ArithmeticError, AttributeError, InvalidFileException, LookupError, OSError, RecursionError, SyntaxError, TypeError,
    ValueError,
    zipfile.BadZipFile,
)  # fmt: skip
"""What openpyxl raises for broken workbooks, found by breaking some: it trusts that what it reads is whole."""
_FILLED = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*(?<!/)>\s*<(?:\w+:)?(?:v|is|f)\b"""
)
_EXCEL_MERGED = re.compile(
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
    except _EXCEL_BROKEN as error:
        raise Refused(*UNREADABLE) from error


def _sheets(package: bytes, file: str) -> Iterator[Grid]:
    reader = ExcelReader(io.BytesIO(package), read_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    names = set(reader.archive.namelist())
    found = [(sheet, link) for sheet, link in reader.parser.find_sheets() if link.target in names]
    if len(found) > MOST_SHEETS:
        raise Refused(*TOO_MANY)
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
    for match in _EXCEL_MERGED.finditer(source):
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


# --- A .csv file as a grid: separators, quotes and code pages as Excel writes them in any country ---

SEPARATED_LARGEST: Final = 4_000_000
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
        return decode(content, SEPARATED_LARGEST), False
    except Refused as refused:
        found = diagnose(content.decode("cp1252", "ignore")) if len(content) <= SEPARATED_LARGEST else None
        try:
            if found and found.code == _OLD:
                return nfc(content.decode("cp1258")), True
        except UnicodeDecodeError:
            pass
        is_other = "UniKey" in refused.hint.vi  # the hint already tells how to convert it
        raise Refused(refused.message, refused.hint if is_other else _SEPARATED_SAVE) from refused


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


_SEPARATED_SAVE: Final = Text(
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
