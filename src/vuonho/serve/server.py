"""The preview server: it answers by the rules of GitHub Pages, and with nothing but the site."""

import errno
import json
import os
import re
import socket
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape, unescape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from ipaddress import IPv4Address
from pathlib import Path
from socketserver import TCPServer, ThreadingMixIn
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

from vuonho.errors import MachineError, UserError
from vuonho.i18n import Text
from vuonho.output.files import is_folder, is_regular, stat_path
from vuonho.output.site_folder import Manifest, check_path, find_place, folders_of, read_manifest
from vuonho.output.site_writer import passes_link
from vuonho.verify.tree import file_for

# --- What is shown at one moment: the built site, or the trouble that stands in its place ---

_VERSION_LETTERS: Final = 16
_START: Final = "index.html"


@dataclass(frozen=True, slots=True)
class Shown:
    """A site in the folder `site`, below the path `prefix` ("/" or "/vuon/").

    `script` is added to each page, "" for nothing; `version` is the same as long as the same is shown. With
    `trouble` that page is shown and nothing else: in full on this computer, in short to everybody else.
    """

    site: Path
    prefix: str
    files: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()
    script: str = ""
    version: str = ""
    trouble: tuple[bytes, bytes] | None = field(default=None, repr=False)

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
    """Return what the last build made, at the path of its address; raise MachineError if it cannot be read."""
    place = find_place(project, out)
    manifest = read_manifest(place) or Manifest()
    files = frozenset(filter(_is_proper, manifest.entries))
    prefix = urlsplit(base_url).path or "/"
    version = _digest([prefix, script, *sorted((name, manifest.entries[name].digest) for name in files)])
    folders = frozenset(folder for name in files for folder in folders_of(name))
    return Shown(place.out, prefix, files, folders, script, version)


def show_trouble(before: Shown, full: bytes, short: bytes, script: str) -> Shown:
    """Return what stands in place of a site that cannot be built."""
    version = _digest([script, full.decode("utf-8")])
    return Shown(before.site, before.prefix, script=script, version=version, trouble=(full, short))


def _digest(parts: list[object]) -> str:
    return sha256(json.dumps(parts).encode()).hexdigest()[:_VERSION_LETTERS]


def _is_proper(name: str) -> bool:
    """Tell whether a name can be one of a site: a manifest may have come along with somebody's folder."""
    try:
        check_path(name)
    except UserError:
        return False
    return True


# --- Pages that know when there is a newer one: a script is added to them, and their policy lets it run ---

WAIT: Final = "/~vuonho/wait"
"""Where a page asks for the version that is shown now; no file of a site has a name with "~"."""
_POLICY: Final = re.compile(
    rb'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)("[^>]*>)', re.IGNORECASE
)
_HEAD: Final = re.compile(rb"<head\b[^>]*>|<html\b[^>]*>|<!doctype\b[^>]*>", re.IGNORECASE)


def with_script(html: bytes, script: str, version: str) -> bytes:
    """Return a page with the script that loads it anew, its policy widened for that alone; "" adds nothing."""
    if not script:
        return html
    tag = f'<script data-version="{version}" data-wait="{WAIT}">{script}</script>'.encode()
    found = _POLICY.search(html)
    if found is None:
        at = max((match.end() for match in _HEAD.finditer(html)), default=0)
        return html[:at] + tag + html[at:]
    policy = escape(_widened(unescape(found[2].decode("utf-8")), script)).encode("utf-8")
    return html[: found.start()] + found[1] + policy + found[3] + tag + html[found.end() :]


def _widened(policy: str, script: str) -> str:
    rules = dict[str, list[str]]()
    for rule in filter(str.strip, policy.split(";")):
        name, *sources = rule.split()
        rules.setdefault(name.lower(), sources)
    digest = b64encode(sha256(script.encode("utf-8")).digest()).decode("ascii")
    for name, source in (("script-src", f"'sha256-{digest}'"), ("connect-src", "'self'")):
        allowed = rules.get(name, rules.get("default-src"))
        if allowed is not None and source not in allowed:
            rules[name] = [*(one for one in allowed if one != "'none'"), source]
    return "; ".join(" ".join((name, *sources)) for name, sources in rules.items())


# --- What is answered to a request, by the rules of GitHub Pages ---

