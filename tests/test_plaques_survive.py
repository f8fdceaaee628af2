"""Whatever happens to `vuonho plaques`: no plaque without a record, no register half written, no file left behind."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Thread

import pytest

from case_kit import each
from command_kit import COMMAND, copy_demo, environment, files, rows, vuonho
from fault_kit import command, count_calls, disturbed
from project_kit import copy_of
from vuonho.errors import MachineError
from vuonho.i18n import Text
from vuonho.output.lock import locked
from vuonho.plaques.job import Request, print_plaques
from vuonho.register.choice import Wanted

pytestmark = pytest.mark.slow

posix = pytest.mark.skipif(os.name == "nt", reason="forks, signals and rights of POSIX")
PDF, REGISTER, MEMORY = "bien-a6-dot-1.pdf", "profiles/codes.csv", ".vuonho/register.csv"
ACT = command("plaques", "--all", "--size", "a6", "--yes", "--jobs", "1")
AS_ANOTHER = """\
import os, sys
from vuonho.cli.app import run
from vuonho.cli.console import Console
order = ["plaques", "--all", "--size", "a6", "--yes", "--jobs", "1"]
run(["-C", sys.argv[2], *order], Console("vi"))  # whatever is loaded late is loaded now
order += sys.argv[3:]
if os.geteuid() == 0:
    os.setgroups([])
    os.setuid(4321)
print("---", flush=True)
sys.exit(run(["-C", sys.argv[1], *order], Console("vi")))
"""


@dataclass(frozen=True, slots=True)
class Reference:
    """The project before a print, how many calls print it, and its files before and after."""

    project: Path
    calls: int
    old: dict[str, bytes]
    new: dict[str, bytes]


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    """Return a project whose only household has a plaque of another address, entered by hand."""
    folder = tmp_path_factory.mktemp("reference")
    project = copy_of("good-printed", folder)
    calls = count_calls(project, folder, ACT, keep=True)
    return Reference(project, calls, stable(project), stable(folder / "hiccup-10000"))


def stable(root: Path) -> dict[str, bytes]:
    """Return the files of a project without the day of printing and what locks leave."""
    found = {name: content for name, content in files(root).items() if not name.startswith(".vuonho/")}
    if (root / MEMORY).is_file():
        found[MEMORY] = (root / MEMORY).read_bytes()
    return {name: re.sub(rb"20[0-9-]{8}(?=,https:)", b"DAY", content) for name, content in found.items()}


def is_tidy(root: Path) -> bool:
    return not [path for path in root.rglob("*") if path.name.startswith(".bien") or "together" in path.name]


@posix
@each("mode", ["kill", "full"])
def test_disturbed_on_the_way(reference: Reference, tmp_path: Path, mode: str) -> None:
    """Killed, or on a full disk: after a `check` all is old or all is new."""
    sample = (1, 4, *range(reference.calls - 27, reference.calls + 1, 3))
    told = disturbed(mode, reference.project, tmp_path, ACT, sample)
    found = {(judge(tmp_path / f"{mode}-{n}", mode, code, reference), code) for n, (_, code) in told.items()}
    assert found == FOUND[mode]


FOUND = {"kill": {("old", 9), ("new", 9)}, "full": {("old", 1), ("new", 0)}}
"""What the next command finds, and the exit code that there was."""


def judge(root: Path, mode: str, code: int, reference: Reference) -> str:
    """Return whether a `check` finds the old or the new project; nothing may be found in between."""
    was, old, new = stable(root), reference.old, reference.new
    assert PDF not in was or (was[PDF], was[REGISTER]) == (new[PDF], new[REGISTER])
    assert was[REGISTER] in (old[REGISTER], new[REGISTER])
    if mode == "full":
        assert (was in (old, new), is_tidy(root)) == (True, True)
    checked = vuonho("-C", root, "check")
    assert checked.code == 0, checked.said
    now = stable(root)
    assert (now in (old, new), is_tidy(root)) == (True, True)
    return "new" if now == new else "old"


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """Return the demo, never built."""
    return copy_demo(tmp_path / "demo")


def started(root: Path, *options: str) -> "subprocess.Popen[bytes]":
    order = [*COMMAND, "-C", str(root), "plaques", "--all", "--size", "a6", "--yes", "--jobs", "1", *options]
    return subprocess.Popen(order, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def ended(process: "subprocess.Popen[bytes]") -> tuple[int, str]:
    out, err = process.communicate(timeout=600)
    return process.returncode, (out + err).decode("utf-8")


def test_two_at_once(village: Path) -> None:
    """Both end well, each with a PDF and a run of its own, and each code keeps one row."""
    before = [row[:3] for row in rows(village)]
    both = [started(village), started(village)]
    (one, other) = map(ended, both)
    assert (one[0], other[0]) == (0, 0), (one, other)
    runs = sorted(re.findall(r"Đợt in (\d+) đã ghi vào sổ", one[1] + other[1]))
    assert runs == ["1", "2"]
    assert {"bien-a6-dot-1.pdf", "bien-a6-dot-2.pdf"} == {path.name for path in village.glob("*.pdf")}
    assert [row[:3] for row in rows(village)] == before
    assert {row[7] for row in rows(village) if row[3]} == {"2"}
    assert vuonho("-C", village, "check").code == 0
    assert is_tidy(village)


@pytest.mark.parametrize("options", [(), ("--draft",)])
def test_nobody_writes_while_another_one_is_at_work(tmp_path: Path, options: tuple[str, ...]) -> None:
    """A real print and a draft wait for the other command, and say so."""
    root = copy_of("good-printed", tmp_path)
    said: list[str] = []
    with locked(root):
        process = started(root, *options)
        assert process.stderr is not None
        listener = Thread(target=lambda: said.append(listen(process)))
        listener.start()
        listener.join(60)
        assert "Đang chờ một lệnh vuonho khác" in said[0]
        assert not list(root.glob("*.pdf"))
    assert ended(process)[0] == 0
    assert len(list(root.glob("*.pdf"))) == 1


def listen(process: "subprocess.Popen[bytes]") -> str:
    assert process.stderr is not None
    return process.stderr.readline().decode("utf-8")


@pytest.fixture
def closed() -> Iterator[Path]:
    """Return a project that another user may read and not write."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        root = copy_of("good-printed", Path(name))
        folders = [root, *(path for path in root.rglob("*") if path.is_dir())]
        for folder in folders:
            folder.chmod(0o555)
        yield root
        for folder in folders:
            folder.chmod(0o755)


