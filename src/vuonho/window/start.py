"""To begin, in an empty folder: a new project from a few answers, the demo village, or a backup brought back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from flask import Blueprint, request
from werkzeug.wrappers import Response

from vuonho.errors import Problem, Severity, UserError
from vuonho.i18n import NOTHING, Text
from vuonho.model.communes import communes_of, guess_province, provinces
from vuonho.scaffold.init import (
    HOME,
    QUESTIONS,
    Question,
    doubt,
    enclosing_project,
    is_put_off,
    open_project,
    read_answer,
    refuse_taken,
    unpack_demo,
)
from vuonho.window.form import Control
from vuonho.window.page import go, show, this_team
from vuonho.window.team import Outcome

room = Blueprint("begin", __name__, url_prefix="/begin")

SURE: Final = "_sure."
"""What stands before the name of a question whose answer was doubted once; its value is that answer."""
_UNKNOWN: Final = "…"
"""Stands in suggestions for what is not typed yet."""


@room.get("/")
def start() -> str | Response:
    """Show the three ways to begin, or why none can be taken in this folder."""
    team = this_team()
    if team.has_project:
        return go("home.start")
    taken = None
    try:
        _require_room()
    except UserError as refusal:
        taken = refusal
    return show("begin", Text("Welcome"), taken=taken, folder=team.root)


def _require_room() -> None:
    """Raise UserError where no project can begin: something lies in the folder, or it is part of a project."""
    root = this_team().root
    book = enclosing_project(root)
    if book:
        raise UserError(
            Text("{book} is a project; there is none within another.", book=book),
            Text("Open the window in that folder, or in a new and empty one elsewhere."),
        )
    refuse_taken(root)


@room.get("/new/")
def new() -> str | Response:
    """Ask for a new project."""
    if this_team().has_project:
        return go("home.start")
    return _ask({}, ())


@room.post("/new/")
def make() -> str | Response | tuple[str, int]:
    """Make the project, or show beside which question something is wrong."""
    team = this_team()
    _require_room()
    typed = {name: text.strip() for name, text in request.form.items()}
    wrongs = judge(QUESTIONS, typed, {})
    if wrongs:
        return _ask(typed, wrongs), 409
    notes = open_project(team.root, answered(QUESTIONS, typed), team.today, team.language)
    return go("home.start", Outcome((Text("The project is made. Next: add the first household."), *notes)))


@room.post("/demo/")
def demo() -> Response:
    """Put the demo village into the folder."""
    team = this_team()
    _require_room()
    unpack_demo(team.root, team.language)
    said = Text("This is the demo village: nobody in it is real. Try everything; nothing here can do harm.")
    return go("home.start", said)


def answered(questions: tuple[Question, ...], typed: Mapping[str, str]) -> dict[str, str]:
    """Return the answers that were given; what waits for later is none."""
    given = {one.name: typed.get(one.name, "") for one in questions}
    return {
        one.name: given[one.name]
        for one in questions
        if given[one.name] and not is_put_off(one, given[one.name])
    }


def judge(
    questions: tuple[Question, ...], typed: Mapping[str, str], known: Mapping[str, str]
) -> tuple[Problem, ...]:
    """Return what is wrong with answers, and once what is doubtful; `known` are those that were never asked."""
    answers, wrongs, is_unsure = dict(known), list[Problem](), False
    given = answered(questions, typed)
    for question in questions:
        name, text = question.name, given.get(question.name, "")
        if not text:
            is_known = name in answers or (name == "centre" and ("commune" not in answers or is_unsure))
            if not is_known and question.is_required(answers):
                wrongs.append(Problem(name, Text("This one needs an answer."), NOTHING))
            continue
        try:
            answers[name] = answer = read_answer(question, text, answers)
        except UserError as refused:
            wrongs.append(Problem(name, refused.message, refused.hint))
            continue
        unsure, meant = doubt(question, answer, answers) if "commune" in answers else (NOTHING, NOTHING)
        if unsure.vi and typed.get(f"{SURE}{name}") != answer:
            again = Text("If it is right, press the button once more. {meant}", meant=meant)
            wrongs.append(Problem(name, unsure, again, Severity.WARNING))
            is_unsure = is_unsure or name == "commune"
    return tuple(wrongs)


def asked(
    questions: tuple[Question, ...],
    typed: Mapping[str, str],
    wrongs: tuple[Problem, ...],
    known: Mapping[str, str],
) -> list[tuple[Control, str, str]]:
    """Return (what asks a question, what stands there without an answer, the doubted answer or "") of each."""
    language = this_team().language
    given = {"village": _UNKNOWN} | dict(known) | answered(questions, typed)
    found = []
    for question in questions:
        name, own = question.name, tuple(one for one in wrongs if one.field == question.name)
        begun = question.beginning(given) if "commune" in given or name != "centre" else NOTHING
        is_needed = question.required or any(one.severity is Severity.ERROR for one in own)
        label = Text("Phone of the team") if name == "phone" else question.field.label
        field = replace(question.field, label=label, required=is_needed)
        shape = "choice" if field.words else "lines" if field.kind == "paragraph" else "line"
        doubted = any(one.severity is Severity.WARNING for one in own)
        sure = typed.get(f"{SURE}{name}", "")  # stays while another answer is looked for
        if doubted:
            sure = read_answer(question, typed[name], {**known, **answered(questions, typed)})
        if question.for_ever:
            begun = Text("later")
        elif name == "centre":
            begun = begun if begun.vi else Text("the middle of the commune")
        control = Control(name, field, shape, value=typed.get(name, ""), wrongs=own)
        found.append((control, begun.to(language), sure))
    return found


def _ask(typed: Mapping[str, str], wrongs: tuple[Problem, ...]) -> str:
    controls = asked(QUESTIONS, typed, wrongs, {})
    needed = [one for one in controls if one[0].name in ("village", "commune", "phone")]
    others = [one for one in controls if one not in needed]
    order = ("kind", "centre", "title", "team", "hours", "purpose", "base-url", "province")
    others.sort(key=lambda one: order.index(one[0].name))
    return show(
        "begin_new",
        Text("A new project for our village"),
        needed=needed,
        others=others,
        wrongs=wrongs,
        sure=SURE,
        unknown=_UNKNOWN,
        communes=communes_of(guess_province(typed.get("province") or HOME)),
        provinces=provinces(),
    )
