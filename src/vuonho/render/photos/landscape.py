"""A village between its hills and its river, for the cards of villages and of the whole site."""

from functools import cache
from typing import Final

from PIL import Image

from vuonho.render.photos.brush import Shape
from vuonho.render.photos.plants import Plant, set_plants
from vuonho.render.photos.scenery import country, set_house

_FIELDS: Final = (
    Shape("M0 200C120 190 300 196 420 204L300 236C180 232 80 236 0 244z", "#d3dd8c"),
    Shape("M0 250C100 240 220 240 300 244L180 300C110 300 50 306 0 312z", "#a6c673"),
    Shape("M430 204C470 200 520 202 560 206L520 240C460 236 380 236 316 240z", "#a6c673"),
    Shape("M312 250H536C552 264 540 300 518 326H226C250 298 284 268 312 250z", "#c9d77f"),
    Shape("M860 200C980 192 1100 196 1200 204V240C1100 232 980 232 900 238z", "#d3dd8c"),
    Shape("M930 246C1020 238 1120 242 1200 250V318C1120 306 1050 300 1000 300z", "#a6c673"),
)
_RIVER: Final = (
    Shape(
        "M690 196C640 214 560 214 556 236C552 262 760 262 780 304C806 360 420 380 150 470C60 500-20 560-40 640H520"
        "C500 560 640 500 800 440C980 372 1010 320 900 276C820 244 680 244 690 228C696 214 760 208 790 196z",
        "#e6d9ae",
    ),
    Shape(
        "M702 196C655 214 578 216 574 236C570 258 772 258 796 302C822 362 440 388 176 478C80 512 16 566 0 640H486"
        "C470 560 620 492 780 432C960 364 984 322 880 282C800 252 664 248 672 228C680 212 740 206 774 196z",
        "#a9d3d6",
    ),
    Shape(
        "M560 420C440 450 330 480 250 530C330 500 450 462 560 420zM420 520C360 540 310 570 290 600"
        "C330 570 380 548 420 520zM700 250C680 246 640 244 630 236C650 244 690 240 700 250z"
        "M300 452C230 470 120 500 70 540C130 510 220 486 300 452z",
        "#d3eae8",
    ),
)
_BOAT: Final = (
    Shape("M806 341q40 7 84-2-20 7-42 7-24 0-42-5z", "#8fc0c4"),
    Shape("M800 330q6 13 22 13h52q14 0 22-15-18 7-48 7-30 0-48-5z", "#6b4a2e"),
    Shape("M826 333q2-15 22-15 20 0 22 14-22 4-44 1z", "#c79a5b"),
    Shape("M834 333q2-12 14-14-6 6-6 14zM852 333q4-6 2-14 8 2 10 13z", "#a97b45"),
)
_BEDS: Final = (
    Shape("M334 262h86l-22 11h-88zM438 262h80l-14 11h-84z", "#a97b53"),
    Shape("M304 280h94l-24 13h-98zM416 280h92l-16 13h-94z", "#a97b53"),
    Shape("M268 302h106l-28 15h-110zM392 302h104l-18 15h-106z", "#a97b53"),
)
_HOUSES: Final = (
    (150, 206, 0.42), (318, 212, 0.48), (514, 208, 0.42), (412, 232, 0.76),
    (872, 206, 0.42), (976, 226, 0.66), (1124, 236, 0.76),
)  # fmt: skip
_BEHIND: Final = (
    (212, 262, "palm", "palm", 1.7), (214, 352, "palm", "palm", 2.4), (214, 556, "tree", "citrus", 1.1),
    (214, 96, "tree", "citrus", 1.1), (214, 924, "palm", "palm", 2.2), (216, 826, "tree", "citrus", 1.1),
    (216, 1050, "palm", "palm", 2.3),
)  # fmt: skip
_BEFORE: Final = (
    (224, 40, "tree", "tree_fruit", 1.4), (236, 12, "palm", "palm", 2.4), (236, 506, "palm", "palm", 2.3),
    (244, 462, "bush", "flower", 1.2), (246, 484, "bush", "tea", 1.2), (240, 926, "bush", "flower", 1.2),
    (232, 1046, "tree", "citrus", 1.4),
)  # fmt: skip
_ROWS: Final = (
    (272, 1.0, (328, 350, 372, 394, 438, 460, 482, 502)),
    (292, 1.2, (298, 324, 350, 376, 412, 438, 464, 488)),
    (315, 1.4, (260, 290, 320, 350, 390, 420, 450, 476)),
)
_ORCHARDS: Final = (
    (324, 2.0, (20, 96, 172)), (366, 2.3, (58, 146)), (412, 2.6, (18, 114)),
    (336, 2.0, (1032, 1108, 1184)), (380, 2.3, (996, 1076, 1156)), (432, 2.7, (1036, 1128)),
    (488, 3.1, (988, 1090, 1192)), (552, 3.5, (1040, 1152)), (624, 4.0, (976, 1100)),
)  # fmt: skip


@cache
def landscape() -> Image.Image:
    """Return the picture as RGB in the size of a card; not to be drawn upon, as it is kept."""
    canvas = country((*_FIELDS, *_RIVER, *_BEDS, *_BOAT))
    set_plants(canvas, (Plant(*place) for place in _BEHIND))
    for x, y, scale in _HOUSES:
        set_house(canvas, x, y, scale)
    rows = (Plant(y, x, "row", "leafy", scale) for y, scale, row in _ROWS for x in row)
    orchards = (Plant(y, x, "tree", "citrus", scale) for y, scale, row in _ORCHARDS for x in row)
    set_plants(canvas, (*(Plant(*place) for place in _BEFORE), *rows, *orchards))
    return canvas
