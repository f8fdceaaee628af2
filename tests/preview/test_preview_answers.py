"""What is answered, compared with the judge that behaves as GitHub Pages does, and with what must never be answered."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from pages_server import PREFIX, served
from preview_kit import Reply, ask, previewed, send
from vuonho.serve.preview import Shown, answer, show_site
from vuonho.serve.server import is_meant

BASE = f"https://vuon.example{PREFIX}/"


@pytest.fixture(scope="module")
def shown(built_demo: Path) -> Shown:
    """Return the demo's site as it is shown below a path, nothing added to its pages."""
    return show_site(built_demo, "site", BASE, "")


@pytest.fixture(scope="module")
def ports(built_demo: Path, shown: Shown) -> Iterator[tuple[int, int]]:
    """Return the ports of the preview and of the judge."""
    with previewed(shown) as server, served(built_demo / "site") as judge:
        yield server.port, int(urlsplit(judge.origin).port or 0)


def told(reply: Reply) -> dict[str, object]:
    """Return what a browser makes of an answer; the text of a 404 that is no page of the site does not count."""
    location = urlsplit(reply.headers.get("location", ""))._replace(scheme="", netloc="").geturl()
    found: dict[str, object] = {"status": reply.status, "location": unquote(location)}
    if reply.status in (200, 404):
        kind, length = (reply.headers.get(name) for name in ("content-type", "content-length"))
        found |= {"content": reply.content, "kind": kind, "length": length}
    return found


USUAL = (
    "/", "/index.html", "/index", "/en", "/en/", "/en/index.html", "/482135", "/482135/", "/482135/index.html",
    "/482135/index", "/482135.html", "/482135/x", "/482135//", "//482135/", "/404", "/404.html", "/404/", "/nirgends",
    "/a/b/c/d/", "/a/b/c.png", "/qr", "/qr/", "/qr/482135.png", "/QR/482135.png", "/qr/482135.PNG", "/qr/482135.svg",
    "/data/households.json", "/data/households.geojson", "/data/households.csv", "/robots", "/robots.txt", "/sw.js",
    "/manifest.webmanifest", "/.nojekyll", "/form", "/form/", "/482135?x=1&y=%20", "/482135/?x", "/%34%38%32135/",
    "/482135%2Findex.html", "/482135%2F", "/thon-vuon-mau/print/", "/Thon-Vuon-Mau/", "/index.html/", "/.", "/./", "/en/.",
)  # fmt: skip
HOSTILE = (
    "/..", "/../", "/../profiles/codes.csv", "/%2e%2e/profiles/codes.csv", "/%2e%2e%2fprofiles%2fcodes.csv",
    "/..%5cprofiles%5ccodes.csv", "/..\\profiles\\codes.csv", "/%252e%252e/profiles/codes.csv", "/en/../index.html",
    "/en/%2e%2e/index.html", "/....//profiles/codes.csv", "/%c0%ae%c0%ae/profiles/codes.csv", "/index.html%00",
    "/index.html%00.png", "/%00", "/%", "/%zz", "/con", "/CON", "/nul.html", "/aux/", "/com1.png", "/index.html::$DATA",
    "/index.html:x", "/C:/Windows/win.ini", "/C%3A%5CWindows%5Cwin.ini", "/%5c%5cserver%5cshare", "/index.html.", "/index.html%20",
    "/en./", "/index~1.htm", "/.git/config", "/.vuonho/lock", "/~vuonho/wait", "/482135/%EF%BC%8E%EF%BC%8E/", "/" + "a" * 1800,
    "/" + "../" * 300, "/%F0%9F%8C%B3", "/v\u01b0\u1eddn/", "/index.html;x", "/&#46;&#46;/",
)  # fmt: skip


@each("place", [*USUAL, *HOSTILE])
def test_a_place_answers_as_on_github_pages(ports: tuple[int, int], place: str) -> None:
    """File by file, letter by letter, whatever a client writes; HEAD as GET, without the content."""
    ours, theirs = (ask(port, PREFIX + place) for port in ports)
    assert told(theirs) == told(ours)
    head = ask(ports[0], PREFIX + place, "HEAD")
    assert (head.status, head.content, head.headers.get("content-length")) == (
        ours.status,
        b"",
        ours.headers.get("content-length"),
    )


PARTS = st.sampled_from(
    ("482135", "en", "qr", "data", "form", "index.html", "index", "482135.png", "404.html", "sw.js", "", ".", "..",
     "%2e%2e", "%2E.", "%2f", "%5c", "%00", "%25", "EN", "Index.html", "profiles", "codes.csv", "~", " ".strip(), "%20",
     ".html", ".nojekyll", "thon-vuon-mau", "print", "con", "a:b", "%e1%bb%9d")
)  # fmt: skip
PLACES = st.lists(st.tuples(PARTS, st.sampled_from(("/", "/", "/", "", "%2F", "\\", "?", "//"))), max_size=6)


@given(pieces=PLACES)
def test_any_place_answers_as_on_github_pages(
    shown: Shown, ports: tuple[int, int], pieces: list[tuple[str, str]]
) -> None:
    """Names, points, slashes and their disguises in any order."""
    target = f"{PREFIX}/{''.join(part + end for part, end in pieces)}"
    ours = answer(shown, target, is_from_here=True)
    headers = {"location": ours.location, "content-type": ours.kind, "content-length": str(len(ours.content))}
    assert told(ask(ports[1], target)) == told(Reply(int(ours.status), headers, ours.content))


