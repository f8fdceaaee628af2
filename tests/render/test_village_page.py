"""The pages of villages and the start page: everybody in the list, and of each only what may be listed."""

import gzip
from dataclasses import replace
from itertools import combinations

from households_kit import (
    EMPTIEST,
    FULLEST,
    VILLAGE,
    households,
    pages,
)
from lxml import html

from vuonho.model.values import Point
from vuonho.resources import Artifact

PAGES = pages()


def tree(page: Artifact) -> html.HtmlElement:
    """Return the parsed page."""
    return html.document_fromstring(page.content.decode("utf-8"))


def test_village_lists_everybody() -> None:
    """All 32 households stand in the list, each with a link; those with exact points are dots as well."""
    document = tree(PAGES.of_village(VILLAGE, (FULLEST, EMPTIEST, *households(30, exact=5)))[1])
    assert (
        len(document.xpath("//ul[@class='homes']/li")),
        len(document.xpath("//*[local-name()='a']/*[@class='dot']")),
    ) == (
        32,
        6,
    )


def test_gates_side_by_side_keep_their_numbers() -> None:
    """Households at one and the same point have each a number on the map of the walk that can be read."""
    gates = [replace(one, exact=Point(18.126, 105.761)) for one in households(4, exact=4)]
    drawing = tree(PAGES.of_village(VILLAGE, gates)[0]).xpath("//*[@class='walk']//*[local-name()='svg']")[0]
    plates = [
        tuple(float(one.get(name)) for name in ("x", "y", "width", "height"))
        for one in drawing.xpath("*[@class='step']")
    ]
    assert [text.text for text in drawing.xpath("*[@class='n']")] == ["1", "2", "3", "4"]
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


def test_village_of_a_thousand_is_lean() -> None:
    """A list of 1,000 with map, walk and figures has no photo and stays below 50 KB compressed."""
    page = PAGES.of_village(VILLAGE, households(1000, living=900, exact=600, near=300))[0]
    assert (len(tree(page).xpath("//img")), len(gzip.compress(page.content, 9)) < 50_000) == (0, True)
