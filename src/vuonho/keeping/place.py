"""Where a backup may be written: nowhere that is published, and never over a file that is something else."""

import os
from datetime import date
from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.domain.fold import fold
from vuonho.errors import Refused
from vuonho.intake.backupfile import is_backup
from vuonho.output.files import is_folder, is_regular, stat_path
from vuonho.output.kept import kept_folder
from vuonho.output.lock import STATE
from vuonho.output.troubles import in_words, printable
from vuonho.portable import is_portable

_PUBLISHED: Final = (".git", ".nojekyll")


def backup_target(root: Path, name: str, today: date) -> Path:
    """Return the file that `name` means, relative to the project or absolute; in a folder, one named by the day.

    Raises Refused for one that may not be, MachineTrouble where that cannot be told.
    """
    given = Path(os.path.abspath(root / name))  # noqa: PTH100 - links stay as they are
    with in_words(given):
        target = given / _usual_name(root, today) if given.is_dir() else given
        if target.suffix.lower() != ".zip" or not is_portable(target.name):
            raise _odd(name)
        if not is_folder(stat_path(target.parent.resolve())):
            raise _no_folder(target.parent)
        _refuse_public(root, target)
        found = stat_path(target)
        if found is not None and not (is_regular(found) and is_backup(target)):
            raise _taken(target)
    return target


def is_writable(root: Path) -> bool:
    """Tell whether the project can be written, so that others can be kept waiting."""
    state = root / STATE
    return os.access(state if state.is_dir() else root, os.W_OK | os.X_OK)


def on_one_disk(root: Path, target: Path) -> bool:
    """Tell whether a file lies on the disk of the project: both are lost with it. Raises OSError."""
    return root.stat().st_dev == target.stat().st_dev


def _usual_name(root: Path, today: date) -> str:
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in fold(root.resolve().name))
    called = "-".join(part for part in plain[:40].split("-") if part)
    return "-".join(part for part in ("sao-luu", called, today.isoformat()) if part) + ".zip"


def _refuse_public(root: Path, target: Path) -> None:
    """Raise Refused for a folder of the project's own, and for one whose files are shared with everybody."""
    if name := kept_folder(root, target):
        raise Refused(
            Text(f"Không để bản sao lưu trong {name}/.", f"A backup does not belong into {name}/."),
            _ELSEWHERE,
        )
    folder = target.parent.resolve()
    signs = ((one, sign) for one in (folder, *folder.parents) for sign in _PUBLISHED)
    for one, sign in signs:
        if (one / sign).exists():
            shown = printable(str(one))
            raise Refused(
                Text(f"{shown} là thư mục đưa lên mạng (trong đó có {sign}), mà bản sao lưu có thông tin riêng.",
                     f"{shown} is published (there is {sign} in it), and a backup holds private data."),
                _ELSEWHERE,
            )  # fmt: skip


_ELSEWHERE: Final = Text(
    "Ghi ra USB hoặc một thư mục ngoài dự án, ví dụ: vuonho backup E:\\",
    "Write it to a stick, or to a folder outside the project: vuonho backup E:\\",
)


def _odd(name: str) -> Refused:
    shown = printable(name)
    return Refused(
        Text(f"Tên bản sao lưu phải kết thúc bằng .zip và dùng được trên Windows: {shown}",
             f"A backup's name must end in .zip and be one that Windows can hold: {shown}"),
        Text("Ghi, ví dụ: vuonho backup ../sao-luu.zip. Nếu đó là USB hay một thư mục thì chưa thấy nó: USB đã cắm chưa?",
             "Write, for example: vuonho backup ../backup.zip. If it is a stick or a folder, it is not there: is the stick in?"),
    )  # fmt: skip


def _no_folder(folder: Path) -> Refused:
    shown = printable(str(folder))
    return Refused(
        Text(f"Không có thư mục {shown}.", f"There is no folder {shown}."),
        Text("Xem USB đã cắm chưa; hoặc chọn chỗ khác.", "See whether the stick is in; or choose another place."),
    )  # fmt: skip


def _taken(target: Path) -> Refused:
    shown = printable(target.name)
    return Refused(
        Text(f"{shown} đã có, và không phải bản sao lưu của vuonho.",
             f"{shown} is there already and is no backup of vuonho."),
        Text("Chọn tên khác.", "Choose another name."),
    )  # fmt: skip
