"""Completion by the shell: what the Tab key knows of commands, options, files."""

import click
from click.shell_completion import CompletionItem, get_completion_class

from vuonho.bilingual import Text
from vuonho.cli.speech import Speech

SHELLS = ("bash", "zsh", "fish")
_VARIABLE = "_VUONHO_COMPLETE"
_HELP = Text("In đoạn lệnh để phím Tab biết gõ tiếp, ví dụ: vuonho --completion bash >> ~/.bashrc",
             "Print what makes the Tab key complete commands: vuonho --completion bash >> ~/.bashrc")  # fmt: skip


def completion_option(speech: Speech) -> click.Option:
    """Return the option that prints a shell's script for completion."""
    return click.Option(
        ["--completion"], type=click.Choice(SHELLS), expose_value=False, is_eager=True, callback=_print,
        help=_HELP.to(speech.language),
    )  # fmt: skip


def files(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return what tells the shell to offer files."""
    return [CompletionItem(begun, type="file")]


def _print(context: click.Context, _parameter: click.Parameter, shell: str | None) -> None:
    found = get_completion_class(shell) if shell else None
    if found is None or context.resilient_parsing:
        return
    script = found(context.find_root().command, {}, "vuonho", _VARIABLE).source()
    click.echo(script)
    context.exit()
