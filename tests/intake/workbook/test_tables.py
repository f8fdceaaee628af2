"""Tables as people and programs write them: understood where a cell can mean one thing, named where it cannot."""

import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from case_kit import each
from vuonho.errors import Severity
from vuonho.forms.workbook.grids import Cell, Grid
from vuonho.forms.workbook.layout import tables
from vuonho.forms.workbook.read import read_csv, read_workbook
from vuonho.forms.workbook.sheets import find_headings
from vuonho.project.yaml_tree import Plain
from vuonho.text import fold
from workbook_kit import FILE, LANGUAGES, refused, saved, told, typed


def one(**columns: Any) -> dict[str, Plain]:
    """Return the values of one household whose row says this; headings are paths, their dots written as __."""
    headings = ["name", *(name.replace("__", ".") for name in columns)]
    (household,) = told(typed({"Hộ": [headings, ["Vườn A", *columns.values()]]}))
    return {key: value for key, value in household.values.items() if key != "name"}


def test_what_can_mean_one_thing_is_read_as_people_write_it() -> None:
    """Numbers without their point, parts with a comma, percent, dates, ticked boxes, words of closed lists, links."""
    assert one(garden__area=1800.0, living__people=5, head=12, location__address=0.2, checked="2/11/2026") == {
        "garden": {"area": "1800"}, "living": {"people": "5"}, "head": "12", "location": {"address": "0,2"},
        "checked": "2/11/2026",
    }  # fmt: skip
    assert one(checked=date(2026, 11, 2), consent__given=datetime(2026, 10, 20, 7, 30)) == {  # noqa: DTZ001
        "checked": "2026-11-02", "consent": {"given": "2026-10-20"},
    }  # fmt: skip
    assert [one(contact__zalo=raw) for raw in (True, False, 1)] == [
        {"contact": {"zalo": said}} for said in ("Có", "Không", "1")
    ]
    assert one(living__water="Nước máy", garden__irrigation="tưới nhỏ giọt") == {
        "living": {"water": "tap"}, "garden": {"irrigation": "tưới nhỏ giọt"},
    }  # fmt: skip
    practices = {"Theo VietGAP; Vườn, ao, chuồng (VAC); lạ": ["vietgap", "vac", "lạ"], "Theo VietGAP, Bọc quả": ["vietgap", "bagging"]}  # fmt: skip
    for text, keys in practices.items():
        assert one(garden__practices=text) == {"garden": {"practices": keys}}
    assert one(links="https://a.example https://b.example/x,y") == {
        "links": ["https://a.example", "https://b.example/x,y"]
    }


def test_texts_that_look_like_something_else_stay_texts() -> None:
    """Numbers in cells of text, formulas as text, formatted letters, spaces that do not break, breaks of line, percent."""
    rich = CellRichText("Vườn ", TextBlock(InlineFont(b=True), "bà Tư"))
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Hộ"
    sheet.append(["name", "head", "location.address", "garden.area", "code", "story"])
    sheet.append([rich, "=HYPERLINK(1)", "Xóm\u00a0Đông ", "1800", "482135", "Một\nhai_x000D_"])
    sheet["B2"].data_type = "s"
    sheet.append(["Vườn B", 0.2])
    sheet["B3"].number_format = "0%"
    household, second = told(saved(book))
    assert household.values == {
        "name": "Vườn bà Tư", "head": "=HYPERLINK(1)", "location": {"address": "Xóm\u00a0Đông"},
        "garden": {"area": "1800"}, "code": "482135", "story": "Một\nhai",
    }  # fmt: skip
    assert second.values["head"] == "20%"


