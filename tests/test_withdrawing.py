"""`vuonho withdraw`: one command and one build, and of a household nothing is left but an address that answers."""

import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
import yaml

from backup_kit import NOW, write
from canary_kit import CANARIES, CODE, HOME_TRACES, NOBODY, SOURCE, TICKS, with_ticks
from canary_site import build_site, search, tree, write_project
from case_kit import each
from command_kit import edit, files, note_print, vuonho
from fault_kit import command, count_calls, disturbed, some
from vuonho.backup.backup import safety_copy
from vuonho.errors import DataProblems, MachineError, UserError
from vuonho.output.files import remove
from vuonho.output.site_writer import recover
from vuonho.withdraw import (
    Departure,
    Wish,
    left_to_do,
    parse_day,
    plan_departure,
    take_off,
    working_days_after,
)

posix = pytest.mark.skipif(os.name == "nt", reason="forks and signals of POSIX")
NAME = SOURCE.split("/")[1]
TRACES = (*(trace for canary in CANARIES for trace in canary.traces), *HOME_TRACES)
DAY = date(2026, 11, 20)
HO, REGISTER = "profiles/thon/ho.yaml", "profiles/codes.csv"
MINE, OTHER, THIRD = "482135", "259410", "908594"
TEXT = f"""\
# của bà Hường
code: "{MINE}"   # trên biển
name: Vườn bà Hường
consent: {{given: 2026-10-20, publish: [phone]}}
location: {{}}
garden: {{}}
photos: [photos/ho-1.jpg, {{file: photos/chung.jpg}}]

# xem lại mỗi năm
checked: 2026-11-02  # cuối
# hết
"""
LEFT = TEXT.replace("\n\n# xem lại", f"\nwithdrawn: {DAY}\n\n# xem lại")
NEIGHBOUR = """\
code: "{}"
name: {}
consent: {{given: 2026-10-20}}
location: {{}}
garden: {{}}
photos: [photos/chung.jpg]
checked: 2026-11-02
"""
PROJECT = {
    "profiles/site.yaml": b"base_url: https://thon.example/\n",
    "profiles/thon/village.yaml": "name: Thôn\ncommune: Xã Phúc Trạch\ncentre: 18.1, 105.7\n".encode(),
    HO: TEXT.encode(),
    "profiles/thon/lan.yaml": NEIGHBOUR.format(OTHER, "Vườn ông Lân").encode(),
    "profiles/thon/ba.yaml": NEIGHBOUR.format(THIRD, "Vườn ông Ba").encode(),
    "profiles/thon/photos/ho-1.jpg": b"mine",
    "profiles/thon/photos/chung.jpg": b"ours",
    "profiles/thon/photos/la.jpg": b"nobody's",
    REGISTER: (
        "code,profile,given,printed,url,status\n"
        f"{MINE},thon/ho.yaml,2026-10-20,,,\n{OTHER},thon/lan.yaml,2026-10-20,,,\n{THIRD},thon/ba.yaml,2026-10-20,,,\n"
    ).encode(),
}
ACT = command("withdraw", "482135", "--erase", "--yes", "--on", "2026-11-20")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A village of three."""
    return write(tmp_path / "du-an", PROJECT)


def off(root: Path, code: str = MINE, **wishes: object) -> Departure:
    """Take a household off."""
    done, left = take_off(root, Wish(code, DAY, **wishes), DAY, lambda: None)  # type: ignore[arg-type]
    assert left == ()
    return done


def changed(root: Path, before: Mapping[str, bytes]) -> dict[str, str]:
    """The texts of a project's profiles and register that are other than before; "" for what is gone."""
    now = {name: content for name, content in files(root).items() if name.startswith("profiles/")}
    names = now.keys() | {name for name in before if name.startswith("profiles/")}
    return {name: now.get(name, b"").decode() for name in names if now.get(name) != before.get(name)}


def status_of(root: Path, code: str) -> str:
    """The sixth cell of a row."""
    lines = (root / REGISTER).read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line.startswith(code)).split(",")[5]


