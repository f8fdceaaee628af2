"""What every page has: its head, its addresses, its language switch, and plain values for templates."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from markupsafe import Markup

from vuonho.errors import VuonhoError
from vuonho.i18n import Text
from vuonho.model.fields import LocalText
from vuonho.model.geo import Point
from vuonho.model.public import (
    PublicCrop,
    PublicHousehold,
    PublicProduct,
    PublicSeason,
    PublicSite,
    PublicTeam,
    PublicVillage,
    Thing,
)
from vuonho.model.values import Phone
from vuonho.pages.language import Language
from vuonho.pages.templates import Dress, Icons, Templates, dress
from vuonho.resources import Artifact
from vuonho.text import key

# --- Where a page stands in the site, and every address seen from there ---


@dataclass(frozen=True, slots=True)
class Place:
    """One page: its `folder` below the language's root ("482135/", "" for the start page) and language."""

    site: PublicSite
    folder: str
    tag: str

    @property
    def address(self) -> str:
        """The page's folder below the site's root: "482135/" or "en/482135/"."""
        return self._prefix(self.tag) + self.folder

    @property
    def path(self) -> str:
        """The page's file below the site's root."""
        return f"{self.address}index.html"

    @property
    def url(self) -> str:
        """The page's full address."""
        return self.site.base_url + self.address

    @property
    def root(self) -> str:
        """The way up to the site's root: "../../", or "" on the first page."""
        return "../" * self.address.count("/")

    def to(self, folder: str) -> str:
        """Return the link to another page in the same language."""
        return self.asset(self._prefix(self.tag) + folder)

    def asset(self, name: str) -> str:
        """Return the link to a file or folder below the site's root."""
        return self.root + name or "./"

    def absolute(self, name: str) -> str:
        """Return the full address of a file below the site's root."""
        return self.site.base_url + name

    def elsewhere(self, tag: str) -> "Place":
        """Return the same page in another language."""
        return type(self)(self.site, self.folder, tag)

    def _prefix(self, tag: str) -> str:
        return "" if tag == self.site.languages[0] else f"{tag}/"


class LostPlace(Place):
    """The page for addresses that do not exist."""

    __slots__ = ()

    @property
    def path(self) -> str:
        """The file that a web host serves for whatever it does not find."""
        return "404.html"

    @property
    def root(self) -> str:
        """The path of the base address, from the host's root: "/" or "/vuon/"."""
        return urlsplit(self.site.base_url).path or "/"


class OfflinePlace(LostPlace):
    """The page for when there is no signal; it too is shown at any address."""

    __slots__ = ()

    @property
    def path(self) -> str:
        """The file that the service worker keeps."""
        return "offline.html"


# --- Plain values for the templates: words already in the page's language, links already relative ---

SPROUT = "leaf"
"""The picture of a plant that the catalogue does not know."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words, and the tag of their language where it is not the page's own."""

    text: str
    lang: str | None = None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The lines that hold something: each is a paragraph."""
        return tuple(line.strip() for line in self.text.split("\n") if line.strip())


@dataclass(frozen=True, slots=True)
class Fact:
    """A picture, a label and what there is to know."""

    icon: str
    label: str
    value: Said


@dataclass(frozen=True, slots=True)
class Link:
    """A link; `icon` names its picture."""

    href: str
    label: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Caller:
    """A number to call: `grouped` as read out, `tel` as dialled."""

    grouped: str
    tel: str


@dataclass(frozen=True, slots=True)
class Team:
    """The village team at the foot of each page."""

    name: Said
    phone: Caller
    hours: Said | None


def own(text: LocalText, language: Language) -> Said:
    """Return a family's text in the page's language, or in its own and marked so."""
    words, tag = text.to(language.tag)
    return Said(words, None if tag == language.tag else tag)


def vietnamese(text: str, language: Language) -> Said:
    """Return a name or line that is Vietnamese on every page."""
    return Said(text, None if language.tag == "vi" else "vi")


def named(name: str, known: Thing | None, language: Language) -> Said:
    """Return the name as typed in Vietnamese; elsewhere the catalogue's, where it has one."""
    if known is None or language.tag == "vi":
        return vietnamese(name, language)
    return Said(language.thing(known))


