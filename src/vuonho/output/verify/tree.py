"""A built site folder as the proofs see it: the exact names of its files and every page read once."""

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit

from vuonho.bilingual import NOTHING, Text
from vuonho.errors import MachineTrouble, Problem, VuonhoError
from vuonho.output.verify.page import Page, parse_page

_NOT_SERVED: Final = (".git",)
_CODE: Final = re.compile(r"[1-9][0-9]{4,7}")


class Kind(Enum):
    """What a name in the site can be, folders aside."""

    FILE = "file"
    LINK = "link"
    ODD = "odd"


@dataclass(frozen=True, slots=True)
class SiteTree:
    """The site below `root`: `files` as written on the disk, with forward slashes; `pages` by file.

    `base` is the site's address as index.html gives it, `languages` pairs (language tag, its folder). Links,
    and what else is neither file nor folder, are in `links` and `odd` and never opened.
    """

    root: Path
    files: frozenset[str]
    pages: Mapping[str, Page] = field(repr=False)
    base: str
    languages: tuple[tuple[str, str], ...]
    links: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()

    def read(self, file: str) -> bytes:
        """Return the bytes of a file; raise MachineTrouble if the disk does not give them."""
        return _read(self.root, file)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that have a page of a household or a notice, in order."""
        folders = (file.removesuffix("/index.html") for file in self.files if file.endswith("/index.html"))
        return tuple(sorted(folder for folder in folders if _CODE.fullmatch(folder)))


def read_tree(site: Path) -> SiteTree:
    """Return the site in this folder; raise VuonhoError if it is none, MachineTrouble if it is unreadable."""
    kinds = {name: _kind_of(site / name) for name in sorted(_names(site))}
    files = frozenset(name for name, kind in kinds.items() if kind is Kind.FILE)
    if "index.html" not in files:
        raise _no_site(site)
    pages = {file: parse_page(_read(site, file)) for file in sorted(files) if file.endswith(".html")}
    base = _base_of(site, pages["index.html"])
    links, odd = (tuple(name for name, kind in kinds.items() if kind is one) for one in (Kind.LINK, Kind.ODD))
    return SiteTree(site, files, pages, base, _languages(base, pages["index.html"]), links, odd)


def site_base(site: Path) -> str:
    """Return the address of the site: the canonical link of its index.html, https and ending in "/".

    Raises VuonhoError if the folder holds no such page.
    """
    if not (site / "index.html").is_file():
        raise _no_site(site)
    return _base_of(site, parse_page(_read(site, "index.html")))


def flaw(file: str, message: Text, hint: Text = NOTHING, line: int | None = None, name: str = "") -> Problem:
    """Return a problem in a file of the site; `name` says which property does not hold."""
    return Problem(file, line, None, name, message, hint)


def _names(site: Path) -> Iterator[str]:
    """Yield everything below the folder but folders, links not followed; the repository is not the site."""
    for folder, folders, names in os.walk(site):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if name not in _NOT_SERVED)
        linked = (name for name in folders if (here / name).is_symlink())
        found = (name for name in (*names, *linked) if name not in _NOT_SERVED)
        yield from ((here / name).relative_to(site).as_posix() for name in found)


def _kind_of(path: Path) -> Kind:
    """Return what a name stands for, without opening it: a pipe would never answer."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return Kind.ODD
    if stat.S_ISLNK(mode):
        return Kind.LINK
    return Kind.FILE if stat.S_ISREG(mode) else Kind.ODD


def _read(site: Path, file: str) -> bytes:
    try:
        return (site / file).read_bytes()
    except OSError as error:
        message = Text(f"Không đọc được tệp {file}.", f"{file} cannot be read.")
        hint = Text("Đóng chương trình đang mở tệp đó rồi thử lại.", "Close what has it open and try again.")
        raise MachineTrouble(message, hint) from error


def _no_site(site: Path) -> VuonhoError:
    return VuonhoError(
        Text(f"Thư mục “{site}” không có trang web nào.", f"There is no website in “{site}”."),
        Text("Chạy “vuonho build” trước.", "Run “vuonho build” first."),
    )


def _base_of(site: Path, index: Page) -> str:
    base = next((link.url for link in index.links if "canonical" in link.rel), "")
    parts = urlsplit(base) if _is_address(base) else None
    if parts is None or parts.scheme != "https" or not parts.netloc or not base.endswith("/"):
        raise VuonhoError(
            Text(
                f"Trang đầu của “{site}” không cho biết địa chỉ của trang web (link rel=canonical).",
                f"The first page of “{site}” does not tell the site's address (link rel=canonical).",
            ),
            Text("Chạy lại “vuonho build”.", "Run “vuonho build” again."),
        )
    return base


def _is_address(url: str) -> bool:
    try:
        urlsplit(url)
    except ValueError:
        return False
    return not re.search(r"[\s?#]", url)


def _languages(base: str, index: Page) -> tuple[tuple[str, str], ...]:
    """Return (tag, folder) of every language the start page links to, itself with folder ""."""
    found: dict[str, str] = {}
    for link in index.links:
        if link.hreflang and link.hreflang != "x-default" and "alternate" in link.rel:
            folder = urljoin(base, link.url).removeprefix(base)
            found.setdefault(folder, link.hreflang)
    found.setdefault("", index.language)
    return tuple(sorted((tag, folder) for folder, tag in found.items()))
