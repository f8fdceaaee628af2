"""What can be read of a profile that has errors, so that its other rules still speak up the same time round.

A draft is for checking only: what could not be read is left out, or stands as a placeholder that no finding
may speak of. It never reaches consent.
"""

from collections.abc import Iterable, Iterator

from vuonho.domain.findings import Finding
from vuonho.domain.schema.household import Household
from vuonho.errors import Problem, Severity
from vuonho.intake.records import fits
from vuonho.intake.tree import Mapping, Path, Plain, plain

STAND_INS: dict[str, Plain] = {"code": "10008", "name": "?", "consent": {}, "location": {}, "garden": {}}
ENTRIES: dict[str, str] = {"crops": "name", "animals": "name", "products": "name", "photos": "file"}
"""Lists whose entries keep their place, since findings count them; each with what an entry cannot lack."""


def read_draft(tree: Mapping, problems: Iterable[Problem]) -> Household | None:
    """Return the household without the values that `problems` name, or None where too little is left.

    Without `checked` there is none: too many rules compare with that date.
    """
    values = plain(tree)
    if not isinstance(values, dict):
        return None
    for problem in problems:
        _leave_out(values, path_of(problem.field))
    known = {key: value for key, value in values.items() if key in Household.model_fields}
    filled: dict[str, Plain] = {key: value for key, value in known.items() if value is not None}
    return fits(Household, STAND_INS | filled)


def apart_from(problems: Iterable[Problem], findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings that do not speak of a field that could not be read, nor of what lies round it."""
    unread = [path_of(p.field) for p in problems if p.field and p.severity is Severity.ERROR]
    for finding in findings:
        path = path_of(finding.field)
        if not any(path[: len(other)] == other or other[: len(path)] == path for other in unread):
            yield finding


def path_of(field: str) -> Path:
    """Return a dotted field as a path; positions in lists count from 0."""
    return tuple(int(step) - 1 if step.isdigit() else step for step in field.split(".") if step)


def _leave_out(values: Plain, path: Path) -> None:
    """Take the value at `path` out of the dicts and lists in `values`."""
    node: Plain = values
    for step in path[:-1]:
        node = _inside(node, step)
    last = path[-1] if path else ""
    if isinstance(node, dict) and isinstance(last, str):
        if len(path) > 2 and ENTRIES.get(str(path[-3])) == last:
            node[last] = "?"
        else:
            node.pop(last, None)
    elif isinstance(node, list) and isinstance(last, int) and last < len(node):
        if key := ENTRIES.get(str(path[-2])):
            node[last] = {key: "?"}
        else:
            _leave_out(values, path[:-1])


def _inside(node: Plain, step: str | int) -> Plain:
    if isinstance(node, dict) and isinstance(step, str):
        return node.get(step)
    if isinstance(node, list) and isinstance(step, int) and step < len(node):
        return node[step]
    return None
