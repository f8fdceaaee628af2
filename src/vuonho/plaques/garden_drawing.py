"""A household's garden as its page draws it, in printing inks: the few kinds of SVG that the template uses."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from math import dist
from types import MappingProxyType
from typing import Final
from xml.etree.ElementTree import Element, fromstring

from vuonho.model.public import PublicHousehold
from vuonho.pages.garden import HEIGHT, WIDTH, garden_picture
from vuonho.pages.language import Language
from vuonho.pages.templates import Templates
from vuonho.plaques.canvas import BLACK, WHITE, Ink, PdfCanvas, text_width
from vuonho.plaques.fit import known_letters
from vuonho.resources import shipped

_SKY: Final = "#dcebe0"
_STYLES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({
    "sun": {"stroke": "#f6c94f"}, "far": {"fill": "#a9c6a4"}, "near": {"fill": "#7fab76"}, "ground": {"fill": "#b9cf8f"},
    "lane": {"fill": "#ecdcb4"}, "lawn": {"fill": "#a3c57a"}, "soil": {"fill": "#a97b53"},
    "wall": {"fill": "#fbf0d9", "stroke": "#fbf0d9"}, "roof": {"fill": "#b4532c"},
    "trunk": {"fill": "#6b4a2e", "stroke": "#6b4a2e"}, "lit": {"stroke": "#6b4a2e"}, "crown": {"stroke": "#2f7a3d"},
    "shine": {"stroke": "#4f9a52"}, "hedge": {"stroke": "#2c6a38"}, "fruit": {"stroke": "currentColor"},
    "shade": {"stroke": "#8eab6a"}, "butt": {"stroke-linecap": "butt"},
    "tile": {"stroke": "#9c4826", "stroke-width": "13", "stroke-dasharray": "1 5", "stroke-linecap": "butt"},
})  # fmt: skip
"""What `_drawing.css` says of each class by day; a garden that hangs on a wall is ripe all the year."""
_SOLID: Final = MappingProxyType({"#0002": "#93673f", "#fff6": "#b6d5d7", "#fff9": "#fff3ee"})
"""Colours that are seen through on a screen: print has none of these."""
_USUAL: Final = MappingProxyType({"color": "#f0c53c", "stroke": "none", "stroke-width": "0", "fill": "none"})
_INHERITED: Final = (
    *_USUAL, "stroke-linecap", "stroke-dasharray", "stroke-dashoffset",
)  # fmt: skip
_LETTERS: Final = 15.0
"""Size of the beds' names in units of the drawing."""
_LARGEST: Final = 3.8
_ABOVE: Final = 16
"""Units of sky that may be cut off."""
_NUMBER: Final = re.compile(r"-?\d*\.?\d+")
_STEP: Final = re.compile(r"([a-zA-Z])([^a-zA-Z]*)")


def draw_garden(
    pdf: PdfCanvas, household: PublicHousehold, language: Language, box: tuple[float, float, float, float]
) -> None:
    """Draw the garden into (left, top, width, height), its scenery going on to both sides."""
    left, top, width, height = box
    garden = household.garden
    names = [language.named(crop).text for crop in garden.crops]
    picture = garden_picture(garden.crops, names, garden.animals, household.living)
    svg = _templates().render("_garden_alone.html", {"picture": replace(picture, labels=())})
    root = fromstring(svg)  # noqa: S314 - our own template, without a word of anybody's
    scale = min(width / WIDTH, height / (HEIGHT - _ABOVE))
    x, y = left + (width - scale * WIDTH) / 2, top + height - scale * HEIGHT
    with pdf.within(left, top, width, height):
        pdf.rectangle(left, top, width, height, _ink(_SKY))
        known = {one.get("id", ""): one for one in root.iter()}
        _Pen(pdf, known).draw(root, (x, y, scale), _USUAL)
        size = min(_LETTERS * scale, _LARGEST)
        for label in (one for one in picture.labels if not one.is_mark):
            said = known_letters(label.text)
            wide = text_width(said, "SemiBold", size) + 0.7 * size
            middle, baseline = x + label.x * scale, y + label.y * scale
            pdf.rectangle(middle - wide / 2, baseline - size, wide, 1.3 * size, WHITE, 0.3 * size)
            pdf.text(middle, baseline, said, "SemiBold", size, BLACK, "centre")


@cache
def _templates() -> Templates:
    return Templates((shipped("templates"),))


