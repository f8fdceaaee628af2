"""One file that holds all that one laptop holds, read back before it counts."""

import errno
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product
from pathlib import Path
from typing import Final, NamedTuple

from vuonho import __version__
from vuonho.backup.archive import (
    EVERYTHING,
    FOLDERS,
    MANIFEST,
    NOTE,
    SINGLE,
    TEXTS,
    Counts,
    Kept,
    Manifest,
    Packer,
    is_backup,
    open_backup,
    render_manifest,
    write_archive,
    wrong_name,
)
from vuonho.errors import MachineError, UserError
from vuonho.i18n import Text, visible
from vuonho.output.files import (
    in_words,
    is_folder,
    is_link,
    is_regular,
    printable,
    read_regular,
    remove,
    replacement,
    stat_path,
    write_file,
)
from vuonho.output.lock import STATE, locked
from vuonho.output.site_folder import kept_folder
from vuonho.output.site_writer import recover
from vuonho.text import fold, is_portable, nfc

# --- What of a project lies on this computer only, and would be lost with it: all that a backup takes along ---

_TEXT_ENDINGS: Final = (".yaml", ".csv")
_LEFT_BY_SYSTEMS: Final = frozenset({"thumbs.db", "desktop.ini"})


class BackupFile(NamedTuple):
    """One file: its name in the project (NFC, forward slashes), where it lies, its size, when it was changed."""

    name: str
    path: Path
    size: int
    changed: int


def files_to_back_up(root: Path, folders: Iterable[str] = FOLDERS) -> tuple[BackupFile, ...]:
    """Return everything that one laptop holds, in the order of its names; or what is in some folders.

    Raises UserError for a link, and for a name that Windows could not hold; MachineError for what cannot be read.
    """
    found = [one for name in folders if (root / name).is_dir() for one in _walk(root / name, name)]
    if folders == FOLDERS:
        singles = ((name, root / name, stat_path(root / name)) for name in SINGLE)
        found += [
            BackupFile(name, path, one.st_size, one.st_mtime_ns)
            for name, path, one in singles
            if one and is_regular(one)
        ]
    if wrong := wrong_name(one.name for one in found):
        name, why = wrong
        raise UserError(
            Text("{shown} cannot be copied: {why}.", shown=visible(printable(name)), why=why),
            Text("Rename that file or folder, then run again."),
        )
    return tuple(found)


def _walk(folder: Path, name: str) -> Iterator[BackupFile]:
    with in_words(folder):
        entries = sorted(folder.iterdir(), key=lambda entry: nfc(entry.name))
    for entry in entries:
        if entry.name.startswith((".", "~$")) or entry.name.lower() in _LEFT_BY_SYSTEMS:
            continue
        here = f"{name}/{nfc(entry.name)}"
        with in_words(entry):
            found = entry.lstat()
        if is_link(found):
            raise UserError(
                Text("{name} is a link to another place and cannot be copied.", name=printable(here)),
                Text("Put the real file in the place of the link, then run again."),
            )
        if is_folder(found):
            yield from _walk(entry, here)
        elif is_regular(found):
            yield BackupFile(here, entry, found.st_size, found.st_mtime_ns)


def _state_of(found: Iterable[BackupFile]) -> str:
    """Return what stands for the files as they are: it changes when one of them is written, comes or goes."""
    state = hashlib.sha256()
    for one in found:
        if not one.name.startswith(".vuonho/"):  # written by every build
            state.update(f"{one.name}\0{one.size}\0{one.changed}\n".encode(errors="surrogatepass"))
    return state.hexdigest()


# --- Where a backup may be written: nowhere that is published, and never over a file that is something else ---


