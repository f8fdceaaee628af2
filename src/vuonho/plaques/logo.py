"""The commune's logo: a PNG or a plain SVG becomes a picture in printing inks."""

import io
import logging
import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast
from xml.etree import ElementTree as ET

from PIL import Image, ImageChops, ImageMath
from reportlab.graphics.shapes import Circle, Ellipse, Group, Line, Path, Polygon, PolyLine, Rect, Shape
from reportlab.lib.colors import Color, getAllNamedColors

from vuonho.errors import Refused
from vuonho.i18n import Text

# --- How the shapes of a logo may be painted: with plain colours that cover what lies below, and nothing else ---

_PAINTS: Final = ("fill", "stroke", "color")
_OPACITIES: Final = ("opacity", "fill-opacity", "stroke-opacity")
_EFFECTS: Final = (
    "filter", "mask", "clip-path", "mix-blend-mode", "marker", "marker-start", "marker-mid", "marker-end",
)  # fmt: skip
_NO_EFFECT: Final = ("none", "normal", "inherit", "")
_WORDS: Final = ("none", "currentColor", "inherit")
_HEX: Final = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_RGB: Final = re.compile(r"rgb\(\s*\d+(?:\.\d+)?%?(?:\s*,\s*\d+(?:\.\d+)?%?){2}\s*\)")
_MOVES: Final = re.compile(r"(?:(?:matrix|translate|scale|rotate|skewX|skewY)\([-+.,eE\d\s]+\)[\s,]*)*")
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_BODY: Final = re.compile(r"\{([^{}]*)\}")


def cannot_print(vi: str, en: str) -> Refused:
    """Return the error of a logo, with the reason."""
    return Refused(
        Text(f"Không in được lô-gô: {vi}.", f"The logo cannot be printed: {en}."),
        Text("Lưu lô-gô thành ảnh PNG nền trắng, rộng khoảng 1.000 điểm, rồi ghi tên tệp ấy vào plaque.logo.",
             "Save the logo as a PNG on white, about 1,000 pixels wide, and name that file at plaque.logo."),
    )  # fmt: skip


def refuse_style(element: ET.Element) -> None:
    """Raise Refused for an element, or a style sheet, that paints what cannot be printed."""
    sheet = _COMMENT.sub("", element.text or "") if element.tag == "style" else ""
    if "@" in sheet:
        raise cannot_print("phần style có lệnh @", "its style sheet holds an @ rule")
    for style in (element.get("style", ""), *_BODY.findall(sheet)):
        for name, value in _declared(style):
            if name == "transform":
                raise cannot_print("phần style có transform", "its style sheet moves things (transform)")
            _refuse_paint(name, value)
    for name, value in element.attrib.items():
        _refuse_paint(name, value)
    if not _MOVES.fullmatch(element.get("transform", "")):
        raise cannot_print("có transform viết sai", "a transform is badly written")


def _declared(style: str) -> Iterator[tuple[str, str]]:
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            yield name.strip(), value.replace("!important", "").strip()


def _refuse_paint(name: str, value: str) -> None:
    if name in _EFFECTS and value not in _NO_EFFECT:
        raise cannot_print(f"có hiệu ứng ({name})", f"it has an effect ({name})")
    if name in _OPACITIES and not _is_whole(value):
        raise cannot_print("có chỗ trong suốt (opacity)", "parts of it are see-through (opacity)")
    if name in _PAINTS and not _is_plain_colour(value):
        shown = value[:30]
        raise cannot_print(
            f"có màu “{shown}” mà nhà in không nhận", f"the colour “{shown}” is none of a press"
        )


def _is_whole(value: str) -> bool:
    try:
        return float(value.removesuffix("%")) / (100 if value.endswith("%") else 1) == 1
    except ValueError:
        return value == "inherit"


