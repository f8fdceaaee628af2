"""The plan of a garden: which share of the field each crop takes, and how its bed is named.

It is an illustration, not a survey: see `share`.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from vuonho.domain.public import PublicCrop
from vuonho.render.pages.beds import Bed, Plot, bed, plot
from vuonho.render.pages.treemap import Box, squarified

FIELD: Final[Box] = (11.0, 119.0, 338.0, 168.0)
MOST_BEDS: Final = 18
_TREE_SPACE: Final = 16
"""m² that a tree is drawn with where only trees are told: 4 by 4 m, a usual planting of citrus."""
_LEAST_SHARES: Final = (0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08)
_LEAST_SIDE: Final = 22.0
"""So much a bed must measure, paths included, to be seen and numbered; the smallest shares are drawn larger for it."""
_LINE: Final = 16
"""From one line of a name to the next."""
_LEAST_ROOM: Final = 22
"""A bed that has no more than this above its name has its plants behind it."""
_MARGIN: Final = 3
_HORN: Final = "\N{COMBINING HORN}"
_NARROW: Final = "iljft.,:;'’|!()[] I"
_WIDE: Final = "mwMW@%&—"


@dataclass(frozen=True, slots=True)
class Label:
    """A piece of text with the middle of its baseline; `is_mark` where it is a number."""

    x: int
    y: int
    text: str
    is_mark: bool


@dataclass(frozen=True, slots=True)
class GardenPlan:
    """Beds, from the back to the front, and their labels; `marks` has each crop's number, or "" for none."""

    beds: tuple[Bed, ...]
    labels: tuple[Label, ...]
    marks: tuple[str, ...]


def garden_plan(crops: Sequence[PublicCrop], names: Sequence[str]) -> GardenPlan:
    """Return the plan of a garden; `names` are the crops' labels, in the same order.

    Of more than 18 crops the largest are drawn. A bed too small for its name bears a number.
    """
    order = sorted(range(len(crops)), key=lambda at: (-share(crops[at]), at))[:MOST_BEDS]
    boxes = _boxes([share(crops[at]) for at in order])
    plots = {at: plot(box) for at, box in zip(order, boxes, strict=True)}
    drawn = sorted(plots, key=lambda at: plots[at][1::-1])
    lines = {at: name_lines(names[at], *plots[at][2:]) for at in drawn}
    marks = _marks(len(crops), [at for at in drawn if not lines[at]])
    beds = tuple(bed(crops[at], plots[at], _caption(len(lines[at]), plots[at][3])) for at in drawn)
    labels = tuple(label for at in drawn for label in _labels(plots[at], lines[at], marks[at]))
    return GardenPlan(beds, labels, marks)


def share(crop: PublicCrop) -> float:
    """Return the m² a crop is drawn with: its area, else 16 m² for each of its trees, else 0 (not told)."""
    return float(crop.area or (crop.trees or 0) * _TREE_SPACE)


def _boxes(shares: Sequence[float]) -> list[Box]:
    """Return the boxes of falling shares, none too small to be seen, and the shares no more bent than that takes."""
    boxes: list[Box] = []
    for least in _LEAST_SHARES:
        boxes = squarified(_weights(shares, least), FIELD)
        if all(min(width, height) >= _LEAST_SIDE for _, _, width, height in boxes):
            break
    return boxes


def _weights(shares: Sequence[float], least: float) -> list[float]:
    """Return shares of 1, what was not told counting as the least told, none below about `least`."""
    told = [one for one in shares if one]
    filled = [one or min(told, default=1.0) for one in shares]
    total = sum(filled)
    seen = [max(one / total, least) for one in filled]
    return [one / sum(seen) for one in seen]


def _marks(count: int, nameless: Sequence[int]) -> tuple[str, ...]:
    """Return a number for each nameless bed, in the order in which the crops are listed."""
    numbers = {at: str(number) for number, at in enumerate(sorted(nameless), 1)}
    return tuple(numbers.get(at, "") for at in range(count))


def _caption(lines: int, height: int) -> int:
    """Return the height that a name takes from the plants; 0 where it stands in front of them."""
    taken = _LINE * lines + 2
    return taken if lines and height - taken >= _LEAST_ROOM else 0


def _labels(ground: Plot, lines: Sequence[str], mark: str) -> Iterator[Label]:
    """Yield the lines of a bed's name at its lower edge, or in its middle where it is low, or its number."""
    x, y, width, height = ground
    texts = lines or (mark,)
    last = height - 6 if _caption(len(lines), height) else height // 2 + 8 * len(texts) - 3
    for at, text in enumerate(texts, 1):
        yield Label(x + width // 2, y + last - _LINE * (len(texts) - at), text, not lines)


def name_lines(name: str, width: int, height: int) -> tuple[str, ...]:
    """Return the name of a bed of that size in one line or two, or nothing where it does not fit."""
    room = width - _MARGIN
    words = name.split()
    if words and text_width(name) <= room and height >= _LINE:
        return (name,)
    cuts = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    best = min(cuts, key=lambda cut: max(map(text_width, cut)), default=())
    fits = height >= 2 * _LINE + 6 and all(text_width(line) <= room for line in best)
    return best if fits else ()


def text_width(text: str) -> float:
    """Return about how wide a text is drawn at 15 units, semibold, in the widest of the usual fonts."""
    return sum(map(_letter_width, unicodedata.normalize("NFD", text)))


def _letter_width(letter: str) -> float:
    """Return the width of a letter, or of a mark over one: of these only the horn of ơ and ư takes room."""
    if unicodedata.combining(letter):
        return 2.0 if letter == _HORN else 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 15.5
    if letter in _NARROW:
        return 5.5
    if letter in _WIDE:
        return 14.2
    return 11.0 if letter.isupper() else 9.0
