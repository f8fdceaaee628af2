"""The list of households with its search box and filters, in plain values for the templates.

A row carries what the filters ask for: each crop the number of its choice and its months as a mask, the row
whether guests are received. Everything works on the phone; without script the list stands whole.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vuonho.domain.fold import fold
from vuonho.domain.public import PublicCrop, PublicHousehold
from vuonho.render.machines.search import search_path
from vuonho.render.pages.figures import kind
from vuonho.render.pages.language import Language
from vuonho.render.pages.months import YEAR
from vuonho.render.pages.nowview import month_mask
from vuonho.render.pages.place import Place
from vuonho.render.pages.view import Link, Said, named, sign, vietnamese

LEAST: Final = 5
"""A list of fewer households is seen at a glance: no search box."""
MOST_CHOICES: Final = 150
"""Crops to choose from, those of most gardens first; the search box finds the others."""


@dataclass(frozen=True, slots=True)
class FinderCrop:
    """One crop of a row: `choice` is its number among the choices ("" if none), `mask` its months (bit 0 January)."""

    name: Said
    choice: str
    mask: int


@dataclass(frozen=True, slots=True)
class FinderRow:
    """One household of the list: all its crops in the garden's order, and small badges by (icon, label)."""

    href: str
    name: Said
    icon: str
    crops: tuple[FinderCrop, ...]
    badges: tuple[Link, ...]
    welcome: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A crop to filter by: its number, its name, and in how many gardens it grows."""

    number: str
    name: Said
    gardens: str


@dataclass(frozen=True, slots=True)
class FinderForm:
    """The search box and its filters: where the index lies, where pages lie, and what can be chosen.

    `found` is how many were found, in words: the forms by name; `form_places` as in `Language`.
    """

    index: str
    home: str
    found: tuple[tuple[str, str], ...]
    form_places: str
    name_lang: str | None
    crops: tuple[Choice, ...]
    months: tuple[tuple[int, str], ...]
    welcome: bool


@dataclass(frozen=True, slots=True)
class Finder:
    """The list and its form; no form for a short list, no rows where the form finds households of all villages."""

    form: FinderForm | None
    rows: tuple[FinderRow, ...]


def finder_view(households: Sequence[PublicHousehold], place: Place, language: Language) -> Finder:
    """Return the list of some households in the order given, with what finds among them."""
    choices = _choices(households, language)
    numbers = {of: choice.number for of, choice in choices}
    rows = tuple(_row(one, numbers, place, language) for one in households)
    form = _form(tuple(choice for _, choice in choices), rows, place, language)
    return Finder(form if len(rows) >= LEAST else None, rows)


def site_finder(place: Place, language: Language) -> Finder:
    """Return a search box for the households of all villages, on a page that lists none of them."""
    return Finder(_form((), (), place, language), ())


def _form(
    choices: tuple[Choice, ...], rows: Sequence[FinderRow], place: Place, language: Language
) -> FinderForm:
    seasons = any(crop.mask for row in rows for crop in row.crops)
    return FinderForm(
        index=place.asset(search_path(language.tag)),
        home=place.to(""),
        found=tuple((form, language.say(f"finder.found.{form}")) for form in language.plural.forms),
        form_places=language.form_places(),
        name_lang=vietnamese("", language).lang,
        crops=choices,
        months=tuple(_months(language)) if seasons else (),
        welcome=any(row.welcome for row in rows),
    )


def _months(language: Language) -> Iterator[tuple[int, str]]:
    for month in YEAR:
        name = language.say(f"month_name.{month}")
        yield month, name[:1].upper() + name[1:]


def _choices(households: Sequence[PublicHousehold], language: Language) -> tuple[tuple[str, Choice], ...]:
    """Return (kind, choice) of the crops, those of most gardens first, then by name."""
    gardens: Counter[str] = Counter()
    names: dict[str, Said] = {}
    for household in households:
        kinds = {kind(crop): crop for crop in household.garden.crops}
        gardens.update(kinds.keys())
        names = {of: named(crop.name, crop.known, language) for of, crop in kinds.items()} | names
    order = sorted(gardens, key=lambda of: (-gardens[of], fold(names[of].text)))[:MOST_CHOICES]
    return tuple(
        (of, Choice(str(at), names[of], language.number(gardens[of]))) for at, of in enumerate(order, 1)
    )


def _row(
    household: PublicHousehold, numbers: Mapping[str, str], place: Place, language: Language
) -> FinderRow:
    crops = household.garden.crops
    first = crops[0].known if crops else None
    return FinderRow(
        href=place.to(f"{household.code}/"),
        name=vietnamese(household.name, language),
        icon=sign(first),
        crops=tuple(_crop(crop, numbers, language) for crop in crops),
        badges=tuple(_badges(household, language)),
        welcome=_welcome(household),
    )


def _crop(crop: PublicCrop, numbers: Mapping[str, str], language: Language) -> FinderCrop:
    mask = month_mask(crop.season.months) if crop.season else 0
    return FinderCrop(named(crop.name, crop.known, language), numbers.get(kind(crop), ""), mask)


def _badges(household: PublicHousehold, language: Language) -> Iterator[Link]:
    model = household.garden.model
    if model and model.status.key == "recognised":
        yield Link("", language.say("village.badge_model"), "award")
    if _welcome(household):
        yield Link("", language.say("village.badge_welcome"), "visit")


def _welcome(household: PublicHousehold) -> bool:
    return household.visits is not None and household.visits.welcome
