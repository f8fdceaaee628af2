"""Proof that every page is safe and every link leads somewhere."""

import base64
import csv
import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from html import unescape
from itertools import chain
from typing import Final, NamedTuple

from vuonho.errors import Problem
from vuonho.i18n import NOTHING, Text
from vuonho.resources import READER, static_file
from vuonho.verify.tree import FAULTS, Inline, Outcome, Page, Server, SiteTree, flaw

_BUILD: Final = Text("Run “vuonho build” again.")

WORKER: Final = "sw.js"
"""The one script that lies in a file of its own: a worker cannot stand in a page."""
_REGISTERED: Final = re.compile(r"\bserviceWorker\b[^;]*\.\s*register\b")
_KEEPS: Final = re.compile(r"const SITE=(\{.*\});")


def _kept_offline(script: str) -> list[str] | None:
    """Return the addresses that the service worker keeps, None for a script that does not begin as ours does."""
    header = _KEEPS.match(script)
    try:
        files = json.loads(header[1])["files"] if header else None
    except (ValueError, KeyError, RecursionError):
        return None
    return list(map(str, files)) if isinstance(files, list) else None


# --- Every page runs under a strict policy (CSP level 3) and holds nothing that could act ---

_TRACKERS: Final = re.compile(r"document\s*\.\s*cookie|cookieStore|sendBeacon")
_STORE: Final = re.compile(r"\bindexedDB\b")
_TEAM: Final = frozenset({"form/index.html", "tuan-tra/index.html"})
"""The two pages that keep what is typed: they are the team's own, and its drafts and ticks are what they are for."""
_SCRIPT_KINDS: Final = re.compile(
    r"|module|importmap|speculationrules|(?:text|application)/(?:java|ecma)script"
)
_LOOSE: Final = re.compile(r"'unsafe-[a-z-]+'|\*|data:(?!image)|https?:|blob:", re.IGNORECASE)
_ACTING: Final = (
    "default-src", "script-src", "style-src", "object-src", "frame-src", "child-src", "worker-src", "connect-src",
)  # fmt: skip
_HASH: Final = re.compile(r"'(sha256|sha384|sha512)-([A-Za-z0-9+/=]+)'")
_HINT: Final = Text(
    "Run “vuonho build” again; if it stays, look at the page template in the folder templates."
)


def page_problems(tree: SiteTree) -> Iterator[Problem]:
    """Yield a problem for every page whose policy is missing or loose, or that does not keep to it.

    Wanted: one CSP meta before any script or style, `default-src 'none'`, no 'unsafe-…', every inline
    script and style allowed by its hash; no event handlers, no style attributes, no cookies and no other
    traces of visitors, save the language that they chose, which stays on the phone, and what the team's own pages
    keep; a language, and UTF-8. No script in a file of its own but our service worker, and the reader of codes, bit
    by bit as it came with the program.
    """
    for file, page in tree.pages.items():
        for name, message, line in _in_page(file, page):
            yield flaw(file, message, _HINT, line, name)
    for file in sorted(tree.files):
        if file.lower().endswith((".js", ".mjs")):
            content = tree.read(file)
            script = content.decode("utf-8", "replace")
            if file == READER and content == static_file(READER):
                continue
            if _tracks(script, may_store=False):
                yield flaw(file, _TRACKING, _HINT, name="tracking")
            elif file != WORKER or _kept_offline(script) is None:
                message = Text("No page is allowed to use this script.")
                yield flaw(file, message, Text("Delete this file from the site."), name="script")


_TRACKING: Final = Text("A script touches cookies or keeps traces of visitors.")


@lru_cache(maxsize=2**8)
def _tracks(script: str, *, may_store: bool) -> bool:
    return bool(_TRACKERS.search(script) or (not may_store and _STORE.search(script)))


