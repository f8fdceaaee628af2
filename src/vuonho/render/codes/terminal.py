"""A QR symbol as text for a terminal: one letter is one module wide and two high."""

from typing import Final

from vuonho.render.codes.image import QUIET_ZONE
from vuonho.render.codes.symbol import Symbol

_HALVES: Final = " ▄▀█"
"""By what of a letter is drawn: nothing, the lower half, the upper half, both."""


def terminal_lines(symbol: Symbol, *, is_bright: bool = False) -> tuple[str, ...]:
    """Return the lines of a symbol with its quiet zone of four modules, all of one width.

    The dark modules are drawn, so the letters must be black on white; with `is_bright` the light ones are, for
    a terminal that can only write brightly on black. All letters are in Windows' oldest console font.
    """
    width = symbol.size + 2 * QUIET_ZONE
    full = (1 << width) - 1 if is_bright else 0
    empty = (0,) * QUIET_ZONE
    rows = [row << QUIET_ZONE ^ full for row in (*empty, *symbol.rows, *empty)]
    if len(rows) % 2:
        rows.append(full)  # half a letter more of the quiet zone, for a symbol's size is odd
    return tuple(_line(upper, lower, width) for upper, lower in zip(rows[::2], rows[1::2], strict=True))


def _line(upper: int, lower: int, width: int) -> str:
    return "".join(_HALVES[2 * (upper >> at & 1) + (lower >> at & 1)] for at in reversed(range(width)))
