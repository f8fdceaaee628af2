"""How a household leaves: its profile, its row, its photos, and what remains to be done by hand."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from vuonho.backup.archive import open_backup
from vuonho.backup.backup import last_backup, last_place, safety_copies
from vuonho.backup.undo import with_way_back, without_way_back
from vuonho.edit.profile_edit import told, with_values
from vuonho.edit.yaml_text import render_profile
from vuonho.errors import DataProblems, UserError
from vuonho.i18n import NOTHING, Text
from vuonho.model.codes import parse_code
from vuonho.model.household import Departed
from vuonho.model.values import parse_date, quoted
from vuonho.output.files import in_words, is_regular, remove, stat_path
from vuonho.output.lock import STATE, locked
from vuonho.output.site_writer import recover
from vuonho.output.transaction import write_together
from vuonho.project.files import PLAQUE_PHOTOS, list_villages, named_photos, photo_path
from vuonho.project.profile import LEAVING, Profile, read_profile
from vuonho.project.survey import stub_of
from vuonho.project.yaml_tree import Mapping as Tree
from vuonho.project.yaml_tree import Scalar
from vuonho.register.boards import last_board
from vuonho.register.choice import unknown_code, void_code
from vuonho.register.memory import check_memory, published, read_boards, read_register, register_files
from vuonho.register.register import LEFT_ON, MOVED, VOID, WITHDRAWN, Register, Row
from vuonho.register.rules import check_register, owners
from vuonho.text import fold

_SHOWN: Final = 5
_BETWEEN: Final = re.compile(r"[\s.\-\u2010-\u2015]+")

# --- Which household is meant ---


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wished: the code as typed, from which day on, where to, and whether its data are to go for good.

    `is_dated` tells that somebody named the day; otherwise it is the day of the command.
    """

    code: str
    day: date
    moved_to: str = ""
    erase: bool = False
    is_dated: bool = False


def parse_day(typed: str, today: date) -> date:
    """Return the day on which a family left, today where none is typed; raise UserError for one that is to come."""
    day = parse_date(typed) if typed.strip() else today
    if day > today:
        raise UserError(
            Text("The day {typed} is still to come.", typed=quoted(typed)),
            Text("Give the day on which the family said so."),
        )
    return day


def _read_households(root: Path) -> tuple[Register, list[Profile]]:
    """Return (register, profiles); raise DataProblems for a register that cannot be read or lost what it said."""
    recover(root)
    register, problems = read_register(root)
    problems = (*problems, *check_memory(root, register, problems))
    if problems:
        raise DataProblems(problems)
    return register, [
        read_profile(root, file, folder.slug) for folder in list_villages(root)[0] for file in folder.files
    ]


def _find_household(
    typed: str, register: Register, profiles: Sequence[Profile]
) -> tuple[str, Profile | None]:
    """Return (code, profile) of a household; the profile is None where it is gone and its row still there.

    A file that cannot be read is known by the register. Raises UserError for a code that nobody has, with those or
    the names that may be meant, and for one that two profiles carry.
    """
    wanted = fold(typed)
    if any(letter.isalpha() for letter in wanted):
        names = ((one.code, _text(one, "name")) for one in profiles if one.code)
        if found := [f"{code} ({name})" for code, name in names if wanted in fold(name)]:
            raise UserError(
                Text("{typed} is no code.", typed=quoted(typed)),
                Text("Give the code: {some}", some=", ".join(found[:_SHOWN])),
            )
    code = _code(typed, register)
    carrying = [one for one in profiles if one.code == code]
    row = register.by_code.get(code)
    if not carrying and row is None:
        raise unknown_code(code, register)
    if not carrying and row is not None:
        carrying = [one for one in profiles if one.file == f"profiles/{row.profile}" and not one.code]
    if len(carrying) > 1:
        first = owners(register, [stub_of(one) for one in carrying])[code].path
        files = ", ".join(one.file for one in carrying)
        raise UserError(
            Text("Several profiles carry {code}: {carrying}.", code=code, carrying=files),
            Text(
                "profiles/{first} is the right one; leave code empty in the copy and run again.", first=first
            ),
        )
    return code, carrying[0] if carrying else None


