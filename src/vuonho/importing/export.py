"""A village as a workbook, for those who work in Excel: profiles as typed, and empty rows for those to come."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vuonho.errors import DataProblems, Problem, Severity, UserError
from vuonho.forms.incoming import LEFT, Incoming
from vuonho.forms.workbook.cells import even
from vuonho.forms.workbook.grids import LARGEST
from vuonho.forms.workbook.layout import Exported, bare_code, misfits, profile_fields
from vuonho.forms.workbook.read import NOBODY, is_ours, read_workbook
from vuonho.forms.workbook.write import write_workbook
from vuonho.i18n import Text
from vuonho.model.household import Household
from vuonho.model.values import quoted
from vuonho.output.files import in_words, printable, read_regular, stat_path, write_file
from vuonho.output.lock import locked
from vuonho.output.site_folder import output_path
from vuonho.output.site_writer import recover
from vuonho.project.files import VillageFolder, list_villages, read_text
from vuonho.project.profile import Profile, parse_profile
from vuonho.project.settings import read_site
from vuonho.project.yaml_tree import Mapping, parse_tree, plain
from vuonho.project.yaml_tree import Path as Path_
from vuonho.scaffold.new import villages_of
from vuonho.text import fold

SPARE_ROWS: Final = 8
"""Empty rows below the households, ready to be filled in."""
BLANK_ROWS: Final = 60
_KEPT = ("code", *LEFT, "checked")
"""What is told of a household that left."""


@dataclass(frozen=True, slots=True)
class Exports:
    """A workbook written: its file, how many households it has, and of how many `check` would complain."""

    file: Path
    households: int
    unfinished: int


def export_workbook(root: Path, name: str, village: str, *, on_wait: Callable[[], None]) -> Exports:
    """Return what was written to `name`, of one village or, where that is "", of all.

    Values go out as typed, also those that `check` refuses: they can be corrected in Excel. Raises DataProblems for
    profiles of which something would be left behind, UserError for a village or a file that will not do,
    MachineError; in all cases nothing has changed.
    """
    with locked(root, on_wait=on_wait):
        recover(root)
        folders, found = list_villages(root)
        if village:
            names = dict(villages_of(root))
            chosen = [one for one in folders if fold(village) in (one.slug, fold(names[one.slug]))]
            if len(chosen) != 1:
                known = ", ".join(one.slug for one in folders)
                message = Text("There is no village {village}.", village=quoted(village))
                raise UserError(
                    message, Text("Write the name of the village's folder: {known}.", known=known)
                )
            folders = tuple(chosen)
        problems = [problem for problem in found if problem.severity is Severity.ERROR]
        households: list[Exported] = []
        unfinished = 0
        for folder in folders:
            for profile in folder.profiles:
                try:
                    exported, is_finished = _read(root, folder, folder.profile(profile))
                except DataProblems as wrong:
                    problems += wrong.problems
                    continue
                households.append(exported)
                unfinished += not is_finished
        if problems:
            raise DataProblems(problems)
        # A workbook that nobody named is called like the village's folder, or like the project.
        usual = folders[0].slug if len(folders) == 1 else root.name or "vuonho"
        target = _target(root, name or f"{usual}.xlsx", households)
        write_file(target, _workbook(root, households, SPARE_ROWS))
    return Exports(target, len(households), unfinished)


def write_blank_workbook(root: Path, name: str, *, on_wait: Callable[[], None]) -> Path:
    """Return the file to which a workbook without households was written; raises as `export_workbook`."""
    with locked(root, on_wait=on_wait):
        recover(root)
        target = _target(root, name, ())
        write_file(target, _workbook(root, (), BLANK_ROWS))
    return target


def _workbook(root: Path, households: Sequence[Exported], rows: int) -> bytes:
    """Return a workbook that knows the project's villages and languages."""
    site, _ = read_site(root)
    villages = [(slug, name.strip() or slug) for slug, name in villages_of(root)]
    return write_workbook(households, villages, site.languages if site else ("vi", "en"), blank_rows=rows)


