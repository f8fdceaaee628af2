"""What is ripe now: decided on the phone, by its own month; without script nothing claims to be now."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from case_kit import each
from command_kit import SLUG
from pages_server import served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def base(built_demo: Path) -> Iterator[str]:
    """Return the address of the demo, served as its host would."""
    with served(built_demo / "site") as server:
        yield server.base


def now_in(browser: Browser, address: str, month: int, *, script: bool = True) -> tuple[str, list[str]]:
    """Return the heading and the things that a page says are in season in a month of 2027."""
    english = "/en/" in address
    with browser.new_context(
        locale="en-GB" if english else "vi-VN", service_workers="block", java_script_enabled=script
    ) as context:
        page = context.new_page()
        page.clock.set_fixed_time(datetime(2027, month, 15, 9, 0))  # noqa: DTZ001 - the phone's own clock
        page.goto(address)
        shown = page.locator("#now:visible b").all_inner_texts()
        things = page.locator("#now li:visible").all_inner_texts()
    return (shown or [""])[0], [" ".join(one.split()) for one in things]


@each(
    ("page", "month", "expected"),
    [
        ("482135/", 9, ("Đang mùa", ["Bưởi Phúc Trạch", "Chè xanh"])),
        ("482135/", 2, ("Đang mùa", ["Chè xanh"])),
        ("en/482135/", 9, ("In season now", ["Phuc Trach pomelo", "Tea"])),
        ("en/951605/", 2, ("Coming up: May", ["Jackfruit", "Pineapple roughly"])),
    ],
)
def test_what_is_in_season_follows_the_month(
    browser: Browser, base: str, page: str, month: int, expected: object
) -> None:
    """February and September differ; where nothing is ripe the next harvest is named with its month."""
    assert now_in(browser, base + page, month) == expected


def test_the_calendar_marks_the_month(browser: Browser, base: str) -> None:
    """Its column, and only that."""
    with browser.new_context(locale="vi-VN", service_workers="block") as context:
        page = context.new_page()
        page.clock.set_fixed_time(datetime(2027, 9, 15, 9, 0))  # noqa: DTZ001 - the phone's own clock
        page.goto(f"{base}482135/")
        assert page.locator(".calendar .this").all_inner_texts() == ["9"]


@pytest.mark.parametrize("page", ["482135/", f"{SLUG}/", ""])
def test_nothing_is_now_without_script(browser: Browser, base: str, page: str) -> None:
    """A page cannot know the month; only the calendar stands."""
    assert now_in(browser, base + page, 9, script=False) == ("", [])


def test_a_garden_without_seasons_says_nothing(browser: Browser, base: str) -> None:
    """No crop, no claim."""
    assert now_in(browser, f"{base}711946/", 9) == ("", [])


@pytest.mark.parametrize("page", [f"{SLUG}/", ""])
def test_a_village_says_what_its_gardens_have(browser: Browser, base: str, page: str) -> None:
    """What most gardens have comes first, with how many."""
    heading, things = now_in(browser, base + page, 9)
    assert heading == "Đang mùa"
    assert things[0].startswith("Bưởi Phúc Trạch ")
    assert not any(one.startswith("Rau cải") for one in things)
