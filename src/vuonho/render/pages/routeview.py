"""The walking route in plain values: for the village's page, and the way to the next gates for a household's."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vuonho.domain.public import PublicHousehold
from vuonho.render.pages.language import Language
from vuonho.render.pages.place import Place
from vuonho.render.pages.route import Neighbours, Route, Stop
from vuonho.render.pages.view import Said, named, vietnamese
from vuonho.render.pages.villagemap import Map, Spot
from vuonho.render.pages.whereview import AT_CENTRE_M

LEAST_STOPS: Final = 2
"""Fewer gardens make no route."""
_BESIDE_M: Final = 25
"""Metres within which a house is next door: a distance rounded to 50 m would tell less."""
_CROPS: Final = 3


@dataclass(frozen=True, slots=True)
class StopView:
    """One stop: its number on the route, and `way`, how far and where to go from the stop before."""

    number: int
    href: str
    name: Said
    way: str
    crops: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class RouteView:
    """The route: its length in words, its stops, and `line`, the "x,y x,y" of a polyline from the centre."""

    length: str
    stops: tuple[StopView, ...]
    line: str


@dataclass(frozen=True, slots=True)
class NeighbourView:
    """The garden before or after on the route: what it is, and how far and where it lies from here."""

    label: str
    name: Said
    href: str
    words: str


def route_view(route: Route, drawn: Map, place: Place, language: Language) -> RouteView | None:
    """Return the route for the page that shows the map `drawn`, or None where fewer than two gardens are on it."""
    if len(route.stops) < LEAST_STOPS:
        return None
    spots = {dot.household.code: Spot(dot.x, dot.y) for dot in drawn.dots}
    path = (drawn.centre, *(spots[stop.household.code] for stop in route.stops))
    return RouteView(
        length=route_length(route, language),
        stops=tuple(_stop(number, stop, place, language) for number, stop in enumerate(route.stops, 1)),
        line=" ".join(f"{spot.x:g},{spot.y:g}" for spot in path),
    )


def route_length(route: Route, language: Language) -> str:
    """Return how long a route is, in words."""
    return language.say("route.length", distance=language.distance(route.metres))


def neighbour_views(
    neighbours: Neighbours | None, place: Place, language: Language
) -> tuple[NeighbourView, ...]:
    """Return the gardens before and after a household on the route, as far as there are any."""
    return tuple(_neighbours(neighbours, place, language)) if neighbours else ()


def _neighbours(neighbours: Neighbours, place: Place, language: Language) -> Iterator[NeighbourView]:
    for key, stop in (("route.before", neighbours.before), ("route.after", neighbours.after)):
        if stop:
            name, href = _who(stop.household, place, language)
            yield NeighbourView(language.say(key), name, href, _way("route.near", stop, language))


def _stop(number: int, stop: Stop, place: Place, language: Language) -> StopView:
    name, href = _who(stop.household, place, language)
    crops = stop.household.garden.crops[:_CROPS]
    return StopView(
        number=number,
        href=href,
        name=name,
        way=_first(stop, language) if number == 1 else _way("route.step", stop, language),
        crops=tuple(named(crop.name, crop.known, language) for crop in crops),
    )


def _who(household: PublicHousehold, place: Place, language: Language) -> tuple[Said, str]:
    return vietnamese(household.name, language), place.to(f"{household.code}/")


def _first(stop: Stop, language: Language) -> str:
    if stop.metres < AT_CENTRE_M:
        return language.say("route.at_centre")
    return _told("route.first", stop, language)


def _way(key: str, stop: Stop, language: Language) -> str:
    return language.say("route.beside") if stop.metres < _BESIDE_M else _told(key, stop, language)


def _told(key: str, stop: Stop, language: Language) -> str:
    way = language.say(f"way.{stop.way}")
    return language.say(key, distance=language.distance(stop.metres), way=way)
