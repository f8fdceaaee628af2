"""How a project stands, as plain values, and what each household lacks to be complete."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from vuonho.i18n import NOTHING, Text, within
from vuonho.model.catalogue import find_crop
from vuonho.model.fields import field_at
from vuonho.model.household import Household
from vuonho.model.outline import household_fields
from vuonho.model.public import season

# --- How a project stands, as plain values: all that the dashboard shows, in the terminal and on paper ---

PHOTOS: Final = ("photo", "faces")
"""Two ways to have no photo to show: none at all, or only such as show people who did not agree to that."""


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
    of the last check; `hung` tells that its plaque was said to hang; `ocop` the earliest day on which a grade runs out, where that is soon or over; `is_new`
    tells that its plaque was never printed, `reprint` why it is to be printed again. `shown` is None where it has no page to be built.
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


@dataclass(frozen=True, slots=True)
class VillageStanding:
    """A village: its folder, its name (the folder's where `village.yaml` cannot be read), its households.

    `board_says` is what a board that hangs says though it is no longer so.
    """

    slug: str
    name: str
    homes: tuple[Home, ...]
    left: tuple[Left, ...] = ()
    board: BoardState = BoardState.FINE
    board_says: Text = NOTHING

    @property
    def is_empty(self) -> bool:
        """Tell whether there is no profile in it, and never was one that answers."""
        return not (self.homes or self.left)

    @property
    def counts(self) -> "Counts":
        """The figures of its line in the table."""
        return count(self.homes)

    @property
    def lacking(self) -> tuple[Home, ...]:
        """The households that are not complete: first those that cannot be read, then the least complete."""
        found = (home for home in self.homes if not home.is_complete)
        return tuple(sorted(found, key=lambda home: -1 if home.percent is None else home.percent))


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of the table: `ocop` are households with a grade that runs out soon or has run out."""

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
    all_homes = tuple(homes)
    return Counts(
        households=len(all_homes),
        complete=sum(home.is_complete for home in all_homes),
        without_photo=sum(home.lacks_one_of(*PHOTOS) for home in all_homes),
        without_consent=sum(home.lacks_one_of("consent") for home in all_homes),
        printed=sum(home.printed is not None for home in all_homes),
        to_reprint=sum(home.reprint is not None for home in all_homes),
        ocop=sum(home.ocop is not None for home in all_homes),
    )


@dataclass(frozen=True, slots=True)
class Backup:
    """The last backup: its day, None where there was none, and whether anything changed since.

    `place` is where the next one may go: the command takes it as it stands there.
    """

    day: date | None
    is_old: bool
    place: str = "E:\\"


@dataclass(frozen=True, slots=True)
class Faulty:
    """A file with errors: the line of the first (None: the whole file), and how many there are."""

    file: str
    line: int | None
    errors: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A project on a day. `title` is the site's, or the folder's name where `site.yaml` cannot be read.

    `is_built` tells whether there is a site at all, `is_stale` whether anything but households changed since.
    `still_shown` are codes whose pages there show a household that no longer is to be shown; `lost` are printed
    codes that no page and no notice answers. `troubles` are what kept us from looking at something.
    """

    title: Text
    day: date
    villages: tuple[VillageStanding, ...]
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


# --- What a household lacks to be complete: the one place that says what "complete" means ---

Ticks = frozenset[str]


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that makes a household complete: to whom it applies, and whether it is there."""

    lack: Lack
    applies: Callable[[Household, Ticks], bool]
    is_there: Callable[[Household, Ticks], bool]


def judge(household: Household, *, has_code: bool) -> tuple[tuple[Lack, ...], int]:
    """Return (what is lacking, percent of what applies that is there); the percent is 100 for nothing only."""
    ticks = frozenset(tick.key for tick in household.consent.publish)
    applying = [mark for mark in MARKS if mark.applies(household, ticks)]
    missing = [mark.lack for mark in applying if not mark.is_there(household, ticks)]
    lacks = (*(() if has_code else (CODE,)), *missing)
    count = len(applying) + 1
    return lacks, (count - len(lacks)) * 100 // count


def _of_field(key: str, *path: str) -> Lack:
    """Return the lack of one field, called as the schema calls it."""
    field = field_at(household_fields(), path)
    if field is None:
        raise KeyError(path)
    return Lack(key, Text(*map(within, field.label)))


def _always(household: Household, ticks: Ticks) -> bool:
    del household, ticks
    return True


def _ticked(*wanted: str) -> Callable[[Household, Ticks], bool]:
    return lambda _, ticks: bool(ticks.intersection(wanted))


def _has_agreed(household: Household, ticks: Ticks) -> bool:
    del ticks
    return household.consent.given is not None


def _is_recorded(household: Household, ticks: Ticks) -> bool:
    del ticks
    return household.consent.by is not None and household.consent.how is not None


def _grows(household: Household, ticks: Ticks) -> bool:
    del ticks
    return bool(household.garden.crops or household.garden.animals)


def _has_crops(household: Household, ticks: Ticks) -> bool:
    del ticks
    return bool(household.garden.crops)


def _has_season(household: Household, ticks: Ticks) -> bool:
    del ticks
    return any(_seasons(household))


def _seasons(household: Household) -> Iterable[bool]:
    for crop in household.garden.crops:
        known = find_crop(crop.name)
        yield season(crop.months, crop.lunar_months, known.months if known else ()) is not None
    for product in household.products:
        yield season(product.months, product.lunar_months, ()) is not None


def _has_photo(household: Household, ticks: Ticks) -> bool:
    return any("faces" in ticks or not photo.people for photo in household.photos)


def _only_faces(household: Household, ticks: Ticks) -> bool:
    return bool(household.photos) and not _has_photo(household, ticks)


def _is_unsaid(household: Household, ticks: Ticks) -> bool:
    """Tell whether photos count as showing people only because nobody said that they do not."""
    return _only_faces(household, ticks) and any(
        "people" not in one.model_fields_set for one in household.photos
    )


def _sells(household: Household, ticks: Ticks) -> bool:
    return "prices" in ticks and bool(household.products)


CODE: Final = _of_field("code", "code")
MARKS: Final = (
    Mark(Lack("consent", Text("lời đồng ý", "consent")), _always, _has_agreed),
    Mark(Lack("record", Text("ai đồng ý và bằng cách nào", "who agreed and how")), _has_agreed, _is_recorded),
    Mark(_of_field("address", "location", "address"), _always, lambda home, _: bool(home.location.address)),
    Mark(_of_field("area", "garden", "area"), _always, lambda home, _: home.garden.area is not None),
    Mark(Lack("growing", Text("cây trồng hoặc vật nuôi", "crops or animals")), _always, _grows),
    Mark(Lack("season", Text("tháng thu hoạch", "months of harvest")), _has_crops, _has_season),
    Mark(
        Lack(
            "faces",
            Text(
                "ảnh ghi rõ là không có người",
                "photos that are said to show nobody",
            ),
        ),
        _is_unsaid,
        _has_photo,
    ),
    Mark(
        Lack("faces", Text("ảnh không có người", "photos without people")),
        lambda home, ticks: _only_faces(home, ticks) and not _is_unsaid(home, ticks),
        _has_photo,
    ),
    Mark(_of_field("photo", "photos"), lambda home, ticks: not _only_faces(home, ticks), _has_photo),
    Mark(
        _of_field("point", "location", "point"),
        _ticked("exact_point", "near_point"),
        lambda home, _: home.location.point is not None,
    ),
    Mark(
        _of_field("phone", "contact", "phone"),
        _ticked("phone"),
        lambda home, _: bool(home.contact and home.contact.phone),
    ),
    Mark(_of_field("head", "head"), _ticked("full_name"), lambda home, _: bool(home.head)),
    Mark(_of_field("living", "living"), _ticked("living"), lambda home, _: home.living is not None),
    Mark(_of_field("story", "story"), _ticked("story"), lambda home, _: home.story is not None),
    Mark(
        _of_field("price", "products", "price"), _sells, lambda home, _: all(p.price for p in home.products)
    ),
)
"""Ticks for own web pages are no marks: most families have none, and prices only where something is sold."""
