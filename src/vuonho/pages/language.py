"""The words of the public pages in one language, and months as stretches and cells of a calendar."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from vuonho.errors import VuonhoError
from vuonho.i18n import Text
from vuonho.model.catalogue import Known
from vuonho.model.public import PublicSeason, Thing
from vuonho.model.vocabulary import SMALL, USUAL_RULE, Plural, Word, parse_plural

# --- Months of the year as stretches, and as cells of a calendar ---

YEAR: Final = tuple(range(1, 13))


def stretches(months: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Return (first, last) of each unbroken stretch, by its first month; 11, 12, 1 is one stretch (11, 1)."""
    wanted = set(months)
    if wanted.issuperset(YEAR):
        return ((1, 12),)
    starts = (month for month in YEAR if month in wanted and _before(month) not in wanted)
    return tuple((start, _end(start, wanted)) for start in starts)


def edges(months: Iterable[int]) -> tuple[str, ...]:
    """Return for each month "" (not one of `months`), or which ends of a bar it is: "m", "ms", "me", "mse".

    A bar over the new year is drawn open at both sides of the calendar.
    """
    wanted = set(months)
    return tuple(_edge(month, wanted) if month in wanted else "" for month in YEAR)


def _edge(month: int, wanted: set[int]) -> str:
    return (
        "m" + "s" * (_before(month) not in wanted) + "e" * (_after(month) not in wanted)
        if len(wanted) < 12
        else {1: "ms", 12: "me"}.get(month, "m")
    )


def _end(start: int, wanted: set[int]) -> int:
    end = start
    while _after(end) in wanted:
        end = _after(end)
    return end


def _before(month: int) -> int:
    return (month - 2) % 12 + 1


def _after(month: int) -> int:
    return month % 12 + 1


# --- The words of the public pages in one language, out of one catalogue file ---

SAO: Final = 500
"""m² in a sào of Central Vietnam."""
_LEAST_SAO: Final = SAO // 2
_ROUGH_METRES: Final = 50


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
            Text(f"{file}: thiếu hoặc sai mục “{key}”.", f"{file}: the entry “{key}” is missing or wrong."),
            Text("Xem mục ấy trong vi.yaml và viết theo.", "Write it as in en.yaml."),
        )  # fmt: skip

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

    def word(self, word: Word, of: str = "") -> str:
        """Return the label of a word; `of` names its list ("water") where the catalogue may know better."""
        return self.messages.get(f"words.{of}.{word.key}") or self._label(word.label)

    def crop(self, crop: Known) -> str:
        """Return the name of a crop."""
        return self.messages.get(f"crop.{crop.key}") or self._label(crop.label)

    def animal(self, animal: Known) -> str:
        """Return the name of an animal."""
        return self.messages.get(f"animal.{animal.key}") or self._label(animal.label)

    def good(self, good: Known) -> str:
        """Return the name of a product."""
        return self.messages.get(f"good.{good.key}") or self._label(good.label)

    def thing(self, thing: Thing) -> str:
        """Return the name of whatever the catalogue knows."""
        return self.messages.get(f"{thing.kind}.{thing.key}") or self._label(thing.label)

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

    # --- Days, months and seasons --------------------------------------------------------------------------

    def date(self, day: date) -> str:
        """Return a day, such as 2/11/2026 or 2 November 2026."""
        name = self.say(f"month_name.{day.month}")
        return self.say("format.date", day=day.day, month=day.month, month_name=name, year=day.year)

    def months(self, months: Iterable[int]) -> str:
        """Return solar months as stretches: "tháng 8–9", "November–January", "quanh năm"."""
        wanted = tuple(months)
        if set(wanted) >= set(YEAR):
            return self.say("format.all_year")
        names = {month: self.say(f"month.{month}") for month in wanted}
        return self.say("format.months", runs=self._runs(wanted, names))

    def lunar_months(self, months: Iterable[int]) -> str:
        """Return months of the lunar calendar, by number and named as such."""
        wanted = tuple(months)
        numbers = {month: str(month) for month in wanted}
        return self.say(f"format.lunar_months.{self._form(len(wanted))}", runs=self._runs(wanted, numbers))

    def _runs(self, months: tuple[int, ...], names: Mapping[int, str]) -> str:
        shown = (
            names[first] if first == last else self.say("format.run", first=names[first], last=names[last])
            for first, last in stretches(months)
        )
        return self.say("format.between").join(shown)

    def season(self, season: PublicSeason) -> str:
        """Return when something is ripe: as typed, about (from lunar months, which are named), or usually."""
        months = self.months(season.months)
        if season.source == "lunar":
            return self.say("season.lunar", months=months, lunar=self.lunar_months(season.lunar_months))
        return self.say("season.usual" if season.source == "usual" else "season.typed", months=months)
