"""Days and years, the day always first; seasons as months of either calendar."""

import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.errors import UserError
from vuonho.model.values import (
    LunarByName,
    lunar_to_solar,
    parse_date,
    parse_lunar_months,
    parse_months,
    parse_year,
)

EXAMPLES = "Viết ngày, tháng, năm, như: 2/11/2026."
YEAR = tuple(range(1, 13))


@each(
    "text",
    ["2026-11-02", "2026-11-2", "2026/11/02", "2/11/2026", "02/11/2026", "02-11-2026", "2.11.2026", "2 / 11 / 2026",
     "ngày 2 tháng 11 năm 2026", "Ngày 02 tháng 11 năm 2026", "2 tháng 11, 2026", "2 tháng 11 năm 2026",
     "ngay 2 thang 11 nam 2026", "mùng 2 tháng 11 năm 2026", "2 November 2026", "2 Nov 2026"],
)  # fmt: skip
def test_dates(text: str) -> None:
    """Every way to write the second of November gives the second of November."""
    assert parse_date(text) == date(2026, 11, 2)


@each(
    ("text", "message", "hint"),
    [
        *((text, "thiếu ngày.", EXAMPLES) for text in ("11/2026", "2026-11", "tháng 11/2026")),
        ("2/11/26", "năm viết chưa đủ bốn chữ số.", "Có phải là 2/11/2026?"),
        ("2/11/99", "năm viết chưa đủ bốn chữ số.", "Có phải là 2/11/1999?"),
        ("31/2/2026", "không có ngày 31 tháng 2 năm 2026.", "Tháng 2 năm 2026 có 28 ngày."),
        ("29/2/2100", "không có ngày 29 tháng 2 năm 2100.", "Tháng 2 năm 2100 có 28 ngày."),
        ("11/13/2026", "không có tháng 13.", "Ngày viết trước tháng. Có phải là 13/11/2026?"),
        ("11/32/2026", "không có tháng 32.", EXAMPLES),
        ("0/1/2026", "không có ngày 0 tháng 1 năm 2026.", "Tháng 1 năm 2026 có 31 ngày."),
        ("1/0/2026", "không có tháng 0.", EXAMPLES),
        *((text, "năm phải từ 1900 đến 2100.", "Xem lại các chữ số của năm.") for text in ("1/1/1899", "1/1/202")),
        *((text, "không đọc được thành ngày.", EXAMPLES) for text in (
            "hôm qua", "2/11-2026", "2/11", "20261102", "2026-11-02T10:00", "45045", "٢/11/2026", "2//11/2026")),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_the_way_out(text: str, message: str, hint: str) -> None:
    """The month alone, short years, impossible days and months say what is wrong and what may be meant."""
    with pytest.raises(UserError) as caught:
        parse_date(text)
    assert caught.value.message.vi in (f"“{text}” {message}", f"“{text}”: {message}")
    assert caught.value.hint.vi == hint


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_in_every_form(day: date) -> None:
    """ISO and the Vietnamese forms give each day back."""
    spoken = f"ngày {day.day} tháng {day.month} năm {day.year}"
    assert {parse_date(text) for text in (day.isoformat(), f"{day.day}/{day.month}/{day.year}", spoken)} == {
        day
    }


@each(
    ("text", "hint"),
    {"15": "Có phải là 2015?", "99": "Có phải là 1999?", "1899": "Xem lại các chữ số của năm.",
     "2101": "Xem lại các chữ số của năm.", "2.015": "Viết bốn chữ số, như: 2015",
     "": "Viết vào đây, hoặc bỏ cả dòng."}.items(),
)  # fmt: skip
def test_a_year_has_four_digits(text: str, hint: str) -> None:
    """From 1900 to 2100; short years are suggested in full."""
    years = {"2015": 2015, " 1900 ": 1900, "2100": 2100, "năm 2015": 2015}
    assert {typed: parse_year(typed) for typed in years} == years
    with pytest.raises(UserError) as caught:
        parse_year(text)
    assert caught.value.hint.vi == hint


@each(
    ("items", "months"),
    [
        *((text, (8,)) for text in ("8", "08", "tháng 8", "Tháng 8", "T8", "th.8", "8-8", "August")),
        *((text, (8, 9, 10)) for text in ("8-10", "8 – 10", "tháng 8 đến 10", "8 to 10", "từ tháng 8 đến tháng 10",
                                          "Aug-Oct")),
        *((text, (1, 2, 11, 12)) for text in ("11-2", "tháng 11 - tháng 2", "Nov to Feb")),
        *((text, (8, 9)) for text in ("8, 9", "8; 9", "9 và 8", "tháng 8, tháng 9", ["8", "9"])),
        (["8-9", "12", "8"], (8, 9, 12)),
        ([], ()),
        *((text, YEAR) for text in ("quanh năm", "all year", "1-12")),
        ("may", (5,)),
        ("tháng mười một", (11,)),
        ("tháng hai, tháng ba, tháng mười hai", (2, 3, 12)),
        ("tháng tư", (4,)),
        ("from May until July", (5, 6, 7)),
    ],
)  # fmt: skip
def test_months(items: str | list[str], months: tuple[int, ...]) -> None:
    """Single months, stretches over the new year, lists and names in both languages give sorted months."""
    read = parse_months(items)
    assert (read, isinstance(read, LunarByName)) == (months, False)
    assert parse_lunar_months(items) == months


@each(
    ("items", "run"),
    [
        ("Chạp - Giêng", (12, 1)),
        ("tháng Giêng", (1,)),
        ("thang chap", (12,)),
        ("Một, Chạp, Giêng", (11, 12, 1)),
        ("từ tháng Chạp đến tháng Hai", (12, 1, 2)),
        (["Mười", "tháng Một", "Chạp"], (10, 11, 12)),
    ],
)
def test_names_of_the_lunar_calendar_are_lunar(items: str | list[str], run: tuple[int, ...]) -> None:
    """Also beside words that either calendar counts with; in their order, and as what was typed."""
    read = pickle.loads(pickle.dumps(parse_months(items)))  # noqa: S301 - as a process hands it to another
    assert isinstance(read, LunarByName)
    assert (read, read.run) == (tuple(sorted(run)), run)
    assert read.typed == (items if isinstance(items, str) else ", ".join(items))
    assert parse_lunar_months(items) == tuple(sorted(run))


@each(
    ("text", "message"),
    [
        *((text, "vừa có tên tháng âm lịch") for text in ("Chạp, 1, 2", "12 - Giêng", "tháng 8, tháng Chạp",
                                                                "Nov - Chạp")),
        ("tháng Một", "“Một” là tháng 1, hay tháng 11 âm lịch?"),
        *((text, "không đọc được thành tháng (1 đến 12).") for text in (
            "0", "13", "-1", "8-", "8-9-10", "8/9", "mùa thu", "8,,9", "1.5", "tháng", "٨")),
    ],
)  # fmt: skip
def test_what_is_no_month_is_refused(text: str, message: str) -> None:
    """Numbers that are no month, open stretches, seasons by name, and what may be of either calendar."""
    with pytest.raises(UserError) as caught:
        parse_months(text)
    assert message in caught.value.message.vi
    assert caught.value.hint.vi
    if "tên tháng" in message:
        assert parse_lunar_months(text)


def test_lunar_months_come_a_month_later() -> None:
    """Lunar month m is about solar m + 1; the twelfth is about January."""
    assert lunar_to_solar((10, 11, 12)) == (1, 11, 12)
    assert lunar_to_solar(YEAR) == YEAR
