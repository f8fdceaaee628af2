"""The register of codes as a value, its file `codes.csv` as text, and what it knows of each print."""

import csv
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from io import StringIO
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from vuonho.errors import DataProblems, Problem, UserError
from vuonho.i18n import Text
from vuonho.model.codes import parse_code
from vuonho.model.dates import parse_date, say_day
from vuonho.model.mojibake import garbling
from vuonho.model.values import quoted
from vuonho.text import fold

# --- What is said about the register of codes: pairs of message and hint ---

Said = tuple[Text, Text]
PUT_BACK = Text(
    "Run `vuonho assign`: it is written as it was. If that will not do, take it back from "
    "a backup: vuonho restore FILE.zip"
)
"""The cure of whatever a hand or a spreadsheet did to a register: nobody has to edit one."""


def say_broken_line() -> Said:
    """Return what to say of quotes that do not close, or a line that is no table row."""
    return Text("Quotes on this line do not close."), PUT_BACK


def say_columns(right: str) -> Said:
    """Return what to say of a first line that does not name the columns."""
    return (
        Text("The first line does not name the columns rightly ({right}).", right=right),
        PUT_BACK,
    )


def say_count(found: int, wanted: int) -> Said:
    """Return what to say of a line with too few or too many cells."""
    return (
        Text("This line has {found} cells instead of {wanted}.", found=found, wanted=wanted),
        PUT_BACK,
    )


def say_twice(code: str, first: int) -> Said:
    """Return what to say of a code that stands on two lines."""
    return (
        Text("Code {code} is already on line {first}.", code=code, first=first),
        PUT_BACK,
    )


def say_unregistered() -> Said:
    """Return what to say of a profile whose code is not in the register."""
    return (
        Text("This code is not in codes.csv."),
        Text("Run `vuonho assign` to record it."),
    )


def say_void_used(code: str) -> Said:
    """Return what to say of a profile that carries a void code."""
    return (
        Text("Code {code} is void and is never used again.", code=code),
        Text("Leave code empty and run `vuonho assign`."),
    )


def say_left(code: str, day: date | None) -> Said:
    """Return what to say of a household that left by the register and is shown by its profile; `day` where known."""
    if day is None:
        return (
            Text("Household {code} has left, yet its profile would be shown.", code=code),
            Text(
                "Put `withdrawn: DATE` back and run vuonho withdraw {code}, so that the day is "
                "recorded. If they agreed again, take that line out after that, and write the new day "
                "into consent.given.",
                code=code,
            ),
        )
    since = say_day(day)
    return (
        Text(
            "Household {code} left on {since}, yet its profile would be shown by a consent from before.",
            code=code,
            since=since,
        ),
        Text(
            "If they left, put `withdrawn: {day}` back. If they agreed again, ask anew and write "
            "the new day into consent.given; the register follows by itself.",
            day=day.isoformat(),
        ),
    )


def say_no_consent(code: str) -> Said:
    """Return what to say of a printed household whose consent was emptied."""
    return (
        Text("Code {code} is on a plaque, but its consent has no date any more.", code=code),
        Text(
            "If the family took it back, run `vuonho withdraw {code}`: the plaque then shows a notice.",
            code=code,
        ),
    )


def say_used_twice(code: str, other: str) -> Said:
    """Return what to say of the second profile with the same code."""
    return (
        Text("Code {code} is used by {other} too.", code=code, other=quoted(other, 80)),
        Text("In the copy leave code empty and run `vuonho assign`."),
    )


def say_gone(code: str, path: str, *, printed: bool) -> Said:
    """Return what to say of a code whose profile vanished."""
    return (
        Text("The profile of {code} is gone: {path}.", code=code, path=quoted(path, 80)),
        Text(
            "Take the file back from a backup; if the family wants to leave: vuonho withdraw {code}",
            code=code,
        )
        if printed
        else Text(
            "Take the file back from a backup; if this household was given up: vuonho remove {code}",
            code=code,
        ),
    )


