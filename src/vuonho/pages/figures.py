"""What a village's gardens come to: numbers, bars, a year of harvests, how people live."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from vuonho.model.public import PublicCrop, PublicHousehold, PublicLiving, PublicProduct, Thing
from vuonho.model.vocabulary import Word
from vuonho.pages.language import SAO, YEAR, Language
from vuonho.pages.layout import Said, month_mask, named, sign
from vuonho.text import fold

# --- What a village's gardens come to. Garden figures count all; living figures only those who ticked `living` ---

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


# --- The headline numbers of a village: how many homes, how large, how many kinds, and which share is what ---

MOST_SIGNS: Final = 30
"""A row of signs is as long as this at most; in larger villages each sign stands for several homes."""
_STEPS: Final = (1, 2, 5)
_HECTARE: Final = 10_000
"""m²; from here up an area is said in hectares first."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A number with what it counts and what more there is to say.

    `lit` of `signs` signs stand for it as a share; both are 0 where a share says nothing. `each` says how many
    homes a sign stands for, or "".
    """

    icon: str
    number: str
    label: str
    more: str = ""
    lit: int = 0
    signs: int = 0
    each: str = ""


def headlines(figures: Figures, language: Language) -> Iterator[Headline]:
    """Yield the headline numbers of a village, of at least one household."""
    households = figures.households
    yield _headline("house", "families", households, language)
    if figures.crops:
        yield _headline("tree_fruit", "kinds", len(figures.crops), language)
    if figures.area:
        yield _area(figures, language)
    if figures.models:
        striving = language.count("figures.striving", figures.striving) if figures.striving else ""
        yield _share("award", "models", figures.models, households, language, striving)
    if figures.welcome:
        yield _share("visit", "welcome", figures.welcome, households, language)


def _headline(icon: str, key: str, count: int, language: Language) -> Headline:
    return Headline(icon, language.number(count), language.count(f"figures.{key}", count))


def _area(figures: Figures, language: Language) -> Headline:
    large = figures.area >= _HECTARE
    hectares = language.decimal(figures.area / _HECTARE)
    local = language.say("format.local_unit")
    sao = f"{language.decimal(figures.area / SAO)} {local}" if local else ""
    told = language.count("village.area_of", figures.area_of) if figures.area_of < figures.households else ""
    more = (language.area(figures.area) if large else sao, told)
    return Headline(
        "area",
        language.say("figures.hectares", number=hectares) if large else language.plain_area(figures.area),
        language.say("figures.area"),
        ", ".join(part for part in more if part),
    )


def _share(icon: str, key: str, count: int, of: int, language: Language, more: str = "") -> Headline:
    """Return a share of the households, with a row of signs unless there is but one."""
    label = language.count(f"figures.{key}", count)
    if of == 1:
        return Headline(icon, language.number(count), label)
    each = _each(of)
    signs = -(-of // each)
    lit = signs if count == of else min(max(1, round(count / each)), signs - 1)
    said = (language.say(f"figures.{key}_of", n=language.number(of)), more)
    note = language.say("figures.each", n=language.number(each)) if each > 1 else ""
    shown = ", ".join(part for part in said if part)
    return Headline(icon, language.number(count), label, shown, lit, signs, note)


def _each(of: int) -> int:
    """Return for how many homes a sign stands: the least of 1, 2, 5, 10, 20 … that makes a short row."""
    step = 0
    while of > MOST_SIGNS * _STEPS[step % 3] * 10 ** (step // 3):
        step += 1
    return int(_STEPS[step % 3] * 10 ** (step // 3))


# --- How the families of a village live, as bars: never a family that can be told from the others ---


@dataclass(frozen=True, slots=True)
class Answer:
    """How many families live in a way, and the width of its bar: 0 for all ways together that are not named."""

    label: str
    count: str
    width: int


@dataclass(frozen=True, slots=True)
class LivingLine:
    """One field of the living figures and its answers."""

    icon: str
    label: str
    answers: tuple[Answer, ...]


def living_lines(living: LivingFigures, language: Language) -> Iterator[LivingLine]:
    """Yield a line for each field that enough families told, the titles last."""
    for field, counts in living.fields:
        answers = tuple(_answers(counts, field, sum(n for _, n in counts), language))
        if answers:
            yield LivingLine(counts[0][0].icon, language.say(f"living_field.{field}"), answers)
    titles = tuple(one for one in _answers(living.titles, "titles", living.count, language) if one.width)
    if titles:
        yield LivingLine("award", language.say("figures.titles"), titles)


def _answers(counts: Counts, field: str, of: int, language: Language) -> Iterator[Answer]:
    """Yield the named answers with their share of `of` families, then all others as one."""
    shown, rest = named_answers(counts)
    for word, n in shown:
        yield Answer(language.word(word, field), language.number(n), percent(n, of))
    if shown and rest:
        yield Answer(language.say("figures.rest"), language.number(rest), 0)


def percent(n: int, of: int) -> int:
    """Return a share in whole per cent, at least 1 of anything, so that there is something to see."""
    return max(1, round(100 * n / of)) if n else 0


# --- The figures of a village as pictures in plain values: numbers, bars, a year of harvests, how people live ---

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
    grown = tuple(_figuresview_grown(figures, language))
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


def _figuresview_grown(figures: Figures, language: Language) -> Iterator[GrownLine]:
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