def by_another(project: Path, warm: Path, *options: str | Path) -> "subprocess.CompletedProcess[str]":
    """Print as a user who owns nothing here."""
    return subprocess.run(
        [sys.executable, "-c", AS_ANOTHER, project, warm, *options],
        env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip


@posix
def test_a_project_that_cannot_be_written(closed: Path, tmp_path: Path) -> None:
    """Words, exit 1, nothing changed; a draft of it can go elsewhere."""
    before = files(closed)
    done = by_another(closed, copy_of("good-printed", tmp_path))
    assert done.returncode == 1, done.stderr
    assert "Máy không cho phép ghi" in done.stderr
    assert "không lường trước" not in done.stderr
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        draft = by_another(closed, tmp_path / "good-printed", "--draft", "-o", Path(name) / "thử.pdf")
        assert (draft.returncode, [path.name for path in Path(name).iterdir()]) == (0, ["thử.pdf"])
    assert files(closed) == before


def test_the_register_is_not_written_over_a_change_made_meanwhile(village: Path) -> None:
    """Somebody notes something in the register while the PDF is proved: his note stays, and nothing is printed."""
    register = village / REGISTER
    note = register.read_bytes() + b"135797,thon-vuon-mau/cu.yaml,2026-10-19,,,void\n"

    @contextmanager
    def with_a_neighbour(what: Text, _steps: int) -> Iterator[Callable[[], None]]:
        if what.en == "Proving":
            register.write_bytes(note)
        yield lambda: None

    request = Request(Wanted(("482135",)), "a6")
    with pytest.raises(MachineError, match="was changed while"):
        print_plaques(
            village, request, date(2026, 11, 24), jobs=1, progress=with_a_neighbour, on_wait=lambda: None
        )
    assert (register.read_bytes(), list(village.glob("*.pdf"))) == (note, [])
