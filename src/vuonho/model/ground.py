"""The ground of a village as its map file tells it: waters, ways and landmarks. Nobody's home is among them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple, TypeAlias

from vuonho.errors import UserError
from vuonho.model.values import Point, clean_text, distance_m
from vuonho.text import fold

Form: TypeAlias = Literal["point", "line", "area"]

WAYS: Final = ("water", "river", "lane", "road", "bridge")
"""Kinds of lines and areas (water alone), in the order in which they are drawn."""
LANDMARKS: Final = (
    "hall", "school", "market", "temple", "church", "health", "culture", "ferry", "station", "sight", "hill", "tree",
    "well", "bridge",
)  # fmt: skip
"""Kinds of landmarks, those that people ask for first at the beginning."""
MOST_OF_A_NAME: Final = 40


class Way(NamedTuple):
    """A line, or as water an area whose last point is the first; of these a river alone has a name, or ""."""

    kind: str
    points: tuple[Point, ...]
    name: str = ""


class Landmark(NamedTuple):
    """A place that everybody may be told of; `name` is "" where there is none."""

    kind: str
    name: str
    at: Point


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies around the homes of a village; `credit` is whom the data ask to be named, or "".

    `places` are where the village's own places lie, which have pages.
    """

    ways: tuple[Way, ...]
    landmarks: tuple[Landmark, ...]
    credit: str = ""
    places: tuple[Point, ...] = ()


_SAME_M: Final = 60.0
"""Metres within which two landmarks of a kind, or of a name, are one."""


def with_landmarks(ground: Ground | None, more: Sequence[Landmark]) -> Ground | None:
    """Return the ground with more landmarks, which stand for those that it already has there."""
    if not more:
        return ground
    ground = ground or Ground((), ())
    left = (
        one
        for one in ground.landmarks
        if not any(
            distance_m(one.at, new.at) < _SAME_M
            and (one.kind == new.kind or fold(one.name) == fold(new.name))
            for new in more
        )
    )
    return replace(ground, landmarks=(*more, *left), places=tuple(one.at for one in more))


# --- By the tags of OpenStreetMap (wiki.openstreetmap.org/wiki/Map_features) ---

_ROADS: Final = frozenset({"motorway", "trunk", "primary", "secondary", "tertiary", "unclassified"})
_LANES: Final = frozenset(
    {
        "residential",
        "living_street",
        "service",
        "track",
        "path",
        "footway",
        "pedestrian",
        "cycleway",
        "steps",
        "road",
    }
)
_RIVERS: Final = frozenset({"river", "stream", "canal", "drain", "ditch", "tidal_channel"})
_TAGS: Final[tuple[tuple[str, frozenset[str], str], ...]] = (
    ("amenity", frozenset({"townhall"}), "hall"),
    ("amenity", frozenset({"school", "kindergarten", "college", "university"}), "school"),
    ("amenity", frozenset({"marketplace"}), "market"),
    ("amenity", frozenset({"place_of_worship"}), "temple"),
    ("amenity", frozenset({"clinic", "hospital", "doctors"}), "health"),
    ("amenity", frozenset({"community_centre"}), "culture"),
    ("amenity", frozenset({"ferry_terminal"}), "ferry"),
    ("railway", frozenset({"station", "halt"}), "station"),
    ("historic", frozenset({"monument", "memorial", "temple", "pagoda", "wayside_shrine", "ruins"}), "sight"),
    ("tourism", frozenset({"viewpoint", "museum", "attraction"}), "sight"),
    ("natural", frozenset({"peak", "hill", "waterfall"}), "hill"),
    ("natural", frozenset({"tree"}), "tree"),
)

OTHER_TAGS: Final = frozenset(
    {
        "amenity",
        "barrier",
        "boundary",
        "building",
        "highway",
        "landuse",
        "leisure",
        "man_made",
        "natural",
        "office",
    }
    | {"place", "power", "railway", "shop", "tourism", "waterway"}
)
"""What has one of these is told of by its tags alone: a power line may be called “Đường dây”."""


def kinds_by_tags(tags: Mapping[str, str], form: Form) -> tuple[str, ...]:
    """Return what something is by its tags: kinds of ways, or one kind of landmark; () for what is not drawn."""
    highway, waterway = tags.get("highway", "").removesuffix("_link"), tags.get("waterway", "")
    if form == "line":
        if waterway in _RIVERS:
            return ("river",)
        way = "road" if highway in _ROADS else "lane" if highway in _LANES else ""
        is_bridge = way and tags.get("bridge", "no") != "no"
        return (way, "bridge") if is_bridge else (way,) if way else ()
    if form == "area" and (
        tags.get("natural") == "water"
        or waterway in ("riverbank", "dock")
        or tags.get("landuse") in ("basin", "reservoir")
    ):
        return ("water",)
    kind = next((kind for name, values, kind in _TAGS if tags.get(name) in values), "")
    if kind == "temple" and tags.get("religion") == "christian":
        return ("church",)
    if kind in ("tree", "hill") and not tags.get("name"):  # of these there may be hundreds
        return ()
    return (kind,) if kind else ()


