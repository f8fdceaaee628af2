"""Where a file for the team may be written: beside the project's own folders, and over nothing but one of ours."""

from collections.abc import Callable
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.errors import Refused
from vuonho.output.files import is_folder, is_regular, stat_path
from vuonho.output.kept import kept_folder
from vuonho.output.troubles import in_words, printable
from vuonho.portable import is_portable

IsOurs = Callable[[Path], bool]
"""Tells whether a regular file is one that we made, so that the next one may take its place."""


def own_target(project: Path, name: str, example: Text, is_ours: IsOurs) -> Path:
    """Return the file that `name` means, relative to the project or absolute; raise Refused for one that may not be.

    `example` is a good name in each language, and its ending the one that is wanted. An older file may be replaced
    if it `is_ours`, and no other. Raises MachineTrouble where that cannot be told.
    """
    target, suffix = project / name, Path(example.vi).suffix
    shown = printable(name)
    if target.suffix.lower() != suffix:
        raise Refused(
            Text(f"Tên tệp phải kết thúc bằng {suffix}: {shown}", f"The file's name must end in {suffix}: {shown}"),
            Text(f"Ghi, ví dụ: -o {example.vi}", f"Write, for example: -o {example.en}"),
        )  # fmt: skip
    if not is_portable(target.name):
        raise Refused(
            Text(f"Windows không nhận tên tệp này: {shown}", f"Windows cannot hold this name: {shown}"), _OTHER_NAME
        )  # fmt: skip
    with in_words(target):
        _refuse_place(project, target, example)
        found = stat_path(target)
        if found is not None and not (is_regular(found) and is_ours(target)):
            raise Refused(
                Text(f"{shown} đã có, và không do vuonho làm ra.", f"{shown} is there already, and vuonho did not make it."),
                _OTHER_NAME,
            )  # fmt: skip
    return target


def _refuse_place(project: Path, target: Path, example: Text) -> None:
    if not is_folder(stat_path(target.parent.resolve())):
        folder = printable(str(target.parent))
        raise Refused(
            Text(f"Không có thư mục {folder}.", f"There is no folder {folder}."),
            Text("Tạo thư mục ấy trước, hoặc chọn chỗ khác.", "Make that folder first, or choose another place."),
        )  # fmt: skip
    if kept := kept_folder(project, target):
        raise Refused(
            Text(f"Không ghi tệp này vào thư mục {kept}/.", f"This file does not belong into {kept}/."),
            Text(f"Chọn chỗ khác sau -o, ví dụ: -o {example.vi}", f"Choose another place after -o, such as: -o {example.en}"),
        )  # fmt: skip


_OTHER_NAME = Text("Chọn tên khác sau -o.", "Choose another name after -o.")
