"""Addresses fetched as a visitor's phone would: redirects, silence in plain words, few at a time, never for ever."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from https_kit import certificate
from pages_server import Served, served
from vuonho import __version__
from vuonho.errors import UserError
from vuonho.verify.http import (
    AT_ONCE,
    Answer,
    HttpClient,
    NetworkError,
    Reason,
    Reply,
    fetch_all,
    is_near,
    parse_target,
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site of many small pages."""
    root = tmp_path_factory.mktemp("live")
    for number in range(60):
        (root / f"{number}").mkdir()
        (root / f"{number}/index.html").write_text(f"<p>{number}</p>" * 100, encoding="utf-8")
    return root


@pytest.fixture
def web(site: Path) -> Iterator[Served]:
    """Serve it."""
    with served(site) as one:
        yield one


def ask(url: str, *trusted: str, patience: float = 5) -> Reply:
    return HttpClient(trusted, patience).fetch(url)


def reason(reply: Reply) -> Reason | None:
    return reply.reason if isinstance(reply, NetworkError) else None


@contextmanager
def answering(*answers: bytes, after: float = 0) -> Iterator[str]:
    """Serve raw answers in turn, one a connection, and give the address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            for answer in answers:
                with suppress(OSError), listener.accept()[0] as visitor:
                    visitor.recv(65_536)
                    for piece in answer.split(b"|") if after else (answer,):
                        visitor.sendall(piece)
                        sleep(after)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"


# --- The address ---


@each(
    ("typed", "read"),
    [
        ("https://VuonMau.example", "https://vuonmau.example/"),
        (" https://a.github.io/Repo// ", "https://a.github.io/Repo/"),
        ("HTTP://LocalHost:8000/repo", "http://localhost:8000/repo/"),
        ("http://192.168.1.7:8000/", "http://192.168.1.7:8000/"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
        ("http://may-tinh.local/", "http://may-tinh.local/"),
        ("https://a.example/vườn%20mẫu", "https://a.example/v%C6%B0%E1%BB%9Dn%20m%E1%BA%ABu/"),
        ("https://Vườn.example:8000/", "https://xn--vn-d0a0990a.example:8000/"),
    ],
)
def test_an_address(typed: str, read: str) -> None:
    """Its letters small where they do not count, with a slash at its end."""
    assert read == parse_target(typed)


@each(
    "typed",
    [
        "", "vuonmau.example", "ftp://a.example/", "file:///etc/passwd", "javascript:alert(1)", "https://",
        "http://vuonmau.example/", "http://8.8.8.8/", "https://u:p@a.example/", "https://a.example/?q=1",
        "https://a.example/#x", "https://a .example/", "https://[::1", "https://a.example:99999/", "https://a\x07b.example/",
        "http://a..localhost/", f"http://{'a' * 70}.localhost/", f"https://{'vườn' * 20}.example/",
    ],
)  # fmt: skip
def test_no_address(typed: str) -> None:
    """Each is refused in words, with what to write instead."""
    with pytest.raises(UserError) as refused:
        parse_target(typed)
    assert all(refused.value.message)
    assert "https://" in refused.value.hint.vi


@given(st.text(max_size=30))
def test_anything_as_an_address(typed: str) -> None:
    """An address that is safe to ask, or a refusal."""
    try:
        read = parse_target(typed)
    except UserError:
        return
    assert read.endswith("/")
    assert read.startswith("https://") or is_near(
        read.removeprefix("http://").partition("/")[0].partition(":")[0]
    )


# --- One visitor ---


def test_what_is_told_to_the_server() -> None:
    """The program's name and version, and nothing of the project."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/482135/"
        asked = threading.Thread(target=ask, args=(url,), daemon=True)
        asked.start()
        visitor, _ = listener.accept()
        with visitor:
            lines = visitor.recv(65_536).decode().splitlines()
    asked.join()
    assert lines[0] == "GET /482135/ HTTP/1.1"
    names = {line.partition(":")[0]: line.partition(": ")[2] for line in lines[1:] if line}
    assert set(names) == {"Host", "User-Agent", "Accept-Encoding", "Cache-Control", "Connection"}
    assert names["User-Agent"] == f"vuonho/{__version__}"


@pytest.mark.parametrize("trusted", [False, True])
def test_a_redirect_to_another_host(web: Served, *, trusted: bool) -> None:
    """It is followed only to where the site is known to live."""
    goal = f"{web.base}1/"
    with answering(f"HTTP/1.1 301 Moved\r\nLocation: {goal}\r\nContent-Length: 0\r\n\r\n".encode()) as url:
        reply = ask(url, *([web.origin] if trusted else []))
    assert isinstance(reply, Answer)
    assert (reply.status, reply.end, reply.leads) == ((200, goal, "") if trusted else (301, url, goal))
    assert len(web.requests) == trusted


def test_a_redirect_with_letters_as_they_are() -> None:
    """Some servers name a place without disguising its letters; it is asked for as a browser would."""
    on = "HTTP/1.1 301 Moved\r\nLocation: /vườn/\r\nContent-Length: 0\r\n\r\n".encode()
    with answering(on, OK + b"Content-Length: 2\r\n\r\nok") as url:
        reply = ask(url)
    assert isinstance(reply, Answer)
    assert (reply.end, reply.body) == (f"{url}v%C6%B0%E1%BB%9Dn/", b"ok")
    abroad = "HTTP/1.1 301 Moved\r\nLocation: http://b.example/vườn/\r\nContent-Length: 0\r\n\r\n".encode()
    with answering(abroad) as url:
        reply = ask(url)
    assert isinstance(reply, Answer)
    assert reply.leads == "http://b.example/vườn/"


