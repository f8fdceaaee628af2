"""What the command line says and asks: in one language, on a terminal or elsewhere."""

import errno
import io
import json
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, TextIO

import click

from vuonho.errors import Problem, Severity, UserError, VuonhoError
from vuonho.i18n import Both, Joined, Text, languages, visible

LANGUAGES: Final = languages()
_WITH_YES = Text("If this is right, run again with --yes.")
_YES = frozenset({"c", "co", "có", "y", "yes", "vâng", "vang", "ừ", "dạ", "da", "ok"})
_NO = frozenset({"", "k", "ko", "khong", "không", "thôi", "thoi", "n", "no"})


@dataclass(frozen=True, slots=True)
class Console:
    """Where one call speaks; `language` is "vi" or "en"."""

    language: str

    def print(self, text: Text | str, **values: Any) -> None:
        """Print a sentence of the result."""
        echo(self._said(text, values))

    def success(self, text: Text | str, **values: Any) -> None:
        """Print that all went well."""
        echo(click.style(self._said(text, values), fg="green"))

    def warn(self, text: Text | str, **values: Any) -> None:
        """Print a sentence beside the result, where it does not get into a pipe; one to be heeded in yellow."""
        said = self._said(text, values)
        colour = "yellow" if said.startswith(f"{Text('Note').to(self.language)}:") else None
        echo(click.style(said, fg=colour), err=True)

    def _said(self, text: Text | str, values: dict[str, Any]) -> str:
        text = Text(text, **values) if isinstance(text, str) else text
        return printable(text.to(self.language))

    def waiting(self) -> None:
        """Say that another run has to end first."""
        self.warn(Text("Waiting for another vuonho to finish…"))

    def error(self, error: VuonhoError) -> None:
        """Print what went wrong, and what to do."""
        echo(render_error(error, self.language), err=True)

    def problems(self, problems: Sequence[Problem], *, err: bool = False) -> None:
        """Print what is wrong in the project's files, for people; nothing where nothing is."""
        if problems:
            echo(render_problems(problems, "text", self.language), err=err)

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
        how = Text("Type y for yes; Enter alone is no: ")
        prompt = f"{printable(question.to(self.language))} {how.to(self.language)}"
        while True:
            typed = click.prompt(prompt, default="", show_default=False, prompt_suffix="", err=True)
            answer = unicodedata.normalize("NFC", str(typed).strip(" .!").lower())
            if answer in _YES or answer in _NO:
                return answer in _YES

    def confirm(self, question: Text, *, yes: bool, otherwise: Text, is_grave: bool = True) -> bool:
        """Return whether something is to be done; `yes` says so without a question.

        `otherwise` is printed where it is not. Where nobody can be asked it also names --yes, and is an error
        (UserError) if the matter `is_grave`: it cannot be taken back.
        """
        if yes:
            return True
        if self.can_ask and self.ask(question):
            return True
        if not self.can_ask and is_grave:
            raise UserError(otherwise, _WITH_YES)
        self.print(otherwise if self.can_ask else Joined((otherwise, _WITH_YES), " "))
        return False

    def print_names(self, label: Text, names: Sequence[str], most: int, between: str) -> None:
        """Print a line for each of some names, the first of many only."""
        for name in names[:most]:
            self.print("  {label}{between}{name}", label=label, between=between, name=name)
        if (more := len(names) - most) > 0:
            self.print("  {label}{between}… and {more} more", label=label, between=between, more=more)

    @contextmanager
    def progress(self, what: Text, steps: int) -> Iterator[Callable[[], None]]:
        """Give a function that counts one step; a bar on a terminal, nothing elsewhere."""
        if steps < 2 or not self.is_watched:
            yield lambda: None
            return
        label = what.to(self.language).ljust(8)
        with click.progressbar(length=steps, label=label, file=sys.stderr, width=30) as bar:
            yield lambda: bar.update(1)


def echo(text: str, *, err: bool = False) -> None:
    """Write a text, on a terminal with its lines as wide as that is."""
    stream = sys.stderr if err else sys.stdout
    if stream is not None and stream.isatty():
        text = wrapped(text, shutil.get_terminal_size().columns)
    click.echo(text, err=err, color=colours())


_PIECES: Final = re.compile(r"vuonho(?: (?:[^\s,;.]|[,;.](?=\S))+)+\S*|\S+|(?<= )(?= )|^(?= )")
"""Words, and commands as a whole, which people copy; of blanks in a row each but the last is an empty word."""


def wrapped(text: str, width: int) -> str:
    """Return a text whose lines end between words; what goes on is indented under its first word."""
    return "\n".join(_wrapped_line(line, width) for line in text.split("\n"))


def _wrapped_line(line: str, width: int) -> str:
    bare = click.unstyle(line)
    indent = " " * (len(bare) - len(bare.lstrip(" →")))
    if len(bare) < width or len(indent) > width // 2:
        return line
    lines: list[str] = []
    for word in _PIECES.findall(line):
        if lines and len(click.unstyle(f"{lines[-1]} {word}")) < width:
            lines[-1] += f" {word}"
        else:
            lines.append(f"{indent}{word}" if lines else word)
    return "\n".join(lines)


def printable(text: str) -> str:
    """Return a text as a terminal may show it: whatever it repeats from outside steers nothing."""
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
    tag = wanted.strip().lower()[:2]
    return tag if tag in LANGUAGES else LANGUAGES[0]


