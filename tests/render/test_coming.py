"""What guests find, say before they come, and ask for before the harvest: in words of a neighbour, to the right number."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from households_kit import EMPTIEST, FULLEST, PICTURES, PRODUCTS, SITE, VILLAGE, crop, pages, typed
from lxml import html

from case_kit import each
from vuonho.model.public import PublicDish, PublicHousehold, PublicPhone, PublicProduct, PublicVisits
from vuonho.model.values import Phone
from vuonho.model.vocabulary import LISTS
from vuonho.pages.coming import awaited

PAGES = pages()
GUESTS = PublicVisits(
    welcome=True,
    hours=None,
    activities=(),
    dishes=(PublicDish("Gà luộc", 180000), PublicDish("Rau luộc", None)),
    rooms=3,
    night=300000,
    toilet=LISTS["guest_toilet"].by_key("seat"),
    parking=LISTS["parking"].by_key("car"),
    steps=LISTS["steps"].by_key("none"),
)
HOMESTAY = replace(FULLEST, visits=GUESTS)
LANDLINE = PublicPhone(Phone("02393855123"), zalo=False)


def made(household: PublicHousehold) -> Mapping[str, html.HtmlElement]:
    """Return the pages of a household by their paths."""
    found = PAGES.household(household, VILLAGE, PICTURES)
    return {page.path: html.document_fromstring(page.content.decode()) for page in found}


def message(link: str) -> tuple[str, str]:
    """Return whom a link writes to and what, as a phone reads it."""
    parts = urlsplit(link)
    assert parts.scheme == "sms"
    assert parts.query.startswith("&body=")  # the empty field that makes it readable for iPhones too
    return parts.path, unquote(parts.query.removeprefix("&body="))


@each(
    ("household", "to", "words"),
    [
        (FULLEST, "+84337000345", "Chào bà Thử, chúng tôi xin đến thăm vườn ngày …, khoảng … người ạ."),
        (
            replace(FULLEST, phone=None),
            "+84912000111",
            "Chào tổ, chúng tôi xin đến thăm Vườn bà Thử ngày …, khoảng … người ạ.",
        ),
        (
            replace(FULLEST, name="Vườn & ao #1"),
            "+84337000345",
            "Chào gia đình, chúng tôi xin đến thăm vườn ngày …, khoảng … người ạ.",
        ),
    ],
)
def test_a_guest_writes_to_the_family_else_to_the_team(
    household: PublicHousehold, to: str, words: str
) -> None:
    """The same words stand on the page to be copied; day and number are open where no script fills them in."""
    found = made(household)
    for path in ("482135/den/index.html", "en/482135/den/index.html"):
        page = found[path]
        assert message(page.xpath("string(//a[@id='send']/@href)")) == (to, words)
        assert page.xpath("string(//*[@id='message'])") == words
        assert page.xpath("string(//meta[@name='robots']/@content)") == "noindex"
        assert all(one.getparent().getparent().get("hidden") is not None for one in page.xpath("//input"))
    assert found["482135/index.html"].xpath("//a[contains(@href, '/den/')]/@href") == ["../482135/den/"]


@each(
    "household",
    [
        EMPTIEST,
        replace(FULLEST, visits=None),
        replace(FULLEST, visits=PublicVisits(False, None, ())),
        replace(FULLEST, phone=LANDLINE),
    ],
)
def test_nobody_is_written_to_who_receives_none(household: PublicHousehold) -> None:
    """Nor a landline, which takes no message."""
    found = made(household)
    assert not [path for path in found if "/den/" in path]
    assert not found[f"{household.code}/index.html"].xpath("//a[contains(@href, '/den/')]")


def asked(*products: PublicProduct, household: PublicHousehold = FULLEST) -> list[str]:
    """Return what buyers would write, on both pages."""
    found = made(replace(household, products=products))
    both = [
        found[path].xpath("//a[starts-with(@href, 'sms:')]/@href")
        for path in ("482135/index.html", "en/482135/index.html")
    ]
    assert both[0] == both[1]
    return [message(link)[1] for link in both[0]]


def test_what_has_a_season_can_be_reserved() -> None:
    """With its price where that is shown; not what is there all year, and not where no number is shown."""
    pomelo, honey, eggs = PRODUCTS
    assert asked(pomelo, replace(honey, price=None, unit=None, season=typed(11, 12, 1, 4)), eggs) == [
        "Chào bà Thử, tôi xin đặt trước Bưởi Phúc Trạch, mùa tháng 8–9, giá 35.000 đ/quả ạ.",
        "Chào bà Thử, tôi xin đặt trước Mật ong rừng, mùa tháng 4, 11–1 ạ.",
    ]
    assert asked(replace(honey, season=typed(*range(1, 13)))) == []
    assert asked(honey, household=replace(FULLEST, phone=None)) == []
    assert asked(honey, household=replace(FULLEST, phone=LANDLINE)) == []
    assert asked(replace(honey, name='50% & "x"#?=', price=None, unit=None))[0].endswith(
        '50% & "x"#?=, mùa tháng 4–5 ạ.'
    )


def test_it_is_offered_from_the_blossom_to_the_harvest() -> None:
    """By the phone's month; without script, and where nobody knows when it blossoms, all the year."""
    pomelo, honey, _ = PRODUCTS
    (seen,) = [
        page.xpath("//small[a[starts-with(@href, 'sms:')]]/@data-y")
        for path, page in made(replace(FULLEST, products=(pomelo, honey))).items()
        if path == "482135/index.html"
    ]
    assert seen == ["xooooooxxxxx"]
    peanuts = replace(pomelo, known=crop("Lạc").known, season=typed(6, 12))
    assert awaited(peanuts) == "xooooxxoooox"


def test_guests_read_what_they_find() -> None:
    """Dishes, rooms and what they ask before they set out, with prices where these are shown."""
    found = made(HOMESTAY)
    for path, words in {
        "482135/index.html": (
            "Gà luộc · 180.000",
            "Rau luộc",
            "3 phòng",
            "300.000",
            "Có, ngồi bệt",
            "Ô tô con",
            "Không có bậc nào",
        ),
        "en/482135/index.html": (
            "Gà luộc · 180,000",
            "Rau luộc",
            "3 rooms",
            "300,000",
            "Yes, with a seat",
            "Cars",
            "No step",
        ),
    }.items():
        section = found[path].xpath("//section[@aria-labelledby='visits']")[0]
        text = section.text_content().replace("\u00a0", " ")
        assert [word for word in words if word not in text] == []
    assert SITE.team.phone.tel not in {*found["482135/den/index.html"].xpath("//main//a/@href")}
