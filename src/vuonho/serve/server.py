"""The preview server: it answers by the rules of GitHub Pages."""

import gzip
import json
import math
import os
import re
import socket
import threading
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape, unescape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from ipaddress import IPv4Address
from pathlib import Path
from socketserver import TCPServer, ThreadingMixIn
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

from vuonho.errors import Refused
from vuonho.output.files import is_folder, is_regular, stat_path
from vuonho.output.os_errors import in_words
from vuonho.output.site_folder import Manifest, check_path, find_place, folders_of, read_manifest
from vuonho.output.site_writer import passes_link
from vuonho.verify.tree import file_for

# --- The kinds of files: what the server says they are ---

HTML: Final = "text/html; charset=utf-8"
PLAIN: Final = "text/plain; charset=utf-8"
_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "css": "text/css; charset=utf-8",
        "csv": "text/csv; charset=utf-8",
        "geojson": "application/geo+json; charset=utf-8",
        "html": HTML,
        "ico": "image/vnd.microsoft.icon",
        "jpg": "image/jpeg",
        "js": "application/javascript; charset=utf-8",
        "json": "application/json; charset=utf-8",
        "pdf": "application/pdf",
        "png": "image/png",
        "svg": "image/svg+xml",
        "txt": PLAIN,
        "webmanifest": "application/manifest+json",
        "webp": "image/webp",
        "xml": "application/xml",
    }
)
_PACKS: Final = re.compile(r"text/|image/svg|application/(?!pdf|octet-stream)")


def kind_of(file: str) -> str:
    """Return the media type of a file by the end of its name."""
    name = file.rpartition("/")[2]
    return _KINDS.get(name.rpartition(".")[2] if "." in name else "", "application/octet-stream")


def is_packed(kind: str) -> bool:
    """Tell whether files of a kind become smaller when they are packed."""
    return _PACKS.match(kind) is not None


# --- An answer and its headers: whole, packed, in part, or not again ---

