"""The newcomer's transcript in docs/first-plaque.md, run as it is written."""

import os
import re
import shlex
from pathlib import Path

import pytest
from openpyxl import load_workbook

from command_kit import ROOT, vuonho

DOC = (ROOT / "docs/first-plaque.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
ROW = re.compile(r"^\| (Hộ|Cây trồng) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def steps() -> list[tuple[list[str], str]]:
    """Return each command of the transcript with what it says there."""
    found = []
    for block in BLOCK.findall(DOC):
        for part in block.split("$ ")[1:]:
            command, _, said = part.partition("\n")
            found.append((shlex.split(command), said))
    return found


def fill_in(book: Path) -> None:
    """Type what the table of the transcript says into the first free row of each sheet."""
    workbook = load_workbook(book)
    for sheet, column, value in ROW.findall(DOC):
        headings = [str(cell.value).rstrip(" *") for cell in workbook[sheet][1]]
        workbook[sheet].cell(2, headings.index(column) + 1).value = value
    workbook.save(book)


def evened(said: str) -> str:
    """Leave out what differs from day to day: codes, dates, times."""
    said = re.sub(r"\d{4}-\d{2}-\d{2}-\d{6}", "NOW", said)
    return re.sub(r"\b\d{6}\b", "CODE", said)


def test_there_are_ten_commands_from_init_to_the_first_plaque() -> None:
    """As the heading says, and the last but one prints it."""
    commands = [words[1] for words, _ in steps() if words[0] == "vuonho"]
    assert len(commands) == 10
    assert (commands[0], commands[8:]) == ("init", ["plaques", "backup"])


def test_the_transcript_is_what_the_program_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command ends well and says what stands there; the plaque is there at the end."""
    monkeypatch.chdir(tmp_path)
    for words, said in steps():
        if words[0] == "cd":
            monkeypatch.chdir(words[1])
            continue
        if words[1] == "import":
            fill_in(Path(words[2]))
        done = vuonho(*words[1:])
        assert done.code == 0, done.said
        told = (done.err + done.out) if words[1] == "init" else (done.out + done.err)
        assert evened(told).strip() == evened(said).strip() or not said.strip(), words
    assert (Path.cwd() / "bien-200x150-dot-1.pdf").read_bytes().startswith(b"%PDF")
    assert os.path.getsize(tmp_path / "sao-luu.zip") > 1000  # noqa: PTH202 - beside the project
