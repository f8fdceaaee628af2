"""The small pictures of the plaques: leaf badge, phone, drill point, and the place of a commune's logo."""

from typing import Final

from vuonho.render.plaques.ink import BLACK, GREY, WHITE, Palette
from vuonho.render.plaques.logo import Logo
from vuonho.render.plaques.press import Press


def draw_drill_point(press: Press, x: float, y: float) -> None:
    """Mark a hole of 4 mm."""
    press.ring(x, y, 2.0, GREY)
    press.line(x - 1, y, x + 1, y, GREY)
    press.line(x, y - 1, x, y + 1, GREY)


def draw_badge(press: Press, x: float, y: float, radius: float, palette: Palette) -> None:
    """Draw the round badge with the leaf, as on the site's pages."""
    unit, leaf = radius / 48, WHITE
    left, top = x - radius, y - radius
    press.disc(x, y, radius, palette.ground)
    press.disc(x, y, radius * 0.87, palette.accent)
    press.outline("30 66 m 22 42 36 28 68 28 c 68 60 54 74 30 66 c h", leaf, left, top, unit)
    press.outline("31.5 67 m 29 64.5 l 56 37.5 l 58 39.5 l h", palette.accent, left, top, unit)
    press.outline("22.5 76 m 20 73.5 l 31 62.5 l 35 65.5 l h", leaf, left, top, unit)


PHONE: Final = 52 / 30
"""Height of the drawn phone as a share of its width."""


def draw_phone(press: Press, x: float, y: float, width: float, palette: Palette) -> None:
    """Draw a phone that looks at a code: its case, its glass, and on it a corner frame around a small code."""
    unit = width / 30
    with press.moved(x, y):
        press.rectangle(0, 0, 30 * unit, 52 * unit, palette.accent, 5 * unit)
        press.rectangle(2.6 * unit, 6 * unit, 24.8 * unit, 39 * unit, WHITE, 1.4 * unit)
        press.rectangle(11 * unit, 2.5 * unit, 8 * unit, 1.3 * unit, palette.ground, 0.65 * unit)
        press.disc(15 * unit, 48.5 * unit, 1.7 * unit, palette.ground)
        for turned in (_FINDER, _FINDER_RIGHT, _FINDER_LOW):
            press.outline(turned, BLACK, 0, 0, unit)
        press.outline(_BITS, BLACK, 0, 0, unit)


def _square(x: float, y: float, side: float) -> str:
    return f"{x:g} {y:g} m {x + side:g} {y:g} l {x + side:g} {y + side:g} l {x:g} {y + side:g} l h"


def _finder(x: float, y: float) -> str:
    return " ".join((_square(x, y, 6.5), _square(x + 1.3, y + 1.3, 3.9), _square(x + 2.3, y + 2.3, 1.9)))


_FINDER: Final = _finder(6, 16.5)
_FINDER_RIGHT: Final = _finder(17.5, 16.5)
_FINDER_LOW: Final = _finder(6, 28)
_BITS: Final = " ".join(
    _square(x, y, 1.9)
    for x, y in (
        (17.5, 28),
        (20, 30.5),
        (22.1, 28),
        (17.5, 32.6),
        (22.1, 32.6),
        (13.6, 20),
        (13.6, 25),
        (9, 24.6),
    )
)


def place_logo(press: Press, logo: Logo, x: float, y: float, width: float, height: float) -> None:
    """Place a logo in the middle of a room, on a white tile."""
    scale = min(width / logo.width, height / logo.height)
    wide, high = logo.width * scale, logo.height * scale
    left, top = x + width - wide, y + (height - high) / 2
    press.rectangle(left - 0.8, top - 0.8, wide + 1.6, high + 1.6, WHITE, 1.2)
    if logo.drawing is not None:
        press.drawing(logo.drawing, left, top, scale)
    else:
        press.picture(logo.picture, left, top, wide, high)
