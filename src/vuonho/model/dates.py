"""Days, years and seasons, solar and lunar."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from types import MappingProxyType
from typing import Self

from vuonho.errors import UserError
from vuonho.i18n import Both, Text
from vuonho.model.values import quoted, refuse_length
from vuonho.text import fold

# --- Seasons as months of the year, solar or lunar ---

_NAMES = (
    ("january", "jan"),
    ("february", "feb", "hai"),
    ("march", "mar", "ba"),
    ("april", "apr", "tu"),
    ("may", "nam"),
    ("june", "jun", "sau"),
    ("july", "jul", "bay"),
    ("august", "aug", "tam"),
    ("september", "sep", "sept", "chin"),
    ("october", "oct", "muoi"),
    ("november", "nov", "muoi mot"),
    ("december", "dec", "muoi hai"),
)
_MONTHS_WORDS = MappingProxyType({name: month for month, names in enumerate(_NAMES, 1) for name in names})
_NUMBER_WORDS = frozenset(
    {"hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot", "muoi hai"}
)
_LUNAR = MappingProxyType({"gieng": 1, "mot": 11, "chap": 12})
"""Names that only the lunar calendar has; “một” among them only beside another, by itself it may be January."""
_ALWAYS = frozenset(
    {"quanh nam", "ca nam", "suot nam", "all year", "all year round", "year round", "whole year"}
)
_LIST = re.compile(r"\s*(?:[,;\n+&]|\bva\b|\band\b)\s*")
_RANGE = re.compile(r" ?(?:[-–—−~]|\b(?:den|toi|to|until|through)\b) ?")
_LABEL = re.compile(r"(?:thang|thg|th|t)\.? ?(?=[0-9])|thang |month ")
_MONTHS_EXAMPLES = Text("Write it like: 8, 9 or 8-10 or all year.")


class LunarByName(tuple[int, ...]):
    """Months written by names of the lunar calendar; `run` is them in the order in which they were written."""

    def __new__(cls, run: Sequence[int] = (), typed: str = "") -> Self:
        """Take the months in their order, and the text that named them."""
        self = super().__new__(cls, sorted(run))
        self.run, self.typed = tuple(run), typed
        return self

    run: tuple[int, ...]
    typed: str


def parse_months(items: str | Sequence[str]) -> tuple[int, ...]:
    """Return the months meant, 1 to 12, sorted, each once; an empty list gives ().

    An item is a month ("8", "tháng 8", "August"), a stretch ("8-10", "tháng 8 đến 10"; "11-2" runs over the
    new year) or "quanh năm"; one text may hold several. "Chạp - Giêng" gives a LunarByName. Raises UserError for
    anything else, and where such a name stands beside numbers, which may be of either calendar.
    """
    texts = [items] if isinstance(items, str) else items
    words, run = _read(texts)
    if not words & _LUNAR.keys():
        return tuple(sorted(run))
    typed = ", ".join(texts)
    if words - _LUNAR.keys() - _NUMBER_WORDS:
        raise UserError(
            Text("{typed} has names of lunar months beside numbers.", typed=quoted(typed)),
            Text("Write numbers only: solar months under months, lunar months under lunar_months."),
        )
    return LunarByName(run, typed)


def parse_lunar_months(items: str | Sequence[str]) -> tuple[int, ...]:
    """Return what `parse_months` does, where the lunar calendar is meant anyway."""
    return tuple(sorted(_read([items] if isinstance(items, str) else items)[1]))


def english_month(word: str) -> int | None:
    """Return the month of an English name, folded, or None."""
    return None if word in _NUMBER_WORDS else _MONTHS_WORDS.get(word)


def lunar_to_solar(months: Sequence[int]) -> tuple[int, ...]:
    """Return the solar months in which lunar months mostly fall: m + 1, and 12 in January; sorted."""
    return tuple(sorted({month % 12 + 1 for month in months}))


def _read(texts: Sequence[str]) -> tuple[set[str], tuple[int, ...]]:
    """Return the words that stand for months, folded, and the months in the order written, each once."""
    words: set[str] = set()
    months: list[int] = []
    for text in texts:
        refuse_length(text)
        for ends in _stretches(fold(text)):
            words.update(ends)
            months.extend(_months(text, ends))
    if words & _LUNAR.keys() == {"mot"}:
        raise _one_or_eleven(", ".join(texts))
    return words, tuple(dict.fromkeys(months))


def _stretches(word: str) -> Iterator[tuple[str, ...]]:
    for part in ["1-12"] if word in _ALWAYS else _LIST.split(word):
        ends = _RANGE.split(part.removeprefix("tu thang ").removeprefix("from "))
        yield tuple(_LABEL.sub("", end.strip(), count=1) for end in ends)


def _months(text: str, ends: tuple[str, ...]) -> tuple[int, ...]:
    months = tuple(_month(text, end) for end in ends)
    if len(months) > 2:
        raise _refusal(text)
    first, last = months[0], months[-1]
    return tuple(range(first, last + 1)) if first <= last else (*range(first, 13), *range(1, last + 1))


def _month(text: str, word: str) -> int:
    number = (
        int(word) if re.fullmatch("[0-9]{1,2}", word) else _MONTHS_WORDS.get(word) or _LUNAR.get(word) or 0
    )
    if not 1 <= number <= 12:
        raise _refusal(text)
    return number


def _one_or_eleven(text: str) -> UserError:
    return UserError(
        Text("{text}: “Một” may be January, or the eleventh lunar month.", text=quoted(text)),
        Text("Write it as a number: a solar month under months, a lunar month under lunar_months."),
    )


def _refusal(text: str) -> UserError:
    return UserError(
        Text("{text} cannot be read as months (1 to 12).", text=quoted(text)),
        _MONTHS_EXAMPLES,
    )


# --- Days and years as they are written in Vietnam: day, month, year; or the year first with dashes ---

FIRST_YEAR, LAST_YEAR = 1900, 2100
_DAY_FIRST = re.compile(r"([0-9]{1,2}) ?([-/.]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,4})")
_YEAR_FIRST = re.compile(r"([0-9]{4}) ?([-/.]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,2})")
_WORDS = re.compile(r"(?:ngay )?(?:mung |mong )?([0-9]{1,2}) thang ([0-9]{1,2}),? ?(?:nam )?([0-9]{1,4})")
_ENGLISH = re.compile(r"([0-9]{1,2}) ([a-z]{3,9}),? ([0-9]{1,4})")
_MONTH_ONLY = re.compile(r"(?:thang )?[0-9]{1,2} ?[-/.] ?[0-9]{4}|[0-9]{4} ?[-/.] ?[0-9]{1,2}")
_EXAMPLES = Text("Write day, month, year: 2/11/2026 or 2026-11-02.")


def parse_date(text: str) -> date:
    """Return the day in 2026-11-02, 2/11/2026 (the day first, always) or "ngày 2 tháng 11 năm 2026".

    Raises UserError for a month without day, two-digit years, days that no calendar has, and years outside
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
    return Both(f"{day.day}/{day.month}/{day.year}", day.isoformat())


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


