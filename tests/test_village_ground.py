"""The map of a village with its ground: what it weighs, who stands on it by which number, and when it is drawn anew."""

import gzip
import re
import shutil
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from lxml import html

from command_kit import SLUG, build, vuonho
from ground_kit import extract, feature, folder, geojson, kml, placemark

PAGE = 14 * 1024
DRAWN = 8 * 1024
"""What a ground may weigh as it goes over the wire: a third of a photo."""
OSM = "© OpenStreetMap contributors"


@pytest.fixture
def village(unbuilt: Path) -> Path:
    """Return the folder of the demo's village, its map taken away."""
    folder = unbuilt / "profiles" / SLUG
    for place in (folder / "places").iterdir():  # a place that shows where it is would be ground
        told = place.read_text(encoding="utf-8")
        place.write_text(re.sub("(?m)^point:.*\n", "", told), encoding="utf-8")
    (folder / "map.geojson").unlink()
    return folder


def text_of_pdf(pdf: Path) -> str:
    """Return all that is written in a PDF."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return " ".join(page.get_textpage().get_text_range() for page in document)


def grounds(root: Path) -> list[Path]:
    """Return the drawn grounds of the built site."""
    return sorted((root / "site" / SLUG).rglob("map-*.svg"))


def test_a_whole_commune_keeps_to_the_budget(village: Path) -> None:
    """2,000 ways of OpenStreetMap, however they wind; the page names whose they are."""
    root = village.parents[1]
    (village / "map.geojson").write_text(extract(2000), encoding="utf-8")
    assert build(root).code == 0
    assert len(grounds(root)) >= 2
    for path in grounds(root):
        assert len(gzip.compress(path.read_bytes(), 9)) < DRAWN
        assert set(re.findall(r"<(\w+)", path.read_text(encoding="utf-8"))) <= {
            "svg",
            "style",
            "path",
            "text",
            "g",
            "circle",
        }
    for page in (f"{SLUG}/", "482135/", f"{SLUG}/print/"):
        shown = (root / "site" / page / "index.html").read_text(encoding="utf-8")
        assert OSM in shown
    for one in (root / "site").glob("[0-9]*/index.html"):
        assert len(gzip.compress(one.read_bytes(), 9)) <= PAGE


def test_without_ground_no_empty_box(village: Path) -> None:
    """A home's page has its line and its buttons; the board gives the room to the list."""
    root = village.parents[1]
    assert build(root).code == 0
    page = html.parse(root / "site/482135/index.html")
    assert page.xpath("//*[@class='plan'] | //*[@class='legend']") == []
    assert "google.com/maps/dir" in " ".join(page.xpath("//section//a/@href"))
    assert grounds(root) == []
    assert vuonho("-C", root, "plaques", "--size", "a3", "--all", "--draft", "-o", "b.pdf").code == 0
    assert "Bản đồ" not in text_of_pdf(root / "b.pdf")
    assert vuonho("-C", root, "plaques", "--size", "a3", "--all", "--draft", "--here", "chợ").code == 1


def test_one_order_and_one_number(built_demo: Path) -> None:
    """List, map, walk and paper: along the walk, then by hamlet; the home called 3 here is 3 everywhere."""
    page = html.parse(built_demo / "site" / SLUG / "index.html")
    listed = page.xpath("//*[@id='homes']/li/a/@href")
    stops = page.xpath("//ol[@class='stops']/li/a/@href")
    assert stops == listed[: len(stops)]
    links = page.xpath("//*[@class='plan']//*[local-name()='a'][*[@class='step']]")
    assert {int(one.xpath("string(*[@class='n'])")): one.get("href") for one in links} == dict(
        enumerate(stops, 1)
    )
    paper = html.parse(built_demo / "site" / SLUG / "print/index.html")
    assert [one.rsplit("/", 2)[1] for one in paper.xpath("//tbody//th/a/@href")] == [
        one.rsplit("/", 2)[1] for one in listed
    ]


