"""The pages of villages and the start page: everybody in the list, and of each only what may be listed."""

import gzip
import re
from dataclasses import replace
from itertools import accumulate, combinations

import pytest
from households_kit import (
    EMPTIEST,
    FULLEST,
    VILLAGE,
    households,
    pages,
)
from lxml import html

from vuonho.model.ground import Ground, Way
from vuonho.model.values import Point
from vuonho.pages.map import village_map
from vuonho.resources import Artifact

PAGES = pages()


def tree(page: Artifact) -> html.HtmlElement:
    """Return the parsed page."""
    return html.document_fromstring(page.content.decode("utf-8"))


def test_village_lists_everybody() -> None:
    """All 32 households stand in the list, each with a link; those with exact points are dots as well."""
    document = tree(PAGES.of_village(VILLAGE, (FULLEST, EMPTIEST, *households(30, exact=5)))[1])
    rows = len(document.xpath("//ol[@class='homes']/li"))
    assert (rows, len(document.xpath("//*[local-name()='a']/*[@class='step']"))) == (32, 6)


def test_gates_side_by_side_keep_their_numbers() -> None:
    """Households at one and the same point have each a number on the map that can be read."""
    gates = [replace(one, exact=Point(18.126, 105.761)) for one in households(4, exact=4)]
    drawing = tree(PAGES.of_village(VILLAGE, gates)[0]).xpath("//*[@class='plan']/*[local-name()='svg']")[0]
    plates = [
        tuple(float(one.get(name)) for name in ("x", "y", "width", "height"))
        for one in drawing.xpath(".//*[@class='step']")
    ]
    assert [text.text for text in drawing.xpath(".//*[@class='n']")] == ["1", "2", "3", "4"]
    assert not [
        (one, other)
        for one, other in combinations(plates, 2)
        if abs(one[0] - other[0]) < one[2] and abs(one[1] - other[1]) < one[3]
    ]


def test_village_without_households() -> None:
    """A village that has just begun has a page that says so."""
    assert "Chưa có gia đình nào" in PAGES.of_village(VILLAGE, ())[0].content.decode("utf-8")


def test_start_page_of_several_villages() -> None:
    """Several villages make a list of villages, without their households."""
    other = replace(VILLAGE, slug="thon-ben-song", name="Thôn Bến Sông")
    page = PAGES.of_site((VILLAGE, households(3)), (other, ()))[0]
    assert [f"./{href}" for href in tree(page).xpath("//ul[contains(@class, 'villages')]//a/@href")] == [
        "./thon-vuon-mau/",
        "./thon-ben-song/",
    ]


@pytest.mark.parametrize(("count", "rows"), [(80, 80), (81, 0)])
def test_a_long_list_is_in_its_village_alone(count: int, rows: int) -> None:
    """Then the start page of one village leads there, and its search box finds everybody from the index."""
    page = tree(PAGES.of_site((VILLAGE, households(count)))[0])
    assert len(page.xpath("//ol[@id='homes']/li")) == rows
    assert bool(page.xpath("//ul[@class='villages']//a/@href")) == (not rows)
    assert page.xpath("//form/@data-index") == ["data/search-vi.json"]


@pytest.mark.parametrize(("count", "links", "lines"), [(200, 200, 0), (201, 0, 1)])
def test_a_map_of_very_many_gardens_is_one_line_of_dots(count: int, links: int, lines: int) -> None:
    """Nobody could touch one of them; the list beside it leads to each. Every dot lies where its garden does."""
    homes = households(count, exact=count)
    page = tree(PAGES.of_village(VILLAGE, homes)[0])
    assert len(page.xpath("//*[@class='map']//a[@tabindex]")) == links
    assert len(page.xpath("//ol[@id='homes']/li")) == count
    drawn = page.xpath("//*[@class='dots']/@d")
    assert len(drawn) == lines
    for path in drawn:
        steps = [(int(x), int(y)) for x, y in re.findall(r"m(-?\d+) (-?\d+)h0", path)]
        spots = set(accumulate(steps, lambda here, step: (here[0] + step[0], here[1] + step[1])))
        assert spots == {(round(dot.x), round(dot.y)) for dot in village_map(VILLAGE, homes).dots}


@pytest.mark.parametrize(("count", "lines", "stops"), [(120, 1, 120), (121, 0, 12)])
def test_a_walk_past_very_many_gardens_is_no_drawing(count: int, lines: int, stops: int) -> None:
    """It would be a tangle: its length and its first gardens are told, and who is there is led on by their pages."""
    lane = Way("lane", (VILLAGE.centre, Point(VILLAGE.centre.lat + 0.003, VILLAGE.centre.lon)))
    village = replace(VILLAGE, ground=Ground((lane,), ()))
    page = tree(PAGES.of_village(village, households(count, exact=count))[0])
    assert len(page.xpath("//*[@class='plan']//*[@class='way']")) == lines
    assert len(page.xpath("//ol[@class='stops']/li")) == stops
    assert "km" in page.xpath("string(//*[@class='walk']//*[@class='note'])")


def test_village_of_a_thousand_is_lean() -> None:
    """A list of 1,000 with map, walk and figures has a picture each and stays below 34 KB, with few elements a row."""
    page = PAGES.of_village(VILLAGE, households(1000, living=900, exact=600, near=300))[0]
    assert (len(tree(page).xpath("//img")), len(gzip.compress(page.content, 9)) < 34_000) == (1000, True)
    rows = tree(page).xpath("//ol[@id='homes']/li")
    assert max(len(row.xpath(".//*[not(self::li)]")) for row in rows) <= 4
