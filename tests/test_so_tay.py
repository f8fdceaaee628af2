"""The handbook docs/so-tay.md: its transcript is what the program says, in one project from `init` to `restore`."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from command_kit import ROOT, Outcome, rows, vuonho
from transcript_kit import Play, Step, fill_in, steps_of, table_of

DOC = (ROOT / "docs/so-tay.md").read_text(encoding="utf-8")
DAYS = {"20/11/2026": 1, "21/11/2026": 0}
"""The days of the table, and how many days before today they are when it is typed: no profile may grow old."""
WRONG, RIGHT = "0570 01 234", "0570 012 346"


def type_the_table(step: Step) -> None:
    """Fill in the empty workbook; what the page tells to mend is mended when it is taken in for good."""
    today = date.today()  # noqa: DTZ011 - the day on the wall, as the program's
    typed = {day: f"{today - timedelta(ago):%d/%m/%Y}" for day, ago in DAYS.items()}
    if "--yes" in step.words:
        typed[WRONG] = RIGHT
    cells = [
        (sheet, column, typed.get(value, value)) for sheet, column, value in table_of(DOC, "Hộ|Cây trồng")
    ]
    fill_in(Path(step.words[2]), cells)


def withdraw_the_second(step: Step) -> Outcome:
    """Take off the second family of the table, whatever its code is today."""
    (code,) = (row[0] for row in rows(Path.cwd()) if "ong-tu" in row[1])
    return vuonho("withdraw", code, *step.words[3:])


BEFORE = {"import": type_the_table}
INSTEAD = {"withdraw": withdraw_the_second}


def test_the_transcript_is_what_the_program_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From an empty folder to a family that left and a project got back."""
    monkeypatch.chdir(tmp_path)
    assert WRONG in DOC
    assert f"`{RIGHT}`" in DOC
    assert Play(monkeypatch, BEFORE, INSTEAD).play(DOC) == []
    assert [row[0] for row in rows(tmp_path / "thon-dong")] == [
        row[0] for row in rows(tmp_path / "thu-lay-lai")
    ]


def test_the_transcript_goes_all_the_way() -> None:
    """No chapter's commands are left out of it."""
    told = {step.name for step in steps_of(DOC)}
    assert told >= {"init", "consent", "form", "import", "check", "build", "verify", "plaques", "status", "export",
                    "withdraw", "backup", "restore"}  # fmt: skip
