"""A page's facts as linked data for search engines: JSON-LD in the words of schema.org.

    <script type="application/ld+json">{"@context":"https://schema.org","@type":"Place",…}</script>

Less than the page shows, by choice: no phone, full name, living condition, story, link or directions, whatever
is ticked. A page is read by people; this is harvested by the million. Every key is written out by name.

The words: https://schema.org/Place, LocalBusiness, TouristAttraction, Offer, UnitPriceSpecification, WebSite.
Only a WebSite has `inLanguage` and `about`; its `hasPart` takes creative works, which a village is not.
"""

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from vuonho.bilingual import Text
from vuonho.domain.public import PublicHousehold, PublicProduct, PublicVillage
from vuonho.domain.values import Point
from vuonho.render.pages.language import Language
from vuonho.render.pages.place import Place
from vuonho.render.pages.view import named, own

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
