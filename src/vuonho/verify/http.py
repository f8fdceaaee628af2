"""Many addresses fetched at once, and why one does not answer, in words."""

import socket
import ssl
from collections import Counter, deque
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from http.client import HTTPException, HTTPMessage, HTTPResponse, IncompleteRead
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import IO, Final
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener, getproxies

from vuonho import __version__
from vuonho.errors import UserError, cited
from vuonho.i18n import Text

# --- Where the site is looked for: an address of the web, or one of this computer and its own network ---

_ASCII: Final = "".join(map(chr, range(128)))
_HINT: Final = Text("Write it like https://village-name.github.io/ (as the browser shows it).")
_NO_ADDRESS: Final = Text("That is no address of a website.")


def parse_target(typed: str) -> str:
    """Return the address of a site, ending in "/", its scheme and host in lower case, in ASCII as browsers copy it.

    Raises UserError for what is no address, holds a name, a password or a question, or is plain http anywhere but on
    this computer and the network around it.
    """
    typed = typed.strip()
    try:
        parts = urlsplit(typed)
        _ = parts.port
        host = parts.netloc.lower().encode("idna").decode("ascii")
    except ValueError as error:
        raise UserError(_NO_ADDRESS, _HINT) from error
    if parts.scheme not in ("http", "https"):
        raise UserError(Text("The address must begin with “https://”."), _HINT)
    if not parts.hostname or not typed.isprintable() or " " in typed:
        raise UserError(_NO_ADDRESS, _HINT)
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise UserError(Text("The address holds extra parts."), _HINT)
    if parts.scheme == "http" and not is_near(parts.hostname):
        raise UserError(
            Text(
                "A site on the web is looked at by “https://”; “http://” is for previews on the own network."
            ),
            _HINT,
        )
    # The letters of its path as they go over the network (RFC 3986, 2.1, in UTF-8).
    return quote(f"{parts.scheme}://{host}{parts.path.rstrip('/')}/", safe=_ASCII)


def is_near(host: str) -> bool:
    """Tell whether a host is this computer or one of the network around it."""
    if host == "localhost" or host.endswith((".localhost", ".local")):
        return True
    try:
        number = ip_address(host)
    except ValueError:
        return False
    return number.is_loopback or number.is_private or number.is_link_local


def origin(url: str) -> str:
    """Return scheme, host and port of an address, in lower case."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


# --- What comes back: an answer, or the reason why there is none ---


class Reason(Enum):
    """What stood in the way, and what to do about it."""

    NO_NAME = (
        Text("its domain name is not found"),
        Text("See whether this computer is online; if it is, whether the name is mistyped or has run out."),
    )
    NO_WAY = (
        Text("it cannot be reached"),
        Text("See whether this computer is online, then try again."),
    )
    TOO_SLOW = (
        Text("no answer in time"),
        Text("A weak network or a busy server: try again later."),
    )
    NO_TRUST = (
        Text("no safe connection (https)"),
        Text(
            "See whether this computer's date is right, then open it in a browser: if that warns "
            "too, tell who hosts the site (at GitHub: Settings → Pages, tick Enforce HTTPS); if "
            "not, somebody sits in this network."
        ),
    )
    NO_WEB = (
        Text("what answers is no website"),
        Text("Look at the address again."),
    )
    UNTRIED = (
        Text("not tried, as those before did not answer"),
        Text("Try again on a better network."),
    )

    def __init__(self, what: Text, hint: Text) -> None:
        self.what = what
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to `url`: from `end`, after redirects, or sent on to `leads` where that was not followed."""

    url: str
    end: str
    status: int
    body: bytes
    leads: str = ""


@dataclass(frozen=True, slots=True)
class NetworkError:
    """An address that gave no answer, and why; `detail` is what the system said."""

    url: str
    reason: Reason
    detail: str = ""

    @property
    def what(self) -> Text:
        """The reason in words, with what the system said."""
        said = f" ({self.detail})" if self.detail else ""
        return Text("{what}{said}", what=self.reason.what, said=said)


Reply = Answer | NetworkError

# --- One address, asked as a visitor would ---

PATIENCE: Final = 15.0
"""Seconds for a connection, and between two pieces of an answer."""
_WHOLE: Final = 60.0
"""Seconds for all pieces of an answer."""
_LARGEST: Final = 8 * 2**20
_LONGEST: Final = 120
_HEADERS: Final = {"User-Agent": f"vuonho/{__version__}", "Cache-Control": "no-cache"}


