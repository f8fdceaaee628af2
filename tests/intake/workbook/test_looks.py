"""What a workbook offers to whoever opens it: headings, lists, comments, text that stays text, paper."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from openpyxl.utils import get_column_letter

from case_kit import each
from vuonho.forms.workbook.layout import PUBLISH, tables
from vuonho.forms.workbook.write import unholdable, write_workbook
from vuonho.model.fields import leaves
from vuonho.model.outline import household_fields
from vuonho.project.yaml_tree import Plain
from workbook_kit import LANGUAGES, VILLAGES, column, demo_workbook, opened, row_of, saved, told, workbook_of

BASE: dict[str, Plain] = {"code": "482135", "name": "Vườn A"}


@pytest.fixture(scope="module")
def book() -> Any:
    """Return the demo as openpyxl opens it."""
    return opened(demo_workbook())


def test_the_sheets(book: Any) -> None:
    """A guide, a sheet for each table, and two that nobody sees; it opens on the households."""
    states = {sheet.title: sheet.sheet_state for sheet in book.worksheets}
    assert list(states) == [
        "Hướng dẫn",
        "Hộ",
        "Cây trồng",
        "Vật nuôi",
        "Sản phẩm",
        "Ảnh",
        "_vuonho",
        "_vuonho_lists",
    ]
    assert {title for title, state in states.items() if state != "visible"} == {"_vuonho", "_vuonho_lists"}
    assert states["_vuonho"] == "veryHidden"
    assert book.active.title == "Hộ"


def test_every_field_has_its_column() -> None:
    """Each leaf of the schema once, a tick for each purpose, free text in each language, and what a household that left says."""
    main, *others = tables(("vi", "en"))
    told_of = {
        (*table.path, *one.path) for table in (main, *others) for one in table.columns if not one.is_owner
    }
    expected: set[tuple[str, ...]] = {("village",), ("withdrawn",), ("moved_to",)}
    for path, field in leaves(household_fields()):
        expected |= {(*path, *inside) for inside, _ in leaves(field.fields)} if field.fields else {path}
    assert told_of == expected
    ticks = [one for one in main.columns if one.path == PUBLISH]
    assert len(ticks) == 9
    assert [one.tag for one in main.columns if one.path == ("story",)] == ["vi", "en"]


def test_headings_help(book: Any) -> None:
    """Bold on a ground of its own, never scrolled away, with a comment in both languages; required ones marked."""
    for sheet in book.worksheets[1:6]:
        for cell in sheet[1]:
            assert cell.font.b
            assert cell.comment.text.startswith(cell.value.removesuffix(" *"))
        assert sheet.freeze_panes in ("D2", "C2")
        assert sheet.auto_filter.ref.startswith("A1:")
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.print_title_rows == "$1:$1"
    marked = [cell.value for cell in book["Hộ"][1] if cell.value.endswith("*")]
    assert marked == ["Thôn *", "Tên vườn *", "Ngày kiểm tra *"]
    assert "Ví dụ: 1800" in book["Hộ"].cell(1, column(book["Hộ"], "Diện tích vườn")).comment.text


def choices(book: Any, sheet: Any, heading: str) -> list[object]:
    """Return what the drop-down of a column offers."""
    letter = get_column_letter(column(sheet, heading))
    found = [one for one in sheet.data_validations.dataValidation if f"{letter}5" in one.sqref]
    assert len(found) <= 1
    if not found:
        return []
    assert (found[0].type, found[0].errorStyle, found[0].allow_blank) == ("list", "warning", True)
    title, _, area = found[0].formula1.partition("!")
    return [cell.value for (cell,) in book[title][area.replace("$", "")]]


def test_closed_lists_are_offered_and_force_nothing(book: Any) -> None:
    """In Vietnamese; the villages of the project; yes and no; none where several may be given."""
    sheet = book["Hộ"]
    assert choices(book, sheet, "Nước dùng")[:2] == ["Nước máy", "Giếng khoan"]
    assert choices(book, sheet, "Thôn") == ["Thôn Vườn Mẫu", "Xóm Mới"]
    assert choices(book, sheet, "Cho hiện: Ảnh có người") == ["Có", "Không"]
    assert choices(book, sheet, "Đón khách") == ["Có", "Không"]
    assert choices(book, sheet, "Cách làm vườn") == []
    assert choices(book, book["Sản phẩm"], "Đơn vị")[0] == "quả"


def test_numbers_are_numbers_and_all_else_is_text(book: Any) -> None:
    """Whole numbers without marks; a phone keeps its zero; whatever is typed into an empty cell stays as typed."""
    sheet = book["Hộ"]
    row = row_of(sheet, "Mã", 951605)
    assert sheet.cell(row, column(sheet, "Số điện thoại")).value == "0570-567-890"
    assert sheet.cell(row, column(sheet, "Diện tích vườn")).value == "1 mẫu"
    assert sheet.cell(row, column(sheet, "Số người trong nhà")).value == 4
    assert {sheet.cell(number, place).number_format for number in (row, 30) for place in (1, 20, 50)} == {"@"}
    with zipfile.ZipFile(BytesIO(demo_workbook())) as archive:
        assert b"numberStoredAsText" in archive.read("xl/worksheets/sheet2.xml")
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")
        assert archive.read("xl/drawings/commentsDrawing1.vml").count(b"width:300px") == 52


@each(
    "text",
    ["=1+1", "+84 570 000 000", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "0570", "_x0041_", "Lời\n\nhai đoạn", "1e5", "TRUE", "#N/A", "'a"],
)  # fmt: skip
def test_text_stays_text(text: str) -> None:
    """No text becomes a formula, a number or an escape; all come back as they went."""
    content = workbook_of(BASE | {"head": text, "story": {"vi": text, "en": f"{text} b"}})
    sheet = opened(content)["Hộ"]
    cell = sheet.cell(2, column(sheet, "Chủ hộ"))
    assert cell.data_type in ("s", "inlineStr")
    assert cell.value == text.replace("_x0041_", "_x005F_x0041_")  # Excel reads _x0041_ as A
    assert bool(cell.quotePrefix) == text.startswith(("=", "+", "-", "@"))
    if text != "#N/A":  # whoever really writes this will be asked
        assert told(content)[0].values == BASE | {"head": text, "story": {"vi": text, "en": f"{text} b"}}


def test_other_languages_have_columns() -> None:
    """Those of the project, and those that a profile already has."""
    content = workbook_of(BASE | {"story": {"vi": "Chuyện", "lo": "ເລື່ອງ"}}, languages=("vi", "fr"))
    headings = [str(cell.value) for cell in opened(content)["Hộ"][1]]
    assert [one for one in headings if one.startswith("Câu chuyện")] == [
        "Câu chuyện",
        "Câu chuyện (fr)",
        "Câu chuyện (lo)",
    ]
    assert told(content)[0].values["story"] == {"vi": "Chuyện", "lo": "ເລື່ອງ"}


@pytest.mark.parametrize(
    ("text", "said"), [("a\x07", "U+0007"), ("a\ufffe", "U+FFFE"), ("x" * 33_000, "dài quá")]
)
def test_what_no_cell_can_hold_is_named(text: str, said: str) -> None:
    """With its field."""
    values: dict[str, Plain] = BASE | {"garden": {"crops": ["Bưởi", {"name": text}]}}
    ((path, (message, _)),) = unholdable(values)
    assert path == ("garden", "crops", 1, "name")
    assert "garden.crops.2.name" in message.vi
    assert said in message.vi


def test_an_empty_workbook_is_a_form() -> None:
    """Rows to fill in, with their looks; nothing to read yet."""
    content = write_workbook((), VILLAGES, LANGUAGES, blank_rows=60)
    sheet = opened(content)["Hộ"]
    assert sheet.max_row == 61
    assert sheet["A61"].border.left.style == "thin"
    assert [cell.value for cell in sheet[2] if cell.value] == []


def test_a_blank_form_prints_on_nine_pages_and_still_asks_all() -> None:
    """A guide, four pages of households, one for each list; what few need is hidden, and is read where it is filled in."""
    book = opened(write_workbook((), VILLAGES, LANGUAGES, blank_rows=60))
    sheets = book.worksheets[1:6]
    assert [sheet.page_setup.fitToWidth for sheet in sheets] == [4, 1, 1, 1, 1]
    assert [sheet.print_area.rpartition("$")[2] for sheet in sheets] == ["23", "13", "13", "13", "13"]
    main = book["Hộ"]
    hidden = {
        main.cell(1, number).value for number in range(1, main.max_column + 1)
        if main.column_dimensions[get_column_letter(number)].hidden
    }  # fmt: skip
    assert {"Ngày rút", "Mã mới", "Câu chuyện (en)", "Số quyết định"} <= hidden
    assert not {"Thôn *", "Mã", "Vườn mẫu", "Cho hiện: Giá bán sản phẩm", "Câu chuyện"} & hidden
    for heading, value in (("Tên vườn", "Vườn A"), ("Câu chuyện (en)", "A story"), ("Câu chuyện", "Chuyện")):
        main.cell(2, column(main, heading)).value = value
    (household,) = told(saved(book))
    assert household.values["story"] == {"vi": "Chuyện", "en": "A story"}


def test_an_export_hides_nothing(book: Any) -> None:
    """What a profile says is seen."""
    assert not any(one.hidden for sheet in book.worksheets[1:6] for one in sheet.column_dimensions.values())
