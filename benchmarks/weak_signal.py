"""How soon a page is there on a cheap phone with a weak signal: first contentful paint and load, in milliseconds.

    .venv/bin/python benchmarks/weak_signal.py [RUNS]

Builds the demo in a temporary folder. 400 kbit/s down, 400 ms latency, a processor four times slower than this one,
no service worker (throttling does not reach its requests), no cache. The figure of the middle of all runs counts.
"""

import shutil
import statistics
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from command_kit import SLUG, build, copy_demo  # noqa: E402
from pages_server import served  # noqa: E402

PAGES = ("482135/", "711946/", "en/482135/", f"{SLUG}/", "")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SIGNAL = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
PAINT = """() => [performance.getEntriesByName("first-contentful-paint")[0].startTime,
                performance.getEntriesByType("navigation")[0].loadEventEnd]"""


def times(browser: Browser, address: str) -> tuple[float, float]:
    """Return (first contentful paint, load) of one visit."""
    phone = {"viewport": {"width": 360, "height": 640}, "device_scale_factor": 3, "is_mobile": True}
    with browser.new_context(
        locale="en-GB" if "/en/" in address else "vi-VN", service_workers="block", **phone
    ) as context:
        page = context.new_page()
        control = context.new_cdp_session(page)
        control.send("Network.enable")
        control.send("Network.emulateNetworkConditions", SIGNAL)
        control.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.goto(address, wait_until="load")
        page.wait_for_timeout(100)
        first, loaded = page.evaluate(PAINT)
    return first, loaded


def main() -> None:
    """Print a line for each page."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = copy_demo(Path(folder) / "demo")
        assert build(root).code == 0
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        print(f"{'page':20}{'first paint':>14}{'loaded':>10}   ms, middle of {runs}")
        with served(root / "site") as server:
            for name in PAGES:
                visits = [times(browser, server.base + name) for _ in range(runs)]
                first, loaded = (statistics.median(one) for one in zip(*visits, strict=True))
                print(f"/{name:19}{first:>14.0f}{loaded:>10.0f}")
        browser.close()


if __name__ == "__main__":
    main()
