"""Seasons as months."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuonho.domain.values import lunar_to_solar, parse_months
from vuonho.errors import Refused

YEAR = tuple(range(1, 13))


@pytest.mark.parametrize(
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
        ("tháng giêng", (1,)),
        ("tháng chạp", (12,)),
        ("tháng mười một", (11,)),
        ("tháng tư", (4,)),
        ("from May until July", (5, 6, 7)),
    ],
)
def test_months(items: str | list[str], months: tuple[int, ...]) -> None:
    """Single months, stretches over the new year, lists and names in both languages give sorted months."""
    assert parse_months(items) == months


@pytest.mark.parametrize(
    "text", ["0", "13", "-1", "8-", "8-9-10", "8/9", "mùa thu", "8,,9", "", "1.5", "tháng", "٨"]
)
def test_what_is_no_month_is_refused(text: str) -> None:
    """Numbers that are no month, open stretches and seasons by name are refused."""
    with pytest.raises(Refused) as caught:
        parse_months([text])
    assert caught.value.hint.vi
    assert caught.value.hint.en


def test_the_refusal_quotes_and_shows_how() -> None:
    """The refusal quotes what was typed and gives an example."""
    with pytest.raises(Refused) as caught:
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
    except Refused:
        return
    assert set(months) <= set(YEAR)


@pytest.mark.parametrize("piece", ["1", "1,", "1-", "tháng ", " ", "đến"])
@pytest.mark.parametrize("length", [119, 100_000])
def test_long_text_takes_no_time(piece: str, length: int) -> None:
    """Long input is read or refused within a second."""
    start = time.perf_counter()
    with pytest.raises(Refused):
        parse_months((piece * (length // len(piece) + 1))[:length] + ",")
    assert time.perf_counter() - start < 1
