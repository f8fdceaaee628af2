"""The record of village boards on disk: `profiles/boards.csv`."""

from pathlib import Path

from vuonho.domain.register.boards import FILE, Board, parse_boards
from vuonho.errors import DataProblems, Problem
from vuonho.intake.files import read_bytes, read_text


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


def boards_as_written(root: Path) -> str:
    """Return the text of `boards.csv` with its mark and the team's own columns; "" where there is none yet."""
    content, _ = read_bytes(root / FILE, FILE)
    if content is None:
        return ""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:  # UTF-16, as some programs save it
        return read_text(root / FILE, FILE)[0] or ""
