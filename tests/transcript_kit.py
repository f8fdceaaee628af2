"""The ```console blocks of the documentation, run as they are written, and compared with what stands there.

A line that begins with "$ " is typed, what follows is what the program says. `vuonho` runs in this process. What
differs from day to day or from place to place (codes, days, times, sizes, where a backup lies) is evened out on both sides before it is compared.
A command with nothing below it may say what it likes; it must still end well. A fence of another kind (```sh,
```powershell, ```text) is not run: the text around it says why.
"""

import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook

from command_kit import Outcome, vuonho

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
EVENED = (
    (re.compile(r"^\S*[/\\](?=[\w-]+\.zip: )", re.MULTILINE), ""),
    (re.compile(r"\S*[/\\](?=[\w-]+(?:\.zip|-lay-lai)(?:\s|$))"), ""),
    (re.compile(r"→ vuonho backup \S+"), "→ vuonho backup USB"),
    (re.compile(r"\d{4}-\d{2}-\d{2}-\d{6}"), "NOW"),
    (re.compile(r"\b\d{4}-\d{2}-\d{2}\b"), "DAY"),
    (re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b"), "DAY"),
    (re.compile(r"\b\d{6}\b"), "CODE"),
    (re.compile(r"\b\d{1,2}:\d{2}(:\d{2})?\b"), "TIME"),
    (re.compile(r"\b[\d.,]+ (kB|KB|MB|GB|byte)\b"), "SIZE"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a transcript: its words, what it says there, on which line it stands, and where that begins."""

    words: tuple[str, ...]
    said: str
    line: int
    start: int

    @property
    def name(self) -> str:
        """The command of vuonho, or the name of another program."""
        return self.words[1] if self.words[0] == "vuonho" else self.words[0]


def steps_of(text: str) -> Iterator[Step]:
    """Return the commands of every ```console block of a page, in order."""
    for block in BLOCK.finditer(text):
        for part in re.finditer(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block[1], re.MULTILINE):
            line = text.count("\n", 0, block.start(1) + part.start()) + 1
            yield Step(tuple(shlex.split(part[1])), part[2], line, block.start(1) + part.start(2))


def evened(said: str) -> str:
    """Leave out what differs from day to day."""
    for pattern, word in EVENED:
        said = pattern.sub(word, said)
    return "\n".join(line.rstrip() for line in said.strip().splitlines())


@dataclass(frozen=True, slots=True)
class Play:
    """A transcript being played in a fresh folder.

    `before` holds what a person does by hand before a command of that name (filling in a workbook, editing a file);
    `instead` runs commands that cannot run as a plain call, such as a server that is stopped by a key.
    """

    monkeypatch: pytest.MonkeyPatch
    before: Mapping[str, Callable[[Step], None]]
    instead: Mapping[str, Callable[[Step], Outcome]]

    def untrue(self, text: str) -> list[Step]:
        """Run every command of a page; return those whose words there are not what was said."""
        return [step for step in steps_of(text) if not self._is_true(step)]

    def refilled(self, text: str) -> str:
        """Run every command of a page; return the page with what was said, for docs/transcripts.py.

        What differs only as from day to day stays, so that the codes and days of a page go on belonging together.
        """
        parts, end = [], 0
        for step in steps_of(text):
            done = self._run(step)
            if done and step.said.strip() and evened(step.said) != evened(told_by(step, done)):
                parts += [text[end : step.start], told_by(step, done) + "\n"]
                end = step.start + len(step.said)
        return "".join((*parts, text[end:]))

    def _is_true(self, step: Step) -> bool:
        done = self._run(step)
        if done is None:
            return True
        is_same = not step.said.strip() or evened(step.said) == evened(told_by(step, done))
        if not is_same:
            print(f"line {step.line}: {shlex.join(step.words)}\n{done.said}")  # noqa: T201 - for whoever fixes the page
        return is_same and done.code == expected_code(step)

    def _run(self, step: Step) -> Outcome | None:
        """Return what a command gave; None for `cd`, which gives nothing."""
        if step.name == "cd":
            self.monkeypatch.chdir(step.words[1])
            return None
        self.before.get(step.name, _nothing)(step)
        return self.instead[step.name](step) if step.name in self.instead else vuonho(*step.words[1:])


def told_by(step: Step, done: Outcome) -> str:
    """Return what was said, its two streams in the order of a terminal: the notes of `init` come first."""
    said = "\n".join(stream.strip("\n") for stream in _order(step, done) if stream.strip())
    return "\n".join(line.rstrip() for line in said.splitlines())


def _order(step: Step, done: Outcome) -> tuple[str, str]:
    return (done.err, done.out) if step.name == "init" else (done.out, done.err)


def expected_code(step: Step) -> int:
    """Return 1 for a command that the page shows to refuse, 130 for one that is stopped by a key, else 0."""
    if "^C" in step.said:
        return 130
    return 1 if re.search(r"^(Lỗi|Error):|\b[1-9]\d* (lỗi|errors?),", step.said, re.MULTILINE) else 0


def _nothing(_: Step) -> None:
    """Do nothing by hand."""


def fill_in(book: Path, rows: list[tuple[str, str, str]]) -> None:
    """Type values (sheet, heading, value) into a workbook: each value below those its column has been given."""
    workbook = load_workbook(book)
    filled: dict[tuple[str, str], int] = {}
    for sheet, column, value in rows:
        headings = [str(cell.value).rstrip(" *") for cell in workbook[sheet][1]]
        row = filled.get((sheet, column), 1) + 1
        filled[sheet, column] = row
        if value:
            workbook[sheet].cell(row, headings.index(column) + 1).value = value
    workbook.save(book)


def table_of(text: str, sheets: str) -> list[tuple[str, str, str]]:
    """Return the rows (sheet, column, value) of the tables that say what to type; several values stand in cells."""
    found = re.findall(rf"^\| ({sheets}) \| (.+?) \| (.+) \|$", text, re.MULTILINE)
    return [(sheet, column, value.strip()) for sheet, column, rest in found for value in rest.split(" | ")]
