"""Colours as printing inks: what a team types for its plaques, in screen letters or in per cent of ink."""

import re
from typing import Final, NamedTuple

from vuonho.bilingual import Text
from vuonho.domain.values.figures import quoted
from vuonho.errors import Refused

_HEX: Final = re.compile(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})")
_INKS: Final = re.compile(r"([0-9]{1,3})[ ,]+([0-9]{1,3})[ ,]+([0-9]{1,3})[ ,]+([0-9]{1,3})")
_HOW: Final = Text(
    "Viết “#1f5e33”, hoặc bốn số phần trăm mực xanh lơ, hồng sẫm, vàng, đen: “66 0 55 62”.",
    "Write “#1f5e33”, or the per cent of cyan, magenta, yellow and black: “66 0 55 62”.",
)


class Colour(NamedTuple):
    """Shares of cyan, magenta, yellow and black ink, 0 to 1 each."""

    cyan: float
    magenta: float
    yellow: float
    black: float

    @property
    def luminance(self) -> float:
        """Return the relative luminance on white paper, 0 to 1, as WCAG 2 defines it for screens."""
        red, green, blue = ((1 - ink) * (1 - self.black) for ink in self[:3])
        return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def parse_colour(text: str) -> Colour:
    """Return the colour in “#rrggbb” or “c m y k”; raise Refused for anything else.

    Black takes the place of what the three inks have in common, so that dark colours dry on any paper.
    """
    plain = " ".join(text.replace("%", " ").split())
    if found := _HEX.fullmatch(plain):
        red, green, blue = (int(pair, 16) / 255 for pair in found.groups())
        light = max(red, green, blue)
        cyan, magenta, yellow = (
            round((light - one) / light, 3) if light else 0.0 for one in (red, green, blue)
        )
        return Colour(cyan, magenta, yellow, round(1 - light, 3))
    if (found := _INKS.fullmatch(plain)) and all(int(part) <= 100 for part in found.groups()):
        cyan, magenta, yellow, black = (int(part) / 100 for part in found.groups())
        return Colour(cyan, magenta, yellow, black)
    raise Refused(Text(f"{quoted(text)} không phải là màu.", f"{quoted(text)} is not a colour."), _HOW)


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