def _in_page(file: str, page: Page) -> Iterator[tuple[str, Text, int | None]]:
    """Yield (name of the rule, message, line) of everything that is wrong with a page."""
    if page.broken:
        yield "html", Text("This page cannot be read."), None
        return
    if not page.language:
        yield "lang", Text("The page names no language (html lang)."), None
    for line, attribute in page.unsafe:
        message = Text("The attribute “{attribute}” acts against the policy.", attribute=attribute)
        yield f"csp.{attribute}", message, line
    for part in page.inlines:
        if _tracks(part.text, may_store=file in _TEAM):
            yield "tracking", _TRACKING, part.line
    for line, link in page.links:
        if link.tag == "script":
            yield "csp.src", Text("The page loads a script from another file."), line
    if len(page.policies) == 1:
        yield from _in_policy(page, *page.policies[0])
    else:
        yield "csp.missing", Text("The page needs exactly one Content-Security-Policy."), None


def _in_policy(page: Page, line: int, content: str) -> Iterator[tuple[str, Text, int]]:
    policy: dict[str, list[str]] = {}
    for directive in content.split(";"):
        name, *sources = directive.split() or [""]
        policy.setdefault(name.lower(), sources)  # of two of one name the first counts, as in a browser
    if policy.get("default-src") != ["'none'"]:
        yield "csp.default", Text("default-src 'none' is missing."), line
    # What lets code or styles of others in; pictures may be `data:` and `blob:`, which cannot act.
    for name, sources in policy.items():
        for source in filter(_LOOSE.match, sources if name.startswith(_ACTING) else ()):
            message = Text("The page's policy is too loose: {source}.", source=f"{name} {source}")
            yield "csp.loose", message, line
    for part in page.inlines:
        # The browser applies all styles, and scripts that are not mere data such as JSON-LD.
        if part.tag == "script" and not _SCRIPT_KINDS.fullmatch(part.kind):
            continue
        if part.line < line:
            yield "csp.late", Text("The policy stands behind code and does not cover it."), part.line
        if part.text and not _is_allowed(part, policy):
            message = Text("The policy does not name this <{tag}> (hash).", tag=part.tag)
            yield "csp.hash", message, part.line


def _is_allowed(part: Inline, policy: dict[str, list[str]]) -> bool:
    sources = policy.get(f"{part.tag}-src-elem", policy.get(f"{part.tag}-src", policy.get("default-src", [])))
    for match in filter(None, map(_HASH.fullmatch, sources)):
        if match[2] == _digest(match[1], part.text):
            return True
    return False


@lru_cache(maxsize=2**8)
def _digest(method: str, text: str) -> str:
    return base64.b64encode(hashlib.new(method, text.encode("utf-8")).digest()).decode("ascii")


# --- Every link leads somewhere, and nothing is fetched from elsewhere ---

_JSON_SUFFIXES: Final = (".json", ".geojson", ".webmanifest")
_MANIFEST_KEYS: Final = frozenset(("start_url", "scope", "src", "url"))
_XML_URL: Final = re.compile(r"<loc>\s*([^<]*?)\s*</loc>|\shref\s*=\s*[\"']([^\"']*)[\"']")
_CSS_URL: Final = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)|@import\s+[\"']([^\"']+)[\"']")
_OWN_PLACE: Final = re.compile(r"#[\w-]+")
"""A place in the page itself, which most links of a drawing mean."""
_WHOLE: Final = re.compile(r"https://\w|tel:|sms:")
"""How an address begins that means the same in every file."""
_LONGEST: Final = 120


class Reference(NamedTuple):
    """One address found in a file of the site; `base` is the page's own <base href>, `clicked` if of an <a>."""

    file: str
    line: int | None
    url: str
    asset: bool = False
    base: str = ""
    clicked: bool = False


def link_problems(tree: SiteTree) -> tuple[tuple[Problem, ...], int]:
    """Return a problem for every place that a link of the site means and that does not answer, and how many
    links were followed.

    Looked at are all address attributes of the pages, style sheets, the manifests, sitemaps, robots.txt, what the
    service worker keeps, and every address of the site in JSON, JSON-LD and CSV. A place linked from many pages is told once.
    """
    server = Server(tree)
    follow = lru_cache(maxsize=2**12)(server.follow)  # many links lead to one place
    workers = tuple(_for_the_worker(tree, server))
    broken: dict[Outcome, list[Reference]] = {}
    count = -len(workers)
    for reference in chain(_references(tree, server), workers):
        count += 1
        file, _, url, asset, base, clicked = reference
        if not base and _OWN_PLACE.fullmatch(url) and file in tree.pages and url[1:] in tree.pages[file].ids:
            continue
        outcome = follow("" if _WHOLE.match(url) else file, url, asset, base, clicked)
        if outcome.fault:
            broken.setdefault(outcome, []).append(reference)
    return tuple(_broken(outcome.fault, where) for outcome, where in broken.items()), count


