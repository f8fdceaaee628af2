"""The proof of a PDF: a sound one has no flaw, and each thing that spoils a code has a flaw of its own."""

import pickle
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from math import cos, radians, sin
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from case_kit import each
from vuonho.errors import MachineError
from vuonho.plaques.placement import QrPlacement
from vuonho.plaques.proof import Share, prove_share, reading_distance_m, shares
from vuonho.qr.symbol import QUIET_ZONE, outlines, payload, qr_symbol
from vuonho.workers import spread

MM = 72 / 25.4
WIDTH, HEIGHT = 190.0, 100.0
BASE = "https://thon-vuon-mau.github.io/"
HOME = payload(BASE, "482135")
OTHER = payload(BASE, "735902")
WHOSE = unicodedata.normalize("NFD", "482135 Vườn bà Hường")
EXPECTED = QrPlacement(0, 20, 20, 60, 37, HOME, WHOSE)
MODULE = 60 / 37
EDGE = 20 + 4 * MODULE

symbol_of = cache(qr_symbol)


class Paper:
    """A page to draw on in millimetres from its top left."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self.canvas, self.height = canvas, height

    def code(
        self, text: str, left: float, top: float, width: float, *, black: float = 1.0,
        ground: float | None = None, wrong: int = 0,
    ) -> None:  # fmt: skip
        """Draw a QR code of a width with its quiet zone, in black alone; `wrong` turns modules of a row over."""
        symbol = symbol_of(text)
        if wrong:
            symbol = replace(symbol, rows=(*symbol.rows[:14], symbol.rows[14] ^ wrong, *symbol.rows[15:]))
        if ground is not None:
            self.box(left, top, width, width, ground)
        module = width / (symbol.size + 2 * QUIET_ZONE)
        path = self.canvas.beginPath()
        for corners in outlines(symbol):
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

    def bent(
        self,
        matrix: tuple[float, ...],
        about: tuple[float, float],
        text: str = HOME,
        ground: float | None = None,
    ) -> None:
        """Draw a code changed by a matrix of PDF around a point."""
        x, y = self._at(*about)
        self.canvas.saveState()
        self.canvas.translate(x, y)
        self.canvas.transform(*matrix, 0, 0)
        self.canvas.translate(-x, -y)
        self.code(text, about[0] - 30, about[1] - 30, 60, ground=ground)
        self.canvas.restoreState()

    def _at(self, left: float, top: float) -> tuple[float, float]:
        return left * MM, (self.height - top) * MM


Draw = Callable[[Paper], object]


def turned(degrees: float) -> tuple[float, ...]:
    """Return the matrix of a turn."""
    sine, cosine = sin(radians(degrees)), cos(radians(degrees))
    return cosine, sine, -sine, cosine


def printed(path: Path, *pages: Draw, size: tuple[float, float] = (WIDTH, HEIGHT)) -> Path:
    """Write a PDF of so many pages."""
    canvas = Canvas(str(path), pagesize=(size[0] * MM, size[1] * MM))
    for draw in pages:
        draw(Paper(canvas, size[1]))
        canvas.showPage()
    canvas.save()
    return path


def said(pdf: Path, *codes: QrPlacement, first: int = 0, pages: int = 1) -> list[tuple[int, str, str]]:
    """Return page, household and message of each flaw."""
    flaws = prove_share(Share(pdf, first, codes, pages))
    assert all(flaw.message.vi != flaw.message.en for flaw in flaws)
    return [(flaw.page, flaw.whose, flaw.message.en) for flaw in flaws]


def sound(paper: Paper) -> None:
    """Draw the page as it is expected, with text and colour as near as they may come."""
    paper.box(0, 0, WIDTH, HEIGHT, 0.3)
    paper.code(HOME, 20, 20, 60, ground=0)
    paper.text("482 135  Vuon ba Huong", 81, 50, 12, 1)


def blank(paper: Paper) -> None:
    """Draw nothing."""


def with_sound(draw: Draw) -> Draw:
    """Draw something over or beside the sound page."""

    def both(paper: Paper) -> None:
        sound(paper)
        draw(paper)

    return both


LOST = "The QR code cannot be read in its place."
STRAY = f"Another code stands on the page: “{HOME}”."
FOREIGN = f"Another code stands on the page: “{OTHER}”."
MARGIN = "The white margin around the code is printed on or cut off."
OVER = "The code is not exactly in its place, or something else is printed over it."

CASES: dict[str, tuple[Draw, str, QrPlacement]] = {
    name: (draw, told, code[0] if code else EXPECTED)
    for name, draw, told, *code in (
        ("other payload", lambda paper: paper.code(OTHER, 20, 20, 60), f"The QR code leads to “{OTHER}”; it should be “{HOME}”."),
        ("other case", lambda paper: paper.code(HOME.lower(), 20, 20, 60), f"The QR code leads to “{HOME.lower()}”; it should be “{HOME}”."),
        ("missing", lambda paper: paper.box(20, 20, 60, 60, 1), LOST),
        ("moved", lambda paper: paper.code(HOME, 23, 20, 60), OVER),
        ("moved a little", lambda paper: paper.code(HOME, 20, 19.8, 60), OVER),
        ("larger by 1 %", lambda paper: paper.code(HOME, 19.7, 19.7, 60.6), OVER),
        ("smaller by 1 %", lambda paper: paper.code(HOME, 20.14, 20.14, 27.72), OVER, replace(EXPECTED, width=28)),
        ("other version", sound, OVER, replace(EXPECTED, modules=41)),
        ("small", lambda paper: paper.code(HOME, 20, 20, 13),
         "A module of the code is only 0.35 mm wide, hard for phones; it takes at least 0.4 mm.", replace(EXPECTED, width=13)),
        ("inverted", lambda paper: paper.code(HOME, 20, 20, 60, black=0, ground=1), MARGIN),
        ("turned", lambda paper: paper.bent(turned(90), (50, 50)), "The code is turned, it does not stand upright."),
        ("leaning", lambda paper: paper.bent(turned(1), (50, 50)), OVER),
        ("sheared", lambda paper: paper.bent((1, 0, 0.01, 1), (50, 50)), OVER),
        ("stretched", lambda paper: paper.bent((1, 0, 0, 1.01), (50, 50)), OVER),
        ("grey", lambda paper: paper.code(HOME, 20, 20, 60, black=0.45), "The code is too pale: its contrast is 65%, it takes at least 70%."),
        ("tinted", lambda paper: paper.code(HOME, 20, 20, 60, ground=0.02), MARGIN),
        ("text above", with_sound(lambda paper: paper.text("Huong", 30, EDGE - 1, 3, 0.05)), MARGIN),
        ("text too near", with_sound(lambda paper: paper.text("Huong", 79.6, 50, 3, 1)), MARGIN),
        ("hairline left", with_sound(lambda paper: paper.box(21, 15, 0.05, 70, 1)), MARGIN),
        ("hairline below", with_sound(lambda paper: paper.box(30, 79, 20, 0.05, 1)), MARGIN),
        ("hairline over it", with_sound(lambda paper: paper.box(EDGE, 47, 40, 0.05, 1)), OVER),
        ("scratch", with_sound(lambda paper: paper.box(47, EDGE, 0.05, 40, 0)), OVER),
        ("lying seam", with_sound(lambda paper: paper.box(EDGE, EDGE + MODULE * 3 - 0.01, 7 * MODULE, 0.02, 0)), OVER),
        ("upright seam", with_sound(lambda paper: paper.box(EDGE + MODULE * 3 - 0.01, EDGE, 0.02, 7 * MODULE, 0)), OVER),
        ("speck", with_sound(lambda paper: paper.box(EDGE + 0.2, EDGE + 0.2, 0.2, 0.2, 0)), OVER),
        ("logo", with_sound(lambda paper: paper.box(46, 46, 8, 8, 0)), OVER),
        ("wrong module", lambda paper: paper.code(HOME, 20, 20, 60, wrong=1 << 14), "The code has modules of the wrong colour."),
        ("off the page", lambda paper: paper.code(HOME, -2, 20, 60), MARGIN, replace(EXPECTED, left=-2)),
        ("cut off to the left", lambda paper: paper.code(HOME, -7, 20, 60), OVER, replace(EXPECTED, left=-7)),
        ("cut off above", lambda paper: paper.code(HOME, 20, -7, 60), OVER, replace(EXPECTED, top=-7)),
    )
}  # fmt: skip
"""What is drawn, what is said of it, and the code that is expected."""


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a PDF with one page for each case, and a last one that is sound."""
    folder = tmp_path_factory.mktemp("biển")
    return printed(folder / "hỏng.pdf", *(draw for draw, _, _ in CASES.values()), sound)