def _code(typed: str, register: Register) -> str:
    return parse_code(_BETWEEN.sub("", typed), tuple(register.by_code))


def _text(profile: Profile | None, *keys: str) -> str:
    """Return the text at a path of keys in a profile, "" where there is none."""
    node: object = profile.tree if profile else None
    for key in keys:
        entry = node.get(key) if isinstance(node, Tree) else None
        node = entry.value if entry else None
    return node.text.strip() if isinstance(node, Scalar) else ""


# --- A household leaves: its profile says so by one line, its row by one word, or it shrinks to what must stay ---


@dataclass(frozen=True, slots=True)
class Departure:
    """What takes a household off. `file` is "" where its profile is gone, `name` the name that it had chosen.

    `contents` are the files that change, in the order of writing; `followers` are the codes of households that had
    moved to this one and leave with it; `photos` are its originals that no other household names. `is_unread` is
    True where its profile cannot be read and stays as it is.
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
    is_unread: bool

    @property
    def is_nothing(self) -> bool:
        """Tell whether the household has left already, with all that was wished."""
        return not (self.contents or (self.is_erased and self.photos))

    @property
    def warnings(self) -> tuple[Text, ...]:
        """Who leaves with it, and what is deleted for good."""
        found = [
            Text("Code {code} leads to this household, so it is withdrawn too.", code=code)
            for code in self.followers
        ]
        if self.is_erased:
            found.append(Text("Deleted for good: all data of the profile but its code and days"))
            found += [Text("Deleted for good: {photo}", photo=photo) for photo in self.photos]
        return tuple(found)

    @property
    def question(self) -> Text:
        """What is asked before: what is deleted for good is named in the question itself."""
        erase = Text(", and delete the above for good") if self.is_erased else NOTHING
        if self.moved_to:
            return Text(
                "Lead this household's plaque on to {moved_to}{erase}?", moved_to=self.moved_to, erase=erase
            )
        if self.is_erased:
            return Text("Take this household off{erase}?", erase=erase)
        return (
            Text("Take this place off the site?")
            if self.row.is_spot
            else Text("Take this household off the site?")
        )

    @property
    def done(self) -> Text:
        """What is said when it has been done."""
        if self.moved_to:
            return Text("Written: {code} leads on to {moved_to}.", code=self.code, moved_to=self.moved_to)
        if self.row.is_spot:
            return Text("Written: place {code} is not shown any more.", code=self.code)
        return Text("Written: household {code} withdrew on {day:%Y-%m-%d}.", code=self.code, day=self.day)


def plan_departure(root: Path, wish: Wish) -> Departure:
    """Return what would be done, without a trace.

    Raises UserError for a code that will not do, DataProblems for files that cannot be read, MachineError.
    """
    return _planned(root, wish, *_read_households(root))


def _planned(root: Path, wish: Wish, register: Register, profiles: list[Profile]) -> Departure:
    code, profile = _find_household(wish.code, register, profiles)
    if code in register.by_code and register.by_code[code].status == VOID:
        raise void_code(code)
    goal = _code(wish.moved_to, register) if wish.moved_to else ""
    left_on = profile.record.withdrawn if profile and isinstance(profile.record, Departed) else None
    wish = replace(wish, day=left_on or wish.day, moved_to=goal)
    if profile and left_on is None and wish.is_dated:
        _refuse_early(profile, wish.day)
    row = _left(code, profile, register, wish)
    if goal:
        _refuse_goal(register, profiles, profile, code, goal)
    rows, contents = [row], _profile_content(root, profile, code, wish)
    followers = [] if goal else list(_followers(code, profiles))
    for one in followers:
        its_wish = Wish(one.code, wish.day)
        contents |= _profile_content(root, one, one.code, its_wish)
        rows.append(_left(one.code, one, register, its_wish))
    if (after := register.with_rows(*rows)) != register:
        contents |= register_files(root, after.with_columns())
    return Departure(
        code=code,
        name=_text(profile, "name"),
        file=profile.file if profile else "",
        day=wish.day,
        row=row,
        moved_to=goal,
        contents=contents,
        followers=tuple(one.code for one in followers),
        photos=(
            *(_own_photos(root, profile, profiles, is_for_good=wish.erase) if profile else ()),
            *_plaque_photos(root, code),
        ),
        is_erased=wish.erase,
        is_unread=profile is not None and not _is_readable(profile) and not wish.erase,
    )


def read_departure(root: Path, code: str) -> Departure | None:
    """Return how a household left that has left before, None for one that is still there; raises as above."""
    register, profiles = _read_households(root)
    code, profile = _find_household(code, register, profiles)
    row = register.by_code.get(code)
    record = profile.record if profile and isinstance(profile.record, Departed) else None
    if record is None and not (row and row.has_left):
        return None
    day = (record and record.withdrawn) or (row and row.left_on) or (record and record.checked)
    is_erased = bool(profile and profile.tree and not profile.tree.get("name"))
    goal = (record and record.moved_to) or ""
    return _planned(root, Wish(code, day or date.max, goal, is_erased), register, profiles)


def take_off(
    root: Path, wish: Wish, today: date, on_wait: Callable[[], None]
) -> tuple[Departure, tuple[str, ...]]:
    """Return what was done, all of it or nothing, and the photos that could not be removed yet; raises as above.

    `undo` takes it back unless data were erased.
    """
    with locked(root, on_wait=on_wait):
        plan = plan_departure(root, wish)
        if plan.is_erased:
            contents = {**plan.contents, **without_way_back(root, (plan.file, *plan.photos))}
            return plan, write_together(root, contents, erase=plan.photos)
        what = Text("{who} withdrawn", who=plan.row.called)
        codes = (plan.code, *plan.followers)
        return plan, write_together(root, with_way_back(root, plan.contents, what, today, codes))


def _refuse_early(profile: Profile, day: date) -> None:
    """Raise UserError for a day that lies before the day on which the family agreed."""
    try:
        given = parse_date(_text(profile, "consent", "given"))
    except UserError:
        return
    if day < given:
        raise UserError(
            Text(
                "The day of leaving, {day:%Y-%m-%d}, is before {given:%Y-%m-%d}, when the family agreed.",
                day=day,
                given=given,
            ),
            Text(
                "Look at that day again (--on); if the day of agreement is wrong, fix consent.given in {file}.",
                file=profile.file,
            ),
        )


def _left(code: str, profile: Profile | None, register: Register, wish: Wish) -> Row:
    """Return the row of a household that left; as it is where it says so already."""
    status = MOVED if wish.moved_to else WITHDRAWN
    path = profile.file.removeprefix("profiles/") if profile else ""
    row = register.by_code.get(code) or Row(code, path, wish.day)
    if row.status == status and row.left_on is not None:
        return row
    return replace(row, status=status).with_cells(**{LEFT_ON: wish.day.isoformat()})


def _is_readable(profile: Profile) -> bool:
    """Tell whether a line can be added to a profile: it is YAML, and whole to its last line."""
    return profile.tree is not None and profile.tree.get("checked") is not None


def _profile_content(root: Path, profile: Profile | None, code: str, wish: Wish) -> dict[Path, bytes]:
    """Return the profile of a household that left: `withdrawn` or `moved_to` above `checked`, all else as it was.

    To be erased, it shrinks to these and its code, comments gone too; it then need not have been readable. Returns
    nothing where it says all that already. Raises UserError for a file that only a person can edit, DataProblems for
    one that cannot be read and should send visitors on.
    """
    if profile is None:
        return {}
    path = root / profile.file
    with in_words(path):
        before = path.read_bytes()
    key, value = ("moved_to", wish.moved_to) if wish.moved_to else ("withdrawn", wish.day.isoformat())
    if wish.erase:
        try:
            checked = parse_date(_text(profile, "checked")).isoformat()
        except UserError:
            checked = wish.day.isoformat()
        after = render_profile({"code": code, key: value, "checked": checked}).encode("utf-8")
    elif _is_readable(profile):
        values = {other: said for other, said in told(before).items() if other not in LEAVING or other == key}
        after = with_values(before, {**values, key: value})
    elif wish.moved_to:
        raise DataProblems(profile.problems)
    else:
        return {}  # the register closes the page
    return {path: after} if after != before else {}


def _refuse_goal(
    register: Register, profiles: list[Profile], profile: Profile | None, code: str, goal: str
) -> None:
    """Raise UserError where visitors cannot be sent on to the new code, by the rule of `check`."""
    if profile is None:
        raise UserError(
            Text("The profile of {code} is gone, so its visitors cannot be sent on.", code=code),
            Text("Leave the new code out (--moved-to), or take the profile back from a backup."),
        )
    stubs = [
        replace(stub_of(one), code=code, moved_to=goal, withdrawn=False) if one is profile else stub_of(one)
        for one in profiles
    ]
    for problem in check_register(register, stubs, ""):
        if problem.field == "moved_to" and problem.file == profile.file:
            raise UserError(
                problem.message,
                Text(
                    "Give the code of a household that has a page; if there is none, leave this empty (--moved-to)."
                ),
            )


def _followers(code: str, profiles: list[Profile]) -> Iterator[Profile]:
    """Yield the households that had moved to this one, those that had moved to them, and so on."""
    left = {code}
    while new := [one for one in profiles if one.code not in left and stub_of(one).moved_to in left]:
        yield from new
        left |= {one.code for one in new}


def _own_photos(root: Path, profile: Profile, profiles: list[Profile], *, is_for_good: bool) -> Iterator[str]:
    """Yield the originals in the village's folder that this household names and no other one.

    To go for good, all of the village must be readable: raises DataProblems where a neighbour's profile is not.
    """
    mine = named_photos(profile.tree) if profile.tree else ()
    neighbours = [one for one in profiles if one.village == profile.village and one is not profile]
    unread = [one for one in neighbours if one.tree is None]
    if mine and unread and is_for_good:  # one of these may be theirs too
        raise DataProblems(problem for one in unread for problem in one.problems)
    theirs = {name for one in neighbours if one.tree for name in named_photos(one.tree)}
    home = (root / "profiles" / profile.village).resolve()
    for name in dict.fromkeys(mine):
        if name in theirs or ".." in name.split("/") or name.startswith("/") or "\\" in name:
            continue
        path = photo_path(root, f"{profile.village}/{name}")
        if is_regular(stat_path(path)) and path.resolve().is_relative_to(home):
            yield path.relative_to(root).as_posix()


def _plaque_photos(root: Path, code: str) -> Iterator[str]:
    """Yield the photos that walks past a household's plaque left, of whatever village it was."""
    profiles = root / "profiles"
    for path in sorted(profiles.glob(f"*/{PLAQUE_PHOTOS}/*-{code}.jpg")):
        if is_regular(stat_path(path)) and path.resolve().is_relative_to(profiles.resolve()):
            yield path.relative_to(root).as_posix()


