"""Every kind of page before axe-core: no violation, in the light and in the dark, and in both languages."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize

from axe_kit import Found, in_both_lights, violations
from command_kit import SLUG, build, twin
from pages_server import served

pytestmark = pytest.mark.browser

PAGES = {
    "index": "",
    "village": f"{SLUG}/",
    "figures": f"{SLUG}/con-so/",
    "team": f"{SLUG}/to-so/",
    "guide": "huong-dan/lua-dao/",
    "printed list": f"{SLUG}/print/",
    "household with everything": "482135/",
    "guests who say that they come": "482135/den/",
    "household with nothing": "711946/",
    "household without photo": "951605/",
    "long name": "352676/",
    "place": "513400/",
    "lane": "490594/",
    "withdrawn": "643479/",
    "privacy": "privacy/",
    "check": "kiem-ma/",
    "lost": "nowhere/at/all",
    "offline": "offline.html",
}
PALE_IN_THE_DARK = (
    "@media (prefers-color-scheme: dark) { main p { color: #444 !important; background: #333 !important; } }"
)
IN_ENGLISH = ("index", "village", "household with everything", "withdrawn", "privacy")
"""What an English page has of its own are words."""


@pytest.fixture(scope="module")
def commune(built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a site of two villages: the demo with an empty second one."""
    root = twin(built_demo, tmp_path_factory.mktemp("commune") / "demo")
    other = root / "profiles" / "thon-hai"
    other.mkdir()
    village = "name: Thôn Hai\ncommune: Xã Phúc Trạch\ncentre: 18.1350, 105.7700\n"
    (other / "village.yaml").write_text(village, encoding="utf-8")
    assert build(root).code == 0
    with served(root / "site") as server:
        yield server.base


def objections(
    browser: Browser, addresses: Mapping[str, str], width: int = 360, *, dark: bool = True
) -> dict[str, dict[str, Found]]:
    """Return what axe objects to on pages that one phone opens one after the other, by their names."""
    found = {}
    viewport: ViewportSize = {"width": width, "height": 740}
    with browser.new_context(locale="vi-VN", service_workers="block", viewport=viewport) as context:
        page = context.new_page()
        for name, address in addresses.items():
            page.goto(address, wait_until="load")
            page.locator("details").evaluate_all("nodes => nodes.forEach(node => { node.open = true; })")
            found[name] = in_both_lights(page) if dark else {"light": violations(page)}
    return found


def test_axe_finds_nothing(browser: Browser, base: str, commune: str) -> None:
    """Contrast, names, order, landmarks, tables: all rules that axe has, on every kind of page, and in both languages."""
    addresses = {name: base + path for name, path in PAGES.items()}
    # the list of several villages, and a village where nobody has a page yet
    addresses |= {f"commune, {page}": f"{commune}{page}" for page in ("", "en/thon-hai/", "thon-hai/print/")}
    assert objections(browser, addresses) == {name: {"light": [], "dark": []} for name in addresses}
    wide = {name: addresses[name] for name in ("village", "household with everything")}
    assert objections(browser, wide, 1280) == {name: {"light": [], "dark": []} for name in wide}
    english = {name: f"{base}en/{PAGES[name]}" for name in IN_ENGLISH}
    assert objections(browser, english, dark=False) == {name: {"light": []} for name in english}


def test_axe_would_object(browser: Browser, base: str) -> None:
    """A picture without words, and letters that only the dark makes pale, are found: silence above means something."""
    with browser.new_context(service_workers="block", color_scheme="light", bypass_csp=True) as context:
        page = context.new_page()
        page.goto(f"{base}482135/")
        page.add_style_tag(content=PALE_IN_THE_DARK)
        page.evaluate("document.querySelector('main img').removeAttribute('alt')")
        assert [rule for rule, _ in violations(page)] == ["image-alt"]
        page.emulate_media(color_scheme="dark")
        assert {rule for rule, _ in violations(page)} == {"color-contrast", "image-alt"}
