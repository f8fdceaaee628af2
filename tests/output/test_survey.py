"""The survey of the output folder: nobody else's file is touched."""

from pathlib import Path

import pytest
from site_kit import NEW, OLD, build, tree

from case_kit import each
from vuonho.errors import UserError
from vuonho.output.site_writer import Kept


@pytest.mark.parametrize("name", [".gitignore", "CNAME", ".git/HEAD"])
def test_repository_without_a_site_counts_as_empty(tmp_path: Path, name: str) -> None:
    """What a Pages repository holds from the start is no obstacle, and stays."""
    target = tmp_path / "site" / name
    target.parent.mkdir(parents=True)
    target.write_bytes(b"theirs")
    build(tmp_path, OLD)
    build(tmp_path, NEW)
    assert NEW | {name: b"theirs"} == tree(tmp_path / "site")


@each("name", ["notes.txt", "index.html", "sub/CNAME", "ảnh cưới.jpg"])
def test_foreign_folder_is_refused(tmp_path: Path, name: str) -> None:
    """A folder with someone's files is left alone, and one of them is named."""
    target = tmp_path / "site" / name
    target.parent.mkdir(parents=True)
    target.write_bytes(b"theirs")
    with pytest.raises(UserError) as caught:
        build(tmp_path, OLD)
    assert {name: b"theirs"} == tree(tmp_path / "site")
    assert name in caught.value.message.vi


@pytest.mark.parametrize("damage", [None, b"\0" * 40])
def test_own_site_without_manifest_is_adopted(tmp_path: Path, damage: bytes | None) -> None:
    """If the state is lost, files that are byte for byte what we make are taken for ours again."""
    build(tmp_path, OLD)
    manifest = tmp_path / ".vuonho/out/site/manifest.json"
    manifest.unlink() if damage is None else manifest.write_bytes(damage)
    build(tmp_path, OLD | {"added.html": b"x"})
    build(tmp_path, NEW)
    assert tree(tmp_path / "site") == NEW


def test_file_of_others_stays(tmp_path: Path) -> None:
    """A file that someone put into the site stays, also where its folder is given up."""
    build(tmp_path, OLD)
    (tmp_path / "site/gone/a/mine.txt").write_bytes(b"mine")
    (tmp_path / "site/empty").mkdir()
    build(tmp_path, NEW)
    assert tree(tmp_path / "site") == NEW | {"gone/a/mine.txt": b"mine", "empty/": b""}


@pytest.mark.parametrize("name", ["en/index.html", "en"])
def test_file_of_others_in_the_way_is_refused(tmp_path: Path, name: str) -> None:
    """A new page does not overwrite a file that is not ours, nor one that stands where a folder is needed."""
    build(tmp_path, OLD)
    target = tmp_path / "site" / name
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(b"mine")
    with pytest.raises(UserError) as caught:
        build(tmp_path, NEW)
    assert OLD | {name: b"mine"} == tree(tmp_path / "site")
    assert "site/en" in caught.value.message.vi


def test_folder_in_the_way_is_refused(tmp_path: Path) -> None:
    """A page is not written where a folder stands."""
    build(tmp_path, OLD)
    (tmp_path / "site/en/index.html").mkdir(parents=True)
    with pytest.raises(UserError):
        build(tmp_path, NEW)
    assert tree(tmp_path / "site") == OLD | {"en/index.html/": b""}


def test_edited_file_is_copied_before_it_is_replaced(tmp_path: Path) -> None:
    """A page edited by hand is replaced, and the edit is kept outside the site."""
    build(tmp_path, OLD)
    (tmp_path / "site/482135/index.html").write_bytes(b"by hand")
    summary = build(tmp_path, NEW)
    assert tree(tmp_path / "site") == NEW
    (kept,) = summary.kept
    assert kept.path == "482135/index.html"
    assert kept.copy.startswith(".vuonho/kept/482135_index-")
    assert (tmp_path / kept.copy).read_bytes() == b"by hand"


def test_edited_file_is_not_removed(tmp_path: Path) -> None:
    """A page edited by hand that is no longer made stays, is reported once, and is ours no more."""
    build(tmp_path, OLD)
    (tmp_path / "site/gone/a/index.html").write_bytes(b"by hand")
    assert (Kept("gone/a/index.html"),) == build(tmp_path, NEW).kept
    assert build(tmp_path, NEW).kept == ()
    assert tree(tmp_path / "site") == NEW | {"gone/a/index.html": b"by hand"}
