"""Rules that look at several fields of one household; each yields what it objects to."""

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

OCOP_NOTICE = timedelta(days=90)
FAR_FROM_CENTRE = 10_000
LEAST_PRICE = 500
FIRST_CONSENT = 2020
"""No family signed for a page before: an earlier year is a slip."""

Rule = Callable[[Household], Iterator[Problem]]


def check_household(household: Household) -> tuple[Problem, ...]:
    """Return what is wrong or doubtful within one profile."""
    return tuple(problem for rule in (*_RULES, slips) for problem in rule(household))


def check_languages(household: Household, languages: tuple[str, ...]) -> Iterator[Problem]:
    """Give a warning for each text in a language that the site does not have."""
    texts: dict[str, LocalText | None] = {
        "story": household.story,
        "location.directions": household.location.directions,
        **{f"photos.{number}.caption": photo.caption for number, photo in enumerate(household.photos, 1)},
    }
    for field, text in texts.items():
        for tag, _ in text.entries if text else ():
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
    far = distance_m(point, centre)
    if outside(commune, point) is not None:
        said = Text("This point lies outside {full_name}.", full_name=commune.full_name)
    elif far > FAR_FROM_CENTRE:
        said = Text("This point is {far:.0f} km from the centre of the village.", far=far / 1000)
    else:
        return
    yield _warning("location.point", said, Text("Look at the point on a map again."))


def _warning(field: str, message: Text, hint: Text) -> Problem:
    return Problem(field, message, hint, Severity.WARNING)


def _money(sum_: int) -> Text:
    return Both(format_number(sum_, "vi"), format_number(sum_, "en"))


def _consent(household: Household) -> Iterator[Problem]:
    consent = household.consent
    if consent.given is None:
        yield _warning(
            "consent.given",
            Text("The family has not agreed: no page is made."),
            Text("Write the date here once they agree."),
        )
        return
    if consent.given > household.checked:
        yield Problem(
            "consent.given",
            Text("Consent was given after the profile was checked."),
            Text("Fix one of the dates; check the profile again after the family agreed."),
        )
    if consent.given.year < FIRST_CONSENT:
        yield _warning(
            "consent.given",
            Text("Consent of {year} is very old.", year=consent.given.year),
            Text("Look at the year on the signed paper again."),
        )
    if consent.by is None or consent.how is None:
        yield _warning(
            "consent",
            Text("Who agreed, and how, is not recorded."),
            Text("Add by: (full name) and how: (paper, form, in_person)."),
        )


def _crops(household: Household) -> Iterator[Problem]:
    garden = household.garden
    total = sum(crop.area or 0 for crop in garden.crops)
    if garden.area and total > garden.area:
        yield _warning(
            "garden.area",
            Text(
                "The crops add up to {total} m², more than the garden's {area} m².",
                total=total,
                area=garden.area,
            ),
            Text("Leave it if they grow among each other; else look at the areas again."),
        )
    seen: set[str] = set()
    for number, crop in enumerate(garden.crops, 1):
        if crop.planted and crop.planted > household.checked.year:
            yield _warning(
                f"garden.crops.{number}.planted",
                Text("Planted in {planted}, after the profile was checked.", planted=crop.planted),
                Text("Look at the year again."),
            )
        known = find_crop(crop.name)
        name = known.key if known else crop.name.casefold()
        if name in seen:
            yield _warning(
                f"garden.crops.{number}.name",
                Text("The crop “{name}” stands twice.", name=crop.name),
                Text("Put them together if they are one."),
            )
        seen.add(name)


def _ocop(household: Household) -> Iterator[Problem]:
    for number, product in enumerate(household.products, 1):
        if product.ocop and product.ocop.until <= household.checked + OCOP_NOTICE:
            yield _warning(
                f"products.{number}.ocop.until",
                Text("The OCOP grade has expired and is not shown.")
                if product.ocop.until < household.checked
                else Text("The OCOP grade expires soon."),
                Text("Have it graded again and write the new date."),
            )


