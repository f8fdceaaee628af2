"""A backup brought back into a project that is there: all of what was planned, or nothing, after a safety copy."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.register.boards import FILE as BOARDS_FILE
from vuonho.domain.register.boards import with_boards
from vuonho.domain.register.register import render_register
from vuonho.errors import MachineTrouble
from vuonho.intake.backupfile import Backup, open_backup
from vuonho.intake.boardsfile import boards_as_written, read_boards
from vuonho.intake.folder import REGISTER_FILE
from vuonho.keeping.backups import Progress, safety_copy
from vuonho.keeping.plan import RestorePlan, Spared, plan_restoring
from vuonho.memory import BOARDS_FILE as BOARDS_MEMORY
from vuonho.memory import FILE as MEMORY_FILE
from vuonho.output.batch import Content, Streamed, write_together
from vuonho.output.files import remove_folder
from vuonho.output.lock import STATE, locked
from vuonho.output.troubles import in_words
from vuonho.output.writing.recovery import recover
from vuonho.output.writing.staging import missing_folders

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
