"""Where an address in the site leads, as GitHub Pages serves it: letter case counts, folders end in "/"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from vuonho.bilingual import Text
from vuonho.output.served import file_for
from vuonho.output.verify.page import parse_page
from vuonho.output.verify.tree import SiteTree

_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_IGNORED: Final = re.compile(r"[\t\r\n]")
"""Browsers take these out of an address before they read it (WHATWG URL), so "java\\nscript:" runs."""

_OUTSIDE_SCHEMES: Final = frozenset(("https", "tel"))
_PICTURE: Final = re.compile(r"data:image/(?:png|jpeg|webp|gif|svg\+xml)[;,]", re.IGNORECASE)


class Fault(StrEnum):
    """What can be wrong with an address."""

    MISSING = "missing"
    CASE = "case"
    SLASH = "slash"
    FRAGMENT = "fragment"
    CLIMBS = "climbs"
    OUTSIDE_BASE = "outside_base"
    NOT_FOUND_PAGE = "relative_in_404"
    SCHEME = "scheme"
    FOREIGN = "foreign_asset"
    MALFORMED = "malformed"


SAID: Final[Mapping[Fault, Text]] = {
    Fault.MISSING: Text("không có tệp này trong trang web", "the site has no such file"),
    Fault.CASE: Text("sai chữ hoa, chữ thường so với tên tệp", "capitals differ from the file's name"),
    Fault.SLASH: Text("thiếu dấu / ở cuối", "the slash at the end is missing"),
    Fault.FRAGMENT: Text("trang đó không có mục sau dấu #", "that page has no place named after the #"),
    Fault.CLIMBS: Text("ra ngoài thư mục trang web", "it climbs out of the site's folder"),
    Fault.OUTSIDE_BASE: Text("không nằm dưới địa chỉ trang web", "it does not lie below the site's address"),
    Fault.NOT_FOUND_PAGE: Text(
        "trang 404 hiện ở mọi nơi nên cần địa chỉ đầy đủ",
        "the 404 page shows anywhere and needs full addresses",
    ),
    Fault.SCHEME: Text("liên kết loại này không dùng được ở đây", "this kind of link is not allowed here"),
    Fault.FOREIGN: Text("tự tải từ trang web khác", "it is fetched from another website"),
    Fault.MALFORMED: Text("không phải là một địa chỉ đúng", "it is not a proper address"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an address: the `place` it means ("en/482135/#garden"), and its fault if it has one."""

    place: str
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Server:
    """The site's files as the web sees them; `folded` finds names that differ in letter case only."""

    tree: SiteTree
    host: str
    path: str
    folded: Mapping[str, str] = field(repr=False)

    def follow(
        self, file: str, url: str, asset: bool = False, base: str = "", clicked: bool = False
    ) -> Outcome:
        """Return where `url` leads from `file`; `base` is the page's own <base href>, `asset` if fetched.

        `clicked` if it is the <a> of a page: a family's own website may still be at http.
        """
        clean = _IGNORED.sub("", url).strip()
        parts = _split(clean)
        if parts is None:
            return Outcome(clean, Fault.MALFORMED)
        scheme = _SCHEME.match(clean)
        if clicked and scheme and scheme[1].lower() == "http" and parts.netloc.lower() not in ("", self.host):
            return Outcome(clean)
        if scheme and scheme[1].lower() != "https":
            return Outcome(clean, _other_scheme(clean, scheme[1].lower(), asset))
        if parts.netloc:
            return self._absolute(clean, asset)
        if base:
            return self._from_base(clean, base)
        if file == "404.html" and parts.path and not parts.path.startswith("/"):
            return Outcome(clean, Fault.NOT_FOUND_PAGE)
        return self._found(self._walked(file, parts.path), clean, parts.fragment)

    def owns(self, url: str) -> bool:
        """Whether a text is an address below the site, scheme and host in any letter case."""
        head = url[: len("https://") + len(self.host)].lower()
        return head == f"https://{self.host}" and url[len(head) :].startswith(self.path)

    def _absolute(self, url: str, asset: bool) -> Outcome:
        parts = urlsplit(url)
        if parts.netloc.lower() != self.host:
            return Outcome(url, Fault.FOREIGN if asset else None)
        if not (parts.path or "/").startswith(self.path):
            return Outcome(url, Fault.OUTSIDE_BASE if asset else None)
        return self._found(self._walked("", parts.path or "/"), url, parts.fragment)

    def _from_base(self, url: str, base: str) -> Outcome:
        root = self.follow("index.html", base)
        return root if root.fault else self.follow(f"{root.place.partition('#')[0]}index.html", url)

    def _walked(self, file: str, path: str) -> str | None:
        """Return the absolute path that `path` means in `file`; None if it climbs out of the site."""
        if not path:
            return self.path + file
        steps = [] if path.startswith("/") else file.split("/")[:-1]
        names = path.removeprefix("/").split("/")
        if names[-1] in (".", ".."):
            names.append("")
        for name in names[:-1]:
            if name == ".." and not steps:
                return None
            if name == "..":
                steps.pop()
            elif name != ".":
                steps.append(name)
        root = "/" if path.startswith("/") else self.path
        return root + "/".join((*steps, names[-1]))

    def _found(self, path: str | None, url: str, fragment: str) -> Outcome:
        if path is None:
            return Outcome(url, Fault.CLIMBS)
        if not path.startswith(self.path):
            return Outcome(path, Fault.OUTSIDE_BASE)
        place = unquote(path[len(self.path) :])
        served = file_for(place, self.tree.files)
        if served is None:
            return Outcome(place, self._cause(place))
        if fragment and not self._has(served, unquote(fragment)):
            return Outcome(f"{place}#{fragment}", Fault.FRAGMENT)
        return Outcome(place)

    def _cause(self, place: str) -> Fault:
        if f"{place}/index.html" in self.tree.files:
            return Fault.SLASH
        folded = (f"{place}index.html" if place.endswith("/") else place).casefold()
        return Fault.CASE if folded in self.folded else Fault.MISSING

    def _has(self, file: str, fragment: str) -> bool:
        if fragment == "top" or fragment.startswith(":~:"):
            return True
        page = self.tree.pages.get(file)
        if page is None and file.endswith(".svg"):
            page = parse_page(self.tree.read(file))
        return page is None or fragment in page.ids


def server_of(tree: SiteTree) -> Server:
    """Return the server of a site at the address that its start page gives."""
    parts = urlsplit(tree.base)
    return Server(tree, parts.netloc.lower(), parts.path, {file.casefold(): file for file in tree.files})


def _split(url: str) -> SplitResult | None:
    """Return the parts of an address; None for what is none, and for "\\", which browsers read as "/"."""
    try:
        return None if "\\" in url else urlsplit(url)
    except ValueError:
        return None


def _other_scheme(url: str, scheme: str, asset: bool) -> Fault | None:
    if asset:
        return None if _PICTURE.match(url) else Fault.FOREIGN
    return None if scheme in _OUTSIDE_SCHEMES else Fault.SCHEME
