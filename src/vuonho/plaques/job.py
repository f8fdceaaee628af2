"""Printing: a checked project becomes a print-ready PDF whose every code was read back, and a record of it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vuonho.backup.undo import with_way_back
from vuonho.errors import DataProblems, MachineError, Problem, UserError
from vuonho.i18n import Both, Text
from vuonho.model.hosting import is_example
from vuonho.model.public import PublicHousehold, PublicVillage
from vuonho.model.values import Point, distance_m, parse_point
from vuonho.output.files import write_file
from vuonho.output.lock import locked
from vuonho.output.site_folder import pdf_target
from vuonho.output.site_writer import recover
from vuonho.output.transaction import write_together
from vuonho.plaques.sizes import BOARD, CHOICES, KEEPSAKE, PLAQUES, layout_of
from vuonho.project.files import SITE_FILE, list_villages, photo_path, read_bytes, read_tree
from vuonho.project.last_good import with_last_good
from vuonho.project.settings import read_site
from vuonho.project.survey import Survey, survey_whole
from vuonho.register.boards import Board
from vuonho.register.choice import Chosen, Project, Wanted, choose, typed_code, unknown_code, unknown_village
from vuonho.register.memory import board_files, read_boards, read_register, register_files
from vuonho.register.register import (
    ACTIVE,
    HUNG,
    Print,
    Register,
    next_batch,
    normalize_url,
    with_hung,
    with_prints,
)
from vuonho.text import fold
from vuonho.workers import spread

if TYPE_CHECKING:
    from vuonho.plaques.logo import Logo
    from vuonho.plaques.order import Printed
    from vuonho.plaques.proof import Flaw

Progress = Callable[[Text, int], AbstractContextManager[Callable[[], None]]]


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be printed, as it was asked for; `out` "" lets the program name the file.

    `here` is where a board hangs, as a landmark's name or a point.
    """

    wanted: Wanted
    size: str
    sheet: bool = False
    start: int = 1
    draft: bool = False
    out: str = ""
    here: str = ""

    @property
    def is_board(self) -> bool:
        """Tell whether boards are wanted, one a village."""
        return self.size == BOARD


def places(size: str, *, sheet: bool) -> int:
    """Return how many pieces of a size stand on a sheet: 1 where there is one a page."""
    layout = layout_of(size, sheet=sheet)
    return layout.places if layout else 1


# --- What would be printed ---


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be printed for a request and why, in which print run."""

    request: Request
    project: Survey
    chosen: tuple[Chosen, ...]
    batch: int

    @property
    def base_url(self) -> str:
        """Return the address under which everything printed has to answer for ever."""
        return self.project.require().base_url

    @property
    def is_example(self) -> bool:
        """Tell whether that address is one that nobody can ever open (RFC 2606)."""
        return is_example(self.base_url)

    @property
    def is_first_there(self) -> bool:
        """Tell whether nothing was printed yet with this address."""
        rows, boards = self.project.register.rows, self.project.boards
        printed = (*(row.url for row in rows), *(board.url for board in boards))
        return not any(normalize_url(url).startswith(normalize_url(self.base_url)) for url in printed if url)

    @property
    def first_printed(self) -> int:
        """Return how many of the addresses were never printed before."""
        if self.request.is_board:
            known = {normalize_url(board.url) for board in self.project.boards}
            return sum(
                normalize_url(f"{self.base_url}{village.slug}/") not in known for village, _ in self.boards
            )
        rows = self.project.register.by_code
        found = [(one, rows.get(one.household.code)) for one in self.chosen]
        return sum(
            row is None or normalize_url(one.url) not in map(normalize_url, (row.url, *row.earlier_urls))
            for one, row in found
        )

    @property
    def boards(self) -> tuple[tuple[PublicVillage, tuple[PublicHousehold, ...]], ...]:
        """Return the villages that get a board, each with its households in the order of the village's page."""
        if not self.request.is_board:
            return ()
        homes: dict[PublicVillage, tuple[PublicHousehold, ...]] = {}
        for one in self.chosen:
            if isinstance(one.household, PublicHousehold):
                homes[one.village] = (*homes.get(one.village, ()), one.household)
        return tuple(homes.items())


