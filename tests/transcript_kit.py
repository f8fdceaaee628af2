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
    (re.compile(r"\d{4}-\d{2}-\d{2}-\d{6}"), "NOW"),
    (re.compile(r"\b\d{4}-\d{2}-\d{2}\b"), "DAY"),
    (re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b"), "DAY"),
    (re.compile(r"\b\d{6}\b"), "CODE"),
    (re.compile(r"\b\d{1,2}:\d{2}(:\d{2})?\b"), "TIME"),
    (re.compile(r"\b[\d.,]+ (kB|KB|MB|GB|byte)\b"), "SIZE"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a transcript: its words, what it says there, and the line on which it stands."""

    words: tuple[str, ...]
    said: str
    line: int

    @property
    def name(self) -> str:
        """The command of vuonho, or the name of another program."""
        return self.words[1] if self.words[0] == "vuonho" else self.words[0]


def steps_of(text: str) -> Iterator[Step]:
    """Return the commands of every ```console block of a page, in order."""
    for block in BLOCK.finditer(text):
        line = text.count("\n", 0, block.start()) + 2
        for part in re.split(r"^(?=\$ )", block[1], flags=re.MULTILINE):
            command, _, said = part.removeprefix("$ ").partition("\n")
            if part.startswith("$ "):
                yield Step(tuple(shlex.split(command)), said, line)
            line += part.count("\n")


def evened(said: str) -> str:
    """Leave out what differs from day to day."""
    for pattern, word in EVENED:
        said = pattern.sub(word, said)
    return "\n".join(line.rstrip() for line in said.strip().splitlines())


@dataclass
class Play:
    """A transcript being played in a fresh folder.

    `before` holds what a person does by hand before a command of that name (filling in a workbook, editing a file);
    `instead` runs commands that cannot run as a plain call, such as a server that is stopped by a key.
    """

    monkeypatch: pytest.MonkeyPatch
    before: Mapping[str, Callable[[Step], None]]
    instead: Mapping[str, Callable[[Step], Outcome]]

    def play(self, text: str) -> list[Step]:
        """Run every command; return those whose words on the page are not what was said."""
        return [step for step in steps_of(text) if not self._is_true(step)]

    def _is_true(self, step: Step) -> bool:
        if step.name == "cd":
            self.monkeypatch.chdir(step.words[1])
            return True
        self.before.get(step.name, _nothing)(step)
        done = self.instead[step.name](step) if step.name in self.instead else vuonho(*step.words[1:])
        told = evened(done.out + done.err), evened(done.err + done.out)
        is_same = not step.said.strip() or evened(step.said) in told
        if not is_same:
            print(f"line {step.line}: {shlex.join(step.words)}\n{done.said}")  # noqa: T201 - for whoever mends the page
        return is_same and done.code == expected_code(step)


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
