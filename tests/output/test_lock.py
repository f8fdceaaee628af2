"""The lock: one at a time, and never held by the dead."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from vuonho.errors import MachineError
from vuonho.output.lock import locked

HOLDER = """
import sys
from pathlib import Path
from vuonho.output.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held_by_another(project: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Return a process that holds the lock until its input ends."""
    command = [sys.executable, "-c", HOLDER, str(project)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"held"
        yield process
        process.kill()


def test_second_one_is_turned_away(tmp_path: Path) -> None:
    """While another process works, waiting ends in words, after one notice; a killed one frees the lock at once."""
    notices: list[str] = []
    with held_by_another(tmp_path) as process:
        with pytest.raises(MachineError) as caught, locked(tmp_path, 0.2, lambda: notices.append("wait")):
            pytest.fail("two at once")
        assert ("vuonho khác" in caught.value.message.vi, notices) == (True, ["wait"])
        process.kill()
        process.wait()
        with locked(tmp_path, wait=5):
            pass


def test_holder_may_lock_again(tmp_path: Path) -> None:
    """A function that locks can be called by one that has locked, and the outer lock stays."""
    with locked(tmp_path):
        with locked(tmp_path, wait=0):
            pass
        probe = [sys.executable, "-c", HOLDER.replace("1]))", "1]), wait=0)"), str(tmp_path)]
        done = subprocess.run(probe, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert b"held" not in done.stdout
    assert b"MachineError" in done.stderr


def test_state_folder(tmp_path: Path) -> None:
    """It is made with a .gitignore that hides all of it; a file in its place is told in words."""
    with locked(tmp_path):
        assert (tmp_path / ".vuonho/.gitignore").read_text(encoding="utf-8") == "*\n"
    (tmp_path / "x").mkdir()
    (tmp_path / "x/.vuonho").write_bytes(b"")
    with pytest.raises(MachineError), locked(tmp_path / "x"):
        pytest.fail("locked")
