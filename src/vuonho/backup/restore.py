"""A backup becomes a project again, or brings back what is missing in one."""

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Sequence as abc_Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path, PurePosixPath
from typing import Final

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
from vuonho.errors import DataProblems, MachineTrouble, Refused
from vuonho.i18n import NOTHING, Text
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
from vuonho.output.lock import STATE, locked
from vuonho.output.os_errors import in_words, printable
from vuonho.output.site_writer import recover
from vuonho.output.transaction import Content, Streamed, write_together
from vuonho.project.encoding import decode
from vuonho.project.files import REGISTER_FILE, SITE_FILE, named_photos, read_tree
from vuonho.project.profile import Profile, parse_profile, read_profile
from vuonho.project.yaml_tree import Mapping as yaml_tree_Mapping
from vuonho.project.yaml_tree import Scalar, Sequence, parse_tree
from vuonho.register.boards import FILE as BOARDS_FILE
from vuonho.register.boards import Board, parse_boards, with_boards
from vuonho.register.memory import BOARDS_FILE as BOARDS_MEMORY
from vuonho.register.memory import FILE as MEMORY_FILE
from vuonho.register.memory import (
    boards_as_written,
    merged,
    read_boards,
    read_register,
    remembered,
    remembered_boards,
    with_missing,
)
from vuonho.register.register import MOVED, VOID, WITHDRAWN, Register, parse_register, render_register
from vuonho.scaffold.files import in_every_project

# --- What the registers of a project gain from a backup: they never lose a row, a print or a withdrawal by it ---


@dataclass(frozen=True, slots=True)
class Gains:
    """The register as it becomes, the codes whose rows are new or say more, and the boards that come back."""

    register: Register
    rows: tuple[str, ...]
    boards: tuple[Board, ...]


def known_register(root: Path) -> Register:
    """Return the register with what is remembered beyond it; what is remembered where it cannot be read."""
    register, problems = read_register(root)
    before = remembered(root) or Register()
    return before if problems else with_missing(register, before)


def gains_from(root: Path, backup: Backup) -> Gains:
    """Return what a project's registers gain; raise Refused for a damaged backup."""
    written = read_register(root)[0].by_code
    register = merged(known_register(root), register_in(backup))
    rows = tuple(row.code for row in register.rows if row != written.get(row.code))
    here = read_boards(root)[0]
    boards = dict.fromkeys((*remembered_boards(root), *_boards_in(backup)))
    return Gains(register, rows, tuple(board for board in boards if board not in here))


def register_in(backup: Backup) -> Register:
    """Return the register of a backup with what was remembered beyond it; raise Refused for a damaged backup."""
    found = [_parsed(backup, name) for name in (REGISTER_FILE, MEMORY_FILE)]
    return with_missing(found[0], found[1])


def _parsed(backup: Backup, name: str) -> Register:
    try:
        return parse_register(_decoded(backup.text(name)), name)
    except DataProblems:
        return Register()


def _boards_in(backup: Backup) -> Iterator[Board]:
    for name in (BOARDS_FILE, BOARDS_MEMORY):
        yield from _boards(_decoded(backup.text(name)))


def _decoded(content: bytes | None) -> str:
    try:
        return decode(content or b"")
    except Refused:  # garbled when it was copied
        return ""


def _boards(text: str) -> tuple[Board, ...]:
    try:
        return parse_boards(text)
    except DataProblems:
        return ()


# --- Whether a backup is of the project that it is to come back into, or of another one ---


def refuse_stranger(root: Path, backup: Backup) -> None:
    """Raise Refused for a backup of another project: no code in common, and no address.

    Where the register or `site.yaml` is lost, nothing can be told and nothing is refused: then a backup is wanted.
    """
    rows = read_register(root)[0].by_code
    here, _ = read_tree(root / SITE_FILE, SITE_FILE)
    if not rows or here is None or rows.keys() & register_in(backup).by_code.keys():
        return
    ours, then = set(_addresses(here)), _site_in(backup)
    if ours and ours.isdisjoint(_addresses(then)):
        raise _stranger(_text(then, "title"), _text(then, "base_url"))


def _site_in(backup: Backup) -> yaml_tree_Mapping | None:
    try:
        return parse_tree(decode(backup.text(SITE_FILE) or b""), SITE_FILE)[0]
    except Refused:  # garbled when it was copied
        return None


def _text(tree: yaml_tree_Mapping | None, key: str) -> str:
    entry = tree.get(key) if tree else None
    return entry.value.text if entry and isinstance(entry.value, Scalar) else ""


