"""Proof that every QR picture, read by a reader that did not write it, leads to a page of the site."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vuonho.bilingual import NOTHING, Text
from vuonho.errors import Problem, Refused
from vuonho.output.pixels import Pixels
from vuonho.output.reader import read_qr
from vuonho.output.verify.pictures import parse_png, parse_svg
from vuonho.output.verify.tree import SiteTree, flaw, read_tree

_FOLDER: Final = "qr/"
_SUFFIXES: Final = (".png", ".svg")
_LEAST_PX: Final = 1_000
_QUIET_MODULES: Final = 4
_HINT: Final = Text(
    "Chạy lại “vuonho build”; đừng in mã này.", "Run “vuonho build” again; do not print this code."
)


@dataclass(frozen=True, slots=True)
class ReadCode:
    """One picture below qr/: its `text`, or None with `why` it could not be read."""

    file: str
    text: str | None
    why: Text = NOTHING


def verify_codes(site: Path, base_url: str) -> tuple[Problem, ...]:
    """Return a problem for every QR picture that does not lead to its own household's page.

    The text of qr/CODE.png and qr/CODE.svg must be `base_url` + CODE + "/"; scheme and host may be in
    capitals (RFC 3986, 6.2.2.1), the path must agree letter by letter. The page must exist in every
    language, and every household's page must have both pictures; a notice needs none.
    """
    tree = read_tree(site)
    return code_problems(tree, base_url, read_codes(tree))


def read_codes(tree: SiteTree) -> tuple[ReadCode, ...]:
    """Return what every picture below qr/ says, in order of the file names."""
    return tuple(_read(tree, file) for file in sorted(tree.files) if file.startswith(_FOLDER))


def code_problems(tree: SiteTree, base_url: str, codes: tuple[ReadCode, ...]) -> tuple[Problem, ...]:
    """Return the problems of `verify_codes` in pictures that have been read."""
    found = (problem for code in codes for problem in _in_picture(tree, base_url, code))
    return (*found, *_without_picture(tree))


def decode(file: str, content: bytes) -> str:
    """Return what the picture of a code says; raise Refused, with the reason as message, for one that is no good."""
    return _decoded(_pixels(file, content))


def fold_origin(url: str) -> str:
    """Return the address with scheme and host in lower case and the path as it is."""
    scheme, mark, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}{mark}{host.lower()}{slash}{path}"


def _read(tree: SiteTree, file: str) -> ReadCode:
    try:
        return ReadCode(file, decode(file, tree.read(file)))
    except Refused as refusal:
        return ReadCode(file, None, refusal.message)


def _pixels(file: str, content: bytes) -> Pixels:
    if file.endswith(".svg"):
        return parse_svg(content)
    if not file.endswith(".png"):
        raise Refused(Text("không phải tệp .png hay .svg", "it is neither .png nor .svg"))
    pixels = parse_png(content)
    if pixels.width < _LEAST_PX:
        raise Refused(
            Text(
                f"ảnh chỉ rộng {pixels.width} điểm, cần ít nhất {_LEAST_PX}",
                f"it is {pixels.width} pixels wide, {_LEAST_PX} are needed",
            )
        )
    return pixels


def _decoded(pixels: Pixels) -> str:
    """Return the text of the one code in the picture; raise Refused without it or its quiet zone."""
    found = read_qr(pixels)
    if len(found) != 1:
        raise Refused(Text("máy quét không đọc được mã", "a scanner cannot read the code"))
    if _quiet_modules(pixels) < _QUIET_MODULES:
        raise Refused(Text("lề trắng quanh mã hẹp quá", "the white margin round the code is too narrow"))
    return found[0].text


def _quiet_modules(pixels: Pixels) -> float:
    """Return the narrowest margin in modules; a finder pattern, seven modules wide, begins the first line."""
    width, content = pixels.width, pixels.content
    first = content.find(0)
    top, left = divmod(first, width)
    finder = content.find(255, first) - first
    bottom = pixels.height - 1 - content.rfind(0) // width
    lines = (content[at : at + width] for at in range(top * width, (top + finder) * width, width))
    right = min(width - 1 - line.rfind(0) for line in lines)
    return min(top, left, bottom, right) * 7 / finder


def _in_picture(tree: SiteTree, base_url: str, code: ReadCode) -> Iterator[Problem]:
    name = code.file.removeprefix(_FOLDER).rpartition(".")[0]
    if code.text is None:
        message = Text(f"Mã QR này hỏng: {code.why.vi}.", f"This QR code is broken: {code.why.en}.")
        yield flaw(code.file, message, _HINT, name="qr.unreadable")
        return
    wanted = fold_origin(f"{base_url}{name}/")
    if fold_origin(code.text) != wanted:
        message = Text(
            f"Mã QR dẫn tới “{code.text}”, đúng ra phải là “{wanted}”.",
            f"The QR code leads to “{code.text}”; it should be “{wanted}”.",
        )
        yield flaw(code.file, message, _HINT, name="qr.text")
    for _, folder in tree.languages:
        page = f"{folder}{name}/index.html"
        if page not in tree.files:
            message = Text(f"Mã QR này không có trang {page}.", f"This QR code has no page {page}.")
            yield flaw(code.file, message, _HINT, name="qr.page")


def _without_picture(tree: SiteTree) -> Iterator[Problem]:
    for code in tree.codes:
        if tree.pages[f"{code}/index.html"].is_notice:
            continue
        for file in (f"{_FOLDER}{code}{suffix}" for suffix in _SUFFIXES):
            if file not in tree.files:
                message = Text(f"Hộ {code} thiếu mã QR {file}.", f"Household {code} has no QR code {file}.")
                yield flaw(f"{code}/index.html", message, _HINT, name="qr.missing")
