"""The words of the public pages in one language, out of one catalogue file; numbers, days, months and names in it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Protocol

from markupsafe import Markup, escape

from vuonho.errors import VuonhoError
from vuonho.i18n import Text
from vuonho.model.fields import LocalText, label_of
from vuonho.model.public import PublicSeason, Thing
from vuonho.model.values import Phone
from vuonho.model.vocabulary import SMALL, USUAL_RULE, Plural, Word, parse_plural
from vuonho.pages.hours import WEEK, Hours, clock, dashed, read_hours, read_parts

YEAR: Final = tuple(range(1, 13))
SAO: Final = 500
"""m² in a sào of Central Vietnam."""
_LEAST_SAO: Final = SAO // 2
_ROUGH_METRES: Final = 50
_MEASURE: Final = re.compile(r"(?<=\d) (?=(?:m²?|km|ha|kg|sào)\b)")
_ADJECTIVES: Final = frozenset(
    (
        "Buddha's",
        "Burmese",
        "Chinese",
        "French",
        "Hinds'",
        "Indian",
        "Malabar",
        "Muscovy",
        "Thai",
        "Vietnamese",
    )
)
"""What begins an English name with a capital also inside a sentence."""


def stretches(months: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Return (first, last) of each unbroken stretch, by its first month; 11, 12, 1 is one stretch (11, 1)."""
    wanted = set(months)
    if wanted.issuperset(YEAR):
        return ((1, 12),)
    starts = [month for month in YEAR if month in wanted and _before(month) not in wanted]
    ends = [month for month in YEAR if month in wanted and _after(month) not in wanted]
    if starts and ends[0] < starts[0]:  # the last stretch goes over the new year
        ends = ends[1:] + ends[:1]
    return tuple(zip(starts, ends, strict=True))


@lru_cache(maxsize=256)
def edges(months: tuple[int, ...]) -> tuple[str, ...]:
    """Return for each month "" (not one of `months`), or which ends of a bar it is: "m", "ms", "me", "mse".

    A bar over the new year is drawn open at both sides of the calendar.
    """
    wanted = set(months)
    if wanted.issuperset(YEAR):
        return ("ms", *["m"] * 10, "me")
    ends = ["s" * (_before(month) not in wanted) + "e" * (_after(month) not in wanted) for month in YEAR]
    return tuple(f"m{end}" if month in wanted else "" for month, end in zip(YEAR, ends, strict=True))


def month_mask(months: Iterable[int]) -> int:
    """Return solar months 1 to 12 as bits 0 to 11."""
    return sum(1 << month - 1 for month in set(months))


def _before(month: int) -> int:
    return (month - 2) % 12 + 1


def _after(month: int) -> int:
    return month % 12 + 1


