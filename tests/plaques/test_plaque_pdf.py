"""The PDF as a print shop's software looks at it: boxes, inks, typefaces, nothing see-through, the same bytes."""

import os
import re
import subprocess
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
import plaque_kit as kit
import pytest

from case_kit import each
from command_kit import ROOT
from vuonho.plaques.order import LABELS, Printed
from vuonho.plaques.sheets import MARGIN

PROCESS_COLOURS = {"k", "K"}
OTHER_COLOURS = {"rg", "RG", "g", "G", "gs", "sh", "sc", "SC", "scn", "SCN", "cs", "CS", "ri"}
CORNERS = {  # of the first and the last label of a sheet, from the die: left, top
    "99x139": ((4.65, 9.5), (106.25, 148.5)),
    "99x67": ((4.65, 13.1), (106.25, 216.2)),
    "99x38": ((4.65, 15.15), (106.25, 243.75)),
    "63x38": ((7.21, 15.15), (139.29, 243.75)),
    "85x54": ((20.0, 40.5), (105.0, 202.5)),
    "a6 on a4": ((0.5, 0.0), (148.5, 105.0)),
}

each_design = each("design", kit.DESIGNS)
each_single = each("design", kit.SINGLE)


@cache
def whole(design: str) -> Printed:
    """Return a design for three households, or for a full sheet."""
    layout = kit.order(design).layout
    count = layout.places if layout else 3
    return kit.printed(design, [kit.home(code=str(100000 + number)) for number in range(count)])


@each_single
def test_boxes_of_a_single_piece(design: str) -> None:
    """The trim is the plaque, the bleed 3 mm around it, and the paper leaves room for marks on all sides."""
    width, height = kit.SINGLE[design]
    found = kit.pages(whole(design).content)
    assert len(found) == 3
    for page in found:
        assert (width, height) == pytest.approx(
            (page.trim.right - page.trim.left, page.trim.bottom - page.trim.top), abs=0.01
        )
        assert pytest.approx((page.trim.left, page.trim.top), abs=0.01) == (MARGIN, MARGIN)
        around = page.trim.inside(-3)
        sides = (around.left, around.top, around.right, around.bottom)
        assert sides == pytest.approx(
            (page.bleed.left, page.bleed.top, page.bleed.right, page.bleed.bottom), abs=0.01
        )
        assert 0 <= page.width - width - 2 * MARGIN < 0.09


@each("design", [*kit.SHEETS, "a6 on a4", "a5 on a4", "200x150 on a4"])
def test_sheets_are_a4(design: str) -> None:
    """To the hundredth of a millimetre, upright or lying."""
    (page, *_) = kit.pages(kit.printed(design).content)
    assert pytest.approx(sorted((page.width, page.height)), abs=0.01) == [210, 297]


@each(("design", "corners"), CORNERS.items())
def test_pieces_lie_on_the_die(design: str, corners: tuple[tuple[float, float], tuple[float, float]]) -> None:
    """The first and the last piece stand where the sheet is cut, and each code in its own piece."""
    order = kit.order(design)
    layout = order.layout
    assert layout is not None
    assert corners[0] == pytest.approx(layout.corner(0), abs=0.011)
    assert corners[1] == pytest.approx(layout.corner(layout.places - 1), abs=0.011)
    for place in range(layout.places):
        left, top = layout.corner(place)
        piece = kit.Box(left, top, left + layout.piece[0], top + layout.piece[1])
        assert piece.inside(2).holds(kit.stamp_box(whole(design), place))


def test_labels_have_the_sizes_that_are_sold() -> None:
    """As docs/plaques.md lists them; their columns and rows are those of the die."""
    sizes = [(*layout.piece, layout.columns, layout.rows) for layout in LABELS.values()]
    assert sizes == [
        (99.1, 139.0, 2, 2),
        (99.1, 67.7, 2, 4),
        (99.1, 38.1, 2, 7),
        (63.5, 38.1, 3, 7),
        (85, 54, 2, 4),
    ]


@each_single
def test_the_ground_reaches_the_bleed_and_marks_begin_beyond_it(design: str) -> None:
    """Colour up to each side of the bleed, then a millimetre of paper, then marks in line with the trim."""
    at = 150 / 25.4
    pixels = kit.raster(whole(design).content, dpi=150, grey=False).astype(int)
    (page, *_) = kit.pages(whole(design).content)
    left, top, right, low = (
        round(side * at) for side in (page.bleed.left, page.bleed.top, page.bleed.right, page.bleed.bottom)
    )
    coloured, dark = np.ptp(pixels, axis=2) > 8, pixels.min(axis=2) < 200
    for edge in (
        coloured[top + 1, left:right],
        coloured[low - 2, left:right],
        coloured[top:low, left + 1],
        coloured[top:low, right - 2],
    ):
        assert edge[2:-2].all()
    beyond = coloured.copy()
    beyond[top - 1 : low + 1, left - 1 : right + 1] = False
    assert not beyond.any()
    gap = dark[top - 4 : low + 4, left - 4 : right + 4].copy()
    gap[3:-3, 3:-3] = False
    assert not gap.any()
    for x in (round(page.trim.left * at), round(page.trim.right * at)):
        assert dark[: top - 4, x - 1 : x + 2].any(axis=1).sum() > 5 * at
        assert dark[low + 4 :, x - 1 : x + 2].any(axis=1).sum() > 5 * at
    for y in (round(page.trim.top * at), round(page.trim.bottom * at)):
        assert dark[y - 1 : y + 2, : left - 4].any(axis=0).sum() > 5 * at
        assert dark[y - 1 : y + 2, right + 4 :].any(axis=0).sum() > 5 * at


