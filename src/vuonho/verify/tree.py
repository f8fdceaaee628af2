"""A built site folder as the proofs see it, and where an address in it leads."""

import os
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from pathlib import Path
from sys import intern
from typing import Final, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from vuonho.errors import MachineError, Problem, VuonhoError
from vuonho.i18n import NOTHING, Text
from vuonho.verify.codes import mark_on

# --- One HTML page as the proofs see it: its links, ids, policy, scripts and styles. Nothing is run ---

_URL_ATTRIBUTES: Final = frozenset(
    ("href", "src", "action", "formaction", "poster", "data", "xlink:href", "background", "manifest")
)
_SRCSET_ATTRIBUTES: Final = frozenset(("srcset", "imagesrcset"))
_URL_METAS: Final = frozenset(("og:url", "og:image", "og:image:secure_url", "twitter:image"))
_LINKS_ONLY: Final = frozenset(("a", "area", "form", "button", "input", "meta", "base"))
_POINTERS: Final = frozenset(("canonical", "alternate", "next", "prev", "license", "author", "help", "me"))
_OF_THE_PAGE: Final = frozenset(("html", "base", "meta", "script", "style"))

# As browsers take a page to pieces (HTML Standard, 13.2.5): quotes count only behind "=", comments end in "--!>" too.
_GAP: Final = r"[\t\n\f\r ]"
_NAME: Final = r"[^\t\n\f\r />][^\t\n\f\r />=]*+"
_VALUE: Final = r""""[^"]*+"|'[^']*+'|(?!["'])[^\t\n\f\r >]*+"""
_ATTRIBUTE: Final = re.compile(rf"({_NAME})(?:{_GAP}*+={_GAP}*+({_VALUE}))?+")
_REST: Final = rf"(?:(?:{_GAP}|/)++|{_NAME}(?:{_GAP}*+={_GAP}*+(?:{_VALUE}))?+)*+>"
_MARKUP: Final = re.compile(
    r"<(?:!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|(script|style)(?={_GAP}|[/>]){_REST}([^<]*+(?:<(?!/\1(?:{_GAP}|[/>]))[^<]*+)*+)"
    rf"|/?[a-z][^\t\n\f\r />]*+{_REST}"
    r"|[!?/][^>]*+>?)",
    re.IGNORECASE | re.DOTALL,
)
_PHOTO: Final = re.compile(r"photos/([\w.-]+)", re.ASCII)
_START: Final = re.compile(r"<([a-zA-Z][^\t\n\f\r />]*)")


class Link(NamedTuple):
    """One address in a page; `asset` if the browser fetches it by itself, `rel` and `language` of <link>."""

    tag: str
    url: str
    asset: bool
    rel: tuple[str, ...] = ()
    language: str = ""


class Inline(NamedTuple):
    """A <script> or <style> with its text between the tags; `kind` is the type attribute."""

    line: int
    tag: str
    kind: str
    text: str


class _Tag(NamedTuple):
    """What counts of a start tag; `unsafe` are its inline handlers and style attributes."""

    name: str
    attributes: Mapping[str, str]
    links: tuple[Link, ...]
    ids: tuple[str, ...]
    unsafe: tuple[str, ...]


class Page:
    """What stands in one page; `links` are pairs (line, link), `unsafe` and `policies` (line, attribute or content).

    `photos` are the files that it names anywhere, `codes` is the mark of the list of codes that it was made
    with; `broken` says that it is no UTF-8.
    """

    def __init__(self, content: bytes) -> None:
        self.language = ""
        self.base = ""
        self.robots = ""
        self.refresh = False
        self.links: list[tuple[int, Link]] = []
        self.ids: set[str] = set()
        self.policies: list[tuple[int, str]] = []
        self.inlines: list[Inline] = []
        self.unsafe: list[tuple[int, str]] = []
        self.photos: set[str] = set()
        self.codes = mark_on(content)
        self.broken = False
        try:
            text = content.decode("utf-8").replace("\r\n", "\n")
        except UnicodeDecodeError:
            self.broken = True
            return
        self.photos.update(_PHOTO.findall(text))
        line, at = 1, 0
        for match in _MARKUP.finditer(text):
            tag = _parse_tag(match[0] if match[1] is None else text[match.start() : match.start(2)])
            if tag:
                line, at = line + text.count("\n", at, match.start()), match.start()
                self._add(line, tag, match[2] or "")

    @property
    def is_notice(self) -> bool:
        """Whether the page is kept from search engines or sends on: a household that left."""
        return self.refresh or "noindex" in self.robots

    def _add(self, line: int, tag: _Tag, text: str) -> None:
        name, attributes, links, ids, unsafe = tag
        self.links += ((line, link) for link in links)
        self.ids.update(ids)
        self.unsafe += ((line, attribute) for attribute in unsafe)
        if name == "html":
            self.language = attributes.get("lang", "")
        elif name == "base":
            self.base = self.base or attributes.get("href", "")
        elif name in ("script", "style"):
            # The text is the same on every page, and is kept once.
            self.inlines.append(Inline(line, name, attributes.get("type", "").lower(), intern(text)))
        elif name == "meta":
            content = attributes.get("content", "")
            equivalent = attributes.get("http-equiv", "").lower()
            if equivalent == "content-security-policy":
                self.policies.append((line, content))
            self.refresh = self.refresh or equivalent == "refresh"
            if attributes.get("name", "").lower() == "robots":
                self.robots = content.lower()


