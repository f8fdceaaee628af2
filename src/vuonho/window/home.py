"""Today: how the villages stand, what each of the three has to do, and what is wrong."""

from collections.abc import Iterator
from functools import cache

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from vuonho.i18n import Text
from vuonho.model.values import say_day
from vuonho.project.survey import examine
from vuonho.status.model import Home, ProjectStatus, count
from vuonho.status.tasks import (
    HEAD,
    WOMEN,
    YOUTH,
    Duty,
    Item,
    Task,
    common_tasks,
    duties,
    facts,
    say_complete,
)
from vuonho.window.hints import command_link, edit_link, file_called
from vuonho.window.online import online_fact, online_tasks
from vuonho.window.page import go, show, standing, surveyed, this_team
from vuonho.window.tray import Tray

room = Blueprint("home", __name__)

_SHOWN = 6
"""Households that a task names before the rest is folded."""
_ICONS = {HEAD.en: "village", YOUTH.en: "internet", WOMEN.en: "people"}


@room.get("/")
def start() -> str | Response:
    """Show what is to be done, by whom."""
    team = this_team()
    if not team.has_project:
        return go("begin.start")
    status = standing()
    everything = (*status.homes, *(spot for village in status.villages for spot in village.spots))
    files = {home.code: home for home in everything if home.code}
    left = {one.code for village in status.villages for one in village.left}
    names = {(home.label, home.code): home for home in everything}

    edit = cache(edit_link)

    def link_of(item: Item) -> str:
        home: Home | None = names.get((item.name, item.code)) or files.get(item.code)
        if home is None and item.code in left:
            return url_for("more.leaving", code=item.code)
        return edit(home.file if home else item.name)

    everybody = [
        Duty(duty.who, (*_common(status), *duty.tasks)) if duty.who == YOUTH else duty
        for duty in duties(status, status.villages)
    ]
    return show(
        "home",
        status.title,
        status=status,
        day=say_day(status.day),
        counts=count(status.homes),
        waiting=len(Tray(team.root).files()),
        complete=say_complete,
        facts=sorted((*facts(status), online_fact()), key=lambda one: one[2]),  # what is to be heeded first
        duties=everybody,
        icons=_ICONS,
        link_of=link_of,
        called=lambda item: (
            file_called(item.name).to(team.language) if "/" in item.name else item.name or item.code
        ),
        task_link=_task_link,
        shown=_SHOWN,
    )


def _common(status: ProjectStatus) -> Iterator[Task]:
    """Yield what is to be done for the whole project; publishing builds, so that no build is a task of its own."""
    for task in common_tasks(status):
        if task.command != "vuonho build" or status.still_shown:
            yield task
    yield from online_tasks()


def _task_link(task: Task) -> str:
    return command_link(task.command) if task.command else ""


@room.get("/problems/")
def problems() -> str:
    """Show everything that is wrong or doubtful, each with its cure."""
    team = this_team()
    found = examine(team.root, team.latest(), surveyed(team))
    return show("problems", Text("What is to be corrected"), problems=found.problems, profiles=found.profiles)
