"""`vuonho plaques` and `consent`: what is printed."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from vuonho.cli.commands import (
    JOBS,
    WrongUse,
    argument,
    command,
    flag,
    jobs_option,
    option,
    path_in,
    require_project,
    tended_project,
    this_day,
)
from vuonho.cli.console import Console
from vuonho.i18n import Text
from vuonho.plaques.job import (
    Done,
    Plan,
    Request,
    mark_hung,
    places,
    plan_print,
    print_keepsakes,
    print_plaques,
)
from vuonho.plaques.report import (
    DO_NOT_GIVE,
    DO_NOT_HANG,
    NOT_PRINTED,
    first_print_question,
    nothing_to_print,
    say_keepsakes,
    say_made,
    say_pieces,
    say_record,
)
from vuonho.plaques.sizes import BOARD, CHOICES, SIZES
from vuonho.register.choice import Wanted, Which

if TYPE_CHECKING:
    from vuonho.consent_forms.papers import Made


_pdf = option("-o, out", Text("Name of the PDF."), Text("FILE"), default="")


def _joined(_context: click.Context, _argument: click.Parameter, typed: tuple[str, ...]) -> tuple[str, ...]:
    """Return codes of which some were typed as plaques show them: 482 135."""
    codes: list[str] = []
    for part in typed:
        if part.isdigit() and codes and codes[-1].isdigit() and len(codes[-1]) < _FEWEST_DIGITS:
            codes[-1] += part
        else:
            codes.append(part)
    return tuple(codes)


_FEWEST_DIGITS: Final = 5


def _households(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add what chooses households: codes, a village, or all."""
    for add in (
        flag("--all, everybody", Text("All households.")),
        option("--village", Text("The households of this village (its folder)."), Text("VILLAGE")),
        argument("codes", Text("[CODE…]"), nargs=-1, callback=_joined),
    ):
        function = add(function)
    return function


_SHOWN: Final = 5


@command(
    "plaques",
    Text(
        "A real print enters the address into the register, to be kept for ever.\n"
        "\n"
        "        Choose households: by code, or with --village, --all, --new (never printed), "
        "--changed (its name or village has changed).\n"
        "\n"
        "        Sizes (--size): 200x150, a5 for the gate; a6 card; 99x139, 99x67, 99x38, "
        "63x38 labels on A4; 85x54 small card; a3 the village's board.\n"
        "\n"
        "        Once plaques hang, record it: --hung, with codes, --village or --all.\n"
        "\n"
        "        Example: vuonho plaques --new --draft"
    ),
)
@_households
@flag("--new", Text("Households never printed."))
@flag("--changed", Text("Households whose printed plaque says something else now."))
@option(
    "--size",
    Text("Size of the plaque, see above."),
    Text("SIZE"),
    type=click.Choice(SIZES, case_sensitive=False),
    default=SIZES[0],
    show_default=True,
)
@option(
    "--sheet",
    Text("Several on a sheet of A4, with lines to cut along."),
    "a4",
    type=click.Choice(["a4"], case_sensitive=False),
)
@option(
    "--start",
    Text("Begin at place N of the first sheet, row by row."),
    "N",
    type=click.IntRange(1, 99),
    default=1,
)
@option(
    "--here",
    Text("Where the a3 board hangs: a landmark of the village's map, or “latitude, longitude”."),
    Text("PLACE"),
    default="",
)
@flag("--draft", Text("A draft: marked as one, and not recorded."))
@flag("--proof", Text("Sheets of A4 on which families choose an emblem; not recorded."))
@flag("--dry-run", Text("Only show which households, and why."))
@flag("--hung", Text("Record that plaques hang: with codes, --village or --all."))
@flag("--yes, -y", Text("Do not ask about addresses printed for the first time."))
@jobs_option
@_pdf
def plaques_command(
    console: Console,
    folder: Path,
    codes: tuple[str, ...],
    village: str | None,
    everybody: bool,
    new: bool,
    changed: bool,
    size: str,
    sheet: str | None,
    start: int,
    here: str,
    draft: bool,
    proof: bool,
    dry_run: bool,
    hung: bool,
    yes: bool,
    jobs: int | None,
    out: str,
) -> None:
    """Make a print-ready PDF whose every code has been read back, or record that plaques hang."""
    flags = {Which.ALL: everybody, Which.NEW: new, Which.CHANGED: changed}
    which = [one for one, is_given in flags.items() if is_given]
    if hung:
        if new or changed or sheet or draft or proof or dry_run or out:
            raise WrongUse(_HUNG_ALONE)
        wanted = _wanted(codes, village, which, otherwise=_HUNG_ALONE)
        _record_hung(tended_project(folder, console), wanted, console)
        return
    wanted = _wanted(codes, village, which, otherwise=_CHOOSE)
    if proof and (sheet or start > 1 or size != SIZES[0]):
        raise WrongUse(Text("--proof has a sheet of its own: leave --size, --sheet and --start out."))
    if size == BOARD and (codes or sheet or which not in ([], [Which.ALL])):
        raise WrongUse(Text("The a3 board is that of a whole village: use --village VILLAGE or --all."))
    if here and size != BOARD:
        raise WrongUse(Text("--here goes with the a3 board alone."))
    if start > places(size, sheet=sheet is not None):
        raise WrongUse(Text("--start is beyond the places of a sheet, or this size is not put on sheets."))
    if proof:
        size, draft = CHOICES, True
    request = Request(wanted, size, sheet is not None, start, draft, out, here)
    root = require_project(folder) if dry_run or draft else tended_project(folder, console)
    if dry_run:
        _show(plan_print(root, request), console)
    elif draft or _is_meant(root, request, console, yes=yes):
        done = print_plaques(
            root, request, this_day(), jobs=jobs or JOBS, progress=console.progress, on_wait=console.waiting
        )
        if done is None:
            console.print(nothing_to_print(plan_print(root, request)))
        else:
            _report(done, root, console, draft=draft)


