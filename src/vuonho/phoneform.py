"""The phone form as a file: one page that the team sends round and opens without a signal."""

from dataclasses import dataclass
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.build import look_of
from vuonho.domain.public import PublicSite, PublicVillage
from vuonho.domain.publicplace import public_site, public_village
from vuonho.domain.schema.outline import household_fields
from vuonho.errors import DataProblems, Problem, Severity
from vuonho.intake.folder import list_villages
from vuonho.intake.settings import read_site, read_village
from vuonho.output.files import write_file
from vuonho.output.lock import locked
from vuonho.output.ownfile import own_target
from vuonho.output.writing.recovery import recover

SIGN = b' data-vuonho="form"'
"""Stands at the beginning of a form of ours, which the next one may replace."""
_EXAMPLE = Text("phieu.html", "form.html")
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Written:
    """The form that was written: its file, and the number of villages to choose from."""

    file: Path
    villages: int


def write_phone_form(root: Path, name: str) -> Written:
    """Return the form written to `name`, relative to the project or absolute.

    Only the settings and the villages must be sound: a team may want the form before it has a single profile, or
    while one has an error. Raises DataProblems, Refused and MachineTrouble; then nothing has changed.
    """
    target = own_target(root, name, _EXAMPLE, _is_form)
    with locked(root):
        recover(root)
        site, villages = _places(root)
        page = look_of(root, site).pages().form(villages, household_fields(), alone=True)
        write_file(target, page.content)
    return Written(target, len(villages))


def _is_form(path: Path) -> bool:
    with path.open("rb") as file:
        return SIGN in file.read(_HEAD)


def _places(root: Path) -> tuple[PublicSite, tuple[PublicVillage, ...]]:
    settings, problems = read_site(root)
    folders, strange = list_villages(root, settings.languages if settings else ())
    found: list[Problem] = [*problems, *strange]
    villages = []
    for folder in folders:
        province = settings.province if settings else "Hà Tĩnh"
        village, commune, wrong = read_village(root, folder.file, province)
        found += wrong
        if village and commune:
            villages.append(public_village(village, folder.slug, folder.file, commune.full_name))
    if settings is None or any(problem.severity is Severity.ERROR for problem in found):
        raise DataProblems(found)
    return public_site(settings), tuple(villages)
