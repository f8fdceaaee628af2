"""What goes out comes back: any profile, untouched or touched, sorted, and through another program."""

import copy
import shutil
import subprocess
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from case_kit import each
from command_kit import ROOT, SLUG
from vuonho.forms.incoming import Incoming
from vuonho.forms.workbook.read import read_workbook
from vuonho.model.codes import check_digit
from vuonho.model.fields import Field
from vuonho.model.outline import household_fields
from vuonho.project.yaml_tree import Plain
from workbook_kit import (
    column,
    demo_profiles,
    demo_workbook,
    opened,
    refused,
    row_of,
    saved,
    told,
    workbook_of,
)

HUONG, TAP = "482135", "951605"
PROFILES = demo_profiles()


@pytest.fixture(scope="module")
def demo_book() -> bytes:
    """Return the demo as a workbook."""
    return demo_workbook()


def by_code(households: tuple[Incoming, ...]) -> dict[str, Incoming]:
    """Return households by code."""
    return {one.code: one for one in households}


# --- Any profile ---

LETTERS = st.characters(
    blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff\u00a0\u2028\u2029"
)
TEXTS = st.one_of(
    st.text(LETTERS | st.sampled_from("ươđệ=+-@;,:\n _x0"), min_size=1, max_size=30),
    st.sampled_from(["=1+1", "0570 012 345", "1.800 m2", "8-9", "2026-11-02", "18.1, 105.7", "Có", "1e5x", "007"]),
).map(str.strip).filter(lambda text: bool(text) and not text.startswith("#"))  # fmt: skip
"""As YAML gives them: composed, without space around. Errors of Excel (#N/A) are asked about."""


def value_of(field: Field) -> st.SearchStrategy[Any]:
    """Return values that a profile may have for a field, right or wrong in meaning but right in shape."""
    text = TEXTS.map(lambda one: unicodedata.normalize("NFC", one))
    if field.words:
        words = st.sampled_from([name for word in field.words for name in (word.key, *word.label)])
        return st.lists(words, max_size=3, unique=True) if field.several else words | text
    if field.kind == "record":
        return record_of(field.fields)
    if field.kind == "records":
        lone = value_of(field.field(field.lone))
        return st.lists(lone | record_of(field.fields, {field.lone: lone}), max_size=3)
    if field.is_local:
        return text | st.dictionaries(st.sampled_from(["vi", "en", "lo"]), text, min_size=1)
    if field.several:
        return st.lists(st.sampled_from(["https://a.example/", "https://b.example/x"]), max_size=2)
    if field.kind == "months":
        return st.sampled_from(["8-9", "quanh năm", ["8", "9"], ["12"]])
    # Forms in which Excel would have taken something away are read with a note.
    return text.filter(lambda one: not one.isdigit()) if field.kind in ("phone", "day", "code") else text


def record_of(
    fields: tuple[Field, ...], always: dict[str, st.SearchStrategy[Any]] | None = None
) -> st.SearchStrategy[Any]:
    """Return mappings with some of the fields."""
    some = {field.key: value_of(field) | st.none() for field in fields if field.key not in (always or {})}
    return st.fixed_dictionaries(always or {}, optional=some)


CODES = st.integers(10000, 99999).map(lambda number: f"{number}{check_digit(str(number))}")


@settings(max_examples=25)
@given(record_of(household_fields(), {"code": CODES, "name": value_of(household_fields()[1])}))
def test_any_profile_comes_back_as_it_went(values: dict[str, Plain]) -> None:
    """Its values and what they were made from, to the letter."""
    (home,) = told(workbook_of(values))
    assert (home.values, home.base, home.problems) == (values, values, ())


def test_the_demo_comes_back_as_typed(demo_book: bytes) -> None:
    """Every household, value for value, with its base and its village; and the same bytes each time."""
    found = by_code(told(demo_book))
    assert {code: one.values for code, one in found.items()} == PROFILES
    assert {code: one.base for code, one in found.items()} == PROFILES
    assert {one.village for one in found.values()} == {SLUG}
    assert demo_workbook() == demo_book


