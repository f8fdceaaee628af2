"""Promises 9 and 13: what the register said once it goes on saying, whatever is deleted. Checks before a build."""

import os
from datetime import date
from pathlib import Path

import pytest

from command_kit import SLUG, Outcome, build, edit, files, vuonho
from vuonho.register.assign import assign
from vuonho.register.memory import check_memory, remember, remembered
from vuonho.register.register import Register, Row

pytestmark = pytest.mark.slow

PROFILE = f"profiles/{SLUG}/ba-huong.yaml"
ROW = f"482135,{SLUG}/ba-huong.yaml,2026-10-19,"
PRINT = "2026-11-01,https://vuonmau.example/482135/,"
MEMORY = ".vuonho/register.csv"
posix = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")


@pytest.fixture
def printed(demo: Path) -> Path:
    """Return a built project in which one household has its plaque."""
    edit(demo / "profiles/codes.csv", f"{ROW},,", f"{ROW}{PRINT}")
    done = build(demo)
    assert done.code == 0, done.said
    return demo


def put_back_by(root: Path, command: str) -> Outcome:
    """`check` names what is lost and changes nothing; a command that writes puts it back."""
    before = files(root / "profiles"), files(root / ".vuonho")
    done = vuonho("-C", root, "check")
    assert (done.code, "Chạy “vuonho assign”" in done.out) == (1, True), done.said
    assert before == (files(root / "profiles"), files(root / ".vuonho"))
    return vuonho("-C", root, command)


def test_a_printed_household_cannot_vanish_with_its_row(printed: Path) -> None:
    """Profile and row are deleted: the row comes back, and then the profile is missed."""
    (printed / PROFILE).unlink()
    register = printed / "profiles/codes.csv"
    before = register.read_bytes()
    edit(register, f"{ROW}{PRINT}\n", "")
    said = vuonho("-C", printed, "check").out
    assert said.count("482135") == 1
    done = put_back_by(printed, "build")
    assert done.code == 1
    assert "máy đã ghi lại như cũ: 482135" in done.err
    assert "gia đình muốn rút thì: vuonho withdraw 482135" in done.err
    assert register.read_bytes() == before


def test_what_the_register_said_comes_back_to_the_byte(printed: Path) -> None:
    """Deleted; a print, an address, a day of giving unsaid; a line that Excel damaged or somebody doubled."""
    register = printed / "profiles/codes.csv"
    before = register.read_bytes()
    register.unlink()
    out = vuonho("-C", printed, "check").out
    assert ("1 lỗi" in out, "đã mất 19 mã" in out, "làm lại từ đầu" in out) == (True, True, False)
    done = put_back_by(printed, "export")
    assert (done.code, "máy đã ghi lại như cũ" in done.err) == (0, True), done.said
    assert register.read_bytes() == before
    another = f"{ROW}2026-10-30,https://vuonmau.example/482135/,"
    damaged = (f"4,82E+05,{SLUG}/ba-huong.yaml,2026-10-19,,,", f"{ROW}{PRINT}\n{ROW},,")
    for new in (f"{ROW},,", another, f"{ROW},,void", f"{ROW.replace('-19', '-18')}{PRINT}", *damaged):
        edit(register, f"{ROW}{PRINT}\n", f"{new}\n")
        assert put_back_by(printed, "assign").code == 0
        assert register.read_bytes() == before, new


def test_a_row_that_only_the_damaged_register_knows_is_not_lost(printed: Path) -> None:
    """What was given on another laptop is in no memory here: nothing is written, and the way is a backup."""
    register = printed / "profiles/codes.csv"
    text = register.read_text(encoding="utf-8") + f"913470,{SLUG}/moi.yaml,hôm qua,,,\n"
    register.write_text(text, encoding="utf-8", newline="\n")
    for command in ("assign", "build"):
        done = vuonho("-C", printed, command)
        assert (done.code, "vuonho restore TỆP.zip" in done.err) == (1, True)
    assert register.read_text(encoding="utf-8") == text


