"""Which files make up the site: a pure stream of artifacts, one household at a time.

Parts(site, villages, households, notices) ──▶ Artifact, Artifact, …   (in the same order every time)
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from pathlib import Path

from vuonho.artifact import Artifact
from vuonho.domain.public import PublicHousehold, PublicNotice, PublicSite, PublicVillage
from vuonho.pictures import Album
from vuonho.render.codes import image as qr_image
from vuonho.render.codes import symbol as qr
from vuonho.render.machines import crawl, data
from vuonho.render.machines import icon as siteicon
from vuonho.render.pages.language import Language
from vuonho.render.pages.pages import Pages
from vuonho.workers import spread

CHUNK = 25
"""Households handed to a process at a time."""
FEW = 100
"""Fewer households than this are done sooner in one process."""


@dataclass(frozen=True, slots=True)
class Look:
    """What all pages have in common: the site, the template folders, and the wording of each language."""

    site: PublicSite
    folders: tuple[Path, ...]
    wording: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

    def pages(self) -> Pages:
        """Return the renderer of pages; made once in each process."""
        return _pages(self)


@cache
def _pages(look: Look) -> Pages:
    languages = {tag: Language(tag, dict(messages)) for tag, messages in look.wording}
    return Pages(look.site, look.folders, languages)


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that a site is made of."""

    look: Look
    villages: tuple[PublicVillage, ...]
    households: tuple[PublicHousehold, ...]
    notices: tuple[PublicNotice, ...]
    album: Album


def assemble(parts: Parts, jobs: int, tick: Callable[[], None]) -> Iterator[Artifact]:
    """Yield every file of the site; `tick` is called once a household.

    A file of the same content may come twice (two households with one photo): the caller writes it once.
    """
    by_slug = {village.slug: village for village in parts.villages}
    for artifacts in _households(parts, by_slug, jobs):
        tick()
        yield from artifacts
    yield from chain.from_iterable(_notice(parts.look, notice) for notice in parts.notices)
    yield from _overviews(parts)
    yield from _for_machines(parts)


def _households(
    parts: Parts, by_slug: Mapping[str, PublicVillage], jobs: int
) -> Iterator[tuple[Artifact, ...]]:
    tasks = ((parts.look, by_slug, parts.album, chunk) for chunk in _chunks(parts.households))
    for chunk in spread(_render_chunk, tasks, jobs if len(parts.households) >= FEW else 1):
        yield from chunk


def _chunks(households: tuple[PublicHousehold, ...]) -> Iterator[tuple[PublicHousehold, ...]]:
    rest = iter(households)
    while chunk := tuple(islice(rest, CHUNK)):
        yield chunk


def _render_chunk(
    task: tuple[Look, Mapping[str, PublicVillage], Album, tuple[PublicHousehold, ...]],
) -> list[tuple[Artifact, ...]]:
    look, by_slug, album, households = task
    return [render_household(look, household, by_slug[household.village], album) for household in households]


def render_household(
    look: Look, household: PublicHousehold, village: PublicVillage, album: Album
) -> tuple[Artifact, ...]:
    """Return everything that belongs to one household: pages, code, photos."""
    pictures = album.pictures(household)
    return (
        *album.artifacts(household),
        *render_code(look.site, household.code),
        *look.pages().household(household, village, pictures),
    )


def render_code(site: PublicSite, code: str) -> tuple[Artifact, Artifact]:
    """Return the QR image of a code as PNG and SVG; its payload is the address and nothing else."""
    symbol = qr.symbol(qr.payload(site.base_url, code))
    sources = ("site.yaml", f"code:{code}")
    return (
        Artifact(f"qr/{code}.png", qr_image.png(symbol), sources),
        Artifact(f"qr/{code}.svg", qr_image.svg(symbol, f"{site.base_url}{code}/"), sources),
    )


def _notice(look: Look, notice: PublicNotice) -> Iterator[Artifact]:
    yield from render_code(look.site, notice.code)
    yield from look.pages().notice(notice)


def _overviews(parts: Parts) -> Iterator[Artifact]:
    pages = parts.look.pages()
    homes = {
        village.slug: tuple(h for h in parts.households if h.village == village.slug)
        for village in parts.villages
    }
    for village in parts.villages:
        yield from pages.village(village, homes[village.slug])
    yield from pages.index([(village, homes[village.slug]) for village in parts.villages])
    yield from pages.privacy()
    yield pages.not_found()


def _for_machines(parts: Parts) -> Iterator[Artifact]:
    site = parts.look.site
    yield data.households_json(site, parts.villages, parts.households)
    yield data.households_geojson(site, parts.villages, parts.households)
    yield data.households_csv(site, parts.villages, parts.households)
    yield from crawl.sitemap(site, _crawled(parts))
    yield crawl.robots(site)
    yield from (crawl.webmanifest(site, language) for language in site.languages)
    yield from siteicon.icons()
    yield crawl.marker()


def _crawled(parts: Parts) -> Iterator[crawl.CrawlPage]:
    latest = max((household.checked for household in parts.households), default=None)
    yield crawl.CrawlPage("", latest)
    yield crawl.CrawlPage("privacy/")
    for village in parts.villages:
        yield crawl.CrawlPage(f"{village.slug}/", sources=(village.source,))
    for household in parts.households:
        yield crawl.CrawlPage(f"{household.code}/", household.checked, sources=(household.source,))
