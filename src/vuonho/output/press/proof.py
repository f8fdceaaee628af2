"""The proof of a PDF before it goes to the press: every page is rasterised and read, every code measured.

What is read on a page must be exactly what is expected there: each code letter by letter, in its place, of its
size, with its quiet zone, dark enough; and no other. Each square is read by itself, then the page with the squares
left white: all pixels are looked at, and no code can hide behind others.
"""

from collections.abc import Iterable, Iterator
from math import ceil, floor
from pathlib import Path
from typing import Final, NamedTuple

from vuonho.bilingual import Text
from vuonho.output.pixels import Area
from vuonho.output.press.expected import ExpectedCode, Flaw
from vuonho.output.press.judgement import judge, too_small
from vuonho.output.press.raster import Pages, Sheet
from vuonho.output.reader import Reading, read_everything

__all__ = ["ExpectedCode", "Flaw", "Share", "prove_pages", "prove_share", "reading_distance_m", "shares"]

DPI: Final = 300

_MEASURED_MM: Final = ((60, 750), (80, 1_000), (100, 1_200), (120, 1_800))
"""Width of a clean code of version 3 and the distance up to which zxing-cpp read it in a picture of 720 lines."""

_TIMES: Final = 12
"""The least of these distances in widths."""

_MODULES: Final = 37
_STEP_MM: Final = 50


class Share(NamedTuple):
    """A part of the proof that one process can do: `pages` pages from page `first`, and the codes on them."""

    pdf: Path
    first: int
    codes: tuple[ExpectedCode, ...]
    pages: int


def shares(pdf: Path, codes: Iterable[ExpectedCode], size: int = 20) -> tuple[Share, ...]:
    """Return the proof of a whole PDF in parts of `size` pages, to be spread over processes.

    They cover all pages, of the file and of the codes. Raises MachineTrouble where the file cannot be read.
    """
    wanted: dict[int, list[ExpectedCode]] = {}
    for code in codes:
        wanted.setdefault(code.page, []).append(code)
    with Pages(pdf) as pages:
        total = max(len(pages), *(page + 1 for page in wanted), 0)
    parts = (range(first, min(first + size, total)) for first in range(0, total, size))
    return tuple(
        Share(pdf, part.start, tuple(code for page in part for code in wanted.get(page, ())), len(part))
        for part in parts
    )


def prove_share(share: Share) -> tuple[Flaw, ...]:
    """Return what is wrong on the pages of a share."""
    return prove_pages(*share)


def prove_pages(pdf: Path, first: int, codes: tuple[ExpectedCode, ...], count: int) -> tuple[Flaw, ...]:
    """Return what is wrong on `count` pages from page `first`, in their order; nothing is the proof.

    Codes of other pages are left aside; so are pages beyond the end of the file on which no code is expected.
    Raises MachineTrouble where the file cannot be read.
    """
    with Pages(pdf) as pages:
        numbers = range(first, first + count)
        return tuple(flaw for page in numbers for flaw in _on_page(pages, page, _of(codes, page)))


def reading_distance_m(width_mm: float, modules: int = _MODULES) -> float:
    """Return the distance in metres, in steps of 0.05, up to which a phone reads a clean code of this width.

    The quiet zone is in the width. It is the distance measured with a code no larger, or twelve widths where that
    is more. A code of more than 37 `modules` a side counts as one whose 37 modules are as small.
    """
    width = round(width_mm * min(_MODULES / modules, 1), 3)
    measured = max((reach for least, reach in _MEASURED_MM if least <= width), default=0)
    return floor(max(measured, round(_TIMES * width, 3)) / _STEP_MM) * _STEP_MM / 1000


def _of(codes: tuple[ExpectedCode, ...], page: int) -> tuple[ExpectedCode, ...]:
    return tuple(code for code in codes if code.page == page)


def _on_page(pages: Pages, page: int, codes: tuple[ExpectedCode, ...]) -> Iterator[Flaw]:
    if page >= len(pages):
        lost = Text(f"Tệp PDF thiếu trang {page + 1}.", f"The PDF lacks page {page + 1}.")
        yield from (Flaw(page, code.whose, lost) for code in codes)
        return
    sheet = pages.sheet(page, DPI)
    boxes = tuple(_box(sheet, code) for code in codes)
    strays = list(read_everything(sheet.pixels.without(boxes)))
    for code, box in zip(codes, boxes, strict=True):
        readings = _read(sheet, box, code.payload)
        said = _judged(sheet, code, readings[0]) if readings else (_missed(strays, code),)
        strays.extend(readings[1:])
        yield from (Flaw(page, code.whose, one) for one in said)
    yield from (Flaw(page, "", _uninvited(stray)) for stray in strays)


def _box(sheet: Sheet, code: ExpectedCode) -> Area:
    """Return the square of a code in whole pixels."""
    right, bottom = code.left_mm + code.width_mm, code.top_mm + code.width_mm
    return Area(
        floor(code.left_mm * sheet.across),
        floor(code.top_mm * sheet.down),
        ceil(right * sheet.across),
        ceil(bottom * sheet.down),
    )


def _read(sheet: Sheet, box: Area, payload: str) -> tuple[Reading, ...]:
    """Return what stands in the square of a code, the right one first."""
    at = sheet.pixels.within(box)
    found = (reading.moved(at.left, at.top) for reading in read_everything(sheet.pixels.part(at)))
    return tuple(sorted(found, key=lambda reading: reading.text != payload))


def _judged(sheet: Sheet, code: ExpectedCode, reading: Reading) -> tuple[Text, ...]:
    if reading.text != code.payload:
        return (
            Text(
                f"Mã QR dẫn tới “{reading.text}”, đúng ra phải là “{code.payload}”.",
                f"The QR code leads to “{reading.text}”; it should be “{code.payload}”.",
            ),
        )
    small = too_small(code)
    return (small,) if small else judge(sheet, code, reading)


def _missed(strays: list[Reading], code: ExpectedCode) -> Text:
    """Say that a code is not in its place; if it stands elsewhere on the page, it is no stray any more."""
    elsewhere = next((stray for stray in strays if stray.text == code.payload), None)
    if elsewhere is None:
        return Text(
            "Thử quét mà không đọc được mã QR ở chỗ của nó.", "The QR code cannot be read in its place."
        )
    strays.remove(elsewhere)
    return Text("Mã QR nằm sai chỗ trên trang.", "The QR code stands in another place on the page.")


def _uninvited(stray: Reading) -> Text:
    return Text(
        f"Trên trang có thêm một mã QR lạ: “{stray.text}”.",
        f"Another code stands on the page: “{stray.text}”.",
    )