@each(("page", "name"), list(enumerate(CASES)), ids=CASES)
def test_each_flaw_is_told_by_itself(spoilt: Path, page: int, name: str) -> None:
    """Whatever spoils a code is said in its own words, and nothing besides."""
    _, told, code = CASES[name]
    assert said(spoilt, replace(code, page=page), first=page) == [(page, WHOSE, told)]


def test_a_sound_page_has_no_flaw(spoilt: Path) -> None:
    """Colour and text may come up to the quiet zone."""
    assert said(spoilt, replace(EXPECTED, page=len(CASES)), first=len(CASES)) == []


def two_in_one_place(paper: Paper) -> None:
    """Draw the right code beside another, both small."""
    paper.code(OTHER, 20, 20, 28)
    paper.code(HOME, 52, 20, 28)


@each(
    ("pages", "codes", "told"),
    [
        ([with_sound(lambda paper: paper.code(OTHER, 110, 20, 40, ground=0))], [EXPECTED], [(0, "", FOREIGN)]),
        ([with_sound(lambda paper: paper.code(OTHER, 110, 20, 40, black=0, ground=1))], [EXPECTED], [(0, "", FOREIGN)]),
        ([with_sound(lambda paper: paper.bent(turned(30), (140, 50), OTHER, 0))], [EXPECTED], [(0, "", FOREIGN)]),
        ([with_sound(lambda paper: paper.code(OTHER, 110, 20, 15, ground=0))], [EXPECTED], [(0, "", FOREIGN)]),
        ([with_sound(lambda paper: paper.code(HOME, 110, 20, 40, ground=0))], [EXPECTED], [(0, "", STRAY)]),
        ([lambda paper: paper.code(HOME, 110, 20, 60)], [EXPECTED], [(0, WHOSE, LOST), (0, "", STRAY)]),
        ([two_in_one_place], [EXPECTED], [(0, WHOSE, OVER), (0, "", FOREIGN)]),
        ([blank, sound], [], [(1, "", STRAY)]),
        ([blank, sound], [EXPECTED], [(0, WHOSE, LOST), (1, "", STRAY)]),
        ([sound], [EXPECTED, replace(EXPECTED, page=1)], [(1, WHOSE, "The PDF lacks page 2.")]),
    ],
    ids=["dark", "light on dark", "turned", "tiny", "twice", "elsewhere", "two in its place", "where none is expected",
         "on another page", "a page too few"],
)  # fmt: skip
def test_no_other_code_may_stand_on_a_page(
    tmp_path: Path, pages: list[Draw], codes: list[QrPlacement], told: list[tuple[int, str, str]]
) -> None:
    """Whatever a phone could take for a code is named, however it stands there, and whose is missing."""
    assert said(printed(tmp_path / "a.pdf", *pages), *codes, pages=5) == told


