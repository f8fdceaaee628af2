"""A household's page: what is computed for it, and its facts as linked data for search engines."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias
from urllib.parse import urlsplit

from vuonho.i18n import Text
from vuonho.model.public import (
    PublicHousehold,
    PublicLiving,
    PublicProduct,
    PublicSpot,
    PublicTeam,
    PublicVillage,
    PublicVisits,
)
from vuonho.model.values import Point, distance_m
from vuonho.pages.coming import awaited, order, takes_guests
from vuonho.pages.garden import garden_picture
from vuonho.pages.hours import asks_to_call, clock, read_hours
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
from vuonho.pages.map import AT_CENTRE_M, Plan, Stop, describe_step, household_map, way_from_centre
from vuonho.pages.names import (
    address_of,
    gloss,
    host,
    place_name,
    plain_place,
    whole,
    within,
)

_FIRST_CROPS: Final = 8
"""So many crops stand open; the others unfold, if they are more than two."""
_DESCRIBED_CROPS: Final = 4
_LEAD: Final = 420
"""Letters of a story that stand open; a story that is not much longer stands whole."""
_SENTENCE_END: Final = re.compile(r"\n|[.!?…]\s")
_LONG_NAME: Final = 24
_LONGEST_GLOSS: Final = 36
"""Letters: a name above stands smaller, a gloss below is one line of a phone."""


class Beside(NamedTuple):
    """The garden before or after one ("route.before", "route.after") with its small picture; `step` if both are on the walk."""

    key: str
    household: PublicHousehold
    face: str
    step: Stop | None


def household_values(
    household: PublicHousehold, village: PublicVillage, team: PublicTeam, plan: Plan | None = None
) -> dict[str, object]:
    """Return what a household's page shows in any language; `plan` is that of the village's map."""
    garden = household.garden
    told = (garden.crops, garden.animals, garden.model)
    results = garden.model.criteria if garden.model else ()
    return {
        "h": household,
        "village": village,
        "receives": receives(household),
        "is_long": len(household.name) > _LONG_NAME,
        "is_brief": not any((*told, household.products, household.story, household.photos[1:])),
        "met": [criterion for criterion, result in results if result.key == "met"],
        "map": household_map(village, household, plan),
        "google_route": google_route,
        "google_place": google_place,
        "osm_place": osm_place,
        "takes_guests": takes_guests(household, team),
        "orders": [(order(household, product), awaited(product)) for product in household.products],
        "is_quiet": not any((*told, garden.practices, garden.irrigation)),
        "links": tuple(_links(household)),
    }


def _links(household: PublicHousehold) -> Iterator[tuple[str, str]]:
    """Yield the family's own pages and what is shown of each: nothing but a web address may act."""
    for url in household.links:
        parts = urlsplit(url)
        if parts.hostname and parts.scheme in ("http", "https"):
            yield url, parts.hostname.removeprefix("www.") + parts.path.rstrip("/")


def household_words(
    household: PublicHousehold,
    village: PublicVillage,
    neighbours: Sequence[Beside],
    language: Language,
    province: str = "",
) -> dict[str, object]:
    """Return what a household's page shows in one language; `neighbours` are the gardens before and after it."""
    garden = household.garden
    names = [language.named(crop).text for crop in garden.crops]
    picture = garden_picture(garden.crops, names, garden.animals, household.living)
    crops = garden.crops
    cut = _FIRST_CROPS if len(crops) > _FIRST_CROPS + 2 else len(crops)
    before = former(village)
    return {
        "village_name": place_name(village.name, language),
        "address": place_name(household.address, language) if household.address else "",
        "around": place_name(", ".join(filter(None, (village.name, village.commune, province))), language),
        "former": place_name(before, language, inside=True) if before else "",
        "gloss": _gloss(household, language),
        "story": _story(household, language),
        "door": _door(household, language),
        "call": _call(household, language),
        "cry": _cry(household, village, province),
        "phrases": _phrases(household, language),
        "comforts": tuple(_comforts(household.visits, language)) if household.visits else (),
        "living": tuple(_living(household.living, language)) if household.living else (),
        "ripe": tuple(one._replace(icon="") for one in household_ripe(household, language)),
        "from_centre": _from_centre(household, village, language),
        "beside": [
            (one.key, one.household, one.face, one.step and describe_step("route.near", one.step, language))
            for one in neighbours
        ],
        "picture": picture,
        "crop_names": ", ".join(language.within(crop).text for crop in garden.crops),
        "keys": [
            (mark, language.named(crop)) for crop, mark in zip(crops, picture.marks, strict=True) if mark
        ],
        "crops": crops[:cut],
        "more_crops": crops[cut:],
        "calendar": tuple(_calendar(household, language)),
    }


def describe_household(household: PublicHousehold, village: PublicVillage, language: Language) -> str:
    """Return a household in a sentence, for search engines and link previews."""
    names = [language.within(crop).text for crop in household.garden.crops]
    key = "household.description_crops" if names else "household.description"
    return language.say(
        key,
        name=household.name,
        village=plain_place(village.name, language),
        commune=plain_place(village.commune, language),
        crops=", ".join(names[:_DESCRIBED_CROPS]),
    )


