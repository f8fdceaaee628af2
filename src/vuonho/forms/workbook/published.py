"""The site's own data/households.csv, taken back: its one table becomes those of a workbook."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from vuonho.forms.workbook.grids import Cell, Grid, Row
from vuonho.model.catalogue import find_crop

_VILLAGE, _VILLAGE_FOLDER = "Thôn", "Thư mục thôn"
_COLUMNS: Final[Mapping[str, str]] = {
    "Mã số": "code",
    "Tên": "name",
    _VILLAGE_FOLDER: "village",
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
    headings = {cell.raw for cell in grid.rows[0][1].values()} if grid.rows else set()
    return headings == _COLUMNS.keys() | _LISTS.keys() | _UNUSED


def published_grids(grid: Grid, villages: Mapping[str, str]) -> tuple[Grid, ...]:
    """Return the table of households and those of crops, animals and products; `villages` are names by folder."""
    (first, heading), *rows = grid.rows
    main = [(first, _row(_COLUMNS.values()))]
    lists = {name: [(first, _row(("code", *paths)))] for name, paths in _LISTS.items()}
    for line, row in rows:
        told = {
            str(cell.raw): _GUARD.sub(r"\1\2", str(row[at].raw)) if at in row else ""
            for at, cell in heading.items()
        }
        if told[_VILLAGE_FOLDER] not in villages:
            told[_VILLAGE_FOLDER] = told[_VILLAGE]
        main.append((line, _row(told[name] for name in _COLUMNS)))
        for name, paths in _LISTS.items():
            for part in filter(None, told[name].split("; ")):
                entry = _entry(part, is_crop=name == "Cây trồng")
                lists[name].append((line, _row((told["Mã số"], *entry[: len(paths)]))))
    tables = (Grid(grid.file, name, tuple(entries), is_csv=True) for name, entries in lists.items())
    return (replace(grid, rows=tuple(main)), *tables)


def _entry(text: str, *, is_crop: bool) -> tuple[str, ...]:
    """Return (name, months, price, unit) of an entry; months that are only usual say nothing of this garden."""
    found = _ENTRY.fullmatch(text)
    if found is None:
        return (text,)
    name, months, price, unit = found.groups("")
    crop = find_crop(name) if is_crop else None
    if crop and months == ", ".join(map(str, crop.months)):
        months = ""
    return name, months, price.replace(".", ""), unit


def _row(texts: Iterable[str]) -> Row:
    return {at: Cell(text) for at, text in enumerate(texts, 1) if text}
