"""One profile's file becomes a household, with everything that is wrong or doubtful in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from vuonho.errors import Problem, Severity, UserError
from vuonho.i18n import Text
from vuonho.model.codes import parse_code
from vuonho.model.fields import Misfit, Misfits, Record, field_of, outline, record_at
from vuonho.model.household import Departed, Household, free_texts
from vuonho.model.rules import cautions, check_household
from vuonho.model.spot import Spot, check_spot
from vuonho.model.values import quoted, say_day
from vuonho.project.files import is_spot, parse_file, read_text
from vuonho.project.yaml_tree import NO_SPACE, UNSPACED, Advice, Mapping, Plain, Scalar, is_empty, plain
from vuonho.project.yaml_tree import Path as Steps
from vuonho.register.boards import FILE as BOARDS_FILE
from vuonho.register.boards import Board
from vuonho.register.register import FILE as REGISTER_FILE
from vuonho.register.register import Register
from vuonho.text import nearest

# --- A tree becomes a record of the schema; everything that does not fit is named with its place ---

_LONGEST_KEY = 60
Kind = TypeVar("Kind", bound=Record)
_NOT_KEYS = (
    Text("Lines of the form “key: value” are wanted here."),
    Text("Look at a sample profile."),
)


def read_record(
    kind: type[Kind], tree: Mapping, file: str, ignored: Iterable[str] = ()
) -> tuple[Kind | None, tuple[Problem, ...]]:
    """Return (record, problems): the record is None where there is any problem.

    `ignored` names keys that are allowed but not read.
    """
    skipped = frozenset(ignored)
    values = {entry.key: plain(entry.value) for entry in tree.entries if entry.key not in skipped}
    try:
        return kind.read(values), ()
    except Misfits as wrong:
        found = (_problem(kind, tree, file, misfit) for misfit in wrong.found)
        return None, tuple(dict.fromkeys(found))  # a value with two commas is cut twice and said once


def fits(kind: type[Kind], values: object) -> Kind | None:
    """Return the record that plain values make, or None where they make none."""
    try:
        return kind.read(values)
    except Misfits:
        return None


def _problem(kind: type[Record], tree: Mapping, file: str, misfit: Misfit) -> Problem:
    path = misfit.path
    line, column, node = tree.find_node(path)
    advice = _advice(kind, misfit)
    if path and misfit.cause != "missing" and (cut := _cut_by_comma(kind, tree, path)):
        key, whole = cut[0], quoted(cut[1], 80)[1:-1].replace('"', "'")
        path = (*path[:-1], key)
        line, column = tree.find(path)
        advice = (
            Text("“{whole}” is cut at its comma.", whole=whole),
            Text('Between {{ }} put a value with a comma in quotes: {key}: "{whole}"', key=key, whole=whole),
        )
    elif advice == _NOT_KEYS and isinstance(node, Scalar) and node.plain and UNSPACED.match(node.text):
        line, column, advice = node.line, node.column, NO_SPACE
    field = ".".join(str(step + 1) if isinstance(step, int) else step[:_LONGEST_KEY] for step in path)
    return Problem(field, *advice, file=file, line=line, column=column)


def _cut_by_comma(kind: type[Record], tree: Mapping, path: Steps) -> tuple[str, str] | None:
    """Return (key, whole value) of a value that a comma cut: `{address: Xóm Đông, ngõ 3}` has a key `ngõ 3`.

    `path` leads to the value, or to a key that is a piece of it.
    """
    *_, inside = tree.find_node(path[:-1])
    if not isinstance(inside, Mapping) or not inside.in_braces:
        return None
    known = record_at(kind, path[:-1]).slots
    pieces: dict[str, list[str]] = {}
    key = ""
    for entry in inside.entries:
        if not isinstance(entry.value, Scalar):
            key = ""
        elif not entry.value.is_empty:
            key = entry.key
            pieces[key] = [entry.value.text]
        elif key and entry.key not in known:
            pieces[key].append(entry.key)
    cut = ((key, parts) for key, parts in pieces.items() if path[-1] in (key, *parts[1:]) and parts[1:])
    return next(((key, ", ".join(parts)) for key, parts in cut), None)


def _advice(kind: type[Record], misfit: Misfit) -> Advice:
    path, cause = misfit
    if isinstance(cause, UserError):
        return cause.message, cause.hint
    owner, key = record_at(kind, path[:-1]), str(path[-1]) if path else ""
    if cause == "missing":
        hint = Text("Add a line “{key}: …”.", key=key)
        if key == "code":
            hint = Text("Run: vuonho assign")
        elif key == "checked":
            hint = Text("The file may have been cut off: look at its end, then add a line “checked: DATE”.")
        label = field_of(outline(owner), key).label
        return Text("“{key}” ({label}) is missing.", key=key, label=label), hint
    if cause == "unknown":
        meant = nearest(key, owner.slots)
        hint = Text("Did you mean “{meant}”?", meant=meant)
        if not meant:
            hint = Text("What can stand here: {known}.", known=", ".join(owner.slots))
        return Text("There is no {shown} here.", shown=quoted(key, _LONGEST_KEY)), hint
    return _NOT_KEYS


# --- What can be read of a profile that has errors, so that its other rules still speak up the same time round ---

STAND_INS: dict[str, Plain] = {"code": "10008", "name": "?", "consent": {}, "location": {}, "garden": {}}
ENTRIES: dict[str, str] = {"crops": "name", "animals": "name", "products": "name", "photos": "file"}
"""Lists whose entries keep their place, since findings count them; each with what an entry cannot lack."""


def read_draft(tree: Mapping, problems: Iterable[Problem]) -> Household | None:
    """Return the household without the values that `problems` name, or None where too little is left.

    Without `checked` there is none: too many rules compare with that date.
    """
    values = plain(tree)
    if not isinstance(values, dict):
        return None
    for problem in problems:
        _leave_out(values, path_of(problem.field))
    known = {key: value for key, value in values.items() if key in Household.slots}
    return fits(Household, STAND_INS | {key: value for key, value in known.items() if value is not None})


def apart_from(problems: Iterable[Problem], findings: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the findings that do not speak of a field that could not be read, nor of what lies round it."""
    unread = [path_of(p.field) for p in problems if p.field and p.severity is Severity.ERROR]
    for problem in findings:
        path = path_of(problem.field)
        if not any(path[: len(other)] == other or other[: len(path)] == path for other in unread):
            yield problem


