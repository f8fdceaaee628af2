"""Pages for the team alone: how the project stands, and what stands in place of a site that could not be built."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from vuonho.errors import Problem, Severity
from vuonho.i18n import Text
from vuonho.model.codes import spaced
from vuonho.model.values import say_day
from vuonho.pages.templates import Templates, style_assets
from vuonho.status.model import ProjectStatus, count
from vuonho.status.tasks import (
    ALL_COMPLETE,
    HEADINGS,
    LACKING,
    NOBODY,
    NOTHING_TO_DO,
    TOTAL,
    common_tasks,
    duties,
    facts,
    say_complete,
    say_state,
)

# --- The team's own page: how the project stands, who lacks what, who does what next; to print, and for nobody else ---


def render_status(status: ProjectStatus, template_folders: tuple[Path, ...], language: str) -> bytes:
    """Return the page in "vi" or "en"; raise VuonhoError where a template is at fault."""
    day, title = say_day(status.day), status.title
    values = {
        "words": _WORDS,
        "title": Text("Standing: {title}", title=title),
        "day": Text("On {day}", day=day),
        "status": status,
        "counts": count(status.homes),
        "headings": [heading.to(language).replace("\n", " ") for heading in HEADINGS],
        "total": TOTAL,
        "facts": facts(status),
        "common": common_tasks(status),
        "villages": [(village, duties(status, (village,))) for village in status.villages],
        "complete": say_complete,
        "state": say_state,
        "spaced": spaced,
        "all_complete": ALL_COMPLETE,
        "nobody": NOBODY,
    }
    return _rendered(Templates(template_folders), "status", language, values)


def _rendered(templates: Templates, name: str, language: str, values: dict[str, object]) -> bytes:
    """Return a page that is none of the site; in its template `t` says a text."""

    def say(text: Text) -> str:
        return _whole(text.to(language))

    values |= {"t": say, "tag": language, "assets": style_assets(templates, f"_{name}.css")}
    return templates.render(f"{name}.html", values).encode("utf-8")


_WORDS: Final = {
    "complete": Text("complete:"),
    "private": Text(
        "Private: it names households. For the team alone; not to be published or sent to open groups."
    ),
    "figures": Text("Figures"),
    "table": Text("Table of figures, village by village"),
    "ocop": Text("OCOP ending: households with a grade that runs out within 90 days or has run out."),
    "common": Text("For the whole project, by the youth union secretary"),
    "nothing": NOTHING_TO_DO,
    "lacking": LACKING,
    "done": Text("Done"),
    "code": Text("Code"),
    "home": Text("Household"),
    "share": Text("Filled in"),
    "missing": Text("What is missing"),
}


# --- The page that stands in place of a site that could not be built: what is wrong, where, and what to do ---

_MOST: Final = 100
"""Problems that one page shows; who has more fixes these first."""


@dataclass(frozen=True, slots=True)
class TroublePage:
    """How the page is to be: `language` "vi" or "en"; `reloads` if it shows the site by itself once that is corrected.

    Only with `explains` it says what is wrong: the words may hold what a family did not let be shown, and on a
    Wi-Fi others look too.
    """

    language: str
    reloads: bool
    explains: bool


@dataclass(frozen=True, slots=True)
class Wrong:
    """A problem, and what people call the field that it is about."""

    problem: Problem
    field: Text

    @property
    def is_error(self) -> bool:
        """Whether it stops the build."""
        return self.problem.severity is Severity.ERROR


def render_trouble(wrongs: Sequence[Wrong], page: TroublePage, templates: Path) -> bytes:
    """Return the page for what is wrong, errors first; raise VuonhoError where a template is at fault."""
    errors = sum(wrong.is_error for wrong in wrongs)
    ordered = sorted(wrongs, key=lambda wrong: not wrong.is_error)
    more = len(ordered) - _MOST
    values = {
        "words": _TROUBLE_WORDS,
        "page": page,
        "count": Text.counted("{count} error to fix.", "{count} errors to fix.", errors),
        "more": more > 0 and Text("{more} more. Fix those above first.", more=more),
        "files": [
            (_whole(name), list(group))
            for name, group in groupby(ordered[:_MOST], key=lambda wrong: wrong.problem.file)
        ],
    }
    return _rendered(Templates((templates,)), "trouble", page.language, values)


def _whole(text: str) -> str:
    """Return a text in whole letters: a file name of another system may hold half ones."""
    return text.encode("utf-8", "replace").decode("utf-8")


_TROUBLE_WORDS: Final = {
    "error": Text("Error"),
    "note": Text("Note"),
    "line": Text("line"),
    "reloads": Text("Fix it and save: the page comes back by itself."),
    "reload": Text("Fix it, save, and load this page anew."),
    "title": Text("The site could not be built"),
    "hidden": Text("The old site is not shown meanwhile, lest it be taken for the new one."),
    "elsewhere": Text("The explanation is shown on the computer that runs vuonho."),
    "private": Text("This page is part of the preview and is never published."),
}