@each("typed", ["2026-11-02", "2/11/2026", "02-11-2026", "ngày 2 tháng 11 năm 2026"])
def test_days_stand_in_one_form_and_stay_as_they_were_typed(typed: str) -> None:
    """However the profile writes them, and though Excel, or a person, makes another form of them."""
    book = opened(workbook_of({**PROFILES[HUONG], "checked": typed}))
    cell = book["Hộ"].cell(2, column(book["Hộ"], "Ngày kiểm tra"))
    assert (cell.value, cell.number_format) == ("02/11/2026", "@")
    for other in ("02/11/2026", "2/11/2026", date(2026, 11, 2)):
        cell.value = other
        (one,) = told(saved(book))
        assert (one.values["checked"], one.values == one.base) == (typed, True)
    cell.value = "3/11/2026"
    assert told(saved(book))[0].values["checked"] == "3/11/2026"


# --- Touched ---


def test_one_cell_changes_one_value(demo_book: bytes) -> None:
    """An emptied one says nothing on purpose, a tick is read by itself; the place is that cell; the rest is as it was."""
    book = opened(demo_book)
    sheet = book["Hộ"]
    row = row_of(sheet, "Mã", int(HUONG))
    water = sheet.cell(row, column(sheet, "Nước dùng"))
    water.value = "Giếng khoan"
    for heading in ("Chủ hộ", "Câu chuyện (en)", "Ngày rút"):
        sheet.cell(row, column(sheet, heading)).value = None
    tap = row_of(sheet, "Mã", int(TAP))
    sheet.cell(tap, column(sheet, "Cho hiện: Số điện thoại và Zalo")).value = "Không"
    sheet.cell(tap, column(sheet, "Cho hiện: Giá bán sản phẩm")).value = "x"
    found = by_code(told(saved(book)))
    expected: Any = demo_profiles()
    expected[HUONG]["living"]["water"] = "drilled_well"
    expected[HUONG] |= {"head": None, "story": expected[HUONG]["story"] | {"en": None}}
    expected[TAP]["consent"]["publish"] = ["exact_point", "living", "prices"]
    assert {code: one.values for code, one in found.items()} == expected
    assert {code: one.base for code, one in found.items()} == PROFILES
    assert found[HUONG].place(("living", "water")).spot == f"Hộ!{water.coordinate}"


def test_what_is_gone_is_not_spoken_of(demo_book: bytes) -> None:
    """A column or a sheet says nothing, though there is a base; a list without rows is empty on purpose."""
    book = opened(demo_book)
    book["Hộ"].delete_cols(column(book["Hộ"], "Chủ hộ"))
    book["Ảnh"].delete_rows(2, 500)
    del book["Sản phẩm"]
    one = by_code(told(saved(book)))[HUONG]
    assert {"head", "products"}.isdisjoint(one.values)
    assert one.base == PROFILES[HUONG]
    assert one.values["photos"] == []


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
    assert {code: one.values for code, one in by_code(told(saved(book))).items()} == PROFILES


def test_rows_of_lists_are_entries(demo_book: bytes) -> None:
    """One gone, one new, one with another number; those that stand together give the order: the best photo first."""
    book = opened(demo_book)
    sheet = book["Vật nuôi"]
    row = row_of(sheet, "Tên vườn", "Vườn mười hai thứ quả")
    assert [sheet.cell(row + n, 3).value for n in (0, 1)] == ["Gà thả vườn", "Ngan"]
    sheet.cell(row + 1, column(sheet, "Số con")).value = 25
    sheet.delete_rows(row)
    sheet.append([None, "vuon muoi hai thu qua", "Ong mật"])
    sheet = book["Ảnh"]
    row = row_of(sheet, "Tệp ảnh", "photos/tap-1.jpg")
    for place in range(1, sheet.max_column + 1):
        upper, lower = sheet.cell(row, place), sheet.cell(row + 1, place)
        upper.value, lower.value = lower.value, upper.value
    one: Any = by_code(told(saved(book)))[TAP]
    assert one.values["garden"]["animals"] == [{"name": "Ngan", "count": "25"}, {"name": "Ong mật"}]
    assert one.place(("garden", "animals", 0, "count")).spot.startswith("Vật nuôi!D")
    assert one.values["photos"] == [*reversed(one.base["photos"])]


