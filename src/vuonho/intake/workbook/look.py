"""What the cells of a workbook look like: calm, wide enough to read, the same on screen and on paper."""

from types import MappingProxyType
from typing import Final

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from vuonho.intake.workbook.plan import Column

TEXT: Final = "@"
"""The number format under which Excel leaves alone what is typed."""
FONT: Final = "Arial"
HEAD_HEIGHT: Final = 76.0
ROW_HEIGHT: Final = 32.0
_WIDTHS = MappingProxyType({
    "code": 9, "day": 13, "year": 11, "area": 13, "count": 10, "price": 11, "stars": 9, "yes_no": 11,
    "months": 17, "position": 26, "phone": 15, "word": 16, "line": 24, "caption": 32, "paragraph": 36,
    "story": 44, "url": 28,
})  # fmt: skip
_SEVERAL: Final = 28
_TICK: Final = 14

HEAD_FONT: Final = Font(name=FONT, size=10, bold=True, color="FFFFFF")
CELL_FONT: Final = Font(name=FONT, size=10)
OWNER_FONT: Final = Font(name=FONT, size=10, color="5B5347")
HEAD_FILLS: Final = (PatternFill("solid", fgColor="1F5E33"), PatternFill("solid", fgColor="6B4423"))
"""Two colours by turns, so that it can be seen which columns belong together."""
OWNER_FILL: Final = PatternFill("solid", fgColor="F3EEE2")
HEAD_PLACE: Final = Alignment(horizontal="left", vertical="center", wrap_text=True)
CELL_PLACE: Final = Alignment(horizontal="left", vertical="top", wrap_text=True)
_HAIR: Final = Side(style="thin", color="D8D0BF")
GRID: Final = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)


def width(column: Column) -> int:
    """Return the width of a column, in letters."""
    if column.word:
        return _TICK
    return _SEVERAL if column.field.several and column.field.words else _WIDTHS[column.field.kind]
