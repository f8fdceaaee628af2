"""The drawn icons: small, of one hand, harmless, and one for everything that names one."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from vuonho.domain.vocabulary import consent_words, garden_words, living_words
from vuonho.domain.vocabulary.animals import ANIMALS
from vuonho.domain.vocabulary.crops import CROPS
from vuonho.domain.vocabulary.words import WordList

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
SHAPES = {"g", "path", "circle", "ellipse", "rect"}
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
    modules = (consent_words, living_words, garden_words)
    lists = (item for module in modules for item in vars(module).values() if isinstance(item, WordList))
    return {
        *(word.icon for word_list in lists for word in word_list),
        *(crop.family for crop in CROPS),
        *(animal.family for animal in ANIMALS),
        *PAGES.split(),
    }


def test_every_icon_in_use_is_drawn_and_every_drawn_one_is_used() -> None:
    """No page asks for a picture that is not there, and no file lies about unused."""
    assert sorted(_names_in_use()) == [file.stem for file in FILES]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_icon_is_small_and_drawn_with_the_one_pen(file: Path) -> None:
    """Under 900 bytes, on a 24 by 24 grid, one stroke for all."""
    content = file.read_bytes()
    root = ET.fromstring(content)  # noqa: S314  our own files
    (drawing,) = root
    assert (True, f"{SVG}svg", {"viewBox": "0 0 24 24"}, PEN) == (
        len(content) < 900,
        root.tag,
        root.attrib,
        drawing.attrib,
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_icon_holds_nothing_but_shapes(file: Path) -> None:
    """No id that could clash on a page, no style, no script, no text, no colour of its own."""
    (drawing,) = ET.fromstring(file.read_bytes())  # noqa: S314  our own files
    shapes = list(drawing.iter())[1:]
    assert {SVG + shape for shape in SHAPES} >= {shape.tag for shape in shapes}
    assert {name for shape in shapes for name in shape.attrib} <= GEOMETRY
    assert {shape.get("fill", "currentColor") for shape in shapes} == {"currentColor"}
    assert {shape.get("fill-opacity", ".15") for shape in shapes} == {".15"}
    assert not [shape for shape in shapes if (shape.text or "").strip()]
