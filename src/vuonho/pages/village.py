"""A village in plain values, for its page and the start page in one language."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vuonho.model.public import PublicGarden, PublicHousehold, PublicVillage
from vuonho.pages.figures import FiguresView, figures_view, village_figures
from vuonho.pages.finder import Finder, finder_view
from vuonho.pages.garden import FURROWS, HUES, TREES, USUAL
from vuonho.pages.language import YEAR, Language, stretches
from vuonho.pages.layout import Place, Ripe, Said, former, named, own, spaced, vietnamese, village_ripe
from vuonho.pages.map import Box, Map, Mark, NumberedMap, Spot, around, numbered_maps, placed, village_map
from vuonho.pages.route import LEAST_STOPS, Route, RouteView, route_length, route_view

# --- The landscape over a village's page: the same hills and river everywhere, the fields full of what the village grows ---

_ANYWHERE: Final = ("grain",)
"""What grows where nothing is told: every village of Hà Tĩnh has rice."""
_STEP: Final = 27
_TREES: Final = 5


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a field lies: the first foot of each row, and which way it goes on: -1 left, 1 right."""

    rows: tuple[tuple[int, int], ...]
    way: int


_PLACES: Final = (
    _Place(((120, 79), (107, 101)), -1),
    _Place(((232, 79),), 1),
    _Place(((224, 101),), 1),
)
_FAR: Final = 400
"""How far furrows go on."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the landscape: its drawing and the colour of its fruit ("" for the usual).

    An orchard has `feet`, trees as (x, y, small), and `shifts`, how far the same stands again to the side; any
    other field has `furrows`, the data of a path.
    """

    plant: str
    hue: str
    feet: tuple[tuple[int, int, bool], ...]
    shifts: tuple[int, ...]
    furrows: str


@dataclass(frozen=True, slots=True)
class BannerPicture:
    """Three fields, that of what is grown most first, and the drawings of trees that they use."""

    fields: tuple[Field, ...]
    plants: tuple[str, ...]


def village_banner(households: Sequence[PublicHousehold]) -> BannerPicture:
    """Return the landscape of a village: its fields bear the families of crops that most gardens grow.

    A village with fewer than three of them has some twice; families that are grown as often stand in the order
    of the alphabet. Crops that the catalogue does not know are not drawn.
    """
    families = most_grown(households)[: len(_PLACES)] or _ANYWHERE
    fields = tuple(_field(families[at % len(families)], place) for at, place in enumerate(_PLACES))
    return BannerPicture(fields, tuple(sorted({field.plant for field in fields if field.feet})))


def most_grown(households: Sequence[PublicHousehold]) -> tuple[str, ...]:
    """Return the families of crops of a village, those in most gardens first."""
    gardens = Counter(
        family
        for household in households
        for family in {crop.known.family for crop in household.garden.crops if crop.known}
    )
    return tuple(sorted(gardens, key=lambda family: (-gardens[family], family)))


def _field(family: str, place: _Place) -> Field:
    hue, way = HUES.get(family, ""), place.way
    if family not in TREES:
        lines = "".join(f"M{x + 8 * way} {y - 5}h{way * _FAR}" for x, y in place.rows)
        return Field(FURROWS.get(family, USUAL), hue, (), (), lines)
    feet = tuple((x + way * _STEP * at, y, at % 5 in (0, 3)) for x, y in place.rows for at in range(_TREES))
    return Field(TREES[family], hue, feet, (way * _STEP * _TREES, 2 * way * _STEP * _TREES), "")


# --- A village in plain values, for its page and the start page in one language ---

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


# --- What hangs in the culture house: the village's list and map in plain values, for its printed page ---

_GROWN: Final = 3


@dataclass(frozen=True, slots=True)
class PrintRow:
    """One household; `area` is the letter of its map where there are several, `digits` its code as read out."""

    number: int
    area: str
    href: str
    name: Said
    address: Said | None
    grown: tuple[Said, ...]
    months: tuple[str, ...]
    welcome: str
    digits: str


@dataclass(frozen=True, slots=True)
class SheetView:
    """A map, its heading where there are several, its label for the ears, and the words of its scale."""

    map: NumberedMap
    heading: str
    label: str
    bar: str


