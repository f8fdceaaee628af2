"""Many addresses asked at once, and why one does not answer, in words."""

import socket
import ssl
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from vuonho import __version__
from vuonho.errors import Refused
from vuonho.i18n import Text

# --- Why an address does not answer, in words for somebody who has never heard of names, routes and certificates ---

_EXPIRED, _TOO_EARLY, _OTHER_NAME = 10, 9, 62
"""What OpenSSL calls the flaws of certificates (X509_V_ERR_…)."""


class Reason(Enum):
    """What stood in the way, and what to do about it."""

    NO_NAME = (
        Text("không tìm thấy tên miền", "its domain name is not found"),
        Text(
            "Xem máy đã vào mạng chưa; nếu rồi thì xem tên miền có gõ sai hay hết hạn không.",
            "See whether this computer is online; if it is, whether the name is mistyped or has run out.",
        ),
    )
    NO_WAY = (
        Text("không kết nối được", "it cannot be reached"),
        Text(
            "Xem máy đã vào mạng chưa, rồi thử lại.", "See whether this computer is online, then try again."
        ),
    )
    TOO_SLOW = (
        Text("chờ lâu mà không thấy trả lời", "no answer in time"),
        Text(
            "Mạng yếu hoặc máy chủ bận: lát nữa thử lại.", "A weak network or a busy server: try again later."
        ),
    )
    EXPIRED = (
        Text("chứng chỉ bảo mật đã hết hạn", "its certificate has expired"),
        Text(
            "Điện thoại của khách sẽ báo nguy hiểm. Xem đồng hồ máy này; nếu đúng giờ thì báo nơi đặt trang.",
            "Phones will warn of danger. See whether this computer's clock is right; if so, tell who hosts the site.",
        ),
    )
    TOO_EARLY = (
        Text("chứng chỉ bảo mật chưa tới ngày dùng", "its certificate is not valid yet"),
        Text(
            "Đồng hồ máy này có lẽ chạy sai: chỉnh lại ngày giờ.",
            "This computer's clock is probably wrong: set it.",
        ),
    )
    OTHER_NAME = (
        Text("chứng chỉ bảo mật là của tên miền khác", "its certificate belongs to another name"),
        Text(
            "Tên miền mới gắn thì chờ tới một ngày; sau đó vào Settings → Pages, chọn Enforce HTTPS.",
            "A new domain may take a day; then tick Enforce HTTPS in Settings → Pages.",
        ),
    )
    NO_TRUST = (
        Text("chứng chỉ bảo mật không tin được", "its certificate is not trusted"),
        Text(
            "Thử mở bằng trình duyệt: trình duyệt cũng báo thì báo nơi đặt trang; nếu không, mạng này có người xen vào.",
            "Open it in a browser: if that warns too, tell who hosts the site; if not, somebody sits in this network.",
        ),
    )
    NO_SAFETY = (
        Text("không nói chuyện an toàn (https) được", "it does not speak https"),
        Text(
            "Thử mở bằng trình duyệt; mạng công cộng có khi đòi đăng nhập trước.",
            "Open it in a browser; a public network may want a login first.",
        ),
    )
    CUT_OFF = (
        Text("kết nối bị ngắt giữa chừng", "the connection was cut off"),
        Text("Lát nữa thử lại.", "Try again later."),
    )
    NO_WEB = (
        Text("câu trả lời không phải của một trang web", "what answers is no website"),
        Text("Xem lại địa chỉ.", "Look at the address again."),
    )
    NOT_TRIED = (
        Text("chưa thử, vì những địa chỉ trước không trả lời", "not tried, as those before did not answer"),
        Text("Mạng khá hơn thì thử lại.", "Try again on a better network."),
    )
    NO_TIME = (
        Text("chưa kịp thử, mạng chậm quá", "not tried in time, the network is too slow"),
        Text("Mạng khá hơn thì thử lại.", "Try again on a better network."),
    )  # fmt: skip

    def __init__(self, what: Text, hint: Text) -> None:
        self.what = what
        self.hint = hint


UNTRIED: Final = (Reason.NOT_TRIED, Reason.NO_TIME)


@dataclass(frozen=True, slots=True)
class Silence:
    """An address that gave no answer, and why."""

    url: str
    reason: Reason


def reason_of(error: Exception) -> Reason:
    """Return why an address gave no answer, from what the system or the protocol said."""
    if isinstance(error, ssl.SSLCertVerificationError):
        known = {_EXPIRED: Reason.EXPIRED, _TOO_EARLY: Reason.TOO_EARLY, _OTHER_NAME: Reason.OTHER_NAME}
        return known.get(error.verify_code, Reason.NO_TRUST)
    if isinstance(error, ssl.SSLError):
        return Reason.NO_SAFETY
    if isinstance(
        error, socket.gaierror | UnicodeError
    ):  # a name of too many letters is one that nobody can have
        return Reason.NO_NAME
    if isinstance(error, TimeoutError):
        return Reason.TOO_SLOW
    if isinstance(error, ConnectionRefusedError):
        return Reason.NO_WAY
    if isinstance(error, ConnectionError):
        return Reason.CUT_OFF
    return Reason.NO_WAY if isinstance(error, OSError) else Reason.NO_WEB


# --- Where the site is looked for: an address of the web, or one of this computer and its own network ---

_ASCII: Final = "".join(map(chr, range(128)))
_HINT: Final = Text(
    "Viết như https://ten-thon.github.io/ (chép từ thanh địa chỉ của trình duyệt).",
    "Write it like https://village-name.github.io/ (as the browser shows it).",
)
_NO_ADDRESS: Final = Text("Đó không phải là địa chỉ trang web.", "That is no address of a website.")


