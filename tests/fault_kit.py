"""Something that is disturbed at its n-th call that changes a file, again and again, in a process of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from command_kit import environment

DRIVER = """
import errno, os, shutil, signal, sys, threading
from pathlib import Path

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGING = ("os.rename", "os.remove", "os.rmdir", "os.mkdir")
FAILS = {"full": errno.ENOSPC, "denied": errno.EACCES, "broken": errno.EIO, "hiccup": errno.EIO}
mode, template, scratch, code = sys.argv[1:5]
chosen = [int(n) for n in sys.argv[5:]]
calls, limit, project, safe, one = 0, 0, "", set(), threading.RLock()
truly_sync = os.fsync
exec(code)

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
    grows = event in ("open", "os.mkdir")
    if mode in FAILS and (calls == limit if mode == "hiccup" else calls >= limit and (grows or mode != "full")):
        raise OSError(FAILS[mode], os.strerror(FAILS[mode]), name)

def lose_unsynced():
    global limit
    limit = 0
    for path in Path(project).rglob("*"):
        if path.is_file() and path.stat().st_ino not in safe:
            path.write_bytes(bytes(path.stat().st_size))

def attempt(n):
    global calls, limit, project
    project = os.path.join(scratch, f"{mode}-{n}")
    shutil.copytree(template, project)
    safe.update(path.stat().st_ino for path in Path(project).rglob("*"))
    calls, limit = 0, n
    try:
        code = act(Path(project))
    except KeyboardInterrupt:
        code = 130
    finally:
        limit = 0
    return code

def told(n):
    code = attempt(n)
    print(n, calls, code, flush=True)

def spared(n):
    child = os.fork()
    if not child:
        told(n)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        print(n, n, 9, flush=True)

sys.addaudithook(watch)
os.fsync = sync
if mode in ("kill", "power"):
    attempt(0)  # undisturbed, so that each child finds everything loaded
    shutil.rmtree(project)
for n in chosen:
    spared(n) if mode in ("kill", "power") else told(n)
"""


def command(*words: str) -> str:
    """Return an `act` that calls the program with these words in the project."""
    return f"""
import contextlib
from vuonho.cli.app import run
from vuonho.cli.console import Console
def act(project):
    with contextlib.redirect_stdout(sys.stderr):
        return run(["-C", str(project), *{words!r}], Console("vi"))
"""


def some(calls: int, step: int) -> list[int]:
    """Return which of the calls are disturbed: one of `step` and the last two, or all with VUONHO_EVERY_CALL=1."""
    step = 1 if os.environ.get("VUONHO_EVERY_CALL") else step
    return sorted({*range(1, calls + 1, step), calls - 1, calls})


def disturbed(
    mode: str, template: Path, scratch: Path, act: str, chosen: Sequence[int]
) -> dict[int, tuple[int, int]]:
    """Return (calls seen, exit code) for each n: `act` defines a function of that name from a project to a code.

    `mode` is "kill", "power" (killed, and what was not synced is lost), "interrupt" (Ctrl-C), "full" (no space from
    then on), "denied" (no rights), "broken" (a broken disk) or "hiccup" (one failure). The projects are copies of `template`, `scratch`/<mode>-<n>. A killed process counts as 9, Ctrl-C as 130.
    """
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", DRIVER, mode, template, scratch, act, *map(str, chosen)],
        env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = (line.split() for line in done.stdout.splitlines())
    return {int(n): (int(calls), int(code)) for n, calls, code in lines}


def count_calls(template: Path, scratch: Path, act: str, *, keep: bool = False) -> int:
    """Return how many calls there are to disturb; the project of the count, `scratch`/hiccup-10000, may be kept."""
    (calls, code) = disturbed("hiccup", template, scratch, act, [10_000])[10_000]
    assert code == 0
    if not keep:
        shutil.rmtree(scratch / "hiccup-10000")
    return calls
