"""The rows of a list of records that belong to one household become entries, compared with those they were made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vuonho.domain.fold import key
from vuonho.domain.outline import Field
from vuonho.intake.tree import Plain
from vuonho.intake.workbook.household import Told, values_of
from vuonho.intake.workbook.plan import Column
from vuonho.intake.workbook.shape import as_entry, copied, look_up
from vuonho.intake.workbook.wording import comparable, even, shown


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One row: its position among the filled rows, the texts of its columns, and what is known of its places."""

    position: int
    texts: Mapping[Column, str]
    out: Told


def join_entries(
    field: Field, rows: Sequence[EntryRow], base: Plain, *, stand_together: bool
) -> tuple[list[Plain], list[EntryRow]]:
    """Return (entries, the row of each) of a household; `base` is the list as exported, or None.

    A row that says what an entry of the base said is that entry, in the form in which it was. Rows that stand
    together give the order; those that were sorted apart do not: the old order stays, what is new comes behind.
    """
    old = list(base) if isinstance(base, list) else []
    matched = _matched(field, rows, old)
    order = list(matched)
    if not stand_together:
        order.sort(key=lambda number: len(old) if (place := matched[number]) is None else place)
    entries = [_entry(field, rows[number], old, matched[number]) for number in order]
    return entries, [rows[number] for number in order]


def _matched(field: Field, rows: Sequence[EntryRow], old: Sequence[Plain]) -> dict[int, int | None]:
    """Return for each row which old entry it was: the same in every cell first, then the same by name."""
    matched: dict[int, int | None] = dict.fromkeys(range(len(rows)))
    free = list(range(len(old)))
    for is_same in (_is_whole, _is_named):
        for number, row in enumerate(rows):
            if matched[number] is None:
                found = next(
                    (place for place in free if is_same(field, row, as_entry(field, old[place]))), None
                )
                if found is not None:
                    matched[number] = found
                    free.remove(found)
    return matched


def _is_whole(field: Field, row: EntryRow, entry: Mapping[str, Plain]) -> bool:
    del field
    return all(
        comparable(column.field, text) == even(_shown(column, entry))
        for column, text in row.texts.items()
        if not column.is_owner
    )


def _is_named(field: Field, row: EntryRow, entry: Mapping[str, Plain]) -> bool:
    names = [
        (text, _shown(column, entry)) for column, text in row.texts.items() if column.path == (field.lone,)
    ]
    return any(text and key(text) == key(old) for text, old in names)


def _shown(column: Column, entry: Mapping[str, Plain]) -> str:
    value = look_up(dict(entry), column.path)
    return shown(column.field, value if isinstance(value, str | list | dict) else None, column.tag)


def _entry(field: Field, row: EntryRow, old: Sequence[Plain], place: int | None) -> Plain:
    texts = {column: text for column, text in row.texts.items() if not column.is_owner}
    if place is None:
        return values_of(texts, None, row.out)
    before = old[place]
    now = values_of(texts, as_entry(field, before), row.out)
    return copied(before) if now == as_entry(field, before) else now
