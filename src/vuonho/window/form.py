"""Forms made from the schema: what stands in a profile as fields to fill in, and what was filled in as values again.

A name in a form is the path of its value as a `Problem` gives it, such as `garden.crops.2.area`, so that what is wrong
stands beside its field. With `base`, the values that the form was opened with, come the values of an `Incoming`: the
import tells what was changed, here and meanwhile in the file.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vuonho.errors import Problem, Severity, UserError
from vuonho.i18n import Text
from vuonho.model.fields import Field
from vuonho.model.values import parse_date, parse_yes_no
from vuonho.model.vocabulary import Word, WordList
from vuonho.project.yaml_tree import Plain

BASE: Final = "_base"
"""The hidden field with the values, as JSON, that the form was opened with."""
MORE: Final = "_more"
"""The button that adds an empty entry to the list that it names."""
GONE: Final = "_gone"
"""What takes an entry away."""
_NUMBER: Final = re.compile("[0-9]{1,6}")
_FEW: Final = 4
"""So many words of a closed list stand side by side; more of them are a list to open."""


@dataclass(frozen=True, slots=True)
class Control:
    """One field as it is asked: `name` in the form, `value` as it was typed.

    `shape` says how: "line", "lines", "number", "day", "yes_no", "choice", "select", "words", "local", "record" or
    "records". `texts` are words by language, `chosen` keys of a closed list; `inner` are those of a record, `rows`
    those of each entry, `blank` those of a new one, whose name has "@" for its number.
    """

    name: str
    field: Field
    shape: str
    value: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    chosen: frozenset[str] = frozenset()
    inner: tuple["Control", ...] = ()
    rows: tuple[tuple["Control", ...], ...] = ()
    blank: tuple["Control", ...] = ()
    wrongs: tuple[Problem, ...] = ()

    @property
    def words(self) -> tuple[Word, ...]:
        """The words to choose from."""
        return tuple(self.field.words or ())

    @property
    def is_filled(self) -> bool:
        """Tell whether anything is written in it."""
        return bool(self.value or self.chosen or any(text for _, text in self.texts) or self.rows) or any(
            one.is_filled for one in self.inner
        )

    @property
    def has_wrongs(self) -> bool:
        """Tell whether anything in it, or below, is an error."""
        below = (*self.inner, *(one for row in self.rows for one in row))
        is_wrong = any(one.severity is Severity.ERROR for one in self.wrongs)
        return is_wrong or any(one.has_wrongs for one in below)

    @property
    def help(self) -> Text:
        """What to write, with an example."""
        return self.field.advice if self.shape in ("line", "number", "lines") else self.field.help


def controls(
    fields: Iterable[Field],
    values: Mapping[str, Plain],
    languages: Sequence[str],
    wrongs: Sequence[Problem] = (),
    within: str = "",
) -> tuple[Control, ...]:
    """Return what asks for these fields of a record at the path `within`; `wrongs` are those of the whole form."""
    return tuple(
        _control(field, values.get(field.key), languages, wrongs, f"{within}.{field.key}".lstrip("."))
        for field in fields
    )


def _control(
    field: Field, value: Plain, languages: Sequence[str], wrongs: Sequence[Problem], name: str
) -> Control:
    own = tuple(one for one in wrongs if one.field == name)
    if field.kind == "record":
        inside = value if isinstance(value, dict) else {}
        inner = controls(field.fields, inside, languages, wrongs, name)
        return Control(name, field, "record", inner=inner, wrongs=own)
    if field.kind == "records":
        entries = value if isinstance(value, list) else [value] if isinstance(value, str) else []
        rows = tuple(
            controls(field.fields, entry_of(field, entry), languages, wrongs, f"{name}.{number}")
            for number, entry in enumerate(entries, 1)
        )
        own += tuple(one for one in wrongs if one.field.removeprefix(f"{name}.").isdigit())
        blank = controls(field.fields, {}, languages, (), f"{name}.@")
        return Control(name, field, "records", rows=rows, blank=blank, wrongs=own)
    own = own or tuple(one for one in wrongs if one.field.startswith(f"{name}."))
    if field.is_local:
        texts = value if isinstance(value, dict) else {languages[0]: value}
        shown = tuple((tag, _text(texts.get(tag))) for tag in languages)
        return Control(name, field, "local", texts=shown, wrongs=own)
    if field.words and field.several:
        given = value if isinstance(value, list) else [value] if value else []
        chosen = frozenset(_key(field.words, one) for one in given)
        return Control(name, field, "words", chosen=chosen, wrongs=own)
    if field.words:
        shape = "choice" if len(field.words.words) <= _FEW else "select"
        return Control(name, field, shape, value=_key(field.words, value), wrongs=own)
    if field.kind == "yes_no":
        return Control(name, field, "yes_no", value=_yes_no(value), wrongs=own)
    if field.kind == "day":
        return Control(name, field, "line", value=_day(value), wrongs=own)
    if isinstance(value, list):
        between = "\n" if field.several and field.kind != "months" else ", "
        value = between.join(_text(one) for one in value)
    shape = "lines" if field.several and field.kind != "months" else "line"
    return Control(name, field, shape, value=_text(value), wrongs=own)


def entry_of(field: Field, entry: Plain) -> dict[str, Plain]:
    """Return an entry of a list as a mapping; a lone text stands for one of its fields."""
    return entry if isinstance(entry, dict) else {field.lone: entry} if field.lone else {}


def _key(words: WordList, value: Plain) -> str:
    """Return the key of a word, however it was typed; what is no word stays as it is."""
    return words.find(value).key if isinstance(value, str) and words.knows(value) else _text(value)


def _text(value: Plain) -> str:
    return value if isinstance(value, str) else ""


def _yes_no(value: Plain) -> str:
    try:
        return str(parse_yes_no(value)).lower() if isinstance(value, str) else ""
    except UserError:
        return ""


def _day(value: Plain) -> str:
    """Return a day as people here write it; what is none stays as it is."""
    try:
        return f"{parse_date(value):%d/%m/%Y}" if isinstance(value, str) else ""
    except UserError:
        return _text(value)


# --- What was filled in ---


def read(
    fields: Iterable[Field],
    form: Mapping[str, Sequence[str]],
    languages: Sequence[str],
    within: str = "",
) -> dict[str, Plain]:
    """Return the values of those fields that the form asked for; None for one that is empty."""
    values: dict[str, Plain] = {}
    for field in fields:
        name = f"{within}.{field.key}".lstrip(".")
        if name in form or any(one.startswith(f"{name}.") for one in form):
            values[field.key] = _read(field, form, languages, name)
    return values


def _read(field: Field, form: Mapping[str, Sequence[str]], languages: Sequence[str], name: str) -> Plain:
    if field.kind == "record":
        return read(field.fields, form, languages, name)
    if field.kind == "records":
        numbers = sorted(
            {
                int(part)
                for one in form
                if _NUMBER.fullmatch(part := one.removeprefix(f"{name}.").partition(".")[0])
            }
        )
        entries: list[Plain] = []
        for number in numbers:
            entry = read(field.fields, form, languages, f"{name}.{number}")
            is_gone = f"{name}.{number}.{GONE}" in form
            if not is_gone and any(value is not None for value in _leaves(entry)):
                entries.append(entry)
        return entries or None
    if field.is_local:
        texts: dict[str, Plain] = {tag: _typed(form, f"{name}.{tag}") for tag in languages}
        return texts if any(texts.values()) else None
    if field.words and field.several:
        chosen = [word for word in form.get(name, ()) if word]
        chosen += [word.key for word in field.words if form.get(f"{name}.{word.key}", [""])[-1] == "true"]
        return [*chosen] or None
    text = _typed(form, name)
    if field.several and field.kind != "months" and text:
        return [line for each in text.split("\n") if (line := each.strip())]
    return text


def _leaves(value: Plain) -> Iterable[Plain]:
    if isinstance(value, dict | list):
        for inside in value.values() if isinstance(value, dict) else value:
            yield from _leaves(inside)
    else:
        yield value


def _typed(form: Mapping[str, Sequence[str]], name: str) -> str | None:
    """Return what was typed, with the line ends of a file; a browser sends those of mail."""
    text = form.get(name, ("",))[-1].replace("\r\n", "\n").strip()
    return text or None


def with_base(
    fields: Iterable[Field], base: Mapping[str, Plain], told: Mapping[str, Plain]
) -> dict[str, Plain]:
    """Return all values that a form speaks of: those that it asked for, the others as they were."""
    values: dict[str, Plain] = dict(base)
    known = {field.key: field for field in fields}
    for key, value in told.items():
        before, field = values.get(key), known[key]
        if field.kind == "record" and isinstance(value, dict) and isinstance(before, dict):
            values[key] = with_base(field.fields, before, value)
        elif field.words and isinstance(value, list) and isinstance(before, list):
            kept = [one for one in before if _key(field.words, one) in value]
            there = {_key(field.words, one) for one in kept}
            values[key] = [*kept, *(one for one in value if one not in there)]
        else:
            values[key] = value
    return values


def opened_with(form: Mapping[str, Sequence[str]]) -> dict[str, Plain] | None:
    """Return the values that a form was opened with, None for a new household; raise UserError for what is none."""
    try:
        values = json.loads(form.get(BASE, ("null",))[0])
    except (ValueError, RecursionError) as error:
        raise UserError(
            Text("This page is damaged."), Text("Load it anew; what was typed is kept as a draft.")
        ) from error
    return values if isinstance(values, dict) else None


def stray(wrongs: Iterable[Problem], asked: Iterable[Control]) -> tuple[Problem, ...]:
    """Return the problems that stand beside no field."""

    def shown(control: Control) -> Iterable[Problem]:
        yield from control.wrongs
        for one in (*control.inner, *(one for row in control.rows for one in row)):
            yield from shown(one)

    beside = {id(problem) for control in asked for problem in shown(control)}
    return tuple(problem for problem in wrongs if id(problem) not in beside)