def test_in_a_workflow_no_code_is_given(printed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a runner writes is thrown away: it would be another code at each run."""
    edit(printed / PROFILE, 'code: "482135"', "code:")
    edit(printed / "profiles/codes.csv", f"{ROW}{PRINT}\n", "")
    (printed / MEMORY).unlink()
    monkeypatch.setenv("CI", "true")
    before = files(printed / "profiles")
    assert (build(printed).code, files(printed / "profiles")) == (1, before)


def test_a_later_print_takes_the_place_of_the_first(printed: Path) -> None:
    """A new plaque is recorded with its day, and remembered."""
    edit(printed / "profiles/codes.csv", PRINT, PRINT.replace("2026-11-01", "2026-12-01"))
    assert build(printed).code == 0
    known = remembered(printed)
    assert known is not None
    assert known.by_code["482135"].printed == date(2026, 12, 1)


def test_without_memory_a_page_does_not_vanish_unexplained(printed: Path) -> None:
    """A memory that is gone or damaged counts as none; the site itself still tells of the household."""
    (printed / PROFILE).unlink()
    edit(printed / "profiles/codes.csv", f"{ROW}{PRINT}\n", "")
    before = files(printed / "site")
    (printed / MEMORY).unlink()
    for content in (None, b"", b"\xff\xfe\x00", b"code,profile\n1"):
        if content is not None:
            (printed / MEMORY).write_bytes(content)
        done = build(printed)
        assert (1, before) == (done.code, files(printed / "site"))
        assert "Trang của mã 482135 sẽ mất" in done.err


def test_what_is_explained_may_go(demo: Path) -> None:
    """A household that is not printed leaves by its consent or as void, with its row in place."""
    edit(demo / PROFILE, "  given: 2026-10-20\n", "  given:\n")
    assert build(demo).code == 0
    assert not (demo / "site/482135").exists()
    (demo / PROFILE).unlink()
    edit(demo / "profiles/codes.csv", f"{ROW},,", f"{ROW},,void")
    assert build(demo).code == 0
    edit(demo / "profiles/codes.csv", f"{ROW},,void", f"{ROW},,withdrawn")
    assert put_back_by(demo, "build").code == 0
    assert f"{ROW},,void\n" in (demo / "profiles/codes.csv").read_text(encoding="utf-8")


def test_a_memory_that_is_behind_is_brought_up_by_the_next_build(demo: Path) -> None:
    """A build killed between the site and its memory: the next one completes it, and the third writes nothing."""
    known = (demo / MEMORY).read_bytes()
    (demo / MEMORY).unlink()
    assert build(demo).code == 0
    assert known == (demo / MEMORY).read_bytes() == (demo / "profiles/codes.csv").read_bytes()
    written = [
        path for path in demo.rglob("*") if path.is_file() and path.name not in ("lock", "memo.sqlite")
    ]
    before = {path: path.stat().st_mtime_ns for path in written}
    assert build(demo).code == 0
    assert before == {path: path.stat().st_mtime_ns for path in written}


def test_a_refused_build_is_not_remembered(demo: Path) -> None:
    """Only what was committed counts."""
    before = (demo / MEMORY).read_bytes()
    edit(demo / "profiles/codes.csv", f"{ROW},,", f"{ROW}{PRINT}")
    edit(demo / PROFILE, "house: solid", "house: solit")
    assert build(demo, "--strict").code == 1
    assert before == (demo / MEMORY).read_bytes()


def test_assigned_codes_are_remembered(tmp_path: Path) -> None:
    """A register deleted after `assign` comes back, though nothing was built; one that cannot be read is told once."""
    (tmp_path / "profiles/vuon").mkdir(parents=True)
    (tmp_path / "profiles/vuon/a.yaml").write_text("name: Vườn\n", encoding="utf-8")
    ((_, code),) = assign(tmp_path, date(2026, 11, 2)).given
    (tmp_path / "profiles/codes.csv").unlink()
    (problem,) = check_memory(tmp_path, Register())
    assert ("once given" in problem.message.en, "afresh" in problem.hint.en) == (True, True)
    assert check_memory(tmp_path, Register(), (problem,)) == ()
    assert assign(tmp_path, date(2026, 11, 3)).corrected == (code,)
    assert remembered(tmp_path) == Register((Row(code, "vuon/a.yaml", date(2026, 11, 2)),))


def test_an_empty_register_needs_no_memory(tmp_path: Path) -> None:
    """Where no code was ever given, nothing is written."""
    remember(tmp_path, Register())
    assert files(tmp_path) == {}


# --- What else `check` knows before a build --------------------------------------------------------------


def test_a_former_folder_that_is_none_is_refused_by_check(demo: Path) -> None:
    """Taken names, digits, villages of today and names given twice, with file, line and field."""
    other, mine = demo / "profiles/thon-hai", demo / f"profiles/{SLUG}/village.yaml"
    other.mkdir()
    text = mine.read_text(encoding="utf-8")
    (other / "village.yaml").write_text(f"{text}formerly: [thon-cu]\n", encoding="utf-8")
    assert vuonho("-C", demo, "check").code == 0
    line = text.count("\n") + 1
    for old in ("qr", "en", "con", "123456", SLUG, "thon-hai", "thon-cu"):
        mine.write_text(f"{text}formerly: [thon-xua, {old}]\n", encoding="utf-8")
        done = vuonho("-C", demo, "check")
        assert (done.code, "1 lỗi" in done.out) == (1, True), done.said
        assert f"profiles/{SLUG}/village.yaml\n  dòng {line}, Tên thư mục cũ 2" in done.out
    assert "“thon-cu” đã ghi ở profiles/thon-hai/village.yaml." in done.out
    assert build(demo).code == 1


def test_check_reads_own_templates(demo: Path) -> None:
    """A slip in a template of the project is told by `check` and `build`; somebody's old copy stops nothing."""
    for name, content, line in (
        ("household.html", b"<p>\n{% if %}\n", 2),
        ("household.html", b"<p>\n\n{{ 1|nonsuch }}", 3),
        ("household.html", b"\xff\xfe", 1),
        ("household.html", b"{{ " + b"(" * 3000 + b"1" + b")" * 3000 + b" }}", None),
        ("_style.css", b"a{}</style>", 1),
        ("icons/fish.svg", b"<svg></svg>", 1),
    ):
        path = demo / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        done = vuonho("-C", demo, "check")
        assert (done.code, "1 lỗi" in done.said) == (1, True)
        assert f"templates/{name}\n" in done.said
        assert line is None or f"dòng {line}" in done.said
        path.unlink()
    path.write_bytes(content)
    assert build(demo).code == 1
    path.unlink()
    (demo / "templates/household-cu.html").write_bytes(b"{% if %}\xff")
    assert (vuonho("-C", demo, "check").code, build(demo).code) == (0, 0)


@posix
def test_a_state_folder_that_is_none_is_told_with_its_cure(demo: Path) -> None:
    """A file, or a link to nothing, where `.vuonho` must be."""
    state = demo / ".vuonho"
    state.rename(demo / "kept")
    for make in (lambda: state.write_bytes(b""), lambda: state.symlink_to("nowhere")):
        make()
        for done in (build(demo), vuonho("-C", demo, "assign")):
            assert done.code == 1
            assert ".vuonho phải là một thư mục" in done.err
            assert "→ Hãy đổi tên hoặc xóa nó" in done.err
        assert vuonho("-C", demo, "check").code == 0
        state.unlink()
