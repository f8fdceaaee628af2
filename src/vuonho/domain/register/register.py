"""The register of codes: every code ever given, as a value, and its file `codes.csv` as text.

A printed code must answer for ever, so nothing leaves the register: a row may change its status, and new
rows come at the end. The rules that hold between register and profiles are in `register_rules`.
"""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from io import StringIO
from types import MappingProxyType

from vuonho.bilingual import Text
from vuonho.domain.codes import parse_code
from vuonho.domain.register.cells import is_month_first, read_day, say_garbled
from vuonho.domain.register.said import (
    PUT_BACK,
    say_broken_line,
    say_columns,
    say_count,
    say_empty,
    say_lost_digits,
    say_status,
    say_twice,
    say_unprinted,
    say_url_missing,
    say_void_printed,
)
from vuonho.errors import DataProblems, Problem, Refused

FILE = "profiles/codes.csv"
COLUMNS = ("code", "profile", "given", "printed", "url", "status")
LEFT_ON = "left_on"
_DAYS = (LEFT_ON, "hung_on")
"""The day on which a household withdrew or moved; the column comes with the first that does."""
ACTIVE, WITHDRAWN, MOVED, VOID = STATUSES = ("", "withdrawn", "moved", "void")
BOM = "\ufeff"
SEPARATORS = ",;\t"


@dataclass(frozen=True, slots=True)
class Row:
    """One code: `profile` is its file below `profiles/`, `printed` and `url` are empty until printed.

    `more` are the team's own columns as (column, value); `line` is where the row stood in the file.
    """

    code: str
    profile: str
    given: date
    printed: date | None = None
    url: str = ""
    status: str = ACTIVE
    more: tuple[tuple[str, str], ...] = ()
    line: int | None = field(default=None, compare=False)

    def cell(self, column: str) -> str:
        """Return what stands in a column beyond the six, "" for nothing."""
        return dict(self.more).get(column, "").strip()

    def with_cells(self, **cells: str) -> "Row":
        """Return the row with these cells in columns beyond the six."""
        return replace(self, more=tuple((dict(self.more) | cells).items()))

    @property
    def left_on(self) -> date | None:
        """The day on which the household left, None where it is not recorded."""
        try:
            return read_day(self.cell(LEFT_ON), month_first=False)
        except Refused:
            return None


@dataclass(frozen=True, slots=True)
class Register:
    """All rows in their order, the columns of the file, and how its lines begin and end.

    `by_code` gives the rows by their codes.
    """

    rows: tuple[Row, ...] = ()
    columns: tuple[str, ...] = COLUMNS
    newline: str = "\n"
    bom: bool = False
    by_code: Mapping[str, Row] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_code", MappingProxyType({row.code: row for row in self.rows}))

    def with_row(self, row: Row) -> "Register":
        """Return a register with this row in place of the one of the same code, or at the end."""
        if row.code not in self.by_code:
            return replace(self, rows=(*self.rows, row))
        return replace(self, rows=tuple(row if old.code == row.code else old for old in self.rows))

    def with_columns(self) -> "Register":
        """Return a register whose columns are all those in which a row says something."""
        used = dict.fromkeys(column for row in self.rows for column, said in row.more if said)
        lacking = tuple(column for column in used if column not in self.columns)
        return replace(self, columns=(*self.columns, *lacking)) if lacking else self


def addresses(register: Register) -> tuple[str, ...]:
    """Return the codes that must answer in the site, whatever the profiles say: printed, withdrawn, moved."""
    return tuple(row.code for row in register.rows if row.printed or row.status in (WITHDRAWN, MOVED))


