"""Proof that every page runs under a strict policy (CSP level 3) and holds nothing that could act."""

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.errors import Problem
from vuonho.output.verify.page import Inline, Page
from vuonho.output.verify.tree import SiteTree, flaw, read_tree
from vuonho.output.verify.worker import WORKER

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
