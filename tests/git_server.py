"""A host of repositories as GitHub is one to git: smart HTTP with a login, on a port of this machine."""

import base64
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from publish_kit import clean

WRITER, READER = ("to", "khoa"), ("khach", "khoa")


@contextmanager
def host_of(folder: Path) -> Iterator[str]:
    """Serve the repositories below a folder; reading is free, writing is for WRITER alone. Give the origin."""
    with _Host(("127.0.0.1", 0), _Visit) as server:
        server.folder = folder
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


class _Host(ThreadingHTTPServer):
    folder: Path


class _Visit(BaseHTTPRequestHandler):
    server: _Host
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """What git asks first."""
        self._answer(b"")

    def do_POST(self) -> None:
        """What git sends, in one piece or in many."""
        if self.headers.get("Transfer-Encoding") != "chunked":
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))
            return
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        self._answer(body)

    def _answer(self, body: bytes) -> None:
        path, _, query = self.path.partition("?")
        is_writing = "git-receive-pack" in self.path
        user = self._user()
        if is_writing and user not in (WRITER, READER):
            self._send(401, [("WWW-Authenticate", 'Basic realm="x"')], b"")
        elif is_writing and user == READER:
            self._send(403, [], b"")
        else:
            self._send(*self._backend(path, query, body))

    def _user(self) -> tuple[str, ...]:
        given = self.headers.get("Authorization", "").removeprefix("Basic ")
        return tuple(base64.b64decode(given).decode().split(":")) if given else ()

    def _backend(self, path: str, query: str, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        """Let git itself answer, by the rules of CGI (RFC 3875)."""
        repository, slash, rest = (
            path.removeprefix("/").partition("/info/") if "/info/" in path else path[1:].rpartition("/git-")
        )
        told = {
            "GIT_PROJECT_ROOT": str(self.server.folder), "GIT_HTTP_EXPORT_ALL": "1", "REMOTE_USER": "to",
            "PATH_INFO": f"/{repository.removesuffix('.git')}.git{slash}{rest}", "QUERY_STRING": query, "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""), "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""), "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }  # fmt: skip
        for _ in range(3):  # on a machine out of breath it once said 404 of a repository that is there
            done = subprocess.run(
                ["git", "http-backend"], input=body, env=clean() | told, capture_output=True, check=False
            )
            if not (
                done.stdout.startswith(b"Status: 404")
                and self.server.folder.joinpath(told["PATH_INFO"][1:].partition(".git")[0] + ".git").is_dir()
            ):
                break
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = [
            (name, value) for name, _, value in (line.partition(": ") for line in head.decode().split("\r\n"))
        ]
        status = next((int(value[:3]) for name, value in headers if name == "Status"), 200)
        return status, [one for one in headers if one[0] != "Status"], content

    def _send(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response(status)
        for name, value in (*headers, ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def helper(home: Path, user: tuple[str, str]) -> None:
    """Let git know a login, in the settings of a user whose home this is."""
    home.mkdir(exist_ok=True)
    login = f"!f() {{ echo username={user[0]}; echo password={user[1]}; }}; f"
    quoted = login.replace('"', '\\"')
    (home / ".gitconfig").write_text(f'[credential]\n\thelper = "{quoted}"\n', encoding="utf-8")


def settle(home: Path) -> dict[str, str]:
    """Return the variables of a user with this home."""
    return {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1"}
