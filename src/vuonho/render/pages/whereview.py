"""Where a household lives, in plain values: exactly, nearly, or only the centre of its village."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vuonho.domain.public import PublicHousehold, PublicVillage
from vuonho.render.pages.language import Language
from vuonho.render.pages.view import (
    Fact,
    Link,
    Said,
    former,
    google_place,
    google_route,
    osm_place,
    own,
    vietnamese,
)
from vuonho.render.pages.villagemap import Map, locator, way_from_centre

AT_CENTRE_M: Final = 60
"""Metres within which a house counts as being in the centre."""


@dataclass(frozen=True, slots=True)
class WhereView:
    """Where the garden lies: facts, the way there, links to maps, a note, and a drawn map with its label."""

    facts: tuple[Fact, ...]
    directions: Said | None
    links: tuple[Link, ...]
    note: str
    map: Map
    map_label: str
    bar: str


def where_view(
    household: PublicHousehold, village: PublicVillage, province: str, language: Language
) -> WhereView:
    """Return where a garden lies, in a language; what is not to be shown is not in `household`."""
    seen = "exact" if household.exact else "near" if household.near else "centre"
    note = {
        "exact": _from_centre(household, village, language),
        "near": language.say("household.near_note"),
        "centre": language.say("household.centre_note"),
    }
    drawn = locator(village, household)
    return WhereView(
        facts=tuple(_places(household, village, province, language)),
        directions=own(household.directions, language) if household.directions else None,
        links=tuple(_map_links(household, village, language)),
        note=note[seen],
        map=drawn,
        map_label=language.say(f"household.map_{seen}", village=village.name),
        bar=language.distance(drawn.bar[0]),
    )


def _places(
    household: PublicHousehold, village: PublicVillage, province: str, language: Language
) -> Iterator[Fact]:
    if household.address:
        yield Fact("house", language.say("household.address"), vietnamese(household.address, language))
    commune = f"{village.commune}, {province}"
    yield Fact("pin", language.say("household.commune"), vietnamese(commune, language))
    old = former(village)
    if old:
        yield Fact("clock", language.say("household.former"), vietnamese(old, language))


def _from_centre(household: PublicHousehold, village: PublicVillage, language: Language) -> str:
    if household.exact is None:
        return ""
    metres, way = way_from_centre(village.centre, household.exact)
    if metres < AT_CENTRE_M:
        return language.say("household.at_centre", village=village.name)
    return language.say(
        "household.from_centre",
        village=village.name,
        distance=language.distance(metres),
        way=language.say(f"way.{way}"),
    )


def _map_links(household: PublicHousehold, village: PublicVillage, language: Language) -> Iterator[Link]:
    if household.exact:
        yield Link(google_route(household.exact), language.say("household.google"), "directions")
        yield Link(osm_place(household.exact), language.say("household.osm"), "pin")
    elif household.near:
        yield Link(osm_place(household.near, 14), language.say("household.near_link"), "area")
    else:
        yield Link(google_place(village.centre), language.say("household.centre_link"), "village")
