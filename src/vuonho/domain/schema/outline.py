"""The fields of a record as data, read off its declaration: the one description that everything is made from."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, get_args

from vuonho.domain.outline import Field
from vuonho.domain.schema.about import Record, description, record_at
from vuonho.domain.schema.household import Departed, Household
from vuonho.domain.schema.kinds import Several, Typed
from vuonho.domain.schema.place import Site, Village
from vuonho.domain.vocabulary.words import WordList


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
    """Return what a text means in the field at a path below a record; raise Refused where it means nothing."""
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
