"""The emblems of house signs: what a family may choose, drawn with one pen on one grid, and what stands in for a choice."""

import re
from types import MappingProxyType
from typing import Final

from vuonho.model.public import Coded, PublicHousehold
from vuonho.model.vocabulary import Known
from vuonho.plaques.canvas import CIRCLE, Ink, PdfCanvas

GRID: Final = 48
_PEN: Final = 2.5
"""Width of every line, in units of the grid."""

EMBLEMS: Final = MappingProxyType({
    "pomelo": "M24 14C33.5 14 41 21 41 30C41 38.5 33.5 44 24 44C14.5 44 7 38.5 7 30C7 21 14.5 14 24 14Z M24 14L24 8 "
              "M24 10.5C27 4 33 2.5 41 4.5C38.5 11.5 31 14 24 10.5Z M13 29C13.5 24.5 16 21.5 20 20 "
              "M26 28L26 28 M32 33L32 33 M25 37L25 37 M33 26L33 26",
    "orange": "O24 24 20 20 O24 24 14.5 14.5 M24 24L24 9.5 M24 24L24 38.5 M24 24L36.5 16.8 M24 24L36.5 31.2 "
              "M24 24L11.5 16.8 M24 24L11.5 31.2",
    "persimmon": "M11.5 17C7.5 19.5 5 23.5 5 28.5C5 38.5 13 44 24 44C35 44 43 38.5 43 28.5C43 23.5 40.5 19.5 36.5 17 "
                 "M24 19.5C20 23 14 22 9.5 15.5C14 11.5 19.5 11.5 24 15C28.5 11.5 34 11.5 38.5 15.5C34 22 28 23 24 19.5Z "
                 "M24 15L24 6",
    "peach": "M24 17C29.5 10.5 42 13.5 42 26C42 36 32.5 42 24 45C15.5 42 6 36 6 26C6 13.5 18.5 10.5 24 17Z "
             "M24 17C28.5 22.5 28.5 30.5 25.5 36 M24 17C24 9.5 29.5 4 38 3.5C38 11 32.5 16.5 24 17Z",
    "banana": "M13 4L25 4L24 10L14 10Z M14 10C9 27 17 41 37 44.5L40 39C27 35 20 25 19.5 10 "
              "M24 10C25 22 31 30 43 31.5L44 26.5C36 24 31.5 18.5 30.5 11L24 10",
    "tea": "M24 45L24 19 M24 20C19.5 15 19.5 9 24 3C28.5 9 28.5 15 24 20Z M24 35C13.5 35 7 28 5 16C17 17 24 24 24 35Z "
           "M24 35C34.5 35 41 28 43 16C31 17 24 24 24 35Z M12.5 23L19 29.5 M35.5 23L29 29.5",
    "rice": "M12 45C14 32 19 19 32 9 M31 10C31.5 6 34.5 3.5 40 3C40 8 36.5 10.5 32 9.5 "
            "M22.5 19.5C17.5 17.5 15.5 13 17 7.5C21.5 9.5 24 13.5 22.5 19.5Z M17 28.5C11.5 27.5 8.5 23.5 8.5 18C14 19 17.5 22.5 17 28.5Z "
            "M13.5 37.5C8.5 37.5 5 34.5 4 29.5C9 29.5 13 32.5 13.5 37.5Z M26 15.5C30 19.5 34.5 20 39.5 17C36 12.5 31 12 26 15.5Z "
            "M20 24C23.5 28.5 28.5 30 34 27.5C31 22.5 25.5 21 20 24Z M15.5 33.5C19 38 24 39.5 29.5 37.5C27 32.5 21 30.5 15.5 33.5Z",
    "peanut": "M14 5.5C22 2.5 29 8 27.5 15.5C26.5 20 28 22.5 31.5 24.5C40 28 43.5 34.5 39 40.5C33.5 47 23.5 43.5 22 34.5"
              "C21.5 31 19.5 29 16.5 27C6.5 22 4.5 9.5 14 5.5Z M13 12L16 14 M20.5 11L18.5 14.5 M15 20L18.5 19 M28.5 31L31.5 33 M35.5 33L33.5 36 M29 38L32 39.5",
    "lotus": "M24 6C31.5 15 31.5 28 24 37C16.5 28 16.5 15 24 6Z M17.5 16.5C14 13.5 10.5 12.5 7.5 12.5C7 24.5 13 34 24 37 "
             "M30.5 16.5C34 13.5 37.5 12.5 40.5 12.5C41 24.5 35 34 24 37 M8.5 23.5C6.5 23 4.5 23 3 23.5C6 32.5 13.5 37.5 24 37 "
             "M39.5 23.5C41.5 23 43.5 23 45 23.5C42 32.5 34.5 37.5 24 37 M10 44C15 42 19 42 24 44C29 46 33 46 38 44",
    "flower": "O24 19 4 4 O24 9.5 5.6 5.6 O33 16 5.6 5.6 O29.6 26.7 5.6 5.6 O18.4 26.7 5.6 5.6 O15 16 5.6 5.6 "
              "M24 28L24 45 M24 43C24.5 37.5 29.5 34.5 37 35.5C36 41.5 30.5 44.5 24 43Z",
    "bee": "M24 18C31 18 34.5 24.5 34.5 31C34.5 39 29.5 44.5 24 44.5C18.5 44.5 13.5 39 13.5 31C13.5 24.5 17 18 24 18Z "
           "M15 25.5L33 25.5 M13.7 32L34.3 32 M16 38.5L32 38.5 O24 13 5 5 M21 9L17.5 3.5 M27 9L30.5 3.5 "
           "M17.5 20C10 11.5 2 13 3 19.5C4 25.5 10.5 26 14.5 24.5 M30.5 20C38 11.5 46 13 45 19.5C44 25.5 37.5 26 33.5 24.5",
    "buffalo": "M17 18C7.5 17 2.5 11.5 4.5 4C8.5 9.5 13 11.5 19 11.5L29 11.5C35 11.5 39.5 9.5 43.5 4C45.5 11.5 40.5 17 31 18 "
               "M17 18L18 33C18 40.5 20 44.5 24 44.5C28 44.5 30 40.5 30 33L31 18 M17.2 20.5C12.5 19.5 9 21 6.5 24C10.5 27 14.5 26.5 17.6 25 "
               "M30.8 20.5C35.5 19.5 39 21 41.5 24C37.5 27 33.5 26.5 30.4 25 M18.2 35.5C21.5 33 26.5 33 29.8 35.5 "
               "M21.5 24L21.5 24 M26.5 24L26.5 24 M22 39.5L22 39.5 M26 39.5L26 39.5",
    "cow": "M17 11.5C13.5 10.5 12.5 7.5 14 3.5 M31 11.5C34.5 10.5 35.5 7.5 34 3.5 "
           "M17 11.5C21 9.5 27 9.5 31 11.5C33.5 18 33 26 32 33C31 41 28.5 44.5 24 44.5C19.5 44.5 17 41 16 33C15 26 14.5 18 17 11.5Z "
           "M15.5 15.5C11 12.5 6 13 3.5 16.5C6.5 21.5 11 22.5 15.3 20.5 M32.5 15.5C37 12.5 42 13 44.5 16.5C41.5 21.5 37 22.5 32.7 20.5 "
           "M16.3 34.5C20.5 31 27.5 31 31.7 34.5 M20.5 22L20.5 22 M27.5 22L27.5 22 M21.5 38.5L21.5 38.5 M26.5 38.5L26.5 38.5",
    "deer": "M18 21C22 18.5 26 18.5 30 21L28.2 36C27.6 41.5 26.5 44.5 24 44.5C21.5 44.5 20.4 41.5 19.8 36Z "
            "M18.2 23C13.5 19.5 9 19.5 6 22C9 27 13.5 28 18.7 26.5 M29.8 23C34.5 19.5 39 19.5 42 22C39 27 34.5 28 29.3 26.5 "
            "M20.5 19C15 14.5 13 9.5 14 3 M14 10.5C10.5 10 8.5 8 8 4.5 M16.5 15C19.5 13 20.5 10 20 6 "
            "M27.5 19C33 14.5 35 9.5 34 3 M34 10.5C37.5 10 39.5 8 40 4.5 M31.5 15C28.5 13 27.5 10 28 6 "
            "M22 27.5L22 27.5 M26 27.5L26 27.5 M22.7 39L25.3 39",
    "pig": "M24 12C34 12 41 18.5 41 27C41 36 33.5 42.5 24 42.5C14.5 42.5 7 36 7 27C7 18.5 14 12 24 12Z "
           "M9.5 19C6.5 15 6 10.5 8 6C13 6.5 17 9 19 12.7 M38.5 19C41.5 15 42 10.5 40 6C35 6.5 31 9 29 12.7 "
           "O24 30 7.5 5.5 M21.3 30L21.3 30 M26.7 30L26.7 30 M17 22L17 22 M31 22L31 22",
    "hen": "M37.5 13C36.5 8.5 31.5 6.5 27.8 9C23.5 12 25.5 18 21.5 21C17.5 24 13.5 23.5 12 22.5C10.5 20 8.5 15.5 5 14"
           "C4 19 4.5 24 7 29C10.5 36 15.5 40 24 40C34.5 40 39.5 31 38.5 22Z M37.5 13L44 16L38 18.5 "
           "M28 8.5C26.5 5 29 3 31 5C31.5 2.5 35.5 3 35 7.5 M32 14L32 14 M16.5 29C19.5 34.5 27.5 34.5 30 27.5 M21.5 40L21.5 45 M28.5 40L28.5 45",
    "fish": "M4 25C10.5 13 26.5 11.5 35.5 25C26.5 38.5 10.5 37 4 25Z M35.5 25L44.5 15.5C42.5 22 42.5 28 44.5 34.5Z "
            "M12.5 22.5L12.5 22.5 M19 16.5C22.5 21.5 22.5 28.5 19 33.5 M26.5 21.5C28 23.5 28 26.5 26.5 28.5 M17 15.5C19.5 9.5 25 8.5 29 9.5C28.5 12.5 28 15 27 17",
    "house": "M3.5 22L11.5 8L36.5 8L44.5 22Z M8 22L8 42L40 42L40 22 M19.5 42L19.5 28.5L28.5 28.5L28.5 42 "
             "M12 28.5L15.5 28.5L15.5 34L12 34Z M32.5 28.5L36 28.5L36 34L32.5 34Z M18.5 8L16 22 M29.5 8L32 22",
    "stilt_house": "M3.5 19L24 4L44.5 19 M8.5 15.5L8.5 30L39.5 30L39.5 15.5 M11 30L11 44.5 M20 30L20 44.5 M37 30L37 44.5 "
                   "M24.5 30L27.5 44.5 M30 30L33 44.5 M25.5 35L31 35 M26.5 40L32 40 M18.5 30L18.5 20.5L29.5 20.5L29.5 30 M24 20.5L24 30",
    "well": "O24 28 15 4.8 M9 28L9 40C11 45.5 37 45.5 39 40L39 28 M12 24L12 10 M36 24L36 10 M6 10L24 3L42 10Z "
            "M24 10L24 15 M20 15L28 15L27 21.5L21 21.5Z M9 35C13 38.5 19 39 24 39C29 39 35 38.5 39 35 M18 38.5L18 43.8 M30 38.5L30 43.8",
    "gate": "M4 16.5C13 15 18.5 10.5 24 4C29.5 10.5 35 15 44 16.5L38.5 21L9.5 21Z M10.5 21L10.5 44 M17.5 21L17.5 44 "
            "M30.5 21L30.5 44 M37.5 21L37.5 44 M17.5 32C18.5 25.5 29.5 25.5 30.5 32 M6.5 44L20.5 44 M27.5 44L41.5 44",
    "bamboo": "M15.5 45L15.5 4 M22.5 45L22.5 4 M14 15.5L24 15.5 M14 28L24 28 M14 39L24 39 "
              "M24 15.5C28 8.5 34.5 6.5 43 8C39.5 15.5 32 19 24 15.5Z M24 28C29.5 22.5 36 22 44 26C38 32.5 31 33 24 28Z M14 28C8 26 4.5 20.5 4 12.5C10.5 15.5 14 20.5 14 28Z",
    "areca": "M22 45L22.8 20 M26 45L25.2 20 M24 17.5C17.5 9 9 9.5 3.5 19.5C10.5 16.5 17 16.5 24 17.5Z M24 17.5C30.5 9 39 9.5 44.5 19.5C37.5 16.5 31 16.5 24 17.5Z "
             "M24 17.5C20.5 9.5 15.5 5 8 4.5C11.5 11.5 16.5 15.5 24 17.5Z M24 17.5C27.5 9.5 32.5 5 40 4.5C36.5 11.5 31.5 15.5 24 17.5Z "
             "O17.5 23.5 2.4 2.8 O30.5 23.5 2.4 2.8 O16 30.5 2.4 2.8 O32 30.5 2.4 2.8 M22 36L26 36",
    "basket": "M10 22C10 0.5 38 0.5 38 22 M4 22L44 22 M6.5 22C7.5 35 11.5 43.5 17 43.5L31 43.5C36.5 43.5 40.5 35 41.5 22 "
              "M15 22L18.5 43.5 M24 22L24 43.5 M33 22L29.5 43.5 M8 29.5L40 29.5 M10.5 36.5L37.5 36.5",
    "boat": "M3.5 26C8.5 36.5 15 39.5 24 39.5C33 39.5 39.5 36.5 44.5 26C36 30 12 30 3.5 26Z M12 28.5C12.5 14 35.5 14 36 28.5 "
            "M19.5 18.5L18.8 29 M28.5 18.5L29.2 29 M40.5 27.5L43.5 6 M5 45C9 43 12.5 43 16 45C19.5 47 28.5 43 32 45C35.5 47 39 46 43 44",
    "leaf": "M10 38C4.5 21.5 16 7 42.5 5.5C43 32 28.5 44.5 10 38Z M4.5 44.5C12 32 20.5 24 31 17.5 M20 26.5L19 17.5 M20 26.5L30.5 27",
})  # fmt: skip
"""Each emblem as a path of SVG whose only letters are M, L, C and Z, and O: middle and half axes of an ellipse."""

