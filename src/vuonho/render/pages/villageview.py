"""A village in plain values, for its page and the start page in one language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vuonho.domain.public import PublicHousehold, PublicVillage
from vuonho.render.pages.banner import BannerPicture, village_banner
from vuonho.render.pages.figures import village_figures
from vuonho.render.pages.figuresview import FiguresView, figures_view
from vuonho.render.pages.finder import Finder, finder_view
from vuonho.render.pages.language import Language
from vuonho.render.pages.nowview import Ripe, village_ripe
from vuonho.render.pages.place import Place
from vuonho.render.pages.plates import Box, Mark, around, placed
from vuonho.render.pages.route import Route
from vuonho.render.pages.routeview import RouteView, route_view
from vuonho.render.pages.view import Said, former, named, own, vietnamese
from vuonho.render.pages.villagemap import Map, Spot, village_map

_MOST_GROWN: Final = 3
_MOST_NUMBERS: Final = 40
_MAP_SIZE: Final = (480, 330)
_WALK_SIZE: Final = (420, 360)
_PLATE: Final = 26.0
"""Height of a number's plate on the map of the walk."""


@dataclass(frozen=True, slots=True)
class MapDot:
    """A garden on the map: where, what it is called, and its page."""

    x: float
    y: float
    href: str
    name: str


@dataclass(frozen=True, slots=True)
class MapView:
    """The village's map: `label` for the ears, `note` on who is not on it, `bar` the words of its scale."""

    map: Map
    dots: tuple[MapDot, ...]
    label: str
    note: str
    bar: str


@dataclass(frozen=True, slots=True)
class WalkView:
    """The walking route and its own map; `marks` are the stops' numbers on it, none where they find no room."""

    route: RouteView
    map: Map
    bar: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class VillageView:
    """All that a village's page shows; None or empty where there is nothing of it."""

    name: Said
    href: str
    place: Said
    former: str
    intro: Said | None
    count: str
    banner: BannerPicture
    now: tuple[Ripe, ...]
    finder: Finder | None
    map: MapView | None
    walk: WalkView | None
    figures: FiguresView | None
    description: str


@dataclass(frozen=True, slots=True)
class VillageLine:
    """A village on the start page: `grown` is what grows in most of its gardens."""

    name: Said
    href: str
    place: Said
    count: str
    grown: tuple[Said, ...]
    finder: Finder | None


def village_view(
    village: PublicVillage,
    households: Sequence[PublicHousehold],
    route: Route,
    place: Place,
    language: Language,
) -> VillageView:
    """Return the values of a village's page, its households in the order given."""
    drawn = village_map(village, households, *_MAP_SIZE)
    shown = drawn if drawn.dots or drawn.cells else None
    return VillageView(
        name=vietnamese(village.name, language),
        href=place.to(f"{village.slug}/"),
        place=_whereabouts(village, place, language),
        former=former(village),
        intro=own(village.intro, language) if village.intro else None,
        count=language.count("village.households_count", len(households)),
        banner=village_banner(households),
        now=village_ripe(households, language),
        finder=finder_view(households, place, language) if households else None,
        map=_map(shown, village, place, language) if shown else None,
        walk=_walk(village, route, place, language),
        figures=figures_view(village_figures(households), language) if households else None,
        description=language.say("village.description", name=village.name, commune=village.commune),
    )


def village_line(
    village: PublicVillage,
    households: Sequence[PublicHousehold],
    place: Place,
    language: Language,
    *,
    alone: bool,
) -> VillageLine:
    """Return a village for the start page, with its households where it is the only one."""
    grown = village_figures(households).crops[:_MOST_GROWN]
    return VillageLine(
        name=vietnamese(village.name, language),
        href=place.to(f"{village.slug}/"),
        place=_whereabouts(village, place, language),
        count=language.count("village.households_count", len(households)),
        grown=tuple(named(one.name, one.known, language) for one in grown),
        finder=finder_view(households, place, language) if alone and households else None,
    )


def _whereabouts(village: PublicVillage, place: Place, language: Language) -> Said:
    return vietnamese(f"{village.commune}, {place.site.province}", language)


def _map(drawn: Map, village: PublicVillage, place: Place, language: Language) -> MapView:
    return MapView(
        map=drawn,
        dots=tuple(
            MapDot(dot.x, dot.y, place.to(f"{dot.household.code}/"), dot.household.name) for dot in drawn.dots
        ),
        label=language.say("village.map_label", name=village.name),
        note=language.count("village.map_list", drawn.unseen) if drawn.unseen else "",
        bar=language.distance(drawn.bar[0]),
    )


def _walk(village: PublicVillage, route: Route, place: Place, language: Language) -> WalkView | None:
    drawn = village_map(village, [stop.household for stop in route.stops], *_WALK_SIZE)
    view = route_view(route, drawn, place, language)
    return WalkView(view, drawn, language.distance(drawn.bar[0]), _numbers(drawn)) if view else None


def _numbers(drawn: Map) -> tuple[Mark, ...]:
    """Return the stops' numbers with room for each, none where there are too many of them."""
    spots = [(number, Spot(dot.x, dot.y)) for number, dot in enumerate(drawn.dots, 1)]
    paper = Box(2, 2, drawn.width - 2, drawn.height - 2)
    house, scale = around(drawn.centre, 22, 22), Box(0, drawn.height - 40, 20 + drawn.bar[1], drawn.height)
    few = len(spots) <= _MOST_NUMBERS
    return placed(spots, _PLATE, paper, (house, scale)) or () if few else ()
