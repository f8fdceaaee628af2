"""The register on disk: `profiles/codes.csv`, and the copy of it that is remembered."""

from dataclasses import replace
from pathlib import Path

from vuonho.domain.register.register import Register, parse_register
from vuonho.errors import DataProblems, Problem
from vuonho.intake.files import read_bytes, read_text
from vuonho.intake.folder import REGISTER_FILE

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
