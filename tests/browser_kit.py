"""The real browser of this machine, and how it is to be started."""

import shutil

from playwright.sync_api import Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def executable() -> str | None:
    """Return where the browser is, or None where there is none."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def pass_time(page: Page, milliseconds: int) -> None:
    """Wait by the page's own clock: whatever it does before that is done then, on a busy machine too."""
    page.evaluate("wait => new Promise(done => setTimeout(done, wait))", milliseconds)
