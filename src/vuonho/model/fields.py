"""The fields of a record as data: the one description that forms, workbook, reference and papers are made from.

A record declares the types of its fields; `fields.csv` holds their English label, help and example, when they may
be shown, and their sort by the law. Translations are where all sentences have theirs.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Final, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainValidator, model_validator

from vuonho.i18n import NOTHING, Both, Text
from vuonho.model.vocabulary import WordList

BASE: Final = "base"
"""Shown once consent is recorded."""
NEVER: Final = "never"
"""Never shown to anybody."""

Kind = Literal[
    "record", "records",  # fields within fields; a list of such
    "line", "url", "code",  # one line of letters
    "caption", "paragraph", "story",  # words that may stand in several languages; a caption is one line
    "day", "year", "months", "area", "count", "price", "stars",
    "yes_no", "word",  # closed: yes or no; one word of a list
    "position", "phone",
]  # fmt: skip
"""What is typed into a field. `Field.several` makes a list of it, such as the ticks of the consent."""

LOCAL: frozenset[Kind] = frozenset({"caption", "paragraph", "story"})
"""Kinds whose value is one text (Vietnamese) or one in each language."""


class Record(BaseModel):
    """A mapping of a profile. Frozen; unknown keys are refused; a lone text may stand for one field."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shorthand: ClassVar[str | None] = None

    @model_validator(mode="before")
    @classmethod
    def _as_written(cls, value: object) -> object:
        """Take a lone text for its field, and known keys without a value for absent ones."""
        if cls.shorthand and isinstance(value, str):
            return {cls.shorthand: value}
        if isinstance(value, dict):
            return {
                key: item
                for key, item in value.items()
                if key not in cls.model_fields or not _is_nothing(item)
            }
        return value


def _is_nothing(value: object) -> bool:
    """Tell "no value": None, and words in several languages of which none is written."""
    if isinstance(value, dict) and value and value.keys() <= {"vi", "en"}:
        return all(item is None for item in value.values())
    return value is None


# --- What the type of a field says of it ---


@dataclass(frozen=True, slots=True)
class Typed(PlainValidator):
    """A validator of one value that names its kind; `most` letters, or None; the closed list of a "word"."""

    kind: Kind = "line"
    most: int | None = None
    words: WordList | None = None


@dataclass(frozen=True, slots=True)
class Several(BeforeValidator):
    """A check of a list that names how many entries it may have."""

    most: int = 0


@dataclass(frozen=True, slots=True)
class LocalText:
    """The same words in one or more languages: pairs of (language tag, text), Vietnamese first."""

    entries: tuple[tuple[str, str], ...]

    def to(self, language: str) -> tuple[str, str]:
        """Return (text, its language): the wanted language where it was written, else the first that was."""
        found = next((entry for entry in self.entries if entry[0] == language), self.entries[0])
        return found[1], found[0]

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of every language."""
        return tuple(text for _, text in self.entries)


def _within(annotation: Any) -> Iterator[Any]:
    """Yield the types and validators in an annotation such as `tuple[Tick, ...] | None`."""
    yield annotation
    for part in get_args(annotation):
        yield from _within(part)


def _parts(record: type[Record], key: str) -> tuple[Any, ...]:
    info = record.model_fields[key]
    return (*info.metadata, *_within(info.annotation))


def _record_in(parts: Iterable[Any]) -> type[Record] | None:
    return next((one for one in parts if isinstance(one, type) and issubclass(one, Record)), None)


def record_at(record: type[Record], path: tuple[str | int, ...]) -> type[Record]:
    """Return the kind of mapping that lies at `path` below `record` (list positions are passed over)."""
    for step in path:
        if isinstance(step, str) and step in record.model_fields:
            record = _record_in(_parts(record, step)) or record
    return record


def read_value(record: type[Record], path: tuple[str, ...], text: str) -> object:
    """Return what a text means in the field at a path below a record; raise UserError where it means nothing."""
    parts = _parts(record_at(record, path[:-1]), path[-1])
    typed = next(part for part in parts if isinstance(part, Typed))
    return typed.func(text)  # type: ignore[call-arg]  # pydantic allows for a second argument, ours take one


# --- Everything that is known of a field ---


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `key` within its owner, and what type and table say of it.

    `shown` is "base", "never", or the tick that it needs. `sort` is "basic", "linked" or "sensitive" (see
    `consent_forms`), "" for a record and for what is in no profile. `most` is the number of letters of a text, or of
    entries where there may be `several`; None where the kind sets its own bounds. `words` is the closed list
    of a "word". `fields` are those within a "record" or "records". `lone` is the key of the field that a lone
    text stands for, "" where none may. `help` is one sentence on what to write, `example` a value as somebody
    would type it (one of them where there may be `several`), "" for a record.
    """

    key: str
    label: Text
    kind: Kind
    shown: str
    help: Text = NOTHING
    required: bool = False
    several: bool = False
    most: int | None = None
    words: WordList | None = None
    fields: tuple["Field", ...] = ()
    lone: str = ""
    example: str = ""
    sort: str = ""

    @property
    def advice(self) -> Text:
        """The help with the example behind it, where only one text has room."""
        if not self.example or self.words:
            return self.help
        vi, en = f"{self.help.vi} Ví dụ: {self.example}", f"{self.help.en} Example: {self.example}"
        return Both(vi.strip(), en.strip())

    @property
    def is_local(self) -> bool:
        """Tell whether its words may stand in several languages."""
        return self.kind in LOCAL

    def field(self, key: str) -> "Field":
        """Return the field of that key within this one; KeyError where there is none."""
        return field_of(self.fields, key)


