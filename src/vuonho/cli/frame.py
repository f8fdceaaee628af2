"""click in two languages: headings, help and usage errors."""

import re
from collections.abc import Iterable
from typing import Any, Final

import click
from click.shell_completion import CompletionItem

from vuonho.bilingual import NOTHING, Text
from vuonho.cli.shelf import Shelf
from vuonho.foreign import cited

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