# --- A household that was never printed or published goes: its profile, its photos; its code stays given, as void ---


@dataclass(frozen=True, slots=True)
class Removal:
    """What goes: the household's code and name, its profile and its photos ("" and none where they are gone)."""

    code: str
    name: str
    file: str
    photos: tuple[str, ...]
    contents: Mapping[Path, bytes]

    @property
    def warnings(self) -> tuple[Text, ...]:
        """What is deleted for good."""
        names = (self.file, *self.photos) if self.file else ()
        if not names:
            return (Text("Its profile is gone; the code becomes void."),)
        return tuple(Text("Deleted for good: {name}", name=name) for name in names)

    @property
    def question(self) -> Text:
        """What is asked before."""
        return Text("This household's page was never on the web, in whatever way. Delete these for good?")


def plan_removal(root: Path, typed: str) -> Removal:
    """Return what would go, without a trace.

    Raises UserError for a household that was printed or published, DataProblems for a register that cannot be read,
    MachineError.
    """
    register, profiles = _read_households(root)
    code, profile = _find_household(typed, register, profiles)
    row = register.by_code.get(code)
    _refuse_known(root, code, row, profiles, is_gone=profile is None)
    is_sure = all(one.tree is not None for one in profiles)  # else a photo may be another household's too
    own = _own_photos(root, profile, profiles, is_for_good=True) if profile and is_sure else ()
    photos = (*own, *_plaque_photos(root, code))
    contents = register_files(root, register.with_rows(replace(row, status=VOID))) if row else {}
    contents |= without_way_back(root, (profile.file, *photos)) if profile else {}
    return Removal(code, _text(profile, "name"), profile.file if profile else "", photos, contents)


