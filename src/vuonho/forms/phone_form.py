"""The phone form: one page that holds all it needs, asks for nothing elsewhere, and is made from the schema."""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from markupsafe import Markup

from vuonho.i18n import Text
from vuonho.model.catalogue import ANIMALS, CROPS, GOODS
from vuonho.model.fields import Field
from vuonho.model.public import PublicVillage
from vuonho.pages.language import Language
from vuonho.pages.layout import Head, Layout, Place
from vuonho.resources import Artifact, static_file

_LEFT_OUT: Final = frozenset({"checked", "consent.publish", "photos.file"})
"""What the form answers by itself, or asks in words of its own."""
_FREELY: Final = frozenset({"code", "consent", "location", "garden"})
"""Required of a profile, but nothing that a family must say."""
_MOST_BUTTONS: Final = 7
"""Words of a closed list that stand side by side; more of them are a list to open."""
_LUNAR: Final = "lunar_"
_NUMBERS: Final = frozenset({"area", "count", "price", "year"})

_SECTIONS: Final = (
    ("name", ("name", "head", "code")),
    ("consent", ("consent",)),
    ("location", ("location",)),
    ("living", ("living",)),
    ("garden", ("garden",)),
    ("crops", ("garden.crops",)),
    ("animals", ("garden.animals",)),
    ("products", ("products",)),
    ("visits", ("visits", "contact", "links")),
    ("story", ("story",)),
)
"""Each section and the paths of what it asks; a path with a section of its own is not asked by its owner's."""
_PHOTOS: Final = "photos"
"""The section of the camera; what it asks of each photo are the fields of this key."""


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
    tick: str
    required: bool
    most: int | None
    options: tuple[Mapping[str, str], ...]
    controls: tuple["Control", ...]
    partner: str
    suggest: str
    is_named: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Controls of one record; `within` is its path, "" for the profile itself; `tick` the consent that all need."""

    within: str
    label: str
    controls: tuple[Control, ...]
    tick: str


@dataclass(frozen=True, slots=True)
class Section:
    """One screen of the form."""

    key: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A tick of the consent as a sentence to be read aloud; `unless` names a tick that makes it needless."""

    key: str
    text: str
    more: str
    unless: str


def form_page(
    layout: Layout,
    villages: Sequence[PublicVillage],
    fields: tuple[Field, ...],
    language: Language,
    *,
    alone: bool = False,
) -> Artifact:
    """Return the form; `alone` is one that lies on a phone and not in the site, and looks for no service worker."""
    place = Place(layout.site, "form/", layout.site.languages[0])
    title = language.say("form.title")
    say = "form.say."
    words = {key.removeprefix(say): text for key, text in language.messages.items() if key.startswith(say)}
    inert = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
    spoken = json.dumps(words, ensure_ascii=False, separators=(",", ":")).translate(inert)
    values = {
        "root": "" if alone else place.root,
        "base_url": layout.site.base_url,
        "schema": fingerprint(fields),
        "records": " ".join(field.key for field in fields if field.required and field.kind == "record"),
        "sections": form_sections(fields, language),
        "photos": _PHOTOS,
        "questions": form_questions(fields, language),
        "suggestions": suggestions(language),
        "villages": villages,
        "purpose": language.own(layout.site.purpose),
        "words": Markup(spoken),  # noqa: S704 - JSON without "<", ">" and "&"
        "picture": Markup("data:image/svg+xml;base64,") + b64encode(static_file("icon.svg")).decode("ascii"),
    }
    return layout.page("form.html", place, language, Head(title, title, listed=False), values)


def fingerprint(fields: Iterable[Field]) -> str:
    """Return 12 hexadecimal digits that stand for what can be asked: fields, kinds and closed words."""

    def traits(fields: Iterable[Field], before: str) -> Iterator[str]:
        for field in fields:
            path = f"{before}{field.key}"
            yield f"{path} {field.kind} {field.required} {field.words.keys if field.words else ''}"
            yield from traits(field.fields, f"{path}.")

    return sha256("\n".join(traits(fields, "")).encode()).hexdigest()[:12]


def form_questions(fields: tuple[Field, ...], language: Language) -> tuple[Question, ...]:
    """Return a question for each tick of the consent."""
    ticks = next(field for field in fields if field.key == "consent").field("publish").words
    return tuple(
        Question(
            word.key,
            language.messages.get(f"form.ask.{word.key}")
            or language.say("form.ask_other", what=language.word(word)),
            language.messages.get(f"form.ask_more.{word.key}", ""),
            "exact_point" if word.key == "near_point" else "",
        )
        for word in ticks or ()
    )


