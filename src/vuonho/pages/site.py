"""Which files make up the site, and the pages among them."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from vuonho.forms.phone_form import form_page
from vuonho.model.fields import Field
from vuonho.model.hosting import PATROL
from vuonho.model.public import (
    Coded,
    GuideText,
    PublicDate,
    PublicGuide,
    PublicHousehold,
    PublicNotice,
    PublicSite,
    PublicSpot,
    PublicVillage,
)
from vuonho.model.vocabulary import LISTS
from vuonho.pages.calendar import FILE as CALENDAR
from vuonho.pages.calendar import calendar
from vuonho.pages.codes import CHECK, CODES, check_data, codes_file
from vuonho.pages.coming import COMING, coming_values
from vuonho.pages.feeds import (
    WORKER_SCRIPT,
    address_card,
    open_data,
    robots,
    service_worker,
    sitemap,
    webmanifest,
)
from vuonho.pages.figures import village_figures
from vuonho.pages.finder import find_among, search_index
from vuonho.pages.garden import garden_thumbnail
from vuonho.pages.harvest import CALENDAR as SEASONS
from vuonho.pages.harvest import FEED, harvest_calendar, harvest_feed, seasons
from vuonho.pages.household import (
    Beside,
    describe_household,
    household_data,
    household_values,
    household_words,
    site_data,
    spot_data,
    village_data,
)
from vuonho.pages.language import Language
from vuonho.pages.layout import CARD_SIZE, Head, Layout, Place, search_path, village_ripe
from vuonho.pages.map import Neighbours, Plan, Route, in_order, neighbours_by_code, plan_of, walking_route
from vuonho.pages.markdown import render
from vuonho.pages.names import place_name, plain_place
from vuonho.pages.spot import describe_spot, spot_values, spot_words, strip_path, strip_svg
from vuonho.pages.village import grounds, most_grown_crops, print_values, village_banner, village_values
from vuonho.pictures.cache import Album, Cards
from vuonho.pictures.rendered import RenderedPhoto, small_path
from vuonho.qr.symbol import payload, png, qr_symbol, svg
from vuonho.resources import READER, STATIC, Artifact, static_file
from vuonho.text import fold
from vuonho.workers import spread

# --- The pages of a site: households, villages, start page, privacy, and what is not found ---

_TICKS: Final = (
    "full_name", "phone", "exact_point", "near_point", "faces", "living", "story", "prices", "links",
    "lane",
)  # fmt: skip


_SAID: Final = (
    "yes", "right", "is-open", "is-closed", "is-moved", "is-village", "is-home", "old", "typed", "open", "not", "unsure",
    "empty", "unread", "blind", "elsewhere", "why-letters", "why-digits", "why-http", "why-host", "why-rest", "why-unknown", "why-data",
)  # fmt: skip
"""What the page that judges a code may say."""

FIGURES: Final = "con-so/"
"""Below a village's folder: the page of its numbers."""
TEAM: Final = "to-so/"
"""Below a village's folder: the page of its team."""
GUIDES: Final = "huong-dan/"
"""The folder of the guides, one for all villages."""
MOST_LISTED: Final = 80
"""Households that the start page lists itself: every phone keeps it, and more are found by search and in their village."""

MOST_KEPT: Final = 300
"""Households of a village whose page a phone keeps beside the one that it opened: a longer list costs a weak signal
more than all the rest, and leads to pages that open with a signal alone."""


def drawn_garden(household: PublicHousehold) -> str:
    """Return where the small drawing of a garden lies; a household that shows a photo has none."""
    return f"{household.code}/garden.svg"


