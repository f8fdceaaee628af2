"""Proof over a finished PDF that knows nothing of how it was drawn: it is rasterised, read and measured."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import ceil, floor
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, NamedTuple, Self

import pypdfium2
from pypdfium2 import raw

from vuonho.errors import MachineTrouble
from vuonho.i18n import Text
from vuonho.output.os_errors import in_words, printable
from vuonho.qr.read import Area, Pixels, Reading, read_everything

# --- What is to stand on the pages, and what was found wrong with it ---


@dataclass(frozen=True, slots=True)
class ExpectedCode:
    """One QR code as it is to be printed, `whose` for messages ("482135 Vườn bà Hường").

    `page` counts from 0. Place and width are those of the symbol with its quiet zone of four modules, in
    millimetres from the top left of the MediaBox; so are the `modules` along one side: 37 for version 3.
    """

    page: int
    left_mm: float
    top_mm: float
    width_mm: float
    modules: int
    payload: str
    whose: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong on a page, counted from 0; `whose` is "" where it is nobody's code."""

    page: int
    whose: str
    message: Text


# --- A printed symbol under the magnifying glass: its sides, its quiet zone, its modules. All lengths in pixels ---

Side = Literal["top", "left", "right", "bottom"]

_FINDER: Final = 3.5
"""Modules from the sides to the middle of a finder pattern (ISO/IEC 18004, 6.3.3)."""

_STAIN: Final = 2
"""Steps of 255 by which the pixels of a plain area may differ: less than one per cent of black."""

_CLEAR: Final = 0.5
"""Pixels next to a side that tell nothing about the areas it parts."""

_WHITE: Final = bytes(range(255 - _STAIN, 256))

_Line = Callable[[int, int, int], bytes]


@dataclass(frozen=True, slots=True)
class Square:
    """An upright square, or nearly one, by its sides."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Outline:
    """The sides of a symbol's dark modules, left and top met twice: at either end of a symbol that leans they differ."""

    square: Square
    left_below: float
    top_beside: float


@dataclass(frozen=True, slots=True)
class Shades:
    """The modules of a symbol: the lightest dark and the darkest light pixel, and whether each module is plain."""

    dark: int
    light: int
    plain: bool


def is_inverted(pixels: Pixels, reading: Reading, size: int) -> bool:
    """Return whether a symbol is light on dark: the middle of a finder pattern against the ring in it."""
    module = (reading.right - reading.left) / size
    line = pixels.row(int(reading.top + _FINDER * module), reading.left, reading.right)
    return line[int(_FINDER * module)] > line[int(1.5 * module)]


def find_outline(pixels: Pixels, reading: Reading, size: int) -> Outline | None:
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
    found = tuple(side for side in sides if side is not None)
    return Outline(Square(*found[:4]), *found[4:]) if len(found) == len(sides) else None


def _begin(line: _Line, at: int, side: int, module: float) -> float | None:
    """Return where the dark begins, coming from within the finder pattern's outer ring."""
    start = int(side + module / 2)
    depth = _fall(line(at, int(side - module), start)[::-1])
    return None if depth is None else start - depth


def _end(line: _Line, at: int, side: int, module: float) -> float | None:
    """Return where the dark ends, coming from within the finder pattern's outer ring."""
    start = int(side - module / 2)
    depth = _fall(line(at, start, int(side + module)))
    return None if depth is None else start + depth


def _fall(line: bytes) -> float | None:
    """Return the length of the dark with which a line begins; the pixel in which it ends counts by its shade."""
    if not line or line[0] == max(line):
        return None
    dark, light = min(line), max(line)
    first = next(at for at, shade in enumerate(line) if 2 * shade > dark + light)
    if not first:
        return None
    return first - 1 + (2 * light - line[first - 1] - line[first]) / (light - dark)


def breached_sides(pixels: Pixels, box: Square, symbol: Square) -> tuple[Side, ...]:
    """Return the sides on which the quiet zone, from `symbol` out to `box`, is not all white or beyond the page."""
    bands = {side: _band(pixels, band) for side, band in _measure_quiet_zone(box, symbol)}
    beyond = {
        "top": box.top < -_CLEAR,
        "left": box.left < -_CLEAR,
        "right": box.right > pixels.width + _CLEAR,
        "bottom": box.bottom > pixels.height + _CLEAR,
    }
    return tuple(side for side, band in bands.items() if beyond[side] or band.translate(None, _WHITE))


