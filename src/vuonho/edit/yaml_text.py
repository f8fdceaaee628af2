"""Values become the YAML of a profile, as a person in the village would like to find it."""

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from vuonho.errors import UserError
from vuonho.i18n import Both, Text
from vuonho.model.fields import Field
from vuonho.model.outline import departed_fields, household_fields
from vuonho.model.values import quoted
from vuonho.project.profile import LAST
from vuonho.project.yaml_tree import NO_VALUE, Path, Plain, parse_tree, plain

# --- Values become the YAML of a profile, as a person in the village would like to find it ---

# --- Where a value stands in the schema, and with it the order of keys ---


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a profile: `fields` are those that may stand in it, `field` is its own, None at the top."""

    fields: tuple[Field, ...]
    field: Field | None = None
    depth: int = 0

    def at(self, key: str) -> "Spot":
        """Return the place of a key."""
        field = next((field for field in self.fields if field.key == key), None)
        return Spot(field.fields if field else (), field, self.depth + 1)

    @property
    def is_top(self) -> bool:
        """Tell the whole profile."""
        return self.depth == 0

    @property
    def quote(self) -> str:
        """The quotes that a text has here in any case: a code has them, so that no program takes it for a number."""
        return '"' if self.field is not None and self.field.kind == "code" else ""

    @property
    def is_section(self) -> bool:
        """Tell a part of the profile such as `garden`, which has its fields one a line."""
        return self.depth == 1 and self.field is not None and self.field.kind == "record"

    def ordered(self, keys: Iterable[str]) -> list[str]:
        """Return keys in the order of the schema; unknown ones follow as they came, `checked` is last."""
        return sorted(keys, key=self._rank)

    def place(self, key: str, present: Sequence[str]) -> int:
        """Return how many of the keys that are present, in their order, a new key stands behind."""
        ranks, rank = [self._rank(other) for other in present], self._rank(key)
        before = [number for number in ranks if number <= rank]
        place = len(ranks) - ranks[::-1].index(max(before)) if before else 0
        if self.is_top and LAST in present and key != LAST:
            place = min(place, list(present).index(LAST))
        return place

    def _rank(self, key: str) -> int:
        if key == LAST and self.is_top:
            return len(self.fields) + 1
        keys = [field.key for field in self.fields] or ["vi", "en"]
        return keys.index(key) if key in keys else len(keys)


@cache
def profile_spot() -> Spot:
    """Return the top of a profile, where the keys of a household that left stand just above `checked`."""
    known = household_fields()
    keys = {field.key for field in known}
    leaving = tuple(field for field in departed_fields() if field.key not in keys)
    return Spot((*known[:-1], *leaving, known[-1]))


# --- One text as YAML writes it: bare where that reads back as it is, else in quotes, or as a block of lines ---

_LINE = r"\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
"""What YAML lets stand as it is on one line; the tab is left out, since nobody can tell it from spaces."""
_ON_A_LINE = re.compile(f"[{_LINE}]*")
_IN_A_BLOCK = re.compile(f"[{_LINE}\t]*")
_TO_ESCAPE = re.compile(f'[^{_LINE}]|["\\\\]')
_FIRST_SIGNS = "-?:,[]{}#&*!|>'\"%@`="
_SIGNS_IN_FLOW = frozenset(",[]{}?")
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def scalar(text: str, *, in_flow: bool = False, quote: str = "") -> str:
    """Return a text on one line, as it is or in quotes; `in_flow` within brackets and braces.

    `quote` is the kind of quotes that it shall have ("'" or '"'), which is kept to where it can be.
    """
    if quote == "'" and _ON_A_LINE.fullmatch(text):
        return "'" + text.replace("'", "''") + "'"
    if not quote and is_bare(text, in_flow=in_flow):
        return text
    return '"' + _TO_ESCAPE.sub(_escaped, text) + '"'


def is_bare(text: str, *, in_flow: bool = False) -> bool:
    """Tell whether a text without quotes reads back as it is."""
    return (
        text not in NO_VALUE
        and text == text.strip()
        and text[0] not in _FIRST_SIGNS
        and text != "<<"
        and _ON_A_LINE.fullmatch(text) is not None
        and ": " not in text
        and not text.endswith(":")
        and " #" not in text
        and not (in_flow and any(sign in _SIGNS_IN_FLOW for sign in text))
    )


def literal(text: str) -> tuple[str, list[str]] | None:
    """Return (sign, lines) of a text as a block of lines under `|` or `|-`, or None where it cannot be one."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    if body.endswith("\n") or lines[0][:1].strip(" \t") == "":
        return None
    if any(not _IN_A_BLOCK.fullmatch(line) or (line and not line.strip(" \t")) for line in lines):
        return None
    return "|" if text != body else "|-", lines


