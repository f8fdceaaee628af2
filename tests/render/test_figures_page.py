"""The figures of a village: what is counted, what is said of it, how long the bars are, and who stays unnamed."""

import gzip
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from households_kit import (
    EMPTIEST,
    FULLEST,
    LANGUAGES,
    LIVING,
    MODEL,
    PRODUCTS,
    VILLAGE,
    crop,
    households,
    pages,
    typed,
)
from lxml import html
from playwright.sync_api import Browser, Page

from axe_kit import in_both_lights
from case_kit import each
from vuonho.model.public import PublicCrop, PublicHousehold
from vuonho.model.vocabulary import LISTS
from vuonho.pages.figures import Figures, Headline, village_figures

VI, EN = LANGUAGES["vi"], LANGUAGES["en"]
PAGES = pages()
BEYOND = """
[...document.querySelectorAll(".fig *")].filter(node => node.getBoundingClientRect().right > innerWidth + 1).length
"""


def figures(*people: PublicHousehold, tag: str = "vi") -> Figures:
    """Return the figures of some households."""
    return village_figures(people, LANGUAGES[tag])


def page(people: Sequence[PublicHousehold], tag: str = "vi") -> html.HtmlElement:
    """Return the figures as they stand on the page of their own."""
    made = PAGES.of_village(VILLAGE, people)[2 + ("vi", "en").index(tag)].content.decode("utf-8")
    found: html.HtmlElement = html.document_fromstring(made).xpath("//div[@class='fig']")[0]
    return found


def text(node: html.HtmlElement) -> str:
    """Return the text of an element on one line."""
    return " ".join(" ".join(node.itertext()).split())


def growing(*crops: PublicCrop) -> PublicHousehold:
    """Return a household that told nothing but its crops."""
    return replace(EMPTIEST, garden=replace(EMPTIEST.garden, crops=crops))


def headline(icon: str, *people: PublicHousehold, tag: str = "vi") -> Headline:
    """Return the headline with a drawing."""
    return next(line for line in figures(*people, tag=tag).headlines if line.icon == icon)


# --- Numbers -----------------------------------------------------------------------------------------------


@each(
    ("count", "of", "expected"),
    [
        (1, 1, (0, 0, "")),
        (1, 2, (1, 2, "")),
        (2, 13, (2, 13, "")),
        (30, 30, (30, 30, "")),
        (3, 31, (2, 16, "Mỗi hình là 2 nhà.")),
        (59, 60, (29, 30, "Mỗi hình là 2 nhà.")),
        (1, 1000, (1, 20, "Mỗi hình là 50 nhà.")),
        (1000, 1000, (20, 20, "Mỗi hình là 50 nhà.")),
        (300, 6000, (2, 30, "Mỗi hình là 200 nhà.")),
    ],
)
def test_a_share_is_a_row_of_signs(count: int, of: int, expected: tuple[int, int, str]) -> None:
    """At most thirty signs; one of a thousand is seen, and all but one are not all."""
    model = replace(EMPTIEST, garden=replace(EMPTIEST.garden, model=MODEL))
    line = headline("award", *(model,) * count, *(EMPTIEST,) * (of - count))
    assert (line.lit, line.signs, line.each) == expected


@each(
    ("area", "vi", "en"),
    [
        (1800, ("1.800 m²", "3,6 sào"), ("1,800 m²", "")),
        (43850, ("4,4 ha", "43.850 m² (87,7 sào)"), ("4.4 ha", "43,850 m²")),
    ],
)
def test_garden_area_comes_in_the_units_people_use(
    area: int, vi: tuple[str, str], en: tuple[str, str]
) -> None:
    """Hectares from one up, square metres always, sào in Vietnamese."""
    home = replace(EMPTIEST, garden=replace(EMPTIEST.garden, area=area))
    lines = [headline("area", home, tag=tag) for tag in ("vi", "en")]
    assert [(line.number, line.more) for line in lines] == [vi, en]


def test_headlines_count_all_and_say_of_how_many() -> None:
    """Areas add up over every household that gave one; who is on the way to a model garden is no model yet."""
    registered = replace(MODEL, status=LISTS["model_status"].by_key("registered"))
    other = replace(FULLEST, garden=replace(FULLEST.garden, model=registered))
    lines = {
        line.icon: (line.number, line.more) for line in figures(FULLEST, other, EMPTIEST, tag="en").headlines
    }
    assert lines["house"] == ("3", "")
    assert lines["area"] == ("3,600 m²", "in 2 gardens with a figure")
    assert lines["award"] == ("1", "of 3 gardens, 1 more on the way")
    assert lines["visit"] == ("2", "of 3 homes")


