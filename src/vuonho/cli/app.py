"""The program `vuonho`: its commands, and the one place where errors become exit codes."""

import os
import re
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import suppress
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from typing import Any, Final, NoReturn

import click
from click.shell_completion import CompletionItem

from vuonho import __version__
from vuonho.cli.commands import COMMANDS
from vuonho.cli.console import (
    Speech,
    choose_language,
    colours,
    count_problems,
    outlive_listeners,
    render_error,
    render_problems,
    speak_utf8,
)
from vuonho.cli.options import common, completion_option, require_countable
from vuonho.errors import DataProblems, Stopped, VuonhoError, cited
from vuonho.i18n import NOTHING, Text

# --- The commands on their shelf: each is taken down when it is asked for, so that nobody waits for what others load ---

_MODULES: Final = {
    "project": ("init", "new", "assign", "check"),
    "data": ("import", "export"),
    "paper": ("form", "consent", "plaques"),
    "site": ("build", "serve", "verify", "publish"),
    "household": ("withdraw", "undo", "remove"),
    "status": ("status",),
    "backup": ("backup", "restore"),
}
"""The modules of this package, and the commands in each."""


class Shelf(MutableMapping[str, click.Command]):
    """The commands by their names; the module of one is loaded by the first who looks it up.

    A command's help begins with what is said of it here, so that a list of all commands needs none of them.
    """

    def __init__(self, summaries: Mapping[str, Text], speech: Speech) -> None:
        self._summaries = {name: summary.to(speech.language) for name, summary in summaries.items()}
        self._speech = speech
        self._made: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        """Return a command; raise KeyError for a name that is none."""
        if name not in self._made:
            summary = self._summaries[name]
            home = next(module for module, names in _MODULES.items() if name in names)
            make = getattr(import_module(f"vuonho.cli.{home}"), f"make_{name}")
            command: click.Command = make(self._speech)
            command.help = f"{summary}\n\n{cleandoc(command.help or '')}"
            self._made[name] = command
        return self._made[name]

    def summaries(self) -> list[tuple[str, str]]:
        """Return (name, what it does) of all, in their order."""
        return list(self._summaries.items())

    def __setitem__(self, name: str, command: click.Command) -> None:
        """Put a command on the shelf."""
        self._summaries[name] = command.get_short_help_str()
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        """Take a command off the shelf."""
        del self._summaries[name]
        self._made.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        """Yield the names in their order."""
        return iter(self._summaries)

    def __len__(self) -> int:
        """Return how many commands there are."""
        return len(self._summaries)


# --- click in two languages: headings, help and usage errors ---

HEADINGS = {
    "usage": Text("Cách dùng: ", "Usage: "),
    "[OPTIONS]": Text("[TÙY_CHỌN]", "[OPTIONS]"),
    "[default: ": Text("[mặc định: ", "[default: "),
    "COMMAND [ARGS]...": Text("LỆNH…", "COMMAND…"),
    "options": Text("Tùy chọn", "Options"),
    "commands": Text("Lệnh", "Commands"),
}


_EXAMPLE: Final = re.compile(r"^\s*(?:Ví dụ|Example): (vuonho .+)$", re.MULTILINE)
_RANGE: Final = re.compile(r"\[(\d+)<=x<=(\d+)\]")


