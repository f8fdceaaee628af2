"""Orders of plaques for the demo's households, and what a reader other than the one that wrote it sees in the PDF.

Lengths are millimetres from the top left of the page, as on the press.
"""

import json
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pypdfium2
from pypdfium2 import raw

from command_kit import ROOT
from vuonho.build import look_of
from vuonho.errors import DataProblems, Problem
from vuonho.model.codes import check_digit
from vuonho.model.public import PublicHousehold, PublicSite, PublicVillage
from vuonho.pages.language import Language
from vuonho.plaques.order import Order, Printed, print_order
from vuonho.plaques.sizes import Layout
from vuonho.project.survey import Survey, survey

MM: Final = 25.4 / 72
"""Millimetres in a point."""
DPI: Final = 300
DEMO_NAME: Final = "Vườn bà Hường"
DEMO_CODE: Final = "482135"
SINGLE: Final = {"200x150": (200, 150), "a5": (210, 148), "a6": (148, 105)}
SHEETS: Final = ("99x139", "99x67", "99x38", "63x38", "85x54")
DESIGNS: Final = (*SINGLE, "a6 on a4", *SHEETS)
"""Everything that can be ordered but the village's board."""


@cache
def demo() -> Survey:
    """Return the demo as the survey reads it."""
    return survey(ROOT)


def site(**changes: object) -> PublicSite:
    """Return the demo's site with changes."""
    return replace(demo().require(), **changes)  # type: ignore[arg-type]


def village(name: str = "Thôn Vườn Mẫu") -> PublicVillage:
    """Return the demo's village under another name."""
    return replace(demo().villages[0], name=name)


def home(name: str = DEMO_NAME, code: str = DEMO_CODE) -> PublicHousehold:
    """Return the demo's fullest household under another name and code."""
    found = next(one for one in demo().households if one.code == DEMO_CODE)
    return replace(found, name=name, code=code)


@cache
def languages(*tags: str) -> tuple[Language, ...]:
    """Return the shipped languages."""
    return look_of(ROOT, replace(demo().require(), languages=tags or ("vi", "en"))).languages()


def order(design: str, homes: Sequence[PublicHousehold] = (), **changes: Any) -> Order:
    """Return an order of a design ("a6", "a6 on a4", "63x38") for households, the demo's first by default."""
    size, on, _ = design.partition(" on ")
    place = changes.pop("village", None) or village()
    pieces = tuple((one, place) for one in homes or (home(),))
    given: dict[str, Any] = {
        "site": site(),
        "languages": languages(),
        "batch": 1,
        "sheet": bool(on),
    } | changes
    return Order(size=size, homes=pieces, **given)


def printed(design: str, homes: Sequence[PublicHousehold] = (), **changes: Any) -> Printed:
    """Return the PDF of an order."""
    return print_order(order(design, homes, **changes))


@cache
def whole(design: str) -> Printed:
    """Return a design for codes of five and eight digits and for all households of the demo, printed once."""
    return printed(design, (home(code="12342"), home(code="12345670"), *demo().households), batch=7)


def refusals(design: str, homes: Sequence[PublicHousehold] = (), **changes: Any) -> tuple[Problem, ...]:
    """Return why an order is not printed."""
    try:
        printed(design, homes, **changes)
    except DataProblems as found:
        return found.problems
    return ()


# --- Projects --------------------------------------------------------------------------------------------------

SITE_YAML: Final = """\
base_url: https://vuonmau.example/
title: {vi: Vườn hộ Thôn Vườn Mẫu, en: Gardens of Vườn Mẫu}
purpose: {vi: Giới thiệu vườn, en: To show gardens}
team: {name: Tổ số, phone: 0570 100 200}
"""
SLUG: Final = "thon-vuon-mau"


def codes(count: int) -> list[str]:
    """Return so many sound codes."""
    return [f"{number}{check_digit(str(number))}" for number in range(10_000, 10_000 + count)]


