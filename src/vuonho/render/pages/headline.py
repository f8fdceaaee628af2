"""The headline numbers of a village: how many homes, how large, how many kinds, and which share is what."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vuonho.render.pages.figures import Figures
from vuonho.render.pages.language import SAO, Language

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
