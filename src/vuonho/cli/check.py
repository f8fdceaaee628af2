"""`vuonho check`: everything that is wrong or doubtful, all at once."""

from pathlib import Path

import click

from vuonho.bilingual import NOTHING, Text
from vuonho.cli.day import latest_day
from vuonho.cli.frame import SpokenCommand
from vuonho.cli.options import common, project_folder
from vuonho.cli.report import FORMATS, count_problems, render_problems
from vuonho.cli.speech import Speech
from vuonho.dashboard.standing import said
from vuonho.errors import Severity
from vuonho.examine import examine

HELP = Text("Ví dụ: vuonho check", "Example: vuonho check --format json")

_NEXT = Text(" Làm tiếp: vuonho build", " Next: vuonho build")
_NOBODY = Text(f" {said.NOBODY.vi}", f" {said.NOBODY.en}")


def make(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @click.command("check", cls=SpokenCommand, help=HELP.to(speech.language))
    @click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True,
                  help=Text("Dạng báo cáo.", "Form of the report.").to(speech.language))  # fmt: skip
    @common(speech)
    @click.pass_context
    def check(context: click.Context, folder: Path | None, form: str) -> int:
        found = examine(project_folder(context, folder), latest_day())
        is_bad = any(problem.severity is Severity.ERROR for problem in found.problems)
        report = render_problems(found.problems, form, speech.language)
        if report:
            click.echo(report)
        if form == "text":
            counted, profiles = count_problems(found.problems), found.profiles
            say = speech.tell if found.problems else speech.cheer
            more = NOTHING if is_bad else _NEXT if profiles else _NOBODY
            say(Text(f"{profiles} hồ sơ: {counted.vi}.{more.vi}",
                     f"{profiles} profile{'s' * (profiles != 1)}: {counted.en}.{more.en}"))  # fmt: skip
        return int(is_bad)

    return check
