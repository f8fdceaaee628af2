"""Proof that every QR picture, read by a reader that did not write it, leads to a page of the site."""

import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from vuonho.errors import Problem, UserError, cited
from vuonho.i18n import NOTHING, Both, Text
from vuonho.qr.read import Pixels, read_qr
from vuonho.verify.tree import SiteTree, flaw

# --- QR pictures as pixels: just enough of PNG (ISO/IEC 15948) and SVG for an independent look at our codes ---

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_LARGEST: Final = 8_000
_MODULE: Final = 4
"""Pixels a module when an SVG becomes pixels."""

_EIGHT: Final = tuple(bytes(255 * (byte >> bit & 1) for bit in range(7, -1, -1)) for byte in range(256))
_SVG: Final = re.compile(
    r'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ([0-9]{1,4}) \1"(?: (?:width|height|role)="[a-z0-9]+")*>'
    r'<title>[^<>]*</title><path fill="#fff" d="M0 0h\1v\1H0z"/>'
    r'<path fill="#000" d="((?:M[0-9]{1,4} [0-9]{1,4}(?:[hv]-?[0-9]{1,4})+z)+)"/></svg>\s*'
)
"""A white ground and one black path of straight sides, one unit a module."""
_LOOP: Final = re.compile(r"M([0-9]+) ([0-9]+)([^z]+)z")
_SIDE: Final = re.compile(r"([hv])(-?[0-9]+)")
_GREY: Final = {ord("0"): "\xff" * _MODULE, ord("1"): "\0" * _MODULE}


def parse_png(content: bytes) -> Pixels:
    """Return the pixels of a PNG of one bit in grey, not interlaced; raise UserError for anything else."""
    if not content.startswith(_SIGNATURE):
        raise _refused("không phải tệp PNG", "it is no PNG")
    at, kind, header, packed = len(_SIGNATURE), b"", b"", b""
    while kind != b"IEND":
        if at + 12 > len(content):
            raise _refused("tệp PNG bị cụt", "the PNG is cut off")
        length, kind = struct.unpack_from(">I4s", content, at)
        body = content[at + 8 : at + 8 + length]
        if content[at + 8 + length : at + 12 + length] != struct.pack(">I", zlib.crc32(kind + body)):
            raise _refused("tệp PNG bị hỏng", "the PNG is damaged")
        if kind == b"IHDR":
            header = body
        elif kind == b"IDAT":
            packed += body
        at += 12 + length
    width, height, *form = struct.unpack(">IIBBBBB", header) if len(header) == 13 else (0, 0)
    if form != [1, 0, 0, 0, 0] or not (0 < width <= _LARGEST and 0 < height <= _LARGEST):
        raise _refused("PNG không phải loại đen trắng một bit", "the PNG is not black and white of one bit")
    length = 1 + (width + 7) // 8
    try:
        scan = zlib.decompressobj().decompress(packed, length * height + 1)
    except zlib.error as error:
        raise _refused("tệp PNG bị hỏng", "the PNG is damaged") from error
    if len(scan) != length * height:
        raise _refused("tệp PNG bị cụt", "the PNG is cut off")
    return Pixels(width, height, b"".join(_lines(scan, length, width)))


def _lines(scan: bytes, length: int, width: int) -> Iterator[bytes]:
    """Yield the scan lines as grey bytes: a line is written whole (0) or repeats the one above (2)."""
    grey = b""
    for at in range(0, len(scan), length):
        line = scan[at + 1 : at + length]
        if scan[at] == 0:
            grey = b"".join(map(_EIGHT.__getitem__, line))[:width]
        elif scan[at] != 2 or any(line) or not grey:
            raise _refused("PNG viết theo kiểu lạ", "the PNG is written in another way")
        yield grey


def parse_svg(content: bytes) -> Pixels:
    """Return the pixels of an SVG that holds a white square and one black path of straight sides and nothing else.

    Raises UserError for any other. The inside of the path is found by the even-odd rule.
    """
    drawing = _SVG.fullmatch(content.decode("utf-8", "replace"))
    side = int(drawing[1]) if drawing else 0
    if drawing is None or not 0 < side * _MODULE <= _LARGEST:
        raise _refused(
            "SVG không gồm nền trắng và một hình đen", "the SVG is not a white ground and one path"
        )
    rows = [0] * side
    for start_x, start_y, steps in _LOOP.findall(drawing[2]):
        x, y = int(start_x), int(start_y)
        sides = [(way, int(step)) for way, step in _SIDE.findall(steps)]
        end_x, end_y = (sum(step for way, step in sides if way == one) for one in "hv")
        if end_x and end_y:
            raise _refused("hình trong SVG có cạnh xiên", "the SVG's path has a slanted side")
        for way, step in (*sides, ("h", -end_x), ("v", -end_y)):
            to = x + step if way == "h" else y + step
            if not 0 <= to <= side:
                raise _refused("hình trong SVG ra ngoài khung", "the SVG's path leaves its frame")
            if way == "h":
                x = to
                continue
            for row in range(min(y, to), max(y, to)):
                rows[row] ^= (1 << (side - x)) - 1  # all that lies to the right of this side
            y = to
    lines = (format(row, f"0{side}b").translate(_GREY).encode("latin-1") * _MODULE for row in rows)
    return Pixels(side * _MODULE, side * _MODULE, b"".join(lines))


