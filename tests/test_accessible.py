"""Every kind of page before axe-core: no violation, in both languages, in the light and in the dark."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from command_kit import SLUG, build
from pages_server import served

pytestmark = pytest.mark.browser

PAGES = {
    "index": "",
    "village": f"{SLUG}/",
    "printed list": f"{SLUG}/print/",
    "household with everything": "482135/",
    "household with nothing": "711946/",
    "household without photo": "951605/",
    "long name": "352676/",
    "withdrawn": "643479/",
    "privacy": "privacy/",
    "lost": "nowhere/at/all",
    "offline": "offline.html",
}
CLEAN: dict[str, list[tuple[str, list[str]]]] = {"light": [], "dark": []}
PALE_IN_THE_DARK = (
    "@media (prefers-color-scheme: dark) { main p { color: #444 !important; background: #333 !important; } }"
)
IN_EACH_LANGUAGE = [name for name in PAGES if name not in ("lost", "offline")]


@pytest.fixture(scope="module")
def base(built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the demo, served as its host would."""
    with served(built_demo / "site") as server:
        yield server.base


@pytest.fixture(scope="module")
def commune(built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a site of two villages: the demo with an empty second one."""
    root = shutil.copytree(built_demo, tmp_path_factory.mktemp("commune") / "demo")
    other = root / "profiles" / "thon-hai"
    other.mkdir()
    village = "name: Thôn Hai\ncommune: Xã Phúc Trạch\ncentre: 18.1350, 105.7700\n"
    (other / "village.yaml").write_text(village, encoding="utf-8")
    assert build(root).code == 0
    with served(root / "site") as server:
        yield server.base


Found = list[tuple[str, list[str]]]


def judged(page: Page) -> Found:
    """Return what axe objects to on a page: the rule and the places."""
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found]


def violations(browser: Browser, address: str, width: int = 360) -> dict[str, Found]:
    """Return what axe objects to on a page in the light, and in the dark when the phone turns to it."""
    phone: dict[str, Any] = {"color_scheme": "light", "viewport": {"width": width, "height": 740}}
    with browser.new_context(locale="vi-VN", service_workers="block", **phone) as context:
        page = context.new_page()
        page.goto(address, wait_until="load")
        page.locator("details").evaluate_all("nodes => nodes.forEach(node => { node.open = true; })")
        light = judged(page)
        page.emulate_media(color_scheme="dark")
        assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        return {"light": light, "dark": judged(page)}


@pytest.mark.parametrize("prefix", ["", "en/"])
@pytest.mark.parametrize("name", IN_EACH_LANGUAGE)
def test_axe_finds_nothing(browser: Browser, base: str, name: str, prefix: str) -> None:
    """Contrast, names, order, landmarks, tables: all rules that axe has."""
    assert violations(browser, f"{base}{prefix}{PAGES[name]}") == CLEAN


@pytest.mark.parametrize("name", ["lost", "offline"])
def test_axe_finds_nothing_on_pages_of_all_languages(browser: Browser, base: str, name: str) -> None:
    """The two pages that speak every language at once."""
    assert violations(browser, base + PAGES[name]) == CLEAN


@pytest.mark.parametrize("prefix", ["", "en/"])
@pytest.mark.parametrize("page", ["", "thon-hai/", "thon-hai/print/"])
def test_axe_finds_nothing_in_a_commune(browser: Browser, commune: str, page: str, prefix: str) -> None:
    """The list of several villages, and a village where nobody has a page yet."""
    assert violations(browser, f"{commune}{prefix}{page}") == CLEAN


@pytest.mark.parametrize("name", ["village", "household with everything"])
def test_axe_finds_nothing_on_a_wide_screen(browser: Browser, base: str, name: str) -> None:
    """Where the columns stand side by side."""
    assert violations(browser, base + PAGES[name], 1280) == CLEAN


def test_axe_would_object(browser: Browser, base: str) -> None:
    """A picture without words, and letters that only the dark makes pale, are found: silence above means something."""
    with browser.new_context(service_workers="block", color_scheme="light", bypass_csp=True) as context:
        page = context.new_page()
        page.goto(f"{base}482135/")
        page.add_style_tag(content=PALE_IN_THE_DARK)
        page.evaluate("document.querySelector('main img').removeAttribute('alt')")
        assert [rule for rule, _ in judged(page)] == ["image-alt"]
        page.emulate_media(color_scheme="dark")
        assert {rule for rule, _ in judged(page)} == {"color-contrast", "image-alt"}