_SPOTS: Final = MappingProxyType({
    "culture": EMBLEMS["house"], "well": EMBLEMS["well"], "temple": EMBLEMS["gate"], "market": EMBLEMS["basket"],
    "ferry": EMBLEMS["boat"], "sight": EMBLEMS["lotus"],
    "church": "M24 3L24 12 M19.5 6.5L28.5 6.5 M15 24L24 12L33 24 M16.5 22.5L16.5 44 M31.5 22.5L31.5 44 M16.5 30L5 35L5 44L43 44L43 35L31.5 30 "
              "M20 44L20 36C20 30.5 28 30.5 28 36L28 44 O24 23.5 2.6 2.6",
    "bridge": "M3 22C15 13 33 13 45 22 M3 30L45 30 M3 30L3 22 M45 30L45 22 M12 30L12 17.5 M24 30L24 15.3 M36 30L36 17.5 "
              "M6 30C8 41 20 41 24 31.5C28 41 40 41 42 30 M4 45C9 43 12.5 43 16 45C19.5 47 28.5 43 32 45C35.5 47 39 46 44 44",
    "school": "M24 13C18 8 11 7.5 3.5 9L3.5 38C11 36.5 18 37 24 42C30 37 37 36.5 44.5 38L44.5 9C37 7.5 30 8 24 13Z M24 13L24 42 "
              "M9 17C12.5 16.6 15.8 17.3 18.5 19 M9 25C12.5 24.6 15.8 25.3 18.5 27 M39 17C35.5 16.6 32.2 17.3 29.5 19 M39 25C35.5 24.6 32.2 25.3 29.5 27",
    "tree": "M21 45C22 38 21.5 33 20 29 M27 45C26 38 26.5 33 28 29 M20 29C10 31.5 3.5 26 5.5 19C6.5 15 10 13 13 13.5C14 6.5 20 3.5 24 4"
            "C28 3.5 34 6.5 35 13.5C38 13 41.5 15 42.5 19C44.5 26 38 31.5 28 29C25.5 30.5 22.5 30.5 20 29Z M14 20L14 20 M24 13L24 13 M33 21L33 21 M24 22L24 22 "
            "M14.5 45C18 43.5 20 43 21 41 M33.5 45C30 43.5 28 43 27 41",
    "health": "M18 5L30 5L30 18L43 18L43 30L30 30L30 43L18 43L18 30L5 30L5 18L18 18Z",
    "lane": "M19.5 45C21 33 21.5 22 20 11 M28.5 45C27 33 26.5 22 28 11 M24 40L24 36 M24 30L24 27 M24 21L24 18.5 "
            "M3.5 26L9.5 20L15.5 26 M5.5 24.2L5.5 34L13.5 34L13.5 24.2 M32.5 19L38.5 13L44.5 19 M34.5 17.2L34.5 27L42.5 27L42.5 17.2 M9.5 34L9.5 30 M38.5 27L38.5 23",
})  # fmt: skip
"""What stands on the plaque of each kind of place, drawn as the emblems are."""

