"""Codes for the profiles that lack one, a row in the register for every code, and rows that were lost put back.

All commands that write `tend` the register first, so that nobody has to open it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from vuonho.edit.profile_edit import with_code
from vuonho.errors import DataProblems, Problem, Severity, UserError
from vuonho.i18n import Text
from vuonho.model.codes import new_code
from vuonho.model.household import Departed
from vuonho.output.lock import STATE, locked
from vuonho.output.site_writer import is_cut_off, recover
from vuonho.output.transaction import write_together
from vuonho.project.files import REGISTER_FILE, list_villages, read_bytes, read_text
from vuonho.project.profile import Profile, code_in, read_profile
from vuonho.project.survey import stub_of
from vuonho.register.boards import FILE as BOARDS_FILE
from vuonho.register.memory import BOARDS_FILE as BOARDS_MEMORY
from vuonho.register.memory import boards_as_written, mended_boards, mended_register, read_register, remember
from vuonho.register.register import (
    ACTIVE,
    LEFT_ON,
    MOVED,
    VOID,
    WITHDRAWN,
    Register,
    Row,
    render_register,
    say_changed_code,
)
from vuonho.register.rules import ProfileStub, has_returned, owners

DAMAGED: Final = f"{STATE}/codes-hong.csv"
"""Where a register is kept that could not be read any more and was written anew."""
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
    saved, beyond = mended_register(root)
    if beyond:
        return False
    if problems or saved != register or mended_boards(root) != boards_as_written(root):
        return True
    return any(
        _lacks_row(root, folder.profile(name), register)
        for folder in list_villages(root)[0]
        for name in folder.profiles
    )


def _lacks_row(root: Path, file: str, register: Register) -> bool:
    text, _ = read_text(root / file, file)
    if text is None:
        return False
    row = register.by_code.get(code_in(text))
    if row is None or row.status == VOID:
        return row is None
    has_left = row.status in (WITHDRAWN, MOVED)
    return f"profiles/{row.profile}" != file or (has_left and not _LEAVES.search(text))


def _assign(root: Path, today: date, *, is_strict: bool) -> Assigned:
    before, damage = read_register(root)
    register, problems = mended_register(root)
    if problems:
        if is_strict:
            raise DataProblems(problems)
        return Assigned()
    profiles = _sound(_profiles(root), register) if not is_strict else _profiles_or_raise(root, register)
    corrected = tuple(row.code for row in register.rows if row != before.by_code.get(row.code))
    taken = {row.code for row in register.rows} | {profile.code for profile in profiles}
    given, contents = [], {}
    for profile, code in _new_codes(profiles, taken):
        try:
            contents[root / profile.file] = _content(root, profile, code)
        except DataProblems:
            if is_strict:
                raise
        else:
            given.append((profile, code))
    carried = [(profile, profile.code) for profile in profiles if profile.code]
    updated = _with_rows(register, [*carried, *given], today)
    updated, returned = _with_returned(updated, profiles)
    boards = mended_boards(root)
    is_boards = boards != boards_as_written(root)
    if damage:
        content, _ = read_bytes(root / REGISTER_FILE, REGISTER_FILE)
        contents[root / DAMAGED] = content or b""
    if is_boards:
        contents |= dict.fromkeys((root / BOARDS_FILE, root / BOARDS_MEMORY), boards.encode("utf-8"))
    if updated != before or damage:
        contents[root / REGISTER_FILE] = render_register(updated).encode("utf-8")
    write_together(root, contents)
    remember(root, updated)
    return Assigned(
        tuple((profile.file, code) for profile, code in given),
        tuple((profile.file, code) for profile, code in carried if code not in register.by_code),
        () if damage else corrected,
        returned,
        bool(damage),
        is_boards,
    )


def _profiles(root: Path) -> list[Profile]:
    return [
        read_profile(root, folder.profile(name), folder.slug)
        for folder in list_villages(root)[0]
        for name in folder.profiles
    ]


def _profiles_or_raise(root: Path, register: Register) -> list[Profile]:
    """Return all profiles; raise DataProblems for files that are no YAML, codes that are none or stand twice."""
    profiles, problems = _profiles(root), list_villages(root)[1]
    problems = (*problems, *(p for profile in profiles for p in profile.problems if _matters(profile, p)))
    problems = (*problems, *_twice(profiles, register))
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise DataProblems(problems)
    if lost := _lost(profiles, register):
        raise DataProblems(lost)
    return profiles


def _sound(profiles: list[Profile], register: Register) -> list[Profile]:
    """Return the profiles without those that a person has to look at first; what is wrong with them `check` says."""
    wrong = {problem.file for problem in (*_twice(profiles, register), *_lost(profiles, register))}
    return [
        profile
        for profile in profiles
        if profile.file not in wrong
        and not any(_matters(profile, problem) for problem in profile.problems)
        and (profile.code or not isinstance(profile.record, Departed))
    ]


def _matters(profile: Profile, problem: Problem) -> bool:
    """Tell whether a problem stops giving codes: other fields may still be unfinished, a lacking code is why."""
    return profile.tree is None or (problem.field == "code" and _has_code(profile))


def _has_code(profile: Profile) -> bool:
    entry = profile.tree.get("code") if profile.tree else None
    return entry is not None and not getattr(entry.value, "is_empty", False)


def _twice(profiles: list[Profile], register: Register) -> list[Problem]:
    stubs = {
        _where(p): ProfileStub(_where(p), p.code, consented=True, withdrawn=False) for p in profiles if p.code
    }
    belongs = owners(register, tuple(stubs.values()))
    copies = (
        profile for profile in profiles if profile.code and belongs[profile.code].path != _where(profile)
    )
    return [_copied(profile, f"profiles/{belongs[profile.code].path}") for profile in copies]


def _copied(profile: Profile, other: str) -> Problem:
    line, column = profile.tree.find(("code",)) if profile.tree else (1, 1)
    message = Text("The code {code} is used in {other}.", code=profile.code, other=other)
    hint = Text("Delete the code in this file and run again.")
    return Problem("code", message, hint, file=profile.file, line=line, column=column)


def _where(profile: Profile) -> str:
    """Return a profile's path as the register has it."""
    return profile.file.removeprefix("profiles/")


