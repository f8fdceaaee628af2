"""The registers on disk, and as they were at the last build: what they said once they must go on saying.

profiles/codes.csv, profiles/boards.csv    the registers
.vuonho/register.csv, .vuonho/boards.csv   what is remembered of them
.vuonho/published.json                     what this computer published last: each page by its code, and the whole
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from vuonho.errors import DataProblems, Problem
from vuonho.i18n import NOTHING, Text
from vuonho.model.values import quoted
from vuonho.output.files import write_file
from vuonho.output.lock import STATE
from vuonho.project.files import REGISTER_FILE, read_bytes, read_text
from vuonho.register.boards import FILE as RECORD
from vuonho.register.boards import Board, parse_boards, read_board_lines, with_boards
from vuonho.register.register import (
    ACTIVE,
    BOM,
    COLUMNS,
    EARLIER,
    LEFT_ON,
    PRINT_COLUMNS,
    PUT_BACK,
    SAVED_WRONGLY,
    VOID,
    Register,
    Row,
    has_lost_letters,
    normalize_url,
    parse_register,
    read_lines,
    render_register,
)
from vuonho.register.rules import UNREGISTERED

FILE: Final = f"{STATE}/register.csv"
BOARDS_FILE: Final = f"{STATE}/boards.csv"
PUBLISHED_FILE: Final = f"{STATE}/published.json"
_SHOWN: Final = 5

# --- Two registers put together without losing what either says: a code given is given, a mark printed is printed ---


def with_missing(register: Register, other: Register) -> Register:
    """Return the register with the rows of another one whose codes it lacks, at its end."""
    columns = tuple(dict.fromkeys((*register.columns, *other.columns)))
    lacking = (row for row in other.rows if row.code not in register.by_code)
    return replace(register, columns=columns, rows=(*register.rows, *lacking))


def merged(register: Register, older: Register) -> Register:
    """Return the register with what an older one says beyond it.

    Rows that it lacks come at its end. Of a code in both, the later print counts and the address of the other is
    kept as an earlier one; a household that left in either has left; a void code stays void, unless it was
    printed. Empty cells of the team's own columns are filled.
    """
    both = [row for row in older.rows if row.code in register.by_code]
    rows = (_merged_row(register.by_code[row.code], row) for row in both)
    return with_missing(register, older).with_rows(*rows).with_columns()


def _merged_row(mine: Row, other: Row) -> Row:
    is_later = other.printed is not None and (mine.printed is None or other.printed > mine.printed)
    last, before = (other, mine) if is_later else (mine, other)
    own = dict(other.more) | {column: cell for column, cell in mine.more if cell or not other.cell(column)}
    own = {column: own[column] for column in dict(mine.more) | own}
    own |= {column: last.cell(column) for column in PRINT_COLUMNS if column in own}
    urls = dict.fromkeys(url for row in (last, before) for url in (*row.earlier_urls, row.url) if url)
    if earlier := [url for url in urls if normalize_url(url) != normalize_url(last.url)]:
        own[EARLIER] = " ".join(earlier)
    status = next((row.status for row in (mine, other) if row.has_left), ACTIVE)
    if VOID in (mine.status, other.status) and last.printed is None:
        status = VOID
    return replace(mine, printed=last.printed, url=last.url, status=status, more=tuple(own.items()))


# --- What a register said once: what it no longer says, and how it is put back ---


def corrected(register: Register, before: Register) -> Register:
    """Return the register with all that it said before and no longer says.

    A row never leaves and its day of giving stays; one that is gone comes back behind the one that it followed. A
    print stays as it is recorded until a later one takes its place, and a leaving until a newer consent undoes it.
    A void code stays void, and a printed one never becomes it. Lost letters come back.
    """
    if not register.rows:
        return before if before.rows else register
    rows = dict(register.by_code)
    lost: dict[str, list[str]] = {}
    last = ""
    for old in before.rows:
        if old.code in register.by_code:
            last = old.code
        else:
            lost.setdefault(last, []).append(old.code)
        rows[old.code] = _corrected_row(rows.get(old.code, old), old)
    order = [*lost.get("", ()), *(one for code in register.by_code for one in (code, *lost.get(code, ())))]
    return replace(register, rows=tuple(rows[code] for code in order)).with_columns()


def _corrected_row(now: Row, old: Row) -> Row:
    if now == old:
        return now
    row = replace(now, given=old.given)
    is_later = old.printed is None or (now.printed is not None and now.printed > old.printed)
    if not is_later and (now.printed, now.url) != (old.printed, old.url):
        cells = {column: old.cell(column) for column in (*PRINT_COLUMNS, EARLIER) if old.cell(column)}
        row = replace(row, printed=old.printed, url=old.url).with_cells(**cells)
    row = row.with_cells(
        **{column: cell for column, cell in old.more if has_lost_letters(row.cell(column), cell)}
    )
    if has_lost_letters(row.profile, old.profile):
        row = replace(row, profile=old.profile)
    if old.has_left and row.status == ACTIVE:
        row = replace(row, status=old.status)
        row = row.with_cells(**{LEFT_ON: old.cell(LEFT_ON)}) if old.cell(LEFT_ON) else row
    is_wrong = row.status == VOID if row.printed else old.status == VOID
    return replace(row, status=old.status) if is_wrong else row


def forgotten(register: Register, before: Register) -> tuple[Problem, ...]:
    """Return what the register no longer says of what it said before, all errors."""
    if before.rows and not register.rows:
        message = Text.counted(
            "The register codes.csv has lost the {count} code once given.",
            "The register codes.csv has lost the {count} codes once given.",
            len(before.rows),
        )
        afresh = Text(
            "Run `vuonho assign`: it is written as it was. To start afresh, as no plaque is printed, "
            "delete the folders .vuonho and site."
        )
        is_printed = any(row.printed for row in before.rows)
        return (Problem("", message, PUT_BACK if is_printed else afresh, file=REGISTER_FILE),)
    return tuple(_forgotten(register, before))


def _forgotten(register: Register, before: Register) -> Iterator[Problem]:
    """Yield the rows that are gone, and each column in which rows say something else, with the first of them."""
    if lost := [row.code for row in before.rows if row.code not in register.by_code]:
        codes = ", ".join(lost[:_SHOWN]) + ", …" * (len(lost) > _SHOWN)
        message = Text("The register codes.csv lost the rows of these codes: {codes}.", codes=codes)
        yield Problem("code", message, PUT_BACK, file=REGISTER_FILE)
    whole = corrected(register, before)
    changed: dict[str, list[tuple[Row, str, str]]] = {}
    for row in register.rows:
        right = whole.by_code[row.code]
        pairs = zip(whole.columns, row.cells(whole.columns), right.cells(whole.columns), strict=True)
        first = next(((column, now, was) for column, now, was in pairs if now != was), None)
        if row != right and first:
            column, now, was = first
            changed.setdefault(column, []).append((row, now, was))
    for column, rows in changed.items():
        row, now, was = rows[0]
        message = Text(
            "The {column} of code {code} was {was} and is {now} now.{more}",
            column=column,
            code=row.code,
            was=quoted(was, 60),
            now=quoted(now, 60),
            more=Text(" So with {more} more.", more=len(rows) - 1) if len(rows) > 1 else NOTHING,
        )
        hint = SAVED_WRONGLY if has_lost_letters(now, was) else PUT_BACK
        yield Problem(
            column if column in COLUMNS else "", message, hint, file=REGISTER_FILE, line=row.line, column=1
        )


def salvaged(text: str, before: Register) -> Register | None:
    """Return the register out of a damaged text and what is remembered; None where a line might be lost by that.

    A line that cannot be read is known by its code or its file. Of a code on two lines nothing that either says
    is lost.
    """
    read, _, unread = read_lines(text)
    known = {cell for row in before.rows for cell in (row.code, row.profile)}
    if any(known.isdisjoint(cells) for cells in unread):
        return None
    register = replace(read, rows=())
    for row in read.rows:
        first = register.by_code.get(row.code)
        register = register.with_rows(_merged_row(first, row) if first else row)
    return corrected(register, before)


# --- On disk ---


def _text(root: Path, file: str) -> tuple[str | None, tuple[Problem, ...]]:
    """Return (text with its byte order mark, problems); where there is no file, the text is empty."""
    path = root / file
    if not (path.exists() or path.is_symlink()):
        return "", ()
    text, problems = read_text(path, file)
    content, _ = read_bytes(path, file, limit=4)
    has_mark = content is not None and content.startswith(b"\xef\xbb\xbf")
    return (text if text is None else BOM * has_mark + text), problems


def read_register(root: Path) -> tuple[Register, tuple[Problem, ...]]:
    """Return (register, problems); a project without the file has an empty register."""
    text, problems = _text(root, REGISTER_FILE)
    if text is None:
        return Register(), problems
    if text == _text(root, FILE)[0] and (register := _parsed(text)):
        return register, ()
    try:
        return parse_register(text, REGISTER_FILE, lambda: remembered(root)), ()
    except DataProblems as found:
        return Register(), found.problems


def read_boards(root: Path) -> tuple[tuple[Board, ...], tuple[Problem, ...]]:
    """Return (boards, problems); a project without the file has printed none."""
    text, problems = _text(root, RECORD)
    try:
        return parse_boards(text or ""), problems
    except DataProblems as found:
        return (), found.problems


def remembered(root: Path) -> Register | None:
    """Return the register as it was remembered; None where nothing is, or nothing that can be read."""
    text, _ = _text(root, FILE)
    return _parsed(text) if text else None


@lru_cache(maxsize=1)  # one command asks several times, and most often both files say the same
def _parsed(text: str) -> Register | None:
    try:
        return parse_register(text, FILE)
    except DataProblems:
        return None


def remembered_boards(root: Path) -> tuple[Board, ...]:
    """Return the boards as they were remembered; nothing where nothing is, or nothing that can be read."""
    text, _ = _text(root, BOARDS_FILE)
    try:
        return parse_boards(text or "")
    except DataProblems:
        return ()


def register_files(root: Path, register: Register) -> dict[Path, bytes]:
    """Return what is to be written where a register changes: the file, and what is remembered of it."""
    return dict.fromkeys((root / REGISTER_FILE, root / FILE), render_register(register).encode("utf-8"))


def board_files(root: Path, more: Iterable[Board] = (), gone: Collection[Board] = ()) -> dict[Path, bytes]:
    """Return what is to be written where boards come or go; a record that cannot be read is begun anew."""
    text = "" if read_boards(root)[1] else _text(root, RECORD)[0] or ""
    content = with_boards(text, more, gone).encode("utf-8")
    return dict.fromkeys((root / RECORD, root / BOARDS_FILE), content)


def remember(root: Path, register: Register) -> None:
    """Keep the register for later, unless it is kept already or has never had a row.

    The caller holds the lock, and has checked with `check_memory` that nothing is lost. Raises MachineError.
    """
    content = render_register(register).encode("utf-8")
    before, _ = read_bytes(root / FILE, FILE)
    if content != before and (register.rows or before is not None):
        write_file(root / FILE, content)


def _before(root: Path, register: Register) -> Register | None:
    """Return what is remembered if it is of this register: a folder copied from another project may lie there."""
    before = remembered(root)
    is_foreign = before is not None and register.rows and not before.by_code.keys() & register.by_code.keys()
    return None if is_foreign else before


def check_memory(root: Path, register: Register, known: Iterable[Problem] = ()) -> tuple[Problem, ...]:
    """Return what the register no longer says of what it said at the last build or assignment.

    `known` are the problems found before: of a register that could not be read, nothing more is said.
    """
    before = _before(root, register)
    is_unread = not register.rows and any(problem.file == REGISTER_FILE for problem in known)
    return () if before is None or is_unread else forgotten(register, before)


def without_echoes(
    root: Path, register: Register, problems: Iterable[Problem], codes: Mapping[str, str]
) -> tuple[Problem, ...]:
    """Return the problems without those that stand only because a row is gone, which `check_memory` says once.

    `codes` are those that the profiles carry, by file.
    """
    before = _before(root, register) or Register()
    lost = before.by_code.keys() - register.by_code.keys()
    return tuple(one for one in problems if one.message != UNREGISTERED or codes.get(one.file) not in lost)


def corrected_register(
    root: Path, register: Register, problems: tuple[Problem, ...]
) -> tuple[Register, tuple[Problem, ...]]:
    """Return what `read_register` gave with what is remembered put back; problems where a row might be lost by that."""
    before = _before(root, register)
    if before is None:
        return register, problems
    if not problems:
        return corrected(register, before), ()
    text, _ = _text(root, REGISTER_FILE)
    if text is None:  # not UTF-8: its codes and days are the same in any encoding, and the rest is remembered
        text = (read_bytes(root / REGISTER_FILE, REGISTER_FILE)[0] or b"").decode("latin-1")
    saved = salvaged(text, before)
    return (register, problems) if saved is None else (saved, ())


def corrected_boards(root: Path) -> dict[Path, bytes]:
    """Return what is to be written to put back boards that are remembered; nothing where none are lost or can be."""
    known, (boards, problems) = remembered_boards(root), read_boards(root)
    if problems:
        boards, _, unread = read_board_lines(_text(root, RECORD)[0] or "")
        urls = {board.url for board in known}
        if not known or any(urls.isdisjoint(cells) for cells in unread):
            return {}
        return board_files(root, dict.fromkeys((*known, *boards)))
    lost = [board for board in known if board not in boards]
    return board_files(root, lost) if lost else {}


def check_boards_memory(root: Path, boards: Collection[Board]) -> tuple[Problem, ...]:
    """Return that boards were printed of which `boards.csv` says nothing any more, or nothing."""
    lost = [f"{one.village} {one.printed}" for one in remembered_boards(root) if one not in boards]
    if not lost:
        return ()
    named, more = ", ".join(lost[:_SHOWN]), ", …" * (len(lost) > _SHOWN)
    message = Text("The record of boards lost what was printed: {named}{more}", named=named, more=more)
    return (Problem("", message, PUT_BACK, file=RECORD),)


def published(root: Path) -> dict[str, str]:
    """Return what stands for the page of each code as this computer published it last; nothing where it never did."""
    content, _ = read_bytes(root / PUBLISHED_FILE, PUBLISHED_FILE)
    try:
        pages = json.loads(content or b"{}")
        return {str(code): str(page) for code, page in pages.items()}
    except (ValueError, AttributeError, RecursionError):
        return {}


def remember_published(root: Path, pages: Mapping[str, str]) -> None:
    """Keep what was published, by code, in place of what was kept; the caller holds the lock. Raises MachineError."""
    if dict(pages) != published(root):
        write_file(root / PUBLISHED_FILE, json.dumps(dict(pages), indent=0).encode("ascii"))
