"""The register on disk, and as it was at the last build: what it said once it must go on saying."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from vuonho.errors import DataProblems, Problem
from vuonho.i18n import Text
from vuonho.output.files import write_file
from vuonho.output.lock import STATE
from vuonho.project.files import REGISTER_FILE, read_bytes, read_text
from vuonho.register.boards import FILE as RECORD
from vuonho.register.boards import Board, parse_boards, salvaged_boards, with_boards
from vuonho.register.register import (
    ACTIVE,
    EARLIER,
    LEFT_ON,
    MOVED,
    PRINT_COLUMNS,
    PUT_BACK,
    VOID,
    WITHDRAWN,
    Register,
    Row,
    earlier_urls,
    even,
    is_worn,
    parse_register,
    read_lines,
    render_register,
    say_unregistered,
)
from vuonho.register.rules import forgotten, is_print_kept, lost_codes

# --- Two registers put together without losing what either says: a code given is given, a mark printed is printed ---


def with_missing(register: Register, other: Register) -> Register:
    """Return the register with the rows of another one whose codes it lacks, at its end."""
    lacking = [row for row in other.rows if row.code not in register.by_code]
    return replace(_with_columns(register, other), rows=(*register.rows, *lacking))


def merged(register: Register, older: Register) -> Register:
    """Return the register with what an older one says beyond it.

    Rows that it lacks come at its end. Of a code in both, the later print counts and the address of the other is
    kept as an earlier one; a household that left in either has left; a void code stays void, unless it was
    printed. Empty cells of the team's own columns are filled.
    """
    result = with_missing(register, older)
    for row in older.rows:
        mine = register.by_code.get(row.code)
        if mine is not None:
            result = result.with_row(_more(mine, row))
    return result.with_columns()


def corrected(register: Register, remembered: Register) -> Register:
    """Return the register with all that it said once and no longer says, by the rules of `forgotten`.

    A row that is gone comes back behind the one that it followed; a print comes back unless there is a later one.
    """
    if not register.rows:
        return remembered if remembered.rows else register
    rows = {row.code: row for row in register.rows}
    order, before = list(rows), 0
    for old in remembered.rows:
        if old.code not in rows:
            order.insert(before, old.code)
        rows[old.code] = _mended(rows.get(old.code, old), old)
        before = order.index(old.code) + 1
    return replace(register, rows=tuple(rows[code] for code in order)).with_columns()


def _mended(mine: Row, old: Row) -> Row:
    row = replace(mine, given=old.given)
    if not is_print_kept(old, mine):
        told = {column: old.cell(column) for column in (*PRINT_COLUMNS, EARLIER) if old.cell(column)}
        row = replace(row, printed=old.printed, url=old.url).with_cells(**told)
    row = row.with_cells(**{column: was for column, was in old.more if is_worn(row.cell(column), was)})
    if is_worn(row.profile, old.profile):
        row = replace(row, profile=old.profile)
    if old.status in (WITHDRAWN, MOVED) and row.status == ACTIVE:  # a newer consent undoes it afterwards
        row = replace(row, status=old.status).with_cells(**{LEFT_ON: old.cell(LEFT_ON)})
    is_wrong = row.status == VOID if row.printed else old.status == VOID
    return replace(row, status=old.status) if is_wrong else row


def salvaged(text: str, remembered: Register) -> Register | None:
    """Return the register out of a damaged text and what is remembered; None where a line might be lost by that.

    A line that cannot be read is known by its code or its file. Of a code on two lines nothing that either says
    is lost.
    """
    read, unread = read_lines(text)
    codes = {row.code for row in remembered.rows}
    files = {row.profile for row in remembered.rows}
    if not all(codes.intersection(cells) or files.intersection(cells) for cells in unread):
        return None
    register = replace(read, rows=())
    for row in read.rows:
        first = register.by_code.get(row.code)
        register = register.with_row(_more(first, row) if first else row)
    return corrected(register, remembered)


def _with_columns(register: Register, other: Register) -> Register:
    lacking = tuple(column for column in other.columns if column not in register.columns)
    return replace(register, columns=(*register.columns, *lacking))


def _more(mine: Row, other: Row) -> Row:
    last, before = (other, mine) if _is_later(other, mine) else (mine, other)
    values, others = dict(mine.more), dict(other.more)
    own = {key: values.get(key) or others.get(key, "") for key in (*values, *others)}
    prints = {column: dict(last.more).get(column, "") for column in PRINT_COLUMNS if column in own}
    urls = dict.fromkeys(url for row in (last, before) for url in (*earlier_urls(row), row.url) if url)
    earlier = " ".join(url for url in urls if even(url) != even(last.url))
    more = own | prints | ({EARLIER: earlier} if earlier else {})
    status = _status(mine.status, other.status, is_printed=last.printed is not None)
    return replace(mine, printed=last.printed, url=last.url, status=status, more=tuple(more.items()))


def _is_later(one: Row, other: Row) -> bool:
    return one.printed is not None and (other.printed is None or one.printed > other.printed)


def _status(mine: str, other: str, *, is_printed: bool) -> str:
    if VOID in (mine, other) and not is_printed:
        return VOID
    return next((status for status in (mine, other) if status not in (ACTIVE, VOID)), ACTIVE)


# --- The record of village boards on disk: `profiles/boards.csv` ---


def read_boards(root: Path) -> tuple[tuple[Board, ...], tuple[Problem, ...]]:
    """Return (boards, problems); a project without the file has printed none."""
    path = root / RECORD
    if not (path.exists() or path.is_symlink()):
        return (), ()
    text, problems = read_text(path, RECORD)
    if text is None:
        return (), problems
    try:
        return parse_boards(text), ()
    except DataProblems as found:
        return (), found.problems


def boards_as_written(root: Path) -> str:
    """Return the text of `boards.csv` with its mark and the team's own columns; "" where there is none yet."""
    content, _ = read_bytes(root / RECORD, RECORD)
    if content is None:
        return ""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:  # UTF-16, as some programs save it
        return read_text(root / RECORD, RECORD)[0] or ""


