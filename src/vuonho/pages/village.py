"""A village: its landscape, its page, its line on the start page, and the list that is printed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from markupsafe import Markup

from vuonho.model.public import PublicGarden, PublicHousehold, PublicVillage
from vuonho.pages.figures import Grown, crops_grown, village_figures
from vuonho.pages.finder import find_among
from vuonho.pages.garden import plant_of
from vuonho.pages.ground import Drawing, ground_svg
from vuonho.pages.hours import read_hours
from vuonho.pages.language import YEAR, Language, Said, stretches
from vuonho.pages.layout import former, village_ripe
from vuonho.pages.map import (
    ENOUGH,
    LEAST_STOPS,
    MOST_WALKED,
    Map,
    NumberedMap,
    Route,
    describe_step,
    numbered_maps,
    plan_of,
    village_map,
    walked_metres,
)
from vuonho.pages.names import place_name, plain_place
from vuonho.qr.symbol import qr_symbol, svg, village_payload
from vuonho.resources import Artifact

# --- The landscape over a village's page: the same hills and river everywhere, the fields full of what the village grows ---

_ANYWHERE: Final = ("grain",)
"""What grows where nothing is known: every village of Hà Tĩnh has rice."""
_STEP: Final = 27
_TREES: Final = 5


_PLACES: Final = (
    (-1, ((120, 79), (107, 101))),
    (1, ((232, 79),)),
    (1, ((224, 101),)),
)
"""Where the fields lie: whether they go on to the left or the right, and the first foot of each row."""
_FAR: Final = 400
"""How far furrows go on."""


class Field(NamedTuple):
    """One field of the landscape: what it is (`lawn`, `soil`, `pond`), its drawing and the colour of its fruit ("" for the usual).

    An orchard has `feet`, trees as (x, y, small), and `shifts`, how far the same stands again to the side; any
    other field has `furrows`, the data of a path.
    """

    ground: str
    plant: str
    hue: str
    feet: tuple[tuple[int, int, bool], ...]
    shifts: tuple[int, ...]
    furrows: str


class BannerPicture(NamedTuple):
    """Three fields, that of what is grown most first, and the drawings of trees that they use."""

    fields: tuple[Field, ...]
    plants: tuple[str, ...]


def village_banner(households: Sequence[PublicHousehold]) -> BannerPicture:
    """Return the landscape of a village: its fields bear the families of crops that most gardens grow.

    A village with fewer than three of them has some twice; families that are grown as often stand in the order
    of the alphabet. Crops that the catalogue does not know are not drawn.
    """
    families = most_grown(households)[: len(_PLACES)] or _ANYWHERE
    fields = [_field(families[at % len(families)], *place) for at, place in enumerate(_PLACES)]
    return BannerPicture(tuple(fields), tuple(sorted({field.plant for field in fields if field.feet})))


def most_grown(households: Sequence[PublicHousehold]) -> tuple[str, ...]:
    """Return the families of crops of a village, those in most gardens first."""
    crops = [household.garden.crops for household in households]
    gardens = Counter(
        family for garden in crops for family in {crop.known.family for crop in garden if crop.known}
    )
    return tuple(sorted(gardens, key=lambda family: (-gardens[family], family)))


def _field(family: str, way: int, rows: Sequence[tuple[int, int]]) -> Field:
    plant, hue, ground = plant_of(family)
    if ground != "lawn":
        lines = "".join(f"M{x + 8 * way} {y - 5}h{way * _FAR}" for x, y in rows)
        return Field(ground, plant, hue, (), (), lines)
    feet = tuple((x + way * _STEP * at, y, at % 5 in (0, 3)) for x, y in rows for at in range(_TREES))
    return Field(ground, plant, hue, feet, (way * _STEP * _TREES, 2 * way * _STEP * _TREES), "")


# --- What a village's page and the start page show ---

_MOST_GROWN: Final = 3


class Walk(NamedTuple):
    """The walking route: how long it is; its `steps` as (household, the way there, when it is open).

    The last is for the script: metres from the centre and along the walk, then hours; "" where no clock could read
    them. `opens` tells whether any is there, `is_tangled` that there are too many steps.
    """

    length: str
    steps: tuple[tuple[PublicHousehold, str, str], ...]
    opens: bool
    is_tangled: bool


def grounds(
    village: PublicVillage,
    households: Sequence[PublicHousehold],
    route: Route,
    languages: Sequence[Language],
) -> Iterator[Artifact]:
    """Yield the pictures of the ground that lie below a village's maps: that of its plan in each language, and of each printed sheet."""
    plan = plan_of(village, households)
    for language in languages:
        drawn = village_map(_told(village, language), households, route)
        if drawn.drawing:
            yield Artifact(plan.path_in(language.tag), ground_svg(drawn.drawing).encode())
    for path, one in _printed_grounds(village, _printed_maps(village, households, route)):
        yield Artifact(path, ground_svg(one).encode())