class _Redirects(HTTPRedirectHandler):
    """Follows redirects within the origin and to trusted ones ("https://host")."""

    def __init__(self, trusted: Collection[str]) -> None:
        self._trusted = frozenset(trusted)

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if origin(newurl) not in {origin(req.full_url), *self._trusted}:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class HttpClient:
    """Asks for one address after the other, through the proxy that the system names; a near host needs none."""

    def __init__(
        self, trusted: Collection[str], patience: float = PATIENCE, context: ssl.SSLContext | None = None
    ) -> None:
        proxies = {scheme: proxy for scheme, proxy in getproxies().items() if scheme == "https"}
        context = context or ssl.create_default_context()
        self._opener = build_opener(ProxyHandler(proxies), HTTPSHandler(context=context), _Redirects(trusted))
        self._patience = patience

    def fetch(self, url: str) -> Reply:
        """Return what an address answers; never raises for what a network can do."""
        try:
            request = Request(url, headers=_HEADERS)  # noqa: S310 - only http and https come from parse_target
            with self._opener.open(request, timeout=self._patience) as response:
                return Answer(url, response.url, response.status, _read(response))
        except HTTPError as error:
            where = error.headers.get("Location", "") if error.code < 400 else ""
            error.close()
            with suppress(UnicodeError):  # the library takes each byte for a letter; most servers write UTF-8
                where = where.encode("latin-1").decode("utf-8")
            return Answer(url, error.url, error.code, b"", urljoin(error.url, where) if where else "")
        except (OSError, HTTPException, ValueError) as error:  # ValueError: an address that is none
            return _network_error(url, error)


def _read(response: HTTPResponse) -> bytes:
    """Return the whole content; raise HTTPException for one that is too large or was cut off."""
    until = monotonic() + _WHOLE
    content = bytearray()
    while piece := response.read1(65_536):
        content += piece
        if len(content) > _LARGEST:
            raise HTTPException
        if monotonic() > until:
            raise TimeoutError
    if response.length:  # read1 says nothing of an end that came too early
        raise IncompleteRead(bytes(content), response.length)
    return bytes(content)


def _network_error(url: str, error: Exception) -> NetworkError:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, TimeoutError):
        return NetworkError(url, Reason.TOO_SLOW)
    if isinstance(cause, ssl.SSLError):
        reason = Reason.NO_TRUST
    elif isinstance(cause, socket.gaierror | UnicodeError):  # too long a name is one nobody can have
        reason = Reason.NO_NAME
    else:
        reason = Reason.NO_WAY if isinstance(cause, OSError | str) else Reason.NO_WEB
    said = getattr(cause, "verify_message", "") or getattr(cause, "strerror", "") or str(cause)
    return NetworkError(url, reason, cited(said)[:_LONGEST])


# --- Many addresses, a few at a time; a network that is down is let be ---

AT_ONCE: Final = 8
_ENOUGH: Final = 6
"""Addresses of one origin in a row without an answer: then the others are not tried."""
_TICK: Final = 0.2


def fetch_all(
    urls: Sequence[str], trusted: Collection[str], *, patience: float = PATIENCE
) -> Iterator[Reply]:
    """Yield one reply for each of different addresses, as they come."""
    client = HttpClient(trusted, patience)
    silent = Counter[str]()
    waiting = iter(urls)
    replies = SimpleQueue[Reply | Exception]()

    def work() -> None:
        for url in waiting:
            try:
                at = origin(url)
                is_tried = silent[at] < _ENOUGH
                reply = client.fetch(url) if is_tried else NetworkError(url, Reason.UNTRIED)
                silent[at] = silent[at] + 1 if isinstance(reply, NetworkError) else 0
                replies.put(reply)
            except Exception as error:  # noqa: BLE001 - raised again where the replies are read
                replies.put(error)

    # Daemons, and no ThreadPoolExecutor: at Ctrl-C that would wait for answers that may not come.
    for _ in range(min(AT_ONCE, len(urls))):
        Thread(target=work, daemon=True).start()
    count = 0
    try:
        while count < len(urls):
            with suppress(Empty):
                reply = replies.get(timeout=_TICK)  # in small steps: Windows hears Ctrl-C only between two
                if isinstance(reply, Exception):
                    raise reply
                count += 1
                yield reply
    finally:
        deque(waiting, maxlen=0)  # nobody asks for the others
