"""Broken and hostile files: each a clear sentence, in no time and little memory."""

import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment

from case_kit import each
from vuonho.errors import Severity
from vuonho.forms.workbook.grids import MOST_PARTS
from vuonho.forms.workbook.read import read_workbook
from workbook_kit import FILE, LANGUAGES, demo_workbook, opened, refused, said, saved, told, typed

MAIN = "xl/worksheets/sheet2.xml"
"""The sheet of households in a workbook of ours."""
Change = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def demo_book() -> bytes:
    """Return the demo as a workbook."""
    return demo_workbook()


def changed(content: bytes, parts: Mapping[str, Change]) -> bytes:
    """Return a workbook with some parts changed, or new."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys((*old.namelist(), *parts)):
            part = old.read(name) if name in old.namelist() else b""
            new.writestr(name, parts[name](part) if name in parts else part)
    return out.getvalue()


def zipped(*parts: tuple[str, bytes]) -> bytes:
    """Return a zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts:
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def in_rows(rows: bytes) -> Mapping[str, Change]:
    """Return a change that puts rows at the end of the households."""
    return {MAIN: lambda part: part.replace(b"</sheetData>", rows + b"</sheetData>")}


def lying(content: bytes) -> bytes:
    """Return a zip that says of each of its parts that it is 10 bytes long."""
    data = bytearray(content)
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(mark)
        while at >= 0:
            data[at + place : at + place + 4] = struct.pack("<I", 10)
            at = data.find(mark, at + 4)
    return bytes(data)


NO_XLSX = "Đây không phải là tệp Excel .xlsx."
DAMAGED = "Tệp Excel bị hỏng, bị cắt cụt, hoặc chứa phần mà Excel không bao giờ ghi."
LOCKED = "Tệp Excel này có mật khẩu."
TOO_MUCH = "Tệp Excel bung ra lớn quá mức một bảng hồ sơ."

LAUGHS = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE x SYSTEM "file:///etc/passwd">'

NO_WORKBOOK: tuple[tuple[str, bytes, str], ...] = (
    ("nothing", b"", DAMAGED),
    ("zeros", bytes(5000), DAMAGED),
    ("old Excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), NO_XLSX),
    ("a password", b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), LOCKED),
    ("a web page", b"\xef\xbb\xbf\n<html><table><tr><td>A</td></tr></table>", NO_XLSX),
    ("a PDF", b"%PDF-1.7\n", NO_XLSX),
    ("a photo", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(99), NO_XLSX),
    ("binary", zipped(("[Content_Types].xml", b""), ("xl/workbook.bin", b"")), DAMAGED),
    ("Word", zipped(("[Content_Types].xml", b""), ("word/document.xml", b"")), DAMAGED),
    ("only types", zipped(("[Content_Types].xml", b"<Types/>")), DAMAGED),
    ("cut zip", zipped(("[Content_Types].xml", b"<Types/>"))[:40], DAMAGED),
    ("many parts", zipped(*((f"xl/{n}.xml", b"") for n in range(MOST_PARTS + 1))), TOO_MUCH),
    ("a way out", zipped(("[Content_Types].xml", b""), ("../../evil.xml", b"")),
     DAMAGED),
    ("a way out on Windows", zipped(("[Content_Types].xml", b""), ("..\\evil.xml", b"")),
     DAMAGED),
    ("two of a name", zipped(("[Content_Types].xml", b""), ("xl/a.xml", b""), ("XL/A.xml", b"")), DAMAGED),
    ("large", b"PK" + bytes(20_000_000), "Tệp nặng 21 MB, tối đa 20 MB."),
)  # fmt: skip


@each(("content", "sentence"), [row[1:] for row in NO_WORKBOOK], ids=[row[0] for row in NO_WORKBOOK])
def test_what_is_no_workbook_is_named(content: bytes, sentence: str) -> None:
    """One sentence says what it is, another the way out."""
    (found,) = refused(content)
    message, _, way_out = found.partition(" → ")
    assert message == sentence
    assert way_out.endswith((".", ")"))


