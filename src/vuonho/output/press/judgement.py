"""The judgement on one code that was read in its place: form, size, quiet zone, modules, contrast.

Grades are those of ISO/IEC 15415, which speaks of reflectance: linear light, of which the shade of a pixel is
the root, roughly (IEC 61966-2-1).
"""

from collections.abc import Iterator
from typing import Final

from vuonho.bilingual import Text
from vuonho.output.press.expected import ExpectedCode
from vuonho.output.press.measure import (
    Outline,
    Side,
    Square,
    breached_sides,
    find_outline,
    is_inverted,
    look_at_modules,
)
from vuonho.output.press.raster import Sheet
from vuonho.output.reader import Reading

QUIET_ZONE: Final = 4
"""Modules of white on every side (ISO/IEC 18004)."""

LEAST_MODULE_MM: Final = 0.4
"""What a phone reads with 720 lines from 18 cm, with 1,080 lines from nearly 30, since it read modules of 1.6 mm
with 720 lines from 75 cm. And more than four dots of a printer of 300 dpi, 0.34 mm, which is the least for print."""

_LEAST_CONTRAST: Final = 0.70
"""Grade A of symbol contrast."""

_NEAR_MM: Final = 0.1
_UPRIGHT: Final = 2
"""Degrees; a lean of less shows in the sides."""

_SIDES: Final[dict[Side, Text]] = {
    "top": Text("phía trên", "above"),
    "left": Text("bên trái", "to the left of"),
    "right": Text("bên phải", "to the right of"),
    "bottom": Text("phía dưới", "below"),
}


def judge(sheet: Sheet, code: ExpectedCode, reading: Reading) -> tuple[Text, ...]:
    """Return all that is wrong with a code; where its form, size or place is wrong, the first of that alone."""
    size = code.modules - 2 * QUIET_ZONE
    form = _form(sheet, reading, size)
    outline = None if form else find_outline(sheet.pixels, reading, size)
    if form or not outline:
        return (form or Text("Các góc của mã QR bị méo.", "The corners of the code are out of shape."),)
    geometry = _size(sheet, code, outline.square) or _place(sheet, code, outline)
    if geometry:
        return (geometry,)
    return (*_quiet_zone(sheet, code, outline.square), *_modules(sheet, outline.square, size, reading.spare))


def too_small(code: ExpectedCode) -> Text | None:
    """Return in words that the modules of a code are too small for phones and printers, or None."""
    module = code.width_mm / code.modules
    if module >= LEAST_MODULE_MM:
        return None
    found, least = _number(module, 2), _number(LEAST_MODULE_MM, 1)
    return Text(
        f"Mỗi ô của mã QR chỉ rộng {found.vi} mm, điện thoại khó đọc; cần ít nhất {least.vi} mm.",
        f"A module of the code is only {found.en} mm wide, hard for phones; it takes at least {least.en} mm.",
    )


def _form(sheet: Sheet, reading: Reading, size: int) -> Text | None:
    modules = 17 + 4 * reading.version
    if modules != size:
        return Text(
            f"Mã QR có {modules} ô mỗi cạnh, đúng ra là {size} ô.",
            f"The code has {modules} modules a side; it should have {size}.",
        )
    if abs(reading.turn) > _UPRIGHT:
        return Text("Mã QR bị xoay, không đứng thẳng.", "The code is turned, it does not stand upright.")
    if is_inverted(sheet.pixels, reading, size):
        return Text(
            "Mã QR bị đảo màu, trắng trên nền đen; nhiều điện thoại không đọc được.",
            "The code is inverted, white on black; many phones cannot read that.",
        )
    return None


def _size(sheet: Sheet, code: ExpectedCode, square: Square) -> Text | None:
    """Compare the width and height of the dark modules with what is expected."""
    wanted = code.width_mm * (1 - 2 * QUIET_ZONE / code.modules)
    sizes = ((square.right - square.left) / sheet.across, (square.bottom - square.top) / sheet.down)
    measured = max(sizes, key=lambda size: abs(size - wanted))
    if abs(measured - wanted) <= _NEAR_MM:
        return None
    found, right = _number(measured, 2), _number(wanted, 2)
    return Text(
        f"Mã QR không kể lề đo được {found.vi} mm, đúng ra là {right.vi} mm.",
        f"The code without its margin measures {found.en} mm; it should measure {right.en} mm.",
    )


def _place(sheet: Sheet, code: ExpectedCode, outline: Outline) -> Text | None:
    """Compare all sides that were measured with where they are expected."""
    margin = code.width_mm * QUIET_ZONE / code.modules
    left, top = code.left_mm + margin, code.top_mm + margin
    right, bottom = code.left_mm + code.width_mm - margin, code.top_mm + code.width_mm - margin
    square = outline.square
    offsets = (
        *(side / sheet.across - left for side in (square.left, outline.left_below)),
        *(side / sheet.down - top for side in (square.top, outline.top_beside)),
        square.right / sheet.across - right,
        square.bottom / sheet.down - bottom,
    )
    furthest = max(map(abs, offsets))
    if furthest <= _NEAR_MM:
        return None
    off = _number(furthest, 2)
    return Text(f"Mã QR lệch {off.vi} mm so với chỗ của nó.", f"The code is {off.en} mm off its place.")


def _quiet_zone(sheet: Sheet, code: ExpectedCode, square: Square) -> Iterator[Text]:
    box = Square(
        code.left_mm * sheet.across,
        code.top_mm * sheet.down,
        (code.left_mm + code.width_mm) * sheet.across,
        (code.top_mm + code.width_mm) * sheet.down,
    )
    for side in breached_sides(sheet.pixels, box, square):
        where = _SIDES[side]
        yield Text(
            f"Lề trắng {where.vi} mã QR bị in lấn vào hoặc bị cụt.",
            f"The white margin {where.en} the code is printed on or cut off.",
        )


def _modules(sheet: Sheet, square: Square, size: int, spare: float) -> Iterator[Text]:
    shades = look_at_modules(sheet.pixels, square, size)
    contrast = _reflectance(shades.light) - _reflectance(shades.dark)
    if not shades.plain:
        yield Text("Có nét khác in đè lên mã QR.", "Something else is printed over the code.")
    elif contrast < _LEAST_CONTRAST:
        found = f"{int(100 * contrast)}%"
        yield Text(
            f"Mã QR in nhạt quá: độ tương phản {found}, cần ít nhất 70%.",
            f"The code is too pale: its contrast is {found}, it takes at least 70%.",
        )
    elif spare < 1:
        yield Text("Mã QR có ô vẽ sai.", "The code has modules of the wrong colour.")


def _reflectance(shade: int) -> float:
    """Return how much light a shade of 0 to 255 stands for, 0.0 to 1.0 (sRGB, IEC 61966-2-1)."""
    part = shade / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _number(value: float, digits: int) -> Text:
    number = f"{value:.{digits}f}"
    return Text(number.replace(".", ","), number)
