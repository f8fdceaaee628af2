"""What every page has: its head, its addresses, its language switch; and the words that several pages share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from operator import or_
from pathlib import Path
from textwrap import wrap
from types import MappingProxyType
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup

from vuonho.errors import VuonhoError
from vuonho.i18n import Text
from vuonho.model.codes import spaced
from vuonho.model.public import PublicCrop, PublicHousehold, PublicProduct, PublicSite, PublicVillage, Thing
from vuonho.model.values import Point
from vuonho.pages.language import Language, Said, month_mask
from vuonho.pages.names import gloss, in_pieces, place_name, team_name, whole
from vuonho.pages.templates import PageAssets, Templates, page_assets
from vuonho.resources import Artifact
from vuonho.text import key

# --- Where a page stands in the site, and every address seen from there ---


@dataclass(frozen=True, slots=True)
class Place:
    """One page: its `folder` below the language's root ("482135/", "" for the start page) and language.

    `anywhere` is the file of a page that is shown at any address: "404.html", "offline.html".
    """

    site: PublicSite
    folder: str
    tag: str
    anywhere: str = ""

    @property
    def address(self) -> str:
        """The page's folder below the site's root: "482135/" or "en/482135/"."""
        return language_root(self.site, self.tag) + self.folder

    @property
    def path(self) -> str:
        """The page's file below the site's root."""
        return self.anywhere or f"{self.address}index.html"

    @property
    def url(self) -> str:
        """The page's full address."""
        return self.site.base_url + self.address

    @property
    def root(self) -> str:
        """The way up to the site's root: "../../", or "" on the first page; for any depth the path of its address."""
        if self.anywhere:
            return urlsplit(self.site.base_url).path or "/"
        return "../" * self.address.count("/")

    def to(self, folder: str) -> str:
        """Return the link to another page in the same language."""
        return self.asset(language_root(self.site, self.tag) + folder)

    def asset(self, name: str) -> str:
        """Return the link to a file or folder below the site's root."""
        return self.root + name or "./"

    def absolute(self, name: str) -> str:
        """Return the full address of a file below the site's root."""
        return self.site.base_url + name


def language_root(site: PublicSite, tag: str) -> str:
    """Return the folder of a language below the site: "" for the first, "en/" for another."""
    return "" if tag == site.languages[0] else f"{tag}/"


def mark_of(codes: str) -> str:
    """Return the digest of the file of codes in short, as it stands in the foot of every page."""
    return " ".join(wrap(codes[:16], 4))


def search_path(tag: str) -> str:
    """Return where the search index of a language lies below the site's root."""
    return f"data/search-{tag}.json"


# --- How a page is made ---

CARD_SIZE: Final = 1200, 630
"""Pixels of the picture that a shared link shows of a village or the site."""
_LOCALES: Final[Mapping[str, str]] = MappingProxyType({"vi": "vi_VN", "en": "en_GB"})
"""What Open Graph calls a language: it wants a country with it."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself to browsers, search engines and link previews.

    `image` is a file below the site's root, of `image_size` pixels; `data` is JSON-LD ready to stand in the page.
    """

    title: str
    description: str
    listed: bool = True
    image: str | None = None
    image_size: tuple[int, int] = CARD_SIZE
    refresh: str | None = None
    data: str = ""


class Layout:
    """What all pages of a site have in common. `template_folders`: the project's first, then the shipped ones."""

    def __init__(
        self,
        site: PublicSite,
        template_folders: tuple[Path, ...],
        languages: Mapping[str, Language],
        codes: str = "",
    ) -> None:
        """Open the templates; `codes` stands for the file of codes in every page's foot. Raise VuonhoError where a language of the site has no catalogue."""
        for tag in site.languages:
            if tag not in languages:
                raise VuonhoError(
                    Text("There are no page words for the language “{tag}”.", tag=tag),
                    Text(
                        "Copy templates/languages/en.yaml to {tag}.yaml and translate it, or take it out of "
                        "site.yaml.",
                        tag=tag,
                    ),
                )
        self.site = site
        self.codes = codes
        self.languages = tuple(languages[tag] for tag in site.languages)
        self.templates = Templates(template_folders)
        self._assets: dict[str, PageAssets] = {}
        for language in self.languages:
            self.templates.add_language(language.tag, self._words(language))

    def _words(self, language: Language) -> dict[str, object]:
        """Return what the templates of all pages in a language know."""
        return {
            "language": language,
            "tag": language.tag,
            "say": language.say,
            "count": language.count,
            "named": language.named,
            "own": language.own,
            "vi": language.vietnamese,
            "sign": sign,
            "spaced": spaced,
            "is_model": is_model,
            "receives": receives,
            "percent": percent,
            "mask": month_mask,
            "within": language.within,
            "whole": whole,
            "meaning": partial(gloss, language=language),
            "placed": partial(place_name, language=language),
            "in_pieces": in_pieces,
            "search_path": search_path,
            "team": self.site.team,
            "team_name": team_name(self.site.team.name, language),
            "codes_mark": mark_of(self.codes),
            "site_title": language.own(self.site.title),
        }

    def assets(self, template: str) -> PageAssets:
        """Return style, scripts and policy of a template's pages."""
        if template not in self._assets:
            self._assets[template] = page_assets(self.templates, template)
        return self._assets[template]

    def page(
        self, template: str, place: Place, language: Language, head: Head, values: Mapping[str, object]
    ) -> Artifact:
        """Return a page; `values` are what its template needs beyond what all pages have."""
        title = language.own(self.site.title).text
        there = [replace(place, tag=other.tag) for other in self.languages]
        first, *others = self.site.languages
        shared = {
            "assets": self.assets(template),
            "place": place,
            "head": head,
            "data": Markup(head.data),  # noqa: S704 - JSON without "<", ">" and "&"
            "locale": _LOCALES.get(language.tag),
            "page_title": f"{head.title} · {title}" if head.title else title,
            # the page in each language: tag, name in that language, relative link, full address
            "versions": [
                (other.tag, other.say("language.name"), place.asset(one.address), one.url)
                for other, one in zip(self.languages, there, strict=True)
            ],
            # the languages to which a plaque's page may send its visitor on
            "elsewhere": " ".join(others) if place.tag == first and not place.anywhere else "",
        }
        html = self.templates.render(template, {**shared, **values}, language.tag)
        return Artifact(place.path, html.encode("utf-8"))


