"""What is answered to a request, by the rules of GitHub Pages; the same for the same site, wherever it is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import quote, unquote

from vuonho.output.preview.delivery import Answer, deliver, deliver_lost, deliver_trouble, redirect, say
from vuonho.output.preview.hosts import is_from_here, is_meant
from vuonho.output.preview.kinds import HTML, kind_of
from vuonho.output.preview.shown import Shown
from vuonho.output.served import file_for

_LONGEST: Final = 2000
_LOST: Final = "404.html"
_GONE: Final = """\
Thư mục site vừa bị xóa. Chờ ít giây rồi tải lại trang.
The folder "site" was deleted. Wait a few seconds, then load the page again.
"""
_NAME: Final = """\
Máy này không mang tên đó. Xin gõ đúng địa chỉ mà vuonho serve đã ghi.
This name is not one of this computer. Type the address that vuonho serve has told.
"""
_QUERY: Final = "!$&'()*+,-./:;=?@_~%"


@dataclass(frozen=True, slots=True)
class Request:
    """One request to look: what at, `headers` in lower case, and between which addresses it went.

    `client` is the address it came from, `reached` the one of this computer at which it arrived.
    """

    target: str
    headers: Mapping[str, str]
    client: str
    reached: str

    @property
    def is_from_here(self) -> bool:
        """Tell whether it was sent by this very computer."""
        return is_from_here(self.client, self.reached)


def refusal(request: Request) -> Answer | None:
    """Return why a request gets no answer of the site, None for one that does.

    A page elsewhere can have a browser ask here under a name of its own (DNS rebinding); then the name is not ours.
    """
    if len(request.target) > _LONGEST:
        return say(HTTPStatus.REQUEST_URI_TOO_LONG, "This address is too long.\n")
    if not request.target.startswith("/"):
        return say(HTTPStatus.BAD_REQUEST, "This is no address of a page.\n")
    if not is_meant(request.headers.get("host", ""), request.reached):
        return say(HTTPStatus.MISDIRECTED_REQUEST, _NAME)
    return None


def answer(shown: Shown, request: Request) -> Answer:
    """Return the answer to a request that was not refused."""
    if shown.trouble is not None:
        page = shown.trouble.full if request.is_from_here else shown.trouble.short
        return deliver_trouble(shown.live.page(page), HTML)
    target, _, query = request.target.partition("#")[0].partition("?")
    path = unquote(target)
    if path == "/" != shown.prefix:
        return redirect(HTTPStatus.FOUND, shown.prefix)
    if f"{path}/" == shown.prefix:
        return _with_slash(path, query)
    if not path.startswith(shown.prefix):
        return say(HTTPStatus.NOT_FOUND, f"Trang ở đây: {shown.prefix}\nThe site is at {shown.prefix}\n")
    return _in_site(shown, path[len(shown.prefix) :], query, request)


def _in_site(shown: Shown, place: str, query: str, request: Request) -> Answer:
    file = file_for(place, shown.files)
    content = None if file is None else shown.read(file)
    if file is not None and content is not None:
        kind = kind_of(file)
        return deliver(shown.live.page(content) if kind == HTML else content, kind, request.headers)
    if file is None and place in shown.folders:
        return _with_slash(shown.prefix + place, query)
    lost = shown.read(_LOST) if _LOST in shown.files else None
    if lost is None:
        return say(HTTPStatus.NOT_FOUND, _GONE)
    return deliver_lost(shown.live.page(lost), HTML, request.headers)


def _with_slash(path: str, query: str) -> Answer:
    more = f"?{quote(query, safe=_QUERY)}" if query else ""
    return redirect(HTTPStatus.MOVED_PERMANENTLY, f"{quote(path)}/{more}")
