"""A place on the map as latitude and longitude, however it was written down or shared."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, unquote_plus, urlsplit

from vuonho.errors import UserError
from vuonho.i18n import Text
from vuonho.model.values import quoted, refuse_length
from vuonho.text import fold

# --- Two numbers in degrees out of text: decimal, degrees and minutes, or degrees, minutes and seconds ---

_TOKEN = re.compile(
    r"(?P<number>[0-9]+[.,][0-9]+|[0-9]+)|(?P<minus>[-−–](?=[0-9]))|(?P<angle>['\"°º˚′″’‘”“´`])"
    r"|(?P<word>[^\W\d_]+)|(?P<comma>[,;/~|])|(?P<filler>[:()\[\]=\s])"
)
_WHOLE_DEGREES = re.compile(r"([0-9]{1,2}),([0-9]{1,3})")  # "0,0" is two numbers
_LATITUDE, _LONGITUDE = "lat", "lon"
_SIDES = {
    "n": (_LATITUDE, 1), "north": (_LATITUDE, 1), "b": (_LATITUDE, 1), "bac": (_LATITUDE, 1),
    "s": (_LATITUDE, -1), "south": (_LATITUDE, -1), "nam": (_LATITUDE, -1),
    "e": (_LONGITUDE, 1), "east": (_LONGITUDE, 1), "d": (_LONGITUDE, 1), "dong": (_LONGITUDE, 1),
    "w": (_LONGITUDE, -1), "west": (_LONGITUDE, -1), "t": (_LONGITUDE, -1), "tay": (_LONGITUDE, -1),
    "lat": (_LATITUDE, 1), "latitude": (_LATITUDE, 1), "vi": (_LATITUDE, 1),
    "lon": (_LONGITUDE, 1), "lng": (_LONGITUDE, 1), "long": (_LONGITUDE, 1),
    "longitude": (_LONGITUDE, 1), "kinh": (_LONGITUDE, 1),
}  # fmt: skip
_FILLERS = frozenset({"do", "phut", "giay", "va", "toa", "gps"})
_MOST_DIGITS = 20


@dataclass(frozen=True, slots=True)
class _Parts:
    numbers: tuple[str, ...]
    sides: tuple[tuple[str, int], ...]
    angles: int
    commas: int


def read_pair(text: str) -> tuple[float, float]:
    """Return (latitude, longitude) in degrees as written, in the order the letters say, else latitude first.

    N, S, E, W, the Vietnamese B and Đ (bắc, đông) and the words for them are known, N being north always.
    Raises UserError if there are not exactly two numbers (or two times two or three).
    """
    found = find_pair(text)
    if found is None:
        raise UserError(
            Text("{text} cannot be read as a point.", text=quoted(text)),
            Text("Write latitude, then longitude: 18.1261, 105.7612"),
        )
    return found


def find_pair(text: str) -> tuple[float, float] | None:
    """Return what `read_pair` does, or None where it would refuse."""
    if whole := _WHOLE_DEGREES.fullmatch(text.strip()):
        return float(whole[1]), float(whole[2])
    parts = _parts(text.strip().rstrip("."))
    if parts is None or len(parts.numbers) not in (2, 4, 6):
        return None
    plain = not parts.angles and not parts.sides
    if len(parts.numbers) > 2 and plain and parts.commas > 1:
        return None  # "18, 12, 105, 45" may be minutes or decimals
    half = len(parts.numbers) // 2
    first, second = _degrees(parts.numbers[:half]), _degrees(parts.numbers[half:])
    if first is None or second is None:
        return None
    return _sided(first, second, parts.sides)


def _parts(text: str) -> _Parts | None:
    """Return the numbers and the sides of the sky in a text, or None if anything else is in it."""
    numbers: list[str] = []
    sides: list[tuple[str, int]] = []
    counts = {"angle": 0, "comma": 0}
    place, sign = 0, ""
    while place < len(text) and len(numbers) <= 6:
        match = _TOKEN.match(text, place)
        if match is None or len(match[0]) > _MOST_DIGITS:
            return None
        kind, place = match.lastgroup or "", match.end()
        if kind == "word" and not _take_side(match[0], sides):
            return None
        if kind == "number":
            numbers.append(sign + match[0].replace(",", "."))
        sign = "-" if kind == "minus" else ""
        if kind in counts:
            counts[kind] += 1
    return _Parts(tuple(numbers), tuple(sides), counts["angle"], counts["comma"])


def _take_side(word: str, sides: list[tuple[str, int]]) -> bool:
    """Add the side that a word names, labels and letters of one number together; say whether it is known."""
    side = _SIDES.get(fold(word))
    if side is None:
        return fold(word) in _FILLERS
    if sides and sides[-1][0] == side[0]:
        sides[-1] = (side[0], sides[-1][1] * side[1])
    else:
        sides.append(side)
    return True


def _degrees(numbers: tuple[str, ...]) -> float | None:
    """Return decimal degrees out of degrees, minutes, seconds, of which only the last may have decimals."""
    if any("." in number for number in numbers[:-1]) or any(float(part) >= 60 for part in numbers[1:]):
        return None
    if any(part.startswith("-") for part in numbers[1:]):
        return None
    value = sum(float(part.lstrip("-")) / (1, 60, 3600)[power] for power, part in enumerate(numbers))
    return -value if numbers[0].startswith("-") else value


def _sided(first: float, second: float, sides: tuple[tuple[str, int], ...]) -> tuple[float, float] | None:
    if not sides:
        return first, second
    if tuple(axis for axis, _ in sides) == (_LATITUDE, _LONGITUDE):
        return first * sides[0][1], second * sides[1][1]
    if tuple(axis for axis, _ in sides) == (_LONGITUDE, _LATITUDE):
        return second * sides[1][1], first * sides[0][1]
    return None


# --- Coordinates out of a pasted map link, without asking the network ---

_LINK = re.compile(
    r"(?:https?://|www\.|geo:)\S+|(?:maps\.|goo\.gl|google\.|osm\.org|openstreetmap\.)\S*/\S*", re.I
)
_SHORT = re.compile(r"\b(?:maps\.app\.goo\.gl|goo\.gl/maps|g\.co/kgs|maps\.apple/p|osm\.org/go)\b", re.I)
_PAIR = r"(-?[0-9]{1,3}(?:\.[0-9]{1,15})?)"
_PIN = re.compile(rf"!3d{_PAIR}!4d{_PAIR}")
_VIEW = re.compile(rf"/@{_PAIR},{_PAIR}")
_OSM_VIEW = re.compile(rf"map=[0-9.]{{1,5}}/{_PAIR}/{_PAIR}")
_PATH = re.compile(r"/(?:place|search|dir)/([^@]{1,300})")
_PLACES = ("destination", "daddr", "query", "q", "ll", "coordinate", "sll", "cp")


def is_link(text: str) -> bool:
    """Return whether a text is, or holds, a link rather than numbers."""
    return _LINK.search(text) is not None


def numbers_of_link(text: str) -> tuple[float, float]:
    """Return (latitude, longitude) in degrees out of a map link; UserError for a short link or one without."""
    match = _LINK.search(text)
    link = match[0] if match else text
    if _SHORT.search(link):
        raise UserError(
            Text("{link} is a short link: no numbers in it.", link=quoted(link)),
            Text("Open it, then copy the long address from the address bar, or the two numbers."),
        )
    found = next(_pairs(link), None)
    if found is None:
        raise UserError(
            Text("{link} holds no coordinates.", link=quoted(link)),
            Text("Press and hold the garden on the map and copy the two numbers: 18.1261, 105.7612"),
        )
    return found


def _pairs(link: str) -> Iterator[tuple[float, float]]:
    """Yield the pairs of a link, the surest first."""
    parts = _split(link)
    whole = unquote_plus(link)
    yield from (_floats(match) for match in reversed(list(_PIN.finditer(whole))))
    query = dict(parse_qsl(parts.query, max_num_fields=100)) if parts.query.count("&") < 100 else {}
    yield from _found(f"{query.get('mlat', '')}, {query.get('mlon', '')}")
    for name in _PLACES:
        yield from _found(query.get(name, ""))
    yield from _of_path(parts)
    for view in (_OSM_VIEW, _VIEW):
        yield from (_floats(match) for match in view.finditer(whole))
    yield from _found(query.get("center", ""))


def _split(link: str) -> SplitResult:
    try:
        return urlsplit(
            link.rstrip(".,;)") if "://" in link or link.lower().startswith("geo:") else f"https://{link}"
        )
    except ValueError:
        return urlsplit("")


def _of_path(parts: SplitResult) -> Iterator[tuple[float, float]]:
    """Yield the pairs in a path: the numbers of `geo:`, or the last stop of a route, or the place."""
    if parts.scheme == "geo":
        yield from _found(parts.path.split(";")[0])
        return
    match = _PATH.search(parts.path)
    stops = match[1].split("/") if match else []
    for stop in reversed(stops):
        yield from _found(unquote_plus(stop))


def _found(text: str) -> Iterator[tuple[float, float]]:
    """Yield the pair that a piece of a link holds, a label in brackets behind it left out."""
    pair = find_pair(text.removeprefix("loc:").split("(")[0]) if len(text) < 100 else None
    if pair is not None:
        yield pair


def _floats(match: re.Match[str]) -> tuple[float, float]:
    return float(match[1]), float(match[2])


# --- A place on the map as latitude and longitude, however it was written down or shared (see `links`) ---

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

    Raises UserError for short links, for links and texts without two numbers, for swapped pairs, 0, 0 and
    anything outside Vietnam; where the right reading can be guessed it is suggested, never taken.
    """
    refuse_length(text, _LONGEST)
    lat, lon = numbers_of_link(text) if is_link(text) else read_pair(text)
    if _is_in_vietnam(lat, lon):
        return Point(lat, lon)
    raise _not_here(text, lat, lon)


