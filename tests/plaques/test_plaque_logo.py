"""The commune's logo: drawn in printing inks, clear of code and words; and files that try something else."""

import io
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import plaque_kit as kit
import pytest
from PIL import Image

from case_kit import each
from command_kit import vuonho
from vuonho.errors import Refused
from vuonho.plaques.logo import Logo, parse_logo
from vuonho.plaques.sheets import Printed

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 120 80" width="120" height="80">{}</svg>'
SHAPE = '<rect x="1" y="1" width="50" height="50" fill="#123456"/>'
DRAWN = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
""" + SVG.format("""<title>Xã Phúc Trạch</title><metadata><x:who xmlns:x="urn:x">ai đó</x:who></metadata>
<style>.leaf{fill:#1f5e33} .sun{fill:rgb(240, 160,30);stroke:firebrick;stroke-width:2}</style>
<rect x="-900" y="60" width="2000" height="15" rx="3" fill="darkred"/>
<defs><g id="dot"><circle cx="6" cy="6" r="4" fill="#00f"/></g></defs><use xlink:href="#dot" x="8" y="2"/>
<g transform="translate(60 35) rotate(15) scale(.8)"><path class="leaf" d="M-40 20 C-40 -20 0 -40 40 -30 C40 10 10 40 -40 20 Z"/>
<path d="M-30 16 L30 -24" style="stroke: white; stroke-width: 3; fill: none"/></g>
<circle class="sun" cx="100" cy="20" r="12"/><ellipse cx="20" cy="50" rx="12" ry="6" fill="#000"/>
<polygon points="80,50 90,58 70,58" fill="green"/><polyline points="1,1 9,9 1,9" fill="none" stroke="#000"/>
<line x1="0" y1="79" x2="120" y2="79" stroke="green" stroke-dasharray="4 2" opacity="1"/>""")  # fmt: skip


def png(picture: Image.Image, **how: object) -> bytes:
    """Return a PNG file."""
    out = io.BytesIO()
    picture.save(out, "PNG", **how)
    return out.getvalue()


@cache
def logos() -> dict[str, Logo]:
    """Return a logo of each kind, much wider, higher and squarer than its room."""
    seal = Image.new("RGBA", (300, 200), (200, 40, 20, 128))
    return {
        "svg": parse_logo("logo.SVG", DRAWN.encode("utf-8")),
        "png": parse_logo("a/logo.png", png(seal)),
        "high": parse_logo("cao.png", png(Image.new("RGB", (20, 900), (0, 80, 160)))),
        "wide": parse_logo(
            "rong.svg", SVG.format(SHAPE).replace('height="80"', 'height="8"').encode("utf-8")
        ),
    }


HOMES = (kit.home("Vườn sinh thái cộng đồng bà Nguyệt Thúy", "12342"), kit.home(code="482135"))


@cache
def bare(design: str) -> Printed:
    return kit.printed(design, HOMES)


@cache
def marked(design: str, kind: str) -> Printed:
    return kit.printed(design, HOMES, logo=logos()[kind])


def changed(before: Printed, after: Printed, dpi: int) -> tuple[kit.Box, npt.NDArray[np.uint8]]:
    """Return the box around all pixels that differ, and the later page."""
    pixels = kit.raster(after.content, dpi=dpi, grey=False)
    differs = np.abs(pixels.astype(int) - kit.raster(before.content, dpi=dpi, grey=False)).max(axis=2) > 2
    rows, columns = np.nonzero(differs)
    sides = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    return kit.Box(*(float(side) * 25.4 / dpi for side in sides)), pixels


@each("kind", ["svg", "png", "high", "wide"])
@each("design", ["200x150", "a5", "a6"])
def test_it_stands_clear_of_code_and_words(design: str, kind: str) -> None:
    """What a logo changes lies in one place, away from the code, each line of text and the edge of the plaque."""
    before, after = bare(design), marked(design, kind)
    assert before.stamps == after.stamps
    box, _ = changed(before, after, 150)
    assert box.right - box.left > 1
    assert box.bottom - box.top > 1
    assert not box.meets(kit.stamp_box(after).inside(-2))
    assert [line.text for line in kit.lines(after.content) if line.box.meets(box)] == []
    assert kit.pages(after.content)[0].trim.inside(5).holds(box, 0.2)
    assert 5 < kit.pages(after.content)[0].trim.right - box.right < 14
    assert kit.lines(after.content) == kit.lines(before.content)


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_the_code_is_the_same_with_and_without(kind: str) -> None:
    """Pixel by pixel at 300 dpi."""
    for at in range(2):
        assert (kit.square(marked("200x150", kind), at) == kit.square(bare("200x150"), at)).all()


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_it_is_in_printing_inks_and_once_in_the_file(kind: str) -> None:
    """DeviceCMYK, opaque, no typeface of its own; the pages show it again without repeating it."""
    content = marked("a6", kind).content
    parts = kit.parts(content)
    forms = [part for part in parts if b"/Subtype /Form" in part.head]
    assert len(forms) == 1
    pictures = [part.head for part in parts if b"/Subtype /Image" in part.head]
    assert [b"/DeviceCMYK" in head for head in pictures] == [True] * (kind == "png")
    for stream in kit.drawn(content):
        assert set() == {"rg", "RG", "g", "G", "gs", "sh", "sc", "scn", "cs"} & kit.operators(stream)
    for part in parts:
        assert not any(
            word in part.head
            for word in (b"/SMask", b"/ca ", b"/CA ", b"/ExtGState", b"/Helvetica", b"/Type1")
        )
    assert sum(stream.count(b" Do") for stream in kit.drawn(content)) == 2 + (kind == "png")


def test_shapes_keep_their_places_and_colours() -> None:
    """The drawing stands upright on its tile: band, sun, oval, leaf and paper are where they were drawn."""
    box, pixels = changed(bare("200x150"), marked("200x150", "svg"), 300)
    drawing = box.inside(0.8)

    def at(x: float, y: float) -> tuple[int, int, int]:
        across, down = (drawing.right - drawing.left) / 120, (drawing.bottom - drawing.top) / 80
        place = round((drawing.top + y * down) * 300 / 25.4), round((drawing.left + x * across) * 300 / 25.4)
        blue, green, red = (int(shade) for shade in pixels[place])
        return red, green, blue

    (red, green, blue), sun, leaf, dot = at(60, 67), at(100, 20), at(65, 43), at(14, 8)
    assert red > max(green, blue) + 60
    assert min(sun[0] - 50, sun[1]) > sun[2] + 60
    assert leaf[1] > max(leaf[0], leaf[2]) + 10
    assert dot[2] > dot[0] + 60
    assert max(at(20, 50)) < 50
    assert min(at(60, 2)) > 250


def test_colours_become_inks() -> None:
    """Black takes the place of what cyan, magenta and yellow have in common; nothing but paths is in the drawing."""
    drawing = logos()["svg"].drawing
    assert drawing is not None
    assert (drawing.width, drawing.height) == (90, 60)
    assert re.fullmatch(r"[-\d. qQcmklhfBSnJjdwK*\[\]]+", drawing.words)
    for inks in ("0 1 1 0.4549 k", "0.6702 0 0.4574 0.6314 k", "0 0.3333 0.875 0.0588 k", "1 1 0 0 k", "0 0 0 1 k", "0 0.809 0.809 0.302 K"):  # fmt: skip
        assert inks in drawing.words


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
    logo = parse_logo("logo.png", make())
    with Image.open(io.BytesIO(logo.picture)) as picture:
        assert (picture.mode, picture.size) == ("CMYK", (40, 30))
        assert picture.getpixel((20, 15)) == wanted
    kit.printed("a6", logo=logo)


def test_a_large_png_is_made_smaller() -> None:
    """No press sees more than 1,200 pixels on two or three centimetres."""
    logo = parse_logo("logo.png", png(Image.new("RGB", (2900, 1000), (1, 2, 3))))
    assert (logo.width, logo.height) == (1200, 414)


HOSTILE = {
    "text": (SVG.format("<text>Xã</text>"), "“text”"),
    "picture": (SVG.format('<image href="/etc/passwd" width="9" height="9"/>'), "“image”"),
    "script": (SVG.format("<script>alert(1)</script>"), "“script”"),
    "page": (SVG.format("<foreignObject/>"), "“foreignObject”"),
    "gradient": (SVG.format('<linearGradient id="a"/><rect fill="url(#a)" width="4" height="4"/>'), "“linearGradient”"),
    "pattern": (SVG.format('<rect fill="url(#a)" width="4" height="4"/>'), "“url(#a)”"),
    "clip": (SVG.format('<g clip-path="url(#a)">' + SHAPE + "</g>"), "effect"),
    "filter": (SVG.format('<filter id="f"/>'), "“filter”"),
    "blur": (SVG.format('<g style="filter: blur(3px)">' + SHAPE + "</g>"), "effect"),
    "opacity": (SVG.format('<g opacity=".5">' + SHAPE + "</g>"), "see-through"),
    "opacity in style": (SVG.format('<rect style="fill-opacity: 0.4" width="4" height="4"/>'), "see-through"),
    "opacity in sheet": (SVG.format("<style>.a{stroke-opacity:.3}</style>" + SHAPE), "see-through"),
    "rgba": (SVG.format('<rect fill="rgba(1,2,3,.5)" width="4" height="4"/>'), "“rgba"),
    "eight letters": (SVG.format('<rect fill="#11223344" width="4" height="4"/>'), "“#11223344”"),
    "transparent": (SVG.format('<rect fill="transparent" width="4" height="4"/>'), "“transparent”"),
    "unknown colour": (SVG.format('<rect fill="Đỏ" width="4" height="4"/>'), "“Đỏ”"),
    "another file": (SVG.format('<use xlink:href="http://a.example/b.svg#a"/>'), "another file"),
    "import": (SVG.format('<style>@import "a.css";</style>' + SHAPE), "@ rule"),
    "moved by style": (SVG.format('<rect style="transform:rotate(45deg)" width="4" height="4"/>'), "transform"),
    "move": (SVG.format('<g transform="wobble(45)">' + SHAPE + "</g>"), "transform"),
    "entity": ('<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + SVG.format("<title>&b;</title>"), "definitions"),
    "file as entity": ('<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG.format("<title>&a;</title>"), "definitions"),
    "many doctypes": ("<!DOCTYPE" * 100_000, "definitions"),
    "many declarations": ("<?xml" * 190_000, "no sound SVG"),
    "many comments": (SVG.format("<style>" + "/*" * 400_000 + "</style>"), "badly written"),
    "in itself": (SVG.format('<g id="a"><use href="#a"/></g>'), "“use”"),
    "bomb": (SVG.format("".join(f'<g id="g{at + 1}">' + f'<use href="#g{at}"/>' * 10 + "</g>" for at in range(9)) + '<g id="g0">' + SHAPE + "</g>"), "“use”"),
    "of nothing": (SVG.format('<use href="#a"/>'), "“use”"),
    "deep": (SVG.format("<g>" * 10_000 + SHAPE + "</g>" * 10_000), "too many"),
    "layers": (SVG.format("<g>" * 2_000 + SHAPE + "</g>" * 2_000), "too many"),
    "many": (SVG.format(SHAPE * 6_000), "too many"),
    "large": (SVG.format(SHAPE + "<title>" + "x" * 1_000_000 + "</title>"), "1 MB"),
    "5 MB": (" " * 5_000_000, "4 MB"),
    "no size": ('<svg xmlns="http://www.w3.org/2000/svg">' + SHAPE + "</svg>", "size"),
    "zero": (SVG.replace('width="120" height="80"', 'width="0" height="0"').format(SHAPE), "size"),
    "negative": (SVG.replace('width="120"', 'width="-5"').format(SHAPE), "size"),
    "no number": (SVG.replace('width="120"', 'width="nan"').format(SHAPE), "badly written"),
    "boundless": (SVG.replace('width="120"', 'width="inf"').format(SHAPE), "badly written"),
    "no length": (SVG.replace('width="120"', 'width="rộng"').format(SHAPE), "badly written"),
    "far away": (SVG.format('<path d="M 1e300 1e300 L 5 5"/>'), "badly written"),
    "path": (SVG.format('<path d="l 3 4"/>'), "badly written"),
    "selector": (SVG.format("<style>a:::b{fill:red}</style>" + SHAPE), "badly written"),
    "left out": (SVG.format('<circle cx="9" cy="9" r="10%"/>'), "badly written"),
    "empty": (SVG.format(""), "nothing in the drawing"),
    "only strangers": (SVG.format('<x:image xmlns:x="urn:x" href="/etc/passwd"/><x:text xmlns:x="urn:x">a</x:text>'), "nothing in the drawing"),
    "no drawing": ("Vườn bà Hường", "no sound SVG"),
    "a page": ("<html><body/></html>", "no sound SVG"),
    "half": (DRAWN[: len(DRAWN) // 2], "no sound SVG"),
    "nothing": ("", "no sound SVG"),
}  # fmt: skip


@each("case", HOSTILE)
def test_an_svg_that_cannot_be_printed(case: str) -> None:
    """It ends in words of both languages, and says to save a PNG."""
    content, said = HOSTILE[case]
    with pytest.raises(Refused) as raised:
        parse_logo("logo.svg", content.encode("utf-8"))
    assert raised.value.message.en.startswith("The logo cannot be printed: ")
    assert said in raised.value.message.en
    assert raised.value.message.vi.startswith("Không in được lô-gô: ")
    assert "PNG" in raised.value.hint.vi


def test_an_svg_in_another_encoding() -> None:
    """UTF-16 is not read as if it were UTF-8; a byte order mark of UTF-8 is no matter."""
    with pytest.raises(Refused, match="UTF-8"):
        parse_logo("logo.svg", DRAWN.encode("utf-16"))
    assert parse_logo("logo.svg", b"\xef\xbb\xbf" + DRAWN.encode("utf-8")) == logos()["svg"]


@each(
    ("content", "said"),
    [
        (b"", "no PNG"),
        (b"GIF89a" + b"0" * 50, "no PNG"),
        (DRAWN.encode("utf-8"), "no PNG"),
        (png(Image.new("L", (9, 9)))[:24], "cannot be opened"),
        (png(Image.effect_noise((90, 90), 50))[:-900], "cannot be opened"),
        (png(Image.new("L", (3001, 1))), "3,000 pixels"),
        (png(Image.new("L", (8, 8))).replace(b"\x00\x00\x00\x08\x00\x00\x00\x08", b"\x7f\xff\xff\xff\x7f\xff\xff\xff"), "3,000 pixels"),
        (png(Image.new("L", (8, 8))).replace(b"\x00\x00\x00\x08\x00\x00\x00\x08", b"\x00\x00\x00\x00\x00\x00\x00\x00"), "cannot be opened"),
    ],
    ids=["empty", "gif", "svg", "head", "cut off", "wide", "bomb", "no size"],
)  # fmt: skip
def test_a_png_that_cannot_be_printed(content: bytes, said: str) -> None:
    """It ends in words."""
    with pytest.raises(Refused) as raised:
        parse_logo("logo.png", content)
    assert said in raised.value.message.en


CASES = {
    "missing": ("plaque: {logo: khong-co.svg}", "profiles/khong-co.svg", "missing"),
    "outside": (
        "plaque:\n  logo: ../bi-mat.png",
        "profiles/site.yaml\n  line 6, Plaques · Logo",
        "is not a logo's file",
    ),
    "absolute": (
        "plaque: {logo: /etc/logo.png}",
        "profiles/site.yaml\n  line 5, Plaques · Logo",
        "is not a logo's file",
    ),
    "other kind": (
        "plaque: {logo: logo.jpg}",
        "profiles/site.yaml\n  line 5, Plaques · Logo",
        "is not a logo's file",
    ),
    "hostile": (
        "plaque:\n  ground: '#faf5e8'\n  logo: chu.svg",
        "profiles/site.yaml\n  line 7, Plaques · Logo",
        "“text”",
    ),
    "folder": ("plaque: {logo: thu-muc.svg}", "profiles/thu-muc.svg", "not a file"),
}


@each("case", CASES)
def test_the_project_is_told_where_it_names_the_logo(tmp_path: Path, case: str) -> None:
    """File, line and field, exit 1, no PDF."""
    setting, where, said = CASES[case]
    root = kit.write_project(tmp_path, ["Vườn bà Hường"], site=f"{kit.SITE_YAML}{setting}\n")
    (root / "profiles/chu.svg").write_text(HOSTILE["text"][0], encoding="utf-8")
    (root / "profiles/thu-muc.svg").mkdir()
    (root / "bi-mat.png").write_bytes(png(Image.new("L", (9, 9))))
    done = vuonho("-C", root, "--lang", "en", "plaques", "--all", "--draft")
    assert done.code == 1
    assert where in done.said
    assert said in done.said
    assert "Traceback" not in done.said
    assert list(root.glob("*.pdf")) == []


def test_a_project_with_a_logo_prints_it(tmp_path: Path) -> None:
    """A name with accents and blanks, in a folder, from site.yaml to the proved PDF."""
    root = kit.write_project(
        tmp_path, ["Vườn bà Hường"], site=f"{kit.SITE_YAML}plaque: {{logo: hình ảnh/xã nhà.svg}}\n"
    )
    (root / "profiles/hình ảnh").mkdir()
    (root / "profiles/hình ảnh/xã nhà.svg").write_text(DRAWN, encoding="utf-8")
    done = vuonho("-C", root, "plaques", "--all", "--draft", "-o", "thu.pdf")
    assert done.code == 0, done.said
    assert sum(b"/Subtype /Form" in part.head for part in kit.parts((root / "thu.pdf").read_bytes())) == 1