@command(
    "keepsake",
    Text(
        "Only what the family lets its page show. The second sheet is twelve round stickers of 60 mm for "
        "boxes of fruit.\n"
        "\n"
        "        The register does not know of keepsakes: first publish the page and open its address.\n"
        "\n"
        "        Example: vuonho keepsake 482135"
    ),
)
@argument("codes", Text("CODE…"), nargs=-1, required=True, callback=_joined)
@jobs_option
@_pdf
def keepsake_command(
    console: Console, folder: Path, codes: tuple[str, ...], jobs: int | None, out: str
) -> None:
    """Make a household's keepsake and its stickers, every code read back."""
    root = require_project(folder)
    done = print_keepsakes(
        root, codes, out, jobs=jobs or JOBS, progress=console.progress, on_wait=console.waiting
    )
    console.success(say_keepsakes(done, path_in(root, done.file)))
    if done.plan.is_example:
        console.warn(DO_NOT_GIVE)


_CHOOSE: Final = Text("No household is chosen: name codes, or use --village, --all, --new, --changed.")
_HUNG_ALONE: Final = Text("--hung goes with codes, --village or --all alone.")


def _wanted(codes: tuple[str, ...], village: str | None, which: list[Which], *, otherwise: Text) -> Wanted:
    """Return what is chosen; raise WrongUse for two things that do not go together, and with `otherwise` for nothing."""
    if codes and (village is not None or which):
        raise WrongUse(Text("With codes there is no --village, --all, --new or --changed."))
    if not (codes or village is not None or which):
        raise WrongUse(otherwise)
    if len(which) > 1:
        raise WrongUse(Text("Choose one of --all, --new and --changed."))
    return Wanted(codes, village, *which)


def _record_hung(root: Path, wanted: Wanted, console: Console) -> None:
    today = this_day()
    codes = mark_hung(root, wanted, today, console.waiting)
    if not codes:
        console.print("There is no plaque to be recorded as hanging.")
        return
    console.success(
        Text.counted(
            "Recorded: {count} plaque hanging since {today:%Y-%m-%d} ({codes}). If that is wrong: "
            "vuonho undo",
            "Recorded: {count} plaques hanging since {today:%Y-%m-%d} ({codes}). If that is wrong: "
            "vuonho undo",
            len(codes),
            today=today,
            codes=", ".join(codes),
        )
    )