def test_a_redirect_in_a_circle() -> None:
    """After a few hops nobody goes on."""
    with answering(*[b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"] * 9) as url:
        reply = ask(url)
    assert isinstance(reply, Answer)
    assert (reply.status, reply.leads) == (302, f"{url}x")


OK = b"HTTP/1.1 200 OK\r\n"


@each(
    ("answer", "why"),
    [
        (b"", Reason.NO_WAY),
        (b"SSH-2.0-OpenSSH_9.2\r\n", Reason.NO_WEB),
        (OK + b"Content-Length: 10\r\n\r\nhalf", Reason.NO_WEB),
        (OK + b"\r\n" + bytes(9 * 2**20), Reason.NO_WEB),
        (b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\nContent-Length: 0\r\n\r\n", Reason.NO_WEB),
        (OK + b"Content-Length: 10\r\n\r\n|half|more", Reason.TOO_SLOW),
    ],
)
def test_answers_that_are_none(answer: bytes, why: Reason) -> None:
    """Cut off, no web at all, half of it, too much, nonsense, too slow: each in words."""
    slow = 0.6 if why is Reason.TOO_SLOW else 0.0
    with answering(answer, after=slow) as url:
        assert reason(ask(url, patience=0.3 if slow else 60)) is why


def test_a_closed_door_and_an_unknown_name(web: Served) -> None:
    """Nobody listens, with what the system says of it; a name that nobody can have; a server that speaks in the clear."""
    assert reason(ask(web.base.replace("http:", "https:"))) is Reason.NO_TRUST
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    closed = ask(f"http://127.0.0.1:{port}/")
    assert isinstance(closed, NetworkError)
    assert (closed.reason, "refused" in closed.what.en) == (Reason.NO_WAY, True)
    assert reason(ask("http://a..localhost/")) is Reason.NO_NAME


@each(
    ("host", "until", "is_trusted", "said"),
    [
        ("localhost", "20990101000000Z", True, ""),
        ("localhost", "20210101000000Z", True, "expired"),
        ("khac.example", "20990101000000Z", True, "Hostname mismatch"),
        ("localhost", "20990101000000Z", False, "self-signed"),
    ],
)
def test_certificates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str, until: str, said: str, *, is_trusted: bool
) -> None:
    """A good one, one that has run out, one of another name, one that nobody vouches for."""
    monkeypatch.setenv("no_proxy", "localhost")
    pair = certificate(tmp_path, host, until=until)
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    server.load_cert_chain(*pair)
    if is_trusted:
        client.load_verify_locations(pair[0])
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError), server.wrap_socket(listener.accept()[0], server_side=True) as visitor:
                visitor.recv(65_536)
                visitor.sendall(OK + b"Content-Length: 0\r\n\r\n")

        threading.Thread(target=serve, daemon=True).start()
        url = f"https://localhost:{listener.getsockname()[1]}/"
        reply = HttpClient((), 5, client).fetch(url)
    assert reason(reply) is (Reason.NO_TRUST if said else None)
    assert isinstance(reply, Answer) or said in reply.what.en


# --- Many ---


def numbers(web: Served) -> tuple[str, ...]:
    return tuple(f"{web.base}{number}/" for number in range(60))


def test_all_are_asked_few_at_a_time(web: Served) -> None:
    """Each once, over few connections."""
    most = 0
    web.delay = 0.005
    replies = []
    for reply in fetch_all(numbers(web), ()):
        replies.append(reply)
        most = max(most, sum(thread.name.endswith("(work)") for thread in threading.enumerate()))
    assert sorted(reply.url for reply in replies) == sorted(numbers(web))
    assert sorted(web.paths()) == sorted(f"/repo/{number}/" for number in range(60))
    assert 1 <= most <= AT_ONCE


@pytest.mark.parametrize(
    "spoil", [lambda web: setattr(web, "down", True), lambda web: setattr(web, "delay", 30.0)]
)
def test_a_network_that_is_down_is_left_alone(web: Served, spoil: Callable[[Served], None]) -> None:
    """After a few silences the rest is not tried: no thousand timeouts."""
    spoil(web)
    reasons = [reason(reply) for reply in fetch_all(numbers(web), (), patience=0.3)]
    assert None not in reasons
    assert reasons.count(Reason.UNTRIED) >= 60 - 2 * AT_ONCE


def test_who_drips_for_ever_is_given_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter now and then holds nobody up for ever."""
    monkeypatch.setattr("vuonho.verify.http._WHOLE", 1)
    with answering(OK + b"Content-Length: 9999\r\n\r\nx|" + b"x|" * 99, after=0.3) as slow:
        assert reason(ask(slow, patience=60)) is Reason.TOO_SLOW


def test_a_few_silences_among_answers_stop_nobody(web: Served) -> None:
    """Every tenth address is silent, and all others are asked."""
    web.forced = {f"/repo/{number}/": 0 for number in range(0, 60, 10)}
    reasons = [reason(reply) for reply in fetch_all(numbers(web), ())]
    assert (reasons.count(None), Reason.UNTRIED in reasons) == (54, False)


def test_an_address_that_cannot_be_read_ends_the_asking() -> None:
    """It is told to who reads the replies, who would wait for it for ever."""
    with pytest.raises(ValueError, match="IPv6"):
        list(fetch_all(("https://[x/",), ()))
