"""The visitor's language: a phone lands on the page that it can read, and its owner has the last word."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser_kit import pass_time
from case_kit import each
from pages_server import served

pytestmark = pytest.mark.browser

NO_STORAGE = """
Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
Object.defineProperty(navigator, "serviceWorker", { value: undefined });
"""
"""What a browser inside another app may be like."""
GOOGLE = "Mozilla/5.0 (Linux; Android 6.0.1) Chrome/120 Mobile Safari/537.36 (compatible; Googlebot/2.1)"


@contextmanager
def phone(browser: Browser, locale: str, **more: object) -> Iterator[Page]:
    """Open a page on a phone that is set to a language."""
    settings = {"viewport": {"width": 360, "height": 740}, "service_workers": "block", **more}
    with browser.new_context(locale=locale, **settings) as context:  # type: ignore[arg-type]
        yield context.new_page()


def test_an_english_phone_lands_on_english_and_can_go_back(browser: Browser, base: str) -> None:
    """Sent on at once, from a plaque whose family has left too, and Back leaves the site.

    The switch leads to Vietnamese, stays there, and the next plaque is Vietnamese too.
    """
    with phone(browser, "en-GB") as page:
        page.goto(f"{base}643479/")
        page.wait_for_url(f"{base}en/643479/")
        page.goto("about:blank")
        page.goto(f"{base}482135/")
        page.wait_for_url(f"{base}en/482135/")
        page.go_back()
        assert page.url == "about:blank"
        page.goto(f"{base}482135/")
        page.wait_for_url(f"{base}en/482135/")
        page.locator("header a[hreflang=vi]").click()
        page.wait_for_url(f"{base}482135/")
        page.reload()
        assert page.url == f"{base}482135/"
        page.goto("about:blank")
        page.goto(f"{base}926002/")
        pass_time(page, 200)
        assert (page.url, page.locator("html").get_attribute("lang")) == (f"{base}926002/", "vi")


@each(
    ("locale", "agent", "languages"),
    [("vi-VN", None, None), ("vi", None, None), ("en-GB", None, ["en-GB", "vi-VN"]), ("en-US", GOOGLE, None)],
)
def test_who_can_read_the_plaque_s_page_stays(
    browser: Browser, base: str, locale: str, agent: str | None, languages: list[str] | None
) -> None:
    """A Vietnamese phone, one whose second language it is, and a search engine, which reads each at its address."""
    with phone(browser, locale, user_agent=agent) as page:
        if languages:
            page.add_init_script(f"Object.defineProperty(navigator, 'languages', {{value: {languages}}})")
        page.goto(f"{base}482135/")
        pass_time(page, 200)
        assert page.url == f"{base}482135/"


def test_a_choice_holds_for_the_next_scan(browser: Browser, base: str) -> None:
    """A Vietnamese phone whose owner once chose English lands on English."""
    with phone(browser, "vi-VN") as page:
        page.goto(f"{base}482135/")
        page.locator("header a[hreflang=en]").click()
        page.wait_for_url(f"{base}en/482135/")
        page.goto("about:blank")
        page.goto(f"{base}711946/")
        page.wait_for_url(f"{base}en/711946/")


def test_without_storage_the_switch_works(browser: Browser, base: str) -> None:
    """In a browser inside another app nothing can be kept, and still nobody is trapped in a language."""
    with phone(browser, "en-GB") as page:
        page.add_init_script(NO_STORAGE)
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{base}482135/")
        page.wait_for_url(f"{base}en/482135/")
        page.locator("header a[hreflang=vi]").click()
        page.wait_for_url(f"{base}482135/**")
        pass_time(page, 200)
        assert page.locator("html").get_attribute("lang") == "vi"
        page.reload()
        pass_time(page, 200)
        assert page.locator("html").get_attribute("lang") == "vi"
        assert faults == []


def test_two_projects_of_one_host_remember_apart(browser: Browser, built_demo: Path) -> None:
    """A choice made in one village's site does not speak for another's."""
    with served(built_demo / "site", prefix="/one") as first, phone(browser, "vi-VN") as page:
        page.goto(f"{first.base}482135/")
        page.locator("header a[hreflang=en]").click()
        page.wait_for_url(f"{first.base}en/482135/")
        assert page.evaluate("Object.keys(localStorage)") == ["vuonho /one/ language"]
