"""A small village ready to be published, real repositories on the disk, and how to look into them."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from command_kit import Outcome, build, files, note_print, rows, vuonho
from village_kit import write_village

HOMES = 3
DOMAIN = "thondong.example"
FAR, LANGUAGES = "../trang.git", ("vi", "en")


def clean() -> dict[str, str]:
    """Return an environment in which git knows nobody's settings."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    someone = {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return ours | someone | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}


def git(folder: Path, *arguments: str, feed: bytes = b"") -> str:
    """Call git in a repository and return what it says."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, input=feed, env=clean(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


def bare(path: Path, *options: str) -> Path:
    """Make a bare repository."""
    path.parent.mkdir(parents=True, exist_ok=True)
    git(path.parent, "init", "--quiet", "--bare", "--initial-branch=main", *options, str(path))
    return path


def put(repository: Path, held: Mapping[str, bytes], ref: str = "refs/heads/main", after: str = "") -> str:
    """Make a commit of these files in a repository, the next of `ref` unless it is said after which; return it."""
    stream = [f"commit {ref}\ncommitter x <x> 1 +0000\ndata 1\nx\n".encode()]
    if after:
        stream.append(f"from {after}^0\ndeleteall\n".encode())
    for name, content in held.items():
        stream.append(b'M 100644 inline "%s"\ndata %d\n%s\n' % (name.encode(), len(content), content))
    git(repository, "fast-import", "--quiet", "--force", feed=b"".join(stream))
    return git(repository, "rev-parse", ref)


def refs(repository: Path) -> dict[str, str]:
    """Return every ref with what it points to."""
    lines = git(repository, "for-each-ref", "--format=%(refname) %(objectname)").splitlines()
    return dict(line.split(" ") for line in lines)


def tree(repository: Path, ref: str = "main") -> dict[str, str]:
    """Return what stands for the content of each file of a branch."""
    lines = (line.split("\t") for line in git(repository, "ls-tree", "-r", "-z", ref).split("\0") if line)
    return {path: told.split(" ")[2] for told, path in lines}


def checkout(repository: Path, target: Path, branch: str = "main") -> dict[str, bytes]:
    """Return the files of a clone, as a server would have them."""
    git(repository, "clone", "--quiet", "--branch", branch, str(repository), str(target))
    return {name: content for name, content in files(target).items() if not name.startswith(".git/")}


def make_project(folder: Path) -> Path:
    """Write a village of a few households, the first of them printed, and build it."""
    root = write_village(folder / "dự án", HOMES)
    note_print(root, rows(root)[0][0], f"https://{DOMAIN}/")
    done = build(root)
    assert done.code == 0, done.said
    return root


def publish(root: Path, *options: str, to: str = FAR, language: str = "vi") -> Outcome:
    """Publish a project."""
    where = ("--to", to) if to else ()
    return vuonho("-C", root, "publish", "--lang", language, *where, *options)


def belongs(root: Path) -> dict[str, bytes]:
    """Return all files of a project but its lock, its cache and what a build writes down to be faster."""
    return {
        name: content
        for name, content in files(root).items()
        if name != ".vuonho/lock" and not name.startswith((".vuonho/cache/", ".vuonho/out/site/memo."))
    }