@each(
    ("path", "raw", "read", "note"),
    [
        ("checked", 46328, "2026-11-02", "Số 46328 của Excel được đọc là ngày 2/11/2026."),
        ("checked", "46328", "2026-11-02", "Số 46328 của Excel được đọc là ngày 2/11/2026."),
        ("contact.phone", 570012345, "0570012345", "Số 570012345 mất số 0 ở đầu, được đọc là 0570012345."),
        ("contact.phone", 2393855123.0, "02393855123", "Số 2393855123 mất số 0 ở đầu, được đọc là 02393855123."),
        ("visits.hours", time(7, 30), "7:30", "Giờ của Excel được đọc là 7:30."),
    ],
)  # fmt: skip
def test_what_excel_changed_is_read_with_a_note(path: str, raw: Any, read: str, note: str) -> None:
    """The note names the cell and is a warning of that household."""
    content = typed({"Hộ": [["Tên vườn", path], ["Vườn A", raw]]})
    (household,), problems = read_workbook(content, FILE, LANGUAGES)
    assert problems == ()
    value: Any = household.values
    for step in path.split("."):
        value = value[step]
    assert value == read
    (warning,) = household.problems
    said = (warning.message.vi, warning.severity, warning.field)
    assert said == (f"Vườn A (trang Hộ, ô B2): {note}", Severity.WARNING, path)


MONTHS = "garden.crops.months"


@each(
    ("path", "raw", "sentence"),
    [
        ("garden.area", "=1+1", "Ô này là công thức, không phải giá trị."),
        ("head", "#N/A", "Ô này báo lỗi của Excel (như #N/A)."),
        ("code", "4.82135E5", "Excel đã rút gọn số thành 4.82135E5."),
        ("garden.area", 1.8e22, "Excel đã rút gọn số thành 1,8e+22."),
        ("contact.phone", "5,70012E+08", "Excel đã rút gọn số thành 5,70012E+08."),
        ("garden.area", 1.234, "Số 1,234 có hai cách đọc."),
        ("head", date(2026, 9, 8), "Excel đã đổi ô này thành ngày giờ: 8/9/2026."),
        ("garden.area", timedelta(hours=30), "Excel đã đổi ô này thành ngày giờ: 1 day, 6:00:00."),
        (MONTHS, date(2026, 9, 8), "Excel đã đổi các tháng thành ngày: 8/9/2026. → Có phải là 8-9?"),
        (MONTHS, 8.9, "Excel đã đổi các tháng thành một số: 8,9. → Có phải là các tháng 8, 9?"),
        (MONTHS, "9-Aug", "Excel đã đổi các tháng thành ngày: 9-Aug. → Gõ lại, với dấu nháy ' đứng đầu."),
    ],
)
def test_what_can_mean_two_things_is_named(path: str, raw: Any, sentence: str) -> None:
    """With its cell, and what to do; “8-9” is the 8th of September to Excel, and “8,9” a number."""
    sheets: dict[str, Any] = {"Hộ": [["Tên vườn", path], ["Vườn A", raw]]}
    where = "trang Hộ, ô B2"
    if path == MONTHS:
        sheets = {"Hộ": [["Tên vườn"], ["Vườn A"]], "Cây trồng": [["Tên vườn", "Cây trồng", path], ["Vườn A", "Bưởi", raw]]}  # fmt: skip
        where = "trang Cây trồng, ô C2"
    (found,) = refused(typed(sheets))
    assert found.startswith(f"Vườn A ({where}): {sentence}")
    assert " → " in found


def test_tables_of_any_layout_are_read() -> None:
    """A title above, empty rows, a column of numbers; another name of the sheet; villages by name or folder."""
    rows: list[list[Any]] = [
        ["BẢNG HỘ THÔN"], [], ["STT", "ten vuon *", "CHỦ  HỘ"], [1, "Vườn A", "Ai"], [], [2], [3, "Vườn B"],
    ]  # fmt: skip
    households = told(typed({"Hộ": rows}))
    assert [(home.name, home.place(()).spot) for home in households] == [
        ("Vườn A", "Hộ!B4"),
        ("Vườn B", "Hộ!B7"),
    ]
    assert "head" not in households[1].values
    (home,) = told(typed({"Sheet1": [["Tên vườn", "Chủ hộ", "Địa chỉ"], ["Vườn A", "Ai", "Xóm"]]}))
    assert home.values == {"name": "Vườn A", "head": "Ai", "location": {"address": "Xóm"}}
    typed_in = [["Thôn", "Tên vườn"], ["thon vuon mau", "A"], ["thon-vuon-mau", "B"], ["Xóm lạ", "C"]]
    households, _ = read_workbook(
        typed({"Hộ": typed_in}), FILE, LANGUAGES, {"thon-vuon-mau": "Thôn Vườn Mẫu"}
    )
    assert [home.village for home in households] == ["thon-vuon-mau", "thon-vuon-mau", "Xóm lạ"]


