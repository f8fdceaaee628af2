"""`vuonho check`, `assign`, `init` and `new`: a project begun, looked at, its households given codes."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from vuonho.cli.app import SpokenCommand, WrongUse
from vuonho.cli.console import FORMATS, Speech, ask, count_problems, render_problems
from vuonho.cli.options import (
    Function,
    as_typed,
    common,
    latest_day,
    project_folder,
    tell_mended,
    tended_folder,
    this_day,
)
from vuonho.errors import Refused, Severity
from vuonho.i18n import NOTHING, Text
from vuonho.project.survey import examine
from vuonho.register.assign import assign
from vuonho.scaffold.files import FIRST_STEPS_FILE
from vuonho.scaffold.init import (
    OF_A_VILLAGE,
    QUESTIONS,
    Question,
    add_village,
    book_around,
    known_answers,
    open_project,
    refuse_taken,
    unpack_demo,
)
from vuonho.scaffold.new import add_household, villages_of
from vuonho.status.tasks import NOBODY

# --- `vuonho check`: everything that is wrong or doubtful, all at once ---

CHECK_HELP = Text("Ví dụ: vuonho check", "Example: vuonho check --format json")

_NEXT = Text(" Làm tiếp: vuonho build", " Next: vuonho build")
_NOBODY = Text(f" {NOBODY.vi}", f" {NOBODY.en}")


def make_check(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @click.command("check", cls=SpokenCommand, help=CHECK_HELP.to(speech.language))
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


# --- `vuonho assign`: codes for the profiles that lack one ---

ASSIGN_HELP = Text("Ví dụ: vuonho assign", "Example: vuonho assign")


def make_assign(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @click.command("assign", cls=SpokenCommand, help=ASSIGN_HELP.to(speech.language))
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


# --- `vuonho init`: a new project ---

INIT_HELP = Text(
    """Đã ghi đủ --village, --commune và --phone thì không hỏi gì. Thêm --demo thì lấy thôn mẫu để xem thử và sửa dần.

    Đang ở trong một sổ thì --add thêm vào sổ ấy một thôn nữa.

    Ví dụ: vuonho init thon-dong""",
    """With --village, --commune and --phone nothing is asked. With --demo you get the demo village, to look at and to change.

    Within a project, --add adds one more village to it.

    Example: vuonho init my-village""",
)


def make_init(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @click.command("init", cls=SpokenCommand, help=INIT_HELP.to(speech.language))
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


# --- `vuonho new`: a new household, its profile ready to be filled in ---

NEW_HELP = Text(
    """TÊN là tên gia đình chọn để mọi người thấy.

    Sổ mã đã mất mà biển vẫn treo ở nhà ấy thì thêm --code và con số trên biển.

    Ví dụ: vuonho new "Vườn ông Tư" --village thon-vuon-mau""",
    """NAME is the name that the family chose to be shown.

    If the register was lost and the plaque still hangs there, add --code and the number on it.

    Example: vuonho new "Vườn ông Tư" --village thon-vuon-mau""",
)
_VILLAGE = Text(
    "Thôn của hộ: tên thôn hoặc tên thư mục; chỉ có một thôn thì không cần.",
    "The household's village: its name or folder; not needed where there is one only.",
)

_CODE = Text(
    "Mã trên biển đang treo ở nhà ấy; không ghi thì máy cấp mã mới.",
    "The code on the plaque that hangs there; without it a new one is given.",
)


def make_new(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @click.command("new", cls=SpokenCommand, help=NEW_HELP.to(speech.language))
    @click.argument("name", metavar=Text("TÊN", "NAME").to(speech.language))
    @click.option("--village", metavar=Text("THÔN", "VILLAGE").to(speech.language), default="",
                  help=_VILLAGE.to(speech.language))  # fmt: skip
    @click.option(
        "--code", metavar=Text("MÃ", "CODE").to(speech.language), default="", help=_CODE.to(speech.language)
    )
    @common(speech)
    @click.pass_context
    def new(context: click.Context, folder: Path | None, name: str, village: str, code: str) -> None:
        root = tended_folder(context, folder, speech)
        if not village:
            _ask_for_one(villages_of(root))
        today = this_day()
        made = add_household(root, name, village, today, speech.language, code)
        for other in made.namesakes:
            speech.note(Text(f"Lưu ý: thôn đã có hộ tên này: {other}",
                             f"Note: the village has a household of this name: {other}"))  # fmt: skip
        click.echo(f"{made.code}  {made.file}")
        speech.tell(Text("Mở tệp này điền tiếp, lưu lại, rồi chạy: vuonho check",
                         "Open this file, fill it in, save it, then run: vuonho check"))  # fmt: skip

    return new


def _ask_for_one(villages: tuple[tuple[str, str], ...]) -> None:
    """Raise WrongUse where there are several villages and none was named."""
    if len(villages) > 1:
        there = ", ".join(f"{slug} ({name})" if name else slug for slug, name in villages)
        raise WrongUse(
            Text(f"Thiếu --village. Đang có: {there}.", f"--village is missing. There are: {there}.")
        )