def _prices(household: Household) -> Iterator[Problem]:
    for number, product in enumerate(household.products, 1):
        if product.price and product.price < LEAST_PRICE:
            yield _warning(
                f"products.{number}.price",
                Text("A price of {price} đồng?", price=product.price),
                Text("Is {guess} meant? Then write that.", guess=_money(product.price * 1000)),
            )


def _links(household: Household) -> Iterator[Problem]:
    for number, link in enumerate(household.links, 1):
        yield from cards_in_link(link, f"links.{number}")


def _photos(household: Household) -> Iterator[Problem]:
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


_RULES: tuple[Rule, ...] = (_consent, _crops, _ocop, _prices, _links, _photos)


# --- Slips of the pen that every type takes: what looks as if it stood in the wrong place or lacked its other half ---

_NUMBER = r"(?<![\w.,])\d+(?:[.,]\d+)*\s*"
_MISPLACED = {
    name: re.compile(rf"{_NUMBER}(?:{units})(?!\w)", re.IGNORECASE)
    for name, units in {
        "trees": "cây|gốc|bụi|khóm",
        "area": "m2|m²|mét vuông|sào|mẫu|ha",
        "animals": "con|đàn|tổ|thùng",
        "price": "k|đ|đồng|nghìn|ngàn|triệu",
    }.items()
}
"""Only with these words: ST25, F1, “hoa 10 giờ” and “chai 500 ml” belong to a name."""


def slips(household: Household) -> Iterator[Problem]:
    """Yield a warning for each of them."""
    for number, crop in enumerate(household.garden.crops, 1):
        field = f"garden.crops.{number}"
        yield from _in_name(field, crop.name, "trees", Text("Number of trees"))
        yield from _in_name(field, crop.name, "area", Text("Area"))
    for number, animal in enumerate(household.garden.animals, 1):
        yield from _in_name(f"garden.animals.{number}", animal.name, "animals", Text("Number"))
    for number, product in enumerate(household.products, 1):
        yield from _in_name(f"products.{number}", product.name, "price", Text("Price"))
        if product.price and product.unit is None:
            yield _warning(
                f"products.{number}.price",
                Text("{price} đồng, and for what is not said.", price=_money(product.price)),
                Text("Add the “Unit”: kg, piece, litre, head…"),
            )
    visits = household.visits
    if visits and visits.hours and not visits.welcome:
        yield _warning(
            "visits.hours",
            Text("There are hours for visitors, but “Receives visitors” does not say yes."),
            Text("If visitors are welcome, say yes under “Receives visitors”; if not, delete the hours."),
        )
    for number, crop in enumerate(household.garden.crops, 1):
        yield from _season(f"garden.crops.{number}.months", crop)
    for number, product in enumerate(household.products, 1):
        yield from _season(f"products.{number}.months", product)


def _in_name(owner: str, name: str, what: str, place: Text) -> Iterator[Problem]:
    pattern = _MISPLACED[what]
    if found := pattern.search(nfc(name)):
        rest = " ".join(pattern.sub(" ", nfc(name)).split()).strip(" ,;:-–()")
        yield _warning(
            f"{owner}.name",
            Text("“{said}” stands in the name, where nobody counts it.", said=found[0]),
            Text("Write the number under “{place}”; keep the name “{rest}”.", place=place, rest=rest)
            if rest
            else Text("Write the number under “{place}”.", place=place),
        )


def _season(field: str, entry: CropEntry | Product) -> Iterator[Problem]:
    """Say what was made of “months: Chạp - Giêng”, or ask where other lunar months stand beside it."""
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
        yield _warning(
            field,
            Text(
                "{typed} names lunar months: read as lunar_months {run}.",
                typed=quoted(entry.lunar_months.typed),
                run=", ".join(map(str, entry.lunar_months.run)),
            ),
            Text("Better write it as lunar_months; if solar months are meant, write numbers."),
        )
