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
    "d",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "x",
    "y",
    "width",
    "height",
    "transform",
    "fill",
    "fill-opacity",
}
# Named by page templates rather than by a word list.
PAGES = (
    "home house water electricity toilet kitchen waste internet road people award area irrigation"
    " practice calendar pin directions phone chat clock visit price ocop photo story link check search"
    " language privacy qr leaf alert print offline"
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


def _icon(file: Path) -> tuple[ET.Element, ET.Element]:
    """Return an icon and its one drawing."""
    root = ET.fromstring(file.read_bytes())  # noqa: S314  our own files
    assert len(root) == 1, file.name
    return root, root[0]


def test_every_icon_is_small() -> None:
    """Under 900 bytes."""
    sizes = {file.stem: file.stat().st_size for file in FILES}
    assert {name: size for name, size in sizes.items() if size >= 900} == {}


def test_every_icon_is_on_the_grid() -> None:
    """24 by 24."""
    roots = {file.stem: _icon(file)[0] for file in FILES}
    drawn = {name: (root.tag, root.attrib) for name, root in roots.items()}
    grid = (f"{SVG}svg", {"viewBox": "0 0 24 24"})
    assert {name: found for name, found in drawn.items() if found != grid} == {}


def test_every_icon_is_drawn_with_the_one_pen() -> None:
    """One stroke for all."""
    pens = {file.stem: _icon(file)[1].attrib for file in FILES}
    assert {name: pen for name, pen in pens.items() if pen != PEN} == {}


def test_every_icon_holds_nothing_but_shapes() -> None:
    """No id that could clash on a page, no style, no script, no text, no colour of its own."""
    assert {file.stem: faults for file in FILES if (faults := _no_shapes(file))} == {}


def _no_shapes(file: Path) -> list[str]:
    """Return what is in a drawing besides shapes, or that there is nothing at all."""
    shapes = list(_icon(file)[1].iter())[1:]
    return [fault for shape in shapes for fault in _more_than_a_shape(shape)] if shapes else ["empty"]


def _more_than_a_shape(shape: ET.Element) -> list[str]:
    """Return what a part of a drawing has that no shape has."""
    return [
        *({shape.tag} - SHAPES),
        *(shape.attrib.keys() - GEOMETRY),
        *({shape.get("fill", "currentColor")} - {"currentColor"}),
        *({shape.get("fill-opacity", ".15")} - {".15"}),
        *({(shape.text or "").strip()} - {""}),
    ]
