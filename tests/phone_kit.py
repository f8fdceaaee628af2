"""A phone with the form open: how a person fills it in, and what comes out of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from browser_kit import pass_time
from vuonho.build import write_phone_form

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


def take(page: Page, content: bytes, count: int = 1) -> None:
    """Take a photo, and wait until it is there."""
    page.set_input_files("#camera", {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": content})
    page.locator(f"#photos > li:nth-child({count}) img[src]").wait_for(state="attached")


def fill(page: Page, photo: bytes, crop: str, story: str, caption: str) -> None:
    """Fill in a household that tells everything, with the camera and the position of the phone."""
    add(page)
    page.fill("#head", "Nguyễn Thị Hường")
    page.fill("#code", "482 135")
    go(page, "consent")
    for question in (
        "agree",
        "full_name",
        "phone",
        "living",
        "story",
        "prices",
        "exact_point",
        "near_point",
        "faces",
        "links",
        "lane",
    ):
        answer(page, question, yes=question not in ("exact_point", "faces", "links", "lane"))
    go(page, "location")
    page.fill("#location-address", "Xóm Đông, ngõ 3")
    page.click("[data-do=locate]")
    page.locator(".found", has_text="12 m").wait_for()
    page.fill("#location-directions", "Từ nhà văn hóa đi 300 m,\nrẽ phải.")
    go(page, "living")
    page.fill("#living-people", "5")
    page.select_option("#living-house", "solid")
    pick(page, "[data-key=water]", "Nước máy")
    pick(page, "[data-key=titles]", "Gia đình văn hóa")
    go(page, "garden")
    page.fill("#garden-area", "3,5")
    page.select_option(".amount select", "sào")
    page.click("#step-garden .record summary")
    pick(page, "[data-key=status]", "Đã công nhận")
    page.fill("#garden-model-year", "2023")
    pick(page, "[data-key=practices]", "Theo VietGAP", "Ủ phân hữu cơ")
    go(page, "crops")  # two, one by lunar months, and a third card that stays empty
    for number, name in enumerate(("Bưởi Phúc Trạch", crop)):
        page.click("#step-crops [data-do=card]")
        card = page.locator("#step-crops .card-of").nth(number)
        card.locator("[data-key=name] input").fill(name)
        card.locator("[data-key=months] .twelve .toggle").nth(7).click()
    pick(page, "#step-crops .card-of:nth-child(2) [data-key=months]", "Âm lịch")
    page.click("#step-crops [data-do=card]")
    go(page, "products")
    page.click("#step-products [data-do=card]")
    page.locator("#step-products [data-key=name] input").fill("Bưởi Phúc Trạch")
    page.locator("#step-products [data-key=price] input").fill("35000")
    page.locator("#step-products [data-key=unit] select").select_option("quả")
    go(page, "visits")
    pick(page, "[data-key=welcome]", "Có")
    page.fill("#contact-phone", "0570 012 345")
    page.fill("#links", "https://a.example/\nhttps://b.example/x")
    go(page, "story")
    page.fill("#story", story)
    go(page, "photos")
    take(page, photo)
    page.locator("#photos [data-key=caption] input").fill(caption)
    pick(page, "#photos [data-key=people]", "Không")
