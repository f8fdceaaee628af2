"""The register after a spreadsheet has opened and saved it: days in the order of the United States, lost letters."""

import re
from pathlib import Path

import pytest

from command_kit import SLUG, edit, rows, vuonho

REGISTER, MEMORY = "profiles/codes.csv", ".vuonho/register.csv"
ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def american(text: str) -> str:
    """Return a text with its days as Excel in American English writes them."""
    return ISO.sub(lambda day: f"{int(day[2])}/{int(day[3])}/{day[1]}", text)


def change(file: Path, *pairs: tuple[str, str]) -> str:
    text = file.read_text(encoding="utf-8")
    for old, new in pairs:
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8", newline="\n")
    return text


def test_american_days_are_read(unbuilt: Path) -> None:
    """One day beyond the twelfth tells for all of the file, 11/2 among them; the next write has them as they were."""
    register = unbuilt / REGISTER
    (unbuilt / MEMORY).unlink()
    edit(
        register,
        "482135,thon-vuon-mau/ba-huong.yaml,2026-10-19",
        "482135,thon-vuon-mau/ba-huong.yaml,2026-11-02",
    )
    before = rows(unbuilt)
    register.write_text(american(register.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    assert "11/2/2026" in register.read_text(encoding="utf-8")
    assert vuonho("-C", unbuilt, "check").code == 0
    assert vuonho("-C", unbuilt, "new", "Vườn thử").code == 0
    assert rows(unbuilt)[:-1] == before


def test_what_is_remembered_decides(unbuilt: Path) -> None:
    """Where no day is beyond the twelfth; without a memory the day comes first, as people here write it."""
    register, memory = unbuilt / REGISTER, unbuilt / MEMORY
    was = change(register, ("2026-10-19", "2026-10-05"))
    for remembered, given in ((was, "2026-10-05"), ("", "2026-05-10")):
        register.write_text(american(was), encoding="utf-8", newline="\n")
        memory.write_text(remembered, encoding="utf-8", newline="\n")
        assert vuonho("-C", unbuilt, "new", "Vườn thử").code == 0
        assert {row[2] for row in rows(unbuilt) if row[1] != f"{SLUG}/vuon-thu.yaml"} == {given}
        (unbuilt / "profiles" / SLUG / "vuon-thu.yaml").unlink()


def test_two_orders_in_one_file_are_not_guessed(unbuilt: Path) -> None:
    """The day comes first; one that cannot be so is named, as ever."""
    change(unbuilt / REGISTER, ("482135,thon-vuon-mau/ba-huong.yaml,2026-10-19", "482135,thon-vuon-mau/ba-huong.yaml,19/10/2026"),
           ("2026-10-19", "10/19/2026"))  # fmt: skip
    assert "“10/19/2026”: không có tháng 19." in vuonho("-C", unbuilt, "check").out


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("cp1258", "tệp không lưu bằng UTF-8."),
        ("cp1252", "tệp không lưu bằng UTF-8."),
        ("ascii", "Chữ có dấu đã bị mất, chỉ còn dấu hỏi. “Treo ? c?ng sau, b? H??ng d?n”"),
    ],
)
def test_lost_letters_are_named(unbuilt: Path, encoding: str, said: str) -> None:
    """A column of the team's own, saved by a program that has no Vietnamese letters."""
    text = change(unbuilt / REGISTER, ("status\n", "status,ghi chu\n"), (",2026-10-19,,,\n", ",2026-10-19,,,,\n"),
                  (",2026-10-19,,,moved\n", ',2026-10-19,,,moved,"Treo ở cổng sau, bà Hường dặn"\n'),
                  ("withdrawn\n", "withdrawn,\n"))  # fmt: skip
    assert vuonho("-C", unbuilt, "check").code == 0
    (unbuilt / REGISTER).write_bytes(text.encode(encoding, "replace"))
    done = vuonho("-C", unbuilt, "check")
    assert (done.code, said in done.out) == (1, True), done.said


def test_lost_letters_are_told_by_what_is_remembered(unbuilt: Path) -> None:
    """A path that nobody would take for Vietnamese any more."""
    text = change(unbuilt / REGISTER, ("ba-huong.yaml", "bà-hường.yaml"))
    (unbuilt / MEMORY).write_text(text, encoding="utf-8", newline="\n")
    (unbuilt / "profiles" / SLUG / "ba-huong.yaml").rename(unbuilt / "profiles" / SLUG / "bà-hường.yaml")
    assert vuonho("-C", unbuilt, "check").code == 0
    (unbuilt / REGISTER).write_bytes(text.encode("ascii", "replace"))
    done = vuonho("-C", unbuilt, "check")
    assert (done.code, "profile trước là “thon-vuon-mau/bà-hường.yaml”" in done.out) == (1, True), done.said
