"""Whole projects as test data: `tests/projects/<case>/profiles/` and, beside it, `expected.json`.

Run as a program with the names of cases, or with --all, it writes their `expected.json` anew, to be read with care
before it is kept: PYTHONPATH=src python tests/project_kit.py yaml-tab
"""

import contextlib
import io
import shutil
import sys
import tempfile
from pathlib import Path

from vuonho.cli.app import run
from vuonho.cli.console import Console

PROJECTS = Path(__file__).resolve().parent / "projects"
CASES = tuple(sorted(folder.name for folder in PROJECTS.iterdir() if folder.is_dir()))


def expected_of(case: str) -> Path:
    """Where the report that a case must give is kept."""
    return PROJECTS / case / "expected.json"


def copy_of(case: str, folder: Path) -> Path:
    """The project of a case, copied below `folder`, so that caches and locks never get into the repository."""
    target = folder / case
    shutil.copytree(PROJECTS / case, target, ignore=shutil.ignore_patterns("expected.json"))
    return target


def check(project: Path, language: str = "en") -> tuple[int, str]:
    """The exit code and the output of `vuonho check --format json` in a project."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = run(["-C", str(project), "check", "--format", "json"], Console(language))
    return code, out.getvalue()


def rewrite(case: str) -> None:
    """Write what a case gives today as what it must give."""
    with tempfile.TemporaryDirectory() as folder:
        _, report = check(copy_of(case, Path(folder)))
    expected_of(case).write_text(report, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    for name in CASES if sys.argv[1:] == ["--all"] else sys.argv[1:]:
        rewrite(name)