def _backup_path(root: Path, name: str, today: date) -> Path:
    """Return the file that `name` means, relative to the project or absolute; in a folder, one named by the day.

    Raises UserError for one that may not be, MachineError where that cannot be told.
    """
    given = Path(os.path.abspath(root / name))  # noqa: PTH100 - links stay as they are
    with in_words(given):
        target = given
        if given.is_dir():
            called = re.sub(r"[^a-z0-9]+", "-", fold(root.resolve().name)[:40]).strip("-")
            target = given / (f"sao-luu-{called}-{today}.zip" if called else f"sao-luu-{today}.zip")
        if target.suffix.lower() != ".zip" or not is_portable(target.name):
            shown = printable(name)
            raise UserError(
                Text(
                    "A backup's name must end in .zip and be one that Windows can hold: {shown}", shown=shown
                ),
                Text(
                    "Write, for example: vuonho backup ../backup.zip. If it is a USB drive or a folder, it is "
                    "not there: is the USB drive in?"
                ),
            )
        if not is_folder(stat_path(target.parent.resolve())):
            shown = printable(str(target.parent))
            raise UserError(
                Text("There is no folder {shown}.", shown=shown),
                Text("See whether the USB drive is in; or choose another place."),
            )
        _refuse_public(root, target)
        found = stat_path(target)
        if found is not None and not (is_regular(found) and is_backup(target)):
            shown = printable(target.name)
            raise UserError(
                Text("{shown} is there already and is no backup of vuonho.", shown=shown),
                Text("Choose another name."),
            )
    return target


def _refuse_public(root: Path, target: Path) -> None:
    """Raise UserError for a folder of the project's own, and for one whose files are shared with everybody."""
    elsewhere = Text("Write it to a USB drive, or to a folder outside the project: vuonho backup E:\\")
    if name := kept_folder(root, target):
        raise UserError(
            Text("A backup does not belong into {name}/.", name=name),
            elsewhere,
        )
    folder = target.parent.resolve()
    for one, sign in product((folder, *folder.parents), (".git", ".nojekyll")):
        if (one / sign).exists():
            shown = printable(str(one))
            raise UserError(
                Text(
                    "{shown} is published (there is {sign} in it), and a backup holds private data.",
                    shown=shown,
                    sign=sign,
                ),
                elsewhere,
            )


# --- One file that holds all that one laptop holds, read back before it counts; and small copies of the texts ---

COPIES: Final = f"{STATE}/backups"
MOST_COPIES: Final = 20
_RECORD: Final = f"{STATE}/backup.json"
_LARGEST_RECORD: Final = 100_000
_STAMP: Final = re.compile(r"\d{4}-\d\d-\d\d-\d{6}(?:-\d+)?\.zip")
_READ_ME: Final = """\
ĐÂY LÀ BẢN SAO LƯU CỦA MỘT DỰ ÁN VƯỜN HỘ (vuonho).

Trong này có thông tin riêng của các gia đình: họ tên, số điện thoại, ảnh gốc, lời đồng ý.
Không gửi qua Zalo, không đưa lên mạng. Cất ở nơi khóa được.

Khi máy hỏng hay mất: cài vuonho trên máy khác rồi chạy

    vuonho restore TÊN-TỆP-NÀY.zip THƯ-MỤC-MỚI

Các biển đã in vẫn mở đúng trang sau khi dựng và đăng lại.

This is a backup of a vuonho project. It holds private data of families: do not send it on, do not publish it.
On another computer: vuonho restore THIS-FILE.zip NEW-FOLDER
"""

Progress = Callable[[Text, int], AbstractContextManager[Callable[[], None]]]


@dataclass(frozen=True, slots=True)
class Saved:
    """A backup made and read back: its file and its size in bytes, what is in it, and whether it lies on the project's own disk.

    `is_recorded` is False where the project could not be written: `status` will not know of it.
    """

    file: Path
    size: int
    counts: Counts
    is_on_one_disk: bool
    is_recorded: bool


def back_up(
    root: Path, name: str, now: datetime, *, progress: Progress, on_wait: Callable[[], None]
) -> Saved:
    """Return the backup written to `name`: a .zip, or a folder such as a USB drive, relative to the project or absolute.

    A project on a disk that can only be read any more is copied too. Raises UserError for a place that will not do
    and for files that cannot be taken along, MachineError; then the file that was there is untouched.
    """
    state = root / STATE
    is_writable = os.access(state if state.is_dir() else root, os.W_OK | os.X_OK)
    with locked(root, on_wait=on_wait) if is_writable else nullcontext():
        recover(root)
        target = _backup_path(root, name, now.date())
        found = files_to_back_up(root)
        manifest = _pack(target, found, EVERYTHING, now, progress)
        with in_words(target):
            written = target.stat()
            is_on_one_disk = written.st_dev == root.stat().st_dev
        record = {"made": now.date().isoformat(), "file": str(target), "state": _state_of(found)}
        is_recorded = True
        try:
            write_file(root / _RECORD, json.dumps(record).encode("ascii"))
        except MachineError:
            is_recorded = False
    return Saved(target, written.st_size, manifest.counts, is_on_one_disk, is_recorded)


