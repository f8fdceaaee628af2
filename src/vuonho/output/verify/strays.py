"""Proof that a built site has the files that it needs and none that belongs elsewhere."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from vuonho.bilingual import Text
from vuonho.errors import Problem
from vuonho.output.verify.codes import fold_origin
from vuonho.output.verify.tree import SiteTree, flaw

_REGISTER: Final = b"code,profile,given,printed"
_YAML: Final = (".yaml", ".yml")
_ADDRESS: Final = re.compile(r"<loc>\s*([^<]*?)\s*</loc>")
_SITEMAP: Final = re.compile(r"sitemap(?:-[0-9]+)?\.xml")
_BUILD: Final = Text("Chạy lại “vuonho build”.", "Run “vuonho build” again.")
_REMOVE: Final = Text("Xóa nó khỏi thư mục trang web.", "Remove it from the site's folder.")


def stray_problems(tree: SiteTree) -> tuple[Problem, ...]:
    """Return a problem for every file that is private, no file at all, missing or out of step.

    Named are links and pipes, the register and profiles, a missing 404.html, data that do not parse, and a
    sitemap that lists a notice or lacks a household.
    """
    return (*_no_files(tree), *_private(tree), *_missing(tree), *_torn(tree), *_in_sitemap(tree))


def _no_files(tree: SiteTree) -> Iterator[Problem]:
    for name in tree.links:
        message = Text("Đây là một liên kết, không phải tệp.", "This is a link and not a file.")
        hint = Text("Xóa liên kết này; cần thì chép tệp thật vào.",
                    "This is a link; remove it, and copy the file itself if it is needed.")  # fmt: skip
        yield flaw(name, message, hint, name="link")
    for name in tree.odd:
        message = Text("Đây không phải tệp, cũng không phải thư mục.", "This is neither a file nor a folder.")
        yield flaw(name, message, _REMOVE, name="no_file")


def _private(tree: SiteTree) -> Iterator[Problem]:
    for file in sorted(tree.files):
        name = file.rpartition("/")[2].lower()
        if (
            name == "codes.csv"
            or name.endswith(_YAML)
            or (name.endswith((".csv", ".txt")) and _is_register(tree, file))
        ):
            message = Text("Tệp này là hồ sơ nội bộ, không được đưa lên trang.",
                           "This file belongs to the private project, not to the site.")  # fmt: skip
            yield flaw(file, message, _REMOVE, name="private")


def _is_register(tree: SiteTree, file: str) -> bool:
    return tree.read(file).removeprefix(b"\xef\xbb\xbf").startswith(_REGISTER)


def _missing(tree: SiteTree) -> Iterator[Problem]:
    if "404.html" not in tree.files:
        message = Text("Thiếu trang cho địa chỉ gõ sai.", "The page for mistyped addresses is missing.")
        yield flaw("404.html", message, _BUILD, name="missing")


def _torn(tree: SiteTree) -> Iterator[Problem]:
    for file in sorted(tree.files):
        if file.startswith("data/") and file.endswith((".json", ".geojson")) and not _parses(tree.read(file)):
            message = Text("Tệp dữ liệu này hỏng, máy không đọc được.", "This file of data cannot be parsed.")
            yield flaw(file, message, _BUILD, name="data")


def _parses(content: bytes) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True


def _in_sitemap(tree: SiteTree) -> Iterator[Problem]:
    """Yield a problem for every notice in a sitemap and every household that stands in none."""
    maps = [file for file in sorted(tree.files) if _SITEMAP.fullmatch(file)]
    listed = {url: file for file in reversed(maps) for url in _addresses(tree, file)}
    for code in tree.codes if maps else ():
        url = fold_origin(f"{tree.base}{code}/")
        pages = [fold_origin(f"{tree.base}{folder}{code}/") for _, folder in tree.languages]
        if not tree.pages[f"{code}/index.html"].is_notice:
            # A page that is no notice and has no code either is named for that already.
            if url not in listed and f"qr/{code}.svg" in tree.files:
                message = Text(f"Thiếu hộ {code}.", f"Household {code} is missing.")
                yield flaw("sitemap.xml", message, _BUILD, name="sitemap.missing")
        elif found := next((listed[page] for page in pages if page in listed), ""):
            message = Text(f"Có hộ {code} đã rút hoặc đã chuyển.", f"It lists household {code}, which left.")
            yield flaw(found, message, _BUILD, name="sitemap.notice")


def _addresses(tree: SiteTree, file: str) -> Iterator[str]:
    text = tree.read(file).decode("utf-8", "replace")
    return (fold_origin(unescape(match[1])) for match in _ADDRESS.finditer(text))
