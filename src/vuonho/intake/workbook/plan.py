"""What stands where in a workbook: tables and their columns, made from the schema.

The table of households has a row for each; every list of records (crops, animals, products, photos) has a table
of its own, whose rows begin with the code and the name of the household that they belong to.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.outline import Field, field_of, leaves
from vuonho.domain.schema.outline import departed_fields, household_fields
from vuonho.domain.vocabulary.consent_words import VILLAGE_KINDS
from vuonho.domain.vocabulary.words import Word
from vuonho.intake.incoming import LEFT

Keys = tuple[str, ...]

MAIN: Final = Text("Hộ", "Households")
GUIDE: Final = Text("Hướng dẫn", "Guide")
PUBLISH: Final[Keys] = ("consent", "publish")
"""The one list of words that has a column for each word: a tick is a yes or a no, never silence."""
VIETNAMESE: Final = "vi"
_MODEL: Final[Keys] = ("garden", "model")


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column of one plan: `path` leads to its value within the household or the entry.

    `tag` is the language of words that may stand in several, `word` the tick that it asks for. `is_owner` tells
    that it does not belong to the entry but says whose it is.
    """

    path: Keys
    field: Field
    heading: Text
    tag: str = ""
    word: Word | None = None
    is_owner: bool = False

    @property
    def is_required(self) -> bool:
        """Tell whether a person has to fill it in; a code is given by the machine."""
        return self.field.required and len(self.path) == 1 and self.field.kind != "code"

    @property
    def is_rare(self) -> bool:
        """Tell whether few households need it: another language, why one left, the papers of a model garden."""
        is_detail = self.path[:2] == _MODEL and self.path[2:] != ("status",)
        return self.path[0] in LEFT or self.tag not in ("", VIETNAMESE) or is_detail

    @property
    def group(self) -> str:
        """The first key of its path: columns of one group stand together."""
        return self.path[0]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One sheet of one plan: `path` is that of the list of records, () for the households."""

    path: Keys
    title: Text
    columns: tuple[Column, ...]

    @property
    def is_main(self) -> bool:
        """Tell whether it is the table of households."""
        return not self.path

    def says_whose(self, column: Column) -> bool:
        """Tell whether a column says which household a row belongs to, or is."""
        return column.path in (("code",), ("name",)) if self.is_main else column.is_owner


VILLAGE: Final = Field("village", VILLAGE_KINDS.by_key("thôn").label, "line", "base", required=True)
"""Not in a profile: the folder says it."""


def profile_fields() -> tuple[Field, ...]:
    """Return the fields that a profile may have, those of a household that left among them."""
    return (*household_fields(), *(field_of(departed_fields(), key) for key in LEFT))


def tables(languages: Sequence[str]) -> tuple[Table, ...]:
    """Return the tables of a workbook in the order of its sheets, with a column for each language of free text."""
    tags = (VIETNAMESE, *(tag for tag in languages if tag != VIETNAMESE))
    fields = tuple(leaves(household_fields()))
    records = [(path, field) for path, field in fields if field.kind == "records"]
    return (
        Table((), MAIN, tuple(_main_columns(fields, tags))),
        *(Table(path, field.label, tuple(_entry_columns(field, tags))) for path, field in records),
    )


def _main_columns(fields: Sequence[tuple[Keys, Field]], tags: Sequence[str]) -> Iterator[Column]:
    yield Column((VILLAGE.key,), VILLAGE, VILLAGE.label)
    for path, field in fields:
        if field.kind != "records":
            yield from _columns(household_fields(), path, field, tags)
    for key in LEFT:
        field = field_of(profile_fields(), key)
        yield Column((key,), field, field.label)


def _entry_columns(records: Field, tags: Sequence[str]) -> Iterator[Column]:
    for key in ("code", "name"):
        owner = field_of(household_fields(), key)
        yield Column((key,), owner, owner.label, is_owner=True)
    for path, field in leaves(records.fields):
        yield from _columns(records.fields, path, field, tags)


def _columns(fields: Sequence[Field], path: Keys, field: Field, tags: Sequence[str]) -> Iterator[Column]:
    label = _label(fields, path, field)
    if path == PUBLISH and field.words:
        for word in field.words:
            heading = Text(f"{label.vi}: {word.label.vi}", f"{label.en}: {word.label.en}")
            yield Column(path, field, heading, word=word)
    elif field.is_local:
        for tag in tags:
            yield Column(path, field, _in(label, tag), tag=tag)
    else:
        yield Column(path, field, label)


def _label(fields: Sequence[Field], path: Keys, field: Field) -> Text:
    """Return the label; deep in the tree it begins with its owner's, since “Sản phẩm” alone would say too little."""
    if len(path) < 4:
        return field.label
    owner = field_of(fields, path[0])
    for key in path[1:-1]:
        owner = owner.field(key)
    return Text(f"{owner.label.vi}: {field.label.vi}", f"{owner.label.en}: {field.label.en}")


def _in(label: Text, tag: str) -> Text:
    return label if tag == VIETNAMESE else Text(f"{label.vi} ({tag})", f"{label.en} ({tag})")
