"""Which household is to leave, and what its profile says then."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.codes import parse_code
from vuonho.domain.fold import fold
from vuonho.domain.register.choice import unknown_code
from vuonho.domain.register.register import Register
from vuonho.domain.register.rules import owners
from vuonho.domain.values import parse_date, quoted
from vuonho.errors import DataProblems, Refused
from vuonho.intake.profile import LEAVING, Profile
from vuonho.intake.profiletext.edit import told, with_values
from vuonho.intake.profiletext.emit import render_profile
from vuonho.intake.tree import Mapping, Scalar
from vuonho.survey import stub_of

_SHOWN: Final = 5
_BETWEEN: Final = re.compile(r"[\s.\-\u2010-\u2015]+")


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

    def goal(self, register: Register) -> str:
        """Return the code that visitors are sent on to, "" for none; raise Refused for a text that is no code."""
        return _code(self.moved_to, register) if self.moved_to else ""


def parse_day(typed: str, today: date) -> date:
    """Return the day on which a family left, today where none is typed; raise Refused for one that is to come."""
    day = parse_date(typed) if typed.strip() else today
    if day > today:
        raise Refused(
            Text(f"Ngày {quoted(typed)} còn chưa tới.", f"The day {quoted(typed)} is still to come."),
            Text("Ghi ngày gia đình báo rút.", "Give the day on which the family said so."),
        )
    return day


def refuse_early(profile: Profile, wish: Wish) -> None:
    """Raise Refused for a day that somebody named and that lies before the day on which the family agreed."""
    try:
        given = parse_date(consent_day(profile))
    except Refused:
        return
    if wish.is_dated and wish.day < given:
        raise Refused(
            Text(f"Ngày rút {wish.day:%d/%m/%Y} trước ngày gia đình đồng ý {given:%d/%m/%Y}.",
                 f"The day of leaving, {wish.day:%Y-%m-%d}, is before {given:%Y-%m-%d}, when the family agreed."),
            Text(f"Xem lại ngày ở --on; nếu ngày đồng ý ghi nhầm thì sửa consent.given trong {profile.file}.",
                 f"Look at --on again; if the day of agreement is wrong, mend consent.given in {profile.file}."),
        )  # fmt: skip


def consent_day(profile: Profile) -> str:
    """Return what the profile says of the day on which the family agreed, "" for nothing."""
    consent = profile.tree.get("consent") if profile.tree else None
    given = consent.value.get("given") if consent and isinstance(consent.value, Mapping) else None
    return given.value.text.strip() if given and isinstance(given.value, Scalar) else ""


def find_household(typed: str, register: Register, profiles: Sequence[Profile]) -> tuple[str, Profile | None]:
    """Return (code, profile) of a household; the profile is None where it is gone and its row still there.

    A file that cannot be read is known by the register. Raises Refused for a code that nobody has, with those or
    the names that may be meant, DataProblems for one that two profiles carry.
    """
    if names := _named_so(typed, profiles):
        raise Refused(
            Text(f"{quoted(typed)} không phải là mã hộ.", f"{quoted(typed)} is no code."),
            Text(f"Ghi mã: {names}", f"Give the code: {names}"),
        )
    code = _code(typed, register)
    carrying = [one for one in profiles if one.code == code]
    row = register.by_code.get(code)
    if not carrying and row is not None:
        carrying = [one for one in profiles if one.file == f"profiles/{row.profile}" and not one.code]
    if not carrying and row is None:
        raise unknown_code(code, register)
    if len(carrying) > 1:
        first = owners(register, [stub_of(one) for one in carrying])[code].path
        raise Refused(
            Text(f"Mã {code} có ở nhiều hồ sơ: {', '.join(one.file for one in carrying)}.",
                 f"Several profiles carry {code}: {', '.join(one.file for one in carrying)}."),
            Text(f"Hồ sơ đúng là profiles/{first}; ở bản chép thì để trống code rồi chạy lại.",
                 f"profiles/{first} is the right one; leave code empty in the copy and run again."),
        )  # fmt: skip
    return code, carrying[0] if carrying else None


def _code(typed: str, register: Register) -> str:
    return parse_code(_BETWEEN.sub("", typed), tuple(register.by_code))


def _named_so(typed: str, profiles: Sequence[Profile]) -> str:
    """Return the codes and names of households whose name holds what was typed, if that is a name at all."""
    wanted = fold(typed)
    if not any(sign.isalpha() for sign in wanted):
        return ""
    names = ((one.code, _name(one)) for one in profiles if one.code)
    found = [f"{code} ({name})" for code, name in names if wanted in fold(name)]
    return ", ".join(found[:_SHOWN])


def _name(profile: Profile) -> str:
    entry = profile.tree.get("name") if profile.tree else None
    return entry.value.text if entry and isinstance(entry.value, Scalar) else ""


def left_content(before: bytes, profile: Profile, code: str, wish: Wish, goal: str) -> bytes:
    """Return the profile of a household that left: `withdrawn` or `moved_to` above `checked`, all else as it was.

    To be erased, it shrinks to these and its code, comments gone too; it then need not have been readable.
    Raises DataProblems for a file that cannot be read, Refused for one that only a person can edit.
    """
    key, value = ("moved_to", goal) if goal else ("withdrawn", wish.day.isoformat())
    if wish.erase:
        least = {"code": code, key: value, "checked": _checked(profile, wish.day)}
        return render_profile(least).encode("utf-8")
    if not is_readable(profile):
        raise DataProblems(profile.problems)
    values = {other: said for other, said in told(before).items() if other not in LEAVING or other == key}
    return with_values(before, {**values, key: value})


def is_readable(profile: Profile) -> bool:
    """Tell whether a line can be added to a profile: it is YAML, and whole to its last line."""
    return profile.tree is not None and profile.tree.get("checked") is not None


def _checked(profile: Profile, day: date) -> str:
    entry = profile.tree.get("checked") if profile.tree else None
    try:
        typed = entry.value.text if entry and isinstance(entry.value, Scalar) else ""
        return parse_date(typed).isoformat()
    except Refused:
        return day.isoformat()