@each_design
def test_typefaces_are_embedded_as_subsets(design: str) -> None:
    """Each is Be Vietnam Pro with its own file of letters, and there is no other."""
    parts = kit.parts(whole(design).content)
    fonts = [
        part.head for part in parts if b"/Type /Font " in part.head or part.head.endswith(b"/Type /Font\n>>")
    ]
    described = [part.head for part in parts if b"/Type /FontDescriptor" in part.head]
    files = [part.head for part in parts if b"/Length1" in part.head]
    assert len(fonts) >= 3
    assert len(fonts) == len(described) == len(files)
    for font in (*fonts, *described):
        assert re.search(
            rb"/(?:BaseFont|FontName) /[A-Z]{6}\+BeVietnamPro-(?:Regular|Medium|SemiBold|Bold)\s", font
        )
    assert all(b"/FontFile2" in one for one in described)
    assert all(b"/ToUnicode" in one for one in fonts)


@each_design
@each("draft", [False, True])
def test_nothing_but_process_colours_that_cover(design: str, draft: bool) -> None:
    """DeviceCMYK only; no transparency, no shading, no grey or screen colours, no lines of a device's own width."""
    content = kit.printed(design, draft=True).content if draft else whole(design).content
    for stream in kit.drawn(content):
        used = kit.operators(stream)
        assert PROCESS_COLOURS & used
        assert set() == OTHER_COLOURS & used
        assert b"e-" not in re.sub(rb"\((?:\\.|[^\\()])*\)", b"", stream)
        assert not re.search(rb"(?<![\d.])0 w", stream)
    for word in (
        b"/SMask",
        b"/ca ",
        b"/CA ",
        b"/ExtGState",
        b"/Group",
        b"/Shading",
        b"/Pattern",
        b"/ICCBased",
        b"/Annot",
    ):
        assert not any(word in part.head for part in kit.parts(content))


def test_everything_is_drawn_on_the_page() -> None:
    """The rules above look at real operators."""
    (first, second, third) = kit.drawn(whole("a5").content)
    assert {"k", "K", "f*", "S", "Tj", "cm", "re", "m", "l", "c", "h"} - {"re"} <= kit.operators(first)
    assert len(first) > 3000 < min(len(second), len(third))


def test_the_file_says_what_it_is() -> None:
    """Its language, its title in letters that every reader knows, its maker, and no day and no name of a machine."""
    content = whole("a6").content
    with kit.opened(content) as document:
        told = document.get_metadata_dict()
    assert told["Title"] == "Vườn hộ Thôn Vườn Mẫu"
    assert told["Subject"] == "https://vuonmau.example/"
    assert told["Creator"] == "vuonho"
    assert told["CreationDate"].startswith("D:2000010100")
    assert b"/Lang (vi)" in content
    assert content.startswith(b"%PDF-1.")


AGAIN = """
import hashlib, sys
sys.path[:0] = {paths!r}
import plaque_kit as kit
for design in ("a6", "63x38", "a6 on a4"):
    homes = [kit.home(code=str(100000 + number)) for number in range(3)]
    print(hashlib.sha256(kit.printed(design, homes, logo=None).content).hexdigest())
"""


def test_the_same_order_gives_the_same_bytes(tmp_path: Path) -> None:
    """In this process and in another one, with another clock, language, hash seed and folder."""
    paths = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "tests/plaques")]
    different = {
        "TZ": "Pacific/Kiritimati",
        "LANG": "tr_TR.UTF-8",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "4711",
        "VUONHO_LANG": "en",
    }
    done = subprocess.run(
        [sys.executable, "-c", AGAIN.format(paths=paths)],
        env=os.environ | different, cwd=tmp_path, capture_output=True, check=True, timeout=600,
    )  # fmt: skip
    homes = [kit.home(code=str(100000 + number)) for number in range(3)]
    here = [sha256(kit.printed(design, homes).content).hexdigest() for design in ("a6", "63x38", "a6 on a4")]
    assert here == done.stdout.decode("ascii").split()