# --- By the names that people give what they draw by hand ---

_LINES: Final = (
    ("bridge", r"cau|bridge"),
    (
        "lane",
        r"ngo|ngach|hem|kiet|loi|duong (ngo|xom|mon|dat|nho|be tong|noi dong|lang|thon)|lane|path|track",
    ),
    ("road", r"duong|quoc lo|tinh lo|huyen lo|ql|dt|truc|road|street"),
    ("river", r"song|suoi|rao|khe|kenh|muong|hoi|lach|hoi|river|stream|canal"),
)
_AREAS: Final = (
    (
        "water",
        r"ho(?! (thi|van|huu|duc|ngoc|si|sy|xuan|quang|minh|dan|\d+)\b)|ao|dam|bau|song|hoi|pha|mat nuoc|water|lake|pond",
    ),
)
_POINTS: Final = (
    ("culture", r"nha (van hoa|sinh hoat|cong dong)|nvh|hoi quan"),
    (
        "school",
        r"truong (tieu hoc|mam non|mau giao|trung hoc|hoc|pho thong|cap|thcs|thpt|th)|nha tre|thcs|thpt|school",
    ),
    ("market", r"cho(?! (thi|van)\b)|market"),
    (
        "temple",
        r"nha tho ho|tu duong|den|chua|mieu|phu tho|dinh (lang|thon|xa|chua)|am tho|temple|pagoda|shrine",
    ),
    ("church", r"nha tho|thanh duong|giao duong|church"),
    ("health", r"tram (y te|xa)|benh vien|phong kham"),
    ("hall", r"ubnd|uy ban|tru so|town hall"),
    ("ferry", r"ben (do|pha|thuyen)|ferry"),
    ("station", r"ga (tau|xe lua)|nha ga|ben xe|station"),
    ("sight", r"tuong dai|dai tuong niem|di tich|nha luu niem|bia|diem ngam canh|thac|monument"),
    ("hill", r"nui|doi|deo|mountain|hill"),
    ("tree", r"cay (da|bang|gao|thi|muom|si|sanh|co thu)\b"),
)
_FOLDERS: Final = (
    ("school", r"truong( hoc)?s?$"),
    ("temple", r"(den|chua|mieu|dinh)\b.*"),
)
"""In a folder named so a landmark may be called anything but a home."""
_HOME: Final = re.compile(
    r"(nha|ho|vuon|ao|trai|quan|tiem|ngo|cua)?( (o|cua|rieng))? ?(ong|ba|anh|chi|co|chu|bac|cu|di|mu|me|thay|em)\b.*"
    r"|(nha( o| dan| nghi| rieng)?|cac (nha|ho|vuon)|ho( dan| gia dinh)?|vuon|gia dinh|trang trai|homestay"
    r"|homes?|households?|gardens?|families)( .*)?",
)
_NUMBER: Final = re.compile(r"(\d[ .-]?){8}")
_KNOWN_HOUSES: Final = re.compile(
    r"nha (van hoa|sinh hoat|cong dong|tho|tre|ga|luu niem)\b.*|ho (?!dan|gia dinh)\w.*"
)


def is_a_home(name: str) -> bool:
    """Tell whether a name is that of somebody's home, or of a folder of homes; these are never drawn."""
    folded = fold(name)
    return bool(_HOME.fullmatch(folded)) and not _KNOWN_HOUSES.fullmatch(folded)


def kinds_by_names(names: Sequence[str], form: Form) -> tuple[str, ...]:
    """Return what something drawn by hand is, by its name and then those of the folders around it, inmost first."""
    if any(map(is_a_home, names)):
        return ()
    table = {"point": _POINTS, "line": _LINES, "area": (*_AREAS, *_POINTS)}[form]
    for at, name in enumerate(map(fold, names)):
        for kind, pattern in (*table, *(_FOLDERS if at and form == "point" else ())):
            if re.match(rf"(?:{pattern})(?!\w)", name):
                return (kind,)
    return ()


def public_name(name: str) -> str | None:
    """Return the name under which a landmark is drawn, "" for a sign alone; None for what is no landmark after all."""
    try:
        name = clean_text(name) if name.strip() else ""
    except UserError:
        return ""
    if is_a_home(name):
        return None
    return "" if len(name) > MOST_OF_A_NAME or _NUMBER.search(name) else name
