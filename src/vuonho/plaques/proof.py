"""Proof over a finished PDF that knows nothing of how it was drawn: every page is rasterised, every code read and measured.

What it measures is in pixels from the top left of a page; `QrPlacement` says in millimetres what is expected.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import ceil, floor
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

import pypdfium2
from pypdfium2 import raw

from vuonho.errors import MachineError
from vuonho.i18n import Both, Text
from vuonho.output.os_errors import in_words, printable
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


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its pixels, and how many of them make a millimetre across and down."""

    pixels: Pixels
    across: float
    down: float


class Pages:
    """The pages of a PDF on disk; PDFium reads from the file what it needs. To be used with `with`.

    Raises MachineError for what is no PDF, is cut off, locked or without pages, when opened and later.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with in_words(path):
            self._refuse_a_fragment()
            self._document = self._opened()

    def _refuse_a_fragment(self) -> None:
        """Look at both ends (ISO 32000-1, 7.5): PDFium itself makes do with a file whose end is missing."""
        with self._path.open("rb") as file:
            head = file.read(len(b"%PDF-"))
            file.seek(max(file.seek(0, 2) - _TAIL, 0))
            tail = file.read()
        if head != b"%PDF-":
            raise self._trouble("{} không phải là tệp PDF.", "{} is no PDF.")
        if not tail.rstrip().endswith(b"%%EOF"):
            raise self._damaged()

    def _opened(self) -> pypdfium2.PdfDocument:
        try:
            document = pypdfium2.PdfDocument(self._path.absolute())
        except pypdfium2.PdfiumError as error:
            is_locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
            raise self._locked() if is_locked else self._damaged() from error
        if raw.FPDF_GetSecurityHandlerRevision(document) != -1:
            document.close()
            raise self._locked()
        return document

    def __enter__(self) -> Self:
        """Return the pages; they are closed at the end of the `with`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file, so that it can be renamed or removed on Windows too."""
        self._document.close()

    def __len__(self) -> int:
        """Return the number of pages."""
        return len(self._document)

    def sheet(self, page: int, dpi: int) -> Sheet:
        """Return a page, counted from 0, in grey: its whole MediaBox, as it stands on the paper.

        Without annotations and form fields, which a print shop does not print. Raises MachineError if the
        page cannot be read or is larger than any sheet of paper.
        """
        try:
            with closing(self._document[page]) as opened:
                # a viewer's turn and crop are not what is printed
                opened.set_rotation(0)
                if opened.get_cropbox() != opened.get_mediabox():
                    opened.set_cropbox(*opened.get_mediabox())
                return self._drawn(opened, dpi / _POINTS)
        except pypdfium2.PdfiumError as error:
            raise self._damaged() from error

    def _drawn(self, page: pypdfium2.PdfPage, scale: float) -> Sheet:
        wide, high = page.get_size()
        if not 0 < wide * scale * high * scale <= _LARGEST:
            raise self._trouble("Tệp PDF {} có trang quá khổ.", "The PDF {} has a page beyond any paper.")
        bitmap = page.render(scale=scale, grayscale=True, draw_annots=False, may_draw_forms=False)
        with closing(bitmap):
            pixels = Pixels(bitmap.width, bitmap.height, bytes(bitmap.buffer))
        # PDFium stretches the page to whole pixels, by less than one
        inch = _MM / _POINTS
        return Sheet(pixels, pixels.width / (wide * inch), pixels.height / (high * inch))

    def _trouble(self, vi: str, en: str) -> MachineError:
        name = printable(self._path)
        again = Text("Run the command that made this PDF again.")
        return MachineError(Both(vi.format(name), en.format(name)), again)

    def _damaged(self) -> MachineError:
        return self._trouble("Tệp PDF {} bị hỏng hoặc bị cụt.", "The PDF {} is damaged or cut off.")

    def _locked(self) -> MachineError:
        return self._trouble(
            "Tệp PDF {} bị khóa mật khẩu, nhà in không dùng được.",
            "The PDF {} is locked with a password; a print shop cannot use it.",
        )


# --- A printed symbol under the magnifying glass: where it ends, its quiet zone, its modules ---

_FINDER: Final = 3.5
"""Modules from the sides to the middle of a finder pattern (ISO/IEC 18004, 6.3.3)."""
_STAIN: Final = 2
"""Steps of 255 by which the pixels of a plain area may differ: less than one per cent of black."""
_CLEAR: Final = 0.5
"""Pixels next to a side that tell nothing about the areas it parts."""
_WHITE: Final = bytes(range(255 - _STAIN, 256))

_Line = Callable[[int, int, int], bytes]


class Square(NamedTuple):
    """An upright square, or nearly one, by its sides."""

    left: float
    top: float
    right: float
    bottom: float


class Outline(NamedTuple):
    """The sides of a symbol's dark modules, left and top met twice: at either end of a symbol that leans they differ."""

    square: Square
    left_below: float
    top_beside: float


