"""The proof of a built site, judged by what it says of a tiny one that is spoilt in one place."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from verify_kit import BASE, CODE, GONE, POLICY, SCRIPT, STYLE, build, hash_of, packed, page, png, put, svg

from case_kit import each
from vuonho.errors import Problem, VuonhoError
from vuonho.i18n import Text
from vuonho.qr import symbol as qr
from vuonho.qr import symbol as qr_image
from vuonho.verify.images import parse_png, parse_svg
from vuonho.verify.leaks import Secret
from vuonho.verify.site import Report, verify_site
from vuonho.verify.tree import Page, Server, SiteTree, read_tree, site_base

FILE, HOME = f"{CODE}/index.html", f"en/{CODE}/index.html"
PNG, SVG = f"qr/{CODE}.png", f"qr/{CODE}.svg"
BARE = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xda\x00\x02\x00\xff\xd9"
LOADED = BARE[:2] + b"\xff\xe1\x00\x0aExif\x00\x00GP" + BARE[2:]
Found = list[tuple[str, str]]


def spoilt(site: Path, files: Mapping[str, str | bytes | None]) -> tuple[Problem, ...]:
    """Return the problems of a site with these files; None takes one away."""
    build(site)
    for name, content in files.items():
        if content is None:
            (site / name).unlink()
        else:
            put(site, [(name, content)])
    return verify_site(site, (), (), lambda *_: None)[1].problems


def found(site: Path, files: Mapping[str, str | bytes | None]) -> Found:
    return [(one.file, one.field) for one in spoilt(site, files)]


# --- The whole of it ---


def test_sound_site(tmp_path: Path) -> None:
    """It gives its numbers and no problem, and the steps are told one after another."""
    told: list[tuple[int, int]] = []

    def tell(_step: Text, number: int, count: int) -> None:
        told.append((number, count))

    symbol = qr.qr_symbol(qr.payload(BASE, CODE))
    put(build(tmp_path), [(PNG, qr_image.png(symbol)), (SVG, qr_image.svg(symbol, f"{BASE}{CODE}/"))])
    put(tmp_path, [(".git/description.html", '<a href="missing/">'), ("photos/a.jpg", BARE)])
    _, report = verify_site(tmp_path, (), (), tell)
    assert report == Report(codes=2, pages=7, links=report.links, photos=1, problems=())
    assert report.links >= 15
    assert told == [(number, 6) for number in range(1, 7)]
    assert site_base(tmp_path) == BASE


def test_all_at_once(tmp_path: Path) -> None:
    """Flaws of every kind are told in one report, each with its line."""
    build(tmp_path)
    spoil = page('\n\n<a href="missing/">0337 012 345</a><p style="x">')
    put(tmp_path, [(f"{GONE}/index.html", spoil), (PNG, b""), ("photos/a.jpg", b"hello")])
    _, report = verify_site(tmp_path, (Secret("phone", "0337012345", GONE),), (), lambda *_: None)
    assert [(one.field, one.line) for one in report.problems] == [
        ("qr.unreadable", None), ("qr.missing", None), ("qr.missing", None), ("link.missing", 7),
        ("csp.style", 7), ("photo", None), ("secret.phone", None),
    ]  # fmt: skip


@each("href", ["http://a.example/", "https://a.example", "/", "https://[/", "https://a b.example/"])
def test_no_site(tmp_path: Path, href: str) -> None:
    """A folder without a start page, or one that has no proper canonical link, is refused in words."""
    with pytest.raises(VuonhoError, match="no website"):
        read_tree(tmp_path)
    with pytest.raises(VuonhoError, match="canonical"):
        spoilt(tmp_path, {"index.html": page("", f'<link rel="canonical" href="{href}">')})


# --- Codes ---


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
def test_a_code_that_says_something_else(tmp_path: Path, text: str) -> None:
    """Any other payload, the path in capitals included, is named; the host may be in capitals."""
    assert found(tmp_path / "png", {PNG: png(text)}) == [(PNG, "qr.text")]
    assert found(tmp_path / "svg", {SVG: svg(text)}) == [(SVG, "qr.text")]
    assert found(tmp_path / "host", {PNG: png(f"https://VUONMAU.EXAMPLE/lang/{CODE}/")}) == []


def test_a_code_without_its_page_or_picture(tmp_path: Path) -> None:
    """Each is named; a notice needs no picture."""
    for name in (PNG, SVG):
        assert found(tmp_path / name[-3:], {name: None}) == [(FILE, "qr.missing")]
    assert {(PNG, "qr.page"), (SVG, "qr.page")} <= set(found(tmp_path / "page", {HOME: None}))


GOOD_PNG, GOOD_SVG = png(f"{BASE}{CODE}/"), svg(f"{BASE}{CODE}/")
UNREADABLE: Mapping[str, tuple[bytes, ...]] = {
    PNG: (
        b"", b"\x89PNG\r\n\x1a\n", GOOD_PNG[:-9], GOOD_PNG.replace(b"IDAT", b"IDAX"), GOOD_PNG[:-1] + b"x",
        GOOD_PNG[:-12] + b"\0\0\0\0iCCP\xa5\x89\x19\x3e" + GOOD_PNG[-12:],
        png(f"{BASE}{CODE}/", scale=4), packed(1200, 1200, bytes(1201) * 1200, depth=8),
        packed(1200, 1200, (b"\0" + b"\xff" * 150) * 1200), packed(1200, 1200, bytes(99)), packed(9000, 9000, b""),
    ),
    SVG: (
        b"\xff", b"<svg/>", GOOD_SVG.replace(b"#000", b"#fff"), GOOD_SVG.replace(b"#fff", b"#0f0"),
        GOOD_SVG.replace(b"H0z", b"h-9z"), GOOD_SVG.replace(b"h1v1h-1z", b"l1 1h-1z", 1),
        GOOD_SVG.replace(b"h1v1h-1z", b"h1v1z", 1), GOOD_SVG.replace(b"h1v1h-1z", b"h1v900h-1z", 1),
        GOOD_SVG.replace(b'fill="#000"', b'fill="#000" transform="scale(2)"'),
        GOOD_SVG.replace(b"</svg>", b'<image href="x.png"/></svg>'), svg(f"{BASE}{CODE}/", border=1),
    ),
    "qr/notes.txt": (b"x",),
}  # fmt: skip


@each("file", UNREADABLE)
def test_a_picture_that_is_none(tmp_path: Path, file: str) -> None:
    """Cut, damaged, too small, of another form, without a margin or a code: named, and no traceback."""
    for number, content in enumerate(UNREADABLE[file]):
        assert (file, "qr.unreadable") in found(tmp_path / str(number), {file: content}), number


def test_two_forms_agree() -> None:
    """The PNG at four pixels a module and the SVG of one code are the same pixels."""
    assert parse_png(png("x", scale=4)) == parse_svg(svg("x"))


# --- Links ---


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> SiteTree:
    return read_tree(build(tmp_path_factory.mktemp("site")))


GOOD = (
    "../..", "../../", "./", "", "#garden", "#g%61rden", "#top", "?from=map", f"../../{CODE}/#garden",
    f"../../{CODE}/index.html", "../../404", f"../../qr/{CODE}.png", "../../qr/%34%38%32135.png", "/lang/", "/lang/en/",
    BASE, BASE.replace("vuonmau", "VuonMau"), f"{BASE}{CODE}/#garden", "https://vuonmau.example/other/",
    "https://www.openstreetmap.org/?mlat=18.1#map=15", "http://vuoncua.example/", "tel:+84239385555", "TEL:115",
)  # fmt: skip
BAD = {
    "missing": (
        "../../999999/", "../../khong-co.html", f"{BASE}999999/", f"../../{CODE}", "../../en", f"../../QR/{CODE}.png",
        "../../EN/", "/lang/Sitemap.xml", "../..//",
    ),
    "outside": ("/lang", "/", f"/{CODE}/", "../../..", "../../../other/"),
    "fragment": ("#khong-co", f"../../{CODE}/#khong"),
    "scheme": (
        "http:///x", BASE.replace("https", "http"), "javascript:alert(1)", " java\nscript:alert(1)", "data:text/html,x",
        "geo:18.1,105.7", "mailto:a@b.example",
    ),
    "malformed": ("https://[bad/", "..\\..\\index.html"),
}  # fmt: skip


def test_addresses(tree: SiteTree) -> None:
    """What Pages would answer, and https and tel outside, is good; each way to be broken has its own name."""
    server = Server(tree)
    cases = {"": GOOD, **BAD}
    followed = {
        fault: [server.follow(HOME, url, clicked=True).fault for url in urls] for fault, urls in cases.items()
    }
    assert followed == {fault: [fault] * len(urls) for fault, urls in cases.items()}


@given(url=st.text(alphabet="ab/.:#?%\\[]@ \n482135enhtps-", max_size=40))
def test_hostile_address(tree: SiteTree, url: str) -> None:
    """No address makes the proof raise, and a sound place is never outside the site."""
    outcome = Server(tree).follow("en/index.html", url)
    assert not (not outcome.fault and outcome.place.startswith("../"))


HIDDEN = (
    '<a href="missing/">x</a>',
    '<img src="missing.webp" alt="">',
    f'<img srcset="../../qr/{CODE}.png 1x, missing.webp 2x" alt="">',
    '<picture><source srcset="missing.webp 320w"></picture>',
    '<form action="missing/"></form>',
    '<meta http-equiv="refresh" content="0; url=missing/">',
    f'<meta property="og:image" content="{BASE}photos/missing.jpg">',
    '<svg><a xlink:href="missing/"></a></svg>',
    f'<script type="application/ld+json">{{"@graph":[{{"url":"{BASE}missing/"}}]}}</script>',
)
FOREIGN = (
    '<img src="https://cdn.example/a.png" alt="">',
    '<img src="//cdn.example/a.png" alt="">',
    '<link rel="stylesheet" href="https://cdn.example/a.css">',
    '<link rel="preconnect" href="https://cdn.example">',
    '<iframe src="https://www.youtube-nocookie.com/embed/x"></iframe>',
)
STYLES = (
    'a{background:url("missing.png")}',
    '@import "https://cdn.example/a.css";',
    "@font-face{src:url(https://cdn.example/a.woff2)}",
)


def test_addresses_wherever_html_keeps_them(tmp_path: Path) -> None:
    """Nothing that the browser fetches by itself may come from another website, but a picture inside the page."""
    for number, body in enumerate((*HIDDEN, *FOREIGN)):
        fault = "link.missing" if body in HIDDEN else "link.foreign_asset"
        assert (body, found(tmp_path / str(number), {HOME: page(body, language="en")})) == (
            body,
            [(HOME, fault)],
        )
    for script in ("https://cdn.example/a.js", "data:text/javascript,x"):
        names = found(tmp_path / "script", {HOME: page(f'<script src="{script}"></script>')})
        assert names == [(HOME, "link.foreign_asset"), (HOME, "csp.src")]
    for style in STYLES:
        fault = "link.missing" if "missing" in style else "link.foreign_asset"
        policy = POLICY.replace(hash_of(STYLE), f"{hash_of(STYLE)} {hash_of(style)}")
        assert found(tmp_path / "style", {HOME: page(f"<style>{style}</style>", policy=policy)}) == [
            (HOME, fault)
        ]
    assert found(tmp_path / "inside", {HOME: page('<img src="data:image/png;base64,AAAA" alt="">')}) == []


OTHER_FILES = (
    ("manifest.webmanifest", '{"icons":[{"src":"missing.png"}]}'),
    ("data/households.json", f'{{"households":[{{"url":"{BASE}missing/"}}]}}'),
    ("data/households.csv", f"\ufeffMã,Trang\r\n1,{BASE}missing/\r\n"),
    (
        "sitemap.xml",
        f"<urlset><url><loc>{BASE}{CODE}/</loc></url><url><loc></loc></url><url><loc>{BASE}missing/</loc></url></urlset>",
    ),
    ("sitemap.xml", f'<url><loc>{BASE}{CODE}/</loc><xhtml:link href="{BASE}missing/"/></url>'),
    ("robots.txt", f"Sitemap: {BASE}missing.xml\n"),
    ("style.css", "a{background:url(missing.png)}"),
    ("sw.js", 'const SITE={"files":["","en/","missing/"]};\nself.x = 1;\n'),
)


@each("case", OTHER_FILES)
def test_addresses_in_other_files(tmp_path: Path, case: tuple[str, str]) -> None:
    """Of the manifest, data, sitemap, robots.txt, style sheets, and what the service worker keeps."""
    assert found(tmp_path, dict([case])) == [(case[0], "link.missing")]


def test_the_page_that_is_shown_anywhere(tmp_path: Path) -> None:
    """A relative link in 404.html is a fault, but where a <base href> says where it starts."""
    assert found(tmp_path / "a", {"404.html": page('<a href="./">x</a>')}) == [
        ("404.html", "link.relative_in_404")
    ]
    assert found(tmp_path / "b", {"404.html": page(f'<a href="{CODE}/">x</a>', '<base href="/lang/">')}) == []


def test_told_once(tmp_path: Path) -> None:
    """A place that many pages link to is told once, with how many more there are."""
    body = '<a href="/lang/missing/">x</a>'
    (problem,) = spoilt(tmp_path, {FILE: page(body), "en/index.html": page(body)})
    assert (problem.file, "(và 1 chỗ khác)" in problem.message.vi) == (FILE, True)


# --- What a page may do ---


def allowing(script: str) -> str:
    return POLICY.replace("script-src", f"script-src {hash_of(script)}")


UNSAFE = (
    (page().replace("Content-Security-Policy", "x"), "csp.missing"),
    (page("", f'<meta http-equiv="content-security-policy" content="{POLICY}">'), "csp.missing"),
    (page(policy=POLICY.replace("default-src 'none'; ", "")), "csp.default"),
    (page(policy=POLICY.replace("style-src", "style-src 'unsafe-inline'")), "csp.loose"),
    (page(policy=POLICY.replace("script-src", "script-src 'unsafe-eval'")), "csp.loose"),
    (page(policy=POLICY.replace("script-src", "script-src https://cdn.example")), "csp.loose"),
    (page(policy=POLICY.replace("script-src", "script-src *")), "csp.loose"),
    (page(policy=f"{POLICY}; connect-src https:"), "csp.loose"),
    (page(policy=f"{POLICY}; worker-src blob:"), "csp.loose"),
    (page("<script>alert(1)</script>"), "csp.hash"),
    (page("<script type=module>alert(1)</script>"), "csp.hash"),
    (page("<style>p{color:red}</style>"), "csp.hash"),
    (page().replace('<meta charset="utf-8">', f"<script>{SCRIPT}</script>"), "csp.late"),
    (page('<p onclick="x()">'), "csp.onclick"),
    (page("<svg ONLOAD=x></svg>"), "csp.onload"),
    (page('<p style="color:red">'), "csp.style"),
    (page().replace(' lang="vi"', ""), "lang"),
    *(
        (page(f"<script>{script}</script>", policy=allowing(script)), "tracking")
        for script in (
            "document.cookie='a'",
            "navigator.sendBeacon('/x')",
            "indexedDB.open('x')",
            "cookieStore.set(1)",
        )
    ),
)


def test_a_page_that_breaks_its_policy(tmp_path: Path) -> None:
    """Each way has its own name, and so has a page that is none."""
    for number, (content, fault) in enumerate(UNSAFE):
        assert (fault, found(tmp_path / str(number), {HOME: content})) == (fault, [(HOME, fault)])
    assert (HOME, "html") in found(tmp_path, {HOME: b"<html lang=vi>\xff"})


def test_what_a_page_may_do(tmp_path: Path) -> None:
    """Run the site's own worker, ask the site itself, remember the language; data, and line ends of Windows."""
    script = "localStorage.language='en'; navigator.serviceWorker\n.register('sw.js');"
    policy = allowing(script).replace(hash_of(STYLE), f"{hash_of(STYLE)} {hash_of('a{}' + chr(10) + 'b{}')}")
    body = f'<script>{script}</script><script type="application/ld+json">{{"a":1}}</script><style>a{{}}\r\nb{{}}</style>'
    content = page(body, policy=f"{policy}; worker-src 'self'; connect-src 'self'")
    assert found(tmp_path / "a", {HOME: content}) == [(HOME, "link.missing")]
    assert found(tmp_path / "b", {HOME: content, "sw.js": 'const SITE={"files":["icon.svg"]};'}) == []


