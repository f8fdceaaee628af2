"""One profile's file becomes a household, with everything that is wrong or doubtful in it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.domain.caution.cautions import cautions
from vuonho.domain.codes import parse_code
from vuonho.domain.findings import Finding
from vuonho.domain.freetext import free_texts
from vuonho.domain.future import in_profile
from vuonho.domain.rules import check_household
from vuonho.domain.schema.household import Departed, Household
from vuonho.errors import Problem, Refused, Severity
from vuonho.intake.draft import apart_from, read_draft
from vuonho.intake.files import read_text
from vuonho.intake.lastline import check_last
from vuonho.intake.records import locate, read_record
from vuonho.intake.tree import Entry, Mapping, Scalar, parse_tree

LEAVING = ("withdrawn", "moved_to")
_CODE = re.compile(r"^code:[ \t]*[\"']?([0-9]{5,8})[\"']?[ \t]*(?:#.*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile as read: `record` is None where it has an error.

    `file` is relative to the project; `code` is the code it carries, even if the rest is wrong, or "".
    `draft` is what rules may look at: the household, or what could be read of it, or None. `text` is that of a file
    that is no YAML, "" for all others.
    """

    file: str
    village: str
    code: str
    record: Household | Departed | None
    tree: Mapping | None
    problems: tuple[Problem, ...]
    draft: Household | None = None
    text: str = ""

    @property
    def is_sound(self) -> bool:
        """True where the file itself has no error; warnings do not count."""
        return not any(problem.severity is Severity.ERROR for problem in self.problems)

    def found(self, findings: Iterable[Finding]) -> Iterator[Problem]:
        """Yield findings about the draft as problems, without those about what could not be read."""
        if self.tree is not None:
            kept = apart_from(self.problems, findings) if self.record is None else findings
            yield from (locate(finding, self.tree, self.file) for finding in kept)


def future_days(profile: Profile, today: date) -> Iterator[Problem]:
    """Yield a warning for each day of a profile that has not come, as far as it can be read."""
    if isinstance(profile.record, Departed) and profile.tree is not None:
        yield from (locate(one, profile.tree, profile.file) for one in in_profile(profile.record, today))
    elif profile.draft is not None:
        yield from profile.found(in_profile(profile.draft, today))


def read_profile(root: Path, file: str, village: str) -> Profile:
    """Return the profile in `file` (relative to the project); never raises for what is in it."""
    text, problems = read_text(root / file, file)
    if text is None:
        return Profile(file, village, "", None, None, problems)
    return parse_profile(text, file, village)


def parse_profile(text: str, file: str, village: str) -> Profile:
    """Return the profile that a text holds."""
    tree, problems = parse_tree(text, file)
    if tree is None:
        empty = Problem(
            file, 1, 1, "", Text("Tệp trống.", "The file is empty."),
            Text("Điền hồ sơ, hoặc xóa tệp.", "Fill it in, or delete the file."),
        )  # fmt: skip
        return Profile(file, village, code_in(text), None, None, problems or (empty,), text=text)
    record, wrong = _record(tree, file)
    draft = record if isinstance(record, Household) else None
    if record is None and not _left(tree):
        draft = read_draft(tree, wrong)
    last = check_last(tree)
    wrong = (*wrong, locate(last, tree, file)) if last else wrong
    profile = Profile(file, village, _code(tree), record, tree, (*problems, *wrong), draft)
    found = profile.found(_findings(draft)) if draft else ()
    return replace(profile, problems=(*profile.problems, *found))


def _record(tree: Mapping, file: str) -> tuple[Household | Departed | None, tuple[Problem, ...]]:
    """Return the record; a household that left may keep its old fields, which are not read."""
    left = _left(tree)
    if not left:
        return read_record(Household, tree, file, ignored=[key for key in LEAVING if tree.get(key)])
    if len(left) == 2:
        return None, (Problem(file, left[1].line, left[1].column, left[1].key, *_BOTH),)
    return read_record(Departed, tree, file, ignored=set(Household.model_fields) - set(Departed.model_fields))


def _left(tree: Mapping) -> list[Entry]:
    """Return the entries that say that the household left."""
    return [entry for key in LEAVING if (entry := tree.get(key)) and not _is_empty(entry.value)]


def _is_empty(value: object) -> bool:
    return isinstance(value, Scalar) and value.is_empty


def _findings(household: Household) -> Iterator[Finding]:
    yield from check_household(household)
    for field, text in free_texts(household):
        yield from cautions(text, field)


def _code(tree: Mapping) -> str:
    entry = tree.get("code")
    return _parsed(entry.value.text) if entry and isinstance(entry.value, Scalar) else ""


def code_in(text: str) -> str:
    """Return the code that a line of a profile says, without reading the rest; "" for none."""
    found = _CODE.search(text)
    return _parsed(found[1]) if found else ""


def _parsed(typed: str) -> str:
    try:
        return parse_code(typed)
    except Refused:
        return ""


_BOTH = (
    Text("Có cả “withdrawn” và “moved_to”.", "Both “withdrawn” and “moved_to” are given."),
    Text("Chỉ giữ một: rút hẳn, hoặc chuyển sang mã khác.", "Keep one: withdrawn, or moved to another code."),
)