@lru_cache(maxsize=2**14)
def _parse_tag(markup: str) -> _Tag | None:
    """Return what counts of a start tag, None where nothing does; all pages are made of the same few."""
    start = _START.match(markup)
    if start is None:
        return None
    name, attributes = start[1].lower(), dict[str, str]()
    for key, value in _ATTRIBUTE.findall(markup, start.end(), len(markup) - 1):
        # A browser keeps the first of two attributes of one name.
        attributes.setdefault(key.lower(), unescape(value[1:-1] if value[:1] in ("'", '"') else value))
    links = _links(name, attributes)
    ids = tuple(filter(None, map(attributes.get, ("id", "name") if name == "a" else ("id",))))
    unsafe = tuple(key for key in attributes if key == "style" or key.startswith("on"))
    is_of_use = links or ids or unsafe or name in _OF_THE_PAGE
    return _Tag(name, attributes, links, ids, unsafe) if is_of_use else None


def _links(tag: str, attributes: Mapping[str, str]) -> tuple[Link, ...]:
    if tag == "base":
        return ()
    rel = tuple(attributes.get("rel", "").lower().split()) if tag == "link" else ()
    asset = tag not in _LINKS_ONLY and not (rel and _POINTERS.issuperset(rel))
    language = attributes.get("hreflang", "") if tag == "link" else ""
    urls = [value for name, value in attributes.items() if name in _URL_ATTRIBUTES]
    for name in _SRCSET_ATTRIBUTES.intersection(attributes):
        urls += (part.split()[0] for part in attributes[name].split(",") if part.strip())
    if tag == "meta":
        content = attributes.get("content", "")
        if attributes.get("http-equiv", "").lower() == "refresh":
            # `0; url=...`, or no address if the page only loads itself again. Nobody clicks: the browser goes
            # there by itself, as it fetches an asset.
            name, _, url = content.partition(";")[2].partition("=")
            return (Link(tag, url.strip().strip("'\"") if name.strip().lower() == "url" else "", asset=True),)
        if attributes.get("property", attributes.get("name", "")).lower() in _URL_METAS:
            urls.append(content)
    return tuple(Link(tag, url.strip(), asset, rel, language) for url in urls)


# --- A built site folder as the proofs see it: the exact names of its files and every page read once ---

