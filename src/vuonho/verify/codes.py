"""Proof that every QR picture, read by a reader that did not write it, leads to a page of the site."""

import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from vuonho.errors import Problem, Refused
from vuonho.i18n import NOTHING, Text
from vuonho.qr.read import Pixels, read_qr
from vuonho.verify.tree import SiteTree, flaw, read_tree

# --- QR pictures as pixels: just enough of PNG (ISO/IEC 15948) and SVG for an independent look at our codes ---

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_LARGEST: Final = 8_000
_MODULE: Final = 4
"""Pixels a module when an SVG becomes pixels."""

_EIGHT: Final = tuple(bytes(255 * (byte >> bit & 1) for bit in range(7, -1, -1)) for byte in range(256))
_PATH: Final = re.compile(r"\s*(?:[MmHhVvZz][-0-9 ,\n]*)+")
_COMMAND: Final = re.compile(r"([MmHhVvZz])([^A-Za-z]*)")
_NUMBER: Final = re.compile(r"-?[0-9]{1,5}")
_COUNTS: Final = {"m": 2, "h": 1, "v": 1, "z": 0}
_WHITE: Final = frozenset(("#fff", "#ffffff", "white"))
_BLACK: Final = frozenset(("#000", "#000000", "black"))

_Side = tuple[int, int, int, int]


def parse_png(content: bytes) -> Pixels:
    """Return the pixels of a PNG of one bit in grey, not interlaced; raise Refused for anything else."""
    chunks = tuple(_chunks(content))
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13 or chunks[-1][0] != b"IEND":
        raise _refused("tệp PNG bị cụt", "the PNG is cut off")
    width, height, *form = struct.unpack(">IIBBBBB", chunks[0][1])
    if form != [1, 0, 0, 0, 0] or not (0 < width <= _LARGEST and 0 < height <= _LARGEST):
        raise _refused("PNG không phải loại đen trắng một bit", "the PNG is not black and white of one bit")
    length = 1 + (width + 7) // 8
    scan = _inflated(b"".join(body for kind, body in chunks if kind == b"IDAT"), length * height)
    lines = b"".join(_lines(scan, length, width))
    return Pixels(width, height, lines)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield (kind, body) of every chunk whose checksum is right, to the end of the file."""
    if not content.startswith(_SIGNATURE):
        raise _refused("không phải tệp PNG", "it is no PNG")
    at = len(_SIGNATURE)
    while at + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        body = content[at + 8 : at + 8 + length]
        if content[at + 8 + length : at + 12 + length] != struct.pack(">I", zlib.crc32(kind + body)):
            raise _refused("tệp PNG bị hỏng", "the PNG is damaged")
        yield kind, body
        at += 12 + length


def _inflated(packed: bytes, length: int) -> bytes:
    try:
        scan = zlib.decompressobj().decompress(packed, length + 1)
    except zlib.error as error:
        raise _refused("tệp PNG bị hỏng", "the PNG is damaged") from error
    if len(scan) != length:
        raise _refused("tệp PNG bị cụt", "the PNG is cut off")
    return scan


def _lines(scan: bytes, length: int, width: int) -> Iterator[bytes]:
    """Yield the scan lines as grey bytes; a line equal to the one above is made only once."""
    above, grey = bytes(length - 1), b""
    for at in range(0, len(scan), length):
        line = _unfiltered(scan[at], scan[at + 1 : at + length], above)
        if line != above or not grey:
            grey = b"".join(map(_EIGHT.__getitem__, line))[:width]
        yield grey
        above = line


def _unfiltered(kind: int, line: bytes, above: bytes) -> bytes:
    """Return a scan line as it was before its filter (ISO/IEC 15948, clause 9); one byte is one step."""
    if kind == 0 or (kind == 2 and not any(line)):
        return above if kind else line
    if kind > 4:
        raise _refused("tệp PNG bị hỏng", "the PNG is damaged")
    done = bytearray()
    left = corner = 0
    for byte, up in zip(line, above, strict=True):
        guess = (0, left, up, (left + up) // 2, _nearest(left, up, corner))[kind]
        left, corner = (byte + guess) & 0xFF, up
        done.append(left)
    return bytes(done)


def _nearest(left: int, up: int, corner: int) -> int:
    """Return Paeth's guess."""
    whole = left + up - corner
    return min((left, up, corner), key=lambda value: abs(whole - value))


