"""Every link of a built site, followed as GitHub Pages would answer."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from verify_kit import BASE, CODE, build, page, put

from case_kit import each
from vuonho.errors import Problem, VuonhoError
from vuonho.verify.pages import link_problems
from vuonho.verify.tree import Server, SiteTree, read_tree, site_base


def verify_links(site: Path) -> tuple[Problem, ...]:
    return link_problems(read_tree(site))[0]


def faults(site: Path) -> list[tuple[str, str]]:
    return [(problem.file, problem.field.removeprefix("link.")) for problem in verify_links(site)]


def with_link(site: Path, body: str, head: str = "") -> list[tuple[str, str]]:
    put(build(site), [(f"en/{CODE}/index.html", page(body, head, "en"))])
    return faults(site)


def test_sound_site(tmp_path: Path) -> None:
    """A site whose links all answer has no problem."""
    assert faults(build(tmp_path)) == []


@each(
    "link",
    [
        "../..",
        "../../",
        "./",
        "",
        "#garden",
        "#g%61rden",
        "#top",
        "?from=map",
        f"../../{CODE}/#garden",
        f"../../{CODE}/index.html",
        "../../404",
        f"../../qr/{CODE}.png",
        "../../qr/%34%38%32135.png",
        "/lang/",
        "/lang/en/",
        BASE,
        BASE.replace("vuonmau", "VuonMau"),
        f"{BASE}{CODE}/#garden",
        "https://www.openstreetmap.org/?mlat=18.1#map=15",
        "https://vuonmau.example/other/",
        "https://zalo.me/0239385555",
        "http://vuoncua.example/",
        "tel:+84239385555",
        "TEL:115",
    ],
)
def test_good_link(tmp_path: Path, link: str) -> None:
    """An address that Pages would answer, or https and tel outside, is no problem."""
    assert with_link(tmp_path, f'<a href="{link}">x</a>') == []


@each(
    ("link", "fault"),
    [
        ("../../999999/", "missing"),
        ("../../khong-co.html", "missing"),
        (f"../../{CODE}", "slash"),
        ("../../en", "slash"),
        ("/lang", "outside_base"),
        ("/", "outside_base"),
        (f"/{CODE}/", "outside_base"),
        (f"../../QR/{CODE}.png", "case"),
        ("../../EN/", "case"),
        ("/lang/Sitemap.xml", "case"),
        ("../../../lang/", "climbs"),
        ("../../..", "climbs"),
        ("#khong-co", "fragment"),
        (f"../../{CODE}/#khong", "fragment"),
        (f"{BASE}999999/", "missing"),
        ("http:///x", "scheme"),
        (BASE.replace("https", "http"), "scheme"),
        ("javascript:alert(1)", "scheme"),
        (" java\nscript:alert(1)", "scheme"),
        ("data:text/html,x", "scheme"),
        ("geo:18.1,105.7", "scheme"),
        ("mailto:a@b.example", "scheme"),
        ("https://[bad/", "malformed"),
        ("..\\..\\index.html", "malformed"),
    ],
)
def test_broken_link(tmp_path: Path, link: str, fault: str) -> None:
    """Each way a link can be broken has its own name."""
    assert with_link(tmp_path, f'<a href="{link}">x</a>') == [(f"en/{CODE}/index.html", fault)]


@each(
    "body",
    [
        '<img src="missing.webp" alt="">',
        f'<img srcset="../../qr/{CODE}.png 1x, missing.webp 2x" alt="">',
        '<picture><source srcset="missing.webp 320w"></picture>',
        '<form action="missing/"></form>',
        '<meta http-equiv="refresh" content="0; url=missing/">',
        f'<meta property="og:image" content="{BASE}photos/missing.jpg">',
        '<svg><a xlink:href="missing/"></a></svg>',
        '<style>a{background:url("missing.png")}</style>',
        f'<script type="application/ld+json">{{"@graph":[{{"url":"{BASE}missing/"}}]}}</script>',
    ],
)
def test_every_kind_of_address(tmp_path: Path, body: str) -> None:
    """Addresses are found wherever HTML keeps them."""
    assert with_link(tmp_path, body) == [(f"en/{CODE}/index.html", "missing")]


@each(
    "body",
    [
        '<img src="https://cdn.example/a.png" alt="">',
        '<img src="//cdn.example/a.png" alt="">',
        '<script src="https://cdn.example/a.js"></script>',
        '<script src="data:text/javascript,x"></script>',
        '<link rel="stylesheet" href="https://cdn.example/a.css">',
        '<link rel="preconnect" href="https://cdn.example">',
        '<iframe src="https://www.youtube-nocookie.com/embed/x"></iframe>',
        '<style>@import "https://cdn.example/a.css";</style>',
        "<style>@font-face{src:url(https://cdn.example/a.woff2)}</style>",
    ],
)
def test_asset_of_others(tmp_path: Path, body: str) -> None:
    """Nothing that the browser fetches by itself may come from another website."""
    assert with_link(tmp_path, body) == [(f"en/{CODE}/index.html", "foreign_asset")]


def test_inline_picture(tmp_path: Path) -> None:
    """A picture inside the page is fetched from nowhere."""
    assert with_link(tmp_path, '<img src="data:image/png;base64,AAAA" alt="">') == []


@each(
    ("file", "content"),
    [
        ("manifest.webmanifest", '{"icons":[{"src":"missing.png"}]}'),
        ("data/households.json", f'{{"households":[{{"url":"{BASE}missing/"}}]}}'),
        ("data/households.csv", f"\ufeffMã,Trang\r\n1,{BASE}missing/\r\n"),
        ("sitemap.xml", f"<urlset><url><loc>{BASE}missing/</loc></url></urlset>"),
        ("sitemap.xml", f'<url><loc>{BASE}</loc><xhtml:link href="{BASE}missing/"/></url>'),
        ("robots.txt", f"Sitemap: {BASE}missing.xml\n"),
        ("style.css", "a{background:url(missing.png)}"),
    ],
)
def test_other_files(tmp_path: Path, file: str, content: str) -> None:
    """Addresses in the manifest, data, sitemap, robots.txt and style sheets are followed too."""
    put(build(tmp_path), [(file, content)])
    assert faults(tmp_path) == [(file, "missing")]


def test_not_found_page(tmp_path: Path) -> None:
    """A relative link in 404.html is a fault, since that page shows at any depth."""
    put(build(tmp_path), [("404.html", page('<a href="./">x</a>'))])
    assert faults(tmp_path) == [("404.html", "relative_in_404")]


def test_base_element(tmp_path: Path) -> None:
    """With <base href> relative links start there."""
    put(build(tmp_path), [("404.html", page(f'<a href="{CODE}/">x</a>', '<base href="/lang/">'))])
    assert faults(tmp_path) == []


def test_told_once(tmp_path: Path) -> None:
    """A place that many pages link to is told once, with how many more there are."""
    body = '<a href="/lang/missing/">x</a>'
    put(build(tmp_path), [(f"{CODE}/index.html", page(body)), ("en/index.html", page(body))])
    (problem,) = verify_links(tmp_path)
    assert (f"{CODE}/index.html", True) == (problem.file, "(và 1 chỗ khác)" in problem.message.vi)


def test_line(tmp_path: Path) -> None:
    """The problem names the line of the link."""
    put(build(tmp_path), [("404.html", page(f'\n\n<a href="{BASE}x">x</a>'))])
    assert [problem.line for problem in verify_links(tmp_path)] == [7]


def test_site_base(tmp_path: Path) -> None:
    """The site's address is the canonical link of its start page."""
    assert site_base(build(tmp_path)) == BASE