def test_a_village_that_told_nothing_has_its_number_of_families_alone() -> None:
    """No empty card, no picture of nothing."""
    shown = page((EMPTIEST, EMPTIEST))
    assert text(shown) == "gia đình 2"
    assert len(shown.xpath(".//*[contains(@class, 'fig-stack')]")) == 0


# --- Gardens -----------------------------------------------------------------------------------------------


def test_bars_are_as_long_as_the_gardens_are_many() -> None:
    """The first crop has the whole width, one of three a third, and each says its sums; twice in a garden is once."""
    pomelo, orange = crop("Bưởi Phúc Trạch", trees=20, area=300), crop("Cam bù", trees=1)
    half = crop(unicodedata.normalize("NFD", "Bưởi Phúc Trạch"), trees=10, area=150)
    rows = page((growing(half, half, orange), growing(pomelo), growing(pomelo))).xpath(
        ".//*[@class='fig-list']/li"
    )
    assert [unicodedata.normalize("NFC", text(row)) for row in rows] == [
        "Bưởi Phúc Trạch 3 vườn 60 cây · 900 m²",
        "Cam bù 1 vườn 1 cây",
    ]
    assert [row.xpath("string(.//rect/@width)") for row in rows] == ["100%", "33%"]


def test_size_breaks_ties() -> None:
    """Of crops in equally many gardens the larger comes first."""
    crops = figures(growing(crop("Cam bù", trees=5), crop("Mướp", area=40), crop("Na"))).crops
    assert [(one.name, one.trees, one.area) for one in crops] == [
        ("Mướp", 0, 40),
        ("Cam bù", 5, 0),
        ("Na", 0, 0),
    ]


def test_one_household_makes_no_bars_and_counts_nothing() -> None:
    """With one garden there is nothing to compare: its crops, months and ways stand without numbers."""
    one = page((FULLEST,))
    assert one.xpath(".//*[@class='fig-list']//span | .//*[@class='fig-bar'] | .//*[@class='chips']//b") == []
    assert one.xpath(".//*[@class='fig-year']//*[local-name()='text']/text()") == []
    assert len(one.xpath(".//*[@class='note']")) == 1


def test_many_kinds_are_named_up_to_a_number() -> None:
    """Eight have a bar, sixteen a name, the others are counted."""
    kinds = [crop(f"Cây lạ {number}") for number in range(30)]
    both = page((growing(*kinds), growing(kinds[0])))
    also = text(both.xpath(".//*[@class='fig-list']/following-sibling::p")[0])
    assert len(both.xpath(".//*[@class='fig-list']/li")) == 8
    assert (also.count("cây lạ"), also.endswith("và 6 loại khác.")) == (16, True)


def test_months_count_gardens_and_name_their_harvests() -> None:
    """Columns are shares of the largest month, which leaves room for its number; products are harvests too."""
    honey, pomelo = PRODUCTS[1], crop("Bưởi Phúc Trạch", season=typed(7, 8))
    one = replace(growing(pomelo, pomelo), products=(PRODUCTS[0], honey))
    shown = page([growing(crop("Na", season=typed(8)), crop("Bưởi Phúc Trạch", season=typed(8))), one])
    bars = shown.xpath(".//*[@class='fig-year']/div")
    drawn = [
        [one.xpath("string(.//svg/text)"), one.xpath("string(.//svg/rect/@height)")] for one in bars[5:8]
    ]
    assert drawn == [["", "0%"], ["1", "41%"], ["2", "81%"]]
    assert [one.get("data-m") for one in bars] == [str(1 << month) for month in range(12)]
    months = [text(row).replace(" ,", ",") for row in shown.xpath(".//*[@class='fig-months']/div")]
    assert months[3] == "tháng 4 Mật ong rừng"
    assert months[5:8] == ["tháng 6 chưa có gì", "tháng 7 Bưởi Phúc Trạch", "tháng 8 Bưởi Phúc Trạch, na"]
    assert "tháng 7: 1, tháng 8: 2" in shown.xpath(".//*[@role='img']/@aria-label")[0]


def test_numbers_too_wide_for_a_phone_stand_in_the_list_as_well() -> None:
    """From a hundred gardens a month up the list says how many."""
    one = growing(crop("Na", season=typed(8)))
    for count, wide, said in ((99, 0, []), (100, 1, ["100 vườn"])):
        shown = page((one,) * count)
        assert len(shown.xpath(".//*[contains(@class, 'fig-big')]")) == wide
        assert shown.xpath(".//*[@class='fig-months']/div[8]//b/text()") == said