class Home(NamedTuple):
    """A village, its households in the order of lists and maps, the walk past those that show where they are, its places."""

    village: PublicVillage
    households: tuple[PublicHousehold, ...]
    route: Route
    faces: Mapping[str, str] = MappingProxyType({})
    spots: tuple[PublicSpot, ...] = ()

    def face(self, household: PublicHousehold) -> str:
        """Return the small picture of a household: its first photo (`faces`, by code), else its drawn garden."""
        return self.faces.get(household.code) or drawn_garden(household)

    @property
    def cover(self) -> str:
        """The picture that stands for the village, "" where it has no household: a photo before a drawing."""
        first = next((one for one in self.households if one.photos), next(iter(self.households), None))
        return self.face(first) if first else ""

    def beside(self) -> Iterator[tuple[Beside, ...]]:
        """Yield for each household the gardens before and after it, in the order of lists and maps."""
        steps = neighbours_by_code(self.route)
        for at, one in enumerate(self.households):
            before, after = steps.get(one.code, Neighbours())
            found = (("route.before", at - 1, before), ("route.after", at + 1, after))
            yield tuple(
                Beside(key, self.households[place], self.face(self.households[place]), step)
                for key, place, step in found
                if 0 <= place < len(self.households)
            )

    @property
    def plan(self) -> Plan:
        """The frame of the village's map, and the file of its ground."""
        return plan_of(self.village, self.households)


