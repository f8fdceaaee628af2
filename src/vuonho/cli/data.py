"""`vuonho form`, `export` and `import`: what the team fills in, the village as a workbook, and what comes back."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vuonho.cli.commands import (
    WrongUse,
    argument,
    as_typed,
    command,
    flag,
    option,
    path_in,
    require_project,
    tended_project,
    this_moment,
)
from vuonho.cli.console import Console
from vuonho.errors import Severity
from vuonho.i18n import Both, Text, visible

if TYPE_CHECKING:
    from vuonho.importing.plan import Plan, Planned


@command(
    "form",
    Text(
        "Send it by Zalo to whoever goes round, or open form/ on the village's site. A name "
        "that ends in .xlsx gives an empty workbook, for those who work in Excel.\n"
        "\n"
        "        Example: vuonho form -o phieu.html"
    ),
)
@option(
    "-o, out",
    Text("The file: .html for phones, .xlsx for Excel."),
    Text("FILE"),
    default="phieu.html",
    show_default=True,
)
def form_command(console: Console, folder: Path, out: str) -> None:
    """Make the form that the team fills in at each home."""
    root = require_project(folder)
    if out.lower().endswith(".html"):
        from vuonho.build import write_phone_form

        where = path_in(root, write_phone_form(root, out))
        console.print(
            "{where}: the form for phones. Send it by Zalo to whoever goes round; open it in Chrome.",
            where=where,
        )
    elif out.lower().endswith(".xlsx"):
        from vuonho.importing.export import write_blank_workbook

        where = path_in(root, write_blank_workbook(root, out, on_wait=console.waiting))
        console.print(
            "{where}: an empty workbook, with a guide on its first sheet. When it is filled in: "
            "vuonho import {shown}",
            where=where,
            shown=as_typed(where),
        )
    else:
        raise WrongUse(Text("The file must end in .html (the form for phones) or .xlsx (a workbook)."))


@command("export", Text("Example: vuonho export -o village.xlsx"))
@option(
    "-o, out",
    Text("The file; where none is given, it is named after the village's folder."),
    Text("FILE.xlsx"),
    default="",
)
@option("--village", Text("This village only."), Text("VILLAGE"), default="")
def export_command(console: Console, folder: Path, out: str, village: str) -> None:
    """Write the village as a workbook that `import` takes back."""
    from vuonho.importing.export import export_workbook

    root = tended_project(folder, console)
    done = export_workbook(root, out, village, on_wait=console.waiting)
    where, count, wrong = path_in(root, done.file), done.households, done.unfinished
    console.print(
        Text.counted(
            "{where}: {count} household. When you have changed it, take it back: vuonho import {shown}",
            "{where}: {count} households. When you have changed it, take it back: vuonho import {shown}",
            count,
            where=where,
            shown=as_typed(where),
        )
    )
    console.print(
        "It holds phone numbers and private facts of families: send it to your team only, "
        "never put it on the web."
    )
    if wrong:
        console.warn(
            Text.counted(
                "Note: {count} profile has errors (see vuonho check); they can be corrected in the workbook.",
                "Note: {count} profiles have errors (see vuonho check); they can be corrected in the workbook.",
                wrong,
            )
        )


@command(
    "import",
    Text(
        "What is new and what changes (old → new) is shown for each household first, then you "
        "are asked; a copy of the profiles is made before anything is written.\n"
        "\n"
        "        Where the profile is newer than the file its value stays, and is named.\n"
        "\n"
        "        Example: vuonho import my-village.xlsx"
    ),
)
@argument("files", Text("FILE…"), nargs=-1, required=True, type=click.Path())
@flag("--yes, -y", Text("Answer yes to every question that is beyond doubt."))
@flag("--dry-run", Text("Only look; write nothing."))
@flag("--overwrite", Text("Take the file's values even where the profile is newer."))
@flag("--skip-errors", Text("Leave out households with errors and take the others."))
@flag(
    "--keep-codes",
    Text(
        "Keep codes that the register does not know: the plaques at those gates carry them (a "
        "lost register made anew)."
    ),
)
def import_command(
    console: Console,
    folder: Path,
    files: tuple[str, ...],
    yes: bool,
    dry_run: bool,
    overwrite: bool,
    skip_errors: bool,
    keep_codes: bool,
) -> int:
    """Show what phones and workbooks bring, then write it into the profiles."""
    from vuonho.importing.apply import apply_plan, plan_files
    from vuonho.importing.patrol import patrols_among
    from vuonho.importing.plan import ImportOptions

    root = require_project(folder) if dry_run else tended_project(folder, console)
    now = this_moment()
    if walks := patrols_among(files, Path.cwd()):
        _import_walks(root, walks, console, now.date(), yes=yes, dry_run=dry_run)
        files = tuple(one for one in files if one not in walks)
        if not files:
            return 0
    wanted = ImportOptions(
        now.date(), sure=yes and not dry_run, overwrite=overwrite, skip=skip_errors, keep_codes=keep_codes
    )
    asks = console.can_ask and not dry_run
    plan = plan_files(root, files, Path.cwd(), wanted, lambda one: console.ask(one) if asks else None)
    _show(plan, console)
    counts = _counts(plan)
    if not plan.work:
        console.print("{counts}. There is nothing to write.", counts=counts)
        return int(any(one.severity is Severity.ERROR for one in plan.doubts))
    if dry_run:
        console.print("{counts}. This was only a look; nothing was written.", counts=counts)
    elif console.confirm(
        Text("Write these changes?"), yes=yes, otherwise=Text("Nothing was written."), is_grave=False
    ):
        copy = apply_plan(plan, now, console.waiting)
        where = path_in(root, copy) if copy else ""
        console.success(
            "Written: {counts}. Copy from before: {where}. Next: vuonho check", counts=counts, where=where
        )
    return 0


def _import_walks(
    root: Path, files: tuple[str, ...], console: Console, today: date, *, yes: bool, dry_run: bool
) -> None:
    """Show what walks past the plaques bring, and write it into the register."""
    from vuonho.importing.patrol import plan_walk, record_walk

    walk = plan_walk(root, files, Path.cwd(), today)
    console.problems(walk.doubts, err=True)
    for one in walk.found:
        console.print("{code}  {said}  {file}", code=one.row.code, said=one.said, file=one.row.profile)
    count, photos = len(walk.found), len(walk.photos)
    found = Text.counted(
        "{count} plaque to record, {same} unchanged", "{count} plaques to record, {same} unchanged", count, same=walk.same
    )  # fmt: skip
    if photos:
        found = Text("{found}, {photos} new photos", found=found, photos=photos)
    if not count and not photos:
        console.print("{counts}. There is nothing to write.", counts=found)
    elif dry_run:
        console.print("{counts}. This was only a look; nothing was written.", counts=found)
    elif console.confirm(
        Text("Write this into the register?"),
        yes=yes,
        otherwise=Text("Nothing was written."),
        is_grave=False,
    ):
        record_walk(walk, today, console.waiting)
        console.success("Written: {counts}. Next: vuonho status", counts=found)


def _counts(plan: "Plan") -> Text:
    new = sum(one.is_new for one in plan.work)
    changed, same = len(plan.work) - new, len(plan.planned) - len(plan.work)
    return Text("{new} new, {changed} changed, {same} unchanged", new=new, changed=changed, same=same)


def _show(plan: "Plan", console: Console) -> None:
    console.problems(plan.doubts, err=True)
    for one in plan.planned:
        if one.is_changed or one.merged.kept:
            _show_household(one, console)
    if any(one.merged.kept for one in plan.planned):
        console.print(
            "To take what the file says in place of what is kept or not added: run again with --overwrite."
        )
    if plan.left:
        left = ", ".join(plan.left)
        console.warn("Left out because of errors: {left}. Fix them and import them later.", left=left)
    for question in plan.questions:
        console.print("You will be asked: {question}", question=question)


def _show_household(one: "Planned", console: Console) -> None:
    from vuonho.importing.merge import describe_change, describe_kept

    mark = Text("new") if one.is_new else Both(one.code, one.code)
    title = click.style(f"{one.name} ({mark.to(console.language)})", bold=True)
    click.echo(f"{title}  {one.file}")
    for change in one.merged.changes:
        if change.path != ("code",):
            click.echo(f"  {describe_change(change).to(console.language)}")
    for change in one.merged.kept:
        file = visible(Path(one.match.incoming.place(change.path).file).name)
        click.echo(click.style(f"  {describe_kept(change, file).to(console.language)}", fg="yellow"))
    if count := len(one.photos):
        console.print(Text.counted("  {count} photo", "  {count} photos", count))
