"""The drawn garden: shares as told, every bed named or numbered, nothing outside its frame, nothing that acts."""

import gzip
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest
from households_kit import CROPS, TEMPLATES, crop
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from playwright.sync_api import Browser

from case_kit import each
from vuonho.model.public import PublicAnimal, PublicCrop, PublicFact, PublicLiving, PublicSeason
from vuonho.model.vocabulary import ANIMALS, LISTS, Word, find_animal, find_crop
from vuonho.model.vocabulary import CROPS as CATALOGUE
from vuonho.pages.garden import (
    FIELD,
    HEIGHT,
    MOST_BEDS,
    WIDTH,
    Bed,
    GardenPicture,
    garden_picture,
    garden_thumbnail,
    name_lines,
    year_of,
)
from vuonho.pages.templates import Templates

DRAWING = (
    '{% from "_garden_picture.html" import garden_picture, plants %}'
    '<div>{{ garden_picture(picture, "Vườn") }}<svg class="defs">{{ plants(picture.plants) }}</svg></div>'
)
TOLD = st.tuples(st.integers(0, 10**6), st.integers(0, 10**5), st.sampled_from((None, *CATALOGUE)))
GARDENS = st.lists(TOLD, max_size=40)
NAMES = st.lists(
    st.sampled_from(("Na", "Bưởi Phúc Trạch", "Cây lấy gỗ lâu năm của ông nội", "x" * 60)), max_size=30
)
PATH = 4
"""Between two beds."""


def planted(told: Sequence[tuple[int, int, object]]) -> GardenPicture:
    """Return the picture of a garden of (area, trees, entry of the catalogue)."""
    crops = [PublicCrop("Cây", known, trees or None, area or None, None, None) for area, trees, known in told]  # type: ignore[arg-type]
    return garden_picture(crops, ["Cây"] * len(crops))


def drawing(picture: GardenPicture, tmp_path: Path) -> str:
    """Return the drawing as the page has it, with the plants that it uses."""
    (tmp_path / "drawing.html").write_text(DRAWING, encoding="utf-8")
    return Templates((tmp_path, TEMPLATES)).render("drawing.html", {"picture": picture})


def herd(*names: str, count: int | None = None) -> tuple[PublicAnimal, ...]:
    """Return animals by their names."""
    return tuple(PublicAnimal(name, find_animal(name), count) for name in names)


def stands(bed: Bed) -> list[tuple[int, int]]:
    """Return the foot of every tree of a bed and both ends of each of its furrows."""
    shifts = ((0, 0), *bed.rows)
    feet = [(x + aside, y + down) for x, y, _ in bed.feet for aside, down in shifts]
    for x, y, straight, half in re.findall(
        r"M(-?\d+) (-?\d+)(?:h(-?\d+)|q-?\d+-\d+ (-?\d+) 0t\4 0)", bed.furrows
    ):
        feet += [(int(x), int(y)), (int(x) + int(straight or 2 * int(half)), int(y))]
    return feet


@given(GARDENS)
def test_beds_and_plants_keep_to_their_places(told: list[tuple[int, int, object]]) -> None:
    """From nothing to 40 crops: every bed inside the hedge, large enough to be numbered, a path between any two."""
    left, top, width, height = FIELD
    beds = planted(told).beds
    for bed in beds:
        assert left <= bed.x < bed.x + bed.width <= left + width
        assert top <= bed.y < bed.y + bed.height <= top + height
        assert min(bed.width, bed.height) >= 17
        assert stands(bed)
        assert all(0 <= x <= bed.width and 0 <= y <= bed.height for x, y in stands(bed))
    for one, other in combinations(beds, 2):
        beside = one.x >= other.x + other.width + PATH - 1 or other.x >= one.x + one.width + PATH - 1
        above = one.y >= other.y + other.height + PATH - 1 or other.y >= one.y + one.height + PATH - 1
        assert beside or above


@given(st.lists(st.integers(300, 1000), min_size=1, max_size=4))
def test_beds_have_the_shares_that_were_told(areas: list[int]) -> None:
    """Each bed, with half of the path around it, has its share of the field, to the rounding of its sides."""
    beds = garden_picture([crop("Bưởi", area=area) for area in areas], ["Bưởi"] * len(areas)).beds
    drawn = sorted((bed.width + PATH) * (bed.height + PATH) for bed in beds)
    told = sorted(area / sum(areas) * FIELD[2] * FIELD[3] for area in areas)
    wrong = [
        (mine, theirs) for mine, theirs in zip(told, drawn, strict=True) if abs(mine - theirs) > FIELD[2] * 2
    ]
    assert wrong == []


