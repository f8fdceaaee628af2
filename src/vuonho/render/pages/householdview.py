"""A household in plain values, for its page in one language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from vuonho.domain.public import PublicHousehold, PublicLiving, PublicPhoto, PublicVillage, PublicVisits
from vuonho.render.pages.gardenview import GardenView, ProductCard, garden_view, products_view
from vuonho.render.pages.language import Language
from vuonho.render.pages.nowview import Ripe, household_ripe
from vuonho.render.pages.picture import Picture
from vuonho.render.pages.place import Place
from vuonho.render.pages.route import Neighbours
from vuonho.render.pages.routeview import NeighbourView, neighbour_views
from vuonho.render.pages.view import (
    Caller,
    Fact,
    Link,
    Said,
    caller,
    google_route,
    named,
    own,
    spaced,
    vietnamese,
    web_link,
)
from vuonho.render.pages.whereview import WhereView, where_view

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