def _read(root: Path, folder: VillageFolder, file: str) -> tuple[Exported, bool]:
    """Return a profile as it goes out, and whether the schema finds no error in it.

    Of a household that left there is only what it still tells. Raises DataProblems where it cannot be read, and for
    each value that a workbook has no place for, in the words of `check` where it has some.
    """
    text, problems = read_text(root / file, file)
    if text is None:
        raise DataProblems(problems)
    tree, problems = parse_tree(text, file)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    profile = parse_profile(text, file, folder.slug)
    if errors or tree is None:
        raise DataProblems(errors or profile.problems)
    values = {entry.key: plain(entry.value) for entry in tree.entries}
    if any(values.get(key) for key in LEFT):
        old = set(Household.slots) - set(_KEPT)
        values = {key: value for key, value in values.items() if key not in old}
    wrong = [_misfit(path, tree, profile) for path in misfits(profile_fields(), values)]
    if wrong:
        raise DataProblems(wrong)
    return Exported(folder.slug, values), profile.is_sound


def _misfit(path: Path_, tree: Mapping, profile: Profile) -> Problem:
    """Return what is wrong with a value that a workbook has no place for, in the words of `check` where it has some."""
    field = ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
    message = Text("A workbook has no place for this value, or it holds a character that Excel cannot keep.")
    hint = Text("Fix it in the profile first (see vuonho check), then export again.")
    known = (problem for problem in profile.problems if problem.field == field)
    return next(known, Problem(field, message, hint).at(tree, profile.file))


# --- Where a workbook may be written: never over a file that is something else, or that holds what nobody took in yet ---


def _target(root: Path, name: str, households: Sequence[Exported]) -> Path:
    """Return the file that `name` means, relative to the project or absolute; UserError for one that may not be.

    An older workbook of ours may be replaced unless somebody typed into it what `households` do not say yet, or
    what cannot be read. Raises MachineError where that cannot be told.
    """
    target = output_path(root, name, Text("village.xlsx"), _is_workbook)
    with in_words(target):
        content = read_regular(target) if stat_path(target) else None
    if content is None:
        return target
    shown = printable(name)
    incoming, problems = read_workbook(content, name, ())
    for one in incoming:
        if _is_news(one, households):
            household = one.name or one.code
            raise UserError(
                Text(
                    "{shown} holds changes that are in no profile yet (at “{household}”).",
                    shown=shown,
                    household=household,
                ),
                Text("Take them in first: vuonho import {shown}; or choose another name (-o).", shown=shown),
            )
    for said in (problem.message for problem in problems if problem.message != NOBODY[0]):
        raise UserError(
            Text(
                "{shown} holds something that cannot be taken in and would be lost: {said}",
                shown=shown,
                said=said,
            ),
            Text(
                "Copy it elsewhere or fix it, then take it in: vuonho import {shown}; or choose "
                "another name (-o).",
                shown=shown,
            ),
        )
    return target


def _is_workbook(path: Path) -> bool:
    return path.stat().st_size <= LARGEST and is_ours(read_regular(path))


def _is_news(one: Incoming, households: Sequence[Exported]) -> bool:
    """Tell whether the workbook says of a household what no profile does."""
    if one.base is not None and one.values == one.base:
        return False
    code, name = bare_code(one.code), fold(one.name)
    for known in (household.values for household in households):
        is_same = bare_code(known.get("code")) == code if code else fold(str(known.get("name"))) == name
        if is_same and _is_within(one.values, known):
            return False
    return True


def _is_within(told: object, known: object) -> bool:
    """Tell whether all that is told is known already."""
    if told in (None, "", [], {}):
        return known in (None, "", [], {})
    if isinstance(told, MappingOf) and isinstance(known, MappingOf):
        return all(_is_within(value, known.get(key)) for key, value in told.items())
    if isinstance(told, list) and isinstance(known, list):
        return len(told) == len(known) and all(map(_is_within, told, known))
    return isinstance(told, str) and isinstance(known, str) and even(told) == even(known)