@cache
def _table() -> dict[str, dict[str, str]]:
    with Path(__file__).with_name("fields.csv").open(encoding="utf-8", newline="") as file:
        return {row["field"]: row for row in csv.DictReader(file)}


def label_of(name: str) -> Text:
    """Return what a field is called, such as "Garden.area"; KeyError where there is none."""
    return Text(_table()[name]["label"], context=_table()[name]["context"])


@cache
def outline(record: type[Record]) -> tuple[Field, ...]:
    """Return the fields of a record in the order of the schema."""
    return tuple(_field(record, key) for key in record.model_fields)


def _field(record: type[Record], key: str) -> Field:
    name, parts = f"{record.__name__}.{key}", _parts(record, key)
    said = _table()[name]
    several = next((part for part in parts if isinstance(part, Several)), None)
    field = Field(
        key,
        label=label_of(name),
        kind="records" if several else "record",
        shown=said["shown"] or BASE,
        help=Text(said["help"]),
        example=said["example"],
        sort=said["sort"],
        required=record.model_fields[key].is_required(),
        several=several is not None,
        most=several.most if several else None,
    )
    if inside := _record_in(parts):
        return replace(field, fields=outline(inside), lone=inside.shorthand or "")
    typed = next(part for part in parts if isinstance(part, Typed))
    example = field.example or (typed.words.words[0].label.vi if typed.words else "")
    most = field.most or typed.most
    return replace(field, kind=typed.kind, most=most, words=typed.words, example=example)


def word_lists(fields: Iterable[Field]) -> tuple[WordList, ...]:
    """Return the closed lists below these fields, each once, in their order."""
    found: dict[Text, WordList] = {}
    for field in fields:
        for words in (field.words, *word_lists(field.fields)):
            if words is not None:
                found.setdefault(words.name, words)
    return tuple(found.values())


def leaves(fields: Iterable[Field], before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Field]]:
    """Yield (path, field) of every field that is no single record, in the order of the schema.

    Lists of records are leaves: they have a table of their own wherever they are shown.
    """
    for field in fields:
        path = (*before, field.key)
        if field.kind == "record":
            yield from leaves(field.fields, path)
        else:
            yield path, field


def field_of(fields: Iterable[Field], key: str) -> Field:
    """Return the field of that key; KeyError where there is none."""
    return {field.key: field for field in fields}[key]


def field_at(fields: Iterable[Field], path: Iterable[str | int]) -> Field | None:
    """Return the field at a path; positions in lists and languages of a text are passed over."""
    found: Field | None = None
    for step in path:
        if isinstance(step, str):
            inside = next((field for field in fields if field.key == step), None)
            if inside is None:
                return found if found is not None and found.is_local else None
            found, fields = inside, inside.fields
    return found


def called(fields: Iterable[Field], path: Iterable[str | int]) -> Text | None:
    """Return a path in words, such as “Cây trồng 2 · Diện tích”, or None where there is no such field.

    Positions count from 0 and are shown from 1. What holds a list is left out, and so is the name of an entry where
    it is called like the list.
    """
    words: list[Text] = []
    owner: Field | None = None
    for step in path:
        if isinstance(step, int):
            words = [Text("{one} {step}", one=one, step=step + 1) for one in words[-1:]]
            continue
        inside = next((field for field in fields if field.key == step), None)
        if inside is not None:
            is_said = owner is not None and owner.lone == step and owner.label.vi == inside.label.vi
            words += [] if is_said else [inside.label]
            owner, fields = inside, inside.fields
        elif owner is not None and owner.is_local:
            words[-1] = words[-1] if step == "vi" else Text("{told} ({step})", told=words[-1], step=step)
        else:
            return None
    return Both(" · ".join(one.vi for one in words), " · ".join(one.en for one in words)) if words else None
