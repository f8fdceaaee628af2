"""An answer and its headers: whole, packed, in part, or not again.

Terms as in RFC 9110. Unlike GitHub Pages, where copies are good for ten minutes, a copy is asked about each time
(`no-cache`): what is looked at here is being worked on, and an old page must not pass for the new one. And no other
website may read along: what is not published yet is nobody else's business.
"""

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from typing import Final

from vuonho.output.preview.kinds import PLAIN, is_packed

_LEVEL: Final = 6
_TAG: Final = re.compile(r'(?:W/)?"([\x21\x23-\x7e]*)"')
_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_NOTHING: Final = re.compile(r"0(?:\.0{0,3})?")
_GUARDED: Final[Mapping[str, str]] = {
    "Cache-Control": "no-cache",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: status, headers but for those of the connection, and content."""

    status: HTTPStatus
    headers: Mapping[str, str]
    content: bytes = field(default=b"", repr=False)


def deliver(content: bytes, kind: str, asked: Mapping[str, str]) -> Answer:
    """Return the answer that gives a file, or what was asked of it; `asked` are headers in lower case."""
    mark = _mark(content)
    headers = {**_headers(kind), "ETag": f'"{mark}"', "Vary": "Accept-Encoding", "Accept-Ranges": "bytes"}
    if _is_known(mark, asked.get("if-none-match", "")):
        return Answer(HTTPStatus.NOT_MODIFIED, headers)
    wanted = _RANGE.fullmatch(asked.get("range", "").strip())
    if wanted and any(wanted.groups()) and asked.get("if-range", f'"{mark}"') == f'"{mark}"':
        return _part(content, wanted, headers)
    return _packed(Answer(HTTPStatus.OK, headers, content), mark, kind, asked)


def deliver_lost(content: bytes, kind: str, asked: Mapping[str, str]) -> Answer:
    """Return the answer that gives the page for what is not there."""
    headers = {**_headers(kind), "Vary": "Accept-Encoding"}
    return _packed(Answer(HTTPStatus.NOT_FOUND, headers, content), "", kind, asked)


def deliver_trouble(content: bytes, kind: str) -> Answer:
    """Return the answer that says why there is no site.

    409, for what is asked for is at odds with how the project stands: a phone or browser that has visited the
    site shows its own copy of a page where the server has a fault of its own (500 and above).
    """
    return Answer(HTTPStatus.CONFLICT, {**_headers(kind), "Cache-Control": "no-store"}, content)


def redirect(status: HTTPStatus, address: str) -> Answer:
    """Return the answer that sends on to an address below this origin."""
    return Answer(status, {**_headers(PLAIN), "Location": address})


def say(status: HTTPStatus, words: str, **more: str) -> Answer:
    """Return an answer of one sentence; `more` are headers of one word."""
    return Answer(status, {**_headers(PLAIN), "Cache-Control": "no-store", **more}, words.encode("utf-8"))


def _headers(kind: str) -> dict[str, str]:
    return {"Content-Type": kind, **_GUARDED}


def _mark(content: bytes) -> str:
    return sha256(content).hexdigest()[:32]


def _is_known(mark: str, given: str) -> bool:
    return given.strip() == "*" or mark in _TAG.findall(given)


def _packed(whole: Answer, mark: str, kind: str, asked: Mapping[str, str]) -> Answer:
    if not is_packed(kind) or not _takes_gzip(asked.get("accept-encoding", "")):
        return whole
    weak = {"ETag": f'W/"{mark}"'} if mark else {}
    headers = {**whole.headers, "Content-Encoding": "gzip", **weak}
    return Answer(whole.status, headers, gzip.compress(whole.content, _LEVEL, mtime=0))


def _takes_gzip(accepted: str) -> bool:
    for offer in accepted.lower().split(","):
        name, _, weight = offer.replace(" ", "").partition(";q=")
        if name == "gzip":
            return _NOTHING.fullmatch(weight) is None
    return False


def _part(content: bytes, wanted: re.Match[str], headers: Mapping[str, str]) -> Answer:
    size = len(content)
    first, last = wanted.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    if start >= end:
        headers = {**headers, "Content-Range": f"bytes */{size}"}
        return Answer(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers)
    headers = {**headers, "Content-Range": f"bytes {start}-{end - 1}/{size}"}
    return Answer(HTTPStatus.PARTIAL_CONTENT, headers, content[start:end])
