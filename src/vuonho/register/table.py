"""A CSV table of the program, read as a spreadsheet may have saved it, and what a spreadsheet does to cells."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from typing import Final

from vuonho.errors import Problem
from vuonho.i18n import Text
from vuonho.model.dates import parse_date
from vuonho.model.mojibake import garbling
from vuonho.model.values import quoted
from vuonho.text import fold

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


def read_day(typed: str, *, month_first: bool = False) -> date:
    """Return the day of a cell; raises UserError."""
    return parse_date(_SLASHED.sub(r"\2/\1/\3", typed) if month_first else typed)


def has_lost_letters(new: str, old: str) -> bool:
    """Tell whether a text is the old one with question marks for some letters, and others without their accents."""
    pairs = list(zip(new, old, strict=False))
    is_alike = len(new) == len(old) and all(a == "?" or fold(a) == fold(b) for a, b in pairs)
    return "?" in new and new != old and is_alike
