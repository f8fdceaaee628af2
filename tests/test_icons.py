"""The drawn icons: small, of one hand, harmless, and one for everything that names one."""

import xml.etree.ElementTree as ET
from pathlib import Path

from vuonho.model.vocabulary import ANIMALS, CROPS, LISTS

ICONS = Path(__file__).parents[1] / "templates" / "icons"
FILES = sorted(ICONS.glob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"
PEN = {
    "fill": "none",
    "stroke": "currentColor",
    "stroke-width": "1.75",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
}
SHAPES = {SVG + shape for shape in ("g", "path", "circle", "ellipse", "rect")}
GEOMETRY = {
    "d", "cx", "cy", "r", "rx", "ry", "x", "y", "width", "height", "transform", "fill", "fill-opacity",
}  # fmt: skip
# Named by page templates rather than by a word list.
PAGES = (
    "home house water electricity toilet kitchen waste internet road people award area irrigation"
    " practice calendar pin directions phone chat clock visit price ocop photo story link check search"
    " language privacy qr leaf alert print offline save share"
)


def _names_in_use() -> set[str]:
    return {
        *(word.icon for word_list in LISTS.values() for word in word_list),
        *(crop.family for crop in CROPS),
        *(animal.family for animal in ANIMALS),
        *PAGES.split(),
    }


def test_every_icon_in_use_is_drawn_and_every_drawn_one_is_used() -> None:
    """No page asks for a picture that is not there, and no file lies about unused."""
    assert sorted(_names_in_use()) == [file.stem for file in FILES]


def test_every_icon_is_small_and_of_one_hand() -> None:
    """Under 900 bytes, 24 by 24, drawn with one pen; nothing but shapes: no id, style, script, text or own colour."""
    for file in FILES:
        root = ET.fromstring(file.read_bytes())  # noqa: S314  our own files
        assert (root.tag, root.attrib) == (f"{SVG}svg", {"viewBox": "0 0 24 24"}), file.name
        (drawing,) = root
        shapes = list(drawing.iter())[1:]
        assert (drawing.attrib, file.stat().st_size < 900, shapes != []) == (PEN, True, True), file.name
        assert [fault for shape in shapes for fault in _more_than_a_shape(shape)] == [], file.name


def _more_than_a_shape(shape: ET.Element) -> list[str]:
    """Return what a part of a drawing has that no shape has."""
    return [
        *({shape.tag} - SHAPES),
        *(shape.attrib.keys() - GEOMETRY),
        *({shape.get("fill", "currentColor")} - {"currentColor"}),
        *({shape.get("fill-opacity", ".15")} - {".15"}),
        *({(shape.text or "").strip()} - {""}),
    ]
