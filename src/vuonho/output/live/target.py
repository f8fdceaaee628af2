"""Where the site is looked for: an address of the web, or one of this computer and its own network."""

from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, quote, urlsplit

from vuonho.bilingual import Text
from vuonho.errors import Refused

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
