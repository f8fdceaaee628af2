"""The program as people call it: in this process, or as a process of its own; and how to look at what it did."""

import contextlib
import io
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from vuonho.cli.app import run
from vuonho.cli.console import Console, choose_language
from vuonho.output.files import digest_bytes

ROOT = Path(__file__).resolve().parent.parent
SLUG = "thon-vuon-mau"
PUBLISHED = "https://x.github.io/repo/"
"""Where a project's pages lie on GitHub: below a path."""
COMMAND = (sys.executable, "-W", "error", "-m", "vuonho")
"""The program as a process; `PYTHONPATH` and the like are those of the test run."""


KEPT = frozenset(
    {".github/workflows/site.yml", ".gitignore", "SO-TAY.html", "mo-vuonho.bat", "templates/README.txt"}
)
"""What every project has, and git takes along."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call gave: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Everything that was said."""
        return self.out + self.err


def vuonho(*arguments: str | Path) -> Outcome:
    """Call the program in this process."""
    given = [str(argument) for argument in arguments]
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(given, Console(choose_language(given)))
    return Outcome(code, out.getvalue(), err.getvalue())


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a process: ours without the language wished for here, and `more`."""
    ours = {key: value for key, value in os.environ.items() if key not in ("VUONHO_LANG", "COLUMNS")}
    return ours | more


def vuonho_process(*arguments: str | Path, cwd: Path | None = None, typed: str = "", **more: str) -> Outcome:
    """Call the program as a process of its own, with `more` in its environment; it must speak UTF-8.

    `typed` comes in by a pipe.
    """
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)], cwd=cwd, env=environment(**more), input=typed.encode("utf-8"),
        capture_output=True, timeout=600, check=False,
    )  # fmt: skip
    return Outcome(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def on_a_terminal(*arguments: str | Path, typed: str = "") -> str:
    """Return everything that a process of the program writes to a terminal at which this is typed."""
    ours, theirs = os.openpty()
    command, there = [*COMMAND, *map(str, arguments)], environment(TERM="xterm")
    with subprocess.Popen(command, env=there, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        os.write(ours, typed.encode("utf-8"))
        said = b""
        with contextlib.suppress(OSError):  # the other end is closed
            while piece := os.read(ours, 65_536):
                said += piece
        os.close(ours)
        process.wait(60)
    return said.decode("utf-8").replace("\r\n", "\n")


def build(root: Path, *options: str | Path) -> Outcome:
    """Build a project in this process."""
    return vuonho("-C", root, "build", "--jobs", "1", *options)


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def edit(path: Path, old: str, new: str) -> None:
    """Replace the one place of a text in a file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path}: {text.count(old)} times {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def line_of(path: Path, text: str) -> int:
    """Return the number of the first line that holds a text."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def rows(root: Path) -> list[list[str]]:
    """Return the rows of a project's register without its heading."""
    text = (root / "profiles/codes.csv").read_text(encoding="utf-8")
    return [line.split(",") for line in text.splitlines()[1:]]


def without_places(root: Path) -> Path:
    """Take the places out of a copy of the demo that was never built, and return it."""
    shutil.rmtree(root / "profiles" / SLUG / "places")
    register = root / "profiles/codes.csv"
    lines = register.read_text(encoding="utf-8").splitlines(keepends=True)
    register.write_text(
        "".join(line for line in lines if "/places/" not in line), encoding="utf-8", newline="\n"
    )
    return root


def note_print(root: Path, code: str, base: str = "https://vuonmau.example/") -> None:
    """Have the register say that the plaque of a household was printed."""
    row = next(row for row in rows(root) if row[0] == code)
    printed = [*row[:3], "2026-11-01", f"{base}{code}/", *row[5:]]
    edit(root / "profiles/codes.csv", ",".join(row), ",".join(printed))


def profile(root: Path, row: list[str]) -> Mapping[str, object]:
    """Return the profile of a row as any YAML reader sees it."""
    found = yaml.safe_load((root / "profiles" / row[1]).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def answering(root: Path) -> list[str]:
    """Return the codes that must answer: all of the register, but for families that have not agreed yet."""
    codes = []
    for row in rows(root):
        consent = profile(root, row).get("consent")
        if not isinstance(consent, dict) or consent.get("given"):
            codes.append(row[0])
    return codes


def twin(root: Path, target: Path) -> Path:
    """Copy a built project with what it remembers, which the program would not believe of a copy: builds are quick there."""
    shutil.copytree(root, target, symlinks=True)
    for path in target.glob(".vuonho/out/*/memo.sqlite"):
        with contextlib.closing(sqlite3.connect(path)) as table, table:
            for row in table.execute("SELECT kind, name, key, value FROM memo").fetchall():
                seal = digest_bytes("\n".join((str(path.stat().st_ino), *row)).encode())
                table.execute("UPDATE memo SET seal = ? WHERE kind = ? AND name = ?", (seal, *row[:2]))
    return target


def copy_demo(target: Path) -> Path:
    """Make a project of the demo by hand, without the program's help."""
    source = ROOT / "profiles"
    (target / "profiles").mkdir(parents=True)
    for name in ("site.yaml", "codes.csv"):
        shutil.copyfile(source / name, target / "profiles" / name)
    shutil.copytree(source / SLUG, target / "profiles" / SLUG)
    return target


def copy_one_household(target: Path) -> Path:
    """Make a project of one household of the demo, without photos, built."""
    root = copy_demo(target)
    for path in (root / "profiles" / SLUG).rglob("*.*"):
        if path.name not in ("chi-mai.yaml", "village.yaml"):
            path.unlink()
    register = root / "profiles/codes.csv"
    lines = register.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if "chi-mai" in line or "code," in line]
    register.write_text("\n".join((*kept, "")), encoding="utf-8")
    done = build(root)
    assert done.code == 0, done.said
    return root


def demo_files() -> dict[str, bytes]:
    """Return the files of the demo as they lie in the repository, by their path in a project."""
    names = [ROOT / "profiles/site.yaml", ROOT / "profiles/codes.csv", *(ROOT / "profiles" / SLUG).rglob("*")]
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in names if path.is_file()}
