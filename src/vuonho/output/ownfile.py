"""Where a file for the team may be written: beside the project's own folders, and over nothing but one of ours."""

from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.errors import Refused
from vuonho.output.files import is_folder, is_regular, stat_path
from vuonho.output.kept import kept_folder
from vuonho.output.troubles import in_words, printable
from vuonho.portable import is_portable

_HEAD: Final = 4096


def own_target(project: Path, name: str, suffix: str, sign: bytes) -> Path:
    """Return the file that `name` means, relative to the project or absolute; raise Refused for one that may not be.

    An older file that has `sign` near its beginning may be replaced, and no other. Raises MachineTrouble where that
    cannot be told.
    """
    target = project / name
    if target.suffix.lower() != suffix or not is_portable(target.name):
        raise _refused(
            Text(f"“{printable(name)}” không dùng làm tên tệp được.", f"“{printable(name)}” cannot be used."),
            Text(f"Đặt tên ngắn, kết thúc bằng {suffix}.", f"Give it a short name that ends in {suffix}."),
        )
    with in_words(target):
        if not is_folder(stat_path(target.parent.resolve())):
            raise _refused(
                Text(f"Không có thư mục {target.parent}.", f"There is no folder {target.parent}."),
                Text("Tạo thư mục ấy trước, hoặc chọn chỗ khác sau -o.", "Make it first, or choose another place after -o."),
            )  # fmt: skip
        _refuse_kept(project, target)
        found = stat_path(target)
        if found is not None and not (is_regular(found) and _has(target, sign)):
            raise _refused(
                Text(f"Đã có tệp {printable(name)}, và tệp ấy không phải do vuonho làm.",
                     f"{printable(name)} is there already, and vuonho did not make it."),
                Text("Chọn tên khác sau -o.", "Choose another name after -o."),
            )  # fmt: skip
    return target


def _has(path: Path, sign: bytes) -> bool:
    with path.open("rb") as file:
        return sign in file.read(_HEAD)


def _refuse_kept(project: Path, target: Path) -> None:
    if name := kept_folder(project, target):
        raise _refused(
            Text(f"Không ghi tệp này vào thư mục {name}/.", f"This file does not belong into {name}/."),
            Text("Chọn chỗ khác sau -o.", "Choose another place after -o."),
        )


def _refused(message: Text, hint: Text) -> Refused:
    return Refused(message, hint)
