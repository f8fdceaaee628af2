"""A village in plain values, for its page and the start page in one language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from vuonho.domain.public import PublicHousehold, PublicVillage
from vuonho.render.pages.figures import Figures, LivingFigures, village_figures
from vuonho.render.pages.language import Language
from vuonho.render.pages.months import YEAR
from vuonho.render.pages.place import Place
from vuonho.render.pages.view import SPROUT, Fact, Link, Said, former, named, own, vietnamese
from vuonho.render.pages.villagemap import Map, village_map

_ROW_CROPS: Final = 3
_MOST_GROWN: Final = 8
CHART_HEIGHT: Final = 64
"""Height of the tallest bar of the harvest picture, in units of the drawing."""


@dataclass(frozen=True, slots=True)
class Row:
    """One household of the list: what it grows, and small badges by (icon, label)."""

    href: str
    name: Said
    icon: str
    crops: tuple[Said, ...]
    badges: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A month of the harvest picture: its letter, count, and height of the bar."""

    letter: str
    count: int
    height: int


@dataclass(frozen=True, slots=True)
class LivingLine:
    """One field of the living figures: words with their counts."""

    icon: str
    label: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FiguresView:
    """The village in figures, ready to print."""

    facts: tuple[Fact, ...]
    grown: tuple[tuple[Said, str, str], ...]
    bars: tuple[Bar, ...]
    bars_label: str
    living_note: str
    living: tuple[LivingLine, ...]


@dataclass(frozen=True, slots=True)
class VillageView:
    """All that a village's page shows; `map` is None where no household shows a point."""

    name: Said
    href: str
    place: Said
    former: str
    intro: Said | None
    count: str
    rows: tuple[Row, ...]
    figures: FiguresView | None
    map: Map | None
    map_label: str
    map_note: str
    bar: str
    dots: tuple[tuple[float, float, str, str], ...]
    description: str


def village_view(
    village: PublicVillage, households: Sequence[PublicHousehold], place: Place, language: Language
) -> VillageView:
    """Return the values of a village's page, its households in the order given."""
    drawn = village_map(village, households)
    described = {"name": village.name, "commune": village.commune}
    return VillageView(
        name=vietnamese(village.name, language),
        href=place.to(f"{village.slug}/"),
        place=vietnamese(f"{village.commune}, {place.site.province}", language),
        former=former(village),
        intro=own(village.intro, language) if village.intro else None,
        count=language.count("village.households_count", len(households)),
        rows=tuple(_row(one, place, language) for one in households),
        figures=_figures(village_figures(households), language) if households else None,
        map=drawn if drawn.dots or drawn.cells else None,
        map_label=language.say("village.map_label", name=village.name),
        map_note=language.count("village.map_list", drawn.unseen) if drawn.unseen else "",
        bar=language.distance(drawn.bar[0]),
        dots=tuple(
            (dot.x, dot.y, place.to(f"{dot.household.code}/"), dot.household.name) for dot in drawn.dots
        ),
        description=language.say("village.description", **described),
    )


def _row(household: PublicHousehold, place: Place, language: Language) -> Row:
    crops = household.garden.crops
    first = crops[0].known if crops else None
    return Row(
        href=place.to(f"{household.code}/"),
        name=vietnamese(household.name, language),
        icon=first.family if first else SPROUT,
        crops=tuple(named(crop.name, crop.known, language) for crop in crops[:_ROW_CROPS]),
        badges=tuple(_badges(household, language)),
    )


def _badges(household: PublicHousehold, language: Language) -> Iterator[Link]:
    model = household.garden.model
    if model and model.status.key == "recognised":
        yield Link("", language.say("village.badge_model"), "award")
    if household.visits and household.visits.welcome:
        yield Link("", language.say("village.badge_welcome"), "visit")


# --- Figures -----------------------------------------------------------------------------------------------


def _figures(figures: Figures, language: Language) -> FiguresView:
    living = figures.living
    return FiguresView(
        facts=tuple(_sums(figures, language)),
        grown=tuple(
            (named(one.name, one.known, language), one.known.family if one.known else SPROUT,
             language.count("village.households_count", one.gardens))
            for one in figures.crops[:_MOST_GROWN]
        ),
        bars=_bars(figures.months, language) if any(figures.months) else (),
        bars_label=_bars_label(figures.months, language),
        living_note=language.say("village.living_note", n=language.number(living.count)) if living else "",
        living=tuple(_living(living, language)) if living else (),
    )  # fmt: skip


def _sums(figures: Figures, language: Language) -> Iterator[Fact]:
    households = language.number(figures.households)
    yield Fact("house", language.say("village.households"), Said(households))
    if figures.area:
        of = (
            language.count("village.area_of", figures.area_of) if figures.area_of < figures.households else ""
        )
        label = " ".join(part for part in (language.say("village.area"), of) if part)
        yield Fact("area", label, Said(language.area(figures.area)))
    counts = (
        ("tree_fruit", "village.crops", len(figures.crops)),
        ("award", "village.models", figures.models),
        ("visit", "village.welcome", figures.welcome),
    )
    for icon, label, count in counts:
        if count:
            yield Fact(icon, language.say(label), Said(language.number(count)))


def _bars(months: tuple[int, ...], language: Language) -> tuple[Bar, ...]:
    most = max(months)
    return tuple(
        Bar(language.say(f"month_short.{month}"), count, round(count / most * CHART_HEIGHT))
        for month, count in zip(YEAR, months, strict=True)
    )


def _bars_label(months: tuple[int, ...], language: Language) -> str:
    items = (
        language.say("village.harvest_item", month=language.say(f"month_name.{month}"), n=language.number(n))
        for month, n in zip(YEAR, months, strict=True)
    )
    return language.say("village.harvest_label", months=", ".join(items))


def _living(living: LivingFigures, language: Language) -> Iterator[LivingLine]:
    if living.people is not None:
        people = language.say("village.living_people", n=language.decimal(living.people))
        yield LivingLine("people", language.say("living_field.people"), ((people, ""),))
    for field, words in living.fields:
        shown = tuple((language.word(word, field), language.number(count)) for word, count in words)
        yield LivingLine(words[0][0].icon, language.say(f"living_field.{field}"), shown)
