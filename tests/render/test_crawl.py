"""Sitemap, robots.txt, manifest and marker."""

import json
from dataclasses import replace
from datetime import date

import households_kit as kit
import pytest
from lxml import etree

from vuonho.model.fields import LocalText
from vuonho.pages import feeds as crawl
from vuonho.pages.feeds import CrawlPage, marker, robots, sitemap, webmanifest
from vuonho.resources import Artifact

BASE = kit.SITE.base_url
SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
HOME = CrawlPage("482135/", date(2026, 11, 2))


def locations(artifact: Artifact) -> list[str]:
    return [element.text or "" for element in etree.fromstring(artifact.content).iterfind(".//s:loc", SPACES)]


def test_every_language() -> None:
    """A page stands once per language, each with links to all languages and x-default to the first."""
    (artifact,) = sitemap(kit.SITE, [HOME])
    vi, en = f"{BASE}482135/", f"{BASE}en/482135/"
    links = [
        (link.get("hreflang"), link.get("href"))
        for link in etree.fromstring(artifact.content).iterfind(".//x:link", SPACES)
    ]
    assert [vi, en] == locations(artifact)
    assert [("vi", vi), ("en", en), ("x-default", vi)] * 2 == links
    assert artifact.path == "sitemap.xml"


def test_one_language() -> None:
    """A site of one language has no alternates."""
    (artifact,) = sitemap(replace(kit.SITE, languages=("vi",)), [HOME])
    assert ([f"{BASE}482135/"], False) == (locations(artifact), b"xhtml:link" in artifact.content)


def test_dates_of_checking_only() -> None:
    """The only dates are those of `checked`."""
    (artifact,) = sitemap(kit.SITE, [CrawlPage("privacy/"), HOME])
    days = [element.text for element in etree.fromstring(artifact.content).iterfind(".//s:lastmod", SPACES)]
    assert days == ["2026-11-02", "2026-11-02"]


def test_notices_are_left_out() -> None:
    """A page that is not listed is nowhere in the sitemap."""
    (artifact,) = sitemap(kit.SITE, [HOME, CrawlPage("735902/", listed=False)])
    assert b"735902" not in artifact.content


def test_order_does_not_count() -> None:
    """The order of the pages does not change the bytes."""
    pages = [HOME, CrawlPage(""), CrawlPage("thon-a/")]
    assert sitemap(kit.SITE, pages) == sitemap(kit.SITE, reversed(pages))


def test_empty() -> None:
    """Without pages there is still a well-formed sitemap."""
    (artifact,) = sitemap(kit.SITE, [])
    assert locations(artifact) == []


def test_escaped() -> None:
    """Signs of XML in an address are escaped."""
    (artifact,) = sitemap(replace(kit.SITE, base_url="https://A.example/a&b'c/"), [CrawlPage("")])
    assert locations(artifact)[0] == "https://a.example/a&b'c/"


@pytest.mark.parametrize(("name", "value"), [("MOST_URLS", 4), ("MOST_BYTES", 2_000)])
def test_split(monkeypatch: pytest.MonkeyPatch, name: str, value: int) -> None:
    """What does not fit one file is split, and sitemap.xml becomes the index of the parts."""
    monkeypatch.setattr(crawl, name, value)
    pages = [CrawlPage(f"{number}/") for number in range(10_000, 10_007)]
    index, *parts = sitemap(kit.SITE, pages)
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    assert (names, [f"{BASE}{part}" for part in names]) == ([part.path for part in parts], locations(index))
    assert len(parts) > 1
    assert sorted(locations(sitemap_part) for sitemap_part in parts) == [locations(part) for part in parts]
    assert sum(len(locations(part)) for part in parts) == 14


def test_fifty_thousand() -> None:
    """25,000 pages in two languages fit one file, one more makes two."""
    pages = [CrawlPage(f"{number}/") for number in range(100_000, 125_001)]
    assert (len(sitemap(kit.SITE, pages[1:])), len(sitemap(kit.SITE, pages))) == (1, 3)


def test_robots() -> None:
    """Everything may be read, and the sitemap is named in full."""
    lines = robots(kit.SITE).content.decode().splitlines()
    assert lines == ["User-agent: *", "Allow: /", "", f"Sitemap: {BASE}sitemap.xml"]


@pytest.mark.parametrize(
    ("language", "path", "short", "icon"),
    [
        ("vi", "manifest.webmanifest", "Vườn hộ", "icon.svg"),
        ("en", "en/manifest.webmanifest", "Gardens", "../icon.svg"),
    ],
)
def test_manifest(language: str, path: str, short: str, icon: str) -> None:
    """Each language has a manifest in its own folder, with relative addresses."""
    artifact = webmanifest(kit.SITE, language)
    told = json.loads(artifact.content)
    assert (path, kit.SITE.title.to(language)[0]) == (artifact.path, told["name"])
    assert (language, short, ".", ".") == (told["lang"], told["short_name"], told["start_url"], told["scope"])
    assert icon == told["icons"][0]["src"]


def test_manifest_is_harmless() -> None:
    """A title that looks like code stays text."""
    site = replace(kit.SITE, title=LocalText((("vi", "</script><b>"),)))
    content = webmanifest(site, "vi").content
    assert (b"<" in content, json.loads(content)["name"]) == (False, "</script><b>")


def test_marker() -> None:
    """The marker is an empty .nojekyll."""
    assert marker() == Artifact(".nojekyll", b"")
