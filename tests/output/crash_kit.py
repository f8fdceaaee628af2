"""A build that is disturbed at its n-th call, in a process of its own, and what must hold afterwards."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from vuonho.output.lock import locked
from vuonho.output.site_writer import SiteWriter, recover
from vuonho.resources import Artifact

OLD = {
    "index.html": "home",
    "a/index.html": "a",
    "qr/a.png": "code",
    "b/index.html": "b",
    "x/y/z.jpg": "gone",
}
NEW = {
    "index.html": "home 2",
    "a/index.html": "a 2",
    "qr/a.png": "code",
    "en/a/index.html": "new",
    "b/index.html": "b 2",
}
THEIRS = {"CNAME": "vuonmau.example", "x/mine.txt": "mine"}
EDITED = "b by hand"

DRIVER = """
import errno, json, os, shutil, signal, sys, threading
from pathlib import Path
from vuonho.resources import Artifact
from vuonho.errors import VuonhoError
from vuonho.output.lock import locked
from vuonho.output.site_writer import SiteWriter

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGING = ("os.rename", "os.remove", "os.rmdir", "os.mkdir")
mode, first, template, scratch = sys.argv[1:5]
new, forks = json.loads(sys.argv[5]), sys.argv[6] == "forks"
calls, limit, project, safe, one = 0, 0, "", set(), threading.RLock()
truly_sync = os.fsync

def watch(event, arguments):
    opened = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
    if not limit or not (opened or event in CHANGING) or not str(arguments[0]).startswith(project):
        return
    with one:
        disturb(event, arguments[0])

def sync(handle):
    with one:
        if limit:
            disturb("fsync", None)
        truly_sync(handle)
        safe.add(os.fstat(handle).st_ino)

def disturb(event, name):
    global calls
    calls += 1
    if mode == "kill" and calls == limit:
        os._exit(9)
    if mode == "power" and calls == limit:
        lose_unsynced()
        os._exit(9)
    if mode == "interrupt" and calls == limit:
        signal.raise_signal(signal.SIGINT)
    if mode == "full" and calls >= limit and event in ("open", "os.mkdir"):
        raise OSError(errno.ENOSPC, "full", name)
    if (mode == "broken" and calls >= limit) or (mode == "hiccup" and calls == limit):
        raise OSError(errno.EIO, "broken", name)

def lose_unsynced():
    global limit
    limit = 0
    for path in Path(project).rglob("*"):
        if path.is_file() and path.stat().st_ino not in safe:
            path.write_bytes(bytes(path.stat().st_size))

def build(n):
    global calls, limit, project
    project = os.path.join(scratch, str(n))
    shutil.copytree(template, project)
    safe.update(path.stat().st_ino for path in Path(project).rglob("*"))
    calls, limit = 0, n
    try:
        with locked(Path(project)), SiteWriter(Path(project), "site") as writer:
            for path, content in new.items():
                writer.add(Artifact(path, content.encode()))
            writer.commit()
        return 0
    except VuonhoError:
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        limit = 0

sys.addaudithook(watch)
os.fsync = sync
n = int(first)
while True:
    child = os.fork() if forks else 0
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) if child else build(n)
    if forks and not child:
        os._exit(code)
    print(n, code, flush=True)
    if code != 9 if forks else calls < n:
        break
    n += 1
"""


def build(project: Path, files: dict[str, str]) -> None:
    """Write the files as one build."""
    with locked(project), SiteWriter(project, "site") as writer:
        for path, content in files.items():
            writer.add(Artifact(path, content.encode()))
        writer.commit()


def tree(folder: Path) -> dict[str, str]:
    """Return the files below a folder, and its empty folders with a slash."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file():
            found[name] = path.read_text(encoding="utf-8")
        elif not any(path.iterdir()):
            found[f"{name}/"] = ""
    return found


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """Return a project with the old site, a stranger's files in it, and one page edited by hand."""
    project = tmp_path / "template"
    (project / "site/x").mkdir(parents=True)
    (project / "site/CNAME").write_text(THEIRS["CNAME"], encoding="utf-8")
    build(project, OLD)
    (project / "site/x/mine.txt").write_text(THEIRS["x/mine.txt"], encoding="utf-8")
    (project / "site/b/index.html").write_text(EDITED, encoding="utf-8")
    assert tree(project / "site") == BEFORE
    return project


BEFORE = OLD | THEIRS | {"b/index.html": EDITED}
AFTER = NEW | THEIRS


def run_killed(mode: str, template: Path) -> list[tuple[int, int]]:
    """Return the same of builds that each die in a process of its own, killed (9) at their n-th call.

    Where processes can fork, they fork from one Python that has loaded the program; elsewhere each is started anew.
    """
    if hasattr(os, "fork"):
        return run(mode, template, how="forks")
    killed, n = [], 1
    while not (survived := run(mode, template, n)):
        killed.append((n, 9))
        n += 1
    return [*killed, *survived]


def run(mode: str, template: Path, first: int = 1, how: str = "") -> list[tuple[int, int]]:
    """Return the numbers of the calls that were disturbed, and the exit codes; the last one was not."""
    command = [
        sys.executable,
        "-c",
        DRIVER,
        mode,
        str(first),
        str(template),
        str(template.parent),
        json.dumps(NEW),
        how,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 9), done.stderr
    return [(int(n), int(code)) for n, code in map(str.split, done.stdout.splitlines())]


def judge(project: Path, *, must_be_new: bool = False) -> str:
    """Return whether the site was "old", "new" or "mixed"; after the next command all must be well."""
    found = {"old": BEFORE, "new": AFTER}
    was = next((name for name, files in found.items() if files == tree(project / "site")), "mixed")
    recover(project)
    assert tree(project / "site") in ([AFTER] if must_be_new else [BEFORE, AFTER])
    build(project, NEW)
    assert tree(project / "site") == AFTER
    state = set(tree(project / ".vuonho"))
    (kept,) = state - {".gitignore", "lock", "out/site/manifest.json"}
    assert (project / ".vuonho" / kept).read_text(encoding="utf-8") == EDITED
    shutil.rmtree(project)
    return was


def killed_in_the_middle(template: Path) -> Path:
    """Return a project whose build was killed after its commit point, with a part of the files moved."""
    for n in range(50, 200):
        run("kill", template, n)
        project = template.parent / str(n)
        journal = project / ".vuonho/out/site/journal.json"
        if journal.exists() and tree(project / "site") != BEFORE | {"en/a/": ""}:
            return project
        shutil.rmtree(project)
    raise AssertionError
