"""A third language is one file of words: everything else follows from it."""

import json
import shutil
from pathlib import Path

import pytest
import yaml
from lxml import etree, html
from playwright.sync_api import Browser

from browser_kit import pass_time
from case_kit import each
from command_kit import ROOT, SLUG, build, edit, vuonho
from pages_server import served

TAG = "lo"
MARK = "ລາວ "
"""Before each word of the test catalogue, so that a sentence that slipped past it is seen."""
RULE = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
"""That of Polish: 1, then 2 to 4 of each ten but 12 to 14, then all others."""
TREES = {1: 0, 2: 1, 5: 2, 12: 2, 22: 1}
"""Numbers, each with its form."""
FAMILIES = ("", f"{SLUG}/", f"{SLUG}/print/", "482135/", "711946/", "643479/", "158589/", "privacy/")
XHTML = "{http://www.w3.org/1999/xhtml}link"


def marked(words: object, mark: str = MARK) -> object:
    """Return the English catalogue with every message marked, each count in three forms; the forms of numbers stay."""
    if not isinstance(words, dict):
        return f"{mark}{words}"
    if words.keys() == {"one", "other"}:
        return [f"{mark}{words['other']} ‹{form}›" for form in range(3)]
    return {key: marked(value, "" if key == "format" else mark) for key, value in words.items()}


@pytest.fixture(scope="module")
def site(built_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo built in three languages: the third is one file in the project's own folder."""
    root = shutil.copytree(built_demo, tmp_path_factory.mktemp("three") / "demo")
    english = yaml.safe_load((ROOT / "templates/languages/en.yaml").read_text(encoding="utf-8"))
    catalogue = root / "templates/languages" / f"{TAG}.yaml"
    catalogue.parent.mkdir(parents=True)
    words = {"plural": RULE, **marked(english)}  # type: ignore[dict-item]
    catalogue.write_text(yaml.safe_dump(words, allow_unicode=True), encoding="utf-8")
    crops = "\n".join(f"    - {{name: Cây số {trees}, trees: {trees}}}" for trees in TREES)
    cau = "    - {name: Cau, trees: 12, planted: 2005}"
    edit(root / "profiles" / SLUG / "ba-huong.yaml", cau, f"{cau}\n{crops}")
    edit(root / "profiles/site.yaml", "languages: [vi, en]", f"languages: [vi, en, {TAG}]")
    done = build(root)
    assert done.code == 0, done.said
    assert vuonho("-C", root, "verify").code == 0
    return root / "site"


def page(site: Path, folder: str) -> html.HtmlElement:
    return html.document_fromstring((site / folder / "index.html").read_text(encoding="utf-8"))


@each("folder", FAMILIES)
def test_every_page_has_the_third_language(site: Path, folder: str) -> None:
    """In its own folder, in its own words, with a switch to both others and none to itself."""
    document = page(site, f"{TAG}/{folder}")
    assert document.get("lang") == TAG
    assert MARK.strip() in document.xpath("string(//main)")
    switch = [(one.get("hreflang"), one.get("lang")) for one in document.xpath("//header//nav/a")]
    assert switch == [("vi", "vi"), ("en", "en")]


@each("folder", [folder for folder in FAMILIES if folder not in ("643479/", "158589/", f"{SLUG}/print/")])
def test_alternates_name_each_other(site: Path, folder: str) -> None:
    """The same four links on the page of each language: three languages and the default."""
    found = [
        {
            one.get("hreflang"): one.get("href")
            for one in page(site, prefix + folder).xpath("//link[@hreflang]")
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


def test_a_count_stands_in_the_form_that_the_language_wants(site: Path) -> None:
    """By the rule of its file, which knows more than one and many."""
    shown = page(site, f"{TAG}/482135").text_content().replace("\u00a0", " ")
    assert [f"{trees} trees ‹{form}›" in shown for trees, form in TREES.items()] == [True] * len(TREES)


@pytest.mark.browser
def test_what_is_found_is_counted_in_the_right_form(browser: Browser, site: Path) -> None:
    """The script follows the rule of the language as the pages do."""
    with served(site) as server, browser.new_context(service_workers="block") as context:
        shown = context.new_page()
        shown.goto(f"{server.base}{TAG}/{SLUG}/")
        counted = {}
        for typed in ("lieu", "huong", "nha"):
            shown.fill("#finder input[name=q]", typed)
            pass_time(shown, 500)
            n, _, rest = shown.inner_text("#finder .found").removeprefix(MARK).partition(" ")
            counted[int(n)] = rest
    forms = {n: 0 if n == 1 else 1 if n in (2, 3, 4) else 2 for n in counted}
    assert counted == {n: f"homes found. ‹{form}›" for n, form in forms.items()}
    assert {*forms.values()} == {0, 1, 2}


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
@each(("phone", "landing"), [("lo-LA", f"{TAG}/"), ("en-GB", "en/"), ("fr-FR", "en/"), ("vi-VN", "")])
def test_a_phone_lands_on_its_language(browser: Browser, site: Path, phone: str, landing: str) -> None:
    """A language that the site has wins over English, and English over a language that nobody here speaks."""
    with served(site) as server, browser.new_context(locale=phone, service_workers="block") as context:
        shown = context.new_page()
        shown.goto(f"{server.base}482135/")
        shown.wait_for_url(f"{server.base}{landing}482135/")