def sizes(*crops: PublicCrop) -> list[int]:
    """Return the sizes of the beds of some crops, paths included."""
    beds = garden_picture(crops, ["Cây"] * len(crops)).beds
    return [(bed.width + PATH) * (bed.height + PATH) for bed in beds]


def test_what_a_crop_takes_follows_from_what_was_told() -> None:
    """16 m² for each tree where no area is told; what was not told takes no more than the smallest that has a number."""
    large, small = sizes(crop("Bưởi", trees=50), crop("Cam", area=800))
    assert pytest.approx(large / small, rel=0.05) == 1
    large, small = sizes(crop("Bưởi", trees=10, area=900), crop("Cam", area=300))
    assert pytest.approx(large / small, rel=0.05) == 3
    large, *others = sizes(crop("Bưởi", area=800), crop("Cam", area=200), crop("Na"))
    assert pytest.approx([large / 4, large / 4], rel=0.1) == others


@given(NAMES)
def test_every_bed_is_named_or_numbered(names: list[str]) -> None:
    """Each crop drawn has its whole name on its bed or a number, and the numbers run in the order of the table."""
    picture = garden_picture([crop("Cam", area=10 + at * at * 40) for at in range(len(names))], names)
    marked = [mark for mark in picture.marks if mark]
    named = [name for name, mark in zip(names, picture.marks, strict=True) if not mark]
    numbers = [label.text for label in picture.labels if label.is_mark]
    words = " ".join(label.text for label in picture.labels if not label.is_mark)
    assert [str(number) for number in range(1, len(marked) + 1)] == marked
    assert sorted(marked) == sorted(numbers)
    assert len(picture.beds) == len(marked) + len(named) - max(0, len(names) - MOST_BEDS)
    assert Counter(words.split()) <= Counter(" ".join(named).split())


def test_a_name_that_does_not_fit_gives_way_to_a_number() -> None:
    """Of 30 crops the 18 largest are drawn, and the table numbers no other; a name of blanks is no name."""
    picture = garden_picture([crop("Cam", area=100 + at) for at in range(30)], ["x" * 60] * 30)
    assert ("",) * 12 + tuple(str(number) for number in range(1, 19)) == picture.marks
    assert garden_picture([crop("Cam")], [" "]).marks == ("1",)
    assert name_lines("Bưởi Phúc Trạch", 92, 60) == ("Bưởi Phúc", "Trạch")
    nothing = garden_picture([], [])
    assert (nothing.beds, nothing.labels, nothing.plants) == ((), (), ("palm", "tree"))


@each("name", ["Bưởi Phúc Trạch", "Hồng Yên Du", "Ươi ươi", "Đậu đỏ"])
def test_width_of_a_name_is_the_same_in_both_forms(name: str) -> None:
    """Vietnamese in one code point a letter or in several takes the same room."""
    widths = range(20, 160)
    composed = [len(name_lines(unicodedata.normalize("NFC", name), width, 60)) for width in widths]
    assert composed == [len(name_lines(unicodedata.normalize("NFD", name), width, 60)) for width in widths]


@each(
    ("name", "pond", "drawn"),
    [
        ("Vịt", True, {"duck": 2}),
        ("Cá chép", True, {"fish": 2}),
        ("Tôm", True, {}),
        ("Gà", False, {"hen": 3}),
        ("Dế", False, {}),
    ],
)
def test_pond_is_there_for_what_lives_in_water(name: str, pond: bool, drawn: dict[str, int]) -> None:
    """Ducks and fish are in a pond, shrimps out of sight in it, hens beside none."""
    picture = garden_picture((), (), herd(name))
    assert (pond, drawn) == (picture.has_pond, Counter(beast.kind for beast in picture.beasts))


def test_animals_are_drawn_by_kind_and_number() -> None:
    """Three of a kind stand for many, two breeds for one kind, one for one."""
    animals = (*herd("Gà thả vườn", "Gà đẻ trứng", count=100), *herd("Trâu", count=1), *herd("Con lạ"))
    assert Counter(one.kind for one in garden_picture((), (), animals).beasts) == {"hen": 3, "cow": 1}


