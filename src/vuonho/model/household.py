"""The household profile, as a family's team writes it. No renderer ever sees one: see `model.consent`.

What each field is called and what helps to fill it in stands in `fields.csv`.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, ClassVar, Self, TypeAlias

from vuonho.model.fields import (
    Area,
    Caption,
    Code,
    Count,
    Day,
    Line,
    Listed,
    LocalText,
    LunarMonths,
    Months,
    Name,
    Paragraph,
    Position,
    Price,
    Record,
    Stars,
    Story,
    Telephone,
    Url,
    Year,
    YesNo,
    word_of,
)
from vuonho.model.values import LunarByName
from vuonho.model.vocabulary import Word

Result: TypeAlias = Annotated[Word, word_of("results")]
Practice: TypeAlias = Annotated[Word, word_of("practices")]


class Criteria(Record):
    """The five criteria of a model garden; None where the profile says nothing."""

    planning: Result | None = None
    technology: Result | None = None
    products: Result | None = None
    environment: Result | None = None
    income: Result | None = None


class Model(Record):
    """Where the household stands on the way to a model garden (vườn mẫu)."""

    status: Annotated[Word, word_of("model_status")]
    year: Year | None = None
    decision: Line | None = None
    criteria: Criteria | None = None


class Seasonal(Record):
    """What has a season, in `months` or `lunar_months`."""

    def settled(self) -> Self:
        """Move months that are named as lunar to where they belong, unless others stand there."""
        months, lunar = (getattr(self, key, None) for key in ("months", "lunar_months"))
        is_moved = isinstance(months, LunarByName) and lunar in (None, months)
        changes = {"months": None, "lunar_months": months} if is_moved else {}
        return replace(self, **changes) if changes else self


class CropEntry(Seasonal):
    """One crop of the garden; just its name is enough."""

    shorthand: ClassVar[str | None] = "name"

    name: Name
    trees: Count | None = None
    area: Area | None = None
    planted: Year | None = None
    months: Months | None = None
    lunar_months: LunarMonths | None = None


class AnimalEntry(Record):
    """One kind of animal; just its name is enough."""

    shorthand: ClassVar[str | None] = "name"

    name: Name
    count: Count | None = None


class Garden(Record):
    """What grows and lives in the garden."""

    area: Area | None = None
    model: Model | None = None
    irrigation: Annotated[Word | None, word_of("irrigation")] = None
    practices: Annotated[tuple[Practice, ...], Listed(20)] = ()
    crops: Annotated[tuple[CropEntry, ...], Listed(60)] = ()
    animals: Annotated[tuple[AnimalEntry, ...], Listed(30)] = ()


class Ocop(Record):
    """An OCOP grade (Decision 148/QĐ-TTg, 2023): valid 36 months."""

    stars: Stars
    decision: Line | None = None
    until: Day


class Product(Seasonal):
    """Something that the family sells; just its name is enough."""

    shorthand: ClassVar[str | None] = "name"

    name: Name
    price: Price | None = None
    unit: Annotated[Word | None, word_of("units")] = None
    months: Months | None = None
    lunar_months: LunarMonths | None = None
    ocop: Ocop | None = None


Title: TypeAlias = Annotated[Word, word_of("titles")]


class Living(Record):
    """Living conditions, behind the one tick `living`: closed words, so that nothing more can be said."""

    people: Count | None = None
    house: Annotated[Word | None, word_of("house")] = None
    water: Annotated[Word | None, word_of("water")] = None
    electricity: Annotated[Word | None, word_of("electricity")] = None
    toilet: Annotated[Word | None, word_of("toilet")] = None
    kitchen: Annotated[Word | None, word_of("kitchen")] = None
    waste: Annotated[Word | None, word_of("waste")] = None
    internet: Annotated[Word | None, word_of("internet")] = None
    road: Annotated[Word | None, word_of("road")] = None
    titles: Annotated[tuple[Title, ...], Listed(10)] = ()


FACTS = ("house", "water", "electricity", "toilet", "kitchen", "waste", "internet", "road")


Tick: TypeAlias = Annotated[Word, word_of("consent_ticks")]
Activity: TypeAlias = Annotated[Word, word_of("activities")]


class Consent(Record):
    """What the family agreed to: who said it, when, how, and for which purposes one by one."""

    given: Day | None = None
    by: Line | None = None
    how: Annotated[Word | None, word_of("consent_how")] = None
    publish: Annotated[tuple[Tick, ...], Listed(20)] = ()


class Location(Record):
    """Where the household is; the point is shown only with a tick for it."""

    address: Line | None = None
    point: Position | None = None
    directions: Paragraph | None = None


class Dish(Record):
    """Something that guests can eat; just its name is enough."""

    shorthand: ClassVar[str | None] = "name"

    name: Name
    price: Price | None = None


class Visits(Record):
    """Whether the family receives guests, and what these find; `night` is the price of a room."""

    welcome: YesNo = False
    hours: Line | None = None
    activities: Annotated[tuple[Activity, ...], Listed(20)] = ()
    dishes: Annotated[tuple[Dish, ...], Listed(30)] = ()
    rooms: Count | None = None
    night: Price | None = None
    toilet: Annotated[Word | None, word_of("guest_toilet")] = None
    parking: Annotated[Word | None, word_of("parking")] = None
    steps: Annotated[Word | None, word_of("steps")] = None


class Contact(Record):
    """How to reach the family."""

    phone: Telephone | None = None
    zalo: YesNo = False


class Photo(Record):
    """One photo of the garden; just its file is enough."""

    shorthand: ClassVar[str | None] = "file"

    file: Line
    caption: Caption | None = None
    people: YesNo = True


class Sign(Record):
    """What a family chose for the plaque at its gate."""

    emblem: Annotated[Word | None, word_of("emblems")] = None


class Departed(Record):
    """A household that left: what remains of its profile when it shrinks to the least."""

    code: Code
    withdrawn: Day | None = None
    moved_to: Code | None = None
    checked: Day


class Household(Record):
    """One household. Required: code, name, consent, location, garden, checked."""

    code: Code
    name: Name
    head: Line | None = None
    consent: Consent
    location: Location
    living: Living | None = None
    garden: Garden
    products: Annotated[tuple[Product, ...], Listed(40)] = ()
    visits: Visits | None = None
    contact: Contact | None = None
    links: Annotated[tuple[Url, ...], Listed(10)] = ()
    story: Story | None = None
    photos: Annotated[tuple[Photo, ...], Listed(20)] = ()
    plaque: Sign | None = None
    checked: Day


# --- Every place of a record where a person writes what he likes ---

NOT_FREE = frozenset(
    {"code", "moved_to", "home", "file", "links", "consent", "base_url", "previous_urls", "languages"}
)


def free_texts(value: object, field: str = "") -> Iterator[tuple[str, str]]:
    """Give (field, text) for each free text in a record, its lists and its parts.

    Fields are dotted paths as in a `Problem`, list positions from 1. A field added to the schema is covered
    without a line here.
    """
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, LocalText):
        for tag, text in value.entries:
            yield f"{field}.{tag}", text
    elif isinstance(value, tuple):
        for number, item in enumerate(value, 1):
            yield from free_texts(item, f"{field}.{number}")
    elif isinstance(value, Record):
        for key in value.slots:
            if key not in NOT_FREE and (part := getattr(value, key)):
                yield from free_texts(part, f"{field}.{key}".lstrip("."))
