"""A computer whose clock is far out: what would be recorded with its day is not, and what needs no day goes on."""

from datetime import datetime, tzinfo
from pathlib import Path

import pytest

from case_kit import each
from command_kit import build, files, vuonho


def set_clock(monkeypatch: pytest.MonkeyPatch, year: int) -> None:
    """Let the program's clock, and that of its libraries, stand in another year."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            return cls(year, 12, 1, 9, 30, tzinfo=tz)

    monkeypatch.setattr("vuonho.cli.commands.datetime", Clock)
    monkeypatch.setattr("time.time", Clock(year, 12, 1, 9, 30).timestamp)


@each("year", [1970, 2200])
def test_nothing_is_recorded_with_a_day_that_cannot_be(
    unbuilt: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, year: int
) -> None:
    """Whatever writes a day names the clock and changes nothing: a print, a withdrawal, a backup, a code, a project."""
    set_clock(monkeypatch, year)
    before = files(unbuilt)
    for call in (
        ("plaques", "--all", "--yes", "-o", tmp_path / "bien.pdf"),
        ("withdraw", "482135", "--yes"),
        ("backup", tmp_path / "cat.zip"),
        ("assign",),
        ("new", "Vườn thử"),
        ("status",),
        ("publish", "--dry-run"),
        ("init", tmp_path / "moi", "--village=Thôn 9", "--commune=18547", "--phone=0570 100 300"),
    ):
        done = vuonho("-C", unbuilt, *call)
        assert (done.code, done.out) == (1, ""), call
        assert (
            done.err == f"Đồng hồ máy đang chỉ 1/12/{year}.\n  → Chỉnh lại ngày giờ của máy, rồi chạy lại.\n"
        )
    assert files(unbuilt) == before
    assert list(tmp_path.iterdir()) == []


@each("year", [1970, 2200])
def test_what_needs_no_day_goes_on(
    unbuilt: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, year: int
) -> None:
    """Check, build and the workbook, which is the same to the byte."""
    assert vuonho("-C", unbuilt, "export", "-o", tmp_path / "nay.xlsx").code == 0
    set_clock(monkeypatch, year)
    assert vuonho("-C", unbuilt, "check").code == 0
    assert build(unbuilt).code == 0
    assert vuonho("-C", unbuilt, "export", "-o", tmp_path / "sai.xlsx").code == 0
    assert (tmp_path / "sai.xlsx").read_bytes() == (tmp_path / "nay.xlsx").read_bytes()


def test_a_clock_beyond_all_counting(unbuilt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python cannot even load its libraries with it: that too is said in words."""

    def clock() -> float:
        raise OverflowError("timestamp too large to convert to C _PyTime_t")

    monkeypatch.setattr("time.time", clock)
    done = vuonho("-C", unbuilt, "check", "--lang", "en")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("The clock of this computer says a year too far away.\n")