def safety_copy(root: Path, now: datetime, *, daily: bool = False) -> Path:
    """Return a new copy of profiles and registers in `.vuonho/backups/`, of which the last 20 are kept.

    Where `daily` is enough, one that was made on this day is returned. The caller holds the project's lock. Raises
    UserError and MachineError as `back_up` does.
    """
    folder, before = root / COPIES, safety_copies(root)
    with in_words(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for half in folder.glob(".*.zip.new"):  # what a killed run left holds data of families
            remove(half)
    stamp = now.strftime("%Y-%m-%d-%H%M%S")
    if daily and before and before[-1].name.startswith(stamp[:10]):
        return before[-1]
    names = (f"{stamp}{f'-{number}' if number > 1 else ''}.zip" for number in range(1, 1000))
    target = next(folder / name for name in names if folder / name not in before)
    texts = [one for one in files_to_back_up(root, ("profiles",)) if one.name.endswith(_TEXT_ENDINGS)]
    _pack(target, texts, TEXTS, now, lambda _what, _steps: nullcontext(lambda: None))
    for old in safety_copies(root)[:-MOST_COPIES]:
        with suppress(OSError):  # one too many harms nobody
            remove(old)
    return target


def safety_copies(root: Path) -> tuple[Path, ...]:
    """Return the copies of the texts that there are, the oldest first."""
    folder = root / COPIES
    with in_words(folder):
        there = folder.iterdir() if folder.is_dir() else ()
        return tuple(
            sorted((path for path in there if _STAMP.fullmatch(path.name)), key=lambda path: path.stem)
        )


def _pack(
    target: Path, found: Sequence[BackupFile], what: str, now: datetime, progress: Progress
) -> Manifest:
    """Write a backup of some files, read it back, and return its list of them."""
    kept: list[Kept] = []

    def fill(packer: Packer) -> None:
        packer.add_bytes(NOTE, _READ_ME.encode("utf-8"))
        with progress(Text("Copying"), len(found)) as tick:
            for one in found:
                kept.append(packer.add_file(one.name, one.path))
                tick()
        packer.add_bytes(MANIFEST, render_manifest(Manifest(now, __version__, what, tuple(kept))))

    need = sum(one.size for one in found)
    with in_words(target, need):
        if need > shutil.disk_usage(target.parent).free:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
        with replacement(target) as file:
            write_archive(file, now, fill)
            with progress(Text("Reading"), len(found)) as tick:
                if not _is_whole(Path(file.name), kept, tick):
                    raise MachineError(
                        Text(
                            "Read back, {name} was not what was written, so it was thrown away.",
                            name=target.name,
                        ),
                        Text("That USB drive or disk may be failing: back up to another one."),
                    )
    return Manifest(now, __version__, what, tuple(kept))


def _is_whole(path: Path, kept: Sequence[Kept], tick: Callable[[], None]) -> bool:
    """Tell whether a backup that was just written holds these files, every byte of them."""
    try:
        with open_backup(path) as backup:
            for file in backup.manifest.files:
                for _ in backup.chunks(file.name):
                    pass
                tick()
            return backup.manifest.files == tuple(kept)
    except UserError:
        return False


# --- What is remembered of it ---


def last_backup(root: Path) -> date | None:
    """Return the day of the last backup, or None where none is known of."""
    try:
        return date.fromisoformat(str(_recorded(root).get("made")))
    except ValueError:
        return None


def last_place(root: Path) -> str:
    """Return where the last backup was written to, "" where none is known of."""
    return str(_recorded(root).get("file") or "")


def changed_since(root: Path) -> bool:
    """Tell whether anything was written since the last backup; True where there was none."""
    try:
        return _recorded(root).get("state") != _state_of(files_to_back_up(root))
    except (UserError, MachineError):
        return True


def _recorded(root: Path) -> dict[str, object]:
    try:
        record = json.loads(read_regular(root / _RECORD, _LARGEST_RECORD))
    except (OSError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}
