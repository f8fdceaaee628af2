"""The screens of the phone form, filled in as at a gate, for docs/screens.py to draw.

form-visit    the day's list, and what is asked first: name, consent, place
form-garden   how the family lives and what grows
form-end      visitors, story, photos; looking it over, sending, and the way out of another app
"""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from phone_kit import SHARES, add, answer, go, opened, phone, pick  # noqa: E402

PHOTO = ROOT / "profiles/thon-vuon-mau/photos/huong-1.jpg"
AS_TEXT = """
() => document.querySelectorAll("[type=date]").forEach(box => {
  const day = box.value;
  box.type = "text";
  box.dataset.day = day;
  box.value = day.split("-").reverse().join("/");
})
"""
AS_DAY = """
() => document.querySelectorAll("[data-day]").forEach(box => {
  box.type = "date";
  box.value = box.dataset.day;
  box.removeAttribute("data-day");
})
"""
GATE = {"latitude": 18.1213, "longitude": 105.7522, "accuracy": 8}
YES = ("agree", "full_name", "phone", "faces", "prices")
NO = ("exact_point", "near_point", "living", "links")


def form_screens(
    browser: Browser, address: str, width: int, scheme: str
) -> Iterator[tuple[str, Image.Image]]:
    """Yield (picture, screen) for each screen of the form."""
    size = {"width": width, "height": 740}
    more = {"viewport": size, "color_scheme": scheme, "service_workers": "block"}
    with phone(browser, SHARES, geolocation=GATE, permissions=["geolocation"], **more) as context:
        page = opened(context, address)
        for part, walk in (("visit", visit), ("garden", garden), ("end", end)):
            yield from ((f"form-{part}", shot(page, width)) for _ in walk(page))


@contextmanager
def day_first(page: Page) -> Iterator[None]:
    """Show days in their Vietnamese order meanwhile, as phones there do and this browser cannot."""
    page.evaluate(AS_TEXT)
    yield
    page.evaluate(AS_DAY)


def shot(page: Page, width: int) -> Image.Image:
    """Return the whole of a screen, its buttons at its foot; what was told is told no more."""
    page.wait_for_timeout(100)
    page.evaluate("document.getElementById('told').textContent = ''; document.activeElement.blur()")
    page.set_viewport_size({"width": width, "height": max(740, page.evaluate("document.body.scrollHeight"))})
    with day_first(page):
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.set_viewport_size({"width": width, "height": 740})
    return picture


def visit(page: Page) -> Iterator[None]:
    """At the gate."""
    yield
    add(page, "Vườn bà Hường")
    page.fill("#head", "Nguyễn Thị Hường")
    yield
    go(page, "consent")
    for question in YES:
        answer(page, question, yes=True)
    for question in NO:
        answer(page, question, yes=False)
    yield
    go(page, "location")
    page.fill("#location-address", "Xóm Đông, ngõ 3")
    page.click("[data-do=locate]")
    page.locator(".found", has_text="8 m").wait_for()
    yield


def garden(page: Page) -> Iterator[None]:
    """In the garden."""
    go(page, "living")
    yield
    go(page, "garden")
    page.fill("#garden-area", "1800")
    pick(page, "[data-key=practices]", "Ủ phân hữu cơ", "Trồng xen")
    yield
    go(page, "crops")
    page.click("#step-crops [data-do=card]")
    page.locator("#step-crops [data-key=name] input").fill("Bưởi Phúc Trạch")
    for month in (7, 8):
        page.locator("#step-crops .twelve .toggle").nth(month).click()
    yield
    go(page, "animals")
    yield
    go(page, "products")
    page.click("#step-products [data-do=card]")
    page.locator("#step-products [data-key=name] input").fill("Bưởi Phúc Trạch")
    page.locator("#step-products [data-key=price] input").fill("35000")
    yield


def end(page: Page) -> Iterator[None]:
    """Before one goes on."""
    go(page, "visits")
    page.fill("#contact-phone", "0570 012")
    page.keyboard.press("Tab")
    yield
    go(page, "story")
    yield
    go(page, "photos")
    page.set_input_files("#camera", PHOTO)
    page.locator("#photos img[src]").wait_for()
    page.wait_for_function("document.querySelector('#photos img').naturalWidth > 0")
    page.locator("#photos [data-key=caption] input").fill("Vườn bưởi tháng 8")
    yield
    go(page, "review")
    yield
    page.click("[data-do=done]")
    page.locator(".home").wait_for()
    yield
    page.click("#to-send")
    page.locator("#share:enabled").wait_for()
    yield
    page.evaluate(
        "document.querySelector('#send').hidden = true; document.querySelector('#way').hidden = false"
    )
    page.evaluate(
        "document.querySelector('#address').textContent = document.documentElement.dataset.site + 'form/'"
    )
    yield