class Pages(Layout):
    """The pages of one site, each in every language, the plaque's first."""

    def household(
        self,
        household: PublicHousehold,
        village: PublicVillage,
        pictures: Mapping[str, RenderedPhoto],
        neighbours: Sequence[Beside] = (),
        card: str | None = None,
        plan: Plan | None = None,
        *,
        moved_here: bool = False,
    ) -> Iterator[Artifact]:
        """Yield a household's pages.

        `pictures` are the photos by `PublicPhoto.file`, `neighbours` the gardens before and after it,
        `card` the file that a shared link shows, `plan` is that of the village's map; `moved_here` tells that an
        older code leads here.
        """
        values = {
            **household_values(household, village, self.site.team, plan),
            "pictures": pictures,
            "moved_here": moved_here,
        }
        sizes = {picture.path: (picture.width, picture.height) for picture in pictures.values()}
        for place, language in self._in_all(f"{household.code}/"):
            description = describe_household(household, village, language)
            image = place.absolute(card) if card else None
            data = household_data(household, village, place, language, description, image)
            size = sizes.get(card or "", CARD_SIZE)
            head = Head(household.name, description, image=card, image_size=size, data=data)
            words = household_words(household, village, neighbours, language, self.site.province)
            yield self.page("household.html", place, language, head, values | words)
        if values["takes_guests"]:
            yield from self._coming(household)

    def _coming(self, household: PublicHousehold) -> Iterator[Artifact]:
        """Yield the pages on which a guest says when he comes."""
        for place, language in self._in_all(f"{household.code}/{COMING}"):
            title = f"{language.say('come.title')} · {household.name}"
            head = Head(title, language.say("come.note"), listed=False)
            values = coming_values(household, self.site.team, language)
            yield self.page("coming.html", place, language, head, values)

    def notice(self, notice: PublicNotice) -> Iterator[Artifact]:
        """Yield what answers at the address of a household that left: no name, perhaps the way on."""
        code = notice.moved_to
        for place, language in self._in_all(f"{notice.code}/"):
            new = place.to(f"{code}/") + "#moved" if code else None
            title = language.say("notice.moved_title" if code else "notice.gone_title")
            head = Head(title, title, listed=False, refresh=new)
            why = "notice.gone_place" if notice.is_spot else "notice.gone_text"
            values = {"new": new, "code": code, "why": language.say(why)}
            yield self.page("notice.html", place, language, head, values)

    def spot(
        self, spot: PublicSpot, home: Home, pictures: Mapping[str, RenderedPhoto], card: str | None = None
    ) -> Iterator[Artifact]:
        """Yield the pages of a place; arguments as those of a household's."""
        village = home.village
        homes = {one.code: one for one in home.households}
        faces = {code: home.face(one) for code, one in homes.items()}
        values = spot_values(spot, village, home.plan) | {"pictures": pictures}
        for place, language in self._in_all(f"{spot.code}/"):
            description = describe_spot(spot, village, language)
            data = spot_data(spot, village, place, description)
            head = Head(spot.name, description, image=card, data=data)
            words = spot_words(spot, village, homes, faces, self.site.province, language)
            yield self.page("spot.html", place, language, head, values | words)
        if spot.stops:
            yield Artifact(strip_path(spot), strip_svg(spot.stops).encode())

    def village(
        self, home: Home, card: str | None = None, guides: Sequence[PublicGuide] = ()
    ) -> Iterator[Artifact]:
        """Yield a village's pages, the lists that are printed, and what answers at its former folders."""
        village = home.village
        for place, language in self._in_all(f"{village.slug}/"):
            names = _names(village, language)
            description = language.say("village.description", **names)
            head = Head(names["name"], description, image=card, data=village_data(village, place, language))
            values = village_values(village, home.households, home.route, language)
            ripening = seasons(home.households, language)
            title = language.say("seasons.title", village=plain_place(village.name, language))
            values |= {"face": home.face, "spots": home.spots, "ripening": ripening}
            values |= {"seasons_title": title, "seasons_files": (SEASONS, FEED)}
            yield self.page("village.html", place, language, head, values)
            if ripening:
                yield harvest_calendar(place, title, ripening, language)
                yield harvest_feed(place, title, ripening, language)
        if home.households:
            yield from self._figures(home, card)
        for place, language in self._in_all(f"{village.slug}/print/"):
            names = _names(village, language)
            title, description = (language.say(f"print.{key}", **names) for key in ("title", "description"))
            head = Head(title, description, listed=False)
            yield self.page(
                "print.html", place, language, head, print_values(*home[:3], language, self.site.base_url)
            )
        yield from grounds(*home[:3], self.languages)
        yield from self._team(village, card, guides)
        for old in village.formerly:
            for place, language in self._in_all(f"{old}/"):
                new, title = place.to(f"{village.slug}/"), language.say("village.moved")
                head = Head(title, title, listed=False, refresh=new)
                yield self.page(
                    "redirect.html", place, language, head, {"new": new, **_names(village, language)}
                )

    def _figures(self, home: Home, card: str | None) -> Iterator[Artifact]:
        """Yield the pages of a village's numbers, for the commune and whoever counts."""
        village = home.village
        for place, language in self._in_all(f"{village.slug}/{FIGURES}"):
            names = _names(village, language)
            title, description = (language.say(f"figures.{key}", **names) for key in ("title", "description"))
            values = {
                "village": village,
                "village_name": place_name(village.name, language),
                "title": title,
                "figures": village_figures(home.households, language),
            }
            yield self.page("figures.html", place, language, Head(title, description, image=card), values)

    def _team(
        self, village: PublicVillage, card: str | None, guides: Sequence[PublicGuide]
    ) -> Iterator[Artifact]:
        """Yield the pages for those who live in a village: its team, its dates, the guides."""
        folder = f"{village.slug}/{TEAM}"
        for place, language in self._in_all(folder):
            names = _names(village, language)
            title = language.say("team.title", **names)
            head = Head(title, language.say("team.description", **names), image=card)
            values = {
                "village": village,
                "village_name": place_name(village.name, language),
                "title": title,
                "dates": [(one, _when(one, language)) for one in village.dates],
                "calendar": place.asset(f"{folder}{CALENDAR}") if village.dates else "",
                "guides": _listed(guides, language),
            }
            yield self.page("team.html", place, language, head, values)
        if village.dates:
            yield calendar(self.site, village, folder)

    def guides(self, guides: Sequence[PublicGuide]) -> Iterator[Artifact]:
        """Yield the guides, each a page that prints on one sheet."""
        for guide in guides:
            for place, language in self._in_all(f"{GUIDES}{guide.name}/"):
                text = guide.to(language.tag)
                values = {
                    "guide": text,
                    "body": render(text.body),
                    "others": _listed((one for one in guides if one is not guide), language),
                }
                head = Head(text.title, language.say("guide.description", title=text.title))
                yield self.page("guide.html", place, language, head, values)

    def index(self, homes: Sequence[Home], card: str | None = None) -> Iterator[Artifact]:
        """Yield the start pages: of one small village its households, else the list of villages."""
        everyone = [household for home in homes for household in home.households]
        listed = everyone if len(homes) == 1 and len(everyone) <= MOST_LISTED else []
        for place, language in self._in_all(""):
            title = language.own(self.site.title).text
            data = site_data([home.village for home in homes], place, language)
            head = Head("", language.say("index.description", title=title), image=card, data=data)
            values = {
                "villages": homes,
                "village_name": place_name(homes[0].village.name, language) if len(homes) == 1 else "",
                "face": homes[0].face if homes else None,
                "total": len(everyone),
                "lists_households": len(homes) == 1 and len(listed) == len(everyone),
                "banner_picture": village_banner(everyone),
                "ripe": village_ripe(everyone, language),
                "found": find_among(listed, language),
                "most_grown_crops": most_grown_crops,
            }
            yield self.page("index.html", place, language, head, values)

    def privacy(self) -> Iterator[Artifact]:
        """Yield the privacy pages in plain words."""
        for place, language in self._in_all("privacy/"):
            head = Head(language.say("privacy.title"), language.say("privacy.description"))
            yield self.page("privacy.html", place, language, head, {"ticks": _TICKS})

    def check(self, villages: Sequence[PublicVillage]) -> Iterator[Artifact]:
        """Yield the pages where one finds out whose a code is."""
        for place, language in self._in_all(CHECK):
            head = Head(language.say("check.title"), language.say("check.description"))
            values = {
                "known": check_data(self.site, villages, language),
                "roots": (self.site.base_url, *self.site.previous_urls),
                "digest": self.codes,
                "said": _SAID,
            }
            yield self.page("check.html", place, language, head, values)

    def patrol(self, homes: Sequence[Home], codes: Artifact) -> Iterator[Artifact]:
        """Yield the page with which the team walks past the plaques; no page leads there.

        It knows what the site shows anyway: names and codes, village by village in the order of the walk, and the
        states of `codes`.
        """
        language = self.languages[0]
        place = Place(self.site, PATROL, language.tag)
        words = {
            key.removeprefix("patrol.say."): text
            for key, text in language.messages.items()
            if key.startswith("patrol.say.")
        }
        walk = [
            (
                home.village.slug,
                plain_place(home.village.name, language),
                [
                    *((one.code, one.name) for one in home.households),
                    *((spot.code, spot.name) for spot in home.spots),
                ],
            )
            for home in homes
        ]
        values = {
            "known": check_data(self.site, [home.village for home in homes], language),
            "codes": codes.content.decode(),
            "walk": json.dumps(walk, ensure_ascii=False, separators=(",", ":")),
            "words": json.dumps(words, ensure_ascii=False, separators=(",", ":")),
            "villages": [one[:2] for one in walk],
            "marks": ("clean", "faded", "gone"),
            "versions": (),
            "elsewhere": "",
        }
        head = Head(language.say("patrol.title"), language.say("patrol.description"), listed=False)
        yield self.page("patrol.html", place, language, head, values)

    def not_found(self) -> Artifact:
        """Return 404.html, one page with every language on it, where a mistyped code finds its household."""
        return self._anywhere("404.html", "lost")

    def offline(self) -> Artifact:
        """Return offline.html, which the service worker shows where there is no signal; every language on it."""
        return self._anywhere("offline.html", "offline")

    def form(
        self,
        villages: Sequence[PublicVillage],
        fields: tuple[Field, ...],
        *,
        alone: bool = False,
        direct: str = "",
    ) -> Artifact:
        """Return the phone form, of which the team alone is told; see `form_page`."""
        return form_page(self, villages, fields, self.languages[0], alone=alone, direct=direct)

    def _anywhere(self, file: str, section: str) -> Artifact:
        """Return a page that is shown at any address."""
        first = self.languages[0]
        places = [Place(self.site, "", language.tag, file) for language in self.languages]
        head = Head(first.say(f"{section}.title"), first.say(f"{section}.text"), listed=False)
        others = list(zip(self.languages, places, strict=True))
        values = {"others": others, "index": places[0].asset(search_path(first.tag))}
        return self.page(file, places[0], first, head, values)

    def _in_all(self, folder: str) -> Iterator[tuple[Place, Language]]:
        """Yield the page in a folder in each language."""
        for language in self.languages:
            yield Place(self.site, folder, language.tag), language


