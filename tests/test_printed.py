"""Pages as a browser prints them, in windows that leave margins to the page and in those that set their own."""

from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from case_kit import each
from command_kit import SLUG

pytestmark = pytest.mark.browser
MARGINS = dict.fromkeys(("top", "right", "bottom", "left"), "12mm")


def printed(browser: Browser, address: str, **more: Any) -> list[str]:
    """Return the text of each sheet of A4."""
    page: Page = browser.new_page(locale="vi-VN")
    page.goto(address)
    sheets = pypdfium2.PdfDocument(page.pdf(format="A4", **more))
    page.close()
    return [sheet.get_textpage().get_text_bounded().replace("\xa0", " ") for sheet in sheets]


@each("more", [{}, {"margin": MARGINS}, {"landscape": True, "prefer_css_page_size": True}])
@each("path", ["482135/", "en/482135/"])
def test_a_rich_household_is_one_sheet(browser: Browser, base: str, path: str, more: dict[str, Any]) -> None:
    """With its story, prices, crops, months, the way there and the digits to type; what cannot be pressed is left out."""
    (sheet,) = printed(browser, base + path, **more)
    phone = "+84 570 012 345" if "en/" in path else "0570 012 345"
    assert all(
        words in sheet
        for words in (
            "Vườn bà Hường",
            "482 135",
            phone,
            "35",
            "Xóm Đông" if path[0] == "4" else "Đông hamlet",
        )
    )
    assert not any(words in sheet for words in ("Chia sẻ", "Share", "Quyền riêng tư", "Zalo"))


@each("more", [{}, {"margin": MARGINS}])
def test_a_village_is_a_list_with_a_map(browser: Browser, base: str, more: dict[str, Any]) -> None:
    """Everybody in the order of the numbers, each with a code, and whom to call; no control, no report."""
    (sheet,) = printed(browser, f"{base}{SLUG}/", **more)
    homes = ("Vườn bà Hường", "482 135", "Vườn hoa nhà Xuân", "Nhà chị Mai", "711 946")
    assert [sheet.index(words) for words in homes] == sorted(sheet.index(words) for words in homes)
    assert "0570 100 200" in sheet
    assert not any(
        words in sheet for words in ("Tháng thu hoạch", "Tất cả", "Đường dạo", "bằng con số", "Mở bản in")
    )


def test_the_list_of_the_culture_house_is_two_sheets(browser: Browser, base: str) -> None:
    """The map with the walk on one, everybody on the other."""
    first, second = printed(browser, f"{base}{SLUG}/print/", prefer_css_page_size=True)
    assert ("Đường dạo" in first, "711 946" in second) == (True, True)
