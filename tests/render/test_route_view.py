"""The walking route in words: on the village's page, and the next gates on a household's."""

from dataclasses import replace

from households_kit import EMPTIEST, VILLAGE, households, pages
from lxml import html

from case_kit import each
from vuonho.model.public import PublicHousehold
from vuonho.model.values import Point
from vuonho.pages.map import neighbours_by_code, walking_route

PAGES = pages()


def walk(homes: tuple[PublicHousehold, ...], tag: str = "vi") -> html.HtmlElement | None:
    """Return the section of the walk on the village's page."""
    made = PAGES.of_village(VILLAGE, homes)[("vi", "en").index(tag)].content.decode("utf-8")
    return next(iter(html.document_fromstring(made).xpath("//section[@class='walk']")), None)


def east(code: str, metres: float, **more: object) -> PublicHousehold:
    """Return a household so far east of the centre."""
    point = Point(VILLAGE.centre.lat, VILLAGE.centre.lon + metres / 105_680)
    return replace(EMPTIEST, code=code, exact=point, **more)  # type: ignore[arg-type]


LANE = (east("200005", 300), east("200016", 310), east("200027", 620))


@each(
    ("tag", "expected"),
    [
        ("vi", ("cách trung tâm thôn khoảng 300 m, về phía đông", "ngay bên cạnh",
                "đi tiếp khoảng 300 m về phía đông")),
        ("en", ("about 300 m east of the village centre", "next door", "on for about 300 m to the east")),
    ],
)  # fmt: skip
def test_stops_tell_the_way(tag: str, expected: tuple[str, ...]) -> None:
    """From the centre, next door, and on: how far and in which wind, in the page's words."""
    shown = walk(LANE, tag)
    assert shown is not None
    assert tuple(shown.xpath(".//ol/li/small/text()")) == expected
    up = "../" if tag == "vi" else "../../en/"
    assert shown.xpath(".//ol/li/a/@href") == [f"{up}{one.code}/" for one in LANE]
    assert shown.xpath(".//ol/li/@value") == ["1", "2", "3"]


def test_the_walk_is_told_as_it_is() -> None:
    """A straight line is never passed off as the way on foot; two gardens at least, and exact points alone, make it."""
    shown = walk((east("200005", 20), east("200016", 1210)))
    assert shown is not None
    assert "khoảng 1,2 km theo đường thẳng; đường làng dài hơn" in shown.text_content()
    assert shown.xpath("string(.//ol/li/small)") == "ngay trung tâm thôn"
    assert [walk(households(4, exact=exact)) for exact in (0, 1)] == [None, None]
    many = walk(households(12, exact=4, near=5))
    assert many is not None
    assert len(many.xpath(".//ol/li")) == 4
    drawn = many.xpath("string(//*[@class='plan']//*[@class='way']/@points)")
    assert len(drawn.split()) == 5


@each(
    ("code", "tag", "expected"),
    [
        ("200016", "vi", [
            ("../200005/", "Nhà trước trên đường dạo, ngay bên cạnh"),
            ("../200027/", "Nhà tiếp theo trên đường dạo, cách đây khoảng 300 m, về phía đông"),
        ]),
        ("200027", "en", [("../../en/200016/", "The garden before on the walk, about 300 m west of here")]),
    ],
)  # fmt: skip
def test_household_page_tells_the_gates_before_and_after(
    code: str, tag: str, expected: list[tuple[str, str]]
) -> None:
    """Both neighbours with a label, a link and the way as seen from here."""
    beside = neighbours_by_code(walking_route(VILLAGE.centre, LANE))[code]
    household = next(one for one in LANE if one.code == code)
    made = PAGES.of_household(household, VILLAGE, {}, beside)[("vi", "en").index(tag)]
    items = html.document_fromstring(made.content.decode("utf-8")).xpath("//ul[@class='ways']/li/a")
    assert [(one.get("href"), one.xpath("string(.//small)")) for one in items] == expected
