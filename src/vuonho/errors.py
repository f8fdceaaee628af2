"""Everything that can go wrong, as data.

    VuonhoError                 the base: whatever the program says instead of a traceback
    ├── Refused                 one value is not acceptable (also a ValueError, so that the schema collects it)
    ├── DataProblems            the profiles have errors: all of them at once
    └── MachineTrouble          disk, permission, lock, another program: nothing to do with the profiles

    KeyboardInterrupt
    └── Stopped                 Ctrl-C where more has to be said than that nothing is half done

A `Problem` says where, what and what to do; the command line is the only place that prints one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from vuonho.bilingual import NOTHING, Text


class Severity(StrEnum):
    """How bad a problem is: an error stops everything, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one place.

    `file` is relative to the project, with forward slashes; `line` and `column` count from 1, or are None
    where the whole file is meant; `field` is a dotted path such as `garden.crops.2.area`, or "".
    """

    file: str
    line: int | None
    column: int | None
    field: str
    message: Text
    hint: Text
    severity: Severity = Severity.ERROR


class VuonhoError(Exception):
    """The base of all errors that end in words: `message` says what, `hint` what to do."""

    def __init__(self, message: Text, hint: Text = NOTHING) -> None:
        super().__init__(message, hint)  # what it is made of again in another process
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Return the message in English."""
        return self.message.en


class Refused(VuonhoError, ValueError):
    """A value that the schema does not accept, raised by the functions that read values."""


class MachineTrouble(VuonhoError):
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
        super().__init__(
            Text(f"Có {count} lỗi cần sửa.", f"{count} error{'s' * (count != 1)} to mend."), hint
        )
        self.args = (self.problems, hint)