def _is_in_vietnam(lat: float, lon: float) -> bool:
    return _LATITUDES[0] <= lat <= _LATITUDES[1] and _LONGITUDES[0] <= lon <= _LONGITUDES[1]


def _not_here(text: str, lat: float, lon: float) -> UserError:
    """Return the refusal of a pair of numbers that is no point in Vietnam."""
    if lat == 0 and lon == 0:
        return UserError(
            Text("0, 0 is at sea: the phone had no position yet."),
            Text("Turn location on, go outdoors and take it again."),
        )
    if _is_in_vietnam(lon, lat):
        return _guess(Text("Latitude and longitude are swapped."), Point(lon, lat))
    lost = _without_lost_sign(lat, _LATITUDES), _without_lost_sign(lon, _LONGITUDES)
    if lost[0] and lost[1] and (lat > 90 or lon > 180):
        return _guess(Text("The decimal sign is lost."), Point(lost[0], lost[1]))
    return UserError(
        Text("{text} lies outside Vietnam.", text=quoted(text)),
        Text("Here latitudes are about 18, longitudes about 105. Write it like: 18.1261, 105.7612"),
    )


def _guess(message: Text, point: Point) -> UserError:
    return UserError(
        message,
        Text("Is {point} meant? Then write that.", point=point),
    )


def _without_lost_sign(value: float, limits: tuple[float, float]) -> float | None:
    """Return 18.1261 for 181261, as a spreadsheet shows it that took the point for a thousands sign."""
    readings = (value / float(f"1e{power}") for power in range(8))
    return next((reading for reading in readings if limits[0] <= reading <= limits[1]), None)
