"""What the command line says and asks, in the language chosen, on a terminal or elsewhere."""

import errno
import io
import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, groupby
from shutil import get_terminal_size
from textwrap import fill
from typing import Any, Final, TextIO

import click

from vuonho.errors import Problem, Refused, Severity, VuonhoError
from vuonho.i18n import NOTHING, Text, visible
from vuonho.scaffold.init import QUESTIONS, Question, doubt, is_put_off, read_answer, suggest

# --- What the command line says, in the language chosen, on a terminal or elsewhere ---

LANGUAGES = ("vi", "en")
_HEED = "Lưu ý:"
_WITH_YES = Text("Xem đúng rồi thì chạy lại với --yes.", "If this is right, run again with --yes.")
_YES = frozenset({"c", "co", "có", "y", "yes", "vâng", "vang", "ừ", "dạ", "da", "ok"})
_NO = frozenset({"", "k", "ko", "khong", "không", "thôi", "thoi", "n", "no"})


@dataclass(frozen=True, slots=True)
class Speech:
    """The voice of one run: `language` is "vi" or "en"."""

    language: str

    def tell(self, text: Text) -> None:
        """Print a sentence of the result."""
        click.echo(shown(text.to(self.language)))

    def cheer(self, text: Text) -> None:
        """Print that all went well."""
        click.secho(shown(text.to(self.language)), fg="green", color=colours())

    def note(self, text: Text) -> None:
        """Print a sentence beside the result, where it does not get into a pipe; one to be heeded in yellow."""
        colour = "yellow" if text.vi.startswith(_HEED) else None
        click.secho(shown(text.to(self.language)), err=True, fg=colour, color=colours())

    @property
    def is_watched(self) -> bool:
        """True where somebody looks at a terminal, and not a file or nothing."""
        is_plain = os.environ.get("TERM") == "dumb"  # it cannot write over what it has written
        return sys.stderr is not None and sys.stderr.isatty() and not is_plain

    @property
    def can_ask(self) -> bool:
        """True where somebody sits at a terminal and can answer."""
        return sys.stdin is not None and sys.stdin.isatty()

    def ask(self, question: Text) -> bool:
        """Return whether the answer is yes; nothing is no, and whatever is neither is asked again."""
        how = Text("Gõ c là có; chỉ nhấn Enter là không: ", "Type y for yes; Enter alone is no: ")
        said = f"{shown(question.to(self.language))} {how.to(self.language)}"
        while True:
            typed = click.prompt(said, default="", show_default=False, prompt_suffix="", err=True)
            answer = unicodedata.normalize("NFC", str(typed).strip(" .!").lower())
            if answer in _YES or answer in _NO:
                return answer in _YES

    def confirm(self, question: Text, *, yes: bool, otherwise: Text) -> bool:
        """Return whether something that cannot be taken back is to be done; `yes` says so without a question.

        `otherwise` is what is said where it is not. Raises Refused where nobody can be asked.
        """
        if yes:
            return True
        if not self.can_ask:
            raise Refused(otherwise, _WITH_YES)
        if not self.ask(question):
            self.tell(otherwise)
            return False
        return True

    @contextmanager
    def progress(self, what: Text, steps: int) -> Iterator[Callable[[], None]]:
        """Give a function that counts one step; a bar on a terminal, nothing elsewhere."""
        if steps < 2 or not self.is_watched:
            yield lambda: None
            return
        label = what.to(self.language).ljust(8)
        with click.progressbar(length=steps, label=label, file=sys.stderr, width=30) as bar:
            yield lambda: bar.update(1)


def shown(text: str) -> str:
    """Return what is said as a terminal may show it: whatever it repeats from outside steers nothing."""
    return "\n".join(map(visible, text.split("\n")))


def choose_language(arguments: Sequence[str]) -> str:
    """Return the language of `--lang`, else of VUONHO_LANG, else Vietnamese."""
    wanted = os.environ.get("VUONHO_LANG", "")
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith("--lang="):
            wanted = argument.removeprefix("--lang=")
        elif argument == "--lang":
            wanted = "".join(arguments[position + 1 : position + 2])
    return "en" if wanted.strip().lower().startswith("en") else "vi"


def colours() -> bool | None:
    """Return False where nobody wants colours or the terminal has none; else None: each stream knows by itself."""
    return False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None


