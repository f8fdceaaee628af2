"""Promise 1: whatever interrupts a build, the site is the complete old or the complete new one."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Timer

import pytest

from command_kit import SLUG, build, edit, environment, files, twin, vuonho

pytestmark = pytest.mark.slow

PHOTOS, STAGING = ".vuonho/cache/photos", ".vuonho/out/site/staging"
posix = pytest.mark.skipif(os.name == "nt", reason="signals and limits of POSIX")

STOPPED_WHILE_LOADING = """\
import sys
class Stop:
    def find_spec(self, name, path=None, target=None):
        if name == "vuonho.cli.app":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Stop())
from vuonho.cli import main
main()
"""
SMALL_DISK = """\
import resource, sys
limit = int(sys.argv.pop(1))
sys.dont_write_bytecode = True  # half a file of it would be kept
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
from vuonho.cli import main
main()
"""


@pytest.fixture
def changed(demo: Path) -> Path:
    """Return the built demo with one change to build."""
    edit(demo / f"profiles/{SLUG}/chi-mai.yaml", "area: 350", "area: 360")
    return demo


@pytest.fixture(scope="module")
def new(built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the site with that change."""
    root = twin(built_demo, tmp_path_factory.mktemp("new") / "demo")
    edit(root / f"profiles/{SLUG}/chi-mai.yaml", "area: 350", "area: 360")
    assert build(root).code == 0
    return files(root / "site")


def set_aside(root: Path) -> None:
    """Let all photos be processed again."""
    (root / ".vuonho/cache").rename(root / ".vuonho/aside")


def put_back(root: Path) -> None:
    """Spare the next build the processing of photos."""
    if (root / ".vuonho/aside").is_dir():
        shutil.rmtree(root / ".vuonho/cache", ignore_errors=True)
        (root / ".vuonho/aside").rename(root / ".vuonho/cache")


def started(root: Path, *options: str) -> "subprocess.Popen[bytes]":
    """Start a build as the leader of a group, as a shell does; warnings are off, as they are for people."""
    return subprocess.Popen(
        [sys.executable, "-m", "vuonho", "-C", str(root), "build", *options],
        env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def wait_for(process: "subprocess.Popen[bytes]", folder: Path, count: int) -> None:
    """Wait until a folder holds so many files, or the process has ended."""
    while process.poll() is None and sum(1 for _ in folder.glob("*")) < count:
        time.sleep(0.002)


def send(process: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    """Send a signal to a build and its helpers, unless it was quicker and has ended."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def has_ended(group: int) -> bool:
    """Tell whether every process of a group is gone, or soon is."""
    for _ in range(1200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@posix
@pytest.mark.parametrize(("folder", "count", "jobs"), [(PHOTOS, 1, "2"), (STAGING, 3, "1")])
def test_ctrl_c(changed: Path, new: dict[str, bytes], folder: str, count: int, jobs: str) -> None:
    """Ctrl-C reaches the program and its helpers at once: 130, a word, no traceback, nobody left behind."""
    old = files(changed / "site")
    if folder == PHOTOS:
        set_aside(changed)
    process = started(changed, "--jobs", jobs)
    wait_for(process, changed / folder, count)
    send(process, signal.SIGINT)
    out, err = (stream.decode() for stream in process.communicate(timeout=600))
    site = files(changed / "site")
    assert has_ended(process.pid)
    assert "Traceback" not in out + err
    assert "KeyboardInterrupt" not in out + err
    assert process.returncode == 130 or (process.returncode == 0 and site == new)
    assert site in (old, new)
    if folder == PHOTOS:
        assert (130, old) == (process.returncode, site)
        assert "Đã dừng." in err
    put_back(changed)
    assert build(changed).code == 0
    assert new == files(changed / "site")


def test_ctrl_c_while_the_program_loads() -> None:
    """The first half second is part of the program too."""
    done = subprocess.run(
        [sys.executable, "-c", STOPPED_WHILE_LOADING, "build"],
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


@posix
def test_killed(changed: Path, new: dict[str, bytes]) -> None:
    """A power cut while pages are staged: the next command, even a mere check, has a whole site before it."""
    old = files(changed / "site")
    process = started(changed, "--jobs", "1")
    wait_for(process, changed / STAGING, 2)
    send(process, signal.SIGKILL)
    process.communicate(timeout=600)
    assert vuonho("-C", changed, "check").code == 0
    assert files(changed / "site") in (old, new)
    assert build(changed).code == 0
    assert new == files(changed / "site")


@posix
def test_two_builds_at_once(changed: Path, new: dict[str, bytes]) -> None:
    """One waits for the other, says so, and both end well."""
    shutil.rmtree(changed / ".vuonho/cache")
    first = started(changed, "--jobs", "1")
    wait_for(first, changed / PHOTOS, 1)
    os.killpg(first.pid, signal.SIGSTOP)
    second = started(changed, "--jobs", "1")
    assert second.stderr is not None
    release = Timer(300, os.killpg, (first.pid, signal.SIGCONT))
    release.start()
    assert any("Đang chờ một lệnh vuonho khác" in line.decode() for line in second.stderr)
    release.cancel()
    os.killpg(first.pid, signal.SIGCONT)
    _, err = first.communicate(timeout=600)
    assert first.returncode == 0, err
    out, err = second.communicate(timeout=600)
    assert second.returncode == 0, err
    assert "0 tệp mới" in out.decode()
    assert new == files(changed / "site")


@posix
@pytest.mark.parametrize(("limit", "jobs"), [(0, "1"), (20_000, "2")])
def test_a_disk_that_takes_no_more(changed: Path, new: dict[str, bytes], limit: int, jobs: str) -> None:
    """No file may grow beyond the limit: exit 1 in words, the old site, and the next build is well."""
    old = files(changed / "site")
    set_aside(changed)
    done = subprocess.run(
        [sys.executable, "-c", SMALL_DISK, str(limit), "-C", str(changed), "build", "--jobs", jobs],
        env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert "không lường trước" not in done.stderr
    assert "thiếu bộ nhớ" not in done.stderr
    assert old == files(changed / "site")
    put_back(changed)
    assert build(changed).code == 0
    assert new == files(changed / "site")


@posix
def test_a_folder_that_cannot_be_written(changed: Path, new: dict[str, bytes]) -> None:
    """Words, exit 1, and the old site."""
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    old = files(changed / "site")
    for folder in ("site", ".vuonho", "."):
        (changed / folder).chmod(0o500)
        try:
            done = build(changed)
        finally:
            (changed / folder).chmod(0o700)
        assert (1, old) == (done.code, files(changed / "site"))
        assert "không lường trước" not in done.err
    assert build(changed).code == 0
    assert new == files(changed / "site")
