"""Consent: what a family ticked decides what the world may see. The load-bearing wall."""

from collections.abc import Iterable
from datetime import date

from vuonho.model.household import (
    FACTS,
    CropEntry,
    Garden,
    Household,
    Living,
    Model,
    Ocop,
    Photo,
    Product,
    Visits,
)
from vuonho.model.public import (
    LaneStop,
    PublicAnimal,
    PublicCrop,
    PublicDish,
    PublicFact,
    PublicGarden,
    PublicHousehold,
    PublicLiving,
    PublicModel,
    PublicOcop,
    PublicPhone,
    PublicPhoto,
    PublicProduct,
    PublicSpot,
    PublicVisits,
    season,
)
from vuonho.model.spot import LANE, Spot
from vuonho.model.vocabulary import LISTS, Known, find_animal, find_crop, find_product


def publish(
    household: Household, village: str, source: str, crops: tuple[Known, ...] = ()
) -> PublicHousehold | None:
    """Return what may be shown of a household, or None while the family has not agreed.

    `village` is its folder and `source` its file below `profiles/`, from which photo paths are made; `crops`
    are those that the project adds to the catalogue.
    """
    if household.consent.given is None:
        return None
    ticks = frozenset(tick.key for tick in household.consent.publish)
    exact = "exact_point" in ticks
    priced = "prices" in ticks
    point = household.location.point
    return PublicHousehold(
        code=household.code,
        village=village,
        source=source,
        name=household.name,
        full_name=household.head if "full_name" in ticks else None,
        address=household.location.address,
        exact=point if exact else None,
        near=point.snapped() if point and "near_point" in ticks and not exact else None,
        directions=household.location.directions if exact else None,
        living=_living(household.living) if "living" in ticks and household.living else None,
        garden=_garden(household.garden, crops),
        products=tuple(_product(p, household.checked, crops, priced) for p in household.products),
        visits=_visits(household.visits, priced) if household.visits else None,
        phone=_phone(household) if "phone" in ticks else None,
        links=household.links if "links" in ticks else (),
        story=household.story if "story" in ticks else None,
        photos=tuple(_photos(household.photos, village, "faces" in ticks)),
        checked=household.checked,
        emblem=household.plaque.emblem if household.plaque else None,
        is_on_lane="lane" in ticks,
    )


def publish_spot(spot: Spot, village: str, source: str, households: Iterable[PublicHousehold]) -> PublicSpot:
    """Return a place; `households` are those that have a page: of these a lane names who agreed to stand there.

    `village` and `source` are as those of a household.
    """
    agreed = {one.code for one in households if one.is_on_lane and one.village == village}
    is_lane = spot.kind.key == LANE
    stops = (LaneStop(one.home, one.side, one.steps) for one in spot.homes if one.home in agreed)
    return PublicSpot(
        code=spot.code,
        village=village,
        source=source,
        name=spot.name,
        kind=spot.kind,
        point=None if is_lane else spot.point,
        start=spot.start if is_lane else None,
        stops=tuple(stops) if is_lane else (),
        story=spot.story,
        photos=tuple(_photos(spot.photos, village, with_people=False)),
        checked=spot.checked,
    )


def _living(living: Living) -> PublicLiving | None:
    facts = ((field, getattr(living, field)) for field in FACTS)
    shown = PublicLiving(
        people=living.people,
        facts=tuple(PublicFact(field, word) for field, word in facts if word is not None),
        titles=living.titles,
    )
    return shown if shown.people or shown.facts or shown.titles else None


def _garden(garden: Garden, own: tuple[Known, ...]) -> PublicGarden:
    return PublicGarden(
        area=garden.area,
        model=_model(garden.model) if garden.model else None,
        irrigation=garden.irrigation,
        practices=garden.practices,
        crops=tuple(_crop(crop, own) for crop in garden.crops),
        animals=tuple(
            PublicAnimal(animal.name, find_animal(animal.name), animal.count) for animal in garden.animals
        ),
    )


def _model(model: Model) -> PublicModel:
    results = ((word, getattr(model.criteria, word.key, None)) for word in LISTS["criteria"])
    return PublicModel(
        status=model.status,
        year=model.year,
        decision=model.decision,
        criteria=tuple((word, result) for word, result in results if result is not None),
    )


def _crop(crop: CropEntry, own: tuple[Known, ...]) -> PublicCrop:
    known = find_crop(crop.name, own)
    return PublicCrop(
        name=crop.name,
        known=known,
        trees=crop.trees,
        area=crop.area,
        planted=crop.planted,
        season=season(crop.months, crop.lunar_months, known.months if known else ()),
    )


def _product(product: Product, checked: date, own: tuple[Known, ...], with_price: bool) -> PublicProduct:
    known = find_product(product.name, own)
    return PublicProduct(
        name=product.name,
        known=known,
        price=product.price if with_price else None,
        unit=product.unit if with_price else None,
        season=season(product.months, product.lunar_months, ()),
        ocop=_ocop(product.ocop, checked) if product.ocop else None,
    )


def _ocop(ocop: Ocop, checked: date) -> PublicOcop | None:
    """Return the grade while it is valid on the day of checking (never the clock: builds are repeatable)."""
    return PublicOcop(ocop.stars, ocop.decision, ocop.until) if ocop.until >= checked else None


def _visits(visits: Visits, with_price: bool) -> PublicVisits:
    return PublicVisits(
        welcome=visits.welcome,
        hours=visits.hours,
        activities=visits.activities,
        dishes=tuple(PublicDish(dish.name, dish.price if with_price else None) for dish in visits.dishes),
        rooms=visits.rooms,
        night=visits.night if with_price else None,
        toilet=visits.toilet,
        parking=visits.parking,
        steps=visits.steps,
    )


def _phone(household: Household) -> PublicPhone | None:
    contact = household.contact
    return PublicPhone(contact.phone, contact.zalo) if contact and contact.phone else None


def _photos(photos: Iterable[Photo], village: str, with_people: bool) -> Iterable[PublicPhoto]:
    """Give the photos without people, and the others only with the tick `faces`."""
    for photo in photos:
        if with_people or not photo.people:
            yield PublicPhoto(f"{village}/{photo.file}", photo.caption)