def speak_utf8() -> None:
    """Let Vietnamese through whatever the console's code page is."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")


# --- Text in columns, as wide as a terminal shows it: an accent takes no room, a wide letter takes two ---

WIDTH: Final = 80
_ELLIPSIS: Final = "…"


def width(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    return sum(map(_cells, unicodedata.normalize("NFC", text)))


def _cells(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1


def left(text: str, cells: int) -> str:
    """Return a text filled with blanks at its right."""
    return text + " " * (cells - width(text))


def right(text: str, cells: int) -> str:
    """Return a text filled with blanks at its left."""
    return " " * (cells - width(text)) + text


def cut(text: str, cells: int) -> str:
    """Return a text of at most so many cells, with … in place of what does not fit."""
    text = unicodedata.normalize("NFC", text)
    if width(text) <= cells:
        return text
    kept = ""
    for sign in text:
        if width(kept + sign) > cells - 1:
            break
        kept += sign
    return kept.rstrip() + _ELLIPSIS


def wrapped(pieces: Iterable[str], first: str, then: str, cells: int = WIDTH) -> list[str]:
    """Return pieces of text in lines of at most so many cells; a piece is broken only where no line can hold it.

    `first` begins the first line, `then` the others.
    """
    room = cells - width(then)
    lines, line, is_begun = [], first, False
    for piece in chain.from_iterable(_broken(piece, room) for piece in pieces):
        if width(line) + is_begun + width(piece) > cells and (is_begun or width(first) > width(then)):
            lines.append(line.rstrip())
            line, is_begun = then, False
        line += f" {piece}" if is_begun else piece
        is_begun = True
    return [*lines, line.rstrip()]


def _broken(piece: str, room: int) -> Iterable[str]:
    return (piece,) if width(piece) <= room else (cut(word, room) for word in piece.split())


def table(rows: Sequence[Sequence[str]], cells: int = WIDTH, gap: int = 2) -> list[str]:
    """Return rows as lines: the first column of words at the left and cut to fit, all others of figures."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    others = sum(widths[1:]) + gap * (len(widths) - 1)
    widths[0] = min(widths[0], cells - others)
    return [
        (" " * gap).join(
            (left(cut(row[0], widths[0]), widths[0]),
             *(right(one, wide) for one, wide in zip(row[1:], widths[1:], strict=True)))
        ).rstrip()
        for row in rows
    ]  # fmt: skip


# --- Output that outlives its listener: `vuonho … | head -1` finishes its work and exits by what was done ---

# Windows says EINVAL of a pipe that nobody reads any more.
_GONE: Final = frozenset({errno.EPIPE, errno.EINVAL} if os.name == "nt" else {errno.EPIPE})


class Outlet(io.RawIOBase):
    """A stream of the system that drops what is written once nobody reads it any more."""

    def __init__(self, raw: io.RawIOBase) -> None:
        super().__init__()
        self._raw = raw
        self._is_shut = False

    def writable(self) -> bool:
        """Return True."""
        return True

    def fileno(self) -> int:
        """Return the number that the system gave the stream."""
        return self._raw.fileno()

    def isatty(self) -> bool:
        """Tell whether the stream is a terminal."""
        return self._raw.isatty()

    def write(self, content: Any, /) -> int | None:
        """Return how much was taken; all of it where nobody listens. A full disk is complained of once."""
        try:
            if not self._is_shut:
                return self._raw.write(content)
        except OSError as error:
            self._is_shut = True
            if error.errno not in _GONE:
                raise
        return memoryview(content).nbytes


def outlive_listeners() -> None:
    """Let both streams of this process go on when their reader has gone; a terminal stays as it is."""
    sys.stdout = _outliving(sys.stdout)
    sys.stderr = _outliving(sys.stderr)


def _outliving(stream: TextIO) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper) or stream.isatty():
        return stream
    raw = getattr(stream.buffer, "raw", stream.buffer)
    if not isinstance(raw, io.RawIOBase):
        return stream
    stream.flush()
    outlet = io.BufferedWriter(Outlet(raw))
    return io.TextIOWrapper(outlet, stream.encoding, stream.errors, line_buffering=stream.line_buffering)


# --- Problems as people and programs read them: text, json, or the annotations of GitHub ---

FORMATS = ("text", "json", "github")
LEVELS = {Severity.ERROR: Text("Lỗi", "Error"), Severity.WARNING: Text("Lưu ý", "Note")}
_ALIKE, _SHOWN = 3, 8
"""So many equal problems are named once in a text, and this many places of the others."""
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def render_problems(problems: Sequence[Problem], form: str, language: str) -> str:
    """Return the problems in one of FORMATS; "" where a text would be empty. A text names files with errors last."""
    if form == "json":
        return json.dumps([_as_dict(problem, language) for problem in problems], ensure_ascii=False, indent=1)
    if form == "github":
        return "\n".join(_as_annotation(problem, language) for problem in problems)
    return "\n".join(_as_text(problems, language))


