"""Everything that can go wrong, as data."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Protocol

from vuonho.i18n import NOTHING, Both, Text, visible


class Severity(StrEnum):
    """How bad a problem is: an error stops everything, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Tree(Protocol):
    """A file as it was read, which knows where each of its values stands."""

    def find(self, path: tuple[str | int, ...], /) -> tuple[int, int]:
        """Return (line, column) of the deepest place along `path` that exists."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one place.

    `field` is a dotted path such as `garden.crops.2.area` (entries of lists count from 1), or "". `file` is relative
    to the project, with forward slashes; "" where the rule saw a value only and its caller knows the file. `line` and
    `column` count from 1, or are None where the whole file is meant.
    """

    field: str
    message: Text
    hint: Text
    severity: Severity = Severity.ERROR
    file: str = ""
    line: int | None = None
    column: int | None = None

    def at(self, tree: Tree, file: str) -> "Problem":
        """Return the problem with the place of its field in `tree`, which was read from `file`."""
        path = tuple(int(step) - 1 if step.isdigit() else step for step in self.field.split(".") if step)
        line, column = tree.find(path)
        return replace(self, file=file, line=line, column=column)


class VuonhoError(Exception):
    """The base of all errors that end in words: `message` says what, `hint` what to do."""

    def __init__(self, message: Text, hint: Text = NOTHING) -> None:
        super().__init__(message, hint)  # what it is made of again in another process
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Return the message in English."""
        return self.message.en


class UserError(VuonhoError, ValueError):
    """A value that the schema does not accept, raised by the functions that read values."""


class MachineError(VuonhoError):
    """The machine could not do it: full disk, no permission, another run at work."""


class Stopped(KeyboardInterrupt):
    """Ctrl-C at a moment of which `message` says how things stand now."""

    def __init__(self, message: Text) -> None:
        super().__init__()
        self.message = message


class DataProblems(VuonhoError):
    """The project's own files have errors; `problems` holds all of them, warnings too; `hint` a way out of all."""

    def __init__(self, problems: Iterable[Problem], hint: Text = NOTHING) -> None:
        self.problems = tuple(problems)
        count = sum(problem.severity is Severity.ERROR for problem in self.problems)
        super().__init__(Text.counted("{count} error to fix.", "{count} errors to fix.", count), hint)
        self.args = (self.problems, hint)


# --- Text that came from elsewhere, as a message may cite it: what was typed, the name of a file, what git answered ---

TOKEN: Final = re.compile(r"(?:gh[oprsu]_|github_pat_|glpat-)[A-Za-z0-9_-]{10,}")
"""How the tokens of GitHub and GitLab look (GitHub Docs, "About authentication to GitHub")."""
_LOGIN: Final = re.compile(
    r"""(?<=//)[^\s@'"]{0,300}@"""  # scheme://user:password@
    r"""|(?<![^\s'"(“])(?![A-Za-z]:[\\/])[^\s/\\@:'"]{1,300}:(?!//)[^\s@'"]{0,300}@"""  # user:password@, but no drive
)


def cited(text: str) -> str:
    """Return a text in one line that any terminal can take: a box for each unseen sign, “…” for each login."""
    return visible(TOKEN.sub("…", _LOGIN.sub("…@", text)))


# --- Bytes, as a message tells how many ---

_AS_IN_VIETNAMESE: Final = str.maketrans(",.", ".,")


def say_size(count: int) -> Text:
    """Return a number of bytes as people of each language write it: 84 KB, 0.8 MB, 1,200 MB."""
    if count < 100_000:
        said = f"{-(-count // 1000)} KB"
    elif count < 10_000_000:
        said = f"{count / 1_000_000:.1f} MB"
    else:
        said = f"{-(-count // 1_000_000):,} MB"
    return Both(said.translate(_AS_IN_VIETNAMESE), said)