def _addresses(tree: yaml_tree_Mapping | None) -> Iterator[str]:
    """Give the addresses of a site, of today and before, though the rest of its settings be wrong."""
    older = tree.get("previous_urls") if tree else None
    items = older.value.items if older and isinstance(older.value, Sequence) else ()
    for text in (_text(tree, "base_url"), *(one.text for one in items if isinstance(one, Scalar))):
        if address := text.strip().rstrip("/").casefold():
            yield address


def _stranger(title: str, address: str) -> Refused:
    name = ", ".join(quoted(one, 80) for one in (title, address) if one)
    shown = Text(f": {name}", f": {name}") if name else NOTHING
    return Refused(
        Text(f"Đây là bản sao lưu của một dự án khác{shown.vi}. Chưa lấy lại gì.",
             f"This is a backup of another project{shown.en}. Nothing was restored."),
        Text("Lấy nó về một thư mục mới: vuonho restore TỆP.zip THƯ_MỤC",
             "Restore it into a new folder: vuonho restore FILE.zip DIR"),
    )  # fmt: skip


# --- What would come back from a backup into a project that is there, and what must not ---

REGISTERS: Final = frozenset({REGISTER_FILE, BOARDS_FILE})


@dataclass(frozen=True, slots=True)
class Spared:
    """A file that does not come back, and why."""

    name: str
    why: Text


@dataclass(frozen=True, slots=True)
class RestorePlan:
    """What would be done: files that are missing here, files that are other than in the backup, files left alone.

    `only_here` are files that the backup does not have; they stay.
    """

    manifest: Manifest
    new: tuple[str, ...]
    changed: tuple[str, ...]
    kept: tuple[Spared, ...]
    only_here: tuple[str, ...]
    gains: Gains
    places: Mapping[str, Path]

    @property
    def is_nothing(self) -> bool:
        """Tell whether the project is as the backup already."""
        return not (self.new or self.changed or self.gains.rows or self.gains.boards)


class _Here:
    """The project as it is, as far as it can be read: what is damaged in it is why a backup is wanted."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files = {one.name: one for one in files_to_back_up(root) if one.name.startswith(FOLDERS)}
        self.register = known_register(root)

    @cached_property
    def profiles(self) -> Mapping[str, Profile]:
        """The profiles by their names."""
        return {
            name: read_profile(self.root, one.path.relative_to(self.root).as_posix(), name.split("/")[1])
            for name, one in self.files.items()
            if is_profile(name)
        }

    @cached_property
    def left(self) -> frozenset[str]:
        """The codes of households that have withdrawn or moved."""
        rows = (row.code for row in self.register.rows if row.status in (WITHDRAWN, MOVED))
        gone = (one.code for one in self.profiles.values() if isinstance(one.record, Departed))
        return frozenset((*rows, *gone))

    @cached_property
    def file_of(self) -> Mapping[str, str]:
        """The names of the profiles by their codes."""
        return {one.code: name for name, one in self.profiles.items() if one.code}

    def is_as(self, name: str, size: int, digest: str) -> bool:
        one = self.files.get(name)
        return one is not None and one.size == size and digest_file(one.path.resolve()) == digest


def plan_restoring(root: Path, backup: Backup, tick: Callable[[], None]) -> RestorePlan:
    """Return what would come back; raise Refused for a damaged backup and for one of another project.

    MachineTrouble and OSError come as reading does. `tick` is called once a file.
    """
    refuse_stranger(root, backup)
    here = _Here(root)
    differing = []
    for file in backup.manifest.files:
        if not here.is_as(file.name, file.size, file.digest) and _is_of_interest(file.name):
            differing.append(file.name)
        tick()
    then = {name: _profile_in(backup, name) for name in differing if is_profile(name)}
    kept = {name: why for name in differing if name in then and (why := _objection(name, then[name], here))}
    if kept:  # only then whose photos are whose matters
        then |= {name: _profile_in(backup, name) for name in _profiles(backup) if name not in then}
        kept |= dict(_photos_kept([name for name in differing if name not in then], then, kept, here))
    back = [name for name in differing if name not in kept]
    listed = {file.name for file in backup.manifest.files}
    return RestorePlan(
        backup.manifest,
        tuple(name for name in back if name not in here.files),
        tuple(name for name in back if name in here.files),
        tuple(Spared(name, why) for name, why in kept.items()),
        tuple(sorted(here.files.keys() - listed - REGISTERS)),
        gains_from(root, backup),
        {name: here.files[name].path if name in here.files else root / name for name in back},
    )  # fmt: skip


def _is_of_interest(name: str) -> bool:
    return name.startswith(FOLDERS) and name not in REGISTERS


def _profiles(backup: Backup) -> Iterator[str]:
    return (file.name for file in backup.manifest.files if is_profile(file.name))


# --- What must not come back -----------------------------------------------------------------------------------


def _profile_in(backup: Backup, name: str) -> Profile | None:
    """Return a profile of the backup, None where its text cannot be read."""
    content = backup.text(name)
    try:
        return parse_profile(decode(content), name, name.split("/")[1]) if content is not None else None
    except Refused:
        return None


def _objection(name: str, then: Profile | None, here: _Here) -> Text | None:
    """Return why the profile of today stays, or None where that of the backup may take its place."""
    if then is None or then.tree is None or not then.code:
        return _UNREADABLE
    if isinstance(then.record, Departed):
        return None
    code, now = then.code, here.profiles.get(name)
    row = here.register.by_code.get(code)
    if code in here.left:
        return Text(f"hộ {code} đã rút hoặc chuyển từ sau lần sao lưu", f"household {code} has left since")
    if row is not None and row.status == VOID:
        return Text(f"mã {code} đã hủy", f"code {code} is void")
    if now is not None and now.code not in ("", code):
        return Text(f"ở tên ấy nay là hộ {now.code}", f"that name is household {now.code} now")
    other = here.file_of.get(code, name)
    if other != name:
        return Text(f"hộ {code} nay ở {other}", f"household {code} is in {other} now")
    return _SHOWS_LESS if now is not None and _shows_more(then.draft, now.draft) else None


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


def _photos_kept(
    names: Iterable[str], then: Mapping[str, Profile | None], kept: Mapping[str, Text], here: _Here
) -> Iterator[tuple[str, Text]]:
    """Give the photos that only a household that stays away has named; of nobody's, none come back then."""
    profiles = [here.profiles.get(name) if name in kept else one for name, one in then.items()]
    profiles += [one for name, one in here.profiles.items() if name not in then]
    wanted = {
        f"profiles/{one.village}/{photo}" for one in profiles if one and one.tree for photo in named_photos(one.tree)
    }  # fmt: skip
    for name in names:
        is_ours = len(PurePosixPath(name).parts) > 2 and not name.endswith("/village.yaml")
        if is_ours and name.startswith("profiles/") and name not in wanted and name not in here.files:
            yield name, _NOBODYS


