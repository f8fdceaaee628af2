"""What a typed value means: "1.800 m2" and "1800" are one area, "có" and "true" one yes."""

from collections.abc import Collection
from functools import cache
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from vuonho.domain.fold import nfc
from vuonho.domain.schema.about import Record, record_at
from vuonho.domain.schema.household import Household
from vuonho.domain.vocabulary.words import Word

Step = str | int
UNORDERED = (("consent", "publish"),)
"""Lists in which the order of entries says nothing."""


def is_nothing(value: object) -> bool:
    """Tell "no value": None, an empty text, and lists and mappings that hold nothing else."""
    if isinstance(value, dict):
        return all(is_nothing(item) for item in value.values())
    if isinstance(value, list):
        return all(is_nothing(item) for item in value)
    return value is None or (isinstance(value, str) and not value.strip())


def same(path: tuple[Step, ...], one: object, other: object) -> bool:
    """Tell whether two values, as typed at a path of a profile, mean the same.

    What the schema refuses means only itself, white space around it and composition aside.
    """
    if one == other or (is_nothing(one) and is_nothing(other)):
        return True
    if is_nothing(one) or is_nothing(other):
        return False
    return meaning(path, one) == meaning(path, other)


def meaning(path: tuple[Step, ...], value: object) -> object:
    """Return what a value that is not nothing means at a path of a profile, to be compared with others."""
    owner, key = record_at(Household, path[:-1]), str(path[-1])
    if key not in owner.model_fields:
        return _bare(value)
    try:
        meant = _reader(owner, key).validate_python(value)
    except ValidationError:
        return _bare(value)
    if path in UNORDERED and isinstance(meant, Collection):
        return frozenset(word.key for word in meant if isinstance(word, Word))
    return meant


@cache
def _reader(owner: type[Record], key: str) -> TypeAdapter[Any]:
    info = owner.model_fields[key]
    kind: Any = Annotated[info.annotation, *info.metadata]
    return TypeAdapter(kind)


def _bare(value: object) -> object:
    if isinstance(value, str):
        return " ".join(nfc(value).split())
    if isinstance(value, list):
        return [_bare(item) for item in value]
    if isinstance(value, dict):
        return {key: _bare(item) for key, item in value.items() if not is_nothing(item)}
    return value
