"""Plain values for the templates: words already in the page's language, links already relative.

No template decides anything: what is not to be shown is not in the view.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from vuonho.domain.localtext import LocalText
from vuonho.domain.public import PublicTeam, PublicVillage, Thing
from vuonho.domain.values import Phone, Point
from vuonho.render.pages.language import Language

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
