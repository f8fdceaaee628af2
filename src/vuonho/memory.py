"""The register as it was at the last build: what it said once it must go on saying.

    .vuonho/register.csv, .vuonho/boards.csv

A printed code must answer for ever. The register sees to that as long as it is there itself; this memory
notices when a row, or the register with it, was taken away.
"""

from collections.abc import Collection, Iterable
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.domain.findings import Finding
from vuonho.domain.register.boards import FILE as RECORD
from vuonho.domain.register.boards import Board, parse_boards
from vuonho.domain.register.register import Register, render_register
from vuonho.domain.register.rules import forgotten
from vuonho.errors import DataProblems, Problem
from vuonho.intake.files import read_bytes, read_text
from vuonho.intake.folder import REGISTER_FILE
from vuonho.intake.registerfile import MEMORY, remembered
from vuonho.output.files import write_file
from vuonho.output.lock import STATE

FILE = MEMORY
BOARDS_FILE = f"{STATE}/boards.csv"


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
    before = remembered(root)
    is_unread = not register.rows and any(problem.file == REGISTER_FILE for problem in known)
    if before is None or is_unread:
        return ()
    return tuple(_located(finding) for finding in forgotten(register, before))


def check_boards_memory(root: Path, boards: Collection[Board]) -> tuple[Problem, ...]:
    """Return the boards that were printed and of which `boards.csv` says nothing any more."""
    text, _ = read_text(root / BOARDS_FILE, BOARDS_FILE)
    if text is None:
        return ()
    try:
        return tuple(_lost(board) for board in parse_boards(text) if board not in boards)
    except DataProblems:
        return ()


def _lost(board: Board) -> Problem:
    line = f"{board.village},{board.printed.isoformat()},{board.url},{board.batch}"
    return Problem(
        RECORD, None, None, "",
        Text(f"Sổ bảng thôn mất dòng của bảng đã in: {line}", f"The record of boards lost a printed board: {line}"),
        Text("Ghi lại đúng dòng ấy vào cuối tệp (dòng đầu: village,printed,url,batch).",
             "Put that line back at the end of the file (first line: village,printed,url,batch)."),
    )  # fmt: skip


def _located(finding: Finding) -> Problem:
    column = 1 if finding.line else None
    return Problem(finding.file, finding.line, column, finding.field, finding.message, finding.hint)
