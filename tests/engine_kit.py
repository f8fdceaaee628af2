"""Firefox and WebKit beside Chromium, each driven by the protocol that it brings: the few words that a visit needs.

Firefox hears Marionette, WebKit the W3C's WebDriver by a driver of its own; their commands are the same.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from browser_kit import PATIENCE

NEEDS: Final[Mapping[str, tuple[str, ...]]] = {"firefox": ("firefox",), "webkit": ("WebKitWebDriver", "Xvfb")}
"""The programs of each engine (apt: firefox-esr; webkit2gtk-driver and xvfb)."""
_PREFERENCES: Final[Mapping[str, object]] = {
    "marionette.port": 0,  # any that is free
    "intl.accept_languages": "vi-VN, vi",
    "datareporting.policy.dataSubmissionEnabled": False,
}
_PATHS: Final = {
    "Navigate": "url", "ExecuteAsyncScript": "execute/async", "SetTimeouts": "timeouts", "TakeScreenshot": "screenshot",
}  # fmt: skip
_CALL: Final = """
const values = [...arguments], done = values.pop();
(async (...values) => { %s })(...values).then(value => done([value]), error => done(String(error)));
"""

Ask = Callable[..., Any]
"""Has a command of WebDriver carried out, by its name and its parameters, and returns its value."""


class Died(Exception):
    """The engine itself fails: WebKit's does now and then on a busy machine, whatever it shows."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A browser with one window."""

    ask: Ask

    def open(self, address: str) -> None:
        """Go to an address."""
        self.ask("Navigate", url=address)

    def run(self, script: str, *values: object) -> Any:
        """Return what the body of an async function gives, called in the page with `values`."""
        told = self.ask("ExecuteAsyncScript", script=_CALL % script, args=list(values))
        assert isinstance(told, list), told
        return told[0]

    def picture(self) -> bytes:
        """Return what is seen, as PNG."""
        return b64decode(self.ask("TakeScreenshot", full=False))


def lacking(name: str) -> list[str]:
    """Return which programs of an engine are not on this machine."""
    return [program for program in NEEDS[name] if not shutil.which(program)]


@contextmanager
def started(name: str) -> Iterator[Engine]:
    """Start an engine with a home that is thrown away."""
    start = {"firefox": _firefox, "webkit": _webkit}[name]
    with TemporaryDirectory(ignore_cleanup_errors=True) as home, start(Path(home)) as ask:
        ask("SetTimeouts", pageLoad=PATIENCE, script=PATIENCE)
        yield Engine(ask)


@contextmanager
def _process(*command: str, pass_fds: tuple[int, ...] = (), **more: str) -> Iterator[None]:
    """Run a program, and end it with all that it started."""
    with subprocess.Popen(
        command, env={**os.environ, **more}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, pass_fds=pass_fds, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def _awaited(found: Callable[[], Any]) -> Any:
    """Return what there is at last."""
    end = time.monotonic() + PATIENCE / 1000
    while not (value := found()):
        assert time.monotonic() < end, "the browser does not start"
        time.sleep(0.05)
    return value


@contextmanager
def _firefox(home: Path) -> Iterator[Ask]:
    lines = (f"user_pref({json.dumps(key)}, {json.dumps(value)});\n" for key, value in _PREFERENCES.items())
    (home / "user.js").write_text("".join(lines), encoding="utf-8")
    said = home / "MarionetteActivePort"
    command = ("firefox", "--headless", "--no-remote", "--marionette", "--profile", str(home))
    with _process(*command, HOME=str(home), MOZ_CRASHREPORTER_DISABLE="1"):
        port = int(_awaited(lambda: said.is_file() and said.read_bytes()))
        with (
            socket.create_connection(("127.0.0.1", port), PATIENCE / 1000) as line,
            line.makefile("rwb") as stream,
        ):

            def read() -> Any:
                size = b""
                while (digit := stream.read(1)) not in (b":", b""):
                    size += digit
                return json.loads(stream.read(int(size)))

            def ask(command: str, **values: object) -> Any:
                content = json.dumps([0, 1, f"WebDriver:{command}", values]).encode()
                stream.write(b"%d:%b" % (len(content), content))
                stream.flush()
                _, _, error, value = read()
                assert error is None, error
                return value.get("value")

            read()  # its greeting
            ask("NewSession")
            yield ask


@contextmanager
def _webkit(home: Path) -> Iterator[Ask]:
    ours, theirs = os.pipe()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    screen = ("Xvfb", "-displayfd", str(theirs), "-screen", "0", "1280x1024x24", "-nolisten", "tcp")
    with os.fdopen(ours, "rb") as display, _process(*screen, pass_fds=(theirs,)):
        os.close(theirs)
        where = f":{display.readline().decode().strip()}"
        command = ("WebKitWebDriver", f"--port={port}")
        with _process(*command, HOME=str(home), GDK_BACKEND="x11", DISPLAY=where):

            def ask(command: str, **values: object) -> Any:
                path = f"/session/{session}/{_PATHS[command]}" if command in _PATHS else "/session"
                return _answer(port, path, None if command == "TakeScreenshot" else values)

            session = ""
            _awaited(lambda: _answer(port, "/status", None))
            session = ask("NewSession", capabilities={})["sessionId"]
            yield ask


def _answer(port: int, path: str, values: Mapping[str, object] | None) -> Any:
    """Return the value of an answer; None while nobody listens."""
    content = None if values is None else json.dumps(values).encode()
    request = Request(f"http://127.0.0.1:{port}{path}", content, {"Content-Type": "application/json"})
    try:
        with urlopen(request, timeout=PATIENCE / 1000) as answer:  # noqa: S310 - the driver's own address
            return json.load(answer)["value"]
    except HTTPError as error:
        with error:
            raise Died(error.read().decode()) from error
    except (OSError, HTTPException) as error:
        if path == "/status":
            return None
        raise Died(str(error)) from error