# --- Headings ---


def test_every_column_is_known_by_its_heading() -> None:
    """In Vietnamese, in English, without accents, in capitals, marked as required; no two have one heading."""
    for table in tables(("vi", "en")):
        for language in ("vi", "en"):
            headings = [column.heading.to(language) for column in table.columns]
            assert len(set(headings)) == len(headings)
        for column in table.columns:
            vi, en = column.heading
            for written in (vi, en, fold(vi), vi.upper(), f" {vi} (*)", en.replace(" ", "  ")):
                found = find_headings(Grid("x", table.title.vi, ((1, {1: Cell(written)}),)), table)
                assert found is not None
                assert found.columns == {1: column}, written


def test_paths_and_other_languages_are_headings_too() -> None:
    """Also those of ticks, which come all or not at all, and of languages that the project does not have yet."""
    rows: list[list[Any]] = [["name", "garden.area", "story.en"], ["A", 5, "Words"]]
    assert told(typed({"Hộ": rows}))[0].values == {
        "name": "A",
        "garden": {"area": "5"},
        "story": {"en": "Words"},
    }
    assert refused(typed({"Hộ": [["name", "consent.publish.phone"], ["A", "Có"]]})) == [
        "A (trang Hộ, ô B2): Thiếu cột “Cho hiện: Họ và tên đầy đủ của chủ hộ”. → Cần đủ các cột “Cho hiện”, hoặc bỏ hết các cột ấy."
    ]
    french = [["Tên vườn", "Câu chuyện", "Câu chuyện (fr)"], ["A", "Chuyện", "Histoire"]]
    assert told(typed({"Hộ": french}))[0].values["story"] == {"vi": "Chuyện", "fr": "Histoire"}


@each(
    ("rows", "sentence"),
    [
        ([["Tên vườn", "Dien tich vuon ho"], ["A", 5]],
         "trang Hộ, ô B1: Không có cột nào tên “Dien tich vuon ho”. → Có phải là “Diện tích vườn”? Sửa tiêu đề, hoặc xóa cột."),
        ([["Tên vườn", "Zzz"], ["A", 5]],
         "trang Hộ, ô B1: Không có cột nào tên “Zzz”. → Sửa tiêu đề theo bảng mẫu (vuonho form -o phieu.xlsx), hoặc xóa cột."),
        ([["Tên vườn", "Chủ hộ", "Head of household"], ["A", "B", "C"]],
         "trang Hộ, ô C1: Cột “Chủ hộ” đã có ở trang Hộ, ô B1. → Giữ một cột, xóa cột kia."),
        ([["Tên vườn", None], ["A", "lạc"]],
         "trang Hộ, ô B2: Cột này có chữ mà không có tiêu đề. → Ghi tiêu đề cho cột, hoặc xóa cột."),
        ([["Chủ hộ", "Địa chỉ"], ["A", "B"]],
         "trang Hộ, ô A1: Bảng này thiếu cột “Mã” và cột “Tên vườn”. → Thêm một trong hai cột ấy."),
        ([["1", "2"], ["A", "B"]],
         "trang Hộ, ô A1: Không thấy hàng tiêu đề trong 10 hàng đầu. → Chép hàng tiêu đề từ bảng mẫu (vuonho form -o phieu.xlsx)."),
    ],
)  # fmt: skip
def test_headings_that_mean_nothing_are_named(rows: list[list[Any]], sentence: str) -> None:
    """With the place and what may be meant."""
    assert sentence in refused(typed({"Hộ": rows}))


# --- CSV ---