def _refuse_known(root: Path, code: str, row: Row | None, profiles: list[Profile], *, is_gone: bool) -> None:
    """Raise UserError where somebody out there may know the address of the household, or it was removed."""
    followers = [one.code for one in profiles if stub_of(one).moved_to == code]
    if row and row.status == VOID and is_gone:
        raise UserError(Text("Code {code} was removed already.", code=code))
    if row and row.has_left:
        raise UserError(
            Text("{who} has left: its address has to answer for ever.", who=row.called),
            Text("If the last command withdrew the wrong one: vuonho undo"),
        )
    if (row and row.printed) or any(code in dict(board.listed) for board in read_boards(root)[0]):
        why = Text("is on a plaque or a board")
    elif code in published(root):
        why = Text("has been published")
    elif followers:
        why = Text("is where {followers} leads to", followers=followers[0])
    else:
        return
    raise UserError(
        Text("Household {code} {why} and cannot be removed.", code=code, why=why),
        Text("If the family wants to leave: vuonho withdraw {code}", code=code),
    )


def remove_household(root: Path, expected: Removal, on_wait: Callable[[], None]) -> tuple[str, ...]:
    """Remove just what `expected` says; return the files that could not be removed yet. Raises as `plan_removal`."""
    with locked(root, on_wait=on_wait):
        plan = plan_removal(root, expected.code)
        if plan != expected:
            raise UserError(
                Text("The project was changed while the question stood, so nothing was removed."),
                Text("Run this command again."),
            )
        return write_together(root, plan.contents, erase=(plan.file, *plan.photos) if plan.file else ())


