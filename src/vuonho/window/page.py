"""How a page of the window is made: its template, its words, what it has to say of the step before."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from vuonho.errors import DataProblems, Problem, Severity, VuonhoError
from vuonho.i18n import Text
from vuonho.output.files import look
from vuonho.output.lock import STATE
from vuonho.pages.templates import Templates
from vuonho.project.survey import Survey, name_of, survey_whole
from vuonho.resources import shipped
from vuonho.scaffold.handbook import Guide, guides
from vuonho.status.model import ProjectStatus
from vuonho.status.status import project_status
from vuonho.window.hints import Way, edit_link, file_called, ways, window_form
from vuonho.window.team import Job, Outcome, Team

_HERE: Final = Path(__file__).with_name("templates")

ROOMS: Final = (
    ("home.start", Text("Today"), "sun"),
    ("households.start", Text("All households"), "home"),
    ("incoming.start", Text("From the field"), "phone"),
    ("paper.start", Text("Papers and plaques"), "print"),
    ("online.start", Text("On line"), "internet"),
    ("more.start", Text("More"), "other"),
)
"""The rooms by their pages, with their names and icons, in the order of a team's week."""


def this_team() -> Team:
    """Return the team whose window answers this request."""
    team: Team = current_app.config["TEAM"]
    return team


@cache
def templates() -> Templates:
    """Return the templates of the window; those of a project have no say in it."""
    found = Templates((_HERE, shipped("templates")))
    for language in ("vi", "en"):

        def say(text: Text | str, /, _language: str = language, **values: object) -> str:
            if not isinstance(text, Text):
                return Text(text, context="", **values).to(_language)
            return window_form(text, _language).encode("utf-8", "replace").decode("utf-8")

        def count(one: str, many: str, number: int, /, _language: str = language, **values: object) -> str:
            return Text.counted(one, many, number, **values).to(_language)

        found.add_language(language, {"_": say, "_n": count})
    return found


def show(name: str, title: Text, **values: object) -> str:
    """Return a page of the window; `values` are what its template shows."""
    team = this_team()
    rooms = [(url_for(page), words, icon, _is_here(page)) for page, words, icon in ROOMS]
    return templates().render(
        f"{name}.html",
        {
            "title": title,
            "language": team.language,
            "rooms": rooms if team.has_project else [],
            "noted": team.noted(request.args.get("note", "")),
            "card": _card(team.language),
            "foot": team.has_project,
            "url_for": url_for,
            "file_link": file_link,
            "ways": ways,
            "by_file": by_file,
            **values,
        },
        team.language,
    )


_CARDS: Final = {
    "households": "visit",
    "incoming": "forms",
    "online": "publish",
    "paper": "print",
    "more.backup": "broken",
    "more.leave": "leave",
    "more.leaving": "leave",
    "more.restore": "broken",
    "more.withdraw": "leave",
}
"""The card of the handbook that goes with a page, or with all pages of a room."""


def _card(language: str) -> Guide | None:
    """Return the card of the handbook that goes with the page that is asked for."""
    key = _CARDS.get(request.endpoint or "") or _CARDS.get(request.blueprint or "", "")
    return next((one for one in guides(language) if one.key == key), None)


def _is_here(page: str) -> bool:
    return request.blueprint == page.partition(".")[0]


def changed_meanwhile(kept: Iterable[Text], fields: Mapping[str, Sequence[str]], back: str) -> str:
    """Return the page that asks whose values hold: those of a form, or those that came into its file meanwhile."""
    return show("kept", Text("The file was changed meanwhile"), kept=[*kept], fields=fields, back=back)


def go(page: str, outcome: Outcome | Text | None = None, **where: object) -> Response:
    """Return the way to another page, which begins with what came of this step."""
    if isinstance(outcome, Text):
        outcome = Outcome((outcome,))
    if outcome is not None:
        where["note"] = this_team().note(outcome)
    return redirect(url_for(page, **where), 303)  # type: ignore[arg-type]


def begin(title: Text, work: Callable[[Job], Outcome]) -> Response:
    """Begin a job, and return the way to the page on which it is watched; raise MachineError while another one runs.

    `work` runs without a request: what it needs of addresses is made before.
    """
    return redirect(url_for("jobs.watch", key=this_team().start(title, work)), 303)


def file_link(file: Path) -> str:
    """Return the address at which a file that was made for the team opens."""
    return url_for("jobs.file", key=this_team().offer(file), name=file.name)


# --- How the villages stand, looked at again only when a file has changed ---


_READING: Final = threading.RLock()
"""A page that is asked for while the project is read waits for that, and does not read it once more."""


def surveyed(team: Team) -> Survey:
    """Return the project as it stands, read and checked; raise MachineError where nothing can be looked at."""
    with _READING:
        return team.recall("survey", lambda: survey_whole(team.root), _state(team, "*.*"))


def standing(team: Team | None = None) -> ProjectStatus:
    """Return how the villages of a team, else of this one, stand; raise MachineError where nothing can be looked at."""
    here = team or this_team()
    today, state = here.today, (_state(here, "*.*"), _state(here, "out/*/*.json"))
    with _READING:
        return here.recall(
            "standing", lambda: project_status(here.root, today, project=surveyed(here)), today, *state
        )


def _state(team: Team, names: str) -> list[tuple[str, *tuple[int, ...]]]:
    """Return the look of what the program itself remembers of the project."""
    return sorted((path.name, *look(path.stat())) for path in (team.root / STATE).glob(names))


# --- What is wrong, where it is corrected, and what buttons its cure has ---


class Wrong(NamedTuple):
    """A problem, what people call its field, and the buttons of its cure."""

    problem: Problem
    field: Text
    ways: tuple[Way, ...]

    @property
    def is_error(self) -> bool:
        """Whether it stops something."""
        return self.problem.severity is Severity.ERROR


class WrongFile(NamedTuple):
    """What people call a file, and what is wrong in it; `edit` is where it is corrected, "" where it is not here."""

    name: Text
    edit: str
    wrongs: tuple[Wrong, ...]


def by_file(problems: Iterable[Problem], most: int = 100) -> list[WrongFile]:
    """Return problems by their files, those with errors first; of very many the first."""
    ordered = sorted(problems, key=lambda one: one.severity is not Severity.ERROR)[:most]
    ordered.sort(key=lambda one: one.file)
    files = []
    for name, group in groupby(ordered, key=lambda one: one.file):
        link = edit_link(name)
        wrongs = [Wrong(one, name_of(one), ways(one.message, one.hint, but=link)) for one in group]
        files.append(WrongFile(file_called(name), link, tuple(wrongs)))
    return sorted(files, key=lambda file: not any(wrong.is_error for wrong in file.wrongs))


def refused(error: VuonhoError, title: Text | None = None, back: str = "") -> str:
    """Return the page that says why something was not done, with what to do."""
    problems = error.problems if isinstance(error, DataProblems) else ()
    return show(
        "refused",
        title or Text("This was not done"),
        error=error,
        problems=problems,
        back=back or _referrer(),
    )


def _referrer() -> str:
    """Return the page from which this request came, if it was one of the window."""
    before = request.referrer or ""
    return before if before.startswith(request.host_url) else url_for("home.start")