def write_project(
    root: Path, names: Sequence[str], site: str = SITE_YAML, village: str = "Thôn Vườn Mẫu"
) -> Path:
    """Write a project of households with these names, as typed, and return its folder."""
    folder = root / "profiles" / SLUG
    folder.mkdir(parents=True)
    given = list(zip(codes(len(names)), names, strict=True))
    rows = [f"{code},{SLUG}/ho-{at}.yaml,2026-10-19,,," for at, (code, _) in enumerate(given)]
    texts = {
        root / "profiles/site.yaml": site,
        root / "profiles/codes.csv": "\n".join(("code,profile,given,printed,url,status", *rows, "")),
        folder / "village.yaml": f"name: {village}\ncommune: Xã Phúc Trạch\ncentre: 18.1250, 105.7600\n",
    }
    for at, (code, name) in enumerate(given):
        texts[folder / f"ho-{at}.yaml"] = (
            f'# hồ sơ\ncode: "{code}"\nname: {json.dumps(name, ensure_ascii=False)}\n'
            "consent: {given: 2026-10-20, by: Nguyễn Thị Mẫu, how: paper}\n"
            "location: {address: Xóm Đông}\ngarden: {area: 500}\nchecked: 2026-11-02\n"
        )
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return root


def surveyed(root: Path) -> dict[str, Any]:
    """Return what an order takes from a project: its households, village and site."""
    found = survey(root)
    return {"homes": found.households, "village": found.villages[0], "site": found.require()}


# --- Bytes -----------------------------------------------------------------------------------------------------