@each("name", ["dem.js", "SW.js", "sw.mjs", "en/sw.js", "photos/x.js", "sw.js"])
def test_other_script(tmp_path: Path, name: str) -> None:
    """Only our worker, under its one name, may be a script in a file."""
    contents = (
        [f"const SITE={json.dumps(files)};" for files in ({}, {"files": "x"})] if name == "sw.js" else []
    )
    for number, content in enumerate(("let x = 1", "const SITE=" + "[" * 9000 + "{};", *contents)):
        assert (name, "script") in found(tmp_path / str(number), {name: content})
    assert (name, "tracking") in found(tmp_path, {name: "indexedDB.open('x')"})


@given(text=st.text(alphabet="<>!-[]/=\"' abhrefstyloncpi&#;\n", max_size=80))
def test_hostile_page(text: str) -> None:
    """No page, however torn, makes the reader raise."""
    assert Page(text.encode()).language in ("", *text.split(), text)


PIECES: tuple[tuple[str, list[str]], ...] = (
    ('<a href="1&amp;2">', ["1&2"]), ("<A\nclass=x HREF = '2'>", ["2"]), ("<a href=3/>", ["3/"]), ("<img src=4 src=no>", ["4"]),
    ('<a title="> <a href=no>" href=5>', ["5"]), ("<!-- <a href=no> --!>", []), ("<!-->", []), ("<!doctype html>", []),
    ("<script>'<a href=no>'</script>", []), ('<style x="</style>">a<b</style >', []), ('</p title="<!--">', []),
    ("</ <a href=no>", []), ("a < b ", []), ('<a ="x href=6>', ["6"]), ("\r\n", []), ("&lt;a href=no&gt;", []),
)  # fmt: skip


