"""The fields of a record as data, and the types of single values: text that was typed becomes a value, or is refused."""

import csv
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import (
    Annotated,
    Any,
    ClassVar,
    Final,
    Literal,
    NamedTuple,
    Self,
    TypeAlias,
    TypeVar,
    dataclass_transform,
    get_args,
)
from urllib.parse import SplitResult, urlsplit

from vuonho.errors import UserError
from vuonho.i18n import NOTHING, Both, Text
from vuonho.model.codes import parse_code
from vuonho.model.values import (
    Phone,
    Point,
    clean_story,
    clean_text,
    parse_area,
    parse_count,
    parse_date,
    parse_lunar_months,
    parse_months,
    parse_phone,
    parse_point,
    parse_price,
    parse_year,
    parse_yes_no,
    plain_value,
    quoted,
)
from vuonho.model.vocabulary import LISTS, WordList
from vuonho.text import fold

# --- The fields of a record as data: the one description that forms, workbook, reference and papers are made from ---

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

Steps: TypeAlias = tuple[str | int, ...]
"""The way to a value within a record: keys, and positions in lists from 0."""
AnyRecord = TypeVar("AnyRecord", bound="Record")

LOCAL: frozenset[Kind] = frozenset({"caption", "paragraph", "story"})
"""Kinds whose value is one text (Vietnamese) or one in each language."""


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Record:
    """A mapping of a profile. Frozen; unknown keys are refused; a lone text may stand for one field."""

    shorthand: ClassVar[str | None] = None
    slots: ClassVar[Mapping[str, "Slot"]]
    """The fields by their keys, in the order of the schema."""
    written: ClassVar[Collection[str]] = ()
    """The keys that stand in the profile; none of a record that was made otherwise."""

    def __init_subclass__(cls) -> None:
        made: Any = dataclass(frozen=True, kw_only=True)(cls)
        cls.slots = {one.name: _slot(one.type, required=one.default is MISSING) for one in fields(made)}

    @classmethod
    def read(cls, values: object) -> Self:
        """Return the record that plain values make; raise Misfits with everything that does not fit."""
        misfits: list[Misfit] = []
        record = _read_record(cls, values, (), misfits)
        if record is None:
            raise Misfits(misfits)
        return record

    def settled(self) -> Self:
        """Return the record as it is meant; a kind in which values move from field to field says how."""
        return self


# --- What the type of a field says of it ---