_CODE: Final = re.compile(r"[1-9][0-9]{4,7}")


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
        """Return the bytes of a file; raise MachineError if the disk does not give them."""
        return _read(self.root, file)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that have a page of a household or a notice, in order."""
        folders = (file.removesuffix("/index.html") for file in self.files if file.endswith("/index.html"))
        return tuple(sorted(folder for folder in folders if _CODE.fullmatch(folder)))


def read_tree(site: Path) -> SiteTree:
    """Return the site in this folder; raise VuonhoError if it is none, MachineError if it is unreadable.

    Nothing is opened that is no file: a pipe would never answer. The repository that it may lie in is not the site.
    """
    base, start = _start(site)
    files, links, odd = list[str](), list[str](), list[str]()
    for folder, folders, names in os.walk(site):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if name != ".git")
        linked = (name for name in folders if (here / name).is_symlink())
        for path in (here / name for name in (*names, *linked) if name != ".git"):
            kind = links if path.is_symlink() else files if path.is_file() else odd
            kind.append(path.relative_to(site).as_posix())
    pages = {file: Page(_read(site, file)) for file in sorted(files) if file.endswith(".html")}
    languages: dict[str, str] = {}
    for _, link in start.links:
        if link.language and link.language != "x-default" and "alternate" in link.rel:
            languages.setdefault(urljoin(base, link.url).removeprefix(base), link.language)
    languages.setdefault("", start.language)
    pairs = sorted((tag, folder) for folder, tag in languages.items())
    return SiteTree(
        site, frozenset(files), pages, base, tuple(pairs), tuple(sorted(links)), tuple(sorted(odd))
    )


def site_base(site: Path) -> str:
    """Return the address of the site: the canonical link of its index.html, https and ending in "/".

    Raises VuonhoError if the folder holds no such page.
    """
    return _start(site)[0]


def _start(site: Path) -> tuple[str, Page]:
    if not (site / "index.html").is_file():
        raise VuonhoError(
            Text("There is no website in “{site}”.", site=site),
            Text("Run “vuonho build” first."),
        )
    page = Page(_read(site, "index.html"))
    base = next((link.url for _, link in page.links if "canonical" in link.rel), "")
    if not re.fullmatch(r"https://[^\s?#/\[\]]+/(?:[^\s?#]*/)?", base):
        raise VuonhoError(
            Text(
                "The first page of “{site}” does not tell the site's address (link rel=canonical).", site=site
            ),
            Text("Run “vuonho build” again."),
        )
    return base, page


def flaw(file: str, message: Text, hint: Text = NOTHING, line: int | None = None, name: str = "") -> Problem:
    """Return a problem in a file of the site; `name` says which property does not hold."""
    return Problem(name, message, hint, file=file, line=line)


def _read(site: Path, file: str) -> bytes:
    try:
        return (site / file).read_bytes()
    except OSError as error:
        message = Text("{file} cannot be read.", file=file)
        hint = Text("Close what has it open and try again.")
        raise MachineError(message, hint) from error


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
_PICTURE: Final = re.compile(r"data:image/(?:png|jpeg|webp|gif|svg\+xml)[;,]", re.IGNORECASE)

FAULTS: Final[Mapping[str, Text]] = {
    "missing": Text("the site has no such file; capitals and the slash at the end count"),
    "fragment": Text("that page has no place named after the #"),
    "outside": Text("it does not lie below the site's address"),
    "relative_in_404": Text("the 404 page shows anywhere and needs full addresses"),
    "scheme": Text("this kind of link is not allowed here"),
    "foreign_asset": Text("it is fetched from another website"),
    "malformed": Text("it is not a proper address"),
}
"""What can be wrong with an address, in words."""


class Outcome(NamedTuple):
    """What came of an address: the `place` it means ("en/482135/#garden"), and its fault, "" for none."""

    place: str
    fault: str = ""


class Server:
    """The site's files as the web sees them, at the address that its start page gives."""

    def __init__(self, tree: SiteTree) -> None:
        parts = urlsplit(tree.base)
        self._tree, self._host, self.path = tree, parts.netloc.lower(), parts.path

    def follow(
        self, file: str, url: str, asset: bool = False, base: str = "", clicked: bool = False
    ) -> Outcome:
        """Return where `url` leads from `file`; `base` is the page's own <base href>, `asset` if fetched.

        `clicked` if it is the <a> of a page: a family's own website may still be at http.
        """
        url = _IGNORED.sub("", url).strip()
        try:
            parts = urlsplit(url)
        except ValueError:
            return Outcome(url, "malformed")
        if "\\" in url:  # browsers read it as "/"
            return Outcome(url, "malformed")
        found = _SCHEME.match(url)
        scheme = found[1].lower() if found else "https"
        is_elsewhere = parts.netloc.lower() not in ("", self._host)
        if scheme != "https" and not (scheme == "http" and clicked and is_elsewhere):
            if asset:
                return Outcome(url, "" if _PICTURE.match(url) else "foreign_asset")
            return Outcome(url, "" if scheme in ("tel", "sms") else "scheme")
        if is_elsewhere:
            return Outcome(url, "foreign_asset" if asset else "")
        path = parts.path
        if parts.netloc:
            path = path or "/"
            if not path.startswith(self.path):
                return Outcome(url, "outside" if asset else "")
        elif base:
            root = self.follow("index.html", base)
            if root.fault:
                return root
            file = f"{root.place.partition('#')[0]}index.html"
        elif file == "404.html" and path and not path.startswith("/"):
            return Outcome(url, "relative_in_404")
        if "//" in path:
            return Outcome(path, "missing")
        here = f"{self.path}{file}"
        return self._found(urljoin(here, path) if path else here, unquote(parts.fragment))

    def _found(self, path: str, fragment: str) -> Outcome:
        if not path.startswith(self.path):
            return Outcome(path, "outside")
        place = unquote(path.removeprefix(self.path))
        served = file_for(place, self._tree.files)
        if served is None:
            return Outcome(place, "missing")
        if not fragment or fragment == "top" or fragment.startswith(":~:"):
            return Outcome(place)
        page = self._tree.pages.get(served)
        if page is None and served.endswith(".svg"):
            page = Page(self._tree.read(served))
        is_there = page is None or fragment in page.ids
        return Outcome(place) if is_there else Outcome(f"{place}#{fragment}", "fragment")

    def owns(self, url: str) -> bool:
        """Whether a text is an address below the site, scheme and host in any letter case."""
        head = url[: len("https://") + len(self._host)].lower()
        return head == f"https://{self._host}" and url[len(head) :].startswith(self.path)