def suggestions(language: Language) -> dict[str, tuple[str, ...]]:
    """Return the names that the catalogue knows, by the control that offers them."""
    crops = tuple(language.thing(crop) for crop in CROPS)
    goods = tuple(language.thing(good) for good in GOODS)
    return {
        "garden-crops-name": crops,
        "garden-animals-name": tuple(language.thing(animal) for animal in ANIMALS),
        "products-name": tuple(dict.fromkeys((*goods, *crops))),
    }


def form_sections(fields: tuple[Field, ...], language: Language) -> tuple[Section, ...]:
    """Return the sections in the order in which they are asked, that of the photos last."""
    placed = {path for _, paths in _SECTIONS for path in paths} | {_PHOTOS}
    rest = tuple(field.key for field in fields if field.key not in placed | _LEFT_OUT)
    wanted = (*_SECTIONS, ("more", rest), (_PHOTOS, (_PHOTOS,)))
    sections = (Section(key, tuple(_groups(fields, key, paths, placed, language))) for key, paths in wanted)
    return tuple(section for section in sections if section.groups)


def _groups(
    fields: tuple[Field, ...], section: str, paths: Iterable[str], placed: set[str], language: Language
) -> Iterator[Group]:
    for path in paths:
        found = _at(fields, path)
        if found is None:
            continue
        if found.kind == "record":
            within, label = path, _said(found.label, language)
            asked = tuple(field for field in found.fields if f"{path}.{field.key}" not in placed)
        else:
            within, label, asked = path.rpartition(".")[0], language.say(f"form.section.{section}"), (found,)
        controls = _controls(asked, within, language, label)
        ticks = {control.tick for control in controls}
        tick = ticks.pop() if len(ticks) == 1 else ""
        if tick:  # said once
            controls = tuple(replace(control, tick="") for control in controls)
        yield Group(within, label, controls, tick)


def _at(fields: tuple[Field, ...], path: str) -> Field | None:
    found: Field | None = None
    for step in path.split("."):
        found = next((field for field in fields if field.key == step), None)
        fields = found.fields if found else ()
    return found


def _controls(
    fields: tuple[Field, ...], owner: str, language: Language, heading: str = ""
) -> tuple[Control, ...]:
    """Return what asks for these fields of the record at the path `owner`; `heading` stands above them already."""
    keys = {field.key for field in fields}
    controls = []
    for field in fields:
        path = f"{owner}.{field.key}" if owner else field.key
        twin = field.key.removeprefix(_LUNAR)
        if path in _LEFT_OUT or (field.key != twin and twin in keys):
            continue
        # An example of a number alone: a name or a place may be that of somebody here.
        advice = field.advice if field.kind in _NUMBERS else field.help
        label = _said(field.label, language)
        partner = f"{_LUNAR}{field.key}" if f"{_LUNAR}{field.key}" in keys else ""
        if partner:  # of which the calendar is asked too, so that the label need not name it
            label = label.partition(" (")[0]
        controls.append(
            Control(
                key=field.key,
                name=path.replace(".", "-").replace("_", "-"),
                kind=_kind(field),
                label=label,
                help="" if partner or field.kind == "records" else _said(advice, language),
                tick="" if field.shown in ("base", "never") else field.shown,
                required=field.required and path not in _FREELY,
                most=field.most,
                options=tuple(
                    {"value": word.key, "label": language.word(word, field.key)} for word in field.words or ()
                ),
                controls=_controls(field.fields, path, language, label if field.kind == "record" else ""),
                partner=partner,
                suggest=path.replace(".", "-") if field.key == "name" and "." in path else "",
                is_named=label != heading,
            )
        )
    return tuple(controls)


def _kind(field: Field) -> str:
    if field.kind == "word" and field.several:
        return "words"
    if field.kind == "word" and field.words:
        return "choice" if len(field.words.words) <= _MOST_BUTTONS else "select"
    return "lines" if field.several and field.kind != "records" else field.kind


def _said(text: Text, language: Language) -> str:
    """Return a label of the schema in the form's language."""
    return text.to("vi" if language.tag == "vi" else "en")