def _gloss(household: PublicHousehold, language: Language) -> str:
    """Return one line about the garden: what its name means, else what grows there; model garden, OCOP stars."""
    stars = max((product.ocop.stars for product in household.products if product.ocop), default=0)
    meaning = gloss(household.name, language)
    names = [
        language.within(crop).text
        for crop in household.garden.crops[: 1 if stars or is_model(household) else 2]
    ]
    parts = (
        meaning or ", ".join(names if len(", ".join(names)) < _LONGEST_GLOSS else names[:1]),
        language.say("village.badge_model") if is_model(household) else "",
        language.say("household.ocop", stars=stars) if stars else "",
    )
    line, *more = [part for part in parts if part] or [""]
    for part in more:
        line = f"{line} · {part}" if len(line) + len(part) + 3 < _LONGEST_GLOSS else line
    return line[:1].upper() + line[1:]


def _story(household: PublicHousehold, language: Language) -> tuple[Said, Said] | None:
    """Return a story in two parts: what stands open, and what unfolds ("" for a short one)."""
    if household.story is None:
        return None
    whole_story = language.own(household.story)
    text = "\n".join(whole_story.paragraphs)
    end = len(text)
    if end > 1.5 * _LEAD:
        ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, _LEAD)]
        end = ends[-1] if ends else text.rfind(" ", 0, _LEAD) + 1 or _LEAD
    return Said(text[:end], whole_story.lang), Said(text[end:], whole_story.lang)


class Door(NamedTuple):
    """Whether one may come in: what a page says by itself, and what its script needs to say “now”.

    `times` are the days as a mask (bit 0 is Sunday) and the ends of the stretches in minutes; `words` what may be said.
    """

    is_open: bool
    title: str
    hours: Said | None = None
    ask: str = ""
    times: str = ""
    words: str = ""


def _door(household: PublicHousehold, language: Language) -> Door | None:
    visits = household.visits
    if visits is None:
        return None
    if not visits.welcome:
        return Door(is_open=False, title=language.say("door.closed"))
    shown = language.hours(visits.hours) if visits.hours else None
    ask = language.say("door.call" if household.phone else "door.arrange")
    hours = read_hours(visits.hours) if visits.hours else None
    if hours is None:
        is_said = visits.hours is not None and asks_to_call(visits.hours)
        return Door(True, language.say("door.welcome"), shown, "" if is_said else ask)
    words = [language.say(f"door.{one}") for one in ("now", "soon", "over", "not_today")]
    words += [f"{language.say(f'door.{one}')} " for one in ("until", "from")]
    return Door(True, language.say("door.welcome"), shown, ask, hours.data, "|".join(words))


def _call(household: PublicHousehold, language: Language) -> str:
    """Return the words of the button that calls: “Gọi bà Hường” where the name says whom."""
    person = host(household.name, language)
    return (
        whole(language.say("household.call_whom", whom=person)) if person else language.say("household.call")
    )


_NEAR_CENTRE_M: Final = 500


def _cry(household: PublicHousehold, village: PublicVillage, province: str) -> str:
    """Return where one is, in Vietnamese, as it is read out to those who come to help: no more than the ticks allow."""
    around = (household.name, household.address, village.name, village.commune, province)
    place = ", ".join(within(part.strip()) for one in around if one for part in one.split(","))
    if household.exact:
        return f"Tôi đang ở {place}. Tọa độ {household.exact}."
    marks = village.ground.landmarks if village.ground else ()
    near = ((distance_m(one.at, village.centre), one.name) for one in marks if one.name)
    far, mark = min(near, default=(_NEAR_CENTRE_M, ""))
    return f"Tôi đang ở {place}." + (f" Giữa thôn có {within(mark)}." if far < _NEAR_CENTRE_M else "")


_PHRASES: Final = (
    ("hello", "{me} chào {you} ạ. {me} vào thăm vườn được không ạ?"),
    ("buy", "{me} mua một ít được không ạ?"),
    ("thanks", "{me} cảm ơn {you} ạ!"),
)
_OF_SAME_AGE: Final = ("anh", "chị")


def _phrases(household: PublicHousehold, language: Language) -> list[tuple[str, str, str]]:
    """Return (meaning, Vietnamese, how it sounds) of what a guest says who speaks no Vietnamese."""
    if language.tag == "vi" or not (receives(household) or household.products):
        return []
    you = address_of(household.name)
    me = ("em", "me_younger") if you in _OF_SAME_AGE else ("cháu", "me") if you else ("tôi", "me_plain")
    sounds = {"me": language.say(f"phrases.{me[1]}"), "you": language.say(f"phrases.{you or 'you_plain'}")}
    told = []
    for key, words in _PHRASES:
        sentences = words.format(me=me[0], you=you or "gia đình").split(". ")
        said = ". ".join(one[0].upper() + one[1:] for one in sentences)
        told.append((language.say(f"phrases.{key}"), said, language.say(f"phrases.{key}_sound", **sounds)))
    return told