def test_what_is_no_whole_pdf_is_no_proof(tmp_path: Path) -> None:
    """Without a whole file there is trouble, not silence."""
    pdf = printed(tmp_path / "a.pdf", sound)
    pdf.write_bytes(pdf.read_bytes()[:-9])
    with pytest.raises(MachineError):
        said(pdf, EXPECTED)


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
    """The shares of a file cover it and the codes to the end, travel to processes, and come back in order."""
    codes = tuple(replace(code, page=page) for page, (_, _, code) in enumerate(CASES.values()))
    beyond = replace(EXPECTED, page=len(CASES) + 4)
    parts = shares(spoilt, (*codes, beyond), 4)
    assert sum(part.pages for part in parts) == beyond.page + 1
    assert parts == pickle.loads(pickle.dumps(parts))  # noqa: S301
    found = [(flaw.page, flaw.message.en) for flaws in spread(prove_share, parts, 2) for flaw in flaws]
    assert found == [
        *((page, told) for page, (_, told, _) in enumerate(CASES.values())),
        (len(CASES), STRAY),
        (beyond.page, f"The PDF lacks page {beyond.page + 1}."),
    ]


@each(
    ("width", "metres"),
    [(15, 0.15), (28, 0.3), (59.9, 0.7), (60, 0.75), (70, 0.8), (80, 1.0), (100, 1.2), (109.64, 1.3), (120, 1.8), (200, 2.4)],
)  # fmt: skip
def test_how_far_a_code_reads(width: float, metres: float) -> None:
    """What was measured on a code no larger, or twelve widths; one of more modules as if these were as small."""
    assert metres == reading_distance_m(width) == reading_distance_m(width * 49 / 37, 49)
    reach = [reading_distance_m(width / 10) for width in range(100, 3000)]
    assert sorted(reach) == reach
    assert reading_distance_m(60) == reading_distance_m(60, 33)
