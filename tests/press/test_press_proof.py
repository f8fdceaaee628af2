"""The proof of a PDF: a sound one has no flaw, and each thing that spoils a code has a flaw of its own."""

import pickle
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from math import cos, radians, sin
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from case_kit import each
from vuonho.errors import MachineError
from vuonho.plaques.placement import QrPlacement
from vuonho.plaques.proof import prove_pages, prove_share, reading_distance_m, shares
from vuonho.qr.image import QUIET_ZONE, outlines
from vuonho.qr.symbol import Symbol, payload, qr_symbol
from vuonho.workers import spread

MM = 72 / 25.4
WIDTH, HEIGHT = 190.0, 100.0
BASE = "https://thon-vuon-mau.github.io/"
HOME = payload(BASE, "482135")
OTHER = payload(BASE, "735902")
WHOSE = unicodedata.normalize("NFD", "482135 Vườn bà Hường")
EXPECTED = QrPlacement(0, 20, 20, 60, 37, HOME, WHOSE)
MODULE = 60 / 37


symbol_of = cache(qr_symbol)


class Paper:
    """A page to draw on in millimetres from its top left."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self.canvas, self.height = canvas, height

    def code(
        self,
        text: str,
        left: float,
        top: float,
        width: float,
        black: float = 1.0,
        ground: float | None = None,
    ) -> None:
        """Draw a QR code of a width with its quiet zone, in black alone."""
        self.symbol(symbol_of(text), left, top, width, black, ground)

    def symbol(
        self,
        drawn: Symbol,
        left: float,
        top: float,
        width: float,
        black: float = 1.0,
        ground: float | None = None,
    ) -> None:
        """Draw a symbol likewise."""
        if ground is not None:
            self.box(left, top, width, width, ground)
        module = width / (drawn.size + 2 * QUIET_ZONE)
        path = self.canvas.beginPath()
        for corners in outlines(drawn):
            steps = (path.moveTo, *[path.lineTo] * (len(corners) - 1))
            for step, (x, y) in zip(steps, corners, strict=True):
                step(*self._at(left + (x + QUIET_ZONE) * module, top + (y + QUIET_ZONE) * module))
            path.close()
        self.canvas.setFillColorCMYK(0, 0, 0, black)
        self.canvas.drawPath(path, stroke=0, fill=1)

    def box(self, left: float, top: float, width: float, height: float, black: float) -> None:
        """Fill a rectangle with a share of black."""
        self.canvas.setFillColorCMYK(0, 0, 0, black)
        x, y = self._at(left, top + height)
        self.canvas.rect(x, y, width * MM, height * MM, stroke=0, fill=1)

    def text(self, text: str, left: float, low: float, size: float, black: float) -> None:
        """Write a line."""
        self.canvas.setFillColorCMYK(0, 0, 0, black)
        self.canvas.setFont("Helvetica", size * MM)
        self.canvas.drawString(*self._at(left, low), text)

    def turned(self, degrees: float, about: tuple[float, float], draw: Callable[["Paper"], None]) -> None:
        """Draw turned about a point."""
        sine, cosine = sin(radians(degrees)), cos(radians(degrees))
        self.bent((cosine, sine, -sine, cosine), about, draw)

    def bent(
        self,
        matrix: tuple[float, float, float, float],
        about: tuple[float, float],
        draw: Callable[["Paper"], None],
    ) -> None:
        """Draw changed by a matrix of PDF; the point stays where it is."""
        x, y = self._at(*about)
        self.canvas.saveState()
        self.canvas.translate(x, y)
        self.canvas.transform(*matrix, 0, 0)
        self.canvas.translate(-x, -y)
        draw(self)
        self.canvas.restoreState()

    def _at(self, left: float, top: float) -> tuple[float, float]:
        return left * MM, (self.height - top) * MM


Draw = Callable[[Paper], None]


def printed(path: Path, *pages: Draw, size: tuple[float, float] = (WIDTH, HEIGHT)) -> Path:
    """Write a PDF of so many pages."""
    canvas = Canvas(str(path), pagesize=(size[0] * MM, size[1] * MM))
    for draw in pages:
        draw(Paper(canvas, size[1]))
        canvas.showPage()
    canvas.save()
    return path


def said(pdf: Path, *codes: QrPlacement, pages: int = 1) -> list[tuple[int, str, str]]:
    return [(flaw.page, flaw.whose, flaw.message.en) for flaw in prove_pages(pdf, 0, codes, pages)]


def sound(paper: Paper) -> None:
    """Draw the page as it is expected, with text and colour as near as they may come."""
    paper.box(0, 0, WIDTH, HEIGHT, 0.3)
    paper.code(HOME, 20, 20, 60, ground=0)
    paper.text("482 135  Vuon ba Huong", 81, 50, 12, 1)


def blank(paper: Paper) -> None:
    """Draw nothing."""


def with_sound(draw: Draw) -> Draw:
    def both(paper: Paper) -> None:
        sound(paper)
        draw(paper)

    return both


def flipped(paper: Paper) -> None:
    """Draw the code with one module of the wrong colour."""
    right = symbol_of(HOME)
    rows = list(right.rows)
    rows[14] ^= 1 << 14
    paper.symbol(replace(right, rows=tuple(rows)), 20, 20, 60)


def whole(paper: Paper) -> None:
    """Draw the code alone."""
    paper.code(HOME, 20, 20, 60)


def inverted(paper: Paper) -> None:
    paper.code(HOME, 20, 20, 60, black=0, ground=1)


@dataclass(frozen=True)
class Case:
    """What is drawn, and what is said of it; `code` is what is expected."""

    draw: Draw
    said: tuple[str, ...]
    code: QrPlacement = EXPECTED


MARGIN = "The white margin {} the code is printed on or cut off."
OVER = "Something else is printed over the code."
EDGE = 20 + 4 * MODULE

CASES = {
    "other payload": Case(
        lambda paper: paper.code(OTHER, 20, 20, 60),
        (f"The QR code leads to “{OTHER}”; it should be “{HOME}”.",),
    ),
    "other case": Case(
        lambda paper: paper.code(HOME.lower(), 20, 20, 60),
        (f"The QR code leads to “{HOME.lower()}”; it should be “{HOME}”.",),
    ),
    "missing": Case(lambda paper: paper.box(20, 20, 60, 60, 1), ("The QR code cannot be read in its place.",)),
    "elsewhere": Case(
        lambda paper: paper.code(HOME, 110, 20, 60), ("The QR code stands in another place on the page.",)
    ),
    "moved": Case(lambda paper: paper.code(HOME, 23, 20, 60), ("The code is 3.00 mm off its place.",)),
    "moved a little": Case(lambda paper: paper.code(HOME, 20, 19.8, 60), ("The code is 0.20 mm off its place.",)),
    "larger by 1 %": Case(
        lambda paper: paper.code(HOME, 19.7, 19.7, 60.6),
        ("The code without its margin measures 47.50 mm; it should measure 47.03 mm.",),
    ),
    "smaller by 1 %": Case(
        lambda paper: paper.code(HOME, 20.14, 20.14, 27.72),
        ("The code without its margin measures 21.73 mm; it should measure 21.95 mm.",),
        replace(EXPECTED, width=28),
    ),
    "other version": Case(
        sound,
        ("The code has 29 modules a side; it should have 33.",),
        replace(EXPECTED, modules=41),
    ),
    "small": Case(
        lambda paper: paper.code(HOME, 20, 20, 13),
        ("A module of the code is only 0.35 mm wide, hard for phones; it takes at least 0.4 mm.",),
        replace(EXPECTED, width=13),
    ),
    "inverted": Case(inverted, ("The code is inverted, white on black; many phones cannot read that.",)),
    "turned": Case(
        lambda paper: paper.turned(90, (50, 50), whole),
        ("The code is turned, it does not stand upright.",),
    ),
    "leaning": Case(
        lambda paper: paper.turned(1, (50, 50), whole),
        ("The code is 0.32 mm off its place.",),
    ),
    "sheared": Case(
        lambda paper: paper.bent((1, 0, 0.01, 1), (0, EDGE + 3.5 * MODULE), whole),
        ("The code is 0.36 mm off its place.",),
    ),
    "stretched": Case(
        lambda paper: paper.bent((1, 0, 0, 1.01), (50, 50), whole),
        ("The code without its margin measures 47.50 mm; it should measure 47.03 mm.",),
    ),
    "grey": Case(
        lambda paper: paper.code(HOME, 20, 20, 60, black=0.45),
        ("The code is too pale: its contrast is 65%, it takes at least 70%.",),
    ),
    "tinted": Case(
        lambda paper: paper.code(HOME, 20, 20, 60, ground=0.02),
        tuple(MARGIN.format(side) for side in ("above", "to the left of", "to the right of", "below")),
    ),
    "text above": Case(
        with_sound(lambda paper: paper.text("Huong", 30, EDGE - 1, 3, 0.05)), (MARGIN.format("above"),)
    ),
    "text too near": Case(
        with_sound(lambda paper: paper.text("Huong", 79.6, 50, 3, 1)), (MARGIN.format("to the right of"),)
    ),
    "hairline left": Case(
        with_sound(lambda paper: paper.box(21, 15, 0.05, 70, 1)), tuple(map(MARGIN.format, ("above", "to the left of", "below")))
    ),
    "hairline below": Case(
        with_sound(lambda paper: paper.box(30, 79, 20, 0.05, 1)), (MARGIN.format("below"),)
    ),
    "hairline over it": Case(with_sound(lambda paper: paper.box(EDGE, 47, 40, 0.05, 1)), (OVER,)),
    "scratch": Case(with_sound(lambda paper: paper.box(47, EDGE, 0.05, 40, 0)), (OVER,)),
    "lying seam": Case(
        with_sound(lambda paper: paper.box(EDGE, EDGE + MODULE * 3 - 0.01, 7 * MODULE, 0.02, 0)), (OVER,)
    ),
    "upright seam": Case(
        with_sound(lambda paper: paper.box(EDGE + MODULE * 3 - 0.01, EDGE, 0.02, 7 * MODULE, 0)), (OVER,)
    ),
    "speck": Case(with_sound(lambda paper: paper.box(EDGE + 0.2, EDGE + 0.2, 0.2, 0.2, 0)), (OVER,)),
    "logo": Case(with_sound(lambda paper: paper.box(46, 46, 8, 8, 0)), (OVER,)),
    "wrong module": Case(flipped, ("The code has modules of the wrong colour.",)),
    "off the page": Case(
        lambda paper: paper.code(HOME, -2, 20, 60), (MARGIN.format("to the left of"),), replace(EXPECTED, left=-2)
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a PDF with one page for each case, and a last one that is sound."""
    folder = tmp_path_factory.mktemp("biển")
    return printed(folder / "hỏng.pdf", *(case.draw for case in CASES.values()), sound)