def _is_plain_colour(value: str) -> bool:
    """Tell whether a value is a colour that covers; `transparent` is none."""
    if value in _WORDS or _HEX.fullmatch(value) or _RGB.fullmatch(value):
        return True
    return value != "transparent" and value in getAllNamedColors()


# --- A logo drawn in SVG, as shapes in printing inks. The home of svglib ---

LOGOVECTOR_MOST_BYTES: Final = 1_000_000
_MOST_ELEMENTS: Final = 5_000
_DEEPEST: Final = 60
_SHAPES: Final = frozenset(
    ("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "defs", "style", "use")
)  # fmt: skip
_SAID: Final = frozenset(("title", "desc", "metadata"))
_SVG: Final = "{http://www.w3.org/2000/svg}"
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_LEAST, _LOGOVECTOR_LARGEST = 0.1, 1e6
_PAINTED: Final = re.compile(r" (?:[fB]\*?|S) ")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing in the words of PDF, of so many units; its origin is the lower left, y grows upwards."""

    width: float
    height: float
    words: str


def parse_svg(content: bytes) -> Drawing:
    """Return the drawing in an SVG file, in DeviceCMYK; raise Refused for what cannot be printed as it is."""
    if len(content) > LOGOVECTOR_MOST_BYTES:
        raise cannot_print("tệp SVG lớn quá 1 MB", "the SVG is larger than 1 MB")
    root = _parsed(_decoded(content))
    _refuse_maze(root)
    plain = _copied(root)
    _refuse_copies_of_copies(plain)
    drawing = _drawn(ET.tostring(plain))
    if not all(_LEAST < side < _LOGOVECTOR_LARGEST for side in (drawing.width, drawing.height)):
        raise cannot_print("không rõ kích thước hình", "the size of the drawing is not known")
    if not _PAINTED.search(drawing.words):
        raise cannot_print("trong hình không có nét nào", "there is nothing in the drawing")
    return drawing


def _drawn(plain: bytes) -> Drawing:
    """Return what svglib makes of a drawing; raise Refused where it cannot, or leaves things out."""
    from svglib import svglib  # noqa: PLC0415 - slow to load, and few have such a logo

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


# --- The commune's logo: a PNG or a plain SVG becomes a picture in printing inks ---

MOST_BYTES: Final = 4_000_000
_MOST_PIXELS: Final = 3000
_ENOUGH_PIXELS: Final = 1200
"""Of a side: on 35 mm of a board these are finer than any press."""
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_SIZE: Final = struct.Struct(">II")
_SIZE_AT: Final = 16
"""Where a PNG says how large it is (ISO/IEC 15948, 11.2.2)."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo: width by height, in any unit; a vector drawing, or the bytes of a CMYK picture."""

    width: float
    height: float
    drawing: Drawing | None
    picture: bytes


def parse_logo(name: str, content: bytes) -> Logo:
    """Return the logo in a file's content; raise Refused for what cannot be printed as it is."""
    if len(content) > MOST_BYTES:
        raise cannot_print("tệp lớn quá 4 MB", "the file is larger than 4 MB")
    if name.lower().endswith(".svg"):
        drawing = parse_svg(content)
        return Logo(drawing.width, drawing.height, drawing, b"")
    return _png(content)


def _png(content: bytes) -> Logo:
    if not content.startswith(_PNG) or len(content) < _SIZE_AT + _SIZE.size:
        raise cannot_print("đây không phải là ảnh PNG", "this is no PNG")
    if max(_SIZE.unpack_from(content, _SIZE_AT)) > _MOST_PIXELS:
        raise cannot_print("ảnh rộng hoặc cao quá 3.000 điểm", "it is wider or higher than 3,000 pixels")
    try:
        with Image.open(io.BytesIO(content), formats=("PNG",)) as opened:
            flat = _on_white(opened)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise cannot_print("không mở được ảnh PNG này", "this PNG cannot be opened") from error
    flat.thumbnail((_ENOUGH_PIXELS, _ENOUGH_PIXELS))
    out = io.BytesIO()
    _in_inks(flat).save(out, "TIFF")
    return Logo(float(flat.width), float(flat.height), None, out.getvalue())


def _on_white(picture: Image.Image) -> Image.Image:
    """Return a picture of any kind as RGB, what is see-through being white."""
    if picture.mode.startswith("I"):  # grey of 16 bits, which `convert` would cut off at 255
        return picture.point(lambda shade: shade / 257 + 0.5, "F").convert("L").convert("RGB")
    colours = picture.convert("RGBA")
    flat = Image.new("RGBA", colours.size, "white")
    flat.alpha_composite(colours)
    return flat.convert("RGB")


def _in_inks(picture: Image.Image) -> Image.Image:
    """Return a picture in CMYK in which black replaces what the three inks have in common."""
    inks = [ImageChops.invert(channel) for channel in picture.split()]
    black = ImageChops.darker(ImageChops.darker(inks[0], inks[1]), inks[2])
    return Image.merge("CMYK", [*(ImageMath.lambda_eval(_rest, ink=ink, black=black) for ink in inks), black])


def _rest(of: Mapping[str, Any]) -> Image.Image:
    """Return what of an ink is left beside black, which dims it as it dims the paper."""
    left = (of["ink"] - of["black"]) * 255 / of["max"](255 - of["black"], 1)
    return cast("Image.Image", of["convert"](left, "L"))


# --- Rectangles, ovals and polygons in the words of PDF (m, l, c, h), y downwards ---

_CIRCLE: Final = 0.5523
"""Where the handles of a Bézier curve lie for a quarter of a circle."""


def figures(*numbers: float) -> str:
    """Return numbers as PDF writes them: blanks between, and no exponents (ISO 32000-1, 7.3.3)."""
    return " ".join(f"{number:.4f}".rstrip("0").rstrip(".") for number in numbers)


def box_path(x: float, y: float, width: float, height: float, corner: float = 0.0) -> str:
    """Return the outline of a rectangle, its corners rounded; half the side makes it a circle."""
    right, low = x + width, y + height
    if not corner:
        return polygon_path((x, y, right, y, right, low, x, low))
    return _rounded(x, y, right, low, corner, corner)


def oval_path(x: float, y: float, across: float, down: float) -> str:
    """Return the outline of an oval around a middle, with its two radii."""
    return _rounded(x - across, y - down, x + across, y + down, across, down)


def _rounded(left: float, top: float, right: float, low: float, across: float, down: float) -> str:
    left_in, right_in, top_in, low_in = left + across, right - across, top + down, low - down
    x, y = across * (1 - _CIRCLE), down * (1 - _CIRCLE)
    return (
        f"{figures(left_in, top)} m {figures(right_in, top)} l "
        f"{figures(right - x, top, right, top + y, right, top_in)} c {figures(right, low_in)} l "
        f"{figures(right, low - y, right - x, low, right_in, low)} c {figures(left_in, low)} l "
        f"{figures(left + x, low, left, low - y, left, low_in)} c {figures(left, top_in)} l "
        f"{figures(left, top + y, left + x, top, left_in, top)} c h"
    )


def polygon_path(points: Sequence[float]) -> str:
    """Return the outline of a polygon: x and y of each corner, one after the other."""
    return f"{line_path(points)} h"


def line_path(points: Sequence[float]) -> str:
    """Return a line from point to point."""
    first, *others = (figures(*points[at : at + 2]) for at in range(0, len(points) - 1, 2))
    return " ".join((f"{first} m", *(f"{point} l" for point in others)))


def modules_path(corners: Sequence[tuple[int, int]]) -> str:
    """Return the outline of a polygon in whole units: a code has hundreds of corners."""
    first, *others = (f"{x} {y}" for x, y in corners)
    return f"{first} m {' l '.join(others)} l h"


# --- The shapes of a logo in the words of PDF: outlines, inks and lines, and nothing else ---

_STEPS: Final = ((2, "m"), (2, "l"), (6, "c"), (0, "h"))
"""How many numbers the operators of a path take, and PDF's words for them."""
_EVEN_ODD: Final = 0
_LARGEST: Final = 1e6


def shape_words(shape: Shape) -> str:
    """Return the operators that draw a shape, or all shapes of a group; raise ValueError for what cannot be drawn."""
    if isinstance(shape, Group):
        inside = " ".join(map(shape_words, shape.contents))
        return f"q {_sound(*shape.transform)} cm {inside} Q"
    looks = shape.getProperties()
    return f"q {_pen(looks)} {_outline(shape)} {_painted(looks)} Q"


def _sound(*numbers: float) -> str:
    """Return numbers that lie on some paper."""
    if not all(abs(number) < _LARGEST for number in numbers):
        raise ValueError(f"no numbers of a drawing: {numbers}")
    return figures(*numbers)


def _outline(shape: Shape) -> str:
    if isinstance(shape, Rect):
        _sound(shape.x, shape.y, shape.width, shape.height)
        return box_path(shape.x, shape.y, shape.width, shape.height, min(shape.rx, shape.ry))
    if isinstance(shape, Circle):
        _sound(shape.cx, shape.cy, shape.r)
        return oval_path(shape.cx, shape.cy, shape.r, shape.r)
    if isinstance(shape, Ellipse):
        _sound(shape.cx, shape.cy, shape.rx, shape.ry)
        return oval_path(shape.cx, shape.cy, shape.rx, shape.ry)
    if isinstance(shape, Line):
        return f"{_sound(shape.x1, shape.y1)} m {_sound(shape.x2, shape.y2)} l"
    if isinstance(shape, PolyLine | Polygon):
        _sound(*shape.points)
        return line_path(shape.points) if isinstance(shape, PolyLine) else polygon_path(shape.points)
    if isinstance(shape, Path):
        return _path(shape)
    raise ValueError(f"no shape to print: {shape!r}")


def _path(shape: Path) -> str:
    words, at = [], 0
    for operator in shape.operators:
        count, word = _STEPS[operator]
        words.append(f"{_sound(*shape.points[at : at + count])} {word}")
        at += count
    return " ".join(words)


def _pen(looks: Mapping[str, object]) -> str:
    """Return the inks and the line."""
    words = []
    if looks.get("fillColor") is not None:
        words.append(f"{_inks(looks['fillColor'])} k")
    if looks.get("strokeColor") is not None:
        dashes = looks.get("strokeDashArray")
        words.append(f"{_inks(looks['strokeColor'])} K {_sound(_number(looks.get('strokeWidth')))} w")
        words.append(f"{_cap(looks.get('strokeLineCap'))} J {_cap(looks.get('strokeLineJoin'))} j")
        words.append(f"[{_sound(*dashes) if isinstance(dashes, list) else ''}] 0 d")
    return " ".join(words)


def _painted(looks: Mapping[str, object]) -> str:
    fills, strokes = looks.get("fillColor") is not None, looks.get("strokeColor") is not None
    star = "*" if looks.get("fillMode") == _EVEN_ODD else ""
    if fills:
        return f"B{star}" if strokes else f"f{star}"
    return "S" if strokes else "n"


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 1.0


def _cap(value: object) -> int:
    return value if isinstance(value, int) and value in (0, 1, 2) else 0


def _inks(colour: object) -> str:
    """Return a colour in CMYK in which black replaces what the three inks have in common."""
    if not isinstance(colour, Color) or colour.alpha != 1:
        raise ValueError(f"no colour to print: {colour!r}")
    inks = [1 - share for share in (colour.red, colour.green, colour.blue)]
    black = min(inks)
    return figures(*((ink - black) / (1 - black) if black < 1 else 0.0 for ink in inks), black)
