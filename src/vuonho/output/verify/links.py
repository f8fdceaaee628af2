"""Proof that every link of a built site leads somewhere, and that nothing is fetched from elsewhere."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Final

from vuonho.bilingual import NOTHING, Text
from vuonho.errors import Problem
from vuonho.output.verify.address import SAID, Fault, Server, server_of
from vuonho.output.verify.tree import SiteTree, flaw, read_tree

_JSON_SUFFIXES: Final = (".json", ".geojson")
_MANIFEST_KEYS: Final = frozenset(("start_url", "scope", "src", "url"))
_XML_URL: Final = re.compile(r"<loc>\s*([^<]*?)\s*</loc>|\shref\s*=\s*[\"']([^\"']*)[\"']")
_CSS_URL: Final = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)|@import\s+[\"']([^\"']+)[\"']")
_HINT: Final = Text(
    "Chạy lại “vuonho build” rồi kiểm tra lại.", "Run “vuonho build” again, then verify again."
)


@dataclass(frozen=True, slots=True)
class Reference:
    """One address found in a file of the site; `base` is the page's own <base href>, `clicked` if of an <a>."""

    file: str
    line: int | None
    url: str
    asset: bool = False
    base: str = ""
    clicked: bool = False


def verify_links(site: Path) -> tuple[Problem, ...]:
    """Return a problem for every place that a link of the site means and that does not answer.

    Looked at are all address attributes of the pages, style sheets, the manifests, sitemaps, robots.txt and
    every address of the site in JSON, JSON-LD and CSV. A place linked from many pages is told once.
    """
    return link_problems(read_tree(site))[0]


def link_problems(tree: SiteTree) -> tuple[tuple[Problem, ...], int]:
    """Return the problems of `verify_links`, and how many links were followed."""
    server = server_of(tree)
    count = 0
    broken: dict[tuple[str, Fault], list[Reference]] = {}
    for reference in references(tree):
        count += 1
        outcome = server.follow(
            reference.file, reference.url, reference.asset, reference.base, reference.clicked
        )
        if outcome.fault:
            broken.setdefault((outcome.place, outcome.fault), []).append(reference)
    return tuple(_problem(fault, where) for (_, fault), where in broken.items()), count


def references(tree: SiteTree) -> Iterator[Reference]:
    """Yield every address that the site's files hold, file by file in order."""
    server = server_of(tree)
    for file in sorted(tree.files):
        if file in tree.pages:
            yield from _in_page(tree, server, file)
        elif file.endswith(".css"):
            yield from _in_css(file, _text(tree, file))
        elif file.endswith((*_JSON_SUFFIXES, ".webmanifest")):
            yield from _in_json(server, file, _text(tree, file))
        elif file.endswith(".csv"):
            yield from _in_csv(server, file, _text(tree, file))
        elif file.endswith(".xml"):
            found = _XML_URL.finditer(_text(tree, file))
            yield from (Reference(file, None, unescape(match[1] or match[2])) for match in found)
        elif file == "robots.txt":
            yield from _in_robots(_text(tree, file))


def _in_page(tree: SiteTree, server: Server, file: str) -> Iterator[Reference]:
    page = tree.pages[file]
    for link in page.links:
        yield Reference(file, link.line, link.url, link.asset, page.base, link.tag == "a")
    for inline in page.inlines:
        if inline.tag == "style":
            yield from _in_css(file, inline.text, inline.line)
        elif "json" in inline.kind:
            yield from _in_json(server, file, inline.text, inline.line)


def _in_css(file: str, text: str, line: int | None = None) -> Iterator[Reference]:
    for match in _CSS_URL.finditer(text):
        yield Reference(file, line, (match[1] or match[2]).strip(), asset=True)


def _in_json(server: Server, file: str, text: str, line: int | None = None) -> Iterator[Reference]:
    """Yield the addresses below the site, and in a manifest those of its own keys, which are relative."""
    manifest = file.endswith(".webmanifest")
    for key, value in _strings("", _parsed(text)):
        if (manifest and key in _MANIFEST_KEYS) or server.owns(value):
            yield Reference(file, line, value, asset=manifest)


def _parsed(text: str) -> object:
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None


def _strings(key: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield every string of a JSON value with the key it stands under."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, child in value.items():
            yield from _strings(str(name), child)
    elif isinstance(value, list):
        for child in value:
            yield from _strings(key, child)


def _in_csv(server: Server, file: str, text: str) -> Iterator[Reference]:
    try:
        for number, row in enumerate(csv.reader(text.removeprefix("\ufeff").splitlines()), 1):
            yield from (Reference(file, number, cell) for cell in row if server.owns(cell))
    except csv.Error:
        return


def _in_robots(text: str) -> Iterator[Reference]:
    for number, line in enumerate(text.splitlines(), 1):
        name, _, url = line.partition(":")
        if name.strip().lower() == "sitemap":
            yield Reference("robots.txt", number, url.strip())


def _text(tree: SiteTree, file: str) -> str:
    return tree.read(file).decode("utf-8", errors="replace")


def _problem(fault: Fault, where: Iterable[Reference]) -> Problem:
    first, *others = where
    more = Text(f" (và {len(others)} chỗ khác)", f" (and {len(others)} more)") if others else NOTHING
    url = first.url if len(first.url) <= 120 else f"{first.url[:117]}..."
    message = Text(
        f"Đường dẫn “{url}” hỏng: {SAID[fault].vi}{more.vi}.",
        f"The link “{url}” is broken: {SAID[fault].en}{more.en}.",
    )
    return flaw(first.file, message, _HINT, first.line, f"link.{fault}")
