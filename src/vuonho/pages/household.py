"""A household in plain values, for its page in one language."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from vuonho.i18n import Text
from vuonho.model.geo import Point
from vuonho.model.public import (
    PublicCrop,
    PublicGarden,
    PublicHousehold,
    PublicLiving,
    PublicModel,
    PublicPhoto,
    PublicProduct,
    PublicSeason,
    PublicVillage,
    PublicVisits,
)
from vuonho.model.vocabulary import Word
from vuonho.pages.garden import GardenPicture, garden_picture
from vuonho.pages.language import Language, edges
from vuonho.pages.layout import (
    Caller,
    Fact,
    Link,
    Picture,
    Place,
    Ripe,
    Said,
    caller,
    google_route,
    household_ripe,
    named,
    own,
    sign,
    spaced,
    vietnamese,
    web_link,
)
from vuonho.pages.map import WhereView, where_view
from vuonho.pages.route import Neighbours, NeighbourView, neighbour_views

# --- The garden of a household in plain values: crops, calendar, animals, model garden and products ---

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


# --- A household in plain values, for its page in one language ---

_DESCRIBED_CROPS: Final = 4
_LEAST_JUMPS: Final = 5


@dataclass(frozen=True, slots=True)
class PhotoView:
    """One photo: `webp` is its srcset, `jpeg` the file for old browsers (all links relative)."""

    webp: str
    jpeg: str
    width: int
    height: int
    alt: Said
    caption: Said | None


@dataclass(frozen=True, slots=True)
class VisitsView:
    """Whether guests are welcome, in words; when; and what they can do."""

    text: str
    hours: Said | None
    activities: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class HouseholdView:
    """All that a household's page shows."""

    code: str
    digits: str
    name: Said
    full_name: Said | None
    village: Link
    place: str
    badges: tuple[Link, ...]
    actions: tuple[Link, ...]
    photos: tuple[PhotoView, ...]
    where: WhereView
    living: tuple[Fact, ...]
    titles: tuple[Link, ...]
    garden: GardenView
    products: tuple[ProductCard, ...]
    visits: VisitsView | None
    phone: Caller | None
    links: tuple[Link, ...]
    story: Said | None
    checked: str
    description: str
    neighbours: tuple[NeighbourView, ...]
    now: tuple[Ripe, ...]
    jumps: tuple[Link, ...]
    brief: bool


def household_view(
    household: PublicHousehold,
    village: PublicVillage,
    pictures: Mapping[str, Picture],
    neighbours: Neighbours | None,
    place: Place,
    language: Language,
) -> HouseholdView:
    """Return the values of a household's page.

    `pictures` are the photos by `PublicPhoto.file`, `neighbours` the next gardens on the walking route.
    """
    return HouseholdView(
        code=household.code,
        digits=spaced(household.code),
        name=vietnamese(household.name, language),
        full_name=vietnamese(household.full_name, language) if household.full_name else None,
        village=Link(place.to(f"{village.slug}/"), village.name, "village"),
        place=f"{village.commune}, {place.site.province}",
        badges=tuple(_badges(household, language)),
        actions=tuple(_actions(household, language)),
        photos=tuple(
            _photo(photo, pictures[photo.file], number, household.name, place, language)
            for number, photo in enumerate(household.photos, 1)
        ),
        where=where_view(household, village, place.site.province, language),
        living=tuple(_living(household.living, language)) if household.living else (),
        titles=_titles(household.living, language),
        garden=garden_view(household, language),
        products=products_view(household.products, language),
        visits=_visits(household.visits, household, language) if household.visits else None,
        phone=caller(household.phone.number) if household.phone else None,
        links=tuple(link for url in household.links if (link := web_link(url))),
        story=own(household.story, language) if household.story else None,
        checked=language.date(household.checked),
        description=_description(household, village, language),
        neighbours=neighbour_views(neighbours, place, language),
        now=household_ripe(household, language),
        jumps=_jumps(household, language),
        brief=_is_brief(household),
    )


