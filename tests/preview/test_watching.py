"""When it is looked, and what counts as a change."""

from pathlib import Path

import pytest

from vuonho.serve.preview import changed, look_at, settled


def write(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_different_is_named(tmp_path: Path) -> None:
    """Files that came, went, changed or changed places, and a folder put in the place of another; nothing else.

    What editors, Excel, browsers and sync tools put beside a file for a moment is none; nor is the site, or our own
    state. No folder at all, and links that lead nowhere or round in a circle, are no reason to stop.
    """
    assert look_at(tmp_path) == {}
    one, two = write(tmp_path / "profiles/thon/a.yaml"), write(tmp_path / "profiles/thon/b.yaml")
    write(tmp_path / "words/crops.csv")
    before = look_at(tmp_path)
    for name in (
        ".a.yaml.swp",
        "a.yaml~",
        "~$a.xlsx",
        ".~lock.a#",
        "a.jpg.part",
        "a.JPG.TMP",
        "a.crdownload",
        ".git/index",
    ):
        write(tmp_path / "profiles" / name)
    write(tmp_path / "site/index.html")
    write(tmp_path / ".vuonho/lock")
    (tmp_path / "profiles/thon/photos").mkdir()
    (tmp_path / "profiles/round").symlink_to(tmp_path / "profiles")
    (tmp_path / "profiles/nowhere").symlink_to(tmp_path / "nothing")
    assert changed(before, look_at(tmp_path)) == ()
    one.write_text("xy", encoding="utf-8")
    two.rename(tmp_path / "profiles/thon/c.yaml")
    write(tmp_path / "templates/_style.css")
    (tmp_path / "words").rename(tmp_path / "old")
    write(tmp_path / "words/crops.csv")
    names = (
        "profiles/thon/a.yaml", "profiles/thon/b.yaml", "profiles/thon/c.yaml", "templates/_style.css",
        "words/crops.csv",
    )  # fmt: skip
    assert changed(before, look_at(tmp_path)) == names


def test_a_burst_is_one_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty photos copied one after the other, and at last an editor that writes beside and renames."""
    write(tmp_path / "profiles/a.yaml")
    before, photos = look_at(tmp_path), [f"profiles/photos/{number}.jpg" for number in range(30)]

    def copy_one(_seconds: float) -> None:
        if photos:
            write(tmp_path / photos.pop())
        else:
            write(tmp_path / "profiles/.a.new", "y").replace(tmp_path / "profiles/a.yaml")
            monkeypatch.undo()

    monkeypatch.setattr("vuonho.serve.preview.time.sleep", copy_one)
    assert len(changed(before, settled(tmp_path))) == 31
