"""The record of village boards: which village's address was printed, when, and in which print run.

    profiles/boards.csv: village,printed,url,batch,listed

`listed` says whom a board names, and stands for the words it does so with: "482135:h0123456789ab …", by
`prints.content_of`. It is a column of the program beyond the four, and empty for a board entered by hand.

A board's code leads to the village's page, and must answer for ever as a household's does: the address of
the site may not change without `previous_urls`, nor the village's folder without `formerly`."""

import csv
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from typing import Final

from vuonho.errors import DataProblems, Problem, UserError
from vuonho.i18n import Text
from vuonho.model.values import quoted
from vuonho.register.register import (
    BOM,
    PUT_BACK,
    SEPARATORS,
    even,
    is_month_first,
    read_day,
    say_broken_line,
    say_columns,
    say_count,
    say_garbled,
)
from vuonho.register.rules import previous_cure, site_of

FILE: Final = "profiles/boards.csv"
COLUMNS: Final = ("village", "printed", "url", "batch")
LISTED: Final = "listed"
_SEP: Final = "sep="
_ENDS: Final = "\r\n"


@dataclass(frozen=True, slots=True)
class Board:
    """One board printed: `village` is its folder then, `line` where the row stands in the file.

    `listed` are (code, content) of the households on it, nothing where it is not known; it does not tell boards apart.
    """

    village: str
    printed: date
    url: str
    batch: int
    line: int | None = field(default=None, compare=False)
    listed: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    def may_name(self, code: str, given: date) -> bool:
        """Tell whether a household stands on it; where that is not recorded, one that had its code by then does."""
        return code in dict(self.listed) if self.listed else given <= self.printed


def last_board(boards: Iterable[Board], village: Collection[str]) -> Board | None:
    """Return the board that was printed last of a village, by all names its folder ever had; None for none."""
    printed = (board for board in boards if board.village in village)
    return max(printed, key=lambda board: (board.printed, board.batch), default=None)


def with_boards(text: str, boards: Sequence[Board]) -> str:
    """Return the text of `boards.csv` with more boards at its end; what it says already stays to the letter.

    A text that says nothing becomes that of a new file.
    """
    before = text if text.strip() else ",".join(COLUMNS) + "\n"
    newline = "\r\n" if "\r\n" in before else "\n"
    column = len(COLUMNS)
    if any(one.listed for one in boards):
        before, column = _with_column(before, newline)
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=_separator(before), lineterminator=newline)
    writer.writerows(_cells(one, column) for one in boards)
    return before + newline * (not before.endswith("\n")) + out.getvalue()


def _cells(board: Board, column: int) -> list[str]:
    cells = [board.village, board.printed.isoformat(), board.url, str(board.batch)]
    listed = " ".join(f"{code}:{content}" for code, content in board.listed)
    return [*cells, *[""] * (column - len(cells)), listed] if listed else cells


def _with_column(text: str, newline: str) -> tuple[str, int]:
    """Return the text with the column `listed` in its heading, after whatever columns the team has, and its index."""
    lines, separator = list(StringIO(text, newline="")), _separator(text)
    reader = csv.reader(lines, delimiter=separator)
    heading = next(cells for cells in reader if _is_told(cells))
    if LISTED in (names := _names(heading)):
        return text, names.index(LISTED)
    last = reader.line_num - 1
    lines[last] = f"{lines[last].rstrip(_ENDS)}{separator}{LISTED}{newline}"
    return "".join(lines), len(heading)


def _is_told(cells: Sequence[str]) -> bool:
    return any(cell.strip() for cell in cells) and not cells[0].removeprefix(BOM).startswith(_SEP)


def _names(heading: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell.strip().lower() for cell in heading)


def parse_boards(text: str, file: str = FILE) -> tuple[Board, ...]:
    """Return the boards that a text records; raise DataProblems for a line that is none, with its place.

    What Excel makes of the file is understood: semicolons or tabs, a line `sep=;`, day/month/year, a byte order
    mark, CRLF, empty cells at the end. Columns of the team's own come after the four.
    """
    table, problems = _table(text.removeprefix(BOM), file)
    names = _names(table[0][1]) if table else COLUMNS
    if names[: len(COLUMNS)] != COLUMNS:
        problems.insert(0, _problem(file, table[0][0], "", *_HEADING))
    column = names.index(LISTED) if LISTED in names else len(names)
    month_first = _is_month_first(table)
    read = [_board(file, line, cells, column, month_first=month_first) for line, cells in table[1:]]
    problems += [one for one in read if isinstance(one, Problem)]
    if problems:
        raise DataProblems(sorted(problems, key=lambda problem: problem.line or 0))
    return tuple(one for one in read if isinstance(one, Board))