def test_names_on_an_english_page_are_marked_as_vietnamese() -> None:
    """A crop the catalogue does not know keeps its name and its language; the others are translated."""
    strange = unicodedata.normalize("NFC", "Cây lạ")
    shown = page((growing(crop(strange), crop("Na")), growing(crop(strange))), "en")
    assert shown.xpath(".//*[@class='fig-list']//*[@lang='vi']/text()") == [strange]
    assert "Sugar apple" in text(shown)


def test_ways_count_gardens_and_stand_below_the_shorter_column() -> None:
    """Below a short list of crops, else below the months; nowhere where nobody told any."""
    twice = replace(FULLEST, garden=replace(FULLEST.garden, animals=FULLEST.garden.animals[:1] * 2))
    made = figures(twice, FULLEST)
    assert [n for _, n in made.animals] == [2, 1, 1]
    assert made.ways[0] == ("Tưới nhỏ giọt", 2)
    assert len(made.ways) == 4
    many = tuple(crop(f"Cây lạ {number}") for number in range(6))
    watered = replace(FULLEST, garden=replace(FULLEST.garden, crops=many))
    few = replace(FULLEST, garden=replace(FULLEST.garden, crops=many[:5]))
    seasons = tuple(crop(f"Cây lạ {number}", season=typed(8)) for number in range(6))
    places = []
    for one in (watered, few, growing(*seasons)):
        stacks = page((one,)).xpath(".//*[@class='fig-stack']")
        places.append([stack.xpath("./section/@aria-labelledby") for stack in stacks])
    assert places == [
        [["grown"], ["harvest", "ways"]],
        [["grown", "ways"], ["harvest"]],
        [["grown"], ["harvest"]],
    ]


# --- Homes -------------------------------------------------------------------------------------------------


def test_living_figures_start_at_five_families() -> None:
    """Four who ticked `living` are too few, among however many; so are four answers to a field, or four titles."""
    few, enough = (figures(*households(9, living=count)).living for count in (4, 5))
    assert (few, enough.count if enough else 0) == (None, 5)
    people = households(5, living=5)
    quiet = replace(LIVING, facts=LIVING.facts[:1], people=None, titles=())
    told = figures(people[0], *(replace(one, living=quiet) for one in people[1:])).living
    assert told is not None
    assert ([line.label for line in told.lines], told.people) == (["Nhà ở"], None)


def test_the_order_of_fields_tells_nothing_of_the_first_family() -> None:
    """Whatever the first family left out, fields come in the same order."""
    people = households(6, living=6)
    silent = replace(people[0], living=replace(LIVING, facts=LIVING.facts[3:]))
    both = [figures(*some).living for some in (people, (silent, *people[1:]))]
    orders = {tuple(line.icon for line in living.lines) for living in both if living}
    assert [len(order) for order in orders] == [9]


@each(
    ("counts", "named", "others"),
    [
        ((5,), 1, ""),
        ((4, 1), 1, "1"),
        ((2, 1, 1, 1), 1, "3"),
        ((1, 1, 1, 1, 1), 0, ""),
        ((9, 7, 5, 4, 3, 2), 4, "5"),
    ],
)
def test_a_home_like_no_other_is_not_named(counts: tuple[int, ...], named: int, others: str) -> None:
    """An answer of one family has no name, and at most four answers have one; nobody goes uncounted.

    Where every answer is alone the field is left out: the figure would only say that they differ.
    """
    houses = [house for house, n in zip(LISTS["house"], counts, strict=False) for _ in range(n)]
    people = [
        replace(one, living=replace(LIVING, facts=(replace(LIVING.facts[0], word=house),), titles=()))
        for one, house in zip(households(len(houses), living=len(houses)), houses, strict=True)
    ]
    for tag, other in (("vi", "Khác"), ("en", "Other")):
        living = figures(*people, tag=tag).living
        assert living is not None
        answers = [answer for line in living.lines for answer in line.answers]
        assert len([one for one in answers if not one.is_rest]) == named
        assert [one.families for one in answers if one.label == other] == [others] * bool(others)
        alone = [EN.word(house, "house") for house in set(houses) if houses.count(house) == 1]
        assert not [label for label in alone if tag == "en" and label in text(page(people, tag))]


def test_titles_are_shares_of_all_who_tell() -> None:
    """Five of ten families bear a title: half a bar."""
    plain = replace(LIVING, titles=())
    ten = households(10, living=10)
    living = figures(*ten[:5], *(replace(one, living=plain) for one in ten[5:])).living
    assert living is not None
    assert [(one.families, one.width) for one in living.lines[-1].answers] == [("5", 50), ("5", 50)]