def _broken(fault: str, where: list[Reference]) -> Problem:
    first, *others = where
    more = Text(" (and {count} more)", count=len(others)) if others else NOTHING
    url = first.url if len(first.url) <= _LONGEST else f"{first.url[: _LONGEST - 3]}..."
    message = Text("The link “{url}” is broken: {faults}{more}.", url=url, faults=FAULTS[fault], more=more)
    return flaw(first.file, message, _BUILD, first.line, f"link.{fault}")


def _references(tree: SiteTree, server: Server) -> Iterator[Reference]:
    """Yield every address that the site's files hold, file by file in order."""
    for file in sorted(tree.files):
        if file in tree.pages:
            yield from _in_html(tree.pages[file], server, file)
        elif file == "robots.txt" or file.endswith((*_JSON_SUFFIXES, ".css", ".csv", ".xml", ".atom")):
            yield from _in_other_file(file, tree.read(file).decode("utf-8-sig", errors="replace"), server)


def _for_the_worker(tree: SiteTree, server: Server) -> Iterator[Reference]:
    """Yield the worker that pages register and what it keeps: if one does not come, no page opens offline."""
    for file, page in tree.pages.items():
        if any(part.tag == "script" and _REGISTERED.search(part.text) for part in page.inlines):
            yield Reference(file, None, server.path + WORKER, asset=True)
    if WORKER in tree.files:
        kept = _kept_offline(tree.read(WORKER).decode("utf-8", "replace")) or ()
        yield from (Reference(WORKER, None, url, asset=True) for url in kept)


def _in_html(page: Page, server: Server, file: str) -> Iterator[Reference]:
    for line, link in page.links:
        yield Reference(file, line, link.url, link.asset, page.base, link.tag == "a")
    for inline in page.inlines:
        if inline.tag == "style":
            yield from _in_css(file, inline.text, inline.line)
        elif "json" in inline.kind:
            yield from _in_json(server, file, inline.text, inline.line)


def _in_other_file(file: str, text: str, server: Server) -> Iterator[Reference]:
    if file.endswith(".css"):
        yield from _in_css(file, text)
    elif file.endswith(_JSON_SUFFIXES):
        yield from _in_json(server, file, text)
    elif file.endswith(".csv"):
        with suppress(csv.Error):
            for number, row in enumerate(csv.reader(text.splitlines()), 1):
                yield from (Reference(file, number, cell) for cell in row if server.owns(cell))
    elif file.endswith((".xml", ".atom")):
        for match in _XML_URL.finditer(text):
            yield Reference(file, None, unescape(match[1] or match[2] or ""))
    else:
        for number, line in enumerate(text.splitlines(), 1):
            name, _, url = line.partition(":")
            if name.strip().lower() == "sitemap":
                yield Reference(file, number, url.strip())


def _in_css(file: str, text: str, line: int | None = None) -> Iterator[Reference]:
    for url in _css_urls(text):
        yield Reference(file, line, url, asset=True)


@lru_cache(maxsize=2**8)
def _css_urls(text: str) -> tuple[str, ...]:
    return tuple((match[1] or match[2]).strip() for match in _CSS_URL.finditer(text))


def _in_json(server: Server, file: str, text: str, line: int | None = None) -> Iterator[Reference]:
    """Yield the addresses below the site, and in a manifest those of its own keys, which are relative."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return
    manifest = file.endswith(".webmanifest")
    for key, value in _strings("", content):
        if (manifest and key in _MANIFEST_KEYS) or server.owns(value):
            yield Reference(file, line, value, asset=manifest)


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
