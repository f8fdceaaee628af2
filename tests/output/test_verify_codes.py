"""The QR pictures of a built site."""

from pathlib import Path

import pytest
from verify_kit import BASE, CODE, GONE, build, packed, png, put, svg

from case_kit import each
from vuonho.qr import image as qr_image
from vuonho.qr import symbol as qr
from vuonho.verify.codes import code_problems, parse_png, parse_svg, read_codes
from vuonho.verify.tree import read_tree


def names(site: Path, base: str = BASE) -> list[tuple[str, str]]:
    tree = read_tree(site)
    return [(one.file, one.field) for one in code_problems(tree, base, read_codes(tree))]


def test_sound_site(tmp_path: Path) -> None:
    """A site whose codes lead to their pages has no problem."""
    assert names(build(tmp_path)) == []


def test_capitals_of_the_host(tmp_path: Path) -> None:
    """A payload with its host in capitals is the same address."""
    put(build(tmp_path), [(f"qr/{CODE}.png", png(f"https://VUONMAU.EXAMPLE/lang/{CODE}/"))])
    assert names(tmp_path) == []


@each(
    "text",
    [
        f"https://vuonmau.example/LANG/{CODE}/",
        f"{BASE}{CODE}",
        f"{BASE}en/{CODE}/",
        f"{BASE}{GONE}/",
        f"http://vuonmau.example/lang/{CODE}/",
        f"{BASE}{CODE}/?utm_source=qr",
    ],
)
@each(("suffix", "draw"), [("png", png), ("svg", svg)])
def test_other_text(tmp_path: Path, text: str, suffix: str, draw: object) -> None:
    """Any other payload, the path in capitals included, is named."""
    assert callable(draw)
    put(build(tmp_path), [(f"qr/{CODE}.{suffix}", draw(text))])
    assert names(tmp_path) == [(f"qr/{CODE}.{suffix}", "qr.text")]


def test_other_base(tmp_path: Path) -> None:
    """Codes made for another address than the site's are all named."""
    problems = names(build(tmp_path), "https://khac.example/")
    assert problems == [(f"qr/{CODE}.png", "qr.text"), (f"qr/{CODE}.svg", "qr.text")]


@pytest.mark.parametrize("suffix", ["png", "svg"])
def test_missing_picture(tmp_path: Path, suffix: str) -> None:
    """A household's page without one of its pictures is named; a notice needs none."""
    (build(tmp_path) / f"qr/{CODE}.{suffix}").unlink()
    assert names(tmp_path) == [(f"{CODE}/index.html", "qr.missing")]


def test_missing_page(tmp_path: Path) -> None:
    """A code whose page lacks in one language is named for each picture."""
    (build(tmp_path) / f"en/{CODE}/index.html").unlink()
    assert names(tmp_path) == [(f"qr/{CODE}.png", "qr.page"), (f"qr/{CODE}.svg", "qr.page")]


@each(
    "content",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        png(f"{BASE}{CODE}/")[:-9],
        png(f"{BASE}{CODE}/").replace(b"IDAT", b"IDAX"),
        png(f"{BASE}{CODE}/")[:-1] + b"x",
        png(f"{BASE}{CODE}/", scale=4),
        packed(1200, 1200, bytes(1201) * 1200, depth=8),
        packed(1200, 1200, (b"\0" + b"\xff" * 150) * 1200),
        packed(1200, 1200, bytes(99)),
    ],
    ids=["empty", "header", "cut", "damaged", "checksum", "small", "eight bits", "white", "few lines"],
)
def test_unreadable_png(tmp_path: Path, content: bytes) -> None:
    """A PNG that is cut, damaged, of another kind, too small or without a code is named, not a traceback."""
    put(build(tmp_path), [(f"qr/{CODE}.png", content)])
    assert names(tmp_path) == [(f"qr/{CODE}.png", "qr.unreadable")]


@each(
    "content",
    [
        b"\xff",
        b"<svg/>",
        svg(f"{BASE}{CODE}/").replace(b"#000", b"#fff"),
        svg(f"{BASE}{CODE}/").replace(b"#fff", b"#0f0"),
        svg(f"{BASE}{CODE}/").replace(b"H0z", b"h-9z"),
        svg(f"{BASE}{CODE}/").replace(b"h1v1h-1z", b"l1 1h-1z", 1),
        svg(f"{BASE}{CODE}/").replace(b"h1v1h-1z", b"h1v1z", 1),
        svg(f"{BASE}{CODE}/").replace(b"h1v1h-1z", b"h1v900h-1z", 1),
        svg(f"{BASE}{CODE}/").replace(b'fill="#000"', b'fill="#000" transform="scale(2)"'),
        svg(f"{BASE}{CODE}/").replace(b"</svg>", b'<image href="x.png"/></svg>'),
        svg(f"{BASE}{CODE}/", border=1),
    ],
    ids=[
        "bytes",
        "empty",
        "white",
        "green",
        "ground",
        "slant",
        "open",
        "far",
        "transform",
        "image",
        "border",
    ],
)
def test_unreadable_svg(tmp_path: Path, content: bytes) -> None:
    """An SVG of another form, or with too narrow a margin, is named, not a traceback."""
    put(build(tmp_path), [(f"qr/{CODE}.svg", content)])
    assert names(tmp_path) == [(f"qr/{CODE}.svg", "qr.unreadable")]


def test_foreign_file(tmp_path: Path) -> None:
    """A file of another kind in qr/ is named."""
    put(build(tmp_path), [("qr/notes.txt", "x")])
    assert names(tmp_path) == [("qr/notes.txt", "qr.unreadable")]


def test_two_forms_agree() -> None:
    """The PNG at four pixels a module and the SVG of one code are the same pixels."""
    assert parse_png(png("x", scale=4)) == parse_svg(svg("x"))


def test_own_pictures(tmp_path: Path) -> None:
    """The pictures that the program draws are read back."""
    symbol = qr.qr_symbol(qr.payload(BASE, CODE))
    title = f"{BASE}{CODE}/"
    put(
        build(tmp_path),
        [(f"qr/{CODE}.png", qr_image.png(symbol)), (f"qr/{CODE}.svg", qr_image.svg(symbol, title))],
    )
    assert names(tmp_path) == []