def _lost(profiles: list[Profile], register: Register) -> list[Problem]:
    """Return what to say of files that lost the code they were given: a new one would be a new household."""
    carried = {profile.code for profile in profiles}
    given = {row.profile: row.code for row in register.rows if row.status != VOID and row.code not in carried}
    return [
        Problem("code", *say_changed_code(code, profile.file, ""), file=profile.file, line=1, column=1)
        for profile in profiles
        if not profile.code and (code := given.get(_where(profile)))
    ]


def _new_codes(profiles: list[Profile], taken: set[str]) -> list[tuple[Profile, str]]:
    given = []
    for profile in profiles:
        if not profile.code:
            code = new_code(taken)
            taken.add(code)
            given.append((profile, code))
    return given


def _content(root: Path, profile: Profile, code: str) -> bytes:
    content, problems = read_bytes(root / profile.file, profile.file)
    if content is None:
        raise DataProblems(problems)
    try:
        return with_code(content, code)
    except UserError as refused:
        raise DataProblems(
            (Problem("code", refused.message, refused.hint, file=profile.file, line=1, column=1),)
        ) from refused


def _with_rows(register: Register, carried: list[tuple[Profile, str]], today: date) -> Register:
    for profile, code in carried:
        where = _where(profile)
        row = register.by_code.get(code)
        if row is None or row.status != VOID:
            register = register.with_row(replace(row, profile=where) if row else Row(code, where, today))
    return register


def _with_returned(register: Register, profiles: list[Profile]) -> tuple[Register, tuple[str, ...]]:
    """Return (register, codes of households that had left and agreed again)."""
    returned = []
    for profile in profiles:
        row = register.by_code.get(profile.code)
        if row is not None and has_returned(row, stub_of(profile)):
            register = register.with_row(replace(row, status=ACTIVE).with_cells(**{LEFT_ON: ""}))
            returned.append(row.code)
    return register, tuple(returned)
