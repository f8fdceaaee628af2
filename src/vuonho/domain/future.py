"""Days that have not come yet: a slip of the year, a date before its time, or a clock that is wrong.

No rule here knows what day it is; whoever asks says so. Nothing of it changes a page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.findings import Finding
from vuonho.domain.register.boards import FILE as BOARDS_FILE
from vuonho.domain.register.boards import Board
from vuonho.domain.register.register import FILE as REGISTER_FILE
from vuonho.domain.register.register import Register
from vuonho.domain.schema.household import Departed, Household
from vuonho.errors import Problem, Severity

RELEASED: Final = date(2026, 11, 26)
"""The day of this version: a clock that says an earlier one is wrong, and no day until then is doubted."""
MOST: Final = 5
"""So many days are mended one by one; of more a clock is the cause, and is named once."""


def in_profile(record: Household | Departed, today: date) -> Iterator[Finding]:
    """Yield a warning for each day of a profile that has not come."""
    act = (
        ("consent.given", record.consent.given, _GIVEN)
        if isinstance(record, Household)
        else ("withdrawn", record.withdrawn, _WITHDRAWN)
    )
    for field, day, hint in (act, ("checked", record.checked, _CHECKED)):
        if _is_ahead(day, today):
            yield Finding(field, _not_yet(today), hint, Severity.WARNING)


def in_registers(register: Register, boards: Sequence[Board], today: date) -> Iterator[Finding]:
    """Yield a warning for each row of the registers with a day that has not come."""
    for row in register.rows:
        for field, day in (("given", row.given), ("printed", row.printed)):
            if _is_ahead(day, today):
                yield _recorded(field, REGISTER_FILE, row.line, today)
    for board in boards:
        if _is_ahead(board.printed, today):
            yield _recorded("printed", BOARDS_FILE, board.line, today)


def once(problems: Sequence[Problem], today: date) -> tuple[Problem, ...]:
    """Return the warnings, or where they are many the first, which then speaks for all and of the clock."""
    if len(problems) <= MOST:
        return tuple(problems)
    day, others = f"{today.day}/{today.month}/{today.year}", len(problems) - 1
    message = Text(
        f"Ngày này và {others} ngày khác trong hồ sơ và sổ chưa tới (máy báo hôm nay là {day}).",
        f"This day and {others} others in profiles and registers have not come (by the clock it is {today.isoformat()}).",
    )
    hint = Text(
        "Xem đồng hồ của máy trước, sai thì chỉnh lại. Đồng hồ đúng thì sửa từng ngày.",
        "Look at this computer's clock first and set it if it is wrong; if it is right, mend the days.",
    )
    return (replace(problems[0], message=message, hint=hint),)


def _is_ahead(day: date | None, today: date) -> bool:
    return day is not None and day > max(today, RELEASED)


def _not_yet(today: date) -> Text:
    return Text(
        f"Ngày này chưa tới (hôm nay là {today.day}/{today.month}/{today.year}).",
        f"This day has not come (today is {today.isoformat()}).",
    )


def _recorded(field: str, file: str, line: int | None, today: date) -> Finding:
    return Finding(field, _not_yet(today), _RECORDED, Severity.WARNING, file, line)


_CLOCK = Text(" Đồng hồ của máy sai thì chỉnh lại.", " If this computer's clock is wrong, set it right.")
_GIVEN = Text(
    f"Ghi ngày gia đình đã ký; chưa ký thì để trống.{_CLOCK.vi}",
    f"Write the day on which the family signed; leave it empty if they have not.{_CLOCK.en}",
)
_CHECKED = Text(
    f"Ghi ngày xem lại hồ sơ với gia đình.{_CLOCK.vi}",
    f"Write the day on which the profile was checked.{_CLOCK.en}",
)
_WITHDRAWN = Text(
    f"Ghi ngày gia đình xin rút.{_CLOCK.vi}", f"Write the day on which the family left.{_CLOCK.en}"
)
_RECORDED = Text(
    "Ngày trong sổ là do máy ghi, để nguyên. Đồng hồ của máy sai thì chỉnh lại.",
    "The program wrote this day: leave it. If this computer's clock is wrong, set it right.",
)
