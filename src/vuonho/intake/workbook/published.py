"""The site's own data/households.csv, taken back: its one table becomes those of a workbook.

It holds what anybody may read: no consent, phone, place, photo or OCOP certificate. Several crops stand in one cell,
as "Bưởi Phúc Trạch (tháng 8, 9); Cam bù", and products as "Mật ong (tháng 4): 250.000 đ/lít".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.vocabulary.catalogue import find_crop
from vuonho.errors import Problem, Severity
from vuonho.intake.incoming import Place
from vuonho.intake.workbook.grid import Cell, Grid, Row
from vuonho.intake.workbook.plan import MAIN

_FOLDER, _VILLAGE = "Thư mục thôn", "Thôn"
_COLUMNS: Final[Mapping[str, str]] = {
    "Mã số": "code",
    "Tên": "name",
    _FOLDER: "village",
    "Địa chỉ": "location.address",
    "Diện tích vườn (m²)": "garden.area",
    "Cách làm vườn": "garden.practices",
    "Vườn mẫu": "garden.model.status",
    "Đón khách": "visits.welcome",
    "Kiểm tra ngày": "checked",
}
"""Its headings by the paths of the schema."""
_LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "Cây trồng": ("garden.crops.name", "garden.crops.months"),
    "Vật nuôi": ("garden.animals.name",),
    "Sản phẩm": ("products.name", "products.months", "products.price", "products.unit"),
}
"""Columns that hold several entries and are a sheet of that name in a workbook, with what is told of an entry."""
_UNUSED: Final = frozenset({"Trang web", _VILLAGE, "Xã/phường", "OCOP (sao)"})
_ENTRY = re.compile(
    r"(?P<name>.+?)(?: \(tháng (?P<months>[0-9]+(?:, [0-9]+)*)\))?(?:: (?P<price>[0-9.]+) đ(?:/(?P<unit>.+))?)?"
)
_GUARD = re.compile("(^|[;\t\r\n])([ \u00a0\u3000]*)'(?=[=+\\-@＝＋－＠\t\r\n])")
"""The apostrophe that keeps a spreadsheet from running a cell."""


def is_published(grid: Grid) -> bool:
    """Tell whether a table has exactly the headings of the site's own."""
    headings = {cell.raw for cell in grid.rows[0].cells.values()} if grid.rows else set()
    return headings == _COLUMNS.keys() | _LISTS.keys() | _UNUSED


def published_grids(grid: Grid, villages: Mapping[str, str]) -> Iterator[Grid]:
    """Yield the table of households and those of crops, animals and products; `villages` are names by folder."""
    heading, *rows = grid.rows
    place = {str(cell.raw): number for number, cell in heading.cells.items()}
    told = [(row, {name: _text(row, number) for name, number in place.items()}) for row in rows]
    main = [_row(heading.number, _at(heading), list(_COLUMNS.values()))]
    for row, said in told:
        village = {_FOLDER: said[_FOLDER] if said[_FOLDER] in villages else said[_VILLAGE]}
        main.append(_row(row.number, _at(row), [(said | village)[name] for name in _COLUMNS]))
    yield Grid(MAIN.vi, tuple(main), beyond=grid.beyond)
    for name, paths in _LISTS.items():
        entries = [
            _row(row.number, _at(row), [said["Mã số"], *entry[: len(paths)]])
            for row, said in told
            for entry in _entries(said[name], is_crop=name == "Cây trồng")
        ]
        yield Grid(name, (_row(heading.number, _at(heading), ["code", *paths]), *entries))


def _entries(cell: str, *, is_crop: bool) -> Iterator[tuple[str, ...]]:
    """Yield name, months, price and unit of each entry; months that are only usual say nothing of this garden."""
    for part in filter(None, cell.split("; ")):
        found = _ENTRY.fullmatch(part)
        name, months, price, unit = found.groups("") if found else (part, "", "", "")
        known = find_crop(name) if is_crop else None
        is_usual = known is not None and months == ", ".join(map(str, known.months))
        yield name, "" if is_usual else months, price.replace(".", ""), unit


def _text(row: Row, number: int) -> str:
    return _GUARD.sub(r"\1\2", str(row.cells[number].raw)) if number in row.cells else ""


def _at(row: Row) -> Place:
    return next(iter(row.cells.values())).place


def _row(number: int, at: Place, texts: Sequence[str]) -> Row:
    return Row(number, {place: Cell(text, at) for place, text in enumerate(texts, 1) if text})


def said_of_published(file: str) -> Problem:
    """Return the note that such a table tells less than a profile."""
    return Place(file).problem(
        "",
        Text("Đây là bảng dữ liệu công khai của trang web: không có phần đồng ý, điện thoại, vị trí, ảnh và OCOP.",
             "This is the site's public data: it holds no consent, phone, location, photo or OCOP certificate."),
        Text("Hộ lập lại từ bảng này chưa có trang cho đến khi ghi ngày đồng ý, đọc lại từ phiếu giấy của gia đình.",
             "A household made anew from it has no page until the day of consent is written, read again from its paper."),
        Severity.WARNING,
    )  # fmt: skip
