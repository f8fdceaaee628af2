"""The place of a home: a click on the map, a short link asked of the network, what a photo says; nothing taken by itself."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import ExifTags
from playwright.sync_api import Browser
from window_kit import files_of, window_of

from browser_kit import TOO_WIDE, until, watched
from command_kit import SLUG, vuonho
from https_kit import proxied
from photo_kit import encoded, exif, picture
from vuonho.model.values import Point, distance_m

HUONG = f"households/{SLUG}/ba-huong/"
FORM = "//form[@data-draft]"
POINT = "location.point"


def test_a_click_gives_its_numbers(demo: Path) -> None:
    """What is clicked on comes back as numbers in the form, and nothing is written until it is saved."""
    before = files_of(demo)
    with window_of(demo) as window:
        page = window.send(HUONG, {POINT: "", "head": "Somebody typed this", "_place": "1"}, form=FORM)
        assert "Click where the gate is" in page.text
        clicked = window.send(page, {"map.x": "360", "map.y": "100"}, form="//form[@id='map']")
        assert "m from the centre" in clicked.text
        there = window.send(clicked, {}, form="//form[@class='buttons']")
        assert b"Somebody typed this" not in files_of(demo)[f"profiles/{SLUG}/ba-huong.yaml"]
        assert b'value="Somebody typed this"' in there.content
        assert files_of(demo) == before
        assert "Saved." in window.send(there, {}, form=FORM).text
    assert files_of(demo) != before


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("has_map", [True, False])
def test_a_click_in_a_browser(browser: Browser, demo: Path, width: int, has_map: bool) -> None:
    """Clicked a third of the way across, at any width: the very place, within a pixel or two; with ground and without."""
    if not has_map:
        (demo / f"profiles/{SLUG}/map.geojson").unlink()
    with window_of(demo) as window, watched(browser, viewport={"width": width, "height": 900}) as page:
        page.goto(f"{window.base}{HUONG}place/")
        assert page.evaluate(TOO_WIDE) <= 0
        assert Axe().run(page).response["violations"] == []
        frame = {
            key: float(page.input_value(f"#map [name={key}]")) for key in ("lat", "lon", "scale", "height")
        }
        for around in ("padding", "borderWidth"):  # else the picture is smaller than what is clicked on
            assert page.evaluate(f"getComputedStyle(document.querySelector('[data-map]')).{around}") == "0px"
        box = page.locator("[data-map]").bounding_box()
        assert box
        page.locator("[data-map]").click(position={"x": box["width"] / 3, "y": box["height"] / 4})
        page.get_by_role("button", name="Take this place").click()
        lat, lon = (float(one) for one in page.input_value(f"[id='{POINT}']").split(","))
        metre = 1 / 111_195 / frame["scale"]
        meant = Point(frame["lat"] + frame["height"] / 4 * metre, frame["lon"] - 120 * metre / 0.9504)
        assert distance_m(meant, Point(lat, lon)) < 15  # a pixel of the smallest one is 9 m
        until(page, lambda: page.evaluate("document.activeElement.id") == POINT)


def test_a_village_without_a_centre_says_so(demo: Path) -> None:
    """No map where nobody knows where it would be; and no frame that makes no sense is drawn."""
    with window_of(demo) as window:
        for wrong in ("lat=1e999&lon=1&scale=1&height=400", "lat=1&lon=1&scale=0&height=9", ""):
            assert window.get(f"households/-/ground/{SLUG}.svg?{wrong}").status == 400
        assert window.get("households/-/ground/nowhere.svg").status == 404
        (demo / f"profiles/{SLUG}/village.yaml").write_text("name: X\n", encoding="utf-8")
        assert "Where the village lies is not known yet" in window.get(f"{HUONG}place/").text


def test_the_place_of_a_photo_is_offered_alone(demo: Path) -> None:
    """It stands beside the photo with its condition; without the button nothing of it is kept."""
    block = exif()
    block.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (18.0, 7.0, 30.0), 3: "E", 4: (105.0, 45.0, 36.0)})
    photo = ("chup.jpg", encoded(picture(800, 600), "JPEG", exif=block))
    with window_of(demo) as window:
        card = window.post(f"{HUONG}draft/photo", {}, {"photos": [photo]})
        assert "18.125, 105.76" in card.text
        assert "if the family agrees" in card.text
        page = window.get(HUONG)
        assert b'value="18.125, 105.76"' in page.content
        saved = window.send(page, {"new.1.people": "false"}, form=FORM)
        assert "Saved." in saved.text
    assert b"18.125, 105.76" not in files_of(demo)[f"profiles/{SLUG}/ba-huong.yaml"]
    with window_of(demo) as window:
        window.post(f"{HUONG}draft/photo", {}, {"photos": [("2.jpg", photo[1][:3000]), ("3.jpg", b"x")]})
        window.post(f"{HUONG}draft/photo", {}, {"photos": [photo]})
        offered = window.send(HUONG, {"_point": "18.125, 105.76"}, form=FORM)
        assert "Save it when the family agrees" in offered.text


class _Links(http.server.BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        """Lead where the path says."""
        type(self).asked.append(self.path)
        goals = {
            "/good": "https://www.google.com/maps/place/X/@1,2,17z/data=!3d18.1261!4d105.7612",
            "/name": "https://www.google.com/maps?q=Nha+ba+Huong&ftid=0x1",
            "/inside": f"http://127.0.0.1:{self.connection.getsockname()[1]}/secret",
            "/odd": "javascript:alert(1)" + "x" * 5_000,
        }
        self.send_response(302 if self.path in goals else 200)
        if self.path in goals:
            self.send_header("Location", goals[self.path])
        self.send_header("Content-Length", "900000000")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def links(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Let the host of short links be one of this machine; give what it is asked."""
    _Links.asked = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Links) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with proxied(
            folder, {"maps.app.goo.gl": f"http://127.0.0.1:{server.server_address[1]}"}, monkeypatch
        ):
            yield _Links.asked
        server.shutdown()