@each("href", ["http://a.example/", "https://a.example", "/", "https://[/", "https://a b.example/"])
def test_no_base(tmp_path: Path, href: str) -> None:
    """A start page without a proper canonical link is refused in words."""
    put(build(tmp_path), [("index.html", page("", f'<link rel="canonical" href="{href}">'))])
    with pytest.raises(VuonhoError, match="canonical"):
        site_base(tmp_path)


def test_no_site(tmp_path: Path) -> None:
    """A folder without index.html is refused in words."""
    with pytest.raises(VuonhoError, match="no website"):
        verify_links(tmp_path)


def test_repository_is_no_page(tmp_path: Path) -> None:
    """The .git folder of a published site is not looked into."""
    put(build(tmp_path), [(".git/description.html", '<a href="missing/">')])
    assert faults(tmp_path) == []


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> SiteTree:
    return read_tree(build(tmp_path_factory.mktemp("site")))


@given(url=st.text(alphabet="ab/.:#?%\\[]@ \n482135enhtps-", max_size=40))
def test_hostile_address(tree: SiteTree, url: str) -> None:
    """No address makes the proof raise, and a sound place is never outside the site."""
    outcome = Server(tree).follow("en/index.html", url)
    assert not (not outcome.fault and outcome.place.startswith("../"))
