"""Real pages in a real browser, served under a sub-path as GitHub Pages does."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import cv2
import numpy as np
import pytest
import zxingcpp
from playwright.sync_api import Browser, Page

from browser_kit import TOO_WIDE, VIOLATIONS
from case_kit import each
from command_kit import PUBLISHED, SLUG, answering
from pages_server import PREFIX, served

pytestmark = pytest.mark.browser

PAGES = {
    "index": "",
    "village": f"{SLUG}/",
    "figures": f"{SLUG}/con-so/",
    "team": f"{SLUG}/to-so/",
    "guide": "huong-dan/lua-dao/",
    "printed list": f"{SLUG}/print/",
    "household": "482135/",
    "least household": "711946/",
    "long name": "352676/",
    "withdrawn": "643479/",
    "privacy": "privacy/",
    "check": "kiem-ma/",
    "lost": "nowhere/at/all",
}
REFRESHED = "158589/"
"""A page that sends visitors on at once, and where it sends them."""
TARGET = "926002/"
WIDTHS = (320, 360, 1280, 1920)
"""In the light a page is opened on the narrowest and grows, in the dark on the widest and shrinks."""
TEXT_SIZE = "size => { document.documentElement.style.fontSize = size; }"
BROKEN_IMAGES = """
async () => {
  const images = [...document.images];
  const isThere = image => image.complete && image.naturalWidth > 0;
  for (const image of images) {
    image.loading = "eager";
    for (let tries = 0; tries < 9 && !isThere(image); tries++) await image.decode().catch(() => null);
  }
  return images.filter(image => !isThere(image)).map(image => image.src);
}
"""
"""A page that has just grown exchanges a picture for a larger one, and then the first has not come: hence the tries."""
FOCUSED = """
() => {
  const box = document.activeElement.getBoundingClientRect();
  const style = getComputedStyle(document.activeElement);
  return {tag: document.activeElement.tagName, wide: box.width, high: box.height, top: box.top, left: box.left,
          seen: style.visibility === "visible" && Number(style.opacity) > 0};
}
"""


HELPS = "#now, #today, #door, #share, #read, #finder, #homes .ripe small, body:has(.card[data-index]) .langs a:first-child"
"""What a script shows beyond what a page says by itself: on the page of all languages the switch back to the first."""
SAID = """
() => {
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), found = [];
  while (texts.nextNode()) if (texts.currentNode.data.trim()) found.push(texts.currentNode.data.trim());
  return found;
}
"""
ADDRESSES = "links => links.map(link => link.getAttribute('href'))"
REACHABLE = """
() => {
  const usable = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter(node => node.tabIndex >= 0 && node.checkVisibility({visibilityProperty: true}));
  window.reached = new Map();
  document.addEventListener("focusin", ({target}) => {
    const frames = [getComputedStyle(target), getComputedStyle(target, "::after")];
    const framed = frames.some(style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
    window.reached.set(usable.indexOf(target), framed ? "framed" : target.outerHTML.slice(0, 90));
  });
  return usable.length;
}
"""
"""Says how many there are that can be used, and from now on notes which of them the keyboard reaches."""
REACHED = "() => [...window.reached]"


@pytest.fixture(scope="module")
def origin(published_demo: Path) -> Iterator[str]:
    """Return the origin at which the demo, built for a sub-path, is served."""
    with served(published_demo / "site") as server:
        yield server.origin


@dataclass
class Watch:
    """What went wrong while pages were looked at."""

    origin: str
    console: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Watch a page."""
        page.on(
            "console", lambda message: self.console.append(message.text) if message.type != "log" else None
        )
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.on("request", lambda request: self._request(request.url))
        page.on("requestfailed", lambda request: self._failure(request.url, request.failure))
        page.on("response", lambda answer: self.failed.append(answer.url) if answer.status >= 400 else None)

    def _request(self, url: str) -> None:
        if not url.startswith((f"{self.origin}{PREFIX}/", "data:")):
            self.elsewhere.append(url)

    def _failure(self, url: str, why: str | None) -> None:
        if why != "net::ERR_ABORTED":  # the visitor went on
            self.failed.append(f"{url} {why}")

    def forget(self) -> None:
        """Begin anew, for the next page."""
        self.console, self.elsewhere, self.failed = [], [], []

    def troubles(self, *, lost: bool) -> tuple[list[str], list[str], list[str]]:
        """Return what went wrong; that a lost page is a 404 is right."""
        if lost:
            return [line for line in self.console if "404" not in line], self.elsewhere, self.failed[1:]
        return self.console, self.elsewhere, self.failed


def addresses(origin: str, *tags: str) -> dict[str, str]:
    """Return the address of each kind of page in these languages, by the page and its language."""
    folders = {"vi": "", "en": "en/"}
    return {
        f"{name}, {tag}": f"{origin}{PREFIX}/{folders[tag]}{path}"
        for tag in tags
        for name, path in PAGES.items()
    }


@contextmanager
def visitor(browser: Browser, **options: Any) -> Iterator[Page]:
    """Give the page of one visitor, who goes from page to page."""
    usual = {"locale": "vi-VN", "service_workers": "block"}
    with browser.new_context(**{**usual, **options}) as context:
        yield context.new_page()


@each(("opened_in", "tag"), [("light", "vi"), ("dark", "en")])
def test_every_page_is_well_in_every_width_and_light(
    browser: Browser, origin: str, opened_in: Literal["light", "dark"], tag: str
) -> None:
    """No scrolling sideways, no error, no request elsewhere or in vain, every image there, the CSP kept.

    With text of twice the size, for eyes that need it, nothing stands beyond the edge of a phone or a tablet.
    """
    widths = WIDTHS if opened_in == "light" else WIDTHS[::-1]
    wrong: list[tuple[object, ...]] = []
    with visitor(browser, color_scheme=opened_in, service_workers="allow") as page:
        page.add_init_script(VIOLATIONS)
        watch = Watch(origin)
        watch.over(page)
        for name, address in addresses(origin, tag).items():
            page.set_viewport_size({"width": widths[0], "height": 640})
            page.goto(address, wait_until="load")
            for width in widths:
                page.set_viewport_size({"width": width, "height": 640})
                wrong += [(name, width, by) for by in [page.evaluate(TOO_WIDE)] if by != 0]
                wrong += [(name, width, image) for image in page.evaluate(BROKEN_IMAGES)]
            page.evaluate(TEXT_SIZE, "200%")
            for width in (320, 768):
                page.set_viewport_size({"width": width, "height": 640})
                wrong += [(name, width, "200%", by) for by in [page.evaluate(TOO_WIDE)] if by != 0]
            troubles = (*watch.troubles(lost=name.startswith("lost")), page.evaluate("window.violations"))
            wrong += [(name, trouble) for trouble in troubles if trouble]
            watch.forget()
    assert wrong == []


@each("tag", ["vi", "en"])
def test_every_page_says_all_without_javascript(browser: Browser, origin: str, tag: str) -> None:
    """Every line that is read and every link stands there too where script is off: script is a help at most."""
    told: dict[bool, dict[str, set[str]]] = {}
    linked: dict[bool, dict[str, list[str | None]]] = {}
    for script in (True, False):
        told[script], linked[script] = {}, {}
        with visitor(browser, java_script_enabled=script, viewport={"width": 360, "height": 640}) as page:
            for name, address in addresses(origin, tag).items():
                page.goto(address, wait_until="load" if script else "domcontentloaded")
                if script:
                    page.evaluate(f"document.querySelectorAll('{HELPS}').forEach(node => node.remove())")
                told[script][name] = set(page.evaluate(SAID))
                linked[script][name] = page.locator("a:not(#now a)").evaluate_all(ADDRESSES)
                assert script or page.locator("#now:visible, #finder:visible").count() == 0, name
    assert linked[True] == linked[False]
    helped = {name: lines - told[False][name] for name, lines in told[True].items()}
    assert {name: lines for name, lines in helped.items() if lines} == {}
    assert [name for name, lines in told[False].items() if len(lines) <= 5] == []


def test_the_switch_leads_to_the_same_page_in_the_other_language(browser: Browser, origin: str) -> None:
    """There and back again, without leaving the page's subject; no page has help from a choice made on another."""
    with visitor(browser, viewport={"width": 360, "height": 640}) as page:
        for path in (path for name, path in PAGES.items() if name != "lost"):
            page.goto(f"{origin}{PREFIX}/{path}")
            assert (path, "vi") == (path, page.locator("html").get_attribute("lang"))
            page.locator("header a[hreflang=en]").click()
            page.wait_for_url(f"{origin}{PREFIX}/en/{path}")
            assert (path, "en") == (path, page.locator("html").get_attribute("lang"))
            page.locator("header a[hreflang=vi]").click()
            page.wait_for_url(f"{origin}{PREFIX}/{path}")
            page.evaluate("localStorage.clear()")


@each("script", [True, False])
def test_a_household_that_moved_sends_its_visitors_on(browser: Browser, origin: str, script: bool) -> None:
    """The old plaque leads to the new page, in its language, with or without script."""
    with visitor(browser, java_script_enabled=script) as page:
        for tag, folder in (("vi", ""), ("en", "en/")):
            page.goto(f"{origin}{PREFIX}/{folder}{REFRESHED}", wait_until="commit")
            page.wait_for_url(f"{origin}{PREFIX}/{folder}{TARGET}#moved")
            assert page.locator("#moved").is_visible()
            page.goto(f"{origin}{PREFIX}/{folder}{TARGET}")
            assert not page.locator("#moved").is_visible()
            assert page.locator("html").get_attribute("lang") == tag


@each(("width", "pages"), [(360, tuple(PAGES)), (1280, ("index", "household"))])
def test_the_keyboard_reaches_what_can_be_seen(
    browser: Browser, origin: str, width: int, pages: tuple[str, ...]
) -> None:
    """The first Tab is on something visible, and going on reaches all that can be used, each with a frame around it."""
    with visitor(browser, viewport={"width": width, "height": 640}) as page:
        for name in pages:
            address = addresses(origin, "vi")[f"{name}, vi"]
            page.goto(address)
            wanted = page.evaluate(REACHABLE)
            page.keyboard.press("Tab")
            first = page.evaluate(FOCUSED)
            assert (name, first["tag"], first["seen"]) == (name, "A", True)
            assert (name, first["wide"] > 20, first["high"] > 10) == (name, True, True)
            assert (name, 0 <= first["top"] < 640, 0 <= first["left"] < width) == (name, True, True)
            for _ in range(wanted - 1):
                page.keyboard.press("Tab")
            reached = dict(page.evaluate(REACHED))
            assert (name, reached) == (name, dict.fromkeys(range(wanted), "framed"))


def test_every_svg_code_is_read_from_the_screen(browser: Browser, origin: str, built_demo: Path) -> None:
    """As a browser draws it; two readers agree on the address of the household."""
    with visitor(browser, viewport={"width": 420, "height": 420}) as page:
        for code in answering(built_demo):
            page.goto(f"{origin}{PREFIX}/qr/{code}.svg")
            image = cv2.imdecode(np.frombuffer(page.screenshot(), np.uint8), cv2.IMREAD_GRAYSCALE)
            assert image is not None
            by_opencv, _, _ = cv2.QRCodeDetector().detectAndDecode(image)
            assert {by_opencv} == {found.text for found in zxingcpp.read_barcodes(image)}
            assert f"{PUBLISHED}{code}/" == by_opencv.replace("X.GITHUB.IO", "x.github.io")


def test_every_link_of_the_village_opens(browser: Browser, origin: str) -> None:
    """From the start page through the list to each household, and back, as a visitor goes."""
    with visitor(browser, viewport={"width": 360, "height": 640}, service_workers="allow") as page:
        watch = Watch(origin)
        watch.over(page)
        page.goto(f"{origin}{PREFIX}/")
        links = {link or "" for link in page.locator("main a").evaluate_all(ADDRESSES)}
        homes = sorted(link for link in links if link.rstrip("/").split("/")[-1].isdigit())
        assert len(homes) == 16  # three are places
        for link in homes:
            page.goto(f"{origin}{PREFIX}/{link}")
        page.locator("header a.brand").click()
        page.wait_for_url(f"{origin}{PREFIX}/{SLUG}/")
        page.locator("footer a").nth(2).click()
        page.wait_for_url(f"{origin}{PREFIX}/")
        assert watch.troubles(lost=False) == ([], [], [])


def test_the_same_bytes_work_under_another_path(browser: Browser, built_demo: Path) -> None:
    """A site built for the root of a domain is well under a sub-path too: its links are relative."""
    with served(built_demo / "site") as server, visitor(browser, service_workers="allow") as page:
        watch, origin = Watch(server.origin), server.origin
        watch.over(page)
        for name in ("", f"{SLUG}/", "482135/", "en/482135/", "en/privacy/"):
            page.goto(f"{origin}{PREFIX}/{name}", wait_until="load")
            assert page.evaluate(BROKEN_IMAGES) == []
        assert watch.troubles(lost=False) == ([], [], [])
