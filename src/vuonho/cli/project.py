"""`vuonho check`, `assign` and `new`: a project looked at, its households given codes."""

from pathlib import Path

import click

from vuonho.cli.commands import (
    WrongUse,
    argument,
    command,
    latest_day,
    option,
    report_mended,
    require_project,
    tended_project,
    this_day,
)
from vuonho.cli.console import FORMATS, Console, count_problems, echo, render_problems
from vuonho.errors import Severity
from vuonho.i18n import NOTHING, Both, Text


@command("check", Text("Example: vuonho check --format json"))
@option(
    "--format, form",
    Text("Form of the report."),
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
)
def check_command(console: Console, folder: Path, form: str) -> int:
    """Report everything that is wrong or doubtful, all at once."""
    from vuonho.project.survey import examine

    found = examine(require_project(folder), latest_day())
    is_bad = any(problem.severity is Severity.ERROR for problem in found.problems)
    report = render_problems(found.problems, form, console.language)
    if report:
        (echo if form == "text" else click.echo)(report)
    if form == "text":
        counted, profiles = count_problems(found.problems), found.profiles
        more = Text("Next: vuonho build")
        if is_bad:
            more = NOTHING
        elif not profiles:
            from vuonho.status.tasks import NOBODY

            more = NOBODY
        say = console.print if found.problems else console.success
        say(
            Both(
                f"{profiles} hồ sơ: {counted.vi}. {more.vi}".rstrip(),
                f"{profiles} profile{'s' * (profiles != 1)}: {counted.en}. {more.en}".rstrip(),
            )
        )
    return int(is_bad)


@command("assign", Text("Example: vuonho assign"))
def assign_command(console: Console, folder: Path) -> None:
    """Give codes to the profiles that lack one."""
    from vuonho.register.assign import assign

    assigned = assign(require_project(folder), this_day())
    for file, code in assigned.given:
        click.echo(f"{code}  {file}")
    report_mended(assigned, console)
    given, entered = len(assigned.given), len(assigned.entered)
    console.print(
        Text.counted(
            "{count} new code; {entered} existing entered into the register.",
            "{count} new codes; {entered} existing entered into the register.",
            given,
            entered=entered,
        )
    )


@command(
    "new",
    Text(
        "NAME is the name that the family chose to be shown.\n"
        "\n"
        "        If the register was lost and the plaque still hangs there, add --code and the "
        "number on it.\n"
        "\n"
        '        Example: vuonho new "Vườn ông Tư" --village thon-vuon-mau'
    ),
)
@argument("name", Text("NAME"))
@option(
    "--village",
    Text("The household's village: its name or folder; not needed where there is one only."),
    Text("VILLAGE"),
    default="",
)
@option(
    "--code",
    Text("The code on the plaque that hangs there; without it a new one is given."),
    Text("CODE"),
    default="",
)
def new_command(console: Console, folder: Path, name: str, village: str, code: str) -> None:
    """Make the profile of a new household, ready to be filled in."""
    from vuonho.scaffold.new import add_household, villages_of

    root = tended_project(folder, console)
    villages = villages_of(root)
    if not village and len(villages) > 1:
        there = ", ".join(f"{slug} ({known})" if known else slug for slug, known in villages)
        raise WrongUse(Text("--village is missing. There are: {there}.", there=there))
    made = add_household(root, name, village, this_day(), console.language, code)
    for other in made.namesakes:
        console.warn("Note: the village has a household of this name: {other}", other=other)
    click.echo(f"{made.code}  {made.file}")
    console.print("Open this file, fill it in, save it, then run: vuonho check")


@command(
    "templates",
    Text(
        "Without --copy it lists their names: pages (.html), style sheets (.css), scripts (.js), drawings "
        "(icons/), what is said in each language (languages/), and the guides (guides/).\n"
        "\n"
        "        Example: vuonho templates --copy household.html"
    ),
)
@option("--copy", Text("Copy this one into the project."), Text("NAME"), default="")
def templates_command(console: Console, folder: Path, copy: str) -> None:
    """List the shipped templates, or copy one into the project."""
    from vuonho.scaffold.templates import copy_template, template_names

    if not copy:
        click.echo("\n".join(template_names()))
        return
    made = copy_template(require_project(folder), copy, console.waiting)
    console.success(
        "Copied to {file}. Change it there, then run: vuonho build",
        file=made.relative_to(require_project(folder)).as_posix(),
    )
