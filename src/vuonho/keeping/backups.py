"""One file that holds all that one laptop holds, read back before it counts; and small copies of the texts.

.vuonho/backup.json                          the day of the last backup, and what the project was like then
.vuonho/backups/2026-11-24-101530.zip        profiles and registers before an import or a restoring
"""

import json
import re
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from vuonho import __version__
from vuonho.bilingual import Text
from vuonho.domain.backup import (
    EVERYTHING,
    MANIFEST,
    NOTE,
    TEXTS,
    Counts,
    Kept,
    Manifest,
    count,
    render_manifest,
)
from vuonho.errors import MachineTrouble, Refused
from vuonho.intake.backupfile import open_backup
from vuonho.keeping.belongings import Belonging, belongings, state_of, texts
from vuonho.keeping.place import backup_target, is_writable, on_one_disk
from vuonho.output.archive import Packer, write_archive
from vuonho.output.files import read_regular, remove, write_file
from vuonho.output.lock import STATE, locked
from vuonho.output.troubles import in_words
from vuonho.output.writing.recovery import recover

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
    """Return the backup written to `name`: a .zip, or a folder such as a stick, relative to the project or absolute.

    A project on a disk that can only be read any more is copied too. Raises Refused for a place that will not do
    and for files that cannot be taken along, MachineTrouble; then the file that was there is untouched.
    """
    with locked(root, on_wait=on_wait) if is_writable(root) else nullcontext():
        recover(root)
        target = backup_target(root, name, now.date())
        found = belongings(root)
        _pack(target, found, EVERYTHING, now, progress)
        with in_words(target):
            size, shared = target.stat().st_size, on_one_disk(root, target)
        recorded = _record(root, target, found, now.date())
    return Saved(target, size, count(one.name for one in found), shared, recorded)


def safety_copy(root: Path, now: datetime) -> Path:
    """Return a new copy of profiles and registers in `.vuonho/backups/`, of which the last 20 are kept.

    The caller holds the project's lock. Raises Refused and MachineTrouble as `back_up` does.
    """
    folder = root / COPIES
    with in_words(folder):
        folder.mkdir(parents=True, exist_ok=True)
        before = _copies(folder)
    stamp = now.strftime("%Y-%m-%d-%H%M%S")
    names = (f"{stamp}{f'-{number}' if number > 1 else ''}.zip" for number in range(1, 1000))
    target = next(folder / name for name in names if folder / name not in before)
    _pack(target, texts(root), TEXTS, now, _silently)
    for old in _copies(folder)[:-MOST_COPIES]:
        with suppress(OSError):  # one too many harms nobody
            remove(old)
    return target


def safety_copies(root: Path) -> tuple[Path, ...]:
    """Return the copies of the texts that there are, the oldest first."""
    with in_words(root / COPIES):
        return tuple(_copies(root / COPIES))


def _copies(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted((path for path in folder.iterdir() if _STAMP.fullmatch(path.name)), key=_age)


def _age(copy: Path) -> tuple[str, int]:
    number = copy.stem[18:]
    return copy.stem[:17], int(number) if number else 1


# --- One file --------------------------------------------------------------------------------------------------


def _pack(target: Path, found: Iterable[Belonging], what: str, now: datetime, progress: Progress) -> None:
    every = tuple(found)
    kept: list[Kept] = []

    def fill(packer: Packer) -> None:
        packer.add_bytes(NOTE, _READ_ME.encode("utf-8"))
        with progress(Text("Sao lưu", "Copying"), len(every)) as tick:
            for one in every:
                packed = packer.add_file(one.name, one.path)
                kept.append(Kept(packed.name, packed.size, packed.digest))
                tick()
        packer.add_bytes(MANIFEST, render_manifest(Manifest(now, __version__, what, tuple(kept))))

    def prove(path: Path) -> None:
        try:
            with progress(Text("Đọc lại", "Reading"), len(every)) as tick:
                _require_whole(path, kept, tick)
        except Refused as refused:
            raise _unsound(target) from refused

    write_archive(target, now, fill, prove, sum(one.size for one in every))


def _require_whole(path: Path, kept: Iterable[Kept], tick: Callable[[], None]) -> None:
    with in_words(path), open_backup(path) as backup:
        if backup.manifest.files != tuple(kept):
            raise Refused(Text("Danh sách không khớp.", "The lists differ."))
        for file in backup.manifest.files:
            for _ in backup.chunks(file.name):
                pass
            tick()


def _unsound(target: Path) -> MachineTrouble:
    return MachineTrouble(
        Text(f"Ghi xong đọc lại thì {target.name} không đúng như bản gốc, nên đã bỏ đi.",
             f"Read back, {target.name} was not what was written, so it was thrown away."),
        Text("USB hoặc ổ đĩa ấy có thể hỏng: sao lưu sang ổ khác.",
             "That stick or disk may be failing: back up to another one."),
    )  # fmt: skip


def _silently(what: Text, steps: int) -> AbstractContextManager[Callable[[], None]]:
    del what, steps
    return nullcontext(lambda: None)


# --- What is remembered of it ----------------------------------------------------------------------------------


def last_backup(root: Path) -> date | None:
    """Return the day of the last backup, or None where none is known of."""
    told = _recorded(root).get("made")
    try:
        return date.fromisoformat(str(told))
    except ValueError:
        return None


def last_place(root: Path) -> str:
    """Return where the last backup was written to, "" where none is known of."""
    return str(_recorded(root).get("file") or "")


def changed_since(root: Path) -> bool:
    """Tell whether anything was written since the last backup; True where there was none."""
    try:
        return _recorded(root).get("state") != state_of(belongings(root))
    except (Refused, MachineTrouble):
        return True


def _record(root: Path, target: Path, found: Iterable[Belonging], day: date) -> bool:
    told = {"made": day.isoformat(), "file": str(target), "state": state_of(found)}
    try:
        write_file(root / _RECORD, json.dumps(told).encode("ascii"))
    except MachineTrouble:
        return False
    return True


def _recorded(root: Path) -> dict[str, object]:
    try:
        told = json.loads(read_regular(root / _RECORD, _LARGEST_RECORD))
    except (OSError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
