"""A phone with the form open: how a person fills it in, and what comes out of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from browser_kit import pass_time
from vuonho.forms.phone_file import write_phone_form

NAME = "Vườn bà Hường"
PHONE: Mapping[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "locale": "vi-VN",
    "timezone_id": "Asia/Ho_Chi_Minh",
    "color_scheme": "light",
}
SHARES = """
  window.shared = [];
  navigator.canShare = data => data.files.length === 1 && data.files[0].name.endsWith(".txt");
  navigator.share = data => { window.shared.push(data.files[0]); return Promise.resolve(); };
"""
"""Stands for the share sheet of the phone, which hands the file to Zalo."""
BLIND = 'Object.defineProperty(window, "indexedDB", { get() { throw new DOMException("no", "SecurityError"); } });'
STEPS = (
    "name", "consent", "location", "living", "garden", "crops", "animals", "products", "visits", "story",
    "photos", "review",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Noise:
    """What a page must not make: errors in the console, and what it asks for."""

    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """Write down what this page does."""
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self._asked(request.url))

    def _asked(self, url: str) -> None:
        if not url.startswith(("blob:", "data:")):  # what the page holds itself
            self.requests.append(url)


@contextmanager
def phone(browser: Browser, *scripts: str, **more: Any) -> Iterator[BrowserContext]:
    """Open a phone on which these scripts run before a page does."""
    with browser.new_context(**{**PHONE, **more}) as context:
        for script in scripts:
            context.add_init_script(script)
        yield context


def write_form(root: Path) -> str:
    """Write the form of a project; return the address at which a phone opens the file."""
    return write_phone_form(root, "phieu.html").as_uri()


def opened(context: BrowserContext, address: str, noise: Noise | None = None) -> Page:
    """Return a page with the form, its list of the day shown."""
    page = context.new_page()
    if noise:
        noise.listen(page)
    page.goto(address)
    page.locator(".screen:visible").wait_for()
    return page


def add(page: Page, name: str = NAME) -> None:
    """Begin a household."""
    page.click("[data-do=add]")
    page.fill("#name", name)


def go(page: Page, step: str) -> None:
    """Go to a section over the list of them."""
    page.click("#jump summary")
    page.click(f"#jump [data-step={step}]")
    page.locator(f"#step-{step}").wait_for()


def answer(page: Page, question: str, yes: bool) -> None:
    """Answer one question of the consent."""
    page.locator(f"[data-asked={question}] .toggle").nth(0 if yes else 1).click()


def pick(page: Page, field_selector: str, *labels: str) -> None:
    """Touch words of a closed list."""
    for label in labels:
        page.locator(f"{field_selector} .toggle", has_text=label).first.click()


def settled(page: Page) -> None:
    """Wait until the form has kept what was written: a little longer than it waits itself, by the page's own clock."""
    pass_time(page, 500)


def drafts(page: Page) -> list[dict[str, Any]]:
    """Return the households in the phone's database, as no page holds them but the disk."""
    return page.evaluate("() => Phone.store.drafts()")  # type: ignore[no-any-return]


def finish(page: Page) -> None:
    """Look the household over and go back to the list."""
    go(page, "review")
    page.click("[data-do=done]")
    page.locator("#day").wait_for()


def sent(page: Page) -> bytes:
    """Send what is done, and return the file that Zalo gets."""
    page.click("#to-send")
    page.locator("#share:enabled").wait_for()
    page.click("#share")
    page.locator("#day").wait_for()
    text = page.evaluate("() => window.shared[window.shared.length - 1].text()")
    return str(text).encode("utf-8")