def _told(village: PublicVillage, language: Language) -> PublicVillage:
    """Return a village whose ground's names are told in another language where their usual words are known."""
    ground = village.ground
    if ground is None or language.tag == "vi":
        return village
    ways = (one._replace(name=one.name and plain_place(one.name, language)) for one in ground.ways)
    marks = (one._replace(name=one.name and plain_place(one.name, language)) for one in ground.landmarks)
    return replace(village, ground=replace(ground, ways=tuple(ways), landmarks=tuple(marks)))


def _landmarks(drawing: Drawing, language: Language) -> list[tuple[Said, str]]:
    """Return the names on a map that mean something in another language, with what they mean."""
    names = [one.name for one in drawing.signs if one.label] + [name for name, *_ in drawing.rivers]
    told = ((language.vietnamese(name), place_name(name, language)) for name in names)
    return [(name, meaning.text) for name, meaning in told if name.lang and not meaning.lang]


def _printed_maps(
    village: PublicVillage, households: Sequence[PublicHousehold], route: Route
) -> tuple[NumberedMap, ...]:
    gardens = tuple((number, one.exact) for number, one in enumerate(households, 1) if one.exact)
    stops = [stop.household.exact for stop in route.stops if stop.household.exact]
    ways = village.ground.ways if village.ground else ()
    path = (village.centre, *stops) if ways and len(stops) >= LEAST_STOPS else ()
    return numbered_maps(village.centre, gardens, path, village.ground)


def _printed_grounds(village: PublicVillage, maps: Sequence[NumberedMap]) -> Iterator[tuple[str, Drawing]]:
    """Yield (file, ground) of each printed sheet."""
    for at, one in enumerate(maps, 1):
        if one.ground:
            yield f"{village.slug}/print/map-{at}.svg", one.ground


def village_values(
    village: PublicVillage, households: Sequence[PublicHousehold], route: Route, language: Language
) -> dict[str, object]:
    """Return what a village's page shows, its households in the order given."""
    drawn = village_map(village, households, route)
    return {
        "village": village,
        "village_name": place_name(village.name, language),
        "former": place_name(former(village), language, inside=True) if former(village) else "",
        "households": households,
        "banner_picture": village_banner(households),
        "ripe": village_ripe(households, language),
        "found": find_among(households, language) if households else None,
        "map": drawn if _tells_something(drawn, village) else None,
        "landmarks": _landmarks(drawn.drawing, language) if drawn.drawing else [],
        "credit": village.ground.credit if village.ground else "",
        "walk": _walk(village, route, language),
        "figures": village_figures(households, language) if households else None,
    }


def _tells_something(drawn: Map, village: PublicVillage) -> bool:
    """Tell whether a map helps: without ground, fewer than three homes around a centre do not."""
    return len(drawn.dots) >= ENOUGH or bool(village.ground and (drawn.dots or drawn.cells))


def most_grown_crops(households: Sequence[PublicHousehold]) -> tuple[Grown, ...]:
    """Return the crops of most gardens, for the line of a village on the start page."""
    return crops_grown(households)[:_MOST_GROWN]


