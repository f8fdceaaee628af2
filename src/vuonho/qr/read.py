"""The reader that did not write the codes: what stands in a picture, as zxing-cpp sees it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import zxingcpp

# --- A picture in grey, as those who judge codes look at it ---


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a picture in whole pixels: `right` and `bottom` are the first that do not belong to it."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture in grey, one byte a pixel, line by line: 0 is black, 255 white."""

    width: int
    height: int
    content: bytes

    def row(self, y: int, left: int, right: int) -> bytes:
        """Return the pixels of line `y` from `left` to before `right`; what lies outside is left out."""
        start = y * self.width
        return self.content[start + max(left, 0) : start + min(right, self.width)]

    def column(self, x: int, top: int, bottom: int) -> bytes:
        """Return the pixels of column `x` from `top` to before `bottom`; what lies outside is left out."""
        return self.content[max(top, 0) * self.width + x : min(bottom, self.height) * self.width : self.width]

    def within(self, area: Area) -> Area:
        """Return what of an area lies in the picture; it may be empty."""
        left, top = min(max(area.left, 0), self.width), min(max(area.top, 0), self.height)
        right, bottom = min(area.right, self.width), min(area.bottom, self.height)
        return Area(left, top, max(right, left), max(bottom, top))

    def part(self, area: Area) -> "Pixels":
        """Return the picture of what of an area lies in this one."""
        part = self.within(area)
        lines = (self.row(y, part.left, part.right) for y in range(part.top, part.bottom))
        return Pixels(part.right - part.left, part.bottom - part.top, b"".join(lines))

    def without(self, areas: Iterable[Area]) -> "Pixels":
        """Return the picture with white areas in it."""
        content = bytearray(self.content)
        for area in map(self.within, areas):
            white = b"\xff" * (area.right - area.left)
            for y in range(area.top, area.bottom):
                content[y * self.width + area.left : y * self.width + area.right] = white
        return Pixels(self.width, self.height, bytes(content))


# --- The reader that did not write the codes: what stands in a picture, as zxing-cpp sees it ---

_QR: Final = zxingcpp.barcode_formats_from_str("QRCode")
_FAMILY: Final = zxingcpp.barcode_formats_from_str("QRCode,MicroQRCode,RMQRCode")


@dataclass(frozen=True, slots=True)
class Reading:
    """One code that was read, and where: the corners of its dark modules, in pixels from the top left.

    `turn` is how far it is turned, in degrees. `version` is 0 where the reader does not tell it as a number.
    `spare` is the share of the error correction that was not needed (ISO/IEC 15415, 7.8.8): 1.0 for a
    symbol without a wrong module.
    """

    text: str
    left: int
    top: int
    right: int
    bottom: int
    turn: int
    version: int
    spare: float

    def moved(self, across: int, down: int) -> "Reading":
        """Return the same code in a picture that begins further to the left and further up."""
        return replace(
            self,
            left=self.left + across,
            top=self.top + down,
            right=self.right + across,
            bottom=self.bottom + down,
        )


def read_qr(pixels: Pixels) -> tuple[Reading, ...]:
    """Return the QR codes of a picture, dark on light, as a phone without tricks reads them."""
    return tuple(map(_reading, zxingcpp.read_barcodes(_image(pixels), _QR, try_invert=False)))


def read_everything(pixels: Pixels) -> tuple[Reading, ...]:
    """Return all that any phone may take for a code: light on dark too, Micro QR and rMQR too.

    Of many codes of very different sizes in one picture the reader may miss a large one (7 of 5,241 in a trial).
    Other kinds are not looked for: some need so little that a ruler or a hatched drawing can pass for one.
    """
    if not pixels.content:
        return ()
    return tuple(map(_reading, zxingcpp.read_barcodes(_image(pixels), _FAMILY)))


def _image(pixels: Pixels) -> memoryview:
    return memoryview(pixels.content).cast("B", (pixels.height, pixels.width))


def _reading(found: zxingcpp.Barcode) -> Reading:
    place = found.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    across, down = [corner.x for corner in corners], [corner.y for corner in corners]
    facts = found.extra if isinstance(found.extra, dict) else {}
    version = str(facts.get("Version", ""))
    return Reading(
        text=found.text,
        left=min(across),
        top=min(down),
        right=max(across),
        bottom=max(down),
        turn=found.orientation,
        version=int(version) if version.isdigit() else 0,
        spare=float(facts.get("UEC", 0.0)),
    )
