"""The first view at the gate, 360 by 640: what it is, open or not, what is ripe at what price, whom to call."""

from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pypdfium2 import PdfDocument

from browser_kit import watched
from case_kit import each

pytestmark = pytest.mark.browser

SMALL = {"width": 360, "height": 640}
HEAVY, LONG = "482135/", "352676/"
"""The household that tells most, and the one with a name of sixty letters."""
BOXES = """
names => names.flatMap(name => [...document.querySelectorAll(name)]).filter(node => node.checkVisibility())
  .map(node => [node.getBoundingClientRect().top, node.getBoundingClientRect().bottom])
"""
SIZES = """
() => [...new Set([...document.querySelectorAll("body *")].filter(node => !node.closest("svg") && node.checkVisibility() &&
  [...node.childNodes].some(one => one.nodeType === 3 && one.data.trim())).map(node => getComputedStyle(node).fontSize))]
"""
CUT = """
() => [...document.querySelectorAll("h1, p, b, li, td, dd, .brand")].filter(node => !node.closest(".hide, svg, .scroll, .gallery")
  && node.checkVisibility() && node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0
  && getComputedStyle(node).display !== "inline").map(node => node.outerHTML.slice(0, 80))
"""


def at_the_gate(page: Page, address: str, day: str = "2027-08-18T10:00:00+07:00") -> None:
    """Open a page at some time, which no phone need show in Vietnam's own zone."""
    page.clock.set_fixed_time(datetime.fromisoformat(day))
    page.goto(address)


@each("page", [HEAVY, LONG])
@each("tag", ["vi", "en"])
def test_the_first_view_says_what_a_guest_wants_to_know(
    browser: Browser, base: str, tag: str, page: str
) -> None:
    """All of it above the button that calls, without scrolling; the title of the village stands in one line."""
    with watched(browser, viewport=SMALL, locale="vi-VN" if tag == "vi" else "en-GB") as phone:
        at_the_gate(phone, f"{base}{'' if tag == 'vi' else 'en/'}{page}")
        call = phone.locator(".actions a").bounding_box()
        assert call is not None
        assert (call["width"] > 0.85 * SMALL["width"], call["height"] >= 48) == (True, True)
        assert call["y"] + call["height"] <= SMALL["height"]
        boxes = phone.evaluate(BOXES, ["h1", ".head", "#door", "#now", "#now li.ripe", ".tools > *"])
        assert len(boxes) >= 6
        assert [box for box in boxes if not 0 <= box[0] < box[1] <= call["y"]] == []
        title = phone.locator(".brand span").bounding_box()
        assert title is not None
        assert title["height"] < 30
        assert phone.evaluate(CUT) == []


OPEN = {
    "2027-08-18T10:00:00+07:00": ("Đang đón khách", "hôm nay đến 17:00 · xin gọi trước", True),
    "2027-08-18T05:30:00+07:00": ("Chưa đến giờ đón khách", "hôm nay từ 7:00 · xin gọi trước", False),
    "2027-08-18T17:00:00+07:00": ("Hôm nay hết giờ đón khách", "7:00–17:00 · xin gọi trước", False),
}


@each("zone", ["Asia/Ho_Chi_Minh", "America/New_York"])
def test_open_now_follows_the_clock_of_vietnam(browser: Browser, base: str, zone: str) -> None:
    """Before, within and after the hours, wherever the phone believes to be."""
    with watched(browser, viewport=SMALL, timezone_id=zone) as phone:
        for day, (title, line, is_open) in OPEN.items():
            at_the_gate(phone, f"{base}{HEAVY}", day)
            door = phone.locator("#door")
            assert (door.locator("b").inner_text(), door.locator("span").inner_text()) == (title, line)
            assert ("shut" not in (door.get_attribute("class") or "")) == is_open


def test_hours_stand_there_without_script(browser: Browser, base: str) -> None:
    """Nothing claims to be now; hours that no clock understands stay as they were typed."""
    with browser.new_context(java_script_enabled=False, locale="vi-VN") as context:
        page = context.new_page()
        page.goto(f"{base}{HEAVY}")
        assert page.locator("#door").inner_text().split("\n") == [
            "Gia đình đón khách",
            "7:00–17:00 · xin gọi trước",
        ]
        page.goto(f"{base}{LONG}")
        assert "cả ngày · xin gọi trước" in page.locator("#door").inner_text()


@each("tag", ["", "en/"])
def test_type_has_six_sizes(browser: Browser, base: str, tag: str) -> None:
    """No other is on a page of a household, and none is smaller than 13 px."""
    with watched(browser, viewport=SMALL, locale="en-GB" if tag else "vi-VN") as phone:
        for page in (HEAVY, LONG):
            at_the_gate(phone, base + tag + page)
            assert set(phone.evaluate(SIZES)) <= {f"{size}px" for size in (13, 15, 17, 20, 24, 32)}


def test_a_photo_grows_at_a_tap_and_goes_back(browser: Browser, base: str) -> None:
    """Without script too: it fills the screen, and the link on it leads back."""
    options: dict[str, Any] = {"java_script_enabled": False, "viewport": SMALL, "locale": "vi-VN"}
    with browser.new_context(**options) as context:
        page = context.new_page()
        page.goto(f"{base}{HEAVY}")
        for number in (1, 3):
            page.locator(f"#p{number}").click()
            assert page.locator(f"#p{number}").bounding_box() == {"x": 0, "y": 0, **SMALL}
            page.locator(f"#p{number} + .close").click()
            box = page.locator(f"#p{number}").bounding_box()
            assert box is not None
            assert box["height"] < 300


def test_a_number_is_saved_as_phones_read_it(browser: Browser, base: str) -> None:
    """A vCard with garden, number and page, only where the family shows its number."""
    with watched(browser, accept_downloads=True) as phone:
        phone.goto(f"{base}{HEAVY}")
        with phone.expect_download() as saved:
            phone.locator(".tools a[download]").click()
        card = saved.value.path().read_bytes().decode()
        assert card.split("\r\n")[2:6] == [
            "N:;Vườn bà Hường;;;",
            "FN:Vườn bà Hường",
            "ORG:Thôn Vườn Mẫu",
            "TEL;TYPE=CELL:+84570012345",
        ]
        phone.goto(f"{base}711946/")
        assert phone.locator("a[download]").count() == 0


@each("page", [HEAVY, f"en/{HEAVY}", "951605/"])
def test_a_household_prints_on_two_sheets_at_most(browser: Browser, base: str, page: str) -> None:
    """With name, code, photos and calendar; A4 with the margins of a browser."""
    with browser.new_context(
        service_workers="block", locale="vi-VN" if "en/" not in page else "en-GB"
    ) as context:
        shown = context.new_page()
        shown.goto(base + page)
        edges = dict.fromkeys(("top", "right", "bottom", "left"), "10mm")
        assert len(PdfDocument(shown.pdf(format="A4", margin=edges))) <= 2  # type: ignore[arg-type]