def colours() -> bool | None:
    """Return False where nobody wants colours or the terminal has none; else None: each stream knows by itself."""
    return False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None


def speak_utf8() -> None:
    """Let Vietnamese through whatever the console's code page is."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")


# --- A pipe that nobody reads any more: `vuonho … | head -1` finishes its work and exits by what was done ---

# Windows says EINVAL of a pipe that nobody reads any more.
_GONE: Final = frozenset({errno.EPIPE, errno.EINVAL} if os.name == "nt" else {errno.EPIPE})


class _Outlet(io.RawIOBase):
    """A stream of the system that drops what is written once nobody reads it any more."""

    def __init__(self, raw: io.RawIOBase) -> None:
        super().__init__()
        self._raw = raw
        self._is_shut = False

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._raw.fileno()

    def isatty(self) -> bool:
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


def ignore_broken_pipe() -> None:
    """Let both streams of this process go on when their reader has gone; a terminal stays as it is."""
    sys.stdout = _ignoring_broken_pipe(sys.stdout)
    sys.stderr = _ignoring_broken_pipe(sys.stderr)


def _ignoring_broken_pipe(stream: TextIO) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper) or stream.isatty():
        return stream
    raw = getattr(stream.buffer, "raw", stream.buffer)
    if not isinstance(raw, io.RawIOBase):
        return stream
    stream.flush()
    outlet = io.BufferedWriter(_Outlet(raw))
    return io.TextIOWrapper(outlet, stream.encoding, stream.errors, line_buffering=stream.line_buffering)


# --- Problems as people and programs read them: text, json, or the annotations of GitHub ---

FORMATS: Final = ("text", "json", "github")
_LEVELS: Final = {Severity.ERROR: Text("Error"), Severity.WARNING: Text("Note")}
_COLOURS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
_ALIKE, _SHOWN = 3, 8
"""So many equal problems are named once in a text, and this many places of the others."""


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
        "{errors}, {notes}",
        errors=Text.counted("{count} error", "{count} errors", errors),
        notes=Text.counted("{count} note", "{count} notes", notes),
    )


def render_error(error: VuonhoError, language: str) -> str:
    """Return an error of the machine or of the call: what, and on the next line what to do."""
    message = click.style(printable(error.message.to(language)), fg="red", bold=True)
    hint = printable(error.hint.to(language))
    return f"{message}\n{click.style(f'  → {hint}', dim=True)}" if hint else message


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
    """Return a problem as GitHub shows it beside the line ("Workflow commands", GitHub Docs)."""

    def escape(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    place = {"file": problem.file, "line": problem.line, "col": problem.column, "title": problem.field}
    properties = ",".join(
        f"{key}={escape(str(value)).replace(':', '%3A').replace(',', '%2C')}"
        for key, value in place.items()
        if value
    )
    text = f"{problem.message.to(language)} {problem.hint.to(language)}".strip()
    return printable(f"::{problem.severity.value} {properties}::{escape(text)}")


def _as_text(problems: Sequence[Problem], language: str) -> Iterator[str]:
    alike: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        alike.setdefault(_kind(problem), []).append(problem)
    once = [one for one in problems if len(same := alike[_kind(one)]) < _ALIKE or one is same[0]]
    files = [(file, list(group)) for file, group in groupby(once, key=lambda problem: problem.file)]
    # Files with errors stand at the end: there the eye is when all is said.
    files.sort(key=lambda one: any(problem.severity is Severity.ERROR for problem in one[1]))
    for file, group in files:
        yield click.style(visible(file), bold=True)
        for problem in group:
            level = click.style(
                _LEVELS[problem.severity].to(language), fg=_COLOURS[problem.severity], bold=True
            )
            yield f"  {_place(problem, language)}{level}: {printable(problem.message.to(language))}"
            if hint := printable(problem.hint.to(language)):
                yield click.style(f"      → {hint}", dim=True)
            if len(same := alike[_kind(problem)]) >= _ALIKE:
                yield click.style(f"      {_others(same[1:]).to(language)}", dim=True)
        yield ""


def _kind(problem: Problem) -> tuple[object, ...]:
    """Return what problems have in common that are one mistake in several places; entries of a list are alike."""
    field = tuple(part for part in problem.field.split(".") if not part.isdigit())
    return problem.severity, problem.message, problem.hint, field


def _others(others: Sequence[Problem]) -> Text:
    """Return how many other places have the same problem, and the first of them."""
    places = [
        Text("{file} line {line}", file=file, line=one.line) if one.line else Both(file, file)
        for one in others[:_SHOWN]
        for file in (visible(one.file.removeprefix("profiles/")),)
    ]
    more = ", …" if len(others) > _SHOWN else ""
    return Text(
        "And {count} more like it: {places}{more}", count=len(others), places=Joined(places), more=more
    )


def _place(problem: Problem, language: str) -> str:
    """Return where it is: the line, and the field by its label, for people look for words and not for keys."""
    from vuonho.project.survey import name_of  # the schema loads slowly, and most calls have nothing to name

    line = Text("line {line}", line=problem.line).to(language) if problem.line else ""
    place = ", ".join(part for part in (line, name_of(problem).to(language)) if part)
    return f"{place}  " if place else ""
