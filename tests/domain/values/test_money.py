"""Prices as people say them, numbers as each language writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.errors import UserError
from vuonho.model.values import format_number, parse_price


def refusal(text: str) -> UserError:
    with pytest.raises(UserError) as caught:
        parse_price(text)
    return caught.value


@each(
    ("text", "price"),
    [
        ("35000", 35_000),
        ("35.000", 35_000),
        ("35,000", 35_000),
        ("35 000", 35_000),
        ("35\u00a0000 đ", 35_000),
        ("35.000đ", 35_000),
        ("35.000 Đ", 35_000),
        ("35 000 đ", 35_000),
        ("35.000₫", 35_000),
        ("35.000 VNĐ", 35_000),
        ("35.000 đồng", 35_000),
        ("35k", 35_000),
        ("35 K", 35_000),
        ("35 nghìn", 35_000),
        ("35 ngàn đồng", 35_000),
        ("35,5k", 35_500),
        ("35k5", 35_500),
        ("1.200k", 1_200_000),
        ("1,2 triệu", 1_200_000),
        ("1.2 triệu", 1_200_000),
        ("1tr2", 1_200_000),
        ("1tr25", 1_250_000),
        ("1tr250", 1_250_000),
        ("1 triệu 200 nghìn", 1_200_000),
        ("1 triệu rưỡi", 1_500_000),
        ("1 triệu 2", 1_200_000),
        ("1 tỷ", 1_000_000_000),
        ("1", 1),
        ("1.000.000.000", 1_000_000_000),
    ],
)
def test_prices(text: str, price: int) -> None:
    """Đồng in full, thousands as k or nghìn, millions as triệu or tr, with what is said behind them."""
    assert parse_price(text) == price


@pytest.mark.parametrize("text", ["0", "2 tỷ", "1.000.000.001"])
def test_prices_have_limits(text: str) -> None:
    """Nothing and more than a milliard are no price."""
    assert refusal(text).message.vi == f"Giá “{text}” phải từ 1 đồng đến 1 tỷ đồng."


@each(
    "text",
    [
        "",
        "-5",
        "35.000 đồng/kg",
        "35-40k",
        "giá cả",
        "1.000 triệu",
        "35 usd",
        "$35",
        "1,5",
        "35.00.000",
        "1k2k",
        "2k 1 triệu",
        "1tr2 nghìn nghìn",
        "đ",
        "k",
        "1e5",
        "٣٥",
        "35kk",
        "=1",
    ],
)
def test_what_is_no_price_is_refused(text: str) -> None:
    """Ranges, units, other currencies, fractions of a đồng and doubtful millions are refused."""
    assert refusal(text).hint.vi
    assert refusal(text).hint.en


@given(st.integers(1, 1_000_000_000), st.sampled_from(["vi", "en"]), st.sampled_from(["", "đ", " đồng"]))
def test_every_price_is_read_back_from_how_it_is_shown(price: int, language: str, unit: str) -> None:
    """Grouped in either language, with or without currency, a price is read back."""
    assert parse_price(format_number(price, language) + unit) == price


def test_numbers_are_grouped_as_the_language_does() -> None:
    """A point in Vietnamese, a comma in English, nothing below a thousand."""
    shown = [
        format_number(number, language) for number in (999, 35_000, 1_234_567) for language in ("vi", "en")
    ]
    assert shown == ["999", "999", "35.000", "35,000", "1.234.567", "1,234,567"]


@given(st.text(st.sampled_from(list("0123456789., ktrđnghìệu")), max_size=30))
def test_any_text_is_a_price_or_refused(text: str) -> None:
    """Whatever is typed gives a price in range or a refusal."""
    try:
        price = parse_price(text)
    except UserError:
        return
    assert 1 <= price <= 1_000_000_000


@each("piece", ["1", "1.", ".000", "1k ", "đ", "1 "])
@each("length", [120, 100_000])
def test_long_text_is_refused(piece: str, length: int) -> None:
    """Longer than anybody writes, and as long as is read."""
    assert refusal((piece * (length // len(piece) + 1))[:length]).message.vi