def plan_print(root: Path, request: Request, today: date | None = None) -> Plan:
    """Return what would be printed, without a trace; `today` is for warnings alone.

    A household with an error gets no plaque and stops no other one. Raises DataProblems, UserError and MachineError.
    """
    recover(root)
    return plan_of(root, request, survey_whole(root, today))


def plan_of(root: Path, request: Request, project: Survey) -> Plan:
    """Return what would be printed of a project as it was read; raises as `plan_print` does."""
    site = project.require()
    files = project.broken
    broken = {
        project.code_of(profile): tuple(one for one in project.errors if one.file == profile.file)
        for profile in (*project.profiles, *project.spot_profiles)
        if profile.file in files
    }
    if request.size not in PLAQUES:
        _refuse_spots(project, request.wanted)
    printable = project.coded if request.size in PLAQUES else project.households
    households = tuple(one for one in printable if one.source not in files)
    if request.is_board:  # it names everybody whose page can be seen
        project = with_last_good(root, project).project
        households = project.households
    left = frozenset(notice.code for notice in project.notices)
    about = Project(site.base_url, project.villages, households, left, project.register, broken)
    batch = next_batch(project.register, tuple(board.batch for board in project.boards))
    return Plan(request, project, choose(about, request.wanted), batch)


def _refuse_spots(project: Survey, wanted: Wanted) -> None:
    """Raise UserError where something is wanted for a place that households alone have."""
    named = {one.code: one.name for one in project.spots}
    for typed in wanted.codes:
        if name := named.get(typed_code(typed, project.require().base_url, project.register)):
            raise UserError(
                Text("“{name}” is a place: there is a plaque for it, and nothing else.", name=name),
                Text("Choose the gate or A6 size (--size a5, a6 or 200x150), or leave this one out."),
            )


# --- From the request to the file and its record ---


@dataclass(frozen=True, slots=True)
class Done:
    """A PDF made and proved: its file, what it was made of, its pages, and how far it reads, in metres."""

    file: Path
    plan: Plan
    pages: int
    reading_m: float


def print_plaques(
    root: Path, request: Request, today: date, *, jobs: int, progress: Progress, on_wait: Callable[[], None]
) -> Done | None:
    """Return what was printed, None where nothing was to be.

    The register knows of a print from the moment on at which there is a PDF; a draft is not recorded. Raises
    DataProblems with every text that does not fit, UserError for a code, a village or a file that will not do,
    MachineError; in all cases nothing has changed.
    """
    with nullcontext() if request.draft else locked(root, on_wait=on_wait):
        plan = plan_print(root, request, today)
        if not plan.chosen:
            return None
        target = pdf_target(root, request.out or _usual_name(plan))
        printed = draw(root, plan, progress)
        reading = require_proof(printed, jobs, progress)
        if request.draft:
            write_paper(root, target, printed.content, on_wait)
        else:
            _require_unchanged(root, plan)
            # in this order: cut short, a plaque may be missing, a record never
            contents = {**_records(root, plan, today), target: printed.content}
            pieces = Text("Print run {batch}", batch=plan.batch)
            codes = [one.household.code for one in plan.chosen]
            write_together(root, with_way_back(root, contents, pieces, today, codes, run=plan.batch))
        return Done(target, plan, printed.pages, reading)


def _usual_name(plan: Plan) -> str:
    """Return the name of the PDF where none was given."""
    request = plan.request
    if request.size == CHOICES:
        return "bien-chon-hinh.pdf"
    run = "thu" if request.draft else f"dot-{plan.batch}"
    kind = "bang-thon" if request.is_board else f"bien-{request.size}{'-a4' if request.sheet else ''}"
    return f"{kind}-{run}.pdf"


