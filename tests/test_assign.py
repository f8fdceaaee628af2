"""Codes for those who lack one: one line in the profile, one row in the register, all or nothing."""

import os
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from case_kit import each
from vuonho.cli.app import run
from vuonho.cli.console import Console
from vuonho.errors import DataProblems
from vuonho.model.codes import is_code
from vuonho.register.assign import Assigned, assign
from vuonho.register.register import parse_register

TODAY = date(2026, 11, 2)
HEAD = "code,profile,given,printed,url,status\n"
BODY = """name: Vườn bà Hường
consent: {given: 2026-10-20, by: Nguyễn Thị Hường, how: paper}
location: {address: Xóm Đông}
garden: {area: 1800}
checked: 2026-11-02
"""


def project(root: Path, profiles: dict[str, str | bytes], register: str | bytes | None = None) -> Path:
    folder = root / "profiles" / "vuon"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "village.yaml").write_text("name: Thôn Vườn\n", encoding="utf-8")
    for name, content in profiles.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    if register is not None:
        raw = register.encode() if isinstance(register, str) else register
        (root / "profiles" / "codes.csv").write_bytes(raw)
    return root


def contents(root: Path) -> dict[str, bytes]:
    """Every file of the project but the lock's, by its path."""
    files = (path for path in (root / "profiles").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def rows(root: Path) -> list[tuple[str, str, date, str]]:
    register = parse_register((root / "profiles" / "codes.csv").read_text(encoding="utf-8"))
    return [(row.code, row.profile, row.given, row.status) for row in register.rows]


def problems_of(root: Path) -> list[tuple[str, str]]:
    """File and message of each problem, after making sure that nothing was changed."""
    before = contents(root)
    with pytest.raises(DataProblems) as caught:
        assign(root, TODAY)
    assert before == contents(root)
    return [(problem.file, problem.message.en) for problem in caught.value.problems]


@each(
    ("mark", "codec", "newline"),
    [
        (b"", "utf-8", "\n"),
        (b"", "utf-8", "\r\n"),
        (b"\xef\xbb\xbf", "utf-8", "\r\n"),
        (b"\xff\xfe", "utf-16-le", "\r\n"),
        (b"\xfe\xff", "utf-16-be", "\n"),
    ],
)
def test_a_profile_changes_by_its_code_alone(tmp_path: Path, mark: bytes, codec: str, newline: str) -> None:
    """Marks, encodings, line ends, comments and blank lines stay as they are."""
    text = ("# Hộ thứ nhất\n\n" + BODY + "# hết").replace("\n", newline)
    project(tmp_path, {"huong.yaml": mark + text.encode(codec)})
    ((file, code),) = assign(tmp_path, TODAY).given
    assert file == "profiles/vuon/huong.yaml"
    assert is_code(code)
    assert len(code) == 6
    expected = text.replace("name:", f'code: "{code}"{newline}name:', 1)
    assert mark + expected.encode(codec) == contents(tmp_path)["profiles/vuon/huong.yaml"]
    assert [(code, "vuon/huong.yaml", TODAY, "")] == rows(tmp_path)


def test_a_second_run_does_nothing(tmp_path: Path) -> None:
    """What has a code and a row is left alone, to the byte and to the minute."""
    project(tmp_path, {"a.yaml": BODY, "b.yaml": BODY})
    assign(tmp_path, TODAY)
    before = contents(tmp_path)
    stamps = {path: path.stat().st_mtime_ns for path in (tmp_path / "profiles").rglob("*.*")}
    assert Assigned((), ()) == assign(tmp_path, date(2027, 1, 1))
    assert before == contents(tmp_path)
    assert stamps == {path: path.stat().st_mtime_ns for path in stamps}


def test_a_carried_code_enters_the_register(tmp_path: Path) -> None:
    """A code in a profile and in no row gets its row; the profile is not touched."""
    project(tmp_path, {"a.yaml": 'code: "482135"\n' + BODY, "b.yaml": "code: 908 594\n" + BODY})
    before = contents(tmp_path)
    assigned = assign(tmp_path, TODAY)
    assert (assigned.given, tuple(code for _, code in assigned.entered)) == ((), ("482135", "908594"))
    assert rows(tmp_path) == [("482135", "vuon/a.yaml", TODAY, ""), ("908594", "vuon/b.yaml", TODAY, "")]
    assert before == {file: content for file, content in contents(tmp_path).items() if file in before}


def test_rows_are_appended_and_the_teams_columns_kept(tmp_path: Path) -> None:
    """Old rows, their own columns, CRLF and Excel's mark stay; a renamed file is the same household."""
    old = (
        "code,profile,given,printed,url,status,ghi chú\r\n"
        '482135,vuon/ten-cu.yaml,2026-10-19,2026-10-25,https://vuon.example/482135/,,"cổng xanh, ngõ 3"\r\n'
        "711946,vuon/da-huy.yaml,2026-10-19,,,void,\r\n"
    )
    project(tmp_path, {"a.yaml": 'code: "482135"\n' + BODY, "b.yaml": BODY}, b"\xef\xbb\xbf" + old.encode())
    ((_, code),) = assign(tmp_path, TODAY).given
    expected = old.replace("ten-cu", "a") + f"{code},vuon/b.yaml,2026-11-02,,,,\r\n"
    assert b"\xef\xbb\xbf" + expected.encode() == contents(tmp_path)["profiles/codes.csv"]


def test_codes_tell_nothing_of_order(tmp_path: Path) -> None:
    """Forty codes are valid, different, and neither rising nor evenly spaced."""
    project(tmp_path, {f"ho-{number:02}.yaml": BODY for number in range(40)})
    codes = [int(code) for _, code in assign(tmp_path, TODAY).given]
    assert len(set(codes)) == 40
    assert all(is_code(str(code)) for code in codes)
    assert codes not in (sorted(codes), sorted(codes, reverse=True))
    assert len({after - before for before, after in pairwise(codes)}) > 30


def test_no_code_is_given_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A void code stays dead, and one given a moment ago is taken: with the dice loaded to hit them."""
    monkeypatch.setattr(
        "vuonho.register.assign.new_code",
        lambda taken: next(c for c in ("711946", "259410", "908594") if c not in taken),
    )
    void = HEAD + "711946,vuon/cu.yaml,2026-10-19,,,void\n"
    project(tmp_path, {"a.yaml": BODY, "b.yaml": BODY}, void)
    assert [code for _, code in assign(tmp_path, TODAY).given] == ["259410", "908594"]


@each("line", ["code:\n", "code: ~\n", 'code: ""\n', "code: null  # máy cấp\n"])
def test_an_empty_code_is_filled(tmp_path: Path, line: str) -> None:
    """The template's empty line is where the code goes."""
    project(tmp_path, {"a.yaml": line + BODY})
    ((_, code),) = assign(tmp_path, TODAY).given
    text = contents(tmp_path)["profiles/vuon/a.yaml"].decode()
    assert text.count("code:") == 1
    assert f'code: "{code}"' in text


def test_an_unfinished_profile_gets_its_code_all_the_same(tmp_path: Path) -> None:
    """Other fields may be wrong still; the plaque's number does not wait for them."""
    project(tmp_path, {"a.yaml": "name: Vườn\ngarden: {aera: to}\n"})
    assert len(assign(tmp_path, TODAY).given) == 1


@each(
    ("content", "said"),
    [
        ("name: [\n", "A bracket [ or { is opened and never closed."),
        (
            b"name: V\xad\xean b\xb5 H\xad\xeang\n" * 3,
            "Line 1: the file is not UTF-8. Typed in TCVN3 (the .VnTime fonts).",
        ),
        ("", "The file is empty."),
        ('code: "482136"\n' + BODY, "The code “482136” has a wrong digit, or two digits swapped."),
        ("code: [482135]\n" + BODY, "One value is wanted here, not several."),
        ("? name\n: x\n", "The code cannot be written into this file."),
    ],
)
def test_one_bad_profile_changes_nothing(tmp_path: Path, content: str | bytes, said: str) -> None:
    """All or nothing: the good profiles wait until the bad one is corrected."""
    project(tmp_path, {"a.yaml": BODY, "b.yaml": content, "c.yaml": BODY})
    assert [("profiles/vuon/b.yaml", said)] == problems_of(tmp_path)


def test_what_a_person_must_look_at_changes_nothing(tmp_path: Path) -> None:
    """A copy with its code, a code that was lost, a table that cannot be read, a profile in no village."""
    text = 'code: "482135"\n' + BODY
    project(tmp_path / "a", {"a.yaml": text, "b.yaml": text, "c.yaml": BODY})
    assert problems_of(tmp_path / "a") == [
        ("profiles/vuon/b.yaml", "The code 482135 is used in profiles/vuon/a.yaml.")
    ]
    register = HEAD + "482135,vuon/a.yaml,2026-10-19,2026-10-25,https://vuon.example/482135/,\n"
    project(tmp_path / "b", {"a.yaml": BODY}, register)
    ((file, message),) = problems_of(tmp_path / "b")
    assert (file, "482135" in message) == ("profiles/vuon/a.yaml", True)
    project(tmp_path / "c", {"a.yaml": BODY}, "code,profile\n")
    assert [file for file, _ in problems_of(tmp_path / "c")] == ["profiles/codes.csv"]
    project(tmp_path / "d", {"a.yaml": BODY})
    (tmp_path / "d/profiles/b.yaml").write_text(BODY, encoding="utf-8")
    assert [file for file, _ in problems_of(tmp_path / "d")] == ["profiles/b.yaml"]


def test_the_command_tells_what_it_gave(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line a code, one line of summary, exit 0; then nothing new."""
    project(tmp_path, {"a.yaml": BODY})
    assert run(["-C", str(tmp_path), "assign"], Console("en")) == 0
    first, last = capsys.readouterr().out.splitlines()
    assert is_code(first.split()[0])
    assert first.endswith("  profiles/vuon/a.yaml")
    assert last == "1 new code; 0 existing entered into the register."
    assert run(["-C", str(tmp_path), "assign"], Console("vi")) == 0
    assert capsys.readouterr().out.strip() == "0 mã mới, 0 mã có sẵn được ghi vào sổ."


@pytest.mark.skipif(os.name == "nt", reason="links and modes of POSIX")
def test_links_and_modes_stay(tmp_path: Path) -> None:
    """A profile that lies elsewhere is written there; what only its owner may read stays so."""
    elsewhere = tmp_path / "khác"
    elsewhere.mkdir()
    (elsewhere / "a.yaml").write_text(BODY, encoding="utf-8")
    (elsewhere / "codes.csv").write_text(HEAD, encoding="utf-8")
    root = project(tmp_path / "dự án", {"b.yaml": BODY})
    profiles = root / "profiles"
    (profiles / "vuon/a.yaml").symlink_to(elsewhere / "a.yaml")
    (profiles / "codes.csv").symlink_to(elsewhere / "codes.csv")
    (profiles / "vuon/b.yaml").chmod(0o600)
    given = assign(root, TODAY).given
    assert (profiles / "vuon/a.yaml").is_symlink()
    assert (profiles / "codes.csv").is_symlink()
    assert given[0][1] in (elsewhere / "a.yaml").read_text(encoding="utf-8")
    assert (elsewhere / "codes.csv").read_text(encoding="utf-8").count("\n") == 3
    assert (profiles / "vuon/b.yaml").stat().st_mode & 0o777 == 0o600
