"""Plain values as trees: looked up, set and cut by path, and whether a workbook has a place for each of them."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from vuonho.domain.outline import Field
from vuonho.intake.tree import Path, Plain
from vuonho.intake.workbook.plan import PUBLISH, Keys


class Missing:
    """What is found where there is no such key; unlike None, which says “nothing”."""


MISSING: Final = Missing()
_TAG = re.compile("[a-z]{2,3}")


def look_up(values: Plain, path: Keys) -> "Plain | Missing":
    """Return what stands at a path, MISSING where nothing does."""
    for step in path:
        if not isinstance(values, dict) or step not in values:
            return MISSING
        values = values[step]
    return values


def put(values: dict[str, Plain], path: Keys, value: Plain) -> None:
    """Set the value at a path; mappings on the way are made."""
    *before, last = path
    for step in before:
        inside = values.get(step)
        if not isinstance(inside, dict):
            inside = values[step] = {}
        values = inside
    values[last] = value


def take_out(values: Plain, path: Keys) -> None:
    """Take out what stands at a path, if anything does."""
    owner = look_up(values, path[:-1])
    if isinstance(owner, dict):
        owner.pop(path[-1], None)


def copied(value: Plain) -> Plain:
    """Return the same value in lists and mappings of its own."""
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    return [copied(item) for item in value] if isinstance(value, list) else value


def as_entry(field: Field, entry: Plain) -> dict[str, Plain]:
    """Return an entry of a list of records as a mapping; a lone text stands for one of its fields."""
    if isinstance(entry, dict):
        return entry
    return {field.lone: entry}


def misfits(fields: Sequence[Field], values: Plain, before: Path = ()) -> Iterator[Path]:
    """Yield the paths of values that have no place in a workbook: unknown keys, lists where one value belongs.

    Words that no list knows do have one, ticks excepted: an unknown tick has no column.
    """
    if not isinstance(values, dict):
        if values is not None:
            yield before
        return
    known = {field.key: field for field in fields}
    for key, value in values.items():
        if key not in known:
            yield (*before, key)
        elif value is not None:
            yield from _misfit(known[key], value, (*before, key))


def _misfit(field: Field, value: Plain, path: Path) -> Iterator[Path]:
    if field.kind == "record":
        yield from misfits(field.fields, value, path)
    elif field.kind == "records":
        yield from _entries(field, value, path)
    elif field.is_local and isinstance(value, dict):
        yield from ((*path, tag) for tag, text in value.items() if not _is_said(tag, text))
    elif field.several or (field.kind == "months" and isinstance(value, list)):
        yield from _listed(field, value, path)
    elif not isinstance(value, str):
        yield path


def _is_said(tag: str, text: Plain) -> bool:
    return _TAG.fullmatch(tag) is not None and (text is None or isinstance(text, str))


def _entries(field: Field, value: Plain, path: Path) -> Iterator[Path]:
    if not isinstance(value, list):
        yield path
        return
    for number, entry in enumerate(value):
        if isinstance(entry, dict):
            yield from misfits(field.fields, entry, (*path, number))
        elif not isinstance(entry, str):
            yield (*path, number)


def _listed(field: Field, value: Plain, path: Path) -> Iterator[Path]:
    if not isinstance(value, list):
        yield path
        return
    for number, item in enumerate(value):
        is_tick = path == PUBLISH
        if not isinstance(item, str) or (is_tick and field.words and not field.words.knows(item)):
            yield (*path, number)
