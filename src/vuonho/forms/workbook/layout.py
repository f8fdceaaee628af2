"""What stands where in a workbook: sheets and columns from the schema, and the hidden sheet of what was exported."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from vuonho.errors import UserError
from vuonho.forms.incoming import LEFT
from vuonho.i18n import Both, Text
from vuonho.model.codes import parse_code
from vuonho.model.fields import Field, field_of, leaves
from vuonho.model.outline import departed_fields, household_fields
from vuonho.model.vocabulary import VILLAGE_KINDS, Word
from vuonho.project.yaml_tree import Path, Plain

Keys = tuple[str, ...]

MAIN: Final = Text("Households")
GUIDE: Final = Text("Guide")
TRACES: Final = "_vuonho"
LISTS: Final = "_vuonho_lists"
PUBLISH: Final[Keys] = ("consent", "publish")
"""The one list of words that has a column for each word: a tick is a yes or a no, never silence."""
VIETNAMESE: Final = "vi"
VILLAGE: Final = Field("village", VILLAGE_KINDS.by_key("thôn").label, "line", "base", required=True)
"""Not in a profile: the folder says it."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column: `path` leads to its value within the household or the entry.

    `tag` is the language of words that may stand in several, `word` the tick that it asks for. `is_owner`: it does
    not belong to the entry but says whose it is.
    """

    path: Keys
    field: Field
    heading: Text
    tag: str = ""
    word: Word | None = None
    is_owner: bool = False

    @property
    def is_required(self) -> bool:
        """Whether a person has to fill it in; a code is given by the machine."""
        return self.field.required and len(self.path) == 1 and self.field.kind != "code"

    @property
    def full_path(self) -> Keys:
        """The path with the language or the tick behind it."""
        last = self.word.key if self.word else self.tag
        return (*self.path, last) if last else self.path


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One sheet: `path` is that of the list of `records`; the table of households has neither."""

    path: Keys
    title: Text
    columns: tuple[Column, ...]
    records: Field | None = None

    @property
    def is_main(self) -> bool:
        """Whether it is the table of households."""
        return self.records is None

    def says_whose(self, column: Column) -> bool:
        """Tell whether a column says which household a row belongs to, or is."""
        return column.path in (("code",), ("name",)) if self.is_main else column.is_owner


def profile_fields() -> tuple[Field, ...]:
    """Return the fields that a profile may have, those of a household that left among them."""
    return (*household_fields(), *(field_of(departed_fields(), key) for key in LEFT))


def tables(languages: Sequence[str]) -> tuple[Table, ...]:
    """Return the tables of a workbook in the order of its sheets, with a column for each language of free text."""
    tags = (VIETNAMESE, *(tag for tag in languages if tag != VIETNAMESE))
    fields = household_fields()
    village = Column((VILLAGE.key,), VILLAGE, VILLAGE.label)
    left = [Column((one.key,), one, one.label) for one in profile_fields() if one.key in LEFT]
    owners = (field_of(fields, "code"), field_of(fields, "name"))
    whose = [Column((one.key,), one, one.label, is_owner=True) for one in owners]
    lists = [(path, field) for path, field in leaves(fields) if field.kind == "records"]
    return (
        Table((), MAIN, (village, *_columns(fields, tags), *left)),
        *(Table(path, one.label, (*whose, *_columns(one.fields, tags)), one) for path, one in lists),
    )


def _columns(fields: Sequence[Field], tags: Sequence[str]) -> Iterator[Column]:
    for path, field in leaves(fields):
        label = field.label
        if len(path) > 3:  # “Sản phẩm” alone would say too little
            owner = field_of(fields, path[0])
            for key in path[1:-1]:
                owner = owner.field(key)
            label = Text("{label}: {part}", label=owner.label, part=label)
        if path == PUBLISH:
            for word in field.words or ():
                heading = Text("{label}: {part}", label=label, part=word.label)
                yield Column(path, field, heading, word=word)
        elif field.is_local:
            for tag in tags:
                heading = label if tag == VIETNAMESE else Text("{label} ({tag})", label=label, tag=tag)
                yield Column(path, field, heading, tag=tag)
        elif field.kind != "records":
            yield Column(path, field, label)


def hint(column: Column) -> str:
    """Return the comment of a heading: what to write, with an example, Vietnamese first."""
    field = column.field
    said = []
    if column.is_owner:
        said = [Text("Whose it is: write the code, or the name.")]
    elif column.word:
        said = [Text("Có: the family allows it. Không: it does not. Ask for each; never answer for them.")]
    else:
        if column.is_required:
            said.append(Text("Required."))
        if field is VILLAGE:
            said.append(Text("Choose the village from the list."))
        if field.advice.vi:
            said.append(field.advice)
        if column.path == ("code",):
            said.append(Text("Leave it empty for a new household."))
        if field.several:
            said.append(Text("Several may be given, separated by ;"))
            labels = [word.label for word in field.words or ()]
            said += [Both(*("; ".join(words) + "." for words in zip(*labels, strict=True)))] if labels else []
    vi, en = (" ".join(text.to(language) for text in said) for language in ("vi", "en"))
    return f"{column.heading.vi}\n{vi}".strip() + f"\n\n{column.heading.en}\n{en}".rstrip()