def _when(one: PublicDate, language: Language) -> str:
    """Return when something takes place, in words."""
    if one.weekly:
        number = LISTS["weekdays"].keys.index(one.weekly.key) + 1
        day = language.say("team.weekly", day=language.say(f"weekday.{number}"))
    elif one.monthly:
        day = language.say("team.monthly", day=str(one.monthly))
    else:
        day = language.date(one.day) if one.day else ""
    day = day[:1].upper() + day[1:]
    return language.say("team.at", day=day, time=f"{one.time[0]}:{one.time[1]:02}") if one.time else day


def _listed(guides: Iterable[PublicGuide], language: Language) -> list[tuple[str, GuideText]]:
    """Return the folder of each guide and its text in a language."""
    return [(f"{GUIDES}{one.name}/", one.to(language.tag)) for one in guides]


def _names(village: PublicVillage, language: Language) -> dict[str, str]:
    """Return the names of a village and its commune as titles and descriptions say them."""
    name, commune = plain_place(village.name, language), plain_place(village.commune, language)
    return {"name": name[:1].upper() + name[1:], "commune": commune}


# --- The stream of artifacts, one household at a time ---

CHUNK = 25
"""Households handed to a process at a time."""
FEW = 100
"""Fewer households than this are done sooner in one process."""


