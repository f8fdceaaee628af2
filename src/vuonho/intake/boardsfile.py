"""The record of village boards on disk: `profiles/boards.csv`."""

from pathlib import Path

from vuonho.domain.register.boards import FILE, Board, parse_boards
from vuonho.errors import DataProblems, Problem
from vuonho.intake.files import read_text


def read_boards(root: Path) -> tuple[tuple[Board, ...], tuple[Problem, ...]]:
    """Return (boards, problems); a project without the file has printed none."""
    path = root / FILE
    if not (path.exists() or path.is_symlink()):
        return (), ()
    text, problems = read_text(path, FILE)
    if text is None:
        return (), problems
    try:
        return parse_boards(text), ()
    except DataProblems as found:
        return (), found.problems
