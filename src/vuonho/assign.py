"""Codes for the profiles that lack one, and a row in the register for every code."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.domain.codes import new_code
from vuonho.domain.register.register import VOID, Register, Row, render_register
from vuonho.domain.register.rules import ProfileStub, owners
from vuonho.domain.register.said import say_changed_code
from vuonho.errors import DataProblems, Problem, Refused, Severity
from vuonho.intake.codeline import with_code
from vuonho.intake.files import read_bytes
from vuonho.intake.folder import REGISTER_FILE, list_villages
from vuonho.intake.profile import Profile, read_profile
from vuonho.intake.registerfile import read_register
from vuonho.intake.tree import find
from vuonho.memory import check_memory, remember
from vuonho.output.batch import write_together
from vuonho.output.lock import locked
from vuonho.output.writing.recovery import recover


@dataclass(frozen=True, slots=True)
class Assigned:
    """What was done: (file, code) of the new codes, and of those that only entered the register."""

    given: tuple[tuple[str, str], ...]
    entered: tuple[tuple[str, str], ...]


def assign(root: Path, today: date) -> Assigned:
    """Return what was given and entered; profiles change by one line, the register by rows at its end.

    Profiles are written before the register: a run cut off between them is completed by the next. Raises
    DataProblems, with nothing changed, where a profile cannot be read, a code stands twice, a file lost the
    code that the register has for it, or the register lost what it said before.
    """
    with locked(root):
        recover(root)
        register = _register(root)
        profiles = _profiles(root, register)
        _refuse_lost(profiles, register)
        taken = {row.code for row in register.rows} | {profile.code for profile in profiles}
        given = tuple(_new_codes(profiles, taken))
        contents = {root / profile.file: _content(root, profile, code) for profile, code in given}
        carried = [(profile, profile.code) for profile in profiles if profile.code]
        updated = _with_rows(register, [*carried, *given], today)
        if updated != register:
            contents[root / REGISTER_FILE] = render_register(updated).encode("utf-8")
        write_together(root, contents)
        remember(root, updated)
    known = register.by_code
    return Assigned(
        tuple((profile.file, code) for profile, code in given),
        tuple((profile.file, code) for profile, code in carried if code not in known),
    )


def _profiles(root: Path, register: Register) -> list[Profile]:
    """Return all profiles; raise DataProblems for files that are no YAML, codes that are none, lost rows."""
    folders, problems = list_villages(root)
    profiles = [
        read_profile(root, folder.profile(name), folder.slug)
        for folder in folders
        for name in folder.profiles
    ]
    problems = (*problems, *(p for profile in profiles for p in profile.problems if _matters(profile, p)))
    problems = (*problems, *_twice(profiles, register), *check_memory(root, register))
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise DataProblems(problems)
    return profiles


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
    line, column = find(profile.tree, ("code",)) if profile.tree else (1, 1)
    message = Text(f"Mã {profile.code} đã dùng ở {other}.", f"The code {profile.code} is used in {other}.")
    hint = Text("Xóa dòng code ở tệp này rồi chạy lại.", "Delete the code in this file and run again.")
    return Problem(profile.file, line, column, "code", message, hint)


def _where(profile: Profile) -> str:
    """Return a profile's path as the register has it."""
    return profile.file.removeprefix("profiles/")


def _register(root: Path) -> Register:
    register, problems = read_register(root)
    if problems:
        raise DataProblems(problems)
    return register


def _refuse_lost(profiles: list[Profile], register: Register) -> None:
    """Raise DataProblems for files that lost the code they were given: a new one would be a new household."""
    carried = {profile.code for profile in profiles}
    given = {row.profile: row.code for row in register.rows if row.status != VOID and row.code not in carried}
    lost = [
        Problem(profile.file, 1, 1, "code", *say_changed_code(code, profile.file, ""))
        for profile in profiles
        if not profile.code and (code := given.get(profile.file.removeprefix("profiles/")))
    ]
    if lost:
        raise DataProblems(lost)


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
    except Refused as refused:
        raise DataProblems((Problem(profile.file, 1, 1, "code", refused.message, refused.hint),)) from refused


def _with_rows(register: Register, carried: list[tuple[Profile, str]], today: date) -> Register:
    for profile, code in carried:
        where = _where(profile)
        row = register.by_code.get(code)
        register = register.with_row(replace(row, profile=where) if row else Row(code, where, today))
    return register
