"""The proof of a finished PDF: every page becomes pixels, every code is read and held against where it should stand.

It knows nothing of how the PDF was drawn. `QrPlacement` says in millimetres what is expected.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby, pairwise
from math import ceil, floor
from pathlib import Path
from threading import RLock
from typing import Final, NamedTuple

import pypdfium2
from pypdfium2 import raw

from vuonho.errors import MachineError
from vuonho.i18n import Both, Text
from vuonho.output.files import in_words, printable
from vuonho.plaques.placement import QrPlacement
from vuonho.qr.read import Area, Pixels, Reading, read_everything

QUIET_ZONE: Final = 4
"""Modules of white on every side (ISO/IEC 18004)."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong on a page, counted from 0; `whose` is "" where it is nobody's code."""

    page: int
    whose: str
    message: Text


# --- The pages of a PDF as pixels, made by PDFium ---

_POINTS: Final = 72
"""Points an inch: the unit of PDF (ISO 32000-1, 8.3.2.3)."""
_MM: Final = 25.4
_LARGEST: Final = 100_000_000
"""Pixels of a page, so many bytes: A1 at 300 dpi has 70 million."""
_TAIL: Final = 1024
_ONE_AT_A_TIME: Final = RLock()
"""PDFium knows nothing of threads."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its pixels, and how many of them make a millimetre across and down."""

    pixels: Pixels
    across: float
    down: float


class Pages(AbstractContextManager["Pages"]):
    """The pages of a PDF on disk; PDFium reads from the file what it needs. To be used with `with`.

    Raises MachineError for what is no PDF, is cut off, locked or without pages, when opened and later.
    """

    def __init__(self, path: Path) -> None:
        self._name = name = printable(path)
        with in_words(path):
            with path.open(
                "rb"
            ) as file:  # both ends (ISO 32000-1, 7.5): PDFium makes do without the last one
                head = file.read(len(b"%PDF-"))
                file.seek(max(file.seek(0, 2) - _TAIL, 0))
                tail = file.read()
            if head != b"%PDF-":
                raise _trouble(Text("{name} is no PDF.", name=name))
            if not tail.rstrip().endswith(b"%%EOF"):
                raise self._damaged()
            with _ONE_AT_A_TIME:
                self._open(path)

    def _open(self, path: Path) -> None:
        try:
            self._document = pypdfium2.PdfDocument(path.absolute())
        except pypdfium2.PdfiumError as error:
            if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
                raise self._locked() from error
            raise self._damaged() from error
        if raw.FPDF_GetSecurityHandlerRevision(self._document) != -1:
            self._document.close()
            raise self._locked()

    def __exit__(self, *_error: object) -> None:
        """Close the file, so that it can be renamed or removed on Windows too."""
        with _ONE_AT_A_TIME:
            self._document.close()

    def __len__(self) -> int:
        """Return the number of pages."""
        return len(self._document)

    def sheet(self, page: int, dpi: int) -> Sheet:
        """Return a page, counted from 0, in grey: its whole MediaBox, as it stands on the paper.

        Without annotations and form fields, which a print shop does not print. Raises MachineError if the
        page cannot be read or is larger than any sheet of paper.
        """
        scale, inch = dpi / _POINTS, _MM / _POINTS
        try:
            with _ONE_AT_A_TIME, closing(self._document[page]) as opened:
                # a viewer's turn and crop are not what is printed
                opened.set_rotation(0)
                if opened.get_cropbox() != opened.get_mediabox():
                    opened.set_cropbox(*opened.get_mediabox())
                wide, high = opened.get_size()
                if not 0 < wide * scale * high * scale <= _LARGEST:
                    raise _trouble(Text("The PDF {name} has a page beyond any paper.", name=self._name))
                bitmap = opened.render(scale=scale, grayscale=True, draw_annots=False, may_draw_forms=False)
                with closing(bitmap):
                    pixels = Pixels(bitmap.width, bitmap.height, bytes(bitmap.buffer))
        except pypdfium2.PdfiumError as error:
            raise self._damaged() from error
        # PDFium stretches the page to whole pixels, by less than one
        return Sheet(pixels, pixels.width / (wide * inch), pixels.height / (high * inch))

    def _damaged(self) -> MachineError:
        return _trouble(Text("The PDF {name} is damaged or cut off.", name=self._name))

    def _locked(self) -> MachineError:
        message = Text(
            "The PDF {name} is locked with a password; a print shop cannot use it.", name=self._name
        )
        return _trouble(message)


def _trouble(message: Text) -> MachineError:
    return MachineError(message, Text("Run the command that made this PDF again."))


