"""A backup becomes a project again, or brings back what is missing in one."""

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from vuonho.backup.archive import EVERYTHING, FOLDERS, Backup, Manifest, is_profile, open_backup
from vuonho.backup.backup import Progress, files_to_back_up, safety_copy
from vuonho.errors import MachineError, UserError, VuonhoError
from vuonho.i18n import NOTHING, Text
from vuonho.model.household import Departed, Household
from vuonho.model.values import quoted
from vuonho.output.files import (
    digest_file,
    in_words,
    missing_folders,
    printable,
    remove_folder,
    replace,
    sync_folder,
    things_in,
    uninterrupted,
)
from vuonho.output.lock import locked
from vuonho.output.site_writer import recover
from vuonho.output.transaction import Content, Streamed, write_together
from vuonho.project.files import REGISTER_FILE, decode, named_photos
from vuonho.project.profile import Profile, parse_profile, read_profile
from vuonho.register.boards import FILE as BOARDS_FILE
from vuonho.register.boards import Board, parse_boards
from vuonho.register.memory import BOARDS_FILE as BOARDS_MEMORY
from vuonho.register.memory import FILE as MEMORY_FILE
from vuonho.register.memory import (
    board_files,
    merged,
    read_boards,
    read_register,
    register_files,
    remembered,
    remembered_boards,
    with_missing,
)
from vuonho.register.register import VOID, Register, parse_register
from vuonho.scaffold.init import in_every_project

# --- Into a project that is there: all of what was planned, or nothing, after a safety copy ---

_REGISTERS: Final = frozenset({REGISTER_FILE, BOARDS_FILE})
_NOBODYS: Final = Text("no household that is still there uses this file")
_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True)
class RestorePlan:
    """What would be done: files that are missing here, files that are other than in the backup, files left alone.

    `kept` says why they are, by name; `only_here` are files that the backup does not have: they stay. Registers only
    gain: `register` is what becomes of ours, `rows` are the codes whose rows are new or say more, `boards` come back.
    """

    manifest: Manifest
    new: tuple[str, ...]
    changed: tuple[str, ...]
    kept: Mapping[str, Text]
    only_here: tuple[str, ...]
    register: Register
    rows: tuple[str, ...]
    boards: tuple[Board, ...]
    places: Mapping[str, Path]

    @property
    def is_nothing(self) -> bool:
        """Tell whether the project is as the backup already."""
        return not (self.new or self.changed or self.rows or self.boards)

    def groups(self, language: str) -> tuple[tuple[Text, tuple[str, ...]], ...]:
        """Return what becomes of files, codes and boards, in groups of which some may be empty."""
        return (
            (Text("comes back"), self.new),
            (Text("set back"), self.changed),
            (Text("register"), self.rows),
            (Text("boards"), tuple(f"{one.village} {one.printed}" for one in self.boards)),
            (Text("left alone"), tuple(f"{name}: {why.to(language)}" for name, why in self.kept.items())),
        )

    @property
    def staying(self) -> Text:
        """How many files stay that only the project has; nothing where there are none."""
        count = len(self.only_here)
        return (
            Text.counted(
                "{count} file that only the project has stays.",
                "{count} files that only the project has stay.",
                count,
            )
            if count
            else NOTHING
        )


def plan_restore(root: Path, file: Path, progress: Progress) -> RestorePlan:
    """Return what would come back from a backup, without a trace. Raises UserError and MachineError."""
    recover(root)
    with in_words(file), open_backup(file) as backup:
        return _plan(root, backup, progress)


def restore_here(
    root: Path, file: Path, expected: RestorePlan, now: datetime, *, progress: Progress, on_wait: Callable[[], None]
) -> Path:  # fmt: skip
    """Bring back just what `expected` says, all of it or nothing; return the copy of the texts as they had been.

    Raises UserError for a damaged backup, MachineError where it cannot be written, or where something was changed
    since the plan was made; then nothing has changed.
    """
    with locked(root, on_wait=on_wait), in_words(file), open_backup(file) as backup:
        recover(root)
        plan = _plan(root, backup, progress)
        if plan != expected:
            raise MachineError(
                Text("The project was changed while the question stood, so nothing was restored."),
                Text("Run this command again."),
            )
        copy = safety_copy(root, now)
        contents = _contents(root, backup, plan)
        with _folders_for(contents):
            write_together(root, contents)
    return copy


