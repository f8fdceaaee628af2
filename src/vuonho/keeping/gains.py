"""What the registers of a project gain from a backup: they never lose a row, a print or a withdrawal by it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vuonho.domain.register.boards import FILE as BOARDS_FILE
from vuonho.domain.register.boards import Board, parse_boards
from vuonho.domain.register.merging import merged, with_missing
from vuonho.domain.register.register import Register, parse_register
from vuonho.errors import DataProblems, Refused
from vuonho.intake.backupfile import Backup
from vuonho.intake.boardsfile import read_boards
from vuonho.intake.encoding import decode
from vuonho.intake.folder import REGISTER_FILE
from vuonho.intake.registerfile import read_register, remembered
from vuonho.memory import BOARDS_FILE as BOARDS_MEMORY
from vuonho.memory import FILE as MEMORY_FILE
from vuonho.memory import remembered_boards


@dataclass(frozen=True, slots=True)
class Gains:
    """The register as it becomes, the codes whose rows are new or say more, and the boards that come back."""

    register: Register
    rows: tuple[str, ...]
    boards: tuple[Board, ...]


def known_register(root: Path) -> Register:
    """Return the register with what is remembered beyond it; what is remembered where it cannot be read."""
    register, problems = read_register(root)
    before = remembered(root) or Register()
    return before if problems else with_missing(register, before)


def gains_from(root: Path, backup: Backup) -> Gains:
    """Return what a project's registers gain; raise Refused for a damaged backup."""
    written = read_register(root)[0].by_code
    register = merged(known_register(root), register_in(backup))
    rows = tuple(row.code for row in register.rows if row != written.get(row.code))
    here = read_boards(root)[0]
    boards = dict.fromkeys((*remembered_boards(root), *_boards_in(backup)))
    return Gains(register, rows, tuple(board for board in boards if board not in here))


def register_in(backup: Backup) -> Register:
    """Return the register of a backup with what was remembered beyond it; raise Refused for a damaged backup."""
    found = [_parsed(backup, name) for name in (REGISTER_FILE, MEMORY_FILE)]
    return with_missing(found[0], found[1])


def _parsed(backup: Backup, name: str) -> Register:
    try:
        return parse_register(_decoded(backup.text(name)), name)
    except DataProblems:
        return Register()


def _boards_in(backup: Backup) -> Iterator[Board]:
    for name in (BOARDS_FILE, BOARDS_MEMORY):
        yield from _boards(_decoded(backup.text(name)))


def _decoded(content: bytes | None) -> str:
    try:
        return decode(content or b"")
    except Refused:  # garbled when it was copied
        return ""


def _boards(text: str) -> tuple[Board, ...]:
    try:
        return parse_boards(text)
    except DataProblems:
        return ()