@given(st.lists(st.sampled_from([animal.vi for animal in ANIMALS]), max_size=12))
def test_animals_keep_to_the_yard(names: list[str]) -> None:
    """However many kinds are kept, all stand left of the house, those on land right of the pond and apart."""
    picture = garden_picture((), (), herd(*names))
    land = [beast.x for beast in picture.beasts if beast.kind not in ("duck", "fish")]
    assert all(8 <= beast.x <= 208 for beast in picture.beasts)
    assert all(x >= 104 for x in land if picture.has_pond)
    assert all(right - left >= 15 for left, right in combinations(sorted(land), 2))


SEASONS = [
    ("Bưởi Phúc Trạch", (8, 9), "gffuuuurrggg"),
    ("Cam bù", (1, 12), "rffuuuuuuuur"),
    ("Cam V2", (1, 2, 3), "rrruuuuuuuuu"),
    ("Bưởi", (), "gffggggggggg"),
    ("Hồng Yên Du", (9, 10), "nnffuuuurrgn"),
    ("Đào", (1,), "ppgggggggggn"),
    ("Lạc", (5, 6), "sgfgrrbbbbbb"),
    ("Lúa", (5, 9), "bsgursgurbbb"),
    ("Sen", (5, 6, 7), "bbssrrrgggsb"),
    ("Chè", tuple(range(3, 12)), "ggrrrrrrrrrg"),
    ("Chè", tuple(range(1, 13)), ""),
    ("Rau cải", (10, 11, 12, 1, 2), "rrbbbbbsgrrr"),
    ("Chuối", (), ""),
    ("Cây lạ", (3,), ""),
]


@each(("name", "months", "year"), SEASONS)
def test_a_year_follows_from_the_harvest(name: str, months: tuple[int, ...], year: str) -> None:
    """As an orchard keeper of Hà Tĩnh knows it, January first; what is not known to be ripe is never drawn so."""
    season = PublicSeason(months, (), "typed") if months else None
    assert year_of(PublicCrop(name, find_crop(name), None, None, None, season)) == year


def test_whatever_grows_is_ripe_in_its_months_only() -> None:
    """Each crop of the catalogue, each month as its only harvest, and January after December."""
    for known in CATALOGUE:
        for month in range(1, 13):
            year = year_of(PublicCrop("", known, None, None, None, PublicSeason((month,), (), "typed")))
            assert len(year) in (0, 12)
            assert set(year) <= set("rufpgnsb")
            assert {at for at, look in enumerate(year, 1) if look == "r"} <= {month}


@each(
    ("house", "drawn"),
    [("stilt", True), ("flat_roof", True), ("storeyed", True), ("tiled", False), ("", False)],
)
def test_house_is_as_it_was_told(house: str, drawn: bool, tmp_path: Path) -> None:
    """Where the family ticked how it lives, its house is its own; a tiled one is what stands there anyway."""
    facts = (PublicFact("house", LISTS["house"].by_key(house)),) if house else ()
    living = PublicLiving(None, facts, ())
    told = drawing(garden_picture((), (), (), living), tmp_path)
    assert (told != drawing(garden_picture((), ()), tmp_path)) is drawn


def test_drawing_has_all_that_it_uses(tmp_path: Path) -> None:
    """Whatever grows and lives in the catalogue, each drawing used is defined, and no id twice."""
    gardens = [list(CATALOGUE[at : at + 12]) for at in range(0, len(CATALOGUE), 12)]
    for at, garden in enumerate(gardens):
        crops = [PublicCrop(one.vi, one, None, None, None, None) for one in garden]
        animals = herd(*(animal.vi for animal in ANIMALS[at * 3 : at * 3 + 3]))
        tree = etree.fromstring(drawing(garden_picture(crops, [one.vi for one in garden], animals), tmp_path))
        ids = Counter(tree.xpath("//@id"))
        assert [name for name, count in ids.items() if count > 1] == []
        assert set() == {href.removeprefix("#") for href in tree.xpath("//@href")} - set(ids)


