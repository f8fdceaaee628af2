"""The map file of a village: what is taken of it, what never is, and what is said of one that will not do."""

from pathlib import Path

import pytest

from case_kit import each
from ground_kit import CENTRE, extract, feature, folder, geojson, kml, placemark
from vuonho.errors import Problem, Severity
from vuonho.model.ground import Ground, is_a_home
from vuonho.model.values import Point
from vuonho.project.ground import read_ground

FOLDER = "profiles/thon-x"
LINE = ((0.0, 0.0), (90.0, 40.0), (200.0, 10.0))
GPX = '<gpx version="1.1" creator="{creator}">{inside}</gpx>'


def read(
    root: Path, text: str | bytes, name: str = "map.geojson"
) -> tuple[Ground | None, tuple[Problem, ...]]:
    """Read a village whose map is this."""
    path = root / FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_ground(root, FOLDER, Point(*CENTRE))


def told(ground: Ground | None) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the kinds of ways, and (kind, name) of landmarks."""
    assert ground is not None
    return sorted(way.kind for way in ground.ways), [(one.kind, one.name) for one in ground.landmarks]


def test_the_usual_tags_of_openstreetmap(tmp_path: Path) -> None:
    """Each kind by its tag; what has another is not drawn, whatever it is called. The source is named."""
    text = geojson(
        feature({"waterway": "river", "name": "Rào Mẫu"}, *LINE),
        feature({"natural": "water"}, *LINE, area=True),
        feature({"highway": "tertiary", "bridge": "yes"}, *LINE),
        feature({"highway": "residential", "name": "Ngõ nhà ông Ba"}, *LINE),
        feature({"power": "line", "name": "Đường dây 220"}, *LINE),
        feature({"building": "yes", "name": "Trường cũ"}, *LINE, area=True),
        feature({"amenity": "community_centre", "name": "Nhà văn hóa thôn"}, *LINE, area=True),
        feature({"amenity": "place_of_worship", "religion": "christian"}, (5, 5)),
        feature({"tourism": "guest_house", "name": "Nhà nghỉ Lan"}, (9, 5)),
        feature({"natural": "tree"}, (9, 9)),
        copyright="The data included in this document is from www.openstreetmap.org.",
    )
    ground, problems = read(tmp_path, text)
    assert problems == ()
    assert told(ground) == (
        ["bridge", "lane", "river", "road", "water"],
        [("culture", "Nhà văn hóa thôn"), ("church", "")],
    )
    assert ground is not None
    assert {way.name for way in ground.ways} == {"Rào Mẫu", ""}
    assert ground.credit == "© OpenStreetMap contributors"


def test_what_is_drawn_by_hand_is_known_by_its_name_or_layer(tmp_path: Path) -> None:
    """As Google My Maps exports it; of what nobody could know a warning tells the line."""
    text = kml(
        folder("Sông suối", placemark("Ngàn Mơ", *LINE)),
        folder(
            "Đường", placemark("Ngõ 3", *LINE), placemark("Trục chính", *LINE), placemark("Cầu Mơ", *LINE)
        ),
        placemark("Hồ Mơ", *LINE, area=True),
        placemark("Nhà văn hóa thôn", (20, 20)),
        placemark("Nét 7", *LINE),
    )
    ground, (warning,) = read(tmp_path, text, "map.kml")
    assert told(ground) == (["bridge", "lane", "river", "road", "water"], [("culture", "Nhà văn hóa thôn")])
    assert (warning.severity, warning.line) == (Severity.WARNING, 9)
    assert ground is not None
    assert ground.credit == ""


def test_tracks_are_ways_and_waypoints_are_landmarks(tmp_path: Path) -> None:
    """A phone's recording: without a name it is a lane."""
    track = "<trk><name>{}</name><trkseg><trkpt lat='18.125' lon='105.76'/><trkpt lat='18.126' lon='105.761'/></trkseg></trk>"
    inside = (
        track.format("12-11")
        + track.format("Đường lớn")
        + "<wpt lat='18.125' lon='105.76'><name>Chợ Mơ</name></wpt>"
    )
    ground, problems = read(tmp_path, GPX.format(creator="phone", inside=inside), "map.gpx")
    assert (told(ground), problems) == ((["lane", "road"], [("market", "Chợ Mơ")]), ())


HOMES = (
    "Nhà ông Trường", "Bà Hường", "Vườn bà Hường", "Nguyễn Thị Hường", "Trường", "Đình", "Cầu", "Nhà Liễu", "Hộ 12", "Chị Chợ",
    "Chợ Thị Lan", "Trại hươu nhà Lý", "Homestay Hường", "Ao ông Cảnh", "Anh Núi",
)  # fmt: skip


@each("name", HOMES)
def test_a_home_is_never_a_landmark(tmp_path: Path, name: str) -> None:
    """Marked by hand or tagged, alone or in a layer of its own: no name and no place of it is taken."""
    marks = (
        placemark(name, (9, 9)),
        folder("Các hộ", placemark(name, (9, 9))),
        folder("Lớp 1", placemark(name, (9, 9))),
    )
    assert read(tmp_path / "kml", kml(*marks), "map.kml")[0] is None
    assert read(tmp_path / "area", kml(placemark(name, *LINE, area=True)), "map.kml")[0] is None
    if is_a_home(name):
        for tags in ({"tourism": "attraction"}, {"amenity": "school"}, {"natural": "tree"}):
            assert read(tmp_path / "tags", geojson(feature(tags | {"name": name}, (9, 9))))[0] is None