@dataclass(frozen=True, slots=True)
class Said:
    """Words, and the tag of their language where it is not the page's own; in a template they print as HTML."""

    text: str
    lang: str | None = None
    pieces: tuple["Said", ...] = ()
    """Of words in several languages, each with its own."""

    @classmethod
    def joined(cls, pieces: Sequence["Said"]) -> "Said":
        """Return pieces with commas between, each still in its language."""
        text, tags = ", ".join(one.text for one in pieces), {one.lang for one in pieces}
        return cls(text, tags.pop()) if len(tags) == 1 else cls(text, pieces=tuple(pieces))

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The lines that hold something: each is a paragraph, whose measures no line cuts in two."""
        lines = (line.strip() for line in self.text.split("\n"))
        return tuple(_MEASURE.sub("\u00a0", line) for line in lines if line)

    def __html__(self) -> str:
        """Return the words, in a <span> where their language must be told."""
        if self.pieces:
            return Markup(", ").join(self.pieces)
        if self.lang is None:
            return escape(self.text)
        return f'<span lang="{escape(self.lang)}">{escape(self.text)}</span>'


class Named(Protocol):
    """A crop, an animal or a product: its name as typed, and its entry in the catalogue."""

    @property
    def name(self) -> str:
        """The name as typed."""

    @property
    def known(self) -> Thing | None:
        """The entry, None where the catalogue has none."""


def small(name: str) -> str:
    """Return a name as it stands inside a sentence: “cam bù”; one in capitals stays."""
    return name[0].lower() + name[1:] if name.partition(" ")[0][1:].islower() else name


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its tag ("vi") and its messages by key."""

    tag: str
    messages: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """Return the message with its placeholders filled; raise VuonhoError where the catalogue lacks it."""
        message = self.messages.get(key)
        if message is None:
            raise self._fault(key)
        if not values:
            return message
        try:
            return message.format_map(values)
        except (KeyError, ValueError, IndexError, AttributeError) as error:
            raise self._fault(key) from error

    def _fault(self, key: str) -> VuonhoError:
        file = f"templates/languages/{self.tag}.yaml"
        return VuonhoError(
            Text("{file}: the entry “{key}” is missing or wrong.", file=file, key=key),
            Text("Write it as in en.yaml."),
        )

    def count(self, key: str, n: int, **values: object) -> str:
        """Return the message for so many, {n} being the number, in the form that goes with it."""
        return self.say(f"{key}.{self._form(n)}", n=self.number(n), **values)

    @property
    def plural(self) -> Plural:
        """The language's rule for the forms of a count."""
        return parse_plural(self.messages.get("plural", USUAL_RULE))

    def _form(self, n: int) -> str:
        try:
            return self.plural.form(n)
        except ValueError as error:
            raise self._fault("plural") from error

    def form_places(self) -> str:
        """Return the place of the form of each number below 200, a digit each, for a script; "" for the usual rule."""
        if "plural" not in self.messages:
            return ""
        return "".join(str(self.plural.forms.index(self._form(n))) for n in range(SMALL))

    # --- Names ---------------------------------------------------------------------------------------------

    def own(self, text: LocalText) -> Said:
        """Return a family's text in this language, or in its own and marked so."""
        words, tag = text.to(self.tag)
        return Said(words, None if tag == self.tag else tag)

    def vietnamese(self, text: str) -> Said:
        """Return a name or line that is Vietnamese on every page."""
        return Said(text, None if self.tag == "vi" else "vi")

    def named(self, one: Named) -> Said:
        """Return the name as typed in Vietnamese; elsewhere the catalogue's, where it has one."""
        if one.known is None or self.tag == "vi":
            return self.vietnamese(one.name)
        return Said(self.thing(one.known))

    def within(self, one: Named) -> Said:
        """Return the name as it stands inside a sentence: “cam bù”, “sugar apple”, but “Phuc Trach pomelo”."""
        said = self.named(one)
        first, _, more = said.text.partition(" ")
        is_small = said.lang == "vi" or self.tag == "vi" or not (more[:1].isupper() or first in _ADJECTIVES)
        return Said(small(said.text), said.lang) if is_small and self.tag in ("vi", "en") else said

    def thing(self, thing: Thing) -> str:
        """Return the name of whatever the catalogue knows."""
        return self.messages.get(f"{thing.kind}.{thing.key}") or self._label(thing.label)

    def word(self, word: Word, of: str = "") -> str:
        """Return the label of a word; `of` names its list ("water") where the catalogue may know better."""
        return self.messages.get(f"words.{of}.{word.key}") or self._label(word.label)

    def field(self, name: str) -> str:
        """Return what a page calls a field, such as "Garden.area": `garden_field.area`, else as the forms do."""
        record, key = name.split(".")
        return self.messages.get(f"{record.lower()}_field.{key}") or self._label(label_of(name))

    def _label(self, label: Text) -> str:
        return label.vi if self.tag == "vi" else label.en

    # --- Numbers -------------------------------------------------------------------------------------------

    def number(self, n: int) -> str:
        """Return a whole number with its thousands grouped."""
        return f"{n:,}".replace(",", self.say("format.thousands"))

    def decimal(self, n: float) -> str:
        """Return a number with one decimal, or none where that would be 0."""
        whole, part = f"{n:.1f}".split(".")
        shown = self.number(int(whole))
        return shown if part == "0" else shown + self.say("format.decimal") + part

    def area(self, m2: int) -> str:
        """Return an area in m², with the local unit beside it where the language has one and it helps."""
        if not self.say("format.local_unit") or m2 < _LEAST_SAO:
            return self.plain_area(m2)
        return self.say("format.area_local", number=self.number(m2), sao=self.decimal(m2 / SAO))

    def plain_area(self, m2: int) -> str:
        """Return an area in m² alone."""
        return self.say("format.area", number=self.number(m2))

    def distance(self, metres: float) -> str:
        """Return a distance rounded to 50 m, from 1 km up in kilometres with one decimal."""
        rounded = max(_ROUGH_METRES, round(metres / _ROUGH_METRES) * _ROUGH_METRES)
        if rounded < 1000:
            return self.say("format.metres", number=self.number(rounded))
        return self.say("format.kilometres", number=self.decimal(metres / 1000))

    def price(self, amount: int, unit: Word | None) -> str:
        """Return a price in đồng, a unit where one is given."""
        number = self.number(amount)
        if unit is None:
            return self.say("format.price_plain", amount=number)
        return self.say("format.price", amount=number, unit=self.word(unit, "unit"))

    def phone(self, phone: Phone) -> str:
        """Return a number as it is dialled: from abroad where the language is not Vietnamese; never cut in a line."""
        grouped = phone.grouped if self.tag == "vi" else f"+84 {phone.grouped[1:]}"
        return grouped.replace(" ", "\u00a0")

    # --- Days, months and seasons --------------------------------------------------------------------------

    def date(self, day: date) -> str:
        """Return a day, such as 2/11/2026 or 2 November 2026."""
        name = self.say(f"month_name.{day.month}")
        return self.say("format.date", day=day.day, month=day.month, month_name=name, year=day.year)

    def months(self, months: Iterable[int]) -> str:
        """Return solar months as stretches: "tháng 8–9", "November–January", "quanh năm"."""
        wanted = set(months)
        if wanted >= set(YEAR):
            return self.say("format.all_year")
        names = {month: self.say(f"month.{month}") for month in wanted}
        return self.say("format.months", runs=self._runs(names))

    def lunar_months(self, months: Iterable[int]) -> str:
        """Return months of the lunar calendar, by number and named as such."""
        wanted = tuple(months)
        runs = self._runs({month: str(month) for month in wanted}).replace(
            "–", "–\u2060"
        )  # no line ends there
        return self.say(f"format.lunar_months.{self._form(len(wanted))}", runs=runs)

    def run(self, first: str, last: str) -> str:
        """Return a stretch of months by the names of its ends."""
        return first if first == last else self.say("format.run", first=first, last=last)

    def _runs(self, names: Mapping[int, str]) -> str:
        runs = (self.run(names[first], names[last]) for first, last in stretches(names))
        return self.say("format.between").join(runs)

    def season(self, season: PublicSeason) -> str:
        """Return when something is ripe: as typed, about (from lunar months, which are named), or usually."""
        months = self.months(season.months)
        if season.source == "lunar":
            return self.say("season.lunar", months=months, lunar=self.lunar_months(season.lunar_months))
        return self.say("season.usual" if season.source == "usual" else "season.typed", months=months)

    # --- Hours ---------------------------------------------------------------------------------------------

    def hours(self, text: str) -> Said:
        """Return hours in this language, or as they were typed where they are not understood."""
        hours = read_hours(text)
        if hours or self.tag == "vi":
            return Said(self._hours(hours) if hours else dashed(text))
        return Said.joined([self._part(*part) for part in read_parts(text)])

    def _part(self, text: str, condition: str, notice: int) -> Said:
        """Return a part of such hours: times, days, or one of the usual conditions."""
        if notice:
            return Said(self.count("door.notice", notice))
        if condition:
            return Said(self.say(f"door.{condition}"))
        if hours := read_hours(text):
            return Said(self._hours(hours))
        if (hours := read_hours(f"0-24 {text}")) and hours.days != WEEK:
            return Said(self._days(hours.days))
        return self.vietnamese(dashed(text))

    def _hours(self, hours: Hours) -> str:
        times = self.say("format.between").join(
            f"{clock(first)}–{clock(last)}" for first, last in hours.spans
        )
        if hours.days == WEEK:
            return times
        return f"{times}{self.say('format.between')}{self._days(hours.days)}"

    def _days(self, days: Sequence[int]) -> str:
        names = {day: self.say(f"weekday.{day}") for day in days}
        first, last = days[0], days[-1]
        if last - first == len(days) - 1 > 1:
            return self.say("door.days", first=names[first], last=names[last])
        return self.say("format.between").join(names.values())
