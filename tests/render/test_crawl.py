"""Sitemap, robots.txt and manifest."""

import json
from dataclasses import replace
from datetime import date

import households_kit as kit
import pytest
from lxml import etree

from vuonho.model.fields import LocalText
from vuonho.pages.feeds import robots, sitemap, webmanifest
from vuonho.resources import Artifact

BASE = kit.SITE.base_url
SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
HOME = {"482135/": date(2026, 11, 2)}


def locations(artifact: Artifact) -> list[str]:
    return [element.text or "" for element in etree.fromstring(artifact.content).iterfind(".//s:loc", SPACES)]


def test_every_language() -> None:
    """A page stands once per language, each with links to all languages and x-default to the first."""
    artifact = sitemap(kit.SITE, HOME)
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
    artifact = sitemap(replace(kit.SITE, languages=("vi",)), HOME)
    assert ([f"{BASE}482135/"], False) == (locations(artifact), b"xhtml:link" in artifact.content)


def test_dates_of_checking_only() -> None:
    """The only dates are those of `checked`."""
    artifact = sitemap(kit.SITE, {"privacy/": None, **HOME})
    days = [element.text for element in etree.fromstring(artifact.content).iterfind(".//s:lastmod", SPACES)]
    assert days == ["2026-11-02", "2026-11-02"]


def test_order_does_not_count() -> None:
    """The order of the pages does not change the bytes."""
    pages = {**HOME, "": None, "thon-a/": None}
    assert sitemap(kit.SITE, pages) == sitemap(kit.SITE, dict(reversed(pages.items())))


def test_empty() -> None:
    """Without pages there is still a well-formed sitemap."""
    artifact = sitemap(kit.SITE, {})
    assert locations(artifact) == []


def test_escaped() -> None:
    """Signs of XML in an address are escaped."""
    artifact = sitemap(replace(kit.SITE, base_url="https://A.example/a&b'c/"), {"": None})
    assert locations(artifact)[0] == "https://a.example/a&b'c/"


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
