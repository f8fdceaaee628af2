"""`vuonho backup` and `restore`: all that one laptop holds, in one file, and back again."""

import os
from pathlib import Path

import click

from vuonho.backup.backup import back_up
from vuonho.backup.restore import RestorePlan, plan_restore, restore_here, unpack
from vuonho.cli.commands import argument, as_typed, command, flag, path_in, require_project, this_moment
from vuonho.cli.console import Console
from vuonho.errors import MachineError, say_size
from vuonho.i18n import NOTHING, Text
from vuonho.output.lock import STATE

_SHOWN = 30
"""How many files of one kind `restore` names."""


@command(
    "backup",
    Text(
        "FILE may be a USB drive, such as E:\\: the day names the file.\n"
        "\n"
        "        Example: vuonho backup ../backup.zip"
    ),
)
@argument("file", Text("FILE.zip"), type=click.Path())
def backup_command(console: Console, folder: Path, file: str) -> None:
    """Copy profiles, photos and register into one file, and read it back."""
    root = require_project(folder)
    saved = back_up(root, file, this_moment(), progress=console.progress, on_wait=console.waiting)
    counts, size = saved.counts, say_size(saved.size)
    console.success(
        "{file}: {profiles} profiles, {photos} photos, {files} files, {size}. Every file was "
        "read back and is whole.",
        file=saved.file,
        profiles=counts.profiles,
        photos=counts.photos,
        files=counts.files,
        size=size,
    )
    home = root.resolve()
    again = f"vuonho restore {as_typed(saved.file)} {as_typed(home.with_name(f'{home.name}-lay-lai'))}"
    console.print(
        "It holds private data of families: keep it locked away, do not send it on, do not "
        "publish it.\n"
        "To get it back: {again}",
        again=again,
    )
    if saved.is_on_one_disk:
        console.warn(
            "Note: this file is on the disk of the project. If the disk dies, both are lost: copy "
            "it to a USB drive."
        )
    if not saved.is_recorded:
        console.warn("Note: the project cannot be written, so vuonho status will not know of this backup.")


@command(
    "restore",
    Text(
        "With a new DIR: the whole project. Without: shows what would change, asks, then "
        "restores into this project.\n"
        "\n"
        "        The register only gains; households that have left stay away.\n"
        "\n"
        "        Example: vuonho restore backup.zip new-project"
    ),
)
@argument("file", Text("FILE.zip"), type=click.Path())
@argument("target", Text("[DIR]"), required=False, type=click.Path())
@flag("--yes", Text("Do not ask."))
def restore_command(console: Console, folder: Path, file: str, target: str | None, yes: bool) -> None:
    """Bring a backup back, as a project or into one."""
    here = Path(os.path.abspath(folder))  # noqa: PTH100 - links stay as they are
    if target is None:
        _restore(here, here / file, console, yes=yes)
        return
    done = unpack(here / file, here / target, console.progress)
    counts, made, name = done.counts, done.made, as_typed(target)
    console.success(
        "Restored to {target}: {profiles} profiles, {photos} photos, as of {made:%Y-%m-%d}.\n"
        "For every household that has left since, run at once: vuonho -C {name} withdraw CODE\n"
        "Next: vuonho -C {name} build",
        target=target,
        profiles=counts.profiles,
        photos=counts.photos,
        made=made,
        name=name,
    )


def _restore(root: Path, file: Path, console: Console, *, yes: bool) -> None:
    """Show what a backup would bring back into the project, whose profiles may all be lost, and bring it."""
    if not ((root / "profiles").is_dir() or (root / STATE).is_dir()):
        raise MachineError(
            Text("There is no project in {root} to restore into.", root=root),
            Text("Name a new folder: vuonho restore FILE.zip DIR"),
        )
    now, plan = this_moment(), plan_restore(root, file, console.progress)
    _show(plan, console)
    if plan.is_nothing:
        console.print("The project has all that the backup has.")
        return
    if not console.confirm(
        Text("Restore these?"), yes=yes, otherwise=Text("Nothing was restored."), is_grave=False
    ):
        return
    before = restore_here(root, file, plan, now, progress=console.progress, on_wait=console.waiting)
    copy = path_in(root, before)
    count, rows = len(plan.new) + len(plan.changed), NOTHING
    if gained := len(plan.rows):
        rows = Text(", {gained} rows of the register", gained=gained)
    console.success(
        "{count} files restored{rows}. The profiles as they were: {copy} (to go back: vuonho "
        "restore {copy}).\n"
        "Next: vuonho check, then vuonho build.",
        count=count,
        rows=rows,
        copy=copy,
    )


def _show(plan: RestorePlan, console: Console) -> None:
    made = plan.manifest.made
    console.print("A backup of {made:%Y-%m-%d %H:%M}.", made=made)
    for label, names in plan.groups(console.language):
        console.print_names(label, names, _SHOWN, "  ")
    if any(plan.staying):
        console.print(plan.staying)