def _find_outline(pixels: Pixels, reading: Reading, size: int) -> Outline | None:
    """Return the sides of a symbol of `size` modules, or None where a finder pattern is not as it should be."""
    across, down = (reading.right - reading.left) / size, (reading.bottom - reading.top) / size
    left, right = int(reading.left + _FINDER * across), int(reading.right - _FINDER * across)
    top, bottom = int(reading.top + _FINDER * down), int(reading.bottom - _FINDER * down)
    sides = (
        _begin(pixels.row, top, reading.left, across),
        _begin(pixels.column, left, reading.top, down),
        _end(pixels.row, top, reading.right, across),
        _end(pixels.column, left, reading.bottom, down),
        _begin(pixels.row, bottom, reading.left, across),
        _begin(pixels.column, right, reading.top, down),
    )
    found = [side for side in sides if side is not None]
    return Outline(Square(*found[:4]), *found[4:]) if len(found) == len(sides) else None


def _begin(line: _Line, at: int, side: int, module: float) -> float | None:
    """Return where the dark begins, coming from within the finder pattern's outer ring."""
    start = int(side + module / 2)
    depth = _dark_length(line(at, int(side - module), start)[::-1])
    return None if depth is None else start - depth


def _end(line: _Line, at: int, side: int, module: float) -> float | None:
    """Return where the dark ends, coming from within the finder pattern's outer ring."""
    start = int(side - module / 2)
    depth = _dark_length(line(at, start, int(side + module)))
    return None if depth is None else start + depth


def _dark_length(line: bytes) -> float | None:
    """Return the length of the dark with which a line begins; the pixel in which it ends counts by its shade."""
    if not line or line[0] == max(line):
        return None
    dark, light = min(line), max(line)
    first = next(at for at, shade in enumerate(line) if 2 * shade > dark + light)
    if not first:
        return None
    return first - 1 + (2 * light - line[first - 1] - line[first]) / (light - dark)


def _breached_sides(pixels: Pixels, box: Square, symbol: Square) -> Iterator[Text]:
    """Yield the sides on which the quiet zone, from `symbol` out to `box`, is not all white or beyond the page."""
    zones = (  # its corners belong to two of them
        (Text("above"), box._replace(bottom=symbol.top), box.top < -_CLEAR),
        (Text("to the left of"), box._replace(right=symbol.left), box.left < -_CLEAR),
        (Text("to the right of"), box._replace(left=symbol.right), box.right > pixels.width + _CLEAR),
        (Text("below"), box._replace(top=symbol.bottom), box.bottom > pixels.height + _CLEAR),
    )
    for side, zone, is_beyond in zones:
        left, right = _inside(zone.left, zone.right)
        top, bottom = _inside(zone.top, zone.bottom)
        lines = (pixels.row(y, left, right) for y in range(max(top, 0), min(bottom, pixels.height)))
        if is_beyond or b"".join(lines).translate(None, _WHITE):
            yield side


def _inside(begin: float, end: float) -> tuple[int, int]:
    """Return the pixels (from, to before) that lie wholly between two places."""
    return ceil(begin + _CLEAR), floor(end - _CLEAR)


class Shades(NamedTuple):
    """The modules of a symbol: the lightest dark and the darkest light pixel, and whether each module is plain."""

    dark: int
    light: int
    plain: bool


def _look_at_modules(pixels: Pixels, symbol: Square, size: int) -> Shades:
    """Return what the modules of a symbol look like, seen line by line and column by column.

    Modules of one colour that lie side by side are looked at as one area, so a seam between them shows too.
    """
    left, top, right, bottom = floor(symbol.left), floor(symbol.top), ceil(symbol.right), ceil(symbol.bottom)
    lines = [pixels.row(y, left, right) for y in range(top, bottom)]
    whole, width = b"".join(lines), right - left
    columns = [whole[x::width] for x in range(width)]
    down = _edges(symbol.top - top, symbol.bottom - top, size)
    across = _edges(symbol.left - left, symbol.right - left, size)
    areas = [*_areas(lines, down, across), *_areas(columns, across, down)]
    middle = (min(low for low, _ in areas) + max(high for _, high in areas)) / 2
    return Shades(
        dark=max((high for low, high in areas if low <= middle), default=255),
        light=min((low for low, _ in areas if low > middle), default=0),
        plain=all(high - low <= _STAIN for low, high in areas),
    )


