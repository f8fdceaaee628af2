"""What stands where in a workbook: tables and columns from the schema, and values as they stand in cells."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from vuonho.errors import Refused
from vuonho.forms.incoming import LEFT
from vuonho.i18n import Text
from vuonho.model.codes import parse_code
from vuonho.model.dates import parse_date
from vuonho.model.fields import Field, field_of, leaves
from vuonho.model.outline import departed_fields, household_fields
from vuonho.model.values import parse_yes_no
from vuonho.model.vocabulary import VILLAGE_KINDS, Word, WordList
from vuonho.project.yaml_tree import Path, Plain
from vuonho.text import nfc

# --- What stands where in a workbook: tables and their columns, made from the schema ---

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


# --- What the comment of a heading says: what to write, with an example, Vietnamese first ---

_TICK: Final = Text(
    "Có: gia đình cho hiện. Không: không cho. Hỏi từng mục, đừng tự điền thay.",
    "Có: the family allows it. Không: it does not. Ask for each; never answer for them.",
)
_SEVERAL: Final = Text("Ghi được nhiều, cách nhau bằng dấu ;", "Several may be given, separated by ;")
_VILLAGE: Final = Text("Chọn thôn trong danh sách.", "Choose the village from the list.")
_NEW: Final = Text("Hộ mới thì bỏ trống.", "Leave it empty for a new household.")
_OWNER: Final = Text("Của hộ nào: ghi mã, hoặc tên vườn.", "Whose it is: write the code, or the name.")
_REQUIRED: Final = Text("Cần có.", "Required.")


def hint(column: Column) -> str:
    """Return the words of a comment."""
    said = list(_said(column))
    vi, en = " ".join(text.vi for text in said), " ".join(text.en for text in said)
    return f"{column.heading.vi}\n{vi}".strip() + f"\n\n{column.heading.en}\n{en}".rstrip()


def _said(column: Column) -> list[Text]:
    field = column.field
    if column.is_owner:
        return [_OWNER]
    if field is VILLAGE:
        return [_REQUIRED, _VILLAGE]
    if column.word:
        return [_TICK]
    said = [_REQUIRED] if column.is_required else []
    said += [field.advice] if field.advice.vi else []
    said += [_NEW] if field.kind == "code" and column.path == ("code",) else []
    return [*said, *_several(field)]


def _several(field: Field) -> list[Text]:
    if not field.several:
        return []
    if not field.words:
        return [_SEVERAL]
    vi = "; ".join(word.label.vi for word in field.words)
    en = "; ".join(word.label.en for word in field.words)
    return [_SEVERAL, Text(f"{vi}.", f"{en}.")]


# --- A value of a profile as it stands in a cell, and what a cell says as a value of a profile ---

YES, NO = "Có", "Không"
_BETWEEN: Final = "; "
_SEPARATORS = re.compile(r"[;\n]")
_BEFORE_LINK = re.compile(r"[;\n]|[\s,]+(?=https?:)")


def shown(field: Field, value: Plain, tag: str = "") -> str:
    """Return what stands in the cell of a value, in one of its languages where it has several; "" for nothing."""
    if isinstance(value, Mapping):
        return shown(field, value.get(tag))
    if isinstance(value, list):
        between = ", " if field.kind == "months" else _BETWEEN
        return between.join(shown(field, item) for item in value)
    if not isinstance(value, str) or tag not in ("", VIETNAMESE):
        return ""
    if field.kind == "day":
        return same_day(value)
    if field.words and value in field.words.keys:
        return field.words.by_key(value).label.vi
    return _yes_or_no(value) if field.kind == "yes_no" else value.strip()


def same_day(text: str) -> str:
    """Return a day in one form, however it was typed: 02/11/2026; what is no day stays as it is.

    It is text, as all cells are: a day that is a number to Excel has its month first where Windows is American.
    """
    try:
        return f"{parse_date(text):%d/%m/%Y}"
    except Refused:
        return text.strip()


def comparable(field: Field, text: str) -> str:
    """Return what a cell says in a form in which it may be compared with what was `shown`."""
    return even(same_day(text) if field.kind == "day" else text)


def _yes_or_no(text: str) -> str:
    try:
        return YES if parse_yes_no(text) else NO
    except Refused:
        return text.strip()


def told(field: Field, text: str) -> Plain:
    """Return the value that a cell with this text means; what is chosen from a list becomes its key."""
    if not field.several:
        return _word(field.words, text) if field.words else text
    if field.words:
        return [_word(field.words, part) for part in _parts(field.words, text)]
    return [part for each in _BEFORE_LINK.split(text) if (part := each.strip())]


def _parts(words: WordList, text: str) -> list[str]:
    parts = [part for each in _SEPARATORS.split(text) if (part := each.strip())]
    return [piece for part in parts for piece in _at_commas(words, part)]


def _at_commas(words: WordList, part: str) -> list[str]:
    """Return the pieces between commas where each is a word of its own; some words hold a comma."""
    pieces = [piece for each in part.split(",") if (piece := each.strip())]
    return pieces if not words.knows(part) and all(words.knows(piece) for piece in pieces) else [part]


def _word(words: WordList, text: str) -> str:
    return next((word.key for word in words if word.label.vi == text), text)


def even(text: str) -> str:
    """Return a form in which texts are the same that no reader can tell apart: line ends, spaces, composition."""
    if text.isascii() and "\r" not in text:
        return text.strip()
    return nfc(text).replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").strip()


# --- Plain values as trees: looked up, set and cut by path, and whether a workbook has a place for each of them ---


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


# --- What a workbook was made from, kept in a sheet that nobody sees: so it can be told what was touched since ---

SHEET: Final = "_vuonho"
LISTS: Final = "_vuonho_lists"
FORMAT: Final = "1"
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


NO_TRACES: Final = Traces(MappingProxyType({}), MappingProxyType({}))


def bare_code(text: object) -> str:
    """Return a code as the profiles have it, however it was typed; what is none comes back trimmed."""
    text = text.strip() if isinstance(text, str) else ""
    try:
        return parse_code(text)
    except Refused:
        return text


def render_traces(households: Iterable[Exported], villages: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
    """Yield the rows of the sheet; a household without a code leaves none."""
    yield [SHEET, FORMAT]
    yield from (["village", slug, name] for slug, name in villages)
    for household in households:
        if code := bare_code(household.values.get("code")):
            text = json.dumps(household.values, ensure_ascii=True, separators=(",", ":"))
            pieces = [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)]
            yield ["household", code, household.village, *pieces]


def parse_traces(rows: Sequence[Sequence[str]]) -> Traces | None:
    """Return what the rows of the sheet say, None where they cannot be understood."""
    if not rows or list(rows[0][:2]) != [SHEET, FORMAT]:
        return None
    villages: dict[str, str] = {}
    households: dict[str, Exported] = {}
    try:
        for kind, key, said, *pieces in rows[1:]:
            if kind == "village":
                villages[key] = said
            elif kind == "household":
                households[key] = Exported(said, _values(json.loads("".join(pieces))))
    except (ValueError, RecursionError):
        return None
    return Traces(MappingProxyType(villages), MappingProxyType(households))


def _values(found: object) -> dict[str, Plain]:
    values = _plain(found)
    if not isinstance(values, dict) or any(misfits(profile_fields(), values)):
        raise ValueError("no profile")
    return values


def _plain(found: object) -> Plain:
    """Return what was read as plain values; raise ValueError for numbers and the like, which nobody wrote."""
    if found is None or isinstance(found, str):
        return found
    if isinstance(found, list):
        return [_plain(item) for item in found]
    if isinstance(found, dict):
        return {str(key): _plain(item) for key, item in found.items()}
    raise ValueError(type(found).__name__)
