"""The words of the public pages in one language, out of one catalogue file.

`messages` is flat: "household.garden" -> "Khu vườn". What stands in {braces} is filled in; a count has the
keys `x.one` and `x.other`, or as many as the language's rule `plural` asks for: `x.0`, `x.1`, `x.2`. Names of crops, animals and words come from the vocabulary, unless the catalogue has a
name of its own for them: `crop.<key>`, `animal.<key>`, `words.<list>.<key>`. A third language is one file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.plurals import SMALL, USUAL_RULE, Plural, parse_plural
from vuonho.domain.public import PublicSeason, Thing
from vuonho.domain.vocabulary.animals import Animal
from vuonho.domain.vocabulary.crops import Crop
from vuonho.domain.vocabulary.goods import Good
from vuonho.domain.vocabulary.words import Word
from vuonho.errors import VuonhoError
from vuonho.render.pages.months import YEAR, stretches

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

    def crop(self, crop: Crop) -> str:
        """Return the name of a crop."""
        return self.messages.get(f"crop.{crop.key}") or self._label(crop.label)

    def animal(self, animal: Animal) -> str:
        """Return the name of an animal."""
        return self.messages.get(f"animal.{animal.key}") or self._label(animal.label)

    def good(self, good: Good) -> str:
        """Return the name of a product."""
        return self.messages.get(f"good.{good.key}") or self._label(good.label)

    def thing(self, thing: Thing) -> str:
        """Return the name of whatever the catalogue knows."""
        if isinstance(thing, Crop):
            return self.crop(thing)
        return self.animal(thing) if isinstance(thing, Animal) else self.good(thing)

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
