"""The list of households with its search box and filters, and the search index."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from string import ascii_lowercase
from typing import Final

from vuonho.model.public import PublicCrop, PublicHousehold, PublicProduct, PublicSpot, PublicVillage
from vuonho.model.vocabulary import Word
from vuonho.pages.figures import kind
from vuonho.pages.language import Language, Named, Said
from vuonho.pages.layout import former, harvests, is_model, months_of, receives, search_path
from vuonho.pages.names import whole
from vuonho.resources import Artifact
from vuonho.text import fold

# --- The search index: what the search box knows of each household, one small file a language ---

_WELCOME: Final = "Đón khách"
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuv"
_END: Final = "\x7f"
"""Between two texts: one byte, and no value of a profile holds it."""

_Entry = tuple[str, ...]
"""One thing to be found by: Vietnamese as shown, the page's own language ("" where it is the same), other names."""


def search_index(
    language: Language,
    villages: Sequence[PublicVillage],
    households: Sequence[PublicHousehold],
    spots: Sequence[PublicSpot] = (),
) -> Artifact:
    """Return data/search-<tag>.json: villages and households in the order given.

    A village is [folder, name, commune and former names, number of its households], and after all of them a place is
    [code, name, what it is and its village, 0]. Of all households, one village
    after the other, there are the codes in one text, each of so many `digits` to the base of 32, the names and the
    addresses ("" for none), each with `_END` before the next; and for each of the words, whom it finds. Alike beside
    alike: a phone loads a quarter less so.
    """
    finds = defaultdict[_Entry, list[int]](list)
    homes = {place.slug: [one for one in households if one.village == place.slug] for place in villages}
    everyone = [one for place in villages for one in homes[place.slug]]
    for at, one in enumerate(everyone):
        for thing in dict.fromkeys(_things(one, language)):
            finds[thing].append(at)
    codes = [int(one.code) for one in everyone]
    digits = -(-max(codes, default=0).bit_length() // 5)
    index = {
        "villages": [
            (
                place.slug,
                place.name,
                ", ".join(filter(None, (place.commune, former(place)))),
                len(homes[place.slug]),
            )
            for place in villages
        ]
        + [
            (one.code, one.name, f"{language.word(one.kind, 'spot')}, {place.name}", 0)
            for place in villages
            for one in spots
            if one.village == place.slug
        ],
        "digits": digits,
        "codes": "".join(_DIGITS[code >> 5 * at & 31] for code in codes for at in reversed(range(digits))),
        "names": _END.join(whole(one.name) for one in everyone),
        "addresses": _END.join(one.address or "" for one in everyone),
        "words": list(finds),
        "found": [_steps(places) for places in finds.values()],
    }
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    content = f"{text}\n".replace("<", "\\u003c").encode()
    return Artifact(search_path(language.tag), content)


def _steps(places: Sequence[int]) -> str:
    """Return how far it is to each place from the one before: a for the next, z for the 26th, 1a for the 27th."""
    steps = (there - here - 1 for here, there in pairwise((-1, *places)))
    return "".join(f"{step // 26 or ''}{ascii_lowercase[step % 26]}" for step in steps)


def _things(home: PublicHousehold, language: Language) -> Iterator[_Entry]:
    """Yield whatever a household is found by, beside its name and address."""
    garden = home.garden
    things: tuple[Named, ...] = (*garden.crops, *garden.animals, *home.products)
    for one in things:
        if one.known is None:
            yield (one.name,)
        else:
            yield _entry(one.name, language.thing(one.known), language, one.known.vi)
    for stars in (product.ocop.stars for product in home.products if product.ocop):
        yield _entry(f"OCOP {stars} sao", language.say("household.ocop", stars=stars), language)
    yield from (_worded(one, "practice", language) for one in garden.practices)
    if garden.model and is_model(home):
        status = garden.model.status
        yield _entry(status.label.vi, language.word(status, "model_status"), language)
    if home.visits and receives(home):
        yield _entry(_WELCOME, language.say("village.badge_welcome"), language)
        yield from (_worded(one, "activity", language) for one in home.visits.activities)


def _worded(word: Word, of: str, language: Language) -> _Entry:
    """Return a closed word with its other names: people look for "homestay" too."""
    more = (word.key.replace("_", " "), *word.aliases)
    return _entry(word.label.vi, language.word(word, of), language, *more)


def _entry(vietnamese: str, own: str, language: Language, *more: str) -> _Entry:
    """Return an entry without names that fold alike and without blanks at its end."""
    own = "" if language.tag == "vi" else own
    new = dict.fromkeys(name for name in more if fold(name) not in {fold(vietnamese), fold(own)})
    whole = (vietnamese, own, *new)
    return whole if new or own else (vietnamese,)


# --- The list of households with its search box and filters ---

LEAST: Final = 5
"""A list of fewer households is seen at a glance: no search box."""
MOST_CHOICES: Final = 150
"""Crops to choose from, those of most gardens first; the search box finds the others."""


@dataclass(frozen=True)
class Finder:
    """A list of households with what finds among them; with none it finds those of all villages.

    `choices` are crops to filter by as (kind, name, number of gardens), counted from 1 in the page.
    """

    households: Sequence[PublicHousehold]
    choices: tuple[tuple[str, Said, int], ...] = ()

    @property
    def has_form(self) -> bool:
        """Tell whether the list is long enough for a search box."""
        return not self.households or len(self.households) >= LEAST

    @property
    def has_seasons(self) -> bool:
        """Tell whether there is anything with a season."""
        return any(thing.season for one in self.households for thing in harvests(one))

    @property
    def receives(self) -> bool:
        """Tell whether any household receives visitors."""
        return any(map(receives, self.households))

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each choice by its kind."""
        return {of: at for at, (of, _, _) in enumerate(self.choices, 1)}

    @cached_property
    def by_name(self) -> Mapping[str, int]:
        """The number of each choice by its name as shown."""
        return {name.text: at for at, (_, name, _) in enumerate(self.choices, 1)}

    def harvests(
        self, household: PublicHousehold
    ) -> Iterator[tuple[PublicCrop | PublicProduct, int | None, int]]:
        """Yield what a row shows, each thing once: its number among the choices, its months as bits (January lowest)."""
        found = defaultdict[str, list[PublicCrop | PublicProduct]](list)
        for one in harvests(household):
            found[kind(one)].append(one)
        for of, same in found.items():
            yield same[0], self.numbers.get(of), months_of(same)[0]


def find_among(households: Sequence[PublicHousehold], language: Language) -> Finder:
    """Return the finder of some households: the crops of most gardens come first, then by name."""
    gardens: Counter[str] = Counter()
    names: dict[str, Said] = {}
    for household in households:
        kinds = {kind(crop): crop for crop in household.garden.crops}
        gardens.update(kinds.keys())
        names = {of: language.named(crop) for of, crop in kinds.items()} | names
    order = sorted(gardens, key=lambda of: (-gardens[of], fold(names[of].text)))[:MOST_CHOICES]
    return Finder(households, tuple((of, names[of], gardens[of]) for of in order))
