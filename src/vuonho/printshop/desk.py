"""What a print is made of: an order for the press, and the lines that record it.

Request + Plan ──draw──▶ Printed          Request + Plan + day ──records──▶ {file: content}
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.build import look_of
from vuonho.domain.hosting.agreement import is_example
from vuonho.domain.public import PublicHousehold, PublicVillage
from vuonho.domain.register.boards import FILE as BOARDS_FILE
from vuonho.domain.register.boards import Board, with_boards
from vuonho.domain.register.choice import Chosen, Wanted
from vuonho.domain.register.prints import Print, earlier_urls, even, with_prints
from vuonho.domain.register.register import render_register
from vuonho.errors import DataProblems, Problem, Refused
from vuonho.intake.boardsfile import boards_as_written
from vuonho.intake.files import read_bytes, read_tree
from vuonho.intake.folder import REGISTER_FILE, SITE_FILE
from vuonho.intake.tree import find
from vuonho.memory import BOARDS_FILE as BOARDS_MEMORY
from vuonho.memory import FILE as MEMORY_FILE
from vuonho.render.plaques.boardorder import BoardOrder, print_boards
from vuonho.render.plaques.logo import MOST_BYTES, Logo, parse_logo
from vuonho.render.plaques.order import SIZES as PIECES
from vuonho.render.plaques.order import Order, Printed, layout_of, print_order
from vuonho.survey import Survey

BOARD: Final = "a3"
"""The size of the village's board."""
SIZES: Final = (*PIECES, BOARD)

Progress = Callable[[Text, int], AbstractContextManager[Callable[[], None]]]


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be printed, as it was asked for; `out` "" lets the program name the file."""

    wanted: Wanted
    size: str
    sheet: bool = False
    start: int = 1
    draft: bool = False
    out: str = ""

    @property
    def is_board(self) -> bool:
        """Tell whether boards are wanted, one a village."""
        return self.size == BOARD

    def usual_name(self, batch: int) -> str:
        """Return the name of the PDF where none was given."""
        run = "thu" if self.draft else f"dot-{batch}"
        kind = "bang-thon" if self.is_board else f"bien-{self.size}{'-a4' if self.sheet else ''}"
        return f"{kind}-{run}.pdf"


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be printed and why, in which print run; `warnings` are those of the project."""

    project: Survey
    chosen: tuple[Chosen, ...]
    batch: int

    @property
    def base_url(self) -> str:
        """Return the address under which everything printed has to answer for ever."""
        return self.project.require().base_url

    @property
    def is_first_there(self) -> bool:
        """Tell whether nothing was printed yet with this address."""
        rows, boards = self.project.register.rows, self.project.boards
        printed = (*(row.url for row in rows), *(board.url for board in boards))
        return not any(even(url).startswith(even(self.base_url)) for url in printed if url)

    def first_printed(self, *, is_board: bool) -> int:
        """Return how many of the addresses were never printed before."""
        if is_board:
            known = {even(board.url) for board in self.project.boards}
            return sum(even(f"{self.base_url}{village.slug}/") not in known for village, _ in self.gardens())
        rows = self.project.register.by_code
        return sum(
            row is None or even(one.url) not in map(even, (row.url, *earlier_urls(row)))
            for one in self.chosen
            for row in (rows.get(one.household.code),)
        )

    @property
    def is_example(self) -> bool:
        """Tell whether that address is one that nobody can ever open (RFC 2606)."""
        return is_example(self.base_url)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Return what `check` would note."""
        return self.project.problems

    def gardens(self) -> tuple[tuple[PublicVillage, tuple[PublicHousehold, ...]], ...]:
        """Return the villages chosen, each with its households in the order of the village's page."""
        villages = dict.fromkeys(one.village for one in self.chosen)
        return tuple(
            (village, tuple(one.household for one in self.chosen if one.village == village))
            for village in villages
        )

    def listed(self, village: PublicVillage) -> tuple[tuple[str, str], ...]:
        """Return (code, content) of what a board of this village names."""
        return tuple((one.household.code, one.content) for one in self.chosen if one.village == village)


def places(size: str, *, sheet: bool) -> int:
    """Return how many pieces of a size stand on a sheet: 1 where there is one a page."""
    layout = None if size == BOARD else layout_of(size, sheet=sheet)
    return layout.places if layout else 1


def draw(root: Path, request: Request, plan: Plan, progress: Progress) -> Printed:
    """Return the PDF; raise DataProblems for every text that cannot be printed, with file, line and field."""
    with progress(Text("Vẽ biển", "Drawing"), len(plan.chosen)) as tick:
        try:
            return _boards(root, request, plan) if request.is_board else _plaques(root, request, plan, tick)
        except DataProblems as found:
            raise DataProblems(located(root, problem) for problem in found.problems) from found


def _plaques(root: Path, request: Request, plan: Plan, tick: Callable[[], None]) -> Printed:
    site = plan.project.require()
    order = Order(
        size=request.size,
        homes=tuple((one.household, one.village) for one in plan.chosen),
        site=site,
        languages=look_of(root, site).languages(),
        batch=plan.batch,
        sheet=request.sheet,
        start=request.start,
        draft=request.draft,
        logo=read_logo(root, site.plaque.logo),
    )
    return print_order(order, tick)


def _boards(root: Path, request: Request, plan: Plan) -> Printed:
    site = plan.project.require()
    order = BoardOrder(
        villages=plan.gardens(),
        site=site,
        languages=look_of(root, site).languages(),
        batch=plan.batch,
        draft=request.draft,
        logo=read_logo(root, site.plaque.logo),
    )
    return print_boards(order)


def records(root: Path, request: Request, plan: Plan, today: date) -> dict[Path, bytes]:
    """Return the files that record a print, in the order in which they are to be written."""
    if request.is_board:
        base_url = plan.project.require().base_url
        new = [
            Board(village.slug, today, f"{base_url}{village.slug}/", plan.batch, listed=plan.listed(village))
            for village, _ in plan.gardens()
        ]
        rows = with_boards(boards_as_written(root), new).encode("utf-8")
        return {root / BOARDS_FILE: rows, root / BOARDS_MEMORY: rows}
    prints = [
        (one.household.code, Print(today, one.url, request.size, plan.batch, one.content))
        for one in plan.chosen
    ]
    rows = render_register(with_prints(plan.project.register, prints)).encode("utf-8")
    return {root / REGISTER_FILE: rows, root / MEMORY_FILE: rows}


def read_logo(root: Path, name: str | None) -> Logo | None:
    """Return the commune's logo, None where none is named; raise DataProblems for one that cannot be printed."""
    if name is None:
        return None
    content, problems = read_bytes(root / "profiles" / name, f"profiles/{name}", MOST_BYTES)
    if content is None:
        raise DataProblems(problems)
    try:
        return parse_logo(name, content)
    except Refused as refused:
        problem = Problem(SITE_FILE, None, None, "plaque.logo", refused.message, refused.hint)
        raise DataProblems((located(root, problem),)) from refused


def located(root: Path, problem: Problem) -> Problem:
    """Return the problem with the line and column of its field, where its file has that field."""
    tree, _ = read_tree(root / problem.file, problem.file)
    if tree is None:
        return problem
    line, column = find(tree, tuple(problem.field.split(".")))
    return replace(problem, line=line, column=column)