_USUAL: Final = "leaf"
_ANYBODYS: Final = ("house", "gate", "flower")
_OF_WORD: Final = MappingProxyType({
    "pomelo": "pomelo", "persimmon": "persimmon", "peach": "peach", "blossom": "flower", "rice": "rice", "peanut": "peanut",
    "lotus": "lotus", "buffalo": "buffalo", "cow": "cow", "cattle": "cow", "chicken": "hen", "hen": "hen", "areca": "areca",
})  # fmt: skip
"""The emblem of what the catalogue knows by a key with this word, the last one first."""
_OF_FAMILY: Final = MappingProxyType({
    "citrus": "orange", "banana": "banana", "tea": "tea", "flower": "flower", "bee": "bee", "deer": "deer", "pig": "pig",
    "fish": "fish", "bamboo": "bamboo",
})  # fmt: skip
"""The emblem of what is pictured so on the pages."""


def emblem_of(household: Coded) -> str:
    """Return the emblem that a family chose, else that of the first crop or animal on its page; of a place its kind."""
    if not isinstance(household, PublicHousehold):
        return f"{_OF_SPOT}{household.kind.key}"
    return choices(household)[0]


_OF_SPOT: Final = "spot "


def choices(household: PublicHousehold) -> tuple[str, ...]:
    """Return every emblem, those that suit a family first: its own choice, what it grows, a few that suit anybody."""
    garden = household.garden
    grown = (*(crop.known for crop in garden.crops), *(animal.known for animal in garden.animals))
    chosen = (household.emblem.key,) if household.emblem else ()
    suits = (*chosen, *filter(None, map(_emblem_of, grown)))
    return tuple(dict.fromkeys((*(suits or (_USUAL,)), *_ANYBODYS, *EMBLEMS)))


