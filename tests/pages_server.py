"""Built sites served as GitHub Pages serves them: several projects below one origin, and its ways with addresses.

gzip where it is accepted, `max-age=600`, ETag and 304, 301 from /dir to /dir/, /x for x.html, the site's own
404.html at any depth, letter case that counts, byte ranges, HEAD.
"""

import gzip
import os
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

PREFIX = "/repo"
TYPES = {
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ico": "image/vnd.microsoft.icon",
    "jpg": "image/jpeg",
    "js": "application/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "xml": "application/xml",
}
PACKED = re.compile(r"text/|application/(?!pdf|octet-stream)|image/svg")
RANGE = re.compile(r"bytes=(\d*)-(\d*)")
NOWHERE = b"<!doctype html><title>404</title>There isn't a GitHub Pages site here."

Answered = tuple[str, str, int]
"""One request: its method, its path with the query, and the status of the answer, 0 if there was none."""


@dataclass
class Served:
    """What is being served, and the switches of a test.

    `base` is the address of the first site. While `down`, connections are closed unanswered; every answer waits
    `delay` seconds, and as long as it is `held`; a path in `forced` ("/repo/x/") is answered with that status and nothing of the site, with 0 not
    at all. A path in `leads` sends on to where it says.
    """

    sites: Mapping[str, Path]
    origin: str = ""
    requests: list[Answered] = field(default_factory=list)
    down: bool = False
    delay: float = 0.0
    held: bool = False
    forced: dict[str, int] = field(default_factory=dict)
    leads: dict[str, str] = field(default_factory=dict)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def base(self) -> str:
        """The address of the only site, or of the first."""
        return self.base_of(next(iter(self.sites)))

    def base_of(self, prefix: str) -> str:
        """Return the address of the site below a prefix, with its slash at the end."""
        return f"{self.origin}{prefix}/"

    def paths(self) -> list[str]:
        """Return the paths asked for so far, in order."""
        return [path for _, path, _ in self.requests]


@contextmanager
def served(site: Path, prefix: str = PREFIX) -> Iterator[Served]:
    """Serve one site below a prefix ("" for the root of the domain)."""
    with served_many({prefix: site}) as one:
        yield one


@contextmanager
def served_many(sites: Mapping[str, Path]) -> Iterator[Served]:
    """Serve several sites of one origin, each below its prefix."""
    state = Served(sites)
    with _Server(state) as server:
        state.origin = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield state
        finally:
            state.over.set()
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    request_queue_size = 128

    def __init__(self, state: Served) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.state = state

    def handle_error(self, *_: object) -> None:
        """Say nothing: a visitor who goes on breaks his connections."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 120
    disable_nagle_algorithm = True  # or a small answer waits 40 ms for the receipt of the last
    server: _Server

    def do_GET(self) -> None:
        """Answer."""
        state = self.server.state
        state.over.wait(state.delay)
        while state.held and not state.over.wait(0.02):
            pass
        path = urlsplit(self.path).path
        if state.down or state.over.is_set() or state.forced.get(path) == 0:
            self.close_connection = True
            state.requests.append((self.command, self.path, 0))
        elif path in state.leads:
            self._send(302, b"", {"Location": state.leads[path]})
        elif path in state.forced:
            self._send(state.forced[path], b"forced", {"Content-Type": "text/html; charset=utf-8"})
        else:
            self._answer(unquote(path))

    def do_HEAD(self) -> None:
        """Answer without the content."""
        self.do_GET()

    def _answer(self, path: str) -> None:
        prefix = _prefix_of(self.server.state.sites, path)
        if prefix is None:
            return self._send(404, NOWHERE, {"Content-Type": TYPES["html"]})
        site = self.server.state.sites[prefix]
        place = path[len(prefix) + 1 :]
        file = _file_of(site, place) if path != prefix else None
        if file is not None:
            return self._file(site / file, HTTPStatus.OK)
        if path == prefix or _is_folder(site, place):
            return self._redirect()
        return self._file(site / "404.html", HTTPStatus.NOT_FOUND)

    def _redirect(self) -> None:
        parts = urlsplit(self.path)
        there = parts._replace(scheme="", netloc="", path=f"{parts.path}/").geturl()
        self._send(
            301, b"", {"Location": f"{self.server.state.origin}{there}", "Content-Type": TYPES["html"]}
        )

    def _file(self, file: Path, status: int) -> None:
        content = file.read_bytes() if file.is_file() else NOWHERE
        kind = TYPES.get(file.suffix[1:], "application/octet-stream")
        mark = sha256(content).hexdigest()[:16]
        headers = {
            "Content-Type": kind,
            "ETag": f'"{mark}"',
            "Vary": "Accept-Encoding",
            "Accept-Ranges": "bytes",
        }
        if status == HTTPStatus.OK:
            headers["Cache-Control"] = "max-age=600"
            if mark in self.headers.get("If-None-Match", ""):
                return self._send(304, b"", headers)
            if wanted := RANGE.fullmatch(self.headers.get("Range", "")):
                return self._part(content, wanted, headers)
        if PACKED.match(kind) and "gzip" in self.headers.get("Accept-Encoding", ""):
            content = gzip.compress(content, 6, mtime=0)
            headers |= {"Content-Encoding": "gzip", "ETag": f'W/"{mark}"'}
        return self._send(int(status), content, headers)

    def _part(self, content: bytes, wanted: re.Match[str], headers: dict[str, str]) -> None:
        size = len(content)
        first, last = wanted.groups()
        start = int(first) if first else max(0, size - int(last or 0))
        end = min(size, int(last) + 1) if first and last else size
        if start >= end:
            return self._send(416, b"", headers | {"Content-Range": f"bytes */{size}"})
        return self._send(
            206, content[start:end], headers | {"Content-Range": f"bytes {start}-{end - 1}/{size}"}
        )

    def _send(self, status: int, content: bytes, headers: Mapping[str, str]) -> None:
        self.server.state.requests.append((self.command, self.path, status))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Access-Control-Allow-Origin", "*")
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _prefix_of(sites: Mapping[str, Path], path: str) -> str | None:
    """Return the prefix of the site to which a path belongs; of two the longer."""
    fitting = (prefix for prefix in sites if path == prefix or path.startswith(f"{prefix}/"))
    return max(fitting, key=len, default=None)


def _file_of(site: Path, place: str) -> str | None:
    """Return the file that answers for a place below the site: itself, its index.html, or it with .html."""
    tries = (f"{place}index.html",) if place.endswith("/") or not place else (place, f"{place}.html")
    return next((name for name in tries if _is_there(site, name) and (site / name).is_file()), None)


def _is_folder(site: Path, place: str) -> bool:
    return _is_there(site, place) and (site / place).is_dir()


def _is_there(site: Path, name: str) -> bool:
    """Tell whether each part of a name is written so on the disk, whatever the disk thinks of letter case."""
    here = site
    for part in name.split("/"):
        if part in ("", ".", "..") or not here.is_dir() or part not in os.listdir(here):  # noqa: PTH208
            return False
        here /= part
    return True
