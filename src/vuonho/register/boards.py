"""The record of village boards: which village's address was printed, when, and in which print run.

    profiles/boards.csv: village,printed,url,batch,listed

`listed` says whom a board names, and stands for the words it does so with: "482135:h0123456789ab …", by
`register.content_of`. It comes with the first board that names somebody, and is empty for one entered by hand.

A board's code leads to the village's page, and must answer for ever as a household's does: the address of
the site may not change without `previous_urls`, nor the village's folder without `formerly`."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from vuonho.errors import DataProblems, Problem, UserError
from vuonho.i18n import Text
from vuonho.model.values import quoted
from vuonho.register.register import (
    PUT_BACK,
    is_month_first,
    normalize_url,
    parse_table,
    read_day,
    render_table,
)
from vuonho.register.rules import Printed, check_site

FILE: Final = "profiles/boards.csv"
COLUMNS: Final = ("village", "printed", "url", "batch")
LISTED: Final = "listed"


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


def with_boards(text: str, more: Iterable[Board] = (), gone: Collection[Board] = ()) -> str:
    """Return the text of `boards.csv` without some boards and with more at its end; cells of the team's own stay.

    A text that says nothing becomes that of a new file.
    """
    table, boards = parse_table(text, FILE, COLUMNS), tuple(more)
    numbers = {board.line for board in parse_boards(text) if board in gone}
    table.lines = [(number, cells) for number, cells in table.lines if number not in numbers]
    if LISTED not in table.columns and any(board.listed for board in boards):
        table.columns = (*table.columns, LISTED)
    for board in boards:
        cells = {
            "village": board.village,
            "printed": board.printed.isoformat(),
            "url": board.url,
            "batch": str(board.batch),
            LISTED: " ".join(f"{code}:{content}" for code, content in board.listed),
        }
        table.lines.append((0, [cells.get(column, "") for column in table.columns]))
    table.lines = [
        (number, cells + [""] * (len(table.columns) - len(cells))) for number, cells in table.lines
    ]
    return render_table(table)


def parse_boards(text: str, file: str = FILE) -> tuple[Board, ...]:
    """Return the boards that a text records; raise DataProblems for a line that is none, with its place."""
    boards, problems, _ = read_board_lines(text, file)
    if problems:
        raise DataProblems(sorted(problems, key=lambda problem: problem.line or 0))
    return boards


def read_board_lines(text: str, file: str = FILE) -> tuple[tuple[Board, ...], list[Problem], list[list[str]]]:
    """Return (boards on the lines that can be read, problems, cells of the other lines)."""
    table, boards = parse_table(text, file, COLUMNS), []
    month_first = is_month_first((cells[1], None) for _, cells in table.lines)
    for line, cells in table.lines:
        values = dict(zip(table.columns, cells, strict=False))
        wrong = [
            (column, Text("The cell {column} is empty.", column=column))
            for column in ("village", "url")
            if not values[column]
        ]
        batch, printed = values["batch"], date.min
        if not (batch.isascii() and batch.isdigit() and len(batch) < 7):
            wrong.append(("batch", Text("{shown} is no print run.", shown=quoted(batch, 20))))
        try:
            printed = read_day(values["printed"], month_first=month_first)
        except UserError as refused:
            wrong.append(("printed", refused.message))
        if wrong:
            table.unread.append(cells)
            column, message = wrong[0]
            table.problems.append(Problem(column, message, PUT_BACK, file=file, line=line))
            continue
        pairs = (word.partition(":") for word in values.get(LISTED, "").split())
        listed = tuple((code, content) for code, _, content in pairs if code.isdigit() and content)
        boards.append(Board(values["village"], printed, values["url"], int(batch), line, listed))
    return tuple(boards), table.problems, table.unread


def check_boards(boards: Sequence[Board], villages: Sequence[str], bases: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for every printed board whose address would not answer.

    `villages` are the folders of today and the former ones, `bases` the site's address and its older ones.
    """
    ends = {normalize_url(f"{base}{village}/") for base in bases for village in villages}
    unknown = [board for board in boards if normalize_url(board.url) not in ends]
    for board in unknown:
        if any(normalize_url(board.url).startswith(normalize_url(base)) for base in bases):
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
    yield from check_site(
        (Printed(board.url, board.village, "url", FILE, board.line) for board in unknown), bases
    )
