"""The built site as a whole: every address answers, every code leads home, and nothing else is in it."""

import csv
import io
import json
import re
from pathlib import Path

import cv2
import numpy as np
import pytest
import zxingcpp
from lxml import etree, html
from PIL import Image

from case_kit import each
from command_kit import ROOT, SLUG, answering, build, files
from svg_kit import painted
from vuonho.project.guides import read_guides

LANGUAGES = {"vi": "", "en": "en/"}


def base_url(site: Path) -> str:
    """The address under which a site was built, from its own sitemap."""
    sitemap = etree.fromstring((site / "sitemap.xml").read_bytes())
    return str(sitemap.findtext("{*}url/{*}loc"))


def unfolded(payload: str, base: str) -> str:
    """A payload with the capitals of its host, which mean nothing, made small again."""
    host = base.removeprefix("https://").split("/")[0]
    start = f"https://{host.upper()}"
    assert payload.startswith(start)
    return f"https://{host}{payload.removeprefix(start)}"


def decoded(image: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]") -> tuple[set[str], str]:
    """What two unrelated readers find in a picture."""
    small = cv2.resize(image, (600, 600), interpolation=cv2.INTER_AREA)
    by_opencv, _, _ = cv2.QRCodeDetector().detectAndDecode(small)
    return {found.text for found in zxingcpp.read_barcodes(image)}, by_opencv


def grey(content: bytes) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    return np.asarray(Image.open(io.BytesIO(content)).convert("L"))


def text_of(page: Path) -> str:
    return " ".join(html.fromstring(page.read_bytes()).itertext())


# --- What is there ---------------------------------------------------------------------------------------


PLACES = ("963990", "513400", "490594")
"""The codes of the demo that are no households."""


def test_every_household_of_the_register_answers_in_both_languages(built_demo: Path) -> None:
    """Each code has a page per language, withdrawn and moved ones included; who has not agreed has none."""
    site = built_demo / "site"
    pages = {folder.name for folder in site.iterdir() if folder.name.isdigit()}
    english = {folder.name for folder in (site / "en").iterdir() if folder.name.isdigit()}
    assert set(answering(built_demo)) == pages == english
    assert len(pages) == 15 + len(PLACES)
    for code in pages:
        for tag, prefix in LANGUAGES.items():
            page = html.fromstring((site / prefix / code / "index.html").read_bytes())
            assert page.get("lang") == tag
            assert page.xpath("//h1")


def test_a_site_is_these_files_and_no_others(built_demo: Path) -> None:
    """What a site has in every version, and not one file besides."""
    codes = answering(built_demo)
    pages = [
        "",
        "privacy/",
        "kiem-ma/",
        f"{SLUG}/",
        f"{SLUG}/print/",
        f"{SLUG}/con-so/",
        f"{SLUG}/to-so/",
        *(f"{code}/" for code in codes),
    ]
    pages += [f"huong-dan/{one.name}/" for one in read_guides(built_demo)[0]]
    expected = {
        f"{SLUG}/to-so/lich.ics",
        *(f"{prefix}{page}index.html" for prefix in LANGUAGES.values() for page in pages),
        *(f"qr/{code}.{kind}" for code in codes for kind in ("png", "svg")),
        *(f"data/households.{kind}" for kind in ("json", "geojson", "csv")),
        *(f"data/search-{tag}.json" for tag in LANGUAGES),
        "data/codes.json",
        *("tuan-tra/index.html", "doc-ma.js"),
        *(f"{prefix}manifest.webmanifest" for prefix in LANGUAGES.values()),
        *("sw.js", "offline.html", "404.html", "sitemap.xml", "robots.txt", ".nojekyll"),
        *("form/index.html", "form/manifest.webmanifest"),
        *("icon.svg", "icon-192.png", "icon-512.png", "icon-maskable-512.png", "apple-touch-icon.png"),
    }
    there = set(files(built_demo / "site"))
    some = r"(en/)?\d+/den/index\.html|(en/)?[a-z-]+/mua\.(ics|atom)|photos/.*|wide-[0-9a-f]{8}\.css|\d+/(\d+\.vcf|(garden|strip)\.svg)|[a-z-]+/(print/map-\d+|map-[0-9a-f]{8}(-en)?)\.svg"
    assert expected == {name for name in there if not re.fullmatch(some, name)}
    assert any(name.startswith("photos/") for name in there)


def test_every_code_leads_home_by_two_readers(built_demo: Path) -> None:
    """Each holds its household's address: the PNG, at least 1,000 px wide, and the SVG as a painter of our own paints it."""
    site = built_demo / "site"
    base = base_url(site)
    for code in answering(built_demo):
        image = grey((site / f"qr/{code}.png").read_bytes())
        assert image.shape[0] == image.shape[1] >= 1000
        for picture_ in (image, painted((site / f"qr/{code}.svg").read_bytes())):
            by_zxing, by_opencv = decoded(picture_)
            assert {by_opencv} == by_zxing
            assert f"{base}{code}/" == unfolded(by_opencv, base)


