"""Printing: a checked project becomes a print-ready PDF whose every code was read back, and a record of it.

Survey ──choose──▶ Plan ──draw──▶ PDF ──prove──▶ register and PDF, together or not at all
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.domain.register.choice import Project, Wanted, Which, choose
from vuonho.domain.register.prints import next_batch
from vuonho.errors import MachineTrouble
from vuonho.examine import survey_whole
from vuonho.intake.boardsfile import read_boards
from vuonho.intake.registerfile import read_register
from vuonho.keeping.undo import with_way_back
from vuonho.last_good import with_last_good
from vuonho.output.batch import write_together
from vuonho.output.files import write_file
from vuonho.output.lock import locked
from vuonho.output.press.target import pdf_target
from vuonho.output.writing.recovery import recover
from vuonho.printshop.desk import BOARD, SIZES, Plan, Progress, Request, draw, places, records
from vuonho.printshop.proof import require_proof

__all__ = [
    "BOARD", "SIZES", "Done", "Plan", "Request", "Wanted", "Which", "places", "plan_print", "print_plaques",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Done:
    """A PDF made and proved: its file, its households, pages and boards, and how far it reads, in metres."""

    file: Path
    plan: Plan
    pages: int
    boards: int
    reading_m: float


def plan_print(root: Path, wanted: Wanted, today: date | None = None, *, is_board: bool = False) -> Plan:
    """Return what would be printed, without a trace; `today` is for warnings alone.

    A household with an error gets no plaque and stops no other one. Raises DataProblems, Refused and MachineTrouble.
    """
    recover(root)
    project = survey_whole(root, today)
    site = project.require()
    files = project.broken
    broken = {
        project.code_of(profile): tuple(one for one in project.errors if one.file == profile.file)
        for profile in project.profiles
        if profile.file in files
    }
    households = tuple(home for home in project.households if home.source not in files)
    if is_board:  # it names everybody whose page can be seen
        project = with_last_good(root, project).project
        households = project.households
    left = frozenset(notice.code for notice in project.notices)
    about = Project(site.base_url, project.villages, households, left, project.register, broken)
    boards = tuple(board.batch for board in project.boards)
    return Plan(project, choose(about, wanted), next_batch(project.register, boards))


def print_plaques(
    root: Path, request: Request, today: date, *, jobs: int, progress: Progress, on_wait: Callable[[], None]
) -> Done | None:
    """Return what was printed, None where nothing was to be.

    The register knows of a print from the moment on at which there is a PDF; a draft is not recorded. Raises
    DataProblems with every text that does not fit, Refused for a code, a village or a file that will not do,
    MachineTrouble; in all cases nothing has changed.
    """
    with nullcontext() if request.draft else locked(root, on_wait=on_wait):
        plan = plan_print(root, request.wanted, today, is_board=request.is_board)
        if not plan.chosen:
            return None
        target = pdf_target(root, request.out or request.usual_name(plan.batch))
        printed = draw(root, request, plan, progress)
        reading = require_proof(printed, jobs, progress)
        if request.draft:
            with alone(root, target, on_wait):
                write_file(target, printed.content)
        else:
            _require_unchanged(root, plan)
            # in this order: cut short, a plaque may be missing, a record never
            contents = {**records(root, request, plan, today), target: printed.content}
            pieces = Text(f"Đợt in {plan.batch}", f"Print run {plan.batch}")
            codes = [one.household.code for one in plan.chosen]
            write_together(root, with_way_back(root, contents, pieces, today, codes, run=plan.batch))
        boards = len(plan.gardens()) if request.is_board else 0
        return Done(target, plan, printed.pages, boards, reading)


def alone(root: Path, target: Path, on_wait: Callable[[], None]) -> AbstractContextManager[None]:
    """Return a context in which no other draft or paper is written to the same file.

    A project that cannot be written has no lock; a draft of it can still go elsewhere.
    """
    within = target.parent.resolve().is_relative_to(root.resolve())
    return locked(root, on_wait=on_wait) if within else nullcontext()


def _require_unchanged(root: Path, plan: Plan) -> None:
    """Raise MachineTrouble where a record was edited while the PDF was being made."""
    project = plan.project
    if read_register(root) == (project.register, ()) and read_boards(root) == (project.boards, ()):
        return
    raise MachineTrouble(
        Text("Sổ mã (codes.csv hoặc boards.csv) vừa bị sửa trong lúc làm tệp in, nên chưa ghi gì cả.",
             "A register (codes.csv or boards.csv) was changed while the PDF was being made, so nothing was written."),
        Text("Đóng chương trình đang mở sổ, rồi chạy lại.", "Close the program that has it open, then run again."),
    )  # fmt: skip
