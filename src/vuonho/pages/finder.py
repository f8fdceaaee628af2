"""The list of households with its search box and filters, and the search index."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vuonho.i18n import Text
from vuonho.model.public import PublicCrop, PublicHousehold, PublicProduct, PublicVillage, Thing
from vuonho.model.vocabulary import Word
from vuonho.pages.figures import kind
from vuonho.pages.language import YEAR, Language
from vuonho.pages.layout import Link, Place, Said, month_mask, named, sign, vietnamese
from vuonho.resources import Artifact
from vuonho.text import fold

# --- The search index: what the search box knows of each household, one small file a language ---

_WELCOME: Final = Text("Đón khách", "Receives visitors")
_OCOP: Final = Text("OCOP {stars} sao", "OCOP {stars} stars")

_Entry = tuple[str, ...]
"""One thing to be found by: Vietnamese as shown, the page's own language ("" where it is the same), other names."""


def search_path(tag: str) -> str:
    """Return where the index of a language lies below the site's root."""
    return f"data/search-{tag}.json"


def search_index(
    language: Language, villages: Sequence[PublicVillage], households: Sequence[PublicHousehold]
) -> Artifact:
    """Return data/search-<tag>.json: villages and households in the order given.

    A village is [folder, name, commune and former names, households], a household [code, name, address or "",
    numbers of its words], the first word of the list being number 1.
    """
    numbers: dict[_Entry, int] = {}

    def row(home: PublicHousehold) -> list[object]:
        things = dict.fromkeys(_things(home, language))
        at = [numbers.setdefault(thing, len(numbers) + 1) for thing in things]
        return [home.code, home.name, home.address or "", at]

    shown = [
        [place.slug, place.name, _whereabouts(place), [row(one) for one in households if one.village == place.slug]]
        for place in villages
    ]  # fmt: skip
    text = json.dumps({"words": list(numbers), "villages": shown}, ensure_ascii=False, separators=(",", ":"))
    content = f"{text}\n".replace("<", "\\u003c").encode()
    return Artifact(search_path(language.tag), content)


def _whereabouts(village: PublicVillage) -> str:
    names = (village.commune, village.former_commune, village.former_district)
    return ", ".join(name for name in names if name)


def _things(home: PublicHousehold, language: Language) -> Iterator[_Entry]:
    """Yield whatever a household is found by, beside its name and address."""
    garden = home.garden
    yield from (_named(crop.name, crop.known, language) for crop in garden.crops)
    yield from (_named(animal.name, animal.known, language) for animal in garden.animals)
    yield from (_named(product.name, product.known, language) for product in home.products)
    yield from (_ocop(product, language) for product in home.products if product.ocop)
    yield from (_worded(one, "practice", language) for one in garden.practices)
    if garden.model and garden.model.status.key == "recognised":
        status = garden.model.status
        yield _entry(status.label.vi, language.word(status, "model_status"), language)
    if home.visits and home.visits.welcome:
        yield _entry(_WELCOME.vi, language.say("village.badge_welcome"), language)
        yield from (_worded(one, "activity", language) for one in home.visits.activities)


def _named(name: str, known: Thing | None, language: Language) -> _Entry:
    if known is None:
        return (name,)
    return _entry(name, language.thing(known), language, known.vi)


def _worded(word: Word, of: str, language: Language) -> _Entry:
    """Return a closed word with its other names: people look for "homestay" too."""
    more = (word.key.replace("_", " "), *word.aliases)
    return _entry(word.label.vi, language.word(word, of), language, *more)


def _ocop(product: PublicProduct, language: Language) -> _Entry:
    stars = product.ocop.stars if product.ocop else 0
    return _entry(_OCOP.vi.format(stars=stars), language.say("household.ocop", stars=stars), language)


def _entry(vietnamese: str, own: str, language: Language, *more: str) -> _Entry:
    """Return an entry without names that fold alike and without blanks at its end."""
    own = "" if language.tag == "vi" else own
    new = dict.fromkeys(name for name in more if fold(name) not in {fold(vietnamese), fold(own)})
    whole = (vietnamese, own, *new)
    return whole if new or own else (vietnamese,)


# --- The list of households with its search box and filters, in plain values for the templates ---

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
