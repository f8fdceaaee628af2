"""Where a page for the team alone may be written: as any file of ours, but never where a site is published from."""

from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.errors import Refused
from vuonho.output.files import is_regular, read_file, stat_path
from vuonho.output.ownfile import own_target
from vuonho.output.troubles import in_words

SIGN: Final = b'<meta name="generator" content="vuonho status">'
"""What our page says near its beginning."""
_EXAMPLE: Final = Text("tinh-hinh.html", "standing.html")
_OF_A_SITE: Final = ("sw.js", "manifest.webmanifest")
"""What lies at the top of a built site, wherever it was built to."""
_LARGEST: Final = 50_000_000


def page_target(project: Path, name: str) -> Path:
    """Return the file that `name` means, relative to the project or absolute; raise Refused for one that may not be.

    An older page of ours may be replaced, and no other file. Raises MachineTrouble where that cannot be told.
    """
    target = own_target(project, name, _EXAMPLE, lambda page: SIGN in read_file(page, _LARGEST))
    with in_words(target):
        folder = target.parent.resolve()
        for one in (folder, *folder.parents):
            if all(is_regular(stat_path(one / sign)) for sign in _OF_A_SITE):
                raise _published(one.name)
    return target


def _published(folder: str) -> Refused:
    return Refused(
        Text(f"Trang này chỉ để trong tổ xem, không để vào thư mục {folder}/.",
             f"This page is for the team alone and does not belong into {folder}/."),
        Text(f"Chọn chỗ khác sau -o, ví dụ: -o {_EXAMPLE.vi}",
             f"Choose another place after -o, such as: -o {_EXAMPLE.en}"),
    )  # fmt: skip
