"""What goes out comes back: untouched, touched, sorted, copied, and through another program."""

from datetime import date

import pytest

from case_kit import each
from command_kit import SLUG
from vuonho.forms.incoming import Incoming
from vuonho.forms.workbook.layout import Exported
from vuonho.forms.workbook.read import read_workbook
from vuonho.forms.workbook.write import write_workbook
from workbook_kit import column, demo_profiles, demo_workbook, opened, refused, row_of, saved, told

HUONG, TAP = "482135", "951605"


@pytest.fixture(scope="module")
def demo_book() -> bytes:
    """Return the demo as a workbook."""
    return demo_workbook()


def by_code(households: tuple[Incoming, ...]) -> dict[str, Incoming]:
    """Return households by code."""
    return {one.code: one for one in households}


def test_the_demo_comes_back_as_typed(demo_book: bytes) -> None:
    """Every household, value for value, with what it was made from and its village."""
    found = by_code(told(demo_book))
    assert {code: one.values for code, one in found.items()} == demo_profiles()
    assert {code: one.base for code, one in found.items()} == demo_profiles()
    assert {one.village for one in found.values()} == {SLUG}
    assert [one.problems for one in found.values() if one.problems] == []


def test_the_same_households_give_the_same_bytes(demo_book: bytes) -> None:
    """No clock, no chance."""
    assert demo_workbook() == demo_book


@each("typed", ["2026-11-02", "2/11/2026", "02-11-2026", "ngày 2 tháng 11 năm 2026"])
def test_days_stand_in_one_form_and_stay_as_they_were_typed(typed: str) -> None:
    """However the profile writes them, and though Excel, or a person, makes another form of them."""
    values = {**demo_profiles()[HUONG], "checked": typed}
    content = write_workbook([Exported(SLUG, values)], [(SLUG, "Thôn Vườn Mẫu")], ("vi", "en"))
    book = opened(content)
    cell = book["Hộ"].cell(2, column(book["Hộ"], "Ngày kiểm tra"))
    assert (cell.value, cell.number_format) == ("02/11/2026", "@")
    for other in ("02/11/2026", "2/11/2026", date(2026, 11, 2)):
        cell.value = other
        (one,) = told(saved(book))
        assert (one.values["checked"], one.values == one.base) == (typed, True)
    cell.value = "3/11/2026"
    (one,) = told(saved(book))
    assert one.values["checked"] == "3/11/2026"


def test_one_cell_changes_one_value(demo_book: bytes) -> None:
    """And its place is that cell."""
    book = opened(demo_book)
    sheet = book["Hộ"]
    row, place = row_of(sheet, "Mã", 482135), column(sheet, "Nước dùng")
    sheet.cell(row, place).value = "Giếng khoan"
    one = by_code(told(saved(book)))[HUONG]
    expected = demo_profiles()[HUONG]
    assert isinstance(expected["living"], dict)
    expected["living"]["water"] = "drilled_well"
    assert one.values == expected
    assert one.base == demo_profiles()[HUONG]
    assert one.place(("living", "water")).spot == f"Hộ!{sheet.cell(row, place).coordinate}"


def test_an_emptied_cell_says_nothing_on_purpose(demo_book: bytes) -> None:
    """None where there was a value; what was empty stays unsaid."""
    book = opened(demo_book)
    sheet = book["Hộ"]
    row = row_of(sheet, "Mã", 482135)
    for heading in ("Chủ hộ", "Câu chuyện (en)", "Ngày rút"):
        sheet.cell(row, column(sheet, heading)).value = None
    values = by_code(told(saved(book)))[HUONG].values
    story = values["story"]
    assert isinstance(story, dict)
    assert (values["head"], story["en"], "withdrawn" in values) == (None, None, False)
    assert isinstance(story["vi"], str)


def test_a_column_that_is_gone_is_not_spoken_of(demo_book: bytes) -> None:
    """Its key is absent, though there is a base."""
    book = opened(demo_book)
    sheet = book["Hộ"]
    sheet.delete_cols(column(sheet, "Chủ hộ"))
    one = by_code(told(saved(book)))[HUONG]
    assert "head" not in one.values
    assert one.base is not None
    assert "head" in one.base


def test_sorting_rows_changes_nothing(demo_book: bytes) -> None:
    """Neither in the table of households nor in the lists, whose order is that of the profile."""
    book = opened(demo_book)
    for title, heading in (("Hộ", "Tên vườn"), ("Cây trồng", "Cây trồng"), ("Ảnh", "Tệp ảnh")):
        sheet = book[title]
        place = column(sheet, heading)
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        rows.sort(key=lambda row: str(row[place - 1] or "~~"))
        for number, row in enumerate(rows, 2):
            for at, value in enumerate(row, 1):
                sheet.cell(number, at).value = value
    found = by_code(told(saved(book)))
    assert {code: one.values for code, one in found.items()} == demo_profiles()


