"""The site's icon."""

import io

import pytest
from lxml import etree
from PIL import Image

from vuonho.resources import STATIC, static_file

GREEN, LEAF, FRUIT = (31, 94, 51, 255), (244, 250, 236, 255), (243, 216, 105, 255)
ICONS = {name: static_file(name) for name in STATIC}


@pytest.mark.parametrize(
    ("path", "side", "corner"),
    [
        ("icon-192.png", 192, (0, 0, 0, 0)), ("icon-512.png", 512, (0, 0, 0, 0)),
        ("icon-maskable-512.png", 512, GREEN), ("apple-touch-icon.png", 180, GREEN),
    ],
)  # fmt: skip
def test_png(path: str, side: int, corner: tuple[int, ...]) -> None:
    """Each PNG has its size, a pomelo with a leaf on green, and corners that are clear or full as its home wants."""
    image = Image.open(io.BytesIO(ICONS[path])).convert("RGBA")
    at = ((0, 0), (side // 2, side // 30), (side // 2, side * 55 // 100))
    assert (image.size, [image.getpixel(point) for point in at]) == ((side, side), [corner, GREEN, FRUIT])
    assert LEAF in {colour for _, colour in image.getcolors(maxcolors=side * side) or ()}


def test_nothing_that_a_phone_may_cut_off() -> None:
    """Of a maskable icon all that is drawn lies in a circle of four fifths (W3C, Web App Manifest)."""
    image = Image.open(io.BytesIO(ICONS["icon-maskable-512.png"])).convert("RGBA")
    drawn = ((x - 256, y - 256) for x in range(512) for y in range(512) if image.getpixel((x, y)) != GREEN)
    assert max(x * x + y * y for x, y in drawn) <= (0.4 * 512) ** 2


def test_smooth_edges() -> None:
    """The edges have grades between the two colours."""
    image = Image.open(io.BytesIO(ICONS["icon-192.png"]))
    assert len({image.getpixel((x, 110)) for x in range(192)}) > 3


def test_svg() -> None:
    """The SVG is well-formed and has the same colours."""
    root = etree.fromstring(ICONS["icon.svg"])
    colours = {
        value for element in root.iter() for value in (element.get("fill"), element.get("stroke")) if value
    }
    assert (root.get("viewBox"), colours - {"none"}) == ("0 0 100 100", {"#1f5e33", "#f4faec", "#f3d869"})
