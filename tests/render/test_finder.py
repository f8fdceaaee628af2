"""The list of households with its search box and filters, as they stand in a page."""

import gzip
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import households_kit as kit
import pytest
from lxml import html

from garden_kit import NOTHING_TOLD
from vuonho.model.public import PublicCrop, PublicHousehold, PublicVisits
from vuonho.pages.finder import LEAST, MOST_CHOICES

PAGES = kit.pages()


def home(at: int, *crops: PublicCrop, name: str = "Vườn thử", welcome: bool = False) -> PublicHousehold:
    """Return a household that grows these crops."""
    return replace(
        kit.EMPTIEST,
        code=str(300_000 + at),
        name=name,
        garden=replace(NOTHING_TOLD, crops=crops),
        visits=PublicVisits(welcome, None, ()),
    )


def homes(*gardens: tuple[PublicCrop, ...]) -> tuple[PublicHousehold, ...]:
    """Return a household for each garden, and empty ones until there are enough to search."""
    filled = gardens + ((),) * max(0, LEAST - len(gardens))
    return tuple(home(at, *crops) for at, crops in enumerate(filled))


def page(households: Sequence[PublicHousehold], tag: str = "vi") -> html.HtmlElement:
    """Return the section with the form and the list on a village's page."""
    made = PAGES.of_village(kit.VILLAGE, households)[("vi", "en").index(tag)].content.decode("utf-8")
    found: html.HtmlElement = html.document_fromstring(made).xpath("//section[@aria-labelledby='families']")[
        0
    ]
    return found


def choices(shown: html.HtmlElement) -> list[tuple[str, str]]:
    """Return (number, name and gardens) of what can be chosen."""
    return [(one.get("value"), one.text) for one in shown.xpath(".//select[@name='crop']/option")[1:]]


# --- Choices -----------------------------------------------------------------------------------------------


def test_what_grows_in_most_gardens_is_the_first_choice() -> None:
    """Then by name; a crop that stands twice in one garden grows in one garden."""
    pomelo, orange, tea = kit.crop("Bưởi Phúc Trạch"), kit.crop("Cam bù"), kit.crop("Chè xanh")
    shown = page(homes((tea, orange, orange), (orange,), (pomelo,)))
    assert choices(shown) == [("1", "Cam bù (2)"), ("2", "Bưởi Phúc Trạch (1)"), ("3", "Chè xanh (1)")]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_strange_crop_is_one_choice_however_it_is_typed(form: Literal["NFC", "NFD"]) -> None:
    """Case and accents make no new kind of a crop that the catalogue does not know; the name is the first one's."""
    other = kit.crop(unicodedata.normalize(form, "CÂY LẠ ĐỜI"))
    shown = page(homes((kit.crop("Cây lạ đời"),), (other,)))
    assert choices(shown) == [("1", "Cây lạ đời (2)")]
    assert shown.xpath(".//ol[@id='homes']/li/ul/li/@data-k") == ["1", "1"]


def test_choices_are_in_the_language_of_the_page() -> None:
    """By the catalogue's name; what it does not know is marked as Vietnamese."""
    options = page(homes((kit.crop("Bưởi Phúc Trạch"), kit.crop("Cây lạ"))), "en").xpath(
        ".//select[@name='crop']/option"
    )
    assert [(one.text, one.get("lang")) for one in options[1:]] == [
        ("Cây lạ (1)", "vi"),
        ("Phuc Trach pomelo (1)", None),
    ]


def test_there_is_an_end_to_choices() -> None:
    """Of very many crops the rarest have no choice of their own, and their rows say so."""
    shown = page(homes(*((kit.crop("Chè xanh"), kit.crop(f"Cây {at:03}")) for at in range(MOST_CHOICES + 5))))
    assert len(choices(shown)) == MOST_CHOICES
    assert [one.get("data-k") for one in shown.xpath(".//ol[@id='homes']/li[last()]/ul/li")] == ["1", None]


# --- Rows --------------------------------------------------------------------------------------------------


def test_a_row_has_every_crop_with_its_months() -> None:
    """In the garden's order, the number of the choice and the months as a mask: bit 0 is January."""
    crops = (kit.crop("Bưởi Phúc Trạch"), kit.crop("Cam bù"), kit.crop("Cây lạ"))
    rows = page((home(1, *crops), home(2, welcome=True), *homes((crops[0],)))).xpath(".//ol[@id='homes']/li")
    assert [(one.text, dict(one.attrib)) for one in rows[0].xpath("./ul/li")] == [
        ("Bưởi Phúc Trạch", {"data-k": "1", "data-m": str(1 << 7 | 1 << 8)}),
        ("Cam bù", {"data-k": "2", "data-m": str(1 << 0 | 1 << 1 | 1 << 11)}),
        ("Cây lạ", {"data-k": "3"}),
    ]
    assert [one.get("data-v") for one in rows[:2]] == [None, ""]


def test_a_row_has_what_is_sold_too() -> None:
    """With its months, so that honey is ripe in the list as on the page; what grows and is sold stands once."""
    (honey, pomelo) = (
        replace(kit.FULLEST.products[0], name=crop.name, known=crop.known, season=crop.season)
        for crop in (
            replace(kit.crop("Mật ong"), season=kit.crop("Cam bù").season),
            kit.crop("Bưởi Phúc Trạch"),
        )
    )
    one = replace(home(1, kit.crop("Bưởi Phúc Trạch")), products=(honey, pomelo))
    (row,) = page((one, *homes())).xpath(".//ol[@id='homes']/li[1]")
    assert [(thing.text, thing.get("data-m")) for thing in row.xpath("./ul/li")] == [
        ("Bưởi Phúc Trạch", str(1 << 7 | 1 << 8)),
        ("Mật ong", str(1 << 0 | 1 << 1 | 1 << 11)),
    ]


