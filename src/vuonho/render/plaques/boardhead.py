"""The head of the board: code, name, what to do; and the line at the top of its further sheets.

The look of the plaque at the gate: the code on its white card at the left, badge and name beside it.
"""

import re
from dataclasses import dataclass
from typing import Final

from vuonho.domain.public import PublicSite, PublicVillage
from vuonho.render.codes.symbol import payload, symbol
from vuonho.render.fonts import Weight
from vuonho.render.plaques.blocks import draw_block, fitted
from vuonho.render.plaques.boardtext import Words, running
from vuonho.render.plaques.boardwords import BoardWords, both
from vuonho.render.plaques.fitting import Room, Set, printable
from vuonho.render.plaques.ink import BLACK, WHITE, Palette
from vuonho.render.plaques.pictograms import PHONE, draw_badge, draw_phone, place_logo
from vuonho.render.plaques.press import Press

LEFT: Final = 12.0
RIGHT: Final = 285.0
"""Between these, in mm from the trim's left, lies everything."""
RUNNING_BOTTOM: Final = 30.0
"""Where the head of a further sheet ends, with the room below it."""
_TOP: Final = 14.0
_CARD: Final = 104.0
_BESIDE: Final = 10.0
_ADDRESS: Final = (9.0, 6.8)
"""Largest and least size of the address: the least has letters of 5 mm."""
_ADDRESS_LINES: Final = 3
_FACE: Final[Weight] = "SemiBold"
_AFTER_A_SLASH: Final = re.compile(r"(?<=/)(?=.)")
_ANY_CODE: Final = "0"


def village_address(site: PublicSite, village: PublicVillage) -> str:
    """Return the address of a village's page as one types it, the host in lower case: "vuonmau.example/thon-dong/"."""
    host, slash, path = site.base_url.removeprefix("https://").partition("/")
    return f"{host.lower()}{slash}{path}{village.slug}/"


def village_payload(site: PublicSite, village: PublicVillage) -> str:
    """Return the address of a village's page in the letters of its code: the host in capitals, the path as written."""
    base = payload(site.base_url, _ANY_CODE).removesuffix(f"{_ANY_CODE}/")
    return f"{base}{village.slug}/"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of the first sheet: `scale` enlarges all of it but the width that it has."""

    village: PublicVillage
    words: BoardWords
    scale: float
    payload: str
    address: Set
    warnings: tuple[Set, ...]

    @classmethod
    def of(cls, village: PublicVillage, site: PublicSite, words: BoardWords, scale: float) -> "Head":
        """Return the head at a scale; raise Misfit for an address or a warning without room."""
        width = RIGHT - LEFT
        address = _address(village_address(site, village), width, scale)
        warnings = tuple(running(text, "Medium", 4.2 * scale, width, 4) for text in words.genuine if text)
        return cls(village, words, scale, village_payload(site, village), address, warnings)

    @property
    def low(self) -> float:
        """Return where the card with the code ends."""
        return _TOP + _CARD * self.scale

    @property
    def bottom(self) -> float:
        """Return where it ends."""
        return self.low + 1.5 + self.address.height + 0.5 + sum(one.height for one in self.warnings)

    def draw(self, press: Press, palette: Palette) -> None:
        """Draw it; raise Misfit for a text without room."""
        card = _CARD * self.scale
        press.rectangle(LEFT, _TOP, card, card, WHITE, 5 * self.scale)
        press.symbol(symbol(self.payload), LEFT + 1, _TOP + 1, card - 2, self.payload, self.village.name)
        top = draw_block(press, self.address, LEFT, self.low + 1.5) + 0.5
        for one in self.warnings:
            top = draw_block(press, one, LEFT, top)
        left = LEFT + card + _BESIDE
        self._names(press, palette, left)
        self._call(press, palette, left)

    def _names(self, press: Press, palette: Palette, left: float) -> None:
        """Draw badge and logo, and below them the village's name and the heading."""
        s, words, width = self.scale, self.words, RIGHT - left
        radius = 12.5 * s
        draw_badge(press, left + 0.9 * radius, 4.0 + radius, radius, palette)
        if words.logo is not None:
            place_logo(press, words.logo, RIGHT - 36, 11, 35, 20 * s)
        name = fitted(self.village.name, "Bold", Room(width, 30 * s, 24.5 * s, 6.5, 4))
        top = draw_block(press, name, left, 5.5 + 2 * radius)
        heading = fitted(words.heading.first, "SemiBold", Room(width, 11 * s, 8.6 * s, 4.5, 2))
        top = draw_block(press, heading, left, top + 1.5 * s, palette.accent)
        if words.heading.second:
            second = fitted(words.heading.second, "Medium", Room(width, 8 * s, 5.8 * s, 3.4, 2))
            draw_block(press, second, left, top, palette.accent)

    def _call(self, press: Press, palette: Palette, left: float) -> None:
        """Draw the phone and what to do with it, down to where the card ends."""
        s, words = self.scale, self.words
        text = left + 22 * s
        width = RIGHT - text
        sets = [
            (fitted(words.scan.first, "Bold", Room(width, 18 * s, 7.4 * s, 4.5, 3)), BLACK),
            (fitted(words.how, "Medium", Room(width, 7.5 * s, 5.6 * s, 3.6, 2)), BLACK),
        ]
        if words.scan.second:
            second = fitted(words.scan.second, "Medium", Room(width, 7.5 * s, 5.2 * s, 3.4, 2))
            sets.append((second, palette.accent))
        phone = 17.5 * s
        height = max(sum(one.height for one, _ in sets) + 1.2 * s, phone * PHONE)
        top = self.low - height
        draw_phone(press, left, self.low - (height + phone * PHONE) / 2, phone, palette)
        for one, ink in sets:
            top = draw_block(press, one, text, top, ink) + 0.6 * s


def _address(address: str, width: float, scale: float) -> Set:
    """Return the address as large as it may be in the fewest lines, up to three, each ending after a slash.

    Where that is not possible lines end after dots and dashes too. Raises Misfit for an address without room.
    """
    large, least = _ADDRESS[0] * scale, _ADDRESS[1]
    parts = Words.of(_AFTER_A_SLASH.split(printable(address, _FACE)), _FACE, joint="")
    lines = parts.even(width / least, len(parts.cuts(width / least)) + 1)
    if lines is None or len(lines) > _ADDRESS_LINES:
        return running(address, _FACE, least, width, _ADDRESS_LINES)
    return Set(lines, _FACE, min(large, width / Set(lines, _FACE, 1.0).width))


def draw_running_head(press: Press, village: PublicVillage, words: BoardWords, palette: Palette) -> None:
    """Draw the line at the top of a further sheet: badge, the village's name, the heading."""
    draw_badge(press, LEFT + 8, 13.5, 8, palette)
    left, width = LEFT + 20.5, RIGHT - LEFT - 20.5
    name = fitted(village.name, "Bold", Room(0.55 * width, 12, 8.4, 3.6, 2))
    draw_block(press, name, left, 17.6 - name.height / 2)
    beside = left + name.width + 6
    heading = fitted(both(words.heading), "Medium", Room(RIGHT - beside, 10, 5.2, 3.0, 3))
    draw_block(press, heading, beside, 18.2 - heading.height / 2, palette.accent)
