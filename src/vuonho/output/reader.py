"""The reader that did not write the codes: what stands in a picture, as zxing-cpp sees it."""

from dataclasses import dataclass, replace
from typing import Final

import zxingcpp

from vuonho.output.pixels import Pixels

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
