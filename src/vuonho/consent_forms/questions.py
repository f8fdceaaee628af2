"""What the papers tell and ask, read off the schema: a new field and a new tick come in by themselves."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from vuonho.i18n import Both, Text
from vuonho.model.codes import spaced
from vuonho.model.fields import BASE, NEVER, Field, field_of
from vuonho.model.household import Household
from vuonho.model.outline import departed_fields, household_fields, village_fields
from vuonho.model.public import PublicNotice, PublicSite, PublicVillage
from vuonho.model.vocabulary import CONSENT_TICKS, Word

# --- Which personal data are basic and which are sensitive: each field of the profile, judged once in fields.csv ---


class Sort(StrEnum):
    """The sort of a field: `LINKED` says nothing of a person by itself, and is basic for standing beside a name."""

    BASIC = "basic"
    LINKED = "linked"
    SENSITIVE = "sensitive"


ALSO: Final = MappingProxyType({"location.point": ("near_point",)})
"""Ticks that let a field be shown in another form than its own tick does: the point as a cell of about 1 km."""


# --- Every single field of a record with the rule by which it is shown: what the papers are made from ---


@dataclass(frozen=True, slots=True)
class Leaf:
    """A field that holds a value: `shown` is BASE, NEVER or its tick, that of its owner where it has none itself.

    `owners` are the labels of the records around it, the outermost first.
    """

    path: tuple[str, ...]
    owners: tuple[Text, ...]
    field: Field
    shown: str

    @property
    def sort(self) -> Sort:
        """Return its sort; KeyError, with where to write it, where nobody has judged it yet."""
        if not self.field.sort:
            raise KeyError(f"{'.'.join(self.path)} has no sort in model/fields.csv")
        return Sort(self.field.sort)

    @property
    def label(self) -> Text:
        """Return what it is called within its part of the profile: "Cây trồng · Số cây"."""
        vi, en = zip(*self.owners[1:], self.field.label, strict=True)
        return Both(" · ".join(dict.fromkeys(vi)), " · ".join(dict.fromkeys(en)))

    @property
    def ticks(self) -> tuple[str, ...]:
        """Return the ticks of which any lets it be shown, in this form or another; none for BASE and NEVER."""
        return () if self.shown in (BASE, NEVER) else (self.shown, *ALSO.get(".".join(self.path), ()))


def single_fields(
    fields: Iterable[Field], before: tuple[str, ...] = (), owners: tuple[Text, ...] = (), shown: str = BASE
) -> Iterator[Leaf]:
    """Yield the fields that hold values, those of records and of lists of records too."""
    for field in fields:
        path, rule = (*before, field.key), shown if field.shown == BASE else field.shown
        if field.fields:
            yield from single_fields(field.fields, path, (*owners, field.label), rule)
        else:
            yield Leaf(path, owners, field, rule)


# --- The form: what every family is told and asked ---


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that is shown as soon as the family agrees, and what belongs to it; `key` is its dotted path."""

    key: str
    label: Text
    within: tuple["Shown", ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One tick, to be asked by itself; `is_sensitive` where the law asks for more care."""

    tick: Word
    is_sensitive: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What every family is told and asked, and the ways in which it may agree."""

    shown: tuple[Shown, ...]
    questions: tuple[Question, ...]
    ways: tuple[Word, ...]


def asked(ticks: Iterable[Word] = CONSENT_TICKS) -> Asked:
    """Return what a family is told and asked, out of the schema of profiles and villages, and the ticks."""
    household = household_fields()
    sensitive = {
        tick for leaf in single_fields(household) if leaf.sort is Sort.SENSITIVE for tick in leaf.ticks
    }
    return Asked(
        shown=tuple(_shown(household)),
        questions=tuple(Question(tick, tick.key in sensitive) for tick in ticks),
        ways=tuple(field_of(field_of(household, "consent").fields, "how").words or ()),
    )


def _shown(household: tuple[Field, ...]) -> Iterator[Shown]:
    """Yield what every page shows: the family's single facts first, then each part of the profile that has some."""
    public = [field for field in household if field.shown == BASE]
    yield from (Shown(field.key, field.label) for field in public if not field.fields)
    for key in ("name", "commune"):  # where a family lives; the rest of `village.yaml` is nobody's data
        yield Shown(f"village.{key}", field_of(village_fields(), key).label)
    for field in public:
        within = tuple(
            Shown(f"{field.key}.{one.key}", one.label)
            for one in field.fields
            if any(leaf.shown == BASE for leaf in single_fields((one,)))
        )
        if within:
            yield Shown(field.key, field.label, within)


# --- Whose form it is: the few lines of a profile that stand at its head, whether or not the family has agreed ---


class Entry(NamedTuple):
    """One line about the family: its label, and what stands on it, "" to be written; and where that comes from."""

    label: Text
    value: str
    file: str
    field: str


@dataclass(frozen=True, slots=True)
class Family:
    """Whom a form is for: rows of entries, and the code, "" where nobody is named yet."""

    code: str
    rows: tuple[tuple[Entry, Entry], ...]
    commune: str


def family_of(household: Household | None, village: PublicVillage | None, file: str = "") -> Family:
    """Return the head of a household's form, `file` being its profile; of one to be filled in by hand for None.

    Without a `village` its name is left to be written too.
    """

    def own(key: str) -> Entry:
        value = getattr(household, key) if household else None
        return Entry(field_of(household_fields(), key).label, value or "", file, key)

    def home(key: str) -> Entry:
        value, source = (getattr(village, key), village.source) if village else ("", "")
        return Entry(field_of(village_fields(), key).label, value, source, key)

    address = field_of(field_of(household_fields(), "location").fields, "address").label
    lives = household.location.address or "" if household else ""
    code = household.code if household else ""
    rows = (
        (own("name"), own("code")._replace(value=spaced(code))),
        (own("head"), Entry(address, lives, file, "location.address")),
        (home("name"), home("commune")),
    )
    return Family(code, rows, rows[2][1].value)


# --- The inventory: each field of the schema with its sort, its rule, and in how many households it is filled in ---


@dataclass(frozen=True, slots=True)
class Row:
    """One field of the inventory.

    `ticks` are those of which any lets it be shown; without one it is shown to all who may see the page, or to
    nobody where `is_kept`. `filled` households have it written down, `agreed` ones let it be shown.
    """

    label: Text
    sort: Sort
    ticks: tuple[Word, ...]
    is_kept: bool
    filled: int
    agreed: int


@dataclass(frozen=True, slots=True)
class Inventory:
    """What is kept of whom, in counts: of households, of answers to each question, of each field by parts of the profile."""

    site: PublicSite
    day: date
    villages: tuple[PublicVillage, ...]
    totals: Mapping[str, int]
    ticks: tuple[tuple[Question, int], ...]
    sections: tuple[tuple[Text, tuple[Row, ...]], ...]


def take_inventory(
    site: PublicSite, day: date, villages: tuple[PublicVillage, ...], homes: Sequence[Household],
    notices: Sequence[PublicNotice], fields: tuple[Field, ...] | None = None,
) -> Inventory:  # fmt: skip
    """Return the inventory of a project; `notices` are those of households that left, `fields` the schema's."""
    fields = fields or household_fields()
    agreed = [home for home in homes if home.consent.given is not None]
    photos = [photo for home in homes for photo in home.photos]
    moved = sum(notice.moved_to is not None for notice in notices)
    given = Counter(tick.key for home in agreed for tick in home.consent.publish)
    left = {"withdrawn": len(notices) - moved, "moved_to": moved}
    known = {field.key for field in fields}
    of_who_left = [
        Row(
            leaf.label,
            leaf.sort,
            (),
            leaf.shown == NEVER,
            left[leaf.path[0]],
            0 if leaf.shown == NEVER else left[leaf.path[0]],
        )
        for leaf in single_fields(departed_fields())
        if leaf.path[0] not in known
    ]
    return Inventory(
        site,
        day,
        villages,
        totals={
            "total": len(homes), "agreed": len(agreed), "not_agreed": len(homes) - len(agreed), "left": len(notices),
            "photos": len(photos), "people": sum(photo.people for photo in photos),
        },
        ticks=tuple((question, given[question.tick.key]) for question in asked().questions),
        sections=(
            *((field.label, tuple(_row(leaf, homes) for leaf in single_fields((field,)))) for field in fields),
            (Text("Households that left"), tuple(of_who_left)),
        ),
    )  # fmt: skip


def _row(leaf: Leaf, homes: Sequence[Household]) -> Row:
    words = tuple(CONSENT_TICKS.by_key(key) for key in leaf.ticks)
    filled = sum(any(one not in (None, "", ()) for one in _values(home, leaf.path)) for home in homes)
    return Row(
        leaf.label, leaf.sort, words, leaf.shown == NEVER, filled, sum(_agrees(home, leaf) for home in homes)
    )


def _agrees(home: Household, leaf: Leaf) -> bool:
    """Tell whether a family lets a field be shown, whether or not anything is written there."""
    if home.consent.given is None or leaf.shown == NEVER:
        return False
    return not leaf.ticks or any(tick.key in leaf.ticks for tick in home.consent.publish)


def _values(owner: Any, path: tuple[str, ...]) -> Iterator[object]:
    """Yield what stands at a path, once for each entry of the lists on the way."""
    if isinstance(owner, tuple):
        for one in owner:
            yield from _values(one, path)
    elif not path:
        yield owner
    elif owner is not None:
        yield from _values(getattr(owner, path[0], None), path[1:])
