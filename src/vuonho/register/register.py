"""The register of codes, and the CSV table that it and the boards are written in."""

import csv
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from io import StringIO
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from vuonho.errors import DataProblems, Problem, UserError
from vuonho.i18n import Text
from vuonho.model.codes import parse_code
from vuonho.model.mojibake import garbling
from vuonho.model.values import parse_date, quoted
from vuonho.text import fold

# --- A CSV table of the program, read as a spreadsheet may have saved it, and what a spreadsheet does to cells ---

PUT_BACK: Final = Text(
    "Run `vuonho assign`: it is written as it was. If that will not do, take it back from "
    "a backup: vuonho restore FILE.zip"
)
"""The cure of whatever a hand or a spreadsheet did to a register: nobody has to edit one."""
SAVED_WRONGLY: Final = Text("{put_back}. In Excel save it as “CSV UTF-8”.", put_back=PUT_BACK)
BOM: Final = "\ufeff"
SEPARATORS: Final = ",;\t"
_SEP: Final = "sep="
_SLASHED: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


@dataclass(slots=True)
class Table:
    """The columns of a file, its lines as (number, cells), and how it was written.

    Each line has a cell for each column; `unread` are the cells of lines that could not be read.
    """

    columns: tuple[str, ...]
    newline: str = "\n"
    bom: bool = False
    lines: list[tuple[int, list[str]]] = field(default_factory=list)
    unread: list[list[str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def parse_table(text: str, file: str, known: tuple[str, ...], *, is_full: bool = False) -> Table:
    """Return the table in a text; the columns `known` come first, the team's own after them.

    Semicolons or tabs, a line `sep=;`, a byte order mark, CRLF, and empty cells at the end are understood. A line has a
    cell for each column where it `is_full`: one that was cut off is not taken for one that says nothing there.
    """
    body = text.removeprefix(BOM)
    table = Table(known, "\r\n" if "\r\n" in body else "\n", text.startswith(BOM))

    def object_to(line: int, message: Text, hint: Text = PUT_BACK) -> None:
        table.problems.append(Problem("", message, hint, file=file, line=line))

    found, torn = _split(body)
    if torn:
        object_to(torn[0], Text("Quotes on this line do not close."))
        table.unread += torn[1]
    if not found:
        return table
    (first, heading), *lines = found
    heading = _trimmed(heading, 0)
    ours, own = heading[: len(known)], heading[len(known) :]
    table.columns = (*(cell.strip().lower() for cell in ours), *map(str.strip, own))
    is_unique = len(set(table.columns)) == len(heading) and "" not in table.columns
    if table.columns[: len(known)] != known or not is_unique:
        object_to(
            first, Text("The first line does not name the columns rightly ({right}).", right=",".join(known))
        )
        is_row = any(cell.strip().isdigit() for cell in heading)  # the heading was deleted
        table.unread += [cells for _, cells in found[not is_row :]]
        table.columns = known
        return table
    for line, cells in lines:
        least = len(table.columns) if is_full else len(known)
        trimmed = _trimmed(cells, least)
        name = next((name for cell in trimmed if (name := garbling(cell))), None)
        if len(trimmed) < least or (is_full and len(trimmed) > least):
            count, wanted = len(trimmed), len(table.columns)
            object_to(
                line, Text("This line has {found} cells instead of {wanted}.", found=count, wanted=wanted)
            )
        elif name:
            shown = quoted(next(cell for cell in trimmed if garbling(cell)), 60)
            object_to(line, Text("{name} {shown}", name=name, shown=shown), SAVED_WRONGLY)
        else:
            missing = [""] * (len(table.columns) - len(trimmed))
            stripped = [cell.strip() for cell in trimmed[: len(known)]]
            table.lines.append((line, [*stripped, *trimmed[len(known) :], *missing]))
            continue
        table.unread.append(cells)
    return table


def _split(body: str) -> tuple[list[tuple[int, list[str]]], tuple[int, list[list[str]]] | None]:
    """Return ((number, cells) of each line that holds something, and of the rest where quotes do not close)."""
    lines = body.splitlines(keepends=True)
    first = next((line for line in lines if line.strip() and not line.startswith(_SEP)), "")
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(StringIO(body, newline=""), delimiter=separator, strict=True)
    found, start = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not (start == 1 and cells[0].startswith(_SEP)):
                found.append((start, cells))
            start = reader.line_num + 1
    except csv.Error:
        return found, (start, [line.split(separator) for line in lines[start - 1 :] if line.strip()])
    return found, None


def _trimmed(cells: Sequence[str], least: int) -> list[str]:
    """Return the cells without the empty ones that Excel adds at the end, but not fewer than `least`."""
    last = max((at for at, cell in enumerate(cells) if cell.strip()), default=-1)
    return list(cells[: max(least, last + 1)])


def render_table(table: Table) -> str:
    """Return the text of a table: commas, and line ends and mark as they were."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator=table.newline)
    writer.writerow(table.columns)
    writer.writerows(cells for _, cells in table.lines)
    return BOM * table.bom + out.getvalue()


def is_month_first(days: Iterable[tuple[str, date | None]]) -> bool:
    """Tell whether the days of a file stand as month/day/year; each comes with the day remembered of it, or None.

    A spreadsheet writes all days of a file in one order. Where none has a part beyond 12, what is remembered decides.
    """
    found = [
        (int(match[1]), int(match[2]), known) for day, known in days if (match := _SLASHED.fullmatch(day))
    ]
    if any(first > 12 for first, _, _ in found):
        return False
    if any(second > 12 for _, second, _ in found):
        return True
    remembered = [(first, second, known) for first, second, known in found if known]
    day_first = sum((known.day, known.month) == (first, second) for first, second, known in remembered)
    return sum((known.month, known.day) == (first, second) for first, second, known in remembered) > day_first


@lru_cache(maxsize=1_000)
def read_day(typed: str, *, month_first: bool = False) -> date:
    """Return the day of a cell; raises UserError."""
    return parse_date(_SLASHED.sub(r"\2/\1/\3", typed) if month_first else typed)


def has_lost_letters(new: str, old: str) -> bool:
    """Tell whether a text is the old one with question marks for some letters, and others without their accents."""
    pairs = list(zip(new, old, strict=False))
    is_alike = len(new) == len(old) and all(a == "?" or fold(a) == fold(b) for a, b in pairs)
    return "?" in new and new != old and is_alike


# --- The register of codes, its file `profiles/codes.csv` as text, and what it knows of each print ---

FILE: Final = "profiles/codes.csv"
COLUMNS: Final = ("code", "profile", "given", "printed", "url", "status")
ACTIVE, WITHDRAWN, MOVED, VOID = STATUSES = ("", "withdrawn", "moved", "void")

# --- Columns of the program beyond the six: each comes with the first row that has something in it ---

LEFT_ON: Final = "left_on"
"""The day on which a household withdrew or moved."""
HUNG: Final = "hung_on"
"""The day on which the last plaque was said to hang."""
INSPECTED: Final = "inspected"
"""The day on which somebody of the team last stood before the plaque."""
CONDITION: Final = "condition"
"""How the plaque was then: one of `CONDITIONS`."""
CONDITIONS: Final = ("clean", "faded", "gone")
SIZE, BATCH, CONTENT = PRINT_COLUMNS = ("printed_size", "printed_batch", "printed_content")
EARLIER: Final = "printed_earlier"
"""Addresses of older plaques that may still hang."""


@dataclass(frozen=True, slots=True)
class Row:
    """One code: `profile` is its file below `profiles/`, `printed` and `url` are empty until printed.

    `more` are the columns beyond the six as (column, value); `line` is where the row stood in the file.
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

    def cells(self, columns: Sequence[str]) -> list[str]:
        """Return the row as it is written in these columns."""
        more = dict(self.more)
        days = [day.isoformat() if day else "" for day in (self.given, self.printed)]
        own = (more.get(column, "") for column in columns[len(COLUMNS) :])
        return [self.code, self.profile, *days, self.url, self.status, *own]

    @property
    def has_left(self) -> bool:
        """Whether the household has withdrawn or moved."""
        return self.status in (WITHDRAWN, MOVED)

    @property
    def left_on(self) -> date | None:
        """The day on which the household left, None where it is not recorded."""
        try:
            return read_day(self.cell(LEFT_ON))
        except UserError:
            return None

    @property
    def inspected(self) -> date | None:
        """The day on which the plaque was last inspected."""
        try:
            return read_day(self.cell(INSPECTED))
        except UserError:
            return None

    @property
    def is_spot(self) -> bool:
        """Whether it is the code of a place."""
        return self.profile.count("/") > 1

    @property
    def called(self) -> Text:
        """What has the code, as a sentence begins."""
        return (
            Text("Place {code}", code=self.code) if self.is_spot else Text("Household {code}", code=self.code)
        )

    @property
    def is_worn(self) -> bool:
        """Whether the plaque that was last printed was found faded or gone."""
        seen = self.inspected
        is_of_this = seen is not None and self.printed is not None and seen >= self.printed
        return is_of_this and self.cell(CONDITION) in CONDITIONS[1:]

    @property
    def earlier_urls(self) -> tuple[str, ...]:
        """The other addresses under which plaques of the household were printed before its last one."""
        return tuple(self.cell(EARLIER).split())

    @property
    def batch(self) -> int:
        """The print run of the last plaque, 0 where none is known."""
        typed = self.cell(BATCH)
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0


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

    def with_rows(self, *rows: Row) -> "Register":
        """Return a register with these rows in place of those of the same codes, or at the end."""
        by_code = {**self.by_code, **{row.code: row for row in rows}}
        return replace(self, rows=tuple(by_code.values()))

    def with_columns(self) -> "Register":
        """Return a register whose columns are all those in which a row says something."""
        used = dict.fromkeys(column for row in self.rows for column, said in row.more if said)
        return replace(self, columns=tuple(dict.fromkeys((*self.columns, *used))))


def addresses(register: Register) -> tuple[str, ...]:
    """Return the codes that must answer in the site, whatever the profiles say: printed, withdrawn, moved."""
    return tuple(row.code for row in register.rows if row.printed or row.has_left)


def render_register(register: Register) -> str:
    """Return the text of `codes.csv`: commas, ISO dates, the six columns first, the team's own after them."""
    lines = [(0, row.cells(register.columns)) for row in register.rows]
    return render_table(Table(register.columns, register.newline, register.bom, lines))


def parse_register(
    text: str, file: str = FILE, remembered: Callable[[], Register | None] = lambda: None
) -> Register:
    """Return the register that a text holds; an empty text is an empty register.

    Days may stand as day/month/year or, where `remembered` or the days themselves show it, month/day/year. Raises
    DataProblems with everything that is wrong, each with its line.
    """
    register, problems, _ = read_lines(text, file, remembered)
    first: dict[str, int | None] = {}
    for row in register.rows:
        if row.code in first:
            twice = Text("Code {code} is already on line {first}.", code=row.code, first=first[row.code])
            problems.append(Problem("code", twice, PUT_BACK, file=file, line=row.line))
        first.setdefault(row.code, row.line)
    if problems:
        raise DataProblems(sorted(problems, key=lambda problem: problem.line or 0))
    return register


def read_lines(
    text: str, file: str = FILE, remembered: Callable[[], Register | None] = lambda: None
) -> tuple[Register, list[Problem], list[list[str]]]:
    """Return (register of the lines that can be read, problems, cells of the other lines).

    A code may stand on two of its lines.
    """
    table = parse_table(text, file, COLUMNS, is_full=True)
    problems, unread, rows = table.problems, table.unread, []
    month_first = _is_month_first(table, remembered)
    for line, cells in table.lines:
        row, wrong = _read_row(cells, table.columns, line, month_first=month_first)
        problems += (Problem(column, message, PUT_BACK, file=file, line=line) for column, message in wrong)
        if wrong:
            unread.append(cells)
        else:
            rows.append(row)
    return Register(tuple(rows), table.columns, table.newline, table.bom), problems, unread


def _is_month_first(table: Table, remembered: Callable[[], Register | None]) -> bool:
    days = [(cells[0], place, cells[place]) for _, cells in table.lines for place in (2, 3)]
    if not any("/" in day for _, _, day in days):
        return False
    register = remembered() or Register()
    known = {(row.code, 2): row.given for row in register.rows}
    known |= {(row.code, 3): row.printed for row in register.rows if row.printed}
    return is_month_first((day, known.get((code, place))) for code, place, day in days)


def _read_row(
    cells: Sequence[str], columns: Sequence[str], line: int, *, month_first: bool
) -> tuple[Row, list[tuple[str, Text]]]:
    """Return (row, what is wrong with its cells as (column, message))."""
    values = dict(zip(columns, cells, strict=True))
    days: dict[str, date] = {}
    wrong: list[tuple[str, Text]] = []
    code = values["code"]
    try:
        code = parse_code(code)
    except UserError as refused:
        wrong.append(("code", refused.message))
    for column in ("given", "printed", LEFT_ON, HUNG, INSPECTED):
        if column == "given" or values.get(column):
            try:
                days[column] = read_day(values[column], month_first=month_first)
            except UserError as refused:
                wrong += [(column, refused.message)] if column in COLUMNS else []
    more = tuple(
        (column, days[column].isoformat() if column in days else values[column])
        for column in columns[len(COLUMNS) :]
    )
    given, printed = days.get("given", date.min), days.get("printed")
    profile, url, status = values["profile"].replace("\\", "/"), values["url"], values["status"].lower()
    row = Row(code, profile, given, printed, url, status, more, line)
    wrong += _misfits(row, was_printed=values["printed"] != "")
    return row, wrong


def _misfits(row: Row, *, was_printed: bool) -> Iterator[tuple[str, Text]]:
    """Yield what does not fit together within one row."""
    if not row.profile:
        yield "profile", Text("The cell {column} is empty.", column="profile")
    if row.status not in STATUSES:
        yield "status", Text("There is no status {status}.", status=quoted(row.status))
    if row.status == VOID and (was_printed or row.url):
        yield "status", Text("Code {code} was printed: it cannot be void.", code=row.code)
    if was_printed and not row.url:
        yield "url", Text("Code {code} was printed, its address is missing.", code=row.code)
    if row.url and not was_printed:
        yield "printed", Text("Code {code} has an address but no day of printing.", code=row.code)


# --- What the register knows of a print: the day, the address, the size, the print run, and what stood on the plaque ---


@dataclass(frozen=True, slots=True)
class Print:
    """One plaque printed: `content` is that of `content_of`, "" where the print was entered by hand."""

    day: date
    url: str
    size: str
    batch: int
    content: str


def content_of(name: str, village: str, url: str) -> str:
    """Return what stands for the words of a plaque: it changes when one of them does.

    A letter and 12 hexadecimal digits of SHA-256: a spreadsheet takes digits alone, or 12e45, for a number.
    """
    words = "\n".join((name, village, normalize_url(url)))
    return f"h{sha256(words.encode('utf-8')).hexdigest()[:12]}"


def normalize_url(url: str) -> str:
    """Return an address as addresses are compared: ending in "/", scheme and host small; a path has its case."""
    ended = url.strip().rstrip("/") + "/"
    try:
        parts = urlsplit(ended)
    except ValueError:
        return ended
    return parts._replace(netloc=parts.netloc.lower()).geturl()


def last_print(row: Row) -> Print | None:
    """Return the last print of a household, or None."""
    if row.printed is None:
        return None
    return Print(row.printed, row.url, row.cell(SIZE), row.batch, row.cell(CONTENT))


def next_batch(register: Register, boards: Sequence[int] = ()) -> int:
    """Return the number of the next print run; `boards` are those of the village boards."""
    return 1 + max((*(row.batch for row in register.rows), *boards), default=0)


def with_prints(register: Register, prints: Sequence[tuple[str, Print]]) -> Register:
    """Return the register with (code, print) of plaques that were just made. Every code is in it already."""
    rows = []
    for code, new in prints:
        row = register.by_code[code]
        cells = {SIZE: new.size, BATCH: str(new.batch), CONTENT: new.content}
        if row.cell(HUNG):
            cells[HUNG] = ""  # the new plaque does not hang yet
        if row.cell(CONDITION):
            cells[CONDITION] = ""
        older = dict.fromkeys(url for url in (*row.earlier_urls, row.url) if url)
        if others := [url for url in older if normalize_url(url) != normalize_url(new.url)]:
            cells[EARLIER] = " ".join(others)
        rows.append(replace(row, printed=new.day, url=new.url).with_cells(**cells))
    columns = tuple(dict.fromkeys((*register.columns, *PRINT_COLUMNS)))
    return replace(register, columns=columns).with_rows(*rows).with_columns()


def with_hung(register: Register, codes: Collection[str], day: date) -> Register:
    """Return the register in which the plaques of these codes hang since a day."""
    rows = (register.by_code[code].with_cells(**{HUNG: day.isoformat()}) for code in codes)
    return register.with_rows(*rows).with_columns()


def with_inspected(register: Register, seen: Mapping[str, tuple[date, str]]) -> Register:
    """Return the register in which the plaques of these codes were found so: (day, one of `CONDITIONS`)."""
    rows = (
        register.by_code[code].with_cells(**{INSPECTED: day.isoformat(), CONDITION: condition})
        for code, (day, condition) in seen.items()
    )
    return register.with_rows(*rows).with_columns()
