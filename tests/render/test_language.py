"""The words of the pages: catalogues that agree, and numbers, dates and months as each language says them."""

import string
from dataclasses import replace
from datetime import date
from unicodedata import normalize

import pytest
from households_kit import EMPTIEST, FULLEST, LANGUAGES
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.errors import VuonhoError
from vuonho.model.public import PublicCrop, PublicHousehold, PublicSeason
from vuonho.model.vocabulary import LISTS, find_crop
from vuonho.pages.language import YEAR, Language, edges, month_mask, stretches
from vuonho.pages.layout import household_ripe, village_ripe

VI, EN = LANGUAGES["vi"], LANGUAGES["en"]


def placeholders(message: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


def test_catalogues_agree() -> None:
    """Neither language lacks a message of the other, and a message names the same things in both."""
    assert set(VI.messages) == set(EN.messages)
    pairs = {
        key: (placeholders(VI.messages[key]), placeholders(EN.messages[key]))
        for key in VI.messages
        if not key.startswith("format.") and key != "plaque.genuine"  # one line, which names the host once
    }
    assert len(pairs) > 600
    assert {key: (vi, en) for key, (vi, en) in pairs.items() if vi != en} == {}
    known = {"day", "month", "month_name", "year", "runs", "first", "last", "number", "sao", "amount", "unit"}
    used = (m for lang in (VI, EN) for key, m in lang.messages.items() if key.startswith("format."))
    assert set() == set().union(*(placeholders(message) for message in used)) - known
    assert (VI.say("month_short.11"), EN.say("month_short.11")) == ("11", "N")  # nothing is guessed by YAML


def test_unknown_key_is_an_error_that_names_file_and_key() -> None:
    """A message that is missing is never shown as a blank."""
    with pytest.raises(VuonhoError, match=r"languages/en\.yaml.*nothing\.here"):
        EN.say("nothing.here")


@each("broken", ["{other}", "{", "{0}", "{n.x}"])
def test_broken_message_is_an_error_that_names_its_key(broken: str) -> None:
    """A translator's slip ends in words."""
    with pytest.raises(VuonhoError, match=r"x\.y"):
        Language("en", {"x.y": broken}).say("x.y", n=1)


def test_numbers_and_days() -> None:
    """Vietnamese adds the sào of 500 m², where it says more; a distance is told no closer than a walker needs."""
    areas = (200, 249, 250, 1800, 1000)
    expected = ["200 m²", "249 m²", "250 m² (0,5 sào)", "1.800 m² (3,6 sào)", "1.000 m² (2 sào)"]
    assert [VI.area(area) for area in areas] == expected
    assert [EN.area(area) for area in areas] == ["200 m²", "249 m²", "250 m²", "1,800 m²", "1,000 m²"]
    assert [VI.distance(metres) for metres in (3, 374, 1234)] == ["50 m", "350 m", "1,2 km"]
    assert EN.distance(1234) == "1.2 km"
    day, unit = date(2026, 11, 2), LISTS["units"].by_key("quả")
    assert (VI.date(day), EN.date(day)) == ("2/11/2026", "2 November 2026")
    assert (VI.price(35000, unit), EN.price(35000, unit)) == ("35.000 đ/quả", "35,000 VND/piece")


@each(
    ("months", "vi", "en"),
    [
        ((8,), "tháng 8", "August"),
        ((8, 9), "tháng 8–9", "August–September"),
        ((1, 11, 12), "tháng 11–1", "November–January"),
        ((3, 4, 9), "tháng 3–4, 9", "March–April, September"),
        (tuple(range(1, 13)), "quanh năm", "all year"),
    ],
)
def test_months(months: tuple[int, ...], vi: str, en: str) -> None:
    """Months read as stretches, over the new year too."""
    assert (vi, en) == (VI.months(months), EN.months(months))


@each(
    ("season", "vi", "en"),
    [
        (PublicSeason((8, 9), (), "typed"), "tháng 8–9", "August–September"),
        (PublicSeason((8, 9), (), "usual"), "thường vào tháng 8–9", "usually August–September"),
        (
            PublicSeason((8, 9), (7, 8), "lunar"),
            "khoảng tháng 8–9 (tháng 7–\u20608 âm lịch)",
            "about August–September (lunar months 7–\u20608)",
        ),
        (PublicSeason((9,), (8,), "lunar"), "khoảng tháng 9 (tháng 8 âm lịch)", "about September (lunar month 8)"),
    ],
)  # fmt: skip
def test_seasons_say_how_sure_they_are(season: PublicSeason, vi: str, en: str) -> None:
    """Lunar months are about and named; those of the catalogue are usual."""
    assert (vi, en) == (VI.season(season), EN.season(season))


def test_third_language_is_one_catalogue() -> None:
    """A test language speaks its own words, and English where it has no name for a crop, word or field."""
    messages = {key: f"‹{message}›" for key, message in EN.messages.items()}
    third = Language(
        "xx",
        messages | {"crop.pomelo": "Bompelo", "words.water.tap": "Kranwasser", "garden_field.area": "Größe"},
    )
    pomelo, orange = find_crop("Bưởi"), find_crop("Cam")
    assert pomelo is not None
    assert orange is not None
    tap = LISTS["water"].by_key("tap")
    shown = (
        third.say("household.garden"),
        third.thing(pomelo),
        third.thing(orange),
        third.word(tap, "water"),
        third.word(tap, "other"),
        third.field("Garden.area"),
        third.field("Garden.irrigation"),
        third.field("Living.house"),
    )
    names = ("Bompelo", "Orange", "Kranwasser", "Tap water", "Größe", "Irrigation")
    assert shown == ("‹The garden›", *names, "‹House›")


# --- Months as stretches and as cells, and what is ripe ----------------------------------------------------


@given(st.sets(st.sampled_from(YEAR)))
def test_stretches_and_cells_lose_no_month(months: set[int]) -> None:
    """The stretches walked through give the months back, each once; a cell is marked if its month is one of them."""
    walked = [
        (first + step - 1) % 12 + 1
        for first, last in stretches(months)
        for step in range((last - first) % 12 + 1)
    ]
    assert sorted(months) == sorted(walked)
    assert months == {month for month, cell in zip(YEAR, edges(tuple(months)), strict=True) if cell}
    assert month_mask(months) == sum(2 ** (month - 1) for month in months)


def test_a_stretch_goes_over_the_new_year() -> None:
    """A harvest from November to January is one, without an end at the edge of the calendar."""
    assert stretches((1, 8, 9, 11, 12)) == ((8, 9), (11, 1))
    cells = edges((1, 11, 12))
    assert (cells[0], cells[10], cells[11]) == ("me", "ms", "m")


def garden(*told: tuple[str, tuple[int, ...], str]) -> PublicHousehold:
    """Return a household with these crops: name, months, and where the months come from."""
    crops = tuple(
        PublicCrop(name, find_crop(name), None, None, None, PublicSeason(months, (), source))
        for name, months, source in told
    )
    return replace(EMPTIEST, garden=replace(EMPTIEST.garden, crops=crops))


def test_each_thing_of_a_garden_is_ripe_once_with_all_its_months() -> None:
    """Named twice, in NFC or NFD: what was told wins over what is usual, which is rough."""
    home = garden(
        ("Bưởi Phúc Trạch", (11, 12, 1), "typed"),
        (normalize("NFD", "Bưởi Phúc Trạch"), (5,), "typed"),
        ("Cam bù", (12, 1, 2), "usual"),
        ("Cam bù", (12,), "typed"),
        ("Na", (8,), "usual"),
    )
    assert [(one.mask, one.note) for one in household_ripe(home, EN)] == [
        (month_mask((1, 5, 11, 12)), ""),
        (month_mask((12,)), ""),
        (month_mask((8,)), "usually"),
    ]
    assert "Mật ong rừng" in {one.name.text for one in household_ripe(FULLEST, VI)}


def test_a_village_counts_gardens() -> None:
    """What most gardens have comes first, with how many; their months are joined."""
    homes = (
        garden(("Lạc", (6,), "typed")),
        garden(("Cam bù", (12,), "typed")),
        garden(("Cam bù", (1,), "typed")),
    )
    assert [(one.name.text, one.mask, one.note) for one in village_ripe(homes, VI)] == [
        ("Cam bù", month_mask((12, 1)), "2 hộ"),
        ("Lạc", month_mask((6,)), "1 hộ"),
    ]
