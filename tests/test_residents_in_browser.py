"""Guides and the page of a team on a phone and on paper: one sheet each, without a signal, without script, by its clock."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

import browser_kit
from case_kit import each
from command_kit import SLUG
from pages_server import Served, served
from vuonho.project.guides import read_guides

pytestmark = pytest.mark.browser

TEAM, GUIDE = f"{SLUG}/to-so/", "huong-dan/lua-dao/"
A5 = (148, 210)
KEPT = "async () => (await Promise.all((await caches.keys()).map(async name => (await (await caches.open(name)).keys()).map(one => one.url)))).flat()"


@pytest.fixture
def server(built_demo: Path) -> Iterator[Served]:
    """Return the demo, served."""
    with served(built_demo / "site") as one:
        yield one


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """Return a phone that has never been here."""
    with browser.new_context(locale="vi-VN", viewport={"width": 360, "height": 640}) as context:
        yield context


def test_each_guide_prints_on_one_sheet(browser: Browser, server: Served) -> None:
    """Of A5, in both languages, with a tenth of it to spare for a printer with other letters; who to call stands on it."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        for guide in read_guides(Path("nowhere"))[0]:
            for prefix in ("", "en/"):
                page.goto(f"{server.base}{prefix}huong-dan/{guide.name}/")
                paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
                assert (guide.name, prefix, len(paper)) == (guide.name, prefix, 1)
                assert tuple(round(side / 72 * 25.4) for side in paper[0].get_size()) == A5
                text = paper[0].get_textpage().get_text_range().replace("\u00a0", " ")
                assert "570 100 200" in text
                picture = (
                    paper[0].render(scale=1).to_pil().convert("L").point(lambda value: 255 * (value < 200))
                )
                assert picture.getbbox()[3] < 0.93 * picture.height


def test_the_printed_page_of_a_team_tells_its_numbers(browser: Browser, server: Served) -> None:
    """In ink: a printer leaves the ground of a button out."""
    with browser.new_context(locale="vi-VN") as context:
        page = context.new_page()
        page.goto(server.base + TEAM)
        page.emulate_media(media="print")
        inks = "nodes => nodes.map(node => getComputedStyle(node).color === getComputedStyle(document.body).color)"
        assert page.locator(".number a").evaluate_all(inks) == [True] * 4


@each("days", [365, 366])
def test_an_old_guide_says_so(phone: BrowserContext, server: Served, days: int) -> None:
    """By the phone's clock, when a year is over and not before."""
    page = phone.new_page()
    at = date(2026, 11, 27) + timedelta(days=days)
    page.clock.set_fixed_time(f"{at}T12:00:00")
    page.goto(server.base + GUIDE)
    assert page.locator(".old").is_visible() == (days == 366)


@each(("day", "shown"), [("2027-01-17", True), ("2027-01-19", False)])
def test_what_is_over_is_no_longer_shown(
    phone: BrowserContext, server: Served, day: str, shown: bool
) -> None:
    """Something that takes place once, by the phone's clock; what comes again stays."""
    page = phone.new_page()
    page.clock.set_fixed_time(f"{day}T12:00:00+07:00")
    page.goto(server.base + TEAM)
    assert page.get_by_text("Ngày hội vườn mẫu").is_visible() == shown
    assert page.get_by_text("Thu gom rác").is_visible()


def test_the_team_and_its_guides_open_without_a_signal(phone: BrowserContext, server: Served) -> None:
    """After one visit to the team's page: it, every guide that it leads to, and the calendar."""
    page = phone.new_page()
    page.goto(server.base + TEAM, wait_until="load")
    guides = page.locator(".guide-list a").evaluate_all("links => links.map(link => link.href)")
    assert len(guides) == 8
    wanted = {*guides, server.base + TEAM, server.base + TEAM + "lich.ics"}
    browser_kit.until(
        page, lambda: wanted <= set(page.evaluate(KEPT)), lambda: wanted - set(page.evaluate(KEPT))
    )
    server.down = True
    for address in (*guides, server.base + TEAM):
        page.goto(address)
        assert page.locator("h1").inner_text() not in ("", "Không có mạng")
        assert page.locator("main").inner_text().strip()


def test_without_script_nothing_is_missing(browser: Browser, server: Served) -> None:
    """All members, dates and steps are there; nothing claims to know what day it is."""
    with browser.new_context(java_script_enabled=False, locale="vi-VN") as context:
        page: Page = context.new_page()
        page.goto(server.base + TEAM)
        assert page.locator(".members li").count() == 3
        assert page.locator(".dates > div:visible").count() == 4
        page.goto(server.base + GUIDE)
        assert page.locator(".old").is_hidden()
        assert "Kiểm lại ngày 27/11/2026" in page.locator(".age").inner_text()
