"""The phone form as a file: one page that the team sends round and opens without a signal."""

from pathlib import Path

from vuonho.build import look_of
from vuonho.errors import DataProblems, Severity
from vuonho.i18n import Text
from vuonho.model.outline import household_fields
from vuonho.model.public import public_site, public_village
from vuonho.output.files import write_file
from vuonho.output.lock import locked
from vuonho.output.output_path import output_path
from vuonho.output.site_writer import recover
from vuonho.project.files import list_villages
from vuonho.project.settings import read_site, read_village
from vuonho.project.words import read_crops

_SIGN = b' data-vuonho="form"'
"""Stands at the beginning of a form of ours, which the next one may replace."""
_EXAMPLE = Text("form.html")


def write_phone_form(root: Path, name: str) -> Path:
    """Return the file to which the form was written: `name`, relative to the project or absolute.

    Only the settings and the villages must be sound: a team may want the form before it has a single profile, or
    while one has an error. Raises DataProblems, UserError and MachineError; then nothing has changed.
    """

    def is_form(path: Path) -> bool:
        with path.open("rb") as file:
            return _SIGN in file.read(4096)

    target = output_path(root, name, _EXAMPLE, is_form)
    with locked(root):
        recover(root)
        settings, problems = read_site(root)
        folders, strange = list_villages(root, settings.languages if settings else ())
        found = [*problems, *strange]
        villages = []
        for folder in folders:
            province = settings.province if settings else "Hà Tĩnh"
            village, commune, wrong = read_village(root, folder.file, province)
            found += wrong
            if village and commune:
                villages.append(public_village(village, folder.slug, folder.file, commune.full_name))
        if settings is None or any(problem.severity is Severity.ERROR for problem in found):
            raise DataProblems(found)
        look = look_of(root, public_site(settings, read_crops(root)[0]))
        page = look.pages().form(villages, household_fields(), alone=True)
        write_file(target, page.content)
    return target
