"""How a page of the window is made: its template, its words, what it has to say of the step before."""

import re
from collections.abc import Callable, Iterable
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
from vuonho.project.survey import name_of
from vuonho.resources import shipped
from vuonho.scaffold.handbook import Guide, guides
from vuonho.status.model import ProjectStatus
from vuonho.status.status import project_status
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
            said = text if isinstance(text, Text) else Text(text, context="", **values)
            return said.to(_language).encode("utf-8", "replace").decode("utf-8")

        def count(one: str, many: str, number: int, /, _language: str = language, **values: object) -> str:
            return Text.counted(one, many, number, **values).to(_language)

        found.add_language(language, {"_": say, "_n": count})
    return found


def show(name: str, title: Text, **values: object) -> str:
    """Return a page of the window; `values` are what its template shows."""
    team = this_team()
    rooms = [(url_for(page), words, icon, _is_here(page)) for page, words, icon in ROOMS if exists(page)]
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
            "places": places,
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


def exists(page: str) -> bool:
    """Tell whether a page is there, by the name of its function."""
    return page in current_app.view_functions


def _is_here(page: str) -> bool:
    return request.blueprint == page.partition(".")[0]


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


def standing() -> ProjectStatus:
    """Return how the villages stand today; raise MachineError where nothing can be looked at."""
    team = this_team()
    state = sorted((path.name, *look(path.stat())) for path in (team.root / STATE).glob("*.*"))
    built = sorted((path.name, *look(path.stat())) for path in (team.root / STATE).glob("out/*/*.json"))
    return team.recall("standing", lambda: project_status(team.root, team.today), team.today, state, built)


# --- What is wrong, where it is corrected, and what buttons its cure has ---


class Wrong(NamedTuple):
    """A problem, what people call its field, and the addresses that its cure leads to."""

    problem: Problem
    field: Text
    ways: tuple[tuple[Text, str], ...]

    @property
    def is_error(self) -> bool:
        """Whether it stops something."""
        return self.problem.severity is Severity.ERROR


class WrongFile(NamedTuple):
    """A file with what is wrong in it; `edit` is where it is corrected, "" where it is not here."""

    name: str
    edit: str
    wrongs: tuple[Wrong, ...]


def by_file(problems: Iterable[Problem], most: int = 100) -> list[WrongFile]:
    """Return problems by their files, those with errors first; of very many the first."""
    ordered = sorted(problems, key=lambda one: one.severity is not Severity.ERROR)[:most]
    ordered.sort(key=lambda one: one.file)
    files = [
        WrongFile(name, edit_link(name), tuple(Wrong(one, name_of(one), ways(one.hint)) for one in group))
        for name, group in groupby(ordered, key=lambda one: one.file)
    ]
    return sorted(files, key=lambda file: not any(wrong.is_error for wrong in file.wrongs))


def edit_link(file: str) -> str:
    """Return the page on which a file of the project is edited, "" where there is none."""
    if file == "profiles/site.yaml":
        return _link("more.settings")
    if found := re.fullmatch(r"profiles/([^/]+)/village\.yaml", file):
        return _link("more.village", slug=found[1])
    if found := re.fullmatch(r"profiles/([^/]+)/([^/]+)\.yaml", file):
        return _link("households.edit", village=found[1], name=found[2])
    return ""


_COMMANDS: Final = {
    "assign": ("home.tidy", Text("Put the register in order")),
    "backup": ("more.backup", Text("Make a backup")),
    "build": ("online.start", Text("Build and publish")),
    "check": ("home.problems", Text("See what is to be corrected")),
    "consent": ("paper.start", Text("Consent papers")),
    "export": ("incoming.start", Text("Workbooks")),
    "form": ("incoming.start", Text("Phone form and workbook")),
    "import": ("incoming.start", Text("Take files in")),
    "init": ("more.add_village", Text("Add a village")),
    "keepsake": ("paper.start", Text("Keepsakes and stickers")),
    "new": ("households.new", Text("Add a household")),
    "plaques": ("paper.start", Text("Plaques")),
    "publish": ("online.start", Text("Publish")),
    "remove": ("households.start", Text("Households")),
    "restore": ("more.restore", Text("Bring a backup back")),
    "serve": ("online.start", Text("Look at the site")),
    "undo": ("more.undo", Text("Take the last step back")),
    "verify": ("online.start", Text("Prove the site")),
    "withdraw": ("households.start", Text("Households")),
}
"""Where in the window each command is."""
_CALLED: Final = re.compile(r"\bvuonho (?:-C \S+ )?([a-z]+)\b")


def command_link(command: str) -> str:
    """Return the page on which a command is done, such as "vuonho plaques --new"; "" for none."""
    found = _CALLED.search(command)
    page = _COMMANDS.get(found[1], ("", Text()))[0] if found else ""
    if page != "paper.start" or not found or found[1] != "plaques":
        return _link(page)
    if "--hung" in command:
        return _link("paper.hung")
    if "--size a3" in command:
        village = re.search(r"--village (\S+)", command)
        return _link("paper.look", size="a3", village=village[1] if village else None)
    return _link(
        "paper.plaques", which=next((one for one in ("new", "changed") if f"--{one}" in command), None)
    )


def ways(text: Text) -> tuple[tuple[Text, str], ...]:
    """Return the buttons of the commands that a sentence names."""
    found = [_COMMANDS[name] for name in dict.fromkeys(_CALLED.findall(text.en)) if name in _COMMANDS]
    return tuple((words, link) for page, words in found if (link := _link(page)))


_FILE: Final = re.compile(r"\bprofiles/(?:[^\s/]+/)?(?:site|village)\.yaml\b")


def places(text: Text) -> list[tuple[Text, str]]:
    """Return the pages on which the files are corrected that a sentence names: the settings, and those of a village."""
    links = filter(None, map(edit_link, dict.fromkeys(_FILE.findall(text.en))))
    return [(Text("Correct it"), link) for link in links]


def _link(page: str, **where: object) -> str:
    return url_for(page, **where) if page and exists(page) else ""  # type: ignore[arg-type]


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
