"""A plaque as a reader and a print shop see it: the code, the words, the edge, inks and typefaces, the same bytes."""

import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np
import plaque_kit as kit
import pytest

from case_kit import each
from command_kit import ROOT
from vuonho.plaques.canvas import DOT, MM
from vuonho.plaques.sheets import MARGIN
from vuonho.qr.symbol import qr_symbol

QUIET_ZONE = 4
SIZES_MM = {"200x150": (100, 110), "a5": (100, 110), "a6": (70, 80), "99x139": (85, 95), "99x67": (50, 62), "99x38": (25, 32), "63x38": (25, 32), "85x54": (40, 48), "a6 on a4": (70, 80)}  # fmt: skip
"""Widths of the code with its quiet zone: 100 to 110 on what hangs at a gate (docs/plaques.md)."""
CORNERS = {  # of the first and the last label of a sheet, from the die: left, top
    "99x139": ((4.65, 9.5), (106.25, 148.5)),
    "99x67": ((4.65, 13.1), (106.25, 216.2)),
    "99x38": ((4.65, 15.15), (106.25, 243.75)),
    "63x38": ((7.21, 15.15), (139.29, 243.75)),
    "85x54": ((20.0, 40.5), (105.0, 202.5)),
    "a6 on a4": ((0.5, 0.0), (148.5, 105.0)),
}
CALL = ("Quét mã để thăm vườn", "Scan to visit this garden")
PLAQUE = ("Thôn Vườn Mẫu", *CALL, "Bằng camera hoặc Zalo", "hoặc gõ / or type", "Mã thật mở vuonmau.example, không đòi tiền, không hỏi mật khẩu",
          "True code: no payment, no password", "Đợt in 7")  # fmt: skip
LABEL = ("Thôn Vườn Mẫu", *CALL)
LOW = ("Mời quét mã",)
SIX_POINTS = 6 * 25.4 / 72
RULER = "100 mm · In đúng 100 %, không co giãn"
_BLACK = re.compile(rb"q ([-\d. ]+) cm 0 0 0 1 k ([^q]*?) f\* Q")
_WHITE = re.compile(rb"q ([-\d. ]+) cm 0 0 0 0 k ([^q]*?) f\* Q")

each_design = each("design", kit.DESIGNS)
each_single = each("design", kit.SINGLE)


# --- The code --------------------------------------------------------------------------------------------------


@each_design
def test_each_module_is_where_it_should_be(design: str) -> None:
    """Whole pixels of two shades at 300 dpi, one to a page; on sheets dark or light in the middle, looked at with 600."""
    printed = kit.whole(design)
    for at, stamp in enumerate(printed.codes[:3]):
        symbol = qr_symbol(stamp.payload)
        rows = [[row >> symbol.size - 1 - x & 1 for x in range(symbol.size)] for row in symbol.rows]
        wanted = np.pad(np.array(rows), QUIET_ZONE)
        square = kit.square(printed, at, 300 if design in kit.SINGLE else 600)
        if design in kit.SINGLE:
            assert len(np.unique(square)) == 2
            assert square.min() < 40
            assert square.max() == 255
            step, rest = divmod(square.shape[0], len(wanted))
            assert rest == 0
            assert (np.kron(wanted, np.ones((step, step), int)) == (square < 128)).all()
        middles = ((np.arange(len(wanted)) + 0.5) * square.shape[0] / len(wanted)).astype(int)
        assert (wanted == (square[np.ix_(middles, middles)] < 128)).all()


@each_design
def test_it_is_one_path_in_black_alone_as_large_as_it_may_be(design: str) -> None:
    """Filled, in DeviceCMYK 0 0 0 1, after a white square of its whole width; a module is a whole number of dots."""
    printed = kit.whole(design)
    streams, pages = kit.drawn(printed.content), kit.pages(printed.content)
    for stamp in printed.codes[:4]:
        assert SIZES_MM[design][0] <= stamp.width <= SIZES_MM[design][1]
        step = stamp.width / stamp.modules
        assert step / DOT == pytest.approx(round(step / DOT), abs=1e-6)
        stream, height = streams[stamp.page], pages[stamp.page].height
        corner = pytest.approx((stamp.left + 4 * step, stamp.top + 4 * step), abs=0.01)
        codes = [found for found in _BLACK.finditer(stream) if found[2].count(b" m ") > 20]
        (here,) = (found for found in codes if _corner(found[1], height) == corner)
        assert float(here[1].split()[0]) == pytest.approx(step * MM, abs=1e-4)
        assert set(re.findall(rb"[a-zA-Z]+", here[2])) == {b"m", b"l", b"h"}
        before = [found for found in _WHITE.finditer(stream) if found.end() <= here.start()]
        numbers = [float(number) for number in re.findall(rb"-?[\d.]+", before[-1][2])]
        for along in (numbers[::2], numbers[1::2]):
            assert max(along) - min(along) == pytest.approx(stamp.width, abs=0.001)