class _Pen:
    """Draws elements, `known` by their ids; a place is (x, y, mm of a unit)."""

    def __init__(self, pdf: PdfCanvas, known: Mapping[str, Element]) -> None:
        self.pdf, self.known = pdf, known

    def draw(self, element: Element, place: tuple[float, float, float], outer: Mapping[str, str]) -> None:
        """Draw an element and what it holds; definitions are drawn where they are used."""
        kinds = element.get("class", "").split()
        if "bloom" in kinds:
            return
        own = {name: value for name, value in element.items() if name in _INHERITED}
        if kinds and "stroke-width" in own:
            own["fill"] = "none"
        own = {key: value for kind in kinds for key, value in _STYLES.get(kind, {}).items()} | own
        style = {**outer, **own}
        x, y, scale = _moved(element.get("transform", ""), place)
        tag = element.tag
        if tag == "use":
            shift = (float(element.get(axis, "0")) for axis in "xy")
            x, y = (at + scale * by for at, by in zip((x, y), shift, strict=True))
            self.draw(self.known[element.get("href", "#")[1:]], (x, y, scale), style)
        elif tag == "rect":
            wide, high, corner = (scale * float(element.get(one, "0")) for one in ("width", "height", "rx"))
            self.pdf.rectangle(x, y, wide, high, _ink(style["fill"]), min(corner, wide / 2, high / 2))
        elif tag == "path":
            self._path(_pdf_path(element.get("d", "")), (x, y, scale), style)
        for one in element:
            if not one.get("id", "").startswith(("p-", "q-")):
                self.draw(one, (x, y, scale), style)

    def _path(self, path: str, place: tuple[float, float, float], style: Mapping[str, str]) -> None:
        x, y, scale = place
        if style["fill"] != "none":
            self.pdf.outline(path, _ink(style["fill"]), x, y, scale)
        colour = style["color"] if style["stroke"] == "currentColor" else style["stroke"]
        if colour != "none" and (pen := float(style["stroke-width"])):
            dash = f" [{style.get('stroke-dasharray', '')}] {style.get('stroke-dashoffset', '0')} d"
            end = " 0 J" if style.get("stroke-linecap") == "butt" else ""
            self.pdf.stroke(path, _ink(colour), x, y, scale, pen, dash + end)


def _moved(transform: str, place: tuple[float, float, float]) -> tuple[float, float, float]:
    x, y, scale = place
    for kind, numbers in re.findall(r"(\w+)\(([^)]*)\)", transform):
        first, *second = map(float, _NUMBER.findall(numbers))
        if kind == "scale":
            scale *= first
        else:
            x, y = x + scale * first, y + scale * (second[0] if second else 0.0)
    return x, y, scale


@cache
def _ink(colour: str) -> Ink:
    """Return a colour of the screen ("#2c6a38") as inks of which black takes what the others have in common."""
    colour = _SOLID.get(colour, colour)
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    most = max(red, green, blue, 0.01)
    cyan, magenta, yellow = (round(1 - shade / most, 3) for shade in (red, green, blue))
    return Ink(cyan, magenta, yellow, round(1 - most, 3))


@cache
def _pdf_path(data: str) -> str:
    """Return the data of a path of SVG in PDF's own words."""
    x = y = start_x = start_y = 0.0
    handle = (0.0, 0.0)
    said: list[str] = []
    for letter, rest in _STEP.findall(data):
        kind, numbers = letter.lower(), [float(one) for one in _NUMBER.findall(rest)]
        if kind == "z":
            x, y = start_x, start_y
            said.append("h")
        for at in range(0, len(numbers), _COUNTS.get(kind, 2)):
            step = numbers[at : at + _COUNTS.get(kind, 2)]
            from_x, from_y = (0.0, 0.0) if letter.isupper() else (x, y)
            if kind == "h":
                spot = from_x + step[0], y
            elif kind == "v":
                spot = x, from_y + step[0]
            else:
                spot = from_x + step[-2], from_y + step[-1]
            if kind in "qta":
                if kind == "q":
                    handle = from_x + step[0], from_y + step[1]
                elif kind == "t":
                    handle = 2 * x - handle[0], 2 * y - handle[1]
                else:
                    handle = _over((x, y), spot, step[0])
                said.append(_curve((x, y), handle, spot))
            else:
                said.append(f"{spot[0]:.2f} {spot[1]:.2f} {'m' if kind == 'm' and not at else 'l'}")
            x, y = spot
            if kind == "m" and not at:
                start_x, start_y = spot
    return " ".join(said)


_COUNTS: Final = MappingProxyType({"h": 1, "v": 1, "q": 4, "a": 7})
"""How many numbers a step takes, where it is not a place alone."""


def _over(begin: Sequence[float], end: Sequence[float], radius: float) -> tuple[float, float]:
    """Return the handle of a flat arc clockwise."""
    chord = dist(begin, end)
    high = 2 * (radius - max(radius**2 - chord**2 / 4, 0.0) ** 0.5) / chord
    return (
        (begin[0] + end[0]) / 2 + high * (end[1] - begin[1]),
        (begin[1] + end[1]) / 2 - high * (end[0] - begin[0]),
    )


def _curve(begin: Sequence[float], handle: Sequence[float], end: Sequence[float]) -> str:
    """Return a quadratic curve as the cubic one that it is."""
    ends = (begin, end)
    handles = [one[axis] + 2 / 3 * (handle[axis] - one[axis]) for one in ends for axis in (0, 1)]
    return " ".join(f"{number:.2f}" for number in (*handles, *end)) + " c"
