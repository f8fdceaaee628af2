"""A backup becomes a project again in a folder of its own: every byte of it, or nothing."""

import os
import shutil
from pathlib import Path

import pytest

from backup_kit import NOW, PLAIN, quietly, rewrite, saved, write
from command_kit import KEPT, build, edit, files, rows, vuonho
from fault_kit import command, count_calls, disturbed, some
from vuonho.backup.backup import safety_copy
from vuonho.backup.restore import unpack
from vuonho.errors import MachineError, UserError

ACT = command("restore", "sao-luu.zip", "moi")


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """The backup of a small project."""
    return saved(write(tmp_path / "du-an", PLAIN)).file


def test_a_lost_disk_does_not_kill_the_plaques(demo: Path, tmp_path: Path) -> None:
    """The demo from its backup in a new folder builds to the same site, byte for byte, prints and all."""
    file, new = tmp_path / "sao-luu.zip", tmp_path / "máy mới"
    row = next(row for row in rows(demo) if row[0] == "482135")
    printed = [*row[:3], "2026-11-20", "https://vuonmau.example/482135/", ""]
    edit(demo / "profiles/codes.csv", ",".join(row), ",".join(printed))
    assert build(demo).code == 0
    assert vuonho("-C", demo, "backup", file).code == 0
    done = vuonho("restore", file, new)
    assert done.code == 0, done.said
    assert "16 hồ sơ, 20 ảnh" in done.out
    assert files(demo / "profiles") == files(new / "profiles")
    assert printed in rows(new)
    shutil.copytree(demo / ".vuonho/cache", new / ".vuonho/cache")  # spares the photos, not the pages
    assert build(new).code == 0
    site = files(new / "site")
    del site[".gitignore"]
    assert files(demo / "site") == site
    (new / "profiles/codes.csv").unlink()
    assert "mất 19 mã" in vuonho("-C", new, "check").out


def test_into_a_new_or_an_empty_folder(backup: Path, tmp_path: Path) -> None:
    """Folders above it are made, what a killed run left is no hindrance, and profiles are kept out of git."""
    write(tmp_path / "bo-do/.vuonho-moi", {"profiles/site.yaml": b"half"})
    assert vuonho("-C", tmp_path / "bo-do", "check").code == 1
    (tmp_path / "trong").mkdir()
    for target in (tmp_path / "a/b", tmp_path / "trong", tmp_path / "bo-do"):
        done = unpack(backup, target, quietly)
        assert (done.counts.profiles, done.counts.photos) == (1, 1)
        found = files(target)
        assert PLAIN.items() <= found.items()
        assert found.keys() - PLAIN.keys() == {*KEPT, "site/.gitignore"}
        assert b"/profiles/" in found[".gitignore"]
        assert not (target / ".vuonho-moi").exists()


def test_what_will_not_do(backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with something in it, a file, a copy without photos, no project, no file: refused, untouched."""
    write(tmp_path, {"co/ghi-chu.txt": b"x", "tep": b"y"})
    copy = safety_copy(tmp_path / "du-an", NOW)
    before = files(tmp_path)
    for file, name, said in (
        (backup, "co", "đã có thứ khác"),
        (backup, "tep", "đã có thứ khác"),
        (copy, "moi", "không có ảnh"),
    ):
        with pytest.raises(UserError) as refused:
            unpack(file, tmp_path / name, quietly)
        assert said in refused.value.message.vi
    assert files(tmp_path) == before
    (tmp_path / "trống").mkdir()
    monkeypatch.chdir(tmp_path / "trống")
    for arguments, said in (((str(backup),), "THƯ_MỤC"), (("khong-co.zip", "moi"), "khong-co.zip")):
        done = vuonho("restore", *arguments)
        assert (done.code, said in done.err) == (1, True)
    assert list(Path().iterdir()) == []


def test_a_failure_leaves_nothing_behind(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last file is other than its list says, or the disk is full: all that was unpacked before goes again."""
    bad = rewrite(backup, tmp_path / "bad.zip", lambda found, _: found.update({"templates/languages/vi.yaml": b"a: c\n"}))  # fmt: skip
    for folders in ("moi", "x/y/moi"):
        with pytest.raises(UserError) as refused:
            unpack(bad, tmp_path / folders, quietly)
        assert "templates/languages/vi.yaml" in refused.value.message.vi
        assert not (tmp_path / folders.split("/", maxsplit=1)[0]).exists()
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    with pytest.raises(MachineError) as trouble:
        unpack(backup, tmp_path / "moi", quietly)
    assert "đầy" in trouble.value.message.vi
    assert not (tmp_path / "moi").exists()


@pytest.mark.skipif(os.name == "nt", reason="forks of POSIX")
@pytest.mark.slow
def test_killed_at_every_call(tmp_path: Path) -> None:
    """A folder in which there are profiles is the whole project; and what was killed can be done again elsewhere."""
    root = write(tmp_path / "du-an", PLAIN)
    saved(root)
    calls = count_calls(root, tmp_path, ACT)
    sample = some(calls, 8)
    disturbed("kill", root, tmp_path, ACT, sample)
    seen = set()
    for n in sample:
        new = tmp_path / f"kill-{n}/moi"
        is_whole = (new / "profiles").exists()
        assert not is_whole or PLAIN.items() <= files(new).items()
        assert files(tmp_path / f"kill-{n}/profiles") == files(root / "profiles")
        seen.add(is_whole)
    assert seen == {False, True}
