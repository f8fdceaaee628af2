"""The plaque at the gate, and the card: code and digits at the left, the household's name at the right.

One drawing for all sizes, in the proportions of 200 × 150 mm: whatever grows with the plaque does so together. A
wider plaque gives its width to the name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vuonho.render.fonts import Weight
from vuonho.render.plaques.face import Face, Words
from vuonho.render.plaques.fitting import Room, Set, fit, fit_pair, flowed, halved, too_long
from vuonho.render.plaques.ink import BLACK, DRAFT, WHITE, Ink, Palette
from vuonho.render.plaques.pictograms import draw_badge, draw_drill_point, draw_phone, place_logo
from vuonho.render.plaques.press import CAPITAL, Press, text_width
from vuonho.render.plaques.pressletters import BELOW, slanted_size

_ACROSS: Final = 200.0
_DOWN: Final = 150.0


@dataclass(frozen=True, slots=True)
class Design:
    """A plaque's size in mm, and whether it is screwed on."""

    key: str
    width: float
    height: float
    drilled: bool

    @property
    def scale(self) -> float:
        """Return the size of everything on it as a share of that on 200 × 150 mm."""
        return min(self.width / _ACROSS, self.height / _DOWN)


GATE: Final = Design("200x150", 200, 150, drilled=True)
A5: Final = Design("a5", 210, 148, drilled=True)
A6: Final = Design("a6", 148, 105, drilled=False)


def draw_plaque(
    press: Press, design: Design, face: Face, words: Words, palette: Palette, bleed: float
) -> None:
    """Draw a plaque whose trim begins at (0, 0), its ground to `bleed` mm beyond. Raises Refused for a text without room."""
    plaque = _Plaque(press, design, face, words, palette, bleed)
    plaque.ground()
    plaque.code()
    plaque.foot()
    plaque.column()