def salvaged_boards(text: str, known: Collection[Board]) -> tuple[Board, ...] | None:
    """Return the boards out of a damaged text and those known; None where a line might be lost by that.

    A line that cannot be read is known by the address that it holds.
    """
    table, torn = _table(text.removeprefix(BOM), FILE)
    found, urls = list(known), {board.url for board in known}
    names = _names(table[0][1]) if table else ()
    column = names.index(LISTED) if LISTED in names else len(COLUMNS)
    month_first = _is_month_first(table)
    for number, (line, cells) in enumerate(table):
        board = _board(FILE, line, cells, column, month_first=month_first)
        if isinstance(board, Board):
            found += [board] if board not in found else []
        elif number and urls.isdisjoint(cells):
            return None
    return None if torn else tuple(found)


def without_boards(text: str, gone: Collection[Board]) -> str:
    """Return the text of `boards.csv` without the lines of some boards; all else stays to the letter."""
    numbers = {board.line for board in parse_boards(text) if board in gone}
    lines = StringIO(text, newline="").readlines()
    return "".join(line for number, line in enumerate(lines, 1) if number not in numbers)


def _is_month_first(table: Sequence[tuple[int, Sequence[str]]]) -> bool:
    return is_month_first((cells[1].strip(), None) for _, cells in table[1:] if len(cells) > 1)


def _table(body: str, file: str) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """Return ((line, cells) of every line that holds something, problems)."""
    reader = csv.reader(StringIO(body, newline=""), delimiter=_separator(body), strict=True)
    table: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not (line == 1 and cells[0].startswith(_SEP)):
                table.append((line, cells))
            line = reader.line_num + 1
    except csv.Error:
        return table, [_problem(file, line, "", say_broken_line()[0])]
    return table, []


def _separator(body: str) -> str:
    first = next((line for line in body.splitlines() if line.strip() and not line.startswith(_SEP)), "")
    return max(SEPARATORS, key=first.count)


def _board(file: str, line: int, cells: Sequence[str], at: int, *, month_first: bool) -> Board | Problem:
    if len(cells) < len(COLUMNS):
        return _problem(file, line, "", say_count(len(cells), len(COLUMNS))[0])
    if garbled := say_garbled(cells):
        return _problem(file, line, "", *garbled)
    village, printed, url, batch = (cell.strip() for cell in cells[: len(COLUMNS)])
    for column, typed in (("village", village), ("url", url)):
        if not typed:
            return _problem(file, line, column, Text("The cell {column} is empty.", column=column))
    if not (batch.isascii() and batch.isdigit() and len(batch) < _LONGEST):
        shown = quoted(batch, 20)
        said = Text("{shown} is no print run.", shown=shown)
        return _problem(file, line, "batch", said)
    try:
        listed = _listed(cells[at]) if at < len(cells) else ()
        return Board(village, read_day(printed, month_first=month_first), url, int(batch), line, listed)
    except UserError as refused:
        return _problem(file, line, "printed", refused.message)


def _listed(cell: str) -> tuple[tuple[str, str], ...]:
    """Return (code, content) of a cell; what a person wrote into it is left out."""
    pairs = (word.partition(":") for word in cell.split())
    return tuple((code, content) for code, _, content in pairs if code.isdigit() and content)


def _problem(file: str, line: int, column: str, message: Text, hint: Text | None = None) -> Problem:
    return Problem(column, message, hint or _LIKE, file=file, line=line)


_LONGEST: Final = 7
_LIKE: Final = PUT_BACK
_HEADING: Final = say_columns(",".join(COLUMNS))


def check_boards(boards: Sequence[Board], villages: Sequence[str], bases: Sequence[str]) -> Iterator[Problem]:
    """Yield a finding for every printed board whose address would not answer.

    `villages` are the folders of today and the former ones, `bases` the site's address and its older ones.
    """
    ends = {even(f"{base}{village}/") for base in bases for village in villages}
    gone: dict[str, list[Board]] = {}
    for board in boards:
        url = even(board.url)
        if url not in ends and any(url.startswith(even(base)) for base in bases):
            yield Problem(
                "url",
                Text(
                    "A printed board leads to {url}, and no village has that address any more.",
                    url=quoted(board.url, 80),
                ),
                Text(
                    "Name the folder {village} again, or write formerly: [{village}] into the village's "
                    "village.yaml.",
                    village=board.village,
                ),
                file=FILE,
                line=board.line,
                column=1,
            )
        elif url not in ends:
            gone.setdefault(site_of(board.url, board.village), []).append(board)
    for site, found in gone.items():
        said = _say_no_address(found[0].url, site, len(found))
        cure = previous_cure(site, found[0].url, bases, gone)
        yield Problem("url", said, cure, file=FILE, line=found[0].line, column=1)


def _say_no_address(url: str, site: str, count: int) -> Text:
    if count > 1:
        return Text(
            "{count} boards were printed with {site}, and site.yaml has another address now.",
            count=count,
            site=quoted(site, 80),
        )
    return Text("A board was printed with {url}, and site.yaml has another address now.", url=quoted(url, 80))
