"""Coordinates out of a pasted map link, without asking the network.

The shapes are those that Google Maps, Apple Maps, OpenStreetMap and `geo:` (RFC 5870) give when a place is
shared or its address line is copied. A pin beats a search, a search beats the middle of the view.
"""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qsl, unquote_plus, urlsplit

from vuonho.bilingual import Text
from vuonho.domain.values.degrees import find_pair
from vuonho.domain.values.figures import quoted
from vuonho.errors import Refused

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
    """Return (latitude, longitude) in degrees out of a map link; Refused for a short link or one without."""
    match = _LINK.search(text)
    link = match[0] if match else text
    if _SHORT.search(link):
        raise Refused(
            Text(
                f"{quoted(link)} là liên kết rút gọn, không chứa tọa độ.",
                f"{quoted(link)} is a short link: no numbers in it.",
            ),
            Text(
                "Mở liên kết ấy, rồi chép địa chỉ dài trên thanh địa chỉ hoặc chép hai số tọa độ.",
                "Open it, then copy the long address from the address bar, or the two numbers.",
            ),
        )
    found = next(_pairs(link), None)
    if found is None:
        raise Refused(
            Text(f"{quoted(link)} không chứa tọa độ.", f"{quoted(link)} holds no coordinates."),
            Text(
                "Trên bản đồ, nhấn giữ vào vườn rồi chép hai số hiện ra, như: 18.1261, 105.7612",
                "Press and hold the garden on the map and copy the two numbers: 18.1261, 105.7612",
            ),
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