def sign(known: Thing | None, other: str = SPROUT) -> str:
    """Return the picture of a thing, `other` where the catalogue does not know it."""
    return known.family if known else other


def caller(phone: Phone) -> Caller:
    """Return how a number is shown and dialled."""
    return Caller(phone.grouped, phone.tel)


def team(team: PublicTeam, language: Language) -> Team:
    """Return the team as it stands at the foot of a page."""
    hours = vietnamese(team.hours, language) if team.hours else None
    return Team(vietnamese(team.name, language), caller(team.phone), hours)


def former(village: PublicVillage) -> str:
    """Return the names that older people and maps still say, or ""."""
    return ", ".join(name for name in (village.former_commune, village.former_district) if name)


def degrees(point: Point) -> str:
    """Return "18.1261,105.7612", without an exponent or needless noughts."""
    return str(point).replace(" ", "")


def google_route(point: Point) -> str:
    """Return the address that opens directions to a point (Google Maps URLs, api=1)."""
    return f"https://www.google.com/maps/dir/?api=1&destination={degrees(point)}"


def google_place(point: Point) -> str:
    """Return the address of a map around a point."""
    return f"https://www.google.com/maps/search/?api=1&query={degrees(point)}"


def osm_place(point: Point, zoom: int = 17) -> str:
    """Return the address of OpenStreetMap with a marker at a point."""
    lat, lon = degrees(point).split(",")
    return f"https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map={zoom}/{lat}/{lon}"


def web_link(url: str) -> Link | None:
    """Return a family's own page by its host, or None for what is no web address (nothing else may act)."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return Link(url, parts.hostname.removeprefix("www."), "link")


def spaced(code: str) -> str:
    """Return the digits of a code in groups, as people read them out: 482 135, 12 345, 1234 5674."""
    half = (len(code) + 1) // 2 if len(code) > 6 else 3
    return f"{code[:-half]} {code[-half:]}"


# --- What every page has, whatever it is about: its head, its language switch, its dress; and how it is made ---


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself to browsers, search engines and link previews.

    `image` is a file below the site's root, 1200 by 630 px; `data` is JSON-LD ready to stand in the page.
    """

    title: str
    description: str
    listed: bool = True
    image: str | None = None
    refresh: str | None = None
    data: str = ""


class Frame:
    """The pages' common frame of one site. `template_folders`: the project's first, then the shipped ones."""

    def __init__(
        self, site: PublicSite, template_folders: tuple[Path, ...], languages: Mapping[str, Language]
    ) -> None:
        """Open the templates; raise VuonhoError where a language of the site has no catalogue."""
        missing = [tag for tag in site.languages if tag not in languages]
        if missing:
            raise _no_catalogue(missing[0])
        self.site = site
        self.languages = tuple(languages[tag] for tag in site.languages)
        self.templates = Templates(template_folders)
        self._dresses: dict[str, Dress] = {}

    def page(
        self,
        template: str,
        place: Place,
        language: Language,
        head: Head,
        values: Mapping[str, object],
    ) -> Artifact:
        """Return a page; `values` are what its template needs beyond the frame."""
        icons = Icons(self.templates)
        worn = self._dress(template)
        frame = self._values(place, language, head) | {"icon": icons.use, "symbols": icons.symbols}
        html = self.templates.render(template, {**frame, "dress": worn, **values})
        return Artifact(place.path, html.encode("utf-8"))

    def _values(self, place: Place, language: Language, head: Head) -> dict[str, object]:
        title = own(self.site.title, language)
        return {
            "place": place,
            "head": head,
            "tag": language.tag,
            "say": language.say,
            "count": language.count,
            "site_title": title,
            "page_title": f"{head.title} · {title.text}" if head.title else title.text,
            "versions": tuple(self._versions(place)),
            "elsewhere": self._elsewhere(place),
            "team": team(self.site.team, language),
            "data": Markup(head.data),  # noqa: S704 - JSON without "<", ">" and "&"
        }

    def _versions(self, place: Place) -> Iterator[tuple[str, str, str, str]]:
        """Yield (tag, name in its own language, relative link, full address) of the page in each language."""
        for language in self.languages:
            there = place.elsewhere(language.tag)
            yield language.tag, language.say("language.name"), place.asset(there.address), there.url

    def _elsewhere(self, place: Place) -> str:
        """Return the tags of the languages to which a plaque's page may send its visitor on."""
        first, *others = (language.tag for language in self.languages)
        return " ".join(others) if place.tag == first and not isinstance(place, LostPlace) else ""

    def _dress(self, template: str) -> Dress:
        if template not in self._dresses:
            self._dresses[template] = dress(self.templates, template)
        return self._dresses[template]