def _is_meant(root: Path, request: Request, console: Console, *, yes: bool) -> bool:
    """Tell whether addresses that were never printed before are to be printed; of others nobody is asked."""
    question = first_print_question(plan_print(root, request))
    return question is None or console.confirm(question, yes=yes, otherwise=NOT_PRINTED)


def _show(plan: Plan, console: Console) -> None:
    """Print a line for each plaque that would be printed: code, name, why; for boards the villages."""
    if not plan.chosen:
        console.print(nothing_to_print(plan))
        return
    for village, homes in plan.boards:
        count = len(homes)
        households = Text.counted("{count} household", "{count} households", count)
        click.echo(f"{village.slug}  {village.name}: {households.to(console.language)}")
    if not plan.request.is_board:
        for one in plan.chosen:
            click.echo(f"{one.household.code}  {one.household.name}: {one.why.to(console.language)}")
    console.print(
        "{pieces} would be printed, run {batch}. Nothing was written.",
        pieces=say_pieces(plan),
        batch=plan.batch,
    )


def _report(done: Done, root: Path, console: Console, *, draft: bool) -> None:
    errors = done.plan.project.errors
    if errors and not done.plan.request.is_board:
        files = sorted({problem.file for problem in errors})
        named = ", ".join(files[:_SHOWN]) + ", …" * (len(files) > _SHOWN)
        console.warn(
            Text.counted(
                "Note: {count} household with errors cannot have a plaque yet: {named}. See: vuonho check",
                "Note: {count} households with errors cannot have a plaque yet: {named}. See: vuonho check",
                len(files),
                named=named,
            )
        )
    if count := len(done.plan.project.problems) - len(errors):
        console.warn(
            Text.counted(
                "The profiles have {count} note; see: vuonho check",
                "The profiles have {count} notes; see: vuonho check",
                count,
            )
        )
    console.success(say_made(done, path_in(root, done.file)))
    console.print(say_record(done, draft=draft))
    if done.plan.is_example and not draft:
        console.warn(DO_NOT_HANG)


@command(
    "consent",
    Text(
        "Without codes the form is blank. With codes, --village or --all it names the "
        "household, whether or not it has agreed.\n"
        "\n"
        "        With --inventory: the inventory of personal data, counts only, for the "
        "commune's dossier.\n"
        "\n"
        "        Example: vuonho consent --all"
    ),
)
@_households
@flag("--inventory", Text("The inventory of personal data."))
@option(
    "--edition",
    Text("Language of the paper; English is only to be read."),
    type=click.Choice(("vi", "en")),
    default="vi",
    show_default=True,
)
@_pdf
def consent_command(
    console: Console,
    folder: Path,
    codes: tuple[str, ...],
    village: str | None,
    everybody: bool,
    inventory: bool,
    edition: str,
    out: str,
) -> None:
    """Make the form that a family signs, or the inventory of what is kept."""
    from vuonho.consent_forms.papers import make_forms, make_inventory, say_inventory

    ways = sum((bool(codes), village is not None, everybody))
    if ways > 1:
        raise WrongUse(Text("Choose one way: codes, --village or --all."))
    if ways and inventory:
        raise WrongUse(Text("The inventory is of the whole project; it takes no codes, --village or --all."))
    root = require_project(folder)
    if not inventory:
        wanted = Wanted(codes, village) if ways else None
        _report_forms(
            make_forms(root, wanted, out, edition, console.progress, console.waiting), root, console
        )
        return
    made = make_inventory(root, this_day(), out, edition, console.waiting)
    console.print(say_inventory(made, path_in(root, made.file)))


def _report_forms(made: "Made | None", root: Path, console: Console) -> None:
    from vuonho.consent_forms.papers import SIGN_NONE_YET, say_forms

    if made is None:
        console.print("There is no household to name on a form. A blank form: vuonho consent")
        return
    console.problems(made.left_out, err=True)
    if made.left_out:
        left_out = len({problem.file for problem in made.left_out})
        console.warn(
            Text.counted(
                "Note: {count} household with errors (see above) got no form. Correct them, then print "
                "theirs.",
                "Note: {count} households with errors (see above) got no form. Correct them, then "
                "print theirs.",
                left_out,
            )
        )
    console.print(say_forms(made, path_in(root, made.file)))
    if made.has_example:
        console.warn(SIGN_NONE_YET)
