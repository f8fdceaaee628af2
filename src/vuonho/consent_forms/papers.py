"""The papers of consent, as PDF: forms to be signed, blank or for households, and the inventory of the data.

A form is what a team starts with, so a project need not be sound for it: only what stands on it must be right.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from vuonho.build import Progress, look_of
from vuonho.consent_forms.form import FormWords, print_forms
from vuonho.consent_forms.inventory import print_inventory
from vuonho.consent_forms.questions import Family, asked, family_of, take_inventory
from vuonho.errors import DataProblems, Problem, UserError
from vuonho.i18n import Text
from vuonho.model.hosting import is_example
from vuonho.model.household import Household
from vuonho.model.public import PublicSite
from vuonho.output.site_folder import pdf_target
from vuonho.output.site_writer import recover
from vuonho.pages.language import Language
from vuonho.plaques.job import located, write_paper
from vuonho.project.profile import Profile
from vuonho.project.survey import Survey, survey, survey_whole
from vuonho.register.choice import Wanted, typed_code, unknown_code, unknown_village, void_code
from vuonho.register.register import VOID

FORM_FILE: Final = "phieu-dong-y.pdf"
INVENTORY_FILE: Final = "kiem-ke-du-lieu.pdf"

SIGN_NONE_YET: Final = Text(
    "Note: the form says an example address. Change base_url in profiles/site.yaml and "
    "print it again before a family signs it."
)


@dataclass(frozen=True, slots=True)
class Made:
    """A PDF that was written: its pages, and the number of households it is for, 0 for a blank form.

    `has_example` tells that the address on it, at which all is to be shown, is one that nobody can open. `left_out` are
    the errors of the households that got none.
    """

    file: Path
    pages: int
    households: int
    has_example: bool = False
    left_out: tuple[Problem, ...] = ()


def make_forms(
    root: Path, wanted: Wanted | None, out: str, edition: str, progress: Progress, on_wait: Callable[[], None]
) -> Made | None:
    """Return what was written: forms of the households wanted, a blank one for None; None where nobody is.

    `out` "" is the usual name, `edition` the language: "vi" is what families sign. Raises UserError for a code or a
    village that cannot be and a file that may not be written, DataProblems for profiles with errors and texts that
    cannot be printed, MachineError; in all cases nothing has changed.
    """
    recover(root)
    project = survey(root)
    site = project.site
    if site is None:
        raise DataProblems(
            one for one in project.problems if one.file.count("/") == 1 or one.file.startswith("templates/")
        )
    left_out: list[Problem] = []
    if wanted:
        families, left_out = _find(project, site, wanted)
    else:
        families = [family_of(None, project.villages[0] if len(project.villages) == 1 else None)]
    if not families:
        if left_out:
            raise DataProblems(left_out)
        return None
    with progress(Text("Forms"), len(families)) as tick:
        form = FormWords(_language(root, site, edition), site, asked())
        with located(root):
            content, pages = print_forms(form, families, tick)
    usual = FORM_FILE
    if wanted and len(families) == 1:  # a blank form lies there as a rule, and is not to be lost
        usual = FORM_FILE.replace(".pdf", f"-{families[0].code}.pdf")
    file = _write(root, content, out or usual, on_wait)
    return Made(file, pages, len(families) if wanted else 0, is_example(site.base_url), tuple(left_out))


def make_inventory(root: Path, today: date, out: str, edition: str, on_wait: Callable[[], None]) -> Made:
    """Return the inventory that was written; it counts every profile, so the project must be sound.

    Raises DataProblems, UserError and MachineError; in all cases nothing has changed.
    """
    recover(root)
    project = survey_whole(root)
    site = project.require(strict=True)
    homes = project.private
    inventory = take_inventory(site, today, project.villages, homes, project.notices)
    language = _language(root, site, edition)
    with located(root):
        content, pages = print_inventory(inventory, language)
    file = _write(root, content, out or INVENTORY_FILE, on_wait)
    return Made(file, pages, len(homes))


def say_forms(made: Made, where: str) -> Text:
    """Return what forms were made, and what is done with them."""
    what = Text("a blank form")
    if count := made.households:
        what = Text.counted("forms of {count} household", "forms of {count} households", count)
    return Text(
        "{where}: {what}, {pages} pages: a sheet for the team and one for the family. Print it "
        "once for each home, on both sides. Let the commune's justice officer see it before it "
        "is used.",
        where=where,
        what=what,
        pages=made.pages,
    )


def say_inventory(made: Made, where: str) -> Text:
    """Return what inventory was made."""
    return Text.counted(
        "{where}: inventory of the data of {count} household, {pages} pages. Counts only, nobody's name.",
        "{where}: inventory of the data of {count} households, {pages} pages. Counts only, nobody's name.",
        made.households,
        where=where,
        pages=made.pages,
    )


def _language(root: Path, site: PublicSite, tag: str) -> Language:
    """Return the wording of a paper, whatever the languages of the site are."""
    return look_of(root, replace(site, languages=(tag,))).languages()[0]


def _write(root: Path, content: bytes, name: str, on_wait: Callable[[], None]) -> Path:
    target = pdf_target(root, name)
    write_paper(root, target, content, on_wait)
    return target


# --- The households that are wanted; they need not have agreed to anything ---


def _find(project: Survey, site: PublicSite, wanted: Wanted) -> tuple[list[Family], list[Problem]]:
    """Return the families in the order asked for, else in that of their files, and the errors of those left out.

    Raises DataProblems for errors of a household that was asked for by its code, or of a village.
    """
    profiles = _profiles(project, site, wanted)
    villages = {f"profiles/{one.village}/village.yaml" for one in profiles}
    wrong = [one for one in project.errors if one.file in villages]
    unread = {one.file for one in profiles if not can_have_form(project, one)}
    left_out = [one for profile in profiles if profile.file in unread
                for one in project.errors if one.file == profile.file]  # fmt: skip
    if wrong or (left_out and wanted.codes):
        raise DataProblems((*wrong, *left_out))
    places = {village.slug: village for village in project.villages}
    families = [
        family_of(one.record, places[one.village], one.file)
        for one in profiles
        if isinstance(one.record, Household) and one.file not in unread
    ]
    return families, left_out


def can_have_form(project: Survey, profile: Profile) -> bool:
    """Tell whether a form can be made of a profile: an emptied consent, or a photo that will not do, is no reason not to."""
    of_code = any(one.file == profile.file and one.field == "code" for one in project.errors)
    return profile.record is not None and profile.is_sound and not of_code


def _profiles(project: Survey, site: PublicSite, wanted: Wanted) -> list[Profile]:
    """Return the profiles that are meant; raise UserError for a code or a village that cannot have a form."""
    left = {notice.code for notice in project.notices}
    if not wanted.codes:
        slugs = {one.village for one in project.profiles} | {village.slug for village in project.villages}
        if wanted.village is not None and wanted.village not in slugs:
            raise unknown_village(wanted.village, sorted(slugs))
        return [
            one for one in project.profiles if wanted.village in (None, one.village) and one.code not in left
        ]
    found: dict[str, list[Profile]] = {}
    for typed in wanted.codes:
        code = typed_code(typed, site.base_url, project.register)
        if code in left:
            raise UserError(
                Text("Household {code} has withdrawn or moved, so no form of consent is printed.", code=code),
                Text(
                    "If the family wants to be shown again: make a new profile with a new code (vuonho "
                    "assign), then print."
                ),
            )
        found[code] = [one for one in project.profiles if code in (one.code, project.code_of(one))]
        if not found[code]:
            row = project.register.by_code.get(code)
            is_void = row is not None and row.status == VOID
            raise void_code(code) if is_void else unknown_code(code, project.register)
    return [one for profiles in found.values() for one in profiles]
