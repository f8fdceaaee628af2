"""What a village's gardens come to: numbers, bars, a year of harvests, how people live."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from vuonho.model.public import PublicHousehold, PublicLiving, Thing
from vuonho.model.vocabulary import Word
from vuonho.pages.language import SAO, YEAR, Language, Named, Said
from vuonho.pages.layout import harvests, is_model, receives
from vuonho.text import fold

# --- What a village's gardens come to. Garden figures count all; living figures only those who ticked `living` ---

LEAST_LIVING: Final = 5
LEAST_ALIKE: Final = 2
"""A living condition is named from so many families up; who lives like nobody else is one of the others."""
MOST_ANSWERS: Final = 4
_ORDER: Final = ("house", "water", "electricity", "toilet", "kitchen", "waste", "internet", "road")
"""Fields as a page lists them, whatever the first family answered; others come after."""

Counts = tuple[tuple[Word, int], ...]
"""Words with how many gardens or families they are true of, in falling order."""


class Grown(NamedTuple):
    """A crop, an animal or a harvest, and in how many gardens; `trees` and `area` (m²) where known, else 0."""

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
    models = sum(map(is_model, households))
    seasons = [_seasons(one) for one in households]
    return Figures(
        households=len(households),
        area=sum(areas),
        area_of=len(areas),
        crops=_grown(households),
        animals=_met(garden.animals for garden in gardens),
        irrigation=_ranked(Counter(garden.irrigation for garden in gardens if garden.irrigation)),
        practices=_ranked(Counter(word for garden in gardens for word in set(garden.practices))),
        models=models,
        striving=sum(garden.model is not None for garden in gardens) - models,
        welcome=sum(map(receives, households)),
        months=tuple(
            sum(any(month in months for months in one.values()) for one in seasons) for month in YEAR
        ),
        ripe=_ripe(households, seasons),
        living=_living(tuple(one.living for one in households if one.living)),
    )


def kind(one: Named) -> str:
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


def _met(gardens: Iterable[Iterable[Named]]) -> tuple[Grown, ...]:
    """Return what stands in the gardens, each once a garden, in falling order of gardens, then as met."""
    first: dict[str, Named] = {}
    count: Counter[str] = Counter()
    for garden in gardens:
        kinds = {kind(one): one for one in garden}
        count.update(kinds.keys())
        first = kinds | first
    return tuple(Grown(first[one].name, first[one].known, n) for one, n in count.most_common())


def _seasons(household: PublicHousehold) -> Mapping[str, frozenset[int]]:
    """Return the months of each kind of thing that a garden harvests."""
    months: dict[str, frozenset[int]] = {}
    for one in harvests(household):
        if one.season:
            months[kind(one)] = months.get(kind(one), frozenset()) | frozenset(one.season.months)
    return months


def _ripe(
    households: Sequence[PublicHousehold], seasons: Sequence[Mapping[str, frozenset[int]]]
) -> tuple[tuple[Grown, ...], ...]:
    first: dict[str, Named] = {}
    for one in (one for household in households for one in harvests(household)):
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


class Headline(NamedTuple):
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
    known = language.count("village.area_of", figures.area_of) if figures.area_of < figures.households else ""
    more = (language.area(figures.area) if large else sao, known)
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


class Answer(NamedTuple):
    """How many families live in a way, and the width of its bar: 0 for all ways together that are not named."""

    label: str
    families: str
    width: int


class LivingLine(NamedTuple):
    """One field of the living figures and its answers."""

    icon: str
    label: str
    answers: tuple[Answer, ...]


def living_lines(living: LivingFigures, language: Language) -> Iterator[LivingLine]:
    """Yield a line for each field that enough families answered, the titles last."""
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


# --- The figures of a village for its page ---

MOST_CHIPS: Final = 8


@dataclass(frozen=True, slots=True)
class FiguresView:
    """The figures with what is computed for their pictures.

    `bars_label` says the harvests of each month for the ears; `animals` and `ways` are (name, gardens).
    """

    figures: Figures
    headlines: tuple[Headline, ...]
    bars_label: str
    animals: tuple[tuple[Said, int], ...]
    ways: tuple[tuple[str, int], ...]
    living: tuple[LivingLine, ...]


def figures_view(figures: Figures, language: Language) -> FiguresView:
    """Return the figures of a village in a language."""
    lists = (("irrigation", figures.irrigation), ("practice", figures.practices))
    ways = sorted(((n, word, of) for of, counts in lists for word, n in counts), key=lambda one: -one[0])
    months = ", ".join(
        language.say("village.harvest_item", month=language.say(f"month_name.{month}"), n=language.number(n))
        for month, n in zip(YEAR, figures.months, strict=True)
    )
    return FiguresView(
        figures=figures,
        headlines=tuple(headlines(figures, language)),
        bars_label=language.say("village.harvest_label", months=months),
        animals=tuple((language.named(one), one.gardens) for one in figures.animals[:MOST_CHIPS]),
        ways=tuple((language.word(word, of), n) for n, word, of in ways[:MOST_CHIPS]),
        living=tuple(living_lines(figures.living, language)) if figures.living else (),
    )
