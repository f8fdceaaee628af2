"""The real browser of this machine, and how it is to be started."""

import shutil
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 120_000
"""The milliseconds after which a page hangs, and is not merely slow on a machine at work on much else."""
expect.set_options(timeout=PATIENCE)


def patient(browser: Browser) -> Browser:
    """Return the browser with its pages waited for as long as that."""
    new_context, new_page = browser.new_context, browser.new_page

    def context(**options: Any) -> BrowserContext:
        made = new_context(**options)
        made.set_default_timeout(PATIENCE)
        return made

    def page(**options: Any) -> Page:
        made = new_page(**options)
        made.set_default_timeout(PATIENCE)
        return made

    browser.new_context, browser.new_page = context, page  # type: ignore[method-assign]
    return browser


def executable() -> str | None:
    """Return where the browser is, or None where there is none."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def pass_time(page: Page, milliseconds: int) -> None:
    """Wait by the page's own clock: whatever it does before that is done then, on a busy machine too."""
    page.evaluate("wait => new Promise(done => setTimeout(done, wait))", milliseconds)
