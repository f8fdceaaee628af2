"""The list of households with its search box and filters, as values and as they stand in a page."""

import gzip
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import households_kit as kit
import pytest
from lxml import html

from case_kit import each
from garden_kit import NOTHING_TOLD
from vuonho.model.public import PublicCrop, PublicHousehold, PublicVisits
from vuonho.pages.finder import LEAST, MOST_CHOICES, Finder, finder_view, site_finder
from vuonho.pages.layout import Place
from vuonho.pages.templates import Icons, Templates

PROBE = """\
{% from "_finder.html" import finder, rows with context %}
<main>{{ finder(f) }}{% if f.rows %}{{ rows(f) }}{% endif %}</main>
"""
HERE = Place(kit.SITE, "thon-vuon-mau/", "vi")
THERE = HERE.elsewhere("en")


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


def choices(view: Finder) -> list[tuple[str, str, str]]:
    """Return (number, name, gardens) of what can be chosen."""
    assert view.form is not None
    return [(one.number, one.name.text, one.gardens) for one in view.form.crops]


def page(view: Finder, folder: Path, place: Place = HERE) -> html.HtmlElement:
    """Return the form and the list as they stand in a page."""
    return html.fragment_fromstring(text(view, folder, place))


def text(view: Finder, folder: Path, place: Place = HERE) -> str:
    """Return the HTML of the form and the list."""
    (folder / "probe.html").write_text(PROBE, encoding="utf-8")
    templates = Templates((folder, kit.TEMPLATES))
    language = kit.LANGUAGES[place.tag]
    values: dict[str, Any] = {"f": view, "say": language.say, "icon": Icons(templates).use}
    return templates.render("probe.html", values)


# --- Choices -----------------------------------------------------------------------------------------------


def test_what_grows_in_most_gardens_is_the_first_choice() -> None:
    """Then by name; a crop that stands twice in one garden grows in one garden."""
    pomelo, orange, tea = kit.crop("Bưởi Phúc Trạch"), kit.crop("Cam bù"), kit.crop("Chè xanh")
    view = finder_view(homes((tea, orange, orange), (orange,), (pomelo,)), HERE, kit.LANGUAGES["vi"])
    assert choices(view) == [("1", "Cam bù", "2"), ("2", "Bưởi Phúc Trạch", "1"), ("3", "Chè xanh", "1")]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_strange_crop_is_one_choice_however_it_is_typed(form: Literal["NFC", "NFD"]) -> None:
    """Case and accents make no new kind of a crop that the catalogue does not know; the name is the first one's."""
    other = kit.crop(unicodedata.normalize(form, "CÂY LẠ ĐỜI"))
    view = finder_view(homes((kit.crop("Cây lạ đời"),), (other,)), HERE, kit.LANGUAGES["vi"])
    assert choices(view) == [("1", "Cây lạ đời", "2")]
    assert [row.crops[0].choice for row in view.rows[:2]] == ["1", "1"]


def test_choices_are_in_the_language_of_the_page() -> None:
    """By the catalogue's name; what it does not know is marked as Vietnamese."""
    view = finder_view(homes((kit.crop("Bưởi Phúc Trạch"), kit.crop("Cây lạ"))), THERE, kit.LANGUAGES["en"])
    assert view.form is not None
    assert [(one.name.text, one.name.lang) for one in view.form.crops] == [
        ("Cây lạ", "vi"),
        ("Phuc Trach pomelo", None),
    ]


def test_there_is_an_end_to_choices() -> None:
    """Of very many crops the rarest have no choice of their own, and their rows say so."""
    many = tuple((kit.crop("Chè xanh"), kit.crop(f"Cây {at:03}")) for at in range(MOST_CHOICES + 5))
    view = finder_view(homes(*many), HERE, kit.LANGUAGES["vi"])
    assert (len(choices(view)), view.rows[-1].crops[1].choice) == (MOST_CHOICES, "")


# --- Rows --------------------------------------------------------------------------------------------------


def test_a_row_has_every_crop_with_its_months() -> None:
    """In the garden's order, the months as a mask: bit 0 is January."""
    crops = (kit.crop("Bưởi Phúc Trạch"), kit.crop("Cam bù"), kit.crop("Cây lạ"), kit.crop("Cau"))
    view = finder_view(homes(crops), HERE, kit.LANGUAGES["vi"])
    assert [(one.name.text, one.mask) for one in view.rows[0].crops] == [
        ("Bưởi Phúc Trạch", 1 << 7 | 1 << 8),
        ("Cam bù", 1 << 0 | 1 << 1 | 1 << 11),
        ("Cây lạ", 0),
        ("Cau", view.rows[0].crops[3].mask),
    ]


def test_badges_and_links() -> None:
    """A model garden and a welcome are badges; the link leads up and into the household's own page."""
    view = finder_view((kit.FULLEST, kit.EMPTIEST), THERE, kit.LANGUAGES["en"])
    first, second = view.rows
    assert (first.href, first.icon, first.welcome) == ("../../en/482135/", "citrus", True)
    assert [one.icon for one in first.badges] == ["award", "visit"]
    assert (second.icon, second.welcome, second.badges, second.crops) == ("leaf", False, (), ())


def test_a_row_tells_no_person() -> None:
    """Whatever is ticked: no full name, phone, story, living conditions, price or link."""
    bare = replace(
        kit.FULLEST, full_name=None, phone=None, story=None, living=None, links=(), exact=None, photos=(),
        directions=None, products=(), checked=kit.CHECKED,
    )  # fmt: skip
    views = [finder_view((one,) * LEAST, HERE, kit.LANGUAGES["vi"]) for one in (kit.FULLEST, bare)]
    assert views[0] == views[1]