def picture(pdf: bytes, across: int, piece: tuple[float, float, float, float] | None = None) -> bytes:
    """Return the first page of a PDF within its trim as a PNG of so many pixels across, to be looked at.

    Of a sheet it is the `piece`: left, top, width and height in mm.
    """
    with _ONE_AT_A_TIME, closing(pypdfium2.PdfDocument(pdf)) as document, closing(document[0]) as page:
        wide, high = page.get_size()
        left, low, right, top = page.get_trimbox()
        if piece is not None:
            x, y, width, height = (side * _POINTS / _MM for side in piece)
            left, low, right, top = x, high - y - height, x + width, high - y
        crop = left, low, wide - right, high - top
        with closing(page.render(scale=across / (right - left), crop=crop)) as bitmap:
            content = BytesIO()
            bitmap.to_pil().save(content, "PNG")
    return content.getvalue()


# --- One code that was read, held against where and how large it should stand ---

LEAST_MODULE_MM: Final = 0.4
"""What a phone reads with 720 lines from 18 cm, with 1,080 lines from nearly 30, since it read modules of 1.6 mm
with 720 lines from 75 cm. And more than four dots of a printer of 300 dpi, 0.34 mm, which is the least for print."""
_LEAST_CONTRAST: Final = 0.70
"""Grade A of symbol contrast."""
_UPRIGHT: Final = 2
"""Degrees; a lean of less shows in the modules."""
_STAIN: Final = 2
"""Steps of 255 by which the pixels of a plain area may differ: less than one per cent of black."""
_WHITE: Final = bytes(range(255 - _STAIN, 256))
_CLEAR: Final = 0.5
"""Pixels next to a side that tell nothing about the areas it parts."""


def _fault(sheet: Sheet, code: QrPlacement, reading: Reading) -> Text | None:
    """Return the first thing that is wrong with a code that was read in its place."""
    module = code.width / code.modules
    if reading.text != code.payload:
        return Text(
            "The QR code leads to “{text}”; it should be “{payload}”.",
            text=reading.text,
            payload=code.payload,
        )
    if module < LEAST_MODULE_MM:
        return Text(
            "A module of the code is only {found} mm wide, hard for phones; it takes at least {least} mm.",
            found=_number(module, 2),
            least=_number(LEAST_MODULE_MM, 1),
        )
    if abs(reading.turn) > _UPRIGHT:
        return Text("The code is turned, it does not stand upright.")
    # where modules begin and the last one ends, those of the quiet zone included
    across = [(code.left + at * module) * sheet.across for at in range(code.modules + 1)]
    down = [(code.top + at * module) * sheet.down for at in range(code.modules + 1)]
    shades = _shades(sheet.pixels, across, down)
    if shades is None:
        return Text("The code is not exactly in its place, or something else is printed over it.")
    if not _is_margin_white(sheet.pixels, across, down):
        return Text("The white margin around the code is printed on or cut off.")
    contrast = _reflectance(shades[1]) - _reflectance(shades[0])
    if contrast < _LEAST_CONTRAST:
        found = f"{int(100 * contrast)}%"
        return Text("The code is too pale: its contrast is {found}, it takes at least 70%.", found=found)
    return Text("The code has modules of the wrong colour.") if reading.spare < 1 else None


def _is_margin_white(pixels: Pixels, across: list[float], down: list[float]) -> bool:
    """Tell whether the whole quiet zone is white, and on the page."""
    left, right, top, bottom = across[0], across[-1], down[0], down[-1]
    if min(left, top) < -_CLEAR or right > pixels.width + _CLEAR or bottom > pixels.height + _CLEAR:
        return False
    zones = (  # its corners belong to two of them
        (left, right, top, down[QUIET_ZONE]),
        (left, right, down[-1 - QUIET_ZONE], bottom),
        (left, across[QUIET_ZONE], top, bottom),
        (across[-1 - QUIET_ZONE], right, top, bottom),
    )
    areas = ((*_inside(begin, end), *_inside(upper, lower)) for begin, end, upper, lower in zones)
    parts = (pixels.part(Area(first, high, last, low)) for first, last, high, low in areas)
    return not any(part.content.translate(None, _WHITE) for part in parts)


def _inside(begin: float, end: float) -> tuple[int, int]:
    """Return the pixels (from, to before) that lie wholly between two places."""
    return ceil(begin + _CLEAR), floor(end - _CLEAR)


def _shades(pixels: Pixels, across: list[float], down: list[float]) -> tuple[int, int] | None:
    """Return the lightest dark and the darkest light pixel of a symbol; None where not every module is plain.

    Modules of one colour that lie side by side are looked at as one area, so a seam between them shows too.
    """
    xs, ys = across[QUIET_ZONE:-QUIET_ZONE], down[QUIET_ZONE:-QUIET_ZONE]
    left, top, right, bottom = floor(xs[0]), floor(ys[0]), ceil(xs[-1]), ceil(ys[-1])
    if min(left, top) < 0 or right > pixels.width or bottom > pixels.height:
        return None
    lines = [pixels.row(y, left, right) for y in range(top, bottom)]
    whole, width = b"".join(lines), len(lines[0])
    columns = [whole[x::width] for x in range(width)]
    xs, ys = [x - left for x in xs], [y - top for y in ys]
    areas = [*_areas(lines, ys, xs), *_areas(columns, xs, ys)]
    if any(high - low > _STAIN for low, high in areas):
        return None
    middle = (min(low for low, _ in areas) + max(high for _, high in areas)) / 2
    dark = max((high for low, high in areas if low <= middle), default=255)
    return dark, min((low for low, _ in areas if low > middle), default=0)