TABLE = "Tên vườn;Chủ hộ;Địa chỉ\nVườn bà Hường;Nguyễn Thị Hường;Xóm Đông, ngõ 3\n"
VALUES = {"name": "Vườn bà Hường", "head": "Nguyễn Thị Hường", "location": {"address": "Xóm Đông, ngõ 3"}}


def in_1258(text: str) -> bytes:
    """Return a text in Windows-1258, whose tones are letters apart."""
    tones, out = "\u0300\u0301\u0303\u0309\u0323", b""
    for sign in text:
        parts = sorted(unicodedata.normalize("NFD", sign), key=tones.__contains__)
        bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        out += "".join((bare, *(part for part in parts if part in tones))).encode("cp1258")
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
def test_csv_is_read_whatever_program_wrote_it(content: bytes) -> None:
    """The same values each time."""
    (home,), problems = read_csv(content, "bang.csv", LANGUAGES)
    assert (home.values, home.base, problems) == (VALUES, None, ())


@each(
    ("content", "sentence", "way_out"),
    [
        ("Tªn v­ên;Chñ hé\nV­ên bµ H­êng;NguyÔn ThÞ H­êng\n".encode("latin-1"),
         "Dòng 1: tệp không lưu bằng UTF-8. Chữ gõ bằng bảng mã TCVN3 (phông .VnTime).", "UniKey"),
        (TABLE.encode("cp1258", "replace"), "Dòng 1: tệp không lưu bằng UTF-8.", "CSV UTF-8"),
        (b"", "Trong bảng chưa có hộ nào.", "tên vườn"),
        ("Tên vườn;Chủ hộ\n".encode(), "Trong bảng chưa có hộ nào.", "tên vườn"),
        (b'name;head\nA;"B\n', "Dòng 2: dấu ngoặc kép mở ra mà không đóng đúng chỗ, hoặc ô dài quá.", ".xlsx"),
        (b"name;head\nA;" + b"x" * 200_000, "Dòng 2: dấu ngoặc kép mở ra mà không đóng đúng chỗ, hoặc ô dài quá.", ".xlsx"),
        (b"name;head\n" + b"A;B\n" * 5001, "có chữ ở xa quá: chỉ đọc 5000 hàng và 200 cột.", "chia bảng"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "Đây là ảnh PNG, không phải tệp chữ.", ".xlsx"),
        (b"x" * 4_000_001, "Tệp nặng 4,0 MB, tối đa 4,0 MB.", ".xlsx"),
    ],
    ids=["TCVN3", "lost letters", "empty", "headings only", "open quote", "long cell", "long table", "picture", "large"],
)  # fmt: skip
def test_csv_that_cannot_be_read_is_named(content: bytes, sentence: str, way_out: str) -> None:
    """With the way out."""
    (found, *_) = refused(content, csv=True)
    message, _, hint = found.partition(" → ")
    assert message == sentence
    assert way_out in hint


def test_csv_names_lines_and_the_old_code_page() -> None:
    """A line is what people find in a text; `="0570"` keeps its zero; the letters of Windows-1258 tell it for certain."""
    rows = 'Tên vườn;Số điện thoại;Mã;Ngày kiểm tra\nA;"=""0570012345""";;\n"B\nB";570012345;;46328\nC;;4,82E+05;\n'
    households, problems = read_csv(rows.encode(), "bang.csv", LANGUAGES)
    assert households[0].values["contact"] == {"phone": "0570012345"}
    assert [(one.line, one.field) for one in households[1].problems] == [(3, "contact.phone"), (3, "checked")]
    assert [(one.line, one.field, one.message.vi) for one in problems] == [
        (5, "code", "Hộ “C”: Excel đã rút gọn số thành 4,82E+05.")
    ]
    (home,), (note,) = read_csv(in_1258(TABLE), "bang.csv", LANGUAGES)
    assert (home.values, note.severity) == (VALUES, Severity.WARNING)
    assert note.message.vi == "Tệp lưu theo bảng mã cũ Windows-1258, và được đọc theo bảng mã ấy."
