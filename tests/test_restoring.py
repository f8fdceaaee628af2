"""A backup brought back into a project that is there: nothing is lost by it, and who left stays away."""

import os
import shutil
from pathlib import Path

import pytest

from backup_kit import NOW, PLAIN, quietly, saved, write
from command_kit import SLUG, edit, files, rows, vuonho
from fault_kit import command, count_calls, disturbed, some
from vuonho.backup.backup import safety_copies
from vuonho.backup.restore import RestorePlan, plan_restore, restore_here
from vuonho.errors import MachineError
from vuonho.model.codes import check_digit

posix = pytest.mark.skipif(os.name == "nt", reason="forks and signals of POSIX")
HUONG, MAI, REGISTER = f"profiles/{SLUG}/ba-huong.yaml", f"profiles/{SLUG}/chi-mai.yaml", "profiles/codes.csv"
PHOTO = f"profiles/{SLUG}/photos/huong-2.jpg"
ACT = command("restore", "sao-luu.zip", "--yes")


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


def row_of(root: Path, code: str = "482135") -> str:
    """Return the line of a code."""
    return ",".join(next(row for row in rows(root) if row[0] == code))


def test_what_was_spoilt_comes_back(project: Path, backed_up: Path) -> None:
    """Files that are gone, cut short, overwritten; what is only here stays; the sentence says how to go back."""
    done = vuonho("-C", project, "restore", "sao-luu.zip", "--yes")
    assert (done.code, done.out.splitlines()[-1]) == (0, "Dự án đã có đủ như bản sao lưu.")
    assert safety_copies(project) == ()
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
    shutil.rmtree(project / "profiles")
    assert vuonho("-C", project, "restore", "sao-luu.zip", "--yes").code == 0
    assert files(project / "profiles") == files(backed_up / "profiles")
    assert vuonho("-C", project, "check").code == 0


def test_the_registers_only_gain(project: Path) -> None:
    """Codes and prints given since stay, rows that were lost come back, from backup or memory; so do boards."""
    row, lost = row_of(project), ",".join(rows(project)[0])
    printed = ",".join([*row.split(",")[:3], "2026-11-20", "https://vuonmau.example/482135/", ""])
    edit(project / REGISTER, row, printed)
    edit(project / REGISTER, f"{lost}\n", "")
    content = (project / MAI).read_text(encoding="utf-8")
    code = f"10735{check_digit('10735')}"
    write(project, {f"profiles/{SLUG}/moi.yaml": content.replace(content.split('"')[1], code, 1).encode()})
    with (project / REGISTER).open("a", encoding="utf-8") as register:
        register.write(f"{code},{SLUG}/moi.yaml,2026-11-21,,,\n")
    board = f"village,printed,url,batch\n{SLUG},2026-11-20,https://vuonmau.example/{SLUG}/,1\n"
    write(project, {".vuonho/boards.csv": board.encode()})
    done = restored(project)
    assert done.rows == (lost.split(",")[0],)
    assert [row[0] for row in rows(project)[-2:]] == [code, lost.split(",")[0]]
    assert printed in (project / REGISTER).read_text(encoding="utf-8")
    assert (project / "profiles/boards.csv").read_text(encoding="utf-8") == board
    assert vuonho("-C", project, "check").code == 0
    (project / REGISTER).write_bytes(b"\xd0\xcf\x11\xe0 Excel")
    restored(project)
    assert printed in (project / REGISTER).read_text(encoding="utf-8")
    assert vuonho("-C", project, "check").code == 0


def test_a_backup_of_another_project(project: Path, tmp_path: Path) -> None:
    """No code in common: refused, and nothing is written; where our register is lost, nothing can be told."""
    foreign = {
        "profiles/site.yaml": b"base_url: https://nguoita.example/\n",
        "profiles/codes.csv": b"code,profile,given,printed,url,status\n107351,xa/la.yaml,2026-10-20,,,\n",
        "profiles/xa/la.yaml": b'code: "107351"\n',
    }
    file = saved(write(tmp_path / "khac", foreign)).file
    before = files(project / "profiles")
    done = vuonho("-C", project, "restore", file, "--yes")
    assert (done.code, done.out, "dự án khác" in done.err) == (1, "", True)
    assert "vuonho restore TỆP.zip THƯ_MỤC" in done.err
    assert files(project / "profiles") == before
    for content in (b"", b"\xd0\xcf\x11\xe0 Excel"):
        write(project, {"profiles/codes.csv": content})
        assert "profiles/xa/la.yaml" in plan_restore(project, file, quietly).new