def _areas(lines: list[bytes], down: list[float], across: list[float]) -> Iterator[tuple[int, int]]:
    """Yield the darkest and the lightest pixel of each run of like modules, for all lines of modules."""
    for begin, end in pairwise(down):
        first, last = _inside(begin, end)
        strip = lines[first:last]
        sample = strip[len(strip) // 2]
        seen = [sample] if strip.count(sample) == len(strip) else strip
        middle = (min(sample) + max(sample)) / 2
        for _, run in groupby(pairwise(across), key=lambda module: sample[int(sum(module) / 2)] > middle):
            modules = list(run)
            left, right = _inside(modules[0][0], modules[-1][1])
            area = b"".join(line[left:right] for line in seen)
            shade = area[0]  # nearly all areas have but one, and counting is quick
            yield (shade, shade) if area.count(shade) == len(area) else (min(area), max(area))


def _reflectance(shade: int) -> float:
    """Return how much light a shade of 0 to 255 stands for, 0.0 to 1.0 (sRGB, IEC 61966-2-1)."""
    part = shade / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _number(value: float, digits: int) -> Text:
    number = f"{value:.{digits}f}"
    return Both(number.replace(".", ","), number)


# --- The proof of a PDF: page by page, spread over processes ---

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
    codes: tuple[QrPlacement, ...]
    pages: int


def shares(pdf: Path, codes: Iterable[QrPlacement], size: int) -> tuple[Share, ...]:
    """Return the proof of a whole PDF in parts of `size` pages, to be spread over processes.

    They cover all pages, of the file and of the codes. Raises MachineError where the file cannot be read.
    """
    wanted = tuple(codes)
    with Pages(pdf) as pages:
        total = max(len(pages), *(code.page + 1 for code in wanted), 0)
    return tuple(
        Share(pdf, first, tuple(code for code in wanted if first <= code.page < first + size),
              min(size, total - first))
        for first in range(0, total, size)
    )  # fmt: skip


def prove_share(share: Share) -> tuple[Flaw, ...]:
    """Return what is wrong on the pages of a share, in their order; nothing is the proof.

    Pages beyond the end of the file on which no code is expected are left aside. Raises MachineError where the file
    cannot be read.
    """
    with Pages(share.pdf) as pages:
        return tuple(
            flaw
            for page in range(share.first, share.first + share.pages)
            for flaw in _on_page(pages, page, [code for code in share.codes if code.page == page])
        )


def reading_distance_m(width_mm: float, modules: int = _MODULES) -> float:
    """Return the distance in metres, in steps of 0.05, up to which a phone reads a clean code of this width.

    The quiet zone is in the width. It is the distance measured with a code no larger, or twelve widths where that
    is more. A code of more than 37 `modules` a side counts as one whose 37 modules are as small.
    """
    width = round(width_mm * min(_MODULES / modules, 1), 3)
    measured = max((reach for least, reach in _MEASURED_MM if least <= width), default=0)
    return floor(max(measured, round(_TIMES * width, 3)) / _STEP_MM) * _STEP_MM / 1000


def _on_page(pages: Pages, page: int, codes: list[QrPlacement]) -> Iterator[Flaw]:
    if page >= len(pages):
        lost = Text("The PDF lacks page {page}.", page=page + 1)
        yield from (Flaw(page, code.whose, lost) for code in codes)
        return
    sheet = pages.sheet(page, DPI)
    boxes = [_box(sheet, code) for code in codes]
    strays = list(read_everything(sheet.pixels.without(boxes)))
    for code, box in zip(codes, boxes, strict=True):
        at = sheet.pixels.within(box)
        found = sorted(read_everything(sheet.pixels.part(at)), key=lambda one: one.text != code.payload)
        strays += found[1:]
        fault: Text | None = Text("The QR code cannot be read in its place.")
        if found:
            fault = _fault(sheet, code, found[0])
        if fault:
            yield Flaw(page, code.whose, fault)
    for stray in strays:
        yield Flaw(page, "", Text("Another code stands on the page: “{text}”.", text=stray.text))


def _box(sheet: Sheet, code: QrPlacement) -> Area:
    """Return the pixels that the square of a code touches, its quiet zone included."""
    return Area(
        floor(code.left * sheet.across),
        floor(code.top * sheet.down),
        ceil((code.left + code.width) * sheet.across),
        ceil((code.top + code.width) * sheet.down),
    )
