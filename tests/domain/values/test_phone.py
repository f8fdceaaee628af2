"""Telephone numbers of Vietnam. The numbers below are made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.errors import UserError
from vuonho.model.values import Phone, parse_phone


def refusal(text: str) -> UserError:
    with pytest.raises(UserError) as caught:
        parse_phone(text)
    return caught.value


@each(
    "text",
    [
        "0337012345",
        "0337 012 345",
        "0337.012.345",
        "0337-012-345",
        "(0337) 012 345",
        "0337\u00a0012\u00a0345",
        "+84337012345",
        "+84 337 012 345",
        "+84 (0)337 012 345",
        "84337012345",
        "0084 337 012 345",
        "+84 0337012345",
    ],
)
def test_mobile_numbers(text: str) -> None:
    """Any grouping and the country's prefix give the same ten digits."""
    assert parse_phone(text) == Phone("0337012345")


@each(
    ("text", "digits", "grouped"),
    [
        ("0239 3855 123", "02393855123", "0239 3855 123"),
        ("(0239) 3.855.123", "02393855123", "0239 3855 123"),
        ("+84 24 3825 1234", "02438251234", "024 3825 1234"),
        ("028 3825 1234", "02838251234", "028 3825 1234"),
        ("0239 385 512", "0239385512", "0239 385 512"),
    ],
)
def test_landlines(text: str, digits: str, grouped: str) -> None:
    """Landlines begin with 02 and have ten or eleven digits, grouped by their area code."""
    assert (parse_phone(text).digits, parse_phone(text).grouped) == (digits, grouped)


def test_a_phone_is_shown_and_linked() -> None:
    """Groups to read, a link to dial from anywhere, a link into Zalo."""
    phone = Phone("0337012345")
    shown = (phone.grouped, phone.tel, phone.zalo)
    assert shown == ("0337 012 345", "tel:+84337012345", "https://zalo.me/0337012345")


@each(
    ("text", "guess"),
    [
        ("337012345", "0337 012 345"),
        ("841234567", "0841 234 567"),
        ("O337O12345", "0337 012 345"),
        ("01681234567", "0381 234 567"),
        ("2393855123", "0239 3855 123"),
    ],
)
def test_the_right_number_is_suggested_not_taken(text: str, guess: str) -> None:
    """A lost 0, letters for digits and prefixes of before 2018 are refused with the likely number."""
    error = refusal(text)
    assert error.message.vi == f"“{text}” không phải là số điện thoại đúng."
    assert error.hint.vi == f"Có phải là {guess}? Nếu đúng thì viết như vậy."
    assert error.hint.en == f"Is {guess} meant? Then write that."


@each(
    "text",
    [
        "",
        "0337",
        "0437012345",
        "0137012345",
        "033701234",
        "03370123456",
        "0337012345 / 0912345678",
        "+1 202 555 0100",
        "SĐT 0337012345",
        "58463461",
        "+840",
        "+",
        "84",
        "0337012345x",
        "٠٣٣٧٠١٢٣٤٥",
        "079123456789",
    ],
)
def test_what_is_no_phone_is_refused(text: str) -> None:
    """Too short, too long, other prefixes, two numbers at once, words and foreign digits are refused."""
    assert refusal(text).hint.vi


@given(st.sampled_from("35789"), st.integers(0, 99_999_999))
def test_every_mobile_number_is_read_back(network: str, number: int) -> None:
    """What is shown or dialled is read back as the same number."""
    phone = Phone(f"0{network}{number:08}")
    assert [parse_phone(phone.grouped), parse_phone(phone.tel.removeprefix("tel:"))] == [phone, phone]


@given(st.text(st.sampled_from(list("0123456789+-. ()Oo")), max_size=20))
def test_any_text_is_a_phone_or_refused(text: str) -> None:
    """Whatever is typed gives ASCII digits of the right count or a refusal."""
    try:
        phone = parse_phone(text)
    except UserError:
        return
    assert phone.digits.isascii()
    assert phone.digits.isdecimal()
    assert len(phone.digits) in {10, 11}


@each("piece", ["0", "84", " ", "(0)", "-"])
@each("length", [119, 100_000])
def test_long_text_is_refused(piece: str, length: int) -> None:
    """Longer than anybody writes, and as long as is read."""
    assert refusal("0" + (piece * (length // len(piece) + 1))[:length]).message.vi