def render_register(register: Register) -> str:
    """Return the text of `codes.csv`: commas, ISO dates, the six columns first, the team's own after them."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator=register.newline)
    writer.writerow(register.columns)
    for row in register.rows:
        printed = row.printed.isoformat() if row.printed else ""
        more = dict(row.more)
        own = [more.get(column, "") for column in register.columns[len(COLUMNS) :]]
        writer.writerow([row.code, row.profile, row.given.isoformat(), printed, row.url, row.status, *own])
    return BOM * register.bom + out.getvalue()


def parse_register(
    text: str, file: str = FILE, remembered: Callable[[], Register | None] = lambda: None
) -> Register:
    """Return the register that a text holds; an empty text is an empty register.

    What Excel makes of the file is understood: semicolons or tabs, a line `sep=;`, day/month/year or, where `remembered`
    or the days themselves show it, month/day/year, a byte order mark, CRLF. Raises DataProblems with everything that
    is wrong, each with its line.
    """
    body = text.removeprefix(BOM)
    newline = "\r\n" if "\r\n" in body else "\n"
    lines = _Lines(file, body, remembered)
    rows = lines.rows()
    if lines.problems:
        raise DataProblems(lines.problems)
    return Register(rows, lines.columns, newline, text.startswith(BOM))


def read_lines(text: str) -> tuple[Register, tuple[tuple[str, ...], ...]]:
    """Return the register of those lines of a damaged text that can be read, and the cells of the others.

    A code may stand on two of its lines.
    """
    body = text.removeprefix(BOM)
    lines = _Lines(FILE, body, lambda: None)
    rows = lines.rows()
    newline = "\r\n" if "\r\n" in body else "\n"
    is_headed = lines.columns[: len(COLUMNS)] == COLUMNS
    columns = lines.columns if is_headed else COLUMNS
    return Register(rows, columns, newline, text.startswith(BOM)), tuple(lines.unread)


def _without_empty_end(cells: Sequence[str], least: int) -> Sequence[str]:
    """Return the cells without the empty ones that Excel adds at the end, but not fewer than `least`."""
    last = max((at for at, cell in enumerate(cells) if cell.strip()), default=-1)
    return cells[: max(least, last + 1)]


class _Lines:
    """The lines of one file on their way to rows, with the problems met."""

    def __init__(self, file: str, body: str, remembered: Callable[[], Register | None]) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.unread: list[tuple[str, ...]] = []
        self.columns: tuple[str, ...] = COLUMNS
        self.body = body
        self.remembered = remembered
        self.month_first = False

    def rows(self) -> tuple[Row, ...]:
        """Return the rows that could be read."""
        table = self._table()
        if not table:
            return ()
        if not self._header(*table[0]):
            is_row = any(cell.isdigit() for cell in table[0][1])  # the heading was deleted
            self.unread += [tuple(cells) for _, cells in table[not is_row :]]
            return ()
        self.month_first = self._is_month_first(table[1:])
        rows = []
        for line, cells in table[1:]:
            if row := self._row(line, cells):
                rows.append(row)
            else:
                self.unread.append(tuple(cells))
        self._twice(rows)
        return tuple(rows)

    def _table(self) -> list[tuple[int, list[str]]]:
        """Return (line, cells) of every line that holds something."""
        lines = self.body.splitlines(keepends=True)
        first = next((line for line in lines if line.strip() and not line.startswith("sep=")), "")
        separator = max(SEPARATORS, key=first.count)
        table: list[tuple[int, list[str]]] = []
        reader = csv.reader(StringIO(self.body, newline=""), delimiter=separator, strict=True)
        start = 1
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells) and not (start == 1 and cells[0].startswith("sep=")):
                    ours, own = cells[: len(COLUMNS)], cells[len(COLUMNS) :]
                    table.append((start, [cell.strip() for cell in ours] + own))
                start = reader.line_num + 1
        except csv.Error:
            self._object(start, "", say_broken_line())
            self.unread += [tuple(line.split(separator)) for line in lines[start - 1 :] if line.strip()]
        return table

    def _header(self, line: int, cells: Sequence[str]) -> bool:
        cells = _without_empty_end(cells, 0)
        names = tuple(cell.lower() for cell in cells[: len(COLUMNS)])
        self.columns = (*names, *(cell.strip() for cell in cells[len(COLUMNS) :]))
        is_right = names == COLUMNS and len(set(self.columns)) == len(cells) and "" not in self.columns
        if not is_right:
            self._object(line, "", say_columns(",".join(COLUMNS)))
        return is_right

    def _is_month_first(self, table: Sequence[tuple[int, Sequence[str]]]) -> bool:
        days = [
            (cells[0], place, cells[place]) for _, cells in table for place in (2, 3) if len(cells) > place
        ]
        if not any("/" in day for _, _, day in days):
            return False
        register = self.remembered() or Register()
        known = {(row.code, 2): row.given for row in register.rows}
        known |= {(row.code, 3): row.printed for row in register.rows if row.printed}
        return is_month_first((day, known.get((code, place))) for code, place, day in days)

    def _row(self, line: int, cells: Sequence[str]) -> Row | None:
        cells = _without_empty_end(cells, len(self.columns))
        if len(cells) != len(self.columns):
            self._object(line, "", say_count(len(cells), len(self.columns)))
            return None
        code, profile, given, printed, url, status = cells[: len(COLUMNS)]
        before = len(self.problems)
        row = Row(
            self._code(line, code),
            profile.replace("\\", "/"),
            self._date(line, "given", given) or date.min,
            self._date(line, "printed", printed) if printed else None,
            url,
            status.lower(),
            tuple(
                (column, self._day(column, cell))
                for column, cell in zip(self.columns[len(COLUMNS) :], cells[len(COLUMNS) :], strict=True)
            ),
            line,
        )
        self._whole(row, line, was_printed=printed != "")
        return row if len(self.problems) == before else None

    def _day(self, column: str, typed: str) -> str:
        """Return a cell of the program's own days as it writes them, and any other cell as it is."""
        if column not in _DAYS:
            return typed
        try:
            return read_day(typed, month_first=self.month_first).isoformat()
        except Refused:
            return typed

    def _code(self, line: int, typed: str) -> str:
        if "e+" in typed.lower():
            self._object(line, "code", say_lost_digits(typed))
            return typed
        try:
            return parse_code(typed)
        except Refused as refused:
            self._object(line, "code", (refused.message, PUT_BACK))
        return typed

    def _date(self, line: int, column: str, typed: str) -> date | None:
        try:
            return read_day(typed, month_first=self.month_first)
        except Refused as refused:
            self._object(line, column, (refused.message, PUT_BACK))
        return None

    def _whole(self, row: Row, line: int, *, was_printed: bool) -> None:
        """Object to what does not fit together within one row."""
        if not row.profile:
            self._object(line, "profile", say_empty(row.code))
        if row.status not in STATUSES:
            self._object(line, "status", say_status(row.status))
        if row.status == VOID and (was_printed or row.url):
            self._object(line, "status", say_void_printed(row.code))
        if was_printed and not row.url:
            self._object(line, "url", say_url_missing(row.code))
        if row.url and not was_printed:
            self._object(line, "printed", say_unprinted(row.code))
        if said := say_garbled((row.profile, *(cell for _, cell in row.more))):
            self._object(line, "", said)

    def _twice(self, rows: Sequence[Row]) -> None:
        first: dict[str, int | None] = {}
        for row in rows:
            if row.code in first:
                self._object(row.line or 1, "code", say_twice(row.code, first[row.code] or 1))
            first.setdefault(row.code, row.line)

    def _object(self, line: int, column: str, said: tuple[Text, Text]) -> None:
        self.problems.append(Problem(self.file, line, None, column, *said))
