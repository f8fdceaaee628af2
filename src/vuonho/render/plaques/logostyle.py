"""How the shapes of a logo may be painted: with plain colours that cover what lies below, and nothing else."""

import re
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from reportlab.lib.colors import getAllNamedColors

from vuonho.bilingual import Text
from vuonho.errors import Refused

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
