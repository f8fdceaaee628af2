"""What time it is: only here is the clock asked, and no page knows it."""

import time
from datetime import date, datetime, timedelta, timezone
from typing import Final

from vuonho.bilingual import Text
from vuonho.errors import MachineTrouble

_VIETNAM: Final = timezone(timedelta(hours=7))
_FIRST, _LAST = 2026, 2100
"""The year of the first version, and the last one that a date of the project may have."""


def require_countable() -> None:
    """Raise MachineTrouble for a clock beyond what Python counts, with which not even its libraries load."""
    try:
        time.time()
    except OverflowError as error:
        raise _wrong(Text("một năm quá xa", "a year too far away")) from error


def this_moment() -> datetime:
    """Return the moment by this computer's clock, in its zone, for whatever is recorded.

    Raises MachineTrouble for a year that cannot be: the next command would refuse what was written with it.
    """
    now = datetime.now().astimezone()
    if not _FIRST <= now.year <= _LAST:
        raise _wrong(Text(f"{now.day}/{now.month}/{now.year}", now.date().isoformat()))
    return now


def this_day() -> date:
    """Return the day here; raises MachineTrouble as `this_moment` does."""
    return this_moment().date()


def latest_day() -> date:
    """Return the later of the day here and in Vietnam, where the families signed; a wrong clock is believed.

    A workflow runs on a computer whose day begins seven hours after theirs.
    """
    now = datetime.now().astimezone()
    return max(now.date(), now.astimezone(_VIETNAM).date())


def _wrong(day: Text) -> MachineTrouble:
    return MachineTrouble(
        Text(f"Đồng hồ máy đang chỉ {day.vi}.", f"The clock of this computer says {day.en}."),
        Text("Chỉnh lại ngày giờ của máy, rồi chạy lại.", "Set its date and time, then run again."),
    )