_HTML: Final = "text/html; charset=utf-8"
_PLAIN: Final = "text/plain; charset=utf-8"
_KINDS: Final = {
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json; charset=utf-8",
    "html": _HTML,
    "ico": "image/vnd.microsoft.icon",
    "jpg": "image/jpeg",
    "js": "application/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": _PLAIN,
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "xml": "application/xml",
}
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
class Answer:
    """What goes back: status, content and its kind, and `location`, the address below this origin to go on to."""

    status: HTTPStatus
    content: bytes = field(default=b"", repr=False)
    kind: str = _PLAIN
    location: str = ""


def answer(shown: Shown, target: str, *, is_from_here: bool) -> Answer:
    """Return the answer to a request for `target`, the address as it was sent.

    Trouble is a 409: a phone that has visited the site shows its own copy of a page where the server has a
    fault of its own (500 and above).
    """
    if shown.trouble is not None:
        full, short = shown.trouble
        return _page(shown, HTTPStatus.CONFLICT, full if is_from_here else short)
    path, _, query = target.partition("#")[0].partition("?")
    path = unquote(path)
    if path == "/" != shown.prefix:
        return Answer(HTTPStatus.FOUND, location=shown.prefix)
    if f"{path}/" == shown.prefix:
        return _with_slash(path, query)
    if not path.startswith(shown.prefix):
        words = f"Trang ở đây: {shown.prefix}\nThe site is at {shown.prefix}\n"
        return Answer(HTTPStatus.NOT_FOUND, words.encode())
    place = path[len(shown.prefix) :]
    file = file_for(place, shown.files)
    content = shown.read(file) if file is not None else None
    if file is not None and content is not None:
        kind = _KINDS.get(Path(file).suffix.removeprefix("."), "application/octet-stream")
        return _page(shown, HTTPStatus.OK, content) if kind == _HTML else Answer(HTTPStatus.OK, content, kind)
    if file is None and place in shown.folders:
        return _with_slash(shown.prefix + place, query)
    lost = shown.read(_LOST) if _LOST in shown.files else None
    if lost is None:
        return Answer(HTTPStatus.NOT_FOUND, _GONE.encode())
    return _page(shown, HTTPStatus.NOT_FOUND, lost)


def _page(shown: Shown, status: HTTPStatus, content: bytes) -> Answer:
    return Answer(status, with_script(content, shown.script, shown.version), _HTML)


def _with_slash(path: str, query: str) -> Answer:
    more = f"?{quote(query, safe=_QUERY)}" if query else ""
    return Answer(HTTPStatus.MOVED_PERMANENTLY, location=f"{quote(path)}/{more}")


# --- The names of this computer: which of them a browser may use, and where a phone on the same Wi-Fi finds it ---

LOOPBACK: Final = "127.0.0.1"
_EVERYWHERE: Final = "0.0.0.0"  # noqa: S104 - asked for with --lan
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
    """Tell whether the header Host names this computer: as itself, or by the address at which it was reached.

    A page elsewhere can have a browser ask here under a name of its own (DNS rebinding); then the name is not ours.
    """
    found = _HOST.fullmatch(host.strip())
    return found is not None and found[1].lower() in _OWN | {reached}


def lan_addresses() -> tuple[str, ...]:
    """Return the IPv4 addresses at which others reach this computer, the likeliest first; none without a network.

    Nothing is sent: the system only says from which address it would.
    """
    candidates = list[str]()
    for away in _AWAY:
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
            way.connect((away, 9))
            candidates.append(str(way.getsockname()[0]))
    if os.name == "nt":  # elsewhere the question for the own name may go out to the network
        with suppress(OSError):
            candidates += socket.gethostbyname_ex(socket.gethostname())[2]
    found = [IPv4Address(one) for one in dict.fromkeys(candidates)]
    found = [one for one in found if not (one.is_loopback or one.is_link_local or one.is_unspecified)]
    return tuple(str(one) for one in sorted(found, key=lambda one: not one.is_private))


# --- The server: a thread for each request, and the site as it is at that moment ---

PATIENCE: Final = 25.0
"""Seconds that a page waits for news before it asks again."""
REBUILDING: Final = 10.0
"""Seconds that a page is kept waiting while a site that was deleted is built anew."""


