"""Which sheet is which table, which column which field, and whose each row is."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vuonho.errors import Problem, Severity
from vuonho.forms.incoming import Place
from vuonho.forms.workbook.layout import GUIDE, LISTS, MAIN, SHEET, Column, Table
from vuonho.forms.workbook.package import MOST_COLUMNS, MOST_ROWS, Cell, Grid, Row
from vuonho.i18n import Text
from vuonho.model.catalogue import find_crop
from vuonho.model.values import quoted
from vuonho.text import fold, key, nearest

# --- Headings recognised: with and without accents, in English, as paths of the schema, in any order and row ---

_FIRST_ROWS: Final = 10
_TAG = re.compile(r"\(([a-z]{2,3})\)[ *]*$")
_NUMBERING: Final = frozenset({"stt", "tt", "so tt", "so thu tu", "no"})
"""Columns that only count the rows; nothing is lost without them."""


@dataclass(frozen=True, slots=True)
class Headings:
    """Which column of a sheet means what: `row` is the number of the heading row, 0 where there is none.

    `whose` are the columns that say which household a row belongs to, or is.
    """

    row: int
    columns: Mapping[int, Column]
    whose: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()


def loose(text: str) -> str:
    """Return a heading in the form in which headings are compared: no accents, no signs, small letters."""
    return re.sub(r"[^a-z0-9]+", " ", fold(text)).strip()


def languages_in(grids: Iterable[Grid]) -> Iterator[str]:
    """Yield the languages that headings such as “Câu chuyện (en)” name."""
    for grid in grids:
        for row in grid.rows[:_FIRST_ROWS]:
            for cell in row.cells.values():
                if isinstance(cell.raw, str) and (found := _TAG.search(cell.raw)):
                    yield found[1]


def match_headings(grid: Grid, table: Table) -> Headings:
    """Return what the columns of a sheet mean as a table; `problems` name those that mean nothing, or the same."""
    names = _names(table)
    best, most = None, 0
    for row in grid.rows[:_FIRST_ROWS]:
        count = sum(_column(names, cell) is not None for cell in row.cells.values())
        if count > most:
            best, most = row, count
    if best is None:
        return Headings(0, {})
    columns = {place: column for place, cell in best.cells.items() if (column := _column(names, cell))}
    problems = (*_unknown(grid, best, table, columns), *_twice(best, columns), *_unheaded(grid, best))
    whose = tuple(place for place, column in columns.items() if table.says_whose(column))
    return Headings(best.number, columns, whose, problems)


def _column(names: Mapping[str, Column], cell: Cell) -> Column | None:
    return names.get(loose(cell.raw)) if isinstance(cell.raw, str) else None


def _names(table: Table) -> dict[str, Column]:
    """Return the columns by all their names; a shorter name that two columns could have is nobody's."""
    names: dict[str, Column] = {}
    for column in table.columns:
        for name in _own_names(table, column):
            names.setdefault(loose(name), column)
    short: dict[str, list[Column]] = {}
    for column in table.columns:
        for name in {loose(name) for name in _short_names(column)}:
            short.setdefault(name, []).append(column)
    return names | {name: found[0] for name, found in short.items() if len(found) == 1 and name not in names}


def _own_names(table: Table, column: Column) -> Iterator[str]:
    yield from column.heading
    path = column.path if column.is_owner else (*table.path, *column.path)
    last = column.word.key if column.word else column.tag
    yield ".".join((*path, last) if last else path)
    if not column.is_owner:
        yield ".".join((*column.path, last) if last else column.path)


def _short_names(column: Column) -> Iterator[str]:
    if column.word:
        yield from column.word.names
    elif column.tag in ("", "vi"):
        yield from column.field.label
        yield column.path[-1]
        yield ".".join(column.path)


# --- What cannot be understood -------------------------------------------------------------------------------


