"""Proof that every page is safe and every link leads somewhere."""

import base64
import csv
import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from typing import Final, NamedTuple

from vuonho.errors import Problem
from vuonho.i18n import NOTHING, Both, Text
from vuonho.verify.tree import FAULTS, Inline, Outcome, Page, Server, SiteTree, flaw

# --- Proof that the service worker, which pages register, is there and keeps only what the site has ---

WORKER: Final = "sw.js"
"""The one script that lies in a file of its own: a worker cannot stand in a page."""

_REGISTERED: Final = re.compile(r"\bserviceWorker\b[^;]*\.\s*register\b")
_HEADER: Final = re.compile(r"const SITE=(\{.*\});")
_OFFLINE: Final = "offline.html"
_BUILD: Final = Text("Run “vuonho build” again.")


def worker_problems(tree: SiteTree) -> Iterator[Problem]:
    """Yield what is wrong with sw.js: missing though a page registers it, or naming files that are not there.

    One file that does not come and the browser throws the whole worker away, so no page opens offline.
    """
    if WORKER not in tree.files:
        scripts = ((file, part) for file in sorted(tree.pages) for part in tree.pages[file].inlines)
        page = next(
            (file for file, part in scripts if part.tag == "script" and _REGISTERED.search(part.text)), ""
        )
        if page:
            vi = f"Thiếu tệp này, trang {page} cần đến nó để mở được khi không có mạng."
            en = f"This file is missing, and {page} needs it to open where there is no signal."
            yield _in_worker("missing", vi, en)
        return
    shell = _shell(tree.read(WORKER).decode("utf-8", "replace"))
    if shell is None:
        yield _in_worker(
            "header", "Không phải tệp do vuonho dựng.", "This is not the file that vuonho builds."
        )
        return
    server = Server(tree)
    for address in shell:
        if fault := server.follow(WORKER, address, asset=True).fault:
            vi = f"Tệp này giữ sẵn “{address}”: {FAULTS[fault].vi}."
            yield _in_worker("shell", vi, f"This file keeps “{address}”: {FAULTS[fault].en}.")
    if _OFFLINE not in shell:
        vi = "Tệp này không giữ sẵn trang báo mất mạng."
        yield _in_worker("offline", vi, "This file does not keep the page that says there is no signal.")


def _shell(script: str) -> list[str] | None:
    """Return the addresses of the shell, None for a script that does not begin as ours does."""
    header = _HEADER.match(script)
    try:
        site = json.loads(header[1]) if header else None
    except (ValueError, RecursionError):
        return None
    files = site.get("files") if isinstance(site, dict) else None
    if not isinstance(files, list) or not all(isinstance(one, str) for one in files):
        return None
    return files


def _in_worker(name: str, vi: str, en: str) -> Problem:
    return flaw(WORKER, Both(vi, en), _BUILD, name=f"worker.{name}")


# --- Proof that every page runs under a strict policy (CSP level 3) and holds nothing that could act ---

_TRACKERS: Final = re.compile(r"document\s*\.\s*cookie|cookieStore|sendBeacon")
_STORE: Final = re.compile(r"\bindexedDB\b")
_FORM: Final = "form/index.html"
"""The one page that keeps what is typed: it is the team's own, and its drafts are what it is for."""
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
_REMOVE: Final = Text("Delete this file from the site.")


def page_problems(tree: SiteTree) -> Iterator[Problem]:
    """Yield a problem for every page whose policy is missing or loose, or that does not keep to it.

    Wanted: one CSP meta before any script or style, `default-src 'none'`, no 'unsafe-…', every inline
    script and style allowed by its hash; no event handlers, no style attributes, no cookies and no other
    traces of visitors, save the language that they chose, which stays on the phone, and the drafts of the team's
    form; a language, and UTF-8. No script in a file of its own but the service worker.
    """
    for file, page in tree.pages.items():
        yield from _in_page(file, page)
    for file in sorted(tree.files):
        if file.lower().endswith((".js", ".mjs")):
            if _tracks(file, tree.read(file).decode("utf-8", "replace")):
                yield _tracking(file, None)
            elif file != WORKER:
                message = Text("No page is allowed to use this script.")
                yield flaw(file, message, _REMOVE, name="script")


def _tracks(file: str, script: str) -> bool:
    return bool(_TRACKERS.search(script) or (file != _FORM and _STORE.search(script)))


def _in_page(file: str, page: Page) -> Iterator[Problem]:
    if page.broken:
        yield _say(file, "html", "Trang này không đọc được.", "This page cannot be read.")
        return
    if not page.language:
        yield _say(
            file, "lang", "Trang không ghi ngôn ngữ (html lang).", "The page names no language (html lang)."
        )
    for line, attribute in page.unsafe:
        vi = f"Thuộc tính “{attribute}” có thể chạy lệnh hoặc phá chính sách của trang."
        yield _say(
            file, f"csp.{attribute}", vi, f"The attribute “{attribute}” acts against the policy.", line
        )
    yield from (_tracking(file, part.line) for part in page.inlines if _tracks(file, part.text))
    for link in page.links:
        if link.tag == "script":
            vi = "Trang tải mã lệnh từ một tệp khác."
            yield _say(file, "csp.src", vi, "The page loads a script from another file.", link.line)
    yield from _policy_problems(file, page)


