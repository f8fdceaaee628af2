"""What `check` looks at: the survey, what only the whole project tells, and the photos that are to be shown."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from vuonho.astray import with_found
from vuonho.domain import future
from vuonho.domain.findings import Finding
from vuonho.errors import Problem
from vuonho.intake.folder import list_villages
from vuonho.intake.profile import future_days
from vuonho.intake.settings import check_former
from vuonho.memory import check_boards_memory, check_memory, without_echoes
from vuonho.output.writing.recovery import recover
from vuonho.pictures import check_photos
from vuonho.render.pages.templates import check_templates
from vuonho.shipped import shipped
from vuonho.survey import Survey, by_place, survey


@dataclass(frozen=True, slots=True)
class Examined:
    """How many profiles were read, and every problem in the order of files and lines."""

    profiles: int
    problems: tuple[Problem, ...]


def examine(root: Path, today: date | None = None) -> Examined:
    """Return what is wrong or doubtful in a project. Raises MachineTrouble."""
    recover(root)
    project = survey_whole(root, today)
    problems = (*project.problems, *check_photos(root, project.households))
    return Examined(len(project.stubs), tuple(sorted(problems, key=by_place)))


def survey_whole(root: Path, today: date | None = None) -> Survey:
    """Return the survey with what else stops a build: the register's memory, former folders, own templates.

    `today` adds warnings of days that have not come; without it no day is looked at. Raises MachineTrouble where
    there is no project.
    """
    project = survey(root)
    languages = project.settings.languages if project.settings else ()
    folders, _ = list_villages(root, languages)  # what is wrong with them the survey has said
    codes = {profile.file: profile.code for profile in project.profiles}
    problems = (
        *with_found(root, project.register, without_echoes(root, project.register, project.problems, codes)),
        *check_memory(root, project.register, project.problems),
        *check_boards_memory(root, project.boards),
        *check_former(root, folders, languages),
        *check_templates(root / "templates", shipped("templates")),
        *(_future(project, today) if today else ()),
    )
    return replace(project, problems=tuple(sorted(problems, key=by_place)))


def _future(project: Survey, today: date) -> tuple[Problem, ...]:
    found = [problem for profile in project.profiles for problem in future_days(profile, today)]
    found += (_recorded(one) for one in future.in_registers(project.register, project.boards, today))
    return future.once(found, today)


def _recorded(found: Finding) -> Problem:
    said = found.message, found.hint, found.severity
    return Problem(found.file, found.line, 1 if found.line else None, found.field, *said)