_LEVEL: Final = 6
_TAG: Final = re.compile(r'(?:W/)?"([\x21\x23-\x7e]*)"')
_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_NOTHING: Final = re.compile(r"0(?:\.0{0,3})?")
_GUARDED: Final[Mapping[str, str]] = {
    "Cache-Control": "no-cache",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: status, headers but for those of the connection, and content."""

    status: HTTPStatus
    headers: Mapping[str, str]
    content: bytes = field(default=b"", repr=False)


def deliver(content: bytes, kind: str, asked: Mapping[str, str]) -> Answer:
    """Return the answer that gives a file, or what was asked of it; `asked` are headers in lower case."""
    mark = _mark(content)
    headers = {
        **_delivery_headers(kind),
        "ETag": f'"{mark}"',
        "Vary": "Accept-Encoding",
        "Accept-Ranges": "bytes",
    }
    if _is_known(mark, asked.get("if-none-match", "")):
        return Answer(HTTPStatus.NOT_MODIFIED, headers)
    wanted = _RANGE.fullmatch(asked.get("range", "").strip())
    if wanted and any(wanted.groups()) and asked.get("if-range", f'"{mark}"') == f'"{mark}"':
        return _part(content, wanted, headers)
    return _packed(Answer(HTTPStatus.OK, headers, content), mark, kind, asked)


def deliver_lost(content: bytes, kind: str, asked: Mapping[str, str]) -> Answer:
    """Return the answer that gives the page for what is not there."""
    headers = {**_delivery_headers(kind), "Vary": "Accept-Encoding"}
    return _packed(Answer(HTTPStatus.NOT_FOUND, headers, content), "", kind, asked)


def deliver_trouble(content: bytes, kind: str) -> Answer:
    """Return the answer that says why there is no site.

    409, for what is asked for is at odds with how the project stands: a phone or browser that has visited the
    site shows its own copy of a page where the server has a fault of its own (500 and above).
    """
    return Answer(HTTPStatus.CONFLICT, {**_delivery_headers(kind), "Cache-Control": "no-store"}, content)


def redirect(status: HTTPStatus, address: str) -> Answer:
    """Return the answer that sends on to an address below this origin."""
    return Answer(status, {**_delivery_headers(PLAIN), "Location": address})


def say(status: HTTPStatus, words: str, **more: str) -> Answer:
    """Return an answer of one sentence; `more` are headers of one word."""
    return Answer(
        status, {**_delivery_headers(PLAIN), "Cache-Control": "no-store", **more}, words.encode("utf-8")
    )


def _delivery_headers(kind: str) -> dict[str, str]:
    return {"Content-Type": kind, **_GUARDED}


def _mark(content: bytes) -> str:
    return sha256(content).hexdigest()[:32]


def _is_known(mark: str, given: str) -> bool:
    return given.strip() == "*" or mark in _TAG.findall(given)


def _packed(whole: Answer, mark: str, kind: str, asked: Mapping[str, str]) -> Answer:
    if not is_packed(kind) or not _takes_gzip(asked.get("accept-encoding", "")):
        return whole
    weak = {"ETag": f'W/"{mark}"'} if mark else {}
    headers = {**whole.headers, "Content-Encoding": "gzip", **weak}
    return Answer(whole.status, headers, gzip.compress(whole.content, _LEVEL, mtime=0))


def _takes_gzip(accepted: str) -> bool:
    for offer in accepted.lower().split(","):
        name, _, weight = offer.replace(" ", "").partition(";q=")
        if name == "gzip":
            return _NOTHING.fullmatch(weight) is None
    return False


def _part(content: bytes, wanted: re.Match[str], headers: Mapping[str, str]) -> Answer:
    size = len(content)
    first, last = wanted.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    if start >= end:
        headers = {**headers, "Content-Range": f"bytes */{size}"}
        return Answer(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers)
    headers = {**headers, "Content-Range": f"bytes {start}-{end - 1}/{size}"}
    return Answer(HTTPStatus.PARTIAL_CONTENT, headers, content[start:end])


# --- The names of this computer: which of them a browser may use, and where a phone on the same Wi-Fi finds it ---

LOOPBACK: Final = "127.0.0.1"
EVERYWHERE: Final = "0.0.0.0"  # noqa: S104 - asked for with --lan
_OWN: Final = frozenset(("localhost", LOOPBACK, "[::1]"))
_HOST: Final = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253})(?::[0-9]{1,5})?", re.IGNORECASE)

_AWAY: Final = (
    "192.168.1.1",
    "192.168.0.1",
    "192.168.43.1",
    "192.168.137.1",
    "172.16.0.1",
    "10.0.0.1",
    "192.0.0.8",
)
"""Addresses towards which the system is asked for the way: usual Wi-Fi boxes, a phone's and a laptop's own hotspot,
other private networks, and one that leads nowhere (RFC 7600), for the way of everything else."""


def is_meant(host: str, reached: str) -> bool:
    """Tell whether the header Host names this computer: as itself, or by the address at which it was reached."""
    found = _HOST.fullmatch(host.strip())
    return found is not None and found[1].lower() in _OWN | {reached}


def is_from_here(client: str, reached: str) -> bool:
    """Tell whether a connection comes from this very computer, by its address and the one at which it arrived."""
    return client == reached or client.startswith("127.")


def lan_addresses() -> tuple[str, ...]:
    """Return the IPv4 addresses at which others reach this computer, the likeliest first; none without a network.

    Nothing is sent: the system only says from which address it would.
    """
    found = dict.fromkeys(filter(_is_reachable, _candidates()))
    return tuple(sorted(found, key=lambda address: not IPv4Address(address).is_private))


def _candidates() -> Iterator[str]:
    for away in _AWAY:
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
            way.connect((away, 9))
            yield str(way.getsockname()[0])
    if os.name == "nt":  # elsewhere the question for the own name may go out to the network
        with suppress(OSError):
            yield from socket.gethostbyname_ex(socket.gethostname())[2]


def _is_reachable(address: str) -> bool:
    one = IPv4Address(address)
    return not (one.is_loopback or one.is_link_local or one.is_unspecified or one.is_multicast)


# --- Pages that know when there is a newer one: a script is added to them, and their policy lets it run ---

WAIT: Final = "/~vuonho/wait"
"""Where a page asks for the version that is shown now; no file of a site has a name with "~"."""

_POLICY: Final = re.compile(
    rb'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)("[^>]*>)', re.IGNORECASE
)
_HEAD: Final = re.compile(rb"<head\b[^>]*>|<html\b[^>]*>|<!doctype\b[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Live:
    """What is added to each page: the text of a script, "" for nothing, and the version that the page shows."""

    script: str = ""
    version: str = ""

    def page(self, html: bytes) -> bytes:
        """Return a page with the script, its policy widened for it alone."""
        if not self.script:
            return html
        found = _POLICY.search(html)
        if found is None:
            places = [match.end() for match in _HEAD.finditer(html)]
            at = max(places, default=0)
            return html[:at] + self._tag() + html[at:]
        policy = escape(self._widened(unescape(found[2].decode("utf-8")))).encode("utf-8")
        return html[: found.start()] + found[1] + policy + found[3] + self._tag() + html[found.end() :]

    def _tag(self) -> bytes:
        return f'<script data-version="{self.version}" data-wait="{WAIT}">{self.script}</script>'.encode()

    def _widened(self, policy: str) -> str:
        rules = dict[str, list[str]]()
        for rule in filter(str.strip, policy.split(";")):
            name, *sources = rule.split()
            rules.setdefault(name.lower(), sources)
        digest = b64encode(sha256(self.script.encode("utf-8")).digest()).decode("ascii")
        for name, source in (("script-src", f"'sha256-{digest}'"), ("connect-src", "'self'")):
            allowed = rules.get(name, rules.get("default-src"))
            if allowed is not None and source not in allowed:
                rules[name] = [*(one for one in allowed if one != "'none'"), source]
        return "; ".join(" ".join((name, *sources)) for name, sources in rules.items())


# --- What is shown at one moment: the built site, or the trouble that stands in its place ---

_VERSION_LETTERS: Final = 16
_START: Final = "index.html"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no site, as a page: `full` for who sits at this computer, `short` for everybody else."""

    full: bytes = field(repr=False)
    short: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """A site in the folder `site`, below the path `prefix` ("/" or "/vuon/"); with `trouble` that and nothing else."""

    site: Path
    prefix: str
    files: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()
    live: Live = field(default_factory=Live)
    trouble: Trouble | None = None

    @property
    def version(self) -> str:
        """The same as long as the same is shown, whenever and by whichever process."""
        return self.live.version

    @property
    def is_gone(self) -> bool:
        """Tell whether the folder of the site has been taken away or emptied since."""
        return _START in self.files and self.read(_START) is None

    def read(self, file: str) -> bytes | None:
        """Return the content of a file of the site, None where it is not there or is a link by now."""
        if not is_folder(stat_path(self.site)) or passes_link(self.site, file):
            return None
        path = self.site / file
        try:
            return path.read_bytes() if is_regular(stat_path(path)) else None
        except OSError:
            return None


def show_site(project: Path, out: str, base_url: str, script: str) -> Shown:
    """Return what the last build made, at the path of its address; raise MachineTrouble if it cannot be read.

    `script` is added to each page, "" for nothing.
    """
    place = find_place(project, out)
    with in_words(place.manifest):
        manifest = read_manifest(place.manifest) or Manifest()
    files = frozenset(filter(_is_proper, manifest.entries))
    prefix = urlsplit(base_url).path or "/"
    whole = [prefix, script, *sorted((name, manifest.entries[name].digest) for name in files)]
    folders = frozenset(folder for name in files for folder in folders_of(name))
    return Shown(place.out, prefix, files, folders, Live(script, _digest(whole)))


def show_trouble(before: Shown, trouble: Trouble, script: str) -> Shown:
    """Return what stands in place of a site that cannot be built."""
    live = Live(script, _digest([script, trouble.full.decode("utf-8")]))
    return Shown(before.site, before.prefix, live=live, trouble=trouble)


def _digest(parts: Sequence[object]) -> str:
    return sha256(json.dumps(parts).encode()).hexdigest()[:_VERSION_LETTERS]


def _is_proper(name: str) -> bool:
    """Tell whether a name can be one of a site: a manifest may have come along with somebody's folder."""
    try:
        check_path(name)
    except Refused:
        return False
    return True


# --- What is answered to a request, by the rules of GitHub Pages; the same for the same site, wherever it is called ---

_LONGEST: Final = 2000
_LOST: Final = "404.html"
_GONE: Final = """\
Thư mục site vừa bị xóa. Chờ ít giây rồi tải lại trang.
The folder "site" was deleted. Wait a few seconds, then load the page again.
"""
_NAME: Final = """\
Máy này không mang tên đó. Xin gõ đúng địa chỉ mà vuonho serve đã ghi.
This name is not one of this computer. Type the address that vuonho serve has told.
"""
_QUERY: Final = "!$&'()*+,-./:;=?@_~%"


@dataclass(frozen=True, slots=True)
class Request:
    """One request to look: what at, `headers` in lower case, and between which addresses it went.

    `client` is the address it came from, `reached` the one of this computer at which it arrived.
    """

    target: str
    headers: Mapping[str, str]
    client: str
    reached: str

    @property
    def is_from_here(self) -> bool:
        """Tell whether it was sent by this very computer."""
        return is_from_here(self.client, self.reached)


def refusal(request: Request) -> Answer | None:
    """Return why a request gets no answer of the site, None for one that does.

    A page elsewhere can have a browser ask here under a name of its own (DNS rebinding); then the name is not ours.
    """
    if len(request.target) > _LONGEST:
        return say(HTTPStatus.REQUEST_URI_TOO_LONG, "This address is too long.\n")
    if not request.target.startswith("/"):
        return say(HTTPStatus.BAD_REQUEST, "This is no address of a page.\n")
    if not is_meant(request.headers.get("host", ""), request.reached):
        return say(HTTPStatus.MISDIRECTED_REQUEST, _NAME)
    return None


def answer(shown: Shown, request: Request) -> Answer:
    """Return the answer to a request that was not refused."""
    if shown.trouble is not None:
        page = shown.trouble.full if request.is_from_here else shown.trouble.short
        return deliver_trouble(shown.live.page(page), HTML)
    target, _, query = request.target.partition("#")[0].partition("?")
    path = unquote(target)
    if path == "/" != shown.prefix:
        return redirect(HTTPStatus.FOUND, shown.prefix)
    if f"{path}/" == shown.prefix:
        return _with_slash(path, query)
    if not path.startswith(shown.prefix):
        return say(HTTPStatus.NOT_FOUND, f"Trang ở đây: {shown.prefix}\nThe site is at {shown.prefix}\n")
    return _in_site(shown, path[len(shown.prefix) :], query, request)


def _in_site(shown: Shown, place: str, query: str, request: Request) -> Answer:
    file = file_for(place, shown.files)
    content = None if file is None else shown.read(file)
    if file is not None and content is not None:
        kind = kind_of(file)
        return deliver(shown.live.page(content) if kind == HTML else content, kind, request.headers)
    if file is None and place in shown.folders:
        return _with_slash(shown.prefix + place, query)
    lost = shown.read(_LOST) if _LOST in shown.files else None
    if lost is None:
        return say(HTTPStatus.NOT_FOUND, _GONE)
    return deliver_lost(shown.live.page(lost), HTML, request.headers)


def _with_slash(path: str, query: str) -> Answer:
    more = f"?{quote(query, safe=_QUERY)}" if query else ""
    return redirect(HTTPStatus.MOVED_PERMANENTLY, f"{quote(path)}/{more}")


# --- The stage: what is shown now, for all who look, and for those who wait for something else ---


class Stage:
    """What is shown, changed by one thread and looked at by many."""

    def __init__(self, shown: Shown) -> None:
        self._shown, self._is_over = shown, False
        self._changed = threading.Condition()

    @property
    def shown(self) -> Shown:
        """What is shown now."""
        return self._shown

    def show(self, shown: Shown) -> None:
        """Show something else, and tell those who wait."""
        with self._changed:
            self._shown = shown
            self._changed.notify_all()

    def whole(self, patience: float) -> Shown:
        """Return what is shown now; a site that somebody took away is given so many seconds to be built anew."""
        if self._shown.is_gone:
            with self._changed:
                self._changed.wait_for(lambda: self._is_over or not self._shown.is_gone, patience)
        return self._shown

    def close(self) -> None:
        """Let nobody wait any longer."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()

    def other_than(self, version: str, patience: float) -> str:
        """Return the version that is shown, at once if it is another, else after so many seconds at most."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_over or self._shown.version != version, patience)
            return self._shown.version


# --- The server: it takes requests from the network, one thread each, and gives back what `answers` says ---

MOST: Final = 100
"""Connections at a time: a page that is looked at keeps one, and a browser opens six."""
KEPT: Final = 20
"""Of these, places for this computer alone, however many others look."""
IDLE: Final = 20.0
"""Seconds that a connection may be silent, and that a whole question may take, however it drips."""
PATIENCE: Final = 25.0
"""Seconds that a page waits for news before it asks again."""
MENDING: Final = 10.0
"""Seconds that a page is kept waiting while a site that was deleted is built anew."""
_BODIES: Final = ("content-length", "transfer-encoding")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    default_request_version = "HTTP/1.0"  # a status line also for what names no version
    timeout = IDLE
    disable_nagle_algorithm = True
    server: "Server"

    def handle_one_request(self) -> None:
        """Answer a question, if it is put in time."""
        self.server.expect(self.request, IDLE)
        super().handle_one_request()

    def do_GET(self) -> None:
        """Answer."""
        self.server.expect(self.request, math.inf)
        headers = _headers(self.headers.items())
        request = Request(self.path, headers, self.client_address[0], self.request.getsockname()[0])
        refused = refusal(request)
        if refused or headers.keys() & set(_BODIES):
            self.close_connection = (
                True  # what follows could be anything, and would be read as the next request
            )
        self._send(refused or self._news(request) or answer(self.server.stage.whole(MENDING), request))

    def do_HEAD(self) -> None:
        """Answer without the content."""
        self.do_GET()

    def _news(self, request: Request) -> Answer | None:
        """Return what is shown now to a page that asks for it, as soon as it is something else."""
        path, _, version = request.target.partition("?")
        if path != WAIT or not self.server.stage.shown.live.script:
            return None
        return say(HTTPStatus.OK, self.server.stage.other_than(version, PATIENCE))

    def _send(self, reply: Answer) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(reply.content)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.content)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is no request at all, or one to change something; nothing of it is repeated."""
        del message, explain
        self.close_connection = True
        if code == HTTPStatus.NOT_IMPLEMENTED:
            self._send(say(HTTPStatus.METHOD_NOT_ALLOWED, "GET, HEAD\n", Allow="GET, HEAD"))
        else:
            self._send(say(HTTPStatus(code), f"{HTTPStatus(code).phrase}\n"))

    def version_string(self) -> str:
        """Return the name of the program and nothing of the machine."""
        return "vuonho"

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is for what concerns the team."""


