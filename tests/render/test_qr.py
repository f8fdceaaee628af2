"""QR symbols: the address in them, the choice of version and level, and pictures that readers can read."""

import hashlib
import io
import re
import struct
import zlib
from itertools import groupby, product
from pathlib import Path
from xml.etree import ElementTree

import cv2
import numpy as np
import pytest
import zxingcpp
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image
from qrcode import QRCode, constants, exceptions
from qrcode.util import lost_point

from case_kit import each
from vuonho.errors import UserError
from vuonho.qr.symbol import (
    QUIET_ZONE,
    Symbol,
    _bits,
    _segments,
    outlines,
    payload,
    penalty,
    png,
    qr_symbol,
    svg,
)

CHROMIUM = Path("/usr/bin/chromium")
ADDRESS = "https://THON-NAM-TRAN.GITHUB.IO/482135/"
LEVELS = {"Q": constants.ERROR_CORRECT_Q, "H": constants.ERROR_CORRECT_H}

codes = st.from_regex(r"[1-9][0-9]{4,7}", fullmatch=True)
labels = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,14}[a-z0-9])?", fullmatch=True)
hosts = st.lists(labels, min_size=2, max_size=4).map(".".join)
folders = st.from_regex(r"[A-Za-z0-9_.-]{1,12}/", fullmatch=True)
base_urls = st.builds(
    "https://{}{}/{}".format,
    hosts,
    st.sampled_from(["", ":8443"]),
    st.lists(folders, max_size=2).map("".join),
)


def grey(picture: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(picture)).convert("L"))


def read_by_zxing(picture: bytes) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(grey(picture))]


def read_by_opencv(picture: bytes) -> str:
    text, _, _ = cv2.QRCodeDetector().detectAndDecode(grey(picture))
    return str(text)


def modules(one: Symbol) -> list[list[bool]]:
    return [[bit == "1" for bit in format(row, f"0{one.size}b")] for row in one.rows]


def filled(drawing: bytes) -> tuple[int, ...]:
    """The picture of the black path by the even-odd rule: each vertical side turns over all to its right."""
    root = ElementTree.fromstring(drawing)  # noqa: S314  # our own output
    side = int(str(root.get("viewBox")).split()[-1])
    path = [element.get("d") for element in root if element.get("fill") == "#000"]
    rows = [0] * side
    x = y = 0
    for command, numbers in re.findall(r"([Mhvz])([-0-9 ]*)", str(path[0])):
        if command == "M":
            x, y = start_x, start_y = tuple(map(int, numbers.split()))
        elif command == "h":
            x += int(numbers)
        else:
            end = start_y if command == "z" else y + int(numbers)
            assert command == "v" or x == start_x
            for line in range(min(y, end), max(y, end)):
                rows[line] ^= (1 << (side - x)) - 1
            y = end
    return tuple(rows)


def framed(one: Symbol) -> tuple[int, ...]:
    white = (0,) * QUIET_ZONE
    return (*white, *(row << QUIET_ZONE for row in one.rows), *white)


def fits(text: str, version: int, level: str) -> bool:
    """Whether the library itself gets the text into this version and level, split at its leisure."""
    for least in (1, 4, 8, 12, 20):
        code = QRCode(version=version, error_correction=LEVELS[level], mask_pattern=0)
        code.add_data(text, optimize=least)
        try:
            code.make(fit=False)
        except exceptions.DataOverflowError:
            continue
        return True
    return False


# --- the address ---------------------------------------------------------------------------------------


@each(
    ("base_url", "expected"),
    [
        ("https://thon-nam-tran.github.io/", ADDRESS),
        ("HTTPS://Thon-Nam-Tran.GitHub.io/", ADDRESS),
        ("https://doi.github.io/vuonHo/", "https://DOI.GITHUB.IO/vuonHo/482135/"),
        ("https://vuon.example:8443/", "https://VUON.EXAMPLE:8443/482135/"),
        ("https://vườn.example/", "https://XN--VN-D0A0990A.EXAMPLE/482135/"),
        ("https://vườn.example:81/", "https://XN--VN-D0A0990A.EXAMPLE:81/482135/"),
        ("https://vuon.example/thôn%20/", "https://VUON.EXAMPLE/th%C3%B4n%20/482135/"),
    ],
)
def test_payload(base_url: str, expected: str) -> None:
    """The host is in capitals, the scheme is not, and a path keeps its letters."""
    assert expected == payload(base_url, "482135")


