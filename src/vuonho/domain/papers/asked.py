"""What the form tells and asks, read off the schema: a new field and a new tick come in by themselves."""

from collections.abc import Iterable

from vuonho.domain.outline import Field
from vuonho.domain.papers.fields import BASE, single_fields
from vuonho.domain.papers.sheets import Asked, Question, Shown
from vuonho.domain.papers.sorts import Sort
from vuonho.domain.vocabulary.words import Word


def asked(household: tuple[Field, ...], village: tuple[Field, ...], ticks: Iterable[Word]) -> Asked:
    """Return what a family is told and asked, out of the fields of a profile, those of its village, and the ticks."""
    consent = next(field for field in household if field.key == "consent")
    how = next(field for field in consent.fields if field.key == "how")
    asks_more_care = sensitive_ticks(household)
    return Asked(
        shown=tuple(_shown(household, village)),
        questions=tuple(Question(tick, tick.key in asks_more_care) for tick in ticks),
        ways=tuple(how.words or ()),
    )


def sensitive_ticks(household: tuple[Field, ...]) -> frozenset[str]:
    """Return the ticks that let sensitive data be shown."""
    return frozenset(
        tick for leaf in single_fields(household) if leaf.sort is Sort.SENSITIVE for tick in leaf.ticks
    )


def _shown(household: tuple[Field, ...], village: tuple[Field, ...]) -> Iterable[Shown]:
    """Yield what every page shows: the family's single facts first, then each part of the profile that has some."""
    own = [field for field in household if field.shown == BASE and not field.fields]
    home = [field for field in village if field.key in _OF_THE_VILLAGE]
    yield from (Shown(field.key, field.label) for field in own)
    yield from (Shown(f"village.{field.key}", field.label) for field in home)
    for field in household:
        if field.fields and field.shown == BASE and (within := tuple(_within(field))):
            yield Shown(field.key, field.label, within)


_OF_THE_VILLAGE = ("name", "commune")
"""What tells where a family lives; the rest of `village.yaml` is nobody's data."""


def _within(field: Field) -> Iterable[Shown]:
    return (
        Shown(f"{field.key}.{one.key}", one.label)
        for one in field.fields
        if any(leaf.shown == BASE for leaf in single_fields((one,), shown=field.shown))
    )
