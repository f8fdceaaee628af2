"""What the tests of the whole share: the demo built once, copies of it to spoil, and a real browser."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from browser_kit import SWITCHES, executable, patient
from command_kit import PUBLISHED, build, copy_demo, twin
from pages_server import served

# No deadline: a busy machine is no fault of the code. The deep run tries what a day's work can do without.
settings.register_profile("some", deadline=None, max_examples=50)
settings.register_profile("every", deadline=None, max_examples=1000)
settings.load_profile("every" if os.environ.get("VUONHO_EVERY_CALL") else "some")

MEMORY_DISK, ROOM = Path("/dev/shm"), 6 * 2**30  # noqa: S108 - pytest makes a folder of its own below it


def _spare_the_disk() -> None:
    """Let the folders of tests lie in memory where there is room: each sync of a busy disk takes 50 ms and more."""
    if "PYTEST_DEBUG_TEMPROOT" in os.environ or not os.access(MEMORY_DISK, os.W_OK):
        return
    if shutil.disk_usage(MEMORY_DISK).free >= ROOM:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(MEMORY_DISK)


_spare_the_disk()


def _compile_once() -> None:
    """Let processes keep what Python compiled, as anybody's do: hundreds of them would each compile the program."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


_compile_once()
os.environ.pop("CI", None)  # in a workflow no codes are given: tests are as on a laptop


@pytest.fixture(scope="session")
def built_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo as a project with its site built; to be looked at, not to be changed."""
    root = copy_demo(tmp_path_factory.mktemp("built") / "vườn mẫu")
    done = build(root)
    assert done.code == 0, done.said
    return root


@pytest.fixture(scope="session")
def published_demo(built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo built for a place below a path; to be looked at or copied, not to be changed."""
    root = shutil.copytree(built_demo, tmp_path_factory.mktemp("published") / "demo")
    done = build(root, "--base-url", PUBLISHED)
    assert done.code == 0, done.said
    return root


@pytest.fixture(scope="session")
def base(built_demo: Path) -> Iterator[str]:
    """Return the address of the demo, served as its host would; to be looked at."""
    with served(built_demo / "site") as server:
        yield server.base


@pytest.fixture
def demo(built_demo: Path, tmp_path: Path) -> Path:
    """Return a copy of the built demo that a test may spoil."""
    return twin(built_demo, tmp_path / "demo")


@pytest.fixture
def unbuilt(demo: Path) -> Path:
    """Return a copy of the demo that was never built, but for its processed photos."""
    shutil.rmtree(demo / "site")
    shutil.rmtree(demo / ".vuonho/out")
    return demo


class _Chromium:
    """The browser of this process: started when it is first wanted, ended before a module that wants none.

    Tests that start processes want to be alone in theirs.
    """

    def __init__(self) -> None:
        self.running: Browser | None = None
        self.ends = ExitStack()

    def start(self, path: str) -> Browser:
        """Return it."""
        if self.running is None:
            playwright = self.ends.enter_context(sync_playwright())
            self.running = patient(playwright.chromium.launch(executable_path=path, args=list(SWITCHES)))
            self.ends.callback(self.running.close)
        return self.running

    def end(self) -> None:
        """End it, if it runs."""
        self.running = None
        self.ends.close()


_CHROMIUM = _Chromium()
_WITH_BROWSER: set[object] = set()
"""The modules in which a test wants it."""


@pytest.fixture(scope="module")
def browser() -> Browser:
    """Return a real browser; without one the test is skipped, or fails where VUONHO_BROWSER=required."""
    path = executable()
    if path is None and os.environ.get("VUONHO_BROWSER") == "required":
        pytest.fail("VUONHO_BROWSER=required, and there is no chromium on this machine")
    if path is None:
        pytest.skip("no chromium on this machine (apt install chromium)")
    return _CHROMIUM.start(path)


def pytest_xdist_auto_num_workers() -> int:
    """Return how many tests run at once: many of them wait for a browser or for a process of their own."""
    return 2 * (os.cpu_count() or 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count what needs a browser among what is slow, and begin with its modules, so that one browser is enough."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker("slow")
            _WITH_BROWSER.add(item.path)
    items.sort(key=lambda item: item.path not in _WITH_BROWSER)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let the report of a test tell whether it is marked; its keywords hold the names of folders too."""
    if item.path not in _WITH_BROWSER:
        _CHROMIUM.end()
    if item.get_closest_marker("browser"):
        item.user_properties.append(("marked", "browser"))


def pytest_sessionfinish() -> None:
    """Leave no browser behind."""
    _CHROMIUM.end()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests ran in a real browser, so that a run without one cannot pass for one with."""
    passed = terminalreporter.stats.get("passed", ())
    count = sum("browser" in dict(report.user_properties).values() for report in passed)
    terminalreporter.write_line(f"{count} browser test{'s' * (count != 1)} ran")
