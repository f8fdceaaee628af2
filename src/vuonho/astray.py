"""Profiles that lie where nobody reads them: misnamed, or outside their village's folder.

A code whose profile is gone is alarming. Where the file only lies elsewhere, one error says where, and what to do.
"""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.register.register import Register
from vuonho.domain.values import quoted
from vuonho.errors import Problem, Severity
from vuonho.intake.files import read_text
from vuonho.intake.folder import REGISTER_FILE

_DEEP: Final = 3
_LIKE_YAML: Final = re.compile(r"\.(ya?ml|ymal)([.~]|$)", re.IGNORECASE)
_CODE: Final = re.compile(r"^code:[ \t]*[\"']?([0-9]{5,8})\b", re.MULTILINE)


def with_found(root: Path, register: Register, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems, those of codes without a profile replaced by what is wrong with the file that has it."""
    paths = {row.line: (row.code, row.profile) for row in register.rows}
    gone = {paths[one.line]: one for one in problems if _is_gone(one) and one.line in paths}
    found = dict(_found(root, {code for code, _ in gone})) if gone else {}
    left = list(problems)
    for (code, path), problem in gone.items():
        if file := found.get(code):
            own = next((one for one in problems if one.file == file), None)
            left = [one for one in left if one not in (own, problem)]
            left.append(_astray(file, f"profiles/{path}", own))
    return tuple(left)


def _is_gone(problem: Problem) -> bool:
    return (problem.file, problem.field) == (REGISTER_FILE, "profile")


def _found(root: Path, codes: set[str]) -> Iterator[tuple[str, str]]:
    """Yield (code, file) of what looks like a profile with one of the codes, the last in the project first."""
    for file in sorted(_files(root), reverse=True):
        text, _ = read_text(root / file, file)
        code = _CODE.search(text) if text else None
        if code and code[1] in codes:
            yield code[1], _shown(file)


def _files(root: Path) -> Iterator[str]:
    """Yield what is named like a profile, in the project's folder itself and some folders deep in `profiles/`."""
    yield from (name for name in _names(root) if _LIKE_YAML.search(name))
    for folder, inside, names in os.walk(root / "profiles"):
        where = Path(folder).relative_to(root)
        inside[:] = [name for name in inside if not name.startswith(".")] if len(where.parts) <= _DEEP else []
        yield from ((where / name).as_posix() for name in names if _LIKE_YAML.search(name) and name[0] != ".")


def _names(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in folder.iterdir() if not entry.name.startswith(".")]
    except OSError:
        return []


def _astray(file: str, path: str, own: Problem | None) -> Problem:
    """Return what is wrong with a file, as an error: its household would be missing from the site."""
    name, folder = PurePosixPath(path).name, PurePosixPath(path).parent
    hint = (
        Text(f"Đổi tên tệp thành {_shown(name)} (bật hiện đuôi tệp trong Windows).",
             f"Rename it to {_shown(name)} (let Windows show file extensions).")
        if PurePosixPath(file).parent == folder
        else Text(f"Chuyển về chỗ cũ: {_shown(path)}", f"Move it back to {_shown(path)}")
    )  # fmt: skip
    if own is not None:
        return replace(own, hint=hint, severity=Severity.ERROR)
    message = Text(
        "Hồ sơ này nằm lạc chỗ nên không được đọc.", "This profile lies in a wrong place and is not read."
    )
    return Problem(file, None, None, "", message, hint)


def _shown(path: str) -> str:
    return quoted(path, 200)[1:-1]