# --- The register on disk: `profiles/codes.csv`, and the copy of it that is remembered ---

MEMORY = ".vuonho/register.csv"


def read_register(root: Path) -> tuple[Register, tuple[Problem, ...]]:
    """Return (register, problems); a project without the file has an empty register."""
    path = root / REGISTER_FILE
    if not (path.exists() or path.is_symlink()):
        return Register(), ()
    text, problems = read_text(path, REGISTER_FILE)
    if text is None:
        return Register(), problems
    try:
        register = parse_register(text, REGISTER_FILE, lambda: remembered(root))
        return replace(register, bom=_has_mark(path)), ()
    except DataProblems as found:
        return Register(), found.problems


def _has_mark(path: Path) -> bool:
    """Tell whether the file begins with the mark that lets Excel read its Vietnamese."""
    content, _ = read_bytes(path, REGISTER_FILE, limit=4)
    return content is not None and content.startswith(b"\xef\xbb\xbf")


def remembered(root: Path) -> Register | None:
    """Return the register as it was remembered; None where nothing is, or nothing that can be read."""
    text, _ = read_text(root / MEMORY, MEMORY)
    if text is None:
        return None
    try:
        return parse_register(text, MEMORY)
    except DataProblems:
        return None


# --- The register as it was at the last build: what it said once it must go on saying ---

FILE = MEMORY
BOARDS_FILE = f"{STATE}/boards.csv"
PUBLISHED_FILE = f"{STATE}/published.json"
_SHOWN = 3


def remember(root: Path, register: Register) -> None:
    """Keep the register for later, unless it is kept already or has never had a row.

    The caller holds the lock, and has checked with `check_memory` that nothing is lost. Raises MachineError.
    """
    content = render_register(register).encode("utf-8")
    before, _ = read_bytes(root / FILE, FILE)
    if content != before and (register.rows or before is not None):
        write_file(root / FILE, content)