def test_rows_that_stand_together_give_the_order(demo_book: bytes) -> None:
    """Whoever moves the best photo up means it."""
    book = opened(demo_book)
    sheet = book["Ảnh"]
    row = row_of(sheet, "Tệp ảnh", "photos/tap-1.jpg")
    for place in range(1, sheet.max_column + 1):
        upper, lower = sheet.cell(row, place), sheet.cell(row + 1, place)
        upper.value, lower.value = lower.value, upper.value
    before, after = demo_profiles()[TAP]["photos"], by_code(told(saved(book)))[TAP].values["photos"]
    assert isinstance(before, list)
    assert after == [before[1], before[0]]


def test_rows_taken_out_put_in_and_changed(demo_book: bytes) -> None:
    """The list is complete: one is gone, one is new, one has another number and keeps the rest."""
    book = opened(demo_book)
    sheet = book["Vật nuôi"]
    row = row_of(sheet, "Tên vườn", "Vườn mười hai thứ quả")
    assert [sheet.cell(row + n, 3).value for n in (0, 1)] == ["Gà thả vườn", "Ngan"]
    sheet.cell(row + 1, column(sheet, "Số con")).value = 25
    sheet.delete_rows(row)
    sheet.append([None, "vuon muoi hai thu qua", "Ong mật"])
    one = by_code(told(saved(book)))[TAP]
    garden = one.values["garden"]
    assert isinstance(garden, dict)
    assert garden["animals"] == [{"name": "Ngan", "count": "25"}, {"name": "Ong mật"}]
    assert one.place(("garden", "animals", 0, "count")).spot.startswith("Vật nuôi!D")


def test_all_rows_taken_out_is_an_empty_list(demo_book: bytes) -> None:
    """And a sheet that is gone says nothing."""
    book = opened(demo_book)
    book["Ảnh"].delete_rows(2, 500)
    del book["Sản phẩm"]
    values = by_code(told(saved(book)))[HUONG].values
    assert values["photos"] == []
    assert "products" not in values


def test_ticks_are_read_one_by_one(demo_book: bytes) -> None:
    """One taken back, one given; the others as they stood."""
    book = opened(demo_book)
    sheet = book["Hộ"]
    row = row_of(sheet, "Mã", 951605)
    sheet.cell(row, column(sheet, "Cho hiện: Số điện thoại và Zalo")).value = "Không"
    sheet.cell(row, column(sheet, "Cho hiện: Giá bán sản phẩm")).value = "x"
    consent = by_code(told(saved(book)))[TAP].values["consent"]
    assert isinstance(consent, dict)
    assert consent["publish"] == ["exact_point", "living", "prices"]


def test_codes_sorted_without_their_rows_are_refused(demo_book: bytes) -> None:
    """Nobody's values go to the neighbour; a household that only has a new name stays who it is."""
    book = opened(demo_book)
    sheet = book["Hộ"]
    place = column(sheet, "Mã")
    upper, lower = (sheet.cell(row_of(sheet, "Mã", int(code)), place) for code in (HUONG, TAP))
    upper.value, lower.value = lower.value, upper.value
    hint = "Nếu vừa sắp xếp một cột thôi thì hoàn tác, rồi sắp xếp cả bảng; không thì sửa mã hoặc tên."
    names = {code: demo_profiles()[code]["name"] for code in (HUONG, TAP)}
    expected = {
        f"{names[other]} (trang Hộ, ô {cell.coordinate}): Mã {code} là của “{names[code]}”, mà dòng này ghi “{names[other]}”, "
        f"vườn của mã {other}. → {hint}"
        for cell, code, other in ((upper, TAP, HUONG), (lower, HUONG, TAP))
    }
    assert sorted(refused(saved(book))) == sorted(expected)
    book = opened(demo_book)
    sheet = book["Hộ"]
    sheet.cell(row_of(sheet, "Mã", int(HUONG)), column(sheet, "Tên vườn")).value = "Vườn bà Hường mới"
    assert by_code(told(saved(book)))[HUONG].name == "Vườn bà Hường mới"


@pytest.mark.parametrize(("code", "errors"), [(111111, 0), ("#N/A", 1)])
def test_a_code_spoilt_is_said_once(demo_book: bytes, code: int | str, errors: int) -> None:
    """Not for each of its crops again, which stay with the household; whose code it is, the register must tell."""
    book = opened(demo_book)
    sheet = book["Hộ"]
    sheet.cell(row_of(sheet, "Mã", int(HUONG)), column(sheet, "Mã")).value = code
    households, problems = read_workbook(saved(book), "bang.xlsx", ("vi", "en"))
    assert len(problems) == errors
    one = next(one for one in households if one.name == "Vườn bà Hường")
    photos, before = one.values["photos"], demo_profiles()[HUONG]["photos"]
    assert isinstance(photos, list)
    assert isinstance(before, list)
    assert len(photos) == len(before)


def test_a_row_without_code_and_name_is_said_once(demo_book: bytes) -> None:
    """Its crops, animals and photos have nobody else to ask for."""
    book = opened(demo_book)
    sheet = book["Hộ"]
    row = row_of(sheet, "Mã", int(HUONG))
    for heading in ("Mã", "Tên vườn"):
        sheet.cell(row, column(sheet, heading)).value = None
    assert len(refused(saved(book))) == 1