SPOILT: tuple[tuple[str, Mapping[str, Change], str], ...] = (
    ("billion laughs", {MAIN: lambda part: part.replace(b"<worksheet", LAUGHS + b"<worksheet", 1)},
     DAMAGED),
    ("a file from outside", {"xl/styles.xml": lambda part: OUTSIDE + part}, DAMAGED),
    ("a declaration where nobody looks", {"docProps/app.xml": lambda part: OUTSIDE + part},
     DAMAGED),
    ("hidden by an encoding", {MAIN: lambda part: b'<?xml version="1.0" encoding="cp037"?>' + part}, DAMAGED),
    ("hidden by two bytes a letter", {MAIN: lambda part: part.decode().encode("utf-16")}, DAMAGED),
    ("a bomb", {MAIN: lambda part: part + b" " * 70_000_000}, TOO_MUCH),
    ("a bomb of styles", {"xl/styles.xml": lambda part: part.replace(b"</fonts>", b"<font/>" * 300_000 + b"</fonts>")},
     TOO_MUCH),
    ("a bomb of cells", in_rows(b'<row r="99"><c r="A99"><v>1</v></c></row>' * 200_000), TOO_MUCH),
    ("a bomb of sheets", {"xl/workbook.xml": lambda part: part.replace(b"<sheets>", b"<sheets>" + b'<sheet name="x"/>' * 99)},
     TOO_MUCH),
    ("two sheets of one part", {"xl/_rels/workbook.xml.rels": lambda part: part.replace(b"sheet3.xml", b"sheet2.xml")},
     DAMAGED),
    ("macros", {"xl/vbaProject.bin": lambda _: b"\0"}, NO_XLSX),
    ("strict", {MAIN: lambda part: part.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                                                b"http://purl.oclc.org/ooxml/spreadsheetml/main")},
     NO_XLSX),
    ("cut XML", {MAIN: lambda part: part[: len(part) // 2]}, DAMAGED),
    ("wrong XML", in_rows(b"<row></c></row>"), DAMAGED),
    ("no such style", in_rows(b'<row r="99"><c r="B99" s="x"><v>1</v></c></row>'), DAMAGED),
    ("no such text", in_rows(b'<row r="99"><c r="B99" t="s"><v>7</v></c></row>'), DAMAGED),
    ("far away", in_rows(b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'),
     "trang Hộ, ô XFD1048576: có chữ ở xa quá: chỉ đọc 5000 hàng và 200 cột."),
    ("all cells merged", {MAIN: lambda part: part.replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')},
     "trang Hộ, ô A1:XFD1048576: các ô này bị gộp làm một, không biết giá trị của từng hộ."),
)  # fmt: skip


@each(("parts", "sentence"), [row[1:] for row in SPOILT], ids=[row[0] for row in SPOILT])
def test_a_spoilt_workbook_is_named(demo_book: bytes, parts: Mapping[str, Change], sentence: str) -> None:
    """Whatever was done to it, with one sentence."""
    found = refused(changed(demo_book, parts))
    assert [one.partition(" → ")[0] for one in found] == [sentence]


@each(
    "parts",
    [
        in_rows(
            b"".join(b'<row r="%d" s="1"><c r="A%d" s="1"/></row>' % (n, n) for n in range(100, 100_000))
        ),
        {MAIN: lambda part: part.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')},
        {
            MAIN: lambda part: part.replace(
                b"<cols>", b"<cols>" + b'<col min="1" max="9" width="4"/>' * 99_000
            )
        },
        {"xl/externalLinks/externalLink1.xml": lambda _: b"<x"},
        {"xl/workbook.xml": lambda part: re.sub(rb"(<definedName [^>]*>)[^<]*", rb"\1x", part)},
    ],
    ids=["formatted empty rows", "a wrong size", "widths", "links to elsewhere", "print titles of no rows"],
)
def test_what_is_only_odd_does_no_harm(demo_book: bytes, parts: Mapping[str, Change]) -> None:
    """Many formatted empty rows and the like are passed over."""
    assert len(told(changed(demo_book, parts))) == 16


def test_a_zip_that_lies_about_sizes_is_measured_by_reading() -> None:
    """Or found to be damaged: what its headings say counts for nothing."""
    bomb = zipped(("[Content_Types].xml", b""), ("xl/a.xml", b"x" * 70_000_000))
    for content in (bomb, lying(bomb)):
        assert refused(content)[0].startswith(("Tệp Excel bung ra", "Tệp Excel bị hỏng"))


WORDS = (b"", b"-1", b"99999999999", b"x", b"1e400", b"NaN", b"rId9", b"../x", b"XFE1", b"d", b"e", b"s", b"str", b"</c>")  # fmt: skip


@settings(max_examples=40)
@given(
    st.integers(0, 99), st.floats(0, 1), st.sampled_from(WORDS) | st.binary(max_size=3), st.integers(0, 40)
)
def test_no_damage_ends_in_a_traceback(
    demo_book: bytes, part: int, place: float, word: bytes, cut: int
) -> None:
    """Some bytes of some part replaced by others: households or a sentence, nothing else."""
    with zipfile.ZipFile(io.BytesIO(demo_book)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]

    def damaged(content: bytes) -> bytes:
        at = int(place * len(content))
        return content[:at] + word + content[at + cut :]

    households, problems = read_workbook(
        changed(demo_book, {names[part % len(names)]: damaged}), FILE, LANGUAGES
    )
    assert households or problems


def test_a_formula_is_named_and_not_worked_out(demo_book: bytes) -> None:
    """One that cells share may be a book long, or none."""
    row = b'<row r="%d"><c r="C%d"><f t="shared" si="0">%s</f></c></row>'
    found = refused(changed(demo_book, in_rows(row % (98, 98, b"&quot;") + row % (99, 99, b""))))
    assert sum("Ô này là công thức" in one for one in found) == 2


# --- Sheets ---

HOMES: list[list[Any]] = [["Mã", "Tên vườn"], [None, "Vườn A"], ["482135", "Vườn B"], [None, "Vượn A"]]
CROPS: list[Any] = ["Mã", "Tên vườn", "Cây trồng"]


@each(
    ("rows", "sentence"),
    [
        ([CROPS, [None, None, "Bưởi"]], "trang Cây trồng, ô C2: Dòng này chưa ghi là của hộ nào."),
        ([CROPS, [None, "Vườn Z", "Bưởi"]], "Vườn Z (trang Cây trồng, ô B2): Trang “Hộ” không có vườn “Vườn Z”."),
        ([CROPS, ["926002", None, "Bưởi"]], "trang Cây trồng, ô A2: Trang “Hộ” không có mã 926002."),
        ([CROPS, [None, "VUON A", "Bưởi"]], "VUON A (trang Cây trồng, ô B2): Có hai hộ trở lên cùng tên “VUON A”."),
        ([CROPS, ["482135", "Vườn A", "Bưởi"]],
         "Vườn A (trang Cây trồng, ô A2): Mã 482135 là của “Vườn B”, mà dòng này ghi “Vườn A”."),
        ([["Cây trồng"], ["Bưởi"]], "trang Cây trồng, ô A1: Bảng này thiếu cột “Mã” và cột “Tên vườn”."),
    ],
)  # fmt: skip
def test_a_row_that_is_nobodys_is_named(rows: list[list[Any]], sentence: str) -> None:
    """With its cell; nothing goes to the wrong household. Accents tell apart what they tell apart."""
    found = refused(typed({"Hộ": HOMES, "Cây trồng": rows}))
    assert sentence in [one.partition(" → ")[0] for one in found]
    households = told(typed({"Hộ": HOMES, "Cây trồng": [CROPS, [None, "Vườn A", "Bưởi"]]}))
    assert [home.values.get("garden") for home in households] == [{"crops": [{"name": "Bưởi"}]}, None, None]


def test_rows_that_are_no_household_are_named(demo_book: bytes) -> None:
    """Totals, a code that stands twice, and a tick that is neither yes nor no: “chắc là có” is asked again."""
    rows: list[list[Any]] = [["Mã", "Tên vườn", "garden.area"], ["482135", "A", 5], ["482 135", "B", 6], [None, None, 11]]  # fmt: skip
    assert [one.partition(" → ")[0] for one in refused(typed({"Hộ": rows}))] == [
        "trang Hộ, ô C4: Dòng này có chữ mà thiếu tên vườn và mã.",
        "B (trang Hộ, ô A3): Mã 482135 đã có ở trang Hộ, ô A2.",
    ]
    book = opened(demo_book)
    book["Hộ"].cell(2, 8).value = "chắc là có"
    assert refused(saved(book)) == [
        "Ao vườn ông Cảnh (trang Hộ, ô H2): “chắc là có” không phải là Có hay Không. → Hỏi lại gia đình, rồi ghi Có hoặc Không."
    ]


def test_merged_cells_among_the_rows_are_named_and_those_above_are_not() -> None:
    """A title may be merged; whose a merged value is cannot be told."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Hộ"
    for row in (["BẢNG"], ["Tên vườn", "Chủ hộ"], ["A", "Ai"], ["B", None]):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    assert len(told(saved(book))) == 2
    sheet.merge_cells("B3:B4")
    assert refused(saved(book)) == [
        "trang Hộ, ô B3:B4: các ô này bị gộp làm một, không biết giá trị của từng hộ. → Bỏ gộp ô (Unmerge), rồi ghi giá trị vào từng ô."
    ]


def test_sheets_that_are_hidden_decorated_strange_or_missing() -> None:
    """Comments and hidden columns do no harm, a hidden sheet of ours is read; another's is said to be unread."""
    sheets: Any = {"Hộ": [["Tên vườn"], ["A"]], "Cây trồng": [CROPS, [None, "A", "Bưởi"]], "Nháp": [["x"]]}
    book = opened(typed(sheets))
    book["Cây trồng"].sheet_state = "hidden"
    book["Hộ"]["A2"].comment = Comment("nhớ hỏi lại", "Ai đó")
    book["Hộ"].column_dimensions["C"].hidden = True
    (home,), (warning,) = read_workbook(saved(book), FILE, LANGUAGES)
    assert home.values["garden"] == {"crops": [{"name": "Bưởi"}]}
    assert (said(warning).partition(" → ")[0], warning.severity) == (
        "trang Nháp, ô A1: Trang “Nháp” có chữ mà không phải trang của bảng hồ sơ, nên không đọc.", Severity.WARNING,
    )  # fmt: skip
    assert refused(typed({"Nháp": [["x"]]})) == [
        "Không thấy trang “Hộ”. → Đưa vào bảng do vuonho export hoặc vuonho form -o phieu.xlsx làm ra."
    ]
    (twice, *_) = refused(typed({"Hộ": sheets["Hộ"], "Households": sheets["Hộ"]}))
    assert twice.startswith("trang Households, ô A1: Trang “Households” và trang “Hộ” là một.")


@each("damage", ["{", "[]", '{"a": 1}', '{"name": ["x"]}', '{"consent": {"publish": ["lạ"]}}', "[" * 5000])
def test_a_damaged_trace_is_none_with_a_warning(demo_book: bytes, damage: str) -> None:
    """What was exported can no longer be told, so empty cells say nothing."""
    book = opened(demo_book)
    book["_vuonho"]["D4"].value = damage
    households, problems = read_workbook(saved(book), FILE, LANGUAGES)
    assert [one.base for one in households] == [None] * 16
    assert [one.severity for one in problems] == [Severity.WARNING]
    assert problems[0].message.vi.startswith("Không đọc được trang ẩn")