def test_the_site_is_below_its_path(ports: tuple[int, int]) -> None:
    """The start of the origin leads there, and so does the path without its slash; nothing else is answered."""
    port = ports[0]
    moved = [ask(port, "/"), ask(port, PREFIX)]
    assert [(302, f"{PREFIX}/"), (301, f"{PREFIX}/")] == [
        (one.status, one.headers["location"]) for one in moved
    ]
    for path in ("/482135/", "/repository/", "/profiles/codes.csv", "//x.example/"):
        outside = ask(port, path)
        assert (outside.status, outside.text) == (404, f"Trang ở đây: {PREFIX}/\nThe site is at {PREFIX}/\n")
    assert "địa chỉ mà vuonho serve đã ghi" in ask(port, f"{PREFIX}/", Host="laptop.local").text


def test_at_the_top_of_a_domain_nothing_leads_away(built_demo: Path) -> None:
    """A path that looks like another host stays a path."""
    shown = show_site(built_demo, "site", "https://vuon.example/", "")
    for target in (
        "//evil.example",
        "/%2Fevil.example",
        "//482135",
        "/\\evil.example",
        "/%5Cevil.example/..",
    ):
        reply = answer(shown, target, is_from_here=True)
        assert reply.status == 404, target
    assert answer(shown, "/482135", is_from_here=True).location == "/482135/"
    folded = answer(shown, "/482135?a\x0bb\xa0", is_from_here=True).location
    assert folded == "/482135/?a%0Bb%C2%A0"


# --- Nothing but the site --------------------------------------------------------------------------------


def linked(path: Path, target: Path) -> None:
    """Put a link in the place of a file or folder, or skip the test where the system makes none."""
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    try:
        path.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("this system makes no links")


def test_neither_links_nor_strangers_are_served(demo: Path) -> None:
    """A file that became a link, one below a folder that did, one that nobody built, one that is gone: 404."""
    site, secret = demo / "site", demo / "profiles/codes.csv"
    (site / "stranger.txt").write_text("x", encoding="utf-8")
    (site / ".hidden").mkdir()
    (site / ".hidden/index.html").write_text("x", encoding="utf-8")
    (site / "robots.txt").unlink()
    linked(site / "qr/482135.png", secret)
    linked(site / "form", demo / "profiles")
    (demo / "profiles/index.html").write_text("x", encoding="utf-8")
    shown = show_site(demo, "site", "https://vuon.example/", "")
    lost = (site / "404.html").read_bytes()
    for place in ("stranger.txt", ".hidden/", "robots.txt", "qr/482135.png", "form/", "form/index.html"):
        reply = answer(shown, f"/{place}", is_from_here=True)
        assert (404, lost) == (reply.status, reply.content), place
    assert answer(shown, "/qr/482135.svg", is_from_here=True).status == 200
    linked(site, demo / "profiles")
    assert answer(shown, "/", is_from_here=True).content.decode().startswith("Thư mục site vừa bị xóa.")


@each(
    ("host", "is_ours"),
    [("localhost", True), ("LOCALHOST:8000", True), ("127.0.0.1:8000", True), ("[::1]:8000", True),
     ("192.168.1.5:8000", True), ("192.168.1.6", False), ("evil.example", False), ("evil.example:8000", False),
     ("localhost.evil.example", False), ("", False), ("localhost:8000@evil.example", False), ("local host", False),
     ("127.0.0.1.evil.example", False), ("\0", False), ("localhost:999999", False), ("[::1", False)],
)  # fmt: skip
def test_only_names_of_this_computer_are_meant(host: str, is_ours: bool) -> None:
    """A name that somebody else lets point here gets nothing (DNS rebinding)."""
    assert is_meant(host, "192.168.1.5") is is_ours


MANY = "x: y\r\n" * 150


def test_what_is_no_request_for_a_page_is_refused(ports: tuple[int, int]) -> None:
    """Each with its status, nothing repeated of what was sent, and the connection closed."""
    port, host = ports[0], "Host: localhost\r\n\r\n"
    asked = {
        f"GET {PREFIX}/ HTTP/1.1\r\n\r\n": 421,
        f"GET {PREFIX}/ HTTP/1.1\r\nHost: localhost\r\n{host}": 421,
        f"GET {PREFIX}/ HTTP/1.1\r\nHost: evil.example\r\n\r\n": 421,
        f"GET http://localhost{PREFIX}/ HTTP/1.1\r\n{host}": 404,
        f"GET {PREFIX}/<script> x HTTP/1.1\r\n{host}": 400,
        f"GET {PREFIX}/ HTTP/3.0\r\n{host}": 505,
        f"GET /{'a' * 70_000} HTTP/1.1\r\n{host}": 414,
        f"GET {PREFIX}/ HTTP/1.1\r\n{MANY}{host}": 431,
        **{
            f"{method} {PREFIX}/ HTTP/1.1\r\n{host}": 405
            for method in ("POST", "PUT", "DELETE", "OPTIONS", "X")
        },
    }
    for request, status in asked.items():
        reply = send(port, request.encode())
        assert (status, b"script" in reply.content) == (reply.status, False), request[:60]


def test_a_request_with_a_body_is_the_last_of_its_connection(ports: tuple[int, int]) -> None:
    """What follows it is not taken for another request."""
    inner = f"GET {PREFIX}/robots.txt HTTP/1.1\r\nHost: localhost\r\n\r\n"
    outer = f"GET {PREFIX}/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(inner)}\r\n\r\n{inner}"
    reply = send(ports[0], outer.encode())
    assert reply.status == 200
    assert b" 200 OK" not in reply.content


def test_nobody_elsewhere_may_read_along(ports: tuple[int, int]) -> None:
    """No header lets another website read what is not published, and none tells about the machine."""
    reply = ask(ports[0], f"{PREFIX}/", Origin="https://evil.example")
    assert [name for name in reply.headers if name.startswith("access-control")] == []
    assert reply.headers["cross-origin-resource-policy"] == "same-origin"
    assert re.search(r"\d", reply.headers["server"]) is None
