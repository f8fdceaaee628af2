"""A place on the map as latitude and longitude, however it was written down or shared (see `links`)."""

import math
from dataclasses import dataclass

from vuonho.bilingual import Text
from vuonho.domain.values.degrees import read_pair
from vuonho.domain.values.figures import quoted, refuse_length
from vuonho.domain.values.links import is_link, numbers_of_link
from vuonho.errors import Refused

MICRO = 1_000_000
CELL = 10_000  # 0.01° in millionths of a degree, about 1.1 km
EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG
_LATITUDES, _LONGITUDES = (8.0, 24.0), (102.0, 110.0)  # a box round Vietnam's mainland
_LONGEST = 4_000  # a long map link has about 800 characters


@dataclass(frozen=True, slots=True)
class Point:
    """A point in WGS 84 degrees, kept to 6 decimals (0.1 m)."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "lat", round(float(self.lat), 6))
        object.__setattr__(self, "lon", round(float(self.lon), 6))

    def __str__(self) -> str:
        return f"{self.lat:.6f}".rstrip("0").rstrip(".") + ", " + f"{self.lon:.6f}".rstrip("0").rstrip(".")

    def snapped(self) -> "Point":
        """Return the centre of the fixed 0.01° cell that the point lies in, for `near_point`.

        The grid never moves and nothing is random: random shifts of the same home average out to the home,
        a fixed cell tells the same however often it is published. Cells are counted in whole millionths of
        a degree, so that the noise of floats cannot carry a point over the edge of its cell.
        """
        return Point(_cell_centre(self.lat), _cell_centre(self.lon))


def _cell_centre(degrees: float) -> float:
    cell = round(degrees * MICRO) // CELL
    return (cell * CELL + CELL // 2) / MICRO


def distance_m(a: Point, b: Point) -> float:
    """Return the distance of two points in metres over a round earth (haversine; within 0.5 %)."""
    lat1, lat2 = math.radians(a.lat), math.radians(b.lat)
    half_lat, half_lon = (lat2 - lat1) / 2, math.radians(b.lon - a.lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(chord)))


def parse_point(text: str) -> Point:
    """Return the point in decimal degrees, degrees-minutes-seconds or a map link.

    Raises Refused for short links, for links and texts without two numbers, for swapped pairs, 0, 0 and
    anything outside Vietnam; where the right reading can be guessed it is suggested, never taken.
    """
    refuse_length(text, _LONGEST)
    lat, lon = numbers_of_link(text) if is_link(text) else read_pair(text)
    if _is_in_vietnam(lat, lon):
        return Point(lat, lon)
    raise _not_here(text, lat, lon)


def _is_in_vietnam(lat: float, lon: float) -> bool:
    return _LATITUDES[0] <= lat <= _LATITUDES[1] and _LONGITUDES[0] <= lon <= _LONGITUDES[1]


def _not_here(text: str, lat: float, lon: float) -> Refused:
    """Return the refusal of a pair of numbers that is no point in Vietnam."""
    if lat == 0 and lon == 0:
        return Refused(
            Text(
                "0, 0 là giữa biển: điện thoại chưa bắt được định vị.",
                "0, 0 is at sea: the phone had no position yet.",
            ),
            Text(
                "Bật định vị, ra ngoài trời rồi lấy lại tọa độ.",
                "Turn location on, go outdoors and take it again.",
            ),
        )
    if _is_in_vietnam(lon, lat):
        return _guess(
            Text("Vĩ độ và kinh độ bị đảo chỗ.", "Latitude and longitude are swapped."), Point(lon, lat)
        )
    lost = _without_lost_sign(lat, _LATITUDES), _without_lost_sign(lon, _LONGITUDES)
    if lost[0] and lost[1] and (lat > 90 or lon > 180):
        return _guess(
            Text("Tọa độ bị mất dấu thập phân.", "The decimal sign is lost."), Point(lost[0], lost[1])
        )
    return Refused(
        Text(f"{quoted(text)} nằm ngoài Việt Nam.", f"{quoted(text)} lies outside Vietnam."),
        Text(
            "Ở đây vĩ độ khoảng 18, kinh độ khoảng 105. Viết như: 18.1261, 105.7612",
            "Here latitudes are about 18, longitudes about 105. Write it like: 18.1261, 105.7612",
        ),
    )


def _guess(message: Text, point: Point) -> Refused:
    return Refused(
        message,
        Text(f"Có phải là {point}? Nếu đúng thì viết như vậy.", f"Is {point} meant? Then write that."),
    )


def _without_lost_sign(value: float, limits: tuple[float, float]) -> float | None:
    """Return 18.1261 for 181261, as a spreadsheet shows it that took the point for a thousands sign."""
    readings = (value / float(f"1e{power}") for power in range(8))
    return next((reading for reading in readings if limits[0] <= reading <= limits[1]), None)
