"""Texts, numbers, areas, prices and phones as people write them. The phones are made up."""

import unicodedata
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.errors import UserError
from vuonho.model.values import (
    Phone,
    clean_story,
    clean_text,
    format_number,
    parse_area,
    parse_count,
    parse_date,
    parse_months,
    parse_phone,
    parse_point,
    parse_price,
    quoted,
    read_number,
)

Parser = Callable[[str], object]


def refusal(parse: Parser, text: str) -> UserError:
    with pytest.raises(UserError) as caught:
        parse(text)
    return caught.value


@each(
    ("text", "value"),
    {
        "1800": 1800, "1.800": 1800, "1,800": 1800, "1 800": 1800, "1.800,5": Fraction(3601, 2),
        "1,800.5": Fraction(3601, 2), "0,2": Fraction(1, 5), "0.200": Fraction(1, 5), "1.8000": Fraction(9, 5),
        "1.234.567": 1_234_567, "1 234 567,5": Fraction(2_469_135, 2), "0": 0, "1.800 500": None,
        "1,800,50": None, "1.800,500,2": None, "": None, ".5": None, "5.": None, "١": None, "1" * 30: None,
        "0.800.000": None,
    }.items(),
)  # fmt: skip
def test_numbers_are_exact(text: str, value: Fraction | int | None) -> None:
    """Three digits behind one separator are thousands in both styles, anything else is a decimal or none."""
    assert read_number(text) == value


def test_large_units_read_three_digits_as_decimals() -> None:
    """Nobody has 1,200 hectares: there 1.200 is one and a fifth."""
    assert read_number("1.200", three_are_thousands=False) == Fraction(6, 5)


def test_numbers_are_grouped_as_the_language_does() -> None:
    """A point in Vietnamese, a comma in English, nothing below a thousand."""
    shown = [format_number(number, to) for number in (999, 35_000, 1_234_567) for to in ("vi", "en")]
    assert shown == ["999", "999", "35.000", "35,000", "1.234.567", "1,234,567"]


@each(
    ("text", "area"),
    {
        "1800": 1800, "1.800": 1800, "1,800": 1800, "1 800": 1800, "1\u00a0800": 1800, "1.800 m2": 1800,
        "1,800 m²": 1800, "1.800,0 m2": 1800, "1800m2": 1800, "1800 M2": 1800, "1800 m^2": 1800,
        "1800 mét vuông": 1800, "1800 met vuong": 1800, "1800 m vuông": 1800, "1.000.000": 1_000_000,
        "3 sào": 1500, "3 SAO": 1500, "3sào": 1500, "3,5 sào": 1750, "3.5 sào": 1750, "3 sào rưỡi": 1750,
        "0,2 ha": 2000, "0.2ha": 2000, "1.200 ha": 12_000, "0,125 ha": 1250, "1 héc-ta": 10_000,
        "1 hecta": 10_000, "1 mẫu": 5000, "1 mẫu 2 sào": 6000, "2 sào 150 m2": 1150, "1 ha, 2 sào": 11_000,
        "1 mẫu rưỡi": 7500, "1": 1, "100 ha": 1_000_000,
    }.items(),
)  # fmt: skip
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
    error = refusal(parse_area, text)
    assert [f"“{text}”" in told for told in error.message] == [True, True]
    assert error.hint.vi == hint


