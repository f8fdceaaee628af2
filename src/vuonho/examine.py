"""What `check` looks at: the survey, what only the whole project tells, and the photos that are to be shown."""

from dataclasses import dataclass, replace
from pathlib import Path

from vuonho.astray import with_found
from vuonho.errors import Problem
from vuonho.intake.folder import list_villages
from vuonho.intake.settings import check_former
from vuonho.memory import check_boards_memory, check_memory
from vuonho.output.writing.recovery import recover
from vuonho.pictures import check_photos
from vuonho.render.pages.templates import check_templates
from vuonho.shipped import shipped
from vuonho.survey import Survey, survey


@dataclass(frozen=True, slots=True)
class Examined:
    """How many profiles were read, and every problem in the order of files and lines."""

    profiles: int
    problems: tuple[Problem, ...]


def examine(root: Path) -> Examined:
    """Return what is wrong or doubtful in a project. Raises MachineTrouble."""
    recover(root)
    project = survey_whole(root)
    problems = (*project.problems, *check_photos(root, project.households))
    return Examined(len(project.stubs), tuple(sorted(problems, key=_by_place)))


def survey_whole(root: Path) -> Survey:
    """Return the survey with what else stops a build: the register's memory, former folders, own templates.

    Raises MachineTrouble where there is no project.
    """
    project = survey(root)
    languages = project.settings.languages if project.settings else ()
    folders, _ = list_villages(root, languages)  # what is wrong with them the survey has said
    problems = (
        *with_found(root, project.register, project.problems),
        *check_memory(root, project.register, project.problems),
        *check_boards_memory(root, project.boards),
        *check_former(root, folders, languages),
        *check_templates(root / "templates", shipped("templates")),
    )
    return replace(project, problems=tuple(sorted(problems, key=_by_place)))


def _by_place(problem: Problem) -> tuple[str, int, int, str]:
    return problem.file, problem.line or 0, problem.column or 0, problem.field
