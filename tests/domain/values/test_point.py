"""Points are read in every spelling, and kept from saying more than they should."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.errors import UserError
from vuonho.model.values import Point, distance_m, parse_point

HOME = Point(18.1261, 105.7612)
DMS = Point(18.126111, 105.761194)
MAPS = "https://www.google.com/maps/"


@each(
    "text",
    ["18.1261, 105.7612", "18.1261,105.7612", " 18.1261 105.7612 ", "18.1261; 105.7612.", "(18.1261, 105.7612)",
     "18,1261; 105,7612", "18,1261, 105,7612", "18,1261 105,7612", "18.1261\u00a0105.7612", "18.1261/105.7612",
     "18.1261N 105.7612E", "N18.1261 E105.7612", "E105.7612, N18.1261", "105,7612° Đ; 18,1261° B",
     "18.1261° Bắc, 105.7612° Đông", "Vĩ độ: 18.1261, Kinh độ: 105.7612", "lat 18.1261 lon 105.7612",
     "lng=105.7612, lat=18.1261", "Lat: 18.1261 N, Lon: 105.7612 E", "18°07.566'N 105°45.672'E"],
)  # fmt: skip
def test_degrees(text: str) -> None:
    """Decimal points or commas, any separator, letters and words for the sides all give the same point."""
    assert parse_point(text) == HOME


@each(
    "text",
    ["18°07'34.0\"N 105°45'40.3\"E", "18°07′34.0″N, 105°45′40.3″E", "18 07 34 N 105 45 40.3 E",
     "18°07’34” B; 105°45’40,3” Đ", "N 18° 7' 34\" E 105° 45' 40.3\"",
     "18 độ 7 phút 34 giây bắc, 105 độ 45 phút 40.3 giây đông", "18 07 34.0, 105 45 40.3", "18º07'34'' 105º45'40.3''",
     f"{MAPS}place/18%C2%B007'34.0%22N+105%C2%B045'40.3%22E/@18.2,105.8,17z"],
)  # fmt: skip
def test_degrees_minutes_seconds(text: str) -> None:
    """With any of their marks, in both languages, and as Google writes a dropped pin into a path."""
    assert parse_point(text) == DMS


@each(
    "link",
    [f"{MAPS}@18.1261,105.7612,17z", f"{MAPS}@18.1261,105.7612,250m/data=!3m1!1e3?entry=ttu",
     "https://maps.google.com/?q=18.1261,105.7612", "http://maps.google.com/maps?q=loc:18.1261,105.7612",
     "https://www.google.com/maps?q=18.1261%2C105.7612&z=17&hl=vi", f"{MAPS}place/18.1261,105.7612/@18.2,105.8,15z",
     f"{MAPS}place/V%C6%B0%E1%BB%9Dn/@18.2,105.8,17z/data=!3m1!4b1!4m6!3m5!1s0x31:0x2!8m2!3d18.1261!4d105.7612!16s",
     f"{MAPS}search/18.126100,+105.761200?entry=tts", f"{MAPS}search/?api=1&query=18.1261,105.7612",
     f"{MAPS}dir/?api=1&destination=18.1261%2C105.7612&travelmode=walking",
     f"{MAPS}dir/18.3,105.9/18.1261,105.7612/@18.2,105.8,12z", "www.google.com/maps/@18.1261,105.7612,17z",
     "https://www.openstreetmap.org/?mlat=18.1261&mlon=105.7612#map=17/18.2/105.8",
     "https://www.openstreetmap.org/#map=17/18.1261/105.7612", "https://maps.apple.com/?ll=18.1261,105.7612&q=V%C6%B0",
     "https://maps.apple.com/place?coordinate=18.1261,105.7612&name=V", "geo:18.1261,105.7612",
     "geo:18.1261,105.7612;u=35", "geo:0,0?q=18.1261,105.7612(Vuon)",
     "Vườn bà Hường https://maps.google.com/?q=18.1261,105.7612"],
)  # fmt: skip
def test_map_links(link: str) -> None:
    """The pin or stop of a shared link is taken before the middle of the view."""
    assert parse_point(link) == HOME


@each(
    ("text", "message", "hint"),
    [
        *((link, "liên kết rút gọn", "chép địa chỉ dài") for link in (
            "https://maps.app.goo.gl/AbC?g_st=iz", "maps.app.goo.gl/AbC", "https://goo.gl/maps/x")),
        (f"{MAPS}place/Vuon", "không chứa tọa độ", "18.1261, 105.7612"),
        *((text, "đảo chỗ", "Có phải là 18.1261, 105.7612?") for text in (
            "105.7612, 18.1261", "105,7612; 18,1261", "https://maps.google.com/?q=105.7612,18.1261")),
        *((text, "chưa bắt được định vị", "") for text in ("0, 0", "0,0", "0.0, 0.0", "geo:0,0", "0°N 0°E")),
        ("181261, 1057612", "", "Có phải là 18.1261, 105.7612? Nếu đúng thì viết như vậy."),
        *((text, "nằm ngoài Việt Nam", "") for text in (
            "48.85, 2.35", "-18.1, 105.7", "18.1, 114.2", "7.9, 105", "18.1 S, 105.7 E", "18.1N, 105.7W")),
        *((text, text[:20].strip(), "") for text in (
            "18.1261", "18.1261, 105.7612, 12", "18, 12, 105, 45", "18°61'N 105°45'E", "18.5°07'N 105°45'E", "xóm Đông",
            "18.1N 105.7N", "18.1.2, 105.7", "1e1, 105", "nan, inf", "18.1261N, 105.7612", "x" * 5000, "٢٠.1, 105.2")),
    ],
)  # fmt: skip
def test_what_is_no_point_is_refused_with_what_may_be_meant(text: str, message: str, hint: str) -> None:
    """Short links, swapped pairs, no position yet, lost decimals, other countries, too few and too many numbers."""
    with pytest.raises(UserError) as caught:
        parse_point(text)
    assert message in caught.value.message.vi
    assert hint in caught.value.hint.vi
    assert caught.value.hint.vi


def test_a_point_keeps_six_decimals() -> None:
    """Degrees are kept to a tenth of a metre, and shown as they are typed."""
    assert Point(18.12345678, 105.7) == Point(18.123457, 105.7)
    assert str(Point(18.1261, 105)) == "18.1261, 105"


@given(st.tuples(st.integers(8_000_000, 24_000_000), st.integers(102_000_000, 110_000_000)))
def test_any_point_is_read_back_and_snapped_to_the_centre_of_its_cell(micro: tuple[int, int]) -> None:
    """By exact fractions, and it stays when snapped again; what str() writes, parse_point reads."""
    point = Point(micro[0] / 1_000_000, micro[1] / 1_000_000)
    centre = [Fraction(degree, 10_000).__floor__() * Fraction(1, 100) + Fraction(1, 200) for degree in micro]
    assert point.snapped() == Point(float(centre[0]), float(centre[1])) == point.snapped().snapped()
    assert parse_point(str(point)) == point


@each("edge", [18.13, 18.14, 18.29, 18.57, 18.58])
def test_the_edge_of_a_cell_belongs_to_the_cell_above(edge: float) -> None:
    """Floats such as 18.29 / 0.01 fall just short of the whole number; the cell does not."""
    assert Point(edge, 105.76).snapped() == Point(edge + 0.005, 105.765)


def test_distances() -> None:
    """A degree of latitude is 111,195 m on the mean sphere, a point is 0 m from itself."""
    assert round(distance_m(Point(18, 105), Point(19, 105))) == 111_195
    assert distance_m(HOME, HOME) == 0
    parallel = math.cos(math.radians(18)) * 111_195
    assert abs(distance_m(Point(18, 105), Point(18, 106)) - parallel) < 10


pieces = [*"0123456789.,;°'\"NSEWBĐ -/@!?&=()", "https://", "3d", "4d", "geo:", "maps.", "18", "105", "q="]


@given(st.lists(st.sampled_from(pieces), max_size=40).map("".join))
def test_any_text_is_a_point_in_vietnam_or_refused(text: str) -> None:
    """Whatever is typed gives a point in the box or a refusal, never another error."""
    try:
        point = parse_point(text)
    except UserError:
        return
    assert 8 <= point.lat <= 24
    assert 102 <= point.lon <= 110


@each("piece", ["1", "1,", "1 ", "maps.", "goo.gl/", "https://maps?q=1&", "!3d1", "geo:", "/dir/", "°"])
def test_long_text_is_refused(piece: str) -> None:
    """Just below the limit as well as far above it."""
    for length in (4_000, 100_000):
        with pytest.raises(UserError):
            parse_point((piece * (length // len(piece) + 1))[:length])
