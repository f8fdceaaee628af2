"""Prices in đồng, and whole numbers as each language groups them."""

import re
from fractions import Fraction

from vuonho.bilingual import Text
from vuonho.domain.fold import fold
from vuonho.domain.values.figures import NUMBER, is_ambiguous, quoted, read_number, refuse_length
from vuonho.errors import Refused

LARGEST = 1_000_000_000
_SCALES = {
    "": 1, "k": 1_000, "n": 1_000, "ng": 1_000, "nghin": 1_000, "ngan": 1_000,
    "tr": 1_000_000, "trieu": 1_000_000, "ty": 1_000_000_000, "ti": 1_000_000_000,
}  # fmt: skip
_PART = re.compile(rf"({NUMBER}) ?(trieu|tr|ty|ti|nghin|ngan|ng|n|k)?(?![a-z])( ruoi)?")
_CURRENCY = re.compile(r" ?(?:₫|dong|vnd|d)\.?$")
_EXAMPLES = Text(
    "Viết số tiền bằng đồng, như: 35000, 35.000đ, 35k hoặc 1,2 triệu. Đơn vị (kg, quả) viết ở mục riêng.",
    "Write the sum in đồng: 35000, 35.000đ, 35k or 1,2 triệu. The unit (kg, piece) has its own line.",
)


def format_number(number: int, language: str) -> str:
    """Return a whole number with its thousands grouped: 35.000 in Vietnamese, 35,000 in English."""
    grouped = f"{number:,}"
    return grouped if language == "en" else grouped.replace(",", ".")


def parse_price(text: str) -> int:
    """Return a price in đồng, 1 to 1,000,000,000; Refused for anything that is not one sum of money.

    "35k", "35 nghìn", "1,2 triệu", "1tr2" (1,200,000) and "1 triệu 200 nghìn" are understood.
    """
    refuse_length(text)
    price = _price(text)
    if price is None or price.denominator != 1:
        raise Refused(
            Text(f"{quoted(text)} không đọc được thành giá.", f"{quoted(text)} cannot be read as a price."),
            _EXAMPLES,
        )
    if not 1 <= price <= LARGEST:
        raise Refused(
            Text(
                f"Giá {quoted(text)} phải từ 1 đồng đến 1 tỷ đồng.",
                f"{quoted(text)}: a price is 1 to 1,000,000,000 đồng.",
            ),
            _EXAMPLES,
        )
    return int(price)


def _price(text: str) -> Fraction | None:
    """Return the sum of the parts of a price, each of a smaller scale than the one before, or None."""
    rest = _CURRENCY.sub("", fold(text))
    total, above = Fraction(0), 0
    while rest:
        match = _PART.match(rest)
        if match is None:
            return None
        rest = rest[match.end() :].lstrip()
        scale = _SCALES[match[2] or ""]
        value = _tail(match[1], above) if above and not match[2] else _scaled(match[1], scale, bool(match[3]))
        if value is None or (above and (scale >= above or (not match[2] and rest))):
            return None
        total, above = total + value, scale
    return total if above else None


def _tail(digits: str, scale: int) -> Fraction | None:
    """Return what a bare number behind a scale adds: 1tr2 is 1.2 million, 35k5 is 35,500."""
    return Fraction(int(digits), 10 ** len(digits)) * scale if re.fullmatch("[0-9]{1,3}", digits) else None


def _scaled(number: str, scale: int, half: bool) -> Fraction | None:
    if scale >= 1_000_000 and is_ambiguous(number):
        return None  # "1.250 triệu" may be 1.25 million or 1,250 million
    value = read_number(number)
    return None if value is None else (value + Fraction(half, 2)) * scale
