"""Headings in all the ways in which people write them; what means nothing is named."""

from typing import Any

from case_kit import each
from vuonho.forms.workbook.grids import Cell, Grid, Row
from vuonho.forms.workbook.layout import Column, Table, tables
from vuonho.forms.workbook.tables import find_headings
from vuonho.text import fold
from workbook_kit import refused, told, typed

PLAN = tables(("vi", "en"))
EVERY = [(table, column) for table in PLAN for column in table.columns]


@each(("table", "column"), EVERY, ids=[column.heading.en for _, column in EVERY])
def test_every_column_is_known_by_its_heading(table: Table, column: Column) -> None:
    """In Vietnamese, in English, without accents, in capitals, marked as required."""
    vi, en = column.heading
    for written in (vi, en, fold(vi), vi.upper(), f" {vi} (*)", en.replace(" ", "  ")):
        found = find_headings(Grid("x", table.title.vi, (Row(1, {1: Cell(written)}),)), table)
        assert found is not None
        assert found.columns == {1: column}, written


def test_no_two_columns_of_a_sheet_have_one_heading() -> None:
    """In neither language."""
    for table in PLAN:
        for language in ("vi", "en"):
            headings = [column.heading.to(language) for column in table.columns]
            assert len(set(headings)) == len(headings)


def test_paths_of_the_schema_are_headings_too() -> None:
    """Also those of ticks and of other languages."""
    rows: list[list[Any]] = [
        ["name", "garden.area", "consent.publish.phone", "story.en"],
        ["A", 5, "Có", "Words"],
    ]
    assert refused(typed({"Hộ": rows})) == [
        "A (trang Hộ, ô C2): Thiếu cột “Cho hiện: Họ và tên đầy đủ của chủ hộ”. → Cần đủ các cột “Cho hiện”, hoặc bỏ hết các cột ấy."
    ]
    (home,) = told(typed({"Hộ": [[*rows[0][:2], "story.en"], ["A", 5, "Words"]]}))
    assert home.values == {"name": "A", "garden": {"area": "5"}, "story": {"en": "Words"}}


def test_another_language_in_a_heading_is_understood() -> None:
    """Even if the project does not have it yet."""
    (home,) = told(
        typed({"Hộ": [["Tên vườn", "Câu chuyện", "Câu chuyện (fr)"], ["A", "Chuyện", "Histoire"]]})
    )
    assert home.values["story"] == {"vi": "Chuyện", "fr": "Histoire"}


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
def test_what_means_nothing_is_named(rows: list[list[Any]], sentence: str) -> None:
    """With the place and what may be meant."""
    assert sentence in refused(typed({"Hộ": rows}))
