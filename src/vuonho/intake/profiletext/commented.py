"""A new file of a project, with the schema's help as notes: what is known is filled in, the rest waits.

    # Số cây: Đếm cả cây chưa cho quả; rau, lúa thì để trống.      a note begins with "# "
    #trees: 60                                                    an example with "#": taken away, it counts

All examples of a file may be taken at once; the file is then still accepted. Consent is never an example, nor is
a file that would have to be there.
"""

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto

from vuonho.bilingual import Text
from vuonho.domain.outline import Field
from vuonho.domain.vocabulary.words import WordList
from vuonho.intake.profiletext.scalars import scalar
from vuonho.intake.tree import Plain

WIDTH = 96
_LONG_LABEL = 40
_FILES = frozenset({"file", "logo"})
_ELSE = frozenset({"lunar_months"})
"""Fields that say the same as another one: one of the two is enough for an example."""

_SIGN = re.compile(r"^( *)#(?=[^ \n])", re.MULTILINE)

_CHOOSE = Text("Chọn một", "Choose one")
_CHOOSE_SEVERAL = Text("Chọn được nhiều", "Choose any")
_EXAMPLE = Text("Ví dụ", "Example")
_ALSO_ENGLISH = Text(
    "Muốn có cả tiếng Anh thì viết thành hai dòng con, “vi: …” và “en: …”.",
    "For English too, write two lines beneath it, “vi: …” and “en: …”.",
)
_ENGLISH: Mapping[str, str] = {"có": "yes", "không": "no"}


class _Form(Enum):
    """How a field stands in the file: its lines follow, with a value, without one, as entries, as an example."""

    OPEN = auto()
    FILLED = auto()
    EMPTY = auto()
    LISTED = auto()
    EXAMPLE = auto()


def render_commented(
    fields: Sequence[Field], values: Mapping[str, Plain], language: str, head: Sequence[str]
) -> str:
    """Return the text of a file with these fields, in their order and with `values` filled in.

    `head` is the note at its top, a paragraph a piece. Notes are in `language`, "vi" or "en".
    """
    lines = [*_note("", *head)]
    for field in fields:
        value = values.get(field.key)
        lines += ["", *_entry(field, value, _form(field, value, in_place=True), "", language)]
    return "\n".join(lines) + "\n"


def take_examples(text: str) -> str:
    """Return a file with all of its examples made true."""
    return _SIGN.sub(r"\1", text)


def _form(field: Field, value: Plain, *, in_place: bool) -> _Form:
    """Return how a field is to stand; `in_place` tells that what it is a part of is there in any case."""
    if field.kind == "record":
        return _Form.OPEN if in_place or value is not None else _Form.EXAMPLE
    if value is not None:
        return _Form.FILLED
    if _is_kept_empty(field) or (field.required and in_place):
        return _Form.EMPTY
    return _Form.LISTED if field.kind == "records" else _Form.EXAMPLE


def _is_kept_empty(field: Field) -> bool:
    """Tell a field whose example must not come true by taking away a sign: consent, and files that are not there."""
    return field.shown == "never" or field.key in _FILES or any(_is_kept_empty(one) for one in field.fields)


def _entry(field: Field, value: Plain, form: _Form, indent: str, language: str) -> Iterator[str]:
    yield from _note(indent, *_said(field, form, language))
    if form is _Form.FILLED:
        yield from _filled(field.key, value, indent)
    elif form is _Form.EXAMPLE:
        yield f"{indent}#{field.key}: {_example(field, language)}"
    else:
        brackets = " []" * (form is _Form.EMPTY and field.several and not field.fields)
        yield f"{indent}{field.key}:{brackets}"
    if form is _Form.LISTED:
        yield f"{indent}  #- {_braces(field, language)}"
    elif form is _Form.OPEN:
        yield from _inside(field, value if isinstance(value, dict) else {}, indent + "  ", language)


def _inside(record: Field, values: Mapping[str, Plain], indent: str, language: str) -> Iterator[str]:
    """Give the lines of a record; of a required one the first field stands there, so that it is not nothing."""
    in_place = record.required or bool(values)
    for number, field in enumerate(record.fields):
        form = _form(field, values.get(field.key), in_place=in_place)
        if in_place and not values and number == 0:
            form = _Form.EMPTY
        yield from _entry(field, values.get(field.key), form, indent, language)


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


# --- Notes -----------------------------------------------------------------------------------------------------


def _said(field: Field, form: _Form, language: str) -> Iterator[str]:
    """Give the paragraphs of a field's note."""
    label = field.label.to(language)
    yield f"{label.upper() if form is _Form.OPEN else label}: {field.help.to(language)}"
    if field.kind in ("paragraph", "story"):
        yield _ALSO_ENGLISH.to(language)
    if field.words:
        yield from _choices(field.words, field.several, language)
    elif form is not _Form.OPEN:
        yield from (f"  {one.key}: {_said_within(one, language)}" for one in field.fields)
    if form is _Form.EMPTY and not field.words:
        shown = f"- {_braces(field, language)}" if field.fields else _example(field, language)
        yield f"{_EXAMPLE.to(language)}: {shown}"


def _said_within(field: Field, language: str) -> str:
    choices = " ".join(_choices(field.words, field.several, language)) if field.words else ""
    return f"{field.help.to(language)} {choices}".strip()


def _choices(words: WordList, several: bool, language: str) -> Iterator[str]:
    choose = (_CHOOSE_SEVERAL if several else _CHOOSE).to(language)
    if max(len(word.label.vi) for word in words) > _LONG_LABEL:
        yield f"{choose}:"
        yield from (f"  {word.key}: {word.label.to(language)}" for word in words)
    else:
        yield f"{choose}: " + "\u00a0| ".join(
            word.label.to(language).replace(" ", "\u00a0") for word in words
        )


def _note(indent: str, *paragraphs: str) -> Iterator[str]:
    """Give comment lines of at most WIDTH letters; a no-break space holds together what is one name."""
    for paragraph in paragraphs:
        inner = " " * (len(paragraph) - len(paragraph.lstrip(" ")))
        lines = textwrap.wrap(
            paragraph.strip(" "), WIDTH, initial_indent=f"{indent}# {inner}",
            subsequent_indent=f"{indent}# {inner}  ", break_on_hyphens=False, break_long_words=False,
        )  # fmt: skip
        yield from (line.replace("\u00a0", " ") for line in lines)


# --- Examples --------------------------------------------------------------------------------------------------


def _example(field: Field, language: str, *, in_flow: bool = False) -> str:
    if field.kind == "record":
        return _braces(field, language)
    texts = _typed(field, language)
    is_list = field.several or len(texts) > 1
    shown = ", ".join(scalar(text, in_flow=is_list or in_flow) for text in texts)
    return f"[{shown}]" if is_list else shown


def _typed(field: Field, language: str) -> list[str]:
    """Return what would be typed as an example, in pieces where it is a list."""
    if field.words:
        first = field.words.find(field.example)
        second = next(word for word in field.words if word is not first)
        return [word.label.to(language) for word in ((first, second) if field.several else (first,))]
    if field.kind == "months":
        return [part.strip() for part in field.example.split(",")]
    return [_ENGLISH.get(field.example, field.example) if language == "en" else field.example]


def _braces(field: Field, language: str) -> str:
    """Return an example of a record on one line, as an entry of a list."""
    parts = (
        f"{one.key}: {_example(one, language, in_flow=True)}" for one in field.fields if one.key not in _ELSE
    )
    return "{" + ", ".join(parts) + "}"