def _edges(begin: float, end: float, size: int) -> list[float]:
    """Return where the modules begin, and where the last one ends."""
    return [begin + (end - begin) * index / size for index in range(size + 1)]


def _areas(lines: list[bytes], down: list[float], across: list[float]) -> Iterator[tuple[int, int]]:
    """Yield the darkest and the lightest pixel of each run of like modules, for all lines of modules."""
    for begin, end in pairwise(down):
        first, last = _inside(begin, end)
        strip = lines[first:last]
        sample = strip[len(strip) // 2]
        seen = [sample] if strip.count(sample) == len(strip) else strip
        for left, right in _runs(sample, across):
            area = b"".join(line[left:right] for line in seen)
            shade = area[0]  # nearly all areas have but one, and counting is quick
            yield (shade, shade) if area.count(shade) == len(area) else (min(area), max(area))


def _runs(line: bytes, across: list[float]) -> Iterator[tuple[int, int]]:
    """Yield the inside of each run of like modules as (from, to before)."""
    middle = (min(line) + max(line)) / 2
    for _, run in groupby(pairwise(across), key=lambda module: line[int(sum(module) / 2)] > middle):
        modules = list(run)
        yield _inside(modules[0][0], modules[-1][1])


# --- The judgement on one code that was read in its place: form, size, quiet zone, modules, contrast ---

LEAST_MODULE_MM: Final = 0.4
"""What a phone reads with 720 lines from 18 cm, with 1,080 lines from nearly 30, since it read modules of 1.6 mm
with 720 lines from 75 cm. And more than four dots of a printer of 300 dpi, 0.34 mm, which is the least for print."""
_LEAST_CONTRAST: Final = 0.70
"""Grade A of symbol contrast."""
_NEAR_MM: Final = 0.1
_UPRIGHT: Final = 2
"""Degrees; a lean of less shows in the sides."""


def _judge(sheet: Sheet, code: QrPlacement, reading: Reading) -> tuple[Text, ...]:
    """Return all that is wrong with a code; where its text, form, size or place is wrong, the first of that alone."""
    size = code.modules - 2 * QUIET_ZONE
    wrong = _content(code, reading) or _form(sheet.pixels, reading, size)
    outline = None if wrong else _find_outline(sheet.pixels, reading, size)
    if wrong or not outline:
        return (wrong or Text("The corners of the code are out of shape."),)
    geometry = _size(sheet, code, outline.square) or _place(sheet, code, outline)
    if geometry:
        return (geometry,)
    return (*_quiet_zone(sheet, code, outline.square), *_modules(sheet, outline.square, size, reading.spare))


def _content(code: QrPlacement, reading: Reading) -> Text | None:
    if reading.text != code.payload:
        return Text(
            "The QR code leads to “{text}”; it should be “{payload}”.",
            text=reading.text,
            payload=code.payload,
        )
    module = code.width / code.modules
    if module < LEAST_MODULE_MM:
        found, least = _number(module, 2), _number(LEAST_MODULE_MM, 1)
        return Text(
            "A module of the code is only {found} mm wide, hard for phones; it takes at least {least} mm.",
            found=found,
            least=least,
        )
    return None


def _form(pixels: Pixels, reading: Reading, size: int) -> Text | None:
    modules = 17 + 4 * reading.version
    if modules != size:
        return Text(
            "The code has {modules} modules a side; it should have {size}.", modules=modules, size=size
        )
    if abs(reading.turn) > _UPRIGHT:
        return Text("The code is turned, it does not stand upright.")
    # light on dark: the middle of a finder pattern is lighter than the ring around it
    module = (reading.right - reading.left) / size
    line = pixels.row(int(reading.top + _FINDER * module), reading.left, reading.right)
    if line[int(_FINDER * module)] > line[int(1.5 * module)]:
        return Text("The code is inverted, white on black; many phones cannot read that.")
    return None


def _size(sheet: Sheet, code: QrPlacement, square: Square) -> Text | None:
    """Compare the width and height of the dark modules with what is expected."""
    wanted = code.width * (1 - 2 * QUIET_ZONE / code.modules)
    sizes = ((square.right - square.left) / sheet.across, (square.bottom - square.top) / sheet.down)
    measured = max(sizes, key=lambda size: abs(size - wanted))
    if abs(measured - wanted) <= _NEAR_MM:
        return None
    found, right = _number(measured, 2), _number(wanted, 2)
    return Text(
        "The code without its margin measures {found} mm; it should measure {right} mm.",
        found=found,
        right=right,
    )


def _place(sheet: Sheet, code: QrPlacement, outline: Outline) -> Text | None:
    """Compare all sides that were measured with where they are expected."""
    margin = code.width * QUIET_ZONE / code.modules
    left, top = code.left + margin, code.top + margin
    right, bottom = code.left + code.width - margin, code.top + code.width - margin
    square = outline.square
    offsets = (
        *(side / sheet.across - left for side in (square.left, outline.left_below)),
        *(side / sheet.down - top for side in (square.top, outline.top_beside)),
        square.right / sheet.across - right,
        square.bottom / sheet.down - bottom,
    )
    furthest = max(map(abs, offsets))
    if furthest <= _NEAR_MM:
        return None
    off = _number(furthest, 2)
    return Text("The code is {off} mm off its place.", off=off)


def _quiet_zone(sheet: Sheet, code: QrPlacement, square: Square) -> Iterator[Text]:
    for side in _breached_sides(sheet.pixels, _box(sheet, code), square):
        yield Text("The white margin {side} the code is printed on or cut off.", side=side)


def _modules(sheet: Sheet, square: Square, size: int, spare: float) -> Iterator[Text]:
    shades = _look_at_modules(sheet.pixels, square, size)
    contrast = _reflectance(shades.light) - _reflectance(shades.dark)
    if not shades.plain:
        yield Text("Something else is printed over the code.")
    elif contrast < _LEAST_CONTRAST:
        found = f"{int(100 * contrast)}%"
        yield Text("The code is too pale: its contrast is {found}, it takes at least 70%.", found=found)
    elif spare < 1:
        yield Text("The code has modules of the wrong colour.")


def _reflectance(shade: int) -> float:
    """Return how much light a shade of 0 to 255 stands for, 0.0 to 1.0 (sRGB, IEC 61966-2-1)."""
    part = shade / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _number(value: float, digits: int) -> Text:
    number = f"{value:.{digits}f}"
    return Both(number.replace(".", ","), number)


def _box(sheet: Sheet, code: QrPlacement) -> Square:
    """Return the square of a code with its quiet zone."""
    return Square(
        code.left * sheet.across,
        code.top * sheet.down,
        (code.left + code.width) * sheet.across,
        (code.top + code.width) * sheet.down,
    )


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


def shares(pdf: Path, codes: Iterable[QrPlacement], size: int = 20) -> tuple[Share, ...]:
    """Return the proof of a whole PDF in parts of `size` pages, to be spread over processes.

    They cover all pages, of the file and of the codes. Raises MachineError where the file cannot be read.
    """
    wanted: dict[int, list[QrPlacement]] = {}
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


def prove_pages(pdf: Path, first: int, codes: tuple[QrPlacement, ...], count: int) -> tuple[Flaw, ...]:
    """Return what is wrong on `count` pages from page `first`, in their order; nothing is the proof.

    Codes of other pages are left aside; so are pages beyond the end of the file on which no code is expected.
    Raises MachineError where the file cannot be read.
    """
    with Pages(pdf) as pages:
        return tuple(
            flaw
            for page in range(first, first + count)
            for flaw in _on_page(pages, page, [code for code in codes if code.page == page])
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
    boxes = [
        Area(floor(box.left), floor(box.top), ceil(box.right), ceil(box.bottom))
        for box in (_box(sheet, code) for code in codes)
    ]
    strays = list(read_everything(sheet.pixels.without(boxes)))
    for code, box in zip(codes, boxes, strict=True):
        readings = _read(sheet, box, code.payload)
        said = _judge(sheet, code, readings[0]) if readings else (_missed(strays, code),)
        strays.extend(readings[1:])
        yield from (Flaw(page, code.whose, one) for one in said)
    for stray in strays:
        uninvited = Text("Another code stands on the page: “{text}”.", text=stray.text)
        yield Flaw(page, "", uninvited)


def _read(sheet: Sheet, box: Area, payload: str) -> list[Reading]:
    """Return what stands in the square of a code, the right one first."""
    at = sheet.pixels.within(box)
    found = (reading.moved(at.left, at.top) for reading in read_everything(sheet.pixels.part(at)))
    return sorted(found, key=lambda reading: reading.text != payload)


def _missed(strays: list[Reading], code: QrPlacement) -> Text:
    """Say that a code is not in its place; if it stands elsewhere on the page, it is no stray any more."""
    elsewhere = next((stray for stray in strays if stray.text == code.payload), None)
    if elsewhere is None:
        return Text("The QR code cannot be read in its place.")
    strays.remove(elsewhere)
    return Text("The QR code stands in another place on the page.")