@dataclass(frozen=True, slots=True)
class Look:
    """What all pages have in common: the site, the template folders, and the wording of each language.

    `stamp` stands for the program and the content of those folders, `codes` for the file of codes.
    """

    site: PublicSite
    folders: tuple[Path, ...]
    wording: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    stamp: str
    codes: str = ""

    def languages(self) -> tuple[Language, ...]:
        """Return the languages with their words, the first being the plaque's."""
        return tuple(Language(tag, dict(messages)) for tag, messages in self.wording)

    def pages(self) -> Pages:
        """Return the renderer of pages; made once in each process."""
        return _pages(self)

    @staticmethod
    def forget() -> None:
        """Read the templates again for the next pages."""
        _pages.cache_clear()


@lru_cache(maxsize=1)  # what was read of other templates is of no use any more
def _pages(look: Look) -> Pages:
    languages = {language.tag: language for language in look.languages()}
    return Pages(look.site, look.folders, languages, look.codes)


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that a site is made of; `questions` are what the phone form asks.

    `digests` stand for what each household shows, by its code, and `stamp` for the look without its codes.
    """

    look: Look
    villages: tuple[PublicVillage, ...]
    households: tuple[PublicHousehold, ...]
    notices: tuple[PublicNotice, ...]
    album: Album
    cards: Cards
    guides: tuple[PublicGuide, ...]
    questions: tuple[Field, ...]
    digests: Mapping[str, str]
    stamp: str
    spots: tuple[PublicSpot, ...] = ()

    def key(self, *values: object) -> str:
        """Return what stands for all that files are made of: these values, and what all files have in common."""
        return sha256(repr((self.stamp, values)).encode("utf-8", "surrogatepass")).hexdigest()


class Unit(NamedTuple):
    """Files that are made together, of all that `key` stands for: the same key, the same files; "" for no key."""

    name: str
    key: str
    artifacts: tuple[Artifact, ...]


Keep = Callable[[str, str], Mapping[str, str] | None]
"""Asked with name and key of a unit, gives the files (path, SHA-256) that stand there already; else None."""


class Gate(NamedTuple):
    """A household with what its page shows of others: its village with its card, and the gardens beside."""

    household: PublicHousehold
    village: PublicVillage
    neighbours: tuple[Beside, ...]
    village_card: str
    plan: Plan
    moved_here: bool

    def key(self, parts: Parts, village: str) -> str:
        """Return what stands for all that the household's files are made of; `village` for its village and card."""
        photos = [parts.album.keys[photo.file] for photo in self.household.photos]
        beside = [
            (one.key, parts.digests[one.household.code], one.face, one.step and one.step[1:])
            for one in self.neighbours
        ]
        shown = parts.digests[self.household.code], self.moved_here
        return parts.key(shown, village, beside, photos, self.plan)


