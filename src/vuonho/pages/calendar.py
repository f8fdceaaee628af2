"""Calendar files (RFC 5545), which every phone takes into its own calendar, and the dates of a village as one."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlsplit

from vuonho.model.public import PublicDate, PublicSite, PublicVillage
from vuonho.model.vocabulary import LISTS
from vuonho.resources import Artifact
from vuonho.text import slug_of

FILE: Final = "lich.ics"
_BEGIN: Final = date(2026, 1, 1)
"""From when on what comes again does so: no clock, so that the same data make the same file."""
_STAMP: Final = f"{_BEGIN:%Y%m%d}T000000Z"
_ZONE: Final = "Asia/Ho_Chi_Minh"
_HEAD: Final = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//vuonho//vuonho//VI",
    "CALSCALE:GREGORIAN",
)
_TIMES: Final = (
    "BEGIN:VTIMEZONE",
    f"TZID:{_ZONE}",
    "BEGIN:STANDARD",
    "DTSTART:19750613T000000",
    "TZOFFSETFROM:+0700",
    "TZOFFSETTO:+0700",
    "TZNAME:+07",
    "END:STANDARD",
    "END:VTIMEZONE",
)
_SPECIAL: Final = re.compile(r"([\\,;])")
_LONGEST: Final = 75
"""Octets of a line; what is longer goes on in the next, behind a space."""


def calendar(site: PublicSite, village: PublicVillage, folder: str) -> Artifact:
    """Return the dates of a village, in the language of its plaques.

    What a date is called makes its identity: with another hour or place it remains the same on the phone.
    """
    host = urlsplit(site.base_url).netloc
    lines = [*_TIMES]
    seen: dict[str, int] = {}
    for one in village.dates:
        slug = slug_of(one.what.to("vi")[0]) or "lich"
        seen[slug] = seen.get(slug, 0) + 1
        number = f"-{seen[slug]}" if seen[slug] > 1 else ""
        lines += _event(one, f"{village.slug}-{slug}{number}@{host}", site.languages[0], village.name)
    return calendar_file(f"{folder}{FILE}", village.name, lines)


def _event(one: PublicDate, uid: str, tag: str, village: str) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{_STAMP}")
    day = first_day(one)
    if one.time:
        yield f"DTSTART;TZID={_ZONE}:{day:%Y%m%d}T{one.time[0]:02}{one.time[1]:02}00"
    else:
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    if one.weekly:
        yield f"RRULE:FREQ=WEEKLY;BYDAY={one.weekly.key[:2].upper()}"
    elif one.monthly:
        yield f"RRULE:FREQ=MONTHLY;BYMONTHDAY={one.monthly}"
    yield f"SUMMARY:{calendar_text(one.what.to(tag)[0])}"
    yield f"LOCATION:{calendar_text(one.where.to(tag)[0] if one.where else village)}"
    yield "END:VEVENT"


def first_day(one: PublicDate) -> date:
    """Return the day on which something takes place for the first time."""
    if one.day:
        return one.day
    if one.monthly:
        return _BEGIN.replace(day=one.monthly)
    weekday = LISTS["weekdays"].keys.index(one.weekly.key) if one.weekly else 0
    return _BEGIN + timedelta(days=(weekday - _BEGIN.weekday()) % 7)


def calendar_file(path: str, name: str, parts: Iterable[str]) -> Artifact:
    """Return a calendar of that name with its parts, line by line."""
    lines = (*_HEAD, f"X-WR-CALNAME:{calendar_text(name)}", *parts, "END:VCALENDAR")
    return Artifact(path, "".join(f"{_folded(line)}\r\n" for line in lines).encode())


def calendar_text(words: str) -> str:
    """Return words as they stand behind the name of a property."""
    return _SPECIAL.sub(r"\\\1", " ".join(words.split()))


def _folded(line: str) -> str:
    """Return the line in pieces that fit, none of its letters cut."""
    pieces, piece = [], ""
    for letter in line:
        if len(f"{piece}{letter}".encode()) > _LONGEST:
            pieces.append(piece)
            piece = " "
        piece += letter
    return "\r\n".join([*pieces, piece])
