"""CSV as Excel and others write it: any separator, Unicode with and without a mark, and the code pages of old."""

import unicodedata

from case_kit import each
from vuonho.errors import Severity
from vuonho.forms.workbook.read import read_csv
from workbook_kit import LANGUAGES, refused

TABLE = "Tên vườn;Chủ hộ;Địa chỉ\nVườn bà Hường;Nguyễn Thị Hường;Xóm Đông, ngõ 3\n"
VALUES = {"name": "Vườn bà Hường", "head": "Nguyễn Thị Hường", "location": {"address": "Xóm Đông, ngõ 3"}}
TONES = "\u0300\u0301\u0303\u0309\u0323"


def in_1258(text: str) -> bytes:
    """Return a text in Windows-1258, whose tones are letters of their own."""
    out = b""
    for sign in text:
        parts = unicodedata.normalize("NFD", sign)
        tones = "".join(part for part in parts if part in TONES)
        bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        out += (bare + tones).encode("cp1258")
    return out


@each(
    "content",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"),
        unicodedata.normalize("NFD", TABLE).encode(),
        TABLE.replace(";", "\t").encode("utf-16"),
        ("sep=;\r\n" + TABLE.replace("\n", "\r\n")).encode(),
        'Tên vườn,Chủ hộ,Địa chỉ\nVườn bà Hường,Nguyễn Thị Hường,"Xóm Đông, ngõ 3"'.encode(),
        ("BẢNG HỘ;;\n;;\n" + TABLE + ";;\n").encode(),
    ],
    ids=["utf-8", "with a mark", "utf-16", "NFD", "tabs", "sep=", "commas", "title and empty rows"],
)  # fmt: skip
def test_a_table_is_read_whatever_program_wrote_it(content: bytes) -> None:
    """The same values each time."""
    (home,), problems = read_csv(content, "bang.csv", LANGUAGES)
    assert (home.values, home.base, problems) == (VALUES, None, ())


def test_windows_1258_is_read_with_a_note() -> None:
    """Its letters tell it for certain."""
    (home,), (note,) = read_csv(in_1258(TABLE), "bang.csv", LANGUAGES)
    assert home.values == VALUES
    assert note.severity is Severity.WARNING
    assert note.message.vi == "Tệp lưu theo bảng mã cũ Windows-1258, và được đọc theo bảng mã ấy."


@each(
    ("content", "sentence", "way_out"),
    [
        ("Tªn v­ên;Chñ hé\nV­ên bµ H­êng;NguyÔn ThÞ H­êng\n".encode("latin-1"),
         "Dòng 1: tệp không lưu bằng UTF-8. Chữ gõ bằng bảng mã TCVN3 (phông .VnTime).", "UniKey"),
        ("Teân vöôøn;Chuû hoä\nVöôøn baø Höôøng;Nguyeãn Thò Höôøng\n".encode("latin-1"),
         "Dòng 1: tệp không lưu bằng UTF-8. Chữ gõ bằng bảng mã VNI (phông VNI-Times).", "UniKey"),
        (TABLE.encode("cp1258", "replace"), "Dòng 1: tệp không lưu bằng UTF-8.", "CSV UTF-8"),
        (b"", "Trong bảng chưa có hộ nào.", "tên vườn"),
        ("Tên vườn;Chủ hộ\n".encode(), "Trong bảng chưa có hộ nào.", "tên vườn"),
        (b'name;head\nA;"B\n', "Dòng 2: dấu ngoặc kép mở ra mà không đóng đúng chỗ, hoặc ô dài quá.", ".xlsx"),
        (b'name;head\n"A"x;B\n', "Dòng 2: dấu ngoặc kép mở ra mà không đóng đúng chỗ, hoặc ô dài quá.", ".xlsx"),
        (b"name;head\nA;" + b"x" * 200_000, "Dòng 2: dấu ngoặc kép mở ra mà không đóng đúng chỗ, hoặc ô dài quá.", ".xlsx"),
        (b"name;head\n" + b"A;B\n" * 5001, "có chữ ở xa quá: chỉ đọc 5000 hàng và 200 cột.", "chia bảng"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "Đây là ảnh PNG, không phải tệp chữ.", ".xlsx"),
        (b"name;head\nA;B\0\n", "Dòng 2 có ký tự rỗng (NUL): tệp đã hỏng.", ".xlsx"),
        (b"x" * 4_000_001, "Tệp nặng 4,0 MB, tối đa 4,0 MB.", ".xlsx"),
    ],
    ids=["TCVN3", "VNI", "lost letters", "empty", "headings only", "open quote", "broken quote", "long cell", "long table", "picture", "NUL", "large"],
)  # fmt: skip
def test_what_cannot_be_read_is_named(content: bytes, sentence: str, way_out: str) -> None:
    """With the way out."""
    (found, *_) = refused(content, csv=True)
    message, _, hint = found.partition(" → ")
    assert message == sentence
    assert way_out in hint


def test_what_excel_did_is_named_with_the_line() -> None:
    """A line is what people find in a text; `="0570"` keeps its zero."""
    rows = 'Tên vườn;Số điện thoại;Mã;Ngày kiểm tra\nA;"=""0570012345""";;\n"B\nB";570012345;;46328\nC;;4,82E+05;\n'
    households, problems = read_csv(rows.encode(), "bang.csv", LANGUAGES)
    assert households[0].values["contact"] == {"phone": "0570012345"}
    assert [(one.line, one.field) for one in households[1].problems] == [(3, "contact.phone"), (3, "checked")]
    assert [(one.line, one.field, one.message.vi) for one in problems] == [
        (5, "code", "Hộ “C”: Excel đã rút gọn số thành 4,82E+05.")
    ]
