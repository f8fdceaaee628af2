"""Which files make up the site: a pure stream of artifacts, one household at a time.

Parts(site, villages, households, notices) ──▶ Artifact, Artifact, …   (in the same order every time)
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from pathlib import Path

from vuonho.artifact import Artifact
from vuonho.cards import Cards
from vuonho.domain.outline import Field
from vuonho.domain.public import PublicHousehold, PublicNotice, PublicSite, PublicVillage
from vuonho.pictures import Album
from vuonho.render.codes import image as qr_image
from vuonho.render.codes import symbol as qr
from vuonho.render.machines import crawl, data, worker
from vuonho.render.machines import icon as siteicon
from vuonho.render.machines.search import search_index
from vuonho.render.pages.language import Language
from vuonho.render.pages.pages import Pages
from vuonho.render.pages.route import Neighbours, Route, neighbours_by_code, walking_route
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

    def languages(self) -> tuple[Language, ...]:
        """Return the languages with their words, the first being the plaque's."""
        return tuple(Language(tag, dict(messages)) for tag, messages in self.wording)

    def pages(self) -> Pages:
        """Return the renderer of pages; made once in each process."""
        return _pages(self)


@cache
def _pages(look: Look) -> Pages:
    return Pages(look.site, look.folders, {language.tag: language for language in look.languages()})


@dataclass(frozen=True, slots=True)
class Home:
    """A village, its households in the order of lists, and the walk past those that show where they are."""

    village: PublicVillage
    households: tuple[PublicHousehold, ...]
    route: Route


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that a site is made of; `questions` are what the phone form asks."""

    look: Look
    villages: tuple[PublicVillage, ...]
    households: tuple[PublicHousehold, ...]
    notices: tuple[PublicNotice, ...]
    album: Album
    cards: Cards
    questions: tuple[Field, ...]

    def homes(self) -> tuple[Home, ...]:
        """Return each village with its households and the walk past their gates."""
        found = ((village, self._of(village)) for village in self.villages)
        return tuple(
            Home(village, households, walking_route(village.centre, households))
            for village, households in found
        )

    def _of(self, village: PublicVillage) -> tuple[PublicHousehold, ...]:
        return tuple(one for one in self.households if one.village == village.slug)


@dataclass(frozen=True, slots=True)
class Gate:
    """A household with what its page shows of others: its village, and the next gates on the walk."""

    household: PublicHousehold
    village: PublicVillage
    neighbours: Neighbours | None


def assemble(parts: Parts, jobs: int, tick: Callable[[], None]) -> Iterator[Artifact]:
    """Yield every file of the site; `tick` is called once a household.

    A file of the same content may come twice (two households with one photo): the caller writes it once.
    """
    homes = parts.homes()
    shell, folders = dict.fromkeys(_shell(parts.look.site), b""), set[str]()
    for artifact in chain(
        _households(parts, homes, jobs, tick),
        chain.from_iterable(_notice(parts.look, notice) for notice in parts.notices),
        _overviews(parts, homes),
        _for_machines(parts),
    ):
        folder, slash, _ = artifact.path.partition("/")
        if slash:
            folders.add(folder)
        if artifact.path in shell:
            shell[artifact.path] = artifact.content
        yield artifact
    script = parts.look.pages().worker_script()
    yield worker.service_worker(script, shell.items(), folders, _who_shows_what(parts))


def _who_shows_what(parts: Parts) -> Iterator[str]:
    """Yield a line for each household: its code and what it let be shown; of one that left, its code alone."""
    yield from (notice.code for notice in parts.notices)
    for one in parts.households:
        living = one.living and (one.living.people, *(fact.field for fact in one.living.facts))
        told = (one.full_name, one.phone, one.exact, one.near, living, one.story, one.links)
        prices = any(product.price for product in one.products)
        photos = [parts.album.keys[photo.file] for photo in one.photos]
        yield f"{one.code} {[bool(part) for part in (*told, prices)]} {photos}"


def _shell(site: PublicSite) -> tuple[str, ...]:
    """Return the files that a phone keeps from its first visit on: each start page, and what all pages use."""
    starts = (f"{crawl.language_root(site, tag)}index.html" for tag in site.languages)
    return (*starts, "offline.html", "icon.svg", "manifest.webmanifest")


def _households(
    parts: Parts, homes: tuple[Home, ...], jobs: int, tick: Callable[[], None]
) -> Iterator[Artifact]:
    tasks = ((parts.look, parts.album, parts.cards, chunk) for chunk in _chunks(_gates(homes)))
    for chunk in spread(_render_chunk, tasks, jobs if len(parts.households) >= FEW else 1):
        for artifacts in chunk:
            tick()
            yield from artifacts


def _gates(homes: tuple[Home, ...]) -> Iterator[Gate]:
    for home in homes:
        beside = neighbours_by_code(home.route)
        yield from (Gate(one, home.village, beside.get(one.code)) for one in home.households)


def _chunks(gates: Iterator[Gate]) -> Iterator[tuple[Gate, ...]]:
    while chunk := tuple(islice(gates, CHUNK)):
        yield chunk


def _render_chunk(task: tuple[Look, Album, Cards, tuple[Gate, ...]]) -> list[tuple[Artifact, ...]]:
    look, album, cards, gates = task
    return [render_household(look, gate, album, cards) for gate in gates]


def render_household(look: Look, gate: Gate, album: Album, cards: Cards) -> tuple[Artifact, ...]:
    """Return everything that belongs to one household: photos, the card of its links, code, pages."""
    household = gate.household
    card = cards.household(household, gate.village, album)
    pictures = album.pictures(household)
    return (
        *album.artifacts(household),
        card,
        *render_code(look.site, household.code),
        *look.pages().household(household, gate.village, pictures, gate.neighbours, card.path),
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


def _overviews(parts: Parts, homes: tuple[Home, ...]) -> Iterator[Artifact]:
    pages, site = parts.look.pages(), parts.look.site
    for home in homes:
        card = parts.cards.village(home.village, site)
        yield card
        yield from pages.village(home.village, home.households, home.route, card.path)
    card = parts.cards.site(site)
    yield card
    yield from pages.index([(home.village, home.households) for home in homes], card.path)
    yield from pages.privacy()
    yield pages.not_found()
    yield pages.offline()
    yield pages.form(parts.villages, parts.questions)


def _for_machines(parts: Parts) -> Iterator[Artifact]:
    site, villages, households = parts.look.site, parts.villages, parts.households
    yield data.households_json(site, villages, households)
    yield data.households_geojson(site, villages, households)
    yield data.households_csv(site, villages, households)
    yield from (search_index(language, villages, households) for language in parts.look.languages())
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