class Server(ThreadingMixIn, TCPServer):
    """A server of what is on the stage, bound at once; raise OSError where the address cannot be had."""

    daemon_threads = True  # who is slow does not keep the program from its end
    request_queue_size = 128
    allow_reuse_address = os.name != "nt"  # on Windows this would share a port with another program

    def __init__(self, host: str, port: int, stage: Stage) -> None:
        self.stage = stage
        self._open: dict[socket.socket, float] = {}
        """Until when each has to have put its question."""
        self._guard = threading.Lock()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.1,), name="preview", daemon=True)
        super().__init__((host, port), _Handler)

    @property
    def port(self) -> int:
        """The port at which the server is reached."""
        return int(self.server_address[1])

    def server_bind(self) -> None:
        """Take the port, for this program alone."""
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        super().server_bind()

    def start(self) -> None:
        """Answer from now on; whoever asked before is answered now."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more: the port is free, and whoever waits is let go."""
        self.stage.close()
        if self._thread.is_alive():
            self.shutdown()
            self._thread.join()
        self.server_close()
        with self._guard:
            left = tuple(self._open)
        for connection in left:
            _hang_up(connection)

    def expect(self, request: socket.socket, seconds: float) -> None:
        """Give a connection so long for its whole question."""
        with self._guard:
            self._open[request] = time.monotonic() + seconds

    def service_actions(self) -> None:
        """Hang up on whoever did not put the question in time; done several times a second."""
        with self._guard:
            late = [one for one, until in self._open.items() if time.monotonic() > until]
        for connection in late:
            _hang_up(connection)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Take a connection, or hang up where there are too many."""
        most = MOST if is_from_here(client_address[0], request.getsockname()[0]) else MOST - KEPT
        with self._guard:
            is_full = len(self._open) >= most
            self._open[request] = time.monotonic() + IDLE
        if is_full:
            self.shutdown_request(request)
        else:
            super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget a connection that has ended."""
        with self._guard:
            self._open.pop(request, None)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a visitor who goes on breaks his connections."""


def _headers(given: Any) -> Mapping[str, str]:
    """Return headers in lower case; of two alike none counts, for nobody could say which."""
    found: dict[str, str] = {}
    for name, value in given:
        key = name.lower()
        found[key] = "\0" if key in found else value
    return found


def _hang_up(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
