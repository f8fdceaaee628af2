"""The server on the network: who reaches it, who can hold it up, and how it ends."""

import contextlib
import socket
import threading
import time
from pathlib import Path

import pytest

from preview_kit import Reply, ask, previewed
from vuonho.serve import preview as preview_module
from vuonho.serve.preview import WAIT, Shown, State, preview, show_trouble
from vuonho.serve.server import LOOPBACK, Server, addresses, open_server

NOTHING = Shown(Path("nirgends"), "/")
BEFORE = Shown(Path("nirgends"), "/", script="x()", version="a" * 16)


def preview_threads() -> list[str]:
    """Return the threads that servers have."""
    return [
        one.name for one in threading.enumerate() if "preview" in one.name or "process_request" in one.name
    ]


def test_a_page_hears_of_a_change_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It waits as long as what it shows is shown, however long that is, and no longer."""
    monkeypatch.setattr(preview_module, "PATIENCE", 600)
    with previewed(BEFORE) as server:
        heard: list[Reply] = []
        waiting = threading.Thread(target=lambda: heard.append(ask(server.port, f"{WAIT}?{'a' * 16}")))
        waiting.start()
        waiting.join(0.2)
        assert waiting.is_alive()
        server.state.show(show_trouble(BEFORE, b"full", b"short", "x()"))
        waiting.join(60)
        version = server.state.shown.version
        assert [(200, version)] == [(one.status, one.text) for one in heard]
        assert version == ask(server.port, f"{WAIT}?{'a' * 16}").text != "a" * 16


def test_bytes_as_published_have_nobody_to_wait_for() -> None:
    """Without the script there is no such address."""
    with previewed(NOTHING) as server:
        assert ask(server.port, WAIT).status == 404


def test_without_lan_only_this_computer_reaches_it() -> None:
    """Bound to one address and no other; with --lan to all."""
    with open_server(preview(State(NOTHING)), 0, lan=False) as server:
        server.start()
        with pytest.raises(ConnectionRefusedError):
            ask(server.port, "/", host="127.0.0.2")
        assert addresses(server, "/v/", lan=False) == [f"http://{LOOPBACK}:{server.port}/v/"]
    with open_server(preview(State(NOTHING)), 0, lan=True) as server:
        server.start()
        assert ask(server.port, "/", host="127.0.0.2", Host="127.0.0.2").status == 404
        assert LOOPBACK not in "".join(addresses(server, "/", lan=True)[1:])


def test_who_is_slow_keeps_nobody_waiting() -> None:
    """Half a request, however many there are."""
    with previewed(NOTHING) as server, contextlib.ExitStack() as crowd:
        for _ in range(20):
            slow = crowd.enter_context(socket.create_connection((LOOPBACK, server.port), timeout=60))
            slow.sendall(b"GET / HT")
        assert ask(server.port, "/").status == 404


def test_the_end_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits or idles is let go, no thread goes on, and the port is free at once."""
    monkeypatch.setattr("vuonho.serve.server._Handler.timeout", 1)
    with previewed(BEFORE) as server:
        idle, waiting = (socket.create_connection((LOOPBACK, server.port), timeout=60) for _ in range(2))
        waiting.sendall(f"GET {WAIT}?{'a' * 16} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        until = time.monotonic() + 60
        while len(preview_threads()) < 3 and time.monotonic() < until:
            time.sleep(0.01)
        assert len(preview_threads()) == 3
    assert idle.recv(1) == b""
    waiting.close()
    idle.close()
    deadline = time.monotonic() + 60
    while preview_threads() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert preview_threads() == []
    Server(LOOPBACK, server.port, preview(State(NOTHING))).stop()


def test_a_port_that_is_free_is_found() -> None:
    """Two previews have two."""
    with (
        open_server(preview(State(NOTHING)), None, lan=False) as one,
        open_server(preview(State(NOTHING)), None, lan=False) as other,
    ):
        assert one.port != other.port
