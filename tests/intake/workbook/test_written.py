"""What a workbook offers to who opens it: headings, lists, comments, text that stays text, paper."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from openpyxl.utils import get_column_letter

from case_kit import each
from vuonho.forms.workbook.layout import PUBLISH, misfits, profile_fields, tables
from vuonho.forms.workbook.write import write_workbook
from vuonho.model.fields import leaves
from vuonho.model.outline import household_fields
from vuonho.project.yaml_tree import Plain
from workbook_kit import LANGUAGES, VILLAGES, column, demo_workbook, opened, row_of, saved, told, workbook_of

BASE: dict[str, Plain] = {"code": "482135", "name": "Vườn A"}


@pytest.fixture(scope="module")
def book() -> Any:
    """Return the demo as openpyxl opens it."""
    return opened(demo_workbook())


def test_the_sheets_and_their_headings(book: Any) -> None:
    """A guide, a sheet for each table, two that nobody sees; headings stay, help in both languages, and are printed."""
    states = {sheet.title: sheet.sheet_state for sheet in book.worksheets}
    tables_ = ["Hướng dẫn", "Hộ", "Cây trồng", "Vật nuôi", "Sản phẩm", "Món ăn cho khách", "Ảnh"]
    assert states == dict.fromkeys(tables_, "visible") | {"_vuonho": "veryHidden", "_vuonho_lists": "hidden"}
    assert book.active.title == "Hộ"
    for sheet in book.worksheets[1:7]:
        for cell in sheet[1]:
            assert cell.font.b
            assert cell.comment.text.startswith(cell.value.removesuffix(" *"))
        assert sheet.freeze_panes in ("D2", "C2")
        assert sheet.auto_filter.ref.startswith("A1:")
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.print_title_rows == "$1:$1"
        assert not any(one.hidden for one in sheet.column_dimensions.values())
    marked = [cell.value for cell in book["Hộ"][1] if cell.value.endswith("*")]
    assert marked == ["Thôn *", "Tên vườn *", "Ngày kiểm tra *"]
    assert "Ví dụ: 1800" in book["Hộ"].cell(1, column(book["Hộ"], "Diện tích vườn")).comment.text


def test_every_field_has_its_column() -> None:
    """Each leaf of the schema once, a tick for each purpose, text in each language, what a household that left says."""
    main, *others = tables(("vi", "en"))
    told_of = {
        (*table.path, *one.path) for table in (main, *others) for one in table.columns if not one.is_owner
    }
    expected: set[tuple[str, ...]] = {("village",), ("withdrawn",), ("moved_to",)}
    for path, field in leaves(household_fields()):
        expected |= {(*path, *inside) for inside, _ in leaves(field.fields)} if field.fields else {path}
    assert told_of == expected
    assert len([one for one in main.columns if one.path == PUBLISH]) == 10
    assert [one.tag for one in main.columns if one.path == ("story",)] == ["vi", "en"]
    content = workbook_of(BASE | {"story": {"vi": "Chuyện", "lo": "ເລື່ອງ"}}, languages=("vi", "fr"))
    headings = [str(cell.value) for cell in opened(content)["Hộ"][1] if str(cell.value).startswith("Câu")]
    assert headings == ["Câu chuyện", "Câu chuyện (fr)", "Câu chuyện (lo)"]


def test_closed_lists_are_offered_and_force_nothing(book: Any) -> None:
    """In Vietnamese; the villages of the project; yes and no; none where several may be given."""

    def choices(title: str, heading: str) -> list[object]:
        sheet = book[title]
        letter = get_column_letter(column(sheet, heading))
        found = [one for one in sheet.data_validations.dataValidation if f"{letter}5" in one.sqref]
        assert all((one.type, one.errorStyle, one.allow_blank) == ("list", "warning", True) for one in found)
        lists = [one.formula1.partition("!") for one in found]
        return [cell.value for name, _, area in lists for (cell,) in book[name][area.replace("$", "")]]

    assert choices("Hộ", "Nước dùng")[:2] == ["Nước máy", "Giếng khoan"]
    assert choices("Hộ", "Thôn") == ["Thôn Vườn Mẫu", "Xóm Mới"]
    assert choices("Hộ", "Cho hiện: Ảnh có người") == choices("Hộ", "Đón khách") == ["Có", "Không"]
    assert choices("Hộ", "Cách làm vườn") == []
    assert choices("Sản phẩm", "Đơn vị")[0] == "quả"


def test_numbers_are_numbers_and_all_else_is_text(book: Any) -> None:
    """Whole numbers without marks; a phone keeps its zero; what is typed into an empty cell stays as typed."""
    sheet = book["Hộ"]
    row = row_of(sheet, "Mã", 951605)
    said = {"Số điện thoại": "0570-567-890", "Diện tích vườn": "1 mẫu", "Số người trong nhà": 4}
    assert {heading: sheet.cell(row, column(sheet, heading)).value for heading in said} == said
    assert {sheet.cell(number, place).number_format for number in (row, 30) for place in (1, 20, 50)} == {"@"}
    with zipfile.ZipFile(BytesIO(demo_workbook())) as archive:
        assert b"numberStoredAsText" in archive.read("xl/worksheets/sheet2.xml")
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")


@each(
    "text",
    ["=1+1", "+84 570 000 000", "-5", "@SUM(A1)", "0570", "_x0041_", "Lời\n\nhai đoạn", "1e5", "TRUE", "#N/A", "'a"],
)  # fmt: skip
def test_text_stays_text(text: str) -> None:
    """No text becomes a formula, a number or an escape; all come back as they went."""
    content = workbook_of(BASE | {"head": text, "story": {"vi": text, "en": f"{text} b"}})
    sheet = opened(content)["Hộ"]
    cell = sheet.cell(2, column(sheet, "Chủ hộ"))
    assert cell.data_type in ("s", "inlineStr")
    assert cell.value == text.replace("_x0041_", "_x005F_x0041_")  # Excel reads _x0041_ as A
    assert bool(cell.quotePrefix) == text.startswith(("=", "+", "-", "@"))
    if text != "#N/A":  # who really writes this will be asked
        assert told(content)[0].values == BASE | {"head": text, "story": {"vi": text, "en": f"{text} b"}}


@each("text", ["a\x07", "a\ufffe", "x" * 33_000])
def test_what_no_cell_can_hold_is_named(text: str) -> None:
    """With its path."""
    values: dict[str, Plain] = BASE | {"garden": {"crops": ["Bưởi", {"name": text}]}}
    assert [*misfits(profile_fields(), values)] == [("garden", "crops", 1, "name")]


def test_a_blank_form_prints_on_ten_pages_and_still_asks_all() -> None:
    """Rows with their looks; what few need is hidden, and is read where it is filled in."""
    book = opened(write_workbook((), VILLAGES, LANGUAGES, blank_rows=60))
    sheets = book.worksheets[1:6]
    assert [sheet.page_setup.fitToWidth for sheet in sheets] == [5, 1, 1, 1, 1]
    assert [sheet.print_area.rpartition("$")[2] for sheet in sheets] == ["23", "13", "13", "13", "13"]
    main = book["Hộ"]
    assert (main.max_row, main["A61"].border.left.style, any(cell.value for cell in main[2])) == (
        61,
        "thin",
        False,
    )
    hidden = {
        main.cell(1, number).value for number in range(1, main.max_column + 1)
        if main.column_dimensions[get_column_letter(number)].hidden
    }  # fmt: skip
    assert {"Ngày rút", "Mã mới", "Câu chuyện (en)", "Số quyết định"} <= hidden
    assert not {"Thôn *", "Mã", "Vườn mẫu", "Cho hiện: Giá bán sản phẩm", "Câu chuyện"} & hidden
    for heading, value in (("Tên vườn", "Vườn A"), ("Câu chuyện (en)", "A story"), ("Câu chuyện", "Chuyện")):
        main.cell(2, column(main, heading)).value = value
    assert told(saved(book))[0].values["story"] == {"vi": "Chuyện", "en": "A story"}
