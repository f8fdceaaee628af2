"""Importing: files from the field become a plan that can be looked at, and the plan becomes profiles."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from vuonho.backup.backup import safety_copy
from vuonho.backup.undo import with_way_back
from vuonho.errors import DataProblems, MachineError, Problem, Severity
from vuonho.forms.form_file import read_form
from vuonho.forms.incoming import Incoming
from vuonho.i18n import Both, Text
from vuonho.importing.match import Ask
from vuonho.importing.plan import ImportOptions, InvalidImport, Plan, plan_import
from vuonho.output.files import digest_bytes, digest_file, in_words, remove_folder
from vuonho.output.lock import locked
from vuonho.output.site_writer import recover
from vuonho.output.transaction import write_together
from vuonho.project.files import REGISTER_FILE, kind_of, read_bytes
from vuonho.project.settings import read_site
from vuonho.register.memory import read_register, register_files
from vuonho.scaffold.new import villages_of

LARGEST = 64_000_000
"""Bytes of one file: ten households with six photos each are a third of it."""


# --- A plan carried out: a copy of the profiles first, then photos, profiles and register together or not at all ---


def apply_plan(plan: Plan, now: datetime, on_wait: Callable[[], None], *, daily: bool = False) -> Path | None:
    """Return the copy made of the profiles before they were changed; None where there was nothing to do.

    What is saved many times a day is content with a `daily` copy.
    Photos come first and the register last, so that a machine that dies between two of them leaves nothing that
    does not answer; the next command does the rest. Raises MachineError with nothing changed, also where a
    profile or the register was edited since the plan was made.
    """
    if not plan.work:
        return None
    root = plan.project.root
    new = sum(one.is_new for one in plan.work)
    changed = len(plan.work) - new
    what = Text("Import of {new} new and {changed} changed households", new=new, changed=changed)
    contents = {
        root / "profiles" / one.match.home.slug / name: content
        for one in plan.work
        for name, content in one.photos.items()
    }
    with locked(root, on_wait=on_wait):
        recover(root)
        _require_unchanged(plan)
        copy = safety_copy(root, now, daily=daily)
        folders = sorted({path.parent for path in contents if not path.parent.exists()})
        contents = {
            path: content for path, content in contents.items() if digest_file(path) != digest_bytes(content)
        }
        contents |= {root / one.file: one.after for one in plan.work}
        if plan.register != plan.project.register:
            contents |= register_files(root, plan.register)
        codes = [one.code for one in plan.work]
        typed = [one.code for one in plan.work if one.is_new and one.match.code]
        try:
            for folder in folders:
                with in_words(folder):
                    folder.mkdir()
            write_together(root, with_way_back(root, contents, what, now.date(), codes, typed=typed))
        except BaseException:
            for folder in folders:
                remove_folder(folder)  # only where it is empty
            raise
    return copy


def _require_unchanged(plan: Plan) -> None:
    """Raise MachineError where somebody edited a profile or the register while the question stood open."""
    root = plan.project.root
    changed = []
    for one in plan.planned:
        path = root / one.file
        is_same = not path.exists() if one.before is None else read_bytes(path, one.file)[0] == one.before
        changed += [] if is_same else [one.file]
    if read_register(root) != (plan.project.register, ()):
        changed.append(REGISTER_FILE)
    if changed:
        raise MachineError(
            Text("{changed} was changed in the meantime, so nothing was written.", changed=changed[0]),
            Text("Save and close that file, then run again."),
        )


# --- Files from the field ---


@dataclass(frozen=True, slots=True)
class _Brought:
    """What the files hold: households, problems, and the names of those files that have an error in them."""

    incoming: tuple[Incoming, ...]
    problems: tuple[Problem, ...]
    bad: tuple[str, ...]


def plan_files(root: Path, files: Sequence[str], folder: Path, options: ImportOptions, ask: Ask) -> Plan:
    """Return what importing the files would do; names are those below `folder`, or absolute.

    Raises DataProblems with all that is wrong in any of them, and the ways out, and MachineError; nothing has
    changed in any case.
    """
    recover(root)
    brought = _read_files(root, files, folder)
    if options.skip:
        return _plan_sound(root, brought, options, ask)
    is_bad = any(problem.severity is Severity.ERROR for problem in brought.problems)
    if is_bad:  # what only shows once the households are put together is said at the same time
        options, ask = replace(options, sure=False), _nobody
    try:
        plan = plan_import(root, brought.incoming, options, ask)
    except DataProblems as found:
        problems = tuple(dict.fromkeys((*brought.problems, *found.problems)))
        raise DataProblems(problems, _ways_out(brought)) from found
    if is_bad:
        raise DataProblems(brought.problems, _ways_out(brought))
    return replace(plan, doubts=(*brought.problems, *plan.doubts))


def _nobody(question: Text) -> None:
    """Answer as where nobody is there to be asked."""
    del question


def _read_files(root: Path, files: Sequence[str], folder: Path) -> _Brought:
    site, problems = read_site(root)
    languages = site.languages if site else ("vi", "en")
    villages = dict(villages_of(root))
    found: list[Problem] = list(problems)
    incoming: list[Incoming] = []
    bad: list[str] = []
    for name in dict.fromkeys(files):
        told, wrong = _read_file(folder / name, name, languages, villages)
        if not told and not wrong:
            hint = Text("Open it and look: a row for each household, with its name at least.")
            wrong = (Problem("", Text("There is no household in this file."), hint, file=name),)
        incoming += told
        found += wrong
        bad += [name] if any(problem.severity is Severity.ERROR for problem in wrong) else []
    return _Brought(tuple(incoming), tuple(found), tuple(bad))


def _read_file(
    path: Path, name: str, languages: Sequence[str], villages: Mapping[str, str]
) -> tuple[tuple[Incoming, ...], tuple[Problem, ...]]:
    """Return (households, problems) of a file, whatever it is: its content tells, then its name."""

    def refused(message: Text, hint: Text) -> tuple[tuple[()], tuple[Problem]]:
        return (), (Problem("", message, hint, file=name),)

    if not path.exists():
        return refused(
            Text("There is no such file."),
            Text(
                "Look at its name and folder; drag the file into this window and its name is typed for you."
            ),
        )
    content, problems = read_bytes(path, name, LARGEST)
    if content is None:
        return (), problems
    if len(content) > LARGEST:
        return refused(
            Text("This file is larger than 64 MB."), Text("On the phone, send fewer households at a time.")
        )
    ending = path.suffix.lower()
    is_book = content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0"))
    if is_book or ending in (".xlsx", ".xlsm", ".xls", ".ods"):
        from vuonho.forms.workbook.read import read_workbook

        return read_workbook(content, name, languages, villages)
    if kind := kind_of(content):
        return refused(
            Text("This is {kind}, which cannot be imported.", kind=kind),
            Text("What is wanted here is the .txt file of a phone form, or a workbook (.xlsx)."),
        )
    if ending in (".csv", ".tsv"):
        from vuonho.forms.workbook.read import read_csv

        return read_csv(content, name, languages, villages)
    return read_form(content, name)


def _ways_out(brought: _Brought) -> Text:
    """Return what to do about errors, as far as it is not said at each."""
    ways = [Text("Nothing was written. Fix the errors above and run again.")]
    files = [problem.file for problem in brought.problems if problem.line]
    if any(file.endswith(".txt") for file in (*files, *(one.place(()).file for one in brought.incoming))):
        ways.append(
            Text(
                "A phone form: fix it on the phone and send it again; or open the .txt in Notepad, go to that line, "
                "change what stands in quotes, and save."
            )
        )
    if len(brought.incoming) > 1 or len(brought.bad) > 1:
        ways.append(Text("The households without errors can be taken in first (--skip-errors)."))
    return Both(*("\n".join(said) for said in zip(*ways, strict=True)))


# --- Households with errors left out, the others taken ---


def _plan_sound(root: Path, brought: _Brought, options: ImportOptions, ask: Ask) -> Plan:
    """Return the plan of those households that have no error; each of the others is left out whole.

    One error may hide another, so it goes on until there is none. Nobody is asked before that.
    """
    wrong: list[Problem] = []
    sound: Sequence[Incoming] = brought.incoming
    answers: list[Ask] = [_nobody, cache(ask)]
    while True:
        try:
            plan = plan_import(root, sound, options, answers[0])
        except InvalidImport as found:
            if not found.at:
                raise
            wrong += found.problems
            sound = [one for one in sound if one.place(()) not in found.at]
        else:
            if len(answers) == 1:
                break
            del answers[0]
    doubts = tuple(dict.fromkeys((*brought.problems, *wrong, *plan.doubts)))
    taken = {one.place(()) for one in sound}
    left: list[str] = []
    left_in: list[str] = []
    for file in dict.fromkeys((*brought.bad, *(one.place(()).file for one in brought.incoming))):
        here = [one for one in brought.incoming if one.place(()).file == file]
        gone = [one.name or one.code for one in here if one.place(()) not in taken]
        left += [file] if len(gone) == len(here) != 1 else gone
        left_in += [file] if gone or file in brought.bad else []
    return replace(plan, doubts=doubts, left=tuple(left), left_in=tuple(left_in))