# --- Plain values as trees ---


def look_up(values: object, path: Keys) -> Any:
    """Return what stands at a path, None where nothing does."""
    for step in path:
        values = values.get(step) if isinstance(values, Mapping) else None
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


def as_entry(field: Field, entry: Plain) -> dict[str, Plain]:
    """Return an entry of a list of records as a mapping; a lone text stands for one of its fields."""
    return entry if isinstance(entry, dict) else {field.lone: entry}


_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST_LETTERS: Final = 32_000
"""A cell of Excel holds 32,767 letters and counts some twice."""


def misfits(fields: Sequence[Field], values: Plain) -> Iterator[Path]:
    """Yield the paths of values that have no place in a workbook: unknown keys, lists where one value belongs.

    Nor has what no cell can hold: unseen characters, very long texts. Words that no list knows do have a place,
    ticks excepted: an unknown tick has no column.
    """
    known = {field.key: field for field in fields}
    for key, value in (values if isinstance(values, dict) else {}).items():
        if key not in known:
            yield (key,)
        elif value is not None:
            yield from ((key, *inside) for inside in _misfits_in(known[key], value))


def _misfits_in(field: Field, value: Plain) -> Iterator[Path]:
    if field.kind == "record" and isinstance(value, dict):
        yield from misfits(field.fields, value)
    elif field.is_local and isinstance(value, dict):
        is_tag = re.compile("[a-z]{2,3}").fullmatch
        yield from (
            (tag,) for tag, text in value.items() if not (is_tag(tag) and (text is None or _fits(text)))
        )
    elif isinstance(value, list) and (field.kind in ("records", "months") or field.several):
        for number, item in enumerate(value):
            yield from ((number, *inside) for inside in _misfits_in_entry(field, item))
    elif field.kind in ("record", "records") or field.several or not _fits(value):
        yield ()


def _misfits_in_entry(field: Field, item: Plain) -> Iterator[Path]:
    if field.kind == "records" and isinstance(item, dict):
        yield from misfits(field.fields, item)
    elif not _fits(item) or (field.key == PUBLISH[-1] and field.words and not field.words.knows(str(item))):
        yield ()


def _fits(value: Plain) -> bool:
    return isinstance(value, str) and len(value) <= _MOST_LETTERS and not _UNHOLDABLE.search(value)


# --- What a workbook was made from, kept in a sheet that nobody sees: so it can be told what was touched since ---

_FORMAT: Final = "1"
_PIECE: Final = 15_000
"""Letters a cell; a cell of Excel holds 32,767 and counts some letters twice."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A household as it goes into a workbook: its village's folder and its values in the shape of a profile."""

    village: str
    values: Mapping[str, Plain]


@dataclass(frozen=True, slots=True)
class Traces:
    """What a workbook was made from: the villages' names by folder, and the households by code."""

    villages: Mapping[str, str]
    households: Mapping[str, Exported]


NO_TRACES: Final = Traces({}, {})


def bare_code(text: object) -> str:
    """Return a code as the profiles have it, however it was typed; what is none comes back trimmed."""
    text = text.strip() if isinstance(text, str) else ""
    try:
        return parse_code(text)
    except UserError:
        return text


def render_traces(households: Iterable[Exported], villages: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
    """Yield the rows of the sheet; a household without a code leaves none."""
    yield [TRACES, _FORMAT]
    yield from (["village", slug, name] for slug, name in villages)
    for household in households:
        if code := bare_code(household.values.get("code")):
            text = json.dumps(household.values, ensure_ascii=True, separators=(",", ":"))
            pieces = [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)]
            yield ["household", code, household.village, *pieces]


def parse_traces(rows: Sequence[Sequence[str]]) -> Traces | None:
    """Return what the rows of the sheet say, None where they cannot be understood."""
    if not rows or list(rows[0][:2]) != [TRACES, _FORMAT]:
        return None
    villages: dict[str, str] = {}
    households: dict[str, Exported] = {}
    try:
        for kind, key, said, *pieces in rows[1:]:
            if kind == "village":
                villages[key] = said
            elif kind == "household":
                values = json.loads("".join(pieces))
                if not isinstance(values, dict) or any(True for _ in misfits(profile_fields(), values)):
                    return None
                households[key] = Exported(said, values)
    except (ValueError, RecursionError):
        return None
    return Traces(villages, households)
