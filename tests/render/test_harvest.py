"""What ripens in a village, as calendars and feeds that others read: checked by readers that we did not write."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import feedparser
from households_kit import FULLEST, PRODUCTS, VILLAGE, crop, home, pages, typed
from icalendar import Calendar, Component
from lxml import etree, html

from garden_kit import NOTHING_TOLD
from vuonho.model.public import PublicHousehold

PAGES = pages()


def garden(
    code: str, *crops: tuple[str, tuple[int, ...]], checked: date = date(2026, 11, 2)
) -> PublicHousehold:
    """Return a household with crops and their months."""
    grown = tuple(crop(name, season=typed(*months)) for name, months in crops)
    told = replace(NOTHING_TOLD, crops=grown)
    return replace(
        FULLEST, code=code, name=f"Vườn {code}", garden=told, products=(), photos=(), checked=checked
    )


def made(households: Sequence[PublicHousehold]) -> dict[str, bytes]:
    """Return the files of a village that programs read, by their paths."""
    found = PAGES.village(home(VILLAGE, households))
    return {one.path: one.content for one in found if one.path.endswith((".ics", ".atom"))}


def events(households: Sequence[PublicHousehold], folder: str = "") -> dict[str, Component]:
    """Return the events of the calendar by what they are called."""
    calendar = Calendar.from_ical(made(households)[f"{folder}thon-vuon-mau/mua.ics"])
    assert not calendar.errors
    return {str(one["summary"]): one for one in calendar.walk("VEVENT")}


TWO = (
    garden("100014", ("Bưởi Phúc Trạch", (8, 9)), ("Cam bù", (12, 1)), ("Chè", tuple(range(1, 13)))),
    garden("100027", ("Bưởi Phúc Trạch", (9, 10)), ("Ổi", (3, 7)), checked=date(2026, 12, 3)),
)


def test_a_season_is_days_that_come_again_each_year() -> None:
    """Months of all gardens are joined; a season may go over the new year, and come twice; all year is no season."""
    found = events(TWO)
    assert set(found) == {
        "Bưởi Phúc Trạch: tháng 8–10", "Cam bù: tháng 12–1", "Ổi: tháng 3", "Ổi: tháng 7",
    }  # fmt: skip
    spans = {name: (one.decoded("dtstart"), one.decoded("dtend")) for name, one in found.items()}
    assert spans["Bưởi Phúc Trạch: tháng 8–10"] == (date(2026, 8, 1), date(2026, 11, 1))
    assert spans["Cam bù: tháng 12–1"] == (date(2026, 12, 1), date(2027, 2, 1))
    assert [one["rrule"] for one in found.values()] == [{"FREQ": ["YEARLY"]}] * 4
    assert len({str(one["uid"]) for one in found.values()}) == 4
    assert str(found["Bưởi Phúc Trạch: tháng 8–10"]["description"]) == "Vườn 100014; Vườn 100027"
    assert "Phuc Trach pomelo: August–October" in events(TWO, "en/")


def test_a_feed_says_who_has_it_and_when_that_was_checked() -> None:
    """An entry keeps its identity when its months change; its day is that of the last check, not of the build."""
    both = [made(households)["thon-vuon-mau/mua.atom"] for households in (TWO, (TWO[1],))]
    feeds = [feedparser.parse(one) for one in both]
    assert [one.bozo for one in feeds] == [False, False]
    assert feeds[0].feed.title == "Mùa nào có gì ở thôn Vườn Mẫu"
    assert feeds[0].feed.updated.startswith("2026-12-03")
    entries = [{one.title: one for one in feed.entries} for feed in feeds]
    pomelo = entries[0]["Bưởi Phúc Trạch: tháng 8–10"]
    assert pomelo.id == entries[1]["Bưởi Phúc Trạch: tháng 9–10"].id
    assert pomelo.updated.startswith("2026-12-03")
    assert entries[0]["Cam bù: tháng 12–1"].updated.startswith("2026-11-02")
    assert 'href="https://vuonmau.example/vuon/100027/"' in pomelo.content[0].value
    assert both[0] == made(TWO)["thon-vuon-mau/mua.atom"]


def test_prices_come_along_where_they_are_shown() -> None:
    """And nothing does of a garden without a season: then there is neither calendar nor feed, nor a link to one."""
    selling = replace(TWO[0], name='Vườn <b> & "x"; y, z', products=PRODUCTS[:1])
    (name,) = (one for one in events([selling]) if one.startswith("Bưởi"))
    assert (
        str(events([selling])[name]["description"]).replace("\u00a0", " ")
        == 'Vườn <b> & "x"; y, z, 35.000 đ/quả'
    )
    feed = etree.fromstring(made([selling])["en/thon-vuon-mau/mua.atom"])
    told = feed.xpath("string(//*[local-name()='content'][contains(., '35,000')])")
    assert html.fromstring(told).text_content().replace("\u00a0", " ") == f"{selling.name}, 35,000 VND/piece"
    bare = replace(TWO[0], garden=NOTHING_TOLD)
    assert made([bare]) == {}
    assert made([]) == {}
    assert b"mua.ics" not in next(iter(PAGES.of_village(VILLAGE, [bare]))).content
    assert b"mua.ics" in next(iter(PAGES.of_village(VILLAGE, TWO))).content
