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
from typing import Final, NamedTuple

from vuonho.backup.archive import (
    EVERYTHING,
    FOLDERS,
    Backup,
    Counts,
    Manifest,
    count,
    is_profile,
    open_backup,
)
from vuonho.backup.backup import Progress, files_to_back_up, safety_copy
from vuonho.errors import DataProblems, MachineError, UserError
from vuonho.i18n import Text
from vuonho.model.household import Departed, Household
from vuonho.model.values import quoted
from vuonho.output.files import (
    digest_file,
    missing_folders,
    remove_folder,
    replace,
    sync_folder,
    uninterrupted,
)
from vuonho.output.lock import locked
from vuonho.output.os_errors import in_words, printable
from vuonho.output.site_writer import recover
from vuonho.output.transaction import Content, Streamed, write_together
from vuonho.project.encoding import decode
from vuonho.project.files import REGISTER_FILE, SITE_FILE, named_photos, read_tree
from vuonho.project.profile import Profile, parse_profile, read_profile
from vuonho.project.yaml_tree import Mapping as Tree
from vuonho.project.yaml_tree import Scalar, Sequence, parse_tree
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
from vuonho.register.register import MOVED, VOID, WITHDRAWN, Register, parse_register
from vuonho.scaffold.files import in_every_project

# --- Into a project that is there: all of what was planned, or nothing, after a safety copy ---

_REGISTERS: Final = frozenset({REGISTER_FILE, BOARDS_FILE})


class Spared(NamedTuple):
    """A file that does not come back, and why."""

    name: str
    why: Text


@dataclass(frozen=True, slots=True)
class RestorePlan:
    """What would be done: files that are missing here, files that are other than in the backup, files left alone.

    `only_here` are files that the backup does not have; they stay. Registers only gain: `register` is what becomes of
    ours, `rows` are the codes whose rows are new or say more, `boards` come back.
    """

    manifest: Manifest
    new: tuple[str, ...]
    changed: tuple[str, ...]
    kept: tuple[Spared, ...]
    only_here: tuple[str, ...]
    register: Register
    rows: tuple[str, ...]
    boards: tuple[Board, ...]
    places: Mapping[str, Path]

    @property
    def is_nothing(self) -> bool:
        """Tell whether the project is as the backup already."""
        return not (self.new or self.changed or self.rows or self.boards)


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
    last = {".yaml": 1, ".csv": 2}
    contents: dict[Path, Content] = {}
    for name in sorted((*plan.new, *plan.changed), key=lambda name: last.get(Path(name).suffix, 0)):
        file = listed[name]
        contents[plan.places[name]] = Streamed(file.digest, file.size, partial(backup.chunks, name))
    if plan.boards:
        contents |= board_files(root, plan.boards)
    if plan.rows:
        contents |= register_files(root, plan.register)
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


# --- What would come back, and what must not -------------------------------------------------------------------


class _Here:
    """The project as it is, as far as it can be read: what is damaged in it is why a backup is wanted."""

    def __init__(self, root: Path) -> None:
        self.files = {one.name: one for one in files_to_back_up(root) if one.name.startswith(FOLDERS)}
        written, problems = read_register(root)
        before = remembered(root) or Register()
        self.written = written
        self.register = before if problems else with_missing(written, before)
        self.profiles = {
            name: read_profile(root, one.path.relative_to(root).as_posix(), name.split("/")[1])
            for name, one in self.files.items()
            if is_profile(name)
        }
        self.file_of = {one.code: name for name, one in self.profiles.items() if one.code}
        self.left = {row.code for row in self.register.rows if row.status in (WITHDRAWN, MOVED)}
        self.left |= {one.code for one in self.profiles.values() if isinstance(one.record, Departed)}


def _plan(root: Path, backup: Backup, progress: Progress) -> RestorePlan:
    """Return what would come back; raise UserError for a damaged backup and for one of another project."""
    register_then = with_missing(_register_in(backup, REGISTER_FILE), _register_in(backup, MEMORY_FILE))
    _require_same_project(root, backup, register_then)
    here = _Here(root)
    differing = []
    with progress(Text("Comparing"), len(backup.manifest.files)) as tick:
        for name, size, digest in backup.manifest.files:
            mine = here.files.get(name)
            is_as = mine is not None and mine.size == size and digest_file(mine.path.resolve()) == digest
            if not is_as and name.startswith(FOLDERS) and name not in _REGISTERS:
                differing.append(name)
            tick()
    then = {name: _profile_in(backup, name) for name in differing if is_profile(name)}
    kept = {name: why for name, one in then.items() if (why := _objection(name, one, here))}
    if kept:  # only then whose photos are whose matters
        names = (file.name for file in backup.manifest.files if is_profile(file.name))
        then |= {name: _profile_in(backup, name) for name in names if name not in then}
        kept |= dict.fromkeys(_nobodys(differing, then, kept, here), _NOBODYS)
    back = [name for name in differing if name not in kept]
    listed = {file.name for file in backup.manifest.files}
    register = merged(here.register, register_then)
    rows = tuple(row.code for row in register.rows if row != here.written.by_code.get(row.code))
    known = read_boards(root)[0]
    boards = (*remembered_boards(root), *_boards_in(backup, BOARDS_FILE), *_boards_in(backup, BOARDS_MEMORY))
    return RestorePlan(
        manifest=backup.manifest,
        new=tuple(name for name in back if name not in here.files),
        changed=tuple(name for name in back if name in here.files),
        kept=tuple(Spared(name, why) for name, why in kept.items()),
        only_here=tuple(sorted(here.files.keys() - listed - _REGISTERS)),
        register=register,
        rows=rows,
        boards=tuple(board for board in dict.fromkeys(boards) if board not in known),
        places={name: here.files[name].path if name in here.files else root / name for name in back},
    )