def _emblem_of(known: Known | None) -> str | None:
    if known is None:
        return None
    words = (_OF_WORD.get(word) for word in reversed(known.key.split("_")))
    return next(filter(None, words), _OF_FAMILY.get(known.family))


def draw_emblem(
    pdf: PdfCanvas, emblem: str, x: float, y: float, side: float, ink: Ink, pen: float = _PEN
) -> None:
    """Draw an emblem into a square of so many mm, its corner at (x, y)."""
    pdf.stroke(_path(emblem), ink, x, y, side / GRID, pen)


def _path(emblem: str) -> str:
    """Return an emblem in PDF's own words."""
    said = []
    kind = emblem.removeprefix(_OF_SPOT)
    drawn = EMBLEMS[emblem] if kind == emblem else _SPOTS[kind]
    for letter, numbers in re.findall(r"([MLCZO])([^MLCZO]*)", drawn):
        if letter == "O":
            said.append(_ellipse(*map(float, numbers.split())))
        else:
            said.append(f"{numbers.strip()} {letter.lower() if letter != 'Z' else 'h'}".strip())
    return " ".join(said)


def _ellipse(x: float, y: float, wide: float, high: float) -> str:
    across, down = CIRCLE * wide, CIRCLE * high
    return (
        f"{x - wide} {y} m {x - wide} {y - down} {x - across} {y - high} {x} {y - high} c "
        f"{x + across} {y - high} {x + wide} {y - down} {x + wide} {y} c "
        f"{x + wide} {y + down} {x + across} {y + high} {x} {y + high} c "
        f"{x - across} {y + high} {x - wide} {y + down} {x - wide} {y} c h"
    )
