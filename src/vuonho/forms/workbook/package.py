"""The zip that a workbook is, looked through before any reader of workbooks sees it."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import Final

from openpyxl.utils.exceptions import InvalidFileException

from vuonho.errors import UserError
from vuonho.i18n import Both, Text

LARGEST: Final = 20_000_000
MOST_UNPACKED: Final = 60_000_000
MOST_PARTS: Final = 2_000
MOST_TAGS: Final = 1_000_000
"""Tags of all sheets and texts: some 3,000 households, and a few seconds of reading."""
MOST_SMALL: Final = 1_500_000
"""Bytes of all parts together that are neither sheets nor the table of texts."""
BROKEN: Final = (
    ArithmeticError, AttributeError, EOFError, InvalidFileException, LookupError, OSError, RuntimeError, SyntaxError,
    TypeError, ValueError, struct.error, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What zipfile and openpyxl raise for broken workbooks, found by breaking some: they trust that what they read is whole."""

_SAVE: Final = Text("Open it in Excel, choose Save as, type Excel Workbook (.xlsx), and import the new file.")
_COPY: Final = Text(
    "Open it in Excel and copy the cells into a new workbook made by vuonho export or vuonho form."
)
NO_XLSX: Final = (Text("This is no .xlsx workbook."), _SAVE)
UNREADABLE: Final = (
    Text("This workbook cannot be read: what is inside is no proper .xlsx."),
    _SAVE,
)
DAMAGED: Final = (
    Text("The workbook is damaged or cut off."),
    Text("Ask for the file again; if Excel opens it, save it once more and import that."),
)
LOCKED: Final = (
    Text("This workbook has a password."),
    Text("Open it in Excel, take the password off (File, Info, Protect), save it and import again."),
)
TOO_MUCH: Final = (
    Text("Unpacked, the workbook is far too large for a table of profiles."),
    _COPY,
)
STRANGE: Final = (
    Text("The workbook holds something that Excel never writes."),
    _COPY,
)

_NEEDLESS = re.compile(
    r"(docProps|customXml|xl/(drawings|comments|charts|chartsheets|theme|media|externalLinks|calcChain|"
    r"pivot\w+|tables|printerSettings|threadedComments|persons|queryTables|slicers?|ctrlProps|activeX))\b",
    re.IGNORECASE,
)
_HEAVY = re.compile(r"worksheets/|sharedstrings", re.IGNORECASE)
_ENCODING = re.compile(
    rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["'](?!(?:utf-8|us-ascii|ascii)["'])""", re.IGNORECASE
)


def clean_package(content: bytes) -> bytes:
    """Return an uncompressed workbook with the needed parts only; UserError for what is none, or will not do."""
    if len(content) > LARGEST:
        weight, most = f"{len(content) / 1e6:.1f}", f"{LARGEST / 1e6:.0f}"
        raise UserError(
            Both(
                f"Tệp nặng {weight.replace('.', ',')} MB, tối đa {most} MB.",
                f"The file is {weight} MB; {most} MB is the most.",
            ),
            Text("Take pictures out of it, or split it into several files."),
        )
    if not content.strip(b"\0 \r\n\t"):
        raise UserError(*DAMAGED)
    if not content.startswith(b"PK"):
        raise UserError(*(LOCKED if "EncryptedPackage".encode("utf-16-le") in content else NO_XLSX))
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
            _check_names(old.infolist())
            for name, part in _parts(old):
                new.writestr(zipfile.ZipInfo(name), part)
    except UserError:
        raise
    except BROKEN as error:
        raise UserError(*DAMAGED) from error
    return out.getvalue()


def _check_names(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_PARTS:
        raise UserError(*TOO_MUCH)
    seen: set[str] = set()
    for info in infos:
        name = info.orig_filename
        if info.flag_bits & 1:
            raise UserError(*LOCKED)
        is_outside = ".." in re.split(r"[/\\]", name) or name.startswith(("/", "\\"))
        if is_outside or ":" in name or "\0" in name or name.lower() in seen:
            raise UserError(*STRANGE)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UserError(*DAMAGED)
        seen.add(name.lower())
    if "[content_types].xml" not in seen or any(name.endswith("vbaproject.bin") for name in seen):
        raise UserError(*NO_XLSX)


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) of the needed parts; every part of XML is unpacked, measured and looked at."""
    room, tags, small = MOST_UNPACKED, MOST_TAGS, MOST_SMALL
    for info in archive.infolist():
        name = info.filename
        if not name.lower().endswith((".xml", ".rels", ".vml")):
            continue
        with archive.open(info) as stream:
            part = stream.read(room + 1)  # whatever the zip says of its size
        room -= len(part)
        if room < 0:
            raise UserError(*TOO_MUCH)
        _check_xml(part)
        if _NEEDLESS.match(name):
            continue
        if b"http://purl.oclc.org/ooxml/spreadsheetml/main" in part:
            raise UserError(*NO_XLSX)  # Strict Open XML, which openpyxl does not know
        if _HEAVY.search(name):
            part = _lean(part) if b"sheetData" in part else part
            tags -= part.count(b"<")
        else:
            small -= len(part)
        if tags < 0 or small < 0:
            raise UserError(*TOO_MUCH)
        yield name, part


def _check_xml(part: bytes) -> None:
    """Refuse declarations, which no workbook has (ECMA-376 part 2, 8.1.4), and encodings that could hide one."""
    is_encoded = b"\0" in part or part.startswith((b"\xff\xfe", b"\xfe\xff"))
    if is_encoded or _ENCODING.match(part.removeprefix(b"\xef\xbb\xbf")):
        raise UserError(*STRANGE)
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise UserError(*STRANGE)


_ROOT = re.compile(rb"<(?:(\w+):)?worksheet\b[^>]*>")
_ROWS = re.compile(rb"<(?:\w+:)?sheetData\b[^>]*?(?:/>|>.*</(?:\w+:)?sheetData\s*>)", re.DOTALL)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*>")
_MOST_MERGED: Final = 50
_EMPTY_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*\br=[^>]*/>")
_EMPTY_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*\br=[^>]*(?:/>|>\s*</(?:\w+:)?row\s*>)")


def _lean(sheet: bytes) -> bytes:
    """Return a sheet of its filled rows and first merged cells only: widths, links and empty cells can be millions."""
    root, rows = _ROOT.search(sheet), _ROWS.search(sheet)
    if root is None or rows is None:
        raise UserError(*DAMAGED)
    prefix = root[1] + b":" if root[1] else b""
    filled = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", rows[0]))
    merged = b"".join(match[0] for match in islice(_MERGED.finditer(sheet, rows.end()), _MOST_MERGED))
    size = b'<%bdimension ref="A1"/>' % prefix  # or openpyxl would read all rows in search of it
    return b"".join(
        (root[0], size, filled, b"<!--", merged.replace(b"-", b""), b"-->", b"</%bworksheet>" % prefix)
    )
