"""`vuonho init`: a new project, or one more village in one that is there, from answers to a few questions."""

from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import get_terminal_size
from textwrap import fill
from typing import Any

import click

from vuonho.cli.commands import WrongUse, argument, command, option
from vuonho.cli.common import as_typed, this_day
from vuonho.cli.console import Console, render_error
from vuonho.errors import Refused
from vuonho.i18n import NOTHING, Text
from vuonho.scaffold.files import FIRST_STEPS_FILE
from vuonho.scaffold.init import (
    OF_A_VILLAGE,
    QUESTIONS,
    Question,
    add_village,
    doubt,
    enclosing_project,
    is_put_off,
    known_answers,
    open_project,
    read_answer,
    refuse_taken,
    suggest,
    unpack_demo,
)


def _with_answers(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add an option for each question."""
    for question in reversed(QUESTIONS):
        function = option(
            f"--{question.name}", metavar="…", default="", help=question.field.advice
        )(function)  # fmt: skip
    return function


@command(
    "init",
    help=Text(
        """Đã ghi đủ --village, --commune và --phone thì không hỏi gì. Thêm --demo thì lấy thôn mẫu để xem thử và sửa dần.

        Đang ở trong một sổ thì --add thêm vào sổ ấy một thôn nữa.

        Ví dụ: vuonho init thon-dong""",
        """With --village, --commune and --phone nothing is asked. With --demo you get the demo village, to look at and to change.

        Within a project, --add adds one more village to it.

        Example: vuonho init my-village""",
    ),
)
@argument("target", metavar=Text("THƯ_MỤC", "DIR"), type=click.Path(path_type=Path))
@option("--demo", is_flag=True, help=Text("Lấy thôn mẫu.", "Take the demo village."))
@option("--add", is_flag=True,
        help=Text("Thêm một thôn vào sổ đang có; THƯ_MỤC là tên thư mục của thôn.",
                  "Add a village to the book that is there; DIR is the name of its folder."))  # fmt: skip
@_with_answers
@click.pass_obj
def init_command(
    console: Console, /, folder: Path, target: Path, demo: bool, add: bool, **options: str
) -> None:
    """Make a new project, or add a village to the one around."""
    project = folder / target
    given = {name.replace("_", "-"): text for name, text in options.items() if text.strip()}
    book = enclosing_project(project)
    if add or (
        book
        and not demo
        and console.can_ask
        and console.ask(
            Text(f"{book} đã là một sổ. Thêm thôn này vào sổ ấy?", f"{book} is a book already. Add this village to it?")
        )
    ):  # fmt: skip
        _add_village(book, project.name, given, console, demo=demo)
    elif book:
        name, other = target.name, as_typed(Path("..") / target.name)
        raise Refused(
            Text(f"{book} đã là một sổ, không mở sổ nữa ở trong đó.", f"{book} is a project; there is none within another."),
            Text(f"Thêm một thôn vào sổ ấy: vuonho init {name} --add. Mở sổ khác: ra ngoài thư mục này, như vuonho init {other}",
                 f"To add a village to it: vuonho init {name} --add. For another project go elsewhere: vuonho init {other}"),
        )  # fmt: skip
    elif demo:
        if given:
            raise WrongUse(
                Text(f"--demo không đi cùng --{next(iter(given))}: thôn mẫu đã có sẵn mọi thứ.",
                     f"--demo takes no --{next(iter(given))}: the demo village has everything already.")
            )  # fmt: skip
        unpack_demo(project, console.language)
        console.success(Text(f"Đã tạo {project}. Làm tiếp: vuonho -C {as_typed(project)} build",
                             f"Made {project}. Next: vuonho -C {as_typed(project)} build"))  # fmt: skip
    else:
        refuse_taken(project)
        today = this_day()
        answers = _complete(given, console, QUESTIONS)
        for note in open_project(project, answers, today, console.language):
            console.warn(Text(f"Lưu ý: {note.vi}", f"Note: {note.en}"))
        console.success(Text(f"Đã tạo {project}. Đọc {FIRST_STEPS_FILE} trong đó; xem thử trang: vuonho -C {as_typed(project)} build",
                             f"Made {project}. Read {FIRST_STEPS_FILE} in it; see the site: vuonho -C {as_typed(project)} build"))  # fmt: skip


def _add_village(
    book: Path | None, name: str, given: Mapping[str, str], console: Console, *, demo: bool
) -> None:
    """Add a village to the book; what only a book has is refused."""
    known = {question.name for question in OF_A_VILLAGE}
    foreign = "--demo" if demo else next((f"--{one}" for one in given if one not in known), "")
    if foreign:
        raise WrongUse(
            Text(f"--add không đi cùng {foreign}: sổ đã có điều ấy.", f"--add takes no {foreign}: the book has it.")
        )  # fmt: skip
    if book is None:
        raise Refused(
            Text("Ở đây chưa có sổ nào để thêm thôn vào.", "There is no book here to add a village to."),
            Text(f"Vào thư mục của sổ rồi chạy lại; mở sổ mới thì bỏ --add: vuonho init {name}",
                 f"Go to the book's folder and run again; for a new one leave --add out: vuonho init {name}"),
        )  # fmt: skip
    today = this_day()  # a clock that is wrong is named before anything is asked
    answers = _complete(known_answers(book) | dict(given), console, OF_A_VILLAGE)
    added = add_village(book, name, answers, today, console.language)
    for note in added.notes:
        console.warn(Text(f"Lưu ý: {note.vi}", f"Note: {note.en}"))
    console.success(
        Text(f"Đã thêm {added.name} vào sổ: profiles/{name}. Sổ nay có {added.villages} thôn; tên trang, tên tổ ở "
             "profiles/site.yaml còn đúng không? Làm tiếp: vuonho consent, rồi vuonho form",
             f"Added {added.name}: profiles/{name}. The book has {added.villages} villages; are title and team in "
             "profiles/site.yaml still right? Next: vuonho consent, then vuonho form")
    )  # fmt: skip


# --- Questions on a terminal: one at a time, with help, a suggestion to take, asked again until the answer will do ---


def _complete(
    given: Mapping[str, str], console: Console, questions: tuple[Question, ...]
) -> Mapping[str, str]:
    """Return the answers by the names of their questions, after asking for what is missing.

    Raises WrongUse where nobody can be asked, Refused for a given answer that will not do, click.Abort where
    somebody stops.
    """
    missing = [f"--{one.name}" for one in questions if one.required and one.name not in given]
    if not missing:
        return given
    if not console.can_ask:
        raise WrongUse(Text(f"Thiếu {', '.join(missing)}.", f"Missing: {', '.join(missing)}."))
    console.print(
        Text("Trả lời từng câu rồi nhấn Enter. Sai đâu sau này sửa lại được. Muốn dừng: Ctrl-C.",
             "Answer one by one, each with Enter. All of it can be changed later. To stop: Ctrl-C.")
    )  # fmt: skip
    answers: dict[str, str] = {}
    for question in questions:
        typed = given.get(question.name, "")
        if typed:
            answers[question.name] = answer = read_answer(question, typed, answers)
            if answer != typed:
                click.echo(f"--{question.name}: {typed} → {answer}")
        elif question.is_wanted(answers) and (answer := _ask_until_right(question, answers, console)):
            answers[question.name] = answer
    click.echo()
    return dict(given) | answers


def _ask_until_right(question: Question, answers: Mapping[str, str], console: Console) -> str:
    """Return the answer, "" where the suggestion is taken or nothing is answered."""
    suggested = suggest(question, answers).vi
    _introduce(question, suggested, answers, console)
    doubted = ""
    while True:
        typed = str(click.prompt(">", default="", show_default=False, prompt_suffix=" ")).strip()
        if not typed:
            if not question.for_ever and (suggested or not question.is_required(answers)):
                return ""
            needed = Text("Câu này cần có câu trả lời.", "This one needs an answer.")
            click.echo(render_error(Refused(needed, _offer(question, suggested)), console.language))
            continue
        if is_put_off(question, typed):
            click.echo(f"  → {suggested}")
            return ""
        try:
            answer = read_answer(question, typed, answers)
        except Refused as refused:
            click.echo(render_error(refused, console.language))
            continue
        unsure = doubt(question, answer, answers)
        if any(unsure) and answer != doubted:
            doubted = answer
            again = Text("Xem lại rồi gõ lại; chắc là đúng thì gõ y như vậy lần nữa.",
                         "Look again and type it again; if it is right, type the same once more.")  # fmt: skip
            click.echo(render_error(Refused(unsure, again), console.language))
            continue
        if answer != typed:
            click.echo(f"  → {answer}")
        return answer


def _introduce(question: Question, suggested: str, answers: Mapping[str, str], console: Console) -> None:
    """Print the question with its help, indented, broken between words."""
    field, language = question.field, console.language
    lines = [(field.help if suggested else field.advice).to(language)]
    if field.words:
        words = ", ".join(word.label.to(language) for word in field.words)
        lines.append(Text("Chọn một: ", "Choose one: ").to(language) + words)
    if suggested:
        lines.append(_offer(question, suggested).to(language))
    elif not question.is_required(answers):
        lines.append(Text("Chưa có thì nhấn Enter.", "Enter alone leaves it out.").to(language))
    click.echo()
    click.secho(field.label.to(language), bold=True)
    width = min(get_terminal_size().columns, 100)
    for line in lines:
        click.echo(
            fill(line, width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
        )  # fmt: skip


def _offer(question: Question, suggested: str) -> Text:
    """Return how the suggestion is taken, if there is one."""
    if not suggested:
        return NOTHING
    if question.for_ever:
        return Text(f"Chưa có địa chỉ thì gõ: chưa. Lúc ấy lấy tạm {suggested}",
                    f"If there is none yet, type: later. Then this stands in: {suggested}")  # fmt: skip
    return Text(f"Chỉ nhấn Enter thì lấy: {suggested}", f"Enter alone takes: {suggested}")