def check_memory(root: Path, register: Register, known: Iterable[Problem] = ()) -> tuple[Problem, ...]:
    """Return what the register no longer says of what it said at the last build or assignment.

    `known` are the problems found before: of a register that could not be read, nothing more is said.
    """
    before = _of_this(remembered(root), register)
    is_unread = not register.rows and any(problem.file == REGISTER_FILE for problem in known)
    if before is None or is_unread:
        return ()
    return forgotten(register, before)


def _of_this(before: Register | None, register: Register) -> Register | None:
    """Return what is remembered if it is of this register: a folder copied from another project may lie there."""
    is_foreign = before is not None and register.rows and not before.by_code.keys() & register.by_code.keys()
    return None if is_foreign else before


def without_echoes(
    root: Path, register: Register, problems: Iterable[Problem], codes: Mapping[str, str]
) -> tuple[Problem, ...]:
    """Return the problems without those that stand only because a row is gone, which `check_memory` says once.

    `codes` are those that the profiles carry, by file.
    """
    before = _of_this(remembered(root), register) or Register()
    lost, message = lost_codes(register, before), say_unregistered()[0]
    return tuple(one for one in problems if one.message != message or codes.get(one.file) not in lost)


def mended_register(root: Path) -> tuple[Register, tuple[Problem, ...]]:
    """Return (register, problems) with what is remembered put back; problems where a row might be lost by that."""
    register, problems = read_register(root)
    before = _of_this(remembered(root), register)
    if before is None:
        return register, problems
    if not problems:
        return corrected(register, before), ()
    text, _ = read_text(root / REGISTER_FILE, REGISTER_FILE)
    if text is None:  # not UTF-8: its codes and days are the same in any encoding, and the rest is remembered
        text = (read_bytes(root / REGISTER_FILE, REGISTER_FILE)[0] or b"").decode("latin-1")
    saved = salvaged(text, before)
    return (register, problems) if saved is None else (saved, ())


def remembered_boards(root: Path) -> tuple[Board, ...]:
    """Return the boards as they were remembered; nothing where nothing is, or nothing that can be read."""
    text, _ = read_text(root / BOARDS_FILE, BOARDS_FILE)
    try:
        return parse_boards(text or "")
    except DataProblems:
        return ()


def mended_boards(root: Path) -> str:
    """Return the text of `boards.csv` with the boards put back that are remembered; as it is where that cannot be."""
    boards, problems = read_boards(root)
    text, known = boards_as_written(root), remembered_boards(root)
    if problems:
        saved = salvaged_boards(text, known)
        return with_boards("", saved) if saved else text
    lost = [board for board in known if board not in boards]
    return with_boards(text, lost) if lost else text


def check_boards_memory(root: Path, boards: Collection[Board]) -> tuple[Problem, ...]:
    """Return that boards were printed of which `boards.csv` says nothing any more, or nothing."""
    lost = [board for board in remembered_boards(root) if board not in boards]
    if not lost:
        return ()
    named = ", ".join(f"{board.village} {board.printed.isoformat()}" for board in lost[:_SHOWN])
    more = ", …" * (len(lost) > _SHOWN)
    message = Text("The record of boards lost what was printed: {named}{more}", named=named, more=more)
    return (Problem("", message, PUT_BACK, file=RECORD),)


def published(root: Path) -> dict[str, str]:
    """Return what stands for the page of each code as this computer published it last; nothing where it never did."""
    content, _ = read_bytes(root / PUBLISHED_FILE, PUBLISHED_FILE)
    try:
        told = json.loads(content or b"{}")
        return {str(code): str(page) for code, page in told.items()}
    except (ValueError, AttributeError, RecursionError):
        return {}


def remember_published(root: Path, pages: Mapping[str, str]) -> None:
    """Keep what was published, by code, in place of what was kept; the caller holds the lock. Raises MachineError."""
    if dict(pages) != published(root):
        write_file(root / PUBLISHED_FILE, json.dumps(dict(pages), indent=0).encode("ascii"))
