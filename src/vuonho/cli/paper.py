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
from vuonho.i18n import Both, Text
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
from vuonho.plaques.sizes import BOARD, CHOICES, SIZES
from vuonho.register.choice import Wanted, Which
from vuonho.status.tasks import NOBODY

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
            console.print(_nothing_to_print(plan_print(root, request)))
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
    console.success(
        Text.counted(
            "{where}: keepsake and stickers of {count} household, every code read back.",
            "{where}: keepsakes and stickers of {count} households, every code read back.",
            len(done.plan.chosen),
            where=path_in(root, done.file),
        )
    )
    if done.plan.is_example:
        console.warn(
            "Note: base_url is still an example (.example) that nobody can open. Do not give these away."
        )


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
    plan = plan_print(root, request)
    first = plan.first_printed
    if not first:
        return True
    url, pieces = plan.base_url, _pieces(plan)
    if not plan.is_first_there:
        question = Text(
            "Print {pieces}; {first} of the addresses for the first time, to be kept for ever. Print them?",
            pieces=pieces,
            first=first,
        )
    elif plan.is_example:
        question = Text(
            "{url} is an example that nobody can open: {pieces} would have to be thrown away. "
            "Print all the same?",
            url=url,
            pieces=pieces,
        )
    else:
        question = Text(
            "The address {url} will be printed on {pieces} and has to be kept for ever. Have you "
            "opened it on the web?",
            url=url,
            pieces=pieces,
        )
    otherwise = Text(
        "Nothing was printed or recorded: a printed address is kept for ever (base_url in "
        "profiles/site.yaml). For a look only: add --draft."
    )
    return console.confirm(question, yes=yes, otherwise=otherwise)


def _show(plan: Plan, console: Console) -> None:
    """Print a line for each plaque that would be printed: code, name, why; for boards the villages."""
    if not plan.chosen:
        console.print(_nothing_to_print(plan))
        return
    for village, homes in plan.boards:
        count = len(homes)
        households = Text.counted("{count} household", "{count} households", count)
        click.echo(f"{village.slug}  {village.name}: {households.to(console.language)}")
    if not plan.request.is_board:
        for one in plan.chosen:
            click.echo(f"{one.household.code}  {one.household.name}: {one.why.to(console.language)}")
    pieces = _pieces(plan)
    console.print(
        "{pieces} would be printed, run {batch}. Nothing was written.", pieces=pieces, batch=plan.batch
    )


def _nothing_to_print(plan: Plan) -> Text:
    """Return why there is nothing to print, and what to do: there is nobody, nobody agreed, or all is printed."""
    if not plan.project.profiles:
        return NOBODY
    if plan.project.households:
        return Text("There is no plaque to print. To print again: name codes, or use --all.")
    return Text(
        "No family has agreed yet, so there is no plaque to print. Next: vuonho consent; write "
        "down the day when one signs."
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
    where, pieces = path_in(root, done.file), _pieces(done.plan)
    metres = f"{done.reading_m:.2f}".rstrip("0").rstrip(".")
    console.success(
        Text.counted(
            "{where}: {pieces}, {count} page, every code read back. A phone reads them from about {metres} m.",
            "{where}: {pieces}, {count} pages, every code read back. A phone reads them from about {metres} m.",
            done.pages,
            where=where,
            pieces=pieces,
            metres=Both(metres.replace(".", ","), metres),
        )
    )
    if draft:
        console.print("This is a draft; nothing was recorded.")
        return
    console.print(
        "Print run {batch} is in the register; these addresses are kept for ever. Print at 100 "
        "%. Publish the site and scan one plaque before you hang them.",
        batch=done.plan.batch,
    )
    if done.plan.is_example:
        console.warn(
            "Note: base_url is still an example (.example) that nobody can open. Do not hang these plaques."
        )


def _pieces(plan: Plan) -> Text:
    """Return what is printed, in words: so many plaques, or boards of so many households."""
    count, boards = len(plan.chosen), len(plan.boards)
    if not boards:
        return Text.counted("{count} plaque", "{count} plaques", count)
    return Text(
        "{boards}, {households}",
        boards=Text.counted("{count} board", "{count} boards", boards),
        households=Text.counted("{count} household", "{count} households", count),
    )


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
    from vuonho.consent_forms.papers import make_forms, make_inventory

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
    where, count = path_in(root, made.file), made.households
    console.print(
        Text.counted(
            "{where}: inventory of the data of {count} household, {pages} pages. Counts only, nobody's name.",
            "{where}: inventory of the data of {count} households, {pages} pages. Counts only, "
            "nobody's name.",
            count,
            where=where,
            pages=made.pages,
        )
    )


def _report_forms(made: "Made | None", root: Path, console: Console) -> None:
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
    what = Text("a blank form")
    if count := made.households:
        what = Text.counted("forms of {count} household", "forms of {count} households", count)
    where = path_in(root, made.file)
    console.print(
        "{where}: {what}, {pages} pages: a sheet for the team and one for the family. Print it "
        "once for each home, on both sides. Let the commune's justice officer see it before it "
        "is used.",
        where=where,
        what=what,
        pages=made.pages,
    )
    if made.has_example:
        console.warn(
            "Note: the form says an example address. Change base_url in profiles/site.yaml and "
            "print it again before a family signs it."
        )