def _objection(name: str, then: Profile | None, here: _Here) -> Text | None:
    """Return why the profile of today stays, or None where that of the backup may take its place."""
    if then is None or then.tree is None or not then.code:
        return Text("the profile in the backup cannot be read")
    if isinstance(then.record, Departed):
        return None
    code, now = then.code, here.profiles.get(name)
    row = here.register.by_code.get(code)
    if code in here.left:
        return Text("household {code} has left since", code=code)
    if row is not None and row.status == VOID:
        return Text("code {code} is void", code=code)
    if now is not None and now.code not in ("", code):
        return Text("that name is household {code} now", code=now.code)
    other = here.file_of.get(code, name)
    if other != name:
        return Text("household {code} is in {other} now", code=code, other=other)
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


_NOBODYS: Final = Text("no household that is still there uses this file")


def _nobodys(
    names: Iterable[str], then: Mapping[str, Profile | None], kept: Mapping[str, Text], here: _Here
) -> Iterator[str]:
    """Give the photos that only a household that stays away has named; of nobody's, none come back then."""
    profiles = [here.profiles.get(name) if name in kept else one for name, one in then.items()]
    profiles += [one for name, one in here.profiles.items() if name not in then]
    wanted = {
        f"profiles/{one.village}/{photo}" for one in profiles if one and one.tree for photo in named_photos(one.tree)
    }  # fmt: skip
    for name in names:
        is_of_village = name.startswith("profiles/") and name.count("/") > 1
        is_text = name in then or name.endswith("/village.yaml")
        if is_of_village and not is_text and name not in wanted and name not in here.files:
            yield name


def _require_same_project(root: Path, backup: Backup, register_then: Register) -> None:
    """Raise UserError for a backup of another project: no code in common, and no address.

    Where the register or `site.yaml` is lost, nothing can be told and nothing is refused: then a backup is wanted.
    """
    rows = read_register(root)[0].by_code
    here, _ = read_tree(root / SITE_FILE, SITE_FILE)
    if not rows or here is None or rows.keys() & register_then.by_code.keys():
        return
    ours, then = set(_addresses(here)), parse_tree(_text_in(backup, SITE_FILE), SITE_FILE)[0]
    if ours and ours.isdisjoint(_addresses(then)):
        name = ", ".join(quoted(one, 80) for one in (_value(then, "title"), _value(then, "base_url")) if one)
        shown = f": {name}" if name else ""
        raise UserError(
            Text("This is a backup of another project{shown}. Nothing was restored.", shown=shown),
            Text("Restore it into a new folder: vuonho restore FILE.zip DIR"),
        )


def _addresses(tree: Tree | None) -> Iterator[str]:
    """Give the addresses of a site, of today and before, though the rest of its settings be wrong."""
    older = tree.get("previous_urls") if tree else None
    items = older.value.items if older and isinstance(older.value, Sequence) else ()
    for text in (_value(tree, "base_url"), *(one.text for one in items if isinstance(one, Scalar))):
        if address := text.strip().rstrip("/").casefold():
            yield address


def _value(tree: Tree | None, key: str) -> str:
    entry = tree.get(key) if tree else None
    return entry.value.text if entry and isinstance(entry.value, Scalar) else ""


# --- What a backup holds, as far as it can be read; raises UserError for a damaged one -----------------------------


def _text_in(backup: Backup, name: str) -> str:
    try:
        return decode(backup.text(name) or b"")
    except UserError:  # garbled when it was copied
        return ""


def _profile_in(backup: Backup, name: str) -> Profile | None:
    """Return a profile of the backup, None where its text cannot be read."""
    text = _text_in(backup, name)
    return parse_profile(text, name, name.split("/")[1]) if text else None


def _register_in(backup: Backup, name: str) -> Register:
    try:
        return parse_register(_text_in(backup, name), name)
    except DataProblems:
        return Register()


def _boards_in(backup: Backup, name: str) -> tuple[Board, ...]:
    try:
        return parse_boards(_text_in(backup, name))
    except DataProblems:
        return ()


# --- Into a folder of its own: all of it, each file as it was, or nothing ---

_STAGING: Final = ".vuonho-moi"
"""Where files wait until all are there; a folder with nothing else in it is what a killed run left."""
_UNPACKING_LAST: Final = "profiles"


class Unpacked(NamedTuple):
    """A project brought back: what is in it, and what its backup said of itself."""

    counts: Counts
    manifest: Manifest


def unpack(file: Path, target: Path, progress: Progress) -> Unpacked:
    """Return the project that was unpacked into `target`, which is made, or must be empty.

    Raises UserError for a backup or a folder that will not do, MachineError where it cannot be written; then
    nothing is left behind.
    """
    with in_words(file), open_backup(file) as backup:
        if backup.manifest.what != EVERYTHING:
            shown = quoted(file.name, 80)
            raise UserError(
                Text("{shown} holds profiles without their photos, which is no whole project.", shown=shown),
                Text("Run it in the old project without a folder, or use one that `vuonho backup` made."),
            )
        with in_words(target, backup.manifest.size):
            is_there = os.path.lexists(target)
            if is_there and (
                not target.is_dir() or any(entry.name != _STAGING for entry in target.iterdir())
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
        return Unpacked(count(one.name for one in backup.manifest.files), backup.manifest)


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
