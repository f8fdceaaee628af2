"""The commune's logo: drawn in printing inks, clear of code and words; and files that try something else."""

import io
import struct
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import plaque_kit as kit
import pytest
from PIL import Image
from pypdfium2 import raw

from case_kit import each
from command_kit import vuonho
from vuonho.errors import UserError
from vuonho.plaques.logo import Logo, parse_logo
from vuonho.plaques.order import Printed

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'


def png(picture: Image.Image, **how: object) -> bytes:
    """Return a PNG file."""
    out = io.BytesIO()
    picture.save(out, "PNG", **how)
    return out.getvalue()


def jpeg(picture: Image.Image) -> bytes:
    """Return a JPEG file."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95)
    return out.getvalue()


def claiming(width: int, height: int) -> bytes:
    """Return the head of a PNG that says to be so large."""
    head = b"IHDR" + struct.pack(">II5B", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n\0\0\0\x0d"
        + head
        + struct.pack(">I", zlib.crc32(head))
        + b"\0\0\0\0IDAT5\xaf\x06\x1e"
    )


@cache
def logos() -> dict[str, Logo]:
    """Return a logo of each kind, much wider, higher and squarer than its room."""
    return {
        "seal": parse_logo(png(Image.new("RGBA", (300, 200), (200, 40, 20, 128)))),
        "jpeg": parse_logo(jpeg(Image.new("RGB", (300, 200), (31, 94, 51)))),
        "high": parse_logo(png(Image.new("RGB", (20, 900), (0, 80, 160)))),
        "wide": parse_logo(png(Image.new("RGB", (900, 60), (0, 80, 160)))),
    }


HOMES = (kit.home("Vườn sinh thái cộng đồng bà Nguyệt Thúy", "12342"), kit.home(code="482135"))


@cache
def bare(design: str) -> Printed:
    return kit.printed(design, HOMES)


@cache
def marked(design: str, kind: str) -> Printed:
    return kit.printed(design, HOMES, logo=logos()[kind])


def place(printed: Printed) -> kit.Box:
    """Return the box around the picture on the first page, with its white tile."""
    with kit.opened(printed.content) as document:
        (one,) = document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_FORM], max_depth=1)
        left, low, right, high = (side * kit.MM for side in one.get_bounds())
        height = document[0].get_height() * kit.MM
        return kit.Box(left, height - high, right, height - low).inside(-0.8)


@each("kind", ["seal", "jpeg", "high", "wide"])
@each("design", ["200x150", "a5", "a6"])
def test_it_stands_clear_of_code_and_words(design: str, kind: str) -> None:
    """It lies away from the code, each line of text and the edge of the plaque, and no word goes for it."""
    before, after = bare(design), marked(design, kind)
    assert before.codes == after.codes
    box = place(after)
    assert box.right - box.left > 1
    assert box.bottom - box.top > 1
    assert not box.meets(kit.stamp_box(after).inside(-2))
    assert [line.text for line in kit.lines(after.content) if line.box.meets(box)] == []
    assert kit.pages(after.content)[0].trim.inside(5).holds(box, 0.2)
    assert 5 < kit.pages(after.content)[0].trim.right - box.right < 14
    assert sorted(kit.text_of(after.content).split()) == sorted(kit.text_of(before.content).split())
    assert (kit.square(after, 1) == kit.square(before, 1)).all()


@each("kind", ["seal", "jpeg"])
def test_it_is_in_printing_inks_and_once_in_the_file(kind: str) -> None:
    """DeviceCMYK, opaque, no typeface of its own; the pages show it again without repeating it."""
    content = marked("a6", kind).content
    parts = kit.parts(content)
    forms = [part for part in parts if b"/Subtype /Form" in part.head]
    assert len(forms) == 1
    pictures = [part.head for part in parts if b"/Subtype /Image" in part.head]
    assert [b"/DeviceCMYK" in head for head in pictures] == [True]
    for stream in kit.drawn(content):
        assert set() == {"rg", "RG", "g", "G", "gs", "sh", "sc", "scn", "cs"} & kit.operators(stream)
    for part in parts:
        assert not any(
            word in part.head
            for word in (b"/SMask", b"/ca ", b"/CA ", b"/ExtGState", b"/Helvetica", b"/Type1")
        )
    assert sum(stream.count(b" Do") for stream in kit.drawn(content)) == 3


PNGS: dict[str, tuple[Callable[[], bytes], tuple[int, int, int, int]]] = {
    "alpha": (lambda: png(Image.new("RGBA", (40, 30), (200, 40, 20, 128))), (0, 89, 101, 28)),
    "invisible": (lambda: png(Image.new("RGBA", (40, 30), (0, 0, 0, 0))), (0, 0, 0, 0)),
    "grey": (lambda: png(Image.new("L", (40, 30), 100)), (0, 0, 0, 155)),
    "grey, alpha": (lambda: png(Image.new("LA", (40, 30), (0, 128))), (0, 0, 0, 128)),
    "one bit": (lambda: png(Image.new("1", (40, 30), 0)), (0, 0, 0, 255)),
    "palette": (lambda: png(palette()), (0, 128, 255, 0)),
    "palette, alpha": (lambda: png(palette(), transparency=1), (0, 0, 0, 0)),
    "16 bits": (lambda: bytes(cv2.imencode(".png", np.full((30, 40, 3), (0, 32768, 65535), np.uint16))[1]), (0, 127, 255, 0)),
    "16 bits, grey": (lambda: bytes(cv2.imencode(".png", np.full((30, 40), 16448, np.uint16))[1]), (0, 0, 0, 191)),
    "16 bits, alpha": (lambda: bytes(cv2.imencode(".png", np.full((30, 40, 4), (0, 0, 65535, 65535), np.uint16))[1]), (0, 255, 255, 0)),
}  # fmt: skip


def palette() -> Image.Image:
    picture = Image.new("P", (40, 30), 1)
    picture.putpalette([0, 0, 0, 255, 127, 0])
    return picture


@each("kind", PNGS)
def test_a_png_of_any_kind(kind: str) -> None:
    """What is see-through becomes white; black takes the place of what the inks have in common."""
    make, wanted = PNGS[kind]
    logo = parse_logo(make())
    with Image.open(io.BytesIO(logo.picture)) as picture:
        assert (picture.mode, picture.size) == ("CMYK", (40, 30))
        assert picture.getpixel((20, 15)) == wanted
    kit.printed("a6", logo=logo)


def test_other_pictures_of_a_print_shop() -> None:
    """A JPEG in CMYK, and one in grey, become inks as any other; a large picture is made smaller."""
    for mode, colour in (("CMYK", (0, 128, 255, 0)), ("L", 100)):
        logo = parse_logo(jpeg(Image.new(mode, (40, 30), colour)))
        with Image.open(io.BytesIO(logo.picture)) as picture:
            assert (picture.mode, picture.size) == ("CMYK", (40, 30))
    logo = parse_logo(png(Image.new("RGB", (2900, 1000), (1, 2, 3))))
    assert (logo.width, logo.height) == (1200, 414)


@each(
    ("content", "said"),
    [
        (b"", "no PNG or JPEG"),
        (b"GIF89a" + b"0" * 50, "no PNG or JPEG"),
        (SVG, "no PNG or JPEG"),
        (png(Image.new("L", (9, 9)))[:24], "cannot be opened"),
        (png(Image.effect_noise((90, 90), 50))[:-900], "cannot be opened"),
        (png(Image.new("L", (3001, 1))), "3,000 pixels"),
        (claiming(0x7FFFFFFF, 0x7FFFFFFF), "3,000 pixels"),
        (claiming(0, 0), "no PNG or JPEG"),
        (jpeg(Image.effect_noise((90, 90), 50))[:-900], "cannot be opened"),
        (b" " * 5_000_000, "4 MB"),
    ],
    ids=["empty", "gif", "svg", "head", "cut off", "wide", "bomb", "no size", "half a jpeg", "5 MB"],
)  # fmt: skip
def test_a_logo_that_cannot_be_printed(content: bytes, said: str) -> None:
    """It ends in words of both languages, and says to save a PNG."""
    with pytest.raises(UserError) as raised:
        parse_logo(content)
    assert said in raised.value.message.en
    assert raised.value.message.vi.startswith("Không in được lô-gô: ")
    assert "PNG" in raised.value.hint.vi


CASES = {
    "{logo: khong-co.png}": ("profiles/khong-co.png", "missing"),
    "{logo: ../bi-mat.png}": ("profiles/site.yaml\n  line 5, Plaques · Logo", "is not a logo's file"),
    "{logo: /etc/logo.png}": ("profiles/site.yaml\n  line 5, Plaques · Logo", "is not a logo's file"),
    "{logo: logo.gif}": ("profiles/site.yaml\n  line 5, Plaques · Logo", "is not a logo's file"),
    "\n  ground: '#faf5e8'\n  logo: logo.svg": (
        "profiles/site.yaml\n  line 7, Plaques · Logo",
        "Save the logo as a PNG",
    ),
    "{logo: thu-muc.png}": ("profiles/thu-muc.png", "not a file"),
}


@each("setting", CASES)
def test_the_project_is_told_where_it_names_the_logo(tmp_path: Path, setting: str) -> None:
    """File, line and field, exit 1, no PDF."""
    root = kit.write_project(tmp_path, ["Vườn bà Hường"], site=f"{kit.SITE_YAML}plaque: {setting}\n")
    (root / "profiles/logo.svg").write_bytes(SVG)
    (root / "profiles/thu-muc.png").mkdir()
    (root / "bi-mat.png").write_bytes(png(Image.new("L", (9, 9))))
    done = vuonho("-C", root, "--lang", "en", "plaques", "--all", "--draft")
    assert (done.code, list(root.glob("*.pdf"))) == (1, [])
    for told in CASES[setting]:
        assert told in done.said
    assert "Traceback" not in done.said


def test_a_project_with_a_logo_prints_it(tmp_path: Path) -> None:
    """A name with accents and blanks, in a folder, from site.yaml to the proved PDF."""
    root = kit.write_project(
        tmp_path, ["Vườn bà Hường"], site=f"{kit.SITE_YAML}plaque: {{logo: hình ảnh/xã nhà.jpg}}\n"
    )
    (root / "profiles/hình ảnh").mkdir()
    (root / "profiles/hình ảnh/xã nhà.jpg").write_bytes(jpeg(Image.new("RGB", (300, 200), (31, 94, 51))))
    done = vuonho("-C", root, "plaques", "--all", "--draft", "-o", "thu.pdf")
    assert done.code == 0, done.said
    assert sum(b"/Subtype /Form" in part.head for part in kit.parts((root / "thu.pdf").read_bytes())) == 1