# --- What it is for ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("erase", [False, True], ids=["kept", "erased"])
@pytest.mark.slow
def test_no_trace_and_an_answer(tmp_path: Path, erase: bool) -> None:
    """From a built site with everything shown: a command and a build, and not a byte is in the site or the cache."""
    root = write_project(tmp_path, {NAME: with_ticks(TICKS)})
    build_site(root)
    assert search(root / "site", TRACES) != set()
    done = vuonho(
        "-C", root, "withdraw", CODE, "--on", "2026-11-20", "--yes", *(["--erase"] if erase else [])
    )
    assert done.code == 0, done.said
    site = build_site(root).out
    assert search(site, (*TRACES, *NOBODY)) == set()
    assert search(root / ".vuonho", TRACES) == set()
    assert {f"{CODE}/index.html", f"en/{CODE}/index.html", f"qr/{CODE}.png"} <= tree(site).keys()
    if erase:
        profile = yaml.safe_load((root / "profiles" / SOURCE).read_text(encoding="utf-8"))
        assert profile == {"code": CODE, "withdrawn": DAY, "checked": profile["checked"]}
        assert search(root / "profiles", TRACES) == set()
        assert list((root / "profiles" / SOURCE).parent.glob("photos/*.jpg")) == []


def test_one_line_and_one_word(project: Path) -> None:
    """The line stands above `checked` and its comment, word and day in the row; all else is kept, and the memory knows."""
    before = files(project)
    done = vuonho("-C", project, "withdraw", "482", "135", "--on", "20/11/2026", "--yes")
    assert done.code == 0, done.said
    assert done.out.startswith(f"{MINE}  Vườn bà Hường  {HO}\nĐã ghi: hộ {MINE} rút ngày 20/11/2026.\n")
    heading, mine, *others = before[REGISTER].decode().splitlines()
    assert mine == f"{MINE},thon/ho.yaml,2026-10-20,,,"
    after = [f"{heading},left_on", f"{mine}withdrawn,2026-11-20", *(f"{other}," for other in others), ""]
    assert changed(project, before) == {HO: LEFT, REGISTER: "\n".join(after)}
    assert (project / ".vuonho/register.csv").read_bytes() == (project / REGISTER).read_bytes()
    again = vuonho("-C", project, "withdraw", MINE)
    assert (again.code, "đã rút rồi (ngày 20/11/2026), không có gì thay đổi" in again.out) == (0, True)


def test_a_file_of_any_program_changes_by_one_line(project: Path) -> None:
    """Marks, line ends, UTF-16, braces, an empty `withdrawn`; mistakes elsewhere and a missing row hold nobody back."""
    dresses = {"utf-8-sig": "\n", "utf-8": "\r\n", "utf-16": "\r\n"}
    for codec, newline in dresses.items():
        (project / HO).write_bytes(TEXT.replace("\n", newline).encode(codec))
        off(project)
        assert (project / HO).read_bytes() == LEFT.replace("\n", newline).encode(codec)
    flow = f'{{code: "{MINE}", name: A, consent: {{}}, location: {{}}, garden: {{}}, checked: 2026-11-02}}\n'
    (project / HO).write_text(flow, encoding="utf-8")
    off(project)
    assert (project / HO).read_text(encoding="utf-8") == flow.replace("checked", f"withdrawn: {DAY}, checked")
    wrong = TEXT.replace("name:", "withdrawn:\nname:").replace("garden: {}", "garden: {area: mười}")
    (project / HO).write_text(wrong, encoding="utf-8")
    rows = (project / REGISTER).read_text(encoding="utf-8").splitlines(keepends=True)
    (project / REGISTER).write_text("".join(row for row in rows if MINE not in row), encoding="utf-8")
    (project / ".vuonho/register.csv").unlink()
    off(project)
    assert (project / HO).read_text(encoding="utf-8") == wrong.replace("withdrawn:", f"withdrawn: {DAY}")
    assert status_of(project, MINE) == "withdrawn"


def test_a_profile_that_is_gone(project: Path) -> None:
    """Its row says that it left; there is no profile to send visitors on from."""
    (project / HO).unlink()
    with pytest.raises(UserError) as refused:
        off(project, moved_to=OTHER)
    assert "không còn" in refused.value.message.vi
    off(project)
    assert (status_of(project, MINE), (project / HO).exists()) == ("withdrawn", False)


