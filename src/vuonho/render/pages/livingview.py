"""How the families of a village live, as bars: never a family that can be told from the others."""

from collections.abc import Iterator
from dataclasses import dataclass

from vuonho.render.pages.figures import Counts, LivingFigures, named_answers
from vuonho.render.pages.language import Language


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
