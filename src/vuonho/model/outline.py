"""The fields of a profile as data, read off its declaration, and what a typed value means."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cache
from typing import Annotated, Any, get_args

from pydantic import TypeAdapter, ValidationError

from vuonho.model.fields import Field, Record, Several, Typed, description, record_at
from vuonho.model.household import Departed, Household
from vuonho.model.settings import Site, Village
from vuonho.model.vocabulary import Word, WordList
from vuonho.text import nfc

# --- The fields of a record as data, read off its declaration: the one description that everything is made from ---


@cache
def outline(record: type[Record]) -> tuple[Field, ...]:
    """Return the fields of a record in the order of the schema."""
    return tuple(_field(record, key) for key in record.model_fields)


def household_fields() -> tuple[Field, ...]:
    """Return the fields of a profile."""
    return outline(Household)


def departed_fields() -> tuple[Field, ...]:
    """Return the fields of a household that left."""
    return outline(Departed)


def village_fields() -> tuple[Field, ...]:
    """Return the fields of `village.yaml`."""
    return outline(Village)


def site_fields() -> tuple[Field, ...]:
    """Return the fields of `site.yaml`."""
    return outline(Site)


def read_value(record: type[Record], path: tuple[str, ...], text: str) -> object:
    """Return what a text means in the field at a path below a record; raise UserError where it means nothing."""
    owner = record_at(record, path[:-1])
    markers = _all_markers(owner, path[-1])
    typed = next(marker for marker in markers if isinstance(marker, Typed))
    return typed.func(text)  # type: ignore[call-arg]  # pydantic allows for a second argument, ours take one


def _all_markers(record: type[Record], key: str) -> tuple[object, ...]:
    info = record.model_fields[key]
    return (*info.metadata, *_markers(info.annotation))


def _field(record: type[Record], key: str) -> Field:
    info, about, inside = record.model_fields[key], description(record, key), record_at(record, (key,))
    markers = _all_markers(record, key)
    several = next((marker for marker in markers if isinstance(marker, Several)), None)
    bare = Field(
        key,
        label=about.label,
        kind="records" if several else "record",
        shown=about.shown,
        help=about.help,
        example=about.example,
        required=info.is_required(),
        several=several is not None,
        most=several.most if several else None,
    )
    if inside is not record:
        return replace(bare, fields=outline(inside), lone=inside.shorthand or "")
    typed = next(marker for marker in markers if isinstance(marker, Typed))
    return replace(
        bare,
        kind=typed.kind,
        most=bare.most or typed.most,
        words=typed.words,
        example=bare.example or _first_label(typed.words),
    )


def _first_label(words: WordList | None) -> str:
    """Return how a word of a closed list is typed: its Vietnamese label; "" without a list."""
    return words.words[0].label.vi if words else ""


def _markers(annotation: Any) -> Iterator[object]:
    """Yield what stands beside the types within an annotation such as `tuple[Tick, ...] | None`."""
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from _markers(part)


# --- What a typed value means: "1.800 m2" and "1800" are one area, "có" and "true" one yes ---

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
