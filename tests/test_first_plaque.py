"""The newcomer's transcript in docs/first-plaque.md, run as it is written."""

import os
from pathlib import Path

import pytest

from command_kit import ROOT
from transcript_kit import Play, Step, fill_in, steps_of, table_of

DOC = (ROOT / "docs/first-plaque.md").read_text(encoding="utf-8")


def fill_in_the_table(step: Step) -> None:
    """Type what the table of the transcript says into the first free row of each sheet."""
    fill_in(Path(step.words[2]), table_of(DOC, "Hộ|Cây trồng"))


def play_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Play:
    """Return the transcript ready to be played in an empty folder."""
    monkeypatch.chdir(folder)
    return Play(monkeypatch, {"import": fill_in_the_table}, {})


def test_there_are_ten_commands_from_init_to_the_first_plaque() -> None:
    """As the heading says, and the last but one prints it."""
    commands = [step.name for step in steps_of(DOC) if step.words[0] == "vuonho"]
    assert len(commands) == 10
    assert (commands[0], commands[8:]) == ("init", ["plaques", "backup"])


def test_the_transcript_is_what_the_program_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command ends well and says what stands there; the plaque is there at the end."""
    assert play_in(tmp_path, monkeypatch).untrue(DOC) == []
    assert (Path.cwd() / "bien-200x150-dot-1.pdf").read_bytes().startswith(b"%PDF")
    assert os.path.getsize(tmp_path / "sao-luu.zip") > 1000  # noqa: PTH202 - beside the project
