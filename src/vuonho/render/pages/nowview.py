"""What may be ripe now: every crop and product with its months, for the script to choose by the phone's month.

A page holds no clock. Without script nothing of this is shown, and the calendar stands for itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from vuonho.domain.fold import key
from vuonho.domain.public import PublicCrop, PublicHousehold, PublicProduct, PublicSeason, Thing
from vuonho.render.pages.language import Language
from vuonho.render.pages.view import Said, named, sign

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
        Ripe(one.icon, one.name, month_mask(one.months), "" if one.is_told else language.say("season.rough"))
        for one in _seasons(household, language)
    )


def village_ripe(households: Sequence[PublicHousehold], language: Language) -> tuple[Ripe, ...]:
    """Return what the gardens of a village have in season, what grows in most gardens first."""
    found: dict[str, list[_Season]] = {}
    for household in households:
        for one in _seasons(household, language):
            found.setdefault(key(one.name.text), []).append(one)
    order = sorted(found.values(), key=len, reverse=True)[:_MOST]
    return tuple(
        Ripe(
            ones[0].icon,
            ones[0].name,
            month_mask(month for one in ones for month in one.months),
            language.count("village.households_count", len(ones)),
        )
        for ones in order
    )


@dataclass(frozen=True, slots=True)
class _Season:
    """A thing of one garden with all its months; `is_told` if the family named them as solar months."""

    icon: str
    name: Said
    months: tuple[int, ...]
    is_told: bool


def _seasons(household: PublicHousehold, language: Language) -> Iterator[_Season]:
    """Yield each thing of one garden once; named twice, the months are joined, those told before those supposed."""
    found: dict[str, list[tuple[Thing | None, Said, PublicSeason]]] = {}
    things: tuple[PublicCrop | PublicProduct, ...] = (*household.garden.crops, *household.products)
    for one in things:
        if one.season:
            name = named(one.name, one.known, language)
            found.setdefault(key(name.text), []).append((one.known, name, one.season))
    for same in found.values():
        known, name, _ = same[0]
        told = [season for _, _, season in same if season.source == "typed"]
        seasons = told or [season for _, _, season in same]
        yield _Season(sign(known), name, tuple(m for one in seasons for m in one.months), bool(told))