def say_changed_code(code: str, path: str, instead: str, *, may_hang: bool = False) -> Said:
    """Return what to say of a profile with another code than the one it was given; that one `may_hang` at the gate."""
    swap = (
        Text(" If the plaque at the gate says {instead}: vuonho remove {code}", instead=instead, code=code)
        if may_hang
        else Text()
    )
    now = Text("now has {instead}", instead=instead) if instead else Text("now has none")
    return (
        Text("{path} was given {code}, it {now}.", path=quoted(path, 80), code=code, now=now),
        Text("A code never changes: write code: {code} again.{swap}", code=code, swap=swap),
    )


def say_moved_nowhere(code: str, path: str) -> Said:
    """Return what to say of a moved household whose new code nobody knows."""
    return (
        Text("Code {code} moved, nobody knows where.", code=code),
        Text(
            "Take {path} with its moved_to back from a backup; if there is none: vuonho withdraw {code}",
            path=quoted(path, 80),
            code=code,
        ),
    )


def say_moved_to_itself(code: str) -> Said:
    """Return what to say of a household that moved to its own code."""
    return Text("Code {code} moves to itself.", code=code), _OTHER_CODE


def say_moved_to_unknown(code: str) -> Said:
    """Return what to say of a target that no profile carries."""
    return Text("No household has the code {code}.", code=code), _OTHER_CODE


def say_moved_to_closed(code: str) -> Said:
    """Return what to say of a target that is withdrawn, void or not yet agreed."""
    return Text("The household {code} has no page.", code=code), _OTHER_CODE


def say_in_a_ring(code: str) -> Said:
    """Return what to say of households that send visitors round in a circle."""
    return (
        Text("From {code} visitors come back to this one.", code=code),
        _OTHER_CODE,
    )


_OTHER_CODE = Text("Give the code of a household that has a page; if there is none, use withdrawn instead.")


# --- What a spreadsheet does to the cells of a register: days in the order of the United States, and lost letters ---

_SAVED_WRONGLY = Text("{put_back}. In Excel save it as “CSV UTF-8”.", put_back=PUT_BACK)
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


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
    told = [(first, second, known) for first, second, known in found if known]
    here = sum((known.day, known.month) == (first, second) for first, second, known in told)
    return sum((known.month, known.day) == (first, second) for first, second, known in told) > here


def read_day(typed: str, *, month_first: bool) -> date:
    """Return the day of a cell; raises UserError."""
    return parse_date(_SLASHED.sub(r"\2/\1/\3", typed) if month_first else typed)


def say_garbled(cells: Iterable[str]) -> Said | None:
    """Return what to say of the first cell whose letters were lost or went through a wrong encoding, or None."""
    for cell in cells:
        if name := garbling(cell):
            shown = quoted(cell, 60)
            return Text("{name} {shown}", name=name, shown=shown), _SAVED_WRONGLY
    return None


def say_letters_lost(now: Iterable[str], before: Iterable[str]) -> Said | None:
    """Return what to say of the first cell that has question marks where there were letters, or None."""
    for new, old in zip(now, before, strict=True):
        if is_worn(new, old):
            said, was = quoted(new, 60), quoted(old, 60)
            return (
                Text("Letters are lost: {said} was {was}.", said=said, was=was),
                _SAVED_WRONGLY,
            )
    return None


def is_worn(new: str, old: str) -> bool:
    """Tell whether a text is the old one with some letters lost and others without their accents."""
    pairs = list(zip(new, old, strict=False))
    is_alike = len(new) == len(old) and all(a == "?" or fold(a) == fold(b) for a, b in pairs)
    return "?" in new and new != old and is_alike


