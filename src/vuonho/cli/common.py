"""What the commands share: the project's folder, with its register put in order, and the clock."""

import os
import time
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from vuonho.cli.commands import option
from vuonho.cli.console import Console
from vuonho.errors import MachineError
from vuonho.i18n import Both, Text

if TYPE_CHECKING:
    from vuonho.register.assign import Assigned

JOBS: Final = min(os.cpu_count() or 1, 8)
"""How many things are done at once where nobody says."""
jobs_option = option(
    "--jobs",
    Text("How many things to do at once (default: as many as this computer can)."),
    "N",
    type=click.IntRange(1, 64),
)


def require_project(folder: Path) -> Path:
    """Return the project's folder, absolute; raise MachineError where there is no project."""
    root = Path(os.path.abspath(folder))  # noqa: PTH100 - links stay as they are
    if (root / "profiles").is_dir():
        return root
    raise MachineError(
        Text("There is no folder “profiles” in {root}.", root=root),
        Text("Go to the project's folder and run again, or add -C DIR. A new project: vuonho init DIR"),
    )


def as_typed(path: Path | str) -> str:
    """Return a path as it is typed at a prompt: in quotes where it has a blank."""
    return f'"{path}"' if " " in str(path) else str(path)


def path_in(root: Path, file: Path) -> str:
    """Return a file as it is called in the project, by its whole path where it lies elsewhere."""
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)


# --- The clock: only here is it asked, and no page knows what it says ---

_VIETNAM: Final = timezone(timedelta(hours=7))
_FIRST, _LAST = 2026, 2100
"""The year of the first version, and the last one that a date of the project may have."""


def require_countable() -> None:
    """Raise MachineError for a clock beyond what Python counts, with which not even its libraries load."""
    try:
        time.time()
    except OverflowError as error:
        raise _wrong_clock(Text("a year too far away")) from error


def this_moment() -> datetime:
    """Return the moment by this computer's clock, in its zone, for whatever is recorded.

    Raises MachineError for a year that cannot be: the next command would refuse what was written with it.
    """
    now = datetime.now().astimezone()
    if not _FIRST <= now.year <= _LAST:
        raise _wrong_clock(Both(f"{now.day}/{now.month}/{now.year}", now.date().isoformat()))
    return now


def this_day() -> date:
    """Return the day here; raises MachineError as `this_moment` does."""
    return this_moment().date()


def latest_day() -> date:
    """Return the later of the day here and in Vietnam, where the families signed; a wrong clock is believed.

    A workflow runs on a computer whose day begins seven hours after theirs.
    """
    now = datetime.now().astimezone()
    return max(now.date(), now.astimezone(_VIETNAM).date())


def _wrong_clock(day: Text) -> MachineError:
    return MachineError(
        Text("The clock of this computer says {day}.", day=day),
        Text("Set its date and time, then run again."),
    )


# --- The register, put in order before a command that writes ---

_SHOWN = 5


def tended_project(folder: Path, console: Console) -> Path:
    """Return the project's folder, its register put in order; raises MachineError as `require_project` does.

    A workflow that builds from a repository throws its files away: a code given there would be another at each run.
    """
    from vuonho.register.assign import tend

    root = require_project(folder)
    if not os.environ.get("CI"):
        done = tend(root, this_day)
        for file, code in done.given:
            console.warn("New code: {code}  {file}", code=code, file=file)
        report_mended(done, console)
    return root


def report_mended(done: "Assigned", console: Console) -> None:
    """Say what of the register was put right, if anything was."""
    from vuonho.register.assign import DAMAGED

    if done.is_anew:
        console.warn(
            "Note: the register codes.csv could not be read any more and was written as it was. "
            "The damaged one is kept as {damaged}.",
            damaged=DAMAGED,
        )
    if count := len(done.corrected):
        codes = ", ".join(done.corrected[:_SHOWN]) + ", …" * (count > _SHOWN)
        console.warn(
            Text.counted(
                "Note: {count} row of the register had been lost or changed and are as before: {codes}",
                "Note: {count} rows of the register had been lost or changed and are as before: {codes}",
                count,
                codes=codes,
            )
        )
    if done.boards:
        console.warn("Note: the record of boards (boards.csv) had lost rows; they are as before.")
    for code in done.returned:
        console.warn(
            "Household {code} has agreed again: once the site is built and published its plaque "
            "opens its page.",
            code=code,
        )
