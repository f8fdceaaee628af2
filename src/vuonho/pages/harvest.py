"""What ripens in a village and when, for calendars (RFC 5545) and for programs that follow a page (Atom, RFC 4287)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from vuonho.model.public import PublicHousehold
from vuonho.pages.calendar import calendar_file, calendar_text
from vuonho.pages.language import YEAR, Language, Said, stretches
from vuonho.pages.layout import Place, Ripe, household_ripe
from vuonho.resources import Artifact
from vuonho.text import key, slug_of

CALENDAR: Final = "mua.ics"
FEED: Final = "mua.atom"


class Season(NamedTuple):
    """A stretch of months in which gardens have something: `slug` names it for ever, whatever its months become."""

    slug: str
    name: Said
    first: int
    last: int
    gardens: tuple[tuple[PublicHousehold, Ripe], ...]

    @property
    def checked(self) -> date:
        """The last day on which one of the gardens was gone through."""
        return max(household.checked for household, _ in self.gardens)

    def begins(self) -> date:
        """Return the first day of the season, in the year of the last check: there is no clock."""
        return date(self.checked.year, self.first, 1)

    def ends(self) -> date:
        """Return the day after its last."""
        year = self.checked.year + (self.last < self.first)
        return date(year + self.last // 12, self.last % 12 + 1, 1)


def seasons(households: Sequence[PublicHousehold], language: Language) -> tuple[Season, ...]:
    """Return what ripens in the gardens, by month; what is there all the year is not announced."""
    found: dict[str, list[tuple[PublicHousehold, Ripe]]] = {}
    for household in households:
        for one in household_ripe(household, language):
            found.setdefault(key(one.name.text), []).append((household, one))
    return tuple(sorted(_seasons(found), key=lambda season: (season.first, season.slug)))


def _seasons(found: Mapping[str, Sequence[tuple[PublicHousehold, Ripe]]]) -> Iterator[Season]:
    taken: dict[str, int] = {}
    for same in found.values():
        name = same[0][1].name
        months = {month for _, one in same for month in YEAR if one.mask >> month - 1 & 1}
        for first, last in stretches(months) if months != set(YEAR) else ():
            slug = slug_of(name.text) or "mua"
            taken[slug] = taken.get(slug, 0) + 1
            within = {(first + at - 1) % 12 for at in range((last - first) % 12 + 1)}
            gardens = tuple(pair for pair in same if any(pair[1].mask >> month & 1 for month in within))
            yield Season(f"{slug}-{taken[slug]}" if taken[slug] > 1 else slug, name, first, last, gardens)


def harvest_calendar(place: Place, title: str, found: Sequence[Season], language: Language) -> Artifact:
    """Return the seasons as days that come again each year; `place` is the village's page."""
    host, folder = urlsplit(place.site.base_url).netloc, place.address.replace("/", "-")
    lines = [line for one in found for line in _event(one, f"{folder}{one.slug}@{host}", place, language)]
    return calendar_file(f"{place.address}{CALENDAR}", title, lines)


def _event(one: Season, uid: str, place: Place, language: Language) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{one.checked:%Y%m%d}T000000Z")
    yield f"DTSTART;VALUE=DATE:{one.begins():%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{one.ends():%Y%m%d}"
    yield from ("RRULE:FREQ=YEARLY", "TRANSP:TRANSPARENT")
    yield f"SUMMARY:{calendar_text(_title(one, language))}"
    gardens = "; ".join(_garden(household, ripe) for household, ripe in one.gardens)
    yield f"DESCRIPTION:{calendar_text(gardens)}"
    yield f"URL:{place.url}"
    yield "END:VEVENT"


def harvest_feed(place: Place, title: str, found: Sequence[Season], language: Language) -> Artifact:
    """Return an entry for each season, with the gardens and what they ask; `place` is the village's page.

    An entry is new when a family changed something that has to do with it: its day is that of the last check.
    """
    latest = max(one.checked for one in found)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(language.tag)}">',
        f"<id>{escape(place.url)}</id>",
        f"<title>{escape(title)}</title>",
        f"<updated>{_moment(latest)}</updated>",
        f'<link rel="self" type="application/atom+xml" href="{escape(place.url)}{FEED}"/>',
        f'<link rel="alternate" type="text/html" href="{escape(place.url)}"/>',
        f"<author><name>{escape(place.site.team.name)}</name></author>",
    ]
    for one in found:
        gardens = "".join(
            f'<li><a href="{escape(Place(place.site, f"{household.code}/", place.tag).url)}">'
            f"{escape(_garden(household, ripe))}</a></li>"
            for household, ripe in one.gardens
        )
        lines += (
            "<entry>",
            f"<id>{escape(place.url)}#{one.slug}</id>",
            f"<title>{escape(_title(one, language))}</title>",
            f"<updated>{_moment(one.checked)}</updated>",
            f'<link rel="alternate" type="text/html" href="{escape(place.url)}"/>',
            f'<content type="html">{escape(f"<ul>{gardens}</ul>")}</content>',
            "</entry>",
        )
    return Artifact(f"{place.address}{FEED}", "\n".join([*lines, "</feed>", ""]).encode())


def _title(one: Season, language: Language) -> str:
    months = language.months({(one.first + at - 1) % 12 + 1 for at in range((one.last - one.first) % 12 + 1)})
    return language.say("seasons.entry", name=one.name.text, months=months)


def _garden(household: PublicHousehold, ripe: Ripe) -> str:
    """Return a garden, and what it asks where that is shown."""
    return f"{household.name}, {ripe.price}" if ripe.price else household.name


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00+07:00"