def draw(root: Path, plan: Plan, progress: Progress) -> "Printed":
    """Return the PDF; raise DataProblems for every text that cannot be printed, with file, line and field."""
    from vuonho.build import look_of
    from vuonho.plaques.order import Order, print_order

    request, site = plan.request, plan.project.require()
    with progress(Text("Drawing"), len(plan.chosen)) as tick, located(root):
        order = Order(
            request.size,
            tuple((one.household, one.village) for one in plan.chosen),
            site,
            look_of(root, site).languages(),
            plan.batch,
            sheet=request.sheet,
            start=request.start,
            draft=request.draft,
            logo=_read_logo(root, site.plaque.logo),
            here=place_of_board(request.here, [village for village, _ in plan.boards])
            if request.here
            else None,
        )
        return print_order(order, tick)


_FARTHEST_HERE: Final = 5_000.0
"""Metres from the village's centre at which its board may hang."""


def place_of_board(here: str, villages: Sequence[PublicVillage]) -> Point:
    """Return where a board hangs, by the name of a landmark on the village's map or by a point; raise UserError."""
    if len(villages) != 1:
        raise UserError(
            Text("The place where a board hangs (--here) is in one village."),
            Text("Choose the village (--village VILLAGE)."),
        )
    (village,) = villages
    if village.ground is None:
        raise UserError(
            Text("The village has no map that a place could be marked on."),
            Text(
                "Leave the place empty (--here), or give the village a map first (map.geojson beside village.yaml)."
            ),
        )
    if any(letter.isdigit() for letter in here) and not any(letter.isalpha() for letter in here):
        point = parse_point(here)
        if (far := distance_m(point, village.centre)) > _FARTHEST_HERE:
            raise UserError(
                Text("This point is {far:.0f} km from the centre of the village.", far=far / 1000),
                Text("Look at the point on a map again."),
            )
        return point
    named = {one.name: one.at for one in village.ground.landmarks if one.name}
    exact = [name for name in named if fold(name) == fold(here)]
    found = exact or [name for name in named if fold(here) in fold(name)]
    if len(found) == 1:
        return named[found[0]]
    names = ", ".join(sorted(found or named))
    raise UserError(
        Text("“{here}” is not one landmark of the village's map.", here=here),
        Text("Write one of these, or a point: {names}", names=names)
        if names
        else Text("Write a point, such as: 18.1234, 105.7654"),
    )


def _read_logo(root: Path, name: str | None) -> "Logo | None":
    """Return the commune's logo, None where none is named; raise DataProblems for one that cannot be printed."""
    if name is None:
        return None
    from vuonho.plaques.logo import MOST_BYTES, parse_logo

    content, problems = read_bytes(root / "profiles" / name, f"profiles/{name}", MOST_BYTES)
    if content is None:
        raise DataProblems(problems)
    try:
        return parse_logo(content)
    except UserError as refused:
        problem = Problem("plaque.logo", refused.message, refused.hint, file=SITE_FILE)
        raise DataProblems((problem,)) from refused


@contextmanager
def located(root: Path) -> Iterator[None]:
    """Give the problems that are raised inside the line and column of their fields."""
    try:
        yield
    except DataProblems as found:
        trees = {one.file: read_tree(root / one.file, one.file)[0] for one in found.problems}
        problems = [(one, trees[one.file]) for one in found.problems]
        raise DataProblems(one.at(tree, one.file) if tree else one for one, tree in problems) from found


def write_paper(root: Path, target: Path, content: bytes, on_wait: Callable[[], None]) -> None:
    """Write a draft or a paper, and never two of them to the same file at once.

    A project that cannot be written has no lock; a draft of it can still go elsewhere.
    """
    within = target.parent.resolve().is_relative_to(root.resolve())
    with locked(root, on_wait=on_wait) if within else nullcontext():
        write_file(target, content)


