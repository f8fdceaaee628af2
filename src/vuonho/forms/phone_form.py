"""The phone form: one page that holds all it needs, asks for nothing elsewhere, and is made from the schema."""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from markupsafe import Markup

from vuonho.i18n import Text
from vuonho.model.fields import BASE, NEVER, Field, field_at, field_of
from vuonho.model.public import PublicVillage
from vuonho.model.vocabulary import ANIMALS, CROPS, GOODS, Known
from vuonho.pages.language import Language
from vuonho.pages.layout import Head, Layout, Place
from vuonho.pages.templates import page_assets
from vuonho.resources import Artifact, static_file

_TEMPLATE: Final = "form.html"
_LEFT_OUT: Final = frozenset({"checked", "consent.publish", "photos.file"})
"""What the form answers by itself, or asks in words of its own."""
_FREELY: Final = frozenset({"code", "consent", "location", "garden"})
"""Required of a profile, but nothing that a family must say."""
_MOST_BUTTONS: Final = 7
"""Words of a closed list that stand side by side; more of them are a list to open."""
_LUNAR: Final = "lunar_"
_NUMBERS: Final = frozenset({"area", "count", "price", "year"})

_PHOTOS: Final = "photos"
"""The section of the camera; what it asks of each photo are the fields of this key."""
_SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("name", "head", "code"),
    "consent": ("consent",),
    "location": ("location",),
    "living": ("living",),
    "garden": ("garden",),
    "crops": ("garden.crops",),
    "animals": ("garden.animals",),
    "products": ("products",),
    "visits": ("visits", "contact", "links"),
    "story": ("story", "plaque"),
}
"""Each section and the paths of what it asks; a path with a section of its own is not asked by its owner's."""

View = Mapping[str, Any]
"""What a template shows: a section has `key` and `groups`, a group `within` (the path of its record), `label`,
`controls` and `tick` (the consent that all need); of a control see `_controls`."""


def form_page(
    layout: Layout,
    villages: Sequence[PublicVillage],
    fields: tuple[Field, ...],
    language: Language,
    *,
    alone: bool = False,
    direct: str = "",
) -> Artifact:
    """Return the form; `alone` is one that lies on a phone and not in the site, and looks for no service worker.

    With `direct`, an address relative to its own, it may also send there; else it can ask for nothing at all.
    """
    place = Place(layout.site, "form/", layout.site.languages[0])
    title = language.say("form.title")
    say = "form.say."
    words = {key.removeprefix(say): text for key, text in language.messages.items() if key.startswith(say)}
    inert = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
    spoken = json.dumps(words, ensure_ascii=False, separators=(",", ":")).translate(inert)
    values = {
        "root": "" if alone else place.root,
        "direct": direct,
        "base_url": layout.site.base_url,
        "schema": fingerprint(fields),
        "records": " ".join(field.key for field in fields if field.required and field.kind == "record"),
        "sections": form_sections(fields, language),
        "photos": _PHOTOS,
        "questions": form_questions(fields, language),
        "suggestions": suggestions(language, layout.site.crops),
        "villages": villages,
        "purpose": language.own(layout.site.purpose),
        "words": Markup(spoken),  # noqa: S704 - JSON without "<", ">" and "&"
        "picture": Markup("data:image/svg+xml;base64,") + b64encode(static_file("icon.svg")).decode("ascii"),
    }
    if direct:
        assets = page_assets(layout.templates, _TEMPLATE)
        values["assets"] = assets._replace(csp=assets.csp + Markup("; connect-src 'self'"))
    return layout.page(_TEMPLATE, place, language, Head(title, title, listed=False), values)


def fingerprint(fields: Iterable[Field]) -> str:
    """Return 12 hexadecimal digits that stand for what can be asked: fields, kinds and closed words."""

    def traits(fields: Iterable[Field], before: str) -> Iterator[str]:
        for field in fields:
            path = f"{before}{field.key}"
            yield f"{path} {field.kind} {field.required} {field.words.keys if field.words else ''}"
            yield from traits(field.fields, f"{path}.")

    return sha256("\n".join(traits(fields, "")).encode()).hexdigest()[:12]


