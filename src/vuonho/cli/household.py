"""`vuonho withdraw`, `remove` and `undo`: a household taken off, and the last command taken back."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from vuonho.backup.undo import plan_undo, undo
from vuonho.cli.commands import argument, command, flag, option, require_project, tended_project, this_day
from vuonho.cli.console import Console, echo
from vuonho.i18n import NOTHING, Text
from vuonho.output.transaction import still_open
from vuonho.withdraw import (
    Departure,
    Wish,
    left_to_do,
    parse_day,
    plan_departure,
    plan_removal,
    remove_household,
    take_off,
)

_YES = Text("Do not ask.")
_SHOWN = 10
"""How many files or codes of one kind `undo` names."""


@command(
    "withdraw", Text("Ends with what remains to be done by hand.\n\n        Example: vuonho withdraw 482135")
)
@argument("code", Text("CODE"), nargs=-1, required=True)
@option(
    "--moved-to", Text("The household has a new code: the old plaque leads there."), Text("CODE"), default=""
)
@option("--on", Text("The day the family said so (default: today)."), Text("DATE"), default="")
@flag("--erase", Text("Delete the household's data and original photos on this computer too."))
@flag("--dry-run", Text("Only show; nothing is written."))
@flag("--yes", _YES)
def withdraw_command(
    console: Console,
    folder: Path,
    code: tuple[str, ...],
    moved_to: str,
    on: str,
    erase: bool,
    dry_run: bool,
    yes: bool,
) -> None:
    """Take a household off the site, and tell what remains to be done by hand."""
    root = require_project(folder) if dry_run else tended_project(folder, console)
    today = this_day()
    wish = Wish(" ".join(code), parse_day(on, today), moved_to, erase, is_dated=bool(on.strip()))
    plan = plan_departure(root, wish)
    if plan.is_nothing:
        _report_withdrawn_before(plan, console)
        return
    _show_departure(plan, console)
    nothing_done = Text("Nothing was written.")
    if dry_run:
        if plan.file:
            line = f'moved_to: "{plan.moved_to}"' if plan.moved_to else f"withdrawn: {plan.day}"
            console.print("  Would be written to {file}: {line}", file=plan.file, line=line)
        _report_left_to_do(root, plan, today, (), console)
        console.print(nothing_done)
    elif console.confirm(plan.question, yes=yes, otherwise=nothing_done):
        done, left = take_off(root, wish, today, console.waiting)
        console.success(done.done)
        _report_left_to_do(root, done, today, left, console)


def _report_withdrawn_before(plan: Departure, console: Console) -> None:
    if plan.moved_to:
        console.print(
            "Code {code} leads on to {moved_to} already; nothing has changed.",
            code=plan.code,
            moved_to=plan.moved_to,
        )
        return
    day = Text(" (on {day:%Y-%m-%d})", day=plan.day) if plan.file else NOTHING
    console.print(
        "{who} has withdrawn already{day}; nothing has changed. If the site was not "
        "published since: vuonho publish",
        who=plan.row.called,
        day=day,
    )


def _show_departure(plan: Departure, console: Console) -> None:
    """Name the household, and what will be deleted for good, before anything is done."""
    who = f"{plan.code}  {plan.name}".rstrip()  # one that was erased has no name
    click.echo(click.style(who, bold=True) + f"  {plan.file or plan.row.profile}")
    _list(plan.warnings, console)


def _list(sentences: Sequence[Text], console: Console) -> None:
    for sentence in sentences:
        echo(f"  {sentence.to(console.language)}")


def _report_left_to_do(
    root: Path, plan: Departure, today: date, left: tuple[str, ...], console: Console
) -> None:
    console.print("\nWhat remains to be done:")
    for number, one in enumerate(left_to_do(root, plan, today, left), 1):
        console.print(" {number}. {what}", number=number, what=one.what)


@command(
    "remove",
    Text(
        "For a household added by mistake. One that was printed or published is for vuonho "
        "withdraw.\n"
        "\n"
        "        Example: vuonho remove 482135"
    ),
)
@argument("code", Text("CODE"), nargs=-1, required=True)
@flag("--yes, -y", _YES)
def remove_command(console: Console, folder: Path, code: tuple[str, ...], yes: bool) -> None:
    """Drop a household that nobody has seen yet, with its profile and its photos."""
    root = tended_project(folder, console)
    plan = plan_removal(root, " ".join(code))
    click.secho(f"{plan.code}  {plan.name}".rstrip(), bold=True)
    _list(plan.warnings, console)
    if console.confirm(plan.question, yes=yes, otherwise=Text("Nothing was removed.")):
        left = remove_household(root, plan, console.waiting)
        _require_erased(left, Text("{code} was removed, but", code=plan.code))
        console.success("{code} is removed; its code is never used again. Next: vuonho build", code=plan.code)


@command(
    "undo",
    Text(
        "The last of new, import, withdraw and plaques, while nobody has seen it: nothing was "
        "changed or published since, no plaque hangs.\n"
        "\n"
        "        Example: vuonho undo"
    ),
)
@option(
    "--print, run",
    Text("Take back this print run, though it is not the last command."),
    Text("RUN"),
    type=click.IntRange(1, 999_999),
)
@flag("--yes, -y", _YES)
def undo_command(console: Console, folder: Path, run: int | None, yes: bool) -> None:
    """Take back the last command that changed households."""
    root = tended_project(folder, console)
    plan = plan_undo(root, run or 0)
    click.secho(plan.title.to(console.language), bold=True)
    for label, names in plan.listed:
        console.print_names(label, names, _SHOWN, ": ")
    if console.confirm(plan.question, yes=yes, otherwise=Text("Nothing was taken back.")):
        left = undo(root, plan, console.waiting)
        _require_erased(left, Text("It was taken back, but"))
        console.success("Taken back: {what}. Next: vuonho build", what=plan.deed.what)


def _require_erased(left: Sequence[str], done: Text) -> None:
    """Raise UserError where files are left that could not be deleted yet."""
    if left:
        raise still_open(left, done)
