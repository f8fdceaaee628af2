"""The zip that a workbook is, looked through before any reader of workbooks sees it.

Whoever sends a file may have made it with any program, or to do harm. So it is unpacked here once, by measure;
what is not needed is left out, and what no workbook has is refused by name.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import Final

from vuonho.bilingual import Text
from vuonho.errors import Refused
from vuonho.intake.workbook import said_package as said

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
        raise Refused(*said.too_large(len(content), LARGEST))
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
        raise Refused(*said.DAMAGED) from error
    return out.getvalue()


# --- Other files ---------------------------------------------------------------------------------------------


def _no_zip(content: bytes) -> tuple[Text, Text]:
    head = content[:2048].lstrip(_BOM + b" \t\r\n\0").lower()
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return said.LOCKED if "EncryptedPackage".encode("utf-16-le") in content else said.OLD
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<div")):
        return said.HTML
    if head.startswith(b"<?xml"):
        return said.XML
    if head.startswith(b"%pdf"):
        return said.PDF
    if not content.strip(b"\0 \r\n\t"):
        return said.EMPTY
    is_text = b"\0" not in content[:2048] or content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return said.TEXT if is_text else said.NO_EXCEL


def _check_kind(names: list[str]) -> None:
    lower = {name.lower() for name in names}
    if "mimetype" in lower and "content.xml" in lower:
        raise Refused(*said.ODS)
    if any(name.endswith("workbook.bin") for name in lower):
        raise Refused(*said.BINARY)
    if any(name.startswith("index/") and name.endswith(".iwa") for name in lower):
        raise Refused(*said.NUMBERS)
    if any(name.startswith("word/") for name in lower):
        raise Refused(*said.WORD)
    if "[Content_Types].xml" not in names:
        raise Refused(*said.NO_EXCEL)
    if any(name.endswith("vbaproject.bin") for name in lower):
        raise Refused(*said.MACROS)


# --- Parts ---------------------------------------------------------------------------------------------------


def _check_names(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_PARTS:
        raise Refused(*said.TOO_MANY)
    seen: set[str] = set()
    for info in infos:
        name = info.orig_filename
        if info.flag_bits & 1:
            raise Refused(*said.LOCKED)
        steps = re.split(r"[/\\]", name)
        if ".." in steps or name.startswith(("/", "\\")) or ":" in name or "\0" in name:
            raise Refused(*said.ODD_NAME)
        if name.lower() in seen:
            raise Refused(*said.TWICE)
        seen.add(name.lower())
        if info.compress_type not in _READABLE:
            raise Refused(*said.DAMAGED)


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
            raise Refused(*said.STRICT)
        if _HEAVY.search(name):
            part = lean(part) if b"sheetData" in part else part
            tags -= part.count(b"<")
        else:
            small -= len(part)
        if tags < 0 or small < 0:
            raise Refused(*said.TOO_MUCH)
        yield name, part


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: int) -> bytes:
    """Return a part; Refused once there is more than `room` bytes, whatever the zip says of its size."""
    pieces: list[bytes] = []
    with archive.open(info) as stream:
        while piece := stream.read(_CHUNK):
            room -= len(piece)
            if room < 0:
                raise Refused(*said.TOO_MUCH)
            pieces.append(piece)
    return b"".join(pieces)


def _check_xml(part: bytes) -> None:
    """Refuse declarations, which no workbook has (ECMA-376 part 2, 8.1.4), and encodings that could hide one."""
    text = part.removeprefix(_BOM)
    found = _ENCODING.match(text)
    if b"\0" in part or part.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused(*said.ENCODED)
    if found and found[1].lower() not in _PLAIN_ENCODINGS:
        raise Refused(*said.ENCODED)
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise Refused(*said.DECLARED)


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
        raise Refused(*said.DAMAGED)
    prefix = root[1] + b":" if root[1] else b""
    filled = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", rows[0]))
    merged = b"".join(match[0] for match in islice(_MERGED.finditer(sheet, rows.end()), _MOST_MERGED))
    size = b'<%bdimension ref="A1"/>' % prefix  # or openpyxl would read all rows in search of it
    return b"".join(
        (root[0], size, filled, b"<!--", merged.replace(b"-", b""), b"-->", b"</%bworksheet>" % prefix)
    )