def test_the_data_files_agree(built_demo: Path) -> None:
    """JSON, GeoJSON and CSV hold the same households: those with a page of their own."""
    data = built_demo / "site/data"
    as_json = json.loads((data / "households.json").read_text(encoding="utf-8"))
    as_csv = list(csv.DictReader(io.StringIO((data / "households.csv").read_text(encoding="utf-8-sig"))))
    codes = [household["code"] for household in as_json["households"]]
    assert sorted(set(answering(built_demo)) - {"158589", "643479", *PLACES}) == sorted(codes)
    assert codes == [row["Mã số"] for row in as_csv]


def test_a_second_build_writes_nothing(demo: Path) -> None:
    """Nothing has changed, so nothing is touched, and the summary says so."""
    before = {path: path.stat().st_mtime_ns for path in (demo / "site").rglob("*")}
    done = build(demo)
    assert (done.code, done.out.count("0 tệp mới")) == (0, 1)
    assert before == {path: path.stat().st_mtime_ns for path in (demo / "site").rglob("*")}


# --- Options ---------------------------------------------------------------------------------------------


def test_another_address_for_one_build(unbuilt: Path) -> None:
    """`--base-url` is the address of every code and of the sitemap, and site.yaml stays."""
    base = "https://x.github.io/repo/"
    before = files(unbuilt / "profiles")
    done = build(unbuilt, "--base-url", base)
    site = unbuilt / "site"
    assert done.code == 0, done.said
    assert base == base_url(site)
    for code in answering(unbuilt):
        _, by_opencv = decoded(grey((site / f"qr/{code}.png").read_bytes()))
        assert f"{base}{code}/" == unfolded(by_opencv, base)
    assert not [name for name, content in files(site).items() if b"vuonmau.example" in content]
    assert before == files(unbuilt / "profiles")


@each(
    "base",
    ["", "x", "http://vuon.example/", "https://vuon.example", "https://localhost/", "https://10.0.0.1/",
     "https://a.example/?q=/", "https://a b.example/", "javascript:alert(1)/", "https://[/", "https://a.example/../"],
)  # fmt: skip
def test_an_address_that_cannot_be_printed_is_refused(demo: Path, base: str) -> None:
    """Words, the right form beside them, and the old site."""
    before = files(demo / "site")
    done = build(demo, "--base-url", base)
    assert done.code == 1
    assert (
        "https://vuon.example/" if base.startswith("http:") else "https://ten-thon.github.io/"
    ) in done.err
    assert before == files(demo / "site")


def test_the_site_goes_where_it_is_wanted(demo: Path, tmp_path: Path) -> None:
    """`--out` takes a folder of the project or any other, and the bytes are the same."""
    elsewhere = tmp_path / "nơi khác/trang"
    for out, shown in ((demo / "web/trang", "web/trang/"), (elsewhere, str(elsewhere))):
        done = build(demo, "--out", out.relative_to(demo) if out != elsewhere else out)
        assert done.code == 0, done.said
        assert files(demo / "site") == files(out)
        assert shown in done.out


@each("out", [".", "..", "/", "profiles", "profiles/x", "templates", ".vuonho", ".git/x", "~", "f"])
def test_an_unsuitable_folder_is_refused(demo: Path, out: str) -> None:
    """The project itself, what lies above it, its own folders, home and a file are no place for a site."""
    (demo / "f").write_text("a file", encoding="utf-8")
    before = files(demo)
    done = build(demo, "--out", Path.home() if out == "~" else out)
    assert done.code == 1
    assert "--out site" in done.err
    assert before == files(demo)


# --- A project's own look --------------------------------------------------------------------------------


def test_own_templates_and_words_win(demo: Path) -> None:
    """A partial of the project and a wording of its own are used; all the rest is as shipped."""
    own = demo / "templates"
    (own / "languages").mkdir(parents=True)
    shipped = (ROOT / "templates/_base.html").read_text(encoding="utf-8")
    mine = shipped.replace("<header", '<p id="own">{{ say("privacy.title") }}</p><header')
    (own / "_base.html").write_text(mine, encoding="utf-8")
    (own / "languages/vi.yaml").write_text("privacy:\n  title: Chuyện riêng tư\n", encoding="utf-8")
    done = build(demo)
    assert done.code == 0, done.said
    pages = {tag: html.fromstring((demo / f"site/{prefix}{SLUG}/index.html").read_bytes())
             for tag, prefix in LANGUAGES.items()}  # fmt: skip
    assert pages["vi"].xpath("//p[@id='own']/text()") == ["Chuyện riêng tư"]
    assert pages["en"].xpath("//p[@id='own']")
    assert "Chuyện riêng tư" in text_of(demo / "site/privacy/index.html")
    assert "Vườn bà Hường" in text_of(demo / "site/482135/index.html")


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("_village.html", "<p>\n\n{{ nonsuch }}", 3),
        ("household.html", "<p>\n{{ 1 / 0 }}", 2),
        ("languages/vi.yaml", "privacy:\n\ttitle: a\n", 2),
    ],
)
def test_a_broken_template_is_told_in_words(demo: Path, name: str, text: str, line: int) -> None:
    """File and line of the project's own template, and the old site stays."""
    path = demo / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    before = files(demo / "site")
    done = build(demo)
    assert done.code == 1
    assert f"templates/{name}" in done.err
    assert f"dòng {line}" in done.err
    assert "không lường trước" not in done.err
    assert before == files(demo / "site")