_UNREADABLE: Final = Text(
    "hồ sơ trong bản sao lưu không đọc được", "the profile in the backup cannot be read"
)
_SHOWS_LESS: Final = Text("nay gia đình cho hiện ít hơn lúc ấy", "the family shows less now than it did then")
_NOBODYS: Final = Text(
    "không hộ nào đang còn dùng tệp này", "no household that is still there uses this file"
)


# --- A backup brought back into a project that is there: all of what was planned, or nothing, after a safety copy ---

__all__ = ["STATE", "RestorePlan", "Restored", "Spared", "plan_restore", "restore_here"]

_LAST: Final = {".yaml": 1, ".csv": 2}


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done, and the copy of the texts as they had been."""

    plan: RestorePlan
    copy: Path


def plan_restore(root: Path, file: Path, progress: Progress) -> RestorePlan:
    """Return what would come back from a backup, without a trace. Raises Refused and MachineTrouble."""
    recover(root)
    with in_words(file), open_backup(file) as backup:
        return _plan(root, backup, progress)


def restore_here(
    root: Path, file: Path, expected: RestorePlan, now: datetime, *, progress: Progress, on_wait: Callable[[], None]
) -> Restored:  # fmt: skip
    """Return what was brought back: just what `expected` says, all of it or nothing.

    Raises Refused for a damaged backup, MachineTrouble where it cannot be written, or where something was changed
    since the plan was made; then nothing has changed.
    """
    with locked(root, on_wait=on_wait), in_words(file), open_backup(file) as backup:
        recover(root)
        plan = _plan(root, backup, progress)
        if plan != expected:
            raise MachineTrouble(*_CHANGED)
        copy = safety_copy(root, now)
        contents = _contents(root, backup, plan)
        with _folders_for(contents):
            write_together(root, contents)
    return Restored(plan, copy)


def _plan(root: Path, backup: Backup, progress: Progress) -> RestorePlan:
    with progress(Text("So sánh", "Comparing"), len(backup.manifest.files)) as tick:
        return plan_restoring(root, backup, tick)


def _contents(root: Path, backup: Backup, plan: RestorePlan) -> dict[Path, Content]:
    """Return what is written, in this order: photos, profiles and settings, registers and what is remembered of them."""
    listed = {file.name: file for file in backup.manifest.files}
    contents: dict[Path, Content] = {}
    for name in sorted((*plan.new, *plan.changed), key=lambda name: _LAST.get(Path(name).suffix, 0)):
        file = listed[name]
        contents[plan.places[name]] = Streamed(file.digest, file.size, partial(backup.chunks, name))
    if plan.gains.boards:
        text = "" if read_boards(root)[1] else boards_as_written(root)
        boards = with_boards(text, plan.gains.boards).encode("utf-8")
        contents |= {root / BOARDS_FILE: boards, root / BOARDS_MEMORY: boards}
    if plan.gains.rows:
        rows = render_register(plan.gains.register).encode("utf-8")
        contents |= {root / REGISTER_FILE: rows, root / MEMORY_FILE: rows}
    return contents


@contextmanager
def _folders_for(contents: dict[Path, Content]) -> Iterator[None]:
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


_CHANGED: Final = (
    Text("Dự án vừa bị thay đổi trong lúc chờ trả lời, nên chưa lấy lại gì.",
         "The project was changed while the question stood, so nothing was restored."),
    Text("Chạy lại lệnh này.", "Run this command again."),
)  # fmt: skip


# --- A backup becomes a project again in a folder of its own: all of it, each file as it was, or nothing ---

_STAGING: Final = ".vuonho-moi"
"""Where files wait until all are there; a folder with nothing else in it is what a killed run left."""
_UNPACKING_LAST: Final = "profiles"


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A project brought back: its folder, what is in it, and what its backup said of itself."""

    root: Path
    counts: Counts
    manifest: Manifest