@each(
    "base_url",
    [
        "http://vuon.example/",
        "https://vuon.example",
        "https://vuon.example/h",
        "https:///",
        "https://vuon.example/?a=/",
        "https://vuon.example/?/",
        "https://vuon.example/#/",
        "https://ai@vuon.example/",
        "https://vuon .example/",
        "https://vuon.example/\n/",
        "https://" + "ườ" * 60 + ".example/",
        "",
    ],
)
def test_payload_refuses_other_addresses(base_url: str) -> None:
    """What is not a plain https address ending in "/" is a ValueError."""
    with pytest.raises(ValueError, match=r"address|host"):
        payload(base_url, "482135")
    for code in ("", "48213x", "４８２１３５", "48/35"):
        with pytest.raises(ValueError, match="digits"):
            payload("https://vuon.example/", code)


@given(base_urls, codes)
def test_payload_is_the_same_address(base_url: str, code: str) -> None:
    """With its host in lower case again, the payload is the address of the page, letter for letter."""
    scheme, _, host, path = payload(base_url, code).split("/", 3)
    assert base_url + code + "/" == f"{scheme}//{host.lower()}/{path}"


# --- version, level, mask ------------------------------------------------------------------------------


@settings(max_examples=40)
@given(base_urls, codes)
def test_version_and_level_by_the_rule(base_url: str, code: str) -> None:
    """However the library splits the text: no smaller version from 2 up holds it at Q, this one not at H."""
    text = payload(base_url, code)
    one = qr_symbol(text)
    assert one.level in ("Q", "H")
    assert one.version == 2 or not fits(text, one.version - 1, "Q")
    assert one.level == "H" or not fits(text, one.version, "H")


