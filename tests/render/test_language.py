"""The words of the pages: catalogues that agree, and numbers, dates and months as each language says them."""

import string
from datetime import date

import pytest
from households_kit import LANGUAGES, shipped_language

from case_kit import each
from vuonho.errors import VuonhoError
from vuonho.model.catalogue import find_crop
from vuonho.model.public import PublicSeason
from vuonho.model.vocabulary import LISTS
from vuonho.pages.language import Language

VI, EN = LANGUAGES["vi"], LANGUAGES["en"]


def placeholders(message: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


def test_catalogues_have_the_same_keys() -> None:
    """Neither language lacks a message of the other."""
    assert set(VI.messages) == set(EN.messages)


def test_catalogues_have_the_same_placeholders() -> None:
    """A message names the same things in both languages."""
    pairs = {
        key: (placeholders(VI.messages[key]), placeholders(EN.messages[key]))
        for key in VI.messages
        if not key.startswith("format.")
    }
    assert len(pairs) > 600
    assert {key: (vi, en) for key, (vi, en) in pairs.items() if vi != en} == {}


def test_formats_use_known_placeholders_only() -> None:
    """The forms of dates and numbers differ between languages, but not in what they may name."""
    known = {"day", "month", "month_name", "year", "runs", "first", "last", "number", "sao", "amount", "unit"}
    used = (m for lang in (VI, EN) for key, m in lang.messages.items() if key.startswith("format."))
    assert set() == set().union(*(placeholders(message) for message in used)) - known


def test_unknown_key_is_an_error_that_names_file_and_key() -> None:
    """A message that is missing is never shown as a blank."""
    with pytest.raises(VuonhoError, match=r"languages/en\.yaml.*nothing\.here"):
        EN.say("nothing.here")


@each("broken", ["{other}", "{", "{0}", "{n.x}"])
def test_broken_message_is_an_error_that_names_its_key(broken: str) -> None:
    """A translator's slip ends in words."""
    with pytest.raises(VuonhoError, match=r"x\.y"):
        Language("en", {"x.y": broken}).say("x.y", n=1)


@pytest.mark.parametrize(
    ("language", "expected"),
    [(VI, ("200 m²", "300 m² (0,6 sào)", "1.800 m² (3,6 sào)", "1.000 m² (2 sào)")),
     (EN, ("200 m²", "300 m²", "1,800 m²", "1,000 m²"))],
)  # fmt: skip
def test_areas(language: Language, expected: tuple[str, ...]) -> None:
    """Vietnamese adds the sào of 500 m², which nobody else knows."""
    assert expected == tuple(language.area(area) for area in (200, 300, 1800, 1000))


def test_small_area_has_no_sao() -> None:
    """Below half a sào the square metres say it better."""
    assert (VI.area(249), VI.area(250)) == ("249 m²", "250 m² (0,5 sào)")


def test_dates() -> None:
    """A day reads as people write it."""
    day = date(2026, 11, 2)
    assert (VI.date(day), EN.date(day)) == ("2/11/2026", "2 November 2026")


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
            "khoảng tháng 8–9 (tháng 7–8 âm lịch)",
            "about August–September (lunar months 7–8)",
        ),
        (PublicSeason((9,), (8,), "lunar"), "khoảng tháng 9 (tháng 8 âm lịch)", "about September (lunar month 8)"),
    ],
)  # fmt: skip
def test_seasons_say_how_sure_they_are(season: PublicSeason, vi: str, en: str) -> None:
    """Lunar months are about and named; those of the catalogue are usual."""
    assert (vi, en) == (VI.season(season), EN.season(season))


@pytest.mark.parametrize(
    ("metres", "vi", "en"), [(3, "50 m", "50 m"), (374, "350 m", "350 m"), (1234, "1,2 km", "1.2 km")]
)
def test_distances_are_rounded(metres: float, vi: str, en: str) -> None:
    """A distance is told no closer than a walker needs."""
    assert (vi, en) == (VI.distance(metres), EN.distance(metres))


def test_prices() -> None:
    """A price has its unit in the page's language."""
    unit = LISTS["units"].by_key("quả")
    assert (VI.price(35000, unit), EN.price(35000, unit)) == ("35.000 đ/quả", "35,000 VND per piece")


def test_third_language_is_one_catalogue() -> None:
    """A test language speaks its own words, and English where it has no name for a crop or word."""
    messages = {key: f"‹{message}›" for key, message in EN.messages.items()}
    third = Language("xx", messages | {"crop.pomelo": "Bompelo", "words.water.tap": "Kranwasser"})
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
    )
    assert shown == ("‹The garden›", "Bompelo", "Orange", "Kranwasser", "Tap water")


def test_shipped_catalogues_are_read_as_text() -> None:
    """No month or sign is lost to YAML's guessing."""
    assert tuple(shipped_language(tag).say("month_short.11") for tag in ("vi", "en")) == ("11", "N")