class State:
    """What is shown, changed by one thread and looked at by many."""

    def __init__(self, shown: Shown) -> None:
        self.shown, self._is_over = shown, False
        self._changed = threading.Condition()

    def show(self, shown: Shown) -> None:
        """Show something else, and wake those who wait."""
        with self._changed:
            self.shown = shown
            self._changed.notify_all()

    def wait_until(self, holds: Callable[[Shown], bool], seconds: float) -> Shown:
        """Return what is shown once that `holds` of it, at the end of the preview, or after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_over or holds(self.shown), seconds)
            return self.shown

    def close(self) -> None:
        """Let nobody wait any longer."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()


class _Handler(BaseHTTPRequestHandler):
    default_request_version = "HTTP/1.0"  # a status line also for what names no version
    timeout = 20.0
    server: "Server"

    def do_GET(self) -> None:
        state, reached = self.server.state, self.request.getsockname()[0]
        path, _, version = self.path.partition("?")
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not is_meant(hosts[0], reached):
            self._send(Answer(HTTPStatus.MISDIRECTED_REQUEST, _NAME.encode()))
        elif path == WAIT and state.shown.script:
            other = state.wait_until(lambda shown: shown.version != version, PATIENCE)
            self._send(Answer(HTTPStatus.OK, other.version.encode()))
        else:
            shown = state.wait_until(lambda shown: not shown.is_gone, REBUILDING)
            client = self.client_address[0]
            is_from_here = client == reached or client.startswith("127.")
            self._send(answer(shown, self.path, is_from_here=is_from_here))

    def do_HEAD(self) -> None:
        self.do_GET()

    def _send(self, reply: Answer) -> None:
        self.send_response(reply.status)
        headers: Mapping[str, str] = {
            "Content-Type": reply.kind,
            "Content-Length": str(len(reply.content)),
            "Cache-Control": "no-store" if reply.status == HTTPStatus.CONFLICT else "no-cache",
            "Cross-Origin-Resource-Policy": "same-origin",
            **({"Location": reply.location} if reply.location else {}),
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.content)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is no request at all, or one to change something; nothing of it is repeated."""
        del message, explain
        is_other_method = code == HTTPStatus.NOT_IMPLEMENTED
        status = HTTPStatus.METHOD_NOT_ALLOWED if is_other_method else HTTPStatus(code)
        self._send(Answer(status, f"{status.phrase}\n".encode()))

    def version_string(self) -> str:
        """Return the name of the program and nothing of the machine."""
        return "vuonho"

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is for what concerns the team."""


class Server(ThreadingMixIn, TCPServer):
    """A server of what the state shows, bound at once; raise OSError where the address cannot be had."""

    daemon_threads = True  # who is slow does not keep the program from its end
    request_queue_size = 128
    allow_reuse_address = os.name != "nt"  # on Windows this would share a port with another program

    def __init__(self, host: str, port: int, state: State) -> None:
        self.state = state
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
        """Answer from now on; requests that came before are answered now."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more: the port is free, and nobody waits any longer."""
        self.state.close()
        if self._thread.is_alive():
            self.shutdown()
            self._thread.join()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a visitor who goes on breaks his connections."""


# --- A port of this computer, and the addresses at which the preview is found ---

_USUAL: Final = range(8000, 8020)


@contextmanager
def open_server(state: State, port: int | None, *, lan: bool) -> Iterator[Server]:
    """Return a context with a server that has its port and does not answer yet; at its end the port is free.

    With no `port` it is the first free one from 8000 on, with 0 any that is free. Raises MachineError where none
    can be had. Without `lan` nobody but this computer reaches it.
    """
    server = _bind(_EVERYWHERE if lan else LOOPBACK, port, state)
    try:
        yield server
    finally:
        server.stop()


def addresses(server: Server, prefix: str, *, lan: bool) -> list[str]:
    """Return the addresses of the site: on this computer, then for others on the same network, the likeliest first."""
    hosts = (LOOPBACK, *(lan_addresses() if lan else ()))
    return [f"http://{host}:{server.port}{prefix}" for host in hosts]


def _bind(host: str, port: int | None, state: State) -> Server:
    for usual in _USUAL if port is None else ():
        with suppress(OSError):  # taken, or kept back by the system: the next
            return Server(host, usual, state)
    try:
        return Server(host, port or 0, state)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM):
            message = Text("This computer does not allow port {port}.", port=port)
        else:
            message = Text("Another program is using port {port}.", port=port)
        raise MachineError(
            message,
            Text("Leave --port out and vuonho finds one, or choose another, such as --port 8080."),
        ) from error
