"""What Excel does to data: understood where it can mean one thing, named with its cell where it cannot."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from case_kit import each
from vuonho.errors import Severity
from vuonho.forms.workbook.read import read_workbook
from vuonho.project.yaml_tree import Plain
from workbook_kit import FILE, LANGUAGES, refused, saved, told, typed


def one(**columns: Any) -> dict[str, Plain]:
    """Return the values of one household whose row says this; headings are paths, their dots written as __."""
    headings = ["name", *(name.replace("__", ".") for name in columns)]
    (household,) = told(typed({"Hộ": [headings, ["Vườn A", *columns.values()]]}))
    values = dict(household.values)
    assert values.pop("name") == "Vườn A"
    return values


def test_numbers_come_back_as_people_write_them() -> None:
    """Whole floats without their point, parts with a comma, percent as shown."""
    values = one(garden__area=1800.0, living__people=5, head=12, location__address=0.2, checked="2/11/2026")
    assert values == {
        "garden": {"area": "1800"}, "living": {"people": "5"}, "head": "12", "location": {"address": "0,2"},
        "checked": "2/11/2026",
    }  # fmt: skip
    assert one(garden__area=0.25) == {"garden": {"area": "0,25"}}
    book = Workbook()
    book.worksheets[0].title = "Hộ"
    for row in (["name", "head"], ["Vườn A", 0.2]):
        book.worksheets[0].append(row)
    book.worksheets[0]["B2"].number_format = "0%"
    assert told(saved(book))[0].values["head"] == "20%"


def test_days_are_days() -> None:
    """A date cell, with an hour or without, and a text stay what they are."""
    assert one(checked=date(2026, 11, 2)) == {"checked": "2026-11-02"}
    assert one(consent__given=datetime(2026, 10, 20, 7, 30)) == {"consent": {"given": "2026-10-20"}}  # noqa: DTZ001


@each(
    ("path", "raw", "read", "note"),
    [
        ("checked", 46328, "2026-11-02", "Số 46328 của Excel được đọc là ngày 2/11/2026."),
        ("checked", "46328", "2026-11-02", "Số 46328 của Excel được đọc là ngày 2/11/2026."),
        ("contact.phone", 570012345, "0570012345", "Số 570012345 mất số 0 ở đầu, được đọc là 0570012345."),
        (
            "contact.phone",
            2393855123.0,
            "02393855123",
            "Số 2393855123 mất số 0 ở đầu, được đọc là 02393855123.",
        ),
        ("visits.hours", time(7, 30), "7:30", "Giờ của Excel được đọc là 7:30."),
    ],
)
def test_what_can_mean_one_thing_is_read_with_a_note(path: str, raw: Any, read: str, note: str) -> None:
    """The note names the cell and is a warning of that household."""
    content = typed({"Hộ": [["Tên vườn", path], ["Vườn A", raw]]})
    (household,), problems = read_workbook(content, FILE, LANGUAGES)
    assert problems == ()
    value: Any = household.values
    for step in path.split("."):
        value = value[step]
    assert value == read
    (warning,) = household.problems
    assert (warning.message.vi, warning.severity, warning.field) == (
        f"Vườn A (trang Hộ, ô B2): {note}",
        Severity.WARNING,
        path,
    )


@each(
    ("path", "raw", "sentence"),
    [
        ("garden.area", "=1+1", "Vườn A (trang Hộ, ô B2): Ô này là công thức, không phải giá trị."),
        ("head", "=CONCAT(A1)", "Vườn A (trang Hộ, ô B2): Ô này là công thức, không phải giá trị."),
        ("head", "#N/A", "Vườn A (trang Hộ, ô B2): Ô này báo lỗi của Excel (như #N/A)."),
        ("code", "4.82135E5", "Vườn A (trang Hộ, ô B2): Excel đã rút gọn số thành 4.82135E5."),
        ("garden.area", 1.8e22, "Vườn A (trang Hộ, ô B2): Excel đã rút gọn số thành 1,8e+22."),
        ("contact.phone", "5,70012E+08", "Vườn A (trang Hộ, ô B2): Excel đã rút gọn số thành 5,70012E+08."),
        ("garden.area", 1.234, "Vườn A (trang Hộ, ô B2): Số 1,234 có hai cách đọc."),
        ("head", date(2026, 9, 8), "Vườn A (trang Hộ, ô B2): Excel đã đổi ô này thành ngày giờ: 8/9/2026."),
        (
            "garden.area",
            timedelta(hours=30),
            "Vườn A (trang Hộ, ô B2): Excel đã đổi ô này thành khoảng thời gian.",
        ),
    ],
)
def test_what_can_mean_two_things_is_named(path: str, raw: Any, sentence: str) -> None:
    """With its cell, and what to do."""
    (found,) = refused(typed({"Hộ": [["Tên vườn", path], ["Vườn A", raw]]}))
    assert found.startswith(f"{sentence} → ")


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (date(2026, 9, 8), "Excel đã đổi các tháng thành ngày: 8/9/2026. → Có phải là 8-9? Gõ lại, với dấu nháy ' đứng đầu."),
        (8.9, "Excel đã đổi các tháng thành một số: 8,9. → Có phải là các tháng 8, 9? Gõ lại, cách nhau bằng dấu ;"),
        ("9-Aug", "Excel đã đổi các tháng thành ngày: 9-Aug. → Gõ lại, với dấu nháy ' đứng đầu."),
    ],
)  # fmt: skip
def test_months_that_became_something_else_are_named(raw: Any, sentence: str) -> None:
    """“8-9” is the 8th of September to Excel, and “8,9” a number."""
    content = typed({"Hộ": [["Tên vườn"], ["Vườn A"]], "Cây trồng": [["Tên vườn", "Cây trồng", "garden.crops.months"], ["Vườn A", "Bưởi", raw]]})  # fmt: skip
    assert refused(content) == [f"Vườn A (trang Cây trồng, ô C2): {sentence}"]


def test_texts_that_look_like_something_else_stay_texts() -> None:
    """Numbers in cells of text, formulas as text, formatted letters, spaces that do not break, breaks of line."""
    rich = CellRichText("Vườn ", TextBlock(InlineFont(b=True), "bà Tư"))
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Hộ"
    sheet.append(["name", "head", "location.address", "garden.area", "code", "story"])
    sheet.append([rich, "=HYPERLINK(1)", "Xóm\u00a0Đông ", "1800", "482135", "Một\nhai_x000D_"])
    sheet["B2"].data_type = "s"
    (household,) = told(saved(book))
    assert household.values == {
        "name": "Vườn bà Tư", "head": "=HYPERLINK(1)", "location": {"address": "Xóm\u00a0Đông"},
        "garden": {"area": "1800"}, "code": "482135", "story": "Một\nhai",
    }  # fmt: skip


def test_yes_and_no_in_all_their_forms() -> None:
    """A ticked box of Excel is yes; ticks are keys of the list."""
    headings = ["Tên vườn", "Số này có Zalo"]
    book = typed({"Hộ": [headings, ["Vườn A", True], ["Vườn B", False], ["Vườn C", 1]]})
    assert [home.values["contact"] for home in told(book)] == [
        {"zalo": "Có"},
        {"zalo": "Không"},
        {"zalo": "1"},
    ]


def test_chosen_words_become_keys_and_typed_ones_stay() -> None:
    """A list in one cell may be separated by ; or by commas, as long as no word of it holds one."""
    assert one(living__water="Nước máy", garden__irrigation="tưới nhỏ giọt") == {
        "living": {"water": "tap"}, "garden": {"irrigation": "tưới nhỏ giọt"},
    }  # fmt: skip
    assert one(garden__practices="Theo VietGAP; Vườn, ao, chuồng (VAC); lạ") == {
        "garden": {"practices": ["vietgap", "vac", "lạ"]}
    }
    assert one(garden__practices="Theo VietGAP, Bọc quả") == {"garden": {"practices": ["vietgap", "bagging"]}}
    assert one(links="https://a.example https://b.example/x,y") == {
        "links": ["https://a.example", "https://b.example/x,y"]
    }


def test_rows_between_and_below_may_be_empty() -> None:
    """A title above the headings, empty rows between, a column of numbers in front."""
    rows: list[list[Any]] = [
        ["BẢNG HỘ THÔN"],
        [],
        ["STT", "ten vuon *", "CHỦ  HỘ"],
        [1, "Vườn A", "Ai"],
        [],
        [2],
        [3, "Vườn B"],
    ]
    households = told(typed({"Hộ": rows}))
    assert [(home.name, home.place(()).spot) for home in households] == [
        ("Vườn A", "Hộ!B4"),
        ("Vườn B", "Hộ!B7"),
    ]
    assert "head" not in households[1].values


def test_a_sheet_of_another_name_is_read_if_its_headings_fit() -> None:
    """People start from an empty book: “Sheet1” with three known headings are households."""
    (home,) = told(typed({"Sheet1": [["Tên vườn", "Chủ hộ", "Địa chỉ"], ["Vườn A", "Ai", "Xóm"]]}))
    assert home.values == {"name": "Vườn A", "head": "Ai", "location": {"address": "Xóm"}}


def test_villages_are_known_by_name() -> None:
    """By the names that the caller gives; another name stays as typed."""
    content = typed(
        {"Hộ": [["Thôn", "Tên vườn"], ["thon vuon mau", "A"], ["thon-vuon-mau", "B"], ["Xóm lạ", "C"]]}
    )
    households, _ = read_workbook(content, FILE, LANGUAGES, {"thon-vuon-mau": "Thôn Vườn Mẫu"})
    assert [home.village for home in households] == ["thon-vuon-mau", "thon-vuon-mau", "Xóm lạ"]
