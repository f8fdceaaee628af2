"""Rules that look at several fields of one household; each returns what it objects to."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

from vuonho.errors import Problem, Severity
from vuonho.i18n import Both, Text
from vuonho.model.catalogue import find_crop
from vuonho.model.communes import Commune, outside
from vuonho.model.dates import LunarByName
from vuonho.model.fields import LocalText
from vuonho.model.geo import Point, distance_m
from vuonho.model.household import CropEntry, Household, Product
from vuonho.model.sensitive import cards_in_link
from vuonho.model.values import format_number, quoted
from vuonho.text import nfc

# --- Slips of the pen that every type takes: a number in a name, a price for nobody knows what, hours without a ---

_NUMBER = r"(?<![\w.,])\d+(?:[.,]\d+)*\s*"
_COUNTED = re.compile(rf"{_NUMBER}(?:cây|gốc|bụi|khóm)(?!\w)", re.IGNORECASE)
_ANIMALS = re.compile(rf"{_NUMBER}(?:con|đàn|tổ|thùng)(?!\w)", re.IGNORECASE)
_MEASURED = re.compile(rf"{_NUMBER}(?:m2|m²|mét vuông|sào|mẫu|ha)(?!\w)", re.IGNORECASE)
_MONEY = re.compile(rf"{_NUMBER}(?:k|đ|đồng|nghìn|ngàn|triệu)(?!\w)", re.IGNORECASE)
"""Only with these words: ST25, F1, “hoa 10 giờ” and “chai 500 ml” belong to a name."""


def slips(household: Household) -> Iterator[Problem]:
    """Yield a warning for each value that looks as if it stood in the wrong place or lacked its other half."""
    yield from _names(household)
    yield from _units(household)
    yield from _hours(household)
    yield from _seasons(household)


def _names(household: Household) -> Iterator[Problem]:
    garden = household.garden
    for number, crop in enumerate(garden.crops, 1):
        field = f"garden.crops.{number}.name"
        yield from _in_name(field, crop.name, _COUNTED, Text("Number of trees"))
        yield from _in_name(field, crop.name, _MEASURED, Text("Area"))
    for number, animal in enumerate(garden.animals, 1):
        yield from _in_name(f"garden.animals.{number}.name", animal.name, _ANIMALS, Text("Number"))
    for number, product in enumerate(household.products, 1):
        yield from _in_name(f"products.{number}.name", product.name, _MONEY, Text("Price"))


def _in_name(field: str, name: str, pattern: re.Pattern[str], place: Text) -> Iterator[Problem]:
    found = pattern.search(nfc(name))
    if found is None:
        return
    said, rest = found[0], " ".join(pattern.sub(" ", nfc(name)).split()).strip(" ,;:-–()")
    is_left = Text("; keep the name “{rest}”", rest=rest) if rest else Text()
    yield Problem(
        field,
        Text("“{said}” stands in the name, where nobody counts it.", said=said),
        Text(
            "Write the number under “{place}”{is_left}.",
            place=place,
            is_left=is_left,
            rest="," if rest else "",
        ),
        Severity.WARNING,
    )


def _units(household: Household) -> Iterator[Problem]:
    for number, product in enumerate(household.products, 1):
        if product.price and product.unit is None:
            yield Problem(
                f"products.{number}.price",
                Both(
                    f"Giá {format_number(product.price, 'vi')} đồng mà chưa ghi cho một gì.",
                    f"{format_number(product.price, 'en')} đồng, and for what is not said.",
                ),
                Text("Add the “Unit”: kg, piece, litre, head…"),
                Severity.WARNING,
            )


def _hours(household: Household) -> Iterator[Problem]:
    visits = household.visits
    if visits and visits.hours and not visits.welcome:
        yield Problem(
            "visits.hours",
            Text("There are hours for visitors, but “Receives visitors” does not say yes."),
            Text("If visitors are welcome, say yes under “Receives visitors”; if not, delete the hours."),
            Severity.WARNING,
        )


def _seasons(household: Household) -> Iterator[Problem]:
    """Say what was made of “months: Chạp - Giêng”, or ask where other lunar months stand beside it."""
    entries: tuple[tuple[str, tuple[CropEntry | Product, ...]], ...] = (
        ("garden.crops", household.garden.crops),
        ("products", household.products),
    )
    for place, listed in entries:
        for number, entry in enumerate(listed, 1):
            field = f"{place}.{number}.months"
            if isinstance(entry.months, LunarByName):
                yield Problem(
                    field,
                    Text(
                        "{typed} names lunar months, and lunar_months says something else.",
                        typed=quoted(entry.months.typed),
                    ),
                    Text("Keep one of them, as lunar_months."),
                )
            elif isinstance(entry.lunar_months, LunarByName):
                run = ", ".join(map(str, entry.lunar_months.run))
                yield Problem(
                    field,
                    Text(
                        "{typed} names lunar months: read as lunar_months {run}.",
                        typed=quoted(entry.lunar_months.typed),
                        run=run,
                    ),
                    Text("Better write it as lunar_months; if solar months are meant, write numbers."),
                    Severity.WARNING,
                )


# --- Rules that look at several fields of one household; each returns what it objects to ---

OCOP_NOTICE = timedelta(days=90)
FAR_FROM_CENTRE = 10_000
LEAST_PRICE = 500
FIRST_CONSENT = 2020
"""No family signed for a page before: an earlier year is a slip."""

Rule = Callable[[Household], Iterator[Problem]]


def check_household(household: Household) -> tuple[Problem, ...]:
    """Return what is wrong or doubtful within one profile."""
    return tuple(finding for rule in _RULES for finding in rule(household))


def check_languages(household: Household, languages: tuple[str, ...]) -> Iterator[Problem]:
    """Give a warning for each text in a language that the site does not have."""
    for field, text in _local_texts(household):
        for tag, _ in text.entries:
            if tag not in languages:
                yield _warning(
                    f"{field}.{tag}",
                    Text("The site has no language “{tag}”.", tag=tag),
                    Text("Add {tag} to languages in site.yaml, or fix it.", tag=tag),
                )


def check_place(household: Household, commune: Commune, centre: Point) -> Iterator[Problem]:
    """Give a warning where the point lies outside its commune or far from its village."""
    point = household.location.point
    if point is None:
        return
    hint = Text("Look at the point on a map again.")
    away = outside(commune, point)
    far = distance_m(point, centre)
    if away is not None:
        yield _warning(
            "location.point",
            Text("This point lies outside {full_name}.", full_name=commune.full_name),
            hint,
        )
    elif far > FAR_FROM_CENTRE:
        yield _warning(
            "location.point",
            Text("This point is {far:.0f} km from the centre of the village.", far=far / 1000),
            hint,
        )


def _consent_dates(household: Household) -> Iterator[Problem]:
    given = household.consent.given
    if given and given > household.checked:
        yield Problem(
            "consent.given",
            Text("Consent was given after the profile was checked."),
            Text("Fix one of the dates; check the profile again after the family agreed."),
        )
    if given and given.year < FIRST_CONSENT:
        yield _warning(
            "consent.given",
            Text("Consent of {year} is very old.", year=given.year),
            Text("Look at the year on the signed paper again."),
        )


def _consent_record(household: Household) -> Iterator[Problem]:
    consent = household.consent
    if consent.given is None:
        yield _warning(
            "consent.given",
            Text("The family has not agreed: no page is made."),
            Text("Write the date here once they agree."),
        )
    elif consent.by is None or consent.how is None:
        yield _warning(
            "consent",
            Text("Who agreed, and how, is not recorded."),
            Text("Add by: (full name) and how: (paper, form, in_person)."),
        )


def _crop_areas(household: Household) -> Iterator[Problem]:
    total = sum(crop.area or 0 for crop in household.garden.crops)
    if household.garden.area and total > household.garden.area:
        yield _warning(
            "garden.area",
            Text(
                "The crops add up to {total} m², more than the garden's {area} m².",
                total=total,
                area=household.garden.area,
            ),
            Text("Leave it if they grow among each other; else look at the areas again."),
        )


def _future_years(household: Household) -> Iterator[Problem]:
    for number, crop in enumerate(household.garden.crops, 1):
        if crop.planted and crop.planted > household.checked.year:
            yield _warning(
                f"garden.crops.{number}.planted",
                Text("Planted in {planted}, after the profile was checked.", planted=crop.planted),
                Text("Look at the year again."),
            )


def _ocop(household: Household) -> Iterator[Problem]:
    for number, product in enumerate(household.products, 1):
        if product.ocop is None or product.ocop.until > household.checked + OCOP_NOTICE:
            continue
        over = product.ocop.until < household.checked
        yield _warning(
            f"products.{number}.ocop.until",
            Text("The OCOP grade has expired and is not shown.")
            if over
            else Text("The OCOP grade expires soon."),
            Text("Have it graded again and write the new date."),
        )


def _prices(household: Household) -> Iterator[Problem]:
    for number, product in enumerate(household.products, 1):
        if product.price and product.price < LEAST_PRICE:
            price, meant = product.price, product.price * 1000
            yield _warning(
                f"products.{number}.price",
                Text("A price of {price} đồng?", price=price),
                Both(
                    f"Có phải là {format_number(meant, 'vi')}? Nếu đúng thì viết như vậy.",
                    f"Is {format_number(meant, 'en')} meant? Then write that.",
                ),
            )


def _links(household: Household) -> Iterator[Problem]:
    for number, link in enumerate(household.links, 1):
        yield from cards_in_link(link, f"links.{number}")


def _photo_twice(household: Household) -> Iterator[Problem]:
    """Give a warning for a photo that stands twice, an error if once with and once without people."""
    seen: dict[str, bool] = {}
    for number, photo in enumerate(household.photos, 1):
        if seen.setdefault(photo.file, photo.people) != photo.people:
            yield Problem(
                f"photos.{number}",
                Text("The photo “{file}” stands twice: once with people and once without.", file=photo.file),
                Text("Delete one of the lines; where people are in the photo, write people: yes."),
            )
        elif any(other.file == photo.file for other in household.photos[: number - 1]):
            yield _warning(
                f"photos.{number}",
                Text("The photo “{file}” stands twice.", file=photo.file),
                Text("Delete one of the lines."),
            )


def _crop_twice(household: Household) -> Iterator[Problem]:
    """Give a warning for a crop that stands twice in the list."""
    seen: set[str] = set()
    for number, crop in enumerate(household.garden.crops, 1):
        known = find_crop(crop.name)
        name = known.key if known else crop.name.casefold()
        if name in seen:
            yield _warning(
                f"garden.crops.{number}.name",
                Text("The crop “{name}” stands twice.", name=crop.name),
                Text("Put them together if they are one."),
            )
        seen.add(name)


def _local_texts(household: Household) -> Iterator[tuple[str, LocalText]]:
    if household.story:
        yield "story", household.story
    if household.location.directions:
        yield "location.directions", household.location.directions
    for number, photo in enumerate(household.photos, 1):
        if photo.caption:
            yield f"photos.{number}.caption", photo.caption


def _warning(field: str, message: Text, hint: Text) -> Problem:
    return Problem(field, message, hint, Severity.WARNING)


_RULES: tuple[Rule, ...] = (
    _consent_dates,
    _consent_record,
    _crop_areas,
    _future_years,
    _crop_twice,
    _ocop,
    _prices,
    _links,
    _photo_twice,
    slips,
)