def _escaped(found: re.Match[str]) -> str:
    sign = found.group()
    code = ord(sign)
    wide = f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
    return _ESCAPES.get(sign) or (f"\\x{code:02X}" if code < 0x100 else wide)


# --- Values as a profile's text can say them: in NFC, with one way of having no value ---

_HALF = re.compile("[\ud800-\udfff]")


def tidy(value: Plain, path: Path = ()) -> Plain:
    """Return a value in NFC, empty texts as None and items without a value left out; keys with None stay.

    Raises UserError for half a character and for two keys that are one in NFC.
    """
    if value is None or isinstance(value, str):
        text = _composed(value or "", path)
        return text if text.strip() else None
    if isinstance(value, list):
        items = (tidy(item, (*path, index)) for index, item in enumerate(value))
        return [item for item in items if item is not None]
    return tidy_keys(value, path)


def tidy_keys(values: Mapping[str, Plain], path: Path = ()) -> dict[str, Plain]:
    """Return what `tidy` makes of keys and values."""
    tidied = {_composed(key, path): tidy(value, (*path, key)) for key, value in values.items()}
    if len(tidied) < len(values):
        raise UserError(
            Text("Two keys are the same{path}.", path=_where(path)),
            Text("Keep one and delete the other."),
        )
    return tidied


def spoken(value: Plain) -> Plain:
    """Return a tidy value without the keys that have none: two values that say the same are equal so."""
    if isinstance(value, dict):
        return {key: spoken(inside) for key, inside in value.items() if inside is not None}
    return [spoken(item) for item in value] if isinstance(value, list) else value


def spoken_keys(values: Mapping[str, Plain]) -> dict[str, Plain]:
    """Return what `spoken` makes of keys and values."""
    return {key: spoken(inside) for key, inside in values.items() if inside is not None}


def _composed(text: str, path: Path) -> str:
    if _HALF.search(text):
        raise UserError(
            Text("There is half a character (surrogate){path}.", path=_where(path)),
            Text("Delete that spot and type it again by hand."),
        )
    return unicodedata.normalize("NFC", text)


def _where(path: Path) -> Text:
    """Return the place of a value as the end of a sentence."""
    field = ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
    shown = quoted(field.encode("utf-8", "replace").decode("utf-8"))
    return Text(" in {shown}", shown=shown) if field else Text()


# --- Values become the YAML of a profile, as a person in the village would like to find it ---

WIDTH = 100
STEP = 2


def render_profile(values: Mapping[str, Plain]) -> str:
    """Return the text of a new profile that says exactly these values; None is written as `key:`.

    Raises UserError for what a profile's text cannot carry, such as half a character, an unseen sign in a key, or
    lists in lists without end.
    """
    tidied = tidy_keys(values)
    text = "".join(f"{line}\n" for line in mapping_lines(tidied, 0, profile_spot())) or "{}\n"
    tree, problems = parse_tree(text, "")
    if tree is None or problems or plain(tree) != tidied:
        raise UserError(
            Text("Something here cannot be written into a profile."),
            Text("See whether a key holds a strange sign; delete it and type it again by hand."),
        )
    return text


def mapping_lines(values: Mapping[str, Plain], column: int, spot: Spot) -> Iterator[str]:
    """Yield the lines of keys and values, from `column` (counted from 0)."""
    for key in spot.ordered(values):
        yield from entry_lines(key, values[key], column, spot.at(key))


def entry_lines(key: str, value: Plain, column: int, spot: Spot) -> Iterator[str]:
    """Yield the lines of one key with its value."""
    head = f"{' ' * column}{scalar(key)}:"
    if value is None:
        yield head
    elif (short := one_line(value, len(head) + 1, spot)) is not None:
        yield f"{head} {short}"
    elif isinstance(value, str):
        yield from _block(f"{head} ", value, column)
    else:
        yield head
        yield from _inner_lines(value, column + STEP, spot)


