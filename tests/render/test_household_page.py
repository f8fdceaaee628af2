"""The page of a household: what it shows of what was ticked, and how it says what was not."""

from dataclasses import fields, replace

import pytest
from households_kit import (
    EMPTIEST,
    FULLEST,
    PICTURES,
    SITE,
    VILLAGE,
    pages,
)
from lxml import html

from vuonho.model.fields import LocalText
from vuonho.model.ground import Ground, Landmark
from vuonho.model.public import PublicHousehold, PublicPhone, PublicVisits
from vuonho.model.values import Phone, Point
from vuonho.resources import Artifact

PAGES = pages()


def household(one: PublicHousehold, tag: str = "vi") -> str:
    """Return the text of a household's page."""
    made = PAGES.of_household(one, VILLAGE, PICTURES)
    return made[SITE.languages.index(tag)].content.decode("utf-8")


def tree(page: Artifact) -> html.HtmlElement:
    """Return the parsed page."""
    return html.document_fromstring(page.content.decode("utf-8"))


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("vi", ("Vườn bà Thử", "1.800 m² (3,6 sào)", "35.000 đ/quả", "khoảng tháng 11–1 (tháng 10–\u206012 âm lịch)",
                "OCOP 4 sao", "đến 15/10/2027", "xem lại ngày 2/11/2026", "482 135", "phía đông bắc",
                "0337 000 345", "thường vào tháng 12–2", "Nguyễn Thị Thử Nghiệm", "huyện Hương Khê")),
        ("en", ("Vườn bà Thử", "1,800 m²", "35,000 VND/piece", "about November–January (lunar months 10–\u206012)",
                "OCOP 4 stars", "until 15 October 2027", "Last checked on 2 November 2026", "Phuc Trach pomelo",
                "north-east", "Tap water", "Recognised model garden", "Pick fruit", "The gate", "+84 337 000 345",
                "Đông hamlet, lane 3", "Vườn Mẫu village, Phúc Trạch commune", "Mrs Thử's garden",
                "in Vietnamese", "Cháu chào bà ạ. Cháu vào thăm vườn được không ạ?")),
    ],
)  # fmt: skip
def test_fullest_page_tells_all(tag: str, expected: tuple[str, ...]) -> None:
    """Everything ticked is on the page, in its language."""
    shown = " ".join(
        tree(PAGES.of_household(FULLEST, VILLAGE, PICTURES)[SITE.languages.index(tag)]).text_content().split()
    )
    assert tuple(words for words in expected if words not in shown) == ()


def test_emptiest_page_is_finished() -> None:
    """A profile with nothing told has no empty section, a kind word, and whom to call."""
    document = tree(PAGES.of_household(EMPTIEST, VILLAGE, {})[0])
    headings = [" ".join(one.text_content().split()) for one in document.xpath("//h2")]
    assert headings == ["Liên hệ", "Khu vườn", "Ở đâu", "100 014"]
    assert document.xpath("//dl[not(*)]|//ul[not(*)]|//p[not(node())]") == []
    assert "Gia đình chưa kể thêm" in document.text_content()


CRY = "Tôi đang ở Vườn bà Thử, xóm Đông, ngõ 3, thôn Vườn Mẫu, xã Phúc Trạch, Hà Tĩnh."
HALL = Landmark("culture", "Nhà văn hóa Mẫu", Point(18.1262, 105.7601))
FAR = Landmark("market", "Chợ Mẫu", Point(18.1312, 105.7601))
UNSEEN = replace(FULLEST, exact=None)


@pytest.mark.parametrize("tag", ["vi", "en"])
@pytest.mark.parametrize(
    ("one", "marks", "more"),
    [
        (FULLEST, (HALL,), " Tọa độ 18.1281, 105.7632."),
        (replace(UNSEEN, near=Point(18.125, 105.765)), (FAR, HALL), " Giữa thôn có nhà văn hóa Mẫu."),
        (UNSEEN, (FAR, HALL._replace(name="")), ""),
    ],
)
def test_what_is_read_out_in_an_emergency(
    tag: str, one: PublicHousehold, marks: tuple[Landmark, ...], more: str
) -> None:
    """In Vietnamese on every page, with numbers to call; figures with their tick alone, else what everybody knows."""
    village = replace(VILLAGE, ground=Ground((), marks))
    made = PAGES.of_household(one, village, PICTURES)[SITE.languages.index(tag)]
    (block,) = tree(made).xpath("//main/details")
    assert block.xpath("string(.//b)") == CRY + more
    assert block.xpath("string(.//b/@lang)") == ("" if tag == "vi" else "vi")
    assert block.xpath(".//a/@href") == ["tel:112", "tel:113", "tel:114", "tel:115"]
    assert [word.split(" ", 1)[0] for word in block.xpath(".//a/text()")] == ["112", "113", "114", "115"]


def test_who_ticks_links_is_said_to_have_no_other_pages() -> None:
    """A number is called true only where it is the family's own; who has no links is told nothing of the kind."""
    ask = "ở đây không ai xin tiền cọc, mật khẩu, mã OTP"
    assert f"Đây là các trang và số điện thoại thật của gia đình; {ask}" in household(FULLEST)
    assert f"Đây là các trang thật của gia đình; {ask}" in household(replace(FULLEST, phone=None))
    assert ask not in household(replace(FULLEST, links=()))
    assert ask not in household(replace(FULLEST, links=("javascript:alert(1)",)))