@each(
    ("text", "price"),
    {
        "35000": 35_000, "35.000": 35_000, "35,000": 35_000, "35 000": 35_000, "35\u00a0000 đ": 35_000,
        "35.000đ": 35_000, "35.000 Đ": 35_000, "35 000 đ": 35_000, "35.000₫": 35_000, "35.000 VNĐ": 35_000,
        "35.000 đồng": 35_000, "35k": 35_000, "35 K": 35_000, "35 nghìn": 35_000, "35 ngàn đồng": 35_000,
        "35,5k": 35_500, "35k5": 35_500, "1.200k": 1_200_000, "1,2 triệu": 1_200_000, "1.2 triệu": 1_200_000,
        "1tr2": 1_200_000, "1tr25": 1_250_000, "1tr250": 1_250_000, "1 triệu 200 nghìn": 1_200_000,
        "1 triệu rưỡi": 1_500_000, "1 triệu 2": 1_200_000, "1 tỷ": 1_000_000_000, "1": 1,
        "1.000.000.000": 1_000_000_000,
    }.items(),
)  # fmt: skip
def test_prices(text: str, price: int) -> None:
    """Đồng in full, thousands as k or nghìn, millions as triệu or tr, with what is said behind them."""
    assert parse_price(text) == price


@given(st.integers(1, 1_000_000), st.sampled_from(["vi", "en"]), st.sampled_from(["", "đ", " đồng"]))
def test_what_is_shown_is_read_back(number: int, language: str, unit: str) -> None:
    """Grouped in either language, with or without its unit."""
    shown = format_number(number, language)
    assert (parse_area(f"{shown} m²"), parse_price(shown + unit), parse_count(shown)) == (number,) * 3


@each(
    ("text", "digits", "grouped"),
    [
        *((text, "0337012345", "0337 012 345") for text in (
            "0337012345", "0337 012 345", "0337.012.345", "0337-012-345", "(0337) 012 345", "0337\u00a0012\u00a0345",
            "+84337012345", "+84 337 012 345", "+84 (0)337 012 345", "84337012345", "0084 337 012 345",
            "+84 0337012345")),
        ("0239 3855 123", "02393855123", "0239 3855 123"),
        ("(0239) 3.855.123", "02393855123", "0239 3855 123"),
        ("+84 24 3825 1234", "02438251234", "024 3825 1234"),
        ("0239 385 512", "0239385512", "0239 385 512"),
    ],
)  # fmt: skip
def test_phones(text: str, digits: str, grouped: str) -> None:
    """Any grouping and the country's prefix give the same digits, shown in groups; links dial from anywhere."""
    phone = parse_phone(text)
    assert phone == Phone(digits) == parse_phone(phone.tel.removeprefix("tel:"))
    assert (phone.grouped, phone.tel) == (grouped, f"tel:+84{digits[1:]}")
    assert phone.zalo == f"https://zalo.me/{digits}"


@each(
    ("text", "guess"),
    {"337012345": "0337 012 345", "841234567": "0841 234 567", "O337O12345": "0337 012 345",
     "01681234567": "0381 234 567", "2393855123": "0239 3855 123"}.items(),
)  # fmt: skip
def test_the_right_number_is_suggested_not_taken(text: str, guess: str) -> None:
    """A lost 0, letters for digits and prefixes of before 2018 are refused with the likely number."""
    error = refusal(parse_phone, text)
    assert error.message.vi == f"“{text}” không phải là số điện thoại đúng."
    assert error.hint.vi == f"Có phải là {guess}? Nếu đúng thì viết như vậy."


