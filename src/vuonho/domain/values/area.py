"""Areas in square metres, and other whole numbers of a profile."""

import re
from fractions import Fraction
from itertools import pairwise

from vuonho.bilingual import Text
from vuonho.domain.fold import fold
from vuonho.domain.values.figures import NUMBER, is_ambiguous, quoted, read_number, refuse_length
from vuonho.domain.values.money import format_number
from vuonho.errors import Refused

SAO = 500  # m², the sào of Central Vietnam; that of the north has 360, but this is Hà Tĩnh
MAU = 10 * SAO
HECTARE = 10_000
LARGEST = 100 * HECTARE
_UNITS = {
    "": 1, "m2": 1, "m^2": 1, "m vuong": 1, "met vuong": 1, "met2": 1, "m.vuong": 1, "sqm": 1,
    "sao": SAO, "mau": MAU, "ha": HECTARE, "hecta": HECTARE, "hec ta": HECTARE, "hec-ta": HECTARE,
}  # fmt: skip
_PART = re.compile(
    rf"({NUMBER}) ?(m2|m\^2|m[. ]vuong|met ?vuong|met2|sqm|sao|mau|ha|hec[ -]?ta)?(?![a-z0-9])( ruoi)?"
)
_EXAMPLES = Text("Viết như: 1800 (m²), 3 sào, hoặc 0,2 ha.", "Write it like: 1800 (m²), 3 sào, or 0.2 ha.")
_MOST_COUNT = 10_000_000


def parse_area(text: str) -> int:
    """Return an area in m², 1 to 1,000,000 (100 ha), from m², sào (500 m²), mẫu (5,000 m²) and ha.

    Raises Refused for unknown units, for parts of a square metre, and for "1,200 sào", which two people
    would read in two ways.
    """
    refuse_length(text)
    parts = _parts(text)
    if parts is None:
        raise _unreadable(text)
    area = sum((_square_metres(text, *part) for part in parts), Fraction(0))
    if area.denominator != 1:
        raise Refused(
            Text(
                f"{quoted(text)} là {_shown(area, 'vi')} m², không tròn mét vuông.",
                f"{quoted(text)} is {_shown(area, 'en')} m², not a whole number.",
            ),
            Text(f"Có phải là {max(1, round(area))} m²?", f"Is it {max(1, round(area))} m²?"),
        )
    if not 1 <= area <= LARGEST:
        raise Refused(
            Text(
                f"{quoted(text)} không nằm trong khoảng từ 1 m² đến 100 ha.",
                f"{quoted(text)} is not between 1 m² and 100 ha.",
            ),
            _EXAMPLES,
        )
    return int(area)


def _unreadable(text: str) -> Refused:
    message = Text(
        f"{quoted(text)} không đọc được thành diện tích.", f"{quoted(text)} cannot be read as an area."
    )
    word = fold(text)
    if re.fullmatch(rf"{NUMBER} ?m", word):
        return Refused(message, Text(f"Có phải là {word[:-1].strip()} m²?", f"Is it {word[:-1].strip()} m²?"))
    return Refused(message, _EXAMPLES)


def _shown(area: Fraction, language: str) -> str:
    shown = f"{float(area):.2f}"
    return shown.replace(".", ",") if language == "vi" else shown


_Part = tuple[str, int, bool]


def _parts(text: str) -> tuple[_Part, ...] | None:
    """Return (number, m² of its unit, and a half more?) for each part, the largest unit first, or None."""
    rest = fold(text).replace("²", "2")
    parts: list[_Part] = []
    while rest:
        match = _PART.match(rest)
        if match is None or (parts and not match[2]):
            return None
        parts.append((match[1], _unit(match[2] or ""), bool(match[3])))
        rest = rest[match.end() :].lstrip(" ,+")
    units = [unit for _, unit, _ in parts]
    falling = all(above > below for above, below in pairwise(units))
    return tuple(parts) if parts and falling else None


def _unit(word: str) -> int:
    return _UNITS.get(word, 1 if word.startswith("m") else HECTARE)


def _square_metres(text: str, number: str, unit: int, half: bool) -> Fraction:
    if unit in (SAO, MAU) and is_ambiguous(number):
        raise _two_readings(text, *re.split("[.,]", number))
    value = read_number(number, three_are_thousands=unit != HECTARE)
    if value is None:
        raise _unreadable(text)
    return (value + Fraction(half, 2)) * unit


def _two_readings(text: str, whole: str, part: str) -> Refused:
    small = part.rstrip("0") or "0"
    return Refused(
        Text(f"{quoted(text)} có hai cách đọc.", f"{quoted(text)} can be read in two ways."),
        Text(
            f"Viết {whole}{part} nếu là số lớn, {whole},{small} nếu là số lẻ.",
            f"Write {whole}{part} for the large number, {whole}.{small} for the small one.",
        ),
    )


# --- Whole numbers ------------------------------------------------------------------------------------------


def parse_count(text: str) -> int:
    """Return a whole number from 0 to 10,000,000, its thousands grouped or not; Refused for anything else."""
    return parse_small(text, 0, _MOST_COUNT)


def parse_small(text: str, low: int, high: int) -> int:
    """Return a whole number from `low` to `high`, both included; Refused for anything else."""
    refuse_length(text)
    number = read_number(text)
    limits = tuple(Text(format_number(limit, "vi"), format_number(limit, "en")) for limit in (low, high))
    wanted = Text(
        f"Chỉ ghi chữ số, từ {limits[0].vi} đến {limits[1].vi}, không kèm chữ.",
        f"Write a whole number from {limits[0].en} to {limits[1].en}, without words.",
    )
    if number is None or number.denominator != 1:
        raise Refused(
            Text(f"{quoted(text)} không đọc được thành số đếm.", f"{quoted(text)} is not a whole number."),
            wanted,
        )
    if not low <= number <= high:
        raise Refused(
            Text(f"Số {quoted(text)} quá nhỏ hoặc quá lớn.", f"{quoted(text)} is too small or too large."),
            wanted,
        )
    return int(number)
