"""A place's page: what is computed for it, and a lane drawn from the order of its homes alone."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from vuonho.model.public import LaneStop, PublicHousehold, PublicSpot, PublicVillage
from vuonho.pages.frame import Box
from vuonho.pages.language import Language
from vuonho.pages.layout import google_route
from vuonho.pages.map import HomeMap, Plan
from vuonho.pages.names import gloss, place_name, plain_place, within
from vuonho.text import fold


class Along(NamedTuple):
    """A home along a lane as its page lists it: its number, side and steps in words, its small picture."""

    number: int
    household: PublicHousehold
    words: str
    face: str


def strip_path(spot: PublicSpot) -> str:
    """Return where the drawing of a lane lies."""
    return f"{spot.code}/strip.svg"


def spot_values(spot: PublicSpot, village: PublicVillage, plan: Plan | None) -> dict[str, object]:
    """Return what a place's page shows in any language; `plan` is that of the village's map."""
    return {
        "spot": spot,
        "village": village,
        "strip": strip_path(spot),
        "strip_size": _size(spot.stops),
        "map": _map(spot, village, plan),
        "google_route": google_route,
    }


def spot_words(
    spot: PublicSpot,
    village: PublicVillage,
    homes: Mapping[str, PublicHousehold],
    faces: Mapping[str, str],
    province: str,
    language: Language,
) -> dict[str, object]:
    """Return what a place's page shows in one language; `homes` and `faces`, their small pictures, are by code."""
    along = [
        Along(number, homes[one.code], _steps(one, language), faces[one.code])
        for number, one in enumerate(spot.stops, 1)
    ]
    said, kind = place_name(spot.name, language), language.word(spot.kind, "spot")
    is_told = language.tag != "vi" and not said.lang and fold(said.text) != fold(kind)
    return {
        "along": along,
        "kind": kind,
        "gloss": said.text if is_told else "",
        "village_name": place_name(village.name, language),
        "cry": _cry(spot, village, province),
        "around": place_name(", ".join((village.commune, province)), language, inside=True),
        "meaning": {one.household.code: gloss(one.household.name, language) for one in along},
    }


def describe_spot(spot: PublicSpot, village: PublicVillage, language: Language) -> str:
    """Return a place in a sentence, for search engines and link previews."""
    key = "spot.description_lane" if spot.is_lane else "spot.description"
    return language.say(
        key,
        name=spot.name,
        kind=language.word(spot.kind, "spot").lower(),
        village=plain_place(village.name, language),
        commune=plain_place(village.commune, language),
    )


def _cry(spot: PublicSpot, village: PublicVillage, province: str) -> str:
    """Return where one is, in Vietnamese, as it is read out to those who come to help."""
    around = (spot.name, village.name, village.commune, province)
    place = ", ".join(within(part.strip()) for one in around for part in one.split(","))
    start = within(spot.start.to("vi")[0]) if spot.start else ""
    more = f" Tọa độ {spot.point}." if spot.point else f" Đầu ngõ là {start}." if start else ""
    return f"Tôi đang ở {place}.{more}"


def _steps(stop: LaneStop, language: Language) -> str:
    side = language.word(stop.side, "side")
    return side if stop.steps is None else f"{side} · {language.count('spot.steps', stop.steps)}"


def _map(spot: PublicSpot, village: PublicVillage, plan: Plan | None) -> HomeMap | None:
    """Return where a place lies on its village's map, None where it has no point or that map does not reach so far."""
    if plan is None or not plan.path or spot.point is None:
        return None
    sheet = plan.sheet
    dot = sheet.spot(spot.point)
    if not Box(14, 40, sheet.width - 14, sheet.height).holds(Box(dot.x, dot.y, dot.x, dot.y)):
        return None
    return HomeMap(plan, sheet.spot(village.centre), dot, None, sheet.bar())


# --- A lane as a strip: the order of its homes and the sides on which they are, and nothing of where they lie ---