def test_codes_sorted_without_their_rows_are_refused(demo_book: bytes) -> None:
    """Nobody's values go to the neighbour; a household that only has a new name stays who it is."""
    book = opened(demo_book)
    sheet = book["Hộ"]
    upper, lower = (sheet.cell(row_of(sheet, "Mã", int(code)), column(sheet, "Mã")) for code in (HUONG, TAP))
    upper.value, lower.value = lower.value, upper.value
    names = {code: PROFILES[code]["name"] for code in (HUONG, TAP)}
    assert {one.partition(" → ")[0] for one in refused(saved(book))} == {
        f"{names[other]} (trang Hộ, ô {cell.coordinate}): Mã {code} là của “{names[code]}”, "
        f"mà dòng này ghi “{names[other]}”, vườn của mã {other}."
        for cell, code, other in ((upper, TAP, HUONG), (lower, HUONG, TAP))
    }
    book = opened(demo_book)
    sheet = book["Hộ"]
    sheet.cell(row_of(sheet, "Mã", int(HUONG)), column(sheet, "Tên vườn")).value = "Vườn bà Hường mới"
    assert by_code(told(saved(book)))[HUONG].name == "Vườn bà Hường mới"


@each(("code", "name", "errors"), [(111111, "A", 1), ("#N/A", "A", 2), (None, None, 2)])
def test_a_row_without_its_code_is_said_once(demo_book: bytes, code: Any, name: Any, errors: int) -> None:
    """And the rows of its crops, animals and photos once more, not each."""
    book = opened(demo_book)
    sheet = book["Hộ"]
    row = row_of(sheet, "Mã", int(HUONG))
    sheet.cell(row, column(sheet, "Mã")).value = code
    if name is None:
        sheet.cell(row, column(sheet, "Tên vườn")).value = None
    assert len(read_workbook(saved(book), "bang.xlsx", ("vi", "en"))[1]) == errors


# --- Another program ---


def test_libreoffice_changes_nothing() -> None:
    """As it was saved when this was written (tests/workbooks/README.md)."""
    households = told((ROOT / "tests/workbooks/libreoffice.xlsx").read_bytes())
    assert {one.village for one in households} == {SLUG}
    then: Any = copy.deepcopy(PROFILES)
    for values in then.values():  # it has no columns for a tick and fields that came later
        for key in ("dishes", "rooms", "night", "toilet", "parking", "steps"):
            values.get("visits", {}).pop(key, None)
        if "lane" in (publish := values.get("consent", {}).get("publish") or []):
            publish.remove("lane")
    assert {one.code: one.base for one in households} == then
    assert {one.code: one.values for one in households} == then


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice (apt install libreoffice-calc)")
def test_libreoffice_of_today_changes_nothing(tmp_path: Path) -> None:
    """Opened and saved by the program itself, with what it takes for an escape typed into a cell before."""
    book = opened(demo_workbook())
    sheet = book["Hộ"]
    sheet.cell(row_of(sheet, "Mã", int(HUONG)), column(sheet, "Chủ hộ")).value = "Nguyễn _x005F_x0041_"
    (tmp_path / "in.xlsx").write_bytes(saved(book))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out")]
    subprocess.run([*convert, str(tmp_path / "in.xlsx")], check=True, capture_output=True, timeout=600)
    expected = demo_profiles()
    expected[HUONG]["head"] = "Nguyễn _x0041_"
    assert {one.code: one.values for one in told((tmp_path / "out/in.xlsx").read_bytes())} == expected