@given(st.text(st.sampled_from("0123456789AZ:az"), min_size=1, max_size=7), st.sampled_from([2, 9, 10, 27]))
@settings(max_examples=30)
@example("1111aaaaaAAAAA", 2)  # only right if a segment begins on a whole bit
def test_segments_are_the_shortest(text: str, version: int) -> None:
    """No other way of giving each character a mode takes fewer bits."""
    content = text.encode("ascii")
    least = min(
        sum(
            4
            + {1: 10, 2: 9, 4: 8}[mode]
            + (version > 9) * {1: 2, 2: 2, 4: 8}[mode]
            + (version > 26) * {1: 2, 2: 2, 4: 0}[mode]
            + {1: -(-10 * count // 3), 2: -(-11 * count // 2), 4: 8 * count}[mode]
            for mode, count in ((mode, len(list(run))) for mode, run in groupby(modes))
        )
        for modes in product(*(possible_modes(byte) for byte in content))
    )
    found = _segments(content, version)
    assert least == sum(_bits(mode, part, version) for mode, part in found)
    assert content == b"".join(part for _, part in found)


def possible_modes(byte: int) -> tuple[int, ...]:
    if chr(byte).isdigit():
        return (1, 2, 4)
    return (2, 4) if chr(byte) in "AZ:" else (4,)


@settings(max_examples=40)
@given(base_urls, codes)
def test_every_symbol_is_read(base_url: str, code: str) -> None:
    """A reader that did not write the symbol finds the payload in it."""
    text = payload(base_url, code)
    assert [text] == read_by_zxing(png(qr_symbol(text), 4))


@settings(max_examples=30)
@given(st.text(st.sampled_from("0123456789ABCXYZ:/.abcxyzđườ"), min_size=1, max_size=120))
def test_any_mixture_of_letters_is_read(text: str) -> None:
    """Digits, capitals and other letters in any order survive the split into segments."""
    [found] = zxingcpp.read_barcodes(grey(png(qr_symbol(text), 4)))
    assert text.encode("utf-8") == found.bytes


def points(symbol: Symbol) -> int:
    """The penalty of a symbol."""
    return penalty(
        sum(row << (symbol.size + 1) * at for at, row in enumerate(reversed(symbol.rows))), symbol.size
    )


@settings(max_examples=15)
@given(hosts, codes)
def test_penalty_and_mask(host: str, code: str) -> None:
    """The penalty is the library's, and none of its eight masks has a lower one."""
    text = payload(f"https://{host}/", code)
    one = qr_symbol(text)
    others = []
    for mask in range(8):
        code_of_mask = QRCode(version=one.version, error_correction=LEVELS[one.level], mask_pattern=mask)
        code_of_mask.add_data("https", optimize=0)
        code_of_mask.add_data(text.removeprefix("https"), optimize=0)
        code_of_mask.make(fit=False)
        rows = tuple(int("".join(map(str, map(int, row))), 2) for row in code_of_mask.modules)
        other = Symbol(one.version, one.level, mask, rows)
        assert lost_point(code_of_mask.modules) == points(other)
        others.append(other)
    assert min(map(points, others)) == points(one)
    assert others[one.mask] == one


@settings(max_examples=40)
@given(st.integers(11, 45).flatmap(lambda n: st.lists(st.integers(0, (1 << n) - 1), min_size=n, max_size=n)))
def test_penalty_of_any_square(rows: list[int]) -> None:
    """The penalty over whole integers equals the library's on squares that are no QR symbols."""
    one = Symbol(2, "Q", 0, tuple(rows[: len(rows)]))
    assert lost_point(modules(one)) == points(one)


GOLDEN = "ed67b59458fbd6bb21c70bfecb3fe39f32781f8bc972d5da0992f4947520104a"


def test_golden_symbol() -> None:
    """The symbol on plaques already printed does not change from version to version of this program."""
    one = qr_symbol(ADDRESS)
    drawn = "\n".join(format(row, f"0{one.size}b") for row in one.rows)
    assert (one.version, one.level, one.mask, one.size) == (3, "Q", 0, 29)
    assert hashlib.sha256(drawn.encode("ascii")).hexdigest() == GOLDEN


@each(
    ("text", "version", "level"),
    [
        ("A", 2, "H"),
        (payload("https://a.vn/", "482135"), 2, "Q"),
        (payload("https://vuonmau.example/", "482135"), 3, "H"),
        (payload("https://thon-nam-tran.github.io/vuon-ho/", "482135"), 4, "Q"),
        (payload(f"https://a.vn/{'0123456789' * 10}/", "482135"), 6, "Q"),
        ("a" * 1663, 40, "Q"),
    ],
)
def test_known_versions(text: str, version: int, level: str) -> None:
    """A shorter address has a smaller symbol or a higher level, down to version 2; beyond version 40 it is refused."""
    assert (qr_symbol(text).version, qr_symbol(text).level) == (version, level)
    with pytest.raises(UserError, match="too long"):
        qr_symbol("a" * 1664)


# --- pictures ------------------------------------------------------------------------------------------


@each("base_url", ["https://a.vn/", "https://thon-nam-tran.github.io/vuon/ho/"])
@each("scale", [None, 1, 3, 8])
def test_png_pixels(base_url: str, scale: int | None) -> None:
    """Every module is a square of whole pixels, with four white ones around; two unrelated readers read it."""
    one = qr_symbol(payload(base_url, "482135"))
    picture = png(one, scale)
    pixels, wide = grey(picture), one.size + 2 * QUIET_ZONE
    expected = np.array([[bit == "0" for bit in format(row, f"0{wide}b")] for row in framed(one)])
    px = scale or -(-1000 // wide)
    assert np.array_equal(np.kron(expected, np.ones((px, px))) * 255, pixels)
    if px > 1:
        assert read_by_zxing(picture) == [read_by_opencv(picture)] == [payload(base_url, "482135")]


def test_png_chunks() -> None:
    """The PNG is one-bit grey with its density, and no chunk tells when or by what it was made."""
    picture = png(qr_symbol(ADDRESS))
    kinds, at = [], 8
    while at < len(picture):
        (length,) = struct.unpack_from(">I", picture, at)
        kind, content = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        assert (zlib.crc32(kind + content),) == struct.unpack_from(">I", picture, at + 8 + length)
        kinds.append(kind)
        at += 12 + length
    assert kinds == [b"IHDR", b"pHYs", b"IDAT", b"IEND"]
    image = Image.open(io.BytesIO(picture))
    assert (image.mode, tuple(round(float(dots)) for dots in image.info["dpi"])) == ("1", (300, 300))
    with pytest.raises(ValueError, match="one pixel"):
        png(qr_symbol(ADDRESS), 0)


@settings(max_examples=30)
@given(base_urls, codes)
def test_svg_path_is_the_symbol(base_url: str, code: str) -> None:
    """The area inside the outlines is exactly the dark modules, quiet zone in place."""
    one = qr_symbol(payload(base_url, code))
    assert framed(one) == filled(svg(one, "Mã QR"))


@given(st.integers(1, 12).flatmap(lambda n: st.lists(st.integers(0, (1 << n) - 1), min_size=n, max_size=n)))
def test_outlines_of_any_square(rows: list[int]) -> None:
    """Outlines are right for any pattern, corners that touch included, and have no needless corner."""
    one = Symbol(2, "Q", 0, tuple(rows))
    assert framed(one) == filled(svg(one, "x"))
    for loop in outlines(one):
        sides = list(zip(loop, (*loop[1:], loop[0]), strict=True))
        assert all((a[1] == b[1]) == (index % 2 == 0) for index, (a, b) in enumerate(sides))
        assert all(a != b for a, b in sides)


def test_outlines_turn_right() -> None:
    """Dark lies to the right of the way: a ring has one loop clockwise and its hole the other way."""
    ring = Symbol(2, "Q", 0, (0b111, 0b101, 0b111))
    expected = (((0, 0), (3, 0), (3, 3), (0, 3)), ((2, 1), (1, 1), (1, 2), (2, 2)))
    outer, hole = outlines(ring)
    assert expected[0] == outer
    assert set(expected[1]) == set(hole)
    assert (area(outer), area(hole)) == (9, -1)
    for rows in ((0b10, 0b01), (0b01, 0b10)):
        assert [area(loop) for loop in outlines(Symbol(2, "Q", 0, rows))] == [1, 1]


def area(loop: tuple[tuple[int, int], ...]) -> float:
    pairs = zip(loop, (*loop[1:], loop[0]), strict=True)
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs) / 2


def test_svg_is_plain() -> None:
    """White ground, one black path, no stroke, a size in millimetres, the title as text."""
    root = ElementTree.fromstring(svg(qr_symbol(ADDRESS), "Vườn <bà> & Hường"))  # noqa: S314
    name = "{http://www.w3.org/2000/svg}"
    assert [f"{name}title", f"{name}path", f"{name}path"] == [element.tag for element in root]
    assert root[0].text == "Vườn <bà> & Hường"
    assert [element.get("fill") for element in root[1:]] == ["#fff", "#000"]
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("100mm", "100mm", "0 0 37 37")
    assert all("stroke" not in element.attrib for element in root.iter())


@given(st.text())
@example("\x00")
@example("a\x1b")
@example("\ud800")
@example("\uffff")
def test_svg_title(title: str) -> None:
    """Any title is text in well-formed XML, or a ValueError where XML has no place for its characters."""
    try:
        drawing = svg(Symbol(2, "Q", 0, (1,)), title)
    except ValueError:
        assert re.search("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", title)
        return
    root = ElementTree.fromstring(drawing)  # noqa: S314
    assert re.sub("\r\n?", "\n", title) == (root[0].text or "")