def _require_unchanged(root: Path, plan: Plan) -> None:
    """Raise MachineError where a record was edited while the PDF was being made."""
    project = plan.project
    if read_register(root) == (project.register, ()) and read_boards(root) == (project.boards, ()):
        return
    raise MachineError(
        Text(
            "A register (codes.csv or boards.csv) was changed while the PDF was being made, so "
            "nothing was written."
        ),
        Text("Close the program that has it open, then run again."),
    )


def _records(root: Path, plan: Plan, today: date) -> dict[Path, bytes]:
    """Return the files that record a print, in the order in which they are to be written."""
    if plan.request.is_board:
        new = [
            Board(village.slug, today, f"{plan.base_url}{village.slug}/", plan.batch, listed=tuple(
                (one.household.code, one.content) for one in plan.chosen if one.village == village
            ))
            for village, _ in plan.boards
        ]  # fmt: skip
        return board_files(root, new)
    prints = [
        (one.household.code, Print(today, one.url, plan.request.size, plan.batch, one.content))
        for one in plan.chosen
    ]
    return register_files(root, with_prints(plan.project.register, prints))


# --- The proof of a PDF before it is given out: every page as pixels, every code read back ---

_PAGES_AT_A_TIME = 8
_FEW = 16
"""Fewer pages than this are proved sooner in one process."""
_SHOWN = 5
_NEAREST_M = 0.2
"""A code that reads only from nearer is out of focus for many phones."""


def require_proof(printed: "Printed", jobs: int, progress: Progress) -> float:
    """Return from how many metres the smallest code reads; raise MachineError where one does not read at all.

    Raises UserError where codes are so small that phones could not focus on them.
    """
    from tempfile import TemporaryDirectory

    from vuonho.plaques.proof import prove_share, reading_distance_m, shares

    flaws: list[Flaw] = []
    with (
        TemporaryDirectory(prefix="vuonho-", ignore_cleanup_errors=True) as folder,
        progress(Text("Proving"), printed.pages) as tick,
    ):
        pdf = Path(folder) / "proof.pdf"
        write_file(pdf, printed.content)
        parts = shares(pdf, printed.codes, _PAGES_AT_A_TIME)
        found = spread(prove_share, parts, jobs if printed.pages >= _FEW else 1)
        for part, wrong in zip(parts, found, strict=True):
            flaws += wrong
            for _ in range(part.pages):
                tick()
    if flaws:
        raise _not_proved(flaws)
    reading = min(reading_distance_m(code.width, code.modules) for code in printed.codes)
    if reading < _NEAREST_M:
        centimetres = f"{100 * reading:.0f}"
        raise UserError(
            Text(
                "The code is too small: it reads from {centimetres} cm only, and many phones do not "
                "focus that near.",
                centimetres=centimetres,
            ),
            Text("Choose a larger size (--size), or a shorter base_url."),
        )
    return reading


def _not_proved(flaws: "list[Flaw]") -> MachineError:
    vi, en = [], []
    for flaw in flaws[:_SHOWN]:
        whose = f", {flaw.whose}" if flaw.whose else ""
        vi.append(f"Trang {flaw.page + 1}{whose}: {flaw.message.vi}")
        en.append(f"Page {flaw.page + 1}{whose}: {flaw.message.en}")
    if more := len(flaws[_SHOWN:]):
        vi.append(f"Và {more} chỗ nữa.")
        en.append(f"And {more} more.")
    return MachineError(
        Both(
            f"Tệp in chưa đạt nên không ghi ra. {' '.join(vi)}",
            f"The PDF failed its proof and was not written. {' '.join(en)}",
        ),
        Text(
            "Try a larger plaque (--size) or a shorter address; if it stays, send this line to the "
            "developers."
        ),
    )


# --- Keepsakes: a sheet for the family, and stickers for its boxes ---