def _contents(root: Path, backup: Backup, plan: RestorePlan) -> dict[Path, Content]:
    """Return what is written, in this order: photos, profiles and settings, registers and what is remembered of them."""
    listed = {file.name: file for file in backup.manifest.files}
    names = sorted(plan.places, key=lambda name: name.endswith(".yaml"))
    contents: dict[Path, Content] = {
        plan.places[name]: Streamed(listed[name].digest, listed[name].size, partial(backup.chunks, name))
        for name in names
    }
    contents |= board_files(root, plan.boards) if plan.boards else {}
    contents |= register_files(root, plan.register) if plan.rows else {}
    return contents


@contextmanager
def _folders_for(contents: Iterable[Path]) -> Iterator[None]:
    """Make the folders of new files, and take them away again where nothing came of it."""
    made: list[Path] = []
    try:
        for folder in dict.fromkeys(path.parent for path in contents):
            with in_words(folder):
                for one in missing_folders(folder):
                    one.mkdir()
                    made.append(one)
        yield
    except BaseException:
        for folder in reversed(made):
            remove_folder(folder)
        raise


# --- What would come back, and what must not ---


def _plan(root: Path, backup: Backup, progress: Progress) -> RestorePlan:
    """Return what would come back; raise UserError for a damaged backup and for one of another project."""
    then = with_missing(
        _parsed(backup, REGISTER_FILE, parse_register, Register()),
        _parsed(backup, MEMORY_FILE, parse_register, Register()),
    )
    written, problems = read_register(root)
    before = remembered(root) or Register()
    now = before if problems else with_missing(written, before)  # a damaged one is why a backup is wanted
    if written.rows and then.rows and not written.by_code.keys() & then.by_code.keys():
        raise UserError(
            Text("This is a backup of another project: they have no code in common. Nothing was restored."),
            Text("Restore it into a new folder: vuonho restore FILE.zip DIR"),
        )
    here = {one.name: one for one in files_to_back_up(root) if one.name.startswith(FOLDERS)}
    differing = []
    with progress(Text("Comparing"), len(backup.manifest.files)) as tick:
        for name, size, digest in backup.manifest.files:
            mine = here.get(name)
            is_as = mine is not None and mine.size == size and digest_file(mine.path.resolve()) == digest
            if not is_as and name.startswith(FOLDERS) and name not in _REGISTERS:
                differing.append(name)
            tick()
    profiles = {
        name: read_profile(root, one.path.relative_to(root).as_posix(), name.split("/")[1])
        for name, one in here.items()
        if is_profile(name)
    }
    kept: dict[str, Text] = {}
    coming: dict[str, Profile] = {}
    for name in filter(is_profile, differing):
        read = partial(parse_profile, village=name.split("/")[1])
        profile = _parsed(backup, name, read, None)
        if profile is None or profile.tree is None or not profile.code:
            kept[name] = Text("the profile in the backup cannot be read")
        elif why := _objection(name, profile, profiles, now):
            kept[name] = why
        else:
            coming[name] = profile
    if kept:  # only then whose photos are whose matters: those of nobody stay away
        wanted = {
            f"profiles/{one.village}/{photo}"
            for one in (profiles | coming).values()
            if one.tree
            for photo in named_photos(one.tree)
        }
        photos = (name for name in differing if name.startswith("profiles/") and name.count("/") > 1)
        kept |= {
            name: _NOBODYS
            for name in photos
            if not (is_profile(name) or name.endswith("/village.yaml") or name in wanted or name in here)
        }
    register = merged(now, then)
    boards = [*remembered_boards(root)]
    for name in (BOARDS_FILE, BOARDS_MEMORY):
        boards += _parsed(backup, name, parse_boards, ())
    known = read_boards(root)[0]
    back = [name for name in differing if name not in kept]
    listed = {file.name for file in backup.manifest.files}
    return RestorePlan(
        manifest=backup.manifest,
        new=tuple(name for name in back if name not in here),
        changed=tuple(name for name in back if name in here),
        kept=kept,
        only_here=tuple(sorted(here.keys() - listed - _REGISTERS)),
        register=register,
        rows=tuple(row.code for row in register.rows if row != written.by_code.get(row.code)),
        boards=tuple(board for board in dict.fromkeys(boards) if board not in known),
        places={name: here[name].path if name in here else root / name for name in back},
    )


