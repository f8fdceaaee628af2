"""Proof that every page is safe and every link leads somewhere."""

import base64
import csv
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Final

from vuonho.errors import Problem
from vuonho.i18n import NOTHING, Text
from vuonho.verify.tree import SAID, Fault, Inline, Page, Server, SiteTree, flaw, read_tree, server_of

# --- Proof that the service worker, which pages register, is there and keeps only what the site has ---

WORKER: Final = "sw.js"
"""The one script that lies in a file of its own: a worker cannot stand in a page."""

_REGISTERED: Final = re.compile(r"\bserviceWorker\b[^;]*\.\s*register\b")
_HEADER: Final = re.compile(r"const SITE=(\{.*\});")
_OFFLINE: Final = "offline.html"
_BUILD: Final = Text("Chạy lại “vuonho build”.", "Run “vuonho build” again.")


def worker_problems(tree: SiteTree) -> tuple[Problem, ...]:
    """Return what is wrong with sw.js: missing though a page registers it, or naming files that are not there.

    One file that does not come and the browser throws the whole worker away, so no page opens offline.
    """
    if WORKER in tree.files:
        return tuple(_in_worker(tree))
    page = next((file for file in sorted(tree.pages) if _registers(tree, file)), None)
    if page is None:
        return ()
    vi = f"Thiếu tệp này, trang {page} cần đến nó để mở được khi không có mạng."
    en = f"This file is missing, and {page} needs it to open where there is no signal."
    return (_worker_say("missing", vi, en),)


def _registers(tree: SiteTree, file: str) -> bool:
    return any(_REGISTERED.search(part.text) for part in tree.pages[file].inlines if part.tag == "script")


def _in_worker(tree: SiteTree) -> Iterator[Problem]:
    shell = _shell(tree.read(WORKER).decode("utf-8", "replace"))
    if shell is None:
        yield _worker_say(
            "header", "Không phải tệp do vuonho dựng.", "This is not the file that vuonho builds."
        )
        return
    server = server_of(tree)
    for address in shell:
        if fault := server.follow(WORKER, address, asset=True).fault:
            vi = f"Tệp này giữ sẵn “{address}”: {SAID[fault].vi}."
            yield _worker_say("shell", vi, f"This file keeps “{address}”: {SAID[fault].en}.")
    if _OFFLINE not in shell:
        vi = "Tệp này không giữ sẵn trang báo mất mạng."
        yield _worker_say("offline", vi, "This file does not keep the page that says there is no signal.")


def _shell(script: str) -> tuple[str, ...] | None:
    """Return the addresses of the shell, None for a script that does not begin as ours does."""
    header = _HEADER.match(script)
    try:
        site = json.loads(header[1]) if header else None
    except (ValueError, RecursionError):
        return None
    files = site.get("files") if isinstance(site, dict) else None
    if not isinstance(files, list) or not all(isinstance(one, str) for one in files):
        return None
    return tuple(files)


def _worker_say(name: str, vi: str, en: str) -> Problem:
    return flaw(WORKER, Text(vi, en), _BUILD, name=f"worker.{name}")


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
    "Chạy lại “vuonho build”; nếu vẫn còn thì xem lại mẫu trang trong thư mục templates.",
    "Run “vuonho build” again; if it stays, look at the page template in the folder templates.",
)
_REMOVE: Final = Text("Xóa tệp này khỏi trang web.", "Delete this file from the site.")


def verify_pages(site: Path) -> tuple[Problem, ...]:
    """Return a problem for every page whose policy is missing or loose, or that does not keep to it.

    Wanted: one CSP meta before any script or style, `default-src 'none'`, no 'unsafe-…', every inline
    script and style allowed by its hash; no event handlers, no style attributes, no cookies and no other
    traces of visitors, save the language that they chose, which stays on the phone, and the drafts of the team's
    form; a language, and UTF-8.
    """
    return page_problems(read_tree(site))


def page_problems(tree: SiteTree) -> tuple[Problem, ...]:
    """Return the problems of `verify_pages` in a site that has been read."""
    pages = (problem for file, page in tree.pages.items() for problem in _in_page(file, page))
    scripts = (file for file in sorted(tree.files) if file.lower().endswith((".js", ".mjs")))
    return (*pages, *(problem for file in scripts for problem in _script(tree, file)))