def assemble(
    parts: Parts, jobs: int, tick: Callable[[], None], keep: Keep = lambda _name, _key: None
) -> Iterator[Unit]:
    """Yield every file of the site that is not kept, in units; `tick` is called once a household.

    A file of the same content may come twice (two households with one photo): the caller writes it once.
    """
    homes = []
    of_village = defaultdict[str, list[PublicHousehold]](list)
    for one in parts.households:
        of_village[one.village].append(one)
    for village in parts.villages:
        households = tuple(of_village[village.slug])
        route = walking_route(village.centre, households, village.ground)
        faces = {
            one.code: small_path(parts.album.keys[one.photos[0].file]) for one in households if one.photos
        }
        spots = sorted(
            (one for one in parts.spots if one.village == village.slug),
            key=lambda one: (one.is_lane, fold(one.name), one.code),
        )
        homes.append(Home(village, in_order(households, route), route, faces, tuple(spots)))
    # what a phone keeps from its first visit on beside the page, its village and its start page
    wide = parts.look.pages().assets("household.html").wide_file
    shell = dict.fromkeys(("offline.html", "icon.svg", "manifest.webmanifest", wide, CODES), "")
    folders = set[str]()

    def is_kept(name: str, key: str) -> bool:
        kept = keep(name, key)
        for path, digest in (kept or {}).items():
            folders.add(path.rpartition("/")[0])
            if path in shell:
                shell[path] = digest
        return kept is not None

    for unit in chain(_households(parts, homes, jobs, tick, is_kept), _overviews(parts, homes, is_kept)):
        for artifact in unit.artifacts:
            folders.add(artifact.path.rpartition("/")[0])
            if artifact.path in shell:
                shell[artifact.path] = sha256(artifact.content).hexdigest()
        yield unit
    top = {folder.partition("/")[0] for folder in folders if folder}
    script = str(parts.look.pages().templates.script(WORKER_SCRIPT))
    large = [home.village.slug for home in homes if len(home.households) > MOST_KEPT]
    yield Unit("worker", "", (service_worker(script, shell.items(), top, _who_shows_what(parts), large),))


def _who_shows_what(parts: Parts) -> Iterator[str]:
    """Yield a line for each household: its code and what it let be shown; of one that left, its code alone.

    And one for each team of a village: who of it has agreed."""
    yield from (notice.code for notice in parts.notices)
    yield from (f"{village.slug} {village.members}" for village in parts.villages if village.members)
    for one in parts.households:
        living = one.living and (one.living.people, *(fact.field for fact in one.living.facts))
        told = (one.full_name, one.phone, one.exact, one.near, living, one.story, one.links)
        priced = [product.price for product in one.products]
        if one.visits:
            priced += [one.visits.night, *(dish.price for dish in one.visits.dishes)]
        photos = [parts.album.keys[photo.file] for photo in one.photos]
        yield f"{one.code} {[bool(part) for part in (*told, any(priced))]} {photos}"
    for spot in parts.spots:
        photos = [parts.album.keys[photo.file] for photo in spot.photos]
        yield f"{spot.code} {[stop.code for stop in spot.stops]} {photos}"


