"""The register as it was at the last build: what it said once it must go on saying.

    .vuonho/register.csv, .vuonho/boards.csv
    .vuonho/published.json      the pages of codes that were ever published from this computer

A printed code must answer for ever. The register sees to that as long as it is there itself; this memory
notices when a row, or the register with it, was taken away, and gives it back.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.domain.findings import Finding
from vuonho.domain.register.boards import FILE as RECORD
from vuonho.domain.register.boards import Board, parse_boards, salvaged_boards, with_boards
from vuonho.domain.register.merging import mended, salvaged
from vuonho.domain.register.register import Register, render_register
from vuonho.domain.register.rules import forgotten, lost_codes
from vuonho.domain.register.said import PUT_BACK, say_unregistered
from vuonho.errors import DataProblems, Problem
from vuonho.intake.boardsfile import boards_as_written, read_boards
from vuonho.intake.files import read_bytes, read_text
from vuonho.intake.folder import REGISTER_FILE
from vuonho.intake.registerfile import MEMORY, read_register, remembered
from vuonho.output.files import write_file
from vuonho.output.lock import STATE

FILE = MEMORY
BOARDS_FILE = f"{STATE}/boards.csv"
PUBLISHED_FILE = f"{STATE}/published.json"
_SHOWN = 3


def remember(root: Path, register: Register) -> None:
    """Keep the register for later, unless it is kept already or has never had a row.

    The caller holds the lock, and has checked with `check_memory` that nothing is lost. Raises MachineTrouble.
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
    return tuple(_located(finding) for finding in forgotten(register, before))


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
        return mended(register, before), ()
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
    message = Text(
        f"Sổ bảng thôn mất bảng đã in: {named}{more}",
        f"The record of boards lost what was printed: {named}{more}",
    )
    return (Problem(RECORD, None, None, "", message, PUT_BACK),)  # fmt: skip


def published(root: Path) -> dict[str, str]:
    """Return what stands for the page of each code as this computer published it last; nothing where it never did."""
    content, _ = read_bytes(root / PUBLISHED_FILE, PUBLISHED_FILE)
    try:
        told = json.loads(content or b"{}")
        return {str(code): str(page) for code, page in told.items()}
    except (ValueError, AttributeError, RecursionError):
        return {}


def remember_published(root: Path, pages: Mapping[str, str]) -> None:
    """Keep what was published, by code, in place of what was kept; the caller holds the lock. Raises MachineTrouble."""
    if dict(pages) != published(root):
        write_file(root / PUBLISHED_FILE, json.dumps(dict(pages), indent=0).encode("ascii"))


def _located(finding: Finding) -> Problem:
    column = 1 if finding.line else None
    return Problem(finding.file, finding.line, column, finding.field, finding.message, finding.hint)
