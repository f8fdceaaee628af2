"""How a project stands, as plain values, and what each household lacks to be complete."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache
from typing import Final, NamedTuple

from vuonho.i18n import NOTHING, Both, Text, within
from vuonho.model.fields import field_at
from vuonho.model.household import Household
from vuonho.model.outline import household_fields
from vuonho.model.public import season
from vuonho.model.vocabulary import Known, find_crop

PHOTOS: Final = ("photo", "faces")
"""Two ways to have no photo to show: none at all, or only such as show people who did not agree to that."""

STALE_DAYS: Final = 365
"""After a year a garden is another one, and a plaque may be faded: see both again."""


class Shown(Enum):
    """Whether the built site shows a household as its profile is now."""

    CURRENT = "current"
    OLD = "old"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that a household lacks: a key to count by, and the words after "thiếu"."""

    key: str
    words: Text


@dataclass(frozen=True, slots=True)
class Home:
    """One household as it stands.

    `name` is the chosen name, "" where the profile cannot be read; `code` is "" where it has none. `percent` is
    0 to 100, None for an unreadable profile, whose `line` is where its first error stands. `checked` is the day
    of the last check; `hung` tells that its plaque was said to hang; `ocop` is the earliest day on which a grade
    runs out, where that is soon or over; `is_new` tells that its plaque was never printed, `reprint` why it is to
    be printed again. `shown` is None where it has no page to be built.
    """

    file: str
    village: str
    name: str
    code: str
    lacks: tuple[Lack, ...] = ()
    percent: int | None = None
    errors: int = 0
    line: int | None = None
    needs_code: bool = False
    consented: bool = False
    checked: date | None = None
    ocop: date | None = None
    printed: date | None = None
    hung: bool = False
    is_new: bool = False
    reprint: Text | None = None
    shown: Shown | None = None

    @property
    def is_complete(self) -> bool:
        """Tell whether nothing is lacking and nothing is wrong."""
        return self.percent == 100 and not self.errors

    @property
    def label(self) -> str:
        """What it is called: its name, else the name of its file."""
        return self.name or self.file.rpartition("/")[2]

    @property
    def is_readable(self) -> bool:
        """Tell whether the profile could be read."""
        return self.percent is not None

    def lacks_one_of(self, *keys: str) -> bool:
        """Tell whether it lacks anything of these keys."""
        return any(lack.key in keys for lack in self.lacks)


@dataclass(frozen=True, slots=True)
class Left:
    """A household that withdrew or moved: its code, when (None: not told), and whether a plaque was printed."""

    code: str
    day: date | None
    printed: bool


class BoardState(Enum):
    """What is to be done about a village's board: nothing, print one, print it again, or take it down for good."""

    FINE = "fine"
    NONE = "none"
    OLD = "old"
    EMPTY = "empty"


class Counts(NamedTuple):
    """The figures of the table; `ocop` are households with a grade that runs out soon or has run out."""

    households: int
    complete: int
    without_photo: int
    without_consent: int
    printed: int
    to_reprint: int
    ocop: int

    @property
    def percent(self) -> int:
        """The complete of all, 0 to 100; 0 where there is no household."""
        return self.complete * 100 // self.households if self.households else 0


def count(homes: Iterable[Home]) -> Counts:
    """Return the figures of these households."""
    everybody = tuple(homes)
    return Counts(
        households=len(everybody),
        complete=sum(home.is_complete for home in everybody),
        without_photo=sum(home.lacks_one_of(*PHOTOS) for home in everybody),
        without_consent=sum(home.lacks_one_of("consent") for home in everybody),
        printed=sum(home.printed is not None for home in everybody),
        to_reprint=sum(home.reprint is not None for home in everybody),
        ocop=sum(home.ocop is not None for home in everybody),
    )


