"""What a spreadsheet does to the cells of a register: days in the order of the United States, and lost letters."""

import re
from collections.abc import Iterable
from datetime import date

from vuonho.bilingual import Text
from vuonho.domain.fold import fold
from vuonho.domain.garbling import garbling
from vuonho.domain.register.said import PUT_BACK, Said
from vuonho.domain.values import parse_date, quoted

_SAVED_WRONGLY = Text(
    f"{PUT_BACK.vi}. Lưu bằng Excel thì chọn “CSV UTF-8”.", f"{PUT_BACK.en}. In Excel save it as “CSV UTF-8”."
)
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


def is_month_first(days: Iterable[tuple[str, date | None]]) -> bool:
    """Tell whether the days of a file stand as month/day/year; each comes with the day remembered of it, or None.

    A spreadsheet writes all days of a file in one order. Where none has a part beyond 12, what is remembered decides.
    """
    found = [
        (int(match[1]), int(match[2]), known) for day, known in days if (match := _SLASHED.fullmatch(day))
    ]
    if any(first > 12 for first, _, _ in found):
        return False
    if any(second > 12 for _, second, _ in found):
        return True
    told = [(first, second, known) for first, second, known in found if known]
    here = sum((known.day, known.month) == (first, second) for first, second, known in told)
    return sum((known.month, known.day) == (first, second) for first, second, known in told) > here


def read_day(typed: str, *, month_first: bool) -> date:
    """Return the day of a cell; raises Refused."""
    return parse_date(_SLASHED.sub(r"\2/\1/\3", typed) if month_first else typed)


def say_garbled(cells: Iterable[str]) -> Said | None:
    """Return what to say of the first cell whose letters were lost or went through a wrong encoding, or None."""
    for cell in cells:
        if name := garbling(cell):
            shown = quoted(cell, 60)
            return Text(f"{name.vi} {shown}", f"{name.en} {shown}"), _SAVED_WRONGLY
    return None


def say_letters_lost(now: Iterable[str], before: Iterable[str]) -> Said | None:
    """Return what to say of the first cell that has question marks where there were letters, or None."""
    for new, old in zip(now, before, strict=True):
        if is_worn(new, old):
            said, was = quoted(new, 60), quoted(old, 60)
            return (
                Text(
                    f"Chữ có dấu đã bị mất: {said}, trước đây là {was}.",
                    f"Letters are lost: {said} was {was}.",
                ),
                _SAVED_WRONGLY,
            )
    return None


def is_worn(new: str, old: str) -> bool:
    """Tell whether a text is the old one with some letters lost and others without their accents."""
    pairs = list(zip(new, old, strict=False))
    is_alike = len(new) == len(old) and all(a == "?" or fold(a) == fold(b) for a, b in pairs)
    return "?" in new and new != old and is_alike
