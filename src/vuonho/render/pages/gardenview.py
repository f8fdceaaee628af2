"""The garden of a household in plain values: crops, calendar, animals, model garden and products."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from vuonho.domain.public import (
    PublicCrop,
    PublicGarden,
    PublicHousehold,
    PublicModel,
    PublicProduct,
    PublicSeason,
)
from vuonho.domain.vocabulary.words import Word
from vuonho.render.pages.gardenpicture import GardenPicture, garden_picture
from vuonho.render.pages.language import Language
from vuonho.render.pages.months import edges
from vuonho.render.pages.view import Fact, Link, Said, named, sign, vietnamese

FIRST_CROPS: Final = 8
"""So many crops stand open; the others unfold."""


@dataclass(frozen=True, slots=True)
class CropRow:
    """One crop of the table: `mark` is its number in the plan.

    `local` and `scientific` are its Vietnamese and its scientific name, on pages of other languages. `amount` are its trees and area, `season` is when it is ripe; "" for what was not told.
    """

    icon: str
    mark: str
    name: Said
    local: Said | None
    scientific: str
    amount: str
    planted: str
    season: str


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One line of the harvest calendar: twelve cells (see `months.edges`), pale where the months are rough.

    `lunar` names the months of the lunar calendar they were told in, or "".
    """

    name: Said
    cells: tuple[str, ...]
    pale: bool
    lunar: str


@dataclass(frozen=True, slots=True)
class ModelCard:
    """The model garden: its status, remarks, and the criteria as (criterion, result, result's key, icon)."""

    status: str
    icon: str
    remarks: tuple[str, ...]
    criteria: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ProductCard:
    """One product: `price` with its unit, or ""; `stars` 0 where it has no valid grade."""

    icon: str
    name: Said
    price: str
    season: str
    stars: int
    grade: str
    remark: str


@dataclass(frozen=True, slots=True)
class GardenView:
    """All that is told of a garden; `quiet` when that is no more than its area."""

    facts: tuple[Fact, ...]
    crops: tuple[CropRow, ...]
    more_crops: tuple[CropRow, ...]
    calendar: tuple[CalendarRow, ...]
    has_pale: bool
    animals: tuple[Fact, ...]
    practices: tuple[Link, ...]
    model: ModelCard | None
    picture: GardenPicture
    picture_label: str
    quiet: bool


def garden_view(household: PublicHousehold, language: Language) -> GardenView:
    """Return the garden of a household in a language."""
    garden = household.garden
    names = tuple(named(crop.name, crop.known, language) for crop in garden.crops)
    picture = garden_picture(garden.crops, [name.text for name in names], garden.animals)
    rows = tuple(
        _crop(crop, name, mark, language)
        for crop, name, mark in zip(garden.crops, names, picture.marks, strict=True)
    )
    cut = FIRST_CROPS if len(rows) > FIRST_CROPS + 2 else len(rows)
    calendar = tuple(_calendar(household, language))
    return GardenView(
        facts=tuple(_facts(garden, language)),
        crops=rows[:cut],
        more_crops=rows[cut:],
        calendar=calendar,
        has_pale=any(row.pale for row in calendar),
        animals=tuple(_animals(garden, language)),
        practices=tuple(Link("", language.word(one, "practice"), one.icon) for one in garden.practices),
        model=_model(garden.model, language) if garden.model else None,
        picture=picture,
        picture_label=_picture_label(names, language),
        quiet=not any((garden.crops, garden.animals, garden.practices, garden.model, garden.irrigation)),
    )


def _facts(garden: PublicGarden, language: Language) -> Iterator[Fact]:
    if garden.area:
        yield Fact("area", language.say("household.area"), Said(language.area(garden.area)))
    if garden.crops:
        kinds = language.count("household.kinds", len(garden.crops))
        yield Fact("tree_fruit", language.say("household.kinds_label"), Said(kinds))
    if garden.irrigation:
        word = language.word(garden.irrigation, "irrigation")
        yield Fact(garden.irrigation.icon, language.say("household.irrigation"), Said(word))


def _crop(crop: PublicCrop, name: Said, mark: str, language: Language) -> CropRow:
    amount = (
        language.count("household.trees", crop.trees) if crop.trees else "",
        language.plain_area(crop.area) if crop.area else "",
    )
    foreign = crop.known if language.tag != "vi" else None
    return CropRow(
        icon=sign(crop.known),
        mark=mark,
        name=name,
        local=vietnamese(crop.name, language) if foreign else None,
        scientific=foreign.scientific if foreign else "",
        amount=" · ".join(part for part in amount if part),
        planted=language.say("household.planted", year=crop.planted) if crop.planted else "",
        season=language.season(crop.season) if crop.season else "",
    )


def _animals(garden: PublicGarden, language: Language) -> Iterator[Fact]:
    for animal in garden.animals:
        name = named(animal.name, animal.known, language)
        count = language.count("household.count", animal.count) if animal.count else ""
        yield Fact(sign(animal.known, "other"), count, name)


def _calendar(household: PublicHousehold, language: Language) -> Iterator[CalendarRow]:
    """Yield a line for each crop with a season, then for each product that no such line names."""
    seen: set[tuple[str, PublicSeason]] = set()
    grown: tuple[PublicCrop | PublicProduct, ...] = (*household.garden.crops, *household.products)
    for one in grown:
        name, season = one.name, one.season
        if season and (name, season) not in seen:
            seen.add((name, season))
            pale = season.source != "typed"
            said = named(name, one.known, language)
            lunar = language.lunar_months(season.lunar_months) if season.lunar_months else ""
            yield CalendarRow(said, edges(season.months), pale, lunar)


def _model(model: PublicModel, language: Language) -> ModelCard:
    remarks = (
        language.say("household.model_year", year=model.year) if model.year else "",
        language.say("household.model_decision", decision=model.decision) if model.decision else "",
    )
    return ModelCard(
        language.word(model.status, "model_status"),
        model.status.icon,
        tuple(remark for remark in remarks if remark),
        tuple(_criterion(one, result, language) for one, result in model.criteria),
    )


def _criterion(criterion: Word, result: Word, language: Language) -> tuple[str, str, str, str]:
    return language.word(criterion, "criterion"), language.word(result, "result"), result.key, result.icon


def products_view(products: Iterable[PublicProduct], language: Language) -> tuple[ProductCard, ...]:
    """Return the products in a language."""
    return tuple(_product(product, language) for product in products)


def _product(product: PublicProduct, language: Language) -> ProductCard:
    ocop = product.ocop
    remarks = [language.say("household.ocop_until", date=language.date(ocop.until))] if ocop else []
    if ocop and ocop.decision:
        remarks.append(language.say("household.ocop_decision", decision=ocop.decision))
    return ProductCard(
        icon=sign(product.known, "basket"),
        name=named(product.name, product.known, language),
        price=language.price(product.price, product.unit) if product.price else "",
        season=language.season(product.season) if product.season else "",
        stars=ocop.stars if ocop else 0,
        grade=language.say("household.ocop", stars=ocop.stars) if ocop else "",
        remark=", ".join(remarks),
    )


def _picture_label(names: tuple[Said, ...], language: Language) -> str:
    if not names:
        return language.say("household.picture_empty")
    return language.say("household.picture", crops=", ".join(name.text for name in names))