def _measure_quiet_zone(box: Square, symbol: Square) -> tuple[tuple[Side, Square], ...]:
    """Return the four sides of the quiet zone; its corners belong to two of them."""
    return (
        ("top", Square(box.left, box.top, box.right, symbol.top)),
        ("left", Square(box.left, box.top, symbol.left, box.bottom)),
        ("right", Square(symbol.right, box.top, box.right, box.bottom)),
        ("bottom", Square(box.left, symbol.bottom, box.right, box.bottom)),
    )


def _band(pixels: Pixels, area: Square) -> bytes:
    """Return the pixels that lie wholly inside an area."""
    left, right = _inside(area.left, area.right)
    top, bottom = _inside(area.top, area.bottom)
    return b"".join(pixels.row(y, left, right) for y in range(max(top, 0), min(bottom, pixels.height)))


def _inside(begin: float, end: float) -> tuple[int, int]:
    return ceil(begin + _CLEAR), floor(end - _CLEAR)


def look_at_modules(pixels: Pixels, symbol: Square, size: int) -> Shades:
    """Return what the modules of a symbol look like, seen line by line and column by column.

    Modules of one colour that lie side by side are looked at as one area, so a seam between them shows too.
    """
    left, top, right, bottom = floor(symbol.left), floor(symbol.top), ceil(symbol.right), ceil(symbol.bottom)
    lines = [pixels.row(y, left, right) for y in range(top, bottom)]
    whole, width = b"".join(lines), right - left
    columns = [whole[x::width] for x in range(width)]
    down = _sides(symbol.top - top, symbol.bottom - top, size)
    across = _sides(symbol.left - left, symbol.right - left, size)
    areas = (*_areas(lines, down, across), *_areas(columns, across, down))
    return _shades(areas)


def _sides(begin: float, end: float, size: int) -> tuple[float, ...]:
    """Return where the modules begin, and where the last one ends."""
    return tuple(begin + (end - begin) * index / size for index in range(size + 1))


