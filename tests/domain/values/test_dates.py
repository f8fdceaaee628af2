"""Days and years, the day always first."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.errors import UserError
from vuonho.model.dates import parse_date, parse_year


def refusal(text: str) -> UserError:
    with pytest.raises(UserError) as caught:
        parse_date(text)
    return caught.value


@each(
    "text",
    [
        "2026-11-02",
        "2026-11-2",
        "2026/11/02",
        "2/11/2026",
        "02/11/2026",
        "02-11-2026",
        "2.11.2026",
        "2 / 11 / 2026",
        "ngày 2 tháng 11 năm 2026",
        "Ngày 02 tháng 11 năm 2026",
        "2 tháng 11, 2026",
        "2 tháng 11 năm 2026",
        "ngay 2 thang 11 nam 2026",
        "mùng 2 tháng 11 năm 2026",
        "2 November 2026",
        "2 Nov 2026",
    ],
)
def test_dates(text: str) -> None:
    """Every way to write the second of November gives the second of November."""
    assert parse_date(text) == date(2026, 11, 2)


@each(
    ("text", "message", "hint"),
    [
        ("11/2026", "“11/2026” thiếu ngày.", "Viết ngày, tháng, năm, như: 2/11/2026."),
        ("2026-11", "“2026-11” thiếu ngày.", "Viết ngày, tháng, năm, như: 2/11/2026."),
        ("tháng 11/2026", "“tháng 11/2026” thiếu ngày.", "Viết ngày, tháng, năm, như: 2/11/2026."),
        ("2/11/26", "“2/11/26”: năm viết chưa đủ bốn chữ số.", "Có phải là 2/11/2026?"),
        ("2/11/99", "“2/11/99”: năm viết chưa đủ bốn chữ số.", "Có phải là 2/11/1999?"),
        ("31/2/2026", "“31/2/2026”: không có ngày 31 tháng 2 năm 2026.", "Tháng 2 năm 2026 có 28 ngày."),
        ("29/2/2100", "“29/2/2100”: không có ngày 29 tháng 2 năm 2100.", "Tháng 2 năm 2100 có 28 ngày."),
        ("11/13/2026", "“11/13/2026”: không có tháng 13.", "Ngày viết trước tháng. Có phải là 13/11/2026?"),
        ("11/32/2026", "“11/32/2026”: không có tháng 32.", "Viết ngày, tháng, năm, như: 2/11/2026."),
        ("0/1/2026", "“0/1/2026”: không có ngày 0 tháng 1 năm 2026.", "Tháng 1 năm 2026 có 31 ngày."),
        ("1/0/2026", "“1/0/2026”: không có tháng 0.", "Viết ngày, tháng, năm, như: 2/11/2026."),
        ("1/1/1899", "“1/1/1899”: năm phải từ 1900 đến 2100.", "Xem lại các chữ số của năm."),
        ("1/1/202", "“1/1/202”: năm phải từ 1900 đến 2100.", "Xem lại các chữ số của năm."),
        ("hôm qua", "“hôm qua” không đọc được thành ngày.", "Viết ngày, tháng, năm, như: 2/11/2026."),
    ],
)
def test_what_is_no_date_is_refused_with_the_way_out(text: str, message: str, hint: str) -> None:
    """The month alone, short years, impossible days and months say what is wrong and what may be meant."""
    error = refusal(text)
    assert (error.message.vi, error.hint.vi) == (message, hint)
    assert error.message.en
    assert error.hint.en


@each("text", ["", "2/11-2026", "2/11", "20261102", "2026-11-02T10:00", "45045", "٢/11/2026", "2//11/2026"])
def test_other_forms_are_refused(text: str) -> None:
    """Mixed separators, serial numbers, times and foreign digits are refused."""
    assert refusal(text).hint.vi


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_in_every_form(day: date) -> None:
    """ISO and the Vietnamese forms give each day back."""
    texts = (
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
    )
    assert [parse_date(text) for text in texts] == [day] * 3


@given(st.text(st.sampled_from(list("0123456789/-. ,ngàythángnăm")), max_size=30))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    """Whatever is typed gives a day in range or a refusal."""
    try:
        day = parse_date(text)
    except UserError:
        return
    assert 1900 <= day.year <= 2100


@each(("text", "year"), [("2015", 2015), (" 1900 ", 1900), ("2100", 2100), ("năm 2015", 2015)])
def test_years(text: str, year: int) -> None:
    """Four digits from 1900 to 2100 are a year."""
    assert parse_year(text) == year


@each(
    ("text", "hint"),
    [
        ("15", "Có phải là 2015?"),
        ("99", "Có phải là 1999?"),
        ("1899", "Xem lại các chữ số của năm."),
        ("2101", "Xem lại các chữ số của năm."),
        ("2.015", "Viết bốn chữ số, như: 2015"),
        ("", "Viết vào đây, hoặc bỏ cả dòng."),
    ],
)
def test_what_is_no_year_is_refused(text: str, hint: str) -> None:
    """Short years are suggested in full, others refused."""
    with pytest.raises(UserError) as caught:
        parse_year(text)
    assert caught.value.hint.vi == hint


@each("piece", ["1", "1/", "2 ", "tháng "])
@each("length", [120, 100_000])
def test_long_text_is_refused(piece: str, length: int) -> None:
    """Longer than anybody writes, and as long as is read."""
    assert refusal((piece * (length // len(piece) + 1))[:length]).message.vi
