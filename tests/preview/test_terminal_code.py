"""The QR code of a terminal, drawn letter by letter as a terminal does, and read by a reader that did not write it."""

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from vuonho.qr.symbol import qr_symbol, terminal_lines

ADDRESS = "http://192.168.100.123:8000/vuon-mau/"
HALVES = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}
WIDE, HIGH = 9, 19  # a usual letter; modules are then not quite square


def drawn(lines: tuple[str, ...], ink: int, paper: int, around: int) -> Image.Image:
    """Return the lines as a terminal shows them, in its own window."""
    image = Image.new("L", (WIDE * (len(lines[0]) + 8), HIGH * (len(lines) + 4)), around)
    pen = ImageDraw.Draw(image)
    for row, line in enumerate(lines, 2):
        for column, letter in enumerate(line, 4):
            left, top = column * WIDE, row * HIGH
            for half, is_ink in enumerate(HALVES[letter]):
                upper, lower = top + (half * HIGH) // 2, top + ((half + 1) * HIGH) // 2
                pen.rectangle((left, upper, left + WIDE - 1, lower - 1), fill=ink if is_ink else paper)
    return image


@pytest.mark.parametrize("around", [0, 255])
def test_a_phone_reads_it_from_a_dark_and_a_bright_terminal(around: int) -> None:
    """Black letters on white, whatever is around them."""
    lines = terminal_lines(qr_symbol(ADDRESS), is_bright=False)
    assert {len(lines[0])} == set(map(len, lines))
    found = zxingcpp.read_barcodes(drawn(lines, 0, 255, around), try_invert=False)
    assert [one.text for one in found] == [ADDRESS]
    assert len(lines[0]) <= 45


def test_without_colours_the_light_is_drawn() -> None:
    """Bright letters on black, quiet zone and all."""
    lines = terminal_lines(qr_symbol(ADDRESS), is_bright=True)
    found = zxingcpp.read_barcodes(drawn(lines, 200, 0, 0), try_invert=False)
    assert [one.text for one in found] == [ADDRESS]
    assert ("█" * len(lines[0]),) * 2 == (lines[0], lines[-1])