def test_nothing_but_kinds_and_names_is_taken(tmp_path: Path) -> None:
    """No description, no number of a phone, no name of a lane, no sign that nobody sees."""
    text = geojson(
        feature({"amenity": "school", "name": "Trường 0570 123 456", "phone": "0570 123 456"}, (1, 1)),
        feature({"amenity": "marketplace", "name": "Chợ\u202e Mơ", "operator": "Trần Thị Mơ"}, (90, 1)),
        feature({"highway": "path", "name": "Ngõ bà Lan"}, *LINE),
    )
    ground, _ = read(tmp_path, text)
    assert told(ground) == (["lane"], [("school", ""), ("market", "")])
    assert not [word for word in ("0570", "bà Lan", "Mơ") if word in repr(ground)]


def lines(count: int, point: str) -> str:
    """Return a file whose last of so many lines holds a feature with this position."""
    rows = [f'{{"type":"Feature","properties":{{}},"geometry":{{"type":"Point","coordinates":{one}}}}}'
            for one in [*["[105.76,18.12]"] * (count - 1), point]]  # fmt: skip
    return '{"type":"FeatureCollection","features":[' + ",\n".join(rows) + "]}"


BOMB = '<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><kml>&b;</kml>'


@each(
    ("name", "text", "said", "line"),
    [
        ("map.geojson", "", "not whole GeoJSON", 1),
        ("map.geojson", '{"type": "FeatureCollection",\n"features": [', "not whole GeoJSON", 2),
        ("map.geojson", "[" * 200_000, "too deep", None),
        ("map.geojson", "[]", "not GeoJSON", None),
        ("map.geojson", '{"elements": []}', "not GeoJSON", None),
        ("map.geojson", lines(4, "[NaN, 18.1]"), "NaN is not a number", 4),
        ("map.geojson", lines(3, "[1e999, 18.1]"), "is not a place", 3),
        ("map.geojson", lines(3, "[1e30, 18.1]"), "no place on earth", 3),
        ("map.geojson", lines(2, "[105.76]"), "is not a place", 2),
        ("map.geojson", lines(2, '["a", true]'), "is not a place", 2),
        ("map.geojson", lines(1, "[18.125, 105.76]"), "swapped", 1),
        ("map.geojson", lines(1, "[106.70, 10.78]"), "823 km", 1),
        ("map.geojson", lines(1, "[" + "9" * 5000 + ", 1]"), "too long", None),
        ("map.geojson", b"PK\x03\x04" + b"x" * 50, "a zip file", None),
        ("map.geojson", b"\xff\xfe\x00", "UTF-16", None),
        ("map.geojson", b" " * 50_000_000, "10.0 MB is the most", None),
        ("map.geojson", geojson(feature({}, *[(at / 10, 0) for at in range(200_001)])), "200_000 points", None),
        ("map.kml", BOMB, "DOCTYPE", 1),
        ("map.kml", "<kml><Document>", "not whole XML", 1),
        ("map.kml", "<gpx/>", "<gpx>", 1),
        ("map.kml", "<kml>" + "<Folder>" * 5000, "too deep", 1),
        ("map.kml", "<kml><Document>\n<NetworkLink/></Document></kml>", "only a link", None),
        ("map.kml", kml("<Placemark><name>Chợ</name><Point><coordinates>a,b</coordinates></Point></Placemark>"), "not a place", 3),
        ("map.gpx", GPX.format(creator="x", inside="\n<wpt lat='18'/>"), "is not a place", 2),
    ],
    ids=lambda value: str(value)[:24],
)  # fmt: skip
def test_a_map_that_will_not_do(
    tmp_path: Path, name: str, text: str | bytes, said: str, line: int | None
) -> None:
    """One error with the file, its line where it can be told, and a cure; never a traceback, and nothing is drawn."""
    ground, (problem,) = read(tmp_path, text, name)
    assert ground is None
    assert said in problem.message.en
    assert (problem.file, problem.line, problem.severity) == (f"{FOLDER}/{name}", line, Severity.ERROR)
    assert problem.hint.en
    assert len(problem.message.en) < 200


def test_one_map_a_village(tmp_path: Path) -> None:
    """Two are an error; one under another name is a warning."""
    read(tmp_path, geojson(), "map.geojson")
    assert "two maps" in read(tmp_path, kml(), "map.kml")[1][0].message.en
    (warning,) = read(tmp_path / "b", "{}", "ban-do.geojson")[1]
    assert (warning.severity, "is not read" in warning.message.en) == (Severity.WARNING, True)


@pytest.mark.parametrize("ways", [2000])
def test_a_whole_commune_is_read(tmp_path: Path, ways: int) -> None:
    """An extract of OpenStreetMap as it comes: buildings are left out."""
    ground, problems = read(tmp_path, extract(ways))
    assert ground is not None
    assert problems == ()
    assert ways * 0.9 < len(ground.ways) < ways