def test_badges_and_links() -> None:
    """A model garden and a welcome are said once; the link leads up and into the household's own page."""
    first, second = page((kit.FULLEST, kit.EMPTIEST), "en").xpath(".//ol[@id='homes']/li")
    assert first.xpath("./a/@href") == ["../../en/482135/"]
    marks = [one.xpath(".//li[@class='mark']/text()") for one in (first, second)]
    assert marks == [["model garden", "visitors welcome"], []]


def test_a_row_shows_its_garden() -> None:
    """By the first photo, else by the drawing; lazy, of a fixed size, and silent: the name stands beside it."""
    listed = kit.home(kit.VILLAGE, (kit.FULLEST, kit.EMPTIEST))._replace(
        faces={kit.FULLEST.code: "photos/a-small.jpg"}
    )
    first, second = html.document_fromstring(next(PAGES.village(listed)).content.decode("utf-8")).xpath(
        "//ol[@id='homes']/li//img"
    )
    assert [one.get("src") for one in (first, second)] == [
        "../photos/a-small.jpg",
        f"../{kit.EMPTIEST.code}/garden.svg",
    ]
    assert {key: first.get(key) for key in ("width", "height", "alt", "loading")} == {
        "width": "96", "height": "72", "alt": "", "loading": "lazy",
    }  # fmt: skip


def test_a_row_tells_no_person() -> None:
    """Whatever is ticked: no full name, phone, story, living conditions, price or link."""
    bare = replace(
        kit.FULLEST, full_name=None, phone=None, story=None, living=None, links=(), exact=None, photos=(),
        directions=None, checked=kit.CHECKED,
        products=tuple(replace(one, price=None, unit=None, ocop=None) for one in kit.FULLEST.products),
    )  # fmt: skip
    full, less = (html.tostring(page((one,) * LEAST)) for one in (kit.FULLEST, bare))
    assert full == less


# --- The form ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "forms"), [(LEAST - 1, 0), (LEAST, 1)])
def test_a_short_list_needs_no_search(count: int, forms: int) -> None:
    """Few households are seen at a glance."""
    shown = page(kit.households(count))
    assert (len(shown.xpath(".//form")), len(shown.xpath(".//ol[@id='homes']/li"))) == (forms, count)


def test_only_filters_that_filter_are_offered() -> None:
    """Where nobody tells of crops, seasons or visitors there is the search box alone."""
    silent = page(homes())
    assert silent.xpath(".//form//input/@name | .//form//select/@name") == ["q"]
    told = page((*homes((kit.crop("Cam bù"),)), home(9, welcome=True)))
    controls = told.xpath(".//form//input | .//form//select")
    assert [one.get("name") for one in controls] == ["q", "crop", "month", "welcome"]
    assert all(one.get("aria-label") or one.xpath("string(ancestor::label)").strip() for one in controls)
    months = told.xpath(".//select[@name='month']/option")
    assert [one.get("value") for one in months] == ["", "now", *map(str, range(1, 13))]
    assert (months[2].text, months[-1].text) == ("Tháng 1", "Tháng 12")


def test_where_the_index_and_the_pages_are_sought() -> None:
    """Relative, so that the same bytes work below any path; the index is that of the page's language."""
    two = ((kit.VILLAGE, kit.households(3)), (replace(kit.VILLAGE, slug="thon-hai"), ()))
    for tag, found in (("vi", ("data/search-vi.json", "./")), ("en", ("../data/search-en.json", "../en/"))):
        made = PAGES.of_site(*two)[("vi", "en").index(tag)].content.decode("utf-8")
        shown = html.document_fromstring(made)
        (form,) = shown.xpath("//form[@id='finder']")
        assert (form.get("data-index"), form.get("data-home")) == found
        assert shown.xpath("//ul[@id='homes']/@hidden") == [""]
        assert [str(one) for one in shown.xpath("//template//b/@lang")] == ["vi"] * 3 * (tag == "en")


def test_the_form_is_not_there_without_script() -> None:
    """A style sheet hides it until the script marks the page, and every row stands in the list as it is."""
    shown = page((*kit.households(8), kit.FULLEST))
    (style,) = shown.getroottree().xpath("//head/style/text()")
    assert ".finder{display:none}.finds .finder{display:flex;" in style
    assert len(shown.xpath(".//ol[@id='homes']/li")) == 9
    assert shown.xpath(".//ol[@id='homes']/@hidden | .//ol[@id='homes']/li/@hidden") == []


def test_hostile_names_stay_text() -> None:
    """Of a garden and of a crop: in the list, in the choices and in their attributes."""
    evil = "<img src=x onerror=alert(1)>\"'{{ 7*7 }}"
    shown = page(tuple(home(at, kit.crop(evil), name=evil) for at in range(LEAST)))
    assert {one.get("src") for one in shown.xpath(".//img")} == {
        f"../30000{at}/garden.svg" for at in range(LEAST)
    }
    assert shown.xpath("string(.//ol[@id='homes']//b)") == evil
    assert shown.xpath("string(.//ol[@id='homes']//li/ul/li)") == evil
    assert shown.xpath("string(.//select[@name='crop']/option[2])") == f"{evil} ({LEAST})"


def test_a_list_of_a_thousand_is_lean() -> None:
    """Form and list stay below 30 KB compressed."""
    assert len(gzip.compress(html.tostring(page(kit.households(1000)), encoding="utf-8"), 6)) < 30_000
