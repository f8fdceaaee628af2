"""A new file of a project, with the schema's help as notes: what is known is filled in, the rest waits."""

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from vuonho.edit.yaml_text import scalar
from vuonho.i18n import Both, Text
from vuonho.model.fields import Field
from vuonho.project.yaml_tree import Plain

COMMENTED_WIDTH: Final = 96
_LONG_LABEL: Final = 40
_FILES = frozenset({"file", "logo"})
_LEFT_OUT = frozenset({"lunar_months"})
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
