"""Blocks of text: as large as their room allows, and written line by line."""

from vuonho.render.fonts import Weight
from vuonho.render.plaques.fitting import Room, Set, fit, printable, too_long
from vuonho.render.plaques.ink import BLACK, Ink
from vuonho.render.plaques.press import Press


def fitted(text: str, weight: Weight, room: Room) -> Set:
    """Return a text as large as its room allows; raise Misfit where there is not enough of it."""
    found = fit(printable(text, weight), weight, room)
    if found is None:
        raise too_long(text)
    return found


def draw_block(press: Press, block: Set, left: float, top: float, ink: Ink = BLACK) -> float:
    """Write lines from `top` down and return where their room ends."""
    for baseline, line in block.baselines(top):
        press.text(left, baseline, line, block.weight, block.size, ink)
    return top + block.height
