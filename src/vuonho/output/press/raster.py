"""The pages of a PDF as pixels, made by PDFium.

PDFium is not made for threads; processes that each open the file for themselves are fine.
"""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import pypdfium2
from pypdfium2 import raw

from vuonho.bilingual import Text
from vuonho.errors import MachineTrouble
from vuonho.output.pixels import Pixels
from vuonho.output.troubles import in_words, printable

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