def item_lines(value: Plain, column: int, spot: Spot) -> Iterator[str]:
    """Yield the lines of one item of a list."""
    dash, inside = f"{' ' * column}- ", column + STEP
    if (short := one_line(value, len(dash), spot)) is not None:
        yield f"{dash}{short}"
    elif isinstance(value, str):
        yield from _block(dash, value, column)
    else:
        first, *rest = _inner_lines(value, inside, spot)
        yield dash + first[inside:]
        yield from rest


def _inner_lines(value: Plain, column: int, spot: Spot) -> Iterator[str]:
    """Yield the lines of a mapping or a list that stands in lines of its own."""
    if isinstance(value, dict):
        yield from mapping_lines(value, column, spot)
    else:
        for item in value or ():
            yield from item_lines(item, column, spot)


def _block(head: str, text: str, column: int) -> Iterator[str]:
    """Yield a text of several lines under its header."""
    sign, lines = literal(text) or ("", [])
    yield head + sign
    yield from (f"{' ' * (column + STEP)}{line}" if line else "" for line in lines)


def one_line(value: Plain, used: int, spot: Spot) -> str | None:
    """Return a value as the rest of a line of which `used` columns are taken, or None where it takes several."""
    if isinstance(value, str):
        return None if "\n" in value and literal(value) else scalar(value, quote=spot.quote)
    if not value:
        return "{}" if isinstance(value, dict) else "[]"
    if isinstance(value, list) or spot.is_section:  # a list of words, a record of a few
        inside = list(value.values() if isinstance(value, dict) else value)
        is_short = isinstance(value, list) or len(inside) <= 2
        if not is_short or not all(isinstance(one, str) and "\n" not in one for one in inside):
            return None
    elif not _is_flat(value):
        return None
    text = flow(value, spot)
    return text if used + len(text) <= WIDTH else None


def _is_flat(value: Plain) -> bool:
    if isinstance(value, dict | list):
        return all(map(_is_flat, value.values() if isinstance(value, dict) else value))
    return value is not None and "\n" not in value


