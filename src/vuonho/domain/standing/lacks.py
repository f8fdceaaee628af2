"""What a household lacks to be complete: the one place that says what "complete" means.

Complete is a page that a visitor loves and a family stands behind: consent recorded whole, an address, the
garden's area, something that grows or lives there, its season, a photo; and whatever the family ticked, so that
no tick is an empty promise. What a family did not tick is never missed, and nobody is to be pressed for it; the
village's centre and the team's phone stand in on the page.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from vuonho.bilingual import Text, within
from vuonho.domain.outline import field_at
from vuonho.domain.schema.household import Household
from vuonho.domain.schema.outline import household_fields
from vuonho.domain.season import season
from vuonho.domain.standing.standing import Lack
from vuonho.domain.vocabulary import catalogue

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
        known = catalogue.find_crop(crop.name)
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
