"""The village board: its code, everybody once, nothing of a person, nothing over anything, in printing inks."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import plaque_kit as kit
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.model.public import PublicHousehold
from vuonho.model.values import Point
from vuonho.pages import map as numberedmap
from vuonho.plaques.board import Stack
from vuonho.plaques.board_map import STRIP
from vuonho.plaques.canvas import MM
from vuonho.plaques.order import Printed

LETTERS = "AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY" + "ẮẰẲẴẶẤẦẨẪẬẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰÝỲỶỸỴ"
SIXTY = "Vườn sinh thái và nhà nghỉ cộng đồng gia đình bà Nguyệt Thúy"
PLACE = "Thôn Liên Minh Đoàn Kết Phú Quý Hưng Thịnh Trường Thọ An Khe"
NOTES = ("Bảng thôn A3", "100 mm", "BẢN THỬ")
VILLAGE = kit.demo().villages[0]
HOMES = tuple(one for one in kit.demo().households if one.village == VILLAGE.slug)
LISTED = numberedmap.in_order(HOMES, numberedmap.walking_route(VILLAGE.centre, HOMES))
RIVERS = {way.name for way in VILLAGE.ground.ways} if VILLAGE.ground else set()
WALKED = sum(bool(one.exact) for one in HOMES)


def board(homes: Sequence[PublicHousehold], **changes: Any) -> Printed:
    """Return the board of a village."""
    return kit.printed("a3", homes, **({"village": VILLAGE} | changes))


def lines(printed: Printed, page: int = 0) -> list[str]:
    """Return the texts of a page."""
    return [line.text for line in kit.lines(printed.content, page)]


def text_of(printed: Printed) -> str:
    """Return all that is written."""
    return " ".join(kit.text_of(printed.content, page) for page in range(printed.pages))


def homes(count: int, exact: int, name: str = "Hộ {:04}") -> tuple[PublicHousehold, ...]:
    """Return so many households, the first of them with points."""
    return tuple(
        replace(
            kit.home(name.format(number)),
            exact=Point(18.12 + number * 37 % 100 / 10_000, 105.755 + number * 61 % 97 / 10_000)
            if number <= exact
            else None,
        )
        for number in range(1, count + 1)
    )


@pytest.fixture(scope="module")
def demo() -> Printed:
    """Return the demo village's board."""
    return board(HOMES)


@pytest.fixture(scope="module")
def thousand() -> Printed:
    """Return the board of a village of 1,000 households, 700 of them on the map."""
    return board(homes(1000, 700))


def assert_apart(printed: Printed) -> None:
    """No text over another, in the code or its quiet zone, or nearer than 5 mm to the cut."""
    for number, page in enumerate(kit.pages(printed.content)):
        written = [line for line in kit.lines(printed.content, number) if not line.text.startswith(NOTES)]
        codes = [kit.stamp_box(printed, at) for at, one in enumerate(printed.codes) if one.page == number]
        assert [(a.text, b.text) for a, b in combinations(written, 2) if a.box.meets(b.box, 0.1)] == []
        assert [line.text for line in written for code in codes if line.box.meets(code)] == []
        assert [line.text for line in written if not page.trim.inside(5).holds(line.box)] == []


# --- The code --------------------------------------------------------------------------------------------------


def read(printed: Printed, page: int = 0) -> list[str]:
    """Return what codes say, as a reader that did not write them reads it."""
    return [found.text for found in zxingcpp.read_barcodes(kit.raster(printed.content, page, 150).squeeze())]


def test_the_code_leads_to_the_village(demo: Printed, thousand: Printed) -> None:
    """One, on the first sheet, 90 mm at least, in which only the host is in capitals; below it the address as typed."""
    for printed in (demo, thousand):
        assert read(printed) == ["https://VUONMAU.EXAMPLE/thon-vuon-mau/"]
        (stamp,) = printed.codes
        assert (stamp.page, stamp.whose, stamp.payload) == (0, VILLAGE.name, read(printed)[0])
        assert stamp.width >= 90
    assert "vuonmau.example/thon-vuon-mau/" in lines(demo)
    assert read(thousand, page=1) == []


def test_a_path_keeps_its_letters() -> None:
    """Servers tell its cases apart; a long address is parted after a slash, every letter of 5 mm."""
    path = "/Chuyen-doi-so/vuon-ho-gia-dinh/cac-thon-trong-xa/"
    printed = board(HOMES, site=kit.site(base_url=f"https://UBND-xa-phuc-trach.hatinh.example{path}"))
    assert read(printed) == [f"https://UBND-XA-PHUC-TRACH.HATINH.EXAMPLE{path}thon-vuon-mau/"]
    halves = (
        "ubnd-xa-phuc-trach.hatinh.example/Chuyen-doi-so/",
        "vuon-ho-gia-dinh/cac-thon-trong-xa/thon-vuon-mau/",
    )
    assert [line for line in lines(printed) if line in halves] == [*halves]


