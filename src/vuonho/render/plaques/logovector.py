"""A logo drawn in SVG, as shapes in printing inks. The home of svglib.

Only shapes in plain colours are taken: text would need its typeface, pictures may come from anywhere, and shadows,
gradients and transparency are what print shops send files back for. The file is copied element by element, so
that svglib gets to see nothing else.
"""

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from xml.etree import ElementTree as ET

from vuonho.errors import Refused
from vuonho.render.plaques.logostyle import cannot_print, refuse_style

MOST_BYTES: Final = 1_000_000
_MOST_ELEMENTS: Final = 5_000
_DEEPEST: Final = 60
_SHAPES: Final = frozenset(
    ("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "defs", "style", "use")
)  # fmt: skip
_SAID: Final = frozenset(("title", "desc", "metadata"))
_SVG: Final = "{http://www.w3.org/2000/svg}"
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_LEAST, _LARGEST = 0.1, 1e6
_PAINTED: Final = re.compile(r" (?:[fB]\*?|S) ")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing in the words of PDF, of so many units; its origin is the lower left, y grows upwards."""

    width: float
    height: float
    words: str


def parse_svg(content: bytes) -> Drawing:
    """Return the drawing in an SVG file, in DeviceCMYK; raise Refused for what cannot be printed as it is."""
    if len(content) > MOST_BYTES:
        raise cannot_print("tệp SVG lớn quá 1 MB", "the SVG is larger than 1 MB")
    root = _parsed(_decoded(content))
    _refuse_maze(root)
    plain = _copied(root)
    _refuse_copies_of_copies(plain)
    drawing = _drawn(ET.tostring(plain))
    if not all(_LEAST < side < _LARGEST for side in (drawing.width, drawing.height)):
        raise cannot_print("không rõ kích thước hình", "the size of the drawing is not known")
    if not _PAINTED.search(drawing.words):
        raise cannot_print("trong hình không có nét nào", "there is nothing in the drawing")
    return drawing


def _drawn(plain: bytes) -> Drawing:
    """Return what svglib makes of a drawing; raise Refused where it cannot, or leaves things out."""
    from svglib import svglib  # noqa: PLC0415 - slow to load, and few have such a logo

    from vuonho.render.plaques.logoshapes import shape_words  # noqa: PLC0415 - the same

    log, complaints = logging.getLogger(svglib.__name__), _Complaints()
    log.addHandler(complaints)
    try:
        found: Any = svglib.svg2rlg(io.BytesIO(plain))
        drawing = Drawing(float(found.width), float(found.height), shape_words(found))
    except Exception as error:  # svglib answers a broken drawing with whatever it stumbles over
        raise _badly_written() from error
    finally:
        log.removeHandler(complaints)
    if complaints.heard:
        raise _badly_written()
    return drawing


class _Complaints(logging.Handler):
    """Hears what svglib says of parts that it cannot draw."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what was said."""
        self.heard.append(record.getMessage())


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise cannot_print("không phải chữ UTF-8", "it is not in UTF-8") from error
    before, found, after = text.partition("<!DOCTYPE")
    named, _, drawing = after.partition(">")
    if "[" in named or "<!" in named or "<!DOCTYPE" in drawing or "<!ENTITY" in text:
        raise cannot_print(
            "có định nghĩa riêng (DOCTYPE) ở đầu tệp", "it begins with definitions of its own (DOCTYPE)"
        )
    return _without_declaration(before + drawing if found else text)


def _without_declaration(text: str) -> str:
    """Return a text without the line that tells its encoding, which it no longer has."""
    plain = text.lstrip()
    return plain.partition("?>")[2] if plain.startswith("<?xml") else plain


def _parsed(text: str) -> ET.Element:
    try:
        root = ET.fromstring(text)  # noqa: S314 - a document type, and so an entity, is refused above
    except ET.ParseError as error:
        raise cannot_print("không phải là tệp SVG lành", "it is no sound SVG") from error
    if _kind(root) != "svg":
        raise cannot_print("không phải là tệp SVG lành", "it is no sound SVG")
    return root


def _kind(element: ET.Element) -> str:
    """Return an element's name, "" where it is not one of SVG."""
    name = str(element.tag).removeprefix(_SVG)
    return "" if name.startswith("{") else name


def _refuse_maze(root: ET.Element) -> None:
    """Refuse a drawing of too many elements, or of too many inside each other."""
    count, level, depth = 0, [root], 0
    while level:
        count, depth = count + len(level), depth + 1
        if count > _MOST_ELEMENTS or depth > _DEEPEST:
            raise cannot_print(
                "hình rối quá, nhiều nét hoặc nhiều lớp quá", "it has too many parts or layers"
            )
        level = [child for element in level for child in element]


def _copied(element: ET.Element) -> ET.Element:
    """Return an element of SVG with all that is drawn in it, and without names of other kinds."""
    kind = _kind(element)
    if kind not in _SHAPES:
        raise cannot_print(
            f"có phần tử “{kind}” mà nhà in không nhận", f"it holds “{kind}”, which cannot be printed"
        )
    copy = ET.Element(kind, dict(_attributes(element)))
    if kind == "style":
        copy.text = element.text or ""
    refuse_style(copy)
    copy.extend([_copied(child) for child in element if _kind(child) and _kind(child) not in _SAID])
    return copy


def _attributes(element: ET.Element) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        plain = "href" if name == _HREF else name
        if plain == "href" and not value.strip().startswith("#"):
            raise cannot_print("có phần lấy từ tệp khác", "parts of it come from another file")
        if not plain.startswith("{") and not plain.startswith("__"):
            yield plain, value.strip()


def _refuse_copies_of_copies(root: ET.Element) -> None:
    """Refuse `use` of what uses something itself: a few lines could draw a million shapes, or never end."""
    known = {element.get("id"): element for element in root.iter()}
    drawn = 0
    for use in root.iter("use"):
        target = known.get(use.get("href", "").removeprefix("#"))
        parts = [] if target is None else list(target.iter())
        drawn += len(parts)
        if not parts or any(part.tag == "use" for part in parts) or drawn > _MOST_ELEMENTS:
            raise cannot_print(
                "có phần tử “use” mà nhà in không nhận", "it holds a “use” that cannot be printed"
            )


def _badly_written() -> Refused:
    return cannot_print("hình có chỗ viết sai", "parts of it are badly written")
