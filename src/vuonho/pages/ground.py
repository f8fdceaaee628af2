"""The ground of a village as a drawing: waters, ways and landmarks within the frame of a map, simplified to a budget."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from vuonho.model.ground import LANDMARKS, WAYS, Ground, Landmark
from vuonho.pages.frame import Box, Sheet, Spot, around

Line = tuple[tuple[int, int], ...]
"""Places in whole units of the drawing."""


class Sign(NamedTuple):
    """A landmark in the drawing; `label` is the left or right end of its name's line, None where it finds no room."""

    kind: str
    name: str
    spot: Spot
    label: Spot | None
    align: str


class Drawing(NamedTuple):
    """The ground within a frame: the lines of each kind, in the order in which they are drawn, and the signs.

    `rivers` are (name, where its middle stands, degrees by which it is turned); `size` is that of all letters.
    """

    width: int
    height: int
    lines: dict[str, tuple[Line, ...]]
    signs: tuple[Sign, ...]
    rivers: tuple[tuple[str, Spot, int], ...]
    size: float

    @property
    def boxes(self) -> tuple[Box, ...]:
        """What signs and names take: numbers stand elsewhere."""
        labels = (_label_box(one, self.size) for one in self.signs if one.label)
        rivers = (_river_box(name, spot, turn, self.size) for name, spot, turn in self.rivers)
        return (*(around(one.spot, SIGN, SIGN) for one in self.signs), *labels, *rivers)

    def clear_of(self, taken: Sequence[Box]) -> "Drawing":
        """Return the drawing without the names that something else would cover."""
        signs = (
            one._replace(label=None) if one.label and _label_box(one, self.size).meets(taken) else one
            for one in self.signs
        )
        rivers = (one for one in self.rivers if not _river_box(*one, self.size).meets(taken))
        return self._replace(signs=tuple(signs), rivers=tuple(rivers))


SIGN: Final = 25.0
"""Width of a sign with its rim."""
_LETTER: Final = 0.56
"""Mean width of a letter as a share of the size."""
_SLACK: Final = 14.0
"""How far beyond the frame lines go on."""
FINEST: Final = 0.7
_COARSEST: Final = 5.0
_MOST_JOINED: Final = 8_000
_LONGEST: Final = 4_000
"""Points of one line, before it is simplified."""


@lru_cache(maxsize=8)
def draw_ground(
    ground: Ground,
    sheet: Sheet,
    homes: tuple[Spot, ...],
    walk: tuple[Line, ...],
    size: float,
    points: int,
    signs: int,
) -> Drawing:
    """Return the ground on a sheet with at most so many points and signs; names keep clear of `homes` and the walk."""
    frame = Box(-_SLACK, -_SLACK, sheet.width + _SLACK, sheet.height + _SLACK)
    lines = {kind: _within(ground, kind, sheet, frame) for kind in WAYS}
    simple = _simplified(lines, points)
    paper = Box(3, 3, sheet.width - 3, sheet.height - 3)
    taken = [around(spot, 22, 22) for spot in homes] + [around(spot, 10, 10) for spot in dotted(walk)]
    placed = _signs(ground.landmarks, sheet, paper, taken, size, signs)
    return Drawing(
        sheet.width, sheet.height, simple, placed, _rivers(ground, sheet, placed, taken, size), size
    )


def dotted(lines: Sequence[Sequence[tuple[float, float]]]) -> Iterator[Spot]:
    """Yield places along lines, a few units apart."""
    for line in lines:
        for (x, y), (to_x, to_y) in pairwise(line):
            steps = max(1, round(math.dist((x, y), (to_x, to_y)) / 9))
            for step in range(steps + 1):
                yield Spot(x + (to_x - x) * step / steps, y + (to_y - y) * step / steps)


# --- Lines: joined, clipped, simplified ---

_Path = list[tuple[float, float]]


def _within(ground: Ground, kind: str, sheet: Sheet, frame: Box) -> list[_Path]:
    """Return what lies within the frame of all ways of a kind, pieces that continue one another as one."""
    ways = [way.points for way in ground.ways if way.kind == kind]
    paths = [[sheet.exact(point) for point in points] for points in ways]
    if kind == "water":
        clipped = (_clip_area(path, frame) for path in paths)
        return [path for path in clipped if len(path) > 2]
    return [piece for path in _joined(paths) for piece in _clip_line(path, frame)]


