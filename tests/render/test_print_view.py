"""The printed list and map: everybody in it, numbers that find each other, nothing of a person, and clean on paper."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from households_kit import (
    EMPTIEST,
    FULLEST,
    LANGUAGES,
    VILLAGE,
    crop,
    households,
    pages,
    typed,
)
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from playwright.sync_api import Browser, Page

from case_kit import each
from garden_kit import NOTHING_TOLD
from vuonho.model.public import PublicCrop, PublicHousehold
from vuonho.model.values import Point
from vuonho.pages.frame import Box, Spot
from vuonho.pages.map import Mark, Numbered, NumberedMap, in_order, numbered_maps, placed, walking_route
from vuonho.pages.names import whole
from vuonho.pages.village import print_values
from vuonho.verify.images import read_code

PAGES = pages()
CENTRE = VILLAGE.centre
A4 = (595, 842)
"""Width and height in points of 1/72 inch."""
POINTS = st.builds(Point, st.floats(18.10, 18.15), st.floats(105.73, 105.79))


def view(homes: Sequence[PublicHousehold]) -> dict[str, Any]:
    """Return what is printed of some households."""
    route = walking_route(CENTRE, homes)
    return print_values(
        VILLAGE, in_order(homes, route), route, LANGUAGES["vi"], "https://vuonmau.example/vuon/"
    )


def rows(homes: Sequence[PublicHousehold], tag: str = "vi") -> list[list[str]]:
    """Return the texts of the cells of the list."""
    shown = html.document_fromstring(page(homes, tag)).xpath("//tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in shown]


def page(homes: Sequence[PublicHousehold], tag: str = "vi") -> str:
    """Return the printed page of some households."""
    path = f"{'' if tag == 'vi' else 'en/'}{VILLAGE.slug}/print/index.html"
    (made,) = (one for one in PAGES.of_village(VILLAGE, homes) if one.path == path)
    return made.content.decode("utf-8")


def growing(*crops: PublicCrop) -> PublicHousehold:
    """Return a household that tells of these crops only."""
    return replace(EMPTIEST, garden=replace(NOTHING_TOLD, crops=crops))


# --- The list ----------------------------------------------------------------------------------------------


def test_everybody_is_in_the_list_in_the_order_given() -> None:
    """Whether a household shows its place or not, it has the number of its row."""
    homes = (EMPTIEST, *households(20, exact=6, near=5), FULLEST)
    shown = rows(homes)
    assert [str(number) for number in range(1, 23)] == [row[0] for row in shown]
    assert all(row[1].startswith(one.name) for row, one in zip(shown, homes, strict=True))


def test_row_tells_what_the_list_may_show() -> None:
    """Address, first crops, months, that visitors are received, and the digits as one reads them out."""
    assert rows((FULLEST,), "en") == [[
        "1", "Vườn bà Thử Xóm Đông, ngõ 3", "Phuc Trach pomelo, cam bu mandarin, mustard greens",
        "Aug–Sep, Nov–Feb", "visitors welcome", "482 135",
    ]]  # fmt: skip
    assert rows((EMPTIEST,)) == [["1", EMPTIEST.name, "", "", "100 014"]]  # no column where nobody receives
    (row,) = rows((replace(EMPTIEST, garden=replace(FULLEST.garden, crops=())),))
    assert row[2] == "Gà thả vườn, hươu sao, con lạ"


@each(
    ("months", "vi", "en"),
    [
        ((8,), "tháng 8", "Aug"),
        ((1, 8, 9, 11, 12), "tháng 8–9, 11–1", "Aug–Sep, Nov–Jan"),
        (tuple(range(1, 13)), "quanh năm", "all year"),
    ],
)
def test_months_are_short(months: tuple[int, ...], vi: str, en: str) -> None:
    """All crops of a garden together, as stretches."""
    home = growing(*(crop("Cây lạ", season=typed(month)) for month in months))
    assert (vi, en) == (rows((home,))[0][3], rows((home,), "en")[0][3])


def test_the_head_says_how_to_find_and_whom_to_call() -> None:
    """The village's address, as one types it and as a code, the team's number, the newest check and no clock; search engines send nobody."""
    shown = html.document_fromstring(page((FULLEST, replace(EMPTIEST, checked=date(2026, 3, 1))), "en"))
    assert shown.xpath("string(//p[@class='address'])") == "vuonmau.example/vuon/thon-vuon-mau/"
    drawing = re.findall(r"<svg[^>]*100mm.*?</svg>", page((FULLEST,)), re.DOTALL)
    assert [read_code("code.svg", one.encode()).text for one in drawing] == [
        "https://VUONMAU.EXAMPLE/vuon/thon-vuon-mau/"
    ]
    assert shown.xpath("string(//p[@class='phone'])") == "0912 000 111"
    assert "2 November 2026" in shown.xpath("string(//p[@class='count'])")
    assert shown.xpath("//a[@class='brand']/@href") == ["../../../en/thon-vuon-mau/"]
    assert shown.xpath("//tbody/tr[1]//a/@href") == ["../../../en/482135/"]
    assert shown.xpath("//meta[@name='robots']/@content") == ["noindex"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_keep_their_letters(form: str) -> None:
    """A name is printed as it is, and marked as Vietnamese on the English page."""
    name = unicodedata.normalize(form, "Vườn bà Hường ở xóm Đồi")  # type: ignore[arg-type]
    shown = html.document_fromstring(page((replace(EMPTIEST, name=name),), "en"))
    assert shown.xpath("//tbody/tr/th//span[@lang='vi']/text()") == [whole(name)]


@pytest.mark.parametrize("tag", ["vi", "en"])
def test_nothing_of_a_person_is_printed(tag: str) -> None:
    """Full names, phones, stories, prices and living conditions of a family do not hang in public."""
    shown = page((FULLEST,), tag)
    told = (
        "Thử Nghiệm", "0337", "gốc bưởi đầu tiên", "Nước máy", "Tap water", "35.000", "35,000", "Qua cầu",
        "vuonthu",
    )  # fmt: skip
    assert [word for word in told if word in shown] == []


def test_village_without_households_can_be_printed() -> None:
    """There is no example, no map and no walk, and the page says why."""
    shown = page(())
    assert "Chưa có gia đình nào" in shown
    assert [part for part in ("<table", "<figure", 'class="address"') if part in shown] == []


# --- The map -----------------------------------------------------------------------------------------------


def marks(maps: Sequence[NumberedMap]) -> list[Mark]:
    """Return the marks of all sheets."""
    return [mark for one in maps for mark in one.marks]


def overlap(a: Mark, b: Mark) -> bool:
    """Tell whether two plates of one sheet cover each other."""
    wide, high = (a.width + b.width) / 2, (a.height + b.height) / 2
    return abs(a.middle.x - b.middle.x) < wide and abs(a.middle.y - b.middle.y) < high


def test_map_has_the_exact_points_only() -> None:
    """Near and hidden households stand in the list, and the map says how many."""
    homes = (EMPTIEST, *households(20, exact=7, near=9))
    shown = view(homes)
    assert {mark.number for mark in marks(shown["maps"])} == set(range(1, 8))
    assert "14 hộ không có trên bản đồ" in page(homes)


def test_numbers_of_map_walk_and_list_are_the_same() -> None:
    """Who reads 5 on the map finds him in row 5, and in the walk by that number."""
    homes = households(12, exact=9)
    shown = view(homes)
    by_walk = [stop.household.name for stop in walking_route(CENTRE, homes).stops]
    assert by_walk == [shown["rows"][number - 1].household.name for number in shown["walk"]]
    assert {mark.number for mark in shown["maps"][0].marks} == set(shown["walk"])


def test_one_garden_is_no_walk() -> None:
    """A map with one dot has no line and no list of numbers."""
    shown = view(households(3, exact=1))
    assert (shown["walk"], shown["maps"][0].line) == ((), "")


@given(st.lists(POINTS | st.just(CENTRE), min_size=1, max_size=50))
def test_every_number_has_room(points: list[Point]) -> None:
    """Each garden has one number on one sheet, inside its frame, and no plate covers another."""
    maps = numbered_maps(CENTRE, tuple(enumerate(points, 95)), ())
    assert sorted(mark.number for mark in marks(maps)) == list(range(95, 95 + len(points)))
    for sheet in maps:
        assert [pair for pair in combinations(sheet.marks, 2) if overlap(*pair)] == []
        for mark in sheet.marks:
            assert 0 <= mark.corner.x <= sheet.width - mark.width
            assert 0 <= mark.corner.y <= sheet.height - mark.height


def test_number_at_the_edge_is_moved_onto_the_paper() -> None:
    """A point in the corner keeps its place, its number comes in."""
    (mark,) = placed([(7, Spot(2, 3))], 30, Box(0, 0, 400, 300), ()) or ()
    assert (mark.spot, mark.beside) == (Spot(2, 3), True)
    assert min(mark.corner.x, mark.corner.y) >= 0


def test_number_without_room_is_told() -> None:
    """What can not be placed is never put over something else."""
    assert placed([(7, Spot(20, 20))], 30, Box(0, 0, 40, 40), (Box(0, 0, 40, 40),)) is None


def test_families_at_one_gate_have_a_number_each() -> None:
    """Thirty at one place end, on several sheets if need be, and each number leads to the place by a line."""
    gardens: tuple[Numbered, ...] = tuple((number, Point(18.13, 105.77)) for number in range(1, 31))
    maps = numbered_maps(CENTRE, gardens, ())
    assert sorted(mark.number for mark in marks(maps)) == list(range(1, 31))


def test_large_village_is_cut_into_lettered_areas() -> None:
    """The overview has a frame and a letter for each sheet, and a row says on which sheet its number is."""
    homes = tuple(
        replace(one, exact=Point(18.12 + at * 37 % 400 / 4e4, 105.755 + at / 4e4))
        for at, one in enumerate(households(400, exact=400))
    )
    shown = view(homes)
    whole, *areas = shown["maps"]
    assert len(whole.dots) == 400
    assert (whole.marks, [frame.letter for frame in whole.frames]) == ((), [one.letter for one in areas])
    assert {mark.number: one.letter for one in areas for mark in one.marks} == {
        row.number: row.area for row in shown["rows"]
    }


# --- On paper ----------------------------------------------------------------------------------------------


def opened(browser: Browser, folder: Path, homes: Sequence[PublicHousehold]) -> Page:
    """Return the printed page of some households in a browser that likes it dark."""
    file = folder / "print.html"
    file.write_text(page(homes), encoding="utf-8")
    sheet = browser.new_page(locale="vi-VN", color_scheme="dark")
    sheet.goto(file.as_uri())
    return sheet


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Return width and height of each page of a PDF, in points."""
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


@pytest.mark.browser
def test_small_village_is_two_pages(browser: Browser, tmp_path: Path) -> None:
    """The map with the walk is one A4 page, the list the other."""
    sheet = opened(browser, tmp_path, households(13, exact=9))
    assert sizes(sheet.pdf(prefer_css_page_size=True)) == [A4, A4]
    sheet.close()


@pytest.mark.browser
def test_paper_is_white_and_the_heading_repeats(browser: Browser, tmp_path: Path) -> None:
    """In whatever colours it was read: black on white; rows stay whole, each page names its columns."""
    sheet = opened(browser, tmp_path, households(60, exact=30))
    sheet.emulate_media(media="print", color_scheme="dark")
    style = """selector => { const s = getComputedStyle(document.querySelector(selector));
        return [s.color, s.backgroundColor, s.display, s.breakInside]; }"""
    assert sheet.evaluate(style, "body")[:2] == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert sheet.evaluate(style, "thead")[2] == "table-header-group"
    assert sheet.evaluate(style, "tbody tr")[3] == "avoid"
    assert sheet.evaluate(style, ".aside")[2] == "none"
    sheet.close()