@each(("page", "name"), list(enumerate(CASES)), ids=CASES)
def test_each_flaw_is_told_by_itself(spoilt: Path, page: int, name: str) -> None:
    """Whatever spoils a code is said in its own words, and nothing besides."""
    case = CASES[name]
    flaws = prove_pages(spoilt, page, (replace(case.code, page=page),), 1)
    assert [(page, WHOSE, message) for message in case.said] == [
        (flaw.page, flaw.whose, flaw.message.en) for flaw in flaws
    ]
    assert all(flaw.message.vi != flaw.message.en for flaw in flaws)


def test_a_sound_page_has_no_flaw(spoilt: Path) -> None:
    """Colour and text may come up to the quiet zone."""
    assert prove_pages(spoilt, len(CASES), (replace(EXPECTED, page=len(CASES)),), 1) == ()


UNINVITED = {
    "dark": lambda paper: paper.code(OTHER, 110, 20, 40, ground=0),
    "light on dark": lambda paper: paper.code(OTHER, 110, 20, 40, black=0, ground=1),
    "turned": lambda paper: paper.turned(
        30, (130, 50), lambda paper: paper.code(OTHER, 110, 30, 40, ground=0)
    ),
    "tiny": lambda paper: paper.code(OTHER, 110, 20, 15, ground=0),
}


