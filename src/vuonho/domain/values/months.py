"""Seasons as months of the year, solar or lunar."""

import re
from collections.abc import Sequence
from types import MappingProxyType

from vuonho.bilingual import Text
from vuonho.domain.fold import fold
from vuonho.domain.values.figures import quoted, refuse_length
from vuonho.errors import Refused

ALL_YEAR = tuple(range(1, 13))
_NAMES = (
    ("january", "jan", "gieng", "mot"),
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
    ("december", "dec", "muoi hai", "chap"),
)
_WORDS = MappingProxyType({name: month for month, names in enumerate(_NAMES, 1) for name in names})
_ALWAYS = frozenset(
    {"quanh nam", "ca nam", "suot nam", "all year", "all year round", "year round", "whole year"}
)
_LIST = re.compile(r"\s*(?:[,;\n+&]|\bva\b|\band\b)\s*")
_RANGE = re.compile(r" ?(?:[-–—−~]|\b(?:den|toi|to|until|through)\b) ?")
_LABEL = re.compile(r"(?:thang|thg|th|t)\.? ?(?=[0-9])|thang |month ")
_EXAMPLES = Text("Viết như: 8, 9 hoặc 8-10 hoặc quanh năm.", "Write it like: 8, 9 or 8-10 or all year.")


def parse_months(items: str | Sequence[str]) -> tuple[int, ...]:
    """Return the months meant, 1 to 12, sorted, each once; an empty list gives ().

    An item is a month ("8", "tháng 8", "August"), a stretch ("8-10", "tháng 8 đến 10"; "11-2" runs over the
    new year) or "quanh năm"; one text may hold several. Raises Refused for anything else.
    """
    texts = [items] if isinstance(items, str) else items
    months: set[int] = set()
    for text in texts:
        refuse_length(text)
        months.update(_months(text))
    return tuple(sorted(months))


def month_of_word(word: str) -> int | None:
    """Return the month that a folded name or number stands for, or None."""
    if re.fullmatch("[0-9]{1,2}", word):
        return int(word) if 1 <= int(word) <= 12 else None
    return _WORDS.get(word)


def lunar_to_solar(months: Sequence[int]) -> tuple[int, ...]:
    """Return the solar months in which lunar months mostly fall: m + 1, and 12 in January; sorted."""
    return tuple(sorted({month % 12 + 1 for month in months}))


def _months(text: str) -> tuple[int, ...]:
    word = fold(text)
    if word in _ALWAYS:
        return ALL_YEAR
    return tuple(month for part in _LIST.split(word) for month in _stretch(text, part))


def _stretch(text: str, part: str) -> tuple[int, ...]:
    ends = _RANGE.split(part.removeprefix("tu thang ").removeprefix("from "))
    months = tuple(_month(text, end) for end in ends)
    if len(months) == 1:
        return months
    if len(months) != 2:
        raise _refusal(text)
    first, last = months
    return tuple(range(first, last + 1)) if first <= last else (*range(first, 13), *range(1, last + 1))


def _month(text: str, word: str) -> int:
    month = month_of_word(_LABEL.sub("", word.strip(), count=1))
    if month is None:
        raise _refusal(text)
    return month


def _refusal(text: str) -> Refused:
    return Refused(
        Text(
            f"{quoted(text)} không đọc được thành tháng (1 đến 12).",
            f"{quoted(text)} cannot be read as months (1 to 12).",
        ),
        _EXAMPLES,
    )
