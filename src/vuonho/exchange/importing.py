"""Importing: files from the field become a plan that can be looked at, and the plan becomes profiles.

files ──read──▶ Incoming ──plan──▶ Plan ──shown, asked──▶ carried out, or nothing
"""

from collections.abc import Sequence
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.errors import DataProblems, Problem, Severity
from vuonho.exchange.carrying import carry_out
from vuonho.exchange.matching import Ask
from vuonho.exchange.plan import Plan, Wishes, plan_import
from vuonho.exchange.planned import Planned
from vuonho.exchange.reading import read_incoming
from vuonho.exchange.telling import tell_change
from vuonho.founding.newcomer import villages_of
from vuonho.intake.incoming import Incoming
from vuonho.intake.settings import read_site
from vuonho.output.writing.recovery import recover

__all__ = ["Plan", "Planned", "Wishes", "carry_out", "plan_files", "tell_change"]


def plan_files(root: Path, files: Sequence[str], folder: Path, wishes: Wishes, ask: Ask) -> Plan:
    """Return what importing the files would do; names are those below `folder`, or absolute.

    Raises DataProblems with all that is wrong in any of them, MachineTrouble; nothing has changed in any case.
    """
    recover(root)
    site, problems = read_site(root)
    languages = site.languages if site else ("vi", "en")
    villages = dict(villages_of(root))
    found: list[Problem] = list(problems)
    incoming: list[Incoming] = []
    for name in dict.fromkeys(files):
        told, wrong = read_incoming(folder / name, name, languages, villages)
        incoming += told
        found += wrong
        if not told and not wrong:
            found.append(Problem(name, None, None, "", *_EMPTY))
    if any(problem.severity is Severity.ERROR for problem in found):
        raise DataProblems(_with_later(root, incoming, wishes, found))
    plan = plan_import(root, incoming, wishes, ask)
    return Plan(plan.project, plan.planned, plan.register, (*found, *plan.doubts), plan.questions)


def _with_later(
    root: Path, incoming: Sequence[Incoming], wishes: Wishes, found: Sequence[Problem]
) -> Sequence[Problem]:
    """Return the problems with those that only show once the households are put together, all at one time."""
    try:
        plan_import(root, incoming, Wishes(wishes.today, overwrite=wishes.overwrite), lambda _: None)
    except DataProblems as more:
        return (*found, *more.problems)
    return found


_EMPTY = (
    Text("Tệp này không có hộ nào.", "There is no household in this file."),
    Text("Mở tệp ra xem: mỗi hộ một dòng, có ít nhất tên vườn.",
         "Open it and look: a row for each household, with its name at least."),
)  # fmt: skip
