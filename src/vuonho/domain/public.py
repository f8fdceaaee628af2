"""What the world may see: the only household a renderer knows.

Nothing here is filled by itself: `domain.consent` names each field that it lets through. A new field of a
profile is therefore private until somebody writes a line for it there, and a test for that line.
Months are solar, 1 to 12; areas are m²; prices are đồng.
"""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from vuonho.domain.localtext import LocalText
from vuonho.domain.values import Colour, Phone, Point
from vuonho.domain.vocabulary.animals import Animal
from vuonho.domain.vocabulary.crops import Crop
from vuonho.domain.vocabulary.goods import Good
from vuonho.domain.vocabulary.words import Word

Thing: TypeAlias = Crop | Animal | Good
"""Whatever the catalogue knows by name."""


@dataclass(frozen=True, slots=True)
class PublicSeason:
    """When something is ripe: `source` is "typed", "lunar" (about: lunar month + 1) or "usual" (catalogue)."""

    months: tuple[int, ...]
    lunar_months: tuple[int, ...]
    source: str


@dataclass(frozen=True, slots=True)
class PublicCrop:
    """One crop: `known` is its entry in the catalogue, or None for a name shown as typed."""

    name: str
    known: Crop | None
    trees: int | None
    area: int | None
    planted: int | None
    season: PublicSeason | None


@dataclass(frozen=True, slots=True)
class PublicAnimal:
    """One kind of animal: `known` is its entry in the catalogue, or None."""

    name: str
    known: Animal | None
    count: int | None


@dataclass(frozen=True, slots=True)
class PublicModel:
    """The model garden: status, year and decision, and (criterion, result) pairs in the official order."""

    status: Word
    year: int | None
    decision: str | None
    criteria: tuple[tuple[Word, Word], ...]


@dataclass(frozen=True, slots=True)
class PublicGarden:
    """The garden; `area` in m²."""

    area: int | None
    model: PublicModel | None
    irrigation: Word | None
    practices: tuple[Word, ...]
    crops: tuple[PublicCrop, ...]
    animals: tuple[PublicAnimal, ...]


@dataclass(frozen=True, slots=True)
class PublicFact:
    """One living condition: the profile's key of the field (`water`) and the word chosen."""

    field: str
    word: Word


@dataclass(frozen=True, slots=True)
class PublicLiving:
    """How the family lives, only ever with the tick `living`."""

    people: int | None
    facts: tuple[PublicFact, ...]
    titles: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class PublicOcop:
    """An OCOP grade still valid when the profile was checked; `stars` 3 to 5."""

    stars: int
    decision: str | None
    until: date


@dataclass(frozen=True, slots=True)
class PublicProduct:
    """Something for sale; `price` in đồng a `unit`, None without the tick `prices`."""

    name: str
    known: Thing | None
    price: int | None
    unit: Word | None
    season: PublicSeason | None
    ocop: PublicOcop | None


@dataclass(frozen=True, slots=True)
class PublicVisits:
    """Whether guests are received, when, and what they can do."""

    welcome: bool
    hours: str | None
    activities: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class PublicPhone:
    """A number to call, with the tick `phone`; `zalo` tells whether it answers there too."""

    number: Phone
    zalo: bool


@dataclass(frozen=True, slots=True)
class PublicPhoto:
    """A photo that may be shown; `file` is the original's path below `profiles/`."""

    file: str
    caption: LocalText | None


@dataclass(frozen=True, slots=True)
class PublicHousehold:
    """A household with its consent applied. `exact` and `near` are never both set."""

    code: str
    village: str
    source: str
    name: str
    full_name: str | None
    address: str | None
    exact: Point | None
    near: Point | None
    directions: LocalText | None
    living: PublicLiving | None
    garden: PublicGarden
    products: tuple[PublicProduct, ...]
    visits: PublicVisits | None
    phone: PublicPhone | None
    links: tuple[str, ...]
    story: LocalText | None
    photos: tuple[PublicPhoto, ...]
    checked: date


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """What still answers at the address of a household that left: no name, no place; perhaps a way on."""

    code: str
    source: str
    moved_to: str | None


@dataclass(frozen=True, slots=True)
class PublicVillage:
    """A village; `slug` is its folder, `commune` today's full name ("Xã Phúc Trạch")."""

    slug: str
    source: str
    name: str
    kind: Word | None
    commune: str
    former_commune: str | None
    former_district: str | None
    centre: Point
    intro: LocalText | None
    formerly: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicTeam:
    """Whom families and visitors can call."""

    name: str
    phone: Phone
    hours: str | None


@dataclass(frozen=True, slots=True)
class PublicPlaque:
    """What a project chose for its plaques: a logo's path below `profiles/`, and colours; None for the usual."""

    logo: str | None = None
    ground: Colour | None = None
    edge: Colour | None = None
    accent: Colour | None = None


@dataclass(frozen=True, slots=True)
class PublicSite:
    """The project: `base_url` is https and ends in "/"; the first of `languages` is the plaque's."""

    base_url: str
    province: str
    title: LocalText
    purpose: LocalText
    languages: tuple[str, ...]
    team: PublicTeam
    plaque: PublicPlaque = PublicPlaque()
