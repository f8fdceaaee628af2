"""A backup becomes a project again in a folder of its own: all of it, each file as it was, or nothing."""

import errno
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.backup import EVERYTHING, Counts, Manifest, count
from vuonho.domain.values import quoted
from vuonho.errors import Refused
from vuonho.founding.folder import IN_EVERY_PROJECT
from vuonho.intake.backupfile import Backup, open_backup
from vuonho.keeping.backups import Progress
from vuonho.output.files import remove_folder, replace, sync_folder
from vuonho.output.troubles import in_words, printable
from vuonho.output.uninterrupted import uninterrupted
from vuonho.output.writing.staging import missing_folders

_STAGING: Final = ".vuonho-moi"
"""Where files wait until all are there; a folder with nothing else in it is what a killed run left."""
_LAST: Final = "profiles"


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
        for entry in sorted(staging.iterdir(), key=lambda entry: entry.name == _LAST):
            replace(entry, target / entry.name)
        remove_folder(staging)
        sync_folder(target)


def _complete(staging: Path) -> None:
    """Add what every project has and this backup does not, such as the list that keeps profiles out of git."""
    for name, content in IN_EVERY_PROJECT.items():
        path = staging / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_bytes(content)
    (staging / _LAST).mkdir(exist_ok=True)


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


def _take_back(target: Path, made: Sequence[Path]) -> None:
    shutil.rmtree(made[0] if made else target / _STAGING, ignore_errors=True)


def _texts_only(file: Path) -> Refused:
    shown = quoted(file.name, 80)
    return Refused(
        Text(f"{shown} chỉ có hồ sơ, không có ảnh, nên không thành một dự án mới được.",
             f"{shown} holds profiles without their photos, which is no whole project."),
        Text("Chạy trong dự án cũ mà không ghi thư mục, hoặc dùng bản do lệnh vuonho backup làm ra.",
             "Run it in the old project without a folder, or use one that `vuonho backup` made."),
    )  # fmt: skip
