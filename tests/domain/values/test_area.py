"""Areas and counts as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.errors import UserError
from vuonho.model.values import format_number, parse_area, parse_count, parse_small


def refusal(text: str) -> UserError:
    with pytest.raises(UserError) as caught:
        parse_area(text)
    return caught.value


@each(
    ("text", "area"),
    [
        ("1800", 1800),
        ("1.800", 1800),
        ("1,800", 1800),
        ("1 800", 1800),
        ("1\u00a0800", 1800),
        ("1.800 m2", 1800),
        ("1,800 m²", 1800),
        ("1.800,0 m2", 1800),
        ("1800m2", 1800),
        ("1800 M2", 1800),
        ("1800 m^2", 1800),
        ("1800 mét vuông", 1800),
        ("1800 met vuong", 1800),
        ("1800 m vuông", 1800),
        ("1.000.000", 1_000_000),
        ("3 sào", 1500),
        ("3 SAO", 1500),
        ("3sào", 1500),
        ("3,5 sào", 1750),
        ("3.5 sào", 1750),
        ("3 sào rưỡi", 1750),
        ("0,2 ha", 2000),
        ("0.2ha", 2000),
        ("1.200 ha", 12_000),
        ("0,125 ha", 1250),
        ("1 héc-ta", 10_000),
        ("1 hecta", 10_000),
        ("1 mẫu", 5000),
        ("1 mẫu 2 sào", 6000),
        ("2 sào 150 m2", 1150),
        ("1 ha, 2 sào", 11_000),
        ("1 mẫu rưỡi", 7500),
        ("1", 1),
        ("100 ha", 1_000_000),
    ],
)
def test_areas(text: str, area: int) -> None:
    """Square metres, sào of 500, mẫu of ten sào and hectares, thousands and decimals in both styles."""
    assert parse_area(text) == area


@each(
    ("text", "hint"),
    [
        ("1800m", "Có phải là 1800 m²?"),
        ("0,33333 ha", "Có phải là 3333 m²?"),
        ("0,4", "Có phải là 1 m²?"),
        ("1,500 sào", "Viết 1500 nếu là số lớn, 1,5 nếu là số lẻ."),
        ("12 công", "Viết như: 1800 (m²), 3 sào, hoặc 0,2 ha."),
    ],
)
def test_doubtful_areas_are_refused_with_a_reading(text: str, hint: str) -> None:
    """A length, a fraction of a square metre and a number with two readings are not decided for the team."""
    error = refusal(text)
    assert f"“{text}”" in error.message.vi
    assert f"“{text}”" in error.message.en
    assert error.hint.vi == hint


@each("text", ["0", "0 ha", "1.000.001", "101 ha", "2001 sào"])
def test_areas_have_limits(text: str) -> None:
    """Less than 1 m² and more than 100 ha are refused."""
    assert refusal(text).message.vi == f"“{text}” không nằm trong khoảng từ 1 m² đến 100 ha."


@each(
    "text",
    [
        "",
        "-5",
        "+5",
        "1e3",
        "1.80.0",
        "1.8000.000",
        "01.800",
        "1..800",
        "1.,800",
        "2 sào 3 mẫu",
        "2 sào 3 sào",
        "2 sào 150",
        "ba sào",
        "3 sàoo",
        "1800 m3",
        "٣",
        "½ ha",
        "9" * 30,
        "1." + "0" * 30,
        "=1+1",
    ],
)
def test_what_is_no_area_is_refused(text: str) -> None:
    """Signs, exponents, odd groups, units out of order and words are refused."""
    assert refusal(text).hint.vi


@given(st.integers(1, 1_000_000), st.sampled_from(["vi", "en"]))
def test_every_area_is_read_back_from_how_it_is_shown(area: int, language: str) -> None:
    """Whole numbers with thousands grouped in either language are read back."""
    assert parse_area(f"{format_number(area, language)} m²") == area


@each(
    ("text", "count"),
    [("0", 0), ("60", 60), ("1.200", 1200), ("1,200", 1200), ("10 000 000", 10_000_000), ("60,0", 60)],
)
def test_counts(text: str, count: int) -> None:
    """Whole numbers with or without grouped thousands, from none to ten million."""
    assert parse_count(text) == count


@each("text", ["1,5", "60 cây", "-1", "", "10.000.001", "1e5", "0x10", "1_000"])
def test_what_is_no_count_is_refused(text: str) -> None:
    """Fractions, words, signs and too many are refused with the range."""
    with pytest.raises(UserError) as caught:
        parse_count(text)
    assert "0 đến 10.000.000" in caught.value.hint.vi or text == ""


def test_small_numbers_keep_their_range() -> None:
    """The range is inclusive and told in the hint."""
    assert [parse_small("1", 1, 50), parse_small("50", 1, 50)] == [1, 50]
    with pytest.raises(UserError) as caught:
        parse_small("51", 1, 50)
    assert caught.value.hint.vi == "Chỉ ghi chữ số, từ 1 đến 50, không kèm chữ."
    assert caught.value.hint.en == "Write a whole number from 1 to 50, without words."


@given(st.text(st.sampled_from(list("0123456789.,  mhasàoẫu²2+-")), max_size=30))
def test_any_text_is_an_area_or_refused(text: str) -> None:
    """Whatever is typed gives an area in range or a refusal."""
    try:
        area = parse_area(text)
    except UserError:
        return
    assert 1 <= area <= 1_000_000


@each("piece", ["1", "1.", "1 ", ".000", "1 sào ", "sào", "\u0301"])
@each("length", [120, 100_000])
def test_long_text_is_refused(piece: str, length: int) -> None:
    """Longer than anybody writes, and as long as is read."""
    assert refusal((piece * (length // len(piece) + 1))[:length]).message.vi
