"""What stands around a plaque for the print shop: bleed, crop marks, a ruler, and how to print it.

Crop marks begin outside the bleed, so that none of them is left on a plaque that was cut a little too wide.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from vuonho.render.plaques.ink import BLACK, Ink
from vuonho.render.plaques.press import DOT, Press, text_width

BLEED: Final = 3.0
"""Millimetres of ground beyond the trim."""
MARGIN: Final = 13.0
"""Millimetres around the trim: bleed, a gap of 1, crop marks of 6, and 3 of paper."""
_GAP: Final = 1.0
_LENGTH: Final = 6.0
_HAIRBREADTH: Final = 0.0001
"""What a page is smaller: rounded up to a 32-bit number, it would be one dot larger to some programs."""
_HAIR: Final = 0.088
"""A line of a quarter point."""
_RULER: Final = 100
_NOTE: Final = 2.5


@contextmanager
def trimmed_page(press: Press, width: float, height: float, note: str, ruler: str) -> Iterator[None]:
    """Draw a page for one piece of so many mm: inside, (0, 0) is the trim's corner.

    `note` stands above the trim, `ruler` says beside the 100 mm below it how to print. The page is a whole
    number of printer dots, so that what lies on dots of the paper lies on those of a picture of the page.
    """
    across, down = _whole(width + 2 * MARGIN), _whole(height + 2 * MARGIN)
    with press.page(across, down, (MARGIN, MARGIN, width, height), BLEED), press.moved(MARGIN, MARGIN):
        yield
        _crop_marks(press, width, height)
        write_note(press, 6, -BLEED - 3.2, note, width - 12)
        draw_ruler(press, 6, height + BLEED + 2.0, ruler)


def _whole(length: float) -> float:
    return -(-round(length / DOT, 6) // 1) * DOT - _HAIRBREADTH


def _crop_marks(press: Press, width: float, height: float) -> None:
    away = BLEED + _GAP
    for x in (0.0, width):
        press.line(x, -away, x, -away - _LENGTH, BLACK, _HAIR)
        press.line(x, height + away, x, height + away + _LENGTH, BLACK, _HAIR)
    for y in (0.0, height):
        press.line(-away, y, -away - _LENGTH, y, BLACK, _HAIR)
        press.line(width + away, y, width + away + _LENGTH, y, BLACK, _HAIR)


def draw_ruler(press: Press, x: float, y: float, said: str, ink: Ink = BLACK, tick: float = 1.2) -> None:
    """Draw 100 mm, a tick every ten, and below the line what is said of it."""
    press.line(x, y, x + _RULER, y, ink, _HAIR)
    for at in range(0, _RULER + 1, 10):
        long = tick * (1.5 if at % 50 == 0 else 1.0)
        press.line(x + at, y, x + at, y + long, ink, _HAIR)
    write_note(press, x + 1.5, y + 2 * tick + _NOTE, said, _RULER - 3, ink)


def write_note(
    press: Press, x: float, baseline: float, said: str, width: float, ink: Ink = BLACK, size: float = _NOTE
) -> None:
    """Write a line for the print shop, smaller where it would be wider than so many mm."""
    size = min(size, width / max(text_width(said, "Regular"), 1.0))
    press.text(x, baseline, said, "Regular", size, ink)
