"""Which files make up the site: a pure stream of artifacts, one household at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import Final

from vuonho.forms.phone_form import form_page
from vuonho.model.fields import Field
from vuonho.model.public import PublicHousehold, PublicNotice, PublicSite, PublicVillage
from vuonho.pages.feeds import (
    WORKER_SCRIPT,
    CrawlPage,
    households_csv,
    households_geojson,
    households_json,
    language_root,
    marker,
    robots,
    service_worker,
    sitemap,
    webmanifest,
)
from vuonho.pages.finder import search_index, search_path, site_finder
from vuonho.pages.household import household_data, household_view, site_data, village_data
from vuonho.pages.language import Language
from vuonho.pages.layout import (
    Frame,
    Head,
    LostPlace,
    OfflinePlace,
    Picture,
    Place,
    own,
    spaced,
    village_ripe,
)
from vuonho.pages.route import Neighbours, Route, neighbours_by_code, walking_route
from vuonho.pages.village import print_view, village_banner, village_line, village_view
from vuonho.pictures.cache import Album, Cards
from vuonho.qr.image import png, svg
from vuonho.qr.symbol import payload, qr_symbol
from vuonho.resources import STATIC, Artifact, static_file
from vuonho.workers import spread

# --- The public pages of a site: households, villages, start page, privacy, and what is not found ---

TICKS: Final = (
    "full_name", "phone", "exact_point", "near_point", "faces", "living", "story", "prices", "links",
)  # fmt: skip

PagesHome = tuple[PublicVillage, Sequence[PublicHousehold]]
_Maker = Callable[[Place, Language], tuple[Head, Mapping[str, object]]]


class Pages:
    """The pages of one site. `template_folders`: the project's first, then the shipped ones."""

    def __init__(
        self, site: PublicSite, template_folders: tuple[Path, ...], languages: Mapping[str, Language]
    ) -> None:
        """Open the templates; raise VuonhoError where a language of the site has no catalogue."""
        self._site = site
        self._frame = Frame(site, template_folders, languages)

    def household(
        self,
        household: PublicHousehold,
        village: PublicVillage,
        pictures: Mapping[str, Picture],
        neighbours: Neighbours | None = None,
        card: str | None = None,
    ) -> tuple[Artifact, ...]:
        """Return a household's pages, the plaque's language first.

        `pictures` are the photos by `PublicPhoto.file`, `neighbours` the next gardens on the walking route,
        `card` the file that a shared link shows.
        """

        def make(place: Place, language: Language) -> tuple[Head, Mapping[str, object]]:
            view = household_view(household, village, pictures, neighbours, place, language)
            image = place.absolute(card) if card else None
            data = household_data(household, village, place, language, view.description, image)
            return Head(household.name, view.description, image=card, data=data), {"h": view}

        return self._in_all(f"{household.code}/", "household.html", make)

    def notice(self, notice: PublicNotice) -> tuple[Artifact, ...]:
        """Return what answers at the address of a household that left: no name, perhaps the way on."""

        def make(place: Place, language: Language) -> tuple[Head, Mapping[str, object]]:
            code = notice.moved_to
            new = place.to(f"{code}/") if code else None
            title = language.say("notice.moved_title" if code else "notice.gone_title")
            values = {"title": title, "new": new, "digits": spaced(code) if code else ""}
            return Head(title, title, listed=False, refresh=new), values

        return self._in_all(f"{notice.code}/", "notice.html", make)

    def village(
        self, village: PublicVillage, households: Sequence[PublicHousehold],
        route: Route | None = None, card: str | None = None,
    ) -> tuple[Artifact, ...]:  # fmt: skip
        """Return a village's pages with its households in the order given, and those at its former folders.

        They are its page, and the list that is printed. `route` is the walk through it, found if not given.
        """
        walk = route or walking_route(village.centre, households)

        def make(place: Place, language: Language) -> tuple[Head, Mapping[str, object]]:
            view = village_view(village, households, walk, place, language)
            data = village_data(village, place, language)
            return Head(village.name, view.description, image=card, data=data), {"v": view}

        def make_list(place: Place, language: Language) -> tuple[Head, Mapping[str, object]]:
            view = print_view(village, households, walk, place, language)
            return Head(view.title, view.description, listed=False), {"p": view}

        return (
            *self._in_all(f"{village.slug}/", "village.html", make),
            *self._in_all(f"{village.slug}/print/", "print.html", make_list),
            *(page for old in village.formerly for page in self._former(old, village)),
        )

    def _former(self, old: str, village: PublicVillage) -> tuple[Artifact, ...]:
        def make(place: Place, language: Language) -> tuple[Head, Mapping[str, object]]:
            new = place.to(f"{village.slug}/")
            title = language.say("village.moved")
            values = {"title": title, "new": new, "name": village.name}
            return Head(title, title, listed=False, refresh=new), values

        return self._in_all(f"{old}/", "redirect.html", make)

    def index(self, homes: Sequence[PagesHome], card: str | None = None) -> tuple[Artifact, ...]:
        """Return the start pages: of one village its households, of several the list of villages."""
        villages = [village for village, _ in homes]
        everyone = [household for _, households in homes for household in households]

        def make(place: Place, language: Language) -> tuple[Head, Mapping[str, object]]:
            lines = [village_line(*home, place, language, alone=len(homes) == 1) for home in homes]
            title = own(self._site.title, language)
            head = Head(
                "", language.say("index.description", title=title.text),
                image=card, data=site_data(villages, place, language),
            )  # fmt: skip
            return head, {
                "villages": lines,
                "title": title,
                "purpose": own(self._site.purpose, language),
                "picture": village_banner(everyone),
                "ripe": village_ripe(everyone, language),
                "total": language.count("village.households_count", len(everyone)),
                "search": site_finder(place, language),
            }

        return self._in_all("", "index.html", make)

    def privacy(self) -> tuple[Artifact, ...]:
        """Return the privacy pages in plain words."""

        def make(_place: Place, language: Language) -> tuple[Head, Mapping[str, object]]:
            head = Head(language.say("privacy.title"), language.say("privacy.description"))
            return head, {"ticks": TICKS, "purpose": own(self._site.purpose, language)}

        return self._in_all("privacy/", "privacy.html", make)

    def not_found(self) -> Artifact:
        """Return 404.html, one page with every language on it, where a mistyped code finds its household."""
        first = self._frame.languages[0].tag
        index = LostPlace(self._site, "", first).asset(search_path(first))
        return self._for_any_depth(LostPlace, "404.html", "lost", {"index": index})

    def offline(self) -> Artifact:
        """Return offline.html, which the service worker shows where there is no signal; every language on it."""
        return self._for_any_depth(OfflinePlace, "offline.html", "offline", {})

    def form(
        self, villages: Sequence[PublicVillage], fields: tuple[Field, ...], *, alone: bool = False
    ) -> Artifact:
        """Return the phone form, of which the team alone is told; `alone` if it lies on a phone and not in the site."""
        return form_page(self._frame, villages, fields, self._frame.languages[0], alone=alone)

    def worker_script(self) -> str:
        """Return the script of the service worker, which knows nothing of this site yet."""
        return str(self._frame.templates.script(WORKER_SCRIPT))

    def _for_any_depth(
        self, kind: type[LostPlace], template: str, section: str, more: Mapping[str, object]
    ) -> Artifact:
        first, *_ = languages = self._frame.languages
        head = Head(first.say(f"{section}.title"), first.say(f"{section}.text"), listed=False)
        others = [(one, kind(self._site, "", one.tag)) for one in languages]
        values = {"others": others, **more}
        return self._frame.page(template, kind(self._site, "", first.tag), first, head, values)

    def _in_all(self, folder: str, template: str, make: _Maker) -> tuple[Artifact, ...]:
        return tuple(self._one(folder, template, make, language) for language in self._frame.languages)

    def _one(self, folder: str, template: str, make: _Maker, language: Language) -> Artifact:
        place = Place(self._site, folder, language.tag)
        head, values = make(place, language)
        return self._frame.page(template, place, language, head, values)


# --- Which files make up the site: a pure stream of artifacts, one household at a time ---

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
    yield service_worker(script, shell.items(), folders, _who_shows_what(parts))


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
    starts = (f"{language_root(site, tag)}index.html" for tag in site.languages)
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
    symbol = qr_symbol(payload(site.base_url, code))
    return (
        Artifact(f"qr/{code}.png", png(symbol)),
        Artifact(f"qr/{code}.svg", svg(symbol, f"{site.base_url}{code}/")),
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
    yield households_json(site, villages, households)
    yield households_geojson(site, villages, households)
    yield households_csv(site, villages, households)
    yield from (search_index(language, villages, households) for language in parts.look.languages())
    yield from sitemap(site, _crawled(parts))
    yield robots(site)
    yield from (webmanifest(site, language) for language in site.languages)
    yield from (Artifact(name, static_file(name)) for name in STATIC)
    yield marker()


def _crawled(parts: Parts) -> Iterator[CrawlPage]:
    latest = max((household.checked for household in parts.households), default=None)
    yield CrawlPage("", latest)
    yield CrawlPage("privacy/")
    for village in parts.villages:
        yield CrawlPage(f"{village.slug}/")
    for household in parts.households:
        yield CrawlPage(f"{household.code}/", household.checked)
