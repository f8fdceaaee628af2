"""What a kind of page wears: its style sheets and scripts, and the policy that allows these and no others.

The policy is Content Security Policy level 3: nothing but what is named, each style and script by its hash.
`frame-ancestors` has no effect in a <meta>, so it is not there.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from markupsafe import Markup

from vuonho.render.pages.templates import Templates

_EVERYWHERE: Final = ("_style.css",)
_STYLES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "household.html": ("_drawing.css", "_map.css", "_household.css"),
        "village.html": ("_drawing.css", "_map.css", "_finder.css", "_list.css", "_figures.css"),
        "index.html": ("_drawing.css", "_finder.css", "_list.css"),
        "print.html": ("_print.css",),
        "notice.html": ("_text.css",),
        "redirect.html": ("_text.css",),
        "privacy.html": ("_text.css",),
        "404.html": ("_text.css", "_lost.css"),
        "offline.html": ("_text.css",),
        "form.html": ("_form.css",),
    }
)
_SCRIPTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "village.html": ("_finder.js",),
        "index.html": ("_finder.js",),
        "404.html": ("_lost.js",),
        "form.html": (
            "_form_text.js",
            "_form_store.js",
            "_form_photo.js",
            "_form_checks.js",
            "_form_fields.js",
            "_form.js",
        ),
    }
)
"""What a template's pages have beyond what all have."""

PAGE_SCRIPT: Final = "_page.js"
"""What all pages run, after what their kind adds; the form, which is no page for visitors, runs its own alone."""
_ALONE: Final = frozenset({"form.html"})

_USUAL: Final = "img-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'"
_SOURCES: Final[Mapping[str, str]] = MappingProxyType(
    {"form.html": "img-src data: blob:; worker-src 'self'"}  # asks for nothing, shows what the phone holds
)
"""What a template's pages may ask for, save the usual."""


@dataclass(frozen=True, slots=True)
class Dress:
    """Style and scripts of a kind of page, ready to stand in it; `names` are the files they come from."""

    style: Markup
    script: Markup
    csp: str
    names: tuple[str, ...]


def dress(templates: Templates, template: str) -> Dress:
    """Return what the pages of a template wear; raise VuonhoError where a file of it is missing or unfit."""
    styles = (*_EVERYWHERE, *_STYLES.get(template, ()))
    scripts = (*_SCRIPTS.get(template, ()), *(() if template in _ALONE else (PAGE_SCRIPT,)))
    style = _joined(templates.sheet(name) for name in styles)
    script = _joined(templates.script(name) for name in scripts)
    csp = _policy(style, script, _SOURCES.get(template, _USUAL))
    return Dress(style, script, csp, (*styles, *scripts))


def bare_dress(templates: Templates, *styles: str) -> Dress:
    """Return what a page wears that is no page of the site: these sheets alone, and leave to do nothing else."""
    style = _joined(templates.sheet(name) for name in styles)
    policy = f"default-src 'none'; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    return Dress(style, Markup(""), policy, styles)


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("\n").join(parts)


def _policy(style: Markup, script: Markup, sources: str) -> str:
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; {sources}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: Markup) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}'"
