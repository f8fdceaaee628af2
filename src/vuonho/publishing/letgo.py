"""Addresses that may disappear, as people write them after `--let-go`.

482135/      https://thon.example/en/482135/      thon.example/482135/      en/*  for all below en/
"""

from typing import Final
from urllib.parse import unquote, urlsplit

from vuonho.bilingual import Text
from vuonho.domain.hosting.logins import refuse_login
from vuonho.domain.values import quoted
from vuonho.errors import Refused

_ALL: Final = "/*"


def require_sense(text: str) -> None:
    """Raise Refused for what names no page of any site, and for what carries a login."""
    refuse_login(text)
    _page(_split(text)[1], text)


def parse_let_go(text: str, base_url: str) -> str:
    """Return what may go as an address below that of the site, or as one that ends in "/*"; raise Refused."""
    refuse_login(text)
    home = urlsplit(base_url)
    is_bare = text.strip().lower().startswith(f"{home.netloc}/")
    host, path = _split(f"https://{text.strip()}" if is_bare else text)
    if not host:
        return _page(path, text)
    if host != home.netloc or not path.startswith(home.path):
        raise Refused(
            Text(f"{quoted(text, 200)} không nằm dưới {base_url}", f"{quoted(text, 200)} is not below {base_url}"),
            Text("Chép nguyên địa chỉ trong danh sách mà vuonho publish vừa kể.",
                 "Copy the address from the list that vuonho publish gave."),
        )  # fmt: skip
    return _page(path[len(home.path) :], text)


def matches(page: str, asked: str) -> bool:
    """Tell whether a page is one that may go."""
    return page == asked or (asked.endswith(_ALL) and page.startswith(asked.removesuffix("*")))


def _split(text: str) -> tuple[str, str]:
    """Return (host, path) of what was typed, no host for a path alone."""
    text = text.strip()
    if "://" not in text:
        return "", text
    try:
        parts = urlsplit(text)
    except ValueError:
        raise _none(text) from None
    return parts.netloc.lower(), parts.path


def _page(path: str, text: str) -> str:
    page = unquote(path).lstrip("/").removesuffix("index.html")
    if not page or "*" in page.removesuffix(_ALL):
        raise _none(text)
    return page if page.endswith(("/", ".html", _ALL)) else f"{page}/"


def _none(text: str) -> Refused:
    return Refused(
        Text(f"{quoted(text)} sau --let-go không chỉ trang nào bỏ được.",
             f"{quoted(text)} after --let-go names no page that may go."),
        Text("Ghi từng địa chỉ như vuonho publish kể ra, ví dụ --let-go 482135/ --let-go en/482135/",
             "Write each address as vuonho publish lists it, such as --let-go 482135/ --let-go en/482135/"),
    )  # fmt: skip