@each(
    ("parse", "texts", "message"),
    [
        (parse_area, ("0", "0 ha", "1.000.001", "101 ha", "2001 sào"), "không nằm trong khoảng từ 1 m² đến 100 ha."),
        (parse_area, ("-5", "+5", "1e3", "1.80.0", "1.8000.000", "1..800", "1.,800", "2 sào 3 mẫu",
                      "2 sào 3 sào", "2 sào 150", "0 sào 150", "ba sào", "3 sàoo", "1800 m3", "٣", "½ ha", "9" * 30,
                      "1." + "0" * 30, "=1+1"), "không đọc được"),
        (parse_price, ("0", "2 tỷ", "1.000.000.001"), "phải từ 1 đồng đến 1 tỷ đồng."),
        (parse_price, ("-5", "35.000 đồng/kg", "35-40k", "giá cả", "1.000 triệu", "35 usd", "$35", "1,5", "35.00.000",
                       "1k2k", "2k 1 triệu", "1tr2 nghìn nghìn", "1 triệu 2 rưỡi", "đ", "k", "1e5", "٣٥", "35kk",
                       "=1"), "không đọc được"),
        (parse_count, ("1,5", "60 cây", "-1", "1e5", "0x10", "1_000"), "không đọc được thành số đếm"),
        (parse_count, ("10.000.001", "99999999"), "quá lớn"),
        (parse_phone, ("0337", "0437012345", "0137012345", "033701234", "03370123456", "0337012345 / 0912345678",
                       "+1 202 555 0100", "SĐT 0337012345", "58463461", "+840", "+", "84", "0337012345x",
                       "٠٣٣٧٠١٢٣٤٥", "079123456789"), "không phải là số điện thoại đúng."),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(parse: Parser, texts: tuple[str, ...], message: str) -> None:
    """Signs, exponents, odd groups, ranges, units out of order, too much and too little, words, foreign digits."""
    for text in texts:
        error = refusal(parse, text)
        assert message in error.message.vi, (text, error.message.vi)
        assert error.hint.vi, text


def test_counts() -> None:
    """Whole numbers with or without grouped thousands, from none to ten million; others are refused with the range."""
    read = {"0": 0, "60": 60, "1.200": 1200, "1,200": 1200, "10 000 000": 10_000_000, "60,0": 60}
    assert {text: parse_count(text) for text in read} == read
    assert "từ 0 đến 10.000.000" in refusal(parse_count, "60 cây").hint.vi


READERS: tuple[Parser, ...] = (
    parse_area, parse_count, parse_price, parse_phone, parse_date, parse_months, parse_point,
)  # fmt: skip


@given(
    st.sampled_from(READERS),
    st.text(st.sampled_from(list("0123456789.,/ -+°mhaksàotrđnghìệu²OoNE")), max_size=30),
)
def test_any_text_is_read_or_refused(parse: Parser, typed: str) -> None:
    """Whatever is typed ends in a value in range or in words."""
    try:
        value = parse(typed)
    except UserError as error:
        assert error.hint.vi  # noqa: PT017  # refused or not
        return
    if isinstance(value, int):
        assert 0 <= value <= 1_000_000_000
    if isinstance(value, Phone):
        assert len(value.digits) in {10, 11}


@each("parse", READERS)
def test_empty_and_long_text_is_refused(parse: Parser) -> None:
    """Nothing, longer than anybody writes, and as long as is read."""
    assert refusal(parse, " ").message.vi
    for piece in ("1", "1.", "1 ", ".000", "1 sào ", "sào", "\u0301", "84", "(0)", "-", "8-", "18°", "1,"):
        for length in (120, 100_000):
            text = (piece * (length // len(piece) + 1))[:length]
            assert refusal(parse, f"x{text}").message.vi


@each("form", ["NFC", "NFD"])
def test_text_is_composed_and_trimmed(form: str) -> None:
    """Outer space goes, inner space stays, a no-break space reads as a space."""
    typed = unicodedata.normalize(form, " \tVườn  bà\u00a0Hường\u202f!\n")  # type: ignore[arg-type]
    assert clean_text(typed) == "Vườn  bà Hường !"


@each("text", ["=1+1", "<script>", "{{ x }}", "Nhà 😀❤️", "“A” và “B”", "5' 6\"", "“", "Bà Hường “út”", ""])
def test_what_looks_odd_is_text(text: str) -> None:
    """Formulas, code, emoji and quotes inside a text are shown as typed."""
    assert clean_text(text) == text


@each(
    ("letters", "vietnamese", "english"),
    [
        ("\t", "dấu tab", "a tab"),
        ("\x07\x85", "ký tự điều khiển", "a control character"),
        ("\u202e\u2066", "ký tự đổi hướng chữ", "a bidirectional control"),
        ("\u200b\u200d\ufeff\u3164", "ký tự không bề rộng", "a zero-width character"),
        ("\u00ad", "dấu nối mềm", "a soft hyphen"),
        ("\ue000", "ký tự riêng của một phông chữ", "a private-use character of some font"),
        ("\ufffe\U0001ffff", "mã không phải là chữ (noncharacter)", "a noncharacter"),
        ("\ud800", "nửa ký tự (surrogate)", "half a character (surrogate)"),
        ("\U000e0041", "ký tự định dạng không nhìn thấy", "an unseen formatting character"),
    ],
)
def test_unseen_characters_are_refused_by_name_and_place(letters: str, vietnamese: str, english: str) -> None:
    """Each kind of unseen character is named, with its code, its place and what stands before it."""
    for letter in letters:
        error = refusal(clean_text, f"Vườn{letter}bà")
        code = f"U+{ord(letter):04X}"
        assert error.message.vi == f"Có {vietnamese} ({code}) ở vị trí 5, sau “Vườn”."
        assert error.message.en == f"There is {english} ({code}) at character 5, after “Vườn”."
        assert error.hint.vi == "Xóa chỗ ấy rồi gõ lại bằng tay."
    assert refusal(clean_text, "\u200bVườn").message.en.endswith(" at character 1.")


def test_a_line_break_belongs_into_stories_only() -> None:
    """A value of one line refuses a line break, a story keeps it, and is as strict as a line in all else."""
    assert refusal(clean_text, "a\nb").hint.vi == "Viết trên một dòng."
    assert clean_story(" Dòng một\r\nDòng hai\rDòng ba\n\n") == "Dòng một\nDòng hai\nDòng ba"
    for text in ("a\nb\u200b c", "V\u00adên bµ\nH\u00adêng", "“Cả chuyện\ntrong ngoặc”"):
        assert refusal(clean_story, text).hint.vi


@each("text", ["“Vườn”", "”Vườn”", "„Vườn“", "‘Vườn’", '“Vườn"', "“ Vườn ”"])
def test_curly_quotes_round_a_value_are_refused(text: str) -> None:
    """Typographic quotes round the whole value are refused, with the value in straight ones suggested."""
    error = refusal(clean_text, text)
    assert "ngoặc kép cong" in error.message.vi
    assert error.hint.vi == 'Bỏ ngoặc, hoặc dùng ngoặc thẳng: "Vườn"'


def test_garbled_text_is_refused_with_its_reading() -> None:
    """TCVN3 is called TCVN3, though its ư looks like a soft hyphen, and the right reading is suggested."""
    error = refusal(clean_text, "V\u00adên bµ H\u00adêng")
    assert "TCVN3" in error.message.vi
    assert error.hint.vi == "Có phải muốn viết “Vườn bà Hường”? Gõ lại bằng bảng mã Unicode."
    assert refusal(clean_text, "V??n b?").hint.vi == "Gõ lại bằng bảng mã Unicode."


@given(st.text(max_size=60))
def test_what_passes_is_visible_and_passes_again(text: str) -> None:
    """Accepted text is composed, trimmed, on one line, and stays as it is when read again."""
    try:
        clean = clean_text(text)
    except UserError:
        return
    assert clean == clean_text(clean)
    assert clean == unicodedata.normalize("NFC", clean.strip())
    assert {unicodedata.category(letter) for letter in clean}.isdisjoint({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


@each("piece", ["ở ", "\n", "“", "\u200b", "e\u0301", "😀"])
def test_long_text_is_read_or_refused_in_few_words(piece: str) -> None:
    """A hundred thousand characters make no long message."""
    try:
        clean_story("a" + piece * (100_000 // len(piece)) + "a")
    except UserError as error:
        assert len(error.message.vi) < 200  # noqa: PT017  # refused or not


def test_quotes_are_short_and_harmless() -> None:
    """A quoted value is shortened, composed, and shows a box for what cannot be seen."""
    assert quoted(" e\u0301\x1b[31m\u202e ") == "“é□[31m□”"
    assert quoted("a" * 50) == "“" + "a" * 39 + "…”"
