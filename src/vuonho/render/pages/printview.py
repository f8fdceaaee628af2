"""What hangs in the culture house: the village's list and map in plain values, for its printed page.

Only what the list of a village may show: no phone of a family, no living conditions, no story.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vuonho.domain.public import PublicGarden, PublicHousehold, PublicVillage
from vuonho.render.pages.language import Language
from vuonho.render.pages.months import YEAR, stretches
from vuonho.render.pages.numberedmap import NumberedMap, numbered_maps
from vuonho.render.pages.place import Place
from vuonho.render.pages.route import Route
from vuonho.render.pages.routeview import LEAST_STOPS, route_length
from vuonho.render.pages.view import Said, former, named, spaced, vietnamese

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
