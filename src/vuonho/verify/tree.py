"""A built site folder as the proofs see it, and where an address in it leads."""

import os
import re
import stat
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from html.parser import HTMLParser
from pathlib import Path
from sys import intern
from typing import Final
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from vuonho.errors import MachineTrouble, Problem, VuonhoError
from vuonho.i18n import NOTHING, Text

# --- One HTML page as the proofs see it: its links, ids, policy, scripts and styles. Nothing is run ---

_URL_ATTRIBUTES: Final = frozenset(
    ("href", "src", "action", "formaction", "poster", "data", "xlink:href", "background", "manifest")
)
_SRCSET_ATTRIBUTES: Final = frozenset(("srcset", "imagesrcset"))
_URL_METAS: Final = frozenset(("og:url", "og:image", "og:image:secure_url", "twitter:image"))
_LINKS_ONLY: Final = frozenset(("a", "area", "form", "button", "input", "meta", "base"))
_POINTERS: Final = frozenset(("canonical", "alternate", "next", "prev", "license", "author", "help", "me"))

Attributes = dict[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """One address in a page; `asset` if the browser fetches it by itself, `rel` and `hreflang` of <link>."""

    line: int
    tag: str
    url: str
    asset: bool
    rel: tuple[str, ...] = ()
    hreflang: str = ""


@dataclass(frozen=True, slots=True)
class Inline:
    """A <script> or <style> with its text between the tags; `kind` is the type attribute."""

    line: int
    tag: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """What stands in one page; `unsafe` are inline handlers and style attributes as (line, attribute).

    `policies` are pairs (line, content) of the CSP metas; `broken` says that it is no HTML in UTF-8.
    """

    language: str
    base: str
    links: tuple[Link, ...]
    ids: frozenset[str]
    policies: tuple[tuple[int, str], ...]
    robots: str
    refresh: bool
    inlines: tuple[Inline, ...]
    unsafe: tuple[tuple[int, str], ...]
    broken: bool

    @property
    def is_notice(self) -> bool:
        """Whether the page is kept from search engines or sends on: a household that left."""
        return self.refresh or "noindex" in self.robots


def parse_page(content: bytes) -> Page:
    """Return the page in these bytes; never raises, what cannot be read makes the page `broken`."""
    reader = _Reader()
    broken = False
    try:
        reader.feed(content.decode("utf-8").replace("\r\n", "\n"))
        reader.close()
    except (UnicodeDecodeError, AssertionError):  # the parser asserts on a half declaration
        broken = True
    return reader.page(broken)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._language = ""
        self._base = ""
        self._robots = ""
        self._refresh = False
        self._links: list[Link] = []
        self._ids: set[str] = set()
        self._policies: list[tuple[int, str]] = []
        self._inlines: list[Inline] = []
        self._unsafe: list[tuple[int, str]] = []
        self._open: Inline | None = None
        self._text: list[str] = []

    def page(self, broken: bool) -> Page:
        self._close_inline()
        return Page(
            language=self._language,
            base=self._base,
            links=tuple(self._links),
            ids=frozenset(self._ids),
            policies=tuple(self._policies),
            robots=self._robots,
            refresh=self._refresh,
            inlines=tuple(self._inlines),
            unsafe=tuple(self._unsafe),
            broken=broken,
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A browser keeps the first of two attributes of one name.
        attributes = {name: value or "" for name, value in reversed(attrs)}
        line = self.getpos()[0]
        if tag == "html":
            self._language = attributes.get("lang", "")
        if tag == "base" and not self._base:
            self._base = attributes.get("href", "")
        if tag == "meta":
            self._meta(line, attributes)
        if tag in ("script", "style"):
            self._open = Inline(line, tag, attributes.get("type", "").lower(), "")
        self._ids.update(attributes[name] for name in _anchors(tag) if attributes.get(name))
        self._unsafe += ((line, name) for name in attributes if name == "style" or name.startswith("on"))
        self._links += _links(line, tag, attributes)

    def handle_data(self, data: str) -> None:
        if self._open:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag == self._open.tag:
            self._close_inline()

    def _close_inline(self) -> None:
        if self._open:
            text = intern("".join(self._text))  # the same on every page
            self._inlines.append(Inline(self._open.line, self._open.tag, self._open.kind, text))
        self._open = None
        self._text = []

    def _meta(self, line: int, attributes: Attributes) -> None:
        content = attributes.get("content", "")
        equivalent = attributes.get("http-equiv", "").lower()
        if equivalent == "content-security-policy":
            self._policies.append((line, content))
        if equivalent == "refresh":
            self._refresh = True
            # Nobody clicks: the browser goes there by itself, as it fetches an asset.
            self._links.append(Link(line, "meta", _refresh_url(content), asset=True))
        if attributes.get("name", "").lower() == "robots":
            self._robots = content.lower()
        if attributes.get("property", attributes.get("name", "")).lower() in _URL_METAS:
            self._links.append(Link(line, "meta", content, asset=False))


def _links(line: int, tag: str, attributes: Attributes) -> list[Link]:
    rel = tuple(attributes.get("rel", "").lower().split()) if tag == "link" else ()
    asset = tag not in _LINKS_ONLY and not (rel and _POINTERS.issuperset(rel))
    language = attributes.get("hreflang", "") if tag == "link" else ""
    urls = [value for name, value in attributes.items() if name in _URL_ATTRIBUTES]
    for name in _SRCSET_ATTRIBUTES.intersection(attributes):
        urls += (part.split()[0] for part in attributes[name].split(",") if part.strip())
    if tag == "base":
        return []
    return [Link(line, tag, intern(url.strip()), asset, rel, language) for url in urls]


def _refresh_url(content: str) -> str:
    """Return the address of `content="0; url=..."`, "" if the page only loads itself again."""
    _, _, rest = content.partition(";")
    name, equals, url = rest.partition("=")
    return url.strip().strip("'\"") if equals and name.strip().lower() == "url" else ""


def _anchors(tag: str) -> tuple[str, ...]:
    return ("id", "name") if tag == "a" else ("id",)


# --- A built site folder as the proofs see it: the exact names of its files and every page read once ---

_NOT_SERVED: Final = (".git",)
_CODE: Final = re.compile(r"[1-9][0-9]{4,7}")


class Kind(Enum):
    """What a name in the site can be, folders aside."""

    FILE = "file"
    LINK = "link"
    ODD = "odd"


@dataclass(frozen=True, slots=True)
class SiteTree:
    """The site below `root`: `files` as written on the disk, with forward slashes; `pages` by file.

    `base` is the site's address as index.html gives it, `languages` pairs (language tag, its folder). Links,
    and what else is neither file nor folder, are in `links` and `odd` and never opened.
    """

    root: Path
    files: frozenset[str]
    pages: Mapping[str, Page] = field(repr=False)
    base: str
    languages: tuple[tuple[str, str], ...]
    links: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()

    def read(self, file: str) -> bytes:
        """Return the bytes of a file; raise MachineTrouble if the disk does not give them."""
        return _read(self.root, file)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that have a page of a household or a notice, in order."""
        folders = (file.removesuffix("/index.html") for file in self.files if file.endswith("/index.html"))
        return tuple(sorted(folder for folder in folders if _CODE.fullmatch(folder)))


def read_tree(site: Path) -> SiteTree:
    """Return the site in this folder; raise VuonhoError if it is none, MachineTrouble if it is unreadable."""
    kinds = {name: _kind_of(site / name) for name in sorted(_names(site))}
    files = frozenset(name for name, kind in kinds.items() if kind is Kind.FILE)
    if "index.html" not in files:
        raise _no_site(site)
    pages = {file: parse_page(_read(site, file)) for file in sorted(files) if file.endswith(".html")}
    base = _base_of(site, pages["index.html"])
    links, odd = (tuple(name for name, kind in kinds.items() if kind is one) for one in (Kind.LINK, Kind.ODD))
    return SiteTree(site, files, pages, base, _languages(base, pages["index.html"]), links, odd)


def site_base(site: Path) -> str:
    """Return the address of the site: the canonical link of its index.html, https and ending in "/".

    Raises VuonhoError if the folder holds no such page.
    """
    if not (site / "index.html").is_file():
        raise _no_site(site)
    return _base_of(site, parse_page(_read(site, "index.html")))


def flaw(file: str, message: Text, hint: Text = NOTHING, line: int | None = None, name: str = "") -> Problem:
    """Return a problem in a file of the site; `name` says which property does not hold."""
    return Problem(file, line, None, name, message, hint)


def _names(site: Path) -> Iterator[str]:
    """Yield everything below the folder but folders, links not followed; the repository is not the site."""
    for folder, folders, names in os.walk(site):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if name not in _NOT_SERVED)
        linked = (name for name in folders if (here / name).is_symlink())
        found = (name for name in (*names, *linked) if name not in _NOT_SERVED)
        yield from ((here / name).relative_to(site).as_posix() for name in found)


def _kind_of(path: Path) -> Kind:
    """Return what a name stands for, without opening it: a pipe would never answer."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return Kind.ODD
    if stat.S_ISLNK(mode):
        return Kind.LINK
    return Kind.FILE if stat.S_ISREG(mode) else Kind.ODD


def _read(site: Path, file: str) -> bytes:
    try:
        return (site / file).read_bytes()
    except OSError as error:
        message = Text(f"Không đọc được tệp {file}.", f"{file} cannot be read.")
        hint = Text("Đóng chương trình đang mở tệp đó rồi thử lại.", "Close what has it open and try again.")
        raise MachineTrouble(message, hint) from error


def _no_site(site: Path) -> VuonhoError:
    return VuonhoError(
        Text(f"Thư mục “{site}” không có trang web nào.", f"There is no website in “{site}”."),
        Text("Chạy “vuonho build” trước.", "Run “vuonho build” first."),
    )


def _base_of(site: Path, index: Page) -> str:
    base = next((link.url for link in index.links if "canonical" in link.rel), "")
    parts = urlsplit(base) if _is_address(base) else None
    if parts is None or parts.scheme != "https" or not parts.netloc or not base.endswith("/"):
        raise VuonhoError(
            Text(
                f"Trang đầu của “{site}” không cho biết địa chỉ của trang web (link rel=canonical).",
                f"The first page of “{site}” does not tell the site's address (link rel=canonical).",
            ),
            Text("Chạy lại “vuonho build”.", "Run “vuonho build” again."),
        )
    return base


def _is_address(url: str) -> bool:
    try:
        urlsplit(url)
    except ValueError:
        return False
    return not re.search(r"[\s?#]", url)


def _languages(base: str, index: Page) -> tuple[tuple[str, str], ...]:
    """Return (tag, folder) of every language the start page links to, itself with folder ""."""
    found: dict[str, str] = {}
    for link in index.links:
        if link.hreflang and link.hreflang != "x-default" and "alternate" in link.rel:
            folder = urljoin(base, link.url).removeprefix(base)
            found.setdefault(folder, link.hreflang)
    found.setdefault("", index.language)
    return tuple(sorted((tag, folder) for folder, tag in found.items()))


# --- Which file of a site answers an address, by the rules of GitHub Pages: letter case counts on every disk ---


def file_for(place: str, files: Container[str]) -> str | None:
    """Return the file that answers for a place below the site ("", "en/", "qr/482135.png"), None if none does.

    A folder answers with its index.html where the place ends in "/", a page also without its ".html". The name
    is looked up among `files` as it stands, never resolved.
    """
    tries = (f"{place}index.html",) if place.endswith("/") or not place else (place, f"{place}.html")
    return next((file for file in tries if file in files), None)


# --- Where an address in the site leads, as GitHub Pages serves it: letter case counts, folders end in "/" ---

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
