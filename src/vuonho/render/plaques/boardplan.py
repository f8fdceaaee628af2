"""The white cards with the board's maps: the village with its legend, and its areas, one or two abreast."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vuonho.render.pages.numberedmap import NumberedMap
from vuonho.render.plaques.blocks import draw_block, fitted
from vuonho.render.plaques.boardhead import LEFT, RIGHT
from vuonho.render.plaques.boardlegend import Examples, Legend, legend_of
from vuonho.render.plaques.boardmap import draw_bar, draw_map, draw_north, map_height
from vuonho.render.plaques.boardwords import BoardWords, Phrase, both
from vuonho.render.plaques.fitting import Room, Set
from vuonho.render.plaques.ink import WHITE, Palette
from vuonho.render.plaques.press import CAPITAL, Press

_WIDTH: Final = RIGHT - LEFT
_PAD: Final = 4.0
_CORNER: Final = 5.0
_LEGEND: Final = 60.0
_GAP: Final = 5.0
"""Between cards, above each other and side by side."""
_STRIP: Final = 7.6
_STRIP_SHARE: Final = 0.0145
"""Height above the map of an area for its letter, its scale and the arrow to the north: mm, and share of the width."""
_ALONE: Final = 6
"""So many areas at most have the whole width each; more stand two abreast."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The map of the whole village with its legend at the right."""

    drawn: NumberedMap
    legend: Legend
    scale: float

    @classmethod
    def of(cls, drawn: NumberedMap, words: BoardWords, examples: Examples) -> "Plan":
        """Return the plan in the width of the board; raise Misfit for words without room."""
        scale = (_WIDTH - _LEGEND - 2.5 * _PAD) / drawn.width
        return cls(drawn, legend_of(drawn, words, _LEGEND, scale, examples), scale)

    @property
    def height(self) -> float:
        """Return the mm of its card."""
        return max(map_height(self.drawn) * self.scale, self.legend.height + _PAD) + _PAD

    def draw_card(self, press: Press, top: float) -> None:
        """Draw the white beneath."""
        press.rectangle(LEFT, top, _WIDTH, self.height, WHITE, _CORNER)

    def draw(self, press: Press, top: float, palette: Palette) -> None:
        """Draw the map in the middle of its room, and the legend."""
        spare = self.height - map_height(self.drawn) * self.scale
        draw_map(press, self.drawn, LEFT + _PAD / 2, top + spare / 2, self.scale, palette)
        self.legend.draw(press, RIGHT - _LEGEND - _PAD, top + _PAD, palette)


@dataclass(frozen=True, slots=True)
class Area:
    """The map of an area on its card: place and size in mm, and its heading."""

    drawn: NumberedMap
    left: float
    top: float
    width: float
    height: float
    heading: Set

    def draw_card(self, press: Press) -> None:
        """Draw the white beneath."""
        press.rectangle(self.left, self.top, self.width, self.height, WHITE, _CORNER)

    def draw(self, press: Press, palette: Palette) -> None:
        """Draw heading, scale, arrow and map."""
        line = self.top + 2.5 + 0.97 * self.heading.size
        draw_block(press, self.heading, self.left + _PAD, self.top + 2.5)
        size = 0.72 * self.heading.size
        scale = _map_scale(self.width)
        right = self.left + self.width - _PAD - 4
        draw_north(press, right, line - CAPITAL / 2 * self.heading.size, 7.5)
        bar = self.drawn.bar[1] * scale
        draw_bar(press, self.drawn.bar, right - 8 - bar, line, scale, size)
        draw_map(press, self.drawn, self.left + 1, self.top + _strip(self.width), scale, palette)


def _map_scale(width: float) -> float:
    return (width - 2) / 720


def _strip(width: float) -> float:
    return _STRIP + _STRIP_SHARE * width


def area_pages(
    parts: Sequence[NumberedMap], words: BoardWords, top: float, bottom: float
) -> tuple[tuple[Area, ...], ...]:
    """Return the areas of each page between `top` and `bottom`, in order; raise Misfit for a heading without room."""
    abreast = 1 if len(parts) <= _ALONE else 2
    width = (_WIDTH - (abreast - 1) * _GAP) / abreast
    pages: list[list[Area]] = [[]]
    y = top
    for at in range(0, len(parts), abreast):
        row = parts[at : at + abreast]
        height = max(map(map_height, row)) * _map_scale(width) + _strip(width)
        if y + height > bottom and pages[-1]:
            pages.append([])
            y = top
        for place, part in enumerate(row):
            left = LEFT + place * (width + _GAP)
            pages[-1].append(Area(part, left, y, width, height, _heading(part, words, 0.4 * width)))
        y += height + _GAP
    return tuple(tuple(page) for page in pages if page)


def _heading(part: NumberedMap, words: BoardWords, width: float) -> Set:
    said = Phrase(*(f"{word} {part.letter}" if word else "" for word in words.area))
    return fitted(both(said), "Bold", Room(width, 9, 6.4, 3.6, 1))
