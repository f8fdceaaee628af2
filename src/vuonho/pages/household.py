"""A household's page: what is computed for it, and its facts as linked data for search engines."""

import json
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias
from urllib.parse import urlsplit

from vuonho.i18n import Text
from vuonho.model.public import PublicHousehold, PublicProduct, PublicVillage
from vuonho.model.values import Point
from vuonho.pages.garden import garden_picture
from vuonho.pages.language import Language, Said, edges
from vuonho.pages.layout import (
    Place,
    former,
    google_place,
    google_route,
    harvests,
    household_ripe,
    is_model,
    osm_place,
    receives,
)
from vuonho.pages.map import AT_CENTRE_M, Neighbours, Plan, describe_step, household_map, way_from_centre

_FIRST_CROPS: Final = 8
"""So many crops stand open; the others unfold, if they are more than two."""
_DESCRIBED_CROPS: Final = 4
_LEAST_JUMPS: Final = 5


def household_values(
    household: PublicHousehold, village: PublicVillage, plan: Plan | None = None
) -> dict[str, object]:
    """Return what a household's page shows in any language; `plan` is that of the village's map."""
    garden = household.garden
    hosts = {url: urlsplit(url) for url in household.links}
    told = (garden.crops, garden.animals, garden.model)
    return {
        "h": household,
        "village": village,
        "former": former(village),
        "is_model": is_model(household),
        "stars": max((product.ocop.stars for product in household.products if product.ocop), default=0),
        "receives": receives(household),
        "is_brief": not any((*told, household.products, household.story, household.photos[1:])),
        "map": household_map(village, household, plan),
        "google_route": google_route,
        "google_place": google_place,
        "osm_place": osm_place,
        "is_quiet": not any((*told, garden.practices, garden.irrigation)),
        # nothing but a web address may act
        "links": [
            (url, host.hostname.removeprefix("www."))
            for url, host in hosts.items()
            if host.hostname and host.scheme in ("http", "https")
        ],
    }


def household_words(
    household: PublicHousehold, village: PublicVillage, neighbours: Neighbours | None, language: Language
) -> dict[str, object]:
    """Return what a household's page shows in one language; `neighbours` are the next gardens on the walking route."""
    garden = household.garden
    names = [language.named(crop).text for crop in garden.crops]
    picture = garden_picture(garden.crops, names, garden.animals, household.living)
    crops = tuple(zip(garden.crops, picture.marks, strict=True))
    cut = _FIRST_CROPS if len(crops) > _FIRST_CROPS + 2 else len(crops)
    beside = zip(("route.before", "route.after"), neighbours or (), strict=False)
    return {
        "ripe": household_ripe(household, language),
        "jumps": _jumps(household, language),
        "from_centre": _from_centre(household, village, language),
        "beside": [
            (key, stop.household, describe_step("route.near", stop, language)) for key, stop in beside if stop
        ],
        "picture": picture,
        "crop_names": ", ".join(names),
        "crops": crops[:cut],
        "more_crops": crops[cut:],
        "calendar": tuple(_calendar(household, language)),
    }


def describe_household(household: PublicHousehold, village: PublicVillage, language: Language) -> str:
    """Return a household in a sentence, for search engines and link previews."""
    names = [language.named(crop).text for crop in household.garden.crops]
    key = "household.description_crops" if names else "household.description"
    crops = ", ".join(names[:_DESCRIBED_CROPS])
    return language.say(key, name=household.name, village=village.name, commune=village.commune, crops=crops)


def _jumps(household: PublicHousehold, language: Language) -> list[tuple[str, str]]:
    """Return (id, label) of the sections of a long page; none where the page is short."""
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
    found = [(name, language.say(label)) for name, label, there in sections if there]
    return found if len(found) >= _LEAST_JUMPS else []


def _from_centre(household: PublicHousehold, village: PublicVillage, language: Language) -> str:
    """Return how far and where an exact point lies from the village's centre."""
    if household.exact is None:
        return ""
    metres, way = way_from_centre(village.centre, household.exact)
    if metres < AT_CENTRE_M:
        return language.say("household.at_centre", village=village.name)
    distance, wind = language.distance(metres), language.say(f"way.{way}")
    return language.say("household.from_centre", village=village.name, distance=distance, way=wind)


