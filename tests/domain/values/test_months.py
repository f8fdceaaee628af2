"""Seasons as months."""

import pickle
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.errors import UserError
from vuonho.model.dates import LunarByName, lunar_to_solar, parse_lunar_months, parse_months

YEAR = tuple(range(1, 13))


@each(
    ("items", "months"),
    [
        ("8", (8,)),
        ("08", (8,)),
        ("tháng 8", (8,)),
        ("Tháng 8", (8,)),
        ("T8", (8,)),
        ("th.8", (8,)),
        ("8-10", (8, 9, 10)),
        ("8 – 10", (8, 9, 10)),
        ("tháng 8 đến 10", (8, 9, 10)),
        ("8 to 10", (8, 9, 10)),
        ("từ tháng 8 đến tháng 10", (8, 9, 10)),
        ("11-2", (1, 2, 11, 12)),
        ("tháng 11 - tháng 2", (1, 2, 11, 12)),
        ("8-8", (8,)),
        ("8, 9", (8, 9)),
        ("8; 9", (8, 9)),
        ("9 và 8", (8, 9)),
        ("tháng 8, tháng 9", (8, 9)),
        (["8", "9"], (8, 9)),
        (["8-9", "12", "8"], (8, 9, 12)),
        ([], ()),
        ("quanh năm", YEAR),
        ("all year", YEAR),
        ("1-12", YEAR),
        ("August", (8,)),
        ("Aug-Oct", (8, 9, 10)),
        ("Nov to Feb", (1, 2, 11, 12)),
        ("may", (5,)),
        ("tháng mười một", (11,)),
        ("tháng hai, tháng ba, tháng mười hai", (2, 3, 12)),
        ("tháng tư", (4,)),
        ("from May until July", (5, 6, 7)),
    ],
)
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
    assert (read, read.run, read.typed) == (
        tuple(sorted(run)), run, items if isinstance(items, str) else ", ".join(items)
    )  # fmt: skip
    assert parse_lunar_months(items) == tuple(sorted(run))


@each("text", ["Chạp, 1, 2", "12 - Giêng", "tháng 8, tháng Chạp", "Nov - Chạp"])
def test_both_calendars_in_one_field_are_refused(text: str) -> None:
    """A number beside such a name may be of either calendar; where the lunar one is meant anyway, it is of that."""
    with pytest.raises(UserError, match="beside numbers"):
        parse_months(text)
    assert parse_lunar_months(text)


@pytest.mark.parametrize("parse", [parse_months, parse_lunar_months])
def test_mot_by_itself_is_asked_about(parse: Callable[[str], object]) -> None:
    """It is January to some and the eleventh lunar month to others."""
    with pytest.raises(UserError) as caught:
        parse("tháng Một")
    assert caught.value.message.vi == "“tháng Một”: “Một” là tháng 1, hay tháng 11 âm lịch?"


@each("text", ["0", "13", "-1", "8-", "8-9-10", "8/9", "mùa thu", "8,,9", "", "1.5", "tháng", "٨"])
def test_what_is_no_month_is_refused(text: str) -> None:
    """Numbers that are no month, open stretches and seasons by name are refused."""
    with pytest.raises(UserError) as caught:
        parse_months([text])
    assert caught.value.hint.vi
    assert caught.value.hint.en


def test_the_refusal_quotes_and_shows_how() -> None:
    """The refusal quotes what was typed and gives an example."""
    with pytest.raises(UserError) as caught:
        parse_months("mùa thu")
    assert caught.value.message.vi == "“mùa thu” không đọc được thành tháng (1 đến 12)."
    assert caught.value.hint.vi == "Viết như: 8, 9 hoặc 8-10 hoặc quanh năm."


@given(st.sets(st.integers(1, 12)))
def test_every_set_of_months_is_read_back(months: set[int]) -> None:
    """A list of numbers gives its months, sorted."""
    assert parse_months([str(month) for month in months]) == tuple(sorted(months))


def test_lunar_months_come_a_month_later() -> None:
    """Lunar month m is about solar m + 1; the twelfth is about January."""
    assert lunar_to_solar((10, 11, 12)) == (1, 11, 12)
    assert lunar_to_solar(YEAR) == YEAR
    assert lunar_to_solar(()) == ()


@given(st.text(st.sampled_from(list("0123456789-–, ;tháng&và")), max_size=30))
def test_any_text_is_months_or_refused(text: str) -> None:
    """Whatever is typed gives months or a refusal."""
    try:
        months = parse_months(text)
    except UserError:
        return
    assert set(months) <= set(YEAR)


@each("piece", ["1", "1,", "1-", "tháng ", " ", "đến"])
@each("length", [119, 100_000])
def test_long_text_is_refused(piece: str, length: int) -> None:
    """Longer than anybody writes, or as long as is read with an end that says nothing."""
    with pytest.raises(UserError):
        parse_months((piece * (length // len(piece) + 1))[:length] + ",")
