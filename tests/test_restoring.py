"""A backup brought back into a project that is there: nothing is lost by it, and who left stays away."""

import os
import shutil
from pathlib import Path

import pytest

from backup_kit import NOW, PLAIN, quietly, saved, write
from command_kit import SLUG, edit, files, rows, vuonho
from fault_kit import count_calls, disturbed, some
from vuonho.backup.backup import safety_copies, safety_copy
from vuonho.backup.restore import RestorePlan, plan_restore, restore_here
from vuonho.errors import MachineError
from vuonho.model.codes import check_digit

posix = pytest.mark.skipif(os.name == "nt", reason="forks and signals of POSIX")
HUONG, MAI, REGISTER = f"profiles/{SLUG}/ba-huong.yaml", f"profiles/{SLUG}/chi-mai.yaml", "profiles/codes.csv"
PHOTO = f"profiles/{SLUG}/photos/huong-2.jpg"
ACT = """
from vuonho.cli.app import run
from vuonho.cli.console import Console
import contextlib
def act(project):
    with contextlib.redirect_stdout(sys.stderr):
        return run(["-C", str(project), "restore", "sao-luu.zip", "--yes"], Console("vi"))
"""


@pytest.fixture(scope="module")
def backed_up(built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo without its site, with a backup of itself; to be copied."""
    root = tmp_path_factory.mktemp("backed") / "demo"
    shutil.copytree(built_demo / "profiles", root / "profiles")
    (root / ".vuonho").mkdir()
    shutil.copyfile(built_demo / ".vuonho/register.csv", root / ".vuonho/register.csv")
    assert vuonho("-C", root, "backup", "sao-luu.zip").code == 0
    return root


@pytest.fixture
def project(backed_up: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may spoil."""
    return shutil.copytree(backed_up, tmp_path / "demo")


def plan(root: Path) -> RestorePlan:
    """What would come back."""
    return plan_restore(root, root / "sao-luu.zip", quietly)


def restored(root: Path) -> RestorePlan:
    """Restore and return what was done; a second time there is nothing more to do."""
    found = plan(root)
    restore_here(root, root / "sao-luu.zip", found, NOW, progress=quietly, on_wait=lambda: None)
    assert plan(root).is_nothing
    return found


def withdraw(root: Path, profile: str, code: str) -> None:
    """Take a household off by hand, down to what must stay."""
    (root / profile).write_text(f'code: "{code}"\nwithdrawn: 2026-11-20\nchecked: 2026-11-02\n', encoding="utf-8")  # fmt: skip
    row = next(row for row in rows(root) if row[0] == code)
    edit(root / REGISTER, ",".join(row), ",".join([*row[:5], "withdrawn"]))


def test_what_is_whole_stays(project: Path) -> None:
    """Nothing is written, not even a copy, where the project has all that the backup has."""
    before = files(project / "profiles")
    done = vuonho("-C", project, "restore", "sao-luu.zip", "--yes")
    assert (done.code, done.out.splitlines()[-1]) == (0, "Dự án đã có đủ như bản sao lưu.")
    assert files(project / "profiles") == before
    assert safety_copies(project) == ()


def test_what_was_spoilt_is_mended(project: Path, backed_up: Path) -> None:
    """Files that are gone, cut short, overwritten; what is only here stays; the sentence says how to go back."""
    (project / HUONG).unlink()
    (project / PHOTO).unlink()
    (project / MAI).write_bytes((project / MAI).read_bytes()[:90])
    (project / "profiles/site.yaml").write_text("hỏng", encoding="utf-8")
    write(project, {f"profiles/{SLUG}/moi.yaml": b"code:\n", "profiles/ghi-chu.docx": b"x"})
    before = files(project / "profiles")
    shown = vuonho("-C", project, "restore", "sao-luu.zip")
    assert shown.code == 0
    assert [line for line in shown.out.splitlines() if line.startswith("  ")] == [
        f"  mới về  {HUONG}", f"  mới về  {PHOTO}", "  đổi lại  profiles/site.yaml", f"  đổi lại  {MAI}",
    ]  # fmt: skip
    assert "--yes" in shown.out
    assert files(project / "profiles") == before
    done = vuonho("-C", project, "restore", "sao-luu.zip", "--yes")
    assert done.code == 0, done.said
    here = files(project / "profiles")
    assert files(backed_up / "profiles").items() <= here.items()
    assert here.keys() - files(backed_up / "profiles").keys() == {f"{SLUG}/moi.yaml", "ghi-chu.docx"}
    (copy,) = safety_copies(project)
    assert f"vuonho restore .vuonho/backups/{copy.name}" in done.out
    assert vuonho("-C", project, "restore", f".vuonho/backups/{copy.name}", "--yes").code == 0
    assert (project / "profiles/site.yaml").read_text(encoding="utf-8") == "hỏng"


def test_all_profiles_lost(project: Path, backed_up: Path) -> None:
    """The folder is gone with everything in it: all comes back, in the same project."""
    shutil.rmtree(project / "profiles")
    assert vuonho("-C", project, "restore", "sao-luu.zip", "--yes").code == 0
    assert files(project / "profiles") == files(backed_up / "profiles")
    assert vuonho("-C", project, "check").code == 0


def test_the_register_is_never_set_back(project: Path) -> None:
    """A code given since stays, a print since stays, a row that was lost comes back, and `check` is content."""
    huong = next(row for row in rows(project) if row[0] == "482135")
    printed = ",".join([*huong[:3], "2026-11-20", "https://vuonmau.example/482135/", ""])
    edit(project / REGISTER, ",".join(huong), printed)
    lost = rows(project)[0]
    edit(project / REGISTER, ",".join(lost) + "\n", "")
    content = (project / MAI).read_text(encoding="utf-8")
    code = f"10735{check_digit('10735')}"
    write(project, {f"profiles/{SLUG}/moi.yaml": content.replace(content.split('"')[1], code, 1).encode()})
    with (project / REGISTER).open("a", encoding="utf-8") as register:
        register.write(f"{code},{SLUG}/moi.yaml,2026-11-21,,,\n")
    done = restored(project)
    assert done.rows == (lost[0],)
    assert [row[0] for row in rows(project)[-2:]] == [code, lost[0]]
    assert printed in (project / REGISTER).read_text(encoding="utf-8")
    assert vuonho("-C", project, "check").code == 0


def test_a_lost_register_comes_from_the_memory_and_the_backup(project: Path) -> None:
    """Prints that only the memory knows of are there again."""
    text = (project / ".vuonho/register.csv").read_text(encoding="utf-8")
    row = next(row for row in rows(project) if row[0] == "482135")
    printed = ",".join([*row[:3], "2026-11-20", "https://vuonmau.example/482135/", ""])
    (project / ".vuonho/register.csv").write_text(text.replace(",".join(row), printed), encoding="utf-8")
    (project / REGISTER).write_bytes(b"\xd0\xcf\x11\xe0 Excel")
    restored(project)
    assert printed in (project / REGISTER).read_text(encoding="utf-8")
    assert vuonho("-C", project, "check").code == 0


FOREIGN = {
    "profiles/site.yaml": "base_url: https://nguoita.example/\ntitle: Thôn Người Ta\n".encode(),
    "profiles/codes.csv": b"code,profile,given,printed,url,status\n107351,xa/la.yaml,2026-10-20,,,\n",
    "profiles/xa/village.yaml": "name: Thôn\n".encode(),
    "profiles/xa/la.yaml": b'code: "107351"\n',
}


def test_a_backup_of_another_project(project: Path, tmp_path: Path) -> None:
    """UserError by its name with the way out, and nothing is written."""
    other = write(tmp_path / "khac", FOREIGN)
    saved(other)
    before = files(project / "profiles")
    done = vuonho("-C", project, "restore", other / "sao-luu.zip", "--yes")
    assert (done.code, done.out) == (1, "")
    assert "dự án khác: “Thôn Người Ta”, “https://nguoita.example/”" in done.err
    assert "vuonho restore TỆP.zip THƯ_MỤC" in done.err
    assert files(project / "profiles") == before


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("profiles/codes.csv", b""),
        ("profiles/codes.csv", b"\xd0\xcf\x11\xe0 Excel"),
        ("profiles/site.yaml", b"title: ["),
        ("profiles/site.yaml", b"base_url: https://moi.example\nprevious_urls: [https://nguoita.example]\n"),
    ],
)
def test_what_may_be_the_same_project(project: Path, tmp_path: Path, file: str, content: bytes) -> None:
    """A register or settings that are lost tell nothing, and a site that moved is the same: its backup comes back."""
    other = write(tmp_path / "khac", FOREIGN)
    saved(other)
    write(project, {file: content})
    assert "profiles/xa/la.yaml" in plan_restore(project, other / "sao-luu.zip", quietly).new


