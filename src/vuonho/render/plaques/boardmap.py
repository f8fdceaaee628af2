"""The board's maps: the sheets of `numbered_maps` in millimetres and printing inks, with what explains them.

Numbers are white on black plates, as in the list; only the village's centre has a colour.
"""

from typing import Final

from vuonho.render.pages.numberedmap import Frame, NumberedMap
from vuonho.render.pages.plates import Mark
from vuonho.render.plaques.boardtext import LEAST
from vuonho.render.plaques.ink import BLACK, WHITE, Palette
from vuonho.render.plaques.press import CAPITAL, Press, text_width

STRIP: Final = 44
"""Units below each sheet that `numbered_maps` leaves for scale and north; the board has its own room for them."""
_HOUSE: Final = "-12 11 m -12 -1 l 0 -12 l 12 -1 l 12 11 l h -4 11 m -4 3 l 4 3 l 4 11 l h"
_ARROW: Final = "0 -10 m 6 8 l 0 4 l -6 8 l h"
_DIGITS: Final = 0.58
"""Size of a number as a share of its plate's height."""
_ASIDE: Final = 0.28
"""What a plate keeps free beside its number, left and right together, as a share of its height."""
_LETTER: Final = 46.0
"""Size of an area's letter on the overview, in units of the map."""


def map_height(drawn: NumberedMap) -> int:
    """Return the height of a map without the strip, in its units."""
    return drawn.height - STRIP


def draw_map(press: Press, drawn: NumberedMap, x: float, y: float, scale: float, palette: Palette) -> None:
    """Draw a map, its top left at (x, y), `scale` mm a unit."""
    with press.moved(x, y):
        for frame in drawn.frames:
            _frame(press, frame, scale, palette)
        for dot in drawn.dots:
            press.disc(dot.x * scale, dot.y * scale, 3 * scale, BLACK)
        if drawn.centre is not None:
            draw_house(press, drawn.centre.x * scale, drawn.centre.y * scale, scale, palette)
        for mark in drawn.marks:
            if mark.beside:
                _lead(press, mark, scale)
        for mark in drawn.marks:
            left, top = mark.corner.x * scale, mark.corner.y * scale
            draw_plate(press, str(mark.number), left, top, mark.width * scale, mark.height * scale)


def _frame(press: Press, frame: Frame, scale: float, palette: Palette) -> None:
    left, top = frame.corner.x * scale, frame.corner.y * scale
    right, low = left + frame.width * scale, top + frame.height * scale
    for line in (
        (left, top, right, top),
        (left, low, right, low),
        (left, top, left, low),
        (right, top, right, low),
    ):
        press.line(*line, palette.accent, 0.4)
    size = min(_LETTER, 0.9 * frame.height, 1.2 * frame.width) * scale
    x, y = frame.middle.x * scale, frame.middle.y * scale
    press.text(x, y + CAPITAL / 2 * size, frame.letter, "ExtraBold", size, palette.accent, "centre")


def _lead(press: Press, mark: Mark, scale: float) -> None:
    """Draw the point of a plate that stands beside it, and the line between."""
    x, y = mark.spot.x * scale, mark.spot.y * scale
    press.line(x, y, mark.middle.x * scale, mark.middle.y * scale, BLACK, 1.6 * scale)
    press.disc(x, y, 4 * scale, BLACK)


def draw_plate(
    press: Press, number: str, x: float, y: float, width: float, height: float, *, hollow: bool = False
) -> None:
    """Draw a number on its plate, white on black, or black in a ring."""
    press.rectangle(x, y, width, height, BLACK, height / 2)
    if hollow:
        line = 0.07 * height
        press.rectangle(x + line, y + line, width - 2 * line, height - 2 * line, WHITE, height / 2 - line)
    size = max(LEAST, min(_DIGITS * height, (width - _ASIDE * height) / text_width(number, "Bold")))
    baseline = y + height / 2 + CAPITAL / 2 * size
    press.text(x + width / 2, baseline, number, "Bold", size, BLACK if hollow else WHITE, "centre")


def plate_width(number: str, height: float) -> float:
    """Return the width of the plate on which a number is as large as its height allows."""
    return max(height, (_DIGITS * text_width(number, "Bold") + _ASIDE) * height)


def draw_house(press: Press, x: float, y: float, unit: float, palette: Palette) -> None:
    """Draw the sign of the village's centre around a place, 24 units wide."""
    press.outline(_HOUSE, palette.accent, x, y, unit)


def draw_bar(press: Press, bar: tuple[int, float], x: float, y: float, scale: float, size: float) -> None:
    """Draw a scale of (metres, units), its line at `y`, and its length in words on that."""
    metres, long = bar
    right = x + long * scale
    press.line(x, y, right, y, BLACK, 0.5)
    for end in (x + 0.25, right - 0.25):
        press.line(end, y, end, y - 2.4, BLACK, 0.5)
    press.text(x + 2.0, y - 1.2, said_metres(metres), "SemiBold", size)


def shorter(bar: tuple[int, float]) -> tuple[int, float]:
    """Return the next shorter round scale: 500 m, 200 m, 100 m."""
    metres, long = bar
    part = 2.5 if str(metres).startswith("5") else 2.0
    return round(metres / part), long / part


def said_metres(metres: int) -> str:
    """Return the length of a scale as it is written in any language."""
    return f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"


def draw_north(press: Press, x: float, y: float, height: float) -> None:
    """Draw the arrow to the north in the middle of (x, y)."""
    press.outline(_ARROW, BLACK, x, y, height / 20)