def _is_brief(household: PublicHousehold) -> bool:
    """Return whether too little is told to fill the wide column."""
    garden = household.garden
    told = (
        garden.crops,
        garden.animals,
        garden.model,
        household.products,
        household.story,
        household.photos[1:],
    )
    return not any(told)


def _jumps(household: PublicHousehold, language: Language) -> tuple[Link, ...]:
    """Return links to the sections of a long page, by their ids; none where the page is short."""
    sections = (
        ("where", "household.where", True),
        ("living", "household.living_short", household.living),
        ("garden", "household.garden", True),
        ("products", "household.products_short", household.products),
        ("story", "household.story", household.story),
        ("photos", "household.photos", household.photos[1:]),
        ("visits", "household.visits", household.visits),
        ("contact", "household.contact", True),
    )
    links = tuple(Link(f"#{name}", language.say(label)) for name, label, there in sections if there)
    return links if len(links) >= _LEAST_JUMPS else ()


def _description(household: PublicHousehold, village: PublicVillage, language: Language) -> str:
    names = [named(crop.name, crop.known, language).text for crop in household.garden.crops]
    key = "household.description_crops" if names else "household.description"
    crops = ", ".join(names[:_DESCRIBED_CROPS])
    return language.say(key, name=household.name, village=village.name, commune=village.commune, crops=crops)


def _badges(household: PublicHousehold, language: Language) -> Iterator[Link]:
    model = household.garden.model
    if model and model.status.key == "recognised":
        yield Link("", language.say("household.model"), "award")
    stars = max((product.ocop.stars for product in household.products if product.ocop), default=0)
    if stars:
        yield Link("", language.say("household.ocop", stars=stars), "ocop")
    if household.visits and household.visits.welcome:
        yield Link("", language.say("village.badge_welcome"), "visit")


def _actions(household: PublicHousehold, language: Language) -> Iterator[Link]:
    """Yield what a thumb should reach: call, Zalo, the way there."""
    if household.phone:
        yield Link(household.phone.number.tel, language.say("household.call"), "phone")
        if household.phone.zalo:
            yield Link(household.phone.number.zalo, language.say("household.zalo"), "chat")
    if household.exact:
        yield Link(google_route(household.exact), language.say("household.route"), "directions")


# --- Living, visits, photos --------------------------------------------------------------------------------


def _living(living: PublicLiving, language: Language) -> Iterator[Fact]:
    if living.people:
        people = language.count("household.people", living.people)
        yield Fact("people", language.say("living_field.people"), Said(people))
    for fact in living.facts:
        word = language.word(fact.word, fact.field)
        yield Fact(fact.word.icon, language.say(f"living_field.{fact.field}"), Said(word))


def _titles(living: PublicLiving | None, language: Language) -> tuple[Link, ...]:
    titles = living.titles if living else ()
    return tuple(Link("", language.word(title, "title"), title.icon) for title in titles)


def _visits(visits: PublicVisits, household: PublicHousehold, language: Language) -> VisitsView:
    if not visits.welcome:
        return VisitsView(language.say("household.visits_closed"), None, ())
    key = "household.visits_welcome" if household.phone else "household.visits_welcome_team"
    return VisitsView(
        language.say(key),
        vietnamese(visits.hours, language) if visits.hours else None,
        tuple(Link("", language.word(one, "activity"), one.icon) for one in visits.activities),
    )


def _photo(
    photo: PublicPhoto, picture: Picture, number: int, name: str, place: Place, language: Language
) -> PhotoView:
    caption = own(photo.caption, language) if photo.caption else None
    sizes = (f"{place.asset(one.name)} {one.width}w" for one in picture.of_type("image/webp"))
    return PhotoView(
        webp=", ".join(sizes),
        jpeg=place.asset(picture.fallback.name),
        width=picture.width,
        height=picture.height,
        alt=caption or Said(language.say("household.photo", n=number, name=name)),
        caption=caption,
    )


# --- A page's facts as linked data for search engines: JSON-LD in the words of schema.org ---