class Spoken:
    """A command that shows its help in the language of `ctx.obj`."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that begins the help."""
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        said = " ".join(_heading(ctx, piece) if piece in HEADINGS else piece for piece in pieces)
        formatter.write_usage(ctx.command_path, said, prefix=_heading(ctx, "usage"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and the commands of a group."""
        rows = [row for param in self.get_params(ctx) if (row := param.get_help_record(ctx))]  # type: ignore[attr-defined]
        default = _heading(ctx, "[default: ")
        with formatter.section(_heading(ctx, "options")):
            formatter.write_dl(
                [
                    (name, _RANGE.sub(r"[\1–\2]", said.replace("[default: ", default)))
                    for name, said in rows
                    if said
                ]
            )
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help` with its help in the right language."""
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = Text("Xem hướng dẫn này.", "Show this help.").to(_language(ctx))
        return option


class SpokenCommand(Spoken, click.Command):
    """One command."""


class SpokenGroup(Spoken, click.Group):
    """The program with its commands, in the order in which they are needed."""

    command_class = SpokenCommand

    def __init__(self, *, shelf: Shelf, **rest: Any) -> None:
        super().__init__(commands=shelf, **rest)
        self._shelf = shelf

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of their declaration."""
        del ctx
        return list(self.commands)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands and options that begin so; no command is loaded for it, Tab must not wait."""
        named = [CompletionItem(name) for name in self.commands if name.startswith(incomplete)]
        return [*named, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command does; none is loaded for it."""
        with formatter.section(_heading(ctx, "commands")):
            formatter.write_dl(self._shelf.summaries())


def _language(ctx: click.Context) -> str:
    return str(ctx.find_root().obj or "vi")


def _heading(ctx: click.Context, name: str) -> str:
    return HEADINGS[name].to(_language(ctx))


class WrongUse(click.UsageError):
    """A wrong use that click itself does not notice, said in both languages; `hint` where more helps than the help."""

    def __init__(self, said: Text, hint: Text = NOTHING) -> None:
        super().__init__(said.en)
        self.said, self.hint = said, hint


def usage_trouble(error: click.UsageError) -> Text:
    """Return what is wrong with the way a command was called."""
    if isinstance(error, WrongUse):
        return error.said
    if isinstance(error, click.NoSuchOption):
        return _no_such(Text("tùy chọn", "option"), error.option_name, error.possibilities)
    if isinstance(error, click.exceptions.NoSuchCommand):
        return _no_such(Text("lệnh", "command"), error.command_name, error.possibilities)
    parameter = getattr(error, "param", None)
    name = (parameter.human_readable_name if isinstance(parameter, click.Argument)
            else parameter.opts[-1] if parameter else "")  # fmt: skip
    if isinstance(error, click.MissingParameter):
        return Text(f"Thiếu {name}.", f"{name} is missing.")
    if isinstance(error, click.BadParameter):
        allowed = _allowed(parameter)
        return Text(
            f"Chỗ {name} ghi chưa đúng.{allowed.vi}", f"The value of {name} is not right.{allowed.en}"
        )
    if isinstance(error, click.BadOptionUsage):
        return Text(f"Sau {cited(error.option_name)} ghi thiếu hoặc ghi thừa.", cited(error.message))
    if error.ctx is not None and isinstance(error.ctx.command, click.Group):
        return Text("Thiếu tên lệnh.", error.message)
    said = cited(error.message)
    extra = said.partition("(")[2].rstrip(").")
    return Text(f"Lệnh này không nhận thêm: {extra}.", said)


def usage_hint(error: click.UsageError) -> Text:
    """Return how the command is called, by the example that its help gives, and where to read more."""
    if isinstance(error, WrongUse) and any(error.hint):
        return error.hint
    path, said = (
        ("vuonho", "") if error.ctx is None else (error.ctx.command_path, error.ctx.command.help or "")
    )
    vi, en = f"Xem: {path} --help", f"See: {path} --help"
    found = _EXAMPLE.search(said)
    if found is None:
        return Text(vi, en)
    return Text(f"Ví dụ: {found[1]}\n  → {vi}", f"Example: {found[1]}\n  → {en}")


def _allowed(parameter: click.Parameter | None) -> Text:
    kind = parameter.type if parameter is not None else None
    if isinstance(kind, click.Choice):
        choices = ", ".join(map(str, kind.choices))
        return Text(f" Chọn: {choices}.", f" Choose from: {choices}.")
    if isinstance(kind, click.IntRange):
        return Text(
            f" Chọn một số từ {kind.min} đến {kind.max}.", f" Choose a number from {kind.min} to {kind.max}."
        )
    return NOTHING


def _no_such(kind: Text, name: str, possible: Iterable[str] | None) -> Text:
    near = ", ".join(possible or ())
    vi, en = (f" Có phải là {near}?", f" Did you mean {near}?") if near else ("", "")
    given = cited(name)
    return Text(f"Không có {kind.vi} “{given}”.{vi}", f"There is no {kind.en} “{given}”.{en}")


# --- The program `vuonho`: its commands put together, and the one place where errors become exit codes ---

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