def path_of(field: str) -> Steps:
    """Return a dotted field as a path; positions in lists count from 0."""
    return tuple(int(step) - 1 if step.isdigit() else step for step in field.split(".") if step)


def _leave_out(values: Plain, path: Steps) -> None:
    """Take the value at `path` out of the dicts and lists in `values`."""
    node: Plain = values
    for step in path[:-1]:
        if isinstance(node, dict) and isinstance(step, str):
            node = node.get(step)
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            return
    last = path[-1] if path else ""
    if isinstance(node, dict) and isinstance(last, str):
        if len(path) > 2 and ENTRIES.get(str(path[-3])) == last:
            node[last] = "?"
        else:
            node.pop(last, None)
    elif isinstance(node, list) and isinstance(last, int) and last < len(node):
        if key := ENTRIES.get(str(path[-2])):
            node[last] = {key: "?"}
        else:
            _leave_out(values, path[:-1])


# --- One profile's file becomes a household, with everything that is wrong or doubtful in it ---

LEAVING = ("withdrawn", "moved_to")
_CODE = re.compile(r"^code:[ \t]*[\"']?([0-9]{5,8})[\"']?[ \t]*(?:#.*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile, of a household or of a place, as read: `record` is None where it has an error.

    `file` is relative to the project; `code` is the code it carries, even if the rest is wrong, or "".
    `draft` is what rules may look at: the household, or what could be read of it, or None. `text` is that of the
    file, "" where it has none.
    """

    file: str
    village: str
    code: str
    record: Household | Spot | Departed | None
    tree: Mapping | None
    problems: tuple[Problem, ...]
    draft: Household | None = None
    text: str = ""

    @property
    def is_sound(self) -> bool:
        """True where the file itself has no error; warnings do not count."""
        return not any(problem.severity is Severity.ERROR for problem in self.problems)

    def found(self, findings: Iterable[Problem]) -> Iterator[Problem]:
        """Yield findings about the draft as problems, without those about what could not be read."""
        if self.tree is not None:
            kept = apart_from(self.problems, findings) if self.record is None else findings
            yield from (problem.at(self.tree, self.file) for problem in kept)


def read_profile(root: Path, file: str, village: str) -> Profile:
    """Return the profile in `file` (relative to the project); never raises for what is in it."""
    text, problems = read_text(root / file, file)
    if text is None:
        return Profile(file, village, "", None, None, problems)
    if not KEPT.is_on:
        return parse_profile(text, file, village)
    before = KEPT.profiles.get((file, village))
    if before is None or before.text != text:
        before = KEPT.profiles[file, village] = parse_profile(text, file, village)
    return before


class Kept:
    """The profiles of a process that lives on, parsed again only when their text has changed; off where it ends soon."""

    def __init__(self) -> None:
        self.is_on = False
        self.profiles: dict[tuple[str, str], Profile] = {}


KEPT: Final = Kept()


def parse_profile(text: str, file: str, village: str) -> Profile:
    """Return the profile that a text holds."""
    tree, problems = parse_file(text, file)
    if tree is None:
        return Profile(file, village, code_in(text), None, None, problems, text=text)
    record, wrong = _record(tree, file)
    draft = record if isinstance(record, Household) else None
    if record is None and not _left(tree) and not is_spot(file):
        draft = read_draft(tree, wrong)
    last = check_last(tree)
    wrong = (*wrong, last.at(tree, file)) if last else wrong
    code = tree.get("code")
    typed = code.value.text if code and isinstance(code.value, Scalar) else ""
    profile = Profile(file, village, _parsed(typed), record, tree, (*problems, *wrong), draft, text)
    if isinstance(record, Spot):
        return replace(profile, problems=(*profile.problems, *profile.found(check_spot(record))))
    if draft is None:
        return profile
    found = list(check_household(draft))
    for field, said in free_texts(draft):
        found += cautions(said, field)
    return replace(profile, problems=(*profile.problems, *profile.found(found)))


def _record(tree: Mapping, file: str) -> tuple[Household | Spot | Departed | None, tuple[Problem, ...]]:
    """Return the record; a household or a place that left may keep its old fields, which are not read."""
    left = _left(tree)
    kind: type[Spot | Household] = Spot if is_spot(file) else Household
    if not left:
        return read_record(kind, tree, file, ignored=[key for key in LEAVING if tree.get(key)])
    if len(left) == 2:
        message = Text("Both “withdrawn” and “moved_to” are given.")
        hint = Text("Keep one: withdrawn, or moved to another code.")
        return None, (Problem(left[1], message, hint).at(tree, file),)
    return read_record(Departed, tree, file, ignored=set(kind.slots) - set(Departed.slots))


def _left(tree: Mapping) -> list[str]:
    """Return the keys that say that the household left."""
    return [key for key in LEAVING if (entry := tree.get(key)) and not is_empty(entry.value)]


def code_in(text: str) -> str:
    """Return the code that a line of a profile says, without reading the rest; "" for none."""
    found = _CODE.search(text)
    return _parsed(found[1]) if found else ""


def _parsed(typed: str) -> str:
    try:
        return parse_code(typed)
    except UserError:
        return ""


# --- The last line of a profile: `checked`, so that a file that was cut off is noticed by its absence ---

LAST = "checked"


def check_last(tree: Mapping) -> Problem | None:
    """Return a warning that names the last key, if a profile has `checked` and does not end with it."""
    last = tree.entries[-1].key if tree.entries else LAST
    if last == LAST or tree.get(LAST) is None:
        return None
    return Problem(
        last,
        Text("{last} must be the last line; {after} stands after it.", last=LAST, after=quoted(last)),
        Text("Move the line {last} to the end: a file that was cut off is known by its absence.", last=LAST),
        Severity.WARNING,
    )


# --- Days that have not come yet: a slip of the year, a date before its time, or a clock that is wrong ---

RELEASED: Final = date(2026, 11, 26)
"""The day of this version: a clock that says an earlier one is wrong, and no day until then is doubted."""
MOST: Final = 5
"""So many days are corrected one by one; of more a clock is the cause, and is named once."""
_CLOCK = Text(" If this computer's clock is wrong, set it right.")


def future_days(profile: Profile, today: date) -> Iterator[Problem]:
    """Yield a warning for each day of a profile that has not come, as far as it can be read."""
    record = profile.record or profile.draft
    days: list[tuple[str, date | None, Text]] = []
    if isinstance(record, Household):
        hint = Text(
            "Write the day on which the family signed; leave it empty if they have not.{clock}", clock=_CLOCK
        )
        days.append(("consent.given", record.consent.given, hint))
    elif isinstance(record, Departed):
        hint = Text("Write the day on which the family left.{clock}", clock=_CLOCK)
        days.append(("withdrawn", record.withdrawn, hint))
    if record:
        hint = Text("Write the day on which the profile was checked.{clock}", clock=_CLOCK)
        days.append(("checked", record.checked, hint))
    yield from profile.found(_ahead(field, today, hint) for field, day, hint in days if is_ahead(day, today))


def in_registers(register: Register, boards: Sequence[Board], today: date) -> Iterator[Problem]:
    """Yield a warning for each row of the registers with a day that has not come."""
    days = [
        (REGISTER_FILE, row.line, field, day)
        for row in register.rows
        for field, day in (("given", row.given), ("printed", row.printed))
    ]
    days += [(BOARDS_FILE, board.line, "printed", board.printed) for board in boards]
    hint = Text("The program wrote this day: leave it. If this computer's clock is wrong, set it right.")
    for file, line, field, day in days:
        if is_ahead(day, today):
            yield replace(_ahead(field, today, hint), file=file, line=line, column=1 if line else None)


def once(problems: Sequence[Problem], today: date) -> tuple[Problem, ...]:
    """Return the warnings, or where they are many the first, which then speaks for all and of the clock."""
    if len(problems) <= MOST:
        return tuple(problems)
    message = Text(
        "This day and {count} others in profiles and registers have not come (by the clock it is {today}).",
        count=len(problems) - 1,
        today=say_day(today),
    )
    hint = Text(
        "Look at this computer's clock first and set it if it is wrong; if it is right, fix the days."
    )
    return (replace(problems[0], message=message, hint=hint),)


def is_ahead(day: date | None, today: date | None) -> bool:
    """Tell whether a day has not come; without `today` none is looked at."""
    return day is not None and today is not None and day > max(today, RELEASED)


def _ahead(field: str, today: date, hint: Text) -> Problem:
    message = Text("This day has not come (today is {today}).", today=say_day(today))
    return Problem(field, message, hint, Severity.WARNING)
