"""The reader that did not write the codes: what stands in a picture, as zxing-cpp sees it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

import zxingcpp

# --- A picture in grey, as those who judge codes look at it ---


class Area(NamedTuple):
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

    def within(self, area: Area) -> Area:
        """Return what of an area lies in the picture; it may be empty."""
        left, top = min(max(area.left, 0), self.width), min(max(area.top, 0), self.height)
        return Area(
            left, top, max(min(area.right, self.width), left), max(min(area.bottom, self.height), top)
        )

    def part(self, area: Area) -> "Pixels":
        """Return the picture of what of an area lies in this one."""
        left, top, right, bottom = self.within(area)
        starts = range(top * self.width, bottom * self.width, self.width)
        rows = b"".join(self.content[start + left : start + right] for start in starts)
        return Pixels(right - left, bottom - top, rows)

    def without(self, areas: Iterable[Area]) -> "Pixels":
        """Return the picture with white areas in it."""
        content = bytearray(self.content)
        for left, top, right, bottom in map(self.within, areas):
            for start in range(top * self.width, bottom * self.width, self.width):
                content[start + left : start + right] = b"\xff" * (right - left)
        return Pixels(self.width, self.height, bytes(content))


# --- What zxing-cpp reads in it ---

_QR: Final = zxingcpp.barcode_formats_from_str("QRCode")
_FAMILY: Final = zxingcpp.barcode_formats_from_str("QRCode,MicroQRCode,RMQRCode")


@dataclass(frozen=True, slots=True)
class Reading:
    """One code that was read: its text, and by how many degrees it is turned.

    `spare` is the share of the error correction that was not needed (ISO/IEC 15415, 7.8.8): 1.0 for a
    symbol without a wrong module.
    """

    text: str
    turn: int
    spare: float


def read_qr(pixels: Pixels, *, is_drawn: bool = False) -> tuple[Reading, ...]:
    """Return the QR codes of a picture, dark on light, as a phone without tricks reads them.

    Where it `is_drawn` and every pixel is black or white, the reader need not look for what is dark, nor twice.
    """
    how = zxingcpp.Binarizer.FixedThreshold if is_drawn else zxingcpp.Binarizer.LocalAverage
    found = zxingcpp.read_barcodes(
        _image(pixels), _QR, try_invert=False, try_downscale=not is_drawn, binarizer=how
    )
    return _readings(found)


def read_everything(pixels: Pixels) -> tuple[Reading, ...]:
    """Return all that any phone may take for a code: light on dark too, Micro QR and rMQR too.

    Of many codes of very different sizes in one picture the reader may miss a large one (7 of 5,241 in a trial).
    Other kinds are not looked for: some need so little that a ruler or a hatched drawing can pass for one.
    """
    return _readings(zxingcpp.read_barcodes(_image(pixels), _FAMILY)) if pixels.content else ()


def _image(pixels: Pixels) -> memoryview:
    return memoryview(pixels.content).cast("B", (pixels.height, pixels.width))


def _readings(found: Iterable[zxingcpp.Barcode]) -> tuple[Reading, ...]:
    facts = [(one, one.extra if isinstance(one.extra, dict) else {}) for one in found]
    return tuple(Reading(one.text, one.orientation, float(more.get("UEC", 0.0))) for one, more in facts)