def _walk(village: PublicVillage, route: Route, language: Language) -> Walk | None:
    if len(route.stops) < LEAST_STOPS:
        return None
    points = [stop.household.exact for stop in route.stops if stop.household.exact]
    there_and_back = tuple(point for stop in points for point in (village.centre, stop))
    from_centre = walked_metres(village.ground if route.is_drawn else None, there_and_back)[::2]
    steps, along = [], 0.0
    for at, (stop, away) in enumerate(zip(route.stops, from_centre, strict=True)):
        along += stop.metres
        hours = _hours(stop.household)
        way = describe_step("route.step" if at else "route.first", stop, language)
        steps.append((stop.household, way, f"{away:.0f} {along:.0f} {hours}" if hours else ""))
    opens = any(hours for *_, hours in steps)
    return Walk(_route_length(route, language), tuple(steps), opens, len(route.stops) > MOST_WALKED)


def _hours(household: PublicHousehold) -> str:
    """Return when a family receives, for the script to compare with the phone's clock; "" where no clock could."""
    visits = household.visits
    hours = read_hours(visits.hours) if visits and visits.welcome and visits.hours else None
    return hours.data if hours else ""


def _route_length(route: Route, language: Language) -> str:
    """Return how long a route is, in words."""
    key = "route.length_drawn" if route.is_drawn else "route.length"
    return language.say(key, distance=language.distance(route.metres))


# --- What hangs in the culture house: the village's list and map, for its printed page ---


class PrintRow(NamedTuple):
    """One household; `area` is the letter of its map where there are several, `months` stretches of harvests."""

    number: int
    area: str
    household: PublicHousehold
    months: tuple[str, ...]


def print_values(
    village: PublicVillage,
    households: Sequence[PublicHousehold],
    route: Route,
    language: Language,
    base_url: str,
) -> dict[str, object]:
    """Return what a village's printed page shows, its households in the order given."""
    walk = tuple(range(1, len(route.stops) + 1)) if len(route.stops) >= LEAST_STOPS else ()
    maps = _printed_maps(village, households, route)
    letters = {mark.number: one.letter for one in maps for mark in one.marks}
    return {
        "village": village,
        "village_name": place_name(village.name, language),
        "former": place_name(former(village), language, inside=True) if former(village) else "",
        # the day of the newest check: no clock, so that the same data print the same page
        "newest": max((one.checked for one in households), default=None),
        "rows": [
            PrintRow(number, letters.get(number, ""), one, _months(one.garden, language))
            for number, one in enumerate(households, 1)
        ],
        "maps": maps,
        "grounds": [path for path, _ in _printed_grounds(village, maps)],
        "credit": village.ground.credit if village.ground else "",
        "unseen": len(households) - len(letters),
        "walk": walk,
        "walk_length": _route_length(route, language),
        "code": _code(base_url, village),
    }


def _code(base_url: str, village: PublicVillage) -> Markup:
    """Return the drawing of the village's code.

    It stands in no register of plaques: a paper at the culture house is printed anew when it has aged, nobody pays
    for it, and the page of a village answers at its former folders as well (`formerly`).
    """
    drawing = svg(qr_symbol(village_payload(base_url, village.slug)), f"{base_url}{village.slug}/")
    return Markup(drawing.decode().strip())  # noqa: S704 - a drawing of ours, its title escaped


def _months(garden: PublicGarden, language: Language) -> tuple[str, ...]:
    """Return the stretches of months in which something is ripe: ("tháng 8–9", "11–1"), ("Aug–Sep", "Nov–Jan")."""
    ripe = {month for crop in garden.crops if crop.season for month in crop.season.months}
    if not ripe:
        return ()
    if ripe.issuperset(YEAR):
        return (language.say("format.all_year"),)
    names = {month: language.say(f"print.month.{month}") for month in ripe}
    first, *others = (language.run(names[begin], names[end]) for begin, end in stretches(ripe))
    return language.say("format.months", runs=first), *others
