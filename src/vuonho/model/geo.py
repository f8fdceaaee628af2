"""A place on the map as latitude and longitude, however it was written down or shared."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote_plus, urlsplit

from vuonho.errors import UserError
from vuonho.i18n import Text
from vuonho.model.values import quoted, refuse_length
from vuonho.text import fold

MICRO = 1_000_000
CELL = 10_000  # 0.01° in millionths of a degree, about 1.1 km
EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG
_LATITUDES, _LONGITUDES = (8.0, 24.0), (102.0, 110.0)  # a box round Vietnam's mainland
_LONGEST = 4_000  # a long map link has about 800 characters

Pair = tuple[float, float]
"""Latitude and longitude in degrees, as written."""


@dataclass(frozen=True, slots=True)
class Point:
    """A point in WGS 84 degrees, kept to 6 decimals (0.1 m)."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "lat", round(float(self.lat), 6))
        object.__setattr__(self, "lon", round(float(self.lon), 6))

    def __str__(self) -> str:
        return ", ".join(f"{degrees:.6f}".rstrip("0").rstrip(".") for degrees in (self.lat, self.lon))

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

    Raises UserError for short links, for links and texts without two numbers, for swapped pairs, 0, 0 and
    anything outside Vietnam; where the right reading can be guessed it is suggested, never taken.
    """
    refuse_length(text, _LONGEST)
    link = _LINK.search(text)
    pair = _pair_of_link(link[0]) if link else _read_pair(text)
    if pair is None:
        raise UserError(
            Text("{text} cannot be read as a point.", text=quoted(text)),
            Text("Write latitude, then longitude: 18.1261, 105.7612"),
        )
    if _is_in_vietnam(*pair):
        return Point(*pair)
    raise _not_here(text, *pair)


def _is_in_vietnam(lat: float, lon: float) -> bool:
    return _LATITUDES[0] <= lat <= _LATITUDES[1] and _LONGITUDES[0] <= lon <= _LONGITUDES[1]


def _not_here(text: str, lat: float, lon: float) -> UserError:
    """Return the refusal of a pair of numbers that is no point in Vietnam."""
    if lat == 0 and lon == 0:
        return UserError(
            Text("0, 0 is at sea: the phone had no position yet."),
            Text("Turn location on, go outdoors and take it again."),
        )
    message, meant = Text("Latitude and longitude are swapped."), (lon, lat)
    if not _is_in_vietnam(*meant) and (lat > 90 or lon > 180):
        message = Text("The decimal sign is lost.")
        meant = _with_decimals(lat, *_LATITUDES), _with_decimals(lon, *_LONGITUDES)
    if _is_in_vietnam(*meant):
        return UserError(message, Text("Is {point} meant? Then write that.", point=Point(*meant)))
    return UserError(
        Text("{text} lies outside Vietnam.", text=quoted(text)),
        Text("Here latitudes are about 18, longitudes about 105. Write it like: 18.1261, 105.7612"),
    )


def _with_decimals(value: float, least: float, most: float) -> float:
    """Return 18.1261 for 181261, as a spreadsheet shows it that took the point for a thousands sign."""
    readings = (value / float(f"1e{power}") for power in range(8))
    return next((reading for reading in readings if least <= reading <= most), 0.0)


# --- Two numbers in degrees out of text: decimal, degrees and minutes, or degrees, minutes and seconds ---

_TOKEN = re.compile(
    r"(?P<number>[-−–]?[0-9]{1,20}(?:[.,][0-9]{1,20})?)|(?P<angle>['\"°º˚′″’‘”“´`])|(?P<word>[^\W\d_]{1,20})"
    r"|(?P<comma>[,;/~|])|[:()\[\]=\s]"
)
_WHOLE_DEGREES = re.compile(r"([0-9]{1,2}),([0-9]{1,3})")  # "0,0" is two numbers
_SIDES = {
    word: side
    for side, words in {
        "N": "n north b bac lat latitude vi",
        "S": "s south nam",
        "E": "e east d dong lon lng long longitude kinh",
        "W": "w west t tay",
    }.items()
    for word in words.split()
}
_FILLERS = {"do", "phut", "giay", "va", "toa", "gps"}


def _read_pair(text: str) -> Pair | None:
    """Return the pair in a text, in the order the letters say, else latitude first; None if anything else is in it.

    N, S, E, W, the Vietnamese B and Đ (bắc, đông) and the words for them are known, N being north always.
    There are two numbers, or two times degrees and minutes, or two times degrees, minutes and seconds.
    """
    if whole := _WHOLE_DEGREES.fullmatch(text.strip()):
        return float(whole[1]), float(whole[2])
    text = text.strip().rstrip(".")
    tokens = list(_TOKEN.finditer(text))
    if sum(len(token[0]) for token in tokens) != len(text):
        return None
    numbers = [token[0].replace(",", ".") for token in tokens if token["number"]]
    words = [fold(token[0]) for token in tokens if token["word"]]
    if len(numbers) not in (2, 4, 6) or not set(words) <= _SIDES.keys() | _FILLERS:
        return None
    commas, angles = (sum(bool(token[kind]) for token in tokens) for kind in ("comma", "angle"))
    sides = "".join(_SIDES.get(word, "") for word in words)
    if len(numbers) > 2 and commas > 1 and not angles and not sides:
        return None  # "18, 12, 105, 45" may be minutes or decimals
    half = len(numbers) // 2
    first, second = _degrees(numbers[:half]), _degrees(numbers[half:])
    if first is None or second is None:
        return None
    ways = re.fullmatch("(?:(?P<lat>[NS]+)(?P<lon>[EW]+)|(?P<lon_first>[EW]+)(?P<lat_last>[NS]+))?", sides)
    if ways is None:
        return None
    lat, lon = (second, first) if ways["lon_first"] else (first, second)
    return -lat if "S" in sides else lat, -lon if "W" in sides else lon


def _degrees(numbers: list[str]) -> float | None:
    """Return decimal degrees out of degrees, minutes, seconds, of which only the last may have decimals."""
    degrees, *smaller = (float(number.translate({ord("−"): "-", ord("–"): "-"})) for number in numbers)
    if any("." in number for number in numbers[:-1]) or not all(0 <= part < 60 for part in smaller):
        return None
    value = abs(degrees) + sum(part / (60, 3600)[power] for power, part in enumerate(smaller))
    return value if numbers[0][0].isdigit() else -value


# --- Coordinates out of a pasted map link, without asking the network ---

_LINK = re.compile(
    r"(?:https?://|www\.|geo:)\S+|(?:maps\.|goo\.gl|google\.|osm\.org|openstreetmap\.)\S*/\S*", re.I
)
_SHORT = re.compile(r"\b(?:maps\.app\.goo\.gl|goo\.gl/maps|g\.co/kgs|maps\.apple/p|osm\.org/go)\b", re.I)
_PAIR = r"(-?[0-9]{1,3}(?:\.[0-9]{1,15})?)"
_PIN = re.compile(rf"!3d{_PAIR}!4d{_PAIR}")
_VIEWS = (re.compile(rf"map=[0-9.]{{1,5}}/{_PAIR}/{_PAIR}"), re.compile(rf"/@{_PAIR},{_PAIR}"))
_PATH = re.compile(r"/(?:place|search|dir)/([^@]{1,300})")
_PLACES = ("destination", "daddr", "query", "q", "ll", "coordinate", "sll", "cp")


def _pair_of_link(link: str) -> Pair:
    """Return the pair in a map link; UserError for a short link or one without."""
    if _SHORT.search(link):
        raise UserError(
            Text("{link} is a short link: no numbers in it.", link=quoted(link)),
            Text("Open it, then copy the long address from the address bar, or the two numbers."),
        )
    for pair in _pairs(link.rstrip(".,;)")):
        if pair is not None:
            return pair
    raise UserError(
        Text("{link} holds no coordinates.", link=quoted(link)),
        Text("Press and hold the garden on the map and copy the two numbers: 18.1261, 105.7612"),
    )


def _pairs(link: str) -> Iterator[Pair | None]:
    """Yield the pairs of a link, the surest first; None for what might have been one."""
    whole = unquote_plus(link)
    try:
        parts = urlsplit(link if re.match(r"[a-z]+://|geo:", link, re.I) else f"https://{link}")
    except ValueError:
        return
    yield from (_floats(match) for match in reversed(list(_PIN.finditer(whole))))
    query = dict(parse_qsl(parts.query)) if parts.query.count("&") < 100 else {}
    yield _short_pair(f"{query.get('mlat', '')}, {query.get('mlon', '')}")
    yield from (_short_pair(query.get(name, "")) for name in _PLACES)
    if parts.scheme == "geo":
        yield _short_pair(parts.path.split(";")[0])
    elif path := _PATH.search(parts.path):  # the last stop of a route, or the place
        yield from (_short_pair(unquote_plus(stop)) for stop in reversed(path[1].split("/")))
    yield from (_floats(match) for view in _VIEWS for match in view.finditer(whole))
    yield _short_pair(query.get("center", ""))


def _short_pair(text: str) -> Pair | None:
    """Return the pair that a piece of a link holds, a label in brackets behind it left out."""
    return _read_pair(text.removeprefix("loc:").split("(")[0]) if len(text) < 100 else None


def _floats(match: re.Match[str]) -> Pair:
    return float(match[1]), float(match[2])
