"""click in two languages, and the commands by name: the module of one is loaded when it is asked for."""

import os
import re
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta, timezone
from difflib import get_close_matches
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from click.shell_completion import CompletionItem

from vuonho.cli.console import LANGUAGES, Console
from vuonho.errors import MachineError, cited
from vuonho.i18n import NOTHING, Both, Text

if TYPE_CHECKING:
    from vuonho.register.assign import Assigned


# --- click in two languages, and the commands by name: the module of one is loaded when it is asked for ---

COMMANDS: Final[Mapping[str, Text]] = {
    "window": Text(
        "Open the team's window: a page of this computer on which everything below is done by clicks."
    ),
    "init": Text(
        "Start a new project in DIR: asks for village, commune, address of the site and team, "
        "and makes the first files."
    ),
    "new": Text(
        "Add a household: make its profile, with its code and a note on each field, ready to be filled in."
    ),
    "assign": Text(
        "Give codes to profiles that lack one, and enter every code into the register (profiles/codes.csv)."
    ),
    "form": Text(
        "Make the form that the team fills in at each home: an .html file for phones, which needs no signal."
    ),
    "import": Text("Take phone forms (.txt), Excel (.xlsx) or .csv into the profiles."),
    "export": Text(
        "Put the profiles into a workbook, to look at and to change in Excel; vuonho import takes it back."
    ),
    "consent": Text(
        "Make the form of consent to be printed (PDF, A4, both sides): one question for each "
        "thing, nothing ticked, a copy for the team and one for the family."
    ),
    "templates": Text(
        "See which templates come with the program, and copy one into the project, to be changed there."
    ),
    "check": Text("Check every profile and name all problems at once."),
    "build": Text("Check, then build the whole site with its QR codes."),
    "serve": Text("Look at the website on this computer as it will be once published."),
    "plaques": Text(
        "Make the PDF to print plaques from; every code is read back before the file is written."
    ),
    "keepsake": Text(
        "Make a family's keepsake, one A4 with picture, story, seasons and code, and a sheet of round "
        "stickers."
    ),
    "verify": Text(
        "Prove the built site: scan every QR code, follow every link, look for what families "
        "did not agree to."
    ),
    "publish": Text(
        "Check, build, prove and publish the site to the GitHub Pages repository, and that "
        "alone: no profile, original photo or register ever goes along."
    ),
    "withdraw": Text(
        "Take a household off the site as its family wishes: the plaque still answers, with a "
        "nameless notice."
    ),
    "undo": Text("Take back the last command (new, import, withdraw, plaques) while nobody has seen it."),
    "remove": Text("Drop a household added by mistake that was never printed or published."),
    "status": Text(
        "See how every village stands: households, what is missing, who does what next; also "
        "while profiles have errors."
    ),
    "backup": Text("Copy profiles, original photos and the register into one file, and read every one back."),
    "restore": Text("Bring a backup back."),
}
"""What each command does in a sentence, in the order in which a team needs them."""

GROUPS: Final = (
    (
        Text("Begin"),
        {
            "window": Text("everything by clicks"),
            "init": Text("start a new project"),
            "new": Text("add a household"),
            "assign": Text("give missing codes"),
            "check": Text("name what is wrong"),
            "templates": Text("change how pages look"),
        },
    ),
    (
        Text("Collect"),
        {
            "form": Text("the form for the phone"),
            "consent": Text("the form of consent"),
            "import": Text("forms, Excel into profiles"),
            "export": Text("profiles into Excel"),
        },
    ),
    (
        Text("Build and print"),
        {
            "build": Text("make the site"),
            "serve": Text("look at it here first"),
            "verify": Text("prove the built site"),
            "publish": Text("put it on line"),
            "plaques": Text("plaques, labels, boards"),
            "keepsake": Text("a keepsake and stickers"),
        },
    ),
    (
        Text("Look after"),
        {
            "status": Text("how the village stands"),
            "withdraw": Text("a family takes itself off"),
            "undo": Text("take the last command back"),
            "remove": Text("drop one added by mistake"),
            "backup": Text("keep a copy"),
            "restore": Text("get it back"),
        },
    ),
)
"""What each command is for in a few words, in the groups of the program's own help."""

_HOMES: Final[Mapping[str, tuple[str, ...]]] = {
    "window": ("window_command",),
    "init": ("init_command",),
    "project": ("new_command", "assign_command", "check_command", "templates_command"),
    "paper": ("consent_command", "plaques_command", "keepsake_command"),
    "data": ("form_command", "import_command", "export_command"),
    "site": ("build_command", "serve_command", "verify_command", "publish_command"),
    "household": ("withdraw_command", "undo_command", "remove_command"),
    "status": ("status_command",),
    "backup": ("backup_command", "restore_command"),
}
"""Which module has which commands."""


