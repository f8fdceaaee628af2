"""The program `vuonho`: its commands put together, and the one place where errors become exit codes.

Exit 0: done. 1: something is wrong with the data or the machine. 2: wrong usage. 130: stopped by Ctrl-C.
"""

import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

import click

from vuonho import __version__
from vuonho.bilingual import Text
from vuonho.cli.commands import COMMANDS
from vuonho.cli.completion import completion_option
from vuonho.cli.day import require_countable
from vuonho.cli.frame import SpokenGroup, usage_hint, usage_trouble
from vuonho.cli.listeners import outlive_listeners
from vuonho.cli.options import common
from vuonho.cli.report import count_problems, render_error, render_problems
from vuonho.cli.shelf import Shelf
from vuonho.cli.speech import Speech, choose_language, colours, speak_utf8
from vuonho.errors import DataProblems, Stopped, VuonhoError

DONE, TROUBLE, USAGE, STOPPED = 0, 1, 2, 130

_NOTHING_CHANGED: Final = Text(
    "Chưa thay đổi gì cả. Sửa các lỗi trên rồi chạy lại.",
    "Nothing was changed. Mend the errors above, then call again.",
)
_STOPPED: Final = Text("Đã dừng. Không có gì dở dang.", "Stopped. Nothing is left half done.")
_HELP: Final = Text(
    """Từ hồ sơ của từng hộ làm ra trang web của thôn và mã QR.

    Xem thử: vuonho init thon-mau --demo, rồi vuonho -C thon-mau build. Cách dùng một lệnh: vuonho LỆNH --help""",
    """Household profiles become the village's website and QR codes.

    Try it: vuonho init my-village --demo, then vuonho -C my-village build. More on each: vuonho COMMAND --help""",
)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program and exit with its code."""
    speak_utf8()
    outlive_listeners()
    given = list(sys.argv[1:] if arguments is None else arguments)
    speech = Speech(choose_language(given))
    sys.exit(run(given, speech))


def run(arguments: list[str], speech: Speech) -> int:
    """Return the exit code of one call; whatever goes wrong is said in words, if anybody listens."""
    try:
        return _run_in_words(arguments, speech)
    except OSError:
        _stop_talking()
    return TROUBLE


def _run_in_words(arguments: list[str], speech: Speech) -> int:
    try:
        require_countable()
        return _run(arguments, speech)
    except (KeyboardInterrupt, click.Abort) as stop:
        reason = stop.__cause__  # click makes an Abort of every Ctrl-C
        speech.note(reason.message if isinstance(reason, Stopped) else _STOPPED)
        return STOPPED
    except DataProblems as error:
        _complain(render_problems(error.problems, "text", speech.language))
        speech.note(count_problems(error.problems))
        speech.note(error.hint if any(error.hint) else _NOTHING_CHANGED)
    except VuonhoError as error:
        _complain(render_error(error, speech.language))
    except BrokenPipeError:
        raise
    except OSError as error:
        speech.note(_of_the_machine(error))
    except Exception as error:  # noqa: BLE001 - the last net: a village team must never meet a traceback
        if os.environ.get("VUONHO_DEBUG"):
            traceback.print_exc()
        speech.note(_our_own_fault(error))
    return TROUBLE


def _run(arguments: list[str], speech: Speech) -> int:
    try:
        result = make_program(speech).main(
            arguments, prog_name="vuonho", standalone_mode=False, obj=speech.language, color=colours()
        )
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return USAGE
    except click.UsageError as error:
        _complain(render_error(VuonhoError(usage_trouble(error), usage_hint(error)), speech.language))
        return USAGE
    return result if isinstance(result, int) else DONE


def _complain(text: str) -> None:
    click.echo(text, err=True, color=colours())


def make_program(speech: Speech) -> click.Group:
    """Return the program in one language."""

    @click.group(
        cls=SpokenGroup,
        shelf=Shelf(COMMANDS, speech),
        help=_HELP.to(speech.language),
        context_settings={"help_option_names": ["--help", "-h"]},
    )  # fmt: skip
    @common(speech)
    @click.version_option(__version__, message="vuonho %(version)s",
                          help=Text("Xem phiên bản.", "Show the version.").to(speech.language))  # fmt: skip
    @click.pass_context
    def vuonho(context: click.Context, folder: Path | None) -> None:
        context.meta["vuonho.folder"] = folder or Path()

    vuonho.params.append(completion_option(speech))
    return vuonho


def _of_the_machine(error: OSError) -> Text:
    file = f" {error.filename}" if error.filename else ""
    return Text(
        f"Máy không đọc hoặc ghi được{file} (lỗi số {error.errno or 0}).",
        f"The machine could not read or write{file} ({error.strerror or error}).",
    )


def _our_own_fault(error: Exception) -> Text:
    what = f"{type(error).__name__}: {error}"
    return Text(
        f"Chương trình gặp lỗi không lường trước ({what}). Trang cũ vẫn còn nguyên.\n"
        "  → Xin gửi dòng này cho người phát triển.",
        f"The program met something unforeseen ({what}). The old site is untouched.\n"
        "  → Please send this line to the developers.",
    )


def _stop_talking() -> None:
    """Point what cannot be written to any more at nothing, so that Python does not complain again at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # closed, or not a file of the system
            os.dup2(nowhere, stream.fileno())
