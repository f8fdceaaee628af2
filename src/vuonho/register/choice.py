"""Which households are to be printed, and why: by code, by village, those never printed, those that changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from vuonho.errors import DataProblems, Problem, UserError
from vuonho.i18n import NOTHING, Both, Text
from vuonho.model.codes import likely, parse_code
from vuonho.model.public import Coded, PublicVillage
from vuonho.model.values import quoted, say_day
from vuonho.register.register import CONDITION, VOID, Register, Row, content_of, last_print, normalize_url


class Which(Enum):
    """Which of the households in question are wanted."""

    ALL = "all"
    NEW = "new"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted: these codes in this order, or of a village (None: all villages) the new, changed or all."""

    codes: tuple[str, ...] = ()
    village: str | None = None
    which: Which = Which.ALL


@dataclass(frozen=True, slots=True)
class Chosen:
    """A household to print: its page's address, what stands for the plaque's words, and why it is printed."""

    household: Coded
    village: PublicVillage
    url: str
    content: str
    why: Text


@dataclass(frozen=True, slots=True)
class Project:
    """What a choice is made from; `left` are the codes that answer with a notice only.

    `broken` are the codes whose profiles have errors, with these: `households` are without them.
    """

    base_url: str
    villages: Sequence[PublicVillage]
    households: Sequence[Coded]
    left: frozenset[str]
    register: Register
    broken: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)


def choose(project: Project, wanted: Wanted) -> tuple[Chosen, ...]:
    """Return what to print; raise UserError for a code or a village that cannot be, DataProblems for a broken profile."""
    villages = {village.slug: village for village in project.villages}
    if wanted.village is not None and wanted.village not in villages:
        raise unknown_village(wanted.village, villages)
    homes = {home.code: home for home in project.households}
    asked = dict.fromkeys(_asked(typed, homes, project) for typed in wanted.codes)
    pool = asked or [home for home in project.households if wanted.village in (None, home.village)]
    found = (_chosen(home, villages, project) for home in pool)
    return tuple(one for one in found if _is_wanted(one, wanted.which, project.register))


def _chosen(home: Coded, villages: Mapping[str, PublicVillage], project: Project) -> Chosen:
    village = villages[home.village]
    url = f"{project.base_url}{home.code}/"
    content = content_of(home.name, village.name, url)
    return Chosen(home, village, url, content, _why(project.register.by_code.get(home.code), url, content))


def _why(row: Row | None, url: str, content: str) -> Text:
    before = last_print(row) if row else None
    if before is None:
        return Text("never printed")
    day = say_day(before.day)
    if normalize_url(before.url) != normalize_url(url):
        return Text("printed on {day} with another address", day=day)
    if before.content and before.content != content:
        return Text("printed on {day}, its name or village has changed since", day=day)
    if row and row.is_worn and row.inspected:
        seen = say_day(row.inspected)
        return (
            Text("found faded on {day}", day=seen)
            if row.cell(CONDITION) == "faded"
            else Text("found gone on {day}", day=seen)
        )
    return Text("printed again, last on {day}", day=day)


def _is_wanted(one: Chosen, which: Which, register: Register) -> bool:
    row = register.by_code.get(one.household.code)
    before = last_print(row) if row else None
    if which is Which.ALL:
        return True
    if which is Which.NEW or before is None:
        return which is Which.NEW and before is None
    is_worn = row is not None and row.is_worn
    return is_worn or is_changed(one.url, one.content, before.url, before.content)


def is_changed(url: str, content: str, printed_url: str, printed_content: str) -> bool:
    """Tell whether a plaque says something else than what was printed; of one entered by hand only the address is known."""
    return normalize_url(printed_url) != normalize_url(url) or printed_content not in ("", content)


def _asked(typed: str, homes: Mapping[str, Coded], project: Project) -> Coded:
    code = typed_code(typed, project.base_url, project.register)
    if code in homes:
        return homes[code]
    if code in project.broken:
        raise DataProblems(project.broken[code])
    row = project.register.by_code.get(code)
    if code in project.left and row:
        raise UserError(
            Text("{who} has withdrawn or moved, so no plaque is printed.", who=row.called),
            Text("Leave this code out."),
        )
    if row is None:
        raise unknown_code(code, project.register)
    raise (
        void_code(code)
        if row.status == VOID
        else UserError(
            Text("The family of {code} has not agreed yet, so its plaque cannot be printed.", code=code),
            Text("Ask the family, write the day into consent.given, then print."),
        )
    )


def typed_code(typed: str, base_url: str, register: Register) -> str:
    """Return the code that was typed, alone or as the address of its page; raise UserError for what is none."""
    plain = typed.removeprefix(base_url).strip("/").replace("-", "")
    return parse_code(plain, tuple(register.by_code))


def unknown_code(code: str, register: Register) -> UserError:
    """Return the error of a code that no household has, with those that may be meant."""
    meant = likely(code, tuple(register.by_code))[:3]
    ask = Both(f"Có phải là {' hoặc '.join(meant)}? ", f"Is it {' or '.join(meant)}? ") if meant else NOTHING
    return UserError(
        Text("No household has the code {code}.", code=code),
        Text("{ask}Look the code up in profiles/codes.csv.", ask=ask),
    )


def void_code(code: str) -> UserError:
    """Return the error of a code that was given up."""
    return UserError(
        Text("Code {code} is void and is never used again.", context="plaque", code=code),
        Text("Leave this code out."),
    )


def unknown_village(typed: str, known: Iterable[str]) -> UserError:
    """Return the error of a village that there is not."""
    names = ", ".join(known)
    return UserError(
        Text("There is no village {typed}.", typed=quoted(typed)),
        Text("Write the name of the village's folder: {names}.", names=names),
    )