def test_a_file_that_is_no_backup(project: Path) -> None:
    """One that was cut short, one that was changed, one that is none, one that is not there: nothing has changed."""
    whole = (project / "sao-luu.zip").read_bytes()
    middle = len(whole) // 2
    changed = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    write(project, {"cut.zip": whole[:middle], "changed.zip": changed, "none.zip": b"none"})
    shutil.rmtree(project / "profiles" / SLUG / "photos")
    before = files(project / "profiles")
    for name in ("cut.zip", "changed.zip", "none.zip", "nowhere.zip"):
        done = vuonho("-C", project, "restore", name, "--yes")
        assert (done.code, "→" in done.err, files(project / "profiles") == before) == (1, True, True), (
            done.said
        )


def test_who_left_since_stays_away(project: Path) -> None:
    """Neither the profile nor the photos come back, each named with the reason; the register alone, or the memory, tells."""
    photos = sorted(path for path in files(project) if "/huong-" in path)
    row = row_of(project)
    left = 'code: "482135"\nwithdrawn: 2026-11-20\nchecked: 2026-11-02\n'
    (project / HUONG).write_text(left, encoding="utf-8")
    assert plan(project).kept.keys() == {HUONG}
    edit(project / REGISTER, row, ",".join([*row.split(",")[:5], "withdrawn"]))
    for photo in photos:
        (project / photo).unlink()
    (project / MAI).unlink()
    before = files(project / "profiles")
    done = restored(project)
    assert (done.new, {*done.kept}, len(photos)) == ((MAI,), {HUONG, *photos}, 5)
    assert files(project / "profiles").keys() - before.keys() == {MAI.removeprefix("profiles/")}
    assert "đã rút" in done.kept[HUONG].vi
    (project / HUONG).unlink()
    assert HUONG in plan(project).kept
    shutil.move(project / REGISTER, project / ".vuonho/register.csv")
    assert HUONG in restored(project).kept


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("publish: [full_name, ", "publish: ["),
        ("  given: 2026-10-20\n", ""),
        ("people: false", "people: true"),
    ],
)
def test_who_shows_less_now_keeps_showing_less(project: Path, old: str, new: str) -> None:
    """A tick less, no consent, people in a photo: an older profile would show again what was taken back."""
    text = (project / HUONG).read_text(encoding="utf-8")
    assert old in text
    (project / HUONG).write_text(text.replace(old, new), encoding="utf-8")
    edit(project / MAI, "area: 350", "area: 360")  # this one is set back
    assert (plan(project).changed, [*plan(project).kept]) == ((MAI,), [HUONG])


def test_a_renamed_profile_is_no_second_household(project: Path) -> None:
    """The code is the identity; and a name that another household has now is not taken from it."""
    (project / HUONG).rename(project / f"profiles/{SLUG}/huong-moi.yaml")
    (project / MAI).rename(project / HUONG)
    kept = {name: why.vi for name, why in plan(project).kept.items()}
    assert kept.keys() == {HUONG, MAI}
    assert "nay ở profiles" in kept[MAI]
    assert "nay là hộ" in kept[HUONG]


def test_the_question(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal it is asked; only a yes is a yes, and what changed while it stood is not done."""
    (project / MAI).unlink()
    shown = plan(project)
    (project / HUONG).unlink()
    with pytest.raises(MachineError) as trouble:
        restore_here(project, project / "sao-luu.zip", shown, NOW, progress=quietly, on_wait=lambda: None)
    assert "vừa bị thay đổi" in trouble.value.message.vi
    monkeypatch.setattr("vuonho.cli.console.Console.can_ask", True)
    for answer, is_back in (("", False), ("k", False), ("có", True)):
        monkeypatch.setattr("click.prompt", lambda *_, answer=answer, **__: answer)
        done = vuonho("-C", project, "restore", "sao-luu.zip")
        assert (done.code, (project / MAI).exists()) == (0, is_back)


@posix
@pytest.mark.slow
def test_killed_at_every_call(tmp_path: Path) -> None:
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
    found = []
    for n in disturbed("kill", root, tmp_path, ACT, some(calls, 8)):
        vuonho("-C", tmp_path / f"kill-{n}", "check")
        found.append(files(tmp_path / f"kill-{n}/profiles"))
    assert [one for one in found if one not in (old, new)] == []
    assert (old in found, new in found) == (True, True)
