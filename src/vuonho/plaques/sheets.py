"""The paper: one piece a page with bleed, crop marks and a ruler, or several on a sheet of A4."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from vuonho.plaques.canvas import BLACK, DOT, GREY, Ink, PdfCanvas, text_width
from vuonho.plaques.sizes import Layout

# --- One piece a page, for the print shop: bleed, crop marks, a ruler, and how to print it ---

BLEED: Final = 3.0
"""Millimetres of ground beyond the trim."""
MARGIN: Final = 13.0
"""Millimetres around the trim: bleed, a gap of 1, crop marks of 6, and 3 of paper."""
_GAP: Final = 1.0
_LENGTH: Final = 6.0
_HAIRBREADTH: Final = 0.0001
"""What a page is smaller: rounded up to a 32-bit number, it would be one dot larger to some programs."""
_HAIR: Final = 0.088
"""A line of a quarter point."""
_NOTE: Final = 2.5


@contextmanager
def trimmed_page(pdf: PdfCanvas, width: float, height: float, note: str, ruler: str) -> Iterator[None]:
    """Draw a page for one piece of so many mm: inside, (0, 0) is the trim's corner.

    `note` stands above the trim, `ruler` says beside the 100 mm below it how to print. The page is a whole
    number of printer dots, so that what lies on dots of the paper lies on those of a picture of the page.
    """
    across, down = (
        -(-round((side + 2 * MARGIN) / DOT, 6) // 1) * DOT - _HAIRBREADTH for side in (width, height)
    )
    with pdf.page(across, down, (MARGIN, MARGIN, width, height), BLEED), pdf.moved(MARGIN, MARGIN):
        yield
        away = BLEED + _GAP
        for x in (0.0, width):
            pdf.line(x, -away, x, -away - _LENGTH, BLACK, _HAIR)
            pdf.line(x, height + away, x, height + away + _LENGTH, BLACK, _HAIR)
        for y in (0.0, height):
            pdf.line(-away, y, -away - _LENGTH, y, BLACK, _HAIR)
            pdf.line(width + away, y, width + away + _LENGTH, y, BLACK, _HAIR)
        _write_note(pdf, 6, -BLEED - 3.2, note, width - 12)
        _draw_ruler(pdf, 6, height + BLEED + 2.0, ruler, 1.2)


def _draw_ruler(pdf: PdfCanvas, x: float, y: float, said: str, tick: float) -> None:
    """Draw 100 mm, a tick every ten, and below the line what is said of it."""
    pdf.line(x, y, x + 100, y, BLACK, _HAIR)
    for at in range(0, 101, 10):
        pdf.line(x + at, y, x + at, y + tick * (1.5 if at % 50 == 0 else 1.0), BLACK, _HAIR)
    _write_note(pdf, x + 1.5, y + 2 * tick + _NOTE, said, 97)


def _write_note(
    pdf: PdfCanvas, x: float, baseline: float, said: str, width: float, ink: Ink = BLACK, size: float = _NOTE
) -> None:
    """Write a line for the print shop, smaller where it would be wider than so many mm."""
    size = min(size, width / max(text_width(said, "Regular"), 1.0))
    pdf.text(x, baseline, said, "Regular", size, ink)


# --- Several pieces on a sheet of A4: labels at the places of their die, cards edge to edge with lines to cut along ---

_TICKS: Final = 0.5
_LEAST_MARGIN: Final = 8.5


def finish_sheet(pdf: PdfCanvas, layout: Layout, ruler: str) -> None:
    """Draw the lines along which to cut, and the ruler: in the margin above, or as ticks on a cut where there is none."""
    left, top = layout.margins
    width, height = layout.piece
    across, down = layout.sheet
    if layout.cut:
        for column in range(layout.columns + 1):
            x = left + column * width
            pdf.line(x, 0, x, down, GREY, _HAIR, 1.0)
        for row in range(layout.rows + 1):
            y = top + row * height
            pdf.line(0, y, across, y, GREY, _HAIR, 1.0)
    if top >= _LEAST_MARGIN:
        _draw_ruler(pdf, max(left, 8.0), top - 5.2, ruler, 0.9)
        return
    x, y = left + 4, top + height
    if y > down - 5:
        y = top
    for at in range(0, 101, 10):
        long = _TICKS * (2 if at % 50 == 0 else 1)
        pdf.line(x + at, y - long, x + at, y + long, GREY, _HAIR)
    _write_note(pdf, x + 102, y - 0.8, ruler, across - x - 110, GREY, 1.9)