@pytest.mark.parametrize(("count", "expected"), [(LEAST - 1, False), (LEAST, True)])
def test_a_short_list_needs_no_search(count: int, expected: bool) -> None:
    """Few households are seen at a glance."""
    view = finder_view(kit.households(count), HERE, kit.LANGUAGES["vi"])
    assert (view.form is not None, len(view.rows)) == (expected, count)


def test_only_filters_that_filter_are_offered() -> None:
    """Where nobody tells of crops, seasons or visitors there is the search box alone."""
    silent = finder_view(homes(), HERE, kit.LANGUAGES["vi"]).form
    told = finder_view((*homes((kit.crop("Cam bù"),)), home(9, welcome=True)), HERE, kit.LANGUAGES["vi"]).form
    assert silent is not None
    assert told is not None
    assert (silent.crops, silent.months, silent.welcome) == ((), (), False)
    assert (len(told.crops), told.months[0], told.months[-1], told.welcome) == (
        1, (1, "Tháng 1"), (12, "Tháng 12"), True,
    )  # fmt: skip


@each(
    ("place", "index", "start"),
    [
        (HERE, "../data/search-vi.json", "../"),
        (THERE, "../../data/search-en.json", "../../en/"),
        (Place(kit.SITE, "", "vi"), "data/search-vi.json", "./"),
        (Place(kit.SITE, "", "en"), "../data/search-en.json", "../en/"),
    ],
)
def test_where_the_index_and_the_pages_are_sought(place: Place, index: str, start: str) -> None:
    """Relative, so that the same bytes work below any path; the index is that of the page's language."""
    form = site_finder(place, kit.LANGUAGES[place.tag]).form
    assert form is not None
    assert (form.index, form.home) == (index, start)


# --- In a page ---------------------------------------------------------------------------------------------


def test_the_form_is_not_there_without_script(tmp_path: Path) -> None:
    """It is hidden, and every row stands in the list as it is."""
    shown = page(finder_view((*kit.households(8), kit.FULLEST), HERE, kit.LANGUAGES["vi"]), tmp_path)
    assert shown.xpath("//form/@hidden") == [""]
    assert len(shown.xpath("//ul[@id='homes']/li")) == 9
    assert shown.xpath("//ul[@id='homes']/@hidden | //ul[@id='homes']/li/@hidden") == []


def test_what_the_script_finds_in_a_row(tmp_path: Path) -> None:
    """The number of the choice and the months at each crop; the row says who receives visitors."""
    crops = (kit.crop("Bưởi Phúc Trạch"), kit.crop("Cây lạ"))
    view = finder_view(
        (home(1, *crops), home(2, welcome=True), *homes((crops[0],))), HERE, kit.LANGUAGES["vi"]
    )
    shown = page(view, tmp_path)
    assert [dict(one.attrib) for one in shown.xpath("//ul[@id='homes']/li[1]//li")] == [
        {"data-k": "1", "data-m": "384"},
        {"data-k": "2"},
    ]
    assert [one.get("data-v") for one in shown.xpath("//ul[@id='homes']/li")[:2]] == [None, ""]
    assert shown.xpath("//select[@name='crop']/option/@value") == ["", "1", "2"]
    assert shown.xpath("//select[@name='month']/option/@value") == ["", "now", *map(str, range(1, 13))]


def test_every_control_has_a_name(tmp_path: Path) -> None:
    """Said by its label or by its aria-label, and known to the browser that brings its value back."""
    shown = page(finder_view((*kit.households(8), kit.FULLEST), HERE, kit.LANGUAGES["vi"]), tmp_path)
    controls = shown.xpath("//form//input | //form//select")
    assert [one.get("name") for one in controls] == ["q", "crop", "month", "welcome"]
    assert all(one.get("aria-label") or one.xpath("string(ancestor::label)").strip() for one in controls)


def test_a_page_that_lists_no_household_has_a_place_for_those_found(tmp_path: Path) -> None:
    """An empty list, hidden, and what a row of it looks like; names are marked as Vietnamese in English."""
    shown = page(site_finder(THERE, kit.LANGUAGES["en"]), tmp_path, THERE)
    assert shown.xpath("//ul[@id='homes']/@hidden") == [""]
    assert [str(one) for one in shown.xpath("//template//b/@lang")] == ["vi", "vi"]


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    """Of a garden and of a crop: in the list, in the choices and in their attributes."""
    evil = "<img src=x onerror=alert(1)>\"'{{ 7*7 }}"
    rows = tuple(home(at, kit.crop(evil), name=evil) for at in range(LEAST))
    shown = page(finder_view(rows, HERE, kit.LANGUAGES["vi"]), tmp_path)
    assert shown.xpath("//img | //script") == []
    assert shown.xpath("string(//ul[@id='homes']//b)") == evil
    assert shown.xpath("string(//ul[@id='homes']//li/ul/li)") == evil
    assert shown.xpath("string(//select[@name='crop']/option[2])") == f"{evil} ({LEAST})"


def test_a_list_of_a_thousand_is_lean(tmp_path: Path) -> None:
    """Form and list stay below 30 KB compressed."""
    made = text(finder_view(kit.households(1000), HERE, kit.LANGUAGES["vi"]), tmp_path)
    assert len(gzip.compress(made.encode("utf-8"), 6)) < 30_000
