"""How long the filters of a list of 1,001 rows take, in milliseconds of script: the first one reads the rows.

    .venv/bin/python benchmarks/finder.py [RUNS]

Builds the demo in a temporary folder and repeats its rows. The best and the middle of all runs are printed.
"""

import shutil
import statistics
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from command_kit import build, copy_demo  # noqa: E402
from pages_server import served  # noqa: E402
from test_finding import TIMED, VILLAGES, lengthen, opened, ready  # noqa: E402

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
LATER = (["", "8", ""], ["", "", "duc"], ["1", "8", "b"])


def main() -> None:
    """Print a line for the first filter and one for the later ones."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    first: list[float] = []
    later: list[float] = []
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = copy_demo(Path(folder) / "demo")
        assert build(root).code == 0
        lengthen(root / "site")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        with served(root / "site") as server:
            for _ in range(runs):
                with opened(browser, server.base + VILLAGES["vi"]) as page:
                    first.append(page.evaluate(TIMED, ["1", "", ""]))
                    ready(page)
                    later += [page.evaluate(TIMED, asked) for asked in LATER]
        browser.close()
    for name, times in (("first", first), ("later", later)):
        print(f"{name:8}best {min(times):6.1f}   middle {statistics.median(times):6.1f}   ms, {runs} runs")


if __name__ == "__main__":
    main()