# --- What remains to be done by hand when a household has left, and by when ---

ANSWER_IN, DONE_IN = 2, 15


class ToDo(NamedTuple):
    """One thing that people have to do, and the word by which it is known as long as it remains."""

    key: str
    what: Text


_SATURDAY: Final = 5


def working_days_after(day: date, count: int) -> date:
    """Return the day so many working days after; holidays are not known here."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < _SATURDAY
    return day


def left_to_do(root: Path, departure: Departure, today: date, left: tuple[str, ...] = ()) -> Iterator[ToDo]:
    """Yield what people have to do, the most pressing first; `left` are photos that could not be removed yet."""
    code, file, goal, row = departure.code, departure.file, departure.moved_to, departure.row
    yield ToDo(
        "publish",
        Text("Publish the site (vuonho publish): until then an old page stays there."),
    )
    if departure.is_unread:
        yield ToDo(
            "file",
            Text(
                "{file} cannot be read, so the day was not written there; the register closes the page "
                "all the same. Correct the file and add withdrawn: {day}, or erase it: vuonho withdraw "
                "{code} --erase",
                file=file,
                day=departure.day.isoformat(),
                code=code,
            ),
        )
    if not goal and not row.is_spot:
        answer, done = working_days_after(departure.day, ANSWER_IN), departure.day + timedelta(days=DONE_IN)
        overdue = Text(", overdue, do it now")
        yield ToDo(
            "answer",
            Text(
                "Answer the family by {answer:%Y-%m-%d} (2 working days{first}); have all of this done "
                "by {done:%Y-%m-%d} (15 days from {day:%Y-%m-%d}{last}).",
                answer=answer,
                first=overdue if answer < today else NOTHING,
                done=done,
                day=departure.day,
                last=overdue if done < today else NOTHING,
            ),
        )
    if row.printed:
        notice = Text("now opens a notice without any name")
        yield ToDo(
            "plaque",
            Text("The plaque printed on {printed:%Y-%m-%d} may come down.", printed=row.printed)
            if row.is_spot and not goal
            else Text(
                "The plaque printed on {printed:%Y-%m-%d} may hang or come down, as the family likes: "
                "code {code} {then}.",
                printed=row.printed,
                code=code,
                then=Text("now leads on to the page of {goal}", goal=goal) if goal else notice,
            ),
        )
    village = (file or f"profiles/{row.profile}").split("/")[1]
    board = last_board(read_boards(root)[0], (village,))
    if board and board.may_name(code, row.given):
        yield ToDo(
            "board",
            Text(
                "The village's board printed on {printed:%Y-%m-%d} names this household: after the "
                "build print a new one (vuonho plaques --village {village} --size a3) and change it.",
                printed=board.printed,
                village=village,
            ),
        )
    if left:
        yield ToDo(
            "open",
            Text(
                "Another program has these open: {left}. Close it; vuonho removes them the next time.",
                left=", ".join(left),
            ),
        )
    if not goal and not row.is_spot:
        yield from _data_elsewhere(root, departure)


def _data_elsewhere(root: Path, departure: Departure) -> Iterator[ToDo]:
    """Yield where the household's data still are: on this computer, in copies and backups, and out of its reach."""
    if departure.file and not departure.is_erased:
        names, count = ", ".join(Path(photo).name for photo in departure.photos), len(departure.photos)
        yield ToDo(
            "data",
            Text(
                "The household's data are still on this computer: {file}{photos}. If the family wants "
                "them gone: vuonho withdraw {code} --erase",
                file=departure.file,
                photos=Text(" and {count} photos ({names})", count=count, names=names) if names else NOTHING,
                code=departure.code,
            ),
        )
    if departure.file and (copies := copies_of(root, departure.file)):
        yield ToDo(
            "copies",
            Text(
                "{count} automatic copies in {state}/backups hold this profile: delete {holding}.",
                count=len(copies),
                state=STATE,
                holding=", ".join(copy.name for copy in copies),
            ),
        )
    if day := last_backup(root):
        yield ToDo(
            "backup",
            Text(
                "The backup of {day:%Y-%m-%d} ({root}) and those before it hold the household's data: "
                "make a new one, then delete the old ones.",
                day=day,
                root=last_place(root),
            ),
        )
    yield ToDo(
        "elsewhere",
        Text(
            "Delete what lies elsewhere: workbooks, .txt files and photos in Zalo, drafts and "
            "photos on the phones that were used, prints."
        ),
    )
    yield ToDo(
        "paper",
        Text(
            "Keep the signed consent form, and the family's letter if there is one, locked away: "
            "they are the proof."
        ),
    )
    yield ToDo(
        "search",
        Text(
            "Search engines keep old copies for days or weeks after the publishing, GitHub what "
            "was published before for a while, and what people saved is out of reach: tell the "
            "family so."
        ),
    )


def copies_of(root: Path, file: str) -> tuple[Path, ...]:
    """Return the automatic copies that hold a profile, or of which it cannot be told."""
    return tuple(copy for copy in safety_copies(root) if _holds(copy, file))


def delete_copies(root: Path, file: str, on_wait: Callable[[], None]) -> int:
    """Delete the automatic copies that hold a profile, and return how many; raise MachineError for one that stays."""
    with locked(root, on_wait=on_wait):
        copies = copies_of(root, file)
        for copy in copies:
            with in_words(copy):
                remove(copy)
    return len(copies)


def _holds(copy: Path, name: str) -> bool:
    try:
        with in_words(copy), open_backup(copy) as backup:
            return backup.has(name)
    except UserError:
        return True  # it cannot be told