def print_keepsakes(
    root: Path,
    codes: tuple[str, ...],
    out: str,
    *,
    jobs: int,
    progress: Progress,
    on_wait: Callable[[], None],
) -> Done:
    """Return the keepsakes that were written; the register does not know of them.

    Raises DataProblems, UserError and MachineError as `print_plaques` does.
    """
    plan = plan_print(root, Request(Wanted(codes), KEEPSAKE, draft=True))
    target = pdf_target(
        root, out or f"ky-niem-{'-'.join(one.household.code for one in plan.chosen)[:48]}.pdf"
    )
    printed = draw_keepsakes(root, plan, progress)
    reading = require_proof(printed, jobs, progress)
    write_paper(root, target, printed.content, on_wait)
    return Done(target, plan, printed.pages, reading)


def draw_keepsakes(root: Path, plan: Plan, progress: Progress) -> "Printed":
    """Return the PDF of keepsakes; raise DataProblems as `draw` does, and for a photo that will not do."""
    from vuonho.build import look_of
    from vuonho.plaques import keepsake
    from vuonho.plaques.order import palette_of

    site = plan.project.require()
    with progress(Text("Drawing"), len(plan.chosen)) as tick, located(root):
        kept = tuple(
            keepsake.Keepsake(one.household, one.village, first_photo(root, one.household))
            for one in plan.chosen
            if isinstance(one.household, PublicHousehold)
        )
        return keepsake.print_keepsakes(kept, site, look_of(root, site).languages(), palette_of(site), tick)


def first_photo(root: Path, household: PublicHousehold) -> bytes | None:
    """Return the first photo that may be shown, None without one; raise DataProblems for one that cannot be."""
    from vuonho.pictures.cache import LARGEST
    from vuonho.pictures.photo import kept_photo

    if not household.photos:
        return None
    file = household.photos[0].file
    content, problems = read_bytes(photo_path(root, file), file, LARGEST)
    if content is None:
        raise DataProblems(problems)
    try:
        return kept_photo(content)
    except UserError as refused:
        problem = Problem("photos", refused.message, refused.hint, file=household.source)
        raise DataProblems((problem,)) from refused


# --- Plaques that hang: the day on which somebody said so, in the register ---


def mark_hung(root: Path, wanted: Wanted, today: date, on_wait: Callable[[], None]) -> tuple[str, ...]:
    """Return the codes whose printed plaques are recorded as hanging from now on; those that were so already are not.

    Raises UserError for a code that was never printed, DataProblems for a register that cannot be read, MachineError.
    """
    with locked(root, on_wait=on_wait):
        recover(root)
        register, problems = read_register(root)
        if problems:
            raise DataProblems(problems)
        codes = [code for code in _hanging(root, wanted, register) if not register.by_code[code].cell(HUNG)]
        if codes:
            contents = register_files(root, with_hung(register, codes, today))
            what = Text("{count} plaques recorded as hanging", count=len(codes))
            write_together(root, with_way_back(root, contents, what, today, ()))
    return tuple(codes)


def _hanging(root: Path, wanted: Wanted, register: Register) -> list[str]:
    """Return the codes that are meant; raise UserError for one whose plaque was never printed."""
    if not wanted.codes:
        slugs = [folder.slug for folder in list_villages(root)[0]]
        if wanted.village is not None and wanted.village not in slugs:
            raise unknown_village(wanted.village, slugs)
        return [
            row.code
            for row in register.rows
            if row.printed
            and row.status == ACTIVE
            and wanted.village in (None, row.profile.partition("/")[0])
        ]
    site = read_site(root)[0]
    codes = list(
        dict.fromkeys(typed_code(one, site.base_url if site else "", register) for one in wanted.codes)
    )
    for code in codes:
        row = register.by_code.get(code)
        if row is None:
            raise unknown_code(code, register)
        if row.printed is None:
            raise UserError(
                Text("{who} has no printed plaque.", who=row.called),
                Text("Print it first: vuonho plaques {code}", code=code),
            )
    return codes
