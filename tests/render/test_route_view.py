"""The walking route in words: on the village's page, and the next gates on a household's."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from households_kit import EMPTIEST, VILLAGE, crop, home, households, pages, typed
from lxml import html
from playwright.sync_api import Browser

from case_kit import each
from vuonho.model.public import PublicHousehold, PublicVisits
from vuonho.model.values import Point
from vuonho.pages.map import in_order, walking_route

PAGES = pages()


def walk(homes: tuple[PublicHousehold, ...], tag: str = "vi") -> html.HtmlElement | None:
    """Return the section of the walk on the village's page."""
    made = PAGES.of_village(VILLAGE, homes)[("vi", "en").index(tag)].content.decode("utf-8")
    return next(iter(html.document_fromstring(made).xpath("//section[@class='walk']")), None)


def east(code: str, metres: float, **more: object) -> PublicHousehold:
    """Return a household so far east of the centre."""
    point = Point(VILLAGE.centre.lat, VILLAGE.centre.lon + metres / 105_680)
    return replace(EMPTIEST, code=code, exact=point, **more)  # type: ignore[arg-type]


LANE = (east("200005", 300), east("200016", 310), east("200027", 620))


@each(
    ("tag", "expected"),
    [
        ("vi", ("cách trung tâm thôn khoảng 300 m, về phía đông", "ngay bên cạnh",
                "đi tiếp khoảng 300 m về phía đông")),
        ("en", tuple(
            f"Mr Mẫu's garden · {way}"
            for way in ("about 300 m east of the village centre", "next door", "about 300 m further, to the east")
        )),
    ],
)  # fmt: skip
def test_stops_tell_the_way(tag: str, expected: tuple[str, ...]) -> None:
    """From the centre, next door, and on: how far and in which wind, in the page's words."""
    shown = walk(LANE, tag)
    assert shown is not None
    assert tuple(shown.xpath(".//ol/li/small/text()")) == expected
    up = "../" if tag == "vi" else "../../en/"
    assert shown.xpath(".//ol/li/a/@href") == [f"{up}{one.code}/" for one in LANE]
    assert shown.xpath(".//ol/li/@value") == ["1", "2", "3"]


def test_the_walk_is_told_as_it_is() -> None:
    """A straight line is never passed off as the way on foot; two gardens at least, and exact points alone, make it."""
    shown = walk((east("200005", 20), east("200016", 1210)))
    assert shown is not None
    assert "khoảng 1,2 km theo đường thẳng; đường làng dài hơn" in shown.text_content()
    assert shown.xpath("string(.//ol/li/small)") == "ngay trung tâm thôn"
    assert [walk(households(4, exact=exact)) for exact in (0, 1)] == [None, None]
    many = walk(households(12, exact=4, near=5))
    assert many is not None
    assert len(many.xpath(".//ol/li")) == 4
    assert many.xpath("//*[@class='plan']//*[@class='way']") == []


@each(
    ("code", "tag", "expected"),
    [
        ("200016", "vi", [
            ("../200005/", "Vườn trước", "ngay bên cạnh"),
            ("../200027/", "Vườn tiếp theo", "cách đây khoảng 300 m, về phía đông"),
        ]),
        ("200027", "en", [
            ("../../en/200016/", "Previous garden", "Mr Mẫu's garden · about 300 m west of here"),
            ("../../en/200038/", "Next garden", "Mr Mẫu's garden"),
        ]),
    ],
)  # fmt: skip
def test_household_page_tells_the_gates_before_and_after(
    code: str, tag: str, expected: list[tuple[str, str, str]]
) -> None:
    """Both with picture, label and link, in the order of the list; on the walk also the way as seen from here."""
    listed = home(VILLAGE, (*LANE, replace(EMPTIEST, code="200038")))
    gates = dict(zip([one.code for one in listed.households], listed.beside(), strict=True))
    household = next(one for one in LANE if one.code == code)
    made = PAGES.of_household(household, VILLAGE, {}, gates[code])[("vi", "en").index(tag)]
    items = html.document_fromstring(made.content.decode("utf-8")).xpath("//nav[@class='buttons beside']/a")
    said = [
        (one.get("href"), one.xpath("string(./span/text())"), one.xpath("string(.//small)")) for one in items
    ]
    assert said == expected
    assert [one.xpath("string(./img/@src)") for one in items] == [
        f"{'../' * (1 + (tag == 'en'))}{href.split('/')[-2]}/garden.svg" for href, *_ in expected
    ]


def open_garden(code: str, metres: float, hours: str | None, month: int = 8) -> PublicHousehold:
    """Return a garden so far east of the centre that receives visitors, with pomelos ripe in a month."""
    garden = replace(EMPTIEST.garden, crops=(crop("Bưởi Phúc Trạch", season=typed(month)),))
    return east(code, metres, visits=PublicVisits(True, hours, ()), garden=garden)


@pytest.mark.browser
@each(
    ("at", "expected"),
    [
        ("2027-08-16T10:00:00+07:00", [("200038", "đến 11:30 · 200\u00a0m"), ("200005", "đến 17:00 · 100\u00a0m"),
                                       ("200049", "đến 17:00 · 1.300\u00a0m")]),
        ("2027-08-16T12:00:00+07:00", [("200005", "đến 17:00 · 300\u00a0m"), ("200049", "đến 17:00 · 1.300\u00a0m")]),
        ("2027-08-15T10:00:00+07:00", [("200038", "đến 11:30 · 200\u00a0m"), ("200005", "đến 17:00 · 100\u00a0m")]),
        ("2027-08-16T18:00:00+07:00", []),
        ("2027-02-16T10:00:00+07:00", []),
    ],
)  # fmt: skip
def test_a_walk_for_today(browser: Browser, tmp_path: Path, at: str, expected: list[tuple[str, str]]) -> None:
    """Open at this hour, ripe this month, never one alone, never a fourth, never past 2 km; a Sunday, an evening, another month differ."""
    gardens = (
        open_garden("200005", 300, "7:00-17:00"),
        open_garden("200016", 250, None),
        open_garden("200027", 150, "7:00-17:00", month=2),
        open_garden("200038", 200, "7h-11h30 và 13h30-17h"),
        open_garden("200049", 1600, "7:00-17:00, thứ Hai đến thứ Bảy"),
        open_garden("200050", 2100, "7:00-17:00"),
    )
    named = [replace(one, name=f"Vườn {one.code}") for one in gardens]
    homes = in_order(named, walking_route(VILLAGE.centre, named))
    file = tmp_path / "thon.html"
    file.write_bytes(PAGES.of_village(VILLAGE, homes)[0].content)
    with browser.new_context(locale="vi-VN", timezone_id="America/New_York") as context:
        page = context.new_page()
        page.clock.set_fixed_time(datetime.fromisoformat(at))
        page.goto(file.as_uri())
        assert page.locator("#today").is_visible() == bool(expected)
        shown = page.locator("#today li:visible")
        names = [one.removeprefix("Vườn ") for one in shown.locator("b").all_inner_texts()]
        said = [one.removeprefix("Bưởi Phúc Trạch · ") for one in shown.locator("small").all_inner_texts()]
        assert list(zip(names, said, strict=True)) == expected
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(file.as_uri())
        assert page.locator("#today").is_visible() is False
        assert page.locator(".walk .stops > li:visible").count() == len(homes)
