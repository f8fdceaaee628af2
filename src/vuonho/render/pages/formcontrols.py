"""What asks for one field of the schema on the phone: its kind of control, its words, and what it needs."""

from dataclasses import dataclass, replace
from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.outline import Field
from vuonho.render.pages.language import Language

LEFT_OUT: Final = frozenset({"checked", "consent.publish", "photos.file"})
"""What the form answers by itself, or asks in words of its own."""
_FREELY: Final = frozenset({"code", "consent", "location", "garden"})
"""Required of a profile, but nothing that a family must say."""
_MOST_BUTTONS: Final = 7
"""Words of a closed list that stand side by side; more of them are a list to open."""
_LUNAR: Final = "lunar_"
_NUMBERS: Final = frozenset({"area", "count", "price", "year"})


@dataclass(frozen=True, slots=True)
class Option:
    """One word of a closed list: what the profile holds, and what people read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Control:
    """What asks for one field. `name` is its path with dashes; `kind` that of the schema, or for words "choice",
    "select", "words", for several lines "lines". `tick` is the consent it needs, "" for none; `partner` the key of
    the same months in the lunar calendar; `suggest` a list of names. Not `is_named` is what its owner's name says.
    """

    key: str
    name: str
    kind: str
    label: str
    help: str
    tick: str = ""
    required: bool = False
    most: int | None = None
    options: tuple[Option, ...] = ()
    controls: tuple["Control", ...] = ()
    partner: str = ""
    suggest: str = ""
    is_named: bool = True


def controls_of(fields: tuple[Field, ...], owner: str, language: Language) -> tuple[Control, ...]:
    """Return what asks for these fields of the record at the path `owner`, "" for the profile."""
    keys = {field.key for field in fields}
    controls = []
    for field in fields:
        path = f"{owner}.{field.key}" if owner else field.key
        twin = field.key.removeprefix(_LUNAR)
        if path in LEFT_OUT or (field.key != twin and twin in keys):
            continue
        control = _control(field, path, language)
        controls.append(_paired(control) if _LUNAR + field.key in keys else control)
    return tuple(controls)


def _paired(control: Control) -> Control:
    """Return months of which the calendar is asked too, so that the label need not name it."""
    return replace(control, label=control.label.partition(" (")[0], help="", partner=_LUNAR + control.key)


def _control(field: Field, path: str, language: Language) -> Control:
    return Control(
        key=field.key,
        name=path.replace(".", "-").replace("_", "-"),
        kind=_kind(field),
        label=said(field.label, language),
        help=_help(field, language),
        tick="" if field.shown in ("base", "never") else field.shown,
        required=field.required and path not in _FREELY,
        most=field.most,
        options=tuple(Option(word.key, language.word(word, field.key)) for word in field.words or ()),
        controls=_inside(field, path, language),
        suggest=path.replace(".", "-") if field.key == "name" and "." in path else "",
    )


def _inside(field: Field, path: str, language: Language) -> tuple[Control, ...]:
    controls = controls_of(field.fields, path, language)
    return named(controls, said(field.label, language)) if field.kind == "record" else controls


def _help(field: Field, language: Language) -> str:
    """Return what to write; an example of a number alone, for a name or a place may be that of somebody here."""
    if field.kind == "records":
        return ""
    return said(field.advice if field.kind in _NUMBERS else field.help, language)


def _kind(field: Field) -> str:
    if field.kind == "word" and field.several:
        return "words"
    if field.kind == "word" and field.words:
        return "choice" if len(field.words.words) <= _MOST_BUTTONS else "select"
    return "lines" if field.several and field.kind != "records" else field.kind


def said(text: Text, language: Language) -> str:
    """Return a label of the schema in the form's language."""
    return text.to("vi" if language.tag == "vi" else "en")


def named(controls: tuple[Control, ...], label: str) -> tuple[Control, ...]:
    """Return controls that do not repeat the name which stands above them."""
    return tuple(replace(one, is_named=one.label != label) for one in controls)
