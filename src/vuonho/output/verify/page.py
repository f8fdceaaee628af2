"""One HTML page as the proofs see it: its links, ids, policy, scripts and styles. Nothing is run."""

from dataclasses import dataclass
from html.parser import HTMLParser
from sys import intern
from typing import Final

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
