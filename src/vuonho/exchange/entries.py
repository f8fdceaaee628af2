"""Lists of records, such as the crops of a garden: which entry of one list is which of another."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from vuonho.domain.fold import key, nfc
from vuonho.domain.outline import Field
from vuonho.domain.schema.meaning import is_nothing
from vuonho.intake.tree import Plain

Who: TypeAlias = tuple[str, int]
"""An entry's own name, evened out, and which one of that name it is: two rows of orange trees are two entries."""


def entries_of(field: Field, value: Plain) -> dict[Who, Plain]:
    """Return the entries of a list by what names them; whatever is no list has none."""
    found: dict[Who, Plain] = {}
    for entry in value if isinstance(value, list) else []:
        name = name_of(field, entry)
        evened = nfc(name.strip()) if field.lone == "file" else key(name)
        number = sum(1 for other in found if other[0] == evened)
        found[(evened, number)] = entry
    return found


def name_of(field: Field, entry: Plain) -> str:
    """Return the name of an entry as typed: what a lone text would stand for."""
    name = expanded(field, entry).get(field.lone)
    return name if isinstance(name, str) else ""


def expanded(field: Field, entry: Plain) -> dict[str, Plain]:
    """Return an entry with its keys, where just its name stands."""
    if isinstance(entry, dict):
        return entry
    return {field.lone: entry}


def shortened(field: Field, entry: Mapping[str, Plain]) -> Plain:
    """Return an entry without what it does not say, as just its name where there is no more."""
    said = {name: value for name, value in entry.items() if not is_nothing(value)}
    return said[field.lone] if set(said) == {field.lone} else said


def in_order(
    present: Sequence[Who], mine: Sequence[Who], theirs: Sequence[Who], was: Sequence[Who] | None
) -> list[Who]:
    """Return the entries in the order of the file where only the file changed it, else in the profile's own."""
    if was is None or list(mine) != list(was) or _common(theirs, was) == _common(was, theirs):
        return list(present)
    told = [who for who in theirs if who in present]
    return told + [who for who in present if who not in told]


def _common(one: Sequence[Who], other: Sequence[Who]) -> list[Who]:
    return [who for who in one if who in other]
