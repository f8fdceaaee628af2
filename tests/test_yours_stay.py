"""Promise 2: what vuonho did not write is neither changed nor deleted."""

from pathlib import Path

import pytest

from command_kit import SLUG, build, edit, files

pytestmark = pytest.mark.slow


def test_a_foreign_folder_is_refused(unbuilt: Path) -> None:
    """A folder with somebody's files in it is no place for a site, and stays as it is."""
    (unbuilt / "site").mkdir()
    (unbuilt / "site/thesis.txt").write_text("three years of work", encoding="utf-8")
    before = files(unbuilt)
    done = build(unbuilt)
    assert done.code == 1
    assert "thesis.txt" in done.err
    assert before == {
        name: text for name, text in files(unbuilt).items() if not name.startswith(".vuonho/")
    } | {name: text for name, text in before.items() if name.startswith(".vuonho/")}


@pytest.mark.parametrize("name", [".gitignore", "CNAME", ".git/HEAD"])
def test_a_folder_of_the_publisher_counts_as_empty(unbuilt: Path, name: str) -> None:
    """What publishing needs may lie there already, and stays."""
    path = unbuilt / "site" / name
    path.parent.mkdir(parents=True)
    path.write_text("theirs", encoding="utf-8")
    assert build(unbuilt).code == 0
    assert path.read_text(encoding="utf-8") == "theirs"
    assert build(unbuilt).code == 0
    assert path.read_text(encoding="utf-8") == "theirs"


def test_files_put_beside_ours_stay(demo: Path) -> None:
    """A file and a folder of somebody's, one of them in a folder of a household that goes."""
    mine = [demo / "site/google123.html", demo / f"site/{SLUG}/board.pdf", demo / "site/photos/mine.jpg"]
    for path in mine:
        path.write_text("mine", encoding="utf-8")
    path = demo / f"profiles/{SLUG}/ba-huong.yaml"
    path.write_text('code: "482135"\nwithdrawn: 2026-11-20\nchecked: 2026-11-20\n', encoding="utf-8")
    assert build(demo).code == 0
    assert [path.read_text(encoding="utf-8") for path in mine] == ["mine"] * 3


def test_a_page_edited_by_hand_is_kept(demo: Path) -> None:
    """The site is made right again, the edited copy is kept, and the summary says where."""
    page = demo / "site/index.html"
    page.write_text("edited by hand", encoding="utf-8")
    done = build(demo)
    assert done.code == 0
    assert "index.html: bản sửa tay được giữ ở" in done.err
    kept = demo / done.err.split("giữ ở ")[1].splitlines()[0]
    assert kept.read_text(encoding="utf-8") == "edited by hand"
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_profiles_are_never_touched(demo: Path) -> None:
    """A build reads what people write, and writes none of it."""
    edit(demo / f"profiles/{SLUG}/chi-mai.yaml", "area: 350", "area: 360")
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in (demo / "profiles").rglob("*.*")}
    assert build(demo).code == 0
    assert before == {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in before}
