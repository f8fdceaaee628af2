"""A project that lost something, and one that lost everything, from its backup: by commands and files alone."""

import shutil
from pathlib import Path

from command_kit import SLUG, build, edit, files, vuonho

FOLDER = f"profiles/{SLUG}"


def test_what_was_lost_comes_back(demo: Path, tmp_path: Path) -> None:
    """In place what is lost or spoilt; in a new folder all of it, and the same site is built of it."""
    saved = tmp_path / "cất.zip"
    done = vuonho("-C", demo, "backup", saved)
    assert done.code == 0, done.said
    before, site = files(demo / "profiles"), files(demo / "site")
    (demo / FOLDER / "ba-huong.yaml").unlink()
    shutil.rmtree(demo / FOLDER / "photos")
    edit(demo / FOLDER / "chi-mai.yaml", "name: ", "name: Hỏng ")
    register = demo / "profiles/codes.csv"
    lines = register.read_text(encoding="utf-8").splitlines(keepends=True)
    register.write_text("".join(line for line in lines if "ba-huong.yaml" not in line), encoding="utf-8")
    spoilt = files(demo / "profiles")
    asked = vuonho("-C", demo, "restore", saved)
    assert (asked.code, files(demo / "profiles")) == (0, spoilt), asked.said
    done = vuonho("-C", demo, "restore", saved, "--yes")
    assert done.code == 0, done.said
    now = files(demo / "profiles")
    assert sorted(now.pop("codes.csv").splitlines()) == sorted(before["codes.csv"].splitlines())
    assert now == {name: content for name, content in before.items() if name != "codes.csv"}
    done = vuonho("restore", saved, tmp_path / "mới")
    assert done.code == 0, done.said
    assert files(tmp_path / "mới/profiles") == before
    done = build(tmp_path / "mới")
    assert done.code == 0, done.said
    again = files(tmp_path / "mới/site")
    assert {name: again.get(name) for name in site} == site


def test_a_file_that_is_no_backup(demo: Path, tmp_path: Path) -> None:
    """One that was cut short, one that was changed, one that is none, one that is not there: nothing has changed."""
    assert vuonho("-C", demo, "backup", tmp_path / "whole.zip").code == 0
    whole = (tmp_path / "whole.zip").read_bytes()
    middle = len(whole) // 2
    (tmp_path / "cut.zip").write_bytes(whole[:middle])
    (tmp_path / "changed.zip").write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    (tmp_path / "none.zip").write_bytes(b"none")
    (demo / FOLDER / "ba-huong.yaml").unlink()
    shutil.rmtree(demo / FOLDER / "photos")
    before = files(demo / "profiles")
    for name in ("cut.zip", "changed.zip", "none.zip", "nowhere.zip"):
        done = vuonho("-C", demo, "restore", tmp_path / name, "--yes")
        assert (done.code, "→" in done.err) == (1, True), (name, done.said)
    assert files(demo / "profiles") == before