def _script(tree: SiteTree, file: str) -> Iterator[Problem]:
    """Yield what is wrong with a script in a file of its own: a page loads none but the service worker."""
    if _tracks(file, tree.read(file).decode("utf-8", "replace")):
        yield _tracking(file, None)
    elif file != WORKER:
        message = Text("Không trang nào được dùng tệp mã lệnh này.", "No page is allowed to use this script.")
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
        yield _say(
            file,
            "csp.missing",
            "Trang cần đúng một chính sách bảo vệ (Content-Security-Policy).",
            "The page needs exactly one Content-Security-Policy.",
        )
        return
    line, content = page.policies[0]
    policy = _directives(content)
    if policy.get("default-src") != ("'none'",):
        yield _say(
            file,
            "csp.default",
            "Chính sách thiếu default-src 'none'.",
            "default-src 'none' is missing.",
            line,
        )
    for source in _loose_sources(policy):
        vi = f"Chính sách của trang lỏng quá: {source}."
        yield _say(file, "csp.loose", vi, f"The page's policy is too loose: {source}.", line)
    for part in page.inlines:
        if part.line < line and _acts(part):
            vi = "Chính sách đứng sau mã lệnh nên không che được nó."
            yield _say(
                file, "csp.late", vi, "The policy stands behind code and does not cover it.", part.line
            )
        if part.text and _acts(part) and not _allowed(part, policy):
            vi = f"<{part.tag}> không có trong chính sách của trang (sai mã băm)."
            yield _say(file, "csp.hash", vi, f"The policy does not name this <{part.tag}> (hash).", part.line)


def _directives(content: str) -> dict[str, tuple[str, ...]]:
    """Return the sources by directive; of two directives of one name the first counts, as in a browser."""
    found: dict[str, tuple[str, ...]] = {}
    for directive in content.split(";"):
        name, *sources = directive.split() or [""]
        found.setdefault(name.lower(), tuple(sources))
    return found


def _loose_sources(policy: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield what lets code or styles of others in; pictures may be `data:` and `blob:`, which cannot act."""
    for name, sources in policy.items():
        if name.startswith(_ACTING):
            yield from (f"{name} {source}" for source in sources if _LOOSE.match(source))


def _acts(part: Inline) -> bool:
    """Whether the browser applies it: all styles, and scripts that are not mere data such as JSON-LD."""
    return part.tag == "style" or _SCRIPT_KINDS.fullmatch(part.kind) is not None


def _allowed(part: Inline, policy: dict[str, tuple[str, ...]]) -> bool:
    sources = policy.get(f"{part.tag}-src-elem", policy.get(f"{part.tag}-src", policy.get("default-src", ())))
    content = part.text.encode("utf-8")
    hashes = (match for match in map(_HASH.fullmatch, sources) if match)
    return any(match[2] == _digest(match[1], content) for match in hashes)


def _digest(name: str, content: bytes) -> str:
    return base64.b64encode(hashlib.new(name, content).digest()).decode("ascii")


def _tracking(file: str, line: int | None) -> Problem:
    return _say(
        file,
        "tracking",
        "Mã lệnh đụng tới cookie hoặc ghi lại dấu vết người xem.",
        "A script touches cookies or keeps traces of visitors.",
        line,
    )


def _say(file: str, name: str, vi: str, en: str, line: int | None = None) -> Problem:
    return flaw(file, Text(vi, en), _HINT, line, name)


# --- Proof that every link of a built site leads somewhere, and that nothing is fetched from elsewhere ---

_JSON_SUFFIXES: Final = (".json", ".geojson")
_MANIFEST_KEYS: Final = frozenset(("start_url", "scope", "src", "url"))
_XML_URL: Final = re.compile(r"<loc>\s*([^<]*?)\s*</loc>|\shref\s*=\s*[\"']([^\"']*)[\"']")
_CSS_URL: Final = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)|@import\s+[\"']([^\"']+)[\"']")
_LINKS_HINT: Final = Text(
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
            yield from _links_in_page(tree, server, file)
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


def _links_in_page(tree: SiteTree, server: Server, file: str) -> Iterator[Reference]:
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
    return flaw(first.file, message, _LINKS_HINT, first.line, f"link.{fault}")
