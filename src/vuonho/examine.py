"""What `check` looks at: the survey, and the photos that are to be shown."""

from dataclasses import dataclass
from pathlib import Path

from vuonho.errors import Problem
from vuonho.output.writing.recovery import recover
from vuonho.pictures import check_photos
from vuonho.survey import survey


@dataclass(frozen=True, slots=True)
class Examined:
    """How many profiles were read, and every problem in the order of files and lines."""

    profiles: int
    problems: tuple[Problem, ...]


def examine(root: Path) -> Examined:
    """Return what is wrong or doubtful in a project. Raises MachineTrouble."""
    recover(root)
    project = survey(root)
    problems = (*project.problems, *check_photos(root, project.households))
    ordered = sorted(problems, key=lambda problem: (problem.file, problem.line or 0, problem.column or 0))
    return Examined(len(project.stubs), tuple(ordered))