def test_a_long_story_stands_open_to_the_end_of_a_sentence() -> None:
    """The rest unfolds, and nothing of it is lost; a story of a few lines stands whole."""
    told = " ".join(f"Năm thứ {year} nhà trồng thêm một hàng bưởi." for year in range(40))
    page = html.document_fromstring(household(replace(FULLEST, story=LocalText((("vi", told),)))))
    (story,) = page.xpath("//div[@id='told']")
    lead, rest = story.xpath("./p/text()"), story.xpath("./details/p/text()")
    assert lead[0].endswith(".")
    assert 300 < len(lead[0]) <= 420
    assert " ".join((*lead, *rest)) == told
    assert html.document_fromstring(household(FULLEST)).xpath("//div[@id='told']/details") == []


def test_hours_with_a_condition_are_said_once() -> None:
    """Who writes that one must call beforehand is not made to say it twice; a stretch has the dash of a stretch."""

    def door(hours: str) -> str:
        page = household(replace(FULLEST, visits=PublicVisits(True, hours, ())))
        return " ".join(html.document_fromstring(page).xpath("string(//p[@id='door']/span)").split())

    assert door("8:00-17:00, báo trước một ngày") == "8:00–17:00, báo trước một ngày"
    assert door("8:00-17:00, trừ ngày mưa") == "8:00–17:00, trừ ngày mưa · xin gọi trước"


def test_unticked_sections_vanish() -> None:
    """A household without phone, living, story and links shows no trace of such a section."""
    bare = replace(FULLEST, phone=None, living=None, story=None, links=(), visits=None, products=())
    ids = tree(PAGES.of_household(bare, VILLAGE, PICTURES)[0]).xpath("//section//h2/@id")
    assert ids == ["photos", "contact", "garden", "where", "code"]


def test_the_page_leads_as_near_as_was_allowed() -> None:
    """To the point in plain decimals, to the area without directions, or to the village's centre; each says so."""
    exact = household(replace(FULLEST, exact=Point(18.1261, 105.7612)))
    assert "https://www.google.com/maps/dir/?api=1&amp;destination=18.1261,105.7612" in exact
    near = household(replace(EMPTIEST, near=Point(18.1261, 105.7612).snapped()))
    assert "không phải vị trí chính xác" in near
    assert "mlat=18.125&amp;mlon=105.765" in near
    assert not [word for word in ("maps/dir/", "18.1261") if word in near]
    hidden = household(EMPTIEST)
    assert "query=18.125,105.76" in hidden
    assert "Bản đồ chỉ tới trung tâm thôn" in hidden


def test_contact_is_what_was_told() -> None:
    """Zalo is there only where it is answered; a family's own link opens without handing over the page's rank."""
    page = household(replace(FULLEST, phone=PublicPhone(Phone("0337000345"), zalo=False)))
    assert ("tel:+84337000345" in page, "zalo.me" in page) == (True, False)
    assert html.document_fromstring(page).xpath("//ul[@class='links']//a/@rel") == ["nofollow"] * 2


def test_what_the_ear_is_told() -> None:
    """The months of the harvest calendar, and which names and texts of an English page are Vietnamese."""
    vietnamese, english = map(tree, PAGES.of_household(FULLEST, VILLAGE, PICTURES))
    row = vietnamese.xpath("//table[@class='calendar']/tbody/tr")[0]
    marked = [n for n, cell in enumerate(row.xpath("td"), 1) if cell.text_content() == f"tháng {n}"]
    assert marked == [8, 9]
    assert english.xpath("//h1/@lang") == ["vi"]
    assert {"vi"} == set(english.xpath("//div[@id='told']/p/@lang"))


def test_photos_carry_sizes() -> None:
    """Each photo has width and height; the first is loaded at once, the others when they come near."""
    document = tree(PAGES.of_household(FULLEST, VILLAGE, PICTURES)[1])
    shown = [
        (i.get("src"), i.get("width"), i.get("height"), i.get("loading"))
        for i in document.xpath("//img")
        if "photos/" in i.get("src")
    ]
    assert shown == [
        ("../../photos/mot-800.jpg", "800", "500", None),
        ("../../photos/hai-480.jpg", "480", "640", "lazy"),
    ]


def test_a_shared_link_shows_a_picture() -> None:
    """It is named by its full address, as link previews want it; without one nothing is named."""
    made = PAGES.of_household(FULLEST, VILLAGE, PICTURES, card="photos/0123456789abcdef-card.jpg")
    shown = [tree(page).xpath("//meta[@property='og:image']/@content") for page in made]
    assert shown == [["https://vuonmau.example/vuon/photos/0123456789abcdef-card.jpg"]] * 2
    bare = tree(PAGES.of_household(FULLEST, VILLAGE, PICTURES)[0])
    assert bare.xpath("//meta[@property='og:image']") == []


def test_link_that_is_no_web_address_is_not_a_link() -> None:
    """Only http and https become links, whatever came in."""
    page = household(
        replace(FULLEST, links=("javascript:alert(1)", "data:text/html,x", "https://tot.example/"))
    )
    assert ("javascript:" in page, "data:" in page, "https://tot.example/" in page) == (False, False, True)


def test_kit_fills_every_field() -> None:
    """The fullest household leaves no field empty, so that a new field is noticed here."""
    empty = [one.name for one in fields(FULLEST) if not getattr(FULLEST, one.name)]
    assert empty == ["near"]