# --- Who stands on it ------------------------------------------------------------------------------------------


def test_everybody_is_named(demo: Printed) -> None:
    """Chosen name, address line, the first three things that grow, as typed; numbers are those of the list and map."""
    said = text_of(demo)
    assert [one.name for one in HOMES if one.name not in said] == []
    assert [one.address for one in HOMES if one.address and one.address not in said] == []
    assert "Bưởi Phúc Trạch, cam bù, rau cải" in said
    assert "Chè xanh, Cau" not in said
    seen = Counter(text for text in lines(demo) if text.isdigit())
    wanted = Counter({str(number): 1 + bool(one.exact) for number, one in enumerate(LISTED, 1)})
    assert wanted + Counter(("1", str(WALKED + 1))) == seen  # the legend shows one of each
    written = lines(demo)
    listed = written[written.index("Các gia đình") :]
    rows = [text for text in listed if text in {one.name for one in HOMES}]
    assert [one.name for one in LISTED if one.name in rows] == rows
    on_map, _, _ = said.partition("Các gia đình")
    assert [one.name for one in HOMES if bool(one.exact) is not (one.name in on_map)] == []


def test_the_map_fills_its_card(demo: Printed) -> None:
    """At the card's left edge is land: beside it no white but that of the code's card."""
    pixels, at = kit.raster(demo.content, 0, 50, grey=False), 50 / 25.4
    edge = pixels[:, round((kit.pages(demo.content)[0].trim.left + 12.8) * at)]
    _, counts = np.unique(edge, axis=0, return_counts=True)
    assert min(sorted(counts / at)[-3:]) > 90


def test_nothing_of_a_person_is_told(demo: Printed) -> None:
    """No phone, full name, story, way, price, code, link or commune; so it is whatever a family ticked."""
    told = [VILLAGE.commune, kit.site().province, "OCOP", "Nguyễn Thị Hường"]
    for one in HOMES:
        told += [one.code, f"{one.code[:3]} {one.code[3:]}", one.full_name or "", *one.links]
        told += [one.phone.number.grouped, one.phone.number.digits] if one.phone else []
        for words in (one.story, one.directions):
            told += [line for text in words.texts for line in text.split(". ")] if words else []
        told += [f"{product.price:,}".replace(",", ".") for product in one.products if product.price]
    assert any(one.phone and one.story for one in HOMES)
    said = text_of(demo)
    assert [one for one in told if one.strip() and re.search(rf"(?<!\w){re.escape(one)}(?!\w)", said)] == []


def test_a_thousand_are_listed_once(thousand: Printed) -> None:
    """In order, on numbered sheets, each with the village's name; the letter of an area leads to its map."""
    said, sheets = text_of(thousand), thousand.pages
    listed = re.findall(r"Hộ \d{4}", said)
    assert [f"Hộ {number:04}" for number in range(1, 1001)] == sorted(listed)
    assert [f"Hộ {number:04}" for number in range(701, 1001)] == listed[700:]
    for sheet in range(sheets):
        assert f"{sheet + 1}/{sheets}" in lines(thousand, sheet)
        assert VILLAGE.name in lines(thousand, sheet)
    assert re.findall(r"Khu ([A-Z]+) · Area", said)[:3] == ["A", "B", "C"]
    on_maps = Counter(text for sheet in range(sheets) for text in lines(thousand, sheet) if text.isdigit())
    assert [on_maps[str(number)] for number in (3, 700, 702, 1000)] == [2, 2, 1, 1]
    assert_apart(thousand)


@each("form", ["NFC", "NFD"])
def test_long_names_stand_in_full(form: Any) -> None:
    """Sixty letters, however they were composed, of families and of the village."""
    people = (
        *homes(7, 5, unicodedata.normalize(form, SIXTY)),
        *homes(2, 0, LETTERS.lower()),
        *homes(1, 1, LETTERS[:50]),
    )
    printed = board(people, village=replace(VILLAGE, name=unicodedata.normalize(form, PLACE)))
    said = text_of(printed)
    listed = said.partition("Các gia đình")[2]
    assert (listed.count(SIXTY), listed.count(LETTERS.lower())) == (7, 2)
    assert said.count(PLACE) == 2 + 2 * (printed.pages - 1)
    assert_apart(printed)


# --- How it is drawn -------------------------------------------------------------------------------------------


