"""What explains the board's map: the meaning of its numbers, its centre, its scale, and where north is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from vuonho.render.pages.numberedmap import NumberedMap
from vuonho.render.plaques.blocks import draw_block, fitted
from vuonho.render.plaques.boardmap import draw_bar, draw_house, draw_north, draw_plate, plate_width, shorter
from vuonho.render.plaques.boardtext import running
from vuonho.render.plaques.boardwords import BoardWords, Phrase
from vuonho.render.plaques.fitting import Room, Set
from vuonho.render.plaques.ink import BLACK, Palette
from vuonho.render.plaques.press import Press

_FIRST: Final = 4.6
_SECOND: Final = 4.0
"""Sizes of what is said in the two languages."""
_SIGN: Final = 13.0
"""Room for a sign at the left of its words."""
_BETWEEN: Final = 4.5
_PLATE: Final = 7.5

Sign = Literal["", "number", "hollow", "house", "north"]
Examples = tuple[int, int | None]
"""A number that is on the map, and one that is not, if there is one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Words in one or two languages, and the sign that they explain."""

    sign: Sign
    sets: tuple[Set, ...]
    number: str = ""

    @property
    def text(self) -> float:
        """Return the mm that its words take."""
        return sum(one.height for one in self.sets)

    @property
    def height(self) -> float:
        """Return the mm that words and sign take."""
        return max(self.text, _PLATE * 1.2 if self.sign else 0.0)


@dataclass(frozen=True, slots=True)
class Legend:
    """Title and entries below each other, and at the end the scale: `bar` is (metres, units), a unit `scale` mm."""

    title: Entry
    entries: tuple[Entry, ...]
    bar: tuple[int, float]
    scale: float

    @property
    def height(self) -> float:
        """Return the mm that it takes."""
        words = self.title.height + sum(one.height + _BETWEEN for one in self.entries)
        return words + _BETWEEN + 1.3 * _FIRST

    def draw(self, press: Press, left: float, top: float, palette: Palette) -> None:
        """Draw it from `top` down."""
        y = _draw(press, self.title, left, top, palette)
        for entry in self.entries:
            y += _BETWEEN
            _draw_sign(press, entry, left, y, palette)
            indent = _SIGN if entry.sign else 0.0
            _draw(press, entry, left + indent, y + (entry.height - entry.text) / 2, palette)
            y += entry.height
        draw_bar(press, self.bar, left, y + _BETWEEN + 1.3 * _FIRST, self.scale, _FIRST)


def legend_of(
    drawn: NumberedMap, words: BoardWords, width: float, scale: float, examples: Examples
) -> Legend:
    """Return the legend of a map, its numbers explained by examples; raise Misfit for words without room."""
    title = fitted(words.map.first, "Bold", Room(width, 12, 9.0, 5, 1))
    second = (fitted(words.map.second, "Medium", Room(width, 8, 5.6, 3.4, 1)),) if words.map.second else ()
    entries = tuple(_entries(drawn, words, width, examples))
    bar = drawn.bar if drawn.bar[1] * scale <= width else shorter(drawn.bar)
    return Legend(Entry("", (title, *second)), entries, bar, scale)


def _entries(drawn: NumberedMap, words: BoardWords, width: float, examples: Examples) -> Iterator[Entry]:
    seen, unseen = examples
    yield _entry("number", words.numbers, width, str(seen))
    if unseen is not None:
        yield _entry("hollow", words.unseen, width, str(unseen))
    if drawn.frames:
        yield _entry("", words.areas, width)
    if drawn.centre is not None:
        yield _entry("house", words.centre, width)
    yield _entry("north", words.north, width)


def _entry(sign: Sign, phrase: Phrase, width: float, number: str = "") -> Entry:
    room = width - (_SIGN if sign else 0.0)
    sizes = zip(phrase, (_FIRST, _SECOND), strict=True)
    sets = tuple(running(text, "Medium", size, room, 8) for text, size in sizes if text)
    return Entry(sign, sets, number)


def _draw(press: Press, entry: Entry, left: float, top: float, palette: Palette) -> float:
    for one, ink in zip(entry.sets, (BLACK, palette.accent), strict=False):
        top = draw_block(press, one, left, top, ink)
    return top


def _draw_sign(press: Press, entry: Entry, left: float, top: float, palette: Palette) -> None:
    middle = top + 0.6 * _PLATE if len(entry.sets[0].lines) > 1 else top + entry.height / 2
    x = left + _PLATE / 2
    if entry.sign in ("number", "hollow"):
        width = min(plate_width(entry.number, _PLATE), _SIGN - 2.5)
        hollow = entry.sign == "hollow"
        draw_plate(press, entry.number, left, middle - _PLATE / 2, width, _PLATE, hollow=hollow)
    elif entry.sign == "house":
        draw_house(press, x, middle, _PLATE / 24, palette)
    elif entry.sign == "north":
        draw_north(press, x, middle, _PLATE)