def form_questions(fields: tuple[Field, ...], language: Language) -> tuple[View, ...]:
    """Return a question for each tick of the consent; `unless` names a tick that makes it needless."""
    ticks = field_of(fields, "consent").field("publish").words
    said = language.messages
    return tuple(
        {
            "key": word.key,
            "text": said.get(f"form.ask.{word.key}")
            or language.say("form.ask_other", what=language.word(word)),
            "more": said.get(f"form.ask_more.{word.key}", ""),
            "unless": "exact_point" if word.key == "near_point" else "",
        }
        for word in ticks or ()
    )


def suggestions(language: Language, own: tuple[Known, ...] = ()) -> dict[str, tuple[str, ...]]:
    """Return the names that the catalogue and the project know, by the control that offers them."""
    crops, animals, goods = (tuple(map(language.thing, one)) for one in ((*CROPS, *own), ANIMALS, GOODS))
    return {
        "garden-crops-name": crops,
        "garden-animals-name": animals,
        "products-name": tuple(dict.fromkeys((*goods, *crops))),
    }


def form_sections(fields: tuple[Field, ...], language: Language) -> tuple[View, ...]:
    """Return the sections in the order in which they are asked, that of the photos last."""
    placed = {path for paths in _SECTIONS.values() for path in paths} | {_PHOTOS}
    rest = tuple(field.key for field in fields if field.key not in placed | _LEFT_OUT)
    sections = []
    for section, paths in {**_SECTIONS, "more": rest, _PHOTOS: (_PHOTOS,)}.items():
        groups = []
        for path in paths:
            found = field_at(fields, path.split("."))
            if found is None:
                continue
            within, label = path.rpartition(".")[0], language.say(f"form.section.{section}")
            asked: tuple[Field, ...] = (found,)
            if found.kind == "record":
                within, label = path, _said(found.label, language)
                asked = tuple(field for field in found.fields if f"{path}.{field.key}" not in placed)
            controls = _controls(asked, within, language, label)
            ticks = {control["tick"] for control in controls}
            tick = ticks.pop() if len(ticks) == 1 else ""
            if tick:  # said once
                controls = [{**control, "tick": ""} for control in controls]
            groups.append({"within": within, "label": label, "controls": controls, "tick": tick})
        if groups:
            sections.append({"key": section, "groups": groups})
    return tuple(sections)


def _controls(fields: tuple[Field, ...], owner: str, language: Language, heading: str = "") -> list[View]:
    """Return what asks for these fields of the record at the path `owner`; `heading` stands above them already.

    `name` is a path with dashes; `kind` that of the schema, or for words "choice", "select", "words", for several
    lines "lines". `tick` is the consent it needs, "" for none; `partner` the key of the same months in the lunar
    calendar; `suggest` a list of names. Not `is_named` is what its owner's name says.
    """
    keys = {field.key for field in fields}
    controls: list[View] = []
    for field in fields:
        path = f"{owner}.{field.key}" if owner else field.key
        if path in _LEFT_OUT or (field.key.startswith(_LUNAR) and field.key.removeprefix(_LUNAR) in keys):
            continue
        # An example of a number alone: a name or a place may be that of somebody here.
        advice = field.advice if field.kind in _NUMBERS else field.help
        label = _said(field.label, language)
        partner = f"{_LUNAR}{field.key}" if f"{_LUNAR}{field.key}" in keys else ""
        if partner:  # of which the calendar is asked too, so that the label need not name it
            label = label.partition(" (")[0]
        words = [{"value": word.key, "label": language.word(word, field.key)} for word in field.words or ()]
        controls.append(
            {
                "key": field.key,
                "name": path.replace(".", "-").replace("_", "-"),
                "kind": _kind(field),
                "label": label,
                "help": "" if partner or field.kind == "records" else _said(advice, language),
                "tick": "" if field.shown in (BASE, NEVER) else field.shown,
                "required": field.required and path not in _FREELY,
                "most": field.most,
                "options": words,
                "controls": _controls(field.fields, path, language, label if field.kind == "record" else ""),
                "partner": partner,
                "suggest": path.replace(".", "-") if field.key == "name" and owner else "",
                "is_named": label != heading,
            }
        )
    return controls


def _kind(field: Field) -> str:
    if field.kind == "word" and field.several:
        return "words"
    if field.kind == "word" and field.words:
        return "choice" if len(field.words.words) <= _MOST_BUTTONS else "select"
    return "lines" if field.several and field.kind != "records" else field.kind


def _said(text: Text, language: Language) -> str:
    """Return a label of the schema in the form's language."""
    return text.to("vi" if language.tag == "vi" else "en")
