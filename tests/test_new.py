"""`vuonho new`: a profile to be filled in, its code in the register, both or neither."""

import re
from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from command_kit import Outcome, edit, files, rows, vuonho
from fault_kit import command, count_calls, disturbed, some
from vuonho.errors import Severity, UserError
from vuonho.model.codes import is_code
from vuonho.model.values import clean_text
from vuonho.output.site_writer import recover
from vuonho.project.profile import read_profile
from vuonho.scaffold.new import add_household

TODAY = date(2026, 11, 2)
SITE = """base_url: https://vuonmau.example/
title: Vườn hộ
purpose: Giới thiệu vườn.
team: {name: Tổ, phone: 0570 100 200}
"""
VILLAGE = "name: {}\ncommune: Xã Phúc Trạch\ncentre: 18.1250, 105.7600\n"
HEADING = "code,profile,given,printed,url,status\n"
ACT = command("new", "Vườn bà Hường")


def project(root: Path, **villages: str) -> Path:
    """A project with these villages, by folder ("_" for "-") and name, and no household."""
    for slug, name in (villages or {"thon_dong": "Thôn Đông"}).items():
        folder = root / "profiles" / slug.replace("_", "-")
        folder.mkdir(parents=True)
        (folder / "village.yaml").write_text(VILLAGE.format(name), encoding="utf-8")
    (root / "profiles/site.yaml").write_text(SITE, encoding="utf-8")
    (root / "profiles/codes.csv").write_text(HEADING, encoding="utf-8")
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project with one village."""
    return project(tmp_path / "x")


def new(root: Path, *arguments: str) -> Outcome:
    return vuonho("-C", root, "new", *arguments)


def unchanged(root: Path, done: Outcome, code: int = 1) -> bool:
    """Tell whether a call ended with this code, in words, without a trace in the profiles."""
    assert "Traceback" not in done.said
    assert "không lường trước" not in done.said
    left = files(root / "profiles")
    return done.code == code and not done.out and not rows(root) and {"codes.csv", "site.yaml"} <= set(left)


def test_the_fresh_profile_is_sound(root: Path) -> None:
    """File, code and row belong together; `check` has only to say that the family has not agreed yet."""
    done = new(root, "Vườn bà Hường")
    assert (done.code, done.err) == (0, "")
    code, file = done.out.splitlines()[0].split("  ")
    assert file == "profiles/thon-dong/vuon-ba-huong.yaml"
    assert is_code(code)
    written = yaml.safe_load((root / file).read_text(encoding="utf-8"))
    assert (written["code"], written["name"]) == (code, "Vườn bà Hường")
    day = written["checked"].isoformat()
    assert rows(root) == [[code, "thon-dong/vuon-ba-huong.yaml", day, "", "", ""]]
    checked = vuonho("-C", root, "check")
    assert checked.code == 0
    assert "1 hồ sơ: 0 lỗi, 1 lưu ý." in checked.said
    assert "Gia đình chưa đồng ý" in checked.said
    assert "0 mã mới, 0 mã có sẵn" in vuonho("-C", root, "assign").out


def test_all_examples_taken_the_project_builds(root: Path) -> None:
    """With consent written by hand, the page of the household is made, as in the demo."""
    file = root / new(root, "Vườn bà Hường").out.split()[1]
    text = re.sub(r"(?m)^( *)#(?=[^ \n])", r"\1", file.read_text(encoding="utf-8"))
    text = text.replace("given:\n", "given: 2026-11-02\n").replace("by:\n", "by: Bà Hường\n")
    day = re.search(r"checked: (\S+)", text)
    assert day
    text = text.replace("how:\n", "how: Phiếu giấy có chữ ký\n").replace("2026-11-02", day[1], 1)
    file.write_text(re.sub(r"given: \S+", f"given: {day[1]}", text), encoding="utf-8")
    checked = vuonho("-C", root, "check")
    assert checked.code == 0, checked.said
    assert vuonho("-C", root, "build", "--jobs", "1").code == 0
    assert len(list((root / "site").glob("[0-9]*/index.html"))) == 1


def test_notes_in_english(root: Path) -> None:
    """The language of the messages is that of the notes."""
    done = new(root, "Vườn", "--lang", "en")
    assert "Open this file" in done.out
    text = (root / done.out.split()[1]).read_text(encoding="utf-8")
    assert "# Garden area: The garden without house and yard" in text
    assert "Ví dụ" not in text


NAMES = {
    "Vườn bà Hường": "vuon-ba-huong", normalize("NFD", "Vườn bà Hường"): "vuon-ba-huong-2", "🌳": "ho", "  ": "",
    "con": "ho-con", "LPT1": "ho-lpt1", "Village": "ho-village", "12345": "ho-12345", "../../x": "x",
    "a/b\\c:d*?": "a-b-c-d", "Đ" * 60: "d" * 50, "Đ" * 61: "", "a\nb: c": "", "a\x00": "", "a\u202eb": "",
    "null": "null", "~": "ho-2", "${HOME} {{7*7}} =1+1": "home-7-7-1-1", "Nhà 038123456789": "",
}  # fmt: skip


def test_a_name_makes_a_file_name(root: Path) -> None:
    """Any name gives one that every disk takes, and stays itself in the profile; or it is refused in words."""
    for name, file in NAMES.items():
        before = files(root / "profiles")
        done = new(root, "--", name)
        assert "không lường trước" not in done.said
        if file:
            made = root / f"profiles/thon-dong/{file}.yaml"
            assert done.out.splitlines()[0].endswith(made.relative_to(root).as_posix())
            written = str(yaml.safe_load(made.read_text(encoding="utf-8"))["name"])
            assert written == normalize("NFC", name)
        else:
            assert (done.code, files(root / "profiles")) == (1, before)
    assert vuonho("-C", root, "check").code == 0


ODD = st.text(max_size=70) | st.text("/\\:.*~%{}[]#'\"-= \t0123456789", max_size=20)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ODD)
def test_whatever_the_name_the_profile_is_sound(root: Path, name: str) -> None:
    """Or it is refused in words; nothing is written but this one file and its row, and the file says the name."""
    before = {*files(root / "profiles")}
    try:
        made = add_household(root, name, "", TODAY, "vi")
    except UserError:
        assert before == {*files(root / "profiles")}
        return
    assert {*files(root / "profiles")} == before | {made.file.removeprefix("profiles/")}
    profile = read_profile(root, made.file, "thon-dong")
    assert [problem for problem in profile.problems if problem.severity is Severity.ERROR] == []
    assert profile.draft is not None
    assert profile.draft.name == clean_text(name)
    assert re.fullmatch(r"profiles/thon-dong/[a-z0-9-]{1,56}\.yaml", made.file)


def test_a_taken_file_name(root: Path) -> None:
    """The case of letters does not count, for Windows; neither does a file that is no more, but was registered."""
    for name in ("Vuon-Ba-HUONG.yaml", "vuon-ba-huong-2.yaml.txt"):
        (root / "profiles/thon-dong" / name).write_text("name: x\n", encoding="utf-8")
    with (root / "profiles/codes.csv").open("a", encoding="utf-8") as register:
        register.write("482135,thon-dong/vuon-ba-huong-2.yaml,2026-11-02,,,\n")
    assert new(root, "Vườn bà Hường").out.splitlines()[0].endswith("/vuon-ba-huong-3.yaml")


def test_a_namesake_is_told(root: Path) -> None:
    """Two families may choose one name; who writes the same one twice by accident sees it."""
    assert new(root, "Vườn bà Hường").err == ""
    again = new(root, "VƯỜN  BÀ HƯỜNG")
    assert again.code == 0
    assert again.err == "Lưu ý: thôn đã có hộ tên này: profiles/thon-dong/vuon-ba-huong.yaml\n"
    assert len({row[0] for row in rows(root)}) == 2


def test_which_village(tmp_path: Path) -> None:
    """By folder or name as people call it; else those that are there are named, also where none or two are meant."""
    root = project(tmp_path / "x", thon_dong="Thôn Đông", thon_tay="Thôn Tây")
    done = new(root, "Vườn", "--village", "Thôn Nam", "--lang", "en")
    assert unchanged(root, done)
    assert done.err == (
        "There is no village “Thôn Nam”.\n"
        "  → Choose one of these (--village FOLDER): thon-dong (Thôn Đông), thon-tay (Thôn Tây)\n"
    )
    done = new(root, "Vườn")
    assert unchanged(root, done, 2)
    assert "Thiếu --village. Đang có: thon-dong (Thôn Đông), thon-tay (Thôn Tây)." in done.err
    for typed in ("thon-tay", "Thôn Tây", "thon tay", "THÔN TÂY", "tây", "Tay", normalize("NFD", "Thôn Tây")):
        assert "profiles/thon-tay/vuon" in new(root, "Vườn", "--village", typed).out
    root = project(tmp_path / "y", dong_a="Thôn Đông", dong_b="Thôn Đông")
    assert unchanged(root, new(root, "Vườn", "--village", "Thôn Đông"))
    assert new(root, "Vườn", "--village", "dong-b").code == 0
    with pytest.raises(UserError):
        add_household(root, "Vườn", "../dong-a", TODAY, "vi")
    (tmp_path / "z/profiles").mkdir(parents=True)
    done = new(tmp_path / "z", "Vườn")
    assert (done.code, "Dự án chưa có thôn nào." in done.err) == (1, True)


def test_a_broken_register_is_not_added_to(root: Path) -> None:
    """What it lost since the last time is put back first; a line that nobody remembers is not written over."""
    register = root / "profiles/codes.csv"
    assert new(root, "Vườn").code == 0
    register.write_text(HEADING, encoding="utf-8")
    assert new(root, "Vườn khác").code == 0
    register.write_text("what is this?", encoding="utf-8")
    assert new(root, "Vườn nữa").code == 0
    assert len(rows(root)) == 3
    register.write_text(f"{HEADING}913470,thon-dong/la.yaml,hôm qua,,,\n", encoding="utf-8")
    before = files(root / "profiles")
    assert (new(root, "Vườn khác").code, files(root / "profiles")) == (1, before)


def test_a_plaque_that_hangs_keeps_its_code(root: Path) -> None:
    """Where the register was lost; a broken neighbour stops nobody; no wrong digit, no code of another household."""
    done = new(root, "Vườn bà Hường", "--code", "733936")
    assert unchanged(root, done)
    assert "chữ số sai hoặc hai chữ số bị đổi chỗ" in done.err
    other = root / "profiles/thon-dong/khac.yaml"
    other.write_text('code: "733963"\n', encoding="utf-8")
    done = new(root, "Vườn bà Hường", "--code", "733963")
    assert (done.code, "là của profiles/thon-dong/khac.yaml" in done.err) == (1, True)
    other.write_text("name: [\n", encoding="utf-8")
    register = root / "profiles/codes.csv"
    for status in ("", "withdrawn", "void"):
        for file in (register, root / ".vuonho/register.csv"):
            file.write_text(f"{HEADING}733963,thon-dong/vuon.yaml,2026-11-02,,,{status}\n", encoding="utf-8")
        before = files(root / "profiles")
        done = new(root, "Vườn bà Hường", "--code", "733963", "--lang", "en")
        assert (done.code, files(root / "profiles")) == (1, before)
        assert "733963 is in the register already; it belongs to profiles/thon-dong/vuon.yaml." in done.err
    for file in (register, root / ".vuonho/register.csv"):
        file.write_text(HEADING, encoding="utf-8")
    done = new(root, "Vườn bà Hường", "--code", " 733 963 ")
    assert done.out.splitlines()[0] == "733963  profiles/thon-dong/vuon-ba-huong.yaml"
    assert rows(root)[0][:2] == ["733963", "thon-dong/vuon-ba-huong.yaml"]
    other.unlink()
    assert vuonho("-C", root, "check").code == 0


def test_who_typed_the_plaque_over_a_new_code_is_told_the_way(root: Path) -> None:
    """`new`, another code in its file, `assign`: the given code is given up, in words that do it."""
    given = new(root, "Vườn bà Hường").out.split()[0]
    edit(root / "profiles/thon-dong/vuon-ba-huong.yaml", given, "733963")
    assert vuonho("-C", root, "assign").code == 0
    done = vuonho("-C", root, "check")
    assert f"Nếu biển treo ở nhà ghi 733963: vuonho remove {given}" in done.said
    assert vuonho("-C", root, "remove", given, "--yes").code == 0
    assert vuonho("-C", root, "check").code == 0


@pytest.mark.slow
def test_both_or_neither(root: Path, tmp_path: Path) -> None:
    """Killed anywhere, the next command shows a profile with its row, or none of the two."""
    calls = count_calls(root, tmp_path, ACT)
    told = disturbed("kill", root, tmp_path, ACT, some(calls, 5))
    assert told
    for n in told:
        left = tmp_path / f"kill-{n}"
        (left / ".vuonho").mkdir(exist_ok=True)
        recover(left)
        made = [path.name for path in (left / "profiles/thon-dong").iterdir() if path.name != "village.yaml"]
        assert [row[1] for row in rows(left)] == [f"thon-dong/{name}" for name in made]
        assert made in ([], ["vuon-ba-huong.yaml"])