_WIDE: Final = 340
_ROW: Final = 128
_EACH: Final = 6
"""Homes on one stretch of the strip: a phone shows their numbers as large as text."""
_FIRST, _STEP = 50, 52
_STYLE: Final = (
    ".r{fill:none;stroke:#d9cfae;stroke-width:20}.m{fill:none;stroke:#fffdf6;stroke-width:1.5;stroke-dasharray:7 7}"
    ".w{fill:#fbf0d9;stroke:#6b4a2e;stroke-width:1.5}.f{fill:#b4532c}.p{fill:none;stroke:#d9cfae;stroke-width:6}"
    ".a{fill:none;stroke:#8a3618;stroke-width:3;stroke-linecap:round;stroke-linejoin:round}.t{fill:#7fab76}"
    "text{font:700 16px system-ui,sans-serif;fill:#21301d;text-anchor:middle}.s{font-weight:500;font-size:15.5px;fill:#475340}"
    "@media screen and (prefers-color-scheme:dark){.r,.p{stroke:#4a5037}.m{stroke:#8d9478}.w{fill:#cdbf9f}.f{fill:#94472a}"
    ".a{stroke:#f0a27c}.t{fill:#2c4a35}.s{fill:#b3bea6}}"
)


def _size(stops: Sequence[LaneStop]) -> tuple[int, int]:
    """Return width and height of a lane's strip."""
    return _WIDE, _ROW * -(-len(stops) // _EACH)


def strip_svg(stops: Sequence[LaneStop]) -> str:
    """Return a lane's strip as an SVG file that needs nothing else: who walks along it has the left above, the right below.

    It is drawn from the order, the sides and the steps that the team counted; homes stand evenly apart.
    """
    width, height = _size(stops)
    shift = max(0, (_EACH - len(stops)) * _STEP // 2)  # a short lane stands in the middle
    numbered = list(enumerate(stops, 1))
    starts = range(0, len(stops), _EACH)
    drawn = "".join(
        _stretch(at, numbered[start : start + _EACH], is_last=start == starts[-1])
        for at, start in enumerate(starts)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<style>{_STYLE}</style><g transform="translate({shift} 0)">{drawn}</g></svg>\n'
    )


def _stretch(at: int, row: Sequence[tuple[int, LaneStop]], *, is_last: bool) -> str:
    """Return one stretch of a lane: its road, its homes, and the way on to the next."""
    y = _ROW * at + _ROW // 2
    end = _FIRST + _STEP * len(row) - 14 if is_last else _WIDE
    begin = 24 if at == 0 else 0
    parts = [f'<path class="r" d="M{begin} {y}H{end}"/><path class="m" d="M{begin} {y}H{end}"/>']
    if at == 0:
        parts.append(f'<path class="a" d="M6 {y + 18}V{y - 18}M6 {y - 18}L20 {y - 12}L6 {y - 6}"/>')
    else:
        parts.append(f'<path class="a" d="M5 {y - 6}l7 6l-7 6"/>')
    if not is_last:
        parts.append(f'<path class="a" d="M{_WIDE - 12} {y - 6}l7 6l-7 6"/>')
    parts += [_home(_FIRST + _STEP * place, y, number, stop) for place, (number, stop) in enumerate(row)]
    return "".join(parts)


def _home(x: int, y: int, number: int, stop: LaneStop) -> str:
    """Return a house with its number at its side of the road, and the steps across from it."""
    way = -1 if stop.side.key == "left" else 1
    foot = y - 22 if way < 0 else y + 52
    steps = (
        f'<text class="s" x="{x}" y="{y - 16 if way > 0 else y + 26}">{stop.steps}</text>'
        if stop.steps
        else ""
    )
    return (
        f'<path class="p" d="M{x} {y + 9 * way}V{y + 23 * way}"/><circle class="t" cx="{x + 21}" cy="{foot - 5}" r="5"/>'
        f'<path class="w" d="M{x - 13} {foot}V{foot - 19}H{x + 13}V{foot}Z"/>'
        f'<path class="f" d="M{x - 18} {foot - 17}L{x - 9} {foot - 29}H{x + 9}L{x + 18} {foot - 17}Z"/>'
        f'<text x="{x}" y="{foot - 3}">{number}</text>{steps}'
    )
