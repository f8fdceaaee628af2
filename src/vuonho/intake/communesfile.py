"""The communes that a project adds to the program's own: `words/communes.csv`."""

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.domain.fold import key
from vuonho.domain.places.table import BOX, FILE, KINDS, Box, Commune, box_of, communes, listed
from vuonho.domain.register.register import SEPARATORS
from vuonho.domain.schema.outline import read_value
from vuonho.domain.schema.place import Village
from vuonho.domain.values import quoted
from vuonho.errors import Problem, Refused
from vuonho.intake.files import read_text

_COLUMNS = ("name", "kind", "code", "province", *BOX, "former")


def read_communes(root: Path) -> tuple[tuple[Commune, ...], tuple[Problem, ...]]:
    """Return (communes, problems); a project without the file adds none.

    What Excel makes of the file is understood: semicolons or tabs, a line `sep=;`, codes without their first zeros.
    Columns of the team's own may stand among the known ones.
    """
    path = root / FILE
    if not (path.exists() or path.is_symlink()):
        return (), ()
    text, problems = read_text(path, FILE)
    if text is None:
        return (), problems
    found: dict[tuple[str, str], tuple[int, Commune]] = {}
    wrong: list[Problem] = []
    try:
        for line, row in _rows(text):
            try:
                commune = _commune(row)
            except Refused as refused:
                wrong.append(_problem(line, refused.message, refused.hint))
                continue
            first, _ = found.setdefault((key(commune.full_name), key(commune.province)), (line, commune))
            if first != line:
                wrong.append(_problem(line, *_twice(commune.full_name, first)))
    except _Broken as broken:
        wrong.append(_problem(broken.line, broken.message, broken.hint))
    return tuple(commune for _, commune in found.values()), tuple(wrong)


def _problem(line: int, message: Text, hint: Text) -> Problem:
    return Problem(FILE, line, None, "", message, hint)


class _Broken(Refused):
    """The table cannot be read from this line on."""

    def __init__(self, line: int, message: Text, hint: Text) -> None:
        super().__init__(message, hint)
        self.line = line


def _rows(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield (line, cells by the names of their columns) of every line that holds something."""
    told = [line for line in text.splitlines() if line.strip() and not line.startswith("sep=")]
    if not told:
        return
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(SEPARATORS, key=told[0].count), strict=True)
    heading: tuple[str, ...] = ()
    line = 1
    try:
        for cells in reader:
            plain = [cell.strip() for cell in cells]
            if heading and any(plain):
                if any(plain[len(heading) :]):
                    raise _Broken(line, *_MORE_CELLS)
                yield line, dict(zip(heading, plain, strict=False))
            elif any(plain) and not plain[0].startswith("sep="):
                heading = tuple(cell.lower() for cell in plain)
                known = [name for name in heading if name in _COLUMNS]
                if "name" not in known or len(known) != len(set(known)):
                    raise _Broken(line, *_HEADING)
            line = reader.line_num + 1
    except csv.Error as error:
        raise _Broken(line, *_QUOTES) from error


def _commune(row: Mapping[str, str]) -> Commune:
    """Return the commune of a row; raise Refused for one that says none.

    A code that the program knows brings along what it knows: the box, and the names until now as older ones.
    """
    if not row.get("name"):
        raise Refused(*_NO_NAME)
    name, code = str(read_value(Village, ("commune",), row["name"])), row.get("code", "")
    if code and not (code.isascii() and code.isdigit() and len(code) <= 5):
        raise Refused(*_no_code(code))
    kind = next((one for one in KINDS if key(name).startswith(f"{one} ")), "")
    code = code.zfill(5) if code else ""
    known = next((one for one in communes() if one.code == code), None) if code else None
    return Commune(
        code,
        name[len(kind) :].strip(),
        (name[: len(kind)] or " ".join(row.get("kind", "").split())).capitalize(),
        row.get("province", ""),
        _box(row) or (known.box if known else None),
        (*listed(row.get("former", "")), *((known.full_name, *known.former) if known else ())),
    )


def _box(row: Mapping[str, str]) -> Box | None:
    try:
        box = box_of([row.get(side, "") for side in BOX])
    except ValueError as error:
        raise Refused(*_NO_BOX) from error
    if box and not (-90 <= box.south < box.north <= 90 and -180 <= box.west < box.east <= 180):
        raise Refused(*_NO_BOX)
    return box


_LIKE = Text(
    "Dòng đầu ghi tên các cột, ít nhất là: name,province. Dòng sau ví dụ: Xã Phúc Trạch,Hà Tĩnh",
    "The first line names the columns, at least: name,province. A line below, such as: Xã Phúc Trạch,Hà Tĩnh",
)
_HEADING = (
    Text("Dòng đầu chưa ghi đúng tên các cột.", "The first line does not name the columns rightly."),
    _LIKE,
)
_NO_NAME = (
    Text("Dòng này chưa ghi tên xã.", "This line names no commune."),
    Text("Ghi tên vào cột name, hoặc xóa dòng.", "Write it into the column name, or delete the line."),
)
_QUOTES = (
    Text("Dòng này có dấu ngoặc kép không khép.", "Quotes on this line do not close."),
    Text("Xóa dấu ngoặc kép thừa, hoặc khép lại.", "Delete the odd quote, or close it."),
)
_MORE_CELLS = (
    Text("Dòng này có nhiều ô hơn dòng đầu.", "This line has more cells than the first."),
    Text(
        "Bỏ bớt dấu phẩy; tên có dấu phẩy thì đặt trong ngoặc kép.",
        "Take out a comma, or put the name into quotes.",
    ),
)
_NO_BOX = (
    Text("Khung bản đồ của xã ghi chưa đúng.", "The box of this commune is not right."),
    Text("Bốn ô south, west, north, east ghi đủ cả bốn, như 18.01, 105.72, 18.17, 105.93; hoặc để trống cả bốn.",
         "Fill in all four of south, west, north, east, such as 18.01, 105.72, 18.17, 105.93; or leave all four empty."),
)  # fmt: skip


def _no_code(code: str) -> tuple[Text, Text]:
    shown = quoted(code, 20)
    return (
        Text(f"{shown} không phải là mã xã.", f"{shown} is no code of a commune."),
        Text("Mã xã có năm chữ số, như 18547; chưa biết thì để trống.", "It has five digits, such as 18547; leave it empty if unknown."),
    )  # fmt: skip


def _twice(name: str, first: int) -> tuple[Text, Text]:
    return (
        Text(f"{name} đã có ở dòng {first}.", f"{name} stands in line {first} already."),
        Text("Xóa một dòng.", "Delete one of the lines."),
    )