def test_a_short_link_is_asked_when_told_to(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One request; a link that tells no numbers, leads inside, or never ends its answer is refused in words."""
    with links(tmp_path, monkeypatch) as asked, window_of(demo) as window:
        reply = window.send(HUONG, {POINT: "https://maps.app.goo.gl/good"}, form=FORM)
        assert reply.status == 409
        assert "short link" in reply.text
        assert asked == []
        reply = window.send(reply, {"_web": "1"}, form=FORM)
        assert b'value="18.1261, 105.7612"' in reply.content
        assert asked == ["/good"]
        for path in ("/name", "/inside", "/odd", "/never"):
            reply = window.send(HUONG, {POINT: f"http://maps.app.goo.gl{path}", "_web": "1"}, form=FORM)
            assert reply.status == 409, path
        assert asked == ["/good", "/name", "/inside", "/odd", "/never"]


@pytest.mark.parametrize(
    "hostile",
    [
        "https://maps.app.goo.gl.evil.example/x", "https://maps.app.goo.gl@127.0.0.1/x", "http://127.0.0.1/maps.app.goo.gl/x",
        "https://maps.app.goo.gl:8443/x", "file:///maps.app.goo.gl/x", "https://goo.gl/abc", "//[maps.app.goo.gl/",
        "https://maps.app.goo.gl/x\u202e", "https://maps.app.goo.gl\\@127.0.0.1/", "",
    ],
)  # fmt: skip
def test_a_hostile_link_is_never_asked(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hostile: str
) -> None:
    """Only the hosts that give short links are asked, by their names alone."""
    with links(tmp_path, monkeypatch) as asked, window_of(demo) as window:
        reply = window.send(HUONG, {POINT: hostile, "_web": "1"}, form=FORM)
        assert reply.status == 409
        assert "short map link" in reply.text
        assert asked == []


def test_a_click_has_the_bytes_of_typed_numbers(demo: Path, tmp_path: Path) -> None:
    """A place from the map is written as the same numbers typed by hand."""
    other = tmp_path / "other"
    assert vuonho("init", other, "--demo").code == 0
    with window_of(demo) as window:
        clicked = window.get(f"{HUONG}place/?at=18.12611,105.76121")
        there = window.send(clicked, {}, form="//form[@class='buttons']")
        assert "Saved." in window.send(there, {}, form=FORM).text
    with window_of(other) as window:
        assert "Saved." in window.send(HUONG, {POINT: "18.12611, 105.76121"}, form=FORM).text
    names = [f"profiles/{SLUG}/ba-huong.yaml", "profiles/codes.csv"]
    assert [files_of(demo)[one] for one in names] == [files_of(other)[one] for one in names]