def _corner(matrix: bytes, height: float) -> tuple[float, float]:
    numbers = [float(number) for number in matrix.split()]
    return numbers[4] * kit.MM, height - numbers[5] * kit.MM


@each_design
def test_each_code_says_whose_it_is_and_stands_alone(design: str) -> None:
    """Page, payload in capitals, household; no line of text reaches into it, and pieces lie on the die."""
    printed, layout = kit.whole(design), kit.order(design).layout
    homes = [kit.home(code="12342"), kit.home(code="12345670"), *kit.demo().households]
    assert [stamp.payload for stamp in printed.codes] == [
        f"https://VUONMAU.EXAMPLE/{home.code}/" for home in homes
    ]
    assert [stamp.whose for stamp in printed.codes] == [f"{home.code} {home.name}" for home in homes]
    places = layout.places if layout else 1
    assert [stamp.page for stamp in printed.codes] == [at // places for at in range(len(homes))]
    for piece, code, written in kit.pieces(printed, layout):
        assert piece.inside(2).holds(code)
        assert [line.text for line in written if line.box.meets(code)] == []
    if layout:
        assert layout.corner(0) == pytest.approx(CORNERS[design][0], abs=0.011)
        assert layout.corner(places - 1) == pytest.approx(CORNERS[design][1], abs=0.011)
        (page, *_) = kit.pages(printed.content)
        assert pytest.approx(sorted((page.width, page.height)), abs=0.01) == [210, 297]


# --- The words -------------------------------------------------------------------------------------------------


@each_design
def test_what_each_of_them_says(design: str) -> None:
    """Name, village, digits in groups, the address in lower case, what to do in both languages, what the true code is not.

    Low labels carry name, digits, address and three words; nothing anywhere is smaller than six points.
    """
    found = kit.pieces(kit.whole(design), kit.order(design).layout)
    for home, (piece, code, written) in zip(kit.demo().households, found[2:], strict=True):
        said = " ".join(line.text for line in written)
        told = LOW if "x38" in design else LABEL if design in kit.SHEETS else PLAQUE
        for text in (home.name, f"{home.code[:3]} {home.code[3:]}", "vuonmau.example/", *told):
            assert text in said, text
        assert min(line.size for line in written) >= SIX_POINTS
        safe = piece.inside(2 if design in kit.SHEETS else 5)
        assert safe.holds(code)
        assert [line.text for line in written if not safe.holds(line.box)] == []
    for (_, _, written), digits in zip(found, ("12 342", "1234 5670"), strict=False):
        (line,) = (line for line in written if line.text == digits)
        assert line.weight == "Bold"
        assert [other.text for other in written if other is not line and other.box.meets(line.box)] == []


@each_design
def test_what_none_of_them_says(design: str) -> None:
    """Nothing that ages, and nothing of a family but its chosen name: looked for in the pages of all households."""
    printed = kit.whole(design)
    said = " ".join(kit.text_of(printed.content, page) for page in range(printed.pages)).lower()
    place, digits = kit.demo().villages[0], re.sub(r"\D", "", said)
    for text in (
        place.commune,
        place.former_commune,
        place.former_district,
        "Hà Tĩnh",
        "OCOP",
        "★",
        "Bưởi",
        kit.site().team.name,
    ):
        assert text
        assert text.lower() not in said
    phones = [home.contact.phone.digits for home in kit.demo().private if home.contact and home.contact.phone]
    assert [phone for phone in (*phones, kit.site().team.phone.digits) if phone[1:] in digits] == []
    chosen = {home.name for home in kit.demo().households}
    heads = [home.head for home in kit.demo().private if home.head and home.head not in chosen]
    addresses = [home.address for home in kit.demo().households if home.address]
    assert min(map(len, (phones, heads, addresses))) > 5
    assert [text for text in (*heads, *addresses) if text.lower() in said] == []


@each("design", ["200x150", "a5"])
@each("name", ["Ao vườn ông Cảnh", "Vườn sinh thái và nhà nghỉ cộng đồng gia đình bà Nguyệt Thúy"])
def test_screws_cover_nothing(design: str, name: str) -> None:
    """Name and emblem leave 4.5 mm around holes of 5 mm at the top; the digits are not larger than the name."""
    content = kit.printed(design, [kit.home(name)]).content
    (page,), width = kit.pages(content), kit.SINGLE[design][0]
    boxes = kit.strokes(content) + [line.box for line in kit.lines(content)]
    for hole in (page.trim.left + 6.5, page.trim.left + width - 6.5):
        drill = kit.Box(hole - 7, page.trim.top + 6, hole + 7, page.trim.top + 18)
        marks = kit.Box(hole - 2.2, page.trim.top, hole + 2.2, page.trim.top + 18)
        near = [box for box in boxes if box.meets(drill) and not box.holds(drill)]
        assert [box for box in near if not marks.holds(box)] == []
    size = {line.text: line.size for line in kit.lines(content)}
    assert size["482 135"] <= max(size[text] for text in size if text in name)


@each("design", ["200x150", "a5"])
def test_digits_and_address_can_be_read_from_afar(design: str) -> None:
    """The name first: nothing is larger. For a person with a broken code digits of 9.5 mm, and tall letters of 5 mm in the address."""
    content = kit.printed(design).content
    heights = kit.letter_heights(content, "482 135")
    assert min(heights[:3] + heights[4:]) >= 9.5
    size = {line.text: line.size for line in kit.lines(content)}
    assert max(size, key=lambda text: size[text]) == kit.DEMO_NAME
    assert max(kit.letter_heights(content, "vuonmau.example")) >= 5


@each_design
def test_the_ruler_is_as_long_as_it_says(design: str) -> None:
    """100 mm from its first mark to its last one, and eleven marks; the words beside it tell how to print."""
    content, layout = kit.whole(design).content, kit.order(design).layout
    assert [line.text for line in kit.lines(content) if "100 %" in line.text] == [RULER]
    strokes = kit.strokes(content)
    marks = [one for one in strokes if one.right - one.left < 0.2 and one.bottom - one.top < 2.2]
    ruler = [mark for mark in marks if sum(abs(other.top - mark.top) < 0.6 for other in marks) == 11]
    middles = sorted((mark.left + mark.right) / 2 for mark in ruler)
    assert np.diff(middles) == pytest.approx([10] * 10, abs=0.01)
    if layout is None or layout.margins[1] >= 8.5:  # else the marks stand on a line to cut along
        along = [stroke for stroke in strokes if abs(stroke.top - ruler[0].top) < 0.2]
        assert max(stroke.right - stroke.left for stroke in along) == pytest.approx(100, abs=0.4)


def test_a_site_speaks_its_own_languages() -> None:
    """The first one first; of one language there are no words of a second."""
    for design in kit.DESIGNS:
        said = kit.text_of(kit.printed(design, languages=kit.languages("vi")).content)
        assert (LOW[0] if "x38" in design else CALL[0]) in said
        assert ("Scan" in said, "True code" in said) == (False, False)
    said = kit.text_of(kit.printed("a5", languages=kit.languages("en", "vi")).content)
    assert said.index(CALL[1]) < said.index(CALL[0])
    assert "Print run 1" in said


# --- The page for the print shop -------------------------------------------------------------------------------


@each_single
def test_trim_bleed_and_marks(design: str) -> None:
    """The trim is the plaque, colour reaches 3 mm beyond, then a millimetre of paper, then marks in line with the trim."""
    width, height = kit.SINGLE[design]
    printed = kit.whole(design)
    for page in kit.pages(printed.content):
        trim, around = page.trim, page.trim.inside(-3)
        assert (trim.right - trim.left, trim.bottom - trim.top) == pytest.approx((width, height), abs=0.01)
        assert (trim.left, trim.top) == pytest.approx((MARGIN, MARGIN), abs=0.01)
        assert page.bleed.holds(around, 0.01)
        assert around.holds(page.bleed, 0.01)
        assert 0 <= page.width - width - 2 * MARGIN < 0.09
    (note,) = (line for line in kit.lines(printed.content, 1) if line.text.startswith(f"{width} × "))
    assert note.text == f"{width} × {height} mm, bù xén 3 mm · 12345670 · 2/{printed.pages}"
    assert note.box.bottom < page.bleed.top
    at = 150 / 25.4
    pixels = kit.raster(printed.content, dpi=150, grey=False).astype(int)
    left, top, right, low = (
        round(side * at) for side in (page.bleed.left, page.bleed.top, page.bleed.right, page.bleed.bottom)
    )
    coloured, dark = np.ptp(pixels, axis=2) > 8, pixels.min(axis=2) < 200
    for edge in (
        coloured[top + 1, left:right],
        coloured[low - 2, left:right],
        coloured[top:low, left + 1],
        coloured[top:low, right - 2],
    ):
        assert edge[2:-2].all()
    coloured[top - 1 : low + 1, left - 1 : right + 1] = False
    assert not coloured.any()
    gap = dark[top - 4 : low + 4, left - 4 : right + 4].copy()
    gap[3:-3, 3:-3] = False
    assert not gap.any()
    for x in (round(page.trim.left * at), round(page.trim.right * at)):
        assert dark[: top - 4, x - 1 : x + 2].any(axis=1).sum() > 5 * at
        assert dark[low + 4 :, x - 1 : x + 2].any(axis=1).sum() > 5 * at
    for y in (round(page.trim.top * at), round(page.trim.bottom * at)):
        assert dark[y - 1 : y + 2, : left - 4].any(axis=0).sum() > 5 * at
        assert dark[y - 1 : y + 2, right + 4 :].any(axis=0).sum() > 5 * at


@each_single
def test_the_edge_is_bare_but_for_holes(design: str) -> None:
    """Left, right and at the foot there is nothing within 5 mm of the trim but ground and the marks of drill points."""
    at, content = 150 / 25.4, kit.whole(design).content
    pixels = kit.raster(content, dpi=150, grey=False).astype(int)
    trim = kit.pages(content)[0].trim
    left, top, right, low = (round(side * at) for side in (trim.left, trim.top + 5, trim.right, trim.bottom))
    other = np.abs(pixels - pixels[low - 4, (left + right) // 2]).max(axis=2) > 6
    for x in (trim.left + 6.5, trim.right - 6.5) if design != "a6" else ():
        for y in (trim.top + 11, trim.bottom - 6.5):
            hole = (slice(round((side - 2.4) * at), round((side + 2.4) * at)) for side in (y, x))
            other[tuple(hole)] = False
    strip = round(4.9 * at)
    assert not other[top:low, left : left + strip].any()
    assert not other[top:low, right - strip : right].any()
    assert not other[low - strip : low, left:right].any()


@each_design
@each("draft", [False, True])
def test_inks_and_typefaces_are_those_of_print(design: str, draft: bool) -> None:
    """DeviceCMYK that covers: no transparency, no shading, no screen colours; Be Vietnam Pro as subsets alone."""
    content = kit.printed(design, draft=True).content if draft else kit.whole(design).content
    used: set[str] = set()
    for stream in kit.drawn(content):
        used |= kit.operators(stream)
        assert b"e-" not in re.sub(rb"\((?:\\.|[^\\()])*\)", b"", stream)
        assert not re.search(rb"(?<![\d.])0 w", stream)
    assert used >= {"k", "K", "f*", "S", "Tj", "cm", "m", "l", "h"}
    assert used & {"rg", "RG", "g", "G", "gs", "sh", "sc", "SC", "scn", "SCN", "cs", "CS", "ri"} == set()
    heads = [part.head for part in kit.parts(content)]
    for word in (
        b"/SMask",
        b"/ca ",
        b"/CA ",
        b"/ExtGState",
        b"/Group",
        b"/Shading",
        b"/Pattern",
        b"/ICCBased",
        b"/Annot",
    ):
        assert not any(word in head for head in heads)
    fonts = [head for head in heads if b"/Type /Font " in head or head.endswith(b"/Type /Font\n>>")]
    described = [head for head in heads if b"/Type /FontDescriptor" in head]
    assert 3 <= len(fonts) == len(described) == sum(b"/Length1" in head for head in heads)
    for font in (*fonts, *described):
        assert re.search(
            rb"/(?:BaseFont|FontName) /[A-Z]{6}\+BeVietnamPro-(?:Regular|Medium|SemiBold|Bold|ExtraBold)\s",
            font,
        )
    assert all(b"/FontFile2" in one for one in described)
    assert all(b"/ToUnicode" in one for one in fonts)


AGAIN = """
import hashlib, sys
sys.path[:0] = {paths!r}
import plaque_kit as kit
for design in ("a6", "63x38", "a6 on a4"):
    print(hashlib.sha256(kit.whole(design).content).hexdigest())
"""


def test_the_same_order_gives_the_same_bytes(tmp_path: Path) -> None:
    """In another process, with another clock, language, hash seed and folder; the file names its language, no day."""
    paths = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "tests/plaques")]
    different = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "4711", "VUONHO_LANG": "en"}
    done = subprocess.run(
        [sys.executable, "-c", AGAIN.format(paths=paths)],
        env=os.environ | different, cwd=tmp_path, capture_output=True, check=True, timeout=600,
    )  # fmt: skip
    here = [sha256(kit.whole(design).content).hexdigest() for design in ("a6", "63x38", "a6 on a4")]
    assert done.stdout.decode().split() == here
    content = kit.whole("a6").content
    with kit.opened(content) as document:
        told = document.get_metadata_dict()
    assert (told["Title"], told["Subject"]) == ("Vườn hộ Thôn Vườn Mẫu", "https://vuonmau.example/")
    assert (told["Creator"], told["CreationDate"][:12]) == ("vuonho", "D:2000010100")
    assert b"/Lang (vi)" in content
