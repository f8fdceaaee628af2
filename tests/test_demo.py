"""A new project with the demo village: complete, private by default, or not there at all."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from case_kit import each
from command_kit import KEPT, ROOT, SLUG, build, demo_files, environment, files, vuonho
from publish_kit import git
from vuonho.errors import UserError
from vuonho.scaffold.init import unpack_demo

SMALL_DISK = """\
import resource, sys
sys.dont_write_bytecode = True  # half a file of it would be kept
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
from vuonho.cli import main
main()
"""


@pytest.mark.parametrize("made", [False, True])
def test_it_is_the_demo_of_the_program(tmp_path: Path, made: bool) -> None:
    """Into a new or an empty folder; every file of the demo, byte for byte, and nothing besides."""
    target = tmp_path / "a/thôn tôi" if not made else tmp_path
    done = vuonho("init", target, "--demo")
    assert (done.code, done.err) == (0, "")
    assert {*KEPT, "BAT-DAU.txt", "site/.gitignore"} | demo_files().keys() == files(target).keys()
    assert demo_files().items() <= files(target).items()


def test_it_builds_at_once(tmp_path: Path, built_demo: Path) -> None:
    """The hint of `init` works, and its site is that of the repository's demo."""
    assert vuonho("init", tmp_path / "x", "--demo").code == 0
    shutil.copytree(built_demo / ".vuonho/cache", tmp_path / "x/.vuonho/cache")
    assert vuonho("-C", tmp_path / "x", "check").code == 0
    assert build(tmp_path / "x").code == 0
    assert files(built_demo / "site") | {".gitignore": b"*\n!.gitignore\n"} == files(tmp_path / "x/site")


@each("there", ["note.txt", ".hidden", "profiles/site.yaml", "empty/"])
def test_a_folder_with_something_in_it_is_refused(tmp_path: Path, there: str) -> None:
    """Nothing is added, nothing is taken."""
    path = tmp_path / "x" / there
    path.parent.mkdir(parents=True)
    if there.endswith("/"):
        path.mkdir()
    else:
        path.write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    done = vuonho("init", tmp_path / "x", "--demo")
    assert (done.code, done.out) == (1, "")
    assert f"“{tmp_path / 'x'}” đã có thứ khác ở trong." in done.err
    assert before == sorted(tmp_path.rglob("*"))


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
@each("target", ["x/y", "."])
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, target: str) -> None:
    """Half a demo would be worse than none."""
    (tmp_path / "here").mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", SMALL_DISK, "-C", str(tmp_path / "here"), "init", target, "--demo"],
        env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert "không lường trước" not in done.stderr
    assert [tmp_path / "here"] == list(tmp_path.rglob("*"))


def test_a_read_only_demo_can_be_edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """System packages install files without the right to write; the copies are the team's own."""
    source = tmp_path / "shipped"
    shutil.copytree(ROOT / "profiles", source, ignore=shutil.ignore_patterns(".*"))
    for path in source.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        monkeypatch.setattr("vuonho.scaffold.init.shipped", lambda _: source)
        unpack_demo(tmp_path / "x")
    finally:
        for path in source.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert [path for path in (tmp_path / "x").rglob("*") if not path.stat().st_mode & 0o200] == []


def test_other_files_of_the_repository_are_not_the_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A private profile beside the demo does not come along."""
    source = tmp_path / "shipped"
    shutil.copytree(ROOT / "profiles", source)
    (source / "thon-that").mkdir()
    (source / "thon-that/nha.yaml").write_text("private", encoding="utf-8")
    monkeypatch.setattr("vuonho.scaffold.init.shipped", lambda _: source)
    with pytest.raises(UserError):
        unpack_demo(tmp_path)
    unpack_demo(tmp_path / "x")
    assert [path.name for path in (tmp_path / "x/profiles").iterdir() if path.is_dir()] == [SLUG]


@pytest.mark.skipif(shutil.which("git") is None, reason="no git on this machine")
def test_git_keeps_private_things_private(tmp_path: Path, built_demo: Path) -> None:
    """Promise 14: `git add .` takes neither profiles nor originals nor register, and the site stays out too."""
    root = tmp_path / "x"
    assert vuonho("init", root, "--demo").code == 0
    shutil.copytree(built_demo / ".vuonho/cache", root / ".vuonho/cache")
    assert build(root).code == 0
    git(root, "init", "-q")
    git(root, "add", ".")
    assert {*KEPT, "BAT-DAU.txt"} == set(git(root, "ls-files").split())
    told = git(root, "status", "--porcelain", "--ignored").splitlines()
    assert {"profiles/", ".vuonho/", "site/"} == {line[3:] for line in told if line[:2] == "!!"}
    private = [f"profiles/{SLUG}/ba-huong.yaml", f"profiles/{SLUG}/photos/huong-1.jpg", "profiles/codes.csv"]
    assert private == git(root, "check-ignore", *private).split()


@pytest.mark.skipif(shutil.which("git") is None, reason="no git on this machine")
def test_the_folder_of_the_site_protects_itself(tmp_path: Path) -> None:
    """Even without the project's own .gitignore the built site is not committed by accident."""
    assert vuonho("init", tmp_path, "--demo").code == 0
    (tmp_path / ".gitignore").unlink()
    (tmp_path / "site/index.html").write_text("built", encoding="utf-8")
    git(tmp_path, "init", "-q")
    assert git(tmp_path, "check-ignore", "site/index.html") == "site/index.html"