def flow(value: Plain, spot: Spot) -> str:
    """Return a value between brackets or braces, or as it stands within some."""
    if isinstance(value, dict):
        keys = spot.ordered(value)
        return (
            "{"
            + ", ".join(f"{scalar(key, in_flow=True)}: {flow(value[key], spot.at(key))}" for key in keys)
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(flow(item, spot) for item in value) + "]"
    return "" if value is None else scalar(value, in_flow=True, quote=spot.quote)


# --- A new file of a project, with the schema's help as notes: what is known is filled in, the rest waits ---

COMMENTED_WIDTH: Final = 96
_LONG_LABEL: Final = 40
_FILES = frozenset({"file", "logo"})
_LEFT_OUT = frozenset({"lunar_months", "monthly", "date"})
"""Fields that say the same as another one: one of the two is enough for an example."""
_ENGLISH: Final = {"có": "yes", "không": "no"}
_EXAMPLE_SIGN = re.compile(r"^( *)#(?=[^ \n])", re.MULTILINE)


def render_commented(
    fields: Sequence[Field], values: Mapping[str, Plain], language: str, head: Sequence[str]
) -> str:
    """Return the text of a file with these fields, in their order and with `values` filled in.

    `head` is the note at its top, a paragraph a piece. Notes are in `language`, "vi" or "en".
    """
    writer = _Writer(language)
    lines = [*_note("", *head)]
    for field in fields:
        lines += ["", *writer.field(field, values.get(field.key), "", in_place=True)]
    return "\n".join(lines) + "\n"


def take_examples(text: str) -> str:
    """Return a file with all of its examples made true."""
    return _EXAMPLE_SIGN.sub(r"\1", text)


class _Writer:
    """Writes fields with their help in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def field(
        self, field: Field, value: Plain, indent: str, *, in_place: bool, is_needed: bool = False
    ) -> Iterator[str]:
        """Yield the lines of a field: with its value, empty, or as an example that a person may make true.

        `in_place` tells that the record which it is a part of is there in any case, `is_needed` that without the
        field that record would be nothing.
        """
        key, is_record = field.key, field.kind == "record"
        is_open = is_record and not is_needed and (in_place or value is not None)
        must_stand = _is_kept_empty(field) or (field.required and in_place)
        is_empty = is_needed or (must_stand and value is None and not is_record)
        yield from _note(indent, *self._help(field, is_open=is_open, is_empty=is_empty))
        if is_open:
            yield f"{indent}{key}:"
            inside = value if isinstance(value, dict) else {}
            in_place = field.required or bool(inside)
            for number, one in enumerate(field.fields):
                is_needed = in_place and not inside and number == 0
                yield from self.field(
                    one, inside.get(one.key), indent + "  ", in_place=in_place, is_needed=is_needed
                )
        elif is_empty:
            yield f"{indent}{key}: []" if field.several and not field.fields else f"{indent}{key}:"
        elif value is not None:
            yield from _filled(key, value, indent)
        elif field.kind == "records":
            yield f"{indent}{key}:"
            yield f"{indent}  #- {self._braces(field)}"
        else:
            yield f"{indent}#{key}: {self._example(field)}"

    def _help(self, field: Field, *, is_open: bool, is_empty: bool) -> Iterator[str]:
        """Yield the paragraphs of a field's note."""
        label = field.label.to(self.language)
        yield f"{label.upper() if is_open else label}: {field.help.to(self.language)}"
        if field.kind in ("paragraph", "story"):
            yield Text("For English too, write two lines beneath it, “vi: …” and “en: …”.").to(self.language)
        yield from self._choices(field)
        if not is_open and not field.words:
            for one in field.fields:
                choices = " ".join(self._choices(one))
                yield f"  {one.key}: {one.help.to(self.language)} {choices}".rstrip()
        if is_empty and not field.words:
            shown = f"- {self._braces(field)}" if field.fields else self._example(field)
            yield f"{Both('Ví dụ', 'Example').to(self.language)}: {shown}"

    def _choices(self, field: Field) -> Iterator[str]:
        """Yield the words that a field may have; ticks with their keys, since their labels are sentences."""
        if not field.words:
            return
        one, any_ = Text("Choose one"), Text("Choose any")
        choose = (any_ if field.several else one).to(self.language)
        labels = {word.key: word.label.to(self.language) for word in field.words}
        if max(len(word.label.vi) for word in field.words) > _LONG_LABEL:
            yield f"{choose}:"
            yield from (f"  {key}: {label}" for key, label in labels.items())
        else:
            yield f"{choose}: " + "\u00a0| ".join(label.replace(" ", "\u00a0") for label in labels.values())

    def _example(self, field: Field, *, in_flow: bool = False) -> str:
        """Return what would be typed as an example."""
        if field.kind == "record":
            return self._braces(field)
        texts = [_ENGLISH.get(field.example, field.example) if self.language == "en" else field.example]
        if field.words:
            first = field.words.find(field.example)
            second = next(word for word in field.words if word is not first)
            texts = [word.label.to(self.language) for word in (first, second)[: 1 + field.several]]
        elif field.kind == "months":
            texts = [part.strip() for part in field.example.split(",")]
        is_list = field.several or len(texts) > 1
        shown = ", ".join(scalar(text, in_flow=is_list or in_flow) for text in texts)
        return f"[{shown}]" if is_list else shown

    def _braces(self, field: Field) -> str:
        """Return an example of a record on one line, as an entry of a list."""
        inside = (one for one in field.fields if one.key not in _LEFT_OUT)
        return "{" + ", ".join(f"{one.key}: {self._example(one, in_flow=True)}" for one in inside) + "}"


def _is_kept_empty(field: Field) -> bool:
    """Tell a field whose example must not come true by taking away a sign: consent, and files that are not there."""
    return field.shown == "never" or field.key in _FILES or any(_is_kept_empty(one) for one in field.fields)


def _filled(key: str, value: Plain, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield f"{indent}{key}:"
        for inner, item in value.items():
            yield from _filled(inner, item, indent + "  ")
    elif isinstance(value, list):
        items = ", ".join(scalar(str(item), in_flow=True) for item in value)
        yield f"{indent}{key}: [{items}]"
    else:
        # In quotes, since other readers would take a code for a number.
        yield f"{indent}{key}: " + (f'"{value}"' if key == "code" else scalar(value or ""))


def _note(indent: str, *paragraphs: str) -> Iterator[str]:
    """Yield comment lines of at most COMMENTED_WIDTH letters; a no-break space holds together what is one name."""
    for paragraph in paragraphs:
        inner = " " * (len(paragraph) - len(paragraph.lstrip(" ")))
        lines = textwrap.wrap(
            paragraph.strip(" "), COMMENTED_WIDTH, initial_indent=f"{indent}# {inner}",
            subsequent_indent=f"{indent}# {inner}  ", break_on_hyphens=False, break_long_words=False,
        )  # fmt: skip
        yield from (line.replace("\u00a0", " ") for line in lines)