def _households(
    parts: Parts,
    homes: Sequence[Home],
    jobs: int,
    tick: Callable[[], None],
    is_kept: Callable[[str, str], bool],
) -> Iterator[Unit]:
    """Yield the files of each household that are to be made."""
    gates: list[tuple[str, Gate]] = []
    moved = {notice.moved_to for notice in parts.notices}
    for home in homes:
        card = parts.cards.village(home.village, parts.look.site).path
        of_village, plan = parts.key(home.village, card), home.plan
        for one, beside in zip(home.households, home.beside(), strict=True):
            gate = Gate(one, home.village, beside, card, plan, one.code in moved)
            key = gate.key(parts, of_village)
            if is_kept(one.code, key):
                tick()
            else:
                gates.append((key, gate))
    chunks = [gates[start : start + CHUNK] for start in range(0, len(gates), CHUNK)]
    tasks = (
        (parts.look, parts.album.of(gate.household for _, gate in chunk), [gate for _, gate in chunk])
        for chunk in chunks
    )
    made = spread(_render_chunk, tasks, jobs if len(gates) >= FEW else 1)
    for chunk, rendered in zip(chunks, made, strict=True):
        for (key, gate), artifacts in zip(chunk, rendered, strict=True):
            tick()
            yield Unit(gate.household.code, key, artifacts)


def _render_chunk(task: tuple[Look, Album, Sequence[Gate]]) -> list[tuple[Artifact, ...]]:
    look, album, gates = task
    pages = look.pages()
    return [tuple(_render_household(pages, gate, album)) for gate in gates]


def _render_household(pages: Pages, gate: Gate, album: Album) -> Iterator[Artifact]:
    """Yield everything that belongs to one household: photos, code, pages.

    A shared link shows the first photo; where there is none, the card of the village.
    """
    household, village, neighbours, card, plan, moved_here = gate
    pictures = album.pictures(household)
    for picture in pictures.values():
        yield Artifact(picture.path, picture.content)
    if household.photos:
        first = pictures[household.photos[0].file]
        yield Artifact(small_path(first.key), first.small)
    else:
        drawing = garden_thumbnail(household.garden.crops, household.living)
        yield Artifact(drawn_garden(household), drawing.encode())
    shown = next((picture.path for picture in pictures.values()), card)
    yield from render_code(pages.site, household.code)
    if household.phone:
        yield address_card(pages.site, household, village, household.phone.number)
    yield from pages.household(household, village, pictures, neighbours, shown, plan, moved_here=moved_here)


def render_code(site: PublicSite, code: str) -> tuple[Artifact, Artifact]:
    """Return the QR image of a code as PNG and SVG; its payload is the address and nothing else."""
    symbol = qr_symbol(payload(site.base_url, code))
    title = f"{site.base_url}{code}/"
    return Artifact(f"qr/{code}.png", png(symbol)), Artifact(f"qr/{code}.svg", svg(symbol, title))


def _overviews(parts: Parts, homes: Sequence[Home], is_kept: Callable[[str, str], bool]) -> Iterator[Unit]:
    """Yield what no household has to itself and is to be made: notices, villages, the pages and data of all."""
    pages, site, digests = parts.look.pages(), parts.look.site, parts.digests
    for notice in parts.notices:
        if not is_kept(notice.code, key := parts.key(notice)):
            yield Unit(notice.code, key, (*render_code(site, notice.code), *pages.notice(notice)))
    for home in homes:
        shown = [(digests[one.code], home.face(one)) for one in home.households]
        signs = [(spot.code, spot.name, spot.kind) for spot in home.spots]
        key = parts.key(home.village, shown, parts.guides, signs)
        if not is_kept(home.village.slug, key):
            card = parts.cards.village(home.village, site)
            yield Unit(home.village.slug, key, (card, *pages.village(home, card.path, parts.guides)))
        yield from _spots(parts, home, is_kept)
    if not is_kept("rest", key := parts.key(parts.villages, parts.look.codes)):
        yield Unit("rest", key, tuple(_rest(parts)))
    if not is_kept("guides", key := parts.key(parts.guides)):
        yield Unit("guides", key, tuple(pages.guides(parts.guides)))
    faces = {one.code: home.face(one) for home in homes for one in home.households}
    everyone = [(digests[one.code], faces[one.code]) for one in parts.households]
    spots = [
        (spot.code, spot.name, spot.kind, spot.village, spot.point, spot.checked) for spot in parts.spots
    ]
    if not is_kept("all", key := parts.key(parts.villages, everyone, parts.guides, spots)):
        card = parts.cards.site(site)
        yield Unit("all", key, (card, *pages.index(homes, card.path), *_for_machines(parts)))
    codes = codes_of((*parts.households, *parts.spots), parts.notices)
    if not is_kept("patrol", key := parts.key(parts.villages, everyone, spots, codes.content)):
        yield Unit("patrol", key, tuple(pages.patrol(homes, codes)))