@each("name", UNINVITED)
def test_no_other_code_may_stand_on_the_page(tmp_path: Path, name: str) -> None:
    """Whatever a phone could take for a code is named, however it stands there."""
    pdf = printed(tmp_path / "a.pdf", with_sound(UNINVITED[name]))
    assert [(0, "", f"Another code stands on the page: “{OTHER}”.")] == said(pdf, EXPECTED)


def test_the_same_code_twice(tmp_path: Path) -> None:
    """The second one is uninvited."""
    pdf = printed(tmp_path / "a.pdf", with_sound(lambda paper: paper.code(HOME, 110, 20, 40, ground=0)))
    assert [(0, "", f"Another code stands on the page: “{HOME}”.")] == said(pdf, EXPECTED)


def test_two_codes_in_one_place(tmp_path: Path) -> None:
    """The right one is judged, and the other is uninvited."""

    def draw(paper: Paper) -> None:
        paper.code(OTHER, 20, 20, 28)
        paper.code(HOME, 52, 20, 28)

    assert [
        (0, WHOSE, "The code without its margin measures 21.95 mm; it should measure 47.03 mm."),
        (0, "", f"Another code stands on the page: “{OTHER}”."),
    ] == said(printed(tmp_path / "a.pdf", draw), EXPECTED)


