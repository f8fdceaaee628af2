"""What machines read before they read a page: sitemap, robots.txt, web manifest and `.nojekyll`."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import chain
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from vuonho.artifact import Artifact
from vuonho.bilingual import Text
from vuonho.domain.public import PublicSite
from vuonho.render.machines.icon import GREEN, LEAF, hex_colour

MOST_URLS: Final = 50_000
MOST_BYTES: Final = 45_000_000
"""Per sitemap: sitemaps.org allows 50,000 addresses and 50 MB; the rest is left for the frame."""

_SHORT_NAME: Final = Text("Vườn hộ", "Gardens")
_SITEMAP_NS: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML_NS: Final = "http://www.w3.org/1999/xhtml"
_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class CrawlPage:
    """One page in all its languages: `folder` below the language's root ("482135/", "" for the start page).

    `checked` is the day its facts were last checked, or None. `listed` is false for what search engines are
    to leave alone, such as the notice of a household that left.
    """

    folder: str
    checked: date | None = None
    listed: bool = True
    sources: tuple[str, ...] = ()


def language_root(site: PublicSite, language: str) -> str:
    """Return the folder of a language below the site: "" for the first, "en/" for another."""
    return "" if language == site.languages[0] else f"{language}/"


def lower_host(url: str) -> str:
    """Return the address with scheme and host in lower case; the path, which has letter case, as it is."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower()))


def sitemap(site: PublicSite, pages: Iterable[CrawlPage]) -> tuple[Artifact, ...]:
    """Return sitemap.xml, or sitemap.xml as an index with sitemap-1.xml, -2 … when one file cannot hold it.

    Every listed page stands once per language, with links to all its languages and x-default to the first,
    sorted by folder. The only dates are those of `checked`: no clock.
    """
    listed = sorted((page for page in pages if page.listed), key=lambda page: page.folder)
    sources = tuple(sorted(set(chain.from_iterable(page.sources for page in listed))))
    entries = chain.from_iterable(_entries(site, page) for page in listed)
    bodies = tuple(_split(entries))
    if len(bodies) == 1:
        return (Artifact("sitemap.xml", _urlset(bodies[0]), sources),)
    names = tuple(f"sitemap-{number}.xml" for number in range(1, len(bodies) + 1))
    parts = (Artifact(name, _urlset(body), sources) for name, body in zip(names, bodies, strict=True))
    return (Artifact("sitemap.xml", _index(site, names), sources), *parts)


def _entries(site: PublicSite, page: CrawlPage) -> Iterator[bytes]:
    """Yield one <url> per language; all of them name all languages, as reciprocal hreflang asks."""
    base = lower_host(site.base_url)
    addresses = {tag: f"{base}{language_root(site, tag)}{page.folder}" for tag in site.languages}
    tags = {**addresses, "x-default": addresses[site.languages[0]]} if len(addresses) > 1 else {}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{escape(tag)}" href="{escape(url)}"/>'
        for tag, url in tags.items()
    )
    day = f"<lastmod>{page.checked.isoformat()}</lastmod>" if page.checked else ""
    for url in addresses.values():
        yield f"<url><loc>{escape(url)}</loc>{day}{links}</url>\n".encode()


def _split(entries: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the bodies of as many sitemaps as are needed, at least one."""
    body = bytearray()
    count = 0
    for entry in entries:
        if count == MOST_URLS or len(body) + len(entry) > MOST_BYTES:
            yield bytes(body)
            body.clear()
            count = 0
        body += entry
        count += 1
    yield bytes(body)


def _urlset(body: bytes) -> bytes:
    head = f'{_XML}<urlset xmlns="{_SITEMAP_NS}" xmlns:xhtml="{_XHTML_NS}">\n'
    return head.encode() + body + b"</urlset>\n"


def _index(site: PublicSite, names: Iterable[str]) -> bytes:
    base = escape(lower_host(site.base_url))
    parts = "".join(f"<sitemap><loc>{base}{name}</loc></sitemap>\n" for name in names)
    return f'{_XML}<sitemapindex xmlns="{_SITEMAP_NS}">\n{parts}</sitemapindex>\n'.encode()


def robots(site: PublicSite) -> Artifact:
    """Return robots.txt: everything may be read, and where the sitemap lies.

    Crawlers look for it at the root of the host only, so below /repo/ it does no more than tell people.
    """
    text = f"User-agent: *\nAllow: /\n\nSitemap: {lower_host(site.base_url)}sitemap.xml\n"
    return Artifact("robots.txt", text.encode("utf-8"))


def webmanifest(site: PublicSite, language: str) -> Artifact:
    """Return manifest.webmanifest in the language's folder, which it covers; its addresses are relative."""
    root = language_root(site, language)
    up = "../" * root.count("/")
    manifest = {
        "name": site.title.to(language)[0],
        "short_name": _SHORT_NAME.to("vi" if language == "vi" else "en"),
        "lang": language,
        "start_url": ".",
        "scope": ".",
        "display": "minimal-ui",
        "background_color": hex_colour(LEAF),
        "theme_color": hex_colour(GREEN),
        "icons": [
            {"src": f"{up}icon.svg", "sizes": "any", "type": "image/svg+xml"},
            {"src": f"{up}icon-192.png", "sizes": "192x192", "type": "image/png"},
            {"src": f"{up}icon-512.png", "sizes": "512x512", "type": "image/png"},
        ],
    }
    text = json.dumps(manifest, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return Artifact(f"{root}manifest.webmanifest", f"{text}\n".encode())


def marker() -> Artifact:
    """Return the empty .nojekyll, without which GitHub Pages leaves out files and rewrites others."""
    return Artifact(".nojekyll", b"")
