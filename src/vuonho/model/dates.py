"""Days, years and seasons, solar and lunar."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Self

from vuonho.errors import UserError
from vuonho.i18n import Both, Text
from vuonho.model.values import quoted, refuse_length
from vuonho.text import fold

# --- Seasons as months of the year, solar or lunar ---

_ENGLISH_MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12, "sept": 9,
}  # fmt: skip
_ENGLISH_MONTHS |= {name[:3]: month for name, month in _ENGLISH_MONTHS.items()}
_COUNTED = {
    "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10, "muoi mot": 11,
    "muoi hai": 12,
}  # fmt: skip
"""Months by number words, which both calendars use."""
_LUNAR = {"gieng": 1, "mot": 11, "chap": 12}
"""Names that only the lunar calendar has; “một” among them only beside another, by itself it may be January."""
_MONTHS = {f"{n:0{width}}": n for n in range(1, 13) for width in (1, 2)} | _ENGLISH_MONTHS | _COUNTED | _LUNAR
_ALWAYS = {"quanh nam", "ca nam", "suot nam", "all year", "all year round", "year round", "whole year"}
_LIST = re.compile(r"\s*(?:[,;\n+&]|\bva\b|\band\b)\s*")
_RANGE = re.compile(r" ?(?:[-–—−~]|\b(?:den|toi|to|until|through)\b) ?")
_LABEL = re.compile(r"^(?:(?:thang|thg|th|t)\.? ?(?=[0-9])|thang |month )")


class LunarByName(tuple[int, ...]):
    """Months written by names of the lunar calendar; `run` is them in the order in which they were written."""

    run: tuple[int, ...]
    typed: str

    def __new__(cls, run: Sequence[int] = (), typed: str = "") -> Self:
        """Take the months in their order, and the text that named them."""
        self = super().__new__(cls, sorted(run))
        self.run, self.typed = tuple(run), typed
        return self


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
    if words - _LUNAR.keys() - _COUNTED.keys():
        raise UserError(
            Text("{typed} has names of lunar months beside numbers.", typed=quoted(typed)),
            Text("Write numbers only: solar months under months, lunar months under lunar_months."),
        )
    return LunarByName(run, typed)


def parse_lunar_months(items: str | Sequence[str]) -> tuple[int, ...]:
    """Return what `parse_months` does, where the lunar calendar is meant anyway."""
    return tuple(sorted(_read([items] if isinstance(items, str) else items)[1]))


def lunar_to_solar(months: Sequence[int]) -> tuple[int, ...]:
    """Return the solar months in which lunar months mostly fall: m + 1, and 12 in January; sorted."""
    return tuple(sorted({month % 12 + 1 for month in months}))


def _read(texts: Sequence[str]) -> tuple[set[str], tuple[int, ...]]:
    """Return the words that stand for months, folded, and the months in the order written, each once."""
    words: set[str] = set()
    months: list[int] = []
    for text in texts:
        refuse_length(text)
        for part in ["1-12"] if fold(text) in _ALWAYS else _LIST.split(fold(text)):
            ends = _RANGE.split(part.removeprefix("tu thang ").removeprefix("from "))
            ends = [_LABEL.sub("", end.strip()) for end in ends]
            if len(ends) > 2 or not _MONTHS.keys() >= set(ends):
                raise UserError(
                    Text("{text} cannot be read as months (1 to 12).", text=quoted(text)),
                    Text("Write it like: 8, 9 or 8-10 or all year."),
                )
            first, last = _MONTHS[ends[0]], _MONTHS[ends[-1]]
            months += range(first, last + 1) if first <= last else (*range(first, 13), *range(1, last + 1))
            words.update(ends)
    if words & _LUNAR.keys() == {"mot"}:
        raise UserError(
            Text("{text}: “Một” may be January, or the eleventh lunar month.", text=quoted(", ".join(texts))),
            Text("Write it as a number: a solar month under months, a lunar month under lunar_months."),
        )
    return words, tuple(dict.fromkeys(months))


# --- Days and years as they are written in Vietnam: day, month, year; or the year first with dashes ---

FIRST_YEAR, LAST_YEAR = 1900, 2100
_DATES = (
    re.compile(r"(?P<year>[0-9]{4}) ?([-/.]) ?(?P<month>[0-9]{1,2}) ?\2 ?(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<day>[0-9]{1,2}) ?([-/.]) ?(?P<month>[0-9]{1,2}) ?\2 ?(?P<year>[0-9]{1,4})"),
    re.compile(
        r"(?:ngay )?(?:mung |mong )?(?P<day>[0-9]{1,2}) thang (?P<month>[0-9]{1,2}),? ?(?:nam )?"
        r"(?P<year>[0-9]{1,4})"
    ),
    re.compile(rf"(?P<day>[0-9]{{1,2}}) (?P<month>{'|'.join(_ENGLISH_MONTHS)}),? (?P<year>[0-9]{{1,4}})"),
)
_MONTH_ONLY = re.compile(r"(?:thang )?[0-9]{1,2} ?[-/.] ?[0-9]{4}|[0-9]{4} ?[-/.] ?[0-9]{1,2}")
_EXAMPLES = Text("Write day, month, year: 2/11/2026 or 2026-11-02.")


def parse_date(text: str) -> date:
    """Return the day in 2026-11-02, 2/11/2026 (the day first, always) or "ngày 2 tháng 11 năm 2026".

    Raises UserError for a month without day, two-digit years, days that no calendar has, and years outside
    1900 to 2100.
    """
    refuse_length(text)
    found = next(filter(None, (pattern.fullmatch(fold(text)) for pattern in _DATES)), None)
    if found is None:
        is_month = _MONTH_ONLY.fullmatch(fold(text))
        raise UserError(
            Text("{text} lacks the day.", text=quoted(text))
            if is_month
            else Text("{text} cannot be read as a date.", text=quoted(text)),
            _EXAMPLES,
        )
    day, month = int(found["day"]), _ENGLISH_MONTHS.get(found["month"]) or int(found["month"])
    year = _year(found["year"], f"{day}/{month}/", text)
    if not 1 <= month <= 12:
        is_month_first = 1 <= day <= 12 and month <= monthrange(year, day)[1] and month > 0
        raise UserError(
            Text("{text}: there is no month {month}.", text=quoted(text), month=month),
            Text("The day comes first. Is it {guess}?", guess=f"{month}/{day}/{year}")
            if is_month_first
            else _EXAMPLES,
        )
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise UserError(
            Text("{text} is on no calendar.", text=quoted(text), day=day, month=month, year=year),
            Text("That month has {last} days.", last=last, month=month, year=year),
        )
    return date(year, month, day)


def say_day(day: date) -> Text:
    """Return a day as people write it: 2/11/2026, and 2026-11-02 in English."""
    return Both(f"{day.day}/{day.month}/{day.year}", day.isoformat())


def parse_year(text: str) -> int:
    """Return a year from 1900 to 2100, "năm" before it or not; UserError for anything else."""
    refuse_length(text)
    word = fold(text).removeprefix("nam ")
    if not re.fullmatch("[0-9]{1,4}", word):
        raise UserError(Text("{text} is not a year.", text=quoted(text)), Text("Write four digits: 2015"))
    return _year(word, "", text)


def _year(typed: str, before: str, text: str) -> int:
    """Return the year, or refuse it; `before` is what stands before it in the suggestion."""
    year = int(typed)
    if len(typed) == 4 and FIRST_YEAR <= year <= LAST_YEAR:
        return year
    if len(typed) <= 2:
        raise UserError(
            Text("{text}: a year has four digits.", text=quoted(text)),
            Text("Is it {guess}?", guess=f"{before}{year + (2000 if year < 50 else 1900)}"),
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