def _joined(paths: Iterable[_Path]) -> list[_Path]:
    """Return paths of which those that meet end to end, and no third one there, are one."""
    left = [path for path in paths if len(path) > 1]
    if len(left) > _MOST_JOINED:
        return left
    ends = defaultdict[tuple[float, float], list[int]](list)
    for at, path in enumerate(left):
        ends[path[0]].append(at)
        ends[path[-1]].append(at)
    whole = dict(enumerate(left))
    now = list(range(len(left)))

    def find(at: int) -> int:
        while now[at] != at:
            at = now[at]
        return at

    for end, met in ends.items():
        if len(met) != 2:
            continue
        a, b = map(find, met)
        if a == b:
            continue
        first, second = whole[a], whole.pop(b)
        first = first if first[-1] == end else first[::-1]
        second = second if second[0] == end else second[::-1]
        whole[a], now[b] = [*first, *second[1:]], a
    return [whole[at] for at in sorted(whole)]


def _clip_line(path: _Path, frame: Box) -> Iterator[_Path]:
    """Yield the pieces of a path that lie within a box (Liang and Barsky)."""
    piece: _Path = []
    for (x, y), (to_x, to_y) in pairwise(path):
        enters, leaves = 0.0, 1.0
        dx, dy = to_x - x, to_y - y
        for step, room in (
            (-dx, x - frame.left),
            (dx, frame.right - x),
            (-dy, y - frame.top),
            (dy, frame.bottom - y),
        ):
            if step == 0:
                leaves = leaves if room >= 0 else -1.0
            elif step < 0:
                enters = max(enters, room / step)
            else:
                leaves = min(leaves, room / step)
        if enters <= leaves:
            piece = piece or [(x + enters * dx, y + enters * dy)]
            piece.append((x + leaves * dx, y + leaves * dy))
        if piece and (enters > leaves or leaves < 1):
            yield piece
            piece = []
    if piece:
        yield piece


def _clip_area(path: _Path, frame: Box) -> _Path:
    """Return the part of an area that lies within a box (Sutherland and Hodgman)."""
    for axis, edge, sense in (
        (0, frame.left, 1),
        (0, frame.right, -1),
        (1, frame.top, 1),
        (1, frame.bottom, -1),
    ):
        corners, path = path, []
        for before, here in zip((*corners[-1:], *corners[:-1]), corners, strict=True):
            inside = sense * (here[axis] - edge) >= 0
            if inside != (sense * (before[axis] - edge) >= 0):
                share = (edge - before[axis]) / (here[axis] - before[axis])
                path.append(
                    (before[0] + share * (here[0] - before[0]), before[1] + share * (here[1] - before[1]))
                )
            if inside:
                path.append(here)
    return path


def _simplified(lines: dict[str, list[_Path]], most: int) -> dict[str, tuple[Line, ...]]:
    """Return lines in whole units with at most so many points: coarser, and at last without the shortest lanes."""
    thinned = {kind: [_thinned(path) for path in paths] for kind, paths in lines.items()}
    tolerance = FINEST
    while True:
        simple = {
            kind: tuple(line for path in paths if len(line := simplified(path, tolerance)) > 1)
            for kind, paths in thinned.items()
        }
        if sum(len(line) for some in simple.values() for line in some) <= most or tolerance > _COARSEST:
            break
        tolerance *= 1.5
    return _longest(simple, most)


