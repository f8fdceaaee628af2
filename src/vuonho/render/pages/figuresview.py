"""The figures of a village as pictures in plain values: numbers, bars, a year of harvests, how people live.

Widths and heights are per cent of the drawing; each picture says the same in words beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vuonho.render.pages.figures import Figures
from vuonho.render.pages.headline import Headline, headlines
from vuonho.render.pages.language import Language
from vuonho.render.pages.livingview import LivingLine, living_lines, percent
from vuonho.render.pages.months import YEAR
from vuonho.render.pages.nowview import month_mask
from vuonho.render.pages.view import Said, named, sign

MOST_GROWN: Final = 8
ALSO_GROWN: Final = 16
MOST_RIPE: Final = 8
MOST_CHIPS: Final = 8
_TALLEST: Final = 80
"""Height of the tallest column: above it stands its number."""
_WIDE_NUMBER: Final = 100
FEW_KINDS: Final = 5


@dataclass(frozen=True, slots=True)
class GrownLine:
    """A crop: in how many gardens, its trees and area or "", and the width of its bar, 0 for none."""

    icon: str
    name: Said
    gardens: str
    amount: str
    width: int


@dataclass(frozen=True, slots=True)
class Chip:
    """A kind of animal or a way of gardening, and in how many gardens."""

    name: Said
    gardens: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A month of the harvest picture: its letter, count ("" for none), height of the column, and its bit."""

    letter: str
    count: str
    height: int
    mask: int


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month in words: the names of what is ripe, how much of it is not named, and its bit.

    `gardens` says in how many, where the picture cannot; else it is "".
    """

    name: str
    gardens: str
    ripe: tuple[Said, ...]
    more: str
    mask: int


@dataclass(frozen=True, slots=True)
class FiguresView:
    """The village in figures, ready to print; what there is nothing of is empty.

    `wide` tells that a column is too narrow for its number on a phone. `ways_under` is "grown" or "harvest",
    the shorter of the two, or "" where no animals and ways were told. `persons` is the mean number of people of
    a home, rounded for the picture and said exactly in `people`.
    """

    headlines: tuple[Headline, ...]
    grown: tuple[GrownLine, ...]
    grown_note: str
    also: tuple[Said, ...]
    also_more: str
    bars: tuple[Bar, ...]
    bars_label: str
    wide: bool
    months: tuple[MonthLine, ...]
    animals: tuple[Chip, ...]
    ways: tuple[Chip, ...]
    ways_note: str
    ways_under: str
    living_note: str
    persons: int
    people: str
    living: tuple[LivingLine, ...]


def figures_view(figures: Figures, language: Language) -> FiguresView:
    """Return the figures of a village in a language."""
    living = figures.living
    reaped = any(figures.months)
    several = figures.households > 1
    grown = tuple(_grown(figures, language))
    rest = figures.crops[MOST_GROWN:]
    return FiguresView(
        headlines=tuple(headlines(figures, language)),
        grown=grown,
        grown_note=language.say("figures.sum_note") if several and any(line.amount for line in grown) else "",
        also=tuple(named(one.name, one.known, language) for one in rest[:ALSO_GROWN]),
        also_more=_uncounted(len(rest) - ALSO_GROWN, language),
        bars=_bars(figures, language) if reaped else (),
        bars_label=_bars_label(figures.months, language),
        wide=max(figures.months) >= _WIDE_NUMBER,
        months=tuple(_months(figures, language)) if reaped else (),
        animals=_animals(figures, language),
        ways=_ways(figures, language),
        ways_note=language.say("figures.ways_note") if several else "",
        ways_under=_ways_under(figures),
        living_note=language.say("village.living_note", n=language.number(living.count)) if living else "",
        persons=round(living.people) if living and living.people else 0,
        people=language.decimal(living.people) if living and living.people else "",
        living=tuple(living_lines(living, language)) if living else (),
    )


# --- Gardens -----------------------------------------------------------------------------------------------


def _grown(figures: Figures, language: Language) -> Iterator[GrownLine]:
    """Yield the crops of most gardens; where no crop is in two gardens, bars would say nothing."""
    most = figures.crops[0].gardens if figures.crops else 0
    for crop in figures.crops[:MOST_GROWN]:
        amount = (
            language.count("household.trees", crop.trees) if crop.trees else "",
            language.plain_area(crop.area) if crop.area else "",
        )
        yield GrownLine(
            sign(crop.known),
            named(crop.name, crop.known, language),
            language.count("figures.gardens", crop.gardens) if figures.households > 1 else "",
            " · ".join(part for part in amount if part),
            percent(crop.gardens, most) if most > 1 else 0,
        )


def _uncounted(n: int, language: Language) -> str:
    return language.count("figures.more", n) if n > 0 else ""


def _bars(figures: Figures, language: Language) -> tuple[Bar, ...]:
    most = max(figures.months)
    return tuple(
        Bar(
            language.say(f"month_short.{month}"),
            language.number(count) if count and figures.households > 1 else "",
            percent(count, most) * _TALLEST // 100 + (count > 0),
            month_mask((month,)),
        )
        for month, count in zip(YEAR, figures.months, strict=True)
    )


def _bars_label(months: tuple[int, ...], language: Language) -> str:
    items = (
        language.say("village.harvest_item", month=language.say(f"month_name.{month}"), n=language.number(n))
        for month, n in zip(YEAR, months, strict=True)
    )
    return language.say("village.harvest_label", months=", ".join(items))


def _months(figures: Figures, language: Language) -> Iterator[MonthLine]:
    wide = max(figures.months) >= _WIDE_NUMBER
    for month, count, ripe in zip(YEAR, figures.months, figures.ripe, strict=True):
        yield MonthLine(
            language.say(f"month_name.{month}"),
            language.count("figures.gardens", count) if wide and count else "",
            tuple(named(one.name, one.known, language) for one in ripe[:MOST_RIPE]),
            _uncounted(len(ripe) - MOST_RIPE, language),
            month_mask((month,)),
        )


def _animals(figures: Figures, language: Language) -> tuple[Chip, ...]:
    several = figures.households > 1
    return tuple(
        Chip(named(one.name, one.known, language), language.number(one.gardens) if several else "")
        for one in figures.animals[:MOST_CHIPS]
    )


def _ways(figures: Figures, language: Language) -> tuple[Chip, ...]:
    lists = (("irrigation", figures.irrigation), ("practice", figures.practices))
    ways = sorted(((n, word, of) for of, counts in lists for word, n in counts), key=lambda one: -one[0])
    return tuple(
        Chip(Said(language.word(word, of)), language.number(n) if figures.households > 1 else "")
        for n, word, of in ways[:MOST_CHIPS]
    )


def _ways_under(figures: Figures) -> str:
    if not (figures.animals or figures.irrigation or figures.practices):
        return ""
    return "grown" if len(figures.crops) <= FEW_KINDS else "harvest"
