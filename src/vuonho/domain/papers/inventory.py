"""The inventory: each field of the schema with its sort, its rule, and in how many households it is filled in.

Counts only, and those below five as they are: the inventory goes into the dossier of those who keep the data
(Law 91/2025/QH15, Art. 20) and is published nowhere, and a count that is rounded would make the dossier untrue.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from vuonho.bilingual import Text
from vuonho.domain.outline import Field
from vuonho.domain.papers.fields import NEVER, Leaf, single_fields
from vuonho.domain.papers.sheets import Question, Row, Section, TickCount, Totals
from vuonho.domain.schema.household import Household
from vuonho.domain.vocabulary.words import WordList


def sections(fields: Iterable[Field], homes: Sequence[Household], ticks: WordList) -> Iterator[Section]:
    """Yield each part of the profile with its fields; single facts stand under their own names."""
    for field in fields:
        yield Section(field.label, tuple(_row(leaf, homes, ticks) for leaf in single_fields((field,))))


def left_section(
    label: Text, left: Iterable[Field], known: Iterable[Field], counts: Mapping[str, int]
) -> Section:
    """Return what is kept of households that left, beside the fields known already; `counts` by their keys."""
    keys = {field.key for field in known}
    own = (leaf for leaf in single_fields(left) if leaf.path[0] not in keys)
    return Section(label, tuple(_row_left(leaf, counts.get(leaf.path[0], 0)) for leaf in own))


def _row_left(leaf: Leaf, count: int) -> Row:
    is_kept = leaf.shown == NEVER
    return Row(leaf.label, leaf.sort, (), is_kept, count, 0 if is_kept else count)


def tick_counts(homes: Sequence[Household], questions: Iterable[Question]) -> Iterator[TickCount]:
    """Yield each question with the number of households that said yes to it."""
    given = Counter(tick.key for home in homes if home.consent.given for tick in home.consent.publish)
    yield from (TickCount(question, given[question.tick.key]) for question in questions)


def totals(homes: Sequence[Household], left: int) -> Totals:
    """Return how many households there are; `left` is the number of those that left."""
    agreed = sum(home.consent.given is not None for home in homes)
    photos = [photo for home in homes for photo in home.photos]
    people = sum(photo.people for photo in photos)
    return Totals(agreed, len(homes) - agreed, left, len(photos), people)


def _row(leaf: Leaf, homes: Sequence[Household], ticks: WordList) -> Row:
    return Row(
        label=leaf.label,
        sort=leaf.sort,
        ticks=tuple(ticks.by_key(key) for key in leaf.ticks),
        is_kept=leaf.shown == NEVER,
        filled=sum(any(map(_is_something, _values(home, leaf.path))) for home in homes),
        agreed=sum(_agrees(home, leaf) for home in homes),
    )


def _agrees(home: Household, leaf: Leaf) -> bool:
    """Tell whether a family lets a field be shown, whether or not anything is written there."""
    if home.consent.given is None or leaf.shown == NEVER:
        return False
    return not leaf.ticks or any(tick.key in leaf.ticks for tick in home.consent.publish)


def _values(owner: Any, path: tuple[str, ...]) -> Iterator[object]:
    """Yield what stands at a path, once for each entry of the lists on the way."""
    if isinstance(owner, tuple):
        for one in owner:
            yield from _values(one, path)
    elif not path:
        yield owner
    elif owner is not None:
        yield from _values(getattr(owner, path[0], None), path[1:])


def _is_something(value: object) -> bool:
    return value not in (None, "", ())
