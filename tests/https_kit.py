"""The web as it is, on this machine: hosts with certificates, reached through a proxy as offices have them."""

import select
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from urllib.parse import urlsplit

import pytest


def certificate(folder: Path, *hosts: str, until: str = "20990101000000Z") -> tuple[Path, Path]:
    """Return (certificate, key) for these hosts, valid until then; the test is skipped where none can be made."""
    tool = shutil.which("openssl")
    pair = folder / f"{hosts[0]}-{until}.pem", folder / f"{hosts[0]}-{until}.key"
    names = ",".join(f"DNS:{host}" for host in hosts)
    made = tool and subprocess.run(
        [tool, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
         f"/CN={hosts[0]}", "-addext", f"subjectAltName={names}", "-not_before", "20200101000000Z", "-not_after", until,
         "-out", pair[0], "-keyout", pair[1]],
        capture_output=True, check=False,
    )  # fmt: skip
    if not made or made.returncode:
        pytest.skip("no openssl that makes certificates on this machine")
    return pair


@contextmanager
def proxied(folder: Path, hosts: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let https://HOST/ lead to a plain server of this machine, given by its origin, while this lasts."""
    pair = certificate(folder, *hosts)
    safety = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    safety.load_cert_chain(*pair)
    with _Proxy(hosts, safety) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        with monkeypatch.context() as patch:
            patch.setenv("https_proxy", f"http://127.0.0.1:{server.server_address[1]}")
            patch.delenv("no_proxy", raising=False)
            patch.setenv("SSL_CERT_FILE", str(pair[0]))
            yield
        server.shutdown()
        thread.join()


class _Proxy(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, hosts: Mapping[str, str], safety: ssl.SSLContext) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.hosts = hosts
        self.safety = safety

    def handle_error(self, *_: object) -> None:
        """Say nothing: a visitor who goes on breaks his connections."""


class _Handler(BaseRequestHandler):
    server: _Proxy

    def handle(self) -> None:
        """Join the visitor, once he is promised safety, with the server of the host that he named."""
        asked = b""
        while b"\r\n\r\n" not in asked:
            asked += self.request.recv(4096)
        host = asked.split()[1].decode().rpartition(":")[0]
        if host not in self.server.hosts:
            self.request.sendall(b"HTTP/1.1 502 Nowhere\r\n\r\n")
            return
        self.request.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
        goal = urlsplit(self.server.hosts[host])
        with (
            self.server.safety.wrap_socket(self.request, server_side=True) as visitor,
            socket.create_connection((goal.hostname or "", goal.port or 80)) as web,
        ):
            _join(visitor, web)


def _join(visitor: ssl.SSLSocket, web: socket.socket) -> None:
    """Pass on what comes, both ways, until one side ends; in one thread, for two may not share a safe connection."""
    others: dict[socket.socket, socket.socket] = {visitor: web, web: visitor}
    with suppress(OSError):
        while True:
            heard = [visitor] if visitor.pending() else select.select([*others], [], [])[0]
            for source in heard:
                if not (piece := source.recv(65_536)):
                    visitor.settimeout(5)
                    visitor.unwrap()  # a farewell, or the visitor must think that the line was cut
                    return
                others[source].sendall(piece)