def _parsed(backup: Backup, name: str, parse: Callable[[str, str], _Kind], otherwise: _Kind) -> _Kind:
    """Return what a text of the backup holds, or `otherwise` where it is none; raise UserError for a damaged backup."""
    content = backup.text(name)
    try:
        return otherwise if content is None else parse(decode(content), name)
    except VuonhoError:  # it was wrong when it was copied
        return otherwise


def _objection(name: str, then: Profile, profiles: Mapping[str, Profile], register: Register) -> Text | None:
    """Return why the profile of today stays, or None where that of the backup may take its place."""
    code, now = then.code, profiles.get(name)
    if isinstance(then.record, Departed):
        return None
    row = register.by_code.get(code)
    carrying = {file: one for file, one in profiles.items() if one.code == code}
    if (row and row.has_left) or any(isinstance(one.record, Departed) for one in carrying.values()):
        return Text("household {code} has left since", code=code)
    if row is not None and row.status == VOID:
        return Text("code {code} is void", code=code)
    if now is not None and now.code not in ("", code):
        return Text("that name is household {code} now", code=now.code)
    if carrying and name not in carrying:
        return Text("household {code} is in {other} now", code=code, other=min(carrying))
    if now is not None and _shows_more(then.draft, now.draft):
        return Text("the family shows less now than it did then")
    return None


def _shows_more(then: Household | None, now: Household | None) -> bool:
    """Tell whether a family had agreed to more than it agrees to today."""
    if now is None:
        return False
    if then is None:  # what it had ticked cannot be told
        return True
    ticks = [frozenset(tick.key for tick in one.consent.publish) for one in (then, now)]
    hidden = {photo.file for photo in now.photos if photo.people}
    bared = any(photo.file in hidden and not photo.people for photo in then.photos)
    was_given = then.consent.given is not None
    return was_given and (now.consent.given is None or not ticks[0] <= ticks[1] or bared)


# --- Into a folder of its own: all of it, each file as it was, or nothing ---

_STAGING: Final = ".vuonho-moi"
"""Where files wait until all are there; a folder with nothing else in it is what a killed run left."""
_UNPACKING_LAST: Final = "profiles"


def unpack(file: Path, target: Path, progress: Progress) -> Manifest:
    """Unpack a project into `target`, which is made, or must be empty; return what its backup said of itself.

    Raises UserError for a backup or a folder that will not do, MachineError where it cannot be written; then
    nothing is left behind.
    """
    with in_words(file), open_backup(file) as backup:
        if backup.manifest.what != EVERYTHING:
            shown = quoted(file.name, 80)
            raise UserError(
                Text("{shown} holds profiles without their photos, which is no whole project.", shown=shown),
                Text("Bring it into the old project (without DIR), or use one that `vuonho backup` made."),
            )
        with in_words(target, backup.manifest.size):
            is_there = os.path.lexists(target)
            if is_there and (
                not target.is_dir() or any(entry.name != _STAGING for entry in things_in(target))
            ):
                shown = printable(str(target))
                raise UserError(
                    Text("There is something in “{shown}” already.", shown=shown),
                    Text(
                        "Choose a new or an empty folder. To restore into a project that is there, run it "
                        "there without a folder."
                    ),
                )
            made = missing_folders(target)
            try:
                _bring_back(backup, target, progress)
            except BaseException:
                shutil.rmtree(made[0] if made else target / _STAGING, ignore_errors=True)
                raise
        return backup.manifest


def _bring_back(backup: Backup, target: Path, progress: Progress) -> None:
    staging = target / _STAGING
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    if shutil.disk_usage(staging).free < backup.manifest.size:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
    with progress(Text("Restoring"), len(backup.manifest.files)) as tick:
        for one in backup.manifest.files:
            path = staging / one.name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as new:
                new.writelines(backup.chunks(one.name))
                new.flush()
                os.fsync(new.fileno())
            tick()
    for name, content in in_every_project("vi").items():  # such as the list that keeps profiles out of git
        path = staging / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_bytes(content)
    (staging / _UNPACKING_LAST).mkdir(exist_ok=True)
    with uninterrupted():
        for entry in sorted(staging.iterdir(), key=lambda entry: entry.name == _UNPACKING_LAST):
            replace(entry, target / entry.name)
        remove_folder(staging)
        sync_folder(target)
