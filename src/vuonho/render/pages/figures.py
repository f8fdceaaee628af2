"""What a village's gardens come to. Garden figures count all; living figures only those who ticked `living`.

Living conditions are told from five households up and field by field, so that a figure never stands for a
family that can be guessed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from vuonho.domain.fold import fold
from vuonho.domain.public import PublicCrop, PublicHousehold, PublicLiving, PublicProduct, Thing
from vuonho.domain.vocabulary.words import Word
from vuonho.render.pages.months import YEAR

LEAST_LIVING: Final = 5
LEAST_ALIKE: Final = 2
"""A living condition is named from so many families up; who lives like nobody else is one of the others."""
MOST_ANSWERS: Final = 4
_ORDER: Final = ("house", "water", "electricity", "toilet", "kitchen", "waste", "internet", "road")
"""Fields as a page lists them, whichever the first family told; others come after."""

Counts = tuple[tuple[Word, int], ...]
"""Words with how many gardens or families they are true of, in falling order."""


class _Named(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def known(self) -> Thing | None: ...


@dataclass(frozen=True, slots=True)
class Grown:
    """A crop, an animal or a harvest, and in how many gardens; `trees` and `area` (m²) where told, else 0."""

    name: str
    known: Thing | None
    gardens: int
    trees: int = 0
    area: int = 0


@dataclass(frozen=True, slots=True)
class LivingFigures:
    """How the `count` families live that ticked it: mean people (None under five answers), words by field.

    `titles` are empty unless five families bear one.
    """

    count: int
    people: float | None
    fields: tuple[tuple[str, Counts], ...]
    titles: Counts


@dataclass(frozen=True, slots=True)
class Figures:
    """The sums: `area` in m² over `area_of` gardens; `months` counts gardens with a harvest, January first.

    `ripe` names for each month what is harvested; `striving` counts gardens on the way to become models.
    """

    households: int
    area: int
    area_of: int
    crops: tuple[Grown, ...]
    animals: tuple[Grown, ...]
    irrigation: Counts
    practices: Counts
    models: int
    striving: int
    welcome: int
    months: tuple[int, ...]
    ripe: tuple[tuple[Grown, ...], ...]
    living: LivingFigures | None


def village_figures(households: Sequence[PublicHousehold]) -> Figures:
    """Return the figures of some households; lists are in falling order of gardens, crops then of size."""
    gardens = [one.garden for one in households]
    areas = [garden.area for garden in gardens if garden.area]
    stages = [garden.model.status.key for garden in gardens if garden.model]
    seasons = [_seasons(one) for one in households]
    return Figures(
        households=len(households),
        area=sum(areas),
        area_of=len(areas),
        crops=_grown(households),
        animals=_met(garden.animals for garden in gardens),
        irrigation=_ranked(Counter(garden.irrigation for garden in gardens if garden.irrigation)),
        practices=_ranked(Counter(word for garden in gardens for word in set(garden.practices))),
        models=stages.count("recognised"),
        striving=sum(stage != "recognised" for stage in stages),
        welcome=sum(one.visits is not None and one.visits.welcome for one in households),
        months=tuple(
            sum(any(month in months for months in one.values()) for one in seasons) for month in YEAR
        ),
        ripe=_ripe(households, seasons),
        living=_living(tuple(one.living for one in households if one.living)),
    )


def kind(one: _Named) -> str:
    """Return what tells one kind of thing from another: its key, else its name without case and accents."""
    return one.known.key if one.known else f"={fold(one.name)}"


# --- Gardens -----------------------------------------------------------------------------------------------


def _grown(households: Sequence[PublicHousehold]) -> tuple[Grown, ...]:
    trees: Counter[str] = Counter()
    area: Counter[str] = Counter()
    for crop in (crop for household in households for crop in household.garden.crops):
        trees[kind(crop)] += crop.trees or 0
        area[kind(crop)] += crop.area or 0
    found = _met(household.garden.crops for household in households)
    sized = (Grown(one.name, one.known, one.gardens, trees[kind(one)], area[kind(one)]) for one in found)
    return tuple(sorted(sized, key=lambda one: (one.gardens, one.area, one.trees), reverse=True))


def _met(gardens: Iterable[Iterable[_Named]]) -> tuple[Grown, ...]:
    """Return what stands in the gardens, each once a garden, in falling order of gardens, then as met."""
    first: dict[str, _Named] = {}
    count: Counter[str] = Counter()
    for garden in gardens:
        kinds = {kind(one): one for one in garden}
        count.update(kinds.keys())
        first = kinds | first
    return tuple(Grown(first[one].name, first[one].known, n) for one, n in count.most_common())


def _harvests(household: PublicHousehold) -> tuple[PublicCrop | PublicProduct, ...]:
    return (*household.garden.crops, *household.products)


def _seasons(household: PublicHousehold) -> Mapping[str, frozenset[int]]:
    """Return the months of each kind of thing that a garden harvests."""
    months: dict[str, frozenset[int]] = {}
    for one in _harvests(household):
        if one.season:
            months[kind(one)] = months.get(kind(one), frozenset()) | frozenset(one.season.months)
    return months


def _ripe(
    households: Sequence[PublicHousehold], seasons: Sequence[Mapping[str, frozenset[int]]]
) -> tuple[tuple[Grown, ...], ...]:
    first: dict[str, _Named] = {}
    for one in (one for household in households for one in _harvests(household)):
        first.setdefault(kind(one), one)
    counts: dict[int, Counter[str]] = {month: Counter() for month in YEAR}
    for name, month in ((name, month) for one in seasons for name, months in one.items() for month in months):
        counts[month][name] += 1
    return tuple(
        tuple(Grown(first[one].name, first[one].known, n) for one, n in counts[month].most_common())
        for month in YEAR
    )


def _ranked(count: Counter[Word]) -> Counts:
    """Return the words in falling order of their counts, then by key: the order of profiles tells nothing."""
    return tuple(sorted(count.items(), key=lambda one: (-one[1], one[0].key)))


# --- Homes -------------------------------------------------------------------------------------------------


def _living(families: Sequence[PublicLiving]) -> LivingFigures | None:
    if len(families) < LEAST_LIVING:
        return None
    people = [family.people for family in families if family.people]
    words: dict[str, Counter[Word]] = {}
    for fact in (fact for family in families for fact in family.facts):
        words.setdefault(fact.field, Counter())[fact.word] += 1
    titled = [family.titles for family in families if family.titles]
    titles = Counter(title for family in titled for title in set(family))
    return LivingFigures(
        count=len(families),
        people=sum(people) / len(people) if len(people) >= LEAST_LIVING else None,
        fields=tuple(
            (field, _ranked(words[field]))
            for field in sorted(words, key=_place)
            if words[field].total() >= LEAST_LIVING
        ),
        titles=_ranked(titles) if len(titled) >= LEAST_LIVING else (),
    )


def _place(field: str) -> tuple[int, str]:
    return _ORDER.index(field) if field in _ORDER else len(_ORDER), field


def named_answers(answers: Counts) -> tuple[Counts, int]:
    """Return the answers that are named, at most four, and how many families gave any other."""
    named = tuple((word, n) for word, n in answers if n >= LEAST_ALIKE)[:MOST_ANSWERS]
    return named, sum(n for _, n in answers) - sum(n for _, n in named)