@dataclass(frozen=True, slots=True)
class VillageStatus:
    """A village: its folder, its name (the folder's where `village.yaml` cannot be read), its households.

    `board_says` is what a board that hangs says though it is no longer so; `walk` is when the last walk past the plaques
    was and where the next one begins, nothing while none is due. Of `spots`, its places, only what is printed is told.
    """

    slug: str
    name: str
    homes: tuple[Home, ...]
    left: tuple[Left, ...] = ()
    board: BoardState = BoardState.FINE
    board_says: Text = NOTHING
    walk: Text = NOTHING
    spots: tuple[Home, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether there is no profile in it, and never was one that answers."""
        return not (self.homes or self.left)

    @property
    def counts(self) -> Counts:
        """The figures of its line in the table."""
        return count(self.homes)

    @property
    def lacking(self) -> tuple[Home, ...]:
        """The households that are not complete: first those that cannot be read, then the least complete."""
        found = (home for home in self.homes if not home.is_complete)
        return tuple(sorted(found, key=lambda home: -1 if home.percent is None else home.percent))


_MONTH: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Backup:
    """The last backup: its day, None where there was none, and whether anything changed since.

    `place` is where the next one may go: the command takes it as it stands there.
    """

    day: date | None
    is_old: bool
    place: str = "E:\\"

    def is_due(self, today: date) -> bool:
        """Tell whether another one is due: something changed since, or nobody has held it for a month."""
        return self.is_old or self.day is None or today - self.day > _MONTH


@dataclass(frozen=True, slots=True)
class Faulty:
    """A file with errors: the line of the first (None: the whole file), and how many there are."""

    file: str
    line: int | None
    errors: int


@dataclass(frozen=True, slots=True)
class ProjectStatus:
    """A project on a day. `title` is the site's, or the folder's name where `site.yaml` cannot be read.

    `is_built` tells whether there is a site at all, `is_stale` whether anything but households changed since.
    `still_shown` are codes whose pages there show a household that no longer is to be shown; `lost` are printed
    codes that no page and no notice answers. `troubles` are what kept us from looking at something.
    """

    title: Text
    day: date
    villages: tuple[VillageStatus, ...]
    faulty: tuple[Faulty, ...]
    notes: int
    backup: Backup
    is_built: bool
    is_stale: bool
    still_shown: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    troubles: tuple[Text, ...] = ()

    @property
    def homes(self) -> tuple[Home, ...]:
        """All households, village by village."""
        return tuple(home for village in self.villages for home in village.homes)

    @property
    def behind(self) -> tuple[Home, ...]:
        """The households that the built site does not show yet, or shows as they were."""
        return tuple(home for home in self.homes if home.shown in (Shown.OLD, Shown.MISSING))

    @property
    def errors(self) -> int:
        """The number of errors that `check` finds."""
        return sum(one.errors for one in self.faulty)


# --- The one place that says what "complete" means ---


def completeness(
    household: Household, *, has_code: bool, crops: tuple[Known, ...] = ()
) -> tuple[tuple[Lack, ...], int]:
    """Return (what is lacking, percent of what applies that is there); the percent is 100 for nothing only."""
    marks = list(_marks(household, crops, has_code=has_code))
    lacks = tuple(Lack(key, words) for key, words, is_there in marks if not is_there)
    return lacks, (len(marks) - len(lacks)) * 100 // len(marks)


def _marks(home: Household, crops: tuple[Known, ...], *, has_code: bool) -> Iterator[tuple[str, Text, bool]]:
    """Yield what makes this household complete: (key, words, whether it is there).

    Ticks for own web pages are no marks: most families have none, and prices only where something is sold.
    """
    ticks = {tick.key for tick in home.consent.publish}
    garden, photos = home.garden, home.photos
    yield "code", _label("code"), has_code
    yield "consent", Text("consent"), home.consent.given is not None
    if home.consent.given is not None:
        is_recorded = home.consent.by is not None and home.consent.how is not None
        yield "record", Text("who agreed and how"), is_recorded
    yield "address", _label("location", "address"), bool(home.location.address)
    yield "area", _label("garden", "area"), garden.area is not None
    yield "growing", Text("crops or animals"), bool(garden.crops or garden.animals)
    if garden.crops:
        yield "season", Text("months of harvest"), _has_season(home, crops)
    has_photo = any("faces" in ticks or not photo.people for photo in photos)
    if has_photo or not photos:
        yield "photo", _label("photos"), has_photo
    elif any("people" not in one.written for one in photos):
        words = Text("photos that are said to show nobody")
        yield "faces", words, False
    else:
        yield "faces", Text("photos without people"), False
    if ticks & {"exact_point", "near_point"}:
        yield "point", _label("location", "point"), home.location.point is not None
    if "phone" in ticks:
        yield "phone", _label("contact", "phone"), bool(home.contact and home.contact.phone)
    if "full_name" in ticks:
        yield "head", _label("head"), bool(home.head)
    if "living" in ticks:
        yield "living", _label("living"), home.living is not None
    if "story" in ticks:
        yield "story", _label("story"), home.story is not None
    if "prices" in ticks and home.products:
        yield "price", _label("products", "price"), all(product.price for product in home.products)


@cache
def _label(*path: str) -> Text:
    """Return a field as the schema calls it, within a sentence."""
    field = field_at(household_fields(), path)
    if field is None:
        raise KeyError(path)
    return Both(*map(within, field.label))


def _has_season(home: Household, crops: tuple[Known, ...]) -> bool:
    for crop in home.garden.crops:
        known = find_crop(crop.name, crops)
        if season(crop.months, crop.lunar_months, known.months if known else ()) is not None:
            return True
    return any(season(one.months, one.lunar_months, ()) is not None for one in home.products)
