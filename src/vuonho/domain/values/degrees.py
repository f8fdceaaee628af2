"""Two numbers in degrees out of text: decimal, degrees and minutes, or degrees, minutes and seconds."""

import re
from dataclasses import dataclass

from vuonho.bilingual import Text
from vuonho.domain.fold import fold
from vuonho.domain.values.figures import quoted
from vuonho.errors import Refused

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
    Raises Refused if there are not exactly two numbers (or two times two or three).
    """
    found = find_pair(text)
    if found is None:
        raise Refused(
            Text(
                f"{quoted(text)} không đọc được thành tọa độ.", f"{quoted(text)} cannot be read as a point."
            ),
            Text(
                "Viết vĩ độ rồi kinh độ, như: 18.1261, 105.7612",
                "Write latitude, then longitude: 18.1261, 105.7612",
            ),
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