_COUNTRY: Final = Text("Việt Nam", "Vietnam")
_CURRENCY: Final = "VND"  # ISO 4217
# Inside <script> only "<" can end the text, but what is copied elsewhere must not act there either;
# U+2028 and U+2029 end a line in scripts older than ES2019.
_INERT: Final[Mapping[int, str]] = MappingProxyType(
    {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
)

_Value: TypeAlias = "str | float | list[str] | list[_Node] | _Node"
_Node: TypeAlias = dict[str, _Value]


def household_data(
    household: PublicHousehold,
    village: PublicVillage,
    place: Place,
    language: Language,
    description: str,
    image: str | None,
) -> str:
    """Return a household: a business if it sells, an attraction too unless guests are not welcome, else a place.

    `description` is the page's own, `image` the full address of its picture. The point is there only where the
    exact one is public.
    """
    node: _Node = {
        "@type": _kind(household),
        "name": household.name,
        "url": place.url,
        "description": description,
        "address": _address(household, village, place),
        "containedInPlace": _linked_village(village, place),
    }
    if image:
        node["image"] = image
    if household.exact:
        node["geo"] = _geo(household.exact)
    if household.products:
        node["makesOffer"] = [_offer(product, language) for product in household.products]
    return _script(node)


def village_data(village: PublicVillage, place: Place, language: Language) -> str:
    """Return a village: its centre, and the commune, province and country in which it lies."""
    country: _Node = {"@type": "Country", "name": _COUNTRY.to("vi" if language.tag == "vi" else "en")}
    province = _area(place.site.province, country)
    return _script(
        {
            **_linked_village(village, place),
            "geo": _geo(village.centre),
            "containedInPlace": _area(village.commune, province),
        }
    )


def site_data(villages: Iterable[PublicVillage], place: Place, language: Language) -> str:
    """Return the website as its start page in one language shows it, and the villages that it is about."""
    return _script(
        {
            "@type": "WebSite",
            "name": own(place.site.title, language).text,
            "url": place.url,
            "inLanguage": language.tag,
            "about": [_linked_village(village, place) for village in villages],
        }
    )


def _script(node: _Node) -> str:
    """Return compact JSON in which nothing can end a script, open a tag or be taken for an entity."""
    whole: _Node = {"@context": "https://schema.org", **node}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_INERT)


# --- Where -------------------------------------------------------------------------------------------------


def _linked_village(village: PublicVillage, place: Place) -> _Node:
    """Return a village by its name and its page in the language of `place`."""
    page = Place(place.site, f"{village.slug}/", place.tag)
    return {"@type": "Place", "name": village.name, "url": page.url}


def _area(name: str, inside: _Node) -> _Node:
    return {"@type": "AdministrativeArea", "name": name, "containedInPlace": inside}


def _address(household: PublicHousehold, village: PublicVillage, place: Place) -> _Node:
    street: _Node = {"streetAddress": household.address} if household.address else {}
    return {
        "@type": "PostalAddress",
        **street,
        "addressLocality": f"{village.name}, {village.commune}",
        "addressRegion": place.site.province,
        "addressCountry": "VN",
    }


def _geo(point: Point) -> _Node:
    return {"@type": "GeoCoordinates", "latitude": point.lat, "longitude": point.lon}


# --- What is sold ------------------------------------------------------------------------------------------


def _kind(household: PublicHousehold) -> str | list[str]:
    """Return what it is; a family that sells but says "no visitors" is no attraction."""
    welcome = household.visits.welcome if household.visits else None
    if welcome or (household.products and welcome is None):
        return ["LocalBusiness", "TouristAttraction"]
    return "LocalBusiness" if household.products else "Place"


def _offer(product: PublicProduct, language: Language) -> _Node:
    name = named(product.name, product.known, language).text
    item: _Node = {"@type": "Product", "name": name}
    return {"@type": "Offer", "itemOffered": item, **_price(product, language)}


def _price(product: PublicProduct, language: Language) -> _Node:
    """Return what an offer says of its price: of a piece or a kilogram inside its own node, never without it."""
    if product.price is None:
        return {}
    price: _Node = {"price": str(product.price), "priceCurrency": _CURRENCY}
    if product.unit is None:
        return price
    unit = language.word(product.unit, "unit")
    return {"priceSpecification": {"@type": "UnitPriceSpecification", **price, "unitText": unit}}
