"""The preview as its visitors meet it: requests letter by letter, a server in this process, the command as a process."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

from command_kit import COMMAND, environment
from vuonho.serve.preview import Shown, State, preview
from vuonho.serve.server import Server


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: status, headers in lower case, content."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        """The content as text."""
        return self.content.decode("utf-8")


def send(port: int, request: bytes, host: str = "127.0.0.1", client: str = "") -> Reply:
    """Send a request as it stands and return what comes back until the connection is closed; status 0 for nothing."""
    source = (client, 0) if client else None
    with socket.create_connection((host, port), timeout=120, source_address=source) as connection:
        connection.sendall(request)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, content = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return Reply(int([*first.split(), "0", "0"][1]), headers, content)


def ask(port: int, target: str, method: str = "GET", host: str = "127.0.0.1", **headers: str) -> Reply:
    """Ask for a path as it is written here, with nothing made proper; `_` in a header's name is "-"."""
    given = {"Host": "localhost"} | {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())]
    return send(port, "\r\n".join((*lines, "Connection: close", "", "")).encode("utf-8"), host)


class Previewing(Server):
    """A server whose `state` is at hand."""

    def __init__(self, host: str, port: int, state: State) -> None:
        self.state = state
        super().__init__(host, port, preview(state))


@contextmanager
def previewed(shown: Shown, host: str = "127.0.0.1", port: int = 0) -> Iterator[Previewing]:
    """Serve what is shown."""
    server = Previewing(host, port, State(shown))
    server.start()
    try:
        yield server
    finally:
        server.state.close()
        server.stop()


@dataclass(frozen=True, slots=True)
class Serving:
    """The command at work; `said` is where it says what it does besides its addresses."""

    process: subprocess.Popen[str]
    address: str
    told: tuple[str, ...]
    said: IO[str]

    @property
    def port(self) -> int:
        """The port that it took."""
        return int(self.address.rpartition(":")[2].partition("/")[0])

    def stop(self, number: int = signal.SIGINT) -> int:
        """Return the exit code after a signal."""
        self.process.send_signal(number)
        return self.process.wait(120)


@contextmanager
def serving(root: Path, *options: str, **more: str) -> Iterator[Serving]:
    """Run `vuonho serve` in English until it has told all that it tells at its start; ended at the end."""
    process = subprocess.Popen(
        [*COMMAND, "--lang", "en", "-C", str(root), "serve", *options],
        env=environment(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        told = list[str]()
        for line in process.stdout:
            told.append(line.rstrip("\n"))
            if "Ctrl-C" in line:
                break
        assert told, process.stderr.read()
        yield Serving(process, told[0].partition(": ")[2], tuple(told), process.stderr)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(120)
        process.stdout.close()
        process.stderr.close()


WIFI = """
ip link set lo up
ip link add wifi type veth peer name other || exit 77
ip addr add 192.168.77.2/24 dev wifi && ip addr add 192.168.77.9/24 dev wifi || exit 77
ip link set wifi up && ip link set other up && ip route add default via 192.168.77.1 || exit 77
python=$1 phone=$2 answer=$3
shift 3
"$@" &
"$python" -c "$phone" > "$answer"
kill -TERM $!
wait $!
"""
"""A network of its own, in which this computer is 192.168.77.2, and for the phone 192.168.77.9."""


def on_a_wifi(root: Path, phone: str, answer: Path, *options: str) -> tuple[int, str, object]:
    """Return how `vuonho serve --lan --port 8000` ended, what it told, and the JSON that the phone's script printed.

    The command is asked to end when the script has. Skips the test where this system makes no networks.
    """
    laptop = [*COMMAND, "--lang", "en", "-C", str(root), "serve", "--lan", "--port", "8000", *options]
    if shutil.which("unshare") is None or shutil.which("ip") is None:
        pytest.skip("this system makes no networks")
    done = subprocess.run(
        ["unshare", "-rn", "sh", "-c", WIFI, "sh", sys.executable, phone, str(answer), *laptop],
        env=environment(PYTHONPATH=os.pathsep.join(sys.path)),
        capture_output=True,
        timeout=600,
        check=False,
    )
    if done.returncode in (1, 77) and not answer.exists():
        pytest.skip("this system makes no networks")
    return done.returncode, done.stdout.decode("utf-8"), json.loads(answer.read_text(encoding="utf-8"))
