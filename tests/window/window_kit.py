"""The team's window as a browser meets it: a real server; pages asked for, forms filled in and sent without a script."""

import http.client
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from lxml import html as parser
from playwright.sync_api import Page

from vuonho.serve.server import LOOPBACK, open_server
from vuonho.window.app import create_app
from vuonho.window.team import Team

TODAY = date(2026, 11, 27)
NOON = datetime(2026, 11, 27, 12, tzinfo=timezone(timedelta(hours=7)))
Fields = Mapping[str, str | Sequence[str]]
File = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: status, headers in lower case, content, and the path that it came from."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    path: str

    @property
    def text(self) -> str:
        """The page as text without its marks, blanks in rows made one."""
        page = parser.fromstring(self.content)
        for node in page.xpath("//svg | //datalist | //template | //option"):
            node.drop_tree()
        return " ".join(page.text_content().split())

    def links(self) -> list[str]:
        """Return where its links lead."""
        return [str(one) for one in parser.fromstring(self.content).xpath("//a/@href")]


class Window:
    """A window at work; `team` is what it works for."""

    def __init__(self, team: Team, port: int) -> None:
        self.team, self.port = team, port
        self.base = f"http://{LOOPBACK}:{port}/{team.secret}/"

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Reply:
        """Ask for a path below the secret, or an absolute one; `_` in a header's name is "-"."""
        target = path if path.startswith("/") else f"/{self.team.secret}/{path}"
        given = {name.replace("_", "-"): value for name, value in headers.items() if value}
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=120)
        connection.request(method, target, body, given)
        reply = connection.getresponse()
        found = {name.lower(): value for name, value in reply.getheaders()}
        return Reply(reply.status, found, reply.read(), target)

    def get(self, path: str = "") -> Reply:
        """Return a page, ways to other pages followed."""
        reply = self.ask(path)
        return self.get(reply.headers["location"]) if "location" in reply.headers else reply

    def post(
        self, path: str, fields: Fields | None = None, files: Mapping[str, Sequence[File]] | None = None
    ) -> Reply:
        """Send fields and files as a page of the window does, and return the page that comes of it."""
        body, kind = encoded(fields or {}, files or {})
        origin = f"http://{LOOPBACK}:{self.port}"
        reply = self.ask(path, "POST", body, Origin=origin, Content_Type=kind)
        return self.get(reply.headers["location"]) if "location" in reply.headers else reply

    def send(
        self,
        page: str | Reply,
        changes: Fields | None = None,
        files: Mapping[str, Sequence[File]] | None = None,
        form: str = "//main//form[@method='post']",
    ) -> Reply:
        """Send the last form of a page as it stands there, but for what is changed; fields changed to () are left out."""
        page = self.get(page) if isinstance(page, str) else page
        found = parser.fromstring(page.content).xpath(form)[-1]
        fields: dict[str, str | Sequence[str]] = {**filled(found), **(changes or {})}
        return self.post(str(found.get("action") or page.path), fields, files)

    def wait(self, reply: Reply) -> Reply:
        """Return the page of a job once that is over; a job that was quick has gone on to its own page already."""
        match = re.search(r"/jobs/([^/]+)/", reply.path)
        if match is None:
            return reply
        for _ in range(6000):
            job = self.team.job(match[1])
            assert job is not None
            if job.is_over:
                return self.get(reply.path)
            threading.Event().wait(0.02)
        raise AssertionError(reply.path)


def filled(form: Any) -> dict[str, list[str]]:
    """Return what a form sends as it stands, buttons excepted."""
    fields: dict[str, list[str]] = {}
    for one in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
        if one.xpath("ancestor::template"):
            continue
        kind = one.get("type", "text")
        if one.tag == "select":
            chosen = one.xpath(".//option[@selected]") or one.xpath(".//option")[:1]
            values = [option.get("value", "") for option in chosen]
        elif one.tag == "textarea":
            values = [(one.text or "").removeprefix("\n")]
        elif kind in ("radio", "checkbox"):
            values = [one.get("value", "on")] if one.get("checked") is not None else []
        else:
            values = [] if kind == "file" else [one.get("value", "")]
        fields.setdefault(one.get("name"), []).extend(values)
    return {name: values for name, values in fields.items() if values}


def encoded(fields: Fields, files: Mapping[str, Sequence[File]]) -> tuple[bytes, str]:
    """Return (body, content type) of a form that is sent."""
    pairs = [
        (name, value)
        for name, values in fields.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    if not files:
        return urlencode(pairs).encode(), "application/x-www-form-urlencoded"
    mark, parts = "----vuonho", []
    for name, value in pairs:
        parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    for name, given in files.items():
        for file, content in given:
            head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n'
            parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content + b"\r\n")
    return b"".join((*parts, f"--{mark}--\r\n".encode())), f"multipart/form-data; boundary={mark}"


@contextmanager
def window_of(root: Path, language: str = "en") -> Iterator[Window]:
    """Open the window of a project, on a day that stays the same."""
    team = Team(root, language, lambda: NOON, lambda: TODAY)
    with open_server(create_app(team), 0, lan=False) as server:
        server.start()
        yield Window(team, server.port)


def files_of(root: Path) -> dict[str, bytes]:
    """Return what is in a project but for what the program remembers for itself."""
    paths = (path for path in sorted(root.rglob("*")) if path.is_file())
    named = ((path.relative_to(root).as_posix(), path) for path in paths)
    return {name: path.read_bytes() for name, path in named if not name.startswith((".vuonho/", "site/"))}


def parts_of(address: str) -> str:
    """Return the path of an address."""
    return urlsplit(address).path


def through_the_door(laptop: Page, phone: Page) -> None:
    """Open on a phone what the laptop's page shows for those on the Wi-Fi, and say the word."""
    word, address = laptop.inner_text(".word"), laptop.inner_text(".address >> nth=0")
    phone.goto(f"http://{LOOPBACK}:{urlsplit(address).port}/")
    phone.fill("#word", word)
    with phone.expect_navigation():
        phone.click("button")