def _unknown(grid: Grid, heading: Row, table: Table, columns: Mapping[int, Column]) -> Iterator[Problem]:
    free = [column.heading.vi for column in table.columns if column not in columns.values()]
    for place, cell in heading.cells.items():
        if place in columns or _is_numbering(grid, heading, place, cell):
            continue
        near = nearest(str(cell.raw), free)
        shown = quoted(str(cell.raw))
        yield cell.place.problem(
            "",
            Text(f"Không có cột nào tên {shown}.", f"There is no column {shown}."),
            Text(f"Có phải là “{near}”? Sửa tiêu đề, hoặc xóa cột.", f"Is “{near}” meant? Mend the heading, or delete the column.")
            if near
            else Text("Sửa tiêu đề theo bảng mẫu (vuonho form -o phieu.xlsx), hoặc xóa cột.",
                      "Mend the heading after a blank workbook (vuonho form -o phieu.xlsx), or delete the column."),
        )  # fmt: skip


def _is_numbering(grid: Grid, heading: Row, place: int, cell: Cell) -> bool:
    below = (row.cells[place].raw for row in grid.rows if row.number > heading.number and place in row.cells)
    return loose(str(cell.raw)) in _NUMBERING and all(
        isinstance(raw, int | float) or (isinstance(raw, str) and raw.strip(" .").isdigit()) for raw in below
    )


def _twice(heading: Row, columns: Mapping[int, Column]) -> Iterator[Problem]:
    first: dict[Column, int] = {}
    for place, column in columns.items():
        if column in first:
            before = heading.cells[first[column]].place
            label = column.heading
            yield heading.cells[place].place.problem(
                "",
                Text(f"Cột “{label.vi}” đã có ở {before.said.vi}.", f"There is a column “{label.en}” already at {before.said.en}."),
                Text("Giữ một cột, xóa cột kia.", "Keep one and delete the other."),
            )  # fmt: skip
        first.setdefault(column, place)


def _unheaded(grid: Grid, heading: Row) -> Iterator[Problem]:
    """Yield a problem for the first value of each column that has no heading."""
    seen: set[int] = set()
    for row in grid.rows:
        for place, cell in row.cells.items():
            if row.number > heading.number and place not in heading.cells and place not in seen:
                seen.add(place)
                yield cell.place.problem(
                    "",
                    Text("Cột này có chữ mà không có tiêu đề.", "This column has values and no heading."),
                    Text("Ghi tiêu đề cho cột, hoặc xóa cột.", "Give the column a heading, or delete it."),
                )


def names_of(table: Table) -> Sequence[str]:
    """Return the names by which a sheet is known to be a table, in the form of `loose`."""
    return [loose(name) for name in (*table.title, ".".join(table.path)) if name]


# --- Which sheet is which table; what is left over is named ---