# --- The register of codes: every code ever given, as a value, and its file `codes.csv` as text ---

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
        except UserError:
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
        except UserError:
            return typed

    def _code(self, line: int, typed: str) -> str:
        if "e+" in typed.lower():
            self._object(
                line,
                "code",
                (
                    Text("Excel turned the code into {typed} and lost digits.", typed=quoted(typed)),
                    PUT_BACK,
                ),
            )
            return typed
        try:
            return parse_code(typed)
        except UserError as refused:
            self._object(line, "code", (refused.message, PUT_BACK))
        return typed

    def _date(self, line: int, column: str, typed: str) -> date | None:
        try:
            return read_day(typed, month_first=self.month_first)
        except UserError as refused:
            self._object(line, column, (refused.message, PUT_BACK))
        return None

    def _whole(self, row: Row, line: int, *, was_printed: bool) -> None:
        """Object to what does not fit together within one row."""
        if not row.profile:
            self._object(
                line,
                "profile",
                (
                    Text("Code {code} names no profile.", code=row.code),
                    PUT_BACK,
                ),
            )
        if row.status not in STATUSES:
            self._object(
                line,
                "status",
                (
                    Text("There is no status {status}.", status=quoted(row.status)),
                    PUT_BACK,
                ),
            )
        if row.status == VOID and (was_printed or row.url):
            self._object(
                line,
                "status",
                (
                    Text("Code {code} was printed: it cannot be void.", code=row.code),
                    PUT_BACK,
                ),
            )
        if was_printed and not row.url:
            self._object(
                line,
                "url",
                (
                    Text("Code {code} was printed, its address is missing.", code=row.code),
                    PUT_BACK,
                ),
            )
        if row.url and not was_printed:
            self._object(
                line,
                "printed",
                (
                    Text("Code {code} has an address but no day of printing.", code=row.code),
                    PUT_BACK,
                ),
            )
        if said := say_garbled((row.profile, *(cell for _, cell in row.more))):
            self._object(line, "", said)

    def _twice(self, rows: Sequence[Row]) -> None:
        first: dict[str, int | None] = {}
        for row in rows:
            if row.code in first:
                self._object(row.line or 1, "code", say_twice(row.code, first[row.code] or 1))
            first.setdefault(row.code, row.line)

    def _object(self, line: int, column: str, said: tuple[Text, Text]) -> None:
        self.problems.append(Problem(column, *said, file=self.file, line=line))


# --- What the register knows of a print: the day, the address, the size, the print run, and what stood on the plaque ---

SIZE, BATCH, CONTENT = PRINT_COLUMNS = ("printed_size", "printed_batch", "printed_content")
EARLIER: Final = "printed_earlier"
"""Addresses of older plaques that may still hang; the column comes with the first print under another address."""
HUNG: Final = "hung_on"
"""The day on which the last plaque was said to hang; the column comes with the first that does."""
_DIGITS: Final = 12


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
    told = "\n".join((name, village, even(url)))
    return f"h{sha256(told.encode('utf-8')).hexdigest()[:_DIGITS]}"


def even(url: str) -> str:
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
    return Print(row.printed, row.url, row.cell(SIZE), _batch(row), row.cell(CONTENT))


def earlier_urls(row: Row) -> tuple[str, ...]:
    """Return the other addresses under which plaques of a household were printed before its last one."""
    return tuple(row.cell(EARLIER).split())


def _batch(row: Row) -> int:
    typed = row.cell(BATCH)
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0


def next_batch(register: Register, boards: Sequence[int] = ()) -> int:
    """Return the number of the next print run; `boards` are those of the village boards."""
    return 1 + max((*map(_batch, register.rows), *boards), default=0)


def with_prints(register: Register, prints: Sequence[tuple[str, Print]]) -> Register:
    """Return the register with (code, print) of plaques that were just made. Every code is in it already."""
    by_code = dict(prints)
    rows = tuple(_printed(row, by_code[row.code]) if row.code in by_code else row for row in register.rows)
    missing = tuple(column for column in PRINT_COLUMNS if column not in register.columns)
    return replace(register, rows=rows, columns=(*register.columns, *missing)).with_columns()


def with_hung(register: Register, codes: Collection[str], day: date) -> Register:
    """Return the register in which the plaques of these codes hang since a day."""
    rows = tuple(
        row.with_cells(**{HUNG: day.isoformat()}) if row.code in codes else row for row in register.rows
    )
    return replace(register, rows=rows).with_columns()


def _printed(row: Row, new: Print) -> Row:
    ours = {SIZE: new.size, BATCH: str(new.batch), CONTENT: new.content}
    if row.cell(HUNG):
        ours[HUNG] = ""  # the new plaque does not hang yet
    older = dict.fromkeys((*earlier_urls(row), *((row.url,) if row.url else ())))
    others = [url for url in older if even(url) != even(new.url)]
    if others:
        ours[EARLIER] = " ".join(others)
    return replace(row, printed=new.day, url=new.url).with_cells(**ours)