@each(
    ("count", "exact", "tags"),
    [
        (1, 0, ("vi", "en")),
        (1, 1, ("vi",)),
        (3, 2, ("vi", "en")),
        (22, 0, ("vi", "en")),
        (40, 40, ("vi", "en")),
        (110, 90, ("vi", "en")),
    ],
)
def test_every_village_finds_room(count: int, exact: int, tags: tuple[str, ...]) -> None:
    """Whatever the number, and those on the map: all stand in the list; without points, or without ground, there is no map."""
    printed = board(homes(count, exact), languages=kit.languages(*tags))
    said = text_of(printed)
    assert count == len(set(re.findall(r"Hộ \d{4}", said)))
    assert ("Trung tâm thôn" in said, "Số nền trắng:" in said) == (exact > 0, 0 < exact < count)
    assert_apart(printed)


def test_few_fill_the_board(demo: Printed) -> None:
    """Names of one family are larger than those of twenty, these than those of hundreds; three have room between them."""
    sizes = [
        next(line.size for line in kit.lines(board(homes(count, 0)).content) if line.text == "Hộ 0001")
        for count in (1, 20, 300)
    ]
    assert sizes[0] > 1.3 * sizes[1] > 1.3 * 1.1 * sizes[2]
    three = board(homes(3, 0), languages=kit.languages("vi"))
    found = [line for line in kit.lines(three.content) if line.text.startswith("Hộ 000")]
    assert (len(found), len({round(line.box.left) for line in found})) == (3, 1)
    assert found[-1].baseline - found[0].baseline > 4 * max(line.box.bottom - line.box.top for line in found)
    assert_apart(demo)


def test_pages_inks_and_typefaces_are_those_of_print(demo: Printed, thousand: Printed) -> None:
    """A3 with 3 mm of bleed, DeviceCMYK and nothing else, Be Vietnam Pro as subsets; no letter below 2.8 mm but two notes."""
    for printed in (demo, thousand):
        for page in kit.pages(printed.content):
            trim = page.trim
            assert [trim.right - trim.left, trim.bottom - trim.top] == pytest.approx([297, 420])
            assert page.bleed.holds(trim.inside(-3), 0.01)
        streams = kit.drawn(printed.content)
        assert len(streams) == printed.pages
        for stream in streams:
            used = kit.operators(stream)
            assert "k" in used
            assert used & {"g", "G", "rg", "RG", "cs", "CS", "sc", "SC", "scn", "SCN", "sh", "Do"} == set()
            sizes = [float(size) / MM for size in re.findall(rb"/\S+ ([\d.]+) Tf", stream)]
            assert sum(size < 2.8 - 0.001 for size in sizes) <= 2
        assert b"/SMask" not in printed.content
        fonts = set(re.findall(rb"/BaseFont\s*/(\S+)", printed.content))
        assert [font for font in fonts if b"+BeVietnamPro-" not in font] == []
        assert len(fonts) == printed.content.count(b"/FontFile2")


def test_a_draft_says_so(demo: Printed) -> None:
    """On every sheet, and never in the code; the same village gives the same bytes."""
    printed = board(homes(60, 20), draft=True)
    for sheet in range(printed.pages):
        turned = [mark.text for mark in kit.slanted(printed.content, sheet)]
        assert [text for text in turned if text not in RIVERS] == ["BẢN THỬ"]
    assert read(printed) == ["https://VUONMAU.EXAMPLE/thon-vuon-mau/"]
    assert_apart(printed)
    assert demo.content == board(HOMES).content


def test_what_cannot_be_printed_is_refused_with_its_file() -> None:
    """A character without letters in a name, an address or the village; a word wider than the board; nothing is cut off."""
    tree, wide = kit.home("Vườn 🌳"), kit.home("W" * 140)
    for people, village, told in (
        ((*HOMES, tree), VILLAGE, (tree.source, "name")),
        ((*HOMES, replace(tree, name="Vườn", address="Vườn 🌳")), VILLAGE, (tree.source, "location.address")),
        ((wide,), VILLAGE, (tree.source, "name")),
        (HOMES, replace(VILLAGE, name="Thôn 🌳"), (VILLAGE.source, "name")),
    ):
        found = kit.refusals("a3", people, village=village)
        assert [(one.file, one.field) for one in found] == [told]


@given(
    heights=st.lists(st.floats(3, 60), max_size=60),
    count=st.integers(1, 4),
    first=st.floats(-20, 120),
    further=st.floats(61, 400),
)
def test_rows_stand_once_in_order_and_within_their_pages(
    heights: list[float], count: int, first: float, further: float
) -> None:
    """No row is parted or lost, no column is higher than its page."""
    stack = Stack(heights, 2.0)
    pages = list(stack.pages(count, first, further))
    assert list(range(len(heights))) == [row for page in pages for column in page for row in column]
    rooms = (first, *(further for _ in pages))
    assert all(
        stack.height(column) <= room + 0.01
        for page, room in zip(pages, rooms, strict=False)
        for column in page
    )


def test_the_strip_is_that_of_the_maps() -> None:
    """What the board leaves off below each map is what `numbered_maps` adds for the scale."""
    assert numberedmap._STRIP == STRIP
