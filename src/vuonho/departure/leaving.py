"""A household leaves: its profile says so by one line, its row by one word, or it shrinks to what must stay.

Profiles are written before the register, and photos are removed after both: each state between is a sound one,
and the next command does what is left. Whoever had moved to this household leaves with it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.departure.departing import (
    Wish,
    consent_day,
    find_household,
    is_readable,
    left_content,
    refuse_early,
)
from vuonho.domain.register.choice import void_code
from vuonho.domain.register.register import LEFT_ON, MOVED, VOID, WITHDRAWN, Register, Row, render_register
from vuonho.domain.register.rules import check_register
from vuonho.domain.schema.household import Departed
from vuonho.errors import DataProblems, Refused
from vuonho.intake.folder import REGISTER_FILE, list_villages
from vuonho.intake.photofiles import named_photos, photo_path
from vuonho.intake.profile import Profile, read_profile
from vuonho.intake.registerfile import read_register
from vuonho.intake.tree import Scalar
from vuonho.keeping.undo import with_way_back, without_way_back
from vuonho.memory import FILE as MEMORY_FILE
from vuonho.memory import check_memory
from vuonho.output.batch import write_together
from vuonho.output.erasing import FILE as ERASE_FILE
from vuonho.output.erasing import erase_noted, note_of
from vuonho.output.files import is_regular, stat_path
from vuonho.output.lock import locked
from vuonho.output.troubles import in_words
from vuonho.output.writing.recovery import recover
from vuonho.survey import stub_of

__all__ = ["Departure", "Wish", "plan_departure", "take_off"]


@dataclass(frozen=True, slots=True)
class Departure:
    """What takes a household off. `file` is "" where its profile is gone, `name` the name that it had chosen.

    `contents` are the files that change, in the order of writing; `followers` are the codes of households that had
    moved to this one and leave with it; `photos` are its originals that no other household names. `was_shown` is
    False where it cannot have had a page, `is_unread` True where its profile cannot be read and stays as it is.
    """

    code: str
    name: str
    file: str
    day: date
    row: Row
    moved_to: str
    contents: Mapping[Path, bytes]
    followers: tuple[str, ...]
    photos: tuple[str, ...]
    is_erased: bool
    was_shown: bool
    is_unread: bool

    @property
    def is_nothing(self) -> bool:
        """Tell whether the household has left already, with all that was wished."""
        return not self.contents


def plan_departure(root: Path, wish: Wish) -> Departure:
    """Return what would be done, without a trace.

    Raises Refused for a code that will not do, DataProblems for files that cannot be read, MachineTrouble.
    """
    recover(root)
    return _plan(root, wish)


def take_off(
    root: Path, wish: Wish, today: date, on_wait: Callable[[], None]
) -> tuple[Departure, tuple[str, ...]]:
    """Return what was done, all of it or nothing, and the photos that could not be removed yet; raises as above.

    `undo` takes it back unless data were erased.
    """
    with locked(root, on_wait=on_wait):
        recover(root)
        plan = _plan(root, wish)
        if plan.is_erased:
            write_together(root, {**plan.contents, **without_way_back(root, plan.file)})
        else:
            what = Text(f"Rút hộ {plan.code}", f"Household {plan.code} withdrawn")
            codes = (plan.code, *plan.followers)
            write_together(root, with_way_back(root, plan.contents, what, today, codes))
        return plan, erase_noted(root) if plan.is_erased else ()


def _plan(root: Path, wish: Wish) -> Departure:
    register, profiles = read_households(root)
    code, profile = find_household(wish.code, register, profiles)
    row = register.by_code.get(code) or _new_row(code, profile, wish.day)
    if row.status == VOID:
        raise void_code(code)
    left_on = _day(profile)
    if profile and left_on is None:
        refuse_early(profile, wish)
    day = left_on or wish.day
    goal = wish.goal(register)
    contents = _own(root, profile, code, replace(wish, day=day), goal)
    after = register.with_row(_left(row, MOVED if goal else WITHDRAWN, day))
    _refuse_goal(register, profiles, profile, code, goal)
    followers = [] if goal else list(_followers(code, profiles))
    for one in followers:
        contents |= _own(root, one, one.code, Wish(one.code, day), "")
        after = after.with_row(
            _left(after.by_code.get(one.code) or _new_row(one.code, one, day), WITHDRAWN, day)
        )
    photos = tuple(own_photos(root, profile, profiles, is_sure=not wish.erase)) if profile else ()
    if after != register:
        rows = render_register(after.with_columns()).encode("utf-8")
        contents |= {root / REGISTER_FILE: rows, root / MEMORY_FILE: rows}
    if wish.erase and photos:
        with in_words(root):
            contents |= {root / ERASE_FILE: note_of(root, photos)}
    return Departure(
        code, text_of(profile, "name"), profile.file if profile else "", day, row, goal, contents,
        tuple(one.code for one in followers), photos, wish.erase, _was_shown(profile, row),
        profile is not None and not is_readable(profile) and not wish.erase,
    )  # fmt: skip


def read_households(root: Path) -> tuple[Register, list[Profile]]:
    """Return (register, profiles); raise DataProblems for a register that cannot be read or lost what it said."""
    register, problems = read_register(root)
    folders, _ = list_villages(root)
    problems = (*problems, *check_memory(root, register, problems))
    if problems:
        raise DataProblems(problems)
    return register, [
        read_profile(root, folder.profile(name), folder.slug)
        for folder in folders
        for name in folder.profiles
    ]


def _left(row: Row, status: str, day: date) -> Row:
    """Return the row of a household that left on a day; as it is where it says so already."""
    if row.status == status and row.left_on is not None:
        return row
    return replace(row, status=status).with_cells(**{LEFT_ON: day.isoformat()})


def _new_row(code: str, profile: Profile | None, day: date) -> Row:
    return Row(code, profile.file.removeprefix("profiles/") if profile else "", day)


def _day(profile: Profile | None) -> date | None:
    record = profile.record if profile else None
    return record.withdrawn if isinstance(record, Departed) else None


def _was_shown(profile: Profile | None, row: Row) -> bool:
    """Tell whether there may have been a page: the family agreed once, or a plaque says so, or it cannot be told."""
    if profile is None or profile.tree is None or isinstance(profile.record, Departed):
        return True
    return row.printed is not None or consent_day(profile) != ""


def text_of(profile: Profile | None, key: str) -> str:
    """Return a text of a profile, "" where there is none."""
    entry = profile.tree.get(key) if profile and profile.tree else None
    return entry.value.text if entry and isinstance(entry.value, Scalar) else ""


def _own(root: Path, profile: Profile | None, code: str, wish: Wish, goal: str) -> dict[Path, bytes]:
    """Return the profile as it becomes, unless it says all that already."""
    if profile is None:
        return {}
    path = root / profile.file
    with in_words(path):
        before = path.read_bytes()
    try:
        after = left_content(before, profile, code, wish, goal)
    except DataProblems:
        if goal:
            raise
        return {}  # the register closes the page of a profile that cannot be read
    return {path: after} if after != before else {}


# --- Where visitors are sent on to -----------------------------------------------------------------------------


def _refuse_goal(
    register: Register, profiles: list[Profile], profile: Profile | None, code: str, goal: str
) -> None:
    """Raise Refused where visitors cannot be sent on to the new code, by the rule of `check`."""
    if not goal:
        return
    if profile is None:
        raise Refused(
            Text(f"Hồ sơ của mã {code} không còn, nên không dẫn sang mã khác được.",
                 f"The profile of {code} is gone, so its visitors cannot be sent on."),
            Text("Bỏ --moved-to, hoặc lấy lại hồ sơ từ bản sao lưu.",
                 "Leave --moved-to out, or take the profile back from a backup."),
        )  # fmt: skip
    stubs = [
        replace(stub_of(one), code=code, moved_to=goal, withdrawn=False) if one is profile else stub_of(one)
        for one in profiles
    ]
    for finding in check_register(register, stubs, ""):
        if finding.field == "moved_to" and finding.file == profile.file:
            raise Refused(finding.message, _OTHER_GOAL)


_OTHER_GOAL: Final = Text(
    "Ghi mã của một hộ đang có trang; nếu không có thì bỏ --moved-to.",
    "Give the code of a household that has a page; if there is none, leave --moved-to out.",
)


def _followers(code: str, profiles: list[Profile]) -> Iterator[Profile]:
    """Give the households that had moved to this one, those that had moved to them, and so on."""
    left = {code}
    while new := [one for one in profiles if one.code not in left and stub_of(one).moved_to in left]:
        yield from new
        left |= {one.code for one in new}


# --- Photos ----------------------------------------------------------------------------------------------------


def own_photos(
    root: Path, profile: Profile, profiles: list[Profile], *, is_sure: bool = True
) -> Iterator[str]:
    """Give the originals in the village's folder that this household names and no other one.

    Raises DataProblems where a neighbour's profile cannot be read, unless `is_sure` says that it does not matter.
    """
    mine = _named(profile)
    neighbours = [one for one in profiles if one.village == profile.village and one is not profile]
    unread = [one for one in neighbours if one.tree is None]
    if mine and unread and not is_sure:  # one of these may be theirs too
        raise DataProblems(problem for one in unread for problem in one.problems)
    theirs = {name for one in neighbours for name in _named(one)}
    home = (root / "profiles" / profile.village).resolve()
    for name in dict.fromkeys(mine):
        if name in theirs or ".." in name.split("/") or name.startswith("/") or "\\" in name:
            continue
        path = photo_path(root, f"{profile.village}/{name}")
        if is_regular(stat_path(path)) and path.resolve().is_relative_to(home):
            yield path.relative_to(root).as_posix()


def _named(profile: Profile) -> tuple[str, ...]:
    return named_photos(profile.tree) if profile.tree else ()
