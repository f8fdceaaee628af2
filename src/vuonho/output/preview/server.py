"""The server: it takes requests from the network, one thread each, and gives back what `answers` says."""

import math
import os
import socket
import threading
import time
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer, ThreadingMixIn
from typing import Any, Final

from vuonho.output.preview.answers import Request, answer, refusal
from vuonho.output.preview.delivery import Answer, say
from vuonho.output.preview.hosts import is_from_here
from vuonho.output.preview.live import WAIT
from vuonho.output.preview.stage import Stage

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
