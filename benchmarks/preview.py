"""How soon an open page shows what was saved: seconds from the save of a profile to the page that has loaded itself anew.

    .venv/bin/python benchmarks/preview.py [HOUSEHOLDS ...]

The demo, then villages of 300 households or as many as are said, in temporary folders: `vuonho serve` as a process, a
page of a household open in chromium, its profile saved again and again. Beside it stands a whole `vuonho build` after
such a save, as a process, and the one as a share of the other: the middle of all saves, and of three builds. Needs
chromium and the test extra.
"""

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from command_kit import SLUG, copy_demo, edit, rows  # noqa: E402
from preview_kit import serving  # noqa: E402
from village_kit import SLUG as VILLAGE  # noqa: E402
from village_kit import write_village  # noqa: E402

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SAVES, BUILDS = 8, 3
NAMES = ("name: Vườn", "name: Khu vườn")
SHOWN = "text => document.title.startsWith(text)"


def saves(profile: Path) -> Iterator[str]:
    """Save a profile under another name and yield the name's beginning, again and again."""
    for old, new in cycle((NAMES, NAMES[::-1])):
        edit(profile, old, new)
        yield new.removeprefix("name: ") + " "


def seen(browser: Browser, root: Path, profile: Path, code: str) -> list[float]:
    """Return how long each save took to be seen; the first is not counted."""
    times = []
    with serving(root, "--port", "0") as command:
        page = browser.new_page(locale="vi-VN", viewport={"width": 360, "height": 640})
        page.goto(f"{command.address}{code}/")
        began = time.monotonic()
        for name in islice(saves(profile), SAVES):
            page.wait_for_function(SHOWN, arg=name, timeout=120_000)
            times.append(time.monotonic() - began)
            page.wait_for_load_state()
            time.sleep(0.5)
            began = time.monotonic()
        page.close()
        command.stop()
    return times[1:]


def built(root: Path, profile: Path) -> list[float]:
    """Return how long a build took after each save."""
    times = []
    for _ in islice(saves(profile), BUILDS):
        began = time.monotonic()
        subprocess.run(
            [sys.executable, "-m", "vuonho", "-C", str(root), "build"], check=True, capture_output=True
        )
        times.append(time.monotonic() - began)
    return times


def measure(browser: Browser, root: Path, profile: str, name: str) -> None:
    """Print the lines of a project."""
    code = next(row[0] for row in rows(root) if row[1] == profile)
    file = root / "profiles" / profile
    save, whole = (statistics.median(one) for one in (seen(browser, root, file, code), built(root, file)))
    print(
        f"{name:16}a save is seen after {save:5.2f} s   a build takes {whole:5.2f} s   {save / whole:4.2f} of it"
    )


def main() -> None:
    """Print a line for the demo and one for a village of each size."""
    os.environ["PYTHONWARNINGS"] = "ignore"
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        demo = copy_demo(Path(folder) / "demo")
        measure(browser, demo, f"{SLUG}/ba-huong.yaml", "the demo")
        for count in [int(word) for word in sys.argv[1:]] or [300]:
            root = write_village(Path(folder) / str(count), count)
            measure(browser, root, f"{VILLAGE}/ho-0000.yaml", f"{count} households")
        browser.close()


if __name__ == "__main__":
    main()