# --- What several pages say ---


def sign(known: Thing | None, other: str = "leaf") -> str:
    """Return the drawing of a thing, `other` where the catalogue does not know it."""
    return known.family if known else other


def former(village: PublicVillage) -> str:
    """Return the names that older people and maps still say, or ""."""
    return ", ".join(name for name in (village.former_commune, village.former_district) if name)


def is_model(household: PublicHousehold) -> bool:
    """Tell whether the garden is a recognised model garden."""
    model = household.garden.model
    return model is not None and model.status.key == "recognised"


def receives(household: PublicHousehold) -> bool:
    """Tell whether the family receives visitors."""
    return household.visits is not None and household.visits.welcome


def percent(n: int, of: int) -> int:
    """Return a share in whole per cent, at least 1 of anything, so that there is something to see."""
    return max(1, round(100 * n / of)) if n else 0


def google_route(point: Point) -> str:
    """Return the address that opens directions to a point (Google Maps URLs, api=1)."""
    return f"https://www.google.com/maps/dir/?api=1&destination={_degrees(point)}"


def google_place(point: Point) -> str:
    """Return the address of a map around a point."""
    return f"https://www.google.com/maps/search/?api=1&query={_degrees(point)}"


def osm_place(point: Point, zoom: int = 17) -> str:
    """Return the address of OpenStreetMap with a marker at a point."""
    lat, lon = _degrees(point).split(",")
    return f"https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map={zoom}/{lat}/{lon}"


def _degrees(point: Point) -> str:
    return str(point).replace(" ", "")


# --- What may be ripe now: every crop and product with its months, for the script to choose by the phone's month ---

_MOST: Final = 60


class Ripe(NamedTuple):
    """Something with its months as a mask (bit 0 is January).

    `note` says how sure they are, or in how many gardens; `price` is what a household asks for it.
    """

    icon: str
    name: Said
    mask: int
    note: str
    price: str = ""


def household_ripe(household: PublicHousehold, language: Language) -> tuple[Ripe, ...]:
    """Return what a household has in season, each thing once: what has a price first, then in the profile's order.

    Of a thing that is named twice the months are joined, those typed before those supposed.
    """
    found: dict[str, list[PublicCrop | PublicProduct]] = {}
    for one in harvests(household):
        if one.season:
            found.setdefault(key(language.named(one).text), []).append(one)
    ripe = []
    for same in found.values():
        mask, is_sure = months_of(same)
        note = "" if is_sure else language.say("season.rough")
        sold = next((one for one in same if isinstance(one, PublicProduct) and one.price is not None), None)
        price = language.price(sold.price, sold.unit) if sold and sold.price is not None else ""
        ripe.append(Ripe(sign(same[0].known), language.named(same[0]), mask, note, price))
    return tuple(sorted(ripe, key=lambda one: not one.price))


def months_of(same: Sequence[PublicCrop | PublicProduct]) -> tuple[int, bool]:
    """Return the months as a mask of a thing that is named several times, and whether they are typed, not supposed."""
    seasons = [one.season for one in same if one.season]
    typed = [season for season in seasons if season.source == "typed"]
    return month_mask(month for season in typed or seasons for month in season.months), bool(typed)


def village_ripe(households: Sequence[PublicHousehold], language: Language) -> tuple[Ripe, ...]:
    """Return what the gardens of a village have in season, what grows in most gardens first."""
    found: dict[str, list[Ripe]] = {}
    for household in households:
        for one in household_ripe(household, language):
            found.setdefault(key(one.name.text), []).append(one)
    ripe = []
    for same in sorted(found.values(), key=len, reverse=True)[:_MOST]:
        note = language.count("village.households_count", len(same))
        ripe.append(same[0]._replace(mask=reduce(or_, (one.mask for one in same)), note=note, price=""))
    return tuple(ripe)


def harvests(household: PublicHousehold) -> tuple[PublicCrop | PublicProduct, ...]:
    """Return whatever a household may harvest: its crops, then its products."""
    return (*household.garden.crops, *household.products)