def test_who_left_since_stays_away(project: Path) -> None:
    """Neither the profile nor the photos come back, and each is named with the reason."""
    photos = sorted(path for path in files(project) if "/huong-" in path)
    withdraw(project, HUONG, "482135")
    for photo in photos:
        (project / photo).unlink()
    (project / MAI).unlink()
    before = files(project / "profiles")
    done = restored(project)
    assert done.new == (MAI,)
    assert {one.name for one in done.kept} == {HUONG, *photos}
    assert len(photos) == 5
    assert files(project / "profiles").keys() - before.keys() == {MAI.removeprefix("profiles/")}
    assert "đã rút" in next(one.why.vi for one in done.kept if one.name == HUONG)


def test_who_left_by_the_register_alone_stays_away(project: Path) -> None:
    """The file is gone; its row says that the household has withdrawn, and so says the memory when that is gone too."""
    row = next(row for row in rows(project) if row[0] == "482135")
    edit(project / REGISTER, ",".join(row), ",".join([*row[:5], "withdrawn"]))
    (project / HUONG).unlink()
    assert [one.name for one in plan(project).kept] == [HUONG]
    shutil.move(project / REGISTER, project / ".vuonho/register.csv")
    assert [one.name for one in restored(project).kept] == [HUONG]


@pytest.mark.parametrize("change", ["a tick less", "no consent", "people seen"])
def test_who_shows_less_now_keeps_showing_less(project: Path, change: str) -> None:
    """An older profile would show again what a family has taken back."""
    text = (project / HUONG).read_text(encoding="utf-8")
    less = {
        "a tick less": text.replace("publish: [full_name, ", "publish: ["),
        "no consent": "\n".join(line for line in text.splitlines() if "given:" not in line) + "\n",
        "people seen": text.replace("people: false", "people: true"),
    }[change]
    assert less != text
    (project / HUONG).write_text(less, encoding="utf-8")
    assert (plan(project).changed, tuple(one.name for one in plan(project).kept)) == ((), (HUONG,))


