"""`vuonho assign`: codes for the profiles that lack one."""

from pathlib import Path

import click

from vuonho.assign import assign
from vuonho.bilingual import Text
from vuonho.cli.day import this_day
from vuonho.cli.frame import SpokenCommand
from vuonho.cli.options import common, project_folder
from vuonho.cli.speech import Speech
from vuonho.cli.tending import tell_mended

HELP = Text("Ví dụ: vuonho assign", "Example: vuonho assign")


def make(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @click.command("assign", cls=SpokenCommand, help=HELP.to(speech.language))
    @common(speech)
    @click.pass_context
    def assign_command(context: click.Context, folder: Path | None) -> None:
        root = project_folder(context, folder)
        assigned = assign(root, this_day())
        for file, code in assigned.given:
            click.echo(f"{code}  {file}")
        tell_mended(assigned, speech)
        given, entered = len(assigned.given), len(assigned.entered)
        speech.tell(
            Text(f"{given} mã mới, {entered} mã có sẵn được ghi vào sổ.",
                 f"{given} new code{'s' * (given != 1)}; {entered} existing entered into the register.")
        )  # fmt: skip

    return assign_command