@each("text", [TEXT.replace("name: ", "name: ["), TEXT.partition("\n# xem")[0] + "\n", ""])
def test_a_profile_that_cannot_be_edited(tmp_path: Path, text: str) -> None:
    """The register closes its page, and the file stays as it is; it is not sent on, and can be erased."""
    project = write(tmp_path / "du-an", PROJECT)
    (project / HO).write_text(text, encoding="utf-8")
    with pytest.raises(DataProblems) as found:
        off(project, moved_to=OTHER)
    assert {problem.file for problem in found.value.problems} == {HO}
    assert off(project).is_unread
    assert (status_of(project, MINE), (project / HO).read_text(encoding="utf-8")) == ("withdrawn", text)
    off(project, erase=True)
    assert f'code: "{MINE}"\nwithdrawn: {DAY}\nchecked:' in (project / HO).read_text(encoding="utf-8")


# --- Which household, and since when ---


def test_which_household_is_meant(project: Path) -> None:
    """With whatever stands between the digits; else what may be meant is said: codes one slip away, names; no void code."""
    for typed in ("482135", "482 135", "482-135", "482.135", " 482–135 "):
        assert plan_departure(project, Wish(typed, DAY)).code == MINE
    nobody = {
        "482136": "482135", "4821355": "482135", "huong": "482135 (Vườn bà Hường)", "vườn": "259410 (Vườn ông Lân)",
        "không ai": "codes.csv", "1000800": "codes.csv", "482135 259410": "5 đến 8", "": "codes.csv",
    }  # fmt: skip
    for typed, meant in nobody.items():
        with pytest.raises(UserError) as refused:
            plan_departure(project, Wish(typed, DAY))
        assert meant in refused.value.message.vi + refused.value.hint.vi
    write(project, {"profiles/thon/chep.yaml": TEXT.encode()})
    with pytest.raises(UserError) as refused:
        off(project)
    assert (HO in refused.value.hint.vi, "chep.yaml" in refused.value.message.vi) == (True, True)
    (project / "profiles/thon/chep.yaml").unlink()
    edit(project / REGISTER, "ho.yaml,2026-10-20,,,", "ho.yaml,2026-10-20,,,void")
    with pytest.raises(UserError) as refused:
        off(project)
    assert "đã hủy" in refused.value.message.vi


def test_the_day(project: Path) -> None:
    """As people write it, today where none is given, never one to come, nor one before the family agreed if it was named."""
    assert (parse_day("", DAY), parse_day("19/11/2026", DAY)) == (DAY, date(2026, 11, 19))
    for typed in ("21/11/2026", "hôm qua"):
        with pytest.raises(UserError):
            parse_day(typed, DAY)
    before = files(project)
    done = vuonho("-C", project, "withdraw", MINE, "--on", "19/10/2026")
    assert (done.code, changed(project, before)) == (1, {})
    assert "19/10/2026 trước ngày gia đình đồng ý 20/10/2026" in done.err
    assert vuonho("-C", project, "withdraw", MINE, "--on", "20/10/2026", "--dry-run").code == 0
    edit(project / HO, "given: 2026-10-20", "given: 2062-10-20")
    off(project)
    assert status_of(project, MINE) == "withdrawn"


# --- Moving ------------------------------------------------------------------------------------------------------


def test_moving_on(project: Path) -> None:
    """The plaque leads to the new code, and `check` agrees; a chain is fine, and to leave after that too."""
    off(project, moved_to="259 410")
    assert f'moved_to: "{OTHER}"\n\n# xem' in (project / HO).read_text(encoding="utf-8")
    assert status_of(project, MINE) == "moved"
    off(project, OTHER, moved_to=THIRD)
    again = vuonho("-C", project, "withdraw", MINE, "--moved-to", OTHER)
    assert (again.code, "không có gì thay đổi" in again.out) == (0, True)
    assert "moved" not in vuonho("-C", project, "check").out


