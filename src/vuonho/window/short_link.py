"""Where a short map link leads, asked of the network once, and only of the few hosts that give such links.

One request over https; what it answers is read as text for two numbers and never followed.
"""

from collections.abc import Mapping
from http.client import HTTPException
from typing import Final, NoReturn
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from vuonho.errors import UserError
from vuonho.i18n import Text
from vuonho.model.values import Point, parse_point, quoted

_HOSTS: Final[Mapping[str, str]] = {
    "maps.app.goo.gl": "/",
    "goo.gl": "/maps/",
    "maps.apple": "/p/",
    "osm.org": "/go/",
}
"""Hosts that are asked, and how the path of a map link begins there."""
_SECONDS: Final = 10
_LONGEST: Final = 500
_BY_HAND: Final = Text(
    "Open the link on the phone, press and hold the home on the map, and copy the two numbers: 18.1261, 105.7612"
)


class _Stay(HTTPRedirectHandler):
    """Nothing is followed: where it leads is all that is asked."""

    def redirect_request(self, *_: object) -> None:
        return None


def ask(text: str) -> Point:
    """Return the point that a short link leads to; raise UserError where it is none, or nothing can be learned."""
    url = _address(text.strip())
    request = Request(url, headers={"User-Agent": "Mozilla/5.0", "Accept": "*/*"})  # noqa: S310 - https alone
    try:
        get = build_opener(_Stay).open
        with get(request, timeout=_SECONDS):
            _refuse()
    except HTTPError as answer:
        leads_to = (answer.headers.get("Location") or "") if 300 <= answer.code < 400 else ""
        answer.close()
    except (OSError, HTTPException, ValueError) as error:
        raise UserError(
            Text("The network does not answer for this link."),
            Text("See whether this computer is online, then ask again. Or: {by_hand}", by_hand=_BY_HAND),
        ) from error
    try:
        return parse_point(leads_to)
    except UserError as nothing:
        raise UserError(Text("This link tells the name of a place, and no numbers."), _BY_HAND) from nothing


def _refuse() -> NoReturn:
    raise UserError(Text("This link leads to no place."), _BY_HAND)


def _address(text: str) -> str:
    """Return the address that is asked; refuse every other."""
    wrong = UserError(Text("{text} is no short map link that can be asked.", text=quoted(text)), _BY_HAND)
    link = next((word for word in text.split() if "/" in word), "")
    link = link if "://" in link else f"https://{link}"
    try:
        parts = urlsplit(link)
    except ValueError as error:
        raise wrong from error
    host = parts.netloc.lower()
    begins = _HOSTS.get(host)
    is_plain = link.isascii() and link.isprintable() and len(link) <= _LONGEST
    if (
        not is_plain
        or parts.scheme not in ("http", "https")
        or begins is None
        or not parts.path.startswith(begins)
    ):
        raise wrong
    return f"https://{host}{parts.path}" + (f"?{parts.query}" if parts.query else "")
