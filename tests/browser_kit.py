"""The real browser of this machine, and how it is to be started."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", event => window.violations.push(event.violatedDirective));
"""
"""Run before a page does, this notes what its policy refuses."""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@contextmanager
def watched(browser: Browser, **options: Any) -> Iterator[Page]:
    """Give a phone that is watched: nothing may be refused by a policy or go wrong in a script."""
    usual = {"locale": "vi-VN", "service_workers": "block", "viewport": {"width": 360, "height": 740}}
    with browser.new_context(**{**usual, **options}) as context:
        context.add_init_script(VIOLATIONS)
        page, troubles = context.new_page(), list[str]()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("dialog", lambda dialog: troubles.append(dialog.message))
        yield page
        if options.get("java_script_enabled", True):
            assert page.evaluate("window.violations") == []
        assert troubles == []


def until(page: Page, holds: Callable[[], bool], why: Callable[[], object] = lambda: "") -> None:
    """Wait until something holds in the browser, or fail with what it says then."""
    end = time.monotonic() + PATIENCE / 1000
    while not holds():
        assert time.monotonic() < end, why()
        page.wait_for_timeout(50)


def executable() -> str | None:
    """Return where the browser is, or None where there is none."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def pass_time(page: Page, milliseconds: int) -> None:
    """Wait by the page's own clock: whatever it does before that is done then, on a busy machine too."""
    page.evaluate("wait => new Promise(done => setTimeout(done, wait))", milliseconds)
