"""A third language is one file of words: everything else follows from it."""

import json
import shutil
from pathlib import Path

import pytest
import yaml
from lxml import etree, html
from playwright.sync_api import Browser

from command_kit import ROOT, SLUG, build, edit, vuonho
from pages_server import served

TAG = "lo"
MARK = "ລາວ "
"""Before each word of the test catalogue, so that a sentence that slipped past it is seen."""
FAMILIES = ("", f"{SLUG}/", f"{SLUG}/print/", "482135/", "711946/", "643479/", "158589/", "privacy/")
XHTML = "{http://www.w3.org/1999/xhtml}link"


def marked(words: object) -> object:
    """Return the English catalogue with every message marked; the forms of numbers stay."""
    if isinstance(words, dict):
        return {key: value if key == "format" else marked(value) for key, value in words.items()}
    return f"{MARK}{words}"


@pytest.fixture(scope="module")
def site(built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo built in three languages: the third is one file in the project's own folder."""
    root = shutil.copytree(built_demo, tmp_path_factory.mktemp("three") / "demo")
    english = yaml.safe_load((ROOT / "templates/languages/en.yaml").read_text(encoding="utf-8"))
    catalogue = root / "templates/languages" / f"{TAG}.yaml"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(yaml.safe_dump(marked(english), allow_unicode=True), encoding="utf-8")
    edit(root / "profiles/site.yaml", "languages: [vi, en]", f"languages: [vi, en, {TAG}]")
    done = build(root)
    assert done.code == 0, done.said
    assert vuonho("-C", root, "verify").code == 0
    return root / "site"


def page(site: Path, folder: str) -> html.HtmlElement:
    return html.document_fromstring((site / folder / "index.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", FAMILIES)
def test_every_page_has_the_third_language(site: Path, folder: str) -> None:
    """In its own folder, in its own words, with a switch to both others and none to itself."""
    document = page(site, f"{TAG}/{folder}")
    assert document.get("lang") == TAG
    assert MARK.strip() in document.xpath("string(//main)")
    switch = [(one.get("hreflang"), one.get("lang")) for one in document.xpath("//header//nav/a")]
    assert switch == [("vi", "vi"), ("en", "en")]


@pytest.mark.parametrize(
    "folder", [folder for folder in FAMILIES if folder not in ("643479/", "158589/", f"{SLUG}/print/")]
)
def test_alternates_name_each_other(site: Path, folder: str) -> None:
    """The same four links on the page of each language: three languages and the default."""
    found = [
        {
            one.get("hreflang"): one.get("href")
            for one in page(site, prefix + folder).xpath("//link[@rel='alternate']")
        }
        for prefix in ("", "en/", f"{TAG}/")
    ]
    assert found[0] == found[1] == found[2]
    assert set(found[0]) == {"vi", "en", TAG, "x-default"}


def test_machines_learn_of_it_too(site: Path) -> None:
    """The sitemap, the manifest and the search index have the language; lost and offline pages speak it."""
    sitemap = etree.parse(site / "sitemap.xml").getroot()
    tags = {one.get("hreflang") for one in sitemap.iter(XHTML)}
    assert tags == {"vi", "en", TAG, "x-default"}
    manifest = json.loads((site / TAG / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert manifest["lang"] == TAG
    assert (site / f"data/search-{TAG}.json").is_file()
    for name in ("404.html", "offline.html"):
        assert MARK.strip() in (site / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_language_begun_is_told_whole_what_it_lacks(demo: Path, command: str) -> None:
    """By `check` and by every command that needs its words, at once and not a line at each run."""
    catalogue = demo / "templates/languages" / f"{TAG}.yaml"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text("language: {name: Lao}\nplaque:\n  rulr: x\n", encoding="utf-8")
    edit(demo / "profiles/site.yaml", "languages: [vi, en]", f"languages: [vi, en, {TAG}]")
    done = vuonho("-C", demo, "--lang", "en", command)
    assert done.code == 1
    for told in ("of “language” is missing: switch", " household (", " format (", " ruler,", "“plaque.rulr”"):
        assert told in done.said
    assert "Did you mean “plaque.ruler”?" in done.said


@pytest.mark.browser
@pytest.mark.parametrize(
    ("phone", "landing"), [("lo-LA", f"{TAG}/"), ("en-GB", "en/"), ("fr-FR", "en/"), ("vi-VN", "")]
)
def test_a_phone_lands_on_its_language(browser: Browser, site: Path, phone: str, landing: str) -> None:
    """A language that the site has wins over English, and English over a language that nobody here speaks."""
    with served(site) as server, browser.new_context(locale=phone, service_workers="block") as context:
        shown = context.new_page()
        shown.goto(f"{server.base}482135/")
        shown.wait_for_url(f"{server.base}{landing}482135/")
