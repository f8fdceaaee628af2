"""What the world may see: the only household a renderer knows."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from vuonho.model.fields import LocalText
from vuonho.model.ground import Ground
from vuonho.model.settings import Appointment, Plaque, Site, Village
from vuonho.model.spot import LANE
from vuonho.model.values import Colour, Phone, Point, lunar_to_solar
from vuonho.model.vocabulary import Known, Word

# --- What the world may see: the only household a renderer knows ---

Thing: TypeAlias = Known
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
    known: Known | None
    trees: int | None
    area: int | None
    planted: int | None
    season: PublicSeason | None


@dataclass(frozen=True, slots=True)
class PublicAnimal:
    """One kind of animal: `known` is its entry in the catalogue, or None."""

    name: str
    known: Known | None
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
class PublicDish:
    """Something that guests can eat; `price` in đồng, None without the tick `prices`."""

    name: str
    price: int | None


@dataclass(frozen=True, slots=True)
class PublicVisits:
    """Whether guests are received, when, what they can do and what they find.

    `night` is what a room costs, in đồng, None without the tick `prices`.
    """

    welcome: bool
    hours: str | None
    activities: tuple[Word, ...]
    dishes: tuple[PublicDish, ...] = ()
    rooms: int | None = None
    night: int | None = None
    toilet: Word | None = None
    parking: Word | None = None
    steps: Word | None = None


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
    emblem: Word | None = None
    is_on_lane: bool = False


@dataclass(frozen=True, slots=True)
class LaneStop:
    """A home along a lane whose family agreed to stand there; `steps` are those from where the lane begins."""

    code: str
    side: Word
    steps: int | None


@dataclass(frozen=True, slots=True)
class PublicSpot:
    """A place of a village; `village` and `source` are as those of a household.

    A lane has no point; `stops` are its homes in walking order, `start` is the landmark at which it begins.
    """

    code: str
    village: str
    source: str
    name: str
    kind: Word
    point: Point | None
    start: LocalText | None
    stops: tuple[LaneStop, ...]
    story: LocalText | None
    photos: tuple[PublicPhoto, ...]
    checked: date

    @property
    def is_lane(self) -> bool:
        """Tell whether it is a lane, which has homes and no point."""
        return self.kind.key == LANE


Coded: TypeAlias = PublicHousehold | PublicSpot
"""What has a code, a page and a plaque of its own."""


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """What still answers at the address of a household or a place that left: no name, no place; perhaps a way on."""

    code: str
    source: str
    moved_to: str | None
    is_spot: bool = False


@dataclass(frozen=True, slots=True)
class PublicMember:
    """One of a village's team who agreed to be shown."""

    name: str
    role: LocalText | None
    phone: Phone | None
    helps: LocalText | None


@dataclass(frozen=True, slots=True)
class PublicDate:
    """Something that takes place: every week, or on a day of every month, or on one day; `time` is (hour, minute)."""

    what: LocalText
    weekly: Word | None
    monthly: int | None
    day: date | None
    time: tuple[int, int] | None
    where: LocalText | None


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
    ground: Ground | None = field(default=None, hash=False)
    members: tuple[PublicMember, ...] = ()
    meets: LocalText | None = None
    dates: tuple[PublicDate, ...] = ()


@dataclass(frozen=True, slots=True)
class GuideText:
    """A guide in one language; `body` is Markdown, `checked` when it was last compared with its sources."""

    tag: str
    title: str
    checked: date
    source: tuple[str, ...]
    body: str


@dataclass(frozen=True, slots=True)
class PublicGuide:
    """A guide for those who live in the village, its Vietnamese text first; `name` is that of its folder."""

    name: str
    texts: tuple[GuideText, ...]

    def to(self, tag: str) -> GuideText:
        """Return it in that language, else in Vietnamese."""
        return next((one for one in self.texts if one.tag == tag), self.texts[0])


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
    crops: tuple[Known, ...] = ()
    previous_urls: tuple[str, ...] = ()


# --- The site and its villages as the world may see them: nothing in them is personal but the team's own data ---


def public_village(
    village: Village, slug: str, source: str, commune: str, ground: Ground | None = None
) -> PublicVillage:
    """Return a village; `slug` is its folder, `source` its file, `commune` the full name of today's unit."""
    return PublicVillage(
        slug=slug,
        source=source,
        name=village.name,
        kind=village.kind,
        commune=commune,
        former_commune=village.former.commune if village.former else None,
        former_district=village.former.district if village.former else None,
        centre=village.centre,
        intro=village.intro,
        formerly=village.formerly,
        ground=ground,
        members=tuple(
            PublicMember(one.name, one.role, one.phone, one.helps)
            for one in (village.team.members if village.team else ())
            if one.agreed is not None
        ),
        meets=village.team.meets if village.team else None,
        dates=tuple(map(_date, village.dates)),
    )


def _date(one: Appointment) -> PublicDate:
    return PublicDate(one.what, one.weekly, one.monthly, one.date, one.time, one.where)


def public_site(site: Site, crops: tuple[Known, ...] = ()) -> PublicSite:
    """Return the settings that pages show; `crops` are those that the project adds to the catalogue."""
    return PublicSite(
        base_url=site.base_url,
        province=site.province,
        title=site.title,
        purpose=site.purpose,
        languages=site.languages,
        team=PublicTeam(site.team.name, site.team.phone, site.team.hours),
        plaque=_plaque(site.plaque),
        crops=crops,
        previous_urls=site.previous_urls,
    )


def _plaque(plaque: Plaque | None) -> PublicPlaque:
    if plaque is None:
        return PublicPlaque()
    return PublicPlaque(plaque.logo, plaque.ground, plaque.edge, plaque.accent)


# --- When something is ripe: what was typed, else what the lunar months mean, else what is usual ---


def season(
    months: tuple[int, ...] | None, lunar: tuple[int, ...] | None, usual: tuple[int, ...]
) -> PublicSeason | None:
    """Return the season in solar months 1 to 12, or None where nothing is known.

    Typed solar months win; lunar month m stands for solar m + 1 (12 for 1), about; `usual` comes last.
    """
    if months:
        return PublicSeason(months, lunar or (), "typed")
    if lunar:
        return PublicSeason(lunar_to_solar(lunar), lunar, "lunar")
    return PublicSeason(usual, (), "usual") if usual else None
