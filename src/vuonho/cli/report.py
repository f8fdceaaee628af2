"""Problems as people and programs read them: text, json, or the annotations of GitHub."""

import json
from collections.abc import Iterable, Sequence
from itertools import groupby

import click

from vuonho.bilingual import Text, visible
from vuonho.cli.speech import shown
from vuonho.errors import Problem, Severity, VuonhoError

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
    from vuonho.labels import name_of  # noqa: PLC0415 - the schema loads slowly, and most calls have nothing to name

    line = Text(f"dòng {problem.line}", f"line {problem.line}").to(language) if problem.line else ""
    place = ", ".join(part for part in (line, name_of(problem).to(language)) if part)
    return f"{place}  " if place else ""
