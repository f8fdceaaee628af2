"""The papers of consent, as PDF: forms to be signed, blank or for households, and the inventory of the data.

    profiles ──find──▶ Family ──print_forms──▶ PDF          profiles ──count──▶ Inventory ──print_inventory──▶ PDF

A form is what a team starts with, so a project need not be sound for it: only what stands on it must be right."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from vuonho.build import Progress, look_of
from vuonho.consent_forms.form import ConsentOrder, print_forms
from vuonho.consent_forms.inventory import print_inventory
from vuonho.consent_forms.questions import (
    Asked,
    Family,
    Inventory,
    asked,
    family_of,
    left_section,
    nobody,
    sections,
    tick_counts,
    totals,
)
from vuonho.errors import DataProblems, Problem, Refused
from vuonho.i18n import Text
from vuonho.model.hosting import is_example
from vuonho.model.household import Household
from vuonho.model.outline import departed_fields, household_fields, village_fields
from vuonho.model.public import PublicSite
from vuonho.model.vocabulary import CONSENT_TICKS
from vuonho.output.files import write_file
from vuonho.output.output_path import pdf_target
from vuonho.output.site_writer import recover
from vuonho.pages.language import Language
from vuonho.plaques.job import alone, located
from vuonho.project.profile import Profile
from vuonho.project.survey import Survey, survey, survey_whole
from vuonho.register.choice import Wanted, typed_code, unknown_code, unknown_village, void_code
from vuonho.register.register import VOID

__all__ = ["Made", "Paper", "Wanted", "make_forms", "make_inventory"]

FORM_FILE: Final = "phieu-dong-y.pdf"
INVENTORY_FILE: Final = "kiem-ke-du-lieu.pdf"


@dataclass(frozen=True, slots=True)
class Paper:
    """What is wanted: the name of the PDF, "" for the usual one, and its language ("vi" is what families sign)."""

    out: str = ""
    language: str = "vi"


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
    root: Path, wanted: Wanted | None, paper: Paper, progress: Progress, on_wait: Callable[[], None]
) -> Made | None:
    """Return what was written: forms of the households wanted, a blank one for None; None where nobody is.

    Raises Refused for a code or a village that cannot be and a file that may not be written, DataProblems for
    profiles with errors and texts that cannot be printed, MachineTrouble; in all cases nothing has changed.
    """
    recover(root)
    project = survey(root)
    site = _site(project)
    finder = _Finder(project, site)
    families = tuple(finder.families(wanted)) if wanted else (_blank(project),)
    if not families:
        if finder.left_out:
            raise DataProblems(finder.left_out)
        return None
    with progress(Text("Phiếu", "Forms"), len(families)) as tick:
        order = ConsentOrder(site, families, _asked(), _language(root, site, paper.language))
        content, pages = _located(root, lambda: print_forms(order, tick))
    usual = FORM_FILE
    if wanted and len(families) == 1:  # a blank form lies there as a rule, and is not to be lost
        usual = FORM_FILE.replace(".pdf", f"-{families[0].code}.pdf")
    file = _write(root, content, paper.out or usual, on_wait)
    return Made(
        file, pages, len(families) if wanted else 0, is_example(site.base_url), tuple(finder.left_out)
    )


def make_inventory(root: Path, today: date, paper: Paper, on_wait: Callable[[], None]) -> Made:
    """Return the inventory that was written; it counts every profile, so the project must be sound.

    Raises DataProblems, Refused and MachineTrouble; in all cases nothing has changed.
    """
    recover(root)
    project = survey_whole(root)
    site = project.require(strict=True)
    language = _language(root, site, paper.language)
    content, pages = _located(root, lambda: print_inventory(_inventory(project, site, today), language))
    file = _write(root, content, paper.out or INVENTORY_FILE, on_wait)
    return Made(file, pages, len(project.private))


def _inventory(project: Survey, site: PublicSite, today: date) -> Inventory:
    homes, fields = project.private, household_fields()
    moved = sum(notice.moved_to is not None for notice in project.notices)
    counts = {"withdrawn": len(project.notices) - moved, "moved_to": moved}
    return Inventory(
        site=site,
        day=today,
        villages=project.villages,
        totals=totals(homes, len(project.notices)),
        ticks=tuple(tick_counts(homes, _asked().questions)),
        sections=(
            *sections(fields, homes, CONSENT_TICKS),
            left_section(_LEFT, departed_fields(), fields, counts),
        ),
    )


_LEFT: Final = Text("Hộ đã rút hoặc chuyển", "Households that left")


def _asked() -> Asked:
    return asked(household_fields(), village_fields(), CONSENT_TICKS)


def _language(root: Path, site: PublicSite, tag: str) -> Language:
    """Return the wording of a paper, whatever the languages of the site are."""
    return look_of(root, replace(site, languages=(tag,))).languages()[0]


def _site(project: Survey) -> PublicSite:
    if project.site is None:
        raise DataProblems(problem for problem in project.problems if _is_setting(problem))
    return project.site


def _is_setting(problem: Problem) -> bool:
    return problem.file.count("/") == 1 or problem.file.startswith("templates/")


def _blank(project: Survey) -> Family:
    return nobody(project.villages[0] if len(project.villages) == 1 else None)


def _located(root: Path, make: Callable[[], tuple[bytes, int]]) -> tuple[bytes, int]:
    try:
        return make()
    except DataProblems as found:
        raise DataProblems(located(root, problem) for problem in found.problems) from found


def _write(root: Path, content: bytes, name: str, on_wait: Callable[[], None]) -> Path:
    target = pdf_target(root, name)
    with alone(root, target, on_wait):
        write_file(target, content)
    return target


class _Finder:
    """Finds the households that are wanted; they need not have agreed to anything."""

    def __init__(self, project: Survey, site: PublicSite) -> None:
        self.project, self.site = project, site
        self.villages = {village.slug: village for village in project.villages}
        self.left = {notice.code for notice in project.notices}
        self.left_out: list[Problem] = []

    def families(self, wanted: Wanted) -> Iterator[Family]:
        """Yield the families in the order asked for, else in that of their files.

        Those with errors are left out, unless one was asked for by its code. Raises DataProblems for these, and where
        a village has errors.
        """
        profiles = self._profiles(wanted)
        errors = self.project.errors
        villages = {f"profiles/{one.village}/village.yaml" for one in profiles}
        wrong = [one for one in errors if one.file in villages]
        unread = [
            one
            for profile in profiles
            if not self._is_read(profile)
            for one in errors
            if one.file == profile.file
        ]
        if wrong or (unread and wanted.codes):
            raise DataProblems((*wrong, *unread))
        self.left_out = unread
        for profile in profiles:
            if isinstance(profile.record, Household) and self._is_read(profile):
                yield family_of(profile.record, self.villages[profile.village], profile.file)

    def _is_read(self, profile: Profile) -> bool:
        """Tell whether a form can be made of a profile: an emptied consent, or a photo that will not do, is no reason not to."""
        of_code = any(one.file == profile.file and one.field == "code" for one in self.project.errors)
        return profile.record is not None and profile.is_sound and not of_code

    def _profiles(self, wanted: Wanted) -> list[Profile]:
        if wanted.codes:
            codes = dict.fromkeys(map(self._code, wanted.codes))
            return [
                one
                for code in codes
                for one in self.project.profiles
                if code in (one.code, self.project.code_of(one))
            ]
        slugs = {one.village for one in self.project.profiles} | set(self.villages)
        if wanted.village is not None and wanted.village not in slugs:
            raise unknown_village(wanted.village, sorted(slugs))
        return [
            one
            for one in self.project.profiles
            if wanted.village in (None, one.village) and one.code not in self.left
        ]

    def _code(self, typed: str) -> str:
        """Return the code of a household that can have a form; raise Refused for any other."""
        register = self.project.register
        code = typed_code(typed, self.site.base_url, register)
        if code in self.left:
            raise _has_left(code)
        if any(code in (one.code, self.project.code_of(one)) for one in self.project.profiles):
            return code
        row = register.by_code.get(code)
        raise void_code(code) if row is not None and row.status == VOID else unknown_code(code, register)


def _has_left(code: str) -> Refused:
    return Refused(
        Text(f"Hộ {code} đã rút hoặc đã chuyển, nên không in phiếu đồng ý.",
             f"Household {code} has withdrawn or moved, so no form of consent is printed."),
        Text("Gia đình muốn đăng lại: làm hồ sơ mới, lấy mã mới (vuonho assign), rồi in phiếu.",
             "If the family wants to be shown again: make a new profile with a new code (vuonho assign), then print."),
    )  # fmt: skip
