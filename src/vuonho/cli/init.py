"""`vuonho init`: a new project."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from vuonho.bilingual import Text
from vuonho.cli.day import this_day
from vuonho.cli.frame import SpokenCommand, WrongUse
from vuonho.cli.options import Function, as_typed, common
from vuonho.cli.questions import ask
from vuonho.cli.speech import Speech
from vuonho.errors import Refused
from vuonho.founding.demo import unpack_demo
from vuonho.founding.folder import refuse_taken
from vuonho.founding.opening import QUESTIONS, Question, open_project
from vuonho.founding.steps import FIRST_STEPS_FILE
from vuonho.founding.village import OF_A_VILLAGE, add_village, book_around, known_answers

HELP = Text(
    """Đã ghi đủ --village, --commune và --phone thì không hỏi gì. Thêm --demo thì lấy thôn mẫu để xem thử và sửa dần.

    Đang ở trong một sổ thì --add thêm vào sổ ấy một thôn nữa.

    Ví dụ: vuonho init thon-dong""",
    """With --village, --commune and --phone nothing is asked. With --demo you get the demo village, to look at and to change.

    Within a project, --add adds one more village to it.

    Example: vuonho init my-village""",
)


def make(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @click.command("init", cls=SpokenCommand, help=HELP.to(speech.language))
    @click.argument(
        "target", metavar=Text("THƯ_MỤC", "DIR").to(speech.language), type=click.Path(path_type=Path)
    )
    @click.option("--demo", is_flag=True,
                  help=Text("Lấy thôn mẫu.", "Take the demo village.").to(speech.language))  # fmt: skip
    @click.option("--add", is_flag=True,
                  help=Text("Thêm một thôn vào sổ đang có; THƯ_MỤC là tên thư mục của thôn.",
                            "Add a village to the book that is there; DIR is the name of its folder.").to(speech.language))  # fmt: skip
    @_answers(speech)
    @common(speech)
    @click.pass_context
    def init(
        context: click.Context, /, folder: Path | None, target: Path, *, demo: bool, add: bool, **options: Any
    ) -> None:
        project = Path(context.meta["vuonho.folder"]) / (folder or "") / target
        given = {question.name: options[_parameter(question)] for question in QUESTIONS}
        given = {name: text for name, text in given.items() if text.strip()}
        book = book_around(project)
        if add or (book and not demo and speech.can_ask and speech.ask(_one_more(book))):
            _add(book, project.name, given, speech, demo=demo)
        elif book:
            raise _within(book, target)
        elif demo:
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


def _one_more(book: Path) -> Text:
    return Text(
        f"{book} đã là một sổ. Thêm thôn này vào sổ ấy?", f"{book} is a book already. Add this village to it?"
    )


def _within(book: Path, target: Path) -> Refused:
    """Return the error of a project that would lie in another one, with both ways on."""
    name, other = target.name, as_typed(Path("..") / target.name)
    return Refused(
        Text(f"{book} đã là một sổ, không mở sổ nữa ở trong đó.", f"{book} is a project; there is none within another."),
        Text(f"Thêm một thôn vào sổ ấy: vuonho init {name} --add. Mở sổ khác: ra ngoài thư mục này, như vuonho init {other}",
             f"To add a village to it: vuonho init {name} --add. For another project go elsewhere: vuonho init {other}"),
    )  # fmt: skip


def _add(book: Path | None, name: str, given: Mapping[str, str], speech: Speech, *, demo: bool) -> None:
    """Add a village to the book; what only a book has is refused."""
    foreign = next((f"--{one}" for one in given if one not in {known.name for known in OF_A_VILLAGE}), "")
    if demo or foreign:
        foreign = "--demo" if demo else foreign
        raise WrongUse(
            Text(
                f"--add không đi cùng {foreign}: sổ đã có điều ấy.",
                f"--add takes no {foreign}: the book has it.",
            )
        )
    if book is None:
        raise Refused(
            Text("Ở đây chưa có sổ nào để thêm thôn vào.", "There is no book here to add a village to."),
            Text(f"Vào thư mục của sổ rồi chạy lại; mở sổ mới thì bỏ --add: vuonho init {name}",
                 f"Go to the book's folder and run again; for a new one leave --add out: vuonho init {name}"),
        )  # fmt: skip
    today = this_day()  # a clock that is wrong is named before anything is asked
    given = known_answers(book) | dict(given)
    if missing := [f"--{one.name}" for one in OF_A_VILLAGE if one.required and one.name not in given]:
        if not speech.can_ask:
            raise WrongUse(Text(f"Thiếu {', '.join(missing)}.", f"Missing: {', '.join(missing)}."))
        given |= ask(given, speech, OF_A_VILLAGE)
        click.echo()
    added = add_village(book, name, given, today, speech.language)
    for note in added.notes:
        speech.note(Text(f"Lưu ý: {note.vi}", f"Note: {note.en}"))
    speech.cheer(
        Text(f"Đã thêm {added.name} vào sổ: profiles/{added.slug}. Sổ nay có {added.villages} thôn; tên trang, tên tổ ở "
             "profiles/site.yaml còn đúng không? Làm tiếp: vuonho consent, rồi vuonho form",
             f"Added {added.name}: profiles/{added.slug}. The book has {added.villages} villages; are title and team in "
             "profiles/site.yaml still right? Next: vuonho consent, then vuonho form")
    )  # fmt: skip


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
    today = this_day()
    missing = [question.name for question in QUESTIONS if question.required and question.name not in given]
    if missing and speech.can_ask:
        given = ask(given, speech)
        click.echo()
    elif missing:
        names = ", ".join(f"--{name}" for name in missing)
        raise WrongUse(Text(f"Thiếu {names}.", f"Missing: {names}."))
    opened = open_project(project, given, today, speech.language)
    for note in opened.notes:
        speech.note(Text(f"Lưu ý: {note.vi}", f"Note: {note.en}"))
    speech.cheer(Text(f"Đã tạo {project}. Đọc {FIRST_STEPS_FILE} trong đó; xem thử trang: vuonho -C {as_typed(project)} build",
                     f"Made {project}. Read {FIRST_STEPS_FILE} in it; see the site: vuonho -C {as_typed(project)} build"
                     ))  # fmt: skip
