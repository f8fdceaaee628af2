"""When it is looked, and what counts as a change."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vuonho.serve.rebuild import Look, changed, look_at, looks

FOLDERS = ("profiles", "templates")


def write(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_different_is_named(tmp_path: Path) -> None:
    """Files that came, went, changed or changed places; a new folder is nothing by itself."""
    one, two = write(tmp_path / "profiles/thon/a.yaml"), write(tmp_path / "profiles/thon/b.yaml")
    before = look_at(tmp_path, FOLDERS)
    assert changed(before, look_at(tmp_path, FOLDERS)) == ()
    one.write_text("xy", encoding="utf-8")
    two.rename(tmp_path / "profiles/thon/c.yaml")
    write(tmp_path / "templates/_style.css")
    (tmp_path / "profiles/thon/photos").mkdir()
    named = ("profiles/thon/a.yaml", "profiles/thon/b.yaml", "profiles/thon/c.yaml", "templates/_style.css")
    assert named == changed(before, look_at(tmp_path, FOLDERS))


def test_scratch_files_and_other_folders_do_not_count(tmp_path: Path) -> None:
    """What editors, Excel, browsers and sync tools put beside a file for a moment; the site; our own state."""
    write(tmp_path / "profiles/a.yaml")
    before = look_at(tmp_path, FOLDERS)
    for name in (".a.yaml.swp", "a.yaml~", "~$a.xlsx", ".~lock.a#", "a.jpg.part", "a.JPG.TMP", "a.crdownload",
                 ".git/index", ".a.yaml.new"):  # fmt: skip
        write(tmp_path / "profiles" / name)
    write(tmp_path / "site/index.html")
    write(tmp_path / ".vuonho/lock")
    assert changed(before, look_at(tmp_path, FOLDERS)) == ()


def test_a_project_without_its_folders_is_looked_at_all_the_same(tmp_path: Path) -> None:
    """What is gone, or leads round in a circle, is no reason to stop."""
    assert look_at(tmp_path, FOLDERS) == {}
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles/round").symlink_to(tmp_path / "profiles")
    (tmp_path / "profiles/nowhere").symlink_to(tmp_path / "nothing")
    assert {"profiles/round"} >= set(look_at(tmp_path, FOLDERS))


def test_a_burst_is_one_change_and_what_comes_meanwhile_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thirty photos copied in a row, an editor that writes beside and renames; and a save while a build is at work."""
    monkeypatch.setattr("vuonho.serve.rebuild._QUIET", 1)  # a busy machine copies with pauses
    write(tmp_path / "profiles/a.yaml")
    followed = looks(tmp_path, FOLDERS)
    before = next(followed)

    def copy_photos() -> None:
        for number in range(30):
            write(tmp_path / f"profiles/photos/{number}.jpg")
        os.replace(write(tmp_path / "profiles/.a.new", "y"), tmp_path / "profiles/a.yaml")  # noqa: PTH105

    seen = during(copy_photos, followed, before)
    assert len(changed(before, seen)) == 31
    write(tmp_path / "profiles/b.yaml")  # nobody asks just now
    assert changed(seen, next(followed)) == ("profiles/b.yaml",)


def during(work: Callable[[], None], followed: Iterator[Look], before: Look) -> Look:
    """Return the first look after some work began that finds a difference."""
    thread = threading.Thread(target=work)
    thread.start()
    seen = next(look for look in followed if changed(before, look))
    thread.join()
    return seen


def test_a_folder_that_is_put_in_place_of_another_is_noticed(tmp_path: Path) -> None:
    """With files of the same names; also templates that were not there at the start, and no folder at all."""
    write(tmp_path / "profiles/a.yaml")
    followed = looks(tmp_path, FOLDERS)
    first = next(followed)
    (tmp_path / "profiles").rename(tmp_path / "old")
    write(tmp_path / "profiles/a.yaml", "new")
    before = next(followed)
    assert changed(first, before) == ("profiles/a.yaml",)
    write(tmp_path / "profiles/a.yaml", "newer")
    write(tmp_path / "templates/x.css")
    assert len(changed(before, next(followed))) == 2