def test_a_place_that_nobody_can_be_sent_to(project: Path) -> None:
    """Itself, nobody, one that left, or in a ring: refused with the words of `check`, nothing written."""
    off(project, THIRD)
    before = files(project)
    for goal in (MINE, "107351", "10008", THIRD, "x"):
        with pytest.raises(UserError) as refused:
            off(project, moved_to=goal)
        assert goal == "x" or "để trống (--moved-to)" in refused.value.hint.vi
        assert "withdrawn" not in refused.value.hint.en
    assert changed(project, before) == {}
    off(project, moved_to=OTHER)
    with pytest.raises(UserError) as refused:
        off(project, OTHER, moved_to=MINE)
    assert "quay về" in refused.value.message.vi


def test_who_had_moved_there_leaves_too(project: Path) -> None:
    """Their plaques led to a household that is gone now; all of them answer with a notice, and `check` is content."""
    off(project, moved_to=OTHER)
    off(project, OTHER, moved_to=THIRD)
    shown = vuonho("-C", project, "withdraw", THIRD, "--dry-run", "--lang", "en")
    assert f"Code {MINE} leads to this household" in shown.out
    assert "Nothing was written." in shown.out
    rows = (project / REGISTER).read_text(encoding="utf-8")  # a void code in a profile stops nobody's leaving
    (project / REGISTER).write_text(rows.replace(",moved,", ",void,", 1), encoding="utf-8")
    assert off(project, THIRD).followers == (OTHER, MINE)
    assert [status_of(project, code) for code in (MINE, OTHER, THIRD)] == ["withdrawn"] * 3
    for name in ("ho", "lan", "ba"):
        text = (project / f"profiles/thon/{name}.yaml").read_text(encoding="utf-8")
        assert (f"withdrawn: {DAY}" in text, "moved_to" in text) == (True, False)


def test_from_withdrawn_to_moved_and_back(project: Path) -> None:
    """One line at a time; the day of leaving stays."""
    off(project)
    off(project, moved_to=OTHER)
    text = (project / HO).read_text(encoding="utf-8")
    assert (f'moved_to: "{OTHER}"' in text, "withdrawn" in text, status_of(project, MINE)) == (
        True, False, "moved",
    )  # fmt: skip
    off(project)
    assert (project / HO).read_text(encoding="utf-8") == LEFT


# --- Erasing -----------------------------------------------------------------------------------------------------


def test_erasing(project: Path) -> None:
    """The profile shrinks, comments too; photos go that nobody else shows, and no other; a second time is nothing."""
    before = files(project)
    done = vuonho("-C", project, "withdraw", MINE, "--erase", "--yes", "--on", "2026-11-20")
    assert done.code == 0, done.said
    assert "  Xóa hẳn: profiles/thon/photos/ho-1.jpg\n" in done.out
    assert "chung.jpg" not in done.out
    now = changed(project, before)
    assert now.keys() == {HO, REGISTER, "profiles/thon/photos/ho-1.jpg"}
    assert now[HO] == f'code: "{MINE}"\nwithdrawn: {DAY}\nchecked: 2026-11-02\n'
    assert not (project / ".vuonho/erase.json").exists()
    assert "không có gì thay đổi" in vuonho("-C", project, "withdraw", MINE, "--erase").out
    off(project, OTHER)  # one that left keeps its day when its data go later
    take_off(project, Wish(OTHER, date(2026, 11, 24), erase=True), DAY, lambda: None)
    assert f"withdrawn: {DAY}\n" in (project / "profiles/thon/lan.yaml").read_text(encoding="utf-8")


@posix
def test_paths_and_links_lead_nowhere(project: Path, tmp_path: Path) -> None:
    """Only files in the village's own folder are removed, whatever the profile names."""
    write(tmp_path, {"ngoai.jpg": b"x"})
    (project / "profiles/thon/photos/lien.jpg").symlink_to(tmp_path / "ngoai.jpg")
    photos = "photos: [../site.yaml, ../../../ngoai.jpg, photos/lien.jpg, photos/../village.yaml, /etc/hosts, '..\\\\site.yaml']"
    (project / HO).write_text(TEXT.replace(TEXT[TEXT.index("photos:") : TEXT.index("]") + 1], "").replace(
        "garden: {}", f"garden: {{}}\n{photos}"), encoding="utf-8")  # fmt: skip
    before = files(project)
    assert off(project, erase=True).photos == ()
    assert changed(project, before).keys() == {HO, REGISTER}
    assert (tmp_path / "ngoai.jpg").exists()


