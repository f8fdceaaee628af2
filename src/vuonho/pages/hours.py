"""Hours as families write them, read for a phone that says whether one may come now."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Final

from vuonho.text import fold

WEEK: Final = (1, 2, 3, 4, 5, 6, 7)
"""Monday to Sunday, as ISO 8601 counts them."""

_CLOCK: Final = r"(2[0-4]|[01]?\d)(?:\s*(?:[:.h]|gio)\s*([0-5]\d)?)?(?:\s*(sang|trua|chieu|toi))?"
_SPAN: Final = re.compile(rf"(?:(?:tu|buoi|sang|chieu|toi)\s+)*{_CLOCK}\s*(?:-|–|—|den|toi)\s*{_CLOCK}")
_DAY: Final = r"(?:thu\s*(hai|bay|ba|tu|nam|sau|[2-7])|t\s*([2-7])|(chu\s*nhat|cn))"
_DAYS: Final = re.compile(rf"(?:tu\s+)?{_DAY}(?:\s*(?:-|–|—|den|toi)\s*{_DAY})?")
_NAMES: Final = {"hai": 1, "ba": 2, "tu": 3, "nam": 4, "sau": 5, "bay": 6}
_EVERY: Final = re.compile(r"(?:tat ca )?(?:hang|moi|cac) ngay(?: trong tuan)?|ca tuan|quanh nam")
_CALL: Final = re.compile(
    r"(?:xin |nho |vui long )?(?:goi|hen|bao|lien he)(?: dien(?: thoai)?)?(?: truoc)?(?: khi (?:den|toi|vao))?"
)
_CONDITIONS: Final = {
    "all_day": r"(?:ca|suot) ngay",
    "any_time": r"(?:luc|gio|khi) nao cung (?:duoc|tien)|bat cu luc nao",
    "mornings": r"(?:cac )?buoi sang",
    "afternoons": r"(?:cac )?buoi chieu",
    "evenings": r"(?:cac )?buoi toi",
    "weekends": r"(?:ngay )?cuoi tuan",
    "workdays": r"ngay thuong|ngay lam viec",
    "not_rain": r"(?:tru|nghi|khong don)(?: cac)? ngay mua",
    "not_holidays": r"(?:tru|nghi|khong don)(?: cac)? (?:ngay )?(?:le|tet|le tet|le,? tet)",
    "midday": r"nghi (?:buoi )?trua",
    "call": _CALL.pattern,
    "notice": r"(?:xin |nho )?(?:bao|hen|goi|dat|dang ky) truoc (mot|hai|ba|[1-9]) ngay",
}
"""What families add to hours, with blanks and accents folded, by the key of its words on a page."""
_COUNTED: Final = {"mot": 1, "hai": 2, "ba": 3}
_FILLING: Final = re.compile(r"[\s,.;:·()]|\bva\b|\bgio\b|\bdon khach\b")


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody is there: days of the week (1 is Monday), and stretches in minutes after midnight."""

    days: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]

    @property
    def data(self) -> str:
        """The hours for a script: the days as a mask (bit 0 is Sunday), then the ends of the stretches in minutes."""
        days = sum(1 << day % 7 for day in self.days)
        return " ".join(map(str, (days, *chain.from_iterable(self.spans))))


def read_hours(text: str) -> Hours | None:
    """Return the hours in a text, or None where anything in it is not understood.

    “7:00-17:00, thứ Hai đến thứ Bảy”, “7h đến 11h30 và 13h30-17h”, “từ 7 giờ sáng đến 5 giờ chiều, xin gọi trước”
    are read. “báo trước một ngày” or “trừ ngày mưa” is a condition that no clock knows: such a text is left to people.
    """
    left = fold(text)
    spans: list[tuple[int, int]] = []

    def span(found: re.Match[str]) -> str:
        first, last = _minutes(*found.group(1, 2, 3)), _minutes(*found.group(4, 5, 6))
        if last < first < 12 * 60 and not found[6]:
            last += 12 * 60  # “7h-5h”: until five in the afternoon
        spans.append((first, last))
        return " "

    days: set[int] = set()

    def some_days(found: re.Match[str]) -> str:
        first = _day(*found.group(1, 2, 3))
        last = _day(*found.group(4, 5, 6)) if any(found.group(4, 5, 6)) else first
        days.update(range(first, last + 1) if first <= last else (*range(first, 8), *range(1, last + 1)))
        return " "

    left = _DAYS.sub(some_days, left)
    left = _SPAN.sub(span, left)
    left = _FILLING.sub("", _CALL.sub("", _EVERY.sub("", left)))
    whole = all(0 <= first < last <= 24 * 60 for first, last in spans)
    if left or not spans or not whole or any(a[1] > b[0] for a, b in pairwise(spans)):
        return None
    return Hours(tuple(sorted(days)) or WEEK, tuple(spans))


def read_parts(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield each part of hours with the key of its usual condition ("" for another), and its days of notice."""
    for part in filter(None, map(str.strip, re.split("[,;]", text))):
        folded = fold(part).strip(" .")
        matches = ((key, re.fullmatch(pattern, folded)) for key, pattern in _CONDITIONS.items())
        key, found = next(((key, found) for key, found in matches if found), ("", None))
        days = found[1] if found and key == "notice" else "0"
        yield part, key, _COUNTED.get(days) or int(days)


def _minutes(hour: str, minute: str | None, part: str | None) -> int:
    at = int(hour)
    if part in ("chieu", "toi") and at < 12:
        at += 12
    return at * 60 + int(minute or 0)


def _day(name: str | None, number: str | None, sunday: str | None) -> int:
    if sunday:
        return 7
    digit = number or name or ""
    return _NAMES[digit] if digit in _NAMES else int(digit) - 1


def asks_to_call(text: str) -> bool:
    """Tell whether hours that are no clock's say themselves that one must call or arrange it before."""
    return read_hours(text) is None and re.search(r"\b(?:bao|goi|hen|lien he)\b", fold(text)) is not None


def dashed(text: str) -> str:
    """Return hours with the dash of a stretch between its ends: 8:00–17:00."""
    return re.sub(r"(\d[:.h]\d\d|\dh)\s*-\s*(?=\d)", r"\1–", text)


def clock(minutes: int) -> str:
    """Return a time of day: 7:00, 17:30."""
    return f"{minutes // 60}:{minutes % 60:02}"
