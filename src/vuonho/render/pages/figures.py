"""What a village's gardens come to. Garden figures count all; living figures only those who ticked `living`.

Living conditions are told from five households up and field by field, so that a figure never stands for a
family that can be guessed (section 7 of the design).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vuonho.domain.fold import fold
from vuonho.domain.public import PublicCrop, PublicHousehold, PublicLiving
from vuonho.domain.vocabulary.animals import Animal
from vuonho.domain.vocabulary.crops import Crop
from vuonho.domain.vocabulary.words import Word
from vuonho.render.pages.months import YEAR

LEAST_LIVING: Final = 5


@dataclass(frozen=True, slots=True)
class Grown:
    """A crop and in how many gardens it grows."""

    name: str
    known: Crop | Animal | None
    gardens: int


@dataclass(frozen=True, slots=True)
class LivingFigures:
    """How the `count` families live that ticked it: mean people (None under five answers), words by field."""

    count: int
    people: float | None
    fields: tuple[tuple[str, tuple[tuple[Word, int], ...]], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The sums: `area` in m² over `area_of` gardens; `months` counts gardens with a harvest, January first."""

    households: int
    area: int
    area_of: int
    crops: tuple[Grown, ...]
    models: int
    welcome: int
    months: tuple[int, ...]
    living: LivingFigures | None


def village_figures(households: Sequence[PublicHousehold]) -> Figures:
    """Return the figures of some households; `crops` are in falling order of gardens, then as met."""
    areas = [one.garden.area for one in households if one.garden.area]
    models = (one.garden.model for one in households)
    return Figures(
        households=len(households),
        area=sum(areas),
        area_of=len(areas),
        crops=_grown(households),
        models=sum(model is not None and model.status.key == "recognised" for model in models),
        welcome=sum(one.visits is not None and one.visits.welcome for one in households),
        months=_months(households),
        living=_living(tuple(one.living for one in households if one.living)),
    )


def kind(crop: PublicCrop) -> str:
    """Return what tells one kind of crop from another: its key, else its name without case and accents."""
    return crop.known.key if crop.known else f"={fold(crop.name)}"


def _grown(households: Sequence[PublicHousehold]) -> tuple[Grown, ...]:
    first: dict[str, PublicCrop] = {}
    count: Counter[str] = Counter()
    for household in households:
        kinds = {kind(crop): crop for crop in household.garden.crops}
        count.update(kinds.keys())
        first = kinds | first
    return tuple(Grown(first[one].name, first[one].known, n) for one, n in count.most_common())


def _months(households: Sequence[PublicHousehold]) -> tuple[int, ...]:
    count: Counter[int] = Counter()
    for household in households:
        seasons = (crop.season for crop in household.garden.crops)
        count.update({month for season in seasons if season for month in season.months})
    return tuple(count[month] for month in YEAR)


def _living(families: Sequence[PublicLiving]) -> LivingFigures | None:
    if len(families) < LEAST_LIVING:
        return None
    people = [family.people for family in families if family.people]
    words: dict[str, Counter[Word]] = {}
    for fact in (fact for family in families for fact in family.facts):
        words.setdefault(fact.field, Counter())[fact.word] += 1
    return LivingFigures(
        count=len(families),
        people=sum(people) / len(people) if len(people) >= LEAST_LIVING else None,
        fields=tuple(
            (field, tuple(count.most_common()))
            for field, count in words.items()
            if count.total() >= LEAST_LIVING
        ),
    )
