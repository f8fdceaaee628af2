"""`vuonho init` without the demo: a few answers become a project that builds at once, or nothing is there."""

import os
import re
import shutil
import sys
from datetime import date
from io import StringIO
from pathlib import Path
from unicodedata import normalize

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from command_kit import ROOT, Outcome, build, edit, files, on_a_terminal, vuonho
from vuonho.cli.commands import COMMANDS
from vuonho.cli.console import Console
from vuonho.errors import Severity, UserError
from vuonho.project.profile import parse_profile
from vuonho.project.settings import check_site, check_village
from vuonho.project.yaml_tree import parse_tree
from vuonho.scaffold.init import (
    FIRST_STEPS_FILE,
    QUESTIONS,
    complete,
    open_project,
    render_site,
    render_village,
    with_beginnings,
)

TODAY = date(2026, 11, 2)
NOBODY = "Chưa có hộ nào. Làm tiếp: vuonho consent, rồi vuonho form."
LEAST = {"village": "Thôn 9", "commune": "Xã Phúc Trạch", "phone": "0570 100 300"}
posix = pytest.mark.skipif(os.name == "nt", reason="terminals and limits of POSIX")


def options(**answers: str) -> list[str]:
    return [f"--{name.replace('_', '-')}={text}" for name, text in (LEAST | answers).items()]


def init(target: Path, **answers: str) -> Outcome:
    return vuonho("init", target, *options(**answers))