_OBJECT: Final = re.compile(rb"\n(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
_STREAM: Final = re.compile(rb"/Length (\d+).*?\bstream\r?\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """An object of the file: what stands before its stream, and the stream as it is meant."""

    head: bytes
    stream: bytes

    @property
    def is_drawn(self) -> bool:
        """Tell pages and figures from typefaces, pictures and tables of letters."""
        other = (b"/FontFile2", b"/Length1", b"/Subtype /Image")
        return (
            bool(self.stream)
            and not any(word in self.head for word in other)
            and b"begincmap" not in self.stream
        )


@cache
def parts(content: bytes) -> tuple[Part, ...]:
    """Return every object of a PDF."""
    return tuple(_part(found[2]) for found in _OBJECT.finditer(content))


def _part(body: bytes) -> Part:
    found = _STREAM.search(body)
    if found is None:
        return Part(body, b"")
    head, stream = body[: found.end()], body[found.end() : found.end() + int(found[1])]
    if b"/FlateDecode" in head:
        stream = zlib.decompress(stream)
    return Part(head, stream)


def drawn(content: bytes) -> tuple[bytes, ...]:
    """Return the operators of every page and figure."""
    return tuple(part.stream for part in parts(content) if part.is_drawn)


def operators(stream: bytes) -> set[str]:
    """Return the operators that a stream uses; what is in strings is left out."""
    plain = re.sub(rb"\((?:\\.|[^\\()])*\)", b"", stream, flags=re.DOTALL)
    return set(re.findall(r"(?<![/\w.<-])[A-Za-z][A-Za-z0-9]*\*?(?![\w>])", plain.decode("latin-1")))


# --- Pages -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box", slack: float = 0.0) -> bool:
        """Tell whether two rectangles overlap by more than some slack."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > slack
            and min(self.bottom, other.bottom) - max(self.top, other.top) > slack
        )

    def holds(self, other: "Box", slack: float = 0.0) -> bool:
        """Tell whether another rectangle lies inside."""
        return (
            other.left >= self.left - slack
            and other.top >= self.top - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def inside(self, by: float) -> "Box":
        """Return the rectangle made smaller on all sides."""
        return Box(self.left + by, self.top + by, self.right - by, self.bottom - by)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: the box around its letters' ink, its weight, and its size."""

    text: str
    box: Box
    weight: str
    size: float
    baseline: float


@contextmanager
def opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF."""
    with closing(pypdfium2.PdfDocument(content)) as document:
        yield document


@dataclass(frozen=True, slots=True)
class Page:
    """The boxes of a page."""

    width: float
    height: float
    trim: Box
    bleed: Box


def pages(content: bytes) -> list[Page]:
    """Return the pages of a PDF as PDFium measures them."""
    with opened(content) as document:
        return [
            Page(page.get_width() * MM, page.get_height() * MM, _box(page, page.get_trimbox()), _box(page, page.get_bleedbox()))
            for page in document
        ]  # fmt: skip


def _box(page: pypdfium2.PdfPage, points: tuple[float, float, float, float]) -> Box:
    left, low, right, high = (point * MM for point in points)
    height = page.get_height() * MM
    return Box(left, height - high, right, height - low)


def lines(content: bytes, page: int = 0) -> list[Line]:
    """Return the lines of text on a page in the order in which they were written; slanted ones are left out."""
    found: list[Line] = []
    for line in _written(content, page, slanted=False):
        # PDFium takes a line that says the same as the one above for its shadow
        said = line if line.text or not found else replace(line, text=found[-1].text)
        found.append(_joined(found.pop(), said) if found and _goes_on(found[-1], said) else said)
    return [replace(line, text=line.text.strip().replace(_AT_THE_END, "-")) for line in found]


def slanted(content: bytes, page: int = 0) -> list[Line]:
    """Return the slanted words on a page."""
    return [replace(line, text=line.text.strip()) for line in _written(content, page, slanted=True)]


def _written(content: bytes, page: int, *, slanted: bool) -> list[Line]:
    with opened(content) as document:
        of = document[page]
        texts = of.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], textpage=of.get_textpage())
        return [_line(of, one) for one in texts if (abs(one.get_matrix().b) > 1e-6) is slanted]


_AT_THE_END: Final = "\x02"
"""What PDFium makes of a hyphen at the end of a line."""


def _line(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextObj) -> Line:
    low = text.get_matrix().f
    name, said = text.get_font().get_base_name(), text.extract()
    box = _box(page, text.get_bounds())
    return Line(
        said,
        box,
        name.rpartition("-")[2],
        text.get_font_size() * MM,
        page.get_height() * MM - low * MM,
    )


def _goes_on(before: Line, line: Line) -> bool:
    """Tell the rest of a line whose letters are in a second subset of the typeface."""
    return (
        abs(before.baseline - line.baseline) < 0.01
        and before.weight == line.weight
        and abs(before.size - line.size) < 0.01
        and -0.2 * line.size < line.box.left - before.box.right < 0.5 * line.size
    )


def _joined(before: Line, line: Line) -> Line:
    box = Box(
        before.box.left,
        min(before.box.top, line.box.top),
        line.box.right,
        max(before.box.bottom, line.box.bottom),
    )
    return replace(before, text=before.text + line.text, box=box)


def letter_heights(content: bytes, text: str, page: int = 0) -> list[float]:
    """Return how high the ink of each letter of a text is, where it first stands on a page."""
    with opened(content) as document:
        words = document[page].get_textpage()
        found = words.search(text, match_case=True).get_next()
        assert found is not None, text
        letters = (words.get_charbox(at) for at in range(found[0], found[0] + found[1]))
        return [(high - low) * MM for _, low, _, high in letters]


def strokes(content: bytes, page: int = 0) -> list[Box]:
    """Return the boxes around everything on a page that is no text, the width of lines included."""
    with opened(content) as document:
        found = document[page]
        return [_box(found, one.get_bounds()) for one in found.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])]


def pieces(printed: Printed, layout: Layout | None) -> list[tuple[Box, Box, list[Line]]]:
    """Return for each code the piece that it stands on, its square, and the lines of text on the piece."""
    found = []
    written = [lines(printed.content, page) for page in range(printed.pages)]
    trims = [page.trim for page in pages(printed.content)]
    for at, stamp in enumerate(printed.codes):
        piece = trims[stamp.page] if layout is None else place_of(layout, at % layout.places)
        here = [
            line
            for line in written[stamp.page]
            if piece.holds(line.box) and not line.text.startswith("100 mm")
        ]
        found.append((piece, stamp_box(printed, at), here))
    return found


def place_of(layout: Layout, place: int) -> Box:
    """Return where a piece is cut, counted from 0."""
    left, top = layout.corner(place)
    return Box(left, top, left + layout.piece[0], top + layout.piece[1])


def text_of(content: bytes, page: int = 0) -> str:
    """Return the words on a page as one line."""
    return " ".join(" ".join(line.text for line in lines(content, page)).split())


def raster(content: bytes, page: int = 0, dpi: int = DPI, *, grey: bool = True) -> npt.NDArray[np.uint8]:
    """Return a page as pixels."""
    with opened(content) as document:
        bitmap = document[page].render(scale=dpi / 72, grayscale=grey, draw_annots=False)
        return np.array(bitmap.to_numpy())


def square(printed: Printed, at: int = 0, dpi: int = DPI) -> npt.NDArray[np.uint8]:
    """Return the square of a code as pixels."""
    stamp = printed.codes[at]
    left, top, width = (round(side * dpi / 25.4) for side in (stamp.left, stamp.top, stamp.width))
    return raster(printed.content, stamp.page, dpi)[top : top + width, left : left + width]


def stamp_box(printed: Printed, at: int = 0) -> Box:
    """Return the square of a code, quiet zone included."""
    stamp = printed.codes[at]
    return Box(stamp.left, stamp.top, stamp.left + stamp.width, stamp.top + stamp.width)
