"""The walking route in words: for the village's page, and the next gates for a household's."""

import unicodedata
from dataclasses import replace

import pytest
from households_kit import EMPTIEST, FULLEST, LANGUAGES, SITE, VILLAGE, households

from vuonho.model.geo import Point
from vuonho.model.public import PublicHousehold
from vuonho.pages.layout import Place
from vuonho.pages.map import village_map
from vuonho.pages.route import (
    Neighbours,
    RouteView,
    Stop,
    neighbour_views,
    neighbours_by_code,
    route_view,
    walking_route,
)

VI, EN = LANGUAGES["vi"], LANGUAGES["en"]


def view(homes: tuple[PublicHousehold, ...], tag: str = "vi") -> RouteView | None:
    """Return the route of some households for the village's page."""
    route = walking_route(VILLAGE.centre, homes)
    place = Place(SITE, f"{VILLAGE.slug}/", tag)
    return route_view(route, village_map(VILLAGE, homes), place, LANGUAGES[tag])


def east(code: str, metres: float, **more: object) -> PublicHousehold:
    """Return a household so far east of the centre."""
    point = Point(VILLAGE.centre.lat, VILLAGE.centre.lon + metres / 105_680)
    return replace(EMPTIEST, code=code, exact=point, **more)  # type: ignore[arg-type]


LANE = (east("200005", 300), east("200016", 310), east("200027", 620))


@pytest.mark.parametrize("exact", [0, 1])
def test_fewer_than_two_gardens_make_no_route(exact: int) -> None:
    """There is nothing to walk between."""
    assert view(households(5, exact=exact, near=3)) is None


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        (
            "vi",
            ("cách trung tâm thôn khoảng 300 m, về phía đông", "ngay bên cạnh",
             "đi tiếp khoảng 300 m về phía đông"),
        ),
        (
            "en",
            ("about 300 m east of the village centre", "next door", "on for about 300 m to the east"),
        ),
    ],
)  # fmt: skip
def test_stops_tell_the_way(tag: str, expected: tuple[str, ...]) -> None:
    """From the centre, next door, and on: how far and in which wind, in the page's words."""
    shown = view(LANE, tag)
    assert shown is not None
    assert expected == tuple(stop.way for stop in shown.stops)


def test_length_says_that_lanes_are_longer() -> None:
    """A straight line is never passed off as the way on foot."""
    shown = view((east("200005", 300), east("200016", 1210)))
    assert shown is not None
    assert shown.length == "khoảng 1,2 km theo đường thẳng; đường làng dài hơn"


def test_first_stop_may_be_in_the_centre() -> None:
    """Who lives there is not told to be 50 m away in some wind."""
    shown = view((east("200005", 20), east("200016", 300)))
    assert shown is not None
    assert shown.stops[0].way == "ngay trung tâm thôn"


def test_stops_are_numbered_links_with_a_few_crops() -> None:
    """A stop has its number, its page in the same language, and at most three crops by their names there."""
    shown = view((replace(FULLEST, exact=LANE[0].exact), LANE[2]), "en")
    assert shown is not None
    assert [(stop.number, stop.href) for stop in shown.stops] == [
        (1, "../../en/482135/"),
        (2, "../../en/200027/"),
    ]
    assert [(crop.text, crop.lang) for crop in shown.stops[0].crops] == [
        ("Phuc Trach pomelo", None),
        ("Cam bu mandarin", None),
        ("Mustard greens", None),
    ]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_are_shown_as_they_are_and_marked_vietnamese(form: str) -> None:
    """A name keeps its letters; on the English page a screen reader is told its language."""
    name = unicodedata.normalize(form, "Vườn ông Đức ở xóm Đồi")  # type: ignore[arg-type]
    shown = view((replace(LANE[0], name=name), LANE[2]), "en")
    assert shown is not None
    assert (shown.stops[0].name.text, shown.stops[0].name.lang) == (name, "vi")


def test_line_runs_through_the_dots_of_the_map() -> None:
    """It begins at the centre and touches the dot of each stop in turn, whatever else the map shows."""
    homes = (*households(12, exact=8, near=2), EMPTIEST)
    shown, drawn = view(homes), village_map(VILLAGE, homes)
    assert shown is not None
    line = [tuple(map(float, pair.split(","))) for pair in shown.line.split()]
    dots = {f"../{dot.household.code}/": (dot.x, dot.y) for dot in drawn.dots}
    assert line == [(drawn.centre.x, drawn.centre.y), *(dots[stop.href] for stop in shown.stops)]


def test_only_exact_points_are_on_the_route() -> None:
    """Near points and hidden ones are in no stop and no corner of the line."""
    shown = view(households(12, exact=4, near=5))
    assert shown is not None
    assert (len(shown.stops), len(shown.line.split())) == (4, 5)


def test_household_page_tells_the_gates_before_and_after() -> None:
    """Both neighbours with a label, a link and the way as seen from here, the one before to the west."""
    middle = neighbours_by_code(walking_route(VILLAGE.centre, LANE))["200016"]
    shown = neighbour_views(middle, Place(SITE, "200016/", "vi"), VI)
    assert [(one.label, one.href, one.words) for one in shown] == [
        ("Nhà trước trên đường dạo", "../200005/", "ngay bên cạnh"),
        ("Nhà tiếp theo trên đường dạo", "../200027/", "cách đây khoảng 300 m, về phía đông"),
    ]


def test_way_back_is_told_in_english() -> None:
    """The last garden has one neighbour, and it lies where one came from."""
    last = neighbours_by_code(walking_route(VILLAGE.centre, LANE))["200027"]
    (shown,) = neighbour_views(last, Place(SITE, "200027/", "en"), EN)
    assert (shown.label, shown.href, shown.words) == (
        "The garden before on the walk",
        "../../en/200016/",
        "about 300 m west of here",
    )


@pytest.mark.parametrize("beside", [None, Neighbours(None, None)])
def test_nobody_beside_makes_no_view(beside: Neighbours | None) -> None:
    """A household off the route, or alone on it, has nothing to show."""
    assert neighbour_views(beside, Place(SITE, "200005/", "vi"), VI) == ()


def test_two_families_at_one_gate_are_next_door() -> None:
    """No wind is made up for a distance of nothing."""
    twin = Neighbours(None, Stop(LANE[1], 0.0, "n"))
    assert [one.words for one in neighbour_views(twin, Place(SITE, "200005/", "vi"), VI)] == ["ngay bên cạnh"]
