"""What the papers tell and ask, read off the schema: a new field and a new tick come in by themselves."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from vuonho.i18n import Both, Text
from vuonho.model.fields import BASE, NEVER, Field, field_of
from vuonho.model.household import Household
from vuonho.model.outline import household_fields, village_fields
from vuonho.model.public import PublicSite, PublicVillage
from vuonho.model.vocabulary import Word, WordList

# --- Which personal data are basic and which are sensitive: each field of the profile, judged once ---


class Sort(StrEnum):
    """The sort of a field: `LINKED` says nothing of a person by itself, and is basic for standing beside a name."""

    BASIC = "basic"
    LINKED = "linked"
    SENSITIVE = "sensitive"


_FIELDS: Final = MappingProxyType({
    Sort.BASIC: """
        code name head consent.given consent.by consent.how consent.publish location.address contact.phone contact.zalo
        links photos.file photos.caption photos.people withdrawn moved_to
        """,
    Sort.SENSITIVE: """
        location.point location.directions story living.people living.house living.water living.electricity
        living.toilet living.kitchen living.waste living.internet living.road living.titles
        """,
    Sort.LINKED: """
        garden.area garden.model.status garden.model.year garden.model.decision garden.model.criteria.planning
        garden.model.criteria.technology garden.model.criteria.products garden.model.criteria.environment
        garden.model.criteria.income garden.irrigation garden.practices garden.crops.name garden.crops.trees
        garden.crops.area garden.crops.planted garden.crops.months garden.crops.lunar_months garden.animals.name
        garden.animals.count products.name products.price products.unit products.months products.lunar_months
        products.ocop.stars products.ocop.decision products.ocop.until visits.welcome visits.hours visits.activities
        checked
        """,
})  # fmt: skip
"""Field by field: a new one belongs to no sort until somebody has thought about it."""

SORTS: Final = MappingProxyType({path: sort for sort, paths in _FIELDS.items() for path in paths.split()})
"""The sort of each field by its dotted path; KeyError for a field that nobody has judged."""

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
        path = ".".join(self.path)
        if path not in SORTS:
            raise KeyError(f"{path} has no sort in consent_forms/questions.py")
        return SORTS[path]

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


_OF_THE_VILLAGE = ("name", "commune")
"""What tells where a family lives; the rest of `village.yaml` is nobody's data."""


def asked(household: tuple[Field, ...], village: tuple[Field, ...], ticks: Iterable[Word]) -> Asked:
    """Return what a family is told and asked, out of the fields of a profile, those of its village, and the ticks."""
    sensitive = {
        tick for leaf in single_fields(household) if leaf.sort is Sort.SENSITIVE for tick in leaf.ticks
    }
    return Asked(
        shown=tuple(_shown(household, village)),
        questions=tuple(Question(tick, tick.key in sensitive) for tick in ticks),
        ways=tuple(field_of(field_of(household, "consent").fields, "how").words or ()),
    )


def _shown(household: tuple[Field, ...], village: tuple[Field, ...]) -> Iterator[Shown]:
    """Yield what every page shows: the family's single facts first, then each part of the profile that has some."""
    public = [field for field in household if field.shown == BASE]
    yield from (Shown(field.key, field.label) for field in public if not field.fields)
    for field in village:
        if field.key in _OF_THE_VILLAGE:
            yield Shown(f"village.{field.key}", field.label)
    for field in public:
        within = tuple(
            Shown(f"{field.key}.{one.key}", one.label)
            for one in field.fields
            if any(leaf.shown == BASE for leaf in single_fields((one,)))
        )
        if within:
            yield Shown(field.key, field.label, within)


# --- Whose form it is: the few lines of a profile that stand at its head, whether or not the family has agreed ---


