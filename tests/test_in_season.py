"""What is ripe now: decided on the phone, by its own month; without script nothing claims to be now."""

from datetime import datetime

import pytest
from playwright.sync_api import Browser, Page

from command_kit import SLUG

pytestmark = pytest.mark.browser


def now_in(page: Page, address: str, month: int) -> tuple[str, list[str]]:
    """Return the heading and the things that a page says are in season in a month of 2027."""
    page.clock.set_fixed_time(datetime(2027, month, 15, 9, 0))  # noqa: DTZ001 - the phone's own clock
    page.goto(address)
    shown = page.locator("#now:visible > b").all_inner_texts()
    things = page.locator("#now li:visible").all_inner_texts()
    return (shown or [""])[0], [" ".join(one.split()) for one in things]


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("vi-VN", [
            ("482135/", 9, ("Đang mùa · tháng 9", ["Bưởi Phúc Trạch 35.000 đ/quả", "Chè xanh"])),
            ("482135/", 2, ("Đang mùa · tháng 2", ["Chè xanh"])),
            ("711946/", 9, ("", [])),
        ]),
        ("en-GB", [
            ("en/482135/", 9, ("In season now · September", ["Phuc Trach pomelo 35,000 VND/piece", "Tea"])),
            ("en/951605/", 2, ("Coming up: May", ["Jackfruit", "Pineapple usually"])),
        ]),
    ],
)  # fmt: skip
def test_what_is_in_season_follows_the_month(
    browser: Browser, base: str, locale: str, expected: list[tuple[str, int, object]]
) -> None:
    """February and September differ; where nothing is ripe the next harvest is named; no crop, no claim."""
    with browser.new_context(locale=locale, service_workers="block") as context:
        page = context.new_page()
        for address, month, said in expected:
            assert (address, month, now_in(page, base + address, month)) == (address, month, said)


def test_calendar_and_lists_follow_the_month(browser: Browser, base: str) -> None:
    """Its column alone is marked; a village says what most gardens have, with how many."""
    with browser.new_context(locale="vi-VN", service_workers="block") as context:
        page = context.new_page()
        now_in(page, f"{base}482135/", 9)
        assert page.locator(".calendar th.this").all_inner_texts() == ["9"]
        columns = page.locator(".calendar .this").evaluate_all("cells => cells.map(cell => cell.cellIndex)")
        assert (set(columns), len(columns) > 3) == ({9}, True)
        for address in (f"{SLUG}/", ""):
            heading, things = now_in(page, base + address, 9)
            assert heading == "Đang mùa · tháng 9"
            assert things[0].startswith("Bưởi Phúc Trạch ")
            assert not any(one.startswith("Rau cải") for one in things)


def test_nothing_is_now_without_script(browser: Browser, base: str) -> None:
    """A page cannot know the month; only the calendar stands."""
    with browser.new_context(locale="vi-VN", java_script_enabled=False) as context:
        page = context.new_page()
        for address in ("482135/", f"{SLUG}/", ""):
            assert now_in(page, base + address, 9) == ("", [])


def test_drawn_garden_follows_the_month(browser: Browser, base: str) -> None:
    """The pomelos of Phúc Trạch flower in February, hang green in May, are ripe in August, picked in November.

    They are reserved while they are on their way.
    """
    with browser.new_context(locale="vi-VN", service_workers="block") as context:
        page = context.new_page()
        pictures = {}
        for month, look in ((2, "yf"), (5, "yu"), (8, "yr"), (11, "yg")):
            now_in(page, f"{base}482135/", month)
            reserve = page.locator(".products li", has_text="Bưởi Phúc Trạch").locator("a[href^='sms:']")
            assert reserve.is_visible() == (look in ("yf", "yu"))
            assert (month, page.locator(".garden-picture [data-y]").first.get_attribute("class")) == (
                month,
                look,
            )
            pictures[page.locator(".garden-picture").screenshot()] = month
    assert len(pictures) == 4


def test_drawn_garden_stands_without_script(browser: Browser, base: str) -> None:
    """Then it is of no month: every plant in leaf, with the fruit by which it is known."""
    with browser.new_context(locale="vi-VN", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{base}482135/")
        assert (
            page.locator(".products a[href^='sms:']").count()
            == page.locator(".products a[href^='sms:']:visible").count()
            > 1
        )
        assert page.locator(".garden-picture [data-y]").count() > 2
        assert page.locator(".garden-picture [data-y][class]").count() == 0
        assert page.locator(".garden-picture").is_visible()
