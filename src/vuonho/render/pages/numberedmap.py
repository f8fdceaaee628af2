"""The printed map of a village: a number for each garden that shows its exact point.

Where not all numbers find room on one sheet the village is cut into several, each with a letter, and an overview
shows which is where. Lengths are units of the drawing, four to the millimetre on A4.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from vuonho.domain.values import Point
from vuonho.render.pages.plates import Box, Mark, around, placed
from vuonho.render.pages.villagemap import Sheet, Spot, extent

WIDTH: Final = 720
_MARGIN: Final = 0.07
_LEAST_METRES: Final = 150.0
_FLATTEST: Final = 0.45
_SHARES: Final = (0.64, 0.75)
_HALF_A_PAGE: Final = 0.6
"""Height of a sheet as a share of its width: on the first page with the walk, or without; two to a page."""
_LARGE: Final = 32.0
_PLATES: Final = ((_LARGE, 25), (25.0, 60))
"""Heights of plates, 8 mm and 6 mm, and how many numbers at most stand on them."""
_MOST_WALKED: Final = 120
"""With more gardens the walk is a tangle, and left to the list of its numbers."""
_STRIP: Final = 44
"""Height of the strip below a sheet for its scale and the arrow to the north."""
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FRAME: Final = 5.0

Numbered = tuple[int, Point]
"""A household's number in the list and its exact point."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the sheet of a letter lies on the overview: top left, size and middle."""

    letter: str
    corner: Spot
    width: float
    height: float
    middle: Spot


@dataclass(frozen=True, slots=True)
class NumberedMap:
    """A sheet: marks, or as an overview dots and frames; the village's centre if it lies here.

    `letter` is "" for an only sheet and the overview; `fine` tells that its numbers are small; `bar` is (metres, length) of the scale; `line` is the walk as
    the "x,y x,y" of a polyline, "" where it is not drawn.
    """

    letter: str
    width: int
    height: int
    centre: Spot | None
    bar: tuple[int, float]
    line: str
    fine: bool
    marks: tuple[Mark, ...]
    dots: tuple[Spot, ...] = ()
    frames: tuple[Frame, ...] = ()


def numbered_maps(
    centre: Point, gardens: Sequence[Numbered], walk: Sequence[Point]
) -> tuple[NumberedMap, ...]:
    """Return the sheets that together show each garden once, before several of them the overview.

    The walk is drawn on the only sheet, or on the overview where it can still be followed.
    """
    if not gardens:
        return ()
    points = (centre, *(point for _, point in gardens))
    sheets = tuple(_sheet(points, share) for share in _SHARES)
    whole = next(filter(None, (_drawn(sheet, centre, gardens) for sheet in sheets)), None)
    if whole is not None:
        return (_map("", whole, centre, walk),)
    parts = tuple(_map(_letter(at), part, centre, ()) for at, part in enumerate(_parts(gardens, centre)))
    return (_overview(sheets[-1], centre, gardens, parts, walk), *parts)


def _overview(
    sheet: Sheet,
    centre: Point,
    gardens: Sequence[Numbered],
    parts: Sequence[NumberedMap],
    walk: Sequence[Point],
) -> NumberedMap:
    spots = {number: sheet.spot(point) for number, point in gardens}
    frames = tuple(_frame(one.letter, [spots[mark.number] for mark in one.marks]) for one in parts)
    line = walk if len(gardens) <= _MOST_WALKED else ()
    empty = _map("", (sheet, 0.0, ()), centre, line)
    return replace(empty, dots=tuple(spots.values()), frames=frames)


# --- Sheets ------------------------------------------------------------------------------------------------

_Drawn = tuple[Sheet, float, tuple[Mark, ...]]


def _sheet(points: Sequence[Point], tallest: float) -> Sheet:
    tall, wide = extent(points)
    share = min(max(max(tall, _LEAST_METRES) / max(wide, 1.0), _FLATTEST), tallest)
    return Sheet.around(points, WIDTH, round(WIDTH * share), _MARGIN, _LEAST_METRES)


def _drawn(sheet: Sheet, centre: Point, gardens: Sequence[Numbered]) -> _Drawn | None:
    """Return a sheet with its marks, as large as they all find room, or None where even small ones do not."""
    numbered = [(number, sheet.spot(point)) for number, point in gardens]
    paper = Box(4, 4, sheet.width - 4, sheet.height - 4)
    for plate, most in _PLATES:
        if len(gardens) <= most:
            marks = placed(numbered, plate, paper, (_house(sheet.spot(centre)),))
            if marks is not None:
                return sheet, plate, marks
    return None


def _house(spot: Spot) -> Box:
    """Return what the picture of the village's centre takes."""
    return around(spot, 30, 28)


def _parts(gardens: Sequence[Numbered], centre: Point) -> Iterator[_Drawn]:
    """Yield sheets, north and west first: halves of halves, until every number has room."""
    drawn = _drawn(_sheet([point for _, point in gardens], _HALF_A_PAGE), centre, gardens)
    if drawn is not None:
        yield drawn
    elif len(gardens) > 1:
        yield from chain.from_iterable(_parts(half, centre) for half in _halves(gardens))


def _halves(gardens: Sequence[Numbered]) -> tuple[Sequence[Numbered], Sequence[Numbered]]:
    """Return the gardens cut in two across their longer side."""
    tall, wide = extent([point for _, point in gardens])
    ordered = sorted(gardens, key=lambda one: (-one[1].lat if tall > wide else one[1].lon, one[0]))
    middle = len(ordered) // 2
    return ordered[:middle], ordered[middle:]


def _map(letter: str, drawn: _Drawn, centre: Point, walk: Sequence[Point]) -> NumberedMap:
    sheet, plate, marks = drawn
    spot = sheet.spot(centre)
    is_here = Box(0, 0, sheet.width, sheet.height).holds(_house(spot))
    return NumberedMap(
        letter=letter,
        width=sheet.width,
        height=sheet.height + _STRIP,
        centre=spot if is_here else None,
        bar=sheet.bar(),
        line=_polyline(sheet, walk),
        fine=plate < _LARGE,
        marks=marks,
    )


def _polyline(sheet: Sheet, walk: Sequence[Point]) -> str:
    return " ".join(f"{spot.x:g},{spot.y:g}" for spot in map(sheet.spot, walk))


def _frame(letter: str, spots: Sequence[Spot]) -> Frame:
    left, right = min(spot.x for spot in spots) - _FRAME, max(spot.x for spot in spots) + _FRAME
    top, bottom = min(spot.y for spot in spots) - _FRAME, max(spot.y for spot in spots) + _FRAME
    middle = Spot(round((left + right) / 2, 1), round((top + bottom) / 2, 1))
    corner = Spot(round(left, 1), round(top, 1))
    return Frame(letter, corner, round(right - left, 1), round(bottom - top, 1), middle)


def _letter(at: int) -> str:
    """Return A to Z, then AA to AZ, BA and so on."""
    before, last = divmod(at, len(_LETTERS))
    return (_letter(before - 1) if before else "") + _LETTERS[last]