def test_a_neighbour_that_cannot_be_read(project: Path) -> None:
    """One of the photos may be his: nothing is erased before his file is corrected."""
    write(project, {"profiles/thon/lan.yaml": b"name: ["})
    with pytest.raises(DataProblems):
        off(project, erase=True)
    assert (project / HO).read_text(encoding="utf-8") == TEXT
    off(project)


def test_a_photo_that_is_open_elsewhere(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The household has left; the photo goes with the next command, unless it is another one by then."""
    (project / HO).write_text(TEXT.replace("chung", "la"), encoding="utf-8")

    def held(path: Path) -> None:
        if path.suffix == ".jpg":
            raise PermissionError(13, "in use", str(path))
        remove(path)

    with monkeypatch.context() as during:
        during.setattr("vuonho.output.files.remove", held)
        done, left = take_off(project, Wish(MINE, DAY, erase=True), DAY, lambda: None)
        said = [todo.what.vi for todo in left_to_do(project, done, DAY, left)]
    assert len(left) == 2
    assert any("Chưa xóa được" in text for text in said)
    write(project, {"profiles/thon/photos/la.jpg": b"a new one of that name"})
    recover(project)
    assert not (project / "profiles/thon/photos/ho-1.jpg").exists()
    assert (project / "profiles/thon/photos/la.jpg").exists()
    assert not (project / ".vuonho/erase.json").exists()


def test_a_note_that_nobody_wrote(project: Path, tmp_path: Path) -> None:
    """It removes nothing outside, and no command stumbles over it."""
    write(tmp_path, {"x": b"x"})
    outside = (b'[["../../x", "a"]]', b'[["profiles/../../x", "a"]]', b'[["C:\\\\x", "a"]]')
    for note in (b"[", b"{}", b"7", *outside, b"[" * 9999):
        write(project, {".vuonho/erase.json": note})
        before = files(project)
        recover(project)
        assert changed(project, before) == {}
        assert (tmp_path / "x").exists()


# --- Old or new --------------------------------------------------------------------------------------------------


def test_a_register_that_excel_has_open(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is met before the first file is replaced."""

    def held(path: Path) -> None:
        if path.name == "codes.csv":
            raise OSError(16, "busy", str(path))

    monkeypatch.setattr("vuonho.output.files.probe_replace", held)
    before = files(project)
    with pytest.raises(MachineError) as trouble:
        off(project, erase=True)
    assert "đang mở" in trouble.value.message.vi
    assert changed(project, before) == {}
    assert [name for name in files(project) if name.endswith((".vuonho", "together.json"))] == []


@posix
@pytest.mark.slow
def test_killed_at_every_call(project: Path, tmp_path: Path) -> None:
    """After the next command the household is there with all it had, or gone with all of it."""
    old = files(project / "profiles")
    calls = count_calls(project, tmp_path, ACT, keep=True)
    new = files(tmp_path / "hiccup-10000/profiles")
    assert old.keys() - new.keys() == {"thon/photos/ho-1.jpg"}
    found = []
    for n in disturbed("kill", project, tmp_path, ACT, some(calls, 8)):
        recover(tmp_path / f"kill-{n}")
        found.append(files(tmp_path / f"kill-{n}/profiles"))
    assert [one for one in found if one not in (old, new)] == []
    assert (old in found, new in found) == (True, True)


# --- What remains ------------------------------------------------------------------------------------------------


def test_what_remains_is_told(project: Path) -> None:
    """For this household: its plaque, the board that names it, the copies that hold it, and by when."""
    note_print(project, MINE, "https://thon.example/")
    board = "village,printed,url,batch\nthon,2026-11-05,https://thon.example/thon/,1\n"
    write(project, {"profiles/boards.csv": board.encode()})
    copy = safety_copy(project, NOW)
    assert vuonho("-C", project, "backup", project / "luu.zip").code == 0
    done = vuonho("-C", project, "withdraw", MINE, "--on", "2026-11-20", "--yes")
    numbers = re.findall(r"(?m)^ (\d+)\. ", done.out)
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    for word in ("vuonho publish", "24/11/2026", "05/12/2026", "01/11/2026", "vuonho plaques --village thon --size a3",
                 "1 ảnh gốc (ho-1.jpg)", "--erase", copy.name, "luu.zip", "Zalo", "tờ đồng ý", "Google", "GitHub"):  # fmt: skip
        assert word in done.out, word
    moved = plan_departure(project, Wish(OTHER, DAY, moved_to=THIRD))
    told = " ".join(todo.what.vi for todo in left_to_do(project, moved, DAY))
    assert ("vuonho publish" in told, "15 ngày" in told, "Zalo" in told) == (True, False, False)


def test_the_days_of_the_law(project: Path) -> None:
    """Two working days, from a Friday to the Tuesday after it; one that has passed is called overdue, in both languages."""
    assert working_days_after(date(2026, 11, 20), 2) == date(2026, 11, 24)
    assert working_days_after(date(2026, 11, 23), 2) == date(2026, 11, 25)
    plan = plan_departure(project, Wish(MINE, DAY))
    for today, late in (
        (date(2026, 11, 24), (0, 0)),
        (date(2026, 11, 25), (1, 0)),
        (date(2026, 12, 6), (1, 1)),
    ):
        days = next(todo.what for todo in left_to_do(project, plan, today) if "15 ngày" in todo.what.vi)
        found = ("làm việc, đã quá hạn" in days.vi, "20/11/2026, đã quá hạn" in days.vi)
        assert (found, days.en.count("overdue")) == (late, sum(late))


def test_a_household_without_a_name(project: Path) -> None:
    """One that was erased is called by its code alone; what would be written is shown before it is."""
    off(project, erase=True)
    shown = vuonho("-C", project, "withdraw", MINE, "--moved-to", OTHER, "--dry-run")
    assert shown.out.startswith(f'{MINE}  {HO}\n  Sẽ ghi vào {HO}: moved_to: "{OTHER}"\n')
    line = f"  Would be written to profiles/thon/lan.yaml: withdrawn: {DAY}\n"
    assert line in vuonho("-C", project, "withdraw", OTHER, "--on", str(DAY), "--dry-run", "--lang", "en").out


@each(
    ("wished", "question"),
    [
        ((), "Rút hộ này khỏi trang?"),
        (("--erase",), "Rút và xóa hẳn những thứ trên?"),
        (("--moved-to", OTHER), f"Dẫn biển của hộ này sang mã {OTHER}?"),
        (("--moved-to", OTHER, "--erase"), f"Dẫn biển của hộ này sang mã {OTHER} và xóa hẳn những thứ trên?"),
    ],
)
def test_the_question_says_what_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wished: tuple[str, ...], question: str
) -> None:
    """On a terminal the household is named and the question asked, also that something goes for good; only a yes is a yes."""
    project = write(tmp_path / "du-an", PROJECT)
    monkeypatch.setattr("vuonho.cli.console.Console.can_ask", True)
    for answer, is_off in (("", False), ("không", False), ("c", True)):

        def prompt(asked: str, *, answer: str = answer, **_: object) -> str:
            assert question in asked
            return answer

        monkeypatch.setattr("click.prompt", prompt)
        done = vuonho("-C", project, "withdraw", MINE, *wished)
        assert done.out.startswith(f"{MINE}  Vườn bà Hường")
        assert (done.code, status_of(project, MINE) != "") == (0, is_off)


def test_nobody_is_taken_off_where_nobody_can_be_asked(project: Path) -> None:
    """Off a terminal a withdrawal wants --yes, whatever comes in by a pipe."""
    before = files(project / "profiles")
    for options in ((), ("--erase",)):
        done = vuonho("-C", project, "withdraw", MINE, *options)
        assert (done.code, "chạy lại với --yes" in done.err) == (1, True)
        assert files(project / "profiles") == before
    assert "Xóa hẳn: profiles/thon/photos/ho-1.jpg" in done.out
    assert vuonho("-C", project, "withdraw", MINE, "--yes").code == 0
    assert status_of(project, MINE) == "withdrawn"
    assert vuonho("-C", project, "withdraw", MINE, "--erase", "--yes").code == 0
    assert not (project / "profiles/thon/photos/ho-1.jpg").exists()