def parse_target(typed: str) -> str:
    """Return the address of a site, ending in "/", its scheme and host in lower case, in ASCII as browsers copy it.

    Raises Refused for what is no address, holds a name, a password or a question, or is plain http anywhere but on
    this computer and the network around it.
    """
    parts = _split(typed.strip())
    if parts.scheme not in ("http", "https"):
        raise Refused(
            Text("Địa chỉ phải bắt đầu bằng “https://”.", "The address must begin with “https://”."), _HINT
        )
    if not parts.hostname or not typed.strip().isprintable() or " " in typed.strip():
        raise Refused(_NO_ADDRESS, _HINT)
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise Refused(Text("Địa chỉ có phần thừa.", "The address holds extra parts."), _HINT)
    if parts.scheme == "http" and not is_near(parts.hostname):
        raise Refused(
            Text("Trang trên mạng phải mở bằng “https://”; “http://” chỉ dùng để xem thử trong nhà.",
                 "A site on the web is looked at by “https://”; “http://” is for previews on the own network."),
            _HINT,
        )  # fmt: skip
    return in_ascii(f"{parts.scheme}://{_host_in_ascii(parts.netloc.lower())}{parts.path.rstrip('/')}/")


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


def in_ascii(url: str) -> str:
    """Return an address with the letters of its path as they go over the network (RFC 3986, 2.1, in UTF-8)."""
    return quote(url, safe=_ASCII)


def _host_in_ascii(host: str) -> str:
    """Return a host with its port as it is asked for (RFC 3490); raise Refused for what can be no name."""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise Refused(_NO_ADDRESS, _HINT) from error


def _split(typed: str) -> SplitResult:
    try:
        parts = urlsplit(typed)
        _ = parts.port
    except ValueError as error:
        raise Refused(_NO_ADDRESS, _HINT) from error
    return parts


# --- One visitor who asks for address after address over a connection that is kept open ---

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


# --- Many addresses asked at once, but few at a time; who never comes to an end, and a network that is down, are let be ---

AT_ONCE: Final = 8
WHOLE: Final = 60.0
"""Seconds that one address may take, from the question for its name to the last letter after all redirects."""
_ENOUGH: Final = 6
"""Addresses of one origin in a row without an answer: then the others are not tried."""
_BEGINNING, _EACH = 120.0, 0.5
"""Seconds that all may take: so many, and so many more for each address."""
_TICK: Final = 0.2


@dataclass(slots=True)
class _Mood:
    """What the callers know in common: the silences in a row of each origin, and when the time is up."""

    until: float
    silent: Counter[str] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def is_hopeless(self, url: str) -> Reason | None:
        """Return why an address need not be asked any more, or None."""
        with self.lock:
            if self.silent[origin(url)] >= _ENOUGH:
                return Reason.NOT_TRIED
        return Reason.NO_TIME if monotonic() > self.until else None

    def hear(self, reply: Reply) -> None:
        """Take note of an answer or of none."""
        with self.lock:
            at = origin(reply.url)
            self.silent[at] = self.silent[at] + 1 if isinstance(reply, Silence) else 0


def ask_all(
    urls: Sequence[str],
    trusted: Collection[str],
    *,
    patience: float = PATIENCE,
    whole: float = WHOLE,
    limit: float | None = None,
) -> Iterator[Reply]:
    """Yield one reply for each of different addresses, as they come; `limit` in seconds stands in for what all may take.

    At most AT_ONCE callers are at work. They end with the process, so that Ctrl-C waits for nobody.
    """
    safety = ssl.create_default_context()
    mood = _Mood(monotonic() + (_BEGINNING + _EACH * len(urls) if limit is None else limit))
    crowd = _Crowd(urls, mood, lambda: Caller(trusted, safety, patience), whole)
    try:
        for _ in urls:
            yield crowd.next()
    finally:
        mood.until = 0.0  # whoever stops listening has nobody asked any more


class _Crowd:
    """The callers at work; one who is given up on is followed by another, and nobody listens to him any more."""

    def __init__(self, urls: Sequence[str], mood: _Mood, new: Callable[[], Caller], whole: float) -> None:
        self._mood, self._new, self._whole = mood, new, whole
        self._waiting, self._heard = SimpleQueue[str](), SimpleQueue[Reply]()
        self._asked: dict[str, float] = {}
        for url in urls:
            self._waiting.put(url)
        for _ in range(min(AT_ONCE, len(urls))):
            self._send_one()

    def next(self) -> Reply:
        """Return the next reply; it is waited for in small steps, as Windows hears Ctrl-C only between two."""
        while True:
            for url in [url for url, until in self._asked.copy().items() if monotonic() > until]:
                if self._hear(Silence(url, Reason.TOO_SLOW)):
                    self._send_one()
            try:
                return self._heard.get(timeout=_TICK)
            except Empty:
                continue

    def _send_one(self) -> None:
        Thread(target=self._go_on, args=(self._new(),), daemon=True).start()

    def _go_on(self, caller: Caller) -> None:
        while (url := self._take()) and self._hear(caller.ask(url)):
            continue
        caller.hang_up()

    def _take(self) -> str:
        """Return the next address to ask, "" for none; those that need not be asked are answered on the way."""
        while True:
            try:
                url = self._waiting.get_nowait()
            except Empty:
                return ""
            reason = self._mood.is_hopeless(url)
            if not reason:
                self._asked[url] = monotonic() + self._whole
                return url
            self._heard.put(Silence(url, reason))

    def _hear(self, reply: Reply) -> bool:
        """Tell whether a reply is the first one to its address; then it counts."""
        if self._asked.pop(reply.url, None) is None:
            return False
        self._mood.hear(reply)
        self._heard.put(reply)
        return True