def _policy_problems(file: str, page: Page) -> Iterator[Problem]:
    if len(page.policies) != 1:
        vi = "Trang cần đúng một chính sách bảo vệ (Content-Security-Policy)."
        yield _say(file, "csp.missing", vi, "The page needs exactly one Content-Security-Policy.")
        return
    line, content = page.policies[0]
    policy: dict[str, list[str]] = {}
    for directive in content.split(";"):
        name, *sources = directive.split() or [""]
        policy.setdefault(name.lower(), sources)  # of two of one name the first counts, as in a browser
    if policy.get("default-src") != ["'none'"]:
        vi = "Chính sách thiếu default-src 'none'."
        yield _say(file, "csp.default", vi, "default-src 'none' is missing.", line)
    # What lets code or styles of others in; pictures may be `data:` and `blob:`, which cannot act.
    acting = (
        f"{name} {one}" for name, sources in policy.items() if name.startswith(_ACTING) for one in sources
    )
    for source in acting:
        if _LOOSE.match(source.partition(" ")[2]):
            vi = f"Chính sách của trang lỏng quá: {source}."
            yield _say(file, "csp.loose", vi, f"The page's policy is too loose: {source}.", line)
    for part in filter(_acts, page.inlines):
        if part.line < line:
            vi = "Chính sách đứng sau mã lệnh nên không che được nó."
            yield _say(
                file, "csp.late", vi, "The policy stands behind code and does not cover it.", part.line
            )
        if part.text and not _allowed(part, policy):
            vi = f"<{part.tag}> không có trong chính sách của trang (sai mã băm)."
            yield _say(file, "csp.hash", vi, f"The policy does not name this <{part.tag}> (hash).", part.line)


def _acts(part: Inline) -> bool:
    """Whether the browser applies it: all styles, and scripts that are not mere data such as JSON-LD."""
    return part.tag == "style" or _SCRIPT_KINDS.fullmatch(part.kind) is not None


def _allowed(part: Inline, policy: dict[str, list[str]]) -> bool:
    sources = policy.get(f"{part.tag}-src-elem", policy.get(f"{part.tag}-src", policy.get("default-src", [])))
    for match in filter(None, map(_HASH.fullmatch, sources)):
        digest = hashlib.new(match[1], part.text.encode("utf-8")).digest()
        if match[2] == base64.b64encode(digest).decode("ascii"):
            return True
    return False


def _tracking(file: str, line: int | None) -> Problem:
    return _say(
        file,
        "tracking",
        "Mã lệnh đụng tới cookie hoặc ghi lại dấu vết người xem.",
        "A script touches cookies or keeps traces of visitors.",
        line,
    )


def _say(file: str, name: str, vi: str, en: str, line: int | None = None) -> Problem:
    return flaw(file, Both(vi, en), _HINT, line, name)


# --- Proof that every link of a built site leads somewhere, and that nothing is fetched from elsewhere ---

_JSON_SUFFIXES: Final = (".json", ".geojson", ".webmanifest")
_MANIFEST_KEYS: Final = frozenset(("start_url", "scope", "src", "url"))
_XML_URL: Final = re.compile(r"<loc>\s*([^<]*?)\s*</loc>|\shref\s*=\s*[\"']([^\"']*)[\"']")
_CSS_URL: Final = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)|@import\s+[\"']([^\"']+)[\"']")
_LINKS_HINT: Final = Text("Run “vuonho build” again, then verify again.")


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

    Looked at are all address attributes of the pages, style sheets, the manifests, sitemaps, robots.txt and
    every address of the site in JSON, JSON-LD and CSV. A place linked from many pages is told once.
    """
    server = Server(tree)
    count = 0
    broken: dict[Outcome, list[Reference]] = {}
    for reference in _references(tree, server):
        count += 1
        file, _, url, asset, base, clicked = reference
        outcome = server.follow(file, url, asset, base, clicked)
        if outcome.fault:
            broken.setdefault(outcome, []).append(reference)
    return tuple(_broken(outcome.fault, where) for outcome, where in broken.items()), count


def _references(tree: SiteTree, server: Server) -> Iterator[Reference]:
    """Yield every address that the site's files hold, file by file in order."""
    for file in sorted(tree.files):
        if file in tree.pages:
            yield from _links_in_page(tree.pages[file], server, file)
        elif file == "robots.txt" or file.endswith((*_JSON_SUFFIXES, ".css", ".csv", ".xml")):
            yield from _links_in_file(file, tree.read(file).decode("utf-8-sig", errors="replace"), server)


def _links_in_file(file: str, text: str, server: Server) -> Iterator[Reference]:
    if file.endswith(".css"):
        yield from _in_css(file, text)
    elif file.endswith(_JSON_SUFFIXES):
        yield from _in_json(server, file, text)
    elif file.endswith(".csv"):
        with suppress(csv.Error):
            for number, row in enumerate(csv.reader(text.splitlines()), 1):
                yield from (Reference(file, number, cell) for cell in row if server.owns(cell))
    elif file.endswith(".xml"):
        for match in _XML_URL.finditer(text):
            yield Reference(file, None, unescape(match[1] or match[2]))
    else:
        for number, line in enumerate(text.splitlines(), 1):
            name, _, url = line.partition(":")
            if name.strip().lower() == "sitemap":
                yield Reference(file, number, url.strip())


def _links_in_page(page: Page, server: Server, file: str) -> Iterator[Reference]:
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


def _broken(fault: str, where: list[Reference]) -> Problem:
    first, *others = where
    more = Text(" (and {count} more)", count=len(others)) if others else NOTHING
    url = first.url if len(first.url) <= 120 else f"{first.url[:117]}..."
    message = Text("The link “{url}” is broken: {faults}{more}.", url=url, faults=FAULTS[fault], more=more)
    return flaw(first.file, message, _LINKS_HINT, first.line, f"link.{fault}")