def language_of(context: click.Context) -> str:
    """Return the language of this call."""
    console = context.find_object(Console)
    return console.language if console else LANGUAGES[0]


_RANGE: Final = re.compile(r"\[(\d+)<=x<=(\d+)\]")


class Option(click.Option):
    """An option whose help, and the name of whose value, are in the language of the call."""

    def __init__(self, names: list[str], text: Text, value: Text | str = "", **settings: Any) -> None:
        super().__init__(names, **settings)
        self.text = text
        self.value_name = Both(value, value) if isinstance(value, str) else value

    def make_metavar(self, ctx: click.Context) -> str:
        """Return the name of the value."""
        return self.value_name.to(language_of(ctx)) or super().make_metavar(ctx)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return (names, help)."""
        self.help = self.text.to(language_of(ctx))  # where click looks for it
        record = super().get_help_record(ctx)
        if record is None:
            return None
        default = Text("[default: ").to(language_of(ctx))
        return record[0], _RANGE.sub(r"[\1–\2]", record[1].replace("[default: ", default))


class Argument(click.Argument):
    """An argument whose name is in the language of the call; the help of its command explains it."""

    def __init__(self, names: list[str], value: Text, **settings: Any) -> None:
        super().__init__(names, **settings)
        self.value_name = value

    def make_metavar(self, ctx: click.Context) -> str:
        """Return its name."""
        return self.value_name.to(language_of(ctx))


Decorator = Callable[[Any], Any]


def option(names: str, text: Text, value: Text | str = "", **settings: Any) -> Decorator:
    """Add an option, such as "-o, out", with its help and the name of its value."""
    return _parameter(Option(names.split(", "), text, value, **settings))


def flag(names: str, text: Text) -> Decorator:
    """Add an option that is there or not."""
    return option(names, text, is_flag=True)


def argument(name: str, value: Text, **settings: Any) -> Decorator:
    """Add an argument with the name of its value."""
    return _parameter(Argument([name], value, **settings))


def _parameter(made: click.Parameter) -> Decorator:
    def add(function: Any) -> Any:
        function.__dict__.setdefault("parameters", []).insert(0, made)
        return function

    return add


def command(name: str, text: Text) -> Callable[[Any], "Command"]:
    """Make a command of a function, which gets the console, the folder to act in, and the options by their names."""

    def make(function: Any) -> Command:
        return Command(name, text, function.__dict__.get("parameters", ()), callback=click.pass_obj(function))

    return make


def _enter(context: click.Context, _parameter: click.Parameter, folder: Path | None) -> Path:
    """Return the folder to act in: that of the command, within that of the program."""
    entered: Path = context.meta.get("vuonho.folder", Path()) / (folder or "")
    context.meta["vuonho.folder"] = entered
    return entered


class Command(click.Command):
    """A command that explains itself in the language of the call, and has the options that all have."""

    def __init__(
        self, name: str, details: Text, params: Iterable[click.Parameter] = (), **settings: Any
    ) -> None:
        common = (
            Option(
                ["-C", "folder"],
                Text("Start in this folder."),
                Text("DIR"),
                type=click.Path(path_type=Path),
                callback=_enter,
            ),
            Option(
                ["--lang"],
                Text("Language of messages."),
                type=click.Choice(LANGUAGES),
                expose_value=False,
            ),
        )
        super().__init__(name, params=[*params, *common], **settings)
        self.details = details

    @property
    def text(self) -> Text:
        """The whole help: what the list of commands says of it, and more."""
        summary = COMMANDS[self.name or ""]
        vi, en = (f"{first}\n\n{cleandoc(more)}" for first, more in zip(summary, self.details, strict=True))
        return Both(vi, en)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that begins the help."""
        language = language_of(ctx)
        words = " ".join(self.collect_usage_pieces(ctx))
        words = words.replace("[OPTIONS]", Text("[OPTIONS]").to(language))
        words = words.replace("COMMAND [ARGS]...", Text("COMMAND…").to(language))
        formatter.write_usage(ctx.command_path, words, prefix=Text("Usage: ").to(language))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        self.help = self.text.to(language_of(ctx))  # where click looks for it
        super().format_help_text(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options; arguments are explained by the help itself."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        rows = [row for param in options if (row := param.get_help_record(ctx))]
        with formatter.section(Text("Options").to(language_of(ctx))):
            formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help` with its help in the right language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = Text("Show this help.").to(language_of(ctx))
        return option


class LazyGroup(Command, click.Group):
    """The program with its commands (click documents this as "Lazily Loading Subcommands")."""

    @property
    def text(self) -> Text:
        """The whole help but the commands."""
        return Both(*(f"\b\n{cleandoc(details)}" for details in self.details))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of their declaration."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, its module loaded now."""
        del ctx
        for module, names in _HOMES.items():
            if (name := f"{cmd_name}_command") in names:
                found: click.Command = getattr(import_module(f"vuonho.cli.{module}"), name)
                return found
        return None

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands and options that begin so; no command is loaded for it, Tab must not wait."""
        named = [CompletionItem(name) for name in COMMANDS if name.startswith(incomplete)]
        return [*named, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command is for, then the options, on the 24 lines of a terminal; no command is loaded for it."""
        language = language_of(ctx)
        formatter.write("\n")
        for heading, commands in GROUPS:
            rows = [(name, words.to(language)) for name, words in commands.items()]
            _write_pairs(formatter, heading.to(language), rows)
        options = [param.get_help_record(ctx) for param in self.get_params(ctx)]
        _write_pairs(formatter, Text("Options").to(language), filter(None, options))


def _write_pairs(formatter: click.HelpFormatter, heading: str, rows: Iterable[tuple[str, str]]) -> None:
    """Write a heading and rows, two of them on a line where both are short enough."""
    formatter.write_heading(heading)
    half, line = formatter.width // 2, ""
    for cell in (f"  {name:<9} {words}" for name, words in rows):
        if line and max(len(line), len(cell)) <= half:
            formatter.write(f"{line:<{half}}{cell}\n")
            line = ""
        else:
            formatter.write(f"{line}\n" if line else "")
            line = cell
    formatter.write(f"{line}\n" if line else "")


# --- Wrong use in both languages ---

_EXAMPLE: Final = re.compile(r"^(?:Ví dụ|Example): (vuonho .+)$", re.MULTILINE)


class WrongUse(click.UsageError):
    """A wrong use that click itself does not notice; `hint` where more helps than the help."""

    def __init__(self, text: Text, hint: Text = NOTHING) -> None:
        super().__init__(text.en)
        self.text, self.hint = text, hint


def usage_trouble(error: click.UsageError) -> Text:
    """Return what is wrong with the way a command was called."""
    if isinstance(error, WrongUse):
        return error.text
    if isinstance(error, click.NoSuchOption):
        return _no_such(Text("option"), error.option_name, error.possibilities)
    if isinstance(error, click.exceptions.NoSuchCommand):
        return _no_such(Text("command"), error.command_name, get_close_matches(error.command_name, COMMANDS))
    if isinstance(error, click.BadParameter):  # a missing one too
        return _bad_parameter(error)
    message = cited(error.message)
    if isinstance(error, click.BadOptionUsage):
        return Both(f"Sau {cited(error.option_name)} ghi thiếu hoặc ghi thừa.", message)
    if error.ctx is not None and isinstance(error.ctx.command, click.Group):
        return Both("Thiếu tên lệnh.", message)
    extra = message.partition("(")[2].rstrip(").")
    return Both(f"Lệnh này không nhận thêm: {extra}.", message)


def _bad_parameter(error: click.BadParameter) -> Text:
    parameter, allowed = error.param, NOTHING
    name = parameter.opts[-1] if parameter else ""
    named = parameter.value_name if isinstance(parameter, Argument) else Both(name, name)
    if isinstance(error, click.MissingParameter):
        return Text("{named} is missing.", named=named)
    kind = parameter.type if parameter else None
    if isinstance(kind, click.Choice):
        allowed = Text(" Choose from: {choices}.", choices=", ".join(map(str, kind.choices)))
    elif isinstance(kind, click.IntRange):
        allowed = Text(" Choose a number from {min} to {max}.", min=kind.min, max=kind.max)
    return Text("The value of {named} is not right.{allowed}", named=named, allowed=allowed)


def _no_such(kind: Text, name: str, possible: Iterable[str] | None) -> Text:
    near = ", ".join(possible or ())
    meant = Text(" Did you mean {near}?", near=near) if near else NOTHING
    return Text("There is no {kind} “{given}”.{meant}", kind=kind, given=cited(name), meant=meant)


def usage_hint(error: click.UsageError) -> Text:
    """Return how the command is called, by the example that its help gives, and where to read more."""
    if isinstance(error, WrongUse) and any(error.hint):
        return error.hint
    called = error.ctx.command if error.ctx else None
    see = Text("See: {path} --help", path=error.ctx.command_path if error.ctx else "vuonho")
    found = [_EXAMPLE.search(text) for text in called.text] if isinstance(called, Command) else []
    examples = [one[1] for one in found if one]
    return Text("Example: {example}\n  → {see}", example=Both(*examples), see=see) if examples else see


# --- What the commands share: the project's folder, with its register put in order, and the clock ---

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

_SHOWN_CODES = 5


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
        codes = ", ".join(done.corrected[:_SHOWN_CODES]) + ", …" * (count > _SHOWN_CODES)
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
