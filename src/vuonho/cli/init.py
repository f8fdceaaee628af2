"""`vuonho init`: a new project."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from vuonho.bilingual import Text
from vuonho.cli.frame import SpokenCommand, WrongUse
from vuonho.cli.options import Function, as_typed, common
from vuonho.cli.questions import ask
from vuonho.cli.speech import Speech
from vuonho.founding.demo import unpack_demo
from vuonho.founding.folder import refuse_taken
from vuonho.founding.opening import QUESTIONS, Question, open_project
from vuonho.founding.steps import FIRST_STEPS_FILE

HELP = Text(
    """Mở một dự án mới trong THƯ_MỤC: hỏi tên thôn, xã, địa chỉ trang, tổ phụ trách, rồi tạo các tệp để bắt đầu.

    Đã ghi đủ --village, --commune và --phone thì không hỏi gì. Thêm --demo thì lấy thôn mẫu để xem thử và sửa dần.

    Ví dụ: vuonho init thon-toi --demo""",
    """Start a new project in DIR: asks for village, commune, address of the site and team, and makes the first files.

    With --village, --commune and --phone nothing is asked. With --demo you get the demo village, to look at and to change.

    Example: vuonho init my-village --demo""",
)


def make(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @click.command("init", cls=SpokenCommand, help=HELP.to(speech.language))
    @click.argument(
        "target", metavar=Text("THƯ_MỤC", "DIR").to(speech.language), type=click.Path(path_type=Path)
    )
    @click.option("--demo", is_flag=True,
                  help=Text("Lấy thôn mẫu.", "Take the demo village.").to(speech.language))  # fmt: skip
    @_answers(speech)
    @common(speech)
    @click.pass_context
    def init(
        context: click.Context, /, folder: Path | None, target: Path, demo: bool, **options: Any
    ) -> None:
        project = Path(context.meta["vuonho.folder"]) / (folder or "") / target
        given = {question.name: options[_parameter(question)] for question in QUESTIONS}
        given = {name: text for name, text in given.items() if text.strip()}
        if demo:
            _open_demo(project, given, speech)
        else:
            _open(project, given, speech)

    return init


def _answers(speech: Speech) -> Callable[[Function], Function]:
    """Return a decorator that adds an option for each question."""

    def decorate(function: Function) -> Function:
        for question in reversed(QUESTIONS):
            function = click.option(
                f"--{question.name}", metavar="…", default="",
                help=question.field.advice.to(speech.language),
            )(function)  # fmt: skip
        return function

    return decorate


def _parameter(question: Question) -> str:
    return question.name.replace("-", "_")


def _open_demo(project: Path, given: Mapping[str, str], speech: Speech) -> None:
    if given:
        raise WrongUse(
            Text(f"--demo không đi cùng --{next(iter(given))}: thôn mẫu đã có sẵn mọi thứ.",
                 f"--demo takes no --{next(iter(given))}: the demo village has everything already.")
        )  # fmt: skip
    unpack_demo(project, speech.language)
    speech.cheer(Text(f"Đã tạo {project}. Làm tiếp: vuonho -C {as_typed(project)} build",
                     f"Made {project}. Next: vuonho -C {as_typed(project)} build"))  # fmt: skip


def _open(project: Path, given: Mapping[str, str], speech: Speech) -> None:
    refuse_taken(project)
    missing = [question.name for question in QUESTIONS if question.required and question.name not in given]
    if missing and speech.can_ask:
        given = ask(given, speech)
        click.echo()
    elif missing:
        names = ", ".join(f"--{name}" for name in missing)
        raise WrongUse(Text(f"Thiếu {names}.", f"Missing: {names}."))
    opened = open_project(project, given, datetime.now().astimezone().date(), speech.language)
    for note in opened.notes:
        speech.note(Text(f"Lưu ý: {note.vi}", f"Note: {note.en}"))
    speech.cheer(Text(f"Đã tạo {project}. Đọc {FIRST_STEPS_FILE} trong đó; xem thử trang: vuonho -C {as_typed(project)} build",
                     f"Made {project}. Read {FIRST_STEPS_FILE} in it; see the site: vuonho -C {as_typed(project)} build"
                     ))  # fmt: skip
