"""The code on a plaque: one path in black alone on white, on whole dots of a printer, and nothing near it."""

import re
from functools import cache

import numpy as np
import plaque_kit as kit
import pytest

from case_kit import each
from vuonho.plaques.canvas import DOT, MM
from vuonho.plaques.order import Order, Printed
from vuonho.qr.symbol import payload, qr_symbol

QUIET_ZONE = 4
CODES = ("12342", "482135", "12345670")
SIZES_MM = {"200x150": (100, 110), "a5": (100, 110), "a6": (70, 80), "99x139": (85, 95), "99x67": (50, 62), "99x38": (25, 32), "63x38": (25, 32), "85x54": (40, 48)}  # fmt: skip
"""Widths of the code with its quiet zone: 100 to 110 on what hangs at a gate (docs/plaques.md)."""
_BLACK = re.compile(rb"q ([-\d. ]+) cm 0 0 0 1 k ([^q]*?) f\* Q")
_WHITE = re.compile(rb"q ([-\d. ]+) cm 0 0 0 0 k ([^q]*?) f\* Q")


@cache
def whole(design: str) -> Printed:
    return kit.printed(design, [kit.home(code=code) for code in CODES])


def modules(order_of: Order, at: int) -> np.ndarray:
    """Return the modules of a household's code, 1 where it is dark, without the quiet zone."""
    found = qr_symbol(payload(order_of.site.base_url, order_of.homes[at][0].code))
    return np.array([[row >> found.size - 1 - x & 1 for x in range(found.size)] for row in found.rows])


@each("design", kit.SINGLE)
@each("at", range(3))
def test_modules_are_whole_pixels(design: str, at: int) -> None:
    """At 300 dpi there are two shades, black and white, and each module is as many pixels as every other."""
    printed = whole(design)
    square = kit.square(printed, at)
    assert len(np.unique(square)) == 2
    assert square.max() == 255
    assert square.min() < 40
    wanted = modules(kit.order(design, [kit.home(code=code) for code in CODES]), at)
    step, rest = divmod(square.shape[0], len(wanted) + 2 * QUIET_ZONE)
    assert rest == 0
    expected = np.kron(np.pad(wanted, QUIET_ZONE), np.ones((step, step), int))
    assert (expected == (square < 128)).all()


@each("design", [*kit.SHEETS, "a6 on a4"])
def test_codes_on_sheets_are_where_they_are_said_to_be(design: str) -> None:
    """Looked at with 1,200 dpi, each module is dark or light in its middle, and the quiet zone is white."""
    printed = whole(design)
    for at in range(len(CODES)):
        wanted = np.pad(modules(kit.order(design, [kit.home(code=code) for code in CODES]), at), QUIET_ZONE)
        square = kit.square(printed, at, 600)
        middles = ((np.arange(len(wanted)) + 0.5) * square.shape[0] / len(wanted)).astype(int)
        assert (wanted == (square[np.ix_(middles, middles)] < 128)).all()


@each("design", [*kit.SINGLE, *kit.SHEETS])
def test_the_code_is_as_large_as_it_may_be(design: str) -> None:
    """Size beats everything (docs/plaques.md); a module is a whole number of dots of a 300 dpi printer."""
    least, most = SIZES_MM[design]
    for stamp in whole(design).codes:
        assert least <= stamp.width <= most
        dots = stamp.width / stamp.modules / DOT
        assert dots == pytest.approx(round(dots), abs=1e-6)


@each("design", kit.DESIGNS)
def test_it_is_one_path_in_black_alone(design: str) -> None:
    """Filled, not stroked, in DeviceCMYK 0 0 0 1, drawn after a white square, 0 0 0 0, of its whole width."""
    printed = whole(design)
    streams = kit.drawn(printed.content)
    for at, stamp in enumerate(printed.codes):
        stream = streams[stamp.page]
        page = kit.pages(printed.content)[stamp.page]
        step = stamp.width / stamp.modules * MM
        codes = [found for found in _BLACK.finditer(stream) if found[2].count(b" m ") > 20]
        here = [found for found in codes if _corner(found[1], page.height) == pytest.approx((stamp.left + 4 * step / MM, stamp.top + 4 * step / MM), abs=0.01)]  # fmt: skip
        assert len(here) == 1, at
        assert float(here[0][1].split()[0]) == pytest.approx(step, abs=1e-4)
        assert set(re.findall(rb"[a-zA-Z]+", here[0][2])) == {b"m", b"l", b"h"}
        before = [found for found in _WHITE.finditer(stream) if found.end() <= here[0].start()]
        assert before
        numbers = [float(number) for number in re.findall(rb"-?[\d.]+", before[-1][2])]
        assert max(numbers[::2]) - min(numbers[::2]) == pytest.approx(stamp.width, abs=0.001)
        assert max(numbers[1::2]) - min(numbers[1::2]) == pytest.approx(stamp.width, abs=0.001)


def _corner(matrix: bytes, height: float) -> tuple[float, float]:
    numbers = [float(number) for number in matrix.split()]
    return numbers[4] * kit.MM, height - numbers[5] * kit.MM


@each("design", kit.DESIGNS)
def test_nothing_stands_in_the_quiet_zone(design: str) -> None:
    """No line of text reaches into the square of a code."""
    printed = whole(design)
    for at, stamp in enumerate(printed.codes):
        near = [
            line.text
            for line in kit.lines(printed.content, stamp.page)
            if line.box.meets(kit.stamp_box(printed, at))
        ]
        assert near == []


def test_stamps_tell_whose_codes_they_are() -> None:
    """Page, payload in capitals, modules, and the household."""
    stamps = whole("a6 on a4").codes
    assert [stamp.payload for stamp in stamps] == [f"https://VUONMAU.EXAMPLE/{code}/" for code in CODES]
    assert [stamp.whose for stamp in stamps] == [f"{code} Vườn bà Hường" for code in CODES]
    assert {stamp.page for stamp in stamps} == {0}
    assert [stamp.page for stamp in whole("a6").codes] == [0, 1, 2]
    assert {stamp.modules for stamp in stamps} <= {33, 37}
