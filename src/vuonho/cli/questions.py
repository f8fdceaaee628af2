"""Questions on a terminal: one at a time, with help, a beginning to take, and asked again until the answer will do."""

from collections.abc import Mapping
from shutil import get_terminal_size
from textwrap import fill

import click

from vuonho.bilingual import NOTHING, Text
from vuonho.cli.report import render_error
from vuonho.cli.speech import Speech
from vuonho.errors import Refused
from vuonho.founding.opening import QUESTIONS, Question, doubt, is_put_off, read_answer, suggest

_INTRO = Text(
    "Trả lời từng câu rồi nhấn Enter. Sai đâu sau này sửa lại được. Muốn dừng: Ctrl-C.",
    "Answer one by one, each with Enter. All of it can be changed later. To stop: Ctrl-C.",
)
_TAKE = Text("Chỉ nhấn Enter thì lấy: ", "Enter alone takes: ")
_LATER = Text("Chưa có địa chỉ thì gõ: chưa. Lúc ấy lấy tạm ",
              "If there is none yet, type: later. Then this stands in: ")  # fmt: skip
_SKIP = Text("Chưa có thì nhấn Enter.", "Enter alone leaves it out.")
_CHOOSE = Text("Chọn một: ", "Choose one: ")
_AGAIN = Text("Xem lại rồi gõ lại; chắc là đúng thì gõ y như vậy lần nữa.",
              "Look again and type it again; if it is right, type the same once more.")  # fmt: skip
_NEEDED = Text("Câu này cần có câu trả lời.", "This one needs an answer.")


def ask(
    given: Mapping[str, str], speech: Speech, questions: tuple[Question, ...] = QUESTIONS
) -> dict[str, str]:
    """Return the answers by the names of their questions, after asking whatever is not given.

    Raises Refused for a given answer that will not do, click.Abort where somebody stops.
    """
    speech.tell(_INTRO)
    answers: dict[str, str] = {}
    for question in questions:
        typed = given.get(question.name, "")
        if typed:
            answers[question.name] = answer = read_answer(question, typed, answers)
            if answer != typed:
                click.echo(f"--{question.name}: {typed} → {answer}")
        elif question.is_wanted(answers) and (answer := _ask_until_right(question, answers, speech)):
            answers[question.name] = answer
    return answers


def _ask_until_right(question: Question, answers: Mapping[str, str], speech: Speech) -> str:
    """Return the answer, "" where the beginning is taken or nothing is answered."""
    suggested = suggest(question, answers).vi
    _introduce(question, suggested, answers, speech)
    doubted = ""
    while True:
        typed = str(click.prompt(">", default="", show_default=False, prompt_suffix=" ")).strip()
        if not typed and not question.for_ever and (suggested or not question.is_required(answers)):
            return ""
        if not typed:
            click.echo(render_error(Refused(_NEEDED, _begin(question, suggested)), speech.language))
            continue
        if is_put_off(question, typed):
            click.echo(f"  → {suggested}")
            return ""
        try:
            answer = read_answer(question, typed, answers)
        except Refused as refused:
            click.echo(render_error(refused, speech.language))
            continue
        unsure = doubt(question, answer, answers)
        if any(unsure) and answer != doubted:
            doubted = answer
            click.echo(render_error(Refused(unsure, _AGAIN), speech.language))
            continue
        if answer != typed:
            click.echo(f"  → {answer}")
        return answer


def _introduce(question: Question, suggested: str, answers: Mapping[str, str], speech: Speech) -> None:
    field = question.field
    click.echo()
    click.secho(field.label.to(speech.language), bold=True)
    _tell((field.help if suggested else field.advice).to(speech.language))
    if field.words:
        _tell(_CHOOSE.to(speech.language) + ", ".join(word.label.to(speech.language) for word in field.words))
    if suggested:
        _tell(_begin(question, suggested).to(speech.language))
    elif not question.is_required(answers):
        _tell(_SKIP.to(speech.language))


def _begin(question: Question, suggested: str) -> Text:
    """Return how its beginning is taken, if it has one."""
    how = _LATER if question.for_ever else _TAKE
    return Text(how.vi + suggested, how.en + suggested) if suggested else NOTHING


def _tell(text: str) -> None:
    """Print a text indented, broken between words."""
    width = min(get_terminal_size().columns, 100)
    click.echo(fill(text, width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False))
