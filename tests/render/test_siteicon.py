"""The site's icon."""

import io

import pytest
from lxml import etree
from PIL import Image

from vuonho.resources import STATIC, static_file

GREEN, LEAF = (31, 94, 51), (244, 250, 236)
ICONS = {name: static_file(name) for name in STATIC}


@pytest.mark.parametrize(
    ("path", "side", "corner"),
    [("icon-192.png", 192, 0), ("icon-512.png", 512, 0), ("apple-touch-icon.png", 180, 255)],
)
def test_png(path: str, side: int, corner: int) -> None:
    """Each PNG has its size, a green ground, a leaf, and corners that are clear or full as its home wants."""
    image = Image.open(io.BytesIO(ICONS[path]))
    points = ((0, 0), (side // 2, side // 20), (side * 2 // 5, side * 2 // 5))
    pixels = [image.getpixel(point) for point in points]
    assert (side, side) == image.size
    assert pixels[1:] == [(*GREEN, 255), (*LEAF, 255)]
    assert pixels[0] == ((*GREEN, 255) if corner else (0, 0, 0, 0))


def test_smooth_edges() -> None:
    """The edges have grades between the two colours."""
    image = Image.open(io.BytesIO(ICONS["icon-192.png"]))
    assert len({image.getpixel((x, 96)) for x in range(192)}) > 3


def test_svg() -> None:
    """The SVG is well-formed and has the same colours."""
    root = etree.fromstring(ICONS["icon.svg"])
    colours = {
        value for element in root.iter() for value in (element.get("fill"), element.get("stroke")) if value
    }
    assert ("0 0 100 100", {"#1f5e33", "#f4faec"}) == (root.get("viewBox"), colours)
