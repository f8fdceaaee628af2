"""What may be ripe now: every crop and product with its months, for the script to choose by the phone's month.

A page holds no clock. Without script nothing of this is shown, and the calendar stands for itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from vuonho.domain.fold import key
from vuonho.domain.public import PublicCrop, PublicHousehold, PublicProduct, PublicSeason, Thing
from vuonho.render.pages.language import Language
from vuonho.render.pages.view import SPROUT, Said, named

_MOST: Final = 60


@dataclass(frozen=True, slots=True)
class Ripe:
    """Something with its months as a mask (bit 0 is January); `note` says how sure they are, or in how many gardens."""

    icon: str
    name: Said
    mask: int
    note: str


def month_mask(months: Iterable[int]) -> int:
    """Return solar months 1 to 12 as bits 0 to 11."""
    return sum(1 << month - 1 for month in set(months))


def household_ripe(household: PublicHousehold, language: Language) -> tuple[Ripe, ...]:
    """Return what a household has in season, each thing once, in the profile's order."""
    return tuple(
        Ripe(icon, name, month_mask(season.months), _rough(season, language))
        for icon, name, season in _seasons(household, language)
    )


def village_ripe(households: Sequence[PublicHousehold], language: Language) -> tuple[Ripe, ...]:
    """Return what the gardens of a village have in season, what grows in most gardens first."""
    found: dict[str, list[tuple[str, Said, PublicSeason]]] = {}
    for household in households:
        for one in _seasons(household, language):
            found.setdefault(key(one[1].text), []).append(one)
    order = sorted(found.values(), key=len, reverse=True)[:_MOST]
    return tuple(
        Ripe(
            ones[0][0],
            ones[0][1],
            month_mask(month for _, _, season in ones for month in season.months),
            language.count("village.households_count", len(ones)),
        )
        for ones in order
    )


def _seasons(household: PublicHousehold, language: Language) -> Iterator[tuple[str, Said, PublicSeason]]:
    """Yield (icon, name, season) of each thing of one garden once."""
    seen: set[str] = set()
    things: tuple[PublicCrop | PublicProduct, ...] = (*household.garden.crops, *household.products)
    for one in things:
        name = named(one.name, one.known, language)
        if one.season and key(name.text) not in seen:
            seen.add(key(name.text))
            yield _icon(one.known), name, one.season


def _icon(known: Thing | None) -> str:
    return known.family if known else SPROUT


def _rough(season: PublicSeason, language: Language) -> str:
    return "" if season.source == "typed" else language.say("season.rough")
