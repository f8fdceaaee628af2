"""What the papers say, as data: all that their renderer gets to see.

Nothing of a household but the lines at the top of its form is in here, and of the inventory counts alone.
"""

from dataclasses import dataclass
from datetime import date

from vuonho.bilingual import Text
from vuonho.domain.papers.sorts import Sort
from vuonho.domain.public import PublicSite, PublicVillage
from vuonho.domain.vocabulary.words import Word


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