def _refused(vi: str, en: str) -> UserError:
    return UserError(Both(vi, en))


# --- Proof that every QR picture, read by a reader that did not write it, leads to a page of the site ---

_FOLDER: Final = "qr/"
_SUFFIXES: Final = (".png", ".svg")
_LEAST_PX: Final = 1_000
_QUIET_MODULES: Final = 4
_LONGEST: Final = 120
"""Letters that are shown of what a picture says."""
_HINT: Final = Text("Run “vuonho build” again; do not print this code.")


class ReadCode(NamedTuple):
    """One picture below qr/: its `text`, or None with `why` it could not be read."""

    file: str
    text: str | None
    why: Text = NOTHING


def read_codes(tree: SiteTree) -> tuple[ReadCode, ...]:
    """Return what every picture below qr/ says, in order of the file names."""
    return tuple(read_code(file, tree.read(file)) for file in sorted(tree.files) if file.startswith(_FOLDER))


def read_code(file: str, content: bytes) -> ReadCode:
    """Return what one picture of a code says."""
    try:
        return ReadCode(file, _decoded(file, content))
    except UserError as refusal:
        return ReadCode(file, None, refusal.message)


def code_problems(tree: SiteTree, base_url: str, codes: Iterable[ReadCode]) -> Iterator[Problem]:
    """Yield a problem for every QR picture that does not lead to its own household's page.

    The text of qr/CODE.png and qr/CODE.svg must be `base_url` + CODE + "/"; scheme and host may be in
    capitals (RFC 3986, 6.2.2.1), the path must agree letter by letter. The page must exist in every
    language, and every household's page must have both pictures; a notice needs none.
    """
    for file, text, why in codes:
        code = file.removeprefix(_FOLDER).rpartition(".")[0]
        wanted = fold_origin(f"{base_url}{code}/")
        if message := wrong_text(text, why, (wanted,)):
            yield flaw(file, message, _HINT, name="qr.unreadable" if text is None else "qr.text")
        if text is None:
            continue
        for page in (f"{folder}{code}/index.html" for _, folder in tree.languages):
            if page not in tree.files:
                message = Text("This QR code has no page {page}.", page=page)
                yield flaw(file, message, _HINT, name="qr.page")
    for code in tree.codes:
        page = f"{code}/index.html"
        for file in (f"{_FOLDER}{code}{suffix}" for suffix in _SUFFIXES):
            if file not in tree.files and not tree.pages[page].is_notice:
                message = Text("Household {code} has no QR code {file}.", code=code, file=file)
                yield flaw(page, message, _HINT, name="qr.missing")


def wrong_text(text: str | None, why: Text, wanted: Sequence[str]) -> Text | None:
    """Return what is wrong with the text of a code, None here for `why` it could not be read; None for nothing.

    It has to say one of the addresses `wanted`.
    """
    if text is None:
        return Text("This QR code is broken: {why}.", why=why)
    if fold_origin(text) in map(fold_origin, wanted):
        return None
    said = cited(fold_origin(text))[:_LONGEST]
    return Text("The QR code leads to “{said}”; it should be “{wanted}”.", said=said, wanted=wanted[0])


def fold_origin(url: str) -> str:
    """Return the address with scheme and host in lower case and the path as it is."""
    scheme, mark, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}{mark}{host.lower()}{slash}{path}"


def _decoded(file: str, content: bytes) -> str:
    """Return what the picture of a code says; raise UserError, with the reason as message, for one that is no good."""
    if file.endswith(".svg"):
        pixels = parse_svg(content)
    elif file.endswith(".png"):
        pixels = parse_png(content)
        if pixels.width < _LEAST_PX:
            raise _refused(
                f"ảnh chỉ rộng {pixels.width} điểm, cần ít nhất {_LEAST_PX}",
                f"it is {pixels.width} pixels wide, {_LEAST_PX} are needed",
            )
    else:
        raise _refused("không phải tệp .png hay .svg", "it is neither .png nor .svg")
    found = read_qr(pixels)
    if len(found) != 1:
        raise _refused("máy quét không đọc được mã", "a scanner cannot read the code")
    if _quiet_modules(pixels) < _QUIET_MODULES:
        raise _refused("lề trắng quanh mã hẹp quá", "the white margin round the code is too narrow")
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