def test_who_shows_more_now_is_set_back(project: Path) -> None:
    """What was ticked since is lost with the rest of the edit, which is what a backup is for."""
    edit(project / MAI, "area: 350", "area: 360")
    assert (plan(project).changed, plan(project).kept) == ((MAI,), ())


def test_a_renamed_profile_is_no_second_household(project: Path) -> None:
    """The code is the identity; and a name that another household has now is not taken from it."""
    (project / HUONG).rename(project / f"profiles/{SLUG}/huong-moi.yaml")
    (project / MAI).rename(project / HUONG)
    kept = {one.name: one.why.vi for one in plan(project).kept}
    assert kept.keys() == {HUONG, MAI}
    assert "nay ở profiles" in kept[MAI]
    assert "nay là hộ" in kept[HUONG]


def test_boards_come_back(project: Path) -> None:
    """The record of village boards only gains too."""
    line = f"{SLUG},2026-11-20,https://vuonmau.example/{SLUG}/,1\n"
    head = "village,printed,url,batch\n"
    write(project, {"profiles/boards.csv": (head + line).encode()})
    assert vuonho("-C", project, "backup", "sao-luu.zip").code == 0
    newer = line.replace("11-20", "11-22")
    write(project, {"profiles/boards.csv": (head + newer).encode()})
    restored(project)
    assert (project / "profiles/boards.csv").read_text(encoding="utf-8") == head + newer + line
    assert (project / ".vuonho/boards.csv").read_text(encoding="utf-8") == head + newer + line


def test_what_changed_while_the_question_stood(project: Path) -> None:
    """Nothing is done that was not shown."""
    (project / MAI).unlink()
    shown = plan(project)
    (project / HUONG).unlink()
    with pytest.raises(MachineError) as trouble:
        restore_here(project, project / "sao-luu.zip", shown, NOW, progress=quietly, on_wait=lambda: None)
    assert "vừa bị thay đổi" in trouble.value.message.vi
    assert not (project / MAI).exists()


@pytest.mark.parametrize(("answer", "is_back"), [("c", True), ("", False), ("k", False), ("có", True)])
def test_the_question(project: Path, monkeypatch: pytest.MonkeyPatch, answer: str, is_back: bool) -> None:
    """On a terminal it is asked; only a yes is a yes."""
    (project / MAI).unlink()
    monkeypatch.setattr("vuonho.cli.console.Console.can_ask", True)
    monkeypatch.setattr("click.prompt", lambda *_, **__: answer)
    done = vuonho("-C", project, "restore", "sao-luu.zip")
    assert (done.code, (project / MAI).exists()) == (0, is_back)


def test_from_a_safety_copy(project: Path) -> None:
    """Texts come back from it, photos stay as they are."""
    copy = safety_copy(project, NOW)
    edit(project / MAI, "area: 350", "area: 360")
    found = plan_restore(project, copy, quietly)
    assert (found.new, found.changed, found.kept) == ((), (MAI,), ())


@posix
@pytest.mark.parametrize("mode", ["kill", "full"])
@pytest.mark.slow
def test_disturbed_at_every_call(tmp_path: Path, mode: str) -> None:
    """After the next command the profiles are as they were, or all of them are back."""
    root = write(tmp_path / "du-an", PLAIN)
    saved(root)
    for name in ("profiles/thon/photos/ho-1.jpg", "profiles/thon/village.yaml"):
        (root / name).unlink()
    write(root, {"profiles/codes.csv": b"code,profile,given,printed,url,status\n", "profiles/site.yaml": b"x: 1\n"})  # fmt: skip
    (root / "profiles/thon/photos").rmdir()
    old = files(root / "profiles")
    calls = count_calls(root, tmp_path, ACT, keep=True)
    new = files(tmp_path / "hiccup-10000/profiles")
    assert len(new) == 5
    told = disturbed(mode, root, tmp_path, ACT, some(calls, 8))
    seen = set()
    for n, (_, code) in told.items():
        there = tmp_path / f"{mode}-{n}"
        vuonho("-C", there, "check")
        found = files(there / "profiles")
        assert found in (old, new)
        assert code != 0 or found == new
        seen.add(found == new)
    assert seen == {False, True} or mode == "full"