def _areas(
    lines: list[bytes], down: tuple[float, ...], across: tuple[float, ...]
) -> Iterator[tuple[int, int]]:
    """Yield the darkest and the lightest pixel of each run of like modules, for all lines of modules."""
    for begin, end in pairwise(down):
        first, last = _inside(begin, end)
        strip = lines[first:last]
        sample = strip[len(strip) // 2]
        seen = [sample] if strip.count(sample) == len(strip) else strip
        for left, right in _runs(sample, across):
            yield _extremes(b"".join(line[left:right] for line in seen))


def _extremes(area: bytes) -> tuple[int, int]:
    """Return the darkest and the lightest pixel; nearly all areas have but one shade, and counting is quick."""
    shade = area[0]
    return (shade, shade) if area.count(shade) == len(area) else (min(area), max(area))


def _runs(line: bytes, across: tuple[float, ...]) -> Iterator[tuple[int, int]]:
    """Yield the inside of each run of like modules as (from, to before)."""
    middle = (min(line) + max(line)) / 2
    modules = tuple(pairwise(across))
    for _, run in groupby(modules, key=lambda module: line[int(sum(module) / 2)] > middle):
        run_of = tuple(run)
        yield _inside(run_of[0][0], run_of[-1][1])


def _shades(areas: tuple[tuple[int, int], ...]) -> Shades:
    middle = (min(low for low, _ in areas) + max(high for _, high in areas)) / 2
    return Shades(
        dark=max((high for low, high in areas if low <= middle), default=255),
        light=min((low for low, _ in areas if low > middle), default=0),
        plain=all(high - low <= _STAIN for low, high in areas),
    )


# --- The pages of a PDF as pixels, made by PDFium ---

_POINTS: Final = 72
"""Points an inch: the unit of PDF (ISO 32000-1, 8.3.2.3)."""

_MM: Final = 25.4
_LARGEST: Final = 100_000_000
"""Pixels of a page, so many bytes: A1 at 300 dpi has 70 million."""

_TAIL: Final = 1024
_AGAIN: Final = Text("Hãy chạy lại lệnh tạo tệp PDF này.", "Run the command that made this PDF again.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its pixels, and how many of them make a millimetre across and down."""

    pixels: Pixels
    across: float
    down: float


class Pages:
    """The pages of a PDF on disk; PDFium reads from the file what it needs. To be used with `with`.

    Raises MachineTrouble for what is no PDF, is cut off, locked or without pages, when opened and later.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with in_words(path):
            _refuse_a_fragment(path)
            self._document = self._opened()

    def _opened(self) -> pypdfium2.PdfDocument:
        try:
            document = pypdfium2.PdfDocument(self._path.absolute())
        except pypdfium2.PdfiumError as error:
            locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
            raise _locked(self._path) if locked else _damaged(self._path) from error
        if raw.FPDF_GetSecurityHandlerRevision(document) != -1:
            document.close()
            raise _locked(self._path)
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

        Without annotations and form fields, which a print shop does not print. Raises MachineTrouble if the
        page cannot be read or is larger than any sheet of paper.
        """
        try:
            with closing(self._document[page]) as opened:
                _uncrop(opened)
                return self._drawn(opened, dpi)
        except pypdfium2.PdfiumError as error:
            raise _damaged(self._path) from error

    def _drawn(self, page: pypdfium2.PdfPage, dpi: int) -> Sheet:
        scale = dpi / _POINTS
        wide, high = page.get_size()
        if not 0 < wide * scale * high * scale <= _LARGEST:
            raise _outsized(self._path)
        bitmap = page.render(scale=scale, grayscale=True, draw_annots=False, may_draw_forms=False)
        with closing(bitmap):
            pixels = Pixels(bitmap.width, bitmap.height, bytes(bitmap.buffer))
        # PDFium stretches the page to whole pixels, by less than one
        inch = _MM / _POINTS
        return Sheet(pixels, pixels.width / (wide * inch), pixels.height / (high * inch))


def _refuse_a_fragment(path: Path) -> None:
    """Look at both ends (ISO 32000-1, 7.5): PDFium itself makes do with a file whose end is missing."""
    with path.open("rb") as file:
        head = file.read(len(b"%PDF-"))
        file.seek(max(file.seek(0, 2) - _TAIL, 0))
        tail = file.read()
    if head != b"%PDF-":
        raise MachineTrouble(
            Text(f"{printable(path)} không phải là tệp PDF.", f"{printable(path)} is no PDF."), _AGAIN
        )
    if not tail.rstrip().endswith(b"%%EOF"):
        raise _damaged(path)


def _uncrop(page: pypdfium2.PdfPage) -> None:
    """Let the page be its whole MediaBox, upright: a viewer's crop and turn are not what is printed."""
    page.set_rotation(0)
    if page.get_cropbox() != page.get_mediabox():
        page.set_cropbox(*page.get_mediabox())


def _damaged(path: Path) -> MachineTrouble:
    name = printable(path)
    return MachineTrouble(
        Text(f"Tệp PDF {name} bị hỏng hoặc bị cụt.", f"The PDF {name} is damaged or cut off."), _AGAIN
    )


def _locked(path: Path) -> MachineTrouble:
    name = printable(path)
    return MachineTrouble(
        Text(f"Tệp PDF {name} bị khóa mật khẩu, nhà in không dùng được.",
             f"The PDF {name} is locked with a password; a print shop cannot use it."),
        _AGAIN,
    )  # fmt: skip


def _outsized(path: Path) -> MachineTrouble:
    name = printable(path)
    return MachineTrouble(
        Text(f"Tệp PDF {name} có trang quá khổ.", f"The PDF {name} has a page beyond any paper."), _AGAIN
    )


# --- The judgement on one code that was read in its place: form, size, quiet zone, modules, contrast ---

QUIET_ZONE: Final = 4
"""Modules of white on every side (ISO/IEC 18004)."""

LEAST_MODULE_MM: Final = 0.4
"""What a phone reads with 720 lines from 18 cm, with 1,080 lines from nearly 30, since it read modules of 1.6 mm
with 720 lines from 75 cm. And more than four dots of a printer of 300 dpi, 0.34 mm, which is the least for print."""

_LEAST_CONTRAST: Final = 0.70
"""Grade A of symbol contrast."""

_NEAR_MM: Final = 0.1
_UPRIGHT: Final = 2
"""Degrees; a lean of less shows in the sides."""

_SIDES: Final[dict[Side, Text]] = {
    "top": Text("phía trên", "above"),
    "left": Text("bên trái", "to the left of"),
    "right": Text("bên phải", "to the right of"),
    "bottom": Text("phía dưới", "below"),
}


def judge(sheet: Sheet, code: ExpectedCode, reading: Reading) -> tuple[Text, ...]:
    """Return all that is wrong with a code; where its form, size or place is wrong, the first of that alone."""
    size = code.modules - 2 * QUIET_ZONE
    form = _form(sheet, reading, size)
    outline = None if form else find_outline(sheet.pixels, reading, size)
    if form or not outline:
        return (form or Text("Các góc của mã QR bị méo.", "The corners of the code are out of shape."),)
    geometry = _size(sheet, code, outline.square) or _place(sheet, code, outline)
    if geometry:
        return (geometry,)
    return (*_quiet_zone(sheet, code, outline.square), *_modules(sheet, outline.square, size, reading.spare))


def too_small(code: ExpectedCode) -> Text | None:
    """Return in words that the modules of a code are too small for phones and printers, or None."""
    module = code.width_mm / code.modules
    if module >= LEAST_MODULE_MM:
        return None
    found, least = _number(module, 2), _number(LEAST_MODULE_MM, 1)
    return Text(
        f"Mỗi ô của mã QR chỉ rộng {found.vi} mm, điện thoại khó đọc; cần ít nhất {least.vi} mm.",
        f"A module of the code is only {found.en} mm wide, hard for phones; it takes at least {least.en} mm.",
    )


def _form(sheet: Sheet, reading: Reading, size: int) -> Text | None:
    modules = 17 + 4 * reading.version
    if modules != size:
        return Text(
            f"Mã QR có {modules} ô mỗi cạnh, đúng ra là {size} ô.",
            f"The code has {modules} modules a side; it should have {size}.",
        )
    if abs(reading.turn) > _UPRIGHT:
        return Text("Mã QR bị xoay, không đứng thẳng.", "The code is turned, it does not stand upright.")
    if is_inverted(sheet.pixels, reading, size):
        return Text(
            "Mã QR bị đảo màu, trắng trên nền đen; nhiều điện thoại không đọc được.",
            "The code is inverted, white on black; many phones cannot read that.",
        )
    return None


def _size(sheet: Sheet, code: ExpectedCode, square: Square) -> Text | None:
    """Compare the width and height of the dark modules with what is expected."""
    wanted = code.width_mm * (1 - 2 * QUIET_ZONE / code.modules)
    sizes = ((square.right - square.left) / sheet.across, (square.bottom - square.top) / sheet.down)
    measured = max(sizes, key=lambda size: abs(size - wanted))
    if abs(measured - wanted) <= _NEAR_MM:
        return None
    found, right = _number(measured, 2), _number(wanted, 2)
    return Text(
        f"Mã QR không kể lề đo được {found.vi} mm, đúng ra là {right.vi} mm.",
        f"The code without its margin measures {found.en} mm; it should measure {right.en} mm.",
    )


def _place(sheet: Sheet, code: ExpectedCode, outline: Outline) -> Text | None:
    """Compare all sides that were measured with where they are expected."""
    margin = code.width_mm * QUIET_ZONE / code.modules
    left, top = code.left_mm + margin, code.top_mm + margin
    right, bottom = code.left_mm + code.width_mm - margin, code.top_mm + code.width_mm - margin
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
    return Text(f"Mã QR lệch {off.vi} mm so với chỗ của nó.", f"The code is {off.en} mm off its place.")


def _quiet_zone(sheet: Sheet, code: ExpectedCode, square: Square) -> Iterator[Text]:
    box = Square(
        code.left_mm * sheet.across,
        code.top_mm * sheet.down,
        (code.left_mm + code.width_mm) * sheet.across,
        (code.top_mm + code.width_mm) * sheet.down,
    )
    for side in breached_sides(sheet.pixels, box, square):
        where = _SIDES[side]
        yield Text(
            f"Lề trắng {where.vi} mã QR bị in lấn vào hoặc bị cụt.",
            f"The white margin {where.en} the code is printed on or cut off.",
        )


def _modules(sheet: Sheet, square: Square, size: int, spare: float) -> Iterator[Text]:
    shades = look_at_modules(sheet.pixels, square, size)
    contrast = _reflectance(shades.light) - _reflectance(shades.dark)
    if not shades.plain:
        yield Text("Có nét khác in đè lên mã QR.", "Something else is printed over the code.")
    elif contrast < _LEAST_CONTRAST:
        found = f"{int(100 * contrast)}%"
        yield Text(
            f"Mã QR in nhạt quá: độ tương phản {found}, cần ít nhất 70%.",
            f"The code is too pale: its contrast is {found}, it takes at least 70%.",
        )
    elif spare < 1:
        yield Text("Mã QR có ô vẽ sai.", "The code has modules of the wrong colour.")


def _reflectance(shade: int) -> float:
    """Return how much light a shade of 0 to 255 stands for, 0.0 to 1.0 (sRGB, IEC 61966-2-1)."""
    part = shade / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _number(value: float, digits: int) -> Text:
    number = f"{value:.{digits}f}"
    return Text(number.replace(".", ","), number)


# --- The proof of a PDF before it goes to the press: every page is rasterised and read, every code measured ---

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