@each(
    "name",
    ["<script>alert(1)</script>", "{{ 7 * 7 }}", '"><image href=x>', unicodedata.normalize("NFD", "Bưởi")],
)
def test_hostile_name_stays_text(name: str, tmp_path: Path) -> None:
    """A name that looks like code is drawn letter for letter."""
    tree = etree.fromstring(drawing(garden_picture([crop(name)], [name]), tmp_path))
    assert name == " ".join(tree.xpath("//text/text()"))
    assert {"div", "svg", "g", "path", "rect", "text", "use"} >= {element.tag for element in tree.iter()}


def test_ears_get_the_label_only(tmp_path: Path) -> None:
    """To a screen reader it is one image with a name; what is inside is hidden."""
    tree = etree.fromstring(drawing(garden_picture(CROPS, [one.name for one in CROPS]), tmp_path))
    (image,) = tree.xpath("//svg[@role='img']")
    assert image.get("aria-label") == "Vườn"
    assert [part.get("aria-hidden") for part in image] == ["true"]


@pytest.mark.parametrize(("count", "most"), [(0, 1200), (5, 1500), (30, 2200)])
def test_drawing_is_small(count: int, most: int, tmp_path: Path) -> None:
    """The whole drawing with its plants and animals, packed, in bytes."""
    names = [one.vi for one in CATALOGUE[:: len(CATALOGUE) // 30][:count]]
    picture = garden_picture(
        [crop(name, area=40 * (at + 3)) for at, name in enumerate(names)], names, herd("Gà", "Ong")
    )
    assert len(gzip.compress(drawing(picture, tmp_path).encode(), 9, mtime=0)) <= most


@given(GARDENS, st.sampled_from((None, *LISTS["house"])))
def test_small_picture_stands_alone(told: list[tuple[int, int, object]], house: Word | None) -> None:
    """Any garden with any house: at most 3 KB, shapes and a style of its own, nothing to read or to follow."""
    crops = [PublicCrop("Cây", known, trees or None, area or None, None, None) for area, trees, known in told]  # type: ignore[arg-type]
    living = PublicLiving(None, (PublicFact("house", house),), ()) if house else None
    picture = garden_thumbnail(crops, living)
    parts = list(etree.fromstring(picture).iter())
    assert len(picture.encode()) <= 3 * 1024
    assert {etree.QName(part).localname for part in parts} <= {"svg", "style", "path", "g", "rect"}
    assert {"id", "href"}.isdisjoint(name for part in parts for name in part.attrib)


@pytest.mark.browser
def test_names_can_be_read_on_a_phone(browser: Browser, tmp_path: Path) -> None:
    """At 328 px every name is at least 12 px tall and no wider than its bed and the paths beside it."""
    crops = [
        crop(name, area=area) for name, area in (("Bưởi Phúc Trạch", 900), ("Chè xanh", 200), ("Ớt", 60))
    ]
    picture = garden_picture(crops, [one.name for one in crops])
    style = (TEMPLATES / "_drawing.css").read_text(encoding="utf-8")
    page = browser.new_page(viewport={"width": 328, "height": 600})
    page.set_content(f"<!doctype html><style>body {{ margin: 0 }}{style}</style>{drawing(picture, tmp_path)}")
    scale = 328 / WIDTH
    sizes = page.eval_on_selector_all(
        "text", "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    boxes = page.eval_on_selector_all(
        "text", "all => all.map(one => one.getBBox()).map(b => [b.x, b.x + b.width])"
    )
    beds = page.eval_on_selector_all("rect", "all => all.map(one => one.getBoundingClientRect().width)")
    high = page.locator(".garden-picture").bounding_box()
    page.close()
    assert all(size * scale >= 12 for size in sizes)
    assert all(right - left <= max(beds) / scale + PATH for left, right in boxes)
    assert high is not None
    assert pytest.approx(HEIGHT * scale, abs=1) == high["height"]


@pytest.mark.browser
def test_scenery_goes_on_beside_the_picture(browser: Browser, tmp_path: Path) -> None:
    """Hills and ground reach 300 units further on both sides, so that a wide frame shows no edge."""
    page = browser.new_page()
    page.set_content(drawing(garden_picture([], []), tmp_path))
    ends = "all => all.map(one => one.getBBox()).map(box => [box.x, box.x + box.width])"
    reach = page.eval_on_selector_all(".far, .near, .ground", ends)
    page.close()
    assert [left <= -300 and right >= WIDTH + 300 for left, right in reach] == [True] * 3
