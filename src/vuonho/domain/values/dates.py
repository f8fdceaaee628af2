"""Days and years as they are written in Vietnam: day, month, year; or the year first with dashes."""

import re
from calendar import monthrange
from datetime import date

from vuonho.bilingual import Text
from vuonho.domain.fold import fold
from vuonho.domain.values.figures import quoted, refuse_length
from vuonho.domain.values.months import english_month
from vuonho.errors import Refused

FIRST_YEAR, LAST_YEAR = 1900, 2100
_DAY_FIRST = re.compile(r"([0-9]{1,2}) ?([-/.]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,4})")
_YEAR_FIRST = re.compile(r"([0-9]{4}) ?([-/.]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,2})")
_WORDS = re.compile(r"(?:ngay )?(?:mung |mong )?([0-9]{1,2}) thang ([0-9]{1,2}),? ?(?:nam )?([0-9]{1,4})")
_ENGLISH = re.compile(r"([0-9]{1,2}) ([a-z]{3,9}),? ([0-9]{1,4})")
_MONTH_ONLY = re.compile(r"(?:thang )?[0-9]{1,2} ?[-/.] ?[0-9]{4}|[0-9]{4} ?[-/.] ?[0-9]{1,2}")
_EXAMPLES = Text("Viết ngày, tháng, năm, như: 2/11/2026.", "Write day, month, year: 2/11/2026 or 2026-11-02.")


def parse_date(text: str) -> date:
    """Return the day in 2026-11-02, 2/11/2026 (the day first, always) or "ngày 2 tháng 11 năm 2026".

    Raises Refused for a month without day, two-digit years, days that no calendar has, and years outside
    1900 to 2100.
    """
    refuse_length(text)
    parts = _parts(fold(text))
    if parts is None:
        raise _unreadable(text)
    year_typed, month, day = parts
    year = _year(year_typed, f"{day}/{month}/", text)
    _refuse_impossible(text, year, month, day)
    return date(year, month, day)


def say_day(day: date) -> Text:
    """Return a day as people write it: 2/11/2026, and 2026-11-02 in English."""
    return Text(f"{day.day}/{day.month}/{day.year}", day.isoformat())


def _parts(word: str) -> tuple[str, int, int] | None:
    """Return (year as typed, month, day), or None for what is no date."""
    if match := _YEAR_FIRST.fullmatch(word):
        return match[1], int(match[3]), int(match[4])
    if match := _DAY_FIRST.fullmatch(word):
        return match[4], int(match[3]), int(match[1])
    if match := _WORDS.fullmatch(word):
        return match[3], int(match[2]), int(match[1])
    if (match := _ENGLISH.fullmatch(word)) and (month := english_month(match[2])):
        return match[3], month, int(match[1])
    return None


def _unreadable(text: str) -> Refused:
    if _MONTH_ONLY.fullmatch(fold(text)):
        return Refused(Text(f"{quoted(text)} thiếu ngày.", f"{quoted(text)} lacks the day."), _EXAMPLES)
    return Refused(
        Text(f"{quoted(text)} không đọc được thành ngày.", f"{quoted(text)} cannot be read as a date."),
        _EXAMPLES,
    )


def _refuse_impossible(text: str, year: int, month: int, day: int) -> None:
    if month > 12 and 1 <= day <= 12 and month <= monthrange(year, day)[1]:
        guess = f"{month}/{day}/{year}"
        raise Refused(
            Text(f"{quoted(text)}: không có tháng {month}.", f"{quoted(text)}: there is no month {month}."),
            Text(f"Ngày viết trước tháng. Có phải là {guess}?", f"The day comes first. Is it {guess}?"),
        )
    if not 1 <= month <= 12:
        raise Refused(
            Text(f"{quoted(text)}: không có tháng {month}.", f"{quoted(text)}: there is no month {month}."),
            _EXAMPLES,
        )
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise Refused(
            Text(
                f"{quoted(text)}: không có ngày {day} tháng {month} năm {year}.",
                f"{quoted(text)} is on no calendar.",
            ),
            Text(f"Tháng {month} năm {year} có {last} ngày.", f"That month has {last} days."),
        )


def parse_year(text: str) -> int:
    """Return a year from 1900 to 2100, "năm" before it or not; Refused for anything else."""
    refuse_length(text)
    word = fold(text).removeprefix("nam ")
    if not re.fullmatch("[0-9]{1,4}", word):
        raise Refused(
            Text(f"{quoted(text)} không phải là một năm.", f"{quoted(text)} is not a year."),
            Text("Viết bốn chữ số, như: 2015", "Write four digits: 2015"),
        )
    return _year(word, "", text)


def _year(typed: str, before: str, text: str) -> int:
    """Return the year, or refuse it; `before` is what stands before it in the suggestion."""
    year = int(typed)
    if len(typed) == 4 and FIRST_YEAR <= year <= LAST_YEAR:
        return year
    if len(typed) <= 2:
        guess = f"{before}{2000 + year if year < 50 else 1900 + year}"
        raise Refused(
            Text(f"{quoted(text)}: năm viết chưa đủ bốn chữ số.", f"{quoted(text)}: a year has four digits."),
            Text(f"Có phải là {guess}?", f"Is it {guess}?"),
        )
    raise Refused(
        Text(
            f"{quoted(text)}: năm phải từ {FIRST_YEAR} đến {LAST_YEAR}.",
            f"{quoted(text)}: years run from {FIRST_YEAR} to {LAST_YEAR}.",
        ),
        Text("Xem lại các chữ số của năm.", "Look at the digits of the year again."),
    )
