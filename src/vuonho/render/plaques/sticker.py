"""The sticker: what a plaque says on a label, for a jar, a basket or a letter box.

The code takes the height of the label; on an upright one it takes the width, and the rest stands below. Labels
shift a little in every printer, so nothing lies within 2.5 mm of their edges.
"""

from typing import Final

from vuonho.render.plaques.blocks import draw_block, fitted
from vuonho.render.plaques.face import Face, Words
from vuonho.render.plaques.fitting import LEADING, Room, fit_pair, halved, too_long
from vuonho.render.plaques.ink import BLACK, DRAFT, Palette
from vuonho.render.plaques.pictograms import PHONE, draw_phone
from vuonho.render.plaques.press import CAPITAL, Press, text_width
from vuonho.render.plaques.pressletters import BELOW, slanted_size

_EDGE: Final = 2.5
_BETWEEN: Final = 2.2
_WIDE: Final = 1.7
_LEAST: Final = 1.5
"""Size in mm of the smallest letters: about four points, on a label held in the hand."""
_SIX_DIGITS: Final = "000 000"
"""No code has larger digits than those of the usual length."""
_PLEASANT: Final = 1.9
"""Below this size an address is parted in two lines."""


def draw_sticker(
    press: Press, width: float, height: float, face: Face, words: Words, palette: Palette
) -> None:
    """Draw a label of so many mm, its corner at (0, 0). Raises Refused for a text without room."""
    sticker = _Sticker(press, width, height, face, words, palette)
    if height > width:
        sticker.upright()
    else:
        sticker.lying()


class _Sticker:
    def __init__(
        self, press: Press, width: float, height: float, face: Face, words: Words, palette: Palette
    ) -> None:
        self.press, self.width, self.height = press, width, height
        self.face, self.words, self.palette = face, words, palette

    def lying(self) -> None:
        """Draw a label that is wider than high: code left, address along the foot."""
        foot = self._address(_EDGE + 1.0, self.height - _EDGE)
        room = foot - _EDGE
        left = _EDGE + (room + self._code(_EDGE, _EDGE, room)) / 2 + _BETWEEN
        self._column(left, self.width - _EDGE - left, _EDGE + 1.0, foot - 2.0)

    def upright(self) -> None:
        """Draw a label that is higher than wide: code above, all else below it."""
        left, room = _EDGE + 2.5, self.width - 2 * _EDGE - 5
        foot = self._address(left, self.height - _EDGE - 1.5)
        self._code(left, _EDGE, room)
        self._column(left, room, _EDGE + room + 1.0, foot - 2.8)

    def _code(self, left: float, top: float, room: float) -> float:
        return self.press.symbol(self.face.symbol, left, top, room, self.face.payload, self.face.whose)

    def _address(self, left: float, bottom: float) -> float:
        """Write the address along the foot, as what a true code opens; return where its room begins."""
        said, address, room = f"{self.words.true} ".lstrip(), self.face.address, self.width - _EDGE - left
        before = text_width(said, "Regular")
        lines: tuple[str, ...] = (address,)
        size = min(0.07 * min(self.height, 62.0), room / (before + text_width(address, "SemiBold")))
        if size < _PLEASANT:
            lines = halved(address, "SemiBold", before)
            widths = before + text_width(lines[0], "SemiBold"), text_width(lines[1], "SemiBold")
            size = min(_PLEASANT, room / max(widths))
        if size < _LEAST:
            raise too_long(address if before < text_width(address, "SemiBold") else self.words.true)
        first = bottom - (BELOW + LEADING * (len(lines) - 1)) * size
        self.press.text(left, first, said.strip(), "Regular", size)
        for number, line in enumerate(lines):
            x = left if number else left + before * size
            self.press.text(x, first + number * LEADING * size, line, "SemiBold", size)
        return first - 0.84 * size

    def _column(self, left: float, width: float, top: float, bottom: float) -> None:
        """Write name and village from the top of a room, at its foot the digits and what to do.

        In a wide room these two stand side by side, in a narrow one the digits below.
        """
        room = bottom - top
        unit = min(width, room) / 30
        if self.words.draft:
            high = 0.8 * room
            size = slanted_size(self.words.draft, width, high, 18)
            self.press.slanted(left + width / 2, top + high / 2, self.words.draft, size, DRAFT, 18)
        across = text_width(self.face.digits, "Bold")
        widest = max(across, text_width(_SIX_DIGITS, "Bold"))
        if width > _WIDE * room:
            size = min(0.46 * width / widest, 0.42 * room / CAPITAL, 12 / CAPITAL)
            beside = left + size * across + 2.5 * unit
            high = max(size * CAPITAL + 0.6 * unit, 0.34 * room)
            call = self._call(beside, left + width - beside, bottom + 0.4 * unit, high, unit)
            end = bottom - max(call, high)
        else:
            size = min(width / widest, 10.5 * unit, 12 / CAPITAL)
            end = bottom - size * CAPITAL - 1.8 * unit
            end -= self._call(left, width, end, 0.29 * room, unit)
        self.press.text(left, bottom, self.face.digits, "Bold", size)
        self._names(left, width, top, end - 1.4 * unit, unit)

    def _names(self, left: float, width: float, top: float, bottom: float, unit: float) -> None:
        """Write name and village below a stroke in the colour of the plaques' edge."""
        self.press.rectangle(left, top, 9 * unit, 1.1 * unit, self.palette.edge)
        top += 1.8 * unit
        room = bottom - top
        upper = Room(width, 0.8 * room, 5.4 * unit, _LEAST, 6)
        lower = Room(width, room, 3.2 * unit, _LEAST, 4)
        gap = 0.5 * unit
        name, village = fit_pair(self.face.name, self.face.village, upper, lower, gap, room)
        end = draw_block(self.press, name, left, top, BLACK)
        draw_block(self.press, village, left, end + gap, self.palette.accent)

    def _call(self, left: float, width: float, bottom: float, height: float, unit: float) -> float:
        """Write beside a phone what to do, on a foot of so many mm and at most so high; return the height."""
        text = left + 0.62 * height
        width = left + width - text
        share = 0.52 if self.words.foreign_scan else 1.0
        scan = fitted(self.words.scan, "SemiBold", Room(width, share * height, 3.2 * unit, _LEAST, 3))
        sets = [(scan, BLACK)]
        if self.words.foreign_scan:
            room = Room(width, height - scan.height, scan.size, _LEAST, 3)
            sets.append((fitted(self.words.foreign_scan, "Medium", room), self.palette.accent))
        used = sum(one.height for one, _ in sets)
        draw_phone(self.press, left, bottom - used, used / PHONE, self.palette)
        top = bottom - used
        for one, ink in sets:
            top = draw_block(self.press, one, left + used / PHONE + 1.2 * unit, top, ink)
        return used
