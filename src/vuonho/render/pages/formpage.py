"""The phone form: one page that holds all it needs, asks for nothing elsewhere, and is made from the schema."""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from markupsafe import Markup

from vuonho.artifact import Artifact
from vuonho.domain.outline import Field
from vuonho.domain.public import PublicVillage
from vuonho.render.machines.icon import icon_svg
from vuonho.render.pages.formview import (
    PHOTOS,
    fingerprint,
    form_questions,
    form_sections,
    required_records,
    suggestions,
)
from vuonho.render.pages.frame import Frame, Head
from vuonho.render.pages.language import Language
from vuonho.render.pages.place import Place
from vuonho.render.pages.view import own

FOLDER: Final = "form/"
_SAID: Final = "form.say."
_INERT: Final[Mapping[int, str]] = MappingProxyType(
    {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
)


def form_page(
    frame: Frame,
    villages: Sequence[PublicVillage],
    fields: tuple[Field, ...],
    language: Language,
    *,
    alone: bool = False,
) -> Artifact:
    """Return the form; `alone` is one that lies on a phone and not in the site, and looks for no service worker."""
    place = Place(frame.site, FOLDER, frame.site.languages[0])
    title = language.say("form.title")
    values = {
        "root": "" if alone else place.root,
        "base_url": frame.site.base_url,
        "schema": fingerprint(fields),
        "records": " ".join(required_records(fields)),
        "sections": form_sections(fields, language),
        "photos": PHOTOS,
        "questions": form_questions(fields, language),
        "suggestions": suggestions(language),
        "villages": villages,
        "purpose": own(frame.site.purpose, language),
        "words": _words(language),
        "picture": Markup("data:image/svg+xml;base64,") + b64encode(icon_svg()).decode("ascii"),
    }
    sources = tuple(village.source for village in villages)
    return frame.page("form.html", place, language, Head(title, title, listed=False), values, sources)


def _words(language: Language) -> Markup:
    """Return what the script says, as JSON in which nothing can end a script."""
    said = {key.removeprefix(_SAID): text for key, text in language.messages.items() if key.startswith(_SAID)}
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":")).translate(_INERT)
    return Markup(text)  # noqa: S704 - JSON without "<", ">" and "&"
