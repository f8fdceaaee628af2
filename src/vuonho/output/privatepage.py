"""Where a page for the team alone may be written: beside the project's files, never where a site is published from."""

from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.errors import Refused
from vuonho.output.files import is_folder, is_regular, read_file, stat_path
from vuonho.output.lock import STATE
from vuonho.output.troubles import in_words, printable
from vuonho.portable import is_portable

SIGN: Final = b'<meta name="generator" content="vuonho status">'
"""What our page says near its beginning."""
_KEPT: Final = ("profiles", "site", "templates", ".git", STATE)
_OF_A_SITE: Final = ("sw.js", "manifest.webmanifest")
"""What lies at the top of a built site, wherever it was built to."""
_LARGEST: Final = 50_000_000


def page_target(project: Path, name: str) -> Path:
    """Return the file that `name` means, relative to the project or absolute; raise Refused for one that may not be.

    An older page of ours may be replaced, and no other file. Raises MachineTrouble where that cannot be told.
    """
    target = project / name
    if target.suffix.lower() != ".html":
        raise _refusal(name, "Tên tệp phải kết thúc bằng .html", "The file's name must end in .html")
    if not is_portable(target.name):
        raise _refusal(name, "Windows không nhận tên tệp này", "Windows cannot hold this name")
    with in_words(target):
        folder = target.parent.resolve()
        if not is_folder(stat_path(folder)):
            raise _refusal(name, "Không có thư mục ấy", "There is no such folder")
        _refuse_published(project, folder, name)
        found = stat_path(target)
        if found is not None and not (is_regular(found) and SIGN in read_file(target, _LARGEST)):
            raise _refusal(
                name,
                "Tệp này đã có, và không phải do lệnh này ghi",
                "This file is there already, and not by this command",
            )
    return target


def _refuse_published(project: Path, folder: Path, name: str) -> None:
    kept = [(project / one).resolve() for one in _KEPT]
    for one in (folder, *folder.parents):
        if any(_same(one, other) for other in kept) or all(
            is_regular(stat_path(one / sign)) for sign in _OF_A_SITE
        ):
            raise _refusal(
                name,
                f"Trang này chỉ để trong tổ xem, không để vào thư mục {one.name}/",
                f"This page is for the team alone and does not belong into {one.name}/",
            )


def _same(folder: Path, kept: Path) -> bool:
    """Tell whether two names mean one folder, though a disk may not tell capitals apart."""
    return folder == kept or (
        folder.name.casefold() == kept.name.casefold() and kept.exists() and folder.samefile(kept)
    )


def _refusal(name: str, vi: str, en: str) -> Refused:
    shown = printable(name)
    return Refused(
        Text(f"{vi}: {shown}", f"{en}: {shown}"),
        Text(
            "Chọn chỗ khác sau -o, ví dụ: -o tinh-hinh.html",
            "Choose another place after -o, such as: -o standing.html",
        ),
    )
