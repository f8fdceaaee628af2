"""Errors are data, and stay so on the way from one process to another."""

import pickle

from case_kit import each
from vuonho.errors import DataProblems, MachineError, Problem, Severity, UserError, VuonhoError
from vuonho.i18n import NOTHING, Both, Text

SAID, HINT = Both("sai", "wrong"), Both("sửa", "fix")
PROBLEMS = (
    Problem("name", SAID, HINT, file="a.yaml", line=1, column=2),
    Problem("", SAID, NOTHING, Severity.WARNING, file="b.yaml"),
)


@each("kind", [VuonhoError, UserError, MachineError])
@each("hint", [NOTHING, HINT])
def test_an_error_crosses_processes(kind: type[VuonhoError], hint: Text) -> None:
    """Message and hint arrive as they were sent."""
    error = pickle.loads(pickle.dumps(kind(SAID, hint)))  # noqa: S301 - our own bytes
    assert (kind, SAID, hint, "wrong") == (type(error), error.message, error.hint, str(error))


def test_problems_cross_processes() -> None:
    """All of them, and their count."""
    error = pickle.loads(pickle.dumps(DataProblems(PROBLEMS)))  # noqa: S301 - our own bytes
    assert (PROBLEMS, Both("Có 1 lỗi cần sửa.", "1 error to fix.")) == (error.problems, error.message)
