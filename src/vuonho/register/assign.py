"""Codes for the profiles that lack one, a row in the register for every code, and rows that were lost put back.

All commands that write `tend` the register first, so that nobody has to open it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from vuonho.edit.profile_edit import with_code
from vuonho.errors import DataProblems, Problem, Severity, UserError
from vuonho.i18n import Text
from vuonho.model.codes import new_code
from vuonho.output.lock import STATE, locked
from vuonho.output.site_writer import is_cut_off, recover
from vuonho.output.transaction import write_together
from vuonho.project.files import REGISTER_FILE, list_villages, read_bytes, read_text
from vuonho.project.profile import Profile, code_in, read_profile
from vuonho.project.survey import stub_of
from vuonho.register.memory import corrected_boards, corrected_register, read_register, remember
from vuonho.register.register import ACTIVE, LEFT_ON, VOID, Register, Row, render_register
from vuonho.register.rules import changed_code, has_returned, owners

DAMAGED: Final = f"{STATE}/codes-hong.csv"
"""Where a register is kept that could not be read any more and was written anew."""
_CODE: Final = re.compile(rb'^code: "([0-9]{5,8})"\r?$', re.MULTILINE)
_LEAVES: Final = re.compile(r"^(?:withdrawn|moved_to):", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Assigned:
    """What was done: (file, code) of the new codes, and of those that only entered the register.

    `corrected` are the codes whose rows were lost or changed and are as they were, `returned` those of households that
    had left and agreed again; `is_anew` tells that the register could not be read, `boards` that of the boards was
    corrected.
    """

    given: tuple[tuple[str, str], ...] = ()
    entered: tuple[tuple[str, str], ...] = ()
    corrected: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    is_anew: bool = False
    boards: bool = False


def assign(root: Path, today: date) -> Assigned:
    """Return what was given, entered and put back; profiles change by one line, the register by whole rows.

    Profiles are written before the register: a run cut off between them is completed by the next. Raises
    DataProblems, with nothing changed, where a profile cannot be read, a code stands twice, a file lost the
    code that the register has for it, or the register is damaged beyond what is remembered of it.
    """
    with locked(root):
        recover(root)
        return _assign(root, today, is_strict=True)


def tend(root: Path, today: Callable[[], date]) -> Assigned:
    """Return what `assign` would do of all that can be done, and do it; what is wrong is left to the caller's survey.

    With nothing to do this costs a look at the files, writes nothing, and does not ask what day it is. Raises
    MachineError.
    """
    if is_cut_off(root) or not _is_wanting(root):
        return Assigned()
    with locked(root):
        recover(root)
        return _assign(root, today(), is_strict=False)


def _is_wanting(root: Path) -> bool:
    """Tell whether there may be something to do, without parsing a profile that has its row."""
    register, problems = read_register(root)
    saved, beyond = corrected_register(root, register, problems)
    if beyond:
        return False
    if problems or saved != register or corrected_boards(root):
        return True
    return any(_lacks_row(root, file, register) for file, _ in _profile_files(root))


def _profile_files(root: Path) -> Iterator[tuple[str, str]]:
    """Yield (file, village) of all profiles."""
    for folder in list_villages(root)[0]:
        for file in folder.files:
            yield file, folder.slug


def _lacks_row(root: Path, file: str, register: Register) -> bool:
    content, _ = read_bytes(root / file, file)
    if found := _CODE.search(content or b""):  # nearly all: nothing more need be known of them
        row = register.by_code.get(found[1].decode())
        if row and row.status == ACTIVE and f"profiles/{row.profile}" == file:
            return False
    text, _ = read_text(root / file, file)
    if text is None:
        return False
    row = register.by_code.get(code_in(text))
    if row is None or row.status == VOID:
        return row is None
    return f"profiles/{row.profile}" != file or (row.has_left and not _LEAVES.search(text))


def _assign(root: Path, today: date, *, is_strict: bool) -> Assigned:
    before, damage = read_register(root)
    register, beyond = corrected_register(root, before, damage)
    if beyond and is_strict:
        raise DataProblems(beyond)
    if beyond:
        return Assigned()
    profiles = [read_profile(root, file, village) for file, village in _profile_files(root)]
    problems = [*list_villages(root)[1], *_stopping(profiles, register)]
    stopped = {problem.file for problem in problems}
    profiles = [profile for profile in profiles if profile.file not in stopped]
    given, contents, failed = _give(root, profiles, register)
    if is_strict and any(one.severity is Severity.ERROR for one in (*problems, *failed)):
        raise DataProblems((*problems, *failed))
    carried = [(profile, profile.code) for profile in profiles if profile.code]
    updated = register.with_rows(*_rows([*carried, *given], register, today))
    returned = [
        updated.by_code[code]
        for profile, code in carried
        if has_returned(updated.by_code[code], stub_of(profile))
    ]
    updated = updated.with_rows(
        *(replace(row, status=ACTIVE).with_cells(**{LEFT_ON: ""}) for row in returned)
    )
    boards = corrected_boards(root)
    if damage:
        contents[root / DAMAGED] = read_bytes(root / REGISTER_FILE, REGISTER_FILE)[0] or b""
    contents |= boards
    if updated != before or damage:
        contents[root / REGISTER_FILE] = render_register(updated).encode("utf-8")
    write_together(root, contents)
    remember(root, updated)
    corrected = [row.code for row in register.rows if row != before.by_code.get(row.code)]
    return Assigned(
        given=tuple((profile.file, code) for profile, code in given),
        entered=tuple((profile.file, code) for profile, code in carried if code not in register.by_code),
        corrected=() if damage else tuple(corrected),
        returned=tuple(row.code for row in returned),
        is_anew=bool(damage),
        boards=bool(boards),
    )


def _give(
    root: Path, profiles: Sequence[Profile], register: Register
) -> tuple[list[tuple[Profile, str]], dict[Path, bytes], list[Problem]]:
    """Return ((profile, code) of the new codes, files with them, problems of files that cannot be edited)."""
    taken = {*register.by_code, *(profile.code for profile in profiles)}
    given: list[tuple[Profile, str]] = []
    contents: dict[Path, bytes] = {}
    failed: list[Problem] = []
    for profile in profiles:
        if profile.code:
            continue
        code = new_code(taken)
        content, problems = read_bytes(root / profile.file, profile.file)
        failed += problems
        try:
            contents[root / profile.file] = with_code(content or b"", code)
        except UserError as refused:
            failed.append(Problem("code", refused.message, refused.hint, file=profile.file, line=1, column=1))
        else:
            taken.add(code)
            given.append((profile, code))
    return given, contents, failed


def _stopping(profiles: Sequence[Profile], register: Register) -> Iterator[Problem]:
    """Yield what is wrong with files that a person has to look at before codes are given.

    These are files that are no YAML, codes that are none or stand twice, and a code that was lost: a new one would
    be a new household. Other fields may be unfinished.
    """
    first = owners(register, [stub_of(profile) for profile in profiles if profile.code])
    carried = {profile.code for profile in profiles}
    given = {row.profile: row.code for row in register.rows if row.status != VOID and row.code not in carried}
    for profile in profiles:
        entry = profile.tree.get("code") if profile.tree else None
        has_code = entry is not None and not getattr(entry.value, "is_empty", False)
        for problem in profile.problems:
            if profile.tree is None or (problem.field == "code" and has_code):
                yield problem
        path = profile.file.removeprefix("profiles/")
        if profile.code and profile.tree and first[profile.code].path != path:
            other = f"profiles/{first[profile.code].path}"
            message = Text("The code {code} is used in {other}.", code=profile.code, other=other)
            hint = Text("Delete the code in this file and run again.")
            yield Problem("code", message, hint).at(profile.tree, profile.file)
        if not profile.code and (lost := given.get(path)):
            yield Problem("code", *changed_code(lost, profile.file), file=profile.file, line=1, column=1)


def _rows(carried: Sequence[tuple[Profile, str]], register: Register, today: date) -> Iterator[Row]:
    """Yield the rows of codes that profiles have: new ones, and those whose file has another name now."""
    for profile, code in carried:
        row, path = register.by_code.get(code), profile.file.removeprefix("profiles/")
        if row is None:
            yield Row(code, path, today)
        elif row.status != VOID:
            yield replace(row, profile=path)