def unpack(file: Path, target: Path, progress: Progress) -> Unpacked:
    """Return the project that was unpacked into `target`, which is made, or must be empty.

    Raises Refused for a backup or a folder that will not do, MachineTrouble where it cannot be written; then
    nothing is left behind.
    """
    with in_words(file), open_backup(file) as backup:
        if backup.manifest.what != EVERYTHING:
            raise _texts_only(file)
        with in_words(target, backup.manifest.size):
            _require_empty(target)
            made = missing_folders(target)
            try:
                _bring_back(backup, target, progress)
            except BaseException:
                _take_back(target, made)
                raise
        return Unpacked(target, count(one.name for one in backup.manifest.files), backup.manifest)


def _bring_back(backup: Backup, target: Path, progress: Progress) -> None:
    staging = target / _STAGING
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    if shutil.disk_usage(staging).free < backup.manifest.size:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
    with progress(Text("Lấy lại", "Restoring"), len(backup.manifest.files)) as tick:
        for one in backup.manifest.files:
            _write(staging / one.name, backup, one.name, tick)
    _complete(staging)
    with uninterrupted():
        for entry in sorted(staging.iterdir(), key=lambda entry: entry.name == _UNPACKING_LAST):
            replace(entry, target / entry.name)
        remove_folder(staging)
        sync_folder(target)


def _complete(staging: Path) -> None:
    """Add what every project has and this backup does not, such as the list that keeps profiles out of git."""
    for name, content in in_every_project("vi").items():
        path = staging / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_bytes(content)
    (staging / _UNPACKING_LAST).mkdir(exist_ok=True)


def _write(path: Path, backup: Backup, name: str, tick: Callable[[], None]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as new:
        for chunk in backup.chunks(name):
            new.write(chunk)
        new.flush()
        os.fsync(new.fileno())
    tick()


def _require_empty(target: Path) -> None:
    is_there = os.path.lexists(target)
    if is_there and (not target.is_dir() or any(entry.name != _STAGING for entry in target.iterdir())):
        shown = printable(str(target))
        raise Refused(
            Text(f"“{shown}” đã có thứ khác ở trong.", f"There is something in “{shown}” already."),
            Text("Chọn một thư mục mới hoặc để trống. Lấy lại vào dự án đang có: vào dự án ấy rồi chạy, không ghi thư mục.",
                 "Choose a new or an empty folder. To restore into a project that is there, run it there without a folder."),
        )  # fmt: skip


def _take_back(target: Path, made: abc_Sequence[Path]) -> None:
    shutil.rmtree(made[0] if made else target / _STAGING, ignore_errors=True)


def _texts_only(file: Path) -> Refused:
    shown = quoted(file.name, 80)
    return Refused(
        Text(f"{shown} chỉ có hồ sơ, không có ảnh, nên không thành một dự án mới được.",
             f"{shown} holds profiles without their photos, which is no whole project."),
        Text("Chạy trong dự án cũ mà không ghi thư mục, hoặc dùng bản do lệnh vuonho backup làm ra.",
             "Run it in the old project without a folder, or use one that `vuonho backup` made."),
    )  # fmt: skip