def test_a_finger_finds_each_number(built_demo: Path) -> None:
    """44 px at least on the narrowest phone, and no mark is cut off at the frame."""
    page = html.parse(built_demo / "site" / SLUG / "index.html")
    (drawn,) = page.xpath("//*[@class='plan']/*[local-name()='svg']")
    width, height = map(int, drawn.get("viewbox", drawn.get("viewBox", "")).split()[2:])
    for hit in drawn.xpath(".//*[@class='hit']"):
        assert 2 * float(hit.get("r")) * 292 / width >= 44
        assert 10 < float(hit.get("cx")) < width - 10
        assert 10 < float(hit.get("cy")) < height - 10


def test_the_star_stands_where_it_is_asked_for(unbuilt: Path) -> None:
    """A landmark by a part of its name without accents, or a point; else an error that names the landmarks."""
    board = ("-C", unbuilt, "plaques", "--size", "a3", "--all", "--draft", "-o", "b.pdf")
    assert vuonho(*board).code == 0
    assert "Bạn đang ở đây" not in text_of_pdf(unbuilt / "b.pdf")
    for here in ("nha van hoa", "18.1262, 105.7604"):
        assert vuonho(*board, "--here", here).code == 0
        assert "Bạn đang ở đây" in text_of_pdf(unbuilt / "b.pdf")
    for here, said in (("đình", "Chợ Mẫu"), ("10.77, 106.7", "km")):
        outcome = vuonho(*board, "--here", here)
        assert (outcome.code, said in outcome.said) == (1, True)
    assert vuonho("-C", unbuilt, "plaques", "--all", "--draft", "--here", "chợ").code == 2


def test_the_ground_is_drawn_anew_when_it_changes(village: Path) -> None:
    """The pages that show it change with it; a build after that changes nothing; a check names what is wrong."""
    root = village.parents[1]
    line = [(-400.0, 0.0), (500.0, 100.0)]
    (village / "map.geojson").write_text(geojson(feature({"highway": "tertiary"}, *line)), encoding="utf-8")
    build(root)
    before = {path.read_bytes() for path in grounds(root)}, (root / "site/482135/index.html").read_bytes()
    (village / "map.geojson").write_text(geojson(feature({"waterway": "river"}, *line)), encoding="utf-8")
    build(root)
    after = {path.read_bytes() for path in grounds(root)}, (root / "site/482135/index.html").read_bytes()
    assert before[0] & after[0] == set()
    assert before[1] != after[1]
    whole = shutil.copytree(root / "site", root / "kept")
    shutil.rmtree(root / ".vuonho/out")
    shutil.rmtree(root / "site")
    build(root)
    assert {p.relative_to(whole): p.read_bytes() for p in whole.rglob("*.html")} == {
        p.relative_to(root / "site"): p.read_bytes() for p in (root / "site").rglob("*.html")
    }
    (village / "map.geojson").write_text('{"type"', encoding="utf-8")
    outcome = vuonho("-C", root, "check")
    assert outcome.code == 1
    assert "map.geojson" in outcome.said


def test_nobody_is_shown_by_a_map_that_marks_homes(village: Path) -> None:
    """A team that marked every home by the name of its head: neither place nor name reaches the site."""
    root = village.parents[1]
    marks = [placemark("Đặng Thị Mai", (-260.0, 30.0)), placemark("Nhà bà Mai", (-261.0, 31.0))]
    text = kml(
        folder("Đường", placemark("Đường lớn", (-400.0, 0.0), (500.0, 100.0))),
        folder("Hộ dân", *marks),
        *marks,
    )
    (village / "map.kml").write_text(text, encoding="utf-8")
    assert build(root).code == 0
    drawn = "".join(path.read_text(encoding="utf-8") for path in grounds(root))
    assert drawn
    assert re.findall("<(?:text|circle|g)", drawn) == []
    everything = b"".join(
        path.read_bytes() for path in (root / "site").rglob("*") if path.suffix in (".html", ".svg", ".json")
    )
    assert "Đặng Thị Mai".encode() not in everything
    assert b"0570 123 456" not in everything.replace("\u00a0".encode(), b" ")
