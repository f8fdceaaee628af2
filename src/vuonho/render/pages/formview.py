"""The phone form as a template needs it: its sections, and in each the controls that the schema asks for.

    fields of the schema ──▶ Section(Group(Control, …), …), …

A field that is added to the schema appears by itself: within the section of its owner, or in the last one. Only
where sections begin, and what nobody types, is written here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from vuonho.domain.outline import Field
from vuonho.domain.vocabulary.animals import ANIMALS
from vuonho.domain.vocabulary.crops import CROPS
from vuonho.domain.vocabulary.goods import GOODS
from vuonho.render.pages.formcontrols import LEFT_OUT, Control, controls_of, named, said
from vuonho.render.pages.language import Language

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

PHOTOS: Final = "photos"
"""The section of the camera; what it asks of each photo are the fields of this key."""
_REST: Final = "more"
_UNLESS: Final[Mapping[str, str]] = MappingProxyType({"near_point": "exact_point"})
"""A question that another answered with yes makes needless."""


@dataclass(frozen=True, slots=True)
class Group:
    """Controls of one record; `within` is its path, "" for the profile itself; `tick` the consent that all need."""

    within: str
    label: str
    controls: tuple[Control, ...]
    tick: str = ""


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


def form_sections(fields: tuple[Field, ...], language: Language) -> tuple[Section, ...]:
    """Return the sections in the order in which they are asked, that of the photos last."""
    placed = {path for _, paths in _SECTIONS for path in paths} | {PHOTOS}
    rest = tuple(field.key for field in fields if field.key not in placed | LEFT_OUT)
    wanted = (*_SECTIONS, (_REST, rest), (PHOTOS, (PHOTOS,)))
    sections = (Section(key, tuple(_groups(fields, key, paths, placed, language))) for key, paths in wanted)
    return tuple(section for section in sections if section.groups)


def form_questions(fields: tuple[Field, ...], language: Language) -> tuple[Question, ...]:
    """Return a question for each tick of the consent."""
    ticks = next(field for field in fields if field.key == "consent").field("publish").words
    return tuple(
        Question(
            word.key,
            language.messages.get(f"form.ask.{word.key}")
            or language.say("form.ask_other", what=language.word(word)),
            language.messages.get(f"form.ask_more.{word.key}", ""),
            _UNLESS.get(word.key, ""),
        )
        for word in ticks or ()
    )


def suggestions(language: Language) -> dict[str, tuple[str, ...]]:
    """Return the names that the catalogue knows, by the control that offers them."""
    crops = tuple(language.crop(crop) for crop in CROPS)
    goods = tuple(language.good(good) for good in GOODS)
    return {
        "garden-crops-name": crops,
        "garden-animals-name": tuple(language.animal(animal) for animal in ANIMALS),
        "products-name": tuple(dict.fromkeys((*goods, *crops))),
    }


def required_records(fields: Iterable[Field]) -> tuple[str, ...]:
    """Return the keys of the records that a profile has, even if nothing is said in them."""
    return tuple(field.key for field in fields if field.required and field.kind == "record")


def fingerprint(fields: Iterable[Field]) -> str:
    """Return 12 hexadecimal digits that stand for what can be asked: fields, kinds and closed words."""
    return sha256("\n".join(_traits(fields, "")).encode()).hexdigest()[:12]


def _traits(fields: Iterable[Field], before: str) -> Iterator[str]:
    for field in fields:
        path = f"{before}{field.key}"
        yield f"{path} {field.kind} {field.required} {field.words.keys if field.words else ''}"
        yield from _traits(field.fields, f"{path}.")


def _groups(
    fields: tuple[Field, ...], section: str, paths: Iterable[str], placed: set[str], language: Language
) -> Iterator[Group]:
    title = language.say(f"form.section.{section}")
    for path in paths:
        owner = path.rpartition(".")[0]
        found = _at(fields, path)
        if found is None:
            continue
        if found.kind == "record":
            inside = tuple(field for field in found.fields if f"{path}.{field.key}" not in placed)
            controls = controls_of(inside, path, language)
            yield _group(path, said(found.label, language), controls)
        else:
            yield _group(owner, title, controls_of((found,), owner, language))


def _group(within: str, label: str, controls: tuple[Control, ...]) -> Group:
    """Return a group that says once what is true of all that it asks."""
    ticks = {control.tick for control in controls}
    common = ticks.pop() if len(ticks) == 1 else ""
    shown = named(controls, label)
    return Group(within, label, tuple(replace(one, tick="") for one in shown) if common else shown, common)


def _at(fields: tuple[Field, ...], path: str) -> Field | None:
    found: Field | None = None
    for step in path.split("."):
        found = next((field for field in fields if field.key == step), None)
        fields = found.fields if found else ()
    return found
