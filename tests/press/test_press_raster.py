"""The pages of a PDF as pixels: the whole sheet, to scale, and words for files that are no whole PDF."""

import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from case_kit import each
from vuonho.errors import MachineError
from vuonho.plaques.proof import Pages

MM = 72 / 25.4
WORD = "bưởi"


def blank(canvas: Canvas) -> None:
    """Draw nothing more."""


def pdf(path: Path, draw: Callable[[Canvas], object] = blank, **kind: object) -> Path:
    """Write a PDF of one page of 100 x 50 mm, a black square of 10 mm in its upper left corner."""
    canvas = Canvas(str(path), pagesize=(100 * MM, 50 * MM), **kind)
    canvas.setFillColorCMYK(0, 0, 0, 1)
    canvas.rect(0, 40 * MM, 10 * MM, 10 * MM, stroke=0, fill=1)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return path


def dark_box(path: Path) -> tuple[int, int, int, int, int]:
    """Return width and height of the page and of the black square, which begins top left, and its shade."""
    with Pages(path) as pages:
        pixels = pages.sheet(0, 300).pixels
    across, down = pixels.row(5, 0, pixels.width), pixels.content[5 :: pixels.width]
    return pixels.width, pixels.height, across.index(255), down.index(255), across[0]


def open_files() -> set[str]:
    """Return the files that this process holds open, where the system tells."""
    held = Path("/proc/self/fd")
    return {os.path.realpath(link) for link in held.iterdir()} if held.exists() else set()


def test_a_page_is_to_scale(tmp_path: Path) -> None:
    """A page of 100 x 50 mm at 300 dpi; pure black of a press is a dark grey to PDFium."""
    path = pdf(tmp_path / "a.pdf")
    assert dark_box(path) == (1182, 591, 119, 119, 32)
    with Pages(path) as pages:
        assert len(pages) == 1
        sheet = pages.sheet(0, 300)
    assert pytest.approx((sheet.across, sheet.down), abs=1e-4) == (1182 / 100, 591 / 50)


def test_the_whole_sheet_is_seen_as_it_lies_in_the_press(tmp_path: Path) -> None:
    """Boxes that viewers obey hide nothing that is printed, and a turn for viewers turns nothing."""
    for box in (Canvas.setCropBox, Canvas.setTrimBox, Canvas.setArtBox):
        path = pdf(tmp_path / "a.pdf", partial(box, size=(30, 30, 90, 90)))
        assert dark_box(path) == (1182, 591, 119, 119, 32)
    path = pdf(tmp_path / "a.pdf")
    content = path.read_bytes()
    assert content.count(b"/Rotate 0 ") == 1
    path.write_bytes(content.replace(b"/Rotate 0 ", b"/Rotate 90"))
    assert dark_box(path) == (1182, 591, 119, 119, 32)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_are_vietnamese(tmp_path: Path, form: str) -> None:
    """A file is opened under a name with accents, composed or not, with blanks and a tilde."""
    folder = tmp_path / unicodedata.normalize("NFC" if form == "NFC" else "NFD", "~ Vườn bà Hường")
    folder.mkdir()
    assert dark_box(pdf(folder / "biển 1.pdf"))[0] == 1182


def sound(tmp_path: Path) -> bytes:
    return pdf(tmp_path / "sound.pdf").read_bytes()


def locked(tmp_path: Path, user: str) -> bytes:
    encryption = StandardEncryption(user, ownerPassword="chủ", strength=128)
    return pdf(tmp_path / "locked.pdf", encrypt=encryption).read_bytes()


def without_pages(tmp_path: Path) -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\n%%EOF\n"
    )


def of_size(tmp_path: Path, metres: int) -> bytes:
    canvas = Canvas(str(tmp_path / "size.pdf"), pagesize=(metres * 1000 * MM, metres * 1000 * MM))
    canvas.showPage()
    canvas.save()
    return (tmp_path / "size.pdf").read_bytes()


DAMAGED = "The PDF {} is damaged or cut off."
LOCKED = "The PDF {} is locked with a password; a print shop cannot use it."


@each(
    ("content", "said"),
    [
        (lambda _: b"", "{} is no PDF."),
        (lambda _: "Vườn bà Hường\n%%EOF\n".encode(), "{} is no PDF."),
        (lambda _: b"%PDF-1.4\n%%EOF\n", DAMAGED),
        (without_pages, DAMAGED),
        (lambda tmp: sound(tmp)[: len(sound(tmp)) // 2], DAMAGED),
        (lambda tmp: sound(tmp)[:-30], DAMAGED),
        (lambda tmp: sound(tmp)[:-4], DAMAGED),
        (lambda tmp: sound(tmp).replace(b"/Page\n", b"/Pagx\n"), DAMAGED),
        (lambda tmp: locked(tmp, WORD), LOCKED),
        (lambda tmp: locked(tmp, ""), LOCKED),
        (lambda tmp: of_size(tmp, 5), "The PDF {} has a page beyond any paper."),
    ],
    ids=[
        "empty", "text", "ends only", "no pages", "half", "no end", "last bytes", "page", "user", "owner", "huge",
    ],
)  # fmt: skip
def test_what_is_no_whole_pdf(tmp_path: Path, content: Callable[[Path], bytes], said: str) -> None:
    """It is named in words, and the file is let go of."""
    path = tmp_path / "in.pdf"
    path.write_bytes(content(tmp_path))
    with pytest.raises(MachineError) as raised, Pages(path) as pages:
        pages.sheet(0, 300)
    assert said.format(path) == raised.value.message.en
    assert str(path) not in open_files()
    path.unlink()


def test_what_is_not_there(tmp_path: Path) -> None:
    """Neither a missing file nor a folder nor a page that is none ends in a traceback."""
    for name in ("none.pdf", "."):
        with pytest.raises(MachineError):
            Pages(tmp_path / name)
    with Pages(pdf(tmp_path / "a.pdf")) as pages, pytest.raises(MachineError, match="damaged"):
        pages.sheet(1, 300)


def test_the_file_is_let_go_of(tmp_path: Path) -> None:
    """While open it is held, after the last page it is not, so that Windows can rename it."""
    path = pdf(tmp_path / "a.pdf")
    with Pages(path) as pages:
        pages.sheet(0, 72)
        assert not open_files() or str(path) in open_files()
    assert str(path) not in open_files()
    path.rename(tmp_path / "b.pdf")


def test_nothing_is_complained_of_at_the_end(tmp_path: Path) -> None:
    """PDFium speaks up when a program ends before its files are closed."""
    program = (
        "import sys; from pathlib import Path; from vuonho.plaques.proof import Pages\n"
        "with Pages(Path(sys.argv[1])) as pages:\n    pages.sheet(0, 72)\n    raise SystemExit(3)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(pdf(tmp_path / "a.pdf"))], capture_output=True, check=False
    )
    assert (run.returncode, run.stdout, run.stderr) == (3, b"", b"")
