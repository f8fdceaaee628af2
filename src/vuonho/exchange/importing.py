"""Importing: files from the field become a plan that can be looked at, and the plan becomes profiles.

files ──read──▶ Incoming ──plan──▶ Plan ──shown, asked──▶ carried out, or nothing
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.errors import DataProblems, Problem, Severity
from vuonho.exchange.carrying import carry_out
from vuonho.exchange.matching import Ask
from vuonho.exchange.plan import Plan, Unsound, Wishes, plan_import
from vuonho.exchange.planned import Planned
from vuonho.exchange.reading import read_incoming
from vuonho.exchange.telling import tell_change, tell_kept
from vuonho.founding.newcomer import villages_of
from vuonho.intake.incoming import Incoming
from vuonho.intake.settings import read_site
from vuonho.output.writing.recovery import recover

__all__ = ["Plan", "Planned", "Wishes", "carry_out", "plan_files", "tell_change", "tell_kept"]


@dataclass(frozen=True, slots=True)
class _Brought:
    """What the files hold: households, problems, and the names of those files that have an error in them."""

    incoming: tuple[Incoming, ...]
    problems: tuple[Problem, ...]
    bad: tuple[str, ...]


def plan_files(root: Path, files: Sequence[str], folder: Path, wishes: Wishes, ask: Ask) -> Plan:
    """Return what importing the files would do; names are those below `folder`, or absolute.

    Raises DataProblems with all that is wrong in any of them, and the ways out, and MachineTrouble; nothing has
    changed in any case.
    """
    recover(root)
    brought = _bring(root, files, folder)
    if wishes.skip:
        return _plan_sound(root, brought, wishes, ask)
    hint = _ways_out(brought)
    if any(problem.severity is Severity.ERROR for problem in brought.problems):
        raise DataProblems(_with_later(root, brought, wishes), hint)
    try:
        plan = plan_import(root, brought.incoming, wishes, ask)
    except DataProblems as found:
        raise DataProblems(found.problems, hint) from found
    return replace(plan, doubts=(*brought.problems, *plan.doubts))


def _bring(root: Path, files: Sequence[str], folder: Path) -> _Brought:
    site, problems = read_site(root)
    languages = site.languages if site else ("vi", "en")
    villages = dict(villages_of(root))
    found: list[Problem] = list(problems)
    incoming: list[Incoming] = []
    bad: list[str] = []
    for name in dict.fromkeys(files):
        told, wrong = read_incoming(folder / name, name, languages, villages)
        wrong = wrong or (() if told else (Problem(name, None, None, "", *_EMPTY),))
        incoming += told
        found += wrong
        bad += [name] if any(problem.severity is Severity.ERROR for problem in wrong) else []
    return _Brought(tuple(incoming), tuple(found), tuple(bad))


def _plan_sound(root: Path, brought: _Brought, wishes: Wishes, ask: Ask) -> Plan:
    """Return the plan of those households that have no error; each of the others is left out whole.

    One error may hide another, so it goes on until there is none. Nobody is asked before that.
    """
    _, wrong, sound = _without_errors(root, brought.incoming, wishes, _nobody)
    plan, more, sound = _without_errors(root, sound, wishes, cache(ask))
    doubts = tuple(dict.fromkeys((*brought.problems, *wrong, *more, *plan.doubts)))
    return replace(plan, doubts=doubts, left=tuple(_left_out(brought, sound)))


def _without_errors(
    root: Path, incoming: Sequence[Incoming], wishes: Wishes, ask: Ask
) -> tuple[Plan, list[Problem], Sequence[Incoming]]:
    """Return (plan, what is wrong with those left out, the households that the plan takes)."""
    problems: list[Problem] = []
    while True:
        try:
            return plan_import(root, incoming, wishes, ask), problems, incoming
        except Unsound as found:
            if not found.at:
                raise
            problems += found.problems
            incoming = [one for one in incoming if one.place(()) not in found.at]


def _nobody(question: Text) -> None:
    """Answer as where nobody is there to be asked."""
    del question


def _left_out(brought: _Brought, sound: Sequence[Incoming]) -> Iterator[str]:
    """Yield what is left out: the name of a file of which nothing is taken, else those of the households."""
    taken = {one.place(()) for one in sound}
    for file in dict.fromkeys((*brought.bad, *(one.place(()).file for one in brought.incoming))):
        here = [one for one in brought.incoming if one.place(()).file == file]
        gone = [one for one in here if one.place(()) not in taken]
        if len(gone) == len(here) != 1:
            yield file
        else:
            yield from (one.name or one.code for one in gone)


def _with_later(root: Path, brought: _Brought, wishes: Wishes) -> Sequence[Problem]:
    """Return the problems with those that only show once the households are put together, all at one time."""
    try:
        plan_import(root, brought.incoming, replace(wishes, sure=False), lambda _: None)
    except DataProblems as more:
        return tuple(dict.fromkeys((*brought.problems, *more.problems)))
    return brought.problems


def _ways_out(brought: _Brought) -> Text:
    """Return what to do about errors, as far as it is not said at each."""
    vi, en = (
        ["Chưa ghi gì cả. Sửa các lỗi trên rồi chạy lại."],
        ["Nothing was written. Mend the errors above and run again."],
    )
    if any(problem.file.endswith(".txt") and problem.line for problem in brought.problems) or any(
        one.place(()).file.endswith(".txt") for one in brought.incoming
    ):
        vi.append(
            "Phiếu điện thoại: sửa trên điện thoại rồi gửi lại; hoặc mở tệp .txt bằng Notepad, đến dòng ấy, sửa chữ trong ngoặc kép, rồi lưu."
        )
        en.append(
            "A phone form: mend it on the phone and send it again; or open the .txt in Notepad, go to that line, change what stands in quotes, and save."
        )
    if len(brought.incoming) > 1 or len(brought.bad) > 1:
        vi.append("Muốn đưa các hộ không có lỗi vào trước: thêm --skip-errors vào cuối lệnh.")
        en.append("To take in the households without errors first: add --skip-errors.")
    return Text("\n".join(vi), "\n".join(en))


_EMPTY = (
    Text("Tệp này không có hộ nào.", "There is no household in this file."),
    Text("Mở tệp ra xem: mỗi hộ một dòng, có ít nhất tên vườn.",
         "Open it and look: a row for each household, with its name at least."),
)  # fmt: skip
