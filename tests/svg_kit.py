"""A small painter for the QR drawings: M, H, h, v and z, which is all that they hold."""

import re
from typing import Any

import cv2
import numpy as np
from lxml import etree

SVG = "{http://www.w3.org/2000/svg}"
_STEP = re.compile(r"([MHhvz])\s*(-?\d+)?(?:[ ,](-?\d+))?|(.)")


def outlines(path: str) -> list[list[tuple[int, int]]]:
    """Return the corners of every shape of a path."""
    shapes: list[list[tuple[int, int]]] = []
    x = y = 0
    for letter, first, second, strange in _STEP.findall(path):
        assert not strange, f"{strange!r} in a path"
        if letter == "M":
            x, y = int(first), int(second)
            shapes.append([])
        elif letter == "H":
            x = int(first)
        elif letter == "h":
            x += int(first)
        elif letter == "v":
            y += int(first)
        else:
            x, y = shapes[-1][0]
            continue
        shapes[-1].append((x, y))
    return shapes


def painted(svg: bytes, scale: int = 12) -> "np.ndarray[Any, np.dtype[np.uint8]]":
    """Return a drawing as grey pixels, `scale` of them a unit."""
    root = etree.fromstring(svg)
    _, _, width, height = (int(number) for number in root.attrib["viewBox"].split())
    image = np.zeros((height * scale, width * scale), np.uint8)
    for path in root.iter(f"{SVG}path"):
        colour = {"#fff": 255, "#000": 0}[path.attrib["fill"]]
        shapes = [np.array(shape, np.int32) * scale for shape in outlines(path.attrib["d"])]
        cv2.fillPoly(image, shapes, (colour,))
    return image