# --- The page ----------------------------------------------------------------------------------------------


def test_hostile_names_stay_text() -> None:
    """A crop named like markup is shown as typed, and no element of the figures is styled in its tag."""
    name = '<img src=x onerror="alert(1)">{{ 7 * 7 }}'
    shown = page((growing(crop(name)), growing(crop(name))))
    assert (name in text(shown), shown.xpath(".//img | .//script | .//@style")) == (True, [])


def test_a_thousand_kinds_in_a_thousand_gardens_stay_small() -> None:
    """Whatever families type, the figures are below 4 KB compressed."""
    people = [growing(*(crop(f"Cây {at} {n}", season=typed(n + 1)) for n in range(12))) for at in range(1000)]
    content = html.tostring(page(people), encoding="utf-8")
    assert len(gzip.compress(content, 9)) < 4000


def crowd(count: int) -> tuple[PublicHousehold, ...]:
    """Return a village with something in every picture, long words among it."""
    garden = replace(FULLEST.garden, crops=(crop("Hoa cúc", season=typed(8)), *FULLEST.garden.crops))
    return (*(replace(FULLEST, code=str(300000 + at), garden=garden) for at in range(count)), EMPTIEST)


def show(page: Page, file: Path, people: tuple[PublicHousehold, ...], tag: str) -> None:
    """Write the page of a village's figures and open it, with everything unfolded."""
    file.write_bytes(PAGES.of_village(VILLAGE, people)[2 + ("vi", "en").index(tag)].content)
    page.goto(f"{file.as_uri()}#{tag}")
    page.evaluate("document.querySelectorAll('.fig details').forEach(one => { one.open = true; })")


@pytest.mark.browser
def test_figures_are_sound_for_everybody(browser: Browser, tmp_path: Path) -> None:
    """No violation of axe in either scheme, for one family, two, seven and many."""
    found = {}
    cases = (("vi", 0), ("vi", 1), ("en", 6), ("vi", 120))
    with browser.new_context(viewport={"width": 1280, "height": 900}, locale="vi-VN") as context:
        shown = context.new_page()
        for tag, number in cases:
            show(shown, tmp_path / f"page-{number}.html", crowd(number), tag)
            found[tag, number] = in_both_lights(shown, within=".fig")
    assert found == {case: {"light": [], "dark": []} for case in cases}


@pytest.mark.browser
def test_figures_keep_to_the_page(browser: Browser, tmp_path: Path) -> None:
    """Nothing stands beyond the edge, from the narrowest phone to a wide screen, with large text neither."""
    for tag, counts in (("vi", (6, 120)), ("en", (6,))):
        with browser.new_context(locale=f"{tag}-VN") as context:
            shown = context.new_page()
            for count in counts:
                show(shown, tmp_path / f"page-{count}.html", crowd(count), tag)
                for width, size in (
                    (320, "100%"),
                    (1280, "100%"),
                    (1920, "100%"),
                    (320, "200%"),
                    (1280, "200%"),
                ):
                    shown.set_viewport_size({"width": width, "height": 900})
                    shown.evaluate("size => { document.documentElement.style.fontSize = size; }", size)
                    assert (tag, count, width, size, shown.evaluate(BEYOND)) == (tag, count, width, size, 0)


@pytest.mark.browser
@pytest.mark.parametrize(("month", "script"), [(2, True), (8, True), (8, False)])
def test_the_month_of_the_phone_is_marked_by_script_alone(
    browser: Browser, tmp_path: Path, month: int, script: bool
) -> None:
    """The column and the line of the month, and the words “this month”; without script, and on paper, nothing claims “now”."""
    file = tmp_path / "page.html"
    file.write_bytes(PAGES.of_village(VILLAGE, crowd(6))[0].content)
    context = browser.new_context(java_script_enabled=script, locale="vi-VN")
    shown = context.new_page()
    if script:
        shown.clock.set_fixed_time(datetime(2027, month, 15, 12, tzinfo=UTC))
    shown.goto(f"{file.as_uri()}#vi")
    marked = shown.locator(".fig-year .ripe span, .fig-months .ripe dt").all_text_contents()
    assert marked == ([str(month), f"tháng {month}"] if script else [])
    assert shown.locator(".fig-now").is_visible() == script
    shown.emulate_media(media="print")
    assert not shown.locator(".fig-now").is_visible()
    context.close()
