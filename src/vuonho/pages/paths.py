"""The way on foot from garden to garden: along the roads and lanes of the ground, where these lead there."""

import heapq
import math
from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import Final, TypeAlias

from vuonho.model.ground import Ground
from vuonho.model.values import Point
from vuonho.pages.frame import METRES_PER_DEGREE

_Node: TypeAlias = tuple[int, int]
"""Metres east and north of the first point: ways that are drawn within a metre of each other meet."""
_Net: TypeAlias = dict[_Node, dict[_Node, float]]

_TO_A_WAY: Final = 150.0
"""Metres that one walks from a gate to the next way."""
_MEETS: Final = 15.0
"""Metres from another way within which the end of one drawn by hand is meant to lie on it."""
_ROUND: Final = 3.5
"""A way so many times longer than the straight line is not the way that people take."""
_PIECE: Final = 20.0
"""Ways are cut into pieces of so many metres, so that a gate or a loose end finds a place on one."""
_CELL: Final = 160


@lru_cache(maxsize=8)
def walked(ground: Ground | None, stops: tuple[Point, ...]) -> tuple[tuple[Point, ...], ...]:
    """Return the points of each step of a walk: along the ways, or straight on where no way leads there."""
    straight = tuple(pairwise(stops))
    if ground is None or len(stops) < 2:
        return straight
    origin = stops[0]
    across = METRES_PER_DEGREE * math.cos(math.radians(origin.lat))

    def flat(point: Point) -> _Node:
        return (
            round((point.lon - origin.lon) * across),
            round((point.lat - origin.lat) * METRES_PER_DEGREE),
        )

    spots = [flat(stop) for stop in stops]
    net = _net(ground, spots, flat)
    near = _nearest_of(net)
    gates = [near(spot, _TO_A_WAY) for spot in spots]
    found = []
    for at, step in enumerate(straight):
        begin, end = gates[at], gates[at + 1]
        far = math.dist(spots[at], spots[at + 1])
        path = _shortest(net, begin, end, _ROUND * far + _TO_A_WAY) if begin and end else ()
        between = (Point(origin.lat + y / METRES_PER_DEGREE, origin.lon + x / across) for x, y in path)
        found.append((step[0], *between, step[1]))
    return tuple(found)


def _net(ground: Ground, spots: list[_Node], flat: Callable[[Point], _Node]) -> _Net:
    """Return the ways around some spots as a net of short pieces; loose ends are tied to what they nearly reach."""
    left, right = min(x for x, _ in spots) - 500, max(x for x, _ in spots) + 500
    low, high = min(y for _, y in spots) - 500, max(y for _, y in spots) + 500
    net: _Net = defaultdict(dict)
    ends: list[_Node] = []
    for way in ground.ways:
        if way.kind not in ("road", "lane", "bridge"):
            continue
        nodes = [flat(point) for point in way.points]
        inside = [left <= x <= right and low <= y <= high for x, y in nodes]
        if not any(inside):
            continue
        ends += (nodes[0], nodes[-1])
        for (here, there), is_here in zip(pairwise(nodes), inside, strict=False):
            far = math.dist(here, there)
            steps = max(1, math.ceil(far / _PIECE)) if is_here and far < 5_000 else 1
            pieces = [
                (round(here[0] + (there[0] - here[0]) * k / steps), round(here[1] + (there[1] - here[1]) * k / steps))
                for k in range(steps + 1)
            ]  # fmt: skip
            for a, b in pairwise(pieces):
                _tie(net, a, b)
    near = _nearest_of(net)
    for end in ends:
        if len(net[end]) == 1:
            other = near(end, _MEETS, end, *net[end])
            if other:
                _tie(net, end, other)
    return net


def _tie(net: _Net, a: _Node, b: _Node) -> None:
    if a != b:
        net[a][b] = net[b][a] = math.dist(a, b)


def _nearest_of(net: _Net) -> Callable[..., _Node | None]:
    """Return what finds the nearest node within some metres, but for the ones that are named."""
    cells = defaultdict[tuple[int, int], list[_Node]](list)
    for node in net:
        cells[node[0] // _CELL, node[1] // _CELL].append(node)

    def nearest(spot: _Node, within: float, *but: _Node) -> _Node | None:
        x, y = spot[0] // _CELL, spot[1] // _CELL
        around = (node for dx in (-1, 0, 1) for dy in (-1, 0, 1) for node in cells.get((x + dx, y + dy), ()))
        far, best = min(
            ((math.dist(node, spot), node) for node in around if node not in but), default=(math.inf, None)
        )
        return best if far <= within else None

    return nearest


def _shortest(net: _Net, begin: _Node, end: _Node, most: float) -> tuple[_Node, ...]:
    """Return the nodes of the shortest way, () where there is none of at most so many metres (Dijkstra)."""
    waiting, before = [(0.0, begin, begin)], dict[_Node, _Node]()
    while waiting:
        far, here, came = heapq.heappop(waiting)
        if here in before:
            continue
        before[here] = came
        if here == end:
            path = [end]
            while path[-1] != begin:
                path.append(before[path[-1]])
            return tuple(reversed(path))
        for there, step in net[here].items():
            if there not in before and far + step <= most:
                heapq.heappush(waiting, (far + step, there, here))
    return ()