def parse_svg(content: bytes) -> Pixels:
    """Return the pixels of an SVG that holds a white ground and one black path of straight sides.

    Whole numbers only, one unit a module. Raises Refused for anything else: strokes, transforms, pictures.
    """
    reader = _Drawing()
    try:
        reader.feed(content.decode("utf-8"))
        reader.close()
    except (UnicodeDecodeError, AssertionError) as error:
        raise _refused("tệp SVG không đọc được", "the SVG cannot be read") from error
    side = _side_of(reader.view)
    if len(reader.paths) != 2 or reader.others:
        raise _refused(
            "SVG không gồm nền trắng và một hình đen", "the SVG is not a white ground and one path"
        )
    (white, ground), (black, path) = reader.paths
    if white not in _WHITE or black not in _BLACK or not _covers(ground, side):
        raise _refused("mã trong SVG không phải đen trên nền trắng", "the SVG's code is not black on white")
    return _filled(tuple(_upright(path)), side)


class _Drawing(HTMLParser):
    """Collects what is drawn: `paths` as (fill, d), `view` the viewBox, `others` any other drawn element."""

    def __init__(self) -> None:
        super().__init__()
        self.view = ""
        self.paths: list[tuple[str, str]] = []
        self.others: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "svg":
            self.view = attributes.get("viewbox", "")
        elif tag == "path" and set(attributes) == {"fill", "d"}:
            self.paths.append((attributes["fill"].lower(), attributes["d"]))
        elif tag not in ("title", "desc"):
            self.others.append(tag)


def _side_of(view: str) -> int:
    match = re.fullmatch(r"0 0 ([0-9]{1,4}) \1", view)
    if match is None or not 0 < int(match[1]) * _MODULE <= _LARGEST:
        raise _refused("SVG không có khung vuông (viewBox)", "the SVG has no square viewBox")
    return int(match[1])


def _covers(path: str, side: int) -> bool:
    """Whether the path is the whole square: nothing but its four sides."""
    uprights = sorted(_upright(path))
    return [(x, min(a, b), max(a, b)) for x, a, b, _ in uprights] == [(0, 0, side), (side, 0, side)]


def _upright(path: str) -> Iterator[_Side]:
    """Yield the vertical sides of a path as (x, from y, to y, direction); both fill rules need no more."""
    x = y = start_x = start_y = 0
    for command, numbers in _commands(path):
        from_x, from_y = x, y
        if command in "Zz":
            x, y = start_x, start_y
        elif command in "Mm":
            x, y = (numbers[0] + x * (command == "m"), numbers[1] + y * (command == "m"))
            start_x, start_y = x, y
            continue
        elif command in "Hh":
            x = numbers[0] + x * (command == "h")
        else:
            y = numbers[0] + y * (command == "v")
        if x != from_x and y != from_y:
            raise _refused("hình trong SVG có cạnh xiên", "the SVG's path has a slanted side")
        if y != from_y:
            yield x, min(from_y, y), max(from_y, y), 1 if y > from_y else -1


def _commands(path: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield (letter, numbers) of a path that is made of M, H, V and Z with whole numbers only."""
    if not _PATH.fullmatch(path):
        raise _refused("hình trong SVG có nét lạ", "the SVG's path has strange strokes")
    for command, rest in _COMMAND.findall(path):
        numbers = tuple(map(int, _NUMBER.findall(rest)))
        if len(numbers) != _COUNTS[command.lower()]:
            raise _refused("hình trong SVG có nét lạ", "the SVG's path has strange strokes")
        yield command, numbers


def _filled(sides: Iterable[_Side], side: int) -> Pixels:
    """Return the area inside the sides as pixels, by the rule of the winding number that is not zero."""
    crossings: tuple[list[tuple[int, int]], ...] = tuple([] for _ in range(side))
    for x, top, bottom, turn in sides:
        if not (0 <= x <= side and top >= 0 and bottom <= side):
            raise _refused("hình trong SVG ra ngoài khung", "the SVG's path leaves its frame")
        for y in range(top, bottom):
            crossings[y].append((x, turn))
    lines = b"".join(_line(sorted(row), side) * _MODULE for row in crossings)
    return Pixels(side * _MODULE, side * _MODULE, lines)


def _line(crossings: list[tuple[int, int]], side: int) -> bytes:
    line = bytearray(b"\xff" * side * _MODULE)
    winding = start = 0
    for x, turn in crossings:
        if winding:
            line[start * _MODULE : x * _MODULE] = bytes((x - start) * _MODULE)
        winding, start = winding + turn, x
    return bytes(line)


def _refused(vi: str, en: str) -> Refused:
    return Refused(Text(vi, en))


# --- Proof that every QR picture, read by a reader that did not write it, leads to a page of the site ---

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