def _spots(parts: Parts, home: Home, is_kept: Callable[[str, str], bool]) -> Iterator[Unit]:
    """Yield the files of each place of a village that are to be made: photos, code, pages, strip."""
    pages, digests = parts.look.pages(), parts.digests
    card = parts.cards.village(home.village, parts.look.site).path
    faces = {one.code: (digests[one.code], home.face(one)) for one in home.households}
    for spot in home.spots:
        photos = [parts.album.keys[photo.file] for photo in spot.photos]
        along = [faces[stop.code] for stop in spot.stops]
        key = parts.key(spot, home.village, card, along, photos, home.plan)
        if is_kept(spot.code, key):
            continue
        pictures = parts.album.pictures(spot)
        shown = next((picture.path for picture in pictures.values()), card)
        yield Unit(
            spot.code,
            key,
            (
                *(Artifact(picture.path, picture.content) for picture in pictures.values()),
                *render_code(pages.site, spot.code),
                *pages.spot(spot, home, pictures, shown),
            ),
        )


def codes_of(shown: Iterable[Coded], notices: Iterable[PublicNotice]) -> Artifact:
    """Return the file of codes of a site that shows these."""
    return codes_file(((one.code, one.village) for one in shown), notices)


def _rest(parts: Parts) -> Iterator[Artifact]:
    """Yield the files in which no household is named."""
    pages, site = parts.look.pages(), parts.look.site
    yield from pages.privacy()
    yield from pages.check(parts.villages)
    yield pages.not_found()
    yield pages.offline()
    yield pages.form(parts.villages, parts.questions)
    apart = pages.assets("household.html")
    yield Artifact(apart.wide_file, apart.wide.encode())
    for tag in site.languages:
        yield webmanifest(site, tag)
    yield webmanifest(site, site.languages[0], pages.languages[0].say("form.title"))
    yield robots(site)
    yield from (Artifact(name, static_file(name)) for name in (*STATIC, READER))
    yield Artifact(".nojekyll", b"")  # without it GitHub Pages leaves out files and rewrites others


def _for_machines(parts: Parts) -> Iterator[Artifact]:
    site, villages, households = parts.look.site, parts.villages, parts.households
    yield from open_data(site, villages, households, parts.spots)
    yield codes_of((*households, *parts.spots), parts.notices)
    for language in parts.look.pages().languages:
        yield search_index(language, villages, households, parts.spots)
    latest = max((household.checked for household in households), default=None)
    told = {one.village for one in households}
    folders = [
        f"{village.slug}/{page}"
        for village in villages
        for page in ("", TEAM, FIGURES)
        if page != FIGURES or village.slug in told
    ]
    folders += [f"{GUIDES}{guide.name}/" for guide in parts.guides]
    crawled = {"": latest, "privacy/": None, CHECK: None, **dict.fromkeys(folders)}
    coded: tuple[Coded, ...] = (*households, *parts.spots)
    yield sitemap(site, crawled | {f"{one.code}/": one.checked for one in coded})