def written(root: Path) -> tuple[dict[str, object], dict[str, object]]:
    """What any YAML reader sees in the settings of the site and of its only village."""
    (village,) = root.glob("profiles/*/village.yaml")
    return tuple(
        yaml.safe_load(path.read_text(encoding="utf-8")) for path in (root / "profiles/site.yaml", village)
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project made with the fewest options; to be looked at, not to be changed."""
    root = tmp_path_factory.mktemp("made") / "thôn 9"
    done = init(root)
    assert done.code == 0, done.said
    return root


def test_the_files_of_a_project(made: Path) -> None:
    """Settings, register, an example that nobody publishes, a place for photos, first steps, and what keeps it private."""
    assert set(files(made)) == {
        ".github/workflows/site.yml", ".gitignore", "BAT-DAU.txt", "SO-TAY.html", "mo-vuonho.bat", "profiles/codes.csv", "profiles/site.yaml", "profiles/thon-9/ho-mau.txt",
        "profiles/thon-9/village.yaml", "site/.gitignore", "templates/README.txt",
    }  # fmt: skip
    assert (made / "profiles/thon-9/photos").is_dir()
    register = (made / "profiles/codes.csv").read_text(encoding="utf-8")
    assert register == "code,profile,given,printed,url,status\n"


def test_it_builds_at_once(made: Path, tmp_path: Path) -> None:
    """Nothing is wrong, nothing to note; and with a first household it is as sound."""
    root = shutil.copytree(made, tmp_path / "x")
    checked = vuonho("-C", root, "check")
    assert (checked.code, checked.said) == (0, f"0 hồ sơ: 0 lỗi, 0 lưu ý. {NOBODY}\n")
    assert NOBODY in vuonho("-C", root, "plaques", "--new").out
    assert vuonho("-C", root, "status").out.rstrip().endswith(NOBODY)
    assert build(root).code == 0
    assert vuonho("-C", root, "verify").code == 0
    assert vuonho("-C", root, "new", "Vườn bà Hường").code == 0
    assert "0 lỗi, 1 lưu ý" in vuonho("-C", root, "check").said
    assert build(root).code == 0


def test_what_is_not_answered_has_a_beginning(made: Path) -> None:
    """In both languages where that can be; the commune's middle, and an address that leads nowhere, are told."""
    site, village = written(made)
    assert site["base_url"] == "https://thon-9.example/"
    assert site["title"] == {"vi": "Vườn hộ Thôn 9", "en": "Household gardens of Thôn 9"}
    assert site["team"] == {"name": "Tổ công nghệ số cộng đồng Thôn 9", "phone": "0570 100 300"}
    assert village == {
        "name": "Thôn 9", "kind": "thôn", "commune": "Xã Phúc Trạch", "former": None,
        "centre": "18.0933, 105.8262", "team": {"members": None}, "dates": None, "formerly": [],
    }  # fmt: skip


def test_what_is_to_be_mended_is_told(tmp_path: Path) -> None:
    """The middle of the commune is not that of the village; an example is no address. Else there is nothing to say."""
    done = init(tmp_path / "a")
    assert "đang lấy tạm giữa Xã Phúc Trạch" in done.err
    assert "dòng centre, tệp profiles/thon-9/village.yaml" in done.err
    assert "sửa base_url trong profiles/site.yaml" in done.err
    assert f"vuonho -C {tmp_path / 'a'} build" in done.out
    done = init(tmp_path / "b", centre="18.1250, 105.7600", base_url="https://thon9.github.io/vuon/")
    assert done.err == ""
    assert "nằm ngoài Xã Phúc Trạch" in init(tmp_path / "c", centre="18.5, 105.4").err
    assert "không phải là phường cũ" in init(tmp_path / "d", commune="Phường Trần Phú").err


@each("typed", ["thon9.github.io", "https://thon9.github.io", "HTTPS://Thon9.github.io/index.html"])
def test_an_address_is_completed_and_said(tmp_path: Path, typed: str) -> None:
    """What people leave out of an address is put in and shown; in `site.yaml` it stays an error."""
    done = init(tmp_path / "x", base_url=typed)
    assert (done.code, "ghi đủ là https://thon9.github.io/\n" in done.err) == (0, True), done.said
    site = tmp_path / "x/profiles/site.yaml"
    assert written(tmp_path / "x")[0]["base_url"] == "https://thon9.github.io/"
    edit(site, "https://thon9.github.io/", typed)
    assert vuonho("-C", tmp_path / "x", "check").code == 1


def test_every_answer_gets_into_its_place(tmp_path: Path) -> None:
    """As the schema reads it; a text that looks like YAML stays the text that was typed."""
    answers = {
        "village": "Xóm: “Đông” #1", "kind": "Xom", "commune": "18547", "title": "Vườn: {a} # b", "team": "- Tổ [1]",
        "purpose": "Giới thiệu: vườn", "base_url": "https://DONG.example/", "hours": "7:30-17:00", "phone": "+84570100300",
        "centre": "18°07'30\"N 105°45'36\"E", "province": "Tỉnh Hà Tĩnh",
    }  # fmt: skip
    done = init(tmp_path / "x", **answers)
    assert done.code == 0, done.said
    site, village = written(tmp_path / "x")
    assert (tmp_path / "x/profiles/xom-dong-1/village.yaml").is_file()
    assert (village["name"], village["kind"], village["commune"], village["centre"]) == (
        "Xóm: “Đông” #1", "xóm", "Xã Phúc Trạch", "18.125, 105.76"
    )  # fmt: skip
    assert site["team"] == {"name": "- Tổ [1]", "phone": "0570 100 300", "hours": "7:30-17:00"}
    assert (site["title"], site["purpose"], site["base_url"], site["province"]) == (
        "Vườn: {a} # b", "Giới thiệu: vườn", "https://dong.example/", "Hà Tĩnh"
    )  # fmt: skip
    assert vuonho("-C", tmp_path / "x", "check").code == 0


@each(
    ("name", "folder"),
    [(normalize("NFD", "Thôn Vườn Mẫu"), "thon-vuon-mau"), ("9", "thon-9"), ("🌳", "thon-moi"), ("Photos", "thon-photos"),
     ("CON", "thon-con"), ("../../etc", "etc"), ("Đ" * 120, "d" * 50)],
)  # fmt: skip
def test_a_village_has_a_folder(tmp_path: Path, name: str, folder: str) -> None:
    """Whatever it is called; and `check` agrees."""
    open_project(tmp_path / "x", LEAST | {"village": name}, TODAY, "vi")
    assert (tmp_path / "x/profiles" / folder / "village.yaml").is_file()
    assert vuonho("-C", tmp_path / "x", "check").code == 0


@each(
    ("option", "typed", "said"),
    [
        ("commune", "Xã Không Có", "--commune: “Xã Không Có” không có trong bảng 69 xã"),
        ("commune", "Hà Huy Tập, Hà Tĩnh", "--commune: “Hà Huy Tập, Hà Tĩnh” dài hơn tên xã"),
        ("centre", "105.76, 18.12", "--centre: Vĩ độ và kinh độ bị đảo chỗ"),
        ("centre", "0, 0", "--centre: 0, 0 là giữa biển"),
        ("phone", "123", "--phone: “123” không phải là số điện thoại"),
        ("base_url", "http://a.example/", "--base-url: Địa chỉ phải bắt đầu bằng “https://”"),
        ("base_url", "http://thon9.vn", "mở được thì ghi địa chỉ ấy."),
        ("base_url", "https://localhost/", "--base-url: "),
        ("base_url", "https://github.com/thon-dong/vuon", "--base-url: Đây là địa chỉ kho trên GitHub"),
        ("kind", "làng", "--kind: “làng” không có trong danh sách"),
        ("village", "Đ" * 121, "--village: Dài 121 chữ"),
        ("village", "a\x00b", "--village: "),
        ("title", "a\u202eb", "--title: "),
        ("purpose", "x" * 1001, "--purpose: Dài 1001 chữ"),
        ("team", "CCCD 038123456789", "--team: Có số giống số căn cước"),
        ("team", "0570100200", "--team: “0570100200” không có chữ nào"),
        ("province", "Hà Tây", "--province: "),
        ("hours", "\ud800", "--hours: "),
    ],
)
def test_a_wrong_answer_writes_nothing(tmp_path: Path, option: str, typed: str, said: str) -> None:
    """The option is named, and no folder is made."""
    done = init(tmp_path / "x/y", **{option: typed})
    assert (done.code, done.out) == (1, "")
    assert said in done.err
    assert not list(tmp_path.iterdir())


def test_without_a_terminal_nothing_is_asked(tmp_path: Path) -> None:
    """What is missing is named; wrong usage."""
    done = vuonho("init", tmp_path / "x", "--village", "Thôn 9", "--lang", "en")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Missing: --commune, --phone.\n")
    assert not (tmp_path / "x").exists()


def test_a_commune_elsewhere_needs_a_centre(tmp_path: Path) -> None:
    """Only the communes of Hà Tĩnh are known by their place."""
    elsewhere = {"province": "Hà Nội", "commune": "Phường Ba Đình"}
    done = init(tmp_path / "x", **elsewhere)
    assert done.code == 1
    assert "Thiếu điểm giữa thôn (--centre)" in done.err
    assert init(tmp_path / "x", **elsewhere, centre="21.03, 105.83").code == 0
    assert vuonho("-C", tmp_path / "x", "check").code == 0


def test_a_commune_of_tomorrow_is_taken_with_its_centre(tmp_path: Path) -> None:
    """A name that no table has is written as typed, with a note; the project builds."""
    done = init(tmp_path / "x", commune="Xã  Hương Phúc", centre="18.1250, 105.7600")
    assert (done.code, "Lưu ý: “Xã Hương Phúc” không có trong bảng 69 xã" in done.said) == (0, True), (
        done.said
    )
    assert written(tmp_path / "x")[1]["commune"] == "Xã Hương Phúc"
    assert build(tmp_path / "x").code == 0


def test_the_demo_takes_no_answers(tmp_path: Path) -> None:
    """One or the other."""
    done = vuonho("init", tmp_path / "x", "--demo", "--village", "Thôn 9")
    assert done.code == 2
    assert "--demo không đi cùng --village" in done.err
    assert not (tmp_path / "x").exists()


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    """Before anything is asked; what is there stays."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = init(tmp_path)
    assert (done.code, done.out) == (1, "")
    assert "đã có thứ khác ở trong" in done.err
    assert files(tmp_path) == {"mine.txt": b"mine"}


@posix
@each("error", [OSError(28, "full"), KeyboardInterrupt()])
@each("nth", range(1, 9))
def test_disturbed_it_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nth: int, error: BaseException
) -> None:
    """Whichever file it was that could not be written, or Ctrl-C at it: the folder is as it was."""
    count = 0
    write = Path.write_bytes

    def failing(path: Path, content: bytes) -> int:
        nonlocal count
        count += 1
        if count == nth:
            write(path, content[:5])
            raise error
        return write(path, content)

    (tmp_path / "empty").mkdir()
    monkeypatch.setattr(Path, "write_bytes", failing)
    for target in ("new/er", "empty"):
        count = 0
        done = init(tmp_path / target)
        assert done.code == (1 if isinstance(error, OSError) else 130)
        assert [tmp_path / "empty"] == list(tmp_path.rglob("*"))


@given(st.dictionaries(st.sampled_from([question.name for question in QUESTIONS]), st.text(max_size=130)))
def test_whatever_the_answers(typed: dict[str, str]) -> None:
    """They make settings that `check` accepts, or are refused in words, before anything is written."""
    try:
        answers = complete(LEAST | typed)
    except UserError:
        return
    chosen = with_beginnings(answers)
    site, village = (
        parse_tree(render(chosen, "vi").decode("utf-8"), "x")[0] for render in (render_site, render_village)
    )
    assert site is not None
    assert village is not None
    problems = (*check_site(site)[1], *check_village(village, "x", "Hà Tĩnh")[2])
    assert [problem.message.en for problem in problems if problem.severity is Severity.ERROR] == []


# --- Texts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_example_household_is_a_sound_profile(tmp_path: Path, language: str) -> None:
    """With a code it would be accepted; as it is, it is no profile, and its consent is empty."""
    open_project(tmp_path / "x", LEAST, TODAY, language)
    content = (tmp_path / "x/profiles/thon-9/ho-mau.txt").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf# ")
    assert content.count(b"\n") == content.count(b"\r\n")
    text = content.decode("utf-8-sig").replace("code:", 'code: "482135"', 1)
    profile = parse_profile(text, "x.yaml", "x")
    assert [problem for problem in profile.problems if problem.severity is Severity.ERROR] == []
    assert profile.draft is not None
    assert profile.draft.consent.given is None
    assert profile.draft.garden.crops[0].name == "Bưởi Phúc Trạch"
    assert "0 hồ sơ" in vuonho("-C", tmp_path / "x", "check").said


@pytest.mark.parametrize("demo", [False, True])
def test_first_steps_can_be_read_and_typed(tmp_path: Path, demo: bool) -> None:
    """In any Notepad: a mark, Windows line ends; the commands and files that it names are there."""
    done = vuonho("init", tmp_path / "x", "--demo") if demo else init(tmp_path / "x")
    assert done.code == 0
    content = (tmp_path / "x" / FIRST_STEPS_FILE).read_bytes()
    assert content.startswith("\ufeffBẮT ĐẦU\r\n".encode())
    assert content.count(b"\n") == content.count(b"\r\n")
    text = content.decode("utf-8-sig")
    assert [line for line in text.splitlines() if len(line) > 78] == []
    assert "Trưởng thôn và chi hội trưởng phụ nữ đến từng nhà" in text
    commands = set(re.findall(r"(?:  |rồi |and )vuonho ([a-z]+)", text))
    assert {"new", "consent", "check", "status", "serve", "publish", "plaques", "backup"} <= commands
    assert commands <= set(COMMANDS)
    named = {
        word.strip(",.;():").replace("\\", "/") for word in text.split() if re.match(r"\(?profiles", word)
    }
    assert len(named) >= 3
    assert ("docs/so-tay.md" in text, (ROOT / "docs/so-tay.md").is_file()) == (True, True)
    assert [name for name in named if not (tmp_path / "x" / name).exists()] == []


# --- One more village ---------------------------------------------------------------------------------------------


ADD = ("--add", "--village", "Thôn Hai", "--centre", "18.1300, 105.7600")


def test_a_village_is_added_to_the_book_that_is_there(made: Path, tmp_path: Path) -> None:
    """Its commune is that of the others; no other file changes, and its first household finds it."""
    root = shutil.copytree(made, tmp_path / "x")
    before = files(root)
    done = vuonho("-C", root, "init", "thon-hai", *ADD)
    told = "Đã thêm Thôn Hai vào sổ: profiles/thon-hai. Sổ nay có 2 thôn"
    assert (done.code, told in done.out) == (0, True), done.said
    after = files(root)
    assert {name: after[name] for name in before} == before
    new = {name for name in after.keys() - before.keys() if not name.startswith(".vuonho")}
    assert new == {"profiles/thon-hai/village.yaml", "profiles/thon-hai/ho-mau.txt"}
    assert (root / "profiles/thon-hai/photos").is_dir()
    village = yaml.safe_load((root / "profiles/thon-hai/village.yaml").read_text(encoding="utf-8"))
    assert (village["name"], village["kind"], village["commune"]) == ("Thôn Hai", "thôn", "Xã Phúc Trạch")
    assert vuonho("-C", root, "check").code == 0
    assert vuonho("-C", root, "new", "Vườn bà Hường", "--village", "Thôn Hai").code == 0
    assert build(root).code == 0


@each(
    ("words", "code", "said"),
    [
        (("thon-hai",), 1, "Thêm một thôn vào sổ ấy: vuonho init thon-hai --add."),
        (("sau/hon", "--demo"), 1, "như vuonho init ../hon"),
        (("thon-hai", "--add"), 2, "Thiếu --village."),
        (("Thôn Hai", *ADD), 1, "Ghi, ví dụ: thon-hai"),
        (("qr", *ADD), 1, "Ghi, ví dụ: thon-qr"),
        (("thon-9", *ADD), 1, "Sổ đã có thôn này: profiles/thon-9."),
        (("thon-chin", "--add", "--village", "thôn 9"), 1, "Sổ đã có thôn này: profiles/thon-9."),
        (("thon-hai", *ADD, "--commune", "99999"), 1, "--commune: "),
        (("thon-hai", *ADD, "--phone", "0570 100 200"), 2, "--add không đi cùng --phone"),
        (("thon-hai", "--add", "--demo"), 2, "--add không đi cùng --demo"),
        (("../khac", *ADD), 1, "Ở đây chưa có sổ nào"),
    ],
)  # fmt: skip
def test_no_project_within_a_project(
    made: Path, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    """It is refused with both ways on; so is a village that cannot be added. Nothing is written."""
    root = shutil.copytree(made, tmp_path / "x")
    before = files(tmp_path)
    done = vuonho("-C", root, "init", *words)
    assert (done.code, said in done.err) == (code, True), done.said
    assert {name: one for name, one in files(tmp_path).items() if ".vuonho" not in name} == before


def test_within_a_project_one_is_asked(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it is a village of this book; then its name and its middle, and no more."""
    root = shutil.copytree(made, tmp_path / "x")
    done = asked(monkeypatch, ["c", "Thôn Hai", ""], "-C", root, "init", "thon-hai")
    assert done.code == 0, done.said
    assert ("Thêm thôn này vào sổ ấy?" in done.said, "Tên trang" in done.out) == (True, False)
    assert (root / "profiles/thon-hai/village.yaml").is_file()
    done = asked(monkeypatch, [""], "-C", root, "init", "thon-ba")
    assert (done.code, (root / "thon-ba").exists(), "--add" in done.err) == (1, False, True)


# --- Questions ---------------------------------------------------------------------------------------------------


def asked(monkeypatch: pytest.MonkeyPatch, answers: list[str], *arguments: str | Path) -> Outcome:
    """Call the program with somebody at its terminal."""
    monkeypatch.setattr(Console, "can_ask", property(lambda _: True))
    monkeypatch.setattr(sys, "stdin", StringIO("".join(f"{line}\n" for line in answers)))
    return vuonho(*arguments)


def test_it_asks_until_the_answers_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong answer is asked again, Enter takes what is offered, and what was understood is shown."""
    answers = ["", "Phú Yên", "làng", "thôn", "phuc trach", "", "", "", "x", "", "chưa", "0912.345.67", "", "123",
               "0570100300", ""]  # fmt: skip
    done = asked(monkeypatch, answers, "init", tmp_path / "x")
    assert done.code == 0, done.said
    for said in (
        "Câu này cần có câu trả lời.", "“làng” không có trong danh sách", "→ Xã Phúc Trạch", "→ 0570 100 300",
        "Chỉ nhấn Enter thì lấy: Vườn hộ Thôn Phú Yên", "“123” không phải là số điện thoại", "Địa chỉ phải bắt đầu",
        "“0912.345.67” không có chữ nào, không phải là tên tổ.",
        "Chưa có địa chỉ thì gõ: chưa. Lúc ấy lấy tạm https://thon-phu-yen.example/",
    ):  # fmt: skip
        assert said in done.out
    assert "Tỉnh\n" not in done.out
    site, village = written(tmp_path / "x")
    assert (site["base_url"], village["commune"]) == ("https://thon-phu-yen.example/", "Xã Phúc Trạch")


def test_a_centre_outside_the_commune_is_asked_again_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the reason; another point is taken, and so is the same one said twice."""
    begun, rest = ["Thôn 9", "Phúc Trạch", "18.5, 105.4"], ["", "", "chưa có", "", "0570100300", ""]
    for name, again, centre in (
        ("a", "18.1250, 105.7600", "18.125, 105.76"),
        ("b", "18.5, 105.4", "18.5, 105.4"),
    ):
        done = asked(monkeypatch, [*begun, again, *rest], "init", tmp_path / name)
        assert done.code == 0, done.said
        asked_at = done.out.index("Điểm này nằm ngoài Xã Phúc Trạch, cách chừng ")
        assert asked_at < done.out.index("Tên trang")
        assert written(tmp_path / name)[1]["centre"] == centre


def test_what_is_given_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Options answer beforehand; a wrong one stops before the next question. English is asked in English."""
    given = [item for name in ("village", "commune") for item in (f"--{name}", LEAST[name])]
    answers = ["", "", "", "later", "", "0570100300", ""]
    done = asked(monkeypatch, answers, "init", tmp_path / "x", *given, "--lang", "en")
    assert done.code == 0, done.said
    assert "Commune\n" not in done.out
    assert "Address of the site\n  The address that is printed on plaques" in done.out
    assert [word for word in ("Chỉ nhấn", "Ví dụ", "Chọn một") if word in done.out] == []
    done = asked(monkeypatch, [], "init", tmp_path / "y", "--village", "a\x00")
    assert (done.code, (tmp_path / "y").exists()) == (1, False)


def test_a_commune_that_is_not_known_is_asked_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what helps, such as today's name of an older one; the same name typed once more is taken."""
    name, centre = "Xã Hương Trạch", "18.1250, 105.7600"
    answers = ["Tổ dân phố 3", name, name, centre, "", "", "chưa", "", "0570100300", ""]
    done = asked(monkeypatch, answers, "init", tmp_path / "x")
    assert done.code == 0, done.said
    assert done.said.count("nay thuộc Xã Phúc Trạch. ") == 2  # asked, and noted at the end
    assert written(tmp_path / "x")[1]["commune"] == name


@each("answers", [[], ["Thôn 9"], ["Thôn 9", "Phúc Trạch", "", ""]])
def test_an_end_of_answers_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: list[str]
) -> None:
    """Ctrl-D and Ctrl-C: 130, and no folder."""
    done = asked(monkeypatch, answers, "init", tmp_path / "x")
    assert done.code == 130
    assert "Đã dừng." in done.err
    assert not list(tmp_path.iterdir())


@posix
def test_on_a_real_terminal(tmp_path: Path) -> None:
    """A process with a terminal asks; the prompt stands before each answer, and Vietnamese is whole."""
    answers = ["Thôn Vườn 9", "phúc trạch", "", "", "", "thon9.github.io", "", "0570 100 300", ""]
    said = on_a_terminal("init", tmp_path / "x", typed="".join(f"{line}\n" for line in answers))
    assert said.count("> ") >= len(answers), said
    assert "Trả lời từng câu" in said
    assert "  → https://thon9.github.io/" in said
    assert (tmp_path / "x/profiles/thon-vuon-9/village.yaml").is_file()
