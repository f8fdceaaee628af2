"""What a page may weigh on a cheap phone with a weak signal: counted in a real browser, as it goes over the wire."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Response

from case_kit import each
from command_kit import SLUG

HTML = 14 * 1024
"""The first flight of a TCP connection: what arrives without waiting for the phone's answer."""
SCRIPT = 5 * 1024
HERO = 40_000
FIRST_VIEW = 60_000
HEAVIEST, LIGHTEST = "482135/", "711946/"
EACH = [f"{prefix}{page}" for prefix in ("", "en/") for page in (HEAVIEST, LIGHTEST)]
SMALL = {"width": 360, "height": 640}
PHONE: dict[str, Any] = {"viewport": SMALL, "device_scale_factor": 3, "is_mobile": True, "has_touch": True}


def weight(html: str) -> int:
    """Return how many bytes a text is when it is sent."""
    return len(gzip.compress(html.encode(), 9, mtime=0))


def households(site: Path) -> Iterator[Path]:
    """Yield the page of every household in every language; those that left have only a notice, places their own."""
    for page in (*site.glob("[0-9]*/index.html"), *site.glob("en/[0-9]*/index.html")):
        if '<body class="household' in page.read_text(encoding="utf-8"):
            yield page


def test_heaviest_and_lightest_are_what_they_are_called(built_demo: Path) -> None:
    """The two pages that stand for all are the ends of the demo's scale."""
    weights = {page: weight(page.read_text(encoding="utf-8")) for page in households(built_demo / "site")}
    order = sorted(weights, key=lambda page: weights[page])
    assert {order[0].parent.name, order[-1].parent.name} == {LIGHTEST[:-1], HEAVIEST[:-1]}


@each("page", EACH)
def test_a_page_comes_in_one_flight(built_demo: Path, page: str) -> None:
    """HTML, style, script and drawings together; nothing else is waited for before something is seen."""
    html = (built_demo / "site" / page / "index.html").read_text(encoding="utf-8")
    assert weight(html) <= HTML
    wide = '<link rel="stylesheet" media="print,(min-width:48rem)"'  # no phone waits for it
    asked = re.findall(r"<script[^>]*\bsrc=|<link[^>]*stylesheet[^>]*\"(?= href)|@import|@font-face", html)
    assert asked == [wide]
    scripts = re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    assert 0 < sum(map(weight, scripts)) <= SCRIPT


@pytest.mark.parametrize("page", ["", f"{SLUG}/"])
def test_the_script_of_a_list_is_small(built_demo: Path, page: str) -> None:
    """Search and filter with everything else."""
    html = (built_demo / "site" / page / "index.html").read_text(encoding="utf-8")
    assert sum(map(weight, re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL))) <= SCRIPT


@pytest.mark.browser
@each("page", EACH)
def test_the_first_view_is_light(browser: Browser, base: str, page: str) -> None:
    """Page and first photo, on a phone with a dense screen; the other photos wait until they are wanted."""
    answers: list[Response] = []
    locale = "en-GB" if "en/" in page else "vi-VN"
    with browser.new_context(locale=locale, service_workers="block", **PHONE) as context:
        shown = context.new_page()
        shown.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - a bound built-in will not do
        shown.goto(base + page, wait_until="load")
        sizes = {one.url.removeprefix(base): one.request.sizes()["responseBodySize"] for one in answers}
    photos = [size for name, size in sizes.items() if name.startswith("photos/")]
    assert sum(sizes.values()) <= FIRST_VIEW, sizes
    assert max(photos, default=0) <= HERO
    assert len(photos) <= 1 + (page.endswith(HEAVIEST))
