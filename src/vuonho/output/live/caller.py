"""One visitor who asks for address after address over a connection that is kept open."""

import ssl
import zlib
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from typing import Final
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from vuonho import __version__
from vuonho.output.live.silence import Silence, reason_of
from vuonho.output.live.target import in_ascii, origin

PATIENCE: Final = 15.0
"""Seconds for a connection, and between two pieces of an answer."""
_LARGEST: Final = 8 * 2**20
_HOPS: Final = 5
_MOVED: Final = frozenset((301, 302, 303, 307, 308))
_ASKING: Final = {
    "User-Agent": f"vuonho/{__version__}",
    "Accept-Encoding": "gzip",
    "Cache-Control": "no-cache",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to `url`: from `end`, after redirects, or sent on to `leads` where that was not followed."""

    url: str
    end: str
    status: int
    body: bytes
    leads: str = ""


Reply = Answer | Silence


class Caller:
    """Asks; redirects are followed within the origin and to `trusted` ones ("https://host"), by hand."""

    def __init__(self, trusted: Collection[str], safety: ssl.SSLContext, patience: float = PATIENCE) -> None:
        self._trusted = frozenset(trusted)
        self._safety = safety
        self._patience = patience
        self._origin = ""
        self._line: HTTPConnection | None = None

    def ask(self, url: str) -> Reply:
        """Return what an address answers; never raises for what a network can do."""
        at = url
        try:
            for _ in range(_HOPS):
                answer = self._once(url, at)
                if not answer.leads or origin(answer.leads) not in {origin(at), *self._trusted}:
                    return answer
                at = in_ascii(answer.leads)
        except (
            OSError,
            HTTPException,
            ValueError,
            zlib.error,
        ) as error:  # ValueError: an address that is none
            self.hang_up()
            return Silence(url, reason_of(error))
        return answer

    def hang_up(self) -> None:
        """Close the connection."""
        if self._line is not None:
            with suppress(OSError):
                self._line.close()
        self._line, self._origin = None, ""

    def _once(self, url: str, at: str) -> Answer:
        """Return one answer; a line that was kept open and has been cut since is opened again."""
        was_open = self._line is not None and self._origin == origin(at)
        try:
            return self._answer(url, at)
        except (ConnectionError, HTTPException):
            self.hang_up()
            if not was_open:
                raise
        return self._answer(url, at)

    def _answer(self, url: str, at: str) -> Answer:
        line = self._connected(at)
        parts = urlsplit(at)
        line.request("GET", parts.path or "/", headers=_ASKING)
        with line.getresponse() as response:
            body = _read(response)
        if response.will_close:
            self.hang_up()
        where = _in_letters(response.getheader("Location", "")) if response.status in _MOVED else ""
        return Answer(url, at, response.status, body, urljoin(at, where) if where else "")

    def _connected(self, at: str) -> HTTPConnection:
        if self._line is None or self._origin != origin(at):
            self.hang_up()
            self._line, self._origin = _line(at, self._safety, self._patience), origin(at)
        return self._line


def _line(url: str, safety: ssl.SSLContext, patience: float) -> HTTPConnection:
    """Return a connection to an address's host, through the proxy that the system names; a near host needs none."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "http":
        return HTTPConnection(host, parts.port or 80, timeout=patience)
    proxy = "" if proxy_bypass(host) else getproxies().get("https", "")
    way = urlsplit(proxy if "://" in proxy else f"//{proxy}")
    if not way.hostname:
        return HTTPSConnection(host, parts.port or 443, timeout=patience, context=safety)
    line = HTTPSConnection(way.hostname, way.port or 80, timeout=patience, context=safety)
    line.set_tunnel(host, parts.port or 443)
    return line


def _in_letters(header: str) -> str:
    """Return a header as it was meant: the library takes each byte for a letter, and most servers write UTF-8."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def _read(response: HTTPResponse) -> bytes:
    """Return the whole content, unpacked; raise HTTPException for one that is too large or was cut off."""
    pieces = bytearray()
    while piece := response.read1(65_536):
        pieces += piece
        if len(pieces) > _LARGEST:
            raise HTTPException
    if response.length:  # read1 says nothing of an end that came too early
        raise IncompleteRead(bytes(pieces), response.length)
    if response.getheader("Content-Encoding", "").lower() != "gzip":
        return bytes(pieces)
    unpacking = zlib.decompressobj(16 + zlib.MAX_WBITS)
    content = unpacking.decompress(bytes(pieces), _LARGEST)
    if not unpacking.eof:
        raise IncompleteRead(content)
    return content