@given(pieces=st.lists(st.sampled_from(PIECES)))
def test_a_page_is_taken_to_pieces_as_browsers_do(pieces: list[tuple[str, list[str]]]) -> None:
    """Addresses are found behind any quotes, comments and scripts, each with its line, and none that is only text."""
    text, wanted = "", list[tuple[int, str]]()
    for piece, urls in pieces:
        wanted += [(text.count("\n") + 1, url) for url in urls]
        text += piece
    assert [(line, link.url) for line, link in Page(text.encode()).links] == wanted


def test_notice() -> None:
    """A page kept from search engines, or one that sends on, is a notice."""
    moved = '<meta http-equiv="refresh" content="0; url=../1/">'
    texts = ("", '<meta name="robots" content="noindex">', moved)
    assert [Page(text.encode()).is_notice for text in texts] == [False, True, True]


# --- Photos ---


@each("name", ["photos/a.jpg", "photos/a.bin", "og/482135.jpg", "482135/NHA.JPG"])
def test_a_photo_that_carries_more(tmp_path: Path, name: str) -> None:
    """A photo with EXIF is named wherever it lies."""
    (problem,) = spoilt(tmp_path, {name: LOADED})
    assert (problem.file, problem.field, "EXIF" in problem.message.en) == (name, "photo", True)
