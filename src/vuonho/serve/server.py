"""A web server on this computer alone, or for phones on the same Wi-Fi: a thread for each request."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from vuonho.errors import MachineError
from vuonho.i18n import Text

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication, WSGIEnvironment

# --- The names of this computer: which of them a browser may use, and where a phone on the same Wi-Fi finds it ---

LOOPBACK: Final = "127.0.0.1"
_EVERYWHERE: Final = "0.0.0.0"  # noqa: S104 - asked for with --lan
_HOST: Final = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253})(?::[0-9]{1,5})?", re.IGNORECASE)
_AWAY: Final = ("192.168.1.1", "192.168.43.1", "192.168.137.1", "172.16.0.1", "10.0.0.1", "192.0.0.8")
"""Addresses towards which the system is asked for the way: a usual Wi-Fi box, a phone's and a laptop's own hotspot,
other private networks, and one that leads nowhere (RFC 7600), for the way of everything else."""


def is_meant(host: str, reached: str) -> bool:
    """Tell whether the header Host names this computer: as itself, or by the address at which it was reached.

    A page elsewhere can have a browser ask here under a name of its own (DNS rebinding); then the name is not ours.
    """
    found = _HOST.fullmatch(host.strip())
    return found is not None and found[1].lower() in ("localhost", LOOPBACK, "[::1]", reached)


def reached_at(environ: "WSGIEnvironment") -> str:
    """Return the address of this computer at which a request reached it."""
    return str(environ["werkzeug.socket"].getsockname()[0])


def lan_addresses() -> tuple[str, ...]:
    """Return the IPv4 addresses at which others reach this computer, the likeliest first; none without a network.

    Nothing is sent: the system only says from which address it would.
    """
    found = list[str]()
    for away in _AWAY:
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
            way.connect((away, 9))
            found.append(str(way.getsockname()[0]))
    return tuple(one for one in dict.fromkeys(found) if not one.startswith(("127.", "169.254.", "0.")))


# --- The server ---

_USUAL: Final = 8000
_TRIED: Final = 20
"""Ports tried one after the other, before any that is free."""
_WAITING: Final = 128
"""Connections that may wait to be taken."""
_AT_ONCE: Final = 100
"""Connections answered at the same time; a stranger who opens more must not use up the files of this program."""


class _Handler(WSGIRequestHandler):
    default_request_version = "HTTP/1.0"  # a status line also for what names no version
    protocol_version = "HTTP/1.0"
    timeout = 20.0

    def version_string(self) -> str:
        """Return the name of the program and nothing of the machine."""
        return "vuonho"

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - the library calls it so
        """Say nothing: the terminal is for what concerns the team."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is no request at all; nothing of it is repeated."""
        del message, explain
        self.close_connection = True
        self.send_response(code)
        self.send_header("Content-Length", "0")
        self.end_headers()


class Server(ThreadedWSGIServer):
    """A server of an application, bound at once; raise OSError where the address cannot be had."""

    def __init__(self, host: str, port: int, app: "WSGIApplication") -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as bound:
            if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # on Windows a port may be shared with another program
                bound.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:
                bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind((host, port))
            bound.listen(_WAITING)
            super().__init__(host, port, app, _Handler, fd=bound.fileno())
        self._places = threading.BoundedSemaphore(_AT_ONCE)
        self._thread = threading.Thread(target=self.serve_forever, args=(0.1,), name="preview", daemon=True)

    def start(self) -> None:
        """Answer from now on; requests that came before are answered now."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more; the port is free."""
        if self._thread.is_alive():
            self.shutdown()
            self._thread.join()
        self.server_close()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread of its own; hang up on one too many."""
        if self._places.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, and make the place free for another one."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a visitor who goes on breaks his connections."""


@contextmanager
def open_server(
    app: "WSGIApplication", port: int | None, *, lan: bool, first: int = _USUAL
) -> Iterator[Server]:
    """Return a context with a server that has its port and does not answer yet; at its end the port is free.

    With no `port` it is the first free one from `first` on, with 0 any that is free. Raises MachineError where it
    cannot be had. Without `lan` nobody but this computer reaches it.
    """
    server = None
    for wanted in (*range(first, first + _TRIED), 0) if port is None else (port,):
        with suppress(OSError):  # taken, or kept back by the system
            server = Server(_EVERYWHERE if lan else LOOPBACK, wanted, app)
            break
    if server is None:
        raise MachineError(
            Text("Another program is using port {port}, or this computer does not allow it.", port=port),
            Text("Let vuonho find one, or choose another (such as --port 8080)."),
        )
    try:
        yield server
    finally:
        server.stop()


def addresses(server: Server, prefix: str, *, lan: bool) -> list[str]:
    """Return the addresses of the site: on this computer, then for others on the same network, the likeliest first."""
    hosts = (LOOPBACK, *(lan_addresses() if lan else ()))
    return [f"http://{host}:{server.port}{prefix}" for host in hosts]
