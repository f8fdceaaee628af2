"""The search index: what the search box knows of each household, one small file a language.

Base facts only, named one by one: no full name, phone, story, living conditions or price, whatever is ticked.
Words that many households share stand in one list and are pointed to, so that a thousand households take under
25 KB on the wire. Letters keep their accents here; the phone takes them off, by the rule of `domain.fold.fold`.

    {"words": [["Bưởi Phúc Trạch", "Phuc Trach pomelo"], …],
     "villages": [["thon-dong", "Thôn Đông", "Xã Phúc Trạch", [["482135", "Vườn bà Hường", "Ngõ 3", [1, …]], …]], …]}
"""

import json
from collections.abc import Iterator, Sequence
from typing import Final

from vuonho.artifact import Artifact
from vuonho.bilingual import Text
from vuonho.domain.fold import fold
from vuonho.domain.public import PublicHousehold, PublicProduct, PublicVillage, Thing
from vuonho.domain.vocabulary.words import Word
from vuonho.render.pages.language import Language

_SITE: Final = "site.yaml"
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
    sources = (*(one.source for one in villages), *(one.source for one in households))
    return Artifact(
        search_path(language.tag), content, (_SITE, f"template:languages/{language.tag}.yaml", *sources)
    )


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
