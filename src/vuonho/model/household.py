"""The household profile, as a family's team writes it. No renderer ever sees one: see `model.consent`."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Self, TypeAlias

from pydantic import model_validator

from vuonho.model.dates import LunarByName
from vuonho.model.fields import NEVER, LocalText, Record, about
from vuonho.model.types import (
    Area,
    Caption,
    Code,
    Count,
    Day,
    Line,
    Listed,
    LunarMonths,
    Months,
    Name,
    Paragraph,
    Position,
    Price,
    Stars,
    Story,
    Telephone,
    Url,
    Year,
    YesNo,
    word_of,
)
from vuonho.model.vocabulary import (
    ACTIVITIES,
    CONSENT_HOW,
    CONSENT_TICKS,
    ELECTRICITY,
    HOUSE,
    INTERNET,
    IRRIGATION,
    KITCHEN,
    MODEL_STATUS,
    PRACTICES,
    RESULTS,
    ROAD,
    TITLES,
    TOILET,
    UNITS,
    WASTE,
    WATER,
    Word,
)

# --- The garden part of a profile: area, model garden, crops, animals, products ---

Result: TypeAlias = Annotated[Word, word_of(RESULTS)]
Practice: TypeAlias = Annotated[Word, word_of(PRACTICES)]


class Criteria(Record):
    """The five criteria of a model garden; None where the profile says nothing."""

    planning: Annotated[
        Result | None, about("Planning", help="Choose Met if the garden follows its approved plan.")
    ] = None
    technology: Annotated[
        Result | None,
        about("Technology", help="Choose Met if it uses techniques such as drip irrigation or a net house."),
    ] = None
    products: Annotated[
        Result | None, about("Products", help="Choose Met if the main products are clean and safe.")
    ] = None
    environment: Annotated[
        Result | None,
        about(
            "Environment and landscape",
            help="Choose Met if the garden is tidy, hedged green, its pens clean.",
        ),
    ] = None
    income: Annotated[
        Result | None,
        about("Income", help="Choose Met if the garden earns what the criterion asks; no sum is written."),
    ] = None


class Model(Record):
    """Where the household stands on the way to a model garden (vườn mẫu)."""

    status: Annotated[
        Word,
        word_of(MODEL_STATUS),
        about(
            "Model garden",
            help="Choose recognised, in progress or registered; leave all of this out if it is no model "
            "garden.",
        ),
    ]
    year: Annotated[
        Year | None,
        about("Year of recognition", help="The year that stands on the decision.", example="2023"),
    ] = None
    decision: Annotated[
        Line | None, about("Decision number", help="Copy the number of the decision.", example="214/QĐ-UBND")
    ] = None
    criteria: Annotated[
        Criteria | None,
        about(
            "The five criteria",
            help="Say of each criterion whether it is met; leave it empty if you do not know.",
        ),
    ] = None


class Seasonal(Record):
    """What has a season, in `months` or `lunar_months`."""

    @model_validator(mode="after")
    def _lunar_by_name(self) -> Self:
        """Move months that are named as lunar to where they belong, unless others stand there."""
        months, lunar = (getattr(self, key, None) for key in ("months", "lunar_months"))
        if isinstance(months, LunarByName) and lunar in (None, months):
            self.__dict__.update(months=None, lunar_months=months)
        return self


class CropEntry(Seasonal):
    """One crop of the garden; just its name is enough."""

    shorthand: ClassVar[str | None] = "name"

    name: Annotated[
        Name, about("Crop", help="Write its everyday name, with accents.", example="Bưởi Phúc Trạch")
    ]
    trees: Annotated[
        Count | None,
        about(
            "Number of trees",
            help="Count young trees too; leave it empty for vegetables and rice.",
            example="60",
        ),
    ] = None
    area: Annotated[
        Area | None, about("Area", help="Write square metres, or say sào or ha.", example="900")
    ] = None
    planted: Annotated[
        Year | None,
        about("Year planted", help="The year in which the first of them were planted.", example="2015"),
    ] = None
    months: Annotated[
        Months | None,
        about(
            "Months of harvest (solar)", help="The months of harvest in the solar calendar.", example="8, 9"
        ),
    ] = None
    lunar_months: Annotated[
        LunarMonths | None,
        about(
            "Months of harvest (lunar)",
            help="If you know the lunar months only, write them here instead.",
            example="10-12",
        ),
    ] = None


class AnimalEntry(Record):
    """One kind of animal; just its name is enough."""

    shorthand: ClassVar[str | None] = "name"

    name: Annotated[
        Name,
        about(
            "Animal", help="Write its everyday name; bees and fish belong here too.", example="Gà thả vườn"
        ),
    ]
    count: Annotated[
        Count | None,
        about("Number", help="How many there usually are; of bees the number of hives.", example="100"),
    ] = None


class Garden(Record):
    """What grows and lives in the garden."""

    area: Annotated[
        Area | None,
        about(
            "Garden area",
            help="The garden without house and yard; square metres, or say sào or ha.",
            example="1800",
        ),
    ] = None
    model: Annotated[
        Model | None, about("Model garden", help="Only for a family that has or is making a model garden.")
    ] = None
    irrigation: Annotated[
        Word | None,
        word_of(IRRIGATION),
        about("Irrigation", help="Choose the way of watering that is used most."),
    ] = None
    practices: Annotated[
        tuple[Practice, ...], Listed(20), about("Practices", help="Choose what the family really does.")
    ] = ()
    crops: Annotated[
        tuple[CropEntry, ...],
        Listed(60),
        about("Crops", help="One crop a line, the main ones first; its name alone is enough."),
    ] = ()
    animals: Annotated[
        tuple[AnimalEntry, ...],
        Listed(30),
        about("Animals", help="One kind a line; its name alone is enough."),
    ] = ()


class Ocop(Record):
    """An OCOP grade (Decision 148/QĐ-TTg, 2023): valid 36 months."""

    stars: Annotated[Stars, about("OCOP stars", help="The stars that stand on the certificate.", example="4")]
    decision: Annotated[
        Line | None, about("Decision number", help="Copy the number of the decision.", example="1532/QĐ-UBND")
    ] = None
    until: Annotated[
        Day,
        about(
            "Valid until",
            help="The day on which the certificate ends, mostly 36 months after it was given.",
            example="15/10/2027",
        ),
    ]


class Product(Seasonal):
    """Something that the family sells; just its name is enough."""

    shorthand: ClassVar[str | None] = "name"

    name: Annotated[
        Name, about("Product", help="Write its name as you would offer it.", example="Mật ong hoa bưởi")
    ]
    price: Annotated[
        Price | None,
        about("Price", "prices", help="The price at the garden in đồng, for one unit.", example="250.000"),
    ] = None
    unit: Annotated[
        Word | None,
        word_of(UNITS),
        about("Unit", "prices", help="Choose what the price is for.", example="lít"),
    ] = None
    months: Annotated[
        Months | None,
        about(
            "Months on sale (solar)",
            help="The months in which it is sold, in the solar calendar; empty if all year.",
            example="4, 5",
        ),
    ] = None
    lunar_months: Annotated[
        LunarMonths | None,
        about(
            "Months on sale (lunar)",
            help="If you know the lunar months only, write them here instead.",
            example="11-12",
        ),
    ] = None
    ocop: Annotated[Ocop | None, about("OCOP", help="Only for a product with a valid OCOP certificate.")] = (
        None
    )


# --- How the family lives: closed words only, so that nothing can be said that should not be ---

Title: TypeAlias = Annotated[Word, word_of(TITLES)]


class Living(Record):
    """Living conditions, all of them behind the one tick `living`."""

    people: Annotated[
        Count | None,
        about(
            "People in the home",
            "living",
            help="Count everybody who lives here now, small children and grandparents too.",
            example="5",
        ),
    ] = None
    house: Annotated[
        Word | None, word_of(HOUSE), about("House", "living", help="Choose what is most like the main house.")
    ] = None
    water: Annotated[
        Word | None,
        word_of(WATER),
        about("Water", "living", help="Choose where the water for drinking and cooking comes from."),
    ] = None
    electricity: Annotated[
        Word | None,
        word_of(ELECTRICITY),
        about("Electricity", "living", help="Choose the power that is used now."),
    ] = None
    toilet: Annotated[
        Word | None, word_of(TOILET), about("Toilet", "living", help="Choose the kind that is used now.")
    ] = None
    kitchen: Annotated[
        Word | None, word_of(KITCHEN), about("Kitchen", "living", help="Choose the stove that is used most.")
    ] = None
    waste: Annotated[
        Word | None, word_of(WASTE), about("Waste", "living", help="Choose what becomes of the daily waste.")
    ] = None
    internet: Annotated[
        Word | None,
        word_of(INTERNET),
        about("Internet", "living", help="Choose what is used at home; leave it empty if there is none."),
    ] = None
    road: Annotated[
        Word | None,
        word_of(ROAD),
        about(
            "Road to the gate",
            "living",
            help="Choose the surface of the last stretch, right before the gate.",
        ),
    ] = None
    titles: Annotated[
        tuple[Title, ...],
        Listed(10),
        about("Titles", "living", help="Choose the titles that the family holds a certificate for."),
    ] = ()


FACTS = ("house", "water", "electricity", "toilet", "kitchen", "waste", "internet", "road")


# --- The household profile, as a family's team writes it. No renderer ever sees one: see `model.consent` ---

Tick: TypeAlias = Annotated[Word, word_of(CONSENT_TICKS)]
Activity: TypeAlias = Annotated[Word, word_of(ACTIVITIES)]


class Consent(Record):
    """What the family agreed to: who said it, when, how, and for which purposes one by one."""

    given: Annotated[
        Day | None,
        about(
            "Date of consent",
            NEVER,
            help="The day on which the family agreed; empty while it has not.",
            example="2/11/2026",
        ),
    ] = None
    by: Annotated[
        Line | None,
        about(
            "Who agreed",
            NEVER,
            help="Full name of the member of the family who agreed.",
            example="Nguyễn Thị Hường",
        ),
    ] = None
    how: Annotated[
        Word | None, word_of(CONSENT_HOW), about("How", NEVER, help="Choose how the family agreed.")
    ] = None
    publish: Annotated[
        tuple[Tick, ...],
        Listed(20),
        about("May be shown", NEVER, help="Ask one by one; write only what the family says may be shown."),
    ] = ()


class Location(Record):
    """Where the household is; the point is shown only with a tick for it."""

    address: Annotated[
        Line | None,
        about(
            "Address",
            help="Hamlet, lane, number of the house; village and commune are known.",
            example="Xóm Đông, ngõ 3",
        ),
    ] = None
    point: Annotated[
        Position | None,
        about(
            "Point on the map",
            "exact_point",
            help="The place of the gate: paste a map link, or write two numbers, latitude first.",
            example="18.1261, 105.7612",
        ),
    ] = None
    directions: Annotated[
        Paragraph | None,
        about(
            "Directions",
            "exact_point",
            help="Tell a stranger the way, from a place that everybody knows.",
            example="Từ nhà văn hóa đi 300 m, rẽ phải vào ngõ 3, nhà có hàng cau.",
        ),
    ] = None


class Visits(Record):
    """Whether the family receives guests."""

    welcome: Annotated[
        YesNo, about("Receives visitors", help="Yes if the family is glad to receive visitors.", example="có")
    ] = False
    hours: Annotated[
        Line | None, about("Hours", help="When visitors suit the family.", example="7:00-17:00")
    ] = None
    activities: Annotated[
        tuple[Activity, ...], Listed(20), about("Guests can", help="Choose what guests can do in the garden.")
    ] = ()


class Contact(Record):
    """How to reach the family."""

    phone: Annotated[
        Telephone | None,
        about(
            "Phone",
            "phone",
            help="One number only, beginning with 0.",
            context="number",
            example="0570 012 345",
        ),
    ] = None
    zalo: Annotated[
        YesNo,
        about("This number has Zalo", "phone", help="Yes if that number is found on Zalo.", example="có"),
    ] = False


class Photo(Record):
    """One photo of the garden; just its file is enough."""

    shorthand: ClassVar[str | None] = "file"

    file: Annotated[
        Line,
        about(
            "Photo file",
            help="Put the photo into the village's folder photos and write its name.",
            example="photos/huong-1.jpg",
        ),
    ]
    caption: Annotated[
        Caption | None,
        about("Caption", help="One short sentence on what is to be seen.", example="Vườn bưởi tháng 8"),
    ] = None
    people: Annotated[
        YesNo,
        about(
            "People in the photo", help="No if nobody is in it; left empty it counts as yes.", example="không"
        ),
    ] = True


class Departed(Record):
    """A household that left: what remains of its profile when it shrinks to the least."""

    code: Annotated[
        Code, about("Code", help="The code on the household's plaque; it never changes.", example="482135")
    ]
    withdrawn: Annotated[
        Day | None,
        about("Withdrawn on", NEVER, help="The day on which the family withdrew.", example="2/11/2026"),
    ] = None
    moved_to: Annotated[
        Code | None,
        about("New code", help="The code of the household that visitors are led to.", example="926002"),
    ] = None
    checked: Annotated[
        Day,
        about(
            "Checked on",
            help="The day of the last change to this profile; always the last line.",
            example="2/11/2026",
        ),
    ]


class Household(Record):
    """One household. Required: code, name, consent, location, garden, checked."""

    code: Annotated[
        Code,
        about("Code", help="Given by the program, printed on the plaque, never changed.", example="482135"),
    ]
    name: Annotated[
        Name, about("Name", help="The name that the family chose for all to see.", example="Vườn bà Hường")
    ]
    head: Annotated[
        Line | None,
        about(
            "Head of household",
            "full_name",
            help="Full name; shown only if the family allows it.",
            example="Nguyễn Thị Hường",
        ),
    ] = None
    consent: Annotated[
        Consent, about("Consent", NEVER, help="When the family agreed, who said so, and what may be shown.")
    ]
    location: Annotated[Location, about("Location", help="Where the house is and how to get there.")]
    living: Annotated[
        Living | None,
        about(
            "Living conditions",
            "living",
            help="Shown only if the family allows it; leave empty what you do not know.",
        ),
    ] = None
    garden: Annotated[Garden, about("Garden", help="How large the garden is, what grows and lives there.")]
    products: Annotated[
        tuple[Product, ...],
        Listed(40),
        about("Products", help="One product a line; leave it empty if nothing is sold."),
    ] = ()
    visits: Annotated[
        Visits | None, about("Visits", help="Whether guests are welcome, when, and what they can do.")
    ] = None
    contact: Annotated[
        Contact | None, about("Contact", "phone", help="Shown only if the family allows it.")
    ] = None
    links: Annotated[
        tuple[Url, ...],
        Listed(10),
        about(
            "Own pages",
            "links",
            help="Copy the whole address of the family's own page, beginning with https://",
            example="https://vuonbahuong.example/",
        ),
    ] = ()
    story: Annotated[
        Story | None,
        about(
            "Story",
            "story",
            help="The garden's story as the family tells it; no phone numbers, illness or hardship.",
            example="Cây bưởi đầu tiên do ông nội trồng năm 1978, đến nay vẫn ra quả.",
        ),
    ] = None
    photos: Annotated[
        tuple[Photo, ...], Listed(20), about("Photos", "faces", help="One photo a line, the best one first.")
    ] = ()
    checked: Annotated[
        Day,
        about(
            "Checked on",
            help="The day on which this was last gone through with the family; always the last line.",
            example="2/11/2026",
        ),
    ]


# --- Every place of a record where a person writes what he likes ---

NOT_FREE = frozenset(
    {"code", "moved_to", "file", "links", "consent", "base_url", "previous_urls", "languages"}
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
        for key in type(value).model_fields:
            if key not in NOT_FREE:
                yield from free_texts(getattr(value, key), f"{field}.{key}".lstrip("."))
