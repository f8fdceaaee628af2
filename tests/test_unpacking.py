"""A backup becomes a project again in a folder of its own: every byte of it, or nothing."""

import os
import shutil
from pathlib import Path

import pytest

from backup_kit import NOW, PLAIN, quietly, rewrite, saved, write
from command_kit import KEPT, SLUG, build, edit, files, rows, vuonho
from fault_kit import count_calls, disturbed, some
from vuonho.backup.backup import safety_copy
from vuonho.backup.restore import unpack
from vuonho.errors import MachineError, UserError

ACT = """
from vuonho.cli.app import run
from vuonho.cli.console import Console
import contextlib
def act(project):
    with contextlib.redirect_stdout(sys.stderr):
        return run(["-C", str(project), "restore", "sao-luu.zip", "moi"], Console("vi"))
"""


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
    assert "mất 16 mã" in vuonho("-C", new, "check").out


def test_private_things_stay_private(backup: Path, tmp_path: Path) -> None:
    """A project that comes back keeps its profiles out of git, though its backup says nothing of that."""
    unpack(backup, tmp_path / "moi", quietly)
    found = files(tmp_path / "moi")
    assert found.keys() - PLAIN.keys() == {*KEPT, "site/.gitignore"}
    assert b"/profiles/" in found[".gitignore"]


@pytest.mark.parametrize("make", [bool, Path.mkdir], ids=["new", "empty"])
def test_into_a_new_or_an_empty_folder(backup: Path, tmp_path: Path, make: object) -> None:
    """The folders above it are made too."""
    target = tmp_path / "a/b"
    target.parent.mkdir()
    make(target)  # type: ignore[operator]
    done = unpack(backup, target / "", quietly)
    assert (done.counts.profiles, done.counts.photos) == (1, 1)
    assert PLAIN.items() <= files(target).items()


def test_what_a_killed_run_left_is_no_hindrance(backup: Path, tmp_path: Path) -> None:
    """Its folder holds nothing but what had been unpacked so far; no command takes that for a project."""
    write(tmp_path / "moi/.vuonho-moi", {"profiles/site.yaml": b"half"})
    assert vuonho("-C", tmp_path / "moi", "check").code == 1
    unpack(backup, tmp_path / "moi", quietly)
    assert PLAIN.items() <= files(tmp_path / "moi").items()
    assert not (tmp_path / "moi/.vuonho-moi").exists()


def test_nothing_is_mixed_with_what_is_there(backup: Path, tmp_path: Path) -> None:
    """A folder with anything in it, and a file: refused, untouched."""
    write(tmp_path, {"co/ghi-chu.txt": b"x", "tep": b"y"})
    before = files(tmp_path)
    for name in ("co", "tep"):
        with pytest.raises(UserError) as refused:
            unpack(backup, tmp_path / name, quietly)
        assert "đã có thứ khác" in refused.value.message.vi
    assert files(tmp_path) == before


@pytest.mark.parametrize("folders", ["moi", "x/y/moi"])
def test_a_damaged_backup_leaves_nothing_behind(backup: Path, tmp_path: Path, folders: str) -> None:
    """The last file of it is other than its list says: all that was unpacked before goes again."""
    bad = rewrite(backup, tmp_path / "bad.zip", lambda found, _: found.update({"templates/languages/vi.yaml": b"a: c\n"}))  # fmt: skip
    with pytest.raises(UserError) as refused:
        unpack(bad, tmp_path / folders, quietly)
    assert "templates/languages/vi.yaml" in refused.value.message.vi
    assert not (tmp_path / folders.split("/", maxsplit=1)[0]).exists()


def test_a_full_disk_leaves_nothing_behind(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is met before the first file."""
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    with pytest.raises(MachineError) as trouble:
        unpack(backup, tmp_path / "moi", quietly)
    assert "đầy" in trouble.value.message.vi
    assert not (tmp_path / "moi").exists()


def test_a_safety_copy_is_no_project(tmp_path: Path) -> None:
    """It has no photos: in a folder of its own it would be half a project."""
    copy = safety_copy(write(tmp_path / "du-an", PLAIN), NOW)
    with pytest.raises(UserError) as refused:
        unpack(copy, tmp_path / "moi", quietly)
    assert "không có ảnh" in refused.value.message.vi
    assert not (tmp_path / "moi").exists()


def test_where_there_is_no_project(backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a folder it wants a project, and says how else; a file that is not there is named."""
    (tmp_path / "trống").mkdir()
    monkeypatch.chdir(tmp_path / "trống")
    done = vuonho("restore", backup)
    assert (done.code, "THƯ_MỤC" in done.err) == (1, True)
    done = vuonho("restore", "khong-co.zip", "moi")
    assert (done.code, "khong-co.zip" in done.err) == (1, True)
    assert list(Path().iterdir()) == []
    assert SLUG not in done.said


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