@dataclass(frozen=True, slots=True)
class Entry:
    """One line about the family: its label, and what stands on it; "" is a line to write on.

    `file` and `field` are where it comes from, for what cannot be printed.
    """

    label: Text
    value: str = ""
    file: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """Whom a form is for: rows of entries, and the code, "" where nobody is named yet."""

    code: str
    rows: tuple[tuple[Entry, ...], ...]
    commune: str = ""


def family_of(household: Household | None, village: PublicVillage | None, file: str = "") -> Family:
    """Return the head of a household's form, `file` being its profile; of one to be filled in by hand for None.

    Without a `village` its name is left to be written too.
    """
    code, name, head, address = "", "", "", ""
    if household is not None:
        code, name = household.code, household.name
        head, address = household.head or "", household.location.address or ""
    place, commune, source = (village.name, village.commune, village.source) if village else ("", "", "")
    own, home = household_fields(), village_fields()
    address_label = field_of(field_of(own, "location").fields, "address").label
    return Family(
        code,
        (
            (Entry(field_of(own, "name").label, name, file, "name"),
             Entry(field_of(own, "code").label, code, file, "code")),
            (Entry(field_of(own, "head").label, head, file, "head"),
             Entry(address_label, address, file, "location.address")),
            (Entry(field_of(home, "name").label, place, source, "name"),
             Entry(field_of(home, "commune").label, commune, source, "commune")),
        ),
        commune,
    )  # fmt: skip


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
class Section:
    """The fields of one part of the profile."""

    label: Text
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class TickCount:
    """A question of the form, and how many households answered it with yes."""

    question: Question
    agreed: int


@dataclass(frozen=True, slots=True)
class Totals:
    """How many households there are of each kind, their photos, and how many show people."""

    agreed: int
    not_agreed: int
    left: int
    photos: int
    with_people: int


@dataclass(frozen=True, slots=True)
class Inventory:
    """What is kept of whom, in counts."""

    site: PublicSite
    day: date
    villages: tuple[PublicVillage, ...]
    totals: Totals
    ticks: tuple[TickCount, ...]
    sections: tuple[Section, ...]


def sections(fields: Iterable[Field], homes: Sequence[Household], ticks: WordList) -> Iterator[Section]:
    """Yield each part of the profile with its fields; single facts stand under their own names."""
    for field in fields:
        rows = []
        for leaf in single_fields((field,)):
            words = tuple(ticks.by_key(key) for key in leaf.ticks)
            filled = sum(any(one not in (None, "", ()) for one in _values(home, leaf.path)) for home in homes)
            agreed = sum(_agrees(home, leaf) for home in homes)
            rows.append(Row(leaf.label, leaf.sort, words, leaf.shown == NEVER, filled, agreed))
        yield Section(field.label, tuple(rows))


def left_section(
    label: Text, left: Iterable[Field], known: Iterable[Field], counts: Mapping[str, int]
) -> Section:
    """Return what is kept of households that left, beside the fields known already; `counts` by their keys."""
    keys = {field.key for field in known}
    rows = []
    for leaf in single_fields(left):
        if leaf.path[0] not in keys:
            is_kept, count = leaf.shown == NEVER, counts.get(leaf.path[0], 0)
            rows.append(Row(leaf.label, leaf.sort, (), is_kept, count, 0 if is_kept else count))
    return Section(label, tuple(rows))


def tick_counts(homes: Sequence[Household], questions: Iterable[Question]) -> Iterator[TickCount]:
    """Yield each question with the number of households that said yes to it."""
    given = Counter(tick.key for home in homes if home.consent.given for tick in home.consent.publish)
    yield from (TickCount(question, given[question.tick.key]) for question in questions)


def totals(homes: Sequence[Household], left: int) -> Totals:
    """Return how many households there are; `left` is the number of those that left."""
    agreed = sum(home.consent.given is not None for home in homes)
    photos = [photo for home in homes for photo in home.photos]
    people = sum(photo.people for photo in photos)
    return Totals(agreed, len(homes) - agreed, left, len(photos), people)


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