def _unreadable(text: str) -> UserError:
    if _MONTH_ONLY.fullmatch(fold(text)):
        return UserError(Text("{text} lacks the day.", text=quoted(text)), _EXAMPLES)
    return UserError(
        Text("{text} cannot be read as a date.", text=quoted(text)),
        _EXAMPLES,
    )


def _refuse_impossible(text: str, year: int, month: int, day: int) -> None:
    if month > 12 and 1 <= day <= 12 and month <= monthrange(year, day)[1]:
        guess = f"{month}/{day}/{year}"
        raise UserError(
            Text("{text}: there is no month {month}.", text=quoted(text), month=month),
            Text("The day comes first. Is it {guess}?", guess=guess),
        )
    if not 1 <= month <= 12:
        raise UserError(
            Text("{text}: there is no month {month}.", text=quoted(text), month=month),
            _EXAMPLES,
        )
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise UserError(
            Text("{text} is on no calendar.", text=quoted(text), day=day, month=month, year=year),
            Text("That month has {last} days.", last=last, month=month, year=year),
        )


def parse_year(text: str) -> int:
    """Return a year from 1900 to 2100, "năm" before it or not; UserError for anything else."""
    refuse_length(text)
    word = fold(text).removeprefix("nam ")
    if not re.fullmatch("[0-9]{1,4}", word):
        raise UserError(
            Text("{text} is not a year.", text=quoted(text)),
            Text("Write four digits: 2015"),
        )
    return _year(word, "", text)


def _year(typed: str, before: str, text: str) -> int:
    """Return the year, or refuse it; `before` is what stands before it in the suggestion."""
    year = int(typed)
    if len(typed) == 4 and FIRST_YEAR <= year <= LAST_YEAR:
        return year
    if len(typed) <= 2:
        guess = f"{before}{2000 + year if year < 50 else 1900 + year}"
        raise UserError(
            Text("{text}: a year has four digits.", text=quoted(text)),
            Text("Is it {guess}?", guess=guess),
        )
    raise UserError(
        Text(
            "{text}: years run from {first_year} to {last_year}.",
            text=quoted(text),
            first_year=FIRST_YEAR,
            last_year=LAST_YEAR,
        ),
        Text("Look at the digits of the year again."),
    )
