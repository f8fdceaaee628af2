"""The output folder: what can be one, and where it can be."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from site_kit import NEW, OLD, build, tree

from case_kit import each
from vuonho.errors import MachineError, UserError
from vuonho.output.site_writer import SiteWriter

posix = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")


@each(
    "out",
    [".", "..", "/", "profiles", "profiles/site", "templates", "src/x", ".git", ".vuonho/x", "a/.git/b", "~"],
)
def test_unsuitable_folder_is_refused(tmp_path: Path, out: str) -> None:
    """The project, what is above it, and its own folders cannot be the site."""
    with pytest.raises(UserError):
        SiteWriter(tmp_path, Path(out).expanduser())


@each(
    "out",
    ["~", "~/site", "~ai", "con", "CON", "web/aux", "nul.x/site", "site.", "site ", "web./x", "a\nb", "a\x1bb",
     "a\x00b", "a:b", "a?", "com1"],
)  # fmt: skip
def test_a_name_that_windows_cannot_hold_is_refused(tmp_path: Path, out: str) -> None:
    """Nor is `~` a folder; nothing is made, and the message has no control characters."""
    for folder in (out, f"{tmp_path}/{out}", f"{tmp_path.parent}/{out}"):
        if "~" in out and folder != out:
            continue
        with pytest.raises(UserError) as caught:
            SiteWriter(tmp_path, folder)
        assert all(said.isprintable() for said in caught.value.message)
    assert list(tmp_path.iterdir()) == []


@posix
def test_an_odd_folder_that_is_there_may_hold_the_site(tmp_path: Path) -> None:
    """Somebody's disk is called as it is called; only new names are judged."""
    (tmp_path / "ổ đĩa ").mkdir()
    SiteWriter(tmp_path, "ổ đĩa /site").abort()


def test_file_is_no_site(tmp_path: Path) -> None:
    """An output folder that is a file is refused and stays."""
    (tmp_path / "site").write_bytes(b"x")
    with pytest.raises(UserError):
        build(tmp_path, OLD)
    assert (tmp_path / "site").read_bytes() == b"x"


@posix
def test_link_is_no_site(tmp_path: Path) -> None:
    """An output folder that is a link is refused, so that nothing is written elsewhere."""
    (tmp_path / "else").mkdir()
    (tmp_path / "site").symlink_to("else")
    with pytest.raises(UserError):
        build(tmp_path, OLD)
    assert tree(tmp_path / "else") == {}


@posix
@pytest.mark.parametrize("name", ["qr", "qr/482135.png", "gone"])
def test_link_inside_the_site_is_not_followed(tmp_path: Path, name: str) -> None:
    """Behind a link in the site nothing is written or deleted."""
    build(tmp_path, OLD)
    target, elsewhere = tmp_path / "site" / name, tmp_path / "else"
    target.rename(elsewhere)
    target.symlink_to(elsewhere)
    before = elsewhere.read_bytes() if elsewhere.is_file() else tree(elsewhere)
    try:
        build(tmp_path, NEW)
    except UserError:
        assert name != "gone"
    assert target.is_symlink()
    assert before == (elsewhere.read_bytes() if elsewhere.is_file() else tree(elsewhere))


def test_output_folder_elsewhere(tmp_path: Path) -> None:
    """An absolute folder outside the project works, with its state in the project."""
    project, out = tmp_path / "p", tmp_path / "www" / "vườn"
    project.mkdir()
    build(project, OLD, out)
    build(project, NEW, out)
    assert tree(out) == NEW
    assert {"p", "www"} == {path.name for path in tmp_path.iterdir()}


def test_two_output_folders_do_not_know_each_other(tmp_path: Path) -> None:
    """Each output folder has its own state."""
    build(tmp_path, OLD, "site")
    build(tmp_path, NEW, "public/site")
    build(tmp_path, OLD, "site")
    assert (tree(tmp_path / "site"), tree(tmp_path / "public/site")) == (OLD, NEW)


@pytest.fixture
def off_memory(tmp_path: Path) -> Iterator[Path]:
    """Return a folder that is on another file system than /dev/shm, where the folders of tests may lie."""
    if not Path("/dev/shm").is_dir():  # noqa: S108
        pytest.skip("needs a second file system")
    memory = Path("/dev/shm").stat().st_dev  # noqa: S108
    if tmp_path.stat().st_dev != memory:
        yield tmp_path
        return
    with tempfile.TemporaryDirectory() as folder:
        if Path(folder).stat().st_dev == memory:
            pytest.skip("the same file system")
        yield Path(folder)


def test_output_folder_on_another_disk(off_memory: Path) -> None:
    """On another disk the new files wait beside the site, and nothing stays there."""
    second = Path("/dev/shm") / f"vuonho-{os.getpid()}"  # noqa: S108
    try:
        build(off_memory, OLD, second / "a/site")
        (second / "a/site/index.html").write_bytes(b"by hand")
        build(off_memory, NEW, second / "a/site")
        assert {f"a/site/{path}": content for path, content in NEW.items()} == tree(second)
        with pytest.raises(UserError):
            build(off_memory, {"../x": b""} | OLD, second / "b/site")
        assert [path.name for path in second.iterdir()] == ["a"]
        with pytest.raises(MachineError):
            build(off_memory, OLD, Path("/dev/shm"))  # noqa: S108
    finally:
        for path in sorted(second.rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
        second.rmdir()