class _Plaque:
    """One plaque on the press; lengths below are those on 200 × 150 mm, `s` of a millimetre.

    What stands at the left is stacked from the foot upwards: address, digits, and the code in what is left.
    """

    def __init__(
        self, press: Press, design: Design, face: Face, words: Words, palette: Palette, bleed: float
    ) -> None:
        self.press, self.design, self.face, self.words = press, design, face, words
        self.palette, self.bleed = palette, bleed
        self.s = design.scale
        self.left, self.column_left = 11.0, 129.5
        self.right = design.width / self.s - 8.5
        self.low = (design.height - _SAFE) / self.s
        self.address_top = self.low - (CAPITAL + BELOW) * _ADDRESS[0]
        self.digits_low = self.address_top - 2.9
        self.card_top = 8.4
        self.card = self.digits_low - _DIGITS - 3.0 - self.card_top

    @property
    def _wide(self) -> float:
        return self.right - self.column_left

    def ground(self) -> None:
        """Draw what lies beneath: ground, clay edge, draft mark, drill points."""
        press, bleed, design = self.press, self.bleed, self.design
        press.rectangle(
            -bleed, -bleed, design.width + 2 * bleed, design.height + 2 * bleed, self.palette.ground
        )
        press.rectangle(-bleed, -bleed, design.width + 2 * bleed, bleed + 4.4 * self.s, self.palette.edge)
        if self.words.draft:
            self._draft()
        if design.drilled:
            for x in (6.5, design.width - 6.5):
                for y in (11.0, design.height - 6.5):
                    draw_drill_point(press, x, y)

    def _draft(self) -> None:
        x, y, s = (self.column_left + self.right) / 2, 57.0, self.s
        size = slanted_size(self.words.draft, self._wide, 46, 24)
        self.press.slanted(x * s, y * s, self.words.draft, size * s, DRAFT, 24)
        size = min(3.6, self.card / text_width(self.words.draft, "ExtraBold"))
        self.press.text(self.left * s, 3.6 * s, self.words.draft, "ExtraBold", size * s, WHITE)

    def code(self) -> None:
        """Draw the code on its white card, and the digits below it."""
        s, face, top = self.s, self.face, self.card_top
        self.press.rectangle(self.left * s, top * s, self.card * s, self.card * s, WHITE, 4 * s)
        room = (self.card - 2) * s
        self.press.symbol(face.symbol, (self.left + 1) * s, (top + 1) * s, room, face.payload, face.whose)

    def foot(self) -> None:
        """Write the digits and the address below the code."""
        size = min(_DIGITS / CAPITAL, self.card / text_width(self.face.digits, "Bold"))
        self._line(self.left, self.digits_low, self.face.digits, "Bold", size)
        width = self.design.width / self.s - self.left - 13
        lines, size = _address(self.face.address, width)
        first = self.low - (BELOW + 1.15 * (len(lines) - 1)) * size
        for number, line in enumerate(lines):
            self._line(self.left, first + number * 1.15 * size, line, "Medium", size)

    def column(self) -> None:
        """Write the name and all else at the right of the code."""
        small = self._small()
        top = self.address_top - 2.4 - sum(one.height + _APART for one in small)
        sets = self._call_sets(top - _CALL - 1.0)
        self._head()
        names = Room(self._wide, 45, 12.5, 5.2, 5), Room(self._wide, 16, 6.4, 3.4, 4)
        name, village = fit_pair(self.face.name, self.face.village, *names, 2.2, _CALL - _NAMES - 4.0)
        bottom = self._block(name, _NAMES, BLACK)
        self._block(village, bottom + 2.2, self.palette.accent)
        self._call(sets)
        for one in small:
            top = self._block(one, top, BLACK) + _APART

    def _head(self) -> None:
        """Draw the badge, and the commune's logo if there is one."""
        radius, s = 8.6, self.s
        draw_badge(self.press, (self.column_left + radius) * s, 11.2 * s, radius * s, self.palette)
        if self.words.logo is not None:
            top = max(7.8, (_SAFE + 0.9) / s)
            place_logo(self.press, self.words.logo, (self.right - 24) * s, top * s, 20 * s, (19.9 - top) * s)

    def _call_sets(self, height: float) -> tuple[Set, Set, Set]:
        """Return in lines what to do, in which way, and the same in the other language, at most so high together."""
        width, words = self.right - self.column_left - _BESIDE, self.words
        for share in (1.0, 0.9, 0.8, 0.72):
            scan = fit(words.scan, "Bold", Room(width, 22, 5.8 * share, 4.2 * share, 4))
            how = fit(words.how, "Medium", Room(width, 9, 4.2 * share, 3.2 * share, 2))
            foreign = fit(words.foreign_scan, "Medium", Room(width, 10, 4.0 * share, 3.0 * share, 3))
            if scan and how and foreign and scan.height + how.height + foreign.height + 1.7 <= height:
                return scan, how, foreign
        raise too_long(max(words.scan, words.how, words.foreign_scan, key=len))

    def _call(self, sets: tuple[Set, Set, Set]) -> None:
        """Draw the phone, and what to do with it."""
        s, (scan, how, foreign) = self.s, sets
        draw_phone(self.press, self.column_left * s, (_CALL + 1.0) * s, 17.0 * s, self.palette)
        left = self.column_left + _BESIDE
        bottom = self._block(scan, _CALL, BLACK, left)
        bottom = self._block(how, bottom + 0.4, BLACK, left)
        self._block(foreign, bottom + 1.3, self.palette.accent, left)

    def _small(self) -> list[Set]:
        """Return in lines what protects from pasted codes, and whom to tell of damage."""
        words = self.words
        texts = (words.genuine, words.foreign_genuine, f"{words.damaged} {words.batch}".strip())
        found = _small_print(texts, self._wide)
        if found is None:
            host = self.face.address.partition("/")[0]
            hostless = [text.replace(host, "") for text in texts]
            longest = max(words.genuine, words.foreign_genuine, words.damaged, key=len)
            raise too_long(self.face.address if _small_print(hostless, self._wide) else longest)
        return found

    def _block(self, block: Set, top: float, ink: Ink, left: float | None = None) -> float:
        """Write lines from `top` down and return where they end."""
        x = self.column_left if left is None else left
        for baseline, line in block.baselines(top):
            self._line(x, baseline, line, block.weight, block.size, ink)
        return top + block.height

    def _line(self, x: float, y: float, text: str, weight: Weight, size: float, ink: Ink = BLACK) -> None:
        self.press.text(x * self.s, y * self.s, text, weight, size * self.s, ink)


_SAFE: Final = 5.0
"""Millimetres from the trim within which nothing is to be read."""
_DIGITS: Final = 12.3
"""Height of the digits."""
_NAMES: Final = 22.8
"""Where the name begins."""
_CALL: Final = 76.5
"""Where the call to action begins, and how far its words stand from the phone's left."""
_BESIDE: Final = 21.0
_APART: Final = 0.7
"""Between the parts of the small print."""


_SMALL: Final = (2.9, 2.6, 2.3)
_SMALL_HIGH: Final = 27.0


def _small_print(texts: Sequence[str], width: float) -> list[Set] | None:
    """Return texts in lines, at the largest size at which they have room; None where they have none."""
    for size in _SMALL:
        sets = [flowed(text, "Medium", size, width) for text in texts if text]
        height = sum(one.height + _APART for one in sets)
        if height <= _SMALL_HIGH and all(one.width <= width for one in sets):
            return sets
    return None


_ADDRESS: Final = (7.0, 4.6, 3.9, 3.3)
"""Largest and least size in one line, and in two: the largest has letters of 5 mm on the plaque at the gate."""


def _address(address: str, width: float) -> tuple[tuple[str, ...], float]:
    """Return an address in one line, or in two where that would be small, and its size."""
    large, small, large_of_two, least = _ADDRESS
    size = min(large, width / text_width(address, "Medium"))
    if size >= small:
        return (address,), size
    lines = halved(address, "Medium")
    size = min(large_of_two, *(width / text_width(line, "Medium") for line in lines if line))
    if size < least:
        raise too_long(address)
    return lines, size