_OURS = frozenset({SHEET, LISTS})
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that is one of our tables, its headings recognised."""

    table: Table
    grid: Grid
    headings: Headings


def sort_sheets(
    grids: Sequence[Grid], plan: Sequence[Table], file: str
) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """Return (tables, problems): at most one sheet for each table of `plan`, in the order of the plan."""
    problems: list[Problem] = []
    found: dict[Table, Grid] = {}
    others: list[Grid] = []
    for grid in grids:
        table = next((table for table in plan if loose(grid.title) in names_of(table)), None)
        if table is not None and grid.rows:
            if table in found:
                problems.append(_same(file, grid, found[table]))
            found.setdefault(table, grid)
        elif grid.rows and grid.title not in _OURS and loose(grid.title) not in map(loose, GUIDE):
            others.append(grid)
    main = plan[0]
    if main not in found and (candidate := _candidate(others, main)):
        found[main] = candidate
        others.remove(candidate)
    problems += [_unread(file, grid) for grid in others]
    sheets = [
        Sheet(table, found[table], match_headings(found[table], table)) for table in plan if table in found
    ]
    problems += [problem for sheet in sheets for problem in _wrong(sheet, file)]
    if main not in found:
        problems.append(Place(file).problem("", *_NO_MAIN))
    return tuple(sheet for sheet in sheets if sheet.headings.row), tuple(problems)


def _candidate(grids: Sequence[Grid], main: Table) -> Grid | None:
    """Return the one sheet of another name whose headings are those of households, None if there is none, or several."""
    fit = [grid for grid in grids if _fits(match_headings(grid, main))]
    return fit[0] if len(fit) == 1 else None


def _fits(headings: Headings) -> bool:
    return len(headings.columns) >= _ENOUGH and bool(headings.whose)


def _wrong(sheet: Sheet, file: str) -> Iterator[Problem]:
    grid, headings = sheet.grid, sheet.headings
    if grid.hidden:
        yield Place(file, None, grid.title).problem("", *_HIDDEN, Severity.WARNING)
    if not headings.row:
        yield grid_place(file, grid).problem("", *_NO_HEADINGS)
        return
    yield from headings.problems
    if not headings.whose:
        yield grid_place(file, grid).problem("", *_NO_OWNER)
    for _, last, name in grid.merged:
        if last > headings.row:
            spot = f"{grid.title}!{name}"
            yield Place(file, None, spot).problem("", *_MERGED)
    if grid.beyond:
        yield grid.beyond.problem("", *_BEYOND)


def grid_place(file: str, grid: Grid) -> Place:
    """Return the place of a whole sheet: its first row."""
    first = next(iter(grid.rows[0].cells.values())) if grid.rows else None
    return first.place if first else Place(file)


def _same(file: str, grid: Grid, other: Grid) -> Problem:
    return grid_place(file, grid).problem(
        "",
        Text(f"Trang {quoted(grid.title)} và trang {quoted(other.title)} là một.",
             f"Sheets {quoted(grid.title)} and {quoted(other.title)} are the same table."),
        Text("Gộp vào một trang, xóa trang kia.", "Put all rows into one and delete the other."),
    )  # fmt: skip


def _unread(file: str, grid: Grid) -> Problem:
    hidden = Text(" (đang ẩn)", " (hidden)") if grid.hidden else Text("", "")
    return grid_place(file, grid).problem(
        "",
        Text(f"Trang {quoted(grid.title)}{hidden.vi} có chữ mà không phải trang của bảng hồ sơ, nên không đọc.",
             f"Sheet {quoted(grid.title)}{hidden.en} has content, is none of the tables and is not read."),
        Text("Nếu cần thì chép sang đúng trang; không thì bỏ qua.", "If it matters, copy it to the right sheet."),
        Severity.WARNING,
    )  # fmt: skip


_NO_MAIN = (
    Text(f"Không thấy trang “{MAIN.vi}”.", f"There is no sheet “{MAIN.vi}” (households)."),
    Text("Đưa vào bảng do vuonho export hoặc vuonho form -o phieu.xlsx làm ra.",
         "Import a workbook made by vuonho export or vuonho form -o phieu.xlsx."),
)  # fmt: skip
_NO_HEADINGS = (
    Text("Không thấy hàng tiêu đề trong 10 hàng đầu.", "There is no row of headings in the first 10 rows."),
    Text("Chép hàng tiêu đề từ bảng mẫu (vuonho form -o phieu.xlsx).", "Copy the row of headings from a blank workbook (vuonho form -o phieu.xlsx)."),
)  # fmt: skip
_NO_OWNER = (
    Text("Bảng này thiếu cột “Mã” và cột “Tên vườn”.", "This table has neither a column “Mã” (code) nor “Tên vườn” (name)."),
    Text("Thêm một trong hai cột ấy.", "Add one of the two."),
)  # fmt: skip
_HIDDEN = (
    Text("trang này đang ẩn mà vẫn được đọc.", "this sheet is hidden and is read all the same."),
    Text("Bỏ ẩn để xem lại.", "Unhide it and have a look."),
)
_MERGED = (
    Text("các ô này bị gộp làm một, không biết giá trị của từng hộ.", "these cells are merged; whose the value is cannot be told."),
    Text("Bỏ gộp ô (Unmerge), rồi ghi giá trị vào từng ô.", "Unmerge them and write the value into each cell."),
)  # fmt: skip
_BEYOND = (
    Text(f"có chữ ở xa quá: chỉ đọc {MOST_ROWS} hàng và {MOST_COLUMNS} cột.",
         f"there is content too far off: {MOST_ROWS} rows and {MOST_COLUMNS} columns are read."),
    Text("Xóa phần thừa, hoặc chia bảng thành nhiều tệp.", "Delete what is not needed, or split the table into several files."),
)  # fmt: skip


# --- Whose row it is: rows of crops, animals, products and photos find their household by code, else by name ---


@dataclass(frozen=True, slots=True)
class Owner:
    """A household as rows may call it: `names` are the one that stands there now and the one that was exported."""

    code: str
    names: tuple[str, ...]


class Unowned(Exception):
    """Nobody, or nobody for certain, is meant; carries (what is wrong, what to do)."""

    def __init__(self, message: Text, hint: Text) -> None:
        super().__init__(message.en)
        self.message, self.hint = message, hint


class Owners:
    """The households of a table, to be asked whose a row is; their names are evened out once."""

    def __init__(self, owners: Sequence[Owner]) -> None:
        self._owners = owners
        self._by_code: dict[str, int] = {}
        self._by_name: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})
        for place, owner in enumerate(owners):
            self._by_code.setdefault(owner.code, place)
            for known, evened in zip(self._by_name, _WAYS, strict=True):
                for name in {evened(name) for name in owner.names if name}:
                    known.setdefault(name, []).append(place)

    def find(self, code: str, name: str) -> int:
        """Return the position of the household that a row names; raise Unowned where that is not one for certain."""
        if not code and not name:
            raise Unowned(*_NOBODY)
        return self._of_code(code, name) if code else self._of_name(name)

    def _of_code(self, code: str, name: str) -> int:
        found = self._by_code.get(code)
        if found is None:
            raise Unowned(*_absent(Text(f"mã {code}", f"the code {code}")))
        names = self._owners[found].names
        if name and any(names) and all(fold(name) != fold(other) for other in names):
            raise Unowned(*_contradiction(code, name, names[0]))
        return found

    def _of_name(self, name: str) -> int:
        for known, evened in zip(self._by_name, _WAYS, strict=True):
            found = known.get(evened(name), [])
            if len(found) == 1:
                return found[0]
            if found:
                raise Unowned(*_several(name))
        raise Unowned(*_absent(Text(f"vườn {quoted(name)}", f"a garden {quoted(name)}")))


_WAYS = (key, fold)
"""With accents first: of Hoa and Hoà, Hoà is meant where Hoà is written."""
_NOBODY = (
    Text("Dòng này chưa ghi là của hộ nào.", "This row does not say whose it is."),
    Text("Ghi mã hoặc tên vườn ở đầu dòng, hoặc xóa dòng.", "Write the code or the name first in the row, or delete it."),
)  # fmt: skip


def _absent(what: Text) -> tuple[Text, Text]:
    return (
        Text(f"Trang “{MAIN.vi}” không có {what.vi}.", f"There is no {what.en} in sheet “{MAIN.vi}”."),
        Text(f"Sửa mã hoặc tên, hoặc thêm hộ ấy vào trang “{MAIN.vi}”.",
             f"Mend the code or the name, or add that household to sheet “{MAIN.vi}”."),
    )  # fmt: skip


def _several(name: str) -> tuple[Text, Text]:
    return (
        Text(
            f"Có hai hộ trở lên cùng tên {quoted(name)}.",
            f"More than one household is called {quoted(name)}.",
        ),
        Text("Ghi thêm mã ở đầu dòng.", "Write the code first in the row."),
    )


def _contradiction(code: str, name: str, other: str) -> tuple[Text, Text]:
    return (
        Text(f"Mã {code} là của {quoted(other)}, mà dòng này ghi {quoted(name)}.",
             f"The code {code} belongs to {quoted(other)}, and this row says {quoted(name)}."),
        Text("Sửa mã hoặc tên. Nếu vừa sắp xếp một cột thôi thì hoàn tác, rồi sắp xếp cả bảng.",
             "Mend the code or the name. If one column alone was sorted, undo that and sort the whole table."),
    )  # fmt: skip


def said_mixed_up(code: str, own: str, name: str, other: str) -> tuple[Text, Text]:
    """Return what to say of a household's code beside the name of the household that has the code `other`."""
    return (
        Text(f"Mã {code} là của {quoted(own)}, mà dòng này ghi {quoted(name)}, vườn của mã {other}.",
             f"The code {code} belongs to {quoted(own)}, and this row says {quoted(name)}, which has the code {other}."),
        Text("Nếu vừa sắp xếp một cột thôi thì hoàn tác, rồi sắp xếp cả bảng; không thì sửa mã hoặc tên.",
             "If one column alone was sorted, undo that and sort the whole table; otherwise mend the code or the name."),
    )  # fmt: skip


# --- The site's own data/households.csv, taken back: its one table becomes those of a workbook ---

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