def count_problems(problems: Iterable[Problem]) -> Text:
    """Return how many errors and warnings there are, in words."""
    found = [problem.severity for problem in problems]
    errors, notes = found.count(Severity.ERROR), found.count(Severity.WARNING)
    return Text(
        f"{errors} lỗi, {notes} lưu ý",
        f"{errors} error{'s' * (errors != 1)}, {notes} note{'s' * (notes != 1)}",
    )


def render_error(error: VuonhoError, language: str) -> str:
    """Return an error of the machine or of the call: what, and on the next line what to do."""
    message = click.style(shown(error.message.to(language)), fg="red", bold=True)
    hint = shown(error.hint.to(language))
    return f"{message}\n{dimmed(f'  → {hint}')}" if hint else message


def dimmed(text: str) -> str:
    """Return what to do about a problem, less loud than the problem."""
    return click.style(text, dim=True)


def _as_dict(problem: Problem, language: str) -> dict[str, str | int | None]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "field": problem.field,
        "message": problem.message.to(language),
        "hint": problem.hint.to(language),
        "severity": problem.severity.value,
    }


def _as_annotation(problem: Problem, language: str) -> str:
    place = [
        ("file", problem.file),
        ("line", problem.line),
        ("col", problem.column),
        ("title", problem.field),
    ]
    told = ",".join(f"{key}={_escape(str(value), property=True)}" for key, value in place if value)
    text = f"{problem.message.to(language)} {problem.hint.to(language)}".strip()
    return shown(f"::{problem.severity.value} {told}::{_escape(text)}")


def _escape(text: str, *, property: bool = False) -> str:  # noqa: A002 - GitHub's own word
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if property else text


def _as_text(problems: Sequence[Problem], language: str) -> Iterable[str]:
    alike: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        alike.setdefault(_kind(problem), []).append(problem)
    once = [one for one in problems if len(same := alike[_kind(one)]) < _ALIKE or one is same[0]]
    for file, group in _errors_last(once):
        yield click.style(visible(file), bold=True)
        for problem in group:
            level = click.style(
                LEVELS[problem.severity].to(language), fg=COLOURS[problem.severity], bold=True
            )
            yield f"  {_place(problem, language)}{level}: {shown(problem.message.to(language))}"
            if hint := shown(problem.hint.to(language)):
                yield dimmed(f"      → {hint}")
            if len(same := alike[_kind(problem)]) >= _ALIKE:
                yield dimmed(f"      {_others(same[1:]).to(language)}")
        yield ""


def _kind(problem: Problem) -> tuple[object, ...]:
    """Return what problems have in common that are one mistake in several places; entries of a list are alike."""
    field = tuple(part for part in problem.field.split(".") if not part.isdigit())
    return problem.severity, problem.message, problem.hint, field


def _others(others: Sequence[Problem]) -> Text:
    """Return how many other places have the same problem, and the first of them."""
    files = [visible(one.file.removeprefix("profiles/")) for one in others[:_SHOWN]]
    places = [(file, one.line) for file, one in zip(files, others, strict=False)]
    more = ", …" if len(others) > _SHOWN else ""
    vi, en = (
        ", ".join(f"{file} {word} {line}" if line else file for file, line in places)
        for word in ("dòng", "line")
    )
    return Text(
        f"Và {len(others)} chỗ nữa như vậy: {vi}{more}", f"And {len(others)} more like it: {en}{more}"
    )


def _errors_last(problems: Sequence[Problem]) -> list[tuple[str, list[Problem]]]:
    """Return the problems by their files, those that hold errors at the end: there the eye is when all is said."""
    files = [(file, list(group)) for file, group in groupby(problems, key=lambda problem: problem.file)]
    return sorted(files, key=lambda one: any(problem.severity is Severity.ERROR for problem in one[1]))


def _place(problem: Problem, language: str) -> str:
    """Return where it is: the line, and the field by its label, for people look for words and not for keys."""
    from vuonho.project.survey import name_of  # noqa: PLC0415 - the schema loads slowly, and most calls have nothing to name

    line = Text(f"dòng {problem.line}", f"line {problem.line}").to(language) if problem.line else ""
    place = ", ".join(part for part in (line, name_of(problem).to(language)) if part)
    return f"{place}  " if place else ""


# --- Questions on a terminal: one at a time, with help, a beginning to take, and asked again until the answer will do ---

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