@dataclass(frozen=True, slots=True)
class Typed:
    """How one value is read (or refused by UserError), and its kind; `most` letters, or None; the words of a "word"."""

    read: Callable[[object], Any]
    kind: Kind = "line"
    most: int | None = None
    words: WordList | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of at most so many entries."""

    most: int

    def items(self, value: object) -> list[object]:
        """Return the entries; raise UserError for a lone text too: "Bưởi, Cam" would quietly become one crop."""
        message = Text("A list is wanted here.")
        if isinstance(value, str):
            parts = (part.strip() for part in plain_value(value)[:LONGEST_HINT].split(","))
            hint = Text("Write it in square brackets: [{parts}]", parts=", ".join(filter(None, parts)))
            raise UserError(message, hint)
        if not isinstance(value, list):
            raise UserError(message, Text("One entry a line, beginning with “- ”."))
        if len(value) > self.most:
            message = Text("{count} entries; {most} at most.", count=len(value), most=self.most)
            raise UserError(message, Text("Keep the main ones."))
        return value


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


class Slot(NamedTuple):
    """A field as its type declares it: a record or one value, or in a list where it is `listed`."""

    of: type[Record] | Typed
    listed: Listed | None
    required: bool


def _slot(annotation: Any, *, required: bool) -> Slot:
    """Return what is found anywhere in a type such as `Annotated[tuple[Tick, ...], Listed(20)]`."""
    parts = list(_within(annotation))
    of = (
        one for one in parts if isinstance(one, Typed) or (isinstance(one, type) and issubclass(one, Record))
    )
    return Slot(next(of), next((one for one in parts if isinstance(one, Listed)), None), required)


def _within(annotation: Any) -> Iterator[Any]:
    """Yield a type, the types in it and what is annotated to them."""
    yield annotation
    for part in get_args(annotation):
        yield from _within(part)


def record_at(record: type[Record], path: Steps) -> type[Record]:
    """Return the kind of mapping that lies at `path` below `record` (list positions are passed over)."""
    for step in path:
        slot = record.slots.get(step) if isinstance(step, str) else None
        if slot and not isinstance(slot.of, Typed):
            record = slot.of
    return record


# --- Plain values become a record; what does not fit is collected with its place ---


class Misfit(NamedTuple):
    """What does not fit at a path: a value refused in words, or a key or shape that is not what stands there."""

    path: Steps
    cause: UserError | Literal["missing", "unknown", "no mapping"]


class Misfits(ValueError):
    """Values make no record; `found` says why, in the order of the schema."""

    def __init__(self, found: Sequence[Misfit]) -> None:
        super().__init__(found)
        self.found = found


def read_value(record: type[Record], path: tuple[str, ...], text: str) -> object:
    """Return what a text means in the field at a path below a record; raise UserError where it means nothing."""
    of = record_at(record, path[:-1]).slots[path[-1]].of
    if isinstance(of, Typed):
        return of.read(text)
    raise KeyError(path)


def read_field(record: type[Record], key: str, value: object) -> object:
    """Return what a value means in a field; raise Misfits where it means nothing."""
    misfits: list[Misfit] = []
    meant = _read(record.slots[key], value, (key,), misfits)
    if misfits:
        raise Misfits(misfits)
    return meant


_NOTHING = (None, {"vi": None}, {"en": None}, {"vi": None, "en": None})


def _read_record(
    kind: type[AnyRecord], value: object, path: Steps, misfits: list[Misfit]
) -> AnyRecord | None:
    if kind.shorthand and isinstance(value, str):
        value = {kind.shorthand: value}
    if not isinstance(value, dict):
        misfits.append(Misfit(path, "no mapping"))
        return None
    before = len(misfits)
    values = {}
    for key, slot in kind.slots.items():
        item = value.get(key)
        if item not in _NOTHING:
            values[key] = _read(slot, item, (*path, key), misfits)
        elif slot.required:
            misfits.append(Misfit((*path, key), "missing"))
    misfits += [Misfit((*path, key), "unknown") for key in value if key not in kind.slots]
    if len(misfits) > before:
        return None
    record = kind(**values).settled()
    object.__setattr__(record, "written", tuple(values))
    return record


def _read(slot: Slot, value: object, path: Steps, misfits: list[Misfit]) -> object:
    try:
        if slot.listed:
            items = enumerate(slot.listed.items(value))
            return tuple(_read_one(slot.of, item, (*path, at), misfits) for at, item in items)
    except UserError as refused:
        misfits.append(Misfit(path, refused))
        return None
    return _read_one(slot.of, value, path, misfits)


def _read_one(of: type[Record] | Typed, value: object, path: Steps, misfits: list[Misfit]) -> object:
    try:
        return of.read(value) if isinstance(of, Typed) else _read_record(of, value, path, misfits)
    except UserError as refused:
        misfits.append(Misfit(path, refused))
        return None


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


def outline(record: type[Record]) -> tuple[Field, ...]:
    """Return the fields of a record in the order of the schema."""
    if record not in _OUTLINES:
        made = (_field(f"{record.__name__}.{key}", key, slot) for key, slot in record.slots.items())
        _OUTLINES[record] = tuple(made)
    return _OUTLINES[record]


_OUTLINES: dict[type[Record], tuple[Field, ...]] = {}


def _field(name: str, key: str, slot: Slot) -> Field:
    said, of = _table()[name], slot.of
    field = Field(
        key,
        label=label_of(name),
        kind="records" if slot.listed else "record",
        shown=said["shown"] or BASE,
        help=Text(said["help"]),
        example=said["example"],
        sort=said["sort"],
        required=slot.required,
        several=slot.listed is not None,
        most=slot.listed.most if slot.listed else None,
    )
    if not isinstance(of, Typed):
        return replace(field, fields=outline(of), lone=of.shorthand or "")
    example = field.example or (of.words.words[0].label.vi if of.words else "")
    return replace(field, kind=of.kind, most=field.most or of.most, words=of.words, example=example)


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


# --- The types of single values: each takes the text that was typed and gives a value, or refuses it in words ---

Value = TypeVar("Value")

LONGEST_HINT = 80
LONGEST_URL = 300
NOT_ONE_VALUE = Text("One value is wanted here, not several.")


def one_text(
    parse: Callable[[str], Value], kind: Kind = "line", most: int | None = None, words: WordList | None = None
) -> Typed:
    """Return a validator that takes one text only."""

    def read(value: object) -> Value:
        if not isinstance(value, str):
            raise UserError(NOT_ONE_VALUE, Text("Write it on one line: “key: value”."))
        return parse(value)

    return Typed(read, kind=kind, most=most, words=words)


def _plain(parse: Callable[[str], Value], kind: Kind, words: WordList | None = None) -> Typed:
    """Return a validator for a value with a form of its own: what nobody sees in it is named first."""
    read = lru_cache(maxsize=1_000)(
        lambda text: parse(plain_value(text))
    )  # the same words and numbers come again
    return one_text(read, kind, words=words)


def _line(most: int) -> Typed:
    return one_text(lambda text: not_longer(clean_text(text), most), "line", most)


def not_longer(text: str, most: int) -> str:
    """Return the text; UserError where it has more letters than that."""
    if len(text) > most:
        raise UserError(
            Text("{count} characters long; {most} at most.", count=len(text), most=most),
            Text("Make it shorter."),
        )
    return text


def _stars(text: str) -> int:
    word = fold(text).removesuffix(" sao").removesuffix("*").strip()
    if word in {"3", "4", "5"}:
        return int(word)
    raise UserError(
        Text("{text}: OCOP grades have 3, 4 or 5 stars.", text=quoted(text)),
        Text("Write one number: 3, 4 or 5."),
    )


def _months(parse: Callable[[Sequence[str]], tuple[int, ...]]) -> Typed:
    months = lru_cache(maxsize=1_000)(lambda *items: parse([plain_value(item) for item in items]))

    def read(value: object) -> tuple[int, ...]:
        items = [value] if isinstance(value, str) else value
        if isinstance(items, list) and all(isinstance(item, str) for item in items):
            return months(*items)
        raise UserError(Text("Months must be a list of numbers."), Text("Write: [8, 9] or 8-9."))

    return Typed(read, kind="months")


def _local(clean: Callable[[str], str], kind: Kind, most: int) -> Typed:
    """Return a validator for free text: one text (Vietnamese) or `{vi: …, en: …}`."""

    def read(value: object) -> LocalText:
        words = {"vi": value} if isinstance(value, str) else value
        words = {tag: v for tag, v in words.items() if v is not None} if isinstance(words, dict) else {}
        if words.get("vi") and all(isinstance(v, str) for v in words.values()):
            ordered = sorted(words.items(), key=lambda item: item[0] != "vi")
            return LocalText(tuple((language(tag), not_longer(clean(text), most)) for tag, text in ordered))
        raise UserError(
            Text("Words are wanted here, at least in Vietnamese."),
            Text('Write: {vi: "…", en: "…"}, or one sentence.'),
        )

    return Typed(read, kind=kind, most=most)


def language(tag: str) -> str:
    """Return the code of a language, two or three small letters; UserError for anything else."""
    if re.fullmatch("[a-z]{2,3}", tag):
        return tag
    raise UserError(
        Text("{tag} is not a language code.", tag=quoted(tag)),
        Text("Use vi for Vietnamese, en for English."),
    )


def word_of(name: str) -> Typed:
    """Return a validator for one word of a closed list."""
    words = LISTS[name]
    return _plain(words.find, "word", words)


# --- The address of a page elsewhere, kept as it was typed; and the one that is printed on plaques ---

# Labels of letters and digits in any script, hyphens within; the last begins with a letter, so no IP passes.
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_NETLOC = re.compile(rf"(?:{_LABEL}\.)+(?=[^\W\d_]){_LABEL}(?::(?P<port>[1-9][0-9]{{0,4}}))?")
_LONGEST_HOST = 260
_STRANGE = frozenset(" \\<>\"'`{}|^")
_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_PATH = re.compile(r"/(?:(?!\.\.?/|[^/]*\.\.)[A-Za-z0-9._~-]+/)*")
_LONGEST_BASE = 150
_PAGES = ".github.io"
_REPOSITORY = re.compile(
    r"(?:[a-z]+://|git@)?(?:www\.)?"
    r"(?:github\.com(?:[/:](?P<path>[^?#\s]*))?(?:[?#].*)?|(?P<owner>[a-z0-9-]+\.github\.io\.git)/?)$",
    re.IGNORECASE,
)


def parse_link(text: str) -> str:
    """Return a link with http or https and a host with a name, as typed; UserError for anything else."""
    parts = _split(text)
    is_web = parts.scheme.lower() in {"http", "https"} and _is_host(parts.netloc)
    if is_web and text.isprintable() and _STRANGE.isdisjoint(text):
        return text
    raise UserError(
        Text("{text} is not a web address.", text=quoted(text)),
        Text("Copy the whole of it, beginning with https://"),
    )


def _split(text: str) -> SplitResult:
    try:
        return urlsplit(text)
    except ValueError:
        return urlsplit("")


def _is_host(netloc: str) -> bool:
    """Tell whether what stands between "//" and the next "/" is a domain name, with a port or not, and no more."""
    found = _NETLOC.fullmatch(netloc) if len(netloc) <= _LONGEST_HOST else None
    return found is not None and int(found["port"] or 1) <= 65_535


def parse_base_url(text: str) -> str:
    """Return the address with its host in lower case; raise UserError for what cannot be printed for ever."""
    if found := _REPOSITORY.match(text):
        raise UserError(
            Text("This is the address of a repository at GitHub, not that of the site."),
            Text("Write {right}", right=_site_of(found["path"] or found["owner"] or "")),
        )
    if wrong := _what_is_wrong(text):
        raise UserError(wrong, _how_to_write(text))
    parts = urlsplit(text)
    return f"https://{parts.netloc.lower()}{parts.path}"


def _site_of(repository: str) -> str:
    """Return the address of the site of a repository OWNER/NAME (GitHub Docs, "About GitHub Pages")."""
    owner, name = [*repository.strip("/").split("/"), ""][:2]
    owner = owner.lower().removesuffix(".git").removesuffix(_PAGES)
    name = name.removesuffix(".git")
    below = "" if name.lower() in ("", f"{owner}{_PAGES}") else f"{name}/"
    return f"https://{owner or 'ten-thon'}{_PAGES}/{below}"


def _what_is_wrong(text: str) -> Text | None:
    parts = _split(text)
    host = parts.netloc.lower().partition(":")[0]
    if not text.startswith("https://"):
        return Text("The address must begin with “https://”.")
    if not text.endswith("/"):
        return Text("The address must end in “/”.")
    if not _HOST.fullmatch(host):
        return Text(
            "{host} cannot be printed: a real domain name is wanted, not localhost or numbers.",
            host=quoted(host or text),
        )
    if not _is_host(parts.netloc) or not _PATH.fullmatch(text.partition(parts.netloc)[2]):
        return Text("The address holds extra parts or strange characters.")
    if len(text) > _LONGEST_BASE:
        return Text("The address is too long.")
    return None


def _how_to_write(text: str) -> Text:
    secure = f"https{text[4:].rstrip('/')}/" if text.lower().startswith("http://") else ""
    if secure and not _what_is_wrong(secure):
        return Text("Open {secure} on a phone; if it opens, write that.", secure=secure)
    return Text("Write it like https://village-name.github.io/ (begins with https://, ends in /).")


Name: TypeAlias = Annotated[str, _line(60)]
Line: TypeAlias = Annotated[str, _line(120)]
Url: TypeAlias = Annotated[
    str, one_text(lambda text: parse_link(not_longer(clean_text(text), LONGEST_URL)), "url", LONGEST_URL)
]
BaseUrl: TypeAlias = Annotated[str, one_text(lambda text: parse_base_url(clean_text(text)), "url")]
Code: TypeAlias = Annotated[str, _plain(parse_code, "code")]
Day: TypeAlias = Annotated[date, _plain(parse_date, "day")]
Year: TypeAlias = Annotated[int, _plain(parse_year, "year")]
Area: TypeAlias = Annotated[int, _plain(parse_area, "area")]
Count: TypeAlias = Annotated[int, _plain(parse_count, "count")]
Price: TypeAlias = Annotated[int, _plain(parse_price, "price")]
Stars: TypeAlias = Annotated[int, _plain(_stars, "stars")]
YesNo: TypeAlias = Annotated[bool, _plain(parse_yes_no, "yes_no")]
Position: TypeAlias = Annotated[Point, _plain(parse_point, "position")]
Telephone: TypeAlias = Annotated[Phone, _plain(parse_phone, "phone")]
Months: TypeAlias = Annotated[tuple[int, ...], _months(parse_months)]
LunarMonths: TypeAlias = Annotated[tuple[int, ...], _months(parse_lunar_months)]
Caption: TypeAlias = Annotated[LocalText, _local(clean_text, "caption", 200)]
Paragraph: TypeAlias = Annotated[LocalText, _local(clean_story, "paragraph", 1_000)]
Story: TypeAlias = Annotated[LocalText, _local(clean_story, "story", 6_000)]
Tag: TypeAlias = Annotated[str, one_text(language)]