@dataclass(frozen=True, slots=True)
class PrintView:
    """All that the printed page shows; `walk` are the numbers of the rows in the order of the route.

    `host` is the address of the site as one types it, `example` the code of the first household.
    """

    title: str
    description: str
    name: Said
    href: str
    place: Said
    former: str
    count: str
    as_of: str
    rows: tuple[PrintRow, ...]
    maps: tuple[SheetView, ...]
    unseen: str
    walk: tuple[int, ...]
    walk_length: str
    host: str
    example: str


def print_view(
    village: PublicVillage,
    households: Sequence[PublicHousehold],
    route: Route,
    place: Place,
    language: Language,
) -> PrintView:
    """Return the values of a village's printed page, its households numbered in the order given."""
    numbers = {one.code: number for number, one in enumerate(households, 1)}
    walk = tuple(numbers[stop.household.code] for stop in route.stops)
    walk = walk if len(walk) >= LEAST_STOPS else ()
    maps = _maps(village, households, walk)
    letters = {mark.number: one.letter for one in maps for mark in one.marks}
    return PrintView(
        title=language.say("print.title", name=village.name),
        description=language.say("print.description", name=village.name, commune=village.commune),
        name=vietnamese(village.name, language),
        href=place.to(f"{village.slug}/"),
        place=vietnamese(f"{village.commune}, {place.site.province}", language),
        former=former(village),
        count=language.count("village.households_count", len(households)),
        as_of=_as_of(households, language),
        rows=tuple(
            _row(number, letters.get(number, ""), one, place, language)
            for number, one in enumerate(households, 1)
        ),
        maps=tuple(_sheet(one, village, language) for one in maps),
        unseen=_unseen(len(households) - len(letters), language) if maps else "",
        walk=walk,
        walk_length=route_length(route, language) if walk else "",
        host=place.site.base_url.removeprefix("https://"),
        example=households[0].code if households else "",
    )


def _as_of(households: Sequence[PublicHousehold], language: Language) -> str:
    """Return the day of the newest check in words: no clock, so that the same data print the same page."""
    newest = max((one.checked for one in households), default=None)
    return language.say("print.as_of", date=language.date(newest)) if newest else ""


def _maps(
    village: PublicVillage, households: Sequence[PublicHousehold], walk: Sequence[int]
) -> tuple[NumberedMap, ...]:
    gardens = {number: one.exact for number, one in enumerate(households, 1) if one.exact}
    path = (village.centre, *(gardens[number] for number in walk)) if walk else ()
    return numbered_maps(village.centre, tuple(gardens.items()), path)


def _sheet(drawn: NumberedMap, village: PublicVillage, language: Language) -> SheetView:
    label = language.say("print.map_label", name=village.name)
    area = language.say("print.area", letter=drawn.letter) if drawn.letter else ""
    return SheetView(drawn, area, f"{label} {area}".strip(), language.distance(drawn.bar[0]))


def _unseen(count: int, language: Language) -> str:
    return language.count("print.unseen", count) if count else ""


# --- Rows --------------------------------------------------------------------------------------------------


def _row(number: int, area: str, household: PublicHousehold, place: Place, language: Language) -> PrintRow:
    visits = household.visits
    return PrintRow(
        number=number,
        area=area,
        href=place.to(f"{household.code}/"),
        name=vietnamese(household.name, language),
        address=vietnamese(household.address, language) if household.address else None,
        grown=_grown(household.garden, language),
        months=_months(household.garden, language),
        welcome=language.say("village.badge_welcome") if visits and visits.welcome else "",
        digits=spaced(household.code),
    )


def _grown(garden: PublicGarden, language: Language) -> tuple[Said, ...]:
    """Return the first crops, or the first animals of a garden without any."""
    things = garden.crops or garden.animals
    return tuple(named(one.name, one.known, language) for one in things[:_GROWN])


def _months(garden: PublicGarden, language: Language) -> tuple[str, ...]:
    """Return the stretches of months in which something is ripe: ("tháng 8–9", "11–1"), ("Aug–Sep", "Nov–Jan")."""
    ripe = {month for crop in garden.crops if crop.season for month in crop.season.months}
    if not ripe:
        return ()
    if ripe.issuperset(YEAR):
        return (language.say("format.all_year"),)
    first, *others = (_run(*stretch, language) for stretch in stretches(ripe))
    return language.say("format.months", runs=first), *others


def _run(first: int, last: int, language: Language) -> str:
    begin, end = language.say(f"print.month.{first}"), language.say(f"print.month.{last}")
    return begin if first == last else language.say("format.run", first=begin, last=end)