class CalendarRow(NamedTuple):
    """One line of the harvest calendar: twelve cells (see `edges`), pale where the months are rough.

    `lunar` names the months of the lunar calendar they were given in, or "".
    """

    name: Said
    cells: tuple[str, ...]
    pale: bool
    lunar: str


def _calendar(household: PublicHousehold, language: Language) -> Iterator[CalendarRow]:
    """Yield a line for each crop with a season, then for each product that no such line names."""
    seen = set()
    for one in harvests(household):
        season = one.season
        if season and (one.name, season) not in seen:
            seen.add((one.name, season))
            lunar = language.lunar_months(season.lunar_months) if season.lunar_months else ""
            yield CalendarRow(language.named(one), edges(season.months), season.source != "typed", lunar)


# --- A page's facts as linked data for search engines: JSON-LD in the words of schema.org ---

_COUNTRY: Final = Text("Vietnam")
_CURRENCY: Final = "VND"  # ISO 4217
# Inside <script> only "<" can end the text, but what is copied elsewhere must not act there either;
# U+2028 and U+2029 end a line in scripts older than ES2019.
_INERT: Final[Mapping[int, str]] = MappingProxyType(
    {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
)

_Node: TypeAlias = dict[str, object]


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
    welcome = household.visits.welcome if household.visits else None
    kind: object = "LocalBusiness" if household.products else "Place"
    if welcome or (
        household.products and welcome is None
    ):  # who sells but says "no visitors" is no attraction
        kind = ["LocalBusiness", "TouristAttraction"]
    street: _Node = {"streetAddress": household.address} if household.address else {}
    node: _Node = {
        "@type": kind,
        "name": household.name,
        "url": place.url,
        "description": description,
        "address": {
            "@type": "PostalAddress",
            **street,
            "addressLocality": f"{village.name}, {village.commune}",
            "addressRegion": place.site.province,
            "addressCountry": "VN",
        },
        "containedInPlace": _linked_village(village, place),
    }
    if image:
        node["image"] = image
    if household.exact:
        node["geo"] = _geo(household.exact)
    if household.products:
        node["makesOffer"] = [_offer(product, language) for product in household.products]
    return _script(node)


def _offer(product: PublicProduct, language: Language) -> _Node:
    """Return what is sold; the price of a piece or a kilogram stands inside its own node, never without it."""
    item = {"@type": "Product", "name": language.named(product).text}
    price: _Node = {}
    if product.price is not None:
        price = {"price": str(product.price), "priceCurrency": _CURRENCY}
    if price and product.unit:
        unit = language.word(product.unit, "unit")
        price = {"priceSpecification": {"@type": "UnitPriceSpecification", **price, "unitText": unit}}
    return {"@type": "Offer", "itemOffered": item, **price}


def village_data(village: PublicVillage, place: Place, language: Language) -> str:
    """Return a village: its centre, and the commune, province and country in which it lies."""
    around: _Node = {"@type": "Country", "name": _COUNTRY.to("vi" if language.tag == "vi" else "en")}
    for name in (place.site.province, village.commune):
        around = {"@type": "AdministrativeArea", "name": name, "containedInPlace": around}
    linked = _linked_village(village, place)
    return _script({**linked, "geo": _geo(village.centre), "containedInPlace": around})


def site_data(villages: Iterable[PublicVillage], place: Place, language: Language) -> str:
    """Return the website as its start page in one language shows it, and the villages that it is about."""
    return _script(
        {
            "@type": "WebSite",
            "name": language.own(place.site.title).text,
            "url": place.url,
            "inLanguage": language.tag,
            "about": [_linked_village(village, place) for village in villages],
        }
    )


def _linked_village(village: PublicVillage, place: Place) -> _Node:
    """Return a village by its name and its page in the language of `place`."""
    page = Place(place.site, f"{village.slug}/", place.tag)
    return {"@type": "Place", "name": village.name, "url": page.url}


def _geo(point: Point) -> _Node:
    return {"@type": "GeoCoordinates", "latitude": point.lat, "longitude": point.lon}


def _script(node: _Node) -> str:
    """Return compact JSON in which nothing can end a script, open a tag or be taken for an entity."""
    whole = {"@context": "https://schema.org", **node}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).translate(_INERT)
