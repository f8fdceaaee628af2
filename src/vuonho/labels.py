"""What people call the field that a problem is about."""

from pathlib import PurePosixPath

from vuonho.bilingual import Text
from vuonho.domain.outline import Field, called
from vuonho.domain.register.boards import FILE as BOARDS_FILE
from vuonho.domain.schema.outline import departed_fields, household_fields, site_fields, village_fields
from vuonho.errors import Problem
from vuonho.intake.folder import REGISTER_FILE, SITE_FILE, VILLAGE_FILE


def name_of(problem: Problem) -> Text:
    """Return the labels of its field, as in “Cây trồng 2 · Diện tích”; the field as it is where it has none."""
    path = [int(step) - 1 if step.isdigit() else step for step in problem.field.split(".")]
    return called(_fields(problem.file), path) or Text(problem.field, problem.field)


def _fields(file: str) -> tuple[Field, ...]:
    """Return the fields that may be told of in a file: of settings, or of a profile as it is kept or comes in.

    A register has columns, and wordings have lines: both are looked for by the names that they have there.
    """
    if file in (REGISTER_FILE, BOARDS_FILE) or file.startswith(("templates/", "words/")):
        return ()
    if file == SITE_FILE:
        return site_fields()
    if PurePosixPath(file).name == VILLAGE_FILE:
        return village_fields()
    return (*household_fields(), *departed_fields())