def _comforts(visits: PublicVisits, language: Language) -> Iterator[tuple[str, str]]:
    """Yield label and words of what guests find: rooms, and what they ask before they set out."""
    if visits.rooms:
        yield language.field("Visits.rooms"), language.count("household.rooms", visits.rooms)
    for key in ("toilet", "parking", "steps"):
        if word := getattr(visits, key):
            yield language.field(f"Visits.{key}"), language.word(word)


def _living(living: PublicLiving, language: Language) -> Iterator[tuple[str, str]]:
    """Yield label and words of the living conditions."""
    if living.people:
        yield language.field("Living.people"), language.count("household.people", living.people)
    for one in living.facts:
        yield language.field(f"Living.{one.field}"), language.word(one.word, one.field)


def _from_centre(household: PublicHousehold, village: PublicVillage, language: Language) -> str:
    """Return how far and where an exact point lies from the village's centre."""
    if household.exact is None:
        return ""
    metres, way = way_from_centre(village.centre, household.exact)
    centre = place_name(village.name, language, inside=True).text
    if metres < AT_CENTRE_M:
        return language.say("household.at_centre", village=centre)
    distance, wind = language.distance(metres), language.say(f"way.{way}")
    return language.say("household.from_centre", village=centre, distance=distance, way=wind)


class CalendarRow(NamedTuple):
    """One line of the harvest calendar: twelve cells (see `edges`), pale where the months are rough."""

    name: Said
    cells: tuple[str, ...]
    pale: bool


def _calendar(household: PublicHousehold, language: Language) -> Iterator[CalendarRow]:
    """Yield a line for each crop with a season, then for each product that no such line names."""
    seen = set()
    for one in harvests(household):
        season = one.season
        if season and (one.name, season) not in seen:
            seen.add((one.name, season))
            yield CalendarRow(language.named(one), edges(season.months), season.source != "typed")


# --- A page's facts as linked data for search engines: JSON-LD in the words of schema.org ---

_COUNTRY: Final = Text("Vietnam")
_CURRENCY: Final = "VND"  # ISO 4217
_DAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
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
    if household.phone and household.products:
        node["telephone"] = household.phone.number.tel.removeprefix("tel:")
    hours = (
        read_hours(household.visits.hours)
        if welcome and household.visits and household.visits.hours
        else None
    )
    if hours and household.products:
        names = [_DAYS[day - 1] for day in hours.days]
        is_run = hours.days[-1] - hours.days[0] == len(hours.days) - 1
        days = f"{names[0]}-{names[-1]}" if is_run and len(names) > 1 else ",".join(names)
        node["openingHours"] = [f"{days} {clock(first):0>5}-{clock(last):0>5}" for first, last in hours.spans]
    if links := [url for url, _ in _links(household)]:
        node["sameAs"] = links
    if household.exact:
        node["geo"] = _geo(household.exact)
    if welcome and household.visits and (found := list(_comforts(household.visits, language))):
        feature = "LocationFeatureSpecification"
        node["amenityFeature"] = [{"@type": feature, "name": name, "value": value} for name, value in found]
    dishes = household.visits.dishes if welcome and household.visits else ()
    offers = [_product_offer(product, language) for product in household.products]
    offers += [_offer(dish.name, _price(dish.price)) for dish in dishes]
    if offers:
        node["makesOffer"] = offers
    return _script(node)


def _offer(name: str, price: _Node) -> _Node:
    return {"@type": "Offer", "itemOffered": {"@type": "Product", "name": name}, **price}


def _product_offer(product: PublicProduct, language: Language) -> _Node:
    """Return what is sold; the price of a piece or a kilogram stands inside its own node, never without it."""
    price = _price(product.price)
    if price and product.unit:
        unit = language.word(product.unit, "unit")
        price = {"priceSpecification": {"@type": "UnitPriceSpecification", **price, "unitText": unit}}
    return _offer(language.named(product).text, price)


def _price(price: int | None) -> _Node:
    return {} if price is None else {"price": str(price), "priceCurrency": _CURRENCY}


def village_data(village: PublicVillage, place: Place, language: Language) -> str:
    """Return a village: its centre, and the commune, province and country in which it lies."""
    around: _Node = {"@type": "Country", "name": _COUNTRY.to("vi" if language.tag == "vi" else "en")}
    for name in (place.site.province, village.commune):
        around = {"@type": "AdministrativeArea", "name": name, "containedInPlace": around}
    linked = _linked_village(village, place)
    return _script({**linked, "geo": _geo(village.centre), "containedInPlace": around})


def spot_data(spot: PublicSpot, village: PublicVillage, place: Place, description: str) -> str:
    """Return a place that shows where it is, "" for any other: a lane must not lead to somebody's gate."""
    if spot.point is None:
        return ""
    node: _Node = {"@type": "Place", "name": spot.name, "url": place.url, "description": description}
    return _script({**node, "geo": _geo(spot.point), "containedInPlace": _linked_village(village, place)})


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