def _thinned(path: _Path) -> _Path:
    step = -(-len(path) // _LONGEST)
    return [*path[:-1:step], path[-1]]


def simplified(path: Sequence[tuple[float, float]], tolerance: float = FINEST) -> Line:
    """Return a path simplified (Douglas and Peucker) in whole units, no place twice in a row."""
    keep, waiting = {0, len(path) - 1}, [(0, len(path) - 1)]
    while waiting:
        first, last = waiting.pop()
        far, at = max(
            ((_beside(path[at], path[first], path[last]), at) for at in range(first + 1, last)),
            default=(0.0, 0),
        )
        if far > tolerance:
            keep.add(at)
            waiting += (first, at), (at, last)
    whole = [(round(path[at][0]), round(path[at][1])) for at in sorted(keep)]
    return tuple(spot for at, spot in enumerate(whole) if not at or spot != whole[at - 1])


def _beside(spot: tuple[float, float], first: tuple[float, float], last: tuple[float, float]) -> float:
    """Return how far a spot lies from the stretch between two others."""
    (x, y), (to_x, to_y) = first, last
    dx, dy = to_x - x, to_y - y
    length = dx * dx + dy * dy
    share = min(1.0, max(0.0, ((spot[0] - x) * dx + (spot[1] - y) * dy) / length)) if length else 0.0
    return math.hypot(spot[0] - x - share * dx, spot[1] - y - share * dy)


def _longest(lines: dict[str, tuple[Line, ...]], most: int) -> dict[str, tuple[Line, ...]]:
    """Return the lines, the more important kinds and the longer ones first, until there are so many points."""
    kept: dict[str, tuple[Line, ...]] = dict.fromkeys(WAYS, ())
    left = most
    for kind in ("water", "river", "road", "bridge", "lane"):
        chosen = set()
        order = sorted(range(len(lines[kind])), key=lambda at: -_length(lines[kind][at]))
        for at in order:
            if len(lines[kind][at]) > left:
                break
            left -= len(lines[kind][at])
            chosen.add(at)
        kept[kind] = tuple(line for at, line in enumerate(lines[kind]) if at in chosen)
    return kept


def _length(line: Line) -> float:
    return sum(math.dist(*step) for step in pairwise(line))


# --- Signs and names ---


def _signs(
    landmarks: Sequence[Landmark], sheet: Sheet, paper: Box, kept_free: Sequence[Box], size: float, most: int
) -> tuple[Sign, ...]:
    """Return signs that do not lie on one another, each with its name where that covers nothing."""
    order = {kind: at for at, kind in enumerate(("culture", *LANDMARKS))}
    chosen: list[Sign] = []
    for one in sorted(
        landmarks, key=lambda one: (not one.name, order[one.kind], one.name, one.at.lat, one.at.lon)
    ):
        spot = sheet.spot(one.at)
        box = around(spot, SIGN, SIGN)
        if (
            len(chosen) < most
            and paper.holds(box)
            and not box.meets(around(had.spot, SIGN, SIGN) for had in chosen)
        ):
            chosen.append(Sign(one.kind, one.name, spot, None, ""))
    taken = [around(one.spot, SIGN, SIGN) for one in chosen] + [*kept_free]
    for at, sign in enumerate(chosen):
        for align, aside, below in _PLACES if sign.name else ():
            x, y = sign.spot.x + aside * (SIGN / 2 + 2), sign.spot.y + below * (SIGN / 2 + 0.6 * size)
            placed = sign._replace(label=Spot(round(x, 1), round(y, 1)), align=align)
            box = _label_box(placed, size)
            if paper.holds(box) and not box.meets(taken[:at] + taken[at + 1 :]):
                chosen[at] = placed
                taken.append(box)
                break
    return tuple(chosen)


_PLACES: Final = (("start", 1, 0), ("end", -1, 0), ("middle", 0, 1), ("middle", 0, -1))


def _label_box(sign: Sign, size: float) -> Box:
    wide = _LETTER * size * len(sign.name)
    x, y = sign.label or sign.spot
    left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[sign.align] * wide
    return Box(left, y - 0.6 * size, left + wide, y + 0.6 * size)


def _river_box(name: str, spot: Spot, turn: int, size: float) -> Box:
    wide = _LETTER * size * len(name)
    across, down = abs(wide * math.cos(math.radians(turn))), abs(wide * math.sin(math.radians(turn)))
    return around(spot, max(across, size) + 6, max(down, size) + 6)


def _rivers(
    ground: Ground, sheet: Sheet, signs: Sequence[Sign], kept_free: Sequence[Box], size: float
) -> tuple[tuple[str, Spot, int], ...]:
    """Return the name of each river along the straightest stretch of it that has room and lies in the frame."""
    paper = Box(0, 0, sheet.width, sheet.height)
    taken = [around(one.spot, SIGN, SIGN) for one in signs] + [
        _label_box(one, size) for one in signs if one.label
    ]
    taken += kept_free
    found = []
    for name in sorted({way.name for way in ground.ways if way.name}):
        wide = _LETTER * size * len(name)
        paths = _joined([[sheet.exact(p) for p in way.points] for way in ground.ways if way.name == name])
        best: tuple[float, Spot, int] | None = None
        for path in paths:
            for begin, end in _stretches(path, wide):
                middle = Spot(round((begin[0] + end[0]) / 2, 1), round((begin[1] + end[1]) / 2, 1))
                turn = math.degrees(math.atan2(end[1] - begin[1], end[0] - begin[0]))
                turn = turn - 180 if turn > 90 else turn + 180 if turn < -90 else turn
                box = _river_box(name, middle, round(turn), size)
                bend = wide - math.dist(begin, end)
                if paper.holds(box) and not box.meets(taken) and (best is None or bend < best[0] - 0.5):
                    best = bend, middle, round(turn)
        if best:
            found.append((name, best[1], best[2]))
            taken.append(_river_box(name, *best[1:], size))
    return tuple(found)


def _stretches(path: _Path, length: float) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Yield (begin, end) of stretches of about a length along a path."""
    dense = [path[0]]
    for (x, y), (to_x, to_y) in pairwise(path[:_LONGEST]):
        steps = max(1, min(200, round(math.dist((x, y), (to_x, to_y)) / 12)))
        dense += [
            (x + (to_x - x) * step / steps, y + (to_y - y) * step / steps) for step in range(1, steps + 1)
        ]
    for at in range(0, len(dense), 2):
        gone, to = 0.0, at
        while to + 1 < len(dense) and gone < length:
            gone += math.dist(dense[to], dense[to + 1])
            to += 1
        if gone >= length:
            yield dense[at], dense[to]


# --- As SVG: one file a village, a picture below whatever a page draws on it ---

GLYPHS: Final[dict[str, str]] = {
    "culture": "M-7 8L-7 0L0 -5L7 0L7 8ZM-2 8L-2 3L2 3L2 8ZM-.7 -5L-.7 -10L5 -8L.7 -6.5L.7 -5Z",
    "school": "M-9 -5C-6 -7 -3 -7 -.6 -5L-.6 6C-3 4 -6 4 -9 6ZM9 -5C6 -7 3 -7 .6 -5L.6 6C3 4 6 4 9 6Z",
    "market": "M-8 -7L8 -7L9 -1C9 1 5 1 4.5 -1C4 1 .5 1 0 -1C-.5 1 -4 1 -4.5 -1C-5 1 -9 1 -9 -1ZM-7 2L7 2L7 8L-7 8Z",
    "temple": "M-10 -1C-6 -2 -3 -4 0 -9C3 -4 6 -2 10 -1L7 2L-7 2ZM-6 3L-3 3L-3 8L-6 8ZM3 3L6 3L6 8L3 8Z",
    "church": "M-1.6 -9L1.6 -9L1.6 -5.5L5 -5.5L5 -2.5L1.6 -2.5L1.6 8L-1.6 8L-1.6 -2.5L-5 -2.5L-5 -5.5L-1.6 -5.5Z",
    "health": "M-2.6 -8L2.6 -8L2.6 -2.6L8 -2.6L8 2.6L2.6 2.6L2.6 8L-2.6 8L-2.6 2.6L-8 2.6L-8 -2.6L-2.6 -2.6Z",
    "hall": "M0 -9L2.1 -2.9L8.6 -2.8L3.4 1.1L5.3 7.3L0 3.6L-5.3 7.3L-3.4 1.1L-8.6 -2.8L-2.1 -2.9Z",
    "ferry": "M-10 2L10 2C9 6 6 8 3 8L-3 8C-6 8 -9 6 -10 2ZM-.8 -9L-.8 .5L-7 .5ZM.8 -6L7 .5L.8 .5Z",
    "station": "M-6 -8L6 -8L6 4L-6 4ZM-4 -6L-4 -1L4 -1L4 -6ZM-4 5L-1 5L-4 9L-7 9ZM4 5L1 5L4 9L7 9Z",
    "sight": "M0 -10L2.4 -6L3.4 5L-3.4 5L-2.4 -6ZM-6.5 6L6.5 6L6.5 8.5L-6.5 8.5Z",
    "hill": "M-10 7L-3.5 -5L-.5 0L3 -8L10 7Z",
    "tree": "M0 -9C5 -9 8 -6 8 -2C8 1 5 3 1.4 3L1.4 8L-1.4 8L-1.4 3C-5 3 -8 1 -8 -2C-8 -6 -5 -9 0 -9Z",
    "well": "M-8 0L-5.5 0L-5.5 -5L-9 -5L0 -10L9 -5L5.5 -5L5.5 0L8 0L8 8L-8 8ZM-3.5 0L3.5 0L3.5 -5L-3.5 -5Z",
    "bridge": "M-10 -3C-4 -7 4 -7 10 -3L10 7L6.5 7C6.5 1 -6.5 1 -6.5 7L-10 7Z",
}  # fmt: skip
"""The picture on each landmark's sign around 0, 0: M, L, C and Z alone, which PDF says as well."""
_STYLE: Final = (
    "path{fill:none;stroke-linejoin:round;stroke-linecap:round}"
    ".g{fill:#edf2dc}.w{fill:#a9cfe4}.v{stroke:#a9cfe4;stroke-width:9}"
    ".k{stroke:#d6d0b0;stroke-width:6}.l{stroke:#fffdf6;stroke-width:3.6}.e{stroke:#c9b98c;stroke-width:9}.r{stroke:#fff6d6;stroke-width:6}"
    ".b{stroke:#6b5a34;stroke-width:13;stroke-linecap:butt}.c{stroke:#fff6d6;stroke-width:8;stroke-linecap:butt}"
    ".d{fill:#fffdf6;stroke:#55614c;stroke-width:1.5}.s{fill:#33502f}"
    "text{font-family:system-ui,sans-serif;font-weight:600;fill:#21301d;stroke:#edf2dc;stroke-width:4;"
    "paint-order:stroke;stroke-linejoin:round}.n{font-style:italic;fill:#1f5a7a;text-anchor:middle;stroke:#a9cfe4}"
    "@media screen and (prefers-color-scheme:dark){.g{fill:#222c1c}.w{fill:#27465a}.v{stroke:#27465a}"
    ".k{stroke:#171d12}.l{stroke:#4a5640}.e{stroke:#171d12}.r{stroke:#6a6448}.b{stroke:#171d12}.c{stroke:#8a8258}"
    ".d{fill:#12170f;stroke:#b3bea6}.s{fill:#9bd48f}text{fill:#edf0e0;stroke:#222c1c}.n{fill:#a9d6ef;stroke:#27465a}}"
)


def ground_svg(drawing: Drawing) -> str:
    """Return the ground as an SVG file that needs nothing else."""
    lines = {kind: _svg_path(some, closed=kind == "water") for kind, some in drawing.lines.items()}
    layers = (
        ("water", "w"), ("river", "v"), ("lane", "k"), ("lane", "l"), ("road", "e"), ("road", "r"), ("bridge", "b"), ("bridge", "c"),
    )  # fmt: skip
    drawn = "".join(f'<path class="{style}" d="{lines[kind]}"/>' for kind, style in layers if lines[kind])
    names = "".join(
        f'<text class="n" transform="translate({spot.x:g} {spot.y:g})rotate({turn})" y="{0.35 * drawing.size:.1f}">'
        f"{_escaped(name)}</text>"
        for name, spot, turn in drawing.rivers
    )
    signs = "".join(
        f'<g transform="translate({one.spot.x:g} {one.spot.y:g})"><circle class="d" r="11.5"/>'
        f'<path class="s" fill-rule="evenodd" d="{GLYPHS[one.kind]}" transform="scale(.82)"/></g>'
        for one in drawing.signs
    )
    labels = "".join(
        f'<text x="{one.label.x:g}" y="{one.label.y + 0.35 * drawing.size:.1f}" text-anchor="{one.align}">'
        f"{_escaped(one.name)}</text>"
        for one in drawing.signs
        if one.label
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.width} {drawing.height}" '
        f'width="{drawing.width}" height="{drawing.height}"><style>{_STYLE}text{{font-size:{drawing.size:g}px}}</style>'
        f'<path class="g" d="M0 0h{drawing.width}v{drawing.height}H0z"/>{drawn}{names}{signs}{labels}</svg>\n'
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _svg_path(lines: Iterable[Line], *, closed: bool) -> str:
    """Return lines as one path: each from where it begins in short steps."""
    parts = []
    for line in lines:
        parts.append(f"M{line[0][0]} {line[0][1]}l")
        parts += [_joint(to_x - x) + _joint(to_y - y) for (x, y), (to_x, to_y) in pairwise(line)]
        if closed:
            parts.append("z")
    return "".join(parts).replace("l ", "l")


def _joint(step: int) -> str:
    return str(step) if step < 0 else f" {step}"
