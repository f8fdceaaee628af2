"""The program `vuonho`, and the one place where errors become exit codes."""

import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

import click

from vuonho import __version__
from vuonho.cli.commands import LazyGroup, Option, require_countable, usage_hint, usage_trouble
from vuonho.cli.console import (
    Console,
    choose_language,
    colours,
    count_problems,
    ignore_broken_pipe,
    speak_utf8,
)
from vuonho.cli.window import is_for_window
from vuonho.errors import DataProblems, Stopped, VuonhoError
from vuonho.i18n import Both, Text

DONE, TROUBLE, USAGE, STOPPED = 0, 1, 2, 130

_NOTHING_CHANGED: Final = Text("Nothing was changed. Fix the errors above, then call again.")
_STOPPED: Final = Text("Stopped. Nothing is left half done.")


program = LazyGroup(
    "vuonho",
    Text(
        "Household profiles become a site with QR codes. Help: vuonho COMMAND --help\n"
        "Try it: vuonho init my-village --demo, then vuonho -C my-village build"
    ),
    context_settings={"help_option_names": ["--help", "-h"]},
)
click.version_option(__version__, message="vuonho %(version)s", cls=Option, text=Text("Show the version."))(
    program
)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program and exit with its code."""
    speak_utf8()
    ignore_broken_pipe()
    given = list(sys.argv[1:] if arguments is None else arguments)
    console = Console(choose_language(given))
    if not given and console.can_ask and is_for_window(Path()):
        given = ["window"]
    sys.exit(run(given, console))


def run(arguments: list[str], console: Console) -> int:
    """Return the exit code of one call; whatever goes wrong is said in words, if anybody listens."""
    try:
        return _run(arguments, console)
    except OSError:
        # Nothing can be written any more: let Python not complain of it again at exit.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError, AttributeError):  # closed, or not a file of the system
                os.dup2(nowhere, stream.fileno())
    return TROUBLE


def _run(arguments: list[str], console: Console) -> int:
    try:
        require_countable()
        result = program.main(
            arguments, prog_name="vuonho", standalone_mode=False, obj=console, color=colours()
        )
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return USAGE
    except click.UsageError as error:
        console.error(VuonhoError(usage_trouble(error), usage_hint(error)))
        return USAGE
    except (KeyboardInterrupt, click.Abort) as stop:
        reason = stop.__cause__  # click makes an Abort of every Ctrl-C
        console.warn(reason.message if isinstance(reason, Stopped) else _STOPPED)
        return STOPPED
    except DataProblems as error:
        console.problems(error.problems, err=True)
        console.warn(count_problems(error.problems))
        console.warn(error.hint if any(error.hint) else _NOTHING_CHANGED)
    except VuonhoError as error:
        console.error(error)
    except BrokenPipeError:
        raise
    except OSError as error:
        file = f" {error.filename}" if error.filename else ""
        console.warn(
            Both(
                f"Máy không đọc hoặc ghi được{file} (lỗi số {error.errno or 0}).",
                f"The machine could not read or write{file} ({error.strerror or error}).",
            )
        )
    except Exception as error:  # noqa: BLE001 - the last net: a village team must never meet a traceback
        if os.environ.get("VUONHO_DEBUG"):
            traceback.print_exc()
        what = f"{type(error).__name__}: {error}"
        console.warn(
            "The program met something unforeseen ({what}). The old site is untouched.\n"
            "  → Please send this line to the developers.",
            what=what,
        )
    else:
        return result if isinstance(result, int) else DONE
    return TROUBLE