def _no_catalogue(tag: str) -> VuonhoError:
    return VuonhoError(
        Text(
            f"Chưa có lời trang cho ngôn ngữ “{tag}”.", f"There are no page words for the language “{tag}”."
        ),
        Text(
            f"Chép templates/languages/en.yaml thành {tag}.yaml rồi dịch, hoặc bỏ “{tag}” khỏi site.yaml.",
            f"Copy templates/languages/en.yaml to {tag}.yaml and translate it, or take it out of site.yaml.",
        ),
    )


# --- A photo as a page offers it: which files there are, and how large ---

JPEG: Final = "image/jpeg"


@dataclass(frozen=True, slots=True)
class PictureSize:
    """One file of a picture: `name` below the site's root, size in pixels, media type ("image/webp")."""

    name: str
    width: int
    height: int
    type: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo in its sizes; `width` and `height` are those of the largest, in pixels."""

    width: int
    height: int
    files: tuple[PictureSize, ...]

    @property
    def fallback(self) -> PictureSize:
        """The largest JPEG for browsers without WebP and for link previews; else the largest file."""
        return max(self.files, key=lambda file: (file.type == JPEG, file.width))

    def of_type(self, media_type: str) -> tuple[PictureSize, ...]:
        """Return the files of one media type, the narrowest first."""
        return tuple(sorted((f for f in self.files if f.type == media_type), key=lambda file: file.width))


# --- What may be ripe now: every crop and product with its months, for the script to choose by the phone's month ---

_MOST: Final = 60


@dataclass(frozen=True, slots=True)
class Ripe:
    """Something with its months as a mask (bit 0 is January); `note` says how sure they are, or in how many gardens."""

    icon: str
    name: Said
    mask: int
    note: str


def month_mask(months: Iterable[int]) -> int:
    """Return solar months 1 to 12 as bits 0 to 11."""
    return sum(1 << month - 1 for month in set(months))


def household_ripe(household: PublicHousehold, language: Language) -> tuple[Ripe, ...]:
    """Return what a household has in season, each thing once, in the profile's order."""
    return tuple(
        Ripe(one.icon, one.name, month_mask(one.months), "" if one.is_told else language.say("season.rough"))
        for one in _seasons(household, language)
    )


def village_ripe(households: Sequence[PublicHousehold], language: Language) -> tuple[Ripe, ...]:
    """Return what the gardens of a village have in season, what grows in most gardens first."""
    found: dict[str, list[_Season]] = {}
    for household in households:
        for one in _seasons(household, language):
            found.setdefault(key(one.name.text), []).append(one)
    order = sorted(found.values(), key=len, reverse=True)[:_MOST]
    return tuple(
        Ripe(
            ones[0].icon,
            ones[0].name,
            month_mask(month for one in ones for month in one.months),
            language.count("village.households_count", len(ones)),
        )
        for ones in order
    )


@dataclass(frozen=True, slots=True)
class _Season:
    """A thing of one garden with all its months; `is_told` if the family named them as solar months."""

    icon: str
    name: Said
    months: tuple[int, ...]
    is_told: bool


def _seasons(household: PublicHousehold, language: Language) -> Iterator[_Season]:
    """Yield each thing of one garden once; named twice, the months are joined, those told before those supposed."""
    found: dict[str, list[tuple[Thing | None, Said, PublicSeason]]] = {}
    things: tuple[PublicCrop | PublicProduct, ...] = (*household.garden.crops, *household.products)
    for one in things:
        if one.season:
            name = named(one.name, one.known, language)
            found.setdefault(key(name.text), []).append((one.known, name, one.season))
    for same in found.values():
        known, name, _ = same[0]
        told = [season for _, _, season in same if season.source == "typed"]
        seasons = told or [season for _, _, season in same]
        yield _Season(sign(known), name, tuple(m for one in seasons for m in one.months), bool(told))