def test_a_code_where_none_is_expected(tmp_path: Path) -> None:
    """A page without a household must have no code."""
    pdf = printed(tmp_path / "a.pdf", blank, sound)
    assert [(1, "", f"Another code stands on the page: “{HOME}”.")] == said(pdf, pages=2)


def test_a_code_on_another_page(tmp_path: Path) -> None:
    """It is missing on one page and uninvited on the other."""
    pdf = printed(tmp_path / "a.pdf", blank, sound)
    assert [
        (0, WHOSE, "The QR code cannot be read in its place."),
        (1, "", f"Another code stands on the page: “{HOME}”."),
    ] == said(pdf, EXPECTED, pages=2)


def test_a_page_too_few(tmp_path: Path) -> None:
    """A household whose page is not in the file is named, and a range may reach beyond the end."""
    pdf = printed(tmp_path / "a.pdf", sound)
    assert said(pdf, EXPECTED, replace(EXPECTED, page=1), pages=5) == [(1, WHOSE, "The PDF lacks page 2.")]


def test_what_is_no_whole_pdf_is_no_proof(tmp_path: Path) -> None:
    """Without a whole file there is trouble, not silence."""
    pdf = printed(tmp_path / "a.pdf", sound)
    pdf.write_bytes(pdf.read_bytes()[:-9])
    with pytest.raises(MachineError):
        prove_pages(pdf, 0, (EXPECTED,), 1)


