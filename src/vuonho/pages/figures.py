"""What a village's gardens come to: numbers, bars, a year of harvests, how people live."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from vuonho.model.public import PublicHousehold, PublicLiving, Thing
from vuonho.model.vocabulary import Word
from vuonho.pages.language import SAO, YEAR, Language, Named, Said
from vuonho.pages.layout import harvests, is_model, percent, receives
from vuonho.text import fold

LEAST_LIVING: Final = 5
LEAST_ALIKE: Final = 2
"""A living condition is named from so many families up; who lives like nobody else is one of the others."""
MOST_ANSWERS: Final = 4
MOST_CHIPS: Final = 8
MOST_SIGNS: Final = 30
"""A row of signs is as long as this at most; in larger villages each sign stands for several homes."""
_STEPS: Final = (1, 2, 5)
_HECTARE: Final = 10_000
"""m²; from here up an area is said in hectares first."""
_ORDER: Final = ("house", "water", "electricity", "toilet", "kitchen", "waste", "internet", "road")
"""Living conditions as a page lists them, whatever the first family answered; others come after."""


class Grown(NamedTuple):
    """A crop, an animal or a harvest, and in how many gardens; `trees` and `area` (m²) where known, else 0."""

    name: str
    known: Thing | None
    gardens: int
    trees: int = 0
    area: int = 0


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


class Answer(NamedTuple):
    """How many families live in a way, and the width of its bar; `is_rest` are all ways together that are not named."""

    label: str
    families: str
    width: int
    is_rest: bool = False


class LivingLine(NamedTuple):
    """One field of the living figures and its answers."""

    icon: str
    label: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Living:
    """How the `count` families live that ticked it; mean `people` of a home, None under five answers."""

    count: int
    people: float | None
    lines: tuple[LivingLine, ...]


class Figures(NamedTuple):
    """What a village's page shows of its gardens: lists are in falling order of gardens, crops then of size.

    `months` counts gardens with a harvest, January first, `bars_label` says so for the ears, and `ripe` names
    what is harvested; `animals` and `ways` are (name, gardens).
    """

    households: int
    headlines: tuple[Headline, ...]
    crops: tuple[Grown, ...]
    months: tuple[int, ...]
    bars_label: str
    ripe: tuple[tuple[Grown, ...], ...]
    animals: tuple[tuple[Said, int], ...]
    ways: tuple[tuple[str, int], ...]
    living: Living | None


def village_figures(households: Sequence[PublicHousehold], language: Language) -> Figures:
    """Return the figures of at least one household. They count all gardens, but only the homes that ticked `living`."""
    gardens = [one.garden for one in households]
    crops, animals = crops_grown(households), _met(garden.animals for garden in gardens)
    lists = (
        ("irrigation", Counter(garden.irrigation for garden in gardens if garden.irrigation)),
        ("practice", Counter(word for garden in gardens for word in set(garden.practices))),
    )
    ways = sorted(
        ((n, word, of) for of, count in lists for word, n in _ranked(count)), key=lambda one: -one[0]
    )
    seasons = [_seasons(one) for one in households]
    months = [sum(any(month in harvest for harvest in one.values()) for one in seasons) for month in YEAR]
    said = (
        language.say("village.harvest_item", month=language.say(f"month_name.{month}"), n=language.number(n))
        for month, n in zip(YEAR, months, strict=True)
    )
    return Figures(
        households=len(households),
        headlines=tuple(_headlines(households, len(crops), language)),
        crops=crops,
        months=tuple(months),
        bars_label=language.say("village.harvest_label", months=", ".join(said)),
        ripe=tuple(_ripe(households, seasons)),
        animals=tuple((language.named(one), one.gardens) for one in animals[:MOST_CHIPS]),
        ways=tuple((language.word(word, of), n) for n, word, of in ways[:MOST_CHIPS]),
        living=_living([one.living for one in households if one.living], language),
    )


def kind(one: Named) -> str:
    """Return what tells one kind of thing from another: its key, else its name without case and accents."""
    return one.known.key if one.known else f"={fold(one.name)}"


def crops_grown(households: Sequence[PublicHousehold]) -> tuple[Grown, ...]:
    """Return the crops of some households, those of most gardens first."""
    trees, area = Counter[str](), Counter[str]()
    for crop in (crop for household in households for crop in household.garden.crops):
        trees[kind(crop)] += crop.trees or 0
        area[kind(crop)] += crop.area or 0
    met = _met(household.garden.crops for household in households)
    sized = (one._replace(trees=trees[kind(one)], area=area[kind(one)]) for one in met)
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


def _seasons(household: PublicHousehold) -> dict[str, set[int]]:
    """Return the months of each kind of thing that a garden harvests."""
    months: dict[str, set[int]] = {}
    for one in harvests(household):
        if one.season:
            months.setdefault(kind(one), set()).update(one.season.months)
    return months


def _ripe(
    households: Sequence[PublicHousehold], seasons: Sequence[dict[str, set[int]]]
) -> Iterator[tuple[Grown, ...]]:
    first: dict[str, Named] = {}
    for one in (one for household in households for one in harvests(household)):
        first.setdefault(kind(one), one)
    for month in YEAR:
        count = Counter(name for one in seasons for name, months in one.items() if month in months)
        yield tuple(Grown(first[one].name, first[one].known, n) for one, n in count.most_common())


def _ranked(count: Counter[Word]) -> list[tuple[Word, int]]:
    """Return the words in falling order of their counts, then by key: the order of profiles tells nothing."""
    return sorted(count.items(), key=lambda one: (-one[1], one[0].key))


# --- The headline numbers of a village: how many homes, how large, how many kinds, and which share is what ---


def _headlines(households: Sequence[PublicHousehold], kinds: int, language: Language) -> Iterator[Headline]:
    of, models = len(households), sum(map(is_model, households))
    yield Headline("house", language.number(of), language.count("figures.families", of))
    if kinds:
        yield Headline("tree_fruit", language.number(kinds), language.count("figures.kinds", kinds))
    areas = [one.garden.area for one in households if one.garden.area]
    if areas:
        yield _area(sum(areas), len(areas), of, language)
    if models:
        others = sum(one.garden.model is not None for one in households) - models
        striving = language.count("figures.striving", others) if others else ""
        yield _share("award", "models", models, of, language, striving)
    if welcome := sum(map(receives, households)):
        yield _share("visit", "welcome", welcome, of, language)


def _area(area: int, gardens: int, of: int, language: Language) -> Headline:
    """Return so many m² of some gardens, with the unit that people use beside it."""
    if area >= _HECTARE:
        number = language.say("figures.hectares", number=language.decimal(area / _HECTARE))
        beside = language.area(area)
    else:
        number, unit = language.plain_area(area), language.say("format.local_unit")
        beside = f"{language.decimal(area / SAO)} {unit}" if unit else ""
    known = language.count("village.area_of", gardens) if gardens < of else ""
    return Headline("area", number, language.say("figures.area"), ", ".join(filter(None, (beside, known))))


def _share(icon: str, key: str, count: int, of: int, language: Language, more: str = "") -> Headline:
    """Return a share of the households, with a row of signs unless there is but one."""
    plain = Headline(icon, language.number(count), language.count(f"figures.{key}", count))
    if of == 1:
        return plain
    each = next(n for n in _round_numbers() if of <= MOST_SIGNS * n)
    signs = -(-of // each)
    lit = signs if count == of else min(max(1, round(count / each)), signs - 1)
    said = filter(None, (language.say(f"figures.{key}_of", n=language.number(of)), more))
    note = language.say("figures.each", n=language.number(each)) if each > 1 else ""
    return plain._replace(more=", ".join(said), lit=lit, signs=signs, each=note)


def _round_numbers() -> Iterator[int]:
    """Yield 1, 2, 5, 10, 20, 50, 100 …"""
    ten = 1
    while True:
        yield from (step * ten for step in _STEPS)
        ten *= 10


# --- How the families of a village live, as bars: never a family that can be told from the others ---


def _living(families: Sequence[PublicLiving], language: Language) -> Living | None:
    if len(families) < LEAST_LIVING:
        return None
    people = [family.people for family in families if family.people]
    mean = sum(people) / len(people) if len(people) >= LEAST_LIVING else None
    words: dict[str, Counter[Word]] = {}
    for fact in (fact for family in families for fact in family.facts):
        words.setdefault(fact.field, Counter())[fact.word] += 1
    lines = []
    for field in sorted(words, key=lambda one: (_ORDER.index(one) if one in _ORDER else len(_ORDER), one)):
        count = words[field]
        answers = _answers(count, field, count.total(), language)
        if answers and count.total() >= LEAST_LIVING:
            label = language.field(f"Living.{field}")
            lines.append(LivingLine(_ranked(count)[0][0].icon, label, tuple(answers)))
    titled = [set(family.titles) for family in families if family.titles]
    titles = Counter(title for family in titled for title in family)
    answers = [one for one in _answers(titles, "titles", len(families), language) if not one.is_rest]
    if answers and len(titled) >= LEAST_LIVING:
        lines.append(LivingLine("award", language.say("figures.titles"), tuple(answers)))
    return Living(len(families), mean, tuple(lines))


def _answers(count: Counter[Word], field: str, of: int, language: Language) -> list[Answer]:
    """Return the answers that several families gave with their share of `of`, at most four, then all others as one."""
    shown = [(word, n) for word, n in _ranked(count) if n >= LEAST_ALIKE][:MOST_ANSWERS]
    answers = [Answer(language.word(word, field), language.number(n), percent(n, of)) for word, n in shown]
    rest = count.total() - sum(n for _, n in shown)
    if shown and rest:
        answers.append(
            Answer(language.say("figures.rest"), language.number(rest), percent(rest, of), is_rest=True)
        )
    return answers
