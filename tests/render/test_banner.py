"""The landscape of a village: its fields bear what most of its gardens grow."""

import gzip
import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from households_kit import EMPTIEST, TEMPLATES, crop
from lxml import etree
from playwright.sync_api import Browser

from garden_kit import NOTHING_TOLD
from vuonho.model.public import PublicHousehold
from vuonho.model.vocabulary import CROPS
from vuonho.pages.templates import Templates
from vuonho.pages.village import BannerPicture, most_grown, village_banner

LANDSCAPE = (
    '{% from "_banner.html" import banner %}{% from "_garden_picture.html" import plants %}'
    '<div>{{ banner(picture) }}{% if whole %}<svg class="defs">{{ plants(picture.plants) }}</svg>{% endif %}</div>'
)


def garden(*names: str) -> PublicHousehold:
    """Return a household that grows these crops."""
    return replace(EMPTIEST, garden=replace(NOTHING_TOLD, crops=tuple(crop(name) for name in names)))


def drawn(picture: BannerPicture, tmp_path: Path, whole: bool = True) -> str:
    """Return the landscape as the page has it, with the plants that it uses or without."""
    return templates_in(tmp_path).render("landscape.html", {"picture": picture, "whole": whole})


@lru_cache(maxsize=1)
def templates_in(folder: Path) -> Templates:
    """Return the templates with the landscape's, which are compiled once a test."""
    (folder / "landscape.html").write_text(LANDSCAPE, encoding="utf-8")
    return Templates((folder, TEMPLATES))


def test_fields_bear_what_most_gardens_grow() -> None:
    """Families of crops count once a garden, in whatever order; where no crop is known the fields are of rice."""
    village = (garden("Bưởi", "Cam", "Chè"), garden("Chè", "Rau cải"), garden("Chè", "Rau cải", "Chuối"))
    assert most_grown(village) == ("tea", "leafy", "banana", "citrus", "pomelo")
    assert [field.plant for field in village_banner(village).fields] == ["tea", "leafy", "banana"]
    assert village_banner(village) == village_banner(village[::-1])
    one = village_banner((garden("Bưởi Phúc Trạch"),))
    assert ([field.plant for field in one.fields], one.plants) == (["pomelo"] * 3, ("pomelo",))
    for unknown in ((), (EMPTIEST,), (garden("Cây nhà trồng"),)):
        assert [field.plant for field in village_banner(unknown).fields] == ["grain"] * 3


def test_landscape_has_all_that_it_uses(tmp_path: Path) -> None:
    """Whatever a village grows, each drawing used is defined, no id twice, and screen readers pass by."""
    for one in CROPS:
        tree = etree.fromstring(drawn(village_banner((garden(one.vi, "Cau"),)), tmp_path))
        ids = Counter(tree.xpath("//@id"))
        assert [name for name, count in ids.items() if count > 1] == []
        assert set() == {href.removeprefix("#") for href in tree.xpath("//@href")} - set(ids)
        assert tree.xpath("//svg[@class='banner']/@aria-hidden") == ["true"]


@pytest.mark.parametrize("name", ["Bưởi", "Chè"])
def test_fields_reach_the_edges_of_a_wide_frame(name: str) -> None:
    """At 1120 by 170 px the frame shows 725 units; trees and furrows go on to both edges."""
    reach: list[int] = []
    for field in village_banner((garden(name),)).fields:
        reach += [x + shift for x, _, _ in field.feet for shift in (0, *field.shifts)]
        for x, length in re.findall(r"M(-?\d+) \d+h(-?\d+)", field.furrows):
            reach += [int(x), int(x) + int(length)]
    assert min(reach) <= -182
    assert max(reach) >= 542


@pytest.mark.parametrize("names", [(), ("Bưởi", "Chè", "Rau cải"), ("Tre", "Hoa cúc", "Thanh long")])
def test_landscape_is_small(names: tuple[str, ...], tmp_path: Path) -> None:
    """Packed, it takes 700 bytes at most, the plants apart."""
    markup = drawn(village_banner((garden(*names),)), tmp_path, whole=False)
    assert len(gzip.compress(markup.encode(), 9, mtime=0)) <= 850


@pytest.mark.browser
def test_land_goes_on_beside_the_picture(browser: Browser, tmp_path: Path) -> None:
    """Mountains, hills and ground reach beyond the widest frame on both sides."""
    page = browser.new_page()
    page.set_content(drawn(village_banner(()), tmp_path))
    ends = "all => all.map(one => one.getBBox()).map(box => [box.x, box.x + box.width])"
    reach = page.eval_on_selector_all(".far, .near, .ground", ends)
    page.close()
    assert [left <= -300 and right >= 660 for left, right in reach] == [True] * 3