def stickers() -> tuple[QrPlacement, ...]:
    """Return what stands on a sheet of 24 stickers of 63.5 x 38.1 mm, the codes 28 mm wide."""
    codes = [f"{number:05d}7" for number in range(10_000, 10_024)]
    return tuple(
        QrPlacement(0, 10 + at % 3 * 64, 3 + at // 3 * 36, 28, 37, payload(BASE, code), code)
        for at, code in enumerate(codes)
    )


def drawn(codes: tuple[QrPlacement, ...]) -> Draw:
    def draw(paper: Paper) -> None:
        for code in codes:
            paper.code(code.payload, code.left, code.top, code.width)

    return draw


def test_a_sheet_of_stickers(tmp_path: Path) -> None:
    """All of 24 codes are found, and two that changed places too."""
    codes = stickers()
    pdf = printed(tmp_path / "a.pdf", drawn(codes), size=(210, 297))
    assert said(pdf, *codes) == []
    first, second = codes[4], codes[17]
    swapped = (
        *codes[:4], replace(first, payload=second.payload), *codes[5:17], replace(second, payload=first.payload), *codes[18:],
    )  # fmt: skip
    assert [first.whose, second.whose] == [whose for _, whose, _ in said(pdf, *swapped)]


CROWD = (
    (5.7, 4.1, 45), (53.5, 4.1, 24.8), (79.2, 4.1, 37), (117.2, 4.1, 33.1), (153.1, 4.1, 45), (4.3, 49.4, 145.2),
    (156.8, 49.4, 45), (6.4, 195.2, 45), (58.6, 195.2, 45), (110.8, 195.2, 17.9), (132.2, 195.2, 45),
    (7.6, 241.2, 45), (59.4, 241.2, 45), (105.7, 241.2, 45), (153.5, 241.2, 27.8),
)  # fmt: skip


def test_no_code_hides_among_others(tmp_path: Path) -> None:
    """A large code among small ones escapes the reader when it sees the whole page at once, but not the proof."""
    codes = tuple(
        QrPlacement(0, left, top, width, 37, payload(BASE, f"{at + 100_000}"), str(at))
        for at, (left, top, width) in enumerate(CROWD)
    )
    pdf = printed(tmp_path / "a.pdf", drawn(codes), size=(210, 297))
    assert said(pdf, *codes) == []


def test_two_processes_say_the_same(spoilt: Path) -> None:
    """The shares of a file cover it to the end, travel to processes, and come back in order."""
    codes = tuple(replace(case.code, page=page) for page, case in enumerate(CASES.values()))
    parts = shares(spoilt, codes, 4)
    assert len(CASES) + 1 == sum(part.pages for part in parts)
    assert parts == pickle.loads(pickle.dumps(parts))  # noqa: S301
    found = [flaw for flaws in spread(prove_share, parts, 2) for flaw in flaws]
    last = f"Another code stands on the page: “{HOME}”."
    assert [
        *((page, message) for page, case in enumerate(CASES.values()) for message in case.said),
        (len(CASES), last),
    ] == [(flaw.page, flaw.message.en) for flaw in found]


def test_shares_reach_as_far_as_the_codes(tmp_path: Path) -> None:
    """A code on a page that the file does not have is in one of them."""
    pdf = printed(tmp_path / "a.pdf", sound)
    parts = shares(pdf, (EXPECTED, replace(EXPECTED, page=4)), 2)
    assert [(part.first, part.pages) for part in parts] == [(0, 2), (2, 2), (4, 1)]
    assert [flaw.message.en for part in parts for flaw in prove_share(part)] == ["The PDF lacks page 5."]


@each(
    ("width", "metres"),
    [(15, 0.15), (28, 0.3), (59.9, 0.7), (60, 0.75), (70, 0.8), (80, 1.0), (100, 1.2), (109.64, 1.3), (120, 1.8), (200, 2.4)],
)  # fmt: skip
def test_how_far_a_code_reads(width: float, metres: float) -> None:
    """What was measured on a code no larger, or twelve widths."""
    assert metres == reading_distance_m(width)


def test_a_larger_code_reads_from_no_nearer() -> None:
    """In steps of 5 cm; and one of more modules reads as one whose modules are as small."""
    reach = [reading_distance_m(width / 10) for width in range(100, 3000)]
    assert sorted(reach) == reach
    assert all(round(metres * 20) / 20 == metres for metres in reach)
    assert reading_distance_m(60) == reading_distance_m(60 * 49 / 37, 49)
    assert reading_distance_m(60) == reading_distance_m(60, 33)
