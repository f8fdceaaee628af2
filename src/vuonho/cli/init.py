"""`vuonho init`: a new project, or one more village in one that is there, from answers to a few questions."""

from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import get_terminal_size
from textwrap import fill
from typing import Any

import click

from vuonho.cli.commands import WrongUse, argument, as_typed, command, flag, option, this_day
from vuonho.cli.console import Console, echo, render_error
from vuonho.errors import UserError
from vuonho.i18n import NOTHING, Text
from vuonho.scaffold.init import (
    FIRST_STEPS_FILE,
    OF_A_VILLAGE,
    QUESTIONS,
    Question,
    add_village,
    doubt,
    enclosing_project,
    is_put_off,
    known_answers,
    open_project,
    read_answer,
    refuse_taken,
    unpack_demo,
)


def _with_answers(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add an option for each question."""
    for question in reversed(QUESTIONS):
        function = option(f"--{question.name}", question.field.advice, "…", default="")(function)
    return function


@command(
    "init",
    Text(
        "With --village, --commune and --phone nothing is asked. With --demo you get the demo "
        "village, to look at and to change.\n"
        "\n"
        "        Within a project, --add adds one more village to it.\n"
        "\n"
        "        Example: vuonho init my-village"
    ),
)
@argument("target", Text("DIR"), type=click.Path(path_type=Path))
@flag("--demo", Text("Take the demo village."))
@flag("--add", Text("Add a village to the book that is there; DIR is the name of its folder."))
@_with_answers
def init_command(
    console: Console, /, folder: Path, target: Path, demo: bool, add: bool, **options: str
) -> None:
    """Make a new project, or add a village to the one around."""
    project = folder / target
    given = {name.replace("_", "-"): text for name, text in options.items() if text.strip()}
    book = enclosing_project(project)
    if add or (
        book
        and not demo
        and console.can_ask
        and console.ask(Text("{book} is a book already. Add this village to it?", book=book))
    ):
        _add_village(book, project.name, given, console, demo=demo)
    elif book:
        name, other = target.name, as_typed(Path("..") / target.name)
        raise UserError(
            Text("{book} is a project; there is none within another.", book=book),
            Text(
                "To add a village to it: vuonho init {name} --add. For another project go elsewhere: "
                "vuonho init {other}",
                name=name,
                other=other,
            ),
        )
    elif demo:
        if given:
            raise WrongUse(
                Text(
                    "--demo takes no --{given}: the demo village has everything already.",
                    given=next(iter(given)),
                )
            )
        unpack_demo(project, console.language)
        console.success(
            "Made {project}. Next: vuonho -C {shown} build", project=project, shown=as_typed(project)
        )
    else:
        refuse_taken(project)
        today = this_day()
        answers = _complete(given, console, QUESTIONS)
        for note in open_project(project, answers, today, console.language):
            console.warn("Note: {note}", note=note)
        console.success(
            "Made {project}. Read {first_steps_file} in it; see the site: vuonho -C {shown} build",
            project=project,
            first_steps_file=FIRST_STEPS_FILE,
            shown=as_typed(project),
        )


def _add_village(
    book: Path | None, name: str, given: Mapping[str, str], console: Console, *, demo: bool
) -> None:
    """Add a village to the book; what only a book has is refused."""
    known = {question.name for question in OF_A_VILLAGE}
    foreign = "--demo" if demo else next((f"--{one}" for one in given if one not in known), "")
    if foreign:
        raise WrongUse(Text("--add takes no {foreign}: the book has it.", foreign=foreign))
    if book is None:
        raise UserError(
            Text("There is no book here to add a village to."),
            Text(
                "Go to the book's folder and run again; for a new one leave --add out: vuonho init {name}",
                name=name,
            ),
        )
    today = this_day()  # a clock that is wrong is named before anything is asked
    answers = _complete(known_answers(book) | dict(given), console, OF_A_VILLAGE)
    added = add_village(book, name, answers, today, console.language)
    for note in added.notes:
        console.warn("Note: {note}", note=note)
    console.success(
        "Added {name}: profiles/{folder}. The book has {villages} villages; are title and team "
        "in profiles/site.yaml still right? Next: vuonho consent, then vuonho form",
        name=added.name,
        folder=name,
        villages=added.villages,
    )


# --- Questions on a terminal: one at a time, with help, a suggestion to take, asked again until the answer will do ---


def _complete(
    given: Mapping[str, str], console: Console, questions: tuple[Question, ...]
) -> Mapping[str, str]:
    """Return the answers by the names of their questions, after asking for what is missing.

    Raises WrongUse where nobody can be asked, UserError for a given answer that will not do, click.Abort where
    somebody stops.
    """
    missing = [f"--{one.name}" for one in questions if one.required and one.name not in given]
    if not missing:
        return given
    if not console.can_ask:
        raise WrongUse(Text("Missing: {missing}.", missing=", ".join(missing)))
    console.print("Answer one by one, each with Enter. All of it can be changed later. To stop: Ctrl-C.")
    answers: dict[str, str] = {}
    for question in questions:
        typed = given.get(question.name, "")
        if typed:
            answers[question.name] = answer = read_answer(question, typed, answers)
            if answer != typed:
                click.echo(f"--{question.name}: {typed} → {answer}")
        elif question.is_wanted(answers) and (answer := _ask_until_right(question, answers, console)):
            answers[question.name] = answer
    click.echo()
    return dict(given) | answers


def _ask_until_right(question: Question, answers: Mapping[str, str], console: Console) -> str:
    """Return the answer, "" where the suggestion is taken or nothing is answered."""
    suggested = question.beginning(answers).vi
    _introduce(question, suggested, answers, console)
    doubted = ""
    while True:
        typed = str(click.prompt(">", default="", show_default=False, prompt_suffix=" ")).strip()
        if not typed:
            if not question.for_ever and (suggested or not question.is_required(answers)):
                return ""
            needed = Text("This one needs an answer.")
            echo(render_error(UserError(needed, _offer(question, suggested)), console.language))
            continue
        if is_put_off(question, typed):
            click.echo(f"  → {suggested}")
            return ""
        try:
            answer = read_answer(question, typed, answers)
        except UserError as refused:
            echo(render_error(refused, console.language))
            continue
        unsure, meant = doubt(question, answer, answers)
        if any(unsure) and answer != doubted:
            doubted = answer
            again = Text("Look again and type it again; if it is right, type the same once more.")
            said = Text("{message} {hint}", message=unsure, hint=meant) if any(meant) else unsure
            echo(render_error(UserError(said, again), console.language))
            continue
        if answer != typed:
            click.echo(f"  → {answer}")
        return answer


def _introduce(question: Question, suggested: str, answers: Mapping[str, str], console: Console) -> None:
    """Print the question with its help, indented, broken between words."""
    field, language = question.field, console.language
    lines = [(field.help if suggested else field.advice).to(language)]
    if field.words:
        words = ", ".join(word.label.to(language) for word in field.words)
        lines.append(Text("Choose one: ").to(language) + words)
    if suggested:
        lines.append(_offer(question, suggested).to(language))
    elif not question.is_required(answers):
        lines.append(Text("Enter alone leaves it out.").to(language))
    click.echo()
    click.secho(field.label.to(language), bold=True)
    width = min(get_terminal_size().columns, 100)
    for line in lines:
        click.echo(fill(line, width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False))


def _offer(question: Question, suggested: str) -> Text:
    """Return how the suggestion is taken, if there is one."""
    if not suggested:
        return NOTHING
    if question.for_ever:
        return Text(
            "If there is none yet, type: later. Then this stands in: {suggested}", suggested=suggested
        )
    return Text("Enter alone takes: {suggested}", suggested=suggested)
