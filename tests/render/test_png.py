"""The PNG packer, read back by another library."""

import io

import pytest
from PIL import Image

from vuonho.pages.icon import GREY, RGBA, pack_png


def test_grey_of_one_bit() -> None:
    """A picture of one bit a pixel has the given pixels, and its density."""
    image = Image.open(io.BytesIO(pack_png(3, 2, b"\x40\xa0", 1, GREY, 11_811)))
    pixels = [image.getpixel((x, y)) for y in range(2) for x in range(3)]
    assert (image.size, pixels) == ((3, 2), [0, 255, 0, 255, 0, 255])
    assert round(image.info["dpi"][0]) == 300


def test_colour_with_alpha() -> None:
    """A picture in RGBA keeps its four channels."""
    image = Image.open(io.BytesIO(pack_png(1, 1, bytes((1, 2, 3, 4)), 8, RGBA)))
    assert image.getpixel((0, 0)) == (1, 2, 3, 4)


def test_wrong_length() -> None:
    """Too few scan lines are refused."""
    with pytest.raises(ValueError, match="scan lines"):
        pack_png(8, 2, b"\0", 1, GREY)
