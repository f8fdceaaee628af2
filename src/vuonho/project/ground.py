"""The map file of a village: `map.geojson`, `map.kml` or `map.gpx` becomes the ground that maps are drawn on.

Only kinds that we know are taken, by tag or by name, and nothing else of the file: no description, no day, no author,
nobody's home.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple, NoReturn
from xml.parsers import expat

from vuonho.errors import Problem, Severity, UserError
from vuonho.i18n import Text
from vuonho.model.ground import (
    OTHER_TAGS,
    WAYS,
    Form,
    Ground,
    Landmark,
    Way,
    kinds_by_names,
    kinds_by_tags,
    public_name,
)
from vuonho.model.values import Point, distance_m, quoted
from vuonho.project.files import decode, read_bytes
from vuonho.text import fold

NAMES: Final = ("map.geojson", "map.kml", "map.gpx")
_SUFFIXES: Final = (".geojson", ".kml", ".kmz", ".gpx", ".osm")
LARGEST: Final = 10_000_000
MOST_POINTS: Final = 200_000
_DEEPEST: Final = 40
_FAR_KM: Final = 15.0
"""What lies farther from the centre than this is not of the village: left out, and if that is all, refused."""
_OSM: Final = "© OpenStreetMap contributors"
_SMALLER: Final = Text("Export only the village and what lies around it.")
_AGAIN: Final = Text("Export the map again, as GeoJSON, KML or GPX.")

Pair = tuple[float, float]
"""Latitude and longitude, in degrees."""


class _Found(NamedTuple):
    """One thing of a file, its line if that is known; `names` are its own, then those of the folders around it."""

    tags: Mapping[str, str]
    names: tuple[str, ...]
    form: Form
    points: Sequence[Pair]
    line: int | None
    otherwise: str = ""


class _WrongError(Exception):
    """Why a file cannot be read, and where."""

    def __init__(
        self, message: Text, hint: Text = _AGAIN, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(message, hint)
        self.message, self.hint, self.line, self.column = message, hint, line, column


def read_ground(root: Path, folder: str, centre: Point) -> tuple[Ground | None, tuple[Problem, ...]]:
    """Return (ground, problems) of the village in a folder, given relative to the project; None where it has no map."""
    try:
        there = sorted(path.name for path in (root / folder).iterdir())
    except OSError:  # said of the village's own file
        return None, ()
    files = [name for name in NAMES if name in there]
    strange = [name for name in there if name.lower().endswith(_SUFFIXES) and name not in NAMES]
    strange += [name for name in there if name.lower() in ("map.json", "map.geojson.json", "map.geojson.txt")]
    problems = [_misnamed(f"{folder}/{name}") for name in strange]
    if not files:
        return None, tuple(problems)
    file = f"{folder}/{files[0]}"
    if len(files) > 1:
        message = Text("The village has two maps: {files}.", files=", ".join(files))
        problems.append(Problem("", message, Text("Keep one of them, and take the other away."), file=file))
        return None, tuple(problems)
    content, unread = read_bytes(root / file, file, LARGEST)
    if content is None:
        return None, (*problems, *unread)
    ground, found = read_map(content, file, centre)
    return ground, (*problems, *found)


def read_map(content: bytes, file: str, centre: Point) -> tuple[Ground | None, tuple[Problem, ...]]:
    """Return (ground, problems) of the content of a map; `file` is its name, whose ending says its kind."""
    try:
        text = decode(content, LARGEST)
        found, credit = {"geojson": _of_geojson, "kml": _of_kml, "gpx": _of_gpx}[file.rpartition(".")[2]](
            text
        )
        ground, unknown = _ground(found, credit, centre)
    except UserError as refused:
        hint = _SMALLER if len(content) > LARGEST else refused.hint
        return None, (Problem("", refused.message, hint, file=file),)
    except _WrongError as wrong:
        return None, (Problem("", wrong.message, wrong.hint, Severity.ERROR, file, wrong.line, wrong.column),)
    if not unknown:
        return ground, ()
    message = Text.counted(
        "{count} thing on the map is not drawn: its name does not tell what it is.",
        "{count} things on the map are not drawn: their names do not tell what they are.",
        len(unknown),
    )
    hint = Text(
        "Begin the name with its kind, or put it into a folder of that name: Sông, Đường, Ngõ, Cầu, Hồ."
    )
    return ground, (Problem("", message, hint, Severity.WARNING, file, unknown[0].line),)


def _misnamed(file: str) -> Problem:
    message = Text("This map is not read: a village's map is called map.geojson, map.kml or map.gpx.")
    hint = Text("Rename it; a .kmz is a zip file that holds the .kml.")
    return Problem("", message, hint, Severity.WARNING, file)


def _ground(found: Sequence[_Found], credit: str, centre: Point) -> tuple[Ground | None, list[_Found]]:
    """Return what is drawn around the centre, None for nothing, and what was drawn by hand but is of no known kind."""
    if sum(len(one.points) for one in found) > MOST_POINTS:
        raise _WrongError(Text("The map has more than {most} points.", most=f"{MOST_POINTS:_}"), _SMALLER)
    near = [one for one in found if _is_near(one.points, centre)]
    if found and not near:
        raise _elsewhere(found, centre)
    ways, landmarks, unknown = [], [], []
    for one in near:
        kinds = kinds_by_tags(one.tags, one.form)
        if not kinds and not credit and not (OTHER_TAGS & one.tags.keys()):
            kinds = kinds_by_names(one.names, one.form) or ((one.otherwise,) if one.otherwise else ())
            if not kinds and one.form == "line":
                unknown.append(one)
        points = tuple(Point(*pair) for pair in one.points)
        name = one.tags.get("name", next(iter(one.names), ""))
        for kind in kinds:
            if kind in WAYS:
                ways.append(Way(kind, points, (public_name(name) or "") if kind == "river" else ""))
            elif (shown := public_name(name)) is not None:
                landmarks.append(Landmark(kind, shown, _middle(points)))
    if not ways and not landmarks:
        return None, unknown
    return Ground(tuple(ways), tuple(landmarks), credit), unknown


def _middle(points: Sequence[Point]) -> Point:
    lats, lons = [one.lat for one in points], [one.lon for one in points]
    return Point((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)


def _is_near(points: Sequence[Pair], centre: Point) -> bool:
    """Tell whether the box of some points comes near to the centre."""
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    nearest = Point(min(max(centre.lat, min(lats)), max(lats)), min(max(centre.lon, min(lons)), max(lons)))
    return distance_m(nearest, centre) < _FAR_KM * 1000


def _elsewhere(found: Sequence[_Found], centre: Point) -> _WrongError:
    swapped = any(_is_near([(lon, lat) for lat, lon in one.points if abs(lon) <= 90], centre) for one in found
                  if any(abs(lon) <= 90 for _, lon in one.points))  # fmt: skip
    if swapped:
        return _WrongError(
            Text("Latitude and longitude are swapped: here the longitude (105.…) comes first."),
            Text("Export the map again from the program that drew it, and change no numbers by hand."),
            found[0].line,
        )
    far = min(distance_m(Point(*one.points[0]), centre) for one in found) / 1000
    return _WrongError(
        Text(
            "Nothing on this map is near the village: the nearest is {far:.0f} km from its centre.", far=far
        ),
        Text("Look whether it is the map of this village, and at `centre` in village.yaml."),
        found[0].line,
    )


def _pair(lat: object, lon: object, line: int | None) -> Pair:
    """Return a pair of degrees; refuse what is no place on earth."""
    try:
        pair = float(lat), float(lon)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        pair = math.nan, math.nan
    if isinstance(lat, bool) or not all(map(math.isfinite, pair)):
        shown = quoted(f"{lon}, {lat}")
        raise _WrongError(Text("{shown} is not a place: two numbers are wanted.", shown=shown), _AGAIN, line)
    if abs(pair[0]) > 180 or abs(pair[1]) > 180:
        shown = quoted(f"{lon}, {lat}")
        hint = Text("Export the map with coordinates in degrees (WGS 84).")
        raise _WrongError(Text("{shown} is no place on earth.", shown=shown), hint, line)
    return pair


# --- GeoJSON (RFC 7946), as OpenStreetMap's tools, geojson.io and QGIS write it ---

_FORMS: Final[Mapping[str, tuple[Form, int]]] = {
    "Point": ("point", 0), "MultiPoint": ("point", 1), "LineString": ("line", 1), "MultiLineString": ("line", 2),
    "Polygon": ("area", 2), "MultiPolygon": ("area", 3),
}  # fmt: skip
"""Of each geometry what it draws, and how deep its coordinates lie in lists."""


def _of_geojson(text: str) -> tuple[list[_Found], str]:
    def no_number(word: str) -> NoReturn:
        raise _WrongError(Text("{word} is not a number.", word=word), _AGAIN, _line_of(text, word))

    try:
        whole = json.loads(text, parse_constant=no_number)
    except json.JSONDecodeError as error:
        message = Text("This is not whole GeoJSON: something is missing or too much here.")
        raise _WrongError(message, _AGAIN, error.lineno, error.colno) from error
    except RecursionError as error:
        raise _WrongError(Text("Lists in this file lie too deep in one another.")) from error
    except ValueError as error:  # a number of thousands of digits
        raise _WrongError(Text("A number in this file is too long.")) from error
    if not isinstance(whole, dict) or ("elements" in whole and "features" not in whole):
        raise _not_geojson()
    features = whole.get("features", [whole])
    if not isinstance(features, list) or whole.get("type") not in ("FeatureCollection", "Feature"):
        raise _not_geojson()
    lines = [text.count("\n", 0, match.start()) + 1 for match in _FEATURE.finditer(text)]
    lines = lines if len(lines) == len(features) else []
    found = [
        one
        for at, feature in enumerate(features)
        for one in _of_feature(feature, lines[at] if lines else None)
    ]
    said = " ".join(
        str(whole.get(key, "")) for key in ("attribution", "copyright", "generator", "licence", "license")
    )
    is_osm = re.search(r"openstreetmap|overpass|\bosm", said, re.IGNORECASE) or any(
        key.startswith("@") for one in found for key in one.tags
    )
    return found, _OSM if is_osm else ""


_NO_GEOMETRY: Final = Text("A feature has no geometry that can be read.")
_FEATURE: Final = re.compile(r'"type"\s*:\s*"Feature"')


def _line_of(text: str, word: str) -> int:
    return text.count("\n", 0, text.find(word)) + 1


def _not_geojson() -> _WrongError:
    message = Text("This is not GeoJSON: a FeatureCollection is wanted.")
    return _WrongError(message, Text("In overpass-turbo.eu or geojson.io choose Export, then GeoJSON."))


def _of_feature(feature: object, line: int | None) -> Iterator[_Found]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise _WrongError(Text("Something in `features` is no feature."), _AGAIN, line)
    given = feature.get("properties")
    properties: dict[str, Any] = given if isinstance(given, dict) else {}
    inside = properties.get("tags")
    merged = properties | inside if isinstance(inside, dict) else properties
    tags = {str(key): value for key, value in merged.items() if isinstance(value, str)}
    if str(feature.get("id", "")).startswith(("node/", "way/", "relation/")):
        tags.setdefault("@id", str(feature["id"]))
    names = tuple(filter(None, (tags.get("name", ""), tags.get("folder", "") or tags.get("layer", ""))))
    waiting = [feature.get("geometry")]
    while waiting:
        geometry = waiting.pop()
        if geometry is None:
            continue
        kind = str(geometry.get("type")) if isinstance(geometry, dict) else ""
        if kind == "GeometryCollection" and isinstance(geometry.get("geometries"), list):
            waiting += geometry["geometries"]
            continue
        if kind not in _FORMS:
            raise _WrongError(_NO_GEOMETRY, _AGAIN, line)
        form, depth = _FORMS[kind]
        for points in _parts(geometry.get("coordinates"), depth, form, line):
            yield _Found(tags, names, form, points, line)


def _parts(coordinates: object, depth: int, form: Form, line: int | None) -> Iterator[list[Pair]]:
    """Yield the points of each line, point or area; of an area the outer ring alone."""
    if form == "point" and depth == 0:
        yield [_of_position(coordinates, line)]
        return
    if not isinstance(coordinates, list):
        raise _WrongError(_NO_GEOMETRY, _AGAIN, line)
    if depth == (2 if form == "area" else 1):
        positions = coordinates[0] if form == "area" and coordinates else coordinates
        if not isinstance(positions, list):
            raise _WrongError(_NO_GEOMETRY, _AGAIN, line)
        points = [_of_position(one, line) for one in positions]
        if form == "point":
            yield from ([point] for point in points)
        elif len(points) > 1:
            yield points
        return
    for inside in coordinates:
        yield from _parts(inside, depth - 1, form, line)


def _of_position(position: object, line: int | None) -> Pair:
    if not isinstance(position, list) or len(position) < 2:
        raise _WrongError(
            Text("{shown} is not a place: two numbers are wanted.", shown=quoted(str(position))), _AGAIN, line
        )
    lon, lat = position[:2]
    return _pair(
        lat if isinstance(lat, int | float) else None, lon if isinstance(lon, int | float) else None, line
    )


# --- XML: as a small tree that knows its lines, without entities or DTD, and not deeper than it may be ---


@dataclass(slots=True)
class _Node:
    name: str
    line: int
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    inside: "list[_Node]" = field(default_factory=list)

    def first(self, name: str) -> str:
        """Return the text of the first child of a name, or ""."""
        return next((one.text.strip() for one in self.inside if one.name == name), "")


def _tree(text: str, name: str) -> _Node:
    """Return the tree of an XML file whose root has this name; prefixes are left off."""
    parser = expat.ParserCreate()
    top = _Node("", 0)
    path, texts = [top], [list[str]()]

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(path) > _DEEPEST:
            raise _WrongError(
                Text("Elements in this file lie too deep in one another."), _AGAIN, parser.CurrentLineNumber
            )
        node = _Node(tag.rpartition(":")[2], parser.CurrentLineNumber, attributes)
        path[-1].inside.append(node)
        path.append(node)
        texts.append([])

    def end(_: str) -> None:
        path.pop().text = "".join(texts.pop())

    def doctype(*_: object) -> None:
        raise _WrongError(
            Text("This file has a DOCTYPE, which no map has; it is not read for safety's sake."), _AGAIN,
            parser.CurrentLineNumber,
        )  # fmt: skip

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = lambda data: texts[-1].append(data)  # noqa: PLW0108 - the last one changes
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        message = Text("This is not whole XML: something is missing or too much here.")
        raise _WrongError(message, _AGAIN, error.lineno, error.offset + 1) from error
    root = top.inside[0]
    if root.name != name:
        message = Text(
            "This is <{found}>; a file of this name begins with <{name}>.", found=root.name[:30], name=name
        )
        raise _WrongError(message, _AGAIN, root.line)
    return root


# --- KML (OGC 12-007r2), as Google My Maps and Google Earth write it ---


def _of_kml(text: str) -> tuple[list[_Found], str]:
    root = _tree(text, "kml")
    found = list(_of_folder(root, ()))
    if not found and "<NetworkLink" in text:
        raise _WrongError(
            Text("This file holds only a link to the map, not the map."),
            Text("In Google My Maps export again as KML, and do not tick the network link."),
        )
    return found, ""


def _of_folder(node: _Node, folders: tuple[str, ...]) -> Iterator[_Found]:
    for one in node.inside:
        if one.name in ("Document", "Folder"):
            # the document's name is the map's, and says nothing of what is on it
            yield from _of_folder(one, (one.first("name"), *folders) if one.name == "Folder" else folders)
        elif one.name == "Placemark":
            yield from _of_placemark(one, tuple(filter(None, (one.first("name"), *folders))))


def _of_placemark(node: _Node, names: tuple[str, ...]) -> Iterator[_Found]:
    forms: dict[str, Form] = {"Point": "point", "LineString": "line", "LinearRing": "line", "Polygon": "area"}
    waiting = list(node.inside)
    while waiting:
        one = waiting.pop(0)
        if one.name == "MultiGeometry":
            waiting += one.inside
        elif one.name in forms:
            ring = one
            while ring.name in ("Polygon", "outerBoundaryIs") and ring.inside:
                ring = next(
                    (part for part in ring.inside if part.name in ("outerBoundaryIs", "LinearRing")),
                    _Node("", 0),
                )
            triples = (position.split(",") for position in ring.first("coordinates").split())
            points = [_pair("".join(triple[1:2]), triple[0], ring.line) for triple in triples]
            if len(points) > (forms[one.name] != "point"):
                yield _Found({}, names, forms[one.name], points, one.line)


# --- GPX 1.1: tracks and routes are ways, waypoints are landmarks ---


def _of_gpx(text: str) -> tuple[list[_Found], str]:
    root = _tree(text, "gpx")
    found = []
    for one in root.inside:
        names = tuple(filter(None, (one.first("name"), one.first("type"))))
        if one.name == "wpt":
            found.append(_Found({}, names, "point", [_of_gpx_point(one)], one.line))
        for part in [one] if one.name == "rte" else one.inside if one.name == "trk" else ():
            points = [_of_gpx_point(point) for point in part.inside if point.name in ("trkpt", "rtept")]
            if len(points) > 1:
                found.append(_Found({}, names, "line", points, one.line, otherwise="lane"))
    said = " ".join(
        node.text for node in root.inside for node in (node, *node.inside) if node.name == "copyright"
    )
    is_osm = "openstreetmap" in fold(said + root.attributes.get("creator", ""))
    return found, _OSM if is_osm else ""


def _of_gpx_point(node: _Node) -> Pair:
    return _pair(node.attributes.get("lat"), node.attributes.get("lon"), node.line)
